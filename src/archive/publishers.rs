use super::{Archive, BriefingIx};
use crate::model::LocalId;

/// Somebody who published what the desk read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Publisher {
    /// What it is called.
    pub name: String,
    /// The end of its address: `the-jerusalem-post`.
    pub slug: String,
    /// How reliable it is over time, A to F (Admiralty code), where the desk says so.
    pub grade: Option<char>,
    /// What it published that briefings cite: the briefing and the source's id there, oldest briefing first.
    pub sources: Vec<(BriefingIx, LocalId)>,
}

/// Finds the publishers of the archive.
pub(super) fn fill(_archive: &mut Archive) {}
