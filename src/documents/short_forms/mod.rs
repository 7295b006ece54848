//! Claims and events written in the body, `::: claim {...}` to `:::`, into the same values as those of front matter.
//!
//! Their parts become nodes that know where they are written, and are read by the same code, so that the same mistake
//! gets the same message in either form.

mod attributes;
mod items;
mod lines;
#[cfg(test)]
mod tests;

use std::ops::Range;

use self::{attributes::Attributes, lines::Lines};
use super::{
    Body,
    markdown::{FormBlock, FormSort},
    parts::{At, Claim, Event, Figure, Party, Response},
    read_names::Participant,
    read_parts::{marking, report},
};
use crate::{
    diagnostics::{Diagnostic, Span},
    model::{ActorRole, ClaimClass, EventStatus, Marking, SourcePath, Tlp},
    tree::{Cx, Decode, Fields, Key, Node, Scalar, Value},
};

/// The claims and the events written in `body`, each in the order of the text. Reports what of them cannot be read.
pub(super) fn read(body: &Body, cx: &mut Cx<'_>) -> (Vec<Claim>, Vec<Event>) {
    let (mut claims, mut events) = (Vec::new(), Vec::new());
    for block in &body.outline.forms {
        let form = Form::of(block, body.prose.span(cx.path, 0..0).start as usize, cx);
        match block.sort {
            FormSort::Claim => claims.extend(form.claim(cx)),
            FormSort::Event => events.extend(form.event(cx)),
        }
    }
    (claims, events)
}

/// The claims and events in a text that is no briefing, but `this`, as mistakes.
pub(super) fn refuse(
    body: &Body,
    path: &SourcePath,
    this: &str,
    help: impl Fn(FormSort) -> String,
) -> Vec<Diagnostic> {
    let refused = |block: &FormBlock| {
        let fence =
            block.written.start..block.written.start + first_line(&body.prose.text()[block.written.clone()]);
        let article = if block.sort == FormSort::Claim { "a claim" } else { "an event" };
        Diagnostic::error("misplaced-form", format!("{article} is written in a briefing, and this is {this}"))
            .at(body.prose.span(path, fence))
            .help(help(block.sort))
    };
    body.outline.forms.iter().map(refused).collect()
}

/// The bytes of the first line of `text`, white space at its end apart.
fn first_line(text: &str) -> usize {
    text.split(['\n', '\r']).next().unwrap_or_default().trim_end().len()
}

/// Where the claim or event of `block` is written: what tells it from all others of the file, cut or whole.
pub fn place(body: &Body, path: &SourcePath, block: &FormBlock) -> At {
    let Span { start, end, .. } = body.prose.span(path, block.written.clone());
    At::new(&(start as usize..end as usize))
}

/// A block, taken apart. All places are bytes of the file.
struct Form {
    written: Range<usize>,
    attributes: Node,
    text: Option<Node>,
    /// What follows the dash of each item.
    items: Vec<Range<usize>>,
    tlp: Option<Tlp>,
}

impl Form {
    fn of(block: &FormBlock, base: usize, cx: &mut Cx<'_>) -> Self {
        let in_file = |range: &Range<usize>| range.start + base..range.end + base;
        let (written, inside) = (in_file(&block.written), in_file(&block.inside));
        let Attributes { entries, end } = attributes::read(cx.text, inside.clone(), block.sort, cx);
        let Lines { text, items } = lines::read(end..inside.end, block.sort, cx);
        let attributes = Node { span: written.clone(), value: Value::Map(entries) };
        Self { written, attributes, text, items, tlp: block.tlp }
    }

    fn claim(self, cx: &mut Cx<'_>) -> Option<Claim> {
        let mut fields = Fields::of(&self.attributes, "a claim", cx)?;
        let by: Option<Vec<Party>> = fields.required("by", cx);
        let text = self.text("a claim", &fields, cx);
        let responses = self.items.iter().filter_map(|item| items::response(item, cx));
        let responses: Vec<Node> = responses.collect();
        let claim = Claim {
            id: fields.get("id", cx),
            by: by.unwrap_or_default(),
            on_behalf_of: fields.list("for", cx),
            about: fields.list("about", cx),
            date: fields.get("on", cx),
            class: fields.get("class", cx).unwrap_or(ClaimClass::Fact),
            text: String::new(),
            locations: fields.list("at", cx),
            told: fields.list("told", cx),
            via: fields.list("via", cx),
            sources: fields.list("source", cx),
            responses: responses.iter().filter_map(|node| Response::decode(node, cx)).collect(),
            findings: Vec::new(),
            marking: self.marking(&mut fields, cx),
            at: At::new(&self.written),
            in_prose: true,
        };
        fields.finish(cx);
        Some(Claim { text: text?, ..claim })
    }

    fn event(self, cx: &mut Cx<'_>) -> Option<Event> {
        let mut fields = Fields::of(&self.attributes, "an event", cx)?;
        let text = self.text("an event", &fields, cx);
        let date = fields.get("on", cx);
        if !fields.holds("on") && !fields.holds("event") {
            let help = "write `on=2025-05-13`; a month, a year, `on=\"by 2025-05-13\"` and `on=\"about 2025-05\"` do as well";
            let place = fields.empty("on").cloned().unwrap_or_else(|| fields.place(cx));
            report(cx, "missing-key", &place, "an event needs `on`".into(), Some(help.into()));
        }
        let figures: Vec<Node> = self.items.iter().filter_map(|item| items::figure(item, cx)).collect();
        let event = Event {
            id: fields.get("id", cx),
            tells: fields.get("event", cx),
            date,
            text: String::new(),
            per: fields.list("per", cx),
            actors: participants(&mut fields, cx),
            locations: fields.list("at", cx),
            figures: figures.iter().filter_map(|node| Figure::decode(node, cx)).collect(),
            status: fields.get("status", cx).unwrap_or(EventStatus::Happened),
            sources: fields.list("source", cx),
            marking: self.marking(&mut fields, cx),
            at: At::new(&self.written),
            in_prose: true,
        };
        fields.finish(cx);
        Some(Event { text: text?, ..event })
    }

    fn text(&self, what: &str, fields: &Fields<'_>, cx: &mut Cx<'_>) -> Option<String> {
        if self.text.is_none() {
            let help = "write it below the line with the attributes, before any line that begins with `-`";
            report(cx, "missing-key", &fields.place(cx), format!("{what} needs a text"), Some(help.into()));
        }
        self.text.as_ref().and_then(|node| String::decode(node, cx))
    }

    /// Its marking, and that of the prose around it where that is stricter.
    fn marking(&self, fields: &mut Fields<'_>, cx: &mut Cx<'_>) -> Marking {
        let own = marking(fields, cx);
        Marking { tlp: own.tlp.max(self.tlp), ..own }
    }
}

/// Who took part, in the order of the attributes that say so.
fn participants(fields: &mut Fields<'_>, cx: &mut Cx<'_>) -> Vec<(Party, Option<ActorRole>)> {
    let mut roles = [("by", ActorRole::By), ("target", ActorRole::Target), ("with", ActorRole::With)]
        .map(|(key, role)| (fields.key_span(key).map(|span| span.start), key, role));
    roles.sort_by_key(|(place, ..)| *place);
    let mut participants = Vec::new();
    for (_, key, role) in roles {
        let written: Vec<Participant> = fields.list(key, cx);
        participants.extend(written.into_iter().map(|Participant(party, _)| (party, Some(role))));
    }
    participants
}

/// The words at `range` of the file as a value, on one line. Where they are in quotation marks, the range is inside.
fn scalar(range: Range<usize>, plain: bool, text: &str) -> Node {
    let written = &text[range.clone()];
    let words = if written.contains(['\n', '\r']) { one_line(written) } else { written.to_owned() };
    Node { span: range, value: Value::Scalar(Scalar { text: words.into(), plain }) }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn key(name: &str, span: Range<usize>) -> Key {
    Key { text: name.into(), span }
}

/// `range` without white space at its ends.
fn trimmed(range: &Range<usize>, text: &str) -> Range<usize> {
    let written = &text[range.clone()];
    let start = range.start + written.len() - written.trim_start().len();
    start..start + written.trim().len()
}

/// The parts of `range` between semicolons, each without white space at its ends and none of them empty.
fn listed(range: &Range<usize>, cut: impl Fn(usize, char) -> bool, text: &str) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let mut start = range.start;
    for (at, c) in text[range.clone()].char_indices() {
        if cut(at, c) {
            parts.push(start..range.start + at);
            start = range.start + at + c.len_utf8();
        }
    }
    parts.push(start..range.end);
    parts.iter().map(|part| trimmed(part, text)).filter(|part| !part.is_empty()).collect()
}
