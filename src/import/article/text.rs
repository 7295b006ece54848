//! The text of an article in paragraphs, each byte of it with its place in the file.

use std::ops::Range;

/// What a paragraph is by its markup.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tag {
    /// The headline of a page.
    Title,
    /// A heading below it.
    Heading,
    /// What stands under a picture.
    Caption,
    /// Anything else.
    Paragraph,
}

/// A paragraph.
#[derive(Clone, Debug)]
pub(super) struct Block {
    /// Bytes of the text.
    pub(super) range: Range<usize>,
    pub(super) tag: Tag,
    /// Whether a page says that it belongs to the article itself.
    pub(super) inside: bool,
}

/// Text whose white space is single spaces, a line end between two paragraphs.
#[derive(Debug, Default)]
#[allow(clippy::struct_field_names, reason = "the text is what it is called")]
pub(super) struct Text {
    pub(super) text: String,
    /// For each byte of the text, the bytes of the file that its character is written as.
    from: Vec<Range<usize>>,
    pub(super) blocks: Vec<Block>,
    /// Where the paragraph that is being written began.
    open: usize,
}

impl Text {
    /// Appends what is written in the file at `from`. White space becomes one space, and none begins a paragraph.
    pub(super) fn push(&mut self, c: char, from: Range<usize>) {
        let is_invisible =
            matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{feff}' | '\u{ad}');
        if is_invisible || (c.is_control() && !c.is_whitespace()) {
            return;
        }
        let c = if c.is_whitespace() { ' ' } else { c };
        if c == ' ' && (self.text.len() == self.open || self.text.ends_with(' ')) {
            return;
        }
        self.text.push(c);
        self.from.extend(std::iter::repeat_n(from, c.len_utf8()));
    }

    /// Ends the paragraph, if one is open.
    pub(super) fn end(&mut self, tag: Tag, inside: bool) {
        while self.text.len() > self.open && self.text.ends_with(' ') {
            self.text.pop();
            self.from.pop();
        }
        let end = self.text.len();
        if end > self.open {
            self.blocks.push(Block { range: self.open..end, tag, inside });
            self.text.push('\n');
            self.from.push(self.from[end - 1].end..self.from[end - 1].end);
        }
        self.open = self.text.len();
    }

    /// Bytes `range` of the text as bytes of the file.
    pub(super) fn in_file(&self, range: &Range<usize>) -> Range<usize> {
        let start = self.from.get(range.start).map_or(0, |from| from.start);
        let end =
            range.end.checked_sub(1).and_then(|last| self.from.get(last)).map_or(start, |from| from.end);
        start..end
    }
}

/// Text as somebody pasted it: blank lines part paragraphs, and so do ends of lines that no editor wrapped.
pub(super) fn plain(file: &str) -> Text {
    let mut text = Text::default();
    let mut at = 0;
    let mut lines: Vec<(usize, &str)> = Vec::new();
    for line in file.split_inclusive('\n') {
        if line.trim().is_empty() {
            paragraphs(&lines, &mut text);
            lines.clear();
        } else {
            lines.push((at, line));
        }
        at += line.len();
    }
    paragraphs(&lines, &mut text);
    text
}

fn paragraphs(lines: &[(usize, &str)], text: &mut Text) {
    let longest = lines.iter().map(|(_, line)| line.trim().chars().count()).max().unwrap_or(0);
    for (number, (at, line)) in lines.iter().enumerate() {
        for (offset, c) in line.char_indices() {
            text.push(c, at + offset..at + offset + c.len_utf8());
        }
        let length = line.trim().chars().count();
        let next = lines.get(number + 1).map(|(_, next)| next.trim_start());
        let wrapped = next.is_some_and(|next| {
            let first = next.split_whitespace().next().map_or(0, |word| word.chars().count());
            // An editor wraps where the next word would not fit.
            (55..=100).contains(&longest)
                && length >= 30
                && length + first + 1 + 8 > longest
                && !next.starts_with(['(', '-', '*', '•'])
        });
        if !wrapped {
            text.end(Tag::Paragraph, true);
        }
    }
    text.end(Tag::Paragraph, true);
}
