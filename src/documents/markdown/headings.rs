//! Levels and ids of headings.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::slugify;

use super::walk::{Made, Run};

/// The levels that headings get: the shallowest that is used becomes `top`, and none is skipped on the way down,
/// so that a reader who goes by headings misses nothing (WCAG 2.2, technique G141).
#[derive(Debug)]
pub(super) struct Levels {
    top: u8,
    /// As written and as given, of the headings that the next may stand under.
    open: Vec<(u8, u8)>,
}

impl Levels {
    pub(super) fn new(top: u8) -> Self {
        Self { top, open: Vec::new() }
    }

    /// The level of the next heading, which was written with `level`.
    pub(super) fn place(&mut self, level: u8) -> u8 {
        while self.open.last().is_some_and(|(written, _)| *written >= level) {
            self.open.pop();
        }
        let given = self.open.last().map_or(self.top, |(_, given)| given + 1).min(6);
        self.open.push((level, given));
        given
    }
}

/// Gives out ids of headings, each once. All of them begin with the prefix.
#[derive(Debug)]
pub(super) struct Ids {
    prefix: String,
    /// Those that headings ask for by name; the first that asks gets it.
    explicit: BTreeSet<String>,
    used: BTreeSet<String>,
    /// The last number that was given out after an id.
    numbers: BTreeMap<String, usize>,
}

impl Ids {
    /// `taken` are used already, `explicit` (without prefix) are kept for who asks for them.
    pub(super) fn new(prefix: &str, explicit: &BTreeSet<String>, taken: &[String]) -> Self {
        Self {
            prefix: prefix.to_owned(),
            explicit: explicit.iter().map(|id| format!("{prefix}{id}")).collect(),
            used: taken.iter().cloned().collect(),
            numbers: BTreeMap::new(),
        }
    }

    /// The id of a heading that says `text`, or that asks for `explicit`.
    pub(super) fn heading(&mut self, text: &str, explicit: Option<&str>) -> String {
        let prefix = &self.prefix;
        if let Some(id) = explicit {
            let id = format!("{prefix}{id}");
            self.explicit.remove(&id);
            return self.unique(&id);
        }
        let slug = slugify(text);
        let base = if slug.is_empty() { "section" } else { &slug };
        self.unique(&format!("{prefix}{base}"))
    }

    /// All that were given out or taken.
    pub(super) fn into_used(self) -> BTreeSet<String> {
        self.used
    }

    /// `id`, or the first of `id-2`, `id-3` and so on that is free.
    fn unique(&mut self, id: &str) -> String {
        if self.claim(id) {
            return id.to_owned();
        }
        // Every number before the last that was given out is used.
        let mut number = self.numbers.get(id).copied().unwrap_or(1);
        loop {
            number += 1;
            let free = format!("{id}-{number}");
            if self.claim(&free) {
                self.numbers.insert(id.to_owned(), number);
                return free;
            }
        }
    }

    fn claim(&mut self, id: &str) -> bool {
        !self.explicit.contains(id) && self.used.insert(id.to_owned())
    }
}

/// `Heading {#id}`: where in the last run of a heading the braces begin, white space before them included, and the
/// id. Nothing where the brace is escaped or the id holds white space or braces.
pub(super) fn explicit_id<'r>(run: &'r Run<'_>) -> Option<(usize, &'r str)> {
    let text = run.text.trim_end();
    let inner = text.strip_suffix('}')?;
    let open = inner.rfind("{#")?;
    let id = &inner[open + 2..];
    let bad = |c: char| {
        c.is_whitespace() || c.is_control() || matches!(c, '{' | '}' | '"' | '\'' | '<' | '>' | '&')
    };
    let escaped = run.parts.iter().any(|part| part.at == open && part.made != Made::Plain);
    let generated = ["fn:", "fnref:", "cite:"].iter().any(|beginning| id.starts_with(beginning));
    if id.is_empty() || id.contains(bad) || escaped || generated {
        return None;
    }
    Some((run.text[..open].trim_end().len(), id))
}
