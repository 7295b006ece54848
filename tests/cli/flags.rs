//! Options: where they may stand, and what they do.

use std::fs;

use snapbox::str;

use crate::{Desk, SETTINGS, TALKS, attributes, brief};

#[test]
fn options_stand_before_or_after_the_command() {
    let desk = Desk::small();
    let root = desk.path().to_str().unwrap();
    for arguments in [
        ["--root", root, "-q", "build"],
        ["-q", "build", "--root", root],
        ["build", "-q", "--root", root],
        ["--root", root, "build", "--quiet"],
    ] {
        brief(arguments).current_dir("/").assert().success().stdout_eq("").stderr_eq("");
        assert!(desk.has("public/index.html"), "{arguments:?}");
        fs::remove_dir_all(desk.path().join("public")).unwrap();
    }
}

#[test]
fn an_archive_needs_no_templates_of_its_own() {
    let desk = Desk::new([SETTINGS]);
    desk.build("");
    assert!(desk.read("public/index.html").contains("<h1>Desk</h1>"));
    assert_eq!(desk.files("public").iter().filter(|file| file.starts_with("assets/")).count(), 4);
}

#[test]
fn as_of_takes_a_day_or_an_instant_in_any_zone() {
    let desk = Desk::new([SETTINGS]);
    desk.write(
        "content/briefings/noon.md",
        "---\ntitle: Noon\ndate: 2025-05-15\npublished: 2025-05-15T12:00Z\n---\n",
    );
    for (as_of, shows) in [
        ("2025-05-15T12:00Z", true),
        ("2025-05-15T11:59:59Z", false),
        ("2025-05-15T15:00+03:00", true),
        ("2025-05-15T14:59:59+03:00", false),
        ("2025-05-15T15:00[Asia/Jerusalem]", true),
        ("2025-05-15T15:00+03:00[Asia/Jerusalem]", true),
        ("2025-05-15", false),
        ("2025-05-16", true),
    ] {
        desk.build(&format!("--as-of {as_of}"));
        assert_eq!(desk.has("public/briefings/2025/05/15/noon/index.html"), shows, "{as_of}");
    }
}

#[test]
fn a_day_shows_once_it_has_begun_anywhere() {
    let desk = Desk::small();
    for (as_of, shows) in [("2025-05-14T09:59:59Z", false), ("2025-05-14T10:00Z", true)] {
        desk.build(&format!("--as-of {as_of}"));
        assert_eq!(desk.has("public/briefings/2025/05/15/talks/index.html"), shows, "{as_of}");
    }
}

#[test]
fn as_of_refuses_what_is_no_instant() {
    let desk = Desk::small();
    desk.says(
        "build --as-of yesterday",
        2,
        str![[r"
error: `--as-of`: `yesterday` is no day, with or without a time
help: write a day as `2025-05-15`, a day and a time as `2025-05-15T06:00Z`

"]],
    );
    desk.says(
        "build --as-of 2025-05-16T06:00",
        2,
        str![[r"
error: `--as-of`: `2025-05-16T06:00` has no offset and no zone
help: write `2025-05-16T06:00Z` if it is in UTC, else its offset, as in `2025-05-16T06:00+03:00`

"]],
    );
    desk.says(
        "build --as-of 2025-02-30",
        2,
        str![[r"
error: `--as-of`: `2025-02-30` is no day of the calendar
help: `2025-02` has 28 days

"]],
    );
    assert!(!desk.has("public"));
}

#[test]
fn source_date_epoch_says_when_it_is_unless_as_of_does() {
    let desk = Desk::small();
    let page = "public/briefings/2025/05/15/talks/index.html";
    let build = |arguments: &str, epoch: &str| desk.brief(arguments).env("SOURCE_DATE_EPOCH", epoch).assert();
    // 2025-01-01 and 2026-01-01, at 00:00 UTC.
    build("build -q", "1735689600").success().stderr_eq("");
    assert!(!desk.has(page));
    build("build -q", "1767225600").success().stderr_eq("");
    assert!(desk.has(page));
    build("build -q --as-of 2025-01-01", "1767225600").success().stderr_eq("");
    assert!(!desk.has(page), "the flag goes first");
    build("build", "soon").code(2).stdout_eq("").stderr_eq(str![[r"
error: `SOURCE_DATE_EPOCH` is `soon`, which is no number of seconds
help: write seconds since 1970, or unset it

"]]);
}

#[test]
fn config_names_settings_that_lie_elsewhere() {
    let desk = Desk::new([SETTINGS, TALKS, ("settings/other.toml", "title = \"Another desk\"\n")]);
    desk.build("--config settings/other.toml");
    assert!(desk.read("public/index.html").contains("<h1>Another desk</h1>"));
    let absolute = desk.path().join("settings/other.toml");
    brief(["build", "-q", "--config", absolute.to_str().unwrap(), "--root", desk.path().to_str().unwrap()])
        .current_dir("/")
        .assert()
        .success()
        .stderr_eq("");
    desk.says(
        "build --config settings/none.toml",
        1,
        str![[r"
error[no-settings]: there is no file `settings/none.toml`
 |
 = help: name the settings file with `--config` as it is seen from here

nothing written: 1 error

"]],
    );
    desk.write("settings/other.toml", "title = [1]\n");
    desk.says(
        "build -q --config settings/other.toml",
        1,
        str![[r"
error[wrong-type]: [..]
 --> settings/other.toml:1:9
...
"]],
    );
}

#[test]
fn output_goes_before_the_settings_and_may_lie_anywhere() {
    let desk = Desk::new([("brief.toml", "title = \"Desk\"\noutput = \"www\"\n"), TALKS]);
    desk.build("");
    assert!(desk.has("www/index.html") && !desk.has("public"));
    let elsewhere = Desk::new([]);
    let output = elsewhere.path().join("new/site");
    desk.build(&format!("--output {}", output.display()));
    assert!(elsewhere.has("new/site/index.html"));
    let cache = elsewhere.files("new/.brief-site.cache").len();
    assert_eq!(
        elsewhere.files("new").len() - cache,
        desk.files("www").len(),
        "nothing else is left beside it"
    );
    desk.build("-o here");
    assert!(desk.has("here/index.html"), "a relative path is seen from where one stands");
}

#[test]
fn under_a_sub_path_every_link_canonical_and_feed_begins_with_it() {
    let desk = Desk::new([("brief.toml", "title = \"Desk\"\nauthority = \"desk.example,2025\"\n"), TALKS]);
    desk.build("--base-url https://desk.example/archive");
    let base = "https://desk.example/archive/";
    let mut pages = 0;
    for file in desk.files("public").iter().filter(|file| file.ends_with(".html")) {
        let html = desk.read(&format!("public/{file}"));
        for link in attributes(&html, "href").into_iter().chain(attributes(&html, "src")) {
            let inside = link.starts_with("/archive/") || link.starts_with('#') || link.starts_with(base);
            assert!(inside, "{file} links to {link}");
        }
        let address = format!("{base}{}", file.trim_end_matches("index.html"));
        let canonical = format!("<link rel=\"canonical\" href=\"{address}\">");
        assert_eq!(html.contains(&canonical), file != "404.html", "the canonical link of {file}");
        pages += 1;
    }
    assert_eq!(pages, 13);
    assert!(desk.read("public/atom.xml").contains(&format!("{base}briefings/2025/05/15/talks/")));
    assert!(desk.read("public/feed.json").contains(&format!("{base}feed.json")));
    assert!(desk.read("public/sitemap.xml").contains(&format!("<loc>{base}actors/hamas/</loc>")));
    assert!(desk.read("public/robots.txt").contains(&format!("Sitemap: {base}sitemap.xml")));
    assert!(desk.read("public/_headers").starts_with("/archive/*\n"));
}

#[test]
fn base_url_refuses_what_is_no_address() {
    let desk = Desk::small();
    desk.says(
        "build --base-url desk.example",
        2,
        str![[r"
error: `--base-url desk.example`: an absolute address starts with `https://` or `http://`
help: write it like `https://desk.example/archive/`

"]],
    );
}

#[test]
fn from_disk_every_link_is_relative_and_names_a_file_that_is_there() {
    let desk = Desk::new([
        ("brief.toml", "title = \"Desk\"\nbase_url = \"https://desk.example/archive/\"\n"),
        TALKS,
        ("content/pages/about.md", "---\ntitle: About\n---\n\n[Talks](../briefings/2025-05-15-talks.md)\n"),
    ]);
    desk.build("--from-disk");
    let files = desk.files("public");
    let mut followed = 0;
    for file in files.iter().filter(|file| file.ends_with(".html")) {
        let html = desk.read(&format!("public/{file}"));
        let html: Vec<&str> = html.lines().filter(|line| !line.contains("rel=\"canonical\"")).collect();
        for link in attributes(&html.join("\n"), "href") {
            let path = link.split('#').next().unwrap();
            assert!(!path.starts_with('/') && !path.contains("://"), "{file} links to {link}");
            if path.is_empty() {
                continue;
            }
            let target = desk.path().join("public").join(file).parent().unwrap().join(path);
            assert!(target.is_file(), "{file} links to {link}");
            followed += 1;
        }
    }
    assert!(followed > 50, "{followed}");
}

#[test]
fn without_a_base_links_are_relative_so_that_the_site_works_anywhere() {
    let desk = Desk::small();
    desk.build("");
    let page = desk.read("public/actors/hamas/index.html");
    let links = attributes(&page, "href");
    assert!(links.contains(&"../../locations/") && links.contains(&"../../briefings/2025/05/15/talks/"));
    assert!(links.iter().all(|link| link.starts_with("../../") || link.starts_with('#')), "{links:?}");
}
