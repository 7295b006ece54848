//! Every code that the program can report stands in a message of a suite or of a test beside it.

use std::{collections::BTreeSet, fs, path::Path};

use crate::folder;

/// What stands before a code in the sources, white space apart.
const OPENERS: [&str; 10] = [
    "Diagnostic::error(",
    "Diagnostic::warning(",
    "cx.error(",
    "cx.warn(",
    "make(",
    "report(cx,",
    "text(node,cx,",
    "text_as(node,cx,",
    "report(Diagnostic::error(",
    "report(Diagnostic::warning(",
];

#[test]
fn every_code_is_shown_in_a_test() {
    let codes = in_sources();
    assert!(codes.len() > 80, "the sources are not read as they are written: {codes:?}");
    let shown = shown();
    let missing: Vec<&String> = codes.difference(&shown).collect();
    assert!(missing.is_empty(), "no test shows the message of {missing:?}");
    let unknown: Vec<&String> = shown.difference(&codes).collect();
    assert!(
        unknown.is_empty(),
        "tests show what no source reports, or is reported in another way: {unknown:?}"
    );
}

/// The codes that stand in the sources.
fn in_sources() -> BTreeSet<String> {
    let mut codes = BTreeSet::new();
    for text in texts(&folder().join("../../src"), "rs") {
        // Tests at the bottom of a file report nothing.
        let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap();
        let packed: String = packed(code);
        for opener in OPENERS {
            for (place, _) in packed.match_indices(opener) {
                let rest = &packed[place + opener.len()..];
                if let Some((code, _)) = rest.strip_prefix('"').and_then(|rest| rest.split_once('"')) {
                    codes.insert(code.to_owned());
                }
            }
        }
    }
    codes
}

/// The text without white space outside of literals.
fn packed(text: &str) -> String {
    let mut inside = false;
    text.chars()
        .filter(|letter| {
            inside ^= *letter == '"';
            inside || !letter.is_whitespace()
        })
        .collect()
}

/// The codes that stand in messages of the tests.
fn shown() -> BTreeSet<String> {
    let mut codes = BTreeSet::new();
    // What an editor alone is told is shown where he is. What `git` keeps a history from telling is shown where there is one, a name that comes back where it was taken
    // out, and no site has a leak unless it is spoilt.
    let elsewhere = ["cli/check.rs", "cli/git.rs", "cli/redact.rs", "leaks/planted.rs"];
    let elsewhere = elsewhere.map(|file| fs::read_to_string(folder().join("..").join(file)).unwrap());
    for text in texts(&folder(), "md").into_iter().chain(texts(&folder(), "rs")).chain(elsewhere) {
        for opener in ["error[", "warning["] {
            for (place, _) in text.match_indices(opener) {
                let Some((code, after)) = text[place + opener.len()..].split_once(']') else { continue };
                if after.starts_with(": ") {
                    codes.insert(code.to_owned());
                }
            }
        }
    }
    codes
}

fn texts(folder: &Path, extension: &str) -> Vec<String> {
    let mut texts = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            if path.file_name().is_none_or(|name| name != "tests") {
                texts.extend(self::texts(&path, extension));
            }
        } else if path.extension().is_some_and(|found| found == extension)
            && !path.to_string_lossy().ends_with("tests.rs")
        {
            texts.push(fs::read_to_string(path).unwrap());
        }
    }
    texts
}
