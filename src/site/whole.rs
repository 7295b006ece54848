//! The site as a whole: the build before may have drawn the very same, and then no page is put together.

use std::{hash::Hash, io};

use rayon::prelude::*;

use super::{Studio, filling::Known};
use crate::{
    memo::{Key, Memo, Scribe},
    output::Sink,
    pages::Page,
    release::Edition,
};

/// The key of all that drawing `pages` with `studio` depends on.
///
/// It is made of the types themselves, whose `Hash` is derived or names every field, so that nothing is left out.
pub(super) fn key(pages: &[Page], studio: Studio<'_>) -> Key {
    let Studio { archive, settings, edition, addresses, theme, memo: _ } = studio;
    // When it is drawn no page tells. What has come by then is in the archive.
    let Edition { name, shown, admits, drafts, future, as_of: _ } = edition;
    let mut scribe = Scribe::of("site");
    (archive, settings, addresses, theme, pages).hash(&mut scribe);
    (name, shown, admits, drafts, future).hash(&mut scribe);
    scribe.done()
}

/// What `memo` keeps under `key` of each of so many `pages`.
pub(super) fn known(memo: &Memo, key: Key, pages: usize) -> Option<Vec<Known>> {
    let kept = memo.get(key)?;
    let known: Vec<Known> = kept.chunks(Known::LEN).map_while(Known::read).collect();
    (known.len() == pages).then_some(known)
}

/// Keeps what all pages are under `key`.
pub(super) fn remember(memo: &Memo, key: Key, known: &[Known]) {
    let bytes: Vec<u8> = known.iter().flat_map(|known| known.bytes()).collect();
    memo.put(key, &bytes);
}

/// The places of those `pages` that `sink` has no longer as they are `known`. `progress` is told of the others.
pub(super) fn lost(
    pages: &[Page],
    known: &[Known],
    sink: &impl Sink,
    progress: &(dyn Fn() + Sync),
) -> io::Result<Vec<usize>> {
    let is_lost = |(place, (page, known)): (usize, (&Page, &Known))| {
        let kept = sink.keep(&page.path, known.fingerprint.0, known.len)?;
        if kept {
            progress();
        }
        Ok((!kept).then_some(place))
    };
    let lost: Vec<Option<usize>> =
        pages.par_iter().zip(known).enumerate().map(is_lost).collect::<io::Result<_>>()?;
    Ok(lost.into_iter().flatten().collect())
}
