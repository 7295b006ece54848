use super::{Content, FeedOf, LedgerOf, ListOf};
use crate::archive::{BriefingIx, EntityIx, Linked};

/// Whether search engines may list a page, as far as what it is of has a say: what is left of a retraction asks them
/// not to, and so does `noindex` on a briefing, a profile or a page, for all pages of their own.
pub fn may_be_listed(content: &Content, archive: &Linked) -> bool {
    let entity =
        |place: EntityIx| archive[place].profile.as_ref().is_none_or(|released| !released.document.noindex);
    let briefing = |place: BriefingIx| !archive[place].released.document.noindex;
    match content {
        Content::Tombstone(_) | Content::NotFound => false,
        Content::Briefing(place)
        | Content::Translation(place, _)
        | Content::List(ListOf::LinkedFrom(place), _) => briefing(*place),
        // A claim's own page repeats the words of its briefing.
        Content::Claim(place) => briefing(archive[*place].briefing),
        Content::Entity(place, _)
        | Content::Together(place, ..)
        | Content::Feed(FeedOf::Entity(place), _)
        | Content::List(ListOf::Named(place) | ListOf::Itself(place) | ListOf::Unnamed(place), _)
        | Content::Ledger(LedgerOf::Says(place) | LedgerOf::About(place) | LedgerOf::Answers(place), _) => {
            entity(*place)
        }
        Content::Feed(FeedOf::Pair(pair), _) | Content::List(ListOf::Pair(pair), _) => {
            entity(archive[*pair].one) && entity(archive[*pair].other)
        }
        Content::Standing(place) => !archive.pages[*place].released.document.noindex,
        Content::Home
        | Content::Briefings(_)
        | Content::Kind(..)
        | Content::Ledger(LedgerOf::All | LedgerOf::Status(_) | LedgerOf::Finding(_), _)
        | Content::Publishers(..)
        | Content::Publisher(..)
        | Content::Corrections(_)
        | Content::Balance
        | Content::Search
        | Content::Feed(FeedOf::Site | FeedOf::Briefings | FeedOf::Corrections, _)
        | Content::Bytes(_)
        | Content::Image(_)
        | Content::Copy(_) => true,
    }
}
