use super::{Archive, BriefingIx, EntityIx};

/// A briefing that shares entities with another.
#[derive(Clone, Debug, PartialEq)]
pub struct Relative {
    /// The other one.
    pub briefing: BriefingIx,
    /// What they share that has a page, the rarest first.
    pub shared: Vec<EntityIx>,
}

/// Finds for each briefing those that share most with it.
pub(super) fn fill(_archive: &mut Archive) {}
