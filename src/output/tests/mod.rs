use std::{
    collections::BTreeMap,
    fs::{self, File},
    path::{Path, PathBuf},
    time::{Duration, SystemTime},
};

use tempfile::TempDir;

use super::*;

mod a_build;
mod a_cache;
mod a_file;
mod a_folder;
mod a_site;
mod ownership;

type Tree = BTreeMap<String, String>;

fn folder() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let public = folder.path().canonicalize().unwrap().join("public");
    (folder, public)
}

fn path(path: &str) -> OutputPath {
    OutputPath::new(path).unwrap()
}

fn build(public: &Path, files: &[(&str, &str)]) -> Result<Written, OutputError> {
    let staging = Staging::open(public, "public", &[])?;
    put_all(&staging, files);
    staging.commit()
}

fn bytes(files: &[(&str, &str)]) -> u64 {
    files.iter().map(|(_, text)| text.len() as u64).sum()
}

fn put_all(sink: &impl Sink, files: &[(&str, &str)]) {
    for (name, text) in files {
        sink.put(&path(name), text.as_bytes()).unwrap();
    }
}

fn write(file: &Path, text: &str) {
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    fs::write(file, text).unwrap();
}

/// Every file below `root` with its bytes; empty folders end in `/`.
fn tree(root: &Path) -> Tree {
    fn walk(root: &Path, folder: &Path, tree: &mut Tree) {
        for entry in fs::read_dir(folder).unwrap().map(Result::unwrap) {
            let name = entry.path().strip_prefix(root).unwrap().to_str().unwrap().to_owned();
            if !entry.file_type().unwrap().is_dir() {
                tree.insert(
                    name,
                    fs::read_to_string(entry.path()).unwrap_or_else(|_| "broken link".to_owned()),
                );
            } else if fs::read_dir(entry.path()).unwrap().next().is_none() {
                tree.insert(name + "/", String::new());
            } else {
                walk(root, &entry.path(), tree);
            }
        }
    }
    let mut found = Tree::new();
    walk(root, root, &mut found);
    found
}

fn site(root: &Path) -> Tree {
    let mut site = tree(root);
    assert!(site.remove(".brief.json").is_some(), "the list is there");
    site
}

fn files(files: &[(&str, &str)]) -> Tree {
    files.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect()
}

fn names_beside(public: &Path) -> Vec<String> {
    let entries = fs::read_dir(public.parent().unwrap()).unwrap();
    let mut names: Vec<_> = entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

fn set_modified(file: &Path, seconds_ago: u64) {
    let time = SystemTime::now() - Duration::from_secs(seconds_ago);
    File::options().write(true).open(file).unwrap().set_modified(time).unwrap();
}

fn modified(file: &Path) -> SystemTime {
    fs::metadata(file).unwrap().modified().unwrap()
}

#[cfg(unix)]
fn mode(folder: &Path) -> u32 {
    use std::os::unix::fs::PermissionsExt;
    fs::metadata(folder).unwrap().permissions().mode() & 0o777
}

fn said(result: Result<impl std::fmt::Debug, OutputError>) -> (String, String) {
    let error = result.unwrap_err();
    (error.to_string(), error.help().unwrap_or_default())
}

const OLD: &[(&str, &str)] = &[("index.html", "old"), ("a/index.html", "same"), ("b/c/index.html", "gone")];
const NEW: &[(&str, &str)] = &[("index.html", "new"), ("a/index.html", "same"), ("d.txt", "more")];
