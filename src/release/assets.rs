use std::collections::BTreeMap;

use super::{Attachment, Held, Reason, Release, Released, Retracted, Withheld, uses::UsesAssets};
use crate::{
    documents::{self, Briefing},
    model::SourcePath,
};

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

pub(super) fn of<D: UsesAssets>(document: D, by_path: &BTreeMap<SourcePath, Attachment>) -> Released<D> {
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
pub(super) fn unused(
    release: &Release,
    mut by_path: BTreeMap<SourcePath, Attachment>,
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
            withheld.push(Held { path: words, part: None, reason: Reason::Unused });
        }
        withheld.push(Held { path, part: None, reason: Reason::Unused });
    }
}
