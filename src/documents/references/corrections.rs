use super::{Checker, known::Sort, resolve_path};
use crate::{
    diagnostics::{Diagnostic, did_you_mean},
    documents::{Body, Briefing, Corrected, Correction, Name, Reference, markdown::Target},
    model::{CorrectionKind, LocalId, SourcePath},
};

impl Checker<'_, '_> {
    /// Checks what a correction is of: its own briefing, or something in it.
    pub(super) fn correction(&mut self, briefing: &Briefing, correction: &Correction) {
        match &correction.of {
            Some(Corrected::Part(reference)) => self.corrected(briefing, reference, correction.kind),
            Some(Corrected::Image(name)) => self.corrected_image(briefing, name),
            None => {}
        }
    }

    fn corrected(&mut self, briefing: &Briefing, reference: &Reference, kind: CorrectionKind) {
        let span = reference.at.span(self.path);
        let Some(target) = self.target(&reference.part) else {
            return self.no_briefing(&reference.part, span);
        };
        if target.id != briefing.id {
            // Nobody takes back another file's words: who mends a briefing does so where it can be seen.
            let help = format!("write it in `{}`", target.path);
            let message =
                format!("a correction stands in the file that it corrects, and this is of `{}`", target.id);
            return self.push(Diagnostic::error("foreign-correction", message).at(span).help(help));
        }
        let Some(local) = &reference.part.local else { return };
        let is_part =
            [Sort::Claim, Sort::Event].into_iter().any(|sort| self.known.has_part(&briefing.id, sort, local));
        if is_part {
            return;
        }
        let is_shared = self.known.sources().contains_key(local);
        if is_shared || briefing.sources.iter().any(|(id, _)| id == local) {
            if kind == CorrectionKind::Retraction {
                let message =
                    format!("`{local}` is a source, which others wrote and this file cannot retract");
                let help = "retract what rests on it, or write `kind: correction`";
                self.push(Diagnostic::error("retracted-source", message).at(span).help(help));
            }
            return;
        }
        let ids = briefing
            .claims
            .iter()
            .filter_map(|c| c.id.as_ref())
            .chain(briefing.events.iter().filter_map(|e| e.id.as_ref()));
        let help = did_you_mean(local.as_str(), ids.map(LocalId::as_str))
            .unwrap_or_else(|| "name a claim, an event, a source or an image".into());
        let message = format!("the briefing `{}` has nothing called `{local}`", briefing.id);
        self.push(Diagnostic::error("unknown-reference", message).at(span).help(help));
    }

    /// Checks that the text, a translation or the briefing itself shows an image.
    fn corrected_image(&mut self, briefing: &Briefing, name: &Name) {
        let named = resolve_path(briefing.path.folder(), &name.text);
        let translations = briefing.translations.values().map(|t| (&t.body, &t.path));
        let bodies = std::iter::once((&*briefing.body, &briefing.path)).chain(translations);
        let mut used: Vec<(SourcePath, &str)> = bodies.flat_map(|(body, path)| images(body, path)).collect();
        if let Some(image) = &briefing.image
            && let Some(path) = resolve_path(briefing.path.folder(), &image.text)
        {
            used.push((path, &image.text));
        }
        if used.iter().any(|(path, _)| Some(path) == named.as_ref()) {
            return;
        }
        let help = did_you_mean(&name.text, used.iter().map(|(_, written)| *written))
            .unwrap_or_else(|| "name an image as the text does, from the file: `of: img/map.png`".into());
        let message = format!("the text shows no image `{}`", name.text);
        self.push(Diagnostic::error("unknown-reference", message).at(name.at.span(self.path)).help(help));
    }
}

/// The images that the text of the file at `path` shows: where each lies, and as it is written.
fn images<'b>(body: &'b Body, path: &'b SourcePath) -> impl Iterator<Item = (SourcePath, &'b str)> {
    body.outline.images.iter().filter_map(|image| {
        match &body.outline.references.get(image.reference)?.target {
            Target::Asset { path: written, .. } => Some((resolve_path(path.folder(), written)?, &**written)),
            _ => None,
        }
    })
}
