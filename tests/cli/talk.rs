//! What is said, to whom, and how a run ends.

use std::process::Stdio;

use serde_json::Value;
use snapbox::{cmd::cargo_bin, str};

use crate::{Desk, SETTINGS, TALKS, brief};

/// A briefing that can be built and is not as it should be.
const WITH_A_WARNING: (&str, &str) =
    ("content/briefings/2025-05-15-talks.md", "---\ntitle: Talks\n---\n\n![The hotel](hotel.jpg)\n");

const WITH_AN_ERROR: (&str, &str) =
    ("content/briefings/2025-05-15-talks.md", "---\ntitle: Talks\nactor: [Hamas]\n---\n");

#[test]
fn both_helps_show_commands_to_copy() {
    for (arguments, example) in [
        ("--help", "  brief build --root desk   build the archive in the folder desk\n"),
        (
            "build --help",
            "  brief build --drafts --future            preview what is not published yet, into preview/\n",
        ),
    ] {
        let run = brief(arguments.split(' ')).assert().success().stderr_eq("");
        let help = String::from_utf8(run.get_output().stdout.clone()).unwrap();
        assert!(help.contains("Examples:\n") && help.contains(example), "{help}");
    }
    let run = brief(["build", "--help"]).assert();
    let help = String::from_utf8(run.get_output().stdout.clone()).unwrap();
    assert!(
        help.ends_with("Exit codes: 0 done, 1 the archive has errors, 2 brief could not run.\n"),
        "{help}"
    );
}

#[test]
fn the_version_is_that_of_the_package() {
    for arguments in [["--version"], ["-V"]] {
        let version = concat!("brief ", env!("CARGO_PKG_VERSION"), "\n");
        brief(arguments).assert().success().stdout_eq(version).stderr_eq("");
    }
}

#[test]
fn without_a_command_the_help_is_an_answer_and_no_success() {
    let run = brief([]).assert().code(2).stdout_eq("");
    assert!(String::from_utf8_lossy(&run.get_output().stderr).contains("Usage: brief"));
}

#[test]
fn a_misspelt_command_or_flag_gets_the_near_one() {
    brief(["biuld"]).assert().code(2).stdout_eq("").stderr_eq(str![[r"
error: unrecognized subcommand 'biuld'

  tip: a similar subcommand exists: 'build'
...
"]]);
    brief(["build", "--draft"]).assert().code(2).stdout_eq("").stderr_eq(str![[r"
error: unexpected argument '--draft' found

  tip: a similar argument exists: '--drafts'
...
"]]);
}

#[test]
fn a_build_ends_with_what_it_made_of_what() {
    let desk = Desk::small();
    desk.says(
        "build",
        0,
        str![[r"
note: no feeds, no sitemap and no canonical links without `base_url` in `brief.toml`
built 13 pages from 1 briefing, 1 actor, 1 location in [..] s

"]],
    );
    desk.says(
        "build",
        0,
        str![[r"
note: no feeds, no sitemap and no canonical links without `base_url` in `brief.toml`
built 13 pages from 1 briefing, 1 actor, 1 location in [..] s; nothing changed

"]],
    );
}

#[test]
fn warnings_are_counted_in_the_last_line_and_the_site_is_written() {
    let desk = Desk::new([SETTINGS, WITH_A_WARNING]);
    desk.says(
        "build",
        0,
        str![[r"
warning[missing-asset]: there is no `content/briefings/hotel.jpg`
 --> content/briefings/2025-05-15-talks.md:5:1
  |
5 | ![The hotel](hotel.jpg)
  | ^^^^^^^^^^^^^^^^^^^^^^^
  |
  = help: put the file there; until then its words stand alone

note: no feeds, no sitemap and no canonical links without `base_url` in `brief.toml`
built 9 pages from 1 briefing, 0 actors, 0 locations in [..] s; 1 warning

"]],
    );
    assert!(desk.has("public/index.html"));
}

#[test]
fn under_strict_a_warning_keeps_the_site_from_being_written() {
    let desk = Desk::new([SETTINGS, WITH_A_WARNING]);
    desk.says(
        "build --strict",
        1,
        str![[r"
warning[missing-asset]: there is no `content/briefings/hotel.jpg`
...
nothing written: 1 warning, and `--strict` makes warnings count

"]],
    );
    assert!(!desk.has("public"), "nothing is written");

    let faultless = Desk::small();
    faultless.build("--strict");
    assert!(faultless.has("public/index.html"), "a note does not count");
}

#[test]
fn an_error_leaves_the_old_site_as_it_was() {
    let desk = Desk::small();
    desk.build("");
    let old = desk.read("public/briefings/2025/05/15/talks/index.html");
    desk.write(WITH_AN_ERROR.0, WITH_AN_ERROR.1);
    desk.says(
        "build",
        1,
        str![[r"
error[unknown-key]: unknown key `actor` in a briefing
 --> content/briefings/2025-05-15-talks.md:3:1
  |
3 | actor: [Hamas]
  | ^^^^^
  |
  = help: did you mean `actors`?

note: no feeds, no sitemap and no canonical links without `base_url` in `brief.toml`
nothing written: 1 error

"]],
    );
    assert_eq!(desk.read("public/briefings/2025/05/15/talks/index.html"), old);
}

#[test]
fn one_run_tells_the_mistakes_of_every_file() {
    let desk = Desk::new([SETTINGS, WITH_AN_ERROR]);
    desk.write("content/briefings/2025-05-16-more.md", "---\ntitle: More\n---\n\nSee [[Nobody knows]].\n");
    desk.says(
        "build -q",
        1,
        str![[r"
error[unknown-key]: unknown key `actor` in a briefing
...
error[broken-link]: `[[Nobody knows]]` leads to nothing
 --> content/briefings/2025-05-16-more.md:5:5
  |
5 | See [[Nobody knows]].
  |     ^^^^^^^^^^^^^^^^
  |
  = help: write a profile for it, or take the brackets away
...
"]],
    );
}

#[test]
fn settings_with_an_error_end_with_a_last_line_too() {
    let desk = Desk::new([("brief.toml", "title = \"Desk\"\ntitel = \"Desk\"\n"), TALKS]);
    desk.says(
        "build",
        1,
        str![[r#"
error[unknown-key]: unknown key `titel` in brief.toml
 --> brief.toml:2:1
  |
2 | titel = "Desk"
  | ^^^^^
  |
  = help: did you mean `title`?

nothing written: 1 error

"#]],
    );
    assert!(!desk.has("public"));
}

/// What `brief` says to a machine: one JSON value a line on standard output, and nothing anywhere else.
fn lines(desk: &Desk, arguments: &str, code: i32) -> Vec<Value> {
    let run = desk.brief(arguments).assert().code(code).stderr_eq("");
    let stdout = String::from_utf8(run.get_output().stdout.clone()).unwrap();
    stdout
        .lines()
        .map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{line}: {error}")))
        .collect()
}

#[test]
fn a_machine_reads_one_object_a_line_and_the_summary_last() {
    let desk = Desk::small();
    desk.write("content/briefings/draft.md", "---\ntitle: D\ndate: 2025-05-16\ndraft: true\n---\n");
    desk.write("content/briefings/notes.txt", "x");
    desk.write("content/briefings/.swp", "x");
    let said = lines(&desk, "build --format json", 0);
    assert_eq!(said[0]["left_out"]["path"], "content/briefings/.swp");
    assert_eq!(said[1]["withheld"]["path"], "content/briefings/draft.md");
    assert_eq!(said[1]["withheld"]["reason"], "draft");
    assert_eq!(said[2]["left_out"]["path"], "content/briefings/notes.txt");
    assert!(said[3]["note"].as_str().unwrap().starts_with("no feeds"));
    assert_eq!(
        said[4],
        serde_json::json!({"summary": {
            "errors": 0, "warnings": 0, "pages": 13, "briefings": 1, "actors": 1, "locations": 1, "withheld": 1,
            "files": 25, "written": 25, "removed": 0,
        }})
    );
    assert_eq!(said.len(), 5);
}

#[test]
fn a_machine_reads_mistakes_with_their_places() {
    let desk = Desk::new([SETTINGS, WITH_AN_ERROR]);
    let said = lines(&desk, "build --format json --quiet", 1);
    assert_eq!(
        said[0],
        serde_json::json!({
            "severity": "error", "code": "unknown-key", "message": "unknown key `actor` in a briefing",
            "place": {"path": "content/briefings/2025-05-15-talks.md", "line": 3, "column": 1},
            "help": "did you mean `actors`?",
        })
    );
    assert_eq!(said[1]["summary"]["errors"], 1);
    assert_eq!(said[1]["summary"].get("written"), None, "nothing was written");
    assert_eq!(said.len(), 2);

    let without_settings = Desk::new([TALKS]);
    let said = lines(&without_settings, "--format json build", 1);
    assert_eq!(said[0]["code"], "no-settings");
    assert_eq!(said[1], serde_json::json!({"summary": {"errors": 1, "warnings": 0}}));
}

#[test]
fn a_machine_reads_why_brief_could_not_run() {
    let desk = Desk::small();
    let said = lines(&desk, "build --format json --output brief.toml", 2);
    let message = "the output `brief.toml` is not a folder";
    let help = "choose a folder with `--output`";
    assert_eq!(
        said,
        [serde_json::json!({"severity": "error", "code": "could-not-run", "message": message, "help": help})]
    );
}

#[test]
fn a_reader_who_has_seen_enough_does_not_make_a_build_fail() {
    let desk = Desk::small();
    for (arguments, talk) in [("build --format json", "stdout"), ("build", "stderr")] {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let mut build = std::process::Command::new(cargo_bin!("brief"));
        build.args(arguments.split(' ')).current_dir(desk.path()).stdout(Stdio::null()).stderr(Stdio::null());
        let build = if talk == "stdout" { build.stdout(writer) } else { build.stderr(writer) };
        assert_eq!(build.status().unwrap().code(), Some(0), "{talk}");
        assert!(desk.has("public/index.html"));
    }
}

#[test]
fn quiet_says_mistakes_alone() {
    let desk = Desk::small();
    desk.write("content/briefings/draft.md", "---\ntitle: D\ndate: 2025-05-16\ndraft: true\n---\n");
    desk.says("build --quiet", 0, str![""]);
    desk.write(WITH_AN_ERROR.0, WITH_AN_ERROR.1);
    desk.says(
        "build -q",
        1,
        str![[r"
error[unknown-key]: unknown key `actor` in a briefing
 --> content/briefings/2025-05-15-talks.md:3:1
  |
3 | actor: [Hamas]
  | ^^^^^
  |
  = help: did you mean `actors`?


"]],
    );
}

#[test]
fn verbose_says_which_files_changed_and_how_long_it_took() {
    let desk = Desk::new([SETTINGS]);
    desk.write("static/old.txt", "x");
    desk.says(
        "build -v",
        0,
        str![[r"
note: no feeds, no sitemap and no canonical links without `base_url` in `brief.toml`
new: 404.html
new: _headers
new: assets/icon.[..].svg
new: assets/search.[..].js
new: assets/style.[..].css
new: assets/theme.[..].js
new: briefings/index.html
new: index.html
new: old.txt
new: robots.txt
read [..] s, open [..] s, parse [..] s, [..] draw [..] s, leaks [..] s, write [..] s, report [..] s
built 3 pages from 0 briefings, 0 actors, 0 locations in [..] s

"]],
    );
    desk.write("static/robots.txt", "User-agent: *\nDisallow: /drafts/\n");
    std::fs::remove_file(desk.path().join("static/old.txt")).unwrap();
    desk.says(
        "--verbose build",
        0,
        str![[r"
note: no feeds, no sitemap and no canonical links without `base_url` in `brief.toml`
note: `static/robots.txt` takes the place of the one that `brief` makes
removed: old.txt
changed: robots.txt
kept 3 files as the last build drew them
read [..] s, open [..] s, parse [..] s, [..] draw [..] s, leaks [..] s, write [..] s, report [..] s
built 3 pages from 0 briefings, 0 actors, 0 locations in [..] s

"]],
    );
    std::fs::remove_file(desk.path().join("static/robots.txt")).unwrap();
    let said = lines(&desk, "build -v --format json", 0);
    assert_eq!(said[1], serde_json::json!({"file": {"path": "robots.txt", "change": "changed"}}));
    assert!(
        said[2]["kept"] == 3
            && ["read", "parse", "draw", "write"].iter().all(|stage| said[2]["seconds"][stage].is_f64()),
        "{said:?}"
    );
    assert_eq!(said.len(), 4);
}

#[test]
fn quiet_and_verbose_exclude_each_other() {
    let run = Desk::small().brief("build -q -v").assert().code(2).stdout_eq("");
    let stderr = String::from_utf8_lossy(&run.get_output().stderr).into_owned();
    assert!(stderr.starts_with("error: the argument '--quiet' cannot be used with '--verbose'"), "{stderr}");
}

#[test]
fn colour_is_for_terminals_unless_the_environment_forces_it_and_no_color_wins() {
    let desk = Desk::new([SETTINGS, WITH_AN_ERROR]);
    let styled = |variables: &[(&str, &str)]| {
        let run = desk.brief("build").envs(variables.iter().copied()).assert().code(1);
        run.get_output().stderr.contains(&0x1b)
    };
    assert!(!styled(&[]), "a pipe is no terminal");
    assert!(styled(&[("CLICOLOR_FORCE", "1")]));
    assert!(!styled(&[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")]));
}
