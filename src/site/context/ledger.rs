//! The values of lists of claims.

use serde::Serialize;
use tera::Value;

/// A list of the ledger, as others lead to it.
#[derive(Serialize)]
pub(in crate::site) struct LedgerView {
    /// `all`, `status` or `finding`.
    pub(in crate::site) key: &'static str,
    /// `denied`, `partly`; of all claims nothing.
    pub(in crate::site) word: &'static str,
    pub(in crate::site) url: String,
    pub(in crate::site) count: usize,
    /// Whether this page is a part of it.
    pub(in crate::site) is_here: bool,
}

/// Claims that an actor has to do with, on its page.
#[derive(Serialize)]
pub(in crate::site) struct VoiceView {
    /// `says`, `about` or `answers`; the words are in `t["voice_" ~ key]`.
    pub(in crate::site) key: &'static str,
    /// The newest.
    pub(in crate::site) items: Vec<Value>,
    /// How many there are.
    pub(in crate::site) count: usize,
    /// The list of all, where there are more.
    pub(in crate::site) url: Option<String>,
}
