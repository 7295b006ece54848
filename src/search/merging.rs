//! Chunks of the index, put together word by word.

use std::{
    cmp::Reverse,
    collections::BinaryHeap,
    io::{self, Read},
};

use super::{
    files::{push_number, read_number},
    inverter::{Chunk, push_front},
    words::LONGEST,
};

/// A file of words ends before it would hold more bytes than this.
const ROOM: usize = 16 << 10;

/// A [`Chunk`] that is read from where it was left.
pub struct Source<'a> {
    /// The lengths of its documents.
    pub lengths: Vec<u32>,
    /// Its bytes.
    pub bytes: Box<dyn Read + 'a>,
}

impl From<Chunk> for Source<'_> {
    fn from(chunk: Chunk) -> Self {
        Self { lengths: chunk.lengths, bytes: Box::new(io::Cursor::new(chunk.bytes)) }
    }
}

/// The words of a range, where each stands, unpacked.
#[derive(Debug, Default)]
pub struct Shard {
    /// The first word.
    pub first: String,
    /// The file of words.
    pub words: Vec<u8>,
    /// The file of places, where there are places.
    pub places: Vec<u8>,
}

/// Documents that belong together: what the set is called, and their numbers in order.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Set {
    /// A word that no text has.
    pub word: String,
    /// The documents.
    pub documents: Vec<u32>,
}

/// Puts `chunks` together, which follow each other from document 0 on, with `sets` as words before all others, in order.
/// Each shard is handed to `each` as soon as it is full.
///
/// # Errors
/// Those of `each`, and of reading chunks.
pub fn merge(
    chunks: Vec<Source<'_>>,
    sets: &[Set],
    has_places: bool,
    each: &mut dyn FnMut(Shard) -> io::Result<()>,
) -> io::Result<()> {
    let mut writer = Writer {
        has_places,
        count: 0,
        last: String::new(),
        weights: Vec::new(),
        shard: Shard::default(),
        each,
    };
    let (mut list, mut weights, mut places) = (Vec::new(), Vec::new(), Vec::new());
    for set in sets {
        list.clear();
        let mut last = None;
        for document in &set.documents {
            push_number(&mut list, distance(last, *document));
            last = Some(*document);
        }
        weights.clear();
        weights.resize(set.documents.len(), 0);
        writer.word(&set.word, &Stands { list: &list, weights: &weights, places: &[] })?;
    }
    let mut heads: BinaryHeap<Reverse<(String, usize)>> = BinaryHeap::with_capacity(chunks.len());
    let mut cursors: Vec<Cursor<'_>> = Vec::with_capacity(chunks.len());
    let mut lengths = Vec::new();
    for (place, mut chunk) in chunks.into_iter().enumerate() {
        let mut cursor = Cursor::new(lengths.len() as u64, chunk.bytes);
        heads.extend(cursor.next(String::new())?.map(|word| Reverse((word, place))));
        cursors.push(cursor);
        lengths.append(&mut chunk.lengths);
    }
    let average = average(&lengths);
    let mut same = Vec::new();
    while let Some(Reverse(head)) = heads.pop() {
        same.push(head);
        while let Some(next) = heads.peek()
            && next.0.0 == same[0].0
        {
            same.extend(heads.pop().map(|Reverse(head)| head));
        }
        list.clear();
        weights.clear();
        places.clear();
        let mut last = None;
        for (_, place) in &same {
            let mut each = |document: u32, times: u64, stands: &[u8]| {
                push_number(&mut list, distance(last, document));
                last = Some(document);
                weights.push(match lengths[document as usize] {
                    0 => u8::try_from(times).map_or(15, |weight| weight.clamp(1, 15)),
                    length => weight(times, f64::from(length), average),
                });
                places.extend_from_slice(stands);
            };
            cursors[*place].copy(has_places, &mut each);
        }
        writer.word(&same[0].0, &Stands { list: &list, weights: &weights, places: &places })?;
        for (word, place) in same.drain(..) {
            heads.extend(cursors[place].next(word)?.map(|word| Reverse((word, place))));
        }
    }
    writer.end()
}

fn distance(last: Option<u32>, document: u32) -> u64 {
    u64::from(last.map_or(document + 1, |last| document - last))
}

/// The mean of those `lengths` that are any, rounded to a power of √2: so an edit seldom moves it, and with it every weight.
fn average(lengths: &[u32]) -> f64 {
    const ROOT_OF_ROOT: f64 = 1.189_207_115_002_721;
    let sum: u64 = lengths.iter().map(|length| u64::from(*length)).sum();
    #[expect(clippy::cast_precision_loss, reason = "no archive has 2^52 words")]
    let mean = sum as f64 / lengths.iter().filter(|length| **length > 0).count().max(1) as f64;
    let mut power = 1.0;
    while power * ROOT_OF_ROOT < mean {
        power *= std::f64::consts::SQRT_2;
    }
    power
}

/// How well a document of `length` words fits a word that stands in it so many `times` by weight: Okapi's BM25 without the
/// part that is the word's, from 1 to 15.
fn weight(times: u64, length: f64, average: f64) -> u8 {
    #[expect(clippy::cast_precision_loss, reason = "no document has 2^52 words")]
    let times = times as f64;
    let weight = 15.0 * times / (times + 1.2 * (0.25 + 0.75 * length / average));
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "it is between 0 and 15")]
    let rounded = weight.round() as u8;
    rounded.clamp(1, 15)
}

/// So many bytes of a chunk are read at once.
const READ: usize = 32 << 10;

/// No word and what stands before it take more bytes: two numbers, code points, another number.
const ENTRY: usize = 10 + 10 + 4 * LONGEST + 10;

/// Where a chunk is read.
struct Cursor<'a> {
    /// The number of its first document.
    first: u64,
    bytes: Box<dyn Read + 'a>,
    /// What was read of them.
    window: Vec<u8>,
    at: usize,
    /// Where the list of the word that was read last ends.
    end: usize,
}

impl<'a> Cursor<'a> {
    fn new(first: u64, bytes: Box<dyn Read + 'a>) -> Self {
        Self { first, bytes, window: Vec::new(), at: 0, end: 0 }
    }

    /// Reads on until `wanted` bytes from here are in the window, or nothing follows.
    fn fill(&mut self, wanted: usize) -> io::Result<()> {
        if self.window.len() - self.at >= wanted {
            return Ok(());
        }
        self.window.drain(..self.at);
        self.at = 0;
        let missing = wanted.max(READ) - self.window.len();
        self.bytes.by_ref().take(missing as u64).read_to_end(&mut self.window)?;
        Ok(())
    }

    fn number(&mut self) -> u64 {
        read_number(&self.window, &mut self.at)
    }

    fn len(&mut self) -> usize {
        usize::try_from(self.number()).expect("a word and its list lie in memory")
    }

    /// The word after `word`, which was read last.
    fn next(&mut self, mut word: String) -> io::Result<Option<String>> {
        self.at = self.end;
        self.fill(ENTRY)?;
        if self.at == self.window.len() {
            return Ok(None);
        }
        let (shared, len) = (self.len(), self.len());
        word.truncate(shared);
        let rest = &self.window[self.at..self.at + len];
        word.push_str(std::str::from_utf8(rest).expect("a word was written there"));
        self.at += len;
        let list = self.len();
        self.fill(list)?;
        // No further than there is anything, or no end would be reached.
        self.end = self.at.saturating_add(list).min(self.window.len());
        Ok(Some(word))
    }

    /// Hands each document of the word that was read last to `each`, with the times that it stands there and its places.
    fn copy(&mut self, has_places: bool, each: &mut impl FnMut(u32, u64, &[u8])) {
        // The first distance leads there from the place before it.
        let mut document = self.first;
        let mut is_first = true;
        while self.at < self.end {
            document += self.number() - u64::from(is_first);
            is_first = false;
            let times = self.number();
            let begun = self.at;
            while has_places && self.number() & 1 == 1 {}
            let number = u32::try_from(document).expect("fewer than 2^32 documents");
            each(number, times, &self.window[begun..self.at]);
        }
    }
}

/// Where a word stands.
struct Stands<'a> {
    /// The documents, packed.
    list: &'a [u8],
    /// Of each its weight.
    weights: &'a [u8],
    /// Of each its places, packed.
    places: &'a [u8],
}

/// Writes words into shards.
struct Writer<'a> {
    has_places: bool,
    count: u64,
    last: String,
    /// Of all words so far, the weights.
    weights: Vec<u8>,
    shard: Shard,
    each: &'a mut dyn FnMut(Shard) -> io::Result<()>,
}

impl Writer<'_> {
    fn word(&mut self, word: &str, stands: &Stands<'_>) -> io::Result<()> {
        let before = self.shard.words.len();
        self.entry(word, stands);
        let len = self.shard.words.len() + (self.weights.len() + stands.weights.len()).div_ceil(2);
        if len > ROOM && self.count > 0 {
            self.shard.words.truncate(before);
            self.end()?;
            self.entry(word, stands);
        }
        self.weights.extend_from_slice(stands.weights);
        if self.count == 0 {
            word.clone_into(&mut self.shard.first);
        }
        self.count += 1;
        word.clone_into(&mut self.last);
        if self.has_places {
            push_number(&mut self.shard.places, stands.places.len() as u64);
            self.shard.places.extend_from_slice(stands.places);
        }
        Ok(())
    }

    fn entry(&mut self, word: &str, stands: &Stands<'_>) {
        let words = &mut self.shard.words;
        push_front(words, &self.last, word);
        push_number(words, stands.weights.len() as u64);
        push_number(words, stands.list.len() as u64);
        words.extend_from_slice(stands.list);
    }

    fn end(&mut self) -> io::Result<()> {
        if self.count == 0 {
            return Ok(());
        }
        let mut shard = std::mem::take(&mut self.shard);
        let mut words = Vec::with_capacity(shard.words.len() + 4);
        push_number(&mut words, self.count);
        words.append(&mut shard.words);
        let byte = |two: &[u8]| two[0] << 4 | two.get(1).copied().unwrap_or(0);
        words.extend(self.weights.chunks(2).map(byte));
        self.weights.clear();
        shard.words = words;
        self.count = 0;
        self.last.clear();
        (self.each)(shard)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_that_says_it_is_longer_than_its_chunk_ends_with_it() {
        let mut bytes = vec![0, 1, b'a'];
        push_number(&mut bytes, 1 << 40);
        bytes.extend([1, 1]);
        let chunk = Source::from(Chunk { lengths: vec![3], bytes });
        let mut shards = Vec::new();
        merge(vec![chunk], &[], false, &mut |shard| {
            shards.push(shard.words);
            Ok(())
        })
        .unwrap();
        assert_eq!(shards, [[1, 0, 1, b'a', 1, 1, 1, 7 << 4]]);
    }
}
