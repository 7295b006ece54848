use super::context::direction;

/// A writing system that names of an archive stand in: its letters, and a language that is written in it.
struct Script {
    /// The ranges of its letters (Unicode, Scripts.txt; those that names use).
    letters: &'static [(char, char)],
    /// Languages that are written in it by themselves, by their primary subtags.
    languages: &'static [&'static str],
    right_to_left: bool,
}

const SCRIPTS: [Script; 12] = [
    Script {
        letters: &[
            ('\u{600}', '\u{6ff}'),
            ('\u{750}', '\u{77f}'),
            ('\u{fb50}', '\u{fdff}'),
            ('\u{fe70}', '\u{fefc}'),
        ],
        languages: &["ar", "fa", "ur", "ps", "sd", "ug", "ckb"],
        right_to_left: true,
    },
    Script { letters: &[('\u{590}', '\u{5ff}')], languages: &["he", "yi"], right_to_left: true },
    Script { letters: &[('\u{700}', '\u{74f}')], languages: &["syr", "arc"], right_to_left: true },
    Script {
        letters: &[('\u{400}', '\u{52f}')],
        languages: &["ru", "uk", "be", "bg", "mk", "sr", "kk", "ky", "tg", "mn"],
        right_to_left: false,
    },
    Script {
        letters: &[('\u{370}', '\u{3ff}'), ('\u{1f00}', '\u{1fff}')],
        languages: &["el"],
        right_to_left: false,
    },
    Script { letters: &[('\u{530}', '\u{58f}')], languages: &["hy"], right_to_left: false },
    Script { letters: &[('\u{10a0}', '\u{10ff}')], languages: &["ka"], right_to_left: false },
    Script { letters: &[('\u{900}', '\u{97f}')], languages: &["hi", "mr", "ne"], right_to_left: false },
    Script { letters: &[('\u{e00}', '\u{e7f}')], languages: &["th"], right_to_left: false },
    Script { letters: &[('\u{ac00}', '\u{d7a3}')], languages: &["ko"], right_to_left: false },
    Script { letters: &[('\u{3040}', '\u{30ff}')], languages: &["ja"], right_to_left: false },
    Script { letters: &[('\u{4e00}', '\u{9fff}')], languages: &["zh", "ja"], right_to_left: false },
];

fn script_of(name: &str) -> Option<&'static Script> {
    let within = |c: char| {
        SCRIPTS.iter().find(|script| script.letters.iter().any(|(first, last)| (*first..=*last).contains(&c)))
    };
    name.chars().filter(|c| c.is_alphabetic()).map(within).next().flatten()
}

/// The language of a name in another script than Latin: the only one of `known` that is written in it.
///
/// A script alone does not tell the language, so nothing is said where the profile does not.
pub(super) fn language_of<'k>(name: &str, known: impl Iterator<Item = &'k str>) -> Option<&'k str> {
    let script = script_of(name)?;
    let mut fitting = known.filter(|tag| {
        let primary = tag.split('-').next().unwrap_or(tag);
        script.languages.contains(&primary)
    });
    let first = fitting.next()?;
    fitting.next().is_none().then_some(first)
}

/// The direction of a name: that of its language, else of its script; Latin letters have that of the page.
pub(super) fn direction_of(name: &str, language: Option<&str>, page: &str) -> &'static str {
    match (language, script_of(name)) {
        (Some(language), _) => direction(language),
        (None, Some(script)) if script.right_to_left => "rtl",
        (None, Some(_)) => "ltr",
        (None, None) if name.chars().any(|c| c.is_ascii_alphabetic()) => "ltr",
        (None, None) => direction(page),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_has_the_language_that_the_profile_knows_in_its_script() {
        let known = || ["ar", "he", "ru", "es"].into_iter();
        assert_eq!(language_of("حركة المقاومة الإسلامية", known()), Some("ar"));
        assert_eq!(language_of("חמאס", known()), Some("he"));
        assert_eq!(language_of("«Хамас»", known()), Some("ru"));
        assert_eq!(language_of("Hamás", known()), None, "Latin letters tell nothing");
    }

    #[test]
    fn a_script_of_two_known_languages_tells_none() {
        assert_eq!(language_of("Кыïв", ["ru", "uk"].into_iter()), None);
        assert_eq!(language_of("北京", std::iter::empty()), None);
    }

    #[test]
    fn a_name_runs_as_its_script_does() {
        assert_eq!(direction_of("حماس", None, "en"), "rtl");
        assert_eq!(direction_of("Hamas", None, "ar"), "ltr");
        assert_eq!(direction_of("1948", None, "ar"), "rtl");
        assert_eq!(direction_of("חמאס", Some("he"), "en"), "rtl");
    }
}
