//! Shortcodes in the texts of Hugo and Zola: their form in Markdown where there is one, else as they are.

use super::{
    Dialect,
    index::Index,
    item::Item,
    liquid,
    report::Report,
    text::{self, Arguments, Edit, Tag, Text},
};

/// What stands in place of the shortcodes of `body`.
pub(super) fn edits(body: &Text, item: &Item, index: &Index<'_>, report: &mut Report) -> Vec<Edit> {
    let hugo = index.dialect == Dialect::Hugo;
    let tags = text::tags(&body.text, hugo);
    let mut edits = Vec::new();
    let mut at = 0;
    while let Some(tag) = tags.get(at) {
        at += 1;
        let line = body.line(tag.range.start);
        if let Some(inside) = tag.inner.strip_prefix("/*").and_then(|inner| inner.strip_suffix("*/")) {
            let close = match tag.open {
                "{{<" => ">}}",
                "{{%" => "%}}",
                "{%" => "%}",
                _ => "}}",
            };
            edits.push(Edit { range: tag.range.clone(), text: format!("{}{inside}{close}", tag.open) });
            report.form("an escaped shortcode", &item.path, line, true);
            continue;
        }
        if tag.name == "highlight" {
            let closes = |other: &Tag<'_>| other.closes("highlight") || (!hugo && other.inner == "end");
            if let Some(close) = tags[at..].iter().position(closes).map(|close| at + close) {
                let inside = &body.text[tag.range.end..tags[close].range.start];
                let arguments = Arguments::read(tag.args);
                let language = arguments.get(&["lang"]).or(arguments.values.first().map(String::as_str));
                let text = text::fenced(language.unwrap_or_default(), inside);
                edits.push(Edit { range: tag.range.start..tags[close].range.end, text });
                report.form(&tag.title(), &item.path, line, true);
                at = close + 1;
                continue;
            }
        }
        let value = value(tag, item, index);
        report.form(&tag.title(), &item.path, line, value.is_some());
        edits.extend(value.map(|text| Edit { range: tag.range.clone(), text }));
    }
    edits
}

fn value(tag: &Tag<'_>, item: &Item, index: &Index<'_>) -> Option<String> {
    let arguments = Arguments::read(tag.args);
    let first = arguments.values.first().map(String::as_str);
    match tag.name {
        "ref" | "relref" => {
            let target = arguments.get(&["path"]).or(first)?;
            let (path, anchor) =
                target.split_once('#').map_or((target, None), |(path, anchor)| (path, Some(anchor)));
            let anchor = anchor.map(|anchor| format!("#{anchor}")).unwrap_or_default();
            if path.is_empty() {
                return Some(anchor);
            }
            index.by_reference(item, path).map(|to| text::new(&format!("{}{anchor}", index.link(item, to))))
        }
        "figure" | "img" | "image" | "picture" => {
            let source = arguments.get(&["src", "path", "url", "link", "name"]).or(first)?;
            let alt = arguments.get(&["alt", "caption", "title"]).unwrap_or_default();
            let caption = arguments.get(&["caption", "title"]);
            liquid::is_picture(source).then(|| text::image(source, alt, caption))
        }
        "param" => item.front.text(first?).map(str::to_owned),
        name => {
            let id = arguments.get(&["id", "url", "user"]).or(first)?;
            let second = arguments.get(&["gist"]).or(arguments.values.get(1).map(String::as_str));
            let second = match name {
                "tweet" | "twitter" | "x" if arguments.get(&["user"]).is_some() => arguments.get(&["id"]),
                "gist" => second,
                _ => None,
            };
            let id = arguments.get(&["user"]).filter(|_| second.is_some()).unwrap_or(id);
            text::elsewhere(name, id, second)
        }
    }
}
