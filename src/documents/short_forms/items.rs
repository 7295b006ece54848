use std::ops::Range;

use super::{key, listed, report, scalar, trimmed};
use crate::tree::{Cx, Key, Node, Value};

/// `STANCE: WHO[, DATE][: TEXT] [@source]` as a response of front matter.
pub(super) fn response(item: &Range<usize>, cx: &mut Cx<'_>) -> Option<Node> {
    let file = cx.text;
    let (rest, sources) = sources(item, file);
    let Some(colon) = file[rest.clone()].find(':').map(|at| rest.start + at) else {
        let help =
            "write `- denies: WHO, by 2025-05-15: TEXT @source`; date, text and source may be left out";
        report(cx, "short-form", item, "this is no response".into(), Some(help.into()));
        return None;
    };
    let mut entries = vec![entry("stance", trimmed(&(rest.start..colon), file), file)];
    let answer = colon + 1..rest.end;
    let cuts = Cuts::of(&answer, file);
    let who = answer.start..cuts.comma.or(cuts.colon).unwrap_or(answer.end);
    let names = parties(&who, file);
    if names.is_empty() {
        let help = "write who answers after the colon: `- denies: WHO`";
        report(cx, "missing-key", item, "a response needs `by`".into(), Some(help.into()));
        return None;
    }
    entries.push((key("by", trimmed(&who, file)), list(trimmed(&who, file), names)));
    if let Some(comma) = cuts.comma {
        let date = trimmed(&(comma + 1..cuts.colon.unwrap_or(answer.end)), file);
        entries.push(entry("date", date, file));
    }
    if let Some(colon) = cuts.colon {
        let text = trimmed(&(colon + 1..answer.end), file);
        if !text.is_empty() {
            entries.push(entry("text", text, file));
        }
    }
    entries.extend(sources);
    Some(Node { span: item.clone(), value: Value::Map(entries) })
}

/// `figure WHAT: NUMBER[, per WHO][, DATE] [@source]` as a figure of front matter.
pub(super) fn figure(item: &Range<usize>, cx: &mut Cx<'_>) -> Option<Node> {
    let file = cx.text;
    let (rest, sources) = sources(item, file);
    let written = &file[rest.clone()];
    let is_figure = after_word(written, "figure").is_some();
    let Some(colon) = written.find(':').filter(|_| is_figure).map(|at| rest.start + at) else {
        let help =
            "write `- figure killed: 28, per WHO, by 2025-05-14 @source`; an answer belongs to a claim";
        report(cx, "short-form", item, "this is no figure".into(), Some(help.into()));
        return None;
    };
    let what = trimmed(&(rest.start + "figure".len()..colon), file);
    let mut parts = listed(&(colon + 1..rest.end), |_, c| c == ',', file).into_iter();
    let number = parts.next().unwrap_or(rest.end..rest.end);
    let mut entries = Vec::new();
    if !what.is_empty() {
        entries.push(entry("what", what, file));
    }
    if number.is_empty() {
        let help = "write `28`, `6 to 34`, `at least 6` or `at most 34` after the colon";
        report(cx, "figure", item, "a figure needs a number".into(), Some(help.into()));
        return None;
    }
    entries.extend(numbers(&number, file));
    for part in parts {
        let (name, value) = match after_word(&file[part.clone()], "per") {
            Some(at) => {
                let who = trimmed(&(part.start + at..part.end), file);
                ("per", list(who.clone(), parties(&who, file)))
            }
            None => ("date", scalar(part.clone(), false, file)),
        };
        match entries.iter().find(|(known, _)| &*known.text == name) {
            Some((first, _)) => crate::tree::duplicate(name, &part, Some(&first.span), cx),
            None => entries.push((key(name, part), value)),
        }
    }
    entries.extend(sources);
    Some(Node { span: item.clone(), value: Value::Map(entries) })
}

/// `28`, `6 to 34`, `at least 6`, `at most 34`.
fn numbers(range: &Range<usize>, file: &str) -> Vec<(Key, Node)> {
    let number = |name: &str, range: Range<usize>| {
        let range = trimmed(&range, file);
        (key(name, range.clone()), scalar(range, true, file))
    };
    let written = &file[range.clone()];
    for (words, name) in [("at least", "min"), ("at most", "max")] {
        if let Some(at) = after_word(written, words) {
            return vec![number(name, range.start + at..range.end)];
        }
    }
    match written.find(" to ") {
        Some(at) => vec![
            number("min", range.start..range.start + at),
            number("max", range.start + at + " to ".len()..range.end),
        ],
        None => vec![number("value", range.clone())],
    }
}

/// Where what follows `word` and white space begins in `text`.
fn after_word(text: &str, word: &str) -> Option<usize> {
    let head = text.get(..word.len())?;
    let fits = head.eq_ignore_ascii_case(word) && text[word.len()..].starts_with(char::is_whitespace);
    fits.then_some(word.len())
}

fn entry(name: &str, range: Range<usize>, file: &str) -> (Key, Node) {
    (key(name, range.clone()), scalar(range, false, file))
}

fn list(span: Range<usize>, mut nodes: Vec<Node>) -> Node {
    if nodes.len() == 1 { nodes.remove(0) } else { Node { span, value: Value::List(nodes) } }
}

/// The first comma and the first colon of an answer that are not in quotation marks. A colon separates where white
/// space follows; that of `unnamed:` is part of who answers.
struct Cuts {
    comma: Option<usize>,
    colon: Option<usize>,
}

impl Cuts {
    fn of(range: &Range<usize>, file: &str) -> Self {
        let written = &file[range.clone()];
        let mut cuts = Self { comma: None, colon: None };
        let mut piece = 0;
        for (at, c) in bare(written) {
            match c {
                ';' if cuts.comma.is_none() => piece = at + 1,
                ',' if cuts.comma.is_none() => cuts.comma = Some(range.start + at),
                ':' => {
                    let separates = written[at + 1..].chars().next().is_none_or(char::is_whitespace);
                    let unnamed =
                        cuts.comma.is_none() && written[piece..at].trim().eq_ignore_ascii_case("unnamed");
                    if separates && !unnamed {
                        cuts.colon = Some(range.start + at);
                        break;
                    }
                }
                _ => {}
            }
        }
        cuts
    }
}

/// The characters of `text` that stand in no quotation marks. One that is never closed is a character like others.
fn bare(text: &str) -> impl Iterator<Item = (usize, char)> {
    let mut until = 0;
    text.char_indices().filter(move |(at, c)| {
        if *at < until {
            return false;
        }
        if *c == '"'
            && let Some(length) = text[at + 1..].find('"')
        {
            until = at + length + 2;
            return false;
        }
        true
    })
}

/// Who is named between semicolons. A name with a comma, a colon or a semicolon stands in quotation marks.
fn parties(range: &Range<usize>, file: &str) -> Vec<Node> {
    let written = &file[range.clone()];
    let cuts: Vec<usize> = bare(written).filter(|(_, c)| *c == ';').map(|(at, _)| at).collect();
    let parts = listed(range, |at, _| cuts.binary_search(&at).is_ok(), file);
    let unquoted = |part: Range<usize>| match &file[part.clone()] {
        written
            if written.len() >= 2
                && written.starts_with('"')
                && written[1..].find('"') == Some(written.len() - 2) =>
        {
            part.start + 1..part.end - 1
        }
        _ => part,
    };
    parts.into_iter().map(|part| scalar(unquoted(part), false, file)).collect()
}

/// What stands before the sources at the end of an item, and these: `@a @b` or `[@a; @b]`.
fn sources(item: &Range<usize>, file: &str) -> (Range<usize>, Option<(Key, Node)>) {
    let mut ids: Vec<Range<usize>> = Vec::new();
    let mut rest = trimmed(item, file);
    loop {
        let written = &file[rest.clone()];
        let bracket = written.strip_suffix(']').and_then(|inner| inner.rfind("[@"));
        if let Some(open) = bracket
            && let Some(inside) = in_brackets(rest.start + open + 1..rest.end - 1, file)
        {
            ids.extend(inside.into_iter().rev());
            rest = trimmed(&(rest.start..rest.start + open), file);
            continue;
        }
        let word = written
            .rfind(char::is_whitespace)
            .map_or(0, |at| at + written[at..].chars().next().map_or(1, char::len_utf8));
        let id = written[word..].trim_end_matches(';');
        if id.len() < 2 || !id.starts_with('@') {
            break;
        }
        ids.push(rest.start + word + 1..rest.start + word + id.len());
        rest = trimmed(&(rest.start..rest.start + word), file);
    }
    ids.reverse();
    let sources = ids.first().zip(ids.last()).map(|(first, last)| {
        let span = first.start..last.end;
        let nodes = ids.iter().map(|id| scalar(id.clone(), false, file)).collect();
        (key("sources", span.clone()), list(span, nodes))
    });
    (rest, sources)
}

/// The ids of `@a; @b`, if it is nothing else.
fn in_brackets(range: Range<usize>, file: &str) -> Option<Vec<Range<usize>>> {
    let parts = listed(&range, |_, c| c == ';', file);
    let id = |part: Range<usize>| {
        let written = &file[part.clone()];
        let fits = written.len() > 1 && written.starts_with('@') && !written.contains(char::is_whitespace);
        fits.then_some(part.start + 1..part.end)
    };
    parts.into_iter().map(id).collect()
}
