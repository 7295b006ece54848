//! What old texts are grouped by, as kinds of the archive; and the settings of an archive that has none yet.

use std::{collections::BTreeMap, fmt::Write as _};

use super::{
    Desk, Dialect, NewContent, NewFile,
    front::{self, Form},
    item::Item,
    report::Report,
    site::Site,
    slugs, yaml,
};
use crate::{
    model::{fold_name, segment},
    settings::BaseUrl,
    tree::{Node, Value},
};

/// The key that stands ready for groups.
pub(super) const TAGS: &str = "tags";

/// The keys of kinds that are there or will be.
pub(super) struct Kinds {
    /// Declared by the desk's settings or built in.
    pub(super) known: Vec<String>,
    /// To be declared in new settings, with the name of one.
    pub(super) new: Vec<(String, String)>,
}

impl Kinds {
    pub(super) fn has(&self, key: &str) -> bool {
        self.known.iter().any(|known| known == key) || self.new.iter().any(|(new, _)| new == key)
    }
}

/// One of what a plural word names.
pub(super) fn singular(many: &str) -> String {
    match many {
        "series" | "news" => many.to_owned(),
        _ if many.ends_with("ies") => format!("{}y", &many[..many.len() - 3]),
        _ => many.strip_suffix('s').unwrap_or(many).to_owned(),
    }
}

/// Keys and names that a kind cannot have, since they mean something else (`settings` says so).
const TAKEN: [&str; 38] = [
    "body",
    "title",
    "id",
    "date",
    "published",
    "updated",
    "lastmod",
    "modified",
    "expires",
    "summary",
    "description",
    "authors",
    "author",
    "generated",
    "reviewed_by",
    "slug",
    "aliases",
    "lang",
    "language",
    "image",
    "license",
    "template",
    "extra",
    "events",
    "claims",
    "responses",
    "findings",
    "sources",
    "corrections",
    "tlp",
    "embargo",
    "draft",
    "briefings",
    "pages",
    "search",
    "data",
    "map",
    "page",
];

/// The kinds of the desk, and those that the old site's groups become where its settings are still to be written.
pub(super) fn kinds(site: &Site, items: &[Item], desk: &Desk, map: &[(String, String)]) -> Kinds {
    let mut kinds =
        Kinds { known: ["actors", "locations", TAGS].map(str::to_owned).to_vec(), new: Vec::new() };
    if let Some(settings) = &desk.settings {
        let entries = front::settings(settings, Form::Toml);
        let declared = entries.iter().find(|entry| entry.key == "kinds").map(|entry| &entry.node.value);
        if let Some(Value::Map(declared)) = declared {
            kinds.known.extend(declared.iter().map(|(name, node)| {
                let key = match &node.value {
                    Value::Map(entries) => entries.iter().find(|(key, _)| &*key.text == "key"),
                    _ => None,
                };
                key.and_then(|(_, node)| node.text()).unwrap_or(&name.text).to_owned()
            }));
        }
        return kinds;
    }
    let used = |key: &str| {
        items.iter().any(|item| {
            let nested = item.front.get("taxonomies").is_some_and(|node| match &node.value {
                Value::Map(entries) => entries.iter().any(|(name, _)| name.text.eq_ignore_ascii_case(key)),
                _ => false,
            });
            !item.page && (nested || item.front.get(key).is_some())
        })
    };
    let mapped = map.iter().map(|(_, new)| (new.clone(), singular(new)));
    let mapped: Vec<(String, String)> =
        mapped.filter(|(key, _)| !key.contains('.') && !TAKEN.contains(&key.as_str())).collect();
    let is_moved = |key: &str| map.iter().any(|(old, _)| old.eq_ignore_ascii_case(key));
    let used = |key: &str| used(key) || (key == "categories" && used("category"));
    let groups = site.groups.iter().filter(|(key, _)| used(key) && !is_moved(key)).cloned();
    for (key, one) in groups.chain(mapped) {
        let fits = crate::model::check_segment(&key).is_ok() && segment(&key) == key;
        if fits && !TAKEN.contains(&key.as_str()) && !kinds.has(&key) {
            kinds.new.push((key, one));
        }
    }
    kinds
}

/// The settings of an archive that has none.
pub(super) fn settings(site: &Site, kinds: &Kinds, name: &str, report: &mut Report) -> NewFile {
    let title = site.title.clone().unwrap_or_else(|| name.to_owned());
    let mut text = format!("title = {}\n", toml(&title));
    let mut say = |key: &str, value: Option<&str>, from: &str| {
        if let Some(value) = value {
            let _ = writeln!(text, "{key} = {}", toml(value));
            report.settings.push((key.to_owned(), value.to_owned(), from.to_owned()));
        }
    };
    let from = site.settings.as_deref().unwrap_or("the texts");
    say("description", site.description.as_deref(), from);
    let url = site.url.as_deref().map(|url| format!("{url}/")).filter(|url| BaseUrl::parse(url).is_ok());
    say("base_url", url.as_deref(), from);
    say("language", site.language.as_deref().filter(|language| *language != "en"), from);
    say("timezone", site.zone.map(chrono_tz::Tz::name), from);
    say("publisher", site.author.as_deref(), from);
    report.settings.insert(
        0,
        (
            "title".into(),
            title,
            if site.title.is_some() { from.into() } else { "the folder's name".to_owned() },
        ),
    );
    for (key, one) in &kinds.new {
        let _ = write!(text, "\n[kinds.{}]\nkey = {}\npath = {}\n", toml_key(one), toml(key), toml(key));
        report.settings.push((format!("kinds.{one}"), key.clone(), "what texts are grouped by".into()));
    }
    NewFile { path: "brief.toml".into(), content: NewContent::Text(text) }
}

fn toml(text: &str) -> String {
    yaml::quoted(text)
}

fn toml_key(text: &str) -> String {
    let bare = text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'));
    if bare { text.to_owned() } else { toml(text) }
}

/// Profiles for names of one kind that would have one address (`C`, `C++`, `C#`), so that each has its own.
pub(super) fn profiles(names: &BTreeMap<String, Vec<String>>, report: &mut Report) -> Vec<NewFile> {
    let mut files = Vec::new();
    for (key, names) in names {
        let mut by_segment: BTreeMap<String, BTreeMap<String, &String>> = BTreeMap::new();
        for name in names {
            by_segment.entry(segment(name)).or_default().entry(fold_name(name)).or_insert(name);
        }
        for (slug, names) in by_segment.into_iter().filter(|(_, names)| names.len() > 1) {
            let mut taken = vec![slug.clone()];
            // The plainest keeps the address.
            for name in names
                .values()
                .filter(|name| fold_name(name) != slug)
                .skip(usize::from(!names.contains_key(&slug)))
            {
                let spoken =
                    Some(slugs::spoken(name)).filter(|spoken| !spoken.is_empty() && !taken.contains(spoken));
                let own = spoken.unwrap_or_else(|| {
                    (2..=names.len() + 2)
                        .map(|n| format!("{slug}-{n}"))
                        .find(|own| !taken.contains(own))
                        .unwrap_or_default()
                });
                let path = format!("content/{key}/{own}.md");
                let mut text = String::from("---\n");
                yaml::entry(&mut text, "name", &front::text_node(name.as_str()));
                text.push_str("---\n");
                report.profiles.push((path.clone(), (*name).clone()));
                files.push(NewFile { path, content: NewContent::Text(text) });
                taken.push(own);
            }
        }
    }
    files
}

/// Where the list of a group stood, and where it stands now, for the groups of Hugo and Zola, whose terms have pages.
pub(super) fn terms(
    names: &BTreeMap<String, Vec<String>>,
    dialect: Dialect,
    site: &Site,
) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for (key, names) in
        names.iter().filter(|(key, _)| key.as_str() != "actors" && key.as_str() != "locations")
    {
        for name in names {
            let old = match dialect {
                Dialect::Hugo => Some(slugs::hugo(name, site.keeps_case)),
                Dialect::Zola => slugs::zola(name),
                _ => None,
            };
            if let Some(old) = old.filter(|old| !old.is_empty()) {
                found.push((format!("{key}/{old}/"), format!("{key}/{}/", segment(name))));
            }
        }
        if matches!(dialect, Dialect::Hugo | Dialect::Zola) {
            found.push((format!("{key}/"), format!("{key}/")));
        }
    }
    found.sort();
    found.dedup();
    found
}

/// Whether `node` is a list of names, or one.
pub(super) fn are_names(node: &Node) -> bool {
    match &node.value {
        Value::Scalar(_) | Value::Null => true,
        Value::List(items) => items.iter().all(|item| item.text().is_some() || item.value == Value::Null),
        Value::Map(_) => false,
    }
}
