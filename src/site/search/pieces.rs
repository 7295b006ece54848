//! The words of many documents, cut once and kept: who edits one text cuts one piece anew.

use std::{hash::Hash, ops::Range};

use super::{numbers::Document, reading::Reader};
use crate::{
    archive::EntityIx,
    memo::{
        Key, Scribe,
        bulk::{Bulk, Stretch},
    },
    search::{
        Inverter, Source,
        files::{push_number, read_number},
    },
    site::bodies::Written,
};

/// So many documents are read in one piece.
const PIECE: usize = 1024;

/// So many bytes of text a piece holds, unless one text is longer: its words take some four times as much memory.
const ROOM: usize = 16 << 20;

/// What of a site's index is kept under one key.
pub(in crate::site) struct Kept {
    /// Of the documents and their texts; all else that the words depend on is in the key of the site. Nothing where nobody
    /// will ask for it.
    pub(in crate::site) texts: Option<Key>,
    /// Where its bytes lie.
    pub(in crate::site) stretch: Stretch,
}

/// Documents that follow each other.
pub(super) struct Piece {
    pub(super) kept: Kept,
    lengths: Vec<u32>,
    /// Where the words begin in its bytes.
    words: usize,
    /// Each entity with a document, counted from the first of the piece.
    pub(super) tagged: Vec<(EntityIx, usize)>,
}

/// Documents in pieces, which their own texts alone decide on.
pub(super) fn in_pieces<'d>(documents: &'d [Document], reader: &Reader<'_>) -> Vec<&'d [Document]> {
    let lengths = documents.iter().map(|document| reader.length(*document));
    cut(lengths).into_iter().map(|piece| &documents[piece]).collect()
}

/// Which of the documents whose texts are so long make a piece each.
fn cut(lengths: impl Iterator<Item = usize>) -> Vec<Range<usize>> {
    let (mut pieces, mut start, mut end, mut room) = (Vec::new(), 0, 0, ROOM);
    for length in lengths {
        if end > start && (end - start == PIECE || length > room) {
            pieces.push(start..end);
            (start, room) = (end, ROOM);
        }
        room = room.saturating_sub(length);
        end += 1;
    }
    pieces.push(start..end);
    pieces
}

/// Which documents stand in a piece, and with which texts.
pub(super) fn key(documents: &[Document], reader: &Reader<'_>) -> Key {
    let mut scribe = Scribe::of("piece of the search");
    for document in documents {
        document.hash(&mut scribe);
        let archive = reader.archive;
        let text = match *document {
            Document::Briefing(place) => Some(Written::of_briefing(place, archive)),
            Document::Translation(place, number) => {
                let translation = reader.translation(place, number);
                translation.and_then(|found| Written::of_translation(place, &found.language, archive))
            }
            Document::Page(place) => Some(Written::of_page(place as usize, archive)),
            Document::Profile(place) => Written::of_entity(place, archive),
            Document::Claim(_) | Document::Event(_) | Document::Entity(_) => None,
        };
        text.hash(&mut scribe);
    }
    scribe.done()
}

impl Piece {
    /// Reads `documents`, and brings their words to `bulk`.
    pub(super) fn read(
        documents: &[Document],
        texts: Option<Key>,
        reader: &Reader<'_>,
        has_places: bool,
        bulk: &Bulk,
    ) -> Self {
        let mut words = Inverter::new(has_places);
        let mut tagged = Vec::new();
        for (number, document) in documents.iter().enumerate() {
            reader.read(*document, &mut words);
            tagged.extend(reader.entities(*document).into_iter().map(|entity| (entity, number)));
        }
        let chunk = words.finish();
        let mut bytes = Vec::with_capacity(chunk.bytes.len() + 2 * chunk.lengths.len() + 4 * tagged.len());
        push_number(&mut bytes, chunk.lengths.len() as u64);
        chunk.lengths.iter().for_each(|length| push_number(&mut bytes, u64::from(*length)));
        push_number(&mut bytes, tagged.len() as u64);
        for (entity, number) in &tagged {
            push_number(&mut bytes, entity.get() as u64);
            push_number(&mut bytes, *number as u64);
        }
        let words = bytes.len();
        bytes.extend_from_slice(&chunk.bytes);
        let kept = Kept { texts, stretch: bulk.put(&bytes) };
        Self { kept, lengths: chunk.lengths, words, tagged }
    }

    /// One of so many `documents`, in an archive of so many `entities`, whose bytes an earlier build left. Nothing where no
    /// build can have left these.
    pub(super) fn known(kept: Kept, bytes: &[u8], documents: usize, entities: usize) -> Option<Self> {
        let mut words = 0;
        let mut number = || usize::try_from(read_number(bytes, &mut words)).ok();
        if number()? != documents {
            return None;
        }
        let lengths = (0..documents).map(|_| u32::try_from(number()?).ok()).collect::<Option<_>>()?;
        let mut below = |bound: usize| number().filter(|number| *number < bound);
        // Each takes two bytes at least.
        let count = below(bytes.len())?;
        let tagged = (0..count).map(|_| Some((EntityIx::new(below(entities)?), below(documents)?)));
        let tagged = tagged.collect::<Option<_>>()?;
        Some(Self { kept, lengths, words, tagged })
    }

    /// How many documents it has, as long as its words have not been asked for.
    pub(super) fn documents(&self) -> usize {
        self.lengths.len()
    }

    /// Its words, to be read from `bulk`.
    pub(super) fn source<'b>(&'b mut self, bulk: &'b Bulk) -> Source<'b> {
        let lengths = std::mem::take(&mut self.lengths);
        Source { lengths, bytes: Box::new(bulk.read(&self.kept.stretch, self.words)) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_piece_ends_where_it_has_many_documents_or_much_text() {
        assert_eq!(cut([0; PIECE + 1].into_iter()), [0..PIECE, PIECE..PIECE + 1]);
        assert_eq!(cut([ROOM / 2, ROOM / 2, 0, 1, 0].into_iter()), [0..3, 3..5]);
        assert_eq!(cut([1, 2 * ROOM, 0, 1].into_iter()), [0..1, 1..3, 3..4]);
        assert!(cut([].into_iter()).into_iter().all(|piece| piece.is_empty()));
    }

    #[test]
    fn a_piece_that_no_build_left_is_none() {
        let known = |numbers: &[u64]| {
            let mut bytes = Vec::new();
            for number in numbers {
                push_number(&mut bytes, *number);
            }
            let kept = Kept { texts: None, stretch: Bulk::default().put(&bytes) };
            Piece::known(kept, &bytes, 2, 5).map(|piece| (piece.lengths, piece.tagged.len(), piece.words))
        };
        assert_eq!(known(&[2, 7, 0, 1, 4, 1, 9]), Some((vec![7, 0], 1, 6)));
        let forged: [&[u64]; 8] = [
            &[],
            &[3, 7, 0, 9, 0],
            &[u64::MAX, 7, 0, 0],
            &[2, 7, 1 << 32, 0],
            // So many that nobody could count them; an entity and a document that there are not.
            &[2, 7, 0, u64::MAX, 0, 0],
            &[2, 7, 0, 1 << 40, 0, 0],
            &[2, 7, 0, 1, 5, 1],
            &[2, 7, 0, 1, 4, 2],
        ];
        for numbers in forged {
            assert_eq!(known(numbers), None, "{numbers:?}");
        }
    }
}
