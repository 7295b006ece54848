use std::{collections::BTreeMap, ops::Range};

use super::{
    escapes,
    words::{Words, folded},
};

/// What is done where a spelling is found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Strength {
    /// It is shown to the editor, since others may bear it.
    Seen,
    /// It is replaced where it stands alone as a reference, and shown elsewhere.
    Reference,
    /// It is replaced wherever it stands.
    Whole,
}

/// One way to write the name.
#[derive(Clone, Debug)]
pub(super) struct Spelling {
    /// As its author wrote it.
    pub(super) written: String,
    /// Its folded words.
    pub(super) words: Vec<String>,
    pub(super) strength: Strength,
    /// Whether it turns the name around at a comma: `Doe, John`. Without the comma it is two others.
    pub(super) inverted: bool,
}

/// Everything that one person is called.
#[derive(Clone, Debug, Default)]
pub(super) struct Name {
    pub(super) spellings: Vec<Spelling>,
    by_first: BTreeMap<String, Vec<usize>>,
}

/// How the words of a spelling hang together in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Join {
    /// By blanks, hyphens, one line break: as a name is written.
    Close,
    /// With signs of markup between them: `John **Doe**`.
    Markup,
    /// With the end of a sentence, a paragraph or a value between them: likely no name at all.
    Apart,
}

/// A place in a text where a spelling stands.
#[derive(Clone, Debug)]
pub(super) struct Hit {
    pub(super) range: Range<usize>,
    pub(super) spelling: usize,
    pub(super) join: Join,
    /// What stands between its words.
    pub(super) between: Vec<Range<usize>>,
}

impl Spelling {
    /// How many bytes it takes where `text` begins with it as its author wrote it: `Doe (politician)`.
    fn written_at(&self, text: &str) -> Option<usize> {
        let written = self.written.trim_start_matches(|c: char| !c.is_alphanumeric());
        let end = if written.ends_with([')', ']']) {
            written
        } else {
            written.trim_end_matches(|c: char| !c.is_alphanumeric())
        };
        (text.starts_with(end) && !end.is_empty()).then_some(end.len())
    }
}

impl Name {
    /// Adds a spelling, unless it holds no letter. Where it is there, the stronger stands.
    pub(super) fn add(&mut self, written: &str, strength: Strength) {
        let words = folded(written);
        if words.is_empty() {
            return;
        }
        let inverted = written.contains([',', '،']);
        let same = |known: &&mut Spelling| known.words == words && known.inverted == inverted;
        if let Some(known) = self.spellings.iter_mut().find(same) {
            known.strength = known.strength.max(strength);
            return;
        }
        let place = self.spellings.len();
        self.by_first.entry(words[0].clone()).or_default().push(place);
        self.spellings.push(Spelling { written: written.to_owned(), words, strength, inverted });
    }

    /// Every place where a spelling stands in `text`, the longest of those that begin at one word.
    pub(super) fn hits(&self, text: &str) -> Vec<Hit> {
        let words = Words::of(text);
        let mut found: Vec<Hit> = Vec::new();
        let mut at = 0;
        while at < words.len() {
            let hit = self.hit(text, &words, at);
            let whole = hit.as_ref().filter(|hit| self.is_whole(hit)).map(|hit| self.length(hit));
            found.extend(hit);
            at += whole.unwrap_or(1);
        }
        let taken: Vec<Range<usize>> =
            found.iter().filter(|hit| self.is_whole(hit)).map(|hit| hit.range.clone()).collect();
        found.retain(|hit| {
            let next = taken.partition_point(|range| range.end <= hit.range.start);
            self.is_whole(hit) || taken.get(next).is_none_or(|range| range.start >= hit.range.end)
        });
        found
    }

    pub(super) fn of(&self, hit: &Hit) -> &Spelling {
        &self.spellings[hit.spelling]
    }

    fn length(&self, hit: &Hit) -> usize {
        self.of(hit).words.len()
    }

    /// Whether it is to be replaced, or must be by hand.
    fn is_whole(&self, hit: &Hit) -> bool {
        self.of(hit).strength == Strength::Whole && hit.join != Join::Apart
    }

    /// What stands at the word `at`: what is to be replaced before what is not, and the longest of equals.
    fn hit(&self, text: &str, words: &Words, at: usize) -> Option<Hit> {
        let first = words.get(at)?;
        let bare = (0, first);
        std::iter::once(bare).chain(without_prefix(first)).find_map(|(letters, first)| {
            let known = self.by_first.get(first)?.iter();
            // A single short word with a letter before it is more likely another word.
            let fits = known.filter(|place| {
                let own = &self.spellings[**place].words;
                let mut follows = own[1..].iter().enumerate();
                (letters == 0 || own.len() > 1 || first.chars().count() > 3)
                    && follows.all(|(next, word)| words.get(at + 1 + next) == Some(word))
            });
            let hits = fits.map(|place| self.placed(text, words, at, *place, letters));
            let counts =
                hits.filter(|hit| self.of(hit).strength != Strength::Seen || hit.join == Join::Close);
            counts.max_by_key(|hit| (self.is_whole(hit), hit.join != Join::Apart, self.length(hit)))
        })
    }

    fn placed(&self, text: &str, words: &Words, at: usize, place: usize, letters: usize) -> Hit {
        let spelling = &self.spellings[place];
        let last = at + spelling.words.len() - 1;
        let start = after_letters(text, words.written(at), letters);
        let between: Vec<Range<usize>> =
            (at..last).map(|word| words.written(word).end..words.written(word + 1).start).collect();
        let joins = between.iter().enumerate().map(|(word, gap)| {
            let is_initial = spelling.words[word].chars().count() == 1;
            join(&text[gap.clone()], is_initial, spelling.inverted)
        });
        let mut join = joins.max().unwrap_or(Join::Close);
        if spelling.inverted && !between.iter().any(|gap| text[gap.clone()].contains([',', '،'])) {
            join = Join::Apart;
        }
        let mut range = start..words.written(last).end;
        if let Some(after) = spelling.written_at(&text[range.start..]) {
            (range.end, join) = (range.start + after, Join::Close);
        }
        Hit { range, spelling: place, join, between }
    }
}

/// Whether two words with `gap` between them may be words of one name.
pub(super) fn joins(gap: &str, after_initial: bool) -> bool {
    join(gap, after_initial, false) != Join::Apart
}

/// How two words hang together with `gap` between them.
fn join(gap: &str, after_initial: bool, inverted: bool) -> Join {
    let gap: Vec<char> = escapes::resolved(gap).map(|(_, c)| c).collect();
    let breaks = gap.iter().filter(|c| **c == '\n').count();
    let has_blank = gap.iter().any(|c| c.is_whitespace());
    let mut in_new_line = false;
    let mut join = if breaks > 1 { Join::Apart } else { Join::Close };
    for (at, &c) in gap.iter().enumerate() {
        in_new_line |= c == '\n';
        join = join.max(match c {
            c if c.is_whitespace() || !is_shown(c) => Join::Close,
            // The signs of a quotation and of a comment stand before each of their lines.
            '>' | '#' if in_new_line => Join::Close,
            // A line that goes on in the next one (YAML, TOML), or breaks there (Markdown).
            '\\' if matches!(gap.get(at + 1), Some('\n' | '\r')) => Join::Close,
            '\'' | '’' | 'ʼ' | '׳' | '״' => Join::Close,
            '.' if after_initial || !has_blank => Join::Close,
            '-' | '‐' | '‑' | '־' | '_' | '+' | '·' | '・' if !has_blank => Join::Close,
            ',' | '،' if inverted => Join::Close,
            '*' | '_' | '~' | '[' | ']' | '(' | ')' | '<' | '>' | '"' | '“' | '”' | '`' | '|' => {
                Join::Markup
            }
            _ => Join::Apart,
        });
    }
    join
}

fn is_shown(c: char) -> bool {
    !crate::leaks::is_unseen(c)
}

/// `word` without the Arabic or Hebrew particles that it may begin with, each with how many letters they have.
pub(super) fn without_prefix(word: &str) -> impl Iterator<Item = (usize, &str)> {
    let is_semitic = word.starts_with(|c| matches!(c, '\u{5d0}'..='\u{5ea}' | '\u{621}'..='\u{64a}'));
    let parts = word.char_indices().enumerate().skip(1).take(3);
    parts
        .filter(move |_| is_semitic)
        .map(|(letters, (at, _))| (letters, &word[..at], &word[at..]))
        .filter(|(_, prefix, _)| is_prefix(prefix))
        .map(|(letters, _, rest)| (letters, rest))
}

fn is_prefix(prefix: &str) -> bool {
    let arabic = prefix.strip_prefix(['و', 'ف']).unwrap_or(prefix);
    let hebrew = prefix.strip_prefix('ו').unwrap_or(prefix);
    let hebrew = hebrew.strip_prefix('ש').or_else(|| hebrew.strip_prefix("כש")).unwrap_or(hebrew);
    matches!(arabic, "" | "ب" | "ل" | "ك" | "س") || matches!(hebrew, "" | "ב" | "ל" | "כ" | "מ" | "ה")
}

/// Where the word at `range` goes on after its first letters.
fn after_letters(text: &str, range: Range<usize>, letters: usize) -> usize {
    if letters == 0 {
        return range.start;
    }
    let seen = escapes::resolved(&text[range.clone()]).filter(|(_, c)| is_shown(*c));
    seen.map(|(place, _)| range.start + place.start).nth(letters).unwrap_or(range.start)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found<'t>(spellings: &[&str], text: &'t str) -> Vec<(&'t str, Join)> {
        let mut name = Name::default();
        for spelling in spellings {
            name.add(spelling, Strength::Whole);
        }
        name.hits(text).into_iter().map(|hit| (&text[hit.range], hit.join)).collect()
    }

    fn close(spellings: &[&str], text: &str) -> Vec<String> {
        let close = found(spellings, text).into_iter().filter(|(_, join)| *join == Join::Close);
        close.map(|(words, _)| words.to_owned()).collect()
    }

    #[test]
    fn a_name_is_found_in_every_form_that_it_is_written_in() {
        for text in [
            "John Doe",
            "JOHN  DOE",
            "john-doe",
            "john_doe",
            "John\nDoe",
            "John\r\n> Doe",
            "John\n# Doe",
            "John%20Doe",
            "John&nbsp;Doe",
            "Jo\u{ad}hn Doe",
            "john.doe",
            "john+doe",
            "John \\\n  Doe",
            "John\\\r\nDoe",
        ] {
            assert_eq!(close(&["John Doe"], &format!("so {text}'s x")), [text]);
        }
        assert_eq!(close(&["J. R. Doe"], "J. R. Doe and J R Doe"), ["J. R. Doe", "J R Doe"]);
    }

    #[test]
    fn other_words_are_not_the_name() {
        for text in ["John Does", "Johny Doe", "Doe John", "John E. Doe", "StJohn Doe"] {
            assert!(found(&["John Doe"], text).is_empty(), "{text}");
        }
    }

    #[test]
    fn words_with_something_between_them_are_told_apart() {
        for (text, join) in [
            ("John **Doe**", Join::Markup),
            ("John [[Doe]]", Join::Markup),
            ("said John. Doe left", Join::Apart),
            ("John\n\nDoe", Join::Apart),
            ("- John\n- Doe", Join::Apart),
            ("John: Doe", Join::Apart),
            ("John - Doe", Join::Apart),
            ("John, Doe", Join::Apart),
        ] {
            assert_eq!(found(&["John Doe"], text)[0].1, join, "{text}");
        }
        assert_eq!(close(&["Doe, John"], "Doe, John; Doe John; Doe. John"), ["Doe, John"]);
    }

    #[test]
    fn the_longest_spelling_is_taken() {
        assert_eq!(
            close(&["John Doe", "John Doe Smith"], "John Doe Smith, John Doe"),
            ["John Doe Smith", "John Doe"]
        );
    }

    #[test]
    fn particles_before_a_name_stay() {
        assert_eq!(close(&["باسم نعيم"], "وباسم نعيم"), ["باسم نعيم"]);
        assert_eq!(close(&["באסם נעים"], "שבאסם נעים"), ["באסם נעים"]);
        assert_eq!(close(&["باسم نعيم"], "وَبَاسِم نعيم"), ["بَاسِم نعيم"]);
    }

    #[test]
    fn a_weak_spelling_inside_a_strong_one_is_not_told() {
        let mut name = Name::default();
        name.add("John Doe", Strength::Whole);
        name.add("Doe", Strength::Seen);
        let places: Vec<_> = name.hits("John Doe; Doe").into_iter().map(|hit| hit.range).collect();
        assert_eq!(places, [0..8, 10..13]);
    }
}
