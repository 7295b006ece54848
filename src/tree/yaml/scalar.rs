use std::ops::Range;

use granit_parser::{ScalarStyle, Tag};
use rustc_hash::FxHashMap;

use super::{comment::warn_of_comment, line::as_text};
use crate::tree::{Cx, Key, Node, Scalar, Value, duplicate, schema};

/// Past so many keys, a map is searched for duplicates by hash.
const FEW_KEYS: usize = 16;

/// What a map waits for.
pub(super) enum Slot {
    Key,
    Value(Key),
    /// The value of a key that was reported.
    Refused,
}

/// A scalar's value; what a `#` or a tag takes away from it is reported.
pub(super) fn scalar(
    text: &str,
    style: ScalarStyle,
    tag: Option<&Tag>,
    place: Range<usize>,
    tag_place: &Range<usize>,
    cx: &mut Cx<'_>,
) -> Node {
    let mut plain = style == ScalarStyle::Plain;
    // The parser gives `~` for nothing at all, and an empty place.
    let empty = plain && place.is_empty();
    if plain {
        warn_of_comment(&place, cx);
    }
    match tag.map(|tag| (tag.core_suffix(), tag)) {
        None => {}
        Some((Some("str"), _)) => plain = false,
        Some((Some("null" | "bool" | "int" | "float"), _)) => plain = true,
        Some((None, tag)) if tag.original() == "!" => plain = false,
        Some(_) => refuse_tag(tag, "str", tag_place, cx),
    }
    let text = if empty { "" } else { text };
    let value = if plain && schema::is_null(text) {
        Value::Null
    } else {
        Value::Scalar(Scalar { text: text.into(), plain })
    };
    Node { span: place, value }
}

/// Reports a tag other than the core schema's `core` for this sort of value.
pub(super) fn refuse_tag(tag: Option<&Tag>, core: &str, place: &Range<usize>, cx: &mut Cx<'_>) {
    let Some(tag) = tag else { return };
    if tag.core_suffix() == Some(core) {
        return;
    }
    let help = as_text(cx.text, place.start);
    cx.error("unknown-tag", place, format!("`{}` is a tag of YAML that means nothing here", tag.original()))
        .help_if(help);
}

/// The key that `node` stands for.
pub(super) fn key_of(node: Node, cx: &mut Cx<'_>) -> Slot {
    match node.value {
        Value::Scalar(scalar) if scalar.plain && &*scalar.text == "<<" => {
            cx.error("merge-key", &node.span, "the merge key `<<` is not of YAML 1.2")
                .help("write the keys out");
            Slot::Refused
        }
        Value::Scalar(scalar) => Slot::Value(Key { text: scalar.text, span: node.span }),
        Value::Null if !node.span.is_empty() => {
            let text = cx.text.get(node.span.clone()).unwrap_or_default().into();
            Slot::Value(Key { text, span: node.span })
        }
        Value::Null => {
            cx.error("bad-key", &node.span, "a value stands without a key").help("write `key: value`");
            Slot::Refused
        }
        Value::List(_) | Value::Map(_) => {
            let message = format!("{} cannot be a key", node.what());
            cx.error("bad-key", &node.span, message)
                .help("write a text as the key; if it begins with `[` or `{`, quote it");
            Slot::Refused
        }
    }
}

/// Reports every key that stood before, and leaves its entry out.
pub(super) fn refuse_duplicates(entries: &mut Vec<(Key, Node)>, cx: &mut Cx<'_>) {
    let mut again: Vec<(usize, usize)> = Vec::new();
    if entries.len() <= FEW_KEYS {
        for (place, (key, _)) in entries.iter().enumerate() {
            if let Some(first) = entries[..place].iter().position(|(other, _)| other.text == key.text) {
                again.push((place, first));
            }
        }
    } else {
        let mut seen: FxHashMap<&str, usize> = FxHashMap::default();
        for (place, (key, _)) in entries.iter().enumerate() {
            let first = *seen.entry(&key.text).or_insert(place);
            if first != place {
                again.push((place, first));
            }
        }
    }
    for (place, first) in &again {
        let (key, first) = (&entries[*place].0, &entries[*first].0);
        duplicate(&key.text, &key.span, Some(&first.span), cx);
    }
    if again.is_empty() {
        return;
    }
    let mut again = again.into_iter().map(|(place, _)| place).peekable();
    let mut place = 0;
    entries.retain(|_| {
        place += 1;
        again.next_if_eq(&(place - 1)).is_none()
    });
}
