//! Sentences and their words.

use std::ops::Range;

/// A word, a number or a mark.
#[derive(Clone, Debug)]
#[allow(clippy::struct_excessive_bools, clippy::struct_field_names, reason = "each is a question of its own")]
pub(super) struct Word {
    /// Bytes of the text.
    pub(super) range: Range<usize>,
    /// In lower case, without the ending of a possessive.
    pub(super) lower: String,
    /// Whether it begins with a capital.
    pub(super) capital: bool,
    /// Whether it is no mark.
    pub(super) is_word: bool,
    /// Whether it stands between quotation marks, or is one.
    pub(super) quoted: bool,
    /// Whether it ends as a possessive does.
    pub(super) possessive: bool,
}

impl Word {
    pub(super) fn is(&self, words: &[&str]) -> bool {
        words.contains(&self.lower.as_str())
    }

    /// Whether it is one of the words of `list`.
    pub(super) fn is_in(&self, list: &str) -> bool {
        super::verbs::among(list, &self.lower)
    }

    pub(super) fn is_quotation_mark(&self) -> bool {
        self.quoted && self.is(&["\"", "“", "”", "«", "»", "„", "‘", "’", "'"])
    }
}

/// A sentence.
#[derive(Clone, Debug)]
pub(super) struct Sentence {
    /// Bytes of the text.
    pub(super) range: Range<usize>,
    pub(super) words: Vec<Word>,
    /// Which paragraph it stands in.
    pub(super) block: usize,
}

/// Words before whose full stop no sentence ends.
const ABBREVIATIONS: &str = "mr mrs ms dr prof gen col lt maj capt sgt adm sen rep gov st jan feb mar apr jun jul aug sep sept \
    oct nov dec no vs etc inc co corp ltd rev hon brig cmdr amb approx e.g i.e cf jr sr";

/// The sentences of the paragraph at `range` of `text`.
pub(super) fn sentences(text: &str, range: &Range<usize>, block: usize) -> Vec<Sentence> {
    let words = words(text, range);
    let mut found = Vec::new();
    let mut start = 0;
    for at in 0..words.len() {
        if ends(text, &words, at) {
            found.push(start..at + 1);
            start = at + 1;
        }
    }
    found.push(start..words.len());
    let sentence = |range: Range<usize>| {
        let words = words[range].to_vec();
        let range = words.first()?.range.start..words.last()?.range.end;
        words.iter().any(|word| word.is_word).then_some(Sentence { range, words, block })
    };
    found.into_iter().filter_map(sentence).collect()
}

/// Whether a sentence ends with the word at `at`.
fn ends(text: &str, words: &[Word], at: usize) -> bool {
    let word = &words[at];
    let Some(next) = words.get(at + 1) else { return false };
    let spaced = next.range.start > word.range.end;
    let begins = next.capital || !next.is_word || next.lower.starts_with(|c: char| c.is_ascii_digit());
    if word.is_quotation_mark() {
        // What stands in quotation marks may end with a full stop, and with it the sentence.
        let before = at.checked_sub(1).map(|at| words[at].lower.as_str());
        return spaced
            && begins
            && match before {
                Some("." | "…") => true,
                Some("?" | "!") => {
                    !words[at + 1..].iter().take(6).any(|word| super::verbs::says(&word.lower))
                }
                _ => false,
            };
    }
    if word.quoted || !spaced || !begins || !word.is(&[".", "?", "!", "…"]) {
        return false;
    }
    if word.lower != "." {
        return true;
    }
    let Some(before) = at.checked_sub(1).map(|at| &words[at]) else { return false };
    let joined = before.range.end == word.range.start;
    let initial = before.capital && text[before.range.clone()].chars().count() == 1;
    !(joined
        && (initial
            || (before.is_in(ABBREVIATIONS) && !next.is_quotation_mark() && !is_month_end(before, next))))
}

/// `... in Dec. The ...`: a month's short name at the end, since what follows is no number.
fn is_month_end(before: &Word, next: &Word) -> bool {
    before.is(&["jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "no"])
        && !next.lower.starts_with(|c: char| c.is_ascii_digit())
}

fn words(text: &str, range: &Range<usize>) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut quoted: Option<char> = None;
    let mut at = range.start;
    while at < range.end {
        let Some(first) = text[at..range.end].chars().next() else { break };
        if first.is_whitespace() {
            at += first.len_utf8();
            continue;
        }
        let end = if first.is_alphanumeric() { word_end(text, at, range.end) } else { at + first.len_utf8() };
        let written = &text[at..end];
        let mut inside = quoted.is_some();
        if !first.is_alphanumeric() {
            match (quoted, first) {
                (None, '"' | '“' | '„' | '«' | '‘') => (quoted, inside) = (Some(closing(first)), true),
                (None, '\'') if opens(text, at, end) => (quoted, inside) = (Some(first), true),
                (Some(close), c) if c == close || (close == '”' && c == '"') => quoted = None,
                _ => {}
            }
        }
        let lower = written.to_lowercase().replace('’', "'");
        let (lower, possessive) = match lower.strip_suffix("'s").or(lower.strip_suffix('\'')) {
            Some(bare) => (bare.to_owned(), true),
            None => (lower, false),
        };
        words.push(Word {
            range: at..end,
            lower,
            capital: first.is_uppercase(),
            is_word: first.is_alphanumeric(),
            quoted: inside,
            possessive,
        });
        at = end;
    }
    // A quotation that nobody closes is none: otherwise it would take the rest of the paragraph.
    if quoted.is_some()
        && let Some(open) =
            words.iter().rposition(|word| word.quoted && is_opening(&word.lower, &words, word))
        && words[open..].iter().filter(|word| word.is_word).count() > 80
    {
        words[open..].iter_mut().for_each(|word| word.quoted = false);
    }
    words
}

fn is_opening(mark: &str, words: &[Word], word: &Word) -> bool {
    let marks = words.iter().take_while(|other| other.range.start <= word.range.start);
    matches!(mark, "“" | "„" | "«")
        || (mark == "\"" && marks.filter(|word| word.lower == "\"").count() % 2 == 1)
}

/// Whether an apostrophe between `at` and `end` opens a quotation.
fn opens(text: &str, at: usize, end: usize) -> bool {
    let before = text[..at].chars().next_back();
    before.is_none_or(|c| c.is_whitespace() || c == '(') && text[end..].starts_with(char::is_alphanumeric)
}

fn closing(open: char) -> char {
    match open {
        '«' => '»',
        '"' => '"',
        '‘' => '’',
        _ => '”',
    }
}

/// Where the word that begins at `start` ends: letters and digits, and marks between them.
fn word_end(text: &str, start: usize, limit: usize) -> usize {
    let mut chars = text[start..limit].char_indices().peekable();
    let mut end = start;
    let mut dots = 0;
    while let Some((offset, c)) = chars.next() {
        let next = chars.peek().map(|(_, next)| *next);
        let joins = match c {
            '\'' | '’' | '-' | '‑' | '/' | '־' | '׳' | '״' => next.is_some_and(char::is_alphanumeric),
            '.' | ':' => {
                next.is_some_and(char::is_alphanumeric) && {
                    let letters = text[start..start + offset].rsplit('.').next().unwrap_or_default();
                    letters.chars().count() == 1 || letters.chars().all(|c| c.is_ascii_digit())
                }
            }
            c => c.is_alphanumeric() || unicode_normalization::char::is_combining_mark(c),
        };
        if !joins {
            // The last full stop of `U.S.` belongs to it, and so does the apostrophe of `officials'`.
            if c == '.'
                && dots > 0
                && text[start..start + offset]
                    .rsplit('.')
                    .next()
                    .is_some_and(|l| l.chars().count() == 1 && l.chars().all(char::is_alphabetic))
            {
                end = start + offset + 1;
            }
            break;
        }
        dots += usize::from(c == '.');
        end = start + offset + c.len_utf8();
    }
    end.max(start + 1)
}
