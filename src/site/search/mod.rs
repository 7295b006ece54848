//! The search: what the archive shows as documents, and the files below `search/data/` that a browser finds them by.
//! `docs/search.md` describes both.

mod drawing;
mod facets;
mod manifest;
mod numbers;
mod page;
mod pieces;
mod reading;

use std::{
    collections::{BTreeMap, btree_map::Entry},
    io,
    sync::{Mutex, PoisonError},
};

use rayon::prelude::*;

use super::{Renderer, Step, Studio, filling::Known};
use crate::{
    memo::{Key, Memo, Scribe, bulk::Bulk},
    model::OutputPath,
    output::Sink,
    pages::SEARCH_FILES,
    search::{self, Shard, Source, files},
};
use facets::Facets;
use manifest::{Manifest, WordFiles};
use numbers::{Document, Numbered, number};
use pieces::Piece;
use reading::Reader;

pub(super) use pieces::Kept;

/// So many files are packed at once.
const AT_ONCE: usize = 32;

/// So many documents show in one file.
const PER_BLOCK: usize = 32;

/// The index, made.
pub(super) struct Index {
    /// What the page of the search says of it, as JSON.
    manifest: String,
}

/// What was made together with an index.
#[derive(Default)]
pub(super) struct Made {
    /// What its files are.
    pub(super) files: BTreeMap<OutputPath, Known>,
    /// The words of its documents, piece by piece.
    pub(super) pieces: Vec<Kept>,
}

/// By what key an earlier build knew a piece of these texts; nothing where nothing is known.
pub(super) type Earlier<'a> = &'a (dyn Fn(Key) -> Option<Key> + Sync);

/// Where files of the index go: each once, however often it is made.
struct Shelf<'a> {
    put: &'a (dyn Fn(&OutputPath, &[u8]) -> io::Result<()> + Sync),
    /// Whether a file is there already that is so known, and stays.
    keep: &'a (dyn Fn(&OutputPath, Known) -> io::Result<bool> + Sync),
    /// Knows what contents come to when they are packed.
    memo: Option<&'a Memo>,
    /// Whether pages are read from a disk, so that each file is a script.
    are_scripts: bool,
    /// What those are that were put there; nothing while they are packed.
    known: Mutex<BTreeMap<OutputPath, Option<Known>>>,
}

impl Shelf<'_> {
    /// Packs `contents`, and tells the name by which pages know it.
    fn put(&self, contents: &[u8], sort: &str) -> io::Result<String> {
        let hash = blake3::hash(contents);
        let (name, file) = files::name(&hash, sort, self.are_scripts);
        let path = OutputPath::new(&format!("{SEARCH_FILES}{file}")).expect("letters and digits are a path");
        let known = || self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Entry::Vacant(free) = known().entry(path.clone()) {
            free.insert(None);
        } else {
            return Ok(name);
        }
        let mut scribe = Scribe::of("file of the search");
        scribe.text(path.as_str());
        scribe.bytes(hash.as_bytes());
        let key = scribe.done();
        let earlier = self.memo.and_then(|memo| memo.get(key)).and_then(|kept| Known::read(&kept));
        let made = match earlier {
            Some(earlier) if (self.keep)(&path, earlier)? => earlier,
            _ => {
                let packed = files::pack(contents, sort, self.are_scripts);
                (self.put)(&path, &packed.bytes)?;
                let made = Known::of(&packed.bytes);
                if let Some(memo) = self.memo {
                    memo.put(key, &made.bytes());
                }
                made
            }
        };
        known().insert(path, Some(made));
        Ok(name)
    }

    /// The same for many at once, in their order.
    fn put_all<T: Sync>(
        &self,
        items: &[T],
        sort: &str,
        contents: impl Fn(&T) -> &[u8] + Sync,
    ) -> io::Result<Vec<String>> {
        items.par_iter().map(|item| self.put(contents(item), sort)).collect()
    }
}

impl Renderer<'_> {
    /// Makes the index and brings its files to `sink`, but for those that it has `kept`; what all was made. Where nothing
    /// is kept the cards of results are drawn alone, for what may be wrong with their templates.
    pub(super) fn index(
        &self,
        sink: &impl Sink,
        kept: BTreeMap<OutputPath, Known>,
        earlier: Earlier<'_>,
        progress: &(dyn Fn(Step) + Sync),
    ) -> io::Result<(Index, Made)> {
        if sink.keeps_nothing() {
            self.try_cards(&number(self.studio, &self.views));
            return Ok((Index { manifest: "null".to_owned() }, Made::default()));
        }
        let keep = |path: &OutputPath, known: Known| sink.keep(path, known.fingerprint.0, known.len);
        self.index_to(kept, earlier, &keep, &|path, bytes| sink.put(path, bytes), progress)
    }

    /// Makes the index and its files by their paths.
    pub(super) fn index_in_memory(&self) -> (Index, BTreeMap<String, Vec<u8>>) {
        let files = Mutex::new(BTreeMap::new());
        let put = |path: &OutputPath, bytes: &[u8]| {
            let mut files = files.lock().unwrap_or_else(PoisonError::into_inner);
            files.insert(path.as_str().to_owned(), bytes.to_vec());
            Ok(())
        };
        let made = self.index_to(BTreeMap::new(), &|_| None, &|_, _| Ok(false), &put, &|_| ());
        let (index, _) = made.expect("a map takes whatever is put into it");
        (index, files.into_inner().unwrap_or_else(PoisonError::into_inner))
    }

    fn index_to(
        &self,
        kept: BTreeMap<OutputPath, Known>,
        earlier: Earlier<'_>,
        keep: &(dyn Fn(&OutputPath, Known) -> io::Result<bool> + Sync),
        put: &(dyn Fn(&OutputPath, &[u8]) -> io::Result<()> + Sync),
        progress: &(dyn Fn(Step) + Sync),
    ) -> io::Result<(Index, Made)> {
        let kept = kept.into_iter().map(|(path, known)| (path, Some(known))).collect();
        let Studio { memo, addresses, .. } = self.studio;
        let shelf = Shelf { put, keep, memo, are_scripts: addresses.are_on_disk(), known: Mutex::new(kept) };
        let numbered = number(self.studio, &self.views);
        progress(Step::Index(numbered.documents.len()));
        let done = |documents| (0..documents).for_each(|_| progress(Step::Done));
        let blocks = self.blocks(&numbered, &shelf)?;
        let (words, facets, pieces) = self.words(&numbered, &shelf, earlier, &done)?;
        let days = shelf.put(&numbered.days_of_segments(), "days")?;
        let phrases = self.studio.settings.search.phrases;
        let manifest = Manifest::new(phrases, &numbered, blocks, words, facets, days);
        let files = shelf.known.into_inner().unwrap_or_else(PoisonError::into_inner).into_iter();
        let files = files.filter_map(|(path, known)| Some((path, known?))).collect();
        Ok((Index { manifest: manifest.to_json() }, Made { files, pieces }))
    }

    /// The files of words and places, those of facets, and the pieces of which they were put together.
    fn words(
        &self,
        numbered: &Numbered,
        shelf: &Shelf<'_>,
        earlier: Earlier<'_>,
        done: &(dyn Fn(usize) + Sync),
    ) -> io::Result<(WordFiles, Vec<manifest::Facet>, Vec<Kept>)> {
        if let Some(bulk) = self.studio.memo.and_then(Memo::bulk) {
            let made = self.words_by(bulk, numbered, shelf, Some(earlier), done);
            if !bulk.is_damaged() {
                return made;
            }
            // Somebody wrote to the file meanwhile: it is done again without. What was put by then is right.
        }
        self.words_by(&Bulk::default(), numbered, shelf, None, done)
    }

    /// The same, with pieces that lie in `bulk`. None of them is known by a key unless it is asked for by one.
    fn words_by(
        &self,
        bulk: &Bulk,
        numbered: &Numbered,
        shelf: &Shelf<'_>,
        earlier: Option<Earlier<'_>>,
        done: &(dyn Fn(usize) + Sync),
    ) -> io::Result<(WordFiles, Vec<manifest::Facet>, Vec<Kept>)> {
        let has_places = self.studio.settings.search.phrases;
        let archive = self.studio.archive;
        let reader = Reader { archive, settings: self.studio.settings, views: &self.views };
        let piece = |documents: &[Document]| {
            let texts = earlier.map(|_| pieces::key(documents, &reader));
            let known = || {
                let (stretch, bytes) = bulk.get(earlier?(texts?)?)?;
                Piece::known(Kept { texts, stretch }, &bytes, documents.len(), archive.entities.len())
            };
            let piece = known().unwrap_or_else(|| Piece::read(documents, texts, &reader, has_places, bulk));
            done(documents.len());
            piece
        };
        let in_pieces = pieces::in_pieces(&numbered.documents, &reader);
        let mut pieces: Vec<Piece> = in_pieces.into_par_iter().map(piece).collect();
        let facets = Facets::new(self.studio, &self.views, &mut pieces);
        let sources: Vec<Source<'_>> = pieces.iter_mut().map(|piece| piece.source(bulk)).collect();
        let mut files = WordFiles::default();
        let mut waiting: Vec<Shard> = Vec::new();
        let mut flush = |waiting: &mut Vec<Shard>| -> io::Result<()> {
            files.first.extend(waiting.iter().map(|shard| shard.first.clone()));
            files.files.extend(shelf.put_all(waiting, "words", |shard| &shard.words)?);
            if has_places {
                files.places.extend(shelf.put_all(waiting, "places", |shard| &shard.places)?);
            }
            waiting.clear();
            Ok(())
        };
        search::merge(sources, &facets.sets(), has_places, &mut |shard| {
            waiting.push(shard);
            if waiting.len() == AT_ONCE { flush(&mut waiting) } else { Ok(()) }
        })?;
        flush(&mut waiting)?;
        let facets = facets.files(shelf)?;
        Ok((files, facets, pieces.into_iter().map(|piece| piece.kept).collect()))
    }
}
