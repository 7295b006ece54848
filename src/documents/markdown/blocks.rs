//! Fenced blocks of prose: `::: tlp amber`, `::: claim {...}` or `::: event {...}` to `:::`.
//!
//! A mistyped marking that was read as text would publish what it was to hold back. So every line that begins
//! with `:::` outside code is a fence, and whatever a fence cannot mean is an error.

use std::{borrow::Cow, ops::Range};

use pulldown_cmark::{Event, Parser, Tag};

use super::{
    forms::{self, FormBlock, FormSort},
    prose::Prose,
    walk,
};
use crate::{
    diagnostics::{Diagnostic, Diagnostics, did_you_mean, nearest, one_of},
    model::{SourcePath, Tlp},
};

/// Prose between the fences of a marking.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct MarkedBlock {
    /// Bytes of the prose: whole lines, those of the fences too.
    pub range: Range<usize>,
    /// Its label.
    pub tlp: Tlp,
}

impl MarkedBlock {
    /// Its label, to be shown.
    pub fn label(&self) -> Tlp {
        self.tlp
    }
}

/// A line that begins with three colons or more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fence {
    /// The whole line with its end.
    pub(super) line: Range<usize>,
    /// From the first colon to the last character that is not white space.
    pub(super) mark: Range<usize>,
    pub(super) meaning: Meaning,
    /// Of a claim or an event: what stands in it, which is no Markdown, and the mark of the fence that closes it.
    pub(super) form: Option<FormBody>,
}

/// What stands between the fences of a claim or an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct FormBody {
    pub(super) inside: Range<usize>,
    /// The number of the fence that closes it, if one does.
    pub(super) closing: Option<usize>,
}

/// What a fence does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    Close,
    /// Closes a claim or an event. It stands in what is no Markdown.
    CloseForm,
    Marks(Tlp),
    /// `tlp` with a label that there is not.
    UnknownLabel(Box<str>),
    /// A claim or an event.
    Form(FormSort),
    Unknown(Box<str>),
    /// Other marks than three colons before `tlp`.
    Nearly(Box<str>),
}

/// All fences of `text`, in order.
pub(super) fn fences(text: &str) -> Vec<Fence> {
    // What begins with a letter is no fence, and that is nearly every line.
    let may_open = |line: &&str| !line.starts_with(|c: char| c.is_ascii_alphanumeric());
    if !has_marks(text) && !text.lines().filter(may_open).any(|line| is_nearly(opening(line))) {
        return Vec::new();
    }
    let in_code = |(event, range)| matches!(event, Event::Start(Tag::CodeBlock(_))).then_some(range);
    let code: Vec<Range<usize>> =
        Parser::new_ext(text, walk::OPTIONS).into_offset_iter().filter_map(in_code).collect();
    let mut fences = Vec::new();
    let mut start = 0;
    while start < text.len() {
        let line = start..line_end(text, start);
        start = line.end;
        // A fence may stand in a quotation or a list item. What cannot be seen does not hide one.
        let colons = opening(&text[line.clone()]);
        if !colons.starts_with(":::") && !is_nearly(colons) {
            continue;
        }
        let mark = line.end - colons.len();
        let before = code.partition_point(|range| range.start <= mark);
        if !code[..before].last().is_some_and(|range| range.contains(&mark)) {
            let mark = mark..mark + colons.trim_end().len();
            let meaning = meaning(&text[mark.clone()]);
            fences.push(Fence { line, mark, meaning, form: None });
        }
    }
    forms::pair(text, &mut fences);
    fences
}

/// Whether the marks of a fence stand in `text`. The search of the standard library is slow for what repeats itself.
pub(super) fn has_marks(text: &str) -> bool {
    text.match_indices(':').any(|(at, _)| text[at..].starts_with(":::"))
}

/// What of a line follows the marks of quotations and what cannot be seen.
fn opening(line: &str) -> &str {
    line.trim_start_matches(|c: char| c == '>' || hidden(c))
}

/// Whether a line was meant to open a block: `tlp`, or `claim` or `event` and a brace, after fewer colons or after
/// those of a Chinese keyboard.
fn is_nearly(line: &str) -> bool {
    let words = line.trim_start_matches(is_colon);
    let colons = &line[..line.len() - words.len()];
    if colons.is_empty() || colons.starts_with(":::") {
        return false;
    }
    let words = words.trim_start_matches(hidden);
    let begins = |word: &str| words.get(..word.len()).is_some_and(|found| found.eq_ignore_ascii_case(word));
    let form = |word: &str| begins(word) && words[word.len()..].trim_start_matches(hidden).starts_with('{');
    begins("tlp") || form("claim") || form("event")
}

/// A colon of any script that keyboards write.
fn is_colon(c: char) -> bool {
    matches!(c, ':' | '\u{FF1A}' | '\u{FE13}' | '\u{FE55}' | '\u{A789}' | '\u{2236}')
}

/// `text` with each fence as a thematic break of the same length: it ends whatever a fence ends, and is met again
/// by its place. What stands in claims and events is blanks.
pub(super) fn mask<'a>(text: &'a str, fences: &[Fence]) -> Cow<'a, str> {
    if fences.is_empty() {
        return Cow::Borrowed(text);
    }
    let mut masked = String::with_capacity(text.len());
    for fence in fences.iter().filter(|fence| fence.meaning != Meaning::CloseForm) {
        masked.push_str(&text[masked.len()..fence.mark.start]);
        masked.extend(std::iter::repeat_n('*', fence.mark.len()));
        if let Some(form) = &fence.form {
            let end = form.closing.map_or(form.inside.end, |closing| fences[closing].mark.end);
            let blank = |byte: u8| if matches!(byte, b'\n' | b'\r') { char::from(byte) } else { ' ' };
            masked.extend(text[fence.mark.end..end].bytes().map(blank));
        }
    }
    masked.push_str(&text[masked.len()..]);
    Cow::Owned(masked)
}

/// The marked blocks, and the claims and events, that `fences` make. `containers` tells for each fence in which list item or quotation it was
/// met when the prose was read, if it was met at all.
pub(super) fn check(
    prose: &Prose,
    path: &SourcePath,
    fences: &[Fence],
    containers: &[Option<usize>],
    diagnostics: &mut Diagnostics,
) -> (Vec<MarkedBlock>, Vec<FormBlock>) {
    let mut marked = Vec::new();
    let mut forms = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    for (index, fence) in fences.iter().enumerate() {
        let place = prose.span(path, fence.mark.clone());
        if fence.meaning == Meaning::CloseForm {
            continue;
        }
        if containers[index].is_none() {
            diagnostics.push(misplaced().at(place.clone()));
        }
        if let Meaning::Form(sort) = fence.meaning {
            let labels = open.iter().filter_map(|opening| match fences[*opening].meaning {
                Meaning::Marks(tlp) => Some(tlp),
                _ => None,
            });
            let form = forms::check(prose, path, fences, index, containers[index], diagnostics);
            forms.extend(form.map(|form| FormBlock { sort, tlp: labels.max(), ..form }));
            continue;
        }
        if fence.meaning != Meaning::Close {
            if let Some(fault) = fault(&fence.meaning) {
                diagnostics.push(fault.at(place));
            }
            open.push(index);
            continue;
        }
        let Some(opening) = open.pop() else {
            let message = "`:::` closes a block that was not opened";
            diagnostics.push(Diagnostic::error("unopened-block", message).at(place).help("remove the line"));
            continue;
        };
        let crossing = containers[index].is_some()
            && containers[opening].is_some()
            && containers[opening] != containers[index];
        if crossing {
            diagnostics.push(
                Diagnostic::error("crossing-block", "the block is not closed where it was opened")
                    .at(place)
                    .related(prose.span(path, fences[opening].mark.clone()), "opened here")
                    .help("put both fences into the same list item or quotation, or outside of it"),
            );
        }
        if let Meaning::Marks(tlp) = fences[opening].meaning {
            marked.push(MarkedBlock { range: fences[opening].line.start..fence.line.end, tlp });
        }
    }
    for opening in open {
        let fence = &fences[opening];
        diagnostics.push(
            Diagnostic::error("unclosed-block", "the block is not closed")
                .at(prose.span(path, fence.mark.clone()))
                .help("write `:::` on a line of its own after it"),
        );
        if let Meaning::Marks(tlp) = fence.meaning {
            marked.push(MarkedBlock { range: fence.line.start..prose.text().len(), tlp });
        }
    }
    marked.sort_by_key(|block| block.range.start);
    (marked, forms)
}

/// A fence where none is read.
pub(super) fn misplaced() -> Diagnostic {
    Diagnostic::error("misplaced-fence", "`:::` is not read as a fence here")
        .help("begin a line with it, after a blank line, outside of raw HTML; for plain colons write `\\:::`")
}

fn fault(meaning: &Meaning) -> Option<Diagnostic> {
    let labels = || Tlp::ALL.into_iter().map(Tlp::label);
    match meaning {
        Meaning::Close | Meaning::CloseForm | Meaning::Marks(_) | Meaning::Form(_) => None,
        Meaning::UnknownLabel(label) if label.is_empty() => Some(
            Diagnostic::error("unknown-label", "`::: tlp` without a label")
                .help(format!("write one of {}", one_of(labels()))),
        ),
        Meaning::UnknownLabel(label) => {
            let squeezed: String = label.chars().filter(|c| c.is_alphanumeric()).collect();
            let plain = |label: &&str| label.replace('+', "").eq_ignore_ascii_case(&squeezed);
            let near = labels().find(plain).or_else(|| nearest(label, labels()));
            let help = near.map_or_else(
                || format!("write one of {}", one_of(labels())),
                |near| format!("did you mean `{}`?", near.to_lowercase()),
            );
            Some(Diagnostic::error("unknown-label", format!("there is no label `{label}`")).help(help))
        }
        Meaning::Nearly(written) => {
            let form = ["claim", "event"].into_iter().find(|word| written.to_lowercase().contains(word));
            let (what, help) = match form {
                Some(word) => {
                    (word, format!("write three colons, as in `::: {word} {{...}}`, and `:::` after it"))
                }
                None => (
                    "marked prose",
                    "write three colons, as in `::: tlp amber`, and `:::` after the prose".to_owned(),
                ),
            };
            Some(Diagnostic::error("misplaced-fence", format!("`{written}` opens no {what}")).help(help))
        }
        Meaning::Unknown(word) => {
            let help = match Tlp::parse(word) {
                Some(tlp) => format!("did you mean `::: tlp {}`?", tlp.label().to_lowercase()),
                None => did_you_mean(word.split(' ').next().unwrap_or(word), ["tlp", "claim", "event"])
                    .unwrap_or_else(|| {
                        "the blocks that there are begin with `::: tlp LABEL`, `::: claim {...}` and `::: event {...}`"
                            .to_owned()
                    }),
            };
            Some(Diagnostic::error("unknown-block", format!("there is no block `{word}`")).help(help))
        }
    }
}

fn meaning(mark: &str) -> Meaning {
    if is_nearly(mark) {
        return Meaning::Nearly(mark.chars().filter(|c| !c.is_control()).take(60).collect::<String>().into());
    }
    let words = mark.trim_matches(':').trim_matches(hidden);
    if words.is_empty() {
        return Meaning::Close;
    }
    let shown: Box<str> = words.chars().filter(|c| !c.is_control()).take(60).collect::<String>().into();
    let cut = words.find(|c: char| !c.is_alphanumeric() && c != '-' && c != '_').unwrap_or(words.len());
    let (word, rest) = words.split_at(cut);
    match &*word.to_lowercase() {
        "tlp" => {
            let label = rest.trim_start_matches(|c: char| hidden(c) || matches!(c, ':' | '='));
            Tlp::parse(label).map_or_else(|| Meaning::UnknownLabel(label.into()), Meaning::Marks)
        }
        "claim" => Meaning::Form(FormSort::Claim),
        "event" => Meaning::Form(FormSort::Event),
        _ => Meaning::Unknown(shown),
    }
}

/// White space, and what looks like nothing at all: marks of byte order, of direction and of no width, which editors put at the beginning of a line unseen.
pub(super) fn hidden(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, '\u{FEFF}' | '\u{00AD}' | '\u{061C}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}')
}

/// Where the line that begins at `start` ends: after a line feed, a carriage return or both (CommonMark, 2.1).
pub(in crate::documents) fn line_end(text: &str, start: usize) -> usize {
    let bytes = text.as_bytes();
    match bytes[start..].iter().position(|byte| matches!(byte, b'\n' | b'\r')) {
        None => text.len(),
        Some(at) if bytes[start + at] == b'\r' && bytes.get(start + at + 1) == Some(&b'\n') => start + at + 2,
        Some(at) => start + at + 1,
    }
}
