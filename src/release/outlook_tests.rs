use std::fmt::Write as _;

use chrono_tz::Tz;
use proptest::prelude::*;

use super::*;
use crate::{settings, sources::Sources};

const SETTINGS: &str = "title = \"A\"\n[marking]\ndefault = \"clear\"\n";

fn at(day: u8) -> Instant {
    Instant::parse_as_of(&format!("2025-06-{day:02}")).unwrap()
}

/// Documents, settings and the edition of the first day.
fn read(files: &[(String, String)]) -> (Documents, Settings) {
    let texts = [("brief.toml", SETTINGS)].into_iter();
    let sources = Sources::from_texts(texts.chain(files.iter().map(|(path, text)| (&**path, &**text))));
    let mut diagnostics = Diagnostics::new();
    let settings = settings::parse(&sources, &mut diagnostics);
    let documents = crate::documents::parse(&sources, &settings, &mut diagnostics);
    let errors: Vec<_> =
        diagnostics.iter().filter(|d| d.severity == crate::diagnostics::Severity::Error).collect();
    assert!(errors.is_empty(), "{errors:?}");
    (documents, settings)
}

fn selected(files: &[(String, String)], day: u8) -> (Release, Withheld) {
    let (documents, settings) = read(files);
    select(documents, &settings, &Edition::public(at(day)), &mut Diagnostics::new())
}

/// What the outlook of the first day says of each thing kept back, and what it says comes next.
fn told(files: &[(String, String)]) -> (Vec<(String, Option<String>)>, Option<Next>) {
    let (documents, settings) = read(files);
    let outlook = outlook(&documents, &settings, &Edition::public(at(1)));
    let (_, withheld) = selected(files, 1);
    let lines = withheld.iter().filter(|held| !held.is_left_out());
    let until = |held: &Held| outlook.until(held).map(|at| at.in_zone(Tz::UTC)[..10].to_owned());
    (lines.map(|held| (held.line(Tz::UTC), until(held))).collect(), outlook.next(&withheld))
}

fn file(name: &str, front: &str, body: &str) -> (String, String) {
    (format!("content/{name}.md"), format!("---\ntitle: T\n{front}---\n\n{body}\n"))
}

#[track_caller]
fn opens(files: &[(String, String)], expected: &[Option<&str>]) {
    let (told, _) = told(files);
    let found: Vec<Option<&str>> = told.iter().map(|(_, until)| until.as_deref()).collect();
    assert_eq!(found, expected, "{told:?}");
}

#[test]
fn an_embargo_ends_and_what_else_keeps_it_back_does_not() {
    let embargo = "embargo: 2025-06-03T00:00Z\n";
    opens(&[file("briefings/2025-05-01-a", embargo, "")], &[Some("2025-06-03")]);
    opens(&[file("briefings/2025-05-01-a", &format!("{embargo}draft: true\n"), "")], &[None]);
    opens(&[file("briefings/2025-05-01-a", &format!("{embargo}tlp: amber\n"), "")], &[None]);
    opens(&[file("briefings/2025-05-01-a", &format!("{embargo}expires: 2025-06-02T00:00Z\n"), "")], &[None]);
    // A day begins at UTC+14.
    opens(&[file("briefings/2025-06-05-a", embargo, "")], &[Some("2025-06-04")]);
    opens(&[file("pages/a", embargo, "")], &[Some("2025-06-03")]);
}

#[test]
fn a_part_is_not_shown_while_its_file_is_not() {
    let parts = "events: [{text: E, date: 2025-05-01, embargo: 2025-06-03T00:00Z}]\n";
    opens(&[file("briefings/2025-05-01-a", parts, "")], &[Some("2025-06-03")]);
    let expires = format!("{parts}expires: 2025-06-02T00:00Z\n");
    opens(&[file("briefings/2025-05-01-a", &expires, "")], &[None]);
    let files = [file("briefings/2025-05-01-a", &format!("{parts}embargo: 2025-06-02T00:00Z\n"), "")];
    opens(&files, &[Some("2025-06-02")]);
    // The part is not listed, and not counted with its file.
    assert_eq!(told(&files).1, Some(Next { at: at(2), shown: 1, expired: 0 }));
}

#[test]
fn what_is_retracted_by_then_is_not_shown() {
    let front = "claims: [{id: c, by: A, text: C, date: 2025-05-01, embargo: 2025-06-04T00:00Z}]\n\
        corrections: [{date: 2025-05-02, kind: retraction, of: '#c', text: No., embargo: 2025-06-03T00:00Z}]\n";
    opens(&[file("briefings/2025-05-01-a", front, "")], &[None, Some("2025-06-03")]);
}

#[test]
fn a_shared_source_is_shown_once_something_shown_cites_it() {
    let sources = |embargo: u8| {
        let text = format!(
            "[sources.s]\nurl = \"https://news.example/\"\nembargo = \"2025-06-{embargo:02}T00:00Z\"\n"
        );
        ("content/sources.toml".to_owned(), text)
    };
    let open = file("briefings/2025-05-01-a", "", "See [@s].");
    let held = file("briefings/2025-05-01-a", "embargo: 2025-06-04T00:00Z\n", "See [@s].");
    opens(&[open, sources(3)], &[Some("2025-06-03")]);
    opens(&[held.clone(), sources(3)], &[Some("2025-06-04"), Some("2025-06-04")]);
    opens(&[held, sources(5)], &[Some("2025-06-04"), Some("2025-06-05")]);
    opens(&[file("briefings/2025-05-01-a", "", ""), sources(3)], &[None]);
}

#[test]
fn what_expires_comes_next_too() {
    let files = [
        file("briefings/2025-05-01-a", "expires: 2025-06-02T00:00Z\n", ""),
        file("briefings/2025-05-01-b", "embargo: 2025-06-03T00:00Z\n", ""),
    ];
    assert_eq!(told(&files).1, Some(Next { at: at(2), shown: 0, expired: 1 }));
    assert_eq!(told(&[file("briefings/2025-05-01-a", "expires: 2025-05-20\n", "")]).1, None);
}

/// Front matter with whatever changes by itself.
fn front() -> impl Strategy<Value = String> {
    let day = || prop::option::of(1_u8..=6);
    (day(), day(), day(), day(), day(), 0..12_u8).prop_map(|(embargo, expires, claim, answer, retraction, sort)| {
        let mut front = String::new();
        let written = |day: Option<u8>| day.map(|day| format!(", embargo: 2025-06-{day:02}T00:00Z")).unwrap_or_default();
        for (key, day) in [("embargo", embargo), ("expires", expires.filter(|_| sort % 2 == 0))] {
            if let Some(day) = day {
                let _ = writeln!(front, "{key}: 2025-06-{day:02}T00:00Z");
            }
        }
        if sort == 3 {
            front.push_str("draft: true\n");
        }
        let _ = writeln!(
            front,
            "claims: [{{id: c, by: A, text: C, date: 2025-05-01{}, responses: [{{by: B, stance: denies{}}}]}}]",
            written(claim),
            written(answer)
        );
        if sort % 3 == 1 {
            let of = if sort < 6 { "of: '#c', " } else { "" };
            let _ = writeln!(
                front,
                "corrections: [{{date: 2025-05-02, kind: retraction, {of}text: No.{}}}]",
                written(retraction)
            );
        }
        front
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn it_is_what_selecting_everything_at_every_instant_shows(
        fronts in prop::collection::vec((front(), 1_u8..=6, any::<bool>()), 1..4),
        shared in prop::option::of(1_u8..=6),
    ) {
        let mut files: Vec<(String, String)> = fronts.iter().enumerate().map(|(number, (front, day, cites))| {
            let body = if *cites && shared.is_some() { "See [@s]." } else { "" };
            file(&format!("briefings/2025-06-{day:02}-b{number}"), front, body)
        }).collect();
        if let Some(day) = shared {
            let text = format!("[sources.s]\nurl = \"https://news.example/\"\nembargo = \"2025-06-{day:02}T00:00Z\"\n");
            files.push(("content/sources.toml".into(), text));
        }
        let (documents, settings) = read(&files);
        let outlook = outlook(&documents, &settings, &Edition::public(at(1)));
        let then = |instant: Instant| {
            select(read(&files).0, &settings, &Edition::public(instant), &mut Diagnostics::new())
        };
        let (now, withheld) = then(at(1));
        // Embargoes and expiries are at midnight, publications ten hours after that of the day before.
        let instants = (1..=7).flat_map(|day| [at(day), Instant::from_unix(at(day).unix() + 10 * 3600).unwrap()]);
        let later: Vec<_> = instants.filter(|instant| *instant > at(1)).map(|at| (at, then(at))).collect();

        let changed = later.iter().find(|(_, (release, _))| format!("{release:?}") != format!("{now:?}"));
        prop_assert_eq!(outlook.next(&withheld).map(|next| next.at), changed.map(|(at, _)| *at));
        for held in withheld.iter().filter(|held| !held.is_left_out()) {
            let is_shown = |release: &Release, withheld: &Withheld| {
                let is_same = |other: &Held| {
                    let part = held.part.as_deref().unwrap_or_default();
                    other.path == held.path
                        && other.part.as_deref().is_none_or(|other| part.ends_with(other) && !part.is_empty())
                };
                let retracted = release.tombstones.iter().any(|tombstone| tombstone.path == held.path);
                let part = held.part.as_deref().unwrap_or_default();
                let is_gone = retracted && !part.is_empty() && part != "correction 1";
                let is_cited = !part.starts_with("source") || !release.sources.is_empty();
                !withheld.iter().any(is_same) && !is_gone && is_cited
            };
            let opened = later.iter().find(|(_, (release, withheld))| is_shown(release, withheld));
            prop_assert_eq!(outlook.until(held), opened.map(|(at, _)| *at), "{}", held.line(Tz::UTC));
        }
    }
}
