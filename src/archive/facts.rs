use std::{collections::BTreeMap, sync::Arc};

use rustc_hash::FxHashMap;

use super::{
    Briefing, BriefingIx, ClaimIx, Entity, EntityIx, EventIx, Facts, StandingPage, TombstonePage,
    accounts::{Accounts, Later, join},
    backlinks,
    dates::dates,
    ledger,
    links::{Found, Places, Text},
    lints,
    mentions::{self, Finder},
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
    documents::{self, Body, Head, Profile, Publisher, Source, file_slug, tags_of},
    memo::Memo,
    model::{BriefingId, Day, LocalId, Period, Published, SourcePath},
    release::{Parts, Released, Tombstone},
    settings::{ACTOR, Settings},
};

/// A release but for the texts of its briefings.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Heads {
    briefings: Vec<Known>,
    tombstones: Vec<Tombstone>,
    retracted: crate::release::Retracted,
    profiles: Vec<Released<Profile>>,
    pages: Vec<Released<documents::Page>>,
    sources: BTreeMap<LocalId, Source>,
    publishers: BTreeMap<String, Publisher>,
}

/// A briefing but for its text.
#[derive(Clone, Debug)]
struct Known {
    released: Released<Arc<Head>>,
    /// The shared sources that its text cites, each once, in their order.
    cited: Vec<Box<str>>,
}

/// What did not change is mostly the very same.
impl PartialEq for Known {
    fn eq(&self, other: &Self) -> bool {
        let Released { document, assets } = &self.released;
        let same = Arc::ptr_eq(document, &other.released.document) || *document == other.released.document;
        same && *assets == other.released.assets && self.cited == other.cited
    }
}

impl Heads {
    /// Takes the texts out of a release, and orders its briefings by publication, then id; the texts in the same order.
    pub(super) fn of(parts: Parts) -> (Self, Vec<Arc<Body>>) {
        let Parts { mut briefings, tombstones, retracted, profiles, pages, sources, publishers } = parts;
        briefings.sort_by(|one, other| {
            let (one, other) = (&one.document, &other.document);
            (one.published, &one.id).cmp(&(other.published, &other.id))
        });
        let apart = |released: Released<documents::Briefing>| {
            let Released { document: documents::Briefing { head, body }, assets } = released;
            let mut cited: Vec<Box<str>> = Vec::new();
            for id in cited_in(&body).filter(|_| !sources.is_empty()) {
                let is_new = !cited.iter().any(|known| **known == *id);
                if is_new && LocalId::new(id).is_some_and(|id| sources.contains_key(&id)) {
                    cited.push(id.into());
                }
            }
            (Known { released: Released { document: head, assets }, cited }, body)
        };
        let (briefings, bodies) = briefings.into_iter().map(apart).unzip();
        (Self { briefings, tombstones, retracted, profiles, pages, sources, publishers }, bodies)
    }
}

/// Ways from what prose writes to what it means.
#[derive(Debug)]
pub(super) struct Ways {
    pub(super) places: Places,
    /// The names that prose may mention; none where no names are linked by themselves.
    pub(super) finder: Option<Finder>,
    pub(super) pages: backlinks::Pages,
}

/// Resolves every name of a release but for those in texts, and orders what stands under each. What is dated holds as
/// of `today`. What an earlier run found and `memo` keeps makes it faster, and changes nothing.
pub(super) fn facts(
    heads: Heads,
    settings: &Arc<Settings>,
    today: Day,
    memo: Option<&Memo>,
    diagnostics: &mut Diagnostics,
) -> (Facts, Ways) {
    let parts = heads;
    let mut registry = Registry::of(parts.profiles, settings);
    let shared = Shared::of(parts.sources, &parts.publishers);
    let mut archive = Facts { briefings: briefings(parts.briefings, &shared), ..Facts::default() };

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
    cite_of_entities(&mut archive, &shared);
    let finder = if settings.outputs.mentions { Finder::of(&archive, memo) } else { None };
    if let Some(finder) = &finder {
        mentions::chains(&mut archive, finder);
    }
    publishers::fill(&mut archive, &registry, &parts.publishers);
    if settings.outputs.related {
        related::fill(&mut archive, memo);
    }
    if settings.outputs.together {
        together::fill(&mut archive, settings, diagnostics);
    }
    lints::check(&archive, &registry, diagnostics);
    registry.close();
    let places = Places {
        files: files(&archive),
        briefings: found(&archive),
        settings: settings.clone(),
        registry,
        claims,
        events,
        dates,
        retracted: gone,
    };
    let pages = backlinks::Pages::of(&archive);
    (archive, Ways { places, finder, pages })
}

/// Gives each briefing its address and its list of sources.
fn briefings(known: Vec<Known>, shared: &Shared) -> Vec<Briefing> {
    let briefing = |Known { mut released, cited }: Known| Briefing {
        address: address(&released.document.path, released.document.date, released.document.slug.as_deref()),
        own_sources: released.document.sources.len(),
        // Who alone has a head takes it apart; else a copy.
        sources: sources_of(Arc::make_mut(&mut released.document), &cited, shared),
        tags: Vec::new(),
        claims: Vec::new(),
        events: Vec::new(),
        responses: Vec::new(),
        findings: Vec::new(),
        related: Vec::new(),
        notes: Vec::new(),
        changed: released
            .document
            .updated
            .map_or(released.document.published, |updated| updated.max(released.document.published)),
        released,
    };
    known.into_iter().map(briefing).collect()
}

/// The address of a briefing: the day as written, and its slug.
fn address(path: &SourcePath, date: Published, slug: Option<&str>) -> String {
    let day = Period::Day(date.day()).slug_path();
    let slug = slug.map_or_else(|| file_slug(path), str::to_owned);
    format!("briefings/{day}/{slug}/")
}

/// Resolves the entities that tag a briefing.
fn tag(briefing: &mut Briefing, registry: &mut Registry, diagnostics: &mut Diagnostics) {
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
    Arc::make_mut(&mut briefing.released.document).tags = Arc::default();
}

/// Reports names that nothing is known of, and those that may be of one thing.
fn report_names(registry: &Registry, diagnostics: &mut Diagnostics) {
    let near = Near::of(registry);
    let told = unknown::report(registry, &near, diagnostics);
    near.report(&told, diagnostics);
}

type PartsById<T> = FxHashMap<(BriefingId, LocalId), T>;

fn ids(archive: &Facts) -> (PartsById<ClaimIx>, PartsById<EventIx>) {
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
fn file_children(archive: &mut Facts, settings: &Settings) {
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

fn tombstone_page(tombstone: Tombstone) -> TombstonePage {
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
    StandingPage { address: format!("{}/", released.document.address), sources, released }
}

/// Gives each entity the shared sources that its profile cites.
fn cite_of_entities(archive: &mut Facts, shared: &Shared) {
    for place in 0..archive.entities.len() {
        let entity = &archive.entities[place];
        // Of one thing as actor and as place both show the places that the actor claims.
        let actor = entity.same_as.map(|other| &archive[other]).filter(|other| other.kind == ACTOR);
        let in_fields = entity.cited().chain(actor.into_iter().flat_map(Entity::cited_of_holdings));
        let in_body = entity.profile.as_ref().map(|profile| &profile.document.body);
        let mut sources = Vec::new();
        cite(&mut sources, in_body.into_iter().flat_map(cited_in).chain(in_fields), shared);
        archive.entities[place].sources = sources;
    }
}

/// The released briefings, as references find them.
fn found(archive: &Facts) -> FxHashMap<BriefingId, Found> {
    let found = |(place, briefing): (usize, &Briefing)| {
        let title = briefing.released.document.title.clone();
        (
            briefing.id().clone(),
            Found { place: BriefingIx::new(place), address: briefing.address.clone(), title },
        )
    };
    archive.briefings.iter().enumerate().map(found).collect()
}

/// The address of every released text.
fn files(archive: &Facts) -> FxHashMap<SourcePath, (String, Text)> {
    let mut files = FxHashMap::default();
    for (place, briefing) in archive.briefings.iter().enumerate() {
        let place = BriefingIx::new(place);
        files.insert(briefing.path().clone(), (briefing.address.clone(), Text::Briefing(place)));
        for (language, translation) in &briefing.released.document.translations {
            let address = format!("{}{language}/", briefing.address);
            files.insert(translation.path.clone(), (address, Text::Translation(place, language.clone())));
        }
    }
    for (place, entity) in archive.entities.iter().enumerate().filter(|(_, entity)| entity.has_page) {
        if let Some(profile) = &entity.profile {
            let text = Text::Profile(EntityIx::new(place));
            files.insert(profile.document.path.clone(), (entity.address.clone(), text));
        }
    }
    for (place, page) in archive.pages.iter().enumerate() {
        files.insert(page.released.document.path.clone(), (page.address.clone(), Text::Page(place)));
    }
    for page in &archive.tombstones {
        files.insert(page.tombstone.path.clone(), (page.address.clone(), Text::Tombstone));
    }
    files
}
