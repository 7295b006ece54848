//! What is wrong with an archive, as values: where, what, and what to do about it.
//!
//! A diagnostic never stops the stage that finds it; whoever runs the stages decides what an error means.

mod github;
mod places;
mod print;
mod sarif;
mod tally;

use std::{collections::BTreeSet, ops::Range, sync::Arc};

use crate::model::SourcePath;

pub use print::{Format, Texts, plain, print, summary};
pub use tally::Tally;

/// A place in an input file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    /// The file.
    pub path: SourcePath,
    /// Bytes of the file as it lies on disk. Empty at 0 where the file as a whole is meant.
    pub start: u32,
    /// The byte after the last.
    pub end: u32,
}

impl Span {
    /// The bytes `range` of the file at `path`.
    pub fn new(path: &SourcePath, range: Range<usize>) -> Self {
        let narrow = |byte: usize| u32::try_from(byte).unwrap_or(u32::MAX);
        Self { path: path.clone(), start: narrow(range.start), end: narrow(range.end) }
    }

    /// A file as a whole.
    pub fn file(path: &SourcePath) -> Self {
        Self::new(path, 0..0)
    }
}

/// Whether a build may stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The site is not written.
    Error,
    /// The site is written; under `--strict` it is not.
    Warning,
}

/// One mistake.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Whether it stops the build.
    pub severity: Severity,
    /// A stable name for machines, such as `unknown-key`.
    pub code: &'static str,
    /// What is wrong: lower case, no full stop, literals in backticks.
    pub message: String,
    /// Where, if it has a place.
    pub span: Option<Span>,
    /// What stands beside the caret.
    pub label: Option<String>,
    /// Other places that it takes to understand it, each with what it shows.
    pub related: Vec<(Span, String)>,
    /// What can be done.
    pub help: Option<String>,
}

impl Diagnostic {
    /// A mistake that stops the build.
    pub fn error(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(Severity::Error, code, message.into())
    }

    /// A mistake that the site can live with.
    pub fn warning(code: &'static str, message: impl Into<String>) -> Self {
        Self::new(Severity::Warning, code, message.into())
    }

    fn new(severity: Severity, code: &'static str, message: String) -> Self {
        Self { severity, code, message, span: None, label: None, related: Vec::new(), help: None }
    }

    /// Places it.
    #[must_use]
    pub fn at(mut self, span: Span) -> Self {
        self.span = Some(span);
        self
    }

    /// Says what stands at its place.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = Some(label.into());
        self
    }

    /// Shows another place.
    #[must_use]
    pub fn related(mut self, span: Span, label: impl Into<String>) -> Self {
        self.related.push((span, label.into()));
        self
    }

    /// Says what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Says what to do, if there is something to say.
    #[must_use]
    pub fn help_if(mut self, help: Option<String>) -> Self {
        self.help = help.or(self.help);
        self
    }
}

/// All mistakes of a run, in the order of their places.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diagnostics {
    list: Vec<Diagnostic>,
}

impl Diagnostics {
    /// None.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds one.
    pub fn push(&mut self, diagnostic: Diagnostic) {
        self.list.push(diagnostic);
    }

    /// Adds all of `others`.
    pub fn extend(&mut self, others: Diagnostics) {
        self.list.extend(others.list);
    }

    /// How many there are, of any severity.
    pub fn total(&self) -> usize {
        self.list.len()
    }

    /// Of those after the first `before` keeps those that are `wanted`.
    pub fn retain_since(&mut self, before: usize, wanted: impl FnMut(&Diagnostic) -> bool) {
        let since = self.list.split_off(before.min(self.list.len()));
        self.list.extend(since.into_iter().filter(wanted));
    }

    /// Adds those of `others` whose place has no error yet: what is wrong there has been told.
    pub fn extend_where_nothing_is_told(&mut self, others: Diagnostics) {
        let told: std::collections::BTreeSet<Span> = self
            .list
            .iter()
            .filter(|d| d.severity == Severity::Error)
            .filter_map(|d| d.span.clone())
            .collect();
        let new = |diagnostic: &Diagnostic| !diagnostic.span.as_ref().is_some_and(|span| told.contains(span));
        self.list.extend(others.list.into_iter().filter(new));
    }

    /// Adds those of `others` whose code is not told of their place yet.
    pub fn extend_with_new(&mut self, others: Diagnostics) {
        let told: BTreeSet<(&str, Option<Span>)> =
            self.list.iter().map(|d| (d.code, d.span.clone())).collect();
        let new: Vec<Diagnostic> =
            others.list.into_iter().filter(|d| !told.contains(&(d.code, d.span.clone()))).collect();
        self.list.extend(new);
    }

    /// Makes each warning whose code is in `deny` an error, and drops each other one whose code is in `allow`.
    pub fn judge(&mut self, allow: &BTreeSet<&str>, deny: &BTreeSet<&str>) {
        for diagnostic in self.list.iter_mut().filter(|d| deny.contains(d.code)) {
            diagnostic.severity = Severity::Error;
        }
        self.list.retain(|d| d.severity == Severity::Error || !allow.contains(d.code));
    }

    /// Makes paths begin with `prefix`, for whoever sees the archive from a folder above.
    pub fn move_below(&mut self, prefix: &str) {
        let moved = |span: &mut Span| span.path = SourcePath::new(&format!("{prefix}{}", span.path));
        for diagnostic in &mut self.list {
            diagnostic.span.as_mut().map(moved);
            diagnostic.related.iter_mut().for_each(|(span, _)| moved(span));
        }
    }

    /// Whether one of them stops the build.
    pub fn has_errors(&self) -> bool {
        self.list.iter().any(|diagnostic| diagnostic.severity == Severity::Error)
    }

    /// How many there are of `severity`.
    pub fn count(&self, severity: Severity) -> usize {
        self.list.iter().filter(|diagnostic| diagnostic.severity == severity).count()
    }

    /// All of them.
    pub fn iter(&self) -> std::slice::Iter<'_, Diagnostic> {
        self.list.iter()
    }

    /// Orders them by path and place; those without a place come last. What was reported twice stays once, and
    /// a warning on the very words of an error is left out: it follows from the error.
    pub fn sort(&mut self) {
        let key = |diagnostic: &Diagnostic| (diagnostic.span.is_none(), diagnostic.span.clone());
        self.list.sort_by_key(key);
        self.list.dedup();
        let errors = self.list.iter().filter(|diagnostic| diagnostic.severity == Severity::Error);
        let errors: BTreeSet<Span> =
            errors.filter_map(|error| error.span.clone()).filter(|span| span.end > span.start).collect();
        self.list.retain(|diagnostic| {
            diagnostic.severity == Severity::Error
                || diagnostic.span.as_ref().is_none_or(|span| !errors.contains(span))
        });
    }

    /// Keeps at most `limit` of one file's, and says how many more there are.
    pub fn cap(&mut self, path: &SourcePath, limit: usize) {
        if self.list.len() <= limit {
            return;
        }
        let more = self.list.len() - limit;
        let lost_error = self.list[limit..].iter().any(|diagnostic| diagnostic.severity == Severity::Error);
        self.list.truncate(limit);
        let make = if lost_error { Diagnostic::error } else { Diagnostic::warning };
        self.push(
            make("too-many", format!("{more} more mistakes in this file are not shown"))
                .at(Span::file(path))
                .help("mend those shown and build again"),
        );
    }
}

impl<'a> IntoIterator for &'a Diagnostics {
    type Item = &'a Diagnostic;
    type IntoIter = std::slice::Iter<'a, Diagnostic>;

    fn into_iter(self) -> Self::IntoIter {
        self.list.iter()
    }
}

/// A `did you mean` for `written` among `known`, where one is near; the nearest, the first of equals.
pub fn did_you_mean<'a>(written: &str, known: impl IntoIterator<Item = &'a str>) -> Option<String> {
    nearest(written, known).map(|near| format!("did you mean `{near}`?"))
}

/// The nearest of `known` to `written`, compared in lower case, if it is near enough to be meant.
pub fn nearest<'a>(written: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wanted = written.to_lowercase();
    let limit = ((wanted.chars().count() + 1) / 3).clamp(1, 3);
    let mut best: Option<(usize, &str)> = None;
    for candidate in known {
        let folded = candidate.to_lowercase();
        let (letters, own) = (wanted.chars().count(), folded.chars().count());
        if own.abs_diff(letters) > limit {
            continue;
        }
        let distance = strsim::damerau_levenshtein(&wanted, &folded);
        // Of two that share no letter neither is the other misspelt.
        if distance <= limit && distance < letters.max(own) && best.is_none_or(|(least, _)| distance < least)
        {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// Words as a message lists them: `a`, `b` or `c`.
pub fn one_of<'a>(words: impl IntoIterator<Item = &'a str>) -> String {
    let quoted: Vec<String> = words.into_iter().map(|word| format!("`{word}`")).collect();
    match quoted.split_last() {
        None => String::new(),
        Some((only, [])) => only.clone(),
        Some((last, rest)) => format!("{} or {last}", rest.join(", ")),
    }
}

/// A file's text, shared by whoever must show a line of it.
pub type SharedText = Arc<str>;
