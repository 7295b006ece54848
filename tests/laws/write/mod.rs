//! A world, written as the files of an archive: whole, or as if some of it had never been.

mod briefing;
mod form;
mod parts;
mod picture;
mod profile;
mod prose;

use std::{cell::RefCell, collections::BTreeMap, fmt::Write as _};

use serde_json::{Map, Value};

use crate::world::{Mark, World};

/// Whom an archive is written for: what their edition keeps back is what may be left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Reader {
    /// The labels that their edition admits.
    pub(crate) admits: &'static [&'static str],
    /// Whether they read when every embargo is over and everything has been published.
    pub(crate) later: bool,
    /// Whether they see drafts.
    pub(crate) drafts: bool,
}

/// Everybody.
pub(crate) const PUBLIC: Reader = Reader { admits: &["clear"], later: false, drafts: false };

impl Reader {
    fn admits(&self, label: &str) -> bool {
        self.admits.contains(&label)
    }
}

/// What is left out of what an edition keeps back.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Without {
    pub(crate) files: bool,
    pub(crate) parts: bool,
}

/// Texts by path, the files that are no text, and the words that stand in withheld matter alone.
#[derive(Clone, Debug, Default)]
pub(crate) struct Files {
    pub(crate) texts: BTreeMap<String, String>,
    pub(crate) assets: BTreeMap<String, Vec<u8>>,
    /// Each with whether an edition that admits everything shows it.
    pub(crate) needles: BTreeMap<String, bool>,
}

impl Files {
    pub(crate) fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.texts.iter().map(|(path, text)| (path.as_str(), text.as_str()))
    }
}

/// Writes `world` for everybody.
pub(crate) fn files(world: &World, without: Without) -> Files {
    files_for(world, without, PUBLIC)
}

/// Writes `world` for `reader`.
pub(crate) fn files_for(world: &World, without: Without, reader: Reader) -> Files {
    let writer = Writer { world, without, reader, needles: RefCell::default() };
    let mut files = Files::default();
    files.texts.insert("brief.toml".into(), writer.settings());
    for number in 0..world.briefings.len() {
        writer.briefing(number, &mut files);
    }
    for kind in 0..3 {
        for number in 0..world.profiles[kind].len() {
            writer.profile(kind, number, &mut files);
        }
    }
    for number in 0..world.pages.len() {
        writer.page(number, &mut files);
    }
    writer.shared(&mut files);
    writer.portraits(&mut files);
    files.needles = writer.needles.into_inner();
    files
}

struct Writer<'w> {
    world: &'w World,
    without: Without,
    reader: Reader,
    needles: RefCell<BTreeMap<String, bool>>,
}

const FOLDERS: [&str; 3] = ["actors", "locations", "topics"];
const KINDS: [&str; 3] = ["actor", "location", "topic"];

impl Writer<'_> {
    /// Whether the reader's edition keeps this back; `file` is what the file of a part bears.
    fn is_held(&self, mark: Mark, file: Option<&'static str>) -> bool {
        let label = match mark {
            Mark::Label(label) => Some(label),
            _ => None,
        };
        let by_time = match mark {
            Mark::Draft => !self.reader.drafts,
            Mark::Embargo | Mark::Future => !self.reader.later,
            Mark::Expired => true,
            Mark::Open | Mark::Label(_) | Mark::Lifted | Mark::Valid => false,
        };
        by_time || label.or(file).or(self.world.default).is_some_and(|label| !self.reader.admits(label))
    }

    fn skips(&self, is_held: bool) -> bool {
        is_held && self.without.parts
    }

    /// A word that nothing else holds; `shows` where an edition that admits everything must print it.
    fn word(&self, is_held: bool, key: &str, shows: bool) -> String {
        if !is_held {
            return format!("ok{key}ko");
        }
        let needle = format!("xq{key}qx");
        self.needles.borrow_mut().insert(needle.clone(), shows);
        needle
    }

    fn settings(&self) -> String {
        let world = self.world;
        let mut text = "title = \"Generated\"\n".to_owned();
        if world.base > 0 {
            let path = if world.base == 1 { "" } else { "archive/" };
            let _ = write!(
                text,
                "base_url = \"https://desk.example/{path}\"\nauthority = \"desk.example,2025\"\n"
            );
        }
        if let Some(default) = world.default {
            let _ = write!(text, "[marking]\ndefault = \"{default}\"\n");
        }
        let _ = write!(text, "[lists]\nper_page = {}\n", world.per_page);
        let _ = write!(text, "[together]\nminimum = {}\nfeeds = true\n", world.together);
        let outputs = ["feeds", "data", "cite", "search", "mentions", "related", "together", "figures"]
            .map(|key| format!("{key} = true\n"));
        let _ = write!(text, "[outputs]\n{}", outputs.concat());
        let _ = writeln!(text, "balance = {}", world.balance);
        let _ = write!(text, "[sources]\npublic_grades = {}\n", world.grades);
        let _ = write!(text, "[people]\npages = \"{}\"\n", if world.people { "profiled" } else { "all" });
        text.push_str("[kinds.topic]\nkey = \"topics\"\npath = \"topics\"\n[languages.ar]\n[languages.he]\n");
        text
    }

    fn briefing_is_held(&self, number: usize) -> bool {
        self.is_held(self.world.briefings[number].mark, None)
    }

    fn stem(&self, number: usize) -> String {
        let word = self.word(self.briefing_is_held(number), &format!("b{number}"), false);
        format!("2025-05-{:02}-{word}", self.day(number))
    }

    fn day(&self, number: usize) -> u8 {
        self.world.briefings[number].day + 10
    }

    /// The path of a briefing or of its translation.
    fn briefing_path(&self, number: usize, language: &str) -> String {
        let stem = self.stem(number);
        match self.world.briefings[number].form % 3 {
            0 => format!("content/briefings/2025/{stem}/index{language}.md"),
            _ => format!("content/briefings/{stem}{language}.md"),
        }
    }

    fn profile_path(&self, kind: usize, number: usize) -> String {
        let is_held = self.is_held(self.world.profiles[kind][number].mark, None);
        format!("content/{}/{}.md", FOLDERS[kind], self.word(is_held, &format!("f{kind}n{number}"), false))
    }

    fn page_path(&self, number: usize) -> String {
        let is_held = self.is_held(self.world.pages[number].mark, None);
        format!("content/pages/{}.md", self.word(is_held, &format!("g{number}"), false))
    }

    /// The name by which texts mean an entity; some that have no profile among them.
    fn alias(&self, kind: usize, target: usize) -> String {
        let profiles = self.world.profiles[kind].len();
        match target % (profiles + 2) {
            place if place < profiles => format!("Alias {}{place}", &KINDS[kind][..1]),
            place => format!("Free {}{}", &KINDS[kind][..1], place - profiles),
        }
    }

    /// A name in prose, without brackets: of one, of nobody who has a profile, or of several.
    fn mention(&self, kind: usize, target: usize, part: usize) -> String {
        match part {
            0 => format!("Shared {}{}", &KINDS[kind][..1], target % 2),
            1 => format!("Both {}", target % 2),
            _ => self.alias(kind, target),
        }
    }

    fn other(&self, target: usize) -> usize {
        target % self.world.briefings.len()
    }

    fn claim_is_held(&self, briefing: usize, claim: usize) -> bool {
        let document = &self.world.briefings[briefing];
        self.briefing_is_held(briefing)
            || document
                .claims
                .get(claim)
                .is_some_and(|claim| self.is_held(claim.mark, file_label(document.mark)))
    }

    /// The id of a claim. That of every second withheld one is a needle.
    fn claim_id(&self, briefing: usize, claim: usize) -> String {
        if claim % 2 == 1 && self.claim_is_held(briefing, claim) {
            self.word(true, &format!("b{briefing}c{claim}id"), false)
        } else {
            format!("c{claim}")
        }
    }

    /// The id of an event. That of every second withheld one is a needle.
    fn event_id(&self, briefing: usize, event: usize) -> String {
        let document = &self.world.briefings[briefing];
        let mark = document.events.get(event).map(|event| event.mark);
        let is_held = mark.is_some_and(|mark| self.is_held(mark, file_label(document.mark)));
        if event % 2 == 1 && (is_held || self.briefing_is_held(briefing)) {
            self.word(true, &format!("b{briefing}e{event}id"), false)
        } else {
            format!("e{event}")
        }
    }

    /// The id of a source. That of every second withheld one is a needle, and some hide a shared source.
    fn source_id(&self, briefing: usize, source: usize) -> String {
        let document = &self.world.briefings[briefing];
        let mark = document.sources.get(source).map(|source| source.mark);
        let is_held = mark.is_some_and(|mark| self.is_held(mark, file_label(document.mark)));
        match source {
            0 if document.form % 8 == 3 => "shared0".to_owned(),
            _ if source % 2 == 1 && (is_held || self.briefing_is_held(briefing)) => {
                self.word(true, &format!("b{briefing}s{source}id"), false)
            }
            _ => format!("s{source}"),
        }
    }

    /// The id of a shared source. That of every second withheld one is a needle.
    fn shared_id(&self, source: usize) -> String {
        let held = |source: &crate::world::Source| self.is_held(source.mark, None);
        if source % 2 == 1 && self.world.shared.get(source).is_some_and(held) {
            self.word(true, &format!("shared{source}id"), false)
        } else {
            format!("shared{source}")
        }
    }

    fn picture(&self, number: usize) -> String {
        let is_held = self.briefing_is_held(number) || self.picture_is_held(number);
        format!("pic-{}.png", self.word(is_held, &format!("b{number}pic"), false))
    }

    /// Whether the words for a picture hold it back.
    fn picture_is_held(&self, number: usize) -> bool {
        self.world.briefings[number].sidecar.is_some_and(|mark| self.picture_bears(mark))
    }

    /// Whether words that bear this hold a picture back. Without a label a picture is as open as the text that uses it.
    fn picture_bears(&self, mark: Mark) -> bool {
        self.is_held(mark, Some("clear"))
    }
}

/// Front matter and body. What is JSON is YAML too; TOML where `toml` says so.
fn document(front: &Map<String, Value>, body: &str, toml: bool) -> String {
    if toml {
        return format!("+++\n{}+++\n{body}", toml::to_string(front).unwrap());
    }
    let lines: String = front
        .iter()
        .flat_map(|(key, value)| [key.clone(), ": ".into(), value.to_string(), "\n".into()])
        .collect();
    format!("---\n{lines}---\n{body}")
}

/// The label that the parts of a file inherit.
fn file_label(mark: Mark) -> Option<&'static str> {
    match mark {
        Mark::Label(label) => Some(label),
        _ => None,
    }
}

/// Writes the keys that say so.
fn mark(mark: Mark, map: &mut Map<String, Value>) {
    match mark {
        Mark::Open => {}
        Mark::Label(label) => drop(map.insert("tlp".into(), label.into())),
        Mark::Draft => drop(map.insert("draft".into(), true.into())),
        Mark::Embargo => drop(map.insert("embargo".into(), "2098-01-01T06:00[Asia/Jerusalem]".into())),
        Mark::Lifted => drop(map.insert("embargo".into(), "2024-01-01T00:00Z".into())),
        Mark::Future => drop(map.insert("published".into(), "2097-05-01".into())),
        Mark::Expired => drop(map.insert("expires".into(), "2025-06-01".into())),
        Mark::Valid => drop(map.insert("expires".into(), "2198-06-01".into())),
    }
}
