use rustc_hash::FxHashMap;

use super::{
    EntityIx, Facts, RetractedClaim, TombstonePage, accounts::holds, claim_address, registry::Registry,
};
use crate::{
    model::{BriefingId, LocalId, Period, SourcePath, When},
    release::{self, Gone},
};

/// Where the retracted stood, and what now stands in its place.
#[derive(Debug, Default)]
pub(super) struct Retracted {
    briefings: FxHashMap<BriefingId, String>,
    parts: FxHashMap<(BriefingId, Box<str>), (Gone, String)>,
}

impl Retracted {
    /// Of the briefings and tombstones of `archive`.
    pub(super) fn of(parts: release::Retracted, archive: &Facts) -> Self {
        let left = archive.tombstones.iter().map(|page| (page.tombstone.id.clone(), page.address.clone()));
        let briefings: FxHashMap<BriefingId, String> = left.collect();
        let mut live: FxHashMap<&BriefingId, &str> = FxHashMap::default();
        if !parts.is_empty() {
            live.extend(archive.briefings.iter().map(|briefing| (briefing.id(), &*briefing.address)));
        }
        let address = |id: &BriefingId| match briefings.get(id) {
            Some(address) => address.clone(),
            None => format!("{}#corrections", live.get(id).copied().unwrap_or_default()),
        };
        let parts = parts.into_iter().map(|(key, gone)| {
            let address = address(&key.0);
            (key, (gone, address))
        });
        Self { parts: parts.collect(), briefings }
    }

    /// What is left of a briefing.
    pub(super) fn briefing(&self, id: &BriefingId) -> Option<&str> {
        self.briefings.get(id).map(String::as_str)
    }

    /// What sort of thing a part was, and where it says that it is gone.
    pub(super) fn part(&self, briefing: &BriefingId, part: &str) -> Option<(Gone, &str)> {
        if self.parts.is_empty() {
            return None;
        }
        let (gone, address) = self.parts.get(&(briefing.clone(), part.into()))?;
        Some((*gone, address))
    }

    /// The retracted claims, by their addresses.
    pub(super) fn claims(&self, archive: &Facts) -> Vec<RetractedClaim> {
        if self.parts.is_empty() {
            return Vec::new();
        }
        let live = archive.briefings.iter().map(|briefing| (briefing.id(), briefing.path()));
        let left = archive.tombstones.iter().map(|page| (&page.tombstone.id, &page.tombstone.path));
        let paths: FxHashMap<&BriefingId, &SourcePath> = live.chain(left).collect();
        let parts = self.parts.iter().filter(|(_, (gone, _))| *gone == Gone::Claim);
        let claim = |((briefing, id), (_, told_at)): (&(BriefingId, Box<str>), &(Gone, String))| {
            Some(RetractedClaim {
                address: claim_address(briefing.as_str(), id),
                told_at: told_at.clone(),
                path: SourcePath::clone(paths.get(briefing)?),
            })
        };
        let mut claims: Vec<RetractedClaim> = parts.filter_map(claim).collect();
        claims.sort_by(|one, other| one.address.cmp(&other.address));
        claims
    }

    /// Where a claim says that it is gone.
    pub(super) fn claim(&self, (briefing, id): &(BriefingId, LocalId)) -> Option<Box<str>> {
        self.part(briefing, id.as_str()).filter(|(gone, _)| *gone == Gone::Claim).map(|(_, at)| at.into())
    }
}

/// Finds whose lists the retracted briefings stood in: those whom they named or on whose days they stood, those for
/// whom these speak, and all that these lie in. A name that only they bore is of nobody.
pub(super) fn fill(archive: &mut Facts, registry: &Registry, dates: &FxHashMap<Period, EntityIx>) {
    let mut found = Vec::with_capacity(archive.tombstones.len());
    for page in &archive.tombstones {
        let mut entities: Vec<EntityIx> = Vec::new();
        let named = page.tombstone.named.iter().filter_map(|(kind, name)| registry.meant(*kind, name));
        for entity in named {
            entities.push(entity);
            entities.extend(spoken_for(entity, page, archive, registry));
        }
        let periods = page.tombstone.dates.iter().flat_map(|date| date.periods());
        entities.extend(periods.filter_map(|period| dates.get(&period).copied()));
        let mut all: Vec<EntityIx> =
            entities.into_iter().flat_map(|entity| archive.with_those_above(entity)).collect();
        all.sort_unstable();
        all.dedup();
        found.push(all);
    }
    for (page, entities) in archive.tombstones.iter_mut().zip(found) {
        page.entities = entities;
    }
}

/// Those for whom somebody spoke on one of the briefing's dates, by his profile.
fn spoken_for(entity: EntityIx, page: &TombstonePage, archive: &Facts, registry: &Registry) -> Vec<EntityIx> {
    let Some(profile) = &archive[entity].profile else { return Vec::new() };
    let relations = profile.document.relations.get("speaks_for").into_iter().flatten();
    let held = |date: &When, relation| holds(relation, *date);
    relations
        .filter(|relation| page.tombstone.dates.iter().any(|date| held(date, relation)))
        .filter_map(|relation| registry.meant(profile.document.kind, &relation.name.text))
        .collect()
}
