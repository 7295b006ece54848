use super::{Archive, BriefingIx, EntityIx, PairIx};
use crate::{diagnostics::Diagnostics, settings::Settings};

/// Two entities that enough briefings name together: two actors, or an actor and a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pair {
    /// The actor whose address the pair's page stands below: of two actors the first by slug.
    pub one: EntityIx,
    /// The other actor, or the place.
    pub other: EntityIx,
    /// How many briefings name both.
    pub count: usize,
}

/// Finds the pairs of the archive.
pub(super) fn fill(_archive: &mut Archive, _settings: &Settings, _diagnostics: &mut Diagnostics) {}

impl Archive {
    /// The briefings that name both of a pair, oldest first: as many as its count says.
    pub fn briefings_of(&self, _pair: PairIx) -> Vec<BriefingIx> {
        Vec::new()
    }
}
