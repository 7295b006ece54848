use super::*;

/// `brief new` on 16 May 2025 in Jerusalem, when it is still the 15th in UTC.
fn new<'a>(desk: &Desk, arguments: impl IntoIterator<Item = &'a str>) -> Command {
    brief(["new"].into_iter().chain(arguments))
        .current_dir(desk.path())
        .env("SOURCE_DATE_EPOCH", "1747346400")
}

const ZONED: (&str, &str) = ("brief.toml", "title = \"Desk\"\ntimezone = \"Asia/Jerusalem\"\n");
const HAMAS: (&str, &str) = ("content/actors/hamas.md", "---\nname: Hamas\naliases: [حماس]\n---\n");

#[test]
fn a_briefing_is_of_today_in_the_zone_of_the_desk() {
    let desk = Desk::new([ZONED]);
    new(&desk, ["Talks: \"go\" on # here"])
        .assert()
        .success()
        .stdout_eq("content/briefings/2025-05-16-talks-go-on-here.md\n")
        .stderr_eq("");
    assert_eq!(
        desk.read("content/briefings/2025-05-16-talks-go-on-here.md"),
        "---\ntitle: \"Talks: \\\"go\\\" on # here\"\ndate: 2025-05-16\nactors: []\nlocations: []\n---\n\n"
    );
    desk.build("--strict --as-of 2025-05-17");
    assert!(desk.has("public/briefings/2025/05/16/talks-go-on-here/index.html"));
}

#[test]
fn what_flags_say_stands_in_the_front_matter() {
    let sources = "[publishers.jpost]\nname = \"The Jerusalem Post\"\nhost = \"jpost.com\"\n\
                   [sources.pact]\nurl = \"https://ministry.example/pact\"\n";
    let desk = Desk::new([ZONED, HAMAS, ("content/sources.toml", sources)]);
    let arguments = "--actor حماس --actor Hamass --actor hamas --location Doha --date 2025-05-20 --lang ar --draft \
                     --source https://www.jpost.com/a?b=c#d --source https://jpost.com/2 \
                     --source https://ministry.example/pact";
    new(&desk, ["Talks"].into_iter().chain(arguments.split_whitespace()))
        .assert()
        .success()
        .stdout_eq("content/briefings/2025-05-20-talks.md\n")
        .stderr_eq(
            "warning: there is no actor `Hamass` yet; did you mean `Hamas`?
note: `Doha` has no profile yet: `brief new location NAME` begins one
note: `https://ministry.example/pact` is a shared source: cite it as `[@pact]`
",
        );
    assert_eq!(
        desk.read("content/briefings/2025-05-20-talks.md"),
        "---\ntitle: Talks\ndate: 2025-05-20\nlang: ar\ndraft: true\nactors: [Hamas, Hamass]\nlocations: [Doha]\n\
         sources:\n  jpost:\n    publisher: The Jerusalem Post\n    url: \"https://www.jpost.com/a?b=c#d\"\n  \
         jpost-2:\n    publisher: The Jerusalem Post\n    url: https://jpost.com/2\n---\n\n"
    );
    desk.brief("build --drafts --future --as-of 2025-05-17").assert().success();
}

#[test]
fn nothing_that_is_there_is_overwritten() {
    let desk =
        Desk::new([ZONED, HAMAS, ("content/briefings/old/2025-05-16-talks.md", "---\ntitle: Talks\n---\n")]);
    new(&desk, ["Talks"]).assert().code(2).stdout_eq("").stderr_eq(
        "error: the briefing `2025-05-16-talks` is there already, in `content/briefings/old/2025-05-16-talks.md`
help: choose another title or `--date`, or open that file
",
    );
    // A file that cannot be read as a briefing is there all the same.
    desk.write("content/briefings/2025-05-16-broken.md", "---\ntitle: [\n---\n");
    new(&desk, ["Broken"])
        .assert()
        .code(2)
        .stderr_eq("error: `content/briefings/2025-05-16-broken.md` is there already\n[..]\n");
    assert_eq!(desk.read("content/briefings/2025-05-16-broken.md"), "---\ntitle: [\n---\n");
    new(&desk, ["actor", "حماس"])
        .assert()
        .code(2)
        .stderr_eq("error: `content/actors/hamas.md` bears the name `حماس` already\n[..]\n");
}

#[test]
fn profiles_go_to_the_folder_of_their_kind() {
    let settings = "title = \"Desk\"\n[kinds.topic]\nkey = \"topics\"\n";
    let desk = Desk::new([("brief.toml", settings), HAMAS]);
    for (words, path, text) in [
        (
            "actor|Bassem Naim|--type|person|--parent|hamas|--alias|باسم نعيم",
            "content/actors/bassem-naim.md",
            "---\nname: Bassem Naim\ntype: person\nparent: Hamas\naliases: [باسم نعيم]\n# a sentence on this actor\n\
             # description: \"\"\n---\n\n",
        ),
        (
            "location|Doha",
            "content/locations/doha.md",
            "---\nname: Doha\n# one of country, region, city, site, other\n# type: other\n# other names that mean the \
             same, in any script\n# aliases: []\n# a sentence on this location\n# description: \"\"\n---\n\n",
        ),
        (
            "topic|Talks",
            "content/topics/talks.md",
            "---\nname: Talks\n# other names that mean the same, in any script\n# aliases: []\n# a sentence on this \
             topic\n# description: \"\"\n---\n\n",
        ),
    ] {
        new(&desk, words.split('|')).assert().success().stdout_eq(format!("{path}\n")).stderr_eq("");
        assert_eq!(desk.read(path), text);
    }
    new(&desk, ["Talks go on", "--actor", "Bassem Naim", "--location", "Doha"]).assert().success();
    desk.build("--strict --as-of 2025-05-17");
}

#[test]
fn a_title_may_be_the_name_of_a_kind() {
    let desk = Desk::new([ZONED]);
    new(&desk, ["actor"]).assert().code(2).stderr_eq(
        "error: `brief new actor` needs a name
help: write `brief new actor NAME`; a briefing with this title is `brief new briefing actor`
",
    );
    new(&desk, ["briefing", "actor"]).assert().success().stdout_eq("content/briefings/2025-05-16-actor.md\n");
    new(&desk, ["briefing"]).assert().success().stdout_eq("content/briefings/2025-05-16-briefing.md\n");
}

#[test]
fn what_cannot_be_meant_is_refused_and_nothing_is_written() {
    let desk = Desk::new([ZONED]);
    for (words, message) in [
        (
            "Talks|go",
            "error: `Talks` is no kind of this archive\nhelp: put a title in quotation marks; the kinds are `actor`, \
             `location`, `keyword` or `briefing`\n",
        ),
        ("acter|X", "error: `acter` is no kind of this archive\nhelp: did you mean `actor`?\n"),
        ("actor|X|--date|2025-01-01", "error: `--date` belongs to a briefing\nhelp: leave it out\n"),
        (
            "X|--type|person",
            "error: `--type` belongs to a profile: `brief new KIND NAME`\nhelp: leave it out\n",
        ),
        ("  ", "error: the title or the name is empty\nhelp: write one\n"),
        ("X|--date|2025-02-30", "error: `--date`: [..]\nhelp: [..]\n"),
        ("X|--lang|arabic!", "error: `arabic!` is no language tag\n[..]\n"),
        ("X|--source|jpost.com", "error: `jpost.com` is no address of a source\n[..]\n"),
        ("X|--after|nothing", "error: there is no briefing `nothing` that can be read\n[..]\n"),
        ("X|--actor|", "error: `--actor` is empty\nhelp: write a name\n"),
        ("actor|X|--type|persn", "error: `persn` is no type\nhelp: did you mean `person`?\n"),
        ("date|2025", "error: a day has no profile to begin\n[..]\n"),
    ] {
        new(&desk, words.split('|')).assert().code(2).stdout_eq("").stderr_eq(message);
    }
    assert_eq!(desk.files("").len(), 1);
    let broken = Desk::new([("brief.toml", "titel = \"Desk\"\n")]);
    new(&broken, ["X"]).assert().code(1).stdout_eq("");
}

const YESTERDAY: (&str, &str) = (
    "content/briefings/2025/2025-05-15-talks.md",
    "---
title: Talks
tlp: green
actors: [Qatar]
claims:
  - {id: direct, by: Hamas, about: [Israel], text: \"Talks: they # go\\n on.\", sources: [jpost]}
  - {id: denied, by: Hamas, text: Other., sources: [jpost], responses: [{by: Israel, stance: denies}]}
  - {id: asked, by: Hamas, text: Asked., sources: [jpost], responses: [{by: Israel, stance: declines}]}
  - {id: wish, class: opinion, by: Hamas, text: A wish., sources: [jpost]}
  - {by: Hamas, text: No id., sources: [jpost]}
  - {id: foreign, by: Egypt, text: Not theirs., sources: [jpost]}
sources:
  jpost: {url: https://jpost.com/a, title: \"A: b\", published: by 2025-05-15, tlp: green}
  secret: {url: https://secret.example/, embargo: 2030-01-01T00:00Z}
---
Text.
",
);

#[test]
fn the_next_day_begins_with_whom_and_what_the_last_named() {
    let settings = "title = \"Desk\"\n[marking]\ndefault = \"clear\"\n[editions.partners]\nadmits = [\"clear\", \"green\"]\n";
    let mut yesterday = YESTERDAY.1.replace("actors: [Qatar]", "actors: [Qatar, Hamas, Israel]");
    let desk = Desk::new([("brief.toml", settings)]);
    // Whoever is named as a speaker is an actor of the briefing; this one is not.
    yesterday = yesterday.replace("by: Egypt", "by: {unnamed: somebody}");
    desk.write(YESTERDAY.0, &yesterday);
    let path = "content/briefings/2025/2025-05-16-day-two.md";
    new(&desk, ["Day two", "--after", "last"]).assert().success().stdout_eq(format!("{path}\n")).stderr_eq(
        "note: after `content/briefings/2025/2025-05-15-talks.md`: 2 claims of its actors stand open
note: the source `secret` is under embargo or a draft, and left out
note: an open claim in `content/briefings/2025/2025-05-15-talks.md` has no id, so nothing can answer it
",
    );
    let text = desk.read(path);
    let expected = "---
title: Day two
date: 2025-05-16
tlp: green
actors: [Qatar, Hamas, Israel]
locations: []
sources:
  jpost:
    title: \"A: b\"
    url: https://jpost.com/a
    published: \"[..2025-05-15]\"
    tlp: green
";
    assert_eq!(&text[..expected.len()], expected);
    assert!(!text.contains("denied") && !text.contains("wish") && !text.contains("foreign"), "{text}");
    desk.build("--edition partners --as-of 2025-05-17");

    // What the comments teach is YAML that the build takes.
    let answered: Vec<&str> = text.lines().map(|line| line.strip_prefix("# ").unwrap_or(line)).collect();
    desk.write(path, answered.join("\n"));
    desk.build("--edition partners --as-of 2025-05-17");
    let page = desk.read("partners/briefings/2025/05/15/talks/index.html");
    assert_eq!(page.matches("Replace this with what they say").count(), 2, "{}", answered.join("\n"));
}

#[test]
fn what_goes_on_from_something_held_back_is_a_draft() {
    let desk = Desk::new([ZONED]);
    desk.write("content/briefings/2025-05-15-a.md", "---\ntitle: A\nembargo: 2030-01-01T00:00Z\n---\n");
    for name in ["2025-05-15-a", "content/briefings/2025-05-15-a.md"] {
        let title = format!("B {}", name.len());
        let output = new(&desk, [title.as_str(), "--after", name]).output().unwrap();
        assert!(output.status.success());
        let path = String::from_utf8(output.stdout).unwrap();
        assert!(desk.read(path.trim()).contains("\ndate: 2025-05-16\ndraft: true\n"));
    }
}

#[test]
fn the_path_leads_there_from_where_one_is() {
    let desk = Desk::new([]);
    desk.write("desk/brief.toml", ZONED.1);
    new(&desk, ["Talks", "--root", "desk"])
        .assert()
        .success()
        .stdout_eq("desk/content/briefings/2025-05-16-talks.md\n");
    new(
        &desk,
        [
            "More",
            "--root",
            "desk",
            "--after",
            "desk/content/briefings/2025-05-16-talks.md",
            "--format",
            "json",
        ],
    )
    .assert()
    .success()
    .stdout_eq("{\"note\":[..]}\n{\"new\":{\"path\":\"desk/content/briefings/2025-05-17-more.md\"}}\n");
}
