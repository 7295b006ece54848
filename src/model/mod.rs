//! The words of an archive, valid by construction: paths, ids, dates, markings, and what parties say and do.
//!
//! Nothing here reads a file, reports a mistake or knows a page.

mod address;
mod coordinates;
mod date;
mod id;
mod instant;
mod marking;
mod path;
mod tag_uri;
mod words;

pub use address::{DIRECTIVE, encode_fragment, encode_path, without_dots};
pub use coordinates::{Coordinates, Fineness};
pub use date::{
    DateError, Day, End, Form, MONTHS, PartialDate, Period, Precision, Qualifier, Season, TimeOfDay, When,
    day_meant, zone,
};
pub use id::{BriefingId, LocalId, PartId, check_segment, fold_name, is_language, segment, slugify};
pub use instant::{Instant, Published};
pub use marking::{Marking, Tlp};
pub use path::{OutputPath, SourcePath};
pub use tag_uri::{is_authority, tag_uri};
pub use words::{
    ActorRole, ClaimClass, Confidence, CorrectionKind, EntityType, EventStatus, FindingStatus, SourceKind,
    Stance, Word,
};
