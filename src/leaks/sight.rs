use std::{
    collections::BTreeSet,
    sync::atomic::{AtomicU64, Ordering},
};

use super::{
    Watch, What,
    decode::{Look, Sort},
    fold,
    needles::Needles,
    windows::{WIDEST, Windows, of_word},
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

    /// Shows the window of `words` words to every watch of that width.
    fn show(&self, words: usize, hash: u64, text: impl FnOnce() -> String, found: &mut BTreeSet<What>) {
        let place = &self.known[usize::try_from(hash).unwrap_or_default() % KNOWN];
        if place.load(Ordering::Relaxed) == hash {
            return;
        }
        let text = text();
        let watches = self.watches.iter().enumerate().filter(|(_, watch)| watch.words == words);
        let before = found.len();
        let mut seen = false;
        for (number, watch) in watches {
            if (watch.is)(&text) {
                seen = true;
                found.insert(What::Watch(number));
            }
        }
        if !seen && found.len() == before {
            place.store(hash, Ordering::Relaxed);
        }
    }
}

/// Looks at the texts of one file.
pub(super) struct Sight<'a> {
    needles: &'a Needles,
    shown: &'a Shown<'a>,
    found: BTreeSet<What>,
    /// The last words, where somebody watches.
    recent: [String; WIDEST],
}

/// In what may be noise only needles of so many letters count.
const CERTAIN: u8 = 8;

impl<'a> Sight<'a> {
    pub(super) fn new(needles: &'a Needles, shown: &'a Shown<'a>) -> Self {
        Self { needles, shown, found: BTreeSet::new(), recent: Default::default() }
    }

    /// What was found, in order.
    pub(super) fn found(self) -> BTreeSet<What> {
        self.found
    }
}

impl Look for Sight<'_> {
    fn text(&mut self, text: &str, sort: Sort) {
        let Self { needles, shown, found, recent } = self;
        let mut windows = Windows::new();
        let mut count = 0;
        // Where the last word ends, whether it is one letter, and how many words hang together up to it.
        let (mut end, mut is_letter, mut joined) = (0, false, 0);
        fold::words_at(
            text,
            |byte| sort.ends(byte),
            |word| {
                if word.breaks {
                    windows.cut();
                }
                let last = of_word(word.folded);
                windows.push(last, word.start);
                needles.ending(&windows, last, |words, number, needle| {
                    if (sort != Sort::Noise || needle.letters >= CERTAIN)
                        && needle.is(&text[windows.start(words)..word.end])
                    {
                        found.insert(What::Needle(number));
                    }
                });
                if let Some(joins) = shown.joins {
                    let hangs = joins(&text[end..word.start.max(end)], is_letter);
                    joined = if hangs { joined + 1 } else { 1 };
                    (end, is_letter) = (word.end, word.folded.chars().nth(1).is_none());
                    count += 1;
                    recent[count % WIDEST].clear();
                    recent[count % WIDEST].push_str(word.folded);
                    for &words in
                        shown.widths.iter().take_while(|words| **words <= windows.widest().min(joined))
                    {
                        let text = || {
                            let last = (count + 1 - words..=count).map(|at| recent[at % WIDEST].as_str());
                            last.collect::<Vec<_>>().join(" ")
                        };
                        shown.show(words, windows.hash(words), text, found);
                    }
                }
            },
        );
    }

    fn bytes(&mut self, bytes: &[u8]) {
        self.needles.shards(bytes, |number| {
            self.found.insert(What::Needle(number));
        });
    }
}
