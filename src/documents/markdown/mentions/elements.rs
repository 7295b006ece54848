//! Which elements of raw HTML are open, of those in which no name is linked.

use super::super::tags::{self, HtmlTag};

/// What holds code, quotations, headings, captions, links, controls or what is no text.
const APART: [&str; 22] = [
    "a",
    "q",
    "blockquote",
    "cite",
    "code",
    "kbd",
    "samp",
    "pre",
    HEADING,
    "figcaption",
    "caption",
    "button",
    "summary",
    "svg",
    "math",
    "template",
    "select",
    "object",
    "audio",
    "video",
    "canvas",
    "applet",
];

/// What readers never see and in which no tag counts but its own end.
const HIDING: [&str; 10] =
    ["script", "style", "iframe", "noembed", "noframes", "noscript", "xmp", "plaintext", "textarea", "title"];

/// Stands for the headings of all levels, since the end of one ends any other (HTML, 13.2.6.4.7).
const HEADING: &str = "h";

/// The elements around a place.
#[derive(Debug, Default)]
pub(super) struct Elements {
    /// How often each of [`APART`] is open. What an author never closes stays open to the end.
    open: [usize; APART.len()],
    /// How many of these opened outside the cell of a table around the place: nothing in the cell closes them.
    outside: [usize; APART.len()],
    /// How many tables are open, and whether a cell of the last is. What stands between cells is moved before the
    /// table (HTML, 13.2.6.1), the white space beside a link otherwise than within text.
    tables: usize,
    in_cell: bool,
    /// Whether the place is in a cell of a table of Markdown.
    in_markdown_cell: bool,
    /// One of [`HIDING`].
    hiding: Option<String>,
}

/// What a piece of raw HTML puts between the texts around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Between {
    /// Nothing: `<b>`.
    Nothing,
    /// The end of a line: `<br>`.
    Line,
    /// Something: `<sup>`.
    Something,
}

impl Elements {
    /// Whether readers do not see what stands here.
    pub(super) fn hide(&self) -> bool {
        self.hiding.is_some()
    }

    /// Whether any is open, so that names are not linked here.
    pub(super) fn are_open(&self) -> bool {
        self.hiding.is_some() || (self.tables > 0 && !self.in_cell) || self.open.iter().any(|open| *open > 0)
    }

    /// A link, a quotation or a heading of Markdown ends. Where raw HTML hides what stands there, it hides the tag
    /// that would close it too.
    pub(super) fn end(&mut self) {
        if self.hiding.is_some() {
            self.open[0] += 1;
        }
    }

    /// A cell of a table begins.
    pub(super) fn enter_cell(&mut self) {
        self.outside = self.open;
        self.in_markdown_cell = true;
    }

    /// A cell of a table ends.
    pub(super) fn leave_cell(&mut self) {
        self.outside = [0; APART.len()];
        self.in_markdown_cell = false;
    }

    /// Reads the tags of a piece of raw HTML.
    pub(super) fn read(&mut self, html: &str) -> Between {
        let mut between = Between::Nothing;
        for tag in tags::tags(html) {
            if let Some(hiding) = &self.hiding {
                if tag.closing && tag.name == *hiding {
                    self.hiding = None;
                }
                continue;
            }
            match &*tag.name {
                "br" => between = Between::Line,
                "sup" | "sub" | "img" | "rt" | "rp" if between == Between::Nothing => {
                    between = Between::Something;
                }
                _ => {}
            }
            if !tag.closing && HIDING.contains(&&*tag.name) {
                self.hiding = Some(tag.name);
                continue;
            }
            self.read_table(&tag);
            let name = match &*tag.name {
                "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => HEADING,
                other => other,
            };
            if let Some(place) = APART.iter().position(|apart| *apart == name) {
                let open = &mut self.open[place];
                *open = if tag.closing { open.saturating_sub(1).max(self.outside[place]) } else { *open + 1 };
            }
        }
        between
    }

    fn read_table(&mut self, tag: &HtmlTag<'_>) {
        match &*tag.name {
            "table" if tag.closing => self.tables = self.tables.saturating_sub(1),
            "table" => self.tables += 1,
            "tr" | "tbody" | "thead" | "tfoot" | "td" | "th" | "caption" | "col" | "colgroup" => {}
            _ => return,
        }
        // It tears the cell and the table open, and where the rest of the text falls is hard to tell.
        self.open[0] += usize::from(self.in_markdown_cell);
        self.in_cell = !tag.closing && matches!(&*tag.name, "td" | "th");
    }
}
