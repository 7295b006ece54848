//! Makes briefing archives of any size that are shaped like real ones, for measurements and tests.
//!
//! The same [`Shape`] gives the same bytes on every machine; no file is held back for another, so an archive of any
//! size streams through little memory. A test includes this file with `#[path]`. Nothing here knows `brief` itself.

#![allow(dead_code, reason = "every program that includes this module uses a part of it")]

mod briefing;
mod calendar;
mod claims;
mod mentions;
mod names;
mod profiles;
mod registry;
mod rng;
mod text;

use std::{fs, io, path::Path};

pub(crate) use briefing::{Briefing, Source};
use names::Namer;
pub(crate) use registry::{Entity, Registry};
use rng::{Rng, Zipf};

/// What an archive is to be like.
#[derive(Clone, Debug)]
pub(crate) struct Shape {
    /// How many briefings.
    pub(crate) briefings: usize,
    /// Over how many days up to 30 June 2025; `None` for five briefings a day, at most ten years.
    pub(crate) days: Option<usize>,
    /// Actors tagged in each briefing.
    pub(crate) actors: usize,
    /// Places tagged in each briefing.
    pub(crate) locations: usize,
    /// About how many words a body has.
    pub(crate) words: usize,
    /// Sources of each briefing.
    pub(crate) sources: usize,
    /// Claims of each briefing, with their responses.
    pub(crate) claims: usize,
    /// Events of each briefing.
    pub(crate) events: usize,
    /// Whether every actor and place has a profile.
    pub(crate) profiles: bool,
    /// How many actors the archive has, each with a profile; 0 for as many as its size has it.
    pub(crate) names: usize,
    /// The same of places.
    pub(crate) places: usize,
    /// How many of these each body names that do not tag its briefing; `None` for 6.
    pub(crate) mentions: Option<usize>,
    /// Another number, another archive.
    pub(crate) seed: u64,
}

impl Default for Shape {
    fn default() -> Self {
        Self {
            briefings: 1_000,
            days: None,
            actors: 12,
            locations: 8,
            words: 250,
            sources: 2,
            claims: 0,
            events: 0,
            profiles: false,
            names: 0,
            places: 0,
            mentions: None,
            seed: 1,
        }
    }
}

/// What every file of an archive draws on.
pub(crate) struct Archive {
    /// What it is like.
    pub(crate) shape: Shape,
    /// The actors' names, the most frequent first.
    pub(crate) actors: Vec<String>,
    /// The places' names, the most frequent first.
    pub(crate) locations: Vec<String>,
    /// Who and what the shape wants by number, with all their names; the lists above hold the main ones.
    pub(crate) registry: Option<Registry>,
    publishers: Vec<String>,
    words: Vec<String>,
    actor_law: Zipf,
    location_law: Zipf,
    word_law: Zipf,
    /// Each briefing's day and number within the day.
    days: Vec<(calendar::Date, usize)>,
}

/// How much was written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    /// Files.
    pub(crate) files: usize,
    /// Bytes.
    pub(crate) bytes: usize,
}

impl Archive {
    /// The archive of `shape`, whose files are still to be made.
    pub(crate) fn new(shape: Shape) -> Self {
        let size = vocabulary_size(shape.briefings);
        let days = shape.days.unwrap_or_else(|| (shape.briefings / 5).clamp(1, 3_650));
        let mut rng = Rng::new(shape.seed, 0);
        let mut namer = Namer::default();
        let mut draw = |count: usize, words: fn(usize) -> usize| -> Vec<String> {
            (0..count).map(|rank| namer.name(rank, words(rank), &mut rng)).collect()
        };
        let actors = draw((size * 3 / 5).max(shape.actors * 2), |rank| if rank % 6 == 2 { 1 } else { 2 });
        let locations = draw((size * 2 / 5).max(shape.locations * 2), |_| 1);
        let publishers = draw(40, |_| 2);
        let words = names::vocabulary(6_000, &mut rng);
        let registry = (shape.names + shape.places > 0).then(|| {
            let taken = [&actors, &locations, &publishers, &words].into_iter().flatten();
            Registry::new(shape.names, shape.places, taken, Rng::new(shape.seed, 8 << 48))
        });
        let registered = registry.as_ref();
        let (actor_law, actors) = frequencies(registered.map(|registry| &registry.actors), actors);
        let (location_law, locations) =
            frequencies(registered.map(|registry| &registry.locations), locations);
        Self {
            actor_law,
            location_law,
            word_law: Zipf::new(words.len()),
            days: calendar::rhythm(shape.briefings, days),
            shape,
            actors,
            locations,
            registry,
            publishers,
            words,
        }
    }

    /// The briefings, the oldest first.
    pub(crate) fn briefings(&self) -> impl Iterator<Item = Briefing> {
        (0..self.days.len()).map(|number| self.briefing(number))
    }

    /// Every file of the archive: its path with `/`, and its text.
    pub(crate) fn files(&self) -> impl Iterator<Item = (String, String)> {
        let briefings = self.briefings().map(|briefing| {
            let path = format!("content/briefings/{}", briefing.path());
            let text = briefing.to_markdown(self);
            (path, text)
        });
        std::iter::once(("brief.toml".to_owned(), SETTINGS.to_owned()))
            .chain(self.profiles())
            .chain(briefings)
    }

    /// Writes every file under `root`, which need not exist.
    pub(crate) fn write(&self, root: &Path) -> io::Result<Tally> {
        write(root, self.files())
    }

    fn rng(&self, purpose: u64, number: usize) -> Rng {
        Rng::new(self.shape.seed, (purpose << 48) + number as u64)
    }
}

/// Writes `files` under `root`, and the folders they stand in.
pub(crate) fn write(root: &Path, files: impl Iterator<Item = (String, String)>) -> io::Result<Tally> {
    let mut tally = Tally::default();
    let mut last_folder = None;
    for (path, text) in files {
        let path = root.join(path);
        let folder = path.parent().map(Path::to_path_buf);
        if folder != last_folder {
            folder.as_deref().map_or(Ok(()), fs::create_dir_all)?;
            last_folder = folder;
        }
        fs::write(&path, &text)?;
        tally.files += 1;
        tally.bytes += text.len();
    }
    Ok(tally)
}

const SETTINGS: &str = r#"title = "Generated desk"
base_url = "https://desk.example/"
authority = "desk.example,2015"
language = "en"
"#;

/// The names of what is registered, or else those of the archive's size, and how often each is drawn.
fn frequencies(registered: Option<&Vec<Entity>>, others: Vec<String>) -> (Zipf, Vec<String>) {
    match registered.filter(|entities| !entities.is_empty()) {
        Some(entities) => {
            let names = entities.iter().map(|entity| entity.name.clone()).collect();
            (Zipf::four_fifths(entities.len()), names)
        }
        None => (Zipf::new(others.len()), others),
    }
}

/// How many actors and places an archive names: Heaps' law, ten times the power 3/5 of its briefings, at most 10,000.
fn vocabulary_size(briefings: usize) -> usize {
    let wanted = (briefings as u128).pow(3);
    // The largest whole number whose fifth power is at most the third power of the briefings.
    let root = (1..=1_000_u128).rev().find(|root| root.pow(5) <= wanted).unwrap_or(1);
    usize::try_from(root * 10).map_or(10_000, |names| names.min(10_000))
}

/// `text` as a YAML and TOML string that nothing in it can end.
pub(crate) fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// `texts` as a YAML and TOML list.
pub(crate) fn list<'a>(texts: impl Iterator<Item = &'a str>) -> String {
    format!("[{}]", texts.map(quoted).collect::<Vec<_>>().join(", "))
}
