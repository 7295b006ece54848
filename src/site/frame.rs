use std::{
    collections::BTreeMap,
    sync::{PoisonError, RwLock},
};

use serde::Serialize;
use tera::Value;

use super::{
    Renderer,
    context::{PageView, value},
    filling::key_of,
};
use crate::memo::Key;

/// What stands around pages, by what leads to the root, the kind of the page and its language: all that it depends on.
/// It is drawn once for all pages that share these.
#[derive(Default)]
pub(super) struct Frames(RwLock<BTreeMap<Of, Framed>>);

/// A finished frame, and its key.
#[derive(Clone)]
pub(super) struct Framed {
    pub(super) value: Value,
    pub(super) key: Key,
}

type Of = (String, &'static str, String);

/// `frame`: the parts of the same names, finished.
#[derive(Serialize)]
struct FrameView {
    assets: Value,
    masthead: Value,
    imprint: Value,
    links: Value,
}

/// `page` as those parts see it.
#[derive(Serialize)]
struct FramedView<'a> {
    kind: &'static str,
    language: &'a str,
    direction: &'static str,
}

impl Renderer<'_> {
    /// What stands around `page`, from which `root` leads to the root.
    pub(super) fn frame(&self, root: &str, page: &PageView<'_>) -> Framed {
        let of = (root.to_owned(), page.kind, page.language.to_owned());
        let Frames(frames) = &self.frames;
        if let Some(frame) = frames.read().unwrap_or_else(PoisonError::into_inner).get(&of) {
            return frame.clone();
        }
        let value = self.draw_frame(root, page);
        let frame = Framed { key: key_of(&value), value };
        frames.write().unwrap_or_else(PoisonError::into_inner).insert(of, frame.clone());
        frame
    }

    fn draw_frame(&self, root: &str, page: &PageView<'_>) -> Value {
        let mut given = self.shared.clone();
        given.insert("root", Value::from(root));
        let framed = FramedView { kind: page.kind, language: page.language, direction: page.direction };
        given.insert("page", value(&framed));
        let part = |name: &str| Value::safe_string(&self.draw_part(name, &given).unwrap_or_default());
        value(&FrameView {
            assets: part("assets"),
            masthead: part("masthead"),
            imprint: part("imprint"),
            links: part("links"),
        })
    }
}
