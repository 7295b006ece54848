//! Documents in, and out which words stand where in them.

use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::{
    files::push_number,
    words::{Cutter, From, forms},
};

/// Which words stand where in some documents that follow each other.
#[derive(Debug, Default)]
pub struct Chunk {
    /// How many words each of its documents has; none where its words are those of names.
    pub lengths: Vec<u32>,
    /// Per word, in order: bytes shared with the word before, the others as a length and bytes; length of the list; the
    /// list. Per document: its distance from the last one, the times the word stands in it by weight (in names its weight),
    /// and with places the distance of each from the last one, doubled, and one more where another follows.
    pub bytes: Vec<u8>,
}

/// One word, where it stands.
#[derive(Clone, Copy)]
struct Stands {
    word: u32,
    /// The document's place in the chunk, and the weight of the field.
    document: u32,
    place: u32,
}

/// Parts that stand in many documents.
struct Repeated {
    /// Their words and the places of these, from the first.
    stands: Vec<(u32, u32)>,
    /// How many places they take.
    places: u32,
    /// How many words they have.
    words: u32,
}

/// Reads documents and writes a chunk.
pub struct Inverter {
    has_places: bool,
    cutter: Cutter,
    numbers: FxHashMap<Box<str>, u32>,
    stands: Vec<Stands>,
    lengths: Vec<u32>,
    place: u32,
    /// What stands in many documents, by its number.
    repeated: BTreeMap<u32, Repeated>,
}

impl Inverter {
    /// One without documents. Without places it keeps only how often a word stands.
    pub fn new(has_places: bool) -> Self {
        Self {
            has_places,
            cutter: Cutter::default(),
            numbers: FxHashMap::default(),
            stands: Vec::new(),
            lengths: Vec::new(),
            place: 0,
            repeated: BTreeMap::new(),
        }
    }

    /// Begins the next document.
    pub fn document(&mut self) {
        self.lengths.push(0);
        self.place = 0;
    }

    /// Adds a part of a field, which no phrase reaches over. A document has begun.
    pub fn part(&mut self, weight: u8, text: &str) {
        let Self { cutter, numbers, stands, place, .. } = self;
        let (first, document) = (*place, tag(&self.lengths, weight));
        cutter.words(text, From::Text, |word| {
            for form in std::iter::once(word).chain(forms(word)) {
                let word = number(numbers, form);
                stands.push(Stands { word, document, place: *place });
            }
            *place += 1;
        });
        let words = *place - first;
        self.end(words);
    }

    /// Adds a name of what the document is: its words weigh the more the fewer it has, from 15 for one word by itself.
    /// A document that has names has nothing else.
    pub fn name(&mut self, name: &str) {
        let mut words = 0u8;
        self.cutter.words(name, From::Query, |_| words = words.saturating_add(1));
        let before = self.words();
        self.part(16 - words.clamp(1, 15), name);
        if let Some(length) = self.lengths.last_mut() {
            *length = before;
        }
    }

    /// The same as [`Self::part`] for parts that many documents have: `parts` is asked for those called `name` once. What
    /// is remembered of them holds no weight, so one name may come with any.
    pub fn repeated(&mut self, weight: u8, name: u32, parts: impl FnOnce() -> Vec<String>) {
        let Some(Repeated { stands: made, places, words }) = self.repeated.get(&name) else {
            let (begun, place, words) = (self.stands.len(), self.place, self.words());
            for part in parts() {
                self.part(weight, &part);
            }
            let made =
                self.stands[begun..].iter().map(|stands| (stands.word, stands.place - place)).collect();
            let (places, words) = (self.place - place, self.words() - words);
            self.repeated.insert(name, Repeated { stands: made, places, words });
            return;
        };
        let (here, document) = (self.place, tag(&self.lengths, weight));
        let stands = |(word, place): &(u32, u32)| Stands { word: *word, document, place: here + place };
        self.stands.extend(made.iter().map(stands));
        self.place += places;
        let words = *words;
        self.count(words);
    }

    /// How many words the document has so far.
    fn words(&self) -> u32 {
        self.lengths.last().copied().unwrap_or_default()
    }

    /// Counts further words of the document.
    fn count(&mut self, words: u32) {
        if let Some(length) = self.lengths.last_mut() {
            *length += words;
        }
    }

    /// Ends a part of so many words: one place stays empty.
    fn end(&mut self, words: u32) {
        if words > 0 {
            self.place += 1;
            self.count(words);
        }
    }

    /// All that was added.
    pub fn finish(self) -> Chunk {
        let Self { has_places, numbers, stands, lengths, .. } = self;
        let mut starts = vec![0usize; numbers.len() + 1];
        for stands in &stands {
            starts[stands.word as usize + 1] += 1;
        }
        for word in 1..starts.len() {
            starts[word] += starts[word - 1];
        }
        let mut next = starts.clone();
        let mut sorted = vec![(0, 0); stands.len()];
        for stands in &stands {
            let place = &mut next[stands.word as usize];
            sorted[*place] = (stands.document, stands.place);
            *place += 1;
        }
        drop(stands);
        let mut words: Vec<(Box<str>, u32)> = numbers.into_iter().collect();
        words.sort_unstable();
        let mut bytes = Vec::with_capacity(sorted.len() * 3);
        let (mut last, mut list) = ("", Vec::new());
        for (word, number) in &words {
            let number = *number as usize;
            list.clear();
            write_list(&sorted[starts[number]..starts[number + 1]], &lengths, has_places, &mut list);
            push_front(&mut bytes, last, word);
            push_number(&mut bytes, list.len() as u64);
            bytes.extend_from_slice(&list);
            last = word;
        }
        Chunk { lengths, bytes }
    }
}

/// The document that was begun last, as words keep it.
fn tag(lengths: &[u32], weight: u8) -> u32 {
    let place = u32::try_from(lengths.len().saturating_sub(1)).expect("a chunk has few documents");
    place << 8 | u32::from(weight)
}

fn number(numbers: &mut FxHashMap<Box<str>, u32>, word: &str) -> u32 {
    if let Some(number) = numbers.get(word) {
        return *number;
    }
    let number = u32::try_from(numbers.len()).expect("a chunk has fewer than 2^32 words");
    numbers.insert(word.into(), number);
    number
}

/// A rest of so many code points would be a word by itself to whoever looks for words in the files, and might be one
/// that no text holds.
const LONG: usize = 8;

/// `word` after `last`: how many bytes both begin with, and the others. A long rest is written with its beginning.
pub(super) fn push_front(bytes: &mut Vec<u8>, last: &str, word: &str) {
    let mut shared = last.bytes().zip(word.bytes()).take_while(|(one, other)| one == other).count();
    while !word.is_char_boundary(shared) {
        shared -= 1;
    }
    if word[shared..].chars().nth(LONG - 1).is_some() {
        shared = 0;
    }
    push_number(bytes, shared as u64);
    push_number(bytes, (word.len() - shared) as u64);
    bytes.extend_from_slice(&word.as_bytes()[shared..]);
}

/// Writes where one word stands in documents of these lengths.
fn write_list(stands: &[(u32, u32)], lengths: &[u32], has_places: bool, list: &mut Vec<u8>) {
    let mut last = None::<u32>;
    for of_document in stands.chunk_by(|one, other| one.0 >> 8 == other.0 >> 8) {
        let document = of_document[0].0 >> 8;
        push_number(list, u64::from(last.map_or(document + 1, |last| document - last)));
        last = Some(document);
        let weights = of_document.iter().map(|(document, _)| u64::from(document & 0xff));
        let are_names = lengths[document as usize] == 0;
        push_number(list, if are_names { weights.max().unwrap_or_default() } else { weights.sum() });
        if has_places {
            let mut last = None::<u32>;
            for (number, (_, place)) in of_document.iter().enumerate() {
                let goes_on = u64::from(number + 1 < of_document.len());
                push_number(list, u64::from(last.map_or(place + 1, |last| place - last)) * 2 + goes_on);
                last = Some(*place);
            }
        }
    }
}
