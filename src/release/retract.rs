use std::collections::{BTreeMap, BTreeSet};

use super::{Gate, Reason, Tombstone, parts};
use crate::{
    documents::{Briefing, Correction},
    model::{BriefingId, CorrectionKind, LocalId},
};

/// Takes retracted briefings and parts out of `briefings`; what is left of whole ones is returned.
pub(super) fn apply(briefings: &mut Vec<Briefing>, gate: &mut Gate<'_>) -> Vec<Tombstone> {
    let mut whole: BTreeMap<BriefingId, Correction> = BTreeMap::new();
    let mut retracted_parts: BTreeSet<(BriefingId, LocalId)> = BTreeSet::new();
    for briefing in briefings.iter() {
        for correction in briefing.corrections.iter().filter(|c| c.kind == CorrectionKind::Retraction) {
            let of = correction.of.as_ref().map(|reference| &reference.part);
            let target = of.and_then(|part| part.briefing.clone()).unwrap_or_else(|| briefing.id.clone());
            match of.and_then(|part| part.local.clone()) {
                Some(local) => drop(retracted_parts.insert((target, local))),
                None => drop(whole.entry(target).or_insert_with(|| correction.clone())),
            }
        }
    }
    let mut tombstones = Vec::new();
    briefings.retain_mut(|briefing| {
        if let Some(retraction) = whole.get(&briefing.id) {
            tombstones.push(tombstone(briefing, retraction.clone()));
            parts::translations(briefing, Reason::Retracted, gate);
            return false;
        }
        if !retracted_parts.is_empty() {
            let retracted = |id: &Option<LocalId>| {
                id.as_ref().is_some_and(|id| retracted_parts.contains(&(briefing.id.clone(), id.clone())))
            };
            let mut kept = |what: &str, id: &Option<LocalId>| {
                let Some(id) = id.as_ref().filter(|_| retracted(id)) else { return true };
                gate.keep(&briefing.path, Some(&format!("{what} `{id}`")), Some(Reason::Retracted))
            };
            briefing.events.retain(|event| kept("event", &event.id));
            briefing.claims.retain(|claim| kept("claim", &claim.id));
            for translation in briefing.translations.values_mut() {
                translation.texts.retain(|id, _| !retracted(&Some(id.clone())));
            }
            parts::forms(briefing);
        }
        true
    });
    tombstones
}

fn tombstone(briefing: &Briefing, retraction: Correction) -> Tombstone {
    Tombstone {
        path: briefing.path.clone(),
        id: briefing.id.clone(),
        date: briefing.date,
        published: briefing.published,
        slug: briefing.slug.clone(),
        aliases: briefing.aliases.clone(),
        language: briefing.language.clone(),
        retraction,
    }
}
