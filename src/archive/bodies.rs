use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::{
    Archive, Briefing, BriefingIx, Entity, EntityIx,
    links::{Found, Here, Places, Text},
    shared::{Shared, cite, cited_in},
};
use crate::{
    diagnostics::Diagnostics,
    model::{BriefingId, SourcePath},
    settings::ACTOR,
};

/// The released briefings, as references find them.
pub(super) fn found(archive: &Archive) -> FxHashMap<BriefingId, Found> {
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
pub(super) fn files(archive: &Archive) -> FxHashMap<SourcePath, (String, Text)> {
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
pub(super) fn link(
    archive: &mut Archive,
    places: &Places<'_>,
    shared: &Shared,
    diagnostics: &mut Diagnostics,
) {
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
