//! Entities that stand alone.

use std::collections::BTreeSet;

use crate::{
    archive::{Archive, BriefingIx, Entity, EntityIx, Link, What},
    diagnostics::{Diagnostic, Diagnostics, Span, Tally},
    settings::{DATE, KEYWORD, LOCATION, Settings},
};

pub(super) fn check(archive: &Archive, settings: &Settings, diagnostics: &mut Diagnostics) {
    let mut once = Tally::new("used-once", "names that stand in one briefing alone");
    let mut unused = Tally::new("unused-profile", "profiles that nothing leads to");
    let mut nowhere = Tally::new("no-coordinates", "places without coordinates");
    let linked = linked(archive);
    for place in archive.kinds.iter().flatten().copied() {
        let entity = &archive[place];
        let Some(released) = &entity.profile else {
            if archive.named_in(place).is_empty() && is_used_once(archive, entity) && !linked.contains(&place)
            {
                once.push(used_once(entity, settings), diagnostics);
            }
            continue;
        };
        let profile = &released.document;
        if archive.named_in(place).is_empty() && is_unused(entity) && !linked.contains(&place) {
            let message = format!("nothing in the archive leads to the profile of `{}`", entity.name);
            let diagnostic = Diagnostic::warning("unused-profile", message)
                .at(Span::file(&profile.path))
                .help("name it where it belongs, or delete the profile");
            unused.push(diagnostic, diagnostics);
        }
        if entity.kind == LOCATION && profile.coordinates.is_none() {
            let message = format!("the place `{}` has no coordinates", entity.name);
            let diagnostic = Diagnostic::warning("no-coordinates", message)
                .at(Span::file(&profile.path))
                .help("write `coordinates: [31.5, 34.47]`, latitude first");
            nowhere.push(diagnostic, diagnostics);
        }
    }
    for tally in [once, unused, nowhere] {
        tally.finish(diagnostics);
    }
}

/// Those that a link or a mention in any text leads to.
fn linked(archive: &Archive) -> BTreeSet<EntityIx> {
    let briefings = (0..archive.briefings.len()).flat_map(|place| {
        let briefing = archive.reading(BriefingIx::new(place));
        let links = briefing.links.iter().chain(briefing.translation_links.values().flatten());
        let mentions = briefing.mentions.iter().chain(briefing.translation_mentions.values().flatten());
        links.filter_map(entity_of).chain(mentions.map(|mention| mention.entity)).collect::<Vec<_>>()
    });
    let pages = (0..archive.pages.len()).map(|place| (archive.reading_of_page(place), None));
    // A profile that names itself leads nowhere.
    let own = (0..archive.entities.len()).map(EntityIx::new);
    let entities = own.map(|place| (archive.reading_of_entity(place), Some(place)));
    let texts = pages.chain(entities).flat_map(|(text, own)| {
        let mentions = text.mentions.iter().map(|mention| mention.entity);
        let named = text.links.iter().filter_map(entity_of).chain(mentions);
        named.filter(move |entity| Some(*entity) != own).collect::<Vec<_>>()
    });
    briefings.chain(texts).collect()
}

fn entity_of(link: &Link) -> Option<EntityIx> {
    match link {
        Link::Entity(entity) => Some(*entity),
        _ => None,
    }
}

fn is_unused(entity: &Entity) -> bool {
    entity.kind != DATE
        && entity.timeline.is_empty()
        && entity.unnamed.is_empty()
        && entity.children.is_empty()
        && entity.publishers.is_empty()
        && !entity.relations.iter().any(|relation| relation.of_other)
}

fn is_used_once(archive: &Archive, entity: &Entity) -> bool {
    entity.kind != DATE
        && entity.children.is_empty()
        && entity.relations.is_empty()
        && entity.publishers.is_empty()
        && briefings(archive, entity).len() == 1
}

/// The briefings in which an entity stands.
fn briefings(archive: &Archive, entity: &Entity) -> BTreeSet<BriefingIx> {
    let mut found = BTreeSet::new();
    for entry in &entity.timeline {
        match entry.what {
            What::Briefing(place) => {
                found.insert(place);
            }
            What::Event(place) => {
                let event = &archive[place];
                found.insert(event.briefing);
                found.extend(event.others.iter().map(|other| archive[*other].briefing));
            }
            What::Claim(place) => {
                found.insert(archive[place].briefing);
            }
            What::Response(place, number) => {
                found.extend(archive[place].responses.get(number as usize).map(|answer| answer.briefing));
            }
        }
    }
    found
}

fn used_once(entity: &Entity, settings: &Settings) -> Diagnostic {
    let kind = &settings.kinds[entity.kind];
    let message = format!("the {} `{}` stands in one briefing alone", kind.name, entity.name);
    let help = if entity.kind == KEYWORD {
        "if it is another spelling of a tag, write that one".to_owned()
    } else {
        format!(
            "if it is another spelling of a name, write that one; else write `content/{}/{}.md`",
            kind.key, entity.slug
        )
    };
    let mut diagnostic = Diagnostic::warning("used-once", message).help(help);
    diagnostic.span.clone_from(&entity.origin);
    diagnostic
}
