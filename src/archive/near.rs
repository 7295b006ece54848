use std::collections::BTreeMap;

use rustc_hash::{FxHashMap, FxHashSet};

use super::{EntityIx, registry::Registry, skeleton::skeleton};
use crate::{
    diagnostics::{Diagnostic, Diagnostics, Span},
    model::{fold_name, segment},
    settings::{DATE, KEYWORD},
};

/// How like two spellings are that may be of one name: 1 less the share of letters that differ (Damerau and
/// Levenshtein).
const LEAST: f64 = 0.75;

/// With so many of its neighbours in the alphabet a spelling is compared. Only a list made by a machine holds more of
/// one skeleton.
const NEIGHBOURS: usize = 32;

/// So many pairs are told one by one.
const TOLD: usize = 20;

/// Nobody's name is longer, and longer ones would cost.
const LONGEST: usize = 200;

/// The names of all entities, in an order in which spellings of one name stand together.
pub(super) struct Near<'r> {
    registry: &'r Registry,
    /// By kind, skeleton, folded name, then entity.
    spellings: Vec<Spelling<'r>>,
    /// The lists of the settings that a folded name stands in.
    distinct: FxHashMap<String, Vec<usize>>,
}

/// A name of an entity.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Spelling<'r> {
    kind: usize,
    skeleton: String,
    folded: String,
    entity: EntityIx,
    written: &'r str,
    at: Option<Span>,
}

impl<'r> Near<'r> {
    /// The names of the registry.
    pub(super) fn of(registry: &'r Registry) -> Self {
        let mut spellings = Vec::new();
        for (place, entity) in registry.entities.iter().enumerate() {
            if matches!(entity.kind, DATE | KEYWORD) {
                continue;
            }
            let mut add = |written: &'r str, at: Option<Span>| {
                let skeleton = if written.len() <= LONGEST { skeleton(written) } else { String::new() };
                if !skeleton.is_empty() {
                    let (kind, folded, entity) = (entity.kind, fold_name(written), EntityIx::new(place));
                    spellings.push(Spelling { kind, skeleton, folded, entity, written, at });
                }
            };
            match &entity.profile {
                Some(profile) => {
                    let profile = &profile.document;
                    profile.spellings().for_each(|(name, at)| add(name, at.map(|at| at.span(&profile.path))));
                }
                None => add(&entity.name, None),
            }
        }
        spellings.sort_unstable();
        let mut distinct: FxHashMap<String, Vec<usize>> = FxHashMap::default();
        for (number, names) in registry.settings.distinct.iter().enumerate() {
            for name in names {
                distinct.entry(fold_name(name)).or_default().push(number);
            }
        }
        Self { registry, spellings, distinct }
    }

    /// Of one without a profile the likest other spelling that has one.
    pub(super) fn spelling_with_profile(&self, place: EntityIx) -> Option<&'r str> {
        let entity = &self.registry.entities[place.get()];
        let key = (entity.kind, skeleton(&entity.name), fold_name(&entity.name));
        let own =
            self.spellings.partition_point(|s| (s.kind, &s.skeleton, &s.folded) < (key.0, &key.1, &key.2));
        let around = own.saturating_sub(NEIGHBOURS)..(own + NEIGHBOURS).min(self.spellings.len());
        let mut best: Option<(f64, &Spelling<'r>)> = None;
        for other in &self.spellings[around] {
            let is_known = self.registry.entities[other.entity.get()].profile.is_some();
            if (other.kind, &other.skeleton) != (key.0, &key.1)
                || !is_known
                || self.are_distinct(place, other.entity)
            {
                continue;
            }
            let like = likeness(&key.2, &other.folded);
            if like >= LEAST && best.as_ref().is_none_or(|(most, _)| like > *most) {
                best = Some((like, other));
            }
        }
        best.map(|(_, spelling)| spelling.written)
    }

    /// Whether the settings say of one that it is not another.
    pub(super) fn is_listed(&self, place: EntityIx) -> bool {
        !self.distinct.is_empty() && !self.lists(place).is_empty()
    }

    /// Whether the settings say that two are not one.
    pub(super) fn are_distinct(&self, one: EntityIx, other: EntityIx) -> bool {
        if self.distinct.is_empty() {
            return false;
        }
        let lists = self.lists(one);
        !lists.is_empty() && self.lists(other).iter().any(|list| lists.contains(list))
    }

    /// The lists of the settings that any name of it stands in.
    fn lists(&self, place: EntityIx) -> Vec<usize> {
        let lists = |name: &str| self.distinct.get(&fold_name(name)).into_iter().flatten().copied();
        let entity = &self.registry.entities[place.get()];
        match &entity.profile {
            Some(profile) => profile.document.all_names().flat_map(lists).collect(),
            None => lists(&entity.name).collect(),
        }
    }

    /// Reports every two entities whose names may be spellings of one, once, but for those in `told`.
    pub(super) fn report(&self, told: &FxHashSet<EntityIx>, diagnostics: &mut Diagnostics) {
        let mut pairs: BTreeMap<(EntityIx, EntityIx), (&Spelling<'r>, &Spelling<'r>)> = BTreeMap::new();
        for group in
            self.spellings.chunk_by(|one, other| (one.kind, &one.skeleton) == (other.kind, &other.skeleton))
        {
            for (number, one) in group.iter().enumerate() {
                for other in group[number + 1..].iter().take(NEIGHBOURS) {
                    // What two bear in the same form is a name that they share, and no mistake.
                    if one.entity == other.entity
                        || one.folded == other.folded
                        || likeness(&one.folded, &other.folded) < LEAST
                    {
                        continue;
                    }
                    let (first, second) = if one.entity < other.entity { (one, other) } else { (other, one) };
                    let found = pairs.entry((first.entity, second.entity)).or_insert((first, second));
                    if self.are_main(first, second) && !self.are_main(found.0, found.1) {
                        *found = (first, second);
                    }
                }
            }
        }
        let is_new = |(one, other): &(EntityIx, EntityIx)| {
            !told.contains(one) && !told.contains(other) && !self.are_told_apart(*one, *other)
        };
        let pairs: Vec<_> = pairs.into_iter().filter(|(pair, _)| is_new(pair)).collect();
        for (_, (first, second)) in pairs.iter().take(TOLD) {
            diagnostics.push(self.pair(first, second));
        }
        if let Some(more) = pairs.len().checked_sub(TOLD).filter(|more| *more > 0) {
            let message = match more {
                1 => "1 more pair of names may be of one thing".to_owned(),
                more => format!("{more} more pairs of names may be of one thing each"),
            };
            diagnostics
                .push(Diagnostic::warning("near-names", message).help("settle those shown and build again"));
        }
    }

    fn pair(&self, first: &Spelling<'r>, second: &Spelling<'r>) -> Diagnostic {
        let place = |spelling: &Spelling<'r>| {
            spelling.at.clone().or_else(|| self.registry.entities[spelling.entity.get()].origin.clone())
        };
        let kind = &self.registry.settings.kinds[first.kind].name;
        let (one, other) = (first.written, second.written);
        let quoted = |name: &str| format!("\"{}\"", name.replace('\\', "\\\\").replace('"', "\\\""));
        let mut diagnostic = Diagnostic::warning(
            "near-names",
            format!("`{one}` and `{other}` may be names of one {kind}"),
        )
        .help(format!(
            "give one record both names with `aliases`; if they are two, list them under `[entities]`: \
                     `distinct = [[{}, {}]]`",
            quoted(one),
            quoted(other)
        ));
        diagnostic.span = place(second);
        match place(first) {
            Some(span) => diagnostic.related(span, "the other one"),
            None => diagnostic,
        }
    }

    /// Whether both are what their entities are called.
    fn are_main(&self, one: &Spelling<'r>, other: &Spelling<'r>) -> bool {
        [one, other].iter().all(|s| self.registry.entities[s.entity.get()].name == s.written)
    }

    /// Whether authors have said how two differ, or that they are one: by any relation, by a name that one has of the
    /// other, or in the settings.
    fn are_told_apart(&self, one: EntityIx, other: EntityIx) -> bool {
        self.names(one, other) || self.names(other, one) || self.are_distinct(one, other)
    }

    /// Whether what is said of `one` names `other`.
    fn names(&self, one: EntityIx, other: EntityIx) -> bool {
        let (entity, named) = (&self.registry.entities[one.get()], &self.registry.entities[other.get()]);
        if entity.parent == Some(other)
            || entity.same_as == Some(other)
            || entity.relations.iter().any(|relation| relation.to == other)
        {
            return true;
        }
        let Some(profile) = entity.profile.as_ref().map(|released| &released.document) else { return false };
        let name = fold_name(&named.name);
        let is_above = |parent: &crate::documents::Relation| {
            self.registry.find(profile.kind, &parent.name.text).contains(&other)
        };
        profile.parent.iter().any(is_above)
            || profile.former_ids.iter().any(|id| segment(&id.text) == named.slug)
            || profile.all_names().any(|own| fold_name(own) == name)
            || profile.hidden_aliases.iter().any(|own| fold_name(&own.text) == name)
    }
}

/// How like two folded names are, from 0 to 1. Where their lengths differ too much that is all that is looked at.
fn likeness(one: &str, other: &str) -> f64 {
    let (short, long) = {
        let (one, other) = (one.chars().count(), other.chars().count());
        (one.min(other), one.max(other))
    };
    if short * 4 < long * 3 { 0.0 } else { strsim::normalized_damerau_levenshtein(one, other) }
}
