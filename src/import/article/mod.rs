//! An article as somebody pasted it, as the draft of a briefing: its text in, a proposal with the place of each part out.
//!
//! What is proposed is what the article says and names; nothing here says what is true, so no finding and no death is
//! ever proposed. No sentence of the article gets into the draft: its words are its author's, and the desk writes its own.

mod assemble;
mod claims;
mod dates;
mod draft;
mod events;
mod layout;
mod names;
mod page;
mod proposal;
mod published;
mod registry;
mod report;
mod speakers;
mod text;
mod verbs;
mod words;

use std::collections::BTreeSet;

use crate::model::Day;

pub use draft::{Draft, draft};
pub use names::By;
pub use proposal::{Answer, Claim, DateFound, Entity, Event, Photo, Proposal, Span, Unresolved, Who};
pub use published::Published;
pub use registry::{Known, Registry};
pub use report::{json, lines};

pub(super) use page::decoded as without_entities;

use claims::Context;
use layout::Part;

/// What is known of the article besides its text.
#[derive(Clone, Debug)]
pub struct About {
    /// The day on which it is imported.
    pub today: Day,
    /// The day that the command line gives it.
    pub date: Option<Day>,
    /// Its address, where the command line says it.
    pub url: Option<String>,
    /// The name of its file, as comments and the report call it.
    pub file: String,
}

/// The text in `bytes`: UTF-8, UTF-16 with its mark, or Windows-1252.
pub fn decoded(bytes: &[u8]) -> String {
    super::decoded(bytes).0.into_owned()
}

/// What of the article `file` could stand in a briefing.
pub fn propose(file: &str, about: &About, registry: &Registry) -> Proposal {
    let (text, facts) =
        if page::is_page(file) { page::read(file) } else { (text::plain(file), page::Facts::default()) };
    let layout = layout::layout(&text);
    let published = match about.date {
        Some(day) => Published { day: Some(day), how: "as the command line says".into(), unsure: false },
        None => published::find(&layout, &facts, about.today),
    };
    let (mentions, unclear) = names::mentions(&text.text, &layout.sentences, registry);
    let told: Vec<words::Sentence> = layout
        .sentences
        .iter()
        .filter(|s| {
            !matches!(
                layout.parts[s.block],
                Part::Byline | Part::DateLine | Part::Credit | Part::Address | Part::Again
            )
        })
        .cloned()
        .collect();
    let unknown = names::unknown(&text.text, &told, &mentions, unclear);
    let cx = Context { text: &text.text, sentences: &layout.sentences, mentions: &mentions, registry };
    let repeated = repeated(&text, &layout);
    let statements = claims::statements(&cx, |sentence| {
        matches!(layout.parts[sentence.block], Part::Body | Part::Standfirst)
            && !repeated.contains(&sentence.range.start)
    });
    let article = assemble::Article { file, text: &text, layout: &layout, facts: &facts, published, about };
    assemble::assemble(&article, &cx, statements, unknown)
}

/// Sentences of the standfirst that the text says again.
fn repeated(text: &text::Text, layout: &layout::Layout) -> BTreeSet<usize> {
    let begins =
        |range: &std::ops::Range<usize>| -> String { text.text[range.clone()].chars().take(50).collect() };
    let standfirst = layout.sentences.iter().filter(|s| layout.parts[s.block] == Part::Standfirst);
    let again = standfirst.filter(|s| text.text[s.range.end..].contains(&begins(&s.range)));
    again.map(|sentence| sentence.range.start).collect()
}
