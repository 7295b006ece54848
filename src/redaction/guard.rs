use std::{
    collections::{BTreeMap, BTreeSet},
    io,
};

use super::{Records, name::joins};
use crate::{
    diagnostics::{Diagnostic, Diagnostics, Span, Texts},
    leaks::{self, Leak, Needles, Watch, What},
    model::SourcePath,
    output::Finished,
    sources::{FOLDERS, Sources},
};

/// So many files of a site are told.
const TOLD: usize = 20;

/// Looks in every file of `site` for names that were taken out. Each file that holds one is an error without a place:
/// the line that would be shown holds the name.
///
/// # Errors
/// Where a file cannot be read.
pub fn guard(sources: &Sources, records: &Records, site: &impl Finished) -> io::Result<Diagnostics> {
    let mut diagnostics = Diagnostics::new();
    let is_known = |words: &str| records.knows(words);
    let watches: Vec<Watch<'_>> =
        records.lengths().into_iter().map(|words| Watch { words, is: &is_known, joins }).collect();
    let leaks = leaks::scan(site, &Needles::none(), &watches)?;
    let is_name = |leak: &Leak| matches!(leak.what, What::Watch(_));
    let files: BTreeSet<String> = leaks.into_iter().filter(is_name).map(|leak| leak.file).collect();
    if files.is_empty() {
        return Ok(diagnostics);
    }
    for (path, lines) in inputs(sources, records)? {
        let lines: Vec<String> = lines.iter().map(ToString::to_string).collect();
        let place = match lines.as_slice() {
            [] => " in its name".to_owned(),
            [line] => format!(", line {line}"),
            lines => format!(", lines {}", lines.join(", ")),
        };
        let message = format!("a name that was taken out stands in `{}`{place}", masked(&path, records));
        diagnostics.push(
            Diagnostic::error("redacted-name", message).help("run `brief redact` with that name again"),
        );
    }
    let more = files.len().saturating_sub(TOLD);
    for file in files.iter().take(TOLD) {
        let message = format!("`{}` would hold a name that was taken out", masked(file, records));
        diagnostics
            .push(Diagnostic::error("redacted-name", message).help("take it out of what makes this file"));
    }
    if more > 0 {
        let message = format!("{more} more files would hold a name that was taken out");
        diagnostics
            .push(Diagnostic::error("redacted-name", message).help("mend those shown and build again"));
    }
    Ok(diagnostics)
}

/// Takes out what would show a name that was taken out, in its words or in the lines that it is about, and says how
/// much that is.
pub fn silence(diagnostics: &mut Diagnostics, texts: &dyn Texts, records: &Records) {
    if records.is_empty() {
        return;
    }
    let shows = |diagnostic: &Diagnostic| {
        let spans = diagnostic.span.iter().chain(diagnostic.related.iter().map(|(span, _)| span));
        let lines = spans.clone().filter_map(|span| lines(texts.text(span.path.as_str())?, span));
        let labels = diagnostic.related.iter().map(|(_, label)| label.as_str());
        let words = [Some(&diagnostic.message), diagnostic.help.as_ref(), diagnostic.label.as_ref()];
        let words = words.into_iter().flatten().map(String::as_str).chain(labels);
        let paths = spans.map(|span| span.path.as_str());
        words.chain(lines).chain(paths).any(|text| !records.places(text).is_empty())
    };
    let (mut kept, mut lost) = (Diagnostics::new(), Diagnostics::new());
    for diagnostic in diagnostics.iter() {
        if shows(diagnostic) { &mut lost } else { &mut kept }.push(diagnostic.clone());
    }
    let count = lost.iter().count();
    if count > 0 {
        let make = if lost.has_errors() { Diagnostic::error } else { Diagnostic::warning };
        let message =
            format!("{count} messages are not shown, since a name that was taken out stands in them");
        kept.push(make("redacted-name", message).help("run `brief redact` with that name again"));
    }
    *diagnostics = kept;
}

/// The lines of `text` that `span` lies on.
fn lines<'t>(text: &'t str, span: &Span) -> Option<&'t str> {
    let (from, to) = (span.start as usize, span.end as usize);
    let start = text.get(..from)?.rfind('\n').map_or(0, |at| at + 1);
    let end = text.get(to..)?.find('\n').map_or(text.len(), |at| to + at);
    text.get(start..end)
}

/// The lines of the inputs that hold a name; none where it stands in the path alone.
fn inputs(sources: &Sources, records: &Records) -> io::Result<BTreeMap<String, BTreeSet<usize>>> {
    let mut found = BTreeMap::new();
    let mut look = |path: &SourcePath, text: &str| {
        let places = records.places(text);
        let line = |at: usize| 1 + text[..at].matches('\n').count();
        let lines: BTreeSet<usize> = places.into_iter().map(|place| line(place.start)).collect();
        if !lines.is_empty() || !records.places(path.as_str()).is_empty() {
            found.insert(path.to_string(), lines);
        }
    };
    if let Some(text) = sources.text_at(sources.settings()) {
        look(sources.settings(), text);
    }
    for folder in FOLDERS {
        for (path, text) in sources.texts_below(folder) {
            look(path, text);
        }
        for asset in sources.assets_below(folder) {
            let bytes = if asset.size.is_some() { Vec::new() } else { asset.read()? };
            look(&asset.path, &String::from_utf8(bytes).unwrap_or_default());
        }
    }
    Ok(found)
}

/// `path` with a sign in place of what nobody may read.
fn masked(path: &str, records: &Records) -> String {
    let mut masked = path.to_owned();
    let mut last = usize::MAX;
    for place in records.places(path).into_iter().rev().filter(|place| path.is_char_boundary(place.end)) {
        if place.end <= last {
            last = place.start;
            masked.replace_range(place, "…");
        }
    }
    masked
}
