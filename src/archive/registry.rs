use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::{Entity, EntityIx, Party};
use crate::{
    diagnostics::{Diagnostic, Diagnostics},
    documents::{self, Name, Profile},
    model::{SourcePath, fold_name, segment},
    release::Released,
    settings::{ACTOR, Settings},
};

/// Which entity a name means, by kind: profiles first, then what is known by a tag alone.
#[derive(Debug)]
pub(super) struct Registry {
    pub(super) settings: Arc<Settings>,
    pub(super) entities: Vec<Entity>,
    by_name: FxHashMap<(usize, String), Meaning>,
    /// Spellings already met, by kind, so that folding is done once for each.
    met: Vec<FxHashMap<Box<str>, EntityIx>>,
    /// Names that serve the search alone, by kind, each with what bears it is called.
    hidden: FxHashMap<(usize, String), String>,
    profiled: usize,
}

#[derive(Debug)]
struct Meaning {
    rank: u8,
    entities: Vec<EntityIx>,
}

impl Registry {
    /// The registry of released profiles.
    pub(super) fn of(profiles: Vec<Released<Profile>>, settings: &Arc<Settings>) -> Self {
        let mut registry = Self {
            settings: settings.clone(),
            entities: Vec::with_capacity(profiles.len()),
            by_name: FxHashMap::default(),
            met: vec![FxHashMap::default(); settings.kinds.len()],
            hidden: FxHashMap::default(),
            profiled: profiles.len(),
        };
        for released in profiles {
            let place = EntityIx::new(registry.entities.len());
            let profile = &released.document;
            let path = &settings.kinds[profile.kind].path;
            let mut entity = Entity::new(profile.kind, profile.name.clone(), profile.segment(), path);
            entity.has_page = profile.page;
            entity.origin = Some(crate::diagnostics::Span::file(&profile.path));
            registry.name(profile.kind, &profile.id, 0, place);
            registry.name(profile.kind, &profile.name, 1, place);
            // One that is now what another is called may mean either.
            for former in &profile.former_ids {
                registry.name(profile.kind, &former.text, 1, place);
            }
            for name in profile.weak_aliases.iter().map(|name| &*name.text) {
                registry.name(profile.kind, name, 3, place);
            }
            for name in profile.hidden_aliases.iter().map(|name| &*name.text) {
                let key = (profile.kind, fold_name(name));
                registry.hidden.entry(key).or_insert_with(|| profile.name.clone());
            }
            for name in profile.all_names().filter(|name| !profile.is_weak(name)) {
                registry.name(profile.kind, name, 2, place);
            }
            entity.profile = Some(released);
            registry.entities.push(entity);
        }
        registry
    }

    /// Writes down that `name` means the entity. An id beats a name, a name an alias, and an alias a weak one.
    fn name(&mut self, kind: usize, name: &str, rank: u8, place: EntityIx) {
        let meaning =
            self.by_name.entry((kind, fold_name(name))).or_insert(Meaning { rank, entities: Vec::new() });
        if rank < meaning.rank {
            meaning.rank = rank;
            meaning.entities.clear();
        }
        if rank == meaning.rank && !meaning.entities.contains(&place) {
            meaning.entities.push(place);
        }
    }

    /// The entities that `name` may mean.
    pub(super) fn find(&self, kind: usize, name: &str) -> &[EntityIx] {
        self.find_ranked(kind, name).map(|(_, entities)| entities).unwrap_or_default()
    }

    /// The entities that `name` may mean, and how well it fits: 0 for an id, 1 for a name, more for other names.
    pub(super) fn find_ranked(&self, kind: usize, name: &str) -> Option<(u8, &[EntityIx])> {
        self.by_name.get(&(kind, fold_name(name))).map(|meaning| (meaning.rank, &meaning.entities[..]))
    }

    /// The one entity that is there already and that a front matter's name means.
    pub(super) fn meant(&self, kind: usize, name: &str) -> Option<EntityIx> {
        match self.find(kind, self.without_kind(kind, name)) {
            [only] => Some(*only),
            _ => None,
        }
    }

    /// The entity that a front matter's name means; a new one where nothing bears it, none where several do.
    pub(super) fn resolve(
        &mut self,
        kind: usize,
        name: &Name,
        path: &SourcePath,
        diagnostics: &mut Diagnostics,
    ) -> Option<EntityIx> {
        if let Some(place) = self.met[kind].get(&name.text) {
            return Some(*place);
        }
        let text = self.without_kind(kind, &name.text);
        let found = match self.find(kind, text) {
            [] => {
                if let Some(diagnostic) = self.hidden_alias(kind, text) {
                    diagnostics.push(diagnostic.at(name.at.span(path)));
                    return None;
                }
                if let Some(diagnostic) = self.other_kind(kind, &name.text) {
                    diagnostics.push(diagnostic.at(name.at.span(path)));
                    return None;
                }
                self.create(kind, name, path)
            }
            [only] => *only,
            several => {
                self.ambiguous(kind, name, several, path, diagnostics);
                return None;
            }
        };
        self.met[kind].insert(name.text.clone(), found);
        Some(found)
    }

    /// What is to be said of a name that serves the search alone, and means nothing where it is written.
    pub(super) fn hidden_alias(&self, kind: usize, name: &str) -> Option<Diagnostic> {
        let of = self.hidden.get(&(kind, fold_name(name)))?;
        let diagnostic = Diagnostic::error("hidden-alias", format!("`{name}` is a hidden alias of `{of}`"));
        Some(diagnostic.help(format!("write `{of}`")))
    }

    /// What is to be said of `location:Cuba` where another kind is named.
    fn other_kind(&self, kind: usize, name: &str) -> Option<Diagnostic> {
        let (word, rest) = name.split_once(':')?;
        let other = &self.settings.kinds[self.settings.kind_named(word).filter(|other| *other != kind)?];
        let message = format!("`{name}` is no {}", self.settings.kinds[kind].name);
        let help = format!("list `{}` under `{}`", rest.trim(), other.key);
        Some(Diagnostic::error("other-kind", message).help(help))
    }

    /// `location:Cuba` among locations is `Cuba`, as it is in prose.
    fn without_kind<'n>(&self, kind: usize, name: &'n str) -> &'n str {
        match name.split_once(':') {
            Some((word, rest)) if word == self.settings.kinds[kind].name => rest.trim(),
            _ => name,
        }
    }

    fn create(&mut self, kind: usize, name: &Name, path: &SourcePath) -> EntityIx {
        let place = EntityIx::new(self.entities.len());
        let text = self.without_kind(kind, &name.text).to_owned();
        let slug = segment(&text);
        let mut entity = Entity::new(kind, text.clone(), slug, &self.settings.kinds[kind].path);
        entity.has_page = kind != ACTOR || !self.settings.pages_for_profiled_people_only;
        entity.origin = Some(name.at.span(path));
        self.entities.push(entity);
        self.name(kind, &text, 0, place);
        place
    }

    fn ambiguous(
        &self,
        kind: usize,
        name: &Name,
        places: &[EntityIx],
        path: &SourcePath,
        diagnostics: &mut Diagnostics,
    ) {
        let mut diagnostic = Diagnostic::error(
            "ambiguous-name",
            format!("`{}` is a name of more than one {}", name.text, self.settings.kinds[kind].name),
        )
        .at(name.at.span(path));
        let mut ids = Vec::new();
        for place in places {
            if let Some(profile) = &self.entities[place.get()].profile {
                ids.push(profile.document.id.clone());
                diagnostic =
                    diagnostic.related(crate::diagnostics::Span::file(&profile.document.path), "one of them");
            }
        }
        let ids = crate::diagnostics::one_of(ids.iter().map(String::as_str));
        diagnostics.push(diagnostic.help(format!("write the id that is meant: {ids}")));
    }

    /// The party with its actor resolved; an ambiguous actor stays as words.
    pub(super) fn party(
        &mut self,
        party: &documents::Party,
        path: &SourcePath,
        diagnostics: &mut Diagnostics,
    ) -> Party {
        match party {
            documents::Party::Actor(name) => match self.resolve(ACTOR, name, path, diagnostics) {
                Some(actor) => Party::Actor(actor),
                None => Party::Unnamed { words: name.text.clone(), of: None },
            },
            documents::Party::Unnamed(unnamed) => Party::Unnamed {
                words: unnamed.words.clone(),
                of: unnamed.of.as_ref().and_then(|of| self.resolve(ACTOR, of, path, diagnostics)),
            },
        }
    }

    /// Lets go of what only front matter needs.
    pub(super) fn close(&mut self) {
        self.met = Vec::new();
    }

    /// How many entities have a profile.
    pub(super) fn profiled(&self) -> usize {
        self.profiled
    }
}
