use std::{
    fs::{self, File, FileTimes},
    io,
    path::Path,
    time::SystemTime,
};

use rayon::prelude::*;

use super::{OutputError, manifest::Fingerprint, place::Place, staging::in_folder};

/// A file that the new site has of the old one.
#[derive(Clone, Copy, Debug)]
pub(super) struct Kept<'a> {
    pub(super) path: &'a str,
    /// What the old site's list says of it.
    pub(super) fingerprint: Fingerprint,
    /// In bytes.
    pub(super) len: u64,
}

impl Kept<'_> {
    /// Whether that is what stands in `folder`. The old site's list was written when it was `listed`.
    ///
    /// A file older than the list is what the list says, if it has the length. A younger one was touched by
    /// somebody, or is of the same tick of the clock; its bytes decide.
    pub(super) fn stands_in(self, folder: &Path, listed: SystemTime) -> bool {
        let file = folder.join(self.path);
        let Ok(found) = fs::symlink_metadata(&file) else {
            return false;
        };
        let older = || found.modified().is_ok_and(|modified| modified < listed);
        let equal = || Fingerprint::of_file(&file).is_ok_and(|found| found == self.fingerprint);
        found.is_file() && found.len() == self.len && (older() || equal())
    }

    /// Fails where something else stands in `folder`.
    fn check(self, folder: &Path, listed: SystemTime, place: &Place) -> Result<(), OutputError> {
        let is_as_it_was = self.stands_in(folder, listed);
        if is_as_it_was { Ok(()) } else { Err(OutputError::Changed(place.shown.join(self.path))) }
    }
}

/// Looks at those of `kept` that stand in `folder` once more, since somebody may have written to them after they were
/// found to be what the old list says. Whatever is done to them from when the new list was written on the next build
/// sees by their times; so this comes after that, and nothing falls between the two.
pub(super) fn check(
    kept: &[Kept<'_>],
    folder: &Path,
    listed: SystemTime,
    place: &Place,
) -> Result<(), OutputError> {
    kept.par_iter().try_for_each(|file| file.check(folder, listed, place))
}

/// Brings `kept` from the old site into the staging folder, times and all. The old site's list was written when it was
/// `listed`.
pub(super) fn bring(kept: &[Kept<'_>], listed: SystemTime, place: &Place) -> Result<(), OutputError> {
    kept.par_iter().try_for_each(|file| {
        let (from, to) = (place.output.join(file.path), place.staging.join(file.path));
        let linked = in_folder(&to, || fs::hard_link(&from, &to));
        // A file system without links, or one that links no files of other users.
        let brought = linked.or_else(|_| copy_with_times(&from, &to));
        brought.map_err(|reason| OutputError::disk("keep", &place.shown.join(file.path), reason))?;
        file.check(&place.staging, listed, place)
    })
}

/// Copies a file to `to`, where none is.
pub(super) fn copy_with_times(from: &Path, to: &Path) -> io::Result<()> {
    let mut source = File::open(from)?;
    let mut file = in_folder(to, || File::create_new(to))?;
    io::copy(&mut source, &mut file)?;
    let modified = source.metadata()?.modified()?;
    file.set_times(FileTimes::new().set_modified(modified))
}
