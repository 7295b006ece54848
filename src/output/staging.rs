use std::{
    borrow::Cow,
    collections::{BTreeMap, btree_map::Entry},
    fs::{self, File},
    io::{self, Read, Write},
    path::Path,
    sync::{
        Mutex, PoisonError,
        atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering},
    },
};

use super::{
    Cache, Finished, OutputError, Sink, closed,
    error::not_ours,
    kept::{self, Kept},
    lock::Lock,
    manifest::{self, Fingerprint, Manifest},
    place::Place,
    swap::{self, Plan},
    walk::{self, Ours, TEMPORARY},
};
use crate::model::OutputPath;

/// A site that is being written. Dropped without a [`commit`](Staging::commit), it was never there.
#[derive(Debug)]
pub struct Staging {
    place: Place,
    edition: String,
    /// The site that stands.
    old: Option<Manifest>,
    /// Whether the output folder cannot be replaced, only what is in it.
    mounted: bool,
    records: Mutex<BTreeMap<OutputPath, Record>>,
    /// How many files were kept without their bytes.
    unmade: AtomicUsize,
    /// How many bytes all files have.
    bytes: AtomicU64,
    /// Whether a put failed, so that what is staged is not whole.
    failed: AtomicBool,
    /// Last, so that it is released when the staging folder is gone.
    _lock: Lock,
}

#[derive(Clone, Copy, Debug)]
struct Record {
    fingerprint: Fingerprint,
    /// In bytes.
    len: u64,
    /// Whether the old site has the file already.
    kept: bool,
}

/// How a file of the new site differs from the one that stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// It is in the new site alone.
    New,
    /// Its bytes differ.
    Changed,
    /// It is in the old site alone.
    Removed,
}

impl Change {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Changed => "changed",
            Self::Removed => "removed",
        }
    }
}

/// What a build did to the output folder, in files; the list of them is not counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Written {
    /// In the new site.
    pub files: usize,
    /// That these have together.
    pub bytes: u64,
    /// New or changed.
    pub written: usize,
    /// As they were in the old site.
    pub unchanged: usize,
    /// In the old site alone.
    pub removed: usize,
}

impl Staging {
    /// Begins the site of `edition` in the folder `output`, which need not exist.
    ///
    /// Takes the lock, cleans up after a build that was killed, and looks that every file in the folder is ours.
    /// `inputs` are the folders that the build reads.
    ///
    /// # Errors
    ///
    /// Where the folder is in use, is not ours, or overlaps with one of `inputs`, or the disk refuses.
    pub fn open(output: &Path, edition: &str, inputs: &[&Path]) -> Result<Self, OutputError> {
        let place = Place::find(output, inputs)?;
        let lock = Lock::take(&place)?;
        swap::recover(&place)?;
        let old = inspect(&place, edition)?;
        let failed = |reason| OutputError::disk("create the folder", &place.staging, reason);
        closed::make(&place.staging).map_err(failed)?;
        let staging = Self {
            mounted: is_mounted(&place.output),
            place,
            edition: edition.to_owned(),
            old,
            records: Mutex::default(),
            unmade: AtomicUsize::default(),
            bytes: AtomicU64::default(),
            failed: AtomicBool::default(),
            _lock: lock,
        };
        let sign = staging.place.staging.join(TEMPORARY);
        File::create_new(&sign).map_err(|reason| OutputError::disk("write", &sign, reason))?;
        Ok(staging)
    }

    /// The files in which what was put so far differs from the site that stands, by path.
    pub fn changes(&self) -> Vec<(Change, String)> {
        let records = self.records.lock().unwrap_or_else(PoisonError::into_inner);
        let mut old = self.old.as_ref().map(Manifest::sorted).unwrap_or_default();
        let mut changes = Vec::new();
        for (path, record) in records.iter() {
            let change = if old.remove(path.as_str()).is_some() { Change::Changed } else { Change::New };
            if !record.kept {
                changes.push((change, path.to_string()));
            }
        }
        changes.extend(old.into_keys().map(|path| (Change::Removed, path.to_owned())));
        changes.sort_by(|one, other| one.1.cmp(&other.1));
        changes
    }

    /// What the last build of this folder left for the next one.
    pub fn cache(&self) -> &Cache {
        &self.place.cache
    }

    /// Whether the site that stands has a folder whose path begins with `prefix`.
    pub fn stands_below(&self, prefix: &str) -> bool {
        self.old.as_ref().is_some_and(|old| old.has_folder_below(prefix))
    }

    /// How many files were put so far, or kept.
    pub fn count(&self) -> usize {
        self.records.lock().unwrap_or_else(PoisonError::into_inner).len()
    }

    /// How many files were kept by [`Sink::keep`].
    pub fn unmade(&self) -> usize {
        self.unmade.load(Ordering::Relaxed)
    }

    /// The list of what was put so far.
    fn list(&self) -> Vec<u8> {
        let records = self.records.lock().unwrap_or_else(PoisonError::into_inner);
        let files = records.iter().map(|(path, record)| (path.as_str(), record.fingerprint)).collect();
        manifest::text(&self.edition, &files)
    }

    /// Puts the site where the old one stands.
    ///
    /// # Errors
    ///
    /// Where a put failed, or the disk refuses. The old site then stands, but for
    /// [`OutputError::Leftover`] and for a folder that cannot be replaced as a whole.
    pub fn commit(self) -> Result<Written, OutputError> {
        self.put_in_place()
    }

    /// The same, and then what `leave` does with the cache, before another build can begin. Nothing is left where the
    /// new site does not stand.
    pub fn commit_and<T>(self, leave: impl FnOnce(&Cache) -> T) -> (Result<Written, OutputError>, Option<T>) {
        let written = self.put_in_place();
        let stands = matches!(written, Ok(_) | Err(OutputError::Leftover { .. }));
        (written, stands.then(|| leave(self.cache())))
    }

    fn put_in_place(&self) -> Result<Written, OutputError> {
        if self.failed.load(Ordering::Relaxed) {
            return Err(OutputError::Unfinished(self.place.shown.clone()));
        }
        let records = std::mem::take(&mut *self.records.lock().unwrap_or_else(PoisonError::into_inner));
        let files = records.iter().map(|(path, record)| (path.as_str(), record.fingerprint)).collect();
        let of_old = |(path, record): (_, &Record)| {
            let Record { fingerprint, len, kept } = *record;
            kept.then_some(Kept { path, fingerprint, len })
        };
        let by_path = || records.iter().map(|(path, record)| (path.as_str(), record));
        let kept: Vec<Kept<'_>> = by_path().filter_map(of_old).collect();
        let written: Vec<&str> = by_path().filter(|(_, record)| !record.kept).map(|(path, _)| path).collect();
        let had = self.old.as_ref().map_or(0, Manifest::len);
        let known = |path: &&str| self.old.as_ref().is_some_and(|old| old.get(path).is_some());
        let rewritten = written.iter().copied().filter(|path| known(path)).count();
        let summary = Written {
            files: records.len(),
            bytes: self.bytes.load(Ordering::Relaxed),
            written: written.len(),
            unchanged: kept.len(),
            removed: had - kept.len() - rewritten,
        };
        let list = manifest::text(&self.edition, &files);
        let same_list = self.old.as_ref().is_some_and(|old| old.fingerprint == Fingerprint::of(&list));
        if written.is_empty() && same_list {
            return Ok(summary);
        }
        self.write_list(&list)?;
        if let Some(old) = self.old.as_ref().filter(|_| !self.mounted) {
            kept::bring(&kept, old.modified, &self.place)?;
        }
        self.complete()?;
        let plan = Plan {
            edition: &self.edition,
            old: self.old.as_ref(),
            files: &files,
            kept: &kept,
            written: &written,
        };
        swap::swap(&self.place, &plan, self.mounted)?;
        Ok(summary)
    }

    fn write_list(&self, list: &[u8]) -> Result<(), OutputError> {
        let path = self.place.staging.join(manifest::NAME);
        // The one file that is synced, a few milliseconds: without it the site would no longer count as ours.
        let written =
            File::create_new(&path).and_then(|mut file| file.write_all(list).and_then(|()| file.sync_all()));
        written.map_err(|reason| OutputError::disk("write", &path, reason))
    }

    /// Takes away the sign that the site is unfinished, and opens the folder to those who may look into the output.
    fn complete(&self) -> Result<(), OutputError> {
        let sign = self.place.staging.join(TEMPORARY);
        fs::remove_file(&sign).map_err(|reason| OutputError::disk("remove", &sign, reason))?;
        // Who may enter the folder is not ours to change.
        let stood = fs::metadata(&self.place.output).map(|found| found.permissions());
        let set = stood
            .or_else(|_| closed::usual(&sign))
            .and_then(|found| fs::set_permissions(&self.place.staging, found));
        set.map_err(|reason| OutputError::disk("set the mode of", &self.place.staging, reason))
    }

    /// Whether the old site's file at `path` has these bytes already.
    fn is_kept(&self, path: &OutputPath, fingerprint: Fingerprint, len: u64) -> bool {
        let old = self.old.as_ref().filter(|old| old.get(path.as_str()) == Some(fingerprint));
        let file = Kept { path: path.as_str(), fingerprint, len };
        old.is_some_and(|old| file.stands_in(&self.place.output, old.modified))
    }

    fn stage(
        &self,
        path: &OutputPath,
        fingerprint: Fingerprint,
        len: u64,
        fill: impl FnOnce(File) -> Result<(), OutputError>,
    ) -> Result<(), OutputError> {
        if path.as_str().split('/').next().is_some_and(manifest::is_reserved) {
            return Err(OutputError::Reserved(path.to_string()));
        }
        let kept = self.is_kept(path, fingerprint, len);
        self.record(path, Record { fingerprint, len, kept })?;
        self.bytes.fetch_add(len, Ordering::Relaxed);
        if kept {
            return Ok(());
        }
        let target = self.place.staging.join(path.as_str());
        if path.as_str().ends_with("/index.html") {
            // It is the first file of its folder, as a rule, and often the only one. If the folder cannot be made
            // or is there, the next step tells.
            let _ = target.parent().map(fs::create_dir);
        }
        fill(
            in_folder(&target, || File::create_new(&target))
                .map_err(|reason| self.refused("write", path.as_str(), reason))?,
        )
    }

    fn record(&self, path: &OutputPath, record: Record) -> Result<(), OutputError> {
        match self.records.lock().unwrap_or_else(PoisonError::into_inner).entry(path.clone()) {
            Entry::Occupied(_) => Err(OutputError::Twice(path.to_string())),
            Entry::Vacant(free) => {
                free.insert(record);
                Ok(())
            }
        }
    }

    /// The end of a put: that it failed is remembered.
    fn settle(&self, done: Result<(), OutputError>) -> io::Result<()> {
        if done.is_err() {
            self.failed.store(true, Ordering::Relaxed);
        }
        Ok(done?)
    }

    fn refused(&self, doing: &'static str, path: &str, reason: io::Error) -> OutputError {
        OutputError::disk(doing, &self.place.shown.join(path), reason)
    }
}

impl Sink for Staging {
    fn put(&self, path: &OutputPath, bytes: &[u8]) -> io::Result<()> {
        self.put_known(path, bytes, Fingerprint::of(bytes).half())
    }

    fn put_known(&self, path: &OutputPath, bytes: &[u8], fingerprint: [u8; 16]) -> io::Result<()> {
        let write = |mut file: File| {
            file.write_all(bytes).map_err(|reason| self.refused("write", path.as_str(), reason))
        };
        self.settle(self.stage(path, Fingerprint::known(fingerprint), bytes.len() as u64, write))
    }

    fn copy(&self, path: &OutputPath, from: &Path, hash: &blake3::Hash, len: u64) -> io::Result<()> {
        let write = |mut file: File| {
            let read = |reason| OutputError::disk("read", from, reason);
            let mut source = File::open(from).map_err(read)?;
            let mut hasher = blake3::Hasher::new();
            let mut buffer = vec![0; 128 * 1024];
            loop {
                match source.read(&mut buffer).map_err(read)? {
                    0 => break,
                    count => {
                        hasher.update(&buffer[..count]);
                        let written = file.write_all(&buffer[..count]);
                        written.map_err(|reason| self.refused("write", path.as_str(), reason))?;
                    }
                }
            }
            if hasher.finalize() == *hash { Ok(()) } else { Err(OutputError::Changed(from.to_owned())) }
        };
        self.settle(self.stage(path, Fingerprint::from(hash), len, write))
    }

    fn keep(&self, path: &OutputPath, fingerprint: [u8; 16], len: u64) -> io::Result<bool> {
        let fingerprint = Fingerprint::known(fingerprint);
        if !self.is_kept(path, fingerprint, len) {
            return Ok(false);
        }
        self.settle(self.record(path, Record { fingerprint, len, kept: true }))?;
        self.unmade.fetch_add(1, Ordering::Relaxed);
        self.bytes.fetch_add(len, Ordering::Relaxed);
        Ok(true)
    }
}

/// The site as it will stand, read from the disk: what was put from the staging folder, what is kept from the old site.
impl Finished for Staging {
    fn paths(&self) -> Vec<String> {
        let records = self.records.lock().unwrap_or_else(PoisonError::into_inner);
        records.keys().map(OutputPath::to_string).chain([manifest::NAME.to_owned()]).collect()
    }

    fn read(&self, path: &str) -> io::Result<Cow<'_, [u8]>> {
        if path == manifest::NAME {
            return Ok(self.list().into());
        }
        let kept = {
            let records = self.records.lock().unwrap_or_else(PoisonError::into_inner);
            OutputPath::new(path).is_some_and(|path| records.get(&path).is_some_and(|record| record.kept))
        };
        let folder = if kept { &self.place.output } else { &self.place.staging };
        let read = fs::read(folder.join(path));
        Ok(read.map_err(|reason| self.refused("read", path, reason))?.into())
    }
}

impl Drop for Staging {
    fn drop(&mut self) {
        // After a commit that swapped there is nothing left to remove. What cannot be removed now is removed by
        // the next build.
        let _ = walk::dispose(&self.place.staging, &self.place.output);
        self.place.cache.drop_begun();
    }
}

/// The list of the site in the output folder, if there is one and all in the folder is ours.
fn inspect(place: &Place, edition: &str) -> Result<Option<Manifest>, OutputError> {
    if !place.output.exists() {
        return Ok(None);
    }
    let old = Manifest::read(&place.output)?;
    let strange = walk::foreign(&place.output, old.as_ref().map_or(Ours::Nothing, Ours::Listed))?;
    if !strange.is_empty() {
        return Err(not_ours(&place.shown, strange));
    }
    match old {
        Some(old) if old.edition != edition => Err(OutputError::Edition {
            output: place.shown.clone(),
            holds: old.edition,
            wanted: edition.to_owned(),
        }),
        old => Ok(old),
    }
}

/// Runs `make`, which makes something at `path`, and once more where a folder above was missing.
///
/// Trying first spares a look at the folder for every file but its first.
pub(super) fn in_folder<T>(path: &Path, make: impl Fn() -> io::Result<T>) -> io::Result<T> {
    match make() {
        Err(missing) if missing.kind() == io::ErrorKind::NotFound => {
            fs::create_dir_all(path.parent().unwrap_or(path))?;
            make()
        }
        done => done,
    }
}

/// Whether another disk is mounted at `folder`.
#[cfg(unix)]
fn is_mounted(folder: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let disk = |folder: &Path| fs::metadata(folder).ok().map(|found| found.dev());
    let above = folder.parent().and_then(disk);
    above.is_some() && disk(folder).is_some_and(|disk| Some(disk) != above)
}

/// Seen when the folder is to be renamed.
#[cfg(not(unix))]
fn is_mounted(_: &Path) -> bool {
    false
}
