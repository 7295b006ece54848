use std::{
    borrow::Cow,
    collections::{BTreeMap, btree_map::Entry},
    fs, io,
    path::Path,
    sync::{Mutex, PoisonError},
};

use super::{Finished, OutputError, Sink};
use crate::model::OutputPath;

/// A site in memory.
#[derive(Debug, Default)]
pub struct Memory(Mutex<BTreeMap<OutputPath, Vec<u8>>>);

impl Memory {
    /// An empty site.
    pub fn new() -> Self {
        Self::default()
    }

    /// Every file, by path.
    pub fn into_files(self) -> BTreeMap<OutputPath, Vec<u8>> {
        self.0.into_inner().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Sink for Memory {
    fn put(&self, path: &OutputPath, bytes: &[u8]) -> io::Result<()> {
        match self.0.lock().unwrap_or_else(PoisonError::into_inner).entry(path.clone()) {
            Entry::Occupied(_) => Err(OutputError::Twice(path.to_string()).into()),
            Entry::Vacant(free) => {
                free.insert(bytes.to_owned());
                Ok(())
            }
        }
    }

    fn copy(&self, path: &OutputPath, from: &Path, hash: &blake3::Hash, _: u64) -> io::Result<()> {
        let bytes = fs::read(from).map_err(|reason| OutputError::disk("read", from, reason))?;
        if blake3::hash(&bytes) != *hash {
            return Err(OutputError::Changed(from.to_owned()).into());
        }
        self.put(path, &bytes)
    }
}

impl Finished for Memory {
    fn paths(&self) -> Vec<String> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).keys().map(OutputPath::to_string).collect()
    }

    fn read(&self, path: &str) -> io::Result<Cow<'_, [u8]>> {
        let files = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let bytes = OutputPath::new(path).and_then(|path| files.get(&path).cloned());
        bytes.map(Cow::from).ok_or_else(|| io::ErrorKind::NotFound.into())
    }
}
