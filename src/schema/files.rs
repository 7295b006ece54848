//! Schemas of the files below `content/`.

use serde_json::{Value, json};

use super::{
    object::{Object, by_name, with_value},
    parts::{extra, marking, one_or_more},
    values::{
        briefing_id, fineness, language, language_key, list, local_id_key, map, map_by, old_address,
        or_nothing, published, segment, some_text, string_like, switch, text, whole, words,
    },
};
use crate::{
    documents::{REDACTIONS, RELATIONS, SHARED_SOURCES},
    model::EntityType,
    settings::{DATE, Kind},
};

const SLUG: &str = "Its segment of the address.";
const LANGUAGE: &str = "Its language (BCP 47), if not the archive's.";
const SUMMARY: &str = "One or two sentences on it.";
const TEMPLATE: &str = "The template that shows it, if not the usual one.";
const NOINDEX: &str = "Whether search engines are asked not to list its pages.";
const ALIASES: &str = "Old addresses that lead here: `/2025/05/direct-talks/`.";

/// A briefing, in an archive with these kinds.
pub(super) fn briefing(kinds: &[Kind]) -> Object {
    let mut object = Object::new("a briefing")
        .needs("title", "Its title.", some_text())
        .takes("id", "What names it for ever; without it, the file's name.", briefing_id())
        .takes("date", "The day it covers, unless the file's name begins with it.", published())
        .takes(
            "published",
            "When it was published, if not on its `date`: a day, or a day and a time.",
            published(),
        )
        .aliases(&["updated", "lastmod", "modified"], "When it was last changed.", &published())
        .takes("expires", "From when on it is no longer shown.", published())
        .aliases(&["summary", "description"], SUMMARY, &text())
        .takes("authors", "Who wrote it; without them, the desk.", list(&text()))
        .takes("generated", "`true` where a machine drafted it, or what did.", text())
        .takes("reviewed_by", "Who reviewed a machine's draft.", text())
        .takes("slug", SLUG, segment(true))
        .takes("aliases", ALIASES, list(&alias()))
        .aliases(&["lang", "language"], LANGUAGE, &language(true))
        .takes("image", "The path of its image, from this file or from the root.", by_name("name"))
        .takes("license", "Its licence, if not the archive's.", text())
        .takes("template", TEMPLATE, by_name("name"))
        .takes("noindex", NOINDEX, switch());
    for kind in kinds.iter().enumerate().filter(|(place, _)| *place != DATE).map(|(_, kind)| kind) {
        let about = format!("{} that it is about, by name or id.", kind.plural);
        object = object.takes(&kind.key, &about, one_or_more("name"));
    }
    let sources = map_by(&local_id_key(), &by_name("source"));
    object = object
        .takes("events", "What happened.", one_or_more("event"))
        .takes("claims", "Who says what.", one_or_more("claim"))
        .takes(
            "responses",
            "Answers to claims of this or other briefings.",
            one_or_more("response_elsewhere"),
        )
        .takes(
            "findings",
            "The desk's findings on claims of this or other briefings.",
            one_or_more("finding_elsewhere"),
        )
        .takes("sources", "What the desk read: ids, each with an address or a map.", sources)
        .takes("corrections", "What was changed after publication.", one_or_more("correction"));
    marking(extra(object))
}

/// The rendition of a briefing in another language.
pub(super) fn translation() -> Object {
    let texts = map(&text());
    let object = Object::new("a translation")
        .needs("title", "Its title.", some_text())
        .aliases(&["summary", "description"], SUMMARY, &text())
        .takes("claims", "The texts of claims, by their ids.", texts.clone())
        .takes("events", "The texts of events, by their ids.", texts);
    marking(object)
}

/// A profile of an entity of any kind.
pub(super) fn profile() -> Object {
    let point = json!({"type": "array", "minItems": 2, "maxItems": 2, "items": [
        {"type": "number", "minimum": -90, "maximum": 90},
        {"type": "number", "minimum": -180, "maximum": 180},
    ]});
    let links =
        json!({"anyOf": [by_name("url"), {"type": "array", "items": by_name("url")}, map(&by_name("url"))]});
    let mut object = Object::new("a profile")
        .aliases(&["name", "title"], "What it is called.", &by_name("name"))
        .takes("id", "What names it for ever; without it, the file's name.", segment(true))
        .takes("slug", SLUG, segment(true))
        .takes("type", "What sort of thing it is.", words::<EntityType>())
        .takes("aliases", "Other names that mean it.", one_or_more("name"))
        .takes("previous_names", "What it was called, and when.", one_or_more("relation"))
        .takes(
            "weak_aliases",
            "Names that mean it in front matter and are never linked in prose.",
            one_or_more("name"),
        )
        .takes("hidden_aliases", "Names that only the search knows.", one_or_more("name"))
        .takes("names", "Its name by language.", map_by(&language_key(), &text()))
        .takes("sort_name", "What it is sorted by.", text())
        .takes("parent", "The entity that it is a part of, and earlier ones.", one_or_more("relation"));
    for key in RELATIONS {
        object = object.takes(key, about_relation(key), one_or_more("relation"));
    }
    for (key, about) in [
        ("founded", "When it was founded."),
        ("dissolved", "When it was dissolved."),
        ("born", "When it was born."),
    ] {
        object = object.takes(key, about, one_or_more("dated"));
    }
    object = object
        .takes("died", "When it died, and the claim that this rests on.", by_name("death"))
        .takes("status_note", "The desk's one sentence on its status.", text())
        .takes("country", "An ISO 3166 code, such as `QA`.", string_like(r"^\s*[A-Z]{2,3}\s*$"))
        .takes("coordinates", "Latitude and longitude in degrees: `[31.35, 34.31]`.", point)
        .takes(
            "precision",
            "How fine its coordinates may be published: a word, or a distance such as `10 km`.",
            fineness(),
        )
        .takes("wikidata", "Its item in Wikidata: `Q38799`.", string_like(r"^\s*Q[0-9]+\s*$"))
        .takes("links", "Its addresses elsewhere, by words for them.", links)
        .aliases(&["description", "summary"], "A sentence on it.", &text())
        .takes("page", "Whether it has a page.", switch())
        .takes("noindex", NOINDEX, switch())
        .takes("former_ids", "Ids of records that were renamed or merged.", one_or_more("name"))
        .takes("same_as", "The same thing as an entity of another kind.", by_name("name"))
        .takes("template", TEMPLATE, by_name("name"));
    object = marking(extra(object)).rule(json!({"anyOf": [with_value("name"), with_value("title")]}));
    let marked = marked(&object);
    object.property("marked", "Labels of single keys: `{coordinates: amber}`.", or_nothing(marked))
}

/// Every key of a profile may bear a label of its own, but those that say whether there is one at all.
fn marked(profile: &Object) -> Value {
    let never = ["name", "title", "page", "noindex", "marked", "tlp", "embargo", "draft"];
    let keys: Vec<&str> = profile.keys().filter(|key| !never.contains(key)).collect();
    json!({"type": "object", "propertyNames": {"enum": keys}, "additionalProperties": by_name("label")})
}

fn about_relation(key: &str) -> &'static str {
    match key {
        "speaks_for" => "Whom it speaks for.",
        "member_of" => "What it is a member of.",
        "affiliated" => "Whom it is close to.",
        "succeeds" => "What it follows.",
        "split_from" => "What it split from.",
        "merged_into" => "What it became a part of.",
        "claimed_by" => "Who claims the place.",
        "controlled_by" => "Who holds the place.",
        _ => "A relation to another entity.",
    }
}

/// A page that is no briefing.
pub(super) fn page() -> Object {
    let object = Object::new("a page")
        .needs("title", "Its title.", some_text())
        .takes("slug", SLUG, segment(true))
        .aliases(&["summary", "description"], SUMMARY, &text())
        .takes("aliases", ALIASES, list(&alias()))
        .aliases(&["lang", "language"], LANGUAGE, &language(true))
        .takes("template", TEMPLATE, by_name("name"))
        .takes("noindex", NOINDEX, switch());
    marking(extra(object))
}

fn alias() -> Value {
    let map = Object::new("a name").needs("id", "The path.", old_address());
    json!({"anyOf": [old_address(), map.schema()]})
}

/// `content/sources.toml`.
pub(super) fn sources() -> Object {
    let publisher = Object::new("a publisher")
        .takes("name", "What it is called; without it, the key.", text())
        .takes("host", "The hosts of its addresses.", list(&text()))
        .takes(
            "grade",
            "How reliable it is over time, `A` to `F` (Admiralty code).",
            string_like("^[A-Fa-f]$"),
        );
    Object::new(SHARED_SOURCES)
        .takes(
            "sources",
            "Sources that briefings share, by their ids.",
            map_by(&local_id_key(), &by_name("source")),
        )
        .takes(
            "publishers",
            "What is known of publishers, by ids for their addresses.",
            map(&publisher.schema()),
        )
}

/// The words for an image.
pub(super) fn image() -> Object {
    let object = Object::new("the words for an image")
        .takes("alt", "What stands for it where it is not seen.", text())
        .takes("caption", "What stands under it.", text())
        .takes("credit", "Whom it is credited to.", text())
        .takes("license", "Its licence.", text())
        .takes("date", "When it was made.", by_name("date"))
        .takes("location", "Where it was made.", by_name("name"));
    marking(object)
}

/// `content/redactions.toml`.
pub(super) fn redactions() -> Object {
    let spelling = Object::new("a spelling")
        .needs("words", "How many words it has.", whole(1, u32::from(u16::MAX)))
        .needs("hash", "Their salted hash.", text());
    let redaction = Object::new("a redaction")
        .takes("date", "When the name was taken out.", text())
        .needs("pseudonym", "What stands in its place.", text())
        .takes(
            "spellings",
            "The hashes of its spellings.",
            json!({"type": "array", "items": spelling.schema()}),
        );
    Object::new(REDACTIONS).needs("salt", "The salt of all hashes.", text()).takes(
        "redactions",
        "One for each name.",
        json!({"type": "array", "items": redaction.schema()}),
    )
}
