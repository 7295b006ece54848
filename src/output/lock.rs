use std::{
    fs::{self, File, TryLockError},
    io,
    path::{Path, PathBuf},
};

use super::{OutputError, place::Place};

/// The right to write one output folder, until it is dropped or its process dies.
///
/// A lock of the operating system on an empty file beside the folder, so a killed build holds nothing. The file is
/// removed while the lock is held. That is safe since whoever gets a lock then looks whether the file he locked is
/// still the one that bears the name, and otherwise starts over. Only where this cannot be seen (Windows) does
/// the file stay.
#[derive(Debug)]
pub(super) struct Lock {
    path: PathBuf,
    file: File,
    /// Folders above the output that did not exist, outermost first.
    made: Vec<PathBuf>,
}

/// How often the file may be taken away between its opening and its locking.
const TRIES: usize = 100;

impl Lock {
    /// Takes the lock, or reports that another build has it.
    pub(super) fn take(place: &Place) -> Result<Self, OutputError> {
        let path = &place.lock;
        let failed = |reason| OutputError::disk("lock", path, reason);
        let mut made = Vec::new();
        let mut missing = None;
        for _ in 0..TRIES {
            make_folders(path.parent().unwrap_or(path), TRIES, &mut made)?;
            let file = match File::options().create(true).truncate(false).write(true).open(path) {
                Err(gone) if gone.kind() == io::ErrorKind::NotFound => {
                    missing = Some(gone);
                    continue;
                }
                other => other.map_err(failed)?,
            };
            missing = None;
            match file.try_lock() {
                Ok(()) if is_at(&file, path) => {
                    return Ok(Self { path: path.clone(), file, made });
                }
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => break,
                Err(TryLockError::Error(reason)) => return Err(failed(reason)),
            }
        }
        // There are folders in which no file can be made and that say that it is missing (`/proc`).
        if let Some(reason) = missing {
            return Err(failed(reason));
        }
        Err(OutputError::Locked { output: place.shown.clone(), lock: path.clone() })
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // A file with content is not one that we made, whatever its name.
        if cfg!(unix) && self.file.metadata().is_ok_and(|found| found.len() == 0) {
            let _ = fs::remove_file(&self.path);
        }
        // A build that wrote nothing leaves nothing; folders that hold something cannot be removed this way.
        for folder in self.made.iter().rev() {
            let _ = fs::remove_dir(folder);
        }
    }
}

/// Makes `folder` and what is missing above it, and adds to `made` what it made, outermost first.
///
/// Another build may take a folder away meanwhile, so it is tried up to `tries` times; not for ever, since there are
/// folders in which nothing can be made and that say that they are missing (`/proc`).
fn make_folders(folder: &Path, tries: usize, made: &mut Vec<PathBuf>) -> Result<(), OutputError> {
    match fs::create_dir(folder) {
        Ok(()) => {
            made.push(folder.to_owned());
            Ok(())
        }
        Err(_) if folder.is_dir() => Ok(()),
        Err(missing) if missing.kind() == io::ErrorKind::NotFound && tries > 0 => {
            make_folders(folder.parent().unwrap_or(folder), tries, made)?;
            make_folders(folder, tries - 1, made)
        }
        Err(reason) => Err(OutputError::disk("create the folder", folder, reason)),
    }
}

/// Whether `file` is what stands at `path`.
#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    match (file.metadata(), fs::metadata(path)) {
        (Ok(ours), Ok(named)) => (ours.dev(), ours.ino()) == (named.dev(), named.ino()),
        _ => false,
    }
}

/// The file is never removed here, so it is what stands there.
#[cfg(not(unix))]
fn is_at(_: &File, _: &Path) -> bool {
    true
}
