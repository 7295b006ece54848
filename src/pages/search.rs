use quick_xml::escape::escape;
use unicode_segmentation::UnicodeSegmentation as _;

use super::{Content, plan::Planner, xml};
use crate::{archive::Linked, settings::Settings};

/// Where the page of the search stands. Nothing else stands below it but the files of its index.
pub const SEARCH: &str = "search/";

/// Where the files of the index stand.
pub const SEARCH_FILES: &str = "search/data/";

/// Where browsers read how to search the site.
pub const OPENSEARCH: &str = "opensearch.xml";

/// Whether there is a search: it is not switched off, and there is something to find.
pub fn has_search(archive: &Linked, settings: &Settings) -> bool {
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

/// How browsers search the site: `OpenSearch` 1.1, with the page at `address`. Its lengths are those that the specification
/// lets these texts have.
pub(super) fn opensearch(address: &str, settings: &Settings) -> Vec<u8> {
    let short = |text: &str, longest: usize| {
        let text: String = xml::allowed(text).graphemes(true).take(longest).collect();
        escape(text.trim_end()).into_owned()
    };
    let description = settings.description.as_deref().unwrap_or(&settings.title);
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <OpenSearchDescription xmlns=\"http://a9.com/-/spec/opensearch/1.1/\">\n\
         <ShortName>{}</ShortName>\n\
         <LongName>{}</LongName>\n\
         <Description>{}</Description>\n\
         <Language>{}</Language>\n\
         <InputEncoding>UTF-8</InputEncoding>\n\
         <OutputEncoding>UTF-8</OutputEncoding>\n\
         <Url type=\"text/html\" template=\"{}?q={{searchTerms}}\"/>\n\
         </OpenSearchDescription>\n",
        short(&settings.title, 16),
        short(&settings.title, 48),
        short(description, 1024),
        escape(&settings.language),
        escape(address),
    )
    .into_bytes()
}
