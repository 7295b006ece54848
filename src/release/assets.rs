use std::{
    collections::{BTreeMap, BTreeSet},
    ops::Range,
};

use super::{Attachment, Held, Reason, Release, Released, Retracted, Secret, Withheld};
use crate::{
    documents::{self, Body, Briefing, Page, Profile, Translation, markdown},
    model::SourcePath,
};

/// What a document writes of assets, each with the folder that it is relative to.
pub(super) trait UsesAssets {
    fn used(&self) -> Vec<(&str, &str)>;
}

fn of_body<'a>(body: &'a Body, path: &'a SourcePath) -> impl Iterator<Item = (&'a str, &'a str)> {
    within(body, 0..body.prose.text().len(), path)
}

/// What bytes `range` of a text write of assets.
pub(super) fn within<'a>(
    body: &'a Body,
    range: Range<usize>,
    path: &'a SourcePath,
) -> impl Iterator<Item = (&'a str, &'a str)> {
    let inside = move |at: &Range<usize>| range.start <= at.start && at.end <= range.end;
    let references = body.outline.references.iter().filter(move |reference| inside(&reference.range));
    references.filter_map(|reference| match &reference.target {
        markdown::Target::Asset { path: written, .. } => Some((path.folder(), &**written)),
        _ => None,
    })
}

impl UsesAssets for Briefing {
    fn used(&self) -> Vec<(&str, &str)> {
        let own = of_body(&self.body, &self.path);
        let translations = self.translations.values().flat_map(|t| of_body(&t.body, &t.path));
        let image = self.image.iter().map(|image| (self.path.folder(), &*image.text));
        own.chain(translations).chain(image).collect()
    }
}

impl UsesAssets for Translation {
    fn used(&self) -> Vec<(&str, &str)> {
        of_body(&self.body, &self.path).collect()
    }
}

impl UsesAssets for Profile {
    fn used(&self) -> Vec<(&str, &str)> {
        of_body(&self.body, &self.path).collect()
    }
}

impl UsesAssets for Page {
    fn used(&self) -> Vec<(&str, &str)> {
        of_body(&self.body, &self.path).collect()
    }
}

/// A link to a retracted image leads nowhere either.
pub(super) fn without_retracted(
    mut released: Released<Briefing>,
    retracted: &Retracted,
) -> Released<Briefing> {
    if !retracted.is_empty() {
        let id = &released.document.id;
        let is_gone = |path: &SourcePath| retracted.contains_key(&(id.clone(), path.as_str().into()));
        released.assets.retain(|_, attachment| !is_gone(&attachment.asset.path));
    }
    released
}

pub(super) fn with_assets<D: UsesAssets>(
    document: D,
    by_path: &BTreeMap<SourcePath, Attachment>,
) -> Released<D> {
    let mut assets = BTreeMap::new();
    if !by_path.is_empty() {
        for (folder, written) in document.used() {
            if let Some(asset) = documents::resolve_path(folder, written).and_then(|path| by_path.get(&path))
            {
                assets.insert(written.into(), asset.clone());
            }
        }
    }
    Released { document, assets }
}

/// Writes down the assets that no released prose uses.
/// Those that withheld matter uses are its own.
pub(super) fn unused(
    release: &Release,
    mut by_path: BTreeMap<SourcePath, Attachment>,
    used: &BTreeSet<SourcePath>,
    withheld: &mut Withheld,
) {
    let briefings = release.briefings.iter().flat_map(|released| released.assets.values());
    let with_page = release.profiles.iter().filter(|released| released.document.page);
    let profiles = with_page.flat_map(|released| released.assets.values());
    for attachment in
        briefings.chain(profiles).chain(release.pages.iter().flat_map(|released| released.assets.values()))
    {
        by_path.remove(&attachment.asset.path);
    }
    for (path, attachment) in by_path {
        if attachment.words.is_some() {
            let words = SourcePath::new(&format!("{path}.toml"));
            if used.contains(&path) {
                withheld.push_beside(Held::new(&words, None, Reason::Unused));
            }
            withheld.push(Held::new(&words, None, Reason::Unused));
        }
        if used.contains(&path) {
            let name = Secret::Id(path.name().into());
            withheld.push_beside(Held { secrets: vec![name], ..Held::new(&path, None, Reason::Unused) });
        }
        withheld.push(Held::new(&path, None, Reason::Unused));
    }
}
