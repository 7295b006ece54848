use std::{borrow::Cow, io};

/// A site whose files can be read back, from many threads at once.
pub trait Finished: Sync {
    /// The path of every file.
    fn paths(&self) -> Vec<String>;

    /// The bytes of the file at `path`, which is one of [`Self::paths`].
    ///
    /// # Errors
    /// Where it cannot be read.
    fn read(&self, path: &str) -> io::Result<Cow<'_, [u8]>>;
}
