//! Feeds: what a list shows, as bytes for feed readers. Nothing here chooses entries or reads the archive.

mod atom;
mod json;

use std::borrow::Cow;

use crate::pages::xml;

pub(crate) use atom::atom;
pub(crate) use json::json;

/// The newest entries of one list. All addresses are absolute and encoded; all instants are RFC 3339.
#[derive(Clone, Debug, Hash)]
pub(crate) struct Feed<'a> {
    /// What the list is called.
    pub(crate) title: &'a str,
    /// The language of the site's own words, as a BCP 47 tag.
    pub(crate) language: &'a str,
    /// The address of the list's page.
    pub(crate) home_url: &'a str,
    /// The address of the file being written.
    pub(crate) self_url: &'a str,
    /// What names the feed for ever: a tag URI.
    pub(crate) id: &'a str,
    /// When an entry last changed. Not before the latest of `entries` and `deleted`.
    pub(crate) updated: &'a str,
    /// Who stands for every entry that names no author of its own.
    pub(crate) author: &'a str,
    /// Under what terms the entries may be used.
    pub(crate) rights: Option<&'a str>,
    /// Newest first; no two with one id.
    pub(crate) entries: &'a [Entry<'a>],
    /// Entries that were withdrawn. JSON Feed has no word for them.
    pub(crate) deleted: &'a [Deleted<'a>],
}

/// One item of a list.
#[derive(Clone, Debug, Hash)]
pub(crate) struct Entry<'a> {
    /// What names it for ever: a tag URI.
    pub(crate) id: &'a str,
    /// The address of its page.
    pub(crate) url: &'a str,
    /// Plain text. Where it shows nothing, `url` stands for it.
    pub(crate) title: &'a str,
    /// Its language, where it is not the feed's.
    pub(crate) language: Option<&'a str>,
    /// When it first appeared.
    pub(crate) published: &'a str,
    /// When it last changed.
    pub(crate) updated: &'a str,
    /// Its own authors, by name.
    pub(crate) authors: &'a [&'a str],
    /// Plain text.
    pub(crate) summary: Option<&'a str>,
    /// The whole text as safe HTML in which every address is absolute.
    pub(crate) content_html: Option<&'a str>,
    /// What it is about.
    pub(crate) categories: &'a [Category<'a>],
}

/// An entity that an entry is tagged with.
#[derive(Clone, Copy, Debug, Hash)]
pub(crate) struct Category<'a> {
    /// What names it within `scheme`.
    pub(crate) term: &'a str,
    /// What readers call it.
    pub(crate) label: &'a str,
    /// The kind, as an absolute address.
    pub(crate) scheme: &'a str,
}

/// An entry that is no longer there.
#[derive(Clone, Copy, Debug, Hash)]
pub(crate) struct Deleted<'a> {
    /// The id that it had.
    pub(crate) id: &'a str,
    /// When it was withdrawn.
    pub(crate) when: &'a str,
}

impl<'a> Entry<'a> {
    /// The title as both formats give it; neither may be blank where a reader lists entries.
    fn shown_title(&self) -> Cow<'a, str> {
        let title = xml::allowed(self.title);
        if title.trim().is_empty() { xml::allowed(self.url) } else { title }
    }
}

#[cfg(test)]
mod tests;
