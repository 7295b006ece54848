use std::ops::Range;

use tera::Value;

use super::{
    Failed, Filled, Renderer,
    cards::Lists,
    context::{BesideView, CountsView, CrumbView, GroupView},
    json_ld, named,
};
use crate::{
    archive::{BriefingIx, Counts, EntityIx, PairIx},
    model::{Day, Period},
    pages::{ListOf, Page, Part, With},
    settings::LOCATION,
};

impl Renderer<'_> {
    /// A part of a list that a number on another page stands for.
    pub(super) fn list_beside(&self, page: &Page, of: ListOf, part: &Part) -> Result<Filled, Failed> {
        let archive = self.studio.archive;
        let (address, total) = (of.address(archive), of.items(archive));
        let (beside, crumbs) = self.way_to(of);
        let key = key(of);
        let own = match of {
            ListOf::Pair(pair) => self.pair_title(pair),
            _ => self.views.words.fill(&format!("list_{key}"), &[("name", &beside.name)]),
        };
        let title = self.part_title(&own, part);
        let mut view = self.view(page, "list", &title, None);
        view.crumbs = crumbs;
        view.description = self.described_list(&format!("describe_{key}"), &title, &beside.plural, total);
        view.json_ld = json_ld::list(&view, self.studio);
        if matches!(of, ListOf::Pair(_)) && self.studio.settings.together.feeds {
            view.feeds = self.feeds_of(&address, &own);
        }
        let (template, groups) = self.items_of(of, part.items.clone(), &self.lists(page));
        let counts = match of {
            ListOf::Itself(place) => Counts::of(&archive[place].itself).into(),
            _ => CountsView::default(),
        };
        let values = vec![
            named("groups", &groups),
            named("pager", &self.pager(&address, part)),
            named("notes", &self.list_notes(of, &beside.name)),
            named("counts", &counts),
            named("of", &beside),
            ("total", Value::from(total)),
            ("retracted", Value::from(Vec::<Value>::new())),
        ];
        self.fill(template, page, &view, values)
    }

    /// A page of the index of those named together with an entity.
    pub(super) fn named_together(
        &self,
        page: &Page,
        place: EntityIx,
        with: With,
        number: usize,
        items: Range<usize>,
    ) -> Result<Filled, Failed> {
        let archive = self.studio.archive;
        let pairs = with.pairs(archive, place);
        let key = self.together_key(place, with);
        let (beside, crumbs) = self.way_to_entity(place);
        let own = self.views.words.fill(&format!("together_title_{key}"), &[("name", &beside.name)]);
        let title = self.index_title(&own, number);
        let mut view = self.view(page, "list", &title, None);
        view.crumbs = crumbs;
        view.description =
            self.described_list(&format!("describe_together_{key}"), &title, &beside.plural, pairs.len());
        view.json_ld = json_ld::list(&view, self.studio);
        let mut notes = vec![self.word("together_note")];
        if key == "actors" {
            notes.push(self.word("together_left_out"));
        }
        notes.push(self.word("together_count"));
        let values = vec![
            named("pairs", &self.pairs(&pairs[items])),
            named("pager", &self.index_pager(&with.address(&archive[place]), number, pairs.len())),
            named("notes", &notes),
            named("of", &beside),
            ("total", Value::from(pairs.len())),
        ];
        self.fill("together.html", page, &view, values)
    }

    /// `Hamas and Qatar`, `Hamas in Doha`.
    pub(super) fn pair_title(&self, pair: PairIx) -> String {
        let pair = &self.studio.archive[pair];
        let names = [("one", &*self.views.name(pair.one)), ("other", &*self.views.name(pair.other))];
        self.views.words.fill(if self.is_in_place(pair.other) { "pair_in" } else { "pair_and" }, &names)
    }

    fn is_in_place(&self, other: EntityIx) -> bool {
        self.studio.archive[other].kind == LOCATION
    }

    /// The items of a part, newest first, and the template that shows such.
    fn items_of(&self, of: ListOf, part: Range<usize>, lists: &Lists) -> (&'static str, Vec<GroupView>) {
        let archive = self.studio.archive;
        let listed = |briefings: &[BriefingIx]| {
            let shown = briefings.get(part.clone()).unwrap_or_default();
            // Of such a list few stand in one month.
            let year = |day: Day| Period::Year(day.year());
            (
                "list.html",
                self.by_publication(shown.iter().rev().copied(), year, |place| self.views.card(place)),
            )
        };
        match of {
            ListOf::Named(place) => listed(archive.named_in(place)),
            ListOf::LinkedFrom(place) => listed(archive.linked_from(place)),
            ListOf::Pair(place) => listed(&archive.briefings_of(place)),
            ListOf::Itself(place) => {
                ("timeline.html", self.timeline(&archive[place].itself[part], None, lists))
            }
            ListOf::Unnamed(place) => {
                ("timeline.html", self.timeline(&archive.said_unnamed(place)[part], None, lists))
            }
        }
    }

    /// What a list does not say by its items.
    fn list_notes(&self, of: ListOf, name: &str) -> Vec<String> {
        let note = |key: &str| self.views.words.fill(key, &[("name", name)]);
        match of {
            ListOf::Pair(pair) if self.is_in_place(self.studio.archive[pair].other) => {
                vec![note("together_note")]
            }
            ListOf::Pair(_) => vec![note("together_note"), note("together_left_out")],
            ListOf::LinkedFrom(_) => Vec::new(),
            _ => vec![note(&format!("{}_note", key(of)))],
        }
    }

    /// The page that a list stands beside, and the way that leads to the list.
    fn way_to(&self, of: ListOf) -> (BesideView, Vec<CrumbView>) {
        let archive = self.studio.archive;
        match of {
            ListOf::Named(place) | ListOf::Itself(place) | ListOf::Unnamed(place) => {
                self.way_to_entity(place)
            }
            ListOf::Pair(pair) => self.way_to_entity(archive[pair].one),
            ListOf::LinkedFrom(place) => {
                let name = archive[place].released.document.title.clone();
                let url = self.views.briefing_url(place).to_owned();
                let crumb = CrumbView { name: name.clone(), url: url.clone() };
                let plural = self.word("briefings").to_owned();
                (BesideView { name, url, plural }, vec![self.home_crumb(), self.briefings_crumb(), crumb])
            }
        }
    }

    fn way_to_entity(&self, place: EntityIx) -> (BesideView, Vec<CrumbView>) {
        let entity = &self.studio.archive[place];
        let (name, url) = (self.views.name(place), self.studio.addresses.rest(&entity.address));
        let mut crumbs = self.crumbs(place);
        crumbs.push(CrumbView { name: name.clone(), url: url.clone() });
        (BesideView { name, url, plural: self.studio.settings.kinds[entity.kind].plural.clone() }, crumbs)
    }

    fn described_list(&self, key: &str, title: &str, plural: &str, total: usize) -> String {
        let total = total.to_string();
        let site = &*self.studio.settings.title;
        self.views.words.fill(key, &[("title", title), ("plural", plural), ("site", site), ("total", &total)])
    }
}

/// What the theme's words call a list.
fn key(of: ListOf) -> &'static str {
    match of {
        ListOf::Named(_) => "named",
        ListOf::Itself(_) => "itself",
        ListOf::Unnamed(_) => "unnamed",
        ListOf::LinkedFrom(_) => "linked_from",
        ListOf::Pair(_) => "pair",
    }
}
