//! A text of an old site on its way to become a briefing or a page.

use super::{
    Dialect,
    dates::{self, OldDate},
    front::{self, Front},
    html,
    report::Report,
    roles::{self, Role},
    site::Site,
};
use crate::model::Day;

/// A text of an old site.
#[derive(Clone, Debug, Default)]
#[allow(clippy::struct_excessive_bools, reason = "a text may be any of these at once")]
pub(super) struct Item {
    /// Where it lies in what is imported.
    pub(super) path: String,
    pub(super) front: Front,
    /// The text, its line ends `\n`.
    pub(super) body: String,
    /// The line of its file on which the text begins, from 1.
    pub(super) line: usize,
    /// Whether it was not published.
    pub(super) hidden: bool,
    /// Whether it is the text of a list.
    pub(super) section: bool,
    /// Whether it is `NAME/index.md`, with its files beside it.
    pub(super) bundle: bool,
    /// Whether it becomes a page, and no briefing.
    pub(super) page: bool,
    /// The language that its name or folder says.
    pub(super) language: Option<String>,
    pub(super) date: Option<OldDate>,
    /// The key that the date is from, as written.
    pub(super) date_key: Option<String>,
    /// Its file's name without ending and language; of `NAME/index.md`, NAME.
    pub(super) stem: String,
    pub(super) title: String,
    /// Its old addresses, from the root.
    pub(super) addresses: Vec<String>,
    /// The file that it becomes, its address there, and a slug where it needs one.
    pub(super) new: String,
    pub(super) url: String,
    pub(super) slug: Option<String>,
}

impl Item {
    /// The stem without a day at its beginning.
    pub(super) fn words(&self) -> &str {
        match dates::in_name(&self.stem) {
            Some((_, words)) if !words.is_empty() => words,
            _ => &self.stem,
        }
    }

    /// Its path below the folder of texts.
    pub(super) fn inside<'i>(&'i self, site: &Site) -> &'i str {
        let path = self.path.strip_prefix(&site.root).unwrap_or(&self.path);
        let inside = path.strip_prefix(&site.content).unwrap_or(path);
        match &self.language {
            Some(language) => inside.strip_prefix(&format!("{language}/")).unwrap_or(inside),
            None => inside,
        }
    }

    /// The folder that it lies in, with a `/` at its end, or empty.
    pub(super) fn folder(&self) -> &str {
        self.path.rfind('/').map_or("", |slash| &self.path[..=slash])
    }
}

/// The keys that say when a text is from, the best first.
fn date_keys(dialect: Dialect) -> &'static [&'static str] {
    match dialect {
        Dialect::Jekyll | Dialect::Zola | Dialect::Csv => &["date"],
        Dialect::Hugo => &["date", "publishdate", "pubdate", "published", "lastmod", "modified"],
        Dialect::Obsidian => &[
            "date",
            "created",
            "date created",
            "date_created",
            "creation date",
            "published",
            "publish_date",
            "day",
        ],
    }
}

/// Reads the text of the file at `path`; `changed` is the day on which the file was last changed.
pub(super) fn read(
    path: &str,
    text: &str,
    role: &Role,
    dialect: Dialect,
    site: &Site,
    changed: Option<Day>,
    report: &mut Report,
) -> Item {
    let split = front::split(text, dialect == Dialect::Hugo);
    let name = path.rsplit('/').next().unwrap_or(path);
    let (mut stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
    let mut item =
        Item { path: path.into(), line: split.line, section: *role == Role::Section, ..Item::default() };
    if let Some((before, last)) = stem.rsplit_once('.')
        && site.languages.iter().any(|language| language.eq_ignore_ascii_case(last))
    {
        item.language = Some(last.to_owned());
        stem = before;
    }
    let folders = matches!(dialect, Dialect::Hugo | Dialect::Zola);
    if let Some(first) = item.inside(site).split('/').next().filter(|_| folders && item.language.is_none()) {
        let first = site.languages.iter().find(|language| *language == first).cloned();
        item.language = first;
    }
    let above = path.trim_end_matches(name).trim_end_matches('/').rsplit('/').next().unwrap_or_default();
    item.bundle = folders && stem == "index" && !above.is_empty() && item.inside(site).contains('/');
    item.stem = if item.bundle { above.to_owned() } else { stem.to_owned() };
    item.front = split.front;
    item.body = if roles::is_other_markup(path) {
        report.markup.push(path.to_owned());
        format!("```{ending}\n{}\n```\n", split.body.trim_end())
    } else {
        split.body
    };
    if let Some(why) = &item.front.mended {
        report.mended.push((path.to_owned(), why.clone()));
    }
    let front = &item.front;
    item.hidden = *role == Role::Hidden
        || front.says("draft", true)
        || front.says("published", false)
        || front.says("publish", false)
        || front.says("headless", true);
    date(&mut item, dialect, site, changed, role, report);
    item.title = title(&item, dialect, report);
    item
}

fn date(
    item: &mut Item,
    dialect: Dialect,
    site: &Site,
    changed: Option<Day>,
    role: &Role,
    report: &mut Report,
) {
    let named = dates::in_name(&item.stem).map(|(day, _)| day);
    if dialect == Dialect::Hugo
        && site.cuts_days
        && let Some(day) = named
    {
        item.date = Some(OldDate::of(day));
        return;
    }
    // A note that is called after a day is of that day, whenever it was written.
    let keys = date_keys(dialect);
    let keys = if dialect == Dialect::Obsidian && named.is_some() { &keys[..1] } else { keys };
    for key in keys {
        let Some(text) = item.front.text(key).map(str::trim).filter(|text| !text.is_empty()) else {
            continue;
        };
        if matches!(text, "true" | "false") {
            continue;
        }
        match dates::parse(text) {
            Some(date) => {
                if let Some(guess) = &date.guess {
                    report.guessed_dates.push((
                        item.path.clone(),
                        date.day.to_string(),
                        format!("`{key}`: {guess}"),
                    ));
                } else if *key != "date" && dialect == Dialect::Hugo && matches!(*key, "lastmod" | "modified")
                {
                    report.guessed_dates.push((item.path.clone(), date.day.to_string(), format!("`{key}`")));
                }
                item.date_key = item
                    .front
                    .entries
                    .iter()
                    .find(|e| e.key.eq_ignore_ascii_case(key))
                    .map(|e| e.key.clone());
                item.date = Some(date);
                return;
            }
            None => report.bad_dates.push((item.path.clone(), text.to_owned())),
        }
    }
    if let Some(day) = named {
        item.date = Some(OldDate::of(day));
        if dialect == Dialect::Hugo {
            report.guessed_dates.push((item.path.clone(), day.to_string(), "the file's name".into()));
        }
    } else if *role == Role::Hidden && dialect == Dialect::Jekyll && item.path.contains("_drafts/") {
        let Some(day) = changed else { return };
        item.date = Some(OldDate::of(day));
        report.guessed_dates.push((item.path.clone(), day.to_string(), "the file's last change".into()));
    }
}

fn title(item: &Item, dialect: Dialect, report: &mut Report) -> String {
    let written =
        item.front.text("title").map(|title| title.split_whitespace().collect::<Vec<_>>().join(" "));
    if let Some(title) = written.filter(|title| !title.is_empty()) {
        // Liquid escapes nothing.
        return if dialect == Dialect::Jekyll { html::words(&title).0 } else { title };
    }
    let words = item.words().to_owned();
    let folder = item.path.rsplit('/').nth(1).unwrap_or_default().to_owned();
    let words =
        if matches!(words.as_str(), "_index" | "index") && !folder.is_empty() { folder } else { words };
    let words = if dialect == Dialect::Obsidian { words } else { words.replace(['-', '_'], " ") };
    let words = words.trim().to_owned();
    let mut letters = words.chars();
    let title = match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => "Untitled".to_owned(),
    };
    // The name of a note is its title.
    if dialect != Dialect::Obsidian {
        report.guessed_titles.push((item.path.clone(), title.clone()));
    }
    title
}

/// Decides which of `items` are briefings: those with a date, but for pages at the root of a site whose posts stand in
/// folders, and texts of lists.
pub(super) fn sort(items: &mut [Item], dialect: Dialect, site: &Site) {
    let is_apart = |item: &Item| {
        let inside = item.inside(site);
        let folders = inside.matches('/').count() - usize::from(item.bundle && inside.contains('/'));
        matches!(dialect, Dialect::Jekyll | Dialect::Hugo | Dialect::Zola)
            && dates::in_name(&item.stem).is_none()
            && (folders == 0 || inside.starts_with("page/") || inside.starts_with("pages/"))
    };
    let dated =
        |apart: bool| items.iter().filter(|item| item.date.is_some() && is_apart(item) == apart).count();
    let apart_are_pages = dated(false) > dated(true) || (dated(false) > 0 && dated(true) <= 3);
    for item in items {
        item.page = item.section || item.date.is_none() || (apart_are_pages && is_apart(item));
    }
}
