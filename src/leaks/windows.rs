use std::hash::Hasher;

use rustc_hash::FxHasher;

/// The most words that a window holds.
pub const WIDEST: usize = 16;

/// A hash of one folded word.
pub(super) fn of_word(folded: &str) -> u64 {
    of_letters(folded.as_bytes(), 0)
}

/// A hash of a word of ASCII letters and digits, as if it were folded.
pub(super) fn of_ascii(word: &[u8]) -> u64 {
    // This bit makes capitals small, and all other letters and digits have it.
    of_letters(word, 0x2020_2020_2020_2020)
}

fn of_letters(word: &[u8], bits: u64) -> u64 {
    let mut hash = word.len() as u64;
    let mut add = |eight: u64| hash = (hash.rotate_left(23) ^ eight).wrapping_mul(FACTOR);
    let (eights, rest) = word.as_chunks::<8>();
    for eight in eights {
        add(u64::from_le_bytes(*eight) | bits);
    }
    if !rest.is_empty() {
        let mut last = [0; 8];
        last[..rest.len()].copy_from_slice(rest);
        add(u64::from_le_bytes(last) | (bits & (u64::MAX >> (64 - 8 * rest.len()))));
    }
    hash ^ (hash >> 29)
}

/// A hash of bytes.
pub(super) fn of_bytes(bytes: &[u8]) -> u64 {
    let mut hasher = FxHasher::default();
    hasher.write(bytes);
    hasher.finish()
}

/// An odd factor with no structure of its own.
const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;

const POWERS: [u64; WIDEST + 1] = {
    let mut powers = [1_u64; WIDEST + 1];
    let mut at = 1;
    while at <= WIDEST {
        powers[at] = powers[at - 1].wrapping_mul(FACTOR);
        at += 1;
    }
    powers
};

/// A ring of twice the widest window, so that where each begins is still there.
const RING: usize = 2 * WIDEST;

/// The last words of a text, whose every window has its hash at the cost of one multiplication.
///
/// The hash of words `w1` to `wn` is the sum of `wi * FACTOR^(n - i)`, a polynomial over the hashes of words; that of a
/// window is the difference of two sums from the beginning.
#[derive(Clone, Debug)]
pub(super) struct Windows {
    sums: [u64; RING],
    starts: [usize; RING],
    count: usize,
    /// Words since the last break.
    whole: usize,
}

impl Windows {
    pub(super) fn new() -> Self {
        Self { sums: [0; RING], starts: [0; RING], count: 0, whole: 0 }
    }

    /// Forgets the words before a break.
    pub(super) fn cut(&mut self) {
        self.whole = 0;
    }

    /// Adds the word with this hash, which begins at byte `start`.
    pub(super) fn push(&mut self, word: u64, start: usize) {
        let last = self.sums[self.count % RING];
        self.count += 1;
        self.sums[self.count % RING] = last.wrapping_mul(FACTOR).wrapping_add(word);
        self.starts[self.count % RING] = start;
        self.whole = (self.whole + 1).min(WIDEST);
    }

    /// How many words a window may have that ends with the last one.
    pub(super) fn widest(&self) -> usize {
        self.whole
    }

    /// The hash of the last `words` words; [`Self::widest`] at most.
    pub(super) fn hash(&self, words: usize) -> u64 {
        let before = self.sums[(self.count - words) % RING];
        let sum = self.sums[self.count % RING].wrapping_sub(before.wrapping_mul(POWERS[words]));
        mixed(sum ^ words as u64)
    }

    /// The byte that the last `words` words begin at.
    pub(super) fn start(&self, words: usize) -> usize {
        self.starts[(self.count + 1 - words) % RING]
    }
}

/// Spreads what tells hashes apart over all bits (the finaliser of `SplitMix64`).
fn mixed(mut hash: u64) -> u64 {
    hash = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    hash = (hash ^ (hash >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    hash ^ (hash >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(words: &str, last: usize) -> u64 {
        let mut windows = Windows::new();
        for (at, word) in words.split(' ').enumerate() {
            windows.push(of_word(word), at);
        }
        windows.hash(last)
    }

    #[test]
    fn a_window_has_the_same_hash_wherever_it_stands() {
        let alone = of("b c d", 3);
        assert_eq!(of("a b c d", 3), alone);
        assert_eq!(of(&format!("{}b c d", "x ".repeat(77)), 3), alone);
        assert_ne!(of("a b d c", 3), alone);
        assert_ne!(of("a b c d", 4), alone);
    }

    #[test]
    fn capitals_hash_as_small_letters_do() {
        for word in ["A", "Hamas", "ABCDEFGH", "Abcdefghi9", "0aZ0aZ0aZ0aZ0aZ0aZ"] {
            assert_eq!(of_ascii(word.as_bytes()), of_word(&word.to_lowercase()), "{word}");
        }
        assert_ne!(of_word("a"), of_word("aa"));
    }

    #[test]
    fn a_break_ends_every_window() {
        let mut windows = Windows::new();
        windows.push(1, 0);
        windows.push(2, 5);
        windows.cut();
        windows.push(3, 9);
        assert_eq!((windows.widest(), windows.start(1)), (1, 9));
    }
}
