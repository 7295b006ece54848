//! Where values meet templates: the one place that draws, and that knows by what key its result may be kept.

use std::{cell::Cell, sync::Arc};

use tera::{Context, Value, value::ValueKind};

use super::{
    Failed, Renderer, USUAL,
    context::{PageView, value},
    frame::Framed,
    shelf::Shelf,
};
use crate::{
    memo::{Key, Scribe},
    pages::Page,
};

thread_local! {
    /// Paper for what the next page of this thread is given, as much as the pages before it needed.
    static SHEET: Cell<Vec<u8>> = const { Cell::new(Vec::new()) };
    /// Room for the next page of this thread.
    static DRAWN: Cell<Vec<u8>> = const { Cell::new(Vec::new()) };
}

/// Where pages need more, their room is not kept for the next ones.
const MOST_ROOM: usize = 1 << 20;

/// Takes the bytes of a page that was handed over, in whose room the next one is drawn.
pub(super) fn reuse(mut bytes: Vec<u8>) {
    if bytes.capacity() <= MOST_ROOM {
        bytes.clear();
        DRAWN.set(bytes);
    }
}

/// What a template is given, and its key.
///
/// Whatever is put in is written down at once, so that nothing can reach a template that is not in its key.
#[derive(Clone)]
pub(super) struct Given {
    context: Context,
    scribe: Scribe,
    /// Finished HTML of which the key is known.
    shelf: Arc<Shelf>,
    /// Whether a value among them stands for a text that was not made.
    spared: bool,
}

/// What came of filling a template.
pub(super) enum Filled {
    /// Its bytes, and the key of all that they depend on.
    Page(Vec<u8>, Key),
    /// What is known of the bytes, so that they need not be made.
    Known(Known),
    /// Nothing: the page is not known, and a text of it was spared that it needs.
    Spared,
}

/// What is kept of a page: enough to know its bytes where they stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Known {
    pub(super) fingerprint: Key,
    pub(super) len: u64,
}

impl Known {
    /// In bytes.
    pub(super) const LEN: usize = 24;

    pub(super) fn of(bytes: &[u8]) -> Self {
        Self { fingerprint: Key::of(bytes), len: bytes.len() as u64 }
    }

    pub(super) fn read(bytes: &[u8]) -> Option<Self> {
        let (fingerprint, len) = bytes.split_first_chunk()?;
        Some(Self { fingerprint: Key(*fingerprint), len: u64::from_le_bytes(len.try_into().ok()?) })
    }

    pub(super) fn bytes(self) -> [u8; Self::LEN] {
        let mut bytes = [0; Self::LEN];
        bytes[..16].copy_from_slice(&self.fingerprint.0);
        bytes[16..].copy_from_slice(&self.len.to_le_bytes());
        bytes
    }
}

impl Given {
    /// Nothing yet but the templates that `key` is of.
    pub(super) fn to(templates: Key) -> Self {
        let mut scribe = Scribe::default();
        scribe.key(templates);
        Self { context: Context::new(), scribe, shelf: Arc::default(), spared: false }
    }

    /// Gives `value` the name `name`.
    pub(super) fn insert(&mut self, name: &'static str, value: Value) {
        self.scribe.text(name);
        self.spared |= write(&mut self.scribe, &value, &mut Keys::of(&self.shelf));
        self.context.insert_value(name, value);
    }

    /// Remembers that `html`, which many pages are given, has this key.
    pub(super) fn shelve(&self, html: &Value, key: Key) {
        self.shelf.put(html, key);
    }

    /// Gives `value`, of which `key` is, the name `name`.
    fn insert_keyed(&mut self, name: &'static str, Framed { value, key }: Framed) {
        self.scribe.text(name);
        self.scribe.tag(b'k');
        self.scribe.key(key);
        self.context.insert_value(name, value);
    }

    /// The same, ready to be added to many times: what was written down so far becomes one key.
    pub(super) fn sealed(mut self) -> Self {
        let key = self.scribe.done();
        self.scribe = Scribe::default();
        self.scribe.key(key);
        self
    }

    /// The key of all that was given, for what `of` tells apart. Nothing more is given then.
    pub(super) fn key<const N: usize>(&mut self, of: [&str; N]) -> Key {
        // No name of a value begins like this.
        self.scribe.mark();
        for of in of {
            self.scribe.text(of);
        }
        self.scribe.done()
    }

    pub(super) fn context(&self) -> &Context {
        &self.context
    }
}

/// Keys of the finished HTML in one value, in which a text may stand twice.
struct Keys<'a> {
    shelf: &'a Shelf,
    /// The text before: where it lies and its length, and its key.
    last: Option<((usize, usize), Key)>,
}

impl<'a> Keys<'a> {
    fn of(shelf: &'a Shelf) -> Self {
        Self { shelf, last: None }
    }

    /// The key of `html`, which stays where it lies until the value is written down.
    fn key_of(&mut self, html: &str) -> Key {
        let place = (html.as_ptr().addr(), html.len());
        match self.last {
            Some((last, key)) if last == place => key,
            _ => {
                let key = self.shelf.key_of(html);
                self.last = Some((place, key));
                key
            }
        }
    }
}

/// The key of a value in which no text is spared.
pub(super) fn key_of(value: &Value) -> Key {
    let mut scribe = Scribe::of("value");
    write(&mut scribe, value, &mut Keys::of(&Shelf::default()));
    scribe.done()
}

/// Writes `value` down; tells whether a spared text is in it.
///
/// Finished HTML is written as its hash, which is also how a spared one is: by bytes, which no value has otherwise.
fn write(scribe: &mut Scribe, value: &Value, keys: &mut Keys<'_>) -> bool {
    let kind = value.kind();
    match kind {
        ValueKind::Undefined => scribe.tag(b'u'),
        ValueKind::None => scribe.tag(b'0'),
        ValueKind::Bool => scribe.tag(if value.is_truthy() { b't' } else { b'f' }),
        ValueKind::String => {
            let text = value.as_str().unwrap_or_default();
            if value.is_safe() {
                scribe.tag(b'h');
                scribe.key(keys.key_of(text));
            } else {
                scribe.tag(b's');
                scribe.text(text);
            }
        }
        ValueKind::Bytes => {
            scribe.tag(b'h');
            value.as_bytes().unwrap_or_default().iter().for_each(|byte| scribe.tag(*byte));
            return true;
        }
        ValueKind::Array => {
            let items = value.as_array().unwrap_or_default();
            scribe.tag(b'[');
            scribe.number(items.len());
            return items.iter().fold(false, |spared, item| write(scribe, item, keys) | spared);
        }
        ValueKind::Map => {
            scribe.tag(b'{');
            scribe.number(value.len().unwrap_or_default());
            let mut spared = false;
            for (key, value) in value.as_map().into_iter().flatten() {
                match key.as_str() {
                    Some(key) => {
                        scribe.tag(b's');
                        scribe.text(key);
                    }
                    None => spared |= write(scribe, &key.as_value(), keys),
                }
                spared |= write(scribe, value, keys);
            }
            return spared;
        }
        _ => {
            scribe.tag(if value.is_f64() { b'd' } else { b'n' });
            // A number as it is written is that number and no other; of one with a fraction the bits are.
            match value.as_f64().filter(|_| value.is_f64()) {
                Some(number) => scribe.bytes(&number.to_bits().to_le_bytes()),
                None => scribe.text(&value.to_string()),
            }
        }
    }
    false
}

impl Renderer<'_> {
    /// Fills the template called `template` with the page's values and those that every page receives.
    pub(super) fn fill(
        &self,
        template: &str,
        page: &Page,
        view: &PageView<'_>,
        values: Vec<(&'static str, Value)>,
    ) -> Result<Filled, Failed> {
        let root = self.studio.addresses.root(&page.path);
        let mut given = self.shared.clone();
        given.scribe = given.scribe.on(SHEET.take());
        given.insert_keyed("frame", self.frame(&root, view));
        given.insert("root", Value::from(root.as_str()));
        given.insert("page", value(view));
        for (name, value) in values {
            given.insert(name, value);
        }
        let key = given.key(["page", template, page.path.as_str()]);
        SHEET.set(given.scribe.into_paper());
        if self.sparing {
            if let Some(known) = self.known(key) {
                return Ok(Filled::Known(known));
            }
            if given.spared {
                return Ok(Filled::Spared);
            }
        }
        let mut rendered = DRAWN.take();
        rendered.reserve(USUAL);
        let done = self.studio.theme.tera.render_to(template, &given.context, &mut rendered);
        done.map(|()| Filled::Page(rendered, key))
            .map_err(|error| Box::new(self.studio.theme.diagnostic(&error)))
    }

    /// What is kept of the page or the picture under `key`.
    pub(super) fn known(&self, key: Key) -> Option<Known> {
        Known::read(&self.studio.memo?.get(key)?)
    }

    /// What stands for the HTML that is kept under `key`, where it need not be made.
    pub(super) fn spared(&self, key: Key) -> Option<Value> {
        let memo = self.studio.memo.filter(|_| self.sparing)?;
        let fingerprint: Box<[u8]> = memo.get(key).filter(|kept| kept.len() == 16)?;
        Some(Value::bytes(fingerprint.to_vec()))
    }

    /// Keeps, under `key`, the key of the HTML that was made.
    pub(super) fn remember(&self, key: Key, html: Key) {
        if let Some(memo) = self.studio.memo {
            memo.put(key, &html.0);
        }
    }
}
