use super::*;
use crate::memo::bulk::Ending;

fn cache(public: &Path) -> PathBuf {
    public.with_file_name(".brief-public.cache")
}

/// Builds a site, and leaves `results` in the cache.
fn leave(public: &Path, results: Option<&[u8]>) -> Result<(), OutputError> {
    let staging = Staging::open(public, "public", &[]).unwrap();
    put_all(&staging, OLD);
    let (committed, left) = staging.commit_and(|cache| cache.leave(results, Ok(Ending::Keep)));
    committed.and(left.expect("the site stands"))
}

/// A new site that is about to stand where one with results is.
fn after_one_that_left() -> (TempDir, PathBuf, Staging) {
    let (folder, public) = folder();
    leave(&public, Some(b"of the old site")).unwrap();
    let staging = Staging::open(&public, "public", &[]).unwrap();
    put_all(&staging, NEW);
    (folder, public, staging)
}

#[cfg(unix)]
#[test]
fn is_closed_to_others_and_closed_again_by_the_next_build() {
    use std::os::unix::fs::PermissionsExt;
    let (_folder, public) = folder();
    leave(&public, Some(b"results")).unwrap();
    assert_eq!(mode(&cache(&public)), 0o700);
    for results in [Some(&b"others"[..]), None] {
        fs::set_permissions(cache(&public), fs::Permissions::from_mode(0o755)).unwrap();
        leave(&public, results).unwrap();
        assert_eq!(mode(&cache(&public)), 0o700);
    }
    assert_eq!(fs::read(cache(&public).join("memo")).unwrap(), b"others");
    assert!(cache(&public).join(".gitignore").is_file());
}

#[test]
fn larger_than_any_is_none() {
    let (_folder, public) = folder();
    leave(&public, Some(b"results")).unwrap();
    let left = || Staging::open(&public, "public", &[]).unwrap().cache().left();
    assert_eq!(left().unwrap(), b"results");
    File::options().write(true).open(cache(&public).join("memo")).unwrap().set_len(3 << 30).unwrap();
    assert!(left().is_none());
}

#[test]
fn is_left_where_the_new_site_stands_though_the_old_one_cannot_be_removed() {
    let (_folder, public, staging) = after_one_that_left();
    // The user's own, where the new site has a file: it goes with the old site and cannot come back.
    write(&public.join("d.txt"), "mine");
    let (committed, left) =
        staging.commit_and(|cache| cache.leave(Some(b"of the new site"), Ok(Ending::Keep)));
    let message = committed.unwrap_err().to_string();
    assert!(message.starts_with("cannot remove the old site from "), "{message}");
    left.unwrap().unwrap();
    assert_eq!(site(&public), files(NEW));
    assert_eq!(fs::read(cache(&public).join("memo")).unwrap(), b"of the new site");
}

#[test]
fn is_not_left_where_the_old_site_stands() {
    let (_folder, _public, staging) = after_one_that_left();
    staging.put(&path("d.txt/x"), b"").unwrap_err();
    let (committed, left) = staging.commit_and(|_| ());
    assert!(committed.is_err() && left.is_none());
}

#[test]
fn of_a_build_that_was_killed_is_mended_by_the_next_one() {
    let (_folder, public) = folder();
    fs::create_dir(cache(&public)).unwrap();
    for fresh in ["memo.new", "bulk.new"] {
        write(&cache(&public).join(fresh), "half");
    }
    leave(&public, None).unwrap();
    assert_eq!(tree(&cache(&public)), Tree::new());
    leave(&public, Some(b"results")).unwrap();
    let names: Vec<String> = tree(&cache(&public)).into_keys().collect();
    assert_eq!(names, [".gitignore", "CACHEDIR.TAG", "memo"]);
    // What the user wrote there stays.
    write(&cache(&public).join(".gitignore"), "mine");
    leave(&public, Some(b"others")).unwrap();
    assert_eq!(fs::read_to_string(cache(&public).join(".gitignore")).unwrap(), "mine");
}
