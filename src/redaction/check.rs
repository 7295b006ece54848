use super::{
    name::{Join, Name, Strength},
    tree::{self, Front},
};
use crate::tree::{Node, Value};

/// Whether `text` holds the name in a way that counts.
pub(super) fn holds(name: &Name, text: &str) -> bool {
    name.hits(text).iter().any(|hit| name.of(hit).strength == Strength::Whole && hit.join == Join::Close)
}

/// Whether the front matter of a changed file says what it said but for the name, and holds no name any more.
/// `dropped` are the keys that may be gone.
pub(super) fn is_faithful(name: &Name, before: &Front, after: &Front, dropped: &[&str]) -> bool {
    let may_differ = |before: &str, after: &str| !name.hits(before).is_empty() && !holds(name, after);
    tree::same_but(&before.root, &after.root, dropped, "corrections", &may_differ)
        && is_clean(name, &after.root)
}

/// Whether no key and no value holds the name.
fn is_clean(name: &Name, node: &Node) -> bool {
    match &node.value {
        Value::Null => true,
        Value::Scalar(scalar) => !holds(name, &scalar.text),
        Value::List(items) => items.iter().all(|item| is_clean(name, item)),
        Value::Map(entries) => {
            entries.iter().all(|(key, value)| !holds(name, &key.text) && is_clean(name, value))
        }
    }
}
