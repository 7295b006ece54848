//! Lists of claims: what stands on them, how many, and how much of each.

use std::fmt::Write as _;

use crate::{Site, between, text, told};

/// A briefing with a claim for each of `fields`, a day apart from 1 May 2025 on; each says its number.
fn claims(fields: &[String]) -> String {
    let mut briefing = "---\ntitle: B\ndate: 2025-05-15\nclaims:\n".to_owned();
    for (number, fields) in fields.iter().enumerate() {
        let date = format!("2025-{:02}-{:02}", 4 + number / 28, 1 + number % 28);
        let _ = writeln!(briefing, "  - {{id: c{number}, text: Words {number}., date: {date}, {fields}}}");
    }
    briefing + "---\n"
}

fn site(fields: &[String]) -> Site {
    Site::of([("content/briefings/b.md", claims(fields).as_str())])
}

/// The numbers of the claims on a page, in their order.
fn shown(html: &str) -> Vec<usize> {
    between(html, "<div class=\"claim\"", "</div>")
        .map(|claim| between(claim, "Words ", ".").next().unwrap().parse().unwrap())
        .collect()
}

/// The section of an actor's page that has this heading.
fn section<'a>(html: &'a str, heading: &'a str) -> Option<&'a str> {
    between(html, "<section class=\"voice\">", "</section>")
        .find(|section| text(section).starts_with(&format!("{heading} ")))
}

#[test]
fn an_actors_page_shows_the_newest_ten_and_leads_to_all() {
    let fields: Vec<String> = (0..11).map(|_| "by: Israel, about: [Egypt]".to_owned()).collect();
    let long = site(&fields);
    let newest: Vec<usize> = (1..11).rev().collect();
    let says = section(long.page("actors/israel/"), "Says 11").unwrap();
    assert_eq!(shown(says), newest);
    assert!(says.contains("<a href=\"/actors/israel/says/\">All of these (11)</a>"), "{says}");
    assert_eq!(shown(long.page("actors/israel/says/")), (0..11).rev().collect::<Vec<_>>());
    let about = section(long.page("actors/egypt/"), "Is said about it 11").unwrap();
    assert_eq!(shown(about), newest);
    assert_eq!(shown(long.page("actors/egypt/about/")).len(), 11);
    assert!(section(long.page("actors/egypt/"), "Says").is_none());

    let short = site(&fields[..10]);
    let says = section(short.page("actors/israel/"), "Says 10").unwrap();
    assert_eq!(shown(says).len(), 10);
    assert!(!says.contains("All of these") && !short.has("actors/israel/says/"));
}

#[test]
fn what_is_said_for_an_actor_or_inside_it_is_said_by_it_and_what_is_unnamed_is_not() {
    let site = site(&[
        "by: Army".to_owned(),
        "by: Egypt, for: Israel".to_owned(),
        "by: {unnamed: officials, of: Israel}".to_owned(),
        "by: Hamas, responses: [{by: Army, stance: denies}]".to_owned(),
        "by: Hamas, responses: [{by: {unnamed: officials, of: Israel}, stance: denies}]".to_owned(),
        "by: Hamas, about: [Army], responses: [{by: Egypt, for: Army, stance: denies}]".to_owned(),
    ]);
    let page = site.page("actors/israel/");
    assert_eq!(shown(section(page, "Says 2").unwrap()), [1, 0]);
    assert_eq!(shown(section(page, "Answers 2").unwrap()), [5, 3]);
    assert_eq!(shown(section(page, "Is said about it 1").unwrap()), [5]);
    let timeline = page.rsplit("<section class=\"voice\">").next().unwrap();
    let timeline = timeline.split_once("</section>").unwrap().1;
    let timeline = timeline.split("<section class=\"unnamed-speakers\">").next().unwrap();
    assert_eq!(shown(timeline).len(), 6, "the timeline has them all");
}

#[test]
fn the_ledger_is_grouped_by_month_the_newest_first_and_counts_what_it_lists() {
    let mut fields: Vec<String> = (0..30).map(|_| "by: Israel".to_owned()).collect();
    fields[3] += ", responses: [{by: Egypt, stance: denies}]";
    fields[29] += ", responses: [{by: Egypt, stance: denies}, {by: Hamas, stance: confirms}]";
    fields[5] += ", class: offer";
    fields[6] += ", findings: [{status: partly, date: 2025-05-15, note: Why.}]";
    let site = site(&fields);
    let ledger = site.page("claims/");
    assert_eq!(shown(ledger), (0..30).rev().collect::<Vec<_>>());
    let months: Vec<String> = between(ledger, "<h2 id=\"", "</h2>").map(text).collect();
    assert!(months[0].ends_with("May 2025") && months[1].ends_with("April 2025"), "{months:?}");
    let lists = between(ledger, "<nav class=\"ledgers\"", "</nav>").next().unwrap();
    let lists: Vec<String> = between(lists, "<li>", "</li>").map(text).collect();
    assert_eq!(
        lists,
        [
            "All claims 30",
            "accounts differ 1",
            "denied 1",
            "no response by others published here 27",
            "partly established 1"
        ]
    );
    assert_eq!(shown(site.page("claims/status/denied/")), [3]);
    assert_eq!(shown(site.page("claims/status/differ/")), [29]);
    assert_eq!(shown(site.page("claims/status/none/")).len(), 27);
    assert_eq!(shown(site.page("claims/finding/partly/")), [6]);
    let home = between(site.page(""), "<section class=\"differ\">", "</section>").next().unwrap();
    assert_eq!(shown(home), [29]);
    assert!(home.contains("/claims/status/differ/"));
}

#[test]
fn a_long_ledger_has_parts() {
    let fields: Vec<String> = (0..25).map(|_| "by: Israel".to_owned()).collect();
    let briefing = claims(&fields);
    let settings = "title = \"Desk\"\n[lists]\nper_page = 10\n";
    let site = Site::of([("brief.toml", settings), ("content/briefings/b.md", briefing.as_str())]);
    assert_eq!(shown(site.page("claims/")), (10..25).rev().collect::<Vec<_>>());
    assert_eq!(shown(site.page("claims/page/1/")), (0..10).rev().collect::<Vec<_>>());
    assert_eq!(shown(site.page("actors/israel/says/page/1/")), (0..10).rev().collect::<Vec<_>>());
}

#[test]
fn an_archive_without_claims_has_no_ledger() {
    let site = Site::of([("content/briefings/b.md", "---\ntitle: B\ndate: 2025-05-15\n---\n")]);
    assert!(!site.has("claims/"));
    assert!(site.0.values().all(|page| !page.contains("claims/")));
}

#[test]
fn a_list_shows_the_latest_answers_that_count_and_leads_to_the_others() {
    let mut answers: Vec<String> =
        (10..20).map(|day| format!("by: State {day}, stance: denies, date: 2025-05-{day}")).collect();
    answers.push("by: State 10, stance: declines, date: 2025-05-30".to_owned());
    answers.push("by: Hamas, stance: restates, date: 2025-05-31".to_owned());
    let answers: Vec<&str> = answers.iter().map(String::as_str).collect();
    let briefing = told("    by: Bassem Naim\n", &answers);
    let site = Site::of([("content/briefings/b.md", briefing.as_str())]);
    for list in ["claims/", "actors/state-12/", "actors/hamas/", "dates/2025/05/15/"] {
        let claim = between(site.page(list), "<div class=\"claim\"", "</div>").next().unwrap();
        let shown: Vec<String> = between(claim, "<li class=", "</li>").map(text).collect();
        let expected: Vec<String> =
            (15..20).map(|day| format!("\"denies\">Denied by State {day} · {day} May 2025")).collect();
        assert_eq!(shown, expected, "{list}");
        assert!(claim.contains("<a href=\"/claims/b/c/\">7 more at the claim</a>"), "{claim}");
    }
    for whole in ["claims/b/c/", "briefings/2025/05/15/b/"] {
        assert!(site.page(whole).matches("Denied by").count() >= 10, "{whole}");
        assert!(!site.page(whole).contains("more at the claim"), "{whole}");
    }
}

#[test]
fn what_many_answer_grows_with_their_number_and_no_faster() {
    let size = |count: usize| {
        let answers: Vec<String> = (0..count)
            .map(|number| format!("by: State {number}, stance: denies, date: 2025-05-15, text: No."))
            .collect();
        let answers: Vec<&str> = answers.iter().map(String::as_str).collect();
        let briefing = told("    by: Bassem Naim\n", &answers);
        let site = Site::of([("content/briefings/b.md", briefing.as_str())]);
        site.0.values().map(String::len).sum::<usize>()
    };
    let (some, more) = (size(40), size(80));
    assert!(more * 10 < some * 22, "{some} and {more} bytes");
}

#[test]
fn what_an_actor_said_under_an_old_id_leads_on() {
    let fields: Vec<String> = (0..25).map(|_| "by: Egypt, about: [Cairo]".to_owned()).collect();
    let briefing = claims(&fields);
    let site = Site::of([
        ("brief.toml", "title = \"Desk\"\n[lists]\nper_page = 10\n"),
        ("content/actors/cairo.md", "---\nname: Cairo\nformer_ids: [old-cairo]\n---\n"),
        ("content/actors/egypt.md", "---\nname: Egypt\nformer_ids: [misr]\n---\n"),
        ("content/briefings/b.md", briefing.as_str()),
    ]);
    for below in ["misr/says/", "misr/says/page/1/", "old-cairo/about/"] {
        let now = below.replace("misr", "egypt").replace("old-cairo", "cairo");
        let page = site.page(&format!("actors/{below}"));
        assert!(
            page.contains(&format!(
                "url=../../../{}actors/{now}",
                "../".repeat(below.matches('/').count() - 2)
            )),
            "{page}"
        );
        assert!(site.0["_redirects"].contains(&format!("/actors/{below} /actors/{now} 301\n")));
    }
}
