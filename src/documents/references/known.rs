use std::cell::Cell;

use rustc_hash::{FxHashMap, FxHashSet};

use super::super::{Body, Briefing, Documents, markdown::Target, names::tags_of};
use crate::{
    model::{BriefingId, LocalId, SourcePath, fold_name},
    settings::ACTOR,
};

/// So many names are compared in search of near misses in one run. An archive that comes from elsewhere may hold as
/// many broken links as texts, and each of them could be compared with every name.
const COMPARISONS: usize = 2_000_000;

/// The sorts of parts that other files refer to.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub(super) enum Sort {
    Claim,
    Event,
}

/// Everything that can be referred to.
pub(super) struct Known<'a> {
    pub(super) briefings: FxHashMap<&'a BriefingId, &'a Briefing>,
    pub(super) parts: FxHashSet<(&'a BriefingId, Sort, &'a LocalId)>,
    pub(super) paths: FxHashSet<&'a SourcePath>,
    pub(super) assets: FxHashSet<&'a SourcePath>,
    /// Folded names of entities by the place of their kind.
    pub(super) names: FxHashSet<(usize, String)>,
    comparisons_left: Cell<usize>,
}

impl<'a> Known<'a> {
    pub(super) fn of(documents: &'a Documents) -> Self {
        let mut known = Self {
            briefings: documents.briefings.iter().map(|briefing| (&briefing.id, briefing)).collect(),
            parts: FxHashSet::default(),
            paths: FxHashSet::default(),
            assets: documents.assets.iter().map(|asset| &asset.path).collect(),
            names: FxHashSet::default(),
            comparisons_left: Cell::new(COMPARISONS),
        };
        for briefing in &documents.briefings {
            known.paths.insert(&briefing.path);
            known.paths.extend(briefing.translations.values().map(|translation| &translation.path));
            known.parts.extend(
                briefing.claims.iter().filter_map(|c| Some((&briefing.id, Sort::Claim, c.id.as_ref()?))),
            );
            known.parts.extend(
                briefing.events.iter().filter_map(|e| Some((&briefing.id, Sort::Event, e.id.as_ref()?))),
            );
        }
        known.paths.extend(documents.profiles.iter().map(|profile| &profile.path));
        known.paths.extend(documents.pages.iter().map(|page| &page.path));
        if names_are_looked_up(documents) {
            let tags = documents.briefings.iter().flat_map(|briefing| tags_of(briefing));
            known.names.extend(tags.map(|(kind, name)| (kind, fold_name(&name.text))));
            for profile in &documents.profiles {
                // What a hidden alias says to a link is told with what the edition knows.
                let hidden = profile.hidden_aliases.iter().map(|name| &*name.text);
                let names = profile.all_names().chain(hidden);
                known.names.extend(names.map(|name| (profile.kind, fold_name(name))));
                for (key, relations) in &profile.relations {
                    let kind =
                        if matches!(*key, "claimed_by" | "controlled_by") { ACTOR } else { profile.kind };
                    known.names.extend(relations.iter().map(|r| (kind, fold_name(&r.name.text))));
                }
                known.names.extend(profile.parent.iter().map(|r| (profile.kind, fold_name(&r.name.text))));
            }
        }
        known
    }

    /// Whether a near miss may still be looked for among so many names.
    pub(super) fn may_compare(&self, names: usize) -> bool {
        let left = self.comparisons_left.get().checked_sub(names);
        left.inspect(|left| self.comparisons_left.set(*left)).is_some()
    }
}

/// Whether any text links by `[[...]]` or a profile is the same as another, so that all names must be at hand.
fn names_are_looked_up(documents: &Documents) -> bool {
    let wiki = |body: &Body| body.outline.references.iter().any(|r| matches!(r.target, Target::Wiki { .. }));
    documents.briefings.iter().any(|b| wiki(&b.body) || b.translations.values().any(|t| wiki(&t.body)))
        || documents.profiles.iter().any(|p| p.same_as.is_some() || wiki(&p.body))
        || documents.pages.iter().any(|p| wiki(&p.body))
}
