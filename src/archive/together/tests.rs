use proptest::prelude::*;

use super::*;
use crate::archive::cross_tests::{archive_of, cases, pairs, world};
use crate::archive::{Archive, EventIx};

/// Whether the first is the second or lies in it.
fn lies_in(archive: &Archive, inner: EntityIx, outer: EntityIx) -> bool {
    inner == outer || archive[inner].parent.is_some_and(|parent| lies_in(archive, parent, outer))
}

fn counts(archive: &Archive, briefing: &Briefing, pair: (EntityIx, EntityIx)) -> bool {
    let names = |entity| briefing.tags.iter().any(|tag| lies_in(archive, *tag, entity));
    let acts_on = |one: EntityIx, other: EntityIx| {
        let told = |event: &EventIx| [Some(*event), archive[*event].tells];
        briefing.events.iter().flat_map(told).flatten().any(|event| {
            let has = |roles: &[ActorRole], entity| {
                archive[event].actors.iter().any(|(party, role)| {
                    role.is_some_and(|role| roles.contains(&role))
                        && party.actor().is_some_and(|actor| lies_in(archive, actor, entity))
                })
            };
            has(&[ActorRole::By, ActorRole::With], one) && has(&[ActorRole::Target], other)
        })
    };
    names(pair.0) && names(pair.1) && !acts_on(pair.0, pair.1) && !acts_on(pair.1, pair.0)
}

/// The pairs and their briefings, as they are defined.
fn plainly(archive: &Archive, minimum: usize) -> Vec<(Pair, Vec<BriefingIx>)> {
    let all = || (0..archive.entities.len()).map(EntityIx::new);
    let known = |entity: &EntityIx| archive[*entity].profile.is_some() && archive[*entity].has_page;
    let mut found = Vec::new();
    for one in all().filter(known).filter(|one| archive[*one].kind == ACTOR) {
        for other in all().filter(known) {
            let goes_after = match archive[other].kind {
                ACTOR => archive[one].slug < archive[other].slug,
                kind => kind == LOCATION,
            };
            let same = archive[one].same_as == Some(other) || archive[other].same_as == Some(one);
            if !goes_after || same || lies_in(archive, one, other) || lies_in(archive, other, one) {
                continue;
            }
            let briefings: Vec<BriefingIx> = (0..archive.briefings.len())
                .map(BriefingIx::new)
                .filter(|briefing| counts(archive, &archive[*briefing], (one, other)))
                .collect();
            if briefings.len() >= minimum {
                found.push((Pair { one, other, count: briefings.len() }, briefings));
            }
        }
    }
    found
}

proptest! {
    #![proptest_config(cases(128))]

    #[test]
    fn the_pairs_are_those_of_a_double_loop(world in world()) {
        let files = world.files();
        let (archive, told) = archive_of(pairs(&files));
        let expected = plainly(&archive, world.minimum());
        let found: Vec<(Pair, Vec<BriefingIx>)> = archive
            .pairs
            .iter()
            .enumerate()
            .map(|(place, pair)| (pair.clone(), archive.briefings_of(PairIx::new(place))))
            .collect();
        prop_assert_eq!(&found, &expected);
        for (place, entity) in archive.entities.iter().enumerate() {
            let key = |pair: &PairIx| {
                let Pair { one, other, count } = archive[*pair];
                let other = if one.get() == place { other } else { one };
                (Reverse(count), fold_name(&archive[other].name), other)
            };
            prop_assert!(entity.pairs.is_sorted_by_key(key), "of {}", entity.name);
        }
        let help = told.into_iter().find(|(message, _)| message.contains("named together"));
        prop_assert_eq!(help.is_some(), found.len() > archive.briefings.len());
        if let Some(help) = help.and_then(|(_, help)| help) {
            let minimum = (world.minimum()..1000).find(|m| plainly(&archive, *m).len() <= archive.briefings.len());
            prop_assert_eq!(help, format!("set `[together] minimum = {}` for fewer", minimum.unwrap()));
        }
    }
}

/// A desk's files around the front matter of two briefings of one day.
fn desk(one: &str, other: &str) -> Archive {
    let briefing = |front: &str| format!("---\ntitle: T\ndate: 2025-05-13\n{front}\n---\n");
    let (one, other) = (briefing(one), briefing(other));
    let (archive, _) = archive_of([
        ("brief.toml", "title = \"Test\"\n[together]\nminimum = 2\n"),
        ("content/actors/hamas.md", "---\nname: Hamas\n---\n"),
        ("content/actors/israel.md", "---\nname: Israel\nsame_as: location:israel\n---\n"),
        ("content/actors/idf.md", "---\nname: IDF\nparent: Israel\n---\n"),
        ("content/actors/naim.md", "---\nname: Bassem Naim\nparent: Hamas\npage: false\n---\n"),
        ("content/locations/israel.md", "---\nname: Israel\n---\n"),
        ("content/locations/gaza.md", "---\nname: Gaza Strip\n---\n"),
        ("content/locations/khan-younis.md", "---\nname: Khan Younis\nparent: Gaza Strip\n---\n"),
        ("content/briefings/one.md", &one),
        ("content/briefings/other.md", &other),
    ]);
    archive
}

fn found(archive: &Archive) -> Vec<(&str, &str)> {
    let address = |entity: EntityIx| archive[entity].address.trim_end_matches('/');
    let mut found: Vec<_> =
        archive.pairs.iter().map(|pair| (address(pair.one), address(pair.other))).collect();
    found.sort_unstable();
    found
}

#[test]
fn what_lies_in_one_counts_for_it_and_makes_no_pair_with_it() {
    let archive = desk(
        "actors: [IDF]\nlocations: [Khan Younis, Israel]",
        "actors: [Israel]\nlocations: [Khan Younis, Israel]",
    );
    assert_eq!(
        found(&archive),
        [("actors/israel", "locations/gaza"), ("actors/israel", "locations/khan-younis")]
    );
}

#[test]
fn one_without_a_page_counts_for_the_actor_it_lies_in() {
    let archive =
        desk("actors: [Bassem Naim]\nlocations: [Gaza Strip]", "actors: [Hamas]\nlocations: [Gaza Strip]");
    assert_eq!(found(&archive), [("actors/hamas", "locations/gaza")]);
}

#[test]
fn one_without_a_profile_makes_no_pair() {
    let named = "actors: [Hamas, Qatar]\nlocations: [Doha]";
    assert_eq!(found(&desk(named, named)), []);
}

#[test]
fn who_acts_and_whom_it_is_done_to_are_no_companions() {
    let named = "actors: [Israel, Hamas]";
    let event = |one: &str, other: &str| {
        format!("events: [{{text: T, actors: [{{id: Israel, role: {one}}}, {{id: Hamas, role: {other}}}]}}]")
    };
    let together = [("actors/hamas", "actors/israel")];
    assert_eq!(found(&desk(named, named)), together);
    assert_eq!(found(&desk(named, &event("by", "with"))), together);
    assert_eq!(found(&desk(named, &event("target", "target"))), together);
    for (one, other) in [("by", "target"), ("target", "by"), ("with", "target")] {
        assert_eq!(found(&desk(named, &event(one, other))), [], "{one} {other}");
    }
    let inside = "events: [{text: T, actors: [{id: IDF, role: by}, {id: Bassem Naim, role: target}]}]";
    assert_eq!(found(&desk(named, inside)), []);
    let unnamed =
        "events: [{text: T, actors: [{id: IDF, role: by}, {unnamed: officials, of: Hamas, role: target}]}]";
    assert_eq!(found(&desk(named, unnamed)), []);
    let where_it_was = format!("{}\nlocations: [Gaza Strip]", event("by", "target"));
    assert_eq!(
        found(&desk(&where_it_was, &where_it_was)),
        [("actors/hamas", "locations/gaza"), ("actors/israel", "locations/gaza")],
        "roles say nothing of a place"
    );
}

#[test]
fn who_acts_and_whom_it_is_done_to_are_no_companions_where_it_is_told_again() {
    let again = |told: &str| {
        let again = format!("---\ntitle: T\ndate: 2025-05-14\nactors: [Israel, Hamas]\n{told}\n---\n");
        let (archive, _) = archive_of([
            ("brief.toml", "title = \"Test\"\n[together]\nminimum = 1\n"),
            ("content/actors/hamas.md", "---\nname: Hamas\n---\n"),
            ("content/actors/israel.md", "---\nname: Israel\n---\n"),
            (
                "content/briefings/one.md",
                "---\ntitle: T\ndate: 2025-05-13\nevents: [{id: strike, text: T, actors: [{id: Israel, \
                 role: by}, {id: Hamas, role: target}]}]\n---\n",
            ),
            ("content/briefings/again.md", &again),
        ]);
        archive.pairs.iter().map(|pair| pair.count).collect::<Vec<_>>()
    };
    assert_eq!(again(""), [1]);
    assert_eq!(again("events: [{event: one#strike, text: T}]"), [] as [usize; 0]);
}

#[test]
fn whose_account_it_is_is_no_role() {
    let told = "events: [{text: T, per: Hamas, actors: [{id: Israel, role: target}]}]";
    assert_eq!(found(&desk(told, told)), [("actors/hamas", "actors/israel")]);
}

#[test]
fn thousands_stand_apart() {
    let numbers = [0, 999, 1000, 12_345, 1_234_567].map(grouped);
    assert_eq!(numbers, ["0", "999", "1,000", "12,345", "1,234,567"]);
}

#[test]
fn a_list_is_skipped_to_where_the_number_would_stand() {
    let list = [1, 3, 5, 7, 9, 11, 13];
    for number in 0..16 {
        assert_eq!(skip(&list, number), list.iter().filter(|found| **found < number).count(), "{number}");
    }
    assert_eq!(skip(&[], 3), 0);
}
