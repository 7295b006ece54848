use unicode_normalization::{UnicodeNormalization, char::canonical_combining_class};

/// Gives `each` every word of `text`, folded: Unicode form NFKD without marks, lower case, letters and digits only.
///
/// Whatever else stands between letters ends a word, so that a name, its slug and its file name are the same words. A
/// character of a script that puts no space between words is a word of its own.
pub fn words(text: &str, mut each: impl FnMut(&str)) {
    let mut word = String::new();
    let mut end = |word: &mut String| {
        if !word.is_empty() {
            each(word);
            word.clear();
        }
    };
    for c in text.nfkd().filter(|c| !is_unseen(*c)) {
        if !c.is_alphanumeric() {
            end(&mut word);
            continue;
        }
        if is_unspaced(c) {
            end(&mut word);
        }
        word.extend(c.to_lowercase());
        if is_unspaced(c) {
            end(&mut word);
        }
    }
    end(&mut word);
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
