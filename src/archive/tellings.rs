use rustc_hash::FxHashSet;

use super::{EntityIx, Event, EventIx, Facts};
use crate::{
    diagnostics::{Diagnostic, Diagnostics},
    documents::At,
    model::When,
};

/// Gives tellings without a date the date of the event that they tell, which may itself be a telling without one.
pub(super) fn date(archive: &mut Facts, tellings: &[EventIx]) {
    let undated: FxHashSet<EventIx> = tellings.iter().copied().collect();
    let dated = |event: &EventIx| {
        let mut seen = FxHashSet::default();
        let mut told = *event;
        // Tellings that tell each other keep the days of their briefings.
        while undated.contains(&told) && seen.insert(told) {
            told = archive[told].tells.unwrap_or(told);
        }
        (*event, archive[told].date)
    };
    let dates: Vec<(EventIx, When)> = tellings.iter().map(dated).collect();
    for (event, date) in dates {
        archive.events[event.get()].date = date;
    }
}

/// Brings the tellings of one event together under the newest: what tells another, and the pairs of `same`. The events stand in the order of their briefings'
/// publication, so the newest is the last.
pub(super) fn gather(archive: &mut Facts, same: &[(EventIx, EventIx)]) {
    let mut later: Vec<usize> = (0..archive.events.len()).collect();
    let told = |place: usize| archive.events[place].tells.map(|told| (place, told.get()));
    let pairs = (0..archive.events.len()).filter_map(told);
    for (one, other) in pairs.chain(same.iter().map(|(one, other)| (one.get(), other.get()))) {
        let (one, other) = (newest(&mut later, one), newest(&mut later, other));
        later[one.min(other)] = one.max(other);
    }
    for place in (0..archive.events.len()).rev() {
        let head = newest(&mut later, place);
        archive.events[place].head = EventIx::new(head);
        if head != place {
            archive.events[head].others.push(EventIx::new(place));
        }
    }
}

/// The newest telling that `place` is known to belong to, where `later` leads from each telling to a later one.
fn newest(later: &mut [usize], mut place: usize) -> usize {
    while later[place] != place {
        later[place] = later[later[place]];
        place = later[place];
    }
    place
}

/// With how many older tellings a telling is compared.
const COMPARED: usize = 32;

/// Reports tellings that put an event on another day, or at another place, than the event that they tell again, or
/// than an older telling of it: what they tell may be told with a month alone, or without a place.
pub(super) fn check(archive: &Facts, tellings: &[(EventIx, At)], diagnostics: &mut Diagnostics) {
    for (place, at) in tellings {
        let telling = &archive[*place];
        let Some(told) = telling.tells else { continue };
        // The newest stand first.
        let others = &archive[telling.head].others;
        let older = &others[others.partition_point(|other| other >= place)..];
        let compared =
            || std::iter::once(told).chain(older.iter().copied().take(COMPARED)).map(|other| &archive[other]);
        let mut tell = |what: &str, other: &Event, one: &str, two: &str| {
            let id = archive[other.briefing].id();
            let message = format!("this telling gives another {what} than `{id}`: {one}, not {two}");
            diagnostics.push(
                Diagnostic::warning("tellings-disagree", message)
                    .at(at.span(archive[telling.briefing].path()))
                    .help("both are shown; if one is a mistake, correct it"),
            );
        };
        if let Some(other) = compared().find(|other| apart(telling.date, other.date)) {
            let date = |event: &Event| format!("`{}`", event.date.edtf());
            tell("date", other, &date(telling), &date(other));
        }
        if let Some(other) = compared().find(|other| elsewhere(archive, telling, other)) {
            let names = |event: &Event| {
                crate::diagnostics::one_of(event.locations.iter().map(|place| archive[*place].name.as_str()))
            };
            tell("place", other, &names(telling), &names(other));
        }
    }
}

/// Whether two dates cannot mean the same day.
fn apart(one: When, other: When) -> bool {
    let before = |one: When, other: When| {
        one.latest().zip(other.earliest()).is_some_and(|(latest, earliest)| latest < earliest)
    };
    before(one, other) || before(other, one)
}

/// Whether both name places, and no place of one is, holds or lies in one of the other.
fn elsewhere(archive: &Facts, one: &Event, other: &Event) -> bool {
    let lies_in = |place: EntityIx, above: EntityIx| archive.with_those_above(place).any(|met| met == above);
    !one.locations.is_empty()
        && !other.locations.is_empty()
        && !one.locations.iter().any(|place| {
            other.locations.iter().any(|second| lies_in(*place, *second) || lies_in(*second, *place))
        })
}
