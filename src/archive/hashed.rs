//! What pages depend on, by every field. Left out are the texts and where their links lead, of which the pages that
//! show them take keys of their own; and what only messages tell.

use std::hash::{Hash, Hasher};

use super::{Archive, Briefing, StandingPage};

impl Hash for Archive {
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

impl Hash for Briefing {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let Self {
            released,
            address,
            tags,
            claims,
            events,
            responses,
            findings,
            sources,
            own_sources,
            links: _,
            translation_links: _,
            mentions: _,
            translation_mentions: _,
            names,
            related,
            linked_from,
            notes,
            changed,
        } = self;
        (released, address, tags, claims, events, responses, findings, sources, own_sources).hash(state);
        (names, related, linked_from, notes, changed).hash(state);
    }
}

impl Hash for StandingPage {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let Self { released, address, sources, links: _, mentions: _ } = self;
        (released, address, sources).hash(state);
    }
}
