//! The addresses of an old site without settings, as the links in its texts show them.

use std::collections::BTreeMap;

use super::{Dialect, addresses::decoded, dates, item::Item, slugs};

/// A pattern of addresses, how many links fit it, and the host of most that name one.
pub(super) struct Inferred {
    pub(super) pattern: String,
    pub(super) links: usize,
    pub(super) url: Option<String>,
}

/// So many different texts must be linked to by a pattern.
const ENOUGH: usize = 3;

/// The pattern that most links between `items` fit.
pub(super) fn pattern(items: &[Item], dialect: Dialect) -> Option<Inferred> {
    if !matches!(dialect, Dialect::Jekyll | Dialect::Hugo) {
        return None;
    }
    let mut names: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (place, item) in items.iter().enumerate().filter(|(_, item)| !item.page) {
        for name in [item.stem.to_lowercase(), item.words().to_lowercase(), slugs::hugo(&item.title, false)] {
            let known = names.entry(name).or_default();
            if !known.contains(&place) {
                known.push(place);
            }
        }
    }
    let mut patterns: BTreeMap<String, BTreeMap<usize, usize>> = BTreeMap::new();
    let mut hosts: BTreeMap<(String, String), usize> = BTreeMap::new();
    for item in items {
        for (host, path) in paths(&item.body) {
            let Some((pattern, place)) = fit(&path, items, &names, dialect) else { continue };
            *patterns.entry(pattern.clone()).or_default().entry(place).or_default() += 1;
            if let Some(host) = host {
                *hosts.entry((pattern, host)).or_default() += 1;
            }
        }
    }
    let (pattern, found) =
        patterns.into_iter().max_by_key(|(pattern, found)| (found.len(), pattern.len()))?;
    if found.len() < ENOUGH {
        return None;
    }
    let of_pattern = hosts.into_iter().filter(|((of, _), count)| *of == pattern && *count >= ENOUGH);
    let url = of_pattern.max_by_key(|(_, count)| *count).map(|((_, host), _)| host);
    Some(Inferred { pattern, links: found.values().sum(), url })
}

/// The language of most texts, where their letters are those of one alone; Latin ones tell nothing.
pub(super) fn language(items: &[Item]) -> Option<&'static str> {
    let mut counts: BTreeMap<&'static str, usize> = BTreeMap::new();
    for item in items {
        for c in item.title.chars() {
            let language = match c {
                'ы' | 'э' | 'ё' | 'Ы' | 'Э' | 'Ё' => "ru",
                'ї' | 'є' | 'ґ' | 'Ї' | 'Є' | 'Ґ' => "uk",
                'ђ' | 'ћ' | 'љ' | 'њ' => "sr",
                'а'..='я' | 'А'..='Я' => "cyrillic",
                'א'..='ת' => "he",
                'پ' | 'چ' | 'ژ' | 'گ' | 'ی' | 'ک' => "fa",
                'ء'..='ي' => "ar",
                'α'..='ω' => "el",
                'ぁ'..='ヿ' => "ja",
                '가'..='힣' => "ko",
                '一'..='鿿' => "zh",
                'ก'..='๛' => "th",
                'ऀ'..='ॿ' => "hi",
                c if c.is_ascii_alphabetic() => "latin",
                _ => continue,
            };
            *counts.entry(language).or_default() += 1;
        }
    }
    let all: usize = counts.values().sum();
    let of = |language| counts.get(language).copied().unwrap_or(0);
    if of("latin") * 2 > all {
        return None;
    }
    // Scripts of several languages are told apart by letters that only one of them has.
    let cyrillic = of("cyrillic") + of("ru") + of("uk") + of("sr");
    if cyrillic * 2 > all - of("latin") {
        let own = ["ru", "uk", "sr"].into_iter().max_by_key(|language| of(language))?;
        return (of(own) > 0).then_some(own);
    }
    if of("ja") * 10 > of("zh") && of("ja") > 0 {
        return Some("ja");
    }
    let own =
        ["he", "fa", "ar", "el", "ko", "zh", "th", "hi"].into_iter().max_by_key(|language| of(language))?;
    if own == "ar" && of("fa") * 20 > of("ar") {
        return Some("fa");
    }
    (of(own) > 0).then_some(own)
}

/// Addresses in a text, from the root of a site: with scheme and host where they have one.
fn paths(body: &str) -> Vec<(Option<String>, String)> {
    let mut found = Vec::new();
    let ends = |c: char| c.is_whitespace() || matches!(c, ')' | '"' | '\'' | '>' | '<' | '#' | '?');
    for mark in ["](", "\"", "'", "}}"] {
        for (at, _) in body.match_indices(mark) {
            let rest = &body[at + mark.len()..];
            let rest = rest.trim_start_matches(['<', ' ']);
            if !rest.starts_with('/') && !rest.starts_with("http") {
                continue;
            }
            let address = &rest[..rest.find(ends).unwrap_or(rest.len())];
            match address.split_once("://") {
                Some((scheme, rest)) => {
                    if let Some((host, path)) = rest.split_once('/') {
                        found.push((Some(format!("{scheme}://{host}")), format!("/{path}")));
                    }
                }
                None if !address.starts_with("//") => found.push((None, address.to_owned())),
                None => {}
            }
        }
    }
    found
}

/// The pattern that leads from an item to `path`.
fn fit(
    path: &str,
    items: &[Item],
    names: &BTreeMap<String, Vec<usize>>,
    dialect: Dialect,
) -> Option<(String, usize)> {
    let path = decoded(path);
    let ending = if path.ends_with(".html") {
        ".html"
    } else if path.ends_with('/') {
        "/"
    } else {
        ""
    };
    let trimmed = path.trim_matches('/').trim_end_matches(".html");
    let mut segments: Vec<&str> = trimmed.split('/').collect();
    let last = segments.pop()?.to_lowercase();
    if last.len() < 3 {
        return None;
    }
    for place in names.get(&last)? {
        let item = &items[*place];
        let Some(day) = item.date.as_ref().map(|date| date.day) else { continue };
        let mut dated = 0;
        let parts: Option<Vec<String>> = segments
            .iter()
            .map(|segment| {
                let number = segment.parse::<i32>().ok();
                let token = match (number, segment.len()) {
                    (Some(number), 4) if number == day.year() && dated == 0 => ":year",
                    (Some(number), 2) if u32::try_from(number) == Ok(day.month()) && dated == 1 => ":month",
                    (Some(number), 2) if u32::try_from(number) == Ok(day.day()) && dated == 2 => ":day",
                    (Some(_), _) => return None,
                    (None, _) => return Some((*segment).to_owned()),
                };
                dated += 1;
                Some(token.to_owned())
            })
            .collect();
        let Some(parts) = parts else { continue };
        let of_stem = last == item.stem.to_lowercase();
        let token = match dialect {
            Dialect::Hugo if of_stem => ":filename",
            Dialect::Hugo if last == slugs::hugo(&item.title, false) => ":title",
            Dialect::Hugo => continue,
            _ if dates::in_name(&item.stem).is_some() && of_stem => continue,
            _ => ":title",
        };
        let ending = if dialect == Dialect::Hugo { "/" } else { ending };
        let folders: String = parts.iter().flat_map(|part| [part.as_str(), "/"]).collect();
        return Some((format!("/{folders}{token}{ending}"), *place));
    }
    None
}
