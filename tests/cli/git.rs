//! Revision dates from the history of a real repository.

use std::{path::Path, process::Command};

use super::{Desk, TALKS};

const SETTINGS: &str = "title = \"Desk\"\nbase_url = \"https://desk.example/\"\nauthority = \"desk.example,2025\"\n\
                        timezone = \"Asia/Jerusalem\"\n[git]\ndates = true\n";

const PAGE: &str = "public/briefings/2025/05/15/talks/index.html";

/// Runs `git` in `folder` by the committer's clock `date`, whatever the machine's own settings are.
fn git(folder: &Path, date: &str, arguments: &[&str]) {
    let output = Command::new("git")
        .current_dir(folder)
        .args(["-c", "user.name=Desk", "-c", "user.email=desk@desk.example", "-c", "commit.gpgSign=false"])
        .args(["-c", "init.defaultBranch=main", "-c", "protocol.file.allow=always"])
        .args(arguments)
        .envs([("GIT_AUTHOR_DATE", "2001-01-01T00:00:00Z"), ("GIT_COMMITTER_DATE", date)])
        .envs([("GIT_CONFIG_GLOBAL", "/dev/null"), ("GIT_CONFIG_NOSYSTEM", "1")])
        .env_remove("GIT_DIR")
        .output()
        .expect("`git` is needed to test what comes from it");
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
}

fn commit(folder: &Path, date: &str) {
    git(folder, date, &["add", "--all"]);
    git(folder, date, &["commit", "--quiet", "--message", "A change"]);
}

/// An archive in a repository, committed once.
fn committed() -> Desk {
    committed_at("2025-05-20T10:00:00Z")
}

fn committed_at(date: &str) -> Desk {
    let desk = Desk::new([("brief.toml", SETTINGS), TALKS]);
    git(desk.path(), "", &["init", "--quiet"]);
    desk.write(".gitignore", "public/\n");
    commit(desk.path(), date);
    desk
}

/// `TALKS` with more text.
fn longer(words: &str) -> String {
    format!("{}\n{words}\n", TALKS.1)
}

#[test]
fn the_last_commit_that_changed_a_briefing_is_its_update() {
    let desk = committed();
    desk.write(TALKS.0, longer("More."));
    commit(desk.path(), "2025-06-01T22:30:00Z");
    desk.write("content/briefings/2025-06-03-other.md", "---\ntitle: Other\n---\n");
    commit(desk.path(), "2025-07-01T00:00:00Z");
    desk.build("");
    let html = desk.read(PAGE);
    assert!(
        html.contains("Updated <time datetime=\"2025-06-02T01:30:00+03:00\">2 June 2025</time>"),
        "{html}"
    );
    assert!(desk.read("public/atom.xml").contains("<updated>2025-06-02T01:30:00+03:00</updated>"));
    let line = "/talks/</loc><lastmod>2025-06-02</lastmod>";
    assert!(desk.read("public/sitemap.xml").contains(line));
    // Nothing on the disk but the history tells it, so that the same history makes the same site.
    let before = desk.read("public/.brief.json");
    desk.write(TALKS.0, longer("More."));
    desk.build("");
    assert_eq!(desk.read("public/.brief.json"), before);
}

#[test]
fn the_first_commit_is_no_update() {
    let desk = committed();
    desk.build("");
    assert!(!desk.read(PAGE).contains("Updated"));
}

#[test]
fn what_is_changed_and_not_committed_has_no_date() {
    let desk = committed();
    desk.write(TALKS.0, longer("More."));
    desk.build("");
    assert!(!desk.read(PAGE).contains("Updated"));
}

#[test]
fn a_commit_is_an_update_from_the_day_after_publication_on() {
    let dates =
        [("2025-05-14T10:00:00Z", false), ("2025-05-15T20:30:00Z", false), ("2025-05-15T21:30:00Z", true)];
    for (date, is_update) in dates {
        let desk = committed_at("2025-05-01T00:00:00Z");
        desk.write(TALKS.0, longer("More."));
        commit(desk.path(), date);
        desk.build("");
        assert_eq!(desk.read(PAGE).contains("Updated"), is_update, "{date}");
    }
}

#[test]
fn where_a_time_of_publication_is_written_a_commit_after_it_is_an_update() {
    for (date, is_update) in [("2025-05-15T08:59:59Z", false), ("2025-05-15T09:00:01Z", true)] {
        let desk = committed_at("2025-05-01T00:00:00Z");
        desk.write(TALKS.0, TALKS.1.replacen("title:", "published: 2025-05-15T12:00\ntitle:", 1));
        commit(desk.path(), date);
        desk.build("");
        assert_eq!(desk.read(PAGE).contains("Updated"), is_update, "{date}");
    }
}

#[test]
fn what_an_author_writes_goes_before_the_history() {
    let desk = committed();
    desk.write(TALKS.0, TALKS.1.replacen("title:", "updated: 2025-05-17\ntitle:", 1));
    commit(desk.path(), "2025-06-01T00:00:00Z");
    desk.build("");
    let html = desk.read(PAGE);
    assert!(html.contains("Updated <time datetime=\"2025-05-17\">"), "{html}");
}

#[test]
fn a_correction_after_the_last_commit_moves_the_feed_and_not_the_update() {
    let desk = committed();
    let correction = "corrections: [{date: 2025-08-01, text: A name.}]\ntitle:";
    desk.write(TALKS.0, TALKS.1.replacen("title:", correction, 1));
    commit(desk.path(), "2025-07-01T10:00:00Z");
    desk.build("");
    assert!(desk.read(PAGE).contains("Updated <time datetime=\"2025-07-01T13:00:00+03:00\">"));
    assert!(desk.read("public/atom.xml").contains("<updated>2025-08-01T00:00:00+03:00</updated>"));
}

#[test]
fn an_archive_may_lie_below_the_root_of_its_repository_under_any_name() {
    let desk = Desk::new([("site/brief.toml", SETTINGS)]);
    let name = "site/content/briefings/2025-05-15-مح \"ادثات\"\u{301}.md";
    desk.write(name, "---\ntitle: Talks\nslug: talks\n---\n");
    desk.write("content/briefings/2025-05-15-talks.md", "of another archive");
    git(desk.path(), "", &["init", "--quiet"]);
    commit(desk.path(), "2025-05-20T10:00:00Z");
    desk.write(name, "---\ntitle: Talks\nslug: talks\n---\nMore.\n");
    commit(desk.path(), "2025-06-01T10:00:00Z");
    desk.build("--root site");
    let html = desk.read("site/public/briefings/2025/05/15/talks/index.html");
    assert!(html.contains("Updated <time datetime=\"2025-06-01T13:00:00+03:00\">"), "{html}");
}

#[test]
fn a_new_name_begins_a_new_history() {
    let desk = committed();
    desk.write(TALKS.0, longer("More."));
    commit(desk.path(), "2025-06-01T10:00:00Z");
    git(desk.path(), "", &["mv", TALKS.0, "content/briefings/2025-05-15-renamed.md"]);
    commit(desk.path(), "2025-06-02T10:00:00Z");
    desk.build("");
    assert!(!desk.read("public/briefings/2025/05/15/renamed/index.html").contains("Updated"));
}

#[test]
fn without_the_setting_nobody_asks_git() {
    let desk = committed();
    desk.write(TALKS.0, longer("More."));
    desk.write("brief.toml", SETTINGS.replace("dates = true", "dates = false"));
    commit(desk.path(), "2025-06-01T10:00:00Z");
    desk.brief("build -q").env("PATH", "").assert().success().stderr_eq("");
    assert!(!desk.read(PAGE).contains("Updated"));
}

#[test]
fn a_hook_of_another_repository_changes_nothing() {
    let (desk, other) = (committed(), committed());
    desk.write(TALKS.0, longer("More."));
    commit(desk.path(), "2025-06-01T10:00:00Z");
    desk.brief("build -q").env("GIT_DIR", other.path().join(".git")).assert().success().stderr_eq("");
    assert!(desk.read(PAGE).contains("Updated"));
}

#[test]
fn a_part_of_the_history_gives_no_dates() {
    let desk = committed();
    desk.write(TALKS.0, longer("More."));
    commit(desk.path(), "2025-06-01T10:00:00Z");
    let from = format!("file://{}", desk.path().display());
    git(desk.path(), "", &["clone", "--quiet", "--depth", "1", &from, "clone"]);
    let said = "\
warning[git-shallow]: this clone holds a part of the history, so that revision dates are left out
--> brief.toml
 = help: run `git fetch --unshallow`; in CI fetch the whole history: `fetch-depth: 0`

";
    desk.brief("build -q --root clone").assert().success().stderr_eq(said);
    assert!(!desk.read(&format!("clone/{PAGE}")).contains("Updated"));
}

#[test]
fn where_there_is_no_history_it_is_said_what_to_do() {
    let desk = Desk::new([("brief.toml", SETTINGS), TALKS]);
    let above = desk.path().parent().unwrap();
    let said = "\
warning[git-refused]: the archive lies in no git repository, so that revision dates are left out
--> brief.toml
 = help: run `git init` and commit it, or set `dates = false` in `[git]`

";
    desk.brief("build -q").env("GIT_CEILING_DIRECTORIES", above).assert().success().stderr_eq(said);

    git(desk.path(), "", &["init", "--quiet"]);
    let said = "\
warning[git-refused]: nothing is committed yet, so that there are no revision dates
--> brief.toml
 = help: commit the archive, or set `dates = false` in `[git]`

";
    desk.brief("build -q").assert().success().stderr_eq(said);
}

#[test]
fn without_git_it_is_said_what_to_do() {
    let desk = committed();
    let nowhere = desk.path().join("nowhere");
    let said = "\
warning[git-missing]: `git` cannot be run, so that revision dates are left out: it is not installed here
--> brief.toml
 = help: install `git`, or set `dates = false` in `[git]`

";
    desk.brief("build -q").env("PATH", nowhere).assert().success().stderr_eq(said);
    assert!(!desk.read(PAGE).contains("Updated"));
}

#[test]
fn a_broken_repository_is_named_in_the_words_of_git() {
    let desk = committed();
    desk.write(".git/HEAD", "ref: refs/heads/gone\n");
    desk.write(".git/refs/heads/gone", "0123456789012345678901234567890123456789\n");
    let said = "\
warning[git-refused]: `git` cannot tell revision dates, so that they are left out: bad object HEAD
--> brief.toml
 = help: mend the repository, or set `dates = false` in `[git]`

";
    desk.brief("build -q").assert().success().stderr_eq(said);
}

#[test]
fn a_repository_of_another_owner_is_told_of() {
    let desk = committed();
    let said = "\
warning[git-refused]: `git` trusts no repository of another owner, so that revision dates are left out
--> brief.toml
 = help: run `git config --global --add safe.directory` with the repository's folder

";
    let build = desk.brief("build -q").env("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1");
    build.env("GIT_CONFIG_GLOBAL", "/dev/null").assert().success().stderr_eq(said);
}
