//! Results too large to stay in memory: one behind the other in a volume, which is a file where builds leave something
//! for those after them.
//!
//! A volume is never changed. What a run asks for of the old one it copies to its own, so that nothing is left that
//! nobody asks for. At the end of a volume stands what lies where, so that one which was not finished holds nothing.
//! What is read is checked against damage, since somebody else may have written to the file meanwhile. It is not checked
//! against forgery: who may write there may write to the site beside it too.

use std::{
    fmt,
    io::{self, Read, Seek, SeekFrom, Write},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use rustc_hash::FxHashMap;

use super::Key;

/// What a volume ends with.
const MAGIC: &[u8; 8] = b"brief\0b1";

/// What an entry of the list takes: a key, where it begins, its length, the key of its checks.
const ENTRY: usize = 16 + 8 + 8 + 16;

/// What follows the list: its length, the mark, the key of all of it, the sign.
const FOOT: usize = 8 + 16 + 16 + 8;

/// No list takes more bytes: of every thousand documents it has one entry, so that a longer one would be of a billion.
/// Its length is read before it is known to be right.
const LONGEST: u64 = 64 << 20;

/// So many bytes are read at once, and known by one key.
const BLOCK: usize = 32 << 10;

/// Where bytes are written and read back.
pub trait Volume: Read + Write + Seek + Send {}

impl<T: Read + Write + Seek + Send> Volume for T {}

/// Begins a volume when there is something to write.
pub type Begin = Box<dyn FnOnce() -> io::Result<Box<dyn Volume>> + Send>;

/// Large results: those of an earlier run, and those of this one.
pub struct Bulk {
    version: Key,
    old: Option<Mutex<Old>>,
    run: Mutex<Run>,
}

struct Old {
    volume: Box<dyn Volume>,
    left: Left,
}

/// What stands at the end of a volume.
#[derive(Default)]
struct Left {
    mark: Option<Key>,
    list: FxHashMap<Key, Entry>,
}

struct Entry {
    start: u64,
    len: u64,
    check: Key,
}

/// The volume of this run.
#[derive(Default)]
struct Run {
    begin: Option<Begin>,
    volume: Option<Box<dyn Volume>>,
    end: u64,
    mark: Option<Key>,
    list: Vec<(Key, Stretch)>,
    /// Why the volume does not hold all that it should.
    fault: Option<Fault>,
}

enum Fault {
    /// It took not everything.
    Refused(io::Error),
    /// Others wrote to it.
    Damaged,
}

/// Where a result of this run lies.
#[derive(Clone, Debug)]
pub struct Stretch(Place);

#[derive(Clone, Debug)]
enum Place {
    /// The keys are those of its blocks.
    Volume {
        start: u64,
        len: u64,
        checks: Arc<[Key]>,
    },
    Memory(Arc<[u8]>),
}

/// What is to be done with the volumes when a run has ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// The old one, if there is one, holds what is wanted and nothing else.
    Keep,
    /// The new one takes the place of the old one.
    Replace,
    /// Nothing is wanted of the old one.
    Remove,
}

impl Default for Bulk {
    /// One of this run alone, which lies in memory.
    fn default() -> Self {
        Self { version: Key([0; 16]), old: None, run: Mutex::default() }
    }
}

impl Bulk {
    /// One that goes on with what a run of the program `version` left as the volume `old`, and writes to what `begin`
    /// makes. A volume that is damaged, or of another program, holds nothing.
    pub fn after(old: Option<Box<dyn Volume>>, begin: Begin, version: Key) -> Self {
        let old = old.map(|mut volume| {
            let left = read_end(&mut volume, version).unwrap_or_default();
            Mutex::new(Old { volume, left })
        });
        Self { version, old, run: Mutex::new(Run { begin: Some(begin), ..Run::default() }) }
    }

    /// What an earlier run named `key`, with its bytes; this run has it too then.
    pub fn get(&self, key: Key) -> Option<(Stretch, Vec<u8>)> {
        let (bytes, checks) = self.old.as_ref()?.lock().unwrap_or_else(PoisonError::into_inner).get(key)?;
        let stretch = self.run().append(&bytes, checks);
        self.name(key, &stretch);
        Some((stretch, bytes))
    }

    /// Takes `bytes`, for this run alone until they are named. What no volume takes stays in memory.
    pub fn put(&self, bytes: &[u8]) -> Stretch {
        let checks = checks(bytes);
        self.run().append(bytes, checks)
    }

    /// Names what lies at `stretch`, so that the next run finds it.
    pub fn name(&self, key: Key, stretch: &Stretch) {
        self.run().list.push((key, stretch.clone()));
    }

    /// Says by what key all that is wanted is known. An old volume that bears the same mark is kept though nothing is
    /// asked of it.
    pub fn mark(&self, mark: Key) {
        self.run().mark = Some(mark);
    }

    /// What lies at `stretch` from its byte `from` on. Reading fails where it is no longer what was put there.
    pub fn read<'b>(&'b self, stretch: &'b Stretch, from: usize) -> impl Read + 'b {
        Reader { bulk: self, stretch, block: io::Cursor::default(), next: from / BLOCK, skip: from % BLOCK }
    }

    /// Whether something that was put could not be read again.
    pub fn is_damaged(&self) -> bool {
        matches!(self.run().fault, Some(Fault::Damaged))
    }

    /// Writes what lies where behind all else, and says what is to be done with the volumes.
    ///
    /// # Errors
    /// Where the volume refuses, or refused or lost something before. Then neither volume is to be left.
    pub fn finish(&self) -> io::Result<Ending> {
        let mut run = self.run();
        match &run.fault {
            // It may be asked for again.
            Some(Fault::Refused(reason)) => return Err(io::Error::new(reason.kind(), reason.to_string())),
            Some(Fault::Damaged) => return Err(damaged()),
            None => {}
        }
        let Run { volume: Some(volume), list, end, mark, .. } = &mut *run else {
            let old =
                self.old.as_ref().map(|old| old.lock().unwrap_or_else(PoisonError::into_inner).left.mark);
            let is_wanted = old.is_none_or(|mark| mark.is_some() && mark == run.mark);
            return Ok(if is_wanted { Ending::Keep } else { Ending::Remove });
        };
        let mut bytes = Vec::with_capacity(list.len() * ENTRY + FOOT);
        // What was named last counts: what was found under that key before was of no use.
        list.reverse();
        list.sort_by_key(|(key, _)| *key);
        list.dedup_by_key(|(key, _)| *key);
        for (key, stretch) in list {
            if let Stretch(Place::Volume { start, len, checks }) = stretch {
                bytes.extend_from_slice(&key.0);
                bytes.extend_from_slice(&start.to_le_bytes());
                bytes.extend_from_slice(&len.to_le_bytes());
                bytes.extend_from_slice(&all(checks).0);
            }
        }
        let len = bytes.len() as u64;
        bytes.extend_from_slice(&len.to_le_bytes());
        bytes.extend_from_slice(&mark.map_or([0; 16], |mark| mark.0));
        bytes.extend_from_slice(&check(&bytes, self.version).0);
        bytes.extend_from_slice(MAGIC);
        volume.seek(SeekFrom::Start(*end))?;
        volume.write_all(&bytes)?;
        volume.flush()?;
        Ok(Ending::Replace)
    }

    fn run(&self) -> MutexGuard<'_, Run> {
        self.run.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Bulk {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Run { end, list, .. } = &*self.run();
        out.debug_struct("Bulk").field("bytes", end).field("results", &list.len()).finish_non_exhaustive()
    }
}

impl Old {
    fn get(&mut self, key: Key) -> Option<(Vec<u8>, Arc<[Key]>)> {
        let Entry { start, len, check } = self.left.list.get(&key)?;
        let mut bytes = vec![0; usize::try_from(*len).ok()?];
        self.volume.seek(SeekFrom::Start(*start)).ok()?;
        self.volume.read_exact(&mut bytes).ok()?;
        let checks = checks(&bytes);
        (all(&checks) == *check).then_some((bytes, checks))
    }
}

fn damaged() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, "somebody else changed it meanwhile")
}

impl Run {
    fn append(&mut self, bytes: &[u8], checks: Arc<[Key]>) -> Stretch {
        let start = self.end;
        if self.fault.is_none() {
            match self.write(bytes) {
                Ok(()) => {
                    let len = bytes.len() as u64;
                    self.end += len;
                    return Stretch(Place::Volume { start, len, checks });
                }
                Err(reason) => self.fault = Some(Fault::Refused(reason)),
            }
        }
        Stretch(Place::Memory(bytes.into()))
    }

    /// Writes behind what stands there.
    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        if let Some(begin) = self.begin.take() {
            self.volume = Some(begin()?);
        }
        let volume = self.volume.as_mut().ok_or(io::ErrorKind::Unsupported)?;
        volume.seek(SeekFrom::Start(self.end))?;
        volume.write_all(bytes)
    }
}

/// What stands at the end of a volume that a run of the program `version` finished.
fn read_end(volume: &mut dyn Volume, version: Key) -> Option<Left> {
    let end = volume.seek(SeekFrom::End(0)).ok()?;
    let mut foot = [0; FOOT];
    let foot_at = end.checked_sub(FOOT as u64)?;
    volume.seek(SeekFrom::Start(foot_at)).ok()?;
    volume.read_exact(&mut foot).ok()?;
    let (len, rest) = foot.split_first_chunk()?;
    let (mark, rest) = rest.split_first_chunk()?;
    let (found, magic) = rest.split_first_chunk()?;
    let list_len = u64::from_le_bytes(*len);
    let list_at = foot_at.checked_sub(list_len)?;
    if magic != MAGIC || list_len % ENTRY as u64 != 0 || list_len > LONGEST {
        return None;
    }
    let mut list = vec![0; usize::try_from(list_len).ok()?];
    volume.seek(SeekFrom::Start(list_at)).ok()?;
    volume.read_exact(&mut list).ok()?;
    list.extend_from_slice(len);
    list.extend_from_slice(mark);
    if check(&list, version) != Key(*found) {
        return None;
    }
    let number = |bytes: &[u8]| bytes.first_chunk().map(|bytes| u64::from_le_bytes(*bytes));
    let key = |bytes: &[u8]| bytes.first_chunk().map(|bytes| Key(*bytes));
    let entry = |entry: &[u8]| {
        let (start, len) = (number(&entry[16..])?, number(&entry[24..])?);
        start.checked_add(len).filter(|end| *end <= list_at)?;
        Some((key(entry)?, Entry { start, len, check: key(&entry[32..])? }))
    };
    let list = list[..list.len() - 24].chunks_exact(ENTRY).map(entry).collect::<Option<_>>()?;
    Some(Left { mark: Some(Key(*mark)).filter(|mark| *mark != Key([0; 16])), list })
}

/// The keys of the blocks of a result.
fn checks(bytes: &[u8]) -> Arc<[Key]> {
    bytes.chunks(BLOCK).map(Key::of).collect()
}

/// One key for those of all blocks.
fn all(checks: &[Key]) -> Key {
    let mut hasher = blake3::Hasher::new();
    for check in checks {
        hasher.update(&check.0);
    }
    Key::half(&hasher.finalize())
}

/// Knows a list of the program `version`.
fn check(list: &[u8], version: Key) -> Key {
    let mut hasher = blake3::Hasher::new();
    Key::half(&hasher.update(&version.0).update(list).finalize())
}

struct Reader<'b> {
    bulk: &'b Bulk,
    stretch: &'b Stretch,
    /// The block that was read last.
    block: io::Cursor<Vec<u8>>,
    /// The number of the one after it, and how much of that is left out.
    next: usize,
    skip: usize,
}

impl Reader<'_> {
    /// Reads the next block, if there is one.
    fn advance(&mut self) -> io::Result<bool> {
        let at = self.next * BLOCK;
        let mut block = std::mem::take(&mut self.block).into_inner();
        match &self.stretch.0 {
            Place::Memory(bytes) => {
                let rest = bytes.get(at..).unwrap_or_default();
                block.clear();
                block.extend_from_slice(&rest[..rest.len().min(BLOCK)]);
            }
            Place::Volume { start, len, checks } => {
                let Some(check) = checks.get(self.next) else { return Ok(false) };
                let rest = usize::try_from(*len).unwrap_or(usize::MAX).saturating_sub(at);
                block.resize(rest.min(BLOCK), 0);
                let mut run = self.bulk.run();
                let volume = run.volume.as_mut().expect("a stretch lies in a volume that was begun");
                let read = volume.seek(SeekFrom::Start(start + at as u64));
                let read = read.and_then(|_| volume.read_exact(&mut block));
                if read.is_err() || Key::of(&block) != *check {
                    run.fault = Some(Fault::Damaged);
                    return Err(damaged());
                }
            }
        }
        let is_one = !block.is_empty();
        self.block = io::Cursor::new(block);
        self.block.set_position(std::mem::take(&mut self.skip) as u64);
        self.next += 1;
        Ok(is_one)
    }
}

impl Read for Reader<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        loop {
            let read = self.block.read(into)?;
            if read > 0 || into.is_empty() || !self.advance()? {
                return Ok(read);
            }
        }
    }
}

#[cfg(test)]
mod tests;
