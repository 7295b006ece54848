use std::ops::Range;

use crate::{
    diagnostics::{Diagnostic, Diagnostics, Span},
    model::SourcePath,
};

/// What a reading has at hand.
pub struct Cx<'a> {
    /// The file.
    pub path: &'a SourcePath,
    /// Its whole text, which spans count in.
    pub text: &'a str,
    /// The archive's time zone, for times that are written without one.
    pub zone: chrono_tz::Tz,
    /// Where mistakes go.
    pub diagnostics: &'a mut Diagnostics,
}

impl Cx<'_> {
    /// Reports an error at `range`; what is returned adds to it, and hands it in when it is dropped.
    pub fn error(
        &mut self,
        code: &'static str,
        range: &Range<usize>,
        message: impl Into<String>,
    ) -> Report<'_> {
        self.report(Diagnostic::error(code, message), range)
    }

    /// Reports a warning at `range`; what is returned adds to it, and hands it in when it is dropped.
    pub fn warn(
        &mut self,
        code: &'static str,
        range: &Range<usize>,
        message: impl Into<String>,
    ) -> Report<'_> {
        self.report(Diagnostic::warning(code, message), range)
    }

    /// Whether what is read is TOML: the file as a whole, or its front matter.
    pub fn is_toml(&self) -> bool {
        let text = self.text.trim_start_matches('\u{feff}').trim_start();
        self.path.extension().eq_ignore_ascii_case("toml") || text.starts_with("+++")
    }

    /// The place `range` of this file.
    pub fn span(&self, range: &Range<usize>) -> Span {
        Span::new(self.path, range.clone())
    }

    fn report(&mut self, diagnostic: Diagnostic, range: &Range<usize>) -> Report<'_> {
        let diagnostic = diagnostic.at(Span::new(self.path, range.clone()));
        Report { diagnostic: Some(diagnostic), path: self.path, diagnostics: self.diagnostics }
    }
}

/// A mistake that is being written; it is reported when this is dropped.
pub struct Report<'c> {
    diagnostic: Option<Diagnostic>,
    path: &'c SourcePath,
    diagnostics: &'c mut Diagnostics,
}

// Dropping what these return is the way to hand the report in.
#[allow(clippy::return_self_not_must_use)]
impl Report<'_> {
    /// Says what to do.
    pub fn help(self, help: impl Into<String>) -> Self {
        self.with(|diagnostic| diagnostic.help(help))
    }

    /// Says what to do, if there is something to say.
    pub fn help_if(self, help: Option<String>) -> Self {
        self.with(|diagnostic| diagnostic.help_if(help))
    }

    /// Says what stands at its place.
    pub fn label(self, label: impl Into<String>) -> Self {
        self.with(|diagnostic| diagnostic.label(label))
    }

    /// Shows another place of the same file.
    pub fn related(self, range: &Range<usize>, label: impl Into<String>) -> Self {
        let span = Span::new(self.path, range.clone());
        self.with(|diagnostic| diagnostic.related(span, label))
    }

    fn with(mut self, change: impl FnOnce(Diagnostic) -> Diagnostic) -> Self {
        self.diagnostic = self.diagnostic.take().map(change);
        self
    }
}

impl Drop for Report<'_> {
    fn drop(&mut self) {
        if let Some(diagnostic) = self.diagnostic.take() {
            self.diagnostics.push(diagnostic);
        }
    }
}
