//! What the page of the search says of the index.

use serde::Serialize;

use super::{
    PER_BLOCK,
    numbers::{Common, Numbered, Segment},
};
use crate::{model::Day, search::files::push_number};

/// The manifest, as `docs/search.md` describes it.
#[derive(Serialize)]
pub(super) struct Manifest<'a> {
    version: u32,
    documents: usize,
    phrases: bool,
    segments: Vec<SegmentView<'a>>,
    per_block: usize,
    blocks: Vec<String>,
    words: WordFiles,
    facets: Vec<Facet>,
    days: String,
}

#[derive(Serialize)]
struct SegmentView<'a> {
    #[serde(flatten)]
    common: &'a Common,
    first: usize,
    count: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    months: Option<Vec<(u32, usize)>>,
    /// Of entities.
    #[serde(skip_serializing_if = "Option::is_none")]
    briefings: Option<Vec<(i64, usize)>>,
    card: usize,
}

/// The files of words and places, each with its first word.
#[derive(Default, Serialize)]
pub(super) struct WordFiles {
    pub(super) first: Vec<String>,
    pub(super) files: Vec<String>,
    pub(super) places: Vec<String>,
}

/// The files of a kind.
#[derive(Serialize)]
pub(super) struct Facet {
    pub(super) param: String,
    pub(super) title: String,
    pub(super) files: Vec<String>,
    /// Of the first value of each file, the number of its documents and its slug.
    pub(super) first: Vec<(usize, String)>,
}

impl<'a> Manifest<'a> {
    pub(super) fn new(
        phrases: bool,
        numbered: &'a Numbered,
        blocks: Vec<String>,
        words: WordFiles,
        facets: Vec<Facet>,
        days: String,
    ) -> Self {
        let view = |segment: &'a Segment| {
            let has_entities = segment.common.has_entities();
            SegmentView {
                common: &segment.common,
                first: segment.first,
                count: segment.count,
                months: (!has_entities).then(|| numbered.months(segment)),
                briefings: has_entities.then(|| numbered.briefings_of(segment)),
                card: segment.card,
            }
        };
        Self {
            version: 1,
            documents: numbered.documents.len(),
            phrases,
            segments: numbered.segments.iter().map(view).collect(),
            per_block: PER_BLOCK,
            blocks,
            words,
            facets,
            days,
        }
    }

    /// As it can stand in an element of a page.
    pub(super) fn to_json(&self) -> String {
        serde_json::to_string(self).expect("names and numbers are JSON").replace('<', "\\u003c")
    }
}

impl Numbered {
    /// The days of the documents of `segment`.
    fn days_of(&self, segment: &Segment) -> &[Option<Day>] {
        &self.days[segment.first..segment.first + segment.count]
    }

    /// How many documents of `segment` each month has, as year and month; nought for those without a date.
    fn months(&self, segment: &Segment) -> Vec<(u32, usize)> {
        let month = |day: &Option<Day>| day.map_or(0, |day| day.year().unsigned_abs() * 100 + day.month());
        let of_month = self.days_of(segment).chunk_by(|one, other| month(one) == month(other));
        of_month.map(|days| (month(&days[0]), days.len())).collect()
    }

    /// How many entities of `segment` have so many briefings, in their order.
    fn briefings_of(&self, segment: &Segment) -> Vec<(i64, usize)> {
        let all = &self.briefings[segment.first..segment.first + segment.count];
        all.chunk_by(|one, other| one == other).map(|same| (same[0], same.len())).collect()
    }

    /// The file of days, unpacked: per segment the number of runs; per run the days since the last run's, and how many
    /// documents it has.
    pub(super) fn days_of_segments(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        for segment in &self.segments {
            let runs = || self.days_of(segment).chunk_by(|one, other| one == other);
            push_number(&mut bytes, runs().count() as u64);
            let mut last = 0;
            for run in runs() {
                let day = run[0].map_or(0, Day::number);
                push_number(&mut bytes, u64::from((day - last).unsigned_abs()));
                push_number(&mut bytes, run.len() as u64);
                last = day;
            }
        }
        bytes
    }
}
