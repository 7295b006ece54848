use super::{manifest::Fingerprint, *};

#[test]
fn that_is_the_same_keeps_its_times() {
    let (_folder, public) = folder();
    build(&public, OLD).unwrap();
    let kept = public.join("a/index.html");
    set_modified(&kept, 5000);
    let before = modified(&kept);
    build(&public, NEW).unwrap();
    assert_eq!(modified(&kept), before);
}

#[test]
fn edited_by_hand_is_written_again() {
    let (_folder, public) = folder();
    build(&public, OLD).unwrap();
    write(&public.join("a/index.html"), "SAME");
    let written = build(&public, OLD).unwrap();
    assert_eq!(written.written, 1);
    assert_eq!(site(&public), files(OLD));
}

#[test]
fn touched_since_but_with_its_old_bytes_is_not_written() {
    let (_folder, public) = folder();
    build(&public, OLD).unwrap();
    write(&public.join("a/index.html"), "same");
    let written = build(&public, OLD).unwrap();
    assert_eq!(written, Written { files: 3, bytes: bytes(OLD), written: 0, unchanged: 3, removed: 0 });
}

#[test]
fn deleted_or_cut_short_by_hand_is_written_again() {
    let (_folder, public) = folder();
    build(&public, OLD).unwrap();
    fs::remove_dir_all(public.join("b")).unwrap();
    write(&public.join("index.html"), "");
    set_modified(&public.join("index.html"), 5000);
    assert_eq!(build(&public, OLD).unwrap().written, 2);
    assert_eq!(site(&public), files(OLD));
}

#[test]
fn of_the_old_site_is_never_written_through_a_link() {
    let (folder, public) = folder();
    build(&public, OLD).unwrap();
    let linked = folder.path().join("linked");
    fs::hard_link(public.join("index.html"), &linked).unwrap();
    build(&public, NEW).unwrap();
    assert_eq!(fs::read_to_string(&linked).unwrap(), "old");
}

#[test]
fn put_twice_is_an_error_that_names_it() {
    let (_folder, public) = folder();
    let staging = Staging::open(&public, "public", &[]).unwrap();
    staging.put(&path("x.html"), b"1").unwrap();
    let error = staging.put(&path("x.html"), b"1").unwrap_err();
    assert_eq!(error.to_string(), "`x.html` is written twice");
}

#[test]
fn of_a_reserved_name_is_refused() {
    let (_folder, public) = folder();
    for name in [".brief.json", ".Brief.JSON", ".brief.tmp/x"] {
        let staging = Staging::open(&public, "public", &[]).unwrap();
        let error = staging.put(&path(name), b"").unwrap_err();
        assert_eq!(error.to_string(), format!("`{name}` is a name that brief keeps for itself"));
    }
}

#[test]
fn with_too_long_a_name_is_named() {
    let (_folder, public) = folder();
    let staging = Staging::open(&public, "public", &[]).unwrap();
    let long = "x".repeat(300);
    let error = staging.put(&path(&format!("{long}/index.html")), b"").unwrap_err();
    assert!(error.to_string().contains(&format!("/{long}/index.html`: file name too long")), "{error}");
    let inner = error.into_inner().unwrap().downcast::<OutputError>().unwrap();
    assert_eq!(
        inner.help().unwrap(),
        "shorten the slug or the file name it comes from, or the path of the output"
    );
}

#[test]
fn copied_has_the_bytes_that_were_read_before() {
    let (folder, public) = folder();
    let asset = folder.path().join("asset.jpg");
    let bytes = "picture".repeat(50_000);
    write(&asset, &bytes);
    let hash = blake3::hash(bytes.as_bytes());
    for written in [1, 0] {
        let staging = Staging::open(&public, "public", &[]).unwrap();
        staging.copy(&path("a/b.jpg"), &asset, &hash, bytes.len() as u64).unwrap();
        assert_eq!(staging.commit().unwrap().written, written);
        assert_eq!(fs::read_to_string(public.join("a/b.jpg")).unwrap(), bytes);
    }
    write(&asset, "other");
    for sink in [&Staging::open(&public, "public", &[]).unwrap() as &dyn Sink, &Memory::new()] {
        let error = sink.copy(&path("c.jpg"), &asset, &hash, bytes.len() as u64).unwrap_err();
        assert_eq!(error.to_string(), format!("`{}` changed while the site was built", asset.display()));
    }
    assert_eq!(names_beside(&public), ["asset.jpg", "public"]);
}

#[test]
fn edited_while_a_build_runs_is_told_and_written_again_by_the_next_one() {
    for in_place in [true, false] {
        let (_folder, public) = folder();
        build(&public, OLD).unwrap();
        let edited = public.join("a/index.html");
        set_modified(&edited, 5000);
        set_modified(&public.join(".brief.json"), 100);
        let staging = Staging::open(&public, "public", &[]).unwrap();
        put_all(&staging, &NEW[..1]);
        assert!(staging.keep(&path("a/index.html"), Fingerprint::of(b"same").half(), 4).unwrap());
        if !in_place {
            // As editors do that write beside a file and rename.
            fs::remove_file(&edited).unwrap();
        }
        write(&edited, "SAME");
        let (message, help) = said(staging.commit());
        assert_eq!(message, format!("`{}` changed while the site was built", edited.display()));
        assert_eq!(help, "build again");
        assert_eq!(names_beside(&public), ["public"]);
        assert_eq!(fs::read_to_string(public.join("index.html")).unwrap(), "old");
        build(&public, NEW).unwrap();
        assert_eq!(site(&public), files(NEW));
    }
}

#[test]
fn touched_or_cut_short_while_a_build_runs_is_looked_at() {
    for (now, seconds_ago) in [("same", 0), ("sam", 5000)] {
        let (_folder, public) = folder();
        build(&public, OLD).unwrap();
        set_modified(&public.join(".brief.json"), 100);
        let touched = public.join("a/index.html");
        set_modified(&touched, 5000);
        let staging = Staging::open(&public, "public", &[]).unwrap();
        put_all(&staging, NEW);
        write(&touched, now);
        set_modified(&touched, seconds_ago);
        assert_eq!(staging.commit().is_ok(), now == "same");
        build(&public, NEW).unwrap();
        assert_eq!(site(&public), files(NEW));
    }
}
