//! Days, and how many briefings stand on each.

use std::fmt;

/// A day of the Gregorian calendar, written as ISO 8601 writes it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Date {
    /// Days since 1970-01-01.
    number: u64,
}

impl Date {
    /// 30 June 2025: the last day of every archive, whatever the clock says.
    pub(crate) const LAST: Self = Self { number: 20_269 };

    /// The day `days` earlier, or the first of 1970.
    pub(crate) fn earlier(self, days: u64) -> Self {
        Self { number: self.number.saturating_sub(days) }
    }

    /// 0 for Monday to 6 for Sunday; 1970-01-01 was a Thursday.
    fn weekday(self) -> u64 {
        (self.number + 3) % 7
    }

    /// Year, month and day (Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms", `civil_from_days`).
    pub(crate) fn parts(self) -> (u64, u64, u64) {
        let shifted = self.number + 719_468;
        let era = shifted / 146_097;
        let of_era = shifted % 146_097;
        let year_of_era = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let march_month = (5 * of_year + 2) / 153;
        let day = of_year - (153 * march_month + 2) / 5 + 1;
        let month = if march_month < 10 { march_month + 3 } else { march_month - 9 };
        (year_of_era + era * 400 + u64::from(month <= 2), month, day)
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.parts();
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

/// Each briefing's day and its number within that day, in the order of the days: ten on a working day for three
/// on a Saturday and four on a Sunday.
pub(crate) fn rhythm(briefings: usize, days: usize) -> Vec<(Date, usize)> {
    let days = days.max(1) as u64;
    let dates: Vec<Date> = (0..days).rev().map(|back| Date::LAST.earlier(back)).collect();
    let weight = |date: &Date| match date.weekday() {
        5 => 3,
        6 => 4,
        _ => 10,
    };
    let total: usize = dates.iter().map(weight).sum();
    let mut places = Vec::with_capacity(briefings);
    let mut sum = 0;
    for date in dates {
        sum += weight(&date);
        let first = places.len();
        // The share of the days so far, rounded down, so that the shares end at `briefings` exactly.
        places.extend((first..briefings * sum / total).map(|place| (date, place - first + 1)));
    }
    places
}
