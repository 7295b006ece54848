use std::{
    hash::{Hash, Hasher},
    ops::Range,
};

use super::resolve_path;
use crate::{
    diagnostics::Span,
    model::{
        ActorRole, BriefingId, ClaimClass, Confidence, CorrectionKind, EventStatus, FindingStatus, LocalId,
        Marking, PartId, SourceKind, SourcePath, Stance, When,
    },
};

/// Bytes of the file that something is written in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct At {
    start: u32,
    end: u32,
}

/// By nothing: messages tell it, and no page shows it.
impl Hash for At {
    fn hash<H: Hasher>(&self, _: &mut H) {}
}

impl At {
    /// The bytes of `range`.
    pub fn new(range: &Range<usize>) -> Self {
        let narrow = |byte: usize| u32::try_from(byte).unwrap_or(u32::MAX);
        Self { start: narrow(range.start), end: narrow(range.end) }
    }

    /// The bytes.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }

    /// The place in the file at `path`.
    pub fn span(self, path: &SourcePath) -> Span {
        Span::new(path, self.range())
    }
}

/// An entity as an author names it: by id, name or alias. What it means is decided after release.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Name {
    /// The name as written.
    pub text: Box<str>,
    /// Where.
    pub at: At,
}

/// Somebody who speaks or acts.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Party {
    /// An actor.
    Actor(Name),
    /// Somebody whom the source does not name.
    Unnamed(Unnamed),
}

/// Words for somebody whom the source does not name. Two of them are never the same person.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Unnamed {
    /// What the source calls them: "three officials".
    pub words: Box<str>,
    /// The actor they belong to, where the source says so.
    pub of: Option<Name>,
}

/// A use of a source.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Citation {
    /// The source's id, local to the file or shared.
    pub id: Name,
    /// How credible this piece of information is, 1 to 6 (Admiralty code).
    pub item: Option<u8>,
}

/// Something that happened or is planned.
#[derive(Clone, Debug, PartialEq, Hash)]
pub struct Event {
    /// Its id in the file.
    pub id: Option<LocalId>,
    /// The event of another briefing that this tells again.
    pub tells: Option<Reference>,
    /// The day it had where it happened.
    pub date: Option<When>,
    /// What happened.
    pub text: String,
    /// Whose account it is, where it is one side's.
    pub per: Vec<Party>,
    /// Who took part, and how.
    pub actors: Vec<(Party, Option<ActorRole>)>,
    /// Where.
    pub locations: Vec<Name>,
    /// Counts, each with whose it is.
    pub figures: Vec<Figure>,
    /// Whether it came about.
    pub status: EventStatus,
    /// What it rests on.
    pub sources: Vec<Citation>,
    /// What may hold it back.
    pub marking: Marking,
    /// Where it is written.
    pub at: At,
    /// Whether it is written in the body, and is shown where it stands there.
    pub in_prose: bool,
}

impl Hash for Figure {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let Self { what, value, min, max, per, date, sources, marking, at } = self;
        [value, min, max].map(|number| number.map(f64::to_bits)).hash(state);
        (what, per, date, sources, marking, at).hash(state);
    }
}

/// A count that somebody gives for an event.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// What is counted: "killed".
    pub what: String,
    /// The count.
    pub value: Option<f64>,
    /// The least of a range.
    pub min: Option<f64>,
    /// The most of a range.
    pub max: Option<f64>,
    /// Whose count it is.
    pub per: Vec<Party>,
    /// As of when.
    pub date: Option<When>,
    /// What it rests on.
    pub sources: Vec<Citation>,
    /// What may hold it back.
    pub marking: Marking,
    /// Where it is written.
    pub at: At,
}

/// What somebody says.
#[derive(Clone, Debug, PartialEq, Hash)]
pub struct Claim {
    /// Its id in the file.
    pub id: Option<LocalId>,
    /// Who says it.
    pub by: Vec<Party>,
    /// For whom, where it is written here and not in the speaker's profile.
    pub on_behalf_of: Vec<Party>,
    /// About whom.
    pub about: Vec<Party>,
    /// When it was said.
    pub date: Option<When>,
    /// What sort of statement it is.
    pub class: ClaimClass,
    /// What is said.
    pub text: String,
    /// Where it was said, or what it is about.
    pub locations: Vec<Name>,
    /// To whom.
    pub told: Vec<String>,
    /// By what chain it reached what was read.
    pub via: Vec<String>,
    /// What it rests on.
    pub sources: Vec<Citation>,
    /// Answers written with it.
    pub responses: Vec<Response>,
    /// The desk's findings written with it.
    pub findings: Vec<Finding>,
    /// What may hold it back.
    pub marking: Marking,
    /// Where it is written.
    pub at: At,
    /// Whether it is written in the body, and is shown where it stands there.
    pub in_prose: bool,
}

/// A reference to a part of this or another briefing.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Reference {
    /// The part.
    pub part: PartId,
    /// Where it is written.
    pub at: At,
}

/// An answer to a claim.
#[derive(Clone, Debug, PartialEq, Hash)]
pub struct Response {
    /// The claim, where the answer does not stand in it.
    pub claim: Option<Reference>,
    /// Who answers.
    pub by: Vec<Party>,
    /// For whom.
    pub on_behalf_of: Vec<Party>,
    /// How.
    pub stance: Stance,
    /// When; without it, by the day of its briefing.
    pub date: Option<When>,
    /// In what words.
    pub text: Option<String>,
    /// What it rests on.
    pub sources: Vec<Citation>,
    /// What may hold it back.
    pub marking: Marking,
    /// Where it is written.
    pub at: At,
}

/// The desk's own judgement of a claim.
#[derive(Clone, Debug, PartialEq, Hash)]
pub struct Finding {
    /// The claim, where the finding does not stand in it.
    pub claim: Option<Reference>,
    /// The judgement.
    pub status: FindingStatus,
    /// How sure the desk is.
    pub confidence: Option<Confidence>,
    /// When it was made.
    pub date: Option<When>,
    /// What it rests on.
    pub sources: Vec<Citation>,
    /// Why.
    pub note: String,
    /// What may hold it back.
    pub marking: Marking,
    /// Where it is written.
    pub at: At,
}

/// What the desk itself read.
#[derive(Clone, Debug, PartialEq, Default, Hash)]
pub struct Source {
    /// Its title.
    pub title: Option<String>,
    /// Who published it.
    pub publisher: Option<String>,
    /// Its address.
    pub url: Option<String>,
    /// The address of a copy kept elsewhere.
    pub archived: Option<String>,
    /// The SHA-256 of that copy, in hexadecimal.
    pub sha256: Option<String>,
    /// When it was published.
    pub published: Option<When>,
    /// When the desk read it.
    pub accessed: Option<When>,
    /// Its language.
    pub language: Option<String>,
    /// What sort of thing it is.
    pub kind: Option<SourceKind>,
    /// Whom a picture is credited to.
    pub credit: Option<String>,
    /// What it in turn rests on.
    pub via: Vec<String>,
    /// What may hold it back.
    pub marking: Marking,
    /// Where its id is written.
    pub key: At,
    /// Where it is written.
    pub at: At,
}

/// A dated note on what was changed after publication.
#[derive(Clone, Debug, PartialEq, Hash)]
pub struct Correction {
    /// When.
    pub date: When,
    /// What sort of change.
    pub kind: CorrectionKind,
    /// Of what; of the briefing where nothing is named.
    pub of: Option<Corrected>,
    /// What was changed.
    pub text: String,
    /// What may hold it back.
    pub marking: Marking,
    /// Where it is written.
    pub at: At,
}

/// What a correction is of, as written.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Corrected {
    /// A briefing, or a claim, an event or a source of one.
    Part(Reference),
    /// An image that the text uses, by its path from the text.
    Image(Name),
}

impl Corrected {
    /// The claim, the event or the source of the file that this stands in.
    pub fn own_part(&self, own: &BriefingId) -> Option<&LocalId> {
        match self {
            Self::Part(Reference { part, .. }) if part.briefing.as_ref().is_none_or(|id| id == own) => {
                part.local.as_ref()
            }
            _ => None,
        }
    }

    /// The image's path below the archive's root, where it is one; `text` is the file that names it.
    pub fn image(&self, text: &SourcePath) -> Option<SourcePath> {
        match self {
            Self::Image(name) => resolve_path(text.folder(), &name.text),
            Self::Part(_) => None,
        }
    }
}

impl Party {
    /// The actor whom this tags: the one named, or the one that the unnamed belong to.
    pub fn tagged(&self) -> Option<&Name> {
        match self {
            Self::Actor(name) => Some(name),
            Self::Unnamed(unnamed) => unnamed.of.as_ref(),
        }
    }
}
