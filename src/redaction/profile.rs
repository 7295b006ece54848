use super::tree::Front;
use crate::{
    documents::Profile,
    redaction::name::{Name, Strength},
    tree::{Node, Value},
};

/// The keys of a profile that hold further names. They go: one person has one pseudonym.
pub(super) const NAMES: [&str; 7] =
    ["aliases", "previous_names", "weak_aliases", "hidden_aliases", "names", "sort_name", "former_ids"];

/// The keys of a profile that tell who somebody is without the name.
pub(super) const TELLING: [&str; 4] = ["wikidata", "links", "born", "coordinates"];

/// Every name of `profile`. One word alone may mean others too, unless it is all that the profile is called; what a
/// profile calls weak does.
pub(super) fn names(profile: &Profile, name: &mut Name) {
    name.add(&profile.name, Strength::Whole);
    let aliases = profile.aliases.iter().chain(&profile.hidden_aliases).chain(&profile.former_ids);
    let previous = profile.previous_names.iter().map(|relation| &relation.name);
    let ids = [Some(&profile.id), profile.slug.as_ref(), profile.sort_name.as_ref()].into_iter().flatten();
    let others = aliases.chain(previous).map(|name| &*name.text);
    for other in others.chain(profile.names.values().map(String::as_str)).chain(ids.map(String::as_str)) {
        let is_one_word = super::words::folded(other).len() == 1;
        name.add(other, if is_one_word { Strength::Reference } else { Strength::Whole });
    }
    for weak in &profile.weak_aliases {
        name.add(&weak.text, Strength::Reference);
    }
    parts(&profile.name, name);
}

/// The words of a name, each of which may mean the same person, and the name turned around.
pub(super) fn parts(written: &str, name: &mut Name) {
    const JOINING: [&str; 12] =
        ["the", "van", "von", "der", "den", "bin", "ibn", "abu", "umm", "del", "dos", "mrs"];
    let words: Vec<&str> = written.split_whitespace().collect();
    let [first @ .., last] = words.as_slice() else { return };
    if first.is_empty() {
        return;
    }
    for word in super::words::folded(written)
        .iter()
        .filter(|word| word.chars().count() > 2 && !JOINING.contains(&word.as_str()))
    {
        name.add(word, Strength::Seen);
    }
    // As in `@johndoe`.
    if words.iter().all(|word| word.chars().count() > 2) {
        name.add(&words.concat(), Strength::Seen);
    }
    if !written.contains(',') {
        name.add(&format!("{last}, {}", first.join(" ")), Strength::Seen);
    }
}

/// `text`, a profile with the front matter `front`, without the lines of its further names. Comments stay.
pub(super) fn without_names(text: &str, front: &Front) -> String {
    let Value::Map(entries) = &front.root.value else { return text.to_owned() };
    let mut out = text.to_owned();
    let mut gone: Vec<(usize, usize)> = Vec::new();
    for (key, node) in entries.iter().filter(|(key, _)| NAMES.contains(&&*key.text)) {
        let start = text[..key.span.start].rfind('\n').map_or(0, |at| at + 1);
        let begins_line = text[start..key.span.start].trim_matches('\u{feff}').is_empty();
        match &node.value {
            // Of a table of TOML the header stays, with nothing below it.
            Value::Map(entries) if front.toml && !text[node.span.clone()].starts_with('{') => {
                gone.extend(entries.iter().map(|(key, node)| {
                    (text[..key.span.start].rfind('\n').map_or(0, |at| at + 1), node.span.end)
                }));
            }
            _ if front.toml && text[start..].starts_with('[') => {}
            _ if begins_line => gone.push((start, node.span.end.max(key.span.end))),
            _ => {}
        }
    }
    let mut ends = Vec::new();
    leaf_ends(&front.root, &mut ends);
    gone.sort_unstable();
    for (start, end) in gone.into_iter().rev() {
        let end = start + text[start..end].trim_end().len();
        let end = text[end..].find('\n').map_or(text.len(), |at| end + at + 1);
        out.replace_range(start..end, &comments(text, start, end, &ends));
    }
    out
}

/// The comments of the lines from `start` to `end`, in which values end at `ends`.
fn comments(text: &str, start: usize, end: usize, ends: &[usize]) -> String {
    let mut kept = String::new();
    let mut at = start;
    for line in text[start..end].split_inclusive('\n') {
        let last = ends.iter().filter(|end| at < **end && **end <= at + line.len()).max();
        let rest = last.map_or(line, |last| &line[last - at..]);
        if let Some(sign) = rest.find('#').filter(|sign| rest[..*sign].ends_with([' ', '\t']) || *sign == 0) {
            kept.push_str(rest[sign..].trim_end_matches(['\r', '\n']));
            kept.push_str(&line[line.trim_end_matches(['\r', '\n']).len()..]);
        }
        at += line.len();
    }
    kept
}

fn leaf_ends(node: &Node, ends: &mut Vec<usize>) {
    match &node.value {
        Value::Null => {}
        Value::Scalar(_) => ends.push(node.span.end),
        Value::List(items) => items.iter().for_each(|item| leaf_ends(item, ends)),
        Value::Map(entries) => entries.iter().for_each(|(key, node)| {
            ends.push(key.span.end);
            leaf_ends(node, ends);
        }),
    }
}
