//! Which elements of raw HTML are open, of those in which no name is linked.

use super::super::{sanitise, tags};

/// What holds code, quotations, headings, captions, links or controls, or what readers never see.
const APART: [&str; 13] = [
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
];

/// Stands for the headings of all levels, since the end of one ends any other (HTML, 13.2.6.4.7).
const HEADING: &str = "h";

/// The elements around a place.
#[derive(Debug, Default)]
pub(super) struct Elements {
    /// How often each of [`APART`] is open. What an author never closes stays open to the end.
    open: [usize; APART.len()],
    /// One whose content is no text for readers; no tag counts in it but its own end.
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
        self.hiding.is_some() || self.open.iter().any(|open| *open > 0)
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
            if !tag.closing && sanitise::hides_content(&tag) {
                self.hiding = Some(tag.name);
                continue;
            }
            let name = match &*tag.name {
                "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => HEADING,
                other => other,
            };
            if let Some(place) = APART.iter().position(|apart| *apart == name) {
                let open = &mut self.open[place];
                *open = if tag.closing { open.saturating_sub(1) } else { *open + 1 };
            }
        }
        between
    }
}
