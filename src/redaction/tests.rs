use proptest::prelude::*;

use super::{
    check,
    form::Pseudonym,
    name::{Name, Strength},
    note::{self, Note},
    rewrite::Rewriting,
    tree,
};
use crate::model::SourcePath;

fn path() -> SourcePath {
    SourcePath::new("content/briefings/2025-05-15-a.md")
}

/// `text` as a briefing without the name `John Doe`, and whether its front matter says what it said.
fn without(text: &str) -> (String, bool) {
    let mut name = Name::default();
    name.add("John Doe", Strength::Whole);
    let pseudonym = Pseudonym::new("Name withheld");
    let rewriting = Rewriting { name: &name, pseudonym: &pseudonym, base_url: None };
    let before = tree::front(&path(), text).unwrap().unwrap();
    let done = rewriting.text(text, &tree::values(&before, &path()));
    let after = tree::front(&path(), &done.text);
    let faithful = after.is_ok_and(|after| check::is_faithful(&name, &before, &after.unwrap(), &[]));
    (done.text, faithful)
}

/// `text` with a note at the end of its corrections.
fn noted(text: &str) -> Option<String> {
    let front = tree::front(&path(), text).unwrap().unwrap();
    note::noted(text, &front, &Note { date: "2025-06-01", text: "Gone." })
}

const ITEM: &str = "{date: 2025-06-01, kind: redaction, text: \"Gone.\"}";
const OLD: &str = "{date: 2025-05-16, text: Old}";

#[test]
fn a_note_comes_last_in_whatever_form_the_list_has() {
    for (before, after) in [
        ("title: A\n", format!("title: A\ncorrections:\n  - {ITEM}\n")),
        ("title: A\ncorrections:\n", format!("title: A\ncorrections:\n  - {ITEM}\n")),
        ("corrections: []\ntitle: A\n", format!("corrections: [{ITEM}]\ntitle: A\n")),
        ("corrections: [{date: 2025-05-16, text: Old}]\n", format!("corrections: [{OLD}, {ITEM}]\n")),
        (
            "corrections: [\n  {date: 2025-05-16, text: Old}, # first\n]\n",
            format!("corrections: [\n  {OLD}, {ITEM}, # first\n]\n"),
        ),
        (
            "corrections:\n- {date: 2025-05-16, text: Old} # first\n# then\ntitle: A\n",
            format!("corrections:\n- {OLD} # first\n- {ITEM}\n# then\ntitle: A\n"),
        ),
        (
            "corrections:\n  - date: 2025-05-16\n    text: |\n      Old\n      words\n\ntitle: A\n",
            format!(
                "corrections:\n  - date: 2025-05-16\n    text: |\n      Old\n      words\n  - {ITEM}\n\ntitle: A\n"
            ),
        ),
    ] {
        assert_eq!(noted(&format!("---\n{before}---\nBody\n")).unwrap(), format!("---\n{after}---\nBody\n"));
    }
    let table = "\n[[corrections]]\ndate = 2025-06-01\nkind = \"redaction\"\ntext = \"Gone.\"\n";
    for before in ["title = 'A'\n", "[[corrections]]\ndate = 2025-05-16\ntext = 'Old'\n[extra]\na = 1\n"] {
        assert_eq!(noted(&format!("+++\n{before}+++\n")).unwrap(), format!("+++\n{before}{table}+++\n"));
    }
    let inline = "+++\ncorrections = [{ date = 2025-05-16, text = 'Old' }]\n+++\n";
    let added =
        "{ date = 2025-05-16, text = 'Old' }, {date = 2025-06-01, kind = \"redaction\", text = \"Gone.\"}]";
    assert!(noted(inline).unwrap().contains(added));
}

#[test]
fn a_note_comes_once_and_only_where_there_is_a_place_for_it() {
    let once = noted("---\ntitle: A\n---\n").unwrap();
    assert_eq!(noted(&once), Some(once.clone()));
    assert_eq!(noted("---\ncorrections:\n  date: 2025-05-16\n  text: Old\n---\n"), None);
}

#[test]
fn what_would_make_two_values_one_is_seen() {
    assert!(without("---\nactors: [John Doe, B]\n---\n").1);
    let broken = "---\nactors: [A, B]\n---\n";
    let front = |text: &str| tree::front(&path(), text).unwrap().unwrap();
    let name = Name::default();
    assert!(!check::is_faithful(&name, &front(broken), &front("---\nactors: [A]\n---\n"), &[]));
    assert!(!check::is_faithful(&name, &front(broken), &front("---\nactors: [A, C]\n---\n"), &[]));
    assert!(!check::is_faithful(&name, &front(broken), &front("---\nother: [A, B]\n---\n"), &[]));
}

/// A value of front matter with the name in it, in one of the ways to write it.
fn value() -> impl Strategy<Value = String> {
    let words = prop::sample::select(vec![
        "John Doe",
        "john-doe",
        "JOHN  DOE",
        "x",
        "says: no",
        "#1",
        "a, b",
        "it's",
    ]);
    let text = prop::collection::vec(words, 1..4).prop_map(|words| words.join(" "));
    let quoted = text.clone().prop_map(|text| format!("\"{text}\""));
    let single = text.clone().prop_map(|text| format!("'{}'", text.replace('\'', "''")));
    let block = text.prop_map(|text| format!("|\n    {}\n", text.replacen(' ', "\n    ", 1)));
    let plain =
        prop::sample::select(vec!["John Doe", "john_doe", "John\n    Doe", "[John Doe, B]", "{a: John Doe}"]);
    prop_oneof![quoted, single, block, plain.prop_map(str::to_owned)]
}

proptest! {
    #[test]
    fn front_matter_says_what_it_said_but_for_the_name(
        values in prop::collection::vec((value(), "( # John Doe)?"), 1..6),
        newline in prop::sample::select(vec!["\n", "\r\n"]),
    ) {
        let lines = values.iter().enumerate().map(|(number, (value, comment))| {
            let comment = if value.ends_with('\n') { "" } else { comment };
            format!("k{number}: {value}{comment}\n# of John\n# Doe\n")
        });
        let text = format!("---\n{}---\nBody of John Doe\n", lines.collect::<String>()).replace('\n', newline);
        prop_assume!(tree::front(&path(), &text).is_ok());
        let (after, faithful) = without(&text);
        prop_assert!(faithful, "{after}");
        prop_assert!(!after.to_lowercase().replace(['-', '_'], " ").contains("john"), "{after}");
        prop_assert_eq!(without(&after).0, after.clone());
        let (front, again) = (tree::front(&path(), &after).unwrap().unwrap(), noted(&after).unwrap());
        let grown = tree::front(&path(), &again).unwrap().unwrap();
        prop_assert!(check::is_faithful(&Name::default(), &front, &grown, &[]), "{}", again);
    }
}
