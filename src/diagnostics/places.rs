use std::{cell::RefCell, rc::Rc};

use rustc_hash::FxHashMap;

use super::{Span, Texts};
use crate::model::SourcePath;

/// Where spans stand in their texts, by line and column.
///
/// The lines of a text are counted once, however many mistakes it has.
pub(super) struct Places<'t> {
    texts: &'t dyn Texts,
    breaks: RefCell<FxHashMap<SourcePath, Rc<[usize]>>>,
}

impl<'t> Places<'t> {
    pub(super) fn new(texts: &'t dyn Texts) -> Self {
        Self { texts, breaks: RefCell::default() }
    }

    /// The text in which a span stands; none for one that means its whole file.
    pub(super) fn text(&self, span: &Span) -> Option<&'t str> {
        self.texts.text(span.path.as_str()).filter(|_| span.end > 0 || span.start > 0)
    }

    /// The line, from 1, in which a byte of a file's text stands.
    pub(super) fn line(&self, path: &SourcePath, text: &str, byte: usize) -> usize {
        let mut known = self.breaks.borrow_mut();
        let breaks =
            known.entry(path.clone()).or_insert_with(|| text.match_indices('\n').map(|(at, _)| at).collect());
        breaks.partition_point(|at| *at < byte) + 1
    }

    /// Line and column of a span's start, both from 1, the column in characters.
    pub(super) fn position(&self, span: &Span) -> Option<(usize, usize)> {
        self.region(span).map(|(start, _)| start)
    }

    /// Line and column of a span's start, and of the character after its end.
    pub(super) fn region(&self, span: &Span) -> Option<((usize, usize), (usize, usize))> {
        let text = self.text(span)?;
        let (start, end) = clamp(text, span);
        // What ends with a line ends before its break.
        let end = start + text[start..end].trim_end_matches(['\r', '\n']).len();
        let place = |at: usize| {
            let first = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
            let column = text[first..at].trim_start_matches('\u{feff}').chars().count() + 1;
            (self.line(&span.path, text, first), column)
        };
        Some((place(start), place(end)))
    }
}

/// A span's bounds, moved onto characters of its text.
pub(super) fn clamp(text: &str, span: &Span) -> (usize, usize) {
    let mut start = (span.start as usize).min(text.len());
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    let mut end = (span.end as usize).clamp(start, text.len());
    while !text.is_char_boundary(end) {
        end += 1;
    }
    (start, end)
}
