//! Schemas of what stands inside files: claims, events, sources and their like.

use serde_json::{Map, Value, json};

use super::{
    object::{Object, by_name, with_value, without_value},
    values::{
        corrected, instant, label, language, list, local_id, number, reference, some_text, string_like,
        switch, text, text_like, url, when, whole, words,
    },
};
use crate::model::{
    ActorRole, ClaimClass, Confidence, CorrectionKind, EventStatus, FindingStatus, SourceKind, Stance,
};

const SOURCES: &str = "Ids of the sources that say so.";
const BY: &str = "Who says so. `unnamed WORDS of ACTOR` is somebody that the source does not name.";
const FOR: &str = "Whom they speak for.";
const DATE: &str =
    "When: `2025-05-13`, a month, a year, `by 2025-05-13`, `about 2025-05`, or another form of EDTF level 1.";

/// Every definition, by its name.
pub(super) fn definitions() -> Map<String, Value> {
    let all = [
        ("date", when()),
        ("label", label(|_| true)),
        ("url", url()),
        ("name", name()),
        ("party", party()),
        ("participant", participant()),
        ("citation", citation()),
        ("relation", relation(false)),
        ("dated", relation(true)),
        ("death", death()),
        ("figure", figure()),
        ("event", event()),
        ("claim", claim()),
        ("response", response(false)),
        ("response_elsewhere", response(true)),
        ("finding", finding(false)),
        ("finding_elsewhere", finding(true)),
        ("source", source()),
        ("correction", correction()),
    ];
    all.into_iter().map(|(name, schema)| (name.to_owned(), schema)).collect()
}

/// A definition, or a list of what it describes.
pub(super) fn one_or_more(name: &str) -> Value {
    list(&by_name(name))
}

/// The keys by which a file or a part may be held back. Nothing after one of them is an error.
pub(super) fn marking(object: Object) -> Object {
    object
        .property("tlp", "How far it may travel (Traffic Light Protocol 2.0).", by_name("label"))
        .property(
            "embargo",
            "Until when it is held back: a day and a time, as in `2025-05-16T06:00Z`.",
            instant(),
        )
        .property("draft", "Whether it is unfinished, and shown in previews alone.", switch())
}

fn name() -> Value {
    let map = Object::new("a name").needs("id", "The id or a name of the entity.", some_text());
    json!({"anyOf": [some_text(), map.schema()]})
}

/// The keys of somebody who is named or not, and what must hold of them.
fn speaker(object: Object) -> Object {
    let named = json!({"allOf": [with_value("id"), without_value("unnamed"), without_value("of")]});
    let unnamed = json!({"allOf": [with_value("unnamed"), without_value("id")]});
    object
        .takes("id", "The actor's id or a name.", some_text())
        .takes("unnamed", "What the source calls them: `three officials`.", some_text())
        .takes("of", "The actor that somebody unnamed belongs to.", by_name("name"))
        .rule(json!({"anyOf": [named, unnamed]}))
}

/// A speaker in one text. `unnamed` alone has no words.
fn in_words() -> Value {
    text_like(r"^(?!\s*[Uu][Nn][Nn][Aa][Mm][Ee][Dd][ :]*$)[\s\S]*\S")
}

fn party() -> Value {
    json!({"anyOf": [in_words(), speaker(Object::new("a speaker")).schema()]})
}

fn participant() -> Value {
    let role = "The part that the actor has: who acts, whom it is done to, who acts along.";
    let object = speaker(Object::new("an event's actor").takes("role", role, words::<ActorRole>()));
    json!({"anyOf": [in_words(), object.schema()]})
}

fn citation() -> Value {
    let object = Object::new("a use of a source").needs("id", "The source's id.", by_name("name")).takes(
        "item",
        "How credible what it says is, from 1 to 6 (Admiralty code).",
        whole(1, 6),
    );
    json!({"anyOf": [some_text(), object.schema()]})
}

/// A relation to an entity; where `dated`, a value that may be a date alone.
fn relation(dated: bool) -> Value {
    let needs = ["id", "name"].map(with_value);
    let mut needs = needs.to_vec();
    if dated {
        needs.push(with_value("date"));
    }
    let object = Object::new("a relation")
        .aliases(&["id", "name"], "The entity, or the value.", &by_name("name"))
        .takes("from", "Since when.", by_name("date"))
        .takes("to", "Until when.", by_name("date"))
        .takes("date", "When it came about.", by_name("date"))
        .takes("sources", SOURCES, one_or_more("citation"))
        .rule(json!({"anyOf": needs}));
    json!({"anyOf": [some_text(), object.schema()]})
}

fn death() -> Value {
    Object::new("a death")
        .needs("date", "When.", by_name("date"))
        .needs("rests_on", "The claim or finding that it rests on: `BRIEFING#claim`.", reference())
        .schema()
}

fn figure() -> Value {
    let values = ["value", "min", "max"].map(with_value);
    let object = Object::new("a figure")
        .needs("what", "What is counted: `killed`.", text())
        .takes("value", "The number.", number())
        .takes("min", "The smallest number that is given.", number())
        .takes("max", "The largest number that is given.", number())
        .takes("per", "Who gives it.", one_or_more("party"))
        .takes("date", "As of when.", by_name("date"))
        .takes("sources", SOURCES, one_or_more("citation"))
        .rule(json!({"anyOf": values}));
    marking(object).schema()
}

fn event() -> Value {
    let object = Object::new("an event")
        .needs("text", "What happened, in a sentence.", text())
        .takes("id", "What names it in this briefing.", local_id())
        .takes("date", DATE, by_name("date"))
        .takes("event", "The event of another briefing that this tells again: `BRIEFING#event`.", reference())
        .takes("per", "Who tells it so.", one_or_more("party"))
        .takes("actors", "Who takes part: a name, or `{id: NAME, role: target}`.", one_or_more("participant"))
        .takes("locations", "Where.", one_or_more("name"))
        .takes("figures", "Counts.", one_or_more("figure"))
        .takes("status", "Whether it came about.", words::<EventStatus>())
        .takes("sources", SOURCES, one_or_more("citation"))
        .rule(json!({"anyOf": [with_value("date"), with_value("event")]}));
    marking(object).schema()
}

fn claim() -> Value {
    let object = Object::new("a claim")
        .needs("text", "What is claimed, in a sentence.", text())
        .needs("by", BY, one_or_more("party"))
        .takes("id", "What names it in this briefing.", local_id())
        .takes("for", FOR, one_or_more("party"))
        .takes("about", "Whom it is about.", one_or_more("party"))
        .takes("date", "When it was said.", by_name("date"))
        .takes(
            "class",
            "What sort of statement it is. Only facts and forecasts can be true or false.",
            words::<ClaimClass>(),
        )
        .takes("locations", "Where it was said, or what it is about.", one_or_more("name"))
        .takes("told", "To whom it was said.", list(&text()))
        .takes("via", "By what chain it reached what was read.", list(&text()))
        .takes("sources", SOURCES, one_or_more("citation"))
        .takes("responses", "Answers to it.", one_or_more("response"))
        .takes("findings", "The desk's own findings on it.", one_or_more("finding"));
    marking(object).schema()
}

/// An answer; where it stands in no claim, it names the claim.
fn response(elsewhere: bool) -> Value {
    let object = Object::new("a response")
        .needs("by", "Who answers.", one_or_more("party"))
        .needs("stance", "How. `restates` and `withdraws` are the claimant's own side's.", words::<Stance>())
        .takes(
            "claim",
            "The claim that it answers, unless it stands in it: `BRIEFING#claim` or `#claim`.",
            reference(),
        )
        .takes("for", FOR, one_or_more("party"))
        .takes("date", "When.", by_name("date"))
        .takes("text", "What was said.", text())
        .takes("sources", SOURCES, one_or_more("citation"));
    let object = if elsewhere { object.rule(with_value("claim")) } else { object };
    marking(object).schema()
}

/// A finding; where it stands in no claim, it names the claim.
fn finding(elsewhere: bool) -> Value {
    let object = Object::new("a finding")
        .needs("status", "What the desk finds.", words::<FindingStatus>())
        .needs("note", "Why, in a sentence or two.", text())
        .needs("date", "When it was found.", by_name("date"))
        .takes(
            "claim",
            "The claim that it is on, unless it stands in it: `BRIEFING#claim` or `#claim`.",
            reference(),
        )
        .takes("confidence", "How sure the desk is.", words::<Confidence>())
        .takes("sources", SOURCES, one_or_more("citation"));
    let object = if elsewhere { object.rule(with_value("claim")) } else { object };
    marking(object).schema()
}

fn source() -> Value {
    let object = Object::new("a source")
        .takes("title", "Its title.", text())
        .takes("publisher", "Who published it.", text())
        .takes("url", "Its address.", by_name("url"))
        .takes("archived", "The address of a copy kept elsewhere.", by_name("url"))
        .takes("sha256", "The SHA-256 of that copy, in hexadecimal.", string_like(r"^\s*[0-9A-Fa-f]{64}\s*$"))
        .takes("published", "When it was published.", by_name("date"))
        .takes("accessed", "When it was read.", by_name("date"))
        .takes("language", "Its language (BCP 47).", language(true))
        .takes("kind", "What sort of thing it is.", words::<SourceKind>())
        .takes("credit", "Whom a picture is credited to.", text())
        .takes("via", "What it in turn rests on.", list(&text()));
    json!({"anyOf": [by_name("url"), marking(object).schema()]})
}

fn correction() -> Value {
    let object = Object::new("a correction")
        .needs("date", "When.", by_name("date"))
        .needs("text", "What was changed, in a sentence.", text())
        .takes("kind", "What sort of change.", words::<CorrectionKind>())
        .takes(
            "of",
            "What it is of: `#id` of a claim, an event or a source, or the path of an image.",
            corrected(),
        );
    marking(object).schema()
}

/// The key `extra`.
pub(super) fn extra(object: Object) -> Object {
    object.property("extra", "The archive's own values, for templates.", json!({}))
}
