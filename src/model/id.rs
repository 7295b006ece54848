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
    let fits =
        !written.is_empty() && written.len() <= 200 && written.trim() == written && !written.contains(bad);
    fits.then(|| written.nfc().collect::<String>().into())
}

/// The address segment of a name: Unicode form NFKC, lower case, letters, marks and digits kept, all else one `-`.
///
/// Empty where the name holds no letter or digit. Scripts are kept as they are: a transliteration would give
/// most Arabic and Hebrew names the same few consonants.
pub fn slugify(name: &str) -> String {
    let mut slug = String::with_capacity(name.len());
    let mut gap = false;
    let mut push = |c: char| {
        if c.is_alphanumeric() || unicode_normalization::char::is_combining_mark(c) {
            if gap && !slug.is_empty() {
                slug.push('-');
            }
            gap = false;
            slug.push(c);
        } else if !matches!(c, '\'' | '’' | 'ʼ' | '׳' | '״') {
            gap = true;
        }
    };
    if name.is_ascii() {
        name.chars().for_each(|c| push(c.to_ascii_lowercase()));
    } else {
        name.nfkc().flat_map(char::to_lowercase).nfc().for_each(push);
    }
    slug
}

/// The address segment of whatever is called `name`: its slug, and where that cannot stand as a segment (it is
/// empty, too long, or a name that Windows reserves), what of it can, with a hash of the name.
pub fn segment(name: &str) -> String {
    const LONGEST: usize = 160;
    let slug = slugify(name);
    if check_segment(&slug).is_ok() {
        return slug;
    }
    let mut end = slug.len().min(LONGEST);
    while !slug.is_char_boundary(end) {
        end -= 1;
    }
    let start = if slug.is_empty() { "x" } else { &slug[..end] };
    format!("{start}-{}", &blake3::hash(fold_name(name).as_bytes()).to_hex()[..8])
}

/// Whether `written` can stand as one segment of an address, as an explicit slug must.
///
/// # Errors
/// What forbids it: a separator, a percent sign, a control, a dot at its end, a name that Windows reserves,
/// or more than 200 bytes.
pub fn check_segment(written: &str) -> Result<(), &'static str> {
    const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];
    let lower = written.to_lowercase();
    let device = lower.split('.').next().unwrap_or_default();
    let numbered = |prefix: &str| {
        device.strip_prefix(prefix).is_some_and(|rest| rest.len() == 1 && rest.as_bytes()[0].is_ascii_digit())
    };
    if written.is_empty() {
        Err("it is empty")
    } else if written.len() > 200 {
        Err("it is longer than 200 bytes")
    } else if written.contains(['/', '\\', '%', '?', '#', ':', '*', '"', '<', '>', '|']) {
        Err("it holds one of `/ \\ % ? # : * \" < > |`")
    } else if written.chars().any(char::is_control) || written.trim() != written {
        Err("it holds a control character, or white space at an end")
    } else if written.ends_with('.') || written.starts_with('.') {
        Err("it starts or ends with a dot")
    } else if DEVICES.contains(&device) || numbered("com") || numbered("lpt") {
        Err("Windows reserves that name")
    } else {
        Ok(())
    }
}

/// Whether `tag` has the form of a language tag (BCP 47): a language of two or three letters, then subtags.
pub fn is_language(tag: &str) -> bool {
    let mut parts = tag.split('-');
    let first = parts.next().unwrap_or_default();
    let alphabetic = |part: &str| part.bytes().all(|byte| byte.is_ascii_alphabetic());
    (2..=3).contains(&first.len())
        && alphabetic(first)
        && parts.all(|part| {
            (2..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
        })
}

/// What two spellings of one name share: Unicode form NFKC, lower case, one kind of apostrophe and of dash,
/// single spaces, no invisible marks of direction.
pub fn fold_name(name: &str) -> String {
    let mut folded = String::with_capacity(name.len());
    let mut push = |c: char| match c {
        '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}' => {}
        '’' | 'ʼ' | '‘' | '`' | '´' => folded.push('\''),
        '‐'..='―' | '־' => folded.push('-'),
        c if c.is_whitespace() => {
            if !folded.is_empty() && !folded.ends_with(' ') {
                folded.push(' ');
            }
        }
        c => folded.push(c),
    };
    if name.is_ascii() {
        name.chars().for_each(|c| push(c.to_ascii_lowercase()));
    } else {
        name.nfkc().flat_map(char::to_lowercase).nfc().for_each(push);
    }
    folded.truncate(folded.trim_end().len());
    folded
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_segment_is_the_slug_where_that_can_stand_in_an_address() {
        assert_eq!(segment("Khan Younis"), "khan-younis");
        assert_eq!(segment("محادثات الدوحة"), "محادثات-الدوحة");
        assert_eq!(segment("Con"), format!("con-{}", &blake3::hash(b"con").to_hex()[..8]));
        assert_ne!(segment("…"), segment("!"));
    }

    proptest! {
        #[test]
        fn every_name_has_a_segment(name in any::<String>()) {
            prop_assert_eq!(check_segment(&segment(&name)), Ok(()));
        }

        #[test]
        fn a_long_name_has_a_segment(name in "[\\p{L} ]{100,300}") {
            prop_assert_eq!(check_segment(&segment(&name)), Ok(()));
        }
    }
}
