use std::cmp::Reverse;

use rayon::prelude::*;

use super::{Briefing, BriefingIx, Entity, EntityIx, Facts, PairIx, rows::Rows};
use crate::{
    diagnostics::{Diagnostic, Diagnostics},
    model::{ActorRole, fold_name},
    settings::{ACTOR, LOCATION, Settings},
};

/// Two entities that enough briefings name together: two actors, or an actor and a place.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Pair {
    /// The actor whose address the pair's page stands below: of two actors the first by slug.
    pub one: EntityIx,
    /// The other actor, or the place.
    pub other: EntityIx,
    /// How many briefings name both.
    pub count: usize,
}

/// Finds the pairs of the archive.
///
/// Actors and places that have a profile and a page make pairs. A briefing names one if it is tagged with it or with
/// one that lies in it. It does not count for two actors if by an event of it one, or one that lies in it, acts on the
/// other, or on one that lies in that. What lies in the other makes no pair with it, nor does what is the same thing.
pub(super) fn fill(archive: &mut Facts, settings: &Settings, diagnostics: &mut Diagnostics) {
    let (named, names) = Named::of(archive);
    let minimum = settings.together.minimum.max(1);
    let mut pairs: Vec<Pair> = (0..named.actors)
        .into_par_iter()
        .map_init(
            || Scratch { counts: vec![0; named.entities.len()], met: Vec::new() },
            |scratch, one| named.pairs_of(one, minimum, &names, &archive.entities, scratch),
        )
        .flatten_iter()
        .collect();
    pairs.sort_unstable_by_key(|pair| (pair.one, pair.other));
    diagnostics_of(&pairs, archive.briefings.len(), diagnostics);
    list(&pairs, &named, &mut archive.entities);
    archive.pairs = pairs;
    archive.named = named;
}

impl Facts {
    /// The briefings that name both of a pair, oldest first: as many as its count says.
    pub fn briefings_of(&self, pair: PairIx) -> Vec<BriefingIx> {
        let pair = &self[pair];
        self.named.both(pair.one, pair.other)
    }
}

/// Which briefings name which of the entities that can be one of a pair. These go by numbers: the actors by their
/// slugs, then the places. So of a pair the one has a lower number than the other.
#[derive(Debug, Default, Hash)]
pub(super) struct Named {
    entities: Vec<EntityIx>,
    /// The number of each entity that has one, by its place in the archive.
    numbers: Vec<Option<u32>>,
    /// How many of the entities are actors.
    actors: usize,
    /// The briefings that name the entity of each number.
    briefings: Rows<u32>,
    /// The actors that stand against each other in an event of each briefing, in order, the lower number first.
    opposed: Rows<(u32, u32)>,
}

/// What one thread uses again for each actor.
struct Scratch {
    /// By numbers; between two actors all zero.
    counts: Vec<u32>,
    /// The numbers whose count is not zero, or was not for a while.
    met: Vec<u32>,
}

impl Named {
    /// Also the numbers that each briefing names, ascending.
    fn of(archive: &Facts) -> (Self, Rows<u32>) {
        let entities = numbered(&archive.entities);
        let actors = entities.partition_point(|entity| archive[*entity].kind == ACTOR);
        let mut numbers = vec![None; archive.entities.len()];
        for (number, entity) in (0_u32..).zip(&entities) {
            numbers[entity.get()] = Some(number);
        }
        let enclosing = enclosing(&archive.entities, &numbers);
        let mut names = Rows::default();
        let mut opposed = Rows::default();
        let mut row: Vec<u32> = Vec::new();
        for briefing in &archive.briefings {
            row.extend(briefing.tags.iter().flat_map(|entity| enclosing.row(entity.get())));
            row.sort_unstable();
            row.dedup();
            opposed.push(opposed_in(briefing, archive, &enclosing, &row));
            names.push(row.drain(..));
        }
        let briefings = names.turned(entities.len());
        (Self { entities, numbers, actors, briefings, opposed }, names)
    }

    /// The pairs of which the actor with the number `one` is the first.
    fn pairs_of(
        &self,
        one: usize,
        minimum: usize,
        names: &Rows<u32>,
        entities: &[Entity],
        scratch: &mut Scratch,
    ) -> Vec<Pair> {
        let first = self.entities[one];
        for briefing in self.briefings.row(one) {
            let briefing = *briefing as usize;
            for other in names.row(briefing).iter().rev().take_while(|other| **other as usize > one) {
                let count = &mut scratch.counts[*other as usize];
                if *count == 0 {
                    scratch.met.push(*other);
                }
                *count += 1;
            }
            let opposed = self.opposed.row(briefing);
            let from = opposed.partition_point(|(lower, _)| (*lower as usize) < one);
            for (_, other) in opposed[from..].iter().take_while(|(lower, _)| *lower as usize == one) {
                scratch.counts[*other as usize] -= 1;
            }
        }
        let mut pairs = Vec::new();
        for other in scratch.met.drain(..) {
            // One that is met twice, since its count fell to zero between, is taken once.
            let count = std::mem::take(&mut scratch.counts[other as usize]) as usize;
            let other = self.entities[other as usize];
            if count >= minimum && !are_one(first, other, entities) {
                pairs.push(Pair { one: first, other, count });
            }
        }
        pairs
    }

    /// The briefings that name both, oldest first.
    fn both(&self, one: EntityIx, other: EntityIx) -> Vec<BriefingIx> {
        let number = |entity: EntityIx| self.numbers.get(entity.get()).copied().flatten();
        let (Some(one), Some(other)) = (number(one), number(other)) else { return Vec::new() };
        let pair = (one.min(other), one.max(other));
        let (mut short, mut long) = (self.briefings.row(one as usize), self.briefings.row(other as usize));
        if short.len() > long.len() {
            std::mem::swap(&mut short, &mut long);
        }
        let mut both = Vec::new();
        for briefing in short {
            long = &long[skip(long, *briefing)..];
            let opposed = || self.opposed.row(*briefing as usize).binary_search(&pair).is_ok();
            if long.first() == Some(briefing) && !opposed() {
                both.push(BriefingIx::new(*briefing as usize));
            }
        }
        both
    }
}

/// How many of an ascending list are less than `number`: few are looked at if few are skipped.
fn skip(list: &[u32], number: u32) -> usize {
    let mut reach = 1;
    while list.get(reach - 1).is_some_and(|found| *found < number) {
        reach *= 2;
    }
    let from = reach / 2;
    let to = reach.min(list.len());
    from + list[from..to].partition_point(|found| *found < number)
}

/// The entities that can be one of a pair, by their numbers.
fn numbered(entities: &[Entity]) -> Vec<EntityIx> {
    let can_pair = |entity: &Entity| {
        [ACTOR, LOCATION].contains(&entity.kind) && entity.profile.is_some() && entity.has_page
    };
    let mut numbered: Vec<EntityIx> =
        (0..entities.len()).filter(|place| can_pair(&entities[*place])).map(EntityIx::new).collect();
    numbered.sort_by(|one, other| {
        let key = |entity: EntityIx| (entities[entity.get()].kind, &entities[entity.get()].slug, entity);
        key(*one).cmp(&key(*other))
    });
    numbered
}

/// For each actor and place of the archive its own number and those of what it lies in, as far as they have one.
fn enclosing(entities: &[Entity], numbers: &[Option<u32>]) -> Rows<u32> {
    let mut enclosing = Rows::default();
    for place in 0..entities.len() {
        enclosing.push(outward(EntityIx::new(place), entities).filter_map(|entity| numbers[entity.get()]));
    }
    enclosing
}

/// An entity, what it lies in, what that lies in, and so on.
fn outward(entity: EntityIx, entities: &[Entity]) -> impl Iterator<Item = EntityIx> {
    std::iter::successors(Some(entity), |entity| entities[entity.get()].parent)
}

/// Whether one lies in the other, or both are the same thing.
fn are_one(one: EntityIx, other: EntityIx, entities: &[Entity]) -> bool {
    let same = entities[one.get()].same_as == Some(other) || entities[other.get()].same_as == Some(one);
    same || outward(one, entities).any(|entity| entity == other)
        || outward(other, entities).any(|entity| entity == one)
}

/// The actors of whom one acts on the other in an event of the briefing, the lower number first, in order.
fn opposed_in(briefing: &Briefing, archive: &Facts, enclosing: &Rows<u32>, names: &[u32]) -> Vec<(u32, u32)> {
    let mut opposed = Vec::new();
    // One that is told again has its actors where it was told first.
    let events = briefing.events.iter().flat_map(|event| [Some(*event), archive[*event].tells]).flatten();
    for event in events {
        let of = |is_target: bool| {
            let actors = archive[event].actors.iter();
            actors.filter_map(move |(party, role)| match role {
                Some(ActorRole::By | ActorRole::With) if !is_target => party.actor(),
                Some(ActorRole::Target) if is_target => party.actor(),
                _ => None,
            })
        };
        for acting in of(false).flat_map(|actor| enclosing.row(actor.get())) {
            for target in of(true).flat_map(|actor| enclosing.row(actor.get())) {
                // An event's actors tag its briefing; only of those that do is there something to take back.
                let are_named = names.binary_search(acting).is_ok() && names.binary_search(target).is_ok();
                if acting != target && are_named {
                    opposed.push((*acting.min(target), *acting.max(target)));
                }
            }
        }
    }
    opposed.sort_unstable();
    opposed.dedup();
    opposed
}

/// Gives each entity its pairs: those that most briefings name first, then by the name of the other.
fn list(pairs: &[Pair], named: &Named, entities: &mut [Entity]) {
    let mut by_name: Vec<(String, EntityIx)> =
        named.entities.iter().map(|entity| (fold_name(&entities[entity.get()].name), *entity)).collect();
    by_name.sort_unstable();
    let mut order = vec![0; entities.len()];
    for (number, (_, entity)) in by_name.iter().enumerate() {
        order[entity.get()] = number;
    }
    for (place, pair) in pairs.iter().enumerate() {
        for entity in [pair.one, pair.other] {
            entities[entity.get()].pairs.push(PairIx::new(place));
        }
    }
    for entity in &named.entities {
        entities[entity.get()].pairs.sort_by_key(|place| {
            let pair = &pairs[place.get()];
            let other = if pair.one == *entity { pair.other } else { pair.one };
            (Reverse(pair.count), order[other.get()])
        });
    }
}

/// Warns of more pages than anybody reads.
fn diagnostics_of(pairs: &[Pair], briefings: usize, diagnostics: &mut Diagnostics) {
    if pairs.len() <= briefings {
        return;
    }
    let mut counts: Vec<usize> = pairs.iter().map(|pair| pair.count).collect();
    let (_, first_too_many, _) = counts.select_nth_unstable_by_key(briefings, |count| Reverse(*count));
    let minimum = *first_too_many + 1;
    let noun = if briefings == 1 { "briefing" } else { "briefings" };
    let (pages, briefings) = (grouped(pairs.len()), grouped(briefings));
    diagnostics.push(
        Diagnostic::warning(
            "many-pairs",
            format!("{pages} pages of entities named together, for {briefings} {noun}"),
        )
        .help(format!("set `[together] minimum = {minimum}` for fewer")),
    );
}

/// A number with its thousands apart: `12,345`.
fn grouped(number: usize) -> String {
    let digits = number.to_string();
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

#[cfg(test)]
mod tests;
