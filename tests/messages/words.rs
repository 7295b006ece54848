//! The words that readers meet on a page.

use std::collections::BTreeMap;

use crate::links::inside;

/// The words of the page at `address`, from the way that leads to it up to its footer, a line for each paragraph, item or heading.
pub(crate) fn of_page(files: &BTreeMap<String, String>, address: &str) -> String {
    let Some(page) = page(files, address) else { return missing(files) };
    let rest = page.split_once("</header>").map_or("", |(_, rest)| rest);
    lines(rest.split_once("</main>").map_or("", |(main, _)| main))
}

/// Those of its claims and events, each after a line `--`, or `(none)`.
pub(crate) fn of_cards(files: &BTreeMap<String, String>, address: &str) -> String {
    let Some(page) = page(files, address) else { return missing(files) };
    let mut text = String::new();
    let starts = page.match_indices("<div class=\"").filter(|(at, start)| {
        let rest = &page[at + start.len()..];
        ["claim\"", "claim whole\"", "event\""].iter().any(|class| rest.starts_with(class))
    });
    for (at, _) in starts {
        text.push_str("--\n");
        text.push_str(&lines(inside(page[at..].split_once('>').expect("a tag ends").1)));
    }
    if text.is_empty() { "(none)\n".to_owned() } else { text }
}

fn page<'f>(files: &'f BTreeMap<String, String>, address: &str) -> Option<&'f String> {
    files.get(&format!("{address}index.html"))
}

fn missing(files: &BTreeMap<String, String>) -> String {
    format!("no page; the files: {:?}\n", files.keys().collect::<Vec<_>>())
}

/// The text of a piece of HTML: a line where something ends that stands on a line of its own.
fn lines(html: &str) -> String {
    const BLOCKS: [&str; 14] =
        ["p", "li", "ul", "ol", "h1", "h2", "h3", "dt", "dd", "div", "section", "tr", "nav", "caption"];
    let mut text = String::new();
    for piece in html.split('<') {
        let Some((tag, words)) = piece.split_once('>') else {
            text.push_str(piece);
            continue;
        };
        let name = tag.trim_start_matches('/').split([' ', '/']).next().unwrap_or_default();
        if BLOCKS.contains(&name) {
            text.push('\0');
        }
        if ["td", "th"].contains(&name) {
            text.push(' ');
        }
        text.push_str(words);
    }
    let signs =
        [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&#x27;", "'"), ("&amp;", "&")];
    let text = signs.iter().fold(text, |text, (entity, sign)| text.replace(entity, sign));
    text.split('\0')
        .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "))
        .filter(|line| !line.is_empty())
        .flat_map(|line| [line, "\n".to_owned()])
        .collect()
}
