use std::fmt;

use chrono::NaiveTime;
use chrono_tz::Tz;

use super::{DateError, Day, guess, shape, zone};

/// A time of day, to the second.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TimeOfDay {
    hour: u8,
    minute: u8,
    second: u8,
}

impl TimeOfDay {
    /// The hour, 0 to 23.
    pub fn hour(self) -> u32 {
        self.hour.into()
    }

    /// The minute, 0 to 59.
    pub fn minute(self) -> u32 {
        self.minute.into()
    }

    /// The second, 0 to 59; 0 where none is given.
    pub fn second(self) -> u32 {
        self.second.into()
    }

    pub(in crate::model) fn naive(self) -> NaiveTime {
        let time = NaiveTime::from_hms_opt(self.hour(), self.minute(), self.second());
        time.expect("reading let only times of the clock through")
    }

    /// The time at the start of `text` and what follows it; fractions of a second are passed over (RFC 3339).
    fn read(text: &str) -> Option<(Self, &str)> {
        let (hour, rest) = two_digits(text)?;
        let (minute, mut rest) = two_digits(rest.strip_prefix(':')?)?;
        let mut second = 0;
        if let Some((number, after)) = rest.strip_prefix(':').and_then(two_digits) {
            second = number;
            let digits = after.strip_prefix(['.', ',']).unwrap_or_default();
            let count = digits.bytes().take_while(u8::is_ascii_digit).count();
            rest = if count > 0 { &digits[count..] } else { after };
        }
        (hour < 24 && minute < 60 && second < 60).then_some((Self { hour, minute, second }, rest))
    }
}

/// `16:00`, and `16:00:30` where it does not fall on a minute.
impl fmt::Display for TimeOfDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.hour, self.minute)?;
        if self.second > 0 {
            write!(f, ":{:02}", self.second)?;
        }
        Ok(())
    }
}

/// How far local time is from UTC, as written after a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::model) enum Offset {
    /// `Z` or `-00:00`: the time is UTC, and the local offset is not told (RFC 9557, section 2.2).
    Utc,
    /// Seconds east of UTC.
    East(i32),
}

/// A day as written, with a time of day and a place in the world where they are given (RFC 3339, RFC 9557).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::model) struct Stamp {
    pub(in crate::model) day: Day,
    pub(in crate::model) time: Option<TimeOfDay>,
    pub(in crate::model) offset: Option<Offset>,
    pub(in crate::model) zone: Option<Tz>,
}

impl Stamp {
    /// `2025-05-16`, `2025-05-16T06:00`, `2025-05-16 06:00:00.5 -0400`, `2025-05-16T06:00+03:00[Asia/Jerusalem]`.
    ///
    /// # Errors
    ///
    /// Another form, a day or time that does not exist, an unknown zone, or a critical suffix tag: none is known here.
    pub(in crate::model) fn parse(written: &str) -> Result<Self, DateError> {
        let text = written.trim();
        let Some((day, rest)) = text.split_at_checked(10).filter(|(day, _)| is_day_shaped(day)) else {
            return Err(neither(text));
        };
        let day = Day::parse(day)?;
        let mut stamp = Self { day, time: None, offset: None, zone: None };
        if rest.is_empty() {
            return Ok(stamp);
        }
        let spaced = rest.trim_start();
        let clock = rest.strip_prefix(['T', 't']).or((spaced.len() < rest.len()).then_some(spaced));
        let clock = clock.ok_or_else(|| neither(text))?;
        let (time, rest) = TimeOfDay::read(clock).ok_or_else(|| no_time(clock))?;
        stamp.time = Some(time);
        let mut rest = rest.trim_start();
        if let Some((offset, after)) = Offset::read(rest) {
            stamp.offset = Some(offset);
            rest = after.trim_start();
        }
        rest = stamp.read_suffixes(rest)?;
        if rest.is_empty() { Ok(stamp) } else { Err(stamp.leftover(time, rest)) }
    }

    /// Takes the suffixes of RFC 9557 off the start of `rest`: a zone, then tags.
    fn read_suffixes<'a>(&mut self, mut rest: &'a str) -> Result<&'a str, DateError> {
        let mut first = true;
        while let Some(open) = rest.strip_prefix('[') {
            let Some((inner, after)) = open.split_once(']') else {
                return Err(
                    DateError::new(format!("`{rest}` is not closed")).help(format!("write `{rest}]`"))
                );
            };
            let suffix = &rest[..inner.len() + 2];
            let name = inner.strip_prefix('!').unwrap_or(inner);
            if name.contains('=') {
                if name.len() < inner.len() {
                    return Err(DateError::new(format!("the critical suffix `{suffix}` is not understood"))
                        .help("leave it out: days are those of the Gregorian calendar"));
                }
            } else if !first {
                return Err(DateError::new(format!("the zone `{suffix}` is not the first suffix"))
                    .help("write one zone, right after the time"));
            } else if let Some((Offset::East(east), "")) = Offset::read(name) {
                match *self.offset.get_or_insert(Offset::East(east)) {
                    Offset::East(other) if other != east => {
                        return Err(DateError::new(format!("`{suffix}` contradicts the offset before it"))
                            .help("leave out one of the two"));
                    }
                    _ => {}
                }
            } else {
                self.zone = Some(zone(name)?);
            }
            first = false;
            rest = after.trim_start();
        }
        Ok(rest)
    }

    fn leftover(&self, time: TimeOfDay, rest: &str) -> DateError {
        let start = format!("{}T{time}", self.day);
        let help = if rest.eq_ignore_ascii_case("utc") || rest.eq_ignore_ascii_case("gmt") {
            format!("write `{start}Z`")
        } else if rest.contains('/') && rest.parse::<Tz>().is_ok() {
            format!("write `{start}[{rest}]`")
        } else {
            format!("write an offset, as in `{start}+03:00`, or a zone, as in `{start}[Asia/Jerusalem]`")
        };
        DateError::new(format!("`{rest}` after a time is no offset and no zone")).help(help)
    }
}

impl Offset {
    /// `Z`, `+03:00`, `-0400` or `-07` at the start of `text`, and what follows it.
    fn read(text: &str) -> Option<(Self, &str)> {
        if let Some(rest) = text.strip_prefix(['Z', 'z']) {
            return Some((Self::Utc, rest));
        }
        let sign = if text.starts_with('-') { -1 } else { 1 };
        let (hours, rest) = two_digits(text.strip_prefix(['+', '-'])?)?;
        let minutes = rest.strip_prefix(':').map_or_else(|| two_digits(rest), two_digits);
        let (minutes, rest) = minutes.unwrap_or((0, rest));
        if hours > 23 || minutes > 59 {
            return None;
        }
        let east = sign * (i32::from(hours) * 3600 + i32::from(minutes) * 60);
        Some((if east == 0 && sign < 0 { Self::Utc } else { Self::East(east) }, rest))
    }
}

/// Whether `text` begins as a day and a time do.
pub(super) fn is_timed(text: &str) -> bool {
    text.split_at_checked(10).is_some_and(|(day, rest)| {
        let clock = rest.strip_prefix(['T', 't', ' ', '\t']).unwrap_or_default().trim_start();
        is_day_shaped(day) && clock.starts_with(|c: char| c.is_ascii_digit())
    })
}

fn is_day_shaped(text: &str) -> bool {
    shape(text).as_deref() == Some("dddd-dd-dd")
}

fn two_digits(text: &str) -> Option<(u8, &str)> {
    let (digits, rest) = text.split_at_checked(2)?;
    digits.bytes().all(|b| b.is_ascii_digit()).then_some(())?;
    Some((digits.bytes().fold(0, |n, b| n * 10 + (b - b'0')), rest))
}

fn neither(text: &str) -> DateError {
    let help = guess::day_help(text)
        .unwrap_or_else(|| "write a day as `2025-05-15`, a day and a time as `2025-05-15T06:00`".into());
    DateError::new(format!("`{text}` is no day, with or without a time")).help(help)
}

fn no_time(clock: &str) -> DateError {
    let word = clock.split_whitespace().next().unwrap_or_default();
    let padded = format!("0{word}");
    let help = match TimeOfDay::read(&padded) {
        Some(_) => format!("write `{padded}`"),
        None if word.starts_with("24:00") => "write `00:00` of the next day".into(),
        None => "write hours and minutes from `00:00` to `23:59`".into(),
    };
    DateError::new(format!("`{word}` is no time of day")).help(help)
}

#[cfg(test)]
#[path = "stamp_tests.rs"]
mod tests;
