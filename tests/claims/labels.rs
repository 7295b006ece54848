//! The labels of TLP 2.0 on pages: in the header and the footer of each, and beside the parts that bear one.

use brief::{
    model::{Instant, Tlp},
    release::Edition,
};

use crate::{Site, between};

const BASE: &str = "title = \"Desk\"\nbase_url = \"https://inner.desk.example/\"\n";

/// An edition that admits everything up to `narrowest`.
fn edition(narrowest: Tlp) -> Edition {
    let admits = Tlp::ALL.into_iter().filter(|label| *label <= narrowest).collect();
    let public = Edition::public(Instant::parse_as_of("2026-01-01T00:00Z").unwrap());
    Edition { name: "inner".into(), shown: Some("The inner circle".into()), admits, ..public }
}

fn public() -> Edition {
    Edition::public(Instant::parse_as_of("2026-01-01T00:00Z").unwrap())
}

fn built(edition: &Edition, default: &str, files: &[(&str, &str)]) -> Site {
    let marking =
        if default.is_empty() { String::new() } else { format!("[marking]\ndefault = \"{default}\"\n") };
    let settings = format!("{BASE}{marking}");
    Site::for_edition(edition, [("brief.toml", &*settings)].into_iter().chain(files.iter().copied()))
}

/// What the banners of a page say of its label: of that in the header and of that in the footer.
fn banners(html: &str) -> Vec<&str> {
    between(html, "<p class=\"edition-label\">", "</p>")
        .map(|label| label.split('>').nth(1).unwrap().split('<').next().unwrap())
        .collect()
}

/// The label in both banners of a page, without `TLP:`; none where it has none.
fn label(html: &str) -> Option<&str> {
    let banners = banners(html);
    assert!(matches!(banners.len(), 0 | 2), "{banners:?}");
    assert!(banners.windows(2).all(|pair| pair[0] == pair[1]), "{banners:?}");
    let (top, bottom) =
        (html.find("<section class=\"edition\""), html.rfind("<section class=\"edition end\""));
    if let (Some(top), Some(bottom)) = (top, bottom) {
        assert!(top < html.find("<header").unwrap() && bottom > html.rfind("</footer>").unwrap());
    }
    banners.first().map(|label| label.strip_prefix("TLP:").unwrap())
}

fn tlp(label: &str) -> String {
    if label.is_empty() { String::new() } else { format!("tlp: {label}\n") }
}

#[test]
fn a_page_bears_the_narrowest_label_of_its_file_and_of_all_that_it_shows() {
    let strict = edition(Tlp::AmberStrict);
    // The default, the file's label, that of a claim, of prose, of an answer in another file, and of the two pages.
    for (default, file, claim, prose, answer, briefing, claim_page) in [
        ("", "clear", "", "", "", "CLEAR", "CLEAR"),
        ("", "green", "", "", "", "GREEN", "GREEN"),
        ("", "amber+strict", "clear", "", "", "AMBER+STRICT", "AMBER+STRICT"),
        ("", "clear", "green", "", "", "GREEN", "GREEN"),
        ("", "green", "amber", "", "", "AMBER", "AMBER"),
        ("", "clear", "green", "amber", "", "AMBER", "GREEN"),
        ("", "clear", "", "", "amber+strict", "AMBER+STRICT", "AMBER+STRICT"),
        ("clear", "", "", "", "", "CLEAR", "CLEAR"),
        ("amber", "", "", "", "", "AMBER", "AMBER"),
        ("amber", "clear", "", "", "", "CLEAR", "CLEAR"),
        ("amber", "clear", "green", "", "", "GREEN", "GREEN"),
    ] {
        let of_claim = if claim.is_empty() { String::new() } else { format!(", tlp: {claim}") };
        let block = if prose.is_empty() { String::new() } else { format!("::: tlp {prose}\nMarked.\n:::\n") };
        let first = format!(
            "---\ntitle: First\ndate: 2025-05-15\n{}claims: [{{id: c, by: {{unnamed: officials}}, text: So.{of_claim}}}]\n---\n{block}",
            tlp(file)
        );
        let second = format!(
            "---\ntitle: Second\ndate: 2025-05-16\n{}responses: [{{claim: first#c, by: {{unnamed: others}}, stance: denies}}]\n---\n",
            tlp(answer)
        );
        let mut files = vec![("content/briefings/first.md", &*first)];
        if !answer.is_empty() {
            files.push(("content/briefings/second.md", &second));
        }
        let site = built(&strict, default, &files);
        let case = format!("{default:?} {file:?} {claim:?} {prose:?} {answer:?}");
        assert_eq!(label(site.page("briefings/2025/05/15/first/")), Some(briefing), "{case}");
        assert_eq!(label(site.page("claims/first/c/")), Some(claim_page), "{case}");
        for gathers in ["", "briefings/", "claims/", "dates/2025/05/15/", "dates/"] {
            assert_eq!(label(site.page(gathers)), Some("AMBER+STRICT"), "{gathers}: {case}");
        }
        assert_eq!(label(&site.0["404.html"]), Some("AMBER+STRICT"));
    }
}

#[test]
fn whatever_a_page_shows_of_others_narrows_its_label() {
    const FIRST: &str = "---\ntitle: First\ndate: 2025-05-15\ntlp: clear\nactors: [Hamas]\n\
        events: [{id: e, text: It happened., date: 2025-05-15}]\n---\n";
    let first = |from: &str, to: &str| {
        assert!(FIRST.contains(from));
        FIRST.replace(from, to)
    };
    let plain = FIRST.to_owned();
    for (what, first, other, file) in [
        (
            "nothing",
            plain.clone(),
            "content/briefings/other.md",
            "---\ntitle: Other\ndate: 2020-01-01\ntlp: green\n---\n",
        ),
        (
            "a telling of its event",
            plain.clone(),
            "content/briefings/other.md",
            "---\ntitle: Other\ndate: 2025-05-16\ntlp: green\nevents: [{event: first#e, text: It did.}]\n---\n",
        ),
        (
            "a briefing that leads to it",
            plain.clone(),
            "content/briefings/other.md",
            "---\ntitle: Other\ndate: 2020-01-01\ntlp: green\n---\n[[first]]\n",
        ),
        (
            "a briefing that it leads to",
            format!("{plain}[[other]]\n"),
            "content/briefings/other.md",
            "---\ntitle: Other\ndate: 2020-01-01\ntlp: green\n---\n",
        ),
        (
            "a related briefing",
            plain.clone(),
            "content/briefings/other.md",
            "---\ntitle: Other\ndate: 2025-05-14\ntlp: green\nactors: [Hamas]\n---\n",
        ),
        (
            "the profile of an actor",
            plain.clone(),
            "content/actors/hamas.md",
            "---\nname: Hamas\ntlp: green\n---\n",
        ),
        (
            "a marked name",
            plain.clone(),
            "content/actors/hamas.md",
            "---\nname: Hamas\ntlp: clear\nmarked: {type: green}\ntype: group\n---\n",
        ),
        (
            "a translation's title",
            plain.clone(),
            "content/briefings/first.ar.md",
            "---\ntitle: عنوان\ntlp: green\n---\n",
        ),
        (
            "a page in the footer",
            plain.clone(),
            "content/pages/method.md",
            "---\ntitle: Method\ntlp: green\n---\n",
        ),
        (
            "a shared source",
            format!("{plain}Words [@s].\n"),
            "content/sources.toml",
            "[sources.s]\ntitle = \"S\"\ntlp = \"green\"\n",
        ),
        (
            "a source of its own",
            first("actors:", "sources: {s: {title: S, tlp: green}}\nactors:"),
            "content/pages/method.md",
            "---\ntitle: Method\ntlp: clear\n---\n",
        ),
        (
            "a correction",
            first(
                "actors:",
                "corrections: [{date: 2025-05-16, kind: correction, text: T., tlp: green}]\nactors:",
            ),
            "content/pages/method.md",
            "---\ntitle: Method\ntlp: clear\n---\n",
        ),
        (
            "a figure",
            first("date: 2025-05-15}", "date: 2025-05-15, figures: [{what: killed, value: 2, tlp: green}]}"),
            "content/pages/method.md",
            "---\ntitle: Method\ntlp: clear\n---\n",
        ),
    ] {
        let site = built(&edition(Tlp::Amber), "", &[("content/briefings/first.md", &first), (other, file)]);
        let expected = if what == "nothing" { "CLEAR" } else { "GREEN" };
        assert_eq!(label(site.page("briefings/2025/05/15/first/")), Some(expected), "{what}");
    }
}

#[test]
fn where_nothing_bears_a_label_pages_tell_the_edition_alone() {
    let files = [("content/briefings/first.md", "---\ntitle: First\ndate: 2025-05-15\n---\n")];
    let site = built(&edition(Tlp::Green), "", &files);
    for address in ["", "briefings/2025/05/15/first/"] {
        let html = site.page(address);
        assert_eq!(label(html), None);
        assert_eq!(html.matches("Edition: <bdi>The inner circle</bdi>").count(), 2, "{address}");
        assert!(!html.contains("TLP:"), "{address}");
    }
}

#[test]
fn a_public_page_bears_clear_where_its_file_does_and_is_else_as_if_there_were_no_labels() {
    let clear = (
        "content/briefings/first.md",
        "---\ntitle: First\ndate: 2025-05-15\ntlp: clear\nclaims: [{id: c, by: {unnamed: officials}, text: So., tlp: clear}]\n---\n",
    );
    let plain = ("content/briefings/second.md", "---\ntitle: Second\ndate: 2025-05-16\n---\n");
    let page = ("content/pages/method.md", "---\ntitle: Method\ntlp: clear\n---\n");
    let site = built(&public(), "clear", &[clear, plain, page]);
    for (address, expected) in [
        ("briefings/2025/05/15/first/", Some("CLEAR")),
        ("method/", Some("CLEAR")),
        ("briefings/2025/05/16/second/", None),
        ("claims/first/c/", None),
        ("", None),
    ] {
        let html = site.page(address);
        assert_eq!(label(html), expected, "{address}");
        assert_eq!(
            html.matches(">TLP:").count(),
            if expected.is_some() { 2 } else { 0 },
            "{address}: no part is marked"
        );
    }
    let unmarked = built(&public(), "", &[plain]);
    let marked =
        built(&public(), "amber", &[(plain.0, "---\ntitle: Second\ndate: 2025-05-16\ntlp: clear\n---\n")]);
    assert_eq!(unmarked.page(""), marked.page(""), "a list tells nothing of labels");
}

#[test]
fn a_part_bears_its_label_wherever_it_is_shown_in_an_edition_for_some() {
    let first = (
        "content/briefings/first.md",
        "---\ntitle: First\ndate: 2025-05-15\ntlp: green\nactors: [Hamas]\nclaims:\n  \
         - {id: c, by: Hamas, text: So., tlp: amber, sources: [s], responses: [{by: {unnamed: others}, stance: denies, tlp: green}]}\n  \
         - {id: d, by: Hamas, text: So too.}\n\
         events: [{id: e, text: It happened., date: 2025-05-15, tlp: amber, actors: [Hamas], figures: [{what: killed, value: 2, tlp: clear}]}]\n\
         sources: {s: {title: S, publisher: P, tlp: green}}\n\
         corrections: [{date: 2025-05-16, kind: correction, text: T., tlp: amber}]\n---\n\
         ::: tlp amber\nMarked.\n:::\n",
    );
    let site = built(&edition(Tlp::AmberStrict), "clear", &[first]);
    let mark =
        |label: &str| format!("data-tlp=\"{label}\" translate=\"no\" lang=\"en\" dir=\"ltr\">TLP:{label}</");
    let own = site.page("briefings/2025/05/15/first/");
    let own = &own[own.find("<main").unwrap()..own.find("</main>").unwrap()];
    assert_eq!(own.matches(&mark("AMBER")).count(), 4, "claim, event, correction, prose: {own}");
    assert_eq!(own.matches(&mark("GREEN")).count(), 2, "response and source: {own}");
    assert_eq!(own.matches(&mark("CLEAR")).count(), 1, "figure: {own}");
    assert!(
        own.contains("<p class=\"who\"><span class=\"label\">Said by</span>"),
        "what bears none shows none"
    );
    // On the page of its actor what bears none is marked as its file is.
    let actor = site.page("actors/hamas/");
    let said = actor.split("class=\"claim\"").find(|card| card.contains("So too.")).unwrap();
    assert!(said.split("</p>").next().unwrap().contains(&mark("GREEN")), "{said}");
    let card = actor.split("class=\"card\"").nth(1).unwrap();
    assert!(card.split("</article>").next().unwrap().contains(&mark("GREEN")), "{card}");
    assert!(site.page("").contains(&format!("<p class=\"when\"><span class=\"tlp\" {}", mark("GREEN"))));
    assert!(site.page("claims/first/c/").contains(&mark("AMBER")));
    assert!(site.page("corrections/").split("<main").nth(1).unwrap().contains(&mark("AMBER")));
}
