//! The files that a build writes for the search, and the pages that lead to it.

use brief::{model::Instant, release::Edition};

use crate::{
    SETTINGS, Site, build, build_for,
    reading::{Index, manifest, unpacked},
};

const BRIEFING: (&str, &str) =
    ("content/briefings/2025-05-15-a.md", "---\ntitle: Talks\nactors: [Hamas]\n---\n\nIn Doha.\n");

const WITH_BASE: (&str, &str) =
    ("brief.toml", "title = \"Desk of <Doha> & Gaza\"\nbase_url = \"https://desk.example/archive/\"\n");

fn text<'s>(site: &'s Site, path: &str) -> &'s str {
    std::str::from_utf8(&site[path]).unwrap()
}

#[test]
fn a_file_is_named_by_what_it_holds_and_every_file_is_asked_for() {
    let site = build(&[SETTINGS, BRIEFING]);
    let index = Index::of(&site).manifest;
    let mut named: Vec<String> = Vec::new();
    let mut add = |names: &[String], sort: &str| {
        named.extend(names.iter().map(|name| format!("search/data/{name}.{sort}")));
    };
    add(&index.words.files, "words");
    add(&index.words.places, "places");
    index.facets.iter().for_each(|facet| add(&facet.files, "facet"));
    add(&index.blocks, "cards");
    add(&[index.days], "days");
    named.sort();
    named.dedup();
    let files: Vec<&String> = site.keys().filter(|path| path.starts_with("search/data/")).collect();
    assert_eq!(files, named.iter().collect::<Vec<_>>());
    for (path, bytes) in site.iter().filter(|(path, _)| path.starts_with("search/data/")) {
        let hash = blake3::hash(&unpacked(bytes));
        let bits = u64::from_be_bytes(hash.as_bytes()[..8].try_into().unwrap());
        let digit = |place: u32| {
            b"abcdefghijklmnopqrstuvwxyz234567"[(bits >> (59 - 5 * place)) as usize & 31] as char
        };
        let name: String = (0..12).map(digit).collect();
        assert!(path.starts_with(&format!("search/data/{name}.")), "{path}");
    }
}

#[test]
fn read_from_a_disk_each_file_is_a_script_that_hands_itself_over() {
    let edition = Edition::public(Instant::parse_as_of("2025-06-15T12:00Z").unwrap());
    let site = build_for(&edition, true, &[SETTINGS, BRIEFING]);
    let hosted = build(&[SETTINGS, BRIEFING]);
    let index = manifest(&site["search/index.html"]);
    let name = &index.words.files[0];
    let script = text(&site, &format!("search/data/{name}.js"));
    let inside = script.strip_prefix(&format!("briefSearch(\"{name}\", \"")).unwrap();
    let encoded = inside.strip_suffix("\")\n").unwrap();
    let bytes: Vec<u32> = encoded
        .bytes()
        .filter_map(|byte| {
            let digits = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
            digits.iter().position(|digit| *digit == byte).map(|value| value as u32)
        })
        .collect();
    let decoded: Vec<u8> = bytes
        .chunks(4)
        .flat_map(|four| {
            let bits =
                four.iter().enumerate().fold(0, |bits, (place, value)| bits | value << (18 - 6 * place));
            bits.to_be_bytes()[1..four.len()].to_vec()
        })
        .collect();
    assert_eq!(decoded, hosted[&format!("search/data/{name}.words")]);
    assert!(!site.keys().any(|path| path.starts_with("search/data/") && !path.ends_with(".js")));
    assert!(text(&site, "index.html").contains("action=\"./search/index.html\""));
}

#[test]
fn every_page_has_a_field_that_leads_to_the_search() {
    let site = build(&[SETTINGS, BRIEFING]);
    let pages = site.iter().filter(|(path, _)| path.ends_with(".html"));
    for (path, bytes) in pages {
        let page = String::from_utf8_lossy(bytes);
        assert_eq!(page.matches("role=\"search\" method=\"get\" action=\"").count(), 1, "{path}");
    }
}

#[test]
fn without_anything_to_find_or_switched_off_there_is_no_search() {
    let off =
        ("brief.toml", "title = \"Desk\"\nbase_url = \"https://desk.example/\"\n[search]\nenabled = false\n");
    let switched = ("brief.toml", "title = \"Desk\"\n[outputs]\nsearch = false\n");
    for files in [&[SETTINGS][..], &[off, BRIEFING], &[switched, BRIEFING]] {
        let site = build(files);
        let of_search: Vec<&String> =
            site.keys().filter(|path| path.starts_with("search/") || path.contains("opensearch")).collect();
        assert_eq!(of_search, Vec::<&String>::new());
        let page = text(&site, "index.html");
        assert!(
            !page.contains("role=\"search\"")
                && !page.contains("SearchAction")
                && !page.contains("opensearch")
        );
    }
}

#[test]
fn browsers_and_machines_are_told_how_to_search_where_the_address_is_known() {
    let site = build(&[WITH_BASE, BRIEFING]);
    let description = text(&site, "opensearch.xml");
    assert!(description.contains("<ShortName>Desk of &lt;Doha&gt; &amp;</ShortName>"), "{description}");
    let address = "template=\"https://desk.example/archive/search/?q={searchTerms}\"";
    assert!(description.contains(address), "{description}");
    let home = text(&site, "index.html");
    let link = "<link rel=\"search\" type=\"application/opensearchdescription+xml\" title=\"Desk of &lt;Doha&gt; &amp; Gaza\" \
                href=\"/archive/opensearch.xml\">";
    assert!(home.contains(link), "{home}");
    let action = "\"potentialAction\":{\"@type\":\"SearchAction\",\"target\":{\"@type\":\"EntryPoint\",\
                  \"urlTemplate\":\"https://desk.example/archive/search/?q={search_term_string}\"}}";
    assert!(home.contains(action), "{home}");
    let site = build(&[SETTINGS, BRIEFING]);
    assert!(!site.contains_key("opensearch.xml") && !text(&site, "index.html").contains("opensearch"));
}

#[test]
fn links_of_cards_fit_the_page_of_the_search() {
    let card = |settings| {
        let index = Index::of(&build(&[settings, BRIEFING]));
        index.cards[0].clone()
    };
    assert!(card(SETTINGS).contains("href=\"../briefings/2025/05/15/a/\""));
    assert!(card(WITH_BASE).contains("href=\"/archive/briefings/2025/05/15/a/\""));
}

#[test]
fn the_page_is_in_the_sitemap_and_its_files_may_be_kept() {
    let site = build(&[WITH_BASE, BRIEFING]);
    assert!(text(&site, "sitemap.xml").contains("<loc>https://desk.example/archive/search/</loc>"));
    let headers = text(&site, "_headers");
    assert!(
        headers.contains("/archive/search/data/*\n  Cache-Control: public, max-age=31536000, immutable\n"),
        "{headers}"
    );
    let page = text(&site, "search/index.html");
    assert!(page.contains("<noscript>") && page.contains("href=\"/archive/briefings/\""), "{page}");
}

#[test]
fn a_file_ends_where_the_next_word_would_make_it_too_large() {
    let words: Vec<String> = (0..60_000).map(|number| format!("w{number:05}x")).collect();
    let text = format!("---\ntitle: Many\n---\n\n{}\n", words.join(" "));
    let site = build(&[SETTINGS, ("content/briefings/2025-05-15-a.md", &text)]);
    let index = Index::of(&site);
    assert!(index.words.contains_key("w59999x"));
    let files = &index.manifest.words.files;
    assert!(files.len() > 5, "{}", files.len());
    for name in files {
        let len = unpacked(&site[&format!("search/data/{name}.words")]).len();
        assert!(len <= (16 << 10) + 3, "{len}");
    }
    for (place, name) in files[..files.len() - 1].iter().enumerate() {
        let len = unpacked(&site[&format!("search/data/{name}.words")]).len();
        assert!(len > (16 << 10) - 80, "{place}: {len}");
    }
}

#[test]
fn documents_of_small_segments_share_a_file_and_those_of_a_large_one_begin_one() {
    let briefing = |number: usize, lang: &str| {
        let path = format!("content/briefings/2025-05-{:02}-{lang}{number}.md", 1 + number % 28);
        (path, format!("---\ntitle: {lang} {number}\nlang: {lang}\nactors: [Hamas]\n---\n\nText.\n"))
    };
    let langs = [("ar", 70), ("de", 3), ("en", 20), ("fr", 3), ("he", 30), ("it", 1)];
    let briefings: Vec<(String, String)> =
        langs.iter().flat_map(|(lang, count)| (0..*count).map(|number| briefing(number, lang))).collect();
    let mut files = vec![SETTINGS];
    files.extend(briefings.iter().map(|(path, text)| (path.as_str(), text.as_str())));
    let index = Index::of(&build(&files));
    let cards: Vec<(usize, usize)> =
        index.manifest.segments[..6].iter().map(|segment| (segment.card, segment.count)).collect();
    // Of 70 the last six leave room for 26.
    assert_eq!(cards, [(0, 70), (70, 3), (73, 20), (93, 3), (96, 30), (126, 1)]);
    assert_eq!(index.manifest.per_block, 32);
    assert_eq!(index.ask_for("briefing", "\"fr 2\""), ["fr 2"]);
    assert_eq!(index.manifest.blocks.len(), 5, "dates do not fit beside the rest");
}
