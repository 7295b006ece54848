//! `brief withheld`: what is kept back and why, and what turns public next.

use snapbox::{IntoData, str};

use crate::{Desk, TALKS};

const JERUSALEM: (&str, &str) = (
    "brief.toml",
    "title = \"Desk\"\ntimezone = \"Asia/Jerusalem\"\n[marking]\ndefault = \"clear\"\n\
     [editions.partners]\nadmits = [\"clear\", \"amber\"]\n",
);

fn desk() -> Desk {
    let event = "{id: strike, text: A strike, date: 2025-05-14, embargo: 2025-05-30T06:00, \
        figures: [{what: killed, value: 2, per: Hamas, embargo: 2025-06-02T06:00}]}";
    let desk = Desk::new([
        JERUSALEM,
        TALKS,
        ("content/briefings/2025-05-16-b.md", "---\ntitle: B\nembargo: 2025-05-30T06:00\n---\n"),
        ("content/briefings/2025-05-17-c.md", "---\ntitle: C\nembargo: 2025-05-30T06:00\ndraft: true\n---\n"),
        ("content/briefings/2025-05-18-d.md", "---\ntitle: D\nembargo: 2025-05-30T06:00\ntlp: amber\n---\n"),
        ("content/briefings/2025-06-01-e.md", "---\ntitle: E\nembargo: 2025-05-30T06:00\n---\n"),
        ("content/briefings/2025-06-02-f.md", "---\ntitle: F\nexpires: 2025-05-31T06:00\n---\n"),
        ("content/briefings/2025-05-19-g.md", "---\ntitle: G\nexpires: 2025-05-31T06:00\n---\n"),
        ("content/actors/hamas.md", "---\nname: Hamas\n---\n"),
        ("content/actors/private.md", "---\nname: Private\npage: false\n---\n"),
    ]);
    desk.write("content/briefings/2025-05-14-a.md", format!("---\ntitle: A\nevents: [{event}]\n---\n"));
    desk
}

#[test]
fn what_is_kept_back_stands_in_a_table_by_when_it_turns_public() {
    let said = desk().brief("withheld --as-of 2025-05-20T12:00Z").assert().code(0).stderr_eq("");
    said.stdout_eq(str![[r"
path                               part            reason                                                turns public
content/briefings/2025-05-14-a.md  event `strike`  embargo until 2025-05-30 06:00 Asia/Jerusalem         2025-05-30 06:00 Asia/Jerusalem (03:00 UTC)
content/briefings/2025-05-16-b.md  -               embargo until 2025-05-30 06:00 Asia/Jerusalem         2025-05-30 06:00 Asia/Jerusalem (03:00 UTC)
content/briefings/2025-06-01-e.md  -               embargo until 2025-05-30 06:00 Asia/Jerusalem         2025-05-31 13:00 Asia/Jerusalem (10:00 UTC)
content/briefings/2025-05-17-c.md  -               draft                                                 -
content/briefings/2025-05-18-d.md  -               TLP:AMBER                                             -
content/briefings/2025-06-02-f.md  -               not published before 2025-06-01 13:00 Asia/Jerusalem  -
next: 2025-05-30 06:00 Asia/Jerusalem (03:00 UTC): 2 things turn public

"]]);
}

#[test]
fn an_edition_and_another_day_may_be_asked_for() {
    let desk = desk();
    let next = |arguments: &str| {
        let said = desk.brief(&format!("withheld {arguments}")).assert().code(0).stderr_eq("");
        let said = String::from_utf8(said.get_output().stdout.clone()).unwrap();
        said.lines().last().unwrap().to_owned()
    };
    assert_eq!(
        next("--as-of 2025-05-20T12:00Z --edition partners"),
        "next: 2025-05-30 06:00 Asia/Jerusalem (03:00 UTC): 3 things turn public"
    );
    assert_eq!(
        next("--as-of 2025-05-30T03:00Z"),
        "next: 2025-05-31 06:00 Asia/Jerusalem (03:00 UTC): 1 file expires"
    );
    // The count of an event that is shown by now is the next thing to come.
    assert_eq!(
        next("--as-of 2025-05-31T22:00Z"),
        "next: 2025-06-02 06:00 Asia/Jerusalem (03:00 UTC): 1 thing turns public"
    );
    assert_eq!(next("--as-of 2025-06-03"), "next: nothing turns public by itself");
    assert_eq!(
        next("--as-of 2025-05-20 --future --drafts").split(" (").next(),
        next("--as-of 2025-05-20").split(" (").next()
    );
}

#[test]
fn a_day_that_is_another_in_utc_is_named() {
    let desk = Desk::new([
        JERUSALEM,
        ("content/briefings/2025-05-16-b.md", "---\ntitle: B\nembargo: 2025-05-30T00:30\n---\n"),
    ]);
    let said = desk.brief("withheld --as-of 2025-05-20").assert().code(0);
    said.stdout_eq(str![[r"
path                               part  reason                                         turns public
content/briefings/2025-05-16-b.md  -     embargo until 2025-05-30 00:30 Asia/Jerusalem  2025-05-30 00:30 Asia/Jerusalem (2025-05-29 21:30 UTC)
next: 2025-05-30 00:30 Asia/Jerusalem (2025-05-29 21:30 UTC): 1 thing turns public

"]]);
}

#[test]
fn what_no_edition_shows_is_listed_on_demand() {
    let desk = Desk::new([
        JERUSALEM,
        TALKS,
        ("content/actors/private.md", "---\nname: Private\npage: false\n---\n"),
        ("content/briefings/map.pdf", "%PDF"),
    ]);
    let none = str![[r"
next: nothing turns public by itself

"]];
    desk.brief("withheld").assert().code(0).stderr_eq("").stdout_eq(none);
    desk.brief("withheld --all").assert().code(0).stderr_eq("").stdout_eq(str![[r"
path                       part  reason                    turns public
content/actors/private.md  -     `page: false`             -
content/briefings/map.pdf  -     no released text uses it  -
next: nothing turns public by itself

"]]);
}

#[test]
fn machines_read_a_line_for_each_and_one_for_what_comes_next() {
    let desk = desk();
    let said =
        desk.brief("withheld --format json --all --as-of 2025-05-20T12:00Z").assert().code(0).stderr_eq("");
    said.stdout_eq(str![[r#"
{"withheld":{"path":"content/briefings/2025-05-14-a.md","part":"event `strike`","reason":{"code":"embargo","instant":"2025-05-30T03:00:00Z"},"until":"2025-05-30T03:00:00Z"}}
{"withheld":{"path":"content/briefings/2025-05-16-b.md","part":null,"reason":{"code":"embargo","instant":"2025-05-30T03:00:00Z"},"until":"2025-05-30T03:00:00Z"}}
{"withheld":{"path":"content/briefings/2025-06-01-e.md","part":null,"reason":{"code":"embargo","instant":"2025-05-30T03:00:00Z"},"until":"2025-05-31T10:00:00Z"}}
{"left_out":{"path":"content/actors/private.md","part":null,"reason":{"code":"no-page"},"until":null}}
{"withheld":{"path":"content/briefings/2025-05-17-c.md","part":null,"reason":{"code":"draft"},"until":null}}
{"withheld":{"path":"content/briefings/2025-05-18-d.md","part":null,"reason":{"code":"label","label":"AMBER"},"until":null}}
{"withheld":{"path":"content/briefings/2025-06-02-f.md","part":null,"reason":{"code":"future","instant":"2025-06-01T10:00:00Z"},"until":null}}
{"next":"2025-05-30T03:00:00Z","count":2,"expire":0}

"#]].raw());
    let said = desk.brief("withheld --format json --as-of 2025-07-01").assert().code(0);
    let said = String::from_utf8(said.get_output().stdout.clone()).unwrap();
    assert_eq!(said.lines().last(), Some(r#"{"next":null,"count":0,"expire":0}"#));
}

#[test]
fn an_archive_with_errors_is_not_listed() {
    let desk = desk();
    desk.write("content/briefings/2025-05-21-h.md", "---\ntitle: H\nembargo: tomorrow\n---\n");
    desk.says(
        "withheld",
        1,
        str![[r"
error[embargo]: [..]
...
nothing listed: 1 error

"]],
    );
    desk.write("brief.toml", "titel = \"Desk\"\n");
    desk.brief("withheld").assert().code(1).stdout_eq("");
    desk.brief("withheld --edition nobody").assert().code(1);
}

#[test]
fn a_build_tells_when_to_build_again() {
    let desk = desk();
    desk.says(
        "build --as-of 2025-05-20T12:00Z",
        0,
        str![[r"
...
note: build again at 2025-05-30 06:00 Asia/Jerusalem (03:00 UTC): 2 things turn public
...
"]],
    );
    // What it announces comes true: nothing changes until then, and something does then.
    let pages = |as_of: &str| {
        desk.build(&format!("--as-of {as_of}"));
        desk.files("public")
    };
    assert_eq!(pages("2025-05-20T12:00Z"), pages("2025-05-30T02:59:59Z"));
    assert_ne!(pages("2025-05-30T02:59:59Z"), pages("2025-05-30T03:00Z"));
}
