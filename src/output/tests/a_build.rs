use super::*;

#[test]
fn that_changes_nothing_touches_nothing() {
    let (_folder, public) = folder();
    build(&public, OLD).unwrap();
    set_modified(&public.join(".brief.json"), 100);
    let before = modified(&public.join(".brief.json"));
    let of_the_folder = modified(&public);
    let written = build(&public, OLD).unwrap();
    assert_eq!(written, Written { files: 3, bytes: bytes(OLD), written: 0, unchanged: 3, removed: 0 });
    assert_eq!(modified(&public.join(".brief.json")), before);
    assert_eq!(modified(&public), of_the_folder);
    assert_eq!(names_beside(&public), ["public"]);
}

#[test]
fn that_only_removes_is_written() {
    let (_folder, public) = folder();
    build(&public, OLD).unwrap();
    let written = build(&public, &OLD[..2]).unwrap();
    assert_eq!(written, Written { files: 2, bytes: bytes(&OLD[..2]), written: 0, unchanged: 2, removed: 1 });
    assert_eq!(site(&public), files(&OLD[..2]));
}

#[test]
fn waits_for_no_other() {
    let (_folder, public) = folder();
    let first = Staging::open(&public, "public", &[]).unwrap();
    let (message, help) = said(Staging::open(&public, "public", &[]));
    assert_eq!(message, format!("another build is writing `{}`", public.display()));
    let lock = public.with_file_name(".brief-public.lock");
    assert_eq!(help, format!("wait for it to end: it holds `{}`", lock.display()));
    put_all(&first, OLD);
    first.commit().unwrap();
    assert_eq!(build(&public, OLD).unwrap().unchanged, 3);
}

#[test]
fn goes_on_after_one_that_was_killed_while_staging() {
    let (_folder, public) = folder();
    build(&public, OLD).unwrap();
    let staging = public.with_file_name(".brief-public.staging");
    write(&staging.join(".brief.tmp"), "");
    write(&staging.join("half/index.html"), "half");
    write(&public.with_file_name(".brief-public.lock"), "");
    build(&public, NEW).unwrap();
    assert_eq!(site(&public), files(NEW));
    assert_eq!(names_beside(&public), ["public"]);
}

#[test]
fn goes_on_after_one_that_was_killed_after_the_swap() {
    let (_folder, public) = folder();
    build(&public.with_file_name(".brief-public.staging"), OLD).unwrap();
    fs::remove_file(public.with_file_name(".brief-public.staging/index.html")).unwrap();
    build(&public, NEW).unwrap();
    assert_eq!(site(&public), files(NEW));
    assert_eq!(names_beside(&public), ["public"]);
}

#[test]
fn brings_back_the_site_of_one_that_was_killed_between_two_renames() {
    let (_folder, public) = folder();
    build(&public.with_file_name(".brief-public.old"), OLD).unwrap();
    build(&public.with_file_name(".brief-public.staging"), NEW).unwrap();
    drop(Staging::open(&public, "public", &[]).unwrap());
    assert_eq!(site(&public), files(OLD));
    assert_eq!(names_beside(&public), ["public"]);
}

#[test]
fn is_alone_however_many_come_and_go() {
    use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
    let (_folder, public) = folder();
    let (inside, builds) = (AtomicUsize::new(0), AtomicUsize::new(0));
    std::thread::scope(|scope| {
        for _ in 0..6 {
            scope.spawn(|| {
                for _ in 0..60 {
                    match Staging::open(&public, "public", &[]) {
                        Ok(staging) => {
                            assert_eq!(inside.fetch_add(1, SeqCst), 0);
                            put_all(&staging, OLD);
                            assert_eq!(inside.fetch_sub(1, SeqCst), 1);
                            staging.commit().unwrap();
                            builds.fetch_add(1, SeqCst);
                        }
                        Err(error) => assert!(matches!(error, OutputError::Locked { .. }), "{error}"),
                    }
                }
            });
        }
    });
    assert!(builds.into_inner() > 0);
    assert_eq!(site(&public), files(OLD));
    assert_eq!(names_beside(&public), ["public"]);
}
