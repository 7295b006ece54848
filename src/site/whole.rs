//! The site as a whole: the build before may have drawn the very same, or all of it but some texts, and then only their
//! pages are put together.

use std::{hash::Hash, io};

use rayon::prelude::*;

use super::{Studio, bodies, filling::Known};
use crate::{
    memo::{Key, Memo, Scribe},
    output::Sink,
    pages::Page,
    release::Edition,
};

/// Where the memory holds so many results for each page, most of them are of texts as they no longer are. Then nothing
/// is known as a whole, so that they are forgotten.
const MOST: usize = 16;

/// All pages of a site, and by what key they are known.
#[derive(Clone, Copy)]
pub(super) struct Whole<'a> {
    memo: &'a Memo,
    studio: Studio<'a>,
    pages: &'a [Page],
    /// Of all that drawing them depends on, but for the texts.
    key: Key,
}

impl<'a> Whole<'a> {
    /// What `studio` draws as `pages`, if it has a memory.
    ///
    /// The key is made of the types themselves, whose `Hash` is derived or names every field, so that nothing is left
    /// out unseen.
    pub(super) fn new(pages: &'a [Page], studio: Studio<'a>) -> Option<Self> {
        let Studio { archive, settings, edition, addresses, theme, memo } = studio;
        let memo = memo?;
        // When it is drawn no page tells. What has come by then is in the archive.
        let Edition { name, shown, admits, drafts, future, as_of: _ } = edition;
        let mut scribe = Scribe::of("site");
        (name, shown, admits, drafts, future).hash(&mut scribe);
        (archive, settings, addresses, theme, pages).hash(&mut scribe);
        if !edition.is_indexed() {
            // What is marked in a text counts for the labels of other pages.
            for page in pages {
                bodies::shown_by(&page.content, archive).hash(&mut scribe);
            }
        }
        Some(Self { memo, studio, pages, key: scribe.done() })
    }

    /// What is known of each page, if anything is.
    pub(super) fn known(&self) -> Option<Vec<Option<Known>>> {
        let kept = self.memo.get(self.key).filter(|_| self.memo.len() < MOST * self.pages.len())?;
        let mut without_text = kept.chunks(Known::LEN).map(Known::read);
        let known = |page: &Page| match self.text(page) {
            Some(key) => Some(self.memo.get(key).and_then(|kept| Known::read(&kept))),
            None => without_text.next()?.map(Some),
        };
        let known: Option<Vec<Option<Known>>> = self.pages.iter().map(known).collect();
        known.filter(|_| without_text.next().is_none())
    }

    /// Keeps what all pages are.
    pub(super) fn remember(&self, known: &[Known]) {
        let mut without_text = Vec::new();
        for (page, known) in self.pages.iter().zip(known) {
            match self.text(page) {
                Some(key) => self.memo.put(key, &known.bytes()),
                None => without_text.extend_from_slice(&known.bytes()),
            }
        }
        self.memo.put(self.key, &without_text);
    }

    /// Keeps what the page that shows a text is.
    pub(super) fn remember_text(&self, page: &Page, known: Known) {
        if let Some(key) = self.text(page) {
            self.memo.put(key, &known.bytes());
        }
    }

    /// The key of a page that shows a text.
    fn text(&self, page: &Page) -> Option<Key> {
        let shown = bodies::shown_by(&page.content, self.studio.archive)?;
        let mut scribe = Scribe::of("text");
        scribe.key(self.key);
        scribe.text(page.path.as_str());
        shown.hash(&mut scribe);
        Some(scribe.done())
    }
}

/// The places of those `pages` that are not `known` or that `sink` has no longer. `progress` is told of the others.
pub(super) fn lost(
    pages: &[Page],
    known: &[Option<Known>],
    sink: &impl Sink,
    progress: &(dyn Fn() + Sync),
) -> io::Result<Vec<usize>> {
    let is_lost = |(place, (page, known)): (usize, (&Page, &Option<Known>))| {
        let kept = match known {
            Some(known) => sink.keep(&page.path, known.fingerprint.0, known.len)?,
            None => false,
        };
        if kept {
            progress();
        }
        Ok((!kept).then_some(place))
    };
    let lost: Vec<Option<usize>> =
        pages.par_iter().zip(known).enumerate().map(is_lost).collect::<io::Result<_>>()?;
    Ok(lost.into_iter().flatten().collect())
}
