use std::ops::Range;

use super::{
    Content, FeedFormat, ListOf, Page,
    beside::former_addresses,
    feeds_are_made, hosting,
    plan::{Planner, output_path},
};
use crate::{
    archive::{EntityIx, PairIx},
    documents::Name,
    model::SourcePath,
};

/// An old address and where it leads.
pub(super) struct Moved {
    from: String,
    to: String,
    /// Whether feeds stand beside the new address, and stood beside the old one.
    has_feeds: bool,
    title: String,
    language: String,
    origin: SourcePath,
}

impl Moved {
    /// The old address and the new one, and those of the feeds beside them.
    pub(super) fn lines(&self) -> Vec<(String, String)> {
        let formats: &[FeedFormat] = if self.has_feeds { &[FeedFormat::Atom, FeedFormat::Json] } else { &[] };
        let feeds = formats.iter().map(|format| {
            let file = format.file();
            (format!("{}{file}", self.from), format!("{}{file}", self.to))
        });
        std::iter::once((self.from.clone(), self.to.clone())).chain(feeds).collect()
    }
}

impl Planner<'_> {
    pub(super) fn aliases(
        &mut self,
        aliases: &[Name],
        to: &str,
        title: &str,
        language: &str,
        origin: &SourcePath,
    ) {
        for alias in aliases {
            self.moved.push(Moved {
                from: alias.text.to_string(),
                to: to.to_owned(),
                has_feeds: false,
                title: title.to_owned(),
                language: language.to_owned(),
                origin: origin.clone(),
            });
        }
    }

    /// Leads on from the address that an entity had below `folder` with `slug`, and from those below it; its pages are
    /// those from the one at `first` on.
    pub(super) fn former(&mut self, place: EntityIx, folder: &str, slug: String, first: usize) {
        let entity = &self.archive[place];
        let known = self.former_slugs.get(&place).is_some_and(|known| known.contains(&slug));
        if known || slug == entity.slug {
            return;
        }
        let is_free = self.slugs.insert((entity.kind, slug.clone()));
        // Where something else stands, its address alone is enough to tell of.
        let last = if is_free { self.pages.len() } else { (first + 1).min(self.pages.len()) };
        self.lead_on(&format!("{folder}{slug}/"), &entity.address, first..last, place, true);
        if is_free {
            self.former_slugs.entry(place).or_default().push(slug);
        }
    }

    /// Leads on from the addresses that a pair had below other ids; its pages are those from the one at `first` on.
    pub(super) fn former_pair(&mut self, pair: PairIx, first: usize) {
        let (one, other) = (self.archive[pair].one, self.archive[pair].other);
        if self.former_slugs.contains_key(&one) || self.former_slugs.contains_key(&other) {
            let to = ListOf::Pair(pair).address(self.archive);
            for from in former_addresses(pair, self.archive, &self.former_slugs) {
                self.lead_on(&from, &to, first..self.pages.len(), one, self.settings.together.feeds);
            }
        }
    }

    /// Leads on from what stood at and below `from` to those of `pages` that stand at and below `to`; `entity` is what
    /// they are about.
    pub(super) fn lead_on(
        &mut self,
        from: &str,
        to: &str,
        pages: Range<usize>,
        entity: EntityIx,
        may_have_feeds: bool,
    ) {
        let entity = &self.archive[entity];
        let Some(released) = &entity.profile else { return };
        let has_feeds = may_have_feeds && feeds_are_made(self.settings) && !entity.timeline.is_empty();
        let below =
            |page: &Page| page.path.as_str().strip_suffix("index.html")?.strip_prefix(to).map(str::to_owned);
        self.moved.extend(self.pages[pages].iter().filter_map(below).map(|rest| Moved {
            from: format!("{from}{rest}"),
            to: format!("{to}{rest}"),
            has_feeds: has_feeds && rest.is_empty(),
            title: entity.name.clone(),
            language: self.settings.language.clone(),
            origin: released.document.path.clone(),
        }));
    }

    /// Leads on from the list of the ledger at `address` as from the addresses that its actor had; its pages are those
    /// from the one at `first` on.
    pub(super) fn former_ledger(&mut self, actor: EntityIx, address: &str, first: usize) {
        let entity = &self.archive[actor];
        let Some(below) = address.strip_prefix(&*entity.address) else { return };
        let folder = entity.address.strip_suffix(&format!("{}/", entity.slug)).unwrap_or_default();
        for slug in self.former_slugs.get(&actor).cloned().unwrap_or_default() {
            self.lead_on(&format!("{folder}{slug}/{below}"), address, first..self.pages.len(), actor, false);
        }
    }

    /// Leads on from the pages of retracted claims to where it is said that they are gone.
    pub(super) fn retracted_claims(&mut self) {
        self.moved.extend(self.archive.retracted_claims.iter().map(|claim| Moved {
            from: claim.address.clone(),
            to: claim.told_at.clone(),
            has_feeds: false,
            title: String::new(),
            language: self.settings.language.clone(),
            origin: claim.path.clone(),
        }));
    }

    pub(super) fn redirects(&mut self) {
        for moved in std::mem::take(&mut self.moved) {
            let last = moved.from.rsplit('/').next().unwrap_or_default();
            let path = if last.ends_with(".html") || last.ends_with(".htm") {
                moved.from.clone()
            } else {
                format!("{}/index.html", moved.from.trim_end_matches('/'))
            };
            let Some(output) = output_path(&path) else {
                self.add(&path, Content::NotFound, Some(&moved.origin));
                continue;
            };
            let href = format!("{}{}", self.addresses.root(&output), self.addresses.rest(&moved.to));
            let page = moved.to.split('#').next().unwrap_or_default();
            let absolute = self.addresses.absolute(page);
            // It bears no label, and so says in no edition but the public one what it leads to.
            let title = if self.is_indexed { &*moved.title } else { "" };
            let bytes = hosting::redirect_page(&href, absolute.as_deref(), title, &moved.language);
            self.pages.push(Page {
                path: output,
                content: Content::Bytes(bytes.into()),
                origin: Some(moved.origin.clone()),
            });
            self.moved.push(moved);
        }
    }
}
