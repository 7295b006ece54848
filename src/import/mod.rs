//! Old archives as new ones: the texts of another generator's site in, the files of a desk and a report out.
//!
//! Nothing is lost on the way: what has no place here stands under `extra`, in the text as it was, or in the report.
//! Nothing here touches a disk; whoever calls it reads the old files and writes the new ones.

pub mod article;

mod addresses;
mod dates;
mod fields;
mod front;
mod groups;
mod guess;
mod html;
mod index;
mod infer;
mod item;
mod links;
mod liquid;
mod notes;
mod places;
mod report;
mod roles;
mod shortcodes;
mod site;
mod slugs;
mod table;
mod text;
mod yaml;

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
};

use crate::model::Day;

pub use report::{Absent, Place, Report};
pub use roles::is_read;

pub(crate) use yaml::{quoted, scalar_text};

use fields::Mapping;
use index::{Copied, Index};
use item::Item;
use roles::Role;
use site::Site;
use text::Text;

/// What an archive is written for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dialect {
    /// Jekyll and its kin: `_config.yml`, `_posts`, Liquid.
    Jekyll,
    /// Hugo: `hugo.toml`, `content`, shortcodes.
    Hugo,
    /// Zola: `config.toml`, `content`, shortcodes.
    Zola,
    /// A vault of Obsidian: notes that link by name.
    Obsidian,
    /// A table of rows.
    Csv,
}

impl Dialect {
    /// How a flag and the report call it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Jekyll => "jekyll",
            Self::Hugo => "hugo",
            Self::Zola => "zola",
            Self::Obsidian => "obsidian",
            Self::Csv => "csv",
        }
    }
}

/// A file of the old archive.
#[derive(Clone, Debug)]
pub struct OldFile {
    /// Its path in the old archive, `/` between segments.
    pub path: String,
    /// What stands in it, where [`is_read`] says so.
    pub bytes: Option<Vec<u8>>,
    /// The day on which it was last changed, for drafts that say no other.
    pub changed: Option<Day>,
}

/// What of the desk matters to an import.
#[derive(Clone, Debug, Default)]
pub struct Desk {
    /// The text of its settings.
    pub settings: Option<String>,
    /// The paths of its files.
    pub files: BTreeSet<String>,
}

/// What the command line says.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The dialect; guessed if it is not said.
    pub from: Option<Dialect>,
    /// Old keys, and ours that take their values.
    pub map: Vec<(String, String)>,
    /// The pattern of the old posts' addresses, in the dialect's own words.
    pub permalink: Option<String>,
    /// Where the old site stood.
    pub url: Option<String>,
    /// The name of the old archive's folder.
    pub name: String,
}

/// A file of the desk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewFile {
    /// Its path below the desk's folder.
    pub path: String,
    /// What stands in it.
    pub content: NewContent,
}

/// What stands in a new file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NewContent {
    /// A text.
    Text(String),
    /// The bytes of the old file at this path.
    Copy(String),
}

/// What an import makes.
#[derive(Clone, Debug)]
pub struct Import {
    /// Every file, in the order of their paths.
    pub files: Vec<NewFile>,
    /// What was done.
    pub report: Report,
}

/// The texts of the old archive by their paths.
pub(crate) struct Texts<'a>(BTreeMap<&'a str, &'a [u8]>);

impl Texts<'_> {
    /// The text at `path`, its line ends `\n`.
    fn get(&self, path: &str) -> Option<String> {
        self.0.get(path).map(|bytes| decoded(bytes).0.replace("\r\n", "\n").replace('\r', "\n"))
    }
}

/// `bytes` as text, and whether they were no UTF-8: then they are UTF-16 with its mark, or Windows-1252.
fn decoded(bytes: &[u8]) -> (Cow<'_, str>, bool) {
    if let Ok(text) = std::str::from_utf8(bytes) {
        return (Cow::Borrowed(text), false);
    }
    let utf16 = |swap: bool| {
        let unit = |pair: &[u8]| {
            let unit = u16::from_le_bytes([pair[0], pair.get(1).copied().unwrap_or(0)]);
            if swap { unit.swap_bytes() } else { unit }
        };
        let units: Vec<u16> = bytes[2..].chunks(2).map(unit).collect();
        String::from_utf16_lossy(&units)
    };
    let text = match bytes {
        [0xff, 0xfe, ..] => utf16(false),
        [0xfe, 0xff, ..] => utf16(true),
        _ => bytes.iter().map(|byte| windows_1252(*byte)).collect(),
    };
    (Cow::Owned(text), true)
}

fn windows_1252(byte: u8) -> char {
    const HIGH: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}',
        '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
    ];
    match byte {
        0x80..=0x9f => HIGH[usize::from(byte - 0x80)],
        _ => char::from(byte),
    }
}

/// Whether `--map` may name `key`: one of ours, a kind of the desk or one that its settings can still declare.
pub fn is_key(key: &str, desk: &Desk) -> bool {
    const OURS: [&str; 13] = [
        "title",
        "date",
        "published",
        "updated",
        "expires",
        "summary",
        "authors",
        "slug",
        "aliases",
        "lang",
        "license",
        "body",
        "extra",
    ];
    let site = Site::default();
    let kinds = groups::kinds(&site, &[], desk, &[(String::new(), key.to_owned())]);
    OURS.contains(&key) || key.starts_with("extra.") || kinds.has(key)
}

/// Imports `files` for `desk`; `None` where nothing tells what they are written for.
pub fn import(files: &[OldFile], desk: &Desk, options: &Options) -> Option<Import> {
    let texts =
        Texts(files.iter().filter_map(|file| Some((file.path.as_str(), file.bytes.as_deref()?))).collect());
    let guess = guess::dialect(files, options.from, &texts)?;
    let dialect = guess.dialect;
    let mut report =
        Report { dialect: (dialect.word().into(), guess.why), files: files.len(), ..Report::default() };
    let mut site = site::read(dialect, &guess.root, &texts);
    if let Some(url) = &options.url {
        site.url = Some(url.trim_end_matches('/').to_owned());
    }
    let mut read = read(files, dialect, &site, &texts, options, &mut report);
    item::sort(&mut read.items, dialect, &site);
    if site.language.is_none() {
        site.language = infer::language(&read.items).map(str::to_owned);
    }
    if let Some(pattern) = &options.permalink {
        site.permalinks = vec![(String::new(), pattern.clone())];
    } else if site.settings.is_none()
        && let Some(found) = infer::pattern(&read.items, dialect)
    {
        site.url = site.url.take().or(found.url);
        report.guessed_permalink = Some((found.pattern.clone(), found.links));
        site.permalinks.push((String::new(), found.pattern));
    }
    Some(finish(read, dialect, &site, desk, options, report))
}

/// What is read of an old archive.
struct Read {
    items: Vec<Item>,
    copied: Vec<Copied>,
    /// Files that lie beside texts, whose place is known when those of the texts are.
    beside: Vec<String>,
    table: table::Found,
}

fn read(
    files: &[OldFile],
    dialect: Dialect,
    site: &Site,
    texts: &Texts<'_>,
    options: &Options,
    report: &mut Report,
) -> Read {
    let mut read =
        Read { items: Vec::new(), copied: Vec::new(), beside: Vec::new(), table: table::Found::default() };
    for file in files {
        let text = file.bytes.as_ref().and_then(|_| texts.get(&file.path));
        let front = text
            .as_ref()
            .is_some_and(|text| text.trim_start_matches('\u{feff}').trim_start().starts_with("---"));
        let loops = text.as_ref().is_some_and(|text| {
            ["{% for ", "{%- for ", "paginator.", "{% include_cached"].iter().any(|mark| text.contains(mark))
                && !file.path.contains("_posts/")
                && text.matches("{%").count() * 40 > text.split_whitespace().count()
        });
        let role = roles::of(dialect, &file.path, site, front, loops);
        match (&role, text) {
            (Role::Text | Role::Hidden | Role::Section, Some(text)) => {
                if file.bytes.as_ref().is_some_and(|bytes| decoded(bytes).1) {
                    report.encodings.push(file.path.clone());
                }
                read.items.push(item::read(&file.path, &text, &role, dialect, site, file.changed, report));
            }
            (Role::Table, Some(text)) => {
                table::read(&file.path, &text, &options.map, &mut read.table, report);
            }
            (Role::File(address), _) => read.copied.push(Copied {
                old: file.path.clone(),
                address: Some(address.clone()),
                new: format!("static/{address}"),
            }),
            (Role::Beside, _) => read.beside.push(file.path.clone()),
            (Role::Settings, _) => {
                report.left.entry("settings, which are read".into()).or_default().push(file.path.clone());
            }
            (Role::Left(why), _) => report.left.entry((*why).into()).or_default().push(file.path.clone()),
            (_, None) => report.left.entry("cannot be read".into()).or_default().push(file.path.clone()),
        }
    }
    read.items.append(&mut read.table.items);
    read
}

fn finish(
    mut read: Read,
    dialect: Dialect,
    site: &Site,
    desk: &Desk,
    options: &Options,
    mut report: Report,
) -> Import {
    let kinds = groups::kinds(site, &read.items, desk, &options.map);
    for item in &mut read.items {
        item.addresses = addresses::of(item, dialect, site);
        if dialect == Dialect::Zola && item.addresses.is_empty() && !item.section {
            let why = "how Zola spells its name in an address is not known; add it to `aliases`";
            report.lost.push((item.path.clone(), "?".into(), why.into()));
        }
    }
    let bundles = bundles(&read);
    places::assign(
        &mut read.items,
        &bundles.keys().cloned().collect(),
        dialect,
        site,
        desk,
        &kinds,
        &mut report,
    );
    beside(&mut read, &bundles, dialect, site);
    let aliases = places::aliases(&read.items, &kinds, &read.copied, &mut report);
    let mut names = BTreeMap::new();
    let said: Vec<(String, String)> = options.map.iter().chain(&read.table.columns).cloned().collect();
    let mapping = Mapping { dialect, site, kinds: &kinds, said: &said, zone: site.zone() };
    let mut index = Index::new(&read.items, &read.copied, site, dialect);
    index.terms = terms(&read.items, &mapping, dialect, site);
    let mut files: Vec<NewFile> = Vec::new();
    for (item, aliases) in read.items.iter().zip(aliases) {
        let (body, tags) = body(item, &index, &mut report);
        let tagged = (!tags.is_empty() && !item.page).then(|| tagged(item, tags));
        let item = tagged.as_ref().unwrap_or(item);
        let text = fields::write(item, &body, aliases, &mapping, &mut names, &mut report);
        files.push(NewFile { path: item.new.clone(), content: NewContent::Text(text) });
        let place = if item.section { 2 } else { usize::from(item.date.is_none()) };
        report.texts_in[place] += 1;
        report.texts_in[3] += usize::from(item.hidden);
        report.out[usize::from(item.page)] += 1;
    }
    for (old, new) in groups::terms(&names, dialect, site).iter().filter(|(old, new)| old != new) {
        let why = format!("its list stands at `/{new}` now");
        report.lost.push((String::new(), format!("/{old}"), why));
    }
    files.extend(groups::profiles(&names, &mut report));
    files.extend(table::profiles(&read.table, desk));
    report.copied = read.copied.len();
    files.extend(
        read.copied.into_iter().map(|file| NewFile { path: file.new, content: NewContent::Copy(file.old) }),
    );
    files.push(groups::settings(site, &kinds, &options.name, &mut report));
    if desk.settings.is_some() {
        files.pop();
        report.settings_are_kept = true;
    }
    files.sort_by(|one, other| one.path.cmp(&other.path));
    report.absent.sort();
    report.forms.values_mut().for_each(|places| places.sort());
    Import { files, report }
}

/// The text of `item` in its new form, and the tags that stand in it.
fn body(item: &Item, index: &Index<'_>, report: &mut Report) -> (String, Vec<String>) {
    let mut body = Text::new(item.body.clone(), item.line);
    let mut tags = Vec::new();
    match index.dialect {
        Dialect::Jekyll => body.apply(liquid::edits(&body, item, index, report)),
        Dialect::Hugo | Dialect::Zola => body.apply(shortcodes::edits(&body, item, index, report)),
        Dialect::Obsidian => {
            let (edits, found) = notes::edits(&body, item, index, report);
            body.apply(edits);
            tags = found;
        }
        Dialect::Csv => {}
    }
    body.apply(links::edits(&body, item, index, report));
    body.text.retain(|c| c != text::NEW);
    (body.text, tags)
}

/// `item` with the tags of its text beside those of its front matter.
fn tagged(item: &Item, tags: Vec<String>) -> Item {
    let mut item = item.clone();
    let node = front::list_node(tags);
    item.front.entries.push(front::Entry { key: "tag".into(), node, comments: Vec::new() });
    item
}

/// The folders of texts that have files beside them, by the path of the text.
fn bundles(read: &Read) -> BTreeMap<String, String> {
    let items = read.items.iter().filter(|item| item.bundle);
    let folders: BTreeMap<&str, &Item> = items.map(|item| (item.folder(), item)).collect();
    let mut found = BTreeMap::new();
    for path in &read.beside {
        if let Some(item) = nearest(path, &folders) {
            found.insert(item.path.clone(), item.folder().to_owned());
        }
    }
    found
}

fn nearest<'i>(path: &str, folders: &BTreeMap<&str, &'i Item>) -> Option<&'i Item> {
    let slashes = path.match_indices('/').map(|(at, _)| at);
    slashes.rev().find_map(|at| folders.get(&path[..=at]).copied())
}

/// Gives the files beside texts their places: in the folder of their text, or where their address was.
fn beside(read: &mut Read, bundles: &BTreeMap<String, String>, dialect: Dialect, site: &Site) {
    let items = read.items.iter().filter(|item| bundles.contains_key(&item.path));
    let folders: BTreeMap<&str, &Item> = items.map(|item| (item.folder(), item)).collect();
    for old in &read.beside {
        let below = old.strip_prefix(&site.root).unwrap_or(old);
        let below = below.strip_prefix(&site.content).unwrap_or(below);
        let copied = match nearest(old, &folders) {
            Some(item) => {
                let inside = &old[item.folder().len()..];
                let address =
                    item.addresses.first().map(|own| format!("{}/{inside}", own.trim_end_matches('/')));
                let folder = item
                    .new
                    .strip_suffix("/index.md")
                    .map_or_else(|| format!("{}-files", item.new.trim_end_matches(".md")), str::to_owned);
                Copied { old: old.clone(), address, new: format!("{folder}/{inside}") }
            }
            None if dialect == Dialect::Obsidian => Copied {
                old: old.clone(),
                address: None,
                new: format!("content/briefings/attachments/{below}"),
            },
            None => {
                Copied { old: old.clone(), address: Some(below.to_owned()), new: format!("static/{below}") }
            }
        };
        read.copied.push(copied);
    }
}

/// Old addresses of lists that are there now.
fn terms(items: &[Item], mapping: &Mapping<'_>, dialect: Dialect, site: &Site) -> BTreeMap<String, String> {
    let mut names = BTreeMap::new();
    let mut unheard = Report::default();
    for item in items.iter().filter(|item| !item.page && !item.hidden) {
        fields::write(item, "", Vec::new(), mapping, &mut names, &mut unheard);
    }
    let terms = groups::terms(&names, dialect, site);
    terms.into_iter().map(|(old, new)| (old.trim_end_matches('/').to_owned(), new)).collect()
}
