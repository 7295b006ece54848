//! The values of an entity's own page.

use serde::Serialize;
use tera::Value;

use super::{CountedEntity, CountsView, DateView, MonthCell, MonthView, PartyView, SourceView, VoiceView};

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
    /// Of a month, its calendar.
    pub(in crate::site) month: Option<MonthView>,
    /// Of a year, its twelve months.
    pub(in crate::site) year: Vec<MonthCell>,
    /// Those it lies in, the outermost first.
    pub(in crate::site) inside: Vec<Value>,
    /// Those inside it, with how much stands on each.
    pub(in crate::site) children: Vec<CountedEntity>,
    pub(in crate::site) same_as: Option<Value>,
    pub(in crate::site) relations: Vec<RelationView>,
    pub(in crate::site) body: Option<Value>,
    pub(in crate::site) sources: Vec<SourceView<'a>>,
    pub(in crate::site) links: Vec<LinkView<'a>>,
    pub(in crate::site) counts: CountsView,
    /// Of an actor, what it says, what is said about it and what it answers.
    pub(in crate::site) voices: Vec<VoiceView>,
    /// Of a date, the ones before and after at which something stands.
    pub(in crate::site) previous: Option<Value>,
    pub(in crate::site) next: Option<Value>,
    pub(in crate::site) extra: Option<&'a serde_json::Value>,
}

/// A name in a language.
#[derive(Serialize)]
pub(in crate::site) struct NameView {
    pub(in crate::site) name: String,
    pub(in crate::site) language: Option<String>,
    pub(in crate::site) direction: &'static str,
}

/// A relation to other entities.
#[derive(Serialize)]
pub(in crate::site) struct RelationView {
    pub(in crate::site) kind: &'static str,
    pub(in crate::site) entity: PartyView,
    pub(in crate::site) from: Option<DateView>,
    pub(in crate::site) to: Option<DateView>,
}

/// An address elsewhere.
#[derive(Serialize)]
pub(in crate::site) struct LinkView<'a> {
    pub(in crate::site) words: &'a str,
    pub(in crate::site) href: &'a str,
}

/// Something that a profile says and that is no name: when it was founded, its item in Wikidata.
#[derive(Serialize)]
pub(in crate::site) struct FactView {
    /// Its key in the profile; the words are in `t["fact_" ~ key]`.
    pub(in crate::site) key: &'static str,
    pub(in crate::site) date: Option<DateView>,
    pub(in crate::site) text: Option<String>,
    pub(in crate::site) href: Option<String>,
}
