use rustc_hash::FxHashSet;

use super::{Archive, BriefingIx, ClaimIx, Entity, EntityIx, EventIx, Party};
use crate::{
    diagnostics::{Diagnostic, Diagnostics, Span},
    model::{Day, When},
    settings::{DATE, Settings},
};

/// What stands on a timeline, and the day that orders it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entry {
    /// The day; of a coarse or open date its last possible day, else its first.
    pub day: Day,
    /// What stands there.
    pub what: What,
}

/// What a timeline shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum What {
    /// A briefing.
    Briefing(BriefingIx),
    /// An event.
    Event(EventIx),
    /// A claim, with all its responses.
    Claim(ClaimIx),
    /// A claim, on account of its response at this place.
    Response(ClaimIx, u32),
}

impl Archive {
    /// What speakers of `entity` say or answer whom the sources do not name, as timelines hold it, oldest first.
    pub fn said_unnamed(&self, entity: EntityIx) -> Vec<Entry> {
        let entry = |(place, answer): &(ClaimIx, Option<u32>)| {
            let claim = &self[*place];
            match answer {
                Some(number) => Entry {
                    day: order(&claim.responses[*number as usize].date),
                    what: What::Response(*place, *number),
                },
                None => Entry { day: order(&claim.date), what: What::Claim(*place) },
            }
        };
        let mut entries: Vec<Entry> = self[entity].unnamed.iter().map(entry).collect();
        entries.sort_unstable();
        entries
    }
}

/// Puts every briefing, event and claim on the timelines of its entities and days, then rolls them up.
pub(super) fn fill(archive: &mut Archive) {
    let mut own: Vec<Vec<Entry>> = vec![Vec::new(); archive.entities.len()];
    let days = Days::of(archive);
    for (place, briefing) in archive.briefings.iter().enumerate() {
        let what = What::Briefing(BriefingIx::new(place));
        let day = briefing.released.document.date.day();
        for entity in &briefing.tags {
            own[entity.get()].push(Entry { day, what });
        }
        days.put(&When::on(day), what, &mut own);
    }
    for (place, event) in archive.events.iter().enumerate() {
        let what = What::Event(EventIx::new(place));
        let actors = event.actors.iter().map(|(party, _)| party).chain(&event.per).filter_map(Party::actor);
        put(&event.date, what, actors.chain(event.locations.iter().copied()), &mut own);
        days.put(&event.date, what, &mut own);
    }
    for (place, claim) in archive.claims.iter().enumerate() {
        let place = ClaimIx::new(place);
        let what = What::Claim(place);
        let actors = claim.by.iter().chain(&claim.on_behalf_of).chain(&claim.about).filter_map(Party::actor);
        put(&claim.date, what, actors.chain(claim.locations.iter().copied()), &mut own);
        days.put(&claim.date, what, &mut own);
        for (number, response) in claim.responses.iter().enumerate() {
            let what = What::Response(place, u32::try_from(number).unwrap_or(u32::MAX));
            let actors = response.by.iter().chain(&response.on_behalf_of).filter_map(Party::actor);
            put(&response.date, what, actors, &mut own);
            days.put(&response.date, what, &mut own);
        }
    }
    for (entity, mut entries) in archive.entities.iter_mut().zip(own) {
        settle(&mut entries);
        entity.show(entries);
    }
    for place in bottom_up(&archive.entities) {
        if archive.entities[place].children.is_empty() {
            continue;
        }
        let mut entries = std::mem::take(&mut archive.entities[place].timeline);
        archive.entities[place].itself.clone_from(&entries);
        for child in archive.entities[place].children.clone() {
            entries.extend_from_slice(&archive.entities[child.get()].timeline);
        }
        settle(&mut entries);
        archive.entities[place].show(entries);
    }
}

fn put(date: &When, what: What, entities: impl Iterator<Item = EntityIx>, own: &mut [Vec<Entry>]) {
    let entry = Entry { day: order(date), what };
    for entity in entities {
        own[entity.get()].push(entry);
    }
}

/// The day by which a date is put in order.
pub(super) fn order(date: &When) -> Day {
    date.latest().or_else(|| date.earliest()).unwrap_or(Day::MIN)
}

/// Orders entries, and shows each claim once: where it stands itself, else at the first of its answers.
fn settle(entries: &mut Vec<Entry>) {
    entries.sort_unstable();
    entries.dedup();
    let mut shown: FxHashSet<ClaimIx> = entries
        .iter()
        .filter_map(|entry| match entry.what {
            What::Claim(claim) => Some(claim),
            _ => None,
        })
        .collect();
    entries.retain(|entry| match entry.what {
        What::Response(claim, _) => shown.insert(claim),
        _ => true,
    });
}

/// The entities of days, months and years, by their periods.
struct Days(std::collections::BTreeMap<crate::model::Period, EntityIx>);

impl Days {
    fn of(archive: &Archive) -> Self {
        let dates = archive.kinds.get(DATE).into_iter().flatten();
        Self(dates.filter_map(|place| Some((archive.entities[place.get()].period?, *place))).collect())
    }

    fn put(&self, date: &When, what: What, own: &mut [Vec<Entry>]) {
        let day = order(date);
        for period in date.periods() {
            if let Some(entity) = self.0.get(&period) {
                own[entity.get()].push(Entry { day, what });
            }
        }
    }
}

/// The places of all entities, those inside others first.
fn bottom_up(entities: &[Entity]) -> Vec<usize> {
    let mut depth = vec![0_usize; entities.len()];
    for (place, entity) in entities.iter().enumerate() {
        let mut parent = entity.parent;
        while let Some(above) = parent {
            depth[place] += 1;
            parent = entities[above.get()].parent;
        }
    }
    let mut places: Vec<usize> = (0..entities.len()).collect();
    places.sort_by_key(|place| std::cmp::Reverse(depth[*place]));
    places
}

/// Reports parents that lead back to where they began, and cuts them.
pub(super) fn cut_cycles(entities: &mut [Entity], settings: &Settings, diagnostics: &mut Diagnostics) {
    for place in 0..entities.len() {
        let mut seen = vec![place];
        let mut parent = entities[place].parent;
        while let Some(above) = parent {
            if above.get() == place {
                let names: Vec<String> =
                    seen.iter().chain([&place]).map(|place| format!("`{}`", entities[*place].name)).collect();
                let kind = &settings.kinds[entities[place].kind].name;
                let mut diagnostic = Diagnostic::error(
                    "parent-cycle",
                    format!("a {kind} lies inside itself: {}", names.join(" in ")),
                )
                .help("take out one of the parents");
                if let Some(profile) = &entities[place].profile {
                    diagnostic = match profile.document.parent.first() {
                        Some(relation) => diagnostic.at(relation.name.at.span(&profile.document.path)),
                        None => diagnostic.at(Span::file(&profile.document.path)),
                    };
                }
                diagnostics.push(diagnostic);
                entities[place].parent = None;
                break;
            }
            if seen.contains(&above.get()) {
                break;
            }
            seen.push(above.get());
            parent = entities[above.get()].parent;
        }
    }
}
