use std::{
    collections::BTreeSet,
    sync::atomic::{AtomicU64, Ordering},
};

use super::{
    Watch, What,
    decode::{Barren, Look, Sort},
    fold::{self, BREAK},
    needles::Needles,
    windows::{WIDEST, Windows, of_bytes, of_word},
};

/// What the watches have been shown already, by all threads.
pub(super) struct Shown<'a> {
    watches: &'a [Watch<'a>],
    /// Each width that a watch asks for.
    widths: Vec<usize>,
    /// See [`Watch::joins`]; all watches have one.
    joins: Option<fn(&str, bool) -> bool>,
    /// Hashes of windows that were none of the watches', each in its place until another takes it: what is shown again
    /// costs time, and what is not shown would cost a leak.
    known: Vec<AtomicU64>,
}

const KNOWN: usize = 1 << 20;

impl<'a> Shown<'a> {
    pub(super) fn new(watches: &'a [Watch<'a>]) -> Self {
        let widths: BTreeSet<usize> = watches.iter().map(|watch| watch.words).collect();
        let places = if watches.is_empty() { 0 } else { KNOWN };
        let known = std::iter::repeat_with(AtomicU64::default).take(places).collect();
        Self {
            watches,
            joins: watches.first().map(|watch| watch.joins),
            widths: widths.into_iter().filter(|words| (1..=WIDEST).contains(words)).collect(),
            known,
        }
    }

    /// Shows the window of `words` words to every watch of that width, and tells whether one knew it.
    fn show(
        &self,
        words: usize,
        hash: u64,
        text: impl FnOnce() -> String,
        found: &mut BTreeSet<What>,
    ) -> bool {
        let place = &self.known[usize::try_from(hash).unwrap_or_default() % KNOWN];
        if place.load(Ordering::Relaxed) == hash {
            return false;
        }
        let text = text();
        let watches = self.watches.iter().enumerate().filter(|(_, watch)| watch.words == words);
        let knew: Vec<What> =
            watches.filter(|(_, watch)| (watch.is)(&text)).map(|(number, _)| What::Watch(number)).collect();
        if knew.is_empty() {
            place.store(hash, Ordering::Relaxed);
        }
        found.extend(&knew);
        !knew.is_empty()
    }
}

/// Looks at the texts of one file.
pub(super) struct Sight<'a> {
    needles: &'a Needles,
    shown: &'a Shown<'a>,
    found: BTreeSet<What>,
    /// Stretches of text that held nothing.
    barren: &'a Barren,
    /// The last words, where somebody watches.
    recent: [String; WIDEST],
}

/// In what may be noise only needles of so many letters count.
const CERTAIN: u8 = 8;

impl<'a> Sight<'a> {
    pub(super) fn new(needles: &'a Needles, shown: &'a Shown<'a>, barren: &'a Barren) -> Self {
        Self { needles, shown, barren, found: BTreeSet::new(), recent: Default::default() }
    }

    /// What was found, in order.
    pub(super) fn found(self) -> BTreeSet<What> {
        self.found
    }
}

impl Look for Sight<'_> {
    fn text(&mut self, text: &str, sort: Sort) -> bool {
        // The same stretches stand on many pages: what held nothing once holds nothing.
        const WORTH: usize = 24;
        let mut any = false;
        for stretch in text.split(BREAK) {
            if stretch.len() < WORTH {
                any |= self.stretch(stretch, sort);
                continue;
            }
            let hash = of_bytes(stretch.as_bytes()) ^ sort as u64;
            if self.barren.knows(hash) {
                continue;
            }
            if self.stretch(stretch, sort) {
                any = true;
            } else {
                self.barren.add(hash);
            }
        }
        any
    }

    fn bytes(&mut self, bytes: &[u8]) -> bool {
        let mut any = false;
        self.needles.shards(bytes, |number| {
            any = true;
            self.found.insert(What::Needle(number));
        });
        any
    }
}

impl Sight<'_> {
    /// Looks at words in a row, and tells whether there is something in them.
    fn stretch(&mut self, text: &str, sort: Sort) -> bool {
        let Self { needles, found, .. } = self;
        let mut any = false;
        let mut windows = Windows::new();
        fold::hashes(text, |word| {
            if word.breaks {
                windows.cut();
            }
            windows.push(word.hash, word.start);
            needles.ending(&windows, word.hash, |words, number, needle| {
                if (sort != Sort::Noise || needle.letters >= CERTAIN)
                    && needle.is(&text[windows.start(words)..word.end])
                {
                    any = true;
                    found.insert(What::Needle(number));
                }
            });
        });
        match self.shown.joins {
            Some(joins) => self.watch(text, joins) || any,
            None => any,
        }
    }

    /// Shows the words that hang together to the watches, and tells whether one of them knew some.
    fn watch(&mut self, text: &str, joins: fn(&str, bool) -> bool) -> bool {
        let Self { shown, found, recent, .. } = self;
        let mut any = false;
        let mut windows = Windows::new();
        let mut count = 0;
        // Where the last word ends, whether it is one letter, and how many words hang together up to it.
        let (mut end, mut is_letter, mut joined) = (0, false, 0);
        fold::words_at(text, |word| {
            if word.breaks {
                windows.cut();
            }
            windows.push(of_word(word.folded), word.start);
            let hangs = joins(&text[end..word.start.max(end)], is_letter);
            joined = if hangs { joined + 1 } else { 1 };
            (end, is_letter) = (word.end, word.folded.chars().nth(1).is_none());
            count += 1;
            recent[count % WIDEST].clear();
            recent[count % WIDEST].push_str(word.folded);
            for &words in shown.widths.iter().take_while(|words| **words <= windows.widest().min(joined)) {
                let text = || {
                    let last = (count + 1 - words..=count).map(|at| recent[at % WIDEST].as_str());
                    last.collect::<Vec<_>>().join(" ")
                };
                any |= shown.show(words, windows.hash(words), text, found);
            }
        });
        any
    }
}
