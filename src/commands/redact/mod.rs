pub(super) mod write;

use std::{
    collections::BTreeMap,
    hash::{BuildHasher, RandomState},
};

use clap::Args;

use super::{
    Broken, Shared, edition, inputs,
    report::{Report, mistakes, said},
};
use crate::{
    diagnostics::{self, Diagnostics, Severity},
    model::{Day, SourcePath, Tlp},
    redaction::{self, Plan, Refused, Request},
    release::Edition,
    settings::Settings,
    sources::{FOLDERS, Sources},
};

/// What changed briefings say, if nothing else is asked for.
const NOTE: &str = "A name was taken out of this briefing.";

/// The options of `brief redact`.
#[derive(Clone, Debug, Args)]
pub(super) struct Options {
    /// The name, as it is written; of a profile, any of its names
    name: String,
    /// What stands in its place [default: `Name withheld`]
    #[arg(long = "as", value_name = "PSEUDONYM")]
    pseudonym: Option<String>,
    /// A further spelling to take out; may be given several times
    #[arg(long, value_name = "WORDS")]
    also: Vec<String>,
    /// What changed briefings say of it [default: `A name was taken out of this briefing.`]
    #[arg(long, value_name = "TEXT")]
    note: Option<String>,
    /// The day of the note [default: today, in the archive's time zone]
    #[arg(long, value_name = "DAY")]
    date: Option<String>,
    /// Show what would change, and change nothing
    #[arg(long)]
    dry_run: bool,
}

/// Takes a name out. `false` where the archive would have errors afterwards, so that nothing was written.
pub(super) fn run(shared: &Shared, options: &Options) -> Result<bool, Broken> {
    let report = Report::new(shared);
    let mut diagnostics = Diagnostics::new();
    let inputs = inputs::read(shared, &mut diagnostics)?;
    let (Some(settings), false) = (&inputs.settings, diagnostics.has_errors()) else {
        said(report.diagnostics(&mut diagnostics, &inputs.sources))?;
        said(
            report.summary("nothing changed: the archive cannot be read as a whole", &mistakes(&diagnostics)),
        )?;
        return Ok(false);
    };
    let sources = &inputs.sources;
    let as_of = edition::as_of(None)?;
    let date = match &options.date {
        Some(written) => Day::parse(written)
            .map_err(|error| Broken { message: format!("`--date`: {}", error.message), help: error.help })?,
        None => as_of.day_in(settings.timezone),
    };
    let copied = texts_of_assets(sources);
    let request = Request {
        name: &options.name,
        also: &options.also,
        pseudonym: options.pseudonym.as_deref(),
        note: options.note.as_deref().unwrap_or(NOTE),
        date: &date.to_string(),
        salt: &salt(),
    };
    let plan = redaction::plan(sources, &copied, settings, &request).map_err(refused)?;
    // Nobody's archive may break, whatever label they read.
    let edition = Edition { admits: Tlp::ALL.into(), drafts: true, future: true, ..Edition::public(as_of) };
    if !stays_sound(&report, sources, settings, &edition, &plan)? {
        return Ok(false);
    }
    if !options.dry_run {
        write::all(&shared.root, shared.config.as_deref(), sources, &plan.files)?;
    }
    let is_text = |asset: &&crate::sources::Asset| copied.contains_key(&asset.path);
    let unread = FOLDERS
        .iter()
        .flat_map(|folder| sources.assets_below(folder))
        .filter(|asset| !is_text(asset))
        .count();
    said(report.redaction(&plan, options.dry_run, unread))?;
    Ok(true)
}

/// The texts among the files that are copied as they are.
fn texts_of_assets(sources: &Sources) -> BTreeMap<SourcePath, String> {
    const LONGEST: u64 = 16 << 20;
    let assets = FOLDERS.iter().flat_map(|folder| sources.assets_below(folder));
    let texts = assets.filter(|asset| asset.size.is_none() && asset.len <= LONGEST).filter_map(|asset| {
        let text = String::from_utf8(asset.read().ok()?).ok()?;
        (!text.contains('\0')).then(|| (asset.path.clone(), text))
    });
    texts.collect()
}

/// Chance, for the hashes of one archive: 16 bytes of what the system seeds hash tables with.
fn salt() -> String {
    let state = RandomState::new();
    format!("{:016x}{:016x}", state.hash_one(1_u8), state.hash_one(2_u8))
}

/// Whether the archive has no more errors afterwards than before. Else they are told.
fn stays_sound(
    report: &Report<'_>,
    sources: &Sources,
    settings: &Settings,
    edition: &Edition,
    plan: &Plan,
) -> Result<bool, Broken> {
    let mut before = Diagnostics::new();
    let _ = crate::plan(sources, settings, edition, false, &mut before);
    let changes = plan.files.iter().map(|file| (&file.from, &file.to, file.text.as_deref()));
    let changed = sources.changed(changes);
    let mut after = Diagnostics::new();
    let settings = crate::settings::parse(&changed, &mut after);
    let _ = crate::plan(&changed, &settings, edition, false, &mut after);
    if after.count(Severity::Error) <= before.count(Severity::Error) {
        return Ok(true);
    }
    said(report.diagnostics(&mut after, &changed))?;
    let words = diagnostics::summary(&after).unwrap_or_default();
    let line = format!("nothing changed: without the name the archive would have {words}");
    said(report.summary(&line, &mistakes(&after)))?;
    Ok(false)
}

fn refused(refused: Refused) -> Broken {
    let places = refused.places.iter().map(|(path, seen)| {
        format!("\n  {path}:{}: {}", seen.line, seen.words.split_whitespace().collect::<Vec<_>>().join(" "))
    });
    Broken::new(format!("{}{}", refused.message, places.collect::<String>())).help(refused.help)
}
