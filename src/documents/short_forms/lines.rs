use std::ops::Range;

use super::{report, scalar, trimmed};
use crate::{
    documents::markdown::{FormSort, line_end},
    tree::{Cx, Node, Scalar, Value},
};

/// What stands between the attributes and the closing fence.
pub(super) struct Lines {
    /// The text: the lines of a paragraph joined, a line for each paragraph.
    pub(super) text: Option<Node>,
    /// What follows the dash of each item, its further lines with it.
    pub(super) items: Vec<Range<usize>>,
}

/// Tells the text from the items.
pub(super) fn read(range: Range<usize>, sort: FormSort, cx: &mut Cx<'_>) -> Lines {
    let file = cx.text;
    let mut paragraphs: Vec<Range<usize>> = Vec::new();
    let mut items: Vec<Range<usize>> = Vec::new();
    let (mut gap, mut told) = (true, false);
    let mut start = range.start;
    while start < range.end {
        let line = start..line_end(file, start).min(range.end);
        start = line.end;
        let words = trimmed(&line, file);
        let written = &file[words.clone()];
        let was_gap = std::mem::replace(&mut gap, words.is_empty());
        if words.is_empty() {
            continue;
        }
        let is_item =
            written == "-" || written.strip_prefix('-').is_some_and(|rest| rest.starts_with([' ', '\t']));
        match items.last_mut() {
            _ if is_item => items.push(trimmed(&(words.start + 1..words.end), file)),
            Some(item) if !was_gap && words.start > line.start => item.end = words.end,
            Some(_) if !told => {
                told = true;
                let what = if sort == FormSort::Claim { "responses" } else { "figures" };
                let help =
                    format!("write the text before the {what}; indent a line with which one of them goes on");
                report(cx, "short-form", &words, format!("text behind the {what}"), Some(help));
            }
            Some(_) => {}
            None => match paragraphs.last_mut().filter(|_| !was_gap) {
                Some(paragraph) => paragraph.end = words.end,
                None => paragraphs.push(words),
            },
        }
    }
    for place in paragraphs.iter().chain(&items) {
        marks(place, cx);
    }
    Lines { text: text(&paragraphs, file), items }
}

fn text(paragraphs: &[Range<usize>], file: &str) -> Option<Node> {
    let (first, last) = (paragraphs.first()?, paragraphs.last()?);
    let span = first.start..last.end;
    if paragraphs.len() == 1 {
        return Some(scalar(span, false, file));
    }
    let lines: Vec<String> = paragraphs.iter().map(|range| super::one_line(&file[range.clone()])).collect();
    Some(Node { span, value: Value::Scalar(Scalar { text: lines.join("\n").into(), plain: false }) })
}

/// Warns of links and citations in what is shown as it is written.
fn marks(range: &Range<usize>, cx: &mut Cx<'_>) {
    let written = &cx.text[range.clone()];
    for (open, close) in [("[[", "]]"), ("[@", "]")] {
        for (at, _) in written.match_indices(open) {
            let Some(length) = written[at..].find(close) else { continue };
            let mark = &written[at..at + length + close.len()];
            let is_use = open == "[@" && written[at + mark.len()..].trim().is_empty();
            if written[..at].ends_with(['\\', '[']) || mark.contains(['\n', '\r']) || is_use {
                continue;
            }
            let place = range.start + at..range.start + at + mark.len();
            let help = match open {
                "[[" => "write the name alone; those who speak and act are linked from the attributes",
                _ => "write `source=ID` in the braces, or `@ID` at the end of a response",
            };
            cx.warn(
                "plain-text",
                &place,
                format!("`{mark}` stands here as it is written: this is plain text"),
            )
            .help(help);
        }
    }
}
