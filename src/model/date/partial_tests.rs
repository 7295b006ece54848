use super::*;

fn refused(text: &str) -> (String, String) {
    let error = PartialDate::parse(text).unwrap_err();
    (error.message, error.help.unwrap())
}

#[test]
fn a_date_is_written_as_it_was_read() {
    for text in [
        "2025",
        "2025-05",
        "2025-05-13",
        "2025-21",
        "2025-24",
        "201X",
        "20XX",
        "00XX",
        "000X",
        "2025-XX",
        "2025-05-XX",
        "2025-XX-XX",
        "2025?",
        "2025-05~",
        "2025-05-13%",
        "201X~",
        "0001",
    ] {
        assert_eq!(PartialDate::parse(text).unwrap().to_string(), text);
    }
}

#[test]
fn a_coarse_date_can_be_any_day_of_what_it_names() {
    for (text, first, last) in [
        ("2025", "2025-01-01", "2025-12-31"),
        ("2024-02", "2024-02-01", "2024-02-29"),
        ("2025-05-13", "2025-05-13", "2025-05-13"),
        ("2025-05-XX", "2025-05-01", "2025-05-31"),
        ("2025-XX", "2025-01-01", "2025-12-31"),
        ("2025-XX-XX", "2025-01-01", "2025-12-31"),
        ("2025-24", "2025-01-01", "2025-12-31"),
        ("201X", "2010-01-01", "2019-12-31"),
        ("20XX", "2000-01-01", "2099-12-31"),
        ("99XX", "9900-01-01", "9999-12-31"),
        ("00XX", "0001-01-01", "0099-12-31"),
    ] {
        let date = PartialDate::parse(text).unwrap();
        assert_eq!(
            (date.first().to_string(), date.last().to_string()),
            (first.into(), last.into()),
            "{text}"
        );
    }
}

#[test]
fn a_day_that_does_not_exist_says_how_long_the_month_is() {
    for (text, message, help) in [
        ("2025-02-30", "`2025-02-30` is no day of the calendar", "`2025-02` has 28 days"),
        ("2024-02-30", "`2024-02-30` is no day of the calendar", "`2024-02` has 29 days"),
        ("2025-06-31~", "`2025-06-31` is no day of the calendar", "`2025-06` has 30 days"),
        ("2025-13-01", "`2025-13-01` is no day of the calendar", "months run from `01` to `12`"),
    ] {
        assert_eq!(refused(text), (message.into(), help.into()));
    }
}

#[test]
fn a_month_that_does_not_exist_is_refused() {
    let help = "months run from `01` to `12`, seasons from `21` to `24`";
    for (text, named) in [("2025-13", "2025-13"), ("2025-00", "2025-00"), ("2025-13-XX", "2025-13")] {
        assert_eq!(refused(text), (format!("`{named}` is no month and no season"), help.into()));
    }
    assert_eq!(refused("2025-21-XX").0, "`2025-21-XX` is no date");
}

#[test]
fn a_year_of_other_than_four_digits_is_out_of_range() {
    for (text, year) in [
        ("-0044", "-0044"),
        ("-0044-03-15", "-0044"),
        ("12025", "12025"),
        ("12025-01", "12025"),
        ("Y170000002", "Y170000002"),
        ("0000", "0000"),
        ("0000-05", "0000"),
        ("0000-05-13", "0000"),
    ] {
        let message = format!("the year `{year}` is out of range");
        assert_eq!(refused(text), (message, "years run from `0001` to `9999`".into()), "{text}");
    }
}

#[test]
fn what_was_meant_is_shown_where_it_can_be_told() {
    for (text, iso) in [
        ("2025-5-3", "2025-05-03"),
        ("2025/05/18", "2025-05-18"),
        ("2025.5", "2025-05"),
        ("5/2025", "2025-05"),
        ("20250515", "2025-05-15"),
        ("15/05/2025", "2025-05-15"),
        ("05/15/2025", "2025-05-15"),
        ("05/05/2025", "2025-05-05"),
        ("15.5.2025", "2025-05-15"),
        ("15 05 2025", "2025-05-15"),
        ("May 15, 2025", "2025-05-15"),
        ("15 May 2025", "2025-05-15"),
        ("15-May-2025", "2025-05-15"),
        ("15th of may 2025", "2025-05-15"),
        ("Thursday, 15 May 2025", "2025-05-15"),
        ("Sept. 1 2025", "2025-09-01"),
        ("May 2025", "2025-05"),
        ("Spring 2025", "2025-21"),
        ("fall 2025", "2025-23"),
        ("201x", "201X"),
        ("2025-05-xx", "2025-05-XX"),
        ("circa 2025-05", "about 2025-05"),
        ("~2025", "about 2025"),
    ] {
        assert_eq!(refused(text), (format!("`{text}` is no date"), format!("write `{iso}`")));
    }
}

#[test]
fn where_two_days_can_be_meant_both_are_shown() {
    let help = "write `2025-06-05` if the day comes first in `05/06/2025`, `2025-05-06` if the month does"
        .to_owned();
    assert_eq!(refused("05/06/2025"), ("`05/06/2025` is no date".into(), help));
    let help = "write `2025-05-12/2025-05-18` for all of that time, `between 2025-05-12 and 2025-05-18` for one \
                day of it";
    for text in ["2025-05-12 to 2025-05-18", "2025-05-12–2025-05-18", "2025-05-12 - 2025-05-18"] {
        assert_eq!(refused(text), (format!("`{text}` is no date"), help.into()));
    }
}

#[test]
fn where_nothing_can_be_told_the_forms_are_shown() {
    let help = "write a day as `2025-05-13`, a month as `2025-05`, a year as `2025`";
    for text in [
        "soon",
        "15/05/25",
        "2025-W20",
        "2025-135",
        "99/99/2025",
        "May May 2025",
        "May 32 2025",
        "May 15",
        "Feb 30 2025",
        "spring 15 2025",
        "2025–18",
        "٢٠٢٥",
        "2025-05-١٣",
        "201X-05",
        "2X25",
        "XXXX",
        "1 2 3 2025",
    ] {
        assert_eq!(refused(text), (format!("`{text}` is no date"), help.into()));
    }
    assert_eq!(refused(" "), ("the date is empty".into(), "write a day as `2025-05-13`".into()));
}

#[test]
fn a_qualifier_stands_at_the_end() {
    for (text, mark) in [("2025?-05", '?'), ("2025-05~-13", '~'), ("2025%-05-13?", '%'), ("2025?-05?", '?')] {
        let help = format!("write `{mark}` at the end: it is of the whole date");
        assert_eq!(refused(text), (format!("`{mark}` stands within `{text}`"), help));
    }
}

#[test]
fn a_time_stands_on_a_plain_day_only() {
    let message = "a time of day stands on one plain day only, not as in `2025-05-18 16:00~`";
    let help = "leave out the time, or give one plain day, as in `2025-05-18 16:00`";
    assert_eq!(refused("2025-05-18 16:00~"), (message.into(), help.into()));
}
