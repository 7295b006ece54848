//! Claims as pages show them: their sentences, their lists, and events that several briefings tell.

#![allow(clippy::unwrap_used, clippy::panic, reason = "what a test cannot do fails it")]
#![allow(clippy::case_sensitive_file_extension_comparisons, reason = "our files end in lower case")]

mod events;
mod labels;
mod lists;
mod pages;
mod sentences;
mod words;

use std::{collections::BTreeMap, fmt::Write as _};

use brief::{
    diagnostics::Diagnostics, model::Instant, output::Memory, release::Edition, settings, sources::Sources,
};

/// The files of a finished site by their paths.
struct Site(BTreeMap<String, String>);

const SETTINGS: &str = "title = \"Desk\"\nbase_url = \"https://desk.example/\"\n";

const PROFILES: [(&str, &str); 6] = [
    ("content/actors/hamas.md", "---\nname: Hamas\n---\n"),
    ("content/actors/bassem-naim.md", "---\nname: Bassem Naim\nspeaks_for: [Hamas]\n---\n"),
    ("content/actors/united-states.md", "---\nname: United States\naliases: [US]\n---\n"),
    ("content/actors/army.md", "---\nname: Army\nparent: Israel\n---\n"),
    ("content/actors/israel.md", "---\nname: Israel\n---\n"),
    ("content/actors/egypt.md", "---\nname: Egypt\n---\n"),
];

impl Site {
    /// The site of `files`, with profiles of a few actors; nothing but warnings may be told of it.
    fn of<'a>(files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let edition = Edition::public(Instant::parse_as_of("2026-01-01T00:00Z").unwrap());
        Self::for_edition(&edition, [("brief.toml", SETTINGS)].into_iter().chain(PROFILES).chain(files))
    }

    /// The site of `files` for `edition`; nothing but warnings may be told of it.
    fn for_edition<'a>(edition: &Edition, files: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let sources = Sources::from_texts(files);
        let mut diagnostics = Diagnostics::new();
        let settings = settings::parse(&sources, &mut diagnostics);
        let build = brief::plan(&sources, &settings, edition, false, &mut diagnostics);
        let memory = Memory::new();
        diagnostics.extend(build.render(&memory, &|_| {}).unwrap());
        assert!(!diagnostics.has_errors(), "{diagnostics:?}");
        let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
        Self(memory.into_files().into_iter().map(|(path, bytes)| (path.to_string(), text(bytes))).collect())
    }

    /// The page at `address`: `claims/`.
    fn page(&self, address: &str) -> &str {
        self.0.get(&format!("{address}index.html")).unwrap_or_else(|| panic!("there is no {address}"))
    }

    fn has(&self, address: &str) -> bool {
        self.0.contains_key(&format!("{address}index.html"))
    }
}

/// A briefing of 15 May 2025 with one claim, to whose fields `fields` adds, and with these answers.
fn told(fields: &str, answers: &[&str]) -> String {
    let mut text = format!(
        "---\ntitle: B\ndate: 2025-05-15\nclaims:\n  - id: c\n    text: It is so.\n    date: 2025-05-15\n{fields}"
    );
    if !answers.is_empty() {
        text += "    responses:\n";
    }
    for answer in answers {
        let _ = writeln!(text, "      - {{{answer}}}");
    }
    text + "---\n"
}

/// What readers see of `html`: tags stripped by a parser of HTML, entities decoded, white space as it is shown.
fn text(html: &str) -> String {
    let stripped = ammonia::Builder::empty().clean(html).to_string();
    let text = quick_xml::escape::unescape(&stripped.replace("&nbsp;", " ")).unwrap().into_owned();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The parts of `html` between each `start` and the next `end`.
fn between<'a>(html: &'a str, start: &'a str, end: &'a str) -> impl Iterator<Item = &'a str> {
    html.split(start).skip(1).map(move |rest| rest.split(end).next().unwrap())
}
