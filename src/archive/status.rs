use std::collections::{BTreeMap, BTreeSet};

use super::{Claim, EntityIx, Facts, Party, Response, accounts::holds_between};
use crate::model::{Day, Stance, When};

/// What the record says of a claim: a function of its class and of the answers to it, in whatever order they stand.
///
/// It counts sides and not voices, and never says what is true; that only a finding does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// Nobody of another side has answered here.
    None,
    /// Others were asked, and declined or did not reply.
    NoComment,
    /// Another side denies it, and none confirms it.
    Denied,
    /// Other sides dispute a part, the meaning or the framing; none denies or confirms it.
    Disputed,
    /// Other sides also say so, and none denies or disputes it.
    Affirmed,
    /// One side confirms it, another denies or disputes it.
    Differ,
    /// The claimant's own side withdrew it. This stands over all others, whatever that side said since.
    Withdrawn,
}

/// A status with the answers that make it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Standing {
    /// The status.
    pub status: Status,
    /// The answers that count, in the order in which the claim has them.
    pub counted: Vec<Counted>,
}

/// An answer that counts.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Counted {
    /// Its place among the claim's answers.
    pub response: usize,
    /// For whom it counts: the places of those on whose behalf it is given, or where it is given on nobody's, of those
    /// who give it. Of an answer that two sides give, one may have answered anew since.
    pub speakers: Vec<usize>,
}

/// Who stands together: all that belongs to one top organisation or state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Side {
    /// A top organisation or state.
    Of(EntityIx),
    /// A speaker of whom nobody knows whose he is: the place of his answer, and his among those who give it. Two of
    /// them are never the same.
    Nobody(usize, usize),
}

impl Status {
    /// All of them, in the order of the ledger.
    pub const ALL: [Self; 7] = [
        Self::Differ,
        Self::Denied,
        Self::Disputed,
        Self::Affirmed,
        Self::NoComment,
        Self::None,
        Self::Withdrawn,
    ];

    /// Its word in addresses, data and the keys of a theme's words.
    pub fn word(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::NoComment => "no-comment",
            Self::Denied => "denied",
            Self::Disputed => "disputed",
            Self::Affirmed => "affirmed",
            Self::Differ => "differ",
            Self::Withdrawn => "withdrawn",
        }
    }
}

impl Facts {
    /// What the record says of `claim`; nothing where its class has no truth value.
    pub fn standing(&self, claim: &Claim) -> Option<Standing> {
        if !claim.class.has_truth_value() {
            return None;
        }
        let own = self.sides_of_claim(claim);
        let mut withdrawn = Answers::default();
        let mut others: BTreeMap<Side, Answers> = BTreeMap::new();
        for (place, response) in claim.responses.iter().enumerate() {
            let day = end(response.date);
            let answering = speakers(&response.by, &response.on_behalf_of);
            for (speaker, side) in self.sides(answering, response.date, place).enumerate() {
                let answer = Answer { place, speaker, stance: response.stance };
                match response.stance {
                    Stance::Withdraws if own.contains(&side) => withdrawn.add(answer, day),
                    Stance::Restates | Stance::Withdraws => {}
                    _ if own.contains(&side) => {}
                    _ => others.entry(side).or_default().add(answer, day),
                }
            }
        }
        let withdrawals: Vec<Answer> = withdrawn.counted().collect();
        if !withdrawals.is_empty() {
            return Some(Standing { status: Status::Withdrawn, counted: together(withdrawals) });
        }
        let counted: Vec<Answer> = others.into_values().flat_map(Answers::counted).collect();
        let stances: Vec<Stance> = counted.iter().map(|answer| answer.stance).collect();
        Some(Standing { status: of_stances(&stances), counted: together(counted) })
    }

    /// The sides that give an answer, which stands at `place` among the claim's.
    pub(super) fn sides_of(&self, response: &Response, place: usize) -> BTreeSet<Side> {
        self.sides(speakers(&response.by, &response.on_behalf_of), response.date, place).collect()
    }

    /// The sides that make a claim.
    pub(super) fn sides_of_claim(&self, claim: &Claim) -> BTreeSet<Side> {
        self.sides(speakers(&claim.by, &claim.on_behalf_of), claim.date, usize::MAX).collect()
    }

    /// The side of each of those who speak, in their order.
    fn sides<'a>(
        &'a self,
        speakers: &'a [Party],
        date: When,
        place: usize,
    ) -> impl Iterator<Item = Side> + 'a {
        speakers.iter().enumerate().map(move |(number, party)| match party.actor() {
            Some(actor) => Side::Of(self.top_of(actor, date)),
            None => Side::Nobody(place, number),
        })
    }

    /// The top of what an actor speaks for at `date`, else of what it belongs to.
    pub fn top_of(&self, actor: EntityIx, date: When) -> EntityIx {
        let mut seen = vec![actor];
        let mut top = actor;
        loop {
            let entity = &self[top];
            let spoken_for = entity.relations.iter().find(|relation| {
                relation.key == "speaks_for"
                    && !relation.of_other
                    && holds_between(relation.from, relation.until, date)
            });
            // What leads back to where it began has no top; where it was first met again stands for it.
            match spoken_for.map(|relation| relation.to).or(entity.parent) {
                Some(above) if !seen.contains(&above) => {
                    seen.push(above);
                    top = above;
                }
                Some(above) => {
                    return seen.into_iter().skip_while(|met| *met != above).min().unwrap_or(top);
                }
                None => return top,
            }
        }
    }
}

/// Those whose sides count: those on whose behalf somebody speaks, where that is known.
fn speakers<'a>(by: &'a [Party], on_behalf_of: &'a [Party]) -> &'a [Party] {
    if on_behalf_of.is_empty() { by } else { on_behalf_of }
}

/// The last day that an answer can be of; what is open to the future has not ended.
fn end(date: When) -> Day {
    date.latest().unwrap_or(Day::MAX)
}

/// An answer, on account of one of those who give it.
#[derive(Clone, Copy)]
struct Answer {
    place: usize,
    speaker: usize,
    stance: Stance,
}

/// One side's answers that count: those with the latest possible end of date, all of them where several tie.
#[derive(Default)]
struct Answers {
    /// Answers proper. Any of them beats silence.
    said: Option<(Day, Vec<Answer>)>,
    /// That it declined or did not reply.
    silent: Option<(Day, Vec<Answer>)>,
}

impl Answers {
    fn add(&mut self, answer: Answer, day: Day) {
        let silent = matches!(answer.stance, Stance::Declines | Stance::NoReply);
        let held = if silent { &mut self.silent } else { &mut self.said };
        match held {
            Some((latest, _)) if *latest > day => {}
            Some((latest, answers)) if *latest == day => answers.push(answer),
            _ => *held = Some((day, vec![answer])),
        }
    }

    fn counted(self) -> impl Iterator<Item = Answer> {
        self.said.or(self.silent).into_iter().flat_map(|(_, answers)| answers)
    }
}

/// Brings together the speakers of one answer.
fn together(answers: Vec<Answer>) -> Vec<Counted> {
    let mut counted: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    for answer in answers {
        counted.entry(answer.place).or_default().insert(answer.speaker);
    }
    let one = |(response, speakers): (usize, BTreeSet<usize>)| Counted {
        response,
        speakers: speakers.into_iter().collect(),
    };
    counted.into_iter().map(one).collect()
}

fn of_stances(stances: &[Stance]) -> Status {
    let any = |stance| stances.contains(&stance);
    let against = any(Stance::Denies) || any(Stance::Disputes);
    match (any(Stance::Confirms), against) {
        (true, true) => Status::Differ,
        (true, false) => Status::Affirmed,
        (false, true) if any(Stance::Denies) => Status::Denied,
        (false, true) => Status::Disputed,
        (false, false) if stances.is_empty() => Status::None,
        (false, false) => Status::NoComment,
    }
}

#[cfg(test)]
#[path = "status_tests.rs"]
mod tests;
