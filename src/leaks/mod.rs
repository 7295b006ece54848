//! An independent look at a finished site for what it must not hold.
//!
//! The stages keep withheld matter out by never seeing it. This module trusts none of them: it takes what only withheld
//! matter holds, and reads the files of the site, decoded, as whoever searches them would.

mod composed;
mod decode;
mod fold;
mod needles;
mod ours;
mod released;
mod report;
mod sight;
mod table;
mod windows;

use std::{borrow::Cow, io};

use rayon::prelude::*;

use crate::output::Finished;
use decode::{Barren, Met, Reader};
use sight::{Shown, Sight};

pub use fold::{Word, words, words_at};
pub(crate) use fold::{is_unseen, is_unspaced};
pub use needles::{Kind, Needles};
pub use released::unexplained;
pub use report::check;
pub use windows::WIDEST;

/// Something that is sought by what it hashes to, since nobody may keep its words.
pub struct Watch<'a> {
    /// How many folded words it has, from 1 to [`WIDEST`].
    pub words: usize,
    /// Whether these are its words: folded, with one blank between them. Asked about once or a few times for each run
    /// of so many words that the site holds, so it may be slow.
    pub is: &'a (dyn Fn(&str) -> bool + Sync),
    /// Whether what stands between two words leaves them words of one thing, with whether the first has but one letter.
    pub joins: fn(&str, bool) -> bool,
}

/// What a file of a site holds and should not.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Leak {
    /// The file, by its path in the site.
    pub file: String,
    /// What stands in it.
    pub what: What,
}

/// What was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    /// A needle, by its place among [`Needles`].
    Needle(usize),
    /// A watch, by its place in the list that was given.
    Watch(usize),
    /// More than is taken apart of one file: not all of it was read.
    Unread,
}

/// Reads every file of `site`, its name too, and tells which needles and watches stand in which of them, by path.
///
/// The same site gives the same list, whatever thread reads which file.
///
/// # Errors
/// Where a file cannot be read.
pub fn scan(site: &impl Finished, needles: &Needles, watches: &[Watch<'_>]) -> io::Result<Vec<Leak>> {
    if needles.is_empty() && watches.is_empty() {
        return Ok(Vec::new());
    }
    let paths = site.paths();
    let (shown, met, stretches) = (Shown::new(watches), Met::new(paths.len()), Barren::new(paths.len()));
    let mut leaks: Vec<Leak> = paths
        .par_iter()
        .map(|path| {
            let mut sight = Sight::new(needles, &shown, &stretches);
            let bytes = site.read(path)?;
            let mut reader = Reader::new(&met);
            reader.read(path.as_bytes(), &mut sight);
            reader.read(&bytes, &mut sight);
            let leak = |what| Leak { file: path.clone(), what };
            let unread = (!reader.is_whole()).then_some(What::Unread);
            Ok(sight.found().into_iter().chain(unread).map(leak).collect::<Vec<_>>())
        })
        .collect::<io::Result<Vec<_>>>()?
        .into_iter()
        .flatten()
        .collect();
    leaks.sort();
    Ok(leaks)
}

/// Texts in memory as a site, for whoever seeks in something else than a build.
impl<T: AsRef<[u8]> + Sync> Finished for std::collections::BTreeMap<String, T> {
    fn paths(&self) -> Vec<String> {
        self.keys().cloned().collect()
    }

    fn read(&self, path: &str) -> io::Result<Cow<'_, [u8]>> {
        self.get(path).map(|bytes| bytes.as_ref().into()).ok_or_else(|| io::ErrorKind::NotFound.into())
    }
}
