use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;

use super::{
    Archive, Briefing, BriefingIx, ClaimIx, Entity, EntityIx, EventIx, StandingPage, TombstonePage,
    accounts::{Accounts, Later, join},
    backlinks,
    links::{Found, Here, Places, Text},
    mentions,
    near::Near,
    registry::Registry,
    related, relations, timeline, together, unknown,
};
use crate::{
    diagnostics::Diagnostics,
    documents::{self, Body, Publisher, Source, file_slug, markdown::Target, tags_of},
    model::{BriefingId, Day, LocalId, Period, Published, SourcePath, When},
    release::{Release, Released},
    settings::{ACTOR, DATE, Settings},
};

/// Resolves every name of a release, and orders what stands under each. What is dated holds as of `today`.
pub fn index(release: Release, settings: &Settings, today: Day, diagnostics: &mut Diagnostics) -> Archive {
    let parts = release.into_parts();
    let mut registry = Registry::of(parts.profiles, settings);
    let shared = Shared::of(parts.sources, parts.publishers);
    let mut archive = Archive { briefings: briefings(parts.briefings, &shared), ..Archive::default() };

    let mut later = Later::default();
    for place in 0..archive.briefings.len() {
        tag(&mut archive.briefings[place], &mut registry, diagnostics);
        let mut accounts = Accounts { registry: &mut registry, diagnostics, later: &mut later };
        accounts.add(&mut archive, BriefingIx::new(place));
    }
    let (claims, events) = ids(&archive);
    join(&mut archive, later, &claims, &events, diagnostics);

    relations::relate(&mut registry, today, diagnostics);
    relations::deaths(&mut registry, &claims, diagnostics);
    report_names(&registry, diagnostics);
    let dates = dates(&archive, &mut registry, settings);
    archive.entities = std::mem::take(&mut registry.entities);
    timeline::cut_cycles(&mut archive.entities, settings, diagnostics);
    file_children(&mut archive, settings);
    timeline::fill(&mut archive);
    relations::speakers_without_names(&mut archive);

    archive.tombstones = parts.tombstones.into_iter().map(tombstone_page).collect();
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
    };
    link(&mut archive, &places, &shared, diagnostics);
    if settings.outputs.mentions {
        mentions::fill(&mut archive, settings, diagnostics);
    }
    backlinks::fill(&mut archive);
    if settings.outputs.related {
        related::fill(&mut archive);
    }
    if settings.outputs.together {
        together::fill(&mut archive, settings, diagnostics);
    }
    archive
}

/// The sources that briefings share, and what is known of publishers.
struct Shared {
    sources: BTreeMap<LocalId, Source>,
    /// The names of publishers by their hosts, in lower case.
    publishers: FxHashMap<String, String>,
}

impl Shared {
    fn of(sources: BTreeMap<LocalId, Source>, publishers: BTreeMap<String, Publisher>) -> Self {
        let mut by_host = FxHashMap::default();
        for (_, publisher) in publishers {
            for host in &publisher.host {
                by_host.entry(host.to_ascii_lowercase()).or_insert_with(|| publisher.name.clone());
            }
        }
        Self { sources, publishers: by_host }
    }

    /// Names the publisher of a source that names none, by the host of its address: the one who has that host, else
    /// the nearest domain above it.
    fn name_publisher(&self, source: &mut Source) {
        if self.publishers.is_empty() || source.publisher.is_some() {
            return;
        }
        let Some((_, rest)) = source.url.as_deref().and_then(|url| url.split_once("://")) else { return };
        let host = rest.split(['/', '?', '#', ':']).next().unwrap_or_default().to_ascii_lowercase();
        let domains = std::iter::successors(Some(host.as_str()), |domain| Some(domain.split_once('.')?.1));
        source.publisher = domains.into_iter().find_map(|domain| self.publishers.get(domain)).cloned();
    }
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

/// A briefing's own sources in the order written, then the shared ones in the order cited.
fn sources_of(document: &mut documents::Briefing, shared: &Shared) -> Vec<(LocalId, Source)> {
    let mut sources = std::mem::take(&mut document.sources);
    for (_, source) in &mut sources {
        shared.name_publisher(source);
    }
    if shared.sources.is_empty() {
        return sources;
    }
    let in_claims = document.claims.iter().flat_map(|claim| {
        let responses = claim.responses.iter().flat_map(|response| &response.sources);
        claim
            .sources
            .iter()
            .chain(responses)
            .chain(claim.findings.iter().flat_map(|finding| &finding.sources))
    });
    let in_events = document
        .events
        .iter()
        .flat_map(|event| event.sources.iter().chain(event.figures.iter().flat_map(|f| &f.sources)));
    let apart = document
        .responses
        .iter()
        .flat_map(|r| &r.sources)
        .chain(document.findings.iter().flat_map(|f| &f.sources));
    let ids: Vec<&str> = in_events.chain(in_claims).chain(apart).map(|citation| &*citation.id.text).collect();
    let bodies = std::iter::once(&document.body).chain(document.translations.values().map(|t| &t.body));
    cite(&mut sources, ids.into_iter().chain(bodies.flat_map(cited_in)), shared);
    sources
}

fn cited_in(body: &Body) -> impl Iterator<Item = &str> {
    body.outline.references.iter().filter_map(|reference| match &reference.target {
        Target::Citation { id } => Some(&**id),
        _ => None,
    })
}

fn cite<'a>(sources: &mut Vec<(LocalId, Source)>, ids: impl Iterator<Item = &'a str>, shared: &Shared) {
    for id in ids.filter_map(LocalId::new) {
        if let Some(source) = shared.sources.get(&id)
            && !sources.iter().any(|(known, _)| *known == id)
        {
            let mut source = source.clone();
            shared.name_publisher(&mut source);
            sources.push((id, source));
        }
    }
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
    briefing.tags = tags;
    // The names have done their work, and in a large archive they weigh more than all else of a briefing.
    briefing.released.document.tags = BTreeMap::new();
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

/// Adds an entity for every day that something stands on, for its month and its year.
fn dates(archive: &Archive, registry: &mut Registry<'_>, settings: &Settings) -> FxHashMap<Period, EntityIx> {
    let mut periods: BTreeSet<Period> = BTreeSet::new();
    let mut add = |date: When| {
        for period in date.periods() {
            let mut above = Some(period);
            while let Some(period) = above {
                if !periods.insert(period) {
                    break;
                }
                above = period.parent();
            }
        }
    };
    archive.briefings.iter().for_each(|briefing| add(When::on(briefing.released.document.date.day())));
    archive.events.iter().for_each(|event| add(event.date));
    for claim in &archive.claims {
        add(claim.date);
        claim.responses.iter().for_each(|response| add(response.date));
    }
    let mut places = FxHashMap::default();
    for period in periods {
        let place = EntityIx::new(registry.entities.len());
        let mut entity =
            Entity::new(DATE, period.to_string(), period.slug_path(), &settings.kinds[DATE].path);
        entity.period = Some(period);
        registry.entities.push(entity);
        places.insert(period, place);
    }
    for place in registry.entities.len() - places.len()..registry.entities.len() {
        let parent = registry.entities[place].period.and_then(Period::parent);
        registry.entities[place].parent = parent.and_then(|parent| places.get(&parent).copied());
    }
    places
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
    TombstonePage { address: address(&tombstone.path, tombstone.date, tombstone.slug.as_deref()), tombstone }
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

fn found(archive: &Archive) -> FxHashMap<BriefingId, Found> {
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
fn files(archive: &Archive) -> FxHashMap<SourcePath, (String, Text)> {
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

/// Resolves the references of every body.
fn link(archive: &mut Archive, places: &Places<'_>, shared: &Shared, diagnostics: &mut Diagnostics) {
    for place in 0..archive.briefings.len() {
        let briefing = &archive.briefings[place];
        let document = &briefing.released.document;
        let asset = |written: &str| briefing.released.assets.get(written);
        let here = |path, assets| Here {
            path,
            briefing: Some(&document.id),
            sources: &briefing.sources,
            asset: &asset,
            assets,
        };
        let links = places.resolve(&document.body, &here(&document.path, ""), archive, diagnostics);
        let translations: BTreeMap<_, _> = document
            .translations
            .iter()
            .map(|(language, translation)| {
                let here = here(&translation.path, "../");
                (language.clone(), places.resolve(&translation.body, &here, archive, diagnostics))
            })
            .collect();
        archive.briefings[place].links = links;
        archive.briefings[place].translation_links = translations;
    }
    for place in 0..archive.entities.len() {
        let entity = &archive.entities[place];
        // Of one thing as actor and as place both show the places that the actor claims.
        let actor = entity.same_as.map(|other| &archive[other]).filter(|other| other.kind == ACTOR);
        let in_fields = entity.cited().chain(actor.into_iter().flat_map(Entity::cited_of_holdings));
        let in_body = entity.profile.as_ref().map(|profile| &profile.document.body);
        let mut sources = Vec::new();
        cite(&mut sources, in_body.into_iter().flat_map(cited_in).chain(in_fields), shared);
        let Some(profile) = &entity.profile else {
            archive.entities[place].sources = sources;
            continue;
        };
        let asset = |written: &str| profile.assets.get(written);
        let here = Here {
            path: &profile.document.path,
            briefing: None,
            sources: &sources,
            asset: &asset,
            assets: "",
        };
        let links = places.resolve(&profile.document.body, &here, archive, diagnostics);
        archive.entities[place].links = links;
        archive.entities[place].sources = sources;
    }
    for place in 0..archive.pages.len() {
        let page = &archive.pages[place];
        let asset = |written: &str| page.released.assets.get(written);
        let here = Here {
            path: &page.released.document.path,
            briefing: None,
            sources: &page.sources,
            asset: &asset,
            assets: "",
        };
        let links = places.resolve(&page.released.document.body, &here, archive, diagnostics);
        archive.pages[place].links = links;
    }
}
