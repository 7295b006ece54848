//! Old keys as ours: what has a place takes it, all else goes to `extra`.

use std::{collections::BTreeMap, fmt::Write as _};

use chrono_tz::Tz;

use super::{
    Dialect, addresses,
    dates::{self, OldDate},
    front::{self, Entry},
    groups::{self, Kinds, TAGS},
    html,
    item::Item,
    report::Report,
    site::Site,
    yaml,
};
use crate::{
    model::{Published, check_segment, fold_name, is_language},
    tree::{Node, Value},
};

/// What the mapping of a text needs to know.
pub(super) struct Mapping<'a> {
    pub(super) dialect: Dialect,
    pub(super) site: &'a Site,
    pub(super) kinds: &'a Kinds,
    /// Old keys and ours, as the command line says.
    pub(super) said: &'a [(String, String)],
    pub(super) zone: Tz,
}

/// Front matter that is being written.
struct Out<'r> {
    old: String,
    entries: Vec<(String, Node, Vec<String>)>,
    extra: Vec<(String, Node, Vec<String>)>,
    report: &'r mut Report,
}

impl Out<'_> {
    fn has(&self, key: &str) -> bool {
        self.entries.iter().any(|(written, ..)| written == key)
    }

    /// Writes `key`, unless it is there; then the value goes to `extra`.
    fn put(&mut self, key: &str, node: Node, entry: &Entry) {
        if self.has(key) {
            return self.keep(entry);
        }
        self.report.key(&entry.key, key);
        self.entries.push((key.to_owned(), node, entry.comments.clone()));
    }

    /// Keeps an entry as it is, under `extra`.
    fn keep(&mut self, entry: &Entry) {
        self.keep_as(&entry.key.clone(), entry);
    }

    fn keep_as(&mut self, name: &str, entry: &Entry) {
        let mut key = name.to_owned();
        let mut number = 2;
        while self.extra.iter().any(|(written, ..)| *written == key) {
            key = format!("{name}-{number}");
            number += 1;
        }
        self.report.key(&entry.key, &format!("extra.{key}"));
        self.extra.push((key, entry.node.clone(), entry.comments.clone()));
    }

    /// Adds names to the list under `key`.
    fn add_names(&mut self, key: &str, names: Vec<String>, entry: &Entry) {
        self.report.key(&entry.key, key);
        let place = self.entries.iter().position(|(written, ..)| written == key);
        let mut all = place.map(|place| strings(&self.entries[place].1)).unwrap_or_default();
        for name in names {
            if !all.iter().any(|known| fold_name(known) == fold_name(&name)) {
                all.push(name);
            }
        }
        let node = front::list_node(all);
        match place {
            Some(place) => self.entries[place].1 = node,
            None => self.entries.push((key.to_owned(), node, entry.comments.clone())),
        }
    }
}

/// The texts of a list, or the one text; names where its items are maps with one.
pub(super) fn strings(node: &Node) -> Vec<String> {
    let one = |node: &Node| match &node.value {
        Value::Map(entries) => {
            let name = entries.iter().find(|(key, _)| matches!(&*key.text, "name" | "title"));
            name.and_then(|(_, node)| node.text()).map(str::to_owned)
        }
        _ => node.text().map(str::to_owned),
    };
    let texts: Vec<String> = match &node.value {
        Value::List(items) => items.iter().filter_map(one).collect(),
        _ => one(node).into_iter().collect(),
    };
    texts.into_iter().map(|text| text.trim().to_owned()).filter(|text| !text.is_empty()).collect()
}

/// The file of `item`, its text `body`; `aliases` are its old addresses that lead on. Names by the kind's key are added
/// to `names`.
pub(super) fn write(
    item: &Item,
    body: &str,
    aliases: Vec<String>,
    mapping: &Mapping<'_>,
    names: &mut BTreeMap<String, Vec<String>>,
    report: &mut Report,
) -> String {
    let mut out = Out { old: item.path.clone(), entries: Vec::new(), extra: Vec::new(), report };
    let empty = |key: &str| Entry { key: key.into(), node: front::node(Value::Null), comments: Vec::new() };
    let summary = ["summary", "excerpt", "description"]
        .into_iter()
        .find(|key| item.front.text(key).is_some_and(|text| !text.trim().is_empty()));
    for entry in &item.front.entries {
        one(entry, item, summary, mapping, &mut out);
    }
    if !out.has("title") {
        out.entries.insert(0, ("title".into(), front::text_node(item.title.as_str()), Vec::new()));
    }
    if let Some(date) = item.date.as_ref().filter(|_| !item.page && !out.has("date")) {
        let node = front::plain_node(date.written(mapping.zone));
        out.entries.insert(1, ("date".into(), node, Vec::new()));
    }
    if mapping.dialect == Dialect::Jekyll && !item.page && !out.has("categories") {
        let inherited = addresses::jekyll_categories(item, mapping.site);
        if !inherited.is_empty() && mapping.kinds.has("categories") && item.front.get("category").is_none() {
            out.add_names("categories", inherited, &empty("(folder)"));
        }
    }
    for key in ["lang", "author", TAGS].into_iter().filter(|_| mapping.dialect == Dialect::Jekyll) {
        if let Some(node) =
            addresses::default_of(item, mapping.site, key).filter(|_| item.front.get(key).is_none())
        {
            let entry = Entry { key: key.into(), node: node.clone(), comments: Vec::new() };
            one(&entry, item, summary, mapping, &mut out);
        }
    }
    if let Some(language) = item.language.clone().filter(|tag| is_language(tag) && !out.has("lang")) {
        out.entries.push(("lang".into(), front::text_node(language), Vec::new()));
    }
    if item.hidden && !out.has("draft") {
        out.entries.push(("draft".into(), front::plain_node("true"), Vec::new()));
    }
    if let Some(slug) = &item.slug {
        out.entries.retain(|(key, ..)| key != "slug");
        out.entries.push(("slug".into(), front::text_node(slug.as_str()), Vec::new()));
    }
    if !aliases.is_empty() {
        out.entries.push(("aliases".into(), front::list_node(aliases), Vec::new()));
    }
    if let Some(unread) = &item.front.unread {
        let entry = Entry { node: front::text_node(unread.trim_end()), ..empty("front_matter") };
        out.keep(&entry);
    }
    for (key, node, _) in &out.entries {
        if key == TAGS || mapping.kinds.has(key) {
            names.entry(key.clone()).or_default().extend(strings(node));
        }
    }
    text_of(&out.entries, out.extra, body)
}

fn text_of(
    entries: &[(String, Node, Vec<String>)],
    extra: Vec<(String, Node, Vec<String>)>,
    body: &str,
) -> String {
    let mut text = String::from("---\n");
    for (key, node, comments) in entries {
        for comment in comments {
            let _ = writeln!(text, "# {comment}");
        }
        yaml::entry(&mut text, key, node);
    }
    for comment in extra.iter().flat_map(|(_, _, comments)| comments) {
        let _ = writeln!(text, "# {comment}");
    }
    if !extra.is_empty() {
        let entries = extra.into_iter().map(|(key, node, _)| (key, node));
        yaml::entry(&mut text, "extra", &front::map_node(entries));
    }
    text.push_str("---\n");
    if !body.trim().is_empty() {
        text.push('\n');
        text.push_str(body.trim_matches('\n'));
        text.push('\n');
    }
    text
}

fn one(entry: &Entry, item: &Item, summary: Option<&str>, mapping: &Mapping<'_>, out: &mut Out<'_>) {
    let lower = entry.key.to_lowercase();
    let said = mapping.said.iter().find(|(old, _)| old.to_lowercase() == lower).map(|(_, new)| new.as_str());
    if let Some(new) = said {
        return match new.strip_prefix("extra.") {
            Some(name) => out.keep_as(name, entry),
            None if new == "extra" => out.keep(entry),
            None => ours(new, entry, item, mapping, out),
        };
    }
    // Zola's tables of groups and of own values, whose keys are taken one by one.
    if let Value::Map(inner) = &entry.node.value
        && ((lower == "taxonomies" && matches!(mapping.dialect, Dialect::Zola | Dialect::Hugo))
            || (lower == "extra" && mapping.dialect == Dialect::Zola))
    {
        for (key, node) in inner {
            let inner = Entry { key: key.text.to_string(), node: node.clone(), comments: Vec::new() };
            if lower == "extra" && key.text.as_ref() != "author" && key.text.as_ref() != "authors" {
                out.keep(&inner);
            } else {
                one(&inner, item, summary, mapping, out);
            }
        }
        return;
    }
    if item.date_key.as_deref() == Some(&entry.key) && !item.page {
        return ours("date", entry, item, mapping, out);
    }
    let is_summary = summary == Some(lower.as_str());
    let new = match lower.as_str() {
        "title" => "title",
        "summary" | "excerpt" | "description" if is_summary => "summary",
        "lastmod" | "last_modified_at" | "modified" | "updated" | "date updated" | "date modified"
        | "date_modified" | "last_updated" => "updated",
        "expirydate" | "unpublishdate" | "expires" => "expires",
        "publishdate" | "pubdate" => "published",
        "published" | "publish" if item.front.says(&lower, false) => "hidden",
        "author" | "authors" => "authors",
        "tags" | "tag" => TAGS,
        "category" | "categories" => "categories",
        "slug" => "slug",
        "redirect_from" => "aliases",
        "alias" | "aliases" if mapping.dialect != Dialect::Obsidian => "aliases",
        "permalink" if matches!(mapping.dialect, Dialect::Jekyll | Dialect::Obsidian) => "aliases",
        "url" if mapping.dialect == Dialect::Hugo => "aliases",
        "path" if mapping.dialect == Dialect::Zola => "aliases",
        "lang" | "language" | "locale" => "lang",
        "draft" => "draft",
        "license" => "license",
        "tlp" => "tlp",
        "image" => "image",
        "sources" | "published" if mapping.dialect == Dialect::Csv => lower.as_str(),
        key if mapping.kinds.has(key) => key,
        _ => return out.keep(entry),
    };
    ours(new, entry, item, mapping, out);
}

/// Writes `entry` under our key `new` if its value can stand there, else under `extra`.
fn ours(new: &str, entry: &Entry, item: &Item, mapping: &Mapping<'_>, out: &mut Out<'_>) {
    const OF_PAGES: [&str; 6] = ["title", "summary", "aliases", "lang", "draft", "tlp"];
    if item.page && !OF_PAGES.contains(&new) && new != "hidden" {
        return out.keep(entry);
    }
    let text = entry.node.text().map(str::trim).filter(|text| !text.is_empty());
    let text_for = |fits: bool| text.filter(|_| fits).map(front::text_node);
    let date = |zone| text.and_then(dates::parse).map(|date: OldDate| date.written(zone));
    let node = match new {
        "title" => {
            let same = entry.node.text().is_some() && !out.has("title");
            same.then(|| front::text_node(item.title.as_str()))
        }
        "date" => item.date.as_ref().map(|date| front::plain_node(date.written(mapping.zone))),
        "updated" | "published" | "expires" => date(mapping.zone)
            .filter(|date| Published::parse(date, mapping.zone).is_ok())
            .map(front::plain_node),
        "summary" if mapping.dialect == Dialect::Jekyll => {
            text.map(|text| front::text_node(html::words(text).0))
        }
        "summary" => text.map(front::text_node),
        "license" => text_for(true),
        "tlp" => text.filter(|text| crate::model::Tlp::parse(text).is_some()).map(front::text_node),
        "slug" => text_for(item.slug.is_none() && text.is_some_and(|text| check_segment(text).is_ok())),
        "lang" => {
            text.map(|text| text.replace('_', "-")).filter(|tag| is_language(tag)).map(front::text_node)
        }
        "draft" if text.is_none_or(|text| !matches!(text, "true" | "false")) => None,
        "draft" => Some(front::plain_node(if item.hidden { "true" } else { "false" })),
        "hidden" => {
            out.report.key(&entry.key, "draft");
            out.keep(entry);
            return;
        }
        "image" => None,
        "aliases" => return aliases(entry, item, mapping, out),
        "authors" => return names("authors", entry, mapping, out),
        "sources" => matches!(entry.node.value, Value::Map(_)).then(|| entry.node.clone()),
        key if mapping.kinds.has(key) => return names(key, entry, mapping, out),
        _ => None,
    };
    // With the tags of a title or a summary its emphasis and its links go.
    let is_cut = matches!(new, "title" | "summary") && mapping.dialect == Dialect::Jekyll;
    if node.is_some() && is_cut && text.is_some_and(|text| html::words(text).1) {
        out.keep(entry);
    }
    match node {
        Some(node) => out.put(new, node, entry),
        None if entry.node.value == Value::Null && matches!(new, "summary" | "image") => out.keep(entry),
        None => out.keep(entry),
    }
}

/// A list of names; what is more than a name is kept under `extra` as well.
fn names(key: &str, entry: &Entry, mapping: &Mapping<'_>, out: &mut Out<'_>) {
    let mut names = strings(&entry.node);
    let words = |names: Vec<String>, mark: &dyn Fn(char) -> bool| {
        let split = names.iter().flat_map(|name| name.split(mark)).map(str::trim);
        split.filter(|name| !name.is_empty()).map(str::to_owned).collect()
    };
    let is_text = entry.node.text().is_some();
    match (mapping.dialect, entry.key.to_lowercase().as_str()) {
        (Dialect::Jekyll, "tags" | "categories") if is_text => {
            // Jekyll splits at blanks; where a comma stands, people meant the comma.
            let comma = names.iter().any(|name| name.contains(','));
            names = words(names, &|c| if comma { c == ',' } else { c.is_whitespace() });
        }
        (Dialect::Obsidian, "tags" | "tag") => {
            names = words(names, &|c| c == ',' || (is_text && c.is_whitespace()));
            for name in &mut names {
                *name = name.trim_start_matches('#').to_owned();
            }
        }
        (Dialect::Obsidian, _) => names.iter_mut().for_each(|name| *name = unwikied(name)),
        (Dialect::Csv, _) => names = words(names, &|c| c == ';' || c == '|'),
        _ => {}
    }
    if mapping.dialect == Dialect::Csv && is_text && names.len() == 1 && key != "authors" {
        names = words(names, &|c| c == ',');
    }
    names.retain(|name| !name.is_empty());
    if !groups::are_names(&entry.node) || names.is_empty() {
        out.keep(entry);
    }
    if !names.is_empty() {
        out.add_names(key, names, entry);
    }
}

/// `[[Note|words]]` as the note's name.
fn unwikied(name: &str) -> String {
    let inner = name.strip_prefix("[[").and_then(|name| name.strip_suffix("]]")).unwrap_or(name);
    let inner = inner.split(['|', '#']).next().unwrap_or(inner);
    inner.rsplit('/').next().unwrap_or(inner).trim().to_owned()
}

/// Old addresses are written once, below; what is none stays under `extra`.
fn aliases(entry: &Entry, item: &Item, mapping: &Mapping<'_>, out: &mut Out<'_>) {
    let texts = strings(&entry.node);
    let is_known = |text: &String| {
        let own = addresses::clean(text, mapping.site).unwrap_or_default();
        let own = own.trim_end_matches('/').to_owned();
        item.addresses.iter().any(|known| {
            let known = known.trim_end_matches('/');
            known == own || known.ends_with(&format!("/{own}"))
        })
    };
    if texts.is_empty() || !texts.iter().all(is_known) || !groups::are_names(&entry.node) {
        let why = "it is no plain address of the site".into();
        out.report.lost.push((out.old.clone(), texts.join(", "), why));
        return out.keep(entry);
    }
    out.report.key(&entry.key, "aliases");
    // A pattern or a query says more than the address that it comes to.
    let is_plain =
        |text: &String| item.addresses.iter().any(|known| known.trim_matches('/') == text.trim_matches('/'));
    if !texts.iter().all(is_plain) {
        out.keep(entry);
    }
}
