//! Law 1: what `render` makes for an edition is the same, byte for byte, whether or not the withheld matter exists.

use brief::{
    model::{Instant, Tlp},
    release::Edition,
    sources::Sources,
};
use proptest::{prelude::*, sample, test_runner::TestCaseError};

use crate::{
    building::{AS_OF, Site, build, cases, difference, everything, lay_out, public, sources_in, sources_of},
    world::world,
    write::{Files, Reader, Without, files, files_for},
};

/// Readers of other editions than the public one: of declared ones before and after every embargo, of previews.
const READERS: [Reader; 6] = [
    Reader { admits: &["clear"], later: true, drafts: false },
    Reader { admits: &["clear"], later: false, drafts: true },
    Reader { admits: &["clear", "green"], later: false, drafts: false },
    Reader { admits: &["clear", "green"], later: true, drafts: false },
    Reader { admits: &["clear", "green", "amber"], later: false, drafts: false },
    Reader { admits: &["clear", "green", "amber"], later: true, drafts: true },
];

const WITHOUT: [Without; 3] = [
    Without { files: true, parts: false },
    Without { files: false, parts: true },
    Without { files: true, parts: true },
];

fn edition_of(reader: Reader) -> Edition {
    let as_of = if reader.later { "2099-01-01T00:00Z" } else { AS_OF };
    let mut edition = Edition::public(Instant::parse_as_of(as_of).unwrap());
    if reader.admits.len() > 1 || reader.drafts {
        edition.name = "partners".into();
        edition.shown = Some("Partners".into());
    }
    edition.admits = reader.admits.iter().map(|label| Tlp::parse(label).unwrap()).collect();
    edition.drafts = reader.drafts;
    edition
}

/// The first needle that stands in a path or in the bytes of a file, and where.
fn seen<'f>(site: &Site, mut needles: impl Iterator<Item = &'f String>) -> Option<String> {
    let texts: Vec<(&String, String)> = site
        .iter()
        .flat_map(|(path, files)| files.iter().map(move |file| (path, file)))
        .map(|(path, file)| (path, String::from_utf8_lossy(file).into_owned()))
        .collect();
    // Every needle has this form; most sites hold none, and one look tells.
    if !texts.iter().any(|(path, text)| path.contains("xq") || text.contains("xq")) {
        return None;
    }
    let at = |needle: &String| {
        let found = texts.iter().find(|(path, text)| path.contains(needle) || text.contains(needle));
        found.map(|(path, _)| format!("`{needle}` in `{path}`"))
    };
    needles.find_map(at)
}

fn same(one: &Site, other: &Site, without: Without) -> Result<(), TestCaseError> {
    match difference(one, other) {
        None => Ok(()),
        Some(difference) => Err(TestCaseError::fail(format!("{without:?}: {difference}"))),
    }
}

fn nothing_leaks(site: &Site, whole: &Files) -> Result<(), TestCaseError> {
    match seen(site, whole.needles.keys()) {
        None => Ok(()),
        Some(leak) => Err(TestCaseError::fail(format!("a leak: {leak}"))),
    }
}

/// Paths and what stands there.
type Texts = &'static [(&'static str, &'static str)];

/// Archives that say one thing in a withheld way, and the same archives without it.
const PAIRS: [(&str, Texts, Texts); 8] = [
    (
        "the name of a profile",
        &[(
            "content/actors/a.md",
            "---\nname: xqnameqx\naliases: [A]\nmarked: {name: amber}\n---\nxqbodyqx\n",
        )],
        &[],
    ),
    (
        "the id of a profile",
        &[("content/actors/a.md", "---\nname: A\nid: xqidqx\nmarked: {id: amber}\n---\n")],
        &[("content/actors/a.md", "---\nname: A\n---\n")],
    ),
    (
        "the slug of a profile",
        &[("content/actors/a.md", "---\nname: A\nslug: xqslugqx\nmarked: {slug: red}\n---\n")],
        &[("content/actors/a.md", "---\nname: A\n---\n")],
    ),
    (
        "a field whose label cannot be read",
        &[(
            "content/actors/a.md",
            "---\nname: A\ndescription: xqdescqx\nmarked: {description: ambre}\n---\n",
        )],
        &[],
    ),
    (
        "labels of fields that are no map",
        &[("content/actors/a.md", "---\nname: A\ndescription: xqdescqx\nmarked: amber\n---\n")],
        &[],
    ),
    (
        "the first of two translations into one language",
        &[
            ("content/briefings/b.ar.markdown", "---\ntitle: shown\n---\n"),
            ("content/briefings/b.ar.md", "---\ntitle: xqtitleqx\ntlp: amber\n---\nxqbodyqx\n"),
        ],
        &[("content/briefings/b.ar.markdown", "---\ntitle: shown\n---\n")],
    ),
    (
        "the publisher of a withheld source, which the desk knows",
        &[
            (
                "content/briefings/d.md",
                "---\ntitle: shown\ndate: 2024-03-03\nsources: {a: {title: xqtitleqx, publisher: xqpubqx, tlp: amber}, b: {title: shown, publisher: shown}}\n---\n",
            ),
            (
                "content/sources.toml",
                "[publishers.xqidqx]\nname = \"xqpubqx\"\nhost = \"xqhostqx.example\"\ngrade = \"e\"\n",
            ),
        ],
        &[(
            "content/briefings/d.md",
            "---\ntitle: shown\ndate: 2024-03-03\nsources: {b: {title: shown, publisher: shown}}\n---\n",
        )],
    ),
    (
        "the day that a withheld briefing alone stands on",
        &[("content/briefings/d.md", "---\ntitle: xqtitleqx\ndate: 2024-03-03\ntlp: amber\n---\n")],
        &[],
    ),
];

#[test]
fn what_is_withheld_in_unusual_ways_changes_no_byte_either() {
    const COMMON: [(&str, &str); 2] = [
        ("brief.toml", "title = \"A\"\n[marking]\ndefault = \"clear\"\n"),
        (
            "content/briefings/b.md",
            "---\ntitle: B\ndate: 2025-05-15\nactors: [A]\n---\n[[A]] [[2024-03-03]] [x](../actors/a.md)\n",
        ),
    ];
    for (what, with, without) in PAIRS {
        let site = |files: &[(&str, &str)]| {
            let sources = Sources::from_texts(COMMON.into_iter().chain(files.iter().copied()));
            build(&sources, &public(), false).site
        };
        let (with, without) = (site(with), site(without));
        assert_eq!(difference(&with, &without), None, "{what}");
        assert!(
            !with
                .iter()
                .any(|(path, files)| path.contains("xq")
                    || files.iter().any(|f| f.windows(2).any(|w| w == b"xq"))),
            "{what}"
        );
    }
}

proptest! {
    #![proptest_config(cases(48))]

    #[test]
    fn withheld_matter_changes_no_byte_of_the_site(world in world()) {
        let whole = files(&world, Without::default());
        let site = build(&sources_of(&whole), &public(), false).site;
        nothing_leaks(&site, &whole)?;
        for without in WITHOUT {
            let less = build(&sources_of(&files(&world, without)), &public(), false).site;
            same(&site, &less, without)?;
        }
    }
}

proptest! {
    #![proptest_config(cases(36))]

    #[test]
    fn what_an_edition_keeps_back_changes_no_byte_of_it(world in world(), reader in sample::select(&READERS[..])) {
        let edition = edition_of(reader);
        let whole = files_for(&world, Without::default(), reader);
        let site = build(&sources_of(&whole), &edition, false).site;
        nothing_leaks(&site, &whole)?;
        for without in WITHOUT {
            let less = build(&sources_of(&files_for(&world, without, reader)), &edition, false).site;
            same(&site, &less, without)?;
        }
    }
}

proptest! {
    #![proptest_config(cases(16))]

    #[test]
    fn withheld_matter_changes_no_byte_of_a_site_with_files_beside_its_pages(world in world()) {
        let built = |without: Without| {
            let folder = tempfile::tempdir().unwrap();
            lay_out(folder.path(), &files(&world, without));
            build(&sources_in(folder.path()).0, &public(), true).site
        };
        let site = built(Without::default());
        nothing_leaks(&site, &files(&world, Without::default()))?;
        for without in WITHOUT {
            same(&site, &built(without), without)?;
        }
    }

    #[test]
    fn an_edition_that_admits_everything_shows_what_the_public_one_keeps_back(world in world()) {
        let whole = files(&world, Without::default());
        let open = build(&sources_of(&whole), &everything(), false).site;
        let shown = |needle: &String| seen(&open, std::iter::once(needle)).is_some();
        for needle in whole.needles.iter().filter(|(_, shows)| **shows).map(|(needle, _)| needle) {
            prop_assert!(shown(needle), "`{}` is shown to nobody", needle);
        }
    }
}
