//! Claims that wait, and sources that may vanish.

use std::collections::BTreeSet;

use super::is_told;
use crate::{
    archive::{Archive, Claim, Status},
    diagnostics::{Diagnostic, Diagnostics, Tally},
    documents::{SHARED_SOURCES, Source},
    model::{Day, LocalId, SourcePath},
};

/// Hosts that keep copies: what lies there is one.
const ARCHIVES: [&str; 8] = [
    "web.archive.org",
    "archive.org",
    "archive.ph",
    "archive.is",
    "archive.today",
    "archive.md",
    "perma.cc",
    "ghostarchive.org",
];

pub(super) fn check(
    archive: &Archive,
    days: usize,
    today: Day,
    told: &Diagnostics,
    diagnostics: &mut Diagnostics,
) {
    let mut waiting = Tally::new("no-response", "claims that nobody has answered for long");
    for claim in &archive.claims {
        if let Some(since) = waits_since(archive, claim, days, today) {
            let message = format!("nobody of another side has answered this claim in {since} days");
            let diagnostic = Diagnostic::warning("no-response", message)
                .at(claim.at.span(archive[claim.briefing].path()))
                .help("write the answer under `responses`; who was asked and did not reply has `stance: no-reply`");
            // What is said of a person is told whatever its age.
            if !is_told("no-answer", &diagnostic, told) {
                waiting.push(diagnostic, diagnostics);
            }
        }
    }
    waiting.finish(diagnostics);
    let mut vanishing = Tally::new("no-archive", "sources without an archived copy");
    let shared = SourcePath::new(SHARED_SOURCES);
    let mut met: BTreeSet<&LocalId> = BTreeSet::new();
    for briefing in &archive.briefings {
        for (number, (id, source)) in briefing.sources.iter().enumerate() {
            let is_own = number < briefing.own_sources;
            if may_vanish(source) && (is_own || met.insert(id)) {
                let path = if is_own { briefing.path() } else { &shared };
                let message = format!("the source `{id}` has no archived copy");
                let diagnostic = Diagnostic::warning("no-archive", message)
                    .at(source.key.span(path))
                    .help("have the page saved by an archive, and write the copy's address as `archived`");
                vanishing.push(diagnostic, diagnostics);
            }
        }
    }
    vanishing.finish(diagnostics);
}

/// For how many days a claim has had no answer, where that is longer than `days` and the desk has found nothing either.
fn waits_since(archive: &Archive, claim: &Claim, days: usize, today: Day) -> Option<i32> {
    let is_open = archive.standing(claim).is_some_and(|standing| standing.status == Status::None);
    let since = today.number() - claim.day().number();
    (is_open && claim.findings.is_empty() && usize::try_from(since).is_ok_and(|since| since > days))
        .then_some(since)
}

fn may_vanish(source: &Source) -> bool {
    let Some(url) = source.url.as_deref().filter(|_| source.archived.is_none()) else { return false };
    let host = url.split("://").nth(1).and_then(|rest| rest.split(['/', ':', '?', '#']).next());
    host.is_none_or(|host| !ARCHIVES.contains(&&*host.to_ascii_lowercase()))
}
