//! A desk's hard cases, written as it would write them, with the words that readers then meet.
//!
//! A file `NAME.md` beside this one is a suite in the form of those of `tests/messages`. `BRIEF_BLESS=1 cargo test
//! --test trials` writes the words that come out into the suites; whoever does so reads each of them as a lawyer would.

#![allow(clippy::unwrap_used, clippy::panic, reason = "what a test cannot do fails it")]

#[path = "../messages/links.rs"]
mod links;
#[macro_use]
#[path = "../messages/run.rs"]
mod run;
#[path = "../messages/site.rs"]
mod site;
#[path = "../messages/suite.rs"]
mod suite;
#[path = "../messages/words.rs"]
mod words;

use std::path::PathBuf;

suites! {
    counts
    own_side
    people
    places
    relays
    retraction
    unnamed
    zones
}

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/trials")
}
