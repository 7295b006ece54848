//! Footnotes, numbered in the order in which readers meet them.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
};

use super::{escape, render::Labels};

/// What a reference to a footnote stands in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Within {
    /// The text.
    Text,
    /// The definition of this label, in lower case.
    Note(String),
    /// A second definition of a label, which readers do not see.
    Repeated,
}

/// The id of the footnote `number`. No heading asks for one with this beginning: a slug has no colon.
fn note_id(number: usize) -> String {
    format!("fn:{number}")
}

/// The id of the nth place, from 1, that refers to `number`.
fn place_id(number: usize, nth: usize) -> String {
    if nth == 1 { format!("fnref:{number}") } else { format!("fnref:{number}:{nth}") }
}

/// Which footnote has which number.
#[derive(Debug, Default)]
pub(super) struct Numbers {
    by_label: BTreeMap<String, usize>,
    defined: BTreeSet<String>,
    /// Labels that the text refers to, in order.
    in_text: Vec<String>,
    /// Labels that the definition of a label refers to.
    in_notes: BTreeMap<String, Vec<String>>,
}

impl Numbers {
    /// A definition begins.
    pub(super) fn define(&mut self, label: &str) -> Within {
        let key = key(label);
        if self.defined.insert(key.clone()) { Within::Note(key) } else { Within::Repeated }
    }

    /// Something refers to `label`.
    pub(super) fn refer(&mut self, within: &Within, label: &str) {
        match within {
            Within::Text => self.in_text.push(key(label)),
            Within::Note(note) => self.in_notes.entry(note.clone()).or_default().push(key(label)),
            Within::Repeated => {}
        }
    }

    /// Numbers all that the text leads to.
    pub(super) fn count(&mut self) {
        let mut waiting = std::mem::take(&mut self.in_text);
        let mut next = 0;
        while let Some(label) = waiting.get(next).cloned() {
            next += 1;
            if self.defined.contains(&label) && !self.by_label.contains_key(&label) {
                self.by_label.insert(label.clone(), self.by_label.len() + 1);
                waiting.extend(self.in_notes.remove(&label).unwrap_or_default());
            }
        }
    }

    /// The ids of all footnotes, and of all of `marks` that refer to them: what each stands in, and its label.
    pub(super) fn ids(&self, marks: &[(Within, String)]) -> Vec<String> {
        let mut ids: Vec<String> = self.by_label.values().copied().map(note_id).collect();
        let mut places = BTreeMap::new();
        let is_read = |within: &Within| match within {
            Within::Text => true,
            Within::Note(note) => self.by_label.contains_key(note),
            Within::Repeated => false,
        };
        let read = marks.iter().filter(|(within, _)| is_read(within));
        for number in read.filter_map(|(_, label)| self.number(label)) {
            let nth = places.entry(number).or_insert(0);
            *nth += 1;
            ids.push(place_id(number, *nth));
        }
        ids
    }

    /// The number of `label`, if the text leads to it.
    pub(super) fn number(&self, label: &str) -> Option<usize> {
        self.by_label.get(&key(label)).copied()
    }
}

/// Footnotes while a text is rendered.
#[derive(Debug, Default)]
pub(super) struct Footnotes {
    bodies: BTreeMap<usize, String>,
    /// Ids of the places that refer to a number.
    places: BTreeMap<usize, Vec<String>>,
}

impl Footnotes {
    /// The id of the next place that refers to `number`.
    pub(super) fn place(&mut self, number: usize, prefix: &str) -> String {
        let places = self.places.entry(number).or_default();
        let id = format!("{prefix}{}", place_id(number, places.len() + 1));
        places.push(id.clone());
        id
    }

    /// The definition of `number` begins. Whether it is the first.
    pub(super) fn begin(&mut self, number: usize) -> bool {
        let first = !self.bodies.contains_key(&number);
        self.bodies.entry(number).or_default();
        first
    }

    /// Keeps the rendered body of `number`.
    pub(super) fn keep(&mut self, number: usize, body: String) {
        self.bodies.insert(number, body);
    }

    /// Writes all of them with the ways back. `marker` stands before each id; returns the ids without it.
    pub(super) fn write(
        self,
        out: &mut String,
        prefix: &str,
        marker: &str,
        labels: &Labels<'_>,
    ) -> Vec<String> {
        let mut ids = Vec::new();
        if self.bodies.is_empty() {
            return ids;
        }
        out.push_str("<section class=\"footnotes\" role=\"doc-endnotes\" aria-label=\"");
        escape::attribute(out, labels.footnotes);
        out.push_str("\">\n<ol>\n");
        for (number, body) in self.bodies {
            out.push_str("<li id=\"");
            let id = format!("{prefix}{}", note_id(number));
            escape::attribute(out, &format!("{marker}{id}"));
            ids.push(id);
            out.push_str("\">");
            let places = self.places.get(&number).map(Vec::as_slice).unwrap_or_default();
            let ways_back = ways_back(places, labels);
            match body.strip_suffix("</p>\n") {
                Some(open) => {
                    let _ = write!(out, "{open}{ways_back}</p>");
                }
                None => {
                    let _ = write!(out, "{body}{}", ways_back.trim_start());
                }
            }
            out.push_str("</li>\n");
        }
        out.push_str("</ol>\n</section>\n");
        ids
    }
}

fn ways_back(places: &[String], labels: &Labels<'_>) -> String {
    let mut html = String::new();
    for (index, place) in places.iter().enumerate() {
        html.push_str(" <a class=\"footnote-back\" href=\"#");
        escape::address(&mut html, place);
        html.push_str("\" role=\"doc-backlink\" aria-label=\"");
        escape::attribute(&mut html, labels.back);
        if places.len() > 1 {
            let _ = write!(html, " {}", index + 1);
        }
        html.push_str("\">↩</a>");
    }
    html
}

fn key(label: &str) -> String {
    label.to_lowercase()
}
