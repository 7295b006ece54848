//! What each file of an old site is: a text, a file that texts show, or a part of the machine that made the site.

use super::{Dialect, site::Site};

/// What becomes of an old file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// A text: a briefing where it has a date, else a page.
    Text,
    /// A text that was not published.
    Hidden,
    /// Rows, each a briefing.
    Table,
    /// The text of a list, such as `_index.md`.
    Section,
    /// A file that is copied into `static/` under the address it had.
    File(String),
    /// A file that lies beside texts.
    Beside,
    /// The settings, which are read.
    Settings,
    /// Nothing that readers saw, and why.
    Left(&'static str),
}

/// Endings of texts that are Markdown, or are taken for it.
const TEXTS: [&str; 9] = ["md", "markdown", "mkd", "mkdn", "mkdown", "mdown", "mdx", "textile", "pandoc"];
/// Endings of texts that are written in another way and are kept as they are.
const OTHERS: [&str; 6] = ["adoc", "asciidoc", "asc", "org", "rst", "rmd"];

const HIDDEN: &str = "hidden";
const MADE: &str = "made by a tool";
const TEMPLATE: &str = "a template or data of the old site";
const TOOL: &str = "a tool's own file";
const ABOUT: &str = "about the repository, not of the site";
const OURS: &str = "the archive makes its own";

/// The ending of a path, in lower case.
pub(super) fn ending(path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rsplit_once('.').map_or(String::new(), |(_, ending)| ending.to_lowercase())
}

/// Whether `path` ends as texts do.
pub(super) fn is_text(path: &str) -> bool {
    let ending = ending(path);
    TEXTS.contains(&ending.as_str()) || OTHERS.contains(&ending.as_str())
}

/// Whether `path` ends as texts do that are no Markdown.
pub(super) fn is_other_markup(path: &str) -> bool {
    OTHERS.contains(&ending(path).as_str()) || ending(path) == "textile"
}

/// Whether what stands in the file must be known, so that it is read and not only copied.
pub fn is_read(path: &str) -> bool {
    const MORE: [&str; 14] = [
        "html", "htm", "toml", "yml", "yaml", "json", "csv", "tsv", "xml", "txt", "css", "scss", "js", "sass",
    ];
    is_text(path) || MORE.contains(&ending(path).as_str())
}

/// What the file at `path` is; `front` says whether a text begins with front matter, `loops` whether it is a template
/// that lists others.
pub(super) fn of(dialect: Dialect, path: &str, site: &Site, front: bool, loops: bool) -> Role {
    let Some(below) = path.strip_prefix(&site.root) else { return beside_the_site(path) };
    if site.settings.as_deref() == Some(path) {
        return Role::Settings;
    }
    let segments: Vec<&str> = below.split('/').collect();
    let name = segments.last().copied().unwrap_or_default();
    let folders = &segments[..segments.len() - 1];
    if segments.iter().any(|segment| segment.starts_with('.') && *segment != ".well-known") {
        return Role::Left(HIDDEN);
    }
    if folders.iter().any(|folder| matches!(*folder, "node_modules" | "__pycache__" | "bower_components"))
        || name.ends_with('~')
        || matches!(name, "Thumbs.db" | "desktop.ini")
    {
        return Role::Left(MADE);
    }
    match dialect {
        Dialect::Jekyll => jekyll(below, folders, name, site, front, loops),
        Dialect::Hugo | Dialect::Zola => content(dialect, below, name, site),
        Dialect::Obsidian => match ending(name).as_str() {
            "md" => Role::Text,
            "canvas" | "base" => Role::Left("a view of Obsidian's own, which is no text"),
            "excalidraw" => Role::Left("a drawing of a plugin"),
            _ => Role::Beside,
        },
        Dialect::Csv => match ending(name).as_str() {
            "csv" | "tsv" => Role::Table,
            _ => Role::Left("no table"),
        },
    }
}

fn beside_the_site(path: &str) -> Role {
    let hidden = path.split('/').any(|segment| segment.starts_with('.'));
    Role::Left(if hidden {
        HIDDEN
    } else if is_about(path) {
        ABOUT
    } else {
        "outside the old site's folder"
    })
}

fn is_about(name: &str) -> bool {
    const NAMES: [&str; 9] = [
        "readme",
        "license",
        "licence",
        "changelog",
        "contributing",
        "code_of_conduct",
        "security",
        "copying",
        "authors",
    ];
    let stem = name.rsplit('/').next().unwrap_or(name).split('.').next().unwrap_or_default().to_lowercase();
    NAMES.contains(&stem.as_str())
}

fn is_tools(name: &str) -> bool {
    const NAMES: [&str; 12] = [
        "gemfile",
        "gemfile.lock",
        "rakefile",
        "makefile",
        "dockerfile",
        "package.json",
        "package-lock.json",
        "yarn.lock",
        "netlify.toml",
        "vercel.json",
        "go.mod",
        "go.sum",
    ];
    let lower = name.to_lowercase();
    NAMES.contains(&lower.as_str())
        || [".gemspec", ".lock", ".sh", ".rb", ".ini"].iter().any(|end| lower.ends_with(end))
}

/// Files that would stand where the archive writes its own.
fn is_ours(address: &str) -> bool {
    const NAMES: [&str; 9] = [
        "index.html",
        "404.html",
        "sitemap.xml",
        "robots.txt",
        "atom.xml",
        "feed.json",
        "_headers",
        "_redirects",
        "opensearch.xml",
    ];
    NAMES.contains(&address)
}

fn file(address: &str) -> Role {
    if is_ours(address) { Role::Left(OURS) } else { Role::File(address.to_owned()) }
}

fn jekyll(below: &str, folders: &[&str], name: &str, site: &Site, front: bool, loops: bool) -> Role {
    const MACHINE: [&str; 5] = ["_layouts", "_includes", "_sass", "_data", "_plugins"];
    let is_excluded = |pattern: &String| {
        let pattern = pattern.trim_matches('/').trim_end_matches("/**").trim_end_matches("/*");
        below == pattern || below.strip_prefix(pattern).is_some_and(|rest| rest.starts_with('/'))
    };
    if below.starts_with("_config") || folders.iter().any(|folder| MACHINE.contains(folder)) {
        return Role::Left(TEMPLATE);
    }
    if folders.first().is_some_and(|first| matches!(*first, "_site" | "vendor" | "public")) && !is_text(below)
        || folders.first() == Some(&"_site")
    {
        return Role::Left(MADE);
    }
    if site.excluded.iter().any(is_excluded) {
        return Role::Left("the old settings leave it out");
    }
    let collection = folders.iter().find_map(|folder| folder.strip_prefix('_'));
    if let Some(collection) = collection {
        let declared = site.collections.iter().find(|known| known.name == collection);
        return match (collection, declared) {
            _ if !(is_text(below) || (front && ending(below) == "html")) => Role::File(
                below.split('/').map(|part| part.trim_start_matches('_')).collect::<Vec<_>>().join("/"),
            ),
            ("posts", _) => Role::Text,
            ("drafts", _) => Role::Hidden,
            (_, Some(known)) if known.output => Role::Text,
            (_, Some(_)) => Role::Hidden,
            _ => Role::Left(TEMPLATE),
        };
    }
    if folders.is_empty() && is_about(name) && !front {
        return Role::Left(ABOUT);
    }
    if folders.is_empty() && is_tools(name) {
        return Role::Left(TOOL);
    }
    match ending(name).as_str() {
        _ if is_text(name) && (!loops || !front) => Role::Text,
        "html" | "htm" if front && !loops && !matches!(below, "index.html" | "404.html") => Role::Text,
        _ if front => Role::Left(TEMPLATE),
        _ => file(below),
    }
}

fn content(dialect: Dialect, below: &str, name: &str, site: &Site) -> Role {
    if let Some(inside) = below.strip_prefix(&site.content) {
        if is_text(inside) || (dialect == Dialect::Hugo && matches!(ending(inside).as_str(), "html" | "htm"))
        {
            let stem = name.split('.').next().unwrap_or_default();
            return if stem == "_index" { Role::Section } else { Role::Text };
        }
        return Role::Beside;
    }
    if let Some(address) = site.statics.iter().find_map(|folder| below.strip_prefix(folder)) {
        return file(address);
    }
    if let Some(address) = below.strip_prefix("assets/").filter(|_| dialect == Dialect::Hugo) {
        let picture = ["png", "jpg", "jpeg", "gif", "svg", "webp", "avif", "pdf", "mp3", "mp4"];
        if picture.contains(&ending(name).as_str()) {
            return file(address);
        }
    }
    let first = below.split('/').next().unwrap_or_default();
    match first {
        "layouts" | "templates" | "themes" | "sass" | "assets" | "data" | "i18n" | "archetypes"
        | "config" => Role::Left(TEMPLATE),
        "public" | "resources" => Role::Left(MADE),
        _ if is_about(name) => Role::Left(ABOUT),
        _ if is_tools(name) => Role::Left(TOOL),
        _ => Role::Left("outside the folders of the old site's texts and files"),
    }
}
