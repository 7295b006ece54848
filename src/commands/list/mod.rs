mod filter;
mod rows;
mod written;

use clap::Args;

use super::{
    Broken, Shared, edition,
    inputs::{self, Inputs},
    report::{Report, nothing_listed, said},
};
use crate::{
    archive::Archive,
    diagnostics::{self, Diagnostics, did_you_mean},
    release::Edition,
    settings::Settings,
};
use filter::Filter;
use rows::Rows;

pub(super) const EXAMPLES: &str = "\
Examples:
  brief list                                        the briefings, the newest first
  brief list --actor Hamas --in Gaza --since 2025-05
  brief list claims --status denied                 what other sides deny
  brief list claims --finding unproven --format csv > claims.csv
  brief list actors --all                           with what the public edition keeps back, and why
  brief list --tlp amber --all --format paths -0 | xargs -0 grep -l Doha

A place holds the places inside it, an actor those that belong to it. A day is `2025-05-15`; `2025-05` and `2025`
mean the first day after `--since` and the last after `--until`.

Exit codes: 0 done, 1 the archive has errors, 2 brief could not run.";

/// The options of `brief list`.
#[derive(Clone, Debug, Args)]
pub(super) struct Options {
    /// `briefings`, `claims`, or the key of a kind: `actors`, `locations`, ...
    #[arg(value_name = "WHAT", default_value = "briefings")]
    what: String,
    /// What has to do with this actor, or with one that belongs to it; may be given several times
    #[arg(long, value_name = "NAME")]
    actor: Vec<String>,
    /// What has to do with this place, or with one inside it; may be given several times
    #[arg(long = "in", value_name = "PLACE")]
    place: Vec<String>,
    /// From this day on
    #[arg(long, value_name = "DATE")]
    since: Option<String>,
    /// Until this day, and on it
    #[arg(long, value_name = "DATE")]
    until: Option<String>,
    /// Claims that the record says this of: `none`, `denied`, `differ`, ...
    #[arg(long, value_name = "STATUS")]
    status: Option<String>,
    /// Claims of which the desk's last finding is this: `established`, `unproven`, ...
    #[arg(long, value_name = "FINDING")]
    finding: Option<String>,
    /// What bears this label
    #[arg(long = "tlp", value_name = "LABEL")]
    label: Option<String>,
    /// List also what the edition keeps back, with the reason
    #[arg(long)]
    all: bool,
    /// With `--format paths`: end each path with a NUL in place of a line break, for `xargs -0`
    #[arg(short = '0', long)]
    null: bool,
    #[command(flatten)]
    edition: edition::Options,
}

/// What is listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum What {
    Briefings,
    Claims,
    Kind(usize),
}

/// Lists what an edition shows. `false` where the archive has errors: then nothing is listed, since nobody could say
/// what is missing.
pub(super) fn run(shared: &Shared, options: &Options) -> Result<bool, Broken> {
    if options.null && shared.written != super::Written::Paths {
        return Err(Broken::new("`--null` ends paths").help("add `--format paths`"));
    }
    let report = Report::new(shared);
    let mut diagnostics = Diagnostics::new();
    let Inputs { sources, settings } = inputs::read(shared, &mut diagnostics)?;
    let mut listed = None;
    if let Some(mut settings) = settings {
        let what = what(&options.what, &settings)?;
        let edition = options.edition.select(&mut settings)?.edition;
        let (archive, withheld) = if options.all {
            let everything = Edition::of_everything(edition.as_of);
            let (archive, _) = crate::indexed(&sources, &settings, &everything, &mut diagnostics);
            let (withheld, _) = crate::withheld(&sources, &settings, &edition, &mut Diagnostics::new());
            (archive, Some(withheld))
        } else {
            (crate::indexed(&sources, &settings, &edition, &mut diagnostics).0, None)
        };
        listed = Some((what, archive, withheld, settings));
    }
    let (false, Some((what, archive, withheld, settings))) = (diagnostics.has_errors(), listed) else {
        nothing_listed(&report, &diagnostics, &sources)?;
        return Ok(false);
    };
    let filter = Filter::of(options, what, &archive, &settings)?;
    let listing = Listing { archive: &archive, settings: &settings, filter, sources: &sources };
    let rows = Rows::of(&listing, what, withheld.as_ref());
    if rows.rows.is_empty() && shared.written == super::Written::Human {
        said(report.note("the archive has none of these"))?;
    }
    said(written::write(&rows, &shared.root, shared.written, options.null))?;
    Ok(true)
}

/// What it takes to say what stands in a row.
struct Listing<'a> {
    archive: &'a Archive,
    settings: &'a Settings,
    filter: Filter<'a>,
    sources: &'a crate::sources::Sources,
}

fn what(written: &str, settings: &Settings) -> Result<What, Broken> {
    let word = written.to_lowercase();
    match &*word {
        "briefings" | "briefing" => return Ok(What::Briefings),
        "claims" | "claim" => return Ok(What::Claims),
        _ => {}
    }
    if let Some(kind) = settings.kind_of_folder(&word) {
        return Ok(What::Kind(kind));
    }
    let keys =
        || ["briefings", "claims"].into_iter().chain(settings.kinds.iter().map(|kind| kind.key.as_str()));
    let help =
        did_you_mean(written, keys()).unwrap_or_else(|| format!("write {}", diagnostics::one_of(keys())));
    Err(Broken::new(format!("`{written}` is nothing that can be listed")).help(help))
}
