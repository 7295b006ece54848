//! The values that templates receive: the contract with theme authors. They cannot query, so a page's values are
//! all that it depends on.
//!
//! Addresses (`url`) are encoded and relative to the root of the site: templates write `{{ root }}{{ item.url }}`.

mod accounts;
mod correction;
mod entity;
mod ledger;
mod lists;
mod shared;
mod sources;

use std::{ops::Deref, sync::Arc};

use serde::Serialize;
use tera::Value;

use crate::{archive::Counts, tree::Extra};

pub(super) use accounts::{
    ClaimRef, ClaimView, EventView, FigureView, FindingView, ResponseView, TellingView, TotalView, WordsView,
};
pub(super) use correction::{CorrectionItem, CorrectionView, NotedView};
pub(super) use entity::{
    CoordinatesView, EntityView, FactView, ItselfView, LinkView, MonthEntriesView, NameView, RelationView,
    RelationsView, SectionsView, TogetherView, YearView,
};
pub(super) use ledger::{LedgerView, VoiceView};
pub(super) use lists::{
    BesideView, CalendarDay, CrumbView, ExcerptView, GroupView, MonthCell, MonthView, PairView, WeekdayView,
};
pub(super) use sources::{AccountView, BalanceView, PublisherRow, PublisherView, ShareView, WorkView};

/// A value as templates see it.
pub(super) fn value<T: Serialize>(of: &T) -> Value {
    Value::from_serializable(of)
}

/// `site`: the same on every page.
#[derive(Serialize)]
pub(super) struct SiteView<'a> {
    /// The archive's title.
    pub(super) title: &'a str,
    /// What it is, in a sentence.
    pub(super) description: Option<&'a str>,
    /// Its language and direction.
    pub(super) language: &'a str,
    pub(super) direction: &'static str,
    /// The desk.
    pub(super) publisher: &'a str,
    /// The licence of its text, and where that stands.
    pub(super) license: Option<&'a str>,
    pub(super) license_url: Option<String>,
    /// The first page.
    pub(super) home: String,
    /// The list of all briefings.
    pub(super) briefings: String,
    /// The list of all claims, where there are any.
    pub(super) claims: Option<String>,
    /// The list of all corrections, where there are any.
    pub(super) corrections: Option<String>,
    /// The kinds that have an index: `name`, `plural`, `url`, `count`.
    pub(super) kinds: Vec<KindView>,
    /// The index of publishers, where there are any.
    pub(super) sources: Option<String>,
    /// The page that counts how the archive treats sides, where it is made.
    pub(super) balance: Option<String>,
    /// The file that tells browsers how to search the site, where there is one.
    pub(super) opensearch: Option<String>,
    /// The page of the search, where there is one.
    pub(super) search: Option<String>,
    /// The pages that are no briefings: `title`, `url`.
    pub(super) pages: Vec<PageRef>,
    /// What the edition is called, where it is not the public one.
    pub(super) edition: Option<&'a str>,
    /// The desk's own values from `[extra]`.
    pub(super) extra: &'a Extra,
}

/// A kind in lists.
#[derive(Serialize)]
pub(super) struct KindView {
    pub(super) name: String,
    pub(super) plural: String,
    pub(super) url: String,
    pub(super) count: usize,
}

/// A page by its title.
#[derive(Clone, Serialize)]
pub(super) struct PageRef {
    pub(super) title: String,
    pub(super) url: String,
}

/// `page`: what is true of any page.
#[derive(Serialize)]
pub(super) struct PageView<'a> {
    /// Its title, without the archive's.
    pub(super) title: &'a str,
    /// A sentence on it, for search engines: its author's, or one made of what it shows.
    pub(super) description: String,
    /// `home`, `list`, `briefing`, `tombstone`, `kind`, `entity`, `publishers`, `publisher`, `balance`, `search`, `page`, `404`.
    pub(super) kind: &'static str,
    /// Its language and direction, and the language as Open Graph writes it.
    pub(super) language: &'a str,
    pub(super) direction: &'static str,
    pub(super) locale: String,
    /// What Open Graph calls it: `website`, `article` or `profile`.
    pub(super) og_type: &'static str,
    /// The pages above it, the first page first: `name`, `url`.
    pub(super) crumbs: Vec<CrumbView>,
    /// What the desk says of the status of what it is about and of what that lies in: `name` (of what it lies in),
    /// `text`.
    pub(super) notes: Vec<NoteView>,
    /// It in every language that it has, its own too, by whole addresses; empty where it has one.
    pub(super) alternates: Vec<AlternateView>,
    /// What it is for machines, JSON-LD by schema.org, ready to be written; none without a base address.
    pub(super) json_ld: Option<Value>,
    /// Its own whole address, where the base is known.
    pub(super) canonical: Option<String>,
    /// Its label by TLP 2.0, without `TLP:`: the narrowest of what it shows. In the public edition CLEAR, where its
    /// file bears that.
    pub(super) label: Option<&'static str>,
    /// Whether search engines are kept away.
    pub(super) noindex: bool,
    /// The feeds of what it shows: `url`, `type`, `title`.
    pub(super) feeds: Vec<FeedView>,
}

/// The desk's sentence on the status of a place.
#[derive(Serialize)]
pub(super) struct NoteView {
    /// What the place is called, where it is not what the page itself is about.
    pub(super) name: Option<String>,
    pub(super) text: String,
}

/// A page in a language.
#[derive(Serialize)]
pub(super) struct AlternateView {
    pub(super) language: String,
    pub(super) href: String,
}

/// A feed.
#[derive(Serialize)]
pub(super) struct FeedView {
    pub(super) url: String,
    #[serde(rename = "type")]
    pub(super) media_type: &'static str,
    pub(super) title: String,
}

/// A date, of which there is one however many views have it.
#[derive(Clone)]
pub(super) struct DateView(Arc<Dated>);

/// A date: `text` for people, `edtf` for machines, `datetime` where HTML can say it, `url` of its page.
#[derive(Clone)]
pub(super) struct Dated {
    pub(super) text: String,
    pub(super) edtf: String,
    pub(super) datetime: Option<String>,
    pub(super) url: Option<String>,
    /// The same as a value, where many share it. Who changes a field takes it away.
    pub(super) shared: Option<Value>,
}

impl From<Dated> for DateView {
    fn from(dated: Dated) -> Self {
        Self(Arc::new(dated))
    }
}

impl Deref for DateView {
    type Target = Dated;

    fn deref(&self) -> &Dated {
        &self.0
    }
}

/// An entity by its name; without `url` where it has no page.
#[derive(Clone, Serialize)]
pub(super) struct EntityRef {
    pub(super) name: String,
    pub(super) url: Option<String>,
    pub(super) kind: String,
    /// The person, state, city and so on that its profile says it is.
    #[serde(rename = "type")]
    pub(super) entity_type: Option<&'static str>,
}

/// Entities of one kind.
#[derive(Serialize)]
pub(super) struct TagsView {
    pub(super) kind: String,
    pub(super) plural: String,
    pub(super) entities: Vec<Value>,
}

/// Somebody who speaks or acts: an actor, or the words for somebody not named and the actor they are `of`.
#[derive(Clone)]
pub(super) struct PartyView {
    pub(super) name: String,
    pub(super) url: Option<String>,
    pub(super) unnamed: bool,
    pub(super) of: Option<Value>,
    pub(super) role: Option<&'static str>,
    /// The person, state and so on that the profile says an actor is.
    pub(super) entity_type: Option<&'static str>,
    /// The same as a value, where many share it. Who changes a field takes it away.
    pub(super) shared: Option<Value>,
}

/// A briefing in a list.
#[derive(Serialize)]
pub(super) struct BriefingCard<'a> {
    /// `briefing`.
    #[serde(rename = "type")]
    pub(super) card: &'static str,
    pub(super) title: &'a str,
    pub(super) url: &'a str,
    pub(super) summary: Option<&'a str>,
    /// The day it covers.
    pub(super) date: Value,
    pub(super) language: Option<&'a str>,
    /// The label that its file bears, where this edition shows labels.
    pub(super) label: Option<&'static str>,
}

/// A use of a source: on the page of the briefing that uses it, its `number` in the list there.
#[derive(Serialize)]
pub(super) struct CitationView {
    pub(super) number: Option<usize>,
    pub(super) url: String,
    pub(super) title: String,
    /// The grade of its publisher, where this edition shows it and the desk grades this use.
    pub(super) grade: Option<char>,
    /// How credible this piece of information is, 1 to 6, where this edition shows it.
    pub(super) item: Option<u8>,
    pub(super) publisher: Option<String>,
    /// The label that the source bears, where this edition shows labels.
    pub(super) label: Option<&'static str>,
}

/// What the desk read.
#[derive(Serialize)]
pub(super) struct SourceView<'a> {
    pub(super) number: usize,
    pub(super) anchor: String,
    pub(super) title: &'a str,
    pub(super) publisher: Option<&'a str>,
    /// The page of its publisher.
    pub(super) publisher_url: Option<String>,
    /// The grade of its publisher, A to F, where this edition shows it.
    pub(super) grade: Option<char>,
    pub(super) href: Option<&'a str>,
    pub(super) archived: Option<&'a str>,
    pub(super) sha256: Option<&'a str>,
    pub(super) published: Option<DateView>,
    pub(super) accessed: Option<DateView>,
    pub(super) language: Option<&'a str>,
    pub(super) kind: Option<&'static str>,
    pub(super) credit: Option<&'a str>,
    pub(super) via: &'a [String],
    /// The label that it bears, where this edition shows labels.
    pub(super) label: Option<&'static str>,
    /// The places of the page that cite it: of the text, then the claims and events.
    pub(super) cited_at: Vec<String>,
}

/// A text in other words: a translation, or the original.
#[derive(Serialize)]
pub(super) struct RenditionView {
    pub(super) language: String,
    pub(super) direction: &'static str,
    pub(super) url: String,
    pub(super) title: String,
    pub(super) absolute: Option<String>,
}

/// `briefing`, on its own page.
#[derive(Serialize)]
pub(super) struct BriefingView<'a> {
    pub(super) id: &'a str,
    pub(super) title: &'a str,
    pub(super) summary: Option<&'a str>,
    pub(super) url: &'a str,
    pub(super) date: DateView,
    pub(super) published: DateView,
    pub(super) updated: Option<DateView>,
    pub(super) authors: Vec<&'a str>,
    pub(super) generated: Option<&'a str>,
    pub(super) reviewed_by: Option<&'a str>,
    pub(super) license: Option<&'a str>,
    pub(super) license_url: Option<String>,
    /// The text without the claims and events that are written in it.
    pub(super) body: Value,
    /// The text with them, each where it is written.
    pub(super) parts: Vec<PartView>,
    /// How many claims and events the text does not show.
    pub(super) claims_apart: usize,
    pub(super) events_apart: usize,
    pub(super) headings: Vec<HeadingView>,
    pub(super) tags: Vec<TagsView>,
    pub(super) events: Vec<EventView<'a>>,
    pub(super) claims: Vec<ClaimView<'a>>,
    pub(super) responses: Vec<ResponseView<'a>>,
    pub(super) findings: Vec<FindingView<'a>>,
    pub(super) sources: Vec<SourceView<'a>>,
    pub(super) corrections: Vec<CorrectionView<'a>>,
    pub(super) renditions: Vec<RenditionView>,
    /// The entities that its prose names and that do not tag it.
    pub(super) names: Vec<Value>,
    pub(super) related: Vec<RelatedView>,
    /// The briefings that lead to it.
    pub(super) linked_from: ExcerptView,
    pub(super) extra: &'a Extra,
}

/// A part of a briefing's text: HTML, or a claim or an event that is written there.
#[derive(Default, Serialize)]
pub(super) struct PartView {
    pub(super) html: Option<Value>,
    pub(super) claim: Option<Value>,
    pub(super) event: Option<Value>,
    /// Of a claim or an event, the label of the marked prose around it.
    pub(super) marked: Option<&'static str>,
}

/// A briefing that shares entities with another.
#[derive(Serialize)]
pub(super) struct RelatedView {
    pub(super) briefing: Value,
    /// What both name, the rarest first.
    pub(super) shared: Vec<Value>,
    /// In words, how many more they share.
    pub(super) more: Option<String>,
}

/// A heading of a body.
#[derive(Serialize)]
pub(super) struct HeadingView {
    pub(super) level: u8,
    pub(super) id: String,
    pub(super) text: String,
}

/// The way through the parts of a list.
#[derive(Serialize)]
pub(super) struct PagerView {
    /// The number of this part; none at the list's own address.
    pub(super) number: Option<usize>,
    /// How many numbered parts there are.
    pub(super) numbered: usize,
    pub(super) newer: Option<String>,
    pub(super) older: Option<String>,
    /// Of an index of names, every part by the name it begins with; empty where there are too many.
    pub(super) parts: Vec<PageRef>,
}

/// How many of each stand on a timeline.
#[derive(Clone, Copy, Default, Serialize)]
pub(super) struct CountsView {
    pub(super) briefings: usize,
    pub(super) events: usize,
    pub(super) claims: usize,
}

impl From<Counts> for CountsView {
    fn from(counts: Counts) -> Self {
        let Counts { briefings, events, claims } = counts;
        Self { briefings, events, claims }
    }
}

/// An entity in an index.
#[derive(Serialize)]
pub(super) struct CountedEntity {
    pub(super) name: String,
    pub(super) url: String,
    #[serde(rename = "type")]
    pub(super) entity_type: Option<&'static str>,
    pub(super) inside: Option<Value>,
    pub(super) counts: CountsView,
    pub(super) children: Vec<CountedEntity>,
}

/// The direction in which a language is written.
pub(super) fn direction(language: &str) -> &'static str {
    const RIGHT_TO_LEFT: [&str; 13] =
        ["ar", "he", "fa", "ur", "yi", "ps", "sd", "ug", "dv", "ckb", "syr", "arc", "nqo"];
    let mut parts = language.split('-');
    let primary = parts.next().unwrap_or_default().to_ascii_lowercase();
    let script = parts.find(|part| part.len() == 4).map(str::to_ascii_lowercase);
    match script.as_deref() {
        Some("arab" | "hebr" | "syrc" | "thaa" | "nkoo") => "rtl",
        None if RIGHT_TO_LEFT.contains(&primary.as_str()) => "rtl",
        _ => "ltr",
    }
}
