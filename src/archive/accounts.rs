use std::{mem::take, sync::Arc};

use rustc_hash::FxHashMap;

use super::{
    BriefingIx, Claim, ClaimIx, Event, EventIx, Facts, Finding, Party, Response, Rests, Words,
    registry::Registry, retracted::Retracted, tellings, timeline,
};
use crate::{
    diagnostics::{Diagnostic, Diagnostics, Span},
    documents::{self, At, Citation, Head, Name, Reference, Source},
    model::{BriefingId, LocalId, SourcePath, When},
};

/// What a briefing says of claims of other briefings, kept until all claims are known.
#[derive(Default)]
pub(super) struct Later {
    responses: Vec<(BriefingIx, Reference, Response)>,
    findings: Vec<(BriefingIx, Reference, Finding)>,
    /// The event, what it tells again, and whether it gives a date of its own.
    tellings: Vec<(EventIx, Reference, bool)>,
}

/// The claims and events of one briefing, with their names resolved.
pub(super) struct Accounts<'a> {
    pub(super) registry: &'a mut Registry,
    pub(super) diagnostics: &'a mut Diagnostics,
    pub(super) later: &'a mut Later,
}

impl Accounts<'_> {
    /// Adds the claims and events of the briefing at `place` to the archive.
    pub(super) fn add(&mut self, archive: &mut Facts, place: BriefingIx) {
        let document = Arc::make_mut(&mut archive.briefings[place.get()].released.document);
        let written = (take(&mut document.claims), take(&mut document.events));
        let apart = (take(&mut document.responses), take(&mut document.findings));
        let briefing = &archive.briefings[place.get()];
        let here = Here {
            place,
            document: &briefing.released.document,
            sources: &briefing.sources,
            cites_one: briefing.own_sources == 1 && briefing.sources.len() == 1,
        };
        let mut claims = Vec::new();
        for claim in written.0 {
            claims.push(self.claim(claim, &here));
        }
        let mut told = Vec::new();
        let first = archive.events.len();
        for (number, event) in written.1.into_iter().enumerate() {
            if let Some(reference) = event.tells.clone() {
                self.later.tellings.push((EventIx::new(first + number), reference, event.date.is_some()));
            }
            told.push(self.event(event, &here));
        }
        for response in apart.0 {
            if let Some(reference) = response.claim.clone() {
                let response = self.response(response, &here);
                self.later.responses.push((place, reference, response));
            }
        }
        for finding in apart.1 {
            if let Some(reference) = finding.claim.clone() {
                let finding = finding_of(finding, &here);
                self.later.findings.push((place, reference, finding));
            }
        }
        let mut met = FxHashMap::default();
        let anchors = claims.iter_mut().map(|claim| &mut claim.anchor);
        for anchor in anchors.chain(told.iter_mut().map(|event| &mut event.anchor)) {
            tell_apart(anchor, &mut met);
        }
        let briefing = &mut archive.briefings[place.get()];
        briefing.claims =
            (archive.claims.len()..archive.claims.len() + claims.len()).map(ClaimIx::new).collect();
        briefing.events = (first..first + told.len()).map(EventIx::new).collect();
        archive.claims.extend(claims);
        archive.events.extend(told);
    }

    fn claim(&mut self, claim: documents::Claim, here: &Here<'_>) -> Claim {
        let date = claim.date.unwrap_or_else(|| here.by_its_day());
        let by = self.parties(&claim.by, here);
        let on_behalf_of = if claim.on_behalf_of.is_empty() {
            self.speaks_for(&by, date)
        } else {
            self.parties(&claim.on_behalf_of, here)
        };
        let responses = claim.responses.into_iter().map(|response| self.response(response, here)).collect();
        Claim {
            briefing: here.place,
            anchor: anchor(claim.id.as_ref(), 'c', &claim.text),
            id: claim.id,
            about: self.parties(&claim.about, here),
            locations: self.locations(&claim.locations, here),
            by,
            on_behalf_of,
            date,
            class: claim.class,
            text: claim.text,
            told: claim.told.into_iter().map(words).collect(),
            via: claim.via.into_iter().map(words).collect(),
            sources: here.rests(&claim.sources),
            responses,
            findings: claim.findings.into_iter().map(|finding| finding_of(finding, here)).collect(),
            notes: Vec::new(),
            label: claim.marking.label(),
            at: claim.at,
            in_prose: claim.in_prose,
        }
    }

    fn event(&mut self, event: documents::Event, here: &Here<'_>) -> Event {
        let actors = event.actors.iter().map(|(party, role)| (self.party(party, here), *role)).collect();
        let figures = event
            .figures
            .into_iter()
            .map(|figure| {
                let per = self.parties(&figure.per, here);
                let rests = here.rests(&figure.sources);
                (figure, per, rests)
            })
            .collect();
        Event {
            briefing: here.place,
            anchor: anchor(event.id.as_ref(), 'e', &event.text),
            id: event.id,
            tells: None,
            // Which telling heads is known when all are.
            head: EventIx::new(0),
            others: Vec::new(),
            date: event.date.unwrap_or_else(|| here.by_its_day()),
            per: self.parties(&event.per, here),
            actors,
            locations: self.locations(&event.locations, here),
            text: event.text,
            figures,
            status: event.status,
            sources: here.rests(&event.sources),
            notes: Vec::new(),
            label: event.marking.label(),
            at: event.at,
            in_prose: event.in_prose,
        }
    }

    fn response(&mut self, response: documents::Response, here: &Here<'_>) -> Response {
        let date = response.date.unwrap_or_else(|| here.by_its_day());
        let by = self.parties(&response.by, here);
        let on_behalf_of = if response.on_behalf_of.is_empty() {
            self.speaks_for(&by, date)
        } else {
            self.parties(&response.on_behalf_of, here)
        };
        Response {
            briefing: here.place,
            by,
            on_behalf_of,
            stance: response.stance,
            date,
            text: response.text,
            sources: here.rests(&response.sources),
            to_retracted: None,
            label: response.marking.label(),
            at: response.at,
        }
    }

    fn party(&mut self, party: &documents::Party, here: &Here<'_>) -> Party {
        self.registry.party(party, here.path(), self.diagnostics)
    }

    fn parties(&mut self, parties: &[documents::Party], here: &Here<'_>) -> Vec<Party> {
        parties.iter().map(|party| self.party(party, here)).collect()
    }

    fn locations(&mut self, names: &[Name], here: &Here<'_>) -> Vec<super::EntityIx> {
        names
            .iter()
            .filter_map(|name| {
                self.registry.resolve(crate::settings::LOCATION, name, here.path(), self.diagnostics)
            })
            .collect()
    }

    /// For whom the speakers speak at that date, by their profiles.
    fn speaks_for(&mut self, by: &[Party], date: When) -> Vec<Party> {
        let mut names: Vec<(Name, SourcePath)> = Vec::new();
        for party in by {
            let Party::Actor(actor) = party else { continue };
            let Some(profile) = &self.registry.entities[actor.get()].profile else { continue };
            let relations = profile.document.relations.get("speaks_for").into_iter().flatten();
            let held = relations.filter(|relation| holds(relation, date));
            names.extend(held.map(|relation| (relation.name.clone(), profile.document.path.clone())));
        }
        let mut parties: Vec<Party> = Vec::new();
        for (name, path) in names {
            if let Some(actor) = self.registry.resolve(crate::settings::ACTOR, &name, &path, self.diagnostics)
            {
                let party = Party::Actor(actor);
                if !parties.contains(&party) && !by.contains(&party) {
                    parties.push(party);
                }
            }
        }
        parties
    }
}

/// Whether a relation held on the last day that `date` can mean.
pub(super) fn holds(relation: &documents::Relation, date: When) -> bool {
    holds_between(relation.from, relation.to, date)
}

/// Whether the last day that `date` can mean lies between `from` and `until`.
pub(super) fn holds_between(from: Option<When>, until: Option<When>, date: When) -> bool {
    let day = timeline::order(&date);
    let begun = from.and_then(When::earliest).is_none_or(|from| from <= day);
    let ended = until.and_then(When::latest).is_some_and(|until| until < day);
    begun && !ended
}

/// The briefing whose parts are read.
struct Here<'a> {
    place: BriefingIx,
    document: &'a Head,
    sources: &'a [(LocalId, Source)],
    /// Whether it has one source, which all of it rests on.
    cites_one: bool,
}

impl Here<'_> {
    fn path(&self) -> &SourcePath {
        &self.document.path
    }

    /// What is not dated was said or done by the day of its briefing.
    fn by_its_day(&self) -> When {
        When::by(self.document.date.day())
    }

    /// The numbers of the sources cited. A file with one source cites it everywhere.
    fn rests(&self, citations: &[Citation]) -> Vec<Rests> {
        if citations.is_empty() && self.cites_one {
            return vec![Rests { number: 1, item: None }];
        }
        let rests = |citation: &Citation| {
            let place = self.sources.iter().position(|(id, _)| id.as_str() == &*citation.id.text)?;
            Some(Rests { number: place + 1, item: citation.item })
        };
        citations.iter().filter_map(rests).collect()
    }
}

fn finding_of(finding: documents::Finding, here: &Here<'_>) -> Finding {
    Finding {
        briefing: here.place,
        status: finding.status,
        confidence: finding.confidence,
        date: finding.date.unwrap_or_else(|| here.by_its_day()),
        sources: here.rests(&finding.sources),
        note: finding.note,
        on_retracted: None,
        label: finding.marking.label(),
        at: finding.at,
    }
}

/// The id as an anchor, else a letter and a hash of the text.
fn anchor(id: Option<&LocalId>, letter: char, text: &str) -> String {
    match id {
        Some(id) => id.as_str().to_owned(),
        None => format!("{letter}-{}", &blake3::hash(text.as_bytes()).to_hex()[..10]),
    }
}

/// Words that name nobody yet.
fn words(written: String) -> Words {
    vec![(written.into(), None)]
}

/// Numbers an anchor that another part of the briefing has already: two speakers may say the same words.
fn tell_apart(anchor: &mut String, met: &mut FxHashMap<String, usize>) {
    let times = met.entry(anchor.clone()).or_default();
    *times += 1;
    if *times > 1 {
        *anchor = format!("{anchor}-{times}");
    }
}

/// Brings responses, findings and tellings to the claims and events that they name. Returns the tellings, and where each
/// says what it tells.
pub(super) fn join(
    archive: &mut Facts,
    later: Later,
    claims: &FxHashMap<(BriefingId, LocalId), ClaimIx>,
    events: &FxHashMap<(BriefingId, LocalId), EventIx>,
    retracted: &Retracted,
    diagnostics: &mut Diagnostics,
) -> Vec<(EventIx, At)> {
    let key = |archive: &Facts, own: BriefingIx, reference: &Reference| {
        let own = archive.briefings[own.get()].id().clone();
        Some((reference.part.briefing.clone().unwrap_or(own), reference.part.local.clone()?))
    };
    for (place, reference, mut response) in later.responses {
        let key = key(archive, place, &reference);
        let claim = key.as_ref().and_then(|key| claims.get(key).copied());
        response.to_retracted = key.as_ref().and_then(|key| retracted.claim(key));
        match claim {
            Some(claim) => archive.claims[claim.get()].responses.push(response.clone()),
            None if response.to_retracted.is_some() => {}
            None => withheld(archive, place, reference.at, diagnostics),
        }
        archive.briefings[place.get()].responses.push((claim, response));
    }
    for (place, reference, mut finding) in later.findings {
        let key = key(archive, place, &reference);
        let claim = key.as_ref().and_then(|key| claims.get(key).copied());
        finding.on_retracted = key.as_ref().and_then(|key| retracted.claim(key));
        match claim {
            Some(claim) => archive.claims[claim.get()].findings.push(finding.clone()),
            None if finding.on_retracted.is_some() => {}
            None => withheld(archive, place, reference.at, diagnostics),
        }
        archive.briefings[place.get()].findings.push((claim, finding));
    }
    let mut undated = Vec::new();
    let mut again = Vec::new();
    // Tellings of what is not there are of one event all the same, if they name one.
    let mut missing: FxHashMap<(BriefingId, LocalId), EventIx> = FxHashMap::default();
    let mut same = Vec::new();
    for (event, reference, dated) in later.tellings {
        let place = archive.events[event.get()].briefing;
        let key = key(archive, place, &reference);
        let told = key.as_ref().and_then(|key| events.get(key).copied());
        let is_gone =
            key.as_ref().is_some_and(|(briefing, id)| retracted.part(briefing, id.as_str()).is_some());
        if let Some(key) = key.filter(|_| told.is_none()) {
            same.push((event, *missing.entry(key).or_insert(event)));
        }
        match told {
            Some(told) if told != event => {
                archive.events[event.get()].tells = Some(told);
                again.push((event, reference.at));
                if !dated {
                    undated.push(event);
                }
            }
            Some(_) => {}
            None if is_gone => {}
            None => withheld(archive, place, reference.at, diagnostics),
        }
    }
    tellings::date(archive, &undated);
    tellings::gather(archive, &same);
    for claim in &mut archive.claims {
        claim.responses.sort_by_key(|response| timeline::order(&response.date));
        claim.findings.sort_by_key(|finding| timeline::order(&finding.date));
    }
    again
}

fn withheld(archive: &Facts, place: BriefingIx, at: At, diagnostics: &mut Diagnostics) {
    let span: Span = at.span(archive.briefings[place.get()].path());
    diagnostics.push(
        Diagnostic::warning("withheld-target", "this is about something that this edition does not show")
            .at(span)
            .help("readers see it without a link; mark it too, if it tells too much"),
    );
}
