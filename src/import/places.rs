//! Where old texts go: file names that are free, and addresses that nobody else has.

use std::collections::{BTreeMap, BTreeSet};

use super::{Desk, Dialect, dates, groups::Kinds, index, item::Item, report::Report, site::Site};
use crate::{
    documents::file_slug,
    model::{BriefingId, SourcePath, check_segment, is_language, segment},
    settings::OWN_ADDRESSES,
};

/// First segments of addresses that most archives have besides those that all have.
const COMMON: [&str; 4] = ["static", "method", "actors", "locations"];

/// Whether addresses that begin with `segment` are the archive's own.
fn is_own(segment: &str) -> bool {
    OWN_ADDRESSES.contains(&segment) || COMMON.contains(&segment)
}

/// Gives every item its file and its address.
pub(super) fn assign(
    items: &mut [Item],
    bundles: &BTreeSet<String>,
    dialect: Dialect,
    site: &Site,
    desk: &Desk,
    kinds: &Kinds,
    report: &mut Report,
) {
    let mut ids: BTreeMap<String, Vec<&str>> = BTreeMap::new();
    for path in
        desk.files.iter().filter(|path| path.starts_with("content/briefings/") && path.ends_with(".md"))
    {
        ids.entry(id_of(path).to_lowercase()).or_default().push(path);
    }
    let mut taken = BTreeSet::new();
    let mut urls = BTreeSet::new();
    for item in items {
        if item.page {
            page(item, dialect, site, kinds, &mut taken, report);
        } else {
            briefing(item, bundles, &ids, &mut taken, &mut urls, report);
        }
    }
}

fn id_of(path: &str) -> &str {
    let stem = path.trim_end_matches(".md");
    let stem = stem.strip_suffix("/index").unwrap_or(stem);
    stem.rsplit('/').next().unwrap_or(stem)
}

/// `stem` as the name of a file that every system can hold and that is no translation.
fn file_name(stem: &str) -> String {
    let mut name: String = stem
        .chars()
        .map(|c| if c.is_control() || "/\\:*?\"<>|#[]%".contains(c) { '-' } else { c })
        .collect::<String>()
        .trim_matches(['.', ' ', '~'])
        .to_owned();
    if let Some((before, last)) = name.rsplit_once('.').filter(|(_, last)| is_language(last)) {
        name = format!("{before}-{last}");
    }
    let fits = BriefingId::new(&name).is_some()
        && check_segment(&name).is_ok()
        && !matches!(name.as_str(), "index" | "_index");
    if fits { name } else { segment(stem) }
}

fn with_language(item: &Item) -> String {
    let stem = file_name(&item.stem);
    item.language.as_ref().map_or(stem.clone(), |language| format!("{stem}-{}", language.to_lowercase()))
}

fn briefing(
    item: &mut Item,
    bundles: &BTreeSet<String>,
    ids: &BTreeMap<String, Vec<&str>>,
    taken: &mut BTreeSet<String>,
    urls: &mut BTreeSet<String>,
    report: &mut Report,
) {
    let Some(day) = item.date.as_ref().map(|date| date.day) else { return };
    let folder = format!("content/briefings/{:04}", day.year());
    let in_folder = bundles.contains(&item.path);
    let stem = with_language(item);
    let above = item.path.rsplit('/').nth(1 + usize::from(item.bundle)).map(file_name).unwrap_or_default();
    let dated = dates::in_name(&stem).is_none().then(|| format!("{day}-{stem}"));
    let names = std::iter::once(stem.clone())
        .chain(dated)
        .chain((!above.is_empty()).then(|| format!("{above}-{stem}")));
    let names = names.chain((2..).map(|number| format!("{stem}-{number}")));
    for name in names {
        let path =
            if in_folder { format!("{folder}/{name}/index.md") } else { format!("{folder}/{name}.md") };
        let lower = name.to_lowercase();
        let elsewhere = ids.get(&lower).is_some_and(|paths| paths.iter().all(|other| *other != path));
        if taken.contains(&lower) || elsewhere {
            continue;
        }
        if name != stem {
            report.renamed.push((item.path.clone(), path.clone()));
        }
        taken.insert(lower);
        item.new = path;
        break;
    }
    let said = item.front.text("slug").map(str::trim).filter(|slug| check_segment(slug).is_ok());
    let slug = said.map_or_else(|| file_slug(&SourcePath::new(&item.new)), str::to_owned);
    let at = |slug: &str| format!("briefings/{:04}/{:02}/{:02}/{slug}/", day.year(), day.month(), day.day());
    item.url = at(&slug);
    let mut number = 2;
    while !urls.insert(item.url.to_lowercase()) {
        let other = format!("{slug}-{number}");
        item.url = at(&other);
        item.slug = Some(other);
        number += 1;
    }
}

fn page(
    item: &mut Item,
    dialect: Dialect,
    site: &Site,
    kinds: &Kinds,
    taken: &mut BTreeSet<String>,
    report: &mut Report,
) {
    let inside = item.inside(site).to_owned();
    let mut folders: Vec<String> =
        inside.split('/').map(|part| file_name(part.trim_start_matches('_'))).collect();
    folders.pop();
    if item.bundle {
        folders.pop();
    }
    if folders.first().is_some_and(|first| matches!(first.as_str(), "page" | "pages")) && !item.section {
        folders.remove(0);
    }
    let is_index = item.section || (dialect == Dialect::Jekyll && item.stem == "index");
    let mut stem = match (is_index, folders.is_empty()) {
        (true, true) => "home".to_owned(),
        (true, false) => "index".to_owned(),
        _ => with_language(item),
    };
    if is_index && let Some(language) = &item.language {
        stem = format!("{stem}-{}", language.to_lowercase());
    }
    let first = folders.first_mut().unwrap_or(&mut stem);
    let of_kind =
        kinds.known.iter().chain(kinds.new.iter().map(|(key, _)| key)).any(|key| *key == segment(first));
    if is_own(&segment(first)) || of_kind || matches!(first.as_str(), "404" | "dates") {
        *first = format!("old-{first}");
    }
    let folder = folders.iter().flat_map(|folder| [folder.as_str(), "/"]).collect::<String>();
    let address = |stem: &str| {
        let mut parts: Vec<String> = folders.iter().map(|folder| segment(folder)).collect();
        if stem != "index" || parts.is_empty() {
            parts.push(segment(stem));
        }
        format!("{}/", parts.join("/"))
    };
    let names = std::iter::once(stem.clone()).chain((2..).map(|number| format!("{stem}-{number}")));
    for name in names {
        if taken.insert(format!("page:{}", address(&name).to_lowercase())) {
            if name != stem {
                report.renamed.push((item.path.clone(), format!("content/pages/{folder}{name}.md")));
            }
            item.new = format!("content/pages/{folder}{name}.md");
            item.url = address(&name);
            return;
        }
    }
}

/// The old addresses of each item that lead on: those that are neither its own now nor somebody else's.
pub(super) fn aliases(
    items: &[Item],
    kinds: &Kinds,
    copied: &[index::Copied],
    report: &mut Report,
) -> Vec<Vec<String>> {
    let folded = |address: &str| {
        let address = address.trim_matches('/').to_lowercase();
        address.strip_suffix("/index.html").unwrap_or(&address).to_owned()
    };
    let mut owners: BTreeMap<String, usize> = BTreeMap::new();
    for (place, item) in items.iter().enumerate() {
        owners.insert(folded(&item.url), place);
    }
    let files: BTreeSet<String> =
        copied.iter().filter_map(|file| file.new.strip_prefix("static/")).map(folded).collect();
    let mut found = Vec::with_capacity(items.len());
    for (place, item) in items.iter().enumerate() {
        let mut aliases: Vec<String> = Vec::new();
        for address in &item.addresses {
            let lost = |why: String| (item.path.clone(), format!("/{address}"), why);
            if address.trim_matches('/') == item.url.trim_matches('/') {
                report.same_addresses += 1;
                continue;
            }
            if let Some(why) = reserved(address, kinds) {
                report.lost.push(lost(why.to_owned()));
                continue;
            }
            if files.contains(&folded(address)) {
                report.lost.push(lost("a file of the old site stands there".into()));
                continue;
            }
            match owners.get(&folded(address)) {
                Some(owner) if *owner != place => {
                    report.lost.push(lost(format!("it belongs to `{}`", items[*owner].path)));
                }
                _ => {
                    owners.insert(folded(address), place);
                    // Spellings in capitals have pages of their own only where they differ from the new address.
                    if folded(address) == folded(&item.url) {
                        report.same_addresses += 1;
                    } else {
                        aliases.push(format!("/{address}"));
                        report.addresses.push((format!("/{address}"), item.new.clone()));
                    }
                }
            }
        }
        found.push(aliases);
    }
    found
}

/// Why an address cannot lead on: the archive has a page of its own there.
fn reserved(address: &str, kinds: &Kinds) -> Option<&'static str> {
    const FILES: [&str; 8] = [
        "404",
        "404.html",
        "index.html",
        "atom.xml",
        "feed.json",
        "sitemap.xml",
        "robots.txt",
        "opensearch.xml",
    ];
    let trimmed = address.trim_matches('/');
    let first = trimmed.split('/').next().unwrap_or_default();
    if trimmed.contains(':') && trimmed.contains("/:") {
        return Some("its pattern has a word that is not known");
    }
    let of_kind = kinds.known.iter().chain(kinds.new.iter().map(|(key, _)| key)).any(|key| key == first);
    let shallow = trimmed.matches('/').count() <= 1;
    let own = FILES.contains(&trimmed) || (shallow && (is_own(first) || of_kind || first == "dates"));
    own.then_some("the archive has its own page there")
}
