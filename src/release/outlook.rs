use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashSet;

use super::{Edition, Held, Reason, Release, Withheld, assets::UsesAssets, cited::cited, select};
use crate::{
    diagnostics::Diagnostics,
    documents::{self, Briefing, Documents, Page, Profile, SHARED_SOURCES, SharedSources},
    model::{Instant, LocalId, Marking, SourcePath},
    settings::Settings,
    sources::Asset,
};

/// When an edition shows by itself what it keeps back, nobody changing a file.
#[derive(Clone, Debug, Default)]
pub struct Outlook {
    until: BTreeMap<Key, Instant>,
    next: Option<Instant>,
    expires: usize,
}

/// The next instant as of which a build shows something else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Next {
    /// The instant.
    pub at: Instant,
    /// How many of the things kept back are shown from then on.
    pub shown: usize,
    /// How many files are no longer shown from then on.
    pub expired: usize,
}

/// A file, or a part of one.
type Key = (SourcePath, Option<String>);

impl Outlook {
    /// From when on the edition shows it; nothing where that takes a hand: a draft's embargo ends and it is still a
    /// draft.
    pub fn until(&self, held: &Held) -> Option<Instant> {
        self.until.get(&(held.path.clone(), held.part.clone())).copied()
    }

    /// When a build next shows something else of what is written, `withheld` being what it keeps back until then.
    pub fn next(&self, withheld: &Withheld) -> Option<Next> {
        let at = self.next?;
        let kept_back = withheld.iter().filter(|held| !held.is_left_out());
        let shown = kept_back.filter(|held| self.until(held) == Some(at)).count();
        Some(Next { at, shown, expired: self.expires })
    }
}

/// Finds out when what `edition` shows of `documents` changes by itself.
///
/// Whatever has an instant ahead of it is selected again, alone, as of each of its instants. So what keeps it back
/// then, and what takes it away again, counts as it will in a build.
pub fn outlook(documents: &Documents, settings: &Settings, edition: &Edition) -> Outlook {
    let shared = Shared::of(documents);
    let mut outlook = Outlook::default();
    let briefings = documents.briefings.iter().map(File::Briefing);
    let profiles = documents.profiles.iter().map(File::Profile);
    let pages = documents.pages.iter().map(File::Page);
    for file in briefings.chain(profiles).chain(pages) {
        let ahead = file.instants(edition.as_of, &shared);
        if !ahead.is_empty() {
            outlook.add(&file.alone(&shared), &ahead, settings, edition);
        }
    }
    outlook
}

impl Outlook {
    /// Adds what becomes of one file.
    fn add(
        &mut self,
        alone: &dyn Fn() -> Documents,
        ahead: &BTreeSet<Instant>,
        settings: &Settings,
        edition: &Edition,
    ) {
        let as_of = |instant| {
            let edition = Edition { as_of: instant, ..edition.clone() };
            let (release, withheld) = select(alone(), settings, &edition, &mut Diagnostics::new());
            State::of(release, &withheld)
        };
        let now = as_of(edition.as_of);
        let mut has_changed = false;
        for instant in ahead {
            let then = as_of(*instant);
            for key in now.held.iter().filter(|key| then.shows(key)) {
                self.opens(key.clone(), *instant);
            }
            for path in then.assets.difference(&now.assets) {
                // Its words stand beside it, and come and go with it.
                let words = SourcePath::new(&format!("{path}.toml"));
                self.opens((path.clone(), Some("image".into())), *instant);
                self.opens((path.clone(), None), *instant);
                self.opens((words, None), *instant);
            }
            for id in then.release.sources.keys().filter(|id| !now.release.sources.contains_key(*id)) {
                self.opens((SourcePath::new(SHARED_SOURCES), Some(format!("source `{id}`"))), *instant);
            }
            if !has_changed && then.release != now.release {
                has_changed = true;
                self.changes(*instant, then.expired.iter().filter(|key| now.shows(key)).count());
            }
        }
    }

    fn opens(&mut self, key: Key, at: Instant) {
        let known = self.until.entry(key).or_insert(at);
        *known = at.min(*known);
    }

    fn changes(&mut self, at: Instant, expired: usize) {
        match self.next {
            Some(next) if next < at => {}
            Some(next) if next == at => self.expires += expired,
            _ => (self.next, self.expires) = (Some(at), expired),
        }
    }
}

/// What many files may use: only what is kept back until an instant needs to be known of each.
struct Shared<'a> {
    assets: BTreeMap<&'a SourcePath, &'a Asset>,
    documents: &'a Documents,
    /// The images and the sources under an embargo.
    images: BTreeMap<&'a SourcePath, Instant>,
    sources: BTreeMap<&'a LocalId, Instant>,
}

impl<'a> Shared<'a> {
    fn of(documents: &'a Documents) -> Self {
        let (images, sources) = (documents.images.iter(), documents.sources.sources.iter());
        Self {
            assets: documents.assets.iter().map(|asset| (&asset.path, asset)).collect(),
            documents,
            images: images.filter_map(|(path, words)| Some((path, words.marking.embargo?))).collect(),
            sources: sources.filter_map(|(id, source)| Some((id, source.marking.embargo?))).collect(),
        }
    }
}

#[derive(Clone, Copy)]
enum File<'a> {
    Briefing(&'a Briefing),
    Profile(&'a Profile),
    Page(&'a Page),
}

impl<'a> File<'a> {
    /// The instants after `as_of` at which it may change what is shown of it.
    fn instants(self, as_of: Instant, shared: &Shared<'_>) -> BTreeSet<Instant> {
        let mut ahead = BTreeSet::new();
        let mut add = |instant: Option<Instant>| ahead.extend(instant.filter(|instant| *instant > as_of));
        match self {
            Self::Briefing(briefing) => {
                add(Some(briefing.published.begins()));
                add(briefing.expires);
                markings(briefing).for_each(|marking| add(marking.embargo));
            }
            Self::Profile(profile) => add(profile.marking.embargo),
            Self::Page(page) => add(page.marking.embargo),
        }
        if !shared.images.is_empty() {
            let held = self.assets(shared).into_iter().filter_map(|asset| shared.images.get(&asset.path));
            held.for_each(|embargo| add(Some(*embargo)));
        }
        if !shared.sources.is_empty() {
            let cited = self.cited();
            let held = shared.sources.iter().filter(|(id, _)| cited.contains(id.as_str()));
            held.for_each(|(_, embargo)| add(Some(*embargo)));
        }
        ahead
    }

    fn cited(self) -> FxHashSet<&'a str> {
        match self {
            Self::Briefing(briefing) => cited(std::slice::from_ref(briefing), &[], &[]),
            Self::Profile(profile) => cited(&[], std::slice::from_ref(profile), &[]),
            Self::Page(page) => cited(&[], &[], std::slice::from_ref(page)),
        }
    }

    fn assets(self, shared: &Shared<'a>) -> Vec<&'a Asset> {
        let used = match self {
            Self::Briefing(briefing) => briefing.used(),
            Self::Profile(profile) => profile.used(),
            Self::Page(page) => page.used(),
        };
        let paths = used.into_iter().filter_map(|(folder, written)| documents::resolve_path(folder, written));
        let paths: BTreeSet<SourcePath> = paths.collect();
        paths.iter().filter_map(|path| shared.assets.get(path).copied()).collect()
    }

    /// Makes documents of it alone, with what it uses.
    fn alone(self, shared: &Shared<'a>) -> impl Fn() -> Documents {
        let assets: Vec<Asset> = self.assets(shared).into_iter().cloned().collect();
        let images = assets.iter().filter_map(|asset| {
            Some((asset.path.clone(), shared.documents.images.get(&asset.path)?.clone()))
        });
        let images: BTreeMap<_, _> = images.collect();
        let cited = if shared.sources.is_empty() { FxHashSet::default() } else { self.cited() };
        let known = &shared.documents.sources.sources;
        let sources = shared.sources.keys().filter(|id| cited.contains(id.as_str()));
        let sources: BTreeMap<_, _> =
            sources.filter_map(|id| Some(((*id).clone(), known.get(id)?.clone()))).collect();
        move || {
            let mut documents = Documents {
                sources: SharedSources { sources: sources.clone(), ..SharedSources::default() },
                assets: assets.clone(),
                images: images.clone(),
                ..Documents::default()
            };
            match self {
                Self::Briefing(briefing) => documents.briefings.push(briefing.clone()),
                Self::Profile(profile) => documents.profiles.push(profile.clone()),
                Self::Page(page) => documents.pages.push(page.clone()),
            }
            documents
        }
    }
}

/// A file as of an instant.
struct State {
    /// What is shown of it.
    release: Release,
    /// What is kept back of it.
    held: BTreeSet<Key>,
    /// What of that has been shown.
    expired: BTreeSet<Key>,
    /// The assets that its released text uses.
    assets: BTreeSet<SourcePath>,
}

impl State {
    fn of(release: Release, withheld: &Withheld) -> Self {
        let texts = release.briefings.iter().map(|released| &released.assets);
        let texts = texts.chain(release.profiles.iter().map(|released| &released.assets));
        let texts = texts.chain(release.pages.iter().map(|released| &released.assets));
        let assets =
            texts.flat_map(BTreeMap::values).map(|attachment| attachment.asset.path.clone()).collect();
        let key = |held: &Held| (held.path.clone(), held.part.clone());
        // Images and shared sources count by what is shown of them.
        let own = || {
            withheld.iter().filter(|held| {
                ["md", "markdown"].iter().any(|text| held.path.extension().eq_ignore_ascii_case(text))
            })
        };
        Self {
            // A name without a page is released: it means somebody from then on.
            held: own().filter(|held| held.reason != Reason::NoPage).map(key).collect(),
            expired: own().filter(|held| matches!(held.reason, Reason::Expired(_))).map(key).collect(),
            assets,
            release,
        }
    }

    /// Whether something is shown that is kept back at another instant.
    fn shows(&self, (path, part): &Key) -> bool {
        let part = part.as_deref().unwrap_or_default();
        // Of a retracted briefing nothing is left but the correction that retracts it.
        let is_gone =
            !self.release.tombstones.is_empty() && !part.is_empty() && !part.starts_with("correction ");
        // `response 1 to claim `c`` goes with `claim `c``, and every part with its file.
        let is_held = self.held.iter().any(|(file, held)| {
            file == path && held.as_deref().is_none_or(|held| !part.is_empty() && part.ends_with(held))
        });
        !is_gone && !is_held
    }
}

/// What a briefing, its parts and its translations are marked as.
pub(super) fn markings(briefing: &Briefing) -> impl Iterator<Item = &Marking> {
    let events = briefing.events.iter().flat_map(|event| {
        std::iter::once(&event.marking).chain(event.figures.iter().map(|figure| &figure.marking))
    });
    let claims = briefing.claims.iter().flat_map(|claim| {
        let answers = claim.responses.iter().map(|response| &response.marking);
        std::iter::once(&claim.marking).chain(answers).chain(claim.findings.iter().map(|f| &f.marking))
    });
    std::iter::once(&briefing.marking)
        .chain(events)
        .chain(claims)
        .chain(briefing.responses.iter().map(|response| &response.marking))
        .chain(briefing.findings.iter().map(|finding| &finding.marking))
        .chain(briefing.corrections.iter().map(|correction| &correction.marking))
        .chain(briefing.sources.iter().map(|(_, source)| &source.marking))
        .chain(briefing.translations.values().chain(&briefing.rivals).map(|translation| &translation.marking))
}

#[cfg(test)]
#[path = "outlook_tests.rs"]
mod tests;
