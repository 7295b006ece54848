//! The values of claims and events, of what answers them, and of what the desk finds.

use serde::Serialize;
use tera::Value;

use super::{CitationView, CorrectionView, DateView, PageRef, PartyView};

/// An event, in lists and on its briefing.
#[derive(Serialize)]
pub(in crate::site) struct EventView<'a> {
    /// `event`.
    #[serde(rename = "type")]
    pub(in crate::site) card: &'static str,
    pub(in crate::site) anchor: &'a str,
    pub(in crate::site) url: String,
    pub(in crate::site) briefing: PageRef,
    pub(in crate::site) text: &'a str,
    pub(in crate::site) date: DateView,
    pub(in crate::site) status: &'static str,
    pub(in crate::site) per: Vec<PartyView>,
    pub(in crate::site) actors: Vec<PartyView>,
    pub(in crate::site) locations: Vec<Value>,
    pub(in crate::site) figures: Vec<FigureView>,
    pub(in crate::site) sources: Vec<CitationView>,
    /// The event of another briefing that it tells again.
    pub(in crate::site) tells: Option<PageRef>,
    /// What was changed in it, newest first.
    pub(in crate::site) corrections: Vec<CorrectionView<'a>>,
    /// Whether the text of the page shows it.
    pub(in crate::site) in_text: bool,
    /// What is counted differently, by whomever: the range.
    pub(in crate::site) totals: Vec<TotalView>,
    /// The other tellings of the same event, the newest first.
    pub(in crate::site) others: Vec<TellingView<'a>>,
    /// How many more there are, and where its newest telling stands, with all of them.
    pub(in crate::site) more: usize,
    pub(in crate::site) head: String,
    /// The label that it bears, or elsewhere than in its briefing that of its file, where this edition shows labels.
    pub(in crate::site) label: Option<&'static str>,
}

/// An event as another briefing tells it.
#[derive(Serialize)]
pub(in crate::site) struct TellingView<'a> {
    pub(in crate::site) text: &'a str,
    pub(in crate::site) date: DateView,
    pub(in crate::site) status: &'static str,
    pub(in crate::site) per: Vec<PartyView>,
    pub(in crate::site) actors: Vec<PartyView>,
    pub(in crate::site) locations: Vec<Value>,
    pub(in crate::site) figures: Vec<FigureView>,
    pub(in crate::site) sources: Vec<CitationView>,
    /// What was changed in it, newest first.
    pub(in crate::site) corrections: Vec<CorrectionView<'a>>,
    /// The briefing, by the address at which it tells it.
    pub(in crate::site) briefing: PageRef,
    /// The label that it bears, or elsewhere than in its briefing that of its file, where this edition shows labels.
    pub(in crate::site) label: Option<&'static str>,
}

/// What is counted differently: `what`, and the range in words.
#[derive(Serialize)]
pub(in crate::site) struct TotalView {
    pub(in crate::site) what: String,
    pub(in crate::site) text: String,
}

/// A count and whose it is.
#[derive(Serialize)]
pub(in crate::site) struct FigureView {
    pub(in crate::site) what: String,
    /// `28`, `6 to 34`, `at least 6`.
    pub(in crate::site) value: Option<String>,
    pub(in crate::site) min: Option<String>,
    pub(in crate::site) max: Option<String>,
    pub(in crate::site) per: Vec<PartyView>,
    pub(in crate::site) date: Option<DateView>,
    pub(in crate::site) sources: Vec<CitationView>,
    /// The label that it bears, where this edition shows labels.
    pub(in crate::site) label: Option<&'static str>,
}

/// A claim with every answer, in lists and on its briefing.
#[derive(Serialize)]
pub(in crate::site) struct ClaimView<'a> {
    /// `claim`.
    #[serde(rename = "type")]
    pub(in crate::site) card: &'static str,
    pub(in crate::site) anchor: &'a str,
    /// Its own page; of a claim without id its place in its briefing.
    pub(in crate::site) url: String,
    /// The briefing that tells it, by the address of its place there.
    pub(in crate::site) briefing: PageRef,
    pub(in crate::site) by: Vec<PartyView>,
    pub(in crate::site) on_behalf_of: Vec<PartyView>,
    pub(in crate::site) about: Vec<PartyView>,
    pub(in crate::site) date: DateView,
    pub(in crate::site) class: &'static str,
    /// Whether it can be true or false.
    pub(in crate::site) has_truth_value: bool,
    /// What the record says of it, by its word; nothing of a claim that cannot be true or false.
    pub(in crate::site) status: Option<&'static str>,
    /// The same in a sentence; else what sort of statement it is, by whom and when.
    pub(in crate::site) status_text: String,
    pub(in crate::site) text: &'a str,
    pub(in crate::site) locations: Vec<Value>,
    pub(in crate::site) told: Vec<Vec<WordsView>>,
    pub(in crate::site) via: Vec<Vec<WordsView>>,
    pub(in crate::site) sources: Vec<CitationView>,
    /// The answers by date; in a list the latest of them.
    pub(in crate::site) responses: Vec<ResponseView<'a>>,
    /// How many more there are.
    pub(in crate::site) more: usize,
    /// The findings, the latest first.
    pub(in crate::site) findings: Vec<FindingView<'a>>,
    /// What was changed in it, newest first.
    pub(in crate::site) corrections: Vec<CorrectionView<'a>>,
    /// Whether the text of the page shows it.
    pub(in crate::site) in_text: bool,
    /// The label that it bears, or elsewhere than in its briefing that of its file, where this edition shows labels.
    pub(in crate::site) label: Option<&'static str>,
}

/// Words, or the name among them of an entity whose page `url` is.
#[derive(Serialize)]
pub(in crate::site) struct WordsView {
    pub(in crate::site) text: String,
    pub(in crate::site) url: Option<String>,
}

/// An answer.
#[derive(Serialize)]
pub(in crate::site) struct ResponseView<'a> {
    pub(in crate::site) by: Vec<PartyView>,
    pub(in crate::site) on_behalf_of: Vec<PartyView>,
    pub(in crate::site) stance: &'static str,
    pub(in crate::site) date: DateView,
    pub(in crate::site) text: Option<&'a str>,
    pub(in crate::site) sources: Vec<CitationView>,
    pub(in crate::site) briefing: PageRef,
    /// The claim that it answers, where the answer stands apart.
    pub(in crate::site) claim: Option<ClaimRef<'a>>,
    /// Where that claim says that it was retracted.
    pub(in crate::site) retracted: Option<String>,
    /// The label that it bears, or elsewhere than in its briefing that of its file, where this edition shows labels.
    pub(in crate::site) label: Option<&'static str>,
}

/// A claim that something stands apart from.
#[derive(Serialize)]
pub(in crate::site) struct ClaimRef<'a> {
    pub(in crate::site) text: &'a str,
    pub(in crate::site) url: String,
    pub(in crate::site) by: Vec<PartyView>,
    pub(in crate::site) on_behalf_of: Vec<PartyView>,
    pub(in crate::site) status_text: String,
    /// The label that it bears, or elsewhere than in its briefing that of its file, where this edition shows labels.
    pub(in crate::site) label: Option<&'static str>,
}

/// The desk's judgement.
#[derive(Serialize)]
pub(in crate::site) struct FindingView<'a> {
    pub(in crate::site) status: &'static str,
    pub(in crate::site) confidence: Option<&'static str>,
    pub(in crate::site) date: DateView,
    pub(in crate::site) note: &'a str,
    pub(in crate::site) sources: Vec<CitationView>,
    pub(in crate::site) briefing: PageRef,
    /// Whether a later one stands in its place.
    pub(in crate::site) earlier: bool,
    /// The claim that it judges, where the finding stands apart.
    pub(in crate::site) claim: Option<ClaimRef<'a>>,
    /// Where that claim says that it was retracted.
    pub(in crate::site) retracted: Option<String>,
    /// The label that it bears, or elsewhere than in its briefing that of its file, where this edition shows labels.
    pub(in crate::site) label: Option<&'static str>,
}
