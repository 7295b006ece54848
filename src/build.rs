//! The stages in their order, for whoever has read the inputs and has somewhere to put the pages.

use std::{collections::BTreeSet, io};

use crate::{
    archive::{self, Archive},
    diagnostics::Diagnostics,
    documents,
    model::SourcePath,
    output::Sink,
    pages::{self, Addresses, Extras, Page},
    release::{self, Edition, Withheld},
    settings::Settings,
    site::{self, Studio, Theme},
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
    /// The files that choose the template of their page.
    chosen: BTreeSet<SourcePath>,
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
    let documents = documents::parse(sources, settings, diagnostics);
    let (release, withheld) = release::select(documents, settings, edition, diagnostics);
    let mut found = Diagnostics::new();
    let today = edition.as_of.day_in(settings.timezone);
    let archive = archive::index(release, settings, today, &mut found);
    diagnostics.extend_where_nothing_is_told(found);
    let theme = site::load_theme(sources, settings, diagnostics);
    let addresses = Addresses::new(settings.base_url.clone(), from_disk);
    let extras = Extras {
        attachments: sources.assets_below("static").cloned().collect(),
        theme: theme.assets.clone(),
    };
    let pages = pages::plan(&archive, settings, edition, &addresses, &extras, diagnostics);
    let chosen = choosing(&archive);
    Build { settings, edition, addresses, theme, archive, pages, withheld, chosen }
}

/// The files that choose the template of their page.
fn choosing(archive: &Archive) -> BTreeSet<SourcePath> {
    let briefings = archive.briefings.iter().map(|briefing| &briefing.released.document);
    let profiles = archive.entities.iter().filter_map(|entity| Some(&entity.profile.as_ref()?.document));
    let pages = archive.pages.iter().map(|page| &page.released.document);
    briefings
        .map(|briefing| (&briefing.template, &briefing.path))
        .chain(profiles.map(|profile| (&profile.template, &profile.path)))
        .chain(pages.map(|page| (&page.template, &page.path)))
        .filter(|(template, _)| template.is_some())
        .map(|(_, path)| path.clone())
        .collect()
}

impl Build<'_> {
    /// Draws every page into `sink`, telling `progress` of each.
    ///
    /// # Errors
    /// Where `sink` cannot keep a page.
    pub fn render(&self, sink: &impl Sink, progress: &(dyn Fn() + Sync)) -> io::Result<Diagnostics> {
        let studio = Studio {
            archive: &self.archive,
            settings: self.settings,
            edition: self.edition,
            addresses: &self.addresses,
            theme: &self.theme,
        };
        site::render(&self.pages, studio, sink, progress)
    }

    /// Whether a mistake that only drawing shows may stand in the file at `path`: in one that chooses its template.
    pub fn may_yet_fail_at(&self, path: &SourcePath) -> bool {
        self.chosen.contains(path)
    }

    /// The theme, whose texts diagnostics may show.
    pub fn theme(&self) -> &Theme {
        &self.theme
    }
}
