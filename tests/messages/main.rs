//! Small sites, written in Markdown, with every message that a build of them prints.
//!
//! A file `NAME.md` beside this one is a suite, and each of its headings that files stand under is a test. What the
//! parts of a suite mean is told in [`suite`]. `BRIEF_BLESS=1 cargo test --test messages` writes the messages that
//! come out into the suites; whoever does so reads each of them.

#![allow(clippy::unwrap_used, clippy::panic, reason = "what a test cannot do fails it")]

mod codes;
mod disk;
mod site;
mod sizes;
mod suite;

use std::{env, fs, path::PathBuf};

macro_rules! suites {
    ($($name:ident)+) => {
        const SUITES: &[&str] = &[$(stringify!($name)),+];
        $(#[test]
        fn $name() {
            check(stringify!($name));
        })+
    };
}

suites! {
    front_matter
    dates
    identity
    addresses
    settings
    briefings
    profiles
    names
    references
    withheld
    translations
    pages
    prose
    sources
    short_forms
    templates
}

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/messages")
}

/// Every suite's name, from the files that there are.
fn written() -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder())
        .unwrap()
        .filter_map(|entry| Some(entry.unwrap().file_name().to_str()?.strip_suffix(".md")?.to_owned()))
        .collect();
    names.sort();
    names
}

#[test]
fn every_file_is_a_suite_that_runs() {
    let mut run: Vec<&str> = SUITES.to_vec();
    run.sort_unstable();
    assert_eq!(written(), run);
}

fn check(name: &str) {
    let path = folder().join(format!("{name}.md"));
    let text = fs::read_to_string(&path).unwrap();
    let suite = suite::parse(&text);
    let outcomes: Vec<site::Outcome> = suite.iter().map(site::build).collect();
    if env::var_os("BRIEF_BLESS").is_some() {
        fs::write(&path, suite::bless(&text, &suite, &outcomes)).unwrap();
        return;
    }
    let wrong: Vec<String> = suite
        .iter()
        .zip(&outcomes)
        .flat_map(|(case, outcome)| {
            suite::differences(case, outcome)
                .into_iter()
                .map(move |difference| format!("{name}.md:{}: {}\n{difference}", case.line, case.name))
        })
        .collect();
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n\n"));
}
