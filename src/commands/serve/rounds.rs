use std::{
    collections::BTreeMap,
    num::NonZero,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, Ordering},
        mpsc,
    },
    thread,
    time::{Duration, Instant as Clock},
};

use percent_encoding::percent_decode_str;

use super::{
    memory::Memory,
    show::{Faults, Show},
    site::{Site, draw},
    watch::{Batch, Changes},
};
use crate::{
    Build,
    commands::{
        Broken, Shared,
        build::tell_what_is_left_out,
        edition, git,
        inputs::{self, Inputs},
        nowhere::Nowhere,
        report::{Report, said, say},
    },
    diagnostics::{self, Diagnostic, Diagnostics, Severity, Texts},
    model::{Instant, SourcePath},
    release::Edition,
    settings::Settings,
    site::Theme,
    sources::{Limits, Reader, Sources},
};

/// So long a site is shown before all of its pages are drawn: the browser asks for some of them first.
const BREATH: Duration = Duration::from_millis(250);

/// The last good site is at most about so many rounds old: then drawing all pages is not ended by a newer round.
const OLDEST: u64 = 8;

/// The stages, run again after every change.
pub(super) struct Rounds {
    shared: Arc<Shared>,
    edition: edition::Options,
    reader: Reader,
    /// When texts were changed last, by `git`, which is asked once; and what it says of that.
    dates: Option<(BTreeMap<SourcePath, Instant>, Diagnostics)>,
    show: Arc<Show>,
    /// How many there were.
    number: u64,
    /// What was told in the round before.
    told: Arc<Mutex<Diagnostics>>,
    /// Tells the round before to draw no more.
    ended: Arc<AtomicBool>,
    /// Whether a round is drawing all pages that no other one ends.
    trying: Arc<AtomicBool>,
    /// What rounds leave to those after them.
    memory: Arc<Memory>,
}

/// What one round works with.
struct Round {
    shared: Arc<Shared>,
    show: Arc<Show>,
    number: u64,
    sources: Sources,
    settings: Settings,
    edition: Edition,
    base: String,
    told: Arc<Mutex<Diagnostics>>,
    ended: Arc<AtomicBool>,
    trying: Arc<AtomicBool>,
    memory: Arc<Memory>,
    change: Change,
}

/// Why there is a round.
struct Change {
    begun: Clock,
    /// The inputs that differ; nothing for the first round.
    inputs: Option<Vec<String>>,
}

impl Rounds {
    /// Reads the archive.
    pub(super) fn new(shared: &Shared, edition: &edition::Options, show: Arc<Show>) -> Result<Self, Broken> {
        let reader = Reader::open(&shared.root, shared.config.as_deref(), Limits::default())
            .map_err(|error| inputs::unreadable(&shared.root, &error))?;
        Ok(Self {
            shared: Arc::new(shared.clone()),
            edition: edition.clone(),
            reader,
            dates: None,
            show,
            number: 0,
            told: Arc::default(),
            ended: Arc::default(),
            trying: Arc::default(),
            memory: Arc::new(Memory::new()),
        })
    }

    /// Who reads the archive.
    pub(super) fn reader(&self) -> &Reader {
        &self.reader
    }

    /// The first round.
    pub(super) fn first(&mut self) -> Result<(), Broken> {
        self.round(Change { begun: Clock::now(), inputs: None })
    }

    /// A round after every change, for as long as the folder can be watched.
    pub(super) fn follow(mut self, mut changes: Changes) -> Result<(), Broken> {
        loop {
            let Batch { changed, begun } = changes.next()?;
            let Some(inputs) = self.reader.refresh(&changed) else { continue };
            let inputs = Some(inputs.iter().map(ToString::to_string).collect());
            // What ends the first round, as an edition that is nowhere declared, may be mended in the next one.
            if let Err(broken) = self.round(Change { begun, inputs }) {
                let help = broken.help.as_ref().map(|help| format!("\n  = help: {help}"));
                let text = format!("error: {}{}", broken.message, help.unwrap_or_default());
                broken.tell(self.shared.format);
                self.show.refuse(self.number, Faults::one(text));
            }
        }
    }

    fn round(&mut self, change: Change) -> Result<(), Broken> {
        self.ended.store(true, Ordering::Relaxed);
        self.ended = Arc::default();
        self.number += 1;
        let mut diagnostics = Diagnostics::new();
        let Inputs { mut sources, settings } =
            inputs::judge(self.reader.sources(&mut diagnostics), &mut diagnostics);
        let Some(mut settings) = settings else {
            // Without the settings nothing else can be judged rightly.
            let talk = Talk { shared: &self.shared, told: &self.told, sources: &sources, theme: None };
            self.show.refuse(self.number, talk.faults(&mut diagnostics));
            return talk.refused(&diagnostics, &diagnostics, &change);
        };
        let edition = self.edition.select(&mut settings)?.edition;
        if settings.git_dates {
            let (dates, problems) = self.dates.get_or_insert_with(|| {
                let mut problems = Diagnostics::new();
                (git::revisions(&self.shared.root, sources.settings(), &mut problems), problems)
            });
            sources.revised = dates.clone();
            diagnostics.extend(problems.clone());
        }
        let base = settings.base_url.as_ref().map_or("/", |base| base.path());
        let base = percent_decode_str(base).decode_utf8_lossy().into_owned();
        self.show.move_to(&base);
        let round = Round {
            shared: self.shared.clone(),
            show: self.show.clone(),
            number: self.number,
            sources,
            settings,
            edition,
            base,
            told: self.told.clone(),
            ended: self.ended.clone(),
            trying: self.trying.clone(),
            memory: self.memory.clone(),
            change,
        };
        let (planned, is_planned) = mpsc::channel();
        // The thread keeps what is shown, for as long as it is.
        let thread = thread::Builder::new().name("site".into()).stack_size(8 << 20);
        let spawned = thread.spawn(move || round.run(diagnostics, &planned));
        spawned.map_err(|error| Broken::new(format!("no thread can be had: {error}")))?;
        let lost = |_| Broken::new("the stages ended in the middle").help("this is a mistake in `brief`");
        is_planned.recv().map_err(lost)?
    }
}

impl Round {
    /// Runs the stages, and tells `planned` when the site is shown or refused. Then it draws what is asked for, for as
    /// long as anybody asks, and meanwhile every page once, for the mistakes that only drawing shows.
    fn run(self, mut diagnostics: Diagnostics, planned: &mpsc::Sender<Result<(), Broken>>) {
        let build = self.memory.plan(&self.sources, &self.settings, &self.edition, &mut diagnostics);
        let talk = Talk {
            shared: &self.shared,
            told: &self.told,
            sources: &self.sources,
            theme: Some(build.theme()),
        };
        let faults = talk.faults(&mut diagnostics);
        if faults.errors > 0 {
            self.show.refuse(self.number, faults);
            let _ = planned.send(talk.refused(&diagnostics, &diagnostics, &self.change));
            self.memory.tidy();
            self.try_all(&build, None, diagnostics, &talk);
            return;
        }
        let artist = build.artist();
        let places = self.memory.places(&build);
        let (site, orders) = Site::new(self.number, &self.base, &build);
        let changed = self.change.inputs.iter().flatten();
        let styles_alone = self.change.inputs.is_some()
            && changed.map(|path| SourcePath::new(path)).all(|path| is_style_sheet(&path));
        let site = Arc::new(site);
        self.show.show(site.clone(), styles_alone);
        let _ = planned.send(self.tell_shown(&build, &diagnostics, &talk));
        let failed = |problem: Diagnostic| {
            let mut one = Diagnostics::new();
            one.push(problem);
            self.show.refuse(self.number, talk.faults(&mut one));
        };
        let threads = thread::available_parallelism().map_or(2, NonZero::get).clamp(2, 4);
        thread::scope(|scope| {
            for _ in 0..threads {
                scope.spawn(|| draw(&orders, &artist, &places, &failed));
            }
            thread::sleep(BREATH);
            self.memory.tidy();
            self.try_all(&build, Some(site), diagnostics, &talk);
        });
    }

    fn tell_shown(
        &self,
        build: &Build<'_>,
        diagnostics: &Diagnostics,
        talk: &Talk<'_>,
    ) -> Result<(), Broken> {
        talk.diagnostics(diagnostics, diagnostics)?;
        let report = Report::new(&self.shared);
        match &self.change.inputs {
            None => said(tell_what_is_left_out(&report, build, &self.sources, &self.settings, &self.edition)),
            Some(inputs) => said(report.rebuilt(self.change.begun.elapsed().as_secs_f64(), inputs, None)),
        }
    }

    /// Draws every page of `site`, or of one that is not shown, into nothing, but for those that were drawn before
    /// without a mistake; and says what is wrong with them besides `known`.
    fn try_all(&self, build: &Build<'_>, site: Option<Arc<Site>>, known: Diagnostics, talk: &Talk<'_>) {
        // Where edits never cease, no site would ever be known for good.
        let is_due = site.is_some() && {
            let confirmed = self.show.confirmed();
            confirmed == 0 || confirmed + OLDEST < self.number
        };
        let goes_on = is_due && !self.trying.swap(true, Ordering::Relaxed);
        let nowhere = if goes_on { Nowhere::default() } else { Nowhere::until(&self.ended) };
        let memo = self.memory.drawn();
        // One thread: the others are for the browser.
        let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build();
        let found = match pool {
            Ok(pool) if nowhere.go_on().is_ok() => {
                pool.install(|| build.render_warm(&memo, &nowhere, &|_| ())).ok()
            }
            _ => None,
        };
        if goes_on {
            self.trying.store(false, Ordering::Relaxed);
        }
        // Otherwise a newer round has begun, or a file is gone, with which one will begin.
        let Some(found) = found else { return };
        self.memory.all_are_drawn(&memo);
        if !found.has_errors() {
            if let Some(site) = site {
                self.show.confirm(&site);
                if self.shared.verbose {
                    // As below, nobody waits for it.
                    let _ = Report::new(&self.shared).note("every page can be drawn");
                }
            }
            return;
        }
        // A site that nobody asks any more is let go.
        drop(site);
        let mut all = known;
        all.extend(found.clone());
        self.show.refuse(self.number, talk.faults(&mut all));
        // What is known was told; and nobody waits for what could not be said.
        let _ = talk.refused(&found, &all, &self.change);
    }
}

/// How mistakes are told.
struct Talk<'a> {
    shared: &'a Shared,
    told: &'a Mutex<Diagnostics>,
    sources: &'a Sources,
    theme: Option<&'a Theme>,
}

impl Talk<'_> {
    fn faults(&self, diagnostics: &mut Diagnostics) -> Faults {
        diagnostics.sort();
        let mut texts: Vec<&dyn Texts> = vec![self.sources];
        texts.extend(self.theme.map(|theme| theme as &dyn Texts));
        Faults::of(diagnostics, &texts)
    }

    /// The errors among `these`, and the warnings that are new; the next round knows that `all` were told.
    fn diagnostics(&self, these: &Diagnostics, all: &Diagnostics) -> Result<(), Broken> {
        let mut told = self.told.lock().unwrap_or_else(PoisonError::into_inner);
        let mut new = Diagnostics::new();
        for diagnostic in these {
            if diagnostic.severity == Severity::Error || !told.iter().any(|known| is_same(known, diagnostic))
            {
                new.push(diagnostic.clone());
            }
        }
        told.clone_from(all);
        say(&Report::new(self.shared), &mut new, self.sources, self.theme)
    }

    /// Why a site is not shown: `all`, of which only `these` were not told yet.
    fn refused(&self, these: &Diagnostics, all: &Diagnostics, change: &Change) -> Result<(), Broken> {
        self.diagnostics(these, all)?;
        let mistakes = diagnostics::summary(all).unwrap_or_default();
        let report = Report::new(self.shared);
        match &change.inputs {
            None => said(report.note(&format!("{mistakes}; the site comes when they are mended"))),
            Some(inputs) => {
                said(report.rebuilt(change.begun.elapsed().as_secs_f64(), inputs, Some(&mistakes)))
            }
        }
    }
}

/// Whether two warnings are one, though lines above it may have moved it.
fn is_same(one: &Diagnostic, other: &Diagnostic) -> bool {
    let path = |diagnostic: &Diagnostic| diagnostic.span.as_ref().map(|span| span.path.clone());
    one.code == other.code && one.message == other.message && path(one) == path(other)
}

fn is_style_sheet(path: &SourcePath) -> bool {
    let in_theme = || {
        let (_, below) = path.below("themes")?.split_once('/')?;
        Some(below.starts_with("static/"))
    };
    path.extension() == "css" && (path.below("static").is_some() || in_theme() == Some(true))
}
