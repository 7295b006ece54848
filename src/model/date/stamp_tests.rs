use super::*;

fn stamp(text: &str) -> Stamp {
    Stamp::parse(text).unwrap()
}

fn refused(text: &str) -> (String, String) {
    let error = Stamp::parse(text).unwrap_err();
    (error.message, error.help.unwrap())
}

#[test]
fn a_time_follows_its_day_after_t_or_a_space() {
    for text in ["2025-05-16T06:00", "2025-05-16 06:00", "2025-05-16t06:00:00", "2025-05-16   06:00:00.123"] {
        let Stamp { day, time, offset, zone } = stamp(text);
        assert_eq!(format!("{day} {}", time.unwrap()), "2025-05-16 06:00");
        assert_eq!((offset, zone), (None, None));
    }
    assert_eq!(stamp("2025-05-16T06:00:30,5Z").time.unwrap().to_string(), "06:00:30");
    assert_eq!(stamp("2025-05-16").time, None);
}

#[test]
fn an_offset_is_read_in_every_form_that_tools_write() {
    for (end, offset) in [
        ("Z", Offset::Utc),
        ("z", Offset::Utc),
        ("-00:00", Offset::Utc),
        ("+00:00", Offset::East(0)),
        (" +0000", Offset::East(0)),
        ("+03:00", Offset::East(10_800)),
        (" -0400", Offset::East(-14_400)),
        ("-07", Offset::East(-25_200)),
        ("+05:45", Offset::East(20_700)),
        ("[+03:00]", Offset::East(10_800)),
    ] {
        assert_eq!(stamp(&format!("2025-05-16T06:00{end}")).offset, Some(offset), "{end}");
    }
}

#[test]
fn a_zone_stands_in_brackets_and_optional_tags_are_passed_over() {
    for end in
        ["[Asia/Jerusalem]", "[!Asia/Jerusalem]", "+03:00[Asia/Jerusalem]", "[Asia/Jerusalem][u-ca=hebrew]"]
    {
        assert_eq!(stamp(&format!("2025-05-16T06:00{end}")).zone, Some(Tz::Asia__Jerusalem), "{end}");
    }
    assert_eq!(stamp("2025-05-16T06:00Z[u-ca=hebrew]").zone, None);
}

#[test]
fn a_suffix_that_is_not_understood_is_refused() {
    for (text, message, help) in [
        (
            "2025-05-16T06:00[!u-ca=hebrew]",
            "the critical suffix `[!u-ca=hebrew]` is not understood",
            "leave it out: days are those of the Gregorian calendar",
        ),
        ("2025-05-16T06:00[Asia/Jerusalem", "`[Asia/Jerusalem` is not closed", "write `[Asia/Jerusalem]`"),
        (
            "2025-05-16T06:00[UTC][Asia/Jerusalem]",
            "the zone `[Asia/Jerusalem]` is not the first suffix",
            "write one zone, right after the time",
        ),
        (
            "2025-05-16T06:00+02:00[+03:00]",
            "`[+03:00]` contradicts the offset before it",
            "leave out one of the two",
        ),
        (
            "2025-05-16T06:00[Jerusalem]",
            "there is no time zone `Jerusalem`",
            "did you mean `Asia/Jerusalem`?",
        ),
    ] {
        assert_eq!(refused(text), (message.into(), help.into()));
    }
}

#[test]
fn what_is_no_time_says_how_one_is_written() {
    let any = "write hours and minutes from `00:00` to `23:59`";
    for (text, message, help) in [
        ("2025-05-16T25:00", "`25:00` is no time of day", any),
        ("2025-05-16T06", "`06` is no time of day", any),
        ("2025-05-16 23:59:60", "`23:59:60` is no time of day", any),
        ("2025-05-16 ６:00", "`６:00` is no time of day", any),
        ("2025-05-16T6:00", "`6:00` is no time of day", "write `06:00`"),
        ("2025-05-16T24:00", "`24:00` is no time of day", "write `00:00` of the next day"),
    ] {
        assert_eq!(refused(text), (message.into(), help.into()));
    }
}

#[test]
fn what_follows_a_time_and_is_no_offset_says_how_one_is_written() {
    for (end, help) in [
        ("UTC", "write `2025-05-16T06:00Z`"),
        ("Asia/Jerusalem", "write `2025-05-16T06:00[Asia/Jerusalem]`"),
        (
            "IDT",
            "write an offset, as in `2025-05-16T06:00+03:00`, or a zone, as in `2025-05-16T06:00[Asia/Jerusalem]`",
        ),
    ] {
        let message = format!("`{end}` after a time is no offset and no zone");
        assert_eq!(refused(&format!("2025-05-16 06:00 {end}")), (message, help.into()));
    }
    assert_eq!(refused("2025-05-16T06:00+25:00").0, "`+25:00` after a time is no offset and no zone");
}

#[test]
fn what_is_no_day_says_how_one_is_written() {
    let message = "`2025-05` is no day, with or without a time";
    let help = "write a day as `2025-05-15`, a day and a time as `2025-05-15T06:00`";
    assert_eq!(refused("2025-05"), (message.into(), help.into()));
    let message = "`May 15, 2025` is no day, with or without a time";
    assert_eq!(refused("May 15, 2025"), (message.into(), "write `2025-05-15`".into()));
    assert_eq!(refused("2025-02-30T06:00").0, "`2025-02-30` is no day of the calendar");
    assert_eq!(refused("2025-05-16[UTC]").0, "`2025-05-16[UTC]` is no day, with or without a time");
}
