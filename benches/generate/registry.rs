//! Who and what an archive has profiles of: names in eleven scripts, each of one entity alone, and who belongs to whom.

use std::collections::BTreeSet;

use super::{
    names::{ARMENIAN, LATIN, OTHERS, Script},
    rng::Rng,
};

/// The entities of an archive that has them by number, of each kind the most frequent first.
pub(crate) struct Registry {
    /// None where only places were asked for.
    pub(crate) actors: Vec<Entity>,
    /// None where only actors were asked for.
    pub(crate) locations: Vec<Entity>,
}

/// What an actor or a place is called. No two entities share any of these, whatever the case and the punctuation.
pub(crate) struct Entity {
    pub(crate) name: String,
    pub(crate) aliases: Vec<String>,
    pub(crate) weak_aliases: Vec<String>,
    /// By language.
    pub(crate) names: Vec<(&'static str, String)>,
}

/// What an actor is, and the ranks of whom it speaks for and of what it is a part.
pub(super) struct Role {
    pub(super) word: &'static str,
    pub(super) speaks_for: Option<usize>,
    pub(super) parent: Option<usize>,
}

impl Registry {
    /// So many actors and places, none with a name from `taken`.
    pub(super) fn new<'a>(
        actors: usize,
        places: usize,
        taken: impl Iterator<Item = &'a String>,
        rng: Rng,
    ) -> Self {
        let mut christener = Christener { taken: taken.map(|name| key(name)).collect(), rng };
        let actors = (0..actors).map(|rank| {
            let role = role(rank);
            let words = if role.word == "state" { 1 } else { 2 };
            christener.entity(words, role.word == "person")
        });
        let actors = actors.collect();
        let locations = (0..places).map(|_| christener.entity(1, false)).collect();
        Self { actors, locations }
    }
}

impl Entity {
    /// Every name that is linked by itself.
    pub(super) fn strong_names(&self) -> impl Iterator<Item = &String> {
        let names = self.names.iter().map(|(_, name)| name);
        std::iter::once(&self.name).chain(&self.aliases).chain(names)
    }
}

/// The actor of that rank: of twelve, one is a state, six are persons, and the others bodies of many sorts.
pub(super) fn role(rank: usize) -> Role {
    let (place, state) = (rank % 12, rank - rank % 12);
    let (word, speaks_for, parent) = match place {
        0 => ("state", None, None),
        1 | 7 => ("organisation", None, None),
        3 => ("government body", Some(state), Some(state)),
        5 => ("group", None, None),
        9 => ("media", None, (rank % 24 < 12).then_some(state + 7)),
        // An organ of the state, an organisation, or nobody.
        2 | 8 => ("person", Some(state), None),
        4 | 10 => ("person", Some(state + 1), None),
        _ => ("person", None, None),
    };
    Role { word, speaks_for, parent }
}

/// What the place of that rank is, and the rank of what it lies in: of twenty, one is a country, three are its regions,
/// seven cities of these, and nine sites in those.
pub(super) fn place(rank: usize) -> (&'static str, Option<usize>) {
    let country = rank - rank % 20;
    match rank % 20 {
        0 => ("country", None),
        1..=3 => ("region", Some(country)),
        city @ 4..=10 => ("city", Some(country + 1 + city % 3)),
        site => ("site", Some(country + 4 + site % 7)),
    }
}

struct Christener {
    taken: BTreeSet<String>,
    rng: Rng,
}

impl Christener {
    fn entity(&mut self, words: usize, person: bool) -> Entity {
        let script = self.script();
        let name = self.name(script, words);
        let aliases = if self.rng.one_in(3) { self.rng.between(1, 2) } else { 0 };
        let aliases = (0..aliases).map(|_| {
            let script = if self.rng.one_in(3) { self.script() } else { script };
            self.name(script, words)
        });
        let aliases = aliases.collect();
        let mut names = Vec::new();
        if self.rng.one_in(3) {
            for other in [&LATIN, &OTHERS[0], &OTHERS[1], &OTHERS[2], &ARMENIAN] {
                if other.language != script.language && !self.rng.one_in(3) {
                    names.push((other.language, self.name(other, words)));
                }
            }
        }
        let mut weak_aliases = Vec::new();
        if person && self.rng.one_in(3) {
            // A family name of its own; what others bear as well could mean any of them.
            let family = name.rsplit(' ').next().filter(|_| script.spaced).unwrap_or_default();
            if !family.is_empty() && self.taken.insert(key(family)) {
                weak_aliases.push(family.to_owned());
            }
        }
        Entity { name, aliases, weak_aliases, names }
    }

    /// Latin for half of all, any other for as many as any other.
    fn script(&mut self) -> &'static Script {
        match self.rng.below(20) {
            0 => &ARMENIAN,
            other @ 1..=9 => &OTHERS[other - 1],
            _ => &LATIN,
        }
    }

    fn name(&mut self, script: &Script, words: usize) -> String {
        // Where names of the usual length run short they grow longer.
        let mut refused = 0;
        loop {
            let name = script.name(words, refused / 16, &mut self.rng);
            if self.taken.insert(key(&name)) {
                return name;
            }
            refused += 1;
        }
    }
}

/// What two spellings of a name share under any folding of case, spaces, hyphens and apostrophes.
fn key(name: &str) -> String {
    name.to_lowercase().replace(['\'', ' ', '-'], "")
}
