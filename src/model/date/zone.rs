use chrono_tz::{TZ_VARIANTS, Tz};

use super::DateError;

/// The time zone of an IANA name such as `Asia/Jerusalem`, in exactly that spelling.
///
/// # Errors
///
/// A name that the IANA database does not have, with the one that was likely meant.
pub fn zone(name: &str) -> Result<Tz, DateError> {
    let name = name.trim();
    name.parse().map_err(|_| {
        let help = nearest(name).map_or_else(
            || "write a name of the IANA database, such as `Asia/Jerusalem`".into(),
            |near| format!("did you mean `{near}`?"),
        );
        DateError::new(format!("there is no time zone `{name}`")).help(help)
    })
}

/// The zone whose name or city is `name`, apart from case and gaps; else the nearest by letters, if it is near.
fn nearest(name: &str) -> Option<&'static str> {
    let fold = |text: &str| text.to_lowercase().replace([' ', '-'], "_");
    let wanted = fold(name);
    let names = || TZ_VARIANTS.iter().map(|zone| zone.name());
    let city = |name: &str| fold(name.rsplit('/').next().unwrap_or(name));
    if let Some(same) = names().find(|name| fold(name) == wanted || city(name) == wanted) {
        return Some(same);
    }
    // A distance is worked out over all pairs of letters: a text that is no name must not cost a second.
    if wanted.len() > 60 {
        return None;
    }
    let limit = (wanted.chars().count() / 4).min(4);
    let distances = names().map(|name| (strsim::damerau_levenshtein(&wanted, &fold(name)), name));
    let (least, near) = distances.min_by_key(|(distance, _)| *distance)?;
    (least <= limit).then_some(near)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_zone_is_known_by_its_iana_name() {
        assert_eq!(zone("Asia/Jerusalem"), Ok(Tz::Asia__Jerusalem));
        assert_eq!(zone("UTC"), Ok(Tz::UTC));
    }

    #[test]
    fn an_unknown_zone_gets_the_name_that_was_likely_meant() {
        for (written, meant) in [
            ("Asia/Jeruslem", "Asia/Jerusalem"),
            ("asia/jerusalem", "Asia/Jerusalem"),
            ("Jerusalem", "Asia/Jerusalem"),
            ("new york", "America/New_York"),
            ("America/New York", "America/New_York"),
        ] {
            let error = zone(written).unwrap_err();
            assert_eq!(error.message, format!("there is no time zone `{written}`"));
            assert_eq!(error.help, Some(format!("did you mean `{meant}`?")));
        }
    }

    #[test]
    fn a_zone_like_no_other_gets_an_example() {
        for written in ["IDT", "", "+03:00", "Mars/Olympus Mons"] {
            let error = zone(written).unwrap_err();
            assert_eq!(error.message, format!("there is no time zone `{written}`"));
            let help = "write a name of the IANA database, such as `Asia/Jerusalem`";
            assert_eq!(error.help.as_deref(), Some(help));
        }
    }
}
