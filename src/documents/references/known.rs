use rustc_hash::{FxHashMap, FxHashSet};

use super::super::{Body, Briefing, Documents, markdown::Target, names::tags_of};
use crate::model::{BriefingId, LocalId, SourcePath, fold_name};

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
}

impl<'a> Known<'a> {
    pub(super) fn of(documents: &'a Documents) -> Self {
        let mut known = Self {
            briefings: documents.briefings.iter().map(|briefing| (&briefing.id, briefing)).collect(),
            parts: FxHashSet::default(),
            paths: FxHashSet::default(),
            assets: documents.assets.iter().map(|asset| &asset.path).collect(),
            names: FxHashSet::default(),
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
        if documents_link_by_name(documents) {
            let tags = documents.briefings.iter().flat_map(|briefing| tags_of(briefing));
            known.names.extend(tags.map(|(kind, name)| (kind, fold_name(&name.text))));
            for profile in &documents.profiles {
                known.names.extend(profile.all_names().map(|name| (profile.kind, fold_name(name))));
            }
        }
        known
    }
}

/// Whether any text links by `[[...]]`, so that all names must be at hand.
fn documents_link_by_name(documents: &Documents) -> bool {
    let wiki = |body: &Body| body.outline.references.iter().any(|r| matches!(r.target, Target::Wiki { .. }));
    documents.briefings.iter().any(|b| wiki(&b.body) || b.translations.values().any(|t| wiki(&t.body)))
        || documents.profiles.iter().any(|p| wiki(&p.body))
        || documents.pages.iter().any(|p| wiki(&p.body))
}
