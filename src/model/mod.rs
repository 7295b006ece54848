//! The words of an archive, valid by construction: paths, ids, dates, markings, and what parties say and do.
//!
//! Nothing here reads a file, reports a mistake or knows a page.

mod date;
mod id;
mod instant;
mod marking;
mod path;
mod words;

pub use date::Day;
pub use id::{BriefingId, LocalId, PartId, slugify};
pub use instant::Instant;
pub use marking::{Marking, Tlp};
pub use path::{OutputPath, SourcePath};
pub use words::{
    ActorRole, ClaimClass, Confidence, CorrectionKind, EntityType, EventStatus, FindingStatus, SourceKind, Stance,
    Word,
};
