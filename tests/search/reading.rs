//! The index as another program reads it: only what `docs/search.md` says of the files.

use std::collections::BTreeMap;

use miniz_oxide::inflate::decompress_to_vec;
use serde::Deserialize;

use crate::Site;

/// `search-index`, as the page has it.
#[derive(Deserialize)]
pub(crate) struct Manifest {
    pub(crate) version: u32,
    pub(crate) documents: usize,
    pub(crate) phrases: bool,
    pub(crate) segments: Vec<Segment>,
    pub(crate) per_block: usize,
    pub(crate) blocks: Vec<String>,
    pub(crate) words: WordFiles,
    pub(crate) facets: Vec<Facet>,
    pub(crate) days: String,
}

#[derive(Deserialize)]
pub(crate) struct Segment {
    #[serde(rename = "type")]
    pub(crate) of: String,
    pub(crate) lang: Option<String>,
    pub(crate) marking: Option<String>,
    pub(crate) status: Option<String>,
    pub(crate) finding: Option<String>,
    pub(crate) first: usize,
    pub(crate) count: usize,
    /// Of results.
    #[serde(default)]
    pub(crate) months: Vec<(u32, usize)>,
    /// Of entities.
    #[serde(default)]
    pub(crate) briefings: Vec<(u64, usize)>,
    pub(crate) card: usize,
}

#[derive(Deserialize)]
pub(crate) struct WordFiles {
    pub(crate) first: Vec<String>,
    pub(crate) files: Vec<String>,
    pub(crate) places: Vec<String>,
}

#[derive(Deserialize)]
pub(crate) struct Facet {
    pub(crate) param: String,
    pub(crate) title: String,
    pub(crate) files: Vec<String>,
    pub(crate) first: Vec<(usize, String)>,
}

/// A value of a facet: its slug, its name and its documents.
pub(crate) type Value = (String, String, Vec<usize>);

/// Where a word stands: per document its weight and its places.
pub(crate) type Stands = BTreeMap<usize, (u64, Vec<u64>)>;

/// The whole index, read.
pub(crate) struct Index {
    pub(crate) manifest: Manifest,
    pub(crate) words: BTreeMap<String, Stands>,
    /// The HTML of each document.
    pub(crate) cards: Vec<String>,
    /// The day of each document, from 31 December of the year 0; 0 for none.
    pub(crate) days: Vec<u64>,
    /// The values of each facet, in their order.
    pub(crate) facets: BTreeMap<String, Vec<Value>>,
}

/// What `page` says of the index.
pub(crate) fn manifest(page: &[u8]) -> Manifest {
    let page = std::str::from_utf8(page).unwrap();
    let start = "<script type=\"application/json\" id=\"search-index\">";
    let json = page.split(start).nth(1).unwrap().split("</script>").next().unwrap();
    serde_json::from_str(json).unwrap()
}

/// What a gzip stream (RFC 1952) without a name holds.
pub(crate) fn unpacked(bytes: &[u8]) -> Vec<u8> {
    assert_eq!(bytes[..10], [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff], "no time, no name");
    let unpacked = decompress_to_vec(&bytes[10..bytes.len() - 8]).unwrap();
    let end = [crc32fast::hash(&unpacked).to_le_bytes(), (unpacked.len() as u32).to_le_bytes()].concat();
    assert_eq!(bytes[bytes.len() - 8..], end);
    unpacked
}

/// Bytes that are read from their beginning on.
pub(crate) struct Bytes<'a>(pub(crate) &'a [u8]);

impl<'a> Bytes<'a> {
    pub(crate) fn number(&mut self) -> u64 {
        let (mut number, mut shift) = (0, 0);
        loop {
            let byte = self.take(1)[0];
            number |= u64::from(byte & 0x7f) << shift;
            shift += 7;
            if byte < 0x80 {
                return number;
            }
        }
    }

    pub(crate) fn take(&mut self, count: u64) -> &'a [u8] {
        let (taken, rest) = self.0.split_at(usize::try_from(count).unwrap());
        self.0 = rest;
        taken
    }

    /// As many bytes as the number before them says.
    fn counted(&mut self) -> Bytes<'a> {
        let count = self.number();
        Bytes(self.take(count))
    }

    fn text(&mut self) -> String {
        std::str::from_utf8(self.counted().0).unwrap().to_owned()
    }
}

impl Index {
    /// The index of `site`, every file of it read.
    pub(crate) fn of(site: &Site) -> Self {
        let manifest = manifest(&site["search/index.html"]);
        assert_eq!(manifest.version, 1);
        let file = |name: &String, sort: &str| unpacked(&site[&format!("search/data/{name}.{sort}")]);
        let mut words = BTreeMap::new();
        for (place, name) in manifest.words.files.iter().enumerate() {
            let places = manifest.words.places.get(place).map(|name| file(name, "places"));
            read_words(&file(name, "words"), places.as_deref(), &manifest.words.first[place], &mut words);
        }
        let block = |name| serde_json::from_slice::<Vec<String>>(&file(name, "cards")).unwrap();
        let blocks: Vec<Vec<String>> = manifest.blocks.iter().map(block).collect();
        assert_eq!(blocks.iter().map(Vec::len).sum::<usize>(), manifest.documents);
        let mut cards = Vec::new();
        for segment in &manifest.segments {
            assert_eq!(cards.len(), segment.first);
            let places = segment.card..segment.card + segment.count;
            cards.extend(
                places.map(|card| blocks[card / manifest.per_block][card % manifest.per_block].clone()),
            );
            let told = if segment.months.is_empty() { &segment.briefings } else { &months(segment) };
            assert_eq!(told.iter().map(|(_, count)| count).sum::<usize>(), segment.count);
        }
        let mut facets: BTreeMap<String, Vec<Value>> = BTreeMap::new();
        for facet in &manifest.facets {
            let values = facets.entry(facet.param.clone()).or_default();
            for (name, first) in facet.files.iter().zip(&facet.first) {
                let before = values.len();
                read_facet(&file(name, "facet"), values);
                let (slug, _, documents) = &values[before];
                assert_eq!((documents.len(), slug), (first.0, &first.1));
            }
            assert_eq!(facet.files.len(), facet.first.len());
        }
        let days = read_days(&file(&manifest.days, "days"), &manifest);
        Self { manifest, words, cards, days, facets }
    }

    /// The segment of a document.
    pub(crate) fn segment(&self, document: usize) -> &Segment {
        let of = |segment: &&Segment| (segment.first..segment.first + segment.count).contains(&document);
        self.manifest.segments.iter().find(of).unwrap()
    }

    /// A document by its type and the words that its card leads with.
    pub(crate) fn title(&self, document: usize) -> String {
        let card = &self.cards[document];
        let from = ["<h3>", "<p class=\"text\">"].iter().find_map(|tag| card.split_once(tag)).unwrap().1;
        let to = from.find("</h3>").or_else(|| from.find("</p>")).unwrap();
        let mut title = String::new();
        for piece in from[..to].split('<') {
            title.push_str(piece.split_once('>').map_or(piece, |(_, text)| text));
        }
        format!("{}: {title}", self.segment(document).of)
    }
}

fn months(segment: &Segment) -> Vec<(u64, usize)> {
    segment.months.iter().map(|(month, count)| (u64::from(*month), *count)).collect()
}

pub(crate) fn read_words(
    words: &[u8],
    places: Option<&[u8]>,
    first: &str,
    into: &mut BTreeMap<String, Stands>,
) {
    let (mut words, mut places) = (Bytes(words), places.map(Bytes));
    let (mut word, mut weighed) = (Vec::new(), Vec::new());
    for number in 0..words.number() {
        let shared = usize::try_from(words.number()).unwrap();
        word.truncate(shared);
        word.extend_from_slice(words.counted().0);
        let text = String::from_utf8(word.clone()).unwrap();
        assert!(number > 0 || text == first, "{text:?} {first:?}");
        assert!(into.last_key_value().is_none_or(|(last, _)| *last < text), "in order");
        let count = words.number();
        let (mut list, mut stands) = (words.counted(), Stands::new());
        let mut places = places.as_mut().map(Bytes::counted);
        let mut document = None::<u64>;
        while !list.0.is_empty() {
            let number = list.number();
            document = Some(document.map_or(number - 1, |last| last + number));
            let mut at = Vec::new();
            if let Some(places) = places.as_mut().filter(|places| !places.0.is_empty()) {
                loop {
                    let number = places.number();
                    at.push(at.last().map_or(number / 2 - 1, |last| last + number / 2));
                    if number % 2 == 0 {
                        break;
                    }
                }
            }
            let document = usize::try_from(document.unwrap()).unwrap();
            stands.insert(document, (0, at));
            weighed.push((text.clone(), document));
        }
        assert_eq!(stands.len() as u64, count);
        assert!(places.is_none_or(|places| places.0.is_empty()), "{text:?}");
        into.insert(text, stands);
    }
    for (place, (word, document)) in weighed.iter().enumerate() {
        let weight = words.0[place / 2] >> (4 - place % 2 * 4) & 15;
        into.get_mut(word).unwrap().get_mut(document).unwrap().0 = weight.into();
    }
    assert_eq!(words.0.len(), weighed.len().div_ceil(2));
    assert!(places.is_none_or(|places| places.0.is_empty()));
}

fn read_facet(bytes: &[u8], values: &mut Vec<Value>) {
    let mut bytes = Bytes(bytes);
    for _ in 0..bytes.number() {
        let (slug, name, count) = (bytes.text(), bytes.text(), bytes.number());
        let mut list = bytes.counted();
        let mut documents: Vec<usize> = Vec::new();
        while !list.0.is_empty() {
            let distance = usize::try_from(list.number()).unwrap();
            documents.push(documents.last().map_or(distance.wrapping_sub(1), |last| last + distance));
        }
        assert_eq!(documents.len() as u64, count);
        values.push((slug, name, documents));
    }
    assert!(bytes.0.is_empty());
}

fn read_days(bytes: &[u8], manifest: &Manifest) -> Vec<u64> {
    let (mut bytes, mut days) = (Bytes(bytes), Vec::new());
    for segment in &manifest.segments {
        let mut day = 0;
        for _ in 0..bytes.number() {
            day += bytes.number();
            days.extend((0..bytes.number()).map(|_| day));
        }
        assert_eq!(days.len(), segment.first + segment.count);
    }
    assert!(bytes.0.is_empty());
    days
}
