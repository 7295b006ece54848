//! The words of a text, as the search knows them. `docs/search.md` is the rule and `tests/search/words.json` its
//! examples; `search.js` does the same in the browser.

use unicode_normalization::UnicodeNormalization as _;
use unicode_properties::{GeneralCategoryGroup, UnicodeGeneralCategory as _};
use unicode_script::{Script, UnicodeScript as _};

/// So many code points of a word count.
pub(super) const LONGEST: usize = 64;

/// What words are taken from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum From {
    /// A text that is searched.
    Text,
    /// What somebody looks for.
    Query,
}

/// Cuts texts into words, with memory that is used again.
#[derive(Default)]
pub struct Cutter {
    folded: String,
    word: String,
}

impl Cutter {
    /// Hands the words of `text` to `each`, in their order: the nth stands at the place n.
    pub fn words(&mut self, text: &str, from: From, mut each: impl FnMut(&str)) {
        let Self { folded, word } = self;
        folded.clear();
        fold(text, folded);
        let mut at = 0;
        while at < folded.len() {
            let rest = &folded[at..];
            let ascii = rest.bytes().take_while(u8::is_ascii_alphanumeric).count();
            if ascii > 0 && ascii <= LONGEST && ends_plainly(rest, ascii) {
                each(&rest[..ascii]);
                at += ascii;
                continue;
            }
            word.clear();
            at += take(folded, at, word);
            if !word.is_empty() {
                hand(word, from, &mut each);
            }
        }
    }
}

/// The further forms of a word: without the short words that Hebrew and Arabic write onto it.
pub fn forms(word: &str) -> impl Iterator<Item = &str> {
    let made = match word.chars().next() {
        Some('\u{5d0}'..='\u{5ea}') => hebrew(word),
        Some('\u{620}'..='\u{64a}') => arabic(word),
        _ => [None; 3],
    };
    made.into_iter().flatten()
}

fn hebrew(word: &str) -> [Option<&str>; 3] {
    let mut made = [None; 3];
    let mut last = word;
    for form in &mut made {
        let Some(rest) = without(last, &["ו", "ה", "ב", "ל", "מ", "ש", "כ"]) else { break };
        *form = Some(rest);
        last = rest;
    }
    made
}

fn arabic(word: &str) -> [Option<&str>; 3] {
    let first = without(word, &["و", "ف"]);
    let last = first.unwrap_or(word);
    let with_article = without(last, &["لل"]);
    let second = with_article.or_else(|| without(last, &["ب", "ك", "ل"]));
    let third = if with_article.is_some() { None } else { without(second.unwrap_or(last), &["ال"]) };
    [first, second, third]
}

/// `word` without the first of `prefixes` that it begins with, if at least three letters remain.
fn without<'w>(word: &'w str, prefixes: &[&str]) -> Option<&'w str> {
    let rest = prefixes.iter().find_map(|prefix| word.strip_prefix(prefix))?;
    (rest.chars().take(3).count() == 3).then_some(rest)
}

/// Steps 1 to 5: `text` in the form in which words are compared.
fn fold(text: &str, folded: &mut String) {
    folded.reserve(text.len());
    let mut rest = text;
    loop {
        let ascii = rest.bytes().take_while(u8::is_ascii).count();
        if ascii == rest.len() {
            push_lower(rest, folded);
            return;
        }
        // A mark joins the letter before it; nothing joins what is ASCII to what stands before that.
        let start = ascii.saturating_sub(1);
        let len = rest[ascii..].bytes().take_while(|byte| !byte.is_ascii()).count();
        push_lower(&rest[..start], folded);
        let marked = rest[start..ascii + len].chars().map(|c| if c == '´' { '\'' } else { c });
        let bare = marked.nfkd().filter(|c| !is_dropped(*c)).nfkc();
        let lower =
            bare.flat_map(char::to_lowercase).flat_map(char::to_uppercase).flat_map(char::to_lowercase);
        folded.extend(lower.filter(|c| !is_dropped(*c)).map(made_one));
        rest = &rest[ascii + len..];
    }
}

fn push_lower(ascii: &str, folded: &mut String) {
    let start = folded.len();
    folded.push_str(ascii);
    folded[start..].make_ascii_lowercase();
}

/// Marks and signs that no word is told apart by.
fn is_dropped(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{640}'
        | '\u{300}'..='\u{36f}' | '\u{483}'..='\u{487}' | '\u{591}'..='\u{5bd}' | '\u{5bf}'
        | '\u{5c1}'..='\u{5c2}' | '\u{5c4}'..='\u{5c5}' | '\u{5c7}' | '\u{610}'..='\u{61a}'
        | '\u{64b}'..='\u{65f}' | '\u{670}' | '\u{6d6}'..='\u{6dc}' | '\u{6df}'..='\u{6e4}'
        | '\u{6e7}'..='\u{6e8}' | '\u{6ea}'..='\u{6ed}' | '\u{8d3}'..='\u{8e1}' | '\u{8e3}'..='\u{8ff}'
        | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{fe20}'..='\u{fe2f}'
        | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}'
        | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// Forms of one letter or digit made that one.
fn made_one(c: char) -> char {
    /// The noughts of the scripts whose digits become ours.
    const NOUGHTS: [u32; 17] = [
        0x660, 0x6f0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xe50, 0xed0, 0xf20,
        0x1040, 0x17e0, 0x1810,
    ];
    match c {
        '\0'..='\u{59f}' => c,
        'ך' => 'כ',
        'ם' => 'מ',
        'ן' => 'נ',
        'ף' => 'פ',
        'ץ' => 'צ',
        'أ' | 'إ' | 'آ' | 'ٱ' => 'ا',
        'ى' | 'ی' => 'ي',
        'ة' | 'ہ' | 'ۀ' | 'ە' => 'ه',
        'ک' => 'ك',
        '\u{66c}' => ',',
        _ => {
            let digit =
                NOUGHTS.iter().map(|nought| (c as u32).wrapping_sub(*nought)).find(|digit| *digit < 10);
            digit.and_then(|digit| char::from_digit(digit, 10)).unwrap_or(c)
        }
    }
}

/// What a code point is in a word.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sort {
    Letter,
    Mark,
    Digit,
    Apostrophe,
    Other,
}

fn sort(c: char) -> Sort {
    match c {
        'a'..='z' | '\u{3007}' => Sort::Letter,
        '0'..='9' => Sort::Digit,
        '\'' | '`' | '\u{2bb}'..='\u{2bf}' | '\u{2018}' | '\u{2019}' | '\u{2032}' => Sort::Apostrophe,
        '\0'..='\u{7f}' => Sort::Other,
        _ => match c.general_category_group() {
            GeneralCategoryGroup::Letter => Sort::Letter,
            GeneralCategoryGroup::Mark => Sort::Mark,
            GeneralCategoryGroup::Number if c.is_numeric() && is_decimal(c) => Sort::Digit,
            _ => Sort::Other,
        },
    }
}

fn is_decimal(c: char) -> bool {
    c.general_category() == unicode_properties::GeneralCategory::DecimalNumber
}

fn is_hebrew(c: char) -> bool {
    matches!(c, '\u{5d0}'..='\u{5ea}' | '\u{5ef}'..='\u{5f2}')
}

/// Whether the word of `len` ASCII letters and digits that `rest` begins with ends there whatever follows.
fn ends_plainly(rest: &str, len: usize) -> bool {
    let is_number = || rest.as_bytes()[..len].iter().all(u8::is_ascii_digit);
    match rest.as_bytes().get(len) {
        None => true,
        Some(b'\'' | b'`') => false,
        Some(b',') => !is_number(),
        Some(next) => next.is_ascii(),
    }
}

/// Takes the word that stands at `at` of `text`, if one does, into `word`, and returns how many bytes it took; of what is
/// no word one code point.
fn take(text: &str, start: usize, word: &mut String) -> usize {
    let mut at = start;
    while let Some(c) = text[at..].chars().next() {
        let after = &text[at + c.len_utf8()..];
        match sort(c) {
            Sort::Letter | Sort::Mark | Sort::Digit => word.push(c),
            Sort::Apostrophe | Sort::Other if joins(c, word, after) => {}
            _ if c == ',' && is_number_so_far(text, start, at, word) => {
                let groups = groups(&text[at..]);
                if groups == 0 {
                    break;
                }
                word.extend(text[at..at + groups].chars().filter(|c| *c != ','));
                at += groups;
                continue;
            }
            _ => break,
        }
        at += c.len_utf8();
    }
    let first = || text[start..].chars().next().map_or(1, char::len_utf8);
    if at == start { first() } else { at - start }
}

/// Whether `mark` is left out between what stands before it in the word and what stands `after`.
fn joins(mark: char, word: &str, after: &str) -> bool {
    let (Some(before), Some(next)) = (word.chars().next_back(), after.chars().next()) else { return false };
    if matches!(mark, '"' | '״' | '\'' | '׳' | '\u{2019}' | '\u{201d}')
        && is_hebrew(before)
        && is_hebrew(next)
    {
        return true;
    }
    let is_letter = |c: char| matches!(sort(c), Sort::Letter | Sort::Mark);
    let goes_on = |c: char| is_letter(c) || sort(c) == Sort::Digit;
    let is_possessive = next == 's' && !after[1..].chars().next().is_some_and(goes_on);
    sort(mark) == Sort::Apostrophe
        && is_letter(before)
        && sort(next) == Sort::Letter
        && word.chars().nth(1).is_some()
        && !is_possessive
}

/// Whether the word that began at `start` is one to three digits and follows no digit and comma.
fn is_number_so_far(text: &str, start: usize, at: usize, word: &str) -> bool {
    let mut before = text[..start].chars().rev();
    let follows = before.next() == Some(',') && before.next().is_some_and(|c| sort(c) == Sort::Digit);
    !follows
        && word.len() == at - start
        && (1..=3).contains(&word.len())
        && word.bytes().all(|b| b.is_ascii_digit())
}

/// The length of the groups of a comma and three digits that `text` begins with; nought where another sort of group is
/// among them.
fn groups(text: &str) -> usize {
    let bytes = text.as_bytes();
    let digits =
        |from: usize| bytes[from.min(bytes.len())..].iter().take_while(|b| b.is_ascii_digit()).count();
    let mut len = 0;
    while bytes.get(len) == Some(&b',') && digits(len + 1) > 0 {
        if digits(len + 1) != 3 {
            return 0;
        }
        len += 4;
    }
    len
}

/// Steps 7 and 8: hands `word` on, what is in scripts without spaces in pairs.
fn hand(word: &str, from: From, each: &mut impl FnMut(&str)) {
    if word.chars().all(|c| c < '\u{e00}') {
        return each(first(word, LONGEST));
    }
    let mut rest = word;
    while let Some(c) = rest.chars().next() {
        let spaced = !is_without_spaces(c);
        let mut end = rest.len();
        for (at, c) in rest.char_indices().skip(1) {
            if !follows_script(c) && is_without_spaces(c) == spaced {
                end = at;
                break;
            }
        }
        if spaced {
            each(first(&rest[..end], LONGEST));
        } else {
            pairs(&rest[..end], from, each);
        }
        rest = &rest[end..];
    }
}

fn first(word: &str, count: usize) -> &str {
    word.char_indices().nth(count).map_or(word, |(end, _)| &word[..end])
}

fn is_without_spaces(c: char) -> bool {
    c == '\u{30fc}'
        || matches!(
            c.script(),
            Script::Han
                | Script::Hiragana
                | Script::Katakana
                | Script::Thai
                | Script::Lao
                | Script::Khmer
                | Script::Myanmar
        )
}

/// Whether a code point is of the script of what stands before it: a mark without one of its own.
fn follows_script(c: char) -> bool {
    sort(c) == Sort::Mark && matches!(c.script(), Script::Inherited | Script::Common)
}

fn pairs(run: &str, from: From, each: &mut impl FnMut(&str)) {
    let starts: Vec<usize> = run.char_indices().map(|(at, _)| at).collect();
    for place in 0..starts.len() {
        let end = starts.get(place + 2).copied().unwrap_or(run.len());
        let is_last = place + 1 == starts.len();
        if !is_last || place == 0 || from == From::Text {
            each(&run[starts[place]..end]);
        }
    }
}
