//! Queries, answered by the rules.

use std::collections::BTreeMap;

use brief::search::words::{Cutter, From, forms};

use crate::reading::{Index, Stands};

/// A part of a query.
enum Part {
    /// Any of the forms of a word; or, where it may go on, any word that begins with one.
    Word(Vec<String>, bool),
    /// Words in a row.
    Phrase(Vec<Vec<String>>),
}

/// The words of `text`, each with its forms.
fn words(text: &str) -> Vec<Vec<String>> {
    let mut words = Vec::new();
    Cutter::default().words(text, From::Query, |word| {
        words.push(std::iter::once(word).chain(forms(word)).map(str::to_owned).collect());
    });
    words
}

fn parts(query: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    for (place, text) in query.split('"').enumerate() {
        if place % 2 == 1 {
            parts.push(Part::Phrase(words(text)));
        } else {
            parts.extend(words(text).into_iter().map(|forms| Part::Word(forms, false)));
        }
    }
    let goes_on = |forms: &[String]| {
        let (first, count) = (forms[0].chars().next().unwrap(), forms[0].chars().count());
        let is_short = match first {
            '\u{e00}'..='\u{eff}' | '\u{3040}'..='\u{30ff}' | '\u{4e00}'..='\u{9fff}' => 1,
            'a'..='z' | '0'..='9' | '\u{370}'..='\u{52f}' => 3,
            _ => 2,
        };
        count >= is_short
    };
    if !query.ends_with([' ', '"'])
        && let Some(Part::Word(forms, prefix)) = parts.last_mut()
    {
        *prefix = goes_on(forms);
    }
    parts
}

impl Index {
    /// What stands where one of `forms` does; with `prefix` any word that begins with one.
    fn any(&self, forms: &[String], prefix: bool) -> Stands {
        let mut found = Stands::new();
        for form in forms {
            let words = self
                .words
                .range(form.clone()..)
                .take_while(|(word, _)| if prefix { word.starts_with(form) } else { *word == form });
            for (document, (weight, places)) in words.flat_map(|(_, stands)| stands) {
                let all = found.entry(*document).or_default();
                all.0 = all.0.max(*weight);
                all.1.extend(places);
            }
        }
        found
    }

    /// The documents that `query` finds, each with its score, the best first.
    pub(crate) fn scores(&self, query: &str) -> Vec<(f64, usize)> {
        let mut scores: BTreeMap<usize, f64> =
            (0..self.cards.len()).map(|document| (document, 0.0)).collect();
        let mut each = |found: Stands| {
            let (all, some) = (self.cards.len() as f64, found.len() as f64);
            let idf = (1.0 + (all - some + 0.5) / (some + 0.5)).ln();
            scores.retain(|document, _| found.contains_key(document));
            scores.iter_mut().for_each(|(document, score)| *score += idf * found[document].0 as f64);
        };
        let parts = parts(query);
        for part in &parts {
            match part {
                Part::Word(forms, prefix) => each(self.any(forms, *prefix)),
                Part::Phrase(words) => words.iter().for_each(|forms| each(self.any(forms, false))),
            }
        }
        for part in &parts {
            if let Part::Phrase(words) = part
                && self.manifest.phrases
            {
                let stands: Vec<Stands> = words.iter().map(|forms| self.any(forms, false)).collect();
                scores.retain(|document, _| {
                    let at = |place: usize, start: u64| {
                        stands[place][document].1.contains(&(start + place as u64))
                    };
                    stands[0][document].1.iter().any(|start| (0..stands.len()).all(|place| at(place, *start)))
                });
            }
        }
        let mut found: Vec<(f64, usize)> =
            scores.into_iter().map(|(document, score)| (score, document)).collect();
        found.sort_by(|one, other| other.partial_cmp(one).unwrap());
        if parts.is_empty() { Vec::new() } else { found }
    }

    /// The documents that `query` finds, by type and title, the best first.
    pub(crate) fn ask(&self, query: &str) -> Vec<String> {
        self.scores(query).iter().map(|(_, document)| self.title(*document)).collect()
    }

    /// Those of a type.
    pub(crate) fn ask_for(&self, of: &str, query: &str) -> Vec<String> {
        let of = format!("{of}: ");
        self.ask(query).iter().filter_map(|title| title.strip_prefix(&of)).map(str::to_owned).collect()
    }
}
