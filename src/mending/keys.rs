use super::edit::{Edit, What};
use crate::{documents::Documents, model::SourcePath, redaction::Front, tree::Value};

/// What a file is, as far as its keys go.
#[derive(Clone, Copy)]
pub(super) enum Sort {
    Briefing,
    Translation,
    Profile,
    Page,
}

impl Sort {
    /// Other words for a key, and the key that is meant.
    fn synonyms(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::Briefing => &[
                ("lastmod", "updated"),
                ("modified", "updated"),
                ("description", "summary"),
                ("language", "lang"),
            ],
            Self::Translation => &[("description", "summary")],
            Self::Profile => &[("title", "name"), ("summary", "description")],
            Self::Page => &[("description", "summary"), ("language", "lang")],
        }
    }
}

/// The files whose front matter can be mended.
pub(super) fn files(documents: &Documents) -> impl Iterator<Item = (&SourcePath, Sort)> {
    let briefings = documents.briefings.iter().flat_map(|briefing| {
        let translations = briefing.translations.values().chain(&briefing.rivals);
        let translations = translations.map(|translation| (&translation.path, Sort::Translation));
        std::iter::once((&briefing.path, Sort::Briefing)).chain(translations)
    });
    let profiles = documents.profiles.iter().map(|profile| (&profile.path, Sort::Profile));
    briefings.chain(profiles).chain(documents.pages.iter().map(|page| (&page.path, Sort::Page)))
}

/// Each key of the root that is another word for one which is not there.
pub(super) fn edits(front: &Front, sort: Sort) -> Vec<Edit> {
    let Value::Map(entries) = &front.root.value else { return Vec::new() };
    let mut edits: Vec<Edit> = Vec::new();
    for (old, new) in sort.synonyms() {
        let is_there = |key: &str| entries.iter().any(|(written, _)| &*written.text == key);
        let others = sort.synonyms().iter().filter(|(other, to)| other != old && to == new);
        let is_taken = is_there(new) || others.map(|(other, _)| other).any(|other| is_there(other));
        let Some((key, _)) = entries.iter().find(|(written, _)| &*written.text == *old) else { continue };
        if !is_taken {
            let what = What::Key((*old).to_owned(), (*new).to_owned());
            edits.push(Edit { range: key.span.clone(), new: (*new).to_owned(), what });
        }
    }
    edits
}
