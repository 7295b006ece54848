use super::{Content, plan::Planner};
use crate::{archive::Archive, settings::Settings};

/// Where the page of the search stands. Nothing else stands below it but the files of its index.
pub const SEARCH: &str = "search/";

/// Where the files of the index stand.
pub const SEARCH_FILES: &str = "search/data/";

/// Whether there is a search: it is not switched off, and there is something to find.
pub fn has_search(archive: &Archive, settings: &Settings) -> bool {
    let is_empty = archive.briefings.is_empty() && archive.pages.is_empty();
    settings.outputs.search && !(is_empty && archive.entities.iter().all(|entity| !entity.has_page))
}

impl Planner<'_> {
    /// The page of the search.
    pub(super) fn search(&mut self) {
        if has_search(self.archive, self.settings) {
            self.page(SEARCH, Content::Search, None);
        }
    }
}
