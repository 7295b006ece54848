use std::collections::BTreeMap;

use tera::Value;

use super::{
    Failed, Filled, Renderer, bodies, calendar,
    context::{CrumbView, EntityView, LinkView, SectionsView},
    entity_facts::coordinates,
    json_ld, named,
    scripts::language_of,
    sources::source_anchor,
    views::{Views, entity_type},
};
use crate::{
    archive::{Archive, EntityIx},
    model::Period,
    pages::{Page, Part},
    settings::DATE,
};

/// So many of those that an entity lies in are shown.
const DEEPEST: usize = 32;

impl Renderer<'_> {
    /// An entity with a part of its timeline.
    pub(super) fn entity(&self, page: &Page, place: EntityIx, part: &Part) -> Result<Filled, Failed> {
        let entity = &self.studio.archive[place];
        let groups = self.timeline(&entity.timeline[part.items.clone()], entity.period, &self.lists(page));
        let name = self.views.name(place);
        let title = self.part_title(&name, part);
        let profile = entity.profile.as_ref().map(|released| &released.document);
        let mut view = self.view(page, "entity", &title, None);
        if !entity.timeline.is_empty() {
            view.feeds = self.feeds_of(&entity.address, &name);
        }
        view.crumbs = self.crumbs(place);
        view.notes = self.notes(place);
        view.description = self.entity_description(place, part, &title);
        let described = self.entity_view(page, place, part, &name);
        if described.entity_type == Some("person") {
            view.og_type = "profile";
        }
        view.json_ld = json_ld::entity(&view, &described, entity.kind, self.studio);
        let pager = self.pager(&entity.address, part);
        let values = vec![named("entity", &described), named("groups", &groups), named("pager", &pager)];
        match profile.and_then(|profile| Some((profile, profile.template.as_ref()?))) {
            Some((_, name)) if self.studio.theme.has(&name.text) => {
                self.fill(&name.text, page, &view, values)
            }
            Some((profile, name)) => {
                Err(Box::new(self.studio.theme.missing(&name.text, name.at.span(&profile.path))))
            }
            None => self.fill(self.entity_template(entity.kind), page, &view, values),
        }
    }

    /// The index of its kind, and those that it lies in.
    pub(super) fn crumbs(&self, place: EntityIx) -> Vec<CrumbView> {
        let mut crumbs = vec![self.home_crumb(), self.kind_crumb(self.studio.archive[place].kind)];
        let above = self.above(place);
        crumbs.extend(above.into_iter().map(|above| CrumbView {
            name: self.views.name(above),
            url: self.studio.addresses.rest(&self.studio.archive[above].address),
        }));
        crumbs
    }

    /// The first page of an entity as its author describes it; every other in counts.
    fn entity_description(&self, place: EntityIx, part: &Part, title: &str) -> String {
        let entity = &self.studio.archive[place];
        let own = entity.profile.as_ref().and_then(|released| released.document.description.as_deref());
        if let Some(own) = own.filter(|_| part.number.is_none()) {
            return own.to_owned();
        }
        let counts = self.views.counts(place);
        let [briefings, events, claims] =
            [counts.briefings, counts.events, counts.claims].map(|count| count.to_string());
        let key = if entity.kind == DATE { "describe_date" } else { "describe_entity" };
        self.views.words.fill(
            key,
            &[
                ("title", title),
                ("site", &self.studio.settings.title),
                ("briefings", &briefings),
                ("events", &events),
                ("claims", &claims),
            ],
        )
    }

    /// A kind may have a template of its own; else all share one.
    fn entity_template(&self, kind: usize) -> &'static str {
        const OWN: [&str; 3] = ["actor.html", "location.html", "date.html"];
        OWN.get(kind).copied().filter(|name| self.studio.theme.has(name)).unwrap_or("entity.html")
    }

    fn entity_view<'v>(&'v self, page: &Page, place: EntityIx, part: &Part, name: &'v str) -> EntityView<'v> {
        let archive = self.studio.archive;
        let entity = &archive[place];
        let profile = entity.profile.as_ref().map(|released| &released.document);
        let first = part.number.is_none();
        let drawn = bodies::shown_by(&page.content, archive).map(|written| {
            let anchors: Vec<String> = entity.sources.iter().map(|(id, _)| source_anchor(id)).collect();
            let text = bodies::Text { written: Some(written), sources: &entity.sources, taken: &anchors };
            bodies::draw(&text, &page.path, &self.views)
        });
        let SectionsView { itself, by_month, together, named_in, unnamed } =
            self.sections(place, first, &self.lists(page));
        let neighbours = self.neighbours.get_or_init(|| neighbours(self.studio.archive, &self.views));
        let (previous, next) = neighbours.get(&place.get()).cloned().unwrap_or_default();
        EntityView {
            name,
            kind: &self.studio.settings.kinds[entity.kind].name,
            plural: &self.studio.settings.kinds[entity.kind].plural,
            url: self.studio.addresses.rest(&entity.address),
            entity_type: entity_type(entity),
            description: profile.and_then(|profile| profile.description.as_deref()),
            status_note: profile.and_then(|profile| profile.status_note.as_deref()),
            other_names: self.other_names(entity),
            name_language: profile
                .and_then(|profile| language_of(name, profile.names.keys().map(String::as_str)))
                .map(str::to_owned),
            weekday: match entity.period {
                Some(Period::Day(day)) => Some(self.views.words.weekday(day.weekday()).to_owned()),
                _ => None,
            },
            facts: self.facts(entity),
            coordinates: coordinates(entity),
            month: match entity.period {
                Some(Period::Month(year, month)) if first => Some(calendar::month(year, month, &self.views)),
                _ => None,
            },
            year: match entity.period {
                Some(Period::Year(year)) if first => calendar::year(year, &self.views),
                _ => Vec::new(),
            },
            inside: self.above(place).into_iter().map(|above| self.views.entity(above)).collect(),
            children: if first {
                entity
                    .children
                    .iter()
                    .filter(|child| archive[**child].has_page)
                    .map(|child| self.counted(*child, false))
                    .collect()
            } else {
                Vec::new()
            },
            same_as: entity
                .same_as
                .filter(|other| archive[*other].has_page)
                .map(|other| self.views.entity(other)),
            relations: self.relations(entity),
            holdings: if first { self.holdings(place) } else { Vec::new() },
            sources: if first {
                let cited = drawn.as_ref().map(|drawn| &drawn.cited[..]).unwrap_or_default();
                self.views.sources(&entity.sources, cited)
            } else {
                Vec::new()
            },
            body: drawn.map(|drawn| Value::safe_string(&drawn.html)),
            links: profile
                .map(|profile| profile.links.iter().map(|(words, href)| LinkView { words, href }).collect())
                .unwrap_or_default(),
            cited: entity.publishers.iter().map(|place| self.views.share(*place)).collect(),
            counts: self.views.counts(place),
            voices: if first { self.voices(place, &self.lists(page)) } else { Vec::new() },
            previous,
            next,
            extra: profile.map(|profile| &profile.extra),
            itself,
            by_month,
            together,
            named_in,
            unnamed,
        }
    }

    /// Those with a page that an entity lies in, the outermost first; of a chain that only a machine writes the
    /// nearest.
    pub(super) fn above(&self, place: EntityIx) -> Vec<EntityIx> {
        let archive = self.studio.archive;
        let mut inside = Vec::new();
        let mut parent = archive[place].parent;
        while let Some(above) = parent.filter(|_| inside.len() < DEEPEST) {
            if archive[above].has_page {
                inside.push(above);
            }
            parent = archive[above].parent;
        }
        inside.reverse();
        inside
    }
}

/// Of each date, the one before and the one after it of the same length at which something stands.
fn neighbours(archive: &Archive, views: &Views<'_>) -> BTreeMap<usize, (Option<Value>, Option<Value>)> {
    let mut by_length: BTreeMap<u8, Vec<EntityIx>> = BTreeMap::new();
    for place in archive.entities_of(DATE).filter(|place| !archive[*place].timeline.is_empty()) {
        let length = match archive[place].period {
            Some(Period::Year(_)) => 0,
            Some(Period::Month(..)) => 1,
            _ => 2,
        };
        by_length.entry(length).or_default().push(place);
    }
    let mut neighbours = BTreeMap::new();
    for mut places in by_length.into_values() {
        places.sort_by_key(|place| archive[*place].period);
        for (number, place) in places.iter().enumerate() {
            let previous = number.checked_sub(1).map(|before| views.entity(places[before]));
            let next = places.get(number + 1).map(|after| views.entity(*after));
            neighbours.insert(place.get(), (previous, next));
        }
    }
    neighbours
}
