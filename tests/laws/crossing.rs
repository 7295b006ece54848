//! What leads from one page to another leads back, and what has nothing to do with a page does not change it.

use std::collections::{BTreeMap, BTreeSet};

use brief::{
    archive::{Archive, BriefingIx, EntityIx, Entry, Link, Mention, What},
    diagnostics::Diagnostics,
    settings::{self, DATE},
};
use proptest::{prelude::*, test_runner::TestCaseError};

use crate::{
    building::{build, cases, everything, public, sources_of},
    world::world,
    write::{Without, files},
};

/// The briefings of a timeline, by their ids; an id that stands there twice is one too many.
fn briefings<'a>(archive: &'a Archive, timeline: &[Entry]) -> Result<BTreeSet<&'a str>, TestCaseError> {
    let mut ids = BTreeSet::new();
    for entry in timeline {
        if let What::Briefing(place) = entry.what {
            let id = archive[place].id().as_str();
            prop_assert!(ids.insert(id), "`{}` stands twice on a timeline", id);
        }
    }
    Ok(ids)
}

fn ids<'a>(archive: &'a Archive, places: &[BriefingIx]) -> BTreeSet<&'a str> {
    places.iter().map(|place| archive[*place].id().as_str()).collect()
}

/// Entities, with all those that they lie in.
fn with_those_above(archive: &Archive, entities: &[EntityIx]) -> BTreeSet<EntityIx> {
    entities.iter().flat_map(|entity| archive.with_those_above(*entity)).collect()
}

/// Who is tagged is on the entity's own list, who is inside it on the whole one, and who only names it on the third.
fn lists_are_symmetric(archive: &Archive) -> Result<(), TestCaseError> {
    let mut own: BTreeMap<EntityIx, BTreeSet<&str>> = BTreeMap::new();
    let mut rolled: BTreeMap<EntityIx, BTreeSet<&str>> = BTreeMap::new();
    let mut named: BTreeMap<EntityIx, BTreeSet<&str>> = BTreeMap::new();
    for (briefing, reading) in archive.briefings.iter().zip(archive.readings()) {
        let id = briefing.id().as_str();
        for tag in &briefing.tags {
            prop_assert!(own.entry(*tag).or_default().insert(id), "`{}` is tagged twice with one", id);
        }
        let tagged = with_those_above(archive, &briefing.tags);
        for entity in &tagged {
            rolled.entry(*entity).or_default().insert(id);
        }
        for name in &reading.names {
            prop_assert!(!briefing.tags.contains(name), "`{}` only names what tags it", id);
        }
        let names = with_those_above(archive, &reading.names);
        for entity in names.difference(&tagged).filter(|entity| archive[**entity].kind != DATE) {
            named.entry(*entity).or_default().insert(id);
        }
    }
    for entity in archive.kinds.iter().flatten() {
        let (place, entity) = (entity, &archive[*entity]);
        let told = (&entity.address, &entity.name);
        prop_assert_eq!(
            ids(archive, archive.named_in(*place)),
            named.remove(place).unwrap_or_default(),
            "named in {:?}",
            told
        );
        prop_assert!(archive.named_in(*place).is_sorted_by(|one, next| one < next), "named in {:?}", told);
        let whole = briefings(archive, &entity.timeline)?;
        let counts = entity.counts();
        let count = |is: fn(&What) -> bool| entity.timeline.iter().filter(|entry| is(&entry.what)).count();
        prop_assert_eq!(counts.briefings, whole.len(), "{:?}", told);
        prop_assert_eq!(counts.events, count(|what| matches!(what, What::Event(_))), "{:?}", told);
        prop_assert_eq!(counts.claims, count(|what| matches!(what, What::Claim(_))), "{:?}", told);
        if entity.kind == DATE {
            continue;
        }
        let itself = if entity.children.is_empty() { &entity.timeline } else { &entity.itself };
        prop_assert_eq!(briefings(archive, itself)?, own.remove(place).unwrap_or_default(), "{:?}", told);
        prop_assert_eq!(whole, rolled.remove(place).unwrap_or_default(), "{:?}", told);
        for child in &entity.children {
            prop_assert_eq!(archive[*child].parent, Some(*place), "{:?}", told);
        }
    }
    prop_assert!(own.is_empty() && rolled.is_empty() && named.is_empty(), "an entity is in no kind");
    Ok(())
}

/// Every name that is a link means somebody with a page, whom the lists know, once in each text.
fn mentions_are_listed(archive: &Archive) -> Result<(), TestCaseError> {
    let once = |mentions: &[Mention], links: &[Link]| {
        let mut met = BTreeSet::new();
        for mention in mentions {
            let name = &archive[mention.entity].name;
            prop_assert!(archive[mention.entity].has_page, "`{}` has no page", name);
            prop_assert!(met.insert(mention.entity), "`{}` is linked twice by itself", name);
            prop_assert!(!links.contains(&Link::Entity(mention.entity)), "`{}` is linked by hand too", name);
        }
        Ok(met)
    };
    for (briefing, reading) in archive.briefings.iter().zip(archive.readings()) {
        let linked = once(&reading.mentions, &reading.links)?;
        let by_hand = reading.links.iter().filter_map(|link| match link {
            Link::Entity(entity) => Some(*entity),
            _ => None,
        });
        for entity in linked.into_iter().chain(by_hand) {
            let known = archive[entity].kind == DATE
                || briefing.tags.contains(&entity)
                || reading.names.contains(&entity);
            prop_assert!(known, "`{}` names `{}`", briefing.id(), archive[entity].name);
        }
        for (language, mentions) in &reading.translation_mentions {
            once(mentions, &reading.translation_links[language])?;
        }
    }
    for place in archive.kinds.iter().flatten() {
        let entity = &archive[*place];
        let reading = archive.reading_of_entity(*place);
        let linked = once(&reading.mentions, &reading.links)?;
        prop_assert!(!linked.contains(place), "`{}` links itself", entity.name);
    }
    let pages = (0..archive.pages.len()).map(|place| archive.reading_of_page(place));
    pages.into_iter().try_for_each(|page| once(&page.mentions, &page.links).map(|_| ()))
}

/// Who is named together is so on both pages, as often as it says.
fn pairs_are_symmetric(archive: &Archive, minimum: usize) -> Result<(), TestCaseError> {
    for place in archive.kinds.iter().flatten() {
        for pair in &archive[*place].pairs {
            let briefings = archive.briefings_of(*pair);
            let pair_of = &archive[*pair];
            prop_assert!(pair_of.one != pair_of.other && [pair_of.one, pair_of.other].contains(place));
            for side in [pair_of.one, pair_of.other] {
                prop_assert_eq!(archive[side].pairs.iter().filter(|other| *other == pair).count(), 1);
                for briefing in &briefings {
                    prop_assert!(with_those_above(archive, &archive[*briefing].tags).contains(&side));
                }
            }
            prop_assert_eq!(briefings.len(), pair_of.count);
            prop_assert_eq!(ids(archive, &briefings).len(), pair_of.count);
            prop_assert!(pair_of.count >= minimum);
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(cases(96))]

    #[test]
    fn the_cross_reference_is_symmetric(world in world(), open in any::<bool>()) {
        let files = files(&world, Without::default());
        let sources = sources_of(&files);
        let mut diagnostics = Diagnostics::new();
        let settings = settings::parse(&sources, &mut diagnostics);
        let edition = if open { everything() } else { public() };
        let archive = brief::plan(&sources, &settings, &edition, false, &mut diagnostics).archive;
        lists_are_symmetric(&archive)?;
        mentions_are_listed(&archive)?;
        pairs_are_symmetric(&archive, world.together)?;
    }
}

/// A briefing of a year and of people, places and words of its own.
fn unrelated(published: &str) -> String {
    format!(
        "---\ntitle: Zymurgy\ndate: 2011-03-04\npublished: {published}\nactors: [Zygon, Zelda]\n\
         locations: [Zurich, Zagreb]\ntopics: [zoning]\ntags: [zest]\n\
         events:\n  - {{id: zap, date: 2011-03, text: A zap.}}\n---\n\
         Zygon went to Zurich. [[2011-03-04]] [[#zap]]\n"
    )
}

/// One that stands on every kind: the first entity of a kind brings a new index, and every page leads to it.
const FIRST: &str =
    "---\ntitle: Quorum\nactors: [Quinn]\nlocations: [Quito]\ntopics: [quotas]\ntags: [quiz]\n---\n";

/// The pages that an unrelated briefing may change, and why:
///
/// - the home page and the lists of all briefings with their feeds: it stands there, and `page/N/` counts from the
///   oldest, so that one which is published before others moves them on;
/// - the indexes of kinds: its entities stand there;
/// - the index of dates; and the nearest dates before and after, which lead to each other as neighbours: the pages of
///   its neighbours in time are changed by what came between, and by nothing else of it;
/// - the page that counts what stands in the archive;
/// - what lists all pages: the sitemap, its parts and `robots.txt`, which names them.
fn may_change(path: &str, before: &str, after: &str) -> bool {
    is_list(path)
        || (path.starts_with("dates/") && without_neighbours(before) == without_neighbours(after))
        || path == "method/balance/index.html"
        || path == "robots.txt"
        || path.starts_with("sitemap")
}

/// Whether the home page, a list of all briefings, the index of a kind, a part or a feed of one stands there.
fn is_list(path: &str) -> bool {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let folder = folder.rsplit_once("/page/").map_or(folder, |(folder, _)| folder);
    ["index.html", "atom.xml", "feed.json"].contains(&name)
        && ["", "briefings", "actors", "locations", "topics", "tags", "dates"].contains(&folder)
}

/// A page without the links to what comes before and after it in time.
fn without_neighbours(page: &str) -> String {
    let Some((before, rest)) = page.split_once("<nav class=\"neighbours\"") else { return page.to_owned() };
    let after = rest.split_once("</nav>").map_or("", |(_, after)| after);
    before.trim_end().to_owned() + after
}

proptest! {
    #![proptest_config(cases(48))]

    #[test]
    fn an_unrelated_briefing_changes_no_page_that_its_content_does_not_enter(
        world in world(),
        published in prop_oneof![Just("2011-03-05"), Just("2025-05-15"), Just("2025-06-14")],
    ) {
        // Where nothing says what unmarked matter is, one file more may be an error for all.
        let mut world = world;
        world.default = Some("clear");
        // Where people need a profile, this one's may be the first that has.
        world.people = false;
        let mut files = files(&world, Without::default());
        files.texts.insert("content/briefings/2025-04-30-quorum.md".into(), FIRST.into());
        // The search gathers everything.
        let of_search = |path: &str| path.starts_with("search/");
        let mut before = build(&sources_of(&files), &public(), false).site;
        before.retain(|path, _| !of_search(path));
        files.texts.insert("content/briefings/2011-03-04-zymurgy.md".into(), unrelated(published));
        let profile = "---\nname: Zygon\naliases: [Zyg]\n---\nOf Zagreb.\n";
        files.texts.insert("content/actors/zygon.md".into(), profile.into());
        let mut after = build(&sources_of(&files), &public(), false).site;
        after.retain(|path, _| !of_search(path));
        prop_assert!(after.contains_key("briefings/2011/03/04/zymurgy/index.html"));
        for (path, pages) in &before {
            let Some(changed) = after.get(path) else {
                return Err(TestCaseError::fail(format!("`{path}` is no longer there")));
            };
            if pages != changed {
                let text = |pages: &[Vec<u8>]| String::from_utf8_lossy(&pages.concat()).into_owned();
                let (one, other) = (text(pages), text(changed));
                let difference = one.lines().zip(other.lines()).find(|(one, other)| one != other);
                prop_assert!(may_change(path, &one, &other), "`{}` differs: {:#?}", path, difference);
            }
        }
        let is_new = |path: &&String| !before.contains_key(*path);
        for path in after.keys().filter(is_new) {
            let own = ["zy", "ze", "zo", "zu", "za", "2011"].iter().any(|word| path.contains(word));
            prop_assert!(own || is_list(path), "`{}` is new", path);
        }
    }
}
