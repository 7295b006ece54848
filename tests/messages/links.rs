//! The links that readers meet in the body of a page.

use std::collections::BTreeMap;

/// A line for each link in the body of the page at `address`, in order: its words, and where it leads. What leads
/// to a page of the site is told by that page's address.
pub(crate) fn shown(files: &BTreeMap<String, String>, address: &str) -> String {
    let Some(page) = files.get(&format!("{address}index.html")) else {
        return format!("no page; the files: {:?}\n", files.keys().collect::<Vec<_>>());
    };
    let links: Vec<String> = links(&body(page))
        .into_iter()
        .map(|(words, href)| format!("{words} -> {}\n", from_root(&href, address)))
        .collect();
    if links.is_empty() { "(none)\n".to_owned() } else { links.concat() }
}

/// What stands in every `<div class="body">`: claims and events in a text part it.
fn body(page: &str) -> String {
    page.split("<div class=\"body\">").skip(1).map(inside).collect()
}

/// What stands before the end of the element that is open.
pub(crate) fn inside(rest: &str) -> &str {
    let mut depth = 1;
    for (at, _) in rest.match_indices('<') {
        if rest[at..].starts_with("<div") {
            depth += 1;
        } else if rest[at..].starts_with("</div") {
            depth -= 1;
        }
        if depth == 0 {
            return &rest[..at];
        }
    }
    panic!("the element never ends:\n{rest}");
}

/// The words and the address of each link.
fn links(mut html: &str) -> Vec<(String, String)> {
    let mut links = Vec::new();
    while let Some((_, link)) = html.split_once("<a ") {
        let (tag, rest) = link.split_once('>').expect("a tag ends");
        let (words, rest) = rest.split_once("</a>").expect("a link ends");
        assert!(!words.contains("<a "), "a link stands in a link: {words}");
        let href = tag.split_once("href=\"").and_then(|(_, value)| value.split_once('"'));
        links.push((read(words), href.map_or_else(String::new, |(href, _)| read(href))));
        html = rest;
    }
    links
}

/// The text of a piece of HTML, in one line.
fn read(html: &str) -> String {
    let mut text = String::new();
    let mut inside = false;
    for letter in html.chars() {
        match letter {
            '<' => inside = true,
            '>' if inside => inside = false,
            letter if !inside => text.push(letter),
            _ => {}
        }
    }
    let signs =
        [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&#x27;", "'"), ("&amp;", "&")];
    let text = signs.iter().fold(text, |text, (entity, sign)| text.replace(entity, sign));
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// `href`, written on the page at `address`, from the root of the site.
fn from_root(href: &str, address: &str) -> String {
    if href.starts_with(['#', '/']) || (href.contains(':') && !href.starts_with('.')) {
        return href.to_owned();
    }
    let mut segments: Vec<&str> = address.split('/').collect();
    segments.pop();
    for segment in href.split('/') {
        match segment {
            "." => {}
            ".." => drop(segments.pop().expect("no link leads above the root")),
            segment => segments.push(segment),
        }
    }
    segments.join("/")
}
