//! One mistake after the other in files that are right without it.

use brief::sources::Sources;

use crate::{Schemas, front_matter, read, subject};

const BRIEFING: &str = "content/briefings/2025-05-15-a.md";
const ACTOR: &str = "content/actors/a.md";
const PLACE: &str = "content/locations/a.md";

/// A file, a line of its front matter that is right, and the same with a mistake.
const PLANTED: [(&str, &str, &str); 46] = [
    (BRIEFING, "summary: S", "sumary: S"),
    (BRIEFING, "summary: S", "summary: [S]"),
    (BRIEFING, "summary: S", "summary: S\ndescription: D"),
    (BRIEFING, "date: 2025-05-15", "date: 15 May 2025"),
    (BRIEFING, "date: 2025-05-15", "date: 2025-02-30"),
    (BRIEFING, "published: 2025-05-15T12:00Z", "published: 2025-05-15T25:00Z"),
    (BRIEFING, "expires: 2025-06-01", "expires: never"),
    (BRIEFING, "embargo: 2025-05-16T06:00Z", "embargo: 2025-05-16"),
    (BRIEFING, "embargo: 2025-05-16T06:00Z", "embargo:"),
    (BRIEFING, "tlp: TLP:Amber+Strict", "tlp: amber-strict"),
    (BRIEFING, "draft: true", "draft: yes"),
    (BRIEFING, "lang: pt-BR", "lang: portuguese"),
    (BRIEFING, "id: 2025-05-15-a", "id: a/b"),
    (BRIEFING, "slug: direct-talks", "slug: direct/talks"),
    (BRIEFING, "aliases: [/2025/05/a/]", "aliases: [https://a.example/]"),
    (BRIEFING, "noindex: true", "noindex: 1"),
    (BRIEFING, "tags: [Aid]", "tags: [[Aid]]"),
    (BRIEFING, "topics: [Talks]", "topic: [Talks]"),
    (BRIEFING, "events: [{text: E, date: about 2025-05}]", "events: [{text: E}]"),
    (BRIEFING, "events: [{text: E, date: 'by 2025-05-15'}]", "events: [{text: E, date: by Friday}]"),
    (
        BRIEFING,
        "events: [{text: E, date: 201X, status: Planned}]",
        "events: [{text: E, date: 201X, status: maybe}]",
    ),
    (
        BRIEFING,
        "events: [{text: E, date: 2025, figures: [{what: w, value: 1}]}]",
        "events: [{text: E, date: 2025, figures: [{what: w, value: one}]}]",
    ),
    (
        BRIEFING,
        "events: [{text: E, date: 2025, figures: [{what: w, min: 1}]}]",
        "events: [{text: E, date: 2025, figures: [{what: w}]}]",
    ),
    (
        BRIEFING,
        "events: [{text: E, date: 2025, figures: [{what: w, min: 1}]}]",
        "events: [{text: E, date: 2025, figures: [{what: w, min: }]}]",
    ),
    (BRIEFING, "events: [{text: E, date: about 2025-05}]", "events: [{text: E, date: }]"),
    (
        BRIEFING,
        "events: [{text: E, date: 2025, actors: [{id: a, role: target}]}]",
        "events: [{text: E, date: 2025, actors: [{id: a, role: victim}]}]",
    ),
    (BRIEFING, "claims: [{text: C, by: a}]", "claims: [{text: C}]"),
    (
        BRIEFING,
        "claims: [{text: C, by: {unnamed: officials, of: a}}]",
        "claims: [{text: C, by: {id: b, of: a}}]",
    ),
    (BRIEFING, "claims: [{text: C, by: a, class: offer}]", "claims: [{text: C, by: a, class: joke}]"),
    (BRIEFING, "claims: [{text: C, by: a, id: c}]", "claims: [{text: C, by: a, id: c d}]"),
    (
        BRIEFING,
        "claims: [{text: C, by: a, responses: [{by: b, stance: no-reply}]}]",
        "claims: [{text: C, by: a, responses: [{by: b}]}]",
    ),
    (BRIEFING, "sources: {s: 'https://a.example/'}", "sources: {s: a.example}"),
    (BRIEFING, "sources: {s: {title: T, kind: court record}}", "sources: {s: {title: T, kind: rumour}}"),
    (BRIEFING, "sources: {s: {title: T}}", "sources: {s t: {title: T}}"),
    (
        BRIEFING,
        "corrections: [{date: 2025-05-16, text: T, kind: update}]",
        "corrections: [{text: T, kind: update}]",
    ),
    (ACTOR, "founded: {date: 1987-12}", "founded: {date: }"),
    (ACTOR, "type: Government Body", "type: robot"),
    (ACTOR, "country: QA", "country: Qatar"),
    (ACTOR, "wikidata: Q38799", "wikidata: 38799"),
    (ACTOR, "names: {ar: A}", "names: {arabic: A}"),
    (ACTOR, "parent: {id: b, from: 2025}", "parent: {from: 2025}"),
    (ACTOR, "marked: {country: amber}", "marked: {name: amber}"),
    (ACTOR, "links: {Web: 'https://a.example/'}", "links: {Web: a.example}"),
    (PLACE, "coordinates: [31.35, 34.31]", "coordinates: [131.35, 34.31]"),
    (PLACE, "precision: 10 km", "precision: near"),
    (PLACE, "page: false", "page: no"),
];

/// The same for the settings.
const SETTINGS: [(&str, &str); 16] = [
    ("language = \"pt-BR\"", "language = \"portuguese\""),
    ("timezone = \"Asia/Jerusalem\"", "timezone = \"Asia/Jeruslem\""),
    ("base_url = \"https://a.example/b\"", "base_url = \"a.example\""),
    ("authority = \"a.example,2025\"", "authority = \"a.example\""),
    ("theme = \"own\"", "theme = \"../own\""),
    ("[outputs]\nfeeds = false", "[outputs]\nfeed = false"),
    ("[outputs]\nfeeds = false", "[outputs]\nfeeds = \"no\""),
    ("[lists]\nper_page = 10", "[lists]\nper_page = 0"),
    ("[entities]\nunknown = \"error\"", "[entities]\nunknown = \"fatal\""),
    ("[entities]\ndistinct = [[\"A\", \"B\"]]", "[entities]\ndistinct = [\"A\", \"B\"]"),
    ("[marking]\ndefault = \"clear\"", "[marking]\ndefault = \"white\""),
    ("[languages.ar]", "[languages.arabic]"),
    ("[kinds.topic]\npath = \"topics\"", "[kinds.topic]\npath = \"to/pics\""),
    ("[editions.p]\nadmits = [\"clear\", \"green\"]", "[editions.p]\nadmits = [\"green\"]"),
    ("[editions.p]\nadmits = \"clear\"", "[editions.p]"),
    ("[editions.p]\nadmits = [\"clear\"]", "[editions.p]\nadmits = [\"clear\", \"red\"]"),
];

const KIND: &str = "title = \"T\"\n[kinds.topic]\nkey = \"topics\"\n";

fn verdicts(path: &str, files: &[(&str, &str)], schemas: &mut Schemas) -> (Option<String>, Vec<String>) {
    let sources = Sources::from_texts(files.iter().copied());
    let read = read(&sources);
    let (_, text) = files.iter().find(|(file, _)| *file == path).unwrap();
    let (value, _) = front_matter(path, text).unwrap_or_else(|| panic!("{text}"));
    let subject = subject(path, &sources, &read.kinds).unwrap();
    let refused = schemas.refuses(subject, &read.kinds, &value);
    (refused, read.errors.iter().map(|error| format!("{}: {}", error.code, error.message)).collect())
}

#[test]
fn each_planted_mistake_is_refused_by_schema_and_reader_and_the_file_without_it_by_neither() {
    let in_content = PLANTED.iter().map(|(path, right, wrong)| {
        let file = |line: &str| format!("---\ntitle: T\n{line}\n---\n");
        (*path, file(right), file(wrong))
    });
    let in_settings = SETTINGS.iter().map(|(right, wrong)| {
        ("brief.toml", format!("title = \"T\"\n{right}\n"), format!("title = \"T\"\n{wrong}\n"))
    });
    let (mut differ, mut schemas) = (Vec::new(), Schemas::default());
    for (path, right, wrong) in in_content.chain(in_settings) {
        for (text, is_right) in [(right, true), (wrong, false)] {
            let settings = ("brief.toml", KIND);
            let mut files = vec![(path, text.as_str())];
            files.extend((path != "brief.toml").then_some(settings));
            let (schema, reader) = verdicts(path, &files, &mut schemas);
            if schema.is_none() != is_right || reader.is_empty() != is_right {
                differ.push(format!("{text}schema: {schema:?}\nreader: {reader:?}\n"));
            }
        }
    }
    assert!(differ.is_empty(), "{}", differ.join("\n"));
}
