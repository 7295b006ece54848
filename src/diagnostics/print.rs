use std::io::{self, Write};

use annotate_snippets::{Annotation, AnnotationKind, Group, Level, Renderer, Snippet, renderer::DecorStyle};
use serde::Serialize;

use super::{
    Diagnostic, Diagnostics, Severity, Span, github,
    places::{Places, clamp},
    sarif,
};
use crate::model::SourcePath;

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
    /// One SARIF 2.1.0 log.
    Sarif,
    /// A workflow command of GitHub Actions a line.
    Github,
}

/// Where the text of a file is looked up by its path.
pub trait Texts {
    /// The text of the file at `path`, if it was read as text.
    fn text(&self, path: &str) -> Option<&str>;
}

/// Several of them, the first that has the file first.
impl Texts for Vec<&dyn Texts> {
    fn text(&self, path: &str) -> Option<&str> {
        self.iter().find_map(|texts| texts.text(path))
    }
}

/// Past so many, people get one line each.
const SHOWN_WHOLE: usize = 60;

/// Writes every diagnostic to `out`.
///
/// # Errors
/// Where `out` cannot be written.
pub fn print(
    diagnostics: &Diagnostics,
    texts: &dyn Texts,
    format: Format,
    out: &mut dyn Write,
) -> io::Result<()> {
    let places = &Places::new(texts);
    if format == Format::Sarif {
        return sarif::write(diagnostics, places, out);
    }
    for (number, diagnostic) in diagnostics.iter().enumerate() {
        match format {
            Format::Github => writeln!(out, "{}", github::line(diagnostic, places))?,
            Format::Json | Format::Sarif => {
                serde_json::to_writer(&mut *out, &json(diagnostic, places))?;
                writeln!(out)?;
            }
            Format::Human { .. } if number >= SHOWN_WHOLE => writeln!(out, "{}", line(diagnostic, places))?,
            Format::Human { colour } => writeln!(out, "{}\n", whole(diagnostic, places, colour))?,
        }
    }
    Ok(())
}

/// One of them as people see it, without colour.
pub fn plain(diagnostic: &Diagnostic, texts: &dyn Texts) -> String {
    whole(diagnostic, &Places::new(texts), false)
}

/// How many of each there are: `2 errors, 1 warning`; `None` where there is nothing to say.
pub fn summary(diagnostics: &Diagnostics) -> Option<String> {
    let count = |severity, word: &str| match diagnostics.count(severity) {
        0 => None,
        1 => Some(format!("1 {word}")),
        many => Some(format!("{many} {word}s")),
    };
    let parts: Vec<String> = [count(Severity::Error, "error"), count(Severity::Warning, "warning")]
        .into_iter()
        .flatten()
        .collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

fn whole(diagnostic: &Diagnostic, places: &Places<'_>, colour: bool) -> String {
    let level = match diagnostic.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let mut group = level
        .primary_title(diagnostic.message.as_str())
        .id(diagnostic.code)
        .elements(Vec::<Snippet<'_, Annotation<'_>>>::new());
    let mut marks: Vec<Mark<'_>> = Vec::with_capacity(1 + diagnostic.related.len());
    if let Some(span) = &diagnostic.span {
        marks.push(Mark { span, label: diagnostic.label.as_deref(), kind: AnnotationKind::Primary });
    }
    let related = diagnostic.related.iter();
    marks.extend(related.map(|(span, label)| Mark {
        span,
        label: Some(label),
        kind: AnnotationKind::Context,
    }));
    // Places of one file are shown in one piece of it, in the order of its lines.
    while let Some(first) = marks.first() {
        let path = &first.span.path;
        let (here, elsewhere): (Vec<_>, Vec<_>) = marks.iter().partition(|mark| mark.span.path == *path);
        group = place(group, &here, places);
        marks = elsewhere;
    }
    if let Some(help) = &diagnostic.help {
        group = group.element(Level::HELP.message(help.as_str()));
    }
    let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
    renderer.decor_style(DecorStyle::Ascii).render(&[group])
}

/// A place to show.
#[derive(Clone, Copy)]
struct Mark<'a> {
    span: &'a Span,
    label: Option<&'a str>,
    kind: AnnotationKind,
}

/// Shows `marks`, which lie in one file.
fn place<'a>(mut group: Group<'a>, marks: &[Mark<'a>], places: &Places<'a>) -> Group<'a> {
    let path = &marks[0].span.path;
    let (within, whole): (Vec<Mark<'a>>, Vec<Mark<'a>>) =
        marks.iter().partition(|mark| places.text(mark.span).is_some());
    if let Some(text) = within.first().and_then(|mark| places.text(mark.span)) {
        group = group.element(snippet(text, path, &within, places));
    }
    for mark in whole {
        group = match mark.label {
            Some(label) => group.element(Level::NOTE.message(format!("{label}: `{path}`"))),
            None => group.element(annotate_snippets::Origin::path(path.as_str())),
        };
    }
    group
}

/// The lines of `text` from the first to the last of `marks`. No more is handed over, so that a large file costs
/// what its lines cost.
fn snippet<'a>(
    text: &'a str,
    path: &'a SourcePath,
    marks: &[Mark<'a>],
    places: &Places<'a>,
) -> Snippet<'a, Annotation<'a>> {
    let bounds: Vec<(usize, usize)> = marks.iter().map(|mark| on_one_line(text, mark.span)).collect();
    let start = bounds.iter().map(|(start, _)| *start).min().unwrap_or(0);
    let end = bounds.iter().map(|(_, end)| *end).max().unwrap_or(start);
    let first = text[..start].rfind('\n').map_or(0, |newline| newline + 1);
    let last = text[end..].find('\n').map_or(text.len(), |newline| end + newline);
    let shown = text[first..last].trim_end_matches('\r');
    let stripped = if first == 0 { shown.strip_prefix('\u{feff}').unwrap_or(shown) } else { shown };
    let skipped = first + (shown.len() - stripped.len());
    let within = |byte: usize| byte.saturating_sub(skipped).min(stripped.len());
    let number = places.line(path, text, first);
    let annotations = marks.iter().zip(bounds).map(|(mark, (start, end))| {
        let annotation = mark.kind.span(within(start)..within(end).max(within(start)));
        match mark.label {
            Some(label) => annotation.label(label),
            None => annotation,
        }
    });
    Snippet::source(stripped).line_start(number).path(path.as_str()).annotations(annotations)
}

/// The span's bounds, cut at the end of its first line.
fn on_one_line(text: &str, span: &Span) -> (usize, usize) {
    let (start, end) = clamp(text, span);
    let end = text[start..end].find('\n').map_or(end, |newline| start + newline);
    let end = if text[start..end].ends_with('\r') { end - 1 } else { end };
    (start, end)
}

fn line(diagnostic: &Diagnostic, places: &Places<'_>) -> String {
    let severity = word(diagnostic.severity);
    let place = match &diagnostic.span {
        None => String::new(),
        Some(span) => match places.position(span) {
            Some((line, column)) => format!("{}:{line}:{column}: ", span.path),
            None => format!("{}: ", span.path),
        },
    };
    format!("{place}{severity}[{}]: {}", diagnostic.code, diagnostic.message)
}

pub(super) fn word(severity: Severity) -> &'static str {
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

fn json<'a>(diagnostic: &'a Diagnostic, places: &Places<'_>) -> Json<'a> {
    let place = |span: &'a Span, label: Option<&'a str>| {
        let position = places.position(span);
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
