use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use super::publishers;
use crate::{
    documents::{Body, Head, Publisher, Source, markdown::Target},
    model::LocalId,
};

/// The sources that briefings share, and what is known of publishers.
pub(super) struct Shared {
    sources: BTreeMap<LocalId, Source>,
    /// The names of publishers by their hosts, in lower case.
    publishers: FxHashMap<String, String>,
}

impl Shared {
    pub(super) fn of(sources: BTreeMap<LocalId, Source>, publishers: &BTreeMap<String, Publisher>) -> Self {
        let mut by_host = FxHashMap::default();
        for publisher in publishers.values() {
            for host in &publisher.host {
                by_host.entry(host.to_ascii_lowercase()).or_insert_with(|| publisher.name.clone());
            }
        }
        Self { sources, publishers: by_host }
    }

    /// Names the publisher of a source that names none, by the host of its address: the one who has that host, else
    /// the nearest domain above it.
    fn name_publisher(&self, source: &mut Source) {
        if self.publishers.is_empty() || source.publisher.is_some() {
            return;
        }
        let Some(host) = source.url.as_deref().and_then(publishers::host) else { return };
        let domains = std::iter::successors(Some(host.as_str()), |domain| Some(domain.split_once('.')?.1));
        source.publisher = domains.into_iter().find_map(|domain| self.publishers.get(domain)).cloned();
    }
}

/// A briefing's own sources in the order written, then the shared ones in the order cited; its text has `cited` those.
pub(super) fn sources_of(document: &mut Head, cited: &[Box<str>], shared: &Shared) -> Vec<(LocalId, Source)> {
    let mut sources = std::mem::take(&mut document.sources);
    for (_, source) in &mut sources {
        shared.name_publisher(source);
    }
    if shared.sources.is_empty() {
        return sources;
    }
    let in_claims = document.claims.iter().flat_map(|claim| {
        let responses = claim.responses.iter().flat_map(|response| &response.sources);
        claim
            .sources
            .iter()
            .chain(responses)
            .chain(claim.findings.iter().flat_map(|finding| &finding.sources))
    });
    let in_events = document
        .events
        .iter()
        .flat_map(|event| event.sources.iter().chain(event.figures.iter().flat_map(|f| &f.sources)));
    let apart = document
        .responses
        .iter()
        .flat_map(|r| &r.sources)
        .chain(document.findings.iter().flat_map(|f| &f.sources));
    let ids: Vec<&str> = in_events.chain(in_claims).chain(apart).map(|citation| &*citation.id.text).collect();
    let translations = document.translations.values().flat_map(|translation| cited_in(&translation.body));
    cite(&mut sources, ids.into_iter().chain(cited.iter().map(|id| &**id)).chain(translations), shared);
    sources
}

pub(super) fn cited_in(body: &Body) -> impl Iterator<Item = &str> {
    body.outline.references.iter().filter_map(|reference| match &reference.target {
        Target::Citation { id } => Some(&**id),
        _ => None,
    })
}

pub(super) fn cite<'a>(
    sources: &mut Vec<(LocalId, Source)>,
    ids: impl Iterator<Item = &'a str>,
    shared: &Shared,
) {
    for id in ids.filter_map(LocalId::new) {
        if let Some(source) = shared.sources.get(&id)
            && !sources.iter().any(|(known, _)| *known == id)
        {
            let mut source = source.clone();
            shared.name_publisher(&mut source);
            sources.push((id, source));
        }
    }
}
