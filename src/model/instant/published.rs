use std::cmp::Ordering;

use chrono_tz::Tz;

use super::{DateError, Day, HOUR, Instant, Stamp, local};

/// When something is published: a whole day, or a day and a time.
///
/// Ordered by instant, a whole day by the start of it in the site's zone; a whole day stands before a time at that
/// very instant; then by the day as written. So what a site writes in its own zone stands by its days, and within a
/// day first what has no time and then by time, wherever that is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Published {
    day: Day,
    /// The instant, or the start of the day in the site's zone.
    start: Instant,
    timed: bool,
}

impl Published {
    /// A day, or a day and a time (RFC 9557), in `site` where neither an offset nor a zone is written.
    ///
    /// # Errors
    ///
    /// Another form, a local time that does not exist or comes twice, an offset that contradicts the zone.
    pub fn parse(written: &str, site: Tz) -> Result<Self, DateError> {
        let stamp = Stamp::parse(written)?;
        let timed = local::resolve(&stamp, Some(site))?;
        Ok(timed
            .map_or_else(|| Self::on(stamp.day, site), |start| Self { day: stamp.day, start, timed: true }))
    }

    /// A whole day of a site in the zone `site`.
    pub fn on(day: Day, site: Tz) -> Self {
        Self { day, start: local::start_of_day(day, site), timed: false }
    }

    /// A point in time, on the day that it is in the zone `site`.
    pub fn at(instant: Instant, site: Tz) -> Self {
        Self { day: instant.day_in(site), start: instant, timed: true }
    }

    /// The day as written, which addresses go by; it is not converted.
    pub fn day(self) -> Day {
        self.day
    }

    /// Whether a time is given.
    pub fn has_time(self) -> bool {
        self.timed
    }

    /// The instant from which it shows: the time; or of a whole day, when that has begun anywhere, at UTC+14.
    pub fn begins(self) -> Instant {
        if self.timed { self.start } else { Instant::midnight(self.day).plus(-14 * HOUR) }
    }

    /// The time as feeds write it (RFC 3339), in `zone`; of a whole day its start there.
    pub fn rfc3339(self, zone: Tz) -> String {
        let start = if self.timed { self.start } else { local::start_of_day(self.day, zone) };
        start.rfc3339(zone)
    }
}

impl Ord for Published {
    fn cmp(&self, other: &Self) -> Ordering {
        let key = |published: &Self| (published.start, published.timed, published.day);
        key(self).cmp(&key(other))
    }
}

impl PartialOrd for Published {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}
