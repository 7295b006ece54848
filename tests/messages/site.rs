//! A site that is built in memory.

use std::collections::BTreeMap;

use brief::{
    diagnostics::{self, Diagnostics, Format, Texts},
    model::Instant,
    output::Memory,
    release::Edition,
    settings,
    site::Theme,
    sources::Sources,
};

use crate::suite::Case;

/// What a build made and said.
#[derive(Debug, Default)]
pub(crate) struct Outcome {
    /// All messages, as people see them without colour.
    pub(crate) messages: String,
    /// A line for everything that the edition keeps back.
    pub(crate) withheld: String,
    /// The files of the site by their paths.
    pub(crate) files: BTreeMap<String, String>,
}

/// Builds the site of a test.
pub(crate) fn build(case: &Case) -> Outcome {
    let files = case.files.iter().map(|(path, text)| (path.as_str(), text.as_str()));
    let title = [("brief.toml", "title = \"Test\"\n")];
    let default = title.into_iter().filter(|_| !case.files.contains_key("brief.toml"));
    of_sources(&Sources::from_texts(default.chain(files)), Diagnostics::new(), &case.flags)
}

/// Builds from `sources` as the command does: where the settings are wrong, nothing else is judged.
pub(crate) fn of_sources(sources: &Sources, mut diagnostics: Diagnostics, flags: &str) -> Outcome {
    let settings = settings::parse(sources, &mut diagnostics);
    if diagnostics.has_errors() {
        return Outcome { messages: shown(&mut diagnostics, sources, None), ..Outcome::default() };
    }
    let edition = edition(flags);
    let build = brief::plan(sources, &settings, &edition, false, &mut diagnostics);
    let memory = Memory::new();
    match build.render(&memory, &|_| {}) {
        Ok(drawn) => diagnostics.extend(drawn),
        // Two files of one path have been reported as a collision.
        Err(error) => assert!(diagnostics.has_errors(), "{error}"),
    }
    let messages = shown(&mut diagnostics, sources, Some(build.theme()));
    let withheld = build.withheld.iter().map(|held| held.line(settings.timezone) + "\n").collect();
    let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
    let files = memory.into_files().into_iter().map(|(path, bytes)| (path.to_string(), text(bytes)));
    Outcome { messages, withheld, files: files.collect() }
}

fn edition(flags: &str) -> Edition {
    let as_of = Instant::parse_as_of("2026-01-01T00:00Z").unwrap();
    let (drafts, future) = (flags.contains("--drafts"), flags.contains("--future"));
    if drafts || future {
        return Edition { name: "preview".into(), drafts, future, ..Edition::public(as_of) };
    }
    Edition::public(as_of)
}

fn shown(diagnostics: &mut Diagnostics, sources: &Sources, theme: Option<&Theme>) -> String {
    diagnostics.sort();
    let mut out = Vec::new();
    let mut texts: Vec<&dyn Texts> = vec![sources];
    texts.extend(theme.map(|theme| theme as &dyn Texts));
    diagnostics::print(diagnostics, &texts, Format::Human { colour: false }, &mut out).unwrap();
    if let Some(summary) = diagnostics::summary(diagnostics) {
        out.extend(summary.as_bytes());
        out.push(b'\n');
    }
    let text = String::from_utf8(out).unwrap();
    text.lines().flat_map(|line| [line.trim_end(), "\n"]).collect()
}
