use std::{
    collections::BTreeMap,
    io,
    ops::Range,
    sync::atomic::{AtomicBool, Ordering},
};

use rayon::prelude::*;

use super::{
    Leak, Needles, What,
    decode::{Look, Met, Reader, Sort},
    fold,
    needles::{Gathered, Place},
    windows::Windows,
};
use crate::{
    Build,
    documents::markdown::{self, Prose},
    model::{SourcePath, slugify},
    output::Finished,
    pages::ThemeFile,
    release::{Held, Secret},
    sources::{Asset, Sources},
};

impl Needles {
    /// What only matter holds that `build` keeps back: none of it stands, after the same folding, in a released text, in
    /// the settings, or in a template.
    ///
    /// # Errors
    /// Where a withheld file that is no text cannot be read.
    pub fn of(sources: &Sources, build: &Build<'_>) -> io::Result<Self> {
        let mut gathered = Gathered::default();
        for held in build.withheld.matter() {
            gather(held, sources, &mut gathered)?;
        }
        let needles = gathered.needles();
        if needles.is_empty() {
            return Ok(needles);
        }
        let dropped = Dropped::new(&needles);
        let texts = released_texts(sources, build);
        texts.par_iter().for_each(|text| dropped.text(text));
        let dropped = dropped.found();
        Ok(needles.only(|place| !dropped[place]))
    }
}

fn gather(held: &Held, sources: &Sources, gathered: &mut Gathered) -> io::Result<()> {
    let start = held.bytes.first().map_or(0, |bytes| bytes.start);
    for secret in &held.secrets {
        let place = Place { path: &held.path, at: start, precise: false };
        match secret {
            Secret::Id(id) => gathered.id(id, place),
            Secret::Title(title) => gathered.title(title, place),
            Secret::Name(name) => gathered.name(name, place),
            Secret::Text(text) => gathered.runs(text, place),
        }
    }
    if let Some(text) = sources.text_at(&held.path) {
        let whole = held.bytes.is_empty().then_some(0..text.len());
        for range in whole.iter().chain(&held.bytes) {
            let written = text.get(range.clone()).unwrap_or_default();
            let place = Place { path: &held.path, at: range.start, precise: true };
            gathered.runs(written, place);
            let plain = markdown::plain_text(&Prose::new(written, 0));
            gathered.runs(&plain, Place { precise: false, ..place });
        }
    } else if let Some(asset) = asset_at(&held.path, sources) {
        let bytes = asset.read()?;
        gathered.bytes(&bytes, &held.path);
        if let Ok(text) = std::str::from_utf8(&bytes) {
            gathered.runs(text, Place { path: &held.path, at: 0, precise: true });
        }
    }
    Ok(())
}

fn asset_at<'a>(path: &SourcePath, sources: &'a Sources) -> Option<&'a Asset> {
    sources.assets_below("content").find(|asset| asset.path == *path)
}

/// The leaks that no released matter explains which is read at this length only where something was found: texts as
/// readers see them, and files that are no texts. A file that is too large to be read explains itself if it is a released
/// one.
///
/// # Errors
/// Where a file cannot be read.
pub fn unexplained(
    leaks: Vec<Leak>,
    site: &impl Finished,
    needles: &Needles,
    sources: &Sources,
    build: &Build<'_>,
) -> io::Result<Vec<Leak>> {
    if leaks.is_empty() {
        return Ok(leaks);
    }
    let dropped = Dropped::new(needles);
    let met = Met::new(sources.assets_below("content").count() + sources.texts_below("content").count());
    read_all(sources, build, |bytes| Reader::new(&met).read(bytes, &mut &dropped))?;
    // The address of `O'Neill` has one word.
    for text in released_texts(sources, build) {
        dropped.text(&slugify(text));
    }
    let dropped = dropped.found();
    let mut stay = Vec::new();
    for leak in leaks {
        let is_explained = match leak.what {
            What::Needle(place) => dropped[place],
            What::Unread => is_released(&site.read(&leak.file)?, sources, build)?,
            What::Watch(_) => false,
        };
        if !is_explained {
            stay.push(leak);
        }
    }
    Ok(stay)
}

/// Whether the file is a released one, or one of which parts were left out, as metadata of photographs are.
fn is_released(file: &[u8], sources: &Sources, build: &Build<'_>) -> io::Result<bool> {
    for asset in assets(sources, build).filter(|asset| asset.len + MADE as u64 >= file.len() as u64) {
        if is_made_of(file, &asset.read()?) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// So many bytes of a file may be others than those of what it was made of.
const MADE: usize = 256;

/// Whether `file` is what is left of `whole` after parts of it were cut out, but for a few bytes.
fn is_made_of(file: &[u8], whole: &[u8]) -> bool {
    const RUN: usize = 32;
    let (mut rest, mut source, mut made) = (file, whole, 0);
    while !rest.is_empty() {
        let common = rest.iter().zip(source).take_while(|(one, other)| one == other).count();
        (rest, source) = (&rest[common..], &source[common..]);
        let next = rest.get(..RUN).and_then(|run| source.windows(RUN).position(|window| window == run));
        if let Some(next) = next {
            source = &source[next..];
        } else if let Some(after) = rest.get(1..) {
            made += 1;
            rest = after;
        }
        if made > MADE {
            return false;
        }
    }
    true
}

/// Gives `read` every released text, as it is written and as readers see it, and every file that is no text.
pub(super) fn read_all(sources: &Sources, build: &Build<'_>, mut read: impl FnMut(&[u8])) -> io::Result<()> {
    for text in released_texts(sources, build) {
        read(text.as_bytes());
        read(markdown::plain_text(&Prose::new(text, 0)).as_bytes());
    }
    for asset in assets(sources, build) {
        read(&asset.read()?);
    }
    for (path, file) in &build.theme().assets {
        read(path.as_bytes());
        if let ThemeFile::Bytes(bytes) = file {
            read(bytes);
        }
    }
    Ok(())
}

/// Every released file that is no text.
fn assets<'a>(sources: &'a Sources, build: &'a Build<'_>) -> impl Iterator<Item = &'a Asset> {
    let withheld: Withheld<'_> = withheld(build);
    let content = sources.assets_below("content").filter(move |asset| !withheld.contains_key(&asset.path));
    content.chain(sources.assets_below("static")).chain(sources.assets_below("themes"))
}

/// The withheld files by path, each with the ranges that are withheld; none for the whole file.
type Withheld<'a> = BTreeMap<&'a SourcePath, Vec<Range<usize>>>;

fn withheld<'a>(build: &'a Build<'_>) -> Withheld<'a> {
    let mut files = Withheld::new();
    for held in build.withheld.matter() {
        if held.bytes.is_empty() {
            files.insert(&held.path, Vec::new());
        } else {
            let known = files.entry(&held.path);
            let is_whole = |ranges: &Vec<Range<usize>>| ranges.is_empty();
            match known {
                std::collections::btree_map::Entry::Occupied(whole) if is_whole(whole.get()) => {}
                entry => entry.or_default().extend(held.bytes.iter().cloned()),
            }
        }
    }
    files
}

/// Every released text, in pieces where parts of it are withheld, and the path of every released file.
fn released_texts<'a>(sources: &'a Sources, build: &'a Build<'_>) -> Vec<&'a str> {
    let withheld = withheld(build);
    let mut texts = Vec::new();
    for (path, text) in sources.texts_below("content") {
        match withheld.get(path) {
            None => texts.extend([path.as_str(), text]),
            Some(ranges) if ranges.is_empty() => {}
            Some(ranges) => {
                texts.push(path.as_str());
                texts.extend(around(text, ranges.clone()));
            }
        }
    }
    for folder in ["templates", "themes"] {
        texts.extend(sources.texts_below(folder).flat_map(|(path, text)| [path.as_str(), text]));
    }
    for folder in ["content", "static", "themes"] {
        let assets = sources.assets_below(folder).map(|asset| &asset.path);
        texts.extend(assets.filter(|path| !withheld.contains_key(path)).map(SourcePath::as_str));
    }
    texts.extend(sources.text_at(sources.settings()).map(|text| &**text));
    texts.extend(build.theme().texts());
    texts.push(build.edition());
    texts
}

/// What stands around `ranges` of a text.
fn around(text: &str, mut ranges: Vec<Range<usize>>) -> Vec<&str> {
    ranges.sort_by_key(|range| range.start);
    let mut pieces = Vec::new();
    let mut at = 0;
    for range in ranges {
        pieces.extend(text.get(at..range.start));
        at = at.max(range.end);
    }
    pieces.extend(text.get(at..));
    pieces
}

/// Which needles released matter holds.
struct Dropped<'a> {
    needles: &'a Needles,
    found: Vec<AtomicBool>,
}

impl<'a> Dropped<'a> {
    fn new(needles: &'a Needles) -> Self {
        let found = std::iter::repeat_with(AtomicBool::default).take(needles.len()).collect();
        Self { needles, found }
    }

    fn drop(&self, place: usize) {
        self.found[place].store(true, Ordering::Relaxed);
    }

    fn text(&self, text: &str) {
        let mut windows = Windows::new();
        fold::hashes(text, |word| {
            if word.breaks {
                windows.cut();
            }
            windows.push(word.hash, word.start);
            self.needles.dropped(&windows, word.hash, |place| self.drop(place));
        });
    }

    fn found(self) -> Vec<bool> {
        self.found.into_iter().map(AtomicBool::into_inner).collect()
    }
}

impl Look for &Dropped<'_> {
    fn text(&mut self, text: &str, _: Sort) -> bool {
        Dropped::text(self, text);
        // What is dropped once is dropped.
        false
    }

    fn bytes(&mut self, bytes: &[u8]) -> bool {
        self.needles.shards(bytes, |place| self.drop(place));
        false
    }
}
