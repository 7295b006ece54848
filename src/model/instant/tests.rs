use chrono_tz::Tz::{self, America__New_York, America__Sao_Paulo, Asia__Jerusalem, Pacific__Apia, UTC};
use proptest::prelude::*;

use super::*;

fn published(text: &str) -> Published {
    Published::parse(text, Asia__Jerusalem).unwrap_or_else(|error| panic!("{text}: {error}"))
}

fn utc(text: &str) -> String {
    published(text).begins().rfc3339_utc()
}

fn told(error: DateError) -> (String, String) {
    (error.message, error.help.unwrap())
}

fn refused(text: &str, zone: Tz) -> (String, String) {
    told(Published::parse(text, zone).unwrap_err())
}

#[test]
fn a_time_is_the_same_instant_in_whatever_form_it_is_written() {
    for text in [
        "2025-05-16T06:00",
        "2025-05-16 06:00:00",
        "2025-05-16T06:00:00.999",
        "2025-05-16T03:00Z",
        "2025-05-16T06:00+03:00",
        "2025-05-15 23:00:00 -0400",
        "2025-05-16 03:00 +0000",
        "2025-05-15T20:00-07",
        "2025-05-16T06:00[Asia/Jerusalem]",
        "2025-05-16T06:00+03:00[Asia/Jerusalem]",
        "2025-05-16T03:00Z[Asia/Jerusalem]",
        "2025-05-15T23:00[America/New_York][u-ca=gregory]",
    ] {
        assert_eq!(utc(text), "2025-05-16T03:00:00Z", "{text}");
        assert!(published(text).has_time());
    }
}

#[test]
fn the_day_of_an_address_is_the_day_as_written() {
    assert_eq!(published("2025-05-15T23:00-04:00").day().to_string(), "2025-05-15");
    assert_eq!(published("2025-05-16T23:30Z").day().to_string(), "2025-05-16");
}

#[test]
fn a_day_without_a_time_shows_once_it_has_begun_anywhere() {
    assert_eq!(utc("2025-05-15"), "2025-05-14T10:00:00Z");
    assert!(!published("2025-05-15").has_time());
    assert_eq!(utc("0001-01-01"), "0000-12-31T10:00:00Z");
}

#[test]
fn a_feed_gives_a_whole_day_the_start_of_it_in_the_zone_of_the_site() {
    assert_eq!(published("2025-05-15").rfc3339(Asia__Jerusalem), "2025-05-15T00:00:00+03:00");
    assert_eq!(published("2025-05-15").rfc3339(UTC), "2025-05-15T00:00:00+00:00");
    assert_eq!(published("2025-05-16T03:00Z").rfc3339(Asia__Jerusalem), "2025-05-16T06:00:00+03:00");
}

#[test]
fn a_day_whose_midnight_the_clocks_skip_or_repeat_starts_at_its_first_instant() {
    // Brazil's clocks went from 00:00 to 01:00 that night.
    assert_eq!(published("2018-11-04").rfc3339(America__Sao_Paulo), "2018-11-04T01:00:00-02:00");
    // Havana's went from 01:00 back to 00:00.
    assert_eq!(published("2025-11-02").rfc3339(Tz::America__Havana), "2025-11-02T00:00:00-04:00");
    // Samoa went over the date line and had no such day.
    assert_eq!(published("2011-12-30").rfc3339(Pacific__Apia), "2011-12-31T00:00:00+14:00");
}

#[test]
fn a_local_time_before_standard_time_is_written_in_utc() {
    // Jerusalem's mean time was 2:20:40 ahead of Greenwich until 1918.
    assert_eq!(published("1900-01-01").rfc3339(Asia__Jerusalem), "1899-12-31T21:39:20Z");
}

#[test]
fn a_time_that_the_clocks_skip_is_refused_with_the_time_that_they_show() {
    assert_eq!(
        refused("2025-03-28T02:30", Asia__Jerusalem),
        (
            "`2025-03-28 02:30` does not exist in `Asia/Jerusalem`: the clocks skip it".into(),
            "write the time that the clocks show, with its offset: `2025-03-28T03:30+03:00`".into()
        )
    );
    assert_eq!(
        refused("2025-03-09 02:00[America/New_York]", UTC),
        (
            "`2025-03-09 02:00` does not exist in `America/New_York`: the clocks skip it".into(),
            "write the time that the clocks show, with its offset: `2025-03-09T03:00-04:00`".into()
        )
    );
    assert_eq!(utc("2025-03-28T01:59:59"), "2025-03-27T23:59:59Z");
    assert_eq!(utc("2025-03-28T03:00"), "2025-03-28T00:00:00Z");
}

#[test]
fn a_time_that_comes_twice_is_refused_with_both_offsets() {
    assert_eq!(
        refused("2025-10-26T01:30", Asia__Jerusalem),
        (
            "`2025-10-26 01:30` comes twice in `Asia/Jerusalem`: the clocks are set back".into(),
            "write `2025-10-26T01:30+03:00` for the first or `2025-10-26T01:30+02:00` for the second".into()
        )
    );
    assert_eq!(
        refused("2025-11-02T01:00:05", America__New_York),
        (
            "`2025-11-02 01:00` comes twice in `America/New_York`: the clocks are set back".into(),
            "write `2025-11-02T01:00:05-04:00` for the first or `2025-11-02T01:00:05-05:00` for the second"
                .into()
        )
    );
    assert_eq!(utc("2025-10-26T01:30+03:00[Asia/Jerusalem]"), "2025-10-25T22:30:00Z");
    assert_eq!(utc("2025-10-26T01:30+02:00[Asia/Jerusalem]"), "2025-10-25T23:30:00Z");
}

#[test]
fn an_offset_and_a_zone_that_contradict_are_refused() {
    assert_eq!(
        refused("2025-05-16T06:00+02:00[Asia/Jerusalem]", UTC),
        (
            "the offset `+02:00` contradicts `Asia/Jerusalem`".into(),
            "leave out one of the two: the offset there is `+03:00` at `2025-05-16 06:00`".into()
        )
    );
    assert_eq!(
        refused("2025-01-16T06:00+00:00[America/New_York]", UTC),
        (
            "the offset `+00:00` contradicts `America/New_York`".into(),
            "leave out one of the two: the offset there is `-05:00` at `2025-01-16 06:00`".into()
        )
    );
}

#[test]
fn lists_stand_by_day_then_whole_days_first_then_by_time() {
    let sorted = [
        "2025-05-14",
        "2025-05-14T23:59",
        "2025-05-15",
        "2025-05-15T00:00",
        "2025-05-14T22:30Z",
        "2025-05-15T12:00",
        "2025-05-15T08:00-04:00",
        "2025-05-15T16:00",
        "2025-05-16",
    ]
    .map(published);
    let mut turned = sorted;
    turned.reverse();
    turned.sort();
    assert_eq!(turned, sorted);
}

#[test]
fn a_whole_day_or_an_instant_can_be_published_without_text() {
    let day = Day::new(2025, 5, 15).unwrap();
    assert_eq!(Published::on(day, Asia__Jerusalem), published("2025-05-15"));
    let instant = Instant::from_unix(1_747_346_400).unwrap();
    assert_eq!(Published::at(instant, Asia__Jerusalem), published("2025-05-16T01:00"));
}

#[test]
fn an_embargo_has_a_time() {
    let embargo = |text, zone| Instant::parse_embargo(text, zone);
    assert_eq!(embargo("2025-05-16T06:00", Asia__Jerusalem).unwrap().rfc3339_utc(), "2025-05-16T03:00:00Z");
    assert_eq!(
        told(embargo("2025-05-16", America__New_York).unwrap_err()),
        (
            "the embargo `2025-05-16` has no time of day".into(),
            "write the time too, as in `2025-05-16T06:00` or `2025-05-16T06:00[America/New_York]`".into()
        )
    );
    let help = "write the time too, as in `2025-05-16T06:00` or `2025-05-16T06:00[Asia/Jerusalem]`";
    assert_eq!(embargo("2025-05-16", UTC).unwrap_err().help.as_deref(), Some(help));
    let message = "`noon` is no day, with or without a time";
    assert_eq!(embargo("noon", UTC).unwrap_err().message, message);
}

#[test]
fn a_day_has_expired_when_it_has_ended_everywhere() {
    let expiry = |text| Instant::parse_expiry(text, Asia__Jerusalem).unwrap().rfc3339_utc();
    assert_eq!(expiry("2025-05-16"), "2025-05-17T12:00:00Z");
    assert_eq!(expiry("2025-05-16T06:00"), "2025-05-16T03:00:00Z");
    assert_eq!(expiry("9999-12-31"), "9999-12-31T23:59:59Z");
}

#[test]
fn a_build_as_of_a_day_is_one_as_of_its_start_in_utc() {
    let as_of = |text| Instant::parse_as_of(text);
    assert_eq!(as_of("2025-05-16").unwrap().rfc3339_utc(), "2025-05-16T00:00:00Z");
    assert!(published("2025-05-16").begins() <= as_of("2025-05-16").unwrap());
    assert_eq!(as_of("2025-05-16T06:00[Asia/Jerusalem]").unwrap().rfc3339_utc(), "2025-05-16T03:00:00Z");
    assert_eq!(
        told(as_of("2025-05-16T06:00").unwrap_err()),
        (
            "`2025-05-16T06:00` has no offset and no zone".into(),
            "write `2025-05-16T06:00Z` if it is in UTC, else its offset, as in `2025-05-16T06:00+03:00`"
                .into()
        )
    );
}

#[test]
fn an_instant_is_shown_to_people_in_a_zone() {
    let instant = published("2025-05-16T03:00Z").begins();
    assert_eq!(instant.in_zone(Asia__Jerusalem), "2025-05-16 06:00 Asia/Jerusalem");
    assert_eq!(instant.day_in(America__New_York).to_string(), "2025-05-15");
    assert_eq!(Instant::from_unix(59).unwrap().in_zone(UTC), "1970-01-01 00:00:59 UTC");
}

#[test]
fn an_instant_lies_in_the_years_that_can_be_written() {
    assert_eq!(Instant::from_unix(0).unwrap().rfc3339_utc(), "1970-01-01T00:00:00Z");
    assert_eq!(Instant::MIN.rfc3339_utc(), "0000-01-01T00:00:00Z");
    assert_eq!(Instant::MAX.rfc3339_utc(), "9999-12-31T23:59:59Z");
    assert_eq!(Instant::MAX.rfc3339(Asia__Jerusalem), "9999-12-31T23:59:59Z");
    assert_eq!(Instant::from_unix(i64::MAX), None);
    assert_eq!(Instant::from_unix(Instant::MIN.unix() - 1), None);
}

fn zones() -> impl Strategy<Value = Tz> {
    (0..chrono_tz::TZ_VARIANTS.len()).prop_map(|index| chrono_tz::TZ_VARIANTS[index])
}

proptest! {
    #[test]
    fn what_is_written_for_feeds_reads_back_as_the_same_instant(
        seconds in Instant::MIN.unix() + 400 * 86_400..=Instant::MAX.unix(),
        zone in zones(),
    ) {
        let instant = Instant::from_unix(seconds).unwrap();
        let text = instant.rfc3339(zone);
        prop_assert_eq!(Instant::parse_as_of(&text), Ok(instant), "{}", text);
        prop_assert_eq!(Instant::parse_as_of(&instant.rfc3339_utc()), Ok(instant));
    }

    #[test]
    fn the_time_that_a_message_proposes_can_be_written(
        seconds in 0..4_102_444_800_i64,
        zone in zones(),
    ) {
        // Around each drawn instant: the next change of the clocks, if it comes within a year.
        let offset = |at: i64| Instant(at).offset_in(zone);
        let Some(week) = (0..53).map(|week| seconds + week * 604_800).find(|at| offset(*at) != offset(at + 604_800))
        else { return Ok(()) };
        let (mut before, mut after) = (week, week + 604_800);
        while after - before > 1 {
            let middle = before.midpoint(after);
            if offset(middle) == offset(week) { before = middle } else { after = middle }
        }
        let local = after + offset(before).min(offset(after)) + (offset(after) - offset(before)).abs() / 2;
        let text = Instant(local).rfc3339_utc().replace('Z', "");
        match Published::parse(&text, zone) {
            Ok(it) => prop_assert!(it.rfc3339(zone).starts_with(&text)),
            Err(error) => {
                let help = error.help.unwrap();
                let shown: Vec<&str> = help.split('`').skip(1).step_by(2).collect();
                prop_assert!(!shown.is_empty());
                for text in shown {
                    let read = Published::parse(&format!("{text}[{}]", zone.name()), UTC);
                    prop_assert!(read.is_ok(), "{}: {:?}", text, read);
                }
            }
        }
    }

    #[test]
    fn a_day_starts_on_that_day_or_on_the_next_that_there_is(
        year in 1900..2100, month in 1_u32..=12, day in 1_u32..=28, zone in zones(),
    ) {
        let day = Day::new(year, month, day).unwrap();
        let start = local::start_of_day(day, zone);
        prop_assert!(start.day_in(zone) >= day);
        prop_assert!(Instant(start.0 - 1).day_in(zone) < day);
    }

    #[test]
    fn no_text_makes_reading_panic(
        text in r"(\PC*|[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9:.]{2,9}[Z+-]?[0-9:é]{0,6}(\[!?[A-Za-z/=+:0-9-]{0,9}\]?){0,2})",
        zone in zones(),
    ) {
        let _ = Published::parse(&text, zone).map(|it| (it.begins().in_zone(zone), it.rfc3339(zone)));
        let _ = (Instant::parse_expiry(&text, zone), Instant::parse_as_of(&text), Instant::parse_embargo(&text, zone));
    }

    #[test]
    fn no_day_makes_writing_panic(from_end in 0..400, zone in zones()) {
        for text in [format!("0001-01-01T00:{:02}", from_end % 60), format!("9999-12-31T23:{:02}", from_end % 60)] {
            let it = Published::parse(&text, zone).unwrap();
            prop_assert!(it.rfc3339(zone).len() >= 20);
            prop_assert!(!it.begins().in_zone(zone).is_empty());
            prop_assert!(it.begins().day_in(zone).year() > 0);
        }
    }
}
