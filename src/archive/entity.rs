use std::hash::{Hash, Hasher};

use super::{ClaimIx, EntityIx, Entry, PairIx, PublisherIx, What};
use crate::{
    diagnostics::Span,
    documents::{self, Citation, Profile},
    model::{LocalId, Period, When},
    release::Released,
};

/// One member of a kind: an actor, a place, a day.
#[derive(Debug)]
pub struct Entity {
    /// The place of its kind in the settings.
    pub kind: usize,
    /// What it is called.
    pub name: String,
    /// The end of its address: `hamas`, `2025/05/13`.
    pub slug: String,
    /// Its address below the root: `actors/hamas/`.
    pub address: String,
    /// What describes it, and the assets used there.
    pub profile: Option<Released<Profile>>,
    /// The period, where its kind is `date`.
    pub period: Option<Period>,
    /// The entity that files it and rolls it up.
    pub parent: Option<EntityIx>,
    /// Those that it files, by address.
    pub children: Vec<EntityIx>,
    /// Its relations to other entities: its own by key, then as written; then those of others to it, by key, then by
    /// name.
    pub relations: Vec<Related>,
    /// The same thing as an entity of another kind.
    pub same_as: Option<EntityIx>,
    /// When it died, and the claim that this rests on.
    pub died: Option<(When, ClaimIx)>,
    /// Whether it has a page.
    pub has_page: bool,
    /// What stands on it and on those inside it, each once, oldest first.
    pub timeline: Vec<Entry>,
    /// Of one that others lie in, what stands on it itself, oldest first; of all others nothing, since that is the
    /// timeline.
    pub itself: Vec<Entry>,
    /// What speakers say or answer whom the sources do not name and who belong to it: the claims, and of an answer
    /// its place among the claim's; oldest first.
    pub unnamed: Vec<(ClaimIx, Option<u32>)>,
    /// The pairs that it is one of, those that most briefings name first, then by name.
    pub pairs: Vec<PairIx>,
    counts: Counts,
    /// The shared sources that the profile cites.
    pub sources: Vec<(LocalId, documents::Source)>,
    /// Those who published what the desk read and are this actor.
    pub publishers: Vec<PublisherIx>,
    /// Where it is first named, for messages.
    pub origin: Option<Span>,
}

/// By what pages depend on: not by the text, of which the page that shows it takes a key of its own, and not by what
/// only messages tell.
impl Hash for Entity {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let Self {
            kind,
            name,
            slug,
            address,
            profile,
            period,
            parent,
            children,
            relations,
            same_as,
            died,
            has_page,
            timeline,
            itself,
            unnamed,
            pairs,
            counts,
            sources,
            publishers,
            origin: _,
        } = self;
        (kind, name, slug, address, profile, period, parent, children, relations, same_as).hash(state);
        (died, has_page, timeline, itself, unnamed, pairs, counts, sources, publishers).hash(state);
    }
}

/// How many of each stand on a timeline. An answer counts with its claim.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Counts {
    /// Briefings.
    pub briefings: usize,
    /// Events.
    pub events: usize,
    /// Claims.
    pub claims: usize,
}

impl Counts {
    /// Those of `timeline`.
    pub fn of(timeline: &[Entry]) -> Self {
        let mut counts = Self::default();
        for entry in timeline {
            match entry.what {
                What::Briefing(_) => counts.briefings += 1,
                What::Event(_) => counts.events += 1,
                What::Claim(_) => counts.claims += 1,
                What::Response(..) => {}
            }
        }
        counts
    }
}

/// A relation to another entity, with the time in which it held.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Related {
    /// Its key in the profile: `speaks_for`.
    pub key: &'static str,
    /// Whether it stands in the other's profile: the other `speaks_for` this one.
    pub of_other: bool,
    /// The other entity.
    pub to: EntityIx,
    /// Since when.
    pub from: Option<When>,
    /// Until when.
    pub until: Option<When>,
    /// When it came about, where that was one day.
    pub date: Option<When>,
    /// The shared sources that it rests on.
    pub sources: Vec<Citation>,
}

/// Relations of one key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Relations<'a> {
    /// The key.
    pub key: &'static str,
    /// Whether others say so of this one.
    pub of_other: bool,
    /// Those that pages show.
    pub shown: Vec<&'a Related>,
    /// How many more there are.
    pub more: usize,
}

/// So many relations of others to one are shown under each key.
const SHOWN: usize = 50;

impl Entity {
    pub(super) fn new(kind: usize, name: String, slug: String, path: &str) -> Self {
        let address = format!("{path}/{slug}/");
        Self {
            kind,
            name,
            slug,
            address,
            profile: None,
            period: None,
            parent: None,
            children: Vec::new(),
            relations: Vec::new(),
            same_as: None,
            died: None,
            has_page: true,
            timeline: Vec::new(),
            itself: Vec::new(),
            unnamed: Vec::new(),
            pairs: Vec::new(),
            counts: Counts::default(),
            sources: Vec::new(),
            publishers: Vec::new(),
            origin: None,
        }
    }

    /// What lists sort it by.
    pub fn sort_key(&self) -> String {
        let sort_name = self.profile.as_ref().and_then(|released| released.document.sort_name.as_ref());
        crate::model::fold_name(sort_name.unwrap_or(&self.name))
    }

    /// Its relations by key: first its own, all of them, then those of others to it, as many as pages show.
    pub fn relations_by_key(&self) -> Vec<Relations<'_>> {
        let groups = self.relations.chunk_by(|a, b| (a.key, a.of_other) == (b.key, b.of_other));
        groups
            .map(|group| {
                let of_other = group[0].of_other;
                let shown = if of_other { group.len().min(SHOWN) } else { group.len() };
                Relations {
                    key: group[0].key,
                    of_other,
                    shown: group[..shown].iter().collect(),
                    more: group.len() - shown,
                }
            })
            .collect()
    }

    /// The ids of the shared sources that the fields of its page rest on, in the order shown. An id may come twice.
    pub(super) fn cited(&self) -> impl Iterator<Item = &str> {
        let profile = self.profile.as_ref().map(|released| &released.document);
        let fields = profile.into_iter().flat_map(|p| p.previous_names.iter().chain(p.dates.values()));
        let relations = self.relations_by_key().into_iter().flat_map(|relations| relations.shown);
        fields
            .flat_map(|field| field.sources.iter().map(|citation| &*citation.id.text))
            .chain(relations.flat_map(|relation| relation.sources.iter().map(|citation| &*citation.id.text)))
    }

    /// The same of the places that it claims and controls.
    pub(super) fn cited_of_holdings(&self) -> impl Iterator<Item = &str> {
        let groups = self.relations_by_key().into_iter();
        let holdings =
            groups.filter(|group| group.of_other && matches!(group.key, "claimed_by" | "controlled_by"));
        holdings
            .flat_map(|group| group.shown)
            .flat_map(|relation| relation.sources.iter().map(|citation| &*citation.id.text))
    }

    /// How much stands on its timeline.
    pub fn counts(&self) -> Counts {
        self.counts
    }

    /// Gives it its timeline. The parts of a long one are many pages, and each of them shows the counts of the whole.
    pub(super) fn show(&mut self, mut timeline: Vec<Entry>) {
        self.counts = Counts::of(&timeline);
        timeline.shrink_to_fit();
        self.timeline = timeline;
    }
}
