use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::{Briefing, BriefingIx, EntityIx, Facts, PublisherIx, registry::Registry};
use crate::{
    diagnostics::Span,
    documents::{self, Source},
    model::{LocalId, SourceKind, SourcePath, fold_name, segment},
    settings::ACTOR,
};

/// Somebody who published what the desk read.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Publisher {
    /// What it is called; where sources name nobody, the host of their addresses.
    pub name: String,
    /// The end of its address: its id in `content/sources.toml`, else made of its name.
    pub slug: String,
    /// Its address below the root: `sources/the-jerusalem-post/`.
    pub address: String,
    /// How reliable it is over time, A to F (Admiralty code), where the desk says so.
    pub grade: Option<char>,
    /// The profiled actor that bears its name.
    pub actor: Option<EntityIx>,
    /// What it published that briefings cite, in the order of the first briefing that does, then as written there.
    pub works: Vec<Work>,
    /// How many briefings cite any of it.
    pub briefings: usize,
}

/// What the desk read, once however many briefings cite it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Work {
    /// The briefing that says most of it; of several the newest.
    pub told_in: BriefingIx,
    /// Its place among that briefing's sources.
    pub place: usize,
    /// The briefings that cite it, oldest first.
    pub cited_in: Vec<BriefingIx>,
}

impl Work {
    /// What that briefing says of it.
    pub fn source<'a>(&self, archive: &'a Facts) -> &'a (LocalId, Source) {
        &archive[self.told_in].sources[self.place]
    }

    /// Where that is written.
    pub fn written_at(&self, archive: &Facts) -> Span {
        let briefing = &archive[self.told_in];
        let at = briefing.sources[self.place].1.at;
        if self.place < briefing.own_sources {
            at.span(briefing.path())
        } else {
            at.span(&SourcePath::new(documents::SHARED_SOURCES))
        }
    }
}

impl Facts {
    /// The places of all publishers.
    pub fn publisher_places(&self) -> impl Iterator<Item = PublisherIx> + use<> {
        (0..self.publishers.len()).map(PublisherIx::new)
    }

    /// Them by how many works of theirs briefings cite, the most first, then by name.
    pub fn most_cited(&self) -> Vec<PublisherIx> {
        let mut places: Vec<PublisherIx> = self.publisher_places().collect();
        places.sort_by_key(|place| (std::cmp::Reverse(self[*place].works.len()), *place));
        places
    }

    /// The publisher whose page lists `source`.
    pub fn publisher_of(&self, source: &Source) -> Option<PublisherIx> {
        if self.publishers_by_name.is_empty() {
            return None;
        }
        self.publishers_by_name.get(&fold_name(&named(source)?)).copied()
    }
}

/// The host of an absolute address, in lower case.
pub(super) fn host(url: &str) -> Option<String> {
    let (_, rest) = url.split_once("://")?;
    let authority = rest.split(['/', '?', '#']).next()?;
    let host = authority.rsplit('@').next()?.split(':').next()?;
    (!host.is_empty()).then(|| host.to_ascii_lowercase())
}

/// What the publisher of a source is called: as the source says, else the host of its address.
pub(super) fn named(source: &Source) -> Option<String> {
    source.publisher.clone().filter(|name| !name.trim().is_empty()).or_else(|| {
        let host = host(source.url.as_deref()?)?;
        Some(host.strip_prefix("www.").map_or_else(|| host.clone(), str::to_owned))
    })
}

/// Finds the publishers of the archive: one for every name, as names are folded.
pub(super) fn fill(
    archive: &mut Facts,
    registry: &Registry,
    declared: &BTreeMap<String, documents::Publisher>,
) {
    let (found, nobody) = gather(&archive.briefings);
    let mut by_name: FxHashMap<String, (&String, &documents::Publisher)> = FxHashMap::default();
    for entry in declared {
        by_name.entry(fold_name(&entry.1.name)).or_insert(entry);
    }
    archive.unfiled = nobody.works;
    for found in found {
        let actor = actor_called(registry, archive, &found.key);
        // Whose profile says `page: false` has no page of another sort either.
        if actor.is_some_and(|actor| !archive[actor].has_page) {
            archive.unfiled.extend(found.works);
            continue;
        }
        let place = PublisherIx::new(archive.publishers.len());
        let entry = by_name.get(&found.key);
        let name = entry.map_or(found.name, |(_, publisher)| publisher.name.clone());
        let slug = segment(entry.map_or(&name, |(id, _)| id));
        archive.publishers.push(Publisher {
            address: format!("sources/{slug}/"),
            grade: entry.and_then(|(_, publisher)| publisher.grade),
            briefings: found.briefings,
            works: found.works,
            name,
            slug,
            actor,
        });
        archive.publishers_by_name.insert(found.key, place);
        if let Some(actor) = actor {
            archive.entities[actor.get()].publishers.push(place);
        }
    }
    archive.unfiled.sort_by_key(|work| (work.cited_in[0], work.told_in, work.place));
}

/// The sources of all briefings by who published them, in the order of the folded names; and those of nobody.
fn gather(briefings: &[Briefing]) -> (Vec<Found>, Found) {
    let mut found: Vec<Found> = Vec::new();
    let mut places: FxHashMap<String, usize> = FxHashMap::default();
    // By the names as written, so that each is folded once.
    let mut spelled: FxHashMap<String, usize> = FxHashMap::default();
    let mut nobody = Found::default();
    for (number, briefing) in briefings.iter().enumerate() {
        for place in 0..briefing.sources.len() {
            let of = match named(&briefing.sources[place].1) {
                Some(name) => {
                    let of = spelled.get(&name).copied().unwrap_or_else(|| {
                        let key = fold_name(&name);
                        let of = *places.entry(key.clone()).or_insert(found.len());
                        spelled.insert(name.clone(), of);
                        if of == found.len() {
                            found.push(Found { key, name, ..Found::default() });
                        }
                        of
                    });
                    &mut found[of]
                }
                None => &mut nobody,
            };
            of.add(BriefingIx::new(number), briefing, place, briefings);
        }
    }
    found.sort_by(|one, other| one.key.cmp(&other.key));
    (found, nobody)
}

/// The profiled actor that bears `name`, and no other does; a weak alias names nobody.
pub(super) fn actor_called(registry: &Registry, archive: &Facts, name: &str) -> Option<EntityIx> {
    match registry.find_ranked(ACTOR, name)? {
        (0..=2, [only]) => archive[*only].profile.is_some().then_some(*only),
        _ => None,
    }
}

/// A publisher whose works are gathered.
#[derive(Default)]
struct Found {
    /// Its name, folded.
    key: String,
    /// Its name as it is first written.
    name: String,
    works: Vec<Work>,
    /// The places of works by what makes two entries of two briefings one work.
    known: FxHashMap<Key, Vec<usize>>,
    briefings: usize,
    last: Option<BriefingIx>,
}

/// An address may hold an article and photographs of several agencies.
#[derive(PartialEq, Eq, Hash)]
enum Key {
    Url(String, SourceKind, Option<String>),
    Shared(LocalId),
}

impl Found {
    fn add(&mut self, number: BriefingIx, briefing: &Briefing, place: usize, briefings: &[Briefing]) {
        if self.last != Some(number) {
            self.last = Some(number);
            self.briefings += 1;
        }
        let new = Work { told_in: number, place, cited_in: vec![number] };
        let (id, source) = &briefing.sources[place];
        let key = match &source.url {
            Some(url) => Key::Url(
                url.clone(),
                source.kind.unwrap_or(SourceKind::Article),
                source.credit.as_deref().map(fold_name),
            ),
            None if place >= briefing.own_sources => Key::Shared(id.clone()),
            None => return self.works.push(new),
        };
        let known = self.known.entry(key).or_default();
        // What one briefing tells apart are two works; of those that another told apart, the one with this title.
        let told = |work: &Work| &briefings[work.told_in.get()].sources[work.place].1;
        let same = known
            .iter()
            .copied()
            .filter(|work| self.works[*work].cited_in.last() != Some(&number))
            .min_by_key(|work| told(&self.works[*work]).title != source.title);
        match same {
            Some(same) => {
                let work = &mut self.works[same];
                work.cited_in.push(number);
                if said(source) >= said(told(work)) {
                    (work.told_in, work.place) = (number, place);
                }
            }
            None => {
                known.push(self.works.len());
                self.works.push(new);
            }
        }
    }
}

/// How much an entry says of its source.
fn said(source: &Source) -> usize {
    let Source { title, archived, sha256, published, accessed, language, kind, credit, via, .. } = source;
    [
        title.is_some(),
        archived.is_some(),
        sha256.is_some(),
        published.is_some(),
        accessed.is_some(),
        language.is_some(),
        kind.is_some(),
        credit.is_some(),
        !via.is_empty(),
    ]
    .into_iter()
    .filter(|is| *is)
    .count()
}
