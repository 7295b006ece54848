//! Mends what can be mended without an editor: texts in, changed texts out. Nothing here touches the disk.
//!
//! Bytes are replaced in place, so that comments, order and quotation marks stay; then the tree of the file must be the
//! one that was meant, and the archive may have no mistake that it did not have.

mod dates;
mod edit;
mod ids;
mod keys;
mod names;

use std::collections::BTreeMap;

use crate::{
    diagnostics::{Diagnostics, Severity},
    documents,
    model::SourcePath,
    redaction::{Changed, front},
    release::Edition,
    settings::Settings,
    sources::Sources,
};
use edit::applied;
use names::Canonical;

/// What was mended.
#[derive(Debug, Default)]
pub struct Mended {
    /// Every file that changes, in the order of paths.
    pub files: Vec<Changed>,
    /// What changes in them, in the order of places.
    pub done: Vec<Done>,
}

/// A place that was mended.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Done {
    /// The file.
    pub path: SourcePath,
    /// The line, from 1, in the file as it was when this was mended.
    pub line: usize,
    /// What stood there; nothing where something was added.
    pub old: String,
    /// What stands there now.
    pub new: String,
}

/// What can be mended in an archive. `public` is the edition for everybody: a name that it does not show takes the place
/// of no other.
pub fn plan(sources: &Sources, settings: &Settings, public: &Edition) -> Mended {
    let mut texts: BTreeMap<SourcePath, String> = BTreeMap::new();
    let mut done = Vec::new();
    let dated = dates::mend(sources, settings, &mut texts, &mut done);
    let mut more = (texts.clone(), done.clone());
    fronts(&dated, settings, public, &mut more.0, &mut more.1);
    if more.1.len() > done.len() {
        let after = with(sources, &more.0);
        if is_sound(&mistakes(&dated, settings, public), &mistakes(&after, settings, public)) {
            (texts, done) = more;
        }
    }
    done.sort();
    let file = |(path, text): (SourcePath, String)| Changed {
        from: path.clone(),
        to: path,
        text: Some(text),
        replaced: Vec::new(),
        noted: false,
    };
    Mended { files: texts.into_iter().map(file).collect(), done }
}

/// The inputs with other texts.
fn with(sources: &Sources, texts: &BTreeMap<SourcePath, String>) -> Sources {
    sources.changed(texts.iter().map(|(path, text)| (path, path, Some(text.as_str()))))
}

/// Mends keys, names and ids in front matter.
fn fronts(
    sources: &Sources,
    settings: &Settings,
    public: &Edition,
    texts: &mut BTreeMap<SourcePath, String>,
    done: &mut Vec<Done>,
) {
    let documents = documents::parse(sources, settings, &mut Diagnostics::new());
    let (archive, _) = crate::indexed(sources, settings, public, &mut Diagnostics::new());
    let canonical = Canonical::of(&documents, &archive, settings);
    for (path, sort) in keys::files(&documents) {
        let Some(text) = sources.text_at(path) else { continue };
        let Ok(Some(front)) = front(path, text) else { continue };
        let mut edits = keys::edits(&front, sort);
        if let Some(briefing) = documents.briefings.iter().find(|briefing| briefing.path == *path) {
            edits.extend(canonical.edits(text, &front));
            edits.extend(ids::edits(text, &front, briefing));
        }
        if edits.is_empty() {
            continue;
        }
        let new = applied(text, &mut edits);
        let is_meant =
            matches!(&self::front(path, &new), Ok(Some(after)) if edit::is_meant(&front, after, &edits));
        if is_meant {
            done.extend(edits.iter().map(|edit| edit.done(path, text)));
            texts.insert(path.clone(), new);
        }
    }
}

/// How many mistakes of each code the archive has, whole and as everybody sees it.
fn mistakes(
    sources: &Sources,
    settings: &Settings,
    public: &Edition,
) -> BTreeMap<(Severity, &'static str, bool), usize> {
    let everything = Edition::of_everything(public.as_of);
    let mut counts = BTreeMap::new();
    for (edition, is_public) in [(&everything, false), (public, true)] {
        let mut found = Diagnostics::new();
        let _ = crate::plan(sources, settings, edition, false, &mut found);
        found.sort();
        for diagnostic in &found {
            *counts.entry((diagnostic.severity, diagnostic.code, is_public)).or_default() += 1;
        }
    }
    counts
}

fn is_sound<K: Ord>(before: &BTreeMap<K, usize>, after: &BTreeMap<K, usize>) -> bool {
    after.iter().all(|(key, count)| before.get(key).is_some_and(|known| count <= known))
}

#[cfg(test)]
mod tests;
