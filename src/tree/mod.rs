//! YAML and TOML text to spanned values, and the typed reading of them.
//!
//! Every value knows which bytes of its file it was written in, so that every mistake found later can be shown
//! where it stands. Nothing here knows a key of a briefing or of the settings.

#[cfg(test)]
pub(crate) mod asked;
mod cx;
mod decode;
mod fields;
mod schema;
mod toml;
mod yaml;

use std::ops::Range;

pub use cx::{Cx, Report};
pub(crate) use decode::quoted;
pub use decode::{Decode, Spanned, text_as, word};
pub use fields::Fields;
pub use schema::{Extra, json};
pub use toml::toml;
pub use yaml::yaml;

/// How deep lists and maps may stand in each other.
const DEPTH: usize = 64;

/// A value and where it is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Node {
    /// Bytes of the whole file. A value that an alias repeats stands where its anchor is.
    pub span: Range<usize>,
    /// What is written there.
    pub value: Value,
}

/// What can be written: nothing, one thing, things in order, or things by key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// YAML's `null`, `~`, or a key with nothing after it.
    Null,
    /// One thing.
    Scalar(Scalar),
    /// Things in order.
    List(Vec<Node>),
    /// Things by key, in the order they are written; no key stands twice.
    Map(Vec<(Key, Node)>),
}

/// A text that may be meant as a number, a date, or true or false. What it is meant as is decided when it is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scalar {
    /// The text, without its quotation marks and with its escapes resolved.
    pub text: Box<str>,
    /// Whether it stands without quotation marks: a plain scalar of YAML, a number, boolean or date of TOML.
    pub plain: bool,
}

/// A key of a map.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    /// The key, without quotation marks.
    pub text: Box<str>,
    /// Bytes of the whole file.
    pub span: Range<usize>,
}

impl Node {
    /// The text of a scalar.
    pub fn text(&self) -> Option<&str> {
        match &self.value {
            Value::Scalar(scalar) => Some(&scalar.text),
            _ => None,
        }
    }

    /// What the value is, as a message calls it.
    pub fn what(&self) -> &'static str {
        match &self.value {
            Value::Null => "nothing",
            Value::Scalar(scalar) => schema::type_of(scalar).name(),
            Value::List(_) => "a list",
            Value::Map(_) => "a map",
        }
    }
}

/// `range` without a byte order mark at its start.
fn without_bom(text: &str, range: Range<usize>) -> Range<usize> {
    match text.get(range.clone()) {
        Some(source) if source.starts_with('\u{feff}') => range.start + '\u{feff}'.len_utf8()..range.end,
        _ => range,
    }
}

/// Reports that lists and maps stand too deep in each other at `place`.
fn too_deep(place: &Range<usize>, cx: &mut Cx<'_>) {
    cx.error("too-deep", place, format!("lists and maps stand more than {DEPTH} deep in each other"))
        .help("write them flatter");
}

/// Reports that `key` stands a second time.
pub(crate) fn duplicate(key: &str, here: &Range<usize>, first: Option<&Range<usize>>, cx: &mut Cx<'_>) {
    let report =
        cx.error("duplicate-key", here, format!("key `{key}` is written twice")).help("keep one of the two");
    if let Some(first) = first {
        report.related(first, "it stands here first");
    }
}

#[cfg(test)]
mod tests;
