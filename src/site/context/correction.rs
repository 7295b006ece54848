use serde::Serialize;

use super::DateView;

/// What was changed after publication.
#[derive(Serialize)]
pub(in crate::site) struct CorrectionView<'a> {
    pub(in crate::site) date: DateView,
    /// `correction`, `clarification`, `update`, `retraction` or `redaction`.
    pub(in crate::site) kind: &'static str,
    pub(in crate::site) text: &'a str,
    /// The part that it is of; none where it is of the whole briefing.
    pub(in crate::site) of: Option<NotedView>,
    /// The label that it bears, where this edition shows labels.
    pub(in crate::site) label: Option<&'static str>,
}

/// The part that a correction is of.
#[derive(Serialize)]
pub(in crate::site) struct NotedView {
    /// `claim`, `event`, `source` or `image`.
    pub(in crate::site) what: &'static str,
    /// Its address; none where it was retracted.
    pub(in crate::site) url: Option<String>,
    pub(in crate::site) retracted: bool,
}

/// A correction in the list of all.
#[derive(Serialize)]
pub(in crate::site) struct CorrectionItem<'a> {
    pub(in crate::site) date: DateView,
    pub(in crate::site) kind: &'static str,
    pub(in crate::site) text: &'a str,
    pub(in crate::site) of: Option<NotedView>,
    /// The briefing's title; of a retracted one the day in words.
    pub(in crate::site) title: String,
    /// The address of the note.
    pub(in crate::site) url: String,
    /// The briefing's language, where it is not the site's.
    pub(in crate::site) language: Option<&'a str>,
    /// Whether the whole briefing was retracted.
    pub(in crate::site) retracted: bool,
    /// The label that it bears, or its briefing's file, where this edition shows labels.
    pub(in crate::site) label: Option<&'static str>,
}
