//! The command as people and machines meet it: arguments, exit codes, what is said and where, and what is written.

#![allow(clippy::unwrap_used, clippy::panic, reason = "what a test cannot do fails it")]
#![allow(clippy::case_sensitive_file_extension_comparisons, reason = "our files end in lower case")]

mod check;
mod editions;
mod editors;
mod flags;
mod git;
mod import;
mod init;
mod inputs;
mod list;
mod new;
mod pages;
mod redact;
mod redact_safely;
mod refusals;
mod secrets;
mod serve;
mod talk;
mod timings;
mod withheld;

use std::{
    collections::BTreeSet,
    fs, io,
    path::{Path, PathBuf},
};

use snapbox::{
    IntoData,
    cmd::{Command, OutputAssert, cargo_bin},
};
use tempfile::TempDir;

/// An archive in a folder of its own.
struct Desk(TempDir);

const SETTINGS: (&str, &str) = ("brief.toml", "title = \"Desk\"\n");

const TALKS: (&str, &str) = (
    "content/briefings/2025-05-15-talks.md",
    "---\ntitle: Talks in Doha\nactors: [Hamas]\nlocations: [Doha]\n---\n\nTalks go on in [[Doha]].\n",
);

impl Desk {
    /// An archive of `files`, by path and text.
    fn new<const N: usize>(files: [(&str, &str); N]) -> Self {
        let desk = Self(tempfile::tempdir().unwrap());
        for (path, text) in files {
            desk.write(path, text);
        }
        desk
    }

    /// The smallest archive that has a briefing.
    fn small() -> Self {
        Self::new([SETTINGS, TALKS])
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn write(&self, path: &str, text: impl AsRef<[u8]>) -> PathBuf {
        let file = self.path().join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(&file, text).unwrap();
        file
    }

    fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
    }

    fn has(&self, path: &str) -> bool {
        self.path().join(path).exists()
    }

    /// The files below `folder`, in their order.
    fn files(&self, folder: &str) -> BTreeSet<String> {
        fn walk(root: &Path, folder: &Path, found: &mut BTreeSet<String>) -> io::Result<()> {
            for entry in fs::read_dir(folder)? {
                let path = entry?.path();
                if path.is_dir() {
                    walk(root, &path, found)?;
                } else {
                    found.insert(path.strip_prefix(root).unwrap().to_str().unwrap().to_owned());
                }
            }
            Ok(())
        }
        let root = self.path().join(folder);
        let mut found = BTreeSet::new();
        walk(&root, &root, &mut found).unwrap();
        found
    }

    /// `brief` with `arguments` between blanks, run in the archive's folder.
    fn brief(&self, arguments: &str) -> Command {
        brief(arguments.split_whitespace()).current_dir(self.path())
    }

    /// Runs `brief` with `arguments` and looks that it says `stderr` to people and nothing to machines.
    fn says(&self, arguments: &str, code: i32, stderr: impl IntoData) -> OutputAssert {
        self.brief(arguments).assert().code(code).stdout_eq("").stderr_eq(stderr)
    }

    /// Builds without a word.
    fn build(&self, arguments: &str) {
        self.brief(&format!("build -q {arguments}")).assert().success().stdout_eq("").stderr_eq("");
    }
}

/// The real binary, in an environment in which nothing is said about time or colour.
fn brief<'a>(arguments: impl IntoIterator<Item = &'a str>) -> Command {
    Command::new(cargo_bin!("brief"))
        .args(arguments)
        .env_remove("SOURCE_DATE_EPOCH")
        .env_remove("NO_COLOR")
        .env_remove("CLICOLOR")
        .env_remove("CLICOLOR_FORCE")
}

/// The values of every attribute `name` in `html`.
fn attributes<'a>(html: &'a str, name: &str) -> Vec<&'a str> {
    let start = format!(" {name}=\"");
    html.split(&start).skip(1).map(|rest| rest.split('"').next().unwrap()).collect()
}
