use std::{collections::BTreeSet, ops::Range};

use toml::{
    Spanned,
    de::{DeTable, DeValue, Error},
};

use super::{Cx, DEPTH, Key, Node, Scalar, Value, duplicate, too_deep, without_bom};

/// Reads `cx.text[range]` as TOML 1.1. Reports every mistake of its syntax, and gives `None` where there is one.
pub fn toml(cx: &mut Cx<'_>, range: Range<usize>) -> Option<Node> {
    let range = without_bom(cx.text, range);
    let source = cx.text.get(range.clone())?;
    let (table, errors) = DeTable::parse_recoverable(source);
    if !errors.is_empty() {
        report(&errors, &range, cx);
        return None;
    }
    let reading = Reading { source, offset: range.start };
    match reading.map(table.into_inner(), DEPTH) {
        Ok(value) => Some(Node { span: range, value }),
        Err(TooDeep(place)) => {
            too_deep(&place, cx);
            None
        }
    }
}

struct TooDeep(Range<usize>);

struct Reading<'t> {
    source: &'t str,
    offset: usize,
}

impl Reading<'_> {
    fn map(&self, table: DeTable<'_>, depth: usize) -> Result<Value, TooDeep> {
        let mut entries = Vec::with_capacity(table.len());
        for (key, value) in table {
            let span = self.place(key.span());
            entries.push((Key { text: key.into_inner().into(), span }, self.node(value, depth)?));
        }
        // A table whose header comes after those of its parts is moved by the parser; the text's order stands.
        entries.sort_by_key(|(key, _)| key.span.start);
        Ok(Value::Map(entries))
    }

    fn node(&self, value: Spanned<DeValue<'_>>, depth: usize) -> Result<Node, TooDeep> {
        let written = value.span();
        let span = self.place(written.clone());
        let deeper = || depth.checked_sub(1).filter(|left| *left > 0).ok_or_else(|| TooDeep(span.clone()));
        let value = match value.into_inner() {
            DeValue::String(text) => Value::Scalar(Scalar { text: text.into(), plain: false }),
            DeValue::Boolean(value) => plain(if value { "true" } else { "false" }),
            DeValue::Datetime(_) => plain(self.source.get(written).unwrap_or_default().trim()),
            DeValue::Integer(value) => match value.radix() {
                10 => plain(value.as_str()),
                radix => match i64::from_str_radix(value.as_str(), radix) {
                    Ok(value) => plain(&value.to_string()),
                    Err(_) => plain(&value.to_string()),
                },
            },
            DeValue::Float(value) => plain(&core_float(value.as_str())),
            DeValue::Array(items) => {
                let depth = deeper()?;
                let items = items.into_iter().map(|item| self.node(item, depth));
                Value::List(items.collect::<Result<_, _>>()?)
            }
            DeValue::Table(table) => self.map(table, deeper()?)?,
        };
        Ok(Node { span, value })
    }

    fn place(&self, range: Range<usize>) -> Range<usize> {
        self.offset + range.start..self.offset + range.end
    }
}

fn plain(text: &str) -> Value {
    Value::Scalar(Scalar { text: text.into(), plain: true })
}

/// A float of TOML as the core schema of YAML writes it, which is what plain scalars are read by.
fn core_float(text: &str) -> String {
    match text {
        "inf" | "+inf" => ".inf".to_owned(),
        "-inf" => "-.inf".to_owned(),
        "nan" | "+nan" | "-nan" => ".nan".to_owned(),
        _ => text.to_owned(),
    }
}

/// Reports every error; of several on one line, of which the later follow from the first, the first alone.
fn report(errors: &[Error], range: &Range<usize>, cx: &mut Cx<'_>) {
    let text = cx.text;
    let mut lines = BTreeSet::new();
    let mut duplicates = 0;
    for error in errors {
        let span = error.span().unwrap_or(0..0);
        let place = on_characters(text, range, span);
        let line = line_start(text, range, place.start);
        if !lines.insert(line) {
            continue;
        }
        if error.message() == "duplicate key" {
            let key = text.get(place.clone()).unwrap_or_default();
            // The search for the first is linear; past a few, nobody reads it.
            duplicates += 1;
            let first = (duplicates <= 20).then(|| first_of(text, range, &place)).flatten();
            duplicate(key.trim_matches(['"', '\'']), &place, first.as_ref(), cx);
        } else if error.message().contains("recurs") {
            too_deep(&place, cx);
            return;
        } else {
            let (message, help) = in_our_words(error.message(), text, line);
            cx.error("toml-syntax", &place, message).help_if(help);
        }
    }
}

/// The range of the file that `span` of the source in `range` stands for, moved onto characters.
fn on_characters(text: &str, range: &Range<usize>, span: Range<usize>) -> Range<usize> {
    let mut start = (range.start + span.start).min(range.end);
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    let mut end = (range.start + span.end).clamp(start, range.end);
    while !text.is_char_boundary(end) {
        end += 1;
    }
    start..end
}

fn line_start(text: &str, range: &Range<usize>, at: usize) -> usize {
    text[range.start..at].rfind('\n').map_or(range.start, |newline| range.start + newline + 1)
}

/// Where the key at `again` stands first, if both begin their lines in one table, or are headers.
fn first_of(text: &str, range: &Range<usize>, again: &Range<usize>) -> Option<Range<usize>> {
    let start = line_start(text, range, again.start);
    let written = &text[start..again.end];
    let written = written.trim_start();
    let header = written.starts_with('[');
    let mut first = None;
    let mut line_at = range.start;
    for line in text[range.start..start].split_inclusive('\n') {
        let indent = line.len() - line.trim_start().len();
        let body = line.trim_start();
        let follows = body.strip_prefix(written).map(str::trim_start);
        let same = follows.is_some_and(|rest| rest.starts_with(if header { ']' } else { '=' }));
        if same {
            let end = line_at + indent + written.len();
            first = first.or(Some(end - again.len()..end));
        } else if body.starts_with('[') && !header {
            // Another table begins: what stood above has nothing to do with the key.
            first = None;
        }
        line_at += line.len();
    }
    first
}

/// What the parser said of the line that begins at `line`, and what to do.
fn in_our_words(message: &str, text: &str, line: usize) -> (String, Option<String>) {
    let written = text.get(line..).and_then(|rest| rest.lines().next()).unwrap_or_default();
    let value = written.split_once('=').map(|(_, value)| value.trim());
    if value.is_some_and(|value| value.is_empty() || value.starts_with('#')) {
        return ("a value is missing".into(), Some("write a value after `=`, or delete the line".into()));
    }
    let help = unquoted(text, line).or_else(|| {
        let opens = message.contains("unclosed") || message.contains("string");
        let close = message.split("expected ").nth(1).filter(|close| opens && close.starts_with('`'))?;
        Some(format!("close it with {close}"))
    });
    (message.replace('\n', " "), help)
}

/// A help for the commonest mistake, text without quotation marks: `title = Talks`.
fn unquoted(text: &str, line: usize) -> Option<String> {
    let line = text.get(line..)?.lines().next()?;
    let (key, value) = line.split_once('=')?;
    let value = value.trim();
    let begins_text =
        value.chars().next().is_some_and(|first| first.is_alphabetic() || "@*&%!`#".contains(first));
    let quotable = begins_text && !value.contains(['"', '\\', '\n']);
    quotable.then(|| format!("text stands in quotation marks: `{} = \"{value}\"`", key.trim()))
}
