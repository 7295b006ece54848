//! Text as XML 1.0 can hold it.

use std::borrow::Cow;

use quick_xml::{escape::partial_escape, events::BytesText};

/// `text` without the characters that no XML document may hold, not even escaped: most controls, U+FFFE and
/// U+FFFF (XML 1.0, section 2.2, `Char`).
pub(crate) fn allowed(text: &str) -> Cow<'_, str> {
    if text.chars().all(is_allowed) {
        Cow::Borrowed(text)
    } else {
        Cow::Owned(text.chars().filter(|&c| is_allowed(c)).collect())
    }
}

/// `text` as the content of an element.
pub(crate) fn content(text: &str) -> BytesText<'_> {
    BytesText::from_escaped(match allowed(text) {
        Cow::Borrowed(text) => partial_escape(text),
        Cow::Owned(text) => Cow::Owned(partial_escape(text.as_str()).into_owned()),
    })
}

fn is_allowed(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_that_xml_forbids_are_dropped() {
        assert_eq!(allowed("a\u{0}b\u{8}\u{b}\u{c}\u{1f}\u{fffe}\u{ffff}c"), "abc");
    }

    #[test]
    fn white_space_and_every_script_stay() {
        let text = "\t\n\r é حماس 🕊 \u{fffd}";
        assert_eq!(allowed(text), text);
    }

    #[test]
    fn content_is_escaped_once_its_forbidden_characters_are_gone() {
        assert_eq!(content("a\u{1} <b> & \"c\"").into_inner(), "a &lt;b&gt; &amp; \"c\"");
    }
}
