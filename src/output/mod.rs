//! Bytes by path, staged beside the output folder and swapped in at once.
//!
//! The only code that writes a site. Three promises shape it:
//!
//! - **All or nothing.** Rendered files go to `.brief-NAME.staging`, a sibling of the output folder `NAME`, and
//!   take its place in one step. A build that is killed, fails or is dropped leaves the site as it was.
//! - **Only what is ours.** `.brief.json` in the output folder lists every file that a build wrote. A folder that
//!   holds anything else is refused. Nothing that is not on that list is ever deleted or overwritten, not even
//!   what appears while a build is running.
//! - **Reproducible.** The same puts make the same bytes, `.brief.json` among them. A file whose bytes are the
//!   same keeps its times; a build that changes nothing touches nothing.
//!
//! Names that `brief` reserves: `.brief.json` and `.brief.tmp` inside the output folder; beside it
//! `.brief-NAME.lock`, `.brief-NAME.staging`, `.brief-NAME.old` and `.brief-NAME.cache`. What the operating system leaves in folders
//! that people look at (`.DS_Store`, `Thumbs.db`, `desktop.ini`) is nobody's: it neither stops a build nor
//! outlives the folder it lies in.
//!
//! A folder that is swapped is a new folder: whoever mounts, watches or stands in it should do so with the folder
//! that holds it.
//!
//! Of a site only the list is synced to the disk: to sync tens of thousands of files takes longer than to build
//! them. So the promise of all or nothing holds when a process dies, and not when the power fails. After that,
//! files may be short; the folder is still known for ours, and the next build finds them by their length and
//! writes them again.

mod cache;
mod closed;
mod error;
mod finished;
mod kept;
mod lock;
mod manifest;
mod memory;
mod place;
mod staging;
mod swap;
mod walk;

use std::{io, path::Path};

use crate::model::OutputPath;

pub use cache::Cache;
pub use error::OutputError;
pub use finished::Finished;
pub use memory::Memory;
pub use staging::{Change, Staging, Written};

/// Where finished files go, from many threads at once.
pub trait Sink: Sync {
    /// Keeps `bytes` as the file at `path`.
    ///
    /// # Errors
    ///
    /// Where the file cannot be written, or `path` was put before. The error holds an [`OutputError`].
    fn put(&self, path: &OutputPath, bytes: &[u8]) -> io::Result<()>;

    /// The same, for whoever knows the first half of their hash already.
    ///
    /// # Errors
    ///
    /// As for [`Sink::put`].
    fn put_known(&self, path: &OutputPath, bytes: &[u8], _fingerprint: [u8; 16]) -> io::Result<()> {
        self.put(path, bytes)
    }

    /// Keeps the `len` bytes of the file `from`, known to hash to `hash`, as the file at `path`.
    ///
    /// # Errors
    ///
    /// As for [`Sink::put`]; and where `from` cannot be read or no longer has that length and hash.
    fn copy(&self, path: &OutputPath, from: &Path, hash: &blake3::Hash, len: u64) -> io::Result<()>;

    /// Keeps the file that stands at `path` already, if it is known to hold `len` bytes that hash to a hash whose first
    /// half is `fingerprint`. Where it is not, nothing was kept, and the bytes are needed.
    ///
    /// # Errors
    ///
    /// As for [`Sink::put`].
    fn keep(&self, _path: &OutputPath, _fingerprint: [u8; 16], _len: u64) -> io::Result<bool> {
        Ok(false)
    }

    /// Whether nothing is kept. Then files are made for what may be wrong with them alone, and those with which nothing
    /// can be need not be made.
    fn keeps_nothing(&self) -> bool {
        false
    }
}

#[cfg(test)]
mod tests;
