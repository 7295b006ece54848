//! What hosts and crawlers read: `robots.txt`, `_headers`, `_redirects`, and the pages that send readers on.
//!
//! A `prefix` is the path of the site's base URL, encoded as it stands there: `/` or `/archive/`.

use std::{borrow::Cow, fmt::Write as _};

use quick_xml::escape::escape;
use unicode_segmentation::UnicodeSegmentation;

use crate::model::encode_path;

/// Nothing but what the site itself serves, and no script, style or handler inside a page.
const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
    img-src 'self' data:; connect-src 'self'; font-src 'self'; manifest-src 'self'; form-action 'self'; \
    base-uri 'none'; frame-ancestors 'none'";

/// A redirect page stays below this many bytes, so that no tool takes it for a page with content.
const REDIRECT_PAGE_LIMIT: usize = 2_000;

/// The longest title of a redirect page, in escaped bytes.
const REDIRECT_TITLE_LIMIT: usize = 120;

/// `robots.txt` (RFC 9309): everything is open, or, where the edition is not to be `indexed`, nothing.
///
/// Crawlers read it only at the root of a host.
pub(super) fn robots(sitemap_url: Option<&str>, indexed: bool) -> Vec<u8> {
    let text = match (indexed, sitemap_url) {
        (false, _) => "User-agent: *\nDisallow: /\n".to_owned(),
        (true, None) => "User-agent: *\nAllow: /\n".to_owned(),
        (true, Some(url)) => format!("User-agent: *\nAllow: /\n\nSitemap: {url}\n"),
    };
    text.into_bytes()
}

/// `_headers`, as Netlify and Cloudflare Pages read it: a strict policy for every file, and a year in the cache
/// for the theme's assets and the files of the search, whose names change with their content.
pub(super) fn headers(prefix: &str, indexed: bool) -> Vec<u8> {
    let root = literal(&root(prefix)).into_owned();
    let noindex = if indexed { "" } else { "  X-Robots-Tag: noindex\n" };
    let text = format!(
        "{root}/*\n  \
           Content-Security-Policy: {CONTENT_SECURITY_POLICY}\n  \
           X-Content-Type-Options: nosniff\n  \
           Referrer-Policy: strict-origin-when-cross-origin\n  \
           Permissions-Policy: camera=(), geolocation=(), microphone=()\n\
         {noindex}\n\
         {root}/assets/*\n  \
           Cache-Control: public, max-age=31536000, immutable\n\n\
         {root}/search/data/*\n  \
           Cache-Control: public, max-age=31536000, immutable\n"
    );
    text.into_bytes()
}

/// `_redirects`, as Netlify and Cloudflare Pages read it: one line for each old path and the path that took its
/// place, both below the site's root and not yet encoded (`actors/old/`); what took its place may be a part of a page
/// (`briefings/2025/05/15/talks/#corrections`). Their order is kept.
pub(super) fn redirects(prefix: &str, moved: &[(String, String)]) -> Vec<u8> {
    let root = root(prefix);
    let address = |path: &str| {
        let path = format!("{root}/{}", encode_path(path.trim_start_matches('/')));
        literal(&path).into_owned()
    };
    let mut text = String::new();
    for (from, to) in moved {
        let (to, part) = to.split_at(to.find('#').unwrap_or(to.len()));
        writeln!(text, "{} {}{part} 301", address(from), address(to))
            .expect("a string takes whatever is written to it");
    }
    text.into_bytes()
}

/// A page without script that sends its reader on to `to_href`, the encoded address as it is seen from there;
/// `to_absolute` is the same with its host, where that is known. `title` and `language` are those of the target.
///
/// It stays under 2,000 bytes: a long title is cut short, and beside a long address the canonical link is left
/// out. Only an address of more than some 750 bytes makes it longer.
pub(super) fn redirect_page(
    to_href: &str,
    to_absolute: Option<&str>,
    title: &str,
    language: &str,
) -> Vec<u8> {
    let title = match short(&words(title)) {
        title if title.is_empty() => short(to_href),
        title => title,
    };
    // A quotation mark right after `url=` would be read as one around the address (HTML, 4.2.5.3).
    let refresh = if to_href.starts_with('\'') { format!("./{to_href}") } else { to_href.to_owned() };
    let (language, href, refresh) = (escape(language), escape(to_href), escape(refresh));
    let page = |canonical: &str| {
        format!(
            "<!doctype html>\n\
             <html lang=\"{language}\">\n\
             <meta charset=\"utf-8\">\n\
             <title>{title}</title>\n\
             <meta name=\"viewport\" content=\"width=device-width\">\n\
             <meta name=\"robots\" content=\"noindex\">\n\
             {canonical}\
             <meta http-equiv=\"refresh\" content=\"0; url={refresh}\">\n\
             <p dir=\"auto\"><a href=\"{href}\">{title}</a></p>\n\
             </html>\n"
        )
    };
    let canonical = to_absolute.map(|url| format!("<link rel=\"canonical\" href=\"{}\">\n", escape(url)));
    let whole = page(canonical.as_deref().unwrap_or_default());
    if whole.len() < REDIRECT_PAGE_LIMIT { whole } else { page("") }.into_bytes()
}

/// The prefix without its last `/`: what stands before `/` in every path of the site.
fn root(prefix: &str) -> String {
    match prefix.trim_matches('/') {
        "" => String::new(),
        path => format!("/{path}"),
    }
}

/// A path in which `*` and `:` are themselves; unencoded, both formats read them as wildcards.
fn literal(path: &str) -> Cow<'_, str> {
    if path.contains(['*', ':']) {
        Cow::Owned(path.replace('*', "%2A").replace(':', "%3A"))
    } else {
        Cow::Borrowed(path)
    }
}

/// Text on one line, without the characters that HTML refuses: controls and noncharacters.
fn words(text: &str) -> String {
    let is_nonchar = |c: char| matches!(c, '\u{FDD0}'..='\u{FDEF}') || u32::from(c) & 0xFFFE == 0xFFFE;
    let words: Vec<String> = text
        .split_whitespace()
        .map(|word| word.chars().filter(|&c| !c.is_control() && !is_nonchar(c)).collect())
        .filter(|word: &String| !word.is_empty())
        .collect();
    words.join(" ")
}

/// `text`, escaped, cut between two characters as readers count them where it is too long for a redirect page.
fn short(text: &str) -> String {
    let whole = escape(text);
    if whole.len() <= REDIRECT_TITLE_LIMIT {
        return whole.into_owned();
    }
    let mut cut = String::new();
    for grapheme in text.graphemes(true) {
        let escaped = escape(grapheme);
        if cut.len() + escaped.len() + '…'.len_utf8() > REDIRECT_TITLE_LIMIT {
            break;
        }
        cut.push_str(&escaped);
    }
    cut.truncate(cut.trim_end().len());
    cut.push('…');
    cut
}

#[cfg(test)]
mod tests;
