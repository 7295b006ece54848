//! Small old sites, and what an import makes of them.
//!
//! A file `NAME.md` beside this one is a suite; a heading of the second level names a test. A line `` `PATH`: `` makes
//! the fenced block after it a file of the old site (`crlf` and `bom` in the block's info string write it with those),
//! and a line ``Imported with `--map OLD=NEW`.`` says what the command line would. Then, after `` `PATH` becomes: ``, all
//! files that come out, `text copied` for those that are copied, and `text report`. `BRIEF_BLESS=1 cargo test --test
//! import` writes these; whoever does so reads them.
//!
//! Whatever a test is about, its archive must build without an error, every old address must lead on, and a second
//! import must change nothing.

#![allow(clippy::unwrap_used, clippy::panic, reason = "what a test cannot do fails it")]

mod laws;
mod suite;

use std::{env, fs, path::PathBuf};

use suite::Case;

macro_rules! suites {
    ($($name:ident)+) => {
        $(#[test]
        fn $name() {
            check(stringify!($name));
        })+

        #[test]
        fn every_file_is_a_suite_that_runs() {
            let mut run = vec![$(concat!(stringify!($name), ".md")),+];
            run.sort_unstable();
            let found = fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
            let mut found: Vec<String> = found.filter(|name| name.ends_with(".md")).collect();
            found.sort();
            assert_eq!(found, run);
        }
    };
}

suites! {
    jekyll
    hugo
    zola
    obsidian
    tables
    damaged
}

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/import")
}

fn check(name: &str) {
    let path = folder().join(format!("{name}.md"));
    let text = fs::read_to_string(&path).unwrap();
    let cases = suite::parse(&text);
    let results: Vec<String> = cases.iter().map(Case::run).collect();
    if env::var_os("BRIEF_BLESS").is_some() {
        return fs::write(&path, suite::bless(&text, &cases, &results)).unwrap();
    }
    for (case, result) in cases.iter().zip(&results) {
        assert!(
            case.expected.trim() == result.trim(),
            "{name}.md:{}: {}\nas written:\n{}\nas it comes out:\n{result}",
            case.line,
            case.name,
            case.expected
        );
    }
}
