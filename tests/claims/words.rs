//! The words that pages add, read from the theme.

use std::collections::BTreeMap;

fn english() -> BTreeMap<String, String> {
    toml::from_str(include_str!("../../themes/dispatch/i18n/en.toml")).unwrap()
}

fn words_of(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()).map(str::to_lowercase)
}

#[test]
fn truth_words_stand_in_findings_alone() {
    // What states, doubts or grants that something is so.
    const TRUTH: [&str; 34] = [
        "true",
        "truth",
        "untrue",
        "false",
        "falsely",
        "established",
        "refuted",
        "proven",
        "proved",
        "unproven",
        "disproved",
        "debunked",
        "verified",
        "corroborated",
        "confirmed",
        "fake",
        "hoax",
        "lie",
        "lies",
        "lied",
        "liar",
        "admits",
        "admitted",
        "concedes",
        "conceded",
        "alleges",
        "alleged",
        "allegedly",
        "claimed",
        "insists",
        "boasts",
        "falsehood",
        "fact-checked",
        "unanswered",
    ];
    for (key, text) in english() {
        let told: Vec<String> = words_of(&text).filter(|word| TRUTH.contains(&word.as_str())).collect();
        // That a state lays claim to a place is what it does, not a word for what it says.
        let is_fit = key.starts_with("finding_") || key == "relation_claimed_by";
        assert!(told.is_empty() || is_fit, "{key} = {text:?} says {told:?}");
    }
}

#[test]
fn claims_is_the_name_of_things_and_never_what_somebody_does() {
    for (key, text) in english() {
        let words: Vec<String> = words_of(&text).collect();
        for pair in words.windows(2).filter(|pair| pair[0] == "who" || pair[0] == "whom") {
            assert!(pair[1] != "claims" && pair[1] != "claim", "{key} = {text:?}");
        }
        assert!(!text.contains("} claims"), "{key} = {text:?}");
    }
}

#[test]
fn what_sides_do_is_said_of_all_with_the_same_verbs() {
    let words = english();
    let said = |key: &str| words[key].replace("{who}", "X");
    for (stance, one, many) in [
        ("confirms", "X also says so", "X also say so"),
        ("denies", "X denies it", "X deny it"),
        ("disputes", "X disputes it", "X dispute it"),
        ("declines", "X declined to comment", "X declined to comment"),
        ("no-reply", "asked, X did not reply", "asked, X did not reply"),
    ] {
        let key = format!("says_{stance}");
        assert_eq!((said(&key), said(&format!("{key}_many"))), (one.to_owned(), many.to_owned()));
    }
    assert_eq!((said("says"), said("says_many")), ("X says".to_owned(), "X say".to_owned()));
}

#[test]
fn templates_and_sentences_hold_no_words_of_their_own() {
    // Between tags and braces of a template nothing is left but marks.
    for entry in walkdir::WalkDir::new(concat!(env!("CARGO_MANIFEST_DIR"), "/templates")) {
        let entry = entry.unwrap();
        if !entry.file_type().is_file() {
            continue;
        }
        let mut text = std::fs::read_to_string(entry.path()).unwrap();
        for (open, close) in [("{#", "#}"), ("{%", "%}"), ("{{", "}}"), ("<", ">")] {
            while let Some(start) = text.find(open) {
                let end = start + text[start..].find(close).unwrap() + close.len();
                text.replace_range(start..end, " ");
            }
        }
        // Names of hashes, and of labels, are the same in every language.
        let left: Vec<String> = words_of(&text).filter(|word| word != "sha" && word != "tlp").collect();
        assert!(left.is_empty(), "{}: {left:?}", entry.path().display());
    }
}
