use super::*;

/// A folder with nothing in it.
fn empty() -> Desk {
    Desk::new([])
}

/// `brief init` as on a machine in Jerusalem, on 16 May 2025.
fn init(desk: &Desk, arguments: &str) -> Command {
    desk.brief(&format!("init {arguments}"))
        .env("TZ", "Asia/Jerusalem")
        .env("SOURCE_DATE_EPOCH", "1747346400")
}

#[test]
fn a_new_archive_builds_without_a_warning() {
    let desk = empty();
    init(&desk, "gulf-desk --yes").assert().success().stdout_eq("").stderr_eq(
        "wrote .gitignore
wrote content/actors/first-speaker.md
wrote content/briefings/2025-05-16-first-briefing.md
wrote content/locations/example-town.md
wrote content/pages/about.md
wrote brief.toml
6 files written; see it with `brief serve --open --root gulf-desk`
",
    );
    assert_eq!(desk.files("").len(), 6);
    let settings = desk.read("gulf-desk/brief.toml");
    assert!(settings.contains("\ntitle = \"Gulf desk\"\n"), "{settings}");
    assert!(settings.contains("\ntimezone = \"Asia/Jerusalem\"\n"), "{settings}");
    desk.build("--strict --root gulf-desk --as-of 2025-05-17");
    let page = desk.read("gulf-desk/public/briefings/2025/05/16/first-briefing/index.html");
    for shown in ["This sentence stands where a denial stands", "/actors/first-speaker/", "Example Domain"] {
        assert!(page.contains(shown), "{shown}");
    }
}

#[test]
fn what_flags_say_is_written_and_checked() {
    let desk = empty();
    init(&desk, "--yes --title Gulf --base-url https://gulf.example/a --language ar --timezone Asia/Qatar")
        .assert()
        .success();
    let settings = desk.read("brief.toml");
    for line in [
        "title = \"Gulf\"",
        "base_url = \"https://gulf.example/a/\"",
        "language = \"ar\"",
        "timezone = \"Asia/Qatar\"",
    ] {
        assert!(settings.lines().any(|written| written == line), "{line}");
    }
    desk.build("--strict --as-of 2025-05-17");
    for (arguments, message) in [
        ("--title=", "error: `--title`: the title is empty\nhelp: write one\n"),
        (
            "--timezone Asia/Jerusalme",
            "error: `--timezone`: `Asia/Jerusalme` is no time zone\nhelp: did you mean `Asia/Jerusalem`?\n",
        ),
        ("--language english!", "error: `--language`: `english!` is no language tag\n[..]\n"),
        ("--base-url gulf.example", "error: `--base-url`: `gulf.example` is no base address: [..]\n[..]\n"),
    ] {
        init(&desk, &format!("other --yes {arguments}")).assert().code(2).stderr_eq(message);
    }
    assert!(!desk.has("other"));
}

#[test]
fn without_a_terminal_nobody_is_asked_and_nothing_is_written() {
    let desk = empty();
    init(&desk, "desk --title Gulf").assert().code(2).stdout_eq("").stderr_eq(
        "error: `brief init` asks its questions on a terminal, and this is none
help: add `--yes`, and of `--title`, `--base-url`, `--language` and `--timezone` what is not to be guessed
",
    );
    assert!(!desk.has("desk"));
    init(&desk, "desk --title Gulf --base-url= --language en --timezone UTC").assert().success();
}

#[test]
fn nothing_that_is_there_is_overwritten() {
    let desk = Desk::new([(".gitignore", "mine\n"), ("content/pages/about.md", "---\ntitle: Mine\n---\n")]);
    init(&desk, "--yes -q").assert().success().stderr_eq("");
    assert_eq!(desk.read(".gitignore"), "mine\n");
    assert_eq!(desk.read("content/pages/about.md"), "---\ntitle: Mine\n---\n");
    let before: Vec<String> = desk.files("").iter().map(|file| desk.read(file)).collect();
    for arguments in ["--yes", "--from-example", "--yes --ci github"] {
        init(&desk, arguments).assert().code(2).stderr_eq(
            "error: `./brief.toml` is there already: this is an archive
help: name another folder: `brief init DIR`
",
        );
    }
    assert_eq!(desk.files("").iter().map(|file| desk.read(file)).collect::<Vec<_>>(), before);
    let told = Desk::new([(".gitignore", "mine\n")]);
    let output = init(&told, "--yes").output().unwrap();
    let talk = String::from_utf8(output.stderr).unwrap();
    assert!(talk.starts_with("note: `.gitignore` was there and stays as it is\n"), "{talk}");
}

#[test]
fn an_archive_that_cannot_be_written_whole_is_not_begun() {
    // A file stands where a folder is needed.
    let desk = Desk::new([("content", "a file\n")]);
    let output = init(&desk, "--yes").output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    let talk = String::from_utf8(output.stderr).unwrap();
    assert!(talk.ends_with("; nothing was written\n"), "{talk}");
    assert_eq!(desk.files(""), ["content".to_owned()].into());
}

#[test]
fn the_example_builds_without_a_warning() {
    let desk = empty();
    init(&desk, "tour --from-example").assert().success();
    desk.build("--strict --root tour --as-of 2026-12-01");
    init(&desk, "other --from-example --title Gulf").assert().code(2);
    assert!(!desk.has("other"));
}

#[test]
fn each_service_gets_its_workflow() {
    for (service, path) in [
        ("github", ".github/workflows/site.yml"),
        ("gitlab", ".gitlab-ci.yml"),
        ("netlify", "netlify.toml"),
        ("cloudflare", ".github/workflows/site.yml"),
    ] {
        let desk = empty();
        let output = init(&desk, &format!("--yes --ci {service}")).output().unwrap();
        let talk = String::from_utf8(output.stderr).unwrap();
        let note =
            format!("note: say in `{path}` where the workflow gets brief from: `BRIEF_GIT`, `BRIEF_REV`\n");
        assert!(talk.starts_with(&note), "{talk}");
        assert!(desk.read(path).contains("brief build --strict"));
        desk.build("--strict --as-of 2025-05-17");
    }
    let desk = empty();
    init(&desk, "--yes -q --ci gitlab --brief-git https://git.example/brief --brief-rev v1")
        .assert()
        .success()
        .stderr_eq("");
    let workflow = desk.read(".gitlab-ci.yml");
    assert!(workflow.contains("  BRIEF_GIT: \"https://git.example/brief\"\n  BRIEF_REV: \"v1\"\n"));
}

#[test]
fn machines_are_told_what_was_written() {
    let desk = Desk::new([(".gitignore", "mine\n")]);
    let output = init(&desk, "--yes --format json").output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let last: serde_json::Value = serde_json::from_str(text.lines().last().unwrap()).unwrap();
    assert_eq!(last["summary"]["kept"], serde_json::json!([".gitignore"]));
    assert_eq!(last["summary"]["written"].as_array().unwrap().len(), 5);
}
