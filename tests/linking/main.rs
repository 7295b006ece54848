//! Small sites, written in Markdown, with the links that readers meet in the bodies of their pages.
//!
//! A file `NAME.md` beside this one is a suite in the form of those of `tests/messages`, and each of its headings
//! states a rule. `BRIEF_BLESS=1 cargo test --test linking` writes the links that come out into the suites; whoever
//! does so holds each of them against the rule above it.

#![allow(clippy::unwrap_used, clippy::panic, reason = "what a test cannot do fails it")]

mod attacks;
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
    references
    names
    scripts
    apart
    brackets
    profiles
}

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/linking")
}
