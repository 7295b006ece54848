//! The documents of the search and their numbers.

use std::{collections::BTreeMap, ops::Range};

use serde::Serialize;

use super::{PER_BLOCK, facets::parameter};
use crate::{
    archive::{BriefingIx, ClaimIx, EntityIx, EventIx},
    documents::{Profile, markdown},
    model::{Day, Period, When},
    site::{Studio, views::Views},
};

/// What a result leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Document {
    Briefing(BriefingIx),
    /// A rendition in another language, by its place among them.
    Translation(BriefingIx, u32),
    Claim(ClaimIx),
    Event(EventIx),
    /// A page that is no briefing, by its place in the archive's list.
    Page(u32),
    /// The text of a profile.
    Profile(EntityIx),
    /// An entity by its names.
    Entity(EntityIx),
}

/// The rank of the first kind; those before it are results.
const ENTITIES: usize = 4;

/// What all documents of a segment have in common. Segments stand in this order.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub(super) struct Common {
    #[serde(skip)]
    rank: usize,
    #[serde(rename = "type")]
    of: String,
    lang: Option<String>,
    marking: Option<&'static str>,
    status: Option<&'static str>,
    finding: Option<&'static str>,
}

impl Common {
    /// Whether it is said of entities, which stand above results and are none.
    pub(super) fn has_entities(&self) -> bool {
        self.rank >= ENTITIES
    }
}

/// Documents whose numbers follow each other, oldest first, those without a date before them.
pub(super) struct Segment {
    pub(super) common: Common,
    /// The number of its first document.
    pub(super) first: usize,
    pub(super) count: usize,
    /// The place of its first card among the blocks, each of which has [`PER_BLOCK`] places.
    pub(super) card: usize,
}

/// All documents by their numbers.
pub(super) struct Numbered {
    pub(super) segments: Vec<Segment>,
    pub(super) documents: Vec<Document>,
    /// The day of each that has one.
    pub(super) days: Vec<Option<Day>>,
    /// Of each entity the number of its briefings; of others nothing that is shown.
    pub(super) briefings: Vec<i64>,
    /// Which documents show in one file.
    pub(super) blocks: Vec<Range<usize>>,
}

/// Numbers everything that is searched.
pub(super) fn number(studio: Studio<'_>, views: &Views<'_>) -> Numbered {
    let mut sorted = Sorted { studio, views, segments: BTreeMap::new() };
    sorted.briefings();
    sorted.parts();
    sorted.others();
    let mut numbered = Numbered {
        segments: Vec::new(),
        documents: Vec::new(),
        days: Vec::new(),
        briefings: Vec::new(),
        blocks: Vec::new(),
    };
    for (common, mut documents) in sorted.segments {
        documents.sort_by_key(|(order, ..)| *order);
        let (first, count) = (numbered.documents.len(), documents.len());
        let card = put_in_blocks(&mut numbered.blocks, first..first + count);
        numbered.segments.push(Segment { common, first, count, card });
        numbered.briefings.extend(documents.iter().map(|(order, ..)| *order));
        numbered.documents.extend(documents.iter().map(|(_, document, _)| *document));
        numbered.days.extend(documents.iter().map(|(_, _, day)| *day));
    }
    numbered
}

/// Puts the documents of a segment into blocks, and tells the place of the first. They go on in the last block if there is
/// room for all of them: so many small segments are few files, and what is added to a large one moves only its own.
fn put_in_blocks(blocks: &mut Vec<Range<usize>>, documents: Range<usize>) -> usize {
    if let Some(number) = blocks.len().checked_sub(1)
        && documents.end - blocks[number].start <= PER_BLOCK
    {
        blocks[number].end = documents.end;
        return number * PER_BLOCK + documents.start - blocks[number].start;
    }
    let card = blocks.len() * PER_BLOCK;
    let starts = documents.clone().step_by(PER_BLOCK);
    blocks.extend(starts.map(|start| start..documents.end.min(start + PER_BLOCK)));
    card
}

/// Documents by what they have in common, each with what orders it among its like and its day.
struct Sorted<'a> {
    studio: Studio<'a>,
    views: &'a Views<'a>,
    segments: BTreeMap<Common, Vec<(i64, Document, Option<Day>)>>,
}

impl Sorted<'_> {
    fn add(&mut self, common: Common, order: i64, document: Document, day: Option<Day>) {
        self.segments.entry(common).or_default().push((order, document, day));
    }

    fn dated(&mut self, common: Option<Common>, document: Document, day: Option<Day>) {
        if let Some(common) = common {
            self.add(common, day.map_or(0, Day::number).into(), document, day);
        }
    }

    /// What documents of a type in a language have in common; nothing where that language is not searched.
    fn common(&self, rank: usize, of: &str, language: Option<&str>) -> Option<Common> {
        let settings = self.studio.settings;
        let lang = language.unwrap_or(&settings.language);
        let languages = &settings.search.languages;
        let is_searched =
            languages.is_empty() || languages.iter().any(|one| one.value.eq_ignore_ascii_case(lang));
        is_searched.then(|| Common {
            rank,
            of: of.to_owned(),
            lang: Some(lang.to_owned()),
            marking: None,
            status: None,
            finding: None,
        })
    }

    fn briefings(&mut self) {
        for (place, briefing) in self.studio.archive.briefings.iter().enumerate() {
            let (place, document) = (BriefingIx::new(place), &briefing.released.document);
            let day = Some(document.date.day());
            let own = std::iter::once((None, document.language.as_deref(), document.marking.label()));
            let translations = document.translations.values().enumerate();
            let others = translations.map(|(number, translation)| {
                (u32::try_from(number).ok(), Some(translation.language.as_str()), translation.marking.label())
            });
            for (number, language, label) in own.chain(others) {
                let common = self.common(0, "briefing", language);
                let common = common.map(|common| Common { marking: self.views.label(label), ..common });
                let document = match number {
                    None => Document::Briefing(place),
                    Some(number) => Document::Translation(place, number),
                };
                self.dated(common, document, day);
            }
        }
    }

    fn parts(&mut self) {
        let archive = self.studio.archive;
        for (place, claim) in archive.claims.iter().enumerate() {
            let place = ClaimIx::new(place);
            let document = &archive[claim.briefing].released.document;
            let common = self.common(1, "claim", document.language.as_deref()).map(|common| Common {
                marking: self.views.label(claim.label.or_else(|| document.marking.label())),
                status: self.views.standing(place).0.map(|standing| standing.status.word()),
                finding: claim.findings.last().map(|finding| finding.status.word()),
                ..common
            });
            let day = day(claim.date, claim.day(), document.date.day());
            self.dated(common, Document::Claim(place), Some(day));
        }
        for place in archive.heads() {
            let event = &archive[place];
            let document = &archive[event.briefing].released.document;
            let common = self.common(2, "event", document.language.as_deref()).map(|common| Common {
                marking: self.views.label(event.label.or_else(|| document.marking.label())),
                ..common
            });
            let day = day(event.date, event.day(), document.date.day());
            self.dated(common, Document::Event(place), Some(day));
        }
    }

    fn others(&mut self) {
        let Studio { archive, settings, .. } = self.studio;
        for (place, page) in archive.pages.iter().enumerate() {
            let document = &page.released.document;
            let common = self.common(3, "page", document.language.as_deref());
            let marking = self.views.label(document.marking.label());
            let place = u32::try_from(place).expect("an archive holds fewer than 2^32 of anything");
            self.dated(common.map(|common| Common { marking, ..common }), Document::Page(place), None);
        }
        for (kind, described) in settings.kinds.iter().enumerate() {
            for place in archive.entities_of(kind) {
                let profile = archive[place].profile.as_ref().map(|released| &released.document);
                let marking = self.views.label(profile.and_then(|profile| profile.marking.label()));
                // What readers do not see, such as a comment, makes no text.
                let has_text = |profile: &Profile| !markdown::plain_text(&profile.body.prose).is_empty();
                if profile.is_some_and(has_text) {
                    let common = self.common(3, "page", None);
                    let common = common.map(|common| Common { marking, ..common });
                    self.dated(common, Document::Profile(place), None);
                }
                let of = parameter(described);
                let common =
                    Common { rank: ENTITIES + kind, of, lang: None, marking, status: None, finding: None };
                let briefings = self.views.counts(place).briefings;
                let order = i64::try_from(briefings).unwrap_or(i64::MAX);
                self.add(common, order, Document::Entity(place), None);
            }
        }
    }
}

/// The day of a part: its own where that names a month, else its briefing's.
fn day(date: When, own: Day, of_briefing: Day) -> Day {
    match date.periods().first() {
        None | Some(Period::Year(_)) => of_briefing,
        Some(_) => own,
    }
}
