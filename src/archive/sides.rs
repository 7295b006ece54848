use super::{Claim, EntityIx, Event, EventIx, Facts, Party, status::Side};

/// Whose account something is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Account {
    /// That of a top organisation or state.
    Of(EntityIx),
    /// That of speakers of whom nobody knows whose they are.
    Unknown,
}

impl Facts {
    /// The sides that make a claim, each once.
    pub fn claimants(&self, claim: &Claim) -> Vec<Account> {
        accounts(self.sides_of_claim(claim).into_iter())
    }

    /// Whether a side other than the claimant's answers it: declining and not replying are answers too.
    pub fn is_answered(&self, claim: &Claim) -> bool {
        let own = self.sides_of_claim(claim);
        let mut responses = claim.responses.iter().enumerate();
        responses
            .any(|(place, response)| self.sides_of(response, place).iter().any(|side| !own.contains(side)))
    }

    /// The sides by whose account the newest telling of an event is told, each once; none where the desk tells it in
    /// its own words.
    pub fn told_by(&self, event: &Event) -> Vec<Account> {
        let side = |party: &Party| match party.actor() {
            Some(actor) => Side::Of(self.top_of(actor, event.date)),
            None => Side::Nobody(0, 0),
        };
        accounts(event.per.iter().map(side))
    }

    /// The events, each once, by its newest telling.
    pub fn heads(&self) -> impl Iterator<Item = EventIx> + '_ {
        let heads = self.events.iter().enumerate().map(|(place, event)| (EventIx::new(place), event.head));
        heads.filter(|(place, head)| place == head).map(|(place, _)| place)
    }
}

fn accounts(sides: impl Iterator<Item = Side>) -> Vec<Account> {
    let mut accounts: Vec<Account> = sides
        .map(|side| match side {
            Side::Of(top) => Account::Of(top),
            Side::Nobody(..) => Account::Unknown,
        })
        .collect();
    accounts.sort_unstable();
    accounts.dedup();
    accounts
}
