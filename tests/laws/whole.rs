//! The site as a whole is one more thing that a warm build may know: then nothing is drawn, or a page with another text
//! alone. Each test ends by comparing with a cold build.

use std::{
    io::{self, Read, Seek, SeekFrom, Write},
    path::Path,
    sync::atomic::{AtomicUsize, Ordering},
};

use brief::{
    diagnostics::Diagnostics,
    memo::{
        Memo,
        bulk::{Bulk, Volume},
    },
    model::{Instant, OutputPath},
    output::{Memory, Sink},
    release::Edition,
    settings,
};
use proptest::prelude::*;

use crate::{
    building::{build, cases, difference, public, sources_of},
    warm::{Left, VERSION, warm},
    world::world,
    write::{Files, Without, files},
};

/// Who reads on the day `written`.
fn on(written: &str) -> Edition {
    Edition::public(Instant::parse_as_of(written).unwrap())
}

fn of(texts: &[(&str, &str)]) -> Files {
    let texts = texts.iter().map(|(path, text)| ((*path).into(), (*text).into())).collect();
    Files { texts, ..Files::default() }
}

/// A small archive without mistakes.
fn small() -> Files {
    let briefing = |title: &str| {
        format!(
            "---\ntitle: {title}\ndate: 2025-05-15\nactors: [Hamas]\nlocations: [Doha]\n---\nTalks with Hamas.\n"
        )
    };
    of(&[
        (
            "brief.toml",
            "title = \"Desk\"\nbase_url = \"https://desk.example/\"\nauthority = \"desk.example,2025\"\n",
        ),
        ("content/briefings/one.md", &briefing("One")),
        ("content/briefings/two.md", &briefing("Two")),
        ("content/actors/hamas.md", "---\nname: Hamas\n---\nAn *organisation*.\n"),
        ("content/actors/qatar.md", "---\nname: Qatar\n---\n"),
        ("content/actors/egypt.md", "---\nname: Egypt\n---\n"),
        ("content/locations/doha.md", "---\nname: Doha\n---\n"),
        ("content/pages/about.md", "---\ntitle: About\n---\nWho we are.\n"),
    ])
}

/// Builds `files` over what is `left`: how many of the files were not kept. They are those of a cold build.
fn drawn(files: &Files, edition: &Edition, left: &mut Left) -> usize {
    let (said, kept) = warm(files, edition, false, left);
    let cold = build(&sources_of(files), edition, false);
    assert_eq!(difference(&left.site, &cold.site), None);
    assert_eq!(said, cold.diagnostics);
    assert!(!said.has_errors(), "{:?}", said.iter().map(|one| &one.message).collect::<Vec<_>>());
    cold.site.len() - kept
}

proptest! {
    #![proptest_config(cases(6))]

    #[test]
    fn a_day_on_which_nothing_changes_draws_nothing(world in world()) {
        let files = files(&world, Without::default());
        let (today, tomorrow) = (public(), on("2025-06-16T12:00Z"));
        let cold = |edition: &Edition| build(&sources_of(&files), edition, false);
        let (one, other) = (cold(&today), cold(&tomorrow));
        let mut left = Left::default();
        warm(&files, &today, false, &mut left);
        prop_assume!(left.drawn && one.site == other.site);
        let memo = left.memo.clone();
        let (_, kept) = warm(&files, &tomorrow, false, &mut left);
        prop_assert_eq!(kept, one.site.values().map(Vec::len).sum::<usize>());
        prop_assert_eq!(&left.site, &one.site);
        prop_assert_eq!(memo, left.memo);
    }
}

#[test]
fn an_embargo_that_ends_draws_what_it_kept_back() {
    let mut files = small();
    let text = files.texts["content/briefings/two.md"].replace("title", "embargo: 2025-06-17T00:00Z\ntitle");
    files.texts.insert("content/briefings/two.md".into(), text);
    let mut left = Left::default();
    drawn(&files, &on("2025-06-15T12:00Z"), &mut left);
    assert_eq!(drawn(&files, &on("2025-06-16T12:00Z"), &mut left), 0);
    assert!(drawn(&files, &on("2025-06-17T12:00Z"), &mut left) > 0);
    assert!(left.site.contains_key("briefings/2025/05/15/two/index.html"));
    assert!(drawn(&files, &on("2025-06-15T12:00Z"), &mut left) > 0);
}

#[test]
fn a_parent_stands_from_the_day_on_which_it_is_one() {
    let mut files = small();
    let hamas =
        "---\nname: Hamas\nparent: [{id: Qatar, to: 2025-06-15}, {id: Egypt, from: 2025-06-16}]\n---\n";
    files.texts.insert("content/actors/hamas.md".into(), hamas.into());
    let mut left = Left::default();
    drawn(&files, &on("2025-06-14T12:00Z"), &mut left);
    assert_eq!(drawn(&files, &on("2025-06-15T12:00Z"), &mut left), 0);
    assert!(drawn(&files, &on("2025-06-16T12:00Z"), &mut left) > 0);
    assert_eq!(drawn(&files, &on("2025-06-17T12:00Z"), &mut left), 0);
}

#[test]
fn all_that_drawing_is_given_counts() {
    let mut files = small();
    let partners = |shown: &str| Edition { name: "partners".into(), shown: Some(shown.into()), ..public() };
    let mut left = Left::default();
    drawn(&files, &partners("Partners"), &mut left);
    assert!(drawn(&files, &partners("Friends"), &mut left) > 0, "what an edition is called");
    drawn(&files, &public(), &mut left);
    warm(&files, &public(), true, &mut left);
    let cold = build(&sources_of(&files), &public(), true);
    assert_eq!(difference(&left.site, &cold.site), None, "how pages link to each other");
    drawn(&files, &public(), &mut left);
    for (path, text) in [
        ("templates/404.html", "Nothing here."),
        ("themes/dispatch/i18n/en.toml", "not_found = \"Nowhere\"\n"),
        ("brief.toml", "title = \"Another\"\nbase_url = \"https://desk.example/\"\n"),
        ("brief.toml", "title = \"Another\"\nbase_url = \"https://other.example/\"\n"),
        ("brief.toml", "title = \"Another\"\n"),
    ] {
        files.texts.insert(path.into(), text.into());
        assert!(drawn(&files, &public(), &mut left) > 0, "{path}: {text}");
        assert_eq!(drawn(&files, &public(), &mut left), 0, "{path}: {text}");
    }
}

#[test]
fn the_order_of_a_desk_s_own_values_counts() {
    let mut files = small();
    let shown = "{% for key, value in site.extra %}{{ key }}{{ value }} {% endfor %}";
    files.texts.insert("templates/404.html".into(), shown.into());
    let settings = files.texts["brief.toml"].clone();
    let mut left = Left::default();
    for extra in ["a = 1\nb = 2\n", "b = 2\na = 1\n", "b = 2\na = \"1\"\n", "b = 2\na = 1.0\n"] {
        files.texts.insert("brief.toml".into(), format!("{settings}[extra]\n{extra}"));
        assert!(drawn(&files, &public(), &mut left) > 0, "{extra}");
    }
}

#[test]
fn the_page_of_another_text_is_drawn_alone() {
    let mut files = small();
    files.texts.get_mut("brief.toml").unwrap().push_str("[search]\nenabled = false\n");
    let mut left = Left::default();
    drawn(&files, &public(), &mut left);
    for path in ["briefings/one", "briefings/two", "actors/hamas", "pages/about"] {
        let path = format!("content/{path}.md");
        files.texts.get_mut(&path).unwrap().push_str("\nOne *more* sentence.\n");
        assert_eq!(drawn(&files, &public(), &mut left), 1, "{path}");
        assert_eq!(drawn(&files, &public(), &mut left), 0, "{path}");
    }
    // A name that comes to stand in a text is told on the page of whom it means.
    files.texts.get_mut("content/briefings/one.md").unwrap().push_str("\nQatar too.\n");
    assert!(drawn(&files, &public(), &mut left) > 1);
    assert_eq!(drawn(&files, &public(), &mut left), 0);
}

#[test]
fn another_text_draws_the_search_and_no_other_page() {
    let mut files = small();
    let mut left = Left::default();
    let all = drawn(&files, &public(), &mut left);
    let of_search = left.site.keys().filter(|path| path.starts_with("search/")).count();
    assert!(of_search > 5 && all > 2 * of_search, "{of_search} of {all}");
    files.texts.get_mut("content/briefings/one.md").unwrap().push_str("\nOne *more* sentence.\n");
    let again = drawn(&files, &public(), &mut left);
    assert!((2..=1 + of_search).contains(&again), "{again}");
    assert_eq!(drawn(&files, &public(), &mut left), 0);
}

/// A sink that keeps nothing, and counts what it is handed.
#[derive(Default)]
struct Nowhere(AtomicUsize);

impl Sink for Nowhere {
    fn put(&self, _: &OutputPath, _: &[u8]) -> io::Result<()> {
        self.0.fetch_add(1, Ordering::Relaxed);
        Ok(())
    }

    fn copy(&self, path: &OutputPath, _: &Path, _: &blake3::Hash, _: u64) -> io::Result<()> {
        self.put(path, &[])
    }

    fn keep(&self, _: &OutputPath, _: [u8; 16], _: u64) -> io::Result<bool> {
        Ok(true)
    }

    fn keeps_nothing(&self) -> bool {
        true
    }
}

#[test]
fn where_nothing_is_kept_a_site_is_known_as_a_whole_too() {
    let (files, edition) = (small(), public());
    let (sources, mut diagnostics) = (sources_of(&files), Diagnostics::new());
    let settings = settings::parse(&sources, &mut diagnostics);
    let build = brief::plan(&sources, &settings, &edition, false, &mut diagnostics);
    let mut memo = Memo::read(&[], VERSION);
    for is_first in [true, false] {
        let sink = Nowhere::default();
        build.render_warm(&memo, &sink, &|_| ()).unwrap();
        assert_eq!(sink.0.into_inner() > 0, is_first);
        memo = memo.next();
    }
}

#[test]
fn of_many_texts_the_search_cuts_those_anew_among_which_one_changed() {
    let mut files = of(&[("brief.toml", "title = \"Desk\"\n[outputs]\nrelated = false\n")]);
    for number in 0..1100 {
        let path = format!("content/briefings/2025-05-15-n{number:04}.md");
        files.texts.insert(path, format!("---\ntitle: N{number}\n---\nWord w{number}.\n"));
    }
    let mut left = Left::default();
    drawn(&files, &public(), &mut left);
    // What a volume ends with: of each of two results 48 bytes, its key first; 48 more.
    let keys = |bulk: &[u8]| {
        let list = &bulk[bulk.len() - 48 - 2 * 48..];
        [0, 48].map(|at| list[at..at + 16].to_vec())
    };
    let before = keys(&left.bulk);
    let (path, text) = ("content/briefings/2025-05-15-n1090.md", "---\ntitle: N1090\n---\nAnother.\n");
    files.texts.insert(path.into(), text.into());
    drawn(&files, &public(), &mut left);
    let after = keys(&left.bulk);
    assert_eq!(before.iter().filter(|key| after.contains(key)).count(), 1);
}

/// A volume to which somebody else writes.
struct Spoilt(io::Cursor<Vec<u8>>);

impl Read for Spoilt {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let read = self.0.read(into)?;
        into[..read].fill(b'z');
        Ok(read)
    }
}

impl Write for Spoilt {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Seek for Spoilt {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.0.seek(to)
    }
}

#[test]
fn what_is_written_into_the_cache_by_others_while_a_build_runs_changes_no_page() {
    let (files, edition) = (small(), public());
    let (sources, mut diagnostics) = (sources_of(&files), Diagnostics::new());
    let settings = settings::parse(&sources, &mut diagnostics);
    let build = brief::plan(&sources, &settings, &edition, false, &mut diagnostics);
    let begin = Box::new(|| Ok(Box::new(Spoilt(io::Cursor::default())) as Box<dyn Volume>));
    let memo = Memo::read(&[], VERSION).with_bulk(Bulk::after(None, begin, VERSION));
    let (warm, cold) = (Memory::new(), Memory::new());
    build.render_warm(&memo, &warm, &|_| ()).unwrap();
    build.render(&cold, &|_| ()).unwrap();
    assert!(memo.finish_bulk().is_err(), "it was read");
    assert_eq!(warm.into_files(), cold.into_files());
}

#[test]
fn what_is_marked_in_a_text_counts_for_other_pages() {
    let mut files = small();
    let labels = "\n[marking]\ndefault = \"clear\"\n";
    files.texts.get_mut("brief.toml").unwrap().push_str(labels);
    let edition = Edition { name: "everything".into(), ..crate::building::everything() };
    let mut left = Left::default();
    drawn(&files, &edition, &mut left);
    for block in ["\n::: tlp amber\nWho said so.\n:::\n", "\n::: tlp red\nWho else.\n:::\n"] {
        files.texts.get_mut("content/briefings/one.md").unwrap().push_str(block);
        assert!(drawn(&files, &edition, &mut left) > 0, "{block}");
        assert_eq!(drawn(&files, &edition, &mut left), 0, "{block}");
    }
}

#[test]
fn the_texts_of_a_page_as_they_were_are_forgotten_in_the_end() {
    let mut files = of(&[("brief.toml", "title = \"Desk\"\n"), ("content/pages/about.md", "")]);
    let (mut left, mut longest) = (Left::default(), 0);
    for edit in 0..120 {
        let text = format!("---\ntitle: About\n---\nThe {edit}th words.\n");
        files.texts.insert("content/pages/about.md".into(), text);
        let mut said = Diagnostics::new();
        said.extend(warm(&files, &public(), false, &mut left).0);
        assert!(!said.has_errors());
        longest = longest.max(left.memo.len());
    }
    assert!(left.memo.len() < longest, "it was at most {longest} bytes, and is {}", left.memo.len());
}
