//! Folders beside the output that hold what the output holds, and may lie where more people look than may look into that.

use std::{
    fs::{self, Permissions},
    io,
    path::Path,
};

/// Makes `folder`, which only this user can look into.
#[cfg(unix)]
pub(super) fn make(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    fs::DirBuilder::new().mode(0o700).create(folder)
}

/// Closes `folder` to all others, if it is one. A link to one is not ours to follow.
#[cfg(unix)]
pub(super) fn close(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    let found = fs::symlink_metadata(folder).ok().filter(fs::Metadata::is_dir);
    match found.map(|found| found.permissions().mode()) {
        Some(mode) if mode & 0o077 != 0 => {
            fs::set_permissions(folder, Permissions::from_mode(mode & 0o7700 | 0o700))
        }
        _ => Ok(()),
    }
}

#[cfg(not(unix))]
pub(super) fn make(folder: &Path) -> io::Result<()> {
    fs::create_dir(folder)
}

#[cfg(not(unix))]
pub(super) fn close(_: &Path) -> io::Result<()> {
    Ok(())
}

/// Who may enter a new folder that is made at `probe`, as the process's mask and the folder above say.
pub(super) fn usual(probe: &Path) -> io::Result<Permissions> {
    fs::create_dir(probe)?;
    let found = fs::metadata(probe).map(|found| found.permissions());
    fs::remove_dir(probe)?;
    found
}
