#[cfg(test)]
use std::ops::DerefMut;
use std::{iter, ops::Deref, sync::Arc};

use rayon::prelude::*;

use super::{BriefingIx, EntityIx, Facts, Link, Reading, reading::Readings};
use crate::{diagnostics::Span, documents::Body, model::SourcePath};

/// Everything that pages are made of: what is known of all, and the texts of briefings, read.
#[derive(Debug, Default)]
pub struct Archive {
    pub(super) linked: Arc<Linked>,
    pub(super) readings: Readings,
    pub(super) bodies: Vec<Arc<Body>>,
}

/// All that is known but for what the text of a single briefing leads to: the facts, and which briefings name what and
/// lead to which.
#[derive(Debug, Default)]
pub struct Linked {
    pub(super) facts: Arc<Facts>,
    /// By entity.
    pub(super) named_in: Vec<Vec<BriefingIx>>,
    /// By briefing.
    pub(super) leading_to: Vec<Vec<BriefingIx>>,
}

impl Deref for Archive {
    type Target = Linked;

    fn deref(&self) -> &Linked {
        &self.linked
    }
}

impl Deref for Linked {
    type Target = Facts;

    fn deref(&self) -> &Facts {
        &self.facts
    }
}

impl Archive {
    /// All of it but for the texts of briefings.
    pub fn linked(&self) -> &Arc<Linked> {
        &self.linked
    }

    /// The text of a briefing.
    pub fn body(&self, briefing: BriefingIx) -> &Body {
        &self.bodies[briefing.get()]
    }

    /// What the text of a briefing and its translations lead to.
    pub fn reading(&self, briefing: BriefingIx) -> &Reading {
        &self.readings.briefings[briefing.get()]
    }

    /// What the texts of all briefings lead to, in their order.
    pub fn readings(&self) -> impl Iterator<Item = &Reading> {
        self.readings.briefings.iter().map(|reading| &**reading)
    }

    /// What the text of an entity's profile leads to.
    pub fn reading_of_entity(&self, entity: EntityIx) -> &Reading {
        &self.readings.entities[entity.get()]
    }

    /// What the text of the page at this place leads to.
    pub fn reading_of_page(&self, page: usize) -> &Reading {
        &self.readings.pages[page]
    }

    /// The links and images of all texts that are written from the root of the site: their addresses, without the first
    /// `/`, and where they stand.
    pub fn from_root(&self) -> impl Iterator<Item = (&str, Span)> {
        self.texts().flat_map(|(path, body, links)| {
            links.iter().zip(&body.outline.references).filter_map(|(link, reference)| match link {
                Link::Root(address, _) => {
                    Some((address.as_str(), body.prose.span(path, reference.range.clone())))
                }
                _ => None,
            })
        })
    }

    /// Every text, with its file and what its references lead to, in the order of its outline.
    fn texts(&self) -> impl Iterator<Item = (&SourcePath, &Body, &[Link])> {
        let of_briefings = self.briefings.iter().zip(&self.bodies).zip(&self.readings.briefings);
        let of_briefings = of_briefings.flat_map(|((briefing, body), reading)| {
            let document = &briefing.released.document;
            let translations = document.translations.values().zip(reading.translation_links.values());
            let translations = translations.map(|(text, links)| (&text.path, &text.body, &links[..]));
            iter::once((&document.path, &**body, &reading.links[..])).chain(translations)
        });
        let of_profiles = self.entities.iter().zip(&self.readings.entities);
        let of_profiles = of_profiles.filter_map(|(entity, reading)| {
            let document = &entity.profile.as_ref()?.document;
            Some((&document.path, &document.body, &reading.links[..]))
        });
        let of_pages = self.pages.iter().zip(&self.readings.pages).map(|(page, reading)| {
            let document = &page.released.document;
            (&document.path, &document.body, &reading.links[..])
        });
        of_briefings.chain(of_profiles).chain(of_pages)
    }

    /// Lets `each` change every text that a page shows and nobody else has.
    pub(crate) fn each_body(&mut self, each: impl Fn(&mut Body) + Sync) {
        self.bodies.par_iter_mut().filter_map(Arc::get_mut).for_each(&each);
        let facts = Arc::get_mut(&mut self.linked).and_then(|linked| Arc::get_mut(&mut linked.facts));
        let Some(Facts { briefings, entities, pages, .. }) = facts else { return };
        for briefing in briefings {
            let Some(head) = Arc::get_mut(&mut briefing.released.document) else { continue };
            head.translations.values_mut().for_each(|translation| each(&mut translation.body));
        }
        let profiles = entities.par_iter_mut().filter_map(|entity| entity.profile.as_mut());
        profiles.for_each(|profile| each(&mut profile.document.body));
        pages.par_iter_mut().for_each(|page| each(&mut page.released.document.body));
    }
}

/// What a test makes of an archive that nobody else has.
#[cfg(test)]
impl Archive {
    pub(crate) fn set_named_in(&mut self, entity: EntityIx, briefings: Vec<BriefingIx>) {
        self.named_in[entity.get()] = briefings;
    }

    pub(crate) fn set_linked_from(&mut self, briefing: BriefingIx, briefings: Vec<BriefingIx>) {
        self.leading_to[briefing.get()] = briefings;
    }

    pub(crate) fn set_names(&mut self, briefing: BriefingIx, names: Vec<EntityIx>) {
        let reading = Arc::get_mut(&mut self.readings.briefings[briefing.get()]);
        reading.expect("nobody else has it").names = names;
    }
}

#[cfg(test)]
impl DerefMut for Archive {
    fn deref_mut(&mut self) -> &mut Linked {
        Arc::get_mut(&mut self.linked).expect("nobody else has it")
    }
}

#[cfg(test)]
impl DerefMut for Linked {
    fn deref_mut(&mut self) -> &mut Facts {
        Arc::get_mut(&mut self.facts).expect("nobody else has it")
    }
}

impl Linked {
    /// The briefings whose prose names an entity or one inside it and that do not stand on its timeline, oldest first.
    pub fn named_in(&self, entity: EntityIx) -> &[BriefingIx] {
        self.named_in.get(entity.get()).map_or(&[], Vec::as_slice)
    }

    /// The briefings whose prose, responses, findings or tellings lead to a briefing, oldest first.
    pub fn linked_from(&self, briefing: BriefingIx) -> &[BriefingIx] {
        self.leading_to.get(briefing.get()).map_or(&[], Vec::as_slice)
    }
}
