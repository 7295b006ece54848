//! Files that were parsed, for whoever parses one archive again and again.

use std::sync::Arc;

use rayon::prelude::*;

use super::{File, Outcome, SharedSources, one, references};
use crate::{model::SourcePath, settings::Settings};

/// What came of each file, and all that this depends on. What differs in any of it is not found, and what was not
/// asked for the last time is forgotten.
#[derive(Debug, Default)]
pub struct Memory {
    with: Option<(Settings, SharedSources)>,
    /// In the order of their paths.
    files: Vec<Arc<Kept>>,
    /// What was wrong between files.
    pub(super) checked: references::Memory,
}

#[derive(Debug)]
struct Kept {
    file: File,
    outcome: Outcome,
}

impl Memory {
    /// What comes of `files`, which are in the order of their paths.
    pub(super) fn parse(
        &mut self,
        files: Vec<File>,
        settings: &Settings,
        shared: &SharedSources,
    ) -> Vec<Outcome> {
        let is_known = matches!(&self.with, Some((known, sources)) if known == settings && sources == shared);
        if !is_known {
            self.files.clear();
            self.with = Some((settings.clone(), shared.clone()));
        }
        let before = std::mem::take(&mut self.files);
        let parsed = |(place, file): (usize, File)| {
            let kept = find(&before, place, &file.path).filter(|kept| kept.is_of(&file));
            let kept = kept.cloned().unwrap_or_else(|| {
                let outcome = one(&file, settings, shared);
                Arc::new(Kept { file, outcome })
            });
            (kept.outcome.clone(), kept)
        };
        let (outcomes, files) = files.into_par_iter().enumerate().map(parsed).unzip();
        self.files = files;
        outcomes
    }
}

impl Kept {
    fn is_of(&self, file: &File) -> bool {
        // A text that did not change is mostly the very same one.
        let same_text = Arc::ptr_eq(&self.file.text, &file.text) || self.file.text == file.text;
        same_text && self.file.role == file.role
    }
}

/// What is kept of the file at `path`, which is mostly where it was.
fn find<'k>(kept: &'k [Arc<Kept>], place: usize, path: &SourcePath) -> Option<&'k Arc<Kept>> {
    if let Some(there) = kept.get(place).filter(|there| there.file.path == *path) {
        return Some(there);
    }
    let place = kept.binary_search_by(|kept| kept.file.path.cmp(path)).ok()?;
    Some(&kept[place])
}
