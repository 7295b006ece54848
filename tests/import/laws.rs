//! Laws that hold for whatever an old file writes.

use brief::import::{Desk, NewContent, OldFile, Options, import};
use proptest::prelude::*;

use crate::suite;

/// A value of front matter as YAML writes it, and the words that must not be lost.
fn value() -> impl Strategy<Value = (String, Vec<String>)> {
    let word = "[a-zA-Zа-я0-9][a-zA-Zа-я0-9 :#'\\\\%@!&*|>{}\\[\\],?.-]{0,12}[a-z0-9]";
    let quoted = |text: &str| serde_json_string(text);
    prop_oneof![
        word.prop_map(move |text| (quoted(&text), vec![text])),
        proptest::collection::vec(word, 1..4).prop_map(move |words| {
            let items: Vec<String> = words.iter().map(|word| quoted(word)).collect();
            (format!("[{}]", items.join(", ")), words)
        }),
        (word, "[a-z]{1,8}")
            .prop_map(move |(text, key)| (format!("{{{key}: {}}}", quoted(&text)), vec![text, key])),
        Just(("true".to_owned(), vec!["true".to_owned()])),
        Just(("-12.5".to_owned(), vec!["-12.5".to_owned()])),
        Just(("2015-02-03".to_owned(), vec!["2015-02-03".to_owned()])),
        Just(("\"a\\nb  \\n c\"".to_owned(), vec!["a".to_owned()])),
    ]
}

fn serde_json_string(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

fn key() -> impl Strategy<Value = String> {
    let known = prop::sample::select(vec![
        "author",
        "authors",
        "tags",
        "categories",
        "category",
        "description",
        "excerpt",
        "summary",
        "slug",
        "permalink",
        "redirect_from",
        "lastmod",
        "lang",
        "draft",
        "published",
        "image",
        "license",
        "tlp",
        "sources",
        "events",
        "actors",
        "locations",
        "extra",
        "aliases",
        "url",
        "path",
        "title",
        "date",
        "id",
        "template",
        "claims",
    ]);
    prop_oneof![known.prop_map(str::to_owned), "[a-z][a-z_]{0,9}"]
}

/// Every scalar of a file's front matter, keys too, as `brief` reads it.
fn scalars(text: &str) -> Vec<String> {
    let path = brief::model::SourcePath::new("x.yaml");
    let mut diagnostics = brief::diagnostics::Diagnostics::new();
    let end = text[4..].find("\n---").unwrap() + 5;
    let mut cx =
        brief::tree::Cx { path: &path, text, zone: chrono_tz::Tz::UTC, diagnostics: &mut diagnostics };
    let node = brief::tree::yaml(&mut cx, 4..end).unwrap();
    assert_eq!(
        diagnostics.iter().map(|found| found.message.clone()).collect::<Vec<_>>(),
        Vec::<String>::new(),
        "{text}"
    );
    let mut found = Vec::new();
    gather(&node, &mut found);
    found
}

fn gather(node: &brief::tree::Node, found: &mut Vec<String>) {
    match &node.value {
        brief::tree::Value::Null => found.push("null".into()),
        brief::tree::Value::Scalar(scalar) => found.push(scalar.text.to_string()),
        brief::tree::Value::List(items) => items.iter().for_each(|item| gather(item, found)),
        brief::tree::Value::Map(entries) => {
            for (key, node) in entries {
                found.push(key.text.to_string());
                gather(node, found);
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn nothing_that_front_matter_says_is_lost(
        entries in proptest::collection::btree_map(key(), value(), 0..9),
        name in prop::sample::select(vec!["_posts/2015-02-03-a-post.md", "about.md", "_drafts/soon.md"]),
    ) {
        let mut text = String::from("---\n");
        for (key, (value, _)) in &entries {
            text.extend([key.as_str(), ": ", value.as_str(), "\n"]);
        }
        text.push_str("---\nText.\n");
        let config = OldFile { path: "_config.yml".into(), bytes: Some(b"title: Old\n".to_vec()), changed: None };
        let post = OldFile { path: name.into(), bytes: Some(text.clone().into_bytes()), changed: brief::model::Day::new(2015, 2, 3) };
        let old = [config, post];
        let options = Options::default();
        let made = import(&old, &Desk::default(), &options).unwrap();
        suite::keeps_the_laws(&text, &old, &made, &options);
        let file = made.files.iter().find(|file| file.path.ends_with(".md") && file.path != "brief.toml").unwrap();
        let NewContent::Text(new) = &file.content else { panic!("a text is written") };
        let written = scalars(new).join("\n");
        for (key, (_, words)) in &entries {
            for word in words {
                let whole = |word: &str| written.contains(word) || written.replace(['/', ' '], "").contains(&word.replace(['/', ' '], ""));
                // Names in one text are split at blanks and commas; dates and languages are spelled anew.
                let parts = word.split([' ', ',']).all(whole);
                prop_assert!(whole(word) || parts, "`{key}` loses `{word}`:\n{text}\n{new}");
            }
        }
    }
}
