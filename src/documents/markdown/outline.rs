use std::{collections::BTreeSet, ops::Range};

use pulldown_cmark::{Tag, TagEnd};

use super::{
    blocks::{self, Fence, MarkedBlock},
    footnotes::{Numbers, Within},
    forms::FormBlock,
    headings::Ids,
    links::{Destination, Reference},
    prose::Prose,
    sanitise,
    survey::survey,
    tags::{self, HtmlTag},
    walk::{Item, Made, Picture, Run, Walk},
    wiki::{self, Token, Unread},
};
use crate::{
    diagnostics::{Diagnostic, Diagnostics},
    model::SourcePath,
};

/// What a text refers to and how it is built.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Outline {
    /// All that must be resolved, in the order in which [`super::render`] meets it.
    pub references: Vec<Reference>,
    /// Images among the references.
    pub images: Vec<Image>,
    /// Headings, in order.
    pub headings: Vec<Heading>,
    /// The ids that stand in the text besides those of headings: of footnotes and their marks, and those of raw HTML.
    pub ids: BTreeSet<String>,
    /// Blocks with a marking, by their beginning. One may lie in another.
    pub marked: Vec<MarkedBlock>,
    /// Claims and events written in the text, in the order in which [`super::render`] meets them.
    pub forms: Vec<FormBlock>,
    /// Where `<!-- more -->` ends the summary.
    pub summary_end: Option<usize>,
}

/// A heading.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Heading {
    /// 1 to 6, as written.
    pub level: u8,
    /// Its words.
    pub text: String,
    /// Its id on a page where nothing else has one.
    pub id: String,
    /// Whether the author asked for the id.
    pub explicit: bool,
}

/// An image of the archive itself.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Image {
    /// Its place in [`Outline::references`].
    pub reference: usize,
    /// The words that stand for it; may be empty.
    pub alt: String,
}

/// What `prose` of the file at `path` refers to. Reports what of it cannot be read or will not be shown.
///
/// With `unsafe_html`, raw HTML will stand as it is, and nothing about it is reported.
pub fn outline(
    prose: &Prose,
    path: &SourcePath,
    unsafe_html: bool,
    diagnostics: &mut Diagnostics,
) -> Outline {
    let fences = blocks::fences(prose.text());
    let source = blocks::mask(prose.text(), &fences);
    let walk = || Walk::new(&source, &fences);
    let survey = survey(&source, walk);
    let mut outliner = Outliner {
        outline: Outline::default(),
        prose,
        path,
        unsafe_html,
        diagnostics,
        ids: Ids::new("", &survey.explicit, &[]),
        explicit: Vec::new(),
        heading: None,
        notes: Numbers::default(),
        marks: Vec::new(),
        within: Within::Text,
        definitions: Vec::new(),
        containers: vec![0],
        next_container: 1,
        met: vec![None; fences.len()],
        line_start: false,
        hiding: None,
    };
    for (item, range) in walk() {
        outliner.item(item, range);
    }
    outliner.finish(&fences)
}

struct Outliner<'a> {
    outline: Outline,
    prose: &'a Prose,
    path: &'a SourcePath,
    unsafe_html: bool,
    diagnostics: &'a mut Diagnostics,
    ids: Ids,
    explicit: Vec<Box<str>>,
    heading: Option<(u8, String, Option<Box<str>>)>,
    notes: Numbers,
    /// The marks of footnotes: what each stands in, and its label.
    marks: Vec<(Within, String)>,
    within: Within,
    /// Footnotes: label, place, and whether it is the first of its label.
    definitions: Vec<(String, Range<usize>, bool)>,
    /// The list items and quotations around, each with a number of its own.
    containers: Vec<usize>,
    next_container: usize,
    /// In which container each fence was met.
    met: Vec<Option<usize>>,
    line_start: bool,
    /// A tag in raw HTML that takes its content away with it and has not been closed, and its place.
    hiding: Option<(String, Range<usize>)>,
}

impl Outliner<'_> {
    fn item(&mut self, item: Item<'_>, range: Range<usize>) {
        let line_start = std::mem::take(&mut self.line_start);
        match item {
            Item::Start(tag) => self.start(&tag, range),
            Item::End(tag) => self.end(tag),
            Item::Link { to, .. } => self.link(to, range),
            Item::Image(picture) => self.image(picture, range),
            Item::Run(run) => self.run(run, line_start),
            Item::Code(code) => {
                if let Some((_, text, _)) = &mut self.heading {
                    text.push_str(&code);
                }
            }
            Item::Html { html, .. } => self.html(&html, range),
            Item::Footnote(label) => {
                self.notes.refer(&self.within, &label);
                self.marks.push((self.within.clone(), label.into_string()));
            }
            Item::Fence(fence) => self.met[fence] = self.containers.last().copied(),
            Item::HardBreak | Item::Task(_) => self.line_start = true,
            Item::CodeText(_) | Item::Rule => {}
        }
    }

    fn start(&mut self, tag: &Tag<'_>, range: Range<usize>) {
        match tag {
            Tag::Heading { level, .. } => self.heading = Some((*level as u8, String::new(), None)),
            Tag::BlockQuote(_) | Tag::Item | Tag::List(_) => self.enter(),
            Tag::FootnoteDefinition(label) => {
                let end =
                    self.prose.text()[range.start..].find(']').map_or(range.end, |at| range.start + at + 1);
                self.within = self.notes.define(label);
                self.definitions.push((label.to_string(), range.start..end, self.within != Within::Repeated));
                self.enter();
            }
            _ => {}
        }
        let inline = matches!(tag, Tag::Emphasis | Tag::Strong | Tag::Strikethrough);
        self.line_start = !inline;
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(_) => {
                if let Some((level, text, explicit)) = self.heading.take() {
                    let text = text.trim().to_owned();
                    let id = self.ids.heading(&text, explicit.as_deref());
                    self.outline.headings.push(Heading { level, text, id, explicit: explicit.is_some() });
                }
            }
            TagEnd::FootnoteDefinition => {
                self.within = Within::Text;
                self.containers.pop();
            }
            TagEnd::BlockQuote(_) | TagEnd::Item | TagEnd::List(_) => {
                self.containers.pop();
            }
            _ => {}
        }
    }

    fn enter(&mut self) {
        self.containers.push(self.next_container);
        self.next_container += 1;
    }

    fn link(&mut self, to: Destination, range: Range<usize>) {
        match to {
            Destination::Local(target) => self.outline.references.push(Reference { range, target }),
            Destination::External(_) => {}
            Destination::Refused => self.refused(range),
            Destination::Empty => {
                let message = "a link without an address is shown as its words";
                let help = "write the address between `(` and `)`";
                self.report(Diagnostic::warning("empty-link", message).help(help), range);
            }
        }
    }

    fn image(&mut self, picture: Picture<'_>, range: Range<usize>) {
        // Of an image of the archive, its sidecar may hold the words; only who reads all files can tell.
        if picture.alt.trim().is_empty() && matches!(picture.at, Destination::External(_)) {
            let message = "the image has no words that stand for it";
            let help = "write `![what it shows](FILE)`";
            self.report(Diagnostic::warning("image-without-alt", message).help(help), range.clone());
        }
        match picture.at {
            Destination::Local(target) => {
                let reference = self.outline.references.len();
                self.outline.references.push(Reference { range, target });
                self.outline.images.push(Image { reference, alt: picture.alt });
            }
            Destination::External(_) => {
                let message = "an image of another site is shown as a link";
                let help = "save it beside the text and write its file name";
                self.report(Diagnostic::warning("remote-image", message).help(help), range);
            }
            Destination::Refused => self.refused(range),
            Destination::Empty => {
                let message = "an image without a file is shown as its words";
                let help = "write the file between `(` and `)`";
                self.report(Diagnostic::warning("empty-link", message).help(help), range);
            }
        }
    }

    fn refused(&mut self, range: Range<usize>) {
        let diagnostic = Diagnostic::warning("refused-url", "this address is not linked")
            .help("link to `https:`, `http:`, `mailto:`, `tel:` or a file of the archive");
        self.report(diagnostic, range);
    }

    fn run(&mut self, run: Run<'_>, line_start: bool) {
        self.misplaced_fences(&run, line_start);
        if let Some((_, text, _)) = &mut self.heading {
            wiki::push_words(text, &run);
        }
        for token in wiki::tokens(&run) {
            match token {
                Token::Text(_) => {}
                Token::Wiki(reference) => self.outline.references.push(reference),
                Token::Citations(references) => self.outline.references.extend(references),
                Token::Unread(_, source, kind) => self.report(unread(kind), source),
            }
        }
        if let (Some((_, _, explicit)), Some(id)) = (&mut self.heading, run.id) {
            *explicit = Some(id.clone());
            if self.explicit.contains(&id) {
                let source = run.parts.last().map(|part| part.source.clone()).unwrap_or_default();
                let message = format!("the id `{id}` is asked for twice");
                self.report(Diagnostic::warning("duplicate-id", message).help("choose another id"), source);
            }
            self.explicit.push(id);
        }
    }

    /// `- ::: tlp amber` and the like: what looks like a fence but was read as text must not be published.
    fn misplaced_fences(&mut self, run: &Run<'_>, line_start: bool) {
        if !blocks::has_marks(&run.text) {
            return;
        }
        for (index, part) in run.parts.iter().enumerate() {
            let begins = match index.checked_sub(1) {
                None => line_start,
                Some(last) => run.parts[last].made == Made::Break,
            };
            let text = run.text.get(part.at..).unwrap_or_default();
            let colons = text.trim_start_matches(blocks::hidden).starts_with(":::");
            let end = run.parts.get(index + 1).map_or(text.len(), |next| next.at - part.at);
            // Some editors show these as line ends, too.
            let after_separator = text[..end.min(text.len())]
                .split(['\u{B}', '\u{C}', '\u{85}', '\u{2028}', '\u{2029}'])
                .skip(1)
                .any(|line| line.trim_start_matches(blocks::hidden).starts_with(":::"));
            if after_separator || (begins && part.made == Made::Plain && colons) {
                self.diagnostics
                    .push(blocks::misplaced().at(self.prose.span(self.path, part.source.clone())));
            }
        }
    }

    fn html(&mut self, html: &str, range: Range<usize>) {
        if tags::comment(html).is_some_and(|comment| comment.eq_ignore_ascii_case("more")) {
            self.outline.summary_end.get_or_insert(range.start);
        }
        if self.unsafe_html {
            for tag in &tags::tags(html) {
                self.id(tag);
            }
            return;
        }
        // In a quotation the source has marks between the lines; then the whole piece is the place.
        let as_written = self.prose.text().get(range.clone()) == Some(html);
        if let Some((begin, end)) = tags::unclosed(html) {
            let message = format!("`{begin}` is never closed, and all that follows it is lost");
            let help = format!("write `{end}` where it ends; for plain text write `\\{begin}`");
            self.report(Diagnostic::error("unclosed-html", message).help(help), range.clone());
        }
        for tag in tags::tags(html) {
            if let Some((name, _)) = &self.hiding {
                if tag.closing && tag.name == *name {
                    self.hiding = None;
                }
                continue;
            }
            if tag.closing {
                continue;
            }
            let place = if as_written {
                range.start + tag.range.start..range.start + tag.range.end
            } else {
                range.clone()
            };
            if sanitise::stays(&tag) {
                self.id(&tag);
            }
            for what in sanitise::removed(&tag) {
                let message = format!("{what} is not allowed and was removed");
                let help = match &*tag.name {
                    "img" => "write `![what it shows](FILE)`",
                    _ => "write it in Markdown, or leave it out",
                };
                self.report(Diagnostic::warning("removed-html", message).help(help), place.clone());
            }
            if sanitise::leads_into_archive(&tag) {
                let message = "a link in raw HTML is not checked, and stays as it is";
                let help = "write `[words](ADDRESS)`";
                self.report(Diagnostic::warning("raw-link", message).help(help), place.clone());
            }
            if sanitise::hides_content(&tag) {
                self.hiding = Some((tag.name, place));
            }
        }
    }

    /// Keeps the id that a tag gives.
    fn id(&mut self, tag: &HtmlTag<'_>) {
        let ids = tag.attributes.iter().filter(|(name, _)| !tag.closing && name == "id");
        self.outline.ids.extend(ids.map(|(_, id)| (*id).to_owned()));
    }

    fn report(&mut self, diagnostic: Diagnostic, range: Range<usize>) {
        self.diagnostics.push(diagnostic.at(self.prose.span(self.path, range)));
    }

    fn finish(mut self, fences: &[Fence]) -> Outline {
        self.notes.count();
        self.outline.ids.extend(self.notes.ids(&self.marks));
        if let Some((name, place)) = self.hiding.take() {
            let message = format!("`<{name}>` is never closed, and what follows it is lost");
            let help = format!("for plain text write `\\<{name}>`");
            self.report(Diagnostic::error("unclosed-html", message).help(help), place);
        }
        for (label, range, first) in std::mem::take(&mut self.definitions) {
            if !first {
                let message = format!("a second footnote `{label}` is left out");
                self.report(
                    Diagnostic::warning("duplicate-footnote", message).help("give it another label"),
                    range,
                );
            } else if self.notes.number(&label).is_none() {
                let message = format!("nothing refers to the footnote `{label}`, and it is left out");
                let help = format!("write `[^{label}]` where it belongs");
                self.report(Diagnostic::warning("unused-footnote", message).help(help), range);
            }
        }
        (self.outline.marked, self.outline.forms) =
            blocks::check(self.prose, self.path, fences, &self.met, self.diagnostics);
        self.outline
    }
}

fn unread(kind: Unread) -> Diagnostic {
    match kind {
        Unread::Wiki => Diagnostic::warning("unread-reference", "`[[` is read as text here")
            .help("write `[[NAME]]` or `[[NAME|words]]` with nothing but words in it; for plain brackets write `\\[[`"),
        Unread::Citation => Diagnostic::warning("unread-citation", "this is no citation and is read as text")
            .help("write `[@ID]` or `[@ID; @ID]`; for plain brackets write `\\[@`"),
        Unread::Footnote => Diagnostic::warning("missing-footnote", "there is no such footnote")
            .help("define it with `[^LABEL]: ...` at the beginning of a line; for plain brackets write `\\[^`"),
    }
}
