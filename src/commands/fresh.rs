use std::{
    fs::{self, File, OpenOptions},
    io::{self, Write},
    path::{Path, PathBuf},
};

use super::Broken;
use crate::start::Fresh;

/// Which files were written, and which were there and stay as they are.
#[derive(Debug, Default)]
pub(super) struct Written {
    pub(super) new: Vec<String>,
    pub(super) kept: Vec<String>,
}

/// Writes the files below `root` that are not there: all of them or, where one cannot be written, none. No file that
/// is there is ever opened for writing.
pub(super) fn write(root: &Path, files: &[Fresh]) -> Result<Written, Broken> {
    let (mut written, mut made) = (Written::default(), Made::default());
    for file in files {
        match made.write(&root.join(&file.path), &file.bytes) {
            Ok(()) => written.new.push(file.path.clone()),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
                written.kept.push(file.path.clone());
            }
            Err(error) => {
                made.undo();
                let path = root.join(&file.path);
                let message = format!("cannot write `{}`: {error}; nothing was written", path.display());
                return Err(Broken::new(message));
            }
        }
    }
    Ok(written)
}

/// What one call has made, in its order.
#[derive(Default)]
struct Made {
    folders: Vec<PathBuf>,
    files: Vec<PathBuf>,
}

impl Made {
    fn write(&mut self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        // A link to nowhere is there too.
        if path.symlink_metadata().is_ok() {
            return Err(io::ErrorKind::AlreadyExists.into());
        }
        let folder = path.parent().unwrap_or(path);
        let missing: Vec<&Path> =
            folder.ancestors().take_while(|above| above.symlink_metadata().is_err()).collect();
        for above in missing.into_iter().rev().filter(|above| !above.as_os_str().is_empty()) {
            fs::create_dir(above).map_err(not_there)?;
            self.folders.push(above.to_owned());
        }
        let mut file: File = OpenOptions::new().write(true).create_new(true).open(path)?;
        self.files.push(path.to_owned());
        file.write_all(bytes)
    }

    /// Takes everything away again; what cannot be taken away stays.
    fn undo(self) {
        for file in self.files {
            let _ = fs::remove_file(file);
        }
        for folder in self.folders.into_iter().rev() {
            let _ = fs::remove_dir(folder);
        }
    }
}

/// A folder that somebody else makes meanwhile is not the file that is asked about.
fn not_there(error: io::Error) -> io::Error {
    match error.kind() {
        io::ErrorKind::AlreadyExists => io::Error::other("somebody else is making its folder"),
        _ => error,
    }
}
