use std::{collections::BTreeMap, sync::Arc};

use chrono_tz::Tz;
use rustc_hash::FxHashMap;

use super::{Briefing, BriefingIx, ClaimIx, EventIx, Facts, NoteIx, retracted::Retracted, timeline};
use crate::{
    documents::{Corrected, Correction},
    model::{BriefingId, CorrectionKind, Form, LocalId, Published, When},
    release::Gone,
};

/// A dated note on what was changed after publication.
#[derive(Debug, Hash)]
pub struct Note {
    /// What its author wrote.
    pub correction: Correction,
    /// Where it stands.
    pub on: NotedOn,
    /// What it is of.
    pub of: NotedOf,
    /// Its date as the instant that feeds tell: of a coarse or open date its last possible day.
    pub when: Published,
    /// What names it for ever, within the archive: its briefing's id, its date and what it is of as written, where
    /// that is shown.
    pub key: String,
}

/// Where a note stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NotedOn {
    /// On a briefing.
    Briefing(BriefingIx),
    /// On what is left of a retracted one, by its place in the archive's list.
    Tombstone(usize),
}

/// What a note is of.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum NotedOf {
    /// The briefing, or nothing that is shown.
    Briefing,
    /// A claim.
    Claim(ClaimIx),
    /// An event.
    Event(EventIx),
    /// A source, by its number in the briefing's list, from 1.
    Source(usize),
    /// An image, by its address below the root.
    Image(String),
    /// A part that was retracted.
    Gone(Gone),
}

/// Brings every note to what it is of, to the list of corrections, and to the last change of its briefing.
pub(super) fn fill(
    archive: &mut Facts,
    retracted: &Retracted,
    claims: &FxHashMap<(BriefingId, LocalId), ClaimIx>,
    events: &FxHashMap<(BriefingId, LocalId), EventIx>,
    zone: Tz,
) {
    let mut notes: Vec<Note> = Vec::new();
    for place in 0..archive.briefings.len() {
        let written =
            std::mem::take(&mut Arc::make_mut(&mut archive.briefings[place].released.document).corrections);
        let briefing = &archive.briefings[place];
        let mut keys = Keys::default();
        let first = notes.len();
        for correction in written {
            let of = noted_of(&correction, briefing, retracted, claims, events);
            notes.push(Note {
                when: instant(correction.date, zone),
                key: keys.next(briefing.id(), &correction, &of),
                on: NotedOn::Briefing(BriefingIx::new(place)),
                of,
                correction,
            });
        }
        let briefing = &mut archive.briefings[place];
        let latest = notes[first..].iter().map(|note| note.when).max();
        briefing.changed = latest.into_iter().fold(briefing.changed, Published::max);
        briefing.notes = newest_first(first..notes.len(), &notes);
    }
    for (place, page) in archive.tombstones.iter_mut().enumerate() {
        let correction = page.tombstone.retraction.clone();
        page.when = instant(correction.date, zone);
        let (of, on) = (NotedOf::Briefing, NotedOn::Tombstone(place));
        let key = Keys::default().next(&page.tombstone.id, &correction, &of);
        notes.push(Note { of, when: page.when, key, on, correction });
    }
    for place in newest_first(0..notes.len(), &notes) {
        match notes[place.get()].of {
            NotedOf::Claim(claim) => archive.claims[claim.get()].notes.push(place),
            NotedOf::Event(event) => archive.events[event.get()].notes.push(place),
            _ => {}
        }
    }
    // An update adds something, and takes nothing back.
    let mut listed: Vec<NoteIx> = (0..notes.len())
        .filter(|place| notes[*place].correction.kind != CorrectionKind::Update)
        .map(NoteIx::new)
        .collect();
    listed.sort_by_key(|place| (notes[place.get()].when, &notes[place.get()].key));
    archive.corrections = listed;
    archive.notes = notes;
}

/// The last day that a date can mean, and the time where it gives one.
fn instant(date: When, zone: Tz) -> Published {
    let day = Published::on(timeline::order(&date), zone);
    match date.form() {
        // A time that the clocks leave out is taken for its day.
        Form::At(written, time) => {
            let written = format!("{written}T{:02}:{:02}", time.hour(), time.minute());
            Published::parse(&written, zone).unwrap_or(day)
        }
        _ => day,
    }
}

fn newest_first(places: std::ops::Range<usize>, notes: &[Note]) -> Vec<NoteIx> {
    let mut places: Vec<usize> = places.collect();
    places.sort_by_key(|place| std::cmp::Reverse((notes[*place].when, *place)));
    places.into_iter().map(NoteIx::new).collect()
}

fn noted_of(
    correction: &Correction,
    briefing: &Briefing,
    retracted: &Retracted,
    claims: &FxHashMap<(BriefingId, LocalId), ClaimIx>,
    events: &FxHashMap<(BriefingId, LocalId), EventIx>,
) -> NotedOf {
    let gone = |part: &str| retracted.part(briefing.id(), part).map(|(gone, _)| NotedOf::Gone(gone));
    let found = match &correction.of {
        Some(of @ Corrected::Part(_)) => of.own_part(briefing.id()).and_then(|local| {
            let key = (briefing.id().clone(), local.clone());
            let source = || briefing.sources.iter().position(|(id, _)| id == local);
            let claim = claims.get(&key).map(|claim| NotedOf::Claim(*claim));
            claim
                .or_else(|| events.get(&key).map(|event| NotedOf::Event(*event)))
                .or_else(|| source().map(|place| NotedOf::Source(place + 1)))
                .or_else(|| gone(local.as_str()))
        }),
        Some(of @ Corrected::Image(_)) => of.image(briefing.path()).and_then(|path| {
            let attachments = briefing.attachments().values();
            let file = attachments.map(|attachment| &attachment.asset.path).find(|known| **known == path);
            let address = |file: &crate::model::SourcePath| {
                NotedOf::Image(format!("{}{}", briefing.address, file.beside(briefing.path())))
            };
            file.map(address).or_else(|| gone(path.as_str()))
        }),
        None => None,
    };
    found.unwrap_or(NotedOf::Briefing)
}

/// Tells notes of one date and of one thing apart, by the order in which they are written.
#[derive(Default)]
struct Keys(BTreeMap<String, usize>);

impl Keys {
    fn next(&mut self, briefing: &BriefingId, correction: &Correction, noted: &NotedOf) -> String {
        let of = match (&correction.of, noted) {
            // What is of nothing that is shown never tells what it was of.
            (None, _) | (_, NotedOf::Briefing) => "",
            (Some(Corrected::Image(name)), _) => &*name.text,
            (Some(of), _) => of.own_part(briefing).map_or("", LocalId::as_str),
        };
        let key = format!("{briefing}:{}:{of}", correction.date.edtf());
        let met = self.0.entry(key.clone()).or_default();
        *met += 1;
        if *met == 1 { key } else { format!("{key}:{met}") }
    }
}
