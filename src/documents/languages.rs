//! The languages that `[search] languages` names, beside those of the archive.

use std::collections::BTreeSet;

use super::Documents;
use crate::{
    diagnostics::{Diagnostic, Diagnostics, Span},
    model::SourcePath,
    settings::Settings,
};

/// Reports languages that are searched, in which nothing is written and that no setting declares: under another tag for the
/// same language, such as `en-US` for `en`, no text would be found.
pub(super) fn check(
    documents: &Documents,
    settings: &Settings,
    path: &SourcePath,
    diagnostics: &mut Diagnostics,
) {
    if settings.search.languages.is_empty() {
        return;
    }
    let of_briefings = documents.briefings.iter().flat_map(|briefing| {
        briefing
            .language
            .iter()
            .chain(briefing.translations.values().map(|translation| &translation.language))
    });
    let of_pages = documents.pages.iter().filter_map(|page| page.language.as_ref());
    let declared = settings.languages.keys().chain([&settings.language]);
    let known: BTreeSet<&str> = of_briefings.chain(of_pages).chain(declared).map(String::as_str).collect();
    for searched in &settings.search.languages {
        if !known.iter().any(|tag| tag.eq_ignore_ascii_case(&searched.value)) {
            let tags: Vec<String> = known.iter().map(|tag| format!("`{tag}`")).collect();
            diagnostics.push(
                Diagnostic::warning("no-text", format!("nothing is written in `{}`", searched.value))
                    .at(Span::new(path, searched.span.clone()))
                    .help(format!("write the tags as texts bear them: {}", tags.join(", "))),
            );
        }
    }
}
