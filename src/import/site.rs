//! What the settings of an old site say: its addresses, its groups, its language.

use chrono_tz::Tz;

use super::{
    Dialect, Texts,
    front::{self, Entry, Form, Front},
};
use crate::tree::{Node, Value};

/// A folder of Jekyll's whose files form a collection.
#[derive(Clone, Debug)]
pub(super) struct Collection {
    pub(super) name: String,
    /// Whether its files have pages.
    pub(super) output: bool,
    pub(super) permalink: Option<String>,
}

/// Values that Jekyll gives to files that have none of their own.
#[derive(Clone, Debug)]
pub(super) struct Defaults {
    pub(super) path: String,
    pub(super) sort: Option<String>,
    pub(super) values: Vec<Entry>,
}

/// An old site.
#[derive(Clone, Debug, Default)]
pub(super) struct Site {
    /// The folder of the site within what is imported, empty or with a `/` at its end.
    pub(super) root: String,
    /// The settings file, if there is one.
    pub(super) settings: Option<String>,
    pub(super) title: Option<String>,
    pub(super) description: Option<String>,
    pub(super) language: Option<String>,
    pub(super) zone: Option<Tz>,
    pub(super) author: Option<String>,
    /// Where it stood: `https://desk.example/blog`, without a slash at the end.
    pub(super) url: Option<String>,
    /// Patterns of addresses, by section or collection; the first that fits counts, an empty name fits all.
    pub(super) permalinks: Vec<(String, String)>,
    /// Keys by which files are grouped, with the name of one group, beside `tags`.
    pub(super) groups: Vec<(String, String)>,
    pub(super) collections: Vec<Collection>,
    pub(super) defaults: Vec<Defaults>,
    pub(super) excluded: Vec<String>,
    /// The folders of texts and of files, from `root`.
    pub(super) content: String,
    pub(super) statics: Vec<String>,
    /// Sections whose addresses end in `.html`; an empty name is all of them.
    pub(super) ugly: Vec<String>,
    pub(super) keeps_case: bool,
    /// Zola's `slugify.paths`: `on`, `safe` or `off`.
    pub(super) slugify: Option<String>,
    /// Whether the day in a file's name is no part of its address.
    pub(super) cuts_days: bool,
    pub(super) languages: Vec<String>,
    pub(super) language_in_path: bool,
    /// All top values, for templates that write them.
    pub(super) values: Front,
}

impl Site {
    /// The path of the old site below its host, with slashes at both ends.
    pub(super) fn base_path(&self) -> String {
        let after_host = self.url.as_deref().and_then(|url| url.split_once("://")).map(|(_, rest)| rest);
        let path = after_host.and_then(|rest| rest.split_once('/')).map_or("", |(_, path)| path);
        let path = path.trim_matches('/');
        if path.is_empty() { "/".into() } else { format!("/{path}/") }
    }

    /// The host of the old site.
    pub(super) fn host(&self) -> Option<&str> {
        let (_, rest) = self.url.as_deref()?.split_once("://")?;
        Some(rest.split('/').next().unwrap_or(rest)).filter(|host| !host.is_empty())
    }

    /// The zone for times that are written without one.
    pub(super) fn zone(&self) -> Tz {
        self.zone.unwrap_or(Tz::UTC)
    }
}

/// Reads the settings of the site of `dialect` that stands below `root`.
pub(super) fn read(dialect: Dialect, root: &str, texts: &Texts<'_>) -> Site {
    let mut site = Site { root: root.to_owned(), content: "content/".into(), ..Site::default() };
    site.statics = vec!["static/".into()];
    match dialect {
        Dialect::Jekyll => jekyll(&mut site, texts),
        Dialect::Hugo => hugo(&mut site, texts),
        Dialect::Zola => zola(&mut site, texts),
        Dialect::Obsidian | Dialect::Csv => {
            site.content = String::new();
            site.statics.clear();
        }
    }
    site
}

/// The entries of a settings file by its name.
fn entries(path: &str, texts: &Texts<'_>) -> Option<Vec<Entry>> {
    let text = texts.get(path)?;
    Some(match path.rsplit('.').next() {
        Some("toml") => front::settings(&text, Form::Toml),
        Some("json") => front::json_settings(&text),
        _ => front::settings(&text, Form::Yaml),
    })
}

fn child<'n>(node: &'n Node, key: &str) -> Option<&'n Node> {
    match &node.value {
        Value::Map(entries) => {
            entries.iter().find(|(name, _)| name.text.eq_ignore_ascii_case(key)).map(|(_, node)| node)
        }
        _ => None,
    }
}

fn map(node: &Node) -> Vec<(String, &Node)> {
    match &node.value {
        Value::Map(entries) => entries.iter().map(|(key, node)| (key.text.to_string(), node)).collect(),
        _ => Vec::new(),
    }
}

fn strings(node: Option<&Node>) -> Vec<String> {
    match node.map(|node| &node.value) {
        Some(Value::List(items)) => items.iter().filter_map(Node::text).map(str::to_owned).collect(),
        Some(Value::Scalar(scalar)) => vec![scalar.text.to_string()],
        _ => Vec::new(),
    }
}

fn owned(front: &Front, keys: &[&str]) -> Option<String> {
    let texts = keys.iter().filter_map(|key| front.text(key));
    texts.map(|text| text.trim().to_owned()).find(|text| !text.is_empty())
}

fn folder(text: &str) -> String {
    let text = text.trim_matches('/');
    if text.is_empty() || text == "." { String::new() } else { format!("{text}/") }
}

fn common(site: &mut Site, url: &[&str]) {
    let front = &site.values;
    site.title = owned(front, &["title", "name"]);
    site.description = owned(front, &["description", "tagline"]);
    site.zone = owned(front, &["timezone"]).and_then(|zone| zone.parse().ok());
    site.url = owned(front, url).map(|url| url.trim_end_matches('/').to_owned());
    site.url = site.url.take().filter(|url| url.contains("://") && !url.contains("localhost"));
    let language =
        owned(front, &["lang", "locale", "languageCode", "default_language", "defaultContentLanguage"]);
    let language = language.map(|text| text.replace('_', "-"));
    site.language = language.filter(|tag| crate::model::is_language(tag));
}

fn jekyll(site: &mut Site, texts: &Texts<'_>) {
    site.content = String::new();
    site.statics.clear();
    let path = ["_config.yml", "_config.yaml", "_config.toml"].map(|name| format!("{}{name}", site.root));
    if let Some((path, entries)) =
        path.into_iter().find_map(|path| Some((path.clone(), entries(&path, texts)?)))
    {
        site.settings = Some(path);
        site.values.entries = entries;
    }
    common(site, &["url"]);
    let front = site.values.clone();
    if let (Some(url), Some(base)) = (&mut site.url, owned(&front, &["baseurl"])) {
        format!("{url}/{}", base.trim_matches('/')).trim_end_matches('/').clone_into(url);
    }
    site.author = owned(&front, &["author"]);
    site.excluded = strings(front.get("exclude"));
    if let Some(permalink) = owned(&front, &["permalink"]) {
        site.permalinks.push((String::new(), permalink));
    }
    for (name, node) in front.get("collections").map(map).unwrap_or_default() {
        let output = child(node, "output").and_then(Node::text) == Some("true") || name == "posts";
        let permalink = child(node, "permalink").and_then(Node::text).map(str::to_owned);
        site.collections.push(Collection { name, output, permalink });
    }
    if let Some(Node { value: Value::List(items), .. }) = front.get("collections") {
        let names = items.iter().filter_map(Node::text);
        site.collections.extend(names.map(|name| Collection {
            name: name.into(),
            output: false,
            permalink: None,
        }));
    }
    if let Some(Node { value: Value::List(items), .. }) = front.get("defaults") {
        for item in items {
            let scope = child(item, "scope");
            let of = |key| scope.and_then(|scope| child(scope, key)).and_then(Node::text);
            let values = child(item, "values").map(map).unwrap_or_default();
            let values =
                values.into_iter().map(|(key, node)| Entry { key, node: node.clone(), comments: Vec::new() });
            site.defaults.push(Defaults {
                path: of("path").unwrap_or_default().trim_matches('/').to_owned(),
                sort: of("type").map(str::to_owned),
                values: values.collect(),
            });
        }
    }
    site.groups = vec![("categories".into(), "category".into())];
}

fn hugo(site: &mut Site, texts: &Texts<'_>) {
    let names = ["hugo", "config"].into_iter().flat_map(|name| {
        ["toml", "yaml", "yml", "json"].into_iter().map(move |ending| format!("{name}.{ending}"))
    });
    let paths: Vec<String> = names
        .flat_map(|name| {
            ["", "config/_default/", "config/"].map(|folder| format!("{}{folder}{name}", site.root))
        })
        .collect();
    for path in paths {
        if let Some(entries) = entries(&path, texts) {
            site.settings.get_or_insert(path);
            site.values.entries.extend(entries);
        }
    }
    for part in ["permalinks", "params", "languages", "taxonomies"] {
        let paths =
            ["toml", "yaml", "yml", "json"].map(|end| format!("{}config/_default/{part}.{end}", site.root));
        if let Some(entries) = paths.iter().find_map(|path| entries(path, texts)) {
            let node = front::map_node(entries.into_iter().map(|entry| (entry.key, entry.node)));
            site.values.entries.push(Entry { key: part.into(), node, comments: Vec::new() });
        }
    }
    common(site, &["baseURL"]);
    let front = site.values.clone();
    if site.description.is_none() {
        let described = front.get("params").and_then(|params| child(params, "description"));
        site.description = described.and_then(Node::text).map(str::to_owned);
    }
    if let Some(content) = front.text("contentDir") {
        site.content = folder(content);
    }
    if front.get("staticDir").is_some() {
        site.statics = strings(front.get("staticDir")).iter().map(|name| folder(name)).collect();
    }
    site.keeps_case = front.says("disablePathToLower", true);
    match front.get("uglyURLs") {
        Some(node) if node.text() == Some("true") => site.ugly.push(String::new()),
        Some(node) => {
            site.ugly = map(node)
                .into_iter()
                .filter(|(_, on)| on.text() == Some("true"))
                .map(|(name, _)| name)
                .collect();
        }
        None => {}
    }
    let patterns = front.get("permalinks").map(map).unwrap_or_default();
    for (name, node) in &patterns {
        match node.text() {
            Some(pattern) => site.permalinks.push((name.trim_matches('/').to_owned(), pattern.to_owned())),
            None if name == "page" => {
                let inner = map(node).into_iter();
                let inner = inner.filter_map(|(name, node)| Some((name, node.text()?.to_owned())));
                site.permalinks.extend(inner);
            }
            None => {}
        }
    }
    let groups = front.get("taxonomies").map(map).unwrap_or_default();
    site.groups = groups.into_iter().filter_map(|(one, many)| Some((many.text()?.to_owned(), one))).collect();
    if site.groups.is_empty() {
        site.groups = vec![("categories".into(), "category".into())];
    }
    if let Some(sources) = front.get("frontmatter").and_then(|node| child(node, "date")) {
        site.cuts_days = strings(Some(sources)).iter().any(|source| source.starts_with(":filename"));
    }
    site.languages =
        front.get("languages").map(map).unwrap_or_default().into_iter().map(|(name, _)| name).collect();
    site.language_in_path = front.says("defaultContentLanguageInSubdir", true);
}

fn zola(site: &mut Site, texts: &Texts<'_>) {
    let paths = ["config.toml", "zola.toml"].map(|name| format!("{}{name}", site.root));
    if let Some((path, entries)) =
        paths.into_iter().find_map(|path| Some((path.clone(), entries(&path, texts)?)))
    {
        site.settings = Some(path);
        site.values.entries = entries;
    }
    common(site, &["base_url"]);
    let front = site.values.clone();
    site.author = owned(&front, &["author"]);
    site.cuts_days = true;
    if let Some(slugify) = front.get("slugify") {
        site.slugify = child(slugify, "paths").and_then(Node::text).map(str::to_owned);
        site.cuts_days = child(slugify, "paths_keep_dates").and_then(Node::text) != Some("true");
    }
    if let Some(Node { value: Value::List(items), .. }) = front.get("taxonomies") {
        let names = items.iter().filter_map(|item| child(item, "name").and_then(Node::text));
        site.groups = names.map(|name| (name.to_owned(), super::groups::singular(name))).collect();
    }
    site.languages =
        front.get("languages").map(map).unwrap_or_default().into_iter().map(|(name, _)| name).collect();
}
