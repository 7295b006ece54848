use std::hash::{Hash, Hasher};

/// A point on the earth, in degrees (WGS 84).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Coordinates {
    /// Degrees north of the equator, -90 to 90.
    pub latitude: f64,
    /// Degrees east of Greenwich, -180 to 180.
    pub longitude: f64,
}

impl Hash for Coordinates {
    fn hash<H: Hasher>(&self, state: &mut H) {
        let Self { latitude, longitude } = self;
        [latitude, longitude].map(|degrees| degrees.to_bits()).hash(state);
    }
}

/// How fine coordinates may be published: a distance on the ground, in whole metres.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Fineness(u32);

/// The finest step of a grid, in degrees: about a metre. RFC 7946 (11.2) counts what is finer as more than any use of
/// it needs.
const UNIT: f64 = 1.0 / PER_DEGREE;
const PER_DEGREE: f64 = 100_000.0;
/// A degree of a great circle in metres.
const DEGREE: f64 = 111_195.0;

impl Fineness {
    /// As written, to five decimals.
    pub const EXACT: Self = Self(1);
    /// That of coordinates which name none. What is finer may be somebody's house, a shelter or a hospital, so that a
    /// desk has to ask for it.
    pub const DEFAULT: Self = Self(1_000);
    /// The words for it. They are about as wide as what they name, as those of ACLED and UCDP are.
    pub const WORDS: [(&'static str, Self); 5] = [
        ("exact", Self::EXACT),
        ("site", Self(100)),
        ("city", Self(10_000)),
        ("region", Self(100_000)),
        ("country", Self(500_000)),
    ];

    /// A word, or a distance from `1 m` to `1000 km`.
    pub fn parse(written: &str) -> Option<Self> {
        let written = written.trim();
        if let Some((_, known)) = Self::WORDS.iter().find(|(word, _)| *word == written) {
            return Some(*known);
        }
        let (number, metres) = match written.strip_suffix("km") {
            Some(number) => (number, 1_000),
            None => (written.strip_suffix('m')?, 1),
        };
        let number: u32 = number.trim_end().parse().ok()?;
        let distance = number.checked_mul(metres)?;
        (1..=1_000_000).contains(&distance).then_some(Self(distance))
    }

    /// The distance, as people write it: `10 km`; nothing where it is exact.
    pub fn distance(self) -> Option<String> {
        match self {
            Self::EXACT => None,
            Self(metres) if metres % 1_000 == 0 => Some(format!("{} km", metres / 1_000)),
            Self(metres) => Some(format!("{metres} m")),
        }
    }

    /// The step of the grid where a degree is so many metres long, in units: 1, 2 or 5 with noughts. It is the least
    /// that is as long as the distance, but for a tenth, without which 0.1 degrees would not do for 10 km at Gaza.
    fn step(self, degree: f64) -> f64 {
        const WHOLE: f64 = 180.0 / UNIT;
        let least = if self == Self::EXACT { 1.0 } else { 0.9 * f64::from(self.0) / (degree * UNIT) };
        let mut ten = 1.0;
        while ten < WHOLE {
            if let Some(step) = [ten, 2.0 * ten, 5.0 * ten].into_iter().find(|step| *step >= least) {
                return step;
            }
            ten *= 10.0;
        }
        WHOLE
    }
}

impl Coordinates {
    /// The middle of the cell of a grid that it lies in, so that nothing finer can be read from it. Doing it again
    /// changes nothing.
    ///
    /// Cells are about as wide as the precision says, to the north and to the east. Those of one latitude are equally
    /// wide in degrees.
    #[must_use]
    pub fn rounded(self, precision: Fineness) -> Self {
        let steps = self.steps(precision);
        Self {
            latitude: snap(self.latitude, steps[0], 90.0),
            longitude: snap(self.longitude, steps[1], 180.0),
        }
    }

    /// Latitude and longitude, rounded, with as many decimals as the grid has and no sign of the half of the earth.
    pub fn digits(self, precision: Fineness) -> [String; 2] {
        let [north, east] = self.steps(precision);
        let rounded = self.rounded(precision);
        let digits = |degrees: f64, step: f64| {
            let whole = format!("{:.*}", decimals(step), degrees.abs());
            if precision == Fineness::EXACT && whole.contains('.') {
                // Written with fewer digits, it is known to fewer.
                return whole.trim_end_matches('0').trim_end_matches('.').to_owned();
            }
            whole
        };
        [digits(rounded.latitude, north), digits(rounded.longitude, east)]
    }

    /// The steps of the grid to the north and to the east, in units. That to the east goes by the latitude of the cell
    /// and not of the point, which is nobody's business.
    fn steps(self, precision: Fineness) -> [f64; 2] {
        let north = precision.step(DEGREE);
        if precision == Fineness::EXACT {
            return [north; 2];
        }
        let middle = snap(self.latitude, north, 90.0);
        [north, precision.step(DEGREE * middle.to_radians().cos())]
    }
}

/// `degrees` on the grid of steps of so many units.
fn snap(degrees: f64, step: f64, most: f64) -> f64 {
    // A whole number of units, divided once, is the very number that its digits say.
    let units = (degrees * PER_DEGREE / step).round() * step;
    (units / PER_DEGREE).clamp(-most, most)
}

/// How many decimals of a degree a step has.
fn decimals(step: f64) -> usize {
    let mut left = 5;
    let mut ten = 10.0;
    while left > 0 && step % ten == 0.0 {
        left -= 1;
        ten *= 10.0;
    }
    left
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn shown(latitude: f64, longitude: f64, precision: &str) -> [String; 2] {
        Coordinates { latitude, longitude }.digits(Fineness::parse(precision).unwrap())
    }

    #[test]
    fn a_precision_is_a_word_or_a_distance() {
        for (written, metres) in [
            ("exact", 1),
            ("site", 100),
            ("city", 10_000),
            ("1 km", 1_000),
            ("250m", 250),
            ("1000 km", 1_000_000),
        ] {
            assert_eq!(Fineness::parse(written), Some(Fineness(metres)), "{written}");
        }
        for written in
            ["", "fine", "City", "km", "0 m", "-1 km", "1.5 km", "1001 km", "10 miles", "99999999999 m"]
        {
            assert_eq!(Fineness::parse(written), None, "{written}");
        }
    }

    #[test]
    fn a_distance_is_told_as_people_write_it() {
        let told = |written| Fineness::parse(written).unwrap().distance();
        assert_eq!(told("city").as_deref(), Some("10 km"));
        assert_eq!(told("2500 m").as_deref(), Some("2500 m"));
        assert_eq!(told("exact"), None);
    }

    #[test]
    fn coordinates_have_the_digits_that_their_precision_allows() {
        assert_eq!(shown(31.346_912_3, 34.306_18, "exact"), ["31.34691", "34.30618"]);
        assert_eq!(shown(31.35, 34.0, "exact"), ["31.35", "34"]);
        assert_eq!(shown(31.346_91, 34.306_18, "site"), ["31.347", "34.306"]);
        assert_eq!(shown(31.346_91, 34.306_18, "1 km"), ["31.35", "34.31"]);
        assert_eq!(shown(31.346_91, 34.306_18, "10 km"), ["31.3", "34.3"]);
        assert_eq!(shown(31.346_91, 34.306_18, "region"), ["31", "34"]);
        assert_eq!(shown(31.346_91, 34.306_18, "country"), ["30", "35"]);
        // Degrees of longitude are shorter in the north, so that its steps are longer.
        assert_eq!(shown(50.087_46, 14.421_25, "10 km"), ["50.1", "14.4"]);
        assert_eq!(shown(50.087_46, 14.271_25, "10 km"), ["50.1", "14.2"]);
        assert_eq!(shown(-33.93, -179.99, "10 km"), ["33.9", "180.0"]);
        assert_eq!(shown(90.0, 12.3, "10 km"), ["90.0", "0"]);
    }

    fn precision() -> impl Strategy<Value = Fineness> {
        prop_oneof![
            Just(Fineness::EXACT),
            (1_u32..1_000).prop_map(Fineness),
            (1_u32..=1_000).prop_map(|km| Fineness(km * 1_000)),
        ]
    }

    proptest! {
        #[test]
        fn what_is_published_lies_within_half_a_cell_of_the_point(
            (latitude, longitude) in (-90.0..=90.0_f64, -180.0..=180.0_f64),
            precision in precision(),
        ) {
            let point = Coordinates { latitude, longitude };
            let (rounded, [north, east]) = (point.rounded(precision), point.steps(precision));
            prop_assert!((rounded.latitude - latitude).abs() <= north * UNIT / 2.0 + 1e-9);
            prop_assert!((rounded.longitude - longitude).abs() <= east * UNIT / 2.0 + 1e-9);
        }

        #[test]
        fn two_points_in_one_cell_are_published_as_the_same(
            (latitude, longitude) in (-90.0..=90.0_f64, -180.0..=180.0_f64),
            (up, right) in (-0.499..=0.499_f64, -0.499..=0.499_f64),
            precision in precision(),
        ) {
            let middle = Coordinates { latitude, longitude }.rounded(precision);
            let [north, east] = middle.steps(precision);
            // A cell that reaches over the edge of the map is published at the edge, which is not its middle.
            let cell = |degrees: f64, step: f64| (degrees * PER_DEGREE / step).round() * step / PER_DEGREE;
            let other = Coordinates {
                latitude: (cell(latitude, north) + up * north * UNIT).clamp(-90.0, 90.0),
                longitude: (cell(longitude, east) + right * east * UNIT).clamp(-180.0, 180.0),
            };
            prop_assert_eq!(other.rounded(precision), middle);
            prop_assert_eq!(other.digits(precision), middle.digits(precision));
        }

        #[test]
        fn a_cell_is_at_least_about_as_wide_as_the_precision(
            (latitude, longitude) in (-89.0..=89.0_f64, -180.0..=180.0_f64),
            precision in precision(),
        ) {
            prop_assume!(precision != Fineness::EXACT);
            let [north, east] = Coordinates { latitude, longitude }.steps(precision);
            let middle = snap(latitude, north, 90.0);
            let metres = f64::from(precision.0);
            prop_assert!(north * UNIT * DEGREE >= 0.89 * metres);
            let wide = east * UNIT * DEGREE * middle.to_radians().cos() >= 0.89 * metres;
            prop_assert!(wide || east * UNIT >= 180.0);
        }

        #[test]
        fn rounding_again_changes_nothing(
            (latitude, longitude) in (-90.0..=90.0_f64, -180.0..=180.0_f64),
            precision in precision(),
        ) {
            let rounded = Coordinates { latitude, longitude }.rounded(precision);
            prop_assert_eq!(rounded.rounded(precision), rounded);
        }
    }
}
