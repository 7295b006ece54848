use super::super::{
    Broken, Shared, edition,
    inputs::Inputs,
    redact::write,
    report::{Report, said},
};
use crate::{mending, release::Edition};

/// Mends what needs no editor, and tells what it did. Whether anything changed.
pub(super) fn all(shared: &Shared, report: &Report<'_>, inputs: &Inputs) -> Result<bool, Broken> {
    let Some(settings) = &inputs.settings else { return Ok(false) };
    let public = Edition::public(edition::as_of(None)?);
    let mended = mending::plan(&inputs.sources, settings, &public);
    if mended.files.is_empty() {
        return Ok(false);
    }
    write::all(&shared.root, shared.config.as_deref(), &inputs.sources, &mended.files)?;
    for done in &mended.done {
        said(report.mended(done))?;
    }
    Ok(true)
}
