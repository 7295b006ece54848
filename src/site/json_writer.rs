use std::fmt::Write as _;

/// JSON as it is written, key by key; every object begins with its type.
///
/// It can stand in a `script` element: nothing in it ends the element or begins a comment (HTML, 4.12.1.3), and it
/// is JavaScript too (ECMA-262 before 2019 forbids U+2028 and U+2029 in strings).
#[derive(Default)]
pub(super) struct Writer(pub(super) String);

impl Writer {
    pub(super) fn object(&mut self, kind: &str, fields: impl FnOnce(&mut Self)) {
        self.0.push_str("{\"@type\":");
        self.string(kind);
        fields(self);
        self.0.push('}');
    }

    pub(super) fn key(&mut self, key: &str) {
        self.0.push_str(",\"");
        self.0.push_str(key);
        self.0.push_str("\":");
    }

    pub(super) fn text(&mut self, key: &str, value: &str) {
        self.key(key);
        self.string(value);
    }

    /// A number whose digits are kept: 31.0 is not 31.
    pub(super) fn number(&mut self, key: &str, digits: &str) {
        self.key(key);
        self.0.push_str(digits);
    }

    pub(super) fn maybe(&mut self, key: &str, value: Option<&str>) {
        if let Some(value) = value {
            self.text(key, value);
        }
    }

    pub(super) fn child(&mut self, key: &str, kind: &str, fields: impl FnOnce(&mut Self)) {
        self.key(key);
        self.object(kind, fields);
    }

    /// A list under `key`; nothing where it is empty.
    pub(super) fn list<T>(
        &mut self,
        key: &str,
        items: impl Iterator<Item = T>,
        mut each: impl FnMut(&mut Self, T),
    ) {
        let mut open = false;
        for item in items {
            if open {
                self.0.push(',');
            } else {
                self.key(key);
                self.0.push('[');
                open = true;
            }
            each(self, item);
        }
        if open {
            self.0.push(']');
        }
    }

    pub(super) fn texts<'t>(&mut self, key: &str, values: impl Iterator<Item = &'t str>) {
        self.list(key, values, Self::string);
    }

    pub(super) fn string(&mut self, text: &str) {
        self.0.push('"');
        let mut rest = text;
        while let Some(place) = special(rest) {
            self.0.push_str(&rest[..place]);
            let mut letters = rest[place..].chars();
            let c = letters.next().unwrap_or_default();
            match c {
                '"' | '\\' => {
                    self.0.push('\\');
                    self.0.push(c);
                }
                _ => {
                    // Writing to a string cannot fail.
                    let _ = write!(self.0, "\\u{:04x}", u32::from(c));
                }
            }
            rest = letters.as_str();
        }
        self.0.push_str(rest);
        self.0.push('"');
    }
}

/// The bytes that have to be escaped, and the one that a character which has to be may begin with.
static SUSPECT: [bool; 256] = {
    let mut suspect = [false; 256];
    let mut byte = 0_u8;
    while byte < 0xFF {
        suspect[byte as usize] = matches!(byte, 0..b' ' | b'"' | b'\\' | b'<' | b'>' | b'&' | 0xE2);
        byte += 1;
    }
    suspect
};

/// Where the first character of `text` stands that has to be escaped.
fn special(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    // Both separators begin with the byte 0xE2 (UTF-8).
    let is_separator = |at: usize| matches!(bytes[at..], [_, 0x80, 0xA8 | 0xA9, ..]);
    (0..bytes.len()).find(|at| SUSPECT[usize::from(bytes[*at])] && (bytes[*at] != 0xE2 || is_separator(*at)))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn written(text: &str) -> String {
        let mut writer = Writer::default();
        writer.object("Thing", |node| {
            node.text("name", text);
            node.texts("alternateName", [text, text].into_iter());
            node.texts("sameAs", std::iter::empty());
            node.maybe("url", None);
        });
        writer.0
    }

    #[test]
    fn no_text_can_end_the_element_that_it_stands_in() {
        let written = written("</script><!-- & \u{2028}\u{2029}");
        assert!(!written.contains(['<', '>', '&', '\u{2028}', '\u{2029}']), "{written}");
    }

    proptest! {
        #[test]
        fn every_text_is_read_as_it_was(text in "\\PC*|[\\x00-\\x20\"\\\\<>&\u{2028}é]*") {
            let read: serde_json::Value = serde_json::from_str(&written(&text)).unwrap();
            prop_assert_eq!(read, serde_json::json!({"@type": "Thing", "name": &text, "alternateName": [&text, &text]}));
        }
    }
}
