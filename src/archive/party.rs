use super::EntityIx;

/// Words in pieces: those that are the name of an entity lead to it.
pub type Words = Vec<(Box<str>, Option<EntityIx>)>;

/// Somebody who speaks or acts.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Party {
    /// An actor.
    Actor(EntityIx),
    /// Somebody whom the source does not name, and the actor they belong to where the source gives it.
    Unnamed {
        /// What the source calls them.
        words: Box<str>,
        /// Whose they are.
        of: Option<EntityIx>,
    },
}

impl Party {
    /// The actor on whose page this stands.
    pub fn actor(&self) -> Option<EntityIx> {
        match self {
            Self::Actor(actor) => Some(*actor),
            Self::Unnamed { of, .. } => *of,
        }
    }
}

/// A use of one of a briefing's sources: its number there, from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Rests {
    /// The number.
    pub number: usize,
    /// How credible this piece of information is, 1 to 6 (Admiralty code), where the desk says so.
    pub item: Option<u8>,
}
