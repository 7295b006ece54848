//! What a build leaves for the next one beside the output folder. It may be deleted at any time.

use std::{
    fs::{self, File},
    io::{self, Write},
    path::Path,
};

/// What lies in the folder, besides its signs.
const NAME: &str = "memo";

/// Tells programs for backups that nothing is lost with the folder (bford.info/cachedir).
const SIGN: &str =
    "Signature: 8a477f597d28d172789f06886806bc55\n# Made by brief; it may be deleted at any time.\n";

/// What the last build left in `folder`; nothing where it cannot be read.
pub(super) fn read(folder: &Path) -> Option<Vec<u8>> {
    fs::read(folder.join(NAME)).ok()
}

/// Leaves `bytes` in `folder`, all of them or none.
pub(super) fn write(folder: &Path, bytes: &[u8]) -> io::Result<()> {
    if !folder.is_dir() {
        fs::create_dir(folder)?;
    }
    for (name, text) in [("CACHEDIR.TAG", SIGN), (".gitignore", "*\n")] {
        let path = folder.join(name);
        if fs::symlink_metadata(&path).is_err() {
            File::create_new(path)?.write_all(text.as_bytes())?;
        }
    }
    let (fresh, path) = (folder.join(format!("{NAME}.new")), folder.join(NAME));
    // One of a build that was killed.
    let _ = fs::remove_file(&fresh);
    File::create_new(&fresh)?.write_all(bytes)?;
    fs::rename(fresh, path)
}
