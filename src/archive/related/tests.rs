use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;
use crate::archive::Archive;
use crate::archive::cross_tests::{archive_of, cases, pairs, world};

/// The relatives of a briefing, as they are defined.
fn plainly(web: &Web, place: usize) -> Vec<u32> {
    let mut candidates: BTreeSet<usize> = BTreeSet::new();
    for rank in web.ranks.row(place) {
        let list = web.tagged.row(*rank as usize).iter().map(|other| *other as usize);
        let before: Vec<usize> = list.clone().filter(|other| *other < place).collect();
        candidates.extend(before.iter().rev().take(24));
        candidates.extend(list.filter(|other| *other > place).take(24));
    }
    let score = |other: usize| {
        let days = f64::from((web.days[place] - web.days[other]).abs());
        let both = web.ranks.row(place).iter().filter(|rank| web.ranks.row(other).contains(rank));
        let count = |rank: &u32| u32::try_from(web.tagged.row(*rank as usize).len()).unwrap();
        let sum: f64 = both.map(|rank| 1.0 / f64::from(count(rank))).sum();
        1.0 / (1.0 + days / 7.0) * sum
    };
    let mut scored: Vec<(f64, bool, usize, usize)> = candidates
        .iter()
        .map(|other| (score(*other), *other > place, other.abs_diff(place), *other))
        .collect();
    scored.sort_by(|one, other| other.0.total_cmp(&one.0).then((one.1, one.2).cmp(&(other.1, other.2))));
    scored.iter().take(5).map(|(.., other)| u32::try_from(*other).unwrap()).collect()
}

/// A web of entities that tag one briefing of two, of three, and so on.
fn web() -> impl Strategy<Value = Web> {
    let briefing = |entities: u32| {
        let tags = (0..entities).map(|number| prop::bool::weighted(1.0 / f64::from(number + 2)));
        (0..3_i32, tags.collect::<Vec<_>>())
    };
    (1..24_u32, 1..200_usize)
        .prop_flat_map(move |(entities, briefings)| prop::collection::vec(briefing(entities), briefings))
        .prop_map(|briefings| {
            let entities = briefings[0].1.len();
            let count = |number: &usize| briefings.iter().filter(|(_, tags)| tags[*number]).count();
            let mut numbers: Vec<usize> = (0..entities).collect();
            numbers.sort_by_key(count);
            let mut ranks = Rows::default();
            let mut days = vec![738_000];
            for (pause, tags) in &briefings {
                ranks
                    .push((0_u32..).zip(&numbers).filter(|(_, number)| tags[**number]).map(|(rank, _)| rank));
                days.push(days.last().unwrap() + pause);
            }
            days.pop();
            Web::new(numbers.into_iter().map(EntityIx::new).collect(), ranks, days)
        })
}

proptest! {
    #![proptest_config(cases(256))]

    #[test]
    fn the_quick_way_finds_what_the_plain_one_does(web in web()) {
        let mut scratch = Scratch::of(&web);
        for place in 0..web.days.len() {
            prop_assert_eq!(web.nearest(place, &mut scratch), plainly(&web, place), "of {}", place);
        }
    }
}

proptest! {
    #![proptest_config(cases(32))]

    #[test]
    fn an_archive_has_the_relatives_of_the_definition(world in world()) {
        let files = world.files();
        let (archive, _) = archive_of(pairs(&files));
        let web = Web::of(&archive);
        for (place, briefing) in archive.briefings.iter().enumerate() {
            let related: Vec<u32> = briefing.related.iter().map(|r| u32::try_from(r.briefing.get()).unwrap()).collect();
            prop_assert_eq!(related, plainly(&web, place));
        }
    }
}

#[test]
fn a_relative_is_near_on_one_list_and_counts_for_all_that_is_shared() {
    // Before the last briefing stand `between` with each of the two entities that it shares with the first alone.
    let nearest = |between: [usize; 2]| {
        let mut ranks = Rows::default();
        let tags = [vec![0, 1]].into_iter();
        let tags = tags.chain(vec![vec![0]; between[0]]).chain(vec![vec![1]; between[1]]);
        tags.chain([vec![0, 1]]).for_each(|tags| ranks.push(tags));
        let places = ranks.len();
        let web = Web::new(vec![EntityIx::new(0), EntityIx::new(1)], ranks, vec![738_000; places]);
        web.nearest(places - 1, &mut Scratch::of(&web))
    };
    assert_eq!(nearest([23, 30]), [0, 23, 22, 21, 20]);
    assert_eq!(nearest([24, 30]), [24, 23, 22, 21, 20]);
}

const DESK: [(&str, &str); 7] = [
    ("brief.toml", "title = \"Test\"\n"),
    ("content/actors/naim.md", "---\nname: Bassem Naim\npage: false\n---\n"),
    (
        "content/briefings/2025-05-10-aid.md",
        "---\ntitle: T\nactors: [Israel, United Nations, Bassem Naim]\nlocations: [Gaza Strip]\n---\n",
    ),
    (
        "content/briefings/2025-05-13-strike.md",
        "---\ntitle: T\nactors: [Israel, Hamas, Mohammad Sinwar]\nlocations: [Khan Younis]\n---\n",
    ),
    (
        "content/briefings/2025-05-15-talks.md",
        "---\ntitle: T\nactors: [Hamas, Bassem Naim, United States]\nlocations: [Doha]\n---\n",
    ),
    ("content/briefings/2025-05-16-denial.md", "---\ntitle: T\nactors: [United States, Hamas]\n---\n"),
    ("content/briefings/2025-06-30-found.md", "---\ntitle: T\nactors: [Israel, Mohammad Sinwar]\n---\n"),
];

fn related<'a>(archive: &'a Archive, id: &str) -> Vec<(&'a str, Vec<&'a str>)> {
    let related = archive.briefing(id).related.iter();
    related.map(|r| (archive[r.briefing].id().as_str(), archive.names(&r.shared))).collect()
}

#[test]
fn the_nearest_and_rarest_stand_first() {
    let (archive, _) = archive_of(DESK);
    // Israel and Hamas tag three each, Mohammad Sinwar and the United States two each. So for the strike the talks
    // score 1/3 after two days, 7/27; the aid and the denial 1/3 at three days, 7/30 each; the finding 1/2 + 1/3
    // after 48 days, 7/66.
    assert_eq!(
        related(&archive, "2025-05-13-strike"),
        [
            ("2025-05-15-talks", vec!["Hamas"]),
            ("2025-05-10-aid", vec!["Israel"]),
            ("2025-05-16-denial", vec!["Hamas"]),
            ("2025-06-30-found", vec!["Mohammad Sinwar", "Israel"]),
        ]
    );
    // 1/3 + 1/2 after a day, then 1/3 at two days.
    assert_eq!(
        related(&archive, "2025-05-15-talks"),
        [("2025-05-16-denial", vec!["United States", "Hamas"]), ("2025-05-13-strike", vec!["Hamas"])]
    );
}

#[test]
fn one_without_a_page_and_a_shared_day_relate_nothing() {
    let (archive, _) = archive_of(DESK);
    assert!(related(&archive, "2025-05-10-aid").iter().all(|(id, _)| *id != "2025-05-15-talks"));
    let (archive, _) = archive_of([
        ("brief.toml", "title = \"Test\"\n"),
        ("content/briefings/one.md", "---\ntitle: T\ndate: 2025-05-10\nactors: [Israel]\n---\n"),
        ("content/briefings/two.md", "---\ntitle: T\ndate: 2025-05-10\nactors: [Hamas]\n---\n"),
    ]);
    assert_eq!(related(&archive, "one"), []);
}

#[test]
fn at_most_three_of_what_is_shared_are_told_and_the_rest_is_counted_and_equals_go_by_name() {
    let (archive, _) = archive_of([
        ("brief.toml", "title = \"Test\"\n"),
        ("content/briefings/one.md", "---\ntitle: T\ndate: 2025-05-10\nactors: [d, C, b, A]\n---\n"),
        ("content/briefings/two.md", "---\ntitle: T\ndate: 2025-05-11\nactors: [A, b, C, d]\n---\n"),
        ("content/briefings/three.md", "---\ntitle: T\ndate: 2025-05-11\nactors: [A]\n---\n"),
    ]);
    assert_eq!(related(&archive, "one"), [("two", vec!["b", "C", "d"]), ("three", vec!["A"])]);
    let more: Vec<usize> = archive.briefing("one").related.iter().map(|relative| relative.more).collect();
    assert_eq!(more, [1, 0]);
}
