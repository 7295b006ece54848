use super::{
    context::{FigureView, TellingView, TotalView},
    dates::Words,
    views::{MOST_SHOWN, Shown, Views, number},
};
use crate::{
    archive::{Event, EventIx, Party},
    documents::Figure,
};

impl<'a> Views<'a> {
    /// The other tellings of an event, the newest first, and how many more stand where its newest telling does: on
    /// that one's page none.
    pub(super) fn tellings(&self, place: EventIx, shown: Shown) -> (Vec<TellingView<'a>>, usize) {
        let head = self.archive[place].head;
        let all =
            || std::iter::once(&head).chain(&self.archive[head].others).filter(|other| **other != place);
        let is_whole = head == place && matches!(shown, Shown::On(_));
        let most = if is_whole { usize::MAX } else { MOST_SHOWN };
        let views = all().take(most).map(|other| self.telling(&self.archive[*other], shown)).collect();
        (views, self.archive[head].others.len().saturating_sub(most))
    }

    fn telling(&self, event: &'a Event, shown: Shown) -> TellingView<'a> {
        TellingView {
            text: &event.text,
            date: self.date(event.date),
            status: event.status.word(),
            per: self.parties(&event.per),
            actors: event.actors.iter().map(|(party, role)| self.party(party, *role)).collect(),
            locations: event.locations.iter().map(|place| self.entity(*place)).collect(),
            figures: self.figures(event, shown),
            sources: self.citations(event.briefing, &event.sources, shown),
            corrections: self.notes(&event.notes),
            briefing: self.place_ref(event.briefing, &event.anchor),
            label: self.part_label(event.label, event.briefing, shown),
        }
    }

    pub(super) fn figures(&self, event: &Event, shown: Shown) -> Vec<FigureView> {
        let view = |(figure, per, rests): &(Figure, Vec<Party>, Vec<_>)| FigureView {
            what: figure.what.clone(),
            value: figure.value.map(number),
            min: figure.min.map(number),
            max: figure.max.map(number),
            per: self.parties(per),
            date: figure.date.map(|date| self.date(date)),
            sources: self.citations(event.briefing, rests, shown),
            label: self.label(figure.marking.label()),
        };
        event.figures.iter().map(view).collect()
    }

    /// Of each thing that several tellings or sources count differently, the range. Nothing is added or averaged,
    /// and none of them is chosen.
    pub(super) fn totals(&self, place: EventIx) -> Vec<TotalView> {
        let head = self.archive[place].head;
        let told = std::iter::once(&head).chain(&self.archive[head].others);
        let mut counted: Vec<(String, &str, Range)> = Vec::new();
        for (figure, ..) in told.flat_map(|event| &self.archive[*event].figures) {
            let key = crate::model::fold_name(&figure.what);
            match counted.iter_mut().find(|(known, ..)| *known == key) {
                Some((.., range)) => range.add(figure),
                None => {
                    let mut range = Range::default();
                    range.add(figure);
                    counted.push((key, &figure.what, range));
                }
            }
        }
        counted.retain(|(.., range)| range.several);
        let total = |(_, what, range): (String, &str, Range)| {
            let text = range.words(self.words);
            (!text.is_empty()).then(|| TotalView { what: what.to_owned(), text })
        };
        counted.into_iter().filter_map(total).collect()
    }
}

/// All counts of one thing.
#[derive(Default)]
struct Range {
    least: Option<(f64, bool)>,
    most: Option<(f64, bool)>,
    first: Option<[Option<f64>; 3]>,
    /// Whether not all of them say the same.
    several: bool,
}

impl Range {
    fn add(&mut self, figure: &Figure) {
        let says = [figure.value, figure.min, figure.max];
        match self.first {
            Some(first) => self.several |= first != says,
            None => self.first = Some(says),
        }
        let counts: Vec<f64> = says.into_iter().flatten().collect();
        let (Some(low), Some(high)) =
            (counts.iter().copied().reduce(f64::min), counts.iter().copied().reduce(f64::max))
        else {
            return;
        };
        // Where only one end is given, the other end is open.
        let low_is_open = figure.value.or(figure.min).is_none();
        let high_is_open = figure.value.or(figure.max).is_none();
        self.least = Some(match self.least {
            Some((least, open)) if least < low => (least, open),
            Some((least, open)) if least <= low => (least, open || low_is_open),
            _ => (low, low_is_open),
        });
        self.most = Some(match self.most {
            Some((most, open)) if most > high => (most, open),
            Some((most, open)) if most >= high => (most, open || high_is_open),
            _ => (high, high_is_open),
        });
    }

    /// "6 to 34", "6 to at least 50".
    fn words(&self, words: Words<'_>) -> String {
        let (Some((least, low_is_open)), Some((most, high_is_open))) = (self.least, self.most) else {
            return String::new();
        };
        let end = |key: &str, is_open: bool, count: f64| {
            if is_open { words.fill(key, &[("count", &number(count))]) } else { number(count) }
        };
        let (first, last) =
            (end("figure_at_most", low_is_open, least), end("figure_at_least", high_is_open, most));
        let range = if first == last {
            first
        } else {
            words.fill("figure_range", &[("first", &first), ("last", &last)])
        };
        words.fill("figure_by_source", &[("figure", &range)])
    }
}
