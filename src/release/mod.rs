//! Documents, turned into exactly what one edition may know: the only code that ever sees withheld matter.
//!
//! A [`Release`] is made here and nowhere else. What comes after this stage cannot tell withheld matter from
//! matter that never was.

mod assets;
#[cfg(test)]
pub(crate) mod blind;
mod cited;
mod edition;
mod gate;
mod outlook;
mod parts;
mod retract;
mod secrets;
mod withheld;

use std::collections::BTreeMap;

use crate::{
    diagnostics::{Diagnostic, Diagnostics, Span},
    documents::{self, Briefing, Correction, Documents, ImageWords, Page, Profile, Publisher, Source},
    model::{BriefingId, LocalId, Marking, Published, SourcePath, Tlp, When},
    settings::Settings,
    sources::Asset,
};
use assets::{unused, with_assets, without_retracted};
use cited::cited;
use gate::Gate;

pub use edition::Edition;
pub use outlook::{Next, Outlook, outlook};
pub use retract::{Gone, Retracted};
pub use withheld::{Held, Reason, Secret, Withheld};

/// Exactly what one edition may know.
#[derive(Debug, PartialEq)]
pub struct Release {
    briefings: Vec<Released<Briefing>>,
    tombstones: Vec<Tombstone>,
    retracted: Retracted,
    profiles: Vec<Released<Profile>>,
    pages: Vec<Released<Page>>,
    sources: BTreeMap<LocalId, Source>,
    publishers: BTreeMap<String, Publisher>,
}

/// A document and the assets that its prose uses, by the path that the prose writes.
#[derive(Clone, Debug, PartialEq, Hash)]
pub struct Released<D> {
    /// The document, without its withheld parts.
    pub document: D,
    /// The assets.
    pub assets: BTreeMap<Box<str>, Attachment>,
}

/// A file that released prose uses.
#[derive(Clone, Debug, PartialEq, Hash)]
pub struct Attachment {
    /// The file.
    pub asset: Asset,
    /// The words for it, where it is an image that has some.
    pub words: Option<ImageWords>,
}

/// What is left of a retracted briefing: its address and the reason, never its words.
#[derive(Clone, Debug, PartialEq, Hash)]
pub struct Tombstone {
    /// Its file.
    pub path: SourcePath,
    /// Its id.
    pub id: BriefingId,
    /// The day in its address.
    pub date: Published,
    /// When it was published.
    pub published: Published,
    /// The slug in its address, where the author chose it.
    pub slug: Option<String>,
    /// Old addresses.
    pub aliases: Vec<documents::Name>,
    /// Its language, if not the archive's.
    pub language: Option<String>,
    /// The entities that it named, by kind: whoever follows one of them is told that it is gone.
    pub named: Vec<(usize, Box<str>)>,
    /// The dates that it stood on.
    pub dates: Vec<When>,
    /// The retraction.
    pub retraction: Correction,
}

/// A release taken apart by the stage that indexes it.
#[derive(Debug)]
pub(crate) struct Parts {
    pub(crate) briefings: Vec<Released<Briefing>>,
    pub(crate) tombstones: Vec<Tombstone>,
    pub(crate) retracted: Retracted,
    pub(crate) profiles: Vec<Released<Profile>>,
    pub(crate) pages: Vec<Released<Page>>,
    pub(crate) sources: BTreeMap<LocalId, Source>,
    pub(crate) publishers: BTreeMap<String, Publisher>,
}

impl Release {
    /// Takes it apart.
    pub(crate) fn into_parts(self) -> Parts {
        let Self { briefings, tombstones, retracted, profiles, pages, sources, publishers } = self;
        Parts { briefings, tombstones, retracted, profiles, pages, sources, publishers }
    }

    /// The briefings, in the order of their paths.
    pub fn briefings(&self) -> &[Released<Briefing>] {
        &self.briefings
    }

    /// The retracted briefings.
    pub fn tombstones(&self) -> &[Tombstone] {
        &self.tombstones
    }

    /// The profiles.
    pub fn profiles(&self) -> &[Released<Profile>] {
        &self.profiles
    }

    /// The pages.
    pub fn pages(&self) -> &[Released<Page>] {
        &self.pages
    }

    /// The shared sources that released matter cites.
    pub fn sources(&self) -> &BTreeMap<LocalId, Source> {
        &self.sources
    }

    /// The publishers.
    pub fn publishers(&self) -> &BTreeMap<String, Publisher> {
        &self.publishers
    }
}

/// Selects what `edition` may know, and tells what it keeps back.
pub fn select(
    documents: Documents,
    settings: &Settings,
    edition: &Edition,
    diagnostics: &mut Diagnostics,
) -> (Release, Withheld) {
    let mut gate = Gate::new(edition, settings.default_label);
    labels_are_complete(&documents, settings, diagnostics);

    let mut briefings: Vec<Briefing> = Vec::with_capacity(documents.briefings.len());
    for mut briefing in documents.briefings {
        match gate.briefing(&briefing) {
            None => {
                parts::briefing(&mut briefing, &mut gate);
                briefings.push(briefing);
            }
            Some(reason) => parts::translations(&briefing, reason, &mut gate),
        }
    }
    let (tombstones, retracted) = retract::apply(&mut briefings, &mut gate);
    let mut profiles = Vec::new();
    for mut profile in documents.profiles {
        let names = |gate: &mut Gate<'_>| gate.tell(secrets::profile(&profile), &profile);
        if gate.file(&profile.path, &profile.marking, names) {
            if !parts::profile(&mut profile, &mut gate) {
                gate.withheld.push_beside(Held::new(&profile.path, None, Reason::Unused));
                continue;
            }
            if !profile.page {
                gate.withheld.push(Held::new(&profile.path, None, Reason::NoPage));
            }
            profiles.push(profile);
        }
    }
    let mut pages = Vec::new();
    for mut page in documents.pages {
        let names = |gate: &mut Gate<'_>| gate.tell(secrets::page(&page), &page);
        if gate.file(&page.path, &page.marking, names) {
            parts::body(&mut page.body, &page.path, &page.marking, &mut gate);
            pages.push(page);
        }
    }

    let mut sources = documents.sources.sources;
    let shared_is_empty = sources.is_empty();
    sources.retain(|id, source| {
        let path = SourcePath::new(documents::SHARED_SOURCES);
        let shown = gate.part(&path, &format_args!("source `{id}`"), &source.marking, &Marking::default());
        if !shown {
            gate.place(secrets::of_source(source), secrets::source(id, source));
        }
        shown
    });
    // Where each of them is kept back, that has been told of each.
    let was_open = !sources.is_empty() || shared_is_empty;
    // What it says of publishers is for all sources, those of single files too.
    let says_nothing_else = documents.sources.publishers.is_empty()
        || briefings.iter().all(|briefing| briefing.sources.is_empty());
    if !sources.is_empty() {
        let cited = cited(&briefings, &profiles, &pages);
        sources.retain(|id, _| cited.contains(id.as_str()));
    }
    if let Some(path) = documents.sources.path.filter(|_| sources.is_empty() && was_open && says_nothing_else)
    {
        gate.withheld.push(Held::new(&path, None, Reason::Unused));
    }
    let mut images = documents.images;
    let mut by_path = BTreeMap::new();
    for asset in documents.assets {
        let words = images.remove(&asset.path);
        // An image whose words bear a marking is held back with them.
        let marking = words.as_ref().map(|words| words.marking.clone()).unwrap_or_default();
        if gate.part(
            &asset.path,
            &"image",
            &marking,
            &Marking { tlp: Some(Tlp::Clear), ..Marking::default() },
        ) {
            by_path.insert(asset.path.clone(), Attachment { asset, words });
        } else if let Some(reason) = gate.withheld.iter().last().map(|image| image.reason) {
            gate.withheld.tell([Secret::Id(asset.path.name().into())]);
            let path = SourcePath::new(&format!("{}.toml", asset.path));
            gate.withheld.push(Held::new(&path, None, reason));
        }
    }
    let release = Release {
        briefings: briefings
            .into_iter()
            .map(|document| without_retracted(with_assets(document, &by_path), &retracted))
            .collect(),
        tombstones,
        retracted,
        profiles: profiles.into_iter().map(|document| with_assets(document, &by_path)).collect(),
        pages: pages.into_iter().map(|document| with_assets(document, &by_path)).collect(),
        sources,
        publishers: documents.sources.publishers,
    };
    let Gate { mut withheld, used, .. } = gate;
    unused(&release, by_path, &used, &mut withheld);
    (release, withheld)
}

/// Once a label stands anywhere, what bears none needs the settings to say what that means.
fn labels_are_complete(documents: &Documents, settings: &Settings, diagnostics: &mut Diagnostics) {
    if settings.default_label.is_some() || !parts::any_label(documents) {
        return;
    }
    let files = documents.briefings.iter().map(|b| (&b.path, &b.marking));
    let files = files.chain(documents.profiles.iter().map(|p| (&p.path, &p.marking)));
    let files = files.chain(documents.pages.iter().map(|p| (&p.path, &p.marking)));
    // What stands in `sources.toml` has no file to take a label from.
    let sources = documents.sources.sources.values().find(|source| source.marking.tlp.is_none());
    let sources = documents.sources.path.iter().zip(sources).map(|(path, source)| (path, &source.marking));
    let unmarked: Vec<&SourcePath> =
        files.chain(sources).filter(|(_, marking)| marking.tlp.is_none()).map(|(path, _)| path).collect();
    if let Some(first) = unmarked.first() {
        let message = match unmarked.len() - 1 {
            0 => "this file bears no label, and a `tlp` stands in the archive".to_owned(),
            more => format!("this file and {more} more bear no label, and a `tlp` stands in the archive"),
        };
        diagnostics.push(
            Diagnostic::error("unmarked", message)
                .at(Span::file(first))
                .help("say what no label means: `[marking]` and `default = \"clear\"` in `brief.toml`"),
        );
    }
}
