use std::collections::BTreeMap;

use crate::model::{Day, End, Form, PartialDate, Period, Precision, Qualifier, Season, When};

/// The theme's words for dates, counts and sentences: every generated word of a page comes from here.
#[derive(Clone, Copy)]
pub(super) struct Words<'a>(pub(super) &'a BTreeMap<String, String>);

impl<'a> Words<'a> {
    /// The words under `key`; nothing where the theme has none.
    pub(super) fn get(self, key: &str) -> &'a str {
        self.0.get(key).map_or("", String::as_str)
    }

    /// The words under `key`, each `{name}` in them replaced by its value.
    pub(super) fn fill(self, key: &str, values: &[(&str, &str)]) -> String {
        fill(self.get(key), values)
    }

    /// A month's name, 1 to 12.
    pub(super) fn month(self, month: u32) -> &'a str {
        self.get(&format!("month_{month}"))
    }

    /// The name of a day of the week, 1 for Monday.
    pub(super) fn weekday(self, weekday: u32) -> &'a str {
        self.get(&format!("weekday_{weekday}"))
    }

    /// A day: `13 May 2025`.
    pub(super) fn day(self, day: Day) -> String {
        self.full(day.year(), day.month(), day.day())
    }

    /// A year, a month or a day: `2025`, `May 2025`, `13 May 2025`.
    pub(super) fn period(self, period: Period) -> String {
        match period {
            Period::Year(year) => year.to_string(),
            Period::Month(year, month) => self.month_of(year, month),
            Period::Day(day) => self.day(day),
        }
    }

    /// A date as people write it: `13 May 2025`, `by 15 May 2025`, `between 12 and 18 May 2025`, `about May 2025`.
    pub(super) fn when(self, date: When) -> String {
        let range = |key, first, last| {
            let (first, last) = self.range(first, last);
            self.fill(key, &[("first", &first), ("last", &last)])
        };
        let one = |key, date| self.fill(key, &[("date", &self.partial(date))]);
        match date.form() {
            Form::On(date) => self.partial(date),
            Form::At(day, time) => {
                self.fill("date_at", &[("date", &self.day(day)), ("time", &time.to_string())])
            }
            Form::Interval(first, last) => range("date_interval", first, last),
            Form::Between(first, last) => range("date_between", first, last),
            Form::From(first, End::Open) => one("date_from", first),
            Form::From(first, End::Unknown) => one("date_from_unknown", first),
            Form::Until(End::Open, last) => one("date_until", last),
            Form::Until(End::Unknown, last) => one("date_until_unknown", last),
            Form::By(date) => one("date_by", date),
        }
    }

    fn full(self, year: i32, month: u32, day: u32) -> String {
        let values = [("day", &*day.to_string()), ("month", self.month(month)), ("year", &*year.to_string())];
        self.fill("date_day", &values)
    }

    fn month_of(self, year: i32, month: u32) -> String {
        self.fill("date_month", &[("month", self.month(month)), ("year", &year.to_string())])
    }

    fn partial(self, date: PartialDate) -> String {
        let year = date.year();
        let years = |more: i32| {
            let (first, last) = (year.to_string(), (year + more).to_string());
            self.fill("date_year_between", &[("first", &first), ("last", &last)])
        };
        let within = |key, date: String| self.fill(key, &[("date", &date)]);
        let words = match date.precision() {
            Precision::InCentury => years(99),
            Precision::InDecade => years(9),
            Precision::Year => year.to_string(),
            Precision::MonthInYear => within("date_month_of", year.to_string()),
            Precision::DayInYear => within("date_day_of", year.to_string()),
            Precision::DayInMonth(month) => within("date_day_of", self.month_of(year, month.into())),
            Precision::Season(season) => {
                let key = match season {
                    Season::Spring => "season_spring",
                    Season::Summer => "season_summer",
                    Season::Autumn => "season_autumn",
                    Season::Winter => "season_winter",
                };
                self.fill("date_month", &[("month", self.get(key)), ("year", &year.to_string())])
            }
            Precision::Month(month) => self.month_of(year, month.into()),
            Precision::Day(month, day) => self.full(year, month.into(), day.into()),
        };
        match date.qualifier() {
            Qualifier::None => words,
            Qualifier::Approximate => self.fill("date_about", &[("date", &words)]),
            Qualifier::Uncertain => self.fill("date_uncertain", &[("date", &words)]),
            Qualifier::Both => {
                self.fill("date_uncertain", &[("date", &self.fill("date_about", &[("date", &words)]))])
            }
        }
    }

    /// Both ends of a range; the first without what the last repeats.
    fn range(self, first: PartialDate, last: PartialDate) -> (String, String) {
        let plain = first.qualifier() == Qualifier::None && last.qualifier() == Qualifier::None;
        let short = match (first.precision(), last.precision()) {
            _ if !plain || first.year() != last.year() => None,
            (Precision::Day(month, day), Precision::Day(other, _)) if month == other => Some(day.to_string()),
            (Precision::Day(month, day), Precision::Day(..)) => {
                let values = [("day", &*day.to_string()), ("month", self.month(month.into()))];
                Some(self.fill("date_day_month", &values))
            }
            (Precision::Month(month), Precision::Month(_)) => Some(self.month(month.into()).to_owned()),
            _ => None,
        };
        (short.unwrap_or_else(|| self.partial(first)), self.partial(last))
    }
}

fn fill(pattern: &str, values: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(pattern.len() + 32);
    let mut rest = pattern;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let known = after
            .split_once('}')
            .and_then(|(name, tail)| Some((values.iter().find(|(known, _)| *known == name)?.1, tail)));
        match known {
            Some((value, tail)) => {
                filled.push_str(value);
                rest = tail;
            }
            None => {
                filled.push('{');
                rest = after;
            }
        }
    }
    filled.push_str(rest);
    filled
}

#[cfg(test)]
mod tests {
    use super::*;

    fn english(date: &str) -> String {
        let words: BTreeMap<String, String> =
            toml::from_str(include_str!("../../themes/dispatch/i18n/en.toml")).unwrap();
        Words(&words).when(When::parse(date).unwrap())
    }

    #[test]
    fn a_date_is_written_as_people_write_it() {
        for (edtf, words) in [
            ("2025-05-13", "13 May 2025"),
            ("2025-05", "May 2025"),
            ("2025", "2025"),
            ("2025-05-18T16:00", "18 May 2025, 16:00"),
            ("by 2025-05-15", "by 15 May 2025"),
            ("about 2025-05", "about May 2025"),
            ("2025-05?", "May 2025 (uncertain)"),
            ("2025-05-13%", "about 13 May 2025 (uncertain)"),
            ("2025-05-12/..", "from 12 May 2025 on"),
            ("../2025-05-12", "until 12 May 2025"),
            ("2025-21", "spring 2025"),
            ("2025-05-XX", "a day of May 2025"),
            ("2025-XX", "a month of 2025"),
            ("201X", "a year from 2010 to 2019"),
        ] {
            assert_eq!(english(edtf), words, "{edtf}");
        }
    }

    #[test]
    fn a_range_says_once_what_both_ends_share() {
        for (edtf, words) in [
            ("between 2025-05-12 and 2025-05-18", "between 12 and 18 May 2025"),
            ("between 2025-04-28 and 2025-05-18", "between 28 April and 18 May 2025"),
            ("between 2024-12-28 and 2025-01-03", "between 28 December 2024 and 3 January 2025"),
            ("2025-03/2025-05", "March to May 2025"),
            ("2025-05-12~/2025-05-18", "about 12 May 2025 to 18 May 2025"),
            ("2025-05-12/2025-06", "12 May 2025 to June 2025"),
        ] {
            assert_eq!(english(edtf), words, "{edtf}");
        }
    }

    #[test]
    fn a_brace_that_names_nothing_stays() {
        assert_eq!(fill("{a} {b} {", &[("a", "1")]), "1 {b} {");
        assert_eq!(fill("{a}", &[("a", "{b}"), ("b", "2")]), "{b}");
    }
}
