use std::collections::{BTreeMap, BTreeSet};

use super::edit::{Edit, What, in_place_of};
use crate::{
    archive::Archive,
    documents::Documents,
    model::fold_name,
    redaction::Front,
    settings::{DATE, Settings},
    tree::{Node, Value},
};

/// What entities are called whose aliases mean nobody else, by the key of their kind and the folded alias.
pub(super) struct Canonical {
    names: BTreeMap<(String, String), String>,
}

impl Canonical {
    /// The names that everybody may read in `archive`; `documents` are all that there are, so that an alias which may mean
    /// somebody who is kept back means nobody.
    pub(super) fn of(documents: &Documents, archive: &Archive, settings: &Settings) -> Self {
        // Whom each folded name may mean, by kind: places in the list of profiles.
        let mut meant: BTreeMap<(usize, String), BTreeSet<usize>> = BTreeMap::new();
        for (place, profile) in documents.profiles.iter().enumerate() {
            let hidden = profile.hidden_aliases.iter().map(|alias| &*alias.text);
            for name in profile.all_names().chain(hidden) {
                meant.entry((profile.kind, fold_name(name))).or_default().insert(place);
            }
        }
        let is_alone = |kind: usize, name: &str| {
            meant.get(&(kind, fold_name(name))).is_some_and(|places| places.len() == 1)
        };
        let mut names = BTreeMap::new();
        for released in archive.entities.iter().filter_map(|entity| entity.profile.as_ref()) {
            let profile = &released.document;
            if profile.kind == DATE || !is_alone(profile.kind, &profile.name) {
                continue;
            }
            let own = [fold_name(&profile.name), fold_name(&profile.id)];
            for alias in profile.aliases.iter().chain(&profile.hidden_aliases) {
                let folded = fold_name(&alias.text);
                if !own.contains(&folded) && is_alone(profile.kind, &alias.text) {
                    names.insert((settings.kinds[profile.kind].key.clone(), folded), profile.name.clone());
                }
            }
        }
        Self { names }
    }

    /// Each tag of the root that is an alias. Where the name stands beside it already, both stay.
    pub(super) fn edits(&self, text: &str, front: &Front) -> Vec<Edit> {
        let Value::Map(entries) = &front.root.value else { return Vec::new() };
        let mut edits: Vec<Edit> = Vec::new();
        for (key, node) in entries {
            let items: &[Node] = match &node.value {
                Value::List(items) => items,
                _ => std::slice::from_ref(node),
            };
            let mut there: BTreeSet<String> = items.iter().filter_map(Node::text).map(fold_name).collect();
            for item in items {
                let Some(written) = item.text() else { continue };
                let Some(name) = self.names.get(&(key.text.to_string(), fold_name(written))) else {
                    continue;
                };
                // What an alias of YAML repeats stands elsewhere, and may mean something else there.
                let is_here = node.span.start <= item.span.start && item.span.end <= node.span.end;
                let bytes = text.get(item.span.clone()).unwrap_or_default();
                let is_line = !bytes.contains('\n') && !bytes.starts_with(['&', '*', '|', '>', '!']);
                let before = text[..item.span.start].trim_end_matches([' ', '\t']);
                let is_anchored =
                    before.rsplit(['\n', ' ', ',', '[']).next().is_some_and(|word| word.starts_with('&'));
                if is_here && is_line && !is_anchored && there.insert(fold_name(name)) {
                    let new = in_place_of(bytes, name, front.toml);
                    let what = What::Value(written.to_owned(), name.clone());
                    edits.push(Edit { range: item.span.clone(), new, what });
                }
            }
        }
        edits
    }
}
