use super::super::fold::BREAK;

/// What the escapes of a text stand for: `\u0041`, `\u{41}`, `\x41`, `\n` and the like, and `%41`. Only the stretches
/// between breaks that have some; `None` where none has.
pub(super) fn meant(text: &str) -> Option<String> {
    if !text.bytes().any(|byte| matches!(byte, b'%' | b'\\')) {
        return None;
    }
    let mut meant = Vec::new();
    for stretch in text.split(BREAK).filter(|stretch| stretch.contains(['%', '\\'])) {
        let before = meant.len();
        if decode(stretch.as_bytes(), &mut meant) {
            meant.push(0);
        } else {
            meant.truncate(before);
        }
    }
    (!meant.is_empty()).then(|| String::from_utf8_lossy(&meant).into_owned())
}

/// Writes what `text` stands for; `false` where it stands for itself.
fn decode(text: &[u8], meant: &mut Vec<u8>) -> bool {
    let mut changed = false;
    let mut at = 0;
    while at < text.len() {
        let found = match text[at] {
            b'%' => percent(&text[at + 1..], meant),
            b'\\' => backslash(&text[at + 1..], meant),
            _ => None,
        };
        match found {
            Some(length) => {
                changed = true;
                at += 1 + length;
            }
            None => {
                meant.push(text[at]);
                at += 1;
            }
        }
    }
    changed
}

/// What follows a `%`, and how much of it (RFC 3986, 2.1).
fn percent(rest: &[u8], meant: &mut Vec<u8>) -> Option<usize> {
    let byte = number(rest.get(..2)?)?;
    meant.push(u8::try_from(byte).ok().filter(|byte| *byte != 0)?);
    Some(2)
}

fn backslash(rest: &[u8], meant: &mut Vec<u8>) -> Option<usize> {
    match *rest.first()? {
        b'u' if rest.get(1) == Some(&b'{') => {
            let digits = rest[2..].iter().take(7).position(|byte| *byte == b'}')?;
            push(number(&rest[2..2 + digits])?, meant)?;
            Some(digits + 3)
        }
        b'u' => {
            let unit = number(rest.get(1..5)?)?;
            // Two escapes that are one character together (RFC 8259, 7).
            if (0xD800..0xDC00).contains(&unit) && rest.get(5..7) == Some(b"\\u") {
                let low = number(rest.get(7..11)?)?;
                push(0x10000 + ((unit - 0xD800) << 10) + low.checked_sub(0xDC00)?, meant)?;
                return Some(11);
            }
            push(unit, meant)?;
            Some(5)
        }
        b'U' => {
            push(number(rest.get(1..9)?)?, meant)?;
            Some(9)
        }
        b'x' => {
            meant.push(u8::try_from(number(rest.get(1..3)?)?).ok().filter(|byte| *byte != 0)?);
            Some(3)
        }
        b'n' | b'r' | b't' | b'b' | b'f' => {
            meant.push(b' ');
            Some(1)
        }
        mark @ (b'"' | b'\'' | b'/' | b'\\') => {
            meant.push(mark);
            Some(1)
        }
        _ => None,
    }
}

fn number(digits: &[u8]) -> Option<u32> {
    let digits = std::str::from_utf8(digits).ok()?;
    let all = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
    all.then(|| u32::from_str_radix(digits, 16).ok()).flatten()
}

fn push(character: u32, meant: &mut Vec<u8>) -> Option<()> {
    let c = char::from_u32(character).filter(|c| *c != BREAK)?;
    meant.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
    Some(())
}
