use super::tree::Front;
use crate::tree::{Node, Value};

/// What is said of a redaction in a briefing.
pub(super) struct Note<'a> {
    /// Its day: `2025-05-16`.
    pub(super) date: &'a str,
    /// A sentence without the name.
    pub(super) text: &'a str,
}

/// The kind that such a correction has.
const KIND: &str = "redaction";

/// `text`, of which `front` is the front matter, with `note` at the end of its `corrections`; as it is where the same
/// stands there already. `None` where there is no place for it.
pub(super) fn noted(text: &str, front: &Front, note: &Note<'_>) -> Option<String> {
    let Value::Map(entries) = &front.root.value else { return None };
    let newline = if text[..front.range.end].contains("\r\n") { "\r\n" } else { "\n" };
    let inline = format!(
        "{{date{0}{date}, kind{0}{KIND_WORD}, text{0}{text}}}",
        if front.toml { " = " } else { ": " },
        date = note.date,
        KIND_WORD = if front.toml { format!("\"{KIND}\"") } else { KIND.to_owned() },
        text = quoted(note.text),
    );
    let (at, added) = match entries.iter().find(|(key, _)| &*key.text == "corrections") {
        None if front.toml => (front.range.end, table(note, newline)),
        None => (front.range.end, format!("corrections:{newline}  - {inline}{newline}")),
        Some((_, node)) if holds(node, note) => return Some(text.to_owned()),
        Some((key, node)) => match &node.value {
            Value::Null => (line_end(text, key.span.end), format!("{newline}  - {inline}")),
            Value::List(items) => in_list(text, front, node, items, note, &inline, newline)?,
            _ => return None,
        },
    };
    // A file may end without a line break after its last key.
    let gap = if at == front.range.end && !text[..at].ends_with('\n') { newline } else { "" };
    Some(format!("{}{gap}{added}{}", &text[..at], &text[at..]))
}

fn table(note: &Note<'_>, newline: &str) -> String {
    let lines = [
        String::new(),
        "[[corrections]]".to_owned(),
        format!("date = {}", note.date),
        format!("kind = \"{KIND}\""),
        format!("text = {}", quoted(note.text)),
        String::new(),
    ];
    lines.join(newline)
}

/// Where a further item goes, and what to write there.
fn in_list(
    text: &str,
    front: &Front,
    list: &Node,
    items: &[Node],
    note: &Note<'_>,
    inline: &str,
    newline: &str,
) -> Option<(usize, String)> {
    let begins_flow = |node: &Node, sign: char| text[node.span.clone()].starts_with(sign);
    let Some(last) = items.last() else {
        return begins_flow(list, '[').then(|| (list.span.start + 1, inline.to_owned()));
    };
    if front.toml {
        return Some(if begins_flow(last, '{') {
            (last.span.end, format!(", {inline}"))
        } else {
            (front.range.end, table(note, newline))
        });
    }
    if begins_flow(list, '[') {
        return Some((last.span.end, format!(", {inline}")));
    }
    let dash = text[..last.span.start].rfind('-')?;
    let line = text[..dash].rfind('\n').map_or(0, |at| at + 1);
    let indent = &text[line..dash];
    if !indent.trim().is_empty() {
        return None;
    }
    let end = last.span.start + text[last.span.clone()].trim_end().len();
    Some((line_end(text, end), format!("{newline}{indent}- {inline}")))
}

/// The end of the line that `at` stands in, before its break.
fn line_end(text: &str, at: usize) -> usize {
    let end = text[at..].find('\n').map_or(text.len(), |end| at + end);
    if text[at..end].ends_with('\r') { end - 1 } else { end }
}

/// Whether the list holds this note.
fn holds(list: &Node, note: &Note<'_>) -> bool {
    let Value::List(items) = &list.value else { return false };
    items.iter().any(|item| {
        let Value::Map(entries) = &item.value else { return false };
        let has = |key: &str, value: &str| {
            entries.iter().any(|(known, node)| &*known.text == key && node.text() == Some(value))
        };
        has("date", note.date) && has("kind", KIND) && has("text", note.text)
    })
}

/// `text` in quotation marks, as YAML and TOML both read it.
pub(crate) fn quoted(text: &str) -> String {
    let mut quoted = String::from('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            c if c.is_control() => quoted.push(' '),
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}
