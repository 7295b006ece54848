//! Where a link or an image leads, and which addresses are refused.

use std::{borrow::Cow, ops::Range};

use crate::model::DIRECTIVE;

/// Something in prose that must be resolved before it can be rendered.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Reference {
    /// Bytes of the prose.
    pub range: Range<usize>,
    /// What it names.
    pub target: Target,
}

/// What a reference names, as written.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Target {
    /// `[[Hamas]]`, `[[Hamas|the movement]]`, `[[location:Israel]]`, `[[BRIEFING#claim]]`, `[[#claim]]`.
    Wiki {
        /// A lower-case word before the first colon. It may be part of a name if no kind is called so.
        kind: Option<Box<str>>,
        /// The name; empty where only `local` is given.
        name: Box<str>,
        /// What follows `#`.
        local: Option<Box<str>>,
        /// What readers see, if it is not the name.
        words: Option<Box<str>>,
    },
    /// `[[!Name]]`: the bare name, which nothing links at this place.
    Forbid(Box<str>),
    /// `[@jpost]`; each of `[@a; @b]` is one.
    Citation {
        /// The source's id.
        id: Box<str>,
    },
    /// A link to a `.md` file.
    Document {
        /// Percent-decoded. Relative to the linking file; from `content/` where it begins with `@/` or `/`.
        path: Box<str>,
        /// What follows `#`: an id, percent-decoded, and a [`DIRECTIVE`] as written where there is one.
        fragment: Option<Box<str>>,
    },
    /// `[text](#anchor)`: an id of the same page, percent-decoded, and a [`DIRECTIVE`] as written where there is one.
    Fragment(Box<str>),
    /// A query of the same page, with what follows it, as written: `?page=2`.
    Query(Box<str>),
    /// A link or an image by a relative path to anything else.
    Asset {
        /// Percent-decoded, relative to the linking file.
        path: Box<str>,
        /// The query and the fragment as written, with `?` and `#`.
        suffix: Box<str>,
    },
    /// A link or an image by a path from the root of the site.
    Absolute {
        /// Percent-decoded, with its leading `/`.
        path: Box<str>,
        /// The query and the fragment as written, with `?` and `#`.
        suffix: Box<str>,
    },
}

impl Target {
    /// What readers see of a name where it does not lead anywhere; nothing for links whose words stand apart.
    pub(super) fn words(&self) -> &str {
        match self {
            Self::Wiki { words: Some(words), .. } => words,
            Self::Wiki { name, local: Some(local), .. } if name.is_empty() => local,
            Self::Wiki { name, .. } | Self::Forbid(name) => name,
            _ => "",
        }
    }
}

/// Where a Markdown link or image leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Destination {
    /// Somewhere in the archive, to be resolved.
    Local(Target),
    /// Another site, a mailbox or a telephone: the address with its scheme.
    External(String),
    /// Nowhere: its scheme is not on the list.
    Refused,
    /// Nothing was written.
    Empty,
}

/// The schemes that a link may have. Whatever can run or can hold a document (`javascript`, `data`, ...) is not here.
pub(super) const SCHEMES: [&str; 4] = ["http", "https", "mailto", "tel"];

/// Where a link to `address` leads, its entities and escapes already read.
pub(super) fn link(address: &str) -> Destination {
    let address = as_browsers_read(address);
    match scheme(&address) {
        Scheme::Allowed => return Destination::External(address.into_owned()),
        Scheme::Refused => return Destination::Refused,
        Scheme::Relative => {}
    }
    if address.is_empty() {
        return Destination::Empty;
    }
    if begins_with_host(&address) {
        if begins_with_host(&address[1..]) || address.len() == 2 {
            return Destination::Refused;
        }
        return Destination::External(format!("https://{}", &address[2..]));
    }
    Destination::Local(local(&address, true))
}

/// Where an image at `address` lies. Only files are local images, and only `http` and `https` are remote ones.
pub(super) fn image(address: &str) -> Destination {
    let address = as_browsers_read(address);
    if address.is_empty() || address.starts_with(['#', '?']) {
        return Destination::Empty;
    }
    match link(&address) {
        Destination::External(address) if !is_http(&address) => Destination::Refused,
        Destination::Local(_) => Destination::Local(local(&address, false)),
        other => other,
    }
}

/// URL Standard, 4.4: tabs and line ends are dropped wherever they stand, and controls and spaces at the ends.
fn as_browsers_read(address: &str) -> Cow<'_, str> {
    let trimmed = address.trim_matches(|c: char| c <= ' ');
    if trimmed.contains(['\t', '\n', '\r']) {
        Cow::Owned(trimmed.replace(['\t', '\n', '\r'], ""))
    } else {
        Cow::Borrowed(trimmed)
    }
}

enum Scheme {
    Allowed,
    Refused,
    Relative,
}

/// Whatever stands before a colon in the first segment counts as a scheme, well formed or not: what one browser
/// takes for a path another may take for an address that runs.
fn scheme(address: &str) -> Scheme {
    let first = address.split(['/', '?', '#']).next().unwrap_or(address);
    match first.split_once(':') {
        None if address.contains(|c: char| c.is_control()) => Scheme::Refused,
        None => Scheme::Relative,
        Some(_) if address.contains(|c: char| c.is_control()) => Scheme::Refused,
        Some((scheme, _)) if SCHEMES.iter().any(|known| known.eq_ignore_ascii_case(scheme)) => {
            Scheme::Allowed
        }
        Some(_) => Scheme::Refused,
    }
}

fn is_http(address: &str) -> bool {
    let scheme = address.split(':').next().unwrap_or_default();
    scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https")
}

/// Browsers read `\` as `/` here.
fn begins_with_host(address: &str) -> bool {
    let slash = |byte: Option<&u8>| matches!(byte, Some(b'/' | b'\\'));
    slash(address.as_bytes().first()) && slash(address.as_bytes().get(1))
}

fn local(address: &str, documents: bool) -> Target {
    let cut = address.find(['?', '#']).unwrap_or(address.len());
    let (path, suffix) = address.split_at(cut);
    let path = percent_decoded(path);
    let fragment = suffix.find('#').map(|at| {
        let written = &suffix[at + 1..];
        let (id, directive) = written.split_at(written.find(DIRECTIVE).unwrap_or(written.len()));
        percent_decoded(id) + directive
    });
    if path.is_empty() && suffix.starts_with('#') {
        return Target::Fragment(fragment.unwrap_or_default().into());
    }
    if path.is_empty() {
        return Target::Query(suffix.into());
    }
    if documents && std::path::Path::new(&*path).extension().is_some_and(|ext| ext.eq_ignore_ascii_case("md"))
    {
        return Target::Document { path: path.into(), fragment: fragment.map(Into::into) };
    }
    if path.starts_with('/') {
        Target::Absolute { path: path.into(), suffix: suffix.into() }
    } else {
        Target::Asset { path: path.into(), suffix: suffix.into() }
    }
}

/// `%41` as `A`; as written where that would not be UTF-8 or would hide a control, a `%` or a separator.
fn percent_decoded(written: &str) -> Cow<'_, str> {
    if !written.contains('%') {
        return Cow::Borrowed(written);
    }
    let mut bytes = Vec::with_capacity(written.len());
    let mut rest = written.as_bytes();
    while let [first, after @ ..] = rest {
        let decoded = match (first, after) {
            (b'%', [high, low, ..]) => hex(*high).zip(hex(*low)).map(|(high, low)| high * 16 + low),
            _ => None,
        };
        match decoded {
            Some(byte) if !byte.is_ascii_control() && !matches!(byte, b'/' | b'\\' | b'%') => {
                bytes.push(byte);
                rest = &after[2..];
            }
            _ => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8(bytes).map_or(Cow::Borrowed(written), Cow::Owned)
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).and_then(|digit| u8::try_from(digit).ok())
}
