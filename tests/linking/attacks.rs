//! Names and texts that nobody would write, or only a machine.

use std::{collections::BTreeMap, fmt::Write as _};

use brief::{diagnostics::Diagnostics, sources::Sources};

use crate::{links, site};

const PAGE: &str = "briefings/2025/05/15/talks/";

/// The profiles of actors with these ids and lines of front matter, and a briefing with this text: its messages and
/// its page.
fn build(profiles: &[(&str, &str)], body: &str) -> (String, BTreeMap<String, String>) {
    let mut files = BTreeMap::from([
        ("brief.toml".to_owned(), "title = \"Test\"\n".to_owned()),
        ("content/briefings/2025-05-15-talks.md".to_owned(), format!("---\ntitle: Talks\n---\n{body}\n")),
    ]);
    for (id, front) in profiles {
        files.insert(format!("content/actors/{id}.md"), format!("---\n{front}\n---\n"));
    }
    let sources = Sources::from_texts(files.iter().map(|(path, text)| (path.as_str(), text.as_str())));
    let outcome = site::of_sources(&sources, Diagnostics::new(), "");
    (outcome.messages, outcome.files)
}

/// The links of the briefing's text; nothing may be reported.
#[track_caller]
fn linked(profiles: &[(&str, &str)], body: &str) -> Vec<String> {
    let (messages, files) = build(profiles, body);
    assert_eq!(messages, "");
    links::shown(&files, PAGE).lines().map(str::to_owned).collect()
}

fn html(files: &BTreeMap<String, String>) -> &str {
    &files[&format!("{PAGE}index.html")]
}

/// A profile with one name, whatever stands in it, and a text that is that name: both as Markdown and YAML take them.
fn alone(name: &str) -> Vec<String> {
    let mut escaped = String::new();
    for letter in name.chars() {
        if letter.is_ascii_punctuation() {
            escaped.push('\\');
        }
        escaped.push(letter);
    }
    let quoted = serde_json::to_string(name).unwrap();
    linked(&[("a", &format!("name: A0\naliases: [{quoted}]"))], &format!("By {escaped} today."))
}

#[test]
fn an_entity_may_have_ten_thousand_aliases() {
    let mut front = "name: Legion\naliases:\n".to_owned();
    for number in 0..10_000 {
        writeln!(front, "  - Alias {number}").unwrap();
    }
    let found = linked(&[("legion", &front)], "By Alias 10000, Alias 9999 and Alias 1.");
    assert_eq!(found, ["Alias 9999 -> actors/legion/"]);
}

#[test]
fn a_text_may_name_one_five_thousand_times_and_five_thousand_once() {
    let body = "Hamas, Hamas. ".repeat(2_500);
    assert_eq!(linked(&[("hamas", "name: Hamas")], &body), ["Hamas -> actors/hamas/"]);
    let profiles: Vec<(String, String)> =
        (0..2_000).map(|number| (format!("p{number}"), format!("name: Person {number}"))).collect();
    let profiles: Vec<(&str, &str)> = profiles.iter().map(|(id, front)| (&**id, &**front)).collect();
    let body: Vec<String> = (0..2_000).rev().map(|number| format!("Person {number} \"x\" it's. ")).collect();
    let found = linked(&profiles, &body.concat());
    assert_eq!(found.len(), 2_000);
    assert_eq!(found[..2], ["Person 1999 -> actors/p1999/", "Person 1998 -> actors/p1998/"]);
}

#[test]
fn a_name_that_is_no_word_is_not_looked_for() {
    for name in ["'", "\"", "’", "''", "«»", ".", "-", "7", "7:30", "#", "🕊", "\u{301}", "&", "]]", "[[", "a"]
    {
        assert_eq!(alone(name), ["(none)"], "{name:?}");
    }
}

#[test]
fn signs_of_patterns_and_of_html_in_a_name_mean_nothing() {
    for name in [
        "a.*b",
        "(x|yz)",
        "[a-z]+",
        "A & B",
        "<b>C</b>",
        "a\"b",
        "x\\d+y",
        "A|B",
        "`xy`",
        "**xy**",
        "_xy_",
        "xy$",
        "{{ xy }}",
        "{% xy %}",
        "<script>xy</script>",
        "A&amp;B",
        "x%20y",
        "https:xy",
        "x#y",
        "../xy",
        "!xy",
        "@xy",
    ] {
        let squeezed = name.split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(alone(name), [format!("{squeezed} -> actors/a/")], "{name:?}");
    }
    assert_eq!(linked(&[("a", "name: A0\naliases: [\"a.*b\", \"[x-z]\"]")], "By aXXb and y."), ["(none)"]);
}

#[test]
fn html_in_a_name_stays_text_on_every_page() {
    let name = "<script>alert(1)</script> & \"Sons\"";
    let front = format!("name: {name:?}\naliases: [\"<img src=x onerror=alert(1)>\"]");
    let (messages, files) = build(
        &[("a", &front)],
        "By \\<script>alert(1)\\</script> & \"Sons\" and \\<img src=x onerror=alert(1)>.",
    );
    assert_eq!(messages, "");
    for (path, text) in files.iter().filter(|(path, _)| path.ends_with(".html")) {
        assert!(!text.contains("<script>") && !text.contains("<img"), "{path}:\n{text}");
    }
}

#[test]
fn of_names_that_overlap_the_leftmost_is_taken_and_then_the_longest() {
    let profiles =
        [("ab", "name: Aa Bb"), ("bc", "name: Bb Cc"), ("cd", "name: Cc Dd"), ("bcde", "name: Bb Cc Dd Ee")];
    assert_eq!(linked(&profiles, "Aa Bb Cc Dd Ee"), ["Aa Bb -> actors/ab/", "Cc Dd -> actors/cd/"]);
    assert_eq!(linked(&profiles, "Bb Cc Dd Ee"), ["Bb Cc Dd Ee -> actors/bcde/"]);
    assert_eq!(linked(&profiles, "Bb Cc Dd E"), ["Bb Cc -> actors/bc/"]);
}

#[test]
fn a_name_that_front_matter_holds_is_linked_in_the_text_alone() {
    let (_, files) = build(&[("t", "name: Talks"), ("u", "name: title")], "Talks under a title.");
    assert_eq!(links::shown(&files, PAGE), "Talks -> actors/t/\ntitle -> actors/u/\n");
    assert!(html(&files).contains("<h1>Talks</h1>"), "{}", html(&files));
    assert!(html(&files).contains("<title>Talks – Test</title>"), "{}", html(&files));
}

#[test]
fn a_footnote_is_read_after_the_text_wherever_it_is_written() {
    let profiles = [("hamas", "name: Hamas"), ("fatah", "name: Fatah")];
    let found = linked(&profiles, "[^1]: Hamas and Fatah.\n\nHamas said so.[^1]");
    assert_eq!(
        found,
        ["Hamas -> actors/hamas/", "1 -> #fn:1", "Fatah -> actors/fatah/", "↩ -> #fnref:1"],
        "the text comes first"
    );
    let found = linked(&profiles, "One.[^b] Two.[^a]\n\n[^a]: By Hamas.\n\n[^b]: Hamas too.");
    let hamas = found.iter().position(|link| link == "Hamas -> actors/hamas/").unwrap();
    let back = found.iter().position(|link| link.starts_with('↩')).unwrap();
    assert!(hamas < back, "the first note is the first that the text leads to: {found:?}");
}

#[test]
fn a_footnote_that_nothing_leads_to_names_nobody() {
    let (_, files) = build(&[("hamas", "name: Hamas")], "Words.\n\n[^1]: By Hamas.\n");
    assert_eq!(links::shown(&files, PAGE), "(none)\n");
}

#[test]
fn names_stand_in_tables_tasks_and_raw_html() {
    let profiles =
        [("a", "name: Aa"), ("b", "name: Bb"), ("c", "name: Cc"), ("d", "name: Dd"), ("e", "name: Ee")];
    let found = linked(
        &profiles,
        "| Aa | x |\n| --- | :-: |\n| \\| Bb \\| | `Cc` |\n\n- [ ] Cc\n  - [x] ~~Dd~~\n\n<div>\n\nEe\n\n</div>\n",
    );
    assert_eq!(
        found,
        ["Aa", "Bb", "Cc", "Dd", "Ee"].map(|name| format!("{name} -> actors/{}/", name[..1].to_lowercase()))
    );
    let found = linked(
        &profiles,
        "<details><summary>Aa</summary>\n\nAa <kbd>Bb</kbd> Bb <b>C</b>c Dd<br>Ee\n\n</details>",
    );
    assert_eq!(found, ["Aa -> actors/a/", "Bb -> actors/b/", "Dd -> actors/d/", "Ee -> actors/e/"]);
}

#[test]
fn what_is_never_closed_ends_with_the_text() {
    let profiles = [("a", "name: Aa")];
    for body in [
        "“Aa",
        "**Aa",
        "`Aa",
        "[Aa",
        "[[Aa",
        "<div>Aa",
        "<!-- Aa",
        "| Aa",
        "> Aa",
        "```\nAa",
        "::: tlp\nAa",
        "[^1]: Aa",
    ] {
        let (_, files) = build(&profiles, body);
        // A build with errors is drawn all the same.
        assert!(html(&files).contains("Aa") || body.starts_with("<!--") || body.starts_with("[^"), "{body}");
    }
}

#[test]
fn a_name_of_ten_thousand_letters_is_a_name() {
    let name = "Long ".repeat(2_000);
    let found =
        linked(&[("a", &format!("name: A0\naliases: [{:?}]", name.trim()))], &format!("By {}.", name.trim()));
    assert_eq!(found, [format!("{} -> actors/a/", name.trim())]);
}
