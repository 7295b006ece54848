use std::io::{self, Write};

use chrono_tz::Tz;
use clap::Args;
use serde_json::{Value, json};

use super::{
    Broken, OutputFormat, Shared, edition,
    inputs::{self, Inputs},
    report::{Report, nothing_listed, said},
};
use crate::{
    diagnostics::Diagnostics,
    model::Instant,
    release::{Held, Next, Outlook, Reason, Withheld},
};

pub(super) const EXAMPLES: &str = "\
Examples:
  brief withheld                             what the public edition keeps back now
  brief withheld --as-of 2025-05-16          what it will keep back then
  brief withheld --edition partners --all    of another edition; and what no edition shows
  brief withheld --format json | tail -n 1   when to build again, for a scheduler

`turns public` is the instant as of which a build shows it with nobody changing a file; a draft or a label needs a
hand. `next` is the first instant as of which a build shows anything else, because something turns public or expires.

Exit codes: 0 done, 1 the archive has errors, 2 brief could not run.";

/// The options of `brief withheld`.
#[derive(Clone, Debug, Args)]
pub(super) struct Options {
    #[command(flatten)]
    edition: edition::Options,
    /// List also what no edition shows: what nothing uses, what is retracted, and `page: false`
    #[arg(long)]
    all: bool,
}

/// Lists what an edition keeps back. `false` where the archive has errors: then nothing is listed, since nobody could
/// say what the next build shows.
pub(super) fn run(shared: &Shared, options: &Options) -> Result<bool, Broken> {
    let report = Report::new(shared);
    let mut diagnostics = Diagnostics::new();
    let Inputs { sources, settings } = inputs::read(shared, &mut diagnostics)?;
    let mut listed = None;
    if let Some(mut settings) = settings {
        let edition = options.edition.select(&mut settings)?.edition;
        let (withheld, outlook) = crate::withheld(&sources, &settings, &edition, &mut diagnostics);
        listed = Some((withheld, outlook, settings.timezone));
    }
    let (true, Some((withheld, outlook, zone))) = (!diagnostics.has_errors(), listed) else {
        nothing_listed(&report, &diagnostics, &sources)?;
        return Ok(false);
    };
    let mut rows: Vec<Row<'_>> = withheld
        .iter()
        .filter(|held| options.all || !held.is_left_out())
        .map(|held| Row { held, until: outlook.until(held) })
        .collect();
    // What needs a hand stands last.
    rows.sort_by_key(|row| (row.until.is_none(), row.until, row.held.path.clone()));
    said(match shared.format {
        OutputFormat::Human => table(&rows, outlook.next(&withheld), zone),
        OutputFormat::Json => lines(&rows, &withheld, &outlook),
    })?;
    Ok(true)
}

/// A thing kept back, and from when on it is shown.
struct Row<'a> {
    held: &'a Held,
    until: Option<Instant>,
}

fn table(rows: &[Row<'_>], next: Option<Next>, zone: Tz) -> io::Result<()> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    let mut cells: Vec<[String; 4]> = vec![["path", "part", "reason", "turns public"].map(str::to_owned)];
    cells.extend(rows.iter().map(|Row { held, until }| {
        [
            held.path.to_string(),
            held.part.clone().unwrap_or_else(|| "-".into()),
            held.reason.words(zone),
            until.map_or_else(|| "-".into(), |until| in_zone_and_utc(until, zone)),
        ]
    }));
    let width = |column: usize| cells.iter().map(|row| row[column].chars().count()).max().unwrap_or_default();
    let [path, part, reason] = [0, 1, 2].map(width);
    for row in cells.iter().filter(|_| !rows.is_empty()) {
        let [a, b, c, d] = row;
        writeln!(out, "{a:path$}  {b:part$}  {c:reason$}  {d}")?;
    }
    match next {
        Some(next) => writeln!(out, "next: {}", next_in_words(next, zone))?,
        None => writeln!(out, "next: nothing turns public by itself")?,
    }
    out.flush()
}

fn lines(rows: &[Row<'_>], withheld: &Withheld, outlook: &Outlook) -> io::Result<()> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    for Row { held, until } in rows {
        let key = if held.is_left_out() { "left_out" } else { "withheld" };
        let (path, part) = (held.path.as_str(), held.part.as_deref());
        let until = until.map(Instant::rfc3339_utc);
        let reason = reason(held.reason);
        writeln!(out, "{}", json!({key: {"path": path, "part": part, "reason": reason, "until": until}}))?;
    }
    let next = outlook.next(withheld);
    let at = next.map(|next| next.at.rfc3339_utc());
    let [count, expire] = next.map_or([0, 0], |next| [next.shown, next.expired]);
    writeln!(out, "{}", json!({"next": at, "count": count, "expire": expire}))?;
    out.flush()
}

/// The reason by its code, with the label or the instant that it is about.
fn reason(reason: Reason) -> Value {
    let mut value = json!({"code": reason.code()});
    match reason {
        Reason::Label(label) => value["label"] = label.label().into(),
        Reason::Embargo(at) | Reason::Future(at) | Reason::Expired(at) => {
            value["instant"] = at.rfc3339_utc().into();
        }
        Reason::Draft | Reason::Unused | Reason::Retracted | Reason::NoPage => {}
    }
    value
}

/// `2025-05-30 06:00 Asia/Jerusalem (03:00 UTC): 2 things turn public`.
pub(super) fn next_in_words(next: Next, zone: Tz) -> String {
    let Next { at, shown, expired } = next;
    let mut changes = Vec::new();
    match shown {
        0 => {}
        1 => changes.push("1 thing turns public".to_owned()),
        more => changes.push(format!("{more} things turn public")),
    }
    match expired {
        0 => {}
        1 => changes.push("1 file expires".to_owned()),
        more => changes.push(format!("{more} files expire")),
    }
    if changes.is_empty() {
        // As where what was kept back of a briefing ends with a retraction.
        changes.push("what is shown changes".to_owned());
    }
    format!("{}: {}", in_zone_and_utc(at, zone), changes.join(", "))
}

/// `2025-05-30 06:00 Asia/Jerusalem (03:00 UTC)`; the day in UTC too where it is another.
fn in_zone_and_utc(at: Instant, zone: Tz) -> String {
    let local = at.in_zone(zone);
    if zone == Tz::UTC {
        return local;
    }
    let utc = at.in_zone(Tz::UTC);
    let shown = if at.day_in(zone) == at.day_in(Tz::UTC) {
        utc.split_once(' ').map_or(utc.as_str(), |(_, time)| time)
    } else {
        &utc
    };
    format!("{local} ({shown})")
}
