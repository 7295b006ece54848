use std::io::{self, Write};

use super::super::{
    Broken, Shared, Written,
    report::{Report, said},
};
use crate::diagnostics::{self, Diagnostics, Format, Texts};

/// Tells every mistake in the format that is asked for.
pub(super) fn all(
    shared: &Shared,
    report: &Report<'_>,
    diagnostics: &mut Diagnostics,
    texts: &dyn Texts,
) -> Result<(), Broken> {
    let format = match shared.written {
        Written::Sarif => Format::Sarif,
        Written::Github => Format::Github,
        _ => return said(report.diagnostics(diagnostics, texts)),
    };
    diagnostics.sort();
    // Whoever reads these knows files from where `brief` was run.
    let prefix = shared.root.to_string_lossy().replace('\\', "/");
    let prefix = prefix.trim_start_matches("./").trim_end_matches('/').to_owned();
    let is_below = !prefix.is_empty() && prefix != "." && !prefix.starts_with('/') && !prefix.contains("..");
    let prefix = if is_below { format!("{prefix}/") } else { String::new() };
    diagnostics.move_below(&prefix);
    said(print(diagnostics, &Below { prefix: &prefix, texts }, format))
}

fn print(diagnostics: &Diagnostics, texts: &dyn Texts, format: Format) -> io::Result<()> {
    let mut stdout = io::BufWriter::new(io::stdout().lock());
    diagnostics::print(diagnostics, texts, format, &mut stdout)?;
    stdout.flush()
}

/// Texts by their paths from a folder above.
struct Below<'a> {
    prefix: &'a str,
    texts: &'a dyn Texts,
}

impl Texts for Below<'_> {
    fn text(&self, path: &str) -> Option<&str> {
        self.texts.text(path.strip_prefix(self.prefix)?)
    }
}
