use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
    ops::Range,
};

use super::{
    name::{joins, without_prefix},
    note::quoted,
    words::Words,
};
use crate::{
    diagnostics::Diagnostics,
    documents::REDACTIONS,
    leaks::WIDEST,
    model::{Day, SourcePath},
    sources::Sources,
    tree::{self, Cx, Decode, Fields, Node, Spanned},
};

/// What an archive keeps of the names that were taken out: no name, and enough to know each again.
///
/// A salted hash hides a name from whoever reads the file, and not from whoever guesses it: names are few.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Records {
    /// One for all, so that a run of words is hashed once.
    salt: String,
    list: Vec<Record>,
}

/// One redaction.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Record {
    date: String,
    /// What stands in the name's place.
    pseudonym: String,
    /// The hash of each spelling, with how many words it has.
    spellings: BTreeSet<(usize, String)>,
}

impl Records {
    /// The records of an archive. What is wrong with them is an error, since a build must not pass for want of them.
    pub fn read(sources: &Sources, diagnostics: &mut Diagnostics) -> Self {
        let path = SourcePath::new(REDACTIONS);
        let Some(text) = sources.text_at(&path) else { return Self::default() };
        let mut cx = Cx { path: &path, text, zone: chrono_tz::UTC, diagnostics };
        Self::of(&mut cx).unwrap_or_default()
    }

    fn of(cx: &mut Cx<'_>) -> Option<Self> {
        let root = tree::toml(cx, 0..cx.text.len())?;
        let mut fields = Fields::of(&root, REDACTIONS, cx)?;
        let salt = fields.required("salt", cx);
        let list = fields.list("redactions", cx);
        fields.finish(cx);
        Some(Self { salt: salt?, list })
    }

    /// Whether nothing was ever taken out.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// How many words the spellings have that are looked for.
    pub(super) fn lengths(&self) -> BTreeSet<usize> {
        self.list.iter().flat_map(|record| &record.spellings).map(|(words, _)| *words).collect()
    }

    /// Whether the folded words, with one blank between them, were taken out. An Arabic or Hebrew particle before the
    /// first hides nothing.
    pub(super) fn knows(&self, words: &str) -> bool {
        let length = words.split(' ').count();
        let bare = std::iter::once(words).chain(without_prefix(words).map(|(_, bare)| bare));
        bare.into_iter().any(|words| {
            let key = (length, hash(&self.salt, words));
            self.list.iter().any(|record| record.spellings.contains(&key))
        })
    }

    /// The bytes of `text` in which something stands that was taken out, in whatever escapes.
    pub(super) fn places(&self, text: &str) -> Vec<Range<usize>> {
        let words = Words::of(text);
        let lengths = self.lengths();
        let mut known = BTreeMap::new();
        let mut places: Vec<Range<usize>> = Vec::new();
        for at in 0..words.len() {
            for &length in &lengths {
                let run: Option<Vec<&str>> = (at..at + length).map(|place| words.get(place)).collect();
                let Some(run) = run else { continue };
                let mut gaps = (at..at + length - 1).zip(&run);
                let hangs = |(place, word): (usize, &&str)| {
                    let gap = words.written(place).end..words.written(place + 1).start;
                    joins(&text[gap], word.chars().nth(1).is_none())
                };
                if !gaps.all(hangs) {
                    continue;
                }
                if *known.entry(run).or_insert_with_key(|run| self.knows(&run.join(" "))) {
                    places.push(words.written(at).start..words.written(at + length - 1).end);
                }
            }
        }
        places
    }

    /// The pseudonym of the redaction that took these words out.
    pub(super) fn pseudonym_of(&self, words: &[String]) -> Option<&str> {
        let key = (words.len(), hash(&self.salt, &words.join(" ")));
        self.list
            .iter()
            .find(|record| record.spellings.contains(&key))
            .map(|record| record.pseudonym.as_str())
    }

    /// The pseudonyms in use.
    pub(super) fn pseudonyms(&self) -> impl Iterator<Item = &str> {
        self.list.iter().map(|record| record.pseudonym.as_str())
    }

    /// Adds a redaction of `spellings`, each as its folded words, unless all of them are known. `salt` is for the first.
    pub(super) fn add<'s>(
        &mut self,
        date: &str,
        pseudonym: &str,
        spellings: impl Iterator<Item = &'s [String]>,
        salt: &str,
    ) -> bool {
        if self.salt.is_empty() {
            salt.clone_into(&mut self.salt);
        }
        let all = spellings.map(|words| (words.len(), hash(&self.salt, &words.join(" "))));
        let new: BTreeSet<_> =
            all.filter(|key| !self.list.iter().any(|record| record.spellings.contains(key))).collect();
        if new.is_empty() {
            return false;
        }
        self.list.push(Record { date: date.to_owned(), pseudonym: pseudonym.to_owned(), spellings: new });
        true
    }

    /// The file that keeps them.
    pub(super) fn text(&self) -> String {
        let mut text = String::from(
            "# Names that were taken out, as salted hashes of their words: every build looks for them.\n\
             # `brief redact` writes this file. Keep it, and keep names out of it.\n",
        );
        // Writing to a string cannot fail.
        let _ = writeln!(text, "salt = {}", quoted(&self.salt));
        for record in &self.list {
            let spellings = record
                .spellings
                .iter()
                .map(|(words, hash)| format!("  {{ words = {words}, hash = \"{hash}\" }},\n"));
            let _ = write!(
                text,
                "\n[[redactions]]\ndate = {}\npseudonym = {}\nspellings = [\n{}]\n",
                record.date,
                quoted(&record.pseudonym),
                spellings.collect::<String>(),
            );
        }
        text
    }
}

impl Decode for Record {
    fn decode(node: &Node, cx: &mut Cx<'_>) -> Option<Self> {
        let mut fields = Fields::of(node, "a redaction", cx)?;
        let date: Option<Spanned<String>> = fields.required("date", cx);
        let pseudonym = fields.required("pseudonym", cx);
        let spellings: Option<Vec<Hashed>> = fields.required("spellings", cx);
        fields.finish(cx);
        let Spanned { value: date, span } = date?;
        if let Err(error) = Day::parse(&date) {
            cx.error("wrong-type", &span, error.message).help(UNTOUCHED);
            return None;
        }
        let spellings = spellings?.into_iter().map(|Hashed(words, hash)| (words, hash)).collect();
        Some(Self { date, pseudonym: pseudonym?, spellings })
    }
}

/// What stands in the file stands there as it was written, or would be looked for in vain.
const UNTOUCHED: &str = "`brief redact` writes this file: put back what stood here";

/// A spelling: how many words it has, and their hash.
struct Hashed(usize, String);

impl Decode for Hashed {
    fn decode(node: &Node, cx: &mut Cx<'_>) -> Option<Self> {
        let mut fields = Fields::of(node, "a spelling", cx)?;
        let words: Option<Spanned<i64>> = fields.required("words", cx);
        let hash: Option<Spanned<String>> = fields.required("hash", cx);
        fields.finish(cx);
        let (words, hash) = (words?, hash?);
        let Some(width) = usize::try_from(words.value).ok().filter(|width| (1..=WIDEST).contains(width))
        else {
            let message = format!("no name is recorded that has {} words", words.value);
            cx.error("wrong-type", &words.span, message).help(UNTOUCHED);
            return None;
        };
        let is_digit = |digit: u8| matches!(digit, b'0'..=b'9' | b'a'..=b'f');
        if hash.value.len() != DIGITS || !hash.value.bytes().all(is_digit) {
            let message = format!("a hash has {DIGITS} digits, from `0` to `f`");
            cx.error("wrong-type", &hash.span, message).help(UNTOUCHED);
            return None;
        }
        Some(Self(width, hash.value))
    }
}

/// So many hexadecimal digits has a hash: 16 bytes.
const DIGITS: usize = 32;

/// The salted hash of folded words: 16 bytes of BLAKE3 in its mode for keys derived from other matter.
fn hash(salt: &str, words: &str) -> String {
    let mut hasher = blake3::Hasher::new_derive_key("brief 2025-05-15 words of a redacted name");
    hasher.update(salt.as_bytes()).update(&[0]).update(words.as_bytes());
    hasher.finalize().to_hex()[..DIGITS].to_owned()
}
