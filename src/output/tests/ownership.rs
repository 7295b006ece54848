use proptest::prelude::*;

use super::*;

/// A site's path or a foreign one, from few enough names that they meet.
fn any_path() -> impl Strategy<Value = String> {
    proptest::collection::vec(prop_oneof!["a", "b", "c", "é", "CNAME"], 1..4)
        .prop_map(|parts| parts.join("/"))
}

fn any_tree() -> impl Strategy<Value = Tree> {
    proptest::collection::btree_map(any_path(), "[xy]{0,3}", 0..8).prop_map(|tree| {
        let is_folder = |path: &str| tree.keys().any(|other| other.starts_with(&format!("{path}/")));
        tree.iter()
            .filter(|(path, _)| !is_folder(path))
            .map(|(path, text)| (path.clone(), text.clone()))
            .collect()
    })
}

fn build_tree(public: &Path, site: &Tree) -> Result<Written, OutputError> {
    let list: Vec<_> = site.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    build(public, &list)
}

/// Writes what of `strange` has room in the folder, and returns it.
fn place_all(public: &Path, strange: &Tree) -> Tree {
    let has_room = |path: &str| {
        let is_file = |above: &Path| fs::symlink_metadata(above).is_ok_and(|found| !found.is_dir());
        !public.join(path).exists() && !public.join(path).ancestors().any(is_file)
    };
    let placed: Tree = strange.clone().into_iter().filter(|(path, _)| has_room(path)).collect();
    for (path, text) in &placed {
        write(&public.join(path), text);
    }
    placed
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn whatever_brief_did_not_write_is_still_there(
        old in proptest::option::of(any_tree()),
        before in prop_oneof![Just(Tree::new()), any_tree()],
        during in any_tree(),
        new in any_tree(),
    ) {
        let (_folder, public) = folder();
        if let Some(old) = &old {
            build_tree(&public, old).unwrap();
        }
        let mine = place_all(&public, &before);
        let found = public.exists().then(|| tree(&public));
        let Ok(staging) = Staging::open(&public, "public", &[]) else {
            prop_assert!(!mine.is_empty());
            prop_assert_eq!(Some(tree(&public)), found);
            return Ok(());
        };
        prop_assert!(mine.is_empty());
        for (name, text) in &new {
            staging.put(&path(name), text.as_bytes()).unwrap();
        }
        let mut mine = place_all(&public, &during);
        let committed = staging.commit();
        let mut found = tree(&public);
        found.remove(".brief.json");
        match committed {
            Ok(_) => mine.extend(new),
            Err(OutputError::NotOurs { .. }) => mine.extend(old.unwrap_or_default()),
            // Where the new site has a file of that name, the user's stays where the old site was taken.
            Err(OutputError::Leftover { .. }) => {
                found.extend(tree(&public.with_file_name(".brief-public.staging")).into_iter().filter(
                    |(path, _)| mine.contains_key(path)
                ));
                prop_assert!(mine.iter().all(|(path, text)| found.get(path) == Some(text)));
                return Ok(());
            }
            Err(error) => panic!("{error}"),
        }
        prop_assert_eq!(found, mine);
        prop_assert_eq!(names_beside(&public), ["public"]);
    }
}
