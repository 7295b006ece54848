//! Items of prose to HTML: blocks here, what stands in them in `inline`.

use std::{collections::BTreeSet, fmt::Write as _};

use pulldown_cmark::{Alignment, Tag, TagEnd};

use super::{
    blocks::{Fence, Meaning},
    escape,
    footnotes::Footnotes,
    forms::FormSort,
    headings::{Ids, Levels},
    render::{Cut, MentionLink, RenderOptions, RenderedHeading, Rendering, Resolution},
    survey::Survey,
    tags,
    walk::{Item, holds_blocks, language},
};
use crate::model::Tlp;

/// Writes one rendering.
pub(super) struct Writer<'a> {
    pub(super) out: String,
    pub(super) rendering: Rendering,
    pub(super) resolutions: &'a [Resolution],
    pub(super) options: &'a RenderOptions<'a>,
    fences: &'a [Fence],
    /// What stands before generated ids and sources until the sanitiser has seen them.
    pub(super) marker: &'a str,
    levels: Levels,
    ids: Ids,
    /// Ids given out other than those of headings.
    pub(super) generated: BTreeSet<String>,
    pub(super) survey: Survey,
    pub(super) footnotes: Footnotes,
    /// Footnotes being rendered: the number, if readers get to it, and what was written before.
    pub(super) notes: Vec<(Option<usize>, String)>,
    pub(super) heading: Option<OpenHeading>,
    pub(super) paragraph: Option<OpenParagraph>,
    /// Whether an anchor is open.
    pub(super) anchor: bool,
    /// How many stretches of text were written, and the mentions in those that were not.
    pub(super) stretches: u32,
    pub(super) mentions: &'a [MentionLink],
    table: Table,
    /// How many blocks that hold blocks are open around this place.
    depth: usize,
    /// The sections of marked prose that are open.
    sections: Vec<Section>,
}

/// A section of marked prose.
struct Section {
    /// At which depth it stands.
    depth: usize,
    tlp: Tlp,
    /// Where it begins in what is written, and where what stands in it begins.
    start: usize,
    inside: usize,
    /// Whether it is a part of one that a claim or an event stands in.
    is_part: bool,
}

pub(super) struct OpenHeading {
    start: usize,
    level: u8,
    pub(super) text: String,
    pub(super) id: Option<Box<str>>,
}

pub(super) struct OpenParagraph {
    start: usize,
    /// What it becomes if the image in it is all there is.
    pub(super) figure: Option<String>,
    /// Whether there is more in it than one image.
    pub(super) more: bool,
}

#[derive(Default)]
struct Table {
    alignments: Vec<Alignment>,
    column: usize,
    in_head: bool,
    has_body: bool,
}

impl<'a> Writer<'a> {
    pub(super) fn new(
        resolutions: &'a [Resolution],
        options: &'a RenderOptions<'a>,
        fences: &'a [Fence],
        marker: &'a str,
        survey: Survey,
    ) -> Self {
        Self {
            out: String::new(),
            rendering: Rendering::default(),
            resolutions,
            options,
            fences,
            marker,
            levels: Levels::new(options.top_heading.clamp(2, 6)),
            ids: Ids::new(options.id_prefix, &survey.explicit, options.taken),
            generated: BTreeSet::new(),
            survey,
            footnotes: Footnotes::default(),
            notes: Vec::new(),
            heading: None,
            paragraph: None,
            anchor: false,
            stretches: 0,
            mentions: options.mentions,
            table: Table::default(),
            depth: 0,
            sections: Vec::new(),
        }
    }

    pub(super) fn item(&mut self, item: Item<'_>) {
        if let Some(paragraph) = &mut self.paragraph {
            let nothing = match &item {
                Item::End(_) | Item::Image(_) => true,
                Item::Run(run) => run.text.trim().is_empty(),
                Item::Html { html, .. } => !self.options.unsafe_html && tags::is_comment(html),
                _ => false,
            };
            paragraph.more |= !nothing;
        }
        match item {
            Item::Start(tag) => self.start(tag),
            Item::End(tag) => self.end(tag),
            Item::Link { to, title } => self.link(to, &title),
            Item::Image(picture) => self.image(picture),
            Item::Run(run) => self.run(run),
            Item::CodeText(text) => escape::text(&mut self.out, &text),
            Item::Code(code) => self.code(&code),
            Item::Html { html, block } => {
                if self.options.unsafe_html || !tags::is_comment(&html) {
                    if block {
                        self.fresh_line();
                    }
                    self.out.push_str(&html);
                }
            }
            Item::HardBreak => self.out.push_str("<br>\n"),
            Item::Rule => {
                self.fresh_line();
                self.out.push_str("<hr>\n");
            }
            Item::Task(done) => self.task(done),
            Item::Footnote(label) => self.footnote(&label),
            Item::Fence(fence) => self.fence(fence),
        }
    }

    /// The rendering, and all ids that are not the author's own.
    pub(super) fn finish(mut self) -> (Rendering, BTreeSet<String>) {
        while self.close_section() {}
        let options = self.options;
        let notes = std::mem::take(&mut self.footnotes);
        self.generated.extend(notes.write(&mut self.out, options.id_prefix, self.marker, &options.labels));
        self.rendering.html = self.out;
        let mut ids = self.ids.into_used();
        ids.append(&mut self.generated);
        (self.rendering, ids)
    }

    fn start(&mut self, tag: Tag<'_>) {
        let inline = match tag {
            Tag::Emphasis => "<em>",
            Tag::Strong => "<strong>",
            Tag::Strikethrough => "<del>",
            _ => "",
        };
        if !inline.is_empty() {
            self.out.push_str(inline);
            return;
        }
        self.depth += usize::from(holds_blocks(tag.to_end()));
        match tag {
            Tag::TableHead => {
                self.table.in_head = true;
                self.table.column = 0;
                self.out.push_str("<thead><tr>");
            }
            Tag::TableRow => self.row(),
            Tag::TableCell => self.cell(),
            Tag::FootnoteDefinition(label) => {
                let number =
                    self.survey.footnotes.number(&label).filter(|number| self.footnotes.begin(*number));
                self.notes.push((number, std::mem::take(&mut self.out)));
            }
            other => {
                self.fresh_line();
                self.block(other);
            }
        }
    }

    fn block(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Paragraph => {
                self.paragraph = Some(OpenParagraph { start: self.out.len(), figure: None, more: false });
                self.out.push_str("<p>");
            }
            Tag::Heading { level, .. } => {
                let level = self.levels.place(level as u8);
                self.heading =
                    Some(OpenHeading { start: self.out.len(), level, text: String::new(), id: None });
            }
            Tag::BlockQuote(_) => self.out.push_str("<blockquote>\n"),
            Tag::CodeBlock(kind) => {
                self.out.push_str("<pre tabindex=\"0\"><code");
                if let Some(language) = language(&kind) {
                    self.out.push_str(" class=\"language-");
                    escape::attribute(&mut self.out, language);
                    self.out.push('"');
                }
                self.out.push('>');
            }
            Tag::List(None) => self.out.push_str("<ul>\n"),
            Tag::List(Some(1)) => self.out.push_str("<ol>\n"),
            Tag::List(Some(start)) => {
                let _ = writeln!(self.out, "<ol start=\"{start}\">");
            }
            Tag::Item => self.out.push_str("<li>"),
            Tag::Table(alignments) => {
                self.table = Table { alignments, ..Table::default() };
                self.out.push_str("<div class=\"table-scroll\" tabindex=\"0\"><table>");
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        if holds_blocks(tag) {
            while self.in_section() {
                self.close_section();
            }
            self.depth = self.depth.saturating_sub(1);
        }
        let written = match tag {
            TagEnd::BlockQuote(_) => "</blockquote>\n",
            TagEnd::CodeBlock => "</code></pre>\n",
            TagEnd::List(true) => "</ol>\n",
            TagEnd::List(false) => "</ul>\n",
            TagEnd::Item => "</li>\n",
            TagEnd::TableHead => {
                self.table.in_head = false;
                "</tr></thead>"
            }
            TagEnd::TableRow => "</tr>\n",
            TagEnd::TableCell => {
                self.table.column += 1;
                if self.table.in_head { "</th>" } else { "</td>" }
            }
            TagEnd::Table if self.table.has_body => "</tbody></table></div>\n",
            TagEnd::Table => "</table></div>\n",
            TagEnd::Emphasis => "</em>",
            TagEnd::Strong => "</strong>",
            TagEnd::Strikethrough => "</del>",
            TagEnd::Link if std::mem::take(&mut self.anchor) => "</a>",
            TagEnd::Paragraph => return self.end_paragraph(),
            TagEnd::Heading(_) => return self.end_heading(),
            TagEnd::FootnoteDefinition => return self.end_note(),
            _ => "",
        };
        self.out.push_str(written);
    }

    fn end_paragraph(&mut self) {
        match self.paragraph.take() {
            Some(OpenParagraph { start, figure: Some(figure), more: false }) => {
                self.out.truncate(start);
                self.out.push_str(&figure);
            }
            _ => self.out.push_str("</p>\n"),
        }
    }

    fn end_heading(&mut self) {
        let Some(OpenHeading { start, level, text, id }) = self.heading.take() else {
            return;
        };
        let text = text.trim().to_owned();
        let id = self.ids.heading(&text, id.as_deref());
        let mut open = format!("<h{level}");
        self.push_id(&mut open, &id);
        open.push('>');
        self.out.insert_str(start, &open);
        let _ = writeln!(self.out, "</h{level}>");
        self.rendering.headings.push(RenderedHeading { level, id, text });
    }

    fn end_note(&mut self) {
        let Some((number, before)) = self.notes.pop() else {
            return;
        };
        let body = std::mem::replace(&mut self.out, before);
        if let Some(number) = number {
            self.footnotes.keep(number, body);
        }
    }

    fn row(&mut self) {
        self.table.column = 0;
        if !std::mem::replace(&mut self.table.has_body, true) {
            self.out.push_str("<tbody>\n");
        }
        self.out.push_str("<tr>");
    }

    fn cell(&mut self) {
        self.out.push_str(if self.table.in_head { "<th scope=\"col\"" } else { "<td" });
        // A style attribute would fall to the content security policy.
        self.out.push_str(match self.table.alignments.get(self.table.column) {
            Some(Alignment::Left) => " class=\"align-left\">",
            Some(Alignment::Center) => " class=\"align-center\">",
            Some(Alignment::Right) => " class=\"align-right\">",
            _ => ">",
        });
    }

    fn task(&mut self, done: bool) {
        let label = if done { self.options.labels.done } else { self.options.labels.to_do };
        self.out.push_str("<input type=\"checkbox\" disabled");
        self.out.push_str(if done { " checked aria-label=\"" } else { " aria-label=\"" });
        escape::attribute(&mut self.out, label);
        self.out.push_str("\"> ");
    }

    fn fence(&mut self, fence: usize) {
        match self.fences[fence].meaning {
            Meaning::Marks(tlp) => self.open_section(tlp, false),
            // One that was opened further out stays open to the end: too much is shown as marked, never too little.
            Meaning::Close if self.in_section() => drop(self.close_section()),
            Meaning::Form(sort) if self.depth == 0 => self.cut(sort),
            _ => {}
        }
    }

    /// Ends what is open at the place of a claim or an event, and opens it again after it.
    fn cut(&mut self, sort: FormSort) {
        let labels: Vec<Tlp> = self.sections.iter().map(|section| section.tlp).collect();
        for section in &mut self.sections {
            section.is_part = true;
        }
        while self.close_section() {}
        self.fresh_line();
        let label = labels.iter().max().map(|tlp| tlp.label());
        self.rendering.cuts.push(Cut { at: self.out.len(), sort, label });
        for tlp in labels {
            self.open_section(tlp, true);
        }
    }

    fn in_section(&self) -> bool {
        self.sections.last().is_some_and(|section| section.depth == self.depth)
    }

    fn open_section(&mut self, tlp: Tlp, is_part: bool) {
        self.fresh_line();
        let start = self.out.len();
        let label = tlp.label();
        let _ = writeln!(self.out, "<section class=\"marked\" aria-label=\"TLP:{label}\">");
        escape::label(&mut self.out, "p", label);
        self.out.push('\n');
        self.sections.push(Section { depth: self.depth, tlp, start, inside: self.out.len(), is_part });
    }

    /// Closes the innermost section, if there is one.
    fn close_section(&mut self) -> bool {
        let Some(section) = self.sections.pop() else { return false };
        if section.is_part && self.out.len() == section.inside {
            self.out.truncate(section.start);
        } else {
            self.fresh_line();
            self.out.push_str("</section>\n");
        }
        true
    }

    fn fresh_line(&mut self) {
        if !self.out.is_empty() && !self.out.ends_with('\n') {
            self.out.push('\n');
        }
    }

    pub(super) fn push_id(&self, out: &mut String, id: &str) {
        out.push_str(" id=\"");
        out.push_str(self.marker);
        escape::attribute(out, id);
        out.push('"');
    }
}
