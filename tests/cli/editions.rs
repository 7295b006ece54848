//! Who sees what: the public site and the preview.

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
