//! Names, and where they stand in folded text.

use std::{cmp::Reverse, collections::BTreeMap, ops::Range};

use aho_corasick::{AhoCorasick, MatchKind};

use super::{
    edges::{self, Form},
    fold::Folded,
};

/// The names that prose may mention, ready to be found.
///
/// A name is found as it is written, with its first letter in capitals, and, if it has four letters or more, all
/// in capitals. One without letters or of less than two characters is never found.
#[derive(Debug, Default)]
pub struct Names {
    spellings: Option<AhoCorasick>,
    /// What each spelling means, in the order of the automaton.
    meanings: Vec<Meaning>,
}

#[derive(Debug)]
struct Meaning {
    form: Form,
    owners: Box<[u32]>,
}

/// A name in words that are no Markdown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    /// Bytes of the words.
    pub range: Range<usize>,
    /// Whose name it is, in ascending order.
    pub owners: Box<[u32]>,
}

impl Names {
    /// Each name as written and whose it is (an opaque number). One name may have several owners.
    ///
    /// # Panics
    /// If the names are longer than 2 GiB together.
    pub fn new<'n>(names: impl IntoIterator<Item = (&'n str, u32)>) -> Self {
        let mut owners: BTreeMap<(String, Form), Vec<u32>> = BTreeMap::new();
        for (name, owner) in names {
            for spelling in spellings(name) {
                owners.entry(spelling).or_default().push(owner);
            }
        }
        if owners.is_empty() {
            return Self::default();
        }
        let spellings = AhoCorasick::builder()
            .match_kind(MatchKind::Standard)
            .build(owners.keys().map(|(spelling, _)| spelling))
            .expect("the names of an archive have less than 2 GiB");
        let meaning = |((_, form), mut owners): ((String, Form), Vec<u32>)| {
            owners.sort_unstable();
            owners.dedup();
            Meaning { form, owners: owners.into() }
        };
        Self { spellings: Some(spellings), meanings: owners.into_iter().map(meaning).collect() }
    }

    /// Whether there is nothing to find.
    pub fn is_empty(&self) -> bool {
        self.spellings.is_none()
    }

    /// The names in words that are no Markdown ("Sky News in Arabic"), in order, longest first, not overlapping.
    pub fn in_words(&self, words: &str) -> Vec<Named> {
        if self.is_empty() {
            return Vec::new();
        }
        let named = |(range, owners): (Range<usize>, &[u32])| Named { range, owners: owners.into() };
        self.find(&Folded::of(words), |_| true).into_iter().map(named).collect()
    }

    /// The names in `text` that `fits` takes, by their bytes of the raw text and their owners: leftmost first,
    /// then longest, not overlapping.
    pub(super) fn find(&self, text: &Folded, fits: impl Fn(&[u32]) -> bool) -> Vec<(Range<usize>, &[u32])> {
        let Some(spellings) = &self.spellings else {
            return Vec::new();
        };
        let mut found = Vec::new();
        let mut addresses = None;
        for hit in spellings.find_overlapping_iter(text.text()) {
            let meaning = &self.meanings[hit.pattern().as_usize()];
            let Some(words) = edges::standing(text.text(), hit.range(), meaning.form) else {
                continue;
            };
            let addresses = addresses.get_or_insert_with(|| edges::addresses(text.text()));
            let after = addresses.partition_point(|address| address.end <= words.start);
            if addresses.get(after).is_some_and(|address| address.start < words.end) {
                continue;
            }
            let range = text.start(words.start)..text.end(words.end);
            if fits(&meaning.owners) {
                found.push((range, hit.start() - words.start, &*meaning.owners));
            }
        }
        // Of two names that make the same words, one stands there as it is, and one with a prefix.
        found.sort_by_key(|(range, prefix, _)| (range.start, Reverse(range.end), *prefix));
        let mut end = 0;
        let mut apart = Vec::new();
        for (range, _, owners) in found {
            if range.start >= end {
                end = range.end;
                apart.push((range, owners));
            }
        }
        apart
    }
}

/// The spellings of `name`, folded.
fn spellings(name: &str) -> Vec<(String, Form)> {
    let folded = Folded::of(name);
    let name = folded.text().trim();
    let letters = name.chars().filter(|c| c.is_alphabetic()).count();
    if letters == 0 || name.chars().nth(1).is_none() {
        return Vec::new();
    }
    let mut spellings = vec![name.to_owned(), with_capital(name)];
    if letters >= 4 {
        let capitals = name.to_uppercase();
        spellings.push(without_tonos(&capitals));
        spellings.push(capitals);
    }
    spellings.sort_unstable();
    spellings.dedup();
    let mut spellings: Vec<_> = spellings.into_iter().map(|spelling| (spelling, Form::Whole)).collect();
    if let Some(rest) = name.strip_prefix("ال").filter(|rest| !rest.is_empty()) {
        // The article and a word that begins with `ل`: of three, two are written.
        let rest = rest.strip_prefix('ل').unwrap_or(rest);
        spellings.push((format!("لل{rest}"), Form::WithLam));
    }
    spellings
}

/// `name` with its first letter in capitals. Georgian has none at the beginning of a word.
fn with_capital(name: &str) -> String {
    match name.char_indices().find(|(_, c)| c.is_alphabetic()) {
        Some((at, first)) if !matches!(first, '\u{10D0}'..='\u{10FF}') => {
            let after = at + first.len_utf8();
            format!("{}{}{}", &name[..at], first.to_uppercase(), &name[after..])
        }
        _ => name.to_owned(),
    }
}

/// Greek in capitals has no accents.
fn without_tonos(capitals: &str) -> String {
    let bare = |c| match c {
        'Ά' => 'Α',
        'Έ' => 'Ε',
        'Ή' => 'Η',
        'Ί' => 'Ι',
        'Ό' => 'Ο',
        'Ύ' => 'Υ',
        'Ώ' => 'Ω',
        other => other,
    };
    capitals.chars().map(bare).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The words that are found, with the number of each's owners.
    #[track_caller]
    fn finds(names: &[&str], words: &str, expected: &[&str]) {
        let names = Names::new(names.iter().copied().zip(0..));
        let found: Vec<&str> = names.in_words(words).into_iter().map(|named| &words[named.range]).collect();
        assert_eq!(found, expected, "{words}");
    }

    #[test]
    fn names_are_found_as_written_or_with_a_capital_or_in_capitals() {
        finds(&["Hamas"], "Hamas, HAMAS, hamas, HamaS", &["Hamas", "HAMAS"]);
        finds(&["US"], "US us Us", &["US"]);
        finds(&["Who"], "Who WHO who", &["Who"]);
        finds(
            &["hostage talks"],
            "Hostage talks, hostage talks, Hostage Talks",
            &["Hostage talks", "hostage talks"],
        );
        finds(&["al-Qaeda"], "Al-Qaeda, AL-QAEDA", &["Al-Qaeda", "AL-QAEDA"]);
        finds(&["Ελλάδα"], "ΕΛΛΆΔΑ ΕΛΛΑΔΑ ελλάδα", &["ΕΛΛΆΔΑ", "ΕΛΛΑΔΑ"]);
        finds(&["თბილისი"], "თბილისი ᲗᲑᲘᲚᲘᲡᲘ", &["თბილისი", "ᲗᲑᲘᲚᲘᲡᲘ"]);
    }

    #[test]
    fn the_leftmost_and_then_the_longest_name_wins() {
        finds(&["Khan", "Khan Younis", "Younis Camp"], "Khan Younis Camp", &["Khan Younis"]);
        finds(&["Khan", "Khan Younis"], "Khan Youniss, Khan", &["Khan", "Khan"]);
        finds(&["Gaza", "Gaza City", "City Hall"], "Gaza City Hall", &["Gaza City"]);
    }

    #[test]
    fn a_name_may_have_several_owners_each_once() {
        let names = Names::new([("Israel", 7), ("Israel", 2), ("israel", 2), ("Gaza", 1)]);
        let named = names.in_words("Israel");
        assert_eq!(named, [Named { range: 0..6, owners: [2, 7].into() }]);
    }

    #[test]
    fn names_without_letters_or_of_one_character_are_none() {
        for name in ["", " ", "a", "美", "7", "2025", "7 + 7", "-", "\u{200B}a"] {
            assert!(Names::new([(name, 0)]).is_empty(), "{name:?}");
        }
        assert!(!Names::new([("7a", 0)]).is_empty());
    }

    #[test]
    fn folding_leaves_places_of_the_words_as_they_are() {
        finds(&["Khan Younis"], "In Khan\u{A0}\n Younis’s", &["Khan\u{A0}\n Younis"]);
        finds(&["Sana'a"], "Sana’a, Sanaʿa and Sana`a", &["Sana’a", "Sanaʿa", "Sana`a"]);
        finds(&["Sana"], "Sana’a, Sana, Sana’s", &["Sana", "Sana"]);
        finds(&["José"], "Jose\u{301}, José", &["Jose\u{301}", "José"]);
        finds(&["Jose"], "Jose\u{301}", &[]);
        finds(&["حماس"], "حَمَاسُ", &["حَمَاسُ"]);
    }
}
