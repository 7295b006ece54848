use std::collections::BTreeMap;

use aho_corasick::AhoCorasick;

use super::{
    fold::{self, is_unspaced},
    ours,
    table::{Entry, Table},
    windows::{WIDEST, Windows, of_word},
};
use crate::model::SourcePath;

/// So many words in a row are nobody's by chance.
pub(super) const RUN: usize = 8;

/// A title of fewer words may be anybody's.
const TITLE: usize = 3;

/// What a needle is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// The id of a document or of a part of one, or its segment of an address.
    Id,
    /// A title.
    Title,
    /// The name of somebody or something.
    Name,
    /// Eight words in a row of a text, or all words of a shorter one.
    Run,
    /// Bytes in a row of a file.
    Bytes,
}

impl Kind {
    /// The words for it.
    pub fn words(self) -> &'static str {
        match self {
            Self::Id => "an id",
            Self::Title => "a title",
            Self::Name => "a name",
            Self::Run => "words in a row",
            Self::Bytes => "bytes in a row",
        }
    }
}

/// Something that only withheld matter holds.
#[derive(Clone, Debug)]
pub(super) struct Needle {
    kind: Kind,
    /// The place of its file, and the byte of it where it stands.
    file: u32,
    at: u32,
    /// Whether it begins at that byte, and not only somewhere after it.
    precise: bool,
    /// Letters and digits; 255 for more.
    pub(super) letters: u8,
    form: Form,
}

/// What is sought.
#[derive(Clone, Debug)]
enum Form {
    Words(Window),
    /// Words that must be written in one way.
    Spelling(Box<Spelling>),
    Bytes(Box<[u8]>),
}

/// Words that must be written like this, but for case: an id. Released matter with its words drops it, since titles and
/// headings turn into such.
#[derive(Clone, Debug)]
struct Spelling {
    window: Window,
    /// In lower case.
    raw: Box<str>,
    /// The words before its number, which tells the second of equal ones apart: released matter with these drops it too.
    head: Option<Window>,
}

/// A run of words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Window {
    hash: u64,
    last: u64,
    words: u8,
}

impl Window {
    /// The first words of `words`, as many as a window may have.
    fn of(words: &[String]) -> Option<Self> {
        let words = &words[..words.len().min(WIDEST)];
        let mut windows = Windows::new();
        for word in words {
            windows.push(of_word(word), 0);
        }
        let last = of_word(words.last()?);
        Some(Self {
            hash: windows.hash(words.len()),
            last,
            words: u8::try_from(words.len()).unwrap_or_default(),
        })
    }

    fn entry(self, means: usize) -> Entry {
        let means = u32::try_from(means).unwrap_or(u32::MAX);
        Entry { hash: self.hash, last: self.last, words: usize::from(self.words), means }
    }
}

impl Needle {
    /// Whether `written`, whose words are its words, is it.
    pub(super) fn is(&self, written: &str) -> bool {
        match &self.form {
            Form::Spelling(spelling) => *spelling.raw == written.to_lowercase(),
            Form::Words(_) | Form::Bytes(_) => true,
        }
    }

    /// Whether it must be written as it is in withheld matter.
    pub(super) fn is_spelt(&self) -> bool {
        matches!(self.form, Form::Spelling(..))
    }

    /// What two needles have in common that find the same.
    fn key(&self) -> (u64, &[u8]) {
        match &self.form {
            Form::Words(window) => (window.hash, &[]),
            Form::Spelling(spelling) => (spelling.window.hash, spelling.raw.as_bytes()),
            Form::Bytes(bytes) => (0, bytes),
        }
    }
}

/// What only withheld matter holds: what no file of a site may hold.
#[derive(Clone, Debug, Default)]
pub struct Needles {
    files: Vec<SourcePath>,
    list: Vec<Needle>,
    table: Table,
    /// The words before the numbers of ids.
    heads: Table,
    shards: Option<AhoCorasick>,
    /// The needle that each of the shards is.
    shard_of: Vec<usize>,
}

impl Needles {
    /// None: for whoever has only watches.
    pub fn none() -> Self {
        Self::default()
    }

    fn new(files: Vec<SourcePath>, list: Vec<Needle>) -> Self {
        let table = |window: &dyn Fn(&Form) -> Option<Window>| {
            let windows = list.iter().map(|needle| window(&needle.form)).enumerate();
            Table::new(windows.filter_map(|(place, window)| Some(window?.entry(place))))
        };
        let words = table(&|form| match form {
            Form::Words(window) => Some(*window),
            Form::Spelling(spelling) => Some(spelling.window),
            Form::Bytes(_) => None,
        });
        let heads = table(&|form| match form {
            Form::Spelling(spelling) => spelling.head,
            _ => None,
        });
        let bytes = list.iter().enumerate().filter_map(|(place, needle)| match &needle.form {
            Form::Bytes(bytes) => Some((place, bytes)),
            _ => None,
        });
        let (shard_of, bytes): (Vec<usize>, Vec<&Box<[u8]>>) = bytes.unzip();
        // More than it can hold is more than any archive has; then the words alone are sought.
        let shards = if bytes.is_empty() { None } else { AhoCorasick::new(bytes).ok() };
        Self { table: words, heads, shards, shard_of, files, list }
    }

    /// Whether there is nothing to look for.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// What the needle at `place` is, in which withheld file it stands, and at which byte of it.
    pub fn about(&self, place: usize) -> (Kind, &SourcePath, usize) {
        let needle = &self.list[place];
        (needle.kind, &self.files[needle.file as usize], needle.at as usize)
    }

    /// Those that `keep` asks for, by their places.
    #[must_use]
    pub(super) fn only(self, keep: impl Fn(usize) -> bool) -> Self {
        let list = self.list.into_iter().enumerate().filter(|(place, _)| keep(*place));
        Self::new(self.files, list.map(|(_, needle)| needle).collect())
    }

    /// Gives `each` every needle that ends with the last word: how many words it has, its place, and itself.
    pub(super) fn ending(&self, windows: &Windows, last: u64, mut each: impl FnMut(usize, usize, &Needle)) {
        self.table
            .ending(windows, last, |words, place| each(words, place as usize, &self.list[place as usize]));
    }

    /// Gives `each` the needles that released matter drops which ends with the last word.
    pub(super) fn dropped(&self, windows: &Windows, last: u64, mut each: impl FnMut(usize)) {
        self.table.ending(windows, last, |_, place| each(place as usize));
        self.heads.ending(windows, last, |_, place| each(place as usize));
    }

    /// Gives `each` the needles whose bytes stand in `bytes`.
    pub(super) fn shards(&self, bytes: &[u8], mut each: impl FnMut(usize)) {
        if let Some(shards) = &self.shards {
            for found in shards.find_iter(bytes) {
                each(self.shard_of[found.pattern().as_usize()]);
            }
        }
    }
}

/// Needles that are being gathered.
#[derive(Debug, Default)]
pub(super) struct Gathered {
    files: BTreeMap<SourcePath, u32>,
    list: Vec<Needle>,
}

/// Where something withheld is written.
#[derive(Clone, Copy)]
pub(super) struct Place<'a> {
    pub(super) path: &'a SourcePath,
    /// The byte that it begins at, or that something begins at in which it stands.
    pub(super) at: usize,
    /// Whether it is the former.
    pub(super) precise: bool,
}

impl Gathered {
    /// Each of them once, as the first that holds it does.
    pub(super) fn needles(self) -> Needles {
        let Self { files, mut list } = self;
        // The place that tells most comes first.
        list.sort_by(|one, other| {
            one.key().cmp(&other.key()).then((one.kind, !one.precise, one.file, one.at).cmp(&(
                other.kind,
                !other.precise,
                other.file,
                other.at,
            )))
        });
        list.dedup_by(|one, other| one.key() == other.key());
        list.sort_by_key(|needle| (needle.file, needle.at, needle.kind));
        let mut paths: Vec<(SourcePath, u32)> = files.into_iter().collect();
        paths.sort_by_key(|(_, place)| *place);
        Needles::new(paths.into_iter().map(|(path, _)| path).collect(), list)
    }

    fn push(&mut self, kind: Kind, place: Place<'_>, letters: usize, form: Form) {
        let next = u32::try_from(self.files.len()).unwrap_or(u32::MAX);
        let file = *self.files.entry(place.path.clone()).or_insert(next);
        let at = u32::try_from(place.at).unwrap_or(u32::MAX);
        self.list.push(Needle {
            kind,
            file,
            at,
            precise: place.precise,
            letters: u8::try_from(letters).unwrap_or(u8::MAX),
            form,
        });
    }

    /// An id: as it is written, and if it has as many words as a title by these.
    pub(super) fn id(&mut self, id: &str, place: Place<'_>) {
        let words = words_of(id);
        if letters(&words) < 4 || !words.iter().any(|word| ours::tells(word)) {
            return;
        }
        let Some(window) = Window::of(&words) else { return };
        let number =
            words.last().filter(|last| last.len() <= 3 && last.bytes().all(|byte| byte.is_ascii_digit()));
        let head = number.and_then(|_| Window::of(&words[..words.len() - 1]));
        if words.len() <= WIDEST {
            // An address is found from its first letter to its last.
            let raw = id.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase().into();
            let spelling = Spelling { window, raw, head };
            self.push(Kind::Id, place, letters(&words), Form::Spelling(Box::new(spelling)));
        }
        if words.len() >= TITLE {
            self.push(Kind::Id, place, letters(&words), Form::Words(window));
        }
    }

    /// A title, if it has words enough.
    pub(super) fn title(&mut self, title: &str, place: Place<'_>) {
        self.whole(Kind::Title, title, TITLE, place);
    }

    /// A name, if it has letters enough.
    pub(super) fn name(&mut self, name: &str, place: Place<'_>) {
        let words = words_of(name);
        let least = if words.iter().all(|word| word.chars().all(is_unspaced)) { 2 } else { 3 };
        if letters(&words) >= least {
            self.whole(Kind::Name, name, 1, place);
        }
    }

    fn whole(&mut self, kind: Kind, text: &str, least: usize, place: Place<'_>) {
        let words = words_of(text);
        if words.len() >= least
            && words.iter().any(|word| ours::tells(word))
            && let Some(window) = Window::of(&words)
        {
            self.push(kind, place, letters(&words), Form::Words(window));
        }
    }

    /// Every run of eight words of a text, or all words of one that is a little shorter.
    pub(super) fn runs(&mut self, text: &str, place: Place<'_>) {
        const SHORT: usize = 5;
        const LETTERS: usize = 24;
        let mut windows = Windows::new();
        // For each of the last words, whether it tells something, and its letters.
        let mut recent = [(false, 0); WIDEST];
        let mut count = 0;
        fold::words_at(text, |word| {
            let last = of_word(word.folded);
            windows.push(last, word.start);
            recent[count % WIDEST] = (ours::tells(word.folded), word.folded.chars().count());
            count += 1;
            let letters =
                |words: usize| -> usize { (count - words..count).map(|at| recent[at % WIDEST].1).sum() };
            // Where words are characters, or short, it takes twice as many.
            let words = if count >= RUN && letters(RUN) >= LETTERS { RUN } else { WIDEST };
            if count < words {
                return;
            }
            let telling = (count - words..count).filter(|at| recent[at % WIDEST].0).count();
            if telling >= words / 2 {
                let (hash, letters) = (windows.hash(words), letters(words));
                let window = Window { hash, last, words: u8::try_from(words).unwrap_or_default() };
                let at = if place.precise { place.at + windows.start(words) } else { place.at };
                self.push(Kind::Run, Place { at, ..place }, letters, Form::Words(window));
            }
        });
        if (SHORT..RUN).contains(&count) && letters(&words_of(text)) >= LETTERS {
            self.whole(Kind::Run, text, SHORT, place);
        }
    }

    /// Bytes of a file at a quarter, a half and three quarters of it, or all of a small one, where they are no filling.
    pub(super) fn bytes(&mut self, bytes: &[u8], path: &SourcePath) {
        const SHARD: usize = 32;
        let is_filling = |shard: &[u8]| {
            let mut distinct = shard.to_vec();
            distinct.sort_unstable();
            distinct.dedup();
            distinct.len() < SHARD / 4
        };
        let quarters = (1..4).map(|quarter| bytes.len() / 4 * quarter);
        for at in quarters {
            let shard = bytes.get(at..at + SHARD);
            if let Some(shard) = shard.filter(|shard| !is_filling(shard)) {
                self.push(Kind::Bytes, Place { path, at, precise: true }, 255, Form::Bytes(shard.into()));
            }
        }
        if (SHARD / 2..SHARD * 2).contains(&bytes.len()) && !is_filling(bytes) {
            self.push(Kind::Bytes, Place { path, at: 0, precise: true }, 255, Form::Bytes(bytes.into()));
        }
    }
}

fn words_of(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    fold::words(text, |word| words.push(word.to_owned()));
    words
}

fn letters(words: &[String]) -> usize {
    words.iter().map(|word| word.chars().count()).sum()
}
