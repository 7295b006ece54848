//! What a file says to whoever takes it apart: markup, escapes, encodings and compression, one in the other.

mod binary;
mod escapes;
mod markup;
mod packed;
mod puny;
mod unpack;

use std::{
    borrow::Cow,
    sync::atomic::{AtomicU64, Ordering},
};

use super::fold::BREAK;

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

/// Who looks at what a file says.
pub(super) trait Look {
    /// A text.
    fn text(&mut self, text: &str, sort: Sort);

    /// Bytes that are no text.
    fn bytes(&mut self, bytes: &[u8]);
}

/// Hashes of what held nothing, and is met on page after page: each in its place until another takes it, and then it is
/// looked at again.
pub(super) struct Barren(Vec<AtomicU64>);

impl Barren {
    const PLACES: usize = 1 << 20;

    pub(super) fn new() -> Self {
        Self(std::iter::repeat_with(AtomicU64::default).take(Self::PLACES).collect())
    }

    fn place(&self, hash: u64) -> &AtomicU64 {
        &self.0[usize::try_from(hash >> 40).unwrap_or_default() % Self::PLACES]
    }

    pub(super) fn knows(&self, hash: u64) -> bool {
        self.place(hash).load(Ordering::Relaxed) == hash
    }

    pub(super) fn add(&self, hash: u64) {
        self.place(hash).store(hash, Ordering::Relaxed);
    }
}

/// Takes one file apart.
pub(super) struct Reader<'a> {
    barren: &'a Barren,
    /// Bytes that may still be unpacked.
    budget: usize,
}

impl<'a> Reader<'a> {
    pub(super) fn new(barren: &'a Barren) -> Self {
        Self { barren, budget: UNPACKED }
    }

    /// Shows `look` what `bytes` say.
    pub(super) fn read(&mut self, bytes: &[u8], look: &mut impl Look) {
        self.take_apart(bytes, 0, look);
    }

    fn take_apart(&mut self, bytes: &[u8], depth: usize, look: &mut (impl Look + ?Sized)) {
        look.bytes(bytes);
        match text_of(bytes) {
            Some(text) => self.text(&text, depth, look),
            None => self.binary(bytes, depth, look),
        }
    }

    /// A text, then what is left of it without markup, then what its escapes stand for; and what of both has more of
    /// either again.
    fn text(&mut self, text: &str, depth: usize, look: &mut (impl Look + ?Sized)) {
        // Of markup nothing is lost by what follows.
        if !markup::is_source(text) {
            look.text(text, Sort::Plain);
        }
        self.runs(text, depth, look);
        let mut current = Cow::Borrowed(text);
        for _ in 0..DEPTH {
            let mut next = String::new();
            if let Some(plain) = markup::plain(&current) {
                look.text(&plain, Sort::Plain);
                for stretch in plain.split(BREAK).filter(|stretch| stretch.contains(['<', '&'])) {
                    next.push_str(stretch);
                    next.push(BREAK);
                }
                current = Cow::Owned(plain);
            }
            if let Some(meant) = escapes::meant(&current) {
                look.text(&meant, Sort::Plain);
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
        puny::labels(text, |decoded| look.text(decoded, Sort::Plain));
        if depth < DEPTH {
            let barren = self.barren;
            packed::runs(text.as_bytes(), barren, |bytes| self.take_apart(bytes, depth + 1, look));
        }
    }

    fn binary(&mut self, bytes: &[u8], depth: usize, look: &mut (impl Look + ?Sized)) {
        binary::wide(bytes, |text| self.text(text, depth.max(1), look));
        binary::strings(bytes, |text| look.text(text, Sort::Noise));
        if depth < DEPTH {
            let mut unpacked = Vec::new();
            unpack::streams(bytes, &mut self.budget, |bytes| unpacked.push(bytes));
            for bytes in unpacked {
                self.take_apart(&bytes, depth + 1, look);
            }
            if depth == 0 {
                // Long runs of letters lie in files of other formats too.
                let barren = self.barren;
                packed::runs(bytes, barren, |bytes| self.take_apart(bytes, depth + 1, look));
            }
        }
    }
}

/// The text that `bytes` are, if they are one: UTF-8, or nearly, without controls.
fn text_of(bytes: &[u8]) -> Option<Cow<'_, str>> {
    let is_control = |byte: &u8| *byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r' | 0x0C);
    if bytes.iter().any(is_control) {
        return None;
    }
    let text = String::from_utf8_lossy(bytes);
    let wrong = if matches!(text, Cow::Borrowed(_)) { 0 } else { text.matches('\u{FFFD}').count() };
    (wrong * 50 <= bytes.len()).then_some(text)
}

#[cfg(test)]
mod tests;
