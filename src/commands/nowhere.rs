use std::{
    io,
    path::Path,
    sync::atomic::{AtomicBool, Ordering},
};

use crate::{model::OutputPath, output::Sink};

/// A sink that keeps nothing, until nothing more is wanted.
#[derive(Debug, Default)]
pub(super) struct Nowhere<'a> {
    ended: Option<&'a AtomicBool>,
}

impl<'a> Nowhere<'a> {
    /// One that fails as soon as `ended` says so.
    pub(super) fn until(ended: &'a AtomicBool) -> Self {
        Self { ended: Some(ended) }
    }

    /// Fails where nothing more is wanted.
    pub(super) fn go_on(&self) -> io::Result<()> {
        match self.ended {
            Some(ended) if ended.load(Ordering::Relaxed) => Err(io::ErrorKind::Interrupted.into()),
            _ => Ok(()),
        }
    }
}

impl Sink for Nowhere<'_> {
    fn put(&self, _: &OutputPath, _: &[u8]) -> io::Result<()> {
        self.go_on()
    }

    fn copy(&self, _: &OutputPath, _: &Path, _: &blake3::Hash, _: u64) -> io::Result<()> {
        self.go_on()
    }

    /// What is known was drawn once, without a mistake.
    fn keep(&self, _: &OutputPath, _: [u8; 16], _: u64) -> io::Result<bool> {
        self.go_on().map(|()| true)
    }

    fn keeps_nothing(&self) -> bool {
        true
    }
}
