use std::collections::{BTreeMap, BTreeSet};

use super::{generate::*, hugo, parse, zola};

fn small() -> Shape {
    Shape { briefings: 60, days: Some(30), claims: 2, events: 1, profiles: true, ..Shape::default() }
}

fn registered() -> Shape {
    Shape { names: 600, places: 150, ..small() }
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
fn so_does_a_shape_with_a_registry() {
    assert_eq!(
        digest(Archive::new(registered()).files()),
        10_299_180_338_198_960_455,
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
fn of_several_events_some_are_told_again_and_claims_are_answered_and_judged() {
    let archive = Archive::new(Shape { briefings: 300, claims: 5, events: 5, ..small() });
    let texts: Vec<String> = archive.briefings().map(|briefing| briefing.to_markdown(&archive)).collect();
    let ids: BTreeSet<String> =
        archive.briefings().map(|briefing| format!("{}-{}", briefing.date, briefing.slug)).collect();
    let told: Vec<&str> = texts
        .iter()
        .flat_map(|text| text.split("  - event: \"").skip(1))
        .filter_map(|rest| rest.split("#event-1").next())
        .collect();
    assert!(told.len() > 30 && told.iter().all(|id| ids.contains(*id)), "{told:?}");
    for text in &texts {
        let own = text.matches("  - id: event-").count();
        assert_eq!(own + text.matches("  - event: ").count(), 5);
        assert_eq!(text.matches("  - id: claim-").count(), 5);
    }
    let all = texts.concat();
    for part in [
        "stance: denies",
        "stance: confirms",
        "{unnamed: officials",
        "responses:\n  - {claim:",
        "findings:\n  -",
    ] {
        assert!(all.matches(part).count() > 5, "{part}");
    }
}

#[test]
fn no_two_entities_of_a_registry_share_a_name() {
    let archive = Archive::new(Shape { names: 5_000, places: 2_000, ..registered() });
    let Some(Registry { actors, locations }) = &archive.registry else { panic!("a registry was asked for") };
    assert_eq!((actors.len(), locations.len()), (5_000, 2_000));
    let mut seen = BTreeSet::new();
    for entity in actors.iter().chain(locations) {
        let names = entity.names.iter().map(|(_, name)| name);
        for name in [&entity.name].into_iter().chain(&entity.aliases).chain(&entity.weak_aliases).chain(names)
        {
            let letters: String = name.to_lowercase().chars().filter(|c| !" '-".contains(*c)).collect();
            assert!(seen.insert(letters), "{name}");
        }
    }
    assert!(seen.len() > 10_000, "{}", seen.len());
}

#[test]
fn a_registry_has_names_in_every_script() {
    let archive = Archive::new(registered());
    // Cyrillic, Greek, Arabic, Hebrew, Georgian, Armenian, Devanagari, Thai, kana, Han, Latin.
    let scripts = ["А-я", "Α-ω", "ا-ي", "א-ת", "ა-ჰ", "Ա-ֆ", "क-ह", "ก-ฮ", "ァ-ヺ", "一-龥", "A-z"];
    for script in scripts {
        let ends: Vec<char> = script.chars().collect();
        for names in [&archive.actors, &archive.locations] {
            let within = |name: &&String| name.chars().any(|c| (ends[0]..=ends[2]).contains(&c));
            assert!(names.iter().find(within).is_some(), "{script}");
        }
    }
}

#[test]
fn registered_places_lie_four_deep_in_each_other() {
    let parents: BTreeMap<String, String> = Archive::new(registered())
        .files()
        .filter(|(path, _)| path.starts_with("content/locations/"))
        .filter_map(|(_, text)| Some((field(&text, "name: ")?, field(&text, "parent: ")?)))
        .collect();
    let depth = |name: &String| std::iter::successors(Some(name), |name| parents.get(*name)).count();
    assert_eq!(parents.keys().map(depth).max(), Some(4));
    assert_eq!(parents.len(), 142, "all but the eight countries");
}

fn field(text: &str, key: &str) -> Option<String> {
    text.lines().find_map(|line| line.strip_prefix(key)).map(str::to_owned)
}

#[test]
fn a_body_names_as_many_that_do_not_tag_its_briefing_as_were_asked_for() {
    for mentions in [0, 6, 40] {
        let archive = Archive::new(Shape {
            mentions: Some(mentions),
            briefings: 10,
            names: 200,
            places: 100,
            ..small()
        });
        let Some(Registry { actors, locations }) = &archive.registry else {
            panic!("a registry was asked for")
        };
        let mut named = 0;
        for briefing in archive.briefings() {
            // Words alone, so that one name is not found within another.
            let words = briefing.body.replace(|c: char| "*.,[]“”\"«»„‘’「」#-".contains(c), " ");
            let words = format!(" {} ", words.split_whitespace().collect::<Vec<_>>().join(" "));
            let named_here = |entity: &&Entity| {
                let names = entity.names.iter().map(|(_, name)| name).chain(&entity.aliases);
                names.chain([&entity.name]).chain(&entity.weak_aliases).any(|name| {
                    let name = name.replace('-', " ");
                    ["", "و", "ف", "ب", "ل", "ك", "وب", "ו", "ב", "ל", "מ", "ש", "וב"]
                        .iter()
                        .any(|prefix| words.contains(&format!(" {prefix}{name} ")))
                })
            };
            let untagged = |entities: &[Entity], tags: &[usize]| {
                let others = entities.iter().enumerate().filter(|(rank, _)| !tags.contains(rank));
                others.map(|(_, entity)| entity).filter(named_here).count()
            };
            named += untagged(actors, &briefing.actors) + untagged(locations, &briefing.locations);
        }
        // A name of one word may stand by chance within one of two.
        assert!((10 * mentions..11 * mentions + 10).contains(&named), "{named} for {mentions}");
    }
}

#[test]
fn prose_uses_every_way_of_naming() {
    let archive = Archive::new(registered());
    let text: String = archive.briefings().map(|briefing| briefing.body).collect();
    let name = |start: char, end: char| {
        move |name: &&String| name.chars().next().is_some_and(|c| (start..=end).contains(&c))
    };
    for (prefix, ends) in [("و", ('ا', 'ي')), ("ב", ('א', 'ת'))] {
        let names = archive.actors.iter().chain(&archive.locations).filter(name(ends.0, ends.1));
        assert!(names.filter(|name| text.contains(&format!(" {prefix}{name}"))).count() > 0, "{prefix}");
    }
    for (open, close) in [("“", "”"), ("«", "»"), ("「", "」"), ("[[", "]]"), ("**", "**")] {
        let enclosed = |name: &&String| text.contains(&format!("{open}{name}{close}"));
        assert!(archive.actors.iter().find(enclosed).is_some(), "{open}");
    }
    let ids: Vec<String> =
        archive.briefings().map(|briefing| format!("[[{}-{}]]", briefing.date, briefing.slug)).collect();
    assert!(ids.iter().any(|id| text.contains(id)));
}

#[test]
fn registered_names_are_drawn_by_the_power_four_fifths_of_their_rank() {
    let archive = Archive::new(Shape { briefings: 4_000, names: 10_000, ..Shape::default() });
    let mut counts = vec![0_u32; archive.actors.len()];
    archive.briefings().flat_map(|briefing| briefing.actors).for_each(|rank| counts[rank] += 1);
    // 243 to the power 4/5 is 81: ranks around 243 against those around 7,776, where it is 1,296.
    let around = |rank: usize| counts[rank - 60..rank + 60].iter().sum::<u32>();
    let ratio = f64::from(around(243)) / f64::from(around(7_776));
    assert!((13.0..20.0).contains(&ratio), "{ratio}");
    let named = counts.iter().filter(|count| **count > 0).count();
    assert!(named > 8_000, "{named}");
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
fn zola_gets_the_same_bodies_after_front_matter_in_toml() {
    let archive = Archive::new(small());
    let ours: Vec<String> = archive.briefings().map(|briefing| briefing.body).collect();
    let texts: Vec<String> = zola::files(&archive).map(|(_, text)| text).collect();
    assert_eq!(texts.len(), 60);
    for (text, body) in texts.iter().zip(&ours) {
        let (front, found) = text.strip_prefix("+++\n").unwrap().split_once("\n+++\n\n").unwrap();
        assert_eq!(found, body);
        let front: toml::Table = front.parse().unwrap();
        assert_eq!(front["taxonomies"]["dates"].as_array().map(Vec::len), Some(3));
        assert_eq!(front["extra"]["sources"].as_array().map(Vec::len), Some(2));
        assert!(front["date"].is_datetime() && front["path"].as_str().unwrap().starts_with("briefings/20"));
    }
}

#[test]
fn an_unknown_flag_and_a_missing_number_are_told() {
    let told = |arguments: &[&str]| parse(arguments.iter().map(Into::into)).err();
    assert_eq!(told(&["--brieflings", "1"]), Some("unknown flag `--brieflings`".into()));
    assert_eq!(told(&["--days"]), Some("`--days` needs a value".into()));
    assert_eq!(told(&["--mentions", "3"]), Some("`--mentions` needs `--names` or `--places`".into()));
    assert_eq!(told(&["--mentions", "3", "--names", "9"]), None);
    assert_eq!(told(&["--days", "x"]), Some("`--days` needs a whole number, not `x`".into()));
}
