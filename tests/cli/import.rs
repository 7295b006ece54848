//! Importing: what is written, what is kept and what is said.

use snapbox::cmd::OutputAssert;

use crate::{Desk, brief};

const OLD: [(&str, &str); 3] = [
    ("_config.yml", "title: Old desk\nurl: https://desk.example\n"),
    ("_posts/2015-01-17-talks.md", "---\ntitle: Talks\nmood: calm\n---\n![Map](/map.png)\n"),
    ("map.png", "not looked into"),
];

/// What an import of `old` into `new` says.
fn import(old: &Desk, new: &Desk, more: &[&str]) -> OutputAssert {
    let into = new.path().join("desk");
    let arguments = ["import", old.path().to_str().unwrap(), "--into", into.to_str().unwrap()];
    brief(arguments.into_iter().chain(more.iter().copied())).current_dir(new.path()).assert()
}

fn said(output: &OutputAssert) -> String {
    String::from_utf8(output.get_output().stdout.clone()).unwrap()
}

#[test]
fn an_archive_is_imported_and_builds() {
    let (old, new) = (Desk::new(OLD), Desk::new([]));
    let report = said(&import(&old, &new, &[]).success());
    assert!(report.contains("mood -> extra.mood: 1\n"), "{report}");
    assert!(report.ends_with("3 files written, 0 unchanged, 0 kept\n"), "{report}");
    let files = ["brief.toml", "content/briefings/2015/2015-01-17-talks.md", "static/map.png"];
    assert_eq!(new.files("desk").into_iter().collect::<Vec<_>>(), files);
    assert_eq!(new.read("desk/static/map.png"), "not looked into");
}

#[test]
fn a_dry_run_shows_the_mapping_and_writes_nothing() {
    let (old, new) = (Desk::new(OLD), Desk::new([]));
    let report = said(&import(&old, &new, &["--dry-run", "--report", "nowhere.txt"]).success());
    assert!(report.contains("mood -> extra.mood: 1\n"), "{report}");
    assert!(report.ends_with("nothing written: 3 files would be, 0 are there\n"), "{report}");
    assert!(new.files("").is_empty());
}

#[test]
fn a_second_import_changes_nothing_and_keeps_what_was_edited() {
    let (old, new) = (Desk::new(OLD), Desk::new([]));
    import(&old, &new, &[]).success();
    let again = said(&import(&old, &new, &[]).success());
    assert!(again.ends_with("0 files written, 2 unchanged, 0 kept\n"), "{again}");
    let briefing = "desk/content/briefings/2015/2015-01-17-talks.md";
    new.write(briefing, "---\ntitle: Edited\n---\n");
    let edited = said(&import(&old, &new, &[]).success());
    assert!(
        edited.contains("kept as it is, since it differs: content/briefings/2015/2015-01-17-talks.md"),
        "{edited}"
    );
    assert_eq!(new.read(briefing), "---\ntitle: Edited\n---\n");
}

#[test]
fn the_report_is_one_object_for_machines() {
    let (old, new) = (Desk::new(OLD), Desk::new([]));
    let report: serde_json::Value =
        serde_json::from_str(&said(&import(&old, &new, &["--format", "json"]))).unwrap();
    assert_eq!(report["import"]["in"]["posts"], 1);
    assert_eq!(report["import"]["addresses"][0]["old"], "/2015/01/17/talks.html");
    assert_eq!(report["import"]["written"], 3);
}

#[test]
fn what_cannot_be_imported_is_refused_and_nothing_is_written() {
    let (old, new) = (Desk::new(OLD), Desk::new([("desk/brief.toml", "title = \"Desk\"\n")]));
    for (arguments, message) in [
        (["--map", "mood=moods"], "there is no key `moods` here"),
        (["--map", "mood=body: x"], "write OLD=NEW"),
    ] {
        let output = import(&old, &new, &arguments).code(2);
        let talk = String::from_utf8(output.get_output().stderr.clone()).unwrap();
        assert!(talk.contains(message), "{talk}");
    }
    let folder = old.path().to_str().unwrap();
    let own = brief(["import", folder, "--into", folder]).assert().code(2);
    let talk = String::from_utf8(own.get_output().stderr.clone()).unwrap();
    assert!(talk.contains("the old archive and the desk are one folder"), "{talk}");
    assert_eq!(new.files("").len(), 1);
}

const ARTICLE: &str = "Talks end\n\n15 May 2025\n\nHamas said on Tuesday that the talks had ended.\n";

fn article_desk() -> Desk {
    Desk::new([
        ("brief.toml", "title = \"Desk\"\n"),
        ("content/actors/hamas.md", "---\nname: Hamas\n---\n"),
        ("in/article.txt", ARTICLE),
        ("in/undated.txt", "Talks end\n\nHamas said on Tuesday that the talks had ended.\n"),
    ])
}

fn article(desk: &Desk, arguments: &[&str]) -> OutputAssert {
    brief(["import"].into_iter().chain(arguments.iter().copied())).current_dir(desk.path()).assert()
}

#[test]
fn an_article_becomes_a_draft_that_builds_and_is_never_overwritten() {
    let desk = article_desk();
    let path = "content/briefings/2025/2025-05-15-talks-end.md";
    let report = said(&article(&desk, &["in/article.txt", "--dry-run"]).success());
    assert!(report.contains("Hamas: 5:1 `Hamas` (name)"), "{report}");
    assert!(report.ends_with(&format!("the draft would be {path}\n")), "{report}");
    assert!(!desk.path().join(path).exists());
    article(&desk, &["in/article.txt", "--url", "https://news.example/1"]).success();
    let draft = desk.read(path);
    assert!(draft.contains("date: \"2025-05-13\"") && draft.contains("https://news.example/1"), "{draft}");
    brief(["build", "--drafts"]).current_dir(desk.path()).assert().success();
    article(&desk, &["in/article.txt"]).code(2);
    assert_eq!(desk.read(path), draft);
}

#[test]
fn an_article_without_a_date_asks_for_one() {
    let desk = article_desk();
    let refused = article(&desk, &["in/undated.txt"]).code(2);
    let told = String::from_utf8(refused.get_output().stderr.clone()).unwrap();
    assert!(told.contains("help: say it: `--date 2025-05-15`"), "{told}");
    article(&desk, &["in/undated.txt", "--date", "2025-05-15"]).success();
    assert!(desk.path().join("content/briefings/2025/2025-05-15-talks-end.md").exists());
}
