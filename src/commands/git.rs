use std::{
    collections::BTreeMap,
    ffi::OsStr,
    io,
    path::Path,
    process::{Command, Output},
};

use crate::{
    diagnostics::{Diagnostic, Diagnostics, Span},
    model::{Instant, SourcePath},
};

/// Variables by which a hook, or whoever runs one, points `git` at another repository than the archive's.
const POINTERS: [&str; 7] = [
    "GIT_DIR",
    "GIT_WORK_TREE",
    "GIT_INDEX_FILE",
    "GIT_PREFIX",
    "GIT_COMMON_DIR",
    "GIT_NAMESPACE",
    "GIT_OBJECT_DIRECTORY",
];

/// Of every text below `content/` of the archive at `root` that was committed more than once, when it last was, by
/// the committer's clock. What was never changed after its first commit is not there, nor is what was renamed since:
/// its first commit is the one that gave it its name. What is changed and not committed counts for nothing.
///
/// Where `git` cannot tell it, that is reported at the settings, which ask for it, and there are no dates.
pub(super) fn revisions(
    root: &Path,
    settings: &SourcePath,
    diagnostics: &mut Diagnostics,
) -> BTreeMap<SourcePath, Instant> {
    let log = is_whole(root).and_then(|()| {
        let format = ["log", "-z", "--format=%x01%ct", "--name-only", "--relative"];
        let plain =
            ["--no-renames", "--no-ext-diff", "--no-show-signature", "--no-color", "--diff-filter=AM"];
        run(root, format.into_iter().chain(plain).chain(["--", "content"]))
    });
    match log {
        Ok(output) => read(&output.stdout),
        Err(diagnostic) => {
            diagnostics.push(diagnostic.at(Span::file(settings)));
            BTreeMap::new()
        }
    }
}

/// Whether the archive lies in a repository that holds all of its history.
fn is_whole(root: &Path) -> Result<(), Box<Diagnostic>> {
    let output = run(root, ["rev-parse", "--is-shallow-repository"])?;
    if output.stdout.trim_ascii() == b"true" {
        let message = "this clone holds a part of the history, so that revision dates are left out";
        return Err(Box::new(
            Diagnostic::warning("git-shallow", message)
                .help("run `git fetch --unshallow`; in CI fetch the whole history: `fetch-depth: 0`"),
        ));
    }
    Ok(())
}

/// Runs `git` in `root`.
fn run<'a>(root: &Path, arguments: impl IntoIterator<Item = &'a str>) -> Result<Output, Box<Diagnostic>> {
    let mut command = Command::new("git");
    command.arg("-C").arg(root).args(["-c", "log.follow=false"]);
    command.args(arguments.into_iter().map(OsStr::new)).env("LC_ALL", "C");
    // Nothing is fetched for a build, and nothing of the repository is written.
    command.envs([("GIT_NO_LAZY_FETCH", "1"), ("GIT_TERMINAL_PROMPT", "0"), ("GIT_OPTIONAL_LOCKS", "0")]);
    for pointer in POINTERS {
        command.env_remove(pointer);
    }
    match command.output() {
        Ok(output) if output.status.success() => Ok(output),
        Ok(output) => Err(Box::new(refused(&output))),
        Err(error) => Err(Box::new(not_run(&error))),
    }
}

fn not_run(error: &io::Error) -> Diagnostic {
    let why = match error.kind() {
        io::ErrorKind::NotFound => "it is not installed here".to_owned(),
        _ => error.to_string(),
    };
    let message = format!("`git` cannot be run, so that revision dates are left out: {why}");
    Diagnostic::warning("git-missing", message).help("install `git`, or set `dates = false` in `[git]`")
}

/// What `git` says against it.
fn refused(output: &Output) -> Diagnostic {
    let said = String::from_utf8_lossy(&output.stderr);
    let said = said.lines().next().unwrap_or_default().trim();
    let (message, help) = if said.contains("not a git repository") {
        (
            "the archive lies in no git repository, so that revision dates are left out".to_owned(),
            "run `git init` and commit it, or set `dates = false` in `[git]`",
        )
    } else if said.contains("does not have any commits") {
        (
            "nothing is committed yet, so that there are no revision dates".to_owned(),
            "commit the archive, or set `dates = false` in `[git]`",
        )
    } else if said.contains("dubious ownership") {
        (
            "`git` trusts no repository of another owner, so that revision dates are left out".to_owned(),
            "run `git config --global --add safe.directory` with the repository's folder",
        )
    } else {
        let said = said.strip_prefix("fatal: ").unwrap_or(said).replace('`', "'");
        (
            format!("`git` cannot tell revision dates, so that they are left out: {said}"),
            "mend the repository, or set `dates = false` in `[git]`",
        )
    };
    Diagnostic::warning("git-refused", message).help(help)
}

/// Reads what `git log` prints: of each commit its seconds after a byte 1, then its files, a NUL after each.
fn read(printed: &[u8]) -> BTreeMap<SourcePath, Instant> {
    let mut commits: BTreeMap<SourcePath, (usize, Instant)> = BTreeMap::new();
    let mut now = None;
    for part in printed.split(|byte| *byte == 0) {
        let Ok(part) = std::str::from_utf8(part.strip_prefix(b"\n").unwrap_or(part)) else { continue };
        if let Some(seconds) = part.strip_prefix('\u{1}') {
            now = seconds.trim().parse().ok().and_then(Instant::from_unix);
        } else if let Some(now) = now.filter(|_| !part.is_empty()) {
            let (count, last) = commits.entry(SourcePath::new(part)).or_insert((0, now));
            *count += 1;
            *last = now.max(*last);
        }
    }
    commits.into_iter().filter(|(_, (count, _))| *count > 1).map(|(path, (_, last))| (path, last)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn instant(seconds: i64) -> Instant {
        Instant::from_unix(seconds).unwrap()
    }

    #[test]
    fn what_was_committed_twice_has_the_date_of_the_later_commit() {
        let printed = b"\x01300\0\ncontent/a.md\0\x01200\0\x01100\0\ncontent/a.md\0content/b.md\0";
        assert_eq!(read(printed), BTreeMap::from([(SourcePath::new("content/a.md"), instant(300))]));
    }

    #[test]
    fn a_clock_that_went_backwards_between_two_commits_changes_nothing() {
        let printed = b"\x01100\0\ncontent/a.md\0\x01300\0\ncontent/a.md\0";
        assert_eq!(read(printed), BTreeMap::from([(SourcePath::new("content/a.md"), instant(300))]));
    }

    #[test]
    fn names_that_no_path_can_be_are_passed_over() {
        let printed =
            b"\x01200\0\ncontent/\xff.md\0content/a\nb.md\0\x01100\0\ncontent/\xff.md\0content/a\nb.md\0";
        assert_eq!(read(printed), BTreeMap::from([(SourcePath::new("content/a\nb.md"), instant(200))]));
        assert_eq!(read(b""), BTreeMap::new());
    }
}
