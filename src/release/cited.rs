use rustc_hash::FxHashSet;

use crate::documents::{self, Body, Briefing, Page, Profile, markdown};

/// The ids of sources that released matter cites.
pub(super) fn cited<'a>(
    briefings: &'a [Briefing],
    profiles: &'a [Profile],
    pages: &'a [Page],
) -> FxHashSet<&'a str> {
    let mut ids = FxHashSet::default();
    let mut cite = |citations: &'a [documents::Citation]| ids.extend(citations.iter().map(|c| &*c.id.text));
    for briefing in briefings {
        for claim in &briefing.claims {
            cite(&claim.sources);
            claim.responses.iter().for_each(|response| cite(&response.sources));
            claim.findings.iter().for_each(|finding| cite(&finding.sources));
        }
        for event in &briefing.events {
            cite(&event.sources);
            event.figures.iter().for_each(|figure| cite(&figure.sources));
        }
        briefing.responses.iter().for_each(|response| cite(&response.sources));
        briefing.findings.iter().for_each(|finding| cite(&finding.sources));
    }
    for profile in profiles {
        let relations =
            profile.parent.iter().chain(&profile.previous_names).chain(profile.relations.values().flatten());
        relations.chain(profile.dates.values()).for_each(|relation| cite(&relation.sources));
    }
    let bodies = briefings
        .iter()
        .flat_map(bodies_of)
        .chain(profiles.iter().map(|p| &p.body))
        .chain(pages.iter().map(|p| &p.body));
    for body in bodies {
        for reference in &body.outline.references {
            if let markdown::Target::Citation { id } = &reference.target {
                ids.insert(&**id);
            }
        }
    }
    ids
}

fn bodies_of(briefing: &Briefing) -> impl Iterator<Item = &Body> {
    std::iter::once(&*briefing.body)
        .chain(briefing.translations.values().map(|translation| &translation.body))
}
