//! Documents as lists of results show them.

use std::{borrow::Cow, io, ops::Range};

use rayon::prelude::*;
use serde::Serialize;
use tera::Value;

use super::{
    Shelf,
    numbers::{Document, Numbered},
    reading::Reader,
};
use crate::{
    archive::What,
    model::OutputPath,
    site::{
        Renderer,
        context::{BriefingCard, CountsView, DateView, value},
    },
};

/// `found`: a page, an entity or a translation in a list of results.
#[derive(Serialize)]
struct FoundView<'a> {
    /// `page`, `entity` or `translation`.
    #[serde(rename = "type")]
    of: &'static str,
    title: String,
    url: String,
    summary: Option<Cow<'a, str>>,
    language: Option<&'a str>,
    /// Of a translation, the day that the briefing covers.
    date: Option<DateView>,
    /// Of an entity, what its kind is called, and what its profile says that it is.
    kind: Option<&'a str>,
    entity_type: Option<&'static str>,
    counts: Option<CountsView>,
    label: Option<&'static str>,
}

impl Renderer<'_> {
    /// The files of cards.
    pub(super) fn blocks(&self, numbered: &Numbered, shelf: &Shelf<'_>) -> io::Result<Vec<String>> {
        let root = self.root_of_search();
        let block = |documents: &Range<usize>| {
            let documents = &numbered.documents[documents.clone()];
            let cards: Vec<String> = documents.iter().map(|one| self.found(*one, &root)).collect();
            let json = serde_json::to_vec(&cards).expect("texts are JSON");
            shelf.put(&json, "cards")
        };
        numbered.blocks.par_iter().map(block).collect()
    }

    /// Draws all cards, and keeps none.
    pub(super) fn try_cards(&self, numbered: &Numbered) {
        let root = self.root_of_search();
        numbered.documents.par_iter().for_each(|document| drop(self.found(*document, &root)));
    }

    fn found(&self, document: Document, root: &str) -> String {
        let archive = self.studio.archive;
        let reader = Reader { archive, settings: self.studio.settings, views: &self.views };
        let lead = || reader.lead(document).map(Cow::Owned);
        let view = match document {
            Document::Briefing(place) => {
                let card = self.views.briefing_card(place);
                let Some(lead) = card.summary.is_none().then(lead).flatten() else {
                    return self.html_of(What::Briefing(place), root);
                };
                return self.html_of_briefing(&BriefingCard { summary: Some(&*lead), ..card }, root);
            }
            Document::Claim(place) => return self.html_of(What::Claim(place), root),
            Document::Event(place) => return self.html_of(What::Event(place), root),
            Document::Translation(place, number) => {
                let briefing = &archive[place];
                let document = &briefing.released.document;
                let Some(translation) = reader.translation(place, number) else { return String::new() };
                FoundView {
                    title: translation.title.clone(),
                    url: self
                        .studio
                        .addresses
                        .rest(&format!("{}{}/", briefing.address, translation.language)),
                    summary: translation.summary.as_deref().map(Cow::Borrowed).or_else(lead),
                    language: Some(&translation.language),
                    date: Some(self.views.day(document.date.day())),
                    label: self.views.label(translation.marking.label()),
                    ..empty("translation")
                }
            }
            Document::Page(place) => {
                let page = &archive.pages[place as usize];
                let document = &page.released.document;
                FoundView {
                    title: document.title.clone(),
                    url: self.studio.addresses.rest(&page.address),
                    summary: document.summary.as_deref().map(Cow::Borrowed).or_else(lead),
                    language: document.language.as_deref(),
                    label: self.views.label(document.marking.label()),
                    ..empty("page")
                }
            }
            Document::Profile(place) | Document::Entity(place) => {
                let entity = &archive[place];
                let profile = entity.profile.as_ref().map(|released| &released.document);
                let summary = profile.and_then(|profile| profile.description.as_deref());
                let is_text = matches!(document, Document::Profile(_));
                FoundView {
                    title: self.views.name(place),
                    url: self.studio.addresses.rest(&entity.address),
                    summary: summary.map(Cow::Borrowed).or_else(lead),
                    kind: Some(&self.studio.settings.kinds[entity.kind].name),
                    entity_type: crate::site::views::entity_type(entity),
                    counts: Some(self.views.counts(place)),
                    label: self.views.label(profile.and_then(|profile| profile.marking.label())),
                    ..empty(if is_text { "page" } else { "entity" })
                }
            }
        };
        let mut given = self.shared.clone();
        given.insert("root", Value::from(root));
        given.insert("found", value(&view));
        self.draw_part("found", &given).unwrap_or_default()
    }

    /// What leads from the page of the search to the root.
    fn root_of_search(&self) -> String {
        let path = OutputPath::new("search/index.html").expect("letters are a path");
        self.studio.addresses.root(&path)
    }
}

/// What a template is given of nothing but a type.
fn empty(of: &'static str) -> FoundView<'static> {
    FoundView {
        of,
        title: String::new(),
        url: String::new(),
        summary: None,
        language: None,
        date: None,
        kind: None,
        entity_type: None,
        counts: None,
        label: None,
    }
}
