use std::{
    fs,
    path::{Path, PathBuf},
};

use proptest::prelude::*;
use tempfile::TempDir;

use super::*;

/// What somebody does in the folder.
#[derive(Clone, Debug)]
enum Deed {
    Write(usize, u8),
    Delete(usize),
    Move(usize, usize),
    MoveFolder,
    Replace(usize, u8),
}

const FILES: [&str; 6] = [
    "brief.toml",
    "content/briefings/a.md",
    "content/briefings/b.md",
    "content/briefings/more/c.md",
    "static/photo.bin",
    "static/.well-known/x",
];

fn deeds() -> impl Strategy<Value = Vec<Deed>> {
    let file = 0..FILES.len();
    let deed = prop_oneof![
        4 => (file.clone(), any::<u8>()).prop_map(|(file, text)| Deed::Write(file, text)),
        1 => file.clone().prop_map(Deed::Delete),
        1 => (file.clone(), file.clone()).prop_map(|(from, to)| Deed::Move(from, to)),
        1 => Just(Deed::MoveFolder),
        2 => (file, any::<u8>()).prop_map(|(file, text)| Deed::Replace(file, text)),
    ];
    prop::collection::vec(deed, 1..12)
}

/// Does it, and returns the paths that a watcher would name.
fn act(root: &Path, deed: &Deed) -> Vec<PathBuf> {
    let file = |number: usize| root.join(FILES[number]);
    let folder = |file: &Path| fs::create_dir_all(file.parent().unwrap()).unwrap();
    match *deed {
        Deed::Write(number, text) => {
            let file = file(number);
            folder(&file);
            fs::write(&file, format!("text {text:03}")).unwrap();
            vec![file]
        }
        Deed::Delete(number) => {
            let _ = fs::remove_file(file(number));
            vec![file(number)]
        }
        Deed::Move(from, to) => {
            let (from, to) = (file(from), file(to));
            folder(&to);
            let _ = fs::rename(&from, &to);
            vec![from, to]
        }
        Deed::MoveFolder => {
            let (from, to) = (root.join("content/briefings"), root.join("content/elsewhere"));
            if fs::rename(&from, &to).is_err() {
                let _ = fs::rename(&to, &from);
            }
            vec![from, to]
        }
        Deed::Replace(number, text) => {
            let file = file(number);
            folder(&file);
            let beside = file.with_extension("tmp");
            fs::write(&beside, format!("text {text:03}")).unwrap();
            fs::rename(&beside, &file).unwrap();
            vec![beside, file]
        }
    }
}

fn fresh(root: &Path) -> (Sources, Diagnostics) {
    let mut diagnostics = Diagnostics::new();
    let sources = crate::sources::read(root, None, &Limits::default(), &mut diagnostics).unwrap();
    (sources, diagnostics)
}

fn again(reader: &Reader) -> (Sources, Diagnostics) {
    let mut diagnostics = Diagnostics::new();
    (reader.sources(&mut diagnostics), diagnostics)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

    #[test]
    fn what_is_read_again_is_what_is_read_anew(deeds in deeds()) {
        let folder = TempDir::new().unwrap();
        let root = folder.path().canonicalize().unwrap();
        fs::write(root.join("brief.toml"), "title = \"Desk\"\n").unwrap();
        let mut reader = Reader::open(&root, None, Limits::default()).unwrap();
        for deed in &deeds {
            let before = again(&reader);
            let paths = act(&root, deed);
            // A folder that is new is named too.
            let folders = paths.iter().map(|path| path.parent().unwrap().to_path_buf());
            let paths = paths.iter().cloned().chain(folders).collect();
            let differs = reader.refresh(&Changed { paths, others: false });
            prop_assert_eq!(again(&reader), fresh(&root), "after {:?}", deed);
            prop_assert_eq!(differs.is_some(), before != again(&reader), "after {:?}", deed);
        }
    }
}

#[test]
fn a_change_that_nobody_named_is_found_where_others_may_have_changed() {
    let folder = TempDir::new().unwrap();
    let root = folder.path().canonicalize().unwrap();
    fs::write(root.join("brief.toml"), "title = \"Desk\"\n").unwrap();
    let mut reader = Reader::open(&root, None, Limits::default()).unwrap();
    fs::write(root.join("brief.toml"), "title = \"Disk\"\n").unwrap();
    let others = Changed { others: true, ..Changed::default() };
    assert_eq!(reader.refresh(&Changed::default()), None);
    assert_eq!(reader.refresh(&others), Some([SourcePath::new("brief.toml")].into()));
    assert_eq!(again(&reader), fresh(&root));
    assert_eq!(reader.refresh(&others), None, "now nothing has");
}
