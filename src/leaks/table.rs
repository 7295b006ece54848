use super::windows::{WIDEST, Windows};

/// Hashes of windows, each with what it means: found fast, and what is not in it faster.
#[derive(Clone, Debug, Default)]
pub(super) struct Table {
    /// Sorted.
    entries: Vec<(u64, u32)>,
    /// Where an entry may be: a bit for each of so many parts of the range of hashes.
    filter: Vec<u64>,
    /// For the low bits of the hash of a last word, the widths of the windows that may end with it.
    widths: Vec<u32>,
}

/// Hashes of last words are told apart by so many bits.
const LAST: usize = 16;

/// What the table is made of.
#[derive(Clone, Copy, Debug)]
pub(super) struct Entry {
    pub(super) hash: u64,
    /// The hash of the last word.
    pub(super) last: u64,
    pub(super) words: usize,
    pub(super) means: u32,
}

impl Table {
    pub(super) fn new(entries: impl Iterator<Item = Entry>) -> Self {
        let mut widths = vec![0; 1 << LAST];
        let mut list = Vec::new();
        for Entry { hash, last, words, means } in entries {
            widths[low(last)] |= 1 << words.min(WIDEST);
            list.push((hash, means));
        }
        list.sort_unstable();
        let bits = (list.len() * 32).next_power_of_two().max(64);
        let mut table = Self { entries: list, filter: vec![0; bits / 64], widths };
        for at in 0..table.entries.len() {
            let (word, bit) = table.place(table.entries[at].0);
            table.filter[word] |= bit;
        }
        table
    }

    fn place(&self, hash: u64) -> (usize, u64) {
        let high = usize::try_from(hash >> 32).unwrap_or_default();
        (high & (self.filter.len() - 1), 1 << (hash & 63))
    }

    /// Gives `each` what every window means that ends with the last word, whose hash is `last`: its width and meaning.
    pub(super) fn ending(&self, windows: &Windows, last: u64, mut each: impl FnMut(usize, u32)) {
        // Where nothing was put in there are no widths.
        let mut widths = self.widths.get(low(last)).copied().unwrap_or_default();
        while widths != 0 {
            let words = widths.trailing_zeros() as usize;
            widths &= widths - 1;
            if words > windows.widest() {
                return;
            }
            let hash = windows.hash(words);
            let (word, bit) = self.place(hash);
            if self.filter[word] & bit != 0 {
                let first = self.entries.partition_point(|(known, _)| *known < hash);
                let equal = self.entries[first..].iter().take_while(|(known, _)| *known == hash);
                equal.for_each(|(_, means)| each(words, *means));
            }
        }
    }
}

fn low(hash: u64) -> usize {
    // The high bits: those of a multiplication depend on all of the word.
    usize::try_from(hash >> (64 - LAST)).unwrap_or_default()
}
