use rustc_hash::FxHashSet;

use super::{Entity, EntityIx, near::Near, registry::Registry};
use crate::{
    diagnostics::{Diagnostic, Diagnostics, nearest},
    settings::{DATE, KEYWORD},
};

/// So many names are compared in search of near misses that are no other spelling.
const COMPARISONS: usize = 2_000_000;

/// Reports what is known by a tag alone: near misses one by one, the rest together. Gives those for which another
/// name was found.
pub(super) fn report(
    registry: &Registry,
    near: &Near<'_>,
    diagnostics: &mut Diagnostics,
) -> FxHashSet<EntityIx> {
    let mut told = FxHashSet::default();
    // Keywords are free words, and a desk without profiles has not begun to write any.
    let is_error = registry.settings.unknown_entities_are_errors;
    let kinds = (0..registry.settings.kinds.len()).filter(|kind| !matches!(*kind, DATE | KEYWORD));
    for kind in kinds {
        let of_kind = (0..registry.entities.len())
            .map(EntityIx::new)
            .filter(|place| registry.entities[place.get()].kind == kind);
        let (known, unknown): (Vec<EntityIx>, Vec<EntityIx>) =
            of_kind.partition(|place| registry.entities[place.get()].profile.is_some());
        if !unknown.is_empty() && (is_error || !known.is_empty()) {
            Unknown { registry, kind, near, diagnostics }.report(&known, &unknown, &mut told);
        }
    }
    told
}

/// Those of a kind that have no profile.
struct Unknown<'a> {
    registry: &'a Registry,
    kind: usize,
    near: &'a Near<'a>,
    diagnostics: &'a mut Diagnostics,
}

impl Unknown<'_> {
    fn report(&mut self, known: &[EntityIx], unknown: &[EntityIx], told: &mut FxHashSet<EntityIx>) {
        let registry = self.registry;
        let names: Vec<(EntityIx, &str)> = known.iter().flat_map(|place| names(registry, *place)).collect();
        // A near miss is looked for only while that costs little; all that has no profile is told in any case.
        let may_compare = names.len() * unknown.len() <= COMPARISONS;
        let mut rest: Vec<&Entity> = Vec::new();
        for place in unknown {
            let entity = &registry.entities[place.get()];
            let meant = self.near.spelling_with_profile(*place).or_else(|| {
                let is_listed = self.near.is_listed(*place);
                let others =
                    names.iter().filter(|(other, _)| !is_listed || !self.near.are_distinct(*place, *other));
                may_compare.then(|| nearest(&entity.name, others.map(|(_, name)| *name))).flatten()
            });
            let Some(meant) = meant else {
                rest.push(entity);
                continue;
            };
            told.insert(*place);
            self.one(entity, format!("did you mean `{meant}`?"));
        }
        if registry.settings.unknown_entities_are_errors {
            let key = &registry.settings.kinds[self.kind].key;
            for entity in rest {
                self.one(entity, format!("write `content/{key}/{}.md`", entity.slug));
            }
        } else {
            self.together(&rest);
        }
    }

    fn one(&mut self, entity: &Entity, help: String) {
        let is_error = self.registry.settings.unknown_entities_are_errors;
        let make = if is_error { Diagnostic::error } else { Diagnostic::warning };
        let name = &self.registry.settings.kinds[self.kind].name;
        let mut diagnostic =
            make("unknown-entity", format!("there is no profile of the {name} `{}`", entity.name)).help(help);
        diagnostic.span.clone_from(&entity.origin);
        self.diagnostics.push(diagnostic);
    }

    /// One warning for all of `rest`.
    fn together(&mut self, rest: &[&Entity]) {
        let Some(first) = rest.first() else { return };
        let kind = &self.registry.settings.kinds[self.kind];
        let (name, key) = (&kind.name, &kind.key);
        let shown: Vec<String> = rest.iter().take(8).map(|entity| format!("`{}`", entity.name)).collect();
        let more = match rest.len().saturating_sub(8) {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        let (count, verb) = if rest.len() == 1 {
            (format!("1 {name}"), "has")
        } else {
            (format!("{} {key}", rest.len()), "have")
        };
        let and_so_on = if rest.len() == 1 { "" } else { ", and so on" };
        let mut diagnostic = Diagnostic::warning(
            "unknown-entity",
            format!("{count} {verb} no profile: {}{more}", shown.join(", ")),
        )
        .help(format!("write `content/{key}/{}.md`{and_so_on}", first.slug));
        diagnostic.span.clone_from(&first.origin);
        self.diagnostics.push(diagnostic);
    }
}

fn names(registry: &Registry, place: EntityIx) -> impl Iterator<Item = (EntityIx, &str)> {
    let profile = registry.entities[place.get()].profile.as_ref();
    profile.into_iter().flat_map(move |p| p.document.all_names().map(move |name| (place, name)))
}
