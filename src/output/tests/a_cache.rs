use super::*;
use crate::memo::bulk::Ending;

fn cache(public: &Path) -> PathBuf {
    public.with_file_name(".brief-public.cache")
}

/// Builds a site, and leaves `results` in the cache.
fn leave(public: &Path, results: Option<&[u8]>) -> Result<(), OutputError> {
    let staging = Staging::open(public, "public", &[]).unwrap();
    put_all(&staging, OLD);
    let (_, left) = staging.commit_and(|cache| cache.leave(results, Ok(Ending::Keep))).unwrap();
    left
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
