use crate::model::MONTHS;

/// Words that the generator writes by itself, without a template: keys of JSON-LD, of feeds, of the sitemap and of the
/// search, names of files and of headers. A needle that is made of them alone tells nothing.
const OURS: &[&str] = &[
    "about",
    "administrativearea",
    "agent",
    "allow",
    "alternate",
    "alternatename",
    "ancestors",
    "answers",
    "arch",
    "archivedat",
    "atom",
    "author",
    "block",
    "blocks",
    "breadcrumblist",
    "briefsearch",
    "cache",
    "camera",
    "cancelled",
    "canonical",
    "cards",
    "categories",
    "category",
    "citation",
    "city",
    "claim",
    "claimreview",
    "claimreviewed",
    "claims",
    "collectionpage",
    "comment",
    "connect",
    "containedinplace",
    "content",
    "contentlocation",
    "context",
    "control",
    "correction",
    "correctioncomment",
    "corrections",
    "count",
    "country",
    "creativecommons",
    "creativework",
    "credittext",
    "cross",
    "data",
    "dataset",
    "datecreated",
    "datemodified",
    "datepublished",
    "days",
    "described",
    "description",
    "documents",
    "encoding",
    "entries",
    "entry",
    "entrypoint",
    "event",
    "events",
    "eventstatus",
    "facet",
    "facets",
    "feed",
    "feeds",
    "files",
    "finding",
    "first",
    "form",
    "frame",
    "geo",
    "geocoordinates",
    "geolocation",
    "governmentorganization",
    "graph",
    "group",
    "haspart",
    "headers",
    "headline",
    "home",
    "href",
    "hreflang",
    "html",
    "http",
    "https",
    "icon",
    "image",
    "immutable",
    "index",
    "inlanguage",
    "inputencoding",
    "ispartof",
    "item",
    "itemlist",
    "itemlistelement",
    "itemreviewed",
    "items",
    "itself",
    "json",
    "keywords",
    "km",
    "lang",
    "language",
    "lastmod",
    "license",
    "licenses",
    "link",
    "linked",
    "links",
    "list",
    "listitem",
    "loc",
    "location",
    "longname",
    "m",
    "mainentity",
    "mainentityofpage",
    "manifest",
    "marking",
    "media",
    "microphone",
    "months",
    "name",
    "named",
    "newsarticle",
    "newsmediaorganization",
    "noindex",
    "nosniff",
    "null",
    "opensearch",
    "opensearchdescription",
    "options",
    "organisation",
    "organization",
    "outputencoding",
    "page",
    "pages",
    "param",
    "per",
    "permissions",
    "person",
    "photo",
    "phrases",
    "place",
    "places",
    "planned",
    "policy",
    "position",
    "potentialaction",
    "published",
    "publisher",
    "rating",
    "ratingexplanation",
    "redirects",
    "referrer",
    "region",
    "rel",
    "reviewbody",
    "reviewrating",
    "rights",
    "robots",
    "sameas",
    "schema",
    "schemas",
    "script",
    "search",
    "searchaction",
    "searchterms",
    "security",
    "segments",
    "self",
    "shortname",
    "sitemap",
    "sitemaps",
    "sources",
    "spec",
    "src",
    "startdate",
    "state",
    "statement",
    "status",
    "string",
    "summary",
    "target",
    "template",
    "term",
    "text",
    "thing",
    "title",
    "together",
    "txt",
    "type",
    "unnamed",
    "updated",
    "uri",
    "url",
    "urlset",
    "urltemplate",
    "user",
    "utf",
    "version",
    "webpage",
    "website",
    "wiki",
    "words",
    "xml",
    "xmlns",
];

/// Weekdays, and short names of them and of months.
const CALENDAR: &[&str] = &[
    "jan",
    "feb",
    "mar",
    "apr",
    "jun",
    "jul",
    "aug",
    "sep",
    "sept",
    "oct",
    "nov",
    "dec",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "mon",
    "tue",
    "wed",
    "thu",
    "fri",
    "sat",
    "sun",
];

/// Whether a folded word tells something: it is no number, no month or weekday, and none of ours.
pub(super) fn tells(word: &str) -> bool {
    !word.bytes().all(|byte| byte.is_ascii_digit())
        && !MONTHS.contains(&word)
        && !CALENDAR.contains(&word)
        && !is_ours(word)
}

fn is_ours(word: &str) -> bool {
    OURS.binary_search(&word).is_ok()
}

#[cfg(test)]
mod tests {
    use std::{
        collections::{BTreeMap, BTreeSet},
        path::Path,
    };

    use super::*;
    use crate::{
        diagnostics::Diagnostics,
        leaks::{
            decode::{Look, Met, Reader, Sort},
            fold, released,
        },
        model::Instant,
        output::{Finished, Memory},
        release::Edition,
        settings,
        sources::{self, Limits},
    };

    #[derive(Default)]
    struct Words(BTreeSet<String>);

    impl Look for Words {
        fn text(&mut self, text: &str, sort: Sort) -> bool {
            if sort != Sort::Noise {
                fold::words(text, |word| {
                    self.0.insert(word.to_owned());
                });
            }
            false
        }

        fn bytes(&mut self, _: &[u8]) -> bool {
            false
        }
    }

    /// Numbers, and what has some in it: hashes, and words with the number of a note.
    fn has_number(word: &str) -> bool {
        word.contains(|c: char| c.is_numeric())
    }

    #[test]
    fn every_word_of_a_site_is_released_matters_or_the_themes_or_ours() {
        let mut mistakes = Diagnostics::new();
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        let sources = sources::read(root, None, &Limits::default(), &mut mistakes).unwrap();
        let settings = settings::parse(&sources, &mut mistakes);
        let edition = Edition::public(Instant::parse_as_of("2025-06-15T12:00Z").unwrap());
        let build = crate::plan(&sources, &settings, &edition, false, &mut mistakes);
        let memory = Memory::new();
        mistakes.extend(build.render(&memory, &|_| ()).unwrap());
        assert!(!mistakes.has_errors());
        let met = Met::new(1);
        let mut released = Words::default();
        released::read_all(&sources, &build, |bytes| Reader::new(&met).read(bytes, &mut released)).unwrap();
        let met = Met::new(1);
        let mut written: BTreeMap<String, String> = BTreeMap::new();
        for path in memory.paths() {
            let mut found = Words::default();
            Reader::new(&met).read(path.as_bytes(), &mut found);
            Reader::new(&met).read(&memory.read(&path).unwrap(), &mut found);
            written.extend(found.0.into_iter().map(|word| (word, path.clone())));
        }
        // The names of the search's files are hashes, and some are of letters alone.
        let paths = memory.paths();
        let is_hash = |word: &str| paths.iter().any(|path| path.contains(&format!("search/data/{word}.")));
        let others = |(word, _): &(&String, &String)| {
            !released.0.contains(*word) && !has_number(word) && tells(word) && !is_hash(word)
        };
        let unknown: Vec<(&String, &String)> = written.iter().filter(others).collect();
        assert_eq!(unknown, Vec::<(&String, &String)>::new());
        assert!(OURS.is_sorted());
    }
}
