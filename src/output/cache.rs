use std::{
    fs::{self, File},
    io::{self, Write},
    path::PathBuf,
};

use super::OutputError;
use crate::memo::bulk::{Begin, Ending, Volume};

/// What lies in the folder, besides its signs: small results and large ones.
const MEMO: &str = "memo";
const BULK: &str = "bulk";

/// What tells programs for backups (bford.info/cachedir) and Git that nothing is lost with the folder.
const SIGNS: [(&str, &str); 2] = [
    (
        "CACHEDIR.TAG",
        "Signature: 8a477f597d28d172789f06886806bc55\n# Made by brief; it may be deleted at any time.\n",
    ),
    (".gitignore", "*\n"),
];

/// What a build leaves for the next one beside the output folder. It may be deleted at any time.
#[derive(Clone, Debug)]
pub struct Cache {
    folder: PathBuf,
}

impl Cache {
    pub(super) fn at(folder: PathBuf) -> Self {
        Self { folder }
    }

    /// The results that the last build left; nothing where they cannot be read.
    pub fn left(&self) -> Option<Vec<u8>> {
        fs::read(self.folder.join(MEMO)).ok()
    }

    /// Its large results.
    pub fn bulk(&self) -> Option<Box<dyn Volume>> {
        Some(Box::new(File::open(self.folder.join(BULK)).ok()?))
    }

    /// Leaves `results` for the next build, which may find them or not, and ends the volume of large ones as `ending` says.
    ///
    /// # Errors
    ///
    /// Where the disk refuses, or the volume did. What an earlier build left then stands, but for its volume.
    pub fn leave(&self, results: Option<&[u8]>, ending: io::Result<Ending>) -> Result<(), OutputError> {
        let write = || {
            if let Some(results) = results {
                self.begin(MEMO)?.write_all(results)?;
                self.finish(MEMO)?;
            }
            match ending {
                Ok(Ending::Keep) => Ok(()),
                Ok(Ending::Replace) => self.finish(BULK),
                // It is of the site that stood before.
                Ok(Ending::Remove) => self.remove_bulk(),
                Err(refused) => self.remove_bulk().and(Err(refused)),
            }
        };
        write().map_err(|reason| OutputError::disk("write the cache", &self.folder, reason))
    }

    /// Begins the volume of this build's large results.
    pub fn begin_bulk(&self) -> Begin {
        let cache = self.clone();
        Box::new(move || Ok(Box::new(cache.begin(BULK)?)))
    }

    /// Removes a volume that was begun and is not left for anybody, and the folder where nothing was ever left.
    pub(super) fn drop_begun(&self) {
        let is_begun = fs::remove_file(self.fresh(BULK)).is_ok();
        if is_begun && ![MEMO, BULK].iter().any(|name| self.folder.join(name).exists()) {
            for (name, _) in SIGNS {
                let _ = fs::remove_file(self.folder.join(name));
            }
            let _ = fs::remove_dir(&self.folder);
        }
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
            fs::create_dir(&self.folder)?;
        }
        for (name, text) in SIGNS {
            let path = self.folder.join(name);
            if fs::symlink_metadata(&path).is_err() {
                File::create_new(path)?.write_all(text.as_bytes())?;
            }
        }
        let fresh = self.fresh(name);
        // One of a build that was killed.
        let _ = fs::remove_file(&fresh);
        File::options().read(true).write(true).create_new(true).open(fresh)
    }

    /// Gives the new file its name.
    fn finish(&self, name: &str) -> io::Result<()> {
        fs::rename(self.fresh(name), self.folder.join(name))
    }
}
