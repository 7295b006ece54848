//! Whom the archive knows, and by which names.

use std::collections::{BTreeMap, BTreeSet};

use crate::{
    documents::{Documents, Profile, markdown::Names},
    model::{EntityType, fold_name, slugify},
    settings::{ACTOR, LOCATION, Settings},
};

/// An entity with a profile.
#[derive(Clone, Debug)]
pub struct Known {
    /// The place of its kind in the settings.
    pub kind: usize,
    /// What its kind is called: `actor`.
    pub kind_name: String,
    /// The key under which a briefing lists it: `actors`.
    pub key: String,
    /// Its id.
    pub id: String,
    /// What it is called.
    pub name: String,
    /// Whether it is a person.
    pub person: bool,
    /// Whether it is a newspaper, an agency or a broadcaster.
    pub media: bool,
    /// Whether it is a state or a country.
    pub state: bool,
    /// Its family name, where it is a person.
    pub family: Option<String>,
}

/// Every profile of an archive, and every name.
pub struct Registry {
    /// The entities, actors first.
    pub known: Vec<Known>,
    /// Strong names and weak ones, in one automaton each.
    pub(super) strong: Names,
    pub(super) weak: Names,
    /// Who is one thing as actor and as place.
    pub(super) same: BTreeMap<u32, u32>,
    /// The names of publishers, each with its hosts.
    pub(super) publishers: Vec<(String, Vec<String>)>,
    /// Adjectives and who they mean.
    pub(super) adjectives: BTreeMap<String, u32>,
}

/// Adjectives of states that are not made from the name by an ending.
const ADJECTIVES: &[(&str, &str)] = &[
    ("american", "United States"),
    ("british", "United Kingdom"),
    ("uk", "United Kingdom"),
    ("french", "France"),
    ("german", "Germany"),
    ("dutch", "Netherlands"),
    ("spanish", "Spain"),
    ("greek", "Greece"),
    ("polish", "Poland"),
    ("turkish", "Turkey"),
    ("turkish", "Türkiye"),
    ("danish", "Denmark"),
    ("swedish", "Sweden"),
    ("norwegian", "Norway"),
    ("finnish", "Finland"),
    ("swiss", "Switzerland"),
    ("irish", "Ireland"),
    ("scottish", "Scotland"),
    ("welsh", "Wales"),
    ("belgian", "Belgium"),
    ("portuguese", "Portugal"),
    ("hungarian", "Hungary"),
    ("italian", "Italy"),
    ("chinese", "China"),
    ("japanese", "Japan"),
    ("lebanese", "Lebanon"),
    ("emirati", "United Arab Emirates"),
    ("saudi", "Saudi Arabia"),
    ("palestinian", "Palestine"),
    ("palestinian", "Palestinian Authority"),
    ("yemeni", "Yemen"),
    ("afghan", "Afghanistan"),
    ("pakistani", "Pakistan"),
    ("kurdish", "Kurdistan"),
    ("filipino", "Philippines"),
    ("argentine", "Argentina"),
    ("cypriot", "Cyprus"),
    ("serbian", "Serbia"),
    ("serb", "Serbia"),
    ("croatian", "Croatia"),
    ("peruvian", "Peru"),
    ("soviet", "Soviet Union"),
    ("czech", "Czech Republic"),
    ("slovak", "Slovakia"),
];

impl Registry {
    /// The registry of an archive's profiles; whom nobody may be shown a page of is in it too.
    pub fn of(documents: &Documents, settings: &Settings) -> Self {
        let mut profiles: Vec<&Profile> = documents.profiles.iter().collect();
        profiles.sort_by(|a, b| (a.kind, &a.id).cmp(&(b.kind, &b.id)));
        let known: Vec<Known> = profiles.iter().map(|profile| known(profile, settings)).collect();
        let number = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        let mut strong: BTreeSet<(&str, u32)> = BTreeSet::new();
        let mut weak = strong.clone();
        for (at, profile) in profiles.iter().enumerate() {
            strong.extend(profile.linked_names().map(|name| (name, number(at))));
            weak.extend(profile.weak_aliases.iter().map(|name| (&*name.text, number(at))));
        }
        let mut same = BTreeMap::new();
        for (at, profile) in profiles.iter().enumerate() {
            for (other, twin) in profiles.iter().enumerate() {
                let named = fold_name(&profile.name) == fold_name(&twin.name);
                if profile.kind == ACTOR && twin.kind == LOCATION && named {
                    same.insert(number(at), number(other));
                }
            }
        }
        let publishers = documents.sources.publishers.values();
        Self {
            adjectives: adjectives(&known),
            strong: Names::new(strong),
            weak: Names::new(weak),
            same,
            publishers: publishers
                .map(|publisher| (publisher.name.clone(), publisher.host.clone()))
                .collect(),
            known,
        }
    }
}

fn known(profile: &Profile, settings: &Settings) -> Known {
    let kind = &settings.kinds[profile.kind];
    let is = |types: &[EntityType]| profile.entity_type.is_some_and(|found| types.contains(&found));
    let person = is(&[EntityType::Person]);
    let sorted = profile.sort_name.as_deref().and_then(|name| name.split_once(',')).map(|(family, _)| family);
    let last = profile.name.split_whitespace().last().filter(|_| profile.name.contains(' '));
    Known {
        kind: profile.kind,
        kind_name: kind.name.clone(),
        key: kind.key.clone(),
        id: profile.id.clone(),
        name: profile.name.clone(),
        person,
        media: is(&[EntityType::Media]),
        state: is(&[EntityType::State, EntityType::Country]),
        family: sorted.or(last).filter(|_| person).map(|family| family.trim().to_owned()),
    }
}

/// The adjectives of states that have a profile: `Israeli`, `Qatari`, `Cuban`, `Russian`.
fn adjectives(known: &[Known]) -> BTreeMap<String, u32> {
    let mut found = BTreeMap::new();
    // Actors stand before places, and an actor is who speaks.
    for (at, entity) in known.iter().enumerate().filter(|(_, entity)| entity.state) {
        let Ok(at) = u32::try_from(at) else { continue };
        let name = entity.name.to_lowercase();
        let mut add = |word: String| {
            found.entry(word).or_insert(at);
        };
        for (adjective, _) in ADJECTIVES.iter().filter(|(_, of)| of.eq_ignore_ascii_case(&entity.name)) {
            add((*adjective).to_owned());
        }
        if name.contains(' ') {
            continue;
        }
        let stem = name.trim_end_matches(['a', 'e', 'o', 'y']);
        let endings: [(&str, &[&str]); 2] = [
            (&name, &["i", "n", "ian", "an", "ese", "ean"]),
            (stem, &["ian", "an", "i", "ese", "ish", "ean"]),
        ];
        for (stem, endings) in endings.into_iter().filter(|(stem, _)| stem.chars().count() >= 3) {
            for ending in endings {
                add(format!("{stem}{ending}"));
            }
        }
    }
    found
}

/// The first part of the id of a source: its publisher without its article.
pub(super) fn source_id(publisher: &str) -> String {
    let bare = publisher.strip_prefix("The ").unwrap_or(publisher);
    let slug = slugify(bare);
    if slug.is_empty() { "article".into() } else { slug }
}
