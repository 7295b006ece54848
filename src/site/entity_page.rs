use std::collections::BTreeMap;

use tera::Value;

use super::{
    Failed, Renderer, bodies,
    context::{EntityView, LinkView, NameView, RelationView, direction},
    named,
    views::{Views, source_anchor},
};
use crate::{
    archive::{Archive, EntityIx},
    documents::Profile,
    pages::{Page, Part},
    settings::DATE,
};

impl Renderer<'_> {
    /// An entity with a part of its timeline.
    pub(super) fn entity(&self, page: &Page, place: EntityIx, part: &Part) -> Result<String, Failed> {
        let entity = &self.studio.archive[place];
        let items: Vec<Value> = entity.timeline[part.items.clone()]
            .iter()
            .rev()
            .map(|entry| self.views.entry(entry.what))
            .collect();
        let title = self.part_title(&entity.name, part);
        let profile = entity.profile.as_ref().map(|released| &released.document);
        let mut view = self.view(
            page,
            "entity",
            &title,
            profile.and_then(|profile| profile.description.as_deref()),
            None,
        );
        if !entity.timeline.is_empty() {
            view.feeds = self.feeds_of(&entity.address, &entity.name);
        }
        let described = self.entity_view(page, place, part);
        let pager = self.pager(&entity.address, part);
        let values = vec![named("entity", &described), ("items", Value::from(items)), named("pager", &pager)];
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

    /// A kind may have a template of its own; else all share one.
    fn entity_template(&self, kind: usize) -> &'static str {
        const OWN: [&str; 3] = ["actor.html", "location.html", "date.html"];
        OWN.get(kind).copied().filter(|name| self.studio.theme.has(name)).unwrap_or("entity.html")
    }

    fn entity_view<'v>(&'v self, page: &Page, place: EntityIx, part: &Part) -> EntityView<'v> {
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
            name: &entity.name,
            kind: &self.studio.settings.kinds[entity.kind].name,
            url: self.studio.addresses.rest(&entity.address),
            entity_type: profile.and_then(|profile| profile.entity_type).map(crate::model::EntityType::word),
            description: profile.and_then(|profile| profile.description.as_deref()),
            status_note: profile.and_then(|profile| profile.status_note.as_deref()),
            other_names: profile
                .map(|profile| other_names(profile, &self.studio.settings.language))
                .unwrap_or_default(),
            inside: self.inside(place),
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
            previous,
            next,
            extra: profile.map(|profile| &profile.extra),
        }
    }

    /// Those that an entity lies in, the outermost first.
    fn inside(&self, place: EntityIx) -> Vec<Value> {
        let archive = self.studio.archive;
        let mut inside = Vec::new();
        let mut parent = archive[place].parent;
        while let Some(above) = parent {
            if archive[above].has_page {
                inside.push(self.views.entity(above));
            }
            parent = archive[above].parent;
        }
        inside.reverse();
        inside
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
            let direction = direction(tag.unwrap_or(language));
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
            Some(crate::model::Period::Year(_)) => 0,
            Some(crate::model::Period::Month(..)) => 1,
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
