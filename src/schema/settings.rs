//! The schema of `brief.toml`.

use serde_json::{Value, json};

use super::{
    object::{Object, with_value},
    values::{
        authority, base_url, label, language, language_key, list, map, map_by, one_of, segment,
        segment_pattern, switch, text, time_zone, whole,
    },
};
use crate::{model::Tlp, settings::SEARCH_FIELDS};

/// The largest count that a setting takes.
const MOST: u32 = 10_000;

/// `brief.toml`.
pub(super) fn settings() -> Object {
    let top = Object::new("brief.toml")
        .needs("title", "The archive's title; nothing else is needed.", text())
        .takes("description", "What it is, in a sentence.", text())
        .takes(
            "base_url",
            "Where the site will stand. Feeds, the sitemap and canonical links need it.",
            base_url(),
        )
        .takes(
            "authority",
            "A domain and a year in which you held it (RFC 4151); feeds need it: `desk.example,2025`.",
            authority(),
        )
        .takes("language", "Its language (BCP 47), where a file names no other.", language(false))
        .takes("timezone", "An IANA name: where a time without a zone is meant.", time_zone())
        .takes("publisher", "The desk; the byline of a briefing without `authors`.", text())
        .takes("license", "The licence of its text.", text())
        .takes("theme", "The theme below `themes/`; without it the built-in one.", segment(false))
        .takes("output", "The output folder of the public edition.", text())
        .property("extra", "The desk's own values, for templates.", json!({}));
    tables(top)
        .takes("kinds", "Further ways to group briefings, by name.", kinds())
        .takes("languages", "The other languages of the archive, by tag.", languages())
        .takes("editions", "Editions of the archive, by name.", editions())
}

fn tables(top: Object) -> Object {
    let table = |name: &str, keys: &[(&str, &str, Value)]| {
        keys.iter()
            .fold(Object::new(name), |table, (key, about, schema)| table.takes(key, about, schema.clone()))
            .schema()
    };
    let distinct = json!({"type": "array", "items": {"type": "array", "minItems": 2, "items": text()}});
    let marking = [("default", "The label of what bears none.", label(|_| true))];
    let entities = [
        ("unknown", "What a name without a profile is.", one_of(["warn", "error"])),
        ("distinct", "Lists of names that look alike and are of different entities.", distinct),
    ];
    let people =
        [("pages", "Which actors have a page: all, or those with a profile.", one_of(["all", "profiled"]))];
    let lists = [
        ("per_page", "How many items a page of a list has.", whole(1, MOST)),
        ("feed", "How many items a feed has.", whole(1, MOST)),
    ];
    let together = [
        ("minimum", "In how many briefings two must be named to have a page together.", whole(1, MOST)),
        ("feeds", "Whether these pages have feeds.", switch()),
    ];
    let search = [
        ("enabled", "Whether there is a search.", switch()),
        ("fields", "The fields that are searched; all without it.", list(&one_of(SEARCH_FIELDS))),
        ("languages", "The languages that are searched; all without it.", list(&language(true))),
        ("phrases", "Whether phrases can be looked for; the index is twice as large.", switch()),
    ];
    let check = [
        ("allow", "Codes of the editor's lints that are not told.", list(&text())),
        ("days", "After how many days a claim without a response is told.", whole(1, MOST)),
    ];
    top.takes("check", "What `brief check` tells.", table("check", &check))
        .takes("marking", "What holds of matter without a label.", table("marking", &marking))
        .takes("entities", "How names are resolved.", table("entities", &entities))
        .takes("people", "Pages of actors.", table("people", &people))
        .takes("outputs", "Which optional outputs are made.", table("outputs", &outputs()))
        .takes("lists", "How long lists are.", table("lists", &lists))
        .takes("together", "Pages of entities named together.", table("together", &together))
        .takes(
            "sources",
            "What is shown of sources.",
            table("sources", &[("public_grades", "Whether grades are published.", switch())]),
        )
        .takes(
            "markdown",
            "How Markdown is read.",
            table("markdown", &[("unsafe_html", "Whether raw HTML is let through as it is.", switch())]),
        )
        .takes(
            "git",
            "What is taken from git.",
            table("git", &[("dates", "Whether revision dates come from git.", switch())]),
        )
        .takes("search", "The search.", table("search", &search))
}

fn outputs() -> [(&'static str, &'static str, Value); 9] {
    [
        ("feeds", "Atom and JSON feeds beside lists."),
        ("data", "Data beside pages."),
        ("cite", "Citations beside briefings."),
        ("search", "The search."),
        ("mentions", "Links from the names in prose, and the lists of who names whom."),
        ("related", "Related briefings."),
        ("together", "Pages of entities named together."),
        ("figures", "Maps and other figures."),
        ("balance", "The page that counts how the archive treats the sides of what it tells."),
    ]
    .map(|(key, about)| (key, about, switch()))
}

fn kinds() -> Value {
    let kind = Object::new("a kind")
        .takes("key", "What a briefing writes, and the folder of its profiles; without it, the name.", text())
        .takes("path", "The first segment of its pages' addresses; without it, of the key.", segment(false))
        .takes("plural", "What its list is called; without it, the key.", text());
    map(&kind.schema())
}

fn languages() -> Value {
    let language = Object::new("a language").takes("name", "What it is called in itself.", text());
    map_by(&language_key(), &language.schema())
}

/// The public edition admits CLEAR alone; every other says what it admits, and CLEAR is among it.
fn editions() -> Value {
    let clear = || label(|tlp| tlp == Tlp::Clear);
    let all = label(|tlp| tlp != Tlp::Red);
    let holds_clear = json!({"anyOf": [clear(), {"type": "array", "contains": clear()}]});
    let edition = |labels: &Value| {
        Object::new("an edition")
            .takes("admits", "The labels that it admits, `clear` among them.", list(labels))
            .takes("base_url", "Where it will stand.", base_url())
            .takes("output", "Its output folder; without it, its name.", text())
            .takes("name", "What it is called on its pages.", text())
    };
    let other = edition(&all).rule(with_value("admits")).rule(json!({"properties": {"admits": holds_clear}}));
    let public = edition(&clear()).rule(json!({"properties": {"admits": {"not": {"enum": [null, []]}}}}));
    let pattern = format!("^(?!preview$|.*-preview$){}$", segment_pattern());
    json!({
        "type": "object",
        "propertyNames": {"pattern": pattern},
        "properties": {"public": public.schema()},
        "additionalProperties": other.schema(),
    })
}
