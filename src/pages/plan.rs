use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Range,
    sync::Arc,
};

use rustc_hash::{FxHashMap, FxHashSet};

use super::{
    Addresses, Content, ListOf, Page, TOGETHER_SHOWN, With, collisions, hosting,
    lists::parts,
    may_be_listed,
    moved::Moved,
    search::{self, OPENSEARCH, SEARCH, has_search},
    sitemap,
};
use crate::{
    archive::{BriefingIx, EntityIx, Linked, PairIx},
    diagnostics::{Diagnostic, Diagnostics, Span},
    model::{OutputPath, SourcePath, check_segment, fold_name, segment},
    release::Attachment,
    settings::{DATE, Settings},
    sources::Asset,
};

/// How many entities a page of a kind's index lists.
pub const INDEX_PER_PAGE: usize = 200;

/// Files that do not come from the archive.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Extras {
    /// The author's `static/`, which stands at the root under its own names.
    pub attachments: Vec<Asset>,
    /// The theme's files, by their paths below the root.
    pub theme: Vec<(String, ThemeFile)>,
}

/// A file of a theme.
#[derive(Clone, Debug, PartialEq, Hash)]
pub enum ThemeFile {
    /// One on disk.
    Asset(Asset),
    /// One that is built in.
    Bytes(Arc<[u8]>),
}

/// Every file of the site, in a fixed order. Whether search engines may list it depends on its edition.
pub fn plan(
    archive: &Linked,
    settings: &Settings,
    is_indexed: bool,
    addresses: &Addresses,
    extras: &Extras,
    diagnostics: &mut Diagnostics,
) -> Vec<Page> {
    let mut planner = Planner {
        archive,
        settings,
        is_indexed,
        addresses,
        diagnostics,
        pages: Vec::new(),
        moved: Vec::new(),
        former_ids: archive
            .entities
            .iter()
            .filter_map(|e| Some((e.kind, fold_name(&e.profile.as_ref()?.document.id))))
            .collect(),
        slugs: archive.entities.iter().map(|entity| (entity.kind, entity.slug.clone())).collect(),
        former_slugs: FxHashMap::default(),
    };
    planner.briefings();
    planner.entities();
    planner.claims();
    planner.corrections();
    planner.standing();
    planner.publishers();
    planner.search();
    planner.feeds();
    planner.extras(extras);
    let drawn = planner.pages.len();
    planner.redirects();
    planner.for_hosts(drawn);
    let Planner { mut pages, diagnostics, .. } = planner;
    pages.shrink_to_fit();
    collisions::check(&pages, archive, diagnostics);
    pages
}

pub(super) struct Planner<'a> {
    pub(super) archive: &'a Linked,
    pub(super) settings: &'a Settings,
    pub(super) is_indexed: bool,
    pub(super) addresses: &'a Addresses,
    diagnostics: &'a mut Diagnostics,
    pub(super) pages: Vec<Page>,
    /// Old addresses and where they lead.
    pub(super) moved: Vec<Moved>,
    /// The ids of profiles, and those that lead to one, by kind.
    former_ids: FxHashSet<(usize, String)>,
    /// What stands, and what stood, in the addresses of entities, by kind.
    pub(super) slugs: FxHashSet<(usize, String)>,
    /// What stood in the addresses of those that had other ids, where nothing else stands now.
    pub(super) former_slugs: FxHashMap<EntityIx, Vec<String>>,
}

impl Planner<'_> {
    pub(super) fn add(&mut self, path: &str, content: Content, origin: Option<&SourcePath>) {
        match output_path(path) {
            Some(path) => self.pages.push(Page { path, content, origin: origin.cloned() }),
            None => {
                let mut diagnostic =
                    Diagnostic::error("path", format!("`{path}` cannot be a path of the site"))
                        .help("give it another `slug` or name");
                diagnostic.span = origin.map(Span::file);
                self.diagnostics.push(diagnostic);
            }
        }
    }

    pub(super) fn page(&mut self, address: &str, content: Content, origin: Option<&SourcePath>) {
        for segment in address.split_terminator('/') {
            if let Err(why) = check_segment(segment) {
                if matches!(content, Content::List(..) | Content::Together(..)) {
                    // The pages that it stands beside are told of.
                    return;
                }
                let message = format!("`{segment}` cannot be a segment of an address: {why}");
                let mut diagnostic =
                    Diagnostic::error("path", message).help("give it another `slug`, name or date");
                diagnostic.span = match &content {
                    Content::Entity(place, _) => self.archive[*place].origin.clone(),
                    _ => origin.map(Span::file),
                };
                self.diagnostics.push(diagnostic);
                return;
            }
        }
        self.add(&format!("{address}index.html"), content, origin);
    }

    pub(super) fn list(
        &mut self,
        address: &str,
        len: usize,
        origin: Option<&SourcePath>,
        content: impl Fn(super::Part) -> Content,
    ) {
        for part in parts(len, self.settings.lists.per_page) {
            let address = match part.number {
                Some(number) => format!("{address}page/{number}/"),
                None => address.to_owned(),
            };
            self.page(&address, content(part), origin);
        }
    }

    /// The list that stands beside a page, where it has more to show than the page.
    fn list_of(&mut self, of: ListOf) {
        if of.has_pages(self.archive) {
            let (address, items) = (of.address(self.archive), of.items(self.archive));
            self.list(&address, items, None, |part| Content::List(of, part));
        }
    }

    /// The pages of an index of `len` entities.
    fn index(&mut self, address: &str, len: usize, content: impl Fn(usize, Range<usize>) -> Content) {
        for (place, start) in (0..len).step_by(INDEX_PER_PAGE).enumerate() {
            let range = start..(start + INDEX_PER_PAGE).min(len);
            let number = place + 1;
            let address = if number == 1 { address.to_owned() } else { format!("{address}page/{number}/") };
            self.page(&address, content(number, range), None);
        }
    }

    fn briefings(&mut self) {
        let archive = self.archive;
        self.page("", Content::Home, None);
        self.list("briefings/", archive.briefings.len(), None, Content::Briefings);
        for (place, briefing) in archive.briefings.iter().enumerate() {
            let document = &briefing.released.document;
            let language = document.language.as_ref().unwrap_or(&self.settings.language);
            self.page(&briefing.address, Content::Briefing(BriefingIx::new(place)), Some(&document.path));
            for (language, translation) in &document.translations {
                let address = format!("{}{language}/", briefing.address);
                self.page(
                    &address,
                    Content::Translation(BriefingIx::new(place), language.clone()),
                    Some(&translation.path),
                );
            }
            self.list_of(ListOf::LinkedFrom(BriefingIx::new(place)));
            self.beside(&briefing.address, &document.path, briefing.attachments());
            self.aliases(&document.aliases, &briefing.address, &document.title, language, &document.path);
        }
        for (place, page) in archive.tombstones.iter().enumerate() {
            let tombstone = &page.tombstone;
            let language = tombstone.language.as_ref().unwrap_or(&self.settings.language);
            self.page(&page.address, Content::Tombstone(place), Some(&tombstone.path));
            self.aliases(&tombstone.aliases, &page.address, "", language, &tombstone.path);
        }
    }

    /// The assets of a text and of its translations, which lie in one folder, under the names that their authors gave
    /// them. One file may be written in several ways and stands here once; two files of one name both do, and are
    /// found to collide.
    fn beside(&mut self, address: &str, text: &SourcePath, assets: &BTreeMap<Box<str>, Attachment>) {
        let mut seen: BTreeSet<(&str, &SourcePath)> = BTreeSet::new();
        for asset in assets.values().map(|attachment| &attachment.asset) {
            let name = asset.path.beside(text);
            if seen.insert((name, &asset.path)) {
                self.add(&format!("{address}{name}"), copied(asset), Some(&asset.path));
            }
        }
    }

    fn entities(&mut self) {
        let archive = self.archive;
        for (kind, described) in self.settings.kinds.iter().enumerate() {
            let listed: Vec<EntityIx> = index_of(archive, kind);
            if listed.is_empty() {
                continue;
            }
            let address = format!("{}/", described.path);
            self.index(&address, listed.len(), |number, range| Content::Kind(kind, number, range));
            for place in archive.entities_of(kind) {
                self.entity(place);
            }
        }
        for pair in 0..archive.pairs.len() {
            let (pair, first) = (PairIx::new(pair), self.pages.len());
            self.list_of(ListOf::Pair(pair));
            self.former_pair(pair, first);
        }
    }

    fn entity(&mut self, place: EntityIx) {
        let entity = &self.archive[place];
        let profile = entity.profile.as_ref();
        let origin = profile.map(|released| &released.document.path);
        let first = self.pages.len();
        self.list(&entity.address, entity.timeline.len(), origin, |part| Content::Entity(place, part));
        for of in [ListOf::Itself(place), ListOf::Named(place), ListOf::Unnamed(place)] {
            self.list_of(of);
        }
        for with in With::ALL {
            let pairs = with.pairs(self.archive, place).len();
            if pairs > TOGETHER_SHOWN {
                let content = |number, range| Content::Together(place, with, number, range);
                self.index(&with.address(entity), pairs, content);
            }
        }
        let Some(released) = profile else { return };
        let folder = &self.settings.kinds[entity.kind].path;
        for former in &released.document.former_ids {
            // That two have an id has been reported where they were read.
            if self.former_ids.insert((entity.kind, fold_name(&former.text))) {
                self.former(place, &format!("{folder}/"), segment(&former.text), first);
            }
        }
        self.beside(&entity.address, &released.document.path, &released.assets);
    }

    fn corrections(&mut self) {
        let count = self.archive.corrections.len();
        if count > 0 {
            self.list("corrections/", count, None, Content::Corrections);
        }
    }

    fn standing(&mut self) {
        let archive = self.archive;
        for (place, page) in archive.pages.iter().enumerate() {
            let document = &page.released.document;
            let language = document.language.as_ref().unwrap_or(&self.settings.language);
            self.page(&page.address, Content::Standing(place), Some(&document.path));
            self.beside(&page.address, &document.path, &page.released.assets);
            self.aliases(&document.aliases, &page.address, &document.title, language, &document.path);
        }
        self.add("404.html", Content::NotFound, None);
    }

    fn extras(&mut self, extras: &Extras) {
        for asset in &extras.attachments {
            // What opens the public edition to robots would open all others too.
            let opens = !self.is_indexed && asset.path.below("static") == Some("robots.txt");
            if let Some(path) = asset.path.below("static").filter(|_| !opens) {
                self.add(path, Content::Copy(asset.clone().into()), Some(&asset.path));
            }
        }
        for (path, file) in &extras.theme {
            match file {
                ThemeFile::Asset(asset) => {
                    self.add(path, Content::Copy(asset.clone().into()), Some(&asset.path));
                }
                ThemeFile::Bytes(bytes) => self.add(path, Content::Bytes(bytes.clone()), None),
            }
        }
    }

    /// The sitemap of the first `drawn` pages, and the files that hosts and robots read, unless the author has his own.
    fn for_hosts(&mut self, drawn: usize) {
        let indexed = self.is_indexed;
        let mut sitemap_url = None;
        if indexed {
            let urls: Vec<(String, Option<String>)> =
                self.pages[..drawn].iter().filter_map(|page| self.sitemap_line(page)).collect();
            if let Some(root) = self.addresses.absolute("") {
                for (name, bytes) in sitemap::sitemap(&root, &urls) {
                    sitemap_url = self.addresses.absolute("sitemap.xml");
                    self.add(&name, Content::Bytes(bytes.into()), None);
                }
            }
        }
        let prefix = self.addresses.base_path().to_owned();
        let moved: Vec<(String, String)> = self.moved.iter().flat_map(Moved::lines).collect();
        let has_search = indexed && has_search(self.archive, self.settings);
        let searched = self.addresses.absolute(SEARCH).filter(|_| has_search);
        let files = [
            (OPENSEARCH, searched.map(|address| search::opensearch(&address, self.settings))),
            ("robots.txt", Some(hosting::robots(sitemap_url.as_deref(), indexed))),
            ("_headers", Some(hosting::headers(&prefix, indexed))),
            ("_redirects", (!moved.is_empty()).then(|| hosting::redirects(&prefix, &moved))),
        ];
        for (name, bytes) in files {
            let own = self.pages.iter().any(|page| page.path.as_str() == name);
            if let Some(bytes) = bytes
                && !own
            {
                self.add(name, Content::Bytes(bytes.into()), None);
            }
        }
    }

    fn sitemap_line(&self, page: &Page) -> Option<(String, Option<String>)> {
        let address = page.path.as_str().strip_suffix("index.html")?;
        if !may_be_listed(&page.content, self.archive) {
            return None;
        }
        let changed = match &page.content {
            Content::Briefing(place) | Content::Translation(place, _) => {
                Some(self.archive[*place].changed.day().to_string())
            }
            Content::Copy(_) | Content::Image(_) | Content::Bytes(_) | Content::Feed(..) => return None,
            _ => None,
        };
        Some((self.addresses.absolute(address)?, changed))
    }
}

/// The path of a file. What the output keeps for itself is refused here, where the file that asks for it can be named.
pub(super) fn output_path(path: &str) -> Option<OutputPath> {
    let first = path.split('/').next().unwrap_or_default().to_lowercase();
    OutputPath::new(path).filter(|_| !matches!(&*first, ".brief.json" | ".brief.tmp"))
}

/// The entities that a kind's index lists: of dates the years, of all others those with a page.
pub fn index_of(archive: &Linked, kind: usize) -> Vec<EntityIx> {
    archive.entities_of(kind).filter(|place| kind != DATE || archive[*place].parent.is_none()).collect()
}

/// What is beside prose: pictures without what cameras wrote into them, all else as it is.
fn copied(asset: &Asset) -> Content {
    let extension = asset.path.extension().to_ascii_lowercase();
    match extension.as_str() {
        "jpg" | "jpeg" | "png" | "webp" => Content::Image(asset.clone().into()),
        _ => Content::Copy(asset.clone().into()),
    }
}
