use std::{
    cell::{Cell, OnceCell},
    collections::BTreeMap,
};

use rustc_hash::{FxHashMap, FxHashSet};

use super::super::{Documents, Head, ImageWords, Profile, Source, names::tags_of};
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

/// Everything that can be referred to, gathered when it is first asked for: the one text of a round of `serve` that was
/// edited mostly asks for little. The texts of briefings are none of it.
pub(super) struct Known<'a> {
    documents: &'a Documents,
    briefings: OnceCell<FxHashMap<&'a BriefingId, &'a Head>>,
    parts: OnceCell<FxHashSet<(&'a BriefingId, Sort, &'a LocalId)>>,
    paths: OnceCell<FxHashSet<&'a SourcePath>>,
    assets: OnceCell<FxHashSet<&'a SourcePath>>,
    /// Folded names of entities by the place of their kind.
    names: OnceCell<FxHashSet<(usize, String)>>,
    /// The ids of briefings that cannot be read.
    refused: OnceCell<FxHashSet<&'a BriefingId>>,
    comparisons_left: Cell<usize>,
}

impl<'a> Known<'a> {
    pub(super) fn of(documents: &'a Documents) -> Self {
        Self {
            documents,
            briefings: OnceCell::new(),
            parts: OnceCell::new(),
            paths: OnceCell::new(),
            assets: OnceCell::new(),
            names: OnceCell::new(),
            refused: OnceCell::new(),
            comparisons_left: Cell::new(COMPARISONS),
        }
    }

    /// All briefings but for their texts, in the order of paths.
    pub(super) fn heads(&self) -> impl ExactSizeIterator<Item = &'a Head> + use<'a> {
        self.documents.briefings.iter().map(|briefing| &*briefing.head)
    }

    pub(super) fn profiles(&self) -> &'a [Profile] {
        &self.documents.profiles
    }

    /// The sources that all share.
    pub(super) fn sources(&self) -> &'a BTreeMap<LocalId, Source> {
        &self.documents.sources.sources
    }

    pub(super) fn images(&self) -> &'a BTreeMap<SourcePath, ImageWords> {
        &self.documents.images
    }

    pub(super) fn briefing(&self, id: &BriefingId) -> Option<&'a Head> {
        let briefings = || self.heads().map(|briefing| (&briefing.id, briefing)).collect();
        self.briefings.get_or_init(briefings).get(id).copied()
    }

    /// Whether a briefing is there, read or not.
    pub(super) fn has_briefing(&self, id: &BriefingId) -> bool {
        self.briefing(id).is_some() || self.is_refused(id)
    }

    /// Whether a briefing is there and cannot be read, so that nobody knows its parts.
    pub(super) fn is_refused(&self, id: &BriefingId) -> bool {
        let ids = || self.documents.refused.iter().filter_map(|refused| refused.id.as_ref()).collect();
        self.refused.get_or_init(ids).contains(id)
    }

    pub(super) fn has_part(&self, briefing: &BriefingId, sort: Sort, id: &LocalId) -> bool {
        let parts = self.parts.get_or_init(|| {
            let of = |briefing: &'a Head| {
                let claims = briefing.claims.iter().filter_map(|claim| claim.id.as_ref());
                let events = briefing.events.iter().filter_map(|event| event.id.as_ref());
                let claims = claims.map(|id| (&briefing.id, Sort::Claim, id));
                claims.chain(events.map(|id| (&briefing.id, Sort::Event, id)))
            };
            self.heads().flat_map(of).collect()
        });
        parts.contains(&(briefing, sort, id))
    }

    /// The paths of all texts, and of those that cannot be read.
    pub(super) fn paths(&self) -> &FxHashSet<&'a SourcePath> {
        self.paths.get_or_init(|| {
            let Documents { profiles, pages, refused, .. } = self.documents;
            let translations = self.heads().flat_map(|briefing| briefing.translations.values());
            let paths = self.heads().map(|briefing| &briefing.path);
            let paths = paths.chain(translations.map(|translation| &translation.path));
            let paths = paths.chain(profiles.iter().map(|profile| &profile.path));
            let paths = paths.chain(pages.iter().map(|page| &page.path));
            paths.chain(refused.iter().map(|refused| &refused.path)).collect()
        })
    }

    pub(super) fn has_asset(&self, path: &SourcePath) -> bool {
        let assets = || self.documents.assets.iter().map(|asset| &asset.path).collect();
        self.assets.get_or_init(assets).contains(path)
    }

    /// Folded names of entities by the place of their kind, with those of texts that cannot be read.
    pub(super) fn names(&self) -> &FxHashSet<(usize, String)> {
        self.names.get_or_init(|| {
            let mut known = FxHashSet::default();
            let tags = self.heads().flat_map(tags_of);
            known.extend(tags.map(|(kind, name)| (kind, fold_name(&name.text))));
            for profile in self.profiles() {
                // What a hidden alias says to a link is told with what the edition knows.
                let hidden = profile.hidden_aliases.iter().map(|name| &*name.text);
                let names = profile.all_names().chain(hidden);
                known.extend(names.map(|name| (profile.kind, fold_name(name))));
                for (key, relations) in &profile.relations {
                    let kind =
                        if matches!(*key, "claimed_by" | "controlled_by") { ACTOR } else { profile.kind };
                    known.extend(relations.iter().map(|r| (kind, fold_name(&r.name.text))));
                }
                known.extend(profile.parent.iter().map(|r| (profile.kind, fold_name(&r.name.text))));
            }
            let refused = self.documents.refused.iter().flat_map(|refused| &refused.names);
            known.extend(refused.map(|(kind, name)| (*kind, fold_name(name))));
            known
        })
    }

    /// Whether a near miss may still be looked for among so many names.
    pub(super) fn may_compare(&self, names: usize) -> bool {
        let left = self.comparisons_left.get().checked_sub(names);
        left.inspect(|left| self.comparisons_left.set(*left)).is_some()
    }

    /// Whether any was looked for.
    pub(super) fn has_compared(&self) -> bool {
        self.comparisons_left.get() < COMPARISONS
    }
}
