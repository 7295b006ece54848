use std::fmt;

use chrono::{Datelike, NaiveDate};

use super::{DateError, guess, number, shape};

/// A calendar day of the years 0001 to 9999, in the Gregorian calendar carried back (ISO 8601).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(NaiveDate);

impl Day {
    /// 1 January 0001.
    pub const MIN: Self = Self(NaiveDate::from_ymd_opt(1, 1, 1).expect("the year 1 has a first day"));
    /// 31 December 9999.
    pub const MAX: Self = Self(NaiveDate::from_ymd_opt(9999, 12, 31).expect("the year 9999 has a last day"));

    /// The day, or `None` where the calendar has no such day.
    pub fn new(year: i32, month: u32, day: u32) -> Option<Self> {
        NaiveDate::from_ymd_opt(year, month, day).and_then(Self::of)
    }

    /// The day written `2025-05-13`, and in no other way.
    ///
    /// # Errors
    ///
    /// Another form, or a day that the calendar does not have.
    pub fn parse(written: &str) -> Result<Self, DateError> {
        let text = written.trim();
        if shape(text).as_deref() != Some("dddd-dd-dd") {
            let help = guess::day_help(text).unwrap_or_else(|| "write a day as `2025-05-13`".into());
            return Err(DateError::new(format!("`{text}` is no day")).help(help));
        }
        Self::parse_iso(text).ok_or_else(|| no_such_day(text))
    }

    /// The day written `2025-05-13`, without a word where it is not.
    pub(super) fn parse_iso(text: &str) -> Option<Self> {
        (shape(text)? == "dddd-dd-dd").then_some(())?;
        Self::new(number(&text[..4]).cast_signed(), number(&text[5..7]), number(&text[8..]))
    }

    /// The year, 1 to 9999.
    pub fn year(self) -> i32 {
        self.0.year()
    }

    /// The month, 1 to 12.
    pub fn month(self) -> u32 {
        self.0.month()
    }

    /// The day of the month, 1 to 31.
    pub fn day(self) -> u32 {
        self.0.day()
    }

    /// The day of the week, 1 for Monday to 7 for Sunday (ISO 8601).
    pub fn weekday(self) -> u32 {
        self.0.weekday().number_from_monday()
    }

    /// How many days it comes after 31 December of the year before the first.
    pub fn number(self) -> i32 {
        self.0.num_days_from_ce()
    }

    /// The day after; `None` after the last.
    pub fn next(self) -> Option<Self> {
        self.0.succ_opt().and_then(Self::of)
    }

    /// The day before; `None` before the first.
    pub fn previous(self) -> Option<Self> {
        self.0.pred_opt().and_then(Self::of)
    }

    /// A day of which it is known that the calendar has it.
    pub(super) fn known(year: i32, month: u32, day: u32) -> Self {
        Self::new(year, month, day).expect("the caller has seen to it that the calendar has this day")
    }

    /// The last day of a month; months and years out of range count as the nearest that exists.
    pub(super) fn last_of_month(year: i32, month: u32) -> Self {
        let (year, month) = (year.clamp(1, 9999), month.clamp(1, 12));
        let last = (28..=31).rev().find_map(|day| Self::new(year, month, day));
        last.expect("every month has a 28th")
    }

    pub(in crate::model) fn naive(self) -> NaiveDate {
        self.0
    }

    /// The nearest day of the years 0001 to 9999.
    pub(in crate::model) fn clamped(date: NaiveDate) -> Self {
        Self(date.clamp(Self::MIN.0, Self::MAX.0))
    }

    fn of(date: NaiveDate) -> Option<Self> {
        (1..=9999).contains(&date.year()).then_some(Self(date))
    }
}

fn no_such_day(text: &str) -> DateError {
    let (year, month) = (number(&text[..4]).cast_signed(), number(&text[5..7]));
    if year == 0 {
        return out_of_range(&text[..4]);
    }
    let error = DateError::new(format!("`{text}` is no day of the calendar"));
    if (1..=12).contains(&month) {
        let days = Day::last_of_month(year, month).day();
        error.help(format!("`{}` has {days} days", &text[..7]))
    } else {
        error.help("months run from `01` to `12`")
    }
}

/// That a year is written which no date here can have.
pub(super) fn out_of_range(year: &str) -> DateError {
    DateError::new(format!("the year `{year}` is out of range")).help("years run from `0001` to `9999`")
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year(), self.month(), self.day())
    }
}

impl fmt::Debug for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(text: &str) -> (String, String) {
        let error = Day::parse(text).unwrap_err();
        (error.message, error.help.unwrap())
    }

    #[test]
    fn a_day_is_written_as_it_was_read() {
        let day = Day::parse(" 2025-05-13 ").unwrap();
        assert_eq!((day.year(), day.month(), day.day(), day.weekday()), (2025, 5, 13, 2));
        assert_eq!(day.to_string(), "2025-05-13");
        assert_eq!(Day::new(7, 1, 2).unwrap().to_string(), "0007-01-02");
    }

    #[test]
    fn a_leap_year_has_a_leap_day_and_others_have_none() {
        assert_eq!(Day::parse("2024-02-29").unwrap().next(), Day::new(2024, 3, 1));
        assert_eq!(Day::new(2000, 3, 1).unwrap().previous(), Day::new(2000, 2, 29));
        assert_eq!(Day::new(1900, 2, 29), None);
        assert_eq!(
            refused("2025-02-29"),
            ("`2025-02-29` is no day of the calendar".into(), "`2025-02` has 28 days".into())
        );
    }

    #[test]
    fn days_are_numbered_from_the_first() {
        let number = |text: &str| Day::parse(text).unwrap().number();
        assert_eq!(Day::MIN.number(), 1);
        assert_eq!(number("2025-03-01") - number("2024-02-28"), 367);
    }

    #[test]
    fn days_end_where_the_years_of_four_digits_end() {
        assert_eq!(Day::MAX.next(), None);
        assert_eq!(Day::MIN.previous(), None);
        assert_eq!(
            refused("0000-05-01"),
            ("the year `0000` is out of range".into(), "years run from `0001` to `9999`".into())
        );
    }

    #[test]
    fn what_is_no_day_says_how_a_day_is_written() {
        assert_eq!(
            refused("2025-13-01"),
            ("`2025-13-01` is no day of the calendar".into(), "months run from `01` to `12`".into())
        );
        assert_eq!(refused("2025-5-3"), ("`2025-5-3` is no day".into(), "write `2025-05-03`".into()));
        assert_eq!(
            refused("yesterday"),
            ("`yesterday` is no day".into(), "write a day as `2025-05-13`".into())
        );
        assert_eq!(refused("2025-05-1é").0, "`2025-05-1é` is no day");
    }
}
