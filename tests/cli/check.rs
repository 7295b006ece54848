//! `brief check`: what an editor is told, in which form, and what is mended.

use std::fs;

use crate::{Desk, SETTINGS, TALKS};

const AS_OF: &str = "check --as-of 2026-01-01T00:00Z";

/// An archive in which each lint finds one thing.
fn desk() -> Desk {
    let desk = Desk::new([
        SETTINGS,
        TALKS,
        ("content/actors/nobody.md", "---\nname: Nobody\n---\n"),
        ("content/locations/doha.md", "---\nname: Doha\n---\n"),
    ]);
    desk.write(
        "content/briefings/2025-05-16-claims.md",
        "---\ntitle: Claims\nclaims:\n  - {id: talk, by: Hamas, text: We talk., sources: [one]}\nevents:\n  \
         - {id: rain, text: It rained., date: 2027-01-01, actors: [Fatah], sources: [one]}\n\
         sources: {one: 'https://one.example/'}\n---\n",
    );
    desk
}

fn told(desk: &Desk, arguments: &str, code: i32) -> String {
    let said = desk.brief(arguments).assert().code(code).stdout_eq("");
    String::from_utf8(said.get_output().stderr.clone()).unwrap()
}

#[test]
fn an_editor_is_told_what_to_look_at_once_more() {
    let desk = desk();
    let said = told(&desk, AS_OF, 0);
    for line in [
        "warning[no-response]: nobody of another side has answered this claim in 230 days",
        "warning[no-archive]: the source `one` has no archived copy",
        "warning[future-date]: this event, which is said to have happened, is dated 2027-01-01, which lies ahead",
        "warning[used-once]: the actor `Fatah` stands in one briefing alone",
        "warning[unused-profile]: nothing in the archive leads to the profile of `Nobody`",
        "warning[no-coordinates]: the place `Doha` has no coordinates",
    ] {
        assert_eq!(said.matches(line).count(), 1, "{line}\n{said}");
    }
    assert!(!desk.has("public"), "nothing is written");
    assert!(told(&desk, &format!("{AS_OF} --strict"), 1).contains("warning[used-once]"));
}

#[test]
fn an_archive_with_its_answers_copies_and_places_is_told_nothing() {
    let desk = desk();
    fs::remove_file(desk.path().join("content/actors/nobody.md")).unwrap();
    desk.write("content/locations/doha.md", "---\nname: Doha\ncoordinates: [25.28, 51.53]\n---\n");
    desk.write(
        "content/briefings/2025-05-16-claims.md",
        "---\ntitle: Claims\nactors: [Fatah]\nclaims:\n  - id: talk\n    by: Hamas\n    text: We talk.\n    \
         responses: [{by: Fatah, stance: denies}]\nsources: {one: {url: 'https://one.example/', archived: \
         'https://web.archive.org/web/2025/https://one.example/'}}\n---\n\nOnce more, [[Fatah]].\n",
    );
    let said = told(&desk, AS_OF, 0);
    for code in ["no-response", "no-archive", "future-date", "used-once", "unused-profile", "no-coordinates"]
    {
        assert!(!said.contains(code), "{code}\n{said}");
    }
    // A claim that is not old yet waits.
    let young = self::desk();
    assert!(!told(&young, "check --as-of 2025-06-15T00:00Z", 0).contains("no-response"));
    assert!(told(&young, "check --as-of 2025-06-16T00:00Z", 0).contains("no-response"));
}

#[test]
fn a_mistake_in_a_draft_is_found_before_it_is_published() {
    let desk = Desk::small();
    desk.write("content/actors/one.md", "---\nname: One\naliases: [Both]\n---\n");
    desk.write("content/actors/two.md", "---\nname: Two\naliases: [Both]\n---\n");
    desk.write("content/briefings/2025-05-17-d.md", "---\ntitle: D\ndraft: true\nactors: [Both]\n---\n");
    desk.brief("build -q").assert().code(0);
    assert!(told(&desk, AS_OF, 1).contains("error[ambiguous-name]"));
    // What leads to a draft is nothing to readers.
    desk.write("content/briefings/2025-05-17-d.md", "---\ntitle: D\ndraft: true\n---\n");
    desk.write("content/briefings/2025-05-18-e.md", "---\ntitle: E\n---\n\nSee [[2025-05-17-d]].\n");
    assert!(told(&desk, AS_OF, 0).contains("withheld-target"));
}

#[test]
fn what_is_allowed_is_not_told_and_what_is_denied_is_an_error() {
    let desk = desk();
    desk.write("brief.toml", "title = \"Desk\"\n[check]\nallow = [\"used-once\"]\ndays = 300\n");
    let said = told(&desk, &format!("{AS_OF} --allow no-archive"), 0);
    for code in ["used-once", "no-archive", "no-response"] {
        assert!(!said.contains(&format!("[{code}]")), "{said}");
    }
    let said = told(&desk, &format!("{AS_OF} --deny used-once"), 1);
    assert!(said.contains("error[used-once]"), "{said}");
}

#[test]
fn code_hosts_get_sarif_whose_results_name_rules_and_places() {
    let desk = desk();
    let said = desk.brief(&format!("{AS_OF} --format sarif -q")).assert().code(0).stderr_eq("");
    let log: serde_json::Value = serde_json::from_slice(&said.get_output().stdout).unwrap();
    assert_eq!(log["version"], "2.1.0");
    let run = &log["runs"][0];
    let results = run["results"].as_array().unwrap();
    assert!(results.len() >= 6);
    for result in results {
        let rule =
            &run["tool"]["driver"]["rules"][usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap()];
        assert_eq!(rule["id"], result["ruleId"]);
        assert!(result["message"]["text"].is_string() && rule["shortDescription"]["text"].is_string());
    }
    let archived = results.iter().find(|result| result["ruleId"] == "no-archive").unwrap();
    let place = &archived["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "content/briefings/2025-05-16-claims.md");
    assert_eq!(
        place["region"],
        serde_json::json!({"startLine": 7, "startColumn": 11, "endLine": 7, "endColumn": 14})
    );
}

#[test]
fn actions_get_a_command_a_line_with_paths_from_where_brief_runs() {
    let desk = desk();
    let parent = desk.path().parent().unwrap().to_owned();
    let name = desk.path().file_name().unwrap().to_str().unwrap().to_owned();
    let said =
        crate::brief(["check", "--as-of", "2026-01-01T00:00Z", "--format", "github", "-q", "--root", &name])
            .current_dir(parent)
            .assert()
            .code(0);
    let said = String::from_utf8(said.get_output().stdout.clone()).unwrap();
    let line = format!(
        "::warning file={name}/content/briefings/2025-05-16-claims.md,line=7,endLine=7,col=11,endColumn=14,\
         title=no-archive::the source `one` has no archived copy%0Ahelp: "
    );
    assert!(said.contains(&line), "{said}");
}

#[test]
fn a_format_belongs_to_its_command() {
    let desk = Desk::small();
    assert!(told(&desk, "build --format sarif", 2).contains("write `human` or `json`"));
    assert!(told(&desk, "check --format csv", 2).contains("`sarif` or `github`"));
}

#[test]
fn what_needs_no_editor_is_mended_once_and_told() {
    let desk = Desk::new([
        SETTINGS,
        ("content/actors/hamas.md", "---\nname: Hamas\naliases: [the movement]\n---\n"),
    ]);
    let path = "content/briefings/2025-05-16-a.md";
    desk.write(
        path,
        "---\ntitle: A # x\nactors: [the movement]\ndate: 16/05/2025\nlastmod: 2025-05-17\n---\n",
    );
    let said = told(&desk, &format!("{AS_OF} --fix"), 0);
    for line in [
        "mended: content/briefings/2025-05-16-a.md:3: `the movement` -> `Hamas`\n",
        "mended: content/briefings/2025-05-16-a.md:4: `16/05/2025` -> `2025-05-16`\n",
        "mended: content/briefings/2025-05-16-a.md:5: `lastmod` -> `updated`\n",
    ] {
        assert!(said.contains(line), "{said}");
    }
    let mended = "---\ntitle: A # x\nactors: [Hamas]\ndate: 2025-05-16\nupdated: 2025-05-17\n---\n";
    assert_eq!(desk.read(path), mended);
    assert!(!told(&desk, &format!("{AS_OF} --fix"), 0).contains("mended"));
    assert_eq!(desk.read(path), mended);
    assert_eq!(desk.files("content").len(), 2, "nothing is left beside");
}

#[test]
fn without_its_program_the_network_is_not_asked() {
    let desk = desk();
    let empty = tempfile::tempdir().unwrap();
    let said = desk.brief(&format!("{AS_OF} --external")).env("PATH", empty.path()).assert().code(2);
    let said = String::from_utf8(said.get_output().stderr.clone()).unwrap();
    assert!(
        said.contains(
            "`lychee`, which asks for addresses elsewhere, cannot be run: it is not installed here"
        )
    );
    // Without the flag nobody looks for it.
    desk.brief(AS_OF).env("PATH", empty.path()).assert().code(0);
}

#[cfg(unix)]
#[test]
fn an_address_that_is_gone_is_told_where_it_stands_and_drafts_are_kept_from_strangers() {
    use std::os::unix::fs::PermissionsExt;
    let desk = desk();
    let draft = "---\ntitle: D\ndraft: true\n---\n\n[Secret](https://secret.example/).\n";
    desk.write("content/briefings/2025-05-17-d.md", draft);
    desk.write(
        "content/briefings/2025-05-18-e.md",
        "---\ntitle: E\n---\n\nSee (https://two.example/a_(b)).\n",
    );
    let folder = tempfile::tempdir().unwrap();
    let program = folder.path().join("lychee");
    let answer = r#"{"error_map":{"stdin":[{"url":"https://one.example/","status":{"text":"404 Not Found","code":404}}]}}"#;
    fs::write(&program, format!("#!/bin/sh\ncat > asked\necho '{answer}'\nexit 2\n")).unwrap();
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
    let path = format!("{}:{}", folder.path().display(), std::env::var("PATH").unwrap());
    let said = desk.brief(&format!("{AS_OF} --external")).env("PATH", path).assert().code(0);
    let said = String::from_utf8(said.get_output().stderr.clone()).unwrap();
    let gone = "warning[dead-link]: `https://one.example/` cannot be reached: 404 Not Found\n \
                --> content/briefings/2025-05-16-claims.md:7:11";
    assert!(said.contains(gone), "{said}");
    assert_eq!(desk.read("asked"), "https://one.example/\nhttps://two.example/a_(b)\n");
}
