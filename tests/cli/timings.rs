//! How far a build is, and what its stages took.

use snapbox::str;

use crate::{Desk, SETTINGS, TALKS};

#[test]
fn timings_say_how_long_each_stage_took_and_what_it_made() {
    let desk = Desk::small();
    desk.write("static/notes.txt", "x");
    desk.write("content/briefings/draft.md", "---\ntitle: D\ndate: 2025-05-16\ndraft: true\n---\n");
    desk.build("");
    desk.write("static/notes.txt", "xy");
    desk.write("static/more.txt", "x");
    let run = desk.says(
        "build --quiet --timings",
        0,
        str![[r"
stage     seconds  share
read     [..] %  3 texts, 150 bytes, 2 other files
open     [..] %
parse    [..] %  2 documents
release  [..] %  1 withheld
index    [..] %  5 entities
theme    [..] %  4 files
plan     [..] %  21 files
draw     [..] %  8 drawn, 19 kept
leaks    [..] %  28 files read
write    [..] %  27 files, [..] kB, 2 written, 25 unchanged, 0 removed
report   [..] %
all      [..]  100 %

"]],
    );
    let table = String::from_utf8(run.get_output().stderr.clone()).unwrap();
    let seconds: Vec<f64> = table.lines().skip(1).map(|line| line[8..17].trim().parse().unwrap()).collect();
    let (all, stages) = seconds.split_last().unwrap();
    assert!((stages.iter().sum::<f64>() - all).abs() < 0.01, "the stages are all there is: {table}");
}

#[test]
fn machines_read_the_stages_in_the_summary() {
    let desk = Desk::small();
    let summary = |arguments: &str| -> serde_json::Value {
        let run = desk.brief(arguments).assert().stderr_eq("");
        let stdout = String::from_utf8(run.get_output().stdout.clone()).unwrap();
        serde_json::from_str(stdout.lines().last().unwrap()).unwrap()
    };
    let all = summary("build --format json --timings");
    let stages = all["summary"]["stages"].as_object().unwrap();
    let names: Vec<&str> = stages.keys().map(String::as_str).collect();
    let expected =
        ["read", "open", "parse", "release", "index", "theme", "plan", "draw", "leaks", "write", "report"];
    assert_eq!(names, expected);
    assert!(stages.values().all(|stage| stage["seconds"].as_f64().is_some_and(|seconds| seconds >= 0.0)));
    assert_eq!(stages["read"]["texts"], 2);
    assert_eq!(stages["write"]["written"], all["summary"]["written"]);
    let bytes: usize = desk
        .files("public")
        .iter()
        .filter(|file| *file != ".brief.json")
        .map(|file| std::fs::read(desk.path().join("public").join(file)).unwrap().len())
        .sum();
    assert_eq!(stages["write"]["bytes"], bytes);
    assert_eq!(summary("build --format json")["summary"].get("stages"), None, "only who asks is told");
}

#[test]
fn of_an_archive_with_errors_the_stages_that_ran_are_told() {
    let desk = Desk::small();
    desk.write("content/briefings/2025-05-16-more.md", "---\ntitle: More\nactor: [Hamas]\n---\n");
    let run = desk.brief("build --quiet --timings").assert().code(1).stdout_eq("");
    let said = String::from_utf8(run.get_output().stderr.clone()).unwrap();
    let table = said.split("stage     seconds  share\n").nth(1).unwrap();
    let stages: Vec<&str> = table.lines().filter_map(|line| line.split_whitespace().next()).collect();
    assert_eq!(
        stages,
        ["read", "open", "parse", "release", "index", "theme", "plan", "draw", "report", "all"],
        "{said}"
    );
}

/// The build of an archive that a slow `git` holds up, on a terminal of its own; what is seen there.
#[cfg(target_os = "linux")]
fn seen(arguments: &str, term: &str, seconds: u8) -> String {
    use std::{os::unix::fs::PermissionsExt, process::Command};

    let settings = format!("{}[git]\ndates = true\n", SETTINGS.1);
    let desk = Desk::new([(SETTINGS.0, settings.as_str()), TALKS]);
    let git = desk.write("bin/git", format!("#!/bin/sh\nsleep {seconds}\nexit 1\n"));
    std::fs::set_permissions(&git, PermissionsExt::from_mode(0o755)).unwrap();
    let path = format!("{}:{}", desk.path().join("bin").display(), std::env::var("PATH").unwrap());
    let output = Command::new("script")
        .args(["--quiet", "--return", "--command"])
        .arg(format!("{} build {arguments}", snapbox::cmd::cargo_bin!("brief").display()))
        .arg("/dev/null")
        .current_dir(desk.path())
        .env("PATH", path)
        .env("TERM", term)
        .env_remove("CLICOLOR_FORCE")
        .env("NO_COLOR", "1")
        .output()
        .expect("`script` of util-linux is needed to test what is seen on a terminal");
    assert!(desk.has("public/index.html"), "{output:?}");
    String::from_utf8(output.stdout).unwrap()
}

#[cfg(target_os = "linux")]
#[test]
fn a_terminal_shows_the_stage_that_takes_long_and_no_other_place_does() {
    let shown = seen("", "xterm", 2);
    assert!(shown.contains("asking git"), "{shown:?}");
    assert!(!shown.contains("\u{1b}[3"), "no colour is put on it: {shown:?}");
    let last = shown.trim_end().lines().last().unwrap();
    assert!(last.contains("built 13 pages"), "{shown:?}");
    for (arguments, term) in [("", "dumb"), ("--quiet", "xterm"), ("--format json", "xterm")] {
        let shown = seen(arguments, term, 1);
        assert!(!shown.contains("asking"), "{arguments} {term}: {shown:?}");
    }
}
