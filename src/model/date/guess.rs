//! What somebody likely meant who did not write a date as ISO 8601 does.

use super::{Day, PartialDate};

/// Nothing that stands for a date takes more bytes.
const LONGEST: usize = 60;

/// The months in English, in lower case.
pub const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];
const SEASONS: [(&str, u32); 5] =
    [("spring", 21), ("summer", 22), ("autumn", 23), ("fall", 23), ("winter", 24)];

/// How to write the date that `text` seems to give; `None` where it gives none that can be told.
pub(super) fn help(text: &str) -> Option<String> {
    if text.len() > LONGEST {
        return None;
    }
    match &dates(text)[..] {
        [] => capitals(text).map(write).or_else(|| about(text)).or_else(|| range(text)),
        dates => Some(choice(text, dates)),
    }
}

/// As `help`, where only a day will do.
pub(super) fn day_help(text: &str) -> Option<String> {
    if text.len() > LONGEST {
        return None;
    }
    let dates = dates(text);
    let days = !dates.is_empty() && dates.iter().all(|date| Day::parse_iso(date).is_some());
    days.then(|| choice(text, &dates))
}

/// The one day that `text` gives in another form than ISO 8601; `None` where it may be two, or is none.
pub fn day_meant(text: &str) -> Option<Day> {
    if text.len() > LONGEST {
        return None;
    }
    match &dates(text)[..] {
        [only] => Day::parse_iso(only),
        _ => None,
    }
}

fn choice(text: &str, dates: &[String]) -> String {
    match dates {
        [first, second] => {
            format!("write `{first}` if the day comes first in `{text}`, `{second}` if the month does")
        }
        _ => write(dates.concat()),
    }
}

fn write(date: impl AsRef<str>) -> String {
    format!("write `{}`", date.as_ref())
}

/// The one date that is meant, or the two that can be, the first of which has its day before its month.
fn dates(text: &str) -> Vec<String> {
    let dates = numbers(text);
    if dates.is_empty() { named(text).into_iter().collect() } else { dates }
}

/// `2025-5-3`, `2025.5`, `15/05/2025`, `5/2025`, `20250515`: numbers with one separator.
fn numbers(text: &str) -> Vec<String> {
    let is_number = |part: &str| (1..=4).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit());
    if text.len() == 8 && text.bytes().all(|b| b.is_ascii_digit()) {
        return day(&text[..4], &text[4..6], &text[6..]).into_iter().collect();
    }
    let Some(separator) = text.chars().find(|c| matches!(c, '-' | '/' | '.' | ' ')) else {
        return Vec::new();
    };
    let parts: Vec<&str> = text.trim_end_matches('.').split(separator).collect();
    if !parts.iter().all(|part| is_number(part)) {
        return Vec::new();
    }
    match parts[..] {
        [year, number] | [number, year] if year.len() == 4 && number.len() <= 2 => {
            month(year, number).into_iter().collect()
        }
        [year, number, of_month] if year.len() == 4 => day(year, number, of_month).into_iter().collect(),
        [one, two, year] if year.len() == 4 => {
            let mut both: Vec<String> =
                [day(year, two, one), day(year, one, two)].into_iter().flatten().collect();
            both.dedup();
            both
        }
        _ => Vec::new(),
    }
}

/// `May 15, 2025`, `15th of May 2025`, `Sept. 2025`, `Thursday 15 May 2025`, `spring 2025`.
fn named(text: &str) -> Option<String> {
    let lower = text.to_lowercase();
    let (mut of_year, mut of_month, mut year) = (None, None, None);
    let words = lower.split(|c: char| c.is_whitespace() || matches!(c, ',' | '.' | '-' | '/'));
    for word in words.filter(|word| !word.is_empty() && *word != "of" && !is_weekday(word)) {
        let (slot, number) = if let Some(month) = month_named(word) {
            (&mut of_year, month)
        } else if word.len() == 4 && word.bytes().all(|b| b.is_ascii_digit()) {
            (&mut year, word.parse().ok()?)
        } else {
            let digits =
                ["st", "nd", "rd", "th"].into_iter().find_map(|end| word.strip_suffix(end)).unwrap_or(word);
            (&mut of_month, digits.parse().ok().filter(|day| *day <= 31)?)
        };
        if slot.replace(number).is_some() {
            return None;
        }
    }
    let (year, of_year): (u32, u32) = (year?, of_year?);
    match of_month {
        Some(of_month) => Day::new(year.cast_signed(), of_year, of_month).map(|day| day.to_string()),
        None => valid(format!("{year:04}-{of_year:02}")),
    }
}

fn month_named(word: &str) -> Option<u32> {
    let named =
        |month: &&str| *month == word || &month[..3] == word || (*month == "september" && word == "sept");
    let month = MONTHS.iter().position(named).and_then(|at| u32::try_from(at + 1).ok());
    month.or_else(|| SEASONS.iter().find(|(name, _)| *name == word).map(|(_, number)| *number))
}

fn is_weekday(word: &str) -> bool {
    ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
        .iter()
        .any(|day| *day == word || &day[..3] == word)
}

/// `201x`, `2025-05-xx`.
fn capitals(text: &str) -> Option<String> {
    text.contains('x').then(|| text.replace('x', "X")).and_then(valid)
}

/// `circa 2025`, `~2025-05`.
fn about(text: &str) -> Option<String> {
    let lower = text.to_lowercase();
    let words = ["circa ", "ca. ", "ca ", "c. ", "around ", "approximately ", "~"];
    let rest = words.iter().find_map(|word| lower.strip_prefix(word))?.trim();
    valid(rest.to_owned()).map(|date| write(format!("about {date}")))
}

/// `2025-05-12 to 2025-05-18`, `2025-05-12–2025-05-18`.
fn range(text: &str) -> Option<String> {
    let (first, last) =
        [" to ", " until ", " through ", " - ", "–", "—"].iter().find_map(|by| text.split_once(by))?;
    let (first, last) = (valid(first.trim().to_owned())?, valid(last.trim().to_owned())?);
    Some(format!(
        "write `{first}/{last}` for all of that time, `between {first} and {last}` for one day of it"
    ))
}

fn valid(date: String) -> Option<String> {
    PartialDate::read(&date).is_ok().then_some(date)
}

fn month(year: &str, month: &str) -> Option<String> {
    valid(format!("{year}-{month:0>2}"))
}

fn day(year: &str, month: &str, day: &str) -> Option<String> {
    let number = |text: &str| text.parse::<u32>().ok();
    Day::new(number(year)?.cast_signed(), number(month)?, number(day)?).map(|day| day.to_string())
}
