use std::collections::BTreeMap;

use rustc_hash::FxHashMap;

use crate::{
    diagnostics::{Diagnostic, Diagnostics, Span},
    documents::Documents,
    model::{BriefingId, SourcePath, fold_name},
    settings::Settings,
};

pub(super) fn unique_briefings(documents: &Documents, diagnostics: &mut Diagnostics) {
    let mut seen: FxHashMap<&BriefingId, &SourcePath> = FxHashMap::default();
    for briefing in &documents.briefings {
        if let Some(first) = seen.insert(&briefing.id, &briefing.path) {
            diagnostics.push(
                Diagnostic::error("duplicate-id", format!("two briefings have the id `{}`", briefing.id))
                    .at(Span::file(&briefing.path))
                    .related(Span::file(first), "the other one")
                    .help("rename one of the files, or give it another `id:`"),
            );
        }
    }
}

pub(super) fn unique_profiles(documents: &Documents, settings: &Settings, diagnostics: &mut Diagnostics) {
    let mut seen: BTreeMap<(usize, String), &SourcePath> = BTreeMap::new();
    for profile in &documents.profiles {
        if let Some(first) = seen.insert((profile.kind, fold_name(&profile.id)), &profile.path) {
            let kind = &settings.kinds[profile.kind].name;
            diagnostics.push(
                Diagnostic::error(
                    "duplicate-id",
                    format!("two profiles describe the {kind} `{}`", profile.id),
                )
                .at(Span::file(&profile.path))
                .related(Span::file(first), "the other one")
                .help("rename one of the files, or make one profile of both"),
            );
        }
    }
    let mut given_up: BTreeMap<(usize, String), Span> = BTreeMap::new();
    for profile in &documents.profiles {
        let kind = &settings.kinds[profile.kind].name;
        for former in &profile.former_ids {
            let key = (profile.kind, fold_name(&former.text));
            let span = former.at.span(&profile.path);
            let (other, what) = match (seen.get(&key), given_up.get(&key)) {
                (Some(path), _) if **path == profile.path => continue,
                (Some(path), _) => (Span::file(path), "is the id of another"),
                (None, Some(span)) => (span.clone(), "is a former id of another"),
                (None, None) => {
                    given_up.insert(key, span);
                    continue;
                }
            };
            diagnostics.push(
                Diagnostic::error("duplicate-id", format!("the former id `{}` {what} {kind}", former.text))
                    .at(span)
                    .related(other, "this one")
                    .help("leave it with the one that it leads to"),
            );
        }
    }
}
