//! The form of a suite.
//!
//! - A heading names a test; the files under it are its site. A site without `brief.toml` has the title `Test`.
//! - A line `` `PATH`: `` makes the fenced block after it the file at that path. The words `crlf` and `bom` in the
//!   block's info string write it with those.
//! - A block with the info string `text messages` holds what is printed; one with `text withheld`, what is kept
//!   back. Without such a block nothing may be printed or kept back.
//! - A block with the info string `text links` after a line `` `PATH` links: `` holds the links in the body of that
//!   page, in order, each as `WORDS -> ADDRESS`, or `(none)`. Addresses begin at the root of the site.
//! - A block with the info string `text page` after a line `` `PATH` reads: `` holds the words of that page, and after
//!   `` `PATH` cards: `` those of its claims and events alone, each after `--`; a line for each paragraph and item.
//! - Files under the heading of the first level are files of every test after it.
//! - `` `PATH` contains: `` and `` `PATH` does not contain: `` speak of a file of the finished site, line by line;
//!   white space counts for one blank. `` `PATH` is there. `` and `` `PATH` is not there. `` stand alone.
//! - A line ``Built with `--drafts`.`` (or `--future`) builds the preview.

use std::{collections::BTreeMap, mem};

use crate::{links, site::Outcome, words};

/// One test.
#[derive(Debug, Default)]
pub(crate) struct Case {
    /// Its heading, and the line of that.
    pub(crate) name: String,
    pub(crate) line: usize,
    /// The site's files by their paths.
    pub(crate) files: BTreeMap<String, String>,
    pub(crate) flags: String,
    /// It is no test; its files are files of all.
    is_shared: bool,
    messages: Block,
    withheld: Block,
    checks: Vec<Check>,
    /// What is read from pages, by the pages' paths.
    views: Vec<(View, String, Block)>,
    /// The line after the last that belongs to it.
    end: usize,
}

/// An expected text, and the lines of the suite that it fills.
#[derive(Debug, Default)]
struct Block {
    text: String,
    lines: Option<(usize, usize)>,
}

/// What is read from a page.
#[derive(Clone, Copy, Debug)]
enum View {
    Links,
    Words,
    Cards,
}

impl View {
    const ALL: [(&str, Self); 3] =
        [(" links:", Self::Links), (" reads:", Self::Words), (" cards:", Self::Cards)];

    /// The word of the info string, so that no other block is taken for one.
    fn word(self) -> &'static str {
        if matches!(self, Self::Links) { "links" } else { "page" }
    }

    fn shown(self, files: &BTreeMap<String, String>, path: &str) -> String {
        match self {
            Self::Links => links::shown(files, path),
            Self::Words => words::of_page(files, path),
            Self::Cards => words::of_cards(files, path),
        }
    }
}

#[derive(Debug)]
enum Check {
    Contains { path: String, text: String, wanted: bool },
    Exists { path: String, wanted: bool },
}

pub(crate) fn parse(text: &str) -> Vec<Case> {
    let lines: Vec<&str> = text.lines().collect();
    let mut cases = Vec::new();
    let mut case = Case::default();
    let mut shared = BTreeMap::new();
    let mut before = "";
    let mut at = 0;
    while at < lines.len() {
        let line = lines[at];
        at += 1;
        if let Some(fence) = fence(line) {
            let start = at;
            while lines.get(at).is_some_and(|line| *line != fence) {
                at += 1;
            }
            assert!(at < lines.len(), "line {start}: the block is never closed");
            case.block(before, &line[fence.len()..], &lines[start..at], (start, at));
            at += 1;
            case.end = at;
            before = "";
        } else if line.starts_with('#') {
            if case.is_shared {
                shared.extend(mem::take(&mut case.files));
            }
            cases.push(mem::take(&mut case));
            case.is_shared = line.starts_with("# ");
            line.trim_start_matches('#').trim().clone_into(&mut case.name);
            case.line = at;
        } else if !line.trim().is_empty() {
            case.sentence(line);
            before = line;
        }
    }
    cases.push(case);
    cases.retain(|case| !case.files.is_empty() || !case.views.is_empty());
    for case in &mut cases {
        for (path, text) in &shared {
            case.files.entry(path.clone()).or_insert_with(|| text.clone());
        }
    }
    cases
}

/// The backticks that open a block, if the line does.
fn fence(line: &str) -> Option<&str> {
    let ticks = line.len() - line.trim_start_matches('`').len();
    (ticks >= 3 && !line[ticks..].contains('`')).then(|| &line[..ticks])
}

/// The words between the first backticks of a line, and what stands after them.
fn literal(line: &str) -> Option<(&str, &str)> {
    line.strip_prefix('`')?.split_once('`')
}

impl Case {
    fn block(&mut self, before: &str, info: &str, body: &[&str], lines: (usize, usize)) {
        let has = |word: &str| info.split(' ').any(|other| other == word);
        let text = body.iter().flat_map(|line| [line, "\n"]).collect::<String>();
        if has("messages") {
            self.messages = Block { text, lines: Some(lines) };
        } else if has("withheld") {
            self.withheld = Block { text, lines: Some(lines) };
        } else {
            let (path, rest) = literal(before).unwrap_or(("", before));
            let path = path.to_owned();
            let view = View::ALL.into_iter().find(|(end, view)| *end == rest && has(view.word()));
            if let Some((_, view)) = view {
                self.views.push((view, path, Block { text, lines: Some(lines) }));
                return;
            }
            match rest {
                ":" => {
                    let text = if has("crlf") { text.replace('\n', "\r\n") } else { text };
                    let text = if has("bom") { format!("\u{feff}{text}") } else { text };
                    let twice = self.files.insert(path, text).is_some();
                    assert!(!twice, "line {}: `{}` stands here twice", lines.0, self.name);
                }
                " contains:" => self.checks.push(Check::Contains { path, text, wanted: true }),
                " does not contain:" => self.checks.push(Check::Contains { path, text, wanted: false }),
                _ => panic!("line {}: this block is for nothing", lines.0),
            }
        }
    }

    fn sentence(&mut self, line: &str) {
        if let Some(flags) = line.strip_prefix("Built with ") {
            flags.clone_into(&mut self.flags);
        }
        let Some((path, rest)) = literal(line) else { return };
        let path = path.to_owned();
        match rest {
            " is there." => self.checks.push(Check::Exists { path, wanted: true }),
            " is not there." => self.checks.push(Check::Exists { path, wanted: false }),
            _ => {}
        }
    }
}

/// What came out otherwise than the suite says.
pub(crate) fn differences(case: &Case, outcome: &Outcome) -> Vec<String> {
    let mut wrong = Vec::new();
    for (what, block, found) in
        [("messages", &case.messages, &outcome.messages), ("withheld", &case.withheld, &outcome.withheld)]
    {
        if block.text != *found {
            wrong.push(format!("{what}, as written:\n{}\n{what}, as they come out:\n{found}", block.text));
        }
    }
    for (view, path, block) in &case.views {
        let found = view.shown(&outcome.files, path);
        if block.text != found {
            let written = &block.text;
            wrong.push(format!("{view:?} of `{path}`, as written:\n{written}\nas they come out:\n{found}"));
        }
    }
    for check in &case.checks {
        match check {
            Check::Exists { path, wanted } => {
                if outcome.files.contains_key(path) != *wanted {
                    let files: Vec<&str> = outcome.files.keys().map(String::as_str).collect();
                    wrong.push(format!("`{path}` {}; the files:\n{}", is_there(!wanted), files.join("\n")));
                }
            }
            Check::Contains { path, text, wanted } => {
                let Some(file) = outcome.files.get(path) else {
                    let files: Vec<&str> = outcome.files.keys().map(String::as_str).collect();
                    wrong.push(format!("`{path}` is not there; the files:\n{}", files.join("\n")));
                    continue;
                };
                let file = one_blank(file);
                for line in text.lines().map(one_blank) {
                    if file.contains(&line) != *wanted {
                        let verb = if *wanted { "does not contain" } else { "contains" };
                        wrong.push(format!("`{path}` {verb} `{line}`:\n{file}"));
                    }
                }
            }
        }
    }
    wrong
}

fn is_there(is: bool) -> &'static str {
    if is { "is there" } else { "is not there" }
}

fn one_blank(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The suite with the messages as they come out.
pub(crate) fn bless(text: &str, cases: &[Case], outcomes: &[Outcome]) -> String {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    for (case, outcome) in cases.iter().zip(outcomes).rev() {
        let mut changes = Vec::new();
        for (what, block, found) in
            [("messages", &case.messages, &outcome.messages), ("withheld", &case.withheld, &outcome.withheld)]
        {
            let body = found.lines().map(str::to_owned);
            match block.lines {
                Some((start, end)) => changes.push((start, end, body.collect::<Vec<_>>())),
                None if found.is_empty() => {}
                None => {
                    let open = [String::new(), format!("```text {what}")];
                    let whole = open.into_iter().chain(body).chain(["```".to_owned()]);
                    changes.push((case.end, case.end, whole.collect()));
                }
            }
        }
        for (view, path, block) in &case.views {
            let found = view.shown(&outcome.files, path);
            let (start, end) = block.lines.expect("a block stands on lines");
            changes.push((start, end, found.lines().map(str::to_owned).collect()));
        }
        changes.sort_by_key(|(start, ..)| *start);
        for (start, end, body) in changes.into_iter().rev() {
            lines.splice(start..end, body);
        }
    }
    lines.join("\n") + "\n"
}
