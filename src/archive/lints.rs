//! What an editor should look at once more, where only the whole archive shows it.

use std::{cell::RefCell, collections::BTreeSet};

use rustc_hash::FxHashMap;

use super::{
    BriefingIx, Claim, EntityIx, Event, Facts, Finding, Party, Response, Rests, publishers,
    registry::Registry,
    status::{Side, Status},
};
use crate::{
    diagnostics::{Diagnostic, Diagnostics, Tally},
    documents::{At, Source},
    model::{ClaimClass, EntityType, FindingStatus, Stance, When, fold_name},
};

/// Warns of findings, claims, answers and events whose record is thin. Nothing here is a mistake of form.
pub(super) fn check(archive: &Facts, registry: &Registry, diagnostics: &mut Diagnostics) {
    let mut lints = Lints {
        archive,
        registry,
        actors: RefCell::default(),
        own_answers: Tally::new("answers-itself", "answers of the claimant's own side that do not count"),
        one_origin: Tally::new(
            "one-origin",
            "findings that are `established` and rest on one origin or none",
        ),
        own_side: Tally::new("own-side", "findings that rest on sources of the claimant's own side alone"),
        unanswered: Tally::new("no-answer", "claims about a person that no other side answers"),
        one_side: Tally::new("one-side", "events that rest on what one side publishes"),
        diagnostics,
    };
    for claim in &archive.claims {
        lints.claim(claim);
    }
    for place in archive.heads() {
        lints.event(&archive[place]);
    }
    let Lints { own_answers, one_origin, own_side, unanswered, one_side, diagnostics, .. } = lints;
    for tally in [own_answers, one_origin, own_side, unanswered, one_side] {
        tally.finish(diagnostics);
    }
}

struct Lints<'a> {
    archive: &'a Facts,
    registry: &'a Registry,
    /// Which actors the names of publishers mean, by the names.
    actors: RefCell<FxHashMap<Box<str>, Option<EntityIx>>>,
    own_answers: Tally,
    one_origin: Tally,
    own_side: Tally,
    unanswered: Tally,
    one_side: Tally,
    diagnostics: &'a mut Diagnostics,
}

impl Lints<'_> {
    fn claim(&mut self, claim: &Claim) {
        for (place, response) in claim.responses.iter().enumerate() {
            self.response(claim, response, place);
        }
        for finding in &claim.findings {
            self.finding(claim, finding);
        }
        self.allegation(claim);
    }

    /// The claimant's own side restates or withdraws: its `confirms` and its `denies` count for nothing.
    fn response(&mut self, claim: &Claim, response: &Response, place: usize) {
        if !matches!(response.stance, Stance::Confirms | Stance::Denies) {
            return;
        }
        let own = self.archive.sides_of_claim(claim);
        let is_own = |side: &Side| own.contains(side);
        // Somebody may deny what his own side says; the claimant himself withdraws it.
        let answers_itself = match response.stance {
            Stance::Confirms => self.archive.sides_of(response, place).iter().all(is_own),
            Stance::Denies => {
                let claimants = speakers(&claim.by, &claim.on_behalf_of);
                speakers(&response.by, &response.on_behalf_of).iter().any(|who| claimants.contains(who))
            }
            _ => false,
        };
        if answers_itself {
            let stance = response.stance.word();
            let instead = if response.stance == Stance::Confirms { "restates" } else { "withdraws" };
            let diagnostic = Diagnostic::warning(
                "answers-itself",
                format!("the claimant's own side answers here, so its `{stance}` does not count"),
            );
            let diagnostic = diagnostic.help(format!("write `stance: {instead}`"));
            let at = self.at(response.briefing, response.at, diagnostic);
            self.own_answers.push(at, self.diagnostics);
        }
    }

    fn finding(&mut self, claim: &Claim, finding: &Finding) {
        if finding.status != FindingStatus::Established {
            return;
        }
        let origins = self.origins(finding.briefing, &finding.sources);
        let own = self.archive.sides_of_claim(claim);
        let is_own = |origin: &Origin| {
            let top = origin.actor.map(|actor| Side::Of(self.archive.top_of(actor, claim.date)));
            top.is_some_and(|side| own.contains(&side))
        };
        if !origins.is_empty() && origins.iter().all(is_own) {
            let diagnostic = Diagnostic::warning(
                "own-side",
                "this finding is `established` and rests on sources of the claimant's own side alone",
            )
            .help("cite a source of another side or of none, or write `status: unproven`");
            let diagnostic = self.at(finding.briefing, finding.at, diagnostic);
            return self.own_side.push(diagnostic, self.diagnostics);
        }
        let rests = match &origins[..] {
            [] => "on no source".to_owned(),
            [origin] if finding.sources.len() > 1 => {
                format!("on one origin, `{}`, by {} sources", origin.name, finding.sources.len())
            }
            [origin] => format!("on one origin, `{}`", origin.name),
            _ => return,
        };
        let message = format!("this finding is `established` and rests {rests}");
        let diagnostic = Diagnostic::warning("one-origin", message)
            .help("cite a source of another origin, or write `status: partly` or `unproven`");
        let diagnostic = self.at(finding.briefing, finding.at, diagnostic);
        self.one_origin.push(diagnostic, self.diagnostics);
    }

    /// A person of whom others say something is heard, or asked.
    fn allegation(&mut self, claim: &Claim) {
        let archive = self.archive;
        let is_open = || archive.standing(claim).is_some_and(|standing| standing.status == Status::None);
        if claim.class != ClaimClass::Fact || claim.about.is_empty() || !is_open() {
            return;
        }
        let own = archive.sides_of_claim(claim);
        let accused = claim.about.iter().find_map(|party| match party {
            Party::Actor(actor) => {
                let is_person = entity_type(archive, *actor) == Some(EntityType::Person);
                let is_own = own.contains(&Side::Of(archive.top_of(*actor, claim.date)));
                (is_person && !is_own).then_some(*actor)
            }
            Party::Unnamed { .. } => None,
        });
        let Some(accused) = accused else { return };
        let name = &archive[accused].name;
        let message = format!("this is said of a person, `{name}`, and no other side answers it");
        let diagnostic = Diagnostic::warning("no-answer", message).help(
            "write the answer under `responses`; who was asked and did not reply has `stance: no-reply`",
        );
        let diagnostic = self.at(claim.briefing, claim.at, diagnostic);
        self.unanswered.push(diagnostic, self.diagnostics);
    }

    /// An event that only one side tells is that side's account.
    fn event(&mut self, event: &Event) {
        let tellings =
            || std::iter::once(event).chain(event.others.iter().map(|other| &self.archive[*other]));
        if tellings().any(|telling| !telling.per.is_empty()) {
            return;
        }
        let mut sides = BTreeSet::new();
        for telling in tellings() {
            for origin in self.origins(telling.briefing, &telling.sources) {
                match origin.actor.and_then(|actor| self.party_to_it(actor, event.date)) {
                    Some(side) => sides.insert(side),
                    None => return,
                };
            }
        }
        let [side] = sides.into_iter().collect::<Vec<_>>()[..] else { return };
        let name = &self.archive[side].name;
        let message = format!("all that this event rests on is published by one side, `{name}`");
        let diagnostic = Diagnostic::warning("one-side", message)
            .help(format!("write `per: {name}`, or cite a source of another side or of none"));
        let diagnostic = self.at(event.briefing, event.at, diagnostic);
        self.one_side.push(diagnostic, self.diagnostics);
    }

    /// The side that an actor belongs to; a newspaper that belongs to nobody is a witness, and no side.
    fn party_to_it(&self, actor: EntityIx, date: When) -> Option<EntityIx> {
        let top = self.archive.top_of(actor, date);
        (entity_type(self.archive, top) != Some(EntityType::Media)).then_some(top)
    }

    /// What the cited sources rest on, each once: what a source says that it rests on, else who published it.
    fn origins(&self, briefing: BriefingIx, rests: &[Rests]) -> Vec<Origin> {
        let mut origins: Vec<Origin> = Vec::new();
        let sources = &self.archive[briefing].sources;
        let mut add = |name: &str| {
            let key = fold_name(name);
            if !origins.iter().any(|origin| origin.key == key) {
                let actor = self.actor(&key);
                origins.push(Origin { name: name.to_owned(), key, actor });
            }
        };
        for (id, source) in rests.iter().filter_map(|rests| sources.get(rests.number - 1)) {
            match origin_of(source) {
                Some(name) => add(&name),
                None if source.via.is_empty() => add(id.as_str()),
                None => source.via.iter().for_each(|via| add(via)),
            }
        }
        origins
    }

    fn actor(&self, key: &str) -> Option<EntityIx> {
        if let Some(known) = self.actors.borrow().get(key) {
            return *known;
        }
        let actor = publishers::actor_called(self.registry, self.archive, key);
        self.actors.borrow_mut().insert(key.into(), actor);
        actor
    }

    fn at(&self, briefing: BriefingIx, at: At, diagnostic: Diagnostic) -> Diagnostic {
        diagnostic.at(at.span(self.archive[briefing].path()))
    }
}

/// What a source rests on in the end, as far as the archive knows.
struct Origin {
    name: String,
    key: String,
    actor: Option<EntityIx>,
}

/// The publisher of a source that names nothing which it rests on.
fn origin_of(source: &Source) -> Option<String> {
    if source.via.is_empty() { publishers::named(source) } else { None }
}

fn entity_type(archive: &Facts, actor: EntityIx) -> Option<EntityType> {
    archive[actor].profile.as_ref()?.document.entity_type
}

/// The actors who speak, and those for whom they do.
fn speakers(by: &[Party], on_behalf_of: &[Party]) -> Vec<EntityIx> {
    let named = |party: &Party| match party {
        Party::Actor(actor) => Some(*actor),
        Party::Unnamed { .. } => None,
    };
    by.iter().chain(on_behalf_of).filter_map(named).collect()
}
