//! One way through prose, for all who read it: events with their text joined to runs, links classified, fences met.

use std::{borrow::Cow, ops::Range};

use pulldown_cmark::{CodeBlockKind, CowStr, Event, OffsetIter, Options, Parser, Tag, TagEnd};

use super::{
    blocks::Fence,
    headings,
    links::{self, Destination},
    wiki,
};

/// CommonMark, and of GFM what prose needs. Smart punctuation stays off: names must match as they are typed.
pub(super) const OPTIONS: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_TASKLISTS);

/// One step of the walk.
#[derive(Debug)]
pub(super) enum Item<'a> {
    /// A block or an inline that holds other items; never an image or raw HTML.
    Start(Tag<'a>),
    /// Its end.
    End(TagEnd),
    /// A link begins; its end is an `End`.
    Link { to: Destination, title: CowStr<'a> },
    /// A whole image.
    Image(Picture<'a>),
    /// Text that nothing interrupts but line ends.
    Run(Run<'a>),
    /// The text of a code block or a part of it.
    CodeText(CowStr<'a>),
    /// An inline of code.
    Code(CowStr<'a>),
    /// Raw HTML: a whole block, or one tag or comment.
    Html { html: Cow<'a, str>, block: bool },
    /// A line end that is kept.
    HardBreak,
    /// A thematic break.
    Rule,
    /// The box of a task.
    Task(bool),
    /// `[^1]`.
    Footnote(CowStr<'a>),
    /// The fence of this number.
    Fence(usize),
}

/// An image.
#[derive(Debug)]
pub(super) struct Picture<'a> {
    pub(super) at: Destination,
    pub(super) title: CowStr<'a>,
    pub(super) alt: String,
}

/// Consecutive text with its line ends.
#[derive(Debug)]
pub(super) struct Run<'a> {
    pub(super) text: Cow<'a, str>,
    pub(super) parts: Vec<Part>,
    pub(super) context: Context,
    /// The id that `{#id}` at its end asks for, where it is the last of a heading; the text ends before it.
    pub(super) id: Option<Box<str>>,
}

/// A part of a run that one place of the source made.
#[derive(Debug)]
pub(super) struct Part {
    /// Where it begins in the run.
    pub(super) at: usize,
    /// Where it stands in the prose.
    pub(super) source: Range<usize>,
    pub(super) made: Made,
}

/// How a part of a run came from its source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Made {
    /// Byte for byte.
    Plain,
    /// Byte for byte, the first one after a backslash.
    Escaped,
    /// From an entity.
    Decoded,
    /// A line end.
    Break,
}

/// What a run stands in; names are never linked by themselves in any of these.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Context {
    /// How many quotations.
    pub(super) quotes: u32,
    pub(super) heading: bool,
    pub(super) link: bool,
}

/// The walk.
pub(super) struct Walk<'a> {
    source: &'a str,
    events: OffsetIter<'a>,
    held: Option<(Event<'a>, Range<usize>)>,
    fences: &'a [Fence],
    context: Context,
    in_code: bool,
    /// How many links are open. Only the outermost is one: an autolink in it is text.
    links: u32,
}

impl<'a> Walk<'a> {
    /// Through `source`, in which `fences` are masked.
    pub(super) fn new(source: &'a str, fences: &'a [Fence]) -> Self {
        let events = Parser::new_ext(source, OPTIONS).into_offset_iter();
        Self { source, events, held: None, fences, context: Context::default(), in_code: false, links: 0 }
    }

    fn event(&mut self) -> Option<(Event<'a>, Range<usize>)> {
        self.held.take().or_else(|| self.events.next())
    }

    /// The next event that is not the edge of a link in a link.
    fn outer_event(&mut self) -> Option<(Event<'a>, Range<usize>)> {
        loop {
            let (event, range) = self.event()?;
            match event {
                Event::Start(Tag::Link { .. }) => {
                    self.links += 1;
                    if self.links == 1 {
                        return Some((event, range));
                    }
                }
                Event::End(TagEnd::Link) => {
                    self.links = self.links.saturating_sub(1);
                    if self.links == 0 {
                        return Some((event, range));
                    }
                }
                _ => return Some((event, range)),
            }
        }
    }

    fn run(&mut self, first: CowStr<'a>, made: Option<Made>, range: Range<usize>) -> (Run<'a>, Range<usize>) {
        let mut whole = range.clone();
        let mut parts = vec![self.part(0, &first, range, made)];
        let mut text = Cow::from(first);
        while let Some((event, range)) = self.event() {
            let (next, made) = match event {
                Event::Text(next) => (next, None),
                Event::SoftBreak => (CowStr::Borrowed("\n"), Some(Made::Break)),
                other => {
                    self.held = Some((other, range));
                    break;
                }
            };
            whole.end = range.end.max(whole.end);
            let mut part = self.part(text.len(), &next, range, made);
            // A backslash that is text itself escapes nothing.
            let follows = parts.last().is_some_and(|last| last.source.end == part.source.start);
            if follows && part.made == Made::Escaped {
                part.made = Made::Plain;
            }
            parts.push(part);
            text.to_mut().push_str(&next);
        }
        let mut run = Run { text, parts, context: self.context, id: None };
        if matches!(self.held, Some((Event::End(TagEnd::Heading(_)), _)))
            && let Some((end, id)) = headings::explicit_id(&run)
        {
            run.id = Some(id.into());
            run.text.to_mut().truncate(end);
        }
        (run, whole)
    }

    fn part(&self, at: usize, text: &str, source: Range<usize>, made: Option<Made>) -> Part {
        let made = made.unwrap_or_else(|| {
            if self.source.get(source.clone()) != Some(text) {
                Made::Decoded
            } else if source.start > 0 && self.source.as_bytes()[source.start - 1] == b'\\' {
                Made::Escaped
            } else {
                Made::Plain
            }
        });
        Part { at, source, made }
    }

    /// The image that has begun, to its end, with its text as words.
    fn picture(&mut self, address: &str, title: CowStr<'a>) -> Picture<'a> {
        let mut alt = String::new();
        let mut depth = 0;
        while let Some((event, range)) = self.event() {
            match event {
                Event::Start(_) => depth += 1,
                Event::End(_) if depth == 0 => break,
                Event::End(_) => depth -= 1,
                Event::Text(text) => wiki::push_words(&mut alt, &self.run(text, None, range).0),
                Event::Code(text) => alt.push_str(&text),
                Event::SoftBreak | Event::HardBreak => alt.push('\n'),
                _ => {}
            }
        }
        Picture { at: links::image(address), title, alt }
    }

    /// The raw HTML of a block that has begun, to its end.
    fn html_block(&mut self) -> Cow<'a, str> {
        let mut html = Cow::Borrowed("");
        while let Some((event, _)) = self.event() {
            match event {
                Event::Html(line) | Event::Text(line) if html.is_empty() => html = Cow::from(line),
                Event::Html(line) | Event::Text(line) => html.to_mut().push_str(&line),
                Event::End(TagEnd::HtmlBlock) => break,
                _ => {}
            }
        }
        html
    }

    fn start(&mut self, tag: Tag<'a>) -> Item<'a> {
        match tag {
            Tag::Link { link_type, dest_url, title, .. } => {
                self.context.link = true;
                let to = match link_type {
                    pulldown_cmark::LinkType::Email => links::link(&format!("mailto:{dest_url}")),
                    _ => links::link(&dest_url),
                };
                return Item::Link { to, title };
            }
            Tag::Image { dest_url, title, .. } => return Item::Image(self.picture(&dest_url, title)),
            Tag::HtmlBlock => {
                return Item::Html { html: self.html_block(), block: true };
            }
            Tag::BlockQuote(_) => self.context.quotes += 1,
            Tag::Heading { .. } => self.context.heading = true,
            Tag::CodeBlock(_) => self.in_code = true,
            _ => {}
        }
        Item::Start(tag)
    }

    fn end(&mut self, tag: TagEnd) -> Item<'a> {
        match tag {
            TagEnd::Link => self.context.link = false,
            TagEnd::BlockQuote(_) => self.context.quotes = self.context.quotes.saturating_sub(1),
            TagEnd::Heading(_) => self.context.heading = false,
            TagEnd::CodeBlock => self.in_code = false,
            _ => {}
        }
        Item::End(tag)
    }
}

impl<'a> Iterator for Walk<'a> {
    type Item = (Item<'a>, Range<usize>);

    fn next(&mut self) -> Option<Self::Item> {
        let (event, range) = self.outer_event()?;
        let item = match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) if self.in_code => Item::CodeText(text),
            Event::Text(text) => {
                let (run, range) = self.run(text, None, range);
                return Some((Item::Run(run), range));
            }
            Event::SoftBreak => {
                let (run, range) = self.run(CowStr::Borrowed("\n"), Some(Made::Break), range);
                return Some((Item::Run(run), range));
            }
            Event::Code(text) | Event::InlineMath(text) | Event::DisplayMath(text) => Item::Code(text),
            Event::Html(html) | Event::InlineHtml(html) => Item::Html { html: html.into(), block: false },
            Event::FootnoteReference(label) => Item::Footnote(label),
            Event::HardBreak => Item::HardBreak,
            Event::Rule => match self.fences.binary_search_by_key(&range.start, |fence| fence.mark.start) {
                Ok(fence) => Item::Fence(fence),
                Err(_) => Item::Rule,
            },
            Event::TaskListMarker(done) => Item::Task(done),
        };
        Some((item, range))
    }
}

/// The language of a code block, if one is written.
pub(super) fn language<'a>(kind: &'a CodeBlockKind<'_>) -> Option<&'a str> {
    match kind {
        CodeBlockKind::Fenced(info) => info.split_whitespace().next(),
        CodeBlockKind::Indented => None,
    }
}

/// Whether what ends here held blocks: no claim or event is read inside.
pub(super) fn holds_blocks(tag: TagEnd) -> bool {
    matches!(tag, TagEnd::List(_) | TagEnd::Item | TagEnd::BlockQuote(_) | TagEnd::FootnoteDefinition)
}
