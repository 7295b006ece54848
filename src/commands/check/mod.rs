mod drawn;
mod fix;
mod lychee;
mod told;

use std::{collections::BTreeSet, time::Instant as Clock};

use clap::Args;

use super::{
    Broken, Shared,
    edition::{self, Selected},
    git,
    inputs::{self, Inputs},
    nowhere::Nowhere,
    report::{Report, mistakes, said},
};
use crate::{
    Build,
    archive::Archive,
    diagnostics::{self, Diagnostics, Severity, Texts},
    leaks, lints,
    redaction::{self, Records},
    release::Edition,
    settings::{ACTOR, LOCATION, Settings},
    sources::Sources,
};
use drawn::Drawn;

pub(super) const EXAMPLES: &str = "\
Examples:
  brief check                              look through the whole archive, drafts and marked matter too
  brief check --strict                     for CI: a warning is a mistake
  brief check --allow no-archive           without one sort of warning
  brief check --deny used-once             where one sort of warning is a mistake
  brief check --fix                        mend first what needs no editor
  brief check --external                   ask also whether addresses elsewhere are still there
  brief check --format sarif > brief.sarif for code hosts and editors; `--format github` for GitHub Actions

Nothing is written without `--fix`, and nothing goes on the network without `--external`.

`--fix` edits front matter in place: names for aliases among tags, keys for their synonyms, ids for claims and events
that have none (an id is for ever: see that you like it before you publish), and days that can only be meant as one
(`2025-5-3`, `15/05/2025`) wherever they stand. All else stays byte for byte.

`--external` runs `lychee` (https://lychee.cli.rs), which has to be installed, on what the edition at hand publishes.

Exit codes: 0 no mistakes, 1 the archive has errors (warnings too, under `--strict`), 2 brief could not run.";

/// The options of `brief check`.
#[derive(Clone, Debug, Args)]
pub(super) struct Options {
    #[command(flatten)]
    edition: edition::Options,
    /// Count warnings as mistakes
    #[arg(long)]
    strict: bool,
    /// Do not tell warnings of this code; may be given several times
    #[arg(long, value_name = "CODE")]
    allow: Vec<String>,
    /// Count warnings of this code as mistakes, whatever `[check]` allows; may be given several times
    #[arg(long, value_name = "CODE")]
    deny: Vec<String>,
    /// Mend in place what needs no editor: aliases among tags, synonyms of keys, missing ids, forms of days
    #[arg(long)]
    fix: bool,
    /// Ask the network whether addresses elsewhere are there, with `lychee`
    #[arg(long)]
    external: bool,
}

/// Looks for mistakes. `false` where there are any.
///
/// The archive is gone through twice: once with all that it holds, so that what is wrong with a draft is known before
/// it is published, and once as the edition at hand will show it.
pub(super) fn run(shared: &Shared, options: &Options) -> Result<bool, Broken> {
    let begun = Clock::now();
    let report = Report::new(shared);
    let mut read = Diagnostics::new();
    let mut inputs = inputs::read(shared, &mut read)?;
    if options.fix && fix::all(shared, &report, &inputs)? {
        read = Diagnostics::new();
        inputs = inputs::read(shared, &mut read)?;
    }
    let Inputs { mut sources, settings } = inputs;
    let Some(mut settings) = settings else {
        told::all(shared, &report, &mut read, &sources)?;
        let line = format!("nothing checked: {}", diagnostics::summary(&read).unwrap_or_default());
        said(report.summary(&line, &mistakes(&read)))?;
        return Ok(false);
    };
    let whole = settings.clone();
    let Selected { edition, .. } = options.edition.select(&mut settings)?;
    if settings.git_dates {
        sources.revised = git::revisions(&shared.root, sources.settings(), &mut read);
    }
    let records = Records::read(&sources, &mut read);
    let mut found = read.clone();
    let everything = Edition::of_everything(edition.as_of);
    let all = crate::plan(&sources, &whole, &everything, false, &mut found);
    lints::check(&all.archive, &whole, edition.as_of.day_in(whole.timezone), &mut found);
    draw(&all, &mut found)?;
    let shown = crate::plan(&sources, &settings, &edition, false, &mut read);
    draw(&shown, &mut read)?;
    if !read.has_errors() {
        look(&shown, &sources, &records, &mut read)?;
    }
    found.extend_with_new(read);
    if options.external {
        lychee::ask(&shared.root, &shown.archive, &mut found)?;
    }
    judge(options, &whole, &mut found);
    redaction::silence(&mut found, &sources, &records);
    let texts: Vec<&dyn Texts> = vec![&sources, all.theme()];
    told::all(shared, &report, &mut found, &texts)?;
    let (words, numbers) = last_line(&all.archive, &whole, &found, begun);
    said(report.summary(&words, &numbers))?;
    Ok(!found.has_errors() && (!options.strict || found.count(Severity::Warning) == 0))
}

/// Draws every page into nothing, for the mistakes that only drawing shows.
fn draw(build: &Build<'_>, diagnostics: &mut Diagnostics) -> Result<(), Broken> {
    diagnostics.extend(build.render(&Nowhere::default(), &|_| {}).map_err(|error| unreadable(&error))?);
    Ok(())
}

/// Looks in the site for what is withheld, and for names that were taken out.
fn look(
    build: &Build<'_>,
    sources: &Sources,
    records: &Records,
    diagnostics: &mut Diagnostics,
) -> Result<(), Broken> {
    let site = Drawn::of(build);
    diagnostics.extend(leaks::check(sources, build, &site).map_err(|error| unreadable(&error))?);
    if !records.is_empty() {
        diagnostics.extend(redaction::guard(sources, records, &site).map_err(|error| unreadable(&error))?);
    }
    Ok(())
}

fn unreadable(error: &std::io::Error) -> Broken {
    Broken::new(format!("a file of the archive cannot be read: {error}"))
        .help("see that it is there, and readable")
}

/// What the command line says of a code goes before what the settings say, and of that `--deny`.
fn judge(options: &Options, settings: &Settings, diagnostics: &mut Diagnostics) {
    let deny: BTreeSet<&str> = options.deny.iter().map(String::as_str).collect();
    let allowed = settings.check.allow.iter().map(|code| code.value.as_str());
    let allow: BTreeSet<&str> = options.allow.iter().map(String::as_str).chain(allowed).collect();
    diagnostics.judge(&allow, &deny);
}

/// `checked 31 briefings, 46 actors, 22 locations in 0.2 s: 2 warnings`, for people and as numbers.
fn last_line(
    archive: &Archive,
    settings: &Settings,
    diagnostics: &Diagnostics,
    begun: Clock,
) -> (String, serde_json::Value) {
    let counted =
        |count: usize, one: &str, many: &str| format!("{count} {}", if count == 1 { one } else { many });
    let (actors, locations) = (archive.entities_of(ACTOR).count(), archive.entities_of(LOCATION).count());
    let mut numbers = mistakes(diagnostics);
    numbers["briefings"] = archive.briefings.len().into();
    numbers["actors"] = actors.into();
    numbers["locations"] = locations.into();
    let words = format!(
        "checked {}, {}, {} in {:.1} s: {}",
        counted(archive.briefings.len(), "briefing", "briefings"),
        counted(actors, "actor", &settings.kinds[ACTOR].key),
        counted(locations, "location", &settings.kinds[LOCATION].key),
        begun.elapsed().as_secs_f64(),
        diagnostics::summary(diagnostics).unwrap_or_else(|| "nothing to mend".into()),
    );
    (words, numbers)
}
