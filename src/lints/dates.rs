//! Dates that lie ahead of what they are dates of.

use crate::{
    archive::{Archive, Briefing},
    diagnostics::{Diagnostic, Diagnostics, Span, Tally},
    documents::At,
    model::{Day, EventStatus, SourcePath, When},
    settings::Settings,
};

/// A briefing may wait for so many days before that looks like a slip of the pen.
const PATIENCE: i32 = 366;

pub(super) fn check(archive: &Archive, settings: &Settings, today: Day, diagnostics: &mut Diagnostics) {
    let tally = Tally::new("future-date", "dates that lie ahead");
    let mut dates = Dates { archive, settings, today, tally, diagnostics };
    for briefing in &archive.briefings {
        dates.of_briefing(briefing);
    }
    for entity in &archive.entities {
        let Some(profile) = entity.profile.as_ref().map(|released| &released.document) else { continue };
        let named = profile.dates.iter().filter_map(|(key, relation)| {
            let when = relation.date.or_else(|| When::parse(&relation.name.text).ok())?;
            Some((*key, when, relation.name.at))
        });
        for (key, when, at) in named {
            dates.look(&format!("`{key}`"), when, today, at, &profile.path);
        }
        if let Some(died) = &profile.died {
            dates.look("this death", died.date, today, died.rests_on.at, &profile.path);
        }
    }
    let Dates { tally, diagnostics, .. } = dates;
    tally.finish(diagnostics);
}

struct Dates<'a> {
    archive: &'a Archive,
    settings: &'a Settings,
    today: Day,
    tally: Tally,
    diagnostics: &'a mut Diagnostics,
}

impl Dates<'_> {
    fn of_briefing(&mut self, briefing: &Briefing) {
        let (archive, today, by) = (self.archive, self.today, self.by(briefing));
        let (document, path) = (&briefing.released.document, briefing.path());
        let day = document.date.day();
        if day.number() - today.number() > PATIENCE {
            let diagnostic = Diagnostic::warning(
                "future-date",
                format!("this briefing is dated {day}, more than a year ahead"),
            );
            self.tell(diagnostic.at(Span::file(path)));
        }
        for claim in briefing.claims.iter().map(|place| &archive[*place]) {
            self.look("this claim", claim.date, by, claim.at, path);
            // Answers stand with the claim that they answer, in whatever file they are written.
            for response in &claim.responses {
                let teller = &archive[response.briefing];
                self.look("this answer", response.date, self.by(teller), response.at, teller.path());
            }
            for finding in &claim.findings {
                let teller = &archive[finding.briefing];
                self.look("this finding", finding.date, self.by(teller), finding.at, teller.path());
            }
        }
        for event in briefing.events.iter().map(|place| &archive[*place]) {
            if event.status == EventStatus::Happened {
                self.look("this event, which is said to have happened,", event.date, by, event.at, path);
            }
        }
        for (id, source) in &briefing.sources[..briefing.own_sources] {
            for when in [source.published, source.accessed].into_iter().flatten() {
                self.look(&format!("the source `{id}`"), when, by, source.key, path);
            }
        }
        for correction in &document.corrections {
            self.look("this correction", correction.date, by, correction.at, path);
        }
    }

    /// The day by which what a briefing tells has happened: one that waits for its day may tell what will have
    /// happened by then.
    fn by(&self, briefing: &Briefing) -> Day {
        self.today.max(briefing.released.document.published.begins().day_in(self.settings.timezone))
    }

    /// Tells of `what` if it can have begun only after `by`.
    fn look(&mut self, what: &str, when: When, by: Day, at: At, path: &SourcePath) {
        if when.earliest().is_some_and(|day| day > by) {
            let message = format!("{what} is dated {}, which lies ahead", when.edtf());
            self.tell(Diagnostic::warning("future-date", message).at(at.span(path)));
        }
    }

    fn tell(&mut self, diagnostic: Diagnostic) {
        self.tally.push(
            diagnostic.help("correct the date, or say of an event that it is planned"),
            self.diagnostics,
        );
    }
}
