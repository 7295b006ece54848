//! The text of one block, with all that stands between its words.

use std::ops::Range;

use super::super::walk::{Made, Run};

/// Stands for what is no text of the author: an image, the mark of a footnote. It ends a word.
const SOMETHING: char = '\u{FFFC}';

/// A paragraph, a heading, a cell, the text of a list item.
#[derive(Default)]
pub(super) struct Block<'a> {
    text: String,
    runs: Vec<Run<'a>>,
    stretches: Vec<Stretch>,
}

/// Text that the writer writes at once.
#[derive(Clone, Debug)]
pub(super) struct Stretch {
    /// Bytes of the block.
    at: Range<usize>,
    /// The run that it is of, and where it begins there.
    run: usize,
    from: usize,
    /// Which it is of all in the prose.
    pub(super) number: u32,
    pub(super) linkable: bool,
}

impl<'a> Block<'a> {
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    pub(super) fn has_stretches(&self) -> bool {
        !self.stretches.is_empty()
    }

    pub(super) fn clear(&mut self) {
        self.text.clear();
        self.runs.clear();
        self.stretches.clear();
    }

    /// Bytes `range` of the run that is pushed next.
    pub(super) fn push_stretch(&mut self, run: &Run<'_>, range: Range<usize>, number: u32, linkable: bool) {
        let start = self.text.len();
        self.text.push_str(&run.text[range.clone()]);
        let at = start..self.text.len();
        self.stretches.push(Stretch { at, run: self.runs.len(), from: range.start, number, linkable });
    }

    /// The run of the stretches that were pushed last.
    pub(super) fn push_run(&mut self, run: Run<'a>) {
        self.runs.push(run);
    }

    /// Words in which no name is found.
    pub(super) fn push_words(&mut self, words: &str) {
        self.text.push_str(words);
    }

    /// Code: its letters belong to words, its quotation marks to nothing.
    pub(super) fn push_code(&mut self, code: &str) {
        let opaque = |c: char| if c.is_alphanumeric() || c.is_whitespace() { c } else { SOMETHING };
        self.text.extend(code.chars().map(opaque));
    }

    pub(super) fn push_space(&mut self) {
        self.text.push('\n');
    }

    pub(super) fn push_something(&mut self) {
        self.text.push(SOMETHING);
    }

    /// The stretch that holds all of bytes `range`.
    pub(super) fn stretch(&self, range: &Range<usize>) -> Option<&Stretch> {
        let after = self.stretches.partition_point(|stretch| stretch.at.start <= range.start);
        self.stretches[..after].last().filter(|stretch| range.end <= stretch.at.end)
    }

    /// Bytes `range` of the block as bytes of `stretch`.
    pub(super) fn in_stretch(stretch: &Stretch, range: &Range<usize>) -> Range<u32> {
        // No text has 4 GiB.
        let narrow = |byte: usize| u32::try_from(byte - stretch.at.start).unwrap_or(u32::MAX);
        narrow(range.start)..narrow(range.end)
    }

    /// Where in the prose bytes `range` of the block, which lie in `stretch`, are written.
    pub(super) fn source(&self, stretch: &Stretch, range: &Range<usize>) -> Range<usize> {
        let run = &self.runs[stretch.run];
        let in_run = |byte: usize| byte - stretch.at.start + stretch.from;
        let part = |at: usize| {
            let after = run.parts.partition_point(|part| part.at <= at);
            (&run.parts[after.saturating_sub(1)], at)
        };
        let as_written = |made: Made| matches!(made, Made::Plain | Made::Escaped);
        let (first, start) = part(in_run(range.start));
        let (last, end) = part(in_run(range.end) - 1);
        let start =
            if as_written(first.made) { first.source.start + start - first.at } else { first.source.start };
        let end = if as_written(last.made) { last.source.start + end + 1 - last.at } else { last.source.end };
        start..end
    }
}
