//! The Static Analysis Results Interchange Format (OASIS SARIF 2.1.0), which code hosts and editors read.

use std::{
    collections::BTreeMap,
    io::{self, Write},
};

use serde_json::{Value, json};

use super::{Diagnostic, Diagnostics, Span, places::Places, print::word};
use crate::model::encode_path;

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// Writes one log with one run.
pub(super) fn write(diagnostics: &Diagnostics, places: &Places<'_>, out: &mut dyn Write) -> io::Result<()> {
    // The first of a code stands for all: its help says what can be done.
    let mut rules: BTreeMap<&str, &Diagnostic> = BTreeMap::new();
    for diagnostic in diagnostics {
        rules.entry(diagnostic.code).or_insert(diagnostic);
    }
    let numbers: BTreeMap<&str, usize> =
        rules.keys().enumerate().map(|(number, code)| (*code, number)).collect();
    let results: Vec<Value> =
        diagnostics.iter().map(|diagnostic| result(diagnostic, numbers[diagnostic.code], places)).collect();
    let driver = json!({
        "name": "brief",
        "version": env!("CARGO_PKG_VERSION"),
        "rules": rules.iter().map(|(code, first)| rule(code, first)).collect::<Vec<_>>(),
    });
    let run = json!({"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results});
    let log = json!({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]});
    serde_json::to_writer_pretty(&mut *out, &log)?;
    writeln!(out)
}

fn rule(code: &str, first: &Diagnostic) -> Value {
    let mut rule = json!({
        "id": code,
        "shortDescription": {"text": code.replace('-', " ")},
        "defaultConfiguration": {"level": word(first.severity)},
    });
    if let Some(help) = &first.help {
        rule["help"] = json!({"text": help});
    }
    rule
}

fn result(diagnostic: &Diagnostic, rule: usize, places: &Places<'_>) -> Value {
    let help = diagnostic.help.as_ref().map(|help| format!("\nhelp: {help}")).unwrap_or_default();
    let mut result = json!({
        "ruleId": diagnostic.code,
        "ruleIndex": rule,
        "level": word(diagnostic.severity),
        "message": {"text": format!("{}{help}", diagnostic.message)},
    });
    if let Some(span) = &diagnostic.span {
        result["locations"] = json!([location(span, places)]);
    }
    if !diagnostic.related.is_empty() {
        let related = diagnostic.related.iter().map(|(span, label)| {
            let mut location = location(span, places);
            location["message"] = json!({"text": label});
            location
        });
        result["relatedLocations"] = related.collect();
    }
    result
}

fn location(span: &Span, places: &Places<'_>) -> Value {
    let mut physical = json!({"artifactLocation": {"uri": encode_path(span.path.as_str())}});
    if let Some(((line, column), (last, end))) = places.region(span) {
        physical["region"] =
            json!({"startLine": line, "startColumn": column, "endLine": last, "endColumn": end});
    }
    json!({"physicalLocation": physical})
}
