use std::{cmp::Reverse, fmt};

use super::{DateError, Day, day::out_of_range, number, shape};

/// What one date page stands for: a year, a month or a day.
///
/// Years run from 1 to 9999 and months from 1 to 12; numbers beyond count as the nearest of these.
/// Ordered by first day; of two that begin on one day the wider comes first, so that a month stands before its days.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Period {
    /// A year.
    Year(i32),
    /// A month of a year.
    Month(i32, u32),
    /// A day.
    Day(Day),
}

impl Period {
    /// The period written `2025`, `2025-05` or `2025-05-13`.
    ///
    /// # Errors
    ///
    /// Another form, or a month or day that the calendar does not have.
    pub fn parse(written: &str) -> Result<Self, DateError> {
        let text = written.trim();
        let year = |text: &str| match number(&text[..4]).cast_signed() {
            0 => Err(out_of_range("0000")),
            year => Ok(year),
        };
        match shape(text).as_deref() {
            Some("dddd") => Ok(Self::Year(year(text)?)),
            Some("dddd-dd") => match number(&text[5..]) {
                month @ 1..=12 => Ok(Self::Month(year(text)?, month)),
                _ => {
                    Err(DateError::new(format!("`{text}` is no month")).help("months run from `01` to `12`"))
                }
            },
            Some("dddd-dd-dd") => Day::parse(text).map(Self::Day),
            _ => Err(DateError::new(format!("`{text}` is no day, month or year"))
                .help("write it as `2025-05-13`, `2025-05` or `2025`")),
        }
    }

    /// The smallest that holds both days and all between; `None` where they are of different years.
    pub fn enclosing(first: Day, last: Day) -> Option<Self> {
        let (year, month) = (first.year(), first.month());
        if first == last {
            Some(Self::Day(first))
        } else if year != last.year() {
            None
        } else if month == last.month() {
            Some(Self::Month(year, month))
        } else {
            Some(Self::Year(year))
        }
    }

    /// Its first day.
    pub fn first(self) -> Day {
        let (year, month) = match self {
            Self::Year(year) => (year, 1),
            Self::Month(year, month) => (year, month),
            Self::Day(day) => return day,
        };
        Day::known(year.clamp(1, 9999), month.clamp(1, 12), 1)
    }

    /// Its last day.
    pub fn last(self) -> Day {
        match self {
            Self::Year(year) => Day::last_of_month(year, 12),
            Self::Month(year, month) => Day::last_of_month(year, month),
            Self::Day(day) => day,
        }
    }

    /// The month of a day, the year of a month; a year has none.
    pub fn parent(self) -> Option<Self> {
        match self {
            Self::Year(_) => None,
            Self::Month(year, _) => Some(Self::Year(year)),
            Self::Day(day) => Some(Self::Month(day.year(), day.month())),
        }
    }

    /// Whether `day` lies in it.
    pub fn contains(self, day: Day) -> bool {
        (self.first()..=self.last()).contains(&day)
    }

    /// The segments of its address: `2025`, `2025/05`, `2025/05/13`.
    pub fn slug_path(self) -> String {
        self.to_string().replace('-', "/")
    }
}

impl Ord for Period {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        let key = |period: &Self| (period.first(), Reverse(period.last()));
        key(self).cmp(&key(other))
    }
}

impl PartialOrd for Period {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Year(year) => write!(f, "{year:04}"),
            Self::Month(year, month) => write!(f, "{year:04}-{month:02}"),
            Self::Day(day) => write!(f, "{day}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn period(text: &str) -> Period {
        Period::parse(text).unwrap()
    }

    #[test]
    fn a_period_is_written_as_it_was_read() {
        for text in ["2025", "2025-05", "2025-05-13", "0001", "9999-12"] {
            assert_eq!(period(text).to_string(), text);
        }
        assert_eq!(period("2025").slug_path(), "2025");
        assert_eq!(period("2025-05").slug_path(), "2025/05");
        assert_eq!(period("2025-05-13").slug_path(), "2025/05/13");
    }

    #[test]
    fn a_day_lies_in_a_month_and_a_month_in_a_year() {
        assert_eq!(period("2025-05-13").parent(), Some(Period::Month(2025, 5)));
        assert_eq!(period("2025-05").parent(), Some(Period::Year(2025)));
        assert_eq!(period("2025").parent(), None);
        assert!(period("2025-05").contains(Day::new(2025, 5, 31).unwrap()));
        assert!(!period("2025-05").contains(Day::new(2025, 6, 1).unwrap()));
        assert_eq!(period("2024-02").last(), Day::new(2024, 2, 29).unwrap());
        assert_eq!(period("2025").last(), Day::new(2025, 12, 31).unwrap());
    }

    #[test]
    fn a_wider_period_stands_before_what_it_holds() {
        let mut periods = ["2025-02", "2025-01-01", "2025-01-31", "2025", "2025-01"].map(period);
        periods.sort();
        assert_eq!(periods, ["2025", "2025-01", "2025-01-01", "2025-01-31", "2025-02"].map(period));
    }

    #[test]
    fn the_smallest_page_is_chosen_for_two_days() {
        let enclosing = |first, last| Period::enclosing(period(first).first(), period(last).first());
        assert_eq!(enclosing("2025-05-13", "2025-05-13"), Some(period("2025-05-13")));
        assert_eq!(enclosing("2025-05-13", "2025-05-14"), Some(period("2025-05")));
        assert_eq!(enclosing("2025-05-13", "2025-06-01"), Some(period("2025")));
        assert_eq!(enclosing("2025-05-13", "2026-05-13"), None);
    }

    #[test]
    fn what_is_no_period_says_how_one_is_written() {
        let refused = |text| {
            let error = Period::parse(text).unwrap_err();
            (error.message, error.help.unwrap())
        };
        assert_eq!(
            refused("May 2025"),
            (
                "`May 2025` is no day, month or year".into(),
                "write it as `2025-05-13`, `2025-05` or `2025`".into()
            )
        );
        assert_eq!(
            refused("2025-21"),
            ("`2025-21` is no month".into(), "months run from `01` to `12`".into())
        );
        assert_eq!(
            refused("0000"),
            ("the year `0000` is out of range".into(), "years run from `0001` to `9999`".into())
        );
    }

    #[test]
    fn a_month_that_no_year_has_counts_as_the_nearest() {
        assert_eq!(Period::Month(2025, 13).last(), Day::new(2025, 12, 31).unwrap());
        assert_eq!(Period::Year(10_000).first(), Day::new(9999, 1, 1).unwrap());
    }
}
