//! The search: words, the index that a build writes, and what queries find in it.

#![allow(clippy::unwrap_used, clippy::panic, reason = "what a test cannot do fails it")]

mod words;
