//! Where everything of the old site is now, by all that old texts may call it.

use std::collections::BTreeMap;

use super::{Dialect, item::Item, site::Site, text};

/// A file that is copied.
#[derive(Clone, Debug)]
pub(super) struct Copied {
    pub(super) old: String,
    /// The address it had, if it had one of its own, from the root.
    pub(super) address: Option<String>,
    pub(super) new: String,
}

/// The old site, to look things up in.
pub(super) struct Index<'a> {
    pub(super) items: &'a [Item],
    pub(super) site: &'a Site,
    pub(super) dialect: Dialect,
    /// Old and new addresses of lists.
    pub(super) terms: BTreeMap<String, String>,
    addresses: BTreeMap<String, usize>,
    paths: BTreeMap<String, usize>,
    names: BTreeMap<String, Vec<usize>>,
    files: BTreeMap<String, String>,
    file_paths: BTreeMap<String, String>,
    file_names: BTreeMap<String, Vec<String>>,
}

/// What spellings of one address share.
pub(super) fn key(address: &str) -> String {
    let address = address.trim_matches('/').to_lowercase();
    let address = address.strip_suffix("index.html").unwrap_or(&address).trim_end_matches('/');
    address.strip_suffix(".html").unwrap_or(address).to_owned()
}

fn last(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

fn without_ending(path: &str) -> &str {
    let name = last(path);
    name.rfind('.').filter(|dot| *dot > 0).map_or(path, |dot| &path[..path.len() - name.len() + dot])
}

impl<'a> Index<'a> {
    pub(super) fn new(items: &'a [Item], copied: &[Copied], site: &'a Site, dialect: Dialect) -> Self {
        let mut index = Self {
            items,
            site,
            dialect,
            terms: BTreeMap::new(),
            addresses: BTreeMap::new(),
            paths: BTreeMap::new(),
            names: BTreeMap::new(),
            files: BTreeMap::new(),
            file_paths: BTreeMap::new(),
            file_names: BTreeMap::new(),
        };
        for (place, item) in items.iter().enumerate() {
            for address in &item.addresses {
                index.addresses.entry(key(address)).or_insert(place);
            }
            index.paths.entry(item.path.to_lowercase()).or_insert(place);
            for name in [last(without_ending(&item.path)), item.stem.as_str()] {
                let all = index.names.entry(name.to_lowercase()).or_default();
                if !all.contains(&place) {
                    all.push(place);
                }
            }
            if dialect == Dialect::Obsidian {
                for alias in item.front.get("aliases").map(super::fields::strings).unwrap_or_default() {
                    index.names.entry(alias.to_lowercase()).or_default().push(place);
                }
            }
        }
        for file in copied {
            if let Some(address) = &file.address {
                index.files.insert(address.to_lowercase(), file.new.clone());
            }
            index.file_paths.insert(file.old.to_lowercase(), file.new.clone());
            index.file_names.entry(last(&file.old).to_lowercase()).or_default().push(file.new.clone());
        }
        index
    }

    /// The address of the item `to` as a link in `from` writes it.
    pub(super) fn link(&self, from: &Item, to: usize) -> String {
        text::destination(&relative(&from.new, &self.items[to].new))
    }

    /// The text whose file is `path`.
    pub(super) fn by_path(&self, path: &str) -> Option<usize> {
        self.paths.get(&path.to_lowercase()).copied()
    }

    /// The text that had `address`.
    pub(super) fn by_address(&self, address: &str) -> Option<usize> {
        self.addresses.get(&key(address)).copied()
    }

    /// The post that `{% post_url %}` names: its file's name, with folders before it or not.
    pub(super) fn by_post_name(&self, name: &str) -> Option<usize> {
        let stem = without_ending(name.trim().trim_start_matches('/'));
        let known = self.names.get(&last(stem).to_lowercase())?;
        let in_folder = |place: &&usize| without_ending(&self.items[**place].path).ends_with(stem);
        known.iter().find(in_folder).or(known.first()).copied()
    }

    /// The page that `ref` names: a path from the folder of texts, from the page's folder, or a name.
    pub(super) fn by_reference(&self, item: &Item, written: &str) -> Option<usize> {
        let content = format!("{}{}", self.site.root, self.site.content);
        let path = written.trim_start_matches('/');
        let bases =
            if written.starts_with('/') { vec![content] } else { vec![item.folder().to_owned(), content] };
        let ends = ["", ".md", ".markdown", "/index.md", "/_index.md", ".html"];
        let paths = bases.iter().flat_map(|base| ends.map(|end| joined(base, &format!("{path}{end}"))));
        let found = paths.into_iter().flatten().find_map(|path| self.by_path(&path));
        found.or_else(|| {
            let known = self.names.get(&last(without_ending(path)).to_lowercase())?;
            (known.len() == 1 && !path.contains('/')).then(|| known[0])
        })
    }

    /// The note that a wiki link names: by its path, or by its name, the nearest first.
    pub(super) fn by_note(&self, item: &Item, name: &str) -> Option<usize> {
        let name = name.trim_start_matches('/').trim_end_matches(".md");
        let paths = [item.folder(), self.site.root.as_str()].map(|base| joined(base, &format!("{name}.md")));
        if let Some(found) = paths.into_iter().flatten().find_map(|path| self.by_path(&path)) {
            return Some(found);
        }
        let known = self.names.get(&last(name).to_lowercase())?;
        let lower = name.to_lowercase();
        let fits = |place: &&usize| {
            !name.contains('/') || without_ending(&self.items[**place].path).to_lowercase().ends_with(&lower)
        };
        known.iter().find(fits).copied()
    }

    /// The copied file that a wiki link of `item` names.
    pub(super) fn attachment(&self, item: &Item, name: &str) -> Option<String> {
        let name = name.trim_start_matches('/');
        let paths = [item.folder(), self.site.root.as_str()].map(|base| joined(base, name));
        let found = paths.into_iter().flatten().find_map(|path| self.file_paths.get(&path.to_lowercase()));
        found.or_else(|| self.file_names.get(&last(name).to_lowercase())?.first()).cloned()
    }

    /// The copied file that lay at `path`, as a link in `item` writes it.
    pub(super) fn file_at(&self, item: &Item, path: &str) -> Option<String> {
        self.file_paths.get(&path.to_lowercase()).map(|new| file_link(item, new))
    }

    /// The copied file that had `address`, as a link in `item` writes it.
    pub(super) fn file_by_address(&self, item: &Item, address: &str) -> Option<String> {
        self.files.get(&address.trim_start_matches('/').to_lowercase()).map(|new| file_link(item, new))
    }
}

fn file_link(item: &Item, new: &str) -> String {
    let link =
        new.strip_prefix("static/").map_or_else(|| relative(&item.new, new), |address| format!("/{address}"));
    text::destination(&link)
}

/// `path` as it is seen from the folder `base`, its `..` taken; `None` where it leads out.
pub(super) fn joined(base: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = base.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// The path of the file `to` as the file `from` sees it.
pub(super) fn relative(from: &str, to: &str) -> String {
    let from: Vec<&str> = from.split('/').collect();
    let to: Vec<&str> = to.split('/').collect();
    let folder = &from[..from.len() - 1];
    let shared = folder.iter().zip(&to[..to.len() - 1]).take_while(|(one, other)| one == other).count();
    let up = std::iter::repeat_n("..", folder.len() - shared);
    up.chain(to[shared..].iter().copied()).collect::<Vec<_>>().join("/")
}
