//! Pages, turned into bytes: templates filled with values, feeds, and files that are copied.
//!
//! Templates receive values and cannot query; nothing here decides which pages there are.

mod accounts;
mod artist;
mod balance_page;
#[cfg(test)]
mod beside_tests;
mod bodies;
mod briefing_page;
mod calendar;
mod cards;
mod claims;
mod context;
mod corrections;
mod dates;
mod entity_facts;
mod entity_page;
mod entity_sections;
mod feed_pages;
mod feeds;
mod filling;
mod frame;
mod handing;
mod images;
mod json_ld;
mod json_writer;
mod labels;
mod list_pages;
mod lists_beside;
mod mistakes;
mod publisher_pages;
mod rendering;
mod scripts;
mod search;
mod shelf;
mod sources;
mod statuses;
mod tellings;
mod theme;
mod views;
mod whole;

use std::{
    borrow::Cow,
    collections::BTreeMap,
    io,
    ops::Deref,
    sync::{Arc, OnceLock},
};

use serde::Serialize;
use tera::Value;

use crate::{
    archive::Archive,
    diagnostics::Diagnostic,
    memo::Memo,
    model::Tlp,
    pages::{
        Addresses, BALANCE, Content, FeedFormat, OPENSEARCH, Page, SEARCH, feeds_are_made, has_search,
        index_of, may_be_listed,
    },
    release::Edition,
    settings::Settings,
};
use cards::Cards;
use context::{CrumbView, FeedView, KindView, PageRef, PageView, SiteView, direction, value};
use feed_pages::Keyed;
use filling::{Filled, Given};
use frame::Frames;
use handing::Made;
use labels::Labels;
use search::Index;
use views::Views;

pub use artist::{Artist, Finished};
pub use rendering::{Step, render};
pub use theme::{Theme, load as load_theme};

/// So many bytes fit most pages.
const USUAL: usize = 16 << 10;

/// Everything that pages are drawn with.
#[derive(Clone, Copy)]
pub struct Studio<'a> {
    /// What they are of.
    pub archive: &'a Archive,
    /// The desk's settings.
    pub settings: &'a Settings,
    /// Who they are for.
    pub edition: &'a Edition,
    /// How they link to each other.
    pub addresses: &'a Addresses,
    /// Their templates and words.
    pub theme: &'a Theme,
    /// What earlier drawing left, by which pages that stand already are not drawn again. It changes no byte.
    pub memo: Option<&'a Memo>,
}

/// Draws pages. A sparing one asks the memory first, and draws no text that is known by its hash; so it may come to
/// the end of a page without its bytes, which the other makes then.
struct Renderer<'a> {
    sparing: bool,
    common: Arc<Common<'a>>,
}

impl<'a> Deref for Renderer<'a> {
    type Target = Common<'a>;

    fn deref(&self) -> &Common<'a> {
        &self.common
    }
}

/// What pages are made of, made once for all of them.
struct Common<'a> {
    studio: Studio<'a>,
    views: Views<'a>,
    /// The labels that pages bear.
    labels: Labels<'a>,
    /// What every page receives.
    shared: Given,
    /// The dates before and after each at which something stands.
    neighbours: OnceLock<Neighbours>,
    /// Briefings, events and claims that many lists show.
    cards: Cards,
    /// What stands around pages.
    frames: Frames,
    /// The index of the search, once it is made.
    made_index: OnceLock<Index>,
    /// Briefings as feeds tell of them, by their places.
    entries: Vec<OnceLock<Arc<Keyed<'a>>>>,
}

type Failed = Box<Diagnostic>;

/// By an entity's place, what stands before and after it.
type Neighbours = BTreeMap<usize, (Option<Value>, Option<Value>)>;

impl<'a> Renderer<'a> {
    fn new(studio: Studio<'a>) -> Self {
        let views = Views::new(studio);
        let mut shared = Given::to(studio.theme.key);
        shared.insert("site", value(&site(studio)));
        shared.insert("t", value(&studio.theme.words));
        let common = Common {
            studio,
            views,
            labels: Labels::new(studio),
            shared: shared.sealed(),
            neighbours: OnceLock::new(),
            cards: Cards::default(),
            frames: Frames::default(),
            made_index: OnceLock::new(),
            entries: (0..studio.archive.briefings.len()).map(|_| OnceLock::new()).collect(),
        };
        Self { sparing: false, common: Arc::new(common) }
    }

    /// One that makes no more than it must.
    fn sparing(&self) -> Self {
        Self { sparing: self.studio.memo.is_some(), common: self.common.clone() }
    }

    fn finish<'p>(&self, page: &'p Page) -> io::Result<Result<Made<'p>, Failed>> {
        let drawn = match &page.content {
            Content::Bytes(bytes) => return Ok(Ok(Made::Bytes(Cow::Borrowed(bytes)))),
            Content::Copy(asset) => return Ok(Ok(Made::File(asset))),
            Content::Image(asset) => return self.picture(asset),
            Content::Feed(of, format) => return Ok(Ok(self.feed(*of, *format))),
            Content::Home => self.home(page),
            Content::Briefings(part) => self.briefings(page, part),
            Content::Briefing(place) => self.briefing(page, *place, None),
            Content::Translation(place, language) => self.briefing(page, *place, Some(language)),
            Content::Tombstone(place) => self.tombstone(page, *place),
            Content::Kind(kind, number, items) => self.kind(page, *kind, *number, items.clone()),
            Content::Entity(place, part) => self.entity(page, *place, part),
            Content::Standing(place) => self.standing(page, *place),
            Content::Claim(place) => self.claim(page, *place),
            Content::Ledger(of, part) => self.ledger(page, *of, part),
            Content::Corrections(part) => self.corrections(page, part),
            Content::Publishers(number, items) => self.publishers(page, *number, items.clone()),
            Content::Publisher(place, part) => self.publisher(page, *place, part),
            Content::Balance => self.balance(page),
            Content::List(of, part) => self.list_beside(page, *of, part),
            Content::Together(place, with, number, items) => {
                self.named_together(page, *place, *with, *number, items.clone())
            }
            Content::Search => self.search_page(page),
            Content::NotFound => self.not_found(page),
        };
        Ok(drawn.map(|filled| match filled {
            Filled::Page(bytes, key) => Made::Keyed(bytes, key),
            Filled::Known(known) => Made::Known(known),
            Filled::Spared => Made::Spared,
        }))
    }

    fn view<'v>(
        &'v self,
        page: &Page,
        kind: &'static str,
        title: &'v str,
        language: Option<&'v str>,
    ) -> PageView<'v> {
        let settings = self.studio.settings;
        let language = language.unwrap_or(&settings.language);
        let address = page.path.as_str().strip_suffix("index.html").unwrap_or(page.path.as_str());
        PageView {
            title,
            description: String::new(),
            kind,
            language,
            direction: direction(language),
            locale: language.replace('-', "_"),
            og_type: if kind == "briefing" { "article" } else { "website" },
            crumbs: Vec::new(),
            notes: Vec::new(),
            alternates: Vec::new(),
            json_ld: None,
            label: self.labels.gathered().map(Tlp::label),
            canonical: if kind == "404" { None } else { self.studio.addresses.absolute(address) },
            noindex: !self.studio.edition.is_indexed() || !may_be_listed(&page.content, self.studio.archive),
            feeds: self.feeds_of("", &settings.title),
        }
    }

    /// The way to every page begins at the first.
    fn home_crumb(&self) -> CrumbView {
        CrumbView { name: self.word("home").to_owned(), url: self.studio.addresses.rest("") }
    }

    /// The index of a kind as a step of the way to its members.
    fn kind_crumb(&self, kind: usize) -> CrumbView {
        let described = &self.studio.settings.kinds[kind];
        CrumbView {
            name: described.plural.clone(),
            url: self.studio.addresses.rest(&format!("{}/", described.path)),
        }
    }

    /// The feeds beside the list at `address`, as pages announce them.
    fn feeds_of(&self, address: &str, title: &str) -> Vec<FeedView> {
        let archive = self.studio.archive;
        let is_empty = archive.briefings.is_empty() && archive.tombstones.is_empty();
        if !feeds_are_made(self.studio.settings) || is_empty {
            return Vec::new();
        }
        [FeedFormat::Atom, FeedFormat::Json]
            .into_iter()
            .map(|format| FeedView {
                url: self.studio.addresses.rest(&format!("{address}{}", format.file())),
                media_type: format.media_type(),
                title: title.to_owned(),
            })
            .collect()
    }

    fn word(&self, key: &str) -> &str {
        self.studio.theme.words.get(key).map_or("", String::as_str)
    }

    fn not_found(&self, page: &Page) -> Result<Filled, Failed> {
        let title = self.word("not_found").to_owned();
        let mut view = self.view(page, "404", &title, None);
        self.word("not_found_help").clone_into(&mut view.description);
        self.fill("404.html", page, &view, Vec::new())
    }
}

fn site(studio: Studio<'_>) -> SiteView<'_> {
    let settings = studio.settings;
    let kinds = (0..settings.kinds.len()).filter(|kind| !index_of(studio.archive, *kind).is_empty());
    let page = |page: &crate::archive::StandingPage| PageRef {
        title: page.released.document.title.clone(),
        url: studio.addresses.rest(&page.address),
    };
    SiteView {
        title: &settings.title,
        description: settings.description.as_deref(),
        language: &settings.language,
        direction: direction(&settings.language),
        publisher: &settings.publisher,
        license: settings.license.as_deref(),
        license_url: settings.license.as_deref().and_then(license_url),
        home: studio.addresses.rest(""),
        briefings: studio.addresses.rest("briefings/"),
        claims: (!studio.archive.claims.is_empty()).then(|| studio.addresses.rest("claims/")),
        corrections: (!studio.archive.corrections.is_empty())
            .then(|| studio.addresses.rest(corrections::ADDRESS)),
        kinds: kinds.map(|kind| kind_view(studio, kind)).collect(),
        sources: (!studio.archive.publishers.is_empty()).then(|| studio.addresses.rest("sources/")),
        balance: settings.outputs.balance.then(|| studio.addresses.rest(BALANCE)),
        opensearch: (has_search(studio.archive, settings) && studio.edition.is_indexed())
            .then(|| studio.addresses.absolute(OPENSEARCH).map(|_| studio.addresses.rest(OPENSEARCH)))
            .flatten(),
        search: has_search(studio.archive, studio.settings).then(|| studio.addresses.rest(SEARCH)),
        pages: studio.archive.pages.iter().map(page).collect(),
        edition: (!studio.edition.is_indexed()).then(|| studio.edition.called()),
        extra: &settings.extra,
    }
}

fn kind_view(studio: Studio<'_>, kind: usize) -> KindView {
    let described = &studio.settings.kinds[kind];
    KindView {
        name: described.name.clone(),
        plural: described.plural.clone(),
        url: studio.addresses.rest(&format!("{}/", described.path)),
        count: index_of(studio.archive, kind).len(),
    }
}

/// Where the text of a licence stands: an address itself, or the identifier of one by Creative Commons (SPDX).
fn license_url(license: &str) -> Option<String> {
    if license.starts_with("https://") || license.starts_with("http://") {
        return Some(license.to_owned());
    }
    let lower = license.to_ascii_lowercase();
    if let Some(version) = lower.strip_prefix("cc0-") {
        return Some(format!("https://creativecommons.org/publicdomain/zero/{version}/"));
    }
    let (terms, version) = lower.strip_prefix("cc-")?.rsplit_once('-')?;
    let known = ["by", "by-sa", "by-nc", "by-nd", "by-nc-sa", "by-nc-nd"].contains(&terms)
        && ["1.0", "2.0", "2.5", "3.0", "4.0"].contains(&version);
    known.then(|| format!("https://creativecommons.org/licenses/{terms}/{version}/"))
}

/// A serialisable thing as a named value for a template.
fn named<T: Serialize>(name: &'static str, of: &T) -> (&'static str, Value) {
    (name, value(of))
}
