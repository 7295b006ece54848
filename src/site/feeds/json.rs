use std::borrow::Cow;

use serde::Serialize;

use super::{Entry, Feed};
use crate::pages::xml;

const VERSION: &str = "https://jsonfeed.org/version/1.1";

/// The feed as JSON Feed 1.1, on one line. It holds the same characters as the Atom feed beside it.
///
/// An entry without content has its summary for content, and without a summary its title: the format requires
/// one of `content_html` and `content_text`.
pub(crate) fn json(feed: &Feed<'_>) -> Vec<u8> {
    let document = Document {
        version: VERSION,
        title: xml::allowed(feed.title),
        home_page_url: feed.home_url,
        feed_url: feed.self_url,
        language: feed.language,
        authors: vec![author(feed.author)],
        items: feed.entries.iter().map(item).collect(),
    };
    let mut bytes = serde_json::to_vec(&document).expect("strings and lists of them are always JSON");
    bytes.push(b'\n');
    bytes
}

fn item<'a>(entry: &Entry<'a>) -> Item<'a> {
    let title = entry.shown_title();
    let content_html = entry.content_html.map(xml::allowed);
    let summary = entry.summary.map(xml::allowed);
    let (summary, content_text) = match (&content_html, summary) {
        (Some(_), summary) => (summary, None),
        (None, Some(summary)) => (None, Some(summary)),
        (None, None) => (None, Some(title.clone())),
    };
    let mut tags = Vec::with_capacity(entry.categories.len());
    for category in entry.categories {
        let label = xml::allowed(category.label);
        // Israel as an actor and Israel as a place are one tag here.
        if !tags.contains(&label) {
            tags.push(label);
        }
    }
    Item {
        id: entry.id,
        url: entry.url,
        title,
        content_html,
        content_text,
        summary,
        date_published: entry.published,
        date_modified: entry.updated,
        authors: entry.authors.iter().map(|name| author(name)).collect(),
        tags,
        language: entry.language,
    }
}

fn author(name: &str) -> Author<'_> {
    Author { name: xml::allowed(name) }
}

#[derive(Serialize)]
struct Document<'a> {
    version: &'a str,
    title: Cow<'a, str>,
    home_page_url: &'a str,
    feed_url: &'a str,
    language: &'a str,
    authors: Vec<Author<'a>>,
    items: Vec<Item<'a>>,
}

#[derive(Serialize)]
struct Item<'a> {
    id: &'a str,
    url: &'a str,
    title: Cow<'a, str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    content_html: Option<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    content_text: Option<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    summary: Option<Cow<'a, str>>,
    date_published: &'a str,
    date_modified: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    authors: Vec<Author<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    tags: Vec<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<&'a str>,
}

#[derive(Serialize)]
struct Author<'a> {
    name: Cow<'a, str>,
}
