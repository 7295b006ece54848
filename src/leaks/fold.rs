use unicode_normalization::char::{canonical_combining_class, decompose_compatible};

/// A word of a text: what of it remains when it is folded, and where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word<'a> {
    /// Its letters and digits, folded.
    pub folded: &'a str,
    /// The byte of the text that it begins at.
    pub start: usize,
    /// The byte after its last.
    pub end: usize,
    /// Whether something stands before it over which no run of words goes on.
    pub breaks: bool,
}

/// Ends a run of words, as the end of a block does. No text holds it.
pub(super) const BREAK: char = '\0';

/// Gives `each` every word of `text`, folded: Unicode form NFKD without marks, lower case, letters and digits only.
///
/// Whatever else stands between letters ends a word, so that a name, its slug and its file name are the same words. A
/// character of a script that puts no space between words is a word of its own.
pub fn words(text: &str, mut each: impl FnMut(&str)) {
    words_at(text, |_| false, |word| each(word.folded));
}

/// As [`words`], with the place of each word. Besides a zero byte those that `ends` names end a run of words.
pub fn words_at(text: &str, ends: impl Fn(u8) -> bool, mut each: impl FnMut(Word<'_>)) {
    let bytes = text.as_bytes();
    let mut fold = Fold { word: String::with_capacity(64), start: 0, end: 0, breaks: false };
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        if byte.is_ascii_alphanumeric() {
            fold.push(char::from(byte.to_ascii_lowercase()), at, at + 1);
            at += 1;
        } else if byte.is_ascii() {
            fold.finish(&mut each);
            fold.breaks |= byte == 0 || ends(byte);
            at += 1;
        } else {
            let Some(c) = text[at..].chars().next() else { break };
            let end = at + c.len_utf8();
            if !is_unseen(c) {
                decompose_compatible(c, |part| fold.absorb(part, at, end, &mut each));
            }
            at = end;
        }
    }
    fold.finish(&mut each);
}

/// The word that is being read.
struct Fold {
    word: String,
    start: usize,
    end: usize,
    breaks: bool,
}

impl Fold {
    fn push(&mut self, c: char, start: usize, end: usize) {
        if self.word.is_empty() {
            self.start = start;
        }
        self.end = end;
        self.word.push(c);
    }

    fn absorb(&mut self, c: char, start: usize, end: usize, each: &mut impl FnMut(Word<'_>)) {
        if is_unseen(c) {
            return;
        }
        if !c.is_alphanumeric() {
            return self.finish(each);
        }
        let alone = is_unspaced(c);
        if alone {
            self.finish(each);
        }
        for lower in c.to_lowercase().filter(|lower| !is_unseen(*lower)) {
            self.push(lower, start, end);
        }
        if alone {
            self.finish(each);
        }
    }

    fn finish(&mut self, each: &mut impl FnMut(Word<'_>)) {
        if !self.word.is_empty() {
            each(Word { folded: &self.word, start: self.start, end: self.end, breaks: self.breaks });
            self.word.clear();
            self.breaks = false;
        }
    }
}

/// A mark on a letter, or a character that has no shape of its own.
pub(crate) fn is_unseen(c: char) -> bool {
    canonical_combining_class(c) != 0
        || matches!(c, '\u{AD}' | '\u{640}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}')
}

/// Han, Hiragana, Katakana, Thai, Lao, Khmer, Burmese.
pub(crate) fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{E00}'..='\u{EFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}' | '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{323AF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Vec<String> {
        let mut all = Vec::new();
        words(text, |word| all.push(word.to_owned()));
        all
    }

    #[test]
    fn a_name_its_slug_and_its_capitals_are_the_same_words() {
        for written in
            ["José Núñez", "jose-nunez", "JOSÉ  NÚÑEZ", "Jose\u{301}_Nun\u{303}ez", "Jo\u{AD}sé Núñez"]
        {
            assert_eq!(of(written), ["jose", "nunez"], "{written}");
        }
    }

    #[test]
    fn words_of_scripts_without_spaces_are_their_characters() {
        assert_eq!(of("北京 x東京"), ["北", "京", "x", "東", "京"]);
    }

    #[test]
    fn vowel_signs_make_no_other_word() {
        assert_eq!(of("مُحَمَّد"), of("محمد"));
        assert_eq!(of("שָׁלוֹם"), of("שלום"));
    }
}
