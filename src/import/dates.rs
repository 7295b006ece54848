//! Dates as old files write them.

use chrono_tz::Tz;

use crate::model::{Day, MONTHS, Published};

/// A date that could be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct OldDate {
    /// The day as written.
    pub(super) day: Day,
    /// The time as written, `14:20` or `14:20:05`.
    pub(super) time: Option<String>,
    /// `Z` or an offset such as `+03:00`.
    pub(super) offset: Option<String>,
    /// Where it had to be guessed: what stood there, and what was missing.
    pub(super) guess: Option<String>,
}

impl OldDate {
    /// A whole day.
    pub(super) fn of(day: Day) -> Self {
        Self { day, time: None, offset: None, guess: None }
    }

    /// As front matter writes it; the day alone where the time cannot be in `zone`.
    pub(super) fn written(&self, zone: Tz) -> String {
        let Some(time) = &self.time else { return self.day.to_string() };
        let whole = format!("{}T{time}{}", self.day, self.offset.as_deref().unwrap_or_default());
        if Published::parse(&whole, zone).is_ok() { whole } else { self.day.to_string() }
    }

    /// The day that it is in `zone`, for generators that convert.
    pub(super) fn day_in(&self, zone: Tz) -> Day {
        match (&self.offset, Published::parse(&self.written(zone), zone)) {
            (Some(_), Ok(published)) => published.begins().day_in(zone),
            _ => self.day,
        }
    }
}

/// Zones that RFC 2822 and habit write as letters.
const ZONES: [(&str, &str); 13] = [
    ("z", "Z"),
    ("utc", "Z"),
    ("gmt", "Z"),
    ("est", "-05:00"),
    ("edt", "-04:00"),
    ("cst", "-06:00"),
    ("cdt", "-05:00"),
    ("mst", "-07:00"),
    ("mdt", "-06:00"),
    ("pst", "-08:00"),
    ("pdt", "-07:00"),
    ("cet", "+01:00"),
    ("cest", "+02:00"),
];

/// Reads a date in any of the forms that Jekyll, Hugo, Zola, Obsidian and tables write.
pub(super) fn parse(written: &str) -> Option<OldDate> {
    let written = written.trim();
    if written.len() == 10 && written.bytes().all(|byte| byte.is_ascii_digit()) {
        let instant = crate::model::Instant::from_unix(written.parse().ok()?)?;
        let text = instant.rfc3339_utc();
        return Some(OldDate { guess: Some(format!("`{written}` as seconds")), ..parse(&text)? });
    }
    let (day, guess, rest) = numbers(written).or_else(|| words(written))?;
    let rest = rest.trim_start_matches(['T', 't', ' ', ',', '_']).trim();
    let mut date = OldDate { day, time: None, offset: None, guess };
    if rest.is_empty() {
        return Some(date);
    }
    let (time, zone) = time(rest)?;
    date.offset = offset(zone)?;
    date.time = Some(time);
    Some(date)
}

/// The day with which a file's name begins, and what follows it.
pub(super) fn in_name(stem: &str) -> Option<(Day, &str)> {
    let (day, guess, rest) = numbers(stem)?;
    let words = rest.strip_prefix(['-', '_', ' ', '.']);
    (guess.is_none() && (words.is_some() || rest.is_empty())).then(|| (day, words.unwrap_or(rest).trim()))
}

type Found<'a> = (Day, Option<String>, &'a str);

/// `2015-01-17`, `2015/1/7`, `20150117`, `17.01.2015`, `01/17/2015`, `2015-01`, `2015`.
fn numbers(text: &str) -> Option<Found<'_>> {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let number = |text: &str| text.parse::<u32>().ok();
    let first = digits(text);
    if first == 8 {
        let (day, rest) = text.split_at(8);
        let day = Day::new(day[..4].parse().ok()?, number(&day[4..6])?, number(&day[6..])?)?;
        return Some((day, None, rest));
    }
    if first == 0 || first > 4 || first == 3 {
        return None;
    }
    let (one, rest) = text.split_at(first);
    let coarse = |month: u32, rest| {
        let day = Day::new(one.parse().ok()?, month, 1)?;
        Some((day, Some(format!("`{text}` names no day")), rest))
    };
    let Some(mark) = rest.chars().next().filter(|c| matches!(c, '-' | '/' | '.')) else {
        return (first == 4 && rest.is_empty()).then(|| coarse(1, rest)).flatten();
    };
    let after = &rest[1..];
    let second = digits(after);
    if second == 0 || second > 2 {
        return None;
    }
    let (two, rest) = after.split_at(second);
    if first == 4 && rest.is_empty() {
        return coarse(number(two)?, rest);
    }
    let after = rest.strip_prefix(mark)?;
    let third = digits(after);
    let (three, rest) = after.split_at(third);
    if first == 4 {
        let fits = third == 1 || third == 2;
        return fits
            .then(|| Some((Day::new(one.parse().ok()?, number(two)?, number(three)?)?, None, rest)))?;
    }
    if third != 4 {
        return None;
    }
    let (one, two, year) = (number(one)?, number(two)?, three.parse().ok()?);
    if mark != '/' || one > 12 {
        return Some((Day::new(year, two, one)?, None, rest));
    }
    let guess = (two <= 12 && one != two).then(|| format!("`{text}` as month, day, year"));
    Some((Day::new(year, one, two)?, guess, rest))
}

/// `January 2, 2006`, `2 January 2006`, `Mon, 02 Jan 2006`.
fn words(text: &str) -> Option<Found<'_>> {
    let (mut day, mut month, mut rest) = (None, None, text);
    for _ in 0..4 {
        rest = rest.trim_start_matches([' ', ',', '.', '-']);
        let end = rest.find([' ', ',', '.', '-']).unwrap_or(rest.len());
        let (word, after) = rest.split_at(end);
        let lower = word.to_lowercase();
        let number = lower.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        if lower.len() == 4 && number.len() == 4 {
            return Some((Day::new(number.parse().ok()?, month?, day?)?, None, after));
        } else if !number.is_empty() && number.len() <= 2 {
            day = Some(number.parse().ok()?);
        } else if let Some(at) = MONTHS.iter().position(|name| lower.starts_with(&name[..3])) {
            month = u32::try_from(at + 1).ok();
        } else if word.is_empty() || month.is_some() || day.is_some() {
            return None;
        }
        rest = after;
    }
    None
}

/// A time of day, and what follows it.
fn time(text: &str) -> Option<(String, &str)> {
    let end = text.find(|c: char| !c.is_ascii_digit() && !matches!(c, ':' | '.')).unwrap_or(text.len());
    let (clock, rest) = text.split_at(end);
    let mut parts = clock.split(':');
    let mut hour: u32 = parts.next()?.parse().ok()?;
    let minute: u32 = parts.next().map_or(Some(0), |minute| minute.parse().ok())?;
    let second: u32 = parts.next().map_or(Some(0), |second| second.split('.').next()?.parse().ok())?;
    let mut rest = rest.trim_start();
    let lower = rest.to_lowercase();
    if lower.starts_with("am") || lower.starts_with("pm") {
        hour = hour % 12 + if lower.starts_with("pm") { 12 } else { 0 };
        rest = &rest[2..];
    }
    if hour > 23 || minute > 59 || second > 59 {
        return None;
    }
    let seconds = if second == 0 { String::new() } else { format!(":{second:02}") };
    Some((format!("{hour:02}:{minute:02}{seconds}"), rest.trim()))
}

/// The offset that `text` writes; `None` within where it writes none.
#[allow(clippy::option_option)]
fn offset(text: &str) -> Option<Option<String>> {
    // Go writes a time with its offset and with the zone's name: `-0700 MST`.
    let first = text.split_whitespace().next().unwrap_or_default();
    if first.is_empty() {
        return Some(None);
    }
    if let Some((_, offset)) = ZONES.iter().find(|(name, _)| first.eq_ignore_ascii_case(name)) {
        return Some(Some((*offset).to_owned()));
    }
    let digits = first.strip_prefix(['+', '-'])?;
    let digits: String = digits.chars().filter(|c| *c != ':').collect();
    let (hours, minutes) = match digits.len() {
        1 | 2 => (digits.as_str(), "00"),
        4 => digits.split_at(2),
        _ => return None,
    };
    let (hours, minutes): (u32, u32) = (hours.parse().ok()?, minutes.parse().ok()?);
    (hours <= 14 && minutes <= 59).then(|| Some(format!("{}{hours:02}:{minutes:02}", &first[..1])))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(text: &str) -> String {
        parse(text).map_or_else(|| "none".into(), |date| date.written(Tz::UTC))
    }

    #[test]
    fn every_form_of_a_date_is_read() {
        for (old, new) in [
            ("2015-01-17", "2015-01-17"),
            ("2015-01-17T16:51:00", "2015-01-17T16:51"),
            ("2014-05-14 9:00:01 -4", "2014-05-14T09:00:01-04:00"),
            ("2014-05-14T19:00:00-04:00", "2014-05-14T19:00-04:00"),
            ("2024-01-02T03:04:05.678Z", "2024-01-02T03:04:05Z"),
            ("2014-05-14 19:00:00 +0530", "2014-05-14T19:00+05:30"),
            ("2014-05-14 19:00:00 -0700 MST", "2014-05-14T19:00-07:00"),
            ("Mon, 02 Jan 2006 15:04:05 -0700", "2006-01-02T15:04:05-07:00"),
            ("January 2, 2006", "2006-01-02"),
            ("2nd Feb 2006 3:04 PM", "2006-02-02T15:04"),
            ("17.01.2015", "2015-01-17"),
            ("20150117", "2015-01-17"),
            ("2015/1/7", "2015-01-07"),
            ("2015-02-30", "none"),
            ("soon", "none"),
        ] {
            assert_eq!(written(old), new, "{old}");
        }
    }

    #[test]
    fn what_names_no_day_or_two_is_a_guess() {
        assert!(parse("2015-03").unwrap().guess.is_some());
        assert!(parse("03/04/2015").unwrap().guess.is_some());
        assert_eq!(parse("17/04/2015").unwrap().guess, None);
    }

    #[test]
    fn a_name_may_begin_with_a_day() {
        assert_eq!(in_name("2015-01-17-talks").map(|(_, rest)| rest), Some("talks"));
        assert_eq!(in_name("2015-01-17").map(|(_, rest)| rest), Some(""));
        assert_eq!(in_name("2015-01"), None);
        assert_eq!(in_name("100-ways"), None);
    }
}
