//! Links from the root of the site that lead to no file of it.

use rustc_hash::FxHashMap;

use super::{Addresses, Page, SEARCH_FILES};
use crate::{
    archive::Archive,
    diagnostics::{Diagnostic, Diagnostics},
};

/// Tells of links and images in texts that are written from the root of the site (`/actors/hamas/`) and name none of
/// `pages`.
///
/// A folder stands for its `index.html`, with and without `/` at its end, as hosts have it. What is said to stand in
/// the index of the search is believed, whose files are not known yet.
pub fn check_roots(archive: &Archive, pages: &[Page], addresses: &Addresses, diagnostics: &mut Diagnostics) {
    let written: Vec<_> = archive.from_root().collect();
    // Most archives link files, and are spared the look at every page.
    if written.is_empty() {
        return;
    }
    let mut is_there: FxHashMap<&str, bool> =
        written.iter().map(|(address, _)| (*address, address.starts_with(SEARCH_FILES))).collect();
    let mut serves = |address: &str| {
        if let Some(is_there) = is_there.get_mut(address) {
            *is_there = true;
        }
    };
    for page in pages {
        let path = page.path.as_str();
        serves(path);
        if let Some(folder) = path.strip_suffix("index.html")
            && (folder.is_empty() || folder.ends_with('/'))
        {
            serves(folder);
            serves(folder.trim_end_matches('/'));
        }
    }
    for (address, span) in written.into_iter().filter(|(address, _)| !is_there[address]) {
        diagnostics.push(nothing_there(address, addresses).at(span));
    }
}

fn nothing_there(address: &str, addresses: &Addresses) -> Diagnostic {
    let message = format!("nothing of this site stands at `/{address}`");
    let base = addresses.base_path();
    let help = match address.strip_prefix(base.trim_start_matches('/')) {
        Some(rest) if base != "/" => format!("links begin behind `{base}` of `base_url`: write `/{rest}`"),
        _ => "link the Markdown file, put the file into `static/`, or write the whole address if something else \
              serves it"
            .to_owned(),
    };
    Diagnostic::warning("missing-target", message).help(help)
}
