//! What results are narrowed by.

use crate::{
    SETTINGS, build, build_inside,
    reading::{Index, Segment},
};

const LABELLED: (&str, &str) = ("brief.toml", "title = \"Desk\"\n[marking]\ndefault = \"clear\"\n");

const DESK: [(&str, &str); 6] = [
    LABELLED,
    ("content/locations/gaza.md", "---\nname: Gaza\n---\n"),
    ("content/locations/rafah.md", "---\nname: Rafah\nparent: Gaza\n---\n"),
    (
        "content/briefings/2025-05-15-a.md",
        "---\ntitle: First\nactors: [Hamas]\nlocations: [Rafah]\ntags: [Aid]\nclaims:\n  - id: one\n    by: Israel\n    \
         text: We did.\n    date: 2025-04-30\n    responses:\n      - by: Egypt\n        stance: denies\n  - id: two\n    \
         by: Hamas\n    text: We did not.\n    date: 2025\n    locations: [Doha]\nevents:\n  - text: It rained.\n    \
         date: 2025-05-14\n---\n\nText.\n",
    ),
    (
        "content/briefings/2025-06-01-b.md",
        "---\ntitle: Second\ntlp: GREEN\nlocations: [Gaza]\n---\n\nText.\n",
    ),
    ("content/pages/about.md", "---\ntitle: About\n---\n\nText.\n"),
];

/// The titles of the documents of a value.
fn documents(index: &Index, param: &str, slug: &str) -> Vec<String> {
    let value = index.facets[param].iter().find(|(found, ..)| found == slug);
    value
        .map(|(.., documents)| documents.iter().map(|document| index.title(*document)).collect())
        .unwrap_or_default()
}

#[test]
fn an_entity_chooses_what_is_tagged_with_it_what_names_it_and_what_is_inside_it() {
    let index = Index::of(&build_inside(&DESK));
    assert_eq!(documents(&index, "actors", "hamas"), ["briefing: First", "claim: We did not."]);
    assert_eq!(documents(&index, "actors", "egypt"), ["briefing: First", "claim: We did."]);
    let rafah = ["briefing: First", "claim: We did.", "event: It rained."];
    assert_eq!(documents(&index, "locations", "rafah"), rafah, "a part without a place has its briefing's");
    let mut gaza = documents(&index, "locations", "gaza");
    gaza.sort();
    assert_eq!(gaza, ["briefing: First", "briefing: Second", "claim: We did.", "event: It rained."]);
    // The places of a briefing are those that its parts name too.
    let doha = ["briefing: First", "claim: We did.", "claim: We did not.", "event: It rained."];
    assert_eq!(documents(&index, "locations", "doha"), doha);
    assert_eq!(documents(&index, "tags", "aid"), ["briefing: First"]);
    assert_eq!(
        index.facets.keys().collect::<Vec<_>>(),
        ["actors", "locations", "tags"],
        "dates are chosen by month"
    );
}

#[test]
fn the_set_of_an_entity_is_a_word_too() {
    let index = Index::of(&build_inside(&DESK));
    let mut sets = 0;
    for (param, values) in &index.facets {
        for (slug, _, documents) in values {
            let set = &index.words[&format!("\u{1}{param}/{slug}")];
            assert_eq!(&set.keys().copied().collect::<Vec<_>>(), documents, "{param} {slug}");
            assert!(set.values().all(|(weight, places)| *weight == 0 && places.is_empty()));
            sets += 1;
        }
    }
    assert_eq!(index.words.keys().filter(|word| word.starts_with('\u{1}')).count(), sets);
}

#[test]
fn values_of_most_documents_stand_first_then_by_slug() {
    let index = Index::of(&build_inside(&DESK));
    let values = |param: &str| -> Vec<(&str, usize)> {
        index.facets[param].iter().map(|(slug, _, documents)| (slug.as_str(), documents.len())).collect()
    };
    assert_eq!(values("actors"), [("egypt", 2), ("hamas", 2), ("israel", 2)]);
    assert_eq!(values("locations"), [("doha", 4), ("gaza", 4), ("rafah", 3)]);
    let names: Vec<&str> = index.facets["locations"].iter().map(|(_, name, _)| name.as_str()).collect();
    assert_eq!(names, ["Doha", "Gaza", "Rafah"]);
    let titles: Vec<&str> = index.manifest.facets.iter().map(|facet| facet.title.as_str()).collect();
    assert_eq!(titles, ["Actors", "Locations", "Keywords"]);
}

#[test]
fn a_segment_has_one_type_language_label_status_and_finding() {
    let index = Index::of(&build_inside(&DESK));
    let described = |segment: &Segment| {
        let parts = [&segment.lang, &segment.marking, &segment.status, &segment.finding];
        let parts: Vec<&str> = parts.into_iter().map(|part| part.as_deref().unwrap_or("-")).collect();
        format!("{} {} {}", segment.of, parts.join(" "), segment.count)
    };
    let segments: Vec<String> = index.manifest.segments.iter().map(described).collect();
    let expected = [
        "briefing en - - - 1",
        "briefing en GREEN - - 1",
        "claim en - denied - 1",
        "claim en - none - 1",
        "event en - - - 1",
        "page en - - - 1",
        "actors - - - - 3",
        "locations - - - - 3",
    ];
    assert_eq!(segments[..8], expected);
    let public = Index::of(&build(&DESK[..4]));
    assert!(public.manifest.segments.iter().all(|segment| segment.marking.is_none()));
}

#[test]
fn a_part_has_its_own_month_where_it_names_one_else_that_of_its_briefing() {
    let index = Index::of(&build_inside(&DESK));
    let months: Vec<(&str, &[(u32, usize)])> = index.manifest.segments[..6]
        .iter()
        .map(|segment| (segment.of.as_str(), &segment.months[..]))
        .collect();
    let expected: [(&str, &[(u32, usize)]); 6] = [
        ("briefing", &[(202_505, 1)]),
        ("briefing", &[(202_506, 1)]),
        ("claim", &[(202_504, 1)]),
        ("claim", &[(202_505, 1)]),
        ("event", &[(202_505, 1)]),
        ("page", &[(0, 1)]),
    ];
    assert_eq!(months, expected);
    // 2025-05-15 is the 739,386th day.
    assert_eq!(index.days[..6], [739_386, 739_403, 739_371, 739_386, 739_385, 0]);
}

#[test]
fn documents_of_a_segment_stand_oldest_first_and_entities_by_how_often_they_are_named() {
    let briefing =
        |title: &str, actors: &str| format!("---\ntitle: {title}\nactors: [{actors}]\n---\n\nText.\n");
    let index = Index::of(&build(&[
        SETTINGS,
        ("content/briefings/2025-05-17-c.md", &briefing("Third", "Anna, Berta")),
        ("content/briefings/2025-05-15-a.md", &briefing("First", "Berta")),
        ("content/briefings/2025-05-16-b.md", &briefing("Second", "Berta, Carla")),
    ]));
    let titles: Vec<String> = (0..6).map(|document| index.title(document)).collect();
    let expected = [
        "briefing: First",
        "briefing: Second",
        "briefing: Third",
        "actors: Anna",
        "actors: Carla",
        "actors: Berta",
    ];
    assert_eq!(titles, expected);
    let days: Vec<u64> = index.days[..6].to_vec();
    assert_eq!(days, [739_386, 739_387, 739_388, 0, 0, 0]);
}

#[test]
fn who_has_no_page_is_no_value() {
    let settings = ("brief.toml", "title = \"Desk\"\n[people]\npages = \"profiled\"\n");
    let files: Vec<(&str, &str)> = [settings].into_iter().chain(DESK[1..4].iter().copied()).collect();
    let index = Index::of(&build(&files));
    assert_eq!(index.facets["actors"], []);
    assert!(!index.manifest.segments.iter().any(|segment| segment.of == "actors"));
    assert_eq!(index.ask_for("briefing", "hamas "), ["First"]);
}

#[test]
fn a_kind_whose_key_means_something_else_in_an_address_has_a_mark_behind_it() {
    let settings = ("brief.toml", "title = \"Desk\"\n[kinds.sort]\nkey = \"sort\"\n");
    let briefing = ("content/briefings/2025-05-15-a.md", "---\ntitle: First\nsort: [Long]\n---\n\nText.\n");
    let index = Index::of(&build(&[settings, briefing]));
    assert_eq!(documents(&index, "sort_", "long"), ["briefing: First"]);
}

#[test]
fn entities_of_a_kind_called_like_a_sort_of_result_are_none() {
    let settings = ("brief.toml", "title = \"Desk\"\n[kinds.event]\nkey = \"event\"\npath = \"more\"\n");
    let briefing = ("content/briefings/2025-05-15-a.md", "---\ntitle: First\nevent: [Long]\n---\n\nText.\n");
    let index = Index::of(&build(&[settings, briefing]));
    assert_eq!(documents(&index, "event_", "long"), ["briefing: First"]);
    let types: Vec<&str> = index.manifest.segments.iter().map(|segment| segment.of.as_str()).collect();
    assert!(types.contains(&"event_") && !types.contains(&"event"), "{types:?}");
}
