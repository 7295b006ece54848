//! The addresses that texts had, as their generator computes them.

use super::{
    Dialect, dates,
    item::Item,
    site::{Defaults, Site},
    slugs,
};
use crate::model::Day;

/// Every address of `item` on the old site, the one that it had first: from the root, without the first slash.
pub(super) fn of(item: &Item, dialect: Dialect, site: &Site) -> Vec<String> {
    let mut found = match dialect {
        Dialect::Jekyll => jekyll(item, site),
        Dialect::Hugo => hugo(item, site),
        Dialect::Zola => zola(item, site),
        Dialect::Obsidian | Dialect::Csv => Vec::new(),
    };
    found.extend(declared(item, dialect, &found));
    let mut seen: Vec<String> = Vec::new();
    for address in found.iter().filter_map(|address| clean(address, site)) {
        if !seen.iter().any(|known| known.trim_end_matches('/') == address.trim_end_matches('/')) {
            seen.push(address);
        }
    }
    seen
}

/// `written` as a path from the root: without the site's own host and folder, decoded; `None` where it can be none.
pub(super) fn clean(written: &str, site: &Site) -> Option<String> {
    let mut path = written.trim();
    if let Some((_, rest)) = path.split_once("://") {
        let (host, rest) = rest.split_once('/').unwrap_or((rest, ""));
        if site.host() != Some(host) {
            return None;
        }
        path = rest;
        let base = site.base_path();
        path = path.strip_prefix(base.trim_start_matches('/')).unwrap_or(path);
    }
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let path = decoded(path).replace('\\', "/");
    let ends = path.ends_with('/');
    let segments: Vec<&str> =
        path.split('/').map(str::trim).filter(|part| !matches!(*part, "" | ".")).collect();
    if segments.is_empty() || segments.contains(&"..") || path.chars().any(char::is_control) {
        return None;
    }
    let path = segments.join("/");
    let path = path.strip_suffix("/index.html").map_or_else(|| path.clone(), |folder| format!("{folder}/"));
    Some(if ends && !path.ends_with('/') { format!("{path}/") } else { path })
}

/// `%D0%90` as `А`; as written where that would be no text.
pub(super) fn decoded(written: &str) -> String {
    let bytes = written.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let hex = written.get(at + 1..at + 3).and_then(|hex| u8::from_str_radix(hex, 16).ok());
        match (bytes[at], hex) {
            (b'%', Some(byte)) => {
                out.push(byte);
                at += 3;
            }
            (byte, _) => {
                out.push(byte);
                at += 1;
            }
        }
    }
    String::from_utf8(out).unwrap_or_else(|_| written.to_owned())
}

/// What front matter says of old addresses.
fn declared(item: &Item, dialect: Dialect, own: &[String]) -> Vec<String> {
    let keys: &[&str] = match dialect {
        Dialect::Jekyll => &["redirect_from", "alias"],
        Dialect::Hugo | Dialect::Zola => &["aliases", "alias"],
        Dialect::Obsidian | Dialect::Csv => &["permalink", "redirect_from"],
    };
    let written = keys.iter().filter_map(|key| item.front.get(key)).flat_map(super::fields::strings);
    let beside = |alias: String| {
        // Hugo takes an alias without a slash from the folder of the page's own address.
        let folder = own.first().map(|own| own.trim_end_matches('/')).and_then(|own| own.rsplit_once('/'));
        match folder {
            Some((folder, _))
                if dialect == Dialect::Hugo && !alias.starts_with('/') && !alias.contains("://") =>
            {
                let mut parts: Vec<&str> = folder.split('/').collect();
                for part in alias.split('/') {
                    if part == ".." {
                        parts.pop();
                    } else {
                        parts.push(part);
                    }
                }
                parts.join("/")
            }
            _ => alias,
        }
    };
    written.map(beside).collect()
}

/// The default that Jekyll's settings give to `item` for `key`.
pub(super) fn default_of<'s>(item: &Item, site: &'s Site, key: &str) -> Option<&'s crate::tree::Node> {
    let path = item.path.strip_prefix(&site.root).unwrap_or(&item.path);
    let sort = collection(item, site).unwrap_or("pages");
    let fits = |defaults: &&Defaults| {
        let inside = defaults.path.is_empty()
            || path == defaults.path
            || path.strip_prefix(&defaults.path).is_some_and(|rest| rest.starts_with('/'));
        inside
            && defaults
                .sort
                .as_deref()
                .is_none_or(|wanted| wanted == sort || wanted.trim_end_matches('s') == sort)
    };
    // The narrower path goes before the wider one.
    let defaults = site.defaults.iter().filter(fits);
    let found = defaults.flat_map(|defaults| {
        defaults.values.iter().filter(|entry| entry.key == key).map(move |entry| (defaults.path.len(), entry))
    });
    found.max_by_key(|(length, _)| *length).map(|(_, entry)| &entry.node)
}

/// The collection of Jekyll's that `item` belongs to.
pub(super) fn collection<'i>(item: &'i Item, site: &Site) -> Option<&'i str> {
    let path = item.path.strip_prefix(&site.root).unwrap_or(&item.path);
    let folder = path.split('/').rev().skip(1).find_map(|folder| folder.strip_prefix('_'));
    match folder {
        Some("drafts") => Some("posts"),
        // Texts with a day in their name are posts in other folders too, as other generators of this family take them.
        None if dates::in_name(&item.stem).is_some() => Some("posts"),
        other => other,
    }
}

fn jekyll(item: &Item, site: &Site) -> Vec<String> {
    if item.hidden && item.front.text("permalink").is_none() {
        return Vec::new();
    }
    let collection = collection(item, site);
    let own = item
        .front
        .text("permalink")
        .or_else(|| default_of(item, site, "permalink").and_then(|node| node.text()));
    let named = site.collections.iter().find(|known| Some(known.name.as_str()) == collection);
    let general = site.permalinks.iter().map(|(_, pattern)| pattern.as_str());
    let of_collection = named.and_then(|known| known.permalink.as_deref());
    match own {
        Some(pattern) => vec![jekyll_pattern(pattern, item, site)],
        None if collection == Some("posts") => {
            let mut patterns: Vec<&str> = of_collection.into_iter().chain(general).take(1).collect();
            // A pattern that is only guessed does not take the place of the default one.
            if patterns.is_empty() || site.settings.is_none() {
                patterns.push("date");
            }
            patterns.into_iter().map(|pattern| jekyll_pattern(jekyll_style(pattern), item, site)).collect()
        }
        None => {
            let style = general.map(jekyll_style).next().unwrap_or("date");
            let ending = if style.ends_with('/') { "/" } else { ":output_ext" };
            let pattern = match (collection, of_collection) {
                (Some(_), Some(pattern)) => jekyll_style(pattern).to_owned(),
                (Some(_), None) => format!("/:collection/:path{ending}"),
                (None, _) if item.stem == "index" => "/:path/".into(),
                (None, _) => format!("/:path/:basename{ending}"),
            };
            vec![jekyll_pattern(&pattern, item, site)]
        }
    }
}

/// Jekyll's named styles as patterns.
fn jekyll_style(style: &str) -> &str {
    match style {
        "date" => "/:categories/:year/:month/:day/:title:output_ext",
        "pretty" => "/:categories/:year/:month/:day/:title/",
        "ordinal" => "/:categories/:year/:y_day/:title:output_ext",
        "weekdate" => "/:categories/:year/W:week/:short_day/:title:output_ext",
        "none" => "/:categories/:title:output_ext",
        pattern => pattern,
    }
}

fn jekyll_pattern(pattern: &str, item: &Item, site: &Site) -> String {
    let path = item.path.strip_prefix(&site.root).unwrap_or(&item.path);
    let stem = item.front.text("slug").unwrap_or(item.words());
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let collection = collection(item, site).unwrap_or_default();
    let inside = folder.strip_prefix(&format!("_{collection}")).unwrap_or(folder).trim_matches('/');
    let day =
        item.date.as_ref().map(|date| if site.zone.is_some() { date.day_in(site.zone()) } else { date.day });
    let (title, slug) = if collection == "posts" {
        (slugs::jekyll(stem, true), slugs::jekyll(stem, false))
    } else {
        let whole = item.front.text("slug").unwrap_or(&item.stem);
        (slugs::jekyll(whole, true), slugs::jekyll(whole, false))
    };
    let mut categories: Vec<String> = Vec::new();
    for category in jekyll_categories(item, site) {
        let category = category.to_lowercase();
        if !categories.contains(&category) {
            categories.push(category);
        }
    }
    expand(pattern, |token| {
        Some(match token {
            "title" | "name" => title.clone(),
            "slug" => slug.clone(),
            "categories" => categories.join("/"),
            "slugified_categories" => {
                categories.iter().map(|name| slugs::jekyll(name, false)).collect::<Vec<_>>().join("/")
            }
            "output_ext" => ".html".into(),
            "basename" => item.stem.clone(),
            "path" if collection.is_empty() => inside.to_owned(),
            "path" => format!("{inside}/{}", item.stem),
            "collection" => collection.to_owned(),
            token => day_token(token, day?)?,
        })
    })
}

/// The categories of a post: the folders above `_posts`, and those of front matter.
pub(super) fn jekyll_categories(item: &Item, site: &Site) -> Vec<String> {
    let path = item.path.strip_prefix(&site.root).unwrap_or(&item.path);
    let above = path.split_once("_posts/").map_or("", |(above, _)| above);
    let mut found: Vec<String> =
        above.split('/').filter(|part| !part.is_empty()).map(str::to_owned).collect();
    let value = |key| item.front.get(key).or_else(|| default_of(item, site, key));
    found.extend(value("category").map(super::fields::strings).unwrap_or_default());
    if let Some(node) = value("categories") {
        let words = super::fields::strings(node);
        let is_text = node.text().is_some();
        found.extend(words.into_iter().flat_map(|text| {
            if is_text { text.split_whitespace().map(str::to_owned).collect() } else { vec![text] }
        }));
    }
    found
}

fn hugo(item: &Item, site: &Site) -> Vec<String> {
    let sanitized = |text: &str| slugs::hugo(text, site.keeps_case);
    let language = item.language.as_deref().filter(|language| {
        site.language_in_path || site.language.as_deref().is_some_and(|main| main != *language)
    });
    let prefix = language.map(|language| format!("{language}/")).unwrap_or_default();
    if let Some(url) = item.front.text("url").filter(|url| !url.is_empty()) {
        return vec![hugo_pattern(url, item, site)];
    }
    let inside = item.inside(site);
    let folder = inside.rsplit_once('/').map_or("", |(folder, _)| folder);
    let section = folder.split('/').next().unwrap_or_default();
    if item.section {
        return vec![format!("{prefix}{}/", sanitized(folder))];
    }
    let of_folder = |name: &str| name == folder || (name == section && !section.is_empty());
    let pattern = site.permalinks.iter().filter(|(name, _)| name.is_empty() || of_folder(name));
    let pattern = pattern.max_by_key(|(name, _)| name.len()).map(|(_, pattern)| pattern.as_str());
    let folder = if item.bundle { folder.rsplit_once('/').map_or("", |(above, _)| above) } else { folder };
    let slug = item.front.text("slug").filter(|slug| !slug.is_empty());
    let stem = slug.unwrap_or(if site.cuts_days && dates::in_name(&item.stem).is_some() {
        item.words()
    } else {
        &item.stem
    });
    let plain = sanitized(&format!("{folder}/{stem}"));
    let ugly = site.ugly.iter().any(|name| name.is_empty() || name == section);
    let mut found: Vec<String> =
        pattern.map(|pattern| hugo_pattern(pattern, item, site)).into_iter().collect();
    if found.is_empty() || site.settings.is_none() {
        found.push(format!("{plain}/"));
    }
    found
        .into_iter()
        .map(|address| {
            let address = address.trim_start_matches('/');
            let ending = if ugly && !address.ends_with(".html") { ".html" } else { "" };
            let address = if ugly { address.trim_end_matches('/') } else { address };
            format!("{prefix}{address}{ending}")
        })
        .collect()
}

fn hugo_pattern(pattern: &str, item: &Item, site: &Site) -> String {
    if !pattern.contains(':') {
        return pattern.to_owned();
    }
    let urlized = |text: &str| slugs::hugo(&text.replace('/', "-"), site.keeps_case);
    let inside = item.inside(site);
    let mut folders: Vec<&str> = inside.split('/').collect();
    folders.pop();
    if item.bundle {
        folders.pop();
    }
    let day = item.date.as_ref().map(|date| date.day);
    let slug = item.front.text("slug").filter(|slug| !slug.is_empty());
    let cut = if site.cuts_days { item.words() } else { &item.stem };
    expand(pattern, |token| {
        Some(match token {
            "title" => urlized(&item.title),
            "slug" => urlized(slug.unwrap_or(&item.title)),
            "slugorfilename" | "slugorcontentbasename" => urlized(slug.unwrap_or(cut)),
            "filename" | "contentbasename" => urlized(&item.stem),
            "section" => urlized(folders.first().unwrap_or(&"")),
            token if token.starts_with("sections") => {
                let range = token.trim_start_matches("sections").trim_matches(['[', ']']);
                let count = folders.len();
                let (from, to) = match range.split_once(':') {
                    Some((from, to)) => (from.parse().unwrap_or(0), to.parse().unwrap_or(count)),
                    None if range == "last" => (count.saturating_sub(1), count),
                    None => range.parse().map_or((0, count), |at: usize| (at, at + 1)),
                };
                let parts = folders.iter().skip(from).take(to.saturating_sub(from));
                parts.map(|part| urlized(part)).collect::<Vec<_>>().join("/")
            }
            token => day_token(token, day?)?,
        })
    })
}

/// What a token of a date stands for (the names of Jekyll and Hugo).
fn day_token(token: &str, day: Day) -> Option<String> {
    let naive = chrono::NaiveDate::from_ymd_opt(day.year(), day.month(), day.day())?;
    Some(match token {
        "year" => format!("{:04}", day.year()),
        "short_year" => format!("{:02}", day.year() % 100),
        "month" => format!("{:02}", day.month()),
        "i_month" => day.month().to_string(),
        "monthname" => naive.format("%B").to_string().to_lowercase(),
        "long_month" => naive.format("%B").to_string(),
        "short_month" => naive.format("%b").to_string(),
        "day" => format!("{:02}", day.day()),
        "i_day" => day.day().to_string(),
        "y_day" => naive.format("%j").to_string(),
        "yearday" => naive.format("%-j").to_string(),
        "week" => naive.format("%V").to_string(),
        "w_year" => naive.format("%G").to_string(),
        "w_day" => naive.format("%u").to_string(),
        "weekday" => naive.format("%w").to_string(),
        "weekdayname" => naive.format("%A").to_string().to_lowercase(),
        "short_day" => naive.format("%a").to_string(),
        "long_day" => naive.format("%A").to_string(),
        "hour" | "minute" | "second" => "00".into(),
        _ => return None,
    })
}

/// `pattern` with what `value` gives for each `:token`; what it does not know stays.
fn expand(pattern: &str, value: impl Fn(&str) -> Option<String>) -> String {
    let mut out = String::new();
    let mut rest = pattern;
    while let Some(at) = rest.find(':') {
        out.push_str(&rest[..at]);
        rest = &rest[at + 1..];
        let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(rest.len());
        let end = match rest[end..].strip_prefix('[').and_then(|inner| inner.find(']')) {
            Some(close) => end + close + 2,
            None => end,
        };
        let (token, after) = rest.split_at(end);
        match value(token) {
            Some(text) => out.push_str(&text),
            None => {
                out.push(':');
                out.push_str(token);
            }
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

fn zola(item: &Item, site: &Site) -> Vec<String> {
    let language = item.language.as_deref().filter(|language| site.language.as_deref() != Some(language));
    let prefix = language.map(|language| format!("{language}/")).unwrap_or_default();
    if let Some(path) = item.front.text("path").filter(|path| !path.is_empty()) {
        return vec![format!("{prefix}{}/", path.trim_matches('/'))];
    }
    let slugged = |text: &str| match site.slugify.as_deref() {
        Some("off") => Some(text.to_owned()),
        Some("safe") => Some(slugs::hugo(text, true)),
        _ => slugs::zola(text),
    };
    let inside = item.inside(site);
    let mut folders: Vec<&str> = inside.split('/').collect();
    folders.pop();
    if item.bundle {
        folders.pop();
    }
    if item.section {
        return vec![format!("{prefix}{}/", folders.join("/"))];
    }
    let stem = if site.cuts_days { item.words() } else { &item.stem };
    let own = slugged(item.front.text("slug").filter(|slug| !slug.is_empty()).unwrap_or(stem));
    let folders: Option<Vec<String>> = folders.into_iter().map(slugged).collect();
    let (Some(folders), Some(own)) = (folders, own) else { return Vec::new() };
    vec![format!("{prefix}{}/{own}/", folders.join("/"))]
}
