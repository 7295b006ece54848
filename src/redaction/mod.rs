//! Takes a name out of an archive: texts in, changed texts out. Nothing here touches the disk.
//!
//! A change is worked out in memory, and looked at, before anything is written: no text and no path holds the name any
//! more, and every front matter says what it said but for the name.

mod check;
mod escapes;
mod form;
mod guard;
mod name;
mod note;
mod plan;
mod profile;
mod records;
mod rewrite;
mod tree;
mod words;

pub use guard::{guard, silence};
pub(crate) use note::quoted;
pub use plan::{Changed, Plan, Refused, Request, plan};
pub use records::Records;
pub use rewrite::{Replaced, Seen};
pub(crate) use tree::{Front, front};

#[cfg(test)]
mod tests;
