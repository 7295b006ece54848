//! The day on which an article appeared: as it says itself, or as its own dates and weekdays tell.

use super::{
    dates::{self, Form, Side},
    layout::{Layout, Part},
    page::Facts,
    verbs,
    words::Sentence,
};
use crate::model::Day;

/// The day of an article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Published {
    /// The day, if any could be found.
    pub day: Option<Day>,
    /// How it was found.
    pub how: String,
    /// Whether somebody should be asked.
    pub unsure: bool,
}

/// Finds the day. `today` bounds dates without a year.
pub(super) fn find(layout: &Layout, facts: &Facts, today: Day) -> Published {
    let written = facts.published.as_deref().and_then(|text| Day::parse(text.get(..10)?).ok());
    let written =
        written.or_else(|| super::super::dates::parse(facts.published.as_deref()?).map(|date| date.day));
    if let Some(day) = written {
        return Published { day: Some(day), how: "as the page says".into(), unsure: false };
    }
    if let Some(found) = date_line(layout, today) {
        return found;
    }
    if let Some(found) = inferred(layout, today) {
        return found;
    }
    Published { day: None, how: "the article has no date of its own".into(), unsure: true }
}

fn date_line(layout: &Layout, today: Day) -> Option<Published> {
    let lines = layout
        .sentences
        .iter()
        .filter(|sentence| matches!(layout.parts[sentence.block], Part::DateLine | Part::Byline));
    let mut lines: Vec<&Sentence> = lines.collect();
    // When it was changed is not when it appeared.
    lines.sort_by_key(|sentence| {
        sentence.words.iter().any(|word| word.is(&["updated", "modified", "edited"]))
    });
    let lead = layout.sentences.iter().find(|sentence| layout.parts[sentence.block] == Part::Body);
    for sentence in lines.into_iter().chain(lead) {
        let found = dates::find(&sentence.words);
        let is_lead = lead.is_some_and(|lead| std::ptr::eq(lead, sentence));
        for date in found {
            // In the text itself only the date line of an agency counts: `DOHA, May 15 (Reuters) -`.
            let after = sentence.words.get(date.words.end..).unwrap_or_default();
            let dash = after.iter().take(8).position(|word| word.is(&["-", "–", "—"]));
            if is_lead
                && (date.words.start > 8
                    || dash.is_none()
                    || !sentence
                        .words
                        .first()
                        .is_some_and(|word| word.capital && word.lower.chars().count() > 2))
            {
                continue;
            }
            match date.form {
                Form::Day(day) => return Some(contradicted(sentence, day)),
                Form::MonthDay(month, number, week_day) => {
                    let year = other_year(layout);
                    let guess = year.and_then(|year| Day::new(year, month, number));
                    let back = (0..12).filter_map(|years| Day::new(today.year() - years, month, number));
                    let back = back
                        .filter(|day| *day <= today)
                        .find(|day| week_day.is_none_or(|week_day| day.weekday() == week_day));
                    let day = guess
                        .filter(|day| week_day.is_none_or(|week_day| day.weekday() == week_day))
                        .or(back)?;
                    return Some(Published {
                        day: Some(day),
                        how: "as its date line says; the year is guessed".into(),
                        unsure: true,
                    });
                }
                _ => {}
            }
        }
    }
    None
}

/// The day of a date line, and whether the weekday beside it is another.
fn contradicted(sentence: &Sentence, day: Day) -> Published {
    let names =
        sentence.words.iter().filter_map(|word| dates::WEEKDAYS.iter().position(|name| *name == word.lower));
    let wrong = names.map(|at| u32::try_from(at + 1).unwrap_or(0)).any(|week_day| week_day != day.weekday());
    let how = if wrong {
        "as its date line says, which names another day of the week"
    } else {
        "as its date line says"
    };
    Published { day: Some(day), how: how.into(), unsure: wrong }
}

/// The latest year that the text writes in a date.
fn other_year(layout: &Layout) -> Option<i32> {
    let forms =
        layout.sentences.iter().flat_map(|sentence| dates::find(&sentence.words)).map(|date| date.form);
    forms
        .filter_map(|form| match form {
            Form::Day(day) => Some(day.year()),
            Form::Month(Some(year), _) => Some(year),
            _ => None,
        })
        .max()
}

/// The day from dates and weekdays of the text: the first day on or after the latest date that lies behind, beside
/// which the weekdays that lie behind make the shortest time.
fn inferred(layout: &Layout, today: Day) -> Option<Published> {
    let (mut latest, mut weekdays): (Option<Day>, Vec<u32>) = (None, Vec::new());
    for sentence in &layout.sentences {
        let ahead = sentence.words.iter().any(|word| verbs::is_ahead(&word.lower));
        for date in dates::find(&sentence.words) {
            match date.form {
                Form::Day(day) if day <= today && !ahead => latest = latest.max(Some(day)),
                Form::MonthDay(month, number, Some(week_day)) if !ahead => {
                    let years = (0..12).filter_map(|years| Day::new(today.year() - years, month, number));
                    latest =
                        latest.max(years.filter(|day| *day <= today).find(|day| day.weekday() == week_day));
                }
                Form::MonthDay(month, number, None) if !ahead && latest.is_none() => {
                    let year = other_year(layout);
                    latest = latest.max(year.and_then(|year| Day::new(year, month, number)));
                }
                Form::Weekday(week_day, Side::Open) if !ahead => weekdays.push(week_day),
                _ => {}
            }
        }
    }
    let latest = latest?;
    weekdays.sort_unstable();
    weekdays.dedup();
    let span =
        |day: &Day| weekdays.iter().map(|week_day| (day.weekday() + 7 - week_day) % 7).max().unwrap_or(0);
    let days = (0..7).filter_map(|days| dates::moved(latest, days));
    let best = days
        .filter(|day| weekdays.is_empty() || weekdays.contains(&day.weekday()))
        .min_by_key(|day| (span(day), *day))?;
    let how = if weekdays.is_empty() {
        format!("the latest date in the text is {latest}; nothing says that it appeared that day")
    } else {
        format!("from the latest date in the text, {latest}, and the weekdays that it names")
    };
    Some(Published { day: Some(best), how, unsure: true })
}
