use std::ops::Range;

use super::rewrite::Value;
use crate::{
    diagnostics::Diagnostics,
    documents::Split,
    model::SourcePath,
    tree::{self, Cx, Node},
};

/// The tree of a file below `content/`, or of a TOML file, and how it is written.
pub(crate) struct Front {
    pub(crate) root: Node,
    pub(crate) toml: bool,
    /// The bytes that it is written in.
    pub(crate) range: Range<usize>,
}

/// The tree of the file at `path`, where it has one: front matter, or all of a TOML file. An error where it cannot be
/// read.
pub(crate) fn front(path: &SourcePath, text: &str) -> Result<Option<Front>, String> {
    let extension = path.extension().to_ascii_lowercase();
    let is_markdown = matches!(extension.as_str(), "md" | "markdown") && path.below("content").is_some();
    let (toml, range) = match Split::of(text).filter(|_| is_markdown) {
        Some(split) => (split.toml, split.front),
        None if extension == "toml" => (
            true,
            if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8()..text.len() } else { 0..text.len() },
        ),
        None if is_markdown => return Err("it does not begin with front matter".into()),
        None => return Ok(None),
    };
    let mut diagnostics = Diagnostics::new();
    let mut cx = Cx { path, text, zone: chrono_tz::UTC, diagnostics: &mut diagnostics };
    let read = if toml { tree::toml(&mut cx, range.clone()) } else { tree::yaml(&mut cx, range.clone()) };
    match read.filter(|_| !diagnostics.has_errors()) {
        Some(root) => Ok(Some(Front { root, toml, range })),
        None => {
            let why = diagnostics.iter().next().map(|first| first.message.clone());
            Err(why.unwrap_or_else(|| "its front matter cannot be read".into()))
        }
    }
}

/// The keys and values of `front`, of the file at `path`, in the order of their places.
pub(super) fn values(front: &Front, path: &SourcePath) -> Vec<Value> {
    let has_addresses = path.below("content/briefings").or_else(|| path.below("content/pages")).is_some();
    let mut values = Vec::new();
    collect(&front.root, &mut Vec::new(), has_addresses, &mut values);
    values.sort_by_key(|value| value.range.start);
    values
}

fn collect<'n>(node: &'n Node, keys: &mut Vec<&'n str>, has_addresses: bool, values: &mut Vec<Value>) {
    match &node.value {
        tree::Value::Null => {}
        tree::Value::Scalar(scalar) => {
            let is_id = is_id(keys, &scalar.text, has_addresses);
            let is_text = matches!(
                keys.last(),
                Some(
                    &("title"
                        | "summary"
                        | "description"
                        | "text"
                        | "note"
                        | "credit"
                        | "caption"
                        | "alt"
                        | "what")
                )
            );
            let reference = (!is_text).then(|| scalar.text.to_string());
            values.push(Value { range: node.span.clone(), is_id, reference });
        }
        tree::Value::List(items) => items.iter().for_each(|item| collect(item, keys, has_addresses, values)),
        tree::Value::Map(entries) => {
            for (key, node) in entries {
                values.push(Value { range: key.span.clone(), is_id: true, reference: None });
                keys.push(&key.text);
                collect(node, keys, has_addresses, values);
                keys.pop();
            }
        }
    }
}

/// Whether the value under `keys` is an id, an address or a path, in which no blank can stand.
fn is_id(keys: &[&str], value: &str, has_addresses: bool) -> bool {
    match keys {
        ["id" | "slug" | "image" | "template"] | ["claims" | "events", "id"] | [.., "sources"] => true,
        [.., "claim" | "event" | "of" | "former_ids"] => {
            value.contains('#') || keys.last() == Some(&"former_ids")
        }
        ["aliases"] => has_addresses,
        _ => false,
    }
}

/// Whether two trees differ only where `may_differ` allows it: in a value or a key, given as it was and as it is.
///
/// `dropped` are keys of the first that may be gone at its root; `grown` is one whose list may have one item more.
pub(super) fn same_but(
    before: &Node,
    after: &Node,
    dropped: &[&str],
    grown: &str,
    may_differ: &dyn Fn(&str, &str) -> bool,
) -> bool {
    let (tree::Value::Map(before), tree::Value::Map(after)) = (&before.value, &after.value) else {
        return same(before, after, may_differ);
    };
    let mut after = after.iter().peekable();
    for (key, value) in before {
        if dropped.contains(&&*key.text) && after.peek().is_none_or(|(next, _)| next.text != key.text) {
            continue;
        }
        let Some((next, new)) = after.next() else { return false };
        let is_grown = &*key.text == grown && next.text == key.text && has_one_more(value, new, may_differ);
        let is_same = same_text(&key.text, &next.text, may_differ)
            && same_or_emptied(value, new, dropped.contains(&&*key.text), may_differ);
        if !is_grown && !is_same {
            return false;
        }
    }
    after.next().is_none_or(|(key, value)| {
        &*key.text == grown && matches!(&value.value, tree::Value::List(items) if items.len() == 1)
    }) && after.next().is_none()
}

/// As [`same`]; of a table whose values were taken out, the header stays.
fn same_or_emptied(
    before: &Node,
    after: &Node,
    is_dropped: bool,
    may_differ: &dyn Fn(&str, &str) -> bool,
) -> bool {
    let is_empty = matches!(&after.value, tree::Value::Map(entries) if entries.is_empty());
    (is_dropped && is_empty) || same(before, after, may_differ)
}

fn has_one_more(before: &Node, after: &Node, may_differ: &dyn Fn(&str, &str) -> bool) -> bool {
    let tree::Value::List(after) = &after.value else { return false };
    let before: &[Node] = match &before.value {
        tree::Value::List(items) => items,
        tree::Value::Null => &[],
        _ => std::slice::from_ref(before),
    };
    let equal = before.iter().zip(after).all(|(before, after)| same(before, after, may_differ));
    equal && after.len() == before.len() + 1
}

fn same(before: &Node, after: &Node, may_differ: &dyn Fn(&str, &str) -> bool) -> bool {
    match (&before.value, &after.value) {
        (tree::Value::Null, tree::Value::Null) => true,
        (tree::Value::Scalar(one), tree::Value::Scalar(other)) => {
            same_text(&one.text, &other.text, may_differ)
        }
        (tree::Value::List(one), tree::Value::List(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same(one, other, may_differ))
        }
        (tree::Value::Map(one), tree::Value::Map(other)) => {
            let entries = || one.iter().zip(other);
            one.len() == other.len()
                && entries().all(|((key, value), (new, node))| {
                    same_text(&key.text, &new.text, may_differ) && same(value, node, may_differ)
                })
        }
        _ => false,
    }
}

fn same_text(before: &str, after: &str, may_differ: &dyn Fn(&str, &str) -> bool) -> bool {
    before == after || may_differ(before, after)
}
