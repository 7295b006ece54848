use std::ops::Range;

/// The characters of `text` with its escapes resolved, those of addresses (`%C3%A9`), of HTML (`&eacute;`, `&#233;`) and
/// of quoted values (`\u00e9`, `\n`), each with the bytes that it is written in.
pub(super) fn resolved(text: &str) -> impl Iterator<Item = (Range<usize>, char)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = text.get(at..)?;
        let first = rest.chars().next()?;
        let escaped = match first {
            '%' => percent(rest),
            '&' => entity(rest),
            '\\' => backslash(rest),
            _ => None,
        };
        let (c, length) = escaped.unwrap_or((first, first.len_utf8()));
        let range = at..at + length;
        at = range.end;
        Some((range, c))
    })
}

/// `%C3%A9`: the bytes of one character.
fn percent(text: &str) -> Option<(char, usize)> {
    let mut bytes = Vec::new();
    while bytes.len() < 4 {
        let written = text.get(bytes.len() * 3..bytes.len() * 3 + 3)?.strip_prefix('%')?;
        bytes.push(hexadecimal(written).and_then(|byte| u8::try_from(byte).ok())?);
        if let Ok(character) = std::str::from_utf8(&bytes) {
            return Some((character.chars().next()?, bytes.len() * 3));
        }
    }
    None
}

fn hexadecimal(digits: &str) -> Option<u32> {
    let are_digits = !digits.is_empty() && digits.bytes().all(|digit| digit.is_ascii_hexdigit());
    are_digits.then(|| u32::from_str_radix(digits, 16).ok()).flatten()
}

/// `&eacute;`, `&#233;`, `&#xe9;`.
fn entity(text: &str) -> Option<(char, usize)> {
    let name = text[1..].split(';').next().filter(|name| name.len() <= 8)?;
    text[1 + name.len()..].starts_with(';').then_some(())?;
    let number = name.strip_prefix('#').map(|digits| match digits.strip_prefix(['x', 'X']) {
        Some(digits) => hexadecimal(digits),
        None => digits.parse().ok(),
    });
    let character = match number {
        Some(number) => char::from_u32(number?)?,
        None => named(name)?,
    };
    Some((character, name.len() + 2))
}

/// The characters by name that stand in or between the words of names. A letter with a mark is given without it, since
/// words are compared so.
fn named(name: &str) -> Option<char> {
    const MARKS: [&str; 9] = ["acute", "grave", "uml", "circ", "tilde", "cedil", "ring", "caron", "macr"];
    const NAMED: [(&str, char); 24] = [
        ("nbsp", '\u{a0}'),
        ("ensp", ' '),
        ("emsp", ' '),
        ("thinsp", ' '),
        ("Tab", ' '),
        ("NewLine", '\n'),
        ("shy", '\u{ad}'),
        ("zwnj", '\u{200c}'),
        ("zwj", '\u{200d}'),
        ("lrm", '\u{200e}'),
        ("rlm", '\u{200f}'),
        ("rsquo", '’'),
        ("apos", '\''),
        ("oslash", 'ø'),
        ("Oslash", 'Ø'),
        ("aelig", 'æ'),
        ("AElig", 'Æ'),
        ("oelig", 'œ'),
        ("szlig", 'ß'),
        ("eth", 'ð'),
        ("ETH", 'Ð'),
        ("thorn", 'þ'),
        ("THORN", 'Þ'),
        ("lstrok", 'ł'),
    ];
    if let Some((_, character)) = NAMED.iter().find(|(known, _)| *known == name) {
        return Some(*character);
    }
    let letter = name.chars().next().filter(char::is_ascii_alphabetic)?;
    MARKS.contains(&&name[1..]).then_some(letter)
}

/// `\u00e9`, `\U000000e9`, `\xe9`, and the breaks `\n`, `\r`, `\t`.
fn backslash(text: &str) -> Option<(char, usize)> {
    let digits = match text.as_bytes().get(1)? {
        b'n' => return Some(('\n', 2)),
        b'r' | b't' => return Some((' ', 2)),
        b'x' => 2,
        b'u' => 4,
        b'U' => 8,
        _ => return None,
    };
    let number = hexadecimal(text.get(2..2 + digits)?)?;
    Some((char::from_u32(number)?, 2 + digits))
}
