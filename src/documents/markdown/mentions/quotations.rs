//! What of a block stands between quotation marks, of any script.
//!
//! A mark may open and close, be an apostrophe or mean inches; what stands beside it decides. Where that leaves it
//! open, the words count as quoted: a name that is not linked costs a reader less than one linked in words that
//! are somebody else's.

use std::ops::Range;

use super::marks::{self, Kinds, Step};

/// The quotations of a block.
#[derive(Debug, Default)]
pub(super) struct Quotations {
    /// Bytes of the block, in order, apart from each other.
    quoted: Vec<Range<usize>>,
    /// The kinds of those that the block does not close.
    pub(super) open: Kinds,
    /// The first mark that is no single one: what it would close, if it can only close, and where it ends.
    pub(super) first: Option<(Kinds, usize)>,
}

impl Quotations {
    /// Whether any of bytes `range` is quoted.
    pub(super) fn hold(&self, range: &Range<usize>) -> bool {
        let after = self.quoted.partition_point(|quoted| quoted.end <= range.start);
        self.quoted.get(after).is_some_and(|quoted| quoted.start < range.end)
    }
}

/// A quotation that is open.
struct Open {
    kind: Kinds,
    at: usize,
    /// It is one only if it is closed.
    tentative: bool,
    singles: Singles,
}

/// Single marks between two others.
#[derive(Default)]
struct Singles {
    /// The first that is open.
    open: Option<usize>,
    /// The beginning of one that a possessive may have closed too early.
    doubtful: Option<usize>,
}

#[derive(Default)]
struct Reader {
    quoted: Vec<Range<usize>>,
    open: Vec<Open>,
    /// How many of each kind are open.
    counts: [usize; Kinds::COUNT],
    first: Option<(Kinds, usize)>,
    outermost: Singles,
}

/// Finds the quotations of `text`, a block with all that stands in it.
pub(super) fn quotations(text: &str) -> Quotations {
    let mut reader = Reader::default();
    let mut from = 0;
    while let Some(found) = text.as_bytes()[from..].iter().position(|byte| marks::may_begin(*byte)) {
        let at = from + found;
        let mark = text[at..].chars().next().unwrap_or_default();
        from = at + mark.len_utf8();
        if !marks::is_mark(mark) {
            continue;
        }
        if marks::is_single(mark) {
            reader.single(text, at, mark);
        } else if let Some(step) = marks::read(text, at, mark, reader.kinds()) {
            reader.step(step, at, from);
        }
    }
    reader.finish(text.len())
}

impl Reader {
    /// The kinds that are open.
    fn kinds(&self) -> Kinds {
        Kinds::of_counts(&self.counts)
    }

    fn step(&mut self, step: Step, at: usize, end: usize) {
        match step {
            Step::Open { kind, tentative } => {
                if !tentative {
                    self.first.get_or_insert((Kinds::NONE, end));
                }
                self.counts[kind.index()] += 1;
                self.open.push(Open { kind, at, tentative, singles: Singles::default() });
            }
            Step::Close(kinds) => {
                self.first.get_or_insert((kinds, end));
                if !self.kinds().meets(kinds) {
                    return;
                }
                while let Some(open) = self.open.pop() {
                    self.counts[open.kind.index()] -= 1;
                    if open.kind.meets(kinds) {
                        self.quoted.push(open.at..end);
                        break;
                    }
                }
            }
        }
    }

    fn single(&mut self, text: &str, at: usize, mark: char) {
        let singles = self.open.last_mut().map_or(&mut self.outermost, |open| &mut open.singles);
        let end = at + mark.len_utf8();
        let (can_open, can_close) = marks::single(text, at, mark, singles.open.is_some());
        match singles.open {
            Some(start) if can_close => {
                self.quoted.push(start..end);
                singles.open = None;
                // `the Houthis'` closes nothing, but looks as if it did.
                let possessive = text[..at].ends_with(['s', 'S', 'x', 'z']);
                singles.doubtful = possessive.then_some(start);
            }
            None if can_open => {
                singles.open = Some(at);
                singles.doubtful = None;
            }
            None if can_close => {
                if let Some(start) = singles.doubtful {
                    self.quoted.push(start..end);
                }
            }
            _ => {}
        }
    }

    fn finish(mut self, end: usize) -> Quotations {
        let unclosed = |open: &&Open| !open.tentative;
        let open = self.open.iter().filter(unclosed).fold(Kinds::NONE, |kinds, open| kinds.and(open.kind));
        if let Some(first) = self.open.iter().find(unclosed) {
            self.quoted.push(first.at..end);
        }
        self.quoted.sort_unstable_by_key(|quoted| quoted.start);
        let mut apart: Vec<Range<usize>> = Vec::with_capacity(self.quoted.len());
        for quoted in self.quoted {
            match apart.last_mut() {
                Some(last) if quoted.start <= last.end => last.end = last.end.max(quoted.end),
                _ => apart.push(quoted),
            }
        }
        Quotations { quoted: apart, open, first: self.first }
    }
}
