//! Archives for the tests of what leads from one page to another, and the laws of all of it.

#![allow(clippy::unwrap_used, reason = "what a test cannot do fails it")]

use std::{collections::BTreeMap, fmt::Write as _};

use proptest::{
    prelude::*,
    test_runner::{RngAlgorithm, RngSeed},
};

use super::{Archive, BriefingIx, EntityIx};
use crate::{
    diagnostics::Diagnostics,
    documents,
    model::Instant,
    release::{self, Edition},
    settings,
    sources::Sources,
};

/// The archive of these files, and what is reported from its making on.
pub(super) fn archive_of<'a>(
    files: impl IntoIterator<Item = (&'a str, &'a str)>,
) -> (Archive, Vec<(String, Option<String>)>) {
    let sources = Sources::from_texts(files);
    let mut before = Diagnostics::new();
    let settings = settings::parse(&sources, &mut before);
    let documents = documents::parse(&sources, &settings, &mut before);
    let edition = Edition::public(Instant::parse_as_of("2030-01-01T00:00Z").unwrap());
    let (release, _) = release::select(documents, &settings, &edition, &mut before);
    let mut diagnostics = Diagnostics::new();
    let archive = super::index(
        release,
        &settings,
        edition.as_of.day_in(settings.timezone),
        None,
        None,
        &mut diagnostics,
    );
    let told = diagnostics.iter().map(|diagnostic| (diagnostic.message.clone(), diagnostic.help.clone()));
    (archive, told.collect())
}

/// `cases` of a law, always the same ones.
pub(super) fn cases(cases: u32) -> ProptestConfig {
    ProptestConfig {
        cases,
        rng_algorithm: RngAlgorithm::ChaCha,
        rng_seed: RngSeed::Fixed(0x6272_6965),
        failure_persistence: None,
        max_shrink_iters: 400,
        ..ProptestConfig::default()
    }
}

impl Archive {
    /// The ids of briefings.
    pub(super) fn ids(&self, briefings: &[BriefingIx]) -> Vec<&str> {
        briefings.iter().map(|briefing| self[*briefing].id().as_str()).collect()
    }

    /// The names of entities.
    pub(super) fn names(&self, entities: &[EntityIx]) -> Vec<&str> {
        entities.iter().map(|entity| &*self[*entity].name).collect()
    }

    /// The briefings that lead to the one with the id.
    pub(super) fn leading_to(&self, id: &str) -> &[BriefingIx] {
        let place = self.briefings.iter().position(|briefing| briefing.id().as_str() == id).unwrap();
        self.linked_from(BriefingIx::new(place))
    }

    /// The briefing with the id.
    pub(super) fn briefing(&self, id: &str) -> &super::Briefing {
        self.briefings.iter().find(|briefing| briefing.id().as_str() == id).unwrap()
    }
}

/// A generated archive.
#[derive(Clone, Debug)]
pub(super) struct World {
    minimum: usize,
    actors: Vec<Member>,
    places: Vec<Member>,
    briefings: Vec<Written>,
}

/// An actor or a place. What it lies in, or is the same as, is taken by its number, where there is one.
#[derive(Clone, Debug)]
struct Member {
    has_profile: bool,
    has_page: bool,
    parent: Option<usize>,
    same_as: Option<usize>,
}

#[derive(Clone, Debug)]
struct Written {
    day: u32,
    actors: Vec<usize>,
    places: Vec<usize>,
    keywords: Vec<usize>,
    links: Vec<usize>,
    tells: Option<usize>,
    /// The actors of each event, with their roles.
    events: Vec<Vec<(usize, Role)>>,
}

#[derive(Clone, Copy, Debug)]
enum Role {
    By,
    With,
    Target,
    None,
}

pub(super) fn world() -> impl Strategy<Value = World> {
    (
        1..4_usize,
        prop::collection::vec(member(), 2..8),
        prop::collection::vec(member(), 1..5),
        prop::collection::vec(written(), 1..24),
    )
        .prop_map(|(minimum, actors, places, briefings)| World { minimum, actors, places, briefings })
}

fn member() -> impl Strategy<Value = Member> {
    let some = |most| prop::option::weighted(0.4, 0..most);
    (prop::bool::weighted(0.85), prop::bool::weighted(0.85), some(8_usize), some(20_usize)).prop_map(
        |(has_profile, has_page, parent, same_as)| Member { has_profile, has_page, parent, same_as },
    )
}

fn written() -> impl Strategy<Value = Written> {
    let some = |most: usize, many: usize| prop::collection::vec(0..most, 0..many);
    let role = prop_oneof![Just(Role::By), Just(Role::With), Just(Role::Target), Just(Role::None)];
    let event = prop::collection::vec((0..8_usize, role), 0..4);
    (
        0..28_u32,
        some(8, 4),
        some(5, 3),
        some(4, 2),
        some(24, 3),
        prop::option::weighted(0.2, 0..24_usize),
        prop::collection::vec(event, 0..3),
    )
        .prop_map(|(day, actors, places, keywords, links, tells, events)| Written {
            day,
            actors,
            places,
            keywords,
            links,
            tells,
            events,
        })
}

impl World {
    /// The least number of briefings that make a pair.
    pub(super) fn minimum(&self) -> usize {
        self.minimum
    }

    /// The archive's files.
    pub(super) fn files(&self) -> BTreeMap<String, String> {
        let settings = format!("title = \"Test\"\n[together]\nminimum = {}\n", self.minimum);
        let mut files = BTreeMap::from([("brief.toml".to_owned(), settings)]);
        for (folder, word, members) in
            [("actors", "Actor", &self.actors), ("locations", "Place", &self.places)]
        {
            for (number, member) in members.iter().enumerate().filter(|(_, member)| member.has_profile) {
                let mut text = format!("---\nname: {word} {number}\npage: {}\n", member.has_page);
                if let Some(parent) = member.parent.filter(|parent| *parent < number) {
                    writeln!(text, "parent: {word} {parent}").unwrap();
                }
                let other = member.same_as.filter(|other| word == "Actor" && *other < self.places.len());
                if let Some(other) = other {
                    writeln!(text, "same_as: location:Place {other}").unwrap();
                }
                files.insert(format!("content/{folder}/{word}-{number}.md").to_lowercase(), text + "---\n");
            }
        }
        for (number, briefing) in self.briefings.iter().enumerate() {
            files.insert(format!("content/briefings/b{number}.md"), self.briefing(briefing));
        }
        files
    }

    fn briefing(&self, briefing: &Written) -> String {
        let names = |word: &str, numbers: &[usize], most: usize| {
            let names = numbers.iter().map(|number| format!("{word} {}", number % most));
            names.collect::<Vec<String>>().join(", ")
        };
        let mut text = format!(
            "---\ntitle: T\ndate: 2025-05-{:02}\nactors: [{}]\nlocations: [{}]\ntags: [{}]\nevents:\n",
            briefing.day + 1,
            names("Actor", &briefing.actors, self.actors.len()),
            names("Place", &briefing.places, self.places.len()),
            names("word", &briefing.keywords, 4),
        );
        text += "  - {id: own, text: It happened.}\n";
        if let Some(other) = briefing.tells {
            writeln!(text, "  - {{event: b{}#own, text: It did.}}", other % self.briefings.len()).unwrap();
        }
        for event in &briefing.events {
            let actors = event.iter().map(|(number, role)| {
                let name = format!("Actor {}", number % self.actors.len());
                match role {
                    Role::By => format!("{{id: {name}, role: by}}"),
                    Role::With => format!("{{id: {name}, role: with}}"),
                    Role::Target => format!("{{id: {name}, role: target}}"),
                    Role::None => name,
                }
            });
            let actors = actors.collect::<Vec<String>>().join(", ");
            writeln!(text, "  - {{text: It went on., actors: [{actors}]}}").unwrap();
        }
        text += "---\n";
        for other in &briefing.links {
            writeln!(text, "[[b{}]]", other % self.briefings.len()).unwrap();
        }
        text
    }
}

pub(super) fn pairs(files: &BTreeMap<String, String>) -> impl Iterator<Item = (&str, &str)> {
    files.iter().map(|(path, text)| (path.as_str(), text.as_str()))
}

/// What readers find of a briefing or an entity, by ids, and of nobody else.
fn shown(archive: &Archive) -> (BTreeMap<String, String>, BTreeMap<String, String>) {
    let mut briefings = BTreeMap::new();
    for (place, briefing) in archive.briefings.iter().enumerate() {
        let related = briefing.related.iter();
        let related: Vec<_> = related
            .map(|relative| (archive[relative.briefing].id().as_str(), archive.names(&relative.shared)))
            .collect();
        let shown =
            format!("{related:?}, from {:?}", archive.ids(archive.linked_from(BriefingIx::new(place))));
        briefings.insert(briefing.id().to_string(), shown);
    }
    let mut entities = BTreeMap::new();
    for entity in &archive.entities {
        let pairs = entity.pairs.iter().map(|place| {
            let pair = &archive[*place];
            let ids = archive.briefings_of(*place);
            (archive.names(&[pair.one, pair.other]), pair.count, archive.ids(&ids).join(" "))
        });
        entities.insert(entity.address.clone(), format!("{:?}", pairs.collect::<Vec<_>>()));
    }
    (briefings, entities)
}

proptest! {
    #![proptest_config(cases(48))]

    #[test]
    fn a_briefing_that_shares_nothing_changes_nothing_of_the_others(world in world(), day in 0..28_u32) {
        let mut files = world.files();
        let (before, _) = archive_of(pairs(&files));
        let text = format!(
            "---\ntitle: T\ndate: 2025-05-{:02}\nactors: [Actor 5x, New]\nlocations: [There]\n---\n",
            day + 1,
        );
        files.insert("content/briefings/a.md".into(), text);
        files.insert("content/actors/actor-5x.md".into(), "---\nname: Actor 5x\n---\n".into());
        files.insert("content/locations/there.md".into(), "---\nname: There\n---\n".into());
        let (after, _) = archive_of(pairs(&files));
        let (before, after) = (shown(&before), shown(&after));
        for (id, shown) in &before.0 {
            prop_assert_eq!(Some(shown), after.0.get(id), "{}", id);
        }
        for (address, shown) in &before.1 {
            prop_assert_eq!(Some(shown), after.1.get(address), "{}", address);
        }
    }

    #[test]
    fn what_is_told_of_two_is_true_of_both(world in world()) {
        let files = world.files();
        let (archive, _) = archive_of(pairs(&files));
        for (place, briefing) in archive.briefings.iter().enumerate() {
            for relative in &briefing.related {
                let other = &archive[relative.briefing];
                prop_assert!(relative.briefing != BriefingIx::new(place));
                prop_assert!(!relative.shared.is_empty());
                for entity in &relative.shared {
                    prop_assert!(archive[*entity].has_page);
                    prop_assert!(briefing.tags.contains(entity) && other.tags.contains(entity));
                }
            }
            let linked_from = archive.linked_from(BriefingIx::new(place));
            prop_assert!(linked_from.is_sorted_by(|one, next| one < next));
            prop_assert!(!linked_from.contains(&BriefingIx::new(place)));
        }
        for (place, pair) in (0..).map(super::PairIx::new).zip(&archive.pairs) {
            for entity in [pair.one, pair.other] {
                prop_assert_eq!(archive[entity].pairs.iter().filter(|other| **other == place).count(), 1);
            }
            let briefings = archive.briefings_of(place);
            prop_assert_eq!(briefings.len(), pair.count);
            prop_assert!(briefings.is_sorted_by(|one, next| one < next));
        }
        let listed: usize = archive.entities.iter().map(|entity| entity.pairs.len()).sum();
        prop_assert_eq!(listed, 2 * archive.pairs.len());
    }
}
