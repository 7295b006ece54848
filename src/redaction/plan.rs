use std::collections::{BTreeMap, BTreeSet};

use super::{
    check,
    form::Pseudonym,
    name::{Name, Strength},
    note::{self, Note},
    profile,
    records::Records,
    rewrite::{Replaced, Rewriting, Rewritten, Seen},
    tree::{self, Front},
    words::folded,
};
use crate::{
    diagnostics::{Diagnostics, Severity, did_you_mean},
    documents::{self, Documents, Profile, REDACTIONS, tags_of},
    leaks::WIDEST,
    model::{SourcePath, fold_name, slugify},
    settings::Settings,
    sources::{FOLDERS, Sources},
};

/// What is asked for.
#[derive(Clone, Copy, Debug)]
pub struct Request<'a> {
    /// The name, as it is written.
    pub name: &'a str,
    /// Further spellings.
    pub also: &'a [String],
    /// What stands in its place.
    pub pseudonym: Option<&'a str>,
    /// What changed briefings say of it.
    pub note: &'a str,
    /// The day of it, `2025-05-16`.
    pub date: &'a str,
    /// The salt of an archive that has none yet.
    pub salt: &'a str,
}

/// What has to change.
#[derive(Debug)]
pub struct Plan {
    /// What stands in the name's place.
    pub pseudonym: String,
    /// Every file that changes, in the order of paths. The records come last.
    pub files: Vec<Changed>,
    /// Words that may mean the same person.
    pub seen: Vec<(SourcePath, Seen)>,
    /// Keys of the profile that tell who it is.
    pub telling: Option<(SourcePath, Vec<String>)>,
}

/// A file that changes.
#[derive(Debug, PartialEq, Eq)]
pub struct Changed {
    /// Where it stands.
    pub from: SourcePath,
    /// Where it stands from now on.
    pub to: SourcePath,
    /// Its new text; nothing where its bytes stay.
    pub text: Option<String>,
    /// What was replaced.
    pub replaced: Vec<Replaced>,
    /// Whether a note was added.
    pub noted: bool,
}

/// Why a name cannot be taken out.
#[derive(Debug)]
pub struct Refused {
    /// What is wrong.
    pub message: String,
    /// What can be done.
    pub help: String,
    /// Where.
    pub places: Vec<(SourcePath, Seen)>,
}

impl Refused {
    fn new(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { message: message.into(), help: help.into(), places: Vec::new() }
    }
}

/// Works out what taking a name out of an archive changes. `copied` are the texts of files that are copied into every
/// site, by their paths.
///
/// # Errors
/// Where nobody is called so, where the pseudonym cannot stand, and where the name stands in a way that only an editor
/// can mend. Nothing is to be written then.
pub fn plan(
    sources: &Sources,
    copied: &BTreeMap<SourcePath, String>,
    settings: &Settings,
    request: &Request<'_>,
) -> Result<Plan, Refused> {
    let documents = documents::parse(sources, settings, &mut Diagnostics::new());
    let mut records = records(sources)?;
    let found = found(&documents, request.name)?;
    let name = name(found, request);
    let pseudonym = pseudonym(&name, &documents, found, &records, request)?;
    let base_url = settings.base_url.as_ref().map(crate::settings::BaseUrl::as_str);
    let rewriting = Rewriting { name: &name, pseudonym: &pseudonym, base_url };
    let planning = Planning { sources, documents: &documents, found, rewriting, request };
    let mut plan = planning.texts(copied)?;
    planning.paths(copied, &mut plan.files)?;
    planning.notes(&mut plan.files)?;
    planning.check(&plan.files)?;
    let is_known = records.pseudonym_of(&folded(request.name)).is_some();
    if plan.files.is_empty() && !is_known {
        return Err(unknown(&documents, request.name));
    }
    let spellings = name.spellings.iter().filter(|spelling| {
        spelling.strength == Strength::Whole && !spelling.inverted && spelling.words.len() <= WIDEST
    });
    let spellings = spellings.map(|spelling| spelling.words.as_slice());
    if records.add(request.date, &pseudonym.words, spellings, request.salt) {
        let path = SourcePath::new(REDACTIONS);
        let text = Some(records.text());
        plan.files.push(Changed { from: path.clone(), to: path, text, replaced: Vec::new(), noted: false });
    }
    Ok(plan)
}

/// The records so far. Where they cannot be read as a whole, writing them again would lose some.
fn records(sources: &Sources) -> Result<Records, Refused> {
    let mut diagnostics = Diagnostics::new();
    let records = Records::read(sources, &mut diagnostics);
    match diagnostics.iter().find(|found| found.severity == Severity::Error) {
        None => Ok(records),
        Some(error) => Err(Refused::new(
            format!("`{REDACTIONS}` cannot be read: {}", error.message),
            "mend it first: `brief build` shows the place",
        )),
    }
}

/// The profile of whoever is called `written`: by the name or the id of it, else by any name.
fn found<'d>(documents: &'d Documents, written: &str) -> Result<Option<&'d Profile>, Refused> {
    let wanted = fold_name(written);
    let is = |name: &str| fold_name(name) == wanted || slugify(name) == wanted;
    let best = |profile: &&Profile| is(&profile.name) || is(&profile.id);
    let any = |profile: &&Profile| {
        let hidden = profile.hidden_aliases.iter().map(|name| &*name.text);
        profile.all_names().chain(hidden).chain(profile.sort_name.as_deref()).any(is)
    };
    let mut fitting: Vec<&Profile> = documents.profiles.iter().filter(best).collect();
    if fitting.is_empty() {
        fitting = documents.profiles.iter().filter(any).collect();
    }
    match fitting.as_slice() {
        [] => Ok(None),
        [one] => Ok(Some(one)),
        [one, other, ..] => Err(Refused::new(
            format!("`{written}` may be `{}` or `{}`", one.path, other.path),
            "write the name or the id of one of them",
        )),
    }
}

/// Everything that is looked for.
fn name(found: Option<&Profile>, request: &Request<'_>) -> Name {
    let mut name = Name::default();
    match found {
        Some(profile) => profile::names(profile, &mut name),
        None => {
            name.add(request.name, Strength::Whole);
            profile::parts(request.name, &mut name);
        }
    }
    for also in request.also {
        name.add(also, Strength::Whole);
    }
    // A build seeks runs of words, in which no comma tells `Doe, John` from two persons.
    for written in request.also.iter().map(String::as_str).chain([request.name]) {
        if let Some((last, first)) = written.split_once([',', '،']) {
            name.add(&format!("{} {}", first.trim(), last.trim()), Strength::Whole);
        }
    }
    // Of `O'Neill` an address has one word.
    let whole = name.spellings.iter().filter(|spelling| spelling.strength == Strength::Whole);
    let slugs: Vec<String> = whole.map(|spelling| slugify(&spelling.written)).collect();
    for slug in slugs.iter().filter(|slug| folded(slug).len() > 1) {
        name.add(slug, Strength::Whole);
    }
    name
}

fn unknown(documents: &Documents, written: &str) -> Refused {
    let names = documents.profiles.iter().flat_map(Profile::all_names);
    let help = did_you_mean(written, names.chain(unprofiled(documents)));
    let help =
        help.unwrap_or_else(|| "write it as the archive does, and add other spellings with `--also`".into());
    Refused::new(format!("nobody and nothing is called `{written}` in this archive"), help)
}

fn unprofiled(documents: &Documents) -> impl Iterator<Item = &str> {
    documents.briefings.iter().flat_map(|briefing| tags_of(briefing)).map(|(_, name)| &*name.text)
}

/// What stands in the name's place: what was asked for, what stood there before, or neutral words that nobody has yet.
fn pseudonym(
    name: &Name,
    documents: &Documents,
    found: Option<&Profile>,
    records: &Records,
    request: &Request<'_>,
) -> Result<Pseudonym, Refused> {
    let own = records.pseudonym_of(&folded(request.name));
    let others =
        documents.profiles.iter().filter(|profile| found.is_none_or(|found| found.path != profile.path));
    let names = others.flat_map(Profile::all_names).chain(unprofiled(documents)).chain(records.pseudonyms());
    let taken: BTreeSet<Vec<String>> = names.map(folded).collect();
    let is_taken = |words: &str| taken.contains(&folded(words)) && own != Some(words);
    let words = match request.pseudonym.or(own) {
        Some(words) => words.trim().to_owned(),
        None => {
            let numbered = (2..).map(|number| format!("Name withheld {number}"));
            let mut all = std::iter::once("Name withheld".to_owned()).chain(numbered);
            all.find(|words| !is_taken(words)).unwrap_or_default()
        }
    };
    let quoted = format!("`{words}`");
    if let Some(why) = unfit(&words) {
        return Err(Refused::new(
            format!("{quoted} cannot be a pseudonym: {why}"),
            "write a few plain words: `Witness A`",
        ));
    }
    if !name.hits(&words).is_empty() {
        return Err(Refused::new(format!("{quoted} holds a part of the name"), "choose other words"));
    }
    if is_taken(&words) {
        let message = format!("somebody else is called {quoted} in this archive");
        return Err(Refused::new(message, "choose words that nobody else has: one pseudonym is one person"));
    }
    Ok(Pseudonym::new(&words))
}

/// Why words cannot stand wherever a name does, in YAML, TOML, Markdown and addresses, without quotation marks.
fn unfit(words: &str) -> Option<&'static str> {
    const VALUES: [&str; 8] = ["null", "true", "false", "yes", "no", "on", "off", "unnamed"];
    let fits = |c: char| {
        c.is_alphanumeric()
            || matches!(c, ' ' | '-' | '.' | '’')
            || unicode_normalization::char::is_combining_mark(c)
    };
    let first = words.split(' ').next().unwrap_or_default().to_lowercase();
    if !words.chars().all(fits) {
        Some("it holds more than letters, digits, blanks, `-`, `.` and `’`")
    } else if words.contains("  ") || words.contains(" -") || words.contains("- ") || words.contains(". ") {
        Some("two signs stand beside each other")
    } else if !words.starts_with(char::is_alphabetic) || !words.ends_with(char::is_alphanumeric) {
        Some("it does not begin with a letter and end with a letter or a digit")
    } else if VALUES.contains(&&*first) {
        Some("its first word means something else")
    } else if words.len() > 80 {
        Some("it is longer than 80 bytes")
    } else {
        None
    }
}

struct Planning<'a> {
    sources: &'a Sources,
    documents: &'a Documents,
    found: Option<&'a Profile>,
    rewriting: Rewriting<'a>,
    request: &'a Request<'a>,
}

impl Planning<'_> {
    /// Every text that changes, where it stands.
    fn texts(&self, copied: &BTreeMap<SourcePath, String>) -> Result<Plan, Refused> {
        let mut plan = Plan {
            pseudonym: self.rewriting.pseudonym.words.clone(),
            files: Vec::new(),
            seen: Vec::new(),
            telling: None,
        };
        let mut broken = Vec::new();
        let settings = self.sources.settings();
        let own = self.sources.text_at(settings).into_iter().map(|text| (settings, &**text));
        let below = FOLDERS.iter().flat_map(|folder| self.sources.texts_below(folder));
        let texts = own.chain(below.map(|(path, text)| (path, &**text)));
        let copied = copied.iter().map(|(path, text)| (path, text.as_str()));
        for (path, text) in texts.chain(copied).filter(|(path, _)| path.as_str() != REDACTIONS) {
            let done = self.text(path, text, &mut plan)?;
            broken.extend(done.broken.into_iter().map(|seen| (path.clone(), seen)));
            plan.seen.extend(done.seen.into_iter().map(|seen| (path.clone(), seen)));
            if done.text != text {
                let text = Some(done.text);
                plan.files.push(Changed {
                    from: path.clone(),
                    to: path.clone(),
                    text,
                    replaced: done.replaced,
                    noted: false,
                });
            }
        }
        if broken.is_empty() {
            return Ok(plan);
        }
        let message = "the name stands with markup inside it, where no other words can take its place";
        let help = "take it out by hand in these places, and run this again";
        Err(Refused { message: message.into(), help: help.into(), places: broken })
    }

    fn text(&self, path: &SourcePath, text: &str, plan: &mut Plan) -> Result<Rewritten, Refused> {
        let is_own = self.found.is_some_and(|profile| profile.path == *path);
        if !is_own && self.rewriting.name.hits(text).is_empty() {
            return Ok(self.rewriting.text(text, &[]));
        }
        let Some(front) = front(path, text)? else { return Ok(self.rewriting.text(text, &[])) };
        if !is_own {
            return Ok(self.rewriting.text(text, &tree::values(&front, path)));
        }
        if let crate::tree::Value::Map(entries) = &front.root.value {
            let keys = entries.iter().map(|(key, _)| &*key.text).filter(|key| profile::TELLING.contains(key));
            let keys: Vec<String> = keys.map(str::to_owned).collect();
            plan.telling = (!keys.is_empty()).then(|| (path.clone(), keys));
        }
        let text = profile::without_names(text, &front);
        let values = self::front(path, &text)?.map(|front| tree::values(&front, path)).unwrap_or_default();
        Ok(self.rewriting.text(&text, &values))
    }

    /// Moves every file whose path holds the name.
    fn paths(&self, copied: &BTreeMap<SourcePath, String>, files: &mut Vec<Changed>) -> Result<(), Refused> {
        let texts = FOLDERS.iter().flat_map(|folder| self.sources.texts_below(folder)).map(|(path, _)| path);
        let assets =
            FOLDERS.iter().flat_map(|folder| self.sources.assets_below(folder)).map(|asset| &asset.path);
        let all: BTreeSet<&SourcePath> = texts.chain(assets).chain(copied.keys()).collect();
        let mut taken: BTreeMap<String, &SourcePath> = BTreeMap::new();
        let changed: BTreeMap<SourcePath, usize> =
            files.iter().enumerate().map(|(place, changed)| (changed.from.clone(), place)).collect();
        for path in all {
            let new = self.moved(path);
            let key = new.as_ref().unwrap_or(path).as_str().to_lowercase();
            if let Some(other) = taken.insert(key, path)
                && (new.is_some() || self.moved(other).is_some())
            {
                let message = format!("`{path}` and `{other}` would have one name");
                return Err(Refused::new(message, "rename or delete one of them, and run this again"));
            }
            let Some(to) = new else { continue };
            match changed.get(path) {
                Some(place) => files[*place].to = to,
                None => files.push(Changed {
                    from: path.clone(),
                    to,
                    text: None,
                    replaced: Vec::new(),
                    noted: false,
                }),
            }
        }
        files.sort_by(|one, other| one.from.cmp(&other.from));
        Ok(())
    }

    fn moved(&self, path: &SourcePath) -> Option<SourcePath> {
        let by_name = self.rewriting.path(path.as_str()).map(|new| SourcePath::new(&new));
        by_name.or_else(|| {
            // A profile's id of one word is its own, though the word may mean others elsewhere.
            let profile = self.found.filter(|profile| profile.path == *path)?;
            let stem = documents::profile_stem(path);
            let own = folded(stem) == folded(&profile.id)
                && folded(stem) != folded(&self.rewriting.pseudonym.words);
            own.then(|| SourcePath::new(&path.as_str().replacen(stem, &self.rewriting.pseudonym.slug, 1)))
        })
    }

    /// Adds a note to every briefing that changes, be it in a translation.
    fn notes(&self, files: &mut Vec<Changed>) -> Result<(), Refused> {
        let note = Note { date: self.request.date, text: self.request.note };
        let mut places: BTreeMap<SourcePath, usize> =
            files.iter().enumerate().map(|(place, changed)| (changed.from.clone(), place)).collect();
        for briefing in &self.documents.briefings {
            let path = &briefing.path;
            let translations = briefing.translations.values().chain(&briefing.rivals);
            if !translations.map(|other| &other.path).chain([path]).any(|own| places.contains_key(own)) {
                continue;
            }
            let place = *places.entry(path.clone()).or_insert_with(|| {
                let (from, to) = (path.clone(), path.clone());
                files.push(Changed { from, to, text: None, replaced: Vec::new(), noted: false });
                files.len() - 1
            });
            let changed = &mut files[place];
            let Some(old) = self.sources.text_at(path) else { continue };
            let text = changed.text.as_deref().unwrap_or(old);
            let noted = front(path, text)?.and_then(|front| note::noted(text, &front, &note));
            let Some(noted) = noted else {
                let message = format!("`{path}` has no place for a note");
                return Err(Refused::new(
                    message,
                    "write its `corrections` as a list of lines that begin with `-`",
                ));
            };
            changed.noted = noted != text;
            changed.text = Some(noted);
        }
        files.sort_by(|one, other| one.from.cmp(&other.from));
        Ok(())
    }

    /// Looks that what is to be written says what it said, but for the name.
    fn check(&self, files: &[Changed]) -> Result<(), Refused> {
        for changed in files {
            let path = &changed.from;
            let is_own = self.found.is_some_and(|profile| profile.path == *path);
            let dropped: &[&str] = if is_own { &profile::NAMES } else { &[] };
            let name = self.rewriting.name;
            let mut clean =
                !check::holds(name, changed.to.as_str().split_once('/').map_or("", |(_, rest)| rest));
            if let Some(text) = &changed.text {
                clean &= !check::holds(name, text);
                if let Some(old) = self.sources.text_at(path) {
                    clean &= match (front(path, old)?, tree::front(path, text)) {
                        (None, Ok(None)) => true,
                        (Some(before), Ok(Some(after))) => check::is_faithful(name, &before, &after, dropped),
                        _ => false,
                    };
                }
            }
            if !clean {
                let message = format!("`{path}` would no longer say what it says, or still hold the name");
                return Err(Refused::new(
                    message,
                    "take the name out of this file by hand, and run this again",
                ));
            }
        }
        Ok(())
    }
}

fn front(path: &SourcePath, text: &str) -> Result<Option<Front>, Refused> {
    tree::front(path, text)
        .map_err(|why| Refused::new(format!("`{path}` cannot be read: {why}"), "mend it first"))
}
