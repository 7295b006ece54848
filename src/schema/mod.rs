//! What editors need to know of the files of an archive: a JSON Schema of each sort.
//!
//! The truth stands in the code that reads these files; here it is told a second time, and `tests.rs` holds the two
//! together key by key. The draft is 7, which editors know best. Words, labels and time zones come from the model.
//! What only the whole archive can tell is beyond a schema: whether what is named is there, whether an id stands
//! twice, whether a year has a 29 February.

mod files;
mod object;
mod parts;
mod settings;
mod values;

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use crate::{
    documents::{REDACTIONS, SHARED_SOURCES},
    settings::Kind,
    sources::SETTINGS,
};

/// The start of the comment by which a schema is known as one that was written here.
pub const WRITTEN_BY: &str = "Written by `brief schema`";

/// What there is a schema of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Subject {
    /// The front matter of a briefing.
    Briefing,
    /// That of a translation.
    Translation,
    /// That of a profile.
    Profile,
    /// That of a page.
    Page,
    /// `content/sources.toml`.
    Sources,
    /// The words for an image, beside it.
    Image,
    /// `brief.toml`.
    Settings,
    /// `content/redactions.toml`.
    Redactions,
}

impl Subject {
    /// Every subject.
    pub const ALL: [Self; 8] = [
        Self::Briefing,
        Self::Translation,
        Self::Profile,
        Self::Page,
        Self::Sources,
        Self::Image,
        Self::Settings,
        Self::Redactions,
    ];

    /// What a command line calls it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Briefing => "briefing",
            Self::Translation => "translation",
            Self::Profile => "profile",
            Self::Page => "page",
            Self::Sources => "sources",
            Self::Image => "image",
            Self::Settings => "settings",
            Self::Redactions => "redactions",
        }
    }

    /// The files that it is of, in words.
    pub fn files(self) -> &'static str {
        match self {
            Self::Briefing => "front matter of content/briefings/**/*.md",
            Self::Translation => "front matter of content/briefings/**/*.LANGUAGE.md",
            Self::Profile => "front matter of content/KIND/**/*.md",
            Self::Page => "front matter of content/pages/**/*.md",
            Self::Sources => SHARED_SOURCES,
            Self::Image => "IMAGE.toml beside an image",
            Self::Settings => SETTINGS,
            Self::Redactions => REDACTIONS,
        }
    }
}

/// The schema of `subject`. A briefing has a key for each of `kinds`.
pub fn schema(subject: Subject, kinds: &[Kind]) -> Value {
    let object = match subject {
        Subject::Briefing => files::briefing(kinds),
        Subject::Translation => files::translation(),
        Subject::Profile => files::profile(),
        Subject::Page => files::page(),
        Subject::Sources => files::sources(),
        Subject::Image => files::image(),
        Subject::Settings => settings::settings(),
        Subject::Redactions => files::redactions(),
    };
    let mut schema = json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "$comment": format!("{WRITTEN_BY}, {}: {}.", env!("CARGO_PKG_VERSION"), subject.files()),
    });
    let (body, used) = (object.schema(), parts::definitions());
    if let (Value::Object(schema), Value::Object(body)) = (&mut schema, body) {
        let definitions = needed(&Value::Object(body.clone()), used);
        schema.extend(body);
        if !definitions.is_empty() {
            schema.insert("definitions".into(), Value::Object(definitions));
        }
    }
    schema
}

/// Those of `definitions` that `body` refers to, and those that these refer to.
fn needed(body: &Value, definitions: Map<String, Value>) -> Map<String, Value> {
    let mut names = BTreeSet::new();
    let mut open = vec![body];
    while let Some(value) = open.pop() {
        match value {
            Value::Array(values) => open.extend(values),
            Value::Object(map) => {
                open.extend(map.values());
                let name = map.get("$ref").and_then(Value::as_str).and_then(|path| path.rsplit('/').next());
                if let Some(name) = name
                    && names.insert(name)
                {
                    open.extend(definitions.get(name));
                }
            }
            _ => {}
        }
    }
    let names: BTreeSet<String> = names.into_iter().map(str::to_owned).collect();
    definitions.into_iter().filter(|(name, _)| names.contains(name)).collect()
}

#[cfg(test)]
mod tests;
