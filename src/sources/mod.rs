//! The archive's folder on disk, turned into text and asset handles: the only reader.
//!
//! It never leaves the root: a link that points out of it is reported, not followed.

mod asset;
mod reader;

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    io::{self, Read},
    path::{Path, PathBuf},
    sync::Arc,
};

use walkdir::WalkDir;

use crate::{
    diagnostics::{Diagnostic, Diagnostics, Span, Texts},
    model::{Instant, SourcePath},
};

pub use asset::Asset;
pub use reader::{Changed, Reader};

/// The settings file's name, unless a flag names another.
pub const SETTINGS: &str = "brief.toml";

/// The folders that are read.
pub const FOLDERS: [&str; 4] = ["content", "static", "templates", "themes"];

/// Bounds on what is read, so that a mistake (a disk image among the briefings) ends in a message.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// The largest text file, in bytes.
    pub text_bytes: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { text_bytes: 16 << 20 }
    }
}

/// Every input, read once.
#[derive(Debug, PartialEq, Eq)]
pub struct Sources {
    settings: SourcePath,
    texts: BTreeMap<SourcePath, Arc<str>>,
    assets: BTreeMap<SourcePath, Asset>,
    /// Texts that are there and could not be read.
    unread: BTreeSet<SourcePath>,
    ignored: Vec<Ignored>,
    /// When texts were last changed after they were first there, by whoever keeps their history. It is no part of the
    /// folder, and empty until somebody who can ask for it fills it in.
    pub revised: BTreeMap<SourcePath, Instant>,
}

/// A file that is no part of the archive, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ignored {
    /// The file.
    pub path: SourcePath,
    /// Why it is none.
    pub reason: &'static str,
}

impl Sources {
    /// The settings file's path.
    pub fn settings(&self) -> &SourcePath {
        &self.settings
    }

    /// The text at `path`.
    pub fn text_at(&self, path: &SourcePath) -> Option<&Arc<str>> {
        self.texts.get(path)
    }

    /// Every text below `folder`, in the order of paths.
    pub fn texts_below<'a>(
        &'a self,
        folder: &'a str,
    ) -> impl Iterator<Item = (&'a SourcePath, &'a Arc<str>)> {
        // What begins alike stands together.
        let first = SourcePath::new(&format!("{folder}/"));
        self.texts.range(first..).take_while(move |(path, _)| path.below(folder).is_some())
    }

    /// Every asset below `folder`, in the order of paths.
    pub fn assets_below<'a>(&'a self, folder: &'a str) -> impl Iterator<Item = &'a Asset> {
        let first = SourcePath::new(&format!("{folder}/"));
        let below = self.assets.range(first..).map(|(_, asset)| asset);
        below.take_while(move |asset| asset.path.below(folder).is_some())
    }

    /// Every text below `content/` that is there and could not be read, which has been told, in the order of paths.
    pub fn unread(&self) -> impl Iterator<Item = &SourcePath> {
        self.unread.iter()
    }

    /// Whether there is a text at `path`, read or not.
    pub fn has_text(&self, path: &SourcePath) -> bool {
        self.texts.contains_key(path) || self.unread.contains(path)
    }

    /// What lies below `folders`, and nothing else.
    #[must_use]
    pub fn below(&self, folders: &[&str]) -> Self {
        let mut part = Self::empty(self.settings.clone());
        for folder in folders {
            part.texts.extend(self.texts_below(folder).map(|(path, text)| (path.clone(), text.clone())));
            let assets = self.assets_below(folder);
            part.assets.extend(assets.map(|asset| (asset.path.clone(), asset.clone())));
        }
        part
    }

    /// What lies in the folders and is no part of the archive.
    pub fn ignored(&self) -> &[Ignored] {
        &self.ignored
    }

    /// The inputs as they will be when each of `changes` is made: a file at one path stands at another from then on, with
    /// another text where one is given.
    #[must_use]
    pub fn changed<'a>(
        &self,
        changes: impl IntoIterator<Item = (&'a SourcePath, &'a SourcePath, Option<&'a str>)>,
    ) -> Self {
        let (mut texts, mut assets) = (self.texts.clone(), self.assets.clone());
        let (mut new_texts, mut new_assets) = (Vec::new(), Vec::new());
        for (from, to, text) in changes {
            if let Some(mut asset) = assets.remove(from) {
                asset.path = to.clone();
                new_assets.push((to.clone(), asset));
            } else if let Some(text) = text.map(Into::into).or_else(|| texts.get(from).cloned()) {
                texts.remove(from);
                new_texts.push((to.clone(), text));
            }
        }
        texts.extend(new_texts);
        assets.extend(new_assets);
        let (settings, ignored) = (self.settings.clone(), self.ignored.clone());
        Self { settings, texts, assets, unread: self.unread.clone(), ignored, revised: self.revised.clone() }
    }

    /// Lets go of the texts of the archive but for those that are `needed`.
    pub fn let_go(&mut self, needed: impl Fn(&SourcePath) -> bool) {
        self.texts.retain(|path, _| path.below("content").is_none() || needed(path));
    }

    /// Inputs that lie in memory, by their paths: what tests and previews build from.
    pub fn from_texts<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let texts = files.into_iter().map(|(path, text)| (SourcePath::new(path), text.into())).collect();
        Self { texts, ..Self::empty(SourcePath::new(SETTINGS)) }
    }

    fn empty(settings: SourcePath) -> Self {
        Self {
            settings,
            texts: BTreeMap::new(),
            assets: BTreeMap::new(),
            unread: BTreeSet::new(),
            ignored: Vec::new(),
            revised: BTreeMap::new(),
        }
    }
}

impl Texts for Sources {
    fn text(&self, path: &str) -> Option<&str> {
        self.texts.get(&SourcePath::new(path)).map(|text| &**text)
    }
}

/// Reads every input below `root`. `config` names another settings file than `brief.toml`.
///
/// # Errors
/// Where `root` is no folder or cannot be walked. What is wrong with a single file is reported instead.
pub fn read(
    root: &Path,
    config: Option<&Path>,
    limits: &Limits,
    diagnostics: &mut Diagnostics,
) -> io::Result<Sources> {
    Ok(Reader::open(root, config, *limits)?.sources(diagnostics))
}

#[derive(Debug, PartialEq, Eq)]
enum Content {
    Text(Arc<str>),
    Asset(Asset),
}

/// Lists the files below `start`, without following any link out of `root`.
fn walk(
    root: &Path,
    start: &Path,
    found: &mut Vec<(SourcePath, PathBuf)>,
    ignored: &mut Vec<Ignored>,
    diagnostics: &mut Diagnostics,
) {
    // A host may ask for files such as `.well-known/` or `.nojekyll`, so that `static/` keeps them.
    let keeps_hidden = start.file_name().is_some_and(|folder| folder == "static");
    let leftover = |name: &str| {
        let hidden = name.starts_with('.') && !keeps_hidden;
        hidden
            || matches!(name, ".git" | ".DS_Store")
            || name.ends_with('~')
            || (name.starts_with('#') && name.ends_with('#'))
    };
    if start.is_symlink() {
        // What it leads to may be a whole disk, and none of it is read.
        let path = SourcePath::new(&display(root, start));
        let diagnostic = match link(root, start) {
            Err((why, help)) => Diagnostic::error("link", why).help(help),
            Ok(_) => Diagnostic::error("link", "the link leads to a file, and a folder belongs here"),
        };
        diagnostics.push(diagnostic.at(Span::file(&path)));
        return;
    }
    let mut entries = WalkDir::new(start).sort_by_file_name().into_iter();
    while let Some(entry) = entries.next() {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                let path = error.path().map(|path| display(root, path)).unwrap_or_default();
                let reason = error.io_error().map_or_else(|| "a loop of links".into(), ToString::to_string);
                diagnostics.push(
                    Diagnostic::error("unreadable", format!("cannot be read: {reason}"))
                        .at(Span::file(&SourcePath::new(&path))),
                );
                continue;
            }
        };
        let shown = display(root, entry.path());
        if shown.contains(unseen) {
            let path = SourcePath::new(&shown.replace(unseen, "\u{FFFD}"));
            diagnostics.push(
                Diagnostic::error("file-name", "the file's name holds a character that cannot be seen")
                    .at(Span::file(&path))
                    .help("give it a name without line ends, controls and marks of direction"),
            );
            if entry.file_type().is_dir() {
                entries.skip_current_dir();
            }
            continue;
        }
        let path = SourcePath::new(&shown);
        let Some(name) = entry.file_name().to_str() else {
            diagnostics.push(
                Diagnostic::error("file-name", "the file's name is not valid UTF-8")
                    .at(Span::file(&path))
                    .help("give it a name in UTF-8"),
            );
            continue;
        };
        if entry.depth() > 0 && leftover(name) {
            ignored.push(Ignored { path, reason: "hidden, or left by an editor" });
            if entry.file_type().is_dir() {
                entries.skip_current_dir();
            }
            continue;
        }
        if entry.file_type().is_file() {
            found.push((path, entry.into_path()));
        } else if entry.file_type().is_symlink() {
            match link(root, entry.path()) {
                Ok(file) => found.push((path, file)),
                Err((why, help)) => {
                    diagnostics.push(Diagnostic::error("link", why).at(Span::file(&path)).help(help));
                }
            }
        } else if !entry.file_type().is_dir() {
            ignored.push(Ignored { path, reason: "a pipe, a socket or a device" });
        }
    }
}

/// The file that a link leads to, if it lies in the root; or what is wrong and what to do.
fn link(root: &Path, path: &Path) -> Result<PathBuf, (String, &'static str)> {
    const COPY: &str = "put a copy of what it points to in its place";
    let target = path.canonicalize().map_err(|error| {
        (format!("the link leads nowhere: {error}"), "delete it, or put a file in its place")
    })?;
    if !target.starts_with(root) {
        return Err(("the link leads out of the archive".into(), COPY));
    }
    if !target.is_file() && !target.is_dir() {
        return Err(("the link leads to a pipe, a socket or a device".into(), COPY));
    }
    if !target.is_file() {
        return Err(("the link leads to a folder, and only links to files are followed".into(), COPY));
    }
    Ok(target)
}

/// Controls, which steer a terminal, and overrides of direction, which make a name look like another.
fn unseen(c: char) -> bool {
    c.is_control() || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

fn display(root: &Path, path: &Path) -> String {
    let below = path.strip_prefix(root).unwrap_or(path);
    let segments: Vec<_> = below.components().map(|part| part.as_os_str().to_string_lossy()).collect();
    segments.join("/")
}

/// Whether a file is read as text: what is parsed, and what templates are made of.
fn is_text(path: &SourcePath) -> bool {
    let extension = path.extension().to_ascii_lowercase();
    if path.below("content").is_some() {
        return matches!(extension.as_str(), "md" | "markdown" | "toml");
    }
    let in_theme = || path.below("themes").and_then(|below| below.split_once('/')).map(|(_, rest)| rest);
    path.below("static").is_none()
        && (path.below("themes").is_none()
            || in_theme().is_some_and(|rest| rest.starts_with("templates/") || extension == "toml"))
}

/// What stands in `file`, and what the system said of it before it was read; `buffer` is for the bytes of a text.
fn load(
    path: &SourcePath,
    file: PathBuf,
    limits: Limits,
    buffer: &mut Vec<u8>,
) -> (Option<fs::Metadata>, Result<Content, Box<Diagnostic>>) {
    let unreadable = |error: io::Error| {
        Box::new(Diagnostic::error("unreadable", format!("cannot be read: {error}")).at(Span::file(path)))
    };
    if !is_text(path) {
        let found = fs::metadata(&file).ok();
        return (found, Asset::of(path, file).map(Content::Asset).map_err(unreadable));
    }
    let opened = fs::File::open(&file).and_then(|opened| opened.metadata().map(|found| (opened, found)));
    let (opened, found) = match opened {
        Ok(opened) => opened,
        Err(error) => return (None, Err(unreadable(error))),
    };
    let len = found.len();
    // A file that is too large is not even read.
    if len > limits.text_bytes {
        let limit = limits.text_bytes >> 20;
        let message = format!("the file has {len} bytes; the limit is {limit} MiB");
        let diagnostic = Diagnostic::error("too-large", message).at(Span::file(path));
        return (Some(found), Err(Box::new(diagnostic.help("split it into several files"))));
    }
    let text = match read_whole(opened, len, buffer) {
        Ok(bytes) => text(path, bytes).map(Content::Text),
        Err(error) => Err(unreadable(error)),
    };
    (Some(found), text)
}

/// Reads `file`, which is said to have `len` bytes: in one call where it has, in as many as it takes where it has not.
fn read_whole(mut file: fs::File, len: u64, buffer: &mut Vec<u8>) -> io::Result<&[u8]> {
    let said = usize::try_from(len).map_err(io::Error::other)?;
    if buffer.len() <= said {
        buffer.resize(said + 1, 0);
    }
    let mut read = 0;
    loop {
        match file.read(&mut buffer[read..]) {
            Ok(0) => break,
            Ok(more) => read += more,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
        // Some systems say of files that they make up as they are read that these have no bytes.
        if read == said && read > 0 {
            break;
        }
        if read == buffer.len() {
            buffer.resize(2 * read, 0);
        }
    }
    Ok(&buffer[..read])
}

/// The text that `bytes` are.
fn text(path: &SourcePath, bytes: &[u8]) -> Result<Arc<str>, Box<Diagnostic>> {
    str::from_utf8(bytes).map(Into::into).map_err(|error| {
        let line = bytes[..error.valid_up_to()].split(|byte| *byte == b'\n').count();
        let diagnostic = Diagnostic::error("not-utf-8", format!("line {line} is not valid UTF-8"));
        Box::new(diagnostic.at(Span::file(path)).help("save the file in the encoding UTF-8"))
    })
}
