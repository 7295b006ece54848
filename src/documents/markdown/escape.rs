//! Text as HTML holds it.

/// Appends `text` as it stands between tags.
pub(super) fn text(out: &mut String, text: &str) {
    escape(out, text, |byte| match byte {
        b'&' => Some("&amp;"),
        b'<' => Some("&lt;"),
        b'>' => Some("&gt;"),
        _ => control(byte),
    });
}

/// Appends `text` as it stands between double quotes of an attribute.
pub(super) fn attribute(out: &mut String, text: &str) {
    escape(out, text, |byte| match byte {
        b'&' => Some("&amp;"),
        b'<' => Some("&lt;"),
        b'>' => Some("&gt;"),
        b'"' => Some("&quot;"),
        b'\'' => Some("&#39;"),
        _ => control(byte),
    });
}

/// Appends an address as it stands between double quotes of an attribute: what RFC 3986 does not allow is
/// percent-encoded, and a `%` that is there stays.
pub(super) fn address(out: &mut String, address: &str) {
    for byte in address.bytes() {
        match byte {
            b'&' => out.push_str("&amp;"),
            b'\'' => out.push_str("&#x27;"),
            b'a'..=b'z'
            | b'A'..=b'Z'
            | b'0'..=b'9'
            | b'!'
            | b'#'
            | b'$'
            | b'%'
            | b'('
            | b')'
            | b'*'
            | b'+'
            | b','
            | b'-'
            | b'.'
            | b'/'
            | b':'
            | b';'
            | b'='
            | b'?'
            | b'@'
            | b'_'
            | b'~' => out.push(char::from(byte)),
            _ => {
                const HEX: &[u8; 16] = b"0123456789ABCDEF";
                out.push('%');
                out.push(char::from(HEX[usize::from(byte >> 4)]));
                out.push(char::from(HEX[usize::from(byte & 15)]));
            }
        }
    }
}

/// Appends the element `tag` that shows a label of TLP, given without `TLP:`. It stays as it is in every language.
pub(super) fn label(out: &mut String, tag: &str, label: &str) {
    let tlp = format!("TLP:{label}");
    for piece in [
        "<",
        tag,
        " class=\"tlp\" data-tlp=\"",
        label,
        "\" translate=\"no\" lang=\"en\" dir=\"ltr\">",
        &tlp,
        "</",
        tag,
        ">",
    ] {
        out.push_str(piece);
    }
}

/// Controls that HTML forbids become U+FFFD, as CommonMark has it for NUL; a lone carriage return ends a line.
fn control(byte: u8) -> Option<&'static str> {
    match byte {
        b'\r' => Some("\n"),
        0..=8 | 11 | 12 | 14..=31 | 127 => Some("\u{FFFD}"),
        _ => None,
    }
}

/// The bytes that may have to be replaced. A look at this table spares nearly all others the question.
static SUSPECT: [bool; 256] = {
    let mut suspect = [false; 256];
    let mut control = 0;
    while control < 32 {
        suspect[control] = !matches!(control, 9 | 10);
        control += 1;
    }
    let marks = [b'&', b'<', b'>', b'"', b'\'', 127];
    let mut at = 0;
    while at < marks.len() {
        suspect[marks[at] as usize] = true;
        at += 1;
    }
    suspect
};

fn escape(out: &mut String, text: &str, replacement: impl Fn(u8) -> Option<&'static str>) {
    let mut written = 0;
    for (at, byte) in text.bytes().enumerate() {
        if SUSPECT[usize::from(byte)]
            && let Some(replacement) = replacement(byte)
        {
            out.push_str(&text[written..at]);
            out.push_str(replacement);
            written = at + 1;
        }
    }
    out.push_str(&text[written..]);
}
