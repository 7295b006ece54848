//! What a file says to whoever takes it apart: markup, escapes, encodings and compression, one in the other.

mod binary;
mod escapes;
mod markup;
mod packed;
mod pieces;
mod puny;
mod unpack;

use std::{
    borrow::Cow,
    sync::atomic::{AtomicU64, Ordering},
};

use super::{fold::BREAK, windows::of_bytes};

/// How many encodings may lie in each other.
const DEPTH: usize = 3;

/// What one file may be unpacked to, in bytes: a bomb ends here.
const UNPACKED: usize = 64 << 20;

/// What sort of text it is that a file says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sort {
    /// What people write.
    Plain,
    /// Found among bytes that are no text; it may be noise.
    Noise,
}

/// Who looks at what a file says, and tells whether that must be shown where it is met again.
pub(super) trait Look {
    /// A text.
    fn text(&mut self, text: &str, sort: Sort) -> bool;

    /// Bytes that are no text.
    fn bytes(&mut self, bytes: &[u8]) -> bool;
}

/// Hashes of what held nothing, and is met on page after page: each in its place until another takes it, and then it is
/// looked at again.
pub(super) struct Barren(Vec<AtomicU64>);

impl Barren {
    /// For a site of so many files.
    pub(super) fn new(files: usize) -> Self {
        const EACH: usize = 64;
        const MOST: usize = 1 << 21;
        let places = files.saturating_mul(EACH).clamp(EACH, MOST).next_power_of_two();
        Self(std::iter::repeat_with(AtomicU64::default).take(places).collect())
    }

    fn place(&self, hash: u64) -> &AtomicU64 {
        &self.0[usize::try_from(hash >> 40).unwrap_or_default() & (self.0.len() - 1)]
    }

    pub(super) fn knows(&self, hash: u64) -> bool {
        // A place that is empty holds a zero.
        hash != 0 && self.place(hash).load(Ordering::Relaxed) == hash
    }

    pub(super) fn add(&self, hash: u64) {
        self.place(hash).store(hash, Ordering::Relaxed);
    }
}

/// What all readers of the files of a site have met.
pub(super) struct Met {
    /// Runs of letters and digits that stand for nothing.
    runs: Barren,
    /// Pieces of files that are what [`Look`] need not be shown again.
    pieces: Barren,
}

impl Met {
    /// For a site of so many files.
    pub(super) fn new(files: usize) -> Self {
        Self { runs: Barren::new(files), pieces: Barren::new(files) }
    }
}

/// Takes one file apart.
pub(super) struct Reader<'a> {
    met: &'a Met,
    /// Bytes that may still be unpacked.
    budget: usize,
    /// Whether something was shown that must be shown again.
    fruitful: bool,
    /// Whether all was read.
    whole: bool,
}

impl<'a> Reader<'a> {
    pub(super) fn new(met: &'a Met) -> Self {
        Self { met, budget: UNPACKED, fruitful: false, whole: true }
    }

    /// Whether all of what was read was taken apart, and not only as much as may be.
    pub(super) fn is_whole(&self) -> bool {
        self.whole
    }

    /// Shows `look` what `bytes` say.
    pub(super) fn read(&mut self, bytes: &[u8], look: &mut impl Look) {
        self.take_apart(bytes, 0, look);
    }

    fn take_apart(&mut self, bytes: &[u8], depth: usize, look: &mut (impl Look + ?Sized)) {
        self.fruitful |= look.bytes(bytes);
        match text_of(bytes) {
            Some(text) if depth == 0 => self.pieces(&text, look),
            Some(text) => self.text(&text, depth, look),
            None => self.binary(bytes, depth, look),
        }
    }

    /// The text of a file in pieces, each as if it were alone: the same ones stand on many pages, and what held nothing
    /// once holds nothing.
    fn pieces(&mut self, text: &str, look: &mut (impl Look + ?Sized)) {
        // Shorter strings are read together.
        const WORTH: usize = 64;
        if markup::is_json(text) {
            let mut rest = String::new();
            for string in markup::strings(text) {
                if string.len() < WORTH {
                    rest.push_str(string);
                    rest.push(BREAK);
                } else {
                    self.piece(string, 1, look, Self::strings);
                }
            }
            self.strings(&rest, look);
        } else if markup::is_source(text) {
            pieces::of(text)
                .for_each(|piece| self.piece(piece, 0, look, |this, piece, look| this.text(piece, 0, look)));
        } else {
            self.text(text, 0, look);
        }
    }

    /// Reads a piece unless one that was read in the same way held nothing.
    fn piece<L: Look + ?Sized>(
        &mut self,
        piece: &str,
        way: u64,
        look: &mut L,
        read: fn(&mut Self, &str, &mut L),
    ) {
        let hash = of_bytes(piece.as_bytes()) ^ way;
        if self.met.pieces.knows(hash) {
            return;
        }
        let (before, budget) = (std::mem::take(&mut self.fruitful), self.budget);
        read(self, piece, look);
        // What is unpacked counts in every file.
        if !self.fruitful && self.budget == budget && self.whole {
            self.met.pieces.add(hash);
        }
        self.fruitful |= before;
    }

    /// A text, then its views.
    fn text<L: Look + ?Sized>(&mut self, text: &str, depth: usize, look: &mut L) {
        // Of markup nothing is lost by what follows.
        if !markup::is_source(text) {
            self.fruitful |= look.text(text, Sort::Plain);
        }
        self.runs(text, depth, look);
        self.views(markup::plain(text).map(Cow::Owned), text, depth, look);
    }

    /// Strings of JSON, as they are written, then their views.
    fn strings<L: Look + ?Sized>(&mut self, text: &str, look: &mut L) {
        self.runs(text, 0, look);
        self.views(Some(Cow::Borrowed(text)), text, 0, look);
    }

    /// What is left of a text without markup, if it has any, then what its escapes stand for; and what of both has more
    /// of either again.
    fn views<'t>(
        &mut self,
        mut plain: Option<Cow<'t, str>>,
        text: &'t str,
        depth: usize,
        look: &mut (impl Look + ?Sized),
    ) {
        let mut current = Cow::Borrowed(text);
        for round in 0..DEPTH {
            let mut next = String::new();
            if round > 0 {
                plain = markup::plain(&current).map(Cow::Owned);
            }
            if let Some(plain) = plain.take() {
                self.fruitful |= look.text(&plain, Sort::Plain);
                for stretch in plain.split(BREAK).filter(|stretch| stretch.contains(['<', '&'])) {
                    next.push_str(stretch);
                    next.push(BREAK);
                }
                current = plain;
            }
            if let Some(meant) = escapes::meant(&current) {
                self.fruitful |= look.text(&meant, Sort::Plain);
                self.runs(&meant, depth, look);
                next.push_str(&meant);
            }
            if next.is_empty() {
                return;
            }
            current = Cow::Owned(next);
        }
    }

    /// What runs of letters and digits in a text stand for.
    fn runs(&mut self, text: &str, depth: usize, look: &mut (impl Look + ?Sized)) {
        puny::labels(text, |decoded| self.fruitful |= look.text(decoded, Sort::Plain));
        if depth < DEPTH {
            let met = self.met;
            packed::runs(text.as_bytes(), &met.runs, |bytes| self.take_apart(bytes, depth + 1, look));
        }
    }

    fn binary(&mut self, bytes: &[u8], depth: usize, look: &mut (impl Look + ?Sized)) {
        binary::wide(bytes, |text| self.text(text, depth.max(1), look));
        binary::strings(bytes, |text| self.fruitful |= look.text(text, Sort::Noise));
        if depth < DEPTH {
            let mut unpacked = Vec::new();
            self.whole &= unpack::streams(bytes, &mut self.budget, |bytes| unpacked.push(bytes));
            for bytes in unpacked {
                self.take_apart(&bytes, depth + 1, look);
            }
            if depth == 0 {
                // Long runs of letters lie in files of other formats too.
                let met = self.met;
                packed::runs(bytes, &met.runs, |bytes| self.take_apart(bytes, depth + 1, look));
            }
        }
    }
}

/// The text that `bytes` are, if they are one: UTF-8, or nearly, without controls.
fn text_of(bytes: &[u8]) -> Option<Cow<'_, str>> {
    let is_control = |byte: &u8| *byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0C);
    // Whole blocks of bytes are compared at once where none of them ends the comparison.
    if bytes.chunks(1 << 12).any(|block| block.iter().fold(false, |any, byte| any | is_control(byte))) {
        return None;
    }
    let text = String::from_utf8_lossy(bytes);
    let wrong = if matches!(text, Cow::Borrowed(_)) { 0 } else { text.matches('\u{FFFD}').count() };
    (wrong * 50 <= bytes.len()).then_some(text)
}

#[cfg(test)]
mod tests;
