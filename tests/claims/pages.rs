//! The page of a claim, and the ways that lead to it.

use crate::{Site, between, text, told};

/// The JSON-LD of a page, read as JSON.
fn json_ld(html: &str) -> serde_json::Value {
    let start = between(html, "<script type=\"application/ld+json\">", "</script>").next().unwrap();
    serde_json::from_str(start).unwrap()
}

const FIRST: (&str, &str) = (
    "content/briefings/first.md",
    "---\ntitle: First\ndate: 2025-05-15\nsources:\n  a: {title: Other, url: 'https://a.example/'}\n  b: {title: Headline, publisher: Paper, url: 'https://b.example/'}\nclaims:\n  \
     - id: c\n    by: Bassem Naim\n    about: [Egypt]\n    date: 2025-05-14\n    text: It is so.\n    told: [A broadcaster]\n    via: [Local media]\n    locations: [Doha]\n    sources: [b]\n  \
     - by: Egypt\n    text: Nothing names this.\n    sources: [a]\n---\n\nWords.\n",
);

const SECOND: (&str, &str) = (
    "content/briefings/second.md",
    "---\ntitle: Second\ndate: 2025-05-20\nsources:\n  x: {title: Third, url: 'https://x.example/'}\nresponses:\n  \
     - {claim: first#c, by: Israel, stance: denies, date: 2025-05-19, text: It is not so., sources: [x]}\nfindings:\n  \
     - {claim: first#c, status: partly, confidence: low, date: 2025-05-20, sources: [x], note: A part of it is.}\n---\n\nWords.\n",
);

#[test]
fn a_claims_page_says_who_says_it_for_whom_and_how_it_came() {
    let site = Site::of([FIRST, SECOND]);
    let page = site.page("claims/first/c/");
    let said = text(page.split("<main").nth(1).unwrap());
    for words in [
        "Bassem Naim, for Hamas, says",
        "It is so. (Paper)",
        "Israel denies it (19 May 2025).",
        "Denied by Israel · 19 May 2025: It is not so. (Third) In: Second",
        "This desk finds partly established (20 May 2025, low confidence), because: A part of it is. (Third) In: Second",
        "Said by Bassem Naim for Hamas About Egypt Place Doha Told to A broadcaster By way of Local media",
        "Sources Headline, Paper Briefing First",
    ] {
        assert!(said.contains(words), "{words}: {said}");
    }
    let crumbs = between(page, "<nav class=\"crumbs\"", "</nav>").next().unwrap();
    let crumbs: Vec<&str> = between(crumbs, "href=\"", "\"").collect();
    assert_eq!(crumbs, ["/", "/claims/", "/briefings/2025/05/15/first/"]);
    assert!(page.contains("<link rel=\"canonical\" href=\"https://desk.example/claims/first/c/\">"));
    assert!(site.0["sitemap.xml"].contains("<loc>https://desk.example/claims/first/c/</loc>"));
    assert!(!site.0.keys().any(|path| path.starts_with("claims/") && !path.ends_with(".html")), "no feeds");
}

#[test]
fn a_claim_leads_to_its_page_wherever_it_is_shown() {
    let site = Site::of([FIRST, SECOND]);
    let link = "<a href=\"/claims/first/c/\">It is so.</a>";
    for place in [
        "briefings/2025/05/15/first/",
        "briefings/2025/05/20/second/",
        "actors/bassem-naim/",
        "actors/hamas/",
        "actors/egypt/",
        "actors/israel/",
        "locations/doha/",
        "dates/2025/05/14/",
        "claims/",
        "claims/status/denied/",
        "claims/finding/partly/",
    ] {
        let page = site.page(place);
        assert!(page.contains(link), "{place}");
        assert!(text(page).contains("Israel denies it (19 May 2025)."), "never without its answer: {place}");
    }
    // One that has no id stands in its briefing alone.
    let unnamed = between(site.page("claims/"), "<a href=\"", "\">Nothing names this.</a>").next();
    assert!(unnamed.is_some());
    let anchor = site.page("claims/").split("\">Nothing names this.</a>").next().unwrap();
    let address = anchor.rsplit("<a href=\"").next().unwrap();
    assert!(address.starts_with("/briefings/2025/05/15/first/#c-"), "{address}");
    let own = site.page("briefings/2025/05/15/first/");
    assert!(own.contains("<p class=\"text\">Nothing names this."), "what leads to itself is no link: {own}");
    // What answers it in another briefing says for whom it was said.
    let apart = between(site.page("briefings/2025/05/20/second/"), "class=\"answers\"", "</section>").next();
    assert!(text(apart.unwrap()).contains("Said by Bassem Naim for Hamas"), "{apart:?}");
}

#[test]
fn the_numbers_of_sources_stand_on_the_page_that_lists_them_alone() {
    let site = Site::of([FIRST, SECOND]);
    let first = site.page("briefings/2025/05/15/first/");
    let claim = text(between(first, "<div class=\"claim\"", "</div>").next().unwrap());
    assert!(claim.contains("It is so. [2]") && claim.contains("It is not so. (Third)"), "{claim}");
    let second = text(site.page("briefings/2025/05/20/second/"));
    assert!(second.contains("It is not so. [1]"), "{second}");
    let numbered = |page: &str| page.contains("class=\"cite\"");
    let pages = site.0.iter().filter(|(_, page)| numbered(page)).map(|(path, _)| path.as_str());
    let pages: Vec<&str> = pages.filter(|path| !path.starts_with("briefings/")).collect();
    assert!(pages.is_empty(), "{pages:?}");
}

#[test]
fn machines_read_a_claim_and_of_findings_alone_a_review() {
    let site = Site::of([FIRST, SECOND]);
    let page = &json_ld(site.page("claims/first/c/"))["@graph"][0];
    let claim = &page["mainEntity"];
    assert_eq!((claim["@type"].as_str(), claim["text"].as_str()), (Some("Claim"), Some("It is so.")));
    assert_eq!(claim["description"], "Israel denies it (19 May 2025).");
    assert_eq!(claim["comment"][0]["@type"], "Comment");
    let review = &page["hasPart"][0];
    assert_eq!(review["@type"], "ClaimReview");
    assert_eq!(review["reviewRating"]["alternateName"], "partly established");
    assert_eq!(review["author"]["name"], "Desk");

    let denied = told("    by: Israel\n", &["by: Egypt, stance: denies"]);
    let site = Site::of([("content/briefings/b.md", denied.as_str())]);
    assert!(!site.page("claims/b/c/").contains("ClaimReview"), "what is derived is no review");
    let offer = told("    by: Israel\n    class: offer\n", &[]);
    let site = Site::of([("content/briefings/b.md", offer.as_str())]);
    let page = &json_ld(site.page("claims/b/c/"))["@graph"][0];
    assert_eq!(page["mainEntity"]["@type"], "Statement");
}

#[test]
fn an_id_that_no_address_can_hold_gets_one_that_can() {
    let briefing = "---\nid: 'Talks: day 1?'\ntitle: B\ndate: 2025-05-15\nclaims:\n  - {id: 'a*b', by: Israel, text: It is so.}\n---\n";
    let site = Site::of([("content/briefings/b.md", briefing)]);
    let pages: Vec<&String> = site.0.keys().filter(|path| path.starts_with("claims/")).collect();
    let own = pages.iter().find(|path| path.matches('/').count() == 3 && !path.contains("status")).unwrap();
    let segments: Vec<&str> = own.split('/').collect();
    assert!(segments[1].starts_with("talks-day-1-") && segments[2].starts_with("a-b-"), "{own}");
}

#[test]
fn a_claims_title_and_description_tell_how_it_was_answered() {
    let site = Site::of([FIRST, SECOND]);
    let page = site.page("claims/first/c/");
    let title = between(page, "<title>", "</title>").next().unwrap();
    assert_eq!(title, "Bassem Naim, for Hamas, 14 May 2025: It is so. (denied) – Desk");
    let description = between(page, "<meta name=\"description\" content=\"", "\"").next().unwrap();
    assert_eq!(
        description,
        "Israel denies it (19 May 2025). Said by Bassem Naim, for Hamas, 14 May 2025: It is so."
    );
}

#[test]
fn the_page_of_a_retracted_claim_leads_to_where_that_is_said() {
    let part = told("    by: Egypt\n", &[]).replace(
        "claims:",
        "corrections: [{date: 2025-05-20, kind: retraction, of: '#c', text: Gone.}]\nclaims:",
    );
    let site = Site::of([("content/briefings/b.md", part.as_str())]);
    let page = site.page("claims/b/c/");
    assert!(page.contains("url=/briefings/2025/05/15/b/#corrections"), "{page}");
    assert!(page.contains("\"canonical\" href=\"https://desk.example/briefings/2025/05/15/b/\""), "{page}");
    assert!(!page.contains("It is so"), "{page}");
    assert!(site.page("briefings/2025/05/15/b/").contains("id=\"corrections\""));
    assert!(site.0["_redirects"].contains("/claims/b/c/ /briefings/2025/05/15/b/#corrections 301\n"));
    assert!(site.0.values().all(|file| !file.contains("<loc>https://desk.example/claims/b/c/")));

    let whole = part.replace(" of: '#c',", "");
    let site = Site::of([("content/briefings/b.md", whole.as_str())]);
    assert!(site.page("claims/b/c/").contains("url=/briefings/2025/05/15/b/\""));

    let hidden = part.replace("  - id: c\n", "  - id: c\n    tlp: red\n");
    let settings = "title = \"Desk\"\n[marking]\ndefault = \"clear\"\n";
    let site = Site::of([("brief.toml", settings), ("content/briefings/b.md", hidden.as_str())]);
    assert!(!site.has("claims/b/c/"), "of what was withheld there is nothing to retract");
}

#[test]
fn an_answer_to_a_claim_of_its_own_briefing_stands_with_the_claim_alone() {
    let apart = "responses:\n  - {claim: '#c', by: Israel, stance: denies, text: No., sources: [s]}\n\
                 sources: {s: 'https://a.example/', t: 'https://b.example/'}\nclaims:";
    let briefing = told("    by: Egypt\n", &[]).replace("claims:", apart);
    let site = Site::of([("content/briefings/b.md", briefing.as_str())]);
    let page = site.page("briefings/2025/05/15/b/");
    assert_eq!(page.matches("<li class=\"denies\">").count(), 1, "{page}");
    assert!(!page.contains("id=\"answers\""), "{page}");
    assert!(page.contains("href=\"#c\"") && !page.contains("href=\"#answers\""), "{page}");
}

#[test]
fn no_heading_of_the_text_takes_the_id_of_a_section() {
    let front =
        told("    by: Egypt\n", &[]).replace("claims:", "sources: {s: 'https://a.example/'}\nclaims:");
    let briefing = format!("{front}## Main\n\n## Claims\n\n## Sources\n\n## Events\n");
    let site = Site::of([("content/briefings/b.md", briefing.as_str())]);
    let page = site.page("briefings/2025/05/15/b/");
    let mut ids: Vec<&str> = between(page, " id=\"", "\"").collect();
    ids.sort_unstable();
    assert_eq!(
        ids,
        ["c", "claims", "claims-2", "events", "main", "main-2", "source-s", "sources", "sources-2"]
    );
}
