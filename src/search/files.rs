//! The forms of the index's files: numbers, names, compression.

/// Appends `number` as an unsigned LEB128.
pub fn push_number(bytes: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        bytes.push(number.to_le_bytes()[0] | 0x80);
        number >>= 7;
    }
    bytes.push(number.to_le_bytes()[0]);
}

/// The number that `bytes` begin with at `at`, which is moved behind it. What ends early counts as if noughts followed.
pub fn read_number(bytes: &[u8], at: &mut usize) -> u64 {
    let (mut number, mut shift) = (0u64, 0u32);
    while let Some(byte) = bytes.get(*at) {
        *at += 1;
        number |= u64::from(byte & 0x7f).checked_shl(shift).unwrap_or(0);
        if byte & 0x80 == 0 {
            break;
        }
        shift += 7;
    }
    number
}

/// `text` with its length before it.
pub fn push_text(bytes: &mut Vec<u8>, text: &str) {
    push_number(bytes, text.len() as u64);
    bytes.extend_from_slice(text.as_bytes());
}

/// A file of the index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Packed {
    /// What it is known by: the hash of what it holds.
    pub name: String,
    /// Its name below `search/`.
    pub file: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// `contents` as a file whose name ends in `.sort`; as a script where pages are read from a disk, which lets no script
/// read another file.
pub fn pack(contents: &[u8], sort: &str, is_script: bool) -> Packed {
    let (name, file) = name(&blake3::hash(contents), sort, is_script);
    let mut bytes = gzip(contents);
    if is_script {
        bytes = format!("briefSearch(\"{name}\", \"{}\")\n", base64(&bytes)).into_bytes();
    }
    Packed { name, file, bytes }
}

/// What pages call a file whose contents have this hash, and its name below `search/data/`: the first 12 characters of
/// the lower-case base32 (RFC 4648) of the hash.
pub fn name(hash: &blake3::Hash, sort: &str, is_script: bool) -> (String, String) {
    const DIGITS: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";
    let bits = hash.as_bytes().iter().take(8).fold(0u64, |bits, byte| bits << 8 | u64::from(*byte));
    let digit = |place: u32| (bits >> (59 - 5 * place)).to_le_bytes()[0] & 31;
    let name: String = (0..12).map(|place| char::from(DIGITS[usize::from(digit(place))])).collect();
    let file = format!("{name}.{}", if is_script { "js" } else { sort });
    (name, file)
}

/// A gzip stream (RFC 1952) without a time and a name.
fn gzip(contents: &[u8]) -> Vec<u8> {
    const LEVEL: u8 = 6;
    let mut bytes = vec![0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff];
    bytes.extend(miniz_oxide::deflate::compress_to_vec(contents, LEVEL));
    bytes.extend(crc32fast::hash(contents).to_le_bytes());
    let len = contents.len() as u64;
    bytes.extend(&len.to_le_bytes()[..4]);
    bytes
}

/// RFC 4648, with padding.
fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for three in bytes.chunks(3) {
        let bits =
            (0..3).fold(0, |bits, place| bits << 8 | usize::from(three.get(place).copied().unwrap_or(0)));
        for place in 0..4 {
            let digit = if place <= three.len() { DIGITS[bits >> (18 - 6 * place) & 63] } else { b'=' };
            text.push(char::from(digit));
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_read_as_it_was_written() {
        for number in [0, 1, 127, 128, 300, 16_383, 16_384, u64::from(u32::MAX), u64::MAX] {
            let mut bytes = vec![7];
            push_number(&mut bytes, number);
            let mut at = 1;
            assert_eq!((read_number(&bytes, &mut at), at), (number, bytes.len()));
        }
        assert_eq!(read_number(&[0xff; 20], &mut 0), u64::MAX);
    }

    #[test]
    fn base64_is_that_of_the_rfc() {
        let examples = [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="),
            ("fooba", "Zm9vYmE="),
            ("foobar", "Zm9vYmFy"),
        ];
        for (text, encoded) in examples {
            assert_eq!(base64(text.as_bytes()), encoded);
        }
    }

    #[test]
    fn a_file_is_named_by_what_it_holds_and_unpacks_to_it() {
        let packed = pack(b"some words", "words", false);
        assert_eq!(packed.file, format!("{}.words", packed.name));
        assert!(
            packed.name.len() == 12 && packed.name.bytes().all(|b| matches!(b, b'a'..=b'z' | b'2'..=b'7'))
        );
        assert_ne!(pack(b"other words", "words", false).name, packed.name);
        let deflated = &packed.bytes[10..packed.bytes.len() - 8];
        assert_eq!(miniz_oxide::inflate::decompress_to_vec(deflated).unwrap(), b"some words");
        assert_eq!(packed.bytes[packed.bytes.len() - 4..], 10u32.to_le_bytes());
        let script = pack(b"some words", "words", true);
        let expected = format!("briefSearch(\"{}\", \"{}\")\n", packed.name, base64(&packed.bytes));
        assert_eq!((script.file, script.bytes), (format!("{}.js", packed.name), expected.into_bytes()));
    }
}
