use super::{Checker, known::Sort, resolve_path};
use crate::{
    diagnostics::{Diagnostic, Span, did_you_mean, nearest},
    documents::{Body, Profile, markdown::Target},
    model::{BriefingId, LocalId, PartId, Period, SourcePath, fold_name},
    settings::DATE,
};

/// What prose refers to.
impl Checker<'_, '_> {
    pub(super) fn body(&mut self, body: &Body) {
        for image in body.outline.images.iter().filter(|image| image.alt.trim().is_empty()) {
            self.without_alt(body, image.reference);
        }
        for reference in &body.outline.references {
            let span = body.prose.span(self.path, reference.range.clone());
            match &reference.target {
                Target::Citation { id } => self.source(id, span),
                Target::Document { path, .. } => self.document(path, span),
                Target::Asset { path, .. } => self.asset(path, span),
                Target::Wiki { kind, name, local, .. } => {
                    self.wiki(kind.as_deref(), name, local.as_deref(), span);
                }
                Target::Fragment(_) | Target::Query(_) | Target::Absolute { .. } | Target::Forbid(_) => {}
            }
        }
    }

    /// Warns of an image that has no words, neither in the text nor in its sidecar.
    fn without_alt(&mut self, body: &Body, reference: usize) {
        let Some(reference) = body.outline.references.get(reference) else { return };
        if let Target::Asset { path, .. } = &reference.target {
            let words =
                resolve_path(self.path.folder(), path).and_then(|path| self.known.images().get(&path));
            if words.is_some_and(|words| words.alt.is_some()) {
                return;
            }
        }
        self.push(
            Diagnostic::warning("image-without-alt", "the image has no words that stand for it")
                .at(body.prose.span(self.path, reference.range.clone()))
                .help(
                    "write `![what it shows](FILE)`, or `alt = \"what it shows\"` in `FILE.toml` beside it",
                ),
        );
    }

    fn document(&mut self, written: &str, span: Span) {
        let Some(path) = resolve_path(self.path.folder(), written) else {
            return self.push(
                Diagnostic::error("link-out", format!("the link `{written}` leads out of `content/`"))
                    .at(span)
                    .help("link to a file below `content/`"),
            );
        };
        if !self.known.paths().contains(&path) {
            let near = self.known.may_compare(self.known.paths().len()).then(|| self.known_files(&path));
            let help =
                did_you_mean(path.name(), near.iter().flatten().map(String::as_str)).unwrap_or_else(|| {
                    "write the path from this file, or `@/` and the path from `content/`".into()
                });
            self.push(
                Diagnostic::error("missing-document", format!("there is no `{path}`")).at(span).help(help),
            );
        }
    }

    fn known_files(&self, path: &SourcePath) -> Vec<String> {
        let mut names: Vec<String> = self
            .known
            .paths()
            .iter()
            .filter(|known| known.folder() == path.folder())
            .map(|known| known.name().to_owned())
            .collect();
        names.sort();
        names
    }

    pub(super) fn asset(&mut self, written: &str, span: Span) {
        match resolve_path(self.path.folder(), written) {
            None => self.push(
                Diagnostic::error("link-out", format!("the link `{written}` leads out of `content/`"))
                    .at(span)
                    .help("put the file beside the text"),
            ),
            Some(path) if !self.known.has_asset(&path) => self.push(
                Diagnostic::warning("missing-asset", format!("there is no `{path}`"))
                    .at(span)
                    .help("put the file there; until then its words stand alone"),
            ),
            Some(_) => {}
        }
    }

    fn wiki(&mut self, kind: Option<&str>, name: &str, local: Option<&str>, span: Span) {
        if let Some(local) = local {
            let Some(part) = PartId::parse(&format!("{name}#{local}")) else {
                return self.broken_wiki(kind, name, span);
            };
            let Some(briefing) = self.target(&part) else { return self.no_briefing(&part, span) };
            let known = part.local.as_ref().is_some_and(|local| {
                [Sort::Claim, Sort::Event]
                    .into_iter()
                    .any(|sort| self.known.has_part(&briefing.id, sort, local))
            });
            if !known {
                let ids = briefing
                    .claims
                    .iter()
                    .filter_map(|claim| claim.id.as_ref())
                    .chain(briefing.events.iter().filter_map(|event| event.id.as_ref()));
                let help = did_you_mean(local, ids.map(LocalId::as_str))
                    .unwrap_or_else(|| format!("give a claim or an event in `{}` this id", briefing.path));
                let message = format!("the briefing `{}` has no claim or event `{local}`", briefing.id);
                self.push(Diagnostic::error("unknown-reference", message).at(span).help(help));
            }
            return;
        }
        let folded = fold_name(name);
        let is_date = Period::parse(name).is_ok();
        let found = match kind {
            Some(kind) => match self.settings.kind_named(kind) {
                Some(DATE) => is_date,
                Some(place) => self.known.names().contains(&(place, folded)),
                None => {
                    let kinds = self.settings.kinds.iter().map(|kind| kind.name.as_str());
                    let help = did_you_mean(kind, kinds)
                        .unwrap_or_else(|| "declare the kind in `brief.toml`".into());
                    return self.push(
                        Diagnostic::error("unknown-kind", format!("there is no kind `{kind}`"))
                            .at(span)
                            .help(help),
                    );
                }
            },
            None => {
                is_date
                    || (0..self.settings.kinds.len())
                        .any(|place| self.known.names().contains(&(place, folded.clone())))
                    || BriefingId::new(name).is_some_and(|id| self.known.has_briefing(&id))
            }
        };
        if !found {
            self.broken_wiki(kind, name, span);
        }
    }

    fn broken_wiki(&mut self, kind: Option<&str>, name: &str, span: Span) {
        let written = kind.map_or_else(|| name.to_owned(), |kind| format!("{kind}:{name}"));
        let help = match self.near(kind, name) {
            Some(near) => format!("did you mean `[[{near}]]`?"),
            None if kind.map_or_else(
                || is_like_a_date(name),
                |kind| self.settings.kind_named(kind) == Some(DATE),
            ) =>
            {
                "write a day, a month or a year: `[[2025-05-13]]`".into()
            }
            None => "write a profile for it, or take the brackets away".into(),
        };
        self.push(
            Diagnostic::error("broken-link", format!("`[[{written}]]` leads to nothing")).at(span).help(help),
        );
    }

    /// What may be meant by a name that nothing bears: of its kind, if one is written, else anything.
    fn near(&self, kind: Option<&str>, name: &str) -> Option<String> {
        let names = self.known.names().len() + self.known.heads().len();
        if !self.known.may_compare(names) {
            return None;
        }
        let profiles = self.known.profiles();
        if let Some(word) = kind {
            let of_kind = profiles.iter().filter(|profile| self.settings.kinds[profile.kind].name == word);
            if let Some(near) = nearest(name, of_kind.flat_map(Profile::all_names)) {
                return Some(format!("{word}:{near}"));
            }
        }
        let names = profiles.iter().flat_map(Profile::all_names).chain(self.known_briefings());
        nearest(name, names).map(str::to_owned)
    }
}

fn is_like_a_date(name: &str) -> bool {
    name.split('-').all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()))
}
