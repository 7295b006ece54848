//! What is retracted leaves no word of its own, wherever it stood.

use std::collections::BTreeSet;

use proptest::prelude::*;

use crate::{
    building::{Site, build, cases, lay_out, public, sources_in, sources_of},
    world::{Correction, Mark, World, world},
    write::{Without, files},
};

/// The words of the site that begin with `prefix`, each with a file that holds it. A generated word ends in `ko`.
fn words(site: &Site, prefix: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut read = |text: &str| {
        for (at, _) in text.match_indices(prefix) {
            let rest = &text[at..];
            // What follows the prefix is no number, so that briefing 1 is not taken for 10.
            if !rest[prefix.len()..].starts_with(|c: char| c.is_ascii_digit()) {
                found.insert(rest[..rest.find("ko").map_or(rest.len(), |end| end + 2)].to_owned());
            }
        }
    };
    for (path, files) in site {
        read(path);
        for bytes in files {
            read(&String::from_utf8_lossy(bytes));
        }
    }
    found
}

fn site(world: &World) -> Site {
    build(&sources_of(&files(world, Without::default())), &public(), false).site
}

/// The same with the files that are no text.
fn site_on_disk(world: &World) -> Site {
    let folder = tempfile::tempdir().unwrap();
    lay_out(folder.path(), &files(world, Without::default()));
    build(&sources_in(folder.path()).0, &public(), false).site
}

/// The world with a briefing that everybody may read and that takes nothing back, and its place.
fn with_open_briefing(mut world: World, place: usize) -> (World, usize) {
    let number = place % world.briefings.len();
    world.default = Some("clear");
    let briefing = &mut world.briefings[number];
    briefing.mark = Mark::Open;
    briefing.corrections.retain(|correction| correction.kind != 2);
    (world, number)
}

/// Adds a retraction of the briefing, or of a claim of it; tells its words.
fn retract(world: &mut World, number: usize, claim: Option<usize>) -> String {
    let corrections = &mut world.briefings[number].corrections;
    corrections.push(Correction {
        mark: Mark::Open,
        kind: 2,
        of: claim.map(|claim| (number, Some(claim))),
        part: None,
    });
    format!("okb{number}k{}textko", corrections.len() - 1)
}

proptest! {
    #![proptest_config(cases(32))]

    #[test]
    fn a_retracted_briefing_leaves_its_address_and_the_reason(world in world(), place in 0..64_usize) {
        let (mut world, number) = with_open_briefing(world, place);
        let prefix = format!("okb{number}");
        let before = words(&site(&world), &prefix);
        prop_assert!(before.contains(&format!("{prefix}titleko")), "{:?}", before);

        let reason = retract(&mut world, number, None);
        let left = words(&site(&world), &prefix);
        prop_assert!(left.contains(&reason), "{:?}", left);
        let of_its_address = ["", "slug", "old"].map(|what| format!("{prefix}{what}ko"));
        let of_its_address: BTreeSet<String> = of_its_address.into_iter().chain([reason]).collect();
        let more: Vec<&String> = left.difference(&of_its_address).collect();
        prop_assert!(more.is_empty(), "{:?}", more);
    }

    #[test]
    fn a_retracted_event_leaves_the_reason(world in world(), place in 0..64_usize) {
        let (mut world, number) = with_open_briefing(world, place);
        let Some(event) = world.briefings[number].events.first_mut() else { return Ok(()) };
        (event.id, event.mark) = (true, Mark::Open);
        let prefix = format!("okb{number}e0");
        prop_assert!(!words(&site(&world), &prefix).is_empty());

        let corrections = &mut world.briefings[number].corrections;
        corrections.push(Correction { mark: Mark::Open, kind: 2, of: None, part: Some((0, 0)) });
        let reason = format!("okb{number}k{}textko", corrections.len() - 1);
        let site = site(&world);
        prop_assert!(words(&site, &reason).contains(&reason));
        prop_assert_eq!(words(&site, &prefix), BTreeSet::new());
    }

    #[test]
    fn a_retracted_claim_leaves_the_reason(world in world(), place in 0..64_usize) {
        let (mut world, number) = with_open_briefing(world, place);
        let Some(claim) = world.briefings[number].claims.first_mut() else { return Ok(()) };
        (claim.id, claim.mark) = (true, Mark::Open);
        let prefixes = ["", "ar", "he"].map(|language| format!("okb{number}{language}c0"));
        prop_assert!(!words(&site(&world), &prefixes[0]).is_empty());

        let reason = retract(&mut world, number, Some(0));
        let site = site(&world);
        prop_assert!(words(&site, &reason).contains(&reason));
        for prefix in &prefixes {
            prop_assert_eq!(words(&site, prefix), BTreeSet::new());
        }
    }
}

proptest! {
    #![proptest_config(cases(8))]

    #[test]
    fn a_retracted_briefing_leaves_none_of_its_pictures(world in world(), place in 0..64_usize) {
        let (mut world, number) = with_open_briefing(world, place);
        let briefing = &mut world.briefings[number];
        // In a folder of its own, with a picture and the words for it.
        (briefing.form, briefing.sidecar) = (0, Some(Mark::Open));
        let reason = retract(&mut world, number, None);
        let left = words(&site_on_disk(&world), &format!("okb{number}"));
        let of_its_address = ["", "slug", "old"].map(|what| format!("okb{number}{what}ko"));
        let of_its_address: BTreeSet<String> = of_its_address.into_iter().chain([reason]).collect();
        let more: Vec<&String> = left.difference(&of_its_address).collect();
        prop_assert!(more.is_empty(), "{:?}", more);
    }
}
