//! What queries find.

use crate::{SETTINGS, build, reading::Index};

const DOHA: (&str, &str) = (
    "content/briefings/2025-05-15-doha.md",
    "---\ntitle: Talks in Doha\nactors: [Hamas]\nlocations: [Doha]\nsummary: Envoys meet for the third time.\n---\n\n\
     A ceasefire is on the table.\n\nProposals of mediators were read aloud.\n",
);

const CAIRO: (&str, &str) = (
    "content/briefings/2025-05-16-cairo.md",
    "---\ntitle: A table of numbers\nactors: [Egypt]\nlocations: [Cairo]\n---\n\n\
     On the ceasefire nothing is known; 1,200 people wait in Rafah.\n",
);

fn of(files: &[(&str, &str)]) -> Index {
    let all: Vec<(&str, &str)> = [SETTINGS].iter().chain(files).copied().collect();
    Index::of(&build(&all))
}

const TALKS: &str = "Talks in Doha";
const NUMBERS: &str = "A table of numbers";

#[test]
fn a_query_finds_what_holds_all_of_its_words_in_any_field() {
    let index = of(&[DOHA, CAIRO]);
    assert_eq!(index.ask_for("briefing", "ceasefire "), [NUMBERS, TALKS]);
    assert_eq!(index.ask_for("briefing", "ceasefire doha "), [TALKS]);
    assert_eq!(index.ask_for("briefing", "hamas envoys PROPOSALS "), [TALKS]);
    assert_eq!(index.ask("hamas rafah "), [""; 0]);
    assert_eq!(index.ask(" "), [""; 0]);
}

#[test]
fn the_last_word_finds_what_begins_with_it_if_it_is_long_enough() {
    let index = of(&[DOHA, CAIRO]);
    assert_eq!(index.ask_for("briefing", "doha cease"), [TALKS]);
    assert_eq!(index.ask_for("briefing", "doha cease "), [""; 0]);
    assert_eq!(index.ask_for("briefing", "cease doha"), [""; 0]);
    assert_eq!(index.ask_for("briefing", "doha ce"), [""; 0]);
}

#[test]
fn words_of_a_phrase_stand_in_a_row_in_one_part_of_a_field() {
    let index = of(&[DOHA, CAIRO]);
    assert_eq!(index.ask_for("briefing", "\"on the table\""), [TALKS]);
    assert_eq!(index.ask_for("briefing", "\"ceasefire is on the table\""), [TALKS]);
    assert_eq!(index.ask_for("briefing", "\"the on table\""), [""; 0]);
    // From paragraph to paragraph, from the title to the names, and from the summary to the text.
    for edges in ["\"table proposals\"", "\"doha hamas\"", "\"time a ceasefire\""] {
        assert_eq!(index.ask(edges), [""; 0], "{edges}");
        assert!(index.ask_for("briefing", &edges.replace('"', "")).contains(&TALKS.to_owned()), "{edges}");
    }
}

#[test]
fn without_places_a_phrase_counts_as_its_words_and_the_index_has_none() {
    let settings = ("brief.toml", "title = \"Desk\"\n[search]\nphrases = false\n");
    let site = build(&[settings, DOHA, CAIRO]);
    let index = Index::of(&site);
    assert!(!index.manifest.phrases && index.manifest.words.places.is_empty());
    assert!(!site.keys().any(|path| path.ends_with(".places")));
    assert_eq!(index.ask_for("briefing", "\"the on table\""), [NUMBERS, TALKS]);
}

#[test]
fn every_name_of_an_entity_finds_it_and_what_is_tagged_with_it() {
    let profile = (
        "content/locations/khan-younis.md",
        "---\nname: Khan Younis\naliases: [Khan Yunis]\nweak_aliases: [The Camp]\nhidden_aliases: [Chan Junis]\n\
         names: {ar: خان يونس, he: חאן יונס}\nprevious_names: [Castle]\n---\n",
    );
    let briefing = (
        "content/briefings/2025-05-15-a.md",
        "---\ntitle: A quiet day\nlocations: [Khan Younis]\n---\n\nNothing happened.\n",
    );
    let site = build(&[SETTINGS, profile, briefing, DOHA]);
    let index = Index::of(&site);
    for name in ["Khan Younis", "Khan Yunis", "the camp", "chan junis", "خان يونس", "ח׳אן יונס", "Castle"]
    {
        assert_eq!(index.ask_for("briefing", name), ["A quiet day"], "{name}");
        assert_eq!(index.ask_for("locations", name), ["Khan Younis"], "{name}");
    }
    let pages = site.iter().filter(|(path, _)| path.ends_with(".html"));
    let told = pages.filter(|(_, bytes)| String::from_utf8_lossy(bytes).contains("Chan Junis"));
    assert_eq!(
        told.map(|(path, _)| path).collect::<Vec<_>>(),
        [""; 0],
        "a hidden alias is for the search alone"
    );
}

#[test]
fn short_words_that_are_written_onto_another_do_not_hide_it() {
    let index = of(&[
        ("content/briefings/2025-05-15-a.md", "---\ntitle: One\n---\n\nנמסר לחמאס. قال للحكومة.\n"),
        ("content/briefings/2025-05-16-b.md", "---\ntitle: Two\n---\n\nחמאס אמר. والحكومة.\n"),
    ]);
    assert_eq!(index.ask_for("briefing", "חמאס "), ["Two", "One"]);
    assert_eq!(index.ask_for("briefing", "לחמאס "), ["Two", "One"]);
    assert_eq!(index.ask_for("briefing", "ולחמאס "), ["Two", "One"]);
    assert_eq!(index.ask_for("briefing", "حكومة "), ["Two", "One"]);
    assert_eq!(index.ask_for("briefing", "\"נמסר חמאס\""), ["One"]);
}

#[test]
fn scripts_without_spaces_are_found_by_any_two_signs_and_a_last_one() {
    let index = of(&[(
        "content/briefings/2025-05-15-a.md",
        "---\ntitle: One\n---\n\n哈马斯和以色列在卡塔尔会谈。\n",
    )]);
    for query in ["以色列", "色列", "列", "哈马斯 卡塔尔", "\"以色列在卡塔尔\"", "谈"] {
        assert_eq!(index.ask_for("briefing", query), ["One"], "{query}");
    }
    assert_eq!(index.ask("以列"), [""; 0]);
}

#[test]
fn dates_and_numbers_are_words() {
    let index = of(&[DOHA, CAIRO]);
    for query in ["2025-05-15", "15 May 2025", "\"15 May 2025\""] {
        assert_eq!(index.ask_for("briefing", query), [TALKS], "{query}");
        assert_eq!(index.ask_for("dates", query), ["15 May 2025"], "{query}");
    }
    assert_eq!(index.ask_for("briefing", "1,200 people"), [NUMBERS]);
    assert_eq!(index.ask_for("briefing", "1200 "), [NUMBERS]);
}

const CLAIM: (&str, &str) = (
    "content/briefings/2025-05-17-claim.md",
    "---\ntitle: What was said\nlocations: [Doha]\nclaims:\n  - id: offer\n    by: Hamas\n    about: Israel\n    \
     date: 2025-05-16\n    text: An offer was refused.\n    responses:\n      - by: Israel\n        stance: denies\n        \
     text: No proposition reached us.\nevents:\n  - id: strike\n    date: 2025-05-17\n    text: A strike hit a warehouse.\n    \
     actors: [Israel]\n    locations: [Rafah]\n---\n\nSee below.\n",
);

const AGAIN: (&str, &str) = (
    "content/briefings/2025-05-18-again.md",
    "---\ntitle: Later\nevents:\n  - event: 2025-05-17-claim#strike\n    date: 2025-05-17\n    text: Grain burnt.\n\
     responses:\n  - claim: 2025-05-17-claim#offer\n    by: Egypt\n    stance: confirms\n    text: Our envoy brought it.\n\
     findings:\n  - claim: 2025-05-17-claim#offer\n    status: established\n    date: 2025-05-18\n    note: Letters prove it.\n---\n\nMore.\n",
);

#[test]
fn a_claim_is_found_by_its_words_its_names_its_answers_and_findings() {
    let index = of(&[CLAIM, AGAIN]);
    for query in [
        "offer refused",
        "hamas israel",
        "proposition",
        "envoy brought",
        "letters prove",
        "said 2025-05-16",
        "israel denies",
        "egypt say so",
    ] {
        assert_eq!(index.ask_for("claim", query), ["An offer was refused."], "{query}");
    }
    for query in ["offer refused", "proposition", "strike warehouse", "letters prove"] {
        assert!(index.ask_for("briefing", query).contains(&"What was said".to_owned()), "{query}");
    }
    for query in ["envoy brought", "letters prove", "grain burnt"] {
        assert!(index.ask_for("briefing", query).contains(&"Later".to_owned()), "{query}");
    }
}

#[test]
fn a_claim_is_found_by_the_names_of_those_who_answer_it_each_counted_once() {
    let claim = |answers: &str| {
        format!(
            "---\ntitle: One\nclaims:\n  - by: Hamas\n    text: An offer was refused.\n    responses:\n{answers}---\n\nText.\n"
        )
    };
    let answer =
        |by: &str, date: &str| format!("      - {{by: {by}, stance: denies, date: {date}, text: No.}}\n");
    let index = |answers: &str| of(&[("content/briefings/2025-05-17-a.md", &claim(answers))]);
    let named = index(&(answer("Egypt", "2025-05-17") + &answer("{unnamed: two envoys}", "2025-05-17")));
    for query in ["egypt denies", "deny envoys"] {
        assert_eq!(named.ask_for("claim", query), ["An offer was refused."], "{query}");
    }
    assert_eq!(named.ask_for("claim", "egypt confirms"), [""; 0]);
    assert_eq!(named.ask_for("claim", "\"egypt denies\""), [""; 0], "the record says it, no text does");
    let weight = |index: &Index| index.words["egypt"][&index.scores("offer")[0].1].1.len();
    let twice = index(&(answer("Egypt", "2025-05-15") + &answer("Egypt", "2025-05-16")));
    assert_eq!((weight(&named), weight(&twice)), (1, 1));
}

#[test]
fn a_word_of_an_entity_weighs_the_more_the_fewer_words_its_name_has() {
    let profile = (
        "content/locations/khan-younis.md",
        "---\nname: Khan Younis\naliases: [Khan Younis Governorate, Camp, 加沙地带]\n---\n",
    );
    let index = of(&[
        profile,
        ("content/briefings/2025-05-15-a.md", "---\ntitle: One\nlocations: [Khan Younis]\n---\n\nText.\n"),
    ]);
    let entity =
        (0..index.cards.len()).find(|document| index.title(*document) == "locations: Khan Younis").unwrap();
    let weight = |word: &str| index.words[word][&entity].0;
    assert_eq!(["khan", "younis", "governorate", "camp", "加沙", "带"].map(weight), [14, 14, 13, 15, 13, 13]);
    let segment = index.segment(entity);
    assert_eq!((&segment.briefings[..], segment.months.len()), (&[(1, 1)][..], 0));
}

#[test]
fn an_event_is_found_once_by_every_telling() {
    let index = of(&[CLAIM, AGAIN]);
    for query in ["grain burnt", "strike warehouse", "grain warehouse"] {
        assert_eq!(index.ask_for("event", query), ["Grain burnt."], "{query}");
    }
    assert_eq!(index.manifest.segments.iter().filter(|segment| segment.of == "event").count(), 1);
}

#[test]
fn a_claim_that_stands_in_prose_is_found_as_one_that_stands_before_it() {
    let index = of(&[(
        "content/briefings/2025-05-15-a.md",
        "---\ntitle: One\n---\n\nBefore it.\n\n:::claim{#offer by=\"Hamas\"}\nAn offer was refused.\n:::\n\nAfter it.\n",
    )]);
    assert_eq!(index.ask_for("claim", "offer refused"), ["An offer was refused."]);
    assert_eq!(index.ask_for("briefing", "\"offer was refused\""), ["One"]);
    assert_eq!(index.ask("claim offer"), [""; 0]);
}

#[test]
fn a_translation_is_found_in_its_language_by_the_names_of_its_original() {
    let index = of(&[
        DOHA,
        (
            "content/briefings/2025-05-15-doha.ar.md",
            "---\ntitle: محادثات في الدوحة\nsummary: لقاء\n---\n\nوقف إطلاق النار.\n",
        ),
    ]);
    assert_eq!(index.ask_for("briefing", "اطلاق hamas 2025-05-15"), ["محادثات في الدوحة"]);
    assert_eq!(index.ask_for("briefing", "اطلاق ceasefire "), [""; 0]);
    let found = index.scores("اطلاق")[0].1;
    assert_eq!(index.segment(found).lang.as_deref(), Some("ar"));
    assert!(index.cards[found].contains("briefings/2025/05/15/doha/ar/"), "{}", index.cards[found]);
}

#[test]
fn pages_and_the_texts_of_profiles_are_pages() {
    let index = of(&[
        DOHA,
        ("content/pages/about.md", "---\ntitle: About us\nsummary: Who we are\n---\n\nA desk of four.\n"),
        (
            "content/actors/hamas.md",
            "---\nname: Hamas\ndescription: A movement\n---\n\nFounded during an uprising.\n",
        ),
        ("content/actors/egypt.md", "---\nname: Egypt\n---\n\n<!-- Nobody reads this. -->\n"),
    ]);
    assert_eq!(index.ask_for("page", "desk of four"), ["About us"]);
    assert_eq!(index.ask_for("page", "hamas movement uprising"), ["Hamas"]);
    assert_eq!(index.ask_for("page", "egypt"), [""; 0]);
    assert_eq!(index.ask_for("actors", "uprising"), [""; 0]);
}

#[test]
fn only_the_fields_that_are_listed_are_searched() {
    let settings = ("brief.toml", "title = \"Desk\"\n[search]\nfields = [\"title\", \"summary\"]\n");
    let index = Index::of(&build(&[settings, DOHA]));
    assert_eq!(index.ask_for("briefing", "talks envoys "), [TALKS]);
    assert_eq!(index.ask_for("briefing", "ceasefire "), [""; 0]);
    assert_eq!(index.ask_for("briefing", "hamas "), [""; 0]);
    assert_eq!(index.ask_for("actors", "hamas "), ["Hamas"]);
}

#[test]
fn only_the_languages_that_are_listed_are_searched() {
    let settings = ("brief.toml", "title = \"Desk\"\n[search]\nlanguages = [\"ar\"]\n");
    let arabic = (
        "content/briefings/2025-05-18-b.md",
        "---\ntitle: محادثات\nlang: ar\nactors: [Hamas]\n---\n\nDoha.\n",
    );
    let index = Index::of(&build(&[settings, DOHA, CLAIM, arabic]));
    assert_eq!(index.ask_for("briefing", "doha "), ["محادثات"]);
    assert_eq!(index.ask_for("claim", "offer "), [""; 0]);
    assert_eq!(index.ask_for("actors", "hamas "), ["Hamas"], "an entity has no language");
}

#[test]
fn a_title_weighs_more_than_a_name_a_name_more_than_a_summary_and_that_more_than_a_text() {
    let briefing = |title: &str, actor: &str, summary: &str, text: &str| {
        format!("---\ntitle: {title}\nactors: [{actor}]\nsummary: {summary}\n---\n\n{text}\n")
    };
    let texts = [
        briefing("First things", "Anna", "Short words", "It is about Rosebud."),
        briefing("Second things", "Anna", "Short Rosebud", "It is about nothing."),
        briefing("Third things", "Rosebud", "Short words", "It is about nothing."),
        briefing("Rosebud things", "Anna", "Short words", "It is about nothing."),
    ];
    let paths: Vec<String> =
        (1..=4).map(|day| format!("content/briefings/2025-05-0{}-a.md", 5 - day)).collect();
    let files: Vec<(&str, &str)> =
        paths.iter().map(String::as_str).zip(texts.iter().map(String::as_str)).collect();
    let index = of(&files);
    let expected = ["Rosebud things", "Third things", "Second things", "First things"];
    assert_eq!(index.ask_for("briefing", "rosebud "), expected);
    let weights: Vec<u64> = index.words["rosebud"].values().map(|(weight, _)| *weight).collect();
    assert!(weights.iter().all(|weight| (1..=15).contains(weight)), "{weights:?}");
}

#[test]
fn of_equals_the_newest_comes_first() {
    let text = "---\ntitle: Same\n---\n\nThe same words.\n";
    let index = of(&[
        ("content/briefings/2025-05-16-b.md", &text.replace("Same", "Second")),
        ("content/briefings/2025-05-15-a.md", &text.replace("Same", "First")),
        ("content/briefings/2025-05-17-c.md", &text.replace("Same", "Third")),
    ]);
    assert_eq!(index.ask_for("briefing", "words "), ["Third", "Second", "First"]);
}

#[test]
fn what_is_withheld_or_retracted_is_not_found() {
    let draft = (
        "content/briefings/2025-05-18-x.md",
        "---\ntitle: Secret plan\ndraft: true\nactors: [Mole]\n---\n\nHidden.\n",
    );
    let gone = (
        "content/briefings/2025-05-19-y.md",
        "---\ntitle: Wrong story\ncorrections:\n  - date: 2025-05-20\n    kind: retraction\n    text: It was wrong.\n---\n\nNonsense.\n",
    );
    let site = build(&[SETTINGS, DOHA, draft, gone]);
    let index = Index::of(&site);
    for word in ["secret", "mole", "hidden", "nonsense", "story"] {
        assert!(!index.words.contains_key(word), "{word}");
    }
    let without = build(&[SETTINGS, DOHA, gone]);
    let of_search = |site: &crate::Site| {
        site.iter()
            .filter(|(path, _)| path.starts_with("search/"))
            .map(|(path, bytes)| (path.clone(), bytes.clone()))
            .collect::<Vec<_>>()
    };
    assert_eq!(of_search(&site), of_search(&without));
}
