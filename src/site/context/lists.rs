//! The values of lists: groups, calendars, the way to a page.

use serde::Serialize;
use tera::Value;

use super::CountsView;

/// A link of the way that leads to a page: `name`, `url`.
#[derive(Clone, Serialize)]
pub(in crate::site) struct CrumbView {
    pub(in crate::site) name: String,
    pub(in crate::site) url: String,
}

/// Items that stand together in a list: those of a month, of a day, or of one sort.
#[derive(Serialize)]
pub(in crate::site) struct GroupView {
    /// `year`, `month`, `day`, or of a day's page `events`, `claims`, `briefings`.
    pub(in crate::site) key: &'static str,
    /// `May 2025`; of a sort the key's words are in `t["group_" ~ key]`, and this is empty.
    pub(in crate::site) title: String,
    /// The id of its heading.
    pub(in crate::site) anchor: String,
    /// The address of the date, where it has a page.
    pub(in crate::site) url: Option<String>,
    /// Briefings, events and claims, told apart by `type`.
    pub(in crate::site) items: Vec<Value>,
}

/// The calendar of a month.
#[derive(Serialize)]
pub(in crate::site) struct MonthView {
    /// `May 2025`.
    pub(in crate::site) title: String,
    pub(in crate::site) url: Option<String>,
    /// The names of the days of a week, in the order of the columns.
    pub(in crate::site) weekdays: Vec<WeekdayView>,
    /// Seven days each; before the first and after the last day of the month there is none.
    pub(in crate::site) weeks: Vec<Vec<Option<CalendarDay>>>,
}

/// The name of a day of the week.
#[derive(Serialize)]
pub(in crate::site) struct WeekdayView {
    pub(in crate::site) name: String,
    pub(in crate::site) short: String,
}

/// A day of a calendar.
#[derive(Serialize)]
pub(in crate::site) struct CalendarDay {
    /// The day of the month.
    pub(in crate::site) day: u32,
    /// `2025-05-13`.
    pub(in crate::site) date: String,
    /// `13 May 2025`.
    pub(in crate::site) text: String,
    /// Its page, where something stands on that day.
    pub(in crate::site) url: Option<String>,
    /// How many briefings, events and claims stand on it.
    pub(in crate::site) total: usize,
}

/// A month in the calendar of a year.
#[derive(Serialize)]
pub(in crate::site) struct MonthCell {
    /// `May`.
    pub(in crate::site) name: String,
    /// Its page, where something stands in that month.
    pub(in crate::site) url: Option<String>,
    pub(in crate::site) counts: CountsView,
}

/// The newest of a list, on another page than its own.
#[derive(Default, Serialize)]
pub(in crate::site) struct ExcerptView {
    /// Briefing cards or claims, the newest first.
    pub(in crate::site) items: Vec<Value>,
    /// How many the whole list has.
    pub(in crate::site) total: usize,
    /// The list, where it has more than these.
    pub(in crate::site) url: Option<String>,
}

/// Somebody named together with another, and where the briefings are listed that name both.
#[derive(Serialize)]
pub(in crate::site) struct PairView {
    pub(in crate::site) name: String,
    pub(in crate::site) url: String,
    #[serde(rename = "type")]
    pub(in crate::site) entity_type: Option<&'static str>,
    /// How many briefings name both.
    pub(in crate::site) count: usize,
}

/// The page that a list stands beside.
#[derive(Serialize)]
pub(in crate::site) struct BesideView {
    pub(in crate::site) name: String,
    pub(in crate::site) url: String,
    /// What its sort of page is called in lists: `Actors`.
    pub(in crate::site) plural: String,
}
