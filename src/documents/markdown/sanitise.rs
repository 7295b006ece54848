//! What raw HTML in author's text may hold.
//!
//! A whole document is cleaned at once, its generated HTML too, because raw HTML may open in one place and close in
//! another; what it opens before a claim or an event that stands in the text is closed there. What only generated HTML may have (ids that are kept whatever authors write, sources of images) carries
//! a marker that author's text cannot know.

use std::{
    borrow::Cow,
    collections::{BTreeSet, HashMap, HashSet},
    sync::{Mutex, PoisonError},
};

use ammonia::Builder;

use super::{
    links::{self, Destination, Target},
    tags::{self, HtmlTag},
};

/// Tags that authors may write. None of them is obsolete, loads, runs, takes input or makes a heading of the page.
const AUTHORS: [&str; 65] = [
    "a",
    "abbr",
    "aside",
    "b",
    "bdi",
    "bdo",
    "blockquote",
    "br",
    "caption",
    "cite",
    "code",
    "col",
    "colgroup",
    "data",
    "dd",
    "del",
    "details",
    "dfn",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "ins",
    "kbd",
    "li",
    "mark",
    "ol",
    "p",
    "pre",
    "q",
    "rp",
    "rt",
    "ruby",
    "s",
    "samp",
    "section",
    "small",
    "span",
    "strong",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "time",
    "tr",
    "u",
    "ul",
    "var",
    "wbr",
    "header",
    "footer",
];

/// Tags that generated HTML has besides.
const GENERATED: [&str; 2] = ["img", "input"];

/// Tags whose content is no text for readers.
const WITH_CONTENT: [&str; 21] = [
    "script",
    "style",
    "iframe",
    "noscript",
    "noembed",
    "noframes",
    "xmp",
    "plaintext",
    "template",
    "textarea",
    "select",
    "title",
    "object",
    "svg",
    "math",
    "audio",
    "video",
    "canvas",
    "frameset",
    "head",
    "applet",
];

/// Attributes of any tag that authors may write.
const ANYWHERE: [&str; 5] = ["class", "dir", "id", "lang", "title"];

/// Classes of generated HTML; `language-...` comes to them.
const CLASSES: [&str; 11] = [
    "align-center",
    "align-left",
    "align-right",
    "citation",
    "footnote",
    "footnote-back",
    "footnotes",
    "marked",
    "mention",
    "table-scroll",
    "tlp",
];

/// Attributes that authors may write on a tag.
fn attributes_of(tag: &str) -> &'static [&'static str] {
    match tag {
        "a" => &["href", "hreflang", "rel"],
        "blockquote" | "q" => &["cite"],
        "col" | "colgroup" => &["span"],
        "del" | "ins" => &["cite", "datetime"],
        "details" => &["open"],
        "data" | "li" => &["value"],
        "ol" => &["reversed", "start", "type"],
        "td" => &["colspan", "headers", "rowspan"],
        "th" => &["abbr", "colspan", "headers", "rowspan", "scope"],
        "time" => &["datetime"],
        _ => &[],
    }
}

/// Attributes that generated HTML has besides.
fn generated_attributes_of(tag: &str) -> &'static [&'static str] {
    match tag {
        "a" | "section" => &["aria-label", "role"],
        "img" => &["alt", "height", "loading", "src", "width"],
        "input" => &["aria-label", "checked", "disabled", "type"],
        "p" | "span" => &["data-tlp", "translate"],
        "pre" | "div" => &["tabindex"],
        _ => &[],
    }
}

/// What of a tag in author's text is taken away: the whole tag or some of its attributes, as words of a message.
pub(super) fn removed(tag: &HtmlTag<'_>) -> Vec<String> {
    if !AUTHORS.contains(&&*tag.name) {
        return vec![format!("`<{}>`", tag.name)];
    }
    if tag.closing {
        return Vec::new();
    }
    let gone = |(name, value): &&(String, &str)| {
        let known = ANYWHERE.contains(&&**name) || attributes_of(&tag.name).contains(&&**name);
        !known || allowed_value(name, &unescaped(value)).is_none()
    };
    tag.attributes.iter().filter(gone).map(|(name, _)| format!("the attribute `{name}`")).collect()
}

/// Whether `tag` has an address that a Markdown link would have had resolved.
pub(super) fn leads_into_archive(tag: &HtmlTag<'_>) -> bool {
    let into = |value: &str| match links::link(&unescaped(value)) {
        Destination::Local(target) => !matches!(target, Target::Fragment(_) | Target::Query(_)),
        _ => false,
    };
    tag.attributes.iter().any(|(name, value)| name == "href" && into(value))
}

/// Whether the content of `tag` goes with it. In the middle of a page `<head>` and `<frameset>` open nothing, and of
/// these only `<svg/>` and `<math/>` may close themselves (HTML, 13.2.6.4.7).
pub(super) fn hides_content(tag: &HtmlTag<'_>) -> bool {
    let opens = match &*tag.name {
        "head" | "frameset" => false,
        "svg" | "math" => !tag.closes_itself,
        _ => true,
    };
    opens && WITH_CONTENT.contains(&&*tag.name)
}

/// Whether a tag of an author's is kept.
pub(super) fn stays(tag: &HtmlTag<'_>) -> bool {
    AUTHORS.contains(&&*tag.name)
}

/// The pieces of a document with nothing left that authors may not write, the tags of each balanced, each id once in
/// all of them. `generated` are the ids that stand in it with `marker` before them, and those that the page has
/// elsewhere.
pub(super) fn clean<'h>(
    pieces: impl Iterator<Item = &'h str>,
    marker: &str,
    generated: BTreeSet<String>,
) -> Vec<String> {
    let tags: HashSet<&str> = AUTHORS.into_iter().chain(GENERATED).collect();
    let attributes: HashMap<&str, HashSet<&str>> = tags
        .iter()
        .map(|tag| (*tag, attributes_of(tag).iter().chain(generated_attributes_of(tag)).copied().collect()))
        .collect();
    let filter = Filter { marker: marker.to_owned(), generated, seen: Mutex::default() };
    let inert = HashMap::from([("input", HashMap::from([("type", "checkbox"), ("disabled", "")]))]);
    let mut builder = Builder::new();
    builder
        .tags(tags)
        .clean_content_tags(WITH_CONTENT.into_iter().collect())
        .tag_attributes(attributes)
        .set_tag_attribute_values(inert)
        .generic_attributes(ANYWHERE.into_iter().collect())
        .url_schemes(links::SCHEMES.into_iter().collect())
        .link_rel(None)
        .attribute_filter(move |tag, name, value| filter.value(tag, name, value));
    pieces.map(|html| without_empty_images(&builder.clean(html).to_string())).collect()
}

struct Filter {
    marker: String,
    generated: BTreeSet<String>,
    seen: Mutex<BTreeSet<String>>,
}

impl Filter {
    fn value<'v>(&self, tag: &str, name: &str, value: &'v str) -> Option<Cow<'v, str>> {
        match (tag, name) {
            (_, "id") => {
                let ours = value.strip_prefix(&self.marker);
                let id = ours.unwrap_or(value);
                let bad = id.is_empty() || id.contains(|c: char| c.is_whitespace());
                if bad || (ours.is_none() && self.generated.contains(id)) {
                    return None;
                }
                // A panic elsewhere leaves the set as it was.
                let mut seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
                seen.insert(id.to_owned()).then_some(Cow::Borrowed(id))
            }
            ("img", "src") => value.strip_prefix(&self.marker).map(Cow::Borrowed),
            ("a" | "section", "role") => matches!(value, "doc-noteref" | "doc-backlink" | "doc-endnotes")
                .then_some(Cow::Borrowed(value)),
            ("pre" | "div", "tabindex") => (value == "0").then_some(Cow::Borrowed(value)),
            _ => allowed_value(name, value),
        }
    }
}

/// The value of an attribute as it may stand.
fn allowed_value<'v>(name: &str, value: &'v str) -> Option<Cow<'v, str>> {
    let keep = |fits: bool| fits.then_some(Cow::Borrowed(value));
    match name {
        "href" | "cite" => match links::link(value) {
            Destination::External(address) if address == value => Some(Cow::Borrowed(value)),
            Destination::External(address) => Some(Cow::Owned(address)),
            Destination::Local(_) => Some(Cow::Borrowed(value)),
            Destination::Refused | Destination::Empty => None,
        },
        "class" => {
            let known = |class: &&str| CLASSES.contains(class) || class.starts_with("language-");
            let classes: Vec<&str> = value.split_ascii_whitespace().filter(known).collect();
            (!classes.is_empty()).then(|| classes.join(" ").into())
        }
        "rel" => {
            let known = |word: &&str| matches!(*word, "external" | "nofollow" | "noopener" | "noreferrer");
            let words: Vec<&str> = value.split_ascii_whitespace().filter(known).collect();
            (!words.is_empty()).then(|| words.join(" ").into())
        }
        "dir" => keep(matches!(&*value.to_ascii_lowercase(), "ltr" | "rtl" | "auto")),
        "scope" => keep(matches!(&*value.to_ascii_lowercase(), "row" | "col" | "rowgroup" | "colgroup")),
        "type" => keep(matches!(value, "1" | "a" | "A" | "i" | "I" | "checkbox")),
        "start" => keep(value.parse::<i32>().is_ok()),
        "colspan" | "span" => keep(value.parse::<u16>().is_ok_and(|columns| (1..=1000).contains(&columns))),
        "rowspan" => keep(value.parse::<u16>().is_ok_and(|rows| (1..=65534).contains(&rows))),
        _ => Some(Cow::Borrowed(value)),
    }
}

/// Entities in an attribute's value, as far as they can hide a scheme.
fn unescaped(value: &str) -> Cow<'_, str> {
    if !value.contains('&') {
        return Cow::Borrowed(value);
    }
    Cow::Owned(
        decode_numbers(value).replace("&colon;", ":").replace("&Tab;", "\t").replace("&NewLine;", "\n"),
    )
}

fn decode_numbers(value: &str) -> String {
    let mut decoded = String::with_capacity(value.len());
    let mut rest = value;
    while let Some(at) = rest.find("&#") {
        decoded.push_str(&rest[..at]);
        let number = &rest[at + 2..];
        let (radix, digits) = match number.strip_prefix(['x', 'X']) {
            Some(digits) => (16, digits),
            None => (10, number),
        };
        let length = digits.find(|c: char| !c.is_digit(radix)).unwrap_or(digits.len());
        let decoded_number = u32::from_str_radix(&digits[..length], radix).ok().and_then(char::from_u32);
        decoded.push(decoded_number.unwrap_or('\u{FFFD}'));
        rest = digits[length..].strip_prefix(';').unwrap_or(&digits[length..]);
    }
    decoded.push_str(rest);
    decoded
}

/// An image whose source was taken away becomes the words that stand for it.
fn without_empty_images(html: &str) -> String {
    let mut kept = String::with_capacity(html.len());
    let mut from = 0;
    for tag in tags::tags(html) {
        let has_source = tag.attributes.iter().any(|(name, _)| name == "src");
        if tag.name == "img" && !has_source {
            kept.push_str(&html[from..tag.range.start]);
            if let Some((_, alt)) = tag.attributes.iter().find(|(name, _)| name == "alt") {
                // The sanitiser has written it with entities; only what an attribute may hold bare is left.
                kept.push_str(&alt.replace('<', "&lt;").replace('>', "&gt;"));
            }
            from = tag.range.end;
        }
    }
    kept.push_str(&html[from..]);
    kept
}

/// The words of a piece of raw HTML, without its tags.
pub(super) fn words(html: &str) -> String {
    let text = Builder::empty()
        .clean_content_tags(WITH_CONTENT.into_iter().collect())
        .tag_attributes(HashMap::new())
        .clean(html)
        .to_string();
    text.replace("&nbsp;", "\u{A0}").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}
