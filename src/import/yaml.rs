//! Values as YAML, so that what is read from it is what was written into it.

use std::fmt::Write as _;

use crate::tree::{Node, Scalar, Value};

/// Appends `key: value` at the margin.
pub(super) fn entry(out: &mut String, key: &str, node: &Node) {
    write_entry(out, key, node, 0);
}

fn write_entry(out: &mut String, key: &str, node: &Node, depth: usize) {
    let indent = "  ".repeat(depth);
    let _ = write!(out, "{indent}{}:", scalar_text(key, false));
    match &node.value {
        Value::Null => out.push_str(" null\n"),
        Value::Scalar(scalar) => {
            if let Some(block) = block_text(scalar) {
                out.push_str(" |-\n");
                for line in block.split('\n') {
                    if line.is_empty() {
                        out.push('\n');
                    } else {
                        let _ = writeln!(out, "{indent}  {line}");
                    }
                }
            } else {
                let _ = writeln!(out, " {}", scalar_of(scalar, false));
            }
        }
        _ if flow(node).is_some_and(|flow| flow.chars().count() <= 100) => {
            let _ = writeln!(out, " {}", flow(node).unwrap_or_default());
        }
        Value::List(items) => {
            out.push('\n');
            for item in items {
                write_item(out, item, depth + 1);
            }
        }
        Value::Map(entries) => {
            out.push('\n');
            for (key, node) in entries {
                write_entry(out, &key.text, node, depth + 1);
            }
        }
    }
}

fn write_item(out: &mut String, node: &Node, depth: usize) {
    let indent = "  ".repeat(depth);
    match &node.value {
        Value::Map(entries) if !entries.is_empty() => {
            let start = out.len();
            for (key, node) in entries {
                write_entry(out, &key.text, node, depth + 1);
            }
            // The first key stands behind the dash.
            out.replace_range(start..start + indent.len() + 2, &format!("{indent}- "));
        }
        Value::List(items) if !items.is_empty() && flow(node).is_none() => {
            let _ = writeln!(out, "{indent}-");
            for item in items {
                write_item(out, item, depth + 1);
            }
        }
        _ => {
            let _ = writeln!(out, "{indent}- {}", flow(node).unwrap_or_else(|| "null".into()));
        }
    }
}

/// A value on one line; `None` for lists and maps that hold others that are not empty.
fn flow(node: &Node) -> Option<String> {
    match &node.value {
        Value::Null => Some("null".into()),
        Value::Scalar(scalar) => Some(scalar_of(scalar, true)),
        Value::Map(entries) if entries.is_empty() => Some("{}".into()),
        Value::Map(_) => None,
        Value::List(items) => {
            let items: Option<Vec<String>> = items
                .iter()
                .map(|item| match &item.value {
                    Value::Scalar(scalar) => Some(scalar_of(scalar, true)),
                    Value::Null => Some("null".into()),
                    _ => None,
                })
                .collect();
            Some(format!("[{}]", items?.join(", ")))
        }
    }
}

/// Text of several lines that can stand as it is, indented.
fn block_text(scalar: &Scalar) -> Option<&str> {
    let text = &*scalar.text;
    let is_fit = |line: &str| {
        !line.chars().any(|c| c.is_control() || matches!(c, '\u{85}' | '\u{2028}' | '\u{2029}' | '\u{feff}'))
            && line.trim_end() == line
    };
    let fits = text.contains('\n')
        && !text.starts_with([' ', '\n', '\t'])
        && !text.ends_with('\n')
        && text.split('\n').all(is_fit);
    fits.then_some(text)
}

fn scalar_of(scalar: &Scalar, in_flow: bool) -> String {
    let text = &*scalar.text;
    // What stood without quotation marks was a number, a date, true or false, or words.
    if scalar.plain && is_typed(text) { text.to_owned() } else { scalar_text(text, in_flow) }
}

/// Numbers, dates, true and false, whose form needs no quotation marks to be what it is.
fn is_typed(text: &str) -> bool {
    matches!(text, "true" | "false" | "True" | "False" | "TRUE" | "FALSE")
        || (text.starts_with(|c: char| c.is_ascii_digit() || c == '-' || c == '+' || c == '.')
            && text.len() > usize::from(text.starts_with(['-', '+', '.']))
            && text.chars().nth(1).is_none_or(|c| c != ' ' && c != '-')
            && text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '+' | '.' | ':'))
            && !text.ends_with(':'))
}

/// Text, in quotation marks where it could be read as anything else.
pub(crate) fn scalar_text(text: &str, in_flow: bool) -> String {
    if is_plain(text, in_flow) { text.to_owned() } else { quoted(text) }
}

fn is_plain(text: &str, in_flow: bool) -> bool {
    const WORDS: [&str; 12] =
        ["true", "false", "null", "yes", "no", "on", "off", "y", "n", "none", ".inf", ".nan"];
    let Some(first) = text.chars().next() else { return false };
    let lower = text.to_lowercase();
    let bad = |c: char| {
        c.is_control()
            || matches!(
                c,
                '"' | '\'' | '#' | '`' | '\u{85}' | '\u{a0}' | '\u{2028}' | '\u{2029}' | '\u{feff}'
            )
            || (in_flow && matches!(c, ',' | '[' | ']' | '{' | '}'))
    };
    first.is_alphabetic()
        && text.trim() == text
        && !text.chars().any(bad)
        && !text.contains(": ")
        && !text.ends_with(':')
        && (!in_flow || !text.contains(':'))
        && !WORDS.contains(&lower.as_str())
}

/// Text in double quotation marks (YAML 1.2, section 7.3.1).
pub(crate) fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            c if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}') => {
                let _ = write!(out, "\\u{:04x}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}
