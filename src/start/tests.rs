#![allow(clippy::panic, reason = "what a test cannot do fails it")]

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::{
    diagnostics::{Diagnostics, Severity},
    documents::{self, Documents, Source},
    model::LocalId,
    settings::{self, Settings},
    sources::Sources,
};

fn today() -> Day {
    Day::new(2025, 5, 16).unwrap()
}

fn answers(title: &str) -> Answers {
    Answers { title: title.into(), base_url: None, language: "en".into(), timezone: "UTC".into() }
}

fn texts(files: &[Fresh]) -> BTreeMap<&str, &str> {
    files.iter().map(|file| (file.path.as_str(), std::str::from_utf8(&file.bytes).unwrap())).collect()
}

fn read(files: &[(&str, &str)]) -> (Settings, Documents, Vec<String>) {
    let sources = Sources::from_texts(files.iter().copied());
    let mut diagnostics = Diagnostics::new();
    let settings = settings::parse(&sources, &mut diagnostics);
    let documents = documents::parse(&sources, &settings, &mut diagnostics);
    let wrong = diagnostics.iter().filter(|found| found.severity == Severity::Error);
    let wrong = wrong.map(|found| found.message.clone()).collect();
    (settings, documents, wrong)
}

const SETTINGS: (&str, &str) = ("brief.toml", "title = \"Desk\"\n");

#[test]
fn every_setting_that_is_commented_out_is_one() {
    let files = archive(&answers("Gulf"), today());
    let written = texts(&files)["brief.toml"];
    let mut set = 0;
    let whole: Vec<&str> = written
        .lines()
        .map(|line| match line.strip_prefix('#') {
            Some(setting) if !setting.starts_with(' ') && !setting.is_empty() => {
                set += 1;
                setting
            }
            _ => line,
        })
        .collect();
    assert!(set > 20, "{set}");
    let (settings, _, wrong) = read(&[("brief.toml", &whole.join("\n"))]);
    assert_eq!(wrong, Vec::<String>::new());
    assert_eq!(settings.base_url.unwrap().as_str(), "https://desk.example/");
    assert_eq!(settings.authority.as_deref(), Some("desk.example,2025"));
    assert_eq!(settings.kinds.last().unwrap().key, "topics");
    assert!(settings.git_dates && settings.editions.contains_key("partners"));
}

#[test]
fn an_archive_of_another_language_says_that_its_example_is_english() {
    let arabic = Answers { language: "ar".into(), ..answers("Gulf") };
    let files = archive(&arabic, today());
    let texts = texts(&files);
    assert!(texts["content/pages/about.md"].contains("\nlang: en\n"));
    assert!(texts["content/briefings/2025-05-16-first-briefing.md"].contains("\nlang: en\n"));
    assert!(
        !archive(&answers("Gulf"), today()).iter().any(|file| file.bytes.windows(5).any(|w| w == b"lang:"))
    );
}

#[test]
fn the_settings_are_written_last() {
    for files in [archive(&answers("Gulf"), today()), example()] {
        assert_eq!(files.last().unwrap().path, "brief.toml");
    }
}

#[test]
fn the_example_is_the_bundled_archive() {
    let files = example();
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    for file in files.iter().filter(|file| file.path != ".gitignore") {
        assert_eq!(file.bytes, std::fs::read(root.join(&file.path)).unwrap(), "{}", file.path);
    }
    assert!(files.len() > 50);
}

#[test]
fn a_workflow_has_no_place_left_to_fill_and_no_version_left_open() {
    let origin = Origin { git: "https://git.example/brief".into(), rev: "v1: \"x\"".into() };
    for ci in [Ci::Github, Ci::Gitlab, Ci::Netlify, Ci::Cloudflare] {
        let file = workflow(ci, &origin);
        let text = String::from_utf8(file.bytes).unwrap();
        for left in ["{{git}}", "{{rev}}", "{{rust}}", "@main", "@master", ":latest"] {
            assert!(!text.contains(left), "{left} in {}", file.path);
        }
        let (check, build) =
            (text.find("/brief check").or(text.find("\nbrief check")), text.find("build --strict"));
        assert!(check.is_some() && check < build, "{text}");
        assert!(text.contains(env!("CARGO_PKG_RUST_VERSION")));
        if ci == Ci::Netlify {
            let table: toml::Table = text.parse().unwrap();
            assert_eq!(table["build"]["environment"]["BRIEF_REV"].as_str(), Some("v1: \"x\""));
            continue;
        }
        // Our reader of YAML knows no anchors of services, and needs none.
        let mut diagnostics = Diagnostics::new();
        let path = crate::model::SourcePath::new(&file.path);
        let mut cx = crate::tree::Cx {
            path: &path,
            text: &text,
            zone: chrono_tz::Tz::UTC,
            diagnostics: &mut diagnostics,
        };
        assert!(crate::tree::yaml(&mut cx, 0..text.len()).is_some());
        assert!(!diagnostics.has_errors(), "{:?}", diagnostics.iter().next().map(|found| &found.message));
        assert!(text.contains(r#"BRIEF_REV: "v1: \"x\"""#));
    }
}

#[test]
fn only_publishing_may_write_on_github() {
    let text = String::from_utf8(workflow(Ci::Github, &Origin::default()).bytes).unwrap();
    let (before, publish) = text.split_once("\n  publish:\n").unwrap();
    assert!(before.contains("permissions:\n  contents: read\n") && !before.contains(": write"));
    assert!(publish.contains("pages: write") && publish.contains("id-token: write"));
}

#[test]
fn a_new_briefing_lies_where_those_before_it_lie() {
    let at = |path: &str, keep: bool| {
        let text = "---\ntitle: Talks\ndate: 2025-04-30\n---\n";
        let (_, documents, _) = read(&[SETTINGS, (path, text)]);
        folder(documents.briefings.first().map(|first| &*first.head), today(), keep)
    };
    assert_eq!(at("content/briefings/talks.md", false), "content/briefings");
    assert_eq!(at("content/briefings/2025/talks.md", false), "content/briefings/2025");
    assert_eq!(at("content/briefings/2025/04/talks.md", false), "content/briefings/2025/05");
    assert_eq!(at("content/briefings/2025-04/talks/index.md", false), "content/briefings/2025-05");
    assert_eq!(at("content/briefings/gulf/talks.md", false), "content/briefings");
    assert_eq!(at("content/briefings/gulf/2025/talks.md", true), "content/briefings/gulf/2025");
    assert_eq!(folder(None, today(), false), "content/briefings");
}

#[test]
fn a_source_is_called_by_its_host() {
    for (host, name) in [
        ("www.jpost.com", "jpost"),
        ("news.bbc.co.uk", "bbc"),
        ("www.un.org", "un"),
        ("localhost", "localhost"),
    ] {
        let url = format!("https://{host}/a");
        let found =
            source(&url, &documents::SharedSources::default(), &crate::archive::Archive::default(), &[]);
        let Some(NewSource::Own(id, source)) = found else { panic!("{host}") };
        assert_eq!((id.as_str(), source.url.as_deref()), (name, Some(url.as_str())));
    }
}

#[test]
fn a_long_title_makes_a_file_name_that_ends_with_a_word() {
    let title = "word ".repeat(60);
    let stem = file_name(&title, today());
    assert!(stem.len() <= 111 && stem.ends_with("-word"), "{stem}");
    assert!(file_name("!?", today()).starts_with("2025-05-16-x-"));
}

proptest! {
    #[test]
    fn any_title_gives_a_file_that_reads_as_that_title(
        title in any::<String>(),
        name in "\\PC{1,20}",
        url in "https://[a-z]{1,9}\\.example/[!-~]{0,20}",
    ) {
        prop_assume!(!title.trim().is_empty() && !name.trim().is_empty());
        let id = LocalId::new("a").unwrap();
        let draft = Draft {
            title: title.trim().into(),
            names: vec![("actors".into(), vec![name.trim().into(), "Hamas".into()])],
            sources: vec![(id, Source { publisher: Some(title.trim().into()), url: Some(url.clone()), ..Source::default() })],
            ..Draft::default()
        };
        let file = briefing(&draft, today(), "content/briefings");
        let text = String::from_utf8(file.bytes).unwrap();
        let (_, documents, _) = read(&[SETTINGS, (&file.path, &text)]);
        prop_assert_eq!(documents.briefings.len(), 1, "{}", text);
        let read = &documents.briefings[0];
        prop_assert_eq!(read.title.as_str(), title.trim(), "{}", text);
        prop_assert_eq!(read.date.day(), today());
        prop_assert_eq!(&*read.tags[&settings::ACTOR][0].text, name.trim(), "{}", text);
        prop_assert_eq!(read.sources[0].1.url.as_deref(), Some(url.as_str()), "{}", text);
    }

    #[test]
    fn any_name_gives_a_profile_that_reads_as_that_name(name in any::<String>(), alias in "\\PC{1,20}") {
        prop_assume!(!name.trim().is_empty() && !alias.trim().is_empty());
        let sketch =
            Sketch { name: name.trim().into(), aliases: vec![alias.trim().into()], ..Sketch::default() };
        let (settings, ..) = read(&[SETTINGS]);
        let file = profile(&sketch, settings::ACTOR, &settings.kinds[settings::ACTOR], "actors");
        let text = String::from_utf8(file.bytes).unwrap();
        let (_, documents, _) = read(&[SETTINGS, (&file.path, &text)]);
        prop_assert_eq!(documents.profiles.len(), 1, "{}", text);
        prop_assert_eq!(documents.profiles[0].name.as_str(), name.trim(), "{}", text);
        prop_assert_eq!(&*documents.profiles[0].aliases[0].text, alias.trim(), "{}", text);
    }

    #[test]
    fn any_title_gives_settings_that_read_as_that_title(title in "\\PC{1,40}") {
        prop_assume!(!title.trim().is_empty());
        let files = archive(&answers(title.trim()), today());
        let (settings, ..) = read(&[("brief.toml", texts(&files)["brief.toml"])]);
        prop_assert_eq!(settings.title.as_str(), title.trim());
    }
}
