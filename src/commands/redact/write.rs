use std::{
    fs,
    io::{self, Write},
    path::{Path, PathBuf},
};

use super::Broken;
use crate::{model::SourcePath, redaction::Changed, sources::Sources};

/// What was done to the disk, so that it can be undone.
enum Step {
    /// A file was written at its path, beside the one that it replaces.
    Written(PathBuf),
    /// A file was renamed, from the first to the second.
    Moved(PathBuf, PathBuf),
}

/// Makes every change, or none.
///
/// New texts are written beside their places first; then each old file steps aside and the new one takes its place.
/// Where the disk refuses a step, all of them are taken back. The old files are deleted last.
pub(in crate::commands) fn all(
    root: &Path,
    config: Option<&Path>,
    sources: &Sources,
    files: &[Changed],
) -> Result<(), Broken> {
    let on_disk = |path: &SourcePath| match config {
        Some(config) if path == sources.settings() => config.to_owned(),
        _ => root.join(path.as_str()),
    };
    let mut steps = Vec::new();
    let mut old = Vec::new();
    let done = files.iter().enumerate().try_for_each(|(number, file)| {
        let (from, to) = (on_disk(&file.from), on_disk(&file.to));
        prepare(number, file, &from, &to, &mut steps).map_err(|error| (to, error))
    });
    let done = done.and_then(|()| {
        files.iter().enumerate().try_for_each(|(number, file)| {
            let (from, to) = (on_disk(&file.from), on_disk(&file.to));
            exchange(number, file, &from, &to, &mut steps, &mut old).map_err(|error| (to, error))
        })
    });
    if let Err((path, error)) = done {
        let path = path.display();
        return Err(match take_back(steps) {
            None => Broken::new(format!("`{path}` cannot be written, so that nothing was changed: {error}"))
                .help("mend that, and run this again"),
            Some(left) => {
                let left = left.display();
                Broken::new(format!("`{path}` cannot be written: {error}; nor can `{left}` be put back"))
                    .help("see to `.brief-redact-*` in the folders of the archive: old texts lie in them")
            }
        });
    }
    let kept: Vec<&PathBuf> = old.iter().filter(|path| fs::remove_file(path).is_err()).collect();
    if let Some(path) = kept.first() {
        let message = format!("done, but `{}` with the name in it cannot be deleted", path.display());
        return Err(Broken::new(message).help("delete it by hand"));
    }
    for file in files.iter().filter(|file| file.from != file.to) {
        remove_empty(&on_disk(&file.from), root);
    }
    Ok(())
}

/// The hidden file beside `path` that stands in for it. No name of it is kept: it may be the one that goes.
fn aside(path: &Path, word: &str, number: usize) -> PathBuf {
    path.with_file_name(format!(".brief-redact-{word}-{number}"))
}

fn prepare(number: usize, file: &Changed, from: &Path, to: &Path, steps: &mut Vec<Step>) -> io::Result<()> {
    let is_link = fs::symlink_metadata(from).is_ok_and(|found| found.file_type().is_symlink());
    if is_link {
        return Err(io::Error::other("it is a link; put the file itself in its place"));
    }
    if from != to && fs::symlink_metadata(to).is_ok() {
        return Err(io::ErrorKind::AlreadyExists.into());
    }
    let kept = aside(from, "old", number);
    if fs::symlink_metadata(&kept).is_ok() {
        let message = format!("a run that was stopped left `{}`; put it back or delete it", kept.display());
        return Err(io::Error::other(message));
    }
    if let Some(folder) = to.parent() {
        fs::create_dir_all(folder)?;
    }
    let Some(text) = &file.text else { return Ok(()) };
    let path = aside(to, "new", number);
    // What a run that was stopped had not put in its place is nobody's.
    match fs::remove_file(&path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut new = fs::File::create_new(&path)?;
    steps.push(Step::Written(path));
    // First of all: who may not read the old text may not read the new one either.
    if let Ok(found) = fs::metadata(from) {
        new.set_permissions(found.permissions())?;
    }
    new.write_all(text.as_bytes())?;
    new.sync_all()
}

fn exchange(
    number: usize,
    file: &Changed,
    from: &Path,
    to: &Path,
    steps: &mut Vec<Step>,
    old: &mut Vec<PathBuf>,
) -> io::Result<()> {
    let mut rename = |from: PathBuf, to: PathBuf| -> io::Result<()> {
        fs::rename(&from, &to)?;
        steps.push(Step::Moved(from, to));
        Ok(())
    };
    if file.text.is_none() {
        return rename(from.to_owned(), to.to_owned());
    }
    // The records may be new.
    if fs::symlink_metadata(from).is_ok() {
        let aside = aside(from, "old", number);
        rename(from.to_owned(), aside.clone())?;
        old.push(aside);
    }
    rename(aside(to, "new", number), to.to_owned())
}

/// Takes steps back, the last one first. What cannot be taken back is left where it is; the first such file is told.
fn take_back(steps: Vec<Step>) -> Option<PathBuf> {
    let mut left = None;
    for step in steps.into_iter().rev() {
        let (path, done) = match step {
            Step::Written(path) => (path.clone(), fs::remove_file(path)),
            Step::Moved(from, to) => (from.clone(), fs::rename(to, from)),
        };
        if done.is_err() {
            left.get_or_insert(path);
        }
    }
    left
}

/// Removes the folders that were left empty when the file at `path` went.
fn remove_empty(path: &Path, root: &Path) {
    let folders = path.ancestors().skip(1).take_while(|folder| *folder != root);
    for folder in folders {
        if fs::remove_dir(folder).is_err() {
            return;
        }
    }
}
