//! What rendering must know of the whole prose before it begins.

use std::collections::BTreeSet;

use pulldown_cmark::{Tag, TagEnd};

use super::{
    footnotes::{Numbers, Within},
    tags,
    walk::{Item, Walk},
};

/// What one reading ahead finds.
#[derive(Debug, Default)]
pub(super) struct Survey {
    /// Ids that headings ask for.
    pub(super) explicit: BTreeSet<String>,
    /// Footnotes in the order in which readers meet them.
    pub(super) footnotes: Numbers,
    /// Whether there is raw HTML that is more than comments.
    pub(super) raw_html: bool,
}

/// Reads ahead, if anything in `text` calls for it. `walk` makes a walk through it.
pub(super) fn survey<'a>(text: &str, walk: impl FnOnce() -> Walk<'a>) -> Survey {
    let mut survey = Survey::default();
    if !text.contains("{#") && !text.contains("[^") && !text.contains('<') {
        return survey;
    }
    let mut within = Within::Text;
    for (item, _) in walk() {
        match item {
            Item::Start(Tag::FootnoteDefinition(label)) => within = survey.footnotes.define(&label),
            Item::End(TagEnd::FootnoteDefinition) => within = Within::Text,
            Item::Footnote(label) => survey.footnotes.refer(&within, &label),
            Item::Html { html, .. } => survey.raw_html |= !tags::is_comment(&html),
            Item::Run(run) => survey.explicit.extend(run.id.map(String::from)),
            _ => {}
        }
    }
    survey.footnotes.count();
    survey
}
