use std::ops::Range;

use super::{
    form::{self, Pseudonym, Region},
    name::{Hit, Join, Name, Strength},
};

/// A text with the name taken out, and what was met on the way.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Rewritten {
    pub(super) text: String,
    pub(super) replaced: Vec<Replaced>,
    /// Words that may mean the same person.
    pub(super) seen: Vec<Seen>,
    /// The name with markup inside it, which only an editor can mend.
    pub(super) broken: Vec<Seen>,
}

/// A place that was changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Replaced {
    /// Its line, from 1, in the text as it was.
    pub line: usize,
    /// What stood there.
    pub old: String,
    /// What stands there now.
    pub new: String,
    /// Whether it is an address elsewhere, of which only the host is left.
    pub is_address: bool,
}

/// A place that was not changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    /// Its line, from 1.
    pub line: usize,
    /// What stands there.
    pub words: String,
}

/// A value of a file's front matter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Value {
    pub(super) range: Range<usize>,
    /// Whether it is an id, a key or a path.
    pub(super) is_id: bool,
    /// Its text, where it may be a reference to an entity as a whole.
    pub(super) reference: Option<String>,
}

/// What a text is rewritten by.
pub(super) struct Rewriting<'a> {
    pub(super) name: &'a Name,
    pub(super) pseudonym: &'a Pseudonym,
    /// Where the archive itself is published: addresses below it are its own.
    pub(super) base_url: Option<&'a str>,
}

impl Rewriting<'_> {
    /// Takes the name out of `text`, whose front matter holds `values`, in the order of their places.
    pub(super) fn text(&self, text: &str, values: &[Value]) -> Rewritten {
        let mut done = Rewritten { text: String::with_capacity(text.len()), ..Rewritten::default() };
        let mut lines = Lines { text, at: 0, line: 1 };
        let mut copied = 0;
        for hit in self.name.hits(text) {
            let value = values
                .iter()
                .find(|value| value.range.start <= hit.range.start && hit.range.end <= value.range.end);
            let line = lines.of(hit.range.start);
            let seen = || Seen { line, words: text[hit.range.clone()].to_owned() };
            if hit.range.start < copied {
                continue;
            }
            match (self.name.of(&hit).strength, hit.join) {
                (Strength::Whole, Join::Markup) => done.broken.push(seen()),
                (Strength::Whole, Join::Close) => {
                    let (range, new, is_address) = self.replacement(text, &hit, value);
                    let old = text[range.clone()].to_owned();
                    done.text.push_str(&text[copied..range.start]);
                    done.text.push_str(&new);
                    copied = range.end;
                    done.replaced.push(Replaced { line, old, new, is_address });
                }
                (Strength::Reference, Join::Close) if self.is_reference(text, &hit, value) => {
                    let region =
                        if value.is_some_and(|value| value.is_id) { Region::Id } else { Region::Text };
                    let new = self.pseudonym.in_place_of(text, &hit, self.name.of(&hit), region);
                    done.text.push_str(&text[copied..hit.range.start]);
                    done.text.push_str(&new);
                    copied = hit.range.end;
                    done.replaced.push(Replaced { line, old: seen().words, new, is_address: false });
                }
                _ => done.seen.push(seen()),
            }
        }
        done.text.push_str(&text[copied..]);
        done.broken.extend(self.between_tags(text));
        done
    }

    /// The places where the name stands for readers alone, with a tag or an address between its words:
    /// `John <b>Doe</b>`.
    fn between_tags(&self, text: &str) -> Vec<Seen> {
        let is_name = |hit: &Hit| self.name.of(hit).strength == Strength::Whole && hit.join != Join::Apart;
        let hits: Vec<Hit> = self.name.hits(text).into_iter().filter(|hit| is_name(hit)).collect();
        let is_known = |range: &Range<usize>| {
            hits.iter().any(|hit| hit.range.start < range.end && range.start < hit.range.end)
        };
        let bare = without_tags(text);
        let found = self.name.hits(&bare).into_iter().filter(|hit| is_name(hit) && !is_known(&hit.range));
        found
            .map(|hit| Seen {
                line: 1 + text[..hit.range.start].matches('\n').count(),
                words: text[hit.range].to_owned(),
            })
            .collect()
    }

    /// `path` with the name taken out of each of its segments but the first; `None` where it does not hold it.
    pub(super) fn path(&self, path: &str) -> Option<String> {
        let (first, rest) = path.split_once('/')?;
        let segments: Vec<String> = rest.split('/').map(|segment| self.segment(segment)).collect();
        let new = format!("{first}/{}", segments.join("/"));
        (new != path).then_some(new)
    }

    fn segment(&self, segment: &str) -> String {
        let mut new = segment.to_owned();
        let hits = self.name.hits(segment);
        let whole = hits
            .iter()
            .filter(|hit| self.name.of(hit).strength == Strength::Whole && hit.join == Join::Close);
        for hit in whole.rev() {
            let words = self.pseudonym.in_place_of(segment, hit, self.name.of(hit), Region::Id);
            new.replace_range(hit.range.clone(), &words);
        }
        new
    }

    fn replacement(&self, text: &str, hit: &Hit, value: Option<&Value>) -> (Range<usize>, String, bool) {
        let region = if value.is_some_and(|value| value.is_id) { Region::Id } else { Region::Text };
        if let Some((whole, host)) = form::address(text, &hit.range)
            && self.base_url.is_none_or(|base| !text[whole.start..].starts_with(base))
        {
            let origin = &text[whole.start..host];
            // Where the host is called so, there is nothing that may stay.
            let is_clean = self.name.hits(origin).is_empty() && hit.range.start >= host;
            let new = if is_clean { format!("{origin}/") } else { "https://withheld.invalid/".to_owned() };
            return (whole, new, true);
        }
        let words = self.pseudonym.in_place_of(text, hit, self.name.of(hit), region);
        (hit.range.clone(), words, false)
    }

    /// Whether the name at `hit` is all of a reference: of a value that names an entity, or of `[[Doe|words]]`.
    fn is_reference(&self, text: &str, hit: &Hit, value: Option<&Value>) -> bool {
        let words = &self.name.of(hit).words;
        let is_value = value
            .and_then(|value| value.reference.as_deref())
            .is_some_and(|value| super::words::folded(value) == *words);
        let before = text[..hit.range.start].trim_end();
        let opened = before.rfind("[[").map(|at| before[at + 2..].trim_start_matches('!'));
        let is_opened = opened
            .is_some_and(|kind| kind.is_empty() || (kind.ends_with(':') && !kind.contains([']', '|', '\n'])));
        let after = text[hit.range.end..].trim_start();
        is_value || (is_opened && (after.starts_with("]]") || after.starts_with('|')))
    }
}

/// `text` with blanks, byte for byte, in place of HTML tags and of the addresses of links.
fn without_tags(text: &str) -> String {
    let mut bare = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['<', ']']) {
        bare.push_str(&rest[..at]);
        rest = &rest[at..];
        let is_tag = rest[1..].starts_with(|c: char| c.is_ascii_alphabetic() || c == '/');
        let close = match (rest.starts_with('<'), rest.starts_with("](")) {
            (true, _) if is_tag => Some('>'),
            (false, true) => Some(')'),
            _ => None,
        };
        let line = rest.find('\n').unwrap_or(rest.len());
        let length = close.and_then(|close| rest[..line].find(close)).map_or(1, |end| end + 1);
        bare.extend(std::iter::repeat_n(' ', length));
        rest = &rest[length..];
    }
    bare.push_str(rest);
    bare
}

/// Counts lines on the way through a text.
struct Lines<'t> {
    text: &'t str,
    at: usize,
    line: usize,
}

impl Lines<'_> {
    fn of(&mut self, at: usize) -> usize {
        if at > self.at {
            self.line += self.text[self.at..at].matches('\n').count();
            self.at = at;
        }
        self.line
    }
}
