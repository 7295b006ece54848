use std::collections::BTreeSet;

use super::{generate::*, hugo, parse};

fn small() -> Shape {
    Shape { briefings: 60, days: Some(30), claims: 2, events: 1, profiles: true, ..Shape::default() }
}

/// Fowler, Noll and Vo's hash FNV-1a of 64 bits.
fn digest(files: impl Iterator<Item = (String, String)>) -> u64 {
    files
        .flat_map(|(path, text)| (path + "\0" + &text).into_bytes())
        .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

#[test]
fn the_same_shape_gives_the_same_bytes_on_every_machine() {
    assert_eq!(
        digest(Archive::new(small()).files()),
        5_195_863_396_522_937_105,
        "numbers measured before are no longer comparable"
    );
}

#[test]
fn another_seed_gives_another_archive() {
    let other = Archive::new(Shape { seed: 2, ..small() });
    assert_ne!(digest(Archive::new(small()).files()), digest(other.files()));
}

#[test]
fn paths_and_briefing_ids_are_unique() {
    let archive = Archive::new(Shape { briefings: 3_000, ..small() });
    let paths: Vec<String> = archive.files().map(|(path, _)| path).collect();
    assert_eq!(paths.len(), 1 + archive.actors.len() + archive.locations.len() + 3_000);
    let stems: BTreeSet<&str> =
        paths[paths.len() - 3_000..].iter().filter_map(|path| path.rsplit('/').next()).collect();
    assert_eq!(stems.len(), 3_000);
    assert_eq!(paths.iter().collect::<BTreeSet<_>>().len(), paths.len());
}

#[test]
fn every_briefing_has_as_many_different_names_as_were_asked_for() {
    let archive = Archive::new(Shape { actors: 5, locations: 3, ..small() });
    for briefing in archive.briefings() {
        assert_eq!(briefing.actors.iter().collect::<BTreeSet<_>>().len(), 5);
        assert_eq!(briefing.locations.iter().collect::<BTreeSet<_>>().len(), 3);
    }
}

#[test]
fn frequent_names_stand_in_far_more_briefings_than_rare_ones() {
    let archive = Archive::new(Shape { briefings: 2_000, ..Shape::default() });
    let mut counts = vec![0; archive.actors.len()];
    archive.briefings().flat_map(|briefing| briefing.actors).for_each(|rank| counts[rank] += 1);
    assert!(counts[0] > 10 * counts[100], "{} and {}", counts[0], counts[100]);
    assert!(counts[0] < 2_000);
}

#[test]
fn briefings_fill_the_days_in_order_and_few_stand_on_weekends() {
    let archive = Archive::new(Shape { briefings: 700, days: Some(70), ..small() });
    let dates: Vec<String> = archive.briefings().map(|briefing| briefing.date.to_string()).collect();
    assert!(dates.is_sorted());
    assert_eq!((dates.len(), dates[699].as_str()), (700, "2025-06-30"));
    let on = |day: &str| dates.iter().filter(|date| *date == day).count();
    // A Friday and the Saturday after it.
    assert!(on("2025-06-27") > 2 * on("2025-06-28"), "{} and {}", on("2025-06-27"), on("2025-06-28"));
}

#[test]
fn names_grow_with_the_power_three_fifths_of_the_briefings_up_to_ten_thousand() {
    let names = |briefings| {
        let archive = Archive::new(Shape { briefings, ..Shape::default() });
        archive.actors.len() + archive.locations.len()
    };
    assert_eq!([1_000, 32_000, 243_000].map(names), [630, 5_040, 10_000]);
}

#[test]
fn an_answer_to_an_earlier_claim_names_a_briefing_that_stands_in_the_archive() {
    let archive = Archive::new(small());
    let stems: BTreeSet<String> =
        archive.briefings().map(|briefing| format!("{}-{}", briefing.date, briefing.slug)).collect();
    let texts: Vec<String> = archive.briefings().map(|briefing| briefing.to_markdown(&archive)).collect();
    let named: Vec<&str> = texts
        .iter()
        .flat_map(|text| text.split("{claim: \"").skip(1))
        .filter_map(|rest| rest.split("#claim-1").next())
        .collect();
    assert!(!named.is_empty());
    assert!(named.iter().all(|id| stems.contains(*id)), "{named:?}");
}

#[test]
fn hugo_gets_the_same_bodies() {
    let archive = Archive::new(small());
    let body = |text: &str| text.split_once("\n---\n").map(|(_, body)| body.to_owned());
    let contents = |files: Vec<(String, String)>| -> Vec<(String, Option<String>)> {
        let briefings = files.into_iter().filter(|(path, _)| path.starts_with("content/briefings/"));
        briefings.map(|(path, text)| (path, body(&text))).collect()
    };
    let ours = contents(archive.files().collect());
    assert_eq!(ours.len(), 60);
    assert!(ours.iter().all(|(_, body)| body.is_some()));
    assert_eq!(ours, contents(hugo::files(&archive, false).collect()));
}

#[test]
fn an_unknown_flag_and_a_missing_number_are_told() {
    let told = |arguments: &[&str]| parse(arguments.iter().map(Into::into)).err();
    assert_eq!(told(&["--brieflings", "1"]), Some("unknown flag `--brieflings`".into()));
    assert_eq!(told(&["--days"]), Some("`--days` needs a value".into()));
    assert_eq!(told(&["--days", "x"]), Some("`--days` needs a whole number, not `x`".into()));
}
