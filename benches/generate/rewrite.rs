//! The least that any generator can do: read so many files, and write so many bytes to so many files.

use std::{
    fs, io,
    path::{Path, PathBuf},
    time::Instant,
};

/// Reads every file below `from`, then writes them below `to`; the seconds that each of the two took one thread.
pub(crate) fn rewrite(from: &Path, to: &Path) -> io::Result<String> {
    let start = Instant::now();
    let mut folders = vec![PathBuf::new()];
    let mut files = Vec::new();
    let mut next = 0;
    while let Some(folder) = folders.get(next).cloned() {
        next += 1;
        for entry in fs::read_dir(from.join(&folder))? {
            let entry = entry?;
            let path = folder.join(entry.file_name());
            if entry.file_type()?.is_dir() {
                folders.push(path);
            } else {
                files.push((to.join(path), fs::read(entry.path())?));
            }
        }
    }
    let read = start.elapsed().as_secs_f64();
    let start = Instant::now();
    // A folder is listed after the one that it lies in.
    for folder in &folders {
        fs::create_dir_all(to.join(folder))?;
    }
    for (path, bytes) in &files {
        fs::write(path, bytes)?;
    }
    Ok(format!("{read:.3} {:.3}\n", start.elapsed().as_secs_f64()))
}
