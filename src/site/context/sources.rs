//! The values of the pages on sources: publishers, and how the archive treats sides.

use serde::Serialize;
use tera::Value;

use super::SourceView;

/// A publisher in the index.
#[derive(Serialize)]
pub(in crate::site) struct PublisherRow<'a> {
    pub(in crate::site) name: &'a str,
    pub(in crate::site) url: String,
    /// How many sources of its page briefings cite.
    pub(in crate::site) sources: usize,
    /// How many briefings cite them.
    pub(in crate::site) briefings: usize,
}

/// `publisher`, on its own page.
#[derive(Serialize)]
pub(in crate::site) struct PublisherView<'a> {
    pub(in crate::site) name: &'a str,
    pub(in crate::site) url: String,
    /// How reliable it is, A to F, where this edition shows it.
    pub(in crate::site) grade: Option<char>,
    /// The actor that bears its name.
    pub(in crate::site) actor: Option<Value>,
    pub(in crate::site) sources: usize,
    pub(in crate::site) briefings: usize,
    /// Those of this part, newest first.
    pub(in crate::site) works: Vec<WorkView<'a>>,
}

/// What the desk read, once for all briefings that cite it.
#[derive(Serialize)]
pub(in crate::site) struct WorkView<'a> {
    pub(in crate::site) source: SourceView<'a>,
    /// The newest of the briefings that cite it, as cards.
    pub(in crate::site) briefings: Vec<Value>,
    /// How many more there are.
    pub(in crate::site) more: usize,
}

/// How many of something there are.
#[derive(Serialize)]
pub(in crate::site) struct ShareView {
    pub(in crate::site) title: String,
    /// The list that has as many.
    pub(in crate::site) url: Option<String>,
    pub(in crate::site) count: usize,
}

/// `balance`: how the archive treats the sides of what it tells.
#[derive(Serialize)]
pub(in crate::site) struct BalanceView {
    /// All events, each once however often it is told.
    pub(in crate::site) events: usize,
    /// Those that the desk tells in its own words.
    pub(in crate::site) own: usize,
    /// Those by the account of more than one side.
    pub(in crate::site) shared: usize,
    /// Those by the account of one side, by side.
    pub(in crate::site) one_sided: Vec<AccountView>,
    /// All claims.
    pub(in crate::site) claims: usize,
    /// The claims of each side. A claim of two sides counts for both.
    pub(in crate::site) by_side: Vec<AccountView>,
    /// All sources, each once however many briefings cite it.
    pub(in crate::site) sources: usize,
    pub(in crate::site) languages: Vec<ShareView>,
    /// Those that published most.
    pub(in crate::site) publishers: Vec<Value>,
    /// How many publishers there are besides.
    pub(in crate::site) more_publishers: usize,
    /// How many sources stand under no publisher.
    pub(in crate::site) unfiled: usize,
}

/// What is told by the account of a side.
#[derive(Serialize)]
pub(in crate::site) struct AccountView {
    /// The top organisation or state; none for speakers of whom nobody knows whose they are.
    pub(in crate::site) side: Option<Value>,
    pub(in crate::site) count: usize,
    /// Of claims, those that another side answers.
    pub(in crate::site) answered: usize,
    /// Of claims, those that none does.
    pub(in crate::site) unanswered: usize,
}
