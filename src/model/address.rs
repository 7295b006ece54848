//! Paths of the site as URLs spell them.

/// A path as a URL holds it: UTF-8, with every byte percent-encoded that RFC 3986, section 3.3, does not let
/// stand in a path. `/` stays; `%` is encoded, so that `path` must not be encoded already.
///
/// A relative address whose first segment holds a `:` needs `./` before it (section 4.2).
pub fn encode_path(path: &str) -> String {
    encode(path, |byte| IN_PATH[usize::from(byte)])
}

/// What ends the id in a fragment: a directive to the browser follows, which no page is asked for (WICG, "URL Fragment
/// Text Directives").
pub const DIRECTIVE: &str = ":~:";

/// What stands behind `#` as a URL holds it: the id is encoded as [`encode_path`] does it, and a directive stays as
/// it is written, since its `,` and `&` mean something else when they are encoded.
pub fn encode_fragment(fragment: &str) -> String {
    let (id, directive) = fragment.split_at(fragment.find(DIRECTIVE).unwrap_or(fragment.len()));
    encode_path(id) + directive
}

/// `path` below the root, without the segments `.` and `..`, as browsers resolve it (RFC 3986, section 5.2.4): nothing
/// leads above the root.
pub fn without_dots(path: &str) -> String {
    let mut kept: Vec<&str> = Vec::new();
    let mut segments = path.split('/').peekable();
    while let Some(segment) = segments.next() {
        if !matches!(segment, "." | "..") {
            kept.push(segment);
            continue;
        }
        if segment == ".." {
            kept.pop();
        }
        // At the end they name a folder.
        if segments.peek().is_none() {
            kept.push("");
        }
    }
    kept.join("/")
}

/// The bytes that stand for themselves in a path.
static IN_PATH: [bool; 256] = {
    let mut stays = [false; 256];
    let mut byte = 0;
    while byte < 128 {
        stays[byte as usize] = is_pchar(byte) || byte == b'/';
        byte += 1;
    }
    stays
};

/// `text` with each byte that `keep` refuses percent-encoded, in upper case (RFC 3986, section 2.1).
pub(super) fn encode(text: &str, keep: impl Fn(u8) -> bool) -> String {
    let stays = |byte: &u8| byte.is_ascii() && keep(*byte);
    let plain = text.bytes().take_while(stays).count();
    if plain == text.len() {
        return text.to_owned();
    }
    let mut encoded = String::with_capacity(text.len() * 3);
    encoded.push_str(&text[..plain]);
    for byte in text.bytes().skip(plain) {
        if stays(&byte) {
            encoded.push(char::from(byte));
        } else {
            let digit = |half: u8| char::from(b"0123456789ABCDEF"[usize::from(half)]);
            encoded.extend(['%', digit(byte >> 4), digit(byte & 15)]);
        }
    }
    encoded
}

/// Whether `byte` stands for itself in a path segment: `pchar` of RFC 3986 without `pct-encoded`.
pub(super) const fn is_pchar(byte: u8) -> bool {
    byte.is_ascii_alphanumeric()
        || matches!(
            byte,
            b'-' | b'.'
                | b'_'
                | b'~'
                | b'!'
                | b'$'
                | b'&'
                | b'\''
                | b'('
                | b')'
                | b'*'
                | b'+'
                | b','
                | b';'
                | b'='
                | b':'
                | b'@'
        )
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn segments_of_dots_lead_where_rfc_3986_says() {
        let cases = [
            ("a/b/c/./../../g", "a/g"),
            ("mid/content=5/../6", "mid/6"),
            ("a/.", "a/"),
            ("a/b/..", "a/"),
            ("..", ""),
            ("../../a", "a"),
            ("./a/", "a/"),
            ("a//../b", "a/b"),
            (".a/..b/...", ".a/..b/..."),
            ("", ""),
        ];
        for (written, path) in cases {
            assert_eq!(without_dots(written), path, "{written}");
        }
    }

    #[test]
    fn a_slug_in_another_script_is_written_in_utf_8_bytes() {
        assert_eq!(encode_path("actors/حماس/"), "actors/%D8%AD%D9%85%D8%A7%D8%B3/");
    }

    #[test]
    fn what_a_path_may_hold_stands_as_it_is() {
        let path = "a-b._~c/!$&'()*+,;=:@";
        assert_eq!(encode_path(path), path);
    }

    #[test]
    fn what_would_end_a_path_or_look_encoded_is_encoded() {
        assert_eq!(encode_path("a b?c#d%20"), "a%20b%3Fc%23d%2520");
        assert_eq!(encode_path("[\"<\\^`{|}>]"), "%5B%22%3C%5C%5E%60%7B%7C%7D%3E%5D");
        assert_eq!(encode_path("\n\u{7f}\u{85}"), "%0A%7F%C2%85");
    }

    proptest! {
        #[test]
        fn an_encoded_path_decodes_to_what_was_written(path in any::<String>()) {
            let encoded = encode_path(&path);
            let mut bytes = Vec::new();
            let mut rest = encoded.as_bytes();
            while let [first, tail @ ..] = rest {
                let (byte, tail) = match (first, tail) {
                    (b'%', [high, low, tail @ ..]) => {
                        let digits = [*high, *low];
                        let digits = std::str::from_utf8(&digits).unwrap();
                        (u8::from_str_radix(digits, 16).unwrap(), tail)
                    }
                    (byte, tail) => (*byte, tail),
                };
                bytes.push(byte);
                rest = tail;
            }
            prop_assert_eq!(String::from_utf8(bytes).unwrap(), path);
        }
    }
}
