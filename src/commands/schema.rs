use std::{
    fs, io,
    io::Write,
    path::{Path, PathBuf},
};

use clap::{Args, ValueEnum, builder::PossibleValue};
use serde_json::Value;

use super::{
    Broken, Shared,
    report::{Report, mistakes, said, say},
};
use crate::{
    diagnostics::{self, Diagnostics},
    schema::{Subject, WRITTEN_BY, schema},
    settings::{self, Kind},
    sources::{SETTINGS, Sources},
};

pub(super) const EXAMPLES: &str = "\
Examples:
  brief schema briefing        the front matter of briefings, with the kinds that this folder's brief.toml declares
  brief schema settings        brief.toml
  brief schema --all schemas   every schema, each in a file NAME.schema.json in the folder schemas

A schema is JSON Schema, draft 7. With `--all` files that `brief schema` wrote are written again, and no others.";

/// The options of `brief schema`.
#[derive(Clone, Debug, Args)]
pub(super) struct Options {
    /// The files to print the schema of
    #[arg(required_unless_present = "all", conflicts_with = "all")]
    what: Option<Subject>,
    /// Write every schema into this folder
    #[arg(long, value_name = "DIR")]
    all: Option<PathBuf>,
}

impl ValueEnum for Subject {
    fn value_variants<'a>() -> &'a [Self] {
        &Self::ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.name()).help(self.files()))
    }
}

/// Prints a schema, or writes all. `false` where `brief.toml` has mistakes, and the schema depends on it.
pub(super) fn run(shared: &Shared, options: &Options) -> Result<bool, Broken> {
    let kinds = if options.what.is_none_or(|what| what == Subject::Briefing) {
        let Some(kinds) = kinds(shared)? else { return Ok(false) };
        kinds
    } else {
        Vec::new()
    };
    match (&options.all, options.what) {
        (Some(folder), _) => write_all(folder, &kinds)?,
        (None, what) => {
            let text = text(&schema(what.unwrap_or(Subject::Briefing), &kinds));
            said(io::stdout().write_all(text.as_bytes()))?;
        }
    }
    Ok(true)
}

/// The kinds of the archive, or those that every archive has where there is none. Nothing where its settings have
/// mistakes, which are told.
fn kinds(shared: &Shared) -> Result<Option<Vec<Kind>>, Broken> {
    let path = shared.config.clone().unwrap_or_else(|| shared.root.join(SETTINGS));
    let text = match fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound && shared.config.is_none() => {
            "title = \"none\"".to_owned()
        }
        Err(error) => return Err(Broken::new(format!("`{}` cannot be read: {error}", path.display()))),
    };
    let sources = Sources::from_texts([(SETTINGS, text.as_str())]);
    let mut diagnostics = Diagnostics::new();
    let settings = settings::parse(&sources, &mut diagnostics);
    if !diagnostics.has_errors() {
        return Ok(Some(settings.kinds));
    }
    let report = Report::new(shared);
    say(&report, &mut diagnostics, &sources, None)?;
    let line = format!("no schema: {}", diagnostics::summary(&diagnostics).unwrap_or_default());
    said(report.summary(&line, &mistakes(&diagnostics)))?;
    Ok(None)
}

/// Writes every schema, unless a file of that name is somebody else's.
fn write_all(folder: &Path, kinds: &[Kind]) -> Result<(), Broken> {
    let files = Subject::ALL.map(|subject| {
        (folder.join(format!("{}.schema.json", subject.name())), text(&schema(subject, kinds)))
    });
    for (path, _) in &files {
        if !is_ours(path) {
            return Err(Broken::new(format!("`{}` is no schema that `brief schema` wrote", path.display()))
                .help("name another folder, or delete that file; nothing was written"));
        }
    }
    fs::create_dir_all(folder).map_err(|error| unwritten(folder, &error))?;
    for (path, text) in &files {
        fs::write(path, text).map_err(|error| unwritten(path, &error))?;
    }
    Ok(())
}

/// Whether nothing is there, or what `brief schema` wrote.
fn is_ours(path: &Path) -> bool {
    if fs::symlink_metadata(path).is_err() {
        return true;
    }
    let read = fs::read(path).ok().and_then(|bytes| serde_json::from_slice::<Value>(&bytes).ok());
    read.as_ref()
        .and_then(|schema| schema.get("$comment"))
        .and_then(Value::as_str)
        .is_some_and(|comment| comment.starts_with(WRITTEN_BY))
}

pub(super) fn unwritten(path: &Path, error: &io::Error) -> Broken {
    Broken::new(format!("`{}` cannot be written: {error}", path.display()))
}

fn text(schema: &Value) -> String {
    format!("{schema:#}\n")
}
