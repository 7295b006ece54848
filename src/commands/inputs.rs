use std::{io, path::Path};

use super::{Broken, Shared};
use crate::{
    diagnostics::{Diagnostics, Severity},
    settings::{self, Settings},
    sources::{self, Limits, Sources},
};

/// An archive's folder, read.
pub(super) struct Inputs {
    pub(super) sources: Sources,
    /// Nothing where `brief.toml` has mistakes: without it nothing else can be judged rightly.
    pub(super) settings: Option<Settings>,
}

/// Reads the archive that a command is about. What is wrong with single files is reported.
pub(super) fn read(shared: &Shared, diagnostics: &mut Diagnostics) -> Result<Inputs, Broken> {
    let sources = sources::read(&shared.root, shared.config.as_deref(), &Limits::default(), diagnostics)
        .map_err(|error| unreadable(&shared.root, &error))?;
    Ok(judge(sources, diagnostics))
}

/// Reads the settings of an archive that has been read.
pub(super) fn judge(sources: Sources, diagnostics: &mut Diagnostics) -> Inputs {
    let unread = diagnostics.count(Severity::Error);
    let settings = settings::parse(&sources, diagnostics);
    let is_broken = diagnostics.count(Severity::Error) > unread;
    Inputs { sources, settings: (!is_broken).then_some(settings) }
}

pub(super) fn unreadable(root: &Path, error: &io::Error) -> Broken {
    Broken::new(format!("`{}` cannot be read: {error}", root.display()))
        .help("name the archive's folder with `--root`")
}
