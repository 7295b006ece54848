use std::{borrow::Cow, collections::BTreeMap, io, sync::OnceLock};

use super::{Renderer, Studio, handing::Made};
use crate::{
    diagnostics::Diagnostic,
    pages::{Content, Page, has_search},
    sources::Asset,
};

/// Draws pages one at a time, when somebody asks for them: the same bytes as [`render`](super::render) makes.
pub struct Artist<'a> {
    renderer: Renderer<'a>,
    /// The files of the search, by their paths, once they are made.
    searched: OnceLock<BTreeMap<String, Vec<u8>>>,
}

impl<'a> Artist<'a> {
    /// One who draws with `studio`.
    pub fn new(studio: Studio<'a>) -> Self {
        Self { renderer: Renderer::new(studio), searched: OnceLock::new() }
    }

    /// What stands at `page`, or what is wrong with its templates.
    ///
    /// # Errors
    /// Where a picture cannot be read.
    pub fn draw<'p>(&self, page: &'p Page) -> io::Result<Result<Finished<'p>, Box<Diagnostic>>> {
        if matches!(page.content, Content::Search) {
            self.files_of_search();
        }
        let finished = self.renderer.finish(page)?.map(Made::into_finished);
        // A card that could not be drawn is missing on the page.
        Ok(self.renderer.cards.first_failed().map_or(finished, Err))
    }

    /// The files of the search, which no list of pages names, by their paths; none where there is no search.
    ///
    /// The first call makes them, on all threads: it must not come from one of those that it waits for.
    pub fn files_of_search(&self) -> &BTreeMap<String, Vec<u8>> {
        self.searched.get_or_init(|| {
            let studio = self.renderer.studio;
            if !has_search(studio.archive, studio.settings) || !studio.theme.is_whole() {
                return BTreeMap::new();
            }
            let (index, files) = self.renderer.index_in_memory();
            // Nobody else makes it here.
            let _ = self.renderer.made_index.set(index);
            files
        })
    }
}

/// What a page holds, ready to be written or sent.
pub enum Finished<'a> {
    /// These bytes.
    Bytes(Cow<'a, [u8]>),
    /// Those of a file.
    File(&'a Asset),
}
