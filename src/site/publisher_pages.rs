use std::ops::Range;

use super::{
    Failed, Filled, Renderer,
    context::{CrumbView, PageRef, PagerView, PublisherRow, PublisherView, WorkView},
    json_ld,
    list_pages::MOST_PARTS,
    named,
    views::Views,
};
use crate::{
    archive::{BriefingIx, PublisherIx, Rests, Work},
    pages::{INDEX_PER_PAGE, Page, Part},
};

/// How many of the briefings that cite a source its publisher's page lists.
const CITED_IN: usize = 25;

impl Renderer<'_> {
    /// A part of the index of publishers.
    pub(super) fn publishers(
        &self,
        page: &Page,
        number: usize,
        items: Range<usize>,
    ) -> Result<Filled, Failed> {
        let archive = self.studio.archive;
        let listed = archive.publishers.len();
        let pages = listed.div_ceil(INDEX_PER_PAGE);
        let at = |number: usize| {
            let address = if number == 1 { "sources/".to_owned() } else { format!("sources/page/{number}/") };
            self.studio.addresses.rest(&address)
        };
        let rows: Vec<PublisherRow<'_>> = archive.publishers[items.clone()]
            .iter()
            .map(|publisher| PublisherRow {
                name: &publisher.name,
                url: self.studio.addresses.rest(&publisher.address),
                sources: publisher.works.len(),
                briefings: publisher.briefings,
            })
            .collect();
        let title = match number {
            1 => self.word("sources").to_owned(),
            _ => format!("{}, {} {number}", self.word("sources"), self.word("page")),
        };
        let mut view = self.view(page, "publishers", &title, None);
        view.crumbs = vec![self.home_crumb()];
        view.description = self.views.words.fill(
            "describe_publishers",
            &[("title", &title), ("site", &self.studio.settings.title), ("count", &listed.to_string())],
        );
        view.json_ld = json_ld::list(&view, self.studio);
        let part = |place: usize| PageRef {
            title: archive.publishers[place * INDEX_PER_PAGE].name.clone(),
            url: at(place + 1),
        };
        let parts =
            if (2..=MOST_PARTS).contains(&pages) { (0..pages).map(part).collect() } else { Vec::new() };
        let pager = PagerView {
            number: Some(number),
            numbered: pages,
            newer: (number > 1).then(|| at(number - 1)),
            older: (items.end < listed).then(|| at(number + 1)),
            parts,
        };
        let values = vec![
            named("publishers", &rows),
            named("unfiled", &archive.unfiled.len()),
            named("pager", &pager),
        ];
        self.fill("publishers.html", page, &view, values)
    }

    /// A publisher with a part of what briefings cite of it.
    pub(super) fn publisher(&self, page: &Page, place: PublisherIx, part: &Part) -> Result<Filled, Failed> {
        let publisher = &self.studio.archive[place];
        let title = self.part_title(&publisher.name, part);
        let mut view = self.view(page, "publisher", &title, None);
        view.crumbs = vec![
            self.home_crumb(),
            CrumbView { name: self.word("sources").to_owned(), url: self.studio.addresses.rest("sources/") },
        ];
        let (sources, briefings) = (publisher.works.len(), publisher.briefings);
        view.description = self.views.words.fill(
            "describe_publisher",
            &[
                ("title", &title),
                ("site", &self.studio.settings.title),
                ("sources", &sources.to_string()),
                ("briefings", &briefings.to_string()),
            ],
        );
        view.json_ld = json_ld::list(&view, self.studio);
        let described = PublisherView {
            name: &publisher.name,
            url: self.studio.addresses.rest(&publisher.address),
            grade: self.views.grade_of(place),
            actor: publisher.actor.map(|actor| self.views.entity(actor)),
            sources,
            briefings,
            works: publisher.works[part.items.clone()].iter().rev().map(|work| self.work(work)).collect(),
        };
        let pager = self.pager(&publisher.address, part);
        let values = vec![named("publisher", &described), named("pager", &pager)];
        self.fill("publisher.html", page, &view, values)
    }

    fn work<'v>(&'v self, work: &Work) -> WorkView<'v> {
        let source = work.source(self.studio.archive);
        let newest = work.cited_in.iter().rev().take(CITED_IN);
        WorkView {
            source: self.views.source(work.place, source, &[]),
            briefings: newest.map(|place| self.views.card(*place)).collect(),
            more: work.cited_in.len().saturating_sub(CITED_IN),
        }
    }
}

impl Views<'_> {
    /// The claims and events of a briefing that cite each of its sources: numbers, and anchors of its page.
    pub(super) fn cited_by_parts(&self, place: BriefingIx) -> Vec<(usize, String)> {
        let archive = self.archive;
        let briefing = &archive[place];
        let mut cited: Vec<(usize, String)> = Vec::new();
        let mut cite = |anchor: &str, rests: &[Rests]| {
            for rests in rests {
                let mut of_this = cited.iter().rev().take_while(|(_, met)| met == anchor);
                if !of_this.any(|(number, _)| *number == rests.number) {
                    cited.push((rests.number, anchor.to_owned()));
                }
            }
        };
        for claim in briefing.claims.iter().map(|claim| &archive[*claim]) {
            cite(&claim.anchor, &claim.sources);
            // Answers and findings of other briefings cite the sources of those.
            for response in claim.responses.iter().filter(|response| response.briefing == place) {
                cite(&claim.anchor, &response.sources);
            }
            for finding in claim.findings.iter().filter(|finding| finding.briefing == place) {
                cite(&claim.anchor, &finding.sources);
            }
        }
        for (_, response) in briefing.responses.iter().filter(|(claim, _)| self.is_apart(*claim, place)) {
            cite("answers", &response.sources);
        }
        for (_, finding) in briefing.findings.iter().filter(|(claim, _)| self.is_apart(*claim, place)) {
            cite("answers", &finding.sources);
        }
        for event in briefing.events.iter().map(|event| &archive[*event]) {
            cite(&event.anchor, &event.sources);
            event.figures.iter().for_each(|(_, _, rests)| cite(&event.anchor, rests));
        }
        cited
    }
}
