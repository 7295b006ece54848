mod build;
mod comment;
mod line;
mod scalar;
mod syntax;

use std::{borrow::Cow, ops::Range};

use granit_parser::{ErrorKind, Parser, options};

use self::build::{Builder, Stop};
use super::{Cx, DEPTH, Node, Value, without_bom};
use crate::diagnostics::Diagnostics;

/// Reads `cx.text[range]` as one YAML 1.2 document.
///
/// Gives `None` after reporting what cannot be read at all. What can be left out (a key that stands twice, a tag
/// that nobody knows) is reported and left out. No text is an empty map.
pub fn yaml(cx: &mut Cx<'_>, range: Range<usize>) -> Option<Node> {
    let range = without_bom(cx.text, range);
    let mut source = Cow::Borrowed(cx.text.get(range.clone())?);
    // What stands behind the document is not looked at by anyone who reports.
    let text = &cx.text[..range.end];
    // Where joining lines does not help, the mistake is the one that was met without it.
    let mut first: Option<Diagnostics> = None;
    for _ in 0..=MOST_JOINED_LINES {
        let mut found = Diagnostics::new();
        let attempt = &mut Cx { path: cx.path, text, zone: cx.zone, diagnostics: &mut found };
        match parse(&source, &range, attempt) {
            Err(Unread::Outdented(byte)) if join_line(&mut source, byte) => drop(first.get_or_insert(found)),
            Err(Unread::Outdented(_) | Unread::Reported) => {
                cx.diagnostics.extend(first.unwrap_or(found));
                return None;
            }
            Ok(node) => {
                cx.diagnostics.extend(found);
                return Some(node);
            }
        }
    }
    cx.diagnostics.extend(first.unwrap_or_default());
    None
}

/// So many lines of quoted text without indentation are joined in one file.
const MOST_JOINED_LINES: usize = 200;

/// Why a text did not become a tree.
enum Unread {
    /// It has been reported.
    Reported,
    /// It has been reported that the line of quoted text at this byte of the source is not indented.
    Outdented(usize),
}

/// Joins the line that holds `byte` to the one before, without moving any other byte.
///
/// YAML 1.2 wants each further line of a quoted text to be indented, and the parsers of Jekyll and Hugo do not.
/// A line break in quotation marks stands for a space, so that a space in its place means the same.
fn join_line(source: &mut Cow<'_, str>, byte: usize) -> bool {
    let Some(before) = source.get(..byte) else { return false };
    let blank = before.len() - before.trim_end().len();
    if blank == 0 || !before[byte - blank..].contains('\n') {
        return false;
    }
    source.to_mut().replace_range(byte - blank..byte, &" ".repeat(blank));
    true
}

fn parse(source: &str, range: &Range<usize>, cx: &mut Cx<'_>) -> Result<Node, Unread> {
    let options = options! {
        disallow_directives: true,
        emit_anchor_events: true,
        emit_unresolved_aliases: true,
        emit_comments: false,
        flow_nesting_limit: DEPTH,
        block_nesting_limit: DEPTH,
    };
    let mut builder = Builder::default();
    for next in Parser::new_from_str_with_options(source, options) {
        let (event, span) = match next {
            Ok(next) => next,
            Err(error) => {
                syntax::report(&error, range, cx);
                let byte = error.marker().byte_offset();
                return Err(match (error.kind(), byte) {
                    (ErrorKind::InvalidQuotedScalarIndent, Some(byte)) => Unread::Outdented(byte),
                    _ => Unread::Reported,
                });
            }
        };
        let place = |bytes: Range<usize>| range.start + bytes.start..range.start + bytes.end;
        let tag = span.tag_span().and_then(|tag| tag.byte_range()).map(place);
        match builder.take(event, place(span.byte_range().unwrap_or_default()), tag, cx) {
            Ok(()) => {}
            Err(Stop::Done) => break,
            Err(Stop::Failed) => return Err(Unread::Reported),
        }
    }
    builder.report_unused_anchors(cx);
    Ok(builder.root.unwrap_or(Node { span: range.start..range.start, value: Value::Map(Vec::new()) }))
}
