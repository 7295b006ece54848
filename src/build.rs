//! The stages in their order, for whoever has read the inputs and has somewhere to put the pages.

use std::{collections::BTreeSet, io, sync::Arc};

use rustc_hash::FxHashSet;

use crate::{
    archive::{self, Archive},
    diagnostics::Diagnostics,
    documents::{self, Documents},
    memo::Memo,
    model::SourcePath,
    output::Sink,
    pages::{self, Addresses, Extras, Page},
    release::{self, Edition, Outlook, Withheld},
    settings::{self, Settings},
    site::{self, Artist, Step, Studio, Theme},
    sources::Sources,
};

/// A build whose pages are known and not yet drawn.
pub struct Build<'a> {
    settings: &'a Settings,
    edition: &'a Edition,
    addresses: Addresses,
    theme: Arc<Theme>,
    /// What the pages show.
    pub archive: Archive,
    /// Every file to write.
    pub pages: Arc<Vec<Page>>,
    /// What the edition keeps back.
    pub withheld: Withheld,
    /// When that changes by itself.
    pub outlook: Outlook,
}

/// A stage of [`plan`], for whoever wants to know how far it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Texts became documents, which are counted.
    Parse,
    /// What the edition keeps back was taken out; its parts are counted.
    Release,
    /// Everything was resolved; entities are counted.
    Index,
    /// The theme was read; its files beside templates are counted.
    Theme,
    /// Every file to write is known, and counted.
    Plan,
}

/// What the stages leave to those of the next run in this process: each knows itself what its own depends on.
#[derive(Default)]
pub struct Memory {
    documents: documents::Memory,
    archive: archive::Memory,
    pages: pages::Memory,
    theme: Option<Themed>,
}

/// The theme of the last run, with all that it was made from.
struct Themed {
    sources: Sources,
    settings: Settings,
    theme: Arc<Theme>,
    told: Diagnostics,
}

/// What goes along with planning. It changes nothing of what is planned.
#[derive(Default)]
pub struct Along<'m> {
    /// What earlier runs in this process made.
    pub memory: Option<&'m mut Memory>,
    /// Results of earlier runs by their keys.
    pub memo: Option<&'m Memo>,
    /// Is told of each stage as it ends, with how many things it made.
    pub observe: Option<&'m mut dyn FnMut(Stage, usize)>,
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
    plan_along(sources, settings, edition, from_disk, Along::default(), diagnostics)
}

/// The same, made fast by what earlier runs found, and observed.
pub fn plan_along<'a>(
    sources: &Sources,
    settings: &'a Settings,
    edition: &'a Edition,
    from_disk: bool,
    along: Along<'_>,
    diagnostics: &mut Diagnostics,
) -> Build<'a> {
    let Along { memory, memo, observe } = along;
    let (parsed, indexed, planned, themed) = match memory {
        Some(Memory { documents, archive, pages, theme }) => {
            (Some(documents), Some(archive), Some(pages), Some(theme))
        }
        None => (None, None, None, None),
    };
    let mut nobody = |_, _| ();
    let observe: &mut dyn FnMut(Stage, usize) = observe.unwrap_or(&mut nobody);
    let documents = documents::parse_again(sources, settings, parsed, diagnostics);
    observe(Stage::Parse, documents.briefings.len() + documents.profiles.len() + documents.pages.len());
    let outlook = release::outlook(&documents, settings, edition);
    let is_whole = documents.refused.is_empty();
    let (archive, withheld) = index(documents, settings, edition, memo, indexed, diagnostics, observe);
    let theme = theme(sources, settings, themed, diagnostics);
    observe(Stage::Theme, theme.assets.len());
    let addresses = Addresses::new(settings.base_url.clone(), from_disk);
    let extras = Extras {
        attachments: sources.assets_below("static").cloned().collect(),
        theme: theme.assets.clone(),
    };
    let is_indexed = edition.is_indexed();
    let linked = archive.linked();
    let pages = pages::plan_again(linked, settings, is_indexed, &addresses, extras, planned, diagnostics);
    // What cannot be read may be what stands there.
    if is_whole {
        pages::check_roots(&archive, &pages, &addresses, diagnostics);
    }
    observe(Stage::Plan, pages.len());
    Build { settings, edition, addresses, theme, archive, pages, withheld, outlook }
}

/// The theme that the settings name: that of the last run, where no file of a theme has changed since.
fn theme(
    sources: &Sources,
    settings: &Settings,
    last: Option<&mut Option<Themed>>,
    diagnostics: &mut Diagnostics,
) -> Arc<Theme> {
    let sources = sources.below(&["templates", "themes"]);
    let known = last.as_ref().and_then(|last| last.as_ref());
    if let Some(last) = known.filter(|last| last.sources == sources && last.settings == *settings) {
        diagnostics.extend(last.told.clone());
        return last.theme.clone();
    }
    let mut told = Diagnostics::new();
    let theme = Arc::new(site::load_theme(&sources, settings, &mut told));
    diagnostics.extend(told.clone());
    if let Some(last) = last {
        *last = Some(Themed { sources, settings: settings.clone(), theme: theme.clone(), told });
    }
    theme
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
    index(documents, settings, edition, None, None, diagnostics, &mut |_, _| ())
}

/// What is said of references that lead to nothing that is shown. Where a text cannot be read, it may be for want of that.
const FOR_WANT: [&str; 2] = ["withheld-target", "empty-date"];

fn index(
    documents: Documents,
    settings: &Settings,
    edition: &Edition,
    memo: Option<&Memo>,
    memory: Option<&mut archive::Memory>,
    diagnostics: &mut Diagnostics,
    observe: &mut dyn FnMut(Stage, usize),
) -> (Archive, Withheld) {
    let is_whole = documents.refused.is_empty();
    let (release, withheld) = release::select(documents, settings, edition, diagnostics);
    observe(Stage::Release, withheld.iter().count());
    let mut found = Diagnostics::new();
    let today = edition.as_of.day_in(settings.timezone);
    let archive = archive::index(release, settings, today, memo, memory, &mut found);
    if !is_whole {
        found.judge(&FOR_WANT.into(), &BTreeSet::new());
    }
    diagnostics.extend_where_nothing_is_told(found);
    observe(Stage::Index, archive.entities.len());
    (archive, withheld)
}

impl Build<'_> {
    /// Draws every page into `sink`, telling `progress` of each step.
    ///
    /// # Errors
    /// Where `sink` cannot keep a page.
    pub fn render(&self, sink: &impl Sink, progress: &(dyn Fn(Step) + Sync)) -> io::Result<Diagnostics> {
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
        progress: &(dyn Fn(Step) + Sync),
    ) -> io::Result<Diagnostics> {
        site::render(&self.pages, self.studio(Some(memo)), sink, progress)
    }

    /// Lets go of all texts that no page is drawn from, and of `sources` all but what stands in `diagnostics`, where
    /// nothing is kept back. For whatever is, the search for leaks still needs to know who wrote what.
    pub fn let_go(&mut self, sources: &mut Sources, diagnostics: &Diagnostics) {
        if self.withheld.matter().next().is_some() {
            return;
        }
        let spans = diagnostics.iter().flat_map(|diagnostic| {
            diagnostic.span.iter().chain(diagnostic.related.iter().map(|(span, _)| span))
        });
        let told: FxHashSet<&SourcePath> = spans.map(|span| &span.path).collect();
        sources.let_go(|path| told.contains(path));
        self.archive.each_body(|body| body.prose.part_from_file());
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
