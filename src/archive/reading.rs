use std::{cell::Cell, collections::BTreeMap, ops::Range, sync::Arc};

use rayon::prelude::*;

use super::{
    BriefingIx, EntityIx, Facts, Link,
    backlinks::led_to,
    facts::Ways,
    links::{Here, Text},
    mentions::{self, Unclear, Unsaid, only_named},
};
use crate::{diagnostics::Diagnostics, documents::Body, memo::Memo, settings::Settings};

/// What a text leads to, with its translations.
#[derive(Debug, Default)]
pub struct Reading {
    /// What its references lead to, in the order of its outline.
    pub links: Vec<Link>,
    /// The same for each translation.
    pub translation_links: BTreeMap<String, Vec<Link>>,
    /// The names in its prose that are links, in order.
    pub mentions: Vec<Mention>,
    /// The same for each translation.
    pub translation_mentions: BTreeMap<String, Vec<Mention>>,
    /// Of a briefing the entities that its prose names and that do not tag it, each once, in the order they are named.
    pub names: Vec<EntityIx>,
    /// Of a briefing those that it leads to, as often as it does.
    pub(super) leads_to: Vec<BriefingIx>,
    /// The names that may mean several entities.
    pub(super) unclear: Vec<Unsaid>,
    /// What is wrong with its references.
    pub(super) told: Diagnostics,
    /// Whether it depends on the text of another briefing.
    pub(super) asks_others: bool,
}

/// A name in prose that is a link.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Mention {
    /// In which stretch of the prose's text it stands.
    pub stretch: u32,
    /// Which bytes of the stretch it takes.
    pub range: Range<u32>,
    /// Whom it means.
    pub entity: EntityIx,
}

/// The readings of all texts.
#[derive(Clone, Debug, Default)]
pub(super) struct Readings {
    pub(super) briefings: Vec<Arc<Reading>>,
    /// Those of profiles, by entity.
    pub(super) entities: Vec<Arc<Reading>>,
    pub(super) pages: Vec<Arc<Reading>>,
}

impl Readings {
    /// Tells what is wrong with the texts.
    pub(super) fn tell(&self, facts: &Facts, settings: &Settings, diagnostics: &mut Diagnostics) {
        let mut unclear = Unclear::default();
        for reading in self.briefings.iter().chain(&self.entities).chain(&self.pages) {
            diagnostics.extend(reading.told.clone());
            unclear.add(&reading.unclear);
        }
        unclear.report(facts, settings, diagnostics);
    }
}

/// The texts of others, for one whose links lead into them.
pub(super) struct Others<'a> {
    facts: &'a Facts,
    bodies: &'a [Arc<Body>],
    /// Whether one was asked for that is no part of the facts.
    asked: Cell<bool>,
}

impl<'a> Others<'a> {
    pub(super) fn facts(&self) -> &'a Facts {
        self.facts
    }

    /// The text, where it is there.
    pub(super) fn body(&self, text: &Text) -> Option<&'a Body> {
        match text {
            Text::Briefing(place) => {
                self.asked.set(true);
                self.bodies.get(place.get()).map(|body| &**body)
            }
            Text::Translation(place, language) => {
                let translations = &self.facts[*place].released.document.translations;
                translations.get(language).map(|translation| &translation.body)
            }
            Text::Profile(place) => self.facts[*place].profile.as_ref().map(|profile| &profile.document.body),
            Text::Page(place) => self.facts.pages.get(*place).map(|page| &page.released.document.body),
            Text::Tombstone => None,
        }
    }
}

/// Resolves the references of texts, and finds the names in them.
pub(super) struct Reader<'a> {
    pub(super) facts: &'a Facts,
    pub(super) ways: &'a Ways,
    /// The texts of the briefings.
    pub(super) bodies: &'a [Arc<Body>],
    pub(super) memo: Option<&'a Memo>,
}

impl Reader<'_> {
    /// The readings of all texts. Those `before`, of the very same facts and of these bodies, stand where a text is the
    /// same and depends on no other.
    pub(super) fn all(&self, before: Option<(&[Arc<Body>], &Readings)>) -> Readings {
        let known = |reading: &Arc<Reading>| Some(reading.clone()).filter(|reading| !reading.asks_others);
        let of_briefing = |place: usize| {
            let of_same_text = before.filter(|(bodies, _)| Arc::ptr_eq(&bodies[place], &self.bodies[place]));
            let kept = of_same_text.and_then(|(_, readings)| known(&readings.briefings[place]));
            kept.unwrap_or_else(|| Arc::new(self.briefing(BriefingIx::new(place))))
        };
        let of_entity = |place: usize| {
            let kept = before.and_then(|(_, readings)| known(&readings.entities[place]));
            kept.unwrap_or_else(|| Arc::new(self.entity(EntityIx::new(place))))
        };
        let of_page = |place: usize| {
            let kept = before.and_then(|(_, readings)| known(&readings.pages[place]));
            kept.unwrap_or_else(|| Arc::new(self.page(place)))
        };
        Readings {
            briefings: (0..self.facts.briefings.len()).into_par_iter().map(of_briefing).collect(),
            entities: (0..self.facts.entities.len()).into_par_iter().map(of_entity).collect(),
            pages: (0..self.facts.pages.len()).into_par_iter().map(of_page).collect(),
        }
    }

    fn others(&self) -> Others<'_> {
        Others { facts: self.facts, bodies: self.bodies, asked: Cell::new(false) }
    }

    fn briefing(&self, place: BriefingIx) -> Reading {
        let (briefing, others) = (&self.facts[place], self.others());
        let document = &briefing.released.document;
        let asset = |written: &str| briefing.released.assets.get(written);
        let here = |path, assets| Here {
            path,
            briefing: Some(&document.id),
            sources: &briefing.sources,
            asset: &asset,
            assets,
        };
        let mut reading = Reading::default();
        let body = &self.bodies[place.get()];
        let here_itself = here(&document.path, "");
        reading.links = self.ways.places.resolve(body, &here_itself, &others, &mut reading.told);
        let (links, path) = (&reading.links[..], &document.path);
        let found = self.find(&mentions::Text { body, links, path, of: None, tags: &briefing.tags });
        if let Some(found) = found {
            reading.names = only_named(found.named, &reading.links, briefing, self.facts);
            reading.mentions = found.linked;
            reading.unclear = found.unclear;
        }
        for (language, translation) in &document.translations {
            let (body, path) = (&translation.body, &translation.path);
            let links = self.ways.places.resolve(body, &here(path, "../"), &others, &mut reading.told);
            let text = mentions::Text { body, links: &links, path, of: None, tags: &briefing.tags };
            if let Some(found) = self.find(&text) {
                reading.unclear.extend(found.unclear);
                reading.translation_mentions.insert(language.clone(), found.linked);
            }
            reading.translation_links.insert(language.clone(), links);
        }
        let translations = reading.translation_links.values();
        reading.leads_to = led_to(briefing, &reading.links, translations, self.facts, &self.ways.pages);
        reading.asks_others = others.asked.get();
        reading
    }

    fn entity(&self, place: EntityIx) -> Reading {
        let entity = &self.facts[place];
        let Some(profile) = &entity.profile else { return Reading::default() };
        let asset = |written: &str| profile.assets.get(written);
        let (body, path) = (&profile.document.body, &profile.document.path);
        let here = Here { path, briefing: None, sources: &entity.sources, asset: &asset, assets: "" };
        self.alone(body, &here, Some(place))
    }

    fn page(&self, place: usize) -> Reading {
        let page = &self.facts.pages[place];
        let asset = |written: &str| page.released.assets.get(written);
        let (body, path) = (&page.released.document.body, &page.released.document.path);
        let here = Here { path, briefing: None, sources: &page.sources, asset: &asset, assets: "" };
        self.alone(body, &here, None)
    }

    /// A text that is no briefing's.
    fn alone(&self, body: &Body, here: &Here<'_>, of: Option<EntityIx>) -> Reading {
        let (mut reading, others) = (Reading::default(), self.others());
        reading.links = self.ways.places.resolve(body, here, &others, &mut reading.told);
        let text = mentions::Text { body, links: &reading.links, path: here.path, of, tags: &[] };
        if let Some(found) = self.find(&text) {
            reading.mentions = found.linked;
            reading.unclear = found.unclear;
        }
        reading.asks_others = others.asked.get();
        reading
    }

    fn find(&self, text: &mentions::Text<'_>) -> Option<mentions::Found> {
        self.ways.finder.as_ref().map(|finder| finder.find(text, self.facts, self.memo))
    }
}
