use proptest::prelude::*;

use super::{Reader, read_range};
use crate::tree::{Node, Value, json, toml, yaml};

const YAML: &str = "title: \"Talks: round two\"\r\ndate: 2025-05-15 # day\nactors: [Hamas, باسم نعيم, &x {id: 🎉, role: by}]\nclaims:\n  - id: a\n    by: {unnamed: officials, of: *x}\n    text: >-\n      folded\n      text\n    via: 'it''s'\nextra: {a: 1, b: [~, true, .5], ? c : d}\n? e\n: |\n  literal\n!!str f: \"\\u00e9\"\n";

const TOML: &str = "title = \"Talks\"\r\ndate = 2025-05-15\nlist = [1, 2.5, 'three', \"سلام 🎉\"]\n[a.b]\nc = {d = true, e.f = 0x1f}\n[[g]]\nh = '''\nlong'''\n[[g]]\n\"ключ\" = 07:32:00\n";

/// Pieces that mean something to one of the readers.
const PIECES: &[&str] = &[
    ":", ": ", " #", "\"", "'", "[", "]", "{", "}", "- ", "? ", "&a ", "*a", "!", "!!str ", "|", ">", "@",
    "%", "\t", "\n", "\r", "\r\n", "\u{feff}", "\u{2028}", "é", "🎉", "ب", "---\n", "...\n", "<<", "~", "=",
    "[[", "]]", ".", ",", "\\", "\0", "  ", "a", "0x", "\"\"\"", "'''",
];

fn check(reader: Reader, text: &str, range: std::ops::Range<usize>) {
    let path = crate::model::SourcePath::new("a.md");
    let mut diagnostics = crate::diagnostics::Diagnostics::new();
    let mut cx = crate::tree::Cx { path: &path, text, zone: chrono_tz::UTC, diagnostics: &mut diagnostics };
    let node = reader(&mut cx, range.clone());
    assert!(node.is_some() || diagnostics.has_errors(), "nothing is read, and nothing is said");
    if let Some(node) = node {
        spans_lie_inside(&node, text, &range);
        json(&node);
    }
    for diagnostic in &diagnostics {
        for span in diagnostic.span.iter().chain(diagnostic.related.iter().map(|(span, _)| span)) {
            let place = span.start as usize..span.end as usize;
            assert!(text.get(place.clone()).is_some(), "{diagnostic:?}");
            assert!(range.start <= place.start && place.end <= range.end, "{diagnostic:?}");
        }
    }
}

fn spans_lie_inside(node: &Node, text: &str, range: &std::ops::Range<usize>) {
    let inside = |span: &std::ops::Range<usize>| {
        assert!(text.get(span.clone()).is_some(), "{span:?}");
        assert!(range.start <= span.start && span.end <= range.end, "{span:?}");
    };
    inside(&node.span);
    match &node.value {
        Value::Null | Value::Scalar(_) => {}
        Value::List(items) => items.iter().for_each(|item| spans_lie_inside(item, text, range)),
        Value::Map(entries) => {
            for (key, value) in entries {
                inside(&key.span);
                spans_lie_inside(value, text, range);
            }
        }
    }
}

/// `text` with pieces put in, or characters taken out, at some places.
fn mutated(text: &'static str) -> impl Strategy<Value = String> {
    let change = (any::<prop::sample::Index>(), prop::sample::select(PIECES), 0_usize..4);
    prop::collection::vec(change, 1..6).prop_map(move |changes| {
        let mut letters: Vec<char> = text.chars().collect();
        for (index, piece, removed) in changes {
            let at = index.index(letters.len());
            let end = (at + removed).min(letters.len());
            letters.splice(at..end, piece.chars());
        }
        letters.into_iter().collect()
    })
}

fn soup() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(PIECES), 0..60).prop_map(|pieces| pieces.concat())
}

#[test]
fn the_good_texts_that_are_mutated_are_good() {
    for (reader, text) in [(yaml as Reader, YAML), (toml, TOML)] {
        let (node, reports) = read_range(reader, text, 0..text.len(), |node, _| node);
        assert_eq!(reports, [""; 0]);
        assert!(node.is_some());
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(1000) })]

    #[test]
    fn arbitrary_text_never_panics_and_spans_lie_on_characters(text in any::<String>()) {
        check(yaml, &text, 0..text.len());
        check(toml, &text, 0..text.len());
    }

    #[test]
    fn a_soup_of_marks_never_panics_and_spans_lie_on_characters(text in soup()) {
        let file = format!("é---\n{text}---\n🎉");
        let range = 6..6 + text.len();
        check(yaml, &file, range.clone());
        check(toml, &file, range);
    }

    #[test]
    fn mutated_front_matter_never_panics_and_spans_lie_on_characters(
        yaml_text in mutated(YAML),
        toml_text in mutated(TOML),
    ) {
        let yaml_file = format!("---\n{yaml_text}\n---\n🎉");
        check(yaml, &yaml_file, 4..4 + yaml_text.len());
        let toml_file = format!("+++\n{toml_text}\n+++\n🎉");
        check(toml, &toml_file, 4..4 + toml_text.len());
    }
}
