//! Days, the periods that date pages stand for, and dates as sources give them.

mod day;
mod guess;
mod partial;
mod period;
mod stamp;
mod when;
mod zone;

use std::{error, fmt};

pub use day::Day;
pub use guess::{MONTHS, day_meant};
pub use partial::{PartialDate, Precision, Qualifier, Season};
pub use period::Period;
pub use stamp::TimeOfDay;
pub(super) use stamp::{Offset, Stamp};
pub use when::{End, Form, When};
pub use zone::zone;

/// Why a text is no date, no time or no zone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DateError {
    /// What is wrong: lower case, no full stop, literals in backticks.
    pub message: String,
    /// What can be done, where there is something better to say than the message.
    pub help: Option<String>,
}

impl DateError {
    pub(super) fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), help: None }
    }

    pub(super) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }
}

impl fmt::Display for DateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl error::Error for DateError {}

/// What a text looks like: `d` for each ASCII digit, everything else as it stands; `None` if it is longer than a day.
fn shape(text: &str) -> Option<String> {
    (text.len() <= "2025-05-13".len())
        .then(|| text.chars().map(|c| if c.is_ascii_digit() { 'd' } else { c }).collect())
}

/// The number that a few ASCII digits write.
fn number(digits: &str) -> u32 {
    digits.bytes().fold(0, |number, digit| number * 10 + u32::from(digit - b'0'))
}
