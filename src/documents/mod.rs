//! Every text below `content/`, parsed and checked, each file alone; names are still as their authors wrote them.
//!
//! Nothing here knows an edition: what is withheld is decided by the next stage, and until then nothing is resolved.

mod briefing;
mod coordinates;
mod front_matter;
mod languages;
mod lost;
pub mod markdown;
mod memory;
mod names;
mod page;
mod parts;
mod profile;
mod read_names;
mod read_parts;
mod references;
mod refused;
mod roles;
mod shared_sources;
mod short_forms;
mod sidecar;
mod unwritten;

use std::{
    collections::BTreeMap,
    hash::{Hash, Hasher},
    ops::{Deref, DerefMut},
    sync::Arc,
};

use rayon::prelude::*;

use crate::{
    diagnostics::{Diagnostic, Diagnostics, SharedText, Span},
    model::{BriefingId, Instant, LocalId, Marking, Published, SourcePath},
    settings::Settings,
    sources::{Asset, Sources},
    tree::{Extra, Spanned},
};
use markdown::{Outline, Prose};
use roles::{Role, role};

pub use briefing::file_slug;
pub use front_matter::Split;
pub use memory::Memory;
pub use names::tags_of;
pub use parts::{
    At, Citation, Claim, Corrected, Correction, Event, Figure, Finding, Name, Party, Reference, Response,
    Source, Unnamed,
};
pub(crate) use profile::stem as profile_stem;
pub use profile::{Death, Profile, RELATIONS, Relation};
pub use references::{resolve_path, same_as};
pub use refused::Refused;
pub use shared_sources::{Publisher, SHARED_SOURCES, SharedSources};
pub use short_forms::place as form_place;
pub use sidecar::ImageWords;
pub use unwritten::PLACEHOLDER;

/// Everything below `content/`, in the order of paths.
#[derive(Clone, Debug, Default)]
pub struct Documents {
    /// The briefings, their translations with them.
    pub briefings: Vec<Briefing>,
    /// What describes entities.
    pub profiles: Vec<Profile>,
    /// About, method and the like.
    pub pages: Vec<Page>,
    /// `content/sources.toml`.
    pub sources: SharedSources,
    /// What lies beside the texts, below `content/`.
    pub assets: Vec<Asset>,
    /// The words for images, by the images' paths.
    pub images: BTreeMap<SourcePath, ImageWords>,
    /// Texts that are there and cannot be read, which has been told. That others refer to them is no mistake.
    pub refused: Vec<Refused>,
}

/// One briefing: what stands in its head, and its text. Both are shared by all who have it, until one cuts something.
#[derive(Clone, Debug, PartialEq, Hash)]
pub struct Briefing {
    /// All but its text.
    pub head: Arc<Head>,
    /// Its text.
    pub body: Arc<Body>,
}

impl Deref for Briefing {
    type Target = Head;

    fn deref(&self) -> &Head {
        &self.head
    }
}

/// Whoever changes a head that others have too gets one of his own.
impl DerefMut for Briefing {
    fn deref_mut(&mut self) -> &mut Head {
        Arc::make_mut(&mut self.head)
    }
}

/// All of a briefing but its text. An edit of the text leaves it as it was.
#[derive(Clone, Debug, PartialEq, Hash)]
pub struct Head {
    /// Its file.
    pub path: SourcePath,
    /// Its id.
    pub id: BriefingId,
    /// Its title.
    pub title: String,
    /// The day it covers.
    pub date: Published,
    /// When it was published.
    pub published: Published,
    /// When it was last changed.
    pub updated: Option<Published>,
    /// From when on it is no longer shown.
    pub expires: Option<Instant>,
    /// One or two sentences.
    pub summary: Option<String>,
    /// Who wrote it; empty for the desk.
    pub authors: Vec<String>,
    /// What drafted it, where that was a machine.
    pub generated: Option<String>,
    /// Who reviewed a machine's draft.
    pub reviewed_by: Option<String>,
    /// Its segment of the address, where the author chose it.
    pub slug: Option<String>,
    /// Old addresses that lead to it, without the first `/`.
    pub aliases: Vec<Name>,
    /// Its language, if not the archive's.
    pub language: Option<String>,
    /// Its image, as written.
    pub image: Option<Name>,
    /// Its licence, if not the archive's.
    pub license: Option<String>,
    /// The template that shows it, if not the usual one.
    pub template: Option<Name>,
    /// The author's own values.
    pub extra: Extra,
    /// The entities that it lists, by the place of their kind in the settings.
    pub tags: Arc<BTreeMap<usize, Vec<Name>>>,
    /// What happened.
    pub events: Vec<Event>,
    /// Who says what.
    pub claims: Vec<Claim>,
    /// Answers to claims of this or other briefings.
    pub responses: Vec<Response>,
    /// Findings on claims of this or other briefings.
    pub findings: Vec<Finding>,
    /// What the desk read, in the order written.
    pub sources: Vec<(LocalId, Source)>,
    /// What was changed.
    pub corrections: Vec<Correction>,
    /// Whether search engines are asked not to list its pages.
    pub noindex: bool,
    /// What may hold it back.
    pub marking: Marking,
    /// Its renditions in other languages, by tag.
    pub translations: BTreeMap<String, Translation>,
    /// Further renditions in languages that it has one in. Which of them stands is decided by what is released.
    pub rivals: Vec<Translation>,
}

/// A text and what it refers to.
#[derive(Clone, Debug, PartialEq)]
pub struct Body {
    /// The Markdown.
    pub prose: Prose,
    /// What it refers to.
    pub outline: Outline,
}

/// By nothing: only the page that shows a text depends on it, and that one hashes the text itself.
impl Hash for Body {
    fn hash<H: Hasher>(&self, _: &mut H) {}
}

/// A rendition of a briefing in another language. The facts stay in the original.
#[derive(Clone, Debug, PartialEq, Hash)]
pub struct Translation {
    /// Its file.
    pub path: SourcePath,
    /// Its language.
    pub language: String,
    /// The title.
    pub title: String,
    /// The summary.
    pub summary: Option<String>,
    /// The texts of claims and events, by their ids; each with the place of its id.
    pub texts: BTreeMap<LocalId, Spanned<String>>,
    /// Where these are written, with their ids.
    pub places: BTreeMap<LocalId, At>,
    /// What may hold it back.
    pub marking: Marking,
    /// Its text.
    pub body: Body,
}

/// A page that is no briefing.
#[derive(Clone, Debug, PartialEq, Hash)]
pub struct Page {
    /// Its file.
    pub path: SourcePath,
    /// Its title.
    pub title: String,
    /// A sentence on it.
    pub summary: Option<String>,
    /// Its address below the root, without slashes at its ends.
    pub address: String,
    /// Old addresses that lead to it.
    pub aliases: Vec<Name>,
    /// Its language, if not the archive's.
    pub language: Option<String>,
    /// The template that shows it, if not the usual one.
    pub template: Option<Name>,
    /// The author's own values.
    pub extra: Extra,
    /// Whether search engines are asked not to list it.
    pub noindex: bool,
    /// What may hold it back.
    pub marking: Marking,
    /// Its text.
    pub body: Body,
}

/// Where hashes of the names that were taken out are kept. It is no document.
pub const REDACTIONS: &str = "content/redactions.toml";

/// So many mistakes of one file are shown.
const MISTAKES_PER_FILE: usize = 50;

#[derive(Clone, Debug)]
enum Parsed {
    Briefing(Briefing),
    Translation(SourcePath, Box<Translation>),
    Profile(Box<Profile>),
    Page(Box<Page>),
    /// A translation and the path of its original, which is not there.
    Lost(SourcePath, SourcePath),
    Refused(Refused),
}

/// What came of one file, and what is wrong with it.
type Outcome = (Parsed, Diagnostics);

/// Parses every text below `content/`, and checks what can be checked before anything is withheld.
pub fn parse(sources: &Sources, settings: &Settings, diagnostics: &mut Diagnostics) -> Documents {
    parse_again(sources, settings, None, diagnostics)
}

/// The same, made fast by what `memory` keeps of files that are as they were.
pub fn parse_again(
    sources: &Sources,
    settings: &Settings,
    memory: Option<&mut Memory>,
    diagnostics: &mut Diagnostics,
) -> Documents {
    let mut documents = Documents::default();
    let (mut files, mut lost) = (Vec::new(), Vec::new());
    for (path, text) in sources.texts_below("content") {
        match role(path, sources, settings) {
            Role::SharedSources => {
                documents.sources = shared_sources::parse(path, text, settings, diagnostics);
            }
            Role::Misplaced(diagnostic) => {
                diagnostics.push(diagnostic);
                documents.refused.push(Refused::text(path));
            }
            Role::Lost { original } => lost.push((path.clone(), original)),
            Role::Redactions => {}
            Role::Sidecar => {
                let image = sidecar::image_of(path);
                if let Some(words) = sidecar::parse(path, text, settings, diagnostics) {
                    documents.images.insert(image, words);
                }
            }
            role => files.push(File { path: path.clone(), text: text.clone(), role }),
        }
    }
    for path in sources.unread() {
        let role = role(path, sources, settings);
        documents.refused.push(Refused::new(path, &role, None, settings));
    }
    let shared = &documents.sources;
    let (parsed, checked): (Vec<Outcome>, _) = match memory {
        Some(memory) => (memory.parse(files, settings, shared), Some(&mut memory.checked)),
        None => (files.into_par_iter().map(|file| one(&file, settings, shared)).collect(), None),
    };

    let mut translations = Vec::new();
    documents.briefings.reserve_exact(parsed.len());
    for (document, found) in parsed {
        diagnostics.extend(found);
        match document {
            Parsed::Briefing(mut briefing) => {
                let revised = sources.revised.get(&briefing.path).filter(|_| briefing.updated.is_none());
                if let Some(updated) = revised.and_then(|at| update(briefing.published, *at, settings)) {
                    briefing.updated = Some(updated);
                }
                documents.briefings.push(briefing);
            }
            Parsed::Translation(original, translation) => translations.push((original, *translation)),
            Parsed::Profile(profile) => documents.profiles.push(*profile),
            Parsed::Page(page) => documents.pages.push(*page),
            Parsed::Lost(path, original) => lost.push((path, original)),
            Parsed::Refused(refused) => documents.refused.push(refused),
        }
    }
    for (original, translation) in translations {
        // Files are read in the order of their paths, and so are the briefings.
        match documents.briefings.binary_search_by(|briefing| briefing.path.cmp(&original)) {
            Ok(place) => add(translation, &mut documents.briefings[place], settings, diagnostics),
            Err(_) => {
                let message = format!("this is the translation of `{original}`, which cannot be read");
                diagnostics.push(
                    Diagnostic::warning("no-original", message)
                        .at(Span::file(&translation.path))
                        .help("mend the original"),
                );
                documents.refused.push(Refused::text(&translation.path));
            }
        }
    }
    lost::tell(&lost, sources, diagnostics);
    documents.refused.extend(lost.iter().map(|(path, _)| Refused::text(path)));
    documents.assets = sources.assets_below("content").cloned().collect();
    references::check(&documents, settings, checked, diagnostics);
    languages::check(&documents, settings, sources.settings(), diagnostics);
    documents
}

/// The update that a revision is, where it came after publication; on the day of it, only after its time.
fn update(published: Published, revised: Instant, settings: &Settings) -> Option<Published> {
    let revised = Published::at(revised, settings.timezone);
    let is_later = if published.has_time() { revised > published } else { revised.day() > published.day() };
    is_later.then_some(revised)
}

fn add(
    translation: Translation,
    briefing: &mut Briefing,
    settings: &Settings,
    diagnostics: &mut Diagnostics,
) {
    let own = briefing.language.as_deref().unwrap_or(&settings.language);
    if own.eq_ignore_ascii_case(&translation.language) {
        let message = format!("`{}` is written in `{}` itself", briefing.path, translation.language);
        diagnostics.push(
            Diagnostic::error("own-translation", message)
                .at(Span::file(&translation.path))
                .help("write the language of the original as its `lang`, or delete the translation"),
        );
    }
    let Some(first) = briefing.translations.get(&translation.language) else {
        briefing.translations.insert(translation.language.clone(), translation);
        return;
    };
    let message = format!("two files translate `{}` into `{}`", briefing.path, translation.language);
    diagnostics.push(
        Diagnostic::error("duplicate-translation", message)
            .at(Span::file(&translation.path))
            .related(Span::file(&first.path), "the other one")
            .help("delete one of them"),
    );
    briefing.rivals.push(translation);
}

/// A text and what it is for.
#[derive(Debug, PartialEq, Eq)]
struct File {
    path: SourcePath,
    text: SharedText,
    role: Role,
}

/// Parses a file alone: what comes of it depends on nothing but what is given here.
fn one(file: &File, settings: &Settings, shared: &SharedSources) -> Outcome {
    let mut found = Diagnostics::new();
    let document = document(file, settings, shared, &mut found);
    found.sort();
    found.cap(&file.path, MISTAKES_PER_FILE);
    (document, found)
}

fn document(
    file: &File,
    settings: &Settings,
    shared: &SharedSources,
    diagnostics: &mut Diagnostics,
) -> Parsed {
    let File { path, text, role } = file;
    let Some(read) = front_matter::read(path, text, settings, diagnostics) else {
        return Parsed::Refused(Refused::new(path, role, None, settings));
    };
    if let Role::Dotted { original } = role
        && lost::is_translation(&read.front)
    {
        return Parsed::Lost(path.clone(), original.clone());
    }
    let parsed = match role {
        Role::Briefing | Role::Dotted { .. } => {
            briefing::parse(&read, settings, shared, diagnostics).map(Parsed::Briefing)
        }
        Role::Translation { original, language } => {
            briefing::parse_translation(&read, language, settings, diagnostics)
                .map(|translation| Parsed::Translation(original.clone(), Box::new(translation)))
        }
        Role::Profile(kind) => {
            profile::parse(&read, *kind, settings, diagnostics).map(|p| Parsed::Profile(Box::new(p)))
        }
        Role::Page => page::parse(&read, settings, diagnostics).map(|p| Parsed::Page(Box::new(p))),
        Role::SharedSources | Role::Sidecar | Role::Redactions | Role::Lost { .. } | Role::Misplaced(_) => {
            None
        }
    };
    parsed.unwrap_or_else(|| Parsed::Refused(Refused::new(path, role, Some(&read.front), settings)))
}
