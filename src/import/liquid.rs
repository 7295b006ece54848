//! Liquid in the texts of Jekyll and its kin: what it writes where that is known, else the tag as it is.

use super::{
    index::Index,
    item::Item,
    report::Report,
    roles,
    text::{self, Arguments, Edit, Tag, Text},
};

/// Filters that make addresses and nothing else.
const ADDRESS_FILTERS: [&str; 11] = [
    "relative_url",
    "absolute_url",
    "url",
    "prepend",
    "append",
    "escape",
    "uri_escape",
    "strip",
    "strip_newlines",
    "markdownify",
    "slashify",
];

/// What stands in place of the tags of `body`.
pub(super) fn edits(body: &Text, item: &Item, index: &Index<'_>, report: &mut Report) -> Vec<Edit> {
    let tags = text::tags(&body.text, false);
    let mut edits = Vec::new();
    let mut at = 0;
    while let Some(tag) = tags.get(at) {
        at += 1;
        let line = body.line(tag.range.start);
        if matches!((tag.open, tag.name), ("{%", "raw" | "comment" | "highlight")) {
            let close = tags[at..].iter().position(|other| other.open == "{%" && other.closes(tag.name));
            if let Some(close) = close.map(|close| at + close) {
                block(tag, &tags[close], &body.text, &mut edits);
                report.form(&tag.title(), &item.path, line, true);
                at = close + 1;
                continue;
            }
        }
        match value(tag, item, index) {
            Some(value) => {
                edits.push(Edit { range: tag.range.clone(), text: value });
                report.form(&tag.title(), &item.path, line, true);
            }
            None => report.form(&tag.title(), &item.path, line, false),
        }
    }
    attribute_lists(body, item, report);
    edits
}

/// A tag that holds text.
fn block(open: &Tag<'_>, close: &Tag<'_>, text: &str, edits: &mut Vec<Edit>) {
    let mut put = |range, text: String| edits.push(Edit { range, text });
    let inside = &text[open.range.end..close.range.start];
    match open.name {
        "highlight" => {
            let language = open.args.split_whitespace().next().unwrap_or_default();
            put(open.range.start..close.range.end, text::fenced(language, inside));
        }
        "comment" => {
            put(open.range.start..close.range.end, format!("<!--{}-->", inside.replace("--", "- -")));
        }
        _ => {
            put(open.range.clone(), String::new());
            put(close.range.clone(), String::new());
        }
    }
}

/// What a tag writes, if that is known.
fn value(tag: &Tag<'_>, item: &Item, index: &Index<'_>) -> Option<String> {
    if tag.open == "{{" {
        return expression(tag.inner, item, index);
    }
    let arguments = Arguments::read(tag.args);
    let first = arguments.values.first().map(String::as_str);
    match tag.name {
        "post_url" => index.by_post_name(first?).map(|to| text::new(&index.link(item, to))),
        "link" => {
            let path = format!("{}{}", index.site.root, tag.args.trim().trim_start_matches('/'));
            let to =
                index.by_path(&path).map(|to| index.link(item, to)).or_else(|| index.file_at(item, &path));
            to.map(|to| text::new(&to))
        }
        "image" | "img" | "picture" | "figure" | "image_with_class" | "responsive_image" => {
            let source = arguments
                .get(&["src", "path", "url", "file"])
                .or(first)
                .filter(|source| is_picture(source))?;
            let alt =
                arguments.get(&["alt", "caption", "title"]).or(arguments.values.get(1).map(String::as_str));
            Some(text::image(source, alt.unwrap_or_default(), arguments.get(&["caption"])))
        }
        "include" | "include_relative" => included(&arguments),
        name => text::elsewhere(name, first?, arguments.values.get(1).map(String::as_str)),
    }
}

/// An included template that shows one picture.
fn included(arguments: &Arguments) -> Option<String> {
    let source = arguments.get(&["src", "url", "path", "image", "image_path", "file", "img", "filename"])?;
    let alt = arguments.get(&["alt", "caption", "description", "title"]).unwrap_or_default();
    let caption = arguments.get(&["caption", "description"]);
    is_picture(source).then(|| text::image(source, alt, caption))
}

pub(super) fn is_picture(address: &str) -> bool {
    let path = address.split(['?', '#']).next().unwrap_or(address);
    matches!(roles::ending(path).as_str(), "png" | "jpg" | "jpeg" | "gif" | "svg" | "webp" | "avif" | "bmp")
        && !address.contains("{{")
}

/// A text, a value of the page or the site, through filters that make addresses.
fn expression(inner: &str, item: &Item, index: &Index<'_>) -> Option<String> {
    let mut parts = split_filters(inner).into_iter();
    let base = parts.next()?;
    let mut value = operand(&base, item, index)?;
    for filter in parts {
        let (name, argument) = filter.split_once(':').unwrap_or((&filter, ""));
        let argument = argument.trim();
        if !ADDRESS_FILTERS.contains(&name.trim()) {
            return None;
        }
        match name.trim() {
            "prepend" => value = format!("{}{value}", operand(argument, item, index)?),
            "append" => value.push_str(&operand(argument, item, index)?),
            _ => {}
        }
    }
    Some(value)
}

/// The parts of an expression between `|` that stand in no quotation marks.
fn split_filters(text: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut mark = None;
    for c in text.chars() {
        match (c, mark) {
            ('|', None) => parts.push(String::new()),
            (c, open) => {
                match open {
                    None if matches!(c, '"' | '\'') => mark = Some(c),
                    Some(open) if open == c => mark = None,
                    _ => {}
                }
                if let Some(part) = parts.last_mut() {
                    part.push(c);
                }
            }
        }
    }
    parts.iter().map(|part| part.trim().to_owned()).collect()
}

fn operand(text: &str, item: &Item, index: &Index<'_>) -> Option<String> {
    let text = text.trim();
    for mark in ['"', '\''] {
        if let Some(inside) = text.strip_prefix(mark).and_then(|text| text.strip_suffix(mark)) {
            return (!inside.contains(mark)).then(|| inside.to_owned());
        }
    }
    match text {
        "site.baseurl" | "site.url" | "site.github.url" | "baseurl" => return Some(String::new()),
        "page.title" => return Some(item.title.clone()),
        _ => {}
    }
    if let Some(key) = text.strip_prefix("page.") {
        return item.front.text(key).map(|value| value.trim().to_owned());
    }
    let key = text.strip_prefix("site.")?;
    index.site.values.text(key).map(str::to_owned)
}

/// Lists of attributes of kramdown, `{:.class}`, which Markdown has not.
fn attribute_lists(body: &Text, item: &Item, report: &mut Report) {
    for (at, _) in body.text.match_indices("{:") {
        let rest = &body.text[at..];
        let is_list = rest[2..].trim_start().starts_with(['.', '#', ':'])
            || rest.find('}').is_some_and(|end| rest[..end].contains('=') || rest[..end].contains("toc"));
        if is_list && rest.find('}').is_some_and(|end| !rest[..end].contains('\n')) {
            report.form("{: ... }", &item.path, body.line(at), false);
        }
    }
}
