use std::ops::Range;

use tera::Value;

use super::{
    Failed, Filled, Renderer, calendar,
    cards::Lists,
    context::{CountedEntity, CountsView, GroupView, KindView, PageRef, PagerView},
    json_ld, kind_view, named,
    views::entity_type,
};
use crate::{
    archive::{BriefingIx, EntityIx, Entry, TombstonePage, What},
    model::{Day, Period},
    pages::{INDEX_PER_PAGE, Page, Part, index_of},
    settings::{ACTOR, DATE, LOCATION},
};

/// How many briefings the first page lists.
const LATEST: usize = 20;

/// How many actors and how many places the first page names.
const NAMED_MOST: usize = 12;

/// The most parts of an index that each of them names.
pub(super) const MOST_PARTS: usize = 50;

impl Renderer<'_> {
    pub(super) fn home(&self, page: &Page) -> Result<Filled, Failed> {
        let archive = self.studio.archive;
        let settings = self.studio.settings;
        let latest: Vec<Value> = (0..archive.briefings.len())
            .rev()
            .take(LATEST)
            .map(|place| self.views.card(BriefingIx::new(place)))
            .collect();
        let newest = archive.briefings.last().map(|briefing| briefing.released.document.date.day());
        let mut view = self.view(page, "home", &settings.title, None);
        view.description = settings.description.clone().unwrap_or_else(|| {
            let date = newest.map(|day| self.views.words.day(day)).unwrap_or_default();
            let total = archive.briefings.len().to_string();
            let key = if newest.is_some() { "describe_home" } else { "describe_home_empty" };
            let values = [
                ("site", &*settings.title),
                ("publisher", &settings.publisher),
                ("briefings", &total),
                ("date", &date),
            ];
            self.views.words.fill(key, &values)
        });
        view.json_ld = json_ld::home(&view, self.studio);
        let calendar = newest
            .filter(|day| self.views.period(Period::Month(day.year(), day.month())).is_some())
            .map(|day| calendar::month(day.year(), day.month(), &self.views));
        let values = vec![
            ("latest", Value::from(latest)),
            ("total", Value::from(archive.briefings.len())),
            named("actors", &self.named_most(ACTOR)),
            named("locations", &self.named_most(LOCATION)),
            named("calendar", &calendar),
            named("differ", &self.differing(&self.lists(page))),
        ];
        self.fill("home.html", page, &view, values)
    }

    /// Those of a kind that most briefings name, and how many do; of equals the first by address.
    fn named_most(&self, kind: usize) -> Vec<CountedEntity> {
        let counted = |place: EntityIx| (self.views.counts(place).briefings, place);
        let mut most: Vec<(usize, EntityIx)> = self.studio.archive.entities_of(kind).map(counted).collect();
        most.retain(|(count, _)| *count > 0);
        most.sort_by_key(|(count, place)| (std::cmp::Reverse(*count), *place));
        most.truncate(NAMED_MOST);
        most.into_iter().map(|(_, place)| self.counted(place, false)).collect()
    }

    /// On the list's own address, what was retracted: the days, which lead to what is left.
    fn retracted(&self, part: &Part) -> Vec<PageRef> {
        let archive = self.studio.archive;
        let of = |page: &TombstonePage| PageRef {
            title: self.views.day(page.tombstone.date.day()).text.clone(),
            url: self.studio.addresses.rest(&page.address),
        };
        if part.number.is_none() { archive.tombstones.iter().map(of).collect() } else { Vec::new() }
    }

    pub(super) fn briefings(&self, page: &Page, part: &Part) -> Result<Filled, Failed> {
        let month = |day: Day| Period::Month(day.year(), day.month());
        let briefings = part.items.clone().rev().map(BriefingIx::new);
        let groups = self.by_publication(briefings, month, |place| self.views.card(place));
        let title = self.part_title(self.word("briefings"), part);
        let mut view = self.view(page, "list", &title, None);
        view.feeds = self.feeds_of("briefings/", &title);
        view.crumbs = vec![self.home_crumb()];
        let count = part.items.len().to_string();
        view.description = self.views.words.fill(
            "describe_list",
            &[("title", &title), ("site", &self.studio.settings.title), ("count", &count)],
        );
        view.json_ld = json_ld::list(&view, self.studio);
        let values = vec![
            named("groups", &groups),
            named("retracted", &self.retracted(part)),
            named("pager", &self.pager("briefings/", part)),
            ("total", Value::from(self.studio.archive.briefings.len())),
            ("notes", Value::from(Vec::<Value>::new())),
            ("of", Value::none()),
        ];
        self.fill("list.html", page, &view, values)
    }

    /// A list of briefings, of which the newest comes first, by the months or the years in which they were published.
    pub(super) fn by_publication(
        &self,
        briefings: impl Iterator<Item = BriefingIx>,
        period: impl Fn(Day) -> Period,
        card: impl Fn(BriefingIx) -> Value,
    ) -> Vec<GroupView> {
        let mut groups: Vec<(Period, Vec<Value>)> = Vec::new();
        for place in briefings {
            let period = period(self.studio.archive[place].released.document.published.day());
            let card = card(place);
            match groups.last_mut() {
                Some((last, items)) if *last == period => items.push(card),
                _ => groups.push((period, vec![card])),
            }
        }
        groups.into_iter().map(|(period, items)| self.group(period, items)).collect()
    }

    pub(super) fn group(&self, period: Period, items: Vec<Value>) -> GroupView {
        GroupView {
            key: match period {
                Period::Year(_) => "year",
                Period::Month(..) => "month",
                Period::Day(_) => "day",
            },
            title: self.views.words.period(period),
            anchor: anchor(period),
            url: self.views.period_url(period),
            items,
        }
    }

    /// A timeline, newest first: of a year by months, of a month by days, of a day by sorts, of all else by months.
    pub(super) fn timeline(&self, entries: &[Entry], of: Option<Period>, lists: &Lists) -> Vec<GroupView> {
        if let Some(Period::Day(_)) = of {
            return self.sorts(entries, lists);
        }
        let by_day = matches!(of, Some(Period::Month(..)));
        let period =
            |day: Day| if by_day { Period::Day(day) } else { Period::Month(day.year(), day.month()) };
        let mut groups: Vec<(Period, Vec<Value>)> = Vec::new();
        // The newest day first; within a day the briefings, then what they tell as it is written there.
        for day in entries.chunk_by(|one, other| one.day == other.day).rev() {
            let period = period(day[0].day);
            let items = day.iter().map(|entry| self.item(entry.what, lists));
            match groups.last_mut() {
                Some((last, held)) if *last == period => held.extend(items),
                _ => groups.push((period, items.collect())),
            }
        }
        groups.into_iter().map(|(period, items)| self.group(period, items)).collect()
    }

    /// What happened on a day, what was said, and the briefings on it.
    fn sorts(&self, entries: &[Entry], lists: &Lists) -> Vec<GroupView> {
        let sort = |what: What| match what {
            What::Event(_) => "events",
            What::Claim(_) | What::Response(..) => "claims",
            What::Briefing(_) => "briefings",
        };
        let group = |key: &'static str| GroupView {
            key,
            title: String::new(),
            anchor: key.to_owned(),
            url: None,
            items: entries
                .iter()
                .filter(|entry| sort(entry.what) == key)
                .map(|entry| self.item(entry.what, lists))
                .collect(),
        };
        ["events", "claims", "briefings"].map(group).into()
    }

    /// The title of a list, with the number of the part where it is one.
    pub(super) fn part_title(&self, title: &str, part: &Part) -> String {
        self.numbered_title(title, part.number)
    }

    /// The title of a page of an index; the first has the index's own.
    pub(super) fn index_title(&self, title: &str, number: usize) -> String {
        self.numbered_title(title, (number > 1).then_some(number))
    }

    fn numbered_title(&self, title: &str, number: Option<usize>) -> String {
        match number {
            Some(number) => format!("{title}, {} {number}", self.word("page")),
            None => title.to_owned(),
        }
    }

    pub(super) fn pager(&self, address: &str, part: &Part) -> PagerView {
        let at = |number: usize| self.studio.addresses.rest(&format!("{address}page/{number}/"));
        let own = || self.studio.addresses.rest(address);
        let (newer, older) = match part.number {
            None => (None, (part.numbered > 0).then(|| at(part.numbered))),
            Some(number) => {
                let newer = if number == part.numbered { own() } else { at(number + 1) };
                (Some(newer), (number > 1).then(|| at(number - 1)))
            }
        };
        PagerView { number: part.number, numbered: part.numbered, newer, older, parts: Vec::new() }
    }

    pub(super) fn kind(
        &self,
        page: &Page,
        kind: usize,
        number: usize,
        items: Range<usize>,
    ) -> Result<Filled, Failed> {
        let mut listed = index_of(self.studio.archive, kind);
        if kind == DATE {
            listed.reverse();
        }
        let described = &self.studio.settings.kinds[kind];
        let entities: Vec<CountedEntity> =
            listed[items.clone()].iter().map(|place| self.counted(*place, kind == DATE)).collect();
        let title = self.index_title(&described.plural, number);
        let mut view = self.view(page, "kind", &title, None);
        view.crumbs = vec![self.home_crumb()];
        view.description = self.views.words.fill(
            "describe_kind",
            &[("title", &title), ("site", &self.studio.settings.title), ("count", &listed.len().to_string())],
        );
        view.json_ld = json_ld::list(&view, self.studio);
        let address = format!("{}/", described.path);
        let mut pager = self.index_pager(&address, number, listed.len());
        pager.parts = self.index_parts(&listed, &address);
        let values =
            vec![named("kind", &self.kind_view(kind)), named("entities", &entities), named("pager", &pager)];
        self.fill("kind.html", page, &view, values)
    }

    /// The way through an index of `len` entities, from the page with this number.
    pub(super) fn index_pager(&self, address: &str, number: usize, len: usize) -> PagerView {
        let pages = len.div_ceil(INDEX_PER_PAGE);
        PagerView {
            number: Some(number),
            numbered: pages,
            newer: (number > 1).then(|| self.index_page(address, number - 1)),
            older: (number < pages).then(|| self.index_page(address, number + 1)),
            parts: Vec::new(),
        }
    }

    fn index_page(&self, address: &str, number: usize) -> String {
        if number == 1 {
            return self.studio.addresses.rest(address);
        }
        self.studio.addresses.rest(&format!("{address}page/{number}/"))
    }

    /// The parts of an index, each by the name it begins with.
    fn index_parts(&self, listed: &[EntityIx], address: &str) -> Vec<PageRef> {
        let parts = listed.chunks(INDEX_PER_PAGE);
        if !(2..=MOST_PARTS).contains(&parts.len()) {
            return Vec::new();
        }
        let part = |(place, entities): (usize, &[EntityIx])| PageRef {
            title: self.views.name(entities[0]),
            url: self.index_page(address, place + 1),
        };
        parts.enumerate().map(part).collect()
    }

    fn kind_view(&self, kind: usize) -> KindView {
        kind_view(self.studio, kind)
    }

    /// An entity in an index, with those inside it where `deep`.
    pub(super) fn counted(&self, place: EntityIx, deep: bool) -> CountedEntity {
        let entity = &self.studio.archive[place];
        let children = if deep {
            entity.children.iter().map(|child| self.counted(*child, false)).collect()
        } else {
            Vec::new()
        };
        CountedEntity {
            name: self.views.name(place),
            url: self.studio.addresses.rest(&entity.address),
            entity_type: entity_type(entity),
            // Dates show where they lie by their names; all other entities by their parents.
            inside: entity.parent.filter(|_| entity.kind != DATE).map(|parent| self.views.entity(parent)),
            counts: self.views.counts(place),
            children,
        }
    }
}

/// The id of the heading of what stands in `period`.
pub(super) fn anchor(period: Period) -> String {
    format!("d-{period}")
}

impl CountsView {
    /// All of them.
    pub(super) fn total(self) -> usize {
        self.briefings + self.events + self.claims
    }
}
