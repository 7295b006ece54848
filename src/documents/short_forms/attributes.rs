use std::ops::Range;

use super::{key, listed, one_line, report, scalar};
use crate::{
    diagnostics::did_you_mean,
    documents::markdown::{FormSort, line_end},
    tree::{Cx, Key, Node, Value, duplicate},
};

/// What stands in the braces of a block.
pub(super) struct Attributes {
    pub(super) entries: Vec<(Key, Node)>,
    /// Where what follows them begins: a line.
    pub(super) end: usize,
}

/// Attributes whose values are lists.
const LISTS: [&str; 10] = ["about", "at", "by", "for", "per", "source", "target", "told", "via", "with"];

/// What front matter or other tools call an attribute, and what it is called here.
const MEANT: [(&str, &str); 7] = [
    ("date", "on"),
    ("location", "at"),
    ("locations", "at"),
    ("sources", "source"),
    ("kind", "class"),
    ("actor", "by"),
    ("actors", "by"),
];

/// Reads the attributes at the beginning of `inside`, which may go on over several lines.
pub(super) fn read(text: &str, inside: Range<usize>, sort: FormSort, cx: &mut Cx<'_>) -> Attributes {
    let line = inside.start..line_end(text, inside.start).min(inside.end);
    let first = &text[line.clone()];
    let blank = first.len() - first.trim_start().len();
    if !first[blank..].starts_with('{') {
        let rest = first.trim().trim_end_matches(':').trim_end();
        if !rest.is_empty() {
            let place = line.start + blank..line.start + blank + rest.len();
            let help =
                format!("write them in braces: `::: {} {{#id by=\"NAME\" on=2025-05-15}}`", sort.word());
            report(cx, "short-form", &place, "the attributes stand in no braces".into(), Some(help));
        }
        return Attributes { entries: Vec::new(), end: line.end };
    }
    let open = line.start + blank;
    let (limit, end) = match closing(&text[open + 1..inside.end]) {
        Ok(at) => {
            let brace = open + 1 + at;
            let end = line_end(text, brace).min(inside.end);
            after(brace + 1..end, text, cx);
            (brace, end)
        }
        Err(quote) => {
            let (place, what, help) = match quote {
                Some(at) => (
                    open + 1 + at,
                    "the quotation mark is not closed",
                    "write the same mark after the value; for one in a value, put the value in the other sort",
                ),
                None => (open, "the brace is not closed", "write `}` after the last attribute"),
            };
            let width = text[place..].chars().next().map_or(1, char::len_utf8);
            report(cx, "short-form", &(place..place + width), what.into(), Some(help.into()));
            (line.end, line.end)
        }
    };
    let mut reader = Reader { text, at: open + 1, end: limit, entries: Vec::new(), told: false };
    while reader.next(cx) {}
    Attributes { entries: reader.entries, end }
}

/// Reports what follows the closing brace on its line.
fn after(range: Range<usize>, text: &str, cx: &mut Cx<'_>) {
    let place = super::trimmed(&range, text);
    if !text[place.clone()].trim_matches(':').is_empty() {
        let help = "begin a new line after the brace";
        report(cx, "short-form", &place, "this stands behind the attributes".into(), Some(help.into()));
    }
}

/// The mark that closes a value which begins with `c`.
fn closing_mark(c: char) -> Option<char> {
    match c {
        '"' | '\'' => Some(c),
        '“' | '„' => Some('”'),
        _ => None,
    }
}

/// Where the brace closes; else, where the quotation mark is that does not.
fn closing(text: &str) -> Result<usize, Option<usize>> {
    let mut quote: Option<(usize, char)> = None;
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        match quote {
            Some((_, mark)) if c == mark => quote = None,
            Some(_) => {}
            None if c == '}' => return Ok(at),
            None => quote = closing_mark(c).filter(|_| before == '=').map(|mark| (at, mark)),
        }
        before = c;
    }
    Err(quote.map(|(at, _)| at))
}

fn plain(node: &Node) -> Option<&str> {
    match &node.value {
        Value::Scalar(scalar) if scalar.plain => Some(&scalar.text),
        _ => None,
    }
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
    end: usize,
    entries: Vec<(Key, Node)>,
    /// Whether something that is no attribute has been reported.
    told: bool,
}

impl<'t> Reader<'t> {
    fn rest(&self) -> &'t str {
        &self.text[self.at..self.end]
    }

    /// The end of the word that begins here.
    fn word(&self, stop: impl Fn(char) -> bool) -> Range<usize> {
        let length = self.rest().find(|c: char| c.is_whitespace() || stop(c)).unwrap_or(self.rest().len());
        self.at..self.at + length
    }

    /// Reads one attribute, if there is one.
    fn next(&mut self, cx: &mut Cx<'_>) -> bool {
        self.at += self.rest().len() - self.rest().trim_start().len();
        if self.rest().is_empty() {
            return false;
        }
        if self.rest().starts_with('#') {
            let word = self.word(|_| false);
            self.at = word.end;
            self.add("id", word.clone(), scalar(word.start + 1..word.end, false, self.text), cx);
            return true;
        }
        let name = self.word(|c| c == '=');
        self.at = name.end;
        if name.is_empty() || !self.rest().starts_with('=') {
            self.at = self.word(|_| false).end.max(name.end);
            self.no_attribute(name.start..self.at, cx);
            return true;
        }
        self.at += 1;
        let quote = self.rest().chars().next().and_then(|c| Some((c.len_utf8(), closing_mark(c)?)));
        let (value, plain) = match quote {
            Some((width, mark)) => {
                let start = self.at + width;
                let length = self.text[start..self.end].find(mark);
                let end = length.map_or(self.end, |length| start + length);
                self.at = length.map_or(end, |_| end + mark.len_utf8());
                (start..end, false)
            }
            None => {
                let word = self.word(|_| false);
                self.at = word.end;
                (word, true)
            }
        };
        let written = &self.text[name.clone()];
        let value = self.value(written, value, plain);
        self.add(written, name, value, cx);
        true
    }

    fn value(&self, name: &str, range: Range<usize>, plain: bool) -> Node {
        let meant = MEANT.iter().find(|(written, _)| *written == name).map_or(name, |(_, meant)| meant);
        if !LISTS.contains(&meant) {
            let empty = plain && range.is_empty();
            return if empty {
                Node { span: range, value: Value::Null }
            } else {
                scalar(range, plain, self.text)
            };
        }
        let parts = listed(&range, |_, c| c == ';', self.text);
        let mut nodes: Vec<Node> = parts.into_iter().map(|part| scalar(part, plain, self.text)).collect();
        match nodes.len() {
            0 => Node { span: range, value: Value::Null },
            1 => nodes.remove(0),
            _ => Node { span: range, value: Value::List(nodes) },
        }
    }

    fn add(&mut self, name: &str, place: Range<usize>, value: Node, cx: &mut Cx<'_>) {
        let meant = MEANT.iter().find(|(written, _)| *written == name);
        if let Some((_, meant)) = meant {
            let message = format!("there is no attribute `{name}`");
            report(cx, "unknown-key", &place, message, Some(format!("did you mean `{meant}`?")));
        }
        let name = meant.map_or(name, |(_, meant)| meant);
        match self.entries.iter().find(|(known, _)| &*known.text == name) {
            Some((first, _)) => duplicate(name, &place, Some(&first.span), cx),
            None => self.entries.push((key(name, place), value)),
        }
    }

    fn no_attribute(&mut self, place: Range<usize>, cx: &mut Cx<'_>) {
        if std::mem::replace(&mut self.told, true) {
            return;
        }
        let written = one_line(&self.text[place.clone()]);
        let before = self.entries.last().map(|(key, node)| (&key.text, plain(node)));
        let help = match before {
            Some((name, Some(value))) if !written.contains('=') && &**name != "id" => {
                format!("a value with blanks stands in quotation marks: `{name}=\"{value} {written}\"`")
            }
            _ => did_you_mean(&written, ["claim", "event"])
                .unwrap_or_else(|| "write `NAME=VALUE` without blanks around `=`, or `#ID`".into()),
        };
        report(cx, "short-form", &place, format!("`{written}` is no attribute"), Some(help));
    }
}
