//! What gives a thing away that is kept back: where it is written, its ids, its titles, and whom it names.

use std::ops::Range;

use super::Secret;
use crate::{
    documents::{
        Body, Briefing, Citation, Claim, Correction, Event, Figure, Finding, Head, Name, Page, Party,
        Profile, Relation, Response, Source, Translation, file_slug, markdown::Target,
    },
    model::{LocalId, Marking},
};

/// Something that may be kept back by its own marking.
pub(super) trait Marked {
    /// The marking.
    fn marking(&self) -> &Marking;

    /// The bytes of its file that it is written in.
    fn bytes(&self) -> Range<usize>;

    /// What gives it away besides its words.
    fn secrets(&self) -> Vec<Secret>;
}

macro_rules! marked {
    ($($type:ty),+) => {
        $(impl Marked for $type {
            fn marking(&self) -> &Marking {
                &self.marking
            }

            fn bytes(&self) -> Range<usize> {
                self.at.range()
            }

            fn secrets(&self) -> Vec<Secret> {
                let mut secrets = Secrets::default();
                secrets.add(self);
                secrets.0
            }
        })+
    };
}

marked!(Claim, Correction, Event, Figure, Finding, Response);

impl Marked for (LocalId, Source) {
    fn marking(&self) -> &Marking {
        &self.1.marking
    }

    fn bytes(&self) -> Range<usize> {
        of_source(&self.1)
    }

    fn secrets(&self) -> Vec<Secret> {
        source(&self.0, &self.1)
    }
}

/// The bytes of a source with its id.
pub(super) fn of_source(source: &Source) -> Range<usize> {
    let (key, value) = (source.key.range(), source.at.range());
    key.start.min(value.start)..key.end.max(value.end)
}

/// What gives a source away.
pub(super) fn source(id: &LocalId, source: &Source) -> Vec<Secret> {
    let mut secrets = Secrets::default();
    secrets.id(id.as_str());
    secrets.add(source);
    secrets.0
}

/// What gives a whole briefing away.
pub(super) fn briefing(briefing: &Briefing) -> Vec<Secret> {
    // One by one, so that a further field is not forgotten: here, and if it can be marked in `parts` and in `outlook`.
    let Briefing { head, body } = briefing;
    let Head {
        path,
        id,
        title,
        summary,
        authors,
        generated,
        reviewed_by,
        slug,
        aliases,
        tags,
        events,
        claims,
        responses,
        findings,
        sources,
        corrections,
        date: _,
        published: _,
        updated: _,
        expires: _,
        language: _,
        image: _,
        license: _,
        template: _,
        extra: _,
        noindex: _,
        marking: _,
        // They are kept back as the files that they are.
        translations: _,
        rivals: _,
    } = &**head;
    let mut secrets = Secrets::default();
    secrets.id(id.as_str());
    secrets.id(path.stem());
    secrets.id(&file_slug(path));
    secrets.ids(slug);
    secrets.ids(aliases.iter().map(|alias| &alias.text));
    secrets.titles([title]);
    secrets.texts(summary);
    secrets.names(tags.values().flatten());
    secrets.called(authors.iter().chain(generated).chain(reviewed_by));
    secrets.all(events);
    secrets.all(claims);
    secrets.all(responses);
    secrets.all(findings);
    secrets.all(corrections);
    for (id, source) in sources {
        secrets.id(id.as_str());
        secrets.add(source);
    }
    secrets.body(body);
    secrets.0
}

/// What gives a translation away.
pub(super) fn translation(translation: &Translation) -> Vec<Secret> {
    let mut secrets = Secrets::default();
    secrets.titles([&translation.title]);
    secrets.texts(&translation.summary);
    secrets.texts(translation.texts.values().map(|text| &text.value));
    secrets.body(&translation.body);
    secrets.0
}

/// What gives a profile away.
pub(super) fn profile(profile: &Profile) -> Vec<Secret> {
    let mut secrets = Secrets::default();
    secrets.id(&profile.id);
    secrets.ids(&profile.slug);
    secrets.ids(profile.former_ids.iter().map(|id| &id.text));
    secrets.called(profile.all_names().filter(|name| *name != profile.id));
    secrets.names(&profile.hidden_aliases);
    secrets.called(&profile.sort_name);
    secrets.texts(profile.description.iter().chain(&profile.status_note));
    secrets.ids(&profile.wikidata);
    secrets.relations(profile.parent.iter().chain(profile.relations.values().flatten()));
    secrets.body(&profile.body);
    secrets.0
}

/// What gives a marked field of a profile away.
pub(super) fn field(profile: &Profile, field: &str) -> Vec<Secret> {
    let mut secrets = Secrets::default();
    match field {
        "aliases" => secrets.names(&profile.aliases),
        "previous_names" => secrets.relations(&profile.previous_names),
        "weak_aliases" => secrets.names(&profile.weak_aliases),
        "hidden_aliases" => secrets.names(&profile.hidden_aliases),
        "names" => secrets.called(profile.names.values()),
        "name" | "title" => secrets.called([&profile.name]),
        "sort_name" => secrets.called(&profile.sort_name),
        "parent" => secrets.relations(&profile.parent),
        "id" => secrets.id(&profile.id),
        "slug" => secrets.ids(&profile.slug),
        "former_ids" => secrets.ids(profile.former_ids.iter().map(|id| &id.text)),
        "wikidata" => secrets.ids(&profile.wikidata),
        "same_as" => secrets.names(&profile.same_as),
        "status_note" => secrets.texts(&profile.status_note),
        "description" | "summary" => secrets.texts(&profile.description),
        other => secrets.relations(profile.relations.get(other).into_iter().flatten()),
    }
    secrets.0
}

/// What gives a page away.
pub(super) fn page(page: &Page) -> Vec<Secret> {
    let mut secrets = Secrets::default();
    secrets.id(page.path.stem());
    secrets.id(&page.address);
    secrets.ids(page.aliases.iter().map(|alias| &alias.text));
    secrets.titles([&page.title]);
    secrets.texts(&page.summary);
    secrets.body(&page.body);
    secrets.0
}

/// Whom stretches of prose name.
pub(super) fn prose(body: &Body, range: &Range<usize>) -> Vec<Secret> {
    let mut secrets = Secrets::default();
    secrets.prose(body, range);
    secrets.0
}

#[derive(Default)]
struct Secrets(Vec<Secret>);

impl Secrets {
    fn add(&mut self, thing: &impl Gives) {
        thing.give(self);
    }

    fn all<'a, T: Gives + 'a>(&mut self, things: impl IntoIterator<Item = &'a T>) {
        things.into_iter().for_each(|thing| thing.give(self));
    }

    fn id(&mut self, id: &str) {
        self.0.push(Secret::Id(id.into()));
    }

    fn ids(&mut self, ids: impl IntoIterator<Item = impl AsRef<str>>) {
        ids.into_iter().for_each(|id| self.id(id.as_ref()));
    }

    fn titles(&mut self, titles: impl IntoIterator<Item = impl AsRef<str>>) {
        self.0.extend(titles.into_iter().map(|title| Secret::Title(title.as_ref().into())));
    }

    fn texts(&mut self, texts: impl IntoIterator<Item = impl AsRef<str>>) {
        self.0.extend(texts.into_iter().map(|text| Secret::Text(text.as_ref().into())));
    }

    fn called(&mut self, names: impl IntoIterator<Item = impl AsRef<str>>) {
        self.0.extend(names.into_iter().map(|name| Secret::Name(name.as_ref().into())));
    }

    fn names<'a>(&mut self, names: impl IntoIterator<Item = &'a Name>) {
        self.called(names.into_iter().map(|name| &name.text));
    }

    fn relations<'a>(&mut self, relations: impl IntoIterator<Item = &'a Relation>) {
        self.names(relations.into_iter().map(|relation| &relation.name));
    }

    fn parties<'a>(&mut self, parties: impl IntoIterator<Item = &'a Party>) {
        for party in parties {
            if let Party::Unnamed(unnamed) = party {
                self.titles([&unnamed.words]);
            }
            self.names(party.tagged());
        }
    }

    fn cited<'a>(&mut self, citations: impl IntoIterator<Item = &'a Citation>) {
        self.ids(citations.into_iter().map(|citation| &citation.id.text));
    }

    fn body(&mut self, body: &Body) {
        self.prose(body, &(0..body.prose.text().len()));
    }

    fn prose(&mut self, body: &Body, range: &Range<usize>) {
        let inside = |at: &Range<usize>| range.start <= at.start && at.end <= range.end;
        for reference in body.outline.references.iter().filter(|reference| inside(&reference.range)) {
            match &reference.target {
                Target::Wiki { name, local, .. } => {
                    self.called([name]);
                    self.ids(local);
                }
                Target::Forbid(name) => self.called([name]),
                Target::Citation { id } => self.id(id),
                _ => {}
            }
        }
        // A heading is a title, and turns into an id.
        if inside(&(0..body.prose.text().len())) {
            self.titles(body.outline.headings.iter().map(|heading| &heading.text));
        }
    }
}

/// What has something that gives it away. Fields are named one by one, so that a further one is not forgotten here.
trait Gives {
    fn give(&self, secrets: &mut Secrets);
}

impl Gives for Claim {
    fn give(&self, secrets: &mut Secrets) {
        let Self {
            id,
            by,
            on_behalf_of,
            about,
            text,
            locations,
            told,
            via,
            sources,
            responses,
            findings,
            date: _,
            class: _,
            marking: _,
            at: _,
            in_prose: _,
        } = self;
        secrets.ids(id.as_ref().map(LocalId::as_str));
        secrets.texts([text]);
        secrets.parties(by.iter().chain(on_behalf_of).chain(about));
        secrets.names(locations);
        secrets.called(told.iter().chain(via));
        secrets.cited(sources);
        secrets.all(responses);
        secrets.all(findings);
    }
}

impl Gives for Event {
    fn give(&self, secrets: &mut Secrets) {
        let Self {
            id,
            text,
            per,
            actors,
            locations,
            figures,
            sources,
            // A telling names what others wrote.
            tells: _,
            date: _,
            status: _,
            marking: _,
            at: _,
            in_prose: _,
        } = self;
        secrets.ids(id.as_ref().map(LocalId::as_str));
        secrets.texts([text]);
        secrets.parties(actors.iter().map(|(party, _)| party).chain(per));
        secrets.names(locations);
        secrets.cited(sources);
        secrets.all(figures);
    }
}

impl Gives for Figure {
    fn give(&self, secrets: &mut Secrets) {
        let Self { what, per, sources, value: _, min: _, max: _, date: _, marking: _, at: _ } = self;
        secrets.texts([what]);
        secrets.parties(per);
        secrets.cited(sources);
    }
}

impl Gives for Response {
    fn give(&self, secrets: &mut Secrets) {
        let Self { by, on_behalf_of, text, sources, claim: _, stance: _, date: _, marking: _, at: _ } = self;
        secrets.texts(text);
        secrets.parties(by.iter().chain(on_behalf_of));
        secrets.cited(sources);
    }
}

impl Gives for Finding {
    fn give(&self, secrets: &mut Secrets) {
        let Self { note, sources, claim: _, status: _, confidence: _, date: _, marking: _, at: _ } = self;
        secrets.texts([note]);
        secrets.cited(sources);
    }
}

impl Gives for Correction {
    fn give(&self, secrets: &mut Secrets) {
        let Self { text, date: _, kind: _, of: _, marking: _, at: _ } = self;
        secrets.texts([text]);
    }
}

impl Gives for Source {
    fn give(&self, secrets: &mut Secrets) {
        let Self {
            title,
            publisher,
            url,
            archived,
            sha256,
            credit,
            via,
            published: _,
            accessed: _,
            language: _,
            kind: _,
            marking: _,
            key: _,
            at: _,
        } = self;
        secrets.titles(title);
        secrets.called(publisher.iter().chain(credit).chain(via));
        secrets.titles(url.iter().chain(archived));
        secrets.ids(sha256);
    }
}
