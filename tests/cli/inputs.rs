//! Archives as they come: empty, in odd encodings, with files that are none of ours.

use snapbox::str;

use crate::{Desk, SETTINGS, TALKS};

#[test]
fn an_archive_without_briefings_is_a_site_that_says_so() {
    let desk = Desk::new([SETTINGS]);
    desk.says(
        "build",
        0,
        str![[r"
note: no feeds, no sitemap and no canonical links without `base_url` in `brief.toml`
built 3 pages from 0 briefings, 0 actors, 0 locations in [..] s

"]],
    );
    assert!(desk.read("public/index.html").contains("class=\"empty\""));
}

#[test]
fn notes_say_why_an_output_is_not_there() {
    let desk = Desk::new([("brief.toml", "title = \"Desk\"\nbase_url = \"https://desk.example/\"\n"), TALKS]);
    desk.says(
        "build",
        0,
        str![[r"
note: no feeds without `authority` in `brief.toml`: it makes their ids permanent
built [..] pages from 1 briefing, 1 actor, 1 location in [..] s

"]],
    );
    assert!(desk.has("public/sitemap.xml") && !desk.has("public/atom.xml"));
    desk.write(
        "brief.toml",
        "title = \"Desk\"\nbase_url = \"https://desk.example/\"\nauthority = \"desk.example,2025\"\n",
    );
    desk.says(
        "build",
        0,
        str![[r"
built [..] pages from 1 briefing, 1 actor, 1 location in [..] s

"]],
    );
    assert!(desk.has("public/atom.xml"));
    desk.write(
        "brief.toml",
        "title = \"Desk\"\nbase_url = \"https://desk.example/\"\n[outputs]\nfeeds = false\n",
    );
    desk.says(
        "build",
        0,
        str![[r"
built [..] pages from 1 briefing, 1 actor, 1 location in [..] s

"]],
    );
    assert!(!desk.has("public/atom.xml"), "who switched them off is not told");
}

#[test]
fn a_file_of_the_author_takes_the_place_of_ours_and_it_is_said() {
    let desk = Desk::small();
    desk.write("static/robots.txt", "User-agent: *\nDisallow: /x/\n");
    desk.says(
        "build",
        0,
        str![[r"
...
note: `static/robots.txt` takes the place of the one that `brief` makes
built [..] pages from 1 briefing, 1 actor, 1 location in [..] s

"]],
    );
    assert_eq!(desk.read("public/robots.txt"), "User-agent: *\nDisallow: /x/\n");
}

#[test]
fn every_file_that_is_no_part_of_the_site_is_named() {
    let desk = Desk::small();
    desk.write("content/briefings/.2025-05-15-talks.md.swp", "x");
    desk.write("content/briefings/2025-05-15-talks.md~", "x");
    desk.write("content/briefings/unused.jpg", "x");
    desk.says(
        "build",
        0,
        str![[r"
left out: content/briefings/.2025-05-15-talks.md.swp: hidden, or left by an editor
left out: content/briefings/2025-05-15-talks.md~: hidden, or left by an editor
left out: content/briefings/unused.jpg: no released text uses it
...
"]],
    );
}

#[cfg(unix)]
#[test]
fn a_link_out_of_the_archive_is_not_followed() {
    let desk = Desk::small();
    let secret = Desk::new([("secret.md", "---\ntitle: Secret\ndate: 2025-05-15\n---\n")]);
    let link = desk.path().join("content/briefings/secret.md");
    std::os::unix::fs::symlink(secret.path().join("secret.md"), link).unwrap();
    desk.says(
        "build -q",
        1,
        str![[r"
error[link]: the link leads out of the archive
--> content/briefings/secret.md
 = help: put a copy of what it points to in its place


"]],
    );
}

#[cfg(unix)]
#[test]
fn a_link_within_the_archive_is_the_file_that_it_leads_to() {
    let desk = Desk::small();
    let link = desk.path().join("content/briefings/2025-05-16-again.md");
    std::os::unix::fs::symlink("2025-05-15-talks.md", link).unwrap();
    desk.build("");
    assert!(desk.has("public/briefings/2025/05/16/again/index.html"));
}

#[test]
fn a_file_that_is_not_utf_8_is_named_with_the_line() {
    let desk = Desk::small();
    desk.write("content/briefings/2025-05-16-latin.md", b"---\ntitle: Caf\xe9\n---\n");
    desk.says(
        "build -q",
        1,
        str![[r"
error[not-utf-8]: line 2 is not valid UTF-8
--> content/briefings/2025-05-16-latin.md
 = help: save the file in the encoding UTF-8


"]],
    );
}

#[test]
fn a_byte_order_mark_and_carriage_returns_are_no_matter() {
    let desk = Desk::new([SETTINGS]);
    desk.write(
        "content/briefings/2025-05-15-talks.md",
        "\u{feff}---\r\ntitle: Talks\r\n---\r\n\r\nOne.\r\n\r\nTwo.\r\n",
    );
    desk.build("--strict");
    let page = desk.read("public/briefings/2025/05/15/talks/index.html");
    assert!(page.contains("<p>One.</p>\n<p>Two.</p>") && !page.contains('\r'), "{page}");
}

#[test]
fn a_decomposed_file_name_has_the_address_of_the_composed_one() {
    let desk = Desk::new([SETTINGS]);
    desk.write("content/briefings/2025-05-15-cafe\u{301}.md", "---\ntitle: In the café\n---\n");
    desk.write("content/pages/about.md", "---\ntitle: About\n---\n\n[[2025-05-15-caf\u{e9}]]\n");
    desk.build("--strict");
    assert!(desk.has("public/briefings/2025/05/15/caf\u{e9}/index.html"));
    assert!(desk.read("public/about/index.html").contains("briefings/2025/05/15/caf%C3%A9/\""));
}

#[test]
fn the_longer_extension_of_markdown_is_one_too() {
    let desk = Desk::new([SETTINGS]);
    desk.write("content/briefings/2025-05-15-talks.markdown", TALKS.1);
    desk.build("--strict");
    assert!(desk.has("public/briefings/2025/05/15/talks/index.html"));
}
