use std::{borrow::Cow, io};

use rustc_hash::FxHashMap;

use crate::{
    Build,
    output::Finished,
    pages::Page,
    site::{self, Artist},
};

/// A site that is nowhere: each of its files is drawn again when it is read, so that neither a disk nor the memory has
/// to hold it.
pub(super) struct Drawn<'a> {
    artist: Artist<'a>,
    pages: FxHashMap<&'a str, &'a Page>,
}

impl<'a> Drawn<'a> {
    pub(super) fn of(build: &'a Build<'_>) -> Self {
        let pages = build.pages.iter().map(|page| (page.path.as_str(), page)).collect();
        let artist = build.artist();
        // Made now, since afterwards many threads ask at once.
        artist.files_of_search();
        Self { artist, pages }
    }

    fn draw(&self, page: &Page) -> io::Result<Vec<u8>> {
        match self.artist.draw(page)? {
            Ok(site::Finished::Bytes(bytes)) => Ok(bytes.into_owned()),
            Ok(site::Finished::File(asset)) => asset.read(),
            Err(problem) => Err(io::Error::other(problem.message)),
        }
    }
}

impl Finished for Drawn<'_> {
    fn paths(&self) -> Vec<String> {
        let mut paths: Vec<String> = self.pages.keys().map(|path| (*path).to_owned()).collect();
        paths.extend(self.artist.files_of_search().keys().cloned());
        paths.sort_unstable();
        paths
    }

    fn read(&self, path: &str) -> io::Result<Cow<'_, [u8]>> {
        if let Some(bytes) = self.artist.files_of_search().get(path) {
            return Ok(Cow::Borrowed(bytes));
        }
        let page = self.pages.get(path).ok_or(io::ErrorKind::NotFound)?;
        self.draw(page).map(Cow::from)
    }
}
