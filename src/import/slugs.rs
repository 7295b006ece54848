//! How each generator spells a name in an address.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// Jekyll's `Utils.slugify` in the mode `pretty` with case kept, which `:title` goes by, or in its default mode,
/// which `:slug` goes by.
pub(super) fn jekyll(text: &str, pretty: bool) -> String {
    let kept =
        |c: char| c.is_alphanumeric() || is_combining_mark(c) || (pretty && "._~!$&'()+,;=@".contains(c));
    let slug = joined(text, kept);
    if pretty { slug } else { slug.to_lowercase() }
}

/// Hugo's `MakePathSanitized`: blanks become hyphens, other marks go, and all is lower case unless `keep_case`.
pub(super) fn hugo(text: &str, keep_case: bool) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.trim().chars() {
        if c.is_whitespace() {
            if !out.ends_with('-') {
                out.push('-');
            }
        } else if c.is_alphanumeric() || is_combining_mark(c) || "._/#+~-@".contains(c) {
            out.push(c);
        }
    }
    if keep_case { out } else { out.to_lowercase() }
}

/// Zola's `slugify` in its mode `on`: ASCII letters and digits in lower case, all else one hyphen. `None` where the
/// text has letters of a script whose spelling in ASCII is not known here.
pub(super) fn zola(text: &str) -> Option<String> {
    let mut ascii = String::with_capacity(text.len());
    for c in text.nfkd().filter(|c| !is_combining_mark(*c)) {
        match c {
            c if c.is_ascii() => ascii.push(c),
            c => match spelled(c) {
                Some(spelled) => ascii.push_str(spelled),
                None if c.is_alphanumeric() => return None,
                None => ascii.push('-'),
            },
        }
    }
    Some(joined(&ascii, |c| c.is_ascii_alphanumeric()).to_lowercase())
}

/// What is kept, with one hyphen for all that is not and none at the ends.
fn joined(text: &str, kept: impl Fn(char) -> bool) -> String {
    let mut out = String::with_capacity(text.len());
    let mut gap = false;
    for c in text.chars() {
        if kept(c) {
            if gap && !out.is_empty() {
                out.push('-');
            }
            gap = false;
            out.push(c);
        } else {
            gap = true;
        }
    }
    out
}

/// Letters that have no ASCII one beneath them, as the crate that Zola uses spells them.
fn spelled(c: char) -> Option<&'static str> {
    const CYRILLIC: [&str; 32] = [
        "a", "b", "v", "g", "d", "e", "zh", "z", "i", "i", "k", "l", "m", "n", "o", "p", "r", "s", "t", "u",
        "f", "kh", "ts", "ch", "sh", "shch", "", "y", "'", "e", "iu", "ia",
    ];
    let lower = c.to_lowercase().next()?;
    Some(match lower {
        'а'..='я' => return CYRILLIC.get(lower as usize - 'а' as usize).copied(),
        'ё' => "io",
        'є' => "ie",
        'ї' => "yi",
        'ґ' => "g'",
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'ø' => "o",
        'ł' => "l",
        'đ' | 'ð' => "d",
        'þ' => "th",
        'ı' | 'і' => "i",
        '‘' | '’' => "'",
        _ => return None,
    })
}

/// What letters and marks that tell names apart are called in an address of ours: `C++`, `C#`.
pub(super) fn spoken(name: &str) -> String {
    let words = name
        .replace('+', " plus ")
        .replace('#', " sharp ")
        .replace('&', " and ")
        .replace('@', " at ")
        .replace('.', " dot ")
        .replace('*', " star ");
    crate::model::slugify(&words)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn jekyll_keeps_case_and_some_marks_in_titles_and_not_in_slugs() {
        assert_eq!(jekyll("TockingTime v1.0", true), "TockingTime-v1.0");
        assert_eq!(jekyll("TockingTime v1.0", false), "tockingtime-v1-0");
        assert_eq!(jekyll("a_day_-_in", true), "a_day_-_in");
    }

    #[test]
    fn hugo_lowers_paths_and_joins_words() {
        assert_eq!(hugo("My  Post, v1.0", false), "my-post-v1.0");
        assert_eq!(hugo("Темы_1", false), "темы_1");
        assert_eq!(hugo("A B", true), "A-B");
    }

    #[test]
    fn zola_spells_in_ascii_what_it_can() {
        assert_eq!(zola("Çafé no_1").as_deref(), Some("cafe-no-1"));
        assert_eq!(zola("Москва").as_deref(), Some("moskva"));
        assert_eq!(zola("東京"), None);
    }
}
