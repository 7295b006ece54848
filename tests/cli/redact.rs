//! A name is taken out of an archive: everywhere, at once, and for good.

use snapbox::{cmd::OutputAssert, data::Inline, str};

use crate::{Desk, SETTINGS, TALKS};

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

const PROFILE_AFTER: &str = "---
# Whom this is about: Name withheld.
name: Name withheld
type: person
# in the papers
# How he was called.
speaks_for: Ministry
description: >
  Name withheld is an official.
---

He was born there. [Name withheld](https://news.example/) speaks.
";

const BRIEFING_AFTER: &str = "\u{feff}---\r
title: \"Name withheld speaks\" # said of Name withheld\r
date: 2025-05-15\r
summary: 'What Name withheld said'\r
actors: [Name withheld, Ministry]\r
aliases: [/old/name-withheld-speaks/]\r
image: img/name-withheld.jpg\r
claims:\r
  - id: name-withheld-denies\r
    by: Name withheld\r
    about: [Ministry]\r
    date: 2025-05-15\r
    # The words of Name withheld himself.\r
    text: |\r
      I, Name withheld,\r
      deny it.\r
    sources: [name-withheld_says]\r
sources:\r
  name-withheld_says: {title: \"Name withheld denies\", url: https://news.example/}\r
corrections:\r
  - {date: 2025-05-16, text: The first name of Name withheld was wrong.}\r
  - {date: 2025-06-01, kind: redaction, text: \"A name was taken out of this briefing.\"}\r
# The end.\r
---\r
\r
# What Name withheld says\r
\r
On that day Name withheld said it. [[Name withheld]] and [[name-withheld|he]], [[actor:Name withheld|him]]. [@name-withheld_says]\r
\r
![Name withheld](img/name-withheld.jpg) [x](/actors/name-withheld/) [[#name-withheld-denies]]\r
\r
> Said Name withheld's friend.\r
";

const TOML_AFTER: &str = "+++
title = 'What Name withheld did'
actors = [\"Name withheld\"] # Name withheld
[[events]]
date = 2025-05-16
text = \"\"\"
Name withheld left.\"\"\"
actors = [{ id = \"name-withheld\", role = \"by\" }]

[[corrections]]
date = 2025-06-01
kind = \"redaction\"
text = \"A name was taken out of this briefing.\"
+++

See [[2025-05-15-name-withheld-speaks#name-withheld-denies]] and [[2025-05-15-name-withheld-speaks]]. Doe alone stays.
";

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
    assert_eq!(
        desk.read("brief.toml"),
        "title = \"Desk\" # without Name withheld\nbase_url = \"https://desk.example/\"\n"
    );
    desk.build("");
    assert_eq!(left(&desk, "public"), Vec::<String>::new());
    for page in
        ["actors/name-withheld", "briefings/2025/05/15/name-withheld-speaks", "old/name-withheld-speaks"]
    {
        assert!(desk.has(&format!("public/{page}/index.html")), "{page}");
    }
    assert!(!desk.has("public/actors/john-doe"), "no address of the name leads on");
    assert_eq!(desk.read("content/actors/name-withheld.md"), PROFILE_AFTER);
    assert_eq!(desk.read("content/briefings/2025-05-15-name-withheld-speaks/index.md"), BRIEFING_AFTER);
    assert_eq!(desk.read("content/briefings/2025-05-16-name-withheld-did.md"), TOML_AFTER);
}

/// `brief redact` with `arguments`, which may hold blanks.
pub(super) fn redact<'a>(desk: &Desk, arguments: impl IntoIterator<Item = &'a str>) -> OutputAssert {
    desk.brief("redact --date 2025-06-01").args(arguments).assert().stdout_eq("")
}

/// Every file of the archive with its bytes.
pub(super) fn everything(desk: &Desk) -> Vec<(String, Vec<u8>)> {
    let files = desk.files("").into_iter();
    files.map(|file| (file.clone(), std::fs::read(desk.path().join(&file)).unwrap())).collect()
}

#[test]
fn what_would_change_is_shown_and_nothing_changes() {
    let desk =
        Desk::new([SETTINGS, TALKS, ("content/actors/doe.md", "---\nname: John Doe\nborn: 1970\n---\n")]);
    desk.write("content/briefings/2025-05-16-b.md", "---\ntitle: B\nactors: [Doe]\n---\n\nJohn\nDoe. Doe.\n");
    let before = everything(&desk);
    redact(&desk, ["John Doe", "--dry-run"]).code(0).stderr_eq(str![[r"
moved: content/actors/doe.md -> content/actors/name-withheld.md
  2: John Doe -> Name withheld
changed: content/briefings/2025-05-16-b.md
  3: Doe -> Name withheld
  6: John Doe -> Name withheld
  and a note in `corrections`
changed: content/redactions.toml
these may mean the same person, and were not changed: look at them
  content/briefings/2025-05-16-b.md:7: Doe
note: `content/actors/doe.md` also has `born`, which may tell who it is
note: left to you: the history of git, the site until the next build, published copies, caches, backups
would change 3 files, 1 of them moved; `Name withheld` stands in the name's place

"]]);
    assert_eq!(everything(&desk), before);
}

#[test]
fn a_second_time_there_is_nothing_to_do() {
    let desk = desk();
    redact(&desk, ["John Doe"]).code(0);
    let before = everything(&desk);
    redact(&desk, ["John Doe"]).code(0).stderr_eq(str![[r"
...
nothing to do: the name stands nowhere, and every build looks for it

"]]);
    assert_eq!(everything(&desk), before);
}

#[test]
fn a_build_that_would_publish_the_name_again_fails_without_saying_it() {
    let desk = desk();
    redact(&desk, ["John Doe"]).code(0);
    desk.build("");
    let before = desk.read("public/index.html");
    for text in ["So JOHN\nDOE is back.", "![](http://x.example/john%20doe)", "وجون دو", "J. R. **Doe**"]
    {
        desk.write("content/briefings/2025-05-20-back.md", format!("---\ntitle: Back\n---\n\n{text}\n"));
        let said = desk.brief("build").assert().code(1).stdout_eq("");
        let said = String::from_utf8_lossy(&said.get_output().stderr).to_lowercase();
        assert!(
            said.contains(
                "error[redacted-name]: a name that was taken out stands in `content/briefings/2025-05-20-back.md`, line 5"
            ),
            "{said}"
        );
        assert!(said.contains("`briefings/2025/05/20/back/index.html` would hold a name"), "{said}");
        assert!(!said.contains("doe") && !said.contains("دو"), "{said}");
        assert_eq!(desk.read("public/index.html"), before, "the old site stands");
    }
    desk.write("content/briefings/2025-05-20-back.md", "---\ntitle: Back\nactors: [John Doe]\n---\n");
    let said = desk.brief("build").assert().code(1);
    let said = String::from_utf8_lossy(&said.get_output().stderr).to_lowercase();
    assert!(!said.contains("doe"), "not even where the name has no profile: {said}");
    redact(&desk, ["John Doe"]).code(0);
    desk.build("");
    assert!(desk.read("content/briefings/2025-05-20-back.md").contains("actors: [Name withheld]"));
}

#[test]
fn what_cannot_be_done_changes_nothing() {
    let desk = desk();
    desk.write("content/actors/jane.md", "---\nname: Jane Roe\n---\n");
    desk.write(
        "content/briefings/2025-05-17-c.md",
        "---\ntitle: C\nactors: [Max Moe]\n---\n\nJohn <b>Doe</b>.\n",
    );
    let before = everything(&desk);
    let refused = |arguments: &[&str], said: Inline| {
        redact(&desk, arguments.iter().copied()).code(2).stderr_eq(said);
        assert_eq!(everything(&desk), before, "{arguments:?}");
    };
    refused(
        &["Jon Doe"],
        str![[r"
error: nobody and nothing is called `Jon Doe` in this archive
help: did you mean `John Doe`?

"]],
    );
    refused(
        &["John Doe", "--as", "Jane Roe"],
        str![[r"
error: somebody else is called `Jane Roe` in this archive
help: choose words that nobody else has: one pseudonym is one person

"]],
    );
    refused(
        &["John Doe", "--as", "max moe"],
        str![[r"
error: somebody else is called `max moe` in this archive
help: choose words that nobody else has: one pseudonym is one person

"]],
    );
    refused(
        &["John Doe", "--as", "A: B"],
        str![[r"
error: `A: B` cannot be a pseudonym: it holds more than letters, digits, blanks, `-`, `.` and `’`
help: write a few plain words: `Witness A`

"]],
    );
    refused(
        &["John Doe", "--as", "Mr Doe"],
        str![[r"
error: `Mr Doe` holds a part of the name
help: choose other words

"]],
    );
    refused(
        &["John Doe"],
        str![[r"
error: the name stands with markup inside it, where no other words can take its place
  content/briefings/2025-05-17-c.md:6: John <b>Doe
help: take it out by hand in these places, and run this again

"]],
    );
}

#[test]
fn two_persons_never_become_one() {
    let desk = Desk::new([
        SETTINGS,
        ("content/briefings/2025-05-15-a.md", "---\ntitle: A\nactors: [John Doe, Jane Roe]\n---\n"),
    ]);
    redact(&desk, ["John Doe"]).code(0);
    redact(&desk, ["Jane Roe"]).code(0);
    let text = desk.read("content/briefings/2025-05-15-a.md");
    assert!(text.contains("actors: [Name withheld, Name withheld 2]"), "{text}");
    assert_eq!(text.matches("A name was taken out").count(), 1, "{text}");
    desk.build("");
}

#[test]
fn a_record_that_cannot_be_read_stops_the_build() {
    let desk = Desk::small();
    desk.write("content/redactions.toml", "salt = \"x\"\n[[redactions]]\ndate = 2025-06-01\n");
    desk.brief("build").assert().code(1).stderr_eq(str![[r"
error[missing-key]: a redaction needs `pseudonym`
...
"]]);
}

#[test]
fn machines_are_told_one_object_a_line() {
    let desk = Desk::new([SETTINGS, ("content/briefings/2025-05-15-a.md", "---\ntitle: John Doe\n---\n")]);
    let said = desk.brief("redact --format json --dry-run").arg("John Doe").assert().code(0).stderr_eq("");
    let said = String::from_utf8(said.get_output().stdout.clone()).unwrap();
    assert_eq!(
        said,
        "{\"redacted\":{\"from\":\"content/briefings/2025-05-15-a.md\",\"to\":\"content/briefings/2025-05-15-a.md\",\"places\":[{\"line\":2,\"old\":\"John Doe\",\"new\":\"Name withheld\",\"address\":false}],\"noted\":true}}\n\
         {\"redacted\":{\"from\":\"content/redactions.toml\",\"to\":\"content/redactions.toml\",\"places\":[],\"noted\":false}}\n\
         {\"summary\":{\"files\":2,\"pseudonym\":\"Name withheld\",\"seen\":0,\"unread\":0,\"dry_run\":true}}\n"
    );
}

#[test]
fn two_who_stand_beside_each_other_are_not_the_one_who_was_taken_out() {
    let desk = desk();
    redact(&desk, ["John Doe"]).code(0);
    let text = "John, Doe and others came. Then came John. Doe left, and John/Doe too.\n\n- John\n- Doe\n";
    desk.write(
        "content/briefings/2025-05-20-two.md",
        format!("---\ntitle: Two\nactors: [John, Doe]\n---\n\n{text}"),
    );
    desk.brief("build").assert().success();
    assert!(desk.has("public/briefings/2025/05/20/two/index.html"));
}

#[test]
fn the_name_goes_where_a_line_goes_on_in_the_next() {
    let desk = desk();
    desk.write(
        "content/briefings/2025-05-20-lines.md",
        "---\ntitle: \"Now John \\\n  Doe speaks\"\n---\n\nSo John\\\nDoe spoke.\n",
    );
    redact(&desk, ["John Doe"]).code(0);
    let written = desk.read("content/briefings/2025-05-20-lines.md");
    assert!(written.starts_with("---\ntitle: \"Now Name withheld speaks\"\n"), "{written}");
    assert!(written.ends_with("\n\nSo Name withheld spoke.\n"), "{written}");
    desk.build("");
}

#[test]
fn a_handle_made_of_the_name_is_shown() {
    let desk = desk();
    desk.write(
        "content/briefings/2025-05-20-handle.md",
        "---\ntitle: Handle\n---\n\nIt is @janeroe, or https://social.example/JaneRoe.\n",
    );
    desk.write("content/actors/jane-roe.md", "---\nname: Jane Roe\n---\n");
    let said = redact(&desk, ["Jane Roe", "--dry-run"]).code(0);
    let said = String::from_utf8_lossy(&said.get_output().stderr).into_owned();
    assert!(said.contains("2025-05-20-handle.md:5: janeroe\n"), "{said}");
    assert!(said.contains("2025-05-20-handle.md:5: JaneRoe\n"), "{said}");
}

#[test]
fn the_address_of_a_name_with_an_apostrophe_goes_with_it() {
    let desk = Desk::new([
        ("brief.toml", "title = \"Desk\"\n"),
        (
            "content/briefings/2025-05-15-conan-oneill-speaks.md",
            "---\ntitle: Conan O’Neill speaks\nactors: [\"Conan O'Neill\"]\n---\n\nSee [[conan-oneill]].\n",
        ),
    ]);
    redact(&desk, ["Conan O'Neill", "--as", "Witness A"]).code(0);
    let written = desk.read("content/briefings/2025-05-15-witness-a-speaks.md");
    assert!(written.contains("[[witness-a]]") && !written.to_lowercase().contains("neill"), "{written}");
    desk.write("content/briefings/2025-05-16-x.md", "---\ntitle: x\nslug: conan-oneill\n---\n");
    desk.brief("build").assert().code(1);
}

#[test]
fn what_a_stopped_run_left_is_in_nobodys_way_and_never_overwritten() {
    let desk = desk();
    desk.write("content/actors/.brief-redact-new-1", "half");
    desk.write("content/actors/.brief-redact-old-1", "---\nname: The only one\n---\n");
    let before = everything(&desk);
    let said = redact(&desk, ["John Doe"]).code(2);
    let said = String::from_utf8_lossy(&said.get_output().stderr).into_owned();
    assert!(said.contains("so that nothing was changed: a run that was stopped left"), "{said}");
    assert_eq!(everything(&desk).len(), before.len());
    std::fs::remove_file(desk.path().join("content/actors/.brief-redact-old-1")).unwrap();
    redact(&desk, ["John Doe"]).code(0);
    assert!(!desk.has("content/actors/.brief-redact-new-1"));
    assert_eq!(desk.read("content/actors/name-withheld.md"), PROFILE_AFTER);
}
