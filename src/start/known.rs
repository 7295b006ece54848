use crate::{
    archive::{Archive, Entity},
    diagnostics::nearest,
    model::fold_name,
};

/// What an archive knows of a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Known {
    /// One entity, and how briefings best write it: its name, or its id where others bear the name too.
    One {
        /// What to write.
        written: String,
        /// The file of its profile, if it has one.
        profile: Option<String>,
        /// Whether the name means it wherever it stands, and is no weak alias.
        is_strong: bool,
    },
    /// Several: their ids, or their names where they have no profile.
    Several(Vec<String>),
    /// None, and a name that is nearly the same, if there is one.
    None(Option<String>),
}

/// What `name` means among the entities of the kind at `kind`. A name that fits better hides one that fits worse, as
/// in a build.
pub fn known(archive: &Archive, kind: usize, name: &str) -> Known {
    let folded = fold_name(name);
    let found = best(archive, kind, &folded);
    match &found[..] {
        [(rank, entity)] => {
            let alone = best(archive, kind, &fold_name(&entity.name)).len() == 1;
            let written = if alone { entity.name.clone() } else { id(entity) };
            let profile = entity.profile.as_ref().map(|profile| profile.document.path.to_string());
            Known::One { written, profile, is_strong: *rank < WEAK }
        }
        [] => {
            let names = of_kind(archive, kind).flat_map(|entity| {
                let profile = entity.profile.iter().flat_map(|profile| profile.document.all_names());
                std::iter::once(entity.name.as_str()).chain(profile)
            });
            Known::None(nearest(name, names).map(str::to_owned))
        }
        several => Known::Several(several.iter().map(|(_, entity)| id(entity)).collect()),
    }
}

const WEAK: u8 = 3;

fn of_kind(archive: &Archive, kind: usize) -> impl Iterator<Item = &Entity> {
    archive.kinds.get(kind).into_iter().flatten().map(|place| &archive[*place])
}

fn id(entity: &Entity) -> String {
    entity.profile.as_ref().map_or_else(|| entity.name.clone(), |profile| profile.document.id.clone())
}

/// The entities that a folded name fits best.
fn best<'a>(archive: &'a Archive, kind: usize, folded: &str) -> Vec<(u8, &'a Entity)> {
    let fits: Vec<_> = of_kind(archive, kind).filter_map(|e| Some((rank(e, folded)?, e))).collect();
    let least = fits.iter().map(|(rank, _)| *rank).min();
    fits.into_iter().filter(|(rank, _)| Some(*rank) == least).collect()
}

fn rank(entity: &Entity, folded: &str) -> Option<u8> {
    let fits = |name: &str| fold_name(name) == folded;
    let Some(profile) = entity.profile.as_ref().map(|profile| &profile.document) else {
        return fits(&entity.name).then_some(1);
    };
    if fits(&profile.id) {
        return Some(0);
    }
    if fits(&profile.name) || profile.former_ids.iter().any(|id| fits(&id.text)) {
        return Some(1);
    }
    let named = |weak: bool| profile.all_names().any(|name| profile.is_weak(name) == weak && fits(name));
    if named(false) { Some(2) } else { named(true).then_some(WEAK) }
}
