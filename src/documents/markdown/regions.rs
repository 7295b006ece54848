//! Which parts of a Markdown text are no prose, for whoever edits the text as text.

use std::ops::Range;

use pulldown_cmark::{Event, Parser, Tag};

use super::walk;

/// What a part of a text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Region {
    /// A block or an inline of code.
    Code,
    /// A block of raw HTML, in which Markdown means nothing.
    HtmlBlock,
    /// A tag or a comment of raw HTML within a paragraph.
    HtmlInline,
}

/// The parts of `text` that are code or raw HTML, in their order; none overlaps another.
pub fn regions(text: &str) -> Vec<(Range<usize>, Region)> {
    let mut regions: Vec<(Range<usize>, Region)> = Vec::new();
    for (event, range) in Parser::new_ext(text, walk::OPTIONS).into_offset_iter() {
        let region = match event {
            Event::Start(Tag::CodeBlock(_)) | Event::Code(_) => Region::Code,
            Event::Start(Tag::HtmlBlock) => Region::HtmlBlock,
            Event::InlineHtml(_) => Region::HtmlInline,
            _ => continue,
        };
        if regions.last().is_none_or(|(last, _)| last.end <= range.start) {
            regions.push((range, region));
        }
    }
    regions
}
