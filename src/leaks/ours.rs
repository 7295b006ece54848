/// Words that the generator writes by itself, without a template: keys of JSON-LD, of feeds and of the sitemap, names of
/// files and of headers. A needle that is made of them alone tells nothing.
const OURS: &[&str] = &[];

const CALENDAR: &[&str] = &[
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
    "jan",
    "feb",
    "mar",
    "apr",
    "jun",
    "jul",
    "aug",
    "sep",
    "sept",
    "oct",
    "nov",
    "dec",
    "monday",
    "tuesday",
    "wednesday",
    "thursday",
    "friday",
    "saturday",
    "sunday",
    "mon",
    "tue",
    "wed",
    "thu",
    "fri",
    "sat",
    "sun",
];

/// Whether a folded word tells something: it is no number, no month or weekday, and none of ours.
pub(super) fn tells(word: &str) -> bool {
    !word.bytes().all(|byte| byte.is_ascii_digit()) && !CALENDAR.contains(&word) && !is_ours(word)
}

fn is_ours(word: &str) -> bool {
    OURS.contains(&word)
}
