//! Law 1: what `render` makes for an edition is the same, byte for byte, whether or not the withheld matter exists.

use brief::{
    diagnostics::Severity,
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
const PAIRS: [(&str, Texts, Texts); 18] = [
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
        "an old address that a page has",
        &[(
            "content/pages/p.md",
            "---\ntitle: xqtitleqx\naliases: [/briefings/b/, /actors/a/]\ntlp: red\n---\n",
        )],
        &[],
    ),
    (
        "the address of a briefing",
        &[("content/briefings/c.md", "---\ntitle: xqtitleqx\ndate: 2025-05-15\nslug: b\ndraft: true\n---\n")],
        &[],
    ),
    (
        "the id of a briefing",
        &[
            (
                "content/briefings/c.md",
                "---\ntitle: xqtitleqx\nid: b\ndate: 2025-05-16\ntlp: red\nclaims: [{id: c, by: A, text: xqtextqx}]\n---\n",
            ),
            (
                "content/briefings/d.md",
                "---\ntitle: D\ndate: 2025-05-17\nresponses: [{claim: 'b#c', by: A, stance: denies}]\n---\n[[b#c|words]]\n",
            ),
        ],
        &[(
            "content/briefings/d.md",
            "---\ntitle: D\ndate: 2025-05-17\nresponses: [{claim: 'b#c', by: A, stance: denies}]\n---\n[[b#c|words]]\n",
        )],
    ),
    (
        "a name, a former id and an alias of another",
        &[(
            "content/actors/xqstemqx.md",
            "---\nname: A\naliases: [A]\nformer_ids: [a, A]\nslug: a\ntlp: amber\n---\n",
        )],
        &[],
    ),
    (
        "a name nearly that of another",
        &[
            ("content/actors/xqstemqx.md", "---\nname: Bassem Naeem\ntlp: amber\n---\n"),
            ("content/actors/n.md", "---\nname: Bassem Naim\n---\n"),
        ],
        &[("content/actors/n.md", "---\nname: Bassem Naim\n---\n")],
    ),
    (
        "a source that hides a shared one",
        &[
            (
                "content/briefings/d.md",
                "---\ntitle: D\ndate: 2025-05-17\nsources: {s: {title: xqtitleqx, tlp: red}}\n---\nSaid [@s].\n",
            ),
            ("content/sources.toml", "[sources.s]\ntitle = \"Shared\"\n"),
        ],
        &[
            ("content/briefings/d.md", "---\ntitle: D\ndate: 2025-05-17\n---\nSaid [@s].\n"),
            ("content/sources.toml", "[sources.s]\ntitle = \"Shared\"\n"),
        ],
    ),
    (
        "the only text in a language",
        &[("content/briefings/b.fr.md", "---\ntitle: xqtitleqx\ntlp: red\n---\n")],
        &[],
    ),
    (
        "a comment",
        &[("content/actors/a.md", "---\n# xqcommentqx\nname: A # xqcommentqx\n---\n<!-- xqcommentqx -->\n")],
        &[("content/actors/a.md", "---\nname: A\n---\n")],
    ),
    (
        "what a retraction is of",
        &[(
            "content/briefings/d.md",
            "---\ntitle: D\ndate: 2025-05-17\nclaims: [{id: xqidqx, by: A, text: xqtextqx, tlp: red}]\ncorrections: [{date: 2025-05-18, kind: retraction, of: '#xqidqx', text: Wrong.}]\n---\n",
        )],
        &[(
            "content/briefings/d.md",
            "---\ntitle: D\ndate: 2025-05-17\ncorrections: [{date: 2025-05-18, kind: retraction, of: '#nothing', text: Wrong.}]\n---\n",
        )],
    ),
    (
        "what a correction, an answer, a telling, a relation and a citation are of",
        &[
            (
                "content/briefings/c.md",
                "---\ntitle: xqtitleqx\nid: xqbqx\ndate: 2025-05-16\ntlp: red\nclaims: [{id: xqcqx, by: A, text: xqtextqx}]\nevents: [{id: xqeqx, date: 2025-05-16, text: xqtextqx}]\n---\n",
            ),
            (
                "content/briefings/d.md",
                "---\ntitle: D\ndate: 2025-05-17\nevents: [{event: xqbqx#xqeqx, date: 2025-05-16, text: Told again.}]\nresponses: [{claim: xqbqx#xqcqx, by: A, stance: denies}]\nfindings: [{claim: xqbqx#xqcqx, status: unproven, date: 2025-05-17, note: None.}]\nsources: {xqsqx: {title: xqtitleqx, tlp: red}}\ncorrections: [{date: 2025-05-18, of: '#xqsqx', text: Wrong.}, {date: 2025-05-18, of: xqbqx, text: Wrong.}, {date: 2025-05-18, of: xqpicqx.png, text: Wrong.}]\n---\nSaid [@xqsqx] [[xqbqx|so]].\n",
            ),
            (
                "content/actors/z.md",
                "---\nname: Z\ndied: {date: 2025-05-16, rests_on: 'xqbqx#xqcqx'}\n---\n[so](../briefings/c.md#xqcqx)\n",
            ),
        ],
        &[
            (
                "content/briefings/d.md",
                "---\ntitle: D\ndate: 2025-05-17\nevents: [{event: nil#nil, date: 2025-05-16, text: Told again.}]\nresponses: [{claim: nil#nil, by: A, stance: denies}]\nfindings: [{claim: nil#nil, status: unproven, date: 2025-05-17, note: None.}]\ncorrections: [{date: 2025-05-18, of: '#nil', text: Wrong.}, {date: 2025-05-18, of: nil, text: Wrong.}, {date: 2025-05-18, of: nil.png, text: Wrong.}]\n---\nSaid [@nil] [[nil|so]].\n",
            ),
            (
                "content/actors/z.md",
                "---\nname: Z\ndied: {date: 2025-05-16, rests_on: 'nil#nil'}\n---\n[so](../briefings/nil.md#nil)\n",
            ),
        ],
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
        (
            "brief.toml",
            "title = \"A\"\nbase_url = \"https://desk.example/\"\nauthority = \"desk.example,2025\"\n[outputs]\nbalance = true\n[marking]\ndefault = \"clear\"\n",
        ),
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
        // The names of the search's files, and what is compressed in them, may hold any two letters.
        assert!(
            !with
                .iter()
                .filter(|(path, _)| !path.starts_with("search/"))
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

/// The needles in `words`.
fn needles(words: &str) -> impl Iterator<Item = &str> {
    words.match_indices("xq").filter_map(|(start, _)| {
        let end = words[start..].find("qx")? + start + 2;
        Some(&words[start..end])
    })
}

proptest! {
    #![proptest_config(cases(36))]

    #[test]
    fn a_warning_tells_nothing_withheld_that_its_file_does_not_write_itself(world in world()) {
        let whole = files(&world, Without::default());
        for found in build(&sources_of(&whole), &public(), false).diagnostics.iter().filter(|found| found.severity == Severity::Warning) {
            let path = found.span.as_ref().map_or("", |span| span.path.as_str());
            let own = whole.texts.get(path).map_or("", String::as_str);
            let related = found.related.iter().map(|(_, words)| words.as_str());
            let said = [found.message.as_str()].into_iter().chain(found.label.as_deref()).chain(found.help.as_deref());
            for words in said.chain(related) {
                // The report tells the paths of withheld files anyway.
                let words = whole.texts.keys().chain(whole.assets.keys()).fold(words.to_owned(), |words, path| words.replace(path.as_str(), ""));
                for needle in needles(&words) {
                    prop_assert!(own.contains(needle) || path.contains(needle), "{}: {:#?}", needle, found);
                }
            }
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
