//! What an archive knows of its actors and places.

use std::fmt::Write as _;

use super::{
    Archive, Entity, list,
    names::slug,
    quoted,
    registry::{Role, place, role},
    text::Writer,
};

const ACTOR_TYPES: [&str; 6] = ["person", "organisation", "state", "government body", "group", "media"];

impl Archive {
    /// The profiles of all that is registered, and of every other actor and place where the shape wants that: the path
    /// of each file and its text.
    pub(super) fn profiles(&self) -> impl Iterator<Item = (String, String)> {
        let none: &[Entity] = &[];
        let (actors, locations) = self
            .registry
            .as_ref()
            .map_or((none, none), |registry| (registry.actors.as_slice(), registry.locations.as_slice()));
        let wanted = |names: &[String], registered: &[Entity]| {
            if self.shape.profiles || !registered.is_empty() { 0..names.len() } else { 0..0 }
        };
        let of_actors = wanted(&self.actors, actors).map(|rank| {
            let text = match actors.get(rank) {
                Some(entity) => self.registered_actor(rank, entity),
                None => self.actor_profile(rank),
            };
            (format!("content/actors/{}.md", slug(&self.actors[rank])), text)
        });
        let of_locations = wanted(&self.locations, locations).map(|rank| {
            let text = self.location_profile(rank, locations.get(rank));
            (format!("content/locations/{}.md", slug(&self.locations[rank])), text)
        });
        of_actors.chain(of_locations)
    }

    fn registered_actor(&self, rank: usize, entity: &Entity) -> String {
        let mut text = format!("---\nname: {}\n", quoted(&entity.name));
        let Role { word, speaks_for, parent } = role(rank);
        let _ = writeln!(text, "type: {word}");
        write_names(entity, &mut text);
        if let Some(side) = speaks_for {
            let _ = writeln!(text, "speaks_for: [{}]", quoted(&self.actors[side]));
        }
        if let Some(parent) = parent {
            let _ = writeln!(text, "parent: {}", quoted(&self.actors[parent]));
        }
        text + &self.description(4, rank)
    }

    fn actor_profile(&self, rank: usize) -> String {
        let mut text = format!("---\nname: {}\n", quoted(&self.actors[rank]));
        let _ = writeln!(text, "type: {}", ACTOR_TYPES[rank % ACTOR_TYPES.len()]);
        // Persons and organs speak for the state of their six, groups for nobody.
        let state = rank - rank % ACTOR_TYPES.len() + 2;
        if matches!(rank % ACTOR_TYPES.len(), 0 | 3) && state < self.actors.len() {
            let _ = writeln!(text, "speaks_for: [{}]", quoted(&self.actors[state]));
        }
        text + &self.description(4, rank)
    }

    fn location_profile(&self, rank: usize, entity: Option<&Entity>) -> String {
        let mut text = format!("---\nname: {}\n", quoted(&self.locations[rank]));
        let (kind, parent) = if entity.is_some() { place(rank) } else { place_in_tree(rank) };
        let _ = writeln!(text, "type: {kind}");
        if let Some(entity) = entity {
            write_names(entity, &mut text);
        }
        if let Some(parent) = parent {
            let _ = writeln!(text, "parent: {}", quoted(&self.locations[parent]));
        }
        let mut rng = self.rng(6, rank);
        let (latitude, east) = (rng.below(60), rng.below(90));
        let (minutes, more) = (rng.below(100), rng.below(100));
        let _ = writeln!(text, "coordinates: [{latitude}.{minutes:02}, {east}.{more:02}]");
        text + &self.description(5, rank)
    }

    fn description(&self, purpose: u64, rank: usize) -> String {
        let rng = self.rng(purpose, rank);
        let mut writer = Writer { archive: self, rng, actors: &[], locations: &[], mentions: None };
        let description = quoted(&capitalised_end(&writer.phrase(12)));
        format!("description: {description}\n---\n\n{}", writer.body(60))
    }
}

fn write_names(entity: &Entity, text: &mut String) {
    for (key, names) in [("aliases", &entity.aliases), ("weak_aliases", &entity.weak_aliases)] {
        if !names.is_empty() {
            let _ = writeln!(text, "{key}: {}", list(names.iter().map(String::as_str)));
        }
    }
    if !entity.names.is_empty() {
        let names = entity.names.iter().map(|(language, name)| format!("{language}: {}", quoted(name)));
        let _ = writeln!(text, "names: {{{}}}", names.collect::<Vec<_>>().join(", "));
    }
}

/// What the place of that rank is and the rank of what it lies in: of ten, one is a country, three are its regions
/// and six are cities of these.
fn place_in_tree(rank: usize) -> (&'static str, Option<usize>) {
    let country = rank - rank % 10;
    match rank % 10 {
        0 => ("country", None),
        1..=3 => ("region", Some(country)),
        city => ("city", Some(country + 1 + city % 3)),
    }
}

fn capitalised_end(phrase: &str) -> String {
    super::names::capitalised(phrase) + "."
}
