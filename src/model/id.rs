use std::{fmt, sync::Arc};

use unicode_normalization::UnicodeNormalization;

/// What names a briefing for ever: `id:`, else the stem of its file. Unique in an archive; a tag URI rests on it.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct BriefingId(Arc<str>);

/// What names a claim, an event or a source within its briefing.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct LocalId(Arc<str>);

/// A part of a briefing, written `BRIEFING#local`; without `BRIEFING` it is of the file it stands in.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct PartId {
    /// The briefing, or the file that this is written in.
    pub briefing: Option<BriefingId>,
    /// The part, or the whole briefing.
    pub local: Option<LocalId>,
}

impl BriefingId {
    /// An id without `#`, `/`, white space at its ends or controls, not empty, in form NFC; else `None`.
    pub fn new(written: &str) -> Option<Self> {
        id_text(written).map(Self)
    }

    /// The id.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl LocalId {
    /// An id without `#`, `/`, white space or controls, not empty, in form NFC; else `None`.
    pub fn new(written: &str) -> Option<Self> {
        let id = id_text(written)?;
        (!id.contains(char::is_whitespace)).then_some(Self(id))
    }

    /// The id.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl PartId {
    /// What `BRIEFING#local`, `#local` or `BRIEFING` names; `None` where either half is no id or both are empty.
    pub fn parse(written: &str) -> Option<Self> {
        let (briefing, local) = match written.split_once('#') {
            Some((briefing, local)) => (briefing, Some(LocalId::new(local)?)),
            None => (written, None),
        };
        let briefing = if briefing.is_empty() { None } else { Some(BriefingId::new(briefing)?) };
        (briefing.is_some() || local.is_some()).then_some(Self { briefing, local })
    }
}

impl fmt::Display for BriefingId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for LocalId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn id_text(written: &str) -> Option<Arc<str>> {
    let bad = |c: char| c.is_control() || matches!(c, '#' | '/' | '\\' | '[' | ']' | '|');
    let fits = !written.is_empty() && written.len() <= 200 && written.trim() == written && !written.contains(bad);
    fits.then(|| written.nfc().collect::<String>().into())
}

/// The address segment of a name: Unicode form NFKC, lower case, letters, marks and digits kept, all else one `-`.
///
/// Empty where the name holds no letter or digit. Scripts are kept as they are: a transliteration would give
/// most Arabic and Hebrew names the same few consonants.
pub fn slugify(name: &str) -> String {
    let mut slug = String::with_capacity(name.len());
    let mut gap = false;
    for c in name.nfkc().flat_map(char::to_lowercase).nfc() {
        if c.is_alphanumeric() || unicode_normalization::char::is_combining_mark(c) {
            if gap && !slug.is_empty() {
                slug.push('-');
            }
            gap = false;
            slug.push(c);
        } else if !matches!(c, '\'' | '’' | 'ʼ' | '׳' | '״') {
            gap = true;
        }
    }
    slug
}
