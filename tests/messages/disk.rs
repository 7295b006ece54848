//! Mistakes that only a disk can hold.

use std::{fs, path::Path};

use brief::{
    diagnostics::Diagnostics,
    sources::{self, Limits},
};

use crate::site::of_sources;

/// What is printed of the site that `make` puts into an empty folder.
fn printed(limits: Limits, make: impl FnOnce(&Path)) -> String {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    fs::write(root.join("brief.toml"), "title = \"Test\"\n").unwrap();
    fs::create_dir_all(root.join("content/briefings")).unwrap();
    make(root);
    let mut diagnostics = Diagnostics::new();
    let sources = sources::read(root, None, &limits, &mut diagnostics).unwrap();
    of_sources(&sources, diagnostics, "").messages
}

const BRIEFING: &str = "---\ntitle: Talks\n---\n";

#[test]
fn a_file_in_another_encoding_is_named_with_its_line() {
    let messages = printed(Limits::default(), |root| {
        let text = b"---\ntitle: Caf\xe9\n---\n";
        fs::write(root.join("content/briefings/2025-05-15-talks.md"), text).unwrap();
    });
    let expected = "\
error[not-utf-8]: line 2 is not valid UTF-8
--> content/briefings/2025-05-15-talks.md
 = help: save the file in the encoding UTF-8

1 error
";
    assert_eq!(messages, expected);
}

#[test]
fn a_text_that_is_too_large_is_not_read() {
    let messages = printed(Limits { text_bytes: 1 << 20 }, |root| {
        let text = BRIEFING.to_owned() + &"x".repeat(1 << 20);
        fs::write(root.join("content/briefings/2025-05-15-talks.md"), text).unwrap();
    });
    let expected = "\
error[too-large]: the file has 1048597 bytes; the limit is 1 MiB
--> content/briefings/2025-05-15-talks.md
 = help: split it into several files

1 error
";
    assert_eq!(messages, expected);
}

#[test]
fn a_file_of_the_desk_cannot_stand_among_those_of_the_search() {
    let lay_out = |root: &Path| {
        fs::write(root.join("content/briefings/2025-05-15-talks.md"), BRIEFING).unwrap();
        fs::create_dir_all(root.join("static/Search/data")).unwrap();
        fs::write(root.join("static/Search/data/mine.words"), "mine").unwrap();
    };
    let expected = "\
error[collision]: `Search/data/mine.words` would stand among the files of the search: `static/Search/data/mine.words`
--> static/Search/data/mine.words
 = help: give it another name, or write `enabled = false` under `[search]` in `brief.toml`

1 error
";
    assert_eq!(printed(Limits::default(), lay_out), expected);
    let without_search = |root: &Path| {
        lay_out(root);
        fs::write(root.join("brief.toml"), "title = \"Test\"\n[search]\nenabled = false\n").unwrap();
    };
    assert_eq!(printed(Limits::default(), without_search), "");
}

#[test]
fn an_image_that_cannot_be_read_is_not_published_with_what_may_be_in_it() {
    let messages = printed(Limits::default(), |root| {
        let text = BRIEFING.to_owned() + "![A map](map.png)\n";
        fs::write(root.join("content/briefings/2025-05-15-talks.md"), text).unwrap();
        fs::write(root.join("content/briefings/map.png"), "no image").unwrap();
    });
    let expected = "\
error[unreadable-image]: this cannot be read as an image, so that what its camera wrote into it would stay
--> content/briefings/map.png
 = help: save it again as JPEG, PNG or WebP

1 error
";
    assert_eq!(messages, expected);
}

#[test]
fn an_image_whose_metadata_would_stay_is_told_of() {
    let messages = printed(Limits::default(), |root| {
        let text = BRIEFING.to_owned() + "![A map](map.heic)\n";
        fs::write(root.join("content/briefings/2025-05-15-talks.md"), text).unwrap();
        fs::write(root.join("content/briefings/map.heic"), "an image").unwrap();
    });
    let expected = "\
warning[image-metadata]: what a camera wrote into an image of this format stays in it
--> content/briefings/map.heic
 = help: save it as JPEG, PNG or WebP, from which place, time and device are removed

1 warning
";
    assert_eq!(messages, expected);
}

#[cfg(unix)]
mod unix {
    use std::{
        ffi::OsStr,
        os::unix::{ffi::OsStrExt as _, fs::symlink},
    };

    use super::*;

    #[test]
    fn links_that_lead_out_of_the_archive_or_nowhere_are_not_followed() {
        let outside = tempfile::tempdir().unwrap();
        fs::write(outside.path().join("secret.md"), BRIEFING).unwrap();
        let messages = printed(Limits::default(), |root| {
            let briefings = root.join("content/briefings");
            fs::write(briefings.join("2025-05-15-talks.md"), BRIEFING).unwrap();
            symlink("2025-05-15-talks.md", briefings.join("2025-05-16-same.md")).unwrap();
            symlink(outside.path().join("secret.md"), briefings.join("2025-05-17-out.md")).unwrap();
            symlink("nowhere.md", briefings.join("2025-05-18-nowhere.md")).unwrap();
            symlink("../briefings", briefings.join("2025-05-19-folder")).unwrap();
        });
        let expected = "\
error[link]: the link leads out of the archive
--> content/briefings/2025-05-17-out.md
 = help: put a copy of what it points to in its place

error[link]: the link leads nowhere: No such file or directory (os error 2)
--> content/briefings/2025-05-18-nowhere.md
 = help: delete it, or put a file in its place

error[link]: the link leads to a folder, and only links to files are followed
--> content/briefings/2025-05-19-folder
 = help: put a copy of what it points to in its place

3 errors
";
        assert_eq!(messages, expected);
    }

    #[test]
    fn a_name_that_is_not_utf_8_is_reported() {
        let messages = printed(Limits::default(), |root| {
            let name = OsStr::from_bytes(b"2025-05-15-caf\xe9.md");
            // Some file systems take no such name; then there is nothing to report.
            if fs::write(root.join("content/briefings").join(name), BRIEFING).is_err() {
                fs::write(root.join("content/briefings/x.txt"), "").unwrap();
            }
        });
        let expected = "\
error[file-name]: the file's name is not valid UTF-8
--> content/briefings/2025-05-15-caf\u{fffd}.md
 = help: give it a name in UTF-8

1 error
";
        if !messages.is_empty() {
            assert_eq!(messages, expected);
        }
    }

    #[test]
    fn a_file_whose_name_no_address_can_hold_is_not_copied() {
        let messages = printed(Limits::default(), |root| {
            fs::create_dir(root.join("static")).unwrap();
            fs::write(root.join("static/a\\b.txt"), "").unwrap();
        });
        let expected = "\
error[path]: `a\\b.txt` cannot be a path of the site
--> static/a\\b.txt
 = help: give it another `slug` or name

1 error
";
        assert_eq!(messages, expected);
    }

    #[test]
    fn two_unicode_forms_of_one_name_are_one_path() {
        let messages = printed(Limits::default(), |root| {
            let briefings = root.join("content/briefings");
            fs::write(briefings.join("2025-05-15-caf\u{e9}.md"), BRIEFING).unwrap();
            fs::write(briefings.join("2025-05-15-cafe\u{301}.md"), BRIEFING).unwrap();
        });
        let expected = "\
error[same-path]: two files have this name, in two Unicode forms
--> content/briefings/2025-05-15-caf\u{e9}.md
 = help: delete one of them, or give it another name

1 error
";
        // A file system that takes the two for one holds one file.
        if !messages.is_empty() {
            assert_eq!(messages, expected);
        }
    }

    #[test]
    fn what_is_no_file_is_not_read() {
        use std::os::unix::fs::PermissionsExt as _;
        let messages = printed(Limits::default(), |root| {
            let locked = root.join("content/briefings/locked");
            fs::create_dir(&locked).unwrap();
            fs::set_permissions(&locked, fs::Permissions::from_mode(0o000)).unwrap();
            let file = root.join("content/briefings/2025-05-15-talks.md");
            fs::write(&file, BRIEFING).unwrap();
            fs::set_permissions(&file, fs::Permissions::from_mode(0o000)).unwrap();
        });
        let expected = "\
error[unreadable]: cannot be read: Permission denied (os error 13)
--> content/briefings/2025-05-15-talks.md

error[unreadable]: cannot be read: Permission denied (os error 13)
--> content/briefings/locked

2 errors
";
        // Root reads everything.
        if !messages.is_empty() {
            assert_eq!(messages, expected);
        }
    }
}

#[cfg(unix)]
#[test]
fn a_folder_that_is_a_link_is_not_walked() {
    let elsewhere = tempfile::tempdir().unwrap();
    fs::write(elsewhere.path().join("a\u{7}b.css"), "").unwrap();
    let messages = printed(Limits::default(), |root| {
        std::os::unix::fs::symlink(elsewhere.path(), root.join("static")).unwrap();
    });
    let expected = "\
error[link]: the link leads out of the archive
--> static
 = help: put a copy of what it points to in its place

1 error
";
    assert_eq!(messages, expected);
}

#[cfg(unix)]
#[test]
fn a_name_that_steers_the_terminal_is_neither_read_nor_shown() {
    let messages = printed(Limits::default(), |root| {
        fs::write(root.join("content/briefings/2025-05-15-\u{1b}[31mred.md"), BRIEFING).unwrap();
    });
    let expected = "\
error[file-name]: the file's name holds a character that cannot be seen
--> content/briefings/2025-05-15-\u{FFFD}[31mred.md
 = help: give it a name without line ends, controls and marks of direction

1 error
";
    assert_eq!(messages, expected);
}

#[cfg(unix)]
#[test]
fn what_is_no_file_is_told_and_not_read() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("static")).unwrap();
    let _socket = std::os::unix::net::UnixListener::bind(folder.path().join("static/socket")).unwrap();
    let mut diagnostics = Diagnostics::new();
    let sources = sources::read(folder.path(), None, &Limits::default(), &mut diagnostics).unwrap();
    let ignored: Vec<String> =
        sources.ignored().iter().map(|ignored| format!("{}: {}", ignored.path, ignored.reason)).collect();
    assert_eq!(ignored, ["static/socket: a pipe, a socket or a device"]);
}

#[cfg(target_os = "linux")]
#[test]
fn a_file_larger_than_memory_is_not_read() {
    let messages = printed(Limits::default(), |root| {
        let file = fs::File::create(root.join("content/briefings/2025-05-15-talks.md")).unwrap();
        file.set_len(1 << 42).unwrap();
    });
    assert!(messages.starts_with("error[too-large]: the file has 4398046511104 bytes"), "{messages}");
}
