//! Law 6: what `brief` did not write it neither deletes nor overwrites. Law 4: an archive with an error writes nothing.

use std::{collections::BTreeMap, fs, path::Path, time::SystemTime};

use proptest::prelude::*;

use crate::{
    building::{brief, cases, put, run, tree},
    write::Files,
};

type Snapshot = BTreeMap<String, (Vec<u8>, SystemTime)>;

fn snapshot(folder: &Path) -> Snapshot {
    let time = |path: &String| fs::metadata(folder.join(path)).unwrap().modified().unwrap();
    tree(folder).into_iter().map(|(path, bytes)| (path.clone(), (bytes, time(&path)))).collect()
}

/// A sound archive of some briefings; `edited` changes one of them and drops another.
fn archive(edited: bool) -> Files {
    let mut files = Files::default();
    files.texts.insert("brief.toml".into(), "title = \"Ours\"\n".into());
    for day in 10..if edited { 14 } else { 15 } {
        let words = if edited && day == 11 { "changed" } else { "as before" };
        let text =
            format!("---\ntitle: Day {day}\nactors: [Hamas]\nlocations: [Doha]\n---\nIt is {words}.\n");
        files.texts.insert(format!("content/briefings/2025-05-{day}-b.md"), text);
    }
    files
}

fn lay_out_anew(root: &Path, files: &Files) {
    if root.join("content").exists() {
        fs::remove_dir_all(root.join("content")).unwrap();
    }
    crate::building::lay_out(root, files);
}

#[test]
fn a_cache_that_somebody_emptied_outlives_a_build_that_fails() {
    let folder = tempfile::tempdir().unwrap();
    lay_out_anew(folder.path(), &archive(false));
    put(folder.path(), ".brief-public.cache/.gitignore", b"*\n");
    put(folder.path(), "templates/404.html", b"{{ nothing.at.all }}");
    let before = snapshot(folder.path());
    assert_eq!(run(brief(folder.path(), &["-q"])).0, 1);
    assert_eq!(snapshot(folder.path()), before);
}

/// One mistake of each sort: of the settings, of a text, of a name, of a template.
const MISTAKES: [(&str, &[u8]); 8] = [
    ("brief.toml", b"title = \"Ours\"\ntitel = 1\n"),
    ("brief.toml", b"title = "),
    ("content/briefings/2025-05-20-x.md", b"no front matter"),
    ("content/briefings/2025-05-20-x.md", b"---\ntitle: [\n---\n"),
    ("content/briefings/2025-05-20-x.md", b"---\ntitle: A\n---\n[words](nowhere.md)\n"),
    ("content/briefings/2025-05-20-x.md", b"---\ntitle: \xff\n---\n"),
    ("content/pages/briefings.md", b"---\ntitle: Taken\n---\n"),
    ("templates/briefing.html", b"{{ nothing.at.all }}"),
];

#[test]
fn an_archive_with_a_mistake_leaves_the_disk_as_it_was() {
    for (path, bytes) in MISTAKES {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("desk");
        lay_out_anew(&root, &archive(false));
        put(&root, path, bytes);
        let before = snapshot(folder.path());
        assert_eq!(run(brief(&root, &["-q"])).0, 1, "{path}: {}", String::from_utf8_lossy(bytes));
        assert_eq!(snapshot(folder.path()), before, "on the first build, {path}");
        assert!(!root.join("public").exists(), "{path}");

        // The same over a site that stands.
        fs::remove_file(root.join(path)).unwrap();
        lay_out_anew(&root, &archive(false));
        let (code, output) = run(brief(&root, &[]));
        assert_eq!(code, 0, "{path}: {}", String::from_utf8_lossy(&output.stderr));
        lay_out_anew(&root, &archive(true));
        put(&root, path, bytes);
        let before = snapshot(folder.path());
        assert_eq!(run(brief(&root, &["-q"])).0, 1, "{path}");
        assert_eq!(snapshot(folder.path()), before, "over a site, {path}");
    }
}

#[test]
fn under_strict_a_warning_leaves_the_disk_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    lay_out_anew(folder.path(), &archive(false));
    put(folder.path(), "content/briefings/2025-05-20-x.md", b"---\ntitle: A\n---\n![a picture](none.png)\n");
    let before = snapshot(folder.path());
    assert_eq!(run(brief(folder.path(), &["--strict", "-q"])).0, 1);
    assert_eq!(snapshot(folder.path()), before);
    assert_eq!(run(brief(folder.path(), &["-q"])).0, 0);
}

#[test]
fn an_output_folder_that_holds_something_else_is_refused_and_kept() {
    let folder = tempfile::tempdir().unwrap();
    lay_out_anew(folder.path(), &archive(false));
    put(folder.path(), "public/index.html", b"by hand");
    let before = snapshot(folder.path());
    assert_eq!(run(brief(folder.path(), &["-q"])).0, 2);
    assert_eq!(snapshot(folder.path()), before);
}

/// Where people put files of their own: where no page is, beside pages, where a page will be, and around the site.
const FOREIGN: [&str; 8] = [
    "public/mine.txt",
    "public/.well-known/mine",
    "public/actors/hamas/mine.txt",
    "public/briefings/2025/05/14/b/mine.txt",
    "public/404.html.bak",
    "public.old/mine.txt",
    ".brief-public.mine",
    "staging/mine.txt",
];

proptest! {
    #![proptest_config(cases(16))]

    #[test]
    fn what_others_put_in_and_around_a_site_outlives_every_build(
        foreign in proptest::sample::subsequence(&FOREIGN[..], 1..=FOREIGN.len()),
        builds in proptest::collection::vec((any::<bool>(), any::<bool>()), 1..4),
    ) {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        lay_out_anew(root, &archive(false));
        prop_assert_eq!(run(brief(root, &["-q"])).0, 0);
        for path in &foreign {
            put(root, path, path.as_bytes());
        }
        for (edited, fails) in builds {
            lay_out_anew(root, &archive(edited));
            if fails {
                put(root, "content/briefings/broken.md", b"nothing");
            }
            // Whether it is built around what is foreign or refused is not the question here.
            let (code, _) = run(brief(root, &["-q"]));
            prop_assert!(!fails || code != 0);
            for path in &foreign {
                let kept = fs::read(root.join(path));
                prop_assert!(kept.is_ok_and(|bytes| bytes == path.as_bytes()), "`{}` is gone", path);
            }
        }
    }
}
