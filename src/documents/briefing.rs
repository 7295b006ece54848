use std::{collections::BTreeMap, sync::Arc};

use super::{
    At, Briefing, Claim, Event, Head, Name, Source, Translation,
    front_matter::File,
    read_parts::{self, report},
    shared_sources::SharedSources,
    short_forms, unwritten,
};
use crate::{
    diagnostics::{Diagnostic, Diagnostics, Span},
    model::{BriefingId, Day, Instant, LocalId, Published, check_segment, segment, slugify},
    settings::{DATE, Settings},
    tree::{self, Cx, Decode, Extra, Fields, Node, Spanned, Value},
};

/// What a file's name says of a briefing.
struct FileName<'a> {
    /// The stem, which is the id; of `NAME/index.md`, NAME.
    stem: &'a str,
    /// The stem without its date.
    words: &'a str,
    /// The date before the words.
    date: Option<Day>,
}

impl<'a> FileName<'a> {
    fn of(path: &'a crate::model::SourcePath) -> Self {
        let stem = match path.stem() {
            "index" if path.folder() != "content/briefings" => {
                path.folder().rsplit('/').next().unwrap_or_default()
            }
            stem => stem,
        };
        let date = stem.get(..10).and_then(|day| Day::parse(day).ok());
        let words = match date {
            Some(_) => stem[10..].trim_start_matches(['-', '_', ' ']),
            None => stem,
        };
        Self { stem, words, date }
    }
}

pub(super) fn parse(
    file: &File<'_>,
    settings: &Settings,
    shared: &SharedSources,
    diagnostics: &mut Diagnostics,
) -> Option<Briefing> {
    let mut cx = Cx { path: file.path, text: file.text, zone: settings.timezone, diagnostics };
    let cx = &mut cx;
    let name = FileName::of(file.path);
    let mut fields = Fields::of(&file.front, "a briefing", cx)?;

    let title = title(&mut fields, cx);
    let id = id(&mut fields, &name, cx);
    let date = date(&mut fields, &name, cx);
    let published = fields.get("published", cx);
    let updated = fields
        .take_one_of(&["updated", "lastmod", "modified"], cx)
        .and_then(|node| Published::decode(node, cx));
    let expires = expires(&mut fields, cx);
    let summary =
        fields.take_one_of(&["summary", "description"], cx).and_then(|node| String::decode(node, cx));
    let sources = sources(&mut fields, shared, cx);
    let tags = tags(&mut fields, settings, cx);
    let noindex = fields.get("noindex", cx).unwrap_or(false);
    let extra = fields.take("extra").map(Extra::of).unwrap_or_default();
    let body = file.body(cx.diagnostics);
    let (mut claims, mut events): (Vec<Claim>, Vec<Event>) =
        (fields.list("claims", cx), fields.list("events", cx));
    let written = short_forms::read(&body, cx);
    claims.extend(written.0);
    events.extend(written.1);
    let head = Head {
        path: file.path.clone(),
        id: id?,
        title: String::new(),
        date: date?,
        published: published.or(date)?,
        updated,
        expires,
        summary,
        authors: fields.list("authors", cx),
        generated: fields.take("generated").and_then(|node| generated(node, cx)),
        reviewed_by: fields.get("reviewed_by", cx),
        slug: fields.take("slug").and_then(|node| slug(node, cx)),
        aliases: aliases(&mut fields, cx),
        language: fields
            .take_one_of(&["lang", "language"], cx)
            .and_then(|node| read_parts::language(node, cx)),
        image: fields.get("image", cx),
        license: fields.get("license", cx),
        template: fields.get("template", cx),
        noindex,
        extra,
        tags: tags.into(),
        events,
        claims,
        responses: fields.list("responses", cx),
        findings: fields.list("findings", cx),
        sources,
        corrections: fields.list("corrections", cx),
        marking: read_parts::marking(&mut fields, cx),
        translations: BTreeMap::new(),
        rivals: Vec::new(),
    };
    fields.hint("the archive's own keys stand under `extra`");
    fields.finish(cx);
    unique_ids(&head, cx);
    if !head.marking.draft {
        unwritten::check(&file.front, cx);
    }
    Some(Briefing { head: Arc::new(Head { title: title?, ..head }), body: Arc::new(body) })
}

pub(super) fn parse_translation(
    file: &File<'_>,
    language: &str,
    settings: &Settings,
    diagnostics: &mut Diagnostics,
) -> Option<Translation> {
    let mut cx = Cx { path: file.path, text: file.text, zone: settings.timezone, diagnostics };
    let cx = &mut cx;
    let mut fields = Fields::of(&file.front, "a translation", cx)?;
    let title = title(&mut fields, cx);
    let summary =
        fields.take_one_of(&["summary", "description"], cx).and_then(|node| String::decode(node, cx));
    let (mut texts, mut places) = (BTreeMap::new(), BTreeMap::new());
    for key in ["claims", "events"] {
        let Some(map) = fields.take(key).and_then(|node| Fields::of(node, "texts by their ids", cx)) else {
            continue;
        };
        for (key, node) in map.rest() {
            if let (Some(id), Some(text)) = (LocalId::new(&key.text), String::decode(node, cx)) {
                places.insert(id.clone(), At::new(&(key.span.start..node.span.end)));
                texts.insert(id, Spanned { value: text, span: key.span.clone() });
            }
        }
    }
    let marking = read_parts::marking(&mut fields, cx);
    let body = file.body_without_forms(
        "a translation",
        |sort| format!("the facts stay in the original; write its text under `{}s:`, by its id", sort.word()),
        cx.diagnostics,
    );
    fields.hint(
        "a translation holds `title`, `summary`, `claims` and `events`; the facts stay in the original",
    );
    fields.finish(cx);
    Some(Translation {
        path: file.path.clone(),
        language: language.into(),
        title: title?,
        summary,
        texts,
        places,
        marking,
        body,
    })
}

pub(super) fn title(fields: &mut Fields<'_>, cx: &mut Cx<'_>) -> Option<String> {
    let title = fields.required::<Spanned<String>>("title", cx)?;
    let text = title.value.trim();
    if text.is_empty() {
        report(cx, "empty-title", &title.span, "the title is empty".into(), Some("write one".into()));
        return None;
    }
    Some(text.to_owned())
}

fn id(fields: &mut Fields<'_>, name: &FileName<'_>, cx: &mut Cx<'_>) -> Option<BriefingId> {
    let help = "an id has no `#`, `/`, `|`, brackets or white space at its ends, and at most 200 bytes";
    if let Some(node) = fields.take("id") {
        return read_parts::text(node, cx, "id", |written| {
            BriefingId::new(written)
                .ok_or_else(|| (format!("`{written}` cannot be an id"), Some(help.into())))
        });
    }
    let id = BriefingId::new(name.stem);
    if id.is_none() {
        let message = format!("the file's name `{}` cannot be an id", name.stem);
        cx.diagnostics
            .push(Diagnostic::error("id", message).at(Span::file(cx.path)).help("rename it, or write `id:`"));
    }
    id
}

fn date(fields: &mut Fields<'_>, name: &FileName<'_>, cx: &mut Cx<'_>) -> Option<Published> {
    if let Some(node) = fields.take("date") {
        return Published::decode(node, cx);
    }
    if let Some(day) = name.date {
        return Some(Published::on(day, cx.zone));
    }
    let help = "write `date: 2025-05-15`, or begin the file's name with `2025-05-15-`";
    report(cx, "missing-key", &fields.place(cx), "a briefing needs `date`".into(), Some(help.into()));
    None
}

fn expires(fields: &mut Fields<'_>, cx: &mut Cx<'_>) -> Option<Instant> {
    let node = fields.take("expires")?;
    let zone = cx.zone;
    read_parts::text(node, cx, "date", |written| {
        Instant::parse_expiry(written, zone).map_err(|e| (e.message, e.help))
    })
}

/// `generated: true`, or what did it.
fn generated(node: &Node, cx: &mut Cx<'_>) -> Option<String> {
    match &node.value {
        Value::Scalar(scalar) if scalar.plain && &*scalar.text == "false" => None,
        Value::Scalar(scalar) if scalar.plain && &*scalar.text == "true" => Some(String::new()),
        _ => String::decode(node, cx),
    }
}

pub(super) fn slug(node: &Node, cx: &mut Cx<'_>) -> Option<String> {
    read_parts::text(node, cx, "slug", |written| {
        let help = || {
            let near = Some(slugify(written)).filter(|slug| check_segment(slug).is_ok());
            format!("write one segment such as `{}`", near.as_deref().unwrap_or("direct-talks"))
        };
        check_segment(written)
            .map(|()| written.to_owned())
            .map_err(|why| (format!("{} cannot be a slug: {why}", tree::quoted(written)), Some(help())))
    })
}

/// Old addresses: paths from the root of the site.
pub(super) fn aliases(fields: &mut Fields<'_>, cx: &mut Cx<'_>) -> Vec<Name> {
    let written: Vec<Name> = fields.list("aliases", cx);
    let mut aliases = Vec::new();
    for alias in written {
        let path = alias.text.trim_start_matches('/');
        let bad = path.is_empty()
            || path.contains(['?', '#', '\\'])
            || path.contains("://")
            || path
                .trim_end_matches('/')
                .split('/')
                .any(|segment| matches!(segment, "" | "." | "..") || segment.chars().any(char::is_control));
        if bad {
            cx.diagnostics.push(
                Diagnostic::error("alias", format!("`{}` cannot be an old address of this site", alias.text))
                    .at(alias.at.span(cx.path))
                    .help("write its path from the root: `/2025/05/direct-talks/`"),
            );
            continue;
        }
        aliases.push(Name { text: path.into(), at: alias.at });
    }
    aliases
}

/// `sources:` as a map of ids, each with its source or only its address.
fn sources(fields: &mut Fields<'_>, shared: &SharedSources, cx: &mut Cx<'_>) -> Vec<(LocalId, Source)> {
    let Some(node) = fields.take("sources") else { return Vec::new() };
    if !matches!(node.value, Value::Map(_)) {
        let help = "write a map of ids: `sources: {jpost: https://...}`";
        let message = format!("expected sources as a map of ids, found {}", node.what());
        report(cx, "wrong-type", &node.span, message, Some(help.into()));
        return Vec::new();
    }
    let Some(map) = Fields::of(node, "sources", cx) else { return Vec::new() };
    let mut sources = Vec::new();
    for (key, node) in map.rest() {
        let Some(id) = LocalId::new(&key.text) else {
            let help = "write one word without white space, `#`, `/`, `|` or brackets: `jpost`";
            report(cx, "id", &key.span, format!("`{}` cannot be an id", key.text), Some(help.into()));
            continue;
        };
        if let Some(place) = shared.place(&id) {
            cx.diagnostics.push(
                Diagnostic::error(
                    "shadowed-source",
                    format!("the source `{id}` stands in `content/sources.toml` too"),
                )
                .at(Span::new(cx.path, key.span.clone()))
                .related(place, "the shared one")
                .help("give this one another id, or delete it and cite the shared one"),
            );
        }
        if let Some(source) = Source::decode(node, cx) {
            sources.push((id, Source { key: At::new(&key.span), ..source }));
        }
    }
    sources
}

/// The entities listed under the keys of all kinds but `date`.
fn tags<'n>(fields: &mut Fields<'n>, settings: &'n Settings, cx: &mut Cx<'_>) -> BTreeMap<usize, Vec<Name>> {
    let mut tags = BTreeMap::new();
    for (place, kind) in settings.kinds.iter().enumerate().filter(|(place, _)| *place != DATE) {
        let names: Vec<Name> = fields.list(&kind.key, cx);
        if !names.is_empty() {
            tags.insert(place, names);
        }
    }
    tags
}

/// The ids of the sections of a briefing's page.
const RESERVED: [&str; 6] = ["main", "corrections", "claims", "answers", "events", "sources"];

/// Reports an id that two claims or events of one briefing share, and one that the page has elsewhere.
fn unique_ids(briefing: &Head, cx: &mut Cx<'_>) {
    let claims = briefing.claims.iter().filter_map(|claim| Some((claim.id.as_ref()?, claim.at)));
    let events = briefing.events.iter().filter_map(|event| Some((event.id.as_ref()?, event.at)));
    let mut seen = BTreeMap::new();
    for (id, at) in claims.chain(events) {
        if RESERVED.contains(&id.as_str()) || id.as_str().starts_with("source-") {
            cx.diagnostics.push(
                Diagnostic::error("reserved-id", format!("the id `{id}` is the page's own"))
                    .at(at.span(cx.path))
                    .help(format!(
                        "give it another id; {} and what begins with `source-` are taken",
                        RESERVED.map(|id| format!("`{id}`")).join(", ")
                    )),
            );
        }
        if let Some(first) = seen.insert(id.clone(), at) {
            cx.diagnostics.push(
                Diagnostic::error("duplicate-id", format!("two claims or events have the id `{id}`"))
                    .at(at.span(cx.path))
                    .related(At::span(first, cx.path), "the other one")
                    .help("give one of them another id"),
            );
        }
    }
}

/// The id of a briefing whose file chooses no other.
pub(super) fn stem(path: &crate::model::SourcePath) -> &str {
    FileName::of(path).stem
}

/// The last segment of a briefing's address, unless `slug` says so: the file's stem without its date.
pub fn file_slug(path: &crate::model::SourcePath) -> String {
    let name = FileName::of(path);
    let slug = slugify(name.words);
    segment(if slug.is_empty() { name.stem } else { name.words })
}
