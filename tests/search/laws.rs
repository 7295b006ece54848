//! Laws of the words and of the index.

use std::{collections::BTreeMap, sync::Mutex};

use brief::{
    diagnostics::Diagnostics,
    model::Instant,
    output::Memory,
    release::Edition,
    search::{
        Inverter, Set, merge,
        words::{Cutter, From, forms},
    },
    settings,
    site::Step,
    sources::Sources,
};
use proptest::{
    prelude::*,
    test_runner::{RngAlgorithm, RngSeed},
};

use crate::{SETTINGS, build, reading::Index, words::cut};

fn cases(cases: u32) -> ProptestConfig {
    ProptestConfig {
        cases,
        rng_seed: RngSeed::Fixed(0x7365_6172),
        rng_algorithm: RngAlgorithm::ChaCha,
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

/// Texts with much of what the rules are about.
fn texts() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[a-z]{1,8}",
        "[0-9,]{1,9}",
        "['’ʿ`´\"״׳]",
        "[אבוהלמשכחםןץ]{1,6}",
        "[ءاأبكلوفيىةه]{1,7}",
        "[\u{64b}-\u{652}\u{5b0}-\u{5bc}\u{300}-\u{306}]",
        "[一-四东京コーヒがไทย]{1,4}",
        Just(" ".to_owned()),
        any::<char>().prop_map(String::from),
    ];
    proptest::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(cases(2000))]

    #[test]
    fn words_are_their_own_words(text in texts()) {
        for place in cut(&text, From::Text) {
            for form in &place {
                let again = cut(form, From::Query);
                prop_assert_eq!(again.len(), 1, "{:?} of {:?}", form, text);
                prop_assert_eq!(&again[0][0], form, "{:?}", text);
            }
        }
    }

    #[test]
    fn a_word_is_short_and_holds_nothing_that_parts_words(text in "\\PC{0,200}") {
        for form in cut(&text, From::Text).concat() {
            prop_assert!((1..=64).contains(&form.chars().count()));
            prop_assert!(!form.contains([' ', '\'', '’', '-', '\u{1}', '/']), "a mark");
        }
    }

    #[test]
    fn words_of_two_texts_with_a_space_between_are_those_of_each(one in texts(), other in texts()) {
        let mut both = cut(&one, From::Text);
        both.extend(cut(&other, From::Text));
        prop_assert_eq!(cut(&format!("{one} {other}"), From::Text), both);
    }

    #[test]
    fn what_a_text_is_looked_for_by_stands_in_it_in_a_row(text in texts()) {
        let written = cut(&text, From::Text);
        let asked = cut(&text, From::Query);
        let mut at = 0;
        for word in asked {
            while written[at] != word {
                at += 1;
            }
            at += 1;
        }
    }

    #[test]
    fn further_forms_end_the_word_and_keep_three_letters(text in texts()) {
        Cutter::default().words(&text, From::Text, |word| {
            for form in forms(word) {
                assert!(word.ends_with(form) && form.len() < word.len() && form.chars().count() >= 3);
            }
        });
    }
}

/// Documents: parts with their weights.
type Documents = Vec<Vec<(u8, String)>>;

/// Where each word stands: per document the places.
fn expected(documents: &Documents) -> BTreeMap<String, BTreeMap<usize, Vec<u64>>> {
    let mut expected: BTreeMap<String, BTreeMap<usize, Vec<u64>>> = BTreeMap::new();
    for (document, parts) in documents.iter().enumerate() {
        let mut place = 0;
        for (_, text) in parts {
            let words = cut(text, From::Text);
            for form in &words {
                for form in form {
                    expected.entry(form.clone()).or_default().entry(document).or_default().push(place);
                }
                place += 1;
            }
            place += u64::from(!words.is_empty());
        }
    }
    expected
}

proptest! {
    #![proptest_config(cases(300))]

    #[test]
    fn an_index_of_any_pieces_holds_the_words_of_its_documents(
        documents in proptest::collection::vec(
            proptest::collection::vec((prop_oneof![Just(1u8), Just(4)], texts()), 0..4), 0..12),
        piece in 1usize..5,
        has_places in any::<bool>(),
    ) {
        let mut chunks = Vec::new();
        for documents in documents.chunks(piece) {
            let mut words = Inverter::new(has_places);
            for parts in documents {
                words.document();
                for (weight, text) in parts {
                    words.part(*weight, text);
                }
            }
            chunks.push(words.finish().into());
        }
        let set = Set { word: "\u{1}a/b".into(), documents: vec![0, 7] };
        let mut read = BTreeMap::new();
        merge(chunks, &[set], has_places, &mut |shard| {
            let places = has_places.then_some(&shard.places[..]);
            crate::reading::read_words(&shard.words, places, &shard.first, &mut read);
            Ok(())
        }).unwrap();
        prop_assert_eq!(read.remove("\u{1}a/b").unwrap().keys().copied().collect::<Vec<_>>(), [0, 7]);
        let expected = expected(&documents);
        prop_assert_eq!(read.keys().collect::<Vec<_>>(), expected.keys().collect::<Vec<_>>());
        for (word, documents) in expected {
            let found = &read[&word];
            prop_assert_eq!(found.keys().collect::<Vec<_>>(), documents.keys().collect::<Vec<_>>());
            for (document, places) in documents {
                let (weight, found) = &found[&document];
                prop_assert!((1..=15).contains(weight));
                prop_assert_eq!(found, if has_places { &places } else { &vec![] });
            }
        }
    }
}

#[test]
fn parts_that_are_repeated_are_those_that_were_read_once() {
    let names = || vec!["Khan Younis".to_owned(), "خان يونس".to_owned()];
    let index = |repeats: bool| {
        let mut words = Inverter::new(true);
        for document in 0..3 {
            words.document();
            words.part(4, &format!("title {document}"));
            if repeats {
                words.repeated(3, 9, names);
            } else {
                for name in names() {
                    words.part(3, &name);
                }
            }
            words.part(1, "khan after it");
        }
        let mut shards = Vec::new();
        merge(vec![words.finish().into()], &[], true, &mut |shard| {
            shards.push((shard.first, shard.words, shard.places));
            Ok(())
        })
        .unwrap();
        shards
    };
    assert_eq!(index(true), index(false));
}

#[test]
fn more_documents_than_one_piece_holds_are_numbered_on() {
    let briefings: Vec<(String, String)> = (0..2300)
        .map(|number| {
            let day =
                format!("20{:02}-{:02}-{:02}", 10 + number / 300, 1 + number / 28 % 12, 1 + number % 28);
            let path = format!("content/briefings/{day}-n{number:04}.md");
            (path, format!("---\ntitle: Number n{number:04}\n---\n\nCommon words.\n"))
        })
        .collect();
    let mut files = vec![SETTINGS];
    files.extend(briefings.iter().map(|(path, text)| (path.as_str(), text.as_str())));
    let index = Index::of(&build(&files));
    assert_eq!(index.words["common"].len(), 2300);
    for number in [0, 63, 64, 1023, 1024, 2047, 2048, 2299] {
        let name = format!("Number n{number:04}");
        assert_eq!(index.ask_for("briefing", &format!("n{number:04} ")), [name]);
    }
}

#[test]
fn as_many_things_are_told_as_done_as_were_said_to_be_begun() {
    let sources = Sources::from_texts([
        ("brief.toml", "title = \"Desk\"\n"),
        ("content/briefings/2025-05-15-a.md", "---\ntitle: A\nactors: [Hamas]\n---\n\nWords.\n"),
        ("content/briefings/2025-05-16-b.md", "---\ntitle: B\n---\n\nMore words.\n"),
    ]);
    let mut told = Diagnostics::new();
    let settings = settings::parse(&sources, &mut told);
    let edition = Edition::public(Instant::parse_as_of("2025-06-15T12:00Z").unwrap());
    let build = brief::plan(&sources, &settings, &edition, false, &mut told);
    let steps = Mutex::new(Vec::new());
    let tell = |step| steps.lock().unwrap().push(step);
    build.render(&Memory::new(), &tell).unwrap();
    let steps = steps.into_inner().unwrap();
    let begun: Vec<usize> = (0..steps.len()).filter(|place| steps[*place] != Step::Done).collect();
    let [index, pages] = begun[..] else { panic!("{steps:?}") };
    assert_eq!(
        (index, steps[index], steps[pages]),
        (0, Step::Index(pages - 1), Step::Pages(build.pages.len()))
    );
    assert_eq!(steps.len() - pages - 1, build.pages.len());
}
