//! The front matter of old files: YAML, TOML or JSON, read as far as it can be read.

use std::ops::Range;

use chrono_tz::Tz;

use crate::{
    diagnostics::Diagnostics,
    model::SourcePath,
    tree::{self, Cx, Key, Node, Scalar, Value},
};

/// A key of an old file and what is written there.
#[derive(Clone, Debug)]
pub(super) struct Entry {
    pub(super) key: String,
    pub(super) node: Node,
    /// Comments above the key or behind its value, without `#`.
    pub(super) comments: Vec<String>,
}

/// What stands before the text of an old file.
#[derive(Clone, Debug, Default)]
pub(super) struct Front {
    pub(super) entries: Vec<Entry>,
    /// Why it could not be read as it stands; what is here was read key by key.
    pub(super) mended: Option<String>,
    /// Front matter in which not even keys could be told.
    pub(super) unread: Option<String>,
}

impl Front {
    /// The value of `key`, in any case.
    pub(super) fn get(&self, key: &str) -> Option<&Node> {
        let of = |entry: &&Entry| entry.key.eq_ignore_ascii_case(key) && entry.node.value != Value::Null;
        self.entries.iter().find(of).map(|entry| &entry.node)
    }

    /// The text of `key`.
    pub(super) fn text(&self, key: &str) -> Option<&str> {
        self.get(key).and_then(Node::text)
    }

    /// Whether `key` is written and says `value` without a doubt.
    pub(super) fn says(&self, key: &str, value: bool) -> bool {
        let words = if value { ["true", "yes", "on"] } else { ["false", "no", "off"] };
        self.text(key).is_some_and(|text| words.iter().any(|word| text.eq_ignore_ascii_case(word)))
    }
}

/// A file without its front matter.
pub(super) struct Split {
    pub(super) front: Front,
    pub(super) body: String,
    /// The line on which the body begins, from 1.
    pub(super) line: usize,
}

/// How front matter is written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    Yaml,
    Toml,
}

/// Takes the front matter off `text`, whose line ends are `\n`. `json` says whether an object at the beginning is
/// front matter.
pub(super) fn split(text: &str, json: bool) -> Split {
    let text = text.trim_start_matches('\u{feff}');
    let start = text.len() - text.trim_start_matches(['\n', ' ', '\t']).len();
    let whole = || Split { front: Front::default(), body: text.to_owned(), line: 1 };
    let rest = &text[start..];
    if json && rest.starts_with('{') && !rest.starts_with("{%") && !rest.starts_with("{{") {
        let mut values = serde_json::Deserializer::from_str(rest).into_iter::<serde_json::Value>();
        if let Some(Ok(serde_json::Value::Object(map))) = values.next() {
            let end = start + values.byte_offset();
            let entries = map.into_iter().map(|(key, value)| entry(key, from_json(value))).collect();
            let front = Front { entries, ..Front::default() };
            return without_first_break(front, text, end);
        }
        return whole();
    }
    let first = rest.lines().next().unwrap_or_default();
    let (fence, form) = match first.trim_end() {
        "---" => ("---", Form::Yaml),
        "+++" => ("+++", Form::Toml),
        _ => return whole(),
    };
    let inside = start + first.len() + usize::from(rest.len() > first.len());
    let mut at = inside;
    for line in text[inside..].split_inclusive('\n') {
        let closes = line.trim_end() == fence || (form == Form::Yaml && line.trim_end() == "...");
        if closes {
            let front = read(&text[inside..at], form);
            let end = at + line.len();
            let line = 1 + text[..end].matches('\n').count();
            return Split { front, body: text[end..].to_owned(), line };
        }
        at += line.len();
    }
    whole()
}

fn without_first_break(front: Front, text: &str, end: usize) -> Split {
    let end = end + usize::from(text[end..].starts_with('\n'));
    Split { front, body: text[end..].to_owned(), line: 1 + text[..end].matches('\n').count() }
}

fn entry(key: String, node: Node) -> Entry {
    Entry { key, node, comments: Vec::new() }
}

/// Reads front matter as a whole, and key by key where that is not possible.
pub(super) fn read(text: &str, form: Form) -> Front {
    let front = Front::default();
    match parse(text, form) {
        Ok(Some(entries)) => Front { entries: with_comments(entries, text), ..front },
        Ok(None) if text.trim().is_empty() => front,
        Ok(None) => Front { unread: Some(text.to_owned()), ..front },
        Err(why) => {
            let entries = by_keys(text, form);
            let unread = entries.is_empty().then(|| text.to_owned());
            Front { entries, mended: Some(why), unread }
        }
    }
}

/// The map that `text` is; `None` where it is another value; or the first mistake.
fn parse(text: &str, form: Form) -> Result<Option<Vec<(Key, Node)>>, String> {
    let path = SourcePath::new(if form == Form::Toml { "front.toml" } else { "front.yaml" });
    let mut diagnostics = Diagnostics::new();
    let mut cx = Cx { path: &path, text, zone: Tz::UTC, diagnostics: &mut diagnostics };
    let read = match form {
        Form::Yaml => tree::yaml(&mut cx, 0..text.len()),
        Form::Toml => tree::toml(&mut cx, 0..text.len()),
    };
    if diagnostics.has_errors() {
        return Err(diagnostics.iter().next().map(|found| found.message.clone()).unwrap_or_default());
    }
    Ok(match read.map(|node| node.value) {
        Some(Value::Map(entries)) => Some(entries),
        _ => None,
    })
}

/// The map that the whole of `text` is, for settings of old sites; empty where it is none.
pub(super) fn settings(text: &str, form: Form) -> Vec<Entry> {
    read(&text.replace("\r\n", "\n"), form).entries
}

/// Gives every top key the comments that stand above it.
fn with_comments(entries: Vec<(Key, Node)>, text: &str) -> Vec<Entry> {
    let mut from = 0;
    let mut found = Vec::with_capacity(entries.len());
    for (key, node) in entries {
        let comments = text.get(from..key.span.start).map(comments).unwrap_or_default();
        from = from.max(node.span.end).max(key.span.end);
        found.push(Entry { key: key.text.into(), node, comments });
    }
    let last = text.get(from..).map(comments).unwrap_or_default();
    if let Some(entry) = found.last_mut() {
        entry.comments.extend(last);
    }
    found
}

fn comments(gap: &str) -> Vec<String> {
    let comment = |line: &str| line.trim().strip_prefix('#').map(|text| text.trim().to_owned());
    gap.lines().filter_map(comment).filter(|text| !text.is_empty()).collect()
}

/// Cuts `text` at its top keys, and reads each alone: as it stands, with blanks for tabs, or as plain text.
fn by_keys(text: &str, form: Form) -> Vec<Entry> {
    let mut found: Vec<Entry> = Vec::new();
    for chunk in chunks(text, form) {
        let chunk = &text[chunk];
        let lines: Vec<String> =
            chunk.lines().map(|line| line.replace('\t', "  ").trim_end().to_owned()).collect();
        let mended = lines.join("\n") + "\n";
        let read = [chunk, &mended].into_iter().find_map(|chunk| parse(chunk, form).ok().flatten());
        match read {
            Some(entries) => {
                found.extend(entries.into_iter().map(|(key, node)| entry(key.text.into(), node)));
            }
            None => found.extend(as_text(chunk, form)),
        }
    }
    found
}

/// The value of a key that cannot be read, as the text it is.
fn as_text(chunk: &str, form: Form) -> Option<Entry> {
    let (key, value) = chunk.split_once(if form == Form::Toml { '=' } else { ':' })?;
    let value: Vec<&str> = value.lines().map(str::trim).collect();
    let value = value.join("\n").trim().trim_matches('"').to_owned();
    Some(entry(key.trim().trim_matches(['"', '\'']).to_owned(), text_node(value)))
}

/// The bytes of each top key with its value.
fn chunks(text: &str, form: Form) -> Vec<Range<usize>> {
    let mut starts = Vec::new();
    let mut at = 0;
    let mut in_table = false;
    for line in text.split_inclusive('\n') {
        let is_table = form == Form::Toml && line.starts_with('[');
        if is_table || (!in_table && is_key(line, form)) {
            starts.push(at);
        }
        in_table |= is_table;
        at += line.len();
    }
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    starts.iter().copied().zip(ends).map(|(start, end)| start..end).collect()
}

fn is_key(line: &str, form: Form) -> bool {
    let mark = if form == Form::Toml { '=' } else { ':' };
    let Some((key, value)) = line.split_once(mark) else { return false };
    let key = key.trim_end().trim_matches(['"', '\'']);
    !line.starts_with([' ', '\t', '-', '#', '{', '['])
        && !key.is_empty()
        && key.len() <= 60
        && key.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | ' '))
        && (form == Form::Toml || value.is_empty() || value.starts_with([' ', '\t', '\n']))
}

/// A value that stands nowhere yet.
pub(super) fn node(value: Value) -> Node {
    Node { span: 0..0, value }
}

/// Text as a value.
pub(super) fn text_node(text: impl Into<Box<str>>) -> Node {
    node(Value::Scalar(Scalar { text: text.into(), plain: false }))
}

/// A number, a date, true or false as a value.
pub(super) fn plain_node(text: impl Into<Box<str>>) -> Node {
    node(Value::Scalar(Scalar { text: text.into(), plain: true }))
}

/// Texts as a list.
pub(super) fn list_node(texts: impl IntoIterator<Item = String>) -> Node {
    node(Value::List(texts.into_iter().map(text_node).collect()))
}

/// A map of values.
pub(super) fn map_node(entries: impl IntoIterator<Item = (String, Node)>) -> Node {
    let key = |text: String| Key { text: text.into(), span: 0..0 };
    node(Value::Map(entries.into_iter().map(|(text, node)| (key(text), node)).collect()))
}

fn from_json(value: serde_json::Value) -> Node {
    use serde_json::Value as Json;
    match value {
        Json::Null => node(Value::Null),
        Json::Bool(value) => plain_node(value.to_string()),
        Json::Number(value) => plain_node(value.to_string()),
        Json::String(text) => text_node(text),
        Json::Array(items) => node(Value::List(items.into_iter().map(from_json).collect())),
        Json::Object(map) => map_node(map.into_iter().map(|(key, value)| (key, from_json(value)))),
    }
}

/// The map that `text` is as JSON, for settings of old sites.
pub(super) fn json_settings(text: &str) -> Vec<Entry> {
    match serde_json::from_str(text) {
        Ok(serde_json::Value::Object(map)) => {
            map.into_iter().map(|(key, value)| entry(key, from_json(value))).collect()
        }
        _ => Vec::new(),
    }
}
