//! Every sentence on a claim, to be read: are they English, neutral, and what the record says?

use crate::{Site, between, text, told};

const NAIM: &str = "    by: Bassem Naim\n";

/// The sentence on the page of the one claim of `briefing`, and the heading over it.
fn sentence(briefing: &str) -> (String, String) {
    let site = Site::of([("content/briefings/b.md", briefing)]);
    let page = site.page("claims/b/c/");
    let one = |start: &str, end: &str| text(between(page, start, end).next().unwrap());
    (one("<h1>", "</h1>"), one("<p class=\"status\">", "</p>"))
}

/// The answers to a claim of Bassem Naim for Hamas, and what is said of it.
const STATUSES: &[(&[&str], &str)] = &[
    (&[], "No response published here."),
    (&["by: Hamas, stance: restates, date: 2025-05-16"], "No response by others published here."),
    (&["by: Hamas, stance: denies, date: 2025-05-16"], "No response by others published here."),
    (&["by: Egypt, stance: declines, date: 2025-05-15"], "Egypt declined to comment (15 May 2025)."),
    (
        &["by: {unnamed: US officials, of: United States}, stance: no-reply"],
        "Asked, US officials, not named, did not reply by 15 May 2025.",
    ),
    (&["by: Egypt, stance: no-reply, date: 2025-05-14"], "Asked, Egypt did not reply (14 May 2025)."),
    (
        &["by: {unnamed: US officials, of: United States}, stance: denies, date: by 2025-05-15"],
        "US officials, not named, deny it (by 15 May 2025).",
    ),
    (
        &["by: {unnamed: a senior official, of: United States}, stance: denies, date: 2025-05"],
        "A senior official of United States, not named, denies it (May 2025).",
    ),
    (
        &["by: {unnamed: people close to the talks}, stance: denies, date: 2025-05-15"],
        "People close to the talks, not named, deny it (15 May 2025).",
    ),
    (
        &["by: [Egypt, Israel], stance: denies, date: between 2025-05-12 and 2025-05-15"],
        "Egypt and Israel deny it (between 12 and 15 May 2025).",
    ),
    (
        &["by: [Egypt, {unnamed: three officials, of: Israel}], stance: denies, date: 2025-05-15"],
        "Egypt and three officials of Israel (not named) deny it (15 May 2025).",
    ),
    (&["by: Egypt, stance: disputes, date: about 2025-05-15"], "Egypt disputes it (about 15 May 2025)."),
    (&["by: Egypt, stance: confirms, date: 2025-05-15"], "Egypt also says so (15 May 2025)."),
    (
        &["by: [Egypt, Israel], for: United States, stance: confirms, date: 2025-05-15"],
        "Egypt and Israel, for United States, also say so (15 May 2025).",
    ),
    (
        &["by: Egypt, stance: confirms, date: 2025-05-16", "by: Israel, stance: denies, date: 2025-05-15"],
        "Accounts differ: Egypt also says so (16 May 2025); Israel denies it (15 May 2025).",
    ),
    (
        &[
            "by: Egypt, stance: confirms, date: 2025-05-16",
            "by: Israel, stance: disputes, date: 2025-05-15",
            "by: United States, stance: declines, date: 2025-05-15",
        ],
        "Accounts differ: Egypt also says so (16 May 2025); Israel disputes it (15 May 2025); \
             United States declined to comment (15 May 2025).",
    ),
    (
        &["by: Israel, stance: disputes, date: 2025-05-15", "by: Egypt, stance: denies, date: 2025-05-15"],
        "Egypt denies it (15 May 2025); Israel disputes it (15 May 2025).",
    ),
    (
        &[
            "by: Egypt, stance: denies, date: 2025-05-15",
            "by: Bassem Naim, stance: withdraws, date: 2025-05-16",
        ],
        "Withdrawn by Bassem Naim, for Hamas, on 16 May 2025.",
    ),
    (&["by: Hamas, stance: withdraws"], "Withdrawn by Hamas (by 15 May 2025)."),
    (
        &[
            "by: Hamas, stance: withdraws, date: 2025-05-16",
            "by: Hamas, stance: restates, date: 2025-05-17",
            "by: Egypt, stance: denies, date: 2025-05-15",
        ],
        "Withdrawn by Hamas on 16 May 2025.",
    ),
];

#[test]
fn every_status_is_told_in_words_that_take_no_side() {
    for (answers, expected) in STATUSES {
        let (heading, said) = sentence(&told(NAIM, answers));
        assert_eq!((heading.as_str(), said.as_str()), ("Bassem Naim, for Hamas, says", *expected));
    }
}

#[test]
fn a_forecast_has_a_status_and_what_is_neither_true_nor_false_has_none() {
    let answers = ["by: Egypt, stance: denies, date: 2025-05-16"];
    for (class, expected) in [
        ("fact", "Egypt denies it (16 May 2025)."),
        ("forecast", "Egypt denies it (16 May 2025)."),
        ("offer", "Offer by Bassem Naim, for Hamas, 15 May 2025."),
        ("demand", "Demand by Bassem Naim, for Hamas, 15 May 2025."),
        ("threat", "Threat by Bassem Naim, for Hamas, 15 May 2025."),
        ("position", "Position of Bassem Naim, for Hamas, 15 May 2025."),
        ("opinion", "Opinion of Bassem Naim, for Hamas, 15 May 2025."),
    ] {
        let briefing = told(&format!("{NAIM}    class: {class}\n"), &answers);
        assert_eq!(sentence(&briefing).1, expected);
        let site = Site::of([("content/briefings/b.md", briefing.as_str())]);
        let page = text(site.page("claims/b/c/"));
        assert!(page.contains("Denied by Egypt · 16 May 2025"), "the answer stands there: {page}");
        let has_status = ["fact", "forecast"].contains(&class);
        assert_eq!(site.has("claims/status/denied/"), has_status, "{class}");
        assert_eq!(site.page("claims/").contains("<p class=\"status\">"), has_status, "{class}");
    }
}

#[test]
fn a_speaker_is_named_as_the_source_names_him() {
    for (by, heading, opinion) in [
        ("by: Israel", "Israel says", "Opinion of Israel, 15 May 2025."),
        ("by: [Israel, Egypt]", "Israel and Egypt say", "Opinion of Israel and Egypt, 15 May 2025."),
        (
            "by: {unnamed: three officials, of: Israel}",
            "Three officials of Israel, not named, say",
            "Opinion of three officials of Israel, not named, 15 May 2025.",
        ),
        (
            "by: {unnamed: Israeli officials, of: Israel}",
            "Israeli officials, not named, say",
            "Opinion of Israeli officials, not named, 15 May 2025.",
        ),
        (
            "by: {unnamed: a source}",
            "A source, not named, says",
            "Opinion of a source, not named, 15 May 2025.",
        ),
        (
            "by: {unnamed: senior official of the ministry}",
            "Senior official of the ministry, not named, says",
            "Opinion of senior official of the ministry, not named, 15 May 2025.",
        ),
        (
            "by: {unnamed: sources familiar with the talks}, for: Israel",
            "Sources familiar with the talks, not named, for Israel, say",
            "Opinion of sources familiar with the talks, not named, for Israel, 15 May 2025.",
        ),
        (
            "by: [Israel, Egypt, Hamas, Army, United States]",
            "Israel, Egypt, Hamas and 2 more say",
            "Opinion of Israel, Egypt, Hamas and 2 more, 15 May 2025.",
        ),
    ] {
        let fields = by.replace(", for", "\n    for");
        let briefing = told(&format!("    {fields}\n    class: opinion\n"), &[]);
        assert_eq!(sentence(&briefing), (heading.to_owned(), opinion.to_owned()));
    }
}

#[test]
fn an_answer_that_many_sides_give_is_told_in_bounds() {
    let answer = |number: usize| format!("by: State {number}, stance: denies, date: 2025-05-{number:02}");
    let answers: Vec<String> = (10..30).map(answer).collect();
    let answers: Vec<&str> = answers.iter().map(String::as_str).collect();
    assert_eq!(
        sentence(&told(NAIM, &answers)).1,
        "State 10 denies it (10 May 2025); State 11 denies it (11 May 2025); State 12 denies it (12 May 2025); \
         17 more answers."
    );
    assert!(sentence(&told(NAIM, &answers[..4])).1.ends_with("; 1 more answer."));
}

#[test]
fn who_has_answered_anew_is_not_named_for_what_he_said_before() {
    let answers = [
        "by: [Egypt, Israel], stance: denies, date: 2025-05-15",
        "by: Egypt, stance: confirms, date: 2025-05-16",
        "by: [Hamas, United States], stance: disputes, date: 2025-05-16",
    ];
    assert_eq!(
        sentence(&told(NAIM, &answers)).1,
        "Accounts differ: Egypt also says so (16 May 2025); Israel denies it (15 May 2025); \
         United States disputes it (16 May 2025)."
    );
}

#[test]
fn a_finding_is_the_desks_with_its_date_and_its_reason() {
    let fields = format!(
        "{NAIM}    findings:\n      - {{status: unproven, date: 2025-05-16, note: Nobody else was there.}}\n      \
         - {{status: partly, confidence: high, date: 2025-08-31, note: One part is.}}\n"
    );
    let briefing = told(&fields, &[]);
    let site = Site::of([("content/briefings/b.md", briefing.as_str())]);
    let page = site.page("claims/b/c/");
    let findings: Vec<String> = between(page, "<div class=\"finding\">", "</div>").map(text).collect();
    assert_eq!(
        findings,
        [
            "Latest This desk finds partly established (31 August 2025, high confidence), because: One part is.",
            "Earlier This desk finds unproven (16 May 2025), because: Nobody else was there."
        ]
    );
    assert!(page.contains("No response published here."), "a finding is no response");
    assert!(site.has("claims/finding/partly/") && !site.has("claims/finding/unproven/"), "the latest stands");
}
