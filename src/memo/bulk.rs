//! Results too large to stay in memory: one behind the other in a volume, which is a file where builds leave something
//! for those after them.
//!
//! A volume is never changed. What a run asks for of the old one it copies to its own, so that nothing is left that
//! nobody asks for. At the end of a volume stands what lies where, so that one which was not finished holds nothing.

use std::{
    fmt,
    io::{self, Read, Seek, SeekFrom, Write},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use rustc_hash::FxHashMap;

use super::Key;

/// What the list of a volume ends with.
const MAGIC: &[u8; 8] = b"brief\0b1";

/// What an entry of the list takes: a key, where it begins, its length, the key of its bytes.
const ENTRY: usize = 16 + 8 + 8 + 16;

/// What follows the list: its length, the key of all of it, the sign.
const FOOT: usize = 8 + 16 + 8;

/// Where bytes are written and read back.
pub trait Volume: Read + Write + Seek + Send {}

impl<T: Read + Write + Seek + Send> Volume for T {}

/// Begins a volume when there is something to write.
pub type Begin = Box<dyn FnOnce() -> io::Result<Box<dyn Volume>> + Send>;

/// Large results: those of an earlier run, and those of this one.
pub struct Bulk {
    version: Key,
    old: Option<Mutex<Old>>,
    new: Mutex<New>,
}

struct Old {
    volume: Box<dyn Volume>,
    list: FxHashMap<Key, Stretch>,
}

#[derive(Default)]
struct New {
    begin: Option<Begin>,
    volume: Option<Box<dyn Volume>>,
    end: u64,
    /// Whether a volume refused something, which then stays in memory.
    has_refused: bool,
    list: Vec<(Key, Stretch)>,
}

/// Where a result of this run lies.
#[derive(Clone, Debug)]
pub struct Stretch(Place);

#[derive(Clone, Debug)]
enum Place {
    Volume { start: u64, len: u64, check: Key },
    Memory(Arc<[u8]>),
}

/// What is to be done with the volumes when a run has ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// The old one, if there is one, holds all that is wanted.
    Keep,
    /// The new one takes the place of the old one.
    Replace,
    /// Nothing of the old one was asked for.
    Remove,
}

impl Default for Bulk {
    /// One of this run alone, which lies in memory.
    fn default() -> Self {
        Self { version: Key([0; 16]), old: None, new: Mutex::default() }
    }
}

impl Bulk {
    /// One that goes on with what a run of the program `version` left as the volume `old`, and writes to what `begin`
    /// makes. A volume that is damaged, or of another program, holds nothing.
    pub fn after(old: Option<Box<dyn Volume>>, begin: Begin, version: Key) -> Self {
        let old = old.map(|mut volume| {
            let list = read_list(&mut volume, version).unwrap_or_default();
            Mutex::new(Old { volume, list })
        });
        Self { version, old, new: Mutex::new(New { begin: Some(begin), ..New::default() }) }
    }

    /// What an earlier run named `key`, with its bytes; this run has it too then.
    pub fn get(&self, key: Key) -> Option<(Stretch, Vec<u8>)> {
        let bytes = self.old.as_ref()?.lock().unwrap_or_else(PoisonError::into_inner).get(key)?;
        let stretch = self.put(&bytes);
        self.name(key, &stretch);
        Some((stretch, bytes))
    }

    /// Takes `bytes`, for this run alone until they are named.
    pub fn put(&self, bytes: &[u8]) -> Stretch {
        let mut new = self.run();
        let written = if new.has_refused { None } else { new.append(bytes) };
        Stretch(written.unwrap_or_else(|| {
            new.has_refused = true;
            Place::Memory(bytes.into())
        }))
    }

    /// Names what lies at `stretch`, so that the next run finds it.
    pub fn name(&self, key: Key, stretch: &Stretch) {
        self.run().list.push((key, stretch.clone()));
    }

    /// What lies at `stretch` from its byte `from` on.
    pub fn read<'b>(&'b self, stretch: &'b Stretch, from: u64) -> impl Read + 'b {
        Reader { bulk: self, stretch, at: from }
    }

    /// Writes what lies where behind all else. `is_same` tells that nothing was asked for because nothing changed.
    ///
    /// # Errors
    /// Where the volume refuses; then the next run finds nothing in it.
    pub fn finish(&self, is_same: bool) -> io::Result<Ending> {
        let mut new = self.run();
        if new.has_refused {
            return Err(io::Error::other("it took not all of a build's large results"));
        }
        let New { volume: Some(volume), list, end, .. } = &mut *new else {
            return Ok(if self.old.is_none() || is_same { Ending::Keep } else { Ending::Remove });
        };
        let mut bytes = Vec::with_capacity(list.len() * ENTRY + FOOT);
        list.sort_unstable_by_key(|(key, _)| *key);
        list.dedup_by_key(|(key, _)| *key);
        for (key, stretch) in list {
            if let Stretch(Place::Volume { start, len, check }) = stretch {
                bytes.extend_from_slice(&key.0);
                bytes.extend_from_slice(&start.to_le_bytes());
                bytes.extend_from_slice(&len.to_le_bytes());
                bytes.extend_from_slice(&check.0);
            }
        }
        let len = bytes.len() as u64;
        bytes.extend_from_slice(&len.to_le_bytes());
        bytes.extend_from_slice(&check(&bytes, self.version).0);
        bytes.extend_from_slice(MAGIC);
        volume.seek(SeekFrom::Start(*end))?;
        volume.write_all(&bytes)?;
        volume.flush()?;
        Ok(Ending::Replace)
    }

    fn run(&self) -> MutexGuard<'_, New> {
        self.new.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Bulk {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let New { end, list, .. } = &*self.run();
        out.debug_struct("Bulk").field("bytes", end).field("results", &list.len()).finish_non_exhaustive()
    }
}

impl Old {
    fn get(&mut self, key: Key) -> Option<Vec<u8>> {
        let Stretch(Place::Volume { start, len, check }) = self.list.get(&key)? else { return None };
        let mut bytes = vec![0; usize::try_from(*len).ok()?];
        self.volume.seek(SeekFrom::Start(*start)).ok()?;
        self.volume.read_exact(&mut bytes).ok()?;
        (Key::of(&bytes) == *check).then_some(bytes)
    }
}

impl New {
    /// Where `bytes` lie, if a volume takes them.
    fn append(&mut self, bytes: &[u8]) -> Option<Place> {
        if let Some(begin) = self.begin.take() {
            self.volume = begin().ok();
        }
        let (volume, start) = (self.volume.as_mut()?, self.end);
        volume.seek(SeekFrom::Start(start)).ok()?;
        volume.write_all(bytes).ok()?;
        let len = bytes.len() as u64;
        self.end += len;
        Some(Place::Volume { start, len, check: Key::of(bytes) })
    }
}

/// What lies in a volume that a run of the program `version` finished.
fn read_list(volume: &mut dyn Volume, version: Key) -> Option<FxHashMap<Key, Stretch>> {
    let end = volume.seek(SeekFrom::End(0)).ok()?;
    let mut foot = [0; FOOT];
    let foot_at = end.checked_sub(FOOT as u64)?;
    volume.seek(SeekFrom::Start(foot_at)).ok()?;
    volume.read_exact(&mut foot).ok()?;
    let (len, rest) = foot.split_first_chunk()?;
    let (found, magic) = rest.split_first_chunk()?;
    let list_at = foot_at.checked_sub(u64::from_le_bytes(*len))?;
    let mut list = vec![0; usize::try_from(foot_at - list_at).ok()?];
    volume.seek(SeekFrom::Start(list_at)).ok()?;
    volume.read_exact(&mut list).ok()?;
    list.extend_from_slice(len);
    if magic != MAGIC || check(&list, version) != Key(*found) {
        return None;
    }
    let number = |bytes: &[u8]| bytes.first_chunk().map(|bytes| u64::from_le_bytes(*bytes));
    let key = |bytes: &[u8]| bytes.first_chunk().map(|bytes| Key(*bytes));
    let entry = |entry: &[u8]| {
        let place = Place::Volume {
            start: number(&entry[16..])?,
            len: number(&entry[24..]).filter(|len| *len <= list_at)?,
            check: key(&entry[32..])?,
        };
        Some((key(entry)?, Stretch(place)))
    };
    list.chunks_exact(ENTRY).map(entry).collect()
}

/// Knows a list of the program `version`.
fn check(list: &[u8], version: Key) -> Key {
    let mut hasher = blake3::Hasher::new();
    Key::half(&hasher.update(&version.0).update(list).finalize())
}

struct Reader<'b> {
    bulk: &'b Bulk,
    stretch: &'b Stretch,
    at: u64,
}

impl Read for Reader<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = match &self.stretch.0 {
            Place::Memory(bytes) => {
                let at = usize::try_from(self.at).unwrap_or(usize::MAX).min(bytes.len());
                (&bytes[at..]).read(into)?
            }
            Place::Volume { start, len, .. } => {
                let rest = usize::try_from(len.saturating_sub(self.at)).unwrap_or(usize::MAX);
                let len = into.len().min(rest);
                let mut new = self.bulk.run();
                let volume = new.volume.as_mut().expect("a stretch lies in a volume that was begun");
                volume.seek(SeekFrom::Start(start + self.at))?;
                volume.read_exact(&mut into[..len])?;
                len
            }
        };
        self.at += read as u64;
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HERE: Key = Key([1; 16]);

    /// A volume that can be looked at while it is used.
    #[derive(Clone, Default)]
    struct Shared(Arc<Mutex<io::Cursor<Vec<u8>>>>);

    impl Shared {
        fn of(bytes: &[u8]) -> Self {
            Self(Arc::new(Mutex::new(io::Cursor::new(bytes.to_vec()))))
        }

        fn content(&self) -> Vec<u8> {
            self.0.lock().unwrap().get_ref().clone()
        }
    }

    impl Read for Shared {
        fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
            self.0.lock().unwrap().read(into)
        }
    }

    impl Write for Shared {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap().write(bytes)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    impl Seek for Shared {
        fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
            self.0.lock().unwrap().seek(to)
        }
    }

    fn after(old: &[u8], version: Key) -> (Bulk, Shared) {
        let new = Shared::default();
        let begun = new.clone();
        let old = (!old.is_empty()).then(|| Box::new(Shared::of(old)) as Box<dyn Volume>);
        (Bulk::after(old, Box::new(|| Ok(Box::new(begun))), version), new)
    }

    fn read(bulk: &Bulk, stretch: &Stretch, from: u64) -> Vec<u8> {
        let mut bytes = Vec::new();
        bulk.read(stretch, from).read_to_end(&mut bytes).unwrap();
        bytes
    }

    /// Ten results, the nth of n bytes.
    fn filled() -> Vec<u8> {
        let (bulk, volume) = after(b"", HERE);
        for place in 0..10_u8 {
            let stretch = bulk.put(&vec![place; usize::from(place)]);
            bulk.name(Key::of(&[place]), &stretch);
        }
        bulk.put(b"without a name");
        assert_eq!(bulk.finish(false).unwrap(), Ending::Replace);
        volume.content()
    }

    #[test]
    fn what_one_run_names_the_next_one_finds() {
        let (bulk, volume) = after(&filled(), HERE);
        for place in [3, 9_u8] {
            let (stretch, bytes) = bulk.get(Key::of(&[place])).unwrap();
            assert_eq!(bytes, vec![place; usize::from(place)]);
            assert_eq!(read(&bulk, &stretch, 2), bytes[2..]);
        }
        assert!(bulk.get(Key::of(&[10])).is_none());
        assert_eq!(bulk.finish(false).unwrap(), Ending::Replace);
        let (next, _) = after(&volume.content(), HERE);
        assert!(next.get(Key::of(&[3])).is_some());
        assert!(next.get(Key::of(&[4])).is_none(), "what a run does not ask for is forgotten");
    }

    #[test]
    fn a_volume_of_which_nothing_is_asked_stays_only_where_nothing_changed() {
        let nothing = |old: &[u8], is_same| after(old, HERE).0.finish(is_same).unwrap();
        assert_eq!(nothing(&filled(), true), Ending::Keep);
        assert_eq!(nothing(&filled(), false), Ending::Remove);
        assert_eq!(nothing(b"", false), Ending::Keep);
    }

    #[test]
    fn what_is_damaged_cut_off_or_of_another_program_is_nothing() {
        let whole = filled();
        let found = |bytes: &[u8], version| {
            let (bulk, _) = after(bytes, version);
            let places = (0..10_u8).filter(|place| bulk.get(Key::of(&[*place])).is_some());
            places.collect::<Vec<_>>()
        };
        assert_eq!(found(&whole, HERE).len(), 10);
        assert_eq!(found(&whole, Key([2; 16])).len(), 0);
        for at in 0..whole.len() {
            assert_eq!(found(&whole[..at], HERE).len(), 0, "cut at {at}");
            let mut other = whole.clone();
            other[at] ^= 1;
            let expected = if at < 45 {
                9
            } else if at < 45 + 14 {
                10
            } else {
                0
            };
            assert_eq!(found(&other, HERE).len(), expected, "damaged at {at}");
        }
    }

    #[test]
    fn what_no_volume_takes_stays_in_memory() {
        let refused = || Bulk::after(None, Box::new(|| Err(io::Error::other("full"))), HERE);
        for (bulk, finishes) in [(Bulk::default(), false), (refused(), false)] {
            let stretches = [bulk.put(b"one"), bulk.put(b"two")];
            assert_eq!(stretches.map(|stretch| read(&bulk, &stretch, 1)), [b"ne", b"wo"]);
            assert_eq!(bulk.finish(false).is_ok(), finishes);
        }
    }
}
