//! What `brief schema` tells editors, held against what the reader itself says of the same files, by a validator
//! that knows nothing of `brief`.

#![allow(clippy::unwrap_used, clippy::panic, reason = "what a test cannot do fails it")]
#![allow(clippy::case_sensitive_file_extension_comparisons, reason = "our files end in lower case")]

mod planted;

use std::{collections::BTreeMap, fs, path::Path};

use brief::{
    diagnostics::{Diagnostic, Diagnostics, Severity},
    documents::{self, Split},
    model::{SourcePath, is_language},
    redaction::Records,
    schema::{self, Subject},
    settings::{self, Kind},
    sources::{self, Limits, Sources},
    tree::{self, Cx},
};
use jsonschema::Validator;
use serde_json::Value;

/// Errors that a schema cannot know, with words of the message where it knows others of that code: most need another
/// file, or the file's name; some the sum of several values; and some the bytes before they are values.
const BEYOND: [(&str, &str); 25] = [
    ("unknown-reference", ""),
    ("unknown-name", ""),
    ("unknown-source", ""),
    ("ambiguous-name", ""),
    ("duplicate-id", ""),
    ("reserved-id", ""),
    ("reserved-kind", ""),
    ("shadowed-source", ""),
    ("taken-address", ""),
    ("missing-key", "a briefing needs `date`"),
    // Which words fit is a matter of the folder.
    ("entity-type", ""),
    // The leap day, clocks that were set, names of zones, and what ends before it begins.
    ("date", "no day of the calendar"),
    ("date", "ends before it begins"),
    ("date", "time zone"),
    ("date", "contradicts"),
    ("date", "clocks"),
    ("embargo", "time zone"),
    ("embargo", "contradicts"),
    ("embargo", "clocks"),
    ("figure", "larger"),
    ("edition", "folder"),
    ("edition", "share the address"),
    ("control-character", ""),
    ("empty-name", ""),
    ("placeholder", ""),
];

/// A folder's files, as a suite writes them.
type Site = BTreeMap<String, String>;

/// The validators by what they are for, each with the keys of the kinds that it knows.
#[derive(Default)]
struct Schemas(BTreeMap<(Subject, Vec<String>), Validator>);

impl Schemas {
    /// What the validator has against `value`; nothing where it accepts it.
    fn refuses(&mut self, subject: Subject, kinds: &[Kind], value: &Value) -> Option<String> {
        let keys = kinds.iter().map(|kind| kind.key.clone()).collect();
        let validator = self.0.entry((subject, keys)).or_insert_with(|| {
            let schema = schema::schema(subject, kinds);
            jsonschema::draft7::meta::validate(&schema)
                .unwrap_or_else(|error| panic!("{subject:?}: {error}"));
            jsonschema::draft7::new(&schema).unwrap()
        });
        let errors: Vec<String> =
            validator.iter_errors(value).map(|error| format!("{}: {error}", error.instance_path())).collect();
        (!errors.is_empty()).then(|| errors.join("; "))
    }
}

/// What an archive's files are, and what the reader says of each.
struct Read {
    kinds: Vec<Kind>,
    errors: Vec<Diagnostic>,
}

fn read(sources: &Sources) -> Read {
    let mut diagnostics = Diagnostics::new();
    let settings = settings::parse(sources, &mut diagnostics);
    if !diagnostics.has_errors() {
        documents::parse(sources, &settings, &mut diagnostics);
        Records::read(sources, &mut diagnostics);
    }
    let errors = diagnostics.iter().filter(|found| found.severity == Severity::Error).cloned();
    Read { kinds: settings.kinds, errors: errors.collect() }
}

/// What a file is, if there is a schema of it.
fn subject(path: &str, sources: &Sources, kinds: &[Kind]) -> Option<Subject> {
    let below = match path {
        "brief.toml" => return Some(Subject::Settings),
        "content/sources.toml" => return Some(Subject::Sources),
        "content/redactions.toml" => return Some(Subject::Redactions),
        path => path.strip_prefix("content/")?,
    };
    let (folder, _) = below.split_once('/')?;
    let stem = Path::new(path).file_stem()?.to_str()?;
    if path.ends_with(".toml") {
        return stem.contains('.').then_some(Subject::Image);
    }
    match folder {
        "briefings" => {
            let original = stem.rsplit_once('.').filter(|(_, language)| is_language(language));
            let original = original.map(|(name, _)| path.replace(stem, name));
            let is_there = original.is_some_and(|path| sources.text_at(&SourcePath::new(&path)).is_some());
            Some(if is_there { Subject::Translation } else { Subject::Briefing })
        }
        "pages" => Some(Subject::Page),
        folder => {
            kinds.iter().any(|kind| kind.key == folder || kind.name == folder).then_some(Subject::Profile)
        }
    }
}

/// What stands in a file, as JSON, and in which of its bytes. Nothing where that is no YAML or TOML.
fn front_matter(path: &str, text: &str) -> Option<(Value, std::ops::Range<usize>)> {
    let path = SourcePath::new(path);
    let mut diagnostics = Diagnostics::new();
    let mut cx = Cx { path: &path, text, zone: chrono_tz::UTC, diagnostics: &mut diagnostics };
    let (range, is_toml) = if path.as_str().ends_with(".toml") {
        (0..text.len(), true)
    } else {
        let split = Split::of(text)?;
        (split.front, split.toml)
    };
    let node = if is_toml { tree::toml(&mut cx, range.clone()) } else { tree::yaml(&mut cx, range.clone()) };
    let node = node.filter(|_| !diagnostics.has_errors())?;
    Some((tree::json(&node), range))
}

/// Compares the verdicts on every file of an archive; returns how many were accepted and refused by both.
fn compare(
    name: &str,
    sources: &Sources,
    files: &Site,
    schemas: &mut Schemas,
    wrong: &mut Vec<String>,
) -> [usize; 2] {
    let read = read(sources);
    let settings_fail = read
        .errors
        .iter()
        .any(|error| error.span.as_ref().is_some_and(|span| span.path.as_str() == "brief.toml"));
    let mut agreed = [0, 0];
    for (path, text) in files {
        // Where the settings are wrong nothing else is read.
        if settings_fail && path != "brief.toml" {
            continue;
        }
        let Some(subject) = subject(path, sources, &read.kinds) else { continue };
        let Some((value, range)) = front_matter(path, text) else { continue };
        let here = |error: &&Diagnostic| {
            error.span.as_ref().is_some_and(|span| {
                span.path.as_str() == path && usize::try_from(span.start).unwrap() < range.end.max(1)
            })
        };
        let errors: Vec<&Diagnostic> = read.errors.iter().filter(here).collect();
        let known: Vec<&&Diagnostic> = errors.iter().filter(|error| !is_beyond(error)).collect();
        let told: Vec<String> =
            errors.iter().map(|error| format!("{}: {}", error.code, error.message)).collect();
        match (schemas.refuses(subject, &read.kinds, &value), known.is_empty()) {
            (Some(why), _) if errors.is_empty() => {
                wrong.push(format!("{name}: {path}: only the schema refuses it: {why}"));
            }
            (None, false) => wrong.push(format!("{name}: {path}: only the reader refuses it: {told:?}")),
            (refused, _) => agreed[usize::from(refused.is_some())] += 1,
        }
    }
    agreed
}

fn is_beyond(error: &Diagnostic) -> bool {
    BEYOND.iter().any(|(code, words)| error.code == *code && error.message.contains(words))
}

#[test]
fn the_schemas_accept_every_file_of_the_bundled_archive() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let sources = sources::read(root, None, &Limits::default(), &mut Diagnostics::new()).unwrap();
    let texts = sources.texts_below("content").map(|(path, text)| (path.to_string(), text.to_string()));
    let settings = fs::read_to_string(root.join("brief.toml")).unwrap();
    let files: Site = texts.chain([("brief.toml".to_owned(), settings)]).collect();
    let mut wrong = Vec::new();
    let [accepted, refused] = compare("bundled", &sources, &files, &mut Schemas::default(), &mut wrong);
    assert_eq!(wrong, Vec::<String>::new());
    assert!(accepted > 20 && refused == 0, "{accepted} accepted, {refused} refused");
}

#[test]
fn schemas_and_reader_agree_on_every_file_of_the_suites() {
    let mut wrong = Vec::new();
    let (mut agreed, mut schemas) = ([0, 0], Schemas::default());
    for folder in ["messages", "linking", "trials"] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(folder);
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.extension().is_none_or(|ending| ending != "md") {
                continue;
            }
            for (name, site) in sites(&fs::read_to_string(&path).unwrap()) {
                let name = format!("{}: {name}", path.file_name().unwrap().display());
                let sources =
                    Sources::from_texts(site.iter().map(|(path, text)| (path.as_str(), text.as_str())));
                let both = compare(&name, &sources, &site, &mut schemas, &mut wrong);
                agreed = [agreed[0] + both[0], agreed[1] + both[1]];
            }
        }
    }
    wrong.sort();
    assert!(wrong.is_empty(), "{} differ, {agreed:?} agree:\n{}", wrong.len(), wrong.join("\n"));
    assert!(agreed[0] > 500 && agreed[1] > 30, "{agreed:?}");
}

/// The sites of a suite, by the headings that they stand under. What a block is for is told in `tests/messages`.
fn sites(text: &str) -> Vec<(String, Site)> {
    let mut sites: Vec<(String, Site)> = vec![(String::new(), Site::new())];
    let mut shared = Site::new();
    let (mut lines, mut before) = (text.lines(), "");
    while let Some(line) = lines.next() {
        let ticks = line.len() - line.trim_start_matches('`').len();
        if ticks >= 3 && !line[ticks..].contains('`') {
            let inside: String = lines
                .by_ref()
                .take_while(|end| *end != &line[..ticks])
                .flat_map(|line| [line, "\n"])
                .collect();
            let file = before.strip_prefix('`').and_then(|before| before.strip_suffix("`:"));
            if let Some(path) = file {
                sites.last_mut().unwrap().1.insert(path.to_owned(), inside);
            }
        } else if let Some(heading) = line.strip_prefix('#') {
            if sites.last().unwrap().0.starts_with("# ") {
                shared.extend(sites.pop().unwrap().1);
            }
            let level = if heading.starts_with('#') { "" } else { "# " };
            sites.push((format!("{level}{}", heading.trim_start_matches('#').trim()), Site::new()));
        } else if !line.trim().is_empty() {
            before = line;
        }
    }
    for (_, site) in &mut sites {
        if site.is_empty() {
            continue;
        }
        for (path, text) in &shared {
            site.entry(path.clone()).or_insert_with(|| text.clone());
        }
        site.entry("brief.toml".into()).or_insert_with(|| "title = \"Test\"\n".into());
    }
    sites.retain(|(_, site)| !site.is_empty());
    sites
}
