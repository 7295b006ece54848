//! Law 1 notices every branch of the filter: where one is overlooked, withheld matter shows.

use std::{collections::BTreeMap, fs, path::Path};

use crate::{
    Build,
    diagnostics::{Diagnostics, Severity},
    model::{Instant, SourcePath, Tlp},
    output::Memory,
    plan,
    release::{
        Edition, Held, Withheld,
        blind::{self, Branch},
    },
    settings,
    sources::{self, Limits, Sources},
};

/// An archive: after each line that begins with `=== ` the file of that path. What stands between `⟦` and `⟧` is
/// withheld, with every sort of matter and for every reason there is.
const ARCHIVE: &str = include_str!("marked.txt");

type Site = BTreeMap<String, Vec<u8>>;

/// The paths and the texts of the archive; without what is withheld if `less`.
fn texts(less: bool) -> Vec<(String, String)> {
    let mut text = String::new();
    for (place, piece) in ARCHIVE.split(['⟦', '⟧']).enumerate() {
        if !(less && place % 2 == 1) {
            text.push_str(piece);
        }
    }
    let files = text.split("=== ").skip(1).filter_map(|file| file.split_once('\n'));
    files.map(|(path, text)| (path.to_owned(), text.to_owned())).collect()
}

/// A picture of one point.
fn picture() -> Vec<u8> {
    let chunk = |kind: &[u8; 4], data: &'static [u8]| {
        img_parts::png::PngChunk::new(*kind, data.into()).encoder().bytes().to_vec()
    };
    [
        b"\x89PNG\r\n\x1a\n".to_vec(),
        chunk(b"IHDR", &[0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0]),
        chunk(b"IDAT", &[0x78, 1, 1, 2, 0, 0xFD, 0xFF, 0, 0, 0, 2, 0, 1]),
        chunk(b"IEND", b""),
    ]
    .concat()
}

fn lay_out(root: &Path, less: bool) {
    for (path, text) in texts(less) {
        let file = root.join(&path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        match path.strip_suffix(".png") {
            Some(_) => fs::write(file, picture()).unwrap(),
            None => fs::write(file, text).unwrap(),
        }
    }
}

/// An edition that skips a label: GREEN text may hold an AMBER claim that it admits.
fn edition() -> Edition {
    let mut edition = Edition::public(Instant::parse_as_of("2025-06-15T12:00Z").unwrap());
    edition.admits.insert(Tlp::Amber);
    edition
}

fn built(root: &Path) -> (Site, Withheld, Diagnostics) {
    let mut diagnostics = Diagnostics::new();
    let sources = sources::read(root, None, &Limits::default(), &mut diagnostics).unwrap();
    let settings = settings::parse(&sources, &mut diagnostics);
    let edition = edition();
    let build = plan(&sources, &settings, &edition, false, &mut diagnostics);
    let memory = Memory::new();
    diagnostics.extend(build.render(&memory, &|_| ()).unwrap());
    let site = memory.into_files().into_iter().map(|(path, bytes)| (path.as_str().to_owned(), bytes));
    (site.collect(), build.withheld, diagnostics)
}

#[test]
fn a_filter_that_overlooks_any_of_its_branches_breaks_the_law() {
    let folder = tempfile::tempdir().unwrap();
    let (whole, less) = (folder.path().join("whole"), folder.path().join("less"));
    lay_out(&whole, false);
    lay_out(&less, true);
    let (expected, withheld, _) = built(&less);
    assert!(withheld.iter().all(Held::is_left_out), "{withheld:#?}");
    let (site, withheld, diagnostics) = built(&whole);
    let error = diagnostics.iter().find(|found| found.severity == Severity::Error);
    assert_eq!(error, None);
    let differs = expected.iter().find(|(path, bytes)| site.get(*path) != Some(*bytes));
    assert_eq!(differs.map(|(path, _)| path), None);
    assert_eq!(site.len(), expected.len());

    for held in withheld.iter().filter(|held| !held.is_left_out()) {
        let known = Branch::all().into_iter().filter(|branch| branch.keeps(held)).count();
        assert!(known == 2, "a reason and a sort keep this back, and {known} do: {held:#?}");
    }
    let is_unnoticed = |branch: &Branch| blind::to(*branch, || built(&whole)).0 == expected;
    let unnoticed: Vec<Branch> = Branch::all().into_iter().filter(is_unnoticed).collect();
    assert_eq!(unnoticed, []);
}

/// Draws `files` before and after their texts were let go of; which of these texts are still there.
fn let_go(files: &[(&str, &str)]) -> Vec<bool> {
    let settings = ("brief.toml", "title = \"A desk\"\nbase_url = \"https://desk.example/\"\n");
    let mut sources = Sources::from_texts(files.iter().copied().chain([settings]));
    let (mut diagnostics, edition) = (Diagnostics::new(), edition());
    let settings = settings::parse(&sources, &mut diagnostics);
    let mut build = plan(&sources, &settings, &edition, false, &mut diagnostics);
    let draw = |build: &Build<'_>| {
        let memory = Memory::new();
        build.render(&memory, &|_| ()).unwrap();
        memory.into_files()
    };
    let before = draw(&build);
    build.let_go(&mut sources, &diagnostics);
    assert!(before.len() > files.len());
    assert!(draw(&build) == before, "pages are drawn from what was let go of");
    files.iter().map(|(path, _)| sources.text_at(&SourcePath::new(path)).is_some()).collect()
}

const PLAIN: (&str, &str) = (
    "content/briefings/2025-01-01-a.md",
    "---\ntitle: A\ndate: 2025-01-01\n---\n\nAll is well. [^1]\n\n[^1]: So.\n",
);
const LINKED: (&str, &str) = (
    "content/briefings/2025-01-02-b.md",
    "---\ntitle: B\ndate: 2025-01-02\n---\n\n# Of\n\nSee [[nothing]].\n",
);
const DRAFT: (&str, &str) =
    ("content/briefings/2025-01-03-c.md", "---\ntitle: C\ndate: 2025-01-03\ndraft: true\n---\n\nNot yet.\n");

#[test]
fn of_texts_that_are_all_shown_those_are_kept_that_messages_are_about() {
    assert_eq!(let_go(&[PLAIN, LINKED]), [false, true]);
}

#[test]
fn where_something_is_kept_back_the_search_for_leaks_has_every_text() {
    assert_eq!(let_go(&[PLAIN, LINKED, DRAFT]), [true; 3]);
}
