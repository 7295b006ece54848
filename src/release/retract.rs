use std::{collections::BTreeMap, sync::Arc};

use super::{Gate, Reason, Tombstone, parts};
use crate::{
    diagnostics::Diagnostics,
    documents::{Body, Briefing, Corrected, Correction, markdown, markdown::Target, resolve_path, tags_of},
    model::{BriefingId, CorrectionKind, LocalId, SourcePath, When},
};

/// What sort of thing was retracted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Gone {
    /// A briefing.
    Briefing,
    /// A claim.
    Claim,
    /// An event.
    Event,
    /// An image.
    Image,
}

/// The retracted parts that the edition would else show: by their briefing, and their id there or, of an image, its
/// path in the archive.
pub type Retracted = BTreeMap<(BriefingId, Box<str>), Gone>;

/// Takes retracted briefings and parts out of `briefings`; what is left of whole ones is returned.
///
/// It runs when marked parts are gone already, so that a retraction of what is withheld is one of nothing.
pub(super) fn apply(briefings: &mut Vec<Briefing>, gate: &mut Gate<'_>) -> (Vec<Tombstone>, Retracted) {
    let mut tombstones = Vec::new();
    let mut retracted = Retracted::new();
    briefings.retain_mut(|briefing| {
        let retractions: Vec<Correction> =
            briefing.corrections.iter().filter(|c| c.kind == CorrectionKind::Retraction).cloned().collect();
        if let Some(retraction) = retractions.iter().find(|retraction| is_whole(retraction, &briefing.id)) {
            for (id, gone) in ids(briefing) {
                retracted.insert((briefing.id.clone(), id.as_str().into()), gone);
            }
            tombstones.push(tombstone(briefing, retraction.clone()));
            parts::translations(briefing, Reason::Retracted, gate);
            return false;
        }
        for of in retractions.iter().filter_map(|retraction| retraction.of.as_ref()) {
            if let Some(id) = of.own_part(&briefing.id) {
                part(briefing, id, gate, &mut retracted);
            } else if let Some(path) = of.image(&briefing.path) {
                image(briefing, &path, gate, &mut retracted);
            }
            parts::forms(briefing);
        }
        true
    });
    (tombstones, retracted)
}

/// Whether a retraction is of the whole briefing that it stands in.
fn is_whole(retraction: &Correction, own: &BriefingId) -> bool {
    match &retraction.of {
        None => true,
        Some(Corrected::Part(of)) => of.part.local.is_none() && of.part.briefing.as_ref() == Some(own),
        Some(Corrected::Image(_)) => false,
    }
}

/// The claims and events that others may refer to.
fn ids(briefing: &Briefing) -> Vec<(LocalId, Gone)> {
    let claims = briefing.claims.iter().filter_map(|claim| Some((claim.id.clone()?, Gone::Claim)));
    let events = briefing.events.iter().filter_map(|event| Some((event.id.clone()?, Gone::Event)));
    claims.chain(events).collect()
}

fn part(briefing: &mut Briefing, id: &LocalId, gate: &mut Gate<'_>, retracted: &mut Retracted) {
    let Some((_, gone)) = ids(briefing).into_iter().find(|(known, _)| known == id) else { return };
    let what = if gone == Gone::Claim { "claim" } else { "event" };
    gate.keep(&briefing.path, Some(&format_args!("{what} `{id}`")), Some(Reason::Retracted));
    retracted.insert((briefing.id.clone(), id.as_str().into()), gone);
    briefing.events.retain(|event| event.id.as_ref() != Some(id));
    briefing.claims.retain(|claim| claim.id.as_ref() != Some(id));
    for translation in briefing.translations.values_mut() {
        translation.texts.remove(id);
    }
}

/// Takes an image out of all texts of a briefing.
fn image(briefing: &mut Briefing, image: &SourcePath, gate: &mut Gate<'_>, retracted: &mut Retracted) {
    let mut found = cut(Arc::make_mut(&mut briefing.body), &briefing.head.path, image);
    for translation in briefing.translations.values_mut() {
        found |= cut(&mut translation.body, &translation.path, image);
    }
    let is_it = |written: &str| resolve_path(briefing.path.folder(), written).as_ref() == Some(image);
    if briefing.image.as_ref().is_some_and(|named| is_it(&named.text)) {
        briefing.image = None;
        found = true;
    }
    if found {
        gate.keep(&briefing.path, Some(&format_args!("image `{image}`")), Some(Reason::Retracted));
        retracted.insert((briefing.id.clone(), image.as_str().into()), Gone::Image);
    }
}

/// Cuts an image out of a text, as if it had never been written there. Tells whether it was.
fn cut(body: &mut Body, text: &SourcePath, image: &SourcePath) -> bool {
    let references =
        body.outline.images.iter().filter_map(|image| body.outline.references.get(image.reference));
    let ranges: Vec<_> = references
        .filter(|reference| match &reference.target {
            Target::Asset { path, .. } => resolve_path(text.folder(), path).as_ref() == Some(image),
            _ => false,
        })
        .map(|reference| reference.range.clone())
        .collect();
    if !ranges.is_empty() {
        body.prose = body.prose.without(&ranges);
        // What is wrong with the text has been reported when it was whole.
        body.outline = markdown::outline(&body.prose, text, false, &mut Diagnostics::new());
    }
    !ranges.is_empty()
}

fn tombstone(briefing: &Briefing, retraction: Correction) -> Tombstone {
    let events = briefing.events.iter().filter_map(|event| event.date);
    let answers = briefing.claims.iter().flat_map(|claim| &claim.responses).chain(&briefing.responses);
    let dates = events
        .chain(briefing.claims.iter().filter_map(|claim| claim.date))
        .chain(answers.filter_map(|response| response.date));
    Tombstone {
        path: briefing.path.clone(),
        id: briefing.id.clone(),
        date: briefing.date,
        published: briefing.published,
        slug: briefing.slug.clone(),
        aliases: briefing.aliases.clone(),
        language: briefing.language.clone(),
        named: tags_of(briefing).into_iter().map(|(kind, name)| (kind, name.text.clone())).collect(),
        dates: std::iter::once(When::on(briefing.date.day())).chain(dates).collect(),
        retraction,
    }
}
