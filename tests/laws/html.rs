//! The tags of a page, read lightly: enough for what this program writes, and no more.

use std::collections::BTreeMap;

/// An opening tag.
#[derive(Debug)]
pub(crate) struct Tag {
    pub(crate) name: String,
    pub(crate) attributes: BTreeMap<String, String>,
}

/// Every opening tag of `page`.
pub(crate) fn tags(page: &str) -> Vec<Tag> {
    let mut tags = Vec::new();
    let mut rest = page;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        if let Some(comment) = rest.strip_prefix("!--") {
            rest = comment.find("-->").map_or("", |end| &comment[end..]);
        } else if rest.starts_with(|c: char| c.is_ascii_alphabetic()) {
            let end = rest.find(|c: char| c.is_ascii_whitespace() || matches!(c, '>' | '/')).unwrap();
            let name = rest[..end].to_ascii_lowercase();
            rest = &rest[end..];
            let attributes = attributes(&mut rest);
            tags.push(Tag { name, attributes });
        }
    }
    tags
}

/// Reads attributes up to the `>` that ends their tag.
fn attributes(rest: &mut &str) -> BTreeMap<String, String> {
    let mut attributes = BTreeMap::new();
    loop {
        *rest = rest.trim_start_matches(|c: char| c.is_ascii_whitespace() || c == '/');
        if rest.is_empty() || rest.starts_with('>') {
            return attributes;
        }
        let end = rest.find(|c: char| c.is_ascii_whitespace() || matches!(c, '=' | '>' | '/')).unwrap();
        let name = rest[..end].to_ascii_lowercase();
        *rest = &rest[end..];
        let mut value = "";
        if let Some(after) = rest.strip_prefix('=') {
            let quoted = after.strip_prefix('"').expect("the program writes values in quotation marks");
            let end = quoted.find('"').unwrap();
            value = &quoted[..end];
            *rest = &quoted[end + 1..];
        }
        assert!(attributes.insert(name.clone(), decode(value)).is_none(), "`{name}` stands twice in a tag");
    }
}

fn decode(value: &str) -> String {
    let entities =
        [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&#x27;", "'"), ("&#x2F;", "/")];
    let text = entities.iter().fold(value.to_owned(), |text, (entity, sign)| text.replace(entity, sign));
    text.replace("&amp;", "&")
}

/// The bytes that `%XX` stand for.
pub(crate) fn percent_decode(written: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = written.as_bytes();
    while let [first, tail @ ..] = rest {
        match (first, tail) {
            (b'%', [high, low, after @ ..]) => {
                let hex = [*high, *low];
                bytes.push(u8::from_str_radix(std::str::from_utf8(&hex).unwrap(), 16).unwrap());
                rest = after;
            }
            _ => {
                bytes.push(*first);
                rest = tail;
            }
        }
    }
    String::from_utf8(bytes).unwrap()
}
