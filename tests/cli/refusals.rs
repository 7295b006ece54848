//! What keeps `brief` from running, and that nothing of others is touched.

use std::fs::{self, File};

use snapbox::str;

use crate::{Desk, SETTINGS, TALKS, brief};

#[test]
fn a_folder_without_settings_is_told_how_an_archive_begins() {
    let desk = Desk::new([TALKS]);
    desk.says(
        "build",
        1,
        str![[r"
error[no-settings]: there is no `brief.toml` here
 |
 = help: begin an archive with `brief init`, or name the folder of one with `--root`

nothing written: 1 error

"]],
    );
    assert!(!desk.has("public"));
}

#[test]
fn a_root_that_is_no_folder_is_refused() {
    let desk = Desk::small();
    desk.says(
        "build --root nowhere",
        2,
        str![[r"
error: `nowhere` cannot be read: [..]
help: name the archive's folder with `--root`

"]],
    );
    desk.says(
        "build --root brief.toml",
        2,
        str![[r"
error: `brief.toml` cannot be read: not a directory
help: name the archive's folder with `--root`

"]],
    );
}

#[test]
fn an_output_that_cannot_be_written_is_refused_by_name() {
    let desk = Desk::small();
    desk.says(
        "build --output brief.toml",
        2,
        str![[r"
error: the output `brief.toml` is not a folder
help: choose a folder with `--output`

"]],
    );
    desk.says(
        "build --output brief.toml/site",
        2,
        str![[r"
error: cannot find `brief.toml/site`: not a directory [..]

"]],
    );
}

/// `/proc` is there, and says of what one makes in it that it is missing.
#[cfg(target_os = "linux")]
#[test]
fn a_folder_in_which_nothing_can_be_made_is_refused() {
    let desk = Desk::small();
    desk.says(
        "build --output /proc/desk/site",
        2,
        str![[r"
error: cannot create the folder `/proc/desk`: no such file or directory [..]

"]],
    );
}

#[test]
fn an_output_that_holds_the_inputs_or_lies_in_them_is_refused() {
    let desk = Desk::small();
    for (output, message) in [
        (".", "error: the output folder `.` holds the input folder `./content`\n"),
        ("content/site", "error: the output folder `content/site` lies in the input folder `./content`\n"),
        ("content", "error: the output folder `content` is the input folder `./content`\n"),
    ] {
        let run =
            brief(["build", "--output", output]).current_dir(desk.path()).assert().code(2).stdout_eq("");
        let stderr = String::from_utf8_lossy(&run.get_output().stderr).into_owned();
        assert!(stderr.starts_with(message), "{stderr}");
    }
    assert_eq!(desk.files("").len(), 2, "nothing is written");
}

#[test]
fn a_file_that_brief_did_not_write_is_named_and_left() {
    let desk = Desk::small();
    desk.write("public/notes.txt", "mine");
    desk.says(
        "build",
        2,
        str![[r"
error: `./public` holds files that brief did not write: `notes.txt`
help: choose another folder with `--output`, or empty `./public`

"]],
    );
    assert_eq!(desk.files("public"), ["notes.txt".to_owned()].into());

    fs::remove_file(desk.path().join("public/notes.txt")).unwrap();
    desk.build("");
    let site = desk.files("public");
    desk.write("public/notes.txt", "mine");
    desk.write(TALKS.0, TALKS.1.replace("Talks", "New talks"));
    desk.says(
        "build",
        2,
        str![[r"
error: `./public` holds files that brief did not write: `notes.txt`
help: move them out; a file that belongs to the site goes into `static/`, from where each build copies it

"]],
    );
    assert_eq!(desk.read("public/notes.txt"), "mine");
    assert_eq!(desk.files("public").len(), site.len() + 1);
    assert!(!desk.read("public/index.html").contains("New talks"), "the old site stands");
}

#[test]
fn a_second_build_of_the_same_folder_is_refused_while_the_first_runs() {
    let desk = Desk::small();
    let lock = File::create(desk.path().join(".brief-public.lock")).unwrap();
    lock.lock().unwrap();
    desk.says(
        "build",
        2,
        str![[r"
error: another build is writing `./public`
help: wait for it to end: it holds `[..].brief-public.lock`

"]],
    );
    desk.build("--output elsewhere");
    lock.unlock().unwrap();
    desk.build("");
    assert!(
        desk.has("public/index.html") && !desk.has(".brief-public.lock"),
        "a lock left behind holds nothing"
    );
}

#[test]
fn a_build_leaves_nothing_beside_its_output_but_a_cache_for_the_next() {
    let desk = Desk::new([SETTINGS]);
    desk.build("");
    desk.build("-D");
    let mut beside: Vec<_> =
        fs::read_dir(desk.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    beside.sort();
    let caches = [".brief-preview.cache", ".brief-public.cache"];
    assert_eq!(beside, [&caches[..], &["brief.toml", "preview", "public"]].concat());
    let cache = |name: &str| fs::read(desk.path().join(caches[1]).join(name)).unwrap();
    assert!(cache("CACHEDIR.TAG").starts_with(b"Signature: 8a477f597d28d172789f06886806bc55"));
    assert_eq!(cache(".gitignore"), b"*\n");
    assert!(!cache("memo").windows(5).any(|word| word.eq_ignore_ascii_case(b"title")), "it holds no words");
}

#[test]
fn the_cache_holds_words_of_the_site_that_stands_and_no_others() {
    let desk = Desk::new([SETTINGS]);
    let briefing = "content/briefings/2025-05-15-talks.md";
    let said = |word: &str| desk.write(briefing, format!("---\ntitle: Talks\n---\nIt was {word}.\n"));
    let holds = |word: &str| {
        let bulk = fs::read(desk.path().join(".brief-public.cache/bulk")).unwrap_or_default();
        bulk.windows(word.len()).any(|found| found == word.as_bytes())
    };
    said("quintessential");
    desk.build("");
    assert!(holds("quintessential"));
    said("unremarkable");
    desk.build("");
    assert_eq!([holds("quintessential"), holds("unremarkable")], [false, true]);
    desk.build("");
    assert!(holds("unremarkable"));
    said("extraordinary");
    desk.build("--no-cache");
    assert_eq!([holds("extraordinary"), holds("unremarkable")], [false, false]);
    desk.build("");
    assert!(holds("extraordinary"));
    desk.write("brief.toml", "title = \"Desk\"\n[search]\nenabled = false\n");
    desk.build("");
    assert!(!holds("extraordinary"));

    // A site that stands is known, but the words are those of the one after it.
    desk.write("brief.toml", SETTINGS.1);
    said("quintessential");
    desk.build("");
    fs::rename(desk.path().join("public"), desk.path().join("kept")).unwrap();
    said("unremarkable");
    desk.build("");
    fs::remove_dir_all(desk.path().join("public")).unwrap();
    fs::rename(desk.path().join("kept"), desk.path().join("public")).unwrap();
    said("quintessential");
    desk.build("");
    assert!(!holds("unremarkable"));

    // Nothing else can be left, and still they are gone.
    said("extraordinary");
    desk.build("");
    let memo = desk.path().join(".brief-public.cache/memo");
    fs::remove_file(&memo).unwrap();
    fs::create_dir(&memo).unwrap();
    said("quintessential");
    desk.build("");
    assert!(!holds("extraordinary"));
    assert!(!desk.has(".brief-public.cache/memo.new"));
}

#[test]
fn words_that_cannot_be_removed_from_the_cache_are_told() {
    let desk = Desk::new([SETTINGS]);
    desk.build("");
    let bulk = desk.path().join(".brief-public.cache/bulk");
    let _ = fs::remove_file(&bulk);
    fs::create_dir(&bulk).unwrap();
    desk.write("content/briefings/2025-05-15-talks.md", "---\ntitle: Talks\n---\nWords.\n");
    let said = desk.brief("build -q").output().unwrap();
    let said = String::from_utf8_lossy(&said.stderr);
    assert!(said.contains("warning: words that the site no longer shows may be left in"), "{said}");
    assert!(desk.has("public/briefings/2025/05/15/talks/index.html"));
}

#[cfg(unix)]
#[test]
fn a_cache_of_pipes_keeps_no_build_waiting() {
    let desk = Desk::new([SETTINGS]);
    fs::create_dir(desk.path().join(".brief-public.cache")).unwrap();
    for name in ["memo", "bulk"] {
        let made = std::process::Command::new("mkfifo")
            .arg(desk.path().join(".brief-public.cache").join(name))
            .status();
        assert!(made.unwrap().success());
    }
    desk.build("");
    assert!(desk.has("public/index.html"));
}

#[test]
fn a_cache_that_cannot_be_written_stops_no_build() {
    let desk = Desk::new([SETTINGS]);
    desk.write(".brief-public.cache", "a file");
    desk.build("");
    desk.build("--no-cache");
    assert_eq!(desk.read(".brief-public.cache"), "a file");
}

#[test]
fn a_site_of_briefings_does_not_give_way_to_one_of_nothing() {
    let desk = Desk::small();
    desk.build("");
    let before = desk.files("public");
    fs::rename(desk.path().join("content"), desk.path().join("away")).unwrap();
    let refused = str![[r"
error: there is nothing in `content`, and briefings stand in `public`
help: bring `content` back, or delete `public` if the site shall be empty

"]];
    desk.says("build", 2, refused.clone());
    fs::create_dir(desk.path().join("content")).unwrap();
    desk.says("build", 2, refused);
    assert_eq!(desk.files("public"), before);
    fs::remove_dir_all(desk.path().join("public")).unwrap();
    desk.build("");
    assert!(desk.has("public/index.html"));
}
