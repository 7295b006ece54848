use std::{
    fmt, io,
    path::{Path, PathBuf},
};

use super::manifest;

/// Why a site was not written. The old one then stands as it was, but for [`OutputError::Leftover`], and but for a
/// mounted folder in which files had to be replaced one by one.
#[derive(Debug)]
pub enum OutputError {
    /// The output is a file, or a link that leads to none or nowhere, or has no name.
    NotAFolder(PathBuf),
    /// The output folder is, holds, or lies in a folder that the build reads.
    Overlaps {
        /// The output folder, as it was given.
        output: PathBuf,
        /// How they lie: `is`, `holds` or `lies in`.
        relation: &'static str,
        /// The folder that the build reads.
        input: PathBuf,
    },
    /// Another process is writing the same folder.
    Locked {
        /// The output folder.
        output: PathBuf,
        /// What that process holds.
        lock: PathBuf,
    },
    /// A folder holds what no build wrote.
    NotOurs {
        /// The folder.
        folder: PathBuf,
        /// Some of it, sorted, relative to the folder; folders end in `/`.
        names: Vec<String>,
        /// How much more there is.
        more: usize,
        /// Whether the folder also holds a site.
        site: bool,
    },
    /// The list of what is ours cannot be read.
    Manifest {
        /// The list.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// The folder holds the site of another edition.
    Edition {
        /// The output folder.
        output: PathBuf,
        /// The edition that it holds.
        holds: String,
        /// The edition that was to be written.
        wanted: String,
    },
    /// The output folder lies in a site, and would be published with it.
    InASite {
        /// The output folder, as it was given.
        output: PathBuf,
        /// The folder that holds the site.
        site: PathBuf,
    },
    /// Two files with one path.
    Twice(String),
    /// A path that `brief` keeps for itself.
    Reserved(String),
    /// A put failed, and the site was to be committed all the same.
    Unfinished(PathBuf),
    /// An asset, or a file of the old site, is no longer what was found.
    Changed(PathBuf),
    /// The new site stands; what it replaced could not be removed.
    Leftover {
        /// Where that lies.
        path: PathBuf,
        /// Why.
        reason: io::Error,
    },
    /// The new site stands; the words of the one that it replaced stay in the cache.
    Stale {
        /// The file that holds them.
        path: PathBuf,
        /// Why it could not be removed.
        reason: io::Error,
    },
    /// The disk refused.
    Disk {
        /// What was tried: `write`, `read`, ...
        doing: &'static str,
        /// With which file or folder.
        path: PathBuf,
        /// What the system said.
        reason: io::Error,
    },
}

impl OutputError {
    /// What can be done about it.
    pub fn help(&self) -> Option<String> {
        Some(match self {
            Self::NotAFolder(_) => "choose a folder with `--output`".to_owned(),
            Self::Overlaps { .. } => {
                "choose with `--output` a folder that neither holds nor lies in what the build reads".to_owned()
            }
            Self::Locked { lock, .. } => format!("wait for it to end: it holds {}", quoted(lock)),
            Self::NotOurs { site: false, folder, .. } => {
                format!("choose another folder with `--output`, or empty {}", quoted(folder))
            }
            Self::NotOurs { names, .. } if names.iter().any(|name| name == ".git/" || name == ".git") => {
                "each build replaces the whole folder: move `.git` elsewhere and publish from a copy".to_owned()
            }
            Self::NotOurs { .. } => {
                "move them out; a file that belongs to the site goes into `static/`, from where each build copies it"
                    .to_owned()
            }
            Self::Manifest { path, .. } => {
                let folder = path.parent().unwrap_or(path);
                format!("choose another folder with `--output`, or empty {}", quoted(folder))
            }
            Self::Edition { .. } | Self::InASite { .. } => {
                "give each edition a folder of its own: `output` under `[editions.NAME]`, or `--output`".to_owned()
            }
            Self::Twice(_) | Self::Unfinished(_) => return None,
            Self::Reserved(_) => "give the file another name".to_owned(),
            Self::Changed(_) => "build again".to_owned(),
            Self::Leftover { path, .. } => {
                format!("the new site stands; the next build tries again to remove {}", quoted(path))
            }
            Self::Stale { path, .. } => format!("delete {}; a build makes it anew", quoted(path)),
            Self::Disk { reason, path, .. } => return disk_help(reason, path),
        })
    }

    pub(super) fn disk(doing: &'static str, path: &Path, reason: io::Error) -> Self {
        Self::Disk { doing, path: path.to_owned(), reason }
    }
}

fn disk_help(reason: &io::Error, path: &Path) -> Option<String> {
    use io::ErrorKind::{InvalidFilename, PermissionDenied, QuotaExceeded, ReadOnlyFilesystem, StorageFull};
    Some(match reason.kind() {
        StorageFull | QuotaExceeded => "free some space and build again".to_owned(),
        PermissionDenied | ReadOnlyFilesystem => {
            let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
            let folder = quoted(folder.unwrap_or(Path::new(".")));
            format!("allow this user to write in {folder}, or choose another folder with `--output`")
        }
        InvalidFilename => {
            "shorten the slug or the file name it comes from, or the path of the output".to_owned()
        }
        _ => return None,
    })
}

impl fmt::Display for OutputError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotAFolder(path) => write!(f, "the output {} is not a folder", quoted(path)),
            Self::Overlaps { output, relation, input } => {
                write!(
                    f,
                    "the output folder {} {relation} the input folder {}",
                    quoted(output),
                    quoted(input)
                )
            }
            Self::Locked { output, .. } => write!(f, "another build is writing {}", quoted(output)),
            Self::NotOurs { folder, names, more, .. } => {
                write!(f, "{} holds files that brief did not write", quoted(folder))?;
                for (index, name) in names.iter().enumerate() {
                    write!(f, "{} {}", if index == 0 { ":" } else { "," }, quoted(Path::new(name)))?;
                }
                if *more > 0 { write!(f, " and {more} more") } else { Ok(()) }
            }
            Self::Manifest { path, reason } => {
                write!(f, "{} is not a list of files that this brief can read: {reason}", quoted(path))
            }
            Self::Edition { output, holds, wanted } => {
                write!(f, "{} holds the edition `{holds}`, not `{wanted}`", quoted(output))
            }
            Self::InASite { output, site } => {
                write!(f, "{} lies in {}, which holds another site", quoted(output), quoted(site))
            }
            Self::Twice(path) => write!(f, "{} is written twice", quoted(Path::new(path))),
            Self::Reserved(path) => {
                write!(f, "{} is a name that brief keeps for itself", quoted(Path::new(path)))
            }
            Self::Unfinished(path) => write!(f, "not every file of {} could be written", quoted(path)),
            Self::Changed(path) => write!(f, "{} changed while the site was built", quoted(path)),
            Self::Leftover { path, reason } => {
                write!(f, "cannot remove the old site from {}: {}", quoted(path), said(reason))
            }
            Self::Stale { path, reason } => {
                let why = said(reason);
                write!(f, "words that the site no longer shows may be left in {}: {why}", quoted(path))
            }
            Self::Disk { doing, path, reason } => {
                write!(f, "cannot {doing} {}: {}", quoted(path), said(reason))
            }
        }
    }
}

impl std::error::Error for OutputError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match self {
            Self::Leftover { reason, .. } | Self::Stale { reason, .. } | Self::Disk { reason, .. } => {
                Some(reason)
            }
            _ => None,
        }
    }
}

/// What a [`Sink`](super::Sink) reports.
impl From<OutputError> for io::Error {
    fn from(error: OutputError) -> Self {
        let kind = match &error {
            OutputError::Leftover { reason, .. }
            | OutputError::Stale { reason, .. }
            | OutputError::Disk { reason, .. } => reason.kind(),
            OutputError::Twice(_) => io::ErrorKind::AlreadyExists,
            _ => io::ErrorKind::InvalidData,
        };
        Self::new(kind, error)
    }
}

/// A path between backticks. Controls are escaped: a file's name must not be able to drive a terminal.
fn quoted(path: &Path) -> String {
    let mut text = String::from("`");
    for c in path.to_string_lossy().chars() {
        if c.is_control() {
            text.extend(c.escape_default());
        } else {
            text.push(c);
        }
    }
    text.push('`');
    text
}

/// What the system said, as it reads within a sentence.
fn said(reason: &io::Error) -> String {
    let text = reason.to_string();
    let mut chars = text.chars();
    chars.next().map(|first| first.to_lowercase().chain(chars).collect()).unwrap_or_default()
}

/// Refuses `folder` for `names`, of which it tells the first five.
pub(super) fn not_ours(folder: &Path, mut names: Vec<String>) -> OutputError {
    names.sort();
    let more = names.len().saturating_sub(5);
    names.truncate(5);
    OutputError::NotOurs {
        folder: folder.to_owned(),
        names,
        more,
        site: folder.join(manifest::NAME).is_file(),
    }
}
