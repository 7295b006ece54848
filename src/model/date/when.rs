use std::{
    cmp::{Ordering, Reverse},
    fmt,
};

use super::{DateError, Day, PartialDate, Period, Stamp, TimeOfDay, stamp};

/// How many years an interval may touch and still stand on the page of each.
const MOST_YEARS: i32 = 50;

/// A date as a source gives it: EDTF level 1 (ISO 8601-2:2019), one of a range of days, or a day with a time.
///
/// It is never converted: an offset or a zone after a time is checked for its form, and the local day and time
/// stand as written.
///
/// Ordered for timelines: by first possible day (where that is open, by the first day of the date that is given);
/// of two that begin on one day the one that can end later comes first, so that a month stands before its days;
/// then a day without a time before those with one, by time; then by what they are made of.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct When(Form);

/// What a date is made of, for those who say it in another language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Form {
    /// One date.
    On(PartialDate),
    /// A day and a time of it.
    At(Day, TimeOfDay),
    /// All the time from the first date to the last, `A/B`.
    Interval(PartialDate, PartialDate),
    /// All the time from a date on, `A/..` or `A/`.
    From(PartialDate, End),
    /// All the time to a date, `../B` or `/B`.
    Until(End, PartialDate),
    /// Then or at some time before, `[..D]`.
    By(PartialDate),
    /// At some time from the first date to the last, `[A..B]`.
    Between(PartialDate, PartialDate),
}

/// The end of an interval that has no date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum End {
    /// `..`: there is none.
    Open,
    /// Nothing: there is one, and it is not known.
    Unknown,
}

impl When {
    /// The date that `written` gives.
    ///
    /// # Errors
    ///
    /// Every form that is not named by [`Form`], a day or time that does not exist, and a range that ends before
    /// it begins. The help shows the ISO form where it can be guessed without ambiguity.
    pub fn parse(written: &str) -> Result<Self, DateError> {
        let text = written.trim();
        if let Some(date) = after_word(text, "by") {
            about_or_plain(date).map(Form::By)
        } else if let Some(dates) = after_word(text, "between") {
            between(text, dates)
        } else if after_word(text, "about").is_some() {
            about_or_plain(text).map(Form::On)
        } else if text.starts_with('[') {
            one_of_a_set(text)
        } else if stamp::is_timed(text) {
            timed(text)
        } else if let Some((first, last)) = text.split_once('/').filter(|(_, last)| !last.contains('/')) {
            interval(text, first.trim(), last.trim())
        } else {
            PartialDate::parse(text).map(Form::On)
        }
        .map(Self)
    }

    /// One day.
    pub fn on(day: Day) -> Self {
        Self(Form::On(PartialDate::day(day)))
    }

    /// That day or some time before.
    pub fn by(day: Day) -> Self {
        Self(Form::By(PartialDate::day(day)))
    }

    /// What it is made of.
    pub fn form(self) -> Form {
        self.0
    }

    /// The first day that it can have begun; `None` if it is open to the past.
    pub fn earliest(self) -> Option<Day> {
        match self.0 {
            Form::On(date) => Some(date.first()),
            Form::At(day, _) => Some(day),
            Form::Interval(first, _) | Form::Between(first, _) | Form::From(first, _) => Some(first.first()),
            Form::Until(..) | Form::By(_) => None,
        }
    }

    /// The last day that it can have ended; `None` if it is open to the future.
    pub fn latest(self) -> Option<Day> {
        match self.0 {
            Form::On(date) | Form::By(date) | Form::Until(_, date) => Some(date.last()),
            Form::At(day, _) => Some(day),
            Form::Interval(_, last) | Form::Between(_, last) => Some(last.last()),
            Form::From(..) => None,
        }
    }

    /// The date pages that it stands on, in order; never none.
    ///
    /// The smallest that encloses it. Where it spans years, the page of each; of more than 50 years the first and
    /// the last. With one end open or unknown, or `by`, the page of the date that is given.
    pub fn periods(self) -> Vec<Period> {
        let (first, last) = self.given();
        let (from, to) = (first.year(), last.year());
        match Period::enclosing(first, last) {
            Some(period) => vec![period],
            None if to - from < MOST_YEARS => (from..=to).map(Period::Year).collect(),
            None => vec![Period::Year(from), Period::Year(to)],
        }
    }

    /// Whether it is `by` a date: then, or at some time before.
    pub fn is_by(self) -> bool {
        matches!(self.0, Form::By(_))
    }

    /// Whether a date of it is about then.
    pub fn is_approximate(self) -> bool {
        self.dates().into_iter().flatten().any(|date| date.qualifier().is_approximate())
    }

    /// Whether the source of a date of it may be wrong.
    pub fn is_uncertain(self) -> bool {
        self.dates().into_iter().flatten().any(|date| date.qualifier().is_uncertain())
    }

    /// The hour and the minute, where a time is given.
    pub fn time(self) -> Option<(u32, u32)> {
        self.time_of_day().map(|time| (time.hour(), time.minute()))
    }

    /// The canonical text in EDTF, which reads back as the same date.
    pub fn edtf(self) -> String {
        match self.0 {
            Form::On(date) => date.to_string(),
            Form::At(day, time) => format!("{day}T{}", time.naive().format("%H:%M:%S")),
            Form::Interval(first, last) => format!("{first}/{last}"),
            Form::From(first, end) => format!("{first}/{}", end.edtf()),
            Form::Until(end, last) => format!("{}/{last}", end.edtf()),
            Form::By(date) => format!("[..{date}]"),
            Form::Between(first, last) => format!("[{first}..{last}]"),
        }
    }

    fn time_of_day(self) -> Option<TimeOfDay> {
        match self.0 {
            Form::At(_, time) => Some(time),
            _ => None,
        }
    }

    fn dates(self) -> [Option<PartialDate>; 2] {
        match self.0 {
            Form::At(..) => [None, None],
            Form::On(date) | Form::From(date, _) | Form::Until(_, date) | Form::By(date) => {
                [Some(date), None]
            }
            Form::Interval(first, last) | Form::Between(first, last) => [Some(first), Some(last)],
        }
    }

    /// The first and the last day of what is given, open ends apart.
    fn given(self) -> (Day, Day) {
        match self.0 {
            Form::On(date) | Form::From(date, _) | Form::Until(_, date) | Form::By(date) => {
                (date.first(), date.last())
            }
            Form::At(day, _) => (day, day),
            Form::Interval(first, last) | Form::Between(first, last) => (first.first(), last.last()),
        }
    }
}

impl Ord for When {
    fn cmp(&self, other: &Self) -> Ordering {
        let key =
            |when: &Self| (when.given().0, Reverse(when.latest().unwrap_or(Day::MAX)), when.time_of_day());
        key(self).cmp(&key(other)).then_with(|| self.0.cmp(&other.0))
    }
}

impl PartialOrd for When {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// The date in English words around ISO digits: `by 2025-05-15`, `about 2025-05`, `2025-05-18 16:00`.
impl fmt::Display for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Form::On(date) => f.write_str(&date.words()),
            Form::At(day, time) => write!(f, "{day} {time}"),
            Form::Interval(first, last) => write!(f, "{} to {}", first.words(), last.words()),
            Form::From(first, End::Open) => write!(f, "from {} on", first.words()),
            Form::From(first, End::Unknown) => write!(f, "from {}, end unknown", first.words()),
            Form::Until(End::Open, last) => write!(f, "until {}", last.words()),
            Form::Until(End::Unknown, last) => write!(f, "until {}, start unknown", last.words()),
            Form::By(date) => write!(f, "by {}", date.words()),
            Form::Between(first, last) => write!(f, "between {} and {}", first.words(), last.words()),
        }
    }
}

impl fmt::Debug for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.edtf())
    }
}

impl End {
    fn edtf(self) -> &'static str {
        match self {
            Self::Open => "..",
            Self::Unknown => "",
        }
    }
}

/// What follows `word` and white space at the start of `text`, in any case; empty where nothing does.
fn after_word<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    let (start, rest) = text.split_at_checked(word.len())?;
    let apart = rest.is_empty() || rest.starts_with(char::is_whitespace);
    (start.eq_ignore_ascii_case(word) && apart).then(|| rest.trim())
}

fn about_or_plain(text: &str) -> Result<PartialDate, DateError> {
    match after_word(text, "about") {
        Some(date) => PartialDate::parse(date).map(PartialDate::about),
        None => PartialDate::parse(text),
    }
}

fn between(text: &str, dates: &str) -> Result<Form, DateError> {
    let words: Vec<&str> = dates.split_whitespace().collect();
    let and = words.iter().position(|word| word.eq_ignore_ascii_case("and"));
    let Some(and) = and.filter(|and| (1..words.len() - 1).contains(and)) else {
        return Err(DateError::new(format!("`{text}` is not between two dates"))
            .help("write it as in `between 2025-05-12 and 2025-05-18`"));
    };
    let (first, last) =
        (about_or_plain(&words[..and].join(" "))?, about_or_plain(&words[and + 1..].join(" "))?);
    in_order(text, first, last, &format!("between {last} and {first}"))?;
    Ok(Form::Between(first, last))
}

fn one_of_a_set(text: &str) -> Result<Form, DateError> {
    let inner = text.strip_prefix('[').and_then(|text| text.strip_suffix(']'));
    match inner.and_then(|inner| inner.split_once("..")).map(|(first, last)| (first.trim(), last.trim())) {
        Some((first, last)) if !last.is_empty() && !text.contains(',') => {
            let last = PartialDate::parse(last)?;
            if first.is_empty() {
                return Ok(Form::By(last));
            }
            let first = PartialDate::parse(first)?;
            in_order(text, first, last, &format!("[{last}..{first}]"))?;
            Ok(Form::Between(first, last))
        }
        _ => Err(DateError::new(format!("`{text}` is no set of dates that is known here"))
            .help("write `[..2025-05-15]` for `by`, `[2025-05-12..2025-05-18]` for one day of these")),
    }
}

fn timed(text: &str) -> Result<Form, DateError> {
    match Stamp::parse(text) {
        Ok(Stamp { day, time: Some(time), .. }) => Ok(Form::At(day, time)),
        Ok(Stamp { day, .. }) => PartialDate::parse(&day.to_string()).map(Form::On),
        Err(error) => {
            let before_zone = text.split('[').next().unwrap_or(text);
            let more_than_a_day = text.ends_with(['?', '~', '%']) || before_zone.contains('/');
            // It begins as a day with a time does and is no date, which is what the other error says.
            Err(if more_than_a_day { PartialDate::parse(text).err().unwrap_or(error) } else { error })
        }
    }
}

fn interval(text: &str, first: &str, last: &str) -> Result<Form, DateError> {
    let end = |text: &str| match text {
        ".." => Some(End::Open),
        "" => Some(End::Unknown),
        _ => None,
    };
    // `05/2025` and `2025/05` are no intervals but a month; only the whole text tells.
    let date = |part: &str| {
        let whole = || {
            PartialDate::parse(text).err().filter(|_| part.len() < 4 && end(first).or(end(last)).is_none())
        };
        PartialDate::parse(part).map_err(|error| whole().unwrap_or(error))
    };
    match (end(first), end(last)) {
        (Some(_), Some(_)) => Err(DateError::new(format!("the interval `{text}` has no date"))
            .help("give one end at least, as in `2025-05-12/..`")),
        (None, Some(end)) => Ok(Form::From(date(first)?, end)),
        (Some(end), None) => Ok(Form::Until(end, date(last)?)),
        (None, None) => {
            let (first, last) = (date(first)?, date(last)?);
            in_order(text, first, last, &format!("{last}/{first}"))?;
            Ok(Form::Interval(first, last))
        }
    }
}

fn in_order(text: &str, first: PartialDate, last: PartialDate, turned: &str) -> Result<(), DateError> {
    if first.first() <= last.last() {
        return Ok(());
    }
    Err(DateError::new(format!("`{text}` ends before it begins")).help(format!("did you mean `{turned}`?")))
}

#[cfg(test)]
#[path = "when_tests.rs"]
mod tests;
