use std::ops::Range;

use super::{Cx, Decode, Key, Node, Value};
use crate::diagnostics::{nearest, one_of};

/// Past so many unknown keys of one map, near ones are no longer looked for.
const SUGGESTIONS: usize = 50;

/// The keys of a map, each taken once; what is left at the end is unknown.
pub struct Fields<'n> {
    what: &'static str,
    span: &'n Range<usize>,
    entries: &'n [(Key, Node)],
    /// Which of the entries were asked for.
    taken: Vec<bool>,
    /// Which of the entries with nothing in them have been reported.
    told: Vec<bool>,
    known: Vec<&'n str>,
    hint: Option<&'static str>,
    /// How much had been told when the map began.
    since: usize,
}

impl<'n> Fields<'n> {
    /// The keys of `node`, which a message calls `what` ("a claim"); reports and gives `None` where it is no map.
    pub fn of(node: &'n Node, what: &'static str, cx: &mut Cx<'_>) -> Option<Fields<'n>> {
        let Value::Map(entries) = &node.value else {
            let message = format!("expected {what} as a map of keys, found {}", node.what());
            let help = if cx.is_toml() {
                "write `key = value` for each of its keys, in a table"
            } else {
                "write `key: value` for each of its keys"
            };
            cx.error("wrong-type", &node.span, message).help(help);
            return None;
        };
        let (taken, told) = (vec![false; entries.len()], vec![false; entries.len()]);
        let (known, since) = (Vec::with_capacity(16), cx.diagnostics.total());
        Some(Self { what, span: &node.span, entries, taken, told, known, hint: None, since })
    }

    /// The value of `key`, which is known from now on. Nothing after a key is as if the key were not there; that is
    /// told in the end, unless [`Self::empty`] asked.
    pub fn take(&mut self, key: &'n str) -> Option<&'n Node> {
        self.known(key);
        let place = self.position(key)?;
        self.taken[place] = true;
        let node = &self.entries[place].1;
        (node.value != Value::Null).then_some(node)
    }

    /// The value of the one of `keys` that is there; they are names of one thing, and two of them are an error.
    pub fn take_one_of(&mut self, keys: &[&'n str], cx: &mut Cx<'_>) -> Option<&'n Node> {
        let mut first: Option<(&'n str, &'n Node)> = None;
        for &key in keys {
            let Some(node) = self.take(key) else { continue };
            match first {
                None => first = Some((key, node)),
                Some((other, _)) => {
                    let (here, there) = (self.span_of(key), self.span_of(other));
                    let message = format!("`{key}` and `{other}` are one key, and {} has both", self.what);
                    cx.error("duplicate-key", here, message)
                        .related(there, "the other stands here")
                        .help(format!("keep `{other}` or `{key}`"));
                }
            }
        }
        first.map(|(_, node)| node)
    }

    /// The value of `key` as a `T`, if it is there and is one.
    pub fn get<T: Decode>(&mut self, key: &'n str, cx: &mut Cx<'_>) -> Option<T> {
        self.take(key).and_then(|node| T::decode(node, cx))
    }

    /// The values of `key`, which may be a list, one value alone, or missing.
    pub fn list<T: Decode>(&mut self, key: &'n str, cx: &mut Cx<'_>) -> Vec<T> {
        self.get(key, cx).unwrap_or_default()
    }

    /// The value of `key` as a `T`; an error where it is missing.
    pub fn required<T: Decode>(&mut self, key: &'n str, cx: &mut Cx<'_>) -> Option<T> {
        if let Some(node) = self.take(key) {
            return T::decode(node, cx);
        }
        let message = self.needs(key);
        let line = self.place(cx);
        self.empty(key);
        match self.key_span(key) {
            Some(span) => {
                let value = self.position(key).map(|place| &self.entries[place].1);
                let help = value.and_then(|value| meant(value, cx.text));
                let help = help.unwrap_or_else(|| format!("write a value after `{key}`"));
                cx.error("missing-key", span, message).help(help)
            }
            None => cx.error("missing-key", &line, message).help(format!("add `{key}`")),
        };
        None
    }

    /// Where the map is written.
    pub fn span(&self) -> &'n Range<usize> {
        self.span
    }

    /// Where `key` itself is written, taken or not.
    pub fn key_span(&self, key: &str) -> Option<&'n Range<usize>> {
        self.position(key).map(|place| &self.entries[place].0.span)
    }

    /// Where `key` and its value are written.
    pub fn entry_span(&self, key: &str) -> Option<Range<usize>> {
        let (key, node) = &self.entries[self.position(key)?];
        Some(key.span.start.min(node.span.start)..key.span.end.max(node.span.end))
    }

    /// Whether `key` was asked for.
    pub fn is_known(&self, key: &str) -> bool {
        self.known.contains(&key)
    }

    /// The first line of the map: where what is missing is missed.
    pub fn place(&self, cx: &Cx<'_>) -> Range<usize> {
        first_line(cx.text, self.span)
    }

    /// Whether `key` is written, taken or not.
    pub fn has(&self, key: &str) -> bool {
        self.position(key).is_some()
    }

    /// Whether `key` is written, and something stands after it.
    pub fn holds(&self, key: &str) -> bool {
        self.position(key).is_some_and(|place| self.entries[place].1.value != Value::Null)
    }

    /// Where `key` is written with nothing after it; whoever asks tells of it.
    pub fn empty(&mut self, key: &str) -> Option<&'n Range<usize>> {
        let place = self.position(key).filter(|place| self.entries[*place].1.value == Value::Null)?;
        self.told[place] = true;
        Some(&self.entries[place].0.span)
    }

    /// Names a key as known without taking it.
    pub fn known(&mut self, key: &'n str) {
        #[cfg(test)]
        super::asked::note(self.what, key);
        self.known.push(key);
    }

    /// What to say of unknown keys that resemble no known one: "own keys stand under `extra`".
    pub fn hint(&mut self, hint: &'static str) {
        self.hint = Some(hint);
    }

    /// Reports every key that was neither taken nor named as known, and every known one with nothing after it.
    pub fn finish(self, cx: &mut Cx<'_>) {
        for ((key, node), told) in self.entries.iter().zip(&self.told) {
            if node.value == Value::Null && !told && self.known.contains(&&*key.text) {
                let help = meant(node, cx.text).unwrap_or_else(|| "write a value, or delete the key".into());
                cx.warn("empty-value", &key.span, format!("nothing stands after `{}`", key.text)).help(help);
            }
        }
        let unknown =
            self.entries.iter().zip(&self.taken).filter(|(_, taken)| !**taken).map(|((key, _), _)| key);
        let unknown = unknown.filter(|key| !self.known.contains(&&*key.text));
        for (number, key) in unknown.enumerate() {
            let written = &*key.text;
            let near = (number < SUGGESTIONS).then(|| nearest(written, self.known.iter().copied())).flatten();
            if let Some(near) = near {
                // Who misspells a key does not miss it.
                let missing = self.needs(near);
                cx.diagnostics
                    .retain_since(self.since, |told| told.code != "missing-key" || told.message != missing);
            }
            let help = near.map(|near| format!("did you mean `{near}`?"));
            let help = help.or_else(|| self.hint.map(str::to_owned)).unwrap_or_else(|| {
                format!("write {}, or delete the key", one_of(self.known.iter().copied()))
            });
            let message = format!("unknown key `{written}` in {}", self.what);
            cx.error("unknown-key", &key.span, message).help(help);
        }
    }

    /// The keys that were not taken, for maps whose keys authors choose.
    pub fn rest(self) -> Vec<&'n (Key, Node)> {
        self.entries.iter().zip(&self.taken).filter(|(_, taken)| !**taken).map(|(entry, _)| entry).collect()
    }

    /// What is said of a key that is missing.
    fn needs(&self, key: &str) -> String {
        format!("{} needs `{key}`", self.what)
    }

    fn position(&self, key: &str) -> Option<usize> {
        self.entries.iter().position(|(written, _)| &*written.text == key)
    }

    fn span_of(&self, key: &str) -> &'n Range<usize> {
        self.key_span(key).unwrap_or(self.span)
    }
}

/// What to do where `Null` or `~` is written, which are nothing in YAML; somebody may have meant the word.
fn meant(node: &Node, text: &str) -> Option<String> {
    let word = text.get(node.span.clone()).unwrap_or_default().trim();
    let is_word = !matches!(word, "" | "~");
    is_word.then(|| format!("if `{word}` is the text, put it in quotation marks: `\"{word}\"`"))
}

/// The part of `range` that stands on its first line.
fn first_line(text: &str, range: &Range<usize>) -> Range<usize> {
    let end = text
        .get(range.clone())
        .and_then(|text| text.find(['\r', '\n']))
        .map_or(range.end, |at| range.start + at);
    range.start..end
}
