//! Encodings that something may be hidden in, for tests.

use std::fmt::Write;

/// An encoding by its name, and the file that a text becomes in it.
pub(crate) type Encoding = (&'static str, fn(&str) -> Vec<u8>);

pub(crate) const ENCODINGS: [Encoding; 26] = [
    ("as it is", |text| text.into()),
    ("in capitals", |text| text.to_uppercase().into()),
    ("with hyphens", |text| text.replace(' ', "-").into()),
    ("in HTML, every word in an element", |text| page(&format!("<b>{}</b>", text.replace(' ', "</b> <b>")))),
    ("in HTML, elements in words", |text| page(&text.replace('e', "<i>e</i>"))),
    ("in an attribute", |text| page(&format!("<a href=\"/\" title=\"{text}\">x</a>"))),
    ("in a comment", |text| page(&format!("<!-- {text} -->"))),
    ("as decimal references", |text| page(&each(text, |c| format!("&#{};", u32::from(c))))),
    ("as hexadecimal references", |text| page(&each(text, |c| format!("&#x{:X};", u32::from(c))))),
    ("with a named reference", |text| page(&text.replace('é', "&eacute;"))),
    ("as HTML in a feed", |text| {
        let html = text.replace(' ', "</b> <b>");
        format!(
            "<feed><content type=\"html\">&lt;p&gt;&lt;b&gt;{}&lt;/b&gt;</content></feed>",
            html.replace('<', "&lt;")
        )
        .into()
    }),
    ("as escapes of JSON", |text| {
        format!("{{\"a\": \"{}\"}}", each(text, |c| format!("\\u{:04x}", u32::from(c)))).into()
    }),
    ("as HTML in JSON", |text| {
        format!(
            "{{\"a\": \"\\u003cp\\u003e{}\\u003c/p\\u003e\"}}",
            text.replace(' ', "\\u003c/b\\u003e \\u003cb\\u003e")
        )
        .into()
    }),
    ("as escapes of JavaScript", |text| {
        format!("x = '{}'", each(text, |c| format!("\\u{{{:x}}}", u32::from(c)))).into()
    }),
    ("as escapes of bytes", |text| format!("x = '{}'", bytes(text, |b| format!("\\x{b:02x}"))).into()),
    ("percent-encoded", |text| {
        page(&format!("<a href=\"?q={}\">x</a>", bytes(text, |b| format!("%{b:02X}"))))
    }),
    ("in base64", |text| page(&base64(text.as_bytes(), false))),
    ("in base64 for addresses, after other letters", |text| {
        page(&format!("/a{}", base64(text.as_bytes(), true)))
    }),
    ("in hexadecimal", |text| page(&bytes(text, |b| format!("{b:02x}")))),
    ("in UTF-16, low byte first", |text| text.encode_utf16().flat_map(u16::to_le_bytes).collect()),
    ("in UTF-16, high byte first", |text| text.encode_utf16().flat_map(u16::to_be_bytes).collect()),
    ("in gzip", gzip),
    ("in zlib", |text| miniz_oxide::deflate::compress_to_vec_zlib(text.as_bytes(), 6)),
    ("in deflate", |text| miniz_oxide::deflate::compress_to_vec(text.as_bytes(), 6)),
    ("in zstd", |text| {
        ruzstd::encoding::compress_to_vec(text.as_bytes(), ruzstd::encoding::CompressionLevel::Fastest)
    }),
    ("in gzip in base64 in JSON", |text| {
        format!("{{\"a\": \"{}\"}}", base64(&gzip(text), false).replace('/', "\\/")).into()
    }),
];

fn page(inside: &str) -> Vec<u8> {
    format!("<!doctype html><title>A page</title><body><p>Before {inside} after.</body>").into()
}

fn each(text: &str, escape: impl Fn(char) -> String) -> String {
    text.chars().map(escape).collect()
}

fn bytes(text: &str, escape: impl Fn(u8) -> String) -> String {
    text.bytes().map(escape).collect()
}

pub(crate) fn gzip(text: &str) -> Vec<u8> {
    let head = [0x1F, 0x8B, 8, 8, 0, 0, 0, 0, 0, 3, b'x', 0];
    let packed = miniz_oxide::deflate::compress_to_vec(text.as_bytes(), 9);
    [&head[..], &packed, &[0; 8]].concat()
}

/// RFC 4648, 4 and 5.
pub(crate) fn base64(bytes: &[u8], for_addresses: bool) -> String {
    let ends = if for_addresses { b"-_" } else { b"+/" };
    let alphabet: Vec<u8> = (b'A'..=b'Z').chain(b'a'..=b'z').chain(b'0'..=b'9').chain(*ends).collect();
    let mut text = String::new();
    for group in bytes.chunks(3) {
        let bits =
            [0, 1, 2].iter().fold(0_u32, |bits, at| bits << 8 | u32::from(*group.get(*at).unwrap_or(&0)));
        for place in 0..=group.len() {
            let digit = (bits >> (18 - 6 * place)) & 63;
            write!(text, "{}", char::from(alphabet[digit as usize])).unwrap();
        }
    }
    text
}
