use std::{
    collections::BTreeSet,
    fs, io,
    path::{Path, PathBuf},
    time::{Duration, SystemTime},
};

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use super::{Asset, Content, FOLDERS, Ignored, Limits, SETTINGS, Sources, is_text, load, walk};
use crate::{
    diagnostics::{Diagnostic, Diagnostics, Span},
    model::SourcePath,
};

/// A time on a disk says no more than this, so that a file may change twice within it and keep it.
const COARSE: Duration = Duration::from_millis(50);

/// The archive's folder, read again and again: a file that did not change is not read twice. What it returns is what
/// [`super::read`] returns.
#[derive(Debug)]
pub struct Reader {
    root: PathBuf,
    /// The settings file.
    file: PathBuf,
    settings: SourcePath,
    limits: Limits,
    inputs: Vec<Input>,
    ignored: Vec<Ignored>,
    /// What is wrong with names, links and folders.
    walked: Diagnostics,
}

/// What may have changed since the folder was read.
#[derive(Debug, Default)]
pub struct Changed {
    /// Files and folders that were written, made, moved or deleted, below the root as the system spells it.
    pub paths: FxHashSet<PathBuf>,
    /// Whether other ones may have been, too.
    pub others: bool,
}

/// A file of the archive, as it was when it was read.
#[derive(Debug)]
struct Input {
    path: SourcePath,
    file: PathBuf,
    stamp: Option<Stamp>,
    content: Result<Content, Box<Diagnostic>>,
}

/// By what a file is taken for unchanged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Stamp {
    modified: SystemTime,
    len: u64,
}

impl Reader {
    /// Reads the archive below `root`. `config` names another settings file than `brief.toml`.
    ///
    /// # Errors
    /// Where `root` is no folder or cannot be walked.
    pub fn open(root: &Path, config: Option<&Path>, limits: Limits) -> io::Result<Self> {
        let root = root.canonicalize()?;
        if !root.is_dir() {
            return Err(io::ErrorKind::NotADirectory.into());
        }
        let settings = config.map_or(SETTINGS.into(), |path| path.to_string_lossy().replace('\\', "/"));
        let mut reader = Self {
            file: config.map_or_else(|| root.join(SETTINGS), settled),
            settings: SourcePath::new(&settings),
            root,
            limits,
            inputs: Vec::new(),
            ignored: Vec::new(),
            walked: Diagnostics::new(),
        };
        reader.walk(&FxHashSet::default());
        Ok(reader)
    }

    /// The root, as the system spells it.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// The settings file, as the system spells it.
    pub fn settings_file(&self) -> &Path {
        &self.file
    }

    /// Reads what changed again, and returns the inputs that differ, are new or are gone. Nothing, where all is as it
    /// was.
    pub fn refresh(&mut self, changed: &Changed) -> Option<BTreeSet<SourcePath>> {
        if changed.others || self.must_walk(&changed.paths) {
            return self.walk(&changed.paths);
        }
        let limits = self.limits;
        let again = self.inputs.par_iter_mut().filter(|input| changed.paths.contains(&input.file));
        let differing =
            again.filter_map(|input| input.again(limits, &mut Vec::new()).then(|| input.path.clone()));
        let differing: Vec<SourcePath> = differing.collect();
        (!differing.is_empty()).then(|| differing.into_iter().collect())
    }

    /// Whether there may be other files than before: one that is not known, one that is gone, or a folder of them.
    fn must_walk(&self, paths: &FxHashSet<PathBuf>) -> bool {
        let known: FxHashSet<&PathBuf> =
            self.inputs.iter().map(|input| &input.file).filter(|file| paths.contains(*file)).collect();
        paths.iter().any(|path| match path.symlink_metadata() {
            Ok(found) => !known.contains(path) || !found.is_file(),
            Err(_) => self.inputs.iter().any(|input| input.file.starts_with(path)),
        })
    }

    /// Lists the folders and reads what is not known to be as it was; returns what differs, as `refresh` does.
    fn walk(&mut self, named: &FxHashSet<PathBuf>) -> Option<BTreeSet<SourcePath>> {
        let mut found = Vec::new();
        self.ignored.clear();
        let mut walked = Diagnostics::new();
        for folder in FOLDERS {
            let start = self.root.join(folder);
            if start.is_dir() {
                walk(&self.root, &start, &mut found, &mut self.ignored, &mut walked);
            }
        }
        if self.file.is_file() {
            found.push((self.settings.clone(), self.file.clone()));
        }
        let before = std::mem::take(&mut self.inputs);
        let mut before: FxHashMap<(SourcePath, PathBuf), Input> =
            before.into_iter().map(|input| ((input.path.clone(), input.file.clone()), input)).collect();
        let kept: Vec<_> = found.into_iter().map(|key| (before.remove(&key), key)).collect();
        let limits = self.limits;
        let read: Vec<(Input, bool)> = kept
            .into_par_iter()
            .map_init(Vec::new, |buffer, (kept, (path, file))| match kept {
                Some(input) if !named.contains(&file) && input.is_as_it_was() => (input, false),
                Some(mut input) => {
                    let differs = input.again(limits, buffer);
                    (input, differs)
                }
                None => (Input::read(path, file, limits, buffer), true),
            })
            .collect();
        let mut differing: BTreeSet<SourcePath> = before.into_keys().map(|(path, _)| path).collect();
        differing.extend(read.iter().filter(|(_, differs)| *differs).map(|(input, _)| input.path.clone()));
        self.inputs = read.into_iter().map(|(input, _)| input).collect();
        let found_more = std::mem::replace(&mut self.walked, walked) != self.walked;
        (found_more || !differing.is_empty()).then_some(differing)
    }

    /// The inputs as they were read last. What is wrong with single files is reported.
    pub fn sources(&self, diagnostics: &mut Diagnostics) -> Sources {
        diagnostics.extend(self.walked.clone());
        let mut sources = Sources::empty(self.settings.clone());
        sources.ignored.clone_from(&self.ignored);
        for Input { path, content, .. } in &self.inputs {
            if sources.texts.contains_key(path) || sources.assets.contains_key(path) {
                diagnostics.push(
                    Diagnostic::error("same-path", "two files have this name, in two Unicode forms")
                        .at(Span::file(path))
                        .help("delete one of them, or give it another name"),
                );
                continue;
            }
            match content {
                Ok(Content::Text(text)) => drop(sources.texts.insert(path.clone(), text.clone())),
                Ok(Content::Asset(asset)) => drop(sources.assets.insert(path.clone(), Asset::clone(asset))),
                Err(diagnostic) => {
                    diagnostics.push((**diagnostic).clone());
                    if path.below("content").is_some() && is_text(path) {
                        sources.unread.insert(path.clone());
                    }
                }
            }
        }
        sources
    }
}

impl Input {
    fn read(path: SourcePath, file: PathBuf, limits: Limits, buffer: &mut Vec<u8>) -> Self {
        // The stamp is of before: what changes while it is read has another one afterwards.
        let now = SystemTime::now();
        let (found, content) = load(&path, file.clone(), limits, buffer);
        let stamp = found.as_ref().and_then(Stamp::said_by).filter(|stamp| stamp.is_settled(now));
        Self { path, file, stamp, content }
    }

    /// Reads it again; whether it differs.
    fn again(&mut self, limits: Limits, buffer: &mut Vec<u8>) -> bool {
        let read = Self::read(self.path.clone(), self.file.clone(), limits, buffer);
        let differs = read.content != self.content;
        self.stamp = read.stamp;
        if differs {
            self.content = read.content;
        }
        differs
    }

    fn is_as_it_was(&self) -> bool {
        self.stamp.is_some() && self.stamp == Stamp::of(&self.file)
    }
}

impl Stamp {
    fn of(file: &Path) -> Option<Self> {
        Self::said_by(&fs::metadata(file).ok()?)
    }

    fn said_by(found: &fs::Metadata) -> Option<Self> {
        Some(Self { modified: found.modified().ok()?, len: found.len() })
    }

    /// Whether a change after `now` would show in it.
    fn is_settled(&self, now: SystemTime) -> bool {
        now.duration_since(self.modified).is_ok_and(|age| age > COARSE)
    }
}

/// The path of a file that need not be there, as the system spells it.
fn settled(file: &Path) -> PathBuf {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    match (folder.canonicalize(), file.file_name()) {
        (Ok(folder), Some(name)) => folder.join(name),
        _ => file.to_path_buf(),
    }
}

#[cfg(test)]
mod tests;
