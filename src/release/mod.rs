//! Documents, turned into exactly what one edition may know: the only code that ever sees withheld matter.
//!
//! A [`Release`] is made here and nowhere else. What comes after this stage cannot tell withheld matter from
//! matter that never was.

mod parts;
mod retract;
mod withheld;

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    diagnostics::{Diagnostic, Diagnostics, Span},
    documents::{
        self, Body, Briefing, Correction, Documents, ImageWords, Page, Profile, Publisher, Source, markdown,
    },
    model::{BriefingId, Instant, LocalId, Marking, Published, SourcePath, Tlp, When},
    settings::Settings,
    sources::Asset,
};

pub use retract::{Gone, Retracted};
pub use withheld::{Held, Reason, Secret, Withheld};

/// Who a build is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edition {
    /// Its name: `public`.
    pub name: String,
    /// The name that its pages show, where that is another.
    pub shown: Option<String>,
    /// The labels that it admits.
    pub admits: BTreeSet<Tlp>,
    /// Whether it shows drafts.
    pub drafts: bool,
    /// Whether it shows what is not published yet.
    pub future: bool,
    /// The instant that it is built as of.
    pub as_of: Instant,
}

impl Edition {
    /// The edition for everybody: CLEAR only.
    pub fn public(as_of: Instant) -> Self {
        Self {
            name: "public".into(),
            shown: None,
            admits: [Tlp::Clear].into(),
            drafts: false,
            future: false,
            as_of,
        }
    }

    /// Whether search engines may list it.
    pub fn is_indexed(&self) -> bool {
        self.name == "public"
    }

    /// Whether its pages show how the desk grades its sources: the public edition's only by `[sources] public_grades`.
    pub fn shows_grades(&self, settings: &Settings) -> bool {
        !self.is_indexed() || settings.public_grades
    }
}

/// Exactly what one edition may know.
#[derive(Debug)]
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
#[derive(Debug)]
pub struct Released<D> {
    /// The document, without its withheld parts.
    pub document: D,
    /// The assets.
    pub assets: BTreeMap<Box<str>, Attachment>,
}

/// A file that released prose uses.
#[derive(Clone, Debug)]
pub struct Attachment {
    /// The file.
    pub asset: Asset,
    /// The words for it, where it is an image that has some.
    pub words: Option<ImageWords>,
}

/// What is left of a retracted briefing: its address and the reason, never its words.
#[derive(Clone, Debug)]
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
    let mut gate = Gate { edition, default: settings.default_label, withheld: Withheld::default() };
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
        if gate.file(&profile.path, &profile.marking) {
            if !parts::profile(&mut profile, &mut gate) {
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
        if gate.file(&page.path, &page.marking) {
            parts::body(&mut page.body, &page.path, &page.marking, &mut gate);
            pages.push(page);
        }
    }

    let mut sources = documents.sources.sources;
    let shared_is_empty = sources.is_empty();
    sources.retain(|id, source| {
        gate.part(
            &SourcePath::new(documents::SHARED_SOURCES),
            &format!("source `{id}`"),
            &source.marking,
            &Marking::default(),
        )
    });
    // Where each of them is kept back, that has been told of each.
    let was_open = !sources.is_empty() || shared_is_empty;
    // What it says of publishers is for all sources, those of single files too.
    let says_nothing_else = documents.sources.publishers.is_empty()
        || briefings.iter().all(|briefing| briefing.sources.is_empty());
    let cited = cited(&briefings, &profiles, &pages);
    sources.retain(|id, _| cited.contains(id.as_str()));
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
        if gate.part(&asset.path, "image", &marking, &Marking { tlp: Some(Tlp::Clear), ..Marking::default() })
        {
            by_path.insert(asset.path.clone(), Attachment { asset, words });
        } else if let Some(reason) = gate.withheld.iter().last().map(|image| image.reason) {
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
    let mut withheld = gate.withheld;
    unused(&release, by_path, &mut withheld);
    (release, withheld)
}

/// Decides, and writes down what is kept back.
struct Gate<'a> {
    edition: &'a Edition,
    default: Option<Tlp>,
    withheld: Withheld,
}

impl Gate<'_> {
    /// Why matter with this marking is kept back. A part counts as marked as its file is, where it bears no label.
    fn reason(&self, marking: &Marking, file: &Marking) -> Option<Reason> {
        if marking.draft && !self.edition.drafts {
            return Some(Reason::Draft);
        }
        match marking.tlp.or(file.tlp).or(self.default) {
            Some(label) if !self.edition.admits.contains(&label) => return Some(Reason::Label(label)),
            _ => {}
        }
        marking.embargo.filter(|until| self.edition.as_of < *until).map(Reason::Embargo)
    }

    fn file(&mut self, path: &SourcePath, marking: &Marking) -> bool {
        let reason = self.reason(marking, &Marking::default());
        self.keep(path, None, reason)
    }

    fn part(&mut self, path: &SourcePath, part: &str, marking: &Marking, file: &Marking) -> bool {
        let reason = self.reason(marking, file);
        self.keep(path, Some(part), reason)
    }

    fn briefing(&mut self, briefing: &Briefing) -> Option<Reason> {
        let as_of = self.edition.as_of;
        let begins = briefing.published.begins();
        let reason = self
            .reason(&briefing.marking, &Marking::default())
            .or_else(|| (begins > as_of && !self.edition.future).then_some(Reason::Future(begins)))
            .or_else(|| briefing.expires.filter(|expires| *expires <= as_of).map(Reason::Expired));
        self.keep(&briefing.path, None, reason);
        reason
    }

    fn keep(&mut self, path: &SourcePath, part: Option<&str>, reason: Option<Reason>) -> bool {
        let Some(reason) = reason else { return true };
        self.withheld.push(Held::new(path, part, reason));
        false
    }
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

/// The ids of sources that released matter cites.
fn cited(briefings: &[Briefing], profiles: &[Profile], pages: &[Page]) -> BTreeSet<Box<str>> {
    let mut ids = BTreeSet::new();
    let mut cite =
        |citations: &[documents::Citation]| ids.extend(citations.iter().map(|c| c.id.text.clone()));
    for briefing in briefings {
        for claim in &briefing.claims {
            cite(&claim.sources);
            claim.responses.iter().for_each(|response| cite(&response.sources));
            claim.findings.iter().for_each(|finding| cite(&finding.sources));
        }
        for event in &briefing.events {
            cite(&event.sources);
            event.figures.iter().for_each(|figure| cite(&figure.sources));
        }
        briefing.responses.iter().for_each(|response| cite(&response.sources));
        briefing.findings.iter().for_each(|finding| cite(&finding.sources));
    }
    for profile in profiles {
        let relations =
            profile.parent.iter().chain(&profile.previous_names).chain(profile.relations.values().flatten());
        relations.chain(profile.dates.values()).for_each(|relation| cite(&relation.sources));
    }
    let bodies = briefings
        .iter()
        .flat_map(bodies_of)
        .chain(profiles.iter().map(|p| &p.body))
        .chain(pages.iter().map(|p| &p.body));
    for body in bodies {
        for reference in &body.outline.references {
            if let markdown::Target::Citation { id } = &reference.target {
                ids.insert(id.clone());
            }
        }
    }
    ids
}

fn bodies_of(briefing: &Briefing) -> impl Iterator<Item = &Body> {
    std::iter::once(&briefing.body).chain(briefing.translations.values().map(|translation| &translation.body))
}

/// What a document writes of assets, each with the folder that it is relative to.
trait UsesAssets {
    fn used(&self) -> Vec<(&str, &str)>;
}

fn of_body<'a>(body: &'a Body, path: &'a SourcePath) -> impl Iterator<Item = (&'a str, &'a str)> {
    body.outline.references.iter().filter_map(|reference| match &reference.target {
        markdown::Target::Asset { path: written, .. } => Some((path.folder(), &**written)),
        _ => None,
    })
}

impl UsesAssets for Briefing {
    fn used(&self) -> Vec<(&str, &str)> {
        let own = of_body(&self.body, &self.path);
        let translations = self.translations.values().flat_map(|t| of_body(&t.body, &t.path));
        let image = self.image.iter().map(|image| (self.path.folder(), &*image.text));
        own.chain(translations).chain(image).collect()
    }
}

impl UsesAssets for Profile {
    fn used(&self) -> Vec<(&str, &str)> {
        of_body(&self.body, &self.path).collect()
    }
}

impl UsesAssets for Page {
    fn used(&self) -> Vec<(&str, &str)> {
        of_body(&self.body, &self.path).collect()
    }
}

/// A link to a retracted image leads nowhere either.
fn without_retracted(mut released: Released<Briefing>, retracted: &Retracted) -> Released<Briefing> {
    if !retracted.is_empty() {
        let id = &released.document.id;
        let is_gone = |path: &SourcePath| retracted.contains_key(&(id.clone(), path.as_str().into()));
        released.assets.retain(|_, attachment| !is_gone(&attachment.asset.path));
    }
    released
}

fn with_assets<D: UsesAssets>(document: D, by_path: &BTreeMap<SourcePath, Attachment>) -> Released<D> {
    let mut assets = BTreeMap::new();
    if !by_path.is_empty() {
        for (folder, written) in document.used() {
            if let Some(asset) = documents::resolve_path(folder, written).and_then(|path| by_path.get(&path))
            {
                assets.insert(written.into(), asset.clone());
            }
        }
    }
    Released { document, assets }
}

/// Writes down the assets that no released prose uses.
fn unused(release: &Release, mut by_path: BTreeMap<SourcePath, Attachment>, withheld: &mut Withheld) {
    let briefings = release.briefings.iter().flat_map(|released| released.assets.values());
    let with_page = release.profiles.iter().filter(|released| released.document.page);
    let profiles = with_page.flat_map(|released| released.assets.values());
    for attachment in
        briefings.chain(profiles).chain(release.pages.iter().flat_map(|released| released.assets.values()))
    {
        by_path.remove(&attachment.asset.path);
    }
    for (path, attachment) in by_path {
        if attachment.words.is_some() {
            let words = SourcePath::new(&format!("{path}.toml"));
            withheld.push(Held::new(&words, None, Reason::Unused));
        }
        withheld.push(Held::new(&path, None, Reason::Unused));
    }
}
