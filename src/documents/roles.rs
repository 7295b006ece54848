use super::REDACTIONS;
use crate::{
    diagnostics::{Diagnostic, Span},
    model::SourcePath,
    settings::Settings,
    sources::Sources,
};

/// What a file below `content/` is for, told by where it lies.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Role {
    Briefing,
    /// A briefing with a dot in its name, unless its front matter is that of a translation.
    Dotted {
        original: SourcePath,
    },
    Translation {
        original: SourcePath,
        language: String,
    },
    /// A translation whose original is not there.
    Lost {
        original: SourcePath,
    },
    Profile(usize),
    Page,
    SharedSources,
    /// Words for the image that it lies beside.
    Sidecar,
    /// What is known of names that were taken out.
    Redactions,
    Misplaced(Diagnostic),
}

pub(super) fn role(path: &SourcePath, sources: &Sources, settings: &Settings) -> Role {
    let below = path.below("content").unwrap_or_default();
    let is_toml = path.extension().eq_ignore_ascii_case("toml");
    if below == "sources.toml" {
        return Role::SharedSources;
    }
    if path.as_str() == REDACTIONS {
        return Role::Redactions;
    }
    if is_toml {
        return if path.stem().contains('.') {
            Role::Sidecar
        } else {
            misplaced(
                path,
                "no briefing, profile or page is written in a `.toml` file",
                "write it in a `.md` file, its front matter between `+++` lines",
            )
        };
    }
    match below.split_once('/') {
        Some(("briefings", _)) => match translation_of(path, sources) {
            Some((original, language)) if sources.has_text(&original) => {
                Role::Translation { original, language }
            }
            Some((original, language)) if settings.languages.contains_key(&language) => {
                Role::Lost { original }
            }
            Some((original, _)) => Role::Dotted { original },
            None => Role::Briefing,
        },
        Some(("pages", _)) => Role::Page,
        Some((folder, _)) => match settings.kind_of_folder(folder) {
            Some(kind) => Role::Profile(kind),
            None => {
                let folders =
                    settings.kinds.iter().map(|kind| kind.key.as_str()).chain(["briefings", "pages"]);
                let help = crate::diagnostics::did_you_mean(folder, folders)
                    .unwrap_or_else(|| format!("declare a kind with the key `{folder}` in `brief.toml`, or move the file below `content/briefings/`"));
                misplaced(path, &format!("`content/{folder}/` is the folder of no kind"), &help)
            }
        },
        None => misplaced(
            path,
            "a text right below `content/` belongs to nothing",
            "move it below `content/briefings/`, `content/pages/` or the folder of a kind",
        ),
    }
}

fn misplaced(path: &SourcePath, message: &str, help: &str) -> Role {
    Role::Misplaced(Diagnostic::error("misplaced", message).at(Span::file(path)).help(help))
}

/// The original's path and the language, where a file's name has the form `NAME.LANGUAGE.md`.
///
/// A dot may also belong to a name (`18f.gov.md`), so this is a translation only where its original is there or
/// the language is declared, or where it is written like one.
fn translation_of(path: &SourcePath, sources: &Sources) -> Option<(SourcePath, String)> {
    let (name, language) = split(path)?;
    let beside = |extension: &str| SourcePath::new(&format!("{}/{name}.{extension}", path.folder()));
    let original = ["md", "markdown"].into_iter().map(beside).find(|original| sources.has_text(original));
    Some((original.unwrap_or_else(|| beside(path.extension())), language.to_owned()))
}

/// The name and the language of `NAME.LANGUAGE.md`.
pub(super) fn split(path: &SourcePath) -> Option<(&str, &str)> {
    let (name, language) = path.stem().rsplit_once('.')?;
    (crate::model::is_language(language) && !name.is_empty()).then_some((name, language))
}
