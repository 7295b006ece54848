//! Points in time, and the day and time of a publication.

mod local;
mod published;

use chrono::{DateTime, Datelike, Offset as _, TimeZone, Timelike, Utc};
use chrono_tz::Tz;

use super::date::{DateError, Day, Offset, Stamp};

pub use published::Published;

/// A point in time, to the second, of the years 0000 to 9999 in UTC: those that RFC 3339 can write.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Instant(i64);

const HOUR: i64 = 3600;

impl Instant {
    /// 0000-01-01T00:00:00Z.
    pub const MIN: Self = Self(-62_167_219_200);
    /// 9999-12-31T23:59:59Z.
    pub const MAX: Self = Self(253_402_300_799);

    /// The point `seconds` after 1970-01-01T00:00:00Z, leap seconds not counted; `None` before `MIN` or after `MAX`.
    pub fn from_unix(seconds: i64) -> Option<Self> {
        (Self::MIN.0..=Self::MAX.0).contains(&seconds).then_some(Self(seconds))
    }

    /// Seconds after 1970-01-01T00:00:00Z, leap seconds not counted.
    pub fn unix(self) -> i64 {
        self.0
    }

    /// The end of an embargo: a day and a time (RFC 9557), in `site` where neither an offset nor a zone is written.
    ///
    /// # Errors
    ///
    /// Another form; a day alone, since it does not say when; a local time that does not exist or comes twice; an
    /// offset that contradicts the zone.
    pub fn parse_embargo(written: &str, site: Tz) -> Result<Self, DateError> {
        let stamp = Stamp::parse(written)?;
        match local::resolve(&stamp, Some(site))? {
            Some(instant) => Ok(instant),
            None => {
                Err(DateError::new(format!("the embargo `{}` has no time of day", stamp.day)).help(format!(
                    "write the time too, as in `{day}T06:00` or `{day}T06:00[{zone}]`",
                    day = stamp.day,
                    zone = if site == Tz::UTC { "Asia/Jerusalem" } else { site.name() },
                )))
            }
        }
    }

    /// When something expires: a day and a time as for an embargo, or a day alone.
    ///
    /// A day alone has ended when it has ended everywhere, which is 24:00 at UTC-12.
    ///
    /// # Errors
    ///
    /// Another form, a local time that does not exist or comes twice, an offset that contradicts the zone.
    pub fn parse_expiry(written: &str, site: Tz) -> Result<Self, DateError> {
        let stamp = Stamp::parse(written)?;
        let timed = local::resolve(&stamp, Some(site))?;
        Ok(timed.unwrap_or_else(|| Self::midnight(stamp.day).plus(24 * HOUR + 12 * HOUR)))
    }

    /// The instant that a build is made as of: a day and a time with an offset or a zone, or a day alone.
    ///
    /// A day alone is 00:00 UTC of it. By then that day has begun at UTC+14, so that what is published that day
    /// shows. It does not depend on the site's zone, since it is read before the site's settings are.
    ///
    /// # Errors
    ///
    /// Another form, a time without offset and zone, a local time that does not exist or comes twice, an offset
    /// that contradicts the zone.
    pub fn parse_as_of(written: &str) -> Result<Self, DateError> {
        let stamp = Stamp::parse(written)?;
        Ok(local::resolve(&stamp, None)?.unwrap_or_else(|| Self::midnight(stamp.day)))
    }

    /// The instant in UTC as RFC 3339 writes it: `2025-05-16T03:00:00Z`.
    pub fn rfc3339_utc(self) -> String {
        self.utc().format("%Y-%m-%dT%H:%M:%SZ").to_string()
    }

    /// The instant in `zone` as RFC 3339 writes it: `2025-05-16T06:00:00+03:00`.
    ///
    /// In UTC where RFC 3339 has no way to write the local time: an offset that is no whole number of minutes
    /// (before standard time), or a local year of five digits.
    pub fn rfc3339(self, zone: Tz) -> String {
        let local = self.utc().with_timezone(&zone);
        let offset = local.offset().fix().local_minus_utc();
        if offset % 60 == 0 && (0..=9999).contains(&local.year()) {
            local.format("%Y-%m-%dT%H:%M:%S%:z").to_string()
        } else {
            self.rfc3339_utc()
        }
    }

    /// The local time and the name of the zone, for people: `2025-05-16 06:00 Asia/Jerusalem`.
    pub fn in_zone(self, zone: Tz) -> String {
        let local = self.utc().with_timezone(&zone);
        let form = if local.second() == 0 { "%Y-%m-%d %H:%M" } else { "%Y-%m-%d %H:%M:%S" };
        format!("{} {}", local.format(form), zone.name())
    }

    /// The day that it is in `zone`.
    pub fn day_in(self, zone: Tz) -> Day {
        Day::clamped(self.utc().with_timezone(&zone).date_naive())
    }

    /// 00:00 UTC of `day`.
    fn midnight(day: Day) -> Self {
        Self(day.naive().and_time(chrono::NaiveTime::MIN).and_utc().timestamp())
    }

    /// So many seconds later, at most `MAX`, or earlier, at least `MIN`.
    fn plus(self, seconds: i64) -> Self {
        Self((self.0 + seconds).clamp(Self::MIN.0, Self::MAX.0))
    }

    fn utc(self) -> DateTime<Utc> {
        DateTime::from_timestamp(self.0, 0)
            .expect("an instant lies in the years 0 to 9999, which chrono holds")
    }

    /// Seconds by which local time in `zone` is ahead of UTC.
    fn offset_in(self, zone: Tz) -> i64 {
        zone.offset_from_utc_datetime(&self.utc().naive_utc()).fix().local_minus_utc().into()
    }
}

#[cfg(test)]
mod tests;
