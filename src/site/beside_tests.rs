//! The sections and lists beside pages, on archives whose crossings are set by hand.

use std::{collections::BTreeMap, fmt::Write as _};

use proptest::prelude::*;

use super::{Studio, load_theme, render};
use crate::{
    archive::{self, Archive, BriefingIx, ClaimIx, EntityIx, Pair, PairIx, Relative},
    diagnostics::Diagnostics,
    documents,
    model::Instant,
    output::Memory,
    pages::{self, Addresses, Extras},
    release::{self, Edition},
    settings::{self, ACTOR, LOCATION},
    sources::Sources,
};

const SETTINGS: &str = "title = \"Desk\"\nbase_url = \"https://desk.example/\"\nauthority = \"desk.example,2025\"\n\
                        [lists]\nper_page = 7\n[together]\nfeeds = true\n";

type Files = BTreeMap<String, String>;

/// The site of `files`, of whose archive `change` sets what crosses.
fn site(files: &[(String, String)], change: impl FnOnce(&mut Archive)) -> Files {
    let texts = files.iter().map(|(path, text)| (path.as_str(), text.as_str()));
    let sources = Sources::from_texts([("brief.toml", SETTINGS)].into_iter().chain(texts));
    let mut told = Diagnostics::new();
    let settings = settings::parse(&sources, &mut told);
    let edition = Edition::public(Instant::parse_as_of("2026-01-01T00:00Z").unwrap());
    let documents = documents::parse(&sources, &settings, &mut told);
    let (release, _) = release::select(documents, &settings, &edition, &mut told);
    let mut archive =
        archive::index(release, &settings, edition.as_of.day_in(settings.timezone), None, None, &mut told);
    change(&mut archive);
    let theme = load_theme(&sources, &settings, &mut told);
    let addresses = Addresses::new(settings.base_url.clone(), false);
    let planned =
        pages::plan(&archive, &settings, edition.is_indexed(), &addresses, &Extras::default(), &mut told);
    let memory = Memory::new();
    let studio = Studio {
        archive: &archive,
        settings: &settings,
        edition: &edition,
        addresses: &addresses,
        theme: &theme,
        memo: None,
    };
    told.extend(render(&planned, studio, &memory, &|_| ()).unwrap());
    assert!(!told.has_errors(), "{told:?}");
    let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
    memory.into_files().into_iter().map(|(path, bytes)| (path.to_string(), text(bytes))).collect()
}

/// As many briefings, each of a day of its own; all on Alpha in Town.
fn briefings(count: usize) -> Vec<(String, String)> {
    let briefing = |number: usize| {
        let (month, day) = (number / 28 + 1, number % 28 + 1);
        (
            format!("content/briefings/b{number:03}.md"),
            format!(
                "---\ntitle: B{number}\ndate: 2025-{month:02}-{day:02}\nactors: [Alpha]\nlocations: [Town]\n---\n"
            ),
        )
    };
    let profile = |path: &str, text: &str| (path.to_owned(), format!("---\n{text}---\n"));
    let mut files: Vec<_> = (0..count).map(briefing).collect();
    files.push(profile("content/actors/alpha.md", "name: Alpha\n"));
    files.push(profile("content/actors/beta.md", "name: Beta\n"));
    files.push(profile("content/locations/town.md", "name: Town\nparent: Land\n"));
    files.push(profile("content/locations/land.md", "name: Land\n"));
    files
}

fn entity(archive: &Archive, address: &str) -> EntityIx {
    let places = (0..archive.entities.len()).map(EntityIx::new);
    places.into_iter().find(|place| archive[*place].address == address).unwrap()
}

fn all(archive: &Archive) -> Vec<BriefingIx> {
    (0..archive.briefings.len()).map(BriefingIx::new).collect()
}

/// The pages of the list at `address`.
fn parts<'s>(site: &'s Files, address: &str) -> Vec<&'s str> {
    let is_part = |path: &str| {
        let rest = path.strip_prefix(address).and_then(|rest| rest.strip_suffix("index.html"));
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with("page/"))
    };
    site.iter().filter(|(path, _)| is_part(path)).map(|(_, html)| html.as_str()).collect()
}

fn count(pages: &[&str], what: &str) -> usize {
    pages.iter().map(|page| page.matches(what).count()).sum()
}

/// The part of a page from `start` to the end of its section.
fn section<'h>(html: &'h str, start: &str) -> &'h str {
    html.split(start).nth(1).unwrap_or_default().split("</section>").next().unwrap_or_default()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn briefings_that_only_name_an_entity_are_all_on_its_page_or_counted_there_and_listed(total in 0_usize..40) {
        let site = site(&briefings(total), |archive| {
            let beta = entity(archive, "actors/beta/");
            archive.set_named_in(beta, all(archive));
        });
        let html = &site["actors/beta/index.html"];
        let shown = section(html, "<section class=\"named-in\">");
        prop_assert_eq!(shown.matches("<li>").count(), total.min(10));
        let listed = parts(&site, "actors/beta/named/");
        prop_assert_eq!(html.contains(&format!("Only named in: {total}</p>")), total > 0);
        prop_assert_eq!(shown.contains(&format!("named/\">All briefings that only name it ({total})</a>")), total > 10);
        prop_assert_eq!(count(&listed, "<article class=\"row\">"), if total > 10 { total } else { 0 });
        // What is tagged is kept apart.
        prop_assert!(html.contains("Briefings: 0 · Events: 0 · Claims: 0"));
    }

    #[test]
    fn briefings_that_lead_to_one_are_all_on_its_page_or_counted_there_and_listed(total in 0_usize..40) {
        let site = site(&briefings(total + 1), |archive| {
            archive.set_linked_from(BriefingIx::new(0), all(archive)[1..].to_vec());
        });
        let html = &site["briefings/2025/01/01/b000/index.html"];
        let shown = section(html, "<section class=\"linked-from\">");
        prop_assert_eq!(shown.matches("<li>").count(), total.min(20));
        prop_assert_eq!(shown.contains(&format!("linked-from/\">All briefings that lead here ({total})</a>")), total > 20);
        let listed = parts(&site, "briefings/2025/01/01/b000/linked-from/");
        prop_assert_eq!(count(&listed, "<article class=\"row\">"), if total > 20 { total } else { 0 });
    }

    #[test]
    fn a_number_of_a_month_is_that_of_the_entries_under_the_heading_that_it_leads_to(total in 0_usize..120) {
        let site = site(&briefings(total), |_| {});
        let html = &site["actors/alpha/index.html"];
        let shown = section(html, "<section class=\"by-month\">");
        prop_assert_eq!(shown.matches("href=\"/actors/").count(), if total > 28 { total.div_ceil(28) } else { 0 });
        let listed = parts(&site, "actors/alpha/");
        for link in shown.split("<li><a href=\"/").skip(1) {
            let (address, rest) = link.split_once('"').unwrap();
            let number = rest.split("class=\"count\">").nth(1).unwrap().split('<').next().unwrap();
            let (page, anchor) = address.split_once('#').unwrap();
            let heading = format!("<section class=\"group\" aria-labelledby=\"{anchor}\">");
            prop_assert!(site[&format!("{page}index.html")].contains(&heading), "{}", link);
            let under: usize = listed.iter().map(|page| section(page, &heading).matches("<article").count()).sum();
            prop_assert_eq!(number.parse::<usize>().unwrap(), under, "{}", link);
            // Where the newest entry stands, nothing of a later month is before it in the list; and it is the newest.
            let newest = listed.iter().filter_map(|page| section(page, &heading).split("datetime=\"").nth(1)).max();
            prop_assert_eq!(section(&site[&format!("{page}index.html")], &heading).split("datetime=\"").nth(1), newest);
        }
    }
}

#[test]
fn what_stands_on_a_place_itself_is_listed_beside_those_inside_it() {
    let mut files = briefings(9);
    files.push((
        "content/briefings/own.md".into(),
        "---\ntitle: Own\ndate: 2025-03-01\nlocations: [Land]\n---\n".into(),
    ));
    let site = site(&files, |_| {});
    let land = &site["locations/land/index.html"];
    let inside = section(land, "<section class=\"children\">");
    assert!(inside.contains(
        "<a href=\"/locations/land/itself/\"><bdi>Land itself</bdi></a> <span class=\"count\">1</span>"
    ));
    assert!(
        inside.contains("<a href=\"/locations/town/\"><bdi>Town</bdi></a> <span class=\"count\">9</span>")
    );
    assert!(land.contains("Briefings: 10 · "));
    let own = &site["locations/land/itself/index.html"];
    assert!(own.contains("<title>Land itself – Locations – Desk</title>"), "{own}");
    assert!(own.contains("Briefings: 1 · Events: 0 · Claims: 0") && own.contains("/own/\">Own</a></h3>"));
    assert_eq!(own.matches("<article class=\"card\">").count(), 1);
    assert!(!site.contains_key("locations/town/itself/index.html"));
    assert!(!site.keys().any(|path| path.starts_with("dates/") && path.contains("itself")));
}

#[test]
fn claims_of_speakers_not_named_are_shown_with_their_responses() {
    let mut files = briefings(0);
    let mut text = "---\ntitle: Said\ndate: 2025-05-15\nclaims:\n".to_owned();
    for number in 0..12 {
        let _ = writeln!(
            text,
            "  - {{id: c{number}, by: {{unnamed: officials, of: Alpha}}, text: Said {number}., date: 2025-05-{:02}, \
             responses: [{{by: Beta, stance: denies, date: 2025-05-15}}]}}",
            number + 1
        );
    }
    files.push(("content/briefings/said.md".into(), text + "---\n"));
    let site = site(&files, |archive| {
        let alpha = entity(archive, "actors/alpha/");
        archive.entities[alpha.get()].unnamed = (0..12).map(|claim| (ClaimIx::new(claim), None)).collect();
    });
    let html = &site["actors/alpha/index.html"];
    let shown = section(html, "<section class=\"unnamed-speakers\">");
    assert_eq!(shown.matches("<div class=\"claim\">").count(), 10);
    assert_eq!(shown.matches("Denied by").count(), 10);
    let texts: Vec<&str> =
        shown.split("/\">Said ").skip(1).map(|rest| rest.split('.').next().unwrap()).collect();
    let newest: Vec<String> = (2..12).rev().map(|number| number.to_string()).collect();
    assert_eq!(texts, newest);
    assert!(shown.contains("unnamed/\">All that officials, not named, say or answer (12)</a>"));
    let listed = parts(&site, "actors/alpha/unnamed/");
    assert_eq!(count(&listed, "<div class=\"claim\">"), 12);
    assert_eq!(count(&listed, "Denied by"), 12);
    assert!(listed[0].contains("Claims and answers: 12"));
}

#[test]
fn a_briefing_says_why_another_is_related_and_whom_it_only_names() {
    let site = site(&briefings(2), |archive| {
        let (alpha, beta) = (entity(archive, "actors/alpha/"), entity(archive, "actors/beta/"));
        let town = entity(archive, "locations/town/");
        archive.entities[town.get()].has_page = false;
        archive.set_names(BriefingIx::new(1), vec![beta, town]);
        let shared = vec![alpha, beta];
        archive.briefings[1].related = vec![Relative { briefing: BriefingIx::new(0), shared, more: 2 }];
    });
    let html = &site["briefings/2025/01/02/b001/index.html"];
    let related = section(html, "<section class=\"related\">");
    assert!(related.contains("<a href=\"/briefings/2025/01/01/b000/\"><bdi>B0</bdi></a>"));
    let why = related.split("<p class=\"why\">").nth(1).unwrap();
    assert!(
        why.starts_with("Shares <a href=\"/actors/alpha/\"><bdi>Alpha</bdi></a>, <a href=\"/actors/beta/\">")
    );
    assert!(why.contains("and 2 more</p>"));
    let named = html.split("<h2>Also named</h2>").nth(1).unwrap().split("</ul>").next().unwrap();
    assert_eq!(named.matches("<li>").count(), 1);
    assert!(named.contains("<a href=\"/actors/beta/\"><bdi>Beta</bdi></a>"));
}

/// Pairs of Alpha with `others` more actors and with Town.
fn together(others: usize) -> Files {
    let mut files = briefings(3);
    for number in 0..others {
        files.push((format!("content/actors/x{number:03}.md"), format!("---\nname: X{number}\n---\n")));
    }
    site(&files, |archive| {
        let alpha = entity(archive, "actors/alpha/");
        let town = entity(archive, "locations/town/");
        let xs =
            archive.kinds[ACTOR].clone().into_iter().filter(|place| archive[*place].name.starts_with('X'));
        let others: Vec<EntityIx> = xs.chain([town]).collect();
        for other in others {
            let pair = PairIx::new(archive.pairs.len());
            archive.pairs.push(Pair { one: alpha, other, count: 3 });
            archive.entities[alpha.get()].pairs.push(pair);
            archive.entities[other.get()].pairs.push(pair);
        }
        assert_eq!(archive[town].kind, LOCATION);
    })
}

#[test]
fn those_named_together_have_a_page_that_says_what_this_does_not_mean() {
    let site = together(1);
    let alpha = &site["actors/alpha/index.html"];
    let actors = section(alpha, "<section class=\"together\">\n<h2>Named together with</h2>");
    let line = "<a href=\"/actors/alpha/and/x000/\"><bdi>X0</bdi></a> <span class=\"count\">3</span>";
    assert!(actors.contains(line), "{actors}");
    let says = "Named in the same briefings. This says nothing of contact or alliance.";
    assert_eq!(alpha.matches(says).count(), 1);
    assert!(section(alpha, "<h2>Named places</h2>").contains("/actors/alpha/in/town/\"><bdi>Town</bdi>"));
    let town = &site["locations/town/index.html"];
    assert!(
        section(town, "<h2>Actors named here</h2>").contains("/actors/alpha/in/town/\"><bdi>Alpha</bdi>")
    );
    let (both, place) = (&site["actors/alpha/and/x000/index.html"], &site["actors/alpha/in/town/index.html"]);
    let left_out = "one of them acting and the other as its target are not counted.";
    assert!(both.contains("<h1>Alpha and X0</h1>") && both.contains(says) && both.contains(left_out));
    assert!(place.contains("<h1>Alpha in Town</h1>") && place.contains(says) && !place.contains(left_out));
    assert!(both.contains("<li><a href=\"/actors/alpha/\"><bdi>Alpha</bdi></a></li>"));
    let sitemap = &site["sitemap.xml"];
    assert!(sitemap.contains("<loc>https://desk.example/actors/alpha/in/town/</loc>"));
    let feed = &site["actors/alpha/and/x000/atom.xml"];
    assert!(feed.contains("<id>tag:desk.example,2025:feed:together:alpha:x000</id>"), "{feed}");
    assert!(both.contains("href=\"/actors/alpha/and/x000/atom.xml\""));
    assert!(site["actors/alpha/in/town/feed.json"].contains("Alpha in Town – Desk"));
    assert!(!site.contains_key("actors/alpha/and/index.html"));
}

#[test]
fn an_index_lists_all_those_named_together_where_they_are_more_than_a_page_shows() {
    for (others, index_pages) in [(12, 0), (13, 1), (205, 2)] {
        let site = together(others);
        let alpha = &site["actors/alpha/index.html"];
        let actors = section(alpha, "<h2>Named together with</h2>");
        assert_eq!(actors.matches("<li>").count(), 12);
        let link = format!("<a href=\"/actors/alpha/and/\">All actors named with it ({others})</a>");
        assert_eq!(actors.contains(&link), index_pages > 0);
        let index = parts(&site, "actors/alpha/and/");
        assert_eq!(index.len(), index_pages);
        assert_eq!(count(&index, "<span class=\"count\">3</span>"), if index_pages > 0 { others } else { 0 });
        assert!(!site.contains_key("actors/alpha/in/index.html"));
    }
}
