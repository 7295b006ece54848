//! What an archive knows of its actors and places.

use std::fmt::Write as _;

use super::{Archive, names::slug, quoted, text::Writer};

const ACTOR_TYPES: [&str; 6] = ["person", "organisation", "state", "government body", "group", "media"];

impl Archive {
    /// A profile for every actor and place: the path of its file and its text.
    pub(super) fn profiles(&self) -> impl Iterator<Item = (String, String)> {
        let actors = (0..self.actors.len()).map(|rank| {
            (format!("content/actors/{}.md", slug(&self.actors[rank])), self.actor_profile(rank))
        });
        let locations = (0..self.locations.len()).map(|rank| {
            (format!("content/locations/{}.md", slug(&self.locations[rank])), self.location_profile(rank))
        });
        actors.chain(locations)
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

    fn location_profile(&self, rank: usize) -> String {
        let mut text = format!("---\nname: {}\n", quoted(&self.locations[rank]));
        let (kind, parent) = place_in_tree(rank);
        let _ = writeln!(text, "type: {kind}");
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
        let mut writer = Writer { archive: self, rng: self.rng(purpose, rank), actors: &[], locations: &[] };
        let description = quoted(&capitalised_end(&writer.phrase(12)));
        format!("description: {description}\n---\n\n{}", writer.body(60))
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
