//! The site as a whole: the build before may have drawn the very same, or all of it but some texts, and then only their
//! pages are put together.

use std::{collections::BTreeMap, hash::Hash, io};

use rayon::prelude::*;

use super::{
    Step, Studio, bodies,
    filling::Known,
    rendering::Drawn,
    search::{Kept, Made},
};
use crate::{
    memo::{Key, Memo, Scribe},
    model::OutputPath,
    output::Sink,
    pages::{Content, Page, SEARCH_FILES},
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
    /// Of the same and all texts, where there is a search whose files are kept. Without them its page depends on no text.
    searched: Option<Key>,
}

/// What must be drawn of a site that is known as a whole.
pub(super) struct Lost {
    /// The places of the pages.
    pub(super) pages: Vec<usize>,
    /// Those files of the search that were kept: if its page is among the pages, they are not put once more.
    pub(super) files: BTreeMap<OutputPath, Known>,
}

impl<'a> Whole<'a> {
    /// What `studio` draws as `pages` for `sink`, if it has a memory.
    ///
    /// The key is made of the types themselves, whose `Hash` is derived or names every field, so that nothing is left
    /// out unseen.
    pub(super) fn new(pages: &'a [Page], studio: Studio<'a>, sink: &impl Sink) -> Option<Self> {
        let Studio { archive, settings, edition, addresses, theme, memo } = studio;
        let memo = memo?;
        // When it is drawn no page tells. What has come by then is in the archive.
        let Edition { name, shown, admits, drafts, future, as_of: _ } = edition;
        let mut scribe = Scribe::of("site");
        (name, shown, admits, drafts, future).hash(&mut scribe);
        (archive, settings, addresses, theme, pages).hash(&mut scribe);
        let texts = || {
            let mut scribe = Scribe::of("texts");
            for page in pages {
                bodies::shown_by(&page.content, archive).hash(&mut scribe);
            }
            scribe.done()
        };
        let labels_depend_on_them = !edition.is_indexed();
        let has_search = pages.iter().any(|page| matches!(page.content, Content::Search));
        let is_searched = has_search && !sink.keeps_nothing();
        let texts = (labels_depend_on_them || is_searched).then(texts);
        if let Some(texts) = texts.filter(|_| labels_depend_on_them) {
            // What is marked in a text counts for the labels of other pages.
            scribe.key(texts);
        }
        let key = scribe.done();
        let searched = texts.filter(|_| is_searched).map(|texts| {
            let mut scribe = Scribe::of("searched");
            scribe.key(key);
            scribe.key(texts);
            scribe.done()
        });
        if let (Some(bulk), Some(searched)) = (memo.bulk(), searched) {
            bulk.mark(searched);
        }
        Some(Self { memo, studio, pages, key, searched })
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
    pub(super) fn remember(&self, drawn: &Drawn) {
        let all: Vec<&Page> = self.pages.iter().collect();
        self.remember_texts(&all, drawn);
        let others = self.pages.iter().zip(&drawn.known).filter(|(page, _)| !self.shows_text(page));
        let without_text: Vec<u8> = others.flat_map(|(_, known)| known.bytes()).collect();
        self.memo.put(self.key, &without_text);
    }

    /// By what key a piece of the search's words is known, which holds these texts.
    pub(super) fn piece(&self, texts: Key) -> Key {
        let mut scribe = Scribe::of("piece");
        scribe.key(self.key);
        scribe.key(texts);
        scribe.done()
    }

    /// Keeps what those `pages` are that show a text, and the search, which finds all texts.
    pub(super) fn remember_texts(&self, pages: &[&Page], drawn: &Drawn) {
        pages.par_iter().zip(&drawn.known).for_each(|(page, known)| {
            if let Some(key) = self.text(page) {
                self.memo.put(key, &known.bytes());
            }
        });
        let Made { files, pieces } = &drawn.made;
        if let Some(bulk) = self.memo.bulk() {
            for Kept { texts, stretch } in pieces {
                if let Some(texts) = texts {
                    bulk.name(self.piece(*texts), stretch);
                }
            }
        }
        if let Some(key) = self.files().filter(|_| !files.is_empty()) {
            let written = files.iter().flat_map(|(path, known)| {
                known.bytes().into_iter().chain(path.as_str().bytes()).chain(*b"\n")
            });
            self.memo.put(key, &written.collect::<Vec<u8>>());
        }
    }

    /// What is not `known`, or `sink` has no longer. `progress` is told of the other pages.
    pub(super) fn lost(
        &self,
        known: &[Option<Known>],
        sink: &impl Sink,
        progress: &(dyn Fn(Step) + Sync),
    ) -> io::Result<Lost> {
        let (files, are_whole) = self.keep_files(sink)?;
        let is_lost = |(place, (page, known)): (usize, (&Page, &Option<Known>))| {
            let is_there = are_whole || !matches!(page.content, Content::Search);
            let kept = match known {
                Some(known) if is_there => sink.keep(&page.path, known.fingerprint.0, known.len)?,
                _ => false,
            };
            if kept {
                progress(Step::Done);
            }
            Ok((!kept).then_some(place))
        };
        let lost: Vec<Option<usize>> =
            self.pages.par_iter().zip(known).enumerate().map(is_lost).collect::<io::Result<_>>()?;
        Ok(Lost { pages: lost.into_iter().flatten().collect(), files })
    }

    /// The files of the search that `sink` has kept, and whether those are all of them.
    fn keep_files(&self, sink: &impl Sink) -> io::Result<(BTreeMap<OutputPath, Known>, bool)> {
        let mut files = BTreeMap::new();
        // Where none are wanted none are missing.
        let Some(key) = self.files() else { return Ok((files, true)) };
        let Some(listed) = self.memo.get(key).and_then(|list| listed(&list)) else {
            return Ok((files, false));
        };
        for (path, known) in listed {
            if !sink.keep(&path, known.fingerprint.0, known.len)? {
                return Ok((files, false));
            }
            files.insert(path, known);
        }
        Ok((files, true))
    }

    /// The key of the files of the search.
    fn files(&self) -> Option<Key> {
        let mut scribe = Scribe::of("files of the search");
        scribe.key(self.searched?);
        Some(scribe.done())
    }

    /// Whether a page depends on texts.
    fn shows_text(&self, page: &Page) -> bool {
        match page.content {
            Content::Search => self.searched.is_some(),
            _ => bodies::shown_by(&page.content, self.studio.archive).is_some(),
        }
    }

    /// The key of a page that depends on texts.
    fn text(&self, page: &Page) -> Option<Key> {
        if matches!(page.content, Content::Search) {
            return self.searched;
        }
        let shown = bodies::shown_by(&page.content, self.studio.archive)?;
        let mut scribe = Scribe::of("text");
        scribe.key(self.key);
        scribe.text(page.path.as_str());
        shown.hash(&mut scribe);
        Some(scribe.done())
    }
}

/// The files of the search that `list` names. Nothing where it names one twice, or one that is none of the search's: no
/// build wrote that, and the sink would take it for a mistake.
fn listed(list: &[u8]) -> Option<BTreeMap<OutputPath, Known>> {
    let mut files = BTreeMap::new();
    let mut rest = list;
    while !rest.is_empty() {
        let (known, after) = rest.split_at_checked(Known::LEN)?;
        let end = after.iter().position(|byte| *byte == b'\n')?;
        let path = str::from_utf8(&after[..end]).ok().filter(|path| path.starts_with(SEARCH_FILES));
        if files.insert(OutputPath::new(path?)?, Known::read(known)?).is_some() {
            return None;
        }
        rest = &after[end + 1..];
    }
    Some(files)
}
