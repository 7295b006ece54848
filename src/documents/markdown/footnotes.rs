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

    /// The number of `label`, if the text leads to it.
    pub(super) fn number(&self, label: &str) -> Option<usize> {
        self.by_label.get(&key(label)).copied()
    }
}

/// Footnotes while a text is rendered. No heading asks for an id with these beginnings: a slug has no colon.
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
        let id = match places.len() {
            0 => format!("{prefix}fnref:{number}"),
            more => format!("{prefix}fnref:{number}:{}", more + 1),
        };
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
            let id = format!("{prefix}fn:{number}");
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
