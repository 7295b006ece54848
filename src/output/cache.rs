use std::{
    fs::{self, File},
    io::{self, Read, Write},
    path::PathBuf,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

use super::{OutputError, closed};
use crate::memo::bulk::{Begin, Ending, Volume};

/// What lies in the folder, besides its signs: small results and large ones.
const MEMO: &str = "memo";
const BULK: &str = "bulk";

/// No small results take more bytes together: for each file of a site they take two hundred at most, so that more would be
/// of a million files. What is larger was not left by a build, and memory need not hold it.
const MOST: u64 = 256 << 20;

/// What tells programs for backups (bford.info/cachedir) and Git that nothing is lost with the folder.
const SIGNS: [(&str, &str); 2] = [
    (
        "CACHEDIR.TAG",
        "Signature: 8a477f597d28d172789f06886806bc55\n# Made by brief; it may be deleted at any time.\n",
    ),
    (".gitignore", "*\n"),
];

/// What a build leaves for the next one beside the output folder, closed to other users, since that may be. It may be
/// deleted at any time.
#[derive(Clone, Debug)]
pub struct Cache {
    folder: PathBuf,
    /// Whether the folder was made by this build, which has left nothing in it yet.
    made: Arc<AtomicBool>,
}

impl Cache {
    pub(super) fn at(folder: PathBuf) -> Self {
        Self { folder, made: Arc::default() }
    }

    /// The results that the last build left; nothing where they cannot be read.
    pub fn left(&self) -> Option<Vec<u8>> {
        let file = self.open(MEMO)?;
        let len = file.metadata().ok().map(|found| found.len()).filter(|len| *len <= MOST)?;
        let mut bytes = Vec::new();
        // It may grow meanwhile.
        file.take(len).read_to_end(&mut bytes).ok()?;
        Some(bytes)
    }

    /// Its large results.
    pub fn bulk(&self) -> Option<Box<dyn Volume>> {
        Some(Box::new(self.open(BULK)?))
    }

    /// Leaves `results` for the next build, which may find them or not, and ends the volume of large ones as `ending` says.
    /// It is for the site that stands now, so it comes last.
    ///
    /// # Errors
    ///
    /// Where the disk refuses, or the volume did. What an earlier build left in a volume is then removed, since it may
    /// hold words that the site no longer has; [`OutputError::Stale`] where it cannot be.
    pub fn leave(&self, results: Option<&[u8]>, ending: io::Result<Ending>) -> Result<(), OutputError> {
        let refused = |reason| OutputError::disk("write the cache", &self.folder, reason);
        let ended = ending.and_then(|ending| match ending {
            Ending::Keep => Ok(()),
            Ending::Replace => self.finish(BULK),
            Ending::Remove => self.remove_bulk(),
        });
        if ended.is_err() {
            let stale = |reason| OutputError::Stale { path: self.folder.join(BULK), reason };
            self.remove_bulk().map_err(stale)?;
        }
        let left = results.map_or(Ok(()), |results| {
            self.begin(MEMO)?.write_all(results)?;
            self.finish(MEMO)
        });
        if left.is_err() {
            let _ = fs::remove_file(self.fresh(MEMO));
        }
        let closed = closed::close(&self.folder);
        ended.and(left).and(closed).map_err(refused)
    }

    /// Begins the volume of this build's large results.
    pub fn begin_bulk(&self) -> Begin {
        let cache = self.clone();
        Box::new(move || Ok(Box::new(cache.begin(BULK)?)))
    }

    /// Removes what was begun and is left for nobody, by a build that was killed too, and the folder if it was made for
    /// that.
    pub(super) fn drop_begun(&self) {
        for name in [MEMO, BULK] {
            let _ = fs::remove_file(self.fresh(name));
        }
        if self.made.load(Ordering::Relaxed) {
            for (name, _) in SIGNS {
                let _ = fs::remove_file(self.folder.join(name));
            }
            let _ = fs::remove_dir(&self.folder);
        }
    }

    /// Opens a file, and nothing else that bears its name: who reads from a pipe waits for ever.
    fn open(&self, name: &str) -> Option<File> {
        let path = self.folder.join(name);
        fs::metadata(&path).ok().filter(fs::Metadata::is_file)?;
        File::open(path).ok()
    }

    fn remove_bulk(&self) -> io::Result<()> {
        match fs::remove_file(self.folder.join(BULK)) {
            Err(none) if matches!(none.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
                Ok(())
            }
            other => other,
        }
    }

    fn fresh(&self, name: &str) -> PathBuf {
        self.folder.join(format!("{name}.new"))
    }

    /// A new file that is to be called `name`.
    fn begin(&self, name: &str) -> io::Result<File> {
        if !self.folder.is_dir() {
            closed::make(&self.folder)?;
            self.made.store(true, Ordering::Relaxed);
            self.sign()?;
        }
        let fresh = self.fresh(name);
        // One of a build that was killed.
        let _ = fs::remove_file(&fresh);
        File::options().read(true).write(true).create_new(true).open(fresh)
    }

    /// Writes those signs that are missing.
    fn sign(&self) -> io::Result<()> {
        for (name, text) in SIGNS {
            match File::create_new(self.folder.join(name)) {
                // A build that was killed may have left the folder without.
                Err(there) if there.kind() == io::ErrorKind::AlreadyExists => {}
                made => made?.write_all(text.as_bytes())?,
            }
        }
        Ok(())
    }

    /// Gives the new file its name.
    fn finish(&self, name: &str) -> io::Result<()> {
        self.sign()?;
        fs::rename(self.fresh(name), self.folder.join(name))?;
        self.made.store(false, Ordering::Relaxed);
        Ok(())
    }
}
