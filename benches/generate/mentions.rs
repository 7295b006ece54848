//! How prose names an entity: by any of its names; bare, in quotation marks, as a reference, behind a prefix.

use std::{borrow::Cow, fmt::Write as _};

use super::{Registry, names::capitalised, rng::Zipf, text::Writer};

/// Of each body when nobody says how many.
const USUAL: usize = 6;

/// One place in so many words holds a name (see [`Writer::sentence`]).
const WORDS_A_NAME: usize = 9;

const QUOTATION_MARKS: [(&str, &str); 6] =
    [("“", "”"), ("\"", "\""), ("«", "»"), ("„", "“"), ("‘", "’"), ("「", "」")];

/// "And", "so", "in", "for", "like", "and in", each written as one word with the name, as Arabic does.
const ARABIC_PREFIXES: [&str; 6] = ["و", "ف", "ب", "ل", "ك", "وب"];

/// "And", "in", "to", "from", "that", "and in", as Hebrew does.
const HEBREW_PREFIXES: [&str; 6] = ["ו", "ב", "ל", "מ", "ש", "וב"];

/// Whom a body is still to name of those that do not tag its briefing, each once.
pub(super) struct Mentions {
    left: Vec<Thing>,
    /// How many there were.
    wanted: usize,
    /// How many names the body has room for, about.
    room: usize,
}

/// An actor or a place, by its rank.
#[derive(Clone, Copy)]
enum Thing {
    Actor(usize),
    Location(usize),
}

impl<'a> Writer<'a> {
    /// The body of the briefing of that number, which names some that it is tagged with and some that it is not, and
    /// now and then refers to an earlier briefing.
    pub(super) fn body_with_mentions(&mut self, registry: &Registry, number: usize) -> String {
        let shape = &self.archive.shape;
        let wanted = shape.mentions.unwrap_or(USUAL);
        self.mentions = Some(self.untagged(registry, number, wanted));
        let mut body = self.body(shape.words);
        // What did not come up by chance.
        let rest =
            self.mentions.as_mut().map(|mentions| std::mem::take(&mut mentions.left)).unwrap_or_default();
        let mut last: Vec<String> = Vec::new();
        for thing in rest {
            let opening = capitalised(&self.phrase(2));
            let name = self.spelled(thing);
            last.push(format!("{opening} {name} {}.", self.phrase(3)));
        }
        if number > 0 && self.rng.one_in(4) {
            let earlier = number - self.rng.between(1, number.min(400));
            last.push(format!("{} [[{}]].", capitalised(&self.phrase(3)), self.archive.id(earlier)));
        }
        if !last.is_empty() {
            let _ = writeln!(body, "\n{}", last.join(" "));
        }
        self.mentions = None;
        body
    }

    /// The name for the next place of a sentence that has one. In a quotation it is bare and one of the briefing's own.
    pub(super) fn naming(&mut self, quoting: bool) -> Cow<'a, str> {
        let Some(mentions) = self.mentions.as_mut().filter(|_| !quoting) else {
            return Cow::Borrowed(self.name());
        };
        let due = !mentions.left.is_empty() && self.rng.below(mentions.room) < mentions.wanted;
        let thing = if due { mentions.left.pop() } else { self.tagged() };
        match thing {
            Some(thing) => Cow::Owned(self.spelled(thing)),
            None => Cow::Borrowed(self.name()),
        }
    }

    fn untagged(&self, registry: &Registry, number: usize, wanted: usize) -> Mentions {
        let mut rng = self.archive.rng(9, number);
        let places = match (registry.actors.is_empty(), registry.locations.is_empty()) {
            (false, false) => wanted * 2 / 5,
            (true, _) => wanted,
            (_, true) => 0,
        };
        // With as many more as might be tags, since those fall out again.
        let mut others = |law: &Zipf, tags: &[usize], count: usize| -> Vec<usize> {
            let ranks = law.ranks(if count == 0 { 0 } else { count + tags.len() }, &mut rng).into_iter();
            ranks.filter(|rank| !tags.contains(rank)).take(count).collect()
        };
        let actors = others(&self.archive.actor_law, self.actors, wanted - places);
        let locations = others(&self.archive.location_law, self.locations, places);
        let mut left: Vec<Thing> = actors.into_iter().map(Thing::Actor).collect();
        for place in locations {
            left.insert(rng.between(0, left.len()), Thing::Location(place));
        }
        Mentions { wanted: left.len(), left, room: (self.archive.shape.words / WORDS_A_NAME).max(1) }
    }

    fn tagged(&mut self) -> Option<Thing> {
        let count = self.actors.len() + self.locations.len();
        let place = self.rng.below(count);
        let location = || self.locations.get(place - self.actors.len()).copied().map(Thing::Location);
        self.actors.get(place).copied().map(Thing::Actor).or_else(location)
    }

    /// One of its names: a tenth in quotation marks, a tenth as a reference, a tenth by a weak alias if it has one; of
    /// the Arabic and Hebrew ones among the others a third behind a prefix.
    fn spelled(&mut self, thing: Thing) -> String {
        let archive = self.archive;
        let (entities, name, rank) = match thing {
            Thing::Actor(rank) => {
                (archive.registry.as_ref().map(|all| &all.actors), &archive.actors[rank], rank)
            }
            Thing::Location(rank) => {
                (archive.registry.as_ref().map(|all| &all.locations), &archive.locations[rank], rank)
            }
        };
        // What has no profile may be known to nobody but this sentence, so that a reference to it would be a mistake.
        let Some(entity) = entities.and_then(|entities| entities.get(rank)) else {
            return name.clone();
        };
        let names: Vec<&String> = entity.strong_names().collect();
        let name = if self.rng.one_in(3) { *self.rng.pick(&names) } else { name };
        match self.rng.below(10) {
            0 => {
                let (open, close) = self.rng.pick(&QUOTATION_MARKS);
                format!("{open}{name}{close}")
            }
            1 => format!("[[{name}]]"),
            2 if !entity.weak_aliases.is_empty() => self.rng.pick(&entity.weak_aliases).clone(),
            _ => {
                let prefix = match name.chars().next() {
                    Some('\u{590}'..='\u{5ff}') if self.rng.one_in(3) => self.rng.pick(&HEBREW_PREFIXES),
                    Some('\u{600}'..='\u{6ff}') if self.rng.one_in(3) => self.rng.pick(&ARABIC_PREFIXES),
                    _ => "",
                };
                format!("{prefix}{name}")
            }
        }
    }
}
