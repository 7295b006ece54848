use rustc_hash::FxHashMap;

use super::{ClaimIx, EntityIx, Facts, Party, Related, accounts::holds, registry::Registry, timeline};
use crate::{
    diagnostics::{Diagnostic, Diagnostics, Span},
    documents::{self, RELATIONS, Relation},
    model::{BriefingId, Day, LocalId, SourcePath, When},
    settings::{ACTOR, Settings},
};

/// Resolves what profiles say of other entities: parents as of `today`, relations, which stand at both ends, and the
/// same thing as another kind.
pub(super) fn relate(registry: &mut Registry, today: Day, diagnostics: &mut Diagnostics) {
    for place in 0..registry.profiled() {
        let Some(profile) = registry.entities[place].profile.as_ref().map(|released| &released.document)
        else {
            continue;
        };
        let (kind, path) = (profile.kind, profile.path.clone());
        let parent = current(&profile.parent, today).map(|relation| relation.name.clone());
        let written: Vec<(&'static str, Relation)> = RELATIONS
            .iter()
            .flat_map(|key| profile.relations.get(key).into_iter().flatten().map(|r| (*key, r.clone())))
            .collect();
        if let Some(parent) = parent {
            registry.entities[place].parent = registry.resolve(kind, &parent, &path, diagnostics);
        }
        for (key, relation) in written {
            // Who claims or controls a place is an actor; every other relation stays within its kind.
            let other = if matches!(key, "claimed_by" | "controlled_by") { ACTOR } else { kind };
            if let Some(to) = registry.resolve(other, &relation.name, &path, diagnostics) {
                registry.entities[place].relations.push(Related {
                    key,
                    to,
                    of_other: false,
                    from: relation.from,
                    until: relation.to,
                    date: relation.date,
                    sources: relation.sources,
                });
            }
        }
    }
    turn_round(registry);
    // By now everything that profiles name has an entity.
    for place in 0..registry.profiled() {
        let profile = registry.entities[place].profile.as_ref().map(|released| &released.document);
        let Some((profile, name)) = profile.and_then(|p| Some((p, p.same_as.as_ref()?))) else { continue };
        let other = same(registry, &registry.settings, profile.kind, name, &profile.path, diagnostics);
        registry.entities[place].same_as = other;
    }
    join_same(registry, diagnostics);
}

/// Makes both of two that are one thing say so, and reports those of which one is already the same as a third.
fn join_same(registry: &mut Registry, diagnostics: &mut Diagnostics) {
    for place in 0..registry.entities.len() {
        let Some(other) = registry.entities[place].same_as else { continue };
        match registry.entities[other.get()].same_as {
            None => registry.entities[other.get()].same_as = Some(EntityIx::new(place)),
            Some(third) if third.get() != place => {
                registry.entities[place].same_as = None;
                diagnostics.push(same_as_two(registry, place, other, third));
            }
            Some(_) => {}
        }
    }
}

fn same_as_two(registry: &Registry, place: usize, other: EntityIx, third: EntityIx) -> Diagnostic {
    let [other, third] = [other, third].map(|entity| &registry.entities[entity.get()]);
    let [one, two] = [other, third]
        .map(|entity| format!("the {} `{}`", registry.settings.kinds[entity.kind].name, entity.name));
    let message = format!("{one} is already the same as {two}");
    let diagnostic =
        Diagnostic::error("same-as-two", message).help("let one actor and one place name each other");
    let profile = registry.entities[place].profile.as_ref().map(|released| &released.document);
    match profile.and_then(|profile| Some((profile.same_as.as_ref()?, profile))) {
        Some((name, profile)) => diagnostic.at(name.at.span(&profile.path)),
        None => diagnostic,
    }
}

/// The relation that holds on `today`: the last that does, else the last of all.
fn current(relations: &[Relation], today: Day) -> Option<&Relation> {
    let has_come =
        |relation: &Relation| relation.date.and_then(When::earliest).is_none_or(|date| date <= today);
    let holds = |relation: &&Relation| has_come(relation) && holds(relation, When::on(today));
    relations.iter().rfind(holds).or(relations.last())
}

/// Writes every relation down at its other end too, in the order of their keys, then by name. Whoever has no page
/// stands on nobody else's.
fn turn_round(registry: &mut Registry) {
    let mut turned: Vec<(usize, String, String, EntityIx, Related)> = Vec::new();
    for (place, entity) in registry.entities.iter().enumerate().filter(|(_, entity)| entity.has_page) {
        let place = EntityIx::new(place);
        for relation in &entity.relations {
            let other = &registry.entities[relation.to.get()];
            // To be affiliated is said of both at once.
            let is_said = relation.key == "affiliated"
                && other.relations.iter().any(|own| own.key == "affiliated" && own.to == place);
            if relation.to != place && !is_said {
                let key = RELATIONS.iter().position(|key| *key == relation.key).unwrap_or_default();
                let turned_round = Related { of_other: true, to: place, ..relation.clone() };
                turned.push((key, entity.sort_key(), entity.slug.clone(), relation.to, turned_round));
            }
        }
    }
    // Relations of one key between the same two stay as written.
    turned.sort_by(|one, other| (one.0, &one.1, &one.2).cmp(&(other.0, &other.1, &other.2)));
    for (.., to, relation) in turned {
        registry.entities[to.get()].relations.push(relation);
    }
}

/// The entity that `same_as` names. That nothing is called so has been reported where the file was read.
fn same(
    registry: &Registry,
    settings: &Settings,
    kind: usize,
    name: &documents::Name,
    path: &SourcePath,
    diagnostics: &mut Diagnostics,
) -> Option<EntityIx> {
    let (other, text) = documents::same_as(settings, kind, &name.text);
    let diagnostic = match registry.find(other, text) {
        [only] => return Some(*only),
        [] => registry.hidden_alias(other, text).unwrap_or_else(|| {
            Diagnostic::warning("withheld-target", "this is something that this edition does not show")
                .help("mark this key too: `marked: {same_as: amber}`")
        }),
        _ => Diagnostic::error("unknown-reference", format!("more than one thing is called `{}`", name.text))
            .help("write the kind and the id: `same_as: location:israel`"),
    };
    diagnostics.push(diagnostic.at(name.at.span(path)));
    None
}

/// Finds the claims that deaths rest on. Where the edition does not show a claim it does not show the death either.
pub(super) fn deaths(
    registry: &mut Registry,
    claims: &FxHashMap<(BriefingId, LocalId), ClaimIx>,
    diagnostics: &mut Diagnostics,
) {
    for entity in &mut registry.entities {
        let Some(profile) = entity.profile.as_ref().map(|released| &released.document) else { continue };
        let Some(died) = &profile.died else { continue };
        let part = &died.rests_on.part;
        let claim = part.briefing.clone().zip(part.local.clone()).and_then(|key| claims.get(&key));
        entity.died = claim.map(|claim| (died.date, *claim));
        if claim.is_none() {
            let span: Span = died.rests_on.at.span(&profile.path);
            diagnostics.push(
                Diagnostic::warning(
                    "withheld-target",
                    "this rests on something that this edition does not show",
                )
                .at(span)
                .help("readers do not see the death; mark it too: `marked: {died: amber}`"),
            );
        }
    }
}

/// Lists with each actor what is said and answered by those of its people whom the sources do not name.
pub(super) fn speakers_without_names(archive: &mut Facts) {
    let mut said: Vec<(EntityIx, Day, ClaimIx, Option<u32>)> = Vec::new();
    for (place, claim) in archive.claims.iter().enumerate() {
        let place = ClaimIx::new(place);
        said.extend(sides(&claim.by).map(|of| (of, timeline::order(&claim.date), place, None)));
        for (number, response) in claim.responses.iter().enumerate() {
            let number = Some(u32::try_from(number).unwrap_or(u32::MAX));
            said.extend(sides(&response.by).map(|of| (of, timeline::order(&response.date), place, number)));
        }
    }
    said.sort_unstable();
    said.dedup();
    for (of, _, claim, response) in said {
        archive.entities[of.get()].unnamed.push((claim, response));
    }
}

/// Whose those are whom the source does not name.
fn sides(by: &[Party]) -> impl Iterator<Item = EntityIx> {
    by.iter().filter_map(|party| match party {
        Party::Unnamed { of, .. } => *of,
        Party::Actor(_) => None,
    })
}

#[cfg(test)]
mod tests {
    use crate::{
        archive::Archive,
        build,
        diagnostics::Diagnostics,
        model::Instant,
        release::Edition,
        settings::{self, ACTOR},
        sources::Sources,
    };

    fn archive(files: &[(&str, &str)]) -> Archive {
        let sources =
            Sources::from_texts(files.iter().copied().chain([("brief.toml", "title = \"Test\"\n")]));
        let mut diagnostics = Diagnostics::new();
        let settings = settings::parse(&sources, &mut diagnostics);
        let edition = Edition::public(Instant::parse_as_of("2026-01-01").expect("it is a day"));
        let build = build::plan(&sources, &settings, &edition, false, &mut diagnostics);
        assert!(!diagnostics.has_errors(), "{diagnostics:?}");
        build.archive
    }

    #[test]
    fn what_unnamed_speakers_say_and_answer_stands_with_their_side_alone_and_the_oldest_first() {
        let archive = archive(&[
            (
                "content/briefings/2025-05-15-talks.md",
                "---\ntitle: Talks\nclaims:\n\
             - {by: unnamed officials of Cabinet, text: Late., date: 2025-05-14}\n\
             - by: Army\n  about: Cabinet\n  date: 2025-05-10\n  text: Said.\n  responses:\n  \
             - {by: Cabinet, stance: denies}\n  \
             - {by: unnamed officers of Cabinet, stance: confirms, date: 2025-05-12}\n\
             - {by: unnamed officials of State, text: Other., date: 2025-05-11}\n\
             - {by: unnamed officials of Cabinet, text: Early., date: 2025-05-11}\n---\n",
            ),
            ("content/actors/cabinet.md", "---\nname: Cabinet\nparent: State\n---\n"),
        ]);
        let of = |name: &str| {
            let mut of_kind = archive.kinds[ACTOR].iter().map(|place| &archive[*place]);
            let entity = of_kind.find(|entity| entity.name == name).expect("it is named");
            let said = entity.unnamed.iter();
            said.map(|(claim, answer)| (archive[*claim].text.as_str(), *answer)).collect::<Vec<_>>()
        };
        assert_eq!(of("Cabinet"), [("Early.", None), ("Said.", Some(0)), ("Late.", None)]);
        assert_eq!(of("State"), [("Other.", None)]);
        assert_eq!(of("Army"), []);
    }
}
