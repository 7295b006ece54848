//! Claims and events of front matter, written as they are in a body.

use std::fmt::Write as _;

use serde_json::Value;

use crate::world::{Claim, Event, Mark};

/// Whether it can be written in a body with all that belongs to it.
pub(super) fn fits_claim(claim: &Claim) -> bool {
    claim.in_body
        && claim.findings.is_empty()
        && claim.responses.iter().all(|r| r.mark == Mark::Open && r.on_behalf_of.is_none())
}

/// Whether it can be written in a body with all that belongs to it.
pub(super) fn fits_event(event: &Event) -> bool {
    event.in_body && event.figures.iter().all(|figure| figure.mark == Mark::Open)
}

/// The block that says what `part` says.
pub(super) fn block(sort: &str, part: &Value) -> String {
    let mut text = format!("::: {sort} {{");
    if let Some(id) = part["id"].as_str() {
        let _ = write!(text, "#{id} ");
    }
    let names = [("date", "on"), ("locations", "at"), ("sources", "source"), ("text", ""), ("id", "")];
    for (key, value) in part.as_object().unwrap() {
        let name = names.iter().find(|(key_of, _)| key_of == key).map_or(key.as_str(), |(_, name)| name);
        match key.as_str() {
            "responses" | "figures" => {}
            "actors" => {
                let is_target = |actor: &&Value| actor["role"] == "target";
                let actors = value.as_array().unwrap();
                attribute("target", &who(actors.iter().filter(is_target)), &mut text);
                attribute("by", &who(actors.iter().filter(|actor| !is_target(actor))), &mut text);
            }
            "by" | "about" | "for" | "per" => attribute(name, &who(each(value)), &mut text),
            _ if name.is_empty() => {}
            _ => attribute(name, &who(each(value)), &mut text),
        }
    }
    let _ = write!(text, "}}\n{}\n\n", part["text"].as_str().unwrap());
    for response in each(&part["responses"]) {
        let _ = write!(text, "- {}: {}", response["stance"].as_str().unwrap(), who(each(&response["by"])));
        let (date, answer) = (response["date"].as_str(), response["text"].as_str());
        text.extend(date.iter().flat_map(|date| [", ", date]));
        text.extend(answer.iter().flat_map(|answer| [": ", answer]));
        cite(&response["sources"], &mut text);
    }
    for figure in each(&part["figures"]) {
        let number = match (figure["value"].as_i64(), figure["min"].as_i64(), figure["max"].as_i64()) {
            (Some(value), ..) => value.to_string(),
            (_, min, max) => format!("{} to {}", min.unwrap(), max.unwrap()),
        };
        let _ = write!(text, "- figure {}: {number}", figure["what"].as_str().unwrap());
        if !figure["per"].is_null() {
            text.extend([", per ", &who(each(&figure["per"]))]);
        }
        text.extend(figure["date"].as_str().iter().flat_map(|date| [", ", date]));
        cite(&figure["sources"], &mut text);
    }
    text.push_str(":::\n");
    text
}

fn attribute(name: &str, value: &str, text: &mut String) {
    if !value.is_empty() {
        let bare = if value.contains(['"', '}', ' ']) { format!("\"{value}\"") } else { value.to_owned() };
        let _ = write!(text, "{name}={bare} ");
    }
}

/// A value, or those of a list.
fn each(value: &Value) -> impl Iterator<Item = &Value> {
    let list = value.as_array().map(Vec::as_slice);
    let one = if list.is_some() || value.is_null() { None } else { Some(value) };
    list.unwrap_or_default().iter().chain(one)
}

fn who<'v>(values: impl Iterator<Item = &'v Value>) -> String {
    let one = |value: &Value| match (value["unnamed"].as_str(), value["id"].as_str()) {
        (Some(words), _) => format!("unnamed {words} of {}", value["of"].as_str().unwrap()),
        (_, Some(id)) => id.to_owned(),
        _ => value.as_str().map_or_else(|| value.to_string(), str::to_owned),
    };
    values.map(one).collect::<Vec<_>>().join("; ")
}

fn cite(sources: &Value, text: &mut String) {
    for source in each(sources) {
        text.extend([" @", source["id"].as_str().or(source.as_str()).unwrap()]);
    }
    text.push('\n');
}
