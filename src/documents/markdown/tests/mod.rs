mod blocks;
mod diagnostics;
mod html;
mod laws;
mod links;
mod mentions;
mod refused;
mod text;

use super::*;
use crate::{
    diagnostics::{Diagnostics, Severity},
    model::SourcePath,
};

/// What the archive of these tests makes of a reference: everything is there but what is called `Nobody`.
fn resolution(target: &Target) -> Resolution {
    let link = |href: String| Resolution::Link { href, words: None, lang: None, title: None };
    match target {
        Target::Wiki { name, local: None, .. } if &**name == "Nobody" => Resolution::Words,
        Target::Wiki { kind, name, local, .. } => {
            let kind = kind.as_deref().unwrap_or("any");
            let local = local.as_deref().map(|local| format!("#{local}")).unwrap_or_default();
            link(format!("/{kind}/{name}{local}"))
        }
        Target::Forbid(_) => Resolution::Words,
        Target::Citation { id } if &**id == "nobody" => Resolution::Words,
        Target::Citation { id } => {
            Resolution::Citation { number: id.len(), href: format!("#source-{id}"), title: None }
        }
        Target::Document { path, fragment } => {
            let fragment = fragment.as_deref().map(|fragment| format!("#{fragment}")).unwrap_or_default();
            link(format!("{}/{fragment}", path.trim_end_matches(".md")))
        }
        Target::Fragment(fragment) => link(format!("#{fragment}")),
        Target::Query(query) => link(query.to_string()),
        Target::Asset { path, suffix } | Target::Absolute { path, suffix } => link(format!("{path}{suffix}")),
    }
}

fn outlined(text: &str) -> (Outline, Diagnostics) {
    let mut diagnostics = Diagnostics::new();
    let outline =
        outline(&Prose::new(text, 0), &SourcePath::new("content/briefings/a.md"), false, &mut diagnostics);
    (outline, diagnostics)
}

fn rendered_with(text: &str, options: &RenderOptions<'_>) -> Rendering {
    let (outline, _) = outlined(text);
    let resolutions: Vec<Resolution> =
        outline.references.iter().map(|reference| resolution(&reference.target)).collect();
    let rendering = render(&Prose::new(text, 0), &resolutions, options);
    assert_eq!(rendering.references, resolutions.len(), "{text}");
    rendering
}

fn html(text: &str) -> String {
    rendered_with(text, &RenderOptions::default()).html
}

/// What is said about `text`, a line each: severity, code, the text it points at, message, help.
fn said(text: &str) -> Vec<String> {
    let (_, mut diagnostics) = outlined(text);
    diagnostics.sort();
    let line = |diagnostic: &crate::diagnostics::Diagnostic| {
        let span = diagnostic.span.clone().unwrap();
        let severity = match diagnostic.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        let place = &text[span.start as usize..span.end as usize];
        let help = diagnostic.help.clone().unwrap();
        format!("{severity}[{}] at {place:?}: {}; help: {help}", diagnostic.code, diagnostic.message)
    };
    diagnostics.iter().map(line).collect()
}

fn codes(text: &str) -> Vec<&'static str> {
    outlined(text).1.iter().map(|diagnostic| diagnostic.code).collect()
}

#[track_caller]
fn is(text: &str, expected: &str) {
    assert_eq!(html(text), expected, "{text}");
}
