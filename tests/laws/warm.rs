//! Law 2: what makes a build fast changes none of its bytes, whatever was edited since the last one, and whatever became
//! of what that left.

use std::{
    collections::BTreeMap,
    fs,
    io::{self, Read, Seek},
    path::Path,
    sync::{
        Mutex,
        atomic::{AtomicUsize, Ordering},
    },
};

use brief::{
    Along,
    diagnostics::Diagnostics,
    memo::{
        Key, Memo,
        bulk::{Bulk, Ending, Volume},
    },
    model::{Instant, OutputPath},
    output::Sink,
    release::Edition,
    settings,
};
use proptest::{collection::vec, prelude::*};

use crate::{
    building::{
        Site, brief, build, cases, difference, everything, lay_out, public, put, run, sources_of, tree,
    },
    world::{World, world},
    write::{Files, Without, files},
};

pub(crate) const VERSION: Key = Key([7; 16]);

/// A site in memory that stands where an older one does, whose files it can keep.
#[derive(Debug, Default)]
struct Over<'s> {
    old: Option<&'s Site>,
    new: Mutex<Site>,
    kept: AtomicUsize,
}

impl Sink for Over<'_> {
    fn put(&self, path: &OutputPath, bytes: &[u8]) -> io::Result<()> {
        self.new.lock().unwrap().entry(path.to_string()).or_default().push(bytes.to_vec());
        Ok(())
    }

    fn copy(&self, path: &OutputPath, from: &Path, _: &blake3::Hash, _: u64) -> io::Result<()> {
        self.put(path, &fs::read(from)?)
    }

    fn keep(&self, path: &OutputPath, fingerprint: [u8; 16], len: u64) -> io::Result<bool> {
        let is_it = |bytes: &&Vec<u8>| Key::of(bytes).0 == fingerprint && bytes.len() as u64 == len;
        let files = self.old.and_then(|old| old.get(path.as_str()));
        let Some(bytes) = files.into_iter().flatten().find(is_it) else { return Ok(false) };
        self.kept.fetch_add(1, Ordering::Relaxed);
        self.put(path, bytes).map(|()| true)
    }
}

/// What one build leaves for the next.
#[derive(Default)]
pub(crate) struct Left {
    pub(crate) site: Site,
    pub(crate) memo: Vec<u8>,
    /// Its large results.
    pub(crate) bulk: Vec<u8>,
    /// Whether every page could be drawn.
    pub(crate) drawn: bool,
    /// What stays in the memory of a program that builds again and again.
    staying: Option<(brief::Memory, Memo)>,
}

impl Left {
    /// Nothing, for builds of one program that goes on.
    pub(crate) fn staying() -> Self {
        let staying = Some((brief::Memory::default(), Memo::read(&[], VERSION)));
        Self { staying, ..Self::default() }
    }
}

/// Builds `files` over what the last build left; how many files were kept.
pub(crate) fn warm(
    files: &Files,
    edition: &Edition,
    from_disk: bool,
    left: &mut Left,
) -> (Diagnostics, usize) {
    let sources = sources_of(files);
    let mut diagnostics = Diagnostics::new();
    let settings = settings::parse(&sources, &mut diagnostics);
    let mut volume = tempfile::tempfile().unwrap();
    let begun = volume.try_clone().unwrap();
    let old = Box::new(io::Cursor::new(left.bulk.clone())) as Box<dyn Volume>;
    let bulk = Bulk::after(Some(old), Box::new(|| Ok(Box::new(begun))), VERSION);
    let read = Memo::read(&left.memo, VERSION).with_bulk(bulk);
    let (memory, memo) = match &mut left.staying {
        Some((memory, memo)) => (Some(memory), &*memo),
        None => (None, &read),
    };
    let along = Along { memory, memo: Some(memo), observe: None };
    let build = brief::plan_along(&sources, &settings, edition, from_disk, along, &mut diagnostics);
    let sink = Over { old: Some(&left.site), ..Over::default() };
    let drawing = build.render_warm(memo, &sink, &|_| ()).unwrap();
    left.drawn = drawing.iter().next().is_none();
    diagnostics.extend(drawing);
    drop(build);
    let next = memo.next();
    diagnostics.sort();
    let (mut site, kept) = (sink.new.into_inner().unwrap(), sink.kept.into_inner());
    for files in site.values_mut() {
        files.sort();
    }
    left.site = site;
    match &mut left.staying {
        Some((_, memo)) => *memo = next,
        None => {
            match read.finish_bulk().unwrap() {
                Ending::Keep => {}
                Ending::Remove => left.bulk.clear(),
                Ending::Replace => {
                    left.bulk.clear();
                    volume.rewind().unwrap();
                    volume.read_to_end(&mut left.bulk).unwrap();
                }
            }
            left.memo = read.into_bytes().unwrap_or(std::mem::take(&mut left.memo));
        }
    }
    (diagnostics, kept)
}

/// How the archive, the reader or what was left differs from one build to the next.
#[derive(Clone, Debug)]
struct Edit {
    form: u8,
    place: usize,
    other: usize,
}

/// What is laid over the files of a world.
#[derive(Clone, Debug, Default)]
struct Laid {
    texts: BTreeMap<String, String>,
    gone: Vec<usize>,
    moved: Vec<usize>,
    settings: String,
    edition: u8,
    /// How many hours later it is.
    hours: usize,
    /// What is written below texts, by their places.
    below: Vec<(usize, String)>,
    from_disk: bool,
}

/// The files of `world` with what is laid over them.
fn written(world: &World, over: &Laid) -> Files {
    let mut files = files(world, Without::default());
    let nth = |files: &Files, place: usize| {
        let paths: Vec<&String> = files.texts.keys().filter(|path| path.starts_with("content/")).collect();
        paths.get(place % paths.len().max(1)).map(|path| (*path).clone())
    };
    for place in &over.moved {
        if let Some(path) = nth(&files, *place).filter(|path| path.ends_with(".md"))
            && let Some(text) = files.texts.remove(&path)
        {
            let (folder, name) = path.rsplit_once('/').unwrap();
            files.texts.insert(format!("{folder}/moved-{name}"), text);
        }
    }
    for place in &over.gone {
        if let Some(path) = nth(&files, *place) {
            files.texts.remove(&path);
        }
    }
    for (place, more) in &over.below {
        if let Some(text) = nth(&files, *place).and_then(|path| files.texts.get_mut(&path)) {
            text.push_str(more);
        }
    }
    files.texts.extend(over.texts.clone());
    if let Some(settings) = files.texts.get_mut("brief.toml") {
        settings.insert_str(0, &over.settings);
    }
    files
}

/// Where the theme's words are overridden, they are read from here.
const WORDS: &str = "themes/own/i18n/en.toml";

fn edit(world: &mut World, over: &mut Laid, from: &World, left: &mut Left, edit: &Edit) {
    let Edit { form, place, other } = *edit;
    let number = place % world.briefings.len();
    let briefing = &mut world.briefings[number];
    let model = &from.briefings[other % from.briefings.len()];
    let kind = place % 3;
    let profile = {
        let profiles = &mut world.profiles[kind];
        let len = profiles.len().max(1);
        profiles.get_mut(place / 3 % len)
    };
    let model_profile = from.profiles[kind].first();
    match form {
        0 => briefing.body.clone_from(&model.body),
        1 => (briefing.tags.clone_from(&model.tags), briefing.day = model.day).1,
        2 => briefing.events.clone_from(&model.events),
        3 => briefing.claims.clone_from(&model.claims),
        4 => briefing.responses.clone_from(&model.responses),
        5 => briefing.findings.clone_from(&model.findings),
        6 => briefing.sources.clone_from(&model.sources),
        7 => briefing.corrections.clone_from(&model.corrections),
        // Drafts, embargoes, labels: on and off.
        8 | 9 => briefing.mark = model.mark,
        10 => briefing.translations.clone_from(&model.translations),
        11 => world.briefings.push(model.clone()),
        12 if world.briefings.len() > 1 => drop(world.briefings.remove(number)),
        13 => {
            if let (Some(profile), Some(model)) = (profile, model_profile) {
                // Its names, aliases and fields.
                *profile = model.clone();
            }
        }
        14 => world.per_page = from.per_page,
        15 => (world.grades, world.balance, world.people) = (from.grades, from.balance, from.people),
        16 => world.base = from.base,
        17 => world.default = from.default,
        18 => world.together = from.together,
        19 => world.pages.clone_from(&from.pages),
        20 => world.shared.clone_from(&from.shared),
        21 => {
            let text = format!("<b>{other}</b>{{{{ briefing.title }}}}");
            over.texts.insert("templates/parts/briefing.html".into(), text);
        }
        22 => {
            // One that shows all that it is given, and one that no page can be drawn with.
            let text =
                if other % 3 == 0 { "{{ nothing.here }}" } else { "{{ briefing }}{{ page }}{{ site }}" };
            over.texts.insert("templates/briefing.html".into(), text.into());
        }
        23 => drop(over.texts.remove("templates/briefing.html")),
        24 => {
            over.texts.insert(WORDS.into(), format!("home = \"Home {other}\"\nreferences = \"R{other}\"\n"));
            over.settings = "theme = \"own\"\n".into();
        }
        25 => over.settings = format!("description = \"About {other}\"\n"),
        26 => over.moved = vec![place],
        27 => over.gone = vec![place],
        28 => over.edition = (over.edition + 1) % 3,
        29 => over.from_disk = !over.from_disk,
        // What the last build left, damaged, cut off, of another program, or gone.
        30 => {
            let len = left.memo.len().max(1);
            if let Some(byte) = left.memo.get_mut(place * 977 % len) {
                *byte ^= 1;
            }
        }
        31 => left.memo.truncate(place * 977 % (left.memo.len() + 1)),
        41 => left.bulk.truncate(place * 977 % (left.bulk.len() + 1)),
        42 => {
            let len = left.bulk.len().max(1);
            if let Some(byte) = left.bulk.get_mut(place * 977 % len) {
                *byte ^= 1;
            }
        }
        32 => {
            if let Some(byte) = left.memo.get_mut(9) {
                *byte ^= 1;
            }
        }
        33 => left.site.clear(),
        34 => {
            // Somebody edits a file of the site.
            let len = left.site.len().max(1);
            if let Some(files) = left.site.values_mut().nth(place * 31 % len) {
                files[0].push(b'!');
            }
        }
        35..40 => {
            // Of an archive a text alone.
            let names = ["Hamas", "Gaza", "2025-05-13"];
            let more = format!("\nAnd {}, *{other}*, [[{}]].\n", names[other % 3], names[place % 3]);
            over.below.push((place, more));
        }
        40 => over.hours += 7 * other,
        _ => {}
    }
}

fn edition(over: &Laid) -> Edition {
    let mut edition = edition_of(over.edition);
    if over.edition == 0 {
        let (days, hours) = (over.hours / 24 % 14, over.hours % 24);
        edition.as_of = Instant::parse_as_of(&format!("2025-06-{:02}T{hours:02}:00Z", 15 + days)).unwrap();
    }
    edition
}

fn edition_of(number: u8) -> Edition {
    match number {
        0 => public(),
        1 => Edition::public(Instant::parse_as_of("2100-01-01T00:00Z").unwrap()),
        _ => everything(),
    }
}

fn edits() -> impl Strategy<Value = Vec<Edit>> {
    let edit = (0_u8..44, 0..64_usize, 0..64_usize);
    vec(edit.prop_map(|(form, place, other)| Edit { form, place, other }), 1..7)
}

proptest! {
    #![proptest_config(cases(48))]

    #[test]
    fn a_warm_build_makes_the_bytes_of_a_cold_one(
        first in world(),
        from in world(),
        edits in edits(),
        stays in any::<bool>(),
    ) {
        let left = if stays { Left::staying() } else { Left::default() };
        let (mut world, mut over, mut left) = (first, Laid::default(), left);
        warm(&written(&world, &over), &edition(&over), over.from_disk, &mut left);
        for step in &edits {
            edit(&mut world, &mut over, &from, &mut left, step);
            let (files, edition) = (written(&world, &over), edition(&over));
            let (said, _) = warm(&files, &edition, over.from_disk, &mut left);
            let cold = build(&sources_of(&files), &edition, over.from_disk);
            prop_assert_eq!(difference(&left.site, &cold.site), None, "after {:?}", step);
            prop_assert_eq!(&said, &cold.diagnostics, "after {:?}", step);
        }
        // And where nothing changed every page is kept, so that the above did not hold for want of any memory.
        let (files, edition) = (written(&world, &over), edition(&over));
        let (_, before) = warm(&files, &edition, over.from_disk, &mut left);
        let (memo, bulk) = (left.memo.clone(), left.bulk.clone());
        let (said, kept) = warm(&files, &edition, over.from_disk, &mut left);
        prop_assert!(said.has_errors() || kept > 5, "{} files were kept", kept);
        prop_assert_eq!(kept, before);
        let all: usize = left.site.values().map(Vec::len).sum();
        prop_assert!(!left.drawn || kept == all, "{} of {} files were kept", kept, all);
        prop_assert_eq!((memo, bulk), (left.memo, left.bulk), "the same build leaves the same");
    }
}

/// An archive, and edits of it: each changes one thing that parsing, mentions or related briefings go by.
const PLAIN: [(&str, &str); 7] = [
    ("brief.toml", "title = \"Desk\"\n"),
    ("content/actors/hamas.md", "---\nname: Hamas\n---\n"),
    (
        "content/briefings/2025-05-01-a.md",
        "---\ntitle: A\nactors: [Zed, Hamas]\nsources: {report: {title: R}}\n---\nZed met Hamas [@report].\n",
    ),
    ("content/briefings/2025-05-02-b.md", "---\ntitle: B\nactors: [Hamas]\n---\nThe Movement met Zed.\n"),
    (
        "content/briefings/2025-05-04-c.md",
        "---\ntitle: C\ndate: 2025-05-04\nactors: [Hamas]\n---\nIt was so.\n",
    ),
    (
        "content/briefings/2025-05-20-d.md",
        "---\ntitle: D\ndate: 2025-05-20\nactors: [Hamas]\n---\nIt is so.\n",
    ),
    ("content/briefings/2025-05-21-e.de.md", "---\ntitle: E\n---\nSo ist es.\n"),
];
const EDITS: [(&str, &str); 9] = [
    // A text; the settings; the sources that all share; what a file is for.
    ("content/briefings/2025-05-02-b.md", "---\ntitle: B\nactors: [Hamas]\n---\nHamas met Zed.\n"),
    ("brief.toml", "title = \"Desk\"\n[kinds.topic]\nkey = \"topics\"\npath = \"topics\"\n"),
    ("content/sources.toml", "[sources.report]\ntitle = \"R\"\n"),
    ("content/briefings/2025-05-21-e.md", "---\ntitle: E\n---\nIt is so.\n"),
    // A name; that it has a profile, so that it counts everywhere; a tag, with which it counts here.
    ("content/actors/hamas.md", "---\nname: Hamas\naliases: [the Movement]\n---\n"),
    ("content/actors/zed.md", "---\nname: Zed\n---\n"),
    (
        "content/briefings/2025-05-02-b.md",
        "---\ntitle: B\nactors: [Hamas, Zed]\n---\nThe Movement met Zed.\n",
    ),
    // A day; who is tagged with what.
    (
        "content/briefings/2025-05-20-d.md",
        "---\ntitle: D\ndate: 2025-05-05\nactors: [Hamas]\n---\nIt is so.\n",
    ),
    (
        "content/briefings/2025-05-20-d.md",
        "---\ntitle: D\ndate: 2025-05-20\nactors: [Hamas, Zed]\n---\nIt is so.\n",
    ),
];

#[test]
fn whatever_a_result_goes_by_is_in_its_key() {
    let topic = ("content/briefings/2025-05-22-f.md", "---\ntitle: F\ntopics: [Talks]\n---\n");
    let texts = PLAIN.iter().chain([&topic]).map(|(path, text)| ((*path).to_owned(), (*text).to_owned()));
    let plain = Files { texts: texts.collect(), ..Files::default() };
    for edit in EDITS {
        let mut edited = plain.clone();
        edited.texts.insert(edit.0.into(), edit.1.into());
        let made = [&plain, &edited].map(|files| build(&sources_of(files), &public(), false));
        let differs = made[0].site != made[1].site || made[0].diagnostics != made[1].diagnostics;
        assert!(differs, "{edit:?} changes something");
        for mut left in [Left::staying(), Left::default()] {
            for (files, cold) in [&plain, &edited, &plain].iter().zip([&made[0], &made[1], &made[0]]) {
                let (said, _) = warm(files, &public(), false, &mut left);
                assert_eq!(difference(&left.site, &cold.site), None, "{edit:?}");
                assert_eq!(said, cold.diagnostics, "{edit:?}");
            }
        }
    }
}

/// The memory `memo` with its list of the search's files as `forge` makes it, known to be whole.
fn forged(memo: &[u8], forge: impl Fn(&[u8]) -> Vec<u8>) -> Vec<u8> {
    let (head, mut rest) = memo[..memo.len() - 16].split_at(8 + 16);
    let mut bytes = head.to_vec();
    let mut lists = 0;
    while !rest.is_empty() {
        let (key, after) = rest.split_at(16);
        let (len, after) = after.split_first_chunk().unwrap();
        let (result, after) = after.split_at(u32::from_le_bytes(*len) as usize);
        let is_list = result.windows(12).any(|found| found == b"search/data/");
        let result = if is_list { forge(result) } else { result.to_vec() };
        lists += usize::from(is_list);
        bytes.extend_from_slice(key);
        bytes.extend_from_slice(&u32::try_from(result.len()).unwrap().to_le_bytes());
        bytes.extend_from_slice(&result);
        rest = after;
    }
    assert_eq!(lists, 1);
    let check = Key::of(&bytes);
    bytes.extend_from_slice(&check.0);
    bytes
}

#[test]
fn a_forged_list_of_the_searchs_files_is_not_known() {
    let texts = PLAIN.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned()));
    let files = Files { texts: texts.collect(), ..Files::default() };
    let cold = build(&sources_of(&files), &public(), false);
    let page = &cold.site["index.html"][0];
    let of_page = [&Key::of(page).0[..], &(page.len() as u64).to_le_bytes(), b"index.html\n"].concat();
    for number in 0..4 {
        let forge = |list: &[u8]| match number {
            0 => [list, list].concat(),
            1 => [list, &of_page].concat(),
            2 => [&of_page, list].concat(),
            _ => [list, b"cut off"].concat(),
        };
        let mut left = Left::default();
        warm(&files, &public(), false, &mut left);
        left.memo = forged(&left.memo, forge);
        // Without its page the search is not kept whole.
        for lost in [None, Some("search/index.html")] {
            lost.map(|lost| left.site.remove(lost).unwrap());
            warm(&files, &public(), false, &mut left);
            assert_eq!(difference(&left.site, &cold.site), None, "forged in way {number}");
        }
    }
}

/// The one memory below `folder`.
fn cache(folder: &Path) -> std::path::PathBuf {
    folder.join(".brief-public.cache/memo")
}

/// Its large results.
fn bulk(folder: &Path) -> std::path::PathBuf {
    folder.join(".brief-public.cache/bulk")
}

proptest! {
    #![proptest_config(ProptestConfig { max_global_rejects: 4096, ..cases(6) })]

    #[test]
    fn the_program_writes_warm_what_it_writes_cold(world in world(), spoil in 0_u8..9) {
        let files = files(&world, Without { files: true, parts: true });
        prop_assume!(!build(&sources_of(&files), &public(), false).diagnostics.has_errors());
        let folder = tempfile::tempdir().unwrap();
        let (one, two) = (folder.path().join("one"), folder.path().join("two"));
        lay_out(&one, &files);
        lay_out(&two, &files);
        let ran = |root: &Path, more: &[&str]| {
            let (code, output) = run(brief(root, more));
            (code, String::from_utf8_lossy(&output.stderr).into_owned())
        };
        prop_assert_eq!(ran(&one, &["-q"]).0, 0);
        let left = fs::read(cache(&one)).unwrap();
        let (_, said) = ran(&one, &["-v"]);
        prop_assert!(said.contains("nothing changed") && said.contains("as the last build drew them"), "{}", said);
        prop_assert_eq!(&left, &fs::read(cache(&one)).unwrap());
        match spoil {
            0 => fs::write(cache(&one), &left[..left.len() / 2]).unwrap(),
            1 => fs::write(cache(&one), b"not a memory").unwrap(),
            2 => fs::remove_dir_all(one.join("public")).unwrap(),
            3 => fs::remove_dir_all(one.join(".brief-public.cache")).unwrap(),
            4 => fs::write(one.join("public/index.html"), "<p>by hand").unwrap(),
            5 => fs::remove_file(one.join("public/briefings/index.html")).unwrap(),
            6 => fs::write(bulk(&one), b"not of a build").unwrap(),
            7 => fs::remove_file(bulk(&one)).unwrap(),
            _ => {
                let elsewhere = one.join("elsewhere");
                let output = elsewhere.to_str().unwrap();
                prop_assert_eq!(ran(&one, &["-q", "--drafts", "--future", "--output", output]).0, 0);
            }
        }
        if spoil == 5 || spoil == 4 {
            // What is lost is drawn again, and that alone.
            let (_, said) = ran(&one, &["-v"]);
            prop_assert!(said.contains("index.html") && said.contains("as the last build drew them"), "{}", said);
            prop_assert_eq!(ran(&two, &["-q", "--no-cache"]).0, 0);
            prop_assert_eq!(tree(&one.join("public")), tree(&two.join("public")));
        }
        let settings = format!("description = \"Another\"\n{}", files.texts["brief.toml"]);
        for (path, text) in [
            ("brief.toml", settings.as_str()),
            ("templates/parts/title.html", "<i>{{ page.title }}</i>"),
            ("static/note.txt", "one"),
            ("themes/dispatch/static/style.css", "body { color: red }"),
            ("themes/dispatch/i18n/en.toml", "home = \"Start\"\n"),
            // Last, since all else draws every page again.
            ("static/note.txt", "two"),
        ] {
            put(&one, path, text.as_bytes());
            put(&two, path, text.as_bytes());
            prop_assert_eq!(ran(&one, &["-q"]).0, 0);
        }
        prop_assert_eq!(ran(&two, &["-q", "--no-cache"]).0, 0);
        prop_assert!(!cache(&two).exists());
        prop_assert_eq!(tree(&one.join("public")), tree(&two.join("public")));
    }
}
