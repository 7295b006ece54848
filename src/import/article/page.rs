//! The text of an article out of its page, and what the page says of it for machines.
//!
//! It keeps the place of each character in the file, which a parser of HTML into a tree forgets. What is read here is
//! shown to nobody as HTML.

use std::ops::Range;

use quick_xml::escape::resolve_html5_entity;
use serde_json::Value;

use super::{
    super::html::{attribute, tag_end},
    text::{Tag, Text},
};

/// What a page says of itself.
#[derive(Clone, Debug, Default)]
pub(super) struct Facts {
    pub(super) headline: Option<String>,
    pub(super) standfirst: Option<String>,
    pub(super) published: Option<String>,
    pub(super) publisher: Option<String>,
    pub(super) url: Option<String>,
    pub(super) author: Option<String>,
    pub(super) language: Option<String>,
}

/// Whether `file` is a page and no plain text.
pub(super) fn is_page(file: &str) -> bool {
    let head: String = file.trim_start().chars().take(2_000).collect::<String>().to_ascii_lowercase();
    head.starts_with("<!doctype")
        || ["<html", "<head", "<body", "<article", "<p>", "<h1", "<div", "<main"]
            .iter()
            .any(|tag| head.contains(tag))
}

/// Elements without text for readers of the article.
const HIDDEN: &[&str] = &[
    "script", "style", "noscript", "template", "svg", "iframe", "nav", "footer", "aside", "form", "button",
    "select", "title", "object", "video", "audio",
];
/// Elements after which a line ends.
const BLOCKS: &[&str] = &[
    "p",
    "div",
    "section",
    "article",
    "main",
    "header",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "ul",
    "ol",
    "li",
    "table",
    "tr",
    "td",
    "th",
    "blockquote",
    "figure",
    "figcaption",
    "br",
    "hr",
    "dl",
    "dt",
    "dd",
    "pre",
    "body",
    "address",
];

/// Reads a page.
pub(super) fn read(file: &str) -> (Text, Facts) {
    let mut text = Text::default();
    let mut facts = Facts::default();
    let (mut tag, mut inside, mut at) = (Tag::Paragraph, 0_usize, 0);
    while at < file.len() {
        let rest = &file[at..];
        let Some(first) = rest.chars().next() else { break };
        if first != '<' {
            let (c, length) = character(rest, first);
            text.push(c, at..at + length);
            at += length;
            continue;
        }
        if let Some(comment) = rest.strip_prefix("<!--") {
            at += comment.find("-->").map_or(rest.len(), |end| end + 7);
            continue;
        }
        let name: String = rest[1..].chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '/').collect();
        let name = name.to_ascii_lowercase();
        if !rest[1..].starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?')) {
            text.push('<', at..at + 1);
            at += 1;
            continue;
        }
        let end = tag_end(file, at).unwrap_or(file.len());
        let written = &file[at..end];
        let (closes, name) = match name.strip_prefix('/') {
            Some(name) => (true, name.to_owned()),
            None => (false, name.trim_end_matches('/').to_owned()),
        };
        at = end;
        if !closes {
            fact(&name, written, &mut facts);
        }
        if !closes && HIDDEN.contains(&&*name) && !written.ends_with("/>") {
            let inner = element(file, end, &name);
            if name == "script" && written.to_ascii_lowercase().contains("ld+json") {
                json_ld(&file[inner.clone()], &mut facts);
            }
            if name == "title" && facts.headline.is_none() {
                facts.headline = Some(decoded(&file[inner.clone()]));
            }
            at = tag_end(file, inner.end).unwrap_or(file.len());
            continue;
        }
        if BLOCKS.contains(&&*name) {
            text.end(tag, inside > 0);
            if matches!(&*name, "article" | "main") {
                inside = if closes { inside.saturating_sub(1) } else { inside + 1 };
            }
            tag = match &*name {
                _ if closes && name != "br" => {
                    if tag == Tag::Caption && name != "figcaption" {
                        tag
                    } else {
                        Tag::Paragraph
                    }
                }
                "h1" => Tag::Title,
                "h2" | "h3" | "h4" | "h5" | "h6" => Tag::Heading,
                "figcaption" => Tag::Caption,
                _ => tag,
            };
        }
    }
    text.end(tag, inside > 0);
    let words = |inside: bool| {
        text.blocks.iter().filter(|b| b.inside == inside).map(|b| b.range.len()).sum::<usize>()
    };
    if words(true) > 200 {
        text.blocks.retain(|block| block.inside || block.tag == Tag::Title);
    }
    (text, facts)
}

/// The first character of `rest`, and how many bytes it is written with.
fn character(rest: &str, first: char) -> (char, usize) {
    let entity = || {
        let (name, _) = rest.strip_prefix('&')?.split_once(';').filter(|(name, _)| name.len() <= 32)?;
        let number = |digits: &str, radix| u32::from_str_radix(digits, radix).ok().and_then(char::from_u32);
        let c = match name.strip_prefix('#') {
            Some(digits) => match digits.strip_prefix(['x', 'X']) {
                Some(digits) => number(digits, 16),
                None => number(digits, 10),
            },
            None => resolve_html5_entity(name).and_then(|text| text.chars().next()),
        };
        Some((c?, name.len() + 2))
    };
    entity().unwrap_or((first, first.len_utf8()))
}

/// `written` with its entities as what they mean, on one line.
pub(in crate::import) fn decoded(written: &str) -> String {
    let mut out = String::new();
    let mut at = 0;
    while let Some(first) = written[at..].chars().next() {
        let (c, length) = character(&written[at..], first);
        out.push(c);
        at += length;
    }
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The bytes of an element's content, from `start` to its end tag; of elements of one name within it too.
fn element(file: &str, start: usize, name: &str) -> Range<usize> {
    let lower = file[start..].to_ascii_lowercase();
    let (open, close) = (format!("<{name}"), format!("</{name}"));
    let raw = matches!(name, "script" | "style" | "title" | "noscript");
    let (mut depth, mut at) = (1_usize, 0);
    while let Some(end) = lower[at..].find(&close).map(|end| at + end) {
        let nested = if raw { 0 } else { lower[at..end].matches(&open).count() };
        depth = depth + nested - 1;
        if depth == 0 {
            return start..start + end;
        }
        at = end + close.len();
    }
    start..file.len()
}

fn fact(name: &str, tag: &str, facts: &mut Facts) {
    let value =
        |key: &str| attribute(tag, key).map(|value| decoded(&value)).filter(|value| !value.is_empty());
    let put = |field: &mut Option<String>, found: Option<String>| {
        if let Some(found) = found {
            *field = Some(found);
        }
    };
    match name {
        "html" => put(&mut facts.language, value("lang")),
        "link" if value("rel").as_deref() == Some("canonical") => put(&mut facts.url, value("href")),
        "time" if facts.published.is_none() => put(&mut facts.published, value("datetime")),
        "meta" => {
            let key =
                value("property").or_else(|| value("name")).or_else(|| value("itemprop")).unwrap_or_default();
            match &*key.to_ascii_lowercase() {
                "og:title" => put(&mut facts.headline, value("content")),
                "og:description" => put(&mut facts.standfirst, value("content")),
                "description" if facts.standfirst.is_none() => put(&mut facts.standfirst, value("content")),
                "article:published_time"
                | "datepublished"
                | "date"
                | "dc.date"
                | "dc.date.issued"
                | "pubdate"
                | "publish-date"
                | "parsely-pub-date" => put(&mut facts.published, value("content")),
                "og:site_name" => put(&mut facts.publisher, value("content")),
                "og:url" if facts.url.is_none() => put(&mut facts.url, value("content")),
                "author" | "article:author" => put(&mut facts.author, value("content")),
                _ => {}
            }
        }
        _ => {}
    }
}

/// What JSON-LD says of the article (schema.org `NewsArticle` and its kin).
fn json_ld(json: &str, facts: &mut Facts) {
    let Ok(value) = serde_json::from_str::<Value>(json.trim()) else { return };
    let Some(article) = article(&value, 0) else { return };
    let text = |value: &Value| value.as_str().map(decoded).filter(|text| !text.is_empty());
    let name = |value: &Value| {
        let value = value.as_array().and_then(|list| list.first()).unwrap_or(value);
        text(value).or_else(|| text(&value["name"]))
    };
    let url = text(&article["url"])
        .or_else(|| text(&article["mainEntityOfPage"]))
        .or_else(|| text(&article["mainEntityOfPage"]["@id"]));
    for (field, found) in [
        (&mut facts.headline, text(&article["headline"])),
        (&mut facts.standfirst, text(&article["description"])),
        (&mut facts.published, text(&article["datePublished"])),
        (&mut facts.publisher, name(&article["publisher"])),
        (&mut facts.author, name(&article["author"])),
        (&mut facts.url, url.filter(|_| true)),
        (&mut facts.language, text(&article["inLanguage"])),
    ] {
        if found.is_some() {
            *field = found;
        }
    }
}

fn article(value: &Value, depth: usize) -> Option<&Value> {
    if depth > 4 {
        return None;
    }
    match value {
        Value::Array(values) => values.iter().find_map(|value| article(value, depth + 1)),
        Value::Object(map) => {
            let sorts = map.get("@type").map(ToString::to_string).unwrap_or_default();
            if ["Article", "BlogPosting", "Report", "LiveBlogPosting"].iter().any(|sort| sorts.contains(sort))
            {
                return Some(value);
            }
            map.get("@graph").and_then(|graph| article(graph, depth + 1))
        }
        _ => None,
    }
}
