use proptest::prelude::*;

use super::*;

fn when(text: &str) -> When {
    When::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"))
}

fn day(text: &str) -> Option<Day> {
    Day::parse(text).ok()
}

fn refused(text: &str) -> (String, String) {
    let error = When::parse(text).unwrap_err();
    (error.message, error.help.unwrap())
}

fn pages(text: &str) -> Vec<String> {
    when(text).periods().iter().map(Period::to_string).collect()
}

#[test]
fn every_form_has_one_edtf_text_and_plain_words() {
    for (written, edtf, words) in [
        ("2025", "2025", "2025"),
        ("2025-05", "2025-05", "2025-05"),
        (" 2025-05-13 ", "2025-05-13", "2025-05-13"),
        ("2025-21", "2025-21", "spring 2025"),
        ("2025-22", "2025-22", "summer 2025"),
        ("2025-23", "2025-23", "autumn 2025"),
        ("2025-24~", "2025-24~", "about winter 2025"),
        ("2025-05-13?", "2025-05-13?", "2025-05-13 (uncertain)"),
        ("2025-05~", "2025-05~", "about 2025-05"),
        ("about 2025-05", "2025-05~", "about 2025-05"),
        ("About 2025-05~", "2025-05~", "about 2025-05"),
        ("about 2025-05?", "2025-05%", "about 2025-05 (uncertain)"),
        ("2025%", "2025%", "about 2025 (uncertain)"),
        ("201X", "201X", "a year from 2010 to 2019"),
        ("20XX", "20XX", "a year from 2000 to 2099"),
        ("2025-05-XX", "2025-05-XX", "a day of 2025-05"),
        ("2025-XX", "2025-XX", "a month of 2025"),
        ("2025-XX-XX", "2025-XX-XX", "a day of 2025"),
        ("2025-05-12/2025-05-18", "2025-05-12/2025-05-18", "2025-05-12 to 2025-05-18"),
        ("2025-05-12 / 2025-06~", "2025-05-12/2025-06~", "2025-05-12 to about 2025-06"),
        ("2025-05-12/..", "2025-05-12/..", "from 2025-05-12 on"),
        ("2025-05-12/", "2025-05-12/", "from 2025-05-12, end unknown"),
        ("../2025-05-18", "../2025-05-18", "until 2025-05-18"),
        ("/2025-05-18", "/2025-05-18", "until 2025-05-18, start unknown"),
        ("[..2025-05-15]", "[..2025-05-15]", "by 2025-05-15"),
        ("by 2025-05-15", "[..2025-05-15]", "by 2025-05-15"),
        ("BY  about 2025-05", "[..2025-05~]", "by about 2025-05"),
        ("[2025-05-12..2025-05-18]", "[2025-05-12..2025-05-18]", "between 2025-05-12 and 2025-05-18"),
        (
            "Between 2025-05-12  AND 2025-05-18",
            "[2025-05-12..2025-05-18]",
            "between 2025-05-12 and 2025-05-18",
        ),
        ("2025-05-18 16:00", "2025-05-18T16:00:00", "2025-05-18 16:00"),
        ("2025-05-18T16:00:30", "2025-05-18T16:00:30", "2025-05-18 16:00:30"),
        ("2025-05-18T16:00Z", "2025-05-18T16:00:00", "2025-05-18 16:00"),
        ("2025-05-18T16:00+03:00", "2025-05-18T16:00:00", "2025-05-18 16:00"),
        ("2025-05-18T16:00[Asia/Jerusalem]", "2025-05-18T16:00:00", "2025-05-18 16:00"),
    ] {
        assert_eq!(when(written).edtf(), edtf, "{written}");
        assert_eq!(when(written).to_string(), words, "{written}");
        assert_eq!(when(edtf), when(written));
    }
}

#[test]
fn a_date_can_be_any_day_between_its_earliest_and_its_latest() {
    for (text, earliest, latest) in [
        ("2025-05", day("2025-05-01"), day("2025-05-31")),
        ("2025-05-12/2025-06", day("2025-05-12"), day("2025-06-30")),
        ("[2025-05-12..2025-05-18]", day("2025-05-12"), day("2025-05-18")),
        ("2025-05-12/..", day("2025-05-12"), None),
        ("2025-05-12/", day("2025-05-12"), None),
        ("../2025-05", None, day("2025-05-31")),
        ("/2025-05-18", None, day("2025-05-18")),
        ("by 2025-05", None, day("2025-05-31")),
        ("2025-05-18 16:00", day("2025-05-18"), day("2025-05-18")),
    ] {
        assert_eq!((when(text).earliest(), when(text).latest()), (earliest, latest), "{text}");
    }
}

#[test]
fn a_coarse_date_or_a_range_stands_on_the_smallest_page_that_encloses_it() {
    for (text, page) in [
        ("2025-05-13", "2025-05-13"),
        ("2025-05-13 16:00", "2025-05-13"),
        ("2025-05-XX", "2025-05"),
        ("2025-05~", "2025-05"),
        ("2025-24", "2025"),
        ("2025-XX", "2025"),
        ("2025-05-12/2025-05-18", "2025-05"),
        ("between 2025-05-12 and 2025-05-18", "2025-05"),
        ("2025-05-12/2025-05-12", "2025-05-12"),
        ("2025-05-12/2025-06", "2025"),
        ("by 2025-05-15", "2025-05-15"),
        ("by 2025-05", "2025-05"),
        ("2025-05-12/..", "2025-05-12"),
        ("/2025-05", "2025-05"),
    ] {
        assert_eq!(pages(text), [page], "{text}");
    }
}

#[test]
fn a_range_over_years_stands_on_each_of_them_and_a_very_long_one_on_its_ends() {
    assert_eq!(pages("2024-12-30/2025-01-02"), ["2024", "2025"]);
    assert_eq!(pages("201X").len(), 10);
    assert_eq!(pages("1976/2025").len(), 50);
    assert_eq!(pages("1975/2025"), ["1975", "2025"]);
    assert_eq!(pages("20XX"), ["2000", "2099"]);
}

#[test]
fn what_a_date_says_of_itself_is_told() {
    assert!(when("by 2025-05").is_by());
    assert!(!when("../2025-05").is_by());
    for (text, approximate, uncertain) in [
        ("2025", false, false),
        ("2025~", true, false),
        ("2025?", false, true),
        ("2025%", true, true),
        ("2025-05/2025-06?", false, true),
        ("[2025-05~..2025-06]", true, false),
        ("2025-05-18 16:00", false, false),
    ] {
        assert_eq!(
            (when(text).is_approximate(), when(text).is_uncertain()),
            (approximate, uncertain),
            "{text}"
        );
    }
    assert_eq!(when("2025-05-18 16:05").time(), Some((16, 5)));
    assert_eq!(when("2025-05-18").time(), None);
}

#[test]
fn a_timeline_runs_by_first_day_then_from_wide_to_narrow_then_by_time() {
    let sorted = [
        "2025",
        "2025-XX",
        "../2025",
        "2025-05/..",
        "2025-05",
        "2025-05-12/2025-05-18",
        "2025-05-12",
        "by 2025-05-12",
        "2025-05-12 06:00",
        "2025-05-12 16:00",
        "2025-05-13",
    ]
    .map(when);
    let mut turned = sorted;
    turned.reverse();
    turned.sort();
    assert_eq!(turned, sorted);
}

#[test]
fn what_ends_before_it_begins_is_refused() {
    for (text, turned) in [
        ("2025-06/2025-05", "2025-05/2025-06"),
        ("[2025-05-18..2025-05-12]", "[2025-05-12..2025-05-18]"),
        ("between 2026 and 2025~", "between 2025~ and 2026"),
    ] {
        let expected = (format!("`{text}` ends before it begins"), format!("did you mean `{turned}`?"));
        assert_eq!(refused(text), expected);
        assert!(When::parse(turned).is_ok());
    }
}

#[test]
fn what_is_no_date_says_what_to_write() {
    for (text, message, help) in [
        ("15/05/2025", "`15/05/2025` is no date", "write `2025-05-15`"),
        ("05/2025", "`05/2025` is no date", "write `2025-05`"),
        ("2025/5", "`2025/5` is no date", "write `2025-05`"),
        ("by May 15, 2025", "`May 15, 2025` is no date", "write `2025-05-15`"),
        ("2025-05-12/15 May 2025", "`15 May 2025` is no date", "write `2025-05-15`"),
        ("2025-02-30", "`2025-02-30` is no day of the calendar", "`2025-02` has 28 days"),
        ("by", "the date is empty", "write a day as `2025-05-13`"),
        ("", "the date is empty", "write a day as `2025-05-13`"),
        ("../..", "the interval `../..` has no date", "give one end at least, as in `2025-05-12/..`"),
        ("/", "the interval `/` has no date", "give one end at least, as in `2025-05-12/..`"),
        ("2025-05-18 25:00", "`25:00` is no time of day", "write hours and minutes from `00:00` to `23:59`"),
        ("2025-05-18 4:00", "`4:00` is no time of day", "write `04:00`"),
    ] {
        assert_eq!(refused(text), (message.into(), help.into()), "{text}");
    }
}

#[test]
fn a_set_of_another_form_is_refused() {
    let help = "write `[..2025-05-15]` for `by`, `[2025-05-12..2025-05-18]` for one day of these";
    for text in ["[2025]", "[2025-05-12..]", "[2025-05-12,2025-05-14]", "[2025,2026..2027]", "[..2025", "[]"]
    {
        assert_eq!(refused(text), (format!("`{text}` is no set of dates that is known here"), help.into()));
    }
}

#[test]
fn between_takes_two_dates() {
    let help = "write it as in `between 2025-05-12 and 2025-05-18`";
    for text in ["between 2025-05-12", "between and 2025", "between 2025 and", "between", "between and"] {
        assert_eq!(refused(text), (format!("`{text}` is not between two dates"), help.into()));
    }
}

#[test]
fn a_time_of_day_stands_on_one_plain_day_only() {
    let help = "leave out the time, or give one plain day, as in `2025-05-18 16:00`";
    for text in ["2025-05-18T16:00/2025-05-18T18:00", "2025-05-18 16:00~", "2025-05-18T16:00Z?"] {
        let message = format!("a time of day stands on one plain day only, not as in `{text}`");
        assert_eq!(refused(text), (message, help.into()));
    }
    for text in ["about 2025-05-18 16:00", "by 2025-05-18 16:00", "2025-05/2025-05-18 16:00"] {
        let message = "a time of day stands on one plain day only, not as in `2025-05-18 16:00`";
        assert_eq!(refused(text), (message.into(), help.into()));
    }
}

#[test]
fn a_date_takes_little_room() {
    assert!(size_of::<When>() <= 16);
}

fn dates() -> impl Strategy<Value = String> {
    let year = 1..=9999;
    let date = prop_oneof![
        (0..=99).prop_map(|century| format!("{century:02}XX")),
        (0..=999).prop_map(|decade| format!("{decade:03}X")),
        year.clone().prop_map(|year| format!("{year:04}")),
        year.clone().prop_map(|year| format!("{year:04}-XX")),
        year.clone().prop_map(|year| format!("{year:04}-XX-XX")),
        (year.clone(), 1..=12).prop_map(|(year, month)| format!("{year:04}-{month:02}")),
        (year.clone(), 21..=24).prop_map(|(year, season)| format!("{year:04}-{season}")),
        (year.clone(), 1..=12).prop_map(|(year, month)| format!("{year:04}-{month:02}-XX")),
        (year, 1..=12, 1..=28).prop_map(|(year, month, day)| format!("{year:04}-{month:02}-{day:02}")),
    ];
    (date, prop_oneof![Just(""), Just("?"), Just("~"), Just("%")]).prop_map(|(date, mark)| date + mark)
}

fn whens() -> impl Strategy<Value = When> {
    let pair = || {
        (dates(), dates()).prop_map(|(a, b)| {
            let turned = PartialDate::parse(&a).unwrap().first() > PartialDate::parse(&b).unwrap().first();
            if turned { (b, a) } else { (a, b) }
        })
    };
    prop_oneof![
        dates(),
        dates().prop_map(|date| format!("about {date}")),
        dates().prop_map(|date| format!("by {date}")),
        dates().prop_map(|date| format!("{date}/..")),
        dates().prop_map(|date| format!("{date}/")),
        dates().prop_map(|date| format!("../{date}")),
        dates().prop_map(|date| format!("/{date}")),
        pair().prop_map(|(a, b)| format!("{a}/{b}")),
        pair().prop_map(|(a, b)| format!("[{a}..{b}]")),
        pair().prop_map(|(a, b)| format!("between about {a} and {b}")),
        (1..=9999, 1..=12, 1..=28, 0..24, 0..60, 0..60).prop_map(
            |(year, month, day, hour, minute, second)| {
                format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}")
            }
        ),
    ]
    .prop_map(|text| when(&text))
}

proptest! {
    #[test]
    fn the_edtf_text_reads_back_as_the_same_date(date in whens()) {
        prop_assert_eq!(when(&date.edtf()), date);
        prop_assert_eq!(when(&date.edtf()).edtf(), date.edtf());
    }

    #[test]
    fn no_date_ends_before_it_begins(date in whens()) {
        if let (Some(earliest), Some(latest)) = (date.earliest(), date.latest()) {
            prop_assert!(earliest <= latest);
        }
        prop_assert!(date.earliest().is_some() || date.latest().is_some());
    }

    #[test]
    fn the_page_of_a_date_holds_every_day_that_it_can_be(date in dates()) {
        let date = when(&date);
        let (pages, earliest, latest) = (date.periods(), date.earliest().unwrap(), date.latest().unwrap());
        prop_assert!(pages.first().unwrap().contains(earliest));
        prop_assert!(pages.last().unwrap().contains(latest));
        prop_assert!(pages.is_sorted());
    }

    #[test]
    fn two_dates_are_level_only_if_they_are_the_same(a in whens(), b in whens()) {
        prop_assert_eq!(a.cmp(&b) == Ordering::Equal, a == b);
        prop_assert_eq!(a.cmp(&b), b.cmp(&a).reverse());
    }

    #[test]
    fn no_text_makes_reading_panic(text in any::<String>()) {
        let _ = When::parse(&text);
    }

    #[test]
    fn no_text_that_is_nearly_a_date_makes_reading_panic(
        text in r"(by|about|between|~|circa)? ?[0-9X]{0,5}[-/. T–٢][0-9X?~%é]{0,3}[-/. ]( and )?[0-9]{0,4}[T ]?[0-9:Z+\[\]!=/]{0,9}"
    ) {
        if let Ok(date) = When::parse(&text) {
            prop_assert_eq!(when(&date.edtf()), date);
        }
    }
}
