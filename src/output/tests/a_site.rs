use super::*;

#[test]
fn is_written_with_the_folders_above_it() {
    let (folder, _) = folder();
    let public = folder.path().join("x/y/public");
    let written = build(&public, OLD).unwrap();
    assert_eq!(written, Written { files: 3, bytes: bytes(OLD), written: 3, unchanged: 0, removed: 0 });
    assert_eq!(site(&public), files(OLD));
    assert_eq!(names_beside(&public), ["public"]);
}

#[test]
fn takes_the_place_of_the_old_one_whole() {
    let (_folder, public) = folder();
    build(&public, OLD).unwrap();
    let written = build(&public, NEW).unwrap();
    assert_eq!(written, Written { files: 3, bytes: bytes(NEW), written: 2, unchanged: 1, removed: 1 });
    assert_eq!(site(&public), files(NEW));
    assert_eq!(names_beside(&public), ["public"]);
}

#[test]
fn may_turn_a_file_into_a_folder_and_back() {
    let (_folder, public) = folder();
    let file = [("a", "file"), ("b", "same")];
    let folder = [("a/b", "folder"), ("b", "same")];
    for site_files in [file, folder, file] {
        build(&public, &site_files).unwrap();
        assert_eq!(site(&public), files(&site_files));
    }
}

#[test]
fn is_put_into_an_empty_folder_or_one_with_what_systems_leave() {
    let (_folder, public) = folder();
    fs::create_dir(&public).unwrap();
    write(&public.join(".DS_Store"), "");
    build(&public, OLD).unwrap();
    assert_eq!(site(&public), files(OLD));
    write(&public.join("a/Thumbs.db"), "");
    build(&public, NEW).unwrap();
    assert_eq!(site(&public), files(NEW));
}

#[test]
fn is_listed_the_same_in_whatever_order_it_was_put() {
    let (_folder, public) = folder();
    build(&public, &[("b\"é.html", "1"), ("a/z.html", "2"), ("a.html", "3")]).unwrap();
    let list = fs::read_to_string(public.join(".brief.json")).unwrap();
    assert_eq!(
        list,
        r#"{
  "brief": 1,
  "edition": "public",
  "files": {
    "a.html": "58d6fd3dc609068615d66b6a2616cce5",
    "a/z.html": "813e9b729141e7f385afa0a2d0df3e6c",
    "b\"é.html": "d63bd9a826af91c1fea371965a64e11e"
  }
}
"#
    );
}

#[test]
fn that_was_not_committed_was_never_there() {
    let (folder, public) = folder();
    let nested = folder.path().join("x/public");
    drop(Staging::open(&nested, "public", &[]).unwrap());
    assert_eq!(tree(folder.path()), Tree::new());

    build(&public, OLD).unwrap();
    let staging = Staging::open(&public, "public", &[]).unwrap();
    put_all(&staging, NEW);
    drop(staging);
    assert_eq!(site(&public), files(OLD));
    assert_eq!(names_beside(&public), ["public"]);
}

#[test]
fn with_a_file_that_failed_is_not_written() {
    let (_folder, public) = folder();
    build(&public, OLD).unwrap();
    let staging = Staging::open(&public, "public", &[]).unwrap();
    put_all(&staging, &[("a", "a file")]);
    let error = staging.put(&path("a/b"), b"below it").unwrap_err();
    assert!(error.to_string().starts_with("cannot write `"), "{error}");
    assert!(error.to_string().contains("public/a/b`: "), "{error}");
    let (message, _) = said(staging.commit());
    assert_eq!(message, format!("not every file of `{}` could be written", public.display()));
    assert_eq!(site(&public), files(OLD));
}

#[test]
fn in_memory_holds_what_was_put() {
    let memory = Memory::new();
    put_all(&memory, NEW);
    assert!(memory.put(&path("d.txt"), b"again").is_err());
    let held = memory.into_files().into_iter().map(|(path, bytes)| (path.to_string(), bytes));
    assert_eq!(
        held.map(|(path, bytes)| (path, String::from_utf8(bytes).unwrap())).collect::<Tree>(),
        files(NEW)
    );
}
