//! An independent look at a finished site for what it must not hold.
//!
//! The stages keep withheld matter out by never seeing it. This module trusts none of them: it takes what only withheld
//! matter holds, and reads the files of the site, decoded, as whoever searches them would.

mod fold;

pub use fold::words;

/// PLACEHOLDER
pub const WIDEST: usize = 16;
pub(crate) use fold::{is_unseen, is_unspaced};
