use std::ops::Range;

use pulldown_cmark::{Tag, TagEnd};

use super::{
    blocks,
    prose::Prose,
    sanitise,
    walk::{Item, Walk},
    wiki,
};

/// The words of `prose` alone, a line for each block: for summaries, search and feeds.
///
/// Names stand as readers see them; images, citations and the marks of footnotes are left out.
pub fn plain_text(prose: &Prose) -> String {
    plain_text_with(prose, |_| None)
}

/// The same, in which a `[[...]]` without words of its own has those that `words` knows for the bytes where it stands.
pub fn plain_text_with(prose: &Prose, mut words: impl FnMut(&Range<usize>) -> Option<String>) -> String {
    let fences = blocks::fences(prose.text());
    let source = blocks::mask(prose.text(), &fences);
    let mut text = String::with_capacity(source.len());
    for (item, _) in Walk::new(&source, &fences) {
        match item {
            Item::Run(run) => wiki::push_words_with(&mut text, &run, &mut words),
            Item::Code(code) | Item::CodeText(code) => text.push_str(&code),
            Item::Html { html, block: true } => {
                text.push_str(sanitise::words(&html).trim());
                end_line(&mut text);
            }
            Item::End(TagEnd::TableCell) if !text.ends_with([' ', '\n']) => text.push(' '),
            Item::HardBreak
            | Item::Start(Tag::Paragraph | Tag::List(_) | Tag::Item | Tag::BlockQuote(_))
            | Item::End(
                TagEnd::Paragraph
                | TagEnd::Heading(_)
                | TagEnd::CodeBlock
                | TagEnd::Item
                | TagEnd::TableHead
                | TagEnd::TableRow,
            ) => end_line(&mut text),
            _ => {}
        }
    }
    text.truncate(text.trim_end().len());
    text
}

fn end_line(text: &mut String) {
    text.truncate(text.trim_end_matches(' ').len());
    if !text.is_empty() && !text.ends_with('\n') {
        text.push('\n');
    }
}
