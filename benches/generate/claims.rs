//! Who says what, and what happened, in the front matter of a briefing.

use std::fmt::Write as _;

use super::{Archive, Briefing, quoted, text::Writer};

impl Briefing {
    /// Its events, claims with responses, and now and then an answer to an earlier briefing's claim and a finding, or
    /// an event that an earlier one told.
    pub(super) fn write_claims(&self, archive: &Archive, text: &mut String) {
        let Archive { shape, .. } = archive;
        if self.actors.is_empty() {
            return;
        }
        let rng = archive.rng(3, self.number);
        let (actors, locations) = (&self.actors, &self.locations);
        let writer = Writer { archive, rng, actors, locations, mentions: None };
        let mut ledger = Ledger { briefing: self, writer, sources: shape.sources };
        if shape.events > 0 {
            *text += "events:\n";
            let told = ledger.told_before();
            let own = shape.events - usize::from(told.is_some());
            (1..=own).for_each(|place| ledger.event(place, text));
            if let Some(earlier) = told {
                ledger.telling(earlier, text);
            }
        }
        if shape.claims > 0 {
            *text += "claims:\n";
            (1..=shape.claims).for_each(|place| ledger.claim(place, text));
            ledger.about_earlier(text);
        }
    }
}

impl Archive {
    /// The rank of whoever makes the first claim of the briefing of that number.
    fn first_claimant(&self, number: usize) -> Option<usize> {
        let actors = self.actors_of(number);
        actors.get(1 % actors.len().max(1)).copied()
    }
}

struct Ledger<'a> {
    briefing: &'a Briefing,
    writer: Writer<'a>,
    sources: usize,
}

impl Ledger<'_> {
    fn event(&mut self, place: usize, text: &mut String) {
        let date = self.briefing.date;
        let (by, target) = (self.actor(0), self.actor(1));
        let told = quoted(&self.writer.sentence(16));
        let _ = writeln!(text, "  - id: event-{place}\n    date: {date}\n    text: {told}");
        let _ = writeln!(text, "    actors: [{{id: {by}, role: by}}, {{id: {target}, role: target}}]");
        if let Some(rank) = self.briefing.locations.first() {
            let _ = writeln!(text, "    locations: [{}]", quoted(&self.writer.archive.locations[*rank]));
        }
        if self.writer.rng.one_in(2) {
            self.figure(text);
        }
        self.end(text);
    }

    /// The briefing whose first event this one tells again: of several events the last is now and then such a one.
    fn told_before(&mut self) -> Option<usize> {
        if self.writer.archive.shape.events < 2 || !self.writer.rng.one_in(5) {
            return None;
        }
        self.briefing.number.checked_sub(self.writer.rng.between(1, 30))
    }

    fn telling(&mut self, earlier: usize, text: &mut String) {
        let archive = self.writer.archive;
        let event = quoted(&format!("{}#event-1", archive.id(earlier)));
        let told = quoted(&self.writer.sentence(16));
        let _ = writeln!(text, "  - event: {event}\n    text: {told}");
        let roles = archive.actors_of(earlier).into_iter().zip(["by", "target"]);
        let actors: Vec<String> = roles
            .map(|(rank, role)| format!("{{id: {}, role: {role}}}", quoted(&archive.actors[rank])))
            .collect();
        let _ = writeln!(text, "    actors: [{}]", actors.join(", "));
        self.figure(text);
        self.end(text);
    }

    fn figure(&mut self, text: &mut String) {
        let date = self.briefing.date;
        let what = self.writer.rng.pick(&["killed", "wounded", "detained", "displaced"]);
        let (value, per) = (self.writer.rng.between(1, 90), self.actor(2));
        let _ = writeln!(
            text,
            "    figures: [{{what: {what}, value: {value}, per: {per}, date: by {date}{}}}]",
            self.cited(", sources: ")
        );
    }

    fn claim(&mut self, place: usize, text: &mut String) {
        let date = self.briefing.date;
        let (by, about) = (self.actor(place), self.actor(place + 1));
        let said = quoted(&self.writer.sentence(18));
        let _ = writeln!(text, "  - id: claim-{place}\n    by: {by}\n    about: [{about}]\n    date: {date}");
        // The first claim stays one of fact: later briefings answer it, and only such a claim bears a finding.
        if place > 1 && self.writer.rng.one_in(4) {
            let class =
                self.writer.rng.pick(&["forecast", "offer", "demand", "threat", "position", "opinion"]);
            let _ = writeln!(text, "    class: {class}");
        }
        let _ = writeln!(text, "    text: {said}");
        if self.writer.rng.one_in(3) {
            let publisher: &String = self.writer.rng.pick(&self.writer.archive.publishers);
            let publisher = quoted(publisher);
            let _ = writeln!(text, "    told: {publisher}");
        }
        match self.writer.rng.below(5) {
            0 => {}
            1 => {
                let _ = writeln!(text, "    responses:");
                self.unnamed_response(place, text);
            }
            others => {
                let _ = writeln!(text, "    responses:");
                for other in 1..others {
                    self.response(place + other, text);
                }
            }
        }
        self.end(text);
    }

    fn response(&mut self, place: usize, text: &mut String) {
        let (by, date) = (self.actor(place), self.briefing.date);
        let stance =
            self.writer.rng.pick(&["denies", "denies", "confirms", "disputes", "declines", "no-reply"]);
        let said = match *stance {
            "declines" | "no-reply" => String::new(),
            _ => format!(", text: {}", quoted(&self.writer.sentence(12))),
        };
        let _ = writeln!(text, "      - {{by: {by}, stance: {stance}, date: {date}{said}}}");
    }

    fn unnamed_response(&mut self, place: usize, text: &mut String) {
        let (of, date) = (self.actor(place + 1), self.briefing.date);
        let _ = writeln!(
            text,
            "      - {{by: {{unnamed: officials, of: {of}}}, stance: denies, date: by {date}}}"
        );
    }

    fn about_earlier(&mut self, text: &mut String) {
        let date = self.briefing.date;
        let Some(earlier) = self.briefing.number.checked_sub(self.writer.rng.between(1, 30)) else {
            return;
        };
        let archive = self.writer.archive;
        let claim = quoted(&format!("{}#claim-1", archive.id(earlier)));
        let by = *self.writer.rng.pick(&self.briefing.actors);
        if self.writer.rng.one_in(5) && archive.first_claimant(earlier) != Some(by) {
            let (by, said) = (quoted(&archive.actors[by]), quoted(&self.writer.sentence(12)));
            let _ = writeln!(
                text,
                "responses:\n  - {{claim: {claim}, by: {by}, stance: denies, date: {date}, text: {said}{}}}",
                self.cited(", sources: ")
            );
        }
        if self.writer.rng.one_in(20) && self.sources > 0 {
            let note = quoted(&self.writer.sentence(14));
            let _ = writeln!(
                text,
                "findings:\n  - {{claim: {claim}, status: partly, confidence: moderate, date: {date}{}, note: {note}}}",
                self.cited(", sources: ")
            );
        }
    }

    fn end(&self, text: &mut String) {
        let cited = self.cited("    sources: ");
        if !cited.is_empty() {
            *text += &cited;
            *text += "\n";
        }
    }

    fn cited(&self, key: &str) -> String {
        if self.sources == 0 { String::new() } else { format!("{key}[s1]") }
    }

    fn actor(&self, place: usize) -> String {
        let ranks = &self.briefing.actors;
        quoted(&self.writer.archive.actors[ranks[place % ranks.len()]])
    }
}
