//! A release, turned into what its pages show: entities, timelines, claims with their responses, resolved links.
//!
//! Nothing here knows that anything was withheld, nor what a page looks like.

mod accounts;
mod backlinks;
#[cfg(test)]
mod cross_tests;
mod dates;
mod entity;
mod facts;
mod hashed;
mod index;
mod layers;
mod ledger;
mod links;
mod lints;
mod mentions;
mod near;
mod notes;
mod party;
mod publishers;
mod reading;
mod registry;
mod related;
mod relations;
mod retracted;
mod rows;
mod shared;
mod sides;
mod skeleton;
mod status;
mod tellings;
mod timeline;
mod together;
mod unknown;

use std::{collections::BTreeMap, ops::Index, sync::Arc};

use rustc_hash::FxHashMap;

use crate::{
    documents::{self, At, Figure, Head},
    model::{
        ActorRole, BriefingId, ClaimClass, Confidence, Day, EventStatus, FindingStatus, LocalId, Published,
        SourcePath, Stance, Tlp, When, check_segment, segment,
    },
    release::{Attachment, Released, Tombstone},
};

pub use entity::{Counts, Entity, Related, Relations};
pub use index::{Memory, index};
pub use layers::{Archive, Linked};
pub use ledger::{Ledger, Voice};
pub use links::{Link, Owner};
pub use notes::{Note, NotedOf, NotedOn};
pub use party::{Party, Rests, Words};
pub use publishers::{Publisher, Work};
pub use reading::{Mention, Reading};
pub use related::Relative;
pub use sides::Account;
pub use status::{Counted, Standing, Status};
pub use timeline::{Entry, What};
pub use together::Pair;

macro_rules! index_types {
    ($($(#[$doc:meta])* $name:ident => $field:ident: $item:ty),+ $(,)?) => {
        $(
            $(#[$doc])*
            #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
            pub struct $name(u32);

            impl $name {
                /// The place in its list.
                pub fn get(self) -> usize {
                    self.0 as usize
                }

                pub(crate) fn new(place: usize) -> Self {
                    Self(u32::try_from(place).expect("an archive holds fewer than 2^32 of anything"))
                }
            }

            impl Index<$name> for Facts {
                type Output = $item;

                fn index(&self, place: $name) -> &$item {
                    &self.$field[place.get()]
                }
            }
        )+
    };
}

index_types! {
    /// The place of a briefing in [`Facts::briefings`].
    BriefingIx => briefings: Briefing,
    /// The place of an entity in [`Facts::entities`].
    EntityIx => entities: Entity,
    /// The place of a claim in [`Facts::claims`].
    ClaimIx => claims: Claim,
    /// The place of an event in [`Facts::events`].
    EventIx => events: Event,
    /// The place of a pair in [`Facts::pairs`].
    PairIx => pairs: Pair,
    /// The place of a note in [`Facts::notes`].
    NoteIx => notes: Note,
    /// The place of a publisher in [`Facts::publishers`].
    PublisherIx => publishers: Publisher,
}

/// What the heads of briefings, the profiles and the pages say. No edit of a briefing's text changes any of it.
#[derive(Debug, Default)]
pub struct Facts {
    /// The briefings, oldest first by publication, then by id.
    pub briefings: Vec<Briefing>,
    /// What is left of retracted ones.
    pub tombstones: Vec<TombstonePage>,
    /// Where retracted claims had their pages.
    pub retracted_claims: Vec<RetractedClaim>,
    /// The entities, by kind, then by address.
    pub entities: Vec<Entity>,
    /// The places of each kind's entities, by the place of the kind in the settings.
    pub kinds: Vec<Vec<EntityIx>>,
    /// The claims, by briefing, as written.
    pub claims: Vec<Claim>,
    /// The events, by briefing, as written.
    pub events: Vec<Event>,
    /// The pages that are no briefings, by address.
    pub pages: Vec<StandingPage>,
    /// Those that enough briefings name together.
    pub pairs: Vec<Pair>,
    /// What their lists of briefings are made from.
    named: together::Named,
    /// Those who published what the desk read, by name.
    pub publishers: Vec<Publisher>,
    /// What the desk read and no publisher's page lists, oldest briefing first.
    pub unfiled: Vec<Work>,
    /// The publishers by their folded names.
    publishers_by_name: FxHashMap<String, PublisherIx>,
    /// What was changed after publication, by briefing, as written; then the retractions of whole briefings.
    pub notes: Vec<Note>,
    /// Those of the notes that correct, clarify or retract, oldest first.
    pub corrections: Vec<NoteIx>,
    /// The claims in the lists that readers ask for.
    pub ledger: Ledger,
}

/// A briefing but for its text, its names resolved.
#[derive(Debug, Hash)]
pub struct Briefing {
    /// What its author wrote, without withheld parts, and the assets it uses.
    pub released: Released<Arc<Head>>,
    /// Its address below the root: `briefings/2025/05/15/direct-talks/`.
    pub address: String,
    /// The entities that tag it, each once, by kind, in the order they are named.
    pub tags: Vec<EntityIx>,
    /// Its claims.
    pub claims: Vec<ClaimIx>,
    /// Its events.
    pub events: Vec<EventIx>,
    /// Its answers to other claims than its own.
    pub responses: Vec<(Option<ClaimIx>, Response)>,
    /// Its findings on other claims than its own.
    pub findings: Vec<(Option<ClaimIx>, Finding)>,
    /// The sources that it cites: its own in the order written, then the shared ones in the order cited.
    pub sources: Vec<(LocalId, documents::Source)>,
    /// How many of them are its own.
    pub own_sources: usize,
    /// The briefings that share most with it, the nearest first.
    pub related: Vec<Relative>,
    /// What was changed in it after publication, newest first.
    pub notes: Vec<NoteIx>,
    /// When it last changed: the latest of its publication, its update and its notes.
    pub changed: Published,
}

/// What a retracted briefing leaves behind.
#[derive(Debug, Hash)]
pub struct TombstonePage {
    /// Its address below the root.
    pub address: String,
    /// What is left.
    pub tombstone: Tombstone,
    /// When it was retracted, as feeds tell it.
    pub when: Published,
    /// The entities on whose timelines something of it stood.
    pub entities: Vec<EntityIx>,
}

/// What is left of a claim that was retracted.
#[derive(Debug, Hash)]
pub struct RetractedClaim {
    /// The address of its page below the root.
    pub address: String,
    /// Where it says that it is gone.
    pub told_at: String,
    /// The file in which it stands.
    pub path: SourcePath,
}

/// A page that is no briefing.
#[derive(Debug, Hash)]
pub struct StandingPage {
    /// What its author wrote, and the assets it uses.
    pub released: Released<documents::Page>,
    /// Its address below the root: `about/`.
    pub address: String,
    /// The shared sources that it cites.
    pub sources: Vec<(LocalId, documents::Source)>,
}

/// What somebody says, with every answer in the archive.
#[derive(Debug, Hash)]
pub struct Claim {
    /// The briefing that tells it.
    pub briefing: BriefingIx,
    /// Its id in the briefing.
    pub id: Option<LocalId>,
    /// Its anchor on the briefing's page: its id, or `c-` and a hash.
    pub anchor: String,
    /// Who says it.
    pub by: Vec<Party>,
    /// For whom, as written or by the speakers' profiles at that date.
    pub on_behalf_of: Vec<Party>,
    /// About whom.
    pub about: Vec<Party>,
    /// When; by the briefing's day where it is not written.
    pub date: When,
    /// What sort of statement it is.
    pub class: ClaimClass,
    /// What is said.
    pub text: String,
    /// Where it was said, or what place it is about.
    pub locations: Vec<EntityIx>,
    /// To whom.
    pub told: Vec<Words>,
    /// By what chain it reached what was read.
    pub via: Vec<Words>,
    /// What it rests on.
    pub sources: Vec<Rests>,
    /// The answers, by date, then as written.
    pub responses: Vec<Response>,
    /// The desk's findings, oldest first.
    pub findings: Vec<Finding>,
    /// What was changed in it, newest first.
    pub notes: Vec<NoteIx>,
    /// The label that it bears itself.
    pub label: Option<Tlp>,
    /// Where it is written in its briefing's file.
    pub at: At,
    /// Whether its briefing's text shows it where it is written.
    pub in_prose: bool,
}

/// An answer to a claim.
#[derive(Clone, Debug, Hash)]
pub struct Response {
    /// The briefing that tells it.
    pub briefing: BriefingIx,
    /// Who answers.
    pub by: Vec<Party>,
    /// For whom.
    pub on_behalf_of: Vec<Party>,
    /// How.
    pub stance: Stance,
    /// When; by the briefing's day where it is not written.
    pub date: When,
    /// In what words.
    pub text: Option<String>,
    /// What it rests on.
    pub sources: Vec<Rests>,
    /// Where a claim says that it was retracted, where this answers such a one.
    pub to_retracted: Option<Box<str>>,
    /// The label that it bears itself.
    pub label: Option<Tlp>,
    /// Where it is written in its briefing's file.
    pub at: At,
}

/// The desk's judgement of a claim.
#[derive(Clone, Debug, Hash)]
pub struct Finding {
    /// The briefing that makes it.
    pub briefing: BriefingIx,
    /// The judgement.
    pub status: FindingStatus,
    /// How sure the desk is.
    pub confidence: Option<Confidence>,
    /// When it was made.
    pub date: When,
    /// What it rests on.
    pub sources: Vec<Rests>,
    /// Why.
    pub note: String,
    /// Where a claim says that it was retracted, where this judges such a one.
    pub on_retracted: Option<Box<str>>,
    /// The label that it bears itself.
    pub label: Option<Tlp>,
    /// Where it is written in its briefing's file.
    pub at: At,
}

/// Something that happened or is planned.
#[derive(Debug, Hash)]
pub struct Event {
    /// The briefing that tells it.
    pub briefing: BriefingIx,
    /// Its id in the briefing.
    pub id: Option<LocalId>,
    /// Its anchor on the briefing's page: its id, or `e-` and a hash.
    pub anchor: String,
    /// The event that it tells again.
    pub tells: Option<EventIx>,
    /// The newest telling of the same event, which heads all others; itself where it is that one.
    pub head: EventIx,
    /// Of the newest telling, the others: newest first.
    pub others: Vec<EventIx>,
    /// The day it had where it happened.
    pub date: When,
    /// What happened.
    pub text: String,
    /// Whose account it is, where it is one side's.
    pub per: Vec<Party>,
    /// Who took part, and how.
    pub actors: Vec<(Party, Option<ActorRole>)>,
    /// Where.
    pub locations: Vec<EntityIx>,
    /// Counts, each with whose it is.
    pub figures: Vec<(Figure, Vec<Party>, Vec<Rests>)>,
    /// Whether it came about.
    pub status: EventStatus,
    /// What it rests on.
    pub sources: Vec<Rests>,
    /// What was changed in it, newest first.
    pub notes: Vec<NoteIx>,
    /// The label that it bears itself.
    pub label: Option<Tlp>,
    /// Where it is written in its briefing's file.
    pub at: At,
    /// Whether its briefing's text shows it where it is written.
    pub in_prose: bool,
}

impl Facts {
    /// An entity, and those that it lies in, the nearest first.
    pub fn with_those_above(&self, entity: EntityIx) -> impl Iterator<Item = EntityIx> + '_ {
        std::iter::successors(Some(entity), |place| self[*place].parent)
    }

    /// How many entities of the kind at `kind` have a page.
    pub fn entities_of(&self, kind: usize) -> impl Iterator<Item = EntityIx> + '_ {
        self.kinds.get(kind).into_iter().flatten().copied().filter(|entity| self[*entity].has_page)
    }
}

impl Claim {
    /// The day that orders it in lists.
    pub fn day(&self) -> Day {
        timeline::order(&self.date)
    }

    /// The address of its own page below the root: `claims/2025-05-15-talks/direct-talks/`. A claim without id has none.
    pub fn address(&self, archive: &Facts) -> Option<String> {
        Some(claim_address(archive[self.briefing].id().as_str(), self.id.as_ref()?.as_str()))
    }
}

/// The address of the page of a claim with this id.
///
/// What cannot be a segment of an address becomes one that can, with a hash of what it was.
fn claim_address(briefing: &str, id: &str) -> String {
    let segment = |id: &str| match check_segment(id) {
        Ok(()) => id.to_owned(),
        Err(_) => format!("{}-{}", segment(id), &blake3::hash(id.as_bytes()).to_hex()[..10]),
    };
    format!("claims/{}/{}/", segment(briefing), segment(id))
}

impl Event {
    /// The day that orders it in lists.
    pub fn day(&self) -> Day {
        timeline::order(&self.date)
    }
}

impl Briefing {
    /// Its id.
    pub fn id(&self) -> &BriefingId {
        &self.released.document.id
    }

    /// Its file.
    pub fn path(&self) -> &SourcePath {
        &self.released.document.path
    }

    /// The assets that its prose uses, by the path that the prose writes.
    pub fn attachments(&self) -> &BTreeMap<Box<str>, Attachment> {
        &self.released.assets
    }
}
