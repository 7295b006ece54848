//! Pages on their way to the sink: drawn, or known to stand there already.

use std::{borrow::Cow, io};

use super::{
    Failed, Finished, Renderer,
    filling::{Known, reuse},
    images,
};
use crate::{
    diagnostics::{Diagnostic, Span},
    memo::{Key, Scribe},
    output::Sink,
    pages::Page,
    sources::Asset,
};

/// What a page holds, as far as it had to be made.
pub(super) enum Made<'a> {
    Bytes(Cow<'a, [u8]>),
    /// Bytes, and what they depend on.
    Keyed(Vec<u8>, Key),
    File(&'a Asset),
    /// It is known what the bytes are.
    Known(Known),
    /// A text was spared that it needs.
    Spared,
}

impl<'a> Made<'a> {
    /// What it holds; empty where it was not made, as only a sparing renderer leaves it.
    pub(super) fn into_finished(self) -> Finished<'a> {
        match self {
            Self::Bytes(bytes) => Finished::Bytes(bytes),
            Self::Keyed(bytes, _) => Finished::Bytes(Cow::Owned(bytes)),
            Self::File(asset) => Finished::File(asset),
            Self::Known(_) | Self::Spared => Finished::Bytes(Cow::Borrowed(&[])),
        }
    }
}

impl Renderer<'_> {
    /// Brings a page to `sink`, without its bytes where `sink` has them; what they are, or what is wrong with it.
    pub(super) fn hand_over(&self, page: &Page, sink: &impl Sink) -> io::Result<Result<Known, Failed>> {
        let mut made = self.sparing().finish(page)?;
        if let Ok(Made::Known(known)) = &made
            && sink.keep(&page.path, known.fingerprint.0, known.len)?
        {
            return Ok(Ok(*known));
        }
        if let Ok(Made::Known(_) | Made::Spared) = &made {
            made = self.finish(page)?;
        }
        let known = match made {
            Ok(Made::Keyed(bytes, key)) => {
                let known = Known::of(&bytes);
                if let Some(memo) = self.studio.memo {
                    memo.put(key, &known.bytes());
                }
                sink.put_known(&page.path, &bytes, known.fingerprint.0)?;
                reuse(bytes);
                known
            }
            Ok(made) => match made.into_finished() {
                Finished::Bytes(bytes) => {
                    let known = Known::of(&bytes);
                    sink.put_known(&page.path, &bytes, known.fingerprint.0)?;
                    known
                }
                Finished::File(asset) => {
                    sink.copy(&page.path, asset.file(), &asset.hash, asset.len)?;
                    Known { fingerprint: Key::half(&asset.hash), len: asset.len }
                }
            },
            Err(problem) => return Ok(Err(problem)),
        };
        Ok(Ok(known))
    }

    pub(super) fn picture<'p>(&self, asset: &'p Asset) -> io::Result<Result<Made<'p>, Failed>> {
        let mut scribe = Scribe::of("picture");
        scribe.bytes(asset.hash.as_bytes());
        let key = scribe.done();
        match self.known(key).filter(|_| self.sparing) {
            Some(known) => Ok(Ok(Made::Known(known))),
            None => Ok(cleaned(asset)?.map(|bytes| Made::Keyed(bytes, key))),
        }
    }
}

/// A picture without its metadata. One that cannot be read is an error: nobody could tell what stays in it.
fn cleaned(asset: &Asset) -> io::Result<Result<Vec<u8>, Failed>> {
    Ok(images::without_metadata(asset.read()?).ok_or_else(|| {
        let message = "this cannot be read as an image, so that what its camera wrote into it would stay";
        Box::new(
            Diagnostic::error("unreadable-image", message)
                .at(Span::file(&asset.path))
                .help("save it again as JPEG, PNG or WebP"),
        )
    }))
}
