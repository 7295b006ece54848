use serde_json::{Map, Value, json};

use super::{Writer, mark};
use crate::world::{Claim, Correction, Event, Figure, Finding, Mark, Party, Response};

/// One part of a briefing being written.
pub(super) struct Scope<'w> {
    pub(super) writer: &'w Writer<'w>,
    pub(super) number: usize,
    pub(super) label: Option<&'static str>,
    pub(super) is_held: bool,
    pub(super) shows: bool,
    pub(super) key: String,
}

const DATES: [&str; 12] = [
    "2025-05-12",
    "2025-05-13",
    "by 2025-05-14",
    "2025-05",
    "about 2025-04",
    "between 2025-05-01 and 2025-05-20",
    "2024",
    "2025-05-13T14:00",
    "2025-05-11/2025-05-12",
    "2025-05-15",
    "2023-02-01",
    "2025-06-01",
];

impl Scope<'_> {
    fn word(&self, what: &str) -> String {
        self.writer.word(self.is_held, &format!("{}{what}", self.key), self.shows)
    }

    fn inside(&self, what: &str, mark: Mark) -> Self {
        Scope {
            writer: self.writer,
            number: self.number,
            label: self.label,
            is_held: self.is_held || self.writer.is_held(mark, self.label),
            shows: self.shows,
            key: format!("{}{what}", self.key),
        }
    }

    fn skips(&self, mark: Mark) -> bool {
        self.writer.skips(self.writer.is_held(mark, self.label))
    }

    fn party(&self, party: &Party, what: &str) -> Value {
        let alias = self.writer.alias(0, party.actor);
        match party.form {
            0..=2 => alias.into(),
            // Known by a tag alone: a page that only what may be shown can make.
            3 => format!("Only {}", self.word(what)).into(),
            4 => json!({"unnamed": format!("officials {}", self.word(what)), "of": alias}),
            _ => format!("unnamed men {} of {alias}", self.word(what)).into(),
        }
    }

    fn parties(&self, parties: &[Party], what: &str) -> Vec<Value> {
        parties.iter().enumerate().map(|(at, party)| self.party(party, &format!("{what}{at}"))).collect()
    }

    fn sources(&self, sources: &[usize]) -> Vec<Value> {
        let own = self.writer.world.briefings[self.number].sources.len();
        let shared = self.writer.world.shared.len();
        let all = own + shared + 1;
        let id = |place: usize| match place % all {
            place if place < own => self.writer.source_id(self.number, place),
            place => self.writer.shared_id(place - own),
        };
        let cited = |place: &usize| match place % 5 {
            0 => json!({"id": id(*place), "item": 1 + place % 6}),
            _ => id(*place).into(),
        };
        sources.iter().map(cited).collect()
    }

    pub(super) fn event(&self, number: usize, event: &Event) -> Value {
        const STATUS: [&str; 4] = ["happened", "happened", "planned", "cancelled"];
        let mut map = Map::new();
        if event.id {
            map.insert("id".into(), self.writer.event_id(self.number, number).into());
        }
        map.insert("date".into(), DATES[usize::from(event.date)].into());
        map.insert("text".into(), format!("Event {}.", self.word("text")).into());
        let actor = |(at, party): (usize, &Party)| match party.form {
            0 => json!({"id": self.writer.alias(0, party.actor), "role": "target"}),
            _ => self.party(party, &format!("actor{at}")),
        };
        map.insert("actors".into(), event.actors.iter().enumerate().map(actor).collect());
        if let Some(place) = event.place {
            map.insert("locations".into(), json!([self.writer.alias(1, place)]));
        }
        map.insert("status".into(), STATUS[usize::from(event.status)].into());
        if let Some(per) = &event.per {
            map.insert("per".into(), self.party(per, "per"));
        }
        let figures = event.figures.iter().enumerate().filter(|(_, figure)| !self.skips(figure.mark));
        map.insert(
            "figures".into(),
            figures.map(|(at, f)| self.inside(&format!("g{at}"), f.mark).figure(f)).collect(),
        );
        if let Some((briefing, event)) = event.tells {
            let other = self.writer.other(briefing);
            map.insert("event".into(), format!("b{other}#{}", self.writer.event_id(other, event)).into());
        }
        map.insert("sources".into(), self.sources(&event.sources).into());
        mark(event.mark, &mut map);
        map.into()
    }

    fn figure(&self, figure: &Figure) -> Value {
        let mut map = Map::new();
        map.insert("what".into(), format!("killed {}", self.word("what")).into());
        match figure.form {
            0 => drop(map.insert("value".into(), 28.into())),
            1 => map.extend([("min".to_owned(), 3.into()), ("max".to_owned(), 5.into())]),
            _ => map.extend([("value".to_owned(), 4.into()), ("date".to_owned(), "by 2025-05-14".into())]),
        }
        if let Some(per) = &figure.per {
            map.insert("per".into(), self.party(per, "per"));
        }
        map.insert("sources".into(), self.sources(&figure.sources).into());
        mark(figure.mark, &mut map);
        map.into()
    }

    pub(super) fn claim(&self, number: usize, claim: &Claim) -> Value {
        const CLASSES: [&str; 7] = ["fact", "fact", "forecast", "offer", "opinion", "threat", "position"];
        let mut map = Map::new();
        if claim.id {
            map.insert("id".into(), self.writer.claim_id(self.number, number).into());
        }
        map.insert("by".into(), self.parties(&claim.by, "by").into());
        if let Some(party) = &claim.on_behalf_of {
            map.insert("for".into(), self.party(party, "for"));
        }
        map.insert("about".into(), self.parties(&claim.about, "about").into());
        if let Some(date) = claim.date {
            map.insert("date".into(), DATES[usize::from(date)].into());
        }
        map.insert("class".into(), CLASSES[usize::from(claim.class)].into());
        map.insert("text".into(), format!("Claim {}.", self.word("text")).into());
        if let Some(place) = claim.place {
            map.insert("locations".into(), json!([self.writer.alias(1, place)]));
            map.insert("told".into(), format!("Told {}", self.word("told")).into());
            map.insert("via".into(), json!([format!("Via {}", self.word("via"))]));
        }
        let responses = claim.responses.iter().enumerate().filter(|(_, response)| !self.skips(response.mark));
        map.insert(
            "responses".into(),
            responses.map(|(at, r)| self.inside(&format!("r{at}"), r.mark).response(r)).collect(),
        );
        // Only these can be true or false.
        if claim.class < 3 {
            let findings = claim.findings.iter().enumerate().filter(|(_, finding)| !self.skips(finding.mark));
            map.insert(
                "findings".into(),
                findings.map(|(at, f)| self.inside(&format!("f{at}"), f.mark).finding(f)).collect(),
            );
        }
        map.insert("sources".into(), self.sources(&claim.sources).into());
        mark(claim.mark, &mut map);
        map.into()
    }

    pub(super) fn response(&self, response: &Response) -> Value {
        const STANCES: [&str; 7] =
            ["denies", "confirms", "disputes", "declines", "no-reply", "restates", "withdraws"];
        let mut map = Map::new();
        map.insert("by".into(), self.party(&response.by, "by"));
        if let Some(party) = &response.on_behalf_of {
            map.insert("for".into(), self.party(party, "for"));
        }
        map.insert("stance".into(), STANCES[usize::from(response.stance)].into());
        if let Some(date) = response.date {
            map.insert("date".into(), DATES[usize::from(date)].into());
        }
        if response.text {
            map.insert("text".into(), format!("Answer {}.", self.word("text")).into());
        }
        map.insert("sources".into(), self.sources(&response.sources).into());
        mark(response.mark, &mut map);
        map.into()
    }

    pub(super) fn finding(&self, finding: &Finding) -> Value {
        const STATUS: [&str; 4] = ["established", "refuted", "partly", "unproven"];
        let mut map = Map::new();
        map.insert("status".into(), STATUS[usize::from(finding.status)].into());
        map.insert("confidence".into(), "moderate".into());
        map.insert("date".into(), "2025-05-20".into());
        map.insert("note".into(), format!("Because {}.", self.word("note")).into());
        map.insert("sources".into(), self.sources(&finding.sources).into());
        mark(finding.mark, &mut map);
        map.into()
    }

    pub(super) fn correction(&self, correction: &Correction) -> Value {
        const KINDS: [&str; 4] = ["correction", "clarification", "retraction", "update"];
        let mut map = Map::new();
        map.insert("date".into(), "2025-05-21".into());
        map.insert("kind".into(), KINDS[usize::from(correction.kind)].into());
        map.insert("text".into(), format!("Changed {}.", self.word("text")).into());
        if let Some((briefing, claim)) = correction.of {
            let other = self.writer.other(briefing);
            let of = match claim {
                Some(claim) => format!("b{other}#{}", self.writer.claim_id(other, claim)),
                None => format!("b{other}"),
            };
            map.insert("of".into(), of.into());
        }
        if let Some((sort, part)) = correction.part {
            let of = match sort {
                0 => format!("#{}", self.writer.event_id(self.number, part)),
                1 => format!("#{}", self.writer.source_id(self.number, part)),
                _ => self.writer.picture(self.number),
            };
            map.insert("of".into(), of.into());
        }
        mark(correction.mark, &mut map);
        map.into()
    }
}
