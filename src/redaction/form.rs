use std::{fmt::Write as _, ops::Range};

use super::{
    escapes,
    name::{Hit, Spelling},
};
use crate::model::segment;

/// What stands in the name's place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Pseudonym {
    pub(super) words: String,
    pub(super) slug: String,
}

/// Where in its file a name stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Region {
    /// In an id, a key or a path: nothing with blanks can stand there.
    Id,
    /// Elsewhere.
    Text,
}

impl Pseudonym {
    pub(super) fn new(words: &str) -> Self {
        Self { words: words.to_owned(), slug: segment(words) }
    }

    /// What takes the place of `hit`, in the form in which the name stands there.
    pub(super) fn in_place_of(&self, text: &str, hit: &Hit, spelling: &Spelling, region: Region) -> String {
        let written = &text[hit.range.clone()];
        let gaps = || hit.between.iter().map(|gap| &text[gap.clone()]);
        let has_blank = gaps().any(|gap| escapes::resolved(gap).any(|(_, c)| c.is_whitespace()));
        let words = if has_blank {
            region == Region::Id && !written.contains(char::is_whitespace)
        } else {
            is_slug(text, hit, spelling, region)
        };
        let words = if words { &self.slug } else { &self.words };
        if written.contains('%') { percent_encoded(words) } else { words.clone() }
    }
}

/// Whether the name at `hit`, which holds no blank, is part of an id, an address or a file's name.
fn is_slug(text: &str, hit: &Hit, spelling: &Spelling, region: Region) -> bool {
    let range = &hit.range;
    let written = &text[range.clone()];
    let before = text[..range.start].chars().next_back();
    let after = text[range.end..].chars().next();
    let has_capital = written.chars().any(char::is_uppercase);
    // `Al-Hakim` is a name as people write it; `John-Doe` and `al-hakim` are made from one.
    // Nothing stands between the words of a script without spaces.
    let is_made = hit.between.iter().any(|gap| !gap.is_empty())
        && (!has_capital || !spelling.written.contains(['-', '‐', '‑', '־']));
    let joined = |c: Option<char>| matches!(c, Some('-' | '_'));
    is_made
        || region == Region::Id
        || matches!(before, Some('#' | '@' | '=' | '%' | '_'))
        || matches!(after, Some('/' | '_' | '='))
        || is_file(&text[range.end..])
        || (!has_capital && (joined(before) || joined(after) || before == Some('/')))
}

/// Whether what stands before `rest` is a file's name.
fn is_file(rest: &str) -> bool {
    const ENDINGS: [&str; 21] = [
        "md", "markdown", "toml", "html", "jpg", "jpeg", "png", "webp", "gif", "avif", "svg", "heic", "tif",
        "tiff", "pdf", "mp3", "mp4", "csv", "json", "txt", "xml",
    ];
    let Some(ending) = rest.strip_prefix('.') else { return false };
    let end = ending.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(ending.len());
    ENDINGS.contains(&&*ending[..end].to_ascii_lowercase())
}

fn percent_encoded(words: &str) -> String {
    let mut encoded = String::new();
    for byte in words.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_') {
            encoded.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}

/// The address elsewhere that the bytes `range` of `text` are part of, and its beginning up to the host.
///
/// A made-up path would name a page that is not there, so that nothing but the host stays.
pub(super) fn address(text: &str, range: &Range<usize>) -> Option<(Range<usize>, usize)> {
    let is_end = |c: char| {
        c.is_whitespace()
            || matches!(c, '"' | '\'' | '<' | '>' | '(' | ')' | '[' | ']' | '{' | '}' | '|' | '`')
    };
    let start = text[..range.start]
        .rfind(is_end)
        .map_or(0, |at| at + text[at..].chars().next().map_or(0, char::len_utf8));
    let scheme = ["https://", "http://"].into_iter().find_map(|scheme| {
        text[start..range.end].find(scheme).map(|at| (start + at, start + at + scheme.len()))
    });
    let (start, host) = scheme.filter(|(_, host)| *host <= range.start)?;
    let end = text[range.end..].find(is_end).map_or(text.len(), |at| range.end + at);
    let end = start + text[start..end].trim_end_matches(['.', ',', ';', ':', '!', '?', '*', '_']).len();
    let path = text[host..end].find(['/', '?', '#']).map_or(end, |at| host + at);
    Some((start..end.max(range.end), path))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::redaction::name::{Name, Strength};

    fn rewritten(spelling: &str, text: &str, region: Region) -> String {
        let mut name = Name::default();
        name.add(spelling, Strength::Whole);
        let pseudonym = Pseudonym::new("Name withheld");
        let mut out = text.to_owned();
        for hit in name.hits(text).iter().rev() {
            out.replace_range(hit.range.clone(), &pseudonym.in_place_of(text, hit, name.of(hit), region));
        }
        out
    }

    #[test]
    fn the_pseudonym_has_the_form_of_the_name() {
        for (text, expected) in [
            ("John Doe's", "Name withheld's"),
            ("JOHN\nDOE", "Name withheld"),
            ("2025-05-15-john-doe-speaks", "2025-05-15-name-withheld-speaks"),
            ("![](img/John_Doe.jpg)", "![](img/name-withheld.jpg)"),
            ("<John Doe.jpg>", "<Name withheld.jpg>"),
            ("John%20Doe.jpg", "Name%20withheld.jpg"),
            ("/actors/john-doe/", "/actors/name-withheld/"),
            ("[@john-doe]", "[@name-withheld]"),
        ] {
            assert_eq!(rewritten("John Doe", text, Region::Text), expected);
        }
        assert_eq!(rewritten("Al-Hakim", "Al-Hakim, al-hakim", Region::Text), "Name withheld, name-withheld");
    }

    #[test]
    fn one_word_alone_is_a_name_in_text_and_a_slug_in_ids() {
        for (text, expected) in [
            ("Madonna sings", "Name withheld sings"),
            ("madonna.jpg", "name-withheld.jpg"),
            ("2025-05-15-madonna", "2025-05-15-name-withheld"),
            ("Madonna-like", "Name withheld-like"),
            ("by=Madonna", "by=name-withheld"),
            ("[[madonna]]", "[[Name withheld]]"),
        ] {
            assert_eq!(rewritten("Madonna", text, Region::Text), expected);
        }
        assert_eq!(rewritten("王小明", "王小明说。", Region::Text), "Name withheld说。");
        assert_eq!(rewritten("王小明", "王小明.jpg", Region::Text), "name-withheld.jpg");
        assert_eq!(rewritten("Madonna", "madonna", Region::Id), "name-withheld");
    }

    #[test]
    fn an_address_elsewhere_ends_where_text_goes_on() {
        let text = "see [it](https://news.example/john-doe?x=1), then";
        let at = text.find("john").unwrap();
        let (whole, host) = address(text, &(at..at + 8)).unwrap();
        assert_eq!(&text[whole.clone()], "https://news.example/john-doe?x=1");
        assert_eq!(&text[whole.start..host], "https://news.example");
        assert_eq!(address("see /john-doe/", &(5..13)), None);
    }
}
