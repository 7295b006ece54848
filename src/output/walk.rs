use std::{
    fs::{self, FileType},
    io,
    path::{Path, PathBuf},
};

use rayon::prelude::*;

use super::{
    OutputError,
    error::not_ours,
    manifest::{self, Manifest},
    staging::in_folder,
};

/// In a staging folder, the file that says that all around it is ours: it is there until the site is complete.
/// In an output folder, the folder for files about to be renamed, where they have to be replaced one by one.
pub(super) const TEMPORARY: &str = ".brief.tmp";

/// What operating systems leave in folders that people look at.
const LITTER: [&str; 3] = [".DS_Store", "Thumbs.db", "desktop.ini"];

/// What of a folder is ours.
#[derive(Clone, Copy, Debug)]
pub(super) enum Ours<'a> {
    /// All of it.
    Everything,
    /// What is listed, and the list.
    Listed(&'a Manifest),
    /// Only what bears a reserved name.
    Nothing,
}

impl Ours<'_> {
    fn holds(self, entry: &Entry) -> bool {
        let path = entry.relative.as_str();
        match self {
            Self::Everything => true,
            _ if !entry.exact => false,
            _ if entry.kind.is_dir() && path == TEMPORARY => true,
            _ if entry.kind.is_file() && LITTER.contains(&entry.name()) => true,
            Self::Nothing => false,
            Self::Listed(list) if entry.kind.is_dir() => list.has_folder(path),
            // A link that replaced a file of ours is somebody else's work.
            Self::Listed(list) => {
                entry.kind.is_file() && (list.get(path).is_some() || path == manifest::NAME)
            }
        }
    }
}

/// What in `root` is not ours, relative to it; folders end in `/`, and only the outermost are named.
pub(super) fn foreign(root: &Path, ours: Ours<'_>) -> Result<Vec<String>, OutputError> {
    foreign_below(root, "", ours)
}

fn foreign_below(folder: &Path, relative: &str, ours: Ours<'_>) -> Result<Vec<String>, OutputError> {
    let (known, strange): (Vec<_>, Vec<_>) =
        entries(folder, relative)?.into_iter().partition(|entry| ours.holds(entry));
    let below = known
        .par_iter()
        .filter(|entry| entry.kind.is_dir() && entry.relative != TEMPORARY)
        .map(|entry| foreign_below(&entry.path, &entry.relative, ours))
        .collect::<Result<Vec<_>, _>>()?;
    let name = |entry: Entry| {
        if entry.kind.is_dir() { entry.relative + "/" } else { entry.relative }
    };
    Ok(strange.into_iter().map(name).chain(below.into_iter().flatten()).collect())
}

/// Removes `tree`, a folder that a build made or that held a site, if it is there. What is not ours in it goes to
/// the same place in `home`, where the next build will name it.
///
/// What says that the tree is ours goes last, so that a removal cut short can be taken up again.
pub(super) fn dispose(tree: &Path, home: &Path) -> Result<(), OutputError> {
    match fs::symlink_metadata(tree) {
        Err(missing) if missing.kind() == io::ErrorKind::NotFound => return Ok(()),
        Ok(found) if !found.is_dir() => return Err(not_ours(tree, Vec::new())),
        found => found.map_err(|reason| OutputError::disk("read", tree, reason))?,
    };
    if tree.join(TEMPORARY).is_file() {
        return clear(tree, Ours::Everything, TEMPORARY, home);
    }
    match Manifest::read(tree)? {
        Some(list) => clear(tree, Ours::Listed(&list), manifest::NAME, home),
        None => match foreign(tree, Ours::Nothing)? {
            strange if strange.is_empty() => clear(tree, Ours::Everything, TEMPORARY, home),
            strange => Err(not_ours(tree, strange)),
        },
    }
}

fn clear(root: &Path, ours: Ours<'_>, last: &str, home: &Path) -> Result<(), OutputError> {
    Removal { root, ours, last, home }.below(root, "")?;
    let last = root.join(last);
    gone(fs::remove_file(&last)).map_err(|reason| OutputError::disk("remove", &last, reason))?;
    fs::remove_dir(root).map_err(|reason| OutputError::disk("remove", root, reason))
}

struct Removal<'a> {
    root: &'a Path,
    ours: Ours<'a>,
    last: &'a str,
    home: &'a Path,
}

impl Removal<'_> {
    fn below(&self, folder: &Path, relative: &str) -> Result<(), OutputError> {
        entries(folder, relative)?.into_par_iter().filter(|entry| entry.relative != self.last).try_for_each(
            |entry| {
                let failed = |reason| OutputError::disk("remove", &entry.path, reason);
                if !self.ours.holds(&entry) {
                    self.carry(&entry)
                } else if entry.kind.is_dir() {
                    let ours = if entry.relative == TEMPORARY { Ours::Everything } else { self.ours };
                    Removal { ours, ..*self }.below(&entry.path, &entry.relative)?;
                    gone(fs::remove_dir(&entry.path)).map_err(failed)
                } else {
                    gone(fs::remove_file(&entry.path)).map_err(failed)
                }
            },
        )
    }

    /// Moves what is not ours to where it would stand in `home`, unless something else stands there.
    fn carry(&self, entry: &Entry) -> Result<(), OutputError> {
        let failed = |reason| OutputError::disk("move", &entry.path, reason);
        let target =
            self.home.join(entry.path.strip_prefix(self.root).expect("the walk stays below its root"));
        match fs::symlink_metadata(&target) {
            Err(_) => in_folder(&target, || fs::rename(&entry.path, &target)).map_err(failed),
            Ok(found) if found.is_dir() && entry.kind.is_dir() => {
                entries(&entry.path, &entry.relative)?.iter().try_for_each(|entry| self.carry(entry))?;
                fs::remove_dir(&entry.path).map_err(failed)
            }
            Ok(_) => Err(not_ours(self.root, vec![entry.relative.clone()])),
        }
    }
}

/// Removing what is not there is no failure.
pub(super) fn gone(removed: io::Result<()>) -> io::Result<()> {
    match removed {
        Err(missing) if missing.kind() == io::ErrorKind::NotFound => Ok(()),
        removed => removed,
    }
}

/// Removes litter from `folder`, and then the folder if nothing else is in it.
pub(super) fn prune(folder: &Path) -> Result<bool, OutputError> {
    let found = entries(folder, "")?;
    if !found.iter().all(|entry| entry.kind.is_file() && LITTER.contains(&entry.name())) {
        return Ok(false);
    }
    for entry in found {
        gone(fs::remove_file(&entry.path))
            .map_err(|reason| OutputError::disk("remove", &entry.path, reason))?;
    }
    Ok(fs::remove_dir(folder).is_ok())
}

/// What stands in a folder.
struct Entry {
    path: PathBuf,
    /// From the root of the walk, with `/`.
    relative: String,
    /// Whether `relative` is the path itself, and not the nearest that can be shown.
    exact: bool,
    /// Of the entry itself: a link is a link.
    kind: FileType,
}

impl Entry {
    fn name(&self) -> &str {
        self.relative.rsplit('/').next().unwrap_or(&self.relative)
    }
}

fn entries(folder: &Path, relative: &str) -> Result<Vec<Entry>, OutputError> {
    let read = |entry: fs::DirEntry| {
        let name = entry.file_name();
        let shown = name.to_string_lossy();
        let relative = if relative.is_empty() { shown.to_string() } else { format!("{relative}/{shown}") };
        Ok(Entry { path: entry.path(), relative, exact: name.to_str().is_some(), kind: entry.file_type()? })
    };
    fs::read_dir(folder)
        .and_then(|found| found.map(|entry| entry.and_then(read)).collect())
        .map_err(|reason| OutputError::disk("read", folder, reason))
}
