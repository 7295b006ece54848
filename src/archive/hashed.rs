//! What pages depend on, by every field. Left out are the texts and where their links lead, of which the pages that
//! show them take keys of their own; and what only messages tell.

use std::hash::{Hash, Hasher};

use super::{Archive, Facts, Linked, Reading};

impl Hash for Archive {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let Self { linked, readings, bodies: _ } = self;
        linked.hash(state);
        for reading in &readings.briefings {
            let Reading {
                names,
                links: _,
                translation_links: _,
                mentions: _,
                translation_mentions: _,
                leads_to: _,
                unclear: _,
                told: _,
                asks_others: _,
            } = &**reading;
            names.hash(state);
        }
    }
}

impl Hash for Linked {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let Self { facts, named_in, leading_to } = self;
        (facts, named_in, leading_to).hash(state);
    }
}

impl Hash for Facts {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let Self {
            briefings,
            tombstones,
            retracted_claims,
            entities,
            kinds,
            claims,
            events,
            pages,
            pairs,
            named,
            publishers,
            unfiled,
            // It says again what stands in their list.
            publishers_by_name: _,
            notes,
            corrections,
            ledger,
        } = self;
        (briefings, tombstones, retracted_claims, entities, kinds, claims, events).hash(state);
        (pages, pairs, named, publishers, unfiled, notes, corrections, ledger).hash(state);
    }
}
