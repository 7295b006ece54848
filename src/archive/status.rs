use std::collections::BTreeMap;

use super::{Archive, Claim, EntityIx, Party, Response, accounts::holds_between, timeline::order};
use crate::model::{ClaimClass, Day, Stance, When};

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
    /// The claimant's own side withdrew it. This stands over all others.
    Withdrawn,
}

/// A status with the answers that make it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The status.
    pub status: Status,
    /// The answers that count, by their places among the claim's.
    pub counted: Vec<usize>,
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

impl Archive {
    /// What the record says of `claim`; nothing where its class has no truth value.
    pub fn standing(&self, claim: &Claim) -> Option<Standing> {
        if !matches!(claim.class, ClaimClass::Fact | ClaimClass::Forecast) {
            return None;
        }
        let own = self.sides_of_claim(claim);
        let mut withdrawn: Option<(Day, Vec<usize>)> = None;
        let mut latest: BTreeMap<Side, Answers> = BTreeMap::new();
        for (place, response) in claim.responses.iter().enumerate() {
            let day = order(&response.date);
            for side in self.sides_of(response, place) {
                if own.contains(&side) {
                    if response.stance == Stance::Withdraws {
                        keep_latest(&mut withdrawn, day, place);
                    }
                } else if !matches!(response.stance, Stance::Restates | Stance::Withdraws) {
                    latest.entry(side).or_default().add(response.stance, day, place);
                }
            }
        }
        if let Some((_, counted)) = withdrawn {
            return Some(Standing { status: Status::Withdrawn, counted });
        }
        let mut counted: Vec<usize> = latest.into_values().flat_map(Answers::counted).collect();
        counted.sort_unstable();
        counted.dedup();
        let stances: Vec<Stance> = counted.iter().map(|place| claim.responses[*place].stance).collect();
        Some(Standing { status: of_stances(&stances), counted })
    }

    /// The sides that give an answer, which stands at `place` among the claim's.
    pub(super) fn sides_of(&self, response: &Response, place: usize) -> Vec<Side> {
        self.sides(&response.by, &response.on_behalf_of, response.date, place)
    }

    /// The sides that make a claim.
    pub(super) fn sides_of_claim(&self, claim: &Claim) -> Vec<Side> {
        self.sides(&claim.by, &claim.on_behalf_of, claim.date, usize::MAX)
    }

    /// The sides of those who speak: of those for whom they speak, where that is known.
    fn sides(&self, by: &[Party], on_behalf_of: &[Party], date: When, place: usize) -> Vec<Side> {
        let speakers = if on_behalf_of.is_empty() { by } else { on_behalf_of };
        let side = |(number, party): (usize, &Party)| match party.actor() {
            Some(actor) => Side::Of(self.top_of(actor, date)),
            None => Side::Nobody(place, number),
        };
        let mut sides: Vec<Side> = speakers.iter().enumerate().map(side).collect();
        sides.sort_unstable();
        sides.dedup();
        sides
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

fn keep_latest(held: &mut Option<(Day, Vec<usize>)>, day: Day, place: usize) {
    match held {
        Some((latest, _)) if *latest > day => {}
        Some((latest, places)) if *latest == day => places.push(place),
        _ => *held = Some((day, vec![place])),
    }
}

/// One side's answers that count: those with the latest possible end of date, all of them where several tie.
#[derive(Default)]
struct Answers {
    /// Answers proper. Any of them beats silence.
    said: Option<(Day, Vec<usize>)>,
    /// That it declined or did not reply.
    silent: Option<(Day, Vec<usize>)>,
}

impl Answers {
    fn add(&mut self, stance: Stance, day: Day, place: usize) {
        let silent = matches!(stance, Stance::Declines | Stance::NoReply);
        keep_latest(if silent { &mut self.silent } else { &mut self.said }, day, place);
    }

    fn counted(self) -> Vec<usize> {
        self.said.or(self.silent).map(|(_, places)| places).unwrap_or_default()
    }
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
