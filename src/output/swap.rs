use std::{
    collections::{BTreeMap, BTreeSet},
    fs::{self, File},
    io::{self, Write},
    path::Path,
    time::SystemTime,
};

use rayon::prelude::*;

use super::{
    OutputError,
    error::not_ours,
    kept::{self, Kept, copy_with_times},
    manifest::{self, Fingerprint, Manifest},
    place::Place,
    staging::in_folder,
    walk::{self, Ours, TEMPORARY},
};

/// What is to stand in the output folder, complete in the staging folder.
pub(super) struct Plan<'a> {
    pub(super) edition: &'a str,
    /// What stands there now.
    pub(super) old: Option<&'a Manifest>,
    pub(super) files: &'a BTreeMap<&'a str, Fingerprint>,
    /// Those that are as in the old site.
    pub(super) kept: &'a [Kept<'a>],
    /// Those that differ from the old site's. The staging folder of a mounted output holds no others.
    pub(super) written: &'a [&'a str],
}

/// Brings a site that a killed build left between two renames back, and removes what killed builds staged.
pub(super) fn recover(place: &Place) -> Result<(), OutputError> {
    if !place.output.exists() && place.old.join(manifest::NAME).is_file() {
        rename(&place.old, &place.output)?;
    }
    walk::dispose(&place.old, &place.output)?;
    walk::dispose(&place.staging, &place.output)
}

/// Puts the staged site where the old one stands, and removes the old one.
///
/// The two folders are exchanged in one step. Where the file system cannot do that, the old one is renamed out
/// of the way first: a build killed between the two renames leaves no site, and the next one brings it back.
/// Where the output folder cannot be renamed at all, its files are replaced one by one, see [`one_by_one`].
pub(super) fn swap(place: &Place, plan: &Plan<'_>, mounted: bool) -> Result<(), OutputError> {
    if mounted {
        return one_by_one(place, plan);
    }
    let left = match plan.old {
        None => first(place).map(|()| None),
        Some(_) => match exchange(&place.staging, &place.output) {
            Err(unsupported) if cannot_exchange(&unsupported) => {
                two_renames(place).map(|()| Some(&place.old))
            }
            exchanged => exchanged.map(|()| Some(&place.staging)),
        },
    };
    match left {
        Err(pinned) if cannot_move(&pinned) => one_by_one(place, plan),
        Err(taken) if taken.kind() == io::ErrorKind::DirectoryNotEmpty => {
            Err(not_ours(&place.shown, walk::foreign(&place.output, Ours::Nothing)?))
        }
        Err(reason) => Err(OutputError::disk("replace", &place.shown, reason)),
        Ok(None) => Ok(()),
        Ok(Some(left)) => remove_old(left, place),
    }
}

fn remove_old(left: &Path, place: &Place) -> Result<(), OutputError> {
    walk::dispose(left, &place.output).map_err(|error| match error {
        OutputError::Disk { reason, path, .. } => OutputError::Leftover { path, reason },
        error => OutputError::Leftover { path: left.to_owned(), reason: io::Error::other(error) },
    })
}

/// Puts the site where there is none, or an empty folder.
fn first(place: &Place) -> io::Result<()> {
    // A rename replaces an empty folder by itself, but not on Windows, and not one with litter in it.
    if place.output.exists()
        && let Err(OutputError::Disk { reason, .. }) = walk::prune(&place.output)
    {
        return Err(reason);
    }
    fs::rename(&place.staging, &place.output)
}

/// Exchanges two folders in one step.
#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
fn exchange(one: &Path, other: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    Ok(renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE)?)
}

#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
fn exchange(_: &Path, _: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

/// `ENOSYS` and `ENOTSUP` from systems, `EINVAL` from file systems that know no exchange.
fn cannot_exchange(reason: &io::Error) -> bool {
    matches!(reason.kind(), io::ErrorKind::Unsupported | io::ErrorKind::InvalidInput)
}

/// `EBUSY` from a folder on which a disk is mounted, `EXDEV` from one in a lower layer of an overlay.
fn cannot_move(reason: &io::Error) -> bool {
    matches!(reason.kind(), io::ErrorKind::ResourceBusy | io::ErrorKind::CrossesDevices)
}

fn two_renames(place: &Place) -> io::Result<()> {
    fs::rename(&place.output, &place.old)?;
    fs::rename(&place.staging, &place.output).inspect_err(|_| {
        // If this fails too, the next build does it.
        let _ = fs::rename(&place.old, &place.output);
    })
}

/// Replaces what differs, each file by a rename, for an output folder that has to stay the folder it is: as near
/// to all or nothing as that can be. A build killed meanwhile leaves files of both sites.
///
/// It never leaves files that the next build would not know for its own: the list is written before them, with
/// every path of both sites, and the true list last.
fn one_by_one(place: &Place, plan: &Plan<'_>) -> Result<(), OutputError> {
    let output = &place.output;
    let aside = output.join(TEMPORARY);
    let failed = |reason| OutputError::disk("create the folder", &aside, reason);
    clear_aside(&aside)?;
    fs::create_dir_all(&aside).map_err(failed)?;
    // On the disk of the files by whose times lists are believed. Both lists count as written now, before they are.
    let now = fs::metadata(&aside).and_then(|made| made.modified()).map_err(failed)?;
    if let Some(old) = plan.old {
        kept::check(plan.kept, output, old.modified, place).inspect_err(|_| drop(clear_aside(&aside)))?;
    }

    let old = plan.old.map(Manifest::sorted).unwrap_or_default();
    let unknown = old.keys().chain(plan.written).map(|path| (*path, Fingerprint::UNKNOWN));
    let mut both: BTreeMap<_, _> = unknown.collect();
    let written: BTreeSet<_> = plan.written.iter().copied().collect();
    both.extend(plan.files.iter().filter(|(path, _)| !written.contains(*path)));
    put_list(output, &manifest::text(plan.edition, &both), now)?;

    let removed: Vec<_> = old.keys().copied().filter(|path| !plan.files.contains_key(path)).collect();
    let (in_the_way, rest): (Vec<_>, Vec<_>) =
        removed.into_iter().partition(|path| is_in_the_way(path, plan.files));
    remove(output, &in_the_way)?;
    plan.written.par_iter().enumerate().try_for_each(|(index, path)| {
        let target = output.join(path);
        if !old.contains_key(path) && fs::symlink_metadata(&target).is_ok() {
            return Err(not_ours(&place.shown, vec![(*path).to_owned()]));
        }
        let copy = aside.join(index.to_string());
        copy_with_times(&place.staging.join(path), &copy)
            .and_then(|()| in_folder(&target, || fs::rename(&copy, &target)))
            .map_err(|reason| OutputError::disk("write", &place.shown.join(path), reason))
    })?;
    remove(output, &rest)?;
    put_list(output, &manifest::text(plan.edition, plan.files), now)?;
    clear_aside(&aside)
}

/// Replaces the list in `output` by one that counts as written when it was `modified`.
fn put_list(output: &Path, list: &[u8], modified: SystemTime) -> Result<(), OutputError> {
    let (copy, target) = (output.join(TEMPORARY).join(manifest::NAME), output.join(manifest::NAME));
    let written = File::create(&copy).and_then(|mut file| {
        file.write_all(list)?;
        file.set_modified(modified)
    });
    written
        .and_then(|()| fs::rename(&copy, &target))
        .map_err(|reason| OutputError::disk("write", &target, reason))
}

fn clear_aside(aside: &Path) -> Result<(), OutputError> {
    walk::gone(fs::remove_dir_all(aside)).map_err(|reason| OutputError::disk("remove", aside, reason))
}

/// Whether a file at `path` would stand where `files` needs a folder, or in a folder where it needs a file.
fn is_in_the_way(path: &str, files: &BTreeMap<&str, Fingerprint>) -> bool {
    let below = format!("{path}/");
    let needs_folder = files.range(&*below..).next().is_some_and(|(next, _)| next.starts_with(&below));
    needs_folder || path.match_indices('/').any(|(slash, _)| files.contains_key(&path[..slash]))
}

/// Removes files of ours, and the folders that this leaves empty.
fn remove(output: &Path, paths: &[&str]) -> Result<(), OutputError> {
    for path in paths {
        let file = output.join(path);
        walk::gone(fs::remove_file(&file)).map_err(|reason| OutputError::disk("remove", &file, reason))?;
        for (slash, _) in path.rmatch_indices('/') {
            let folder = output.join(&path[..slash]);
            if folder.exists() && !walk::prune(&folder)? {
                break;
            }
        }
    }
    Ok(())
}

fn rename(from: &Path, to: &Path) -> Result<(), OutputError> {
    fs::rename(from, to).map_err(|reason| OutputError::disk("rename", from, reason))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        model::OutputPath,
        output::{Sink, Staging},
    };

    const OLD: &[(&str, &str)] = &[
        ("index.html", "old"),
        ("a/index.html", "same"),
        ("b/c/index.html", "gone"),
        ("e", "file"),
        ("f/x", "in"),
    ];
    const NEW: &[(&str, &str)] =
        &[("index.html", "new"), ("a/index.html", "same"), ("d.txt", "more"), ("e/x", "in"), ("f", "file")];

    fn build(public: &Path, files: &[(&str, &str)]) {
        let staging = Staging::open(public, "public", &[]).unwrap();
        for (path, text) in files {
            staging.put(&OutputPath::new(path).unwrap(), text.as_bytes()).unwrap();
        }
        staging.commit().unwrap();
    }

    fn fingerprints(files: &[(&'static str, &str)]) -> BTreeMap<&'static str, Fingerprint> {
        files.iter().map(|(path, text)| (*path, Fingerprint::of(text.as_bytes()))).collect()
    }

    /// What [`NEW`] has of [`OLD`].
    fn kept() -> [Kept<'static>; 1] {
        [Kept { path: "a/index.html", fingerprint: Fingerprint::of(b"same"), len: 4 }]
    }

    fn assert_stands(public: &Path, files: &[(&'static str, &str)]) {
        let list = Manifest::read(public).unwrap().unwrap();
        assert_eq!(list.sorted(), fingerprints(files));
        assert!(walk::foreign(public, Ours::Listed(&list)).unwrap().is_empty());
        for (path, text) in files {
            assert_eq!(fs::read_to_string(public.join(path)).unwrap(), *text);
        }
        let names = fs::read_dir(public.parent().unwrap()).unwrap().map(|entry| entry.unwrap().file_name());
        assert_eq!(names.collect::<Vec<_>>(), ["public"]);
    }

    /// The old site, and the new one as a killed build leaves it: complete, and about to be swapped in.
    fn about_to_swap() -> (tempfile::TempDir, Place) {
        let folder = tempfile::tempdir().unwrap();
        let place = Place::find(&folder.path().join("public"), &[]).unwrap();
        build(&place.output, OLD);
        build(&place.staging, NEW);
        (folder, place)
    }

    #[test]
    fn two_renames_stand_for_an_exchange() {
        let (_folder, place) = about_to_swap();
        two_renames(&place).unwrap();
        remove_old(&place.old, &place).unwrap();
        assert_stands(&place.output, NEW);
    }

    #[test]
    fn two_renames_of_which_the_second_fails_leave_the_old_site() {
        let (_folder, place) = about_to_swap();
        fs::remove_dir_all(&place.staging).unwrap();
        two_renames(&place).unwrap_err();
        assert_stands(&place.output, OLD);
    }

    #[test]
    fn a_mounted_folder_is_brought_up_to_date_file_by_file() {
        let (_folder, place) = about_to_swap();
        fs::write(place.output.join("b/c/.DS_Store"), "").unwrap();
        let before = fs::metadata(place.output.join("a/index.html")).unwrap().modified().unwrap();
        let old = Manifest::read(&place.output).unwrap();
        let files = fingerprints(NEW);
        let written = ["index.html", "d.txt", "e/x", "f"];
        swap(
            &place,
            &Plan { edition: "public", old: old.as_ref(), files: &files, kept: &kept(), written: &written },
            true,
        )
        .unwrap();
        recover(&place).unwrap();
        assert_stands(&place.output, NEW);
        assert_eq!(fs::metadata(place.output.join("a/index.html")).unwrap().modified().unwrap(), before);
    }

    #[test]
    fn a_mounted_folder_cut_short_is_known_and_written_again() {
        let (_folder, place) = about_to_swap();
        let old = Manifest::read(&place.output).unwrap();
        let files = fingerprints(NEW);
        // One file is missing in the staging folder, so that the build stops in the middle.
        fs::remove_file(place.staging.join("f")).unwrap();
        let written = ["index.html", "d.txt", "e/x", "f"];
        let plan =
            Plan { edition: "public", old: old.as_ref(), files: &files, kept: &kept(), written: &written };
        swap(&place, &plan, true).unwrap_err();
        build(&place.output, NEW);
        assert_stands(&place.output, NEW);
    }

    #[test]
    fn a_mounted_folder_stays_as_it_is_where_a_kept_file_was_edited_meanwhile() {
        let (_folder, place) = about_to_swap();
        let old = Manifest::read(&place.output).unwrap();
        fs::write(place.output.join("a/index.html"), "SAME").unwrap();
        let list = fs::read(place.output.join(manifest::NAME)).unwrap();
        let files = fingerprints(NEW);
        let written = ["index.html", "d.txt", "e/x", "f"];
        let plan =
            Plan { edition: "public", old: old.as_ref(), files: &files, kept: &kept(), written: &written };
        let message = swap(&place, &plan, true).unwrap_err().to_string();
        assert!(message.ends_with("a/index.html` changed while the site was built"), "{message}");
        assert_eq!(fs::read(place.output.join(manifest::NAME)).unwrap(), list);
        assert!(!place.output.join(TEMPORARY).exists() && !place.output.join("d.txt").exists());
        build(&place.output, NEW);
        assert_stands(&place.output, NEW);
    }

    #[cfg(unix)]
    #[test]
    fn the_list_of_a_mounted_folder_is_no_younger_than_its_look_at_kept_files() {
        use std::os::unix::fs::MetadataExt;
        let (_folder, place) = about_to_swap();
        let old = Manifest::read(&place.output).unwrap();
        let files = fingerprints(NEW);
        // It takes some ticks of the clock to copy.
        fs::write(place.staging.join("index.html"), vec![b'x'; 32 << 20]).unwrap();
        let written = ["index.html", "d.txt", "e/x", "f"];
        let plan =
            Plan { edition: "public", old: old.as_ref(), files: &files, kept: &kept(), written: &written };
        swap(&place, &plan, true).unwrap();
        let found = |path: &str| fs::metadata(place.output.join(path)).unwrap();
        let (list, last) = (found(manifest::NAME), found("index.html"));
        assert!((list.mtime(), list.mtime_nsec()) <= (last.ctime(), last.ctime_nsec()));
        let staged = fs::metadata(place.staging.join("index.html")).unwrap();
        assert_eq!(last.modified().unwrap(), staged.modified().unwrap());
    }

    #[test]
    fn a_mounted_folder_keeps_what_the_user_put_in_the_way() {
        let (_folder, place) = about_to_swap();
        let old = Manifest::read(&place.output).unwrap();
        fs::write(place.output.join("d.txt"), "mine").unwrap();
        let files = fingerprints(NEW);
        let plan =
            Plan { edition: "public", old: old.as_ref(), files: &files, kept: &kept(), written: &["d.txt"] };
        let message = swap(&place, &plan, true).unwrap_err().to_string();
        assert!(message.ends_with("holds files that brief did not write: `d.txt`"), "{message}");
        assert_eq!(fs::read_to_string(place.output.join("d.txt")).unwrap(), "mine");
    }
}
