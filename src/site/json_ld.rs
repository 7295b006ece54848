//! What a page is for machines: JSON-LD in the words of schema.org. It says nothing that the page does not show.

use tera::Value;

use super::{
    Studio,
    context::{
        BriefingView, ClaimView, EntityView, EventView, PageView, PartyView, ResponseView, SourceView,
    },
    json_writer::Writer,
    views::{Views, entity_type},
};
use crate::{
    archive::{Briefing, Claim, EntityIx},
    pages::{SEARCH, has_search},
    settings::{ACTOR, LOCATION},
};

const CONTEXT: &str = "{\"@context\":\"https://schema.org\",";

/// The first page.
pub(super) fn home(page: &PageView<'_>, studio: Studio<'_>) -> Option<Value> {
    let settings = studio.settings;
    let url = page.canonical.as_deref()?;
    let mut node = Writer::default();
    node.object("WebSite", |node| {
        node.text("name", page.title);
        node.text("description", &page.description);
        node.text("url", url);
        node.text("inLanguage", page.language);
        node.child("publisher", "Organization", |node| node.text("name", &settings.publisher));
        if let Some(search) =
            studio.addresses.absolute(SEARCH).filter(|_| has_search(studio.archive, settings))
        {
            node.child("potentialAction", "SearchAction", |node| {
                node.child("target", "EntryPoint", |node| {
                    node.text("urlTemplate", &format!("{search}?q={{search_term_string}}"));
                });
            });
        }
    });
    Some(Value::safe_string(&format!("{CONTEXT}{}", &node.0[1..])))
}

/// A list of briefings or of entities.
pub(super) fn list(page: &PageView<'_>, studio: Studio<'_>) -> Option<Value> {
    graph("CollectionPage", page, studio, |node| described(node, page))
}

/// A page that is neither a list nor a briefing.
pub(super) fn plain(page: &PageView<'_>, studio: Studio<'_>) -> Option<Value> {
    graph("WebPage", page, studio, |node| described(node, page))
}

/// An entity with its timeline: a person, an organisation, a place; of all else the list alone.
pub(super) fn entity(
    page: &PageView<'_>,
    entity: &EntityView<'_>,
    kind: usize,
    studio: Studio<'_>,
) -> Option<Value> {
    let sort = match (kind, entity.entity_type) {
        (ACTOR, Some("person")) => Some("Person"),
        (ACTOR, Some("media")) => Some("NewsMediaOrganization"),
        (ACTOR, Some("government body")) => Some("GovernmentOrganization"),
        (ACTOR, Some("organisation" | "group")) => Some("Organization"),
        (ACTOR, Some("state")) | (LOCATION, Some("country")) => Some("Country"),
        (LOCATION, Some("city")) => Some("City"),
        (LOCATION, Some("region")) => Some("AdministrativeArea"),
        (LOCATION, _) => Some("Place"),
        _ => None,
    };
    graph("CollectionPage", page, studio, |node| {
        described(node, page);
        let Some(sort) = sort else { return };
        node.child("about", sort, |about| {
            about.text("name", entity.name);
            about.maybe("description", entity.description);
            about.texts("alternateName", entity.other_names.iter().map(|other| other.name.as_str()));
            let item = entity.facts.iter().filter_map(|fact| fact.href.as_deref());
            about.texts("sameAs", item.chain(entity.links.iter().map(|link| link.href)));
            if let Some(place) = entity.coordinates.as_ref().filter(|_| kind == LOCATION) {
                about.child("geo", "GeoCoordinates", |geo| {
                    geo.number("latitude", &place.latitude);
                    geo.number("longitude", &place.longitude);
                });
            }
            if kind == LOCATION
                && let Some(above) = page.crumbs.last().filter(|_| page.crumbs.len() > 2)
            {
                about.child("containedInPlace", "Place", |place| place.text("name", &above.name));
            }
        });
    })
}

/// A briefing with what it rests on, what it tells and what was corrected.
pub(super) fn briefing(
    page: &PageView<'_>,
    view: &BriefingView<'_>,
    briefing: &Briefing,
    studio: Studio<'_>,
    views: &Views<'_>,
) -> Option<Value> {
    let url = page.canonical.as_deref()?;
    let base = studio.addresses.absolute("")?;
    let publisher = studio.settings.publisher.as_str();
    let is_place = |place: &EntityIx| views.archive[*place].kind == LOCATION;
    graph("NewsArticle", page, studio, |node| {
        node.text("headline", view.title);
        node.text("description", &page.description);
        node.text("url", url);
        node.text("mainEntityOfPage", url);
        node.text("inLanguage", page.language);
        node.maybe("datePublished", view.published.datetime.as_deref());
        node.maybe("dateModified", changed(briefing, studio).as_deref());
        node.list("author", view.authors.iter(), |node, name| {
            let kind = if *name == publisher { "Organization" } else { "Person" };
            node.object(kind, |node| node.text("name", name));
        });
        node.child("publisher", "Organization", |node| node.text("name", publisher));
        node.maybe("license", view.license_url.as_deref());
        // Who has no page is in the briefing's words, and in no list of whom it is about.
        let tags = || briefing.tags.iter().filter(|place| views.archive[**place].has_page);
        let about = tags().filter(|place| !is_place(place));
        let about = about.map(|place| About::Entity(*place)).chain(view.events.iter().map(About::Event));
        node.list("about", about, |node, about| match about {
            About::Entity(place) => thing(node, place, views),
            About::Event(told) => event(node, told, &base, views),
        });
        let places = tags().filter(|place| is_place(place));
        node.list("contentLocation", places, |node, place| thing(node, *place, views));
        node.list("hasPart", view.claims.iter(), |node, said| claim(node, said, &base, views));
        node.list("citation", view.sources.iter(), citation);
        node.list("correction", view.corrections.iter(), |node, change| {
            node.object("CorrectionComment", |node| {
                node.text("text", change.text);
                node.maybe("datePublished", change.date.datetime.as_deref());
            });
        });
    })
}

/// A claim with its answers and what the desk finds. Only a finding is a review; what is derived from the record is not.
pub(super) fn said(
    page: &PageView<'_>,
    view: &ClaimView<'_>,
    of: &Claim,
    studio: Studio<'_>,
    views: &Views<'_>,
) -> Option<Value> {
    let base = studio.addresses.absolute("")?;
    let publisher = studio.settings.publisher.as_str();
    graph("WebPage", page, studio, |node| {
        described(node, page);
        node.key("mainEntity");
        claim(node, view, &base, views);
        node.list("hasPart", view.findings.iter(), |node, finding| {
            node.object("ClaimReview", |node| {
                node.maybe("url", page.canonical.as_deref());
                node.text("claimReviewed", &of.text);
                node.maybe("datePublished", finding.date.datetime.as_deref());
                node.child("author", "Organization", |node| node.text("name", publisher));
                node.text("reviewBody", finding.note);
                node.child("reviewRating", "Rating", |node| {
                    node.text("alternateName", views.words.get(&format!("finding_{}", finding.status)));
                    node.text("ratingExplanation", finding.note);
                });
                node.child("itemReviewed", "Claim", |node| {
                    node.text("text", &of.text);
                    speakers(node, &view.by);
                    node.maybe("dateCreated", view.date.datetime.as_deref());
                });
            });
        });
    })
}

/// When a briefing last changed after its publication, its corrections among what changed it.
fn changed(briefing: &Briefing, studio: Studio<'_>) -> Option<String> {
    let changed = Some(briefing.changed).filter(|changed| *changed > briefing.released.document.published)?;
    let has_time = changed.has_time();
    Some(if has_time { changed.rfc3339(studio.settings.timezone) } else { changed.day().to_string() })
}

/// What a briefing is about.
enum About<'a> {
    Entity(EntityIx),
    Event(&'a EventView<'a>),
}

fn described(node: &mut Writer, page: &PageView<'_>) {
    node.text("name", page.title);
    node.text("description", &page.description);
    node.maybe("url", page.canonical.as_deref());
    node.text("inLanguage", page.language);
}

/// A page's node, and the way that leads to the page, the page last.
fn graph(
    kind: &str,
    page: &PageView<'_>,
    studio: Studio<'_>,
    fields: impl FnOnce(&mut Writer),
) -> Option<Value> {
    let url = page.canonical.as_deref()?;
    let base = studio.addresses.absolute("")?;
    let mut out = Writer(format!("{CONTEXT}\"@graph\":["));
    out.object(kind, |node| {
        fields(node);
        node.maybe("conditionsOfAccess", page.label.map(|label| format!("TLP:{label}")).as_deref());
        node.child("isPartOf", "WebSite", |site| {
            site.text("name", &studio.settings.title);
            site.text("url", &base);
        });
    });
    out.0.push(',');
    let steps = page.crumbs.iter().map(|crumb| (crumb.name.as_str(), absolute(&base, &crumb.url)));
    let steps = steps.chain([(page.title, url.to_owned())]).enumerate();
    out.object("BreadcrumbList", |way| {
        way.list("itemListElement", steps, |way, (place, (name, item))| {
            way.object("ListItem", |step| {
                step.key("position");
                step.0.push_str(&(place + 1).to_string());
                step.text("name", name);
                step.text("item", &item);
            });
        });
    });
    out.0.push_str("]}");
    Some(Value::safe_string(&out.0))
}

/// A whole address; the rest of a link is encoded already.
fn absolute(base: &str, rest: &str) -> String {
    format!("{base}{}", rest.strip_suffix("index.html").unwrap_or(rest))
}

/// An entity, written once for all pages that are about it.
fn thing(node: &mut Writer, place: EntityIx, views: &Views<'_>) {
    let written = views.things[place.get()].get_or_init(|| {
        let mut node = Writer::default();
        describe(&mut node, place, views);
        node.0.into_boxed_str()
    });
    node.0.push_str(written);
}

fn describe(node: &mut Writer, place: EntityIx, views: &Views<'_>) {
    let entity = &views.archive[place];
    let kind = match (entity.kind, entity_type(entity)) {
        (ACTOR, Some("person")) => "Person",
        (ACTOR, Some("state")) => "Country",
        (ACTOR, Some("organisation" | "group" | "media" | "government body")) => "Organization",
        (LOCATION, _) => "Place",
        _ => "Thing",
    };
    node.object(kind, |node| {
        node.text("name", &entity.name);
        node.maybe("url", views.addresses.absolute(&entity.address).as_deref());
    });
}

/// A speaker whom the source names and whose profile says what he is, by that and by name.
fn speaker(party: &PartyView) -> Option<(&'static str, &str)> {
    match party.entity_type? {
        "person" => Some(("Person", &party.name)),
        "organisation" | "group" | "media" | "government body" => Some(("Organization", &party.name)),
        _ => None,
    }
}

/// Those of the speakers whom the source names and whose profile says what they are.
fn speakers(node: &mut Writer, parties: &[PartyView]) {
    node.list("author", parties.iter().filter_map(speaker), |node, (kind, name)| {
        node.object(kind, |node| node.text("name", name));
    });
}

fn claim(node: &mut Writer, said: &ClaimView<'_>, base: &str, views: &Views<'_>) {
    let kind = if said.has_truth_value { "Claim" } else { "Statement" };
    node.object(kind, |node| {
        node.text("text", said.text);
        node.text("description", &said.status_text);
        node.text("url", &absolute(base, &said.url));
        speakers(node, &said.by);
        node.maybe("dateCreated", said.date.datetime.as_deref());
        node.list("comment", said.responses.iter(), |node, answer| {
            node.object("Comment", |node| node.text("text", &response(answer, views)));
        });
    });
}

/// An answer in one sentence, so that no claim is read without it.
fn response(answer: &ResponseView<'_>, views: &Views<'_>) -> String {
    let stance = views.words.get(&format!("stance_{}", answer.stance));
    let names: Vec<&str> = answer.by.iter().map(|party| party.name.as_str()).collect();
    let text = format!("{stance} {} ({})", names.join(", "), answer.date.text);
    answer.text.map_or_else(|| text.clone(), |said| format!("{text}: {said}"))
}

fn event(node: &mut Writer, told: &EventView<'_>, base: &str, views: &Views<'_>) {
    node.object("Event", |node| {
        node.text("name", told.text);
        node.text("url", &absolute(base, &told.url));
        if !told.per.is_empty() {
            // What one side tells is never without whose account it is.
            let per: Vec<&str> = told.per.iter().map(|party| party.name.as_str()).collect();
            node.text("description", &format!("{} {}.", views.words.get("per"), per.join(", ")));
        }
        node.maybe("startDate", told.date.datetime.as_deref());
        node.maybe(
            "eventStatus",
            match told.status {
                "planned" => Some("https://schema.org/EventScheduled"),
                "cancelled" => Some("https://schema.org/EventCancelled"),
                _ => None,
            },
        );
        let names = told.locations.iter().filter_map(|place| place.get_from_path("name"));
        node.list("location", names.filter_map(Value::as_str), |node, name| {
            node.object("Place", |node| node.text("name", name));
        });
    });
}

fn citation(node: &mut Writer, source: &SourceView<'_>) {
    node.object("CreativeWork", |node| {
        node.text("name", source.title);
        node.maybe("url", source.href);
        if let Some(publisher) = source.publisher {
            node.child("publisher", "Organization", |node| node.text("name", publisher));
        }
        node.maybe("datePublished", source.published.as_ref().and_then(|date| date.datetime.as_deref()));
        node.maybe("inLanguage", source.language);
        node.maybe("creditText", source.credit);
        node.maybe("archivedAt", source.archived);
    });
}
