//! Small sites, written in Markdown, with every message that a build of them prints.
//!
//! A file `NAME.md` beside this one is a suite, and each of its headings that files stand under is a test. What the
//! parts of a suite mean is told in [`suite`]. `BRIEF_BLESS=1 cargo test --test messages` writes the messages that
//! come out into the suites; whoever does so reads each of them.

#![allow(clippy::unwrap_used, clippy::panic, reason = "what a test cannot do fails it")]

mod codes;
mod disk;
mod links;
#[macro_use]
mod run;
mod site;
mod sizes;
mod suite;
mod words;

use std::path::PathBuf;

suites! {
    front_matter
    dates
    identity
    addresses
    settings
    briefings
    profiles
    names
    mentions
    references
    withheld
    corrections
    translations
    pages
    prose
    sources
    publishers
    lints
    balance
    short_forms
    templates
}

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/messages")
}
