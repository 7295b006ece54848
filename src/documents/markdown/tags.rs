//! Tags in a piece of raw HTML, as far as a message about them needs.
//!
//! Nothing is made safe by this: that is for the sanitiser, which parses as browsers do.

use std::ops::Range;

/// A tag and its attributes.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct HtmlTag<'a> {
    /// In lower case.
    pub(super) name: String,
    pub(super) closing: bool,
    /// Whether it ends with `/>`.
    pub(super) closes_itself: bool,
    /// Names in lower case, and values as written.
    pub(super) attributes: Vec<(String, &'a str)>,
    pub(super) range: Range<usize>,
}

/// The tags of `html`, in order; comments, declarations and instructions are passed over.
pub(super) fn tags(html: &str) -> Vec<HtmlTag<'_>> {
    let mut tags = Vec::new();
    let mut at = 0;
    while let Some(found) = html[at..].find('<') {
        let open = at + found;
        let rest = &html[open..];
        at = if rest.starts_with("<!--") {
            open + rest.find("-->").map_or(rest.len(), |end| end + 3)
        } else if rest.starts_with("<!") || rest.starts_with("<?") {
            open + rest.find('>').map_or(rest.len(), |end| end + 1)
        } else if let Some(tag) = tag(html, open) {
            let end = tag.range.end;
            tags.push(tag);
            end
        } else {
            open + 1
        };
    }
    tags
}

/// Whether `html` is one comment and nothing else.
pub(super) fn is_comment(html: &str) -> bool {
    let html = html.trim();
    html.starts_with("<!--") && html.len() >= 7 && html[4..].find("-->") == Some(html.len() - 7)
}

/// How a comment, an instruction or a declaration begins that goes on to the end of the text, and what would end it.
pub(super) fn unclosed(html: &str) -> Option<(&'static str, &'static str)> {
    let html = html.trim_start();
    let forms = [("<!--", "-->"), ("<?", "?>"), ("<![CDATA[", "]]>"), ("<!", ">")];
    let form = forms.into_iter().find(|(begin, _)| html.starts_with(begin))?;
    (!html.contains(form.1)).then_some(form)
}

/// What a comment says, without white space at its ends.
pub(super) fn comment(html: &str) -> Option<&str> {
    is_comment(html).then(|| html.trim()[4..].trim_end_matches("-->").trim())
}

fn tag(html: &str, open: usize) -> Option<HtmlTag<'_>> {
    let closing = html[open + 1..].starts_with('/');
    let name_at = open + 1 + usize::from(closing);
    let after = &html[name_at..];
    if !after.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return None;
    }
    let ends_name = |c: char| c.is_ascii_whitespace() || matches!(c, '/' | '>');
    let name = &after[..after.find(ends_name).unwrap_or(after.len())];
    let mut at = name_at + name.len();
    let mut attributes = Vec::new();
    loop {
        at += leading(&html[at..], |c| c.is_ascii_whitespace() || c == '/');
        match html[at..].chars().next() {
            None => break,
            Some('>') => {
                at += 1;
                break;
            }
            Some(_) => {
                let (attribute, end) = attribute(html, at);
                attributes.push(attribute);
                at = end;
            }
        }
    }
    let closes_itself = html[open..at].ends_with("/>");
    Some(HtmlTag { name: name.to_ascii_lowercase(), closing, closes_itself, attributes, range: open..at })
}

fn attribute(html: &str, start: usize) -> ((String, &str), usize) {
    let rest = &html[start..];
    // HTML, 13.2.5.33: an equals sign at the beginning of a name is part of it.
    let first = rest.chars().next().map_or(0, char::len_utf8);
    let length =
        first + leading(&rest[first..], |c| !c.is_ascii_whitespace() && !matches!(c, '/' | '>' | '='));
    let name = rest[..length].to_ascii_lowercase();
    let mut at = start + length;
    let equals = at + leading(&html[at..], |c| c.is_ascii_whitespace());
    if !html[equals..].starts_with('=') {
        return ((name, ""), at);
    }
    at = equals + 1;
    at += leading(&html[at..], |c| c.is_ascii_whitespace());
    let rest = &html[at..];
    if let Some(quote @ ('"' | '\'')) = rest.chars().next() {
        let length = rest[1..].find(quote).unwrap_or(rest.len() - 1);
        return ((name, &rest[1..=length]), (at + length + 2).min(html.len()));
    }
    let length = leading(rest, |c| !c.is_ascii_whitespace() && c != '>');
    ((name, &rest[..length]), at + length)
}

/// How many bytes at the beginning of `text` are of `kind`.
fn leading(text: &str, kind: impl Fn(char) -> bool) -> usize {
    text.find(|c| !kind(c)).unwrap_or(text.len())
}
