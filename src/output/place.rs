use std::{
    ffi::OsStr,
    fs, io,
    path::{Path, PathBuf},
};

use super::{Cache, OutputError, manifest};

/// Where a site is written, and what stands beside it meanwhile.
#[derive(Clone, Debug)]
pub(super) struct Place {
    /// The output folder as it was given, for messages.
    pub(super) shown: PathBuf,
    /// The output folder, links resolved. It need not exist.
    pub(super) output: PathBuf,
    /// What the process that writes holds.
    pub(super) lock: PathBuf,
    /// Where the next site grows.
    pub(super) staging: PathBuf,
    /// What a build leaves for the next one.
    pub(super) cache: Cache,
    /// Where the last site waits while two renames stand for one exchange.
    pub(super) old: PathBuf,
}

impl Place {
    /// The place of the output folder `shown`, which must keep clear of `inputs`.
    pub(super) fn find(shown: &Path, inputs: &[&Path]) -> Result<Self, OutputError> {
        let output = real(shown).map_err(|reason| OutputError::disk("find", shown, reason))?;
        let Some(name) = output.file_name() else {
            return Err(OutputError::NotAFolder(shown.to_owned()));
        };
        if fs::symlink_metadata(&output).is_ok_and(|found| !found.is_dir()) {
            return Err(OutputError::NotAFolder(shown.to_owned()));
        }
        for &input in inputs {
            let real = real(input).map_err(|reason| OutputError::disk("find", input, reason))?;
            let relation = match (output.starts_with(&real), real.starts_with(&output)) {
                (true, true) => "is",
                (true, false) => "lies in",
                (false, true) => "holds",
                (false, false) => continue,
            };
            let (output, input) = (shown.to_owned(), input.to_owned());
            return Err(OutputError::Overlaps { output, relation, input });
        }
        let holds_a_site = |folder: &&Path| folder.join(manifest::NAME).exists();
        if let Some(site) = output.ancestors().skip(1).find(holds_a_site) {
            return Err(OutputError::InASite { output: shown.to_owned(), site: site.to_owned() });
        }
        let beside = |suffix| output.with_file_name(sibling(name, suffix));
        Ok(Self {
            shown: shown.to_owned(),
            lock: beside("lock"),
            staging: beside("staging"),
            cache: Cache::at(beside("cache")),
            old: beside("old"),
            output,
        })
    }
}

fn sibling(name: &OsStr, suffix: &str) -> std::ffi::OsString {
    let mut sibling = std::ffi::OsString::from(".brief-");
    sibling.push(name);
    sibling.push(".");
    sibling.push(suffix);
    sibling
}

/// The absolute path without links of `path`, of which the last folders need not exist.
fn real(path: &Path) -> io::Result<PathBuf> {
    let path = std::path::absolute(path)?;
    match path.canonicalize() {
        Err(missing) if missing.kind() == io::ErrorKind::NotFound => {
            match (path.parent(), path.file_name()) {
                (Some(folder), Some(name)) => Ok(real(folder)?.join(name)),
                // The path ends in `..` below a folder that does not exist.
                _ => Err(missing),
            }
        }
        found => found,
    }
}
