use rustc_hash::FxHashMap;

use crate::{
    diagnostics::{Diagnostic, Diagnostics, Tally},
    documents::{Briefing, Citation, Documents, Profile, markdown::Target},
    model::{BriefingId, EntityType},
};

/// What an editor should look at once more, where a file shows it whatever an edition keeps back of it.
pub(super) fn check(documents: &Documents, diagnostics: &mut Diagnostics) {
    let mut unsourced = Tally::new("no-source", "claims that cite no source");
    let mut drafted = Tally::new("unreviewed", "findings and deaths from drafts that nobody has reviewed");
    for briefing in &documents.briefings {
        claims(briefing, &mut unsourced, diagnostics);
        if is_draft(briefing) {
            findings(briefing, &mut drafted, diagnostics);
        }
    }
    let mut affiliations = Tally::new("affiliation", "affiliations of a person without a date or a source");
    let drafts: FxHashMap<&BriefingId, &Briefing> =
        documents.briefings.iter().filter(|briefing| is_draft(briefing)).map(|b| (&b.id, b)).collect();
    for profile in &documents.profiles {
        death(profile, &drafts, &mut drafted, diagnostics);
        affiliated(profile, &mut affiliations, diagnostics);
    }
    for tally in [unsourced, drafted, affiliations] {
        tally.finish(diagnostics);
    }
}

fn claims(briefing: &Briefing, tally: &mut Tally, diagnostics: &mut Diagnostics) {
    if briefing.claims.iter().all(|claim| !claim.sources.is_empty()) || cites_one(briefing) {
        return;
    }
    for claim in briefing.claims.iter().filter(|claim| claim.sources.is_empty()) {
        let write = if claim.in_prose { "`source=ID` in the braces" } else { "`sources: [ID]`" };
        let diagnostic = Diagnostic::warning("no-source", "this claim cites no source")
            .at(claim.at.span(&briefing.path))
            .help(format!("write {write}; where the file has one source alone, all of it rests on that"));
        tally.push(diagnostic, diagnostics);
    }
}

/// Whether a file has one source, which then all of it rests on.
fn cites_one(briefing: &Briefing) -> bool {
    let [(only, _)] = &briefing.sources[..] else { return false };
    citations(briefing).all(|id| id == only.as_str())
}

/// The ids of all sources that a briefing and its translations cite.
fn citations(briefing: &Briefing) -> impl Iterator<Item = &str> {
    let mut cited: Vec<&[Citation]> = Vec::new();
    for event in &briefing.events {
        cited.push(&event.sources);
        cited.extend(event.figures.iter().map(|figure| &figure.sources[..]));
    }
    for claim in &briefing.claims {
        cited.push(&claim.sources);
        cited.extend(claim.responses.iter().map(|response| &response.sources[..]));
        cited.extend(claim.findings.iter().map(|finding| &finding.sources[..]));
    }
    cited.extend(briefing.responses.iter().map(|response| &response.sources[..]));
    cited.extend(briefing.findings.iter().map(|finding| &finding.sources[..]));
    let bodies = std::iter::once(&*briefing.body).chain(briefing.translations.values().map(|t| &t.body));
    let in_prose =
        bodies.flat_map(|body| &body.outline.references).filter_map(|reference| match &reference.target {
            Target::Citation { id } => Some(&**id),
            _ => None,
        });
    cited.into_iter().flatten().map(|citation| &*citation.id.text).chain(in_prose)
}

/// Whether a machine drafted it, and nobody has reviewed it.
fn is_draft(briefing: &Briefing) -> bool {
    briefing.generated.is_some() && briefing.reviewed_by.is_none()
}

fn findings(briefing: &Briefing, tally: &mut Tally, diagnostics: &mut Diagnostics) {
    let nested = briefing.claims.iter().flat_map(|claim| &claim.findings);
    for finding in nested.chain(&briefing.findings) {
        let message = "this finding stands in a machine's draft that nobody has reviewed";
        let diagnostic = Diagnostic::warning("unreviewed", message)
            .at(finding.at.span(&briefing.path))
            .help("let a person judge it and write `reviewed_by: NAME`, or delete the finding");
        tally.push(diagnostic, diagnostics);
    }
}

fn death(
    profile: &Profile,
    drafts: &FxHashMap<&BriefingId, &Briefing>,
    tally: &mut Tally,
    diagnostics: &mut Diagnostics,
) {
    let Some(died) = &profile.died else { return };
    let part = &died.rests_on.part;
    if let Some(briefing) = part.briefing.as_ref().and_then(|id| drafts.get(id)) {
        let message = "this death rests on a machine's draft that nobody has reviewed";
        let diagnostic = Diagnostic::warning("unreviewed", message)
            .at(died.rests_on.at.span(&profile.path))
            .help(format!("let a person judge it and write `reviewed_by: NAME` in `{}`", briefing.path));
        tally.push(diagnostic, diagnostics);
    }
}

/// To say of a person where he belongs may be to accuse him: it has a date and a source.
fn affiliated(profile: &Profile, tally: &mut Tally, diagnostics: &mut Diagnostics) {
    if profile.entity_type != Some(EntityType::Person) {
        return;
    }
    for key in ["member_of", "affiliated"] {
        for relation in profile.relations.get(key).into_iter().flatten() {
            let dated = relation.from.is_some() || relation.to.is_some() || relation.date.is_some();
            let lacks = match (dated, !relation.sources.is_empty()) {
                (true, true) => continue,
                (true, false) => "no source",
                (false, true) => "no date",
                (false, false) => "neither a date nor a source",
            };
            let message = format!("where this person belongs has {lacks}");
            let diagnostic = Diagnostic::warning("affiliation", message)
                .at(relation.name.at.span(&profile.path))
                .help(format!("write `{key}: {{id: NAME, from: DATE, sources: [ID]}}`"));
            tally.push(diagnostic, diagnostics);
        }
    }
}
