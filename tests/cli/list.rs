//! `brief list`: what an archive holds, for people, tables and other programs.

use snapbox::str;

use crate::Desk;

fn desk() -> Desk {
    let desk = Desk::new([
        ("brief.toml", "title = \"Desk\"\n[marking]\ndefault = \"clear\"\n"),
        ("content/actors/hamas.md", "---\nname: Hamas\naliases: [the movement]\ntype: organisation\n---\n"),
        ("content/locations/qatar.md", "---\nname: Qatar\n---\n"),
        ("content/locations/doha.md", "---\nname: Doha\nparent: Qatar\n---\n"),
        (
            "content/briefings/2025-05-14-a.md",
            "---\ntitle: '=A, first'\nactors: [Hamas]\nlocations: [Doha]\n---\n",
        ),
        ("content/briefings/2025-06-01-c.md", "---\ntitle: C\nactors: [Hamas]\ntlp: amber\n---\n"),
    ]);
    desk.write(
        "content/briefings/2025-05-15-b.md",
        "---\ntitle: B\nclaims:\n  - {id: talk, by: Hamas, text: We talk., responses: [{by: US, stance: denies}]}\n  \
         - {by: US, text: They talk., tlp: amber}\n---\n",
    );
    desk
}

fn listed(desk: &Desk, arguments: &str) -> String {
    let said =
        desk.brief(&format!("list --as-of 2026-01-01T00:00Z {arguments}")).assert().code(0).stderr_eq("");
    String::from_utf8(said.get_output().stdout.clone()).unwrap()
}

fn paths(desk: &Desk, arguments: &str) -> String {
    listed(desk, &format!("{arguments} --format paths")).replace("content/briefings/", "")
}

#[test]
fn briefings_stand_the_newest_first() {
    let said = desk().brief("list --as-of 2026-01-01T00:00Z").assert().code(0).stderr_eq("");
    said.stdout_eq(str![[r"
date        id            title      actors     locations  label      path
2025-05-15  2025-05-15-b  B          Hamas, US  -          TLP:CLEAR  content/briefings/2025-05-15-b.md
2025-05-14  2025-05-14-a  =A, first  Hamas      Doha       TLP:CLEAR  content/briefings/2025-05-14-a.md

"]]);
}

#[test]
fn a_place_holds_what_lies_inside_and_an_alias_means_who_bears_it() {
    let desk = desk();
    assert_eq!(paths(&desk, "--in Qatar"), "2025-05-14-a.md\n");
    assert_eq!(paths(&desk, "--actor hamas"), "2025-05-15-b.md\n2025-05-14-a.md\n");
    let alias = ["list", "--format", "paths", "--actor", "the movement", "--as-of", "2026-01-01T00:00Z"];
    let said = crate::brief(alias).current_dir(desk.path()).assert().code(0);
    said.stdout_eq("content/briefings/2025-05-15-b.md\ncontent/briefings/2025-05-14-a.md\n");
    assert_eq!(paths(&desk, "--actor US --in Qatar"), "");
    assert_eq!(paths(&desk, "--since 2025-05-15 --until 2025-05"), "2025-05-15-b.md\n");
    assert_eq!(
        listed(&desk, "locations --in Qatar --format paths"),
        "content/locations/doha.md\ncontent/locations/qatar.md\n"
    );
}

#[test]
fn what_is_kept_back_is_listed_on_demand_with_the_reason() {
    let desk = desk();
    assert_eq!(paths(&desk, "--tlp amber"), "");
    assert_eq!(paths(&desk, "--tlp amber --all"), "2025-06-01-c.md\n");
    let json = listed(&desk, "--all --format json --since 2025-06");
    let row: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(row["withheld"], "TLP:AMBER");
    assert_eq!(row["actors"], serde_json::json!(["Hamas"]));
    assert!(!listed(&desk, "claims").contains("They talk."));
    let claims = listed(&desk, "claims --all --format json");
    assert!(
        claims.lines().any(|line| line.contains("They talk.") && line.contains(r#""withheld":"TLP:AMBER""#))
    );
}

#[test]
fn people_are_told_where_nothing_is_like_that_and_programs_get_nothing() {
    let desk = desk();
    let said = desk.brief("list --as-of 2026-01-01T00:00Z --tlp green").assert().code(0).stdout_eq("");
    said.stderr_eq("note: the archive has none of these\n");
    assert_eq!(listed(&desk, "--tlp green --format json") + &listed(&desk, "--tlp green --format paths"), "");
}

#[test]
fn claims_are_listed_by_what_the_record_says_of_them() {
    let desk = desk();
    let denied = listed(&desk, "claims --status denied --format json");
    let row: serde_json::Value = serde_json::from_str(&denied).unwrap();
    assert_eq!((row["id"].as_str(), row["line"].as_u64()), (Some("2025-05-15-b#talk"), Some(4)));
    assert_eq!(listed(&desk, "claims --status differ --format json"), "");
}

#[test]
fn tables_take_no_title_for_a_formula_and_xargs_no_blank_for_an_end() {
    let desk = desk();
    assert_eq!(
        listed(&desk, "--format csv --until 2025-05-14"),
        "date,id,title,actors,locations,label,path\r\n2025-05-14,2025-05-14-a,\"'=A, first\",Hamas,Doha,TLP:CLEAR,\
         content/briefings/2025-05-14-a.md\r\n"
    );
    assert_eq!(paths(&desk, "-0 --until 2025-05-14"), "2025-05-14-a.md\0");
}

#[test]
fn what_nobody_is_called_is_refused_with_what_may_be_meant() {
    let desk = desk();
    let refused = |arguments: &str, help: &str| {
        let said = desk.brief(&format!("list {arguments}")).assert().code(2).stdout_eq("");
        let said = String::from_utf8(said.get_output().stderr.clone()).unwrap();
        assert!(said.contains(help), "{said}");
    };
    refused("--actor Hamsa", "did you mean `Hamas`?");
    refused("claim5", "did you mean `claims`?");
    refused("claims --status denyed", "did you mean `denied`?");
    refused("--status denied", "write `brief list claims`");
    refused("--since yesterday", "`--since`");
    refused("-0", "add `--format paths`");
}
