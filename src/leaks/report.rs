use std::{collections::BTreeMap, io};

use super::{Leak, Needles, What, composed, released, scan};
use crate::{
    Build,
    diagnostics::{Diagnostic, Diagnostics, Span, Texts},
    model::SourcePath,
    output::Finished,
    sources::Sources,
};

/// So many are told.
const TOLD: usize = 20;

/// Looks in every file of `site` for what only matter holds that `build` keeps back, and reports where it stands.
///
/// # Errors
/// Where a file cannot be read.
pub fn check(sources: &Sources, build: &Build<'_>, site: &impl Finished) -> io::Result<Diagnostics> {
    let needles = Needles::of(sources, build)?;
    let leaks = scan(site, &needles, &[])?;
    let leaks = released::unexplained(leaks, site, &needles, sources, build)?;
    let leaks = composed::uncomposed(leaks, &needles, build, site)?;
    Ok(told(&leaks, &needles, sources))
}

/// Each withheld file once for each file of the site that holds something of it: which file, which line, what sort of
/// thing, and none of its words.
fn told(leaks: &[Leak], needles: &Needles, sources: &Sources) -> Diagnostics {
    let mut pairs: BTreeMap<(&SourcePath, &str), usize> = BTreeMap::new();
    for leak in leaks {
        if let What::Needle(place) = leak.what {
            pairs.entry((needles.about(place).1, &leak.file)).or_insert(place);
        }
    }
    let mut diagnostics = Diagnostics::new();
    let more = pairs.len().saturating_sub(TOLD);
    for ((path, file), place) in pairs.into_iter().take(TOLD) {
        let (kind, _, at) = needles.about(place);
        // What stands somewhere in a file has no line.
        let before = sources.text(path.as_str()).and_then(|text| text.get(..at)).filter(|_| at > 0);
        let line = before.map(|text| format!(", line {}", text.matches('\n').count() + 1));
        let line = line.unwrap_or_default();
        let what = kind.words();
        let message = format!("`{file}` would hold {what} that only withheld matter holds: `{path}`{line}");
        diagnostics.push(Diagnostic::error("leak", message).at(Span::file(path)).help(
            "if a template, or brief itself, wrote it, that is to be mended; if it is chance and everybody may read these words, write them in a comment of `brief.toml`, since what stands there counts as released",
        ));
    }
    for leak in leaks.iter().filter(|leak| leak.what == What::Unread) {
        let message = format!("`{}` holds more than is looked through for withheld matter", leak.file);
        diagnostics.push(
            Diagnostic::error("leak", message)
                .help("what is packed in a file may be 64 MiB; leave it out, or publish it unpacked"),
        );
    }
    if more > 0 {
        diagnostics.push(
            Diagnostic::error("leak", format!("{more} more files would hold what is withheld"))
                .help("mend those shown and build again"),
        );
    }
    diagnostics
}
