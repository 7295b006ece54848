//! Claims and events written in prose: `::: claim {...}` to `:::`. What stands in them is no Markdown; it is read by
//! who reads front matter, and shown as what stands there is.

use std::ops::Range;

use super::{
    blocks::{Fence, FormBody, Meaning},
    prose::Prose,
};
use crate::{
    diagnostics::{Diagnostic, Diagnostics},
    model::{SourcePath, Tlp},
};

/// A claim or an event written in prose.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct FormBlock {
    /// Bytes of the prose: whole lines, those of the fences too.
    pub range: Range<usize>,
    /// From the first colon to the last of the fence that closes it.
    pub written: Range<usize>,
    /// What follows the word `claim` or `event`, to the fence that closes it.
    pub inside: Range<usize>,
    /// Which of the two it is.
    pub sort: FormSort,
    /// The strictest label of the marked prose that it stands in.
    pub tlp: Option<Tlp>,
}

/// What is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FormSort {
    /// What somebody says.
    Claim,
    /// What happened or is planned.
    Event,
}

impl FormSort {
    /// The word after the colons.
    pub fn word(self) -> &'static str {
        match self {
            Self::Claim => "claim",
            Self::Event => "event",
        }
    }
}

/// Finds where each claim and event of `fences` ends: at the next fence, whatever that is, for none holds a block.
pub(super) fn pair(text: &str, fences: &mut [Fence]) {
    for opening in 0..fences.len() {
        let Meaning::Form(sort) = fences[opening].meaning else { continue };
        let mark = fences[opening].mark.clone();
        let colons = text[mark.clone()].find(|c: char| c.is_ascii_alphabetic()).unwrap_or_default();
        let start = mark.start + colons + sort.word().len();
        let closing = fences.get_mut(opening + 1).filter(|next| next.meaning == Meaning::Close).map(|next| {
            next.meaning = Meaning::CloseForm;
            opening + 1
        });
        let end = match fences.get(opening + 1) {
            Some(next) if closing.is_some() => next.mark.start,
            Some(next) => next.line.start,
            None => text.len(),
        };
        fences[opening].form = Some(FormBody { inside: start..end, closing });
    }
}

/// The claim or event that the fence `index` opens, if it stands where one can. Reports what is wrong with its fences.
pub(super) fn check(
    prose: &Prose,
    path: &SourcePath,
    fences: &[Fence],
    index: usize,
    container: Option<usize>,
    diagnostics: &mut Diagnostics,
) -> Option<FormBlock> {
    let fence = &fences[index];
    let (Meaning::Form(sort), Some(form)) = (&fence.meaning, &fence.form) else { return None };
    let place = prose.span(path, fence.mark.clone());
    if container.is_some_and(|container| container != 0) {
        diagnostics.push(
            Diagnostic::error(
                "misplaced-form",
                format!("no {} is read in a list item, a quotation or a footnote", sort.word()),
            )
            .at(place)
            .help("begin its lines at the margin, after a blank line"),
        );
        return None;
    }
    let end = match form.closing.map(|closing| &fences[closing]) {
        Some(closing) if prose.text()[closing.line.start..closing.mark.start].contains('>') => {
            diagnostics.push(
                Diagnostic::error("crossing-block", "the block is not closed where it was opened")
                    .at(prose.span(path, closing.mark.clone()))
                    .related(place, "opened here")
                    .help("write `:::` at the margin"),
            );
            closing
        }
        Some(closing) => closing,
        None => {
            let diagnostic = Diagnostic::error("unclosed-block", "the block is not closed").at(place);
            diagnostics.push(match fences.get(index + 1) {
                Some(next) => {
                    diagnostic.related(prose.span(path, next.mark.clone()), "another one begins here").help(
                        "write `:::` on a line of its own before the other begins: it holds no other block",
                    )
                }
                None => diagnostic.help("write `:::` on a line of its own after it"),
            });
            fence
        }
    };
    let (range, written) = match form.closing {
        Some(_) => (fence.line.start..end.line.end, fence.mark.start..end.mark.end),
        None => (fence.line.start..form.inside.end, fence.mark.start..form.inside.end),
    };
    container?;
    Some(FormBlock { range, written, inside: form.inside.clone(), sort: *sort, tlp: None })
}
