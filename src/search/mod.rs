//! The search: words of texts, and the index of them as the small files that a browser loads.
//!
//! Nothing here knows an archive; `docs/search.md` describes the words and the files.

pub mod files;
mod inverter;
mod merging;
pub mod words;

pub use inverter::{Chunk, Inverter};
pub use merging::{Set, Shard, Source, merge};
