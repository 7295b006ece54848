//! From the local time of a place to a point in time, and what to do where the clocks were changed.

use chrono::{DateTime, MappedLocalTime, NaiveDateTime, Offset as _, TimeZone};
use chrono_tz::Tz;

use super::{DateError, Day, HOUR, Instant, Offset, Stamp};

/// The point in time that a stamp names; `None` where it has no time of day.
///
/// Without an offset and a zone of its own it is in `site`, and a mistake where there is no `site`.
pub(super) fn resolve(stamp: &Stamp, site: Option<Tz>) -> Result<Option<Instant>, DateError> {
    let Some(time) = stamp.time else { return Ok(None) };
    let local = stamp.day.naive().and_time(time.naive());
    let instant = match (stamp.offset, stamp.zone.or(site)) {
        (Some(Offset::Utc), _) => at_offset(local, 0),
        (Some(Offset::East(east)), _) => {
            let instant = at_offset(local, east.into());
            if let Some(zone) = stamp.zone {
                agree(local, instant, i64::from(east), zone)?;
            }
            instant
        }
        (None, Some(zone)) => in_zone(local, zone)?,
        (None, None) => {
            let text = format!("{}T{time}", stamp.day);
            return Err(DateError::new(format!("`{text}` has no offset and no zone"))
                .help(format!("write `{text}Z` if it is in UTC, else its offset, as in `{text}+03:00`")));
        }
    };
    Ok(Some(instant))
}

/// The first instant of `day` in `zone`; where the clocks skip all of it, the first after it.
pub(super) fn start_of_day(day: Day, zone: Tz) -> Instant {
    let local = day.naive().and_time(chrono::NaiveTime::MIN);
    match zone.offset_from_local_datetime(&local) {
        MappedLocalTime::Single(offset) => at_offset(local, offset.fix().local_minus_utc().into()),
        MappedLocalTime::Ambiguous(one, other) => {
            // The greater offset is the earlier instant.
            let east = one.fix().local_minus_utc().max(other.fix().local_minus_utc());
            at_offset(local, east.into())
        }
        MappedLocalTime::None => end_of_gap(local, zone),
    }
}

fn in_zone(local: NaiveDateTime, zone: Tz) -> Result<Instant, DateError> {
    let name = zone.name();
    match zone.offset_from_local_datetime(&local) {
        MappedLocalTime::Single(offset) => Ok(at_offset(local, offset.fix().local_minus_utc().into())),
        MappedLocalTime::Ambiguous(one, other) => {
            let mut both = [one, other].map(|offset| at_offset(local, offset.fix().local_minus_utc().into()));
            both.sort();
            Err(DateError::new(format!(
                "`{}` comes twice in `{name}`: the clocks are set back",
                words(local)
            ))
            .help(format!(
                "write `{}` for the first or `{}` for the second",
                with_offset(both[0], zone),
                with_offset(both[1], zone)
            )))
        }
        MappedLocalTime::None => {
            let before = Instant(end_of_gap(local, zone).0 - 1).offset_in(zone);
            let shown = with_offset(at_offset(local, before), zone);
            Err(DateError::new(format!("`{}` does not exist in `{name}`: the clocks skip it", words(local)))
                .help(format!("write the time that the clocks show, with its offset: `{shown}`")))
        }
    }
}

fn agree(local: NaiveDateTime, instant: Instant, east: i64, zone: Tz) -> Result<(), DateError> {
    let actual = instant.offset_in(zone);
    if actual == east {
        return Ok(());
    }
    let message = format!("the offset `{}` contradicts `{}`", offset(east), zone.name());
    Err(DateError::new(message).help(format!(
        "leave out one of the two: the offset there is `{}` at `{}`",
        offset(actual),
        words(local)
    )))
}

/// The first instant after the gap that `local` lies in.
fn end_of_gap(local: NaiveDateTime, zone: Tz) -> Instant {
    // No zone is further than a day from UTC, and none changes its clocks twice within two.
    let (mut before, mut after) = (at_offset(local, 26 * HOUR), at_offset(local, -26 * HOUR));
    while after.0 - before.0 > 1 {
        let middle = Instant(before.0.midpoint(after.0));
        if middle.0 + middle.offset_in(zone) < local.and_utc().timestamp() {
            before = middle;
        } else {
            after = middle;
        }
    }
    after
}

fn at_offset(local: NaiveDateTime, east: i64) -> Instant {
    Instant(local.and_utc().timestamp()).plus(-east)
}

fn words(local: NaiveDateTime) -> String {
    local.format("%Y-%m-%d %H:%M").to_string()
}

/// The local time with its offset, as it can be written in an archive: `2025-03-28T03:30+03:00`.
fn with_offset(instant: Instant, zone: Tz) -> String {
    let east = instant.offset_in(zone);
    // An offset of seconds, before standard time, cannot be written.
    let (shown, end) =
        if east % 60 == 0 { (instant.0 + east, offset(east)) } else { (instant.0, "Z".into()) };
    let local = DateTime::from_timestamp(shown, 0).map(|local| local.naive_utc()).unwrap_or_default();
    let form = if shown.rem_euclid(60) == 0 { "%Y-%m-%dT%H:%M" } else { "%Y-%m-%dT%H:%M:%S" };
    format!("{}{end}", local.format(form))
}

fn offset(east: i64) -> String {
    let (sign, minutes) = (if east < 0 { '-' } else { '+' }, east.abs() / 60);
    format!("{sign}{:02}:{:02}", minutes / 60, minutes % 60)
}
