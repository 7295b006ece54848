//! Articles in several styles, each with what somebody who reads it would put down: `NAME.expected` beside `NAME.txt`
//! or `NAME.html`. `claim:` gives the line and words of the speaker.

#![allow(clippy::unwrap_used, clippy::panic, reason = "what a test cannot do fails it")]

use std::{fs, path::Path};

use brief::{
    diagnostics::Diagnostics,
    documents,
    import::article::{self, About, Proposal, Registry, Who},
    model::Day,
    settings,
    sources::{self, Limits},
};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Whom the bundled archive knows.
fn registry() -> Registry {
    let mut diagnostics = Diagnostics::new();
    let sources = sources::read(root(), None, &Limits::default(), &mut diagnostics).unwrap();
    let settings = settings::parse(&sources, &mut diagnostics);
    Registry::of(&documents::parse(&sources, &settings, &mut diagnostics), &settings)
}

fn about(file: &str) -> About {
    About { today: Day::parse("2025-12-01").unwrap(), date: None, url: None, file: file.into() }
}

fn propose(text: &str, registry: &Registry) -> Proposal {
    article::propose(text, &about("article.txt"), registry)
}

struct Case {
    name: String,
    text: String,
    expected: Vec<(String, String)>,
}

fn cases() -> Vec<Case> {
    let folder = root().join("tests/article");
    let mut names: Vec<_> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    names.sort();
    let expected = names.iter().filter(|path| path.extension().is_some_and(|ending| ending == "expected"));
    let case = |path: &std::path::PathBuf| {
        let text =
            ["txt", "html"].iter().find_map(|ending| fs::read_to_string(path.with_extension(ending)).ok());
        let expected = fs::read_to_string(path).unwrap();
        let pair = |line: &str| {
            line.split_once(": ").map(|(key, value)| (key.to_owned(), value.to_owned())).unwrap()
        };
        Case {
            name: path.file_stem().unwrap().to_str().unwrap().to_owned(),
            text: text.unwrap(),
            expected: expected.lines().map(pair).collect(),
        }
    };
    expected.map(case).collect()
}

fn called(who: &Who) -> String {
    match who {
        Who::Actors(actors) => actors.join(" and "),
        Who::Unnamed { words, .. } => words.clone(),
    }
}

/// Every statement with its line and its speaker, answers too.
fn spoken(proposal: &Proposal) -> Vec<(usize, String)> {
    let own = proposal.claims.iter().map(|claim| (claim.at.line, called(&claim.by)));
    let answers = proposal.claims.iter().flat_map(|claim| &claim.responses);
    own.chain(answers.map(|answer| (answer.at.line, called(&answer.by)))).collect()
}

fn is_found(key: &str, value: &str, proposal: &Proposal, spoken: &mut Vec<(usize, String)>) -> bool {
    match key {
        "published" => proposal.published.day.is_some_and(|day| day.to_string() == value),
        "actor" => proposal.actors().contains(&value),
        "location" => proposal.locations().contains(&value),
        "date" => proposal.dates.iter().any(|date| date.when.as_deref() == Some(value)),
        "claim" => {
            let (line, who) = value.split_once(' ').unwrap();
            let line: usize = line.parse().unwrap();
            let place = spoken.iter().position(|(at, by)| {
                // A paragraph that an editor has wrapped goes on below.
                (line..line + 3).contains(at) && by.to_lowercase().contains(&who.to_lowercase())
            });
            place.map(|place| spoken.remove(place)).is_some()
        }
        other => panic!("what is `{other}`?"),
    }
}

#[test]
fn most_of_what_a_reader_finds_is_proposed() {
    let registry = registry();
    let (mut named, mut said, mut more) = ((0, 0), (0, 0), 0);
    let mut missed = Vec::new();
    for case in cases() {
        let proposal = propose(&case.text, &registry);
        let mut left = spoken(&proposal);
        for (key, value) in &case.expected {
            let found = is_found(key, value, &proposal, &mut left);
            let tally = if key == "claim" { &mut said } else { &mut named };
            tally.0 += usize::from(found);
            tally.1 += 1;
            if !found {
                missed.push(format!("{}: {key} {value}", case.name));
            }
        }
        more += left.len();
        missed.extend(left.iter().map(|(line, by)| format!("{}: proposed {by}, line {line}", case.name)));
    }
    let told = missed.join("\n");
    assert!(named.0 * 100 >= named.1 * 95, "{named:?} of names and dates\n{told}");
    assert!(said.0 * 100 >= said.1 * 85, "{said:?} of claims\n{told}");
    assert!(more * 3 <= said.0, "{more} claims beside {said:?}\n{told}");
}

#[test]
fn every_entity_stands_where_it_is_said_to_stand() {
    let registry = registry();
    for case in cases() {
        let proposal = propose(&case.text, &registry);
        assert!(!proposal.entities.is_empty(), "{}", case.name);
        for entity in &proposal.entities {
            assert!(!entity.at.is_empty(), "{}: {}", case.name, entity.known.name);
            for (span, _) in &entity.at {
                let written = case.text[span.range.clone()].replace("&nbsp;", " ").replace('\n', " ");
                assert_eq!(written, span.text, "{}: {}", case.name, entity.known.name);
                let line = case.text[..span.range.start].matches('\n').count() + 1;
                assert_eq!(line, span.line, "{}: {}", case.name, entity.known.name);
            }
        }
    }
}

#[test]
fn a_draft_has_no_sentence_of_the_article_and_no_finding() {
    let registry = registry();
    for case in cases() {
        let proposal = propose(&case.text, &registry);
        let day = proposal.published.day.unwrap();
        let text = article::draft(&proposal, day, day).text;
        assert!(text.contains("\ndraft: true\n") && text.contains("\ngenerated: brief import\n"), "{text}");
        assert!(!text.contains("findings") && !text.contains("died:"), "{text}");
        for claim in &proposal.claims {
            let words: Vec<&str> = claim.at.text.split_whitespace().collect();
            for run in words.windows(8) {
                assert!(!text.contains(&run.join(" ")), "{}: {run:?}\n{text}", case.name);
            }
        }
    }
}

#[test]
fn who_was_told_is_called_by_one_name() {
    let text = "No end in sight\n\nDoha, 15 May 2025\n\nA diplomat told The Gulf Post on Thursday that the talks go on. \
        Two officials told the Post that there was no progress. A minister told the Times that he was content.\n";
    let proposal = propose(text, &registry());
    let told: Vec<Option<&str>> = proposal.claims.iter().map(|claim| claim.told.as_deref()).collect();
    assert_eq!(told, [Some("The Gulf Post"), Some("The Gulf Post"), Some("Times")]);
}

#[test]
fn no_text_ends_it() {
    let registry = registry();
    for text in [
        "",
        "\n",
        "\"",
        "said",
        ", said",
        "Said Naim,",
        "<",
        "<p",
        "<p>&#x110000;",
        "By",
        "May",
        "“”",
        "x ) said",
        "(photo credit: )",
    ] {
        propose(text, &registry);
    }
    for case in cases() {
        for (at, _) in case.text.char_indices().step_by(97) {
            propose(&case.text[at..], &registry);
            propose(&case.text[..at], &registry);
        }
    }
}
