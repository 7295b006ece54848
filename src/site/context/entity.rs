//! The values of an entity's own page.

use serde::Serialize;
use tera::Value;

use super::{
    CitationView, CountedEntity, CountsView, DateView, ExcerptView, MonthCell, MonthView, PairView,
    PartyView, SourceView, VoiceView,
};
use crate::tree::Extra;

/// `entity`, on its own page.
#[derive(Serialize)]
pub(in crate::site) struct EntityView<'a> {
    pub(in crate::site) name: &'a str,
    pub(in crate::site) kind: &'a str,
    /// What its kind is called in lists.
    pub(in crate::site) plural: &'a str,
    pub(in crate::site) url: String,
    #[serde(rename = "type")]
    pub(in crate::site) entity_type: Option<&'static str>,
    pub(in crate::site) description: Option<&'a str>,
    pub(in crate::site) status_note: Option<&'a str>,
    /// Its other names, for people.
    pub(in crate::site) other_names: Vec<NameView>,
    /// The language of its name, where that is in another script and the profile says which.
    pub(in crate::site) name_language: Option<String>,
    /// Of a day, the day of the week.
    pub(in crate::site) weekday: Option<String>,
    /// What its profile says that is neither a name nor a relation.
    pub(in crate::site) facts: Vec<FactView>,
    /// Where it lies.
    pub(in crate::site) coordinates: Option<CoordinatesView>,
    /// Of a month, its calendar.
    pub(in crate::site) month: Option<MonthView>,
    /// Of a year, its twelve months.
    pub(in crate::site) year: Vec<MonthCell>,
    /// Those it lies in, the outermost first.
    pub(in crate::site) inside: Vec<Value>,
    /// Those inside it, with how much stands on each.
    pub(in crate::site) children: Vec<CountedEntity>,
    pub(in crate::site) same_as: Option<Value>,
    /// Its relations to others and those of others to it, by key.
    pub(in crate::site) relations: Vec<RelationsView<'a>>,
    /// The places that it claims and controls, which it does not count as its own.
    pub(in crate::site) holdings: Vec<RelationsView<'a>>,
    pub(in crate::site) body: Option<Value>,
    pub(in crate::site) sources: Vec<SourceView<'a>>,
    pub(in crate::site) links: Vec<LinkView<'a>>,
    /// What it published that briefings cite: `title`, `url`, `count`.
    pub(in crate::site) cited: Vec<Value>,
    pub(in crate::site) counts: CountsView,
    /// Of an actor, what it says, what is said about it and what it answers.
    pub(in crate::site) voices: Vec<VoiceView>,
    /// Of a date, the ones before and after at which something stands.
    pub(in crate::site) previous: Option<Value>,
    pub(in crate::site) next: Option<Value>,
    pub(in crate::site) extra: Option<&'a Extra>,
    // What stands beside the timeline: `SectionsView`. Serde's `flatten` would copy each key of the whole.
    pub(in crate::site) itself: Option<ItselfView>,
    pub(in crate::site) by_month: Vec<YearView>,
    pub(in crate::site) together: Vec<TogetherView>,
    pub(in crate::site) named_in: ExcerptView,
    pub(in crate::site) unnamed: ExcerptView,
}

/// What stands on an entity's first page beside its profile and its timeline; a part of `entity`.
pub(in crate::site) struct SectionsView {
    /// What stands on itself, where others lie in it.
    pub(in crate::site) itself: Option<ItselfView>,
    /// How much of the timeline stands in each month, the newest year first; nothing where all is of one month.
    pub(in crate::site) by_month: Vec<YearView>,
    /// Those that enough briefings name together with it.
    pub(in crate::site) together: Vec<TogetherView>,
    /// The briefings that only name it; on every part of the timeline with their number.
    pub(in crate::site) named_in: ExcerptView,
    /// What its speakers say and answer whom the sources do not name.
    pub(in crate::site) unnamed: ExcerptView,
}

/// What stands on an entity itself, and not on those inside it.
#[derive(Serialize)]
pub(in crate::site) struct ItselfView {
    /// `Gaza Strip itself`.
    pub(in crate::site) title: String,
    pub(in crate::site) url: String,
    pub(in crate::site) counts: CountsView,
}

/// A year of a timeline.
#[derive(Serialize)]
pub(in crate::site) struct YearView {
    pub(in crate::site) name: String,
    /// The page of the year, where there is one.
    pub(in crate::site) url: Option<String>,
    /// The months in which something stands, the newest first.
    pub(in crate::site) months: Vec<MonthEntriesView>,
}

/// A month of a timeline.
#[derive(Serialize)]
pub(in crate::site) struct MonthEntriesView {
    /// `May`.
    pub(in crate::site) name: String,
    /// `May` in as few letters as the theme has for it.
    pub(in crate::site) short: String,
    /// Where its newest entry stands.
    pub(in crate::site) url: String,
    /// How many entries of the timeline stand in it.
    pub(in crate::site) count: usize,
}

/// Those of one sort that enough briefings name together with an entity.
#[derive(Serialize)]
pub(in crate::site) struct TogetherView {
    /// `actors` or `places` named with an actor, `here` for actors named with a place; the words are in
    /// `t["together_" ~ key]`.
    pub(in crate::site) key: &'static str,
    /// Those that most briefings name with it.
    pub(in crate::site) pairs: Vec<PairView>,
    /// How many there are.
    pub(in crate::site) total: usize,
    /// The index of all, where there are more than these.
    pub(in crate::site) url: Option<String>,
}

/// A name in a language, and when it was borne.
#[derive(Serialize)]
pub(in crate::site) struct NameView {
    pub(in crate::site) name: String,
    pub(in crate::site) language: Option<String>,
    pub(in crate::site) direction: &'static str,
    pub(in crate::site) from: Option<DateView>,
    pub(in crate::site) to: Option<DateView>,
    pub(in crate::site) date: Option<DateView>,
    pub(in crate::site) sources: Vec<CitationView>,
}

/// Relations of one key; the words are in `t["relation_" ~ kind]`, and where they are of others to this one in
/// `t["relation_of_" ~ kind]`.
#[derive(Serialize)]
pub(in crate::site) struct RelationsView<'a> {
    pub(in crate::site) kind: &'static str,
    pub(in crate::site) of_other: bool,
    pub(in crate::site) items: Vec<RelationView<'a>>,
    /// How many more there are that are not shown, in words.
    pub(in crate::site) more: Option<String>,
}

/// A relation to another entity, and when it held.
#[derive(Serialize)]
pub(in crate::site) struct RelationView<'a> {
    pub(in crate::site) entity: PartyView,
    pub(in crate::site) from: Option<DateView>,
    pub(in crate::site) to: Option<DateView>,
    pub(in crate::site) date: Option<DateView>,
    pub(in crate::site) sources: Vec<CitationView>,
    /// Of a place that is claimed or controlled, the desk's sentence on its status.
    pub(in crate::site) note: Option<&'a str>,
}

/// An address elsewhere.
#[derive(Serialize)]
pub(in crate::site) struct LinkView<'a> {
    pub(in crate::site) words: &'a str,
    pub(in crate::site) href: &'a str,
}

/// Where a place lies, no finer than its precision: degrees with a sign, and the distance to which they are told, where
/// that is not exact.
#[derive(Serialize)]
pub(in crate::site) struct CoordinatesView {
    pub(in crate::site) latitude: String,
    pub(in crate::site) longitude: String,
    pub(in crate::site) distance: Option<String>,
}

/// Something that a profile says and that is no name: when it was founded, its item in Wikidata.
#[derive(Serialize)]
pub(in crate::site) struct FactView {
    /// Its key in the profile; the words are in `t["fact_" ~ key]`.
    pub(in crate::site) key: &'static str,
    pub(in crate::site) date: Option<DateView>,
    pub(in crate::site) text: Option<String>,
    pub(in crate::site) href: Option<String>,
    /// The claim that it rests on: its address after the root.
    pub(in crate::site) rests_on: Option<String>,
    pub(in crate::site) sources: Vec<CitationView>,
}
