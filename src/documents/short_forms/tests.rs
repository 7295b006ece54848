use std::fmt::Write as _;

use proptest::prelude::*;
use serde_json::{Value, json};

use crate::{
    diagnostics::{Diagnostics, SharedText},
    documents::{
        Briefing, SharedSources, briefing, front_matter,
        parts::{At, Name, Party},
    },
    model::SourcePath,
    settings,
    sources::Sources,
};

/// The briefing that `text` is, and what is said about it.
fn parsed(text: &str) -> (Option<Briefing>, Diagnostics) {
    let mut diagnostics = Diagnostics::new();
    let settings = settings::parse(&Sources::from_texts([("brief.toml", "title = 'A'\n")]), &mut diagnostics);
    let path = SourcePath::new("content/briefings/2025-05-15-a.md");
    let text: SharedText = text.into();
    let briefing = front_matter::read(&path, &text, &settings, &mut diagnostics)
        .and_then(|file| briefing::parse(&file, &settings, &SharedSources::default(), &mut diagnostics));
    (briefing, diagnostics)
}

fn said(text: &str) -> Vec<String> {
    parsed(text).1.iter().map(|found| format!("{}: {}", found.code, found.message)).collect()
}

/// What is in the two briefings' claims and events, places apart.
fn parts(briefing: &Briefing) -> String {
    let mut text = format!("{:#?}\n{:#?}", briefing.claims, briefing.events)
        .replace("in_prose: true", "in_prose: false");
    let mut from = 0;
    while let Some(start) = text[from..].find("At {").map(|at| from + at) {
        let end = start + text[start..].find('}').unwrap();
        text.replace_range(start..=end, "At");
        from = start + 2;
    }
    text
}

const FRONT: &str = "---\ntitle: A\n---\n";

fn name() -> impl Strategy<Value = String> {
    prop_oneof![
        "[A-Z][a-z]{0,6}( [A-Z][a-z']{1,6}){0,2}",
        "[\\p{Arabic}&&\\p{L}]{2,8}",
        Just("Doe, John".to_owned()),
        Just("The Unit: North".to_owned()),
        Just("Movement of {Braces}".to_owned()),
        Just("by the People".to_owned()),
        "unnamed [a-z]{2,6} of [A-Z][a-z]{2,6}",
        "unnamed: [a-z]{2,6}",
        Just("unnamed \"men of letters\"".to_owned()),
    ]
}

fn names(least: usize) -> impl Strategy<Value = Vec<String>> {
    prop::collection::vec(name(), least..3)
}

fn date() -> impl Strategy<Value = Option<&'static str>> {
    prop::option::of(prop::sample::select(vec![
        "2025-05-15",
        "by 2025-05-15",
        "between 2025-05-12 and 2025-05-18",
        "about 2025-05",
        "2025-05-18 16:00",
        "2025-05-18T16:00[Asia/Jerusalem]",
        "[..2025-05-15]",
        "2025-05-12/..",
    ]))
}

fn ids() -> impl Strategy<Value = Vec<String>> {
    prop::collection::vec("[a-z]{1,6}", 0..3)
}

/// A text of one line that begins with no dash.
fn words() -> impl Strategy<Value = String> {
    "[A-Za-z\\p{Hebrew}][a-z'\",.:;!?{}*_<>&#|שלום-]{0,12}( [a-z'\",.;!?{}*_<>&#|-]{1,10}){0,4}"
        .prop_filter("no text ends with a source", |text| !text.contains(" @"))
}

#[derive(Clone, Debug)]
struct Said {
    by: Vec<String>,
    about: Vec<String>,
    at: Vec<String>,
    told: Vec<String>,
    on: Option<&'static str>,
    class: &'static str,
    text: String,
    sources: Vec<String>,
    responses: Vec<Answer>,
}

/// Who, how, when, in what words, by what sources.
type Answer = (Vec<String>, &'static str, Option<&'static str>, Option<String>, Vec<String>);

fn claims() -> impl Strategy<Value = Said> {
    let response = (
        names(1),
        prop::sample::select(vec!["denies", "confirms", "no-reply"]),
        date(),
        prop::option::of(words()),
        ids(),
    );
    let class = prop::sample::select(vec!["fact", "offer"]);
    let plain = prop::collection::vec("[A-Z][a-z]{0,6}( [A-Z][a-z']{1,6}){0,2}", 0..3);
    let who = (names(1), names(0), plain.clone(), plain);
    (who, date(), class, words(), ids(), prop::collection::vec(response, 0..3)).prop_map(
        |((by, about, at, told), on, class, text, sources, responses)| Said {
            by,
            about,
            at,
            told,
            on,
            class,
            text,
            sources,
            responses,
        },
    )
}

impl Said {
    fn front_matter(&self) -> Value {
        let responses = self.responses.iter().map(|(by, stance, date, text, sources)| {
            json!({"by": by, "stance": stance, "date": date, "text": text, "sources": sources})
        });
        json!({
            "id": "a", "by": self.by, "about": self.about, "locations": self.at, "told": self.told,
            "date": self.on, "class": self.class, "text": self.text, "sources": self.sources,
            "responses": responses.collect::<Vec<_>>(),
        })
    }

    /// The same in a body; `end` ends a line, and further lines of attributes and answers are indented.
    fn form(&self, end: &str) -> String {
        let mut text = format!("::: claim {{#a class={}", self.class);
        let list = |list: &[String]| list.join(" ; ");
        for (key, value) in [
            ("by", list(&self.by)),
            ("about", list(&self.about)),
            ("at", list(&self.at)),
            ("told", list(&self.told)),
            ("source", self.sources.join(";")),
            ("on", self.on.unwrap_or_default().to_owned()),
        ] {
            let mark = if value.contains('"') && !value.contains('\'') { '\'' } else { '"' };
            let (value, mark) =
                if value.contains('"') && mark == '"' { (value, '”') } else { (value, mark) };
            let open = if mark == '”' { '“' } else { mark };
            if !value.is_empty() {
                let _ = write!(text, "{end}  {key}={open}{value}{mark}");
            }
        }
        let _ = write!(text, "}}{end}{}{end}{end}", self.text);
        for (by, stance, date, answer, sources) in &self.responses {
            let quoted = |name: &String| {
                if name.contains([',', ':']) && !name.starts_with("unnamed") {
                    format!("\"{name}\"")
                } else {
                    name.clone()
                }
            };
            let by: Vec<String> = by.iter().map(quoted).collect();
            let _ = write!(text, "- {stance}: {}", by.join("; "));
            if let Some(date) = date {
                let _ = write!(text, ", {date}");
            }
            if let Some(answer) = answer {
                let _ = write!(text, ":{end}   {answer}");
            }
            for source in sources {
                let _ = write!(text, " @{source}");
            }
            text.push_str(end);
        }
        text + ":::" + end
    }
}

fn at_their_words(names: &[&Name], text: &str) {
    let path = SourcePath::new("a.md");
    for name in names {
        let span = At::span(name.at, &path);
        assert_eq!(&text[span.start as usize..span.end as usize], &*name.text);
    }
}

fn actors(parties: &[Party]) -> impl Iterator<Item = &Name> {
    parties.iter().filter_map(Party::tagged)
}

/// Pieces that mean something in a block, in any order.
fn mixture() -> impl Strategy<Value = String> {
    let tokens = vec![
        "::: claim {",
        "::: event {",
        "\n::: claim {by=A}\n",
        "\n::: event {on=2025}\n",
        "\n:::\n",
        "::: tlp amber\n",
        "}",
        "{",
        "#a",
        "#",
        "by=",
        "by=\"A; B\"",
        "on=2025-05-15",
        "=",
        "\"",
        "'",
        "“",
        "”",
        ";",
        ",",
        ":",
        " ",
        "\n",
        "\r\n",
        "\r",
        "\n\n",
        "- ",
        "\n- denies: A",
        "\n- figure killed: 3",
        "- ",
        "@a",
        "[@a]",
        "[@",
        "]",
        "[[a]]",
        "unnamed",
        "unnamed \"",
        " of ",
        "per ",
        "by 2025",
        "tlp=red",
        "draft=true",
        "embargo=x",
        "at least ",
        " to ",
        "شمال",
        "\u{2028}",
        "\u{FEFF}",
        "\u{200B}",
        "\t",
        "> ",
        "    ",
        "```\n",
        "<div>",
        "<b>",
        "word",
        "\0",
    ];
    prop::collection::vec(prop::sample::select(tokens), 0..40).prop_map(|tokens| tokens.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_written_in_a_body_is_what_front_matter_says(
        claim in claims(),
        end in prop::sample::select(vec!["\n", "\r\n"]),
    ) {
        let front = format!("---\ntitle: A\nclaims: [{}]\n---\n", claim.front_matter());
        let body = format!("{FRONT}Before.\n\n{}\nAfter.\n", claim.form(end));
        let (one, other) = (parsed(&front), parsed(&body));
        // What a claim has none of is written as `null` there.
        prop_assert!(one.1.iter().all(|found| found.code == "empty-value"), "{:?}", one.1);
        prop_assert!(other.1.iter().next().is_none(), "{body}\n{:?}", other.1);
        let (one, other) = (one.0.unwrap(), other.0.unwrap());
        prop_assert_eq!(parts(&one), parts(&other), "{}", body);
        let claim = &other.claims[0];
        let names: Vec<&Name> = actors(&claim.by).chain(actors(&claim.about)).chain(&claim.locations).collect();
        at_their_words(&names, &body);
        for response in &claim.responses {
            at_their_words(&actors(&response.by).collect::<Vec<_>>(), &body);
            at_their_words(&response.sources.iter().map(|source| &source.id).collect::<Vec<_>>(), &body);
        }
    }

    #[test]
    fn any_mixture_of_marks_is_read_to_the_end(text in mixture()) {
        let text = format!("{FRONT}{text}");
        let (_, diagnostics) = parsed(&text);
        for span in diagnostics.iter().filter_map(|found| found.span.as_ref()) {
            prop_assert!(text.get(span.start as usize..span.end as usize).is_some(), "{text:?} {span:?}");
        }
    }

    #[test]
    fn any_block_is_read_to_the_end(attributes in "\\PC{0,40}", text in "\\PC{0,40}") {
        for sort in ["claim", "event"] {
            parsed(&format!("{FRONT}::: {sort} {{{attributes}}}\n{text}\n- {text}\n- figure {text}: {attributes}\n:::\n"));
        }
    }
}

fn is(text: &str, codes: &[&str]) {
    assert_eq!(said(&format!("{FRONT}{text}")), codes, "{text}");
}

#[test]
fn a_value_stands_bare_or_in_any_quotation_marks() {
    let (one, _) = parsed(&format!("{FRONT}::: claim {{by=A}}\nB\n:::\n"));
    for by in ["\"A\"", "'A'", "“A”", "A"] {
        for space in [" ", "\n", ""] {
            let text = format!("{FRONT}:::claim{{{space}by={by}{space}}} :::\nB\n::::\n");
            let (other, diagnostics) = parsed(&text);
            assert!(diagnostics.iter().next().is_none(), "{text} {diagnostics:?}");
            assert_eq!(parts(one.as_ref().unwrap()), parts(&other.unwrap()));
        }
    }
}

#[test]
fn paragraphs_are_lines_of_the_text() {
    let (briefing, _) =
        parsed(&format!("{FRONT}::: claim {{by=A}}\r\n\r\nOne\r\n  two\r\n\r\nthree.\r\n:::\r\n"));
    assert_eq!(briefing.unwrap().claims[0].text, "One two\nthree.");
}

#[test]
fn those_of_the_body_follow_those_of_front_matter_in_the_order_of_the_text() {
    let text = "---\ntitle: A\nclaims: [{id: a, by: A, text: T}]\nevents: [{id: b, date: 2025, text: T}]\n---\n\
        ::: event {#c on=2025}\nT\n:::\n::: claim {#d by=A}\nT\n:::\n::: tlp green\n::: event {#e on=2025 tlp=clear}\nT\n:::\n:::\n";
    let briefing = parsed(text).0.unwrap();
    let ids: Vec<_> = briefing.claims.iter().map(|c| (c.id.as_ref().unwrap().as_str(), c.in_prose)).collect();
    assert_eq!(ids, [("a", false), ("d", true)]);
    let ids: Vec<_> = briefing.events.iter().map(|e| (e.id.as_ref().unwrap().as_str(), e.in_prose)).collect();
    assert_eq!(ids, [("b", false), ("c", true), ("e", true)]);
    assert_eq!(briefing.events[2].marking.tlp, Some(crate::model::Tlp::Green));
}

#[test]
fn what_belongs_to_one_sort_is_wrong_in_the_other() {
    is("::: claim {by=A status=planned}\nT\n:::\n", &["unknown-key: unknown key `status` in a claim"]);
    is("::: event {on=2025 class=fact}\nT\n:::\n", &["unknown-key: unknown key `class` in an event"]);
    is("::: claim {by=A}\nT\n\n- figure killed: 3\n:::\n", &["unknown-word: unknown stance `figure killed`"]);
}
