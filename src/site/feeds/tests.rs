use proptest::prelude::*;
use quick_xml::{Reader, XmlVersion, escape::resolve_xml_entity, events::Event};
use serde_json::Value;

use super::*;

const CATEGORIES: &[Category<'_>] = &[
    Category { term: "israel", label: "Israel", scheme: "https://desk.example/actors/" },
    Category { term: "israel", label: "Israel", scheme: "https://desk.example/locations/" },
    Category { term: "doha", label: "Doha", scheme: "https://desk.example/locations/" },
];

fn entry() -> Entry<'static> {
    Entry {
        id: "tag:desk.example,2025:talks",
        url: "https://desk.example/briefings/2025/05/15/talks/",
        title: "Talks & denials",
        language: None,
        published: "2025-05-15T00:00:00Z",
        updated: "2025-05-16T06:00:00+03:00",
        authors: &[],
        summary: Some("Hamas says it talks."),
        content_html: None,
        categories: &[],
    }
}

fn feed<'a>(entries: &'a [Entry<'a>]) -> Feed<'a> {
    Feed {
        title: "Ceasefire desk",
        language: "en",
        home_url: "https://desk.example/",
        self_url: "https://desk.example/atom.xml",
        id: "tag:desk.example,2025:home",
        updated: "2025-05-16T06:00:00+03:00",
        author: "Ceasefire Desk",
        rights: None,
        entries,
        deleted: &[],
    }
}

fn text(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).unwrap()
}

fn value(bytes: &[u8]) -> Value {
    serde_json::from_slice(bytes).unwrap()
}

#[test]
fn an_atom_feed_stands_one_element_a_line() {
    assert_eq!(
        text(atom(&feed(&[entry()]))),
        r#"<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">
<id>tag:desk.example,2025:home</id>
<title>Ceasefire desk</title>
<updated>2025-05-16T06:00:00+03:00</updated>
<author>
<name>Ceasefire Desk</name>
</author>
<link rel="self" type="application/atom+xml" href="https://desk.example/atom.xml"/>
<link rel="alternate" type="text/html" href="https://desk.example/"/>
<generator>brief</generator>
<entry>
<id>tag:desk.example,2025:talks</id>
<title>Talks &amp; denials</title>
<link rel="alternate" type="text/html" href="https://desk.example/briefings/2025/05/15/talks/"/>
<published>2025-05-15T00:00:00Z</published>
<updated>2025-05-16T06:00:00+03:00</updated>
<summary>Hamas says it talks.</summary>
</entry>
</feed>
"#
    );
}

#[test]
fn an_atom_entry_gives_all_that_is_known_of_it() {
    let entries = [Entry {
        language: Some("ar"),
        authors: &["A. Desk", "B. Desk"],
        content_html: Some("<p>\"Direct\" talks</p>"),
        categories: &CATEGORIES[2..],
        ..entry()
    }];
    let atom = text(atom(&Feed { rights: Some("CC-BY-4.0"), ..feed(&entries) }));
    assert!(atom.contains("\n<rights>CC-BY-4.0</rights>\n"));
    let (_, written) = atom.split_once("<entry").unwrap();
    assert_eq!(
        written,
        r#" xml:lang="ar">
<id>tag:desk.example,2025:talks</id>
<title>Talks &amp; denials</title>
<link rel="alternate" type="text/html" hreflang="ar" href="https://desk.example/briefings/2025/05/15/talks/"/>
<published>2025-05-15T00:00:00Z</published>
<updated>2025-05-16T06:00:00+03:00</updated>
<author>
<name>A. Desk</name>
</author>
<author>
<name>B. Desk</name>
</author>
<category term="doha" scheme="https://desk.example/locations/" label="Doha"/>
<summary>Hamas says it talks.</summary>
<content type="html">&lt;p&gt;"Direct" talks&lt;/p&gt;</content>
</entry>
</feed>
"#
    );
}

#[test]
fn a_withdrawn_entry_is_a_tombstone_in_atom() {
    let deleted = [Deleted { id: "tag:desk.example,2025:gone", when: "2025-05-16T00:00:00Z" }];
    let atom = text(atom(&Feed { deleted: &deleted, ..feed(&[]) }));
    assert!(atom.contains("xmlns:at=\"http://purl.org/atompub/tombstones/1.0\""));
    assert!(atom.ends_with(
        "\n<at:deleted-entry ref=\"tag:desk.example,2025:gone\" when=\"2025-05-16T00:00:00Z\"/>\n</feed>\n"
    ));
}

#[test]
fn a_json_feed_has_an_entrys_summary_for_content() {
    assert_eq!(
        text(json(&feed(&[entry()]))),
        concat!(
            r#"{"version":"https://jsonfeed.org/version/1.1","title":"Ceasefire desk","#,
            r#""home_page_url":"https://desk.example/","feed_url":"https://desk.example/atom.xml","language":"en","#,
            r#""authors":[{"name":"Ceasefire Desk"}],"items":[{"id":"tag:desk.example,2025:talks","#,
            r#""url":"https://desk.example/briefings/2025/05/15/talks/","title":"Talks & denials","#,
            r#""content_text":"Hamas says it talks.","date_published":"2025-05-15T00:00:00Z","#,
            r#""date_modified":"2025-05-16T06:00:00+03:00"}]}"#,
            "\n"
        )
    );
}

#[test]
fn a_json_item_with_content_keeps_its_summary_beside_it() {
    let entries = [Entry { content_html: Some("<p>Talks</p>"), ..entry() }];
    let item = &value(&json(&feed(&entries)))["items"][0];
    assert_eq!(item["content_html"], "<p>Talks</p>");
    assert_eq!(item["summary"], "Hamas says it talks.");
    assert_eq!(item["content_text"], Value::Null);
}

#[test]
fn a_json_item_without_content_and_summary_has_its_title_for_content() {
    let entries = [Entry { summary: None, ..entry() }];
    assert_eq!(value(&json(&feed(&entries)))["items"][0]["content_text"], "Talks & denials");
}

#[test]
fn a_name_in_two_kinds_is_one_tag_in_a_json_feed() {
    let entries = [Entry { categories: CATEGORIES, language: Some("ar"), authors: &["A. Desk"], ..entry() }];
    let item = &value(&json(&feed(&entries)))["items"][0];
    assert_eq!(item["tags"], serde_json::json!(["Israel", "Doha"]));
    assert_eq!(item["authors"], serde_json::json!([{"name": "A. Desk"}]));
    assert_eq!(item["language"], "ar");
}

#[test]
fn an_entry_whose_title_shows_nothing_is_called_as_its_address() {
    let entries = [Entry { title: " \u{1}", ..entry() }];
    let address = entries[0].url;
    assert!(text(atom(&feed(&entries))).contains(&format!("<title>{address}</title>")));
    assert_eq!(value(&json(&feed(&entries)))["items"][0]["title"], address);
}

/// Each element of `xml` with its text, and each attribute by its own name with its value; fails where the
/// document is not well-formed.
fn read(xml: &str) -> Vec<(String, String)> {
    let mut reader = Reader::from_str(xml);
    let (mut read, mut open): (Vec<(String, String)>, Vec<usize>) = (Vec::new(), Vec::new());
    loop {
        let event = reader.read_event().unwrap();
        if let Event::Start(start) | Event::Empty(start) = &event {
            let at = read.len();
            read.push((start.name().as_ref().to_owned(), String::new()));
            for attribute in start.attributes() {
                let attribute = attribute.unwrap();
                let value = attribute.normalized_value(XmlVersion::Explicit1_0).unwrap().into_owned();
                read.push((attribute.key.as_ref().to_owned(), value));
            }
            if matches!(event, Event::Start(_)) {
                open.push(at);
            }
            continue;
        }
        let words = match event {
            Event::Text(text) => text.xml10_content().into_owned(),
            Event::GeneralRef(name) => match name.resolve_char_ref().unwrap() {
                Some(c) => c.to_string(),
                None => resolve_xml_entity(&name).unwrap().to_owned(),
            },
            Event::End(_) => {
                open.pop().unwrap();
                continue;
            }
            Event::Eof => break,
            _ => continue,
        };
        assert!(words.chars().all(|c| allowed_in_xml(u32::from(c))), "{words:?}");
        if let Some(&at) = open.last() {
            read[at].1.push_str(&words);
        }
    }
    assert!(open.is_empty());
    read
}

/// `Char` of XML 1.0, section 2.2, by its numbers.
fn allowed_in_xml(c: u32) -> bool {
    matches!(c, 0x9 | 0xA | 0xD | 0x20..=0xD7FF | 0xE000..=0xFFFD | 0x1_0000..=0x10_FFFF)
}

fn words() -> impl Strategy<Value = String> {
    let c = prop_oneof![
        4 => any::<char>(),
        2 => proptest::char::range('\0', '\u{a0}'),
        1 => proptest::sample::select(vec!['<', '>', '&', ';', ']', '"', '\'', '\r', '\n', '\u{fffe}', '\u{ffff}']),
    ];
    proptest::collection::vec(c, 0..24).prop_map(String::from_iter)
}

proptest! {
    #[test]
    fn whatever_is_written_into_a_feed_can_be_read_from_it(
        title in words(), summary in words(), html in words(), name in words(), label in words(),
    ) {
        let authors = [name.as_str()];
        let categories = [Category { term: &label, label: &label, scheme: "https://desk.example/actors/" }];
        let entries = [Entry {
            // So that no title is blank.
            title: &format!("={title}"),
            authors: &authors,
            summary: Some(&summary),
            content_html: Some(&html),
            categories: &categories,
            ..entry()
        }];
        let feed = feed(&entries);
        let kept = |text: &str| text.chars().filter(|&c| allowed_in_xml(u32::from(c))).collect::<String>();

        let atom = read(&text(atom(&feed)));
        for (element, expected) in [
            ("title", &format!("={title}")),
            ("summary", &summary),
            ("content", &html),
            ("name", &name),
            ("term", &label),
            ("label", &label),
        ] {
            let written = atom.iter().rev().find(|(found, _)| found == element).map(|(_, text)| text.clone());
            prop_assert_eq!(written, Some(kept(expected)), "{}", element);
        }

        let item = &value(&json(&feed))["items"][0];
        prop_assert_eq!(&item["title"], &format!("={}", kept(&title)));
        prop_assert_eq!(&item["summary"], &kept(&summary));
        prop_assert_eq!(&item["content_html"], &kept(&html));
        prop_assert_eq!(&item["authors"][0]["name"], &kept(&name));
        prop_assert_eq!(&item["tags"][0], &kept(&label));
    }
}
