mod laws;
mod mistakes;
mod reading;

use std::ops::Range;

use super::{Cx, Node};
use crate::{diagnostics::Diagnostics, model::SourcePath};

type Reader = fn(&mut Cx<'_>, Range<usize>) -> Option<Node>;

/// What was reported, as `CODE: MESSAGE | TEXT AT THE PLACE | HELP`, and `| TEXT` for each related place.
fn reports(text: &str, diagnostics: &Diagnostics) -> Vec<String> {
    let slice = |span: &crate::diagnostics::Span| &text[span.start as usize..span.end as usize];
    let one = |diagnostic: &crate::diagnostics::Diagnostic| {
        let place = diagnostic.span.as_ref().map(slice).unwrap_or_default();
        let help = diagnostic.help.as_deref().unwrap_or_default();
        let mut line = format!("{}: {} | {place} | {help}", diagnostic.code, diagnostic.message);
        for (span, _) in &diagnostic.related {
            line = format!("{line} | {}@{}", slice(span), span.start);
        }
        line
    };
    diagnostics.iter().map(one).collect()
}

/// Reads `text[range]` and hands the outcome to `then`.
fn read_range<T>(
    reader: Reader,
    text: &str,
    range: Range<usize>,
    then: impl FnOnce(Option<Node>, &mut Cx<'_>) -> T,
) -> (T, Vec<String>) {
    let path = SourcePath::new("content/briefings/a.md");
    let mut diagnostics = Diagnostics::new();
    let mut cx = Cx { path: &path, text, zone: chrono_tz::UTC, diagnostics: &mut diagnostics };
    let node = reader(&mut cx, range);
    let value = then(node, &mut cx);
    (value, reports(text, &diagnostics))
}

fn read(reader: Reader, text: &str) -> (Option<Node>, Vec<String>) {
    read_range(reader, text, 0..text.len(), |node, _| node)
}

/// Reads YAML without a mistake and hands it to `then`, whose reports are returned.
fn with_yaml<T>(text: &str, then: impl FnOnce(&Node, &mut Cx<'_>) -> T) -> (T, Vec<String>) {
    read_range(super::yaml, text, 0..text.len(), |node, cx| then(&node.expect("the text is good YAML"), cx))
}
