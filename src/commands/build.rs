use std::{
    fs, io,
    path::{Path, PathBuf},
    time::Instant as Clock,
};

use clap::Args;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::{
    Broken, OutputFormat, Shared,
    edition::{self, Selected},
    git,
    inputs::{self, Inputs},
    report::{Report, mistakes, said, say},
    withheld,
};
use crate::{
    Build, Memory,
    archive::Archive,
    diagnostics::{self, Diagnostics, Severity},
    leaks,
    memo::{Key, Memo, Scribe},
    model::OutputPath,
    output::{OutputError, Sink, Staging, Written},
    pages::{Content, Page},
    redaction::{self, Records},
    release::Edition,
    settings::{ACTOR, BaseUrl, LOCATION, Settings},
    sources::{self, Sources},
};

/// The options of `brief build`.
#[derive(Clone, Debug, Args)]
pub(super) struct Options {
    /// The folder to write; `public`, or what the settings say
    #[arg(short, long, value_name = "DIR")]
    output: Option<PathBuf>,
    /// Where the site will be published; goes before `base_url` of the settings
    #[arg(short, long, value_name = "URL")]
    base_url: Option<String>,
    #[command(flatten)]
    edition: edition::Options,
    /// Do not write the site if there is a warning
    #[arg(long)]
    strict: bool,
    /// Draw every page, whatever is kept of the last build
    #[arg(long)]
    no_cache: bool,
    /// Make links that work when the site is opened from a folder
    #[arg(long)]
    from_disk: bool,
}

/// Builds the site. `false` where the archive has errors, so that nothing was written.
pub(super) fn run(shared: &Shared, options: &Options) -> Result<bool, Broken> {
    let begun = Clock::now();
    let report = Report::new(shared);
    let mut diagnostics = Diagnostics::new();
    let mut stages = Stages::new();
    let progress = progress(shared);
    progress.set_message("reading");
    let Inputs { mut sources, settings } = inputs::read(shared, &mut diagnostics)?;
    let Some(mut settings) = settings else {
        progress.finish_and_clear();
        // Without the settings nothing else can be judged rightly.
        say(&report, &mut diagnostics, &sources, None)?;
        let line = nothing_written(&diagnostics, false);
        said(report.summary(&line, &mistakes(&diagnostics)))?;
        return Ok(false);
    };
    let Selected { edition, output } = options.edition.select(&mut settings)?;
    if let Some(url) = &options.base_url {
        settings.base_url = Some(base_url(url)?);
    }
    let staging = stage(shared, options.output.as_deref().unwrap_or(&shared.root.join(output)), &edition)?;
    if settings.git_dates {
        sources.revised = git::revisions(&shared.root, sources.settings(), &mut diagnostics);
    }
    let records = Records::read(&sources, &mut diagnostics);
    stages.end("read");
    progress.set_message("checking");
    let memo = if options.no_cache { None } else { memo(&staging) };
    let memory = Memory { memo: memo.as_ref(), documents: None };
    let build = crate::plan_warm(&sources, &settings, &edition, options.from_disk, memory, &mut diagnostics);
    stages.end("checked");
    progress.set_length(build.pages.len() as u64);
    progress.set_message("drawing");
    let tell = || progress.inc(1);
    let refused = |diagnostics: &Diagnostics| {
        diagnostics.has_errors() || (options.strict && diagnostics.count(Severity::Warning) > 0)
    };
    // Pages of an archive with errors are drawn all the same, for the mistakes that only drawing shows.
    let drawn = if refused(&diagnostics) {
        render(&build, memo.as_ref(), &Nowhere, &tell)
    } else {
        render(&build, memo.as_ref(), &staging, &tell)
    };
    diagnostics.extend(drawn.map_err(|error| could_not_write(&error))?);
    stages.end("drew");
    if !refused(&diagnostics) {
        progress.set_message("looking for leaks");
        let leaks = leaks::check(&sources, &build, &staging);
        diagnostics.extend(leaks.map_err(|error| could_not_write(&error))?);
        if !records.is_empty() {
            let names = redaction::guard(&sources, &records, &staging);
            diagnostics.extend(names.map_err(|error| could_not_write(&error))?);
        }
        stages.end("looked");
    }
    let mut changes = Vec::new();
    let (mut undrawn, mut cache_refused) = (0, None);
    let done = if refused(&diagnostics) {
        drop(staging);
        None
    } else {
        progress.set_message("writing");
        if shared.verbose {
            changes = staging.changes();
        }
        undrawn = staging.unmade();
        if let Some(left) = memo.and_then(Memo::into_bytes) {
            // What cannot be kept costs the next build time and nothing else.
            cache_refused = staging.leave(&left).err();
        }
        Some(staging.commit().map_err(|error| broken_output(&error))?)
    };
    stages.end("wrote");
    progress.finish_and_clear();
    redaction::silence(&mut diagnostics, &sources, &records);
    say(&report, &mut diagnostics, &sources, Some(build.theme()))?;
    said(tell_what_is_left_out(&report, &build, &sources, &settings, &edition))?;
    if let Some(error) = cache_refused.filter(|_| shared.verbose) {
        said(report.note(&error.to_string()))?;
    }
    said(report.details(&changes, undrawn, &stages.done))?;
    let last = last_line(done, &build, &diagnostics, &settings, begun, options.strict);
    said(report.summary(&last.0, &last.1))?;
    Ok(done.is_some())
}

/// What the last build into the same folder left: of this very program, or nothing.
fn memo(staging: &Staging) -> Option<Memo> {
    // By the link to itself the program is found even where another has taken its place.
    let own = fs::read("/proc/self/exe").or_else(|_| fs::read(std::env::current_exe()?)).ok()?;
    let mut scribe = Scribe::of(env!("CARGO_PKG_VERSION"));
    scribe.key(Key::of(&own));
    Some(Memo::read(&staging.left().unwrap_or_default(), scribe.done()))
}

fn render(
    build: &Build<'_>,
    memo: Option<&Memo>,
    sink: &impl Sink,
    tell: &(dyn Fn() + Sync),
) -> io::Result<Diagnostics> {
    match memo {
        Some(memo) => build.render_warm(memo, sink, tell),
        None => build.render(sink, tell),
    }
}

/// How long each stage took, in seconds.
struct Stages {
    last: Clock,
    done: Vec<(&'static str, f64)>,
}

impl Stages {
    fn new() -> Self {
        Self { last: Clock::now(), done: Vec::new() }
    }

    /// Ends the stage that began when the last one ended.
    fn end(&mut self, name: &'static str) {
        self.done.push((name, self.last.elapsed().as_secs_f64()));
        self.last = Clock::now();
    }
}

/// A sink that keeps nothing.
pub(super) struct Nowhere;

impl Sink for Nowhere {
    fn put(&self, _: &OutputPath, _: &[u8]) -> io::Result<()> {
        Ok(())
    }

    fn copy(&self, _: &OutputPath, _: &Path, _: &blake3::Hash, _: u64) -> io::Result<()> {
        Ok(())
    }

    /// What is known was drawn once, without a mistake.
    fn keep(&self, _: &OutputPath, _: [u8; 16], _: u64) -> io::Result<bool> {
        Ok(true)
    }
}

fn progress(shared: &Shared) -> ProgressBar {
    if shared.quiet || shared.format == OutputFormat::Json {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr_with_hz(8));
    let style = ProgressStyle::with_template("{msg} {wide_bar} {pos}/{len} {eta}");
    bar.with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}

fn base_url(written: &str) -> Result<BaseUrl, Broken> {
    BaseUrl::parse(written).map_err(|why| {
        Broken::new(format!("`--base-url {written}`: {why}"))
            .help("write it like `https://desk.example/archive/`")
    })
}

fn stage(shared: &Shared, output: &Path, edition: &Edition) -> Result<Staging, Broken> {
    let inputs: Vec<PathBuf> = sources::FOLDERS.iter().map(|folder| shared.root.join(folder)).collect();
    let inputs: Vec<&Path> = inputs.iter().map(PathBuf::as_path).collect();
    Staging::open(output, &edition.name, &inputs).map_err(|error| broken_output(&error))
}

pub(super) fn tell_what_is_left_out(
    report: &Report<'_>,
    build: &Build<'_>,
    sources: &Sources,
    settings: &Settings,
    edition: &Edition,
) -> io::Result<()> {
    for ignored in sources.ignored() {
        report.ignored(ignored)?;
    }
    for held in &build.withheld {
        report.withheld(held, settings.timezone)?;
    }
    if let Some(next) = build.outlook.next(&build.withheld) {
        report.note(&format!("build again at {}", withheld::next_in_words(next, settings.timezone)))?;
    }
    if settings.base_url.is_none() {
        report.note(&edition::without_base_url(edition))?;
    } else if settings.authority.is_none() && settings.outputs.feeds {
        report.note("no feeds without `authority` in `brief.toml`: it makes their ids permanent")?;
    }
    for name in ["_headers", "_redirects", "robots.txt"] {
        if sources.assets_below("static").any(|asset| asset.path.below("static") == Some(name)) {
            report.note(&match name {
                "robots.txt" if !edition.is_indexed() => {
                    format!("`static/{name}` is left out: robots may list nothing of this edition")
                }
                "_headers" if !edition.is_indexed() => format!(
                    "`static/{name}` takes the place of the one that `brief` makes: see that it says \
                     `X-Robots-Tag: noindex`"
                ),
                _ => format!("`static/{name}` takes the place of the one that `brief` makes"),
            })?;
        }
    }
    Ok(())
}

/// The last line where mistakes, or under `strict` warnings, keep the site from being written.
fn nothing_written(diagnostics: &Diagnostics, strict: bool) -> String {
    let why = if strict && !diagnostics.has_errors() { ", and `--strict` makes warnings count" } else { "" };
    format!("nothing written: {}{why}", diagnostics::summary(diagnostics).unwrap_or_default())
}

/// `built 214 pages from 31 briefings, 46 actors, 22 locations in 0.2 s`, for people and as numbers.
fn last_line(
    done: Option<Written>,
    build: &Build<'_>,
    diagnostics: &Diagnostics,
    settings: &Settings,
    begun: Clock,
    strict: bool,
) -> (String, serde_json::Value) {
    let archive: &Archive = &build.archive;
    let is_page = |page: &&Page| {
        page.path.as_str().ends_with(".html")
            && !matches!(page.content, Content::Copy(_) | Content::Image(_) | Content::Bytes(_))
    };
    let pages = build.pages.iter().filter(is_page).count();
    let seconds = begun.elapsed().as_secs_f64();
    let counted =
        |count: usize, one: &str, many: &str| format!("{count} {}", if count == 1 { one } else { many });
    let of_kind =
        |kind: usize, one: &str| counted(archive.entities_of(kind).count(), one, &settings.kinds[kind].key);
    let mut numbers = mistakes(diagnostics);
    numbers["pages"] = pages.into();
    numbers["briefings"] = archive.briefings.len().into();
    numbers["actors"] = archive.entities_of(ACTOR).count().into();
    numbers["locations"] = archive.entities_of(LOCATION).count().into();
    numbers["withheld"] = build.withheld.iter().filter(|held| !held.is_left_out()).count().into();
    let Some(written) = done else {
        return (nothing_written(diagnostics, strict), numbers);
    };
    numbers["files"] = written.files.into();
    numbers["written"] = written.written.into();
    numbers["removed"] = written.removed.into();
    let mut line = format!(
        "built {} from {}, {}, {} in {seconds:.1} s",
        counted(pages, "page", "pages"),
        counted(archive.briefings.len(), "briefing", "briefings"),
        of_kind(ACTOR, "actor"),
        of_kind(LOCATION, "location"),
    );
    if written.written == 0 && written.removed == 0 {
        line.push_str("; nothing changed");
    }
    if let Some(mistakes) = diagnostics::summary(diagnostics) {
        line.push_str("; ");
        line.push_str(&mistakes);
    }
    (line, numbers)
}

fn could_not_write(error: &io::Error) -> Broken {
    match error.get_ref().and_then(|inner| inner.downcast_ref::<OutputError>()) {
        Some(error) => broken_output(error),
        None => Broken::new(format!("could not write: {error}")),
    }
}

fn broken_output(error: &OutputError) -> Broken {
    Broken { message: error.to_string(), help: error.help() }
}
