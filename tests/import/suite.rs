//! The form of a suite, and the run of a test.

use std::{collections::BTreeMap, fmt::Write as _};

use brief::{
    diagnostics::{self, Diagnostics, Format},
    import::{Desk, Dialect, Import, NewContent, OldFile, Options, import, is_read},
    model::{Day, Instant},
    output::Memory,
    release::Edition,
    settings,
    sources::Sources,
};

/// One test.
#[derive(Debug, Default)]
pub(crate) struct Case {
    pub(crate) name: String,
    pub(crate) line: usize,
    files: BTreeMap<String, Vec<u8>>,
    options: Options,
    /// What comes out, as the suite writes it.
    pub(crate) expected: String,
    /// The lines that it stands on.
    result: (usize, usize),
}

pub(crate) fn parse(text: &str) -> Vec<Case> {
    let lines: Vec<&str> = text.lines().collect();
    let mut cases: Vec<Case> = Vec::new();
    let (mut at, mut before) = (0, "");
    while at < lines.len() {
        let line = lines[at];
        at += 1;
        if let Some(name) = line.strip_prefix("## ") {
            cases.push(Case {
                name: name.into(),
                line: at,
                result: (lines.len(), lines.len()),
                ..Case::default()
            });
            continue;
        }
        let Some(case) = cases.last_mut() else { continue };
        if line.ends_with("` becomes:") || line == "```text copied" || line == "```text report" {
            let start = at - 1;
            let next = lines[start..].iter().position(|line| line.starts_with("## "));
            at = next.map_or(lines.len(), |next| start + next);
            case.result = (start, at);
            case.expected = lines[start..at].join("\n");
        } else if line.starts_with("```") {
            let fence = &line[..line.len() - line.trim_start_matches('`').len()];
            let end = at + lines[at..].iter().position(|line| *line == fence).expect("the block is closed");
            let mut body: String = lines[at..end].iter().flat_map(|line| [line, "\n"]).collect();
            if line.ends_with(" crlf") {
                body = body.replace('\n', "\r\n");
            }
            if line.ends_with(" bom") {
                body.insert(0, '\u{feff}');
            }
            let path = before
                .strip_prefix('`')
                .and_then(|line| line.strip_suffix("`:"))
                .expect("a block has a path");
            case.files.insert(path.into(), body.into_bytes());
            at = end + 1;
        } else if let Some(flags) = line.strip_prefix("Imported with `") {
            case.flags(flags.trim_end_matches("`."));
        }
        before = if line.is_empty() { before } else { line };
    }
    cases
}

/// The suite with what comes out.
pub(crate) fn bless(text: &str, cases: &[Case], results: &[String]) -> String {
    let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
    for (case, result) in cases.iter().zip(results).rev() {
        let (mut start, end) = case.result;
        if case.expected.is_empty() {
            // Nothing is there yet: after the last line that says something.
            let next = lines[case.line..].iter().position(|line| line.starts_with("## "));
            start = next.map_or(lines.len(), |next| case.line + next);
            lines.splice(start..start, result.lines().map(str::to_owned).chain([String::new()]));
        } else {
            lines.splice(start..end, result.lines().map(str::to_owned).chain([String::new()]));
        }
    }
    lines.join("\n").trim_end().to_owned() + "\n"
}

impl Case {
    fn flags(&mut self, flags: &str) {
        let mut words = flags.split(' ');
        while let Some(flag) = words.next() {
            let value = words.next().expect("a flag has a value");
            match flag {
                "--map" => {
                    let (old, new) = value.split_once('=').unwrap();
                    self.options.map.push((old.into(), new.into()));
                }
                "--permalink" => self.options.permalink = Some(value.into()),
                "--old-url" => self.options.url = Some(value.into()),
                "--from" => {
                    let all =
                        [Dialect::Jekyll, Dialect::Hugo, Dialect::Zola, Dialect::Obsidian, Dialect::Csv];
                    self.options.from = all.into_iter().find(|dialect| dialect.word() == value);
                }
                _ => panic!("there is no flag `{flag}`"),
            }
        }
    }

    /// What comes out, in the form of the suite; every import must also keep the laws.
    pub(crate) fn run(&self) -> String {
        let files: Vec<OldFile> = self
            .files
            .iter()
            .map(|(path, bytes)| OldFile {
                path: path.clone(),
                bytes: is_read(path).then(|| bytes.clone()),
                changed: Day::new(2024, 5, 6),
            })
            .collect();
        let options = Options { name: "old".into(), ..self.options.clone() };
        let first =
            import(&files, &Desk::default(), &options).unwrap_or_else(|| panic!("{}: no dialect", self.name));
        keeps_the_laws(&self.name, &files, &first, &options);
        let mut shown = String::new();
        for file in &first.files {
            if let NewContent::Text(text) = &file.content {
                let _ = write!(shown, "`{}` becomes:\n\n`````\n{}\n`````\n\n", file.path, text.trim_end());
            }
        }
        let copies: Vec<String> = first
            .files
            .iter()
            .filter_map(|file| match &file.content {
                NewContent::Copy(old) => Some(format!("{old} -> {}", file.path)),
                NewContent::Text(_) => None,
            })
            .collect();
        if !copies.is_empty() {
            let _ = write!(shown, "```text copied\n{}\n```\n\n", copies.join("\n"));
        }
        let _ = write!(shown, "```text report\n{}\n```\n", first.report.lines().join("\n"));
        shown
    }
}

/// The files of the desk that an import leaves.
pub(crate) fn desk(import: &Import) -> Desk {
    let text = |path: &str| {
        let file = import.files.iter().find(|file| file.path == path)?;
        match &file.content {
            NewContent::Text(text) => Some(text.clone()),
            NewContent::Copy(_) => None,
        }
    };
    Desk { settings: text("brief.toml"), files: import.files.iter().map(|file| file.path.clone()).collect() }
}

/// It builds without an error, old addresses lead on, and a second import is the first.
pub(crate) fn keeps_the_laws(name: &str, old: &[OldFile], first: &Import, options: &Options) {
    let second = import(old, &desk(first), options).unwrap();
    for file in &second.files {
        assert!(
            first.files.contains(file),
            "{name}: the second import changes `{}`: {:?}",
            file.path,
            file.content
        );
    }
    let texts: Vec<(&str, &str)> = first
        .files
        .iter()
        .filter_map(|file| match &file.content {
            NewContent::Text(text) => Some((file.path.as_str(), text.as_str())),
            NewContent::Copy(_) => None,
        })
        .collect();
    let sources = Sources::from_texts(texts);
    let mut found = Diagnostics::new();
    let settings = settings::parse(&sources, &mut found);
    let as_of = Instant::parse_as_of("2030-01-01T00:00Z").unwrap();
    let edition = Edition { name: "preview".into(), drafts: true, future: true, ..Edition::public(as_of) };
    let build = brief::plan(&sources, &settings, &edition, false, &mut found);
    let memory = Memory::new();
    found.extend(build.render(&memory, &|_| {}).unwrap());
    let mut messages = Vec::new();
    diagnostics::print(&found, &sources, Format::Human { colour: false }, &mut messages).unwrap();
    assert!(!found.has_errors(), "{name}: {}", String::from_utf8_lossy(&messages));
    let pages = memory.into_files();
    for (address, _) in &first.report.addresses {
        let path = address.trim_matches('/');
        let stands =
            pages.keys().any(|page| page.as_str() == path || page.as_str() == format!("{path}/index.html"));
        assert!(stands, "{name}: `{address}` leads nowhere");
    }
    let [posts, pages, lists, _] = first.report.texts_in;
    assert_eq!(posts + pages + lists, first.report.out.iter().sum::<usize>(), "{name}: as many out as in");
}
