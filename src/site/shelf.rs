use std::sync::{PoisonError, RwLock};

use rustc_hash::FxHashMap;
use tera::Value;

use crate::memo::Key;

/// So many parts, so that threads seldom wait for each other.
const PARTS: usize = 16;

/// Finished HTML that stands on many pages, by where it lies in memory, with its key, so that it is hashed once and not
/// once for each page. Each text is held here too, so that no other can come to lie where it lies.
#[derive(Debug, Default)]
pub(super) struct Shelf([RwLock<FxHashMap<usize, (Value, Key)>>; PARTS]);

impl Shelf {
    /// Keeps `html`, of which `key` is. A text so short that it lies in its value is not worth that.
    pub(super) fn put(&self, html: &Value, key: Key) {
        let Some(at) = html.as_str().map(address) else { return };
        let held = html.clone();
        // A value that is copied takes a short text along, and leaves a long one where it lies.
        if held.as_str().map(address) == Some(at) {
            self.part(at).write().unwrap_or_else(PoisonError::into_inner).insert(at, (held, key));
        }
    }

    /// The key of `html`.
    pub(super) fn key_of(&self, html: &str) -> Key {
        let at = address(html);
        let part = self.part(at).read().unwrap_or_else(PoisonError::into_inner);
        match part.get(&at).filter(|(held, _)| held.as_str().is_some_and(|held| held.len() == html.len())) {
            Some((_, key)) => *key,
            None => Key::of(html.as_bytes()),
        }
    }

    fn part(&self, at: usize) -> &RwLock<FxHashMap<usize, (Value, Key)>> {
        // The lowest bits are those of alignment.
        &self.0[(at >> 6) % PARTS]
    }
}

fn address(text: &str) -> usize {
    text.as_ptr().addr()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_has_its_own_key_whether_or_not_it_is_kept() {
        let shelf = Shelf::default();
        let long = "<p>long enough to lie outside of the value that it is</p>";
        let (kept, other) = (Value::safe_string(long), Value::safe_string(long));
        shelf.put(&kept, Key([7; 16]));
        assert_eq!(shelf.key_of(kept.clone().as_str().unwrap()), Key([7; 16]));
        assert_eq!(shelf.key_of(other.as_str().unwrap()), Key::of(long.as_bytes()));
        assert_eq!(shelf.key_of(&kept.as_str().unwrap()[..9]), Key::of(b"<p>long e"));
    }

    #[test]
    fn a_text_that_moves_with_its_value_is_not_kept() {
        let shelf = Shelf::default();
        let short = Value::safe_string("<br>");
        shelf.put(&short, Key([7; 16]));
        assert_eq!(shelf.key_of(short.as_str().unwrap()), Key::of(b"<br>"));
    }
}
