//! Dates in sentences: what is written, and what it means beside the day of the article.

use std::ops::Range;

use super::words::Word;
use crate::model::{Day, MONTHS};

/// A date as a sentence writes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Written {
    /// Which words of the sentence.
    pub(super) words: Range<usize>,
    pub(super) form: Form,
    /// `about`, `around`.
    pub(super) about: bool,
}

/// The forms of dates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    Day(Day),
    /// A month and a day, and which day of the week that was (1 is Monday).
    MonthDay(u32, u32, Option<u32>),
    Month(Option<i32>, u32),
    Year(i32),
    Weekday(u32, Side),
    /// Days from the article's.
    Days(i32),
    /// Weeks from the article's.
    Week(i32),
    /// Months from the article's.
    MonthFrom(i32),
    /// Years from the article's.
    YearFrom(i32),
}

/// On which side of the article's day a weekday is looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Open,
    Last,
    Next,
}

/// A date with what it means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Resolved {
    /// As front matter writes it; `None` where it hangs on a day of the article that is not known.
    pub(super) when: Option<String>,
    /// The day, where it is one.
    pub(super) day: Option<Day>,
    /// How it was understood.
    pub(super) how: String,
}

pub(super) const WEEKDAYS: [&str; 7] =
    ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
/// Months in languages whose dates stand in date lines: German, French, Spanish, Russian, Arabic, Hebrew.
const FOREIGN: [[&str; 6]; 12] = [
    ["januar", "janvier", "enero", "января", "يناير", "בינואר"],
    ["februar", "février", "febrero", "февраля", "فبراير", "בפברואר"],
    ["märz", "mars", "marzo", "марта", "مارس", "במרץ"],
    ["april", "avril", "abril", "апреля", "أبريل", "באפריל"],
    ["mai", "mai", "mayo", "мая", "مايو", "במאי"],
    ["juni", "juin", "junio", "июня", "يونيو", "ביוני"],
    ["juli", "juillet", "julio", "июля", "يوليو", "ביולי"],
    ["august", "août", "agosto", "августа", "أغسطس", "באוגוסט"],
    ["september", "septembre", "septiembre", "сентября", "سبتمبر", "בספטמבר"],
    ["oktober", "octobre", "octubre", "октября", "أكتوبر", "באוקטובר"],
    ["november", "novembre", "noviembre", "ноября", "نوفمبر", "בנובמבר"],
    ["dezember", "décembre", "diciembre", "декабря", "ديسمبر", "בדצמבר"],
];
/// Words after which a lone year, or a lone month, is a date.
const BEFORE_PERIODS: [&str; 22] = [
    "in", "since", "until", "till", "by", "from", "during", "of", "early", "late", "mid", "last", "this",
    "next", "to", "between", "through", "and", "before", "after", "around", "about",
];

/// The dates in `words`, in order.
pub(super) fn find(words: &[Word]) -> Vec<Written> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.len() {
        if let Some((form, end)) = form(words, at) {
            let about = at > 0 && words[at - 1].is(&["about", "around", "circa", "approximately", "roughly"]);
            found.push(Written { words: at..end, form, about });
            at = end;
        } else {
            at += 1;
        }
    }
    found
}

fn form(words: &[Word], at: usize) -> Option<(Form, usize)> {
    numeric(&words[at])
        .map(|form| (form, at + 1))
        .or_else(|| with_weekday(words, at))
        .or_else(|| month_and_day(words, at))
        .or_else(|| period(words, at))
        .or_else(|| relative(words, at))
}

/// `2025-05-15`, `2025-05-15t10`, `15.05.2025`, `15/5/2025`, `5/15/2025`.
fn numeric(word: &Word) -> Option<Form> {
    let text: String = word
        .lower
        .chars()
        .map(|c| c.to_digit(10).or(digit(c)).and_then(|d| char::from_digit(d, 10)).unwrap_or(c))
        .collect();
    let text = text.split('t').next().unwrap_or_default();
    let mut parts = text.split(['-', '/', '.']);
    let numbers: [u32; 3] =
        [parts.next()?.parse().ok()?, parts.next()?.parse().ok()?, parts.next()?.parse().ok()?];
    if parts.next().is_some() {
        return None;
    }
    let day = |year: u32, month, day| Day::new(year.try_into().ok()?, month, day).map(Form::Day);
    match numbers {
        [year @ 1000..=2999, month, number] => day(year, month, number),
        [number, month @ 1..=12, year @ 1000..=2999] | [month, number, year @ 1000..=2999] => {
            day(year, month, number)
        }
        _ => None,
    }
}

/// The value of an Arabic-Indic digit.
fn digit(c: char) -> Option<u32> {
    match c {
        '٠'..='٩' => Some(u32::from(c) - u32::from('٠')),
        '۰'..='۹' => Some(u32::from(c) - u32::from('۰')),
        _ => None,
    }
}

fn number(word: Option<&Word>) -> Option<u32> {
    let word = word?;
    let digits: String = word
        .lower
        .chars()
        .map_while(|c| c.to_digit(10).or(digit(c)).and_then(|d| char::from_digit(d, 10)))
        .collect();
    let rest: String = word.lower.chars().skip(digits.len()).collect();
    matches!(&*rest, "" | "st" | "nd" | "rd" | "th" | "er" | "º").then(|| digits.parse().ok())?
}

/// Days of one month such as `13-15`: the first.
fn day_number(word: Option<&Word>) -> Option<u32> {
    let whole = number(word).or_else(|| {
        let (first, last) = word?.lower.split_once(['-', '/'])?;
        last.parse::<u32>().ok().filter(|last| (1..=31).contains(last))?;
        first.parse().ok()
    });
    whole.filter(|day| (1..=31).contains(day))
}

pub(super) fn year(word: Option<&Word>) -> Option<i32> {
    let year = number(word).filter(|year| (1000..=2999).contains(year))?;
    let digits = word.is_some_and(|word| word.lower.chars().count() == 4);
    digits.then(|| i32::try_from(year).ok())?
}

pub(super) fn month(word: &Word) -> Option<u32> {
    let name = word.lower.trim_end_matches('.');
    let whole = MONTHS.iter().position(|month| *month == name).filter(|_| word.capital);
    let short = || {
        let is_short = matches!(name.len(), 3 | 4) && word.capital && name != "mars";
        MONTHS
            .iter()
            .position(|month| is_short && (month[..3] == *name || (name == "sept" && *month == "september")))
    };
    let foreign = || FOREIGN.iter().position(|names| names.contains(&name));
    u32::try_from(whole.or_else(short).or_else(foreign)? + 1).ok()
}

fn weekday(word: &Word) -> Option<u32> {
    let at = WEEKDAYS.iter().position(|day| *day == word.lower).filter(|_| word.capital)?;
    u32::try_from(at + 1).ok()
}

fn skip(words: &[Word], at: usize, marks: &[&str]) -> usize {
    at + usize::from(words.get(at).is_some_and(|word| word.is(marks)))
}

/// `Thursday, May 15`, `Thursday 15 May 2025`, `Thursday (May 15)`, `Thu 15 May`.
fn with_weekday(words: &[Word], at: usize) -> Option<(Form, usize)> {
    let short = |word: &Word| {
        let name = word.lower.trim_end_matches('.');
        let is_short = (3..=5).contains(&name.len()) && word.capital;
        WEEKDAYS
            .iter()
            .position(|day| is_short && day.starts_with(name))
            .and_then(|at| u32::try_from(at + 1).ok())
    };
    let week_day = weekday(&words[at]).or_else(|| short(&words[at]))?;
    let mut next = at + 1;
    for marks in [&[".", ",", "(", "–", "-"][..], &["the"], &[","]] {
        next = skip(words, next, marks);
    }
    let (form, end) = match words.get(next).and_then(numeric) {
        Some(form) => (form, next + 1),
        None => month_and_day(words, next)?,
    };
    Some(match form {
        Form::MonthDay(month, day, _) => (Form::MonthDay(month, day, Some(week_day)), end),
        form => (form, end),
    })
}

fn month_and_day(words: &[Word], at: usize) -> Option<(Form, usize)> {
    let with_year = |month: u32, day: u32, next: usize| {
        let comma = skip(words, next, &[",", "(", "."]);
        let (year, end) = match (year(words.get(comma)), year(words.get(next))) {
            (_, Some(year)) => (Some(year), next + 1),
            (Some(year), None) if words[next].lower != "." => (Some(year), comma + 1),
            _ => (None, next),
        };
        Some(match year {
            Some(year) => (Form::Day(Day::new(year, month, day)?), end),
            None => {
                // A leap year shows whether the month can have that day.
                Day::new(2024, month, day)?;
                (Form::MonthDay(month, day, None), end)
            }
        })
    };
    if let Some(month) = words.get(at).and_then(month) {
        let next = skip(words, at + 1, &["."]);
        if let Some(day) = day_number(words.get(next)).filter(|_| year(words.get(next)).is_none()) {
            // `May 40 people` is none, and neither is `May 5 percent`.
            return with_year(month, day, next + 1);
        }
        let next = skip(words, next, &[",", "of"]);
        return year(words.get(next)).map(|year| (Form::Month(Some(year), month), next + 1));
    }
    let day = day_number(words.get(at))?;
    let next = skip(words, skip(words, at + 1, &["of", "de", "."]), &["the"]);
    let month = words.get(next).and_then(month)?;
    with_year(month, day, skip(words, next + 1, &["de", "."]))
}

/// A month, or a year, alone.
fn period(words: &[Word], at: usize) -> Option<(Form, usize)> {
    let bare = |word: &Word| {
        let lower = word.lower.strip_prefix("mid-").unwrap_or(&word.lower);
        MONTHS.iter().position(|month| *month == lower && (word.capital || lower != word.lower))
    };
    let word = words.get(at)?;
    let before = at.checked_sub(1).map(|at| &words[at]);
    let follows = before.is_some_and(|before| before.is(&BEFORE_PERIODS)) || word.lower.starts_with("mid-");
    if let Some(month) = bare(word).and_then(|at| u32::try_from(at + 1).ok()) {
        let unmistakable = !matches!(month, 3 | 5);
        return (follows || (unmistakable && before.is_some())).then_some((Form::Month(None, month), at + 1));
    }
    let year = year(Some(word)).filter(|_| follows)?;
    let unit = words.get(at + 1).is_some_and(|next| {
        next.is_word && !next.capital && next.lower.ends_with('s') && !next.is(&["was", "has", "is"])
    });
    (!unit).then_some((Form::Year(year), at + 1))
}

fn relative(words: &[Word], at: usize) -> Option<(Form, usize)> {
    let word = &words[at];
    let next = words.get(at + 1);
    let is_next = |names: &[&str]| next.is_some_and(|next| next.is(names));
    let side = match at.checked_sub(1).map(|at| words[at].lower.as_str()) {
        Some("last") => Side::Last,
        Some("next" | "coming") => Side::Next,
        _ => Side::Open,
    };
    if let Some(day) = weekday(word) {
        // A surname or a name of a day as such (`Good Friday`, `Black Sunday`) follows another capital.
        return Some((Form::Weekday(day, side), at + 1));
    }
    Some(match &*word.lower {
        "yesterday" => (Form::Days(-1), at + 1),
        "today" | "tonight" => (Form::Days(0), at + 1),
        "tomorrow" => (Form::Days(1), at + 1),
        "overnight" => return None,
        "last" if is_next(&["night"]) => (Form::Days(-1), at + 2),
        "this" if is_next(&["morning", "afternoon", "evening"]) => (Form::Days(0), at + 2),
        "last" | "past" if is_next(&["week"]) => (Form::Week(-1), at + 2),
        "this" if is_next(&["week"]) => (Form::Week(0), at + 2),
        "next" if is_next(&["week"]) => (Form::Week(1), at + 2),
        "last" if is_next(&["month"]) => (Form::MonthFrom(-1), at + 2),
        "this" if is_next(&["month"]) => (Form::MonthFrom(0), at + 2),
        "next" if is_next(&["month"]) => (Form::MonthFrom(1), at + 2),
        "last" if is_next(&["year"]) => (Form::YearFrom(-1), at + 2),
        "this" if is_next(&["year"]) => (Form::YearFrom(0), at + 2),
        "next" if is_next(&["year"]) => (Form::YearFrom(1), at + 2),
        lower => {
            const COUNTS: [&str; 10] =
                ["a", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
            let spelt =
                COUNTS.iter().position(|count| *count == lower).and_then(|at| i32::try_from(at + 1).ok());
            let count = spelt
                .or_else(|| number(Some(word)).and_then(|n| i32::try_from(n).ok()).filter(|n| *n < 400))?;
            if !words.get(at + 2).is_some_and(|word| word.is(&["ago", "earlier", "before"])) {
                return None;
            }
            let ago = words[at + 2].is(&["ago"]);
            match &*next?.lower {
                "day" | "days" if ago => (Form::Days(-count), at + 3),
                "week" | "weeks" if ago => (Form::Week(-count), at + 3),
                "month" | "months" if ago => (Form::MonthFrom(-count), at + 3),
                "year" | "years" if ago => (Form::YearFrom(-count), at + 3),
                _ => return None,
            }
        }
    })
}

/// What a date means beside the day of the article. `ahead`: whether the sentence speaks of what is to come.
pub(super) fn resolve(written: &Written, published: Option<Day>, ahead: bool) -> Resolved {
    let mut resolved = meaning(written.form, published, ahead);
    if written.about
        && let Some(when) = &mut resolved.when
        && !when.contains(' ')
    {
        *when = format!("about {when}");
    }
    resolved
}

fn meaning(form: Form, published: Option<Day>, ahead: bool) -> Resolved {
    let whole = |day: Day, how: String| Resolved { when: Some(day.to_string()), day: Some(day), how };
    let coarse = |when: String, how: &str| Resolved { when: Some(when), day: None, how: how.into() };
    let unknown = |how: &str| Resolved { when: None, day: None, how: how.into() };
    match (form, published) {
        (Form::Day(day), _) => whole(day, "as written".into()),
        (Form::Year(year), _) => coarse(format!("{year:04}"), "as written"),
        (Form::Month(Some(year), month), _) => coarse(format!("{year:04}-{month:02}"), "as written"),
        (_, None) => unknown("hangs on the day of the article, which is not known"),
        (Form::MonthDay(month, day, _), Some(published)) => {
            let of_year = |year| Day::new(year, month, day);
            let year = published.year();
            let years = if ahead { [year, year + 1] } else { [year, year - 1] };
            let fits = |found: &Day| if ahead { *found >= published } else { *found <= published };
            match years.into_iter().filter_map(of_year).find(fits) {
                Some(day) if ahead => whole(day, "the next after the article".into()),
                Some(day) => whole(day, "the last before the article".into()),
                None => unknown("no such day"),
            }
        }
        (Form::Month(None, month), Some(published)) => {
            let (year, now) = (published.year(), published.month());
            let year = match ahead {
                true if month < now => year + 1,
                false if month > now => year - 1,
                _ => year,
            };
            coarse(format!("{year:04}-{month:02}"), "the year is the article's, or the next to it")
        }
        (Form::Weekday(week_day, side), Some(published)) => {
            let ahead = side == Side::Next || (ahead && side == Side::Open);
            let strict = side != Side::Open || ahead;
            let (day, how) = on_weekday(published, week_day, ahead, strict);
            day.map_or_else(|| unknown("no such day"), |day| whole(day, how))
        }
        (Form::Days(days), Some(published)) => match moved(published, days) {
            Some(day) => whole(day, "counted from the article's day".into()),
            None => unknown("no such day"),
        },
        (Form::Week(weeks), Some(published)) => {
            let monday = moved(published, 7 * weeks - i32::try_from(published.weekday()).unwrap_or(1) + 1);
            match monday.and_then(|monday| Some((monday, moved(monday, 6)?))) {
                Some((first, last)) => {
                    coarse(format!("between {first} and {last}"), "a week, Monday to Sunday")
                }
                None => unknown("no such week"),
            }
        }
        (Form::MonthFrom(months), Some(published)) => {
            let count = published.year() * 12 + i32::try_from(published.month()).unwrap_or(1) - 1 + months;
            coarse(
                format!("{:04}-{:02}", count.div_euclid(12), count.rem_euclid(12) + 1),
                "counted from the article's month",
            )
        }
        (Form::YearFrom(years), Some(published)) => {
            coarse(format!("{:04}", published.year() + years), "counted from the article's year")
        }
    }
}

/// The next or the last such day of the week (1 is Monday), `published` itself too unless `strict`.
fn on_weekday(published: Day, week_day: u32, ahead: bool, strict: bool) -> (Option<Day>, String) {
    let step = if ahead { 1 } else { -1 };
    let days = (i32::from(strict)..8).map(|days| moved(published, step * days));
    let day = days.flatten().find(|day| day.weekday() == week_day);
    let name = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
        .get(week_day as usize - 1)
        .copied()
        .unwrap_or_default();
    let how = if ahead { "the next" } else { "the last" };
    let side = if ahead { "after" } else { "before" };
    let own = if strict { "" } else { ", or its own day" };
    (day, format!("{how} {name} {side} the article{own}"))
}

/// The day `days` after `day`.
pub(super) fn moved(day: Day, days: i32) -> Option<Day> {
    let step = |day: Day| if days < 0 { day.previous() } else { day.next() };
    (0..days.unsigned_abs().min(40_000)).try_fold(day, |day, _| step(day))
}
