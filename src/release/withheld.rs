use std::ops::Range;

use chrono_tz::Tz;

use crate::model::{Instant, SourcePath, Tlp};

/// What an edition keeps back. Only whoever runs the stages reads it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Withheld {
    list: Vec<Held>,
    /// What goes with something on the list and is not told by itself.
    beside: Vec<Held>,
}

/// One thing kept back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Held {
    /// Its file.
    pub path: SourcePath,
    /// The part of the file, where not all of it is kept back.
    pub part: Option<String>,
    /// Why.
    pub reason: Reason,
    /// The bytes of the file that it is written in; none for the whole file.
    pub bytes: Vec<Range<usize>>,
    /// What of it must not be known, besides its words.
    pub secrets: Vec<Secret>,
}

/// Something short that gives withheld matter away.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Secret {
    /// An id, or a segment of an address.
    Id(Box<str>),
    /// A title.
    Title(Box<str>),
    /// What somebody or something is called.
    Name(Box<str>),
    /// A text.
    Text(Box<str>),
}

/// Why something is kept back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// It is unfinished.
    Draft,
    /// It is under embargo until then.
    Embargo(Instant),
    /// Its publication lies ahead.
    Future(Instant),
    /// It is no longer shown since then.
    Expired(Instant),
    /// The edition does not admit its label.
    Label(Tlp),
    /// No released text uses it.
    Unused,
    /// It is retracted, or the briefing that it is a part or a translation of is.
    Retracted,
    /// It describes somebody who has no page of their own.
    NoPage,
}

impl Held {
    /// A file, or a part of one, for this reason; its bytes and its secrets are yet to be told.
    pub(super) fn new(path: &SourcePath, part: Option<&str>, reason: Reason) -> Self {
        let part = part.map(str::to_owned);
        Self { path: path.clone(), part, reason, bytes: Vec::new(), secrets: Vec::new() }
    }

    /// Whether no edition shows it: nothing is kept from anybody.
    pub fn is_left_out(&self) -> bool {
        matches!(self.reason, Reason::Unused | Reason::Retracted | Reason::NoPage)
    }

    /// One line for people, its instants in `zone`: `withheld: content/actors/hamas.md: draft`.
    pub fn line(&self, zone: Tz) -> String {
        let verb = if self.is_left_out() { "left out" } else { "withheld" };
        let part = self.part.as_ref().map(|part| format!(", {part}")).unwrap_or_default();
        format!("{verb}: {}{part}: {}", self.path, self.reason.words(zone))
    }
}

impl Reason {
    /// The reason as machines know it.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Embargo(_) => "embargo",
            Self::Future(_) => "future",
            Self::Expired(_) => "expired",
            Self::Label(_) => "label",
            Self::Unused => "unused",
            Self::Retracted => "retracted",
            Self::NoPage => "no-page",
        }
    }

    /// The reason in words, its instants in `zone`.
    pub fn words(&self, zone: Tz) -> String {
        match self {
            Self::Draft => "draft".to_owned(),
            Self::Embargo(until) => format!("embargo until {}", until.in_zone(zone)),
            Self::Future(until) => format!("not published before {}", until.in_zone(zone)),
            Self::Expired(since) => format!("expired {}", since.in_zone(zone)),
            Self::Label(label) => format!("TLP:{}", label.label()),
            Self::Unused => "no released text uses it".to_owned(),
            Self::Retracted => "retracted".to_owned(),
            Self::NoPage => "`page: false`".to_owned(),
        }
    }
}

impl Withheld {
    pub(super) fn push(&mut self, held: Held) {
        self.list.push(held);
    }

    /// Adds to what gives the last one away.
    pub(super) fn tell(&mut self, secrets: impl IntoIterator<Item = Secret>) {
        if let Some(held) = self.list.last_mut() {
            held.secrets.extend(secrets);
        }
    }

    /// Says that the last one is written in these bytes of its file.
    pub(super) fn place(&mut self, bytes: Range<usize>) {
        if let Some(held) = self.list.last_mut() {
            held.bytes.push(bytes);
        }
    }

    pub(super) fn push_beside(&mut self, held: Held) {
        self.beside.push(held);
    }

    /// Everything that somebody must not know, with what is told by something else: what was left out is no secret.
    pub fn matter(&self) -> impl Iterator<Item = &Held> {
        self.list.iter().filter(|held| !held.is_left_out()).chain(&self.beside)
    }

    /// Everything kept back, in the order in which it was met.
    pub fn iter(&self) -> std::slice::Iter<'_, Held> {
        self.list.iter()
    }
}

impl<'a> IntoIterator for &'a Withheld {
    type Item = &'a Held;
    type IntoIter = std::slice::Iter<'a, Held>;

    fn into_iter(self) -> Self::IntoIter {
        self.list.iter()
    }
}
