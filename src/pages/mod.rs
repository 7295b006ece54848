//! The archive, turned into the list of every file to write: which there are, and at which paths.
//!
//! Collisions are found here, and nothing is drawn: what a page looks like is the next stage's.

mod addresses;
mod beside;
mod collisions;
mod feeds;
mod hosting;
mod ledger;
mod listed;
mod lists;
mod memory;
mod moved;
mod plan;
mod publishers;
mod roots;
mod search;
mod sitemap;
pub(crate) mod xml;

use std::{ops::Range, sync::Arc};

use crate::{
    archive::{BriefingIx, ClaimIx, EntityIx, PairIx, PublisherIx, Status},
    model::{FindingStatus, OutputPath, SourcePath},
    sources::Asset,
};

pub use addresses::Addresses;
pub use beside::{LINKED_SHOWN, ListOf, NAMED_SHOWN, TOGETHER_SHOWN, UNNAMED_SHOWN, With};
pub use feeds::feeds_are_made;
pub use ledger::{VOICE_SHOWN, ledger_address, ledger_list, ledger_lists, voices_of};
pub use listed::may_be_listed;
pub use lists::{Part, part_of, parts};
pub use memory::{Memory, plan_again};
pub use plan::{Extras, INDEX_PER_PAGE, ThemeFile, index_of, plan};
pub use publishers::BALANCE;
pub use roots::check_roots;
pub use search::{OPENSEARCH, SEARCH, SEARCH_FILES, has_search};

/// One file to write.
#[derive(Clone, Debug, Hash)]
pub struct Page {
    /// Where.
    pub path: OutputPath,
    /// What.
    pub content: Content,
    /// The input that it is made from, where there is one; for messages.
    pub origin: Option<SourcePath>,
}

/// What a file holds.
#[derive(Clone, Debug, Hash)]
pub enum Content {
    /// The first page.
    Home,
    /// A part of the list of all briefings.
    Briefings(Part),
    /// A briefing.
    Briefing(BriefingIx),
    /// A briefing in another language.
    Translation(BriefingIx, String),
    /// What is left of a retracted briefing, by its place in the archive's list.
    Tombstone(usize),
    /// A part of the index of a kind: the kind's place, the number of the part from 1, and which of its entities.
    Kind(usize, usize, Range<usize>),
    /// An entity with a part of its timeline.
    Entity(EntityIx, Part),
    /// A part of a list that a number on another page stands for.
    List(ListOf, Part),
    /// A part of the index of those whom enough briefings name together with an entity: its number from 1, and which.
    Together(EntityIx, With, usize, Range<usize>),
    /// A claim that has an id.
    Claim(ClaimIx),
    /// The index of the ledger of claims, or a part of one of its lists.
    Ledger(LedgerOf, Part),
    /// A part of the index of publishers: its number from 1, and which.
    Publishers(usize, Range<usize>),
    /// A publisher with a part of what rests on it.
    Publisher(PublisherIx, Part),
    /// A part of the list of corrections.
    Corrections(Part),
    /// How the archive treats the sides of what it tells.
    Balance,
    /// A page that is no briefing, by its place in the archive's list.
    Standing(usize),
    /// The page of the search. The files that it loads are known only once they are made.
    Search,
    /// What a host shows for an address that is not there.
    NotFound,
    /// A feed.
    Feed(FeedOf, FeedFormat),
    /// Bytes that say only where things are: sitemap, redirects, what hosts read.
    Bytes(Arc<[u8]>),
    /// A photograph or a picture, which is written without its metadata.
    Image(Box<Asset>),
    /// A file that is copied.
    Copy(Box<Asset>),
}

/// What a list of the ledger is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LedgerOf {
    /// All claims, the newest first.
    All,
    /// Those of a status.
    Status(Status),
    /// Those whose latest finding is of a status.
    Finding(FindingStatus),
    /// Those that an actor makes, or that are made for it.
    Says(EntityIx),
    /// Those about an actor.
    About(EntityIx),
    /// Those that an actor answers.
    Answers(EntityIx),
}

/// What a feed is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FeedOf {
    /// All briefings, from the first page.
    Site,
    /// All briefings, beside their list.
    Briefings,
    /// What stands on an entity's timeline.
    Entity(EntityIx),
    /// The briefings that name two entities.
    Pair(PairIx),
    /// All corrections.
    Corrections,
}

/// The form of a feed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FeedFormat {
    /// RFC 4287.
    Atom,
    /// JSON Feed 1.1.
    Json,
}

impl FeedFormat {
    /// The file's name beside its list.
    pub fn file(self) -> &'static str {
        match self {
            Self::Atom => "atom.xml",
            Self::Json => "feed.json",
        }
    }

    /// Its media type.
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Atom => "application/atom+xml",
            Self::Json => "application/feed+json",
        }
    }
}
