use std::collections::BTreeSet;

use serde_json::Value;

use super::*;
use crate::{
    diagnostics::Diagnostics,
    documents,
    redaction::Records,
    settings::{self, Settings},
    sources::Sources,
    tree::asked::{self, Keys},
};

/// One of every map that the reader knows, each as small as can be.
const EVERYTHING: [(&str, &str); 7] = [
    ("brief.toml", include_str!("everything/brief.toml")),
    ("content/briefings/2025-05-15-a.md", include_str!("everything/briefing.md")),
    ("content/briefings/2025-05-15-a.ar.md", "---\ntitle: T\n---\n"),
    ("content/actors/a.md", include_str!("everything/profile.md")),
    ("content/pages/about.md", "---\ntitle: About\n---\n"),
    ("content/sources.toml", "[sources]\na = { title = \"A\" }\n[publishers.b]\nname = \"B\"\n"),
    ("content/briefings/a.jpg.toml", "alt = \"A\"\n"),
];

const REDACTED: &str =
    "salt = \"s\"\n[[redactions]]\npseudonym = \"X\"\nspellings = [{ words = 1, hash = \"0\" }]\n";

fn settings_of(sources: &Sources, diagnostics: &mut Diagnostics) -> Settings {
    let settings = settings::parse(sources, diagnostics);
    assert!(!diagnostics.has_errors(), "{diagnostics:?}");
    settings
}

/// Every key that the reader asks for, each with what a message calls its map, and the kinds of the archive.
fn read() -> (Keys, Settings) {
    let files = EVERYTHING.into_iter().chain([(REDACTIONS, REDACTED)]);
    let sources = Sources::from_texts(files);
    let mut diagnostics = Diagnostics::new();
    let settings = settings_of(&sources, &mut diagnostics);
    // Of one thread, so that what it asks for is known.
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
    let keys = pool.install(|| {
        asked::during(|| {
            settings_of(&sources, &mut Diagnostics::new());
            documents::parse(&sources, &settings, &mut diagnostics);
            Records::read(&sources, &mut diagnostics);
        })
    });
    let unread: Vec<_> = diagnostics.iter().filter(|found| found.code == "unknown-key").collect();
    assert!(unread.is_empty(), "{unread:?}");
    (keys, settings)
}

/// Every key of the schemas, each with the title of its map.
fn told(kinds: &[Kind]) -> Keys {
    let schemas = Subject::ALL.map(|subject| schema(subject, kinds));
    let mut keys = Keys::new();
    let mut open: Vec<&Value> = schemas.iter().collect();
    while let Some(value) = open.pop() {
        match value {
            Value::Array(values) => open.extend(values),
            Value::Object(map) => {
                open.extend(map.values());
                if let (Some(title), Some(Value::Object(properties))) =
                    (map.get("title"), map.get("properties"))
                    && let Some(title) = title.as_str()
                {
                    keys.extend(properties.keys().map(|key| (title.to_owned(), key.clone())));
                }
            }
            _ => {}
        }
    }
    keys
}

#[test]
fn schemas_tell_every_key_that_the_reader_takes_and_no_other() {
    let (read, settings) = read();
    let told = told(&settings.kinds);
    assert!(read.contains(&("a briefing".into(), "topics".into())), "a declared kind is a key");
    let only =
        |some: &Keys, others: &Keys| -> Vec<(String, String)> { some.difference(others).cloned().collect() };
    assert_eq!(only(&read, &told), [], "the reader takes these, and no schema tells them");
    assert_eq!(only(&told, &read), [], "a schema tells these, and the reader does not ask for them");
}

#[test]
fn every_key_says_what_it_is_for() {
    for subject in Subject::ALL {
        let schema = schema(subject, &[]);
        let mut open = vec![&schema];
        while let Some(value) = open.pop() {
            match value {
                Value::Array(values) => open.extend(values),
                Value::Object(map) => {
                    open.extend(map.values());
                    let Some(Value::Object(properties)) = map.get("title").and(map.get("properties")) else {
                        continue;
                    };
                    for (key, property) in properties {
                        let about = property.get("description").and_then(Value::as_str).unwrap_or_default();
                        let is_edition = key == "public" && property.get("title").is_some();
                        assert!(about.ends_with('.') || is_edition, "{subject:?}: `{key}`: {about}");
                    }
                }
                _ => {}
            }
        }
    }
}

#[test]
fn every_definition_that_a_schema_refers_to_stands_in_it() {
    for subject in Subject::ALL {
        let schema = schema(subject, &[]);
        let mut open = vec![&schema];
        let mut used = BTreeSet::new();
        while let Some(value) = open.pop() {
            match value {
                Value::Array(values) => open.extend(values),
                Value::Object(map) => {
                    open.extend(map.values());
                    used.extend(map.get("$ref").and_then(Value::as_str));
                }
                _ => {}
            }
        }
        let there = schema.get("definitions").and_then(Value::as_object).into_iter().flatten();
        let there: BTreeSet<String> = there.map(|(name, _)| format!("#/definitions/{name}")).collect();
        assert_eq!(used.into_iter().map(str::to_owned).collect::<BTreeSet<_>>(), there, "{subject:?}");
    }
}
