//! The entities by which results are narrowed.

use std::{cmp::Reverse, io, ops::Range};

use super::{Shelf, manifest, pieces::Piece};
use crate::{
    archive::EntityIx,
    search::{
        Set,
        files::{push_number, push_text},
    },
    settings::{DATE, Kind},
    site::{Studio, views::Views},
};

/// A file of facets ends before it would hold more bytes than this.
const ROOM: usize = 32 << 10;

/// Each entity with its documents.
pub(super) struct Facets<'a> {
    studio: Studio<'a>,
    views: &'a Views<'a>,
    /// By entity, then by document.
    tagged: Vec<(u32, u32)>,
}

/// The parameter of addresses that chooses a kind's entities, and their type. What means something else there has a mark
/// behind it.
pub(super) fn parameter(kind: &Kind) -> String {
    const PARAMETERS: [&str; 9] =
        ["q", "type", "date", "status", "finding", "lang", "marking", "sort", "page"];
    const TYPES: [&str; 4] = ["briefing", "claim", "event", "page"];
    let is_taken = PARAMETERS.iter().chain(&TYPES).any(|taken| *taken == kind.key);
    format!("{}{}", kind.key, if is_taken { "_" } else { "" })
}

impl<'a> Facets<'a> {
    /// Those of the documents of `pieces`, from which it takes them.
    pub(super) fn new(studio: Studio<'a>, views: &'a Views<'a>, pieces: &mut [Piece]) -> Self {
        let mut tagged = Vec::with_capacity(pieces.iter().map(|piece| piece.tagged.len()).sum());
        let mut before = 0;
        for piece in pieces {
            let of_piece = std::mem::take(&mut piece.tagged).into_iter();
            tagged.extend(of_piece.map(|(entity, document)| {
                let number = |number: usize| u32::try_from(number).expect("fewer than 2^32 of anything");
                (number(entity.get()), number(before + document))
            }));
            before += piece.documents();
        }
        tagged.sort_unstable();
        Self { studio, views, tagged }
    }

    /// The entities with a document, each with all of its own.
    fn entities(&self) -> impl Iterator<Item = (EntityIx, &[(u32, u32)])> {
        let of_one = self.tagged.chunk_by(|one, other| one.0 == other.0);
        of_one.map(|tagged| (EntityIx::new(tagged[0].0 as usize), tagged))
    }

    fn kind(&self, place: EntityIx) -> &Kind {
        &self.studio.settings.kinds[self.studio.archive[place].kind]
    }

    /// The sets as words, in their order.
    pub(super) fn sets(&self) -> Vec<Set> {
        let set = |(place, tagged): (EntityIx, &[(u32, u32)])| Set {
            word: format!("\u{1}{}/{}", parameter(self.kind(place)), self.studio.archive[place].slug),
            documents: tagged.iter().map(|(_, document)| *document).collect(),
        };
        let mut sets: Vec<Set> = self.entities().map(set).collect();
        sets.sort_unstable();
        sets
    }

    /// The files of each kind.
    pub(super) fn files(&self, shelf: &Shelf<'_>) -> io::Result<Vec<manifest::Facet>> {
        let mut facets = Vec::new();
        for (kind, described) in self.studio.settings.kinds.iter().enumerate() {
            let of_kind = |(place, _): &(EntityIx, &[(u32, u32)])| self.studio.archive[*place].kind == kind;
            let mut values: Vec<(EntityIx, &[(u32, u32)])> = self.entities().filter(of_kind).collect();
            // Dates are told by the segments. Of any other kind an address may choose what the archive has not.
            if kind == DATE {
                continue;
            }
            values.sort_by_key(|(place, tagged)| (Reverse(tagged.len()), &self.studio.archive[*place].slug));
            let (first, parts): (Vec<_>, Vec<_>) = self.parts(&values).into_iter().unzip();
            let files = shelf.put_all(&parts, "facet", Vec::as_slice)?;
            let title = described.plural.clone();
            facets.push(manifest::Facet { param: parameter(described), title, files, first });
        }
        Ok(facets)
    }

    /// `values` as files, unpacked, each with the number of documents and the slug of its first one.
    fn parts(&self, values: &[(EntityIx, &[(u32, u32)])]) -> Vec<((usize, String), Vec<u8>)> {
        if values.is_empty() {
            return Vec::new();
        }
        let packed = values.iter().map(|(place, tagged)| self.value(*place, tagged)).collect::<Vec<_>>();
        let (mut parts, mut start, mut room) = (Vec::new(), 0, ROOM);
        for (number, value) in packed.iter().enumerate() {
            if number > start && value.len() > room {
                parts.push(start..number);
                (start, room) = (number, ROOM);
            }
            room = room.saturating_sub(value.len());
        }
        parts.push(start..packed.len());
        let part = |numbers: Range<usize>| {
            let (place, tagged) = values[numbers.start];
            let mut part = Vec::with_capacity(ROOM + 4);
            push_number(&mut part, numbers.len() as u64);
            packed[numbers].iter().for_each(|value| part.extend(value));
            ((tagged.len(), self.studio.archive[place].slug.clone()), part)
        };
        parts.into_iter().map(part).collect()
    }

    fn value(&self, place: EntityIx, tagged: &[(u32, u32)]) -> Vec<u8> {
        let (mut value, mut list) = (Vec::new(), Vec::new());
        let mut last = None;
        for (_, document) in tagged {
            push_number(&mut list, last.map_or(document + 1, |last| document - last).into());
            last = Some(*document);
        }
        push_text(&mut value, &self.studio.archive[place].slug);
        push_text(&mut value, &self.views.name(place));
        push_number(&mut value, tagged.len() as u64);
        push_number(&mut value, list.len() as u64);
        value.extend(list);
        value
    }
}
