use std::{
    fmt::Write,
    io::{self, IsTerminal},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
        mpsc::{self, RecvTimeoutError, Sender},
    },
    thread::{self, JoinHandle},
    time::{Duration, Instant as Clock},
};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};

use super::{OutputFormat, Shared};

/// A run that is over before shows nothing, so that nothing flashes.
const QUIET: Duration = Duration::from_millis(300);
/// How long a line stands until it is written anew.
const TICK: Duration = Duration::from_millis(125);
/// No time left is told before a stage has gone on for so long: until then nobody knows how fast it is.
const UNKNOWN: Duration = Duration::from_secs(2);

/// What a long run shows on a terminal: its stage, how much of it is done, and how long it goes on, if that is known.
pub(super) struct Progress {
    work: Arc<Work>,
    /// Who shows it; nobody where nobody would see it. It ends when the sender is dropped.
    teller: Option<(Sender<()>, JoinHandle<()>)>,
}

struct Work {
    stage: Mutex<Stage>,
    done: AtomicU64,
}

#[derive(Clone, Copy)]
struct Stage {
    /// `drawing`.
    doing: &'static str,
    /// How many things, where somebody counts them.
    of: Option<u64>,
    begun: Clock,
}

impl Progress {
    /// Shows `doing`, the first stage, on standard error if that is a terminal that somebody reads.
    pub(super) fn begin(shared: &Shared, doing: &'static str) -> Self {
        let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
        let unseen = shared.quiet || shared.format == OutputFormat::Json || dumb;
        let seen = !unseen && io::stderr().is_terminal();
        Self::shown(doing, seen.then(|| ProgressDrawTarget::stderr_with_hz(20)))
    }

    fn shown(doing: &'static str, target: Option<ProgressDrawTarget>) -> Self {
        let stage = Stage { doing, of: None, begun: Clock::now() };
        let work = Arc::new(Work { stage: Mutex::new(stage), done: AtomicU64::new(0) });
        let teller = target.map(|target| {
            let (sender, ended) = mpsc::channel();
            let work = Arc::clone(&work);
            (sender, thread::spawn(move || tell(&work, target, &ended)))
        });
        Self { work, teller }
    }

    /// Goes on to the next stage, of which nobody knows how long it is.
    pub(super) fn next(&self, doing: &'static str) {
        self.go_on(doing, None);
    }

    /// Goes on to the next stage, which is over after `of` steps.
    pub(super) fn next_of(&self, doing: &'static str, of: usize) {
        self.go_on(doing, Some(of as u64));
    }

    fn go_on(&self, doing: &'static str, of: Option<u64>) {
        let mut stage = self.work.stage.lock().unwrap_or_else(PoisonError::into_inner);
        self.work.done.store(0, Ordering::Relaxed);
        *stage = Stage { doing, of, begun: Clock::now() };
    }

    /// One step of the stage is done.
    pub(super) fn step(&self) {
        self.work.done.fetch_add(1, Ordering::Relaxed);
    }

    /// Takes the line away, so that other talk has its place.
    pub(super) fn end(self) {
        drop(self);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some((sender, teller)) = self.teller.take() {
            drop(sender);
            // What it could not show changes nothing of the work.
            let _ = teller.join();
        }
    }
}

fn tell(work: &Work, target: ProgressDrawTarget, ended: &mpsc::Receiver<()>) {
    let goes_on = |wait| matches!(ended.recv_timeout(wait), Err(RecvTimeoutError::Timeout));
    if !goes_on(QUIET) {
        return;
    }
    let bar = ProgressBar::with_draw_target(None, target);
    loop {
        let stage = *work.stage.lock().unwrap_or_else(PoisonError::into_inner);
        let done = work.done.load(Ordering::Relaxed).min(stage.of.unwrap_or(u64::MAX));
        bar.set_style(style(&stage, line(stage, done, stage.begun.elapsed())));
        // This alone draws: words and bar are of one instant.
        bar.update(|state| {
            state.set_len(stage.of.unwrap_or(1).max(1));
            state.set_pos(done);
        });
        if !goes_on(TICK) {
            break;
        }
    }
    bar.finish_and_clear();
}

/// `line`, and a bar where somebody counts.
fn style(stage: &Stage, line: String) -> ProgressStyle {
    let template = if stage.of.is_some() { "{line} {wide_bar}" } else { "{line}" };
    let style = ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
    style.with_key("line", move |_: &ProgressState, out: &mut dyn Write| {
        // Where it cannot be shown nobody misses it.
        let _ = out.write_str(&line);
    })
}

/// `drawing: 1200 of 4800, 9 s of it left`, or for what nobody counts `checking: 3 s`.
fn line(stage: Stage, done: u64, elapsed: Duration) -> String {
    let mut line = stage.doing.to_owned();
    let Some(of) = stage.of else {
        if elapsed >= UNKNOWN {
            let _ = write!(line, ": {}", words(elapsed.as_secs_f64()));
        }
        return line;
    };
    let _ = write!(line, ": {done} of {of}");
    if elapsed >= UNKNOWN && done > 0 && done < of {
        #[allow(clippy::cast_precision_loss, reason = "an estimate")]
        let left = elapsed.as_secs_f64() * (of - done) as f64 / done as f64;
        let _ = write!(line, ", {} of it left", words(left));
    }
    line
}

/// `9 s`, and of what is longer than a minute `3 min 20 s`, by tens, since it is a guess.
fn words(seconds: f64) -> String {
    if seconds < 60.0 {
        return format!("{:.0} s", seconds.ceil());
    }
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "above 60, and a guess")]
    let seconds = (seconds / 10.0).round() as u64 * 10;
    format!("{} min {} s", seconds / 60, seconds % 60)
}

#[cfg(test)]
mod tests {
    use indicatif::TermLike;

    use super::*;

    fn line_of(of: Option<u64>, done: u64, seconds: f64) -> String {
        let stage = Stage { doing: "drawing", of, begun: Clock::now() };
        line(stage, done, Duration::from_secs_f64(seconds))
    }

    #[test]
    fn the_time_left_is_told_once_it_is_known_and_only_where_steps_are_counted() {
        assert_eq!(line_of(Some(4_000), 1_000, 1.9), "drawing: 1000 of 4000");
        assert_eq!(line_of(Some(4_000), 1_000, 3.0), "drawing: 1000 of 4000, 9 s of it left");
        assert_eq!(line_of(Some(4_000), 0, 3.0), "drawing: 0 of 4000", "nothing tells how fast it is");
        assert_eq!(line_of(Some(4_000), 4_000, 3.0), "drawing: 4000 of 4000");
        assert_eq!(line_of(Some(40_000), 1_000, 5.0), "drawing: 1000 of 40000, 3 min 20 s of it left");
        assert_eq!(line_of(None, 0, 1.0), "drawing");
        assert_eq!(line_of(None, 0, 7.0), "drawing: 7 s");
    }

    /// A terminal that remembers what was written on it.
    #[derive(Clone, Debug, Default)]
    struct Paper(Arc<Mutex<String>>);

    impl TermLike for Paper {
        fn width(&self) -> u16 {
            80
        }

        fn move_cursor_up(&self, _: usize) -> io::Result<()> {
            Ok(())
        }

        fn move_cursor_down(&self, _: usize) -> io::Result<()> {
            Ok(())
        }

        fn move_cursor_right(&self, _: usize) -> io::Result<()> {
            Ok(())
        }

        fn move_cursor_left(&self, _: usize) -> io::Result<()> {
            Ok(())
        }

        fn write_line(&self, line: &str) -> io::Result<()> {
            self.write_str(line)
        }

        fn write_str(&self, text: &str) -> io::Result<()> {
            self.0.lock().unwrap().push_str(text);
            Ok(())
        }

        fn clear_line(&self) -> io::Result<()> {
            self.write_str("<cleared>")
        }

        fn flush(&self) -> io::Result<()> {
            Ok(())
        }
    }

    fn watched() -> (Paper, Progress) {
        let paper = Paper::default();
        let target = ProgressDrawTarget::term_like(Box::new(paper.clone()));
        (paper, Progress::shown("reading", Some(target)))
    }

    #[test]
    fn a_short_run_shows_nothing() {
        let (paper, progress) = watched();
        progress.next_of("drawing", 9);
        progress.step();
        thread::sleep(Duration::from_millis(50));
        progress.end();
        assert_eq!(*paper.0.lock().unwrap(), "");
    }

    #[test]
    fn a_longer_run_shows_its_stage_and_its_steps_and_takes_them_away_again() {
        let (paper, progress) = watched();
        let until = |words: &str| {
            let begun = Clock::now();
            while !paper.0.lock().unwrap().contains(words) {
                assert!(begun.elapsed().as_secs() < 60, "{words}: {:?}", paper.0.lock().unwrap());
                thread::sleep(Duration::from_millis(5));
            }
        };
        until("reading");
        progress.next_of("drawing", 9);
        progress.step();
        progress.step();
        until("drawing: 2 of 9");
        progress.end();
        assert!(paper.0.lock().unwrap().ends_with("<cleared>"), "{:?}", paper.0.lock().unwrap());
    }
}
