use tera::Value;

use super::{
    Renderer,
    cards::Lists,
    context::{ExcerptView, ItselfView, MonthEntriesView, PairView, SectionsView, TogetherView, YearView},
    list_pages::anchor,
    views::entity_type,
};
use crate::{
    archive::{Counts, EntityIx, Entry, PairIx},
    model::Period,
    pages::{ListOf, NAMED_SHOWN, TOGETHER_SHOWN, UNNAMED_SHOWN, With, part_of},
    settings::{DATE, LOCATION},
};

impl Renderer<'_> {
    /// What stands on an entity's first page beside its profile and its timeline; on all others how many briefings
    /// only name it.
    pub(super) fn sections(&self, place: EntityIx, first: bool, lists: &Lists) -> SectionsView {
        let archive = self.studio.archive;
        let shown = |most: usize| if first { most } else { 0 };
        let named = archive.named_in(place).iter().rev().take(shown(NAMED_SHOWN));
        let unnamed = archive.said_unnamed(place).into_iter().rev().take(shown(UNNAMED_SHOWN));
        SectionsView {
            itself: if first { self.itself(place) } else { None },
            by_month: if first { self.by_month(place) } else { Vec::new() },
            together: if first { self.together(place) } else { Vec::new() },
            named_in: self.excerpt(ListOf::Named(place), named.map(|briefing| self.views.card(*briefing))),
            unnamed: self.excerpt(ListOf::Unnamed(place), unnamed.map(|entry| self.item(entry.what, lists))),
        }
    }

    /// The newest of a list, and where the rest stands.
    pub(super) fn excerpt(&self, of: ListOf, items: impl Iterator<Item = Value>) -> ExcerptView {
        let archive = self.studio.archive;
        ExcerptView {
            items: items.collect(),
            total: of.items(archive),
            url: of.has_pages(archive).then(|| self.studio.addresses.rest(&of.address(archive))),
        }
    }

    fn itself(&self, place: EntityIx) -> Option<ItselfView> {
        let archive = self.studio.archive;
        let of = ListOf::Itself(place);
        of.has_pages(archive).then(|| ItselfView {
            title: self.views.words.fill("list_itself", &[("name", &self.views.name(place))]),
            url: self.studio.addresses.rest(&of.address(archive)),
            counts: Counts::of(&archive[place].itself).into(),
        })
    }

    /// How many entries of a timeline stand in each month, and where the newest of them does.
    fn by_month(&self, place: EntityIx) -> Vec<YearView> {
        let entity = &self.studio.archive[place];
        let month = |entry: &Entry| (entry.day.year(), entry.day.month());
        let spans_months = entity.timeline.first().map(month) != entity.timeline.last().map(month);
        if entity.kind == DATE || !spans_months {
            return Vec::new();
        }
        let len = entity.timeline.len();
        let mut after = len;
        let mut years: Vec<YearView> = Vec::new();
        for entries in entity.timeline.chunk_by(|one, other| month(one) == month(other)).rev() {
            let (year, month) = month(&entries[0]);
            let part = match part_of(after - 1, len, self.studio.settings.lists.per_page) {
                Some(number) => format!("page/{number}/"),
                None => String::new(),
            };
            let heading = anchor(Period::Month(year, month));
            let view = MonthEntriesView {
                name: self.views.words.month(month).to_owned(),
                short: self.word(&format!("month_short_{month}")).to_owned(),
                url: self.studio.addresses.rest(&format!("{}{part}#{heading}", entity.address)),
                count: entries.len(),
            };
            after -= entries.len();
            let name = self.views.words.period(Period::Year(year));
            match years.last_mut() {
                Some(last) if last.name == name => last.months.push(view),
                _ => years.push(YearView {
                    name,
                    url: self.views.period_url(Period::Year(year)),
                    months: vec![view],
                }),
            }
        }
        years
    }

    /// Those whom most briefings name together with an entity.
    fn together(&self, place: EntityIx) -> Vec<TogetherView> {
        let archive = self.studio.archive;
        let section = |with: With| {
            let pairs = with.pairs(archive, place);
            let index = || self.studio.addresses.rest(&with.address(&archive[place]));
            (!pairs.is_empty()).then(|| TogetherView {
                key: self.together_key(place, with),
                pairs: self.pairs(&pairs[..pairs.len().min(TOGETHER_SHOWN)]),
                total: pairs.len(),
                url: (pairs.len() > TOGETHER_SHOWN).then(index),
            })
        };
        With::ALL.into_iter().filter_map(section).collect()
    }

    /// What the theme's words call those of a sort who are named with an entity.
    pub(super) fn together_key(&self, place: EntityIx, with: With) -> &'static str {
        match with {
            With::Places => "places",
            With::Actors if self.studio.archive[place].kind == LOCATION => "here",
            With::Actors => "actors",
        }
    }

    pub(super) fn pairs(&self, pairs: &[(PairIx, EntityIx)]) -> Vec<PairView> {
        let archive = self.studio.archive;
        let view = |(pair, other): &(PairIx, EntityIx)| PairView {
            name: self.views.name(*other),
            url: self.studio.addresses.rest(&ListOf::Pair(*pair).address(archive)),
            entity_type: entity_type(&archive[*other]),
            count: archive[*pair].count,
        };
        pairs.iter().map(view).collect()
    }
}
