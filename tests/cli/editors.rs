//! What editors, shells and `man` are told.

use std::{io::Write, process};

use serde_json::Value;

use crate::{Desk, brief};

const KINDS: (&str, &str) = ("brief.toml", "title = \"Desk\"\n[kinds.topic]\nkey = \"topics\"\n");

fn out(command: snapbox::cmd::Command) -> String {
    let output = command.assert().success().stderr_eq("").get_output().clone();
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn a_schema_of_briefings_has_the_kinds_of_the_archive() {
    let has_topics = |desk: &Desk| {
        let schema: Value = serde_json::from_str(&out(desk.brief("schema briefing"))).unwrap();
        schema["properties"].get("topics").is_some()
    };
    assert!(has_topics(&Desk::new([KINDS])));
    assert!(!has_topics(&Desk::new([])), "outside an archive only built-in kinds are known");
}

#[test]
fn where_the_settings_have_mistakes_only_the_schemas_that_need_them_are_refused() {
    let desk = Desk::new([("brief.toml", "titel = \"Desk\"\n")]);
    desk.brief("schema briefing").assert().code(1).stdout_eq("");
    assert!(out(desk.brief("schema settings")).contains("\"brief.toml\""));
}

#[test]
fn all_schemas_are_written_again_and_what_is_no_schema_is_left_alone() {
    let desk = Desk::new([KINDS]);
    desk.brief("schema --all schemas").assert().success();
    assert_eq!(desk.files("schemas").len(), 8);
    desk.brief("schema --all schemas").assert().success();
    desk.write("schemas/settings.schema.json", "{}");
    std::fs::remove_file(desk.path().join("schemas/page.schema.json")).unwrap();
    desk.brief("schema --all schemas").assert().code(2);
    assert_eq!(desk.read("schemas/settings.schema.json"), "{}");
    assert!(!desk.has("schemas/page.schema.json"), "nothing was written");
}

#[test]
fn the_completions_of_every_shell_know_every_command() {
    let help = out(brief(["--help"]));
    let commands: Vec<&str> = help
        .lines()
        .skip_while(|line| *line != "Commands:")
        .skip(1)
        .take_while(|line| !line.is_empty())
        .filter_map(|line| line.strip_prefix("  ")?.split(' ').next().filter(|word| !word.is_empty()))
        .collect();
    assert!(commands.contains(&"build") && commands.contains(&"completions"), "{commands:?}");
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = out(brief(["completions", shell]));
        for command in &commands {
            assert!(script.contains(command), "{shell} does not know {command}");
        }
    }
}

#[test]
fn bash_can_read_its_completions() {
    let script = out(brief(["completions", "bash"]));
    let mut bash = process::Command::new("bash").arg("-n").stdin(process::Stdio::piped()).spawn().unwrap();
    bash.stdin.take().unwrap().write_all(script.as_bytes()).unwrap();
    assert!(bash.wait().unwrap().success());
}

#[test]
fn every_command_has_a_manual_page() {
    let desk = Desk::new([]);
    desk.brief("man --dir man").assert().success().stdout_eq("").stderr_eq("");
    let pages = desk.files("man");
    for page in ["brief.1", "brief-build.1", "brief-schema.1"] {
        assert!(pages.contains(page), "{pages:?}");
    }
    for page in &pages {
        let text = desk.read(&format!("man/{page}"));
        assert!(
            text.lines().any(|line| line.starts_with(&format!(".TH {}", page.trim_end_matches(".1")))),
            "{page}"
        );
        assert!(text.contains(".SH NAME") && text.contains(".SH SYNOPSIS"), "{page}");
    }
    assert_eq!(out(brief(["man"])), desk.read("man/brief.1"));
}
