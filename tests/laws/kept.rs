//! Law 2 for a program that goes on: each edit here changes one thing that something kept goes by, and nothing else.

use brief::{model::Instant, release::Edition};

use crate::{
    building::{build, difference, public, sources_of},
    warm::{Left, warm},
    write::Files,
};

const SETTINGS: &str = "title = \"Desk\"\nbase_url = \"https://example.org/\"\n";
const GAZA: &str = "---\nname: Gaza\n---\nA place.\n";
const HAMAS: &str =
    "---\nname: Hamas\nparent: [{id: Front, to: 2025-06-20}, {id: League, from: 2025-06-21}]\n---\n";
const A: &str = "---\ntitle: A\nactors: [Hamas]\n---\nIt was so.\n";
const B: &str =
    "---\ntitle: B\nactors: [Hamas]\n---\nSo [it was](2025-05-01-a.md#later), says [[2025-05-03-c#one]].\n";
const C: &str = "---\ntitle: C\nclaims:\n  - {id: one, by: Hamas, text: So it is., sources: [report], findings: [{status: established, note: N, sources: [report]}]}\nsources: {report: {title: R}}\n---\nIt is in [[Gaza]].\n";
const D: &str = "---\ntitle: D\nactors: [Hamas]\nlocations: [Gaza]\n---\nIt will be so [@wire].\n";
const PAGE: &str = "---\ntitle: About\n---\nWe saw it.\n";
const WIRE: &str = "[sources.wire]\ntitle = \"W\"\nurl = \"https://wire.example/1\"\n";

const FILES: [(&str, &str); 11] = [
    ("brief.toml", SETTINGS),
    ("content/actors/hamas.md", HAMAS),
    ("content/locations/gaza.md", GAZA),
    ("content/briefings/2025-05-01-a.md", A),
    ("content/briefings/2025-05-02-b.md", B),
    ("content/briefings/2025-05-03-c.md", C),
    ("content/briefings/2025-05-04-d.md", D),
    ("content/pages/about.md", PAGE),
    ("content/sources.toml", WIRE),
    ("templates/404.html", "<p>{{ page.title }}"),
    ("themes/own/i18n/en.toml", "home = \"Start\"\n"),
];

/// A file, and what in it becomes what.
const EDITS: [(&str, &str, &str); 26] = [
    // Of a text: its words, a name that it only names, a briefing that it leads to, a source that it cites, and what
    // the texts of others lead to in it.
    ("content/briefings/2025-05-01-a.md", "It was so", "So it was"),
    ("content/briefings/2025-05-01-a.md", "It was so", "It was so in Gaza"),
    ("content/briefings/2025-05-01-a.md", "It was so", "It was so, see [[2025-05-04-d]]"),
    ("content/briefings/2025-05-01-a.md", "It was so", "It was so [@wire]"),
    ("content/briefings/2025-05-01-a.md", "It was so", "## Later {#later}\n\nIt was so"),
    // A text that was wrong, and is so no longer, and the other way.
    ("content/briefings/2025-05-02-b.md", "#later", ""),
    ("content/briefings/2025-05-02-b.md", "[[2025-05-03-c#one]]", "[[2025-05-03-c#two]]"),
    ("content/briefings/2025-05-02-b.md", "[[2025-05-03-c#one]]", "[[Nobody]]"),
    // Of a head: what texts of others lead to, a title, a tag, a date, a marking, and what nobody may see.
    ("content/briefings/2025-05-03-c.md", "id: one", "id: two"),
    ("content/briefings/2025-05-04-d.md", "title: D", "title: Another"),
    ("content/briefings/2025-05-01-a.md", "actors: [Hamas]", "actors: [Hamas, Zed]"),
    ("content/briefings/2025-05-01-a.md", "title: A", "title: A\ndate: 2025-05-20"),
    ("content/briefings/2025-05-04-d.md", "title: D", "title: D\ndraft: true"),
    // What texts of others lead to, and cannot be read.
    ("content/briefings/2025-05-03-c.md", "title: C", "titel: C"),
    ("content/locations/gaza.md", "---\nname", "name"),
    // Of a profile: its text, and its name, by which a text of others leads to it.
    ("content/locations/gaza.md", "A place", "A large place"),
    ("content/locations/gaza.md", "name: Gaza", "name: Rafah\nid: rafah"),
    // Of a page and of what all share.
    ("content/pages/about.md", "We saw it", "We saw Gaza"),
    ("content/sources.toml", "\"W\"", "\"Wire\""),
    // Of the settings: what facts, texts, lists and addresses go by.
    ("brief.toml", "example.org/\"", "example.org/\"\n[outputs]\nmentions = false"),
    ("brief.toml", "example.org/", "example.org/archive/"),
    ("brief.toml", "example.org/\"", "example.org/\"\n[lists]\nper_page = 1"),
    ("brief.toml", "example.org/\"", "example.org/\"\n[together]\nminimum = 1"),
    ("brief.toml", "Desk", "Another desk"),
    // Of the theme: which one it is, and a template.
    ("brief.toml", "title", "theme = \"own\"\ntitle"),
    ("templates/404.html", "<p>", "<p>Nothing: "),
];

fn files(edits: &[(&str, &str, &str)]) -> Files {
    let mut texts: std::collections::BTreeMap<String, String> =
        FILES.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect();
    for (path, from, to) in edits {
        let text = texts.get_mut(*path).unwrap();
        assert!(text.contains(from), "{path} has {from}");
        *text = text.replacen(from, to, 1);
    }
    Files { texts, ..Files::default() }
}

/// Builds one after the other with one memory, and compares each with a build that has none.
fn goes_on(rounds: &[(&Files, &Edition)]) {
    let mut left = Left::staying();
    // One of the sites is to be read from the disk.
    let in_the_middle = rounds.len() / 2;
    for (number, (files, edition)) in rounds.iter().enumerate() {
        let from_disk = number == in_the_middle;
        let cold = build(&sources_of(files), edition, from_disk);
        let (said, _) = warm(files, edition, from_disk, &mut left);
        assert_eq!(difference(&left.site, &cold.site), None, "round {number}");
        assert_eq!(said, cold.diagnostics, "round {number}");
    }
}

#[test]
fn what_a_round_keeps_goes_by_all_that_it_is_made_of() {
    let (plain, edition) = (files(&[]), public());
    for edit in EDITS {
        let edited = files(&[edit]);
        let made = [&plain, &edited].map(|files| build(&sources_of(files), &edition, false));
        let differs = made[0].site != made[1].site || made[0].diagnostics != made[1].diagnostics;
        assert!(differs, "{edit:?} changes something");
        goes_on(&[&plain, &edited, &edited, &plain].map(|files| (files, &edition)));
    }
}

#[test]
fn what_is_said_of_others_follows_a_text_that_cannot_be_read() {
    const C: &str = "content/briefings/2025-05-03-c.md";
    let (plain, edition) = (files(&[]), public());
    let unread = files(&[(C, "title: C", "titel: C")]);
    let of_another_name = files(&[(C, "title: C", "id: another\ntitel: C")]);
    let mut gone = files(&[]);
    gone.texts.remove(C);
    let says = |files| {
        let told = build(&sources_of(files), &edition, false).diagnostics;
        told.iter().any(|told| told.code == "unknown-reference")
    };
    let said = [&plain, &unread, &of_another_name, &gone].map(says);
    assert_eq!(said, [false, false, true, true], "what is there and cannot be read is not missed");
    let rounds = [&plain, &unread, &of_another_name, &unread, &gone, &unread, &plain];
    goes_on(&rounds.map(|files| (files, &edition)));
}

#[test]
fn what_a_text_names_is_looked_for_by_the_settings() {
    let named = (EDITS[5].0, "[[2025-05-03-c#one]]", "[[topic:Talks]]");
    let kind = ("brief.toml", "org/\"", "org/\"\n[kinds.topic]\nkey = \"topics\"\npath = \"topics\"");
    let (first, both, edition) = (files(&[named]), files(&[named, kind]), public());
    goes_on(&[&first, &both, &first].map(|files| (files, &edition)));
}

#[test]
fn two_edits_are_told_apart_from_either() {
    let edition = public();
    for (number, one) in EDITS.iter().enumerate() {
        let other = &EDITS[(number * 7 + 5) % EDITS.len()];
        if one.0 == other.0 {
            continue;
        }
        let [neither, first, both, second] =
            [files(&[]), files(&[*one]), files(&[*one, *other]), files(&[*other])];
        let rounds = [&neither, &first, &both, &second, &neither, &both];
        goes_on(&rounds.map(|files| (files, &edition)));
    }
}

#[test]
fn the_day_and_the_edition_are_told_apart() {
    let plain =
        files(&[("content/briefings/2025-05-04-d.md", "title: D", "title: D\nembargo: 2025-06-10T00:00Z")]);
    let on = |day: &str| Edition::public(Instant::parse_as_of(&format!("{day}T00:00Z")).unwrap());
    let [early, before, after] = ["2025-06-01", "2025-06-15", "2025-06-25"].map(on);
    let sites = [&early, &before, &after].map(|edition| build(&sources_of(&plain), edition, false).site);
    assert!(sites[0] != sites[1], "an embargo ends");
    assert!(sites[1] != sites[2], "who belongs where ends");
    let unlisted = Edition { shown: Some("desk".into()), name: "desk".into(), ..after.clone() };
    goes_on(&[&early, &before, &after, &unlisted, &after, &before, &early].map(|edition| (&plain, edition)));
}
