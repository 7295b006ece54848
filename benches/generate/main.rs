//! Writes a briefing archive of any size, for `brief`, Hugo or Zola: `generate --briefings 20000 --out FOLDER`.

#[path = "mod.rs"]
mod generate;
mod hugo;
mod rewrite;
mod zola;

#[cfg(test)]
mod tests;

use std::{
    env,
    ffi::OsString,
    io,
    io::Write as _,
    path::{Path, PathBuf},
    process::ExitCode,
};

use generate::{Archive, Shape, Tally};

const USAGE: &str = "\
generate [--out FOLDER] [--hugo FOLDER] [OPTIONS]

  --out FOLDER        write the archive for `brief`
  --hugo FOLDER       write the same archive for Hugo, with layouts for equal pages
  --zola FOLDER       write the briefings of the same archive for Zola
  --rewrite FOLDER    write the files of that folder again into --out, and say how long reading and writing took
  --feeds             let Hugo write its feeds
  --briefings N       briefings [1000]
  --days N            days they stand on [a fifth of the briefings, at most 3650]
  --actors N          actors of each [12]
  --locations N       places of each [8]
  --words N           words of each body [250]
  --sources N         sources of each [2]
  --claims N          claims of each, with responses [0]
  --events N          events of each; of several, some are told again [0]
  --profiles          a profile for every actor and place
  --names N           actors of the archive, each with a profile, many with other names [by its size]
  --places N          places of the archive, likewise: countries, regions, cities, sites [by its size]
  --mentions N        of these two, named in each body without tagging its briefing [6]
  --seed N            another archive of the same shape [1]
";

/// What to write and where.
#[derive(Default)]
struct Job {
    shape: Shape,
    out: Option<PathBuf>,
    hugo: Option<PathBuf>,
    zola: Option<PathBuf>,
    rewrite: Option<PathBuf>,
    feeds: bool,
}

fn main() -> ExitCode {
    let job = match parse(env::args_os().skip(1)) {
        Ok(job) if job.out.is_some() || job.hugo.is_some() || job.zola.is_some() => job,
        Ok(_) => return say(USAGE, ExitCode::from(2)),
        Err(reason) => return say(&format!("{reason}\n\n{USAGE}"), ExitCode::from(2)),
    };
    match run(job) {
        Ok(report) => say(&report, ExitCode::SUCCESS),
        Err(error) => say(&format!("cannot write: {error}\n"), ExitCode::FAILURE),
    }
}

fn run(job: Job) -> io::Result<String> {
    if let (Some(from), Some(to)) = (&job.rewrite, &job.out) {
        return rewrite::rewrite(from, to);
    }
    let archive = Archive::new(job.shape);
    let mut lines = vec![format!("{} actors, {} places\n", archive.actors.len(), archive.locations.len())];
    let mut wrote = |root: &Path, tally: Tally| {
        lines.push(format!("{}: {} files, {} bytes\n", root.display(), tally.files, tally.bytes));
    };
    if let Some(root) = job.out {
        wrote(&root, archive.write(&root)?);
    }
    if let Some(root) = job.hugo {
        wrote(&root, generate::write(&root, hugo::files(&archive, job.feeds))?);
    }
    if let Some(root) = job.zola {
        wrote(&root, generate::write(&root, zola::files(&archive))?);
    }
    Ok(lines.concat())
}

fn parse(mut arguments: impl Iterator<Item = OsString>) -> Result<Job, String> {
    let mut job = Job::default();
    while let Some(flag) = arguments.next() {
        let flag = flag.to_string_lossy().into_owned();
        let mut value = || arguments.next().ok_or_else(|| format!("`{flag}` needs a value"));
        match flag.as_str() {
            "--out" => job.out = Some(value()?.into()),
            "--hugo" => job.hugo = Some(value()?.into()),
            "--zola" => job.zola = Some(value()?.into()),
            "--rewrite" => job.rewrite = Some(value()?.into()),
            "--feeds" => job.feeds = true,
            "--profiles" => job.shape.profiles = true,
            "--seed" => job.shape.seed = number(&flag, &value()?)? as u64,
            "--days" => job.shape.days = Some(number(&flag, &value()?)?),
            "--mentions" => job.shape.mentions = Some(number(&flag, &value()?)?),
            _ => {
                let Some(field) = field(&mut job.shape, &flag) else {
                    return Err(format!("unknown flag `{flag}`"));
                };
                *field = number(&flag, &value()?)?;
            }
        }
    }
    if job.shape.mentions.is_some() && job.shape.names + job.shape.places == 0 {
        return Err("`--mentions` needs `--names` or `--places`".to_owned());
    }
    Ok(job)
}

fn field<'a>(shape: &'a mut Shape, flag: &str) -> Option<&'a mut usize> {
    Some(match flag {
        "--briefings" => &mut shape.briefings,
        "--actors" => &mut shape.actors,
        "--locations" => &mut shape.locations,
        "--words" => &mut shape.words,
        "--sources" => &mut shape.sources,
        "--claims" => &mut shape.claims,
        "--events" => &mut shape.events,
        "--names" => &mut shape.names,
        "--places" => &mut shape.places,
        _ => return None,
    })
}

fn number(flag: &str, value: &OsString) -> Result<usize, String> {
    let parsed = value.to_str().and_then(|text| text.parse().ok());
    parsed.ok_or_else(|| format!("`{flag}` needs a whole number, not `{}`", value.display()))
}

fn say(text: &str, code: ExitCode) -> ExitCode {
    // Where standard error is closed there is nobody to tell.
    let _ = io::stderr().write_all(text.as_bytes());
    code
}
