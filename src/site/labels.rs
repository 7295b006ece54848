use rustc_hash::FxHashMap;

use super::Studio;
use crate::{
    archive::{
        Archive, BriefingIx, ClaimIx, Entity, EntityIx, EventIx, Finding, Link, NoteIx, Party, Response,
        Rests,
    },
    documents::{Body, Source, Translation},
    model::{LocalId, Marking, Tlp},
    pages::LINKED_SHOWN,
};

/// The label that each page bears (TLP 2.0: in its header and footer): the narrowest of all that the page shows, so
/// that nobody passes on more than he may.
///
/// A page of the public edition bears CLEAR where its file says so, and else none: what is shown to everybody must not
/// tell whether there are labels elsewhere.
pub(super) struct Labels<'a> {
    archive: &'a Archive,
    is_public: bool,
    /// What matter without a label counts as.
    default: Option<Tlp>,
    /// What all pages show of others: the titles of those in their footer.
    everywhere: Option<Tlp>,
    /// Of a page that gathers from many files.
    gathered: Option<Tlp>,
    /// Of the pages of briefings, by their places: feeds lead to them.
    briefings: Vec<Option<Tlp>>,
    /// Of what stands at an address: links may bear its title.
    by_address: FxHashMap<&'a str, Option<Tlp>>,
}

impl<'a> Labels<'a> {
    pub(super) fn new(studio: Studio<'a>) -> Self {
        let Studio { archive, settings, edition, .. } = studio;
        let mut labels = Self {
            archive,
            is_public: edition.is_indexed(),
            default: settings.default_label,
            everywhere: None,
            gathered: None,
            briefings: Vec::new(),
            by_address: FxHashMap::default(),
        };
        if labels.is_public {
            return labels;
        }
        let briefings = || (0..archive.briefings.len()).map(BriefingIx::new);
        for place in briefings() {
            labels.by_address.insert(&archive[place].address, labels.of_briefing(place));
        }
        for entity in &archive.entities {
            labels.by_address.insert(&entity.address, labels.of_entity(entity));
        }
        for page in &archive.pages {
            labels.by_address.insert(&page.address, labels.of(&page.released.document.marking));
        }
        labels.everywhere =
            archive.pages.iter().filter_map(|page| labels.of(&page.released.document.marking)).max();
        let mut standing = (0..archive.pages.len()).map(|place| labels.standing(place));
        let briefings: Vec<Option<Tlp>> = briefings().map(|place| labels.briefing(place, None)).collect();
        let bears_one = labels.default.is_some()
            || labels.by_address.values().any(Option::is_some)
            || briefings.iter().any(Option::is_some)
            || standing.any(|label| label.is_some());
        labels.briefings = briefings;
        labels.gathered = edition.narrowest().filter(|_| bears_one);
        labels
    }

    /// Of a page that gathers from many files: the narrowest that its edition admits, once anything bears a label.
    pub(super) fn gathered(&self) -> Option<Tlp> {
        self.gathered
    }

    /// Of an entry of a feed that leads to a briefing: in the public edition none.
    pub(super) fn entry(&self, place: BriefingIx) -> Option<Tlp> {
        self.briefings.get(place.get()).copied().flatten()
    }

    /// Of the page of a briefing, or of a translation of it.
    pub(super) fn briefing(&self, place: BriefingIx, translation: Option<&Translation>) -> Option<Tlp> {
        let briefing = &self.archive[place];
        let document = &briefing.released.document;
        let own = translation.and_then(|translation| translation.marking.label());
        if self.is_public {
            let clear = Some(Tlp::Clear);
            return clear.filter(|_| own == clear || document.marking.label() == clear);
        }
        let reading = self.archive.reading(place);
        let (body, links) = match translation {
            Some(other) => (&other.body, &reading.translation_links[&other.language]),
            None => (self.archive.body(place), &reading.links),
        };
        let titles = document.translations.values().map(|other| other.marking.label());
        let claims = briefing.claims.iter().map(|claim| self.claim(*claim));
        let events = briefing.events.iter().map(|event| self.event(*event));
        let responses = briefing.responses.iter().flat_map(|(claim, response)| {
            [self.response(response), claim.and_then(|claim| self.claim(claim))]
        });
        let findings = briefing
            .findings
            .iter()
            .flat_map(|(claim, finding)| [self.finding(finding), claim.and_then(|claim| self.claim(claim))]);
        let images = briefing.attachments().values().filter_map(|image| image.words.as_ref());
        let named = briefing.tags.iter().chain(&reading.names).map(|entity| self.entity(*entity));
        let related = briefing.related.iter().map(|other| self.of_briefing(other.briefing));
        let linked = self.archive.linked_from(place).iter().rev().take(LINKED_SHOWN);
        [self.everywhere, self.of_briefing(place), own]
            .into_iter()
            .chain(titles)
            .chain(self.text(body, links))
            .chain(claims)
            .chain(events)
            .chain(responses)
            .chain(findings)
            .chain(self.notes(&briefing.notes))
            .chain([self.sources(&briefing.sources[..briefing.own_sources], false)])
            .chain([self.sources(&briefing.sources[briefing.own_sources..], true)])
            .chain(images.map(|words| words.marking.label()))
            .chain(named)
            .chain(related)
            .chain(linked.map(|other| self.of_briefing(*other)))
            .max()
            .flatten()
    }

    /// Of a page that is no briefing.
    pub(super) fn standing(&self, place: usize) -> Option<Tlp> {
        let page = &self.archive.pages[place];
        let document = &page.released.document;
        if self.is_public {
            return document.marking.label().filter(|label| *label == Tlp::Clear);
        }
        let images = page.released.assets.values().filter_map(|image| image.words.as_ref());
        let reading = self.archive.reading_of_page(place);
        let named = reading.mentions.iter().map(|mention| self.entity(mention.entity));
        [self.everywhere, self.of(&document.marking), self.sources(&page.sources, true)]
            .into_iter()
            .chain(self.text(&document.body, &reading.links))
            .chain(images.map(|words| words.marking.label()))
            .chain(named)
            .max()
            .flatten()
    }

    /// Of the page of a claim.
    pub(super) fn claim_page(&self, place: ClaimIx) -> Option<Tlp> {
        if self.is_public { None } else { self.everywhere.max(self.claim(place)) }
    }

    /// What a file counts as.
    fn of(&self, marking: &Marking) -> Option<Tlp> {
        marking.label().or(self.default)
    }

    fn of_briefing(&self, place: BriefingIx) -> Option<Tlp> {
        self.of(&self.archive[place].released.document.marking)
    }

    fn entity(&self, place: EntityIx) -> Option<Tlp> {
        self.of_entity(&self.archive[place])
    }

    fn of_entity(&self, entity: &Entity) -> Option<Tlp> {
        let profile = &entity.profile.as_ref()?.document;
        profile.marked.values().copied().max().max(self.of(&profile.marking))
    }

    /// What a part counts as that stands in `briefing`; both are shown.
    fn part(&self, own: Option<Tlp>, briefing: BriefingIx) -> Option<Tlp> {
        own.max(self.of_briefing(briefing))
    }

    /// A claim with everything that answers it: its status tells of that wherever it stands.
    fn claim(&self, place: ClaimIx) -> Option<Tlp> {
        let claim = &self.archive[place];
        let parties = claim.by.iter().chain(&claim.on_behalf_of).chain(&claim.about);
        [self.part(claim.label, claim.briefing), self.cited(claim.briefing, &claim.sources)]
            .into_iter()
            .chain(self.parties(parties))
            .chain(claim.locations.iter().map(|location| self.entity(*location)))
            .chain(claim.responses.iter().map(|response| self.response(response)))
            .chain(claim.findings.iter().map(|finding| self.finding(finding)))
            .chain(self.notes(&claim.notes))
            .max()
            .flatten()
    }

    fn response(&self, response: &Response) -> Option<Tlp> {
        [self.part(response.label, response.briefing), self.cited(response.briefing, &response.sources)]
            .into_iter()
            .chain(self.parties(response.by.iter().chain(&response.on_behalf_of)))
            .max()
            .flatten()
    }

    fn finding(&self, finding: &Finding) -> Option<Tlp> {
        self.part(finding.label, finding.briefing).max(self.cited(finding.briefing, &finding.sources))
    }

    /// An event with all its tellings: each shows the others, and the range of their counts.
    fn event(&self, place: EventIx) -> Option<Tlp> {
        let head = self.archive[place].head;
        let told = self.archive[place].tells;
        let told = told.into_iter().chain([place, head]).chain(self.archive[head].others.iter().copied());
        told.filter_map(|place| self.telling(place)).max()
    }

    fn telling(&self, place: EventIx) -> Option<Tlp> {
        let event = &self.archive[place];
        let figures = event.figures.iter().flat_map(|(figure, per, rests)| {
            let per = self.parties(per.iter()).max().flatten();
            [figure.marking.label(), per, self.cited(event.briefing, rests)]
        });
        [self.part(event.label, event.briefing), self.cited(event.briefing, &event.sources)]
            .into_iter()
            .chain(self.parties(event.per.iter().chain(event.actors.iter().map(|(party, _)| party))))
            .chain(event.locations.iter().map(|location| self.entity(*location)))
            .chain(figures)
            .chain(self.notes(&event.notes))
            .max()
            .flatten()
    }

    fn parties<'p>(
        &'p self,
        parties: impl Iterator<Item = &'p Party> + 'p,
    ) -> impl Iterator<Item = Option<Tlp>> + 'p {
        parties.filter_map(Party::actor).map(|actor| self.entity(actor))
    }

    fn notes<'n>(&'n self, notes: &'n [NoteIx]) -> impl Iterator<Item = Option<Tlp>> + 'n {
        notes.iter().map(|note| self.archive[*note].correction.marking.label())
    }

    /// The sources of `briefing` that something rests on.
    fn cited(&self, briefing: BriefingIx, rests: &[Rests]) -> Option<Tlp> {
        let briefing = &self.archive[briefing];
        let label = |rests: &Rests| {
            let source = briefing.sources.get(rests.number - 1..rests.number)?;
            self.sources(source, rests.number > briefing.own_sources)
        };
        rests.iter().filter_map(label).max()
    }

    /// What stands in `content/sources.toml` has no file to take a label from.
    fn sources(&self, sources: &[(LocalId, Source)], shared: bool) -> Option<Tlp> {
        let default = self.default.filter(|_| shared);
        sources.iter().filter_map(|(_, source)| source.marking.label().or(default)).max()
    }

    /// A text: its marked prose, and what its links bear of others.
    fn text<'t>(&'t self, body: &'t Body, links: &'t [Link]) -> impl Iterator<Item = Option<Tlp>> + 't {
        let marked = body.outline.marked.iter().map(|block| Some(block.label()));
        let led_to = links.iter().map(|link| match link {
            Link::Page { address, .. } => {
                let page = address.split('#').next().unwrap_or_default();
                self.by_address.get(page).copied().flatten()
            }
            Link::Entity(place) => self.entity(*place),
            Link::Claim(place, _) => self.claim(*place),
            Link::Beside { words: Some(words), .. } => words.marking.label(),
            _ => None,
        });
        marked.chain(led_to)
    }
}
