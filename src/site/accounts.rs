use rustc_hash::FxHashSet;

use super::{
    context::{ClaimRef, ClaimView, EventView, FindingView, PageRef, ResponseView},
    views::{MOST_SHOWN, Shown, Views},
};
use crate::archive::{BriefingIx, Claim, ClaimIx, Event, EventIx, Finding, Response, Standing};

impl<'a> Views<'a> {
    pub(super) fn event(&self, place: EventIx, shown: Shown) -> EventView<'a> {
        let event: &'a Event = &self.archive[place];
        let (others, more) = self.tellings(place, shown);
        EventView {
            card: "event",
            anchor: &event.anchor,
            url: self.part_url(event.briefing, &event.anchor),
            briefing: self.page_ref(event.briefing),
            text: &event.text,
            date: self.date(event.date),
            status: event.status.word(),
            per: self.parties(&event.per),
            actors: event.actors.iter().map(|(party, role)| self.party(party, *role)).collect(),
            locations: event.locations.iter().map(|place| self.entity(*place)).collect(),
            figures: self.figures(event, shown),
            totals: if event.head == place { self.totals(place) } else { Vec::new() },
            sources: self.citations(event.briefing, &event.sources, shown),
            tells: event.tells.map(|told| {
                let told = &self.archive[told];
                PageRef { title: told.text.clone(), url: self.part_url(told.briefing, &told.anchor) }
            }),
            others,
            more,
            head: {
                let head = &self.archive[event.head];
                self.part_url(head.briefing, &head.anchor)
            },
            corrections: self.notes(&event.notes),
            in_text: false,
            label: self.part_label(event.label, event.briefing, shown),
        }
    }

    pub(super) fn claim(&self, place: ClaimIx, shown: Shown) -> ClaimView<'a> {
        let claim: &'a Claim = &self.archive[place];
        let (standing, status_text) = self.standing(place);
        let answers = shown_answers(claim, standing, shown);
        let findings = if shown == Shown::Listed { MOST_SHOWN } else { usize::MAX };
        let findings = claim.findings.iter().rev().take(findings).enumerate();
        ClaimView {
            card: "claim",
            anchor: &claim.anchor,
            url: self.claim_url(place),
            briefing: self.place_ref(claim.briefing, &claim.anchor),
            by: self.parties(&claim.by),
            on_behalf_of: self.parties(&claim.on_behalf_of),
            about: self.parties(&claim.about),
            date: self.date(claim.date),
            class: claim.class.word(),
            has_truth_value: claim.class.has_truth_value(),
            status: standing.map(|standing| standing.status.word()),
            status_text: status_text.to_owned(),
            text: &claim.text,
            locations: claim.locations.iter().map(|place| self.entity(*place)).collect(),
            told: claim.told.iter().map(|words| self.words_of(words)).collect(),
            via: claim.via.iter().map(|words| self.words_of(words)).collect(),
            sources: self.citations(claim.briefing, &claim.sources, shown),
            more: claim.responses.len() - answers.len(),
            responses: answers
                .into_iter()
                .map(|place| self.response(&claim.responses[place], None, shown))
                .collect(),
            findings: findings
                .map(|(number, finding)| FindingView {
                    earlier: number > 0,
                    ..self.finding(finding, None, shown)
                })
                .collect(),
            corrections: self.notes(&claim.notes),
            in_text: false,
            label: self.part_label(claim.label, claim.briefing, shown),
        }
    }

    /// The address of a claim after the root: its own page, or its place in its briefing.
    pub(super) fn claim_url(&self, place: ClaimIx) -> String {
        let claim = &self.archive[place];
        match claim.address(self.archive) {
            Some(address) => self.addresses.rest(&address),
            None => self.part_url(claim.briefing, &claim.anchor),
        }
    }

    /// Whether what answers or judges `claim` stands apart from it on the page of a briefing: of a claim of the same
    /// briefing it stands with the claim.
    pub(super) fn is_apart(&self, claim: Option<ClaimIx>, on: BriefingIx) -> bool {
        claim.is_none_or(|claim| self.archive[claim].briefing != on)
    }

    /// A claim in words that are read alone, in lists of search engines or as a link in prose; so they say who makes
    /// it and how it was answered. `text` is as much of its own words as there is room for.
    pub(super) fn claim_words(&self, place: ClaimIx, text: &str) -> String {
        let claim = &self.archive[place];
        let sentences = self.sentences();
        let answered = match self.standing(place).0 {
            Some(standing) => self.words.get(&format!("status_{}", standing.status.word())),
            None => self.words.get(&format!("class_{}", claim.class.word())),
        };
        let (whom, date) = (sentences.claimants(claim), self.words.when(claim.date));
        let values = [("whom", &*whom), ("date", &*date), ("text", text), ("status", answered)];
        sentences.titled(claim, "claim_title", &values)
    }

    fn claim_ref(&self, place: ClaimIx, shown: Shown) -> ClaimRef<'a> {
        let claim: &'a Claim = &self.archive[place];
        ClaimRef {
            text: &claim.text,
            url: self.claim_url(place),
            by: self.parties(&claim.by),
            on_behalf_of: self.parties(&claim.on_behalf_of),
            status_text: self.standing(place).1.to_owned(),
            label: self.part_label(claim.label, claim.briefing, shown),
        }
    }

    pub(super) fn response(
        &self,
        response: &'a Response,
        claim: Option<ClaimIx>,
        shown: Shown,
    ) -> ResponseView<'a> {
        ResponseView {
            by: self.parties(&response.by),
            on_behalf_of: self.parties(&response.on_behalf_of),
            stance: response.stance.word(),
            date: self.date(response.date),
            text: response.text.as_deref(),
            sources: self.citations(response.briefing, &response.sources, shown),
            briefing: self.page_ref(response.briefing),
            claim: claim.map(|claim| self.claim_ref(claim, shown)),
            label: self.part_label(response.label, response.briefing, shown),
            retracted: response.to_retracted.as_deref().map(|address| self.addresses.rest(address)),
        }
    }

    pub(super) fn finding(
        &self,
        finding: &'a Finding,
        claim: Option<ClaimIx>,
        shown: Shown,
    ) -> FindingView<'a> {
        FindingView {
            status: finding.status.word(),
            confidence: finding.confidence.map(crate::model::Confidence::word),
            date: self.date(finding.date),
            note: &finding.note,
            sources: self.citations(finding.briefing, &finding.sources, shown),
            briefing: self.page_ref(finding.briefing),
            earlier: false,
            claim: claim.map(|claim| self.claim_ref(claim, shown)),
            label: self.part_label(finding.label, finding.briefing, shown),
            retracted: finding.on_retracted.as_deref().map(|address| self.addresses.rest(address)),
        }
    }
}

/// The places of the answers that are shown, in their order: in a list the latest, those first that count.
fn shown_answers(claim: &Claim, standing: Option<&Standing>, shown: Shown) -> Vec<usize> {
    let all = 0..claim.responses.len();
    if shown != Shown::Listed || all.len() <= MOST_SHOWN {
        return all.collect();
    }
    let counts: FxHashSet<usize> =
        standing.iter().flat_map(|standing| &standing.counted).map(|counted| counted.response).collect();
    let (counted, others): (Vec<usize>, Vec<usize>) = all.rev().partition(|place| counts.contains(place));
    let mut places: Vec<usize> = counted.into_iter().chain(others).take(MOST_SHOWN).collect();
    places.sort_unstable();
    places
}
