use tera::Value;

use super::{
    Failed, Filled, Renderer,
    bodies::{self, Drawn},
    context::{
        AlternateView, BriefingView, ClaimView, CorrectionView, CrumbView, DateView, Dated, EventView,
        PageRef, PartView, RelatedView, RenditionView, TagsView, direction, value,
    },
    json_ld, license_url, named,
    sources::source_anchor,
    views::Shown,
};
use crate::{
    archive::{Briefing, BriefingIx, ClaimIx, EntityIx, EventIx, Relative},
    documents::{Translation, markdown::FormSort},
    model::{Published, Tlp},
    pages::{LINKED_SHOWN, ListOf, Page},
};

impl Renderer<'_> {
    /// A briefing, or its rendition in `language`.
    pub(super) fn briefing(
        &self,
        page: &Page,
        place: BriefingIx,
        language: Option<&String>,
    ) -> Result<Filled, Failed> {
        let briefing = &self.studio.archive[place];
        let translation = language.and_then(|language| briefing.released.document.translations.get(language));
        let view = self.briefing_view(page, place, translation);
        let own = briefing.released.document.language.as_deref();
        let language = translation.map(|t| t.language.as_str()).or(own);
        let mut page_view = self.view(page, "briefing", view.title, language);
        page_view.label = self.labels.briefing(place, translation).map(Tlp::label);
        page_view.crumbs = vec![self.home_crumb(), self.briefings_crumb()];
        page_view.description = view.summary.map_or_else(|| self.described(&view), words_of);
        page_view.alternates = alternates(&view, page_view.canonical.as_ref(), page_view.language);
        page_view.json_ld = json_ld::briefing(&page_view, &view, briefing, self.studio, &self.views);
        let template = match &briefing.released.document.template {
            Some(name) if self.studio.theme.has(&name.text) => &*name.text,
            Some(name) => {
                return Err(Box::new(self.studio.theme.missing(&name.text, name.at.span(briefing.path()))));
            }
            None => "briefing.html",
        };
        self.fill(template, page, &page_view, vec![named("briefing", &view)])
    }

    /// A briefing without a summary, in counts.
    fn described(&self, view: &BriefingView<'_>) -> String {
        let count = |number: usize| number.to_string();
        self.views.words.fill(
            "describe_briefing",
            &[
                ("title", view.title),
                ("date", &view.date.text),
                ("authors", &view.authors.join(", ")),
                ("events", &count(view.events.len())),
                ("claims", &count(view.claims.len())),
                ("sources", &count(view.sources.len())),
            ],
        )
    }

    pub(super) fn briefings_crumb(&self) -> CrumbView {
        CrumbView { name: self.word("briefings").to_owned(), url: self.studio.addresses.rest("briefings/") }
    }

    fn briefing_view<'v>(
        &'v self,
        page: &Page,
        place: BriefingIx,
        translation: Option<&'v Translation>,
    ) -> BriefingView<'v> {
        let briefing = &self.studio.archive[place];
        let document = &briefing.released.document;
        let (views, here) = (&self.views, Shown::On(place));
        let text = bodies::Text {
            written: bodies::shown_by(&page.content, self.studio.archive),
            sources: &briefing.sources,
            taken: &self.anchors(briefing),
        };
        let drawn = bodies::draw(&text, &page.path, views);
        let (claims, events) = self.accounts(place, translation);
        let html = Value::safe_string(&drawn.html);
        let mut cited = drawn.cited.clone();
        cited.extend(views.cited_by_parts(place));
        BriefingView {
            id: document.id.as_str(),
            title: translation.map_or(&document.title, |translation| &translation.title),
            summary: translation
                .map_or(document.summary.as_deref(), |translation| translation.summary.as_deref()),
            url: views.briefing_url(place),
            date: views.day(document.date.day()),
            published: self.published(document.published),
            updated: document.updated.map(|updated| self.published(updated)),
            authors: if document.authors.is_empty() {
                vec![self.studio.settings.publisher.as_str()]
            } else {
                document.authors.iter().map(String::as_str).collect()
            },
            generated: document.generated.as_deref(),
            reviewed_by: document.reviewed_by.as_deref(),
            license: document.license.as_deref().or(self.studio.settings.license.as_deref()),
            license_url: document
                .license
                .as_deref()
                .or(self.studio.settings.license.as_deref())
                .and_then(license_url),
            parts: parts(&drawn, &html, &claims, &events),
            body: html,
            claims_apart: claims.iter().filter(|claim| !claim.in_text).count(),
            events_apart: events.iter().filter(|event| !event.in_text).count(),
            headings: drawn.headings,
            tags: self.tags(briefing),
            events,
            claims,
            responses: briefing
                .responses
                .iter()
                .filter(|(claim, _)| views.is_apart(*claim, place))
                .map(|(claim, response)| views.response(response, *claim, here))
                .collect(),
            findings: briefing
                .findings
                .iter()
                .filter(|(claim, _)| views.is_apart(*claim, place))
                .map(|(claim, finding)| views.finding(finding, *claim, here))
                .collect(),
            sources: views.sources(&briefing.sources, &cited),
            corrections: views.notes(&briefing.notes),
            renditions: self.renditions(place, translation),
            names: self.with_page(&views.archive.reading(place).names),
            related: briefing.related.iter().map(|relative| self.related(relative)).collect(),
            linked_from: self.excerpt(
                ListOf::LinkedFrom(place),
                views
                    .archive
                    .linked_from(place)
                    .iter()
                    .rev()
                    .take(LINKED_SHOWN)
                    .map(|from| self.views.card(*from)),
            ),
            extra: &document.extra,
        }
    }

    /// The claims and events of a briefing. A translation holds the words of some, and none in its text.
    fn accounts<'v>(
        &'v self,
        place: BriefingIx,
        translation: Option<&'v Translation>,
    ) -> (Vec<ClaimView<'v>>, Vec<EventView<'v>>) {
        let (archive, views) = (self.studio.archive, &self.views);
        let (briefing, here) = (&archive[place], Shown::On(place));
        let claim = |place: &ClaimIx| {
            let claim = views.claim(*place, here);
            match translation {
                Some(other) => {
                    ClaimView { text: translated(other, claim.anchor).unwrap_or(claim.text), ..claim }
                }
                None => ClaimView { in_text: archive[*place].in_prose, ..claim },
            }
        };
        let event = |place: &EventIx| {
            let event = views.event(*place, here);
            match translation {
                Some(other) => {
                    EventView { text: translated(other, event.anchor).unwrap_or(event.text), ..event }
                }
                None => EventView { in_text: archive[*place].in_prose, ..event },
            }
        };
        (briefing.claims.iter().map(claim).collect(), briefing.events.iter().map(event).collect())
    }

    /// Those of `entities` that have a page.
    fn with_page(&self, entities: &[EntityIx]) -> Vec<Value> {
        let shown = entities.iter().filter(|place| self.studio.archive[**place].has_page);
        shown.map(|place| self.views.entity(*place)).collect()
    }

    /// A related briefing with the reason.
    fn related(&self, relative: &Relative) -> RelatedView {
        let more = (relative.more > 0).then(|| relative.more.to_string());
        RelatedView {
            briefing: self.views.card(relative.briefing),
            shared: self.with_page(&relative.shared),
            more: more.map(|count| self.views.words.fill("shares_more", &[("count", &count)])),
        }
    }

    /// Ids that a briefing's page has outside its text.
    fn anchors(&self, briefing: &Briefing) -> Vec<String> {
        let archive = self.studio.archive;
        let claims = briefing.claims.iter().map(|place| archive[*place].anchor.clone());
        let events = briefing.events.iter().map(|place| archive[*place].anchor.clone());
        let sources = briefing.sources.iter().map(|(id, _)| source_anchor(id));
        let sections = [
            ("corrections", !briefing.notes.is_empty()),
            ("claims", !briefing.claims.is_empty()),
            ("answers", !briefing.responses.is_empty() || !briefing.findings.is_empty()),
            ("events", !briefing.events.is_empty()),
        ];
        let sections = sections.into_iter().filter(|(_, stands)| *stands).map(|(id, _)| id.to_owned());
        claims.chain(events).chain(sources).chain(sections).collect()
    }

    fn published(&self, published: Published) -> DateView {
        let day = self.views.day(published.day());
        if !published.has_time() {
            return day;
        }
        let datetime = Some(published.rfc3339(self.studio.settings.timezone));
        Dated { datetime, shared: None, ..Dated::clone(&day) }.into()
    }

    fn tags(&self, briefing: &Briefing) -> Vec<TagsView> {
        let kinds = &self.studio.settings.kinds;
        let mut tags: Vec<TagsView> = Vec::new();
        for place in &briefing.tags {
            let kind = &kinds[self.studio.archive[*place].kind];
            let entity = self.views.entity(*place);
            match tags.last_mut() {
                Some(last) if last.kind == kind.name => last.entities.push(entity),
                _ => tags.push(TagsView {
                    kind: kind.name.clone(),
                    plural: kind.plural.clone(),
                    entities: vec![entity],
                }),
            }
        }
        tags
    }

    /// The other languages of a briefing; on a translation, the original too.
    fn renditions(&self, place: BriefingIx, translation: Option<&Translation>) -> Vec<RenditionView> {
        let briefing = &self.studio.archive[place];
        let document = &briefing.released.document;
        let rendition = |language: &str, address: &str, title: &str| RenditionView {
            language: language.to_owned(),
            direction: direction(language),
            url: self.studio.addresses.rest(address),
            title: title.to_owned(),
            absolute: self.studio.addresses.absolute(address),
        };
        if document.translations.is_empty() {
            return Vec::new();
        }
        let own = document.language.as_deref().unwrap_or(&self.studio.settings.language);
        let mut renditions = vec![rendition(own, &briefing.address, &document.title)];
        for (language, other) in &document.translations {
            renditions.push(rendition(language, &format!("{}{language}/", briefing.address), &other.title));
        }
        let here = translation.map_or(own, |translation| translation.language.as_str());
        renditions.retain(|rendition| rendition.language != here);
        renditions
    }

    /// What is left of a retracted briefing: when, and why.
    pub(super) fn tombstone(&self, page: &Page, place: usize) -> Result<Filled, Failed> {
        let tombstone = &self.studio.archive.tombstones[place].tombstone;
        let title = self.word("retracted").to_owned();
        let mut view = self.view(page, "tombstone", &title, tombstone.language.as_deref());
        view.crumbs = vec![self.home_crumb(), self.briefings_crumb()];
        let (published, retracted) =
            (self.published(tombstone.published), self.views.date(tombstone.retraction.date));
        view.description = self.views.words.fill(
            "describe_tombstone",
            &[
                ("site", &self.studio.settings.title),
                ("published", &published.text),
                ("retracted", &retracted.text),
            ],
        );
        view.json_ld = json_ld::plain(&view, self.studio);
        let values = vec![
            named(
                "retraction",
                &CorrectionView {
                    date: retracted,
                    kind: tombstone.retraction.kind.word(),
                    text: &tombstone.retraction.text,
                    of: None,
                    label: self.views.label(tombstone.retraction.marking.label()),
                },
            ),
            named("published", &self.published(tombstone.published)),
        ];
        self.fill("tombstone.html", page, &view, values)
    }

    /// A page that is no briefing.
    pub(super) fn standing(&self, page: &Page, place: usize) -> Result<Filled, Failed> {
        let standing = &self.studio.archive.pages[place];
        let document = &standing.released.document;
        let anchors: Vec<String> = standing.sources.iter().map(|(id, _)| source_anchor(id)).collect();
        let text = bodies::Text {
            written: bodies::shown_by(&page.content, self.studio.archive),
            sources: &standing.sources,
            taken: &anchors,
        };
        let drawn = bodies::draw(&text, &page.path, &self.views);
        let mut view = self.view(page, "page", &document.title, document.language.as_deref());
        view.label = self.labels.standing(place).map(Tlp::label);
        view.crumbs = vec![self.home_crumb()];
        view.description = match &document.summary {
            Some(summary) => words_of(summary),
            None => self.views.words.fill(
                "describe_page",
                &[
                    ("title", &document.title),
                    ("site", &self.studio.settings.title),
                    ("publisher", &self.studio.settings.publisher),
                ],
            ),
        };
        view.json_ld = json_ld::plain(&view, self.studio);
        let values = vec![
            ("body", Value::safe_string(&drawn.html)),
            named("headings", &drawn.headings),
            named("sources", &self.views.sources(&standing.sources, &drawn.cited)),
            named("extra", &document.extra),
            named(
                "link",
                &PageRef {
                    title: document.title.clone(),
                    url: self.studio.addresses.rest(&standing.address),
                },
            ),
        ];
        match &document.template {
            Some(name) if self.studio.theme.has(&name.text) => self.fill(&name.text, page, &view, values),
            Some(name) => Err(Box::new(self.studio.theme.missing(&name.text, name.at.span(&document.path)))),
            None => self.fill("page.html", page, &view, values),
        }
    }
}

/// The text with the claims and events that are written in it: the nth of either stands at the nth cut of its sort.
fn parts(drawn: &Drawn, body: &Value, claims: &[ClaimView<'_>], events: &[EventView<'_>]) -> Vec<PartView> {
    if drawn.cuts.is_empty() {
        return vec![PartView { html: Some(body.clone()), ..PartView::default() }];
    }
    let mut claims = claims.iter().filter(|claim| claim.in_text);
    let mut events = events.iter().filter(|event| event.in_text);
    let mut parts = Vec::new();
    let mut from = 0;
    let mut html = |to: usize, parts: &mut Vec<PartView>| {
        let piece = &drawn.html[std::mem::replace(&mut from, to)..to];
        if !piece.trim().is_empty() {
            parts.push(PartView { html: Some(Value::safe_string(piece)), ..PartView::default() });
        }
    };
    for cut in &drawn.cuts {
        html(cut.at, &mut parts);
        let (claim, event) = match cut.sort {
            FormSort::Claim => (claims.next().map(value), None),
            FormSort::Event => (None, events.next().map(value)),
        };
        // One that could not be read has been reported, and stands nowhere.
        if claim.is_some() || event.is_some() {
            parts.push(PartView { html: None, claim, event, marked: cut.label });
        }
    }
    html(drawn.html.len(), &mut parts);
    parts
}

/// A briefing in each of its languages, the one of this page too.
fn alternates(view: &BriefingView<'_>, canonical: Option<&String>, language: &str) -> Vec<AlternateView> {
    let own = canonical.filter(|_| !view.renditions.is_empty());
    let Some(own) = own else { return Vec::new() };
    let others = view.renditions.iter().filter_map(|rendition| {
        Some(AlternateView { language: rendition.language.clone(), href: rendition.absolute.clone()? })
    });
    let mut alternates = vec![AlternateView { language: language.to_owned(), href: own.clone() }];
    alternates.extend(others);
    alternates.sort_by(|one, other| one.language.cmp(&other.language));
    alternates
}

/// A text on one line.
fn words_of(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A translation's text of the part with this anchor.
fn translated<'t>(translation: &'t Translation, anchor: &str) -> Option<&'t str> {
    translation.texts.iter().find(|(id, _)| id.as_str() == anchor).map(|(_, text)| text.value.as_str())
}
