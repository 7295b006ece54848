use std::ops::Range;

use super::Done;
use crate::{
    model::SourcePath,
    redaction::{Front, quoted},
    tree::{Key, Node, Value},
};

/// Bytes of a file that are replaced, or added where the range is empty.
#[derive(Clone, Debug)]
pub(super) struct Edit {
    pub(super) range: Range<usize>,
    pub(super) new: String,
    /// What it does to the tree.
    pub(super) what: What,
}

/// What an edit does to the tree of its file.
#[derive(Clone, Debug)]
pub(super) enum What {
    /// A key of the root, and a value below it, gets another text: what it was, and what it is.
    Key(String, String),
    Value(String, String),
    /// A map gets an id.
    Id(String),
}

impl Edit {
    /// What it did, in words.
    pub(super) fn done(&self, path: &SourcePath, text: &str) -> Done {
        let line = text[..self.range.start].matches('\n').count() + 1;
        let (old, new) = match &self.what {
            What::Key(old, new) | What::Value(old, new) => (old.clone(), new.clone()),
            What::Id(id) => (String::new(), format!("id: {id}")),
        };
        Done { path: path.clone(), line, old, new }
    }
}

/// `text` with all of `edits`, which are put in the order of their places; of two in one place the first counts.
pub(super) fn applied(text: &str, edits: &mut Vec<Edit>) -> String {
    edits.sort_by_key(|edit| (edit.range.start, edit.range.end));
    edits.dedup_by(|next, first| next.range.start < first.range.end || next.range == first.range);
    let mut new = String::with_capacity(text.len());
    let mut copied = 0;
    for edit in &*edits {
        new.push_str(&text[copied..edit.range.start]);
        new.push_str(&edit.new);
        copied = edit.range.end;
    }
    new.push_str(&text[copied..]);
    new
}

/// A value in place of the one that `written` is, in its own quotation marks where it has some.
pub(super) fn in_place_of(written: &str, value: &str, toml: bool) -> String {
    let mark = written.chars().next().filter(|c| matches!(c, '"' | '\''));
    match mark {
        Some('\'') if !value.contains('\'') => format!("'{value}'"),
        None if !toml && is_plain(value) => value.to_owned(),
        _ => quoted(value),
    }
}

/// Whether YAML reads `value` as itself, without quotation marks and wherever it stands.
fn is_plain(value: &str) -> bool {
    const WORDS: [&str; 8] = ["null", "true", "false", "yes", "no", "on", "off", "unnamed"];
    let first = value.split(' ').next().unwrap_or_default().to_lowercase();
    value.starts_with(char::is_alphabetic)
        && value.ends_with(char::is_alphanumeric)
        && value.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '.' | '’'))
        && !value.contains(" -")
        && !WORDS.contains(&&*first)
}

/// Whether the tree `after` is that of `before` with each edit made and nothing else.
pub(super) fn is_meant(before: &Front, after: &Front, edits: &[Edit]) -> bool {
    let mut left: Vec<&What> = edits.iter().map(|edit| &edit.what).collect();
    same(&before.root, &after.root, &mut left) && left.is_empty()
}

fn same(before: &Node, after: &Node, left: &mut Vec<&What>) -> bool {
    match (&before.value, &after.value) {
        (Value::Null, Value::Null) => true,
        (Value::Scalar(one), Value::Scalar(other)) => {
            one.text == other.text
                || take(
                    left,
                    |what| matches!(what, What::Value(old, new) if **old == *one.text && **new == *other.text),
                )
        }
        (Value::List(one), Value::List(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| same(one, other, left))
        }
        (Value::Map(one), Value::Map(other)) => same_map(one, other, left),
        _ => false,
    }
}

fn same_map(before: &[(Key, Node)], after: &[(Key, Node)], left: &mut Vec<&What>) -> bool {
    let added = after.len() == before.len() + 1;
    let after = match after.split_first() {
        Some(((key, node), rest)) if added => {
            let is_id = &*key.text == "id"
                && take(left, |what| matches!(what, What::Id(id) if node.text() == Some(id.as_str())));
            if !is_id {
                return false;
            }
            rest
        }
        _ => after,
    };
    before.len() == after.len()
        && before.iter().zip(after).all(|((key, value), (new, node))| {
            let is_key = key.text == new.text
                || take(
                    left,
                    |what| matches!(what, What::Key(old, to) if **old == *key.text && **to == *new.text),
                );
            is_key && same(value, node, left)
        })
}

fn take(left: &mut Vec<&What>, is: impl Fn(&What) -> bool) -> bool {
    left.iter().position(|what| is(what)).map(|place| left.remove(place)).is_some()
}
