use std::io::{self, Write};

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet, renderer::DecorStyle};
use serde::Serialize;

use super::{Diagnostic, Diagnostics, Severity, Span};

/// How diagnostics are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// For people; with colour where the flag says so.
    Human {
        /// Whether ANSI styles are written.
        colour: bool,
    },
    /// One JSON object a line.
    Json,
}

/// Where the text of a file is looked up by its path.
pub trait Texts {
    /// The text of the file at `path`, if it was read as text.
    fn text(&self, path: &str) -> Option<&str>;
}

/// Past so many, people get one line each.
const SHOWN_WHOLE: usize = 60;

/// Writes every diagnostic to `out`.
///
/// # Errors
/// Where `out` cannot be written.
pub fn print(diagnostics: &Diagnostics, texts: &dyn Texts, format: Format, out: &mut dyn Write) -> io::Result<()> {
    for (number, diagnostic) in diagnostics.iter().enumerate() {
        match format {
            Format::Json => {
                serde_json::to_writer(&mut *out, &json(diagnostic, texts))?;
                writeln!(out)?;
            }
            Format::Human { .. } if number >= SHOWN_WHOLE => writeln!(out, "{}", line(diagnostic, texts))?,
            Format::Human { colour } => writeln!(out, "{}\n", whole(diagnostic, texts, colour))?,
        }
    }
    Ok(())
}

/// How many of each there are: `2 errors, 1 warning`; `None` where there is nothing to say.
pub fn summary(diagnostics: &Diagnostics) -> Option<String> {
    let count = |severity, word: &str| match diagnostics.count(severity) {
        0 => None,
        1 => Some(format!("1 {word}")),
        many => Some(format!("{many} {word}s")),
    };
    let parts: Vec<String> =
        [count(Severity::Error, "error"), count(Severity::Warning, "warning")].into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

fn whole(diagnostic: &Diagnostic, texts: &dyn Texts, colour: bool) -> String {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let mut group = level.primary_title(diagnostic.message.as_str()).id(diagnostic.code).elements(Vec::<Snippet<'_, annotate_snippets::Annotation<'_>>>::new());
    if let Some(span) = &diagnostic.span {
        group = place(group, span, diagnostic.label.as_deref(), AnnotationKind::Primary, texts);
    }
    for (span, label) in &diagnostic.related {
        group = place(group, span, Some(label), AnnotationKind::Context, texts);
    }
    if let Some(help) = &diagnostic.help {
        group = group.element(Level::HELP.message(help.as_str()));
    }
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    renderer.decor_style(DecorStyle::Ascii).render(&[group])
}

fn place<'a>(
    group: Group<'a>,
    span: &'a Span,
    label: Option<&'a str>,
    kind: AnnotationKind,
    texts: &'a dyn Texts,
) -> Group<'a> {
    let text = texts.text(span.path.as_str()).filter(|_| span.end > 0 || span.start > 0);
    let Some(text) = text else {
        return group.element(annotate_snippets::Origin::path(span.path.as_str()));
    };
    // Only the lines around the place are handed over, so that a large file costs what its lines cost.
    let (start, end) = clamp(text, span);
    let first = text[..start].rfind('\n').map_or(0, |newline| newline + 1);
    let end = text[start..end].find('\n').map_or(end, |newline| (start + newline).max(start));
    let last = text[end..].find('\n').map_or(text.len(), |newline| end + newline);
    let shown = text[first..last].trim_end_matches('\r');
    let shown = if first == 0 { shown.strip_prefix('\u{feff}').unwrap_or(shown) } else { shown };
    let skipped = last - first - shown.len() - usize::from(text[first..last].ends_with('\r'));
    let within = |byte: usize| (byte - first).saturating_sub(skipped).min(shown.len());
    let number = text[..first].matches('\n').count() + 1;
    let mut annotation = kind.span(within(start)..within(end).max(within(start)));
    if let Some(label) = label {
        annotation = annotation.label(label);
    }
    group.element(Snippet::source(shown).line_start(number).path(span.path.as_str()).annotation(annotation))
}

/// The span's bounds, moved onto characters of the text.
fn clamp(text: &str, span: &Span) -> (usize, usize) {
    let mut start = (span.start as usize).min(text.len());
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    let mut end = (span.end as usize).clamp(start, text.len());
    while !text.is_char_boundary(end) {
        end += 1;
    }
    (start, end)
}

/// Line and column of a span's start, both from 1, the column in characters.
fn position(span: &Span, texts: &dyn Texts) -> Option<(usize, usize)> {
    let text = texts.text(span.path.as_str()).filter(|_| span.end > 0 || span.start > 0)?;
    let (start, _) = clamp(text, span);
    let first = text[..start].rfind('\n').map_or(0, |newline| newline + 1);
    let line = text[..first].matches('\n').count() + 1;
    Some((line, text[first..start].trim_start_matches('\u{feff}').chars().count() + 1))
}

fn line(diagnostic: &Diagnostic, texts: &dyn Texts) -> String {
    let severity = word(diagnostic.severity);
    let place = match &diagnostic.span {
        None => String::new(),
        Some(span) => match position(span, texts) {
            Some((line, column)) => format!("{}:{line}:{column}: ", span.path),
            None => format!("{}: ", span.path),
        },
    };
    format!("{place}{severity}[{}]: {}", diagnostic.code, diagnostic.message)
}

fn word(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    }
}

#[derive(Serialize)]
struct Json<'a> {
    severity: &'static str,
    code: &'static str,
    message: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<JsonPlace<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related: Vec<JsonPlace<'a>>,
}

#[derive(Serialize)]
struct JsonPlace<'a> {
    path: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    line: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    column: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    label: Option<&'a str>,
}

fn json<'a>(diagnostic: &'a Diagnostic, texts: &dyn Texts) -> Json<'a> {
    let place = |span: &'a Span, label: Option<&'a str>| {
        let position = position(span, texts);
        JsonPlace {
            path: span.path.as_str(),
            line: position.map(|(line, _)| line),
            column: position.map(|(_, column)| column),
            label,
        }
    };
    Json {
        severity: word(diagnostic.severity),
        code: diagnostic.code,
        message: &diagnostic.message,
        place: diagnostic.span.as_ref().map(|span| place(span, diagnostic.label.as_deref())),
        help: diagnostic.help.as_deref(),
        related: diagnostic.related.iter().map(|(span, label)| place(span, Some(label))).collect(),
    }
}
