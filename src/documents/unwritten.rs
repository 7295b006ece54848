//! Words that somebody has yet to write.

use std::ops::Range;

use super::read_parts::report;
use crate::tree::{Cx, Node, Value};

/// What stands in a draft in the place of words that the desk has to write.
pub const PLACEHOLDER: &str = "To be written:";

/// Reports each text below `front` that is still to be written, but for parts that are drafts themselves. It is asked of
/// no file that is a draft as a whole.
pub(super) fn check(front: &Node, cx: &mut Cx<'_>) {
    if !cx.text.contains(PLACEHOLDER) {
        return;
    }
    let mut places = Vec::new();
    find(front, &mut places);
    for place in places {
        let help = "write what stands there instead, or make it a draft: `draft: true`";
        report(cx, "placeholder", &place, "these words are still to be written".into(), Some(help.into()));
    }
}

fn find(node: &Node, places: &mut Vec<Range<usize>>) {
    match &node.value {
        Value::Null => {}
        Value::Scalar(scalar) => {
            if scalar.text.trim_start().starts_with(PLACEHOLDER) {
                places.push(node.span.clone());
            }
        }
        Value::List(items) => items.iter().for_each(|item| find(item, places)),
        Value::Map(entries) => {
            let is_draft = |(key, node): &(_, Node)| is_key(key, "draft") && node.text() == Some("true");
            if !entries.iter().any(is_draft) {
                // Citations are others' words, and `extra` is the desk's own.
                let ours = entries.iter().filter(|(key, _)| !is_key(key, "sources") && !is_key(key, "extra"));
                ours.for_each(|(_, node)| find(node, places));
            }
        }
    }
}

fn is_key(key: &crate::tree::Key, name: &str) -> bool {
    &*key.text == name
}
