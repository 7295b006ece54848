//! The search: words, the index that a build writes, and what queries find in it by the rules of `docs/search.md`.

#![allow(clippy::unwrap_used, clippy::panic, reason = "what a test cannot do fails it")]
#![allow(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    reason = "the numbers of small sites are small"
)]

mod asking;
mod facets;
mod files;
mod found;
mod laws;
mod reading;
mod words;

use std::collections::BTreeMap;

use brief::{
    diagnostics::{Diagnostics, Severity},
    model::{Instant, Tlp},
    output::Memory,
    release::Edition,
    settings,
    sources::Sources,
};

/// The files of a site by their paths.
pub(crate) type Site = BTreeMap<String, Vec<u8>>;

/// The settings of most tests.
pub(crate) const SETTINGS: (&str, &str) = ("brief.toml", "title = \"Desk\"\n");

/// The public site of the archive of `files`, by path and text.
pub(crate) fn build(files: &[(&str, &str)]) -> Site {
    let edition = Edition::public(Instant::parse_as_of("2025-06-15T12:00Z").unwrap());
    build_for(&edition, false, files)
}

/// A site for readers who may see everything that is published.
pub(crate) fn build_inside(files: &[(&str, &str)]) -> Site {
    let edition = Edition {
        name: "inside".into(),
        shown: None,
        admits: Tlp::ALL.into_iter().collect(),
        drafts: false,
        future: false,
        as_of: Instant::parse_as_of("2025-06-15T12:00Z").unwrap(),
    };
    build_for(&edition, false, files)
}

pub(crate) fn build_for(edition: &Edition, from_disk: bool, files: &[(&str, &str)]) -> Site {
    let sources = Sources::from_texts(files.iter().copied());
    let mut diagnostics = Diagnostics::new();
    let settings = settings::parse(&sources, &mut diagnostics);
    let build = brief::plan(&sources, &settings, edition, from_disk, &mut diagnostics);
    let memory = Memory::new();
    diagnostics.extend(build.render(&memory, &|_| ()).unwrap());
    let errors = diagnostics.iter().filter(|found| found.severity == Severity::Error);
    assert_eq!(errors.map(|found| &found.message).collect::<Vec<_>>(), Vec::<&String>::new());
    let leaks = brief::leaks::check(&sources, &build, &memory).unwrap();
    assert_eq!(leaks.iter().map(|leak| &leak.message).collect::<Vec<_>>(), Vec::<&String>::new());
    memory.into_files().into_iter().map(|(path, bytes)| (path.as_str().to_owned(), bytes)).collect()
}
