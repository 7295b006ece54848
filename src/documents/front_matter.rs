use std::ops::Range;

use super::{Body, markdown, short_forms};
use crate::{
    diagnostics::{Diagnostic, Diagnostics, SharedText, Span},
    model::SourcePath,
    settings::Settings,
    tree::{self, Cx, Node},
};

/// A file whose front matter has become a tree.
pub(super) struct File<'a> {
    pub(super) path: &'a SourcePath,
    pub(super) text: &'a SharedText,
    pub(super) front: Node,
    unsafe_html: bool,
    body: Range<usize>,
}

impl File<'_> {
    /// The text below the front matter and what it refers to.
    pub(super) fn body(&self, diagnostics: &mut Diagnostics) -> Body {
        let prose = markdown::Prose::of_file(self.text, self.body.clone());
        let outline = markdown::outline(&prose, self.path, self.unsafe_html, diagnostics);
        Body { prose, outline }
    }

    /// The same of `this`, which can hold no claims and events; `help` says where they belong.
    pub(super) fn body_without_forms(
        &self,
        this: &str,
        help: impl Fn(markdown::FormSort) -> String,
        diagnostics: &mut Diagnostics,
    ) -> Body {
        let body = self.body(diagnostics);
        for refused in short_forms::refuse(&body, self.path, this, help) {
            diagnostics.push(refused);
        }
        body
    }
}

/// Splits a file and parses its front matter: YAML between `---` lines, TOML between `+++` lines.
pub(super) fn read<'a>(
    path: &'a SourcePath,
    text: &'a SharedText,
    settings: &Settings,
    diagnostics: &mut Diagnostics,
) -> Option<File<'a>> {
    let split = match split(text) {
        Ok(split) => split,
        Err(wrong) => {
            diagnostics.push(wrong.diagnostic(path));
            return None;
        }
    };
    let mut cx = Cx { path, text, zone: settings.timezone, diagnostics };
    let front = if split.toml { tree::toml(&mut cx, split.front) } else { tree::yaml(&mut cx, split.front) };
    Some(File { path, text, front: front?, unsafe_html: settings.unsafe_html, body: split.body })
}

/// Where the halves of a file stand.
#[derive(Debug, PartialEq, Eq)]
pub struct Split {
    /// Whether the front matter is TOML; else it is YAML.
    pub toml: bool,
    /// The lines between the fences.
    pub front: Range<usize>,
    /// What stands below.
    pub body: Range<usize>,
}

impl Split {
    /// The halves of `text`, if it begins with front matter.
    pub fn of(text: &str) -> Option<Self> {
        split(text).ok()
    }
}

#[derive(Debug, PartialEq, Eq)]
enum Wrong {
    /// The first line is no fence; its bytes.
    None(Range<usize>),
    /// The fence is never closed; the bytes of the opening one, and the fence.
    Open(Range<usize>, &'static str),
}

impl Wrong {
    fn diagnostic(self, path: &SourcePath) -> Diagnostic {
        match self {
            Self::None(line) => {
                Diagnostic::error("no-front-matter", "the file does not begin with front matter")
                    .at(Span::new(path, line))
                    .help("begin with `---`, `title: ...`, `date: 2025-05-15` and `---`, a line each")
            }
            Self::Open(line, fence) => {
                Diagnostic::error("open-front-matter", format!("the front matter is not closed by `{fence}`"))
                    .at(Span::new(path, line))
                    .help(format!("write `{fence}` on a line of its own after the last key"))
            }
        }
    }
}

/// Finds the front matter's bytes and the body's. A byte order mark, blank lines before, and CRLF are tolerated.
fn split(text: &str) -> Result<Split, Wrong> {
    let mut lines = Lines { text, at: if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 } };
    let first = loop {
        match lines.next() {
            Some(line) if text[line.clone()].trim().is_empty() => {}
            Some(line) => break line,
            None => return Err(Wrong::None(0..text.len().min(1))),
        }
    };
    let fence = match text[first.clone()].trim_end() {
        "---" => "---",
        "+++" => "+++",
        _ => {
            let end = first.start + text[first.clone()].trim_end().len();
            return Err(Wrong::None(first.start..end.max(first.start)));
        }
    };
    let start = lines.at;
    while let Some(line) = lines.next() {
        if text[line.clone()].trim_end() == fence {
            return Ok(Split { toml: fence == "+++", front: start..line.start, body: lines.at..text.len() });
        }
    }
    Err(Wrong::Open(first.start..first.start + fence.len(), fence))
}

/// The lines of a text with their ends.
struct Lines<'a> {
    text: &'a str,
    at: usize,
}

impl Iterator for Lines<'_> {
    type Item = Range<usize>;

    fn next(&mut self) -> Option<Range<usize>> {
        let start = self.at;
        let rest = self.text.get(start..).filter(|rest| !rest.is_empty())?;
        self.at = rest.find('\n').map_or(self.text.len(), |newline| start + newline + 1);
        Some(start..self.at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn halves(text: &str) -> (&str, &str, bool) {
        let split = split(text).unwrap();
        (&text[split.front], &text[split.body], split.toml)
    }

    #[test]
    fn front_matter_stands_between_its_fences() {
        assert_eq!(halves("---\ntitle: A\n---\nBody\n"), ("title: A\n", "Body\n", false));
        assert_eq!(halves("+++\ntitle = \"A\"\n+++\n"), ("title = \"A\"\n", "", true));
    }

    #[test]
    fn a_byte_order_mark_blank_lines_and_carriage_returns_are_tolerated() {
        assert_eq!(halves("\u{feff}\r\n---\r\ntitle: A\r\n---\r\nBody"), ("title: A\r\n", "Body", false));
    }

    #[test]
    fn a_fence_in_a_value_does_not_end_the_front_matter() {
        assert_eq!(halves("---\ntitle: a --- b\n--- \nBody").0, "title: a --- b\n");
    }

    #[test]
    fn a_file_without_a_fence_or_with_an_open_one_is_told_so() {
        assert_eq!(split("# Heading\n"), Err(Wrong::None(0..9)));
        assert_eq!(split(""), Err(Wrong::None(0..0)));
        assert_eq!(split("---\ntitle: A\n"), Err(Wrong::Open(0..3, "---")));
    }
}
