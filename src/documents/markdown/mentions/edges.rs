//! Where words begin and end, in folded text.

use std::ops::Range;

use unicode_normalization::char::is_combining_mark;

use super::scripts::Script;

/// Words that lose their last vowel before an apostrophe, in French and Italian.
const ELISIONS: [&str; 12] =
    ["l", "d", "qu", "dell", "dall", "nell", "sull", "all", "un", "jusqu", "lorsqu", "puisqu"];

/// Korean particles that follow a name directly.
const PARTICLES: [&str; 18] = [
    "은", "는", "이", "가", "을", "를", "의", "에", "와", "과", "도", "로", "으로", "에서", "에게", "만",
    "까지", "부터",
];

/// The most letters that a prefix has.
const LONGEST_PREFIX: usize = 4;

/// How a name that was found is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Form {
    /// As it is.
    Whole,
    /// An Arabic name with the article as it stands after the preposition `ل`: `لل` for `ال`.
    WithLam,
}

/// The word or words that the name at `name` makes with what is joined to its beginning, if it stands there as
/// words of their own.
pub(super) fn standing(text: &str, name: Range<usize>, form: Form) -> Option<Range<usize>> {
    let words = &text[name.clone()];
    let (first, last) = (words.chars().next()?, words.chars().next_back()?);
    if !ends(text, name.end, last) {
        return None;
    }
    if begins(text, name.start, first) {
        return Some(name);
    }
    let prefix: fn(&str) -> bool = match (Script::of(first), form) {
        (Script::Arabic, Form::Whole) => is_arabic_prefix,
        (Script::Arabic, Form::WithLam) => |prefix| matches!(prefix, "و" | "ف"),
        (Script::Hebrew, _) => is_hebrew_prefix,
        _ => return None,
    };
    let before = &text[..name.start];
    before
        .char_indices()
        .rev()
        .take(LONGEST_PREFIX)
        .find_map(|(at, letter)| (prefix(&before[at..]) && begins(text, at, letter)).then_some(at..name.end))
}

/// `(و|ف)?(ب|ل|ك|س)?`, not empty.
fn is_arabic_prefix(prefix: &str) -> bool {
    let rest = prefix.strip_prefix(['و', 'ف']).unwrap_or(prefix);
    !prefix.is_empty() && matches!(rest, "" | "ب" | "ل" | "ك" | "س")
}

/// `ו?(ש|כש)?[בלכמה]?`, not empty.
pub(super) fn is_hebrew_prefix(prefix: &str) -> bool {
    let rest = prefix.strip_prefix('ו').unwrap_or(prefix);
    let rest = rest.strip_prefix('ש').or_else(|| rest.strip_prefix("כש")).unwrap_or(rest);
    !prefix.is_empty() && matches!(rest, "" | "ב" | "ל" | "כ" | "מ" | "ה")
}

/// Whether a word that begins with `first` may begin at byte `at`.
fn begins(text: &str, at: usize, first: char) -> bool {
    let mut before = text[..at].chars().rev();
    let Some(last) = before.next() else {
        return true;
    };
    if !first.is_alphanumeric() {
        return true;
    }
    if let Some(decided) = by_script(first, last) {
        return decided;
    }
    if is_of_word(last) || last == '@' {
        return false;
    }
    match last {
        '.' | ':' => !before.next().is_some_and(joins),
        '\'' => !before.next().is_some_and(joins) || is_elision(&text[..at - 1]),
        '"' => !(is_hebrew(first) && before.next().is_some_and(is_hebrew)),
        _ => true,
    }
}

/// Whether a word that ends with `last` may end at byte `at`.
fn ends(text: &str, at: usize, last: char) -> bool {
    let mut after = text[at..].chars();
    let Some(next) = after.next() else {
        return true;
    };
    if is_mark(next) {
        return false;
    }
    if !last.is_alphanumeric() {
        return true;
    }
    if let Some(decided) = by_script(last, next) {
        return decided;
    }
    if is_of_word(next) {
        return Script::of(next) == Script::Hangul && is_particle(&text[at..]);
    }
    match next {
        '.' | ':' | '@' => !after.next().is_some_and(joins),
        '\'' => match after.next() {
            Some('s' | 'S') => !after.next().is_some_and(joins),
            other => !other.is_some_and(joins),
        },
        '"' => !(is_hebrew(last) && after.next().is_some_and(is_hebrew)),
        _ => true,
    }
}

/// Whether there is an edge between `own`, the first or last character of a name, and `other` beside it, where
/// their scripts alone decide that.
fn by_script(own: char, other: char) -> Option<bool> {
    if own.is_ascii() && other.is_ascii() {
        return None;
    }
    match (Script::of(own), Script::of(other)) {
        (Script::Katakana, Script::Katakana) => Some(false),
        (own, other) if own.is_open() || other.is_open() => Some(true),
        _ => None,
    }
}

/// Whether `text` begins with a Korean particle and the word ends there.
fn is_particle(text: &str) -> bool {
    PARTICLES.iter().any(|particle| {
        text.strip_prefix(particle).is_some_and(|rest| !rest.chars().next().is_some_and(is_of_word))
    })
}

/// Whether `text` ends with a word that an apostrophe joins to the next.
fn is_elision(text: &str) -> bool {
    let longest = 7;
    let length: usize =
        text.chars().rev().take(longest).take_while(|c| is_of_word(*c)).map(char::len_utf8).sum();
    let word = &text[text.len() - length..];
    ELISIONS.iter().any(|elision| elision.eq_ignore_ascii_case(word))
}

/// Whether a word goes on with `c`.
pub(super) fn is_of_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_' || is_mark(c)
}

/// Whether `c` beyond a dot or an apostrophe makes one word with what stands on this side of it.
fn joins(c: char) -> bool {
    is_of_word(c) && !matches!(Script::of(c), Script::Flowing | Script::Katakana | Script::Hangul)
}

fn is_mark(c: char) -> bool {
    c >= '\u{300}' && is_combining_mark(c)
}

pub(super) fn is_hebrew(c: char) -> bool {
    c.is_alphabetic() && Script::of(c) == Script::Hebrew
}

/// The words of `text` that are addresses, in order: those with `://` in them or that begin with `www.`.
pub(super) fn addresses(text: &str) -> Vec<Range<usize>> {
    let hosts = text.match_indices("www.").map(|(at, _)| at);
    let begins = |at: &usize| !text[..*at].chars().next_back().is_some_and(char::is_alphanumeric);
    let mut found: Vec<usize> =
        text.match_indices("://").map(|(at, _)| at).chain(hosts.filter(begins)).collect();
    found.sort_unstable();
    let mut addresses: Vec<Range<usize>> = Vec::new();
    for at in found {
        let from = addresses.last().map_or(0, |last| last.end);
        if at >= from {
            let begins = |c: char| ends_address(c) || Script::of(c).is_open();
            let start = text[from..at].rfind(begins).map_or(from, |space| from + space);
            let end = text[at..].find(ends_address).map_or(text.len(), |length| at + length);
            addresses.push(start..end);
        }
    }
    addresses
}

/// Whether `c` is no part of an address: white space, or punctuation of scripts without spaces.
fn ends_address(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{3000}'..='\u{303F}' | '\u{FF00}'..='\u{FF65}')
}
