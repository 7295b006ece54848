use std::collections::BTreeMap;

use super::{
    Body, Name, briefing, coordinates,
    front_matter::File,
    parts::{At, Citation},
    read_parts::{self, report},
};
use crate::{
    diagnostics::Diagnostics,
    model::{Coordinates, EntityType, Fineness, Marking, SourcePath, Tlp, When, segment},
    settings::{ACTOR, LOCATION, Settings},
    tree::{self, Cx, Decode, Extra, Fields, Node, Spanned, Value},
};

/// What describes an entity.
#[derive(Clone, Debug, PartialEq, Hash)]
pub struct Profile {
    /// Its file.
    pub path: SourcePath,
    /// The place of its kind in the settings.
    pub kind: usize,
    /// Its id: the file's stem. Its address ends in it unless `slug` says otherwise.
    pub id: String,
    /// Its segment of the address, where the author chose it.
    pub slug: Option<String>,
    /// What it is called.
    pub name: String,
    /// What sort of thing it is.
    pub entity_type: Option<EntityType>,
    /// Other names that mean it.
    pub aliases: Vec<Name>,
    /// What it was called, and when.
    pub previous_names: Vec<Relation>,
    /// Names that mean it where written, and are never linked by themselves.
    pub weak_aliases: Vec<Name>,
    /// Names that only the search knows.
    pub hidden_aliases: Vec<Name>,
    /// Its name by language.
    pub names: BTreeMap<String, String>,
    /// What it is sorted by.
    pub sort_name: Option<String>,
    /// The entity that files it and rolls it up, with earlier ones.
    pub parent: Vec<Relation>,
    /// Its relations by their keys, in the order of [`RELATIONS`].
    pub relations: BTreeMap<&'static str, Vec<Relation>>,
    /// The desk's one sentence on its status, printed with the breadcrumb.
    pub status_note: Option<String>,
    /// When it was founded, dissolved or born, by key.
    pub dates: BTreeMap<&'static str, Relation>,
    /// When it died, and what that rests on.
    pub died: Option<Death>,
    /// ISO 3166 code.
    pub country: Option<String>,
    /// Where it lies; released no finer than `precision`.
    pub coordinates: Option<Coordinates>,
    /// How fine its coordinates may be published.
    pub precision: Option<Fineness>,
    /// Wikidata item.
    pub wikidata: Option<String>,
    /// Addresses elsewhere, each with its words.
    pub links: Vec<(String, String)>,
    /// A sentence on it.
    pub description: Option<String>,
    /// Whether it has a page.
    pub page: bool,
    /// Whether search engines are asked not to list its pages.
    pub noindex: bool,
    /// Ids of renamed or merged records.
    pub former_ids: Vec<Name>,
    /// The same thing as an entity of another kind.
    pub same_as: Option<Name>,
    /// The labels of single fields.
    pub marked: BTreeMap<String, Tlp>,
    /// Where those fields are written, with their keys.
    pub marked_at: BTreeMap<String, At>,
    /// The author's own values.
    pub extra: Extra,
    /// The template that shows it, if not the usual one.
    pub template: Option<Name>,
    /// What may hold it back.
    pub marking: Marking,
    /// Its text.
    pub body: Body,
}

/// An entity, or a value, with the time in which it held.
#[derive(Clone, Debug, PartialEq, Hash)]
pub struct Relation {
    /// The entity or the value.
    pub name: Name,
    /// Since when.
    pub from: Option<When>,
    /// Until when.
    pub to: Option<When>,
    /// When it came about, where that was one day.
    pub date: Option<When>,
    /// What it rests on.
    pub sources: Vec<Citation>,
}

/// A death, and the claim or finding that it rests on.
#[derive(Clone, Debug, PartialEq, Hash)]
pub struct Death {
    /// When.
    pub date: When,
    /// The claim.
    pub rests_on: super::Reference,
}

/// The keys of relations between entities.
pub const RELATIONS: [&str; 8] = [
    "speaks_for",
    "member_of",
    "affiliated",
    "succeeds",
    "split_from",
    "merged_into",
    "claimed_by",
    "controlled_by",
];

const DATES: [&str; 3] = ["founded", "dissolved", "born"];

pub(super) fn parse(
    file: &File<'_>,
    kind: usize,
    settings: &Settings,
    diagnostics: &mut Diagnostics,
) -> Option<Profile> {
    let mut cx = Cx { path: file.path, text: file.text, zone: settings.timezone, diagnostics };
    let cx = &mut cx;
    let mut fields = Fields::of(&file.front, "a profile", cx)?;
    let name = name(&mut fields, cx);
    let id = match fields.take("id") {
        Some(node) => briefing::slug(node, cx)?,
        None => stem(file.path).to_owned(),
    };
    let (coordinates, precision) = coordinates::read(&mut fields, kind, cx);
    let mut profile = Profile {
        path: file.path.clone(),
        kind,
        id,
        slug: fields.take("slug").and_then(|node| briefing::slug(node, cx)),
        name: String::new(),
        entity_type: entity_type(&mut fields, kind, cx),
        aliases: fields.list("aliases", cx),
        previous_names: relations(&mut fields, "previous_names", cx),
        weak_aliases: fields.list("weak_aliases", cx),
        hidden_aliases: fields.list("hidden_aliases", cx),
        names: names(&mut fields, cx),
        sort_name: fields.get("sort_name", cx),
        parent: relations(&mut fields, "parent", cx),
        relations: RELATIONS
            .into_iter()
            .map(|key| (key, relations(&mut fields, key, cx)))
            .filter(|(_, r)| !r.is_empty())
            .collect(),
        status_note: fields.get("status_note", cx),
        dates: DATES
            .into_iter()
            .filter_map(|key| Some((key, relations(&mut fields, key, cx).into_iter().next()?)))
            .collect(),
        died: fields.get("died", cx),
        country: fields.take("country").and_then(|node| country(node, cx)),
        coordinates,
        precision,
        wikidata: fields.take("wikidata").and_then(|node| wikidata(node, cx)),
        links: links(&mut fields, cx),
        description: fields
            .take_one_of(&["description", "summary"], cx)
            .and_then(|node| String::decode(node, cx)),
        page: fields.get("page", cx).unwrap_or(true),
        noindex: fields.get("noindex", cx).unwrap_or(false),
        former_ids: fields.list("former_ids", cx),
        same_as: fields.get("same_as", cx),
        marked: BTreeMap::new(),
        marked_at: BTreeMap::new(),
        extra: fields.take("extra").map(Extra::of).unwrap_or_default(),
        template: fields.get("template", cx),
        marking: read_parts::marking(&mut fields, cx),
        body: file.body_without_forms(
            "a profile",
            |_| "write it in a file below `content/briefings/`".into(),
            cx.diagnostics,
        ),
    };
    // By now every key of a profile has been asked for.
    match marked(&mut fields, cx) {
        Some(labels) => profile.marked = labels,
        // As with the file's own label: until it can be read the profile counts as a draft.
        None => profile.marking.draft = true,
    }
    profile.marked_at = profile
        .marked
        .keys()
        .filter_map(|field| Some((field.clone(), At::new(&fields.entry_span(field)?))))
        .collect();
    fields.hint("own keys stand under `extra`");
    fields.finish(cx);
    Some(Profile { name: name?, ..profile })
}

fn name(fields: &mut Fields<'_>, cx: &mut Cx<'_>) -> Option<String> {
    if let Some(node) = fields.take_one_of(&["name", "title"], cx) {
        return Name::decode(node, cx).map(|name| name.text.into());
    }
    let help = "write `name:` and what it is called";
    let place = ["name", "title"].into_iter().find_map(|key| fields.key_span(key)).cloned();
    let place = place.unwrap_or_else(|| fields.place(cx));
    report(cx, "missing-key", &place, "a profile needs `name`".into(), Some(help.into()));
    None
}

/// The file's stem; of `NAME/index.md`, NAME.
pub(crate) fn stem(path: &SourcePath) -> &str {
    match path.stem() {
        "index" => path.folder().rsplit('/').next().unwrap_or_default(),
        stem => stem,
    }
}

impl Profile {
    /// The last segment of its address.
    pub fn segment(&self) -> String {
        self.slug.clone().unwrap_or_else(|| segment(&self.id))
    }

    /// Whether a name of it is a weak alias.
    pub fn is_weak(&self, name: &str) -> bool {
        self.weak_aliases.iter().any(|alias| &*alias.text == name)
    }

    /// Every name by which authors may mean it: its id, its names, and what it was called. Hidden aliases are for the
    /// search alone.
    pub fn all_names(&self) -> impl Iterator<Item = &str> {
        let own = [self.name.as_str(), self.id.as_str()].into_iter();
        let lists = self.aliases.iter().chain(&self.weak_aliases).chain(&self.former_ids);
        let previous = self.previous_names.iter().map(|relation| &*relation.name.text);
        own.chain(lists.map(|name| &*name.text))
            .chain(previous)
            .chain(self.names.values().map(String::as_str))
    }

    /// Every name that prose may mention it by: neither its ids nor its weak and hidden aliases.
    pub fn linked_names(&self) -> impl Iterator<Item = &str> {
        let previous = self.previous_names.iter().map(|relation| &*relation.name.text);
        std::iter::once(self.name.as_str())
            .chain(self.aliases.iter().map(|name| &*name.text))
            .chain(previous)
            .chain(self.names.values().map(String::as_str))
            .filter(|name| !self.is_weak(name))
    }

    /// Every name that people know it by, without its ids, each with its place where that is known.
    pub fn spellings(&self) -> impl Iterator<Item = (&str, Option<At>)> {
        let previous = self.previous_names.iter().map(|relation| &relation.name);
        let written = self.aliases.iter().chain(&self.weak_aliases).chain(previous);
        std::iter::once((self.name.as_str(), None))
            .chain(written.map(|name| (&*name.text, Some(name.at))))
            .chain(self.names.values().map(|name| (name.as_str(), None)))
    }
}

fn entity_type(fields: &mut Fields<'_>, kind: usize, cx: &mut Cx<'_>) -> Option<EntityType> {
    let node = fields.take("type")?;
    let found = tree::word::<EntityType>(node, cx)?;
    let place =
        matches!(found, EntityType::Country | EntityType::Region | EntityType::City | EntityType::Site);
    let fits = match kind {
        ACTOR => !place,
        LOCATION => place || found == EntityType::Other,
        _ => true,
    };
    if fits {
        return Some(found);
    }
    let (what, words) = if kind == ACTOR {
        ("an actor", "`person`, `organisation`, `group`, `state`, `government body`, `media` or `other`")
    } else {
        ("a location", "`country`, `region`, `city`, `site` or `other`")
    };
    report(
        cx,
        "entity-type",
        &node.span,
        format!("{what} is no `{}`", found.word()),
        Some(format!("write {words}")),
    );
    None
}

/// One relation or a list of them; each a name, or a map with `id` or `name` and its dates.
fn relations(fields: &mut Fields<'_>, key: &'static str, cx: &mut Cx<'_>) -> Vec<Relation> {
    let Some(node) = fields.take(key) else { return Vec::new() };
    let nodes = match &node.value {
        Value::List(nodes) => &nodes[..],
        _ => std::slice::from_ref(node),
    };
    // A date of founding has no other value than its date.
    let of_date = DATES.contains(&key);
    nodes.iter().filter_map(|node| relation(node, of_date, cx)).collect()
}

fn relation(node: &Node, of_date: bool, cx: &mut Cx<'_>) -> Option<Relation> {
    if !matches!(node.value, Value::Map(_)) {
        let name = Name::decode(node, cx)?;
        return Some(Relation { name, from: None, to: None, date: None, sources: Vec::new() });
    }
    let mut fields = Fields::of(node, "a relation", cx)?;
    let name = fields.take_one_of(&["id", "name"], cx);
    let named = name.is_some();
    let name = name.and_then(|node| Name::decode(node, cx));
    let (from, to) = (fields.get("from", cx), fields.get("to", cx));
    let date = fields.get::<Spanned<When>>("date", cx);
    let sources = fields.list("sources", cx);
    if of_date && !named && !fields.holds("date") {
        let help = "write `date: 1987-12`, and `sources:` beside it";
        let place = fields.empty("date").unwrap_or(&node.span);
        report(cx, "missing-key", place, "this needs `date`".into(), Some(help.into()));
    } else if !of_date && !named {
        let help = "write `id: NAME`, and `from:`, `to:` or `date:` beside it";
        report(cx, "missing-key", &node.span, "a relation needs `id`".into(), Some(help.into()));
    }
    fields.finish(cx);
    let name = name.or_else(|| {
        let date = date.as_ref().filter(|_| of_date)?;
        Some(Name { text: date.value.edtf().into(), at: At::new(&date.span) })
    });
    Some(Relation { name: name?, from, to, date: date.map(|date| date.value), sources })
}

impl Decode for Death {
    fn decode(node: &Node, cx: &mut Cx<'_>) -> Option<Self> {
        let mut fields = Fields::of(node, "a death", cx)?;
        let date = fields.required("date", cx);
        let rests_on = fields.required("rests_on", cx);
        fields.finish(cx);
        Some(Self { date: date?, rests_on: rests_on? })
    }
}

fn names(fields: &mut Fields<'_>, cx: &mut Cx<'_>) -> BTreeMap<String, String> {
    let mut names = BTreeMap::new();
    let Some(map) = fields.take("names").and_then(|node| Fields::of(node, "names by language", cx)) else {
        return names;
    };
    for (key, node) in map.rest() {
        if !crate::model::is_language(&key.text) {
            let help = "write names by BCP 47 tags: `names: {ar: ..., he: ...}`";
            report(
                cx,
                "language",
                &key.span,
                format!("`{}` is no language tag", key.text),
                Some(help.into()),
            );
        } else if let Some(name) = String::decode(node, cx) {
            names.insert(key.text.to_string(), name);
        }
    }
    names
}

fn country(node: &Node, cx: &mut Cx<'_>) -> Option<String> {
    read_parts::text(node, cx, "country", |written| {
        let fits = (2..=3).contains(&written.len()) && written.bytes().all(|byte| byte.is_ascii_uppercase());
        let error = || {
            (format!("`{written}` is no country code"), Some("write an ISO 3166 code such as `QA`".into()))
        };
        fits.then(|| written.to_owned()).ok_or_else(error)
    })
}

fn wikidata(node: &Node, cx: &mut Cx<'_>) -> Option<String> {
    read_parts::text(node, cx, "wikidata", |written| {
        let digits = written.strip_prefix('Q').unwrap_or_default();
        let fits = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
        let error =
            || (format!("`{written}` is no Wikidata item"), Some("write its number: `Q38799`".into()));
        fits.then(|| written.to_owned()).ok_or_else(error)
    })
}

/// `links:` as a map of words and addresses, or a list of addresses.
fn links(fields: &mut Fields<'_>, cx: &mut Cx<'_>) -> Vec<(String, String)> {
    let Some(node) = fields.take("links") else { return Vec::new() };
    match &node.value {
        Value::Map(entries) => entries
            .iter()
            .filter_map(|(key, node)| Some((key.text.to_string(), read_parts::url(node, cx)?)))
            .collect(),
        Value::List(nodes) => {
            nodes.iter().filter_map(|node| read_parts::url(node, cx)).map(|url| (url.clone(), url)).collect()
        }
        _ => read_parts::url(node, cx).map(|url| (url.clone(), url)).into_iter().collect(),
    }
}

/// The labels of single fields: `marked: {coordinates: amber}`. `None` where one of them cannot be read.
fn marked(fields: &mut Fields<'_>, cx: &mut Cx<'_>) -> Option<BTreeMap<String, Tlp>> {
    let mut marked = BTreeMap::new();
    let Some(node) = fields.take("marked") else { return Some(marked) };
    let map = Fields::of(node, "labels of fields", cx)?;
    let mut is_read = true;
    for (key, node) in map.rest() {
        // Two keys are known and have not been asked for yet.
        if !fields.is_known(&key.text) && !matches!(&*key.text, "extra" | "template") {
            let help = "name a key of this profile";
            report(
                cx,
                "unknown-key",
                &key.span,
                format!("`{}` is no key of a profile", key.text),
                Some(help.into()),
            );
        }
        if matches!(
            &*key.text,
            "name" | "title" | "page" | "noindex" | "marked" | "tlp" | "embargo" | "draft"
        ) {
            report(
                cx,
                "label",
                &key.span,
                format!("`{}` cannot bear a label of its own", key.text),
                Some("mark the whole profile with `tlp`".into()),
            );
        }
        match Tlp::decode(node, cx) {
            Some(label) => drop(marked.insert(key.text.to_string(), label)),
            None => is_read = false,
        }
    }
    is_read.then_some(marked)
}
