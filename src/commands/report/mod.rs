mod redaction;

use std::io::{self, Write};

use chrono_tz::Tz;

use super::{Broken, OutputFormat, Shared, colour, timings::Timings};
use crate::{
    diagnostics::{self, Diagnostics, Format, Severity, Texts},
    mending::Done,
    output::Change,
    redaction::Plan,
    release::Held,
    site::Theme,
    sources::{Ignored, Sources},
};

/// Where a command's talk goes: to people on standard error, or as JSON on standard output.
pub(super) struct Report<'a> {
    shared: &'a Shared,
}

impl<'a> Report<'a> {
    pub(super) fn new(shared: &'a Shared) -> Self {
        Self { shared }
    }

    /// Every mistake, in the order of their places.
    pub(super) fn diagnostics(&self, diagnostics: &mut Diagnostics, texts: &dyn Texts) -> io::Result<()> {
        diagnostics.sort();
        match self.shared.format {
            OutputFormat::Human => {
                let mut stderr = io::BufWriter::new(io::stderr().lock());
                diagnostics::print(diagnostics, texts, Format::Human { colour: colour() }, &mut stderr)?;
                stderr.flush()
            }
            OutputFormat::Json => {
                let mut stdout = io::BufWriter::new(io::stdout().lock());
                diagnostics::print(diagnostics, texts, Format::Json, &mut stdout)?;
                stdout.flush()
            }
        }
    }

    /// One line on something that is no mistake.
    pub(super) fn note(&self, words: &str) -> io::Result<()> {
        match self.shared.format {
            _ if self.shared.quiet => Ok(()),
            OutputFormat::Human => writeln!(io::stderr().lock(), "note: {words}"),
            OutputFormat::Json => json(&serde_json::json!({"note": words})),
        }
    }

    /// One line on what may be a mistake, where no file shows it.
    pub(super) fn warning(&self, words: &str) -> io::Result<()> {
        match self.shared.format {
            OutputFormat::Human => writeln!(io::stderr().lock(), "warning: {words}"),
            OutputFormat::Json => json(&serde_json::json!({"warning": words})),
        }
    }

    /// What an edition keeps back, a line each.
    pub(super) fn withheld(&self, held: &Held, zone: Tz) -> io::Result<()> {
        match self.shared.format {
            _ if self.shared.quiet => Ok(()),
            OutputFormat::Human => writeln!(io::stderr().lock(), "{}", held.line(zone)),
            OutputFormat::Json => {
                let (path, part, why) = (held.path.as_str(), held.part.as_deref(), held.reason.words(zone));
                let key = if held.is_left_out() { "left_out" } else { "withheld" };
                json(&serde_json::json!({key: {"path": path, "part": part, "reason": why}}))
            }
        }
    }

    /// What taking a name out changes, or would change: every file and place, and what is left for the editor.
    /// `unread` files are neither text nor looked into.
    pub(super) fn redaction(&self, plan: &Plan, dry_run: bool, unread: usize) -> io::Result<()> {
        match self.shared.format {
            OutputFormat::Human => {
                let mut stderr = io::BufWriter::new(io::stderr().lock());
                redaction::people(&mut stderr, plan, dry_run, unread, self.shared.quiet)?;
                stderr.flush()
            }
            OutputFormat::Json => {
                let mut stdout = io::BufWriter::new(io::stdout().lock());
                redaction::machines(&mut stdout, plan, dry_run, unread)?;
                stdout.flush()
            }
        }
    }

    /// A place that was mended.
    pub(super) fn mended(&self, done: &Done) -> io::Result<()> {
        let Done { path, line, old, new } = done;
        match self.shared.format {
            OutputFormat::Json => json(&serde_json::json!({
                "mended": {"path": path.as_str(), "line": line, "old": old, "new": new}
            })),
            OutputFormat::Human if self.shared.quiet => Ok(()),
            OutputFormat::Human if old.is_empty() => {
                writeln!(io::stderr().lock(), "mended: {path}:{line}: added `{new}`")
            }
            OutputFormat::Human => {
                writeln!(io::stderr().lock(), "mended: {path}:{line}: `{old}` -> `{new}`")
            }
        }
    }

    /// A file that is no part of the archive.
    pub(super) fn ignored(&self, ignored: &Ignored) -> io::Result<()> {
        match self.shared.format {
            _ if self.shared.quiet => Ok(()),
            OutputFormat::Human => {
                writeln!(io::stderr().lock(), "left out: {}: {}", ignored.path, ignored.reason)
            }
            OutputFormat::Json => {
                let path = ignored.path.as_str();
                json(&serde_json::json!({"left_out": {"path": path, "reason": ignored.reason}}))
            }
        }
    }

    /// Under `--verbose`: the files that differ from those of the last build, how many were
    /// known and not drawn again, and how many seconds each stage took.
    pub(super) fn details(
        &self,
        changes: &[(Change, String)],
        undrawn: usize,
        timings: &Timings,
    ) -> io::Result<()> {
        if !self.shared.verbose {
            return Ok(());
        }
        if self.shared.format == OutputFormat::Json {
            let mut stdout = io::BufWriter::new(io::stdout().lock());
            for (change, path) in changes {
                writeln!(stdout, "{}", serde_json::json!({"file": {"path": path, "change": change.word()}}))?;
            }
            let line = serde_json::json!({"seconds": timings.seconds(), "kept": undrawn});
            writeln!(stdout, "{line}")?;
            return stdout.flush();
        }
        let mut stderr = io::BufWriter::new(io::stderr().lock());
        for (change, path) in changes {
            writeln!(stderr, "{}: {path}", change.word())?;
        }
        if undrawn > 0 {
            writeln!(stderr, "kept {undrawn} files as the last build drew them")?;
        }
        writeln!(stderr, "{}", timings.line())?;
        stderr.flush()
    }

    /// How long each stage took and what it made, for people; machines read it in the summary. Who asks for it hears
    /// it under `--quiet` too.
    pub(super) fn timings(&self, timings: &Timings) -> io::Result<()> {
        match self.shared.format {
            OutputFormat::Human => write!(io::stderr().lock(), "{}", timings.table()),
            OutputFormat::Json => Ok(()),
        }
    }

    /// Where a site is served.
    pub(super) fn serving(&self, home: &str) -> io::Result<()> {
        match self.shared.format {
            OutputFormat::Human if self.shared.quiet => Ok(()),
            OutputFormat::Human => writeln!(io::stderr().lock(), "serving {home} (Ctrl-C to stop)"),
            OutputFormat::Json => json(&serde_json::json!({"serving": home})),
        }
    }

    /// A site that was made anew after `changed` had changed, or why it was not.
    pub(super) fn rebuilt(&self, seconds: f64, changed: &[String], mistakes: Option<&str>) -> io::Result<()> {
        if self.shared.format == OutputFormat::Json {
            let seconds = (seconds * 1000.0).round() / 1000.0;
            let rebuilt =
                serde_json::json!({"seconds": seconds, "changed": changed, "shown": mistakes.is_none()});
            return json(&serde_json::json!({"rebuilt": rebuilt}));
        }
        if self.shared.quiet {
            return Ok(());
        }
        let names = changed.iter().take(3).map(String::as_str).collect::<Vec<_>>().join(", ");
        let names = match changed.len().saturating_sub(3) {
            0 => names,
            more => format!("{names} and {more} more"),
        };
        match mistakes {
            None => writeln!(io::stderr().lock(), "rebuilt in {seconds:.2} s: {names}"),
            Some(mistakes) => writeln!(io::stderr().lock(), "{mistakes}; the last good site stays: {names}"),
        }
    }

    /// The last line.
    pub(super) fn summary(&self, words: &str, numbers: &serde_json::Value) -> io::Result<()> {
        match self.shared.format {
            OutputFormat::Human if self.shared.quiet => Ok(()),
            OutputFormat::Human => writeln!(io::stderr().lock(), "{words}"),
            OutputFormat::Json => json(&serde_json::json!({"summary": numbers})),
        }
    }
}

fn json(value: &serde_json::Value) -> io::Result<()> {
    writeln!(io::stdout().lock(), "{value}")
}

/// Tells every mistake, with the lines of `sources` and `theme` that they stand on.
pub(super) fn say(
    report: &Report<'_>,
    diagnostics: &mut Diagnostics,
    sources: &Sources,
    theme: Option<&Theme>,
) -> Result<(), Broken> {
    let mut texts: Vec<&dyn Texts> = vec![sources];
    texts.extend(theme.map(|theme| theme as &dyn Texts));
    said(report.diagnostics(diagnostics, &texts))
}

/// Tells the errors for which a command lists nothing, and that it does not.
pub(super) fn nothing_listed(
    report: &Report<'_>,
    diagnostics: &Diagnostics,
    sources: &Sources,
) -> Result<(), Broken> {
    let mut errors = Diagnostics::new();
    let found = diagnostics.iter().filter(|diagnostic| diagnostic.severity == Severity::Error);
    found.cloned().for_each(|error| errors.push(error));
    say(report, &mut errors, sources, None)?;
    let line = format!("nothing listed: {}", diagnostics::summary(&errors).unwrap_or_default());
    said(report.summary(&line, &mistakes(&errors)))
}

/// Talk that nobody reads any more, as where `head` has seen enough, changes nothing of what was done.
pub(super) fn said(talk: io::Result<()>) -> Result<(), Broken> {
    match talk {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(Broken::new(format!("could not write: {error}")))
        }
        _ => Ok(()),
    }
}

/// How many mistakes there are, for the last line that machines read.
pub(super) fn mistakes(diagnostics: &Diagnostics) -> serde_json::Value {
    serde_json::json!({
        "errors": diagnostics.count(Severity::Error),
        "warnings": diagnostics.count(Severity::Warning),
    })
}
