use std::collections::BTreeMap;

use chrono_tz::{TZ_VARIANTS, Tz};

use super::{
    BaseUrl, Check, Kind, Lists, OWN_ADDRESSES, Outputs, SEARCH_FIELDS, Search, Settings, Together, distinct,
    editions::{self, Own},
};
use crate::{
    diagnostics::{Diagnostic, Diagnostics, Span, did_you_mean, one_of},
    model::{Tlp, segment, slugify},
    sources::{self, Sources},
    tree::{self, Cx, Decode, Fields, Node, Spanned, text_as},
};

/// Reads the settings of an archive. Where something is wrong it is reported, and its default stands in.
pub fn parse(sources: &Sources, diagnostics: &mut Diagnostics) -> Settings {
    let path = sources.settings();
    let Some(text) = sources.text_at(path) else {
        let (message, help) = if path.as_str() == sources::SETTINGS {
            let help = "begin an archive with `brief init`, or name the folder of one with `--root`";
            (format!("there is no `{path}` here"), help)
        } else {
            (
                format!("there is no file `{path}`"),
                "name the settings file with `--config` as it is seen from here",
            )
        };
        diagnostics.push(Diagnostic::error("no-settings", message).help(help));
        return defaults();
    };
    let start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let mut cx = Cx { path, text, zone: Tz::UTC, diagnostics };
    let Some(node) = tree::toml(&mut cx, start..text.len()) else {
        return defaults();
    };
    let Some(fields) = Fields::of(&node, "brief.toml", &mut cx) else {
        return defaults();
    };
    let settings = top(fields, &mut cx);
    diagnostics.sort();
    settings
}

fn defaults() -> Settings {
    Settings {
        title: String::new(),
        description: None,
        base_url: None,
        authority: None,
        language: "en".into(),
        timezone: Tz::UTC,
        publisher: String::new(),
        license: None,
        theme: None,
        output: "public".into(),
        default_label: None,
        editions: BTreeMap::new(),
        kinds: built_in_kinds(),
        unknown_entities_are_errors: false,
        distinct: Vec::new(),
        outputs: Outputs {
            feeds: true,
            data: true,
            cite: true,
            search: true,
            mentions: true,
            related: true,
            together: true,
            figures: true,
            balance: false,
        },
        lists: Lists { per_page: 50, feed: 50 },
        together: Together { minimum: 5, feeds: false },
        pages_for_profiled_people_only: false,
        public_grades: false,
        unsafe_html: false,
        git_dates: false,
        languages: BTreeMap::new(),
        search: Search { fields: Vec::new(), languages: Vec::new(), phrases: true },
        check: Check { allow: Vec::new(), days: 30 },
        extra: tree::Extra::default(),
    }
}

fn built_in_kinds() -> Vec<Kind> {
    let kind = |name: &str, key: &str, path: &str, plural: &str| Kind {
        name: name.into(),
        key: key.into(),
        path: path.into(),
        plural: plural.into(),
    };
    vec![
        kind("actor", "actors", "actors", "Actors"),
        kind("location", "locations", "locations", "Locations"),
        kind("date", "dates", "dates", "Dates"),
        kind("keyword", "tags", "tags", "Keywords"),
    ]
}

fn top(mut fields: Fields<'_>, cx: &mut Cx<'_>) -> Settings {
    let mut settings = defaults();
    if let Some(title) = fields.required::<String>("title", cx) {
        settings.title = title;
    }
    settings.description = fields.get("description", cx);
    let base_url: Option<Spanned<BaseUrl>> = fields.get("base_url", cx);
    settings.base_url = base_url.as_ref().map(|url| url.value.clone());
    settings.authority = fields.get::<Authority>("authority", cx).map(|authority| authority.0);
    if let Some(Language(language)) = fields.get("language", cx) {
        settings.language = language;
    }
    if let Some(Zone(zone)) = fields.get("timezone", cx) {
        settings.timezone = zone;
    }
    settings.publisher = fields.get("publisher", cx).unwrap_or_else(|| settings.title.clone());
    settings.license = fields.get("license", cx);
    settings.theme = fields
        .get::<Spanned<Segment>>("theme", cx)
        .map(|theme| Spanned { value: theme.value.0, span: theme.span });
    let output: Option<Spanned<String>> = fields.get("output", cx);
    if let Some(output) = &output {
        settings.output.clone_from(&output.value);
    }
    let own = Own { output, base_url };
    if let Some(node) = fields.take("extra") {
        settings.extra = tree::Extra::of(node);
    }
    if let Some(mut table) = table(&mut fields, "marking", cx) {
        settings.default_label = table.get("default", cx);
        table.finish(cx);
    }
    if let Some(mut table) = table(&mut fields, "entities", cx) {
        settings.unknown_entities_are_errors =
            choice(&mut table, "unknown", ["warn", "error"], cx) == Some(1);
        settings.distinct = table.take("distinct").map(|node| distinct::read(node, cx)).unwrap_or_default();
        table.finish(cx);
    }
    if let Some(mut table) = table(&mut fields, "people", cx) {
        settings.pages_for_profiled_people_only =
            choice(&mut table, "pages", ["all", "profiled"], cx) == Some(1);
        table.finish(cx);
    }
    if let Some(table) = table(&mut fields, "outputs", cx) {
        outputs(table, &mut settings.outputs, cx);
    }
    if let Some(mut table) = table(&mut fields, "lists", cx) {
        settings.lists.per_page = count(&mut table, "per_page", settings.lists.per_page, cx);
        settings.lists.feed = count(&mut table, "feed", settings.lists.feed, cx);
        table.finish(cx);
    }
    if let Some(mut table) = table(&mut fields, "together", cx) {
        settings.together.minimum = count(&mut table, "minimum", settings.together.minimum, cx);
        settings.together.feeds = table.get("feeds", cx).unwrap_or(settings.together.feeds);
        table.finish(cx);
    }
    if let Some(mut table) = table(&mut fields, "sources", cx) {
        settings.public_grades = table.get("public_grades", cx).unwrap_or(false);
        table.finish(cx);
    }
    if let Some(mut table) = table(&mut fields, "markdown", cx) {
        settings.unsafe_html = table.get("unsafe_html", cx).unwrap_or(false);
        table.finish(cx);
    }
    if let Some(mut table) = table(&mut fields, "git", cx) {
        settings.git_dates = table.get("dates", cx).unwrap_or(false);
        table.finish(cx);
    }
    if let Some(mut table) = table(&mut fields, "search", cx) {
        settings.outputs.search = table.get("enabled", cx).unwrap_or(settings.outputs.search);
        settings.search = search(&mut table, cx);
        table.finish(cx);
    }
    if let Some(mut table) = table(&mut fields, "check", cx) {
        settings.check.allow = table.list("allow", cx);
        settings.check.days = count(&mut table, "days", settings.check.days, cx);
        table.finish(cx);
    }
    named_tables(&mut fields, "kinds", cx, |name, node, cx| kind(name, node, &mut settings.kinds, cx));
    named_tables(&mut fields, "languages", cx, |name, node, cx| {
        if !crate::model::is_language(&name.value) {
            no_language(&name.value, &name.span, cx);
        } else if let Some(mut table) = Fields::of(node, "a language", cx) {
            settings.languages.insert(name.value.clone(), table.get("name", cx));
            table.finish(cx);
        }
    });
    editions::read(&mut fields, &mut settings, own, cx);
    fields.finish(cx);
    settings
}

fn table<'n>(fields: &mut Fields<'n>, key: &'static str, cx: &mut Cx<'_>) -> Option<Fields<'n>> {
    let node = fields.take(key)?;
    Fields::of(node, key, cx)
}

pub(super) fn named_tables(
    fields: &mut Fields<'_>,
    key: &'static str,
    cx: &mut Cx<'_>,
    mut each: impl FnMut(&Spanned<String>, &Node, &mut Cx<'_>),
) {
    let Some(tables) = table(fields, key, cx) else { return };
    for (name, node) in tables.rest() {
        each(&Spanned { value: name.text.to_string(), span: name.span.clone() }, node, cx);
    }
}

fn search(table: &mut Fields<'_>, cx: &mut Cx<'_>) -> Search {
    let mut fields = Vec::new();
    for field in table.list::<Spanned<String>>("fields", cx) {
        if SEARCH_FIELDS.contains(&field.value.as_str()) {
            fields.push(field.value);
            continue;
        }
        let help = did_you_mean(&field.value, SEARCH_FIELDS);
        let help = help.unwrap_or_else(|| format!("write {}", one_of(SEARCH_FIELDS)));
        cx.error("unknown-word", &field.span, format!("`{}` is no field of the search", field.value))
            .help(help);
    }
    let languages = table.list::<Spanned<Language>>("languages", cx).into_iter();
    let languages =
        languages.map(|Spanned { value: Language(value), span }| Spanned { value, span }).collect();
    Search { fields, languages, phrases: table.get("phrases", cx).unwrap_or(true) }
}

fn outputs(mut table: Fields<'_>, outputs: &mut Outputs, cx: &mut Cx<'_>) {
    let switches = [
        ("feeds", &mut outputs.feeds),
        ("data", &mut outputs.data),
        ("cite", &mut outputs.cite),
        ("search", &mut outputs.search),
        ("mentions", &mut outputs.mentions),
        ("related", &mut outputs.related),
        ("together", &mut outputs.together),
        ("figures", &mut outputs.figures),
        ("balance", &mut outputs.balance),
    ];
    for (key, switch) in switches {
        if let Some(on) = table.get(key, cx) {
            *switch = on;
        }
    }
    table.finish(cx);
}

fn kind(name: &Spanned<String>, node: &Node, kinds: &mut Vec<Kind>, cx: &mut Cx<'_>) {
    let Some(mut table) = Fields::of(node, "a kind", cx) else { return };
    let key = table.get::<String>("key", cx).unwrap_or_else(|| name.value.clone());
    let path = table.get::<Segment>("path", cx).map_or_else(|| segment(&key), |path| path.0);
    let plural = table.get::<String>("plural", cx).unwrap_or_else(|| capitalised(&key));
    table.finish(cx);
    let new = Kind { name: name.value.clone(), key, path, plural };
    if let Some((why, help)) = reserved(&new, kinds) {
        cx.diagnostics.push(
            Diagnostic::error("reserved-kind", why).at(Span::new(cx.path, name.span.clone())).help(help),
        );
        return;
    }
    kinds.push(new);
}

/// What a kind's name, key or path is taken by, and what to do.
fn reserved(new: &Kind, kinds: &[Kind]) -> Option<(String, &'static str)> {
    const NAME: &str = "give it another name";
    const KEY: &str = "give it another `key`";
    const PATH: &str = "give it another `path`";
    const PATHS: &str = "method pages static";
    // The other keys of a briefing, and the folders of `content/` that belong to no kind.
    const KEYS: &str = "title id date published updated lastmod modified expires summary description authors \
        generated reviewed_by slug aliases lang language image license template extra events claims responses \
        findings sources corrections noindex tlp embargo draft briefings pages";
    let Kind { name, key, path, .. } = new;
    let other = |same: &dyn Fn(&Kind) -> bool| kinds.iter().find(|kind| same(kind)).map(|kind| &kind.name);
    if other(&|kind| kind.name == *name).is_some() {
        return Some((format!("there is a kind `{name}` already"), NAME));
    }
    if let Some(other) = other(&|kind| kind.key == *key) {
        return Some((format!("the key `{key}` belongs to the kind `{other}`"), KEY));
    }
    if let Some(other) = other(&|kind| kind.path == *path) {
        return Some((format!("the address `/{path}/` belongs to the kind `{other}`"), PATH));
    }
    let among = |words: &str, word: &str| words.split(' ').any(|other| other == word);
    if OWN_ADDRESSES.contains(&path.as_str()) || among(PATHS, path) {
        return Some((format!("the address `/{path}/` belongs to the archive itself"), PATH));
    }
    among(KEYS, key).then(|| (format!("the key `{key}` means something else in a briefing"), KEY))
}

fn choice(table: &mut Fields<'_>, key: &'static str, words: [&str; 2], cx: &mut Cx<'_>) -> Option<usize> {
    let written = table.get::<Spanned<String>>(key, cx)?;
    let found = words.iter().position(|word| *word == written.value);
    if found.is_none() {
        cx.diagnostics.push(
            Diagnostic::error("unknown-word", format!("`{}` is no value for `{key}`", written.value))
                .at(Span::new(cx.path, written.span))
                .help(format!("write `{}` or `{}`", words[0], words[1])),
        );
    }
    found
}

fn count(table: &mut Fields<'_>, key: &'static str, default: usize, cx: &mut Cx<'_>) -> usize {
    let Some(written) = table.get::<Spanned<i64>>(key, cx) else { return default };
    match usize::try_from(written.value) {
        Ok(count @ 1..=10_000) => count,
        _ => {
            cx.diagnostics.push(
                Diagnostic::error("out-of-range", format!("`{key}` is out of range"))
                    .at(Span::new(cx.path, written.span))
                    .help("write a whole number from 1 to 10000"),
            );
            default
        }
    }
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

struct Authority(String);
struct Language(String);
struct Zone(Tz);
/// One segment of a path.
struct Segment(String);

impl Decode for BaseUrl {
    fn decode(node: &Node, cx: &mut Cx<'_>) -> Option<Self> {
        text_as(node, cx, "base-url", |written| {
            BaseUrl::parse(written).map_err(|why| {
                (
                    format!("`{written}` is no base address: {why}"),
                    Some("write it like `https://desk.example/archive/`".into()),
                )
            })
        })
    }
}

impl Decode for Authority {
    fn decode(node: &Node, cx: &mut Cx<'_>) -> Option<Self> {
        text_as(node, cx, "authority", |written| {
            crate::model::is_authority(written).map(|()| Authority(written.into())).map_err(|why| {
                (why, Some("write a domain or an e-mail address that was yours on a day, and the day: `desk.example,2025`".into()))
            })
        })
    }
}

impl Decode for Language {
    fn decode(node: &Node, cx: &mut Cx<'_>) -> Option<Self> {
        text_as(node, cx, "language", |written| {
            if crate::model::is_language(written) {
                Ok(Language(written.into()))
            } else {
                Err(not_a_tag(written))
            }
        })
    }
}

fn not_a_tag(written: &str) -> (String, Option<String>) {
    let help = "write a BCP 47 tag such as `en`, `ar` or `pt-BR`";
    (format!("`{written}` is no language tag"), Some(help.into()))
}

fn no_language(written: &str, span: &std::ops::Range<usize>, cx: &mut Cx<'_>) {
    let (message, help) = not_a_tag(written);
    cx.error("language", span, message).help_if(help);
}

impl Decode for Zone {
    fn decode(node: &Node, cx: &mut Cx<'_>) -> Option<Self> {
        text_as(node, cx, "time-zone", |written| {
            written.parse().map(Zone).map_err(|_| {
                let near = did_you_mean(written, TZ_VARIANTS.iter().map(|zone| zone.name()));
                let help = near.unwrap_or_else(|| "write an IANA name such as `Asia/Jerusalem`".into());
                (format!("`{written}` is no time zone"), Some(help))
            })
        })
    }
}

impl Decode for Segment {
    fn decode(node: &Node, cx: &mut Cx<'_>) -> Option<Self> {
        text_as(node, cx, "path-segment", |written| {
            crate::model::check_segment(written).map(|()| Segment(written.into())).map_err(|why| {
                let help = Some(slugify(written)).filter(|slug| crate::model::check_segment(slug).is_ok());
                let help = help.map(|slug| format!("write one segment such as `{slug}`"));
                (format!("`{written}` cannot be one segment of an address: {why}"), help)
            })
        })
    }
}

/// The labels of TLP 2.0 as authors write them.
const LABELS: [&str; 5] = ["clear", "green", "amber", "amber+strict", "red"];

impl Decode for Tlp {
    fn decode(node: &Node, cx: &mut Cx<'_>) -> Option<Self> {
        text_as(node, cx, "unknown-label", |written| {
            Tlp::parse(written).ok_or_else(|| {
                let near = did_you_mean(written, LABELS);
                let help = near.unwrap_or_else(|| format!("write {}", one_of(LABELS)));
                (format!("`{written}` is no TLP label"), Some(help))
            })
        })
    }
}
