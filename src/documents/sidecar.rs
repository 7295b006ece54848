use super::{Name, read_parts};
use crate::{
    diagnostics::{Diagnostics, SharedText},
    model::{Marking, SourcePath, When},
    settings::Settings,
    tree::{self, Cx, Fields},
};

/// The words for an image, from `FILE.toml` beside it.
#[derive(Clone, Debug, Default, PartialEq, Hash)]
pub struct ImageWords {
    /// What stands for it where it is not seen.
    pub alt: Option<String>,
    /// What stands under it.
    pub caption: Option<String>,
    /// Whom it is credited to.
    pub credit: Option<String>,
    /// Its licence.
    pub license: Option<String>,
    /// When it was made.
    pub date: Option<When>,
    /// Where it was made.
    pub location: Option<Name>,
    /// What may hold it back, the image with it.
    pub marking: Marking,
}

/// The image that a sidecar is for: its own path without `.toml`.
pub(super) fn image_of(sidecar: &SourcePath) -> SourcePath {
    let path = sidecar.as_str();
    SourcePath::new(path.get(..path.len() - ".toml".len()).unwrap_or(path))
}

pub(super) fn parse(
    path: &SourcePath,
    text: &SharedText,
    settings: &Settings,
    diagnostics: &mut Diagnostics,
) -> Option<ImageWords> {
    let start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let mut cx = Cx { path, text, zone: settings.timezone, diagnostics };
    let cx = &mut cx;
    let node = tree::toml(cx, start..text.len())?;
    let mut fields = Fields::of(&node, "the words for an image", cx)?;
    let words = ImageWords {
        alt: fields.get("alt", cx),
        caption: fields.get("caption", cx),
        credit: fields.get("credit", cx),
        license: fields.get("license", cx),
        date: fields.get("date", cx),
        location: fields.get("location", cx),
        marking: read_parts::marking(&mut fields, cx),
    };
    fields.finish(cx);
    Some(words)
}
