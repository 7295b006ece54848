use std::collections::BTreeMap;

use tera::Value;

use super::{
    Failed, Renderer, bodies, calendar,
    context::{CrumbView, EntityView, FactView, LinkView, NameView, RelationView},
    json_ld, named,
    scripts::{direction_of, language_of},
    views::{Views, entity_type, source_anchor},
};
use crate::{
    archive::{Archive, EntityIx},
    documents::Profile,
    model::{Period, When},
    pages::{Page, Part},
    settings::DATE,
};

impl Renderer<'_> {
    /// An entity with a part of its timeline.
    pub(super) fn entity(&self, page: &Page, place: EntityIx, part: &Part) -> Result<String, Failed> {
        let entity = &self.studio.archive[place];
        let groups = self.timeline(&entity.timeline[part.items.clone()], entity.period);
        let name = self.views.name(place);
        let title = self.part_title(&name, part);
        let profile = entity.profile.as_ref().map(|released| &released.document);
        let mut view = self.view(page, "entity", &title, None);
        if !entity.timeline.is_empty() {
            view.feeds = self.feeds_of(&entity.address, &name);
        }
        view.crumbs = self.crumbs(place);
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
        // The profile's text stands on the first page only.
        let drawn = profile.filter(|profile| first && !profile.body.prose.is_empty()).map(|profile| {
            let anchors: Vec<String> = entity.sources.iter().map(|(id, _)| source_anchor(id)).collect();
            bodies::draw(&profile.body, &entity.links, &entity.sources, &anchors, &page.path, &self.views)
        });
        let (previous, next) = self.neighbours.get(&place.get()).cloned().unwrap_or_default();
        EntityView {
            name,
            kind: &self.studio.settings.kinds[entity.kind].name,
            plural: &self.studio.settings.kinds[entity.kind].plural,
            url: self.studio.addresses.rest(&entity.address),
            entity_type: entity_type(entity),
            description: profile.and_then(|profile| profile.description.as_deref()),
            status_note: profile.and_then(|profile| profile.status_note.as_deref()),
            other_names: profile
                .map(|profile| other_names(profile, &self.studio.settings.language))
                .unwrap_or_default(),
            name_language: profile
                .and_then(|profile| language_of(name, profile.names.keys().map(String::as_str)))
                .map(str::to_owned),
            weekday: match entity.period {
                Some(Period::Day(day)) => Some(self.views.words.weekday(day.weekday()).to_owned()),
                _ => None,
            },
            facts: profile.map(|profile| self.facts(profile)).unwrap_or_default(),
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
            relations: entity
                .relations
                .iter()
                .map(|relation| RelationView {
                    kind: relation.key,
                    entity: self.views.relation_party(relation.to),
                    from: relation.from.map(|date| self.views.date(date)),
                    to: relation.until.map(|date| self.views.date(date)),
                })
                .collect(),
            sources: drawn
                .as_ref()
                .map(|drawn| self.views.sources(&entity.sources, &drawn.cited))
                .unwrap_or_default(),
            body: drawn.map(|drawn| Value::safe_string(&drawn.html)),
            links: profile
                .map(|profile| profile.links.iter().map(|(words, href)| LinkView { words, href }).collect())
                .unwrap_or_default(),
            counts: self.views.counts(place),
            voices: if first { self.voices(place) } else { Vec::new() },
            previous,
            next,
            extra: profile.map(|profile| &profile.extra),
        }
    }

    /// Those with a page that an entity lies in, the outermost first.
    fn above(&self, place: EntityIx) -> Vec<EntityIx> {
        let archive = self.studio.archive;
        let mut inside = Vec::new();
        let mut parent = archive[place].parent;
        while let Some(above) = parent {
            if archive[above].has_page {
                inside.push(above);
            }
            parent = archive[above].parent;
        }
        inside.reverse();
        inside
    }

    /// When it was founded, dissolved or born, and where else it is described.
    fn facts(&self, profile: &Profile) -> Vec<FactView> {
        let date = |key: &'static str| {
            let date = profile.dates.get(key)?;
            let when = date.date.or_else(|| When::parse(&date.name.text).ok());
            let text = when.is_none().then(|| date.name.text.to_string());
            Some(FactView { key, date: when.map(|when| self.views.date(when)), text, href: None })
        };
        let mut facts: Vec<FactView> =
            ["born", "founded", "dissolved"].into_iter().filter_map(date).collect();
        if let Some(item) = &profile.wikidata {
            let href = Some(format!("https://www.wikidata.org/wiki/{item}"));
            facts.push(FactView { key: "wikidata", date: None, text: Some(item.clone()), href });
        }
        facts
    }
}

/// The names of a profile that people may read, each once: names by language first, then aliases.
fn other_names(profile: &Profile, language: &str) -> Vec<NameView> {
    let mut names: Vec<NameView> = Vec::new();
    let by_language = profile.names.iter().map(|(tag, name)| (name.as_str(), Some(tag.as_str())));
    let aliases = profile.aliases.iter().map(|alias| (&*alias.text, None));
    let previous = profile.previous_names.iter().map(|relation| (&*relation.name.text, None));
    for (name, tag) in by_language.chain(aliases).chain(previous) {
        if name != profile.name && !names.iter().any(|known| known.name == name) {
            let tag = tag.or_else(|| language_of(name, profile.names.keys().map(String::as_str)));
            let direction = direction_of(name, tag, language);
            names.push(NameView { name: name.to_owned(), language: tag.map(str::to_owned), direction });
        }
    }
    names
}

/// Of each date, the one before and the one after it of the same length at which something stands.
pub(super) fn neighbours(
    archive: &Archive,
    views: &Views<'_>,
) -> BTreeMap<usize, (Option<Value>, Option<Value>)> {
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
