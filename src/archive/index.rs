use std::{collections::BTreeMap, sync::Arc};

use rustc_hash::FxHashMap;

use super::{
    Archive, Briefing, BriefingIx, ClaimIx, EntityIx, EventIx, StandingPage, TombstonePage,
    accounts::{Accounts, Later, join},
    backlinks,
    bodies::{files, found, link},
    dates::dates,
    ledger,
    links::Places,
    lints, mentions,
    near::Near,
    notes, publishers,
    registry::Registry,
    related, relations,
    retracted::{self, Retracted},
    shared::{Shared, cite, cited_in, sources_of},
    tellings, timeline, together, unknown,
};
use crate::{
    diagnostics::Diagnostics,
    documents::{self, file_slug, tags_of},
    memo::Memo,
    model::{BriefingId, Day, LocalId, Period, Published, SourcePath},
    release::{Release, Released},
    settings::Settings,
};

/// Resolves every name of a release, and orders what stands under each. What is dated holds as of `today`. What an
/// earlier run found and `memo` keeps makes it faster, and changes nothing.
pub fn index(
    release: Release,
    settings: &Settings,
    today: Day,
    memo: Option<&Memo>,
    diagnostics: &mut Diagnostics,
) -> Archive {
    let parts = release.into_parts();
    let mut registry = Registry::of(parts.profiles, settings);
    let shared = Shared::of(parts.sources, &parts.publishers);
    let mut archive = Archive { briefings: briefings(parts.briefings, &shared), ..Archive::default() };

    let mut later = Later::default();
    for place in 0..archive.briefings.len() {
        tag(&mut archive.briefings[place], &mut registry, diagnostics);
        let mut accounts = Accounts { registry: &mut registry, diagnostics, later: &mut later };
        accounts.add(&mut archive, BriefingIx::new(place));
    }
    let (claims, events) = ids(&archive);
    archive.tombstones = parts.tombstones.into_iter().map(tombstone_page).collect();
    let gone = Retracted::of(parts.retracted, &archive);
    archive.retracted_claims = gone.claims(&archive);
    let tellings = join(&mut archive, later, &claims, &events, &gone, diagnostics);

    relations::relate(&mut registry, today, diagnostics);
    relations::deaths(&mut registry, &claims, diagnostics);
    report_names(&registry, diagnostics);
    let dates = dates(&archive, &mut registry, settings);
    archive.entities = std::mem::take(&mut registry.entities);
    archive.entities.shrink_to_fit();
    timeline::cut_cycles(&mut archive.entities, settings, diagnostics);
    tellings::check(&archive, &tellings, diagnostics);
    file_children(&mut archive, settings);
    timeline::fill(&mut archive);
    relations::speakers_without_names(&mut archive);
    ledger::fill(&mut archive);

    notes::fill(&mut archive, &gone, &claims, &events, settings.timezone);
    retracted::fill(&mut archive, &registry, &dates);
    archive.pages = parts.pages.into_iter().map(|released| standing_page(released, &shared)).collect();
    archive.pages.sort_by(|one, other| one.address.cmp(&other.address));
    let places = Places {
        registry: &registry,
        settings,
        files: files(&archive),
        briefings: found(&archive),
        claims,
        events,
        dates,
        retracted: gone,
    };
    link(&mut archive, &places, &shared, diagnostics);
    if settings.outputs.mentions {
        mentions::fill(&mut archive, settings, memo, diagnostics);
    }
    backlinks::fill(&mut archive);
    publishers::fill(&mut archive, &registry, &parts.publishers);
    if settings.outputs.related {
        related::fill(&mut archive, memo);
    }
    if settings.outputs.together {
        together::fill(&mut archive, settings, diagnostics);
    }
    lints::check(&archive, &registry, diagnostics);
    archive
}

/// Orders briefings by publication, then id, and gives each its address and its list of sources.
fn briefings(mut released: Vec<Released<documents::Briefing>>, shared: &Shared) -> Vec<Briefing> {
    released.sort_by(|one, other| {
        let (one, other) = (&one.document, &other.document);
        (one.published, &one.id).cmp(&(other.published, &other.id))
    });
    let briefing = |mut released: Released<documents::Briefing>| Briefing {
        address: address(&released.document.path, released.document.date, released.document.slug.as_deref()),
        own_sources: released.document.sources.len(),
        sources: sources_of(&mut released.document, shared),
        tags: Vec::new(),
        claims: Vec::new(),
        events: Vec::new(),
        responses: Vec::new(),
        findings: Vec::new(),
        links: Vec::new(),
        translation_links: BTreeMap::new(),
        mentions: Vec::new(),
        translation_mentions: BTreeMap::new(),
        names: Vec::new(),
        related: Vec::new(),
        linked_from: Vec::new(),
        notes: Vec::new(),
        changed: released
            .document
            .updated
            .map_or(released.document.published, |updated| updated.max(released.document.published)),
        released,
    };
    released.into_iter().map(briefing).collect()
}

/// The address of a briefing: the day as written, and its slug.
fn address(path: &SourcePath, date: Published, slug: Option<&str>) -> String {
    let day = Period::Day(date.day()).slug_path();
    let slug = slug.map_or_else(|| file_slug(path), str::to_owned);
    format!("briefings/{day}/{slug}/")
}

/// Resolves the entities that tag a briefing.
fn tag(briefing: &mut Briefing, registry: &mut Registry<'_>, diagnostics: &mut Diagnostics) {
    let document = &briefing.released.document;
    let mut tags: Vec<EntityIx> = Vec::new();
    for (kind, name) in tags_of(document) {
        if let Some(entity) = registry.resolve(kind, name, &document.path, diagnostics)
            && !tags.contains(&entity)
        {
            tags.push(entity);
        }
    }
    tags.sort_by_key(|entity| registry.entities[entity.get()].kind);
    tags.shrink_to_fit();
    briefing.tags = tags;
    // The names have done their work, and in a large archive they weigh more than all else of a briefing.
    briefing.released.document.tags = Arc::default();
}

/// Reports names that nothing is known of, and those that may be of one thing.
fn report_names(registry: &Registry<'_>, diagnostics: &mut Diagnostics) {
    let near = Near::of(registry);
    let told = unknown::report(registry, &near, diagnostics);
    near.report(&told, diagnostics);
}

type PartsById<T> = FxHashMap<(BriefingId, LocalId), T>;

fn ids(archive: &Archive) -> (PartsById<ClaimIx>, PartsById<EventIx>) {
    let mut claims = FxHashMap::default();
    let mut events = FxHashMap::default();
    for briefing in &archive.briefings {
        for place in &briefing.claims {
            if let Some(id) = &archive.claims[place.get()].id {
                claims.insert((briefing.id().clone(), id.clone()), *place);
            }
        }
        for place in &briefing.events {
            if let Some(id) = &archive.events[place.get()].id {
                events.insert((briefing.id().clone(), id.clone()), *place);
            }
        }
    }
    (claims, events)
}

/// Lists the entities of each kind by their sort names, and the children of each.
fn file_children(archive: &mut Archive, settings: &Settings) {
    let entities = &archive.entities;
    let mut order: Vec<(usize, String, EntityIx)> = (0..entities.len())
        .map(|place| (entities[place].kind, entities[place].sort_key(), EntityIx::new(place)))
        .collect();
    order.sort_by(|one, other| {
        (one.0, &one.1, &entities[one.2.get()].slug).cmp(&(other.0, &other.1, &entities[other.2.get()].slug))
    });
    archive.kinds = vec![Vec::new(); settings.kinds.len()];
    let mut children: Vec<(EntityIx, EntityIx)> = Vec::new();
    for (kind, _, place) in order {
        archive.kinds[kind].push(place);
        if let Some(parent) = entities[place.get()].parent {
            children.push((parent, place));
        }
    }
    for (parent, child) in children {
        archive.entities[parent.get()].children.push(child);
    }
}

fn tombstone_page(tombstone: crate::release::Tombstone) -> TombstonePage {
    TombstonePage {
        address: address(&tombstone.path, tombstone.date, tombstone.slug.as_deref()),
        when: tombstone.published,
        entities: Vec::new(),
        tombstone,
    }
}

fn standing_page(released: Released<documents::Page>, shared: &Shared) -> StandingPage {
    let mut sources = Vec::new();
    cite(&mut sources, cited_in(&released.document.body), shared);
    StandingPage {
        address: format!("{}/", released.document.address),
        sources,
        links: Vec::new(),
        mentions: Vec::new(),
        released,
    }
}
