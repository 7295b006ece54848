//! Which generator an old site was written for, and where in the given folder it stands.

use super::{Dialect, OldFile, Texts, roles};

/// What was guessed, and from what.
pub(super) struct Guess {
    pub(super) dialect: Dialect,
    /// The folder of the site, empty or with a `/` at its end.
    pub(super) root: String,
    pub(super) why: String,
}

const MARKERS: [(Dialect, &[&str]); 3] = [
    (Dialect::Jekyll, &["_config.yml", "_config.yaml", "_config.toml"]),
    (Dialect::Hugo, &["hugo.toml", "hugo.yaml", "hugo.yml", "hugo.json"]),
    (Dialect::Zola, &["zola.toml"]),
];

/// The dialect and the root of what lies in `files`; `None` where nothing tells.
pub(super) fn dialect(files: &[OldFile], said: Option<Dialect>, texts: &Texts<'_>) -> Option<Guess> {
    let found = marked(files, texts).filter(|guess| said.is_none_or(|said| said == guess.dialect));
    if let Some(guess) = found {
        return Some(guess);
    }
    let Some(dialect) = said else { return by_texts(files, texts) };
    Some(Guess { dialect, root: root_of(dialect, files), why: "`--from`".into() })
}

fn parent(path: &str) -> &str {
    path.rfind('/').map_or("", |slash| &path[..=slash])
}

/// By files that only one generator has, the least deep first.
fn marked(files: &[OldFile], texts: &Texts<'_>) -> Option<Guess> {
    let mut found: Vec<(usize, Dialect, String, String)> = Vec::new();
    for file in files {
        let path = file.path.as_str();
        let depth = path.matches('/').count();
        let (folder, name) = path.split_at(parent(path).len());
        if depth > 4 || folder.contains("node_modules/") || folder.contains("themes/") {
            continue;
        }
        let mut push =
            |dialect, root: &str, why: &str, depth| found.push((depth, dialect, root.into(), why.into()));
        for (dialect, names) in MARKERS {
            if names.contains(&name) {
                push(dialect, folder.trim_end_matches("config/_default/"), name, depth);
            }
        }
        if let Some(root) = folder.strip_suffix("config/_default/").filter(|_| name.starts_with("config.")) {
            push(Dialect::Hugo, root, "config/_default", depth);
        } else if matches!(name, "config.toml" | "config.yaml" | "config.yml" | "config.json") {
            let text = texts.get(path).unwrap_or_default();
            let writes = |key: &str| {
                text.lines().any(|line| {
                    let line = line.trim_start_matches(['"', ' ', '{', '\t', '\'']);
                    line.len() > key.len()
                        && line.is_char_boundary(key.len())
                        && line[..key.len()].eq_ignore_ascii_case(key)
                })
            };
            if writes("base_url") && name == "config.toml" {
                push(Dialect::Zola, folder, name, depth);
            } else if writes("baseURL") || writes("theme") || writes("languageCode") {
                push(Dialect::Hugo, folder, name, depth);
            }
        }
        if let Some(at) = format!("/{path}").find("/.obsidian/") {
            push(Dialect::Obsidian, &path[..at], ".obsidian", path[..at].matches('/').count());
        }
        if let Some(at) = format!("/{path}").find("/_posts/") {
            // Folders above `_posts` may be categories; settings tell the root better.
            push(Dialect::Jekyll, &path[..at], "_posts", depth + 4);
        }
    }
    found.sort_by_key(|(depth, dialect, ..)| (*depth, *dialect as usize));
    let (_, dialect, root, why) = found.into_iter().next()?;
    let root = if why == "_posts" { String::new() } else { root };
    Some(Guess { dialect, root, why: format!("there is `{why}`") })
}

/// The folder in which a folder `content` stands, or the given one.
fn root_of(dialect: Dialect, files: &[OldFile]) -> String {
    if matches!(dialect, Dialect::Hugo | Dialect::Zola) {
        let above = |file: &OldFile| {
            let path = format!("/{}", file.path);
            path.find("/content/").map(|at| path[1..=at].to_owned())
        };
        return files.iter().filter_map(above).min_by_key(String::len).unwrap_or_default();
    }
    String::new()
}

/// By how the texts are written.
fn by_texts(files: &[OldFile], texts: &Texts<'_>) -> Option<Guess> {
    if !files.is_empty()
        && files.iter().all(|file| matches!(roles::ending(&file.path).as_str(), "csv" | "tsv"))
    {
        return Some(Guess { dialect: Dialect::Csv, root: String::new(), why: "it is a table".into() });
    }
    let mut counts = [(Dialect::Jekyll, 0), (Dialect::Hugo, 0), (Dialect::Zola, 0), (Dialect::Obsidian, 0)];
    let mut add = |dialect: Dialect, points: usize| counts[dialect as usize].1 += points;
    for file in files.iter().filter(|file| roles::is_text(&file.path)) {
        let Some(text) = texts.get(&file.path) else { continue };
        let text = text.trim_start_matches('\u{feff}').trim_start();
        let name = file.path.rsplit('/').next().unwrap_or_default();
        if text.starts_with("+++") {
            let zola = ["\n[taxonomies]", "\n[extra]", "(@/"].iter().any(|mark| text.contains(mark));
            add(if zola { Dialect::Zola } else { Dialect::Hugo }, 2);
        } else if text.starts_with("---") && super::dates::in_name(name).is_some() {
            add(Dialect::Jekyll, 2);
        } else if format!("/{}", file.path).contains("/content/") {
            add(Dialect::Hugo, 1);
        }
        if text.contains("{{<") || text.contains("{{%") {
            add(Dialect::Hugo, 2);
        } else if text.contains("{%") || text.contains("| relative_url") || text.contains("site.baseurl") {
            add(Dialect::Jekyll, 2);
        }
        if text.contains("[[") && !text.starts_with("+++") {
            add(Dialect::Obsidian, 1);
        }
    }
    let (dialect, points) = counts.into_iter().rev().max_by_key(|(_, points)| *points)?;
    let why = "so are most of its texts written".to_owned();
    (points > 0).then(|| Guess { dialect, root: root_of(dialect, files), why })
}
