//! A name is taken out of an archive: everywhere, at once, and for good.

use crate::{Desk, TALKS};

/// Every form of the name that the archive below holds, as somebody who searches it writes them.
const FORMS: [&str; 9] = [
    "john doe",
    "john-doe",
    "john_doe",
    "doe, john",
    "john%20doe",
    "j. r. doe",
    "جون دو",
    "jos\u{e9}",
    "jdoe",
];

const PROFILE: &str = r#"---
# Whom this is about: John Doe.
name: John Doe
type: person
aliases:
  - "J. R. Doe" # in the papers
  - José Doé
names: {ar: جون دو}
sort_name: Doe, John
# How he was called.
former_ids: [jdoe]
speaks_for: Ministry
description: >
  John
  Doe is an official.
---

He was born there. [John Doe](https://news.example/2025/john-doe) speaks.
"#;

const BRIEFING: &str = "\u{feff}---\r
title: \"John Doe speaks\" # said of John Doe\r
date: 2025-05-15\r
summary: 'What J. R. Doe said'\r
actors: [John Doe, Ministry]\r
aliases: [/old/john-doe-speaks/]\r
image: img/john-doe.jpg\r
claims:\r
  - id: john-doe-denies\r
    by: JOHN DOE\r
    about: [Ministry]\r
    date: 2025-05-15\r
    # The words of John\r
    # Doe himself.\r
    text: |\r
      I, John Doe,\r
      deny it.\r
    sources: [john_doe_says]\r
sources:\r
  john_doe_says: {title: \"Jos\\u00e9 Do\\xe9 denies\", url: https://news.example/a/john-doe?x=1}\r
corrections:\r
  - {date: 2025-05-16, text: The first name of John Doe was wrong.}\r
# The end.\r
---\r
\r
# What John Doe says\r
\r
On that day John\r
Doe said it. [[John Doe]] and [[john-doe|he]], [[actor:jdoe|him]]. [@john_doe_says]\r
\r
![John&nbsp;Doe](img/john-doe.jpg) [x](/actors/john-doe/) [[#john-doe-denies]]\r
\r
> Said John\r
> Doe's friend.\r
";

const TOML: &str = "+++
title = 'What John Doe did'
actors = [\"John Doe\"] # John Doe
[[events]]
date = 2025-05-16
text = \"\"\"
John
Doe left.\"\"\"
actors = [{ id = \"john-doe\", role = \"by\" }]
+++

See [[2025-05-15-john-doe-speaks#john-doe-denies]] and [[2025-05-15-john-doe-speaks]]. Doe alone stays.
";

const PROFILE_AFTER: &str = "";
const BRIEFING_AFTER: &str = "";
const TOML_AFTER: &str = "";

/// The name in every place.
fn desk() -> Desk {
    let desk = Desk::new([
        ("brief.toml", "title = \"Desk\" # without John Doe\nbase_url = \"https://desk.example/\"\n"),
        TALKS,
        ("content/actors/john-doe.md", PROFILE),
        ("content/actors/ministry.md", "---\nname: Ministry\n---\n"),
        ("content/actors/hamas.md", "---\nname: Hamas\n---\n"),
        ("content/briefings/2025-05-15-john-doe-speaks/index.md", BRIEFING),
        (
            "content/briefings/2025-05-15-john-doe-speaks/index.ar.md",
            "---\ntitle: وجون دو يتكلم\nclaims: {john-doe-denies: نص}\n---\n\nقال جون دو ذلك.\n",
        ),
        ("content/briefings/2025-05-16-john_doe-did.md", TOML),
        (
            "content/briefings/2025-05-15-john-doe-speaks/img/john-doe.jpg.toml",
            "alt = \"John Doe\"\ncaption = 'JOHN  DOE waves'\n",
        ),
        ("static/john-doe.txt", "John Doe\n"),
    ]);
    desk.write("content/briefings/2025-05-15-john-doe-speaks/img/john-doe.jpg", picture());
    desk
}

/// A white pixel.
fn picture() -> Vec<u8> {
    let hex = "ffd8ffe000104a46494600010100000100010000ffdb004300080606070605080707070909080a0c140d0c0b0b0c1912130f141d1a1f1e1d1a1c1c20242e2720222c231c1c2837292c30313434341f27393d38323c2e333432ffc0000b080001000101011100ffc40014000100000000000000000000000000000009ffc40014100100000000000000000000000000000000ffda0008010100003f0054dfffd9";
    (0..hex.len()).step_by(2).map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap()).collect()
}

/// What `folder` still holds of the name, in its files and in their names.
fn left(desk: &Desk, folder: &str) -> Vec<String> {
    let mut found = Vec::new();
    for file in desk.files(folder) {
        let bytes = std::fs::read(desk.path().join(folder).join(&file)).unwrap();
        let text = String::from_utf8_lossy(&bytes).to_lowercase();
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        for form in FORMS {
            if text.contains(form) || file.to_lowercase().contains(form) {
                found.push(format!("{file}: {form}"));
            }
        }
    }
    found
}

#[test]
fn the_name_goes_from_every_place_and_all_else_stays() {
    let desk = desk();
    desk.build("");
    assert!(left(&desk, "public").len() > 10, "the archive holds the name");
    desk.brief("redact").args(["john doe", "--date", "2025-06-01"]).assert().code(0);
    assert_eq!(left(&desk, "content"), Vec::<String>::new());
    assert_eq!(left(&desk, "static"), Vec::<String>::new());
    assert_eq!(desk.read("brief.toml"), "title = \"Desk\" # without Name withheld\nbase_url = \"https://desk.example/\"\n");
    desk.build("");
    assert_eq!(left(&desk, "public"), Vec::<String>::new());
    for page in ["actors/name-withheld", "briefings/2025/05/15/name-withheld-speaks", "old/name-withheld-speaks"] {
        assert!(desk.has(&format!("public/{page}/index.html")), "{page}");
    }
    assert!(!desk.has("public/actors/john-doe"), "no address of the name leads on");
    assert_eq!(desk.read("content/actors/name-withheld.md"), PROFILE_AFTER);
    assert_eq!(desk.read("content/briefings/2025-05-15-name-withheld-speaks/index.md"), BRIEFING_AFTER);
    assert_eq!(desk.read("content/briefings/2025-05-16-name-withheld-did.md"), TOML_AFTER);
}
