/// Fewer characters in a row are no text among other bytes.
const SHORTEST: usize = 8;

/// Gives `each` the texts among `bytes`: characters in a row that people write, in UTF-8.
pub(super) fn strings(bytes: &[u8], mut each: impl FnMut(&str)) {
    for chunk in bytes.utf8_chunks() {
        let valid = chunk.valid();
        if valid.len() < SHORTEST {
            continue;
        }
        for text in valid.split(|c: char| c.is_control() && !matches!(c, '\t' | '\n' | '\r')) {
            if text.len() >= SHORTEST && text.chars().take(SHORTEST).count() == SHORTEST {
                each(text);
            }
        }
    }
}

/// Gives `each` the texts in UTF-16 among `bytes`: all of them where they begin with its mark, and characters in a row
/// of which every second byte is zero.
pub(super) fn wide(bytes: &[u8], mut each: impl FnMut(&str)) {
    if let [0xFF, 0xFE, rest @ ..] = bytes {
        each(&units(rest, u16::from_le_bytes));
    } else if let [0xFE, 0xFF, rest @ ..] = bytes {
        each(&units(rest, u16::from_be_bytes));
    }
    let mut at = 0;
    while let Some(zero) = bytes[at..].iter().position(|byte| *byte == 0).map(|found| at + found) {
        // A letter before the zero, or one after it.
        let little = run(bytes, zero.saturating_sub(1), |pair| pair[1] == 0 && is_letter(pair[0]));
        let big = run(bytes, zero, |pair| pair[0] == 0 && is_letter(pair[1]));
        let (start, length) = if little >= big { (zero.saturating_sub(1), little) } else { (zero, big) };
        if length < 2 * SHORTEST {
            at = zero + 1;
            continue;
        }
        let letters: String = bytes[start..start + length]
            .iter()
            .filter(|byte| **byte != 0)
            .map(|byte| char::from(*byte))
            .collect();
        each(&letters);
        at = start + length;
    }
}

/// How many bytes from `start` on are pairs that `fits` takes.
fn run(bytes: &[u8], start: usize, fits: impl Fn(&[u8]) -> bool) -> usize {
    2 * bytes[start..].chunks_exact(2).take_while(|pair| fits(pair)).count()
}

/// Whether a byte is a character of Latin-1 that people write.
fn is_letter(byte: u8) -> bool {
    matches!(byte, b'\t' | b'\n' | b'\r' | 0x20..=0x7E | 0xA0..)
}

fn units(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> String {
    let units = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
    let is_break = |c: &char| *c == '\0';
    char::decode_utf16(units).map(|c| c.unwrap_or('\u{FFFD}')).filter(|c| !is_break(c)).collect()
}
