use rustc_hash::{FxHashMap, FxHashSet};

use super::{BriefingIx, ClaimIx, Entity, EntityIx, Event, EventIx, Facts, Party};
use crate::{
    diagnostics::{Diagnostic, Diagnostics, Span},
    model::{Day, When},
    settings::{DATE, Settings},
};

/// What stands on a timeline, and the day that orders it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
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

impl Facts {
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
pub(super) fn fill(archive: &mut Facts) {
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
    for event in &archive.events {
        let what = What::Event(event.head);
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
        settle(&mut entries, &archive.events);
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
        settle(&mut entries, &archive.events);
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

/// Orders entries, and shows each event and each claim once: an event on the day of its newest telling, where that
/// stands here, else on the last of the others' days; a claim where it stands itself, else at the first of its answers.
fn settle(entries: &mut Vec<Entry>, events: &[Event]) {
    entries.sort_unstable();
    entries.dedup();
    let mut days: FxHashMap<EventIx, Day> = FxHashMap::default();
    for entry in &*entries {
        if let What::Event(event) = entry.what
            && !events[event.get()].others.is_empty()
        {
            let newest = order(&events[event.get()].date);
            let day = days.entry(event).or_insert(entry.day);
            if *day != newest {
                *day = entry.day;
            }
        }
    }
    entries.retain(|entry| match entry.what {
        What::Event(event) => days.get(&event).is_none_or(|day| *day == entry.day),
        _ => true,
    });
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
    entries.shrink_to_fit();
}

/// The entities of days, months and years, by their periods.
struct Days(std::collections::BTreeMap<crate::model::Period, EntityIx>);

impl Days {
    fn of(archive: &Facts) -> Self {
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

/// The places of all entities, those inside others first; of those that lie equally deep, as they stand in the list.
fn bottom_up(entities: &[Entity]) -> Vec<usize> {
    let mut depth: Vec<Option<usize>> = vec![None; entities.len()];
    let mut way = Vec::new();
    for place in 0..entities.len() {
        let mut at = Some(place);
        while let Some(place) = at.filter(|place| depth[*place].is_none()) {
            way.push(place);
            at = entities[place].parent.map(EntityIx::get);
        }
        let mut above = at.and_then(|place| depth[place]);
        while let Some(place) = way.pop() {
            above = Some(above.map_or(0, |above| above + 1));
            depth[place] = above;
        }
    }
    let mut places: Vec<usize> = (0..entities.len()).collect();
    places.sort_by_key(|place| std::cmp::Reverse(depth[*place]));
    places
}

/// Reports parents that lead back to where they began, and cuts them. Of those that lie in each other the first in
/// the list loses its parent.
pub(super) fn cut_cycles(entities: &mut [Entity], settings: &Settings, diagnostics: &mut Diagnostics) {
    // On which walk each was first met; walks are numbered by where they begin.
    let mut met: Vec<Option<usize>> = vec![None; entities.len()];
    for start in 0..entities.len() {
        let mut at = Some(start);
        while let Some(place) = at {
            match met[place] {
                None => {
                    met[place] = Some(start);
                    at = entities[place].parent.map(EntityIx::get);
                }
                Some(walk) => {
                    if walk == start {
                        let cycle = cycle_at(entities, place);
                        diagnostics.push(cycle_of(entities, &cycle, settings));
                        entities[cycle[0]].parent = None;
                    }
                    break;
                }
            }
        }
    }
}

/// Those that lie in each other with the one at `place`, the first in the list first, then each in the next.
fn cycle_at(entities: &[Entity], place: usize) -> Vec<usize> {
    let above = |place: &usize| entities[*place].parent.map(EntityIx::get);
    let mut cycle: Vec<usize> = std::iter::once(place)
        .chain(std::iter::successors(above(&place), above).take_while(|above| *above != place))
        .collect();
    let first = (0..cycle.len()).min_by_key(|number| cycle[*number]).unwrap_or_default();
    cycle.rotate_left(first);
    cycle
}

fn cycle_of(entities: &[Entity], cycle: &[usize], settings: &Settings) -> Diagnostic {
    const SHOWN: usize = 8;
    let name = |place: &usize| format!("`{}`", entities[*place].name);
    let mut names: Vec<String> = cycle.iter().take(SHOWN).map(name).collect();
    if cycle.len() > SHOWN {
        names.push(format!("{} more", cycle.len() - SHOWN));
    }
    names.push(name(&cycle[0]));
    let entity = &entities[cycle[0]];
    let kind = &settings.kinds[entity.kind].name;
    let diagnostic = Diagnostic::error(
        "parent-cycle",
        format!("the {kind} {} lies inside itself: {}", name(&cycle[0]), names.join(" in ")),
    )
    .help("take out one of the parents");
    match &entity.profile {
        Some(profile) => match profile.document.parent.first() {
            Some(relation) => diagnostic.at(relation.name.at.span(&profile.document.path)),
            None => diagnostic.at(Span::file(&profile.document.path)),
        },
        None => diagnostic,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sources::Sources;

    fn settings() -> Settings {
        let sources = Sources::from_texts([("brief.toml", "title = \"Test\"\n")]);
        crate::settings::parse(&sources, &mut Diagnostics::new())
    }

    /// Places called by their numbers, each in the one that `parents` gives it.
    fn places(parents: &[Option<usize>]) -> Vec<Entity> {
        let mut entities = Vec::new();
        for (place, parent) in parents.iter().enumerate() {
            let mut entity = Entity::new(1, place.to_string(), place.to_string(), "locations");
            entity.parent = parent.map(EntityIx::new);
            entities.push(entity);
        }
        entities
    }

    fn cut(parents: &[Option<usize>]) -> (Vec<Option<usize>>, Vec<String>) {
        let (mut entities, mut diagnostics) = (places(parents), Diagnostics::new());
        cut_cycles(&mut entities, &settings(), &mut diagnostics);
        let parents = entities.iter().map(|entity| entity.parent.map(EntityIx::get)).collect();
        (parents, diagnostics.iter().map(|diagnostic| diagnostic.message.clone()).collect())
    }

    #[test]
    fn a_cycle_is_cut_at_its_first_place_and_told_once_from_wherever_it_is_met() {
        let (parents, messages) = cut(&[Some(3), None, Some(3), Some(2), Some(4)]);
        assert_eq!(parents, [Some(3), None, None, Some(2), None]);
        assert_eq!(
            messages,
            [
                "the location `2` lies inside itself: `2` in `3` in `2`",
                "the location `4` lies inside itself: `4` in `4`"
            ]
        );
    }

    #[test]
    fn of_a_long_cycle_the_first_are_named() {
        let parents: Vec<Option<usize>> = (0..100_000).map(|place| Some((place + 1) % 100_000)).collect();
        let names = "`0` in `1` in `2` in `3` in `4` in `5` in `6` in `7` in 99992 more in `0`";
        assert_eq!(cut(&parents).1, [format!("the location `0` lies inside itself: {names}")]);
    }

    #[test]
    fn a_hundred_thousand_places_inside_each_other_come_innermost_first() {
        let deep: Vec<Option<usize>> = (0..100_000).map(|place: usize| place.checked_sub(1)).collect();
        let begun = std::time::Instant::now();
        assert_eq!(cut(&deep).0, deep);
        assert_eq!(bottom_up(&places(&deep)), (0..100_000).rev().collect::<Vec<_>>());
        assert!(begun.elapsed().as_secs() < 5, "{:?}", begun.elapsed());
    }

    #[test]
    fn places_that_lie_equally_deep_keep_their_order() {
        assert_eq!(bottom_up(&places(&[Some(2), None, Some(1), Some(1)])), [0, 2, 3, 1]);
    }
}
