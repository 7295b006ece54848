//! What of a document is searched.

use std::collections::BTreeSet;

use rustc_hash::FxHashSet;

use super::numbers::Document;
use crate::{
    archive::{Archive, BriefingIx, Claim, ClaimIx, EntityIx, Event, Finding, Link, Party, Response},
    documents::{Body, Translation, markdown},
    model::When,
    search::Inverter,
    settings::{DATE, Settings},
    site::{bodies::words_of, claims::shortened, views::Views},
};

/// So many characters of a text stand for the summary that it lacks.
const LEAD: usize = 240;

/// The fields of a document, in the order in which their words follow each other.
#[derive(Clone, Copy)]
enum Field {
    Title,
    Entities,
    Summary,
    Body,
}

/// Hands the words of documents to an [`Inverter`].
pub(super) struct Reader<'a> {
    pub(super) archive: &'a Archive,
    pub(super) settings: &'a Settings,
    pub(super) views: &'a Views<'a>,
}

impl Reader<'_> {
    /// Reads `document` into `words`.
    pub(super) fn read(&self, document: Document, words: &mut Inverter) {
        words.document();
        let mut words = Fields { words, settings: self.settings };
        let text = self.text(document);
        match document {
            Document::Briefing(place) => self.briefing(place, None, text, &mut words),
            Document::Translation(place, number) => {
                self.briefing(place, self.translation(place, number), text, &mut words);
            }
            Document::Claim(place) => self.claim(place, &mut words),
            Document::Event(place) => self.event(&self.archive[place], &mut words),
            Document::Page(place) => {
                let document = &self.archive.pages[place as usize].released.document;
                words.part(Field::Title, &document.title);
                words.parts(Field::Summary, document.summary.as_deref());
                words.body(text, self.views);
            }
            Document::Profile(place) => {
                words.part(Field::Title, &self.views.name(place));
                let profile = self.archive[place].profile.as_ref().map(|released| &released.document);
                words.parts(Field::Summary, profile.and_then(|profile| profile.description.as_deref()));
                words.body(text, self.views);
            }
            Document::Entity(place) => {
                for (number, name) in self.names(place).iter().enumerate() {
                    words.name(if number == 0 { Field::Title } else { Field::Entities }, name);
                }
            }
        }
    }

    /// How many bytes its text has, of a document that has one.
    pub(super) fn length(&self, document: Document) -> usize {
        self.text(document).map_or(0, |(body, _)| body.prose.text().len())
    }

    /// How the text of a document begins, for one without a summary. Nothing of a text that holds marked passages, whose
    /// labels would be missing beside it.
    pub(super) fn lead(&self, document: Document) -> Option<String> {
        let (body, links) = self.text(document).filter(|(body, _)| body.outline.marked.is_empty())?;
        let mut lead = String::new();
        for part in as_seen(body, links, self.views).lines().filter(|part| !part.trim().is_empty()) {
            if lead.chars().count() > LEAD {
                break;
            }
            // Items of a list must not read as one sentence, nor a first name beside a last one as a person.
            if !lead.is_empty() {
                lead.push_str(if ends_a_sentence(&lead) { " " } else { " · " });
            }
            lead.extend(part.split_whitespace().flat_map(|word| [word, " "]));
            lead.truncate(lead.trim_end().len());
        }
        (!lead.is_empty()).then(|| shortened(&lead, LEAD))
    }

    /// The text of a document that has one, and what its references lead to.
    fn text(&self, document: Document) -> Option<(&Body, &[Link])> {
        let archive = self.archive;
        match document {
            Document::Briefing(place) => Some((archive.body(place), &archive.reading(place).links)),
            Document::Translation(place, number) => {
                let translation = self.translation(place, number)?;
                let links = archive.reading(place).translation_links.get(&translation.language)?;
                Some((&translation.body, links))
            }
            Document::Page(place) => {
                let place = place as usize;
                let body = &archive.pages[place].released.document.body;
                Some((body, &archive.reading_of_page(place).links))
            }
            Document::Profile(place) => {
                let body = &archive[place].profile.as_ref()?.document.body;
                Some((body, &archive.reading_of_entity(place).links))
            }
            Document::Claim(_) | Document::Event(_) | Document::Entity(_) => None,
        }
    }

    /// The translation of a briefing with this number, by its language.
    pub(super) fn translation(&self, place: BriefingIx, number: u32) -> Option<&Translation> {
        self.archive[place].released.document.translations.values().nth(number as usize)
    }

    /// The entities that a document is tagged with or names, those that these lie in too, each once.
    pub(super) fn entities(&self, document: Document) -> Vec<EntityIx> {
        let archive = self.archive;
        let mut own: Vec<EntityIx> = match document {
            Document::Briefing(place) | Document::Translation(place, _) => archive[place].tags.clone(),
            Document::Claim(place) => {
                let claim = &archive[place];
                let answering = claim.responses.iter().flat_map(by).filter_map(Party::actor);
                let named = named_by_claim(claim).filter_map(Party::actor);
                named.chain(answering).chain(self.places(&claim.locations, claim.briefing)).collect()
            }
            Document::Event(place) => {
                let event = &archive[place];
                let places: Vec<EntityIx> =
                    self.tellings(event).flat_map(|telling| telling.locations.iter().copied()).collect();
                let actors = self.tellings(event).flat_map(named_by_event).filter_map(Party::actor);
                actors.chain(self.places(&places, event.briefing)).collect()
            }
            Document::Page(_) | Document::Profile(_) | Document::Entity(_) => Vec::new(),
        };
        own = own.into_iter().flat_map(|entity| archive.with_those_above(entity)).collect();
        own.retain(|entity| archive[*entity].has_page && archive[*entity].kind != DATE);
        own.sort_unstable();
        own.dedup();
        own
    }

    /// An event as it is told, and as others tell it again.
    fn tellings<'s>(&'s self, event: &'s Event) -> impl Iterator<Item = &'s Event> {
        std::iter::once(event).chain(event.others.iter().map(|other| &self.archive[*other]))
    }

    /// The places of a part: its own, else its briefing's.
    fn places<'s>(
        &'s self,
        own: &'s [EntityIx],
        briefing: BriefingIx,
    ) -> impl Iterator<Item = EntityIx> + 's {
        let of_briefing: &[EntityIx] = if own.is_empty() { &self.archive[briefing].tags } else { &[] };
        let is_place = |place: &EntityIx| self.archive[*place].kind == crate::settings::LOCATION;
        own.iter().copied().chain(of_briefing.iter().copied().filter(is_place))
    }

    /// What an entity is called, first what its page calls it; each once.
    fn names(&self, place: EntityIx) -> Vec<String> {
        let entity = &self.archive[place];
        let mut names = vec![self.views.name(place)];
        let mut add = |name: &str| {
            if !names.iter().any(|known| known == name) {
                names.push(name.to_owned());
            }
        };
        add(&entity.name);
        if let Some(period) = entity.period {
            add(&period.to_string());
        }
        if let Some(released) = &entity.profile {
            released.document.spellings().for_each(|(name, _)| add(name));
            released.document.hidden_aliases.iter().for_each(|name| add(&name.text));
        }
        names
    }

    fn briefing(
        &self,
        place: BriefingIx,
        translation: Option<&Translation>,
        text: Option<(&Body, &[Link])>,
        words: &mut Fields<'_>,
    ) {
        let briefing = &self.archive[place];
        let document = &briefing.released.document;
        words.part(Field::Title, translation.map_or(&document.title, |translation| &translation.title));
        self.named(briefing.tags.iter().copied(), words);
        self.date(When::on(document.date.day()), words);
        let summary = translation.map_or(&document.summary, |translation| &translation.summary);
        words.parts(Field::Summary, summary.as_deref());
        words.body(text, self.views);
        if let Some(translation) = translation {
            words.parts(Field::Body, translation.texts.values().map(|text| text.value.as_str()));
            return;
        }
        for claim in &briefing.claims {
            let claim = &self.archive[*claim];
            words.part(Field::Body, &claim.text);
            answers(&claim.responses, &claim.findings, words);
        }
        words.parts(Field::Body, briefing.events.iter().map(|event| self.archive[*event].text.as_str()));
        let elsewhere = briefing.responses.iter().map(|(_, response)| response);
        answers(elsewhere, briefing.findings.iter().map(|(_, finding)| finding), words);
    }

    fn claim(&self, place: ClaimIx, words: &mut Fields<'_>) {
        let claim = &self.archive[place];
        words.part(Field::Title, &claim.text);
        let answering = claim.responses.iter().flat_map(by);
        self.parties(named_by_claim(claim).chain(answering), words);
        self.named(claim.locations.iter().copied(), words);
        self.date(claim.date, words);
        words.part(Field::Summary, &self.archive[claim.briefing].released.document.title);
        answers(&claim.responses, &claim.findings, words);
        self.stances(claim, words);
    }

    /// What answers do, in the words in which pages say so of one and of many: "denies it", "deny it".
    fn stances(&self, claim: &Claim, words: &mut Fields<'_>) {
        let stances: BTreeSet<&str> = claim.responses.iter().map(|response| response.stance.word()).collect();
        for stance in stances {
            for key in [format!("says_{stance}"), format!("says_{stance}_many")] {
                words.part(Field::Body, &self.views.words.get(&key).replace("{who}", " "));
            }
        }
    }

    fn event(&self, event: &Event, words: &mut Fields<'_>) {
        words.part(Field::Title, &event.text);
        self.parties(self.tellings(event).flat_map(named_by_event), words);
        self.named(self.tellings(event).flat_map(|telling| telling.locations.iter().copied()), words);
        self.date(event.date, words);
        words.part(Field::Summary, &self.archive[event.briefing].released.document.title);
        words.parts(Field::Body, event.others.iter().map(|other| self.archive[*other].text.as_str()));
    }

    /// The names of `parties`, each of whom counts once.
    fn parties<'p>(&self, parties: impl Iterator<Item = &'p Party>, words: &mut Fields<'_>) {
        let mut known = FxHashSet::default();
        for party in parties.filter(|party| known.insert(*party)) {
            match party {
                Party::Actor(place) => self.named(std::iter::once(*place), words),
                Party::Unnamed { words: written, of } => {
                    words.part(Field::Entities, written);
                    self.named(of.iter().copied(), words);
                }
            }
        }
    }

    fn named(&self, entities: impl Iterator<Item = EntityIx>, words: &mut Fields<'_>) {
        for place in entities {
            words.repeated(Field::Entities, place, || self.names(place));
        }
    }

    fn date(&self, date: When, words: &mut Fields<'_>) {
        words.part(Field::Entities, &date.edtf());
        words.part(Field::Entities, &self.views.date(date).text);
    }
}

/// Where words go, those of fields that are not searched nowhere.
struct Fields<'a> {
    words: &'a mut Inverter,
    settings: &'a Settings,
}

impl Fields<'_> {
    /// The weight of `field`; nothing where it is not searched.
    fn weight(&self, field: Field) -> Option<u8> {
        let (name, weight) = match field {
            Field::Title => ("title", 4),
            Field::Entities => ("entities", 3),
            Field::Summary => ("summary", 2),
            Field::Body => ("body", 1),
        };
        let fields = &self.settings.search.fields;
        (fields.is_empty() || fields.iter().any(|field| field == name)).then_some(weight)
    }

    fn part(&mut self, field: Field, text: &str) {
        if let Some(weight) = self.weight(field) {
            self.words.part(weight, text);
        }
    }

    fn name(&mut self, field: Field, name: &str) {
        if self.weight(field).is_some() {
            self.words.name(name);
        }
    }

    fn parts<'t>(&mut self, field: Field, texts: impl IntoIterator<Item = &'t str>) {
        for text in texts {
            self.part(field, text);
        }
    }

    fn repeated(&mut self, field: Field, place: EntityIx, names: impl FnOnce() -> Vec<String>) {
        if let Some(weight) = self.weight(field) {
            let place = u32::try_from(place.get()).expect("an archive holds fewer than 2^32 of anything");
            self.words.repeated(weight, place, names);
        }
    }

    fn body(&mut self, text: Option<(&Body, &[Link])>, views: &Views<'_>) {
        if let Some((body, links)) = text.filter(|_| self.weight(Field::Body).is_some()) {
            self.parts(Field::Body, as_seen(body, links, views).lines());
        }
    }
}

/// A text as readers see it, a line for each of its parts; `links` are what its references lead to.
fn as_seen(body: &Body, links: &[Link], views: &Views<'_>) -> String {
    let references = &body.outline.references;
    // They come in the order of the outline, or nearly so: the next one is looked for first.
    let mut next = 0;
    markdown::plain_text_with(&body.prose, |range| {
        let mut places = (next..references.len()).chain(0..next);
        let place = places.find(|place| references[*place].range == *range)?;
        next = place + 1;
        words_of(links.get(place)?, views)
    })
}

fn ends_a_sentence(text: &str) -> bool {
    let text = text.trim_end_matches(['"', '\'', '”', '’', '»', ')']);
    text.ends_with(['.', '!', '?', '…', ':', ';', '。', '！', '？', '؟', '؛', '।'])
}

fn answers<'a>(
    responses: impl IntoIterator<Item = &'a Response>,
    findings: impl IntoIterator<Item = &'a Finding>,
    words: &mut Fields<'_>,
) {
    words.parts(Field::Body, responses.into_iter().filter_map(|response| response.text.as_deref()));
    words.parts(Field::Body, findings.into_iter().map(|finding| finding.note.as_str()));
}

fn by(response: &Response) -> impl Iterator<Item = &Party> {
    response.by.iter().chain(&response.on_behalf_of)
}

fn named_by_claim(claim: &Claim) -> impl Iterator<Item = &Party> {
    claim.by.iter().chain(&claim.on_behalf_of).chain(&claim.about)
}

fn named_by_event(event: &Event) -> impl Iterator<Item = &Party> {
    event.actors.iter().map(|(party, _)| party).chain(&event.per)
}
