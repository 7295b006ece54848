use super::{Figure, Head, Name, Party, Response};
use crate::settings::{ACTOR, LOCATION};

/// Every entity that tags a briefing, with the place of its kind: those it lists, then those of its events,
/// claims and responses. A name may come more than once.
pub fn tags_of(briefing: &Head) -> Vec<(usize, &Name)> {
    let mut names: Vec<(usize, &Name)> =
        briefing.tags.iter().flat_map(|(kind, names)| names.iter().map(|name| (*kind, name))).collect();
    for event in &briefing.events {
        let actors = event.actors.iter().map(|(party, _)| party);
        parties(actors.chain(&event.per).chain(event.figures.iter().flat_map(of_figure)), &mut names);
        names.extend(event.locations.iter().map(|name| (LOCATION, name)));
    }
    for claim in &briefing.claims {
        parties(claim.by.iter().chain(&claim.on_behalf_of).chain(&claim.about), &mut names);
        parties(claim.responses.iter().flat_map(of_response), &mut names);
        names.extend(claim.locations.iter().map(|name| (LOCATION, name)));
    }
    parties(briefing.responses.iter().flat_map(of_response), &mut names);
    names
}

fn of_response(response: &Response) -> impl Iterator<Item = &Party> {
    response.by.iter().chain(&response.on_behalf_of)
}

fn of_figure(figure: &Figure) -> impl Iterator<Item = &Party> {
    figure.per.iter()
}

fn parties<'a>(parties: impl Iterator<Item = &'a Party>, names: &mut Vec<(usize, &'a Name)>) {
    names.extend(parties.filter_map(Party::tagged).map(|name| (ACTOR, name)));
}
