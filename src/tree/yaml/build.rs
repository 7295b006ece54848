use std::{collections::BTreeMap, ops::Range};

use granit_parser::{Event, StructureStyle};

use super::{
    line::as_text,
    scalar::{Slot, key_of, refuse_duplicates, refuse_tag, scalar},
};
use crate::tree::{Cx, DEPTH, Key, Node, Value, too_deep};

/// How many values aliases may repeat in one file.
const COPIES: usize = 20_000;

/// Why no further event is taken.
pub(super) enum Stop {
    /// The document is read.
    Done,
    /// A mistake was reported that nothing can be read after.
    Failed,
}

/// A list or map that is being read.
struct Frame {
    start: usize,
    /// Where the last of its parts ended.
    end: usize,
    anchor: usize,
    flow: bool,
    parts: Parts,
}

enum Parts {
    List(Vec<Node>),
    Map { entries: Vec<(Key, Node)>, key: Slot },
}

/// A value that aliases may repeat.
#[derive(Default)]
struct Anchor {
    name: Box<str>,
    span: Range<usize>,
    /// `None` until the value is read.
    value: Option<Copied>,
    used: bool,
}

struct Copied {
    node: Node,
    nodes: usize,
    depth: usize,
}

/// Puts the events of a document together, without recursion.
#[derive(Default)]
pub(super) struct Builder {
    stack: Vec<Frame>,
    pub(super) root: Option<Node>,
    documents: usize,
    anchors: BTreeMap<usize, Anchor>,
    copies: usize,
}

impl Builder {
    /// Takes the next event, written at `place`, its tag at `tag_place`.
    pub(super) fn take(
        &mut self,
        event: Event<'_>,
        place: Range<usize>,
        tag_place: Option<Range<usize>>,
        cx: &mut Cx<'_>,
    ) -> Result<(), Stop> {
        match event {
            Event::DocumentStart(..) => return self.document(&place, cx),
            Event::Scalar(text, style, anchor, tag) => {
                let tag_place = tag_place.unwrap_or_else(|| place.clone());
                let node = scalar(&text, style, tag.as_deref(), place, &tag_place, cx);
                self.anchored(anchor, &node, cx)?;
                self.add(node, cx);
            }
            Event::SequenceStart(style, anchor, tag) => {
                refuse_tag(tag.as_deref(), "seq", &tag_place.unwrap_or_else(|| place.clone()), cx);
                self.open(style, anchor, &place, Parts::List(Vec::new()), cx)?;
            }
            Event::MappingStart(style, anchor, tag) => {
                refuse_tag(tag.as_deref(), "map", &tag_place.unwrap_or_else(|| place.clone()), cx);
                self.open(style, anchor, &place, Parts::Map { entries: Vec::new(), key: Slot::Key }, cx)?;
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(&place, cx)?,
            Event::Anchor(id, name) => {
                let anchor = self.anchors.entry(id).or_default();
                anchor.name = name.into();
                anchor.span = place;
            }
            Event::Alias(id) => self.repeat(id, &place, cx)?,
            Event::UnresolvedAlias(name) => {
                let help = as_text(cx.text, place.start);
                cx.error(
                    "unknown-anchor",
                    &place,
                    format!("`*{name}` repeats a value, but no `&{name}` stands above it"),
                )
                .help_if(help);
                self.add(Node { span: place, value: Value::Null }, cx);
            }
            _ => {}
        }
        Ok(())
    }

    fn document(&mut self, place: &Range<usize>, cx: &mut Cx<'_>) -> Result<(), Stop> {
        self.documents += 1;
        if self.documents == 1 {
            return Ok(());
        }
        cx.error("several-documents", place, "a second YAML document begins here")
            .help("keep one: remove the line of `---` or `...` between them");
        Err(Stop::Done)
    }

    fn open(
        &mut self,
        style: StructureStyle,
        anchor: usize,
        place: &Range<usize>,
        parts: Parts,
        cx: &mut Cx<'_>,
    ) -> Result<(), Stop> {
        if self.stack.len() == DEPTH {
            too_deep(place, cx);
            return Err(Stop::Failed);
        }
        if anchor != 0 {
            self.anchors.insert(anchor, Anchor::default());
        }
        let flow = style == StructureStyle::Flow;
        self.stack.push(Frame { start: place.start, end: place.end, anchor, flow, parts });
        Ok(())
    }

    fn close(&mut self, place: &Range<usize>, cx: &mut Cx<'_>) -> Result<(), Stop> {
        let Some(frame) = self.stack.pop() else {
            return Ok(());
        };
        // The end of a block collection is only known from what follows it, blank lines later.
        let end = if frame.flow { place.end.max(frame.end) } else { frame.end };
        let value = match frame.parts {
            Parts::List(items) => Value::List(items),
            Parts::Map { mut entries, .. } => {
                refuse_duplicates(&mut entries, cx);
                Value::Map(entries)
            }
        };
        let node = Node { span: frame.start..end, value };
        self.anchored(frame.anchor, &node, cx)?;
        self.add(node, cx);
        Ok(())
    }

    /// Puts a finished value where it belongs.
    fn add(&mut self, node: Node, cx: &mut Cx<'_>) {
        let Some(frame) = self.stack.last_mut() else {
            self.root = Some(node);
            return;
        };
        // What an alias repeats stands before it, so the end must not fall.
        frame.end = frame.end.max(node.span.end);
        match &mut frame.parts {
            Parts::List(items) => items.push(node),
            Parts::Map { entries, key } => match std::mem::replace(key, Slot::Key) {
                Slot::Key => *key = key_of(node, cx),
                Slot::Value(key) => entries.push((key, node)),
                Slot::Refused => {}
            },
        }
    }

    /// Keeps a copy of a value that has an anchor.
    fn anchored(&mut self, id: usize, node: &Node, cx: &mut Cx<'_>) -> Result<(), Stop> {
        if id == 0 {
            return Ok(());
        }
        let (nodes, depth) = measure(node);
        self.count_copies(nodes, &node.span, cx)?;
        self.anchors.entry(id).or_default().value = Some(Copied { node: node.clone(), nodes, depth });
        Ok(())
    }

    fn repeat(&mut self, id: usize, place: &Range<usize>, cx: &mut Cx<'_>) -> Result<(), Stop> {
        let Some(anchor) = self.anchors.get_mut(&id) else {
            return Ok(());
        };
        anchor.used = true;
        let Some(copied) = &anchor.value else {
            cx.error(
                "alias-loop",
                place,
                format!("`*{}` stands inside the value that it repeats", anchor.name),
            )
            .related(&anchor.span, "the value begins here")
            .help("write the value out");
            return Err(Stop::Failed);
        };
        if self.stack.len() + copied.depth > DEPTH {
            too_deep(place, cx);
            return Err(Stop::Failed);
        }
        let (node, nodes) = (copied.node.clone(), copied.nodes);
        // The place of the alias, not of what it repeats, says where the list or map around it ends.
        if let Some(frame) = self.stack.last_mut() {
            frame.end = frame.end.max(place.end);
        }
        self.count_copies(nodes, place, cx)?;
        self.add(node, cx);
        Ok(())
    }

    fn count_copies(&mut self, nodes: usize, place: &Range<usize>, cx: &mut Cx<'_>) -> Result<(), Stop> {
        self.copies += nodes;
        if self.copies <= COPIES {
            return Ok(());
        }
        cx.error("alias-bomb", place, format!("anchors and aliases repeat more than {COPIES} values"))
            .help("write the values out");
        Err(Stop::Failed)
    }

    /// Reports every anchor that no alias uses: it is likely text that begins with `&`.
    pub(super) fn report_unused_anchors(&self, cx: &mut Cx<'_>) {
        for anchor in self.anchors.values().filter(|anchor| !anchor.used) {
            let help = as_text(cx.text, anchor.span.start);
            let message =
                format!("`&{}` names a value that nothing repeats, and is no part of the text", anchor.name);
            cx.error("unused-anchor", &anchor.span, message).help_if(help);
        }
    }
}

/// How many values `node` is, and how deep lists and maps stand in it.
fn measure(node: &Node) -> (usize, usize) {
    let inner = |(nodes, depth): (usize, usize), child: &Node| {
        let (more, deep) = measure(child);
        (nodes + more, depth.max(deep))
    };
    let (nodes, depth) = match &node.value {
        Value::Null | Value::Scalar(_) => return (1, 0),
        Value::List(items) => items.iter().fold((0, 0), inner),
        Value::Map(entries) => entries.iter().map(|(_, value)| value).fold((0, 0), inner),
    };
    (nodes + 1, depth + 1)
}
