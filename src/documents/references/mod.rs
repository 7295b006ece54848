mod corrections;
mod ids;
mod known;
mod lints;
mod prose;

use std::{collections::BTreeSet, sync::Arc};

use self::known::{Known, Sort};
use super::{At, Briefing, Citation, Documents, Head, Name, Reference};
use crate::{
    diagnostics::{Diagnostic, Diagnostics, Span, did_you_mean, nearest},
    model::{LocalId, PartId, SourcePath, fold_name},
    settings::{ACTOR, LOCATION, Settings},
};

/// What the check before found, with all that it was made from.
#[derive(Debug, Default)]
pub(super) struct Memory {
    last: Option<Last>,
}

#[derive(Debug)]
struct Last {
    documents: Documents,
    settings: Settings,
    told: Told,
}

/// What is wrong.
#[derive(Debug, Default)]
struct Told {
    /// With ids and images.
    of_all: Diagnostics,
    /// With each briefing.
    briefings: Vec<Diagnostics>,
    /// With profiles and pages.
    others: Diagnostics,
    /// Whether near misses were looked for. There is a limit to that, which all files share.
    has_compared: bool,
}

/// Checks what one file says of another: ids that are given twice, and references to what is nowhere. What `memory`
/// keeps of texts that are as they were, where nothing but texts differs, need not be checked again.
///
/// A reference to what exists and is withheld is no mistake of this stage.
pub(super) fn check(
    documents: &Documents,
    settings: &Settings,
    memory: Option<&mut Memory>,
    diagnostics: &mut Diagnostics,
) {
    let mut unkept = Memory::default();
    let is_kept = memory.is_some();
    let memory = memory.unwrap_or(&mut unkept);
    let holds = |last: &Last| {
        !last.told.has_compared && last.settings == *settings && differ_in_texts(&last.documents, documents)
    };
    let mut last = memory.last.take().filter(holds);
    let known = Known::of(documents);
    let mut told = Told::default();
    for (place, briefing) in documents.briefings.iter().enumerate() {
        let before =
            last.as_mut().filter(|last| Arc::ptr_eq(&last.documents.briefings[place].body, &briefing.body));
        told.briefings.push(match before {
            Some(last) => std::mem::take(&mut last.told.briefings[place]),
            None => of_briefing(briefing, &known, settings),
        });
    }
    (told.of_all, told.others) = match &mut last {
        Some(Last { told, .. }) => (std::mem::take(&mut told.of_all), std::mem::take(&mut told.others)),
        None => (of_all(documents, &known, settings), of_others(documents, &known, settings)),
    };
    told.has_compared = known.has_compared();
    diagnostics.extend(told.of_all.clone());
    told.briefings.iter().for_each(|told| diagnostics.extend(told.clone()));
    diagnostics.extend(told.others.clone());
    lints::check(documents, diagnostics);
    if is_kept {
        let (documents, settings) = match last {
            Some(Last { documents: mut same, settings, .. }) => {
                same.briefings.clone_from(&documents.briefings);
                (same, settings)
            }
            None => (documents.clone(), settings.clone()),
        };
        memory.last = Some(Last { documents, settings, told });
    }
}

/// Whether two sets of documents are the same but for the texts of briefings.
fn differ_in_texts(one: &Documents, other: &Documents) -> bool {
    let Documents { briefings, profiles, pages, sources, assets, images, refused } = one;
    let same = |(one, other): (&Briefing, &Briefing)| {
        // What did not change is mostly the very same.
        Arc::ptr_eq(&one.head, &other.head) || one.head == other.head
    };
    briefings.len() == other.briefings.len()
        && briefings.iter().zip(&other.briefings).all(same)
        && (profiles, pages) == (&other.profiles, &other.pages)
        && (sources, assets) == (&other.sources, &other.assets)
        && (images, refused) == (&other.images, &other.refused)
}

/// Checks ids and images.
fn of_all(documents: &Documents, known: &Known<'_>, settings: &Settings) -> Diagnostics {
    let mut told = Diagnostics::new();
    ids::unique_briefings(documents, &mut told);
    ids::unique_profiles(documents, settings, &mut told);
    for image in documents.images.keys().filter(|image| !known.has_asset(image)) {
        told.push(
            Diagnostic::warning("unused-sidecar", format!("there is no `{image}` that these words are for"))
                .at(Span::file(&SourcePath::new(&format!("{image}.toml"))))
                .help("put the image beside it, or rename the words after the image they are for"),
        );
    }
    for asset in documents.assets.iter().filter(|asset| keeps_metadata(&asset.path)) {
        told.push(
            Diagnostic::warning(
                "image-metadata",
                "what a camera wrote into an image of this format stays in it",
            )
            .at(Span::file(&asset.path))
            .help("save it as JPEG, PNG or WebP, from which place, time and device are removed"),
        );
    }
    told
}

/// Checks a briefing: by itself, and by what is known of all others but for their texts.
fn of_briefing(briefing: &Briefing, known: &Known<'_>, settings: &Settings) -> Diagnostics {
    let mut told = Diagnostics::new();
    let (path, own) = (&briefing.path, Some(&*briefing.head));
    Checker { known, settings, path, own, diagnostics: &mut told }.briefing(briefing);
    told
}

/// Checks profiles and pages.
fn of_others(documents: &Documents, known: &Known<'_>, settings: &Settings) -> Diagnostics {
    let mut told = Diagnostics::new();
    let diagnostics = &mut told;
    for profile in &documents.profiles {
        let mut checker = Checker { known, settings, path: &profile.path, own: None, diagnostics };
        let relations =
            profile.parent.iter().chain(&profile.previous_names).chain(profile.relations.values().flatten());
        for relation in relations.chain(profile.dates.values()) {
            checker.citations(&relation.sources);
        }
        if let Some(same_as) = &profile.same_as {
            checker.same_as(profile.kind, same_as);
        }
        if let Some(died) = &profile.died {
            checker.part(&died.rests_on, Sort::Claim);
        }
        checker.body(&profile.body);
    }
    for page in &documents.pages {
        let mut checker = Checker { known, settings, path: &page.path, own: None, diagnostics };
        checker.body(&page.body);
    }
    told
}

/// Where a link written in the folder `folder` leads below the archive's root; `None` where it leaves `content/`.
pub fn resolve_path(folder: &str, written: &str) -> Option<SourcePath> {
    let mut segments: Vec<&str> =
        if written.starts_with("@/") { vec!["content"] } else { folder.split('/').collect() };
    for segment in written.strip_prefix("@/").unwrap_or(written).split('/') {
        match segment {
            "" | "." => {}
            ".." if segments.len() > 1 => drop(segments.pop()),
            ".." => return None,
            segment => segments.push(segment),
        }
    }
    Some(SourcePath::new(&segments.join("/")))
}

/// Whether a file is an image of a format whose metadata cannot be removed.
fn keeps_metadata(path: &SourcePath) -> bool {
    let extension = path.extension().to_ascii_lowercase();
    matches!(extension.as_str(), "avif" | "heic" | "heif" | "tif" | "tiff" | "dng")
}

/// What `same_as: location:israel` names: the place of a kind, and a name. Without a kind, an actor's is a location and
/// all others' an actor.
pub fn same_as<'n>(settings: &Settings, kind: usize, written: &'n str) -> (usize, &'n str) {
    let named = |(word, rest): (&str, &'n str)| Some((settings.kind_named(word)?, rest.trim()));
    let other = if kind == ACTOR { LOCATION } else { ACTOR };
    written.split_once(':').and_then(named).unwrap_or((other, written))
}

struct Checker<'a, 'k> {
    known: &'a Known<'k>,
    settings: &'a Settings,
    path: &'a SourcePath,
    own: Option<&'a Head>,
    diagnostics: &'a mut Diagnostics,
}

impl Checker<'_, '_> {
    fn briefing(&mut self, briefing: &Briefing) {
        for event in &briefing.events {
            self.citations(&event.sources);
            event.figures.iter().for_each(|figure| self.citations(&figure.sources));
            if let Some(reference) = &event.tells {
                self.part(reference, Sort::Event);
            }
        }
        for claim in &briefing.claims {
            self.citations(&claim.sources);
            claim.responses.iter().for_each(|response| self.citations(&response.sources));
            for finding in &claim.findings {
                self.citations(&finding.sources);
                if !claim.class.has_truth_value() {
                    self.no_truth_value(finding.at, claim.class.word());
                }
            }
        }
        for (claim, sources, at, what) in briefing
            .responses
            .iter()
            .map(|r| (&r.claim, &r.sources, r.at, "response"))
            .chain(briefing.findings.iter().map(|f| (&f.claim, &f.sources, f.at, "finding")))
        {
            self.citations(sources);
            match claim {
                Some(reference) => self.part(reference, Sort::Claim),
                None => self.push(
                    Diagnostic::error(
                        "missing-key",
                        format!("a {what} that stands in no claim needs `claim`"),
                    )
                    .at(at.span(self.path))
                    .help("write `claim: BRIEFING#id`, or `claim: \"#id\"` for a claim of this file"),
                ),
            }
        }
        for finding in &briefing.findings {
            if let Some(class) = finding.claim.as_ref().and_then(|reference| self.class_of(&reference.part)) {
                self.no_truth_value(finding.at, class);
            }
        }
        for correction in &briefing.corrections {
            self.correction(briefing, correction);
        }
        // As in prose, what lies at the root of the site or elsewhere in the web is not looked for.
        if let Some(image) = &briefing.image
            && !image.text.starts_with('/')
            && !image.text.contains("://")
        {
            self.asset(&image.text, image.at.span(self.path));
        }
        self.body(&briefing.body);
        for translation in briefing.translations.values() {
            let mut checker =
                Checker { path: &translation.path, diagnostics: &mut *self.diagnostics, ..*self };
            checker.body(&translation.body);
            let own: BTreeSet<&LocalId> = briefing
                .claims
                .iter()
                .filter_map(|c| c.id.as_ref())
                .chain(briefing.events.iter().filter_map(|e| e.id.as_ref()))
                .collect();
            for (id, text) in translation.texts.iter().filter(|(id, _)| !own.contains(id)) {
                let help = did_you_mean(id.as_str(), own.iter().map(|id| id.as_str()));
                checker.push(
                    Diagnostic::error(
                        "unknown-reference",
                        format!("the original has no claim or event `{id}`"),
                    )
                    .at(Span::new(&translation.path, text.span.clone()))
                    .help(help.unwrap_or_else(|| {
                        format!("give the part in `{}` this id, or delete the text", briefing.path)
                    })),
                );
            }
        }
    }

    fn push(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }

    fn no_truth_value(&mut self, at: At, class: &str) {
        self.push(
            Diagnostic::error(
                "no-truth-value",
                format!("a claim of the class `{class}` is neither true nor false"),
            )
            .at(at.span(self.path))
            .help("delete the finding, or make the claim's class `fact` or `forecast`"),
        );
    }

    fn class_of(&self, part: &PartId) -> Option<&'static str> {
        let briefing = self.target(part)?;
        let claim = briefing.claims.iter().find(|claim| claim.id.is_some() && claim.id == part.local)?;
        (!claim.class.has_truth_value()).then(|| claim.class.word())
    }

    /// The briefing that a part is of.
    fn target(&self, part: &PartId) -> Option<&Head> {
        match &part.briefing {
            Some(id) => self.known.briefing(id),
            None => self.own,
        }
    }

    fn citations(&mut self, citations: &[Citation]) {
        for citation in citations {
            self.source(&citation.id.text, citation.id.at.span(self.path));
        }
    }

    fn source(&mut self, id: &str, span: Span) {
        let own = self.own.map(|briefing| &briefing.sources[..]).unwrap_or_default();
        let shared = self.known.sources();
        if own.iter().any(|(known, _)| known.as_str() == id)
            || LocalId::new(id).is_some_and(|id| shared.contains_key(&id))
        {
            return;
        }
        let known = own.iter().map(|(id, _)| id.as_str()).chain(shared.keys().map(LocalId::as_str));
        let help = self
            .known
            .may_compare(own.len() + shared.len())
            .then(|| did_you_mean(id, known))
            .flatten()
            .unwrap_or_else(|| format!("write it under `sources:`: `{id}: https://...`"));
        self.push(
            Diagnostic::error("unknown-source", format!("there is no source `{id}`")).at(span).help(help),
        );
    }

    /// Checks that a claim or an event exists.
    fn part(&mut self, reference: &Reference, sort: Sort) {
        let span = reference.at.span(self.path);
        let what = if sort == Sort::Claim { "claim" } else { "event" };
        let Some(briefing) = self.target(&reference.part) else {
            return self.no_briefing(&reference.part, span);
        };
        let Some(local) = &reference.part.local else {
            let help = format!("write `{}#` and the {what}'s id", briefing.id);
            return self.push(
                Diagnostic::error("unknown-reference", format!("this names a briefing and no {what} of it"))
                    .at(span)
                    .help(help),
            );
        };
        let (other, is) = match sort {
            Sort::Claim => (Sort::Event, "an event"),
            Sort::Event => (Sort::Claim, "a claim"),
        };
        if self.known.has_part(&briefing.id, sort, local) {
            return;
        }
        if self.known.has_part(&briefing.id, other, local) {
            let message = format!("`{local}` of the briefing `{}` is {is} and no {what}", briefing.id);
            let help = format!("write the id of a {what}").replace("a event", "an event");
            self.push(Diagnostic::error("unknown-reference", message).at(span).help(help));
        } else {
            let ids: Vec<&str> = match sort {
                Sort::Claim => briefing
                    .claims
                    .iter()
                    .filter_map(|claim| claim.id.as_ref())
                    .map(LocalId::as_str)
                    .collect(),
                Sort::Event => briefing
                    .events
                    .iter()
                    .filter_map(|event| event.id.as_ref())
                    .map(LocalId::as_str)
                    .collect(),
            };
            let help = did_you_mean(local.as_str(), ids)
                .unwrap_or_else(|| format!("give the {what} in `{}` this id", briefing.path));
            let message = format!("the briefing `{}` has no {what} `{local}`", briefing.id);
            self.push(Diagnostic::error("unknown-reference", message).at(span).help(help));
        }
    }

    fn no_briefing(&mut self, part: &PartId, span: Span) {
        let diagnostic = match &part.briefing {
            Some(id) if self.known.is_refused(id) => return,
            Some(id) => {
                let may_compare = self.known.may_compare(self.known.heads().len());
                let near = may_compare.then(|| nearest(id.as_str(), self.known_briefings())).flatten();
                let help = near.map_or_else(
                    || "write the file's name without `.md`".into(),
                    |near| format!("did you mean `{near}`?"),
                );
                Diagnostic::error("unknown-reference", format!("there is no briefing `{id}`")).help(help)
            }
            None => Diagnostic::error(
                "unknown-reference",
                "this names a part of its own file, which is no briefing",
            )
            .help("write `BRIEFING#id`"),
        };
        self.push(diagnostic.at(span));
    }

    /// Checks that the other side of `same_as` exists, withheld or not.
    fn same_as(&mut self, kind: usize, name: &Name) {
        let (other, text) = same_as(self.settings, kind, &name.text);
        if !self.known.names().contains(&(other, fold_name(text))) {
            self.push(
                Diagnostic::error("unknown-reference", format!("nothing is called `{}`", name.text))
                    .at(name.at.span(self.path))
                    .help("write the kind and the id: `same_as: location:israel`"),
            );
        }
    }

    fn known_briefings(&self) -> impl Iterator<Item = &str> {
        self.known.heads().map(|briefing| briefing.id.as_str())
    }
}
