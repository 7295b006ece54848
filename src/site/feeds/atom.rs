use std::io;

use quick_xml::{
    Writer,
    events::{BytesDecl, Event},
};

use super::{Category, Entry, Feed};
use crate::pages::xml;

const ATOM: &str = "http://www.w3.org/2005/Atom";
const TOMBSTONES: &str = "http://purl.org/atompub/tombstones/1.0";

type Memory = Writer<Vec<u8>>;

/// The feed as Atom (RFC 4287), one element a line; what was withdrawn as tombstones (RFC 6721).
///
/// The generator is named without its version, so that an upgrade of it changes no feed.
pub(crate) fn atom(feed: &Feed<'_>) -> Vec<u8> {
    // An indentation of no width breaks lines between elements and never inside text.
    let mut writer = Writer::new_with_indent(Vec::new(), b' ', 0);
    write_feed(&mut writer, feed).expect("memory takes whatever is written to it");
    let mut bytes = writer.into_inner();
    bytes.push(b'\n');
    bytes
}

fn write_feed(writer: &mut Memory, feed: &Feed<'_>) -> io::Result<()> {
    writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)))?;
    let mut root = writer.create_element("feed").with_attribute(("xmlns", ATOM));
    if !feed.deleted.is_empty() {
        root = root.with_attribute(("xmlns:at", TOMBSTONES));
    }
    root.with_attribute(("xml:lang", xml::allowed(feed.language))).write_inner_content(|writer| {
        text(writer, "id", feed.id)?;
        text(writer, "title", feed.title)?;
        text(writer, "updated", feed.updated)?;
        author(writer, feed.author)?;
        link(writer, "self", "application/atom+xml", feed.self_url, None)?;
        link(writer, "alternate", "text/html", feed.home_url, None)?;
        if let Some(rights) = feed.rights {
            text(writer, "rights", rights)?;
        }
        text(writer, "generator", "brief")?;
        feed.entries.iter().try_for_each(|entry| write_entry(writer, entry))?;
        for deleted in feed.deleted {
            writer
                .create_element("at:deleted-entry")
                .with_attribute(("ref", xml::allowed(deleted.id)))
                .with_attribute(("when", xml::allowed(deleted.when)))
                .write_empty()?;
        }
        Ok(())
    })?;
    Ok(())
}

fn write_entry(writer: &mut Memory, entry: &Entry<'_>) -> io::Result<()> {
    let mut element = writer.create_element("entry");
    if let Some(language) = entry.language {
        element = element.with_attribute(("xml:lang", xml::allowed(language)));
    }
    element.write_inner_content(|writer| {
        text(writer, "id", entry.id)?;
        text(writer, "title", &entry.shown_title())?;
        link(writer, "alternate", "text/html", entry.url, entry.language)?;
        text(writer, "published", entry.published)?;
        text(writer, "updated", entry.updated)?;
        entry.authors.iter().try_for_each(|name| author(writer, name))?;
        entry.categories.iter().try_for_each(|category| write_category(writer, category))?;
        if let Some(summary) = entry.summary {
            text(writer, "summary", summary)?;
        }
        if let Some(html) = entry.content_html {
            writer
                .create_element("content")
                .with_attribute(("type", "html"))
                .write_text_content(xml::content(html))?;
        }
        Ok(())
    })?;
    Ok(())
}

fn write_category(writer: &mut Memory, category: &Category<'_>) -> io::Result<()> {
    writer
        .create_element("category")
        .with_attribute(("term", xml::allowed(category.term)))
        .with_attribute(("scheme", xml::allowed(category.scheme)))
        .with_attribute(("label", xml::allowed(category.label)))
        .write_empty()?;
    Ok(())
}

fn author(writer: &mut Memory, name: &str) -> io::Result<()> {
    writer.create_element("author").write_inner_content(|writer| text(writer, "name", name))?;
    Ok(())
}

fn link(writer: &mut Memory, rel: &str, media: &str, href: &str, language: Option<&str>) -> io::Result<()> {
    let mut element =
        writer.create_element("link").with_attribute(("rel", rel)).with_attribute(("type", media));
    if let Some(language) = language {
        element = element.with_attribute(("hreflang", xml::allowed(language)));
    }
    element.with_attribute(("href", xml::allowed(href))).write_empty()?;
    Ok(())
}

fn text(writer: &mut Memory, name: &str, text: &str) -> io::Result<()> {
    writer.create_element(name).write_text_content(xml::content(text))?;
    Ok(())
}
