use std::sync::OnceLock;

use rustc_hash::FxHashMap;
use tera::Value;

use super::context::{
    BriefingCard, CountsView, DateView, Dated, EntityRef, PageRef, PartyView, ShareView, WordsView, value,
};
use super::{Studio, dates::Words, sources::as_written, statuses::Sentences};
use crate::{
    archive::{Archive, BriefingIx, ClaimIx, Entity, EntityIx, Party, PublisherIx, Standing},
    model::{ActorRole, Day, EntityType, Form, Period, Precision, Tlp, When},
    pages::Addresses,
    settings::{DATE, Settings},
};

/// How many answers, findings or further tellings a list shows of one claim or event. Whoever answers one claim has it
/// on his page; were all answers there, the pages of all who answer would grow as the square of their number.
pub(super) const MOST_SHOWN: usize = 5;

/// Where a claim or an event is shown.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Shown {
    /// On the page of a briefing, whose sources have numbers there: whole.
    On(BriefingIx),
    /// On a page of its own: whole.
    Alone,
    /// In a list.
    Listed,
}

/// What is made once and stands on many pages.
pub(super) struct Views<'a> {
    pub(super) archive: &'a Archive,
    pub(super) settings: &'a Settings,
    pub(super) addresses: &'a Addresses,
    /// The words that pages add.
    pub(super) words: Words<'a>,
    /// Whether this edition shows how the desk grades its sources.
    pub(super) grades: bool,
    /// Whether this edition shows the labels of parts.
    labels: bool,
    /// The entities' references, by their places, made when they are first named.
    entities: Vec<OnceLock<Value>>,
    /// The actors as those who speak, by their places, made when they first do.
    speakers: Vec<OnceLock<Box<PartyView>>>,
    /// The entities for machines, by their places, written when a page is first about them.
    pub(super) things: Vec<OnceLock<Box<str>>>,
    /// The addresses of briefings, of entities and of publishers, by their places, made when they are first linked.
    briefing_urls: Vec<OnceLock<String>>,
    entity_urls: Vec<OnceLock<String>>,
    publisher_urls: Vec<OnceLock<String>>,
    /// Publishers with how much of them is cited, by their places, made when the first page shows them.
    shares: Vec<OnceLock<Value>>,
    /// Briefings in lists, by their places, made when the first of several lists shows them.
    cards: Vec<OnceLock<Value>>,
    /// What the record says of each claim, and that in a sentence, made when it is first asked for: a claim stands by
    /// its words wherever somebody answers it.
    standings: Vec<OnceLock<(Option<Standing>, String)>>,
    /// Dates of briefings, sources, events, claims and answers in words, made once for all the pages that show them,
    /// where all are drawn.
    worded: OnceLock<FxHashMap<When, DateView>>,
    days: FxHashMap<Period, EntityIx>,
    /// The publishers of briefings' sources, by their names as written; the same holds.
    pub(super) publishers: OnceLock<FxHashMap<Box<str>, Option<PublisherIx>>>,
}

impl<'a> Views<'a> {
    pub(super) fn new(studio: Studio<'a>) -> Self {
        let Studio { archive, settings, edition, addresses, theme, .. } = studio;
        Self {
            archive,
            settings,
            addresses,
            words: Words(&theme.words),
            grades: edition.shows_grades(settings),
            labels: edition.shows_labels(),
            entities: unmade(archive.entities.len()),
            speakers: unmade(archive.entities.len()),
            things: unmade(archive.entities.len()),
            briefing_urls: unmade(archive.briefings.len()),
            entity_urls: unmade(archive.entities.len()),
            publisher_urls: unmade(archive.publishers.len()),
            shares: unmade(archive.publishers.len()),
            cards: unmade(archive.briefings.len()),
            standings: unmade(archive.claims.len()),
            worded: OnceLock::new(),
            publishers: OnceLock::new(),
            days: archive
                .entities_of(DATE)
                .filter_map(|place| Some((archive[place].period?, place)))
                .collect(),
        }
    }

    /// Makes what is worth making once where all pages are drawn.
    pub(super) fn make_ahead(&self) {
        let archive = self.archive;
        let mut publishers: FxHashMap<Box<str>, Option<PublisherIx>> = FxHashMap::default();
        let mut worded = FxHashMap::default();
        let mut dates: Vec<When> = archive.events.iter().map(|event| event.date).collect();
        for claim in &archive.claims {
            dates.push(claim.date);
            dates.extend(claim.responses.iter().map(|response| response.date));
        }
        for (_, source) in archive.briefings.iter().flat_map(|briefing| &briefing.sources) {
            dates.extend(source.published.into_iter().chain(source.accessed));
            if let Some(name) = as_written(source).filter(|name| !publishers.contains_key(*name)) {
                publishers.insert(name.into(), archive.publisher_of(source));
            }
        }
        dates
            .extend(archive.briefings.iter().map(|briefing| When::on(briefing.released.document.date.day())));
        for date in dates {
            worded.entry(date).or_insert_with(|| {
                let mut made = self.make_date(date);
                made.shared = Some(value(&made));
                made.into()
            });
        }
        // Whoever made them before made the same.
        let _ = (self.publishers.set(publishers), self.worded.set(worded));
    }

    /// An entity's reference, shared by every page that names it.
    pub(super) fn entity(&self, place: EntityIx) -> Value {
        self.entities[place.get()].get_or_init(|| value(&self.entity_ref(place))).clone()
    }

    /// A briefing in a list, shared by every list.
    pub(super) fn card(&self, place: BriefingIx) -> Value {
        self.cards[place.get()].get_or_init(|| value(&self.briefing_card(place))).clone()
    }

    /// A publisher with how much of it is cited, shared by every page that shows it.
    pub(super) fn share(&self, place: PublisherIx) -> Value {
        let made = || {
            let publisher = &self.archive[place];
            value(&ShareView {
                title: publisher.name.clone(),
                url: Some(self.publisher_url(place).to_owned()),
                count: publisher.works.len(),
            })
        };
        self.shares[place.get()].get_or_init(made).clone()
    }

    /// The address of an entity after the root, if it had a page.
    pub(super) fn entity_url(&self, place: EntityIx) -> &str {
        self.entity_urls[place.get()].get_or_init(|| self.addresses.rest(&self.archive[place].address))
    }

    /// The address of a publisher after the root.
    pub(super) fn publisher_url(&self, place: PublisherIx) -> &str {
        self.publisher_urls[place.get()].get_or_init(|| self.addresses.rest(&self.archive[place].address))
    }

    /// The address of a briefing after the root.
    pub(super) fn briefing_url(&self, place: BriefingIx) -> &str {
        self.briefing_urls[place.get()].get_or_init(|| self.addresses.rest(&self.archive[place].address))
    }

    fn entity_ref(&self, place: EntityIx) -> EntityRef {
        let entity = &self.archive[place];
        EntityRef {
            name: self.name(place),
            url: entity.has_page.then(|| self.entity_url(place).to_owned()),
            kind: self.settings.kinds[entity.kind].name.clone(),
            entity_type: entity_type(entity),
        }
    }

    /// A briefing in a list.
    pub(super) fn briefing_card(&self, place: BriefingIx) -> BriefingCard<'_> {
        let briefing = &self.archive[place];
        let document = &briefing.released.document;
        BriefingCard {
            card: "briefing",
            title: &document.title,
            url: self.briefing_url(place),
            summary: document.summary.as_deref(),
            date: value(&self.day(document.date.day())),
            language: document.language.as_deref(),
            label: self.label(document.marking.label()),
        }
    }

    /// A label as pages show it beside what bears it, where this edition does.
    pub(super) fn label(&self, label: Option<Tlp>) -> Option<&'static str> {
        label.filter(|_| self.labels).map(Tlp::label)
    }

    /// The label of a part of `briefing`: its own, or where its briefing's page does not bear it that of the file.
    pub(super) fn part_label(
        &self,
        own: Option<Tlp>,
        briefing: BriefingIx,
        shown: Shown,
    ) -> Option<&'static str> {
        let of_file = || self.archive[briefing].released.document.marking.label();
        self.label(own.or_else(|| if shown == Shown::On(briefing) { None } else { of_file() }))
    }

    pub(super) fn day(&self, day: Day) -> DateView {
        self.date(When::on(day))
    }

    pub(super) fn date(&self, date: When) -> DateView {
        let known = self.worded.get().and_then(|worded| worded.get(&date));
        known.cloned().unwrap_or_else(|| self.make_date(date).into())
    }

    fn make_date(&self, date: When) -> Dated {
        let url = date.periods().first().and_then(|period| self.period_url(*period));
        Dated { text: self.words.when(date), edtf: date.edtf(), datetime: datetime(date), url, shared: None }
    }

    /// The entity of a year, a month or a day, where something stands in it.
    pub(super) fn period(&self, period: Period) -> Option<EntityIx> {
        self.days.get(&period).copied()
    }

    /// The address of its page after the root.
    pub(super) fn period_url(&self, period: Period) -> Option<String> {
        self.period(period).map(|place| self.entity_url(place).to_owned())
    }

    /// What an entity is called; a date as people write it, unless its profile says otherwise.
    pub(super) fn name(&self, place: EntityIx) -> String {
        let entity = &self.archive[place];
        match entity.period {
            Some(period) if entity.profile.is_none() => self.words.period(period),
            _ => entity.name.clone(),
        }
    }

    /// How many of each stand on an entity's timeline.
    pub(super) fn counts(&self, place: EntityIx) -> CountsView {
        self.archive[place].counts().into()
    }

    /// What the record says of a claim, and that in a sentence.
    pub(super) fn standing(&self, place: ClaimIx) -> (Option<&Standing>, &str) {
        let (standing, text) = self.standings[place.get()].get_or_init(|| {
            let claim = &self.archive[place];
            let standing = self.archive.standing(claim);
            let text = self.sentences().status(claim, standing.as_ref());
            (standing, text)
        });
        (standing.as_ref(), text)
    }

    /// What sentences on claims are made of.
    pub(super) fn sentences(&self) -> Sentences<'a> {
        Sentences { archive: self.archive, words: self.words }
    }

    pub(super) fn page_ref(&self, place: BriefingIx) -> PageRef {
        PageRef {
            title: self.archive[place].released.document.title.clone(),
            url: self.briefing_url(place).to_owned(),
        }
    }

    /// A briefing by its title, leading to the part of it that stands at `anchor`.
    pub(super) fn place_ref(&self, briefing: BriefingIx, anchor: &str) -> PageRef {
        PageRef { url: self.part_url(briefing, anchor), ..self.page_ref(briefing) }
    }

    /// The address of a part of a briefing after the root.
    pub(super) fn part_url(&self, briefing: BriefingIx, anchor: &str) -> String {
        self.addresses.rest(&format!("{}#{anchor}", self.archive[briefing].address))
    }

    pub(super) fn party(&self, party: &Party, role: Option<ActorRole>) -> PartyView {
        match party {
            Party::Actor(place) => {
                let of_no_role = self.speakers[place.get()].get_or_init(|| {
                    let mut made = self.actor(*place);
                    made.shared = Some(value(&made));
                    Box::new(made)
                });
                match role {
                    None => PartyView::clone(of_no_role),
                    Some(role) => {
                        PartyView { role: Some(role.word()), shared: None, ..PartyView::clone(of_no_role) }
                    }
                }
            }
            Party::Unnamed { words, of } => PartyView {
                name: words.to_string(),
                url: None,
                unnamed: true,
                of: of.map(|place| self.entity(place)),
                role: role.map(ActorRole::word),
                entity_type: None,
                shared: None,
            },
        }
    }

    /// Words whose names are links.
    pub(super) fn words_of(&self, words: &[(Box<str>, Option<EntityIx>)]) -> Vec<WordsView> {
        let piece = |(text, entity): &(Box<str>, Option<EntityIx>)| WordsView {
            text: text.to_string(),
            url: entity.map(|place| self.entity_url(place).to_owned()),
        };
        words.iter().map(piece).collect()
    }

    fn actor(&self, place: EntityIx) -> PartyView {
        let entity = &self.archive[place];
        PartyView {
            name: entity.name.clone(),
            url: entity.has_page.then(|| self.entity_url(place).to_owned()),
            unnamed: false,
            of: None,
            role: None,
            entity_type: entity_type(entity),
            shared: None,
        }
    }

    pub(super) fn parties(&self, parties: &[Party]) -> Vec<PartyView> {
        parties.iter().map(|party| self.party(party, None)).collect()
    }

    /// An entity as a party of a relation.
    pub(super) fn relation_party(&self, place: EntityIx) -> PartyView {
        self.party(&Party::Actor(place), None)
    }
}

/// What the profile of `entity` says that it is.
pub(super) fn entity_type(entity: &Entity) -> Option<&'static str> {
    entity.profile.as_ref().and_then(|released| released.document.entity_type).map(EntityType::word)
}

/// Room for as many things, none of them made.
fn unmade<T>(count: usize) -> Vec<OnceLock<T>> {
    (0..count).map(|_| OnceLock::new()).collect()
}

/// A count without a needless fraction.
pub(super) fn number(count: f64) -> String {
    format!("{count}")
}

/// What the attribute `datetime` may hold (HTML, 4.5.14): a year, a month or a day; nothing coarser or wider.
fn datetime(date: When) -> Option<String> {
    match date.form() {
        Form::On(date) => match date.precision() {
            Precision::Year => Some(format!("{:04}", date.year())),
            Precision::Month(month) => Some(format!("{:04}-{month:02}", date.year())),
            Precision::Day(..) => Some(date.first().to_string()),
            _ => None,
        },
        Form::At(day, time) => Some(format!("{day}T{:02}:{:02}", time.hour(), time.minute())),
        _ => None,
    }
}
