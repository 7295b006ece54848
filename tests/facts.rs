//! The bundled archive, read as its readers read it: each fact of the source stands where one looks for it.

#![allow(clippy::unwrap_used, clippy::panic, reason = "what a test cannot do fails it")]
#![allow(clippy::case_sensitive_file_extension_comparisons, reason = "our files end in lower case")]

use std::{collections::BTreeMap, fs, path::Path, process::Command, sync::LazyLock};

/// A fact: words that stand in one event, claim or response alone, and where one looks for it.
struct Fact {
    phrase: &'static str,
    actors: &'static [&'static str],
    places: &'static [&'static str],
    day: &'static str,
}

const DIRECT_TALKS: &str = "Hamas is in direct talks with the United States";
const DENIAL: &str = "They deny that there are direct talks";

const FACTS: [Fact; 12] = [
    Fact {
        phrase: DIRECT_TALKS,
        actors: &["bassem-naim", "united-states", "hamas"],
        places: &[],
        day: "2025-05-15",
    },
    Fact { phrase: DENIAL, actors: &["united-states"], places: &[], day: "2025-05-15" },
    Fact {
        phrase: "works to lower tension in the region",
        actors: &["bassem-naim", "donald-trump", "hamas"],
        places: &[],
        day: "2025-05-15",
    },
    Fact {
        phrase: "it would return all hostages at once against a promise",
        actors: &["bassem-naim", "united-states", "hamas"],
        places: &["gaza-strip"],
        day: "2025-05-15",
    },
    Fact {
        phrase: "The renewed negotiations over the hostages are in difficulty",
        actors: &[],
        places: &["doha", "qatar"],
        day: "2025-05-15",
    },
    Fact {
        phrase: "give no sign that Hamas is moving",
        actors: &["hamas", "israel"],
        places: &["qatar"],
        day: "2025-05-14",
    },
    Fact {
        phrase: "may be playing for time until they know what became of",
        actors: &["hamas", "mohammad-sinwar", "israel"],
        places: &[],
        day: "2025-05-15",
    },
    Fact {
        phrase: "tries to kill Mohammad Sinwar, who leads Hamas in Gaza",
        actors: &["israel", "mohammad-sinwar"],
        places: &["khan-younis", "gaza-strip"],
        day: "2025-05-13",
    },
    Fact {
        phrase: "a ceasefire holds for 40 to 50 days",
        actors: &["israel"],
        places: &["doha", "qatar"],
        day: "2025-05-15",
    },
    Fact {
        phrase: "is not to meet before 16:00",
        actors: &["israeli-security-cabinet", "israel"],
        places: &[],
        day: "2025-05-18",
    },
    Fact {
        phrase: "outside the US Embassy Branch Office in Tel Aviv",
        actors: &[],
        places: &["tel-aviv", "israel"],
        day: "2025-05-13",
    },
    Fact {
        phrase: "Hamas hands over hostages in Rafah, in the south of",
        actors: &["hamas"],
        places: &["rafah", "gaza-strip"],
        day: "2025-02-22",
    },
];

/// The claims among the facts, by their place in [`FACTS`]: to whom each was said, and by whom it came on.
const CLAIMS: [(usize, &str, &str); 7] = [
    (0, "Told to Sky News in Arabic.", "By way of Israeli media."),
    (2, "Told to Sky News in Arabic.", "By way of Israeli media."),
    (3, "Told to Sky News in Arabic.", "By way of Israeli media."),
    (4, "Told to The Jerusalem Post.", ""),
    (5, "Told to The Jerusalem Post.", ""),
    (6, "Told to The Jerusalem Post.", ""),
    (8, "Told to The Jerusalem Post.", ""),
];

/// By the place in [`FACTS`], what its card says wherever it stands: who says or did it, when, what else is to be told
/// of it, and the number of its source.
const CARDS: [(usize, &str, &[&str], usize); 11] = [
    (0, "Said by Bassem Naim for Hamas · 15 May 2025", &["About United States."], 1),
    (
        2,
        "Said by Bassem Naim for Hamas · opinion · 15 May 2025",
        &["keep in contact with his administration, whichever team it sends", "About Donald Trump."],
        1,
    ),
    (
        3,
        "Said by Bassem Naim for Hamas · offer · 15 May 2025",
        &["has told the mediators and the United States", "the war ends and aid enters Gaza", "Gaza Strip"],
        1,
    ),
    (
        4,
        "Said by sources familiar with the details (not named) · 15 May 2025",
        &["there is no progress", "Place: Doha."],
        1,
    ),
    (
        5,
        "Said by three Israeli officials (not named; of Israel) · opinion · 14 May 2025",
        &["no ground for optimism", "About Hamas.", "Place: Qatar."],
        1,
    ),
    (
        6,
        "Said by Israeli officials (not named; of Israel) · opinion · by 15 May 2025",
        &["Hamas leaders abroad", "About Hamas, Mohammad Sinwar."],
        1,
    ),
    (
        7,
        "Event · 13 May 2025 · Khan Younis",
        &[
            "his fate is not known",
            "By the account of Israel.",
            "Who: Israel (acting), Mohammad Sinwar (target).",
        ],
        1,
    ),
    (
        8,
        "Said by a senior Israeli official (not named; of Israel) · position · by 15 May 2025",
        &[
            "Only the Witkoff framework can lead to a deal",
            "10 hostages are released",
            "Palestinian prisoners are released",
            "fighting resumes if no further deal is reached by its end",
            "Place: Doha.",
        ],
        1,
    ),
    (9, "planned · 18 May 2025", &["on this Sunday", "Who: Israeli security cabinet (acting)."], 1),
    (
        10,
        "Event · 13 May 2025 · Tel Aviv",
        &["for the hostages' release", "Who: families of hostages and supporters (not named) (acting)."],
        2,
    ),
    (11, "Event · 22 February 2025 · Rafah", &["Who: Hamas (acting)."], 3),
];

/// What its sources say of themselves, in their order.
const SOURCES: [&[&str]; 4] = [
    &[SOURCE, "The Jerusalem Post, 15 May 2025 (article)"],
    &[
        "Tel Aviv, 13 May 2025",
        "The Jerusalem Post, 15 May 2025 (photo)",
        "Credit: Flash90. Rests on Flash90.",
    ],
    &[
        "Rafah, 22 February 2025",
        "The Jerusalem Post, 15 May 2025 (photo)",
        "Credit: Reuters. Rests on Reuters.",
    ],
    &["Transcript: Steve Witkoff on", "CBS News, 23 February 2025"],
];

/// Other spellings and scripts, found where one looks for the name.
const SPELLINGS: [(&str, &[&str]); 4] = [
    ("actors/mohammad-sinwar", &["Mohammed Sinwar", "Muhammad Sinwar", "محمد السنوار", "מוחמד סנוואר"]),
    ("locations/khan-younis", &["Khan Yunis", "Khan Yunus"]),
    ("actors/hamas", &["حماس", "חמאס"]),
    ("actors/steve-witkoff", &["Steven Witkoff", "ستيف ويتكوف", "סטיב ויטקוף"]),
];

/// The page of the claim that there are direct talks.
const OWN_PAGE: &str = "claims/2025-05-15-direct-talks/direct-talks";

const BRIEFING: &str = "briefings/2025/05/15/direct-talks";

const SOURCE: &str =
    "Senior Hamas officials claims direct talks with US despite denial from American officials";

/// Every text file of the site that is built from this repository's own archive, by path.
static SITE: LazyLock<BTreeMap<String, String>> = LazyLock::new(|| {
    let folder = tempfile::tempdir().unwrap();
    let output = folder.path().join("site");
    let build = Command::new(env!("CARGO_BIN_EXE_brief"))
        .args(["build", "--strict", "--as-of", "2026-12-31T00:00Z", "--output"])
        .arg(&output)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    assert!(build.status.success(), "{}", String::from_utf8_lossy(&build.stderr));
    read(&output)
});

fn read(root: &Path) -> BTreeMap<String, String> {
    let files = walkdir::WalkDir::new(root)
        .into_iter()
        .map(Result::unwrap)
        .filter(|entry| entry.file_type().is_file());
    let name = |path: &Path| path.strip_prefix(root).unwrap().to_str().unwrap().replace('\\', "/");
    files
        .filter_map(|entry| Some((name(entry.path()), fs::read_to_string(entry.path()).ok()?)))
        .filter(|(path, _)| path != ".brief.json")
        .collect()
}

fn page(path: &str) -> &'static str {
    let path = format!("{path}/index.html");
    SITE.get(&path).unwrap_or_else(|| panic!("there is no {path}"))
}

/// What readers see of `html`: tags stripped by a parser of HTML, entities decoded, white space as it is shown.
fn text(html: &str) -> String {
    let stripped = ammonia::Builder::empty().clean(html).to_string();
    let text = quick_xml::escape::unescape(&stripped.replace("&nbsp;", " ")).unwrap().into_owned();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The claims that a page shows, each whole.
fn claims_on(html: &str) -> Vec<&str> {
    cards_on(html, "claim")
}

/// The claims or the events that a page shows.
fn cards_on<'a>(html: &'a str, sort: &'static str) -> Vec<&'a str> {
    let parts = html.split("<div class=\"").skip(1);
    let cards = parts.filter_map(|rest| rest.strip_prefix(sort)?.strip_prefix('"')?.split_once('>'));
    cards.map(|(_, rest)| rest.split("</div>").next().unwrap()).collect()
}

fn shows(path: &str, phrase: &str) -> bool {
    text(page(path)).contains(phrase)
}

#[test]
fn the_reader_decodes_entities_and_joins_what_tags_part() {
    assert_eq!(text("<p>Tom &amp; <b>J</b>erry&#39;s\n&eacute;&nbsp;<q>x</q></p>"), "Tom & Jerry's é x");
    assert!(!shows("actors/hamas", "tries to be somewhere that it is not"));
}

#[test]
fn each_fact_stands_in_its_briefing() {
    for fact in &FACTS {
        assert!(shows(BRIEFING, fact.phrase), "{}", fact.phrase);
    }
}

#[test]
fn each_fact_stands_with_its_actors() {
    for fact in &FACTS {
        for actor in fact.actors {
            assert!(shows(&format!("actors/{actor}"), fact.phrase), "{} on {actor}", fact.phrase);
        }
    }
}

#[test]
fn each_fact_stands_at_its_place_and_at_those_that_enclose_it() {
    for fact in &FACTS {
        for place in fact.places {
            assert!(shows(&format!("locations/{place}"), fact.phrase), "{} on {place}", fact.phrase);
        }
    }
}

#[test]
fn each_fact_stands_on_its_day_in_its_month_and_in_its_year() {
    for fact in &FACTS {
        for date in [fact.day, &fact.day[..7], &fact.day[..4]] {
            let path = format!("dates/{}", date.replace('-', "/"));
            assert!(shows(&path, fact.phrase), "{} on {path}", fact.phrase);
        }
    }
}

#[test]
fn no_fact_stands_on_another_day_or_with_somebody_else() {
    let elsewhere = |path: &str, fact: &Fact| {
        let name = path.split('/').nth(1).unwrap_or_default();
        match path.split('/').next().unwrap() {
            "actors" => !fact.actors.contains(&name),
            "locations" => !fact.places.contains(&name),
            "dates" => path.matches('/').count() == 4 && !path.contains(&fact.day.replace('-', "/")),
            _ => false,
        }
    };
    for (path, html) in SITE.iter().filter(|(path, _)| path.ends_with("/index.html")) {
        let text = text(html);
        for fact in FACTS.iter().filter(|fact| elsewhere(path, fact)) {
            // A response is shown wherever its claim is.
            let shown_with_its_claim = fact.phrase == DENIAL && text.contains(DIRECT_TALKS);
            assert!(shown_with_its_claim || !text.contains(fact.phrase), "{} on {path}", fact.phrase);
        }
    }
}

#[test]
fn a_claim_stands_nowhere_without_its_responses() {
    let mut files = 0;
    for (path, content) in SITE.iter().filter(|(path, _)| !path.starts_with(OWN_PAGE)) {
        let shown = content.matches(DIRECT_TALKS).count();
        assert_eq!(shown, content.matches(DENIAL).count(), "the denial beside the claim in {path}");
        files += shown.min(1);
    }
    assert!(files >= 7, "three actors, a day, a month, a year and the briefing show it: {files}");
    // What search engines show of its own page tells how it was answered.
    let own = page(OWN_PAGE);
    let title = own.split("<title>").nth(1).unwrap().split("</title>").next().unwrap();
    assert!(title.contains(DIRECT_TALKS) && title.contains("(denied)"), "{title}");
    let description = own.split("name=\"description\" content=\"").nth(1).unwrap().split('"').next().unwrap();
    assert!(description.starts_with("US officials, not named, deny it (by 15 May 2025)."), "{description}");
    for (path, html) in SITE.iter().filter(|(path, _)| path.ends_with(".html")) {
        for claim in claims_on(html).into_iter().map(text).filter(|claim| claim.contains(DIRECT_TALKS)) {
            let response =
                format!("Denied by US officials (not named; of United States) · by 15 May 2025: {DENIAL}.");
            assert!(claim.contains(&response), "{path}: {claim}");
            assert!(!claim.contains("No response published here"), "{path}: {claim}");
        }
    }
}

#[test]
fn each_claim_stands_with_the_way_it_came_and_what_the_desk_read() {
    for (fact, told, via) in CLAIMS {
        let phrase = FACTS[fact].phrase;
        let mut pages = 0;
        let mut lists = 0;
        // What stands on an entity and not on those inside it is listed again beside its page.
        let counted = |path: &str| path.ends_with(".html") && !path.ends_with("/itself/index.html");
        for (path, html) in SITE.iter().filter(|(path, _)| counted(path)) {
            let claims = claims_on(html).into_iter().filter(|claim| text(claim).contains(phrase));
            let mut shown = 0;
            for claim in claims {
                let words = text(claim);
                assert!(words.contains(told) && words.contains(via), "{path}: {words}");
                // Where the source stands in a list it is cited by its number there, else by name.
                let cited = if path.starts_with(BRIEFING) { "[1]" } else { "(The Jerusalem Post)" };
                assert!(words.contains(cited), "its source on {path}: {words}");
                assert!(claim.contains(&format!("title=\"{SOURCE}\"")), "the title of its source on {path}");
                shown += 1;
            }
            // The briefing tells it in its prose too, and its own page shows it at large.
            let outside = text(html).matches(phrase).count() - shown;
            let is_own = path.starts_with("claims/2025-05-15-direct-talks/");
            assert!(
                outside == 0 || is_own || path.starts_with(BRIEFING),
                "{phrase} on {path} outside its claim"
            );
            let is_list =
                ["claims/", "/says/", "/about/", "/answers/"].iter().any(|part| path.contains(part));
            *if is_list { &mut lists } else { &mut pages } += shown.min(1);
        }
        assert!(lists >= 1, "the list of all claims shows: {phrase}");
        // The briefing, the day, the month and the year, and whom and where it concerns.
        let expected = 4 + FACTS[fact].actors.len() + FACTS[fact].places.len();
        assert_eq!(pages, expected, "pages that show: {phrase}");
    }
}

#[test]
fn the_briefing_lists_its_sources_under_the_numbers_that_claims_cite() {
    let briefing = page(BRIEFING);
    let sources = briefing.split("<section class=\"sources\">").nth(1).unwrap();
    let first = sources.split("<li ").nth(1).unwrap();
    assert!(first.starts_with("id=\"source-jpost\"") && first.contains(SOURCE), "{first}");
    assert!(first.contains("https://www.jpost.com/breaking-news/article-854137"), "{first}");
}

#[test]
fn each_fact_says_who_when_and_on_what_ground_wherever_it_stands() {
    for (place, who, words, source) in CARDS {
        let fact = &FACTS[place];
        let mut cards = 0;
        for (path, html) in SITE.iter().filter(|(path, _)| path.ends_with(".html")) {
            let all = cards_on(html, "claim").into_iter().chain(cards_on(html, "event"));
            for card in all.map(text).filter(|card| card.contains(fact.phrase)) {
                assert!(card.starts_with(who), "{path}: {card}");
                for words in words {
                    assert!(card.contains(words), "`{words}` on {path}: {card}");
                }
                let cited = if path.starts_with(BRIEFING) {
                    format!("[{source}]")
                } else {
                    "(The Jerusalem Post)".to_owned()
                };
                assert!(card.contains(&cited), "its source on {path}: {card}");
                cards += 1;
            }
        }
        // The briefing, the day, the month and the year, and whom and where it concerns.
        let least = 4 + fact.actors.len() + fact.places.len();
        assert!(cards >= least, "{cards} of {least} cards: {}", fact.phrase);
    }
}

#[test]
fn each_source_says_what_it_is_and_what_it_rests_on() {
    let list = page(BRIEFING).split("<section class=\"sources\">").nth(1).unwrap();
    let items: Vec<String> = list
        .split("</section>")
        .next()
        .unwrap()
        .split("<li id")
        .skip(1)
        .map(|item| text(item.split_once('>').unwrap().1))
        .collect();
    assert_eq!(items.len(), SOURCES.len(), "{items:?}");
    for (item, words) in items.iter().zip(SOURCES) {
        assert!(words.iter().all(|words| item.contains(words)), "{words:?}: {item}");
    }
}

#[test]
fn each_name_is_found_in_its_other_spellings() {
    for (path, names) in SPELLINGS {
        let profile = page(path).split("<section class=\"profile\">").nth(1).unwrap();
        let profile = text(profile.split("</section>").next().unwrap());
        assert!(names.iter().all(|name| profile.contains(name)), "{names:?}: {profile}");
    }
}
