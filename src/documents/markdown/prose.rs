use std::{
    hash::{Hash, Hasher},
    ops::Range,
    sync::Arc,
};

use crate::{diagnostics::Span, model::SourcePath};

/// Author's text of one file or of one field, which knows where in the file each of its bytes stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prose {
    /// The text of the whole file, which is kept once; or what was left of the prose when parts were cut out.
    kept: Arc<str>,
    /// Where in it the prose stands. Nothing outside can be reached from here.
    range: Range<u32>,
    /// Sorted by `at`; the first stands at 0. More than one where parts were cut out.
    pieces: Pieces,
}

/// Where the bytes of a prose stand in its file.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Pieces {
    /// All of them one after the other.
    Whole([Piece; 1]),
    Cut(Arc<[Piece]>),
}

impl Pieces {
    fn list(&self) -> &[Piece] {
        match self {
            Self::Whole(one) => one,
            Self::Cut(list) => list,
        }
    }
}

/// From byte `at` of the text on, bytes of the file from `file` on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Piece {
    at: usize,
    file: usize,
}

/// By what can be reached from it: the rest of its file is none of it.
impl Hash for Prose {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let Self { kept: _, range: _, pieces } = self;
        (self.text(), pieces.list()).hash(state);
    }
}

impl Prose {
    /// The prose `text`, which begins at byte `offset` of its file.
    pub fn new(text: &str, offset: usize) -> Self {
        let pieces = Pieces::Whole([Piece { at: 0, file: offset }]);
        Self { kept: text.into(), range: 0..narrow(text.len()), pieces }
    }

    /// The prose at `range` of a file's text, which both share. An empty one where that is no range of it.
    pub fn of_file(file: &Arc<str>, range: Range<usize>) -> Self {
        if file.get(range.clone()).is_none() {
            return Self::new("", 0);
        }
        let pieces = Pieces::Whole([Piece { at: 0, file: range.start }]);
        Self { kept: file.clone(), range: narrow(range.start)..narrow(range.end), pieces }
    }

    /// Lets go of the text of its file, so that nothing is kept of it but this.
    pub fn part_from_file(&mut self) {
        if self.text().len() < self.kept.len() {
            let text = self.text().into();
            self.range = 0..self.range.end - self.range.start;
            self.kept = text;
        }
    }

    /// The text.
    pub fn text(&self) -> &str {
        &self.kept[self.range.start as usize..self.range.end as usize]
    }

    /// Whether there is nothing but white space.
    pub fn is_empty(&self) -> bool {
        self.text().trim().is_empty()
    }

    /// Where bytes `range` of the text stand in the file at `path`.
    pub fn span(&self, path: &SourcePath, range: Range<usize>) -> Span {
        let start = self.in_file(range.start);
        let end = if range.end > range.start { self.in_file(range.end - 1) + 1 } else { start };
        Span::new(path, start..end)
    }

    /// This prose as if bytes `ranges` had never been written. They may overlap and stand in any order; one that
    /// would split a character takes the whole character.
    #[must_use]
    pub fn without(&self, ranges: &[Range<usize>]) -> Self {
        let mut ranges: Vec<Range<usize>> = ranges
            .iter()
            .filter(|range| range.start < range.end)
            .map(|range| self.floor(range.start)..self.ceil(range.end))
            .collect();
        ranges.sort_by_key(|range| range.start);
        let mut text = String::with_capacity(self.text().len());
        let mut pieces = Vec::new();
        let mut at = 0;
        for range in ranges {
            if range.start > at {
                self.keep(at..range.start, &mut text, &mut pieces);
            }
            at = at.max(range.end);
        }
        self.keep(at..self.text().len(), &mut text, &mut pieces);
        Self { range: 0..narrow(text.len()), kept: text.into(), pieces: Pieces::Cut(pieces.into()) }
    }

    fn keep(&self, range: Range<usize>, text: &mut String, pieces: &mut Vec<Piece>) {
        let from = text.len();
        text.push_str(&self.text()[range.clone()]);
        pieces.push(Piece { at: from, file: self.in_file(range.start) });
        let inside = |piece: &&Piece| range.contains(&piece.at) && piece.at > range.start;
        let moved = |piece: &Piece| Piece { at: piece.at - range.start + from, file: piece.file };
        pieces.extend(self.pieces.list().iter().filter(inside).map(moved));
    }

    fn in_file(&self, byte: usize) -> usize {
        let pieces = self.pieces.list();
        let after = pieces.partition_point(|piece| piece.at <= byte);
        let piece = pieces[after.saturating_sub(1)];
        piece.file + byte.min(self.text().len()).saturating_sub(piece.at)
    }

    fn floor(&self, byte: usize) -> usize {
        (0..=byte.min(self.text().len())).rev().find(|byte| self.text().is_char_boundary(*byte)).unwrap_or(0)
    }

    fn ceil(&self, byte: usize) -> usize {
        let len = self.text().len();
        (byte.min(len)..=len).find(|byte| self.text().is_char_boundary(*byte)).unwrap_or(len)
    }
}

/// A place in a file, of which no text has 4 GiB.
fn narrow(byte: usize) -> u32 {
    u32::try_from(byte).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prose_parted_from_its_file_still_knows_where_it_stands() {
        let file: Arc<str> = "---\nfront\n---\nOne. Two. Three.\n".into();
        let path = SourcePath::new("content/pages/a.md");
        let whole = Prose::of_file(&file, 14..file.len());
        let cut = 5..10;
        for prose in [whole.without(std::slice::from_ref(&cut)), whole] {
            let mut parted = prose.clone();
            parted.part_from_file();
            assert_eq!(parted.text(), prose.text());
            for at in 0..prose.text().len() {
                assert_eq!(parted.span(&path, at..at + 1), prose.span(&path, at..at + 1));
            }
            drop(prose);
            assert_eq!(parted.kept.len(), parted.text().len());
        }
        assert_eq!(Arc::strong_count(&file), 1, "nothing holds the file");
    }
}
