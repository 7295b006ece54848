//! Results kept by hash; knows nothing of what it keeps.
//!
//! A result is kept under the [`Key`] of all that it depends on, so an entry is right for ever and nothing is ever
//! taken out because something changed. What one run neither asked for nor added the next one does not find.

pub mod bulk;
pub mod numbers;

use std::{
    hash::Hasher,
    io,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
};

use rustc_hash::FxHashMap;

use bulk::{Bulk, Ending};

/// What a kept memory begins with, and how it is written.
const MAGIC: &[u8; 8] = b"brief\0m1";

/// New results are kept in so many parts, so that threads seldom wait for each other.
const SHARDS: usize = 16;

/// The first half of a BLAKE3 hash: 128 bits tell all inputs apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Key(pub [u8; 16]);

impl Key {
    /// Of `bytes`.
    pub fn of(bytes: &[u8]) -> Self {
        Self::half(&blake3::hash(bytes))
    }

    /// Half of `hash`.
    pub fn half(hash: &blake3::Hash) -> Self {
        let mut half = [0; 16];
        half.copy_from_slice(&hash.as_bytes()[..16]);
        Self(half)
    }
}

/// So many bytes a scribe writes before they are hashed.
const SHEET: usize = 64 << 10;

/// Writes down what a result depends on, each thing so that its end is known, and makes a key of it.
///
/// As a [`Hasher`] it takes whatever derives `Hash`, which leaves out no field.
#[derive(Clone, Debug, Default)]
pub struct Scribe {
    sheet: Vec<u8>,
    /// Of the sheets that were full before.
    full: Option<Box<blake3::Hasher>>,
}

impl Scribe {
    /// One who begins with the words for what the result is.
    pub fn of(sort: &str) -> Self {
        let mut scribe = Self { sheet: Vec::with_capacity(1 << 10), full: None };
        scribe.text(sort);
        scribe
    }

    /// Makes room for `bytes` more.
    pub fn reserve(&mut self, bytes: usize) {
        self.sheet.reserve(bytes);
    }

    /// Goes on writing on `paper`, of which nothing is kept but its room.
    #[must_use]
    pub fn on(self, mut paper: Vec<u8>) -> Self {
        paper.clear();
        paper.extend_from_slice(&self.sheet);
        Self { sheet: paper, ..self }
    }

    /// Gives the paper back, when the key is made.
    pub fn into_paper(self) -> Vec<u8> {
        self.sheet
    }

    /// Writes a number that is no text and no part of one: a small one as a byte, a large one as a byte and eight more.
    #[inline]
    pub fn number(&mut self, number: usize) {
        match u8::try_from(number) {
            Ok(small) if small < u8::MAX => self.sheet.push(small),
            _ => {
                self.sheet.push(u8::MAX);
                self.write(&(number as u64).to_le_bytes());
            }
        }
    }

    /// Writes what stands for no number, and so begins no text.
    pub fn mark(&mut self) {
        self.sheet.push(u8::MAX);
        self.write(&[0; 8]);
    }

    /// Writes a text, whose length goes before it.
    #[inline]
    pub fn text(&mut self, text: &str) {
        self.bytes(text.as_bytes());
    }

    /// Writes bytes, whose length goes before them.
    #[inline]
    pub fn bytes(&mut self, bytes: &[u8]) {
        self.number(bytes.len());
        self.write(bytes);
    }

    /// Writes what is known by its key.
    pub fn key(&mut self, key: Key) {
        self.write(&key.0);
    }

    /// Writes what kind of thing follows.
    #[inline]
    pub fn tag(&mut self, tag: u8) {
        self.sheet.push(tag);
    }

    /// The key of all that was written.
    pub fn done(&self) -> Key {
        match &self.full {
            None => Key::of(&self.sheet),
            Some(full) => Key::half(&full.clone().update(&self.sheet).finalize()),
        }
    }
}

impl Hasher for Scribe {
    #[inline]
    fn write(&mut self, bytes: &[u8]) {
        if self.sheet.len() + bytes.len() > SHEET {
            self.full.get_or_insert_default().update(&self.sheet);
            self.sheet.clear();
        }
        self.sheet.extend_from_slice(bytes);
    }

    /// The first half of the key.
    fn finish(&self) -> u64 {
        let mut half = [0; 8];
        half.copy_from_slice(&self.done().0[..8]);
        u64::from_le_bytes(half)
    }
}

/// Results by key: those of an earlier run, and those of this one.
#[derive(Debug)]
pub struct Memo {
    /// Of which program they are.
    version: Key,
    /// Those of the earlier run.
    old: FxHashMap<Key, Old>,
    /// Those of this run that are not among them.
    new: [Mutex<FxHashMap<Key, Box<[u8]>>>; SHARDS],
    /// How many of the old ones this run asked for.
    used: AtomicUsize,
    /// Whether it asked for all of them at once.
    all: AtomicBool,
    /// Large results, where there is a place for them.
    bulk: Option<Bulk>,
}

#[derive(Debug)]
struct Old {
    result: Box<[u8]>,
    used: AtomicBool,
}

impl Memo {
    /// The memory that a run of the program `version` left as `bytes`. An empty one where they are none, damaged, or
    /// of another version.
    pub fn read(bytes: &[u8], version: Key) -> Self {
        Self::after(version, parse(bytes, version).unwrap_or_default())
    }

    /// That of a run which found `old` and has asked for nothing yet.
    fn after(version: Key, old: FxHashMap<Key, Old>) -> Self {
        let new = <[_; SHARDS]>::default();
        Self { version, old, new, used: AtomicUsize::new(0), all: AtomicBool::new(false), bulk: None }
    }

    /// The same with a place for large results.
    #[must_use]
    pub fn with_bulk(self, bulk: Bulk) -> Self {
        Self { bulk: Some(bulk), ..self }
    }

    /// Where large results are, if there is a place for them.
    pub fn bulk(&self) -> Option<&Bulk> {
        self.bulk.as_ref()
    }

    /// Ends the volume of large results; what is to be done with it.
    ///
    /// # Errors
    /// Those of [`Bulk::finish`].
    pub fn finish_bulk(&self) -> io::Result<Ending> {
        self.bulk.as_ref().map_or(Ok(Ending::Keep), Bulk::finish)
    }

    /// How many results the earlier run left.
    pub fn len(&self) -> usize {
        self.old.len()
    }

    /// Whether it left none.
    pub fn is_empty(&self) -> bool {
        self.old.is_empty()
    }

    /// Asks for all that the earlier run left, as one does whose result is the same.
    pub fn ask_for_all(&self) {
        self.all.store(true, Ordering::Relaxed);
    }

    /// What is kept under `key`.
    pub fn get(&self, key: Key) -> Option<Box<[u8]>> {
        if let Some(old) = self.old(key) {
            return Some(old.result.clone());
        }
        self.shard(key).lock().unwrap_or_else(PoisonError::into_inner).get(&key).cloned()
    }

    /// Keeps `result` under `key`.
    pub fn put(&self, key: Key, result: &[u8]) {
        if self.old(key).is_none() {
            let mut new = self.shard(key).lock().unwrap_or_else(PoisonError::into_inner);
            new.entry(key).or_insert_with(|| result.into());
        }
    }

    /// What the earlier run left under `key`, which this one has then asked for.
    fn old(&self, key: Key) -> Option<&Old> {
        let old = self.old.get(&key)?;
        if !old.used.swap(true, Ordering::Relaxed) {
            self.used.fetch_add(1, Ordering::Relaxed);
        }
        Some(old)
    }

    fn shard(&self, key: Key) -> &Mutex<FxHashMap<Key, Box<[u8]>>> {
        &self.new[usize::from(key.0[0]) % SHARDS]
    }

    /// The memory of the next run in this process: it finds all that this one asked for or added until now.
    #[must_use]
    pub fn next(&self) -> Self {
        let result = |result: &[u8]| Old { result: result.into(), used: AtomicBool::new(false) };
        let all = self.all.load(Ordering::Relaxed);
        let used = self.old.iter().filter(|(_, old)| all || old.used.load(Ordering::Relaxed));
        let mut old: FxHashMap<Key, Old> = used.map(|(key, old)| (*key, result(&old.result))).collect();
        for shard in &self.new {
            let shard = shard.lock().unwrap_or_else(PoisonError::into_inner);
            old.extend(shard.iter().map(|(key, new)| (*key, result(new))));
        }
        Self::after(self.version, old)
    }

    /// What the next run shall find: all that this one asked for or added. Nothing where that is what it found itself.
    pub fn into_bytes(self) -> Option<Vec<u8>> {
        let mut kept: Vec<(Key, Box<[u8]>)> = Vec::new();
        for shard in self.new {
            kept.extend(shard.into_inner().unwrap_or_else(PoisonError::into_inner));
        }
        let all = self.all.into_inner();
        if kept.is_empty() && (all || self.used.into_inner() == self.old.len()) {
            return None;
        }
        let used = self.old.into_iter().filter(|(_, old)| all || old.used.load(Ordering::Relaxed));
        kept.extend(used.map(|(key, old)| (key, old.result)));
        // No key is among the old ones and the new ones, so that this is their only order.
        kept.sort_unstable_by_key(|(key, _)| *key);
        let room: usize = kept.iter().map(|(_, result)| result.len() + 20).sum();
        let mut bytes = Vec::with_capacity(MAGIC.len() + 16 + room + 16);
        bytes.extend_from_slice(MAGIC);
        bytes.extend_from_slice(&self.version.0);
        for (key, result) in kept {
            let Ok(len) = u32::try_from(result.len()) else { continue };
            bytes.extend_from_slice(&key.0);
            bytes.extend_from_slice(&len.to_le_bytes());
            bytes.extend_from_slice(&result);
        }
        let check = Key::of(&bytes);
        bytes.extend_from_slice(&check.0);
        Some(bytes)
    }
}

fn parse(bytes: &[u8], version: Key) -> Option<FxHashMap<Key, Old>> {
    let (bytes, check) = bytes.split_last_chunk()?;
    let (head, rest) = bytes.split_first_chunk()?;
    let (of, mut rest) = rest.split_first_chunk()?;
    if head != MAGIC || Key(*of) != version || Key::of(bytes) != Key(*check) {
        return None;
    }
    let mut old = FxHashMap::default();
    while !rest.is_empty() {
        let (key, after) = rest.split_first_chunk()?;
        let (len, after) = after.split_first_chunk()?;
        let (result, after) = after.split_at_checked(u32::from_le_bytes(*len) as usize)?;
        old.insert(Key(*key), Old { result: result.into(), used: AtomicBool::new(false) });
        rest = after;
    }
    Some(old)
}

#[cfg(test)]
mod tests {
    use super::*;

    const HERE: Key = Key([1; 16]);

    fn filled() -> Vec<u8> {
        let memo = Memo::read(b"", HERE);
        for place in 0..40_u8 {
            memo.put(Key::of(&[place]), &vec![place; usize::from(place)]);
        }
        memo.into_bytes().unwrap()
    }

    #[test]
    fn what_one_run_keeps_the_next_one_finds() {
        let memo = Memo::read(&filled(), HERE);
        for place in 0..40_u8 {
            assert_eq!(memo.get(Key::of(&[place])).unwrap()[..], vec![place; usize::from(place)]);
        }
        assert_eq!(memo.get(Key::of(&[40])), None);
        assert_eq!(memo.into_bytes(), None, "nothing is new");
    }

    #[test]
    fn what_a_run_does_not_ask_for_is_forgotten() {
        let memo = Memo::read(&filled(), HERE);
        memo.get(Key::of(&[7]));
        memo.put(Key::of(&[8]), &[8; 8]);
        let memo = Memo::read(&memo.into_bytes().unwrap(), HERE);
        assert_eq!(memo.old.len(), 2);
    }

    #[test]
    fn the_next_run_in_one_process_finds_what_this_one_asked_for_or_added() {
        let memo = Memo::read(&filled(), HERE);
        memo.get(Key::of(&[7]));
        memo.put(Key::of(b"new"), b"new");
        let next = memo.next();
        assert_eq!(next.old.len(), 2);
        assert_eq!(next.get(Key::of(&[7])).unwrap()[..], [7; 7]);
        assert_eq!(next.get(Key::of(b"new")).unwrap()[..], *b"new");
        assert_eq!(next.next().next().old.len(), 0);
    }

    #[test]
    fn what_is_damaged_cut_off_or_of_another_program_is_nothing() {
        let whole = filled();
        assert!(Memo::read(&whole, Key([2; 16])).old.is_empty());
        for at in 0..whole.len() {
            assert!(Memo::read(&whole[..at], HERE).old.is_empty(), "cut at {at}");
            let mut other = whole.clone();
            other[at] ^= 1;
            assert!(Memo::read(&other, HERE).old.is_empty(), "damaged at {at}");
        }
    }

    #[test]
    fn where_one_text_ends_and_the_next_begins_is_told_apart() {
        let key = |texts: &[&str]| {
            let mut scribe = Scribe::of("texts");
            for text in texts {
                scribe.text(text);
            }
            scribe.done()
        };
        assert_ne!(key(&["ab", "c"]), key(&["a", "bc"]));
        // Short lengths are written in another way than long ones.
        let texts = [253, 254, 255, 256].map(|len| "\0".repeat(len));
        for one in 0..texts.len() {
            for other in 0..texts.len() {
                let (ours, theirs) = (key(&[&texts[one], "a"]), key(&[&texts[other], "a"]));
                assert_eq!(ours == theirs, one == other);
            }
        }
    }
}
