//! Obsidian's own forms in a note: links and embeds by name, comments, tags, blocks with ids, fields of Dataview.

use super::{
    index::{Index, relative},
    item::Item,
    liquid,
    report::Report,
    text::{self, Edit, Text},
};
use crate::documents::markdown::{Region, regions};

/// What stands in place of the forms of `body`, and the tags that stand in it.
pub(super) fn edits(
    body: &Text,
    item: &Item,
    index: &Index<'_>,
    report: &mut Report,
) -> (Vec<Edit>, Vec<String>) {
    let text = &body.text;
    let code: Vec<_> = regions(text).into_iter().filter(|(_, region)| *region == Region::Code).collect();
    let in_code = |at: usize| code.iter().any(|(range, _)| range.contains(&at));
    let mut edits = Vec::new();
    let mut at = 0;
    while let Some(open) = text[at..].find("[[").map(|next| at + next) {
        at = open + 2;
        let Some(length) = text[at..].find("]]") else { break };
        let inner = &text[at..at + length];
        if in_code(open) || inner.contains('\n') || inner.contains("[[") || inner.trim().is_empty() {
            continue;
        }
        let embedded = text[..open].ends_with('!');
        let range = open - usize::from(embedded)..at + length + 2;
        at = range.end;
        let line = body.line(open);
        let text = wiki(inner, embedded, line, item, index, report);
        edits.push(Edit { range, text });
    }
    comments(body, &in_code, item, report, &mut edits);
    let tags = tags(body, &in_code);
    for (number, line) in text.lines().enumerate() {
        let line = line.trim_end();
        let place = text.lines().take(number).map(|line| line.len() + 1).sum::<usize>();
        if in_code(place) {
            continue;
        }
        let mut form = |name: &str, converted| report.form(name, &item.path, body.line(place), converted);
        if line.rsplit_once(" ^").map(|(_, id)| id).or(line.strip_prefix('^')).is_some_and(is_block_id) {
            form("^block", false);
        }
        if let Some((mark, words)) = callout(line) {
            form("> [!callout]", true);
            let end = place + line.len();
            edits.push(Edit { range: place + mark.start..place + mark.end, text: words });
            edits.push(Edit { range: end..end, text: "**".into() });
        }
        if line.matches("==").count() > 1 && !line.starts_with("==") {
            form("==highlight==", false);
        }
        if line.split_once("::").is_some_and(|(key, value)| is_field(key) && value.starts_with(' ')) {
            form("field:: of Dataview", false);
        }
        if line.starts_with("```dataview") || line.starts_with("```tasks") || line.starts_with("```query") {
            form("a query in code", false);
        }
    }
    (edits, tags)
}

/// The bytes of the mark of `> [!note]- Title`, and what stands before the title in its place.
fn callout(line: &str) -> Option<(std::ops::Range<usize>, String)> {
    let inside = line.trim_start().strip_prefix('>')?.trim_start_matches(['>', ' ']);
    let (sort, rest) = inside.strip_prefix("[!")?.split_once(']')?;
    let title = rest.trim_start_matches(['-', '+']).trim_start();
    let mut letters = sort.chars();
    let sort: String = letters.next()?.to_uppercase().chain(letters).collect();
    let colon = if title.is_empty() { "" } else { ": " };
    Some((line.len() - inside.len()..line.len() - title.len(), format!("**{sort}{colon}")))
}

fn is_block_id(id: &str) -> bool {
    !id.is_empty() && id.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
}

fn is_field(key: &str) -> bool {
    let key = key.trim_start_matches(['-', '*', ' ', '[', '(']);
    !key.is_empty()
        && key.len() < 40
        && key.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '_' | '-'))
}

/// `[[Note#Heading|words]]` or `![[picture.png|300]]`.
fn wiki(
    inner: &str,
    embedded: bool,
    line: usize,
    item: &Item,
    index: &Index<'_>,
    report: &mut Report,
) -> String {
    let inner = inner.replace("\\|", "|");
    let (target, words) =
        inner.split_once('|').map_or((inner.as_str(), None), |(target, words)| (target, Some(words)));
    let (name, heading) =
        target.split_once('#').map_or((target, None), |(name, heading)| (name, Some(heading)));
    let (name, words) = (name.trim(), words.map(str::trim).filter(|words| !words.is_empty()));
    let mut form = |name: &str, converted| report.form(name, &item.path, line, converted);
    if let Some(file) = index.attachment(item, name).filter(|_| !name.is_empty()) {
        let address = text::new(&relative(&item.new, &file));
        let is_size = |words: &&str| words.chars().all(|c| c.is_ascii_digit() || c == 'x');
        let alt = words.filter(|words| !is_size(words)).unwrap_or_default();
        form(if embedded { "![[file]]" } else { "[[file]]" }, true);
        if embedded && liquid::is_picture(name) {
            let stem = name.rsplit('/').next().unwrap_or(name);
            let stem = stem.rsplit_once('.').map_or(stem, |(stem, _)| stem);
            return text::image(&address, if alt.is_empty() { stem } else { alt }, None);
        }
        return format!("[{}]({})", words.unwrap_or(name), text::destination(&address));
    }
    let block = heading.is_some_and(|heading| heading.starts_with('^'));
    let anchor = heading.filter(|_| !block).map(|heading| {
        let last = heading.rsplit('#').next().unwrap_or(heading);
        format!("#{}", crate::model::slugify(last))
    });
    let shown = words.map_or_else(
        || match heading.filter(|_| !block) {
            Some(heading) if name.is_empty() => heading.to_owned(),
            Some(heading) => format!("{name} > {heading}"),
            None => name.rsplit('/').next().unwrap_or(name).to_owned(),
        },
        str::to_owned,
    );
    let shown = shown.replace('[', "\\[").replace(']', "\\]");
    if name.is_empty() {
        form("[[#heading]]", true);
        return format!("[{shown}]({})", anchor.unwrap_or_else(|| "#main".into()));
    }
    match index.by_note(item, name) {
        Some(to) => {
            form(if embedded { "![[note]]" } else { "[[note]]" }, true);
            {
                let address = format!("{}{}", index.link(item, to), anchor.unwrap_or_default());
                format!("[{shown}]({})", text::new(&address))
            }
        }
        None => {
            form(if embedded { "![[note]]" } else { "[[note]]" }, false);
            report.absent.push(super::report::Absent {
                path: item.path.clone(),
                line,
                target: name.to_owned(),
                image: embedded && liquid::is_picture(name),
            });
            // The name stays as it is, and says that it is no link.
            if words.is_some() || name.contains(['!', '[', ']']) { shown } else { format!("[[!{name}]]") }
        }
    }
}

/// `%%...%%` as a comment of HTML.
fn comments(
    body: &Text,
    in_code: &dyn Fn(usize) -> bool,
    item: &Item,
    report: &mut Report,
    edits: &mut Vec<Edit>,
) {
    let marks: Vec<usize> =
        body.text.match_indices("%%").map(|(at, _)| at).filter(|at| !in_code(*at)).collect();
    for pair in marks.chunks_exact(2) {
        let inside = &body.text[pair[0] + 2..pair[1]];
        let range = pair[0]..pair[1] + 2;
        edits.retain(|edit| edit.range.start >= range.end || edit.range.end <= range.start);
        edits.push(Edit { range, text: format!("<!--{}-->", inside.replace("--", "- -")) });
        report.form("%%comment%%", &item.path, body.line(pair[0]), true);
    }
}

/// `#tag` and `#tag/below` in the text.
fn tags(body: &Text, in_code: &dyn Fn(usize) -> bool) -> Vec<String> {
    let mut found = Vec::new();
    for (at, _) in body.text.match_indices('#') {
        let before = body.text[..at].chars().next_back();
        let rest = &body.text[at + 1..];
        let end =
            rest.find(|c: char| !c.is_alphanumeric() && !matches!(c, '_' | '-' | '/')).unwrap_or(rest.len());
        let tag = rest[..end].trim_end_matches('/');
        let stands =
            before.is_none_or(char::is_whitespace) && !tag.is_empty() && tag.chars().any(char::is_alphabetic);
        if stands && !in_code(at) && !found.iter().any(|known| known == tag) {
            found.push(tag.to_owned());
        }
    }
    found
}
