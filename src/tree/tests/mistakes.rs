use std::{fmt::Write, time::Instant};

use super::{Reader, read};
use crate::tree::{json, toml, yaml};

/// The one report of `text`, of which nothing is read.
fn refused(reader: Reader, text: &str) -> String {
    let (node, reports) = read(reader, text);
    assert!(node.is_none(), "{text}");
    assert_eq!(reports.len(), 1, "{text}: {reports:?}");
    reports.into_iter().next().unwrap()
}

/// Reads what can be read, and gives it as JSON with the reports.
fn mended(text: &str) -> (String, Vec<String>) {
    let (node, reports) = read(yaml, text);
    (json(&node.unwrap()).to_string(), reports)
}

#[test]
fn an_unquoted_colon_is_shown_quoted() {
    for (text, place, help) in [
        ("a: b\ntitle: Talks: round two\n", "Talks: round two", "title: \"Talks: round two\""),
        ("a: b:\nc: d\n", "b:", "a: \"b:\""),
        ("l:\n  - x: y: z\n", "y: z", "- x: \"y: z\""),
        ("عنوان: سلام: 🎉\n", "سلام: 🎉", "عنوان: \"سلام: 🎉\""),
        ("t: Say \"no\": why\r\n", "Say \"no\": why", "t: 'Say \"no\": why'"),
        ("- {text: Talks: round, b: c}\n", "Talks: round", "\"Talks: round\""),
    ] {
        let message = "yaml-syntax: a colon stands in text that is not quoted";
        assert_eq!(refused(yaml, text), format!("{message} | {place} | quote it: `{help}`"));
    }
}

#[test]
fn text_that_goes_on_after_a_quotation_mark_is_shown_quoted_whole() {
    for (text, place, help) in [
        ("title: \"Peace\" talks\nb: c\n", "\"Peace\" talks", "title: '\"Peace\" talks'"),
        ("title: 'Peace' talks\n", "'Peace' talks", "title: \"'Peace' talks\""),
        ("title: \"Peace\": it's on\n", "\"Peace\": it's on", "title: '\"Peace\": it''s on'"),
    ] {
        let report = refused(yaml, text);
        let message = "yaml-syntax: the text goes on after its closing quotation mark";
        assert_eq!(report, format!("{message} | {place} | quote the whole: `{help}`"));
    }
}

#[test]
fn a_tab_in_the_indentation_is_named() {
    for text in ["a:\n\tb: c\n", "a:\n  - x\n\t- y\n"] {
        assert_eq!(
            refused(yaml, text),
            "yaml-syntax: a tab stands in the indentation | \t | indent with spaces"
        );
    }
}

#[test]
fn what_is_never_closed_is_shown_where_it_opens() {
    for (text, report) in [
        (
            "title: \"abc\ndate: 2025\n",
            "the quotation mark is never closed | \"abc | close it: `title: \"abc\"`",
        ),
        ("x: y\nl:\n  - 'abc\n\nd: 2\n", "the quotation mark is never closed | 'abc | close it: `- 'abc'`"),
        ("a: [b, c\nd: e\n", "the bracket `[` is never closed | [b, c | close it: `a: [b, c]`"),
        ("a: {b: c\nd: e\n", "the bracket `{` is never closed | {b: c | close it: `a: {b: c}`"),
    ] {
        assert_eq!(refused(yaml, text), format!("yaml-syntax: {report}"));
    }
}

#[test]
fn text_that_begins_with_a_mark_of_yaml_is_shown_quoted() {
    for first in ["@", "%", ",", "]", "}", "> ", "| ", "- ", "? "] {
        let text = format!("actors: {first}hamas\n");
        let mark = first.trim();
        let and = if matches!(first, "- " | "? ") { " and a space" } else { "" };
        let message = format!("yaml-syntax: text cannot begin with `{mark}`{and} unless it is quoted");
        let expected = format!("{message} | {first}hamas | quote it: `actors: \"{first}hamas\"`");
        assert_eq!(refused(yaml, &text), expected);
    }
    assert_eq!(
        refused(yaml, "actors: `hamas`\n"),
        "yaml-syntax: text cannot begin with a backtick unless it is quoted | `hamas` | quote it: `actors: \"`hamas`\"`"
    );
    assert_eq!(
        refused(yaml, "actors: [x, @hamas]\n"),
        "yaml-syntax: text cannot begin with `@` unless it is quoted | @hamas | quote it: `\"@hamas\"`"
    );
    assert_eq!(
        refused(yaml, "title: [draft] talks\n"),
        "yaml-syntax: text follows the list that `[` begins | [draft] talks | if it is text, quote the whole: `title: \"[draft] talks\"`"
    );
}

#[test]
fn an_anchor_alias_or_tag_that_is_text_is_shown_quoted() {
    for (text, rest, report) in [
        (
            "title: &The one\n",
            r#"{"title":"one"}"#,
            "unused-anchor: `&The` names a value that nothing repeats, and is no part of the text | &The | if it is text, quote it: `title: \"&The one\"`",
        ),
        (
            "title: *The\n",
            r#"{"title":null}"#,
            "unknown-anchor: `*The` repeats a value, but no `&The` stands above it | *The | if it is text, quote it: `title: \"*The\"`",
        ),
        (
            "title: !important news\n",
            r#"{"title":"news"}"#,
            "unknown-tag: `!important` is a tag of YAML that means nothing here | !important | if it is text, quote it: `title: \"!important news\"`",
        ),
    ] {
        assert_eq!(mended(text), (rest.to_owned(), vec![report.to_owned()]));
    }
}

#[test]
fn a_comment_after_text_is_a_warning_that_shows_the_text_quoted() {
    let text = "title: Peace #2\ndate: 2025-05-15 # day\nat: 2025-05-16T06:00[Asia/Jerusalem] # when\nlist: [a, b] # c\nn: 5 # five\nq: \"x\" # y\nempty: # todo\n";
    let (value, reports) = mended(text);
    assert!(value.starts_with(r#"{"title":"Peace","#));
    assert_eq!(
        reports,
        [
            "comment-after-text: the text ends before `#`: the rest is a comment | #2 | if it belongs to the text, quote it: `title: \"Peace #2\"`; if not, put it on a line of its own"
        ]
    );
    let (_, reports) = mended("title: #5 killed\r\n");
    assert_eq!(
        reports,
        [
            "comment-after-text: no text stands before `#`: the rest is a comment | #5 killed | if it is text, quote it: `title: \"#5 killed\"`"
        ]
    );
}

#[test]
fn a_key_that_stands_twice_names_both_places_and_the_first_counts() {
    let report = |key: &str, at: usize| {
        format!("duplicate-key: key `{key}` is written twice | {key} | keep one of the two | {key}@{at}")
    };
    assert_eq!(mended("a: 1\nb: 2\na: 3\n"), (r#"{"a":1,"b":2}"#.to_owned(), vec![report("a", 0)]));
    let mut text = String::new();
    for number in 0..30 {
        writeln!(text, "k{number:02}: {number}").unwrap();
    }
    text.push_str("k07: again\nk01: again\n");
    let (value, reports) = mended(&text);
    assert!(!value.contains("again"));
    // Each line before the tenth is seven bytes long, and every later one eight.
    assert_eq!(reports, [report("k07", 7 * 7), report("k01", 7)]);
}

#[test]
fn keys_are_texts() {
    let quote = "write a text as the key; if it begins with `[` or `{`, quote it";
    assert_eq!(
        mended("? [a]\n: b\n{}: c\n<<: d\n: e\nf: g\n"),
        (
            r#"{"f":"g"}"#.to_owned(),
            vec![
                format!("bad-key: a list cannot be a key | [a] | {quote}"),
                format!("bad-key: a map cannot be a key | {{}} | {quote}"),
                "merge-key: the merge key `<<` is not of YAML 1.2 | << | write the keys out".to_owned(),
                "bad-key: a value stands without a key |  | write `key: value`".to_owned(),
            ]
        )
    );
}

#[test]
fn one_document_without_directives_is_read() {
    assert_eq!(
        mended("a: b\n---\nc: d\n"),
        (
            r#"{"a":"b"}"#.to_owned(),
            vec!["several-documents: a second YAML document begins here | --- | keep one: remove the line of `---` or `...` between them".to_owned()]
        )
    );
    assert_eq!(
        refused(yaml, "%YAML 1.2\n---\na: b\n"),
        "yaml-syntax: a YAML directive stands here | %YAML 1.2 | remove the line"
    );
}

#[test]
fn other_mistakes_are_told_in_plain_words() {
    for (text, report) in [
        (
            "a: b\nc\nd: e\n",
            "a line without a key | c | write `key: value`, or indent the line if it goes on with the text above",
        ),
        ("a: b\n c: d\n", "a key cannot stand here | : d | indent it as the other keys of its map"),
        ("a:b\nc: d\n", "a key cannot stand here | : d | write a space after the colon of the line above"),
        ("a: [b, , c]\n", "nothing stands before this comma | , | remove the comma"),
        (
            "a: \"x\\qy\"\n",
            "a backslash in double quotation marks stands before a letter that means nothing | \"x\\qy\" | write `\\\\` for a backslash, or use single quotation marks",
        ),
        ("a: \"x\"# d\n", "a comment follows the quotation mark at once | \"x\"# d | put a space before `#`"),
        (
            "a:\n  - b\n c: d\n",
            "a line does not go on with the keys above | c: d | write `key: value`, indented as the keys above",
        ),
        ("a: \u{7}b\n", "a control character stands in the text | \u{7}b | remove it"),
    ] {
        assert_eq!(refused(yaml, text), format!("yaml-syntax: {report}"));
    }
}

#[test]
fn toml_reports_every_mistake_and_both_places_of_a_key() {
    let text = "a = 1\nb = Talks on\nc = 2\na = 3\n[t]\na = 1\n[t]\nz = 1\nq = 'abc\n";
    let (node, reports) = read(toml, text);
    assert!(node.is_none());
    let twice = "is written twice";
    assert_eq!(
        reports,
        [
            "toml-syntax: string values must be quoted, expected literal string | Talks on | text stands in quotation marks: `b = \"Talks on\"`".to_owned(),

            format!("duplicate-key: key `a` {twice} | a | keep one of the two | a@0"),
            format!("duplicate-key: key `t` {twice} | t | keep one of the two | t@32"),
            "toml-syntax: invalid literal string, expected `'` |  | close it with `'`".to_owned(),
        ]
    );
}

#[test]
fn bombs_are_refused_in_one_report_and_at_once() {
    let deep = |open: &str| format!("a: {}", open.repeat(20_000));
    let mut laughs = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..9 {
        let aliases = vec![format!("*a{}", level - 1); 10].join(", ");
        writeln!(laughs, "a{level}: &a{level} [{aliases}]").unwrap();
    }
    let many = format!("- &a [x]\n{}", "- *a\n".repeat(200_000));
    let loops = "a: &a [*a]\n".repeat(90_000);
    let mut indented = String::new();
    for level in 0..300 {
        writeln!(indented, "{}a:", " ".repeat(level)).unwrap();
    }
    let dotted = format!("a = {}1{}", "{a.a.a.a = ".repeat(60), "}".repeat(60));
    let headers = format!("[{}]\n", vec!["a"; 5_000].join("."));
    for (reader, text, code) in [
        (yaml as Reader, deep("["), "too-deep"),
        (yaml, deep("{a: "), "too-deep"),
        (yaml, "- ".repeat(20_000), "too-deep"),
        (yaml, indented, "too-deep"),
        (yaml, laughs, "alias-bomb"),
        (yaml, many, "alias-bomb"),
        (yaml, loops, "alias-loop"),
        (toml, format!("a = {}", "[".repeat(20_000)), "too-deep"),
        (toml, format!("a = {}", "{a = ".repeat(20_000)), "too-deep"),
        (toml, dotted, "too-deep"),
        (toml, headers, "too-deep"),
    ] {
        let began = Instant::now();
        let (node, reports) = read(reader, &text);
        assert!(node.is_none());
        let codes: Vec<&str> = reports.iter().filter_map(|report| report.split(':').next()).collect();
        assert_eq!(codes, [code], "{}", &text[..40]);
        // A debug build on a busy machine; a bomb would take minutes.
        assert!(began.elapsed().as_secs() < 5, "{}", &text[..40]);
    }
}

#[test]
fn an_alias_cannot_carry_depth_past_the_limit() {
    let half = format!("{}x{}", "[".repeat(40), "]".repeat(40));
    let text = format!("a: &a {half}\nb: {}*a{}\n", "[".repeat(40), "]".repeat(40));
    assert!(
        refused(yaml, &text)
            .starts_with("too-deep: lists and maps stand more than 64 deep in each other | *a |")
    );
}

#[test]
fn a_megabyte_on_one_line_is_read_in_linear_time() {
    let items = |item: &str| format!("a: [{}]\n", vec![item; 1_000_000 / (item.len() + 2)].join(", "));
    for text in [items("word"), items("!tag x"), items("*b"), items("\"q\""), items("a: b")] {
        let began = Instant::now();
        read(yaml, &text);
        assert!(began.elapsed().as_secs() < 20, "{}", &text[..20]);
    }
    let lines = "a = 1\n".repeat(100_000);
    let began = Instant::now();
    read(toml, &lines);
    assert!(began.elapsed().as_secs() < 20);
}
