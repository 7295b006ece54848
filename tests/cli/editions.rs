//! Who sees what: the public site, the editions that settings declare, and previews.

use snapbox::str;

use crate::{Desk, SETTINGS, TALKS};

fn desk_with_unpublished() -> Desk {
    Desk::new([
        SETTINGS,
        TALKS,
        ("content/briefings/2025-05-16-draft.md", "---\ntitle: Draft\ndraft: true\n---\n"),
        ("content/briefings/2025-06-01-later.md", "---\ntitle: Later\n---\n"),
        (
            "content/briefings/2025-05-17-embargo.md",
            "---\ntitle: Embargo\nembargo: 2025-05-30T06:00[Asia/Jerusalem]\n---\n",
        ),
        ("content/briefings/2025-05-18-old.md", "---\ntitle: Old\nexpires: 2025-05-19\n---\n"),
    ])
}

#[test]
fn what_is_withheld_is_told_with_the_reason() {
    let desk = desk_with_unpublished();
    desk.says(
        "build --as-of 2025-05-20T12:00Z",
        0,
        str![[r"
withheld: content/briefings/2025-05-16-draft.md: draft
withheld: content/briefings/2025-05-17-embargo.md: embargo until 2025-05-30 03:00 UTC
withheld: content/briefings/2025-05-18-old.md: expired 2025-05-20 12:00 UTC
withheld: content/briefings/2025-06-01-later.md: not published before 2025-05-31 10:00 UTC
note: build again at 2025-05-30 03:00 UTC: 1 thing turns public
note: no feeds, no sitemap and no canonical links without `base_url` in `brief.toml`
built [..] pages from 1 briefing, 1 actor, 1 location in [..] s

"]],
    );
}

#[test]
fn a_marking_above_clear_is_told_and_kept_back() {
    let desk = Desk::new([
        ("brief.toml", "title = \"Desk\"\n[marking]\ndefault = \"clear\"\n"),
        TALKS,
        ("content/briefings/2025-05-16-partners.md", "---\ntitle: Partners\ntlp: green\n---\n"),
    ]);
    desk.says(
        "build",
        0,
        str![[r"
withheld: content/briefings/2025-05-16-partners.md: TLP:GREEN
...
built [..] pages from 1 briefing, 1 actor, 1 location in [..] s

"]],
    );
    desk.build("--drafts --future");
    assert!(!desk.read("preview/index.html").contains("Partners"), "a preview shows no more labels");
}

#[test]
fn previews_lie_in_a_folder_of_their_own_that_no_crawler_may_list() {
    let desk = desk_with_unpublished();
    desk.build("--as-of 2025-05-20");
    let public = desk.files("public");
    let home = desk.read("public/index.html");
    assert!(!home.contains("noindex"));
    for (flags, drafts, future) in
        [("--drafts", true, false), ("-F", false, true), ("-D --future", true, true)]
    {
        desk.build(&format!("--as-of 2025-05-20 {flags}"));
        assert_eq!(desk.has("preview/briefings/2025/05/16/draft/index.html"), drafts, "{flags}");
        assert_eq!(desk.has("preview/briefings/2025/06/01/later/index.html"), future, "{flags}");
        assert!(
            !desk.has("preview/briefings/2025/05/17/embargo/index.html"),
            "an embargo holds under {flags}"
        );
        for file in desk.files("preview").iter().filter(|file| file.ends_with(".html")) {
            let html = desk.read(&format!("preview/{file}"));
            assert!(html.contains("<meta name=\"robots\" content=\"noindex\">"), "{file} under {flags}");
        }
        assert_eq!(desk.read("preview/robots.txt"), "User-agent: *\nDisallow: /\n");
        assert!(desk.read("preview/_headers").contains("X-Robots-Tag: noindex"));
    }
    assert_eq!(
        (desk.files("public"), desk.read("public/index.html")),
        (public, home),
        "public/ is left alone"
    );
}

#[test]
fn a_preview_is_refused_the_folder_of_the_public_site() {
    let desk = Desk::small();
    desk.build("");
    desk.says(
        "build --drafts --output public",
        2,
        str![[r"
error: `public` holds the edition `public`, not `preview`
help: [..]

"]],
    );
}

const EDITIONS: &str = r#"title = "Desk"
base_url = "https://desk.example/archive/"
authority = "desk.example,2025"
[marking]
default = "clear"
[editions.partners]
name = "Partners of the desk"
admits = ["clear", "green", "amber"]
base_url = "https://partners.desk.example/"
output = "for-partners"
[editions.internal]
admits = ["clear", "green", "amber", "amber+strict"]
"#;

fn desk_with_editions() -> Desk {
    let desk = Desk::new([
        TALKS,
        ("content/briefings/2025-05-16-green.md", "---\ntitle: A green one\ntlp: green\n---\n"),
        ("content/briefings/2025-05-17-strict.md", "---\ntitle: A strict one\ntlp: amber+strict\n---\n"),
        ("content/briefings/2025-05-18-red.md", "---\ntitle: A red one\ntlp: red\n---\n"),
        ("content/briefings/2025-05-19-moved.md", "---\ntitle: Moved\naliases: [old]\ndraft: true\n---\n"),
    ]);
    desk.write("brief.toml", EDITIONS);
    desk
}

/// Every HTML file of a folder with its text, those that only send readers on too.
fn pages_of(desk: &Desk, folder: &str) -> Vec<(String, String)> {
    let files = desk.files(folder).into_iter().filter(|file| file.ends_with(".html"));
    files.map(|file| (file.clone(), desk.read(&format!("{folder}/{file}")))).collect()
}

#[test]
fn each_edition_is_built_from_one_archive_into_a_folder_of_its_own() {
    let desk = desk_with_editions();
    let titles = ["Talks in Doha", "A green one", "A strict one", "A red one"];
    for (flags, folder, shows) in [
        ("", "public", 1),
        ("--edition public", "public", 1),
        ("--edition partners", "for-partners", 2),
        ("-e internal", "internal", 3),
    ] {
        desk.build(&format!("--as-of 2025-06-01 {flags}"));
        let list = desk.read(&format!("{folder}/briefings/index.html"));
        for (place, title) in titles.iter().enumerate() {
            assert_eq!(list.contains(title), place < shows, "{title} with {flags}");
        }
    }
    let top: Vec<String> = std::fs::read_dir(desk.path())
        .unwrap()
        .map(|it| it.unwrap().file_name().into_string().unwrap())
        .collect();
    assert!(!top.contains(&"partners".to_owned()), "{top:?}");
}

#[test]
fn no_crawler_may_list_any_edition_but_the_public_one() {
    let desk = desk_with_editions();
    desk.build("--as-of 2025-06-01");
    assert!(desk.has("public/sitemap.xml") && desk.has("public/atom.xml"));
    for (flags, folder) in [
        ("-e partners", "for-partners"),
        ("-e internal", "internal"),
        ("-D", "preview"),
        ("-D -e partners", "partners-preview"),
        ("-F -e internal --base-url https://preview.desk.example", "internal-preview"),
    ] {
        desk.build(&format!("--as-of 2025-06-01 {flags}"));
        let pages = pages_of(&desk, folder);
        assert!(pages.len() > 5, "{folder}");
        for (file, html) in &pages {
            assert!(html.contains("<meta name=\"robots\" content=\"noindex\">"), "{folder}/{file}");
            assert!(!html.contains("sitemap"), "{folder}/{file}");
            assert!(!html.contains("opensearch"), "{folder}/{file}");
            assert!(!html.contains("https://desk.example/"), "{folder}/{file} leads to the public edition");
        }
        assert_eq!(desk.read(&format!("{folder}/robots.txt")), "User-agent: *\nDisallow: /\n");
        let headers = desk.read(&format!("{folder}/_headers"));
        assert!(headers.starts_with("/*\n") && headers.contains("\n  X-Robots-Tag: noindex\n"), "{folder}");
        let files = desk.files(folder);
        let lists = files.iter().find(|file| file.contains("sitemap") || file.contains("opensearch"));
        assert_eq!(lists, None, "{folder}");
    }
}

#[test]
fn a_page_that_leads_on_bears_no_label_and_so_no_title_in_an_edition_for_some() {
    let desk = desk_with_editions();
    desk.write("content/briefings/2025-05-20-to.md", "---\ntitle: Quite another\naliases: [from]\n---\n");
    desk.build("--as-of 2025-06-01");
    desk.build("--as-of 2025-06-01 -e partners");
    assert!(desk.read("public/from/index.html").contains("Quite another"));
    let page = desk.read("for-partners/from/index.html");
    assert!(!page.contains("Quite another") && page.contains("briefings/2025/05/20/"), "{page}");
}

#[test]
fn robots_that_the_public_edition_lets_in_stay_out_of_all_others() {
    let desk = desk_with_editions();
    desk.write(
        "static/robots.txt",
        "User-agent: *\nAllow: /\n\nSitemap: https://desk.example/archive/sitemap.xml\n",
    );
    desk.write("static/_headers", "/*\n  Basic-Auth: desk:secret\n");
    desk.build("--as-of 2025-06-01");
    assert!(desk.read("public/robots.txt").contains("Allow: /"));
    desk.says(
        "build --as-of 2025-06-01 -e partners",
        0,
        str![[r"
...
note: `static/_headers` takes the place of the one that `brief` makes: see that it says `X-Robots-Tag: noindex`
note: `static/robots.txt` is left out: robots may list nothing of this edition
built [..]

"]],
    );
    assert_eq!(desk.read("for-partners/robots.txt"), "User-agent: *\nDisallow: /\n");
    assert!(desk.read("for-partners/_headers").contains("Basic-Auth"), "what keeps readers out stays");
}

#[test]
fn an_edition_without_an_address_leads_nobody_to_that_of_another() {
    let desk = desk_with_editions();
    desk.says(
        "build --as-of 2025-06-01 -e internal",
        0,
        str![[r"
withheld: content/briefings/2025-05-18-red.md: TLP:RED
withheld: content/briefings/2025-05-19-moved.md: draft
note: no feeds and no canonical links without `base_url` under `[editions.internal]`
built [..]

"]],
    );
    assert!(!desk.has("internal/atom.xml"));
    desk.build("--as-of 2025-06-01 -e partners");
    let home = desk.read("for-partners/index.html");
    assert!(home.contains("<link rel=\"canonical\" href=\"https://partners.desk.example/\">"));
    desk.says(
        "build --as-of 2025-06-01 --drafts",
        0,
        str![[r"
...
note: no feeds and no canonical links in a preview without `--base-url`
built [..]

"]],
    );
    assert!(!desk.read("preview/index.html").contains("canonical"));
}

#[test]
fn a_feed_of_an_edition_is_no_feed_of_another_and_says_how_far_its_entries_may_go() {
    let desk = desk_with_editions();
    desk.build("--as-of 2025-06-01");
    desk.build("--as-of 2025-06-01 -e partners");
    let (public, partners) = (desk.read("public/atom.xml"), desk.read("for-partners/atom.xml"));
    assert!(public.contains("<id>tag:desk.example,2025:feed</id>") && !public.contains("TLP:"));
    assert!(partners.contains("<id>tag:desk.example,2025:edition:partners:feed</id>"));
    assert!(partners.contains("<title>[TLP:AMBER] Desk</title>"));
    assert!(partners.contains("<title>[TLP:GREEN] A green one</title>"));
    assert!(partners.contains(
        "<category term=\"TLP:GREEN\" scheme=\"https://www.first.org/tlp/\" label=\"TLP:GREEN\"/>"
    ));
    let json = desk.read("for-partners/feed.json");
    assert!(
        json.contains("\"title\":\"[TLP:GREEN] A green one\"") && json.contains("\"tags\":[\"TLP:GREEN\"]")
    );
}

#[test]
fn a_folder_that_holds_one_edition_is_refused_for_another() {
    let desk = desk_with_editions();
    desk.build("--as-of 2025-06-01");
    desk.says(
        "build --as-of 2025-06-01 --edition partners --output public",
        2,
        str![[r"
error: `public` holds the edition `public`, not `partners`
help: give each edition a folder of its own: `output` under `[editions.NAME]`, or `--output`

"]],
    );
    desk.says(
        "build --as-of 2025-06-01 --edition partners --output public/briefings/partners",
        2,
        str![[r"
error: `public/briefings/partners` lies in `[..]public`, which holds another site
help: give each edition a folder of its own: `output` under `[editions.NAME]`, or `--output`

"]],
    );
    assert!(!desk.read("public/briefings/index.html").contains("A green one"));
    assert!(desk.files("public").iter().all(|file| !file.contains("partners")));
}

#[test]
fn an_edition_that_is_not_declared_is_refused_with_what_may_be_meant() {
    let desk = desk_with_editions();
    desk.says(
        "build --edition partner",
        2,
        str![[r"
error: there is no edition `partner`
help: did you mean `partners`?

"]],
    );
    desk.says(
        "build --edition press",
        2,
        str![[r"
error: there is no edition `press`
help: declare `[editions.press]` with `admits = [...]` in `brief.toml`

"]],
    );
    desk.says(
        "build --edition partners-preview",
        2,
        str![[r"
error: there is no edition `partners-preview`
help: [..]

"]],
    );
}

#[test]
fn an_edition_that_admits_too_much_or_what_there_is_not_writes_nothing() {
    for (admits, code) in [
        ("[\"clear\", \"red\"]", "edition"),
        ("[\"clear\", \"ambre\"]", "unknown-label"),
        ("[\"green\"]", "edition"),
        ("[]", "edition"),
    ] {
        let desk = Desk::new([TALKS]);
        desk.write("brief.toml", format!("title = \"Desk\"\n[editions.partners]\nadmits = {admits}\n"));
        for edition in ["public", "partners"] {
            let ran = desk.brief(&format!("build --edition {edition}")).assert().code(1);
            let said = String::from_utf8(ran.get_output().stderr.clone()).unwrap();
            assert!(said.starts_with(&format!("error[{code}]: ")), "{said}");
        }
        assert!(!desk.has("public") && !desk.has("partners"), "{admits}");
    }
}

#[test]
fn what_an_edition_may_leave_out_is_said_on_every_page_of_each_whatever_it_holds() {
    const SENTENCE: &str = "This edition may leave out marked matter.";
    let empty = Desk::new([SETTINGS]);
    empty.build("");
    let desk = desk_with_editions();
    desk.build("--as-of 2025-06-01");
    desk.build("--as-of 2025-06-01 -e internal");
    for (desk, folder) in [(&empty, "public"), (&desk, "public"), (&desk, "internal")] {
        for (file, html) in pages_of(desk, folder) {
            assert_eq!(html.matches(SENTENCE).count(), 1, "{folder}/{file}");
        }
    }
}
