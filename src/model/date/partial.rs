use std::fmt;

use super::{DateError, Day, day::out_of_range, guess, shape, stamp};

/// One date of EDTF level 1 (ISO 8601-2:2019), down to a day at the most: `2025`, `2025-05~`, `2025-21`, `201X`.
///
/// Ordered by what it is made of, for sorting without ties; by time, compare `first` and `last`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PartialDate {
    /// With a 0 for each unspecified digit.
    year: u16,
    precision: Precision,
    qualifier: Qualifier,
}

/// How much of a date is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Precision {
    /// Some year of a century, `20XX`.
    InCentury,
    /// Some year of a decade, `201X`.
    InDecade,
    /// A year.
    Year,
    /// Some month of a year, `2025-XX`.
    MonthInYear,
    /// Some day of a year, `2025-XX-XX`.
    DayInYear,
    /// A season.
    Season(Season),
    /// A month, 1 to 12.
    Month(u8),
    /// Some day of a month, `2025-05-XX`.
    DayInMonth(u8),
    /// A month and a day of it.
    Day(u8, u8),
}

/// A season, whatever the hemisphere (EDTF 21 to 24).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Season {
    /// 21.
    Spring,
    /// 22.
    Summer,
    /// 23.
    Autumn,
    /// 24.
    Winter,
}

/// How far a date is to be trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Qualifier {
    /// As it stands.
    None,
    /// `?`: the source may be wrong.
    Uncertain,
    /// `~`: about then.
    Approximate,
    /// `%`: both.
    Both,
}

impl PartialDate {
    /// One day.
    ///
    /// # Panics
    /// Never: the parts of a [`Day`] fit.
    pub fn day(day: Day) -> Self {
        let narrow = |number: u32| u8::try_from(number).expect("months and days are below 256");
        Self {
            year: u16::try_from(day.year()).expect("years are 1 to 9999"),
            precision: Precision::Day(narrow(day.month()), narrow(day.day())),
            qualifier: Qualifier::None,
        }
    }

    /// The date that `written` is in EDTF level 1.
    ///
    /// # Errors
    ///
    /// Every other form. The help shows the ISO form where it can be guessed without ambiguity.
    pub fn parse(written: &str) -> Result<Self, DateError> {
        let text = written.trim();
        Self::read(text).map_err(|reason| reason.unwrap_or_else(|| no_date(text)))
    }

    /// As `parse`, but where the form is none of EDTF's it says nothing, and guesses nothing.
    pub(super) fn read(text: &str) -> Result<Self, Option<DateError>> {
        let (body, qualifier) = Qualifier::strip(text);
        let number =
            |from: usize, to: usize| body[from..to].bytes().fold(0, |n, b| n * 10 + u16::from(b - b'0'));
        let two = |from: usize| body[from..from + 2].bytes().fold(0, |n, b| n * 10 + (b - b'0'));
        let (year, precision) = match shape(body).as_deref() {
            Some("ddXX") => (number(0, 2) * 100, Precision::InCentury),
            Some("dddX") => (number(0, 3) * 10, Precision::InDecade),
            Some("dddd") => (number(0, 4), Precision::Year),
            Some("dddd-XX") => (number(0, 4), Precision::MonthInYear),
            Some("dddd-XX-XX") => (number(0, 4), Precision::DayInYear),
            Some("dddd-dd") => (number(0, 4), month_or_season(body, two(5))?),
            Some("dddd-dd-XX") => match month_or_season(&body[..7], two(5))? {
                Precision::Month(month) => (number(0, 4), Precision::DayInMonth(month)),
                _ => return Err(None),
            },
            Some("dddd-dd-dd") => {
                Day::parse(body)?;
                (number(0, 4), Precision::Day(two(5), two(8)))
            }
            _ => return Err(None),
        };
        if year == 0 && !matches!(precision, Precision::InCentury | Precision::InDecade) {
            return Err(Some(out_of_range("0000")));
        }
        Ok(Self { year, precision, qualifier })
    }

    /// The first day that it can be.
    ///
    /// A season is given no months by EDTF, and they differ by hemisphere: it can be any day of its year.
    pub fn first(self) -> Day {
        let (month, day) = match self.precision {
            Precision::Month(month) | Precision::DayInMonth(month) => (month, 1),
            Precision::Day(month, day) => (month, day),
            _ => (1, 1),
        };
        // The century `00XX` and the decade `000X` begin with a year that the calendar does not have.
        let year = i32::from(self.year.max(1));
        Day::known(year, month.into(), day.into())
    }

    /// The last day that it can be.
    pub fn last(self) -> Day {
        let year = i32::from(self.year);
        match self.precision {
            Precision::InCentury => Day::last_of_month(year + 99, 12),
            Precision::InDecade => Day::last_of_month(year + 9, 12),
            Precision::Month(month) | Precision::DayInMonth(month) => Day::last_of_month(year, month.into()),
            Precision::Day(..) => self.first(),
            Precision::Year | Precision::MonthInYear | Precision::DayInYear | Precision::Season(_) => {
                Day::last_of_month(year, 12)
            }
        }
    }

    /// The year; of a century or a decade the first.
    pub fn year(self) -> i32 {
        self.year.into()
    }

    /// How much of it is given.
    pub fn precision(self) -> Precision {
        self.precision
    }

    /// How far it is to be trusted.
    pub fn qualifier(self) -> Qualifier {
        self.qualifier
    }

    /// The same date, about then.
    #[must_use]
    pub(super) fn about(mut self) -> Self {
        self.qualifier = match self.qualifier {
            Qualifier::None | Qualifier::Approximate => Qualifier::Approximate,
            Qualifier::Uncertain | Qualifier::Both => Qualifier::Both,
        };
        self
    }

    /// The date in words around ISO digits: `about 2025-05`, `spring 2025`, `a day of 2025-05`.
    pub(super) fn words(self) -> String {
        let date = match self.precision {
            Precision::InCentury => format!("a year from {:04} to {:04}", self.year, self.year + 99),
            Precision::InDecade => format!("a year from {:04} to {:04}", self.year, self.year + 9),
            Precision::MonthInYear => format!("a month of {:04}", self.year),
            Precision::DayInYear => format!("a day of {:04}", self.year),
            Precision::DayInMonth(month) => format!("a day of {:04}-{month:02}", self.year),
            Precision::Season(season) => format!("{} {:04}", season.word(), self.year),
            Precision::Year | Precision::Month(_) | Precision::Day(..) => self.digits(),
        };
        match self.qualifier {
            Qualifier::None => date,
            Qualifier::Uncertain => format!("{date} (uncertain)"),
            Qualifier::Approximate => format!("about {date}"),
            Qualifier::Both => format!("about {date} (uncertain)"),
        }
    }

    fn digits(self) -> String {
        let year = self.year;
        match self.precision {
            Precision::InCentury => format!("{:02}XX", year / 100),
            Precision::InDecade => format!("{:03}X", year / 10),
            Precision::Year => format!("{year:04}"),
            Precision::MonthInYear => format!("{year:04}-XX"),
            Precision::DayInYear => format!("{year:04}-XX-XX"),
            Precision::Season(season) => format!("{year:04}-{}", season.number()),
            Precision::Month(month) => format!("{year:04}-{month:02}"),
            Precision::DayInMonth(month) => format!("{year:04}-{month:02}-XX"),
            Precision::Day(month, day) => format!("{year:04}-{month:02}-{day:02}"),
        }
    }
}

impl Season {
    /// The English name.
    pub fn word(self) -> &'static str {
        match self {
            Self::Spring => "spring",
            Self::Summer => "summer",
            Self::Autumn => "autumn",
            Self::Winter => "winter",
        }
    }

    /// What EDTF writes in the place of the month, 21 to 24.
    pub fn number(self) -> u8 {
        21 + self as u8
    }
}

impl Qualifier {
    /// Whether it says `about`.
    pub fn is_approximate(self) -> bool {
        matches!(self, Self::Approximate | Self::Both)
    }

    /// Whether it says that the source may be wrong.
    pub fn is_uncertain(self) -> bool {
        matches!(self, Self::Uncertain | Self::Both)
    }

    fn strip(text: &str) -> (&str, Self) {
        let marks = [('?', Self::Uncertain), ('~', Self::Approximate), ('%', Self::Both)];
        let stripped =
            marks.into_iter().find_map(|(mark, it)| text.strip_suffix(mark).map(|body| (body, it)));
        stripped.unwrap_or((text, Self::None))
    }

    fn mark(self) -> &'static str {
        match self {
            Self::None => "",
            Self::Uncertain => "?",
            Self::Approximate => "~",
            Self::Both => "%",
        }
    }
}

/// The date in EDTF.
impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.digits(), self.qualifier.mark())
    }
}

fn month_or_season(text: &str, number: u8) -> Result<Precision, DateError> {
    match number {
        1..=12 => Ok(Precision::Month(number)),
        21 => Ok(Precision::Season(Season::Spring)),
        22 => Ok(Precision::Season(Season::Summer)),
        23 => Ok(Precision::Season(Season::Autumn)),
        24 => Ok(Precision::Season(Season::Winter)),
        _ => Err(DateError::new(format!("`{text}` is no month and no season"))
            .help("months run from `01` to `12`, seasons from `21` to `24`")),
    }
}

fn no_date(text: &str) -> DateError {
    if text.is_empty() {
        return DateError::new("the date is empty").help("write a day as `2025-05-13`");
    }
    if stamp::is_timed(text) {
        return DateError::new(format!("a time of day stands on one plain day only, not as in `{text}`"))
            .help("leave out the time, or give one plain day, as in `2025-05-18 16:00`");
    }
    if let Some(year) = far_year(text) {
        return out_of_range(year);
    }
    let body = text.trim_end_matches(['?', '~', '%']);
    if let Some(inner) = body.find(['?', '~', '%']).filter(|_| body.starts_with(|c: char| c.is_ascii_digit()))
    {
        let mark = &body[inner..=inner];
        return DateError::new(format!("`{mark}` stands within `{text}`"))
            .help(format!("write `{mark}` at the end: it is of the whole date"));
    }
    let help = guess::help(text)
        .unwrap_or_else(|| "write a day as `2025-05-13`, a month as `2025-05`, a year as `2025`".into());
    DateError::new(format!("`{text}` is no date")).help(help)
}

/// A year before 0 or of more than four digits, as EDTF can write it.
fn far_year(text: &str) -> Option<&str> {
    let unsigned = text.strip_prefix('Y').unwrap_or(text);
    let sign = usize::from(unsigned.starts_with('-'));
    let digits = unsigned[sign..].bytes().take_while(u8::is_ascii_digit).count();
    let end = unsigned[sign + digits..].chars().next();
    let long = digits > 4 && digits != "20250515".len();
    let far = digits > 0 && (long || digits >= 4 && sign == 1 || unsigned.len() < text.len());
    (far && matches!(end, None | Some('-'))).then(|| &text[..text.len() - unsigned.len() + sign + digits])
}

#[cfg(test)]
#[path = "partial_tests.rs"]
mod tests;
