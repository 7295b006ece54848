use std::{collections::BTreeSet, fmt, ops::Range, sync::Arc};

#[cfg(test)]
use super::blind;
use super::{
    Gate, Held, Reason, Secret, assets,
    outlook::markings,
    secrets::{self, Marked},
};
use crate::{
    diagnostics::Diagnostics,
    documents::{
        self, At, Body, Briefing, Documents, Figure, Finding, Profile, RELATIONS, Response, Source,
        Translation, markdown,
    },
    model::{Fineness, LocalId, Marking, SourcePath},
    tree::Extra,
};

/// Takes out of a released briefing every part that the edition does not admit.
pub(super) fn briefing(briefing: &mut Briefing, gate: &mut Gate<'_>) {
    let (path, file) = (briefing.path.clone(), briefing.marking.clone());
    let mut number = 0;
    let mut figures = Vec::new();
    let events = losing(&briefing.events, |event| {
        number += 1;
        let name = Called { what: "event", id: event.id.as_ref(), number };
        let kept = gate.marked(&path, &name, event, &file);
        if kept {
            let mut count = 0;
            let is_kept = |figure: &Figure| {
                count += 1;
                gate.marked(&path, &format_args!("figure {count} of {name}"), figure, &file)
            };
            figures.extend(losing(&event.figures, is_kept).map(|kept| (number - 1, kept)));
        }
        kept
    });
    for (place, kept) in figures {
        keep(&mut briefing.events[place].figures, kept);
    }
    if let Some(kept) = events {
        keep(&mut briefing.events, kept);
    }
    number = 0;
    let (mut responses, mut findings) = (Vec::new(), Vec::new());
    let claims = losing(&briefing.claims, |claim| {
        number += 1;
        let name = Called { what: "claim", id: claim.id.as_ref(), number };
        if !gate.marked(&path, &name, claim, &file) {
            return false;
        }
        let mut count = 0;
        let is_kept = |response: &Response| {
            count += 1;
            gate.marked(&path, &format_args!("response {count} to {name}"), response, &file)
        };
        responses.extend(losing(&claim.responses, is_kept).map(|kept| (number - 1, kept)));
        count = 0;
        let is_kept = |finding: &Finding| {
            count += 1;
            gate.marked(&path, &format_args!("finding {count} on {name}"), finding, &file)
        };
        findings.extend(losing(&claim.findings, is_kept).map(|kept| (number - 1, kept)));
        true
    });
    for (place, kept) in responses {
        keep(&mut briefing.claims[place].responses, kept);
    }
    for (place, kept) in findings {
        keep(&mut briefing.claims[place].findings, kept);
    }
    if let Some(kept) = claims {
        keep(&mut briefing.claims, kept);
    }
    if let Some(kept) = losing_marked(&briefing.responses, gate, &path, &file, "response") {
        keep(&mut briefing.responses, kept);
    }
    if let Some(kept) = losing_marked(&briefing.findings, gate, &path, &file, "finding") {
        keep(&mut briefing.findings, kept);
    }
    if let Some(kept) = losing_marked(&briefing.corrections, gate, &path, &file, "correction") {
        keep(&mut briefing.corrections, kept);
    }
    let source = |source: &(LocalId, Source)| {
        gate.marked(&path, &format_args!("source `{}`", source.0), source, &file)
    };
    if let Some(kept) = losing(&briefing.sources, source) {
        keep(&mut briefing.sources, kept);
    }
    shared_body(&mut briefing.body, &path, &file, gate);
    forms(briefing);
    translations_of(briefing, &file, gate);
}

/// A part as messages call it: by its id, else by its number among its like.
struct Called<'a> {
    what: &'static str,
    id: Option<&'a LocalId>,
    number: usize,
}

impl fmt::Display for Called<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { what, id, number } = self;
        match id {
            Some(id) => write!(f, "{what} `{id}`"),
            None => write!(f, "{what} {number}"),
        }
    }
}

/// Which of `list` are kept, where it loses any: what loses nothing is not touched, so that it stays shared.
fn losing<T>(list: &[T], is_kept: impl FnMut(&T) -> bool) -> Option<Vec<bool>> {
    let kept: Vec<bool> = list.iter().map(is_kept).collect();
    kept.contains(&false).then_some(kept)
}

fn keep<T>(list: &mut Vec<T>, kept: Vec<bool>) {
    let mut kept = kept.into_iter();
    list.retain(|_| kept.next().unwrap_or(false));
}

/// Takes out of a released briefing the translations that the edition does not admit, and parts of them.
fn translations_of(briefing: &mut Briefing, file: &Marking, gate: &mut Gate<'_>) {
    if briefing.translations.is_empty() && briefing.rivals.is_empty() {
        return;
    }
    let translations = std::mem::take(&mut briefing.translations).into_values();
    for mut translation in translations.chain(std::mem::take(&mut briefing.rivals)) {
        // A translation counts as marked as its original is, where it bears no label.
        let reason = gate.reason(&translation.marking, file);
        if !gate.keep(&translation.path, None, reason) {
            gate.tell(secrets::translation(&translation), &translation);
            continue;
        }
        if briefing.translations.contains_key(&translation.language) {
            gate.keep(&translation.path, None, Some(Reason::Unused));
            continue;
        }
        body(&mut translation.body, &translation.path, &translation.marking, gate);
        let claims = briefing.claims.iter().filter_map(|claim| claim.id.as_ref());
        let ids: BTreeSet<&LocalId> =
            claims.chain(briefing.events.iter().filter_map(|event| event.id.as_ref())).collect();
        let gone: Vec<LocalId> = translation.texts.keys().filter(|id| !ids.contains(id)).cloned().collect();
        for id in gone {
            text_of_part(&mut translation, &id, gate);
        }
        briefing.translations.insert(translation.language.clone(), translation);
    }
}

/// Takes the text of a claim or event out of a translation: it goes with the part that it translates.
fn text_of_part(translation: &mut Translation, id: &LocalId, gate: &mut Gate<'_>) {
    let text = translation.texts.remove(id).map(|text| Secret::Text(text.value.into()));
    let bytes = translation.places.remove(id).unwrap_or_default().range();
    gate.withheld.push_beside(Held {
        bytes: vec![bytes],
        secrets: text.into_iter().chain([Secret::Id(id.as_str().into())]).collect(),
        ..Held::new(&translation.path, None, Reason::Unused)
    });
}

/// Tells of the translations of a briefing that is kept back as a whole: they go with it.
pub(super) fn translations(briefing: &Briefing, reason: Reason, gate: &mut Gate<'_>) {
    for translation in briefing.translations.values().chain(&briefing.rivals) {
        gate.keep(&translation.path, None, Some(reason));
        gate.tell(secrets::translation(translation), translation);
    }
}

fn losing_marked<T: Marked>(
    parts: &[T],
    gate: &mut Gate<'_>,
    path: &SourcePath,
    file: &Marking,
    what: &str,
) -> Option<Vec<bool>> {
    let mut number = 0;
    losing(parts, |part| {
        number += 1;
        gate.marked(path, &format_args!("{what} {number}"), part, file)
    })
}

/// Cuts out of the prose every claim and event that is not released, and drops those whose prose is gone. From here on
/// the nth of either that the prose shows is the nth of those written in it.
pub(super) fn forms(briefing: &mut Briefing) {
    let (body, claims, events, path) = (&briefing.body, &briefing.claims, &briefing.events, &briefing.path);
    if body.outline.forms.is_empty()
        && !claims.iter().any(|c| c.in_prose)
        && !events.iter().any(|e| e.in_prose)
    {
        return;
    }
    let blocks = body.outline.forms.iter();
    let blocks: Vec<(At, Range<usize>)> =
        blocks.map(|block| (documents::form_place(body, path, block), block.range.clone())).collect();
    let written: BTreeSet<At> = blocks.iter().map(|(at, _)| *at).collect();
    let is_written = |at: &At| written.contains(at);
    #[cfg(test)]
    let is_written = |at: &At| is_written(at) || blind::omits(blind::Step::FormsInWithheldProse);
    let of_claims = losing(claims, |claim| !claim.in_prose || is_written(&claim.at));
    let of_events = losing(events, |event| !event.in_prose || is_written(&event.at));
    if let Some(kept) = of_claims {
        keep(&mut briefing.claims, kept);
    }
    if let Some(kept) = of_events {
        keep(&mut briefing.events, kept);
    }
    let (claims, events) = (&briefing.claims, &briefing.events);
    let claims = claims.iter().filter(|claim| claim.in_prose).map(|claim| claim.at);
    let events = events.iter().filter(|event| event.in_prose).map(|event| event.at);
    let kept: BTreeSet<At> = claims.chain(events).collect();
    let gone = blocks.into_iter().filter(|(at, _)| !kept.contains(at));
    let cut: Vec<_> = gone.map(|(_, range)| range).collect();
    #[cfg(test)]
    let cut = if blind::omits(blind::Step::FormsOfWithheldParts) { Vec::new() } else { cut };
    if !cut.is_empty() {
        let path = briefing.path.clone();
        without(Arc::make_mut(&mut briefing.body), &cut, &path);
    }
}

fn without(body: &mut Body, cut: &[Range<usize>], path: &SourcePath) {
    if !cut.is_empty() {
        body.prose = body.prose.without(cut);
        // What is wrong with the text has been reported when it was whole.
        body.outline = markdown::outline(&body.prose, path, false, &mut Diagnostics::new());
    }
}

/// Cuts marked prose out of a text, as if it had never been written.
pub(super) fn body(body: &mut Body, path: &SourcePath, file: &Marking, gate: &mut Gate<'_>) {
    let cut = withheld_of(body, path, file, gate);
    without(body, &cut, path);
}

/// The same, of one that others may have too.
fn shared_body(body: &mut Arc<Body>, path: &SourcePath, file: &Marking, gate: &mut Gate<'_>) {
    let cut = withheld_of(body, path, file, gate);
    if !cut.is_empty() {
        without(Arc::make_mut(body), &cut, path);
    }
}

/// The marked prose of a text that the edition does not admit.
fn withheld_of(body: &Body, path: &SourcePath, file: &Marking, gate: &mut Gate<'_>) -> Vec<Range<usize>> {
    let mut cut = Vec::new();
    for block in &body.outline.marked {
        let marking = Marking { tlp: Some(block.tlp), ..Marking::default() };
        if !gate.part(path, &"marked prose", &marking, file) {
            let span = body.prose.span(path, block.range.clone());
            gate.place(span.start as usize..span.end as usize, secrets::prose(body, &block.range));
            gate.uses(assets::within(body, block.range.clone(), path));
            cut.push(block.range.clone());
        }
    }
    cut
}

/// Clears the fields of a profile that bear a label which the edition does not admit. Where one cannot be cleared, as
/// its name, the profile is not to be released.
pub(super) fn profile(profile: &mut Profile, gate: &mut Gate<'_>) -> bool {
    let mut is_clear = true;
    let (path, file) = (profile.path.clone(), profile.marking.clone());
    for (field, label) in profile.marked.clone() {
        let marking = Marking { tlp: Some(label), ..Marking::default() };
        if !gate.part(&path, &format_args!("`{field}`"), &marking, &file) {
            let at = profile.marked_at.get(&field).map(|at| at.range()).unwrap_or_default();
            gate.place(at.clone(), secrets::field(profile, &field));
            if field == "precision" && profile.coordinates.is_some() {
                gate.keep(&path, Some(&"`coordinates`"), Some(Reason::Label(label)));
                // Without a place it would be the whole file that is kept back.
                gate.place(at, Vec::new());
            }
            is_clear &= clear(profile, &field);
        }
    }
    // What is left of them tells how far the fields that are shown may travel.
    profile.marked.retain(|_, label| gate.edition.admits.contains(label));
    let fineness = *profile.precision.get_or_insert(Fineness::DEFAULT);
    profile.coordinates = profile.coordinates.map(|point| point.rounded(fineness));
    body(&mut profile.body, &path, &file, gate);
    is_clear
}

/// Clears a field; `false` where a profile cannot be without it, or none is known.
fn clear(profile: &mut Profile, field: &str) -> bool {
    match field {
        "type" => profile.entity_type = None,
        "aliases" => profile.aliases.clear(),
        "previous_names" => profile.previous_names.clear(),
        "weak_aliases" => profile.weak_aliases.clear(),
        "hidden_aliases" => profile.hidden_aliases.clear(),
        "names" => profile.names.clear(),
        "sort_name" => profile.sort_name = None,
        "parent" => profile.parent.clear(),
        "status_note" => profile.status_note = None,
        "died" => profile.died = None,
        "country" => profile.country = None,
        "coordinates" => profile.coordinates = None,
        // Without it nobody knows how fine they may be.
        "precision" => (profile.precision, profile.coordinates) = (None, None),
        "id" => profile.id = documents::profile_stem(&profile.path).to_owned(),
        "slug" => profile.slug = None,
        "template" => profile.template = None,
        "wikidata" => profile.wikidata = None,
        "links" => profile.links.clear(),
        "description" | "summary" => profile.description = None,
        "former_ids" => profile.former_ids.clear(),
        "same_as" => profile.same_as = None,
        "extra" => profile.extra = Extra::default(),
        "founded" | "dissolved" | "born" => drop(profile.dates.remove(field)),
        relation if RELATIONS.contains(&relation) => drop(profile.relations.remove(relation)),
        _ => return false,
    }
    true
}

/// Whether a label stands anywhere in the archive.
pub(super) fn any_label(documents: &Documents) -> bool {
    let labelled = |marking: &Marking| marking.tlp.is_some();
    let in_briefing = |briefing: &Briefing| {
        let renditions =
            briefing.translations.values().chain(&briefing.rivals).map(|rendition| &rendition.body);
        markings(briefing).any(labelled)
            || std::iter::once(&*briefing.body).chain(renditions).any(|body| !body.outline.marked.is_empty())
    };
    documents.briefings.iter().any(in_briefing)
        || documents
            .profiles
            .iter()
            .any(|p| labelled(&p.marking) || !p.marked.is_empty() || !p.body.outline.marked.is_empty())
        || documents.pages.iter().any(|p| labelled(&p.marking) || !p.body.outline.marked.is_empty())
        || documents.sources.sources.values().any(|source| labelled(&source.marking))
        || documents.images.values().any(|words| labelled(&words.marking))
}

#[cfg(test)]
mod tests {
    use crate::{
        diagnostics::Diagnostics,
        documents,
        model::{Coordinates, Instant},
        release::{Edition, select},
        settings,
        sources::Sources,
    };

    /// The coordinates of a released profile with `front`.
    fn released(front: &str) -> Option<Coordinates> {
        let profile = format!("---\nname: Shelter\ncoordinates: [31.34691, 34.30618]\n{front}---\n");
        let settings = "title = \"A\"\n[marking]\ndefault = \"clear\"\n";
        let sources = Sources::from_texts([("brief.toml", settings), ("content/locations/a.md", &profile)]);
        let mut diagnostics = Diagnostics::new();
        let settings = settings::parse(&sources, &mut diagnostics);
        let documents = documents::parse(&sources, &settings, &mut diagnostics);
        let edition = Edition::public(Instant::parse_as_of("2025-05-15").unwrap());
        let (release, _) = select(documents, &settings, &edition, &mut diagnostics);
        release.profiles()[0].document.coordinates
    }

    #[test]
    fn a_release_holds_coordinates_no_finer_than_may_be_published() {
        let at = |latitude, longitude| Some(Coordinates { latitude, longitude });
        assert_eq!(released("precision: exact\n"), at(31.34691, 34.30618));
        assert_eq!(released("precision: 10 km\n"), at(31.3, 34.3));
        assert_eq!(released(""), at(31.35, 34.31));
        // Nobody knows how fine they may be.
        assert_eq!(released("precision: about\n"), None);
        assert_eq!(released("precision: city\nmarked: {precision: amber}\n"), None);
        assert_eq!(released("marked: {coordinates: amber}\n"), None);
    }
}
