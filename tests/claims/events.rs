//! Events that several briefings tell.

use std::fmt::Write as _;

use crate::{Site, between, text};

const FIRST: (&str, &str) = (
    "content/briefings/first.md",
    "---\ntitle: First\ndate: 2025-05-13\nevents:\n  - id: strike\n    date: 2025-05-13\n    text: Aircraft strike.\n    locations: [Khan Younis]\n    \
     actors: [{id: Israel, role: by}, {id: Hamas, role: target}]\n    figures: [{what: killed, value: 6, per: Army}, {what: wounded, value: 40}]\n---\n",
);

const SECOND: (&str, &str) = (
    "content/briefings/second.md",
    "---\ntitle: Second\ndate: 2025-05-14\nevents:\n  - event: first#strike\n    text: Aircraft strike a hospital.\n    per: Hamas\n    locations: [Gaza Strip]\n    \
     figures: [{what: Killed, value: 28, per: Hamas}, {what: wounded, value: 40}]\n---\n",
);

const THIRD: (&str, &str) = (
    "content/briefings/third.md",
    "---\ntitle: Third\ndate: 2025-05-16\nevents:\n  - event: second#again\n    text: The strike is told once more.\n    \
     figures: [{what: killed, value: 34, per: Egypt}]\n---\n",
);

const PLACES: (&str, &str) =
    ("content/locations/khan-younis.md", "---\nname: Khan Younis\nparent: Gaza Strip\n---\n");

fn told() -> Site {
    let second = SECOND.1.replace("- event: first#strike", "- id: again\n    event: first#strike");
    Site::of([FIRST, (SECOND.0, second.as_str()), THIRD, PLACES])
}

fn events(html: &str) -> Vec<String> {
    between(html, "<div class=\"event\"", "</div>").map(text).collect()
}

#[test]
fn an_event_told_by_several_is_shown_once_with_the_words_of_each() {
    let site = told();
    for list in ["actors/israel/", "actors/hamas/", "locations/khan-younis/", "dates/2025/05/13/"] {
        let events = events(site.page(list));
        let [event] = events.as_slice() else { panic!("{list}: {events:?}") };
        for words in [
            "The strike is told once more.",
            "In: Third",
            "Also told in Second · 13 May 2025 · Gaza Strip Aircraft strike a hospital. By the account of Hamas.",
            "Also told in First · 13 May 2025 · Khan Younis Aircraft strike. Who: Israel (acting), Hamas (target).",
            "killed: 6 to 34, by source",
            "killed: 34, by the count of Egypt",
            "Killed: 28, by the count of Hamas",
            "killed: 6, by the count of Army",
        ] {
            assert!(event.contains(words), "{list}: {words}: {event}");
        }
        assert!(
            event.find("told once more") < event.find("Also told in Second"),
            "the newest heads: {event}"
        );
        assert!(event.find("Also told in Second") < event.find("Also told in First"), "{event}");
        assert!(!event.contains("wounded: 40, by source"), "where all agree there is no range: {event}");
        // Nothing is added, averaged or chosen.
        assert!(!event.contains("68") && !event.contains("22"), "{event}");
    }
}

#[test]
fn on_a_briefing_its_own_telling_heads_and_the_others_are_linked() {
    let site = told();
    let first = events(site.page("briefings/2025/05/13/first/"));
    assert!(
        first[0].contains("Aircraft strike.") && first[0].contains("Also told in: Third; Second"),
        "{first:?}"
    );
    assert!(!first[0].contains("told once more") && first[0].contains("killed: 6, by the count of Army"));
    assert!(first[0].contains("Israel (acting), Hamas (target)"), "{first:?}");
    let third = events(site.page("briefings/2025/05/16/third/"));
    assert!(third[0].contains("killed: 6 to 34, by source"), "{third:?}");
    assert!(third[0].contains("Also told in: Second; First"), "{third:?}");
}

#[test]
fn a_single_count_stays_itself_and_open_ends_stay_open() {
    let figures = |figures: &str| {
        let briefing = format!(
            "---\ntitle: B\ndate: 2025-05-15\nevents:\n  - text: A strike.\n    date: 2025-05-15\n    actors: [Israel]\n    figures: [{figures}]\n---\n"
        );
        let site = Site::of([("content/briefings/b.md", briefing.as_str())]);
        let list = between(site.page("actors/israel/"), "<ul class=\"figures\">", "</ul>").next().unwrap();
        between(list, "<li", "</li>").map(|line| text(line.split_once('>').unwrap().1)).collect::<Vec<_>>()
    };
    assert_eq!(figures("{what: killed, value: 6}"), ["killed: 6"]);
    assert_eq!(figures("{what: killed, min: 6}"), ["killed: at least 6"]);
    assert_eq!(figures("{what: killed, value: 6}, {what: killed, value: 6}"), ["killed: 6", "killed: 6"]);
    let ranges = [
        ("{what: killed, value: 6}, {what: killed, min: 50}", "killed: 6 to at least 50, by source"),
        ("{what: killed, max: 6}, {what: killed, value: 50}", "killed: at most 6 to 50, by source"),
        ("{what: killed, min: 6, max: 9}, {what: killed, value: 7}", "killed: 6 to 9, by source"),
        ("{what: killed, min: 50}, {what: killed, value: 60}", "killed: 50 to 60, by source"),
    ];
    for (written, range) in ranges {
        assert_eq!(figures(written)[0], range);
    }
}

#[test]
fn what_is_planned_or_cancelled_says_so() {
    let briefing = |status: &str| {
        format!(
            "---\ntitle: B\ndate: 2025-05-15\nevents:\n  - {{text: A meeting., date: 2025-05-15, actors: [Israel], status: {status}}}\n---\n"
        )
    };
    for (status, word) in [("planned", "planned"), ("cancelled", "cancelled"), ("happened", "Event")] {
        let briefing = briefing(status);
        let site = Site::of([("content/briefings/b.md", briefing.as_str())]);
        let event = &events(site.page("actors/israel/"))[0];
        assert!(event.contains(&format!("{word} ·")), "{event}");
    }
}

#[test]
fn of_many_tellings_lists_show_the_newest_and_lead_to_all() {
    let size = |count: usize| {
        let mut files = vec![(FIRST.0.to_owned(), FIRST.1.to_owned())];
        for number in 0..count {
            let mut text = format!("---\ntitle: Told {number}\ndate: 2025-06-{:02}\n", 1 + number % 30);
            let _ = write!(
                text,
                "published: 2025-07-01T{:02}:{:02}Z\nevents:\n  - event: first#strike\n    text: Telling {number}.\n    actors: [Witness {number}]\n---\n",
                number / 60,
                number % 60
            );
            files.push((format!("content/briefings/told-{number}.md"), text));
        }
        Site::of(files.iter().map(|(path, text)| (path.as_str(), text.as_str())))
    };
    let site = size(9);
    let list = between(site.page("actors/israel/"), "<div class=\"event\"", "</div>").next().unwrap();
    assert_eq!(list.matches("Also told in").count(), 5, "{list}");
    assert!(text(list).contains("4 more tellings where it was told last"), "{list}");
    let newest = events(site.page("briefings/2025/06/09/told-8/"));
    assert_eq!(newest[0].matches("; Told").count() + 2, 9, "all of them: {newest:?}");
    let bytes = |site: &Site| site.0.values().map(String::len).sum::<usize>();
    let (some, more) = (bytes(&size(40)), bytes(&size(80)));
    assert!(more * 10 < some * 22, "{some} and {more} bytes");
}

#[test]
fn what_was_corrected_in_one_telling_says_so_wherever_the_event_is_shown() {
    let corrections = "corrections: [{date: 2025-05-17, of: '#strike', text: It was no school.}]\n---\n";
    let first = format!("{}{corrections}", FIRST.1.strip_suffix("---\n").unwrap());
    let again = SECOND.1.replace("- event: first#strike", "- id: again\n    event: first#strike");
    let site = Site::of([(FIRST.0, first.as_str()), (SECOND.0, again.as_str()), THIRD, PLACES]);
    for page in ["actors/israel/", "dates/2025/05/13/", "briefings/2025/05/16/third/"] {
        let [event] = &events(site.page(page))[..] else { panic!("{page}") };
        let notice = event.rfind("Correction, 17 May 2025: It was no school.");
        assert!(notice > event.rfind("Also told in First"), "{page}: {event}");
        assert!(notice.is_some(), "{page}: {event}");
    }
}
