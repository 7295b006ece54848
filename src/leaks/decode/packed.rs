use super::{super::windows::of_bytes, Barren, binary, unpack};

/// Shorter runs of letters and digits stand for nothing that could be told from chance.
const SHORTEST: usize = 16;

/// Lines of encoded text are at least so long where they go on in the next (RFC 2045, 6.8, has 76).
const LINE: usize = 60;

/// Gives `each` what runs of base64, of either alphabet, and of hexadecimal digits stand for, where that seems to be
/// something. A run may begin in the middle of what is encoded, or after letters that belong to something else, so
/// each of the ways to read it is tried.
pub(super) fn runs(text: &[u8], barren: &Barren, mut each: impl FnMut(&[u8])) {
    let mut at = 0;
    let mut decoded = Vec::new();
    while at < text.len() {
        // A run of that length covers one of every so many bytes.
        let probe = at + SHORTEST - 1;
        match text.get(probe) {
            None => return,
            Some(byte) if DIGITS[usize::from(*byte)] == NONE => {
                at = probe + 1;
                continue;
            }
            Some(_) => {}
        }
        let back =
            text[at..probe].iter().rev().take_while(|byte| DIGITS[usize::from(**byte)] != NONE).count();
        let start = probe - back;
        // What has neither a capital nor, somewhere, many hexadecimal digits is a path or a slug.
        let length = text[start..].iter().take_while(|byte| DIGITS[usize::from(**byte)] != NONE).count();
        let run = &text[start..start + length];
        if !run.iter().any(u8::is_ascii_uppercase) && !has_hexadecimal(run) {
            at = start + length.max(SHORTEST);
            continue;
        }
        let mut digits = Vec::new();
        let end = whole_run(text, start, &mut digits);
        at = end.max(probe) + 1;
        let hash = of_bytes(&digits) | 1;
        if digits.len() < SHORTEST || barren.knows(hash) {
            continue;
        }
        let mut fruitless = true;
        let mut look = |decoded: &[u8]| {
            if seems_something(decoded) {
                fruitless = false;
                each(decoded);
            }
        };
        for offset in 0..4 {
            base64(&digits[offset..], &mut decoded);
            look(&decoded);
        }
        for run in digits.split(|digit| !digit.is_ascii_hexdigit()).filter(|run| run.len() >= SHORTEST) {
            for offset in 0..2 {
                hexadecimal(&run[offset..], &mut decoded);
                look(&decoded);
            }
        }
        if fruitless {
            barren.add(hash);
        }
    }
}

/// Whether so many hexadecimal digits stand in a row as may mean something.
fn has_hexadecimal(run: &[u8]) -> bool {
    run.split(|digit| !digit.is_ascii_hexdigit()).any(|digits| digits.len() >= SHORTEST)
}

/// Collects the digits of the run that begins at `start`, over the ends of lines inside it, and tells where it ends.
fn whole_run(text: &[u8], start: usize, digits: &mut Vec<u8>) -> usize {
    let mut at = start;
    loop {
        let line = text[at..].iter().take_while(|byte| DIGITS[usize::from(**byte)] != NONE).count();
        digits.extend_from_slice(&text[at..at + line]);
        at += line;
        let end = match &text[at..] {
            [b'\r', b'\n', ..] => 2,
            [b'\n', ..] => 1,
            _ => 0,
        };
        if line < LINE || end == 0 {
            return at;
        }
        at += end;
    }
}

const NONE: u8 = 255;

/// The value of each digit of base64, in both alphabets (RFC 4648, 4 and 5).
const DIGITS: [u8; 256] = {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut digits = [NONE; 256];
    let mut at: u8 = 0;
    while at < 64 {
        digits[ALPHABET[at as usize] as usize] = at;
        at += 1;
    }
    digits[b'-' as usize] = 62;
    digits[b'_' as usize] = 63;
    digits
};

fn base64(digits: &[u8], decoded: &mut Vec<u8>) {
    decoded.clear();
    for group in digits.chunks(4) {
        let bits =
            group.iter().fold(0_u32, |bits, digit| bits << 6 | u32::from(DIGITS[usize::from(*digit)] & 63));
        let bits = bits << (6 * (4 - group.len()));
        let [_, bytes @ ..] = bits.to_be_bytes();
        decoded.extend_from_slice(&bytes[..group.len() - 1]);
    }
}

fn hexadecimal(digits: &[u8], decoded: &mut Vec<u8>) {
    decoded.clear();
    let value = |digit: u8| match digit {
        b'0'..=b'9' => digit - b'0',
        _ => (digit | 0x20).saturating_sub(b'a') + 10,
    };
    decoded.extend(digits.chunks_exact(2).map(|pair| value(pair[0]) << 4 | value(pair[1])));
}

/// Whether bytes may be a text, or something compressed.
fn seems_something(bytes: &[u8]) -> bool {
    let mut found = unpack::has_stream(bytes);
    binary::strings(bytes, |_| found = true);
    binary::wide(bytes, |_| found = true);
    found
}
