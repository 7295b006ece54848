//! Which keys a reading asks for: what a test compares schemas with.

use std::{cell::RefCell, collections::BTreeSet};

/// Keys, each with what a message calls its map.
pub(crate) type Keys = BTreeSet<(String, String)>;

thread_local! {
    static KEYS: RefCell<Keys> = const { RefCell::new(BTreeSet::new()) };
}

pub(super) fn note(what: &str, key: &str) {
    KEYS.with_borrow_mut(|keys| keys.insert((what.to_owned(), key.to_owned())));
}

/// The keys that this thread asks for while it reads.
pub(crate) fn during(read: impl FnOnce()) -> Keys {
    KEYS.take();
    read();
    KEYS.take()
}
