//! What an import did, for whoever has to check it.

use std::collections::BTreeMap;

use serde_json::{Value as Json, json};

/// A shortcode, a tag of a template or another form of the old site's own, and what became of it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The file in the old site.
    pub path: String,
    /// Its line, from 1.
    pub line: usize,
    /// Whether it has a form here; else it stays in the text as it is.
    pub converted: bool,
}

/// An address that leads to nothing in the input.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Absent {
    /// The file that links.
    pub path: String,
    /// The line of the link, from 1.
    pub line: usize,
    /// What is written.
    pub target: String,
    /// Whether it is an image.
    pub image: bool,
}

/// Everything that an import has to tell.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// The dialect, and why it was taken for that.
    pub dialect: (String, String),
    /// The pattern of old addresses that links in the texts showed, and how many of them fit it.
    pub guessed_permalink: Option<(String, usize)>,
    /// Settings: key, value and where it is from.
    pub settings: Vec<(String, String, String)>,
    /// Whether settings are there and are kept.
    pub settings_are_kept: bool,
    /// How many files there were.
    pub files: usize,
    /// Texts in: with a date, without one, of lists, and how many of all were not published.
    pub texts_in: [usize; 4],
    /// Briefings and pages out.
    pub out: [usize; 2],
    /// Files copied.
    pub copied: usize,
    /// Files left out, by the reason.
    pub left: BTreeMap<String, Vec<String>>,
    /// Old addresses and the files whose address they lead to.
    pub addresses: Vec<(String, String)>,
    /// Old addresses at which the new file stands itself.
    pub same_addresses: usize,
    /// Addresses that lead nowhere: file, address, why.
    pub lost: Vec<(String, String, String)>,
    /// Old keys and ours, and how often.
    pub keys: BTreeMap<(String, String), usize>,
    /// Forms of the old site's own, by their names.
    pub forms: BTreeMap<String, Vec<Place>>,
    /// Links and images that lead to nothing.
    pub absent: Vec<Absent>,
    /// File, date and what it was guessed from.
    pub guessed_dates: Vec<(String, String, String)>,
    /// File and what is no date.
    pub bad_dates: Vec<(String, String)>,
    /// File and the title that it was given.
    pub guessed_titles: Vec<(String, String)>,
    /// Files whose front matter had to be read key by key, and why.
    pub mended: Vec<(String, String)>,
    /// Files in another markup or encoding.
    pub markup: Vec<String>,
    /// Files that were not in UTF-8.
    pub encodings: Vec<String>,
    /// Old file and new name, where the old one was taken.
    pub renamed: Vec<(String, String)>,
    /// Profiles that keep names of one address apart: file and name.
    pub profiles: Vec<(String, String)>,
}

impl Report {
    /// Counts that `old` became `new`.
    pub(super) fn key(&mut self, old: &str, new: &str) {
        *self.keys.entry((old.to_owned(), new.to_owned())).or_default() += 1;
    }

    /// Notes a form of the old site's own.
    pub(super) fn form(&mut self, name: &str, path: &str, line: usize, converted: bool) {
        let place = Place { path: path.to_owned(), line, converted };
        self.forms.entry(name.to_owned()).or_default().push(place);
    }

    /// The report as one object.
    pub fn json(&self) -> Json {
        let pairs = |pairs: &[(String, String)], one: &str, other: &str| -> Vec<Json> {
            pairs.iter().map(|(a, b)| json!({one: a, other: b})).collect()
        };
        let place =
            |place: &Place| json!({"path": place.path, "line": place.line, "converted": place.converted});
        let forms: Vec<Json> = self
            .forms
            .iter()
            .map(|(name, places)| json!({"name": name, "places": places.iter().map(place).collect::<Vec<_>>()}))
            .collect();
        let absent = |absent: &Absent| json!({"path": absent.path, "line": absent.line, "target": absent.target, "image": absent.image});
        let three = |list: &[(String, String, String)], names: [&str; 3]| -> Vec<Json> {
            list.iter().map(|(a, b, c)| json!({names[0]: a, names[1]: b, names[2]: c})).collect()
        };
        json!({
            "dialect": self.dialect.0,
            "why": self.dialect.1,
            "guessed_permalink": self.guessed_permalink.as_ref().map(|(pattern, _)| pattern),
            "settings": three(&self.settings, ["key", "value", "from"]),
            "files": self.files,
            "in": {
                "posts": self.texts_in[0], "pages": self.texts_in[1], "lists": self.texts_in[2],
                "unpublished": self.texts_in[3],
                "left_out": self.left.values().map(Vec::len).sum::<usize>(),
            },
            "out": {"briefings": self.out[0], "pages": self.out[1], "files": self.copied},
            "left_out": self.left,
            "addresses": pairs(&self.addresses, "old", "new"),
            "same_addresses": self.same_addresses,
            "lost_addresses": three(&self.lost, ["path", "address", "why"]),
            "keys": self.keys.iter().map(|((old, new), count)| json!({"old": old, "new": new, "count": count}))
                .collect::<Vec<_>>(),
            "forms": forms,
            "absent": self.absent.iter().map(absent).collect::<Vec<_>>(),
            "guessed_dates": three(&self.guessed_dates, ["path", "date", "from"]),
            "bad_dates": pairs(&self.bad_dates, "path", "written"),
            "guessed_titles": pairs(&self.guessed_titles, "path", "title"),
            "mended": pairs(&self.mended, "path", "why"),
            "other_markup": self.markup,
            "other_encoding": self.encodings,
            "renamed": pairs(&self.renamed, "path", "new"),
            "profiles": pairs(&self.profiles, "path", "name"),
        })
    }

    /// The report for people, a line each.
    pub fn lines(&self) -> Vec<String> {
        let mut lines = vec![format!("dialect: {}, since {}", self.dialect.0, self.dialect.1)];
        if let Some((pattern, links)) = &self.guessed_permalink {
            lines.push(format!("old addresses: like `{pattern}`, as {links} links in the texts show"));
        }
        let [posts, pages, lists, hidden] = self.texts_in;
        let left: usize = self.left.values().map(Vec::len).sum();
        lines.push(format!(
            "in: {} files: {posts} texts with a date, {pages} without, {lists} of lists ({hidden} of them unpublished); {} other files; {left} left out",
            self.files, self.copied,
        ));
        lines.push(format!("out: {} briefings, {} pages, {} files", self.out[0], self.out[1], self.copied));
        lines.push(format!(
            "old addresses: {} lead on, {} stay what they are, {} lead nowhere",
            self.addresses.len(),
            self.same_addresses,
            self.lost.len()
        ));
        section(
            &mut lines,
            "settings",
            self.settings.iter().map(|(key, value, from)| format!("{key} = {value} ({from})")),
        );
        if self.settings_are_kept {
            lines.push(
                "  `brief.toml` is there and stays as it is; the above is what the old site says".into(),
            );
        }
        section(
            &mut lines,
            "keys",
            self.keys.iter().map(|((old, new), count)| format!("{old} -> {new}: {count}")),
        );
        let left = self.left.iter().map(|(reason, paths)| {
            let shown: Vec<&str> = paths.iter().take(3).map(String::as_str).collect();
            let more = if paths.len() > 3 { ", ..." } else { "" };
            format!("{reason}: {} ({}{more})", paths.len(), shown.join(", "))
        });
        section(&mut lines, "left out", left);
        section(
            &mut lines,
            "addresses that lead nowhere",
            self.lost.iter().map(|(path, address, why)| format!("{path}: {address}: {why}")),
        );
        section(
            &mut lines,
            "dates guessed",
            self.guessed_dates.iter().map(|(path, date, from)| format!("{path}: {date}, from {from}")),
        );
        section(
            &mut lines,
            "no dates",
            self.bad_dates.iter().map(|(path, text)| format!("{path}: `{text}`")),
        );
        section(
            &mut lines,
            "titles guessed",
            self.guessed_titles.iter().map(|(path, title)| format!("{path}: {title}")),
        );
        section(
            &mut lines,
            "front matter read key by key",
            self.mended.iter().map(|(path, why)| format!("{path}: {why}")),
        );
        section(&mut lines, "no Markdown, kept as code", self.markup.iter().cloned());
        section(&mut lines, "not UTF-8, read as Windows-1252 or UTF-16", self.encodings.iter().cloned());
        section(
            &mut lines,
            "names that were taken",
            self.renamed.iter().map(|(path, new)| format!("{path} -> {new}")),
        );
        section(
            &mut lines,
            "profiles that keep names apart",
            self.profiles.iter().map(|(path, name)| format!("{path}: {name}")),
        );
        for (name, places) in &self.forms {
            let kept = places.iter().filter(|place| !place.converted).count();
            lines.push(format!("form {name}: {}, {kept} of them stay as text", places.len()));
            let line = |place: &Place| {
                format!("  {}:{}{}", place.path, place.line, if place.converted { "" } else { " stays" })
            };
            lines.extend(places.iter().map(line));
        }
        let absent = |image: bool| {
            let of = self.absent.iter().filter(move |absent| absent.image == image);
            of.map(|absent| format!("{}:{}: {}", absent.path, absent.line, absent.target))
        };
        section(&mut lines, "images that are not there", absent(true));
        section(&mut lines, "links to what is not there", absent(false));
        lines
    }
}

fn section(lines: &mut Vec<String>, name: &str, items: impl Iterator<Item = String>) {
    let items: Vec<String> = items.collect();
    if !items.is_empty() {
        lines.push(format!("{name}: {}", items.len()));
        lines.extend(items.into_iter().map(|item| format!("  {item}")));
    }
}
