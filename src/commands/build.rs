use std::{
    borrow::Cow,
    fs, io,
    path::{Path, PathBuf},
    sync::atomic::{AtomicU64, Ordering},
    time::Instant as Clock,
};

use clap::Args;

use super::{
    Broken, Shared,
    edition::{self, Selected},
    git,
    inputs::{self, Inputs},
    nowhere::Nowhere,
    progress::Progress,
    report::{Report, mistakes, said, say},
    timings::Timings,
    withheld,
};
use crate::{
    Along, Build, Stage,
    archive::Archive,
    diagnostics::{self, Diagnostics, Severity},
    leaks,
    memo::{
        Key, Memo, Scribe,
        bulk::{Bulk, Ending},
    },
    output::{Cache, Finished, OutputError, Sink, Staging, Written},
    pages::{Content, Page},
    redaction::{self, Records},
    release::Edition,
    settings::{ACTOR, BaseUrl, LOCATION, Settings},
    site::Step,
    sources::{self, Sources},
};

/// The options of `brief build`.
#[derive(Clone, Debug, Args)]
#[allow(clippy::struct_excessive_bools, reason = "each is a switch of its own")]
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
    /// Say how long each stage took, and what it made
    #[arg(long)]
    timings: bool,
}

/// Builds the site. `false` where the archive has errors, so that nothing was written.
pub(super) fn run(shared: &Shared, options: &Options) -> Result<bool, Broken> {
    let begun = Clock::now();
    let report = Report::new(shared);
    let mut diagnostics = Diagnostics::new();
    let mut timings = Timings::begin();
    let progress = Progress::begin(shared, "reading");
    let Inputs { mut sources, settings } = inputs::read(shared, &mut diagnostics)?;
    let Some(mut settings) = settings else {
        progress.end();
        // Without the settings nothing else can be judged rightly.
        say(&report, &mut diagnostics, &sources, None)?;
        let line = nothing_written(&diagnostics, false);
        said(report.summary(&line, &mistakes(&diagnostics)))?;
        return Ok(false);
    };
    timings.end("read", &read(&sources));
    let Selected { edition, output } = options.edition.select(&mut settings)?;
    if let Some(url) = &options.base_url {
        settings.base_url = Some(base_url(url)?);
    }
    let output = options.output.clone().unwrap_or_else(|| shared.root.join(output));
    let staging = stage(shared, &output, &edition)?;
    refuse_to_empty(&staging, &sources, &output)?;
    timings.end("open", &[]);
    if settings.git_dates {
        progress.next("asking git");
        sources.revised = git::revisions(&shared.root, sources.settings(), &mut diagnostics);
        timings.end("git", &[("dates", sources.revised.len() as u64)]);
    }
    let records = Records::read(&sources, &mut diagnostics);
    progress.next("parsing");
    let memo = if options.no_cache { None } else { memo(&staging) };
    let along = Along {
        memo: memo.as_ref(),
        observe: Some(&mut |stage, count| observe(stage, count, &progress, &mut timings)),
        ..Along::default()
    };
    let mut build =
        crate::plan_along(&sources, &settings, &edition, options.from_disk, along, &mut diagnostics);
    if records.is_empty() {
        build.let_go(&mut sources, &diagnostics);
    }
    progress.next_of("drawing", build.pages.len());
    let tell = |step| follow(&progress, step);
    let refused = |diagnostics: &Diagnostics| {
        diagnostics.has_errors() || (options.strict && diagnostics.count(Severity::Warning) > 0)
    };
    // Pages of an archive with errors are drawn all the same, for the mistakes that only drawing shows.
    let drawn = if refused(&diagnostics) {
        render(&build, memo.as_ref(), &Nowhere::default(), &tell)
    } else {
        render(&build, memo.as_ref(), &staging, &tell)
    };
    diagnostics.extend(drawn.map_err(|error| could_not_write(&error))?);
    let undrawn = staging.unmade();
    timings.end("draw", &drawn_of(&build, (!refused(&diagnostics)).then_some((staging.count(), undrawn))));
    if !refused(&diagnostics) {
        let site = Watched::new(&staging, &progress, "looking for leaks");
        diagnostics.extend(leaks::check(&sources, &build, &site).map_err(|error| could_not_write(&error))?);
        timings.end("leaks", &[("files read", site.count())]);
        if !records.is_empty() {
            let site = Watched::new(&staging, &progress, "looking for names");
            let names = redaction::guard(&sources, &records, &site);
            diagnostics.extend(names.map_err(|error| could_not_write(&error))?);
            timings.end("names", &[("files read", site.count())]);
        }
    }
    let mut changes = Vec::new();
    let mut cache_refused = None;
    let done = if refused(&diagnostics) {
        drop(staging);
        progress.end();
        None
    } else {
        progress.next("writing");
        if shared.verbose {
            changes = staging.changes();
        }
        let (written, refused) = commit(staging, memo, progress, &report, shared)?;
        cache_refused = refused;
        timings.end("write", &counts(&written));
        Some(written)
    };
    redaction::silence(&mut diagnostics, &sources, &records);
    say(&report, &mut diagnostics, &sources, Some(build.theme()))?;
    said(tell_what_is_left_out(&report, &build, &sources, &settings, &edition))?;
    said(tell_of_cache(cache_refused.as_ref(), &report, shared))?;
    timings.end("report", &[]);
    said(report.details(&changes, undrawn, &timings))?;
    let (line, mut numbers) = last_line(done, &build, &diagnostics, &settings, begun, options.strict);
    if options.timings {
        said(report.timings(&timings))?;
        numbers["stages"] = timings.numbers();
    }
    said(report.summary(&line, &numbers))?;
    // The system takes all memory back at once when the program ends, as it does now.
    std::mem::forget(build);
    Ok(done.is_some())
}

fn read(sources: &Sources) -> [(&'static str, u64); 3] {
    let texts = || {
        let settings = sources.text_at(sources.settings()).into_iter();
        let below = sources::FOLDERS.iter().flat_map(|folder| sources.texts_below(folder));
        settings.chain(below.map(|(_, text)| text))
    };
    let files: usize = sources::FOLDERS.iter().map(|folder| sources.assets_below(folder).count()).sum();
    let bytes: usize = texts().map(|text| text.len()).sum();
    [("texts", texts().count() as u64), ("bytes", bytes as u64), ("other files", files as u64)]
}

/// Notes that a stage of the plan has ended, and shows which one begins.
fn observe(stage: Stage, count: usize, progress: &Progress, timings: &mut Timings) {
    let (ended, made, next) = match stage {
        Stage::Parse => ("parse", "documents", "taking out what is withheld"),
        Stage::Release => ("release", "withheld", "resolving"),
        Stage::Index => ("index", "entities", "reading the theme"),
        Stage::Theme => ("theme", "files", "planning"),
        Stage::Plan => ("plan", "files", "drawing"),
    };
    timings.end(ended, &[(made, count as u64)]);
    progress.next(next);
}

/// How many files were drawn, and how many of them kept without; what is drawn into nothing is not told apart.
fn drawn_of(build: &Build<'_>, staged: Option<(usize, usize)>) -> Vec<(&'static str, u64)> {
    match staged {
        Some((all, kept)) => vec![("drawn", all.saturating_sub(kept) as u64), ("kept", kept as u64)],
        None => vec![("files", build.pages.len() as u64)],
    }
}

fn counts(written: &Written) -> [(&'static str, u64); 5] {
    let Written { files, bytes, written, unchanged, removed } = *written;
    let counts = [files, written, unchanged, removed].map(|count| count as u64);
    [
        ("files", counts[0]),
        ("bytes", bytes),
        ("written", counts[1]),
        ("unchanged", counts[2]),
        ("removed", counts[3]),
    ]
}

/// A finished site that is watched while it is read back.
struct Watched<'a> {
    site: &'a Staging,
    progress: &'a Progress,
    read: AtomicU64,
}

impl<'a> Watched<'a> {
    fn new(site: &'a Staging, progress: &'a Progress, doing: &'static str) -> Self {
        progress.next_of(doing, site.count());
        Self { site, progress, read: AtomicU64::new(0) }
    }

    /// How many files were read.
    fn count(&self) -> u64 {
        self.read.load(Ordering::Relaxed)
    }
}

impl Finished for Watched<'_> {
    fn paths(&self) -> Vec<String> {
        self.site.paths()
    }

    fn read(&self, path: &str) -> io::Result<Cow<'_, [u8]>> {
        self.read.fetch_add(1, Ordering::Relaxed);
        self.progress.step();
        self.site.read(path)
    }
}

/// What the last build into the same folder left: of this very program, or nothing.
fn memo(staging: &Staging) -> Option<Memo> {
    // By the link to itself the program is found even where another has taken its place.
    let own = fs::read("/proc/self/exe").or_else(|_| fs::read(std::env::current_exe()?)).ok()?;
    let mut scribe = Scribe::of(env!("CARGO_PKG_VERSION"));
    scribe.key(Key::of(&own));
    let (cache, version) = (staging.cache(), scribe.done());
    let bulk = Bulk::after(cache.bulk(), cache.begin_bulk(), version);
    Some(Memo::read(&cache.left().unwrap_or_default(), version).with_bulk(bulk))
}

/// Puts the site in place and leaves `memo`; what was written, and why the cache was not.
fn commit(
    staging: Staging,
    memo: Option<Memo>,
    progress: Progress,
    report: &Report<'_>,
    shared: &Shared,
) -> Result<(Written, Option<OutputError>), Broken> {
    let (committed, left) = staging.commit_and(|cache| leave(memo, cache));
    progress.end();
    let refused = left.and_then(Result::err);
    match committed {
        Ok(written) => Ok((written, refused)),
        Err(error) => {
            said(tell_of_cache(refused.as_ref(), report, shared))?;
            Err(broken_output(&error))
        }
    }
}

/// Leaves `memo` for the next build. What cannot be kept costs that time and nothing else.
fn leave(memo: Option<Memo>, cache: &Cache) -> Result<(), OutputError> {
    let Some(memo) = memo else {
        // There may be words in the volume that this site no longer has.
        return cache.leave(None, Ok(Ending::Remove));
    };
    let ending = memo.finish_bulk();
    cache.leave(memo.into_bytes().as_deref(), ending)
}

fn tell_of_cache(refused: Option<&OutputError>, report: &Report<'_>, shared: &Shared) -> io::Result<()> {
    match refused {
        Some(error @ OutputError::Stale { .. }) => {
            report.warning(&format!("{error}; {}", error.help().unwrap_or_default()))
        }
        Some(error) if shared.verbose => report.note(&error.to_string()),
        _ => Ok(()),
    }
}

fn follow(progress: &Progress, step: Step) {
    match step {
        Step::Index(documents) => progress.next_of("indexing", documents),
        Step::Pages(pages) => progress.next_of("drawing", pages),
        Step::Done => progress.step(),
    }
}

fn render(
    build: &Build<'_>,
    memo: Option<&Memo>,
    sink: &impl Sink,
    tell: &(dyn Fn(Step) + Sync),
) -> io::Result<Diagnostics> {
    match memo {
        Some(memo) => build.render_warm(memo, sink, tell),
        None => build.render(sink, tell),
    }
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

/// Refuses to put a site of nothing where one of briefings stands: a folder that is not mounted, or was moved away, looks
/// like an archive that lost everything.
fn refuse_to_empty(staging: &Staging, sources: &Sources, output: &Path) -> Result<(), Broken> {
    let is_empty =
        sources.texts_below("content").next().is_none() && sources.assets_below("content").next().is_none();
    if !is_empty || !staging.stands_below("briefings/") {
        return Ok(());
    }
    let output = output.strip_prefix(".").unwrap_or(output).display();
    Err(Broken::new(format!("there is nothing in `content`, and briefings stand in `{output}`"))
        .help(format!("bring `content` back, or delete `{output}` if the site shall be empty")))
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
