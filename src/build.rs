//! The stages in their order, for whoever has read the inputs and has somewhere to put the pages.

use std::io;

use crate::{
    archive::{self, Archive},
    diagnostics::Diagnostics,
    documents::{self, Documents},
    memo::Memo,
    output::Sink,
    pages::{self, Addresses, Extras, Page},
    release::{self, Edition, Outlook, Withheld},
    settings::{self, Settings},
    site::{self, Artist, Studio, Theme},
    sources::Sources,
};

/// A build whose pages are known and not yet drawn.
pub struct Build<'a> {
    settings: &'a Settings,
    edition: &'a Edition,
    addresses: Addresses,
    theme: Theme,
    /// What the pages show.
    pub archive: Archive,
    /// Every file to write.
    pub pages: Vec<Page>,
    /// What the edition keeps back.
    pub withheld: Withheld,
    /// When that changes by itself.
    pub outlook: Outlook,
}

/// What earlier runs found, by which planning is fast. It changes nothing of what is planned.
#[derive(Debug, Default)]
pub struct Memory<'m> {
    /// Files that were parsed.
    pub documents: Option<&'m mut documents::Memory>,
    /// Results by their keys.
    pub memo: Option<&'m Memo>,
}

/// Runs every stage up to the list of pages. Whatever is wrong is reported, and the next stage goes on with what
/// is right, so that one run shows every mistake.
pub fn plan<'a>(
    sources: &Sources,
    settings: &'a Settings,
    edition: &'a Edition,
    from_disk: bool,
    diagnostics: &mut Diagnostics,
) -> Build<'a> {
    plan_warm(sources, settings, edition, from_disk, Memory::default(), diagnostics)
}

/// The same, made fast by what `memory` keeps of earlier runs.
pub fn plan_warm<'a>(
    sources: &Sources,
    settings: &'a Settings,
    edition: &'a Edition,
    from_disk: bool,
    memory: Memory<'_>,
    diagnostics: &mut Diagnostics,
) -> Build<'a> {
    let documents = documents::parse_again(sources, settings, memory.documents, diagnostics);
    let outlook = release::outlook(&documents, settings, edition);
    let (archive, withheld) = index(documents, settings, edition, memory.memo, diagnostics);
    let theme = site::load_theme(sources, settings, diagnostics);
    let addresses = Addresses::new(settings.base_url.clone(), from_disk);
    let extras = Extras {
        attachments: sources.assets_below("static").cloned().collect(),
        theme: theme.assets.clone(),
    };
    let pages = pages::plan(&archive, settings, edition, &addresses, &extras, diagnostics);
    Build { settings, edition, addresses, theme, archive, pages, withheld, outlook }
}

/// What `edition` keeps back, and when that changes by itself; no page is made.
pub fn withheld(
    sources: &Sources,
    settings: &Settings,
    edition: &Edition,
    diagnostics: &mut Diagnostics,
) -> (Withheld, Outlook) {
    let documents = documents::parse(sources, settings, diagnostics);
    let outlook = release::outlook(&documents, settings, edition);
    let (_, withheld) = release::select(documents, settings, edition, diagnostics);
    (withheld, outlook)
}

/// What `edition` shows, resolved, and what it keeps back; no page is made.
pub fn indexed(
    sources: &Sources,
    settings: &Settings,
    edition: &Edition,
    diagnostics: &mut Diagnostics,
) -> (Archive, Withheld) {
    let documents = documents::parse(sources, settings, diagnostics);
    index(documents, settings, edition, None, diagnostics)
}

fn index(
    documents: Documents,
    settings: &Settings,
    edition: &Edition,
    memo: Option<&Memo>,
    diagnostics: &mut Diagnostics,
) -> (Archive, Withheld) {
    let (release, withheld) = release::select(documents, settings, edition, diagnostics);
    let mut found = Diagnostics::new();
    let today = edition.as_of.day_in(settings.timezone);
    let archive = archive::index(release, settings, today, memo, &mut found);
    diagnostics.extend_where_nothing_is_told(found);
    (archive, withheld)
}

impl Build<'_> {
    /// Draws every page into `sink`, telling `progress` of each.
    ///
    /// # Errors
    /// Where `sink` cannot keep a page.
    pub fn render(&self, sink: &impl Sink, progress: &(dyn Fn() + Sync)) -> io::Result<Diagnostics> {
        site::render(&self.pages, self.studio(None), sink, progress)
    }

    /// The same, made fast by what `memo` keeps of earlier builds: pages that `sink` has already are not drawn again.
    ///
    /// # Errors
    /// Where `sink` cannot keep a page.
    pub fn render_warm(
        &self,
        memo: &Memo,
        sink: &impl Sink,
        progress: &(dyn Fn() + Sync),
    ) -> io::Result<Diagnostics> {
        site::render(&self.pages, self.studio(Some(memo)), sink, progress)
    }

    /// Who draws single pages as [`Build::render`] draws them all.
    pub fn artist(&self) -> Artist<'_> {
        Artist::new(self.studio(None))
    }

    fn studio<'a>(&'a self, memo: Option<&'a Memo>) -> Studio<'a> {
        Studio {
            archive: &self.archive,
            settings: self.settings,
            edition: self.edition,
            addresses: &self.addresses,
            theme: &self.theme,
            memo,
        }
    }

    /// What its pages call the edition that they are for.
    pub fn edition(&self) -> &str {
        self.edition.called()
    }

    /// The archive's title.
    pub fn title(&self) -> &str {
        &self.settings.title
    }

    /// Where the edition will be published.
    pub fn base_url(&self) -> Option<&str> {
        self.settings.base_url.as_ref().map(settings::BaseUrl::as_str)
    }

    /// The theme, whose texts diagnostics may show.
    pub fn theme(&self) -> &Theme {
        &self.theme
    }
}

#[cfg(test)]
mod tests;
