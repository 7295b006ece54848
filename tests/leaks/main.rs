//! The look through a finished site for withheld matter: what is planted there is found in every encoding, and what may
//! stand there is not.

#![allow(clippy::unwrap_used, clippy::panic, reason = "what a test cannot do fails it")]

mod chance;
mod encodings;
mod planted;

use std::collections::BTreeMap;

use brief::{
    Build,
    diagnostics::Diagnostics,
    leaks,
    model::Instant,
    output::{Finished, Memory},
    release::Edition,
    settings::{self, Settings},
    sources::Sources,
};

const SETTINGS: (&str, &str) = ("brief.toml", "title = \"Desk\"\n[marking]\ndefault = \"clear\"\n");

/// A site in memory.
type Site = BTreeMap<String, Vec<u8>>;

fn public() -> Edition {
    Edition::public(Instant::parse_as_of("2025-06-15T12:00Z").unwrap())
}

fn settings_of(sources: &Sources) -> Settings {
    settings::parse(sources, &mut Diagnostics::new())
}

fn site_of(build: &Build<'_>) -> Site {
    let memory = Memory::new();
    build.render(&memory, &|_| ()).unwrap();
    memory.into_files().into_iter().map(|(path, bytes)| (path.to_string(), bytes)).collect()
}

/// What is said of each of `sites`, were it the public site of these files.
fn said_of(files: &[(&str, &str)], sites: impl IntoIterator<Item = Site>) -> Vec<Vec<String>> {
    let sources = Sources::from_texts([SETTINGS].iter().chain(files).copied());
    let (settings, edition, mut mistakes) = (settings_of(&sources), public(), Diagnostics::new());
    let build = brief::plan(&sources, &settings, &edition, false, &mut mistakes);
    assert!(!mistakes.has_errors());
    sites.into_iter().map(|site| messages(&sources, &build, &site)).collect()
}

/// What is said of the public site of these files after `spoil` had its way with it.
fn said(files: &[(&str, &str)], spoil: impl FnOnce(&mut Site)) -> Vec<String> {
    let sources = Sources::from_texts([SETTINGS].iter().chain(files).copied());
    let (settings, edition, mut mistakes) = (settings_of(&sources), public(), Diagnostics::new());
    let build = brief::plan(&sources, &settings, &edition, false, &mut mistakes);
    let told: Vec<_> = mistakes.iter().map(|mistake| &mistake.message).collect();
    assert!(!mistakes.has_errors(), "{told:?}");
    let mut site = site_of(&build);
    spoil(&mut site);
    messages(&sources, &build, &site)
}

fn messages(sources: &Sources, build: &Build<'_>, site: &impl Finished) -> Vec<String> {
    let leaks = leaks::check(sources, build, site).unwrap();
    leaks.iter().map(|leak| leak.message.clone()).collect()
}
