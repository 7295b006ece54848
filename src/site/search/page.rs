//! The page of the search.

use tera::Value;

use crate::{
    pages::Page,
    site::{Failed, Filled, Renderer, json_ld},
};

impl Renderer<'_> {
    /// The page on which `index` is asked.
    pub(in crate::site) fn search_page(&self, page: &Page) -> Result<Filled, Failed> {
        let title = self.word("search").to_owned();
        let mut view = self.view(page, "search", &title, None);
        view.crumbs = vec![self.home_crumb()];
        view.description = self.views.words.fill("describe_search", &[("site", &self.studio.settings.title)]);
        view.json_ld = json_ld::plain(&view, self.studio);
        let manifest = self.made_index.get().map_or("", |index| index.manifest.as_str());
        self.fill("search.html", page, &view, vec![("index", Value::safe_string(manifest))])
    }
}
