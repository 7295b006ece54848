//! Schemas of single values, as the reader takes them.

use serde_json::{Value, json};

use crate::model::{Fineness, Tlp, Word};

/// What no id holds: `#`, `/`, `\`, brackets, `|`, and controls. It stands in a class of a pattern.
const NO_ID: &str = r"#/\\\[\]|\u0000-\u001F\u007F-\u009F";
/// What no segment of an address holds.
const NO_SEGMENT: &str = r#"/\\%?#:*"<>|\u0000-\u001F\u007F-\u009F"#;
/// A year that the calendar has.
const YEAR: &str = "(?!0000)[0-9]{4}";
/// Months, and days of them. Of the leap day alone a pattern cannot tell whether it exists.
const MONTH: &str = "(?:0[1-9]|1[0-2])";
const MONTH_DAY: &str =
    "(?:(?:0[1-9]|1[0-2])-(?:0[1-9]|1[0-9]|2[0-9])|(?:0[13-9]|1[0-2])-30|(?:0[13578]|1[02])-31)";

/// A schema under which nothing after a key is fine too, as it is with all keys that are not needed.
pub(super) fn or_nothing(schema: Value) -> Value {
    json!({"anyOf": Value::Array(vec![schema, json!({"type": "null"})])})
}

/// Any scalar: `title: 2024` is the text `2024`.
pub(super) fn text() -> Value {
    json!({"type": ["string", "number", "boolean"]})
}

/// Any scalar that, as text, fits `pattern`. Numbers and booleans are taken to fit.
pub(super) fn text_like(pattern: &str) -> Value {
    json!({"type": ["string", "number", "boolean"], "pattern": pattern})
}

/// Text that is more than white space.
pub(super) fn some_text() -> Value {
    text_like(r"\S")
}

/// Text alone, which fits `pattern`.
pub(super) fn string_like(pattern: &str) -> Value {
    json!({"type": "string", "pattern": pattern})
}

/// `true` or `false`.
pub(super) fn switch() -> Value {
    json!({"type": "boolean"})
}

/// A number.
pub(super) fn number() -> Value {
    json!({"type": "number"})
}

/// A whole number from `least` to `most`.
pub(super) fn whole(least: u32, most: u32) -> Value {
    json!({"type": "integer", "minimum": least, "maximum": most})
}

/// One of `words` exactly as it stands.
pub(super) fn one_of<'w>(words: impl IntoIterator<Item = &'w str>) -> Value {
    json!({"enum": words.into_iter().collect::<Vec<_>>()})
}

/// A list of what `item` describes, or one of these alone.
pub(super) fn list(item: &Value) -> Value {
    json!({"anyOf": [item, {"type": "array", "items": item}]})
}

/// A map of what `value` describes.
pub(super) fn map(value: &Value) -> Value {
    json!({"type": "object", "additionalProperties": value})
}

/// A map of what `value` describes, by keys that fit `pattern`.
pub(super) fn map_by(pattern: &str, value: &Value) -> Value {
    json!({"type": "object", "propertyNames": {"pattern": pattern}, "additionalProperties": value})
}

/// The words of `T`, in any case; editors offer them as they are listed.
pub(super) fn words<T: Word>() -> Value {
    in_any_case(&T::WORDS.iter().map(|(word, _)| (*word).to_owned()).collect::<Vec<_>>(), "")
}

/// A label of the Traffic Light Protocol, in any case, with `TLP:` or without.
pub(super) fn label(admitted: impl Fn(Tlp) -> bool) -> Value {
    let labels = Tlp::ALL.into_iter().filter(|tlp| admitted(*tlp)).map(|tlp| tlp.label().to_lowercase());
    in_any_case(&labels.collect::<Vec<_>>(), &format!("(?:{}:)?", any_case("TLP")))
}

/// `words` in any case, after what `before` fits.
fn in_any_case(words: &[String], before: &str) -> Value {
    let each: Vec<String> = words.iter().map(|word| any_case(word)).collect();
    let pattern = format!(r"^\s*{before}(?:{})\s*$", each.join("|"));
    json!({"anyOf": [{"enum": words}, string_like(&pattern)]})
}

/// A pattern that fits `word` in any case: patterns of JSON Schema know no flags.
fn any_case(word: &str) -> String {
    let letter = |c: char| match c {
        'a'..='z' | 'A'..='Z' => format!("[{}{}]", c.to_ascii_uppercase(), c.to_ascii_lowercase()),
        '+' => r"\+".to_owned(),
        c => c.to_string(),
    };
    word.chars().map(letter).collect()
}

/// How fine coordinates may be published.
pub(super) fn fineness() -> Value {
    let words = Fineness::WORDS.map(|(word, _)| word);
    let distance = r"^\s*\+?0*[1-9][0-9]*\s*k?m\s*$";
    json!({"anyOf": [one_of(words), string_like(&format!(r"^\s*(?:{})\s*$", words.join("|"))), string_like(distance)]})
}

/// An id of a claim, an event or a source.
pub(super) fn local_id() -> Value {
    text_like(&format!(r"^\s*{}\s*$", local()))
}

/// The same as a key.
pub(super) fn local_id_key() -> String {
    format!("^{}$", local())
}

fn local() -> String {
    format!(r"[^\s{NO_ID}]{{1,200}}")
}

/// An id of a briefing.
pub(super) fn briefing_id() -> Value {
    text_like(&format!(r"^\s*{}\s*$", briefing()))
}

fn briefing() -> String {
    format!(r"[^\s{NO_ID}](?:[^{NO_ID}]{{0,198}}[^\s{NO_ID}])?")
}

/// `BRIEFING#part`, `#part` or `BRIEFING`.
pub(super) fn reference() -> Value {
    text_like(&format!(
        r"^\s*(?:{briefing}(?:#{local})?|#{local})\s*$",
        briefing = briefing(),
        local = local()
    ))
}

/// What a correction is of: a reference, or the path of an image.
pub(super) fn corrected() -> Value {
    let endings = ["jpg", "jpeg", "png", "webp", "gif", "avif", "svg", "heic"].map(any_case).join("|");
    json!({"anyOf": [reference(), string_like(&format!(r"/|\.(?:{endings})\s*$"))]})
}

/// One segment of an address, with white space at its ends where `trimmed`.
pub(super) fn segment(trimmed: bool) -> Value {
    let space = if trimmed { r"\s*" } else { "" };
    text_like(&format!("^{space}{}{space}$", segment_pattern()))
}

/// The pattern of a segment, without its ends.
pub(super) fn segment_pattern() -> String {
    let devices = ["con", "prn", "aux", "nul", "com[0-9]", "lpt[0-9]"];
    let devices = devices.map(|device| match device.strip_suffix("[0-9]") {
        Some(word) => any_case(word) + "[0-9]",
        None => any_case(device),
    });
    let devices = devices.join("|");
    format!(r"(?!(?:{devices})(?:\.|\s*$))[^\s.{NO_SEGMENT}](?:[^{NO_SEGMENT}]{{0,198}}[^\s.{NO_SEGMENT}])?")
}

/// An old address: a path from the root of the site.
pub(super) fn old_address() -> Value {
    let segment = r"(?!\.{1,2}(?:/|\s*$))[^/?#\\\u0000-\u001F\u007F-\u009F]+";
    text_like(&format!(r"^\s*/*(?![^?#]*://){segment}(?:/{segment})*/*\s*$"))
}

/// An absolute web address.
pub(super) fn url() -> Value {
    string_like(r"^\s*https?://[^/\s]\S*\s*$")
}

/// The address that a site is published at.
pub(super) fn base_url() -> Value {
    string_like(r#"^https?://[^/@\s?#\\"<>]+(?:/[^\s?#\\"<>]*)?$"#)
}

/// The authority of tag URIs (RFC 4151).
pub(super) fn authority() -> Value {
    let label = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?";
    string_like(&format!(
        r"^(?:[A-Za-z0-9._-]+@)?{label}(?:\.{label})+,[0-9]{{4}}(?:-{MONTH}|-{MONTH_DAY})?$"
    ))
}

/// A language tag, with white space at its ends where `trimmed`.
pub(super) fn language(trimmed: bool) -> Value {
    if trimmed { string_like(&format!(r"^\s*{LANGUAGE}\s*$")) } else { string_like(&language_key()) }
}

/// A language tag as a key.
pub(super) fn language_key() -> String {
    format!("^{LANGUAGE}$")
}

const LANGUAGE: &str = "[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*";

/// An IANA time zone.
pub(super) fn time_zone() -> Value {
    one_of(chrono_tz::TZ_VARIANTS.iter().map(|zone| zone.name()))
}

/// A date as a source gives it: EDTF level 1, or the words `by`, `between` and `about`.
pub(super) fn when() -> Value {
    let date = format!(
        "(?:[0-9]{{2}}XX|[0-9]{{3}}X|{YEAR}(?:-XX(?:-XX)?|-{MONTH}(?:-XX)?|-2[1-4]|-{MONTH_DAY})?)[?~%]?"
    );
    let word = |word: &str| any_case(word) + r"\s+";
    let about = format!("(?:{})?{date}", word("about"));
    let forms = [
        about.clone(),
        word("by") + &about,
        format!(r"{}{about}\s+{}{about}", word("between"), word("and")),
        format!(r"\[\s*(?:{date})?\s*\.\.\s*{date}\s*\]"),
        format!(r"{date}\s*/\s*(?:{date}|\.\.)?"),
        format!(r"(?:\.\.)?\s*/\s*{date}"),
        stamp(true),
    ];
    let year = json!({"type": "integer", "minimum": 1, "maximum": 9999});
    json!({"anyOf": [string_like(&format!(r"^\s*(?:{})\s*$", forms.join("|"))), year]})
}

/// A day, or a day and a time.
pub(super) fn published() -> Value {
    string_like(&format!(r"^\s*{}\s*$", stamp(false)))
}

/// A day and a time.
pub(super) fn instant() -> Value {
    string_like(&format!(r"^\s*{}\s*$", stamp(true)))
}

/// RFC 3339 and RFC 9557, as loose as the reader is.
fn stamp(timed: bool) -> String {
    let time = r"(?:[01][0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9](?:[.,][0-9]+)?)?";
    let offset = r"(?:[Zz]|[+-](?:[01][0-9]|2[0-3])(?::?[0-5][0-9])?)";
    let clock = format!(r"(?:[Tt]|\s+){time}\s*{offset}?(?:\s*\[[^\]]+\])*");
    let optional = if timed { "" } else { "?" };
    format!("{YEAR}-{MONTH_DAY}(?:{clock}){optional}")
}
