use super::{Content, FeedFormat, FeedOf, ListOf, plan::Planner};
use crate::{archive::PairIx, settings::Settings};

/// Whether the settings let feeds be made: they need absolute addresses and an authority for their ids.
pub fn feeds_are_made(settings: &Settings) -> bool {
    settings.outputs.feeds && settings.base_url.is_some() && settings.authority.is_some()
}

impl Planner<'_> {
    /// The feeds beside lists that hold anything, or held it.
    pub(super) fn feeds(&mut self) {
        if !feeds_are_made(self.settings) {
            return;
        }
        let mut feeds = Vec::new();
        // Who followed what is retracted now is told so, even where nothing else is left.
        if !self.archive.briefings.is_empty() || !self.archive.tombstones.is_empty() {
            feeds.push((String::new(), FeedOf::Site));
            feeds.push(("briefings/".to_owned(), FeedOf::Briefings));
        }
        if !self.archive.corrections.is_empty() {
            feeds.push(("corrections/".to_owned(), FeedOf::Corrections));
        }
        for kind in 0..self.settings.kinds.len() {
            for place in self.archive.entities_of(kind) {
                let entity = &self.archive[place];
                if !entity.timeline.is_empty() {
                    feeds.push((entity.address.clone(), FeedOf::Entity(place)));
                }
            }
        }
        if self.settings.together.feeds {
            let pairs = (0..self.archive.pairs.len()).map(PairIx::new);
            feeds.extend(pairs.map(|pair| (ListOf::Pair(pair).address(self.archive), FeedOf::Pair(pair))));
        }
        for (address, of) in feeds {
            for format in [FeedFormat::Atom, FeedFormat::Json] {
                self.add(&format!("{address}{}", format.file()), Content::Feed(of, format), None);
            }
        }
    }
}
