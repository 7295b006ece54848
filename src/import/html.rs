//! Tags of raw HTML, read as far as links and images need it.

use super::article::without_entities;
use crate::documents::markdown::Region;

/// Tags of headings and paragraphs within a paragraph that are not closed or not opened there: words that somebody
/// forgot to write as code. They begin at these bytes.
pub(super) fn alone(text: &str, regions: &[(std::ops::Range<usize>, Region)]) -> Vec<usize> {
    let mut found = Vec::new();
    for name in ["h1", "h2", "h3", "h4", "h5", "h6", "p"] {
        let tags =
            regions.iter().filter(|(_, region)| *region == Region::HtmlInline).filter_map(|(range, _)| {
                let tag = text[range.clone()].to_ascii_lowercase();
                let rest = tag.strip_prefix("</").or(tag.strip_prefix('<'))?.strip_prefix(name)?;
                rest.starts_with(['>', ' ', '/', '\n']).then(|| (range.start, tag.starts_with("</")))
            });
        let (closing, opening): (Vec<_>, Vec<_>) = tags.partition(|(_, closes)| *closes);
        if opening.len() != closing.len() {
            found.extend(opening.into_iter().chain(closing).map(|(at, _)| at));
        }
    }
    found
}

/// Where the tag that begins at `open` ends.
pub(super) fn tag_end(text: &str, open: usize) -> Option<usize> {
    let mut mark = None;
    for (at, c) in text[open..].char_indices().skip(1) {
        match (c, mark) {
            ('>', None) => return Some(open + at + 1),
            ('"' | '\'', None) => mark = Some(c),
            (c, Some(open)) if c == open => mark = None,
            _ => {}
        }
    }
    None
}

/// The value of an attribute of a tag.
pub(super) fn attribute(tag: &str, name: &str) -> Option<String> {
    let lower = tag.to_ascii_lowercase();
    let mut at = 0;
    while let Some(found) = lower[at..].find(name).map(|found| at + found) {
        at = found + name.len();
        let before = lower[..found].chars().next_back();
        let Some(rest) = tag[at..].trim_start().strip_prefix('=') else { continue };
        if !before.is_some_and(char::is_whitespace) {
            continue;
        }
        let rest = rest.trim_start();
        let value = match rest.chars().next() {
            Some(mark @ ('"' | '\'')) => rest[1..].split(mark).next()?,
            _ => rest.split([' ', '>', '\n', '\t']).next()?.trim_end_matches('/'),
        };
        return Some(
            value
                .split_whitespace()
                .collect::<Vec<_>>()
                .join(" ")
                .replace("&quot;", "\"")
                .replace("&#39;", "'"),
        );
    }
    None
}

/// A line of HTML, such as a title that a template writes as it is, as its words; and whether tags were taken out of it.
pub(super) fn words(html: &str) -> (String, bool) {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(open) = rest.find('<') {
        let is_tag = rest[open + 1..].trim_start_matches('/').starts_with(|c: char| c.is_ascii_alphabetic());
        let end = tag_end(rest, open).filter(|_| is_tag).unwrap_or(open + 1);
        out.push_str(&rest[..if is_tag && end > open + 1 { open } else { end }]);
        rest = &rest[end..];
    }
    out.push_str(rest);
    let cut = out != html;
    (without_entities(&out), cut)
}

/// `text` with blank lines for the tags of paragraphs.
pub(super) fn without_paragraphs(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(open) = rest.find('<') {
        out.push_str(&rest[..open]);
        let end = tag_end(rest, open).unwrap_or(rest.len());
        let tag = rest[open..end].to_ascii_lowercase();
        let is_paragraph = tag == "</p>" || tag == "<p>" || tag.starts_with("<p ");
        out.push_str(if is_paragraph { "\n\n" } else { &rest[open..end] });
        rest = &rest[end..];
    }
    out.push_str(rest);
    out
}
