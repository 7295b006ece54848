use super::{
    Renderer,
    context::{
        CitationView, CoordinatesView, DateView, FactView, NameView, NoteView, RelationView, RelationsView,
    },
    scripts::{direction_of, language_of},
    sources::source_anchor,
};
use crate::{
    archive::{Entity, EntityIx, Related, Relations},
    documents::{Citation, Relation},
    model::When,
    settings::{ACTOR, LOCATION},
};

/// The relations of a place to those who claim or control it.
const HOLDINGS: [&str; 2] = ["claimed_by", "controlled_by"];

impl Renderer<'_> {
    /// The names of an entity that people may read, each once: names by language first, then aliases, then what it
    /// was called and when.
    pub(super) fn other_names(&self, entity: &Entity) -> Vec<NameView> {
        let Some(profile) = entity.profile.as_ref().map(|released| &released.document) else {
            return Vec::new();
        };
        let mut names: Vec<NameView> = Vec::new();
        let by_language = profile.names.iter().map(|(tag, name)| (name.as_str(), Some(tag.as_str()), None));
        let aliases = profile.aliases.iter().map(|alias| (&*alias.text, None, None));
        let previous = profile.previous_names.iter().map(|borne| (&*borne.name.text, None, Some(borne)));
        for (name, tag, borne) in by_language.chain(aliases).chain(previous) {
            if name == profile.name {
                continue;
            }
            let known = names.iter().position(|known| known.name == name).unwrap_or_else(|| {
                names.push(self.name_view(name, tag, profile.names.keys().map(String::as_str)));
                names.len() - 1
            });
            if let Some(borne) = borne {
                names[known].from = self.dated(borne.from);
                names[known].to = self.dated(borne.to);
                names[known].date = self.dated(borne.date);
                names[known].sources = self.cited(entity, &borne.sources);
            }
        }
        names
    }

    fn name_view<'n>(
        &self,
        name: &'n str,
        tag: Option<&'n str>,
        tags: impl Iterator<Item = &'n str>,
    ) -> NameView {
        let tag = tag.or_else(|| language_of(name, tags));
        NameView {
            name: name.to_owned(),
            direction: direction_of(name, tag, &self.studio.settings.language),
            language: tag.map(str::to_owned),
            from: None,
            to: None,
            date: None,
            sources: Vec::new(),
        }
    }

    /// When it was born, founded or dissolved, or died; its country's code; and its item in Wikidata.
    pub(super) fn facts(&self, entity: &Entity) -> Vec<FactView> {
        let Some(profile) = entity.profile.as_ref().map(|released| &released.document) else {
            return Vec::new();
        };
        let fact =
            |key| FactView { key, date: None, text: None, href: None, rests_on: None, sources: Vec::new() };
        let date = |(key, date): (&'static str, &Relation)| {
            let when = date.date.or_else(|| When::parse(&date.name.text).ok());
            let text = when.is_none().then(|| date.name.text.to_string());
            let sources = self.cited(entity, &date.sources);
            FactView { date: self.dated(when), text, sources, ..fact(key) }
        };
        let dates = ["born", "founded", "dissolved"].into_iter();
        let mut facts: Vec<FactView> =
            dates.filter_map(|key| Some((key, profile.dates.get(key)?))).map(date).collect();
        if let Some((date, claim)) = entity.died {
            let rests_on = Some(self.views.claim_url(claim));
            facts.push(FactView { date: self.dated(Some(date)), rests_on, ..fact("died") });
        }
        if let Some(code) = &profile.country {
            facts.push(FactView { text: Some(code.clone()), ..fact("country") });
        }
        if let Some(place) = coordinates(entity) {
            facts.push(FactView { text: Some(self.coordinates_in_words(&place)), ..fact("coordinates") });
        }
        if let Some(item) = &profile.wikidata {
            let href = Some(format!("https://www.wikidata.org/wiki/{item}"));
            facts.push(FactView { text: Some(item.clone()), href, ..fact("wikidata") });
        }
        facts
    }

    /// `31.3° N, 34.3° E (to about 10 km)`.
    fn coordinates_in_words(&self, place: &CoordinatesView) -> String {
        let words = self.views.words;
        let [latitude, longitude] = [
            (&place.latitude, ["degrees_north", "degrees_south"]),
            (&place.longitude, ["degrees_east", "degrees_west"]),
        ]
        .map(|(degrees, [plus, minus])| match degrees.strip_prefix('-') {
            Some(degrees) => words.fill(minus, &[("degrees", degrees)]),
            None => words.fill(plus, &[("degrees", degrees)]),
        });
        let told = [("latitude", latitude.as_str()), ("longitude", longitude.as_str())];
        match &place.distance {
            Some(distance) => words.fill("coordinates_about", &[told[0], told[1], ("distance", distance)]),
            None => words.fill("coordinates", &told),
        }
    }

    /// Its relations, but for the places that it claims and controls.
    pub(super) fn relations(&self, entity: &Entity) -> Vec<RelationsView<'_>> {
        let groups = entity.relations_by_key().into_iter();
        groups.filter(|group| !is_holding(group)).map(|group| self.relations_view(entity, &group)).collect()
    }

    /// The places that it claims and controls, or that the actor does who is the same thing.
    pub(super) fn holdings(&self, place: EntityIx) -> Vec<RelationsView<'_>> {
        let entity = &self.studio.archive[place];
        let claimant = match entity.kind {
            ACTOR => Some(place),
            LOCATION => entity.same_as.filter(|other| self.studio.archive[*other].kind == ACTOR),
            _ => None,
        };
        let claimant = claimant.map(|claimant| &self.studio.archive[claimant]);
        let groups = claimant.filter(|claimant| claimant.has_page).map(Entity::relations_by_key);
        let groups = groups.into_iter().flatten().filter(is_holding);
        groups.map(|group| self.relations_view(entity, &group)).collect()
    }

    /// Relations as the page of `entity` shows them, whose sources stand there.
    fn relations_view(&self, entity: &Entity, relations: &Relations<'_>) -> RelationsView<'_> {
        let item = |relation: &Related| RelationView {
            entity: self.views.relation_party(relation.to),
            from: self.dated(relation.from),
            to: self.dated(relation.until),
            date: self.dated(relation.date),
            sources: self.cited(entity, &relation.sources),
            note: is_holding(relations).then(|| self.status_note(relation.to)).flatten(),
        };
        RelationsView {
            kind: relations.key,
            of_other: relations.of_other,
            items: relations.shown.iter().map(|relation| item(relation)).collect(),
            more: (relations.more > 0)
                .then(|| self.views.words.fill("and_more", &[("count", &relations.more.to_string())])),
        }
    }

    /// What the desk says of the status of an entity and of those that it lies in, the outermost first.
    pub(super) fn notes(&self, place: EntityIx) -> Vec<NoteView> {
        let above = self.above(place).into_iter().map(|above| (above, Some(self.views.name(above))));
        above
            .chain([(place, None)])
            .filter_map(|(of, name)| Some(NoteView { name, text: self.status_note(of)?.to_owned() }))
            .collect()
    }

    fn status_note(&self, place: EntityIx) -> Option<&str> {
        self.studio.archive[place].profile.as_ref()?.document.status_note.as_deref()
    }

    fn dated(&self, date: Option<When>) -> Option<DateView> {
        date.map(|date| self.views.date(date))
    }

    /// Uses of the sources of an entity's page.
    fn cited(&self, entity: &Entity, citations: &[Citation]) -> Vec<CitationView> {
        let citation = |citation: &Citation| {
            let written = &*citation.id.text;
            let place = entity.sources.iter().position(|(source, _)| source.as_str() == written)?;
            let source = &entity.sources[place];
            let address = format!("{}#{}", entity.address, source_anchor(&source.0));
            let url = self.studio.addresses.rest(&address);
            Some(self.views.citation(Some(place + 1), citation.item, source, url))
        };
        citations.iter().filter_map(citation).collect()
    }
}

/// Where an entity lies, as fine as its release tells.
pub(super) fn coordinates(entity: &Entity) -> Option<CoordinatesView> {
    let profile = &entity.profile.as_ref()?.document;
    let (point, fineness) = (profile.coordinates?, profile.precision?);
    let [latitude, longitude] = point.digits(fineness);
    let signed = |degrees: f64, digits: String| if degrees < 0.0 { format!("-{digits}") } else { digits };
    Some(CoordinatesView {
        latitude: signed(point.latitude, latitude),
        longitude: signed(point.longitude, longitude),
        distance: fineness.distance(),
    })
}

/// Whether these are places that somebody claims or controls, as seen from him.
fn is_holding(relations: &Relations<'_>) -> bool {
    relations.of_other && HOLDINGS.contains(&relations.key)
}
