//! Law 5: every input file is in the output, or in the report with the reason.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
};

use brief::{
    archive::{Archive, Entity},
    diagnostics::Diagnostics,
    settings,
};
use proptest::prelude::*;

use crate::{
    building::{brief, cases, lay_out, public, put, run, sources_in, tree},
    world::world,
    write::{Without, files},
};

/// Files that nobody expects, and the folders that they lie in.
const JUNK: [(&str, &[u8]); 14] = [
    ("content/briefings/notes.docx", b"PK"),
    ("content/briefings/.hidden.md", b"---\ntitle: Hidden\n---\n"),
    ("content/.git/config", b"[core]"),
    ("content/briefings/draft.md~", b"left by an editor"),
    ("content/astray.md", b"---\ntitle: Astray\ndate: 2025-05-01\n---\n"),
    ("content/countries/chad.md", b"---\nname: Chad\n---\n"),
    ("content/briefings/unused.png", b"not used"),
    ("content/briefings/unused.png.toml", b"alt = \"words\"\n"),
    ("content/actors/latin.md", b"---\nname: Jos\xe9\n---\n"),
    ("content/locations/broken.md", b"---\nname: [\n---\n"),
    ("content/pages/plain.md", b"no front matter\n"),
    ("content/actors/lists.toml", b"a = 1\n"),
    ("static/robots.txt", b"User-agent: *\n"),
    ("static/files/.htaccess", b"deny"),
];

/// The paths below `content/` and `static/` that the report names.
fn reported(stdout: &[u8]) -> BTreeSet<String> {
    let mut paths = BTreeSet::new();
    for line in String::from_utf8_lossy(stdout).lines() {
        let line: serde_json::Value = serde_json::from_str(line).unwrap();
        let places = [&line["place"]["path"], &line["withheld"]["path"], &line["left_out"]["path"]];
        paths.extend(places.into_iter().filter_map(|path| path.as_str().map(str::to_owned)));
    }
    paths
}

/// Whether anything released rests on a source.
fn cites_shared(archive: &Archive) -> bool {
    let profile = |entity: &Entity| {
        let document = entity.profile.as_ref().map(|released| &released.document);
        let relations = document.into_iter().flat_map(|profile| {
            let names = profile.parent.iter().chain(&profile.previous_names);
            names.chain(profile.relations.values().flatten()).chain(profile.dates.values())
        });
        !entity.sources.is_empty() || relations.into_iter().any(|relation| !relation.sources.is_empty())
    };
    archive.briefings.iter().any(|briefing| !briefing.sources.is_empty())
        || archive.pages.iter().any(|page| !page.sources.is_empty())
        || archive.entities.iter().any(profile)
}

proptest! {
    #![proptest_config(cases(24))]

    #[test]
    fn every_file_is_in_the_output_or_in_the_report(
        world in world(),
        junk in proptest::sample::subsequence(&JUNK[..], 0..=JUNK.len()),
        without in proptest::bool::ANY,
    ) {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        lay_out(root, &files(&world, Without { files: false, parts: without }));
        for (path, bytes) in &junk {
            put(root, path, bytes);
        }
        let (code, output) = run(brief(root, &["--format", "json"]));
        let reported = reported(&output.stdout);

        // What the output is made from; without errors it has to lie on the disk too.
        let (sources, mut diagnostics) = sources_in(root);
        let settings = settings::parse(&sources, &mut diagnostics);
        let edition = public();
        let build = brief::plan(&sources, &settings, &edition, false, &mut Diagnostics::new());
        let made: BTreeSet<String> = build
            .pages
            .iter()
            .filter(|page| code != 0 || root.join("public").join(page.path.as_str()).is_file())
            .filter_map(|page| page.origin.as_ref().map(ToString::to_string))
            .collect();
        let cites_shared = cites_shared(&build.archive);

        for path in ["content", "static"].into_iter().flat_map(|below| {
            let inside = if root.join(below).is_dir() { tree(&root.join(below)) } else { BTreeMap::new() };
            inside.into_keys().map(move |path| format!("{below}/{path}"))
        }) {
            let hidden = path.split_once("/.git/").map(|(above, _)| format!("{above}/.git"));
            let named = reported.contains(&path) || hidden.is_some_and(|folder| reported.contains(&folder));
            // The words for a picture that is made stand where it does.
            let with_picture = path.strip_suffix(".toml").is_some_and(|picture| made.contains(picture));
            let counts = named || with_picture || made.contains(&path) || (path == "content/sources.toml" && cites_shared);
            prop_assert!(counts, "`{}` is nowhere: {:#?}", path, reported);
        }
        if code == 0 {
            prop_assert!(fs::metadata(root.join("public/index.html")).is_ok());
        }
    }
}
