use std::{fmt, sync::Arc};

use unicode_normalization::UnicodeNormalization;

/// Where an input file stands, relative to the archive's root: `/` between segments, in Unicode form NFC.
///
/// Two spellings of one name (macOS stores NFD) are one path, so that what is built does not depend on the
/// file system that the archive lies on.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SourcePath(Arc<str>);

impl SourcePath {
    /// The path of `written`, whose separators are already `/`.
    pub fn new(written: &str) -> Self {
        if written.is_ascii() {
            return Self(written.into());
        }
        Self(written.nfc().collect::<String>().into())
    }

    /// The whole path.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The last segment.
    pub fn name(&self) -> &str {
        self.0.rsplit('/').next().unwrap_or(&self.0)
    }

    /// The last segment without its extension, which is what follows its last dot.
    pub fn stem(&self) -> &str {
        let name = self.name();
        match name.rfind('.') {
            Some(dot) if dot > 0 => &name[..dot],
            _ => name,
        }
    }

    /// What follows the last dot of the last segment, or nothing.
    pub fn extension(&self) -> &str {
        let name = self.name();
        match name.rfind('.') {
            Some(dot) if dot > 0 => &name[dot + 1..],
            _ => "",
        }
    }

    /// The folder it stands in, without a trailing `/`; empty at the root.
    pub fn folder(&self) -> &str {
        self.0.rfind('/').map_or("", |slash| &self.0[..slash])
    }

    /// What a file is called beside the page of `text`, which uses it: its path below the text's folder, or its name.
    pub fn beside(&self, text: &SourcePath) -> &str {
        self.below(text.folder()).unwrap_or(self.name())
    }

    /// What follows `folder/`, where this path lies in it.
    pub fn below(&self, folder: &str) -> Option<&str> {
        self.0.strip_prefix(folder)?.strip_prefix('/')
    }
}

impl fmt::Display for SourcePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for SourcePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

/// Where an output file stands, relative to the output folder: `/` between segments, none of them empty, `.` or `..`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OutputPath(Arc<str>);

impl OutputPath {
    /// The path, or `None` where a segment is empty, `.`, `..`, or holds a backslash, a NUL or a control.
    pub fn new(path: &str) -> Option<Self> {
        let segment_ok = |segment: &str| {
            !matches!(segment, "" | "." | "..") && !segment.contains(|c: char| c == '\\' || c.is_control())
        };
        path.split('/').all(segment_ok).then(|| Self(path.into()))
    }

    /// The page whose address is `address` (`actors/hamas/`, or empty for the home page): its `index.html`.
    pub fn page(address: &str) -> Option<Self> {
        Self::new(&format!("{address}index.html"))
    }

    /// The whole path.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What two paths share on a file system that ignores case and Unicode form (Windows, macOS).
    pub fn folded(&self) -> String {
        if self.0.is_ascii() {
            return self.0.to_ascii_lowercase();
        }
        self.0.nfkc().flat_map(char::to_lowercase).nfkc().collect()
    }
}

impl fmt::Display for OutputPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for OutputPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}
