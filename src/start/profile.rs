use std::fmt::Write as _;

use super::{Fresh, list_line};
use crate::{
    import::scalar_text,
    model::{EntityType, Word as _, segment},
    settings::{ACTOR, Kind, LOCATION},
};

/// What is known of an entity when its profile is begun.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sketch {
    /// What it is called.
    pub name: String,
    /// What sort of thing it is.
    pub entity_type: Option<EntityType>,
    /// What it lies in or belongs to, as it is to be written.
    pub parent: Option<String>,
    /// Other names.
    pub aliases: Vec<String>,
}

/// The profile of something of the kind at `place`, in `folder` below `content/`.
pub fn profile(sketch: &Sketch, place: usize, kind: &Kind, folder: &str) -> Fresh {
    let mut text = format!("---\nname: {}\n", scalar_text(&sketch.name, false));
    match sketch.entity_type {
        Some(sort) => {
            let _ = writeln!(text, "type: {}", sort.word());
        }
        None if matches!(place, ACTOR | LOCATION) => {
            let _ = writeln!(text, "# one of {}\n# type: other", types(place).join(", "));
        }
        None => {}
    }
    if let Some(parent) = &sketch.parent {
        let _ = writeln!(text, "parent: {}", scalar_text(parent, false));
    }
    if sketch.aliases.is_empty() {
        text.push_str("# other names that mean the same, in any script\n# aliases: []\n");
    } else {
        text.push_str(&list_line("aliases", &sketch.aliases));
    }
    let _ = write!(text, "# a sentence on this {}\n# description: \"\"\n---\n\n", kind.name);
    Fresh::text(format!("content/{folder}/{}.md", segment(&sketch.name)), text)
}

/// The words for what an actor or a place may be: the first eight are for actors, the rest for places, `other` for
/// both.
fn types(place: usize) -> Vec<&'static str> {
    let first_of_places = EntityType::WORDS.iter().position(|(_, sort)| *sort == EntityType::Country);
    let (actors, places) = EntityType::WORDS.split_at(first_of_places.unwrap_or_default());
    let words = |list: &[(&'static str, EntityType)]| list.iter().map(|(word, _)| *word).collect::<Vec<_>>();
    if place == ACTOR {
        let mut all = words(actors);
        all.push(EntityType::Other.word());
        all
    } else {
        words(places)
    }
}
