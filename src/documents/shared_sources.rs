use std::{collections::BTreeMap, ops::Range};

use super::{At, Source, read_parts::report};
use crate::{
    diagnostics::{Diagnostics, SharedText, Span},
    model::{LocalId, SourcePath},
    settings::Settings,
    tree::{self, Cx, Decode, Fields, Key, Node, Spanned},
};

/// Where the sources that briefings share are written.
pub const SHARED_SOURCES: &str = "content/sources.toml";

/// `content/sources.toml`: sources that briefings share, and what is known of publishers.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SharedSources {
    /// Where they are written, if they are.
    pub path: Option<SourcePath>,
    /// The sources, by their ids.
    pub sources: BTreeMap<LocalId, Source>,
    /// The publishers, by their ids.
    pub publishers: BTreeMap<String, Publisher>,
}

/// A publisher.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Publisher {
    /// What it is called.
    pub name: String,
    /// The hosts of its addresses.
    pub host: Vec<String>,
    /// How reliable it is over time, A to F (Admiralty code).
    pub grade: Option<char>,
}

impl SharedSources {
    /// Where the source called `id` is written.
    pub fn place(&self, id: &LocalId) -> Option<Span> {
        let source = self.sources.get(id)?;
        self.path.as_ref().map(|path| source.at.span(path))
    }
}

pub(super) fn parse(
    path: &SourcePath,
    text: &SharedText,
    settings: &Settings,
    diagnostics: &mut Diagnostics,
) -> SharedSources {
    let mut shared = SharedSources { path: Some(path.clone()), ..SharedSources::default() };
    let start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let mut cx = Cx { path, text, zone: settings.timezone, diagnostics };
    let cx = &mut cx;
    let Some(node) = tree::toml(cx, start..text.len()) else { return shared };
    let Some(mut fields) = Fields::of(&node, "content/sources.toml", cx) else { return shared };
    for (key, node) in entries(&mut fields, "sources", cx) {
        match LocalId::new(&key.text) {
            Some(id) => {
                if let Some(source) = Source::decode(node, cx) {
                    shared.sources.insert(id, Source { key: At::new(&key.span), ..source });
                }
            }
            None => report(
                cx,
                "id",
                &key.span,
                format!("`{}` cannot be an id", key.text),
                Some("write one word without white space, `#`, `/`, `|` or brackets: `jpost`".into()),
            ),
        }
    }
    for (key, node) in entries(&mut fields, "publishers", cx) {
        if let Some(publisher) = publisher(key, node, cx) {
            shared.publishers.insert(key.text.to_string(), publisher);
        }
    }
    fields.finish(cx);
    shared
}

fn entries<'n>(fields: &mut Fields<'n>, key: &'static str, cx: &mut Cx<'_>) -> Vec<&'n (Key, Node)> {
    let table = fields.take(key).and_then(|node| Fields::of(node, key, cx));
    table.map(Fields::rest).unwrap_or_default()
}

fn publisher(key: &Key, node: &Node, cx: &mut Cx<'_>) -> Option<Publisher> {
    let mut fields = Fields::of(node, "a publisher", cx)?;
    let name = fields.get("name", cx).unwrap_or_else(|| key.text.to_string());
    let host = fields.list("host", cx);
    let grade =
        fields.get::<Spanned<String>>("grade", cx).and_then(|grade| letter(&grade.value, &grade.span, cx));
    fields.finish(cx);
    Some(Publisher { name, host, grade })
}

fn letter(written: &str, span: &Range<usize>, cx: &mut Cx<'_>) -> Option<char> {
    match written.to_ascii_uppercase().as_bytes() {
        [letter @ b'A'..=b'F'] => Some(char::from(*letter)),
        _ => {
            report(
                cx,
                "grade",
                span,
                format!("`{written}` is no grade"),
                Some("write a letter from `A` to `F`".into()),
            );
            None
        }
    }
}
