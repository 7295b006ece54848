//! Sources, in lists and where they are cited.

use super::{
    context::{CitationView, SourceView},
    views::{Shown, Views},
};
use crate::{
    archive::{BriefingIx, PublisherIx, Rests},
    documents::Source,
    model::LocalId,
};

impl Views<'_> {
    /// Uses of a briefing's sources: by number on its own page, by name on all others.
    pub(super) fn citations(&self, briefing: BriefingIx, rests: &[Rests], shown: Shown) -> Vec<CitationView> {
        let sources = &self.archive[briefing].sources;
        let citation = |rests: &Rests| {
            let source = sources.get(rests.number - 1)?;
            let number = (shown == Shown::On(briefing)).then_some(rests.number);
            let url = self.part_url(briefing, &source_anchor(&source.0));
            Some(self.citation(number, rests.item, source, url))
        };
        rests.iter().filter_map(citation).collect()
    }

    /// A use of a source that stands at `url`, there under `number`; `item` is how credible the desk holds it.
    pub(super) fn citation(
        &self,
        number: Option<usize>,
        item: Option<u8>,
        (id, source): &(LocalId, Source),
        url: String,
    ) -> CitationView {
        CitationView {
            number,
            url,
            title: source_title(id, source).to_owned(),
            publisher: source.publisher.clone(),
            grade: item.and_then(|_| self.grade(source)),
            item: item.filter(|_| self.grades),
            label: self.label(source.marking.label()),
        }
    }

    pub(super) fn sources<'s>(
        &self,
        sources: &'s [(LocalId, Source)],
        cited: &[(usize, String)],
    ) -> Vec<SourceView<'s>> {
        sources.iter().enumerate().map(|(place, source)| self.source(place, source, cited)).collect()
    }

    /// A source at its place in a list, with the places that cite its number.
    pub(super) fn source<'s>(
        &self,
        place: usize,
        (id, source): &'s (LocalId, Source),
        cited: &[(usize, String)],
    ) -> SourceView<'s> {
        let publisher = self.publisher_of(source);
        SourceView {
            number: place + 1,
            anchor: source_anchor(id),
            title: source_title(id, source),
            publisher: source.publisher.as_deref(),
            publisher_url: publisher.map(|place| self.publisher_url(place).to_owned()),
            grade: publisher.and_then(|place| self.grade_of(place)),
            href: source.url.as_deref(),
            archived: source.archived.as_deref(),
            sha256: source.sha256.as_deref(),
            published: source.published.map(|date| self.date(date)),
            accessed: source.accessed.map(|date| self.date(date)),
            language: source.language.as_deref(),
            kind: source.kind.map(crate::model::SourceKind::word),
            credit: source.credit.as_deref(),
            via: &source.via,
            label: self.label(source.marking.label()),
            cited_at: cited
                .iter()
                .filter(|(number, _)| *number == place + 1)
                .map(|(_, id)| id.clone())
                .collect(),
        }
    }

    /// The publisher whose page lists `source`.
    fn publisher_of(&self, source: &Source) -> Option<PublisherIx> {
        let known = as_written(source).and_then(|name| self.publishers.get()?.get(name));
        known.copied().unwrap_or_else(|| self.archive.publisher_of(source))
    }

    /// How the desk grades the publisher of a source, where this edition shows it.
    fn grade(&self, source: &Source) -> Option<char> {
        if !self.grades {
            return None;
        }
        self.publisher_of(source).and_then(|place| self.grade_of(place))
    }

    /// How the desk grades a publisher, where this edition shows it.
    pub(super) fn grade_of(&self, publisher: PublisherIx) -> Option<char> {
        self.archive[publisher].grade.filter(|_| self.grades)
    }
}

/// The name that a source gives its publisher, by which alone it is then filed.
pub(super) fn as_written(source: &Source) -> Option<&str> {
    source.publisher.as_deref().filter(|name| !name.trim().is_empty())
}

/// The anchor of a source in a page's list.
pub(super) fn source_anchor(id: &LocalId) -> String {
    format!("source-{id}")
}

/// What a source is called: its title, its address, or at the least its id.
pub(super) fn source_title<'s>(id: &'s LocalId, source: &'s Source) -> &'s str {
    source.title.as_deref().or(source.url.as_deref()).unwrap_or(id.as_str())
}
