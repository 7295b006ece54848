use std::{
    collections::{BTreeMap, BTreeSet},
    io,
};

use super::{
    Kind, Leak, Needles, What,
    decode::{Look, Met, Reader, Sort},
    fold, ours,
    windows::{Windows, of_word},
};
use crate::{Build, output::Finished};

/// The leaks that are not put together from released parts. `and` between two names is a title that nobody wrote, and
/// so is an address, which joins the archive's own with what pages are called: a draft may bear the one and cite the
/// other.
///
/// # Errors
/// Where a file cannot be read.
pub(super) fn uncomposed(
    leaks: Vec<Leak>,
    needles: &Needles,
    build: &Build<'_>,
    site: &impl Finished,
) -> io::Result<Vec<Leak>> {
    if leaks.is_empty() {
        return Ok(leaks);
    }
    let sought = leaks.iter().filter_map(|leak| match leak.what {
        What::Needle(place) => Some(place),
        What::Watch(_) | What::Unread => None,
    });
    let sought: BTreeSet<usize> = sought.collect();
    let parts = Parts::of(build, |words| holds(needles, &sought, words));
    let mut sight = Sight { needles, parts, sought, found: BTreeSet::new() };
    let files: BTreeSet<&String> = leaks.iter().map(|leak| &leak.file).collect();
    let met = Met::new(files.len());
    for file in files {
        let mut reader = Reader::new(&met);
        reader.read(file.as_bytes(), &mut sight);
        reader.read(&site.read(file)?, &mut sight);
    }
    let found = sight.found;
    let stays = |leak: &Leak| !matches!(leak.what, What::Needle(place) if found.contains(&place));
    Ok(leaks.into_iter().filter(stays).collect())
}

struct Sight<'a> {
    needles: &'a Needles,
    parts: Parts,
    sought: BTreeSet<usize>,
    found: BTreeSet<usize>,
}

impl Look for Sight<'_> {
    fn text(&mut self, text: &str, _: Sort) -> bool {
        let Self { needles, parts, sought, found } = self;
        let mut windows = Windows::new();
        fold::words_at(text, |word| {
            if word.breaks {
                windows.cut();
            }
            let last = of_word(word.folded);
            windows.push(last, word.start);
            needles.ending(&windows, last, |count, place, needle| {
                // What is found by how it is spelt is no chance.
                if needle.is_spelt() || !sought.contains(&place) || found.contains(&place) {
                    return;
                }
                let words = words_of(&text[windows.start(count)..word.end]);
                if parts.make(&words, needles.about(place).0 == Kind::Run) {
                    found.insert(place);
                }
            });
        });
        // What stands in one place is composed as it is in all others.
        false
    }

    fn bytes(&mut self, _: &[u8]) -> bool {
        false
    }
}

/// What the generator puts together: what released things are called, and the words between them.
struct Parts {
    /// By their first word.
    names: BTreeMap<String, Vec<Vec<String>>>,
    between: BTreeSet<String>,
}

impl Parts {
    fn of(build: &Build<'_>, is_leak: impl Fn(&[String]) -> bool) -> Self {
        let mut parts = Self { names: BTreeMap::new(), between: BTreeSet::new() };
        let archive = &build.archive;
        let entities = archive.entities.iter().map(|entity| &*entity.name);
        let titles = archive.briefings.iter().map(|briefing| &*briefing.released.document.title);
        let publishers = archive.publishers.iter().map(|publisher| &*publisher.name);
        let segments = build.pages.iter().flat_map(|page| page.path.as_str().split('/'));
        for called in entities.chain(titles).chain(publishers).chain(segments).chain([build.title()]) {
            let words = words_of(called);
            // The archive is not trusted either: what stands in withheld matter alone is no released name.
            if let Some(first) = words.first()
                && !is_leak(&words)
            {
                let known = parts.names.entry(first.clone()).or_default();
                if !known.contains(&words) {
                    known.push(words);
                }
            }
        }
        for text in build.theme().wording().chain(build.base_url()) {
            fold::words(text, |word| {
                parts.between.insert(word.to_owned());
            });
        }
        parts
    }

    /// Whether `words` are put together from these, one of them a name or a number. `goes_on` where the last may be the
    /// beginning of a name.
    fn make(&self, words: &[String], goes_on: bool) -> bool {
        // For each place whether words before it are parts, and whether one of those is a name.
        let mut reached = vec![(false, false); words.len() + 1];
        reached[0].0 = true;
        for at in 0..words.len() {
            let (true, named) = reached[at] else { continue };
            let rest = &words[at..];
            let mut reach = |end: usize, named: bool| reached[end] = (true, reached[end].1 || named);
            let is_ours = !ours::tells(&rest[0]);
            if is_ours || self.between.contains(&rest[0]) {
                reach(at + 1, named || (is_ours && rest[0].bytes().all(|byte| byte.is_ascii_digit())));
            }
            for name in self.names.get(&rest[0]).into_iter().flatten() {
                if rest.starts_with(name) {
                    reach(at + name.len(), true);
                } else if goes_on && name.starts_with(rest) {
                    reach(words.len(), true);
                }
            }
        }
        reached[words.len()] == (true, true)
    }
}

/// Whether one of the `sought` needles stands in `words`.
fn holds(needles: &Needles, sought: &BTreeSet<usize>, words: &[String]) -> bool {
    let (mut windows, mut found) = (Windows::new(), false);
    for word in words {
        let last = of_word(word);
        windows.push(last, 0);
        needles.ending(&windows, last, |_, place, _| found |= sought.contains(&place));
    }
    found
}

fn words_of(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    fold::words(text, |word| words.push(word.to_owned()));
    words
}
