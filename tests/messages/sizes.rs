//! Inputs that are larger or deeper than anybody writes: they end in a message.

use std::fmt::Write as _;

use brief::{diagnostics::Diagnostics, sources::Sources};

use crate::site::{Outcome, of_sources};

const PATH: &str = "content/briefings/2025-05-15-talks.md";

fn of_file(text: &str) -> Outcome {
    let files = [("brief.toml", "title = \"Test\"\n"), (PATH, text)];
    of_sources(&Sources::from_texts(files), Diagnostics::new(), "")
}

/// What is printed of one file. These are so large that whatever grows faster than they do would never end.
fn messages_of(text: &str) -> String {
    of_file(text).messages
}

#[test]
fn of_two_hundred_mistakes_in_a_file_fifty_are_shown() {
    let mut text = "---\ntitle: Talks\n".to_owned();
    for number in 0..200 {
        writeln!(text, "mistake{number}: 1").unwrap();
    }
    let messages = messages_of(&(text + "---\n"));
    assert_eq!(messages.matches("error[unknown-key]: ").count(), 50);
    let first = "\
error[unknown-key]: unknown key `mistake0` in a briefing
 --> content/briefings/2025-05-15-talks.md:3:1
  |
3 | mistake0: 1
  | ^^^^^^^^
  |
  = help: the archive's own keys stand under `extra`
";
    assert!(messages.contains(first), "{messages}");
    let more = "\
error[too-many]: 150 more mistakes in this file are not shown
--> content/briefings/2025-05-15-talks.md
 = help: mend those shown and build again
";
    assert!(messages.contains(more), "{messages}");
    assert!(messages.ends_with("51 errors\n"), "{messages}");
}

#[test]
fn past_sixty_messages_each_has_one_line() {
    let mut files = vec![("brief.toml".to_owned(), "title = \"Test\"\n".to_owned())];
    for day in 1..=30 {
        files.push((
            format!("content/briefings/2025-06-{day:02}-talks.md"),
            "---\ntitle: Talks\nmood: 1\nplace: 2\ndraft: yes\n---\n".to_owned(),
        ));
    }
    let files = files.iter().map(|(path, text)| (path.as_str(), text.as_str()));
    let messages = of_sources(&Sources::from_texts(files), Diagnostics::new(), "").messages;
    assert_eq!(messages.matches("= help: ").count(), 60);
    let last = "\
content/briefings/2025-06-30-talks.md:3:1: error[unknown-key]: unknown key `mood` in a briefing
content/briefings/2025-06-30-talks.md:4:1: error[unknown-key]: unknown key `place` in a briefing
content/briefings/2025-06-30-talks.md:5:8: error[wrong-type]: expected `true` or `false`, found `yes`
90 errors
";
    assert!(messages.ends_with(last), "{messages}");
}

#[test]
fn aliases_that_repeat_aliases_are_stopped() {
    let mut text = "---\ntitle: Talks\nextra:\n  a: &a [x, x, x, x, x, x, x, x, x]\n".to_owned();
    for (before, letter) in ('a'..'j').zip('b'..='j') {
        let again = format!("*{before}, ").repeat(9);
        writeln!(text, "  {letter}: &{letter} [{}]", again.trim_end_matches(", ")).unwrap();
    }
    let messages = messages_of(&(text + "---\n"));
    let expected = "\
error[alias-bomb]: anchors and aliases repeat more than 20000 values
 --> content/briefings/2025-05-15-talks.md:8:10
  |
8 |   e: &e [*d, *d, *d, *d, *d, *d, *d, *d, *d]
  |          ^^
  |
  = help: write the values out

1 error
";
    assert_eq!(messages, expected);
}

#[test]
fn twenty_thousand_brackets_are_too_deep() {
    // The file, the brackets that open and those that close, and where the message stands.
    for (fence, is, open, close, column) in
        [("---", ":", "[", "]", 72), ("---", ":", "{a: ", "}", 260), ("+++", " =", "[", "]", 89)]
    {
        let value = open.repeat(20_000) + &close.repeat(20_000);
        let messages = messages_of(&format!("{fence}\ntitle{is} \"Talks\"\nextra{is} {value}\n{fence}\n"));
        let first = format!(
            "error[too-deep]: lists and maps stand more than 64 deep in each other\n --> {PATH}:3:{column}\n"
        );
        assert!(messages.starts_with(&first), "{messages}");
        assert!(messages.ends_with("  = help: write them flatter\n\n1 error\n"), "{messages}");
        assert!(messages.len() < 1000, "{messages}");
    }
}

#[test]
fn of_a_very_long_line_the_part_around_the_mistake_is_shown() {
    let words = "word ".repeat(200_000);
    let messages = messages_of(&format!(
        "---\ntitle: Talks\nevents: [{{date: 2025-05-13, text: {words}, actors: [{{id: Hamas, rol: by}}]}}]\n---\n"
    ));
    let expected = "\
error[unknown-key]: unknown key `rol` in an event's actor
 --> content/briefings/2025-05-15-talks.md:3:1000058
  |
3 | ...word word word word word word word word , actors: [{id: Hamas, rol: by}]}]
  |                                                                   ^^^
  |
  = help: did you mean `role`?

1 error
";
    assert_eq!(messages, expected);
}

#[test]
fn a_site_without_settings_is_told_how_to_begin() {
    let messages = of_sources(&Sources::from_texts([]), Diagnostics::new(), "").messages;
    let expected = "\
error[no-settings]: there is no `brief.toml` here
 |
 = help: begin an archive with `brief init`, or name the folder of one with `--root`

1 error
";
    assert_eq!(messages, expected);
}

#[test]
fn of_many_names_that_are_near_each_other_the_first_twenty_pairs_are_told() {
    let mut front = "---\ntitle: Talks\nactors:\n".to_owned();
    for number in 0..5_000 {
        writeln!(front, "- Brigade {number} of Salem\n- Brigade {number} of Salim").unwrap();
    }
    let messages = messages_of(&(front + "---\n"));
    assert_eq!(messages.matches("warning[near-names]: `Brigade ").count(), 20);
    let last = "\
warning[near-names]: 4980 more pairs of names may be of one thing each
 |
 = help: settle those shown and build again

21 warnings
";
    assert!(messages.ends_with(last), "{messages}");
}

#[test]
fn of_ten_thousand_names_of_one_skeleton_twenty_pairs_are_told() {
    let mut front = "---\ntitle: Talks\nactors:\n".to_owned();
    let vowels = ["a", "e", "i", "o", "u", "aa", "ee", "oo", "ou", "ai"];
    for number in 0..10_000 {
        let of = |place: u32| vowels[number / 10_usize.pow(place) % 10];
        writeln!(front, "- M{}h{}m{}d{}", of(0), of(1), of(2), of(3)).unwrap();
    }
    let messages = messages_of(&(front + "---\n"));
    assert_eq!(messages.matches("` may be names of one actor").count(), 20);
}

#[test]
fn of_many_who_speak_for_one_fifty_are_shown_by_name() {
    let mut files = vec![("brief.toml".to_owned(), "title = \"Test\"\n".to_owned())];
    files.push(("content/actors/state.md".to_owned(), "---\nname: State\n---\n".to_owned()));
    for number in 0..120 {
        let front = format!("---\nname: \"{:03}\"\nspeaks_for: State\n---\n", 999 - number);
        files.push((format!("content/actors/p{number}.md"), front));
    }
    let files = files.iter().map(|(path, text)| (path.as_str(), text.as_str()));
    let built = of_sources(&Sources::from_texts(files), Diagnostics::new(), "");
    let page = &built.files["actors/state/index.html"];
    assert_eq!(page.matches("<dd>").count(), 51, "{page}");
    let ends = |name: &str| page.contains(&format!("<bdi>{name}</bdi></a></dd>"));
    assert!(ends("880") && ends("929") && !ends("930"), "{page}");
    assert!(page.contains("<dd>and 70 more</dd>"), "{page}");
}
