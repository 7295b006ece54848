//! What is said of YAML that cannot be read, and of text that YAML leaves out.
//!
//! The parser says where it stopped; an editor wants to know which mark to quote. So the line is looked at again
//! for the well-known mistakes, and only where none of them is found the parser's own words are given.

use std::ops::Range;

use granit_parser::{ErrorKind, ScanError};

use super::line::{Line, balanced, boundary, closing, code, colon, line_after, line_before, quote};
use crate::{
    diagnostics::{Severity, Span},
    tree::{Cx, too_deep},
};

/// Reports what stopped the parser of `cx.text[range]`.
pub(super) fn report(error: &ScanError, range: &Range<usize>, cx: &mut Cx<'_>) {
    let at = range.start + error.marker().byte_offset().unwrap_or(0);
    let at = boundary(cx.text, at.clamp(range.start, range.end));
    let mistake = match error.kind() {
        ErrorKind::RecursionLimitExceeded => {
            too_deep(&(at..at), cx);
            return;
        }
        kind => known_mistake(kind, cx.text, range, at)
            .unwrap_or_else(|| other_mistake(error, cx.text, range, at)),
    };
    // An anchor, alias or tag that is text has been told of at this very place.
    let told = cx.diagnostics.iter().next_back().is_some_and(|last| {
        let same = |span: &Span| span.path == *cx.path && span.start == cx.span(&mistake.span).start;
        last.severity == Severity::Error && last.span.as_ref().is_some_and(same)
    });
    if !told {
        cx.error("yaml-syntax", &mistake.span, mistake.message).help_if(mistake.help);
    }
}

struct Mistake {
    span: Range<usize>,
    message: String,
    help: Option<String>,
}

impl Mistake {
    /// A mistake in the value of `line`.
    fn of(line: &Line<'_>, message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { span: line.span(), message: message.into(), help: Some(help.into()) }
    }
}

/// The well-known mistake that stopped the parser at `at`, if it is one.
fn known_mistake(kind: &ErrorKind, text: &str, range: &Range<usize>, at: usize) -> Option<Mistake> {
    if *kind == ErrorKind::DirectiveDisallowed {
        return None;
    }
    let line = Line::around(text, range, at);
    if let Some(tab) = tab_mistake(kind, text, range, &line) {
        return Some(tab);
    }
    if matches!(
        kind,
        ErrorKind::InvalidQuotedScalarIndent
            | ErrorKind::UnclosedQuotedScalar
            | ErrorKind::DocumentIndicatorInQuotedScalar
    ) {
        return unclosed_quote(text, range, line);
    }
    value_mistake(&line, at)
        .or_else(|| flow_mistake(kind, text, at))
        .or_else(|| unclosed_bracket(text, range, line))
}

fn tab_mistake(kind: &ErrorKind, text: &str, range: &Range<usize>, line: &Line<'_>) -> Option<Mistake> {
    let next = line.at + line.value.len();
    let next = text[next..range.end].find('\n').map(|newline| Line::around(text, range, next + newline + 1));
    let names_tab = format!("{kind:?}").contains("Tab");
    let lines = [Some(line), next.as_ref().filter(|_| names_tab)];
    let line = lines.into_iter().flatten().find(|line| line.indent.contains('\t'))?;
    Some(Mistake {
        span: line.start..line.start + line.indent.len(),
        message: "a tab stands in the indentation".to_owned(),
        help: Some("indent with spaces".to_owned()),
    })
}

/// What is wrong with the value of the line that the parser stopped in.
fn value_mistake(line: &Line<'_>, at: usize) -> Option<Mistake> {
    let value = line.value;
    let first = value.chars().next()?;
    match first {
        '"' | '\'' => match closing(value, first) {
            Some(end) if !value[end..].trim_start().is_empty() => {
                let rest = value[end..].trim_start();
                if rest.starts_with('#') {
                    let help = "put a space before `#`";
                    return Some(Mistake::of(line, "a comment follows the quotation mark at once", help));
                }
                if rest.starts_with(':') && !line.head.contains(':') {
                    return None;
                }
                let help = format!("quote the whole: `{}`", line.quoted());
                Some(Mistake::of(line, "the text goes on after its closing quotation mark", help))
            }
            _ => None,
        },
        '@' | '`' | '%' | ',' | '!' | '&' | '*' | ']' | '}' | '|' | '>' => {
            if at > line.at + value.len() {
                return None;
            }
            let message = format!("text cannot begin with {} unless it is quoted", code(first));
            Some(Mistake::of(line, message, format!("quote it: `{}`", line.quoted())))
        }
        '-' | '?' if value[1..].starts_with(' ') && !line.head.is_empty() => {
            let message = format!("text cannot begin with {} and a space unless it is quoted", code(first));
            Some(Mistake::of(line, message, format!("quote it: `{}`", line.quoted())))
        }
        '[' | '{' => {
            let end = balanced(value)?;
            let rest = value[end..].trim_start();
            if rest.is_empty() || rest.starts_with(['#', ':']) {
                return None;
            }
            let what = if first == '[' { "list" } else { "map" };
            let help = format!("if it is text, quote the whole: `{}`", line.quoted());
            Some(Mistake::of(line, format!("text follows the {what} that {} begins", code(first)), help))
        }
        _ => {
            colon(value).filter(|_| at >= line.at && !line.head.is_empty())?;
            let help = format!("quote it: `{}`", line.quoted());
            Some(Mistake::of(line, "a colon stands in text that is not quoted", help))
        }
    }
}

/// What is wrong in a list or map on one line, at whose comma or colon the parser stopped.
fn flow_mistake(kind: &ErrorKind, text: &str, at: usize) -> Option<Mistake> {
    let before = line_before(text, at).filter(|before| before.contains(['[', '{']))?;
    let rest = line_after(text, at)?;
    match kind {
        ErrorKind::UnexpectedCharacter { character } if !character.is_control() => Some(Mistake {
            span: at..at + flow_text(rest).len(),
            message: format!("text cannot begin with {} unless it is quoted", code(*character)),
            help: Some(format!("quote it: `{}`", quote(flow_text(rest)))),
        }),
        ErrorKind::UnexpectedEofImplicitFlowMapping if rest.starts_with(',') => Some(Mistake {
            span: at..at + 1,
            message: "nothing stands before this comma".to_owned(),
            help: Some("remove the comma".to_owned()),
        }),
        _ if rest.starts_with(':') => {
            let begins = before.rfind(['[', '{', ',']).map_or(0, |mark| mark + 1);
            let begins = begins + colon(&before[begins..])? + 1;
            let start = at - before[begins..].trim_start().len();
            let end = at + flow_text(rest).len();
            let help = format!("quote it: `{}`", quote(&text[start..end]));
            let message = "a colon stands in text that is not quoted".to_owned();
            Some(Mistake { span: start..end, message, help: Some(help) })
        }
        _ => None,
    }
}

/// `rest` as far as a text in a list or map on one line goes.
fn flow_text(rest: &str) -> &str {
    rest.split([',', ']', '}']).next().unwrap_or_default().trim_end()
}

/// The nearest line, from `line` upwards, whose value opens a quotation mark and does not close it.
fn unclosed_quote(text: &str, range: &Range<usize>, line: Line<'_>) -> Option<Mistake> {
    let mut next = Some(line);
    while let Some(line) = next {
        if let Some(mark) = line.value.chars().next().filter(|first| matches!(first, '"' | '\''))
            && closing(line.value, mark).is_none()
        {
            let help = format!("close it: `{}{}{mark}`", line.head, line.value);
            return Some(Mistake::of(&line, "the quotation mark is never closed", help));
        }
        next = line.above(text, range);
    }
    None
}

/// The nearest line, from `line` upwards, whose value opens a bracket that its end does not close.
fn unclosed_bracket(text: &str, range: &Range<usize>, line: Line<'_>) -> Option<Mistake> {
    let mut next = Some(line);
    while let Some(line) = next {
        let first = line.value.chars().next();
        let opens = |first: &char| matches!(first, '[' | '{') && balanced(line.value).is_none();
        if let Some(open) = first.filter(opens) {
            // A list over several lines may well be closed; then the mistake is another.
            if balanced(&text[line.at..range.end]).is_some() {
                return None;
            }
            let close = if open == '[' { ']' } else { '}' };
            let message = format!("the bracket `{open}` is never closed");
            return Some(Mistake::of(
                &line,
                message,
                format!("close it: `{}{}{close}`", line.head, line.value),
            ));
        }
        next = line.above(text, range);
    }
    None
}

/// What the parser said, in words of ours where its own are of no use to an editor.
fn other_mistake(error: &ScanError, text: &str, range: &Range<usize>, at: usize) -> Mistake {
    let line = Line::around(text, range, at);
    let (message, help) = match error.kind() {
        ErrorKind::UnexpectedCharacter { character } if character.is_control() => {
            ("a control character stands in the text".to_owned(), Some("remove it"))
        }
        ErrorKind::UnexpectedCharacter { character } => {
            let message = format!("text cannot begin with {} unless it is quoted", code(*character));
            (message, Some("put the text in quotation marks"))
        }
        ErrorKind::MappingValueNotAllowed | ErrorKind::InvalidColonPlacement => {
            ("a key cannot stand here".to_owned(), Some(colon_help(text, range, &line)))
        }
        ErrorKind::SimpleKeyExpected => (
            "a line without a key".to_owned(),
            Some("write `key: value`, or indent the line if it goes on with the text above"),
        ),
        ErrorKind::ExpectedBlockMappingKey => (
            "a line does not go on with the keys above".to_owned(),
            Some("write `key: value`, indented as the keys above"),
        ),
        ErrorKind::CommentInterceptedScalar => (
            "a comment stands in the middle of a text".to_owned(),
            Some("put the text in quotation marks, or the comment on a line of its own above it"),
        ),
        ErrorKind::UnknownQuotedScalarEscape => (
            "a backslash in double quotation marks stands before a letter that means nothing".to_owned(),
            Some(r"write `\\` for a backslash, or use single quotation marks"),
        ),
        ErrorKind::DirectiveDisallowed => {
            ("a YAML directive stands here".to_owned(), Some("remove the line"))
        }
        ErrorKind::MismatchedFlowCollectionEnd { open, close } => {
            (format!("`{close}` closes the bracket `{open}`"), Some("close each bracket with its own kind"))
        }
        ErrorKind::UnclosedFlowCollection { open } => {
            (format!("the bracket `{open}` is never closed"), Some("close it"))
        }
        _ => (error.info(), None),
    };
    let end = if line.at + line.value.len() > at { line.at + line.value.len() } else { at };
    Mistake { span: at..end, message, help: help.map(str::to_owned) }
}

fn colon_help(text: &str, range: &Range<usize>, line: &Line<'_>) -> &'static str {
    let above = line.above(text, range);
    let glued = above.is_some_and(|above| above.head.is_empty() && above.value.contains(':'));
    if glued {
        "write a space after the colon of the line above"
    } else if line.value.starts_with(['[', '{']) || line.head.contains(['[', '{']) {
        "put a comma between two keys, and text that holds a colon in quotation marks"
    } else {
        "indent it as the other keys of its map"
    }
}
