use std::collections::BTreeSet;

use rustc_hash::FxHashMap;

use super::{Entity, EntityIx, Facts, registry::Registry};
use crate::{
    model::{Period, When},
    settings::{DATE, Settings},
};

/// Adds an entity for every day that something stands on, for its month and its year.
pub(super) fn dates(
    archive: &Facts,
    registry: &mut Registry,
    settings: &Settings,
) -> FxHashMap<Period, EntityIx> {
    let mut periods: BTreeSet<Period> = BTreeSet::new();
    let mut add = |date: When| {
        for period in date.periods() {
            let mut above = Some(period);
            while let Some(period) = above {
                if !periods.insert(period) {
                    break;
                }
                above = period.parent();
            }
        }
    };
    archive.briefings.iter().for_each(|briefing| add(When::on(briefing.released.document.date.day())));
    archive.events.iter().for_each(|event| add(event.date));
    for claim in &archive.claims {
        add(claim.date);
        claim.responses.iter().for_each(|response| add(response.date));
    }
    let mut places = FxHashMap::default();
    for period in periods {
        let place = EntityIx::new(registry.entities.len());
        let mut entity =
            Entity::new(DATE, period.to_string(), period.slug_path(), &settings.kinds[DATE].path);
        entity.period = Some(period);
        registry.entities.push(entity);
        places.insert(period, place);
    }
    for place in registry.entities.len() - places.len()..registry.entities.len() {
        let parent = registry.entities[place].period.and_then(Period::parent);
        registry.entities[place].parent = parent.and_then(|parent| places.get(&parent).copied());
    }
    places
}
