//! `brief serve`, as a browser meets it.

mod follows;
mod server;
mod soak;

use std::{fs, net::TcpListener, path::Path};

use server::{Server, raw};

use crate::{Desk, SETTINGS, TALKS};

const PHOTO: &[u8] = b"0123456789";

fn desk() -> Desk {
    let desk = Desk::small();
    desk.write("static/notes.txt", PHOTO);
    desk.write("static/own.html", "<!doctype html><p>Own");
    desk
}

#[test]
fn what_is_sent_is_what_a_build_writes_but_for_one_script_tag() {
    let desk = desk();
    let server = Server::of(&desk, "");
    desk.build("--as-of 2026-12-01T00:00Z");
    let mut tagged = 0;
    for file in desk.files("public").iter().filter(|file| *file != ".brief.json") {
        let sent = server.get(&format!("/{file}"));
        assert_eq!(sent.status, 200, "{file}");
        let built = fs::read(desk.path().join("public").join(file)).unwrap();
        let (body, tags) = server::untagged(&sent.body);
        assert!(body == built, "{file} differs");
        assert_eq!(tags, usize::from(file.ends_with(".html")), "{file}");
        tagged += tags;
    }
    assert!(tagged > 5);
}

/// The first file of words that `page` names.
fn first_file_of_words(page: &str) -> String {
    let files = page.split("\"files\":[\"").nth(1).expect("the page of the search names files");
    format!("/search/data/{}.words", files.split('"').next().unwrap())
}

#[test]
fn the_search_knows_what_was_written_a_moment_ago() {
    let desk = desk();
    let server = Server::of(&desk, "");
    let before = first_file_of_words(&server.get("/search/").text());
    let sent = server.get(&before);
    assert_eq!((sent.status, sent.header("content-type")), (200, Some("application/octet-stream")));
    desk.write(TALKS.0, TALKS.1.replace("Talks go on", "Talks ended"));
    server.wait(|| first_file_of_words(&server.get("/search/").text()) != before);
    let now = first_file_of_words(&server.get("/search/").text());
    assert_eq!((server.get(&now).status, server.get(&before).status), (200, 404));
}

#[test]
fn the_output_folder_is_never_touched() {
    let desk = desk();
    let server = Server::of(&desk, "");
    desk.write(TALKS.0, TALKS.1.replace("Talks go on", "Talks ended"));
    server.until("/briefings/2025/05/15/talks/", "Talks ended");
    let names = fs::read_dir(desk.path()).unwrap().map(|entry| entry.unwrap().file_name());
    let mut names: Vec<_> = names.map(|name| name.into_string().unwrap()).collect();
    names.sort();
    assert_eq!(names, ["brief.toml", "content", "static"]);
}

#[test]
fn a_folder_shows_its_index_and_an_address_without_its_slash_leads_there() {
    let desk = desk();
    let server = Server::of(&desk, "");
    assert_eq!(server.get("/actors/hamas/").status, 200);
    let moved = server.get("/actors/hamas?of=x");
    assert_eq!((moved.status, moved.header("location")), (302, Some("/actors/hamas/?of=x")));
    let missing = server.get("/no/such/page/");
    assert_eq!(missing.status, 404);
    assert_eq!(missing.header("content-type"), Some("text/html; charset=utf-8"));
    assert!(missing.text().contains("_brief/reload.js"), "the page for what is missing follows changes too");
}

#[test]
fn head_says_what_get_says_and_sends_nothing() {
    let desk = desk();
    let server = Server::of(&desk, "");
    for path in ["/", "/notes.txt", "/no/such/", "/own.html", "/actors/hamas", "/_brief/reload.js"] {
        let (head, get) = (server.ask("HEAD", path, ""), server.get(path));
        assert_eq!((head.status, &*head.body), (get.status, &b""[..]), "{path}");
        assert_eq!(head.header("content-type"), get.header("content-type"), "{path}");
        if head.status != 302 {
            let len = head.header("content-length").map(str::to_owned);
            assert_eq!(len, Some(get.body.len().to_string()), "{path}");
        }
    }
    for method in ["POST", "PUT", "DELETE", "OPTIONS"] {
        let refused = server.ask(method, "/", "Content-Length: 0\r\n");
        assert_eq!((refused.status, refused.header("allow")), (405, Some("GET, HEAD")), "{method}");
    }
}

#[test]
fn a_part_of_a_file_is_sent_to_whoever_asks_for_one() {
    let desk = desk();
    let server = Server::of(&desk, "");
    let style = server.get("/").text();
    let style = style.split("href=\"").find(|rest| rest.contains("style.")).unwrap();
    let style = format!("/{}", style.split('"').next().unwrap().trim_start_matches("./"));
    let whole = server.get(&style).body;
    // One lies on disk, the other in the program.
    for (path, bytes) in [("/notes.txt", PHOTO), (&*style, &*whole)] {
        let len = bytes.len();
        let ask = |range: &str| server.ask("GET", path, &format!("Range: bytes={range}\r\n"));
        for (range, first, last) in
            [("2-4", 2, 4), ("7-", 7, len - 1), ("-3", len - 3, len - 1), ("1-999999", 1, len - 1)]
        {
            let part = ask(range);
            assert_eq!((part.status, &*part.body), (206, &bytes[first..=last]), "{path} {range}");
            assert_eq!(part.header("content-range"), Some(&*format!("bytes {first}-{last}/{len}")));
        }
        let outside = ask("999999-");
        assert_eq!(
            (outside.status, outside.header("content-range")),
            (416, Some(&*format!("bytes */{len}")))
        );
        for range in ["1-2,4-5", "x", "5-2"] {
            let answer = ask(range);
            assert!(matches!(answer.status, 200 | 416), "{path} {range}: {}", answer.status);
        }
        assert_eq!(server.get(path).header("accept-ranges"), Some("bytes"));
        let dated = server.ask("GET", path, "Range: bytes=2-4\r\nIf-Range: \"x\"\r\n");
        assert_eq!((dated.status, &*dated.body), (200, bytes), "it may be another file by now");
    }
}

#[test]
fn a_request_for_another_host_is_refused() {
    let desk = desk();
    let server = Server::of(&desk, "--allow-host desk.local");
    let port = server.port();
    for host in ["localhost", "127.0.0.1:9", "[::1]", "DESK.local:80", "localhost:1111"] {
        assert_eq!(server.with_host("/", host).status, 200, "{host}");
    }
    for host in ["evil.example", "127.0.0.1.evil.example", "", "192.168.0.1", "desk.local.evil.example"] {
        let refused = server.with_host("/", host);
        assert_eq!(refused.status, 403, "{host}");
        assert!(!refused.text().contains("Talks"), "{host}");
    }
    let none = raw(port, "GET / HTTP/1.1\r\nConnection: close\r\n\r\n");
    assert!(matches!(none.status, 400 | 403), "{}", none.status);
    let two = "GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\nConnection: close\r\n\r\n";
    assert!(matches!(raw(port, two).status, 400 | 403));
    let whole = "GET http://evil.example/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    assert_eq!(raw(port, whole).status, 403, "the first line goes before the header");
}

#[test]
fn only_pages_of_the_site_are_told_of_changes() {
    let desk = desk();
    let server = Server::of(&desk, "");
    for header in ["Origin: https://evil.example\r\n", "Sec-Fetch-Site: cross-site\r\n", "Origin: null\r\n"] {
        assert_eq!(server.ask("GET", "/_brief/events", header).status, 403, "{header}");
    }
}

#[test]
fn no_path_leaves_the_site() {
    let desk = desk();
    desk.write("secret.txt", "secret");
    let server = Server::of(&desk, "");
    for path in [
        "/../secret.txt",
        "/static/../../secret.txt",
        "/%2e%2e/secret.txt",
        "/%2e%2e%2fsecret.txt",
        "/..%5csecret.txt",
        "/..\\secret.txt",
        "//secret.txt",
        "/./secret.txt",
        "/secret.txt%00.html",
        "/%00",
        "/secret.txt",
        "/brief.toml",
        "/content/briefings/2025-05-15-talks.md",
        "//etc/passwd",
        "/notes.txt/",
        "/notes.txt/../notes.txt",
        "//evil.example/..",
        "/.brief.json",
    ] {
        let answer = server.get(path);
        assert!(matches!(answer.status, 400 | 404), "{path}: {}", answer.status);
        assert!(!answer.text().contains("secret\n") && answer.body != b"secret", "{path}");
        assert_eq!(answer.header("location"), None, "{path}");
    }
    for path in ["/%ff", "/%", "/%zz"] {
        assert!(matches!(server.get(path).status, 400 | 404), "{path}");
    }
}

#[test]
fn the_headers_of_the_site_are_sent_and_nothing_is_kept() {
    let desk = desk();
    let server = Server::of(&desk, "");
    for path in ["/", "/notes.txt", "/no/such/"] {
        let answer = server.get(path);
        let policy = answer.header("content-security-policy").unwrap();
        assert!(policy.contains("default-src 'none'; script-src 'self'"), "{path}: {policy}");
        assert_eq!(answer.header("x-content-type-options"), Some("nosniff"), "{path}");
        assert_eq!(answer.header("cache-control"), Some("no-store"), "{path}");
    }
    desk.write(
        "static/_headers",
        "/notes.txt\n  X-Desk: yes\n/*\n  Content-Security-Policy: default-src 'none'\n",
    );
    server.wait(|| server.get("/notes.txt").header("x-desk") == Some("yes"));
    let policy = server.get("/").header("content-security-policy").unwrap().to_owned();
    let ours = format!("http://127.0.0.1:{}/_brief/", server.port());
    assert_eq!(policy, format!("default-src 'none'; script-src {ours}reload.js; connect-src {ours}events"));
}

#[test]
fn a_site_under_a_path_lies_under_it_here_too() {
    let desk = Desk::new([
        (
            "brief.toml",
            "title = \"Desk\"\nbase_url = \"https://desk.example/the%20archive/\"\nauthority = \"desk.example,2025\"\n",
        ),
        (
            "content/briefings/2025-05-15-talks.md",
            "---\ntitle: Talks\naliases: [old/talks]\nactors: [Hamas]\n---\nTalks.\n",
        ),
        ("content/actors/hamas.md", "---\nname: Hamas\nformer_ids: [movement]\n---\n"),
    ]);
    let server = Server::of(&desk, "");
    assert!(server.home.ends_with("/the%20archive/"), "{}", server.home);
    for path in ["/", "/the%20archive"] {
        let home = server.get(path);
        assert_eq!((home.status, home.header("location")), (302, Some("/the%20archive/")), "{path}");
    }
    let home = server.get("/the%20archive/");
    assert!(home.text().contains("src=\"/the%20archive/_brief/reload.js\""), "{}", home.text());
    assert!(home.text().contains("href=\"/the%20archive/briefings/"));
    assert_eq!(server.get("/the%20archive/_brief/reload.js").status, 200);
    assert_eq!(server.get("/briefings/").status, 404);
    assert_eq!(server.get("/the%20archive/nothing/").status, 404);
    // Old addresses lead on as they will.
    assert!(server.get("/the%20archive/old/talks/").text().contains("http-equiv=\"refresh\""));
    let feed = server.get("/the%20archive/actors/movement/atom.xml");
    assert_eq!((feed.status, feed.header("location")), (301, Some("/the%20archive/actors/hamas/atom.xml")));
    let feed = server.get("/the%20archive/actors/hamas/atom.xml");
    assert_eq!(feed.header("content-type"), Some("application/atom+xml; charset=utf-8"));
}

#[test]
fn where_a_port_is_taken_the_next_free_one_is_and_that_is_said() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port();
    let desk = desk();
    let server = Server::at_port(&desk, port, "");
    assert_ne!(server.port(), port);
    let said = format!("note: port {port} is taken; the next free one is {}\n", server.port());
    assert!(server.said().contains(&said), "{}", server.said());
    assert_eq!(server.get("/").status, 200);
}

#[test]
fn it_shows_the_edition_that_is_asked_for() {
    let desk = Desk::new([
        SETTINGS,
        ("content/briefings/2025-05-15-talks.md", "---\ntitle: Talks\ndraft: true\n---\n"),
    ]);
    let path = "/briefings/2025/05/15/talks/";
    assert_eq!(Server::of(&desk, "").get(path).status, 404);
    assert_eq!(Server::of(&desk, "--drafts").get(path).status, 200);
    desk.brief("serve --edition nobody").assert().code(2);
    desk.brief("serve --host nowhere.invalid").assert().code(2);
    desk.brief("serve --root nowhere").assert().code(2);
}

#[test]
fn to_machines_it_talks_in_json() {
    let desk = desk();
    let server = Server::of(&desk, "--format json");
    assert!(server.home.starts_with("http://127.0.0.1:"));
    desk.write(TALKS.0, TALKS.1.replace("Talks go on", "Talks ended"));
    server.wait(|| server.said().contains("\"rebuilt\""));
    let line = server.said().lines().find(|line| line.contains("rebuilt")).unwrap().to_owned();
    let line: serde_json::Value = serde_json::from_str(&line).unwrap();
    assert_eq!(line["rebuilt"]["changed"], serde_json::json!([TALKS.0]));
    assert_eq!(line["rebuilt"]["shown"], true);
}

#[cfg(unix)]
#[test]
fn an_interrupt_ends_it_at_once_whoever_is_connected() {
    let desk = desk();
    let mut server = Server::of(&desk, "");
    let _events = server.events();
    let begun = std::time::Instant::now();
    server.interrupt();
    assert!(begun.elapsed().as_millis() < 1000, "{:?}", begun.elapsed());
}

/// The resident memory of a process, in KiB, where the system tells it.
fn memory(process: u32) -> Option<u64> {
    let status = fs::read_to_string(Path::new("/proc").join(process.to_string()).join("status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    line.split_whitespace().next()?.parse().ok()
}
