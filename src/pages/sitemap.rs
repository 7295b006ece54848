//! The sitemap: every address that search engines should know, in the files of the sitemaps.org protocol.

use std::io;

use quick_xml::{
    Writer,
    events::{BytesDecl, BytesEnd, BytesStart, Event},
};

use super::xml;

const NAMESPACE: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";

/// What the protocol lets one file hold.
#[derive(Clone, Copy)]
struct Limits {
    urls: usize,
    bytes: usize,
}

const LIMITS: Limits = Limits { urls: 50_000, bytes: 50 * 1024 * 1024 };

/// The longest address that the protocol takes, in characters.
const ADDRESS_LIMIT: usize = 2_047;

/// The files of the sitemap by name, to be laid at `base_url`: `sitemap.xml`, or where one file may not hold all
/// of `urls`, `sitemap-1.xml`, `sitemap-2.xml` and so on with `sitemap.xml` as their index.
///
/// Each of `urls` is an absolute, encoded address and when it last changed (a W3C date: a day, or an instant with
/// its offset). Their order is kept. An address of 2,048 characters or more is left out, as the protocol says;
/// without any address there is no file.
pub(super) fn sitemap(base_url: &str, urls: &[(String, Option<String>)]) -> Vec<(String, Vec<u8>)> {
    within(LIMITS, base_url, urls)
}

fn within(limits: Limits, base_url: &str, urls: &[(String, Option<String>)]) -> Vec<(String, Vec<u8>)> {
    let mut parts = Vec::new();
    let mut part = List::new("urlset");
    for (url, changed) in urls.iter().filter(|(url, _)| url.chars().count() <= ADDRESS_LIMIT) {
        let line = line("url", url, changed.as_deref());
        if part.count > 0 && !part.has_room(limits, &line) {
            parts.push(std::mem::replace(&mut part, List::new("urlset")).finish());
        }
        part.push(&line);
    }
    if part.count > 0 {
        parts.push(part.finish());
    }
    if parts.len() <= 1 {
        return parts.into_iter().map(|bytes| ("sitemap.xml".to_owned(), bytes)).collect();
    }

    let mut index = List::new("sitemapindex");
    let mut files = Vec::with_capacity(parts.len() + 1);
    for (bytes, number) in parts.into_iter().zip(1..) {
        let name = format!("sitemap-{number}.xml");
        index.push(&line("sitemap", &format!("{}/{name}", base_url.trim_end_matches('/')), None));
        files.push((name, bytes));
    }
    files.insert(0, ("sitemap.xml".to_owned(), index.finish()));
    files
}

/// A file that is being filled: a root element with one element a line.
struct List {
    root: &'static str,
    bytes: Vec<u8>,
    count: usize,
}

impl List {
    fn new(root: &'static str) -> Self {
        let mut start = BytesStart::new(root);
        start.push_attribute(("xmlns", NAMESPACE));
        let declaration = BytesDecl::new("1.0", Some("utf-8"), None);
        let bytes = lines([Event::Decl(declaration), Event::Start(start)]);
        Self { root, bytes, count: 0 }
    }

    fn has_room(&self, limits: Limits, line: &[u8]) -> bool {
        let closing = self.root.len() + "</>\n".len();
        self.count < limits.urls && self.bytes.len() + line.len() + closing <= limits.bytes
    }

    fn push(&mut self, line: &[u8]) {
        self.bytes.extend_from_slice(line);
        self.count += 1;
    }

    fn finish(mut self) -> Vec<u8> {
        self.bytes.extend(lines([Event::End(BytesEnd::new(self.root))]));
        self.bytes
    }
}

fn lines<'a>(events: impl IntoIterator<Item = Event<'a>>) -> Vec<u8> {
    let mut writer = Writer::new(Vec::new());
    for event in events {
        writer.write_event(event).expect("memory takes whatever is written to it");
        writer.get_mut().push(b'\n');
    }
    writer.into_inner()
}

fn line(element: &str, url: &str, changed: Option<&str>) -> Vec<u8> {
    let mut writer = Writer::new(Vec::new());
    let written = writer.create_element(element).write_inner_content(|writer| -> io::Result<()> {
        writer.create_element("loc").write_text_content(xml::content(url))?;
        if let Some(changed) = changed {
            writer.create_element("lastmod").write_text_content(xml::content(changed))?;
        }
        Ok(())
    });
    written.expect("memory takes whatever is written to it");
    let mut bytes = writer.into_inner();
    bytes.push(b'\n');
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    const BASE: &str = "https://desk.example/archive/";

    fn url(path: &str) -> (String, Option<String>) {
        (format!("{BASE}{path}"), None)
    }

    fn names(files: &[(String, Vec<u8>)]) -> Vec<&str> {
        files.iter().map(|(name, _)| name.as_str()).collect()
    }

    fn text(bytes: &[u8]) -> &str {
        std::str::from_utf8(bytes).unwrap()
    }

    #[test]
    fn a_small_site_has_one_file() {
        let urls = [url(""), (format!("{BASE}a&b/"), Some("2025-05-15".to_owned()))];
        let files = sitemap(BASE, &urls);
        assert_eq!(names(&files), ["sitemap.xml"]);
        assert_eq!(
            text(&files[0].1),
            "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n\
             <urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n\
             <url><loc>https://desk.example/archive/</loc></url>\n\
             <url><loc>https://desk.example/archive/a&amp;b/</loc><lastmod>2025-05-15</lastmod></url>\n\
             </urlset>\n"
        );
    }

    #[test]
    fn a_site_without_addresses_has_no_sitemap() {
        assert!(sitemap(BASE, &[]).is_empty());
    }

    #[test]
    fn the_address_after_the_fifty_thousandth_makes_an_index() {
        let mut urls: Vec<_> = (0..50_000).map(|number| url(&number.to_string())).collect();
        assert_eq!(names(&sitemap(BASE, &urls)), ["sitemap.xml"]);

        urls.push(url("last/"));
        let files = sitemap(BASE, &urls);
        assert_eq!(names(&files), ["sitemap.xml", "sitemap-1.xml", "sitemap-2.xml"]);
        assert_eq!(
            text(&files[0].1),
            "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n\
             <sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n\
             <sitemap><loc>https://desk.example/archive/sitemap-1.xml</loc></sitemap>\n\
             <sitemap><loc>https://desk.example/archive/sitemap-2.xml</loc></sitemap>\n\
             </sitemapindex>\n"
        );
        assert_eq!(text(&files[1].1).matches("<url>").count(), 50_000);
        assert_eq!(text(&files[2].1).matches("<url>").count(), 1);
    }

    #[test]
    fn no_file_is_larger_than_the_limit_and_none_smaller_than_it_must_be() {
        let urls = [url("1/"), url("2/"), url("3/")];
        let whole = within(LIMITS, BASE, &urls)[0].1.len();
        assert_eq!(within(Limits { urls: 9, bytes: whole }, BASE, &urls).len(), 1);

        let limit = whole - 1;
        let files = within(Limits { urls: 9, bytes: limit }, BASE, &urls);
        assert_eq!(names(&files), ["sitemap.xml", "sitemap-1.xml", "sitemap-2.xml"]);
        assert!(files[1..].iter().all(|(_, bytes)| bytes.len() <= limit));
        assert_eq!(text(&files[1].1).matches("<url>").count(), 2);
    }

    #[test]
    fn an_address_that_the_protocol_refuses_is_left_out() {
        let longest = url(&"a".repeat(2_047 - BASE.len()));
        let too_long = url(&"a".repeat(2_048 - BASE.len()));
        let files = sitemap(BASE, &[too_long, longest.clone()]);
        assert_eq!(text(&files[0].1).matches("<url>").count(), 1);
        assert!(text(&files[0].1).contains(&format!("<loc>{}</loc>", longest.0)));
    }
}
