use rustc_hash::FxHashMap;

use crate::{
    archive::{BriefingIx, Entity, EntityIx, Linked, PairIx},
    settings::{ACTOR, DATE, LOCATION},
};

/// How many briefings that only name an entity its own page shows; where there are more, they have a list.
pub const NAMED_SHOWN: usize = 10;

/// How many claims and answers of unnamed speakers an entity's own page shows; where there are more, they have a list.
pub const UNNAMED_SHOWN: usize = 10;

/// How many briefings that lead to one its own page shows; where there are more, they have a list.
pub const LINKED_SHOWN: usize = 20;

/// How many of those named together with an entity its own page shows; where there are more, they have an index.
pub const TOGETHER_SHOWN: usize = 12;

/// What a list is of that stands beside a page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ListOf {
    /// The briefings that only name an entity in their prose.
    Named(EntityIx),
    /// What stands on an entity itself, and not on those inside it.
    Itself(EntityIx),
    /// What unnamed speakers of an entity say and answer.
    Unnamed(EntityIx),
    /// The briefings that name two entities.
    Pair(PairIx),
    /// The briefings that lead to a briefing.
    LinkedFrom(BriefingIx),
}

impl ListOf {
    /// Its address below the root: `actors/hamas/named/`.
    pub fn address(self, archive: &Linked) -> String {
        match self {
            Self::Named(entity) => format!("{}named/", archive[entity].address),
            Self::Itself(entity) => format!("{}itself/", archive[entity].address),
            Self::Unnamed(entity) => format!("{}unnamed/", archive[entity].address),
            Self::LinkedFrom(briefing) => format!("{}linked-from/", archive[briefing].address),
            Self::Pair(pair) => {
                let (one, other) = (&archive[archive[pair].one], &archive[archive[pair].other]);
                let with = if other.kind == LOCATION { With::Places } else { With::Actors };
                format!("{}{}/", with.address(one), other.slug)
            }
        }
    }

    /// How many items it has.
    pub fn items(self, archive: &Linked) -> usize {
        match self {
            Self::Named(entity) => archive.named_in(entity).len(),
            Self::Itself(entity) => archive[entity].itself.len(),
            Self::Unnamed(entity) => archive[entity].unnamed.len(),
            Self::Pair(pair) => archive[pair].count,
            Self::LinkedFrom(briefing) => archive.linked_from(briefing).len(),
        }
    }

    /// Whether it has pages of its own: it holds more than the page that it stands beside shows.
    pub fn has_pages(self, archive: &Linked) -> bool {
        let shown = match self {
            Self::Named(_) => NAMED_SHOWN,
            Self::Unnamed(_) => UNNAMED_SHOWN,
            Self::LinkedFrom(_) => LINKED_SHOWN,
            Self::Pair(_) => 0,
            Self::Itself(entity) => {
                let entity = &archive[entity];
                let has_parts = entity.children.iter().any(|child| archive[*child].has_page);
                return entity.kind != DATE && has_parts && !entity.itself.is_empty();
            }
        };
        self.items(archive) > shown
    }
}

/// The addresses that the list of a pair would have with other ids of those two: each with what stood in its address.
pub(super) fn former_addresses(
    pair: PairIx,
    archive: &Linked,
    former: &FxHashMap<EntityIx, Vec<String>>,
) -> Vec<String> {
    let (one, other) = (&archive[archive[pair].one], &archive[archive[pair].other]);
    let slugs = |place: EntityIx| {
        let former = former.get(&place).into_iter().flatten().map(String::as_str);
        std::iter::once(archive[place].slug.as_str()).chain(former)
    };
    let folder = one.address.strip_suffix(&format!("{}/", one.slug)).unwrap_or_default();
    let mut addresses = Vec::new();
    for own in slugs(archive[pair].one) {
        for with in slugs(archive[pair].other) {
            addresses.push(match other.kind {
                LOCATION => format!("{folder}{own}/in/{with}/"),
                _ => format!("{folder}{}/and/{}/", own.min(with), own.max(with)),
            });
        }
    }
    // The first is the one that it has.
    addresses.split_off(1)
}

/// What sort of entities an entity is named together with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum With {
    /// Actors.
    Actors,
    /// Places.
    Places,
}

impl With {
    /// Both sorts, in the order of pages.
    pub const ALL: [Self; 2] = [Self::Actors, Self::Places];

    /// The address of the index of those named together with `entity`: `actors/hamas/and/`, `actors/hamas/in/`,
    /// `locations/doha/actors/`.
    pub fn address(self, entity: &Entity) -> String {
        let segment = match self {
            Self::Places => "in",
            Self::Actors if entity.kind == LOCATION => "actors",
            Self::Actors => "and",
        };
        format!("{}{segment}/", entity.address)
    }

    /// The pairs of `entity` with those of this sort, and the other of each, in the order of the entity's pairs.
    pub fn pairs(self, archive: &Linked, entity: EntityIx) -> Vec<(PairIx, EntityIx)> {
        let kind = match self {
            Self::Actors => ACTOR,
            Self::Places => LOCATION,
        };
        let other = |place: PairIx| {
            let pair = &archive[place];
            (place, if pair.one == entity { pair.other } else { pair.one })
        };
        let pairs = archive[entity].pairs.iter().copied().map(other);
        pairs.filter(|(_, other)| archive[*other].kind == kind).collect()
    }
}
