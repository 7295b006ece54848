//! The README, followed to the letter: its commands are run and its examples are built, in the order in which they
//! stand there.

#![allow(clippy::unwrap_used, clippy::panic, reason = "what a test cannot do fails it")]

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
    process::{Command, Output},
};

const README: &str = include_str!("../README.md");

/// A part of the README between two fences.
struct Block {
    /// What it is: `console`, `toml`, ...
    language: &'static str,
    text: &'static str,
    /// For a file, its path: the last one that the line before the fence names.
    file: Option<&'static str>,
}

fn blocks() -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut rest = README;
    while let Some((before, opened)) = rest.split_once("\n```") {
        let (language, inside) = opened.split_once('\n').unwrap();
        let (text, after) =
            inside.split_once("\n```\n").unwrap_or_else(|| panic!("no end of the block {inside}"));
        let line = before.trim_end().lines().last().unwrap_or_default();
        blocks.push(Block { language, text, file: line.rsplit('`').nth(1) });
        rest = after;
    }
    blocks
}

/// Where a reader is who follows the README from its first command.
struct Reader {
    _home: tempfile::TempDir,
    folder: PathBuf,
    notes: PathBuf,
}

impl Reader {
    /// In a copy of what a clone needs to build its own archive.
    fn in_a_clone() -> Self {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("brief");
        let repository = Path::new(env!("CARGO_MANIFEST_DIR"));
        for part in ["content", "templates", "themes", "brief.toml"] {
            for entry in walkdir::WalkDir::new(repository.join(part)).into_iter().map(Result::unwrap) {
                let to = folder.join(entry.path().strip_prefix(repository).unwrap());
                if entry.file_type().is_file() {
                    fs::create_dir_all(to.parent().unwrap()).unwrap();
                    fs::copy(entry.path(), to).unwrap();
                }
            }
        }
        Self { notes: home.path().join("folder"), folder, _home: home }
    }

    /// Runs `command` as a shell does, and stays in the folder to which it leads.
    fn run(&mut self, command: &str) -> Output {
        let binary = Path::new(env!("CARGO_BIN_EXE_brief"));
        let path = std::env::join_paths(
            std::iter::once(binary.parent().unwrap().to_owned())
                .chain(std::env::split_paths(&std::env::var_os("PATH").unwrap())),
        );
        let script = format!("{{ {command}\n}} 2>&1; code=$?; pwd > \"$NOTES\"; exit $code");
        let output = Command::new("sh")
            .args(["-c", &script])
            .current_dir(&self.folder)
            .env("PATH", path.unwrap())
            .env("NOTES", &self.notes)
            .env("LC_ALL", "C")
            .env("TZ", "UTC")
            // The last day of 2026, so that the test says the same at any time.
            .env("SOURCE_DATE_EPOCH", "1798675200")
            .env_remove("CLICOLOR_FORCE")
            .output()
            .unwrap();
        self.folder = fs::read_to_string(&self.notes).unwrap().trim().into();
        output
    }

    /// Runs `command`, which has to end well and to print `expected`, seconds apart.
    fn expect(&mut self, command: &str, expected: &str) {
        let ran = self.run(as_run_here(command));
        let printed = String::from_utf8(ran.stdout).unwrap();
        assert!(ran.status.success(), "$ {command}\n{printed}");
        assert_eq!(without_seconds(&printed), without_seconds(expected), "$ {command}");
    }

    fn write(&self, file: &str, text: &str) {
        let path = self.folder.join(file);
        assert!(path.parent().unwrap().is_dir(), "the README makes the folder of {file}");
        fs::write(path, format!("{text}\n")).unwrap();
    }
}

/// What stands for a command that a test cannot run; the tests below show that it stands for it rightly.
fn as_run_here(command: &str) -> &str {
    match command {
        // The same target of the same package, built with other settings of the optimiser.
        "cargo run --release -- build" => "brief build",
        // The one would build everything once more to copy a file, the other runs this test.
        "cargo install --path ." | "tests/run" => "true",
        // There is no such host; what would be copied is there.
        "rsync -a public/ desk.example:/srv/www/" => "test -f public/index.html",
        command => command,
    }
}

/// `in 0.1 s`, however long it took.
fn without_seconds(text: &str) -> String {
    let mut lines = Vec::new();
    for line in text.trim_end().lines() {
        let seconds = line.rsplit_once(" in ").and_then(|(before, time)| {
            let (number, rest) = time.split_once(" s")?;
            number.parse::<f64>().is_ok().then(|| format!("{before} in SECONDS{rest}"))
        });
        lines.push(seconds.unwrap_or_else(|| line.to_owned()));
    }
    lines.join("\n")
}

#[test]
fn every_command_runs_and_every_example_builds() {
    let mut reader = Reader::in_a_clone();
    let (mut commands, mut files) = (0, 0);
    for block in blocks() {
        if block.language == "console" {
            for told in format!("\n{}", block.text).split("\n$ ").skip(1) {
                let (command, expected) = told.split_once('\n').unwrap_or((told, ""));
                reader.expect(command, expected);
                commands += 1;
            }
        } else {
            reader.write(block.file.expect("the line before an example names its file"), block.text);
            let built = reader.run("brief build --quiet --output example");
            assert!(built.status.success(), "{:?}: {}", block.file, String::from_utf8_lossy(&built.stdout));
            files += 1;
        }
    }
    assert!(commands >= 10 && files >= 9, "{commands} commands, {files} files");
    assert!(reader.folder.ends_with("brief/desk"));
    reader.expect("brief build --quiet --strict --output example", "");
}

#[test]
fn examples_are_of_languages_that_are_tried() {
    let languages: BTreeSet<&str> = blocks().iter().map(|block| block.language).collect();
    assert_eq!(languages, ["console", "html", "markdown", "toml"].into());
    assert_eq!(README.matches("\n```").count(), 2 * blocks().len());
}

#[test]
fn cargo_run_builds_the_binary_that_the_tests_run() {
    let metadata = Command::new(env!("CARGO"))
        .args(["metadata", "--no-deps", "--offline", "--format-version", "1"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    let metadata: serde_json::Value = serde_json::from_slice(&metadata.stdout).unwrap();
    let package = &metadata["packages"][0];
    let targets = package["targets"].as_array().unwrap();
    let binaries: Vec<_> =
        targets.iter().filter(|target| target["kind"] == serde_json::json!(["bin"])).collect();
    assert_eq!(binaries.len(), 1, "`cargo run` and `cargo install` have no choice");
    assert_eq!(binaries[0]["name"], "brief");
    assert_eq!(Path::new(env!("CARGO_BIN_EXE_brief")).file_stem().unwrap(), "brief");
    let minimum = package["rust_version"].as_str().unwrap();
    assert!(README.contains(&format!("Rust {} or later", minimum.trim_end_matches(".0"))), "{minimum}");
    assert!(package["features"]["mimalloc"].is_array(), "`--no-default-features` does without the allocator");
}

#[cfg(unix)]
#[test]
fn the_program_that_proves_the_project_is_there_and_can_be_read() {
    use std::os::unix::fs::PermissionsExt;
    let program = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/run");
    assert_eq!(fs::metadata(&program).unwrap().permissions().mode() & 0o111, 0o111);
    assert!(Command::new("bash").arg("-n").arg(program).status().unwrap().success());
}

/// Every `--option` in `text`.
fn options(text: &str) -> BTreeSet<&str> {
    let words = text.split(|c: char| !(c.is_ascii_lowercase() || c == '-'));
    words.filter(|word| word.starts_with("--") && word.len() > 3).collect()
}

/// What `brief` says when it is called like this.
fn said(arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_brief")).args(arguments).output().unwrap();
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn the_table_of_options_is_that_of_the_help() {
    let build = said(&["build", "--help"]);
    let table = README.split("\n## Commands\n").nth(1).unwrap().split("\nExit codes").next().unwrap();
    assert_eq!(options(table), options(&build));
    let preview = README.split("\n## Preview\n").nth(1).unwrap().split("\n## ").next().unwrap();
    let serve = said(&["serve", "--help"]);
    assert!(options(&serve).is_subset(&options(preview).union(&options(table)).copied().collect()));
    let all = said(&["--help"]);
    let commands = all.split("\nCommands:\n").nth(1).unwrap().split("\n\n").next().unwrap();
    let helps: Vec<String> = commands
        .lines()
        .filter_map(|line| line.strip_prefix("  ")?.split_whitespace().next())
        .map(|command| said(&[command, "--help"]))
        .collect();
    let known: BTreeSet<&str> = helps.iter().flat_map(|help| options(help)).collect();
    let of_others = ["--release", "--path", "--no-default-features", "--write-readme"];
    let named = options(README);
    let unknown: Vec<_> = named.difference(&known).filter(|option| !of_others.contains(option)).collect();
    assert!(unknown.is_empty(), "{unknown:?}");
}

#[test]
fn files_that_the_readme_names_are_there() {
    for link in README.split("](").skip(1).map(|rest| rest.split(')').next().unwrap()) {
        let inside = !link.starts_with("https://");
        assert!(!inside || Path::new(env!("CARGO_MANIFEST_DIR")).join(link).is_file(), "{link}");
    }
}
