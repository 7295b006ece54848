use std::collections::BTreeMap;

use super::{ClaimIx, EntityIx, Facts, Party, Status, timeline::order};
use crate::{model::FindingStatus, settings::ACTOR};

/// The claims of an archive in the lists that readers ask for, each in order of date.
#[derive(Debug, Default, Hash)]
pub struct Ledger {
    /// All of them.
    pub all: Vec<ClaimIx>,
    /// Those of each status.
    pub by_status: BTreeMap<Status, Vec<ClaimIx>>,
    /// Those whose latest finding is of each status.
    pub by_finding: BTreeMap<FindingStatus, Vec<ClaimIx>>,
    /// What each entity has to do with, by their places.
    voices: Vec<Voice>,
}

/// What an actor, and those inside it, have to do with.
///
/// Who is not named is nobody's voice: what unnamed speakers say or answer stands on no list of what the actor says
/// whom they belong to.
#[derive(Debug, Default, Hash)]
pub struct Voice {
    /// The claims that it makes, or that are made for it.
    pub says: Vec<ClaimIx>,
    /// The claims about it.
    pub about: Vec<ClaimIx>,
    /// The claims that it answers, or that are answered for it.
    pub answers: Vec<ClaimIx>,
}

impl Facts {
    /// What an actor has to do with; of all other entities nothing.
    pub fn voice(&self, actor: EntityIx) -> &Voice {
        const NONE: &Voice = &Voice { says: Vec::new(), about: Vec::new(), answers: Vec::new() };
        self.ledger.voices.get(actor.get()).unwrap_or(NONE)
    }
}

/// Puts every claim on the lists that it belongs to.
pub(super) fn fill(archive: &mut Facts) {
    let mut all: Vec<ClaimIx> = (0..archive.claims.len()).map(ClaimIx::new).collect();
    all.sort_by_key(|claim| (order(&archive[*claim].date), *claim));
    let mut ledger = Ledger { all, ..Ledger::default() };
    ledger.voices.resize_with(archive.entities.len(), Voice::default);
    for place in &ledger.all {
        let claim = &archive[*place];
        if let Some(standing) = archive.standing(claim) {
            ledger.by_status.entry(standing.status).or_default().push(*place);
        }
        if let Some(finding) = claim.findings.last() {
            ledger.by_finding.entry(finding.status).or_default().push(*place);
        }
        let answering = claim.responses.iter().flat_map(|it| it.by.iter().chain(&it.on_behalf_of));
        put(archive, claim.by.iter().chain(&claim.on_behalf_of), named, |actor| {
            push(&mut ledger.voices[actor.get()].says, *place);
        });
        put(archive, claim.about.iter(), Party::actor, |actor| {
            push(&mut ledger.voices[actor.get()].about, *place);
        });
        put(archive, answering, named, |actor| push(&mut ledger.voices[actor.get()].answers, *place));
    }
    for voice in &mut ledger.voices {
        for list in [&mut voice.says, &mut voice.about, &mut voice.answers] {
            list.shrink_to_fit();
        }
    }
    archive.ledger = ledger;
}

fn named(party: &Party) -> Option<EntityIx> {
    match party {
        Party::Actor(actor) => Some(*actor),
        Party::Unnamed { .. } => None,
    }
}

/// Hands on the actors with a page among `parties`, and those with a page that they lie in.
fn put<'a>(
    archive: &Facts,
    parties: impl Iterator<Item = &'a Party>,
    actor: impl Fn(&Party) -> Option<EntityIx>,
    mut push: impl FnMut(EntityIx),
) {
    for place in parties.filter_map(actor).flat_map(|place| archive.with_those_above(place)) {
        if archive[place].has_page && archive[place].kind == ACTOR {
            push(place);
        }
    }
}

/// Claims are put on lists one after the other, so that one that is there already is the last.
fn push(list: &mut Vec<ClaimIx>, claim: ClaimIx) {
    if list.last() != Some(&claim) {
        list.push(claim);
    }
}
