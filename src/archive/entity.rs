use std::collections::BTreeMap;

use super::{EntityIx, Entry, Link, What};
use crate::{
    diagnostics::Span,
    documents::{self, Profile},
    model::{LocalId, Period, When},
    release::Released,
};

/// One member of a kind: an actor, a place, a day.
#[derive(Debug)]
pub struct Entity {
    /// The place of its kind in the settings.
    pub kind: usize,
    /// What it is called.
    pub name: String,
    /// The end of its address: `hamas`, `2025/05/13`.
    pub slug: String,
    /// Its address below the root: `actors/hamas/`.
    pub address: String,
    /// What describes it, and the assets used there.
    pub profile: Option<Released<Profile>>,
    /// The period, where its kind is `date`.
    pub period: Option<Period>,
    /// The entity that files it and rolls it up.
    pub parent: Option<EntityIx>,
    /// Those that it files, by address.
    pub children: Vec<EntityIx>,
    /// Its relations to other entities, by key, then as written.
    pub relations: Vec<Related>,
    /// The same thing as an entity of another kind.
    pub same_as: Option<EntityIx>,
    /// Whether it has a page.
    pub has_page: bool,
    /// What stands on it and on those inside it, each once, oldest first.
    pub timeline: Vec<Entry>,
    /// How much of the timeline is its own.
    pub own: usize,
    /// What the profile's references lead to.
    pub links: Vec<Link>,
    /// The shared sources that the profile cites.
    pub sources: Vec<(LocalId, documents::Source)>,
    /// Where it is first named, for messages.
    pub origin: Option<Span>,
}

/// A relation to another entity, with the time in which it held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Related {
    /// Its key in the profile: `speaks_for`.
    pub key: &'static str,
    /// The other entity.
    pub to: EntityIx,
    /// Since when.
    pub from: Option<When>,
    /// Until when.
    pub until: Option<When>,
}

impl Entity {
    pub(super) fn new(kind: usize, name: String, slug: String, path: &str) -> Self {
        let address = format!("{path}/{slug}/");
        Self {
            kind,
            name,
            slug,
            address,
            profile: None,
            period: None,
            parent: None,
            children: Vec::new(),
            relations: Vec::new(),
            same_as: None,
            has_page: true,
            timeline: Vec::new(),
            own: 0,
            links: Vec::new(),
            sources: Vec::new(),
            origin: None,
        }
    }

    /// What lists sort it by.
    pub fn sort_key(&self) -> String {
        let sort_name = self.profile.as_ref().and_then(|released| released.document.sort_name.as_ref());
        crate::model::fold_name(sort_name.unwrap_or(&self.name))
    }

    /// How many of each stand on its timeline: briefings, events, claims. An answer counts with its claim.
    pub fn counts(&self) -> BTreeMap<&'static str, usize> {
        let mut counts = BTreeMap::from([("briefings", 0), ("events", 0), ("claims", 0)]);
        for entry in &self.timeline {
            let key = match entry.what {
                What::Briefing(_) => "briefings",
                What::Event(_) => "events",
                What::Claim(_) => "claims",
                What::Response(..) => continue,
            };
            if let Some(count) = counts.get_mut(key) {
                *count += 1;
            }
        }
        counts
    }
}
