use super::{
    context::{CalendarDay, MonthCell, MonthView, WeekdayView},
    views::Views,
};
use crate::model::{Day, Period};

/// The calendar of a month: a row a week, each day with its page and with how much stands there.
pub(super) fn month(year: i32, month: u32, views: &Views<'_>) -> MonthView {
    let words = views.words;
    let period = Period::Month(year, month);
    // The first day of a week, 1 for Monday (ISO 8601), as the theme's language has it.
    let starts: u32 =
        words.get("first_weekday").parse().ok().filter(|day| (1..=7).contains(day)).unwrap_or(1);
    let column = |day: Day| ((day.weekday() + 7 - starts) % 7) as usize;
    let mut weeks: Vec<Vec<Option<CalendarDay>>> = Vec::new();
    let mut week: Vec<Option<CalendarDay>> = (0..column(period.first())).map(|_| None).collect();
    let mut next = Some(period.first());
    while let Some(day) = next.filter(|day| *day <= period.last()) {
        week.push(Some(cell(day, views)));
        if week.len() == 7 {
            weeks.push(std::mem::take(&mut week));
        }
        next = day.next();
    }
    if !week.is_empty() {
        week.resize_with(7, || None);
        weeks.push(week);
    }
    let weekdays = (0..7).map(|number| (starts + number - 1) % 7 + 1).map(|day| WeekdayView {
        name: words.weekday(day).to_owned(),
        short: words.get(&format!("weekday_short_{day}")).to_owned(),
    });
    MonthView {
        title: words.period(period),
        url: views.period_url(period),
        weekdays: weekdays.collect(),
        weeks,
    }
}

fn cell(day: Day, views: &Views<'_>) -> CalendarDay {
    let entity = views.period(Period::Day(day));
    CalendarDay {
        day: day.day(),
        date: day.to_string(),
        text: views.words.day(day),
        url: views.period_url(Period::Day(day)),
        total: entity.map_or(0, |place| views.counts(place).total()),
    }
}

/// The twelve months of a year.
pub(super) fn year(year: i32, views: &Views<'_>) -> Vec<MonthCell> {
    let month = |month| {
        let period = Period::Month(year, month);
        MonthCell {
            name: views.words.month(month).to_owned(),
            url: views.period_url(period),
            counts: views.period(period).map(|place| views.counts(place)).unwrap_or_default(),
        }
    };
    (1..=12).map(month).collect()
}
