use std::ops::Range;

use unicode_normalization::UnicodeNormalization;

use super::escapes;
use crate::leaks;

/// The folded words of a text, each with the bytes that it is written in.
///
/// They are the words that [`leaks::words`] sees in the text once its escapes are resolved: `Jos%C3%A9`, `Jos&eacute;`
/// and `Jos\u00e9` are `jose`.
pub(super) struct Words {
    folded: String,
    list: Vec<Word>,
}

struct Word {
    /// Bytes of `folded`.
    folded: Range<usize>,
    /// Bytes of the text.
    written: Range<usize>,
}

impl Words {
    pub(super) fn of(text: &str) -> Self {
        let mut words = Self { folded: String::with_capacity(text.len()), list: Vec::new() };
        let mut open: Option<Word> = None;
        for (range, c) in escapes::resolved(text) {
            words.take(c, &range, &mut open);
        }
        words.list.extend(open);
        words
    }

    fn take(&mut self, c: char, range: &Range<usize>, open: &mut Option<Word>) {
        let mut push = |folded: char, alone: bool| {
            if !folded.is_alphanumeric() || alone {
                self.list.extend(open.take());
            }
            if !folded.is_alphanumeric() {
                return;
            }
            let start = self.folded.len();
            self.folded.extend(folded.to_lowercase().filter(|c| !leaks::is_unseen(*c)));
            let end = self.folded.len();
            let word = open.get_or_insert(Word { folded: start..end, written: range.clone() });
            (word.folded.end, word.written.end) = (end, range.end);
            if alone {
                self.list.extend(open.take());
            }
        };
        if c.is_ascii() {
            push(c, false);
            return;
        }
        let mut unseen = true;
        for folded in c.nfkd().filter(|c| !leaks::is_unseen(*c)) {
            unseen = false;
            push(folded, leaks::is_unspaced(folded));
        }
        // A mark belongs to the letter before it.
        if let (true, Some(word)) = (unseen, open) {
            word.written.end = range.end;
        }
    }

    pub(super) fn len(&self) -> usize {
        self.list.len()
    }

    /// The word at `place`, folded.
    pub(super) fn get(&self, place: usize) -> Option<&str> {
        self.list.get(place).map(|word| &self.folded[word.folded.clone()])
    }

    /// The bytes of the text that the word at `place` is written in.
    pub(super) fn written(&self, place: usize) -> Range<usize> {
        self.list[place].written.clone()
    }
}

/// The folded words of `text`.
pub(super) fn folded(text: &str) -> Vec<String> {
    let words = Words::of(text);
    (0..words.len()).filter_map(|place| words.get(place)).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn written(text: &str) -> Vec<&str> {
        let words = Words::of(text);
        (0..words.len()).map(|place| &text[words.written(place)]).collect()
    }

    #[test]
    fn a_word_knows_the_bytes_that_it_is_written_in() {
        assert_eq!(written("Jose\u{301} Núñez's"), ["Jose\u{301}", "Núñez", "s"]);
        assert_eq!(written("jos%C3%A9-n%c3%ba%C3%B1ez.jpg"), ["jos%C3%A9", "n%c3%ba%C3%B1ez", "jpg"]);
        assert_eq!(written("Jos&eacute;&nbsp;N&#250;&#xF1;ez"), ["Jos&eacute;", "N&#250;&#xF1;ez"]);
        assert_eq!(written(r#""Jos\u00e9\nN\xfa\U000000f1ez""#), ["Jos\\u00e9", "N\\xfa\\U000000f1ez"]);
    }

    #[test]
    fn words_in_every_escape_are_the_words_themselves() {
        for text in [
            "José Núñez",
            "jos%C3%A9-n%C3%BA%C3%B1ez",
            "Jos&eacute;&nbsp;N&uacute;&ntilde;ez",
            r"Jos\u00e9\tN\u00fa\u00f1ez",
            "JOSÉ_NÚÑEZ",
        ] {
            assert_eq!(folded(text), ["jose", "nunez"], "{text}");
        }
    }

    proptest! {
        #[test]
        fn without_escapes_they_are_the_words_that_a_site_is_searched_for(text in "[^%&\\\\]{0,40}") {
            let mut expected = Vec::new();
            leaks::words(&text, |word| expected.push(word.to_owned()));
            prop_assert_eq!(folded(&text), expected);
        }
    }
}
