use super::*;

#[test]
fn that_brief_did_not_write_is_refused() {
    let (_folder, public) = folder();
    for name in ["g", "a", "b", "c/d", "e", "f", ".DS_Store"] {
        write(&public.join(name), "mine");
    }
    let before = tree(&public);
    let (message, help) = said(build(&public, NEW));
    let shown = public.display();
    assert_eq!(
        message,
        format!("`{shown}` holds files that brief did not write: `a`, `b`, `c/`, `e`, `f` and 1 more")
    );
    assert_eq!(help, format!("choose another folder with `--output`, or empty `{shown}`"));
    assert_eq!(tree(&public), before);
    assert_eq!(names_beside(&public), ["public"]);
}

#[test]
fn with_a_file_of_the_users_among_ours_is_refused() {
    let (_folder, public) = folder();
    for name in ["CNAME", "a/notes.txt", "mine/x", "empty/"] {
        build(&public, OLD).unwrap();
        let mine = public.join(name);
        if name.ends_with('/') {
            fs::create_dir(&mine).unwrap();
        } else {
            write(&mine, "mine");
        }
        let before = tree(&public);
        let (message, help) = said(build(&public, NEW));
        let named = if name == "mine/x" { "mine/" } else { name };
        assert_eq!(
            message,
            format!("`{}` holds files that brief did not write: `{named}`", public.display())
        );
        assert!(help.contains("`static/`"), "{help}");
        assert_eq!(tree(&public), before);
        fs::remove_dir_all(&public).unwrap();
    }
}

#[test]
fn under_git_is_refused_with_a_way_out() {
    let (_folder, public) = folder();
    build(&public, OLD).unwrap();
    write(&public.join(".git/HEAD"), "ref");
    let (_, help) = said(build(&public, NEW));
    assert_eq!(help, "each build replaces the whole folder: move `.git` elsewhere and publish from a copy");
}

#[cfg(unix)]
#[test]
fn where_a_link_replaced_a_file_or_folder_of_ours_is_refused() {
    let (folder, public) = folder();
    let mine = folder.path().join("mine");
    write(&mine.join("index.html"), "same");
    for (name, target) in [("index.html", mine.join("index.html")), ("a", mine.clone())] {
        build(&public, OLD).unwrap();
        let ours = public.join(name);
        if ours.is_dir() {
            fs::remove_dir_all(&ours).unwrap();
        } else {
            fs::remove_file(&ours).unwrap();
        }
        std::os::unix::fs::symlink(&target, &ours).unwrap();
        let (message, _) = said(build(&public, NEW));
        assert!(message.ends_with(&format!(": `{name}`")), "{message}");
        assert_eq!(fs::read_to_string(mine.join("index.html")).unwrap(), "same");
        fs::remove_dir_all(&public).unwrap();
    }
}

#[test]
fn of_another_edition_is_refused() {
    let (_folder, public) = folder();
    build(&public, OLD).unwrap();
    let (message, help) = said(Staging::open(&public, "partners", &[]));
    assert_eq!(message, format!("`{}` holds the edition `public`, not `partners`", public.display()));
    assert!(help.contains("`[editions.NAME]`"));
}

#[test]
fn with_a_list_that_cannot_be_read_is_refused() {
    let (_folder, public) = folder();
    for (list, reason) in [
        ("", "EOF while parsing a value at line 1 column 0"),
        (r#"{"brief": 2, "more": 1}"#, "its format 2 is of a later brief"),
        (r#"{"brief": 0, "edition": "public", "files": {}}"#, "its format is 0"),
        (
            r#"{"brief": 1, "edition": "public", "files": {"../x": "00000000000000000000000000000000"}}"#,
            r#""../x" is not a path of a site"#,
        ),
        (
            r#"{"brief": 1, "edition": "public", "files": {"/etc/x": "00000000000000000000000000000000"}}"#,
            r#""/etc/x" is not a path of a site"#,
        ),
    ] {
        write(&public.join(".brief.json"), list);
        write(&public.with_file_name("x"), "mine");
        let (message, _) = said(build(&public, NEW));
        let shown = public.join(".brief.json");
        let shown = shown.display();
        assert_eq!(message, format!("`{shown}` is not a list of files that this brief can read: {reason}"));
        assert_eq!(fs::read_to_string(public.with_file_name("x")).unwrap(), "mine");
        assert_eq!(fs::read_to_string(public.join(".brief.json")).unwrap(), list);
    }
}

#[test]
fn that_the_build_reads_is_refused() {
    let (folder, _) = folder();
    let root = folder.path();
    let content = root.join("content");
    fs::create_dir(&content).unwrap();
    for (output, relation) in
        [(content.clone(), "is"), (content.join("x/public"), "lies in"), (root.to_owned(), "holds")]
    {
        let (message, _) = said(Staging::open(&output, "public", &[&content]));
        let (output, content) = (output.display(), content.display());
        assert_eq!(message, format!("the output folder `{output}` {relation} the input folder `{content}`"));
    }
    Staging::open(&root.join("content-public"), "public", &[&content, &root.join("missing")]).unwrap();
}

#[test]
fn is_not_a_file() {
    let (_folder, public) = folder();
    write(&public, "mine");
    let (message, help) = said(build(&public, NEW));
    assert_eq!(message, format!("the output `{}` is not a folder", public.display()));
    assert_eq!(help, "choose a folder with `--output`");
    assert_eq!(fs::read_to_string(&public).unwrap(), "mine");
}

#[cfg(unix)]
#[test]
fn behind_a_link_is_written_and_the_link_stays() {
    let (folder, public) = folder();
    let real = folder.path().join("elsewhere/real");
    fs::create_dir_all(&real).unwrap();
    std::os::unix::fs::symlink(&real, &public).unwrap();
    build(&public, OLD).unwrap();
    build(&public, NEW).unwrap();
    assert!(fs::symlink_metadata(&public).unwrap().is_symlink());
    assert_eq!(site(&real), files(NEW));
    assert_eq!(names_beside(&real), ["real"]);
    fs::remove_dir_all(&real).unwrap();
    assert!(matches!(build(&public, OLD), Err(OutputError::NotAFolder(_))), "a link to nowhere");
}

#[test]
fn beside_ours_of_a_reserved_name_is_left_alone() {
    let (_folder, public) = folder();
    for suffix in ["staging", "old"] {
        let beside = public.with_file_name(format!(".brief-public.{suffix}"));
        write(&beside.join("mine.txt"), "mine");
        let (message, _) = said(build(&public, NEW));
        assert!(message.ends_with("holds files that brief did not write: `mine.txt`"), "{message}");
        assert_eq!(fs::read_to_string(beside.join("mine.txt")).unwrap(), "mine");
        fs::remove_dir_all(&beside).unwrap();
    }
    write(&public.with_file_name(".brief-public.lock"), "mine");
    build(&public, NEW).unwrap();
    assert_eq!(fs::read_to_string(public.with_file_name(".brief-public.lock")).unwrap(), "mine");
}

#[test]
fn to_which_the_user_adds_a_file_during_a_build_keeps_it() {
    let (_folder, public) = folder();
    build(&public, OLD).unwrap();
    let staging = Staging::open(&public, "public", &[]).unwrap();
    put_all(&staging, NEW);
    write(&public.join("b/c/mine.txt"), "mine");
    write(&public.join("other/mine.txt"), "mine");
    staging.commit().unwrap();
    let mut expected = files(NEW);
    expected.extend(files(&[("b/c/mine.txt", "mine"), ("other/mine.txt", "mine")]));
    assert_eq!(site(&public), expected);
    assert_eq!(names_beside(&public), ["public"]);
}

#[test]
fn that_appears_during_the_first_build_is_kept() {
    let (_folder, public) = folder();
    let staging = Staging::open(&public, "public", &[]).unwrap();
    put_all(&staging, NEW);
    write(&public.join("mine.txt"), "mine");
    let (message, _) = said(staging.commit());
    assert!(message.ends_with("holds files that brief did not write: `mine.txt`"), "{message}");
    assert_eq!(tree(&public), files(&[("mine.txt", "mine")]));
    assert_eq!(names_beside(&public), ["public"]);
}

#[cfg(unix)]
#[test]
fn keeps_its_mode() {
    use std::os::unix::fs::PermissionsExt;
    let (_folder, public) = folder();
    build(&public, OLD).unwrap();
    fs::set_permissions(&public, fs::Permissions::from_mode(0o750)).unwrap();
    build(&public, NEW).unwrap();
    assert_eq!(mode(&public), 0o750);
}

#[cfg(unix)]
#[test]
fn is_closed_to_others_while_it_grows_and_then_open_as_any_new_one() {
    let (folder, public) = folder();
    let staging = Staging::open(&public, "public", &[]).unwrap();
    put_all(&staging, OLD);
    let grows = public.with_file_name(".brief-public.staging");
    assert_eq!(mode(&grows), 0o700);
    staging.commit().unwrap();
    let any = folder.path().join("any");
    fs::create_dir(&any).unwrap();
    assert_eq!(mode(&public), mode(&any));
    assert!(!public.join(".brief.tmp").exists());
    let staging = Staging::open(&public, "public", &[]).unwrap();
    assert_eq!(mode(&grows), 0o700);
    put_all(&staging, NEW);
    staging.commit().unwrap();
    assert_eq!(mode(&public), mode(&any));
}
