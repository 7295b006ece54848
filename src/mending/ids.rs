use std::collections::BTreeSet;

use super::edit::{Edit, What};
use crate::{
    documents::Briefing,
    model::{LocalId, slugify},
    redaction::Front,
    tree::{Key, Node, Value},
};

/// An id is made of so many words of the text.
const WORDS: usize = 5;

/// What the page itself calls its sections.
const RESERVED: [&str; 6] = ["main", "corrections", "claims", "answers", "events", "sources"];

/// An id for each claim and event of the front matter that has none: the first words of its text.
pub(super) fn edits(text: &str, front: &Front, briefing: &Briefing) -> Vec<Edit> {
    let Value::Map(entries) = &front.root.value else { return Vec::new() };
    let claims = briefing.claims.iter().filter_map(|claim| claim.id.as_ref());
    let ids = claims.chain(briefing.events.iter().filter_map(|event| event.id.as_ref()));
    let mut taken: BTreeSet<String> = ids.map(|id| id.as_str().to_owned()).collect();
    taken.extend(RESERVED.map(str::to_owned));
    taken.extend(briefing.body.outline.headings.iter().map(|heading| heading.id.clone()));
    let newline = if text[..front.range.end].contains("\r\n") { "\r\n" } else { "\n" };
    let mut edits = Vec::new();
    for (key, node) in entries.iter().filter(|(key, _)| matches!(&*key.text, "claims" | "events")) {
        let items: &[Node] = match &node.value {
            Value::List(items) => items,
            _ => std::slice::from_ref(node),
        };
        for item in items {
            let Value::Map(fields) = &item.value else { continue };
            let words = fields.iter().find(|(key, _)| &*key.text == "text").and_then(|(_, node)| node.text());
            let has_id = fields.iter().any(|(key, _)| &*key.text == "id");
            let (Some(words), false) = (words, has_id) else { continue };
            let id = unique(words, key.text.trim_end_matches('s'), &taken);
            if let Some(edit) = added(text, front, item, fields, &id, newline) {
                taken.insert(id);
                edits.push(edit);
            }
        }
    }
    edits
}

fn unique(words: &str, sort: &str, taken: &BTreeSet<String>) -> String {
    let first: Vec<&str> = words.split_whitespace().take(WORDS).collect();
    let slug = slugify(&first.join(" "));
    let fits = LocalId::new(&slug).is_some() && slug.len() <= 60 && !slug.starts_with("source-");
    let base = if fits { slug } else { sort.to_owned() };
    let numbered = (2_usize..).map(|number| format!("{base}-{number}"));
    std::iter::once(base.clone()).chain(numbered).find(|id| !taken.contains(id)).unwrap_or(base)
}

/// The id before the first key, in the form that the map has.
fn added(
    text: &str,
    front: &Front,
    item: &Node,
    fields: &[(Key, Node)],
    id: &str,
    newline: &str,
) -> Option<Edit> {
    let pair = if front.toml { format!("id = \"{id}\"") } else { format!("id: {}", plain(id)) };
    let first = fields.iter().map(|(key, _)| key.span.start).min()?;
    // A key that stands elsewhere was merged or repeated.
    if !item.span.contains(&first) && !front.toml {
        return None;
    }
    let line = text[..first].rfind('\n').map_or(0, |at| at + 1);
    let before = &text[line..first];
    let what = What::Id(id.to_owned());
    if text.get(item.span.clone()).is_some_and(|text| text.starts_with('{')) {
        return Some(Edit { range: first..first, new: format!("{pair}, "), what });
    }
    let is_indent = |c: char| c == ' ' || (c == '-' && !front.toml);
    if !before.chars().all(is_indent) {
        return None;
    }
    let indent = " ".repeat(before.len());
    Some(Edit { range: first..first, new: format!("{pair}{newline}{indent}"), what })
}

/// What YAML would read as a number or a word of its own stands in quotation marks.
fn plain(id: &str) -> String {
    let is_word = id.starts_with(|c: char| c.is_ascii_alphabetic())
        && id.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
        && !["null", "true", "false", "yes", "no", "on", "off", "y", "n"].contains(&id);
    if is_word { id.to_owned() } else { format!("\"{id}\"") }
}
