use std::{
    sync::Arc,
    time::{SystemTime, UNIX_EPOCH},
};

use serde::Serialize;
use serde_json::json;
use tokio::sync::watch;

use super::site::Site;
use crate::diagnostics::{Diagnostic, Diagnostics, Severity, Texts, plain};

/// How many mistakes a page lists.
const LISTED: usize = 100;

/// What is shown now: a site, and what is wrong. Whoever watches it is told of every change.
pub(super) struct Show {
    state: watch::Sender<State>,
    /// Tells this process from one that served before it at the same address.
    run: String,
}

/// What is shown at an instant.
#[derive(Clone)]
pub(super) struct State {
    /// How often this changed.
    round: u64,
    /// The site that requests are answered from.
    pub(super) site: Option<Arc<Site>>,
    /// The last one of which every page could be drawn; while there is none, the one before, as far as is known.
    good: Option<Arc<Site>>,
    /// The number of the last one of which every page could be drawn.
    confirmed: u64,
    /// The path that the site lies under.
    base: Arc<str>,
    /// The site whose mistakes these are.
    faulty: u64,
    /// What keeps a newer site from being shown.
    pub(super) faults: Arc<Faults>,
    /// Where this site differs from the one before in its style sheets alone.
    styles: Option<Styles>,
}

/// The number of the site before, and its style sheets with those that took their places.
type Styles = (u64, Arc<[(String, String)]>);

/// Mistakes as a page lists them, the errors first; none, where there is no error.
#[derive(Debug, Default, Serialize)]
pub(super) struct Faults {
    pub(super) errors: usize,
    pub(super) warnings: usize,
    pub(super) list: Vec<Fault>,
}

/// One mistake.
#[derive(Debug, Serialize)]
pub(super) struct Fault {
    severity: &'static str,
    /// As a terminal shows it: message, place, line, help.
    pub(super) text: String,
}

impl Faults {
    /// What stands in the way, where something does.
    pub(super) fn of(diagnostics: &Diagnostics, texts: &dyn Texts) -> Self {
        if !diagnostics.has_errors() {
            return Self::default();
        }
        let listed =
            |severity: Severity| diagnostics.iter().filter(move |diagnostic| diagnostic.severity == severity);
        let all = listed(Severity::Error).chain(listed(Severity::Warning));
        Self {
            errors: diagnostics.count(Severity::Error),
            warnings: diagnostics.count(Severity::Warning),
            list: all.take(LISTED).map(|diagnostic| Fault::of(diagnostic, texts)).collect(),
        }
    }

    /// One error.
    pub(super) fn one(text: String) -> Self {
        Self { errors: 1, warnings: 0, list: vec![Fault { severity: "error", text }] }
    }
}

impl Fault {
    fn of(diagnostic: &Diagnostic, texts: &dyn Texts) -> Self {
        let severity = match diagnostic.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        };
        Self { severity, text: plain(diagnostic, texts) }
    }
}

impl Show {
    /// Nothing yet.
    pub(super) fn new() -> Self {
        let state = State {
            round: 0,
            site: None,
            good: None,
            confirmed: 0,
            base: "/".into(),
            faulty: 0,
            faults: Arc::default(),
            styles: None,
        };
        let started = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Self { state: watch::Sender::new(state), run: format!("{:x}", started.as_nanos()) }
    }

    /// What is shown now.
    pub(super) fn now(&self) -> State {
        self.state.borrow().clone()
    }

    /// Tells of every change from now on.
    pub(super) fn watch(&self) -> watch::Receiver<State> {
        self.state.subscribe()
    }

    /// The path that the site lies under.
    pub(super) fn base(&self) -> Arc<str> {
        self.state.borrow().base.clone()
    }

    /// Where the site lies that is to come.
    pub(super) fn move_to(&self, base: &str) {
        self.state.send_if_modified(|state| {
            // A site keeps its own; this is for when there is none.
            state.base = base.into();
            false
        });
    }

    /// Shows `site`. `styles_alone` where nothing but style sheets differs from the one before.
    pub(super) fn show(&self, site: Arc<Site>, styles_alone: bool) {
        self.state.send_modify(|state| {
            let before = state.site.as_ref().filter(|_| styles_alone && state.faults.errors == 0);
            state.styles = before.map(|before| (before.number, pairs(&before.styles, &site.styles)));
            state.faulty = site.number;
            state.faults = Arc::default();
            let before = state.site.replace(site);
            if state.confirmed == 0 {
                state.good = before.or(state.good.take());
            }
            state.round += 1;
        });
    }

    /// Says what keeps site `number` from being shown. Where it is shown, as its mistakes came to light when its pages
    /// were drawn, the last good one takes its place again.
    pub(super) fn refuse(&self, number: u64, faults: Faults) {
        self.state.send_if_modified(|state| {
            let is_shown = state.site.as_ref().is_some_and(|site| site.number == number);
            if is_shown {
                state.site = state.good.clone().filter(|good| good.number != number);
                state.styles = None;
            }
            // What is wrong with a newer one goes before.
            if number >= state.faulty {
                state.faulty = number;
                state.faults = Arc::new(faults);
            } else if !is_shown {
                return false;
            }
            state.round += 1;
            true
        });
    }

    /// Says that every page of `site` can be drawn.
    pub(super) fn confirm(&self, site: &Arc<Site>) {
        self.state.send_if_modified(|state| {
            if state.confirmed < site.number {
                state.confirmed = site.number;
                state.good = Some(site.clone());
            }
            false
        });
    }

    /// The number of the last site of which every page could be drawn; 0 while there is none.
    pub(super) fn confirmed(&self) -> u64 {
        self.state.borrow().confirmed
    }

    /// The name of site `number`, which no other process gives one.
    pub(super) fn name(&self, number: u64) -> String {
        format!("{}-{number}", self.run)
    }

    /// The name of a state.
    pub(super) fn round(&self, state: &State) -> String {
        format!("{}-{}", self.run, state.round)
    }

    /// What pages are told: the site that is shown, and what is wrong.
    pub(super) fn message(&self, state: &State) -> String {
        let styles = state
            .styles
            .as_ref()
            .map(|(from, changed)| json!({"from": self.name(*from), "changed": **changed}));
        json!({
            "round": self.round(state),
            "site": state.site.as_ref().map(|site| self.name(site.number)),
            "faults": *state.faults,
            "styles": styles,
        })
        .to_string()
    }
}

impl State {
    /// The path that the site lies under.
    pub(super) fn base(&self) -> &str {
        self.site.as_ref().map_or(&self.base, |site| &site.base)
    }
}

/// Style sheets of a site and those that took their places: the theme's have other names when they change.
fn pairs(before: &[String], now: &[String]) -> Arc<[(String, String)]> {
    let pair = |old: &String| {
        let new = now.iter().find(|new| author_s_name(new) == author_s_name(old))?;
        Some((old.clone(), new.clone()))
    };
    before.iter().filter_map(pair).collect()
}

/// The name that the author of a theme gave to a file: `assets/style.css` of `assets/style.0123456789.css`.
fn author_s_name(path: &str) -> Option<(&str, &str)> {
    if !path.starts_with("assets/") {
        return Some((path, ""));
    }
    let (stem, extension) = path.rsplit_once('.')?;
    Some((stem.rsplit_once('.')?.0, extension))
}
