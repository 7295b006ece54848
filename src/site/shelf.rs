use std::sync::{Mutex, PoisonError};

use tera::Value;

/// How many values it keeps at most. One takes some 8 kB.
const ROOM: usize = 1_024;

/// Values that many lists show, made when they are first asked for and kept while there is room. In an archive with
/// more of them than that, one takes the room of another, so that memory stays bounded.
pub(super) struct Shelf(Vec<Mutex<Option<(usize, Value)>>>);

impl Shelf {
    /// A shelf for `count` values.
    pub(super) fn of(count: usize) -> Self {
        Self((0..count.min(ROOM)).map(|_| Mutex::new(None)).collect())
    }

    /// The value at `place`, which `make` makes unless it stands here.
    pub(super) fn get(&self, place: usize, make: impl FnOnce() -> Value) -> Value {
        let Some(room) = self.0.get(place % self.0.len().max(1)) else { return make() };
        let held = room.lock().unwrap_or_else(PoisonError::into_inner).clone();
        match held {
            Some((of, value)) if of == place => value,
            _ => {
                let value = make();
                *room.lock().unwrap_or_else(PoisonError::into_inner) = Some((place, value.clone()));
                value
            }
        }
    }
}
