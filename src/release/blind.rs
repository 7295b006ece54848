//! What a test makes the filter overlook, to see that the law of non-interference notices. The program has none of it.

use std::cell::Cell;

use super::{Held, Reason};
use crate::documents::{RELATIONS, SHARED_SOURCES};

thread_local! {
    static OVERLOOKED: Cell<Option<Branch>> = const { Cell::new(None) };
}

/// A branch of the filter: a reason for which it keeps matter back, a sort of matter, or what it does with what
/// hangs on withheld matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Branch {
    Reason(Why),
    File(File),
    Part(Part),
    Field(&'static str),
    Step(Step),
}

macro_rules! listed {
    ($($(#[$doc:meta])* $name:ident { $($variant:ident),+ $(,)? })+) => {
        $(
            $(#[$doc])*
            #[derive(Clone, Copy, Debug, PartialEq, Eq)]
            pub(crate) enum $name { $($variant),+ }

            impl $name {
                /// Every one.
                const ALL: &[Self] = &[$(Self::$variant),+];
            }
        )+
    };
}

listed! {
    /// Reasons.
    Why { Draft, Label, Embargo, Future, Expired }

    /// Files.
    File { Briefing, Translation, Profile, Page, Image }

    /// Parts.
    Part {
        Event, Figure, Claim, ResponseToOwn, FindingOnOwn, Response, Finding, Correction, Source, SharedSource,
        ProseOfBriefing, ProseOfTranslation, ProseOfProfile, ProseOfPage,
    }

    /// What is done with what hangs on withheld matter.
    Step { FormsOfWithheldParts, FormsInWithheldProse }
}

/// The other fields of a profile that can be marked.
pub(crate) const FIELDS: [&str; 25] = [
    "type",
    "aliases",
    "previous_names",
    "weak_aliases",
    "hidden_aliases",
    "names",
    "sort_name",
    "parent",
    "status_note",
    "died",
    "country",
    "coordinates",
    "precision",
    "id",
    "slug",
    "template",
    "wikidata",
    "links",
    "description",
    "former_ids",
    "same_as",
    "founded",
    "dissolved",
    "born",
    "extra",
];

impl Branch {
    /// Every branch.
    pub(crate) fn all() -> Vec<Self> {
        let reasons = Why::ALL.iter().map(|reason| Self::Reason(*reason));
        let files = File::ALL.iter().map(|file| Self::File(*file));
        let parts = Part::ALL.iter().map(|part| Self::Part(*part));
        let fields = FIELDS.into_iter().chain(RELATIONS).map(Self::Field);
        let steps = Step::ALL.iter().map(|step| Self::Step(*step));
        reasons.chain(files).chain(parts).chain(fields).chain(steps).collect()
    }

    /// Whether it is this branch that keeps `held` back.
    pub(crate) fn keeps(self, held: &Held) -> bool {
        match self {
            Self::Reason(why) => Why::of(held.reason) == Some(why),
            Self::File(file) => File::of(held) == Some(file),
            Self::Part(part) => Part::of(held) == Some(part),
            Self::Field(field) => held.part.as_ref().is_some_and(|part| *part == format!("`{field}`")),
            Self::Step(_) => false,
        }
    }
}

impl Why {
    fn of(reason: Reason) -> Option<Self> {
        match reason {
            Reason::Draft => Some(Self::Draft),
            Reason::Label(_) => Some(Self::Label),
            Reason::Embargo(_) => Some(Self::Embargo),
            Reason::Future(_) => Some(Self::Future),
            Reason::Expired(_) => Some(Self::Expired),
            Reason::Unused | Reason::Retracted | Reason::NoPage => None,
        }
    }
}

impl File {
    fn of(held: &Held) -> Option<Self> {
        let is_translation = held.path.stem().contains('.');
        let is_words = held.path.extension() == "toml";
        match (held.part.as_deref(), folder(held)) {
            (Some("image"), _) => Some(Self::Image),
            (Some(_), _) => None,
            // The words for a picture are told of with it.
            (None, _) if is_words => Some(Self::Image),
            (None, "briefings") if is_translation => Some(Self::Translation),
            (None, "briefings") => Some(Self::Briefing),
            (None, "pages") => Some(Self::Page),
            (None, _) => Some(Self::Profile),
        }
    }
}

impl Part {
    fn of(held: &Held) -> Option<Self> {
        let part = held.part.as_deref()?;
        let is_of_own = part.contains(" to ") || part.contains(" on ");
        Some(match part.split(' ').next()? {
            "event" => Self::Event,
            "figure" => Self::Figure,
            "claim" => Self::Claim,
            "response" if is_of_own => Self::ResponseToOwn,
            "response" => Self::Response,
            "finding" if is_of_own => Self::FindingOnOwn,
            "finding" => Self::Finding,
            "correction" => Self::Correction,
            "source" if held.path.as_str() == SHARED_SOURCES => Self::SharedSource,
            "source" => Self::Source,
            "marked" => match folder(held) {
                "briefings" if held.path.stem().contains('.') => Self::ProseOfTranslation,
                "briefings" => Self::ProseOfBriefing,
                "pages" => Self::ProseOfPage,
                _ => Self::ProseOfProfile,
            },
            _ => return None,
        })
    }
}

fn folder(held: &Held) -> &str {
    held.path.below("content").and_then(|path| path.split('/').next()).unwrap_or_default()
}

/// Runs what `run` does with a filter that overlooks `branch`.
pub(crate) fn to<T>(branch: Branch, run: impl FnOnce() -> T) -> T {
    OVERLOOKED.set(Some(branch));
    let result = run();
    OVERLOOKED.set(None);
    result
}

/// Whether the filter overlooks what would keep `held` back.
pub(super) fn overlooks(held: &Held) -> bool {
    OVERLOOKED.get().is_some_and(|branch| branch.keeps(held))
}

/// Whether the filter leaves a step out.
pub(super) fn omits(step: Step) -> bool {
    OVERLOOKED.get() == Some(Branch::Step(step))
}
