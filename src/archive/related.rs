use std::cmp::Ordering;

use rayon::prelude::*;

use super::{BriefingIx, EntityIx, Facts, rows::Rows};
use crate::{
    memo::{
        Key, Memo, Scribe,
        numbers::{Numbers, pack},
    },
    model::fold_name,
    settings::DATE,
};

/// How many relatives a briefing has at most.
const RELATIVES: usize = 5;
/// How many before and how many after a briefing are candidates, on the list of each of its entities.
const WINDOW: usize = 24;
/// How many of the shared entities are told.
const TOLD: usize = 3;
/// In how many days nearness falls to a half.
const WEEK: f64 = 7.0;
/// More than rounding can take from a sum of weights.
const SLACK: f64 = 1.0 + 1e-9;

/// A briefing that shares entities with another.
#[derive(Clone, Debug, PartialEq, Hash)]
pub struct Relative {
    /// The other one.
    pub briefing: BriefingIx,
    /// What they share that has a page, the rarest first; at most three.
    pub shared: Vec<EntityIx>,
    /// How many more they share.
    pub more: usize,
}

/// Finds for each briefing the five that share most with it.
///
/// An entity counts where it has a page and is no date, and where a briefing is tagged with it itself. On the list of
/// the briefings tagged with it, in the archive's order, the 24 next before a briefing and the 24 next after it are
/// candidates for its relatives. The score of a candidate is the sum of `1 / n` over *all* entities that tag both,
/// where `n` briefings are tagged with the entity, times `1 / (1 + days / 7)`, where `days` lie between the days of
/// publication. Of equal scores those before the briefing come first, and of these, as of those after it, the nearer
/// in the archive's order.
///
/// So nothing depends on how many briefings there are: work grows as the archive does, and a new briefing changes the
/// relatives of those alone that share an entity with it.
///
/// What stands in `memo` is all found before, of the same web.
pub(super) fn fill(archive: &mut Facts, memo: Option<&Memo>) {
    let web = Web::of(archive);
    let memo = memo.map(|memo| (memo, web.key()));
    let known = memo.and_then(|(memo, key)| of_bytes(&memo.get(key)?, archive.briefings.len()));
    let related = known.unwrap_or_else(|| {
        let related = web.all();
        if let Some((memo, key)) = memo {
            memo.put(key, &to_bytes(&related));
        }
        related
    });
    for (briefing, related) in archive.briefings.iter_mut().zip(related) {
        briefing.related = related;
    }
}

/// Which briefings are tagged with what. Entities go by their rank: the rarest has the lowest.
#[derive(Debug)]
struct Web {
    /// The entity of each rank.
    entities: Vec<EntityIx>,
    /// What sharing the entity of a rank is worth.
    weights: Vec<f64>,
    /// The ranks of each briefing, ascending.
    ranks: Rows<u32>,
    /// The briefings of each rank, in the archive's order.
    tagged: Rows<u32>,
    /// The day of each briefing's publication.
    days: Vec<i32>,
}

impl Web {
    fn of(archive: &Facts) -> Self {
        let entities = ranked(archive);
        let mut rank_of = vec![None; archive.entities.len()];
        for (rank, entity) in (0_u32..).zip(&entities) {
            rank_of[entity.get()] = Some(rank);
        }
        let mut ranks = Rows::default();
        let mut row: Vec<u32> = Vec::new();
        for briefing in &archive.briefings {
            row.extend(briefing.tags.iter().filter_map(|entity| rank_of[entity.get()]));
            row.sort_unstable();
            ranks.push(row.drain(..));
        }
        let days = archive.briefings.iter().map(|b| b.released.document.published.day().number()).collect();
        Self::new(entities, ranks, days)
    }

    fn new(entities: Vec<EntityIx>, ranks: Rows<u32>, days: Vec<i32>) -> Self {
        let tagged = ranks.turned(entities.len());
        let weights = (0..entities.len()).map(|rank| weight(tagged.row(rank).len())).collect();
        Self { entities, weights, ranks, tagged, days }
    }

    /// The key of all of it.
    fn key(&self) -> Key {
        let Self { entities, ranks, days, weights: _, tagged: _ } = self;
        let mut scribe = Scribe::of("related");
        scribe.number(entities.len());
        for entity in entities {
            scribe.number(entity.get());
        }
        scribe.number(days.len());
        for (place, day) in days.iter().enumerate() {
            scribe.bytes(&day.to_le_bytes());
            let ranks = ranks.row(place);
            scribe.number(ranks.len());
            for rank in ranks {
                scribe.number(*rank as usize);
            }
        }
        scribe.done()
    }

    fn all(&self) -> Vec<Vec<Relative>> {
        (0..self.days.len())
            .into_par_iter()
            // A briefing takes microseconds, and each part of the work a scratch as long as the archive.
            .with_min_len(512)
            .map_init(|| Scratch::of(self), |scratch, place| self.related(place, scratch))
            .collect()
    }

    fn related(&self, place: usize, scratch: &mut Scratch) -> Vec<Relative> {
        let nearest = self.nearest(place, scratch);
        let relative = |other: &u32| {
            let mut ranks = shared(self.ranks.row(place), self.ranks.row(*other as usize));
            Relative {
                briefing: BriefingIx::new(*other as usize),
                shared: ranks.by_ref().take(TOLD).map(|rank| self.entities[rank as usize]).collect(),
                more: ranks.count(),
            }
        };
        nearest.iter().map(relative).collect()
    }

    /// The places of those that score highest, the highest first.
    fn nearest(&self, place: usize, scratch: &mut Scratch) -> Vec<u32> {
        let unseen = self.gather(place, scratch);
        // What the fifth best scores at least: a candidate that cannot reach it need not be looked at closely.
        let mut floors = [0.0; RELATIVES];
        let mut candidates = std::mem::take(&mut scratch.candidates);
        for other in scratch.met.drain(..) {
            let sum = std::mem::take(&mut scratch.sums[other as usize]);
            let nearness = self.nearness(place, other as usize);
            raise(&mut floors, nearness * sum);
            candidates.push(Candidate { place: other, nearness, sum });
        }
        let floor = floors[RELATIVES - 1];
        let mut best: Vec<Scored> = Vec::with_capacity(RELATIVES + 1);
        for candidate in candidates.drain(..) {
            let can_reach = |unseen: f64| candidate.nearness * (candidate.sum + unseen) * SLACK >= floor;
            if !can_reach(unseen) {
                continue;
            }
            let unseen = scratch.ends.iter().map(|end| end.unseen(candidate.place)).sum();
            if !can_reach(unseen) {
                continue;
            }
            let other = candidate.place as usize;
            let sum = if unseen > 0.0 { self.sum(place, other) } else { candidate.sum };
            let scored = Scored {
                score: candidate.nearness * sum,
                is_after: other > place,
                distance: other.abs_diff(place),
                place: candidate.place,
            };
            let at = best.partition_point(|better| better.compare(&scored).is_lt());
            if at < RELATIVES {
                best.insert(at, scored);
                best.truncate(RELATIVES);
            }
        }
        scratch.candidates = candidates;
        best.into_iter().map(|scored| scored.place).collect()
    }

    /// Gathers the candidates, each with the weights of the lists on which it is near; returns the sum of the weights
    /// of all lists that go on behind what is near, which is the most that any of these sums can lack.
    ///
    /// The lists come in the order of their ranks, so that a sum which lacks nothing is the sum of [`Self::sum`], to
    /// the last bit; and one that lacks something is not above it, since rounding keeps order.
    fn gather(&self, place: usize, scratch: &mut Scratch) -> f64 {
        let mut unseen = 0.0;
        scratch.ends.clear();
        for rank in self.ranks.row(place) {
            let list = self.tagged.row(*rank as usize);
            let weight = self.weights[*rank as usize];
            let at = list.partition_point(|other| (*other as usize) < place);
            let near = at.saturating_sub(WINDOW)..list.len().min(at + WINDOW + 1);
            if near.len() < list.len() {
                unseen += weight;
                let first = if near.start > 0 { list[near.start] } else { 0 };
                let last = if near.end < list.len() { list[near.end - 1] } else { u32::MAX };
                scratch.ends.push(Ends { first, last, weight });
            }
            for other in list[near.start..at].iter().chain(&list[at + 1..near.end]) {
                let sum = &mut scratch.sums[*other as usize];
                if *sum == 0.0 {
                    scratch.met.push(*other);
                }
                *sum += weight;
            }
        }
        unseen
    }

    fn nearness(&self, one: usize, other: usize) -> f64 {
        1.0 / (1.0 + f64::from(self.days[one].abs_diff(self.days[other])) / WEEK)
    }

    /// The weights of all that two share, added from the rarest on.
    fn sum(&self, one: usize, other: usize) -> f64 {
        let ranks = shared(self.ranks.row(one), self.ranks.row(other));
        ranks.fold(0.0, |sum, rank| sum + self.weights[rank as usize])
    }
}

/// The relatives of each briefing as bytes, to be kept.
fn to_bytes(related: &[Vec<Relative>]) -> Vec<u8> {
    let narrow = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    let mut numbers = Vec::new();
    for relatives in related {
        numbers.push(narrow(relatives.len()));
        for Relative { briefing, shared, more } in relatives {
            numbers.extend([briefing.0, narrow(*more), narrow(shared.len())]);
            numbers.extend(shared.iter().map(|entity| entity.0));
        }
    }
    pack(numbers)
}

/// The relatives of `count` briefings that were made into `bytes`.
fn of_bytes(bytes: &[u8], count: usize) -> Option<Vec<Vec<Relative>>> {
    let mut numbers = Numbers::of(bytes);
    let relative = |numbers: &mut Numbers<'_>| {
        let (briefing, more, shared) = (numbers.next()?, numbers.next()?, numbers.next()?);
        let shared = (0..shared).map(|_| numbers.next().map(EntityIx)).collect::<Option<_>>()?;
        Some(Relative { briefing: BriefingIx(briefing), shared, more: more as usize })
    };
    let mut relatives = |_| (0..numbers.next()?).map(|_| relative(&mut numbers)).collect::<Option<_>>();
    (0..count).map(&mut relatives).collect()
}

/// What it is worth to share an entity that tags `count` briefings.
fn weight(count: usize) -> f64 {
    1.0 / f64::from(u32::try_from(count.max(1)).unwrap_or(u32::MAX))
}

/// The entities that count and tag a briefing, the rarest first, then by name.
fn ranked(archive: &Facts) -> Vec<EntityIx> {
    let mut counts = vec![0_usize; archive.entities.len()];
    for entity in archive.briefings.iter().flat_map(|briefing| &briefing.tags) {
        counts[entity.get()] += 1;
    }
    let mut entities: Vec<(usize, String, usize, EntityIx)> = archive
        .entities
        .iter()
        .enumerate()
        .filter(|(place, entity)| counts[*place] > 0 && entity.has_page && entity.kind != DATE)
        .map(|(place, entity)| (counts[place], fold_name(&entity.name), entity.kind, EntityIx::new(place)))
        .collect();
    entities.sort_unstable();
    entities.into_iter().map(|(.., entity)| entity).collect()
}

/// The numbers that stand in both of two ascending lists.
fn shared<'a>(one: &'a [u32], other: &'a [u32]) -> impl Iterator<Item = u32> + 'a {
    let mut other = other;
    one.iter().copied().filter(move |number| {
        while other.first().is_some_and(|first| first < number) {
            other = &other[1..];
        }
        other.first() == Some(number)
    })
}

/// Puts a score among the highest, which are in falling order.
fn raise(floors: &mut [f64; RELATIVES], score: f64) {
    let mut score = score;
    for floor in floors {
        if score > *floor {
            std::mem::swap(&mut score, floor);
        }
    }
}

/// What one thread uses again for each briefing.
struct Scratch {
    /// By the places of briefings; between two of them all zero.
    sums: Vec<f64>,
    /// The places whose sum is not zero.
    met: Vec<u32>,
    candidates: Vec<Candidate>,
    /// Of the lists that go on behind what is near.
    ends: Vec<Ends>,
}

impl Scratch {
    fn of(web: &Web) -> Self {
        let sums = vec![0.0; web.days.len()];
        Self { sums, met: Vec::new(), candidates: Vec::new(), ends: Vec::new() }
    }
}

/// The first and the last place that is near on a list.
struct Ends {
    first: u32,
    last: u32,
    weight: f64,
}

impl Ends {
    /// What the sum of the briefing at `place` may lack of the list's weight.
    fn unseen(&self, place: u32) -> f64 {
        if place < self.first || place > self.last { self.weight } else { 0.0 }
    }
}

struct Candidate {
    place: u32,
    nearness: f64,
    /// The weights of what both are tagged with, of some perhaps not.
    sum: f64,
}

struct Scored {
    score: f64,
    is_after: bool,
    distance: usize,
    place: u32,
}

impl Scored {
    fn compare(&self, other: &Self) -> Ordering {
        let ties = (self.is_after, self.distance).cmp(&(other.is_after, other.distance));
        other.score.total_cmp(&self.score).then(ties)
    }
}

#[cfg(test)]
mod tests;
