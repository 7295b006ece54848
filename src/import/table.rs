//! Tables: a row a briefing, a column a key.

use std::{collections::BTreeMap, fmt::Write as _};

use super::{
    Desk, NewContent, NewFile, dates,
    front::{self, Entry},
    item::Item,
    report::Report,
    yaml,
};
use crate::model::{segment, slugify};

/// What columns may be called, and what they are.
const COLUMNS: [(&str, &[&str]); 15] = [
    ("title", &["title", "headline", "heading", "subject"]),
    ("date", &["date", "day", "datetime", "date_time", "event_date", "timestamp", "when"]),
    ("body", &["body", "text", "content", "notes", "story"]),
    ("summary", &["summary", "abstract", "description", "excerpt", "lead"]),
    ("url", &["url", "link", "source_url", "source url"]),
    ("source", &["source", "publisher", "outlet"]),
    ("actors", &["actors", "actor", "who", "people", "organisations", "organizations"]),
    ("locations", &["locations", "location", "place", "places", "where", "city"]),
    ("tags", &["tags", "tag", "keywords"]),
    ("authors", &["authors", "author", "byline"]),
    ("latitude", &["latitude", "lat"]),
    ("longitude", &["longitude", "lon", "lng", "long"]),
    ("published", &["published", "published_at", "publication_date"]),
    ("updated", &["updated", "updated_at", "modified"]),
    ("slug", &["slug"]),
];

/// What a table gives besides its rows.
#[derive(Default)]
pub(super) struct Found {
    pub(super) items: Vec<Item>,
    /// Columns and the keys that they are.
    pub(super) columns: Vec<(String, String)>,
    /// Places and where they lie.
    places: BTreeMap<String, (String, String, String)>,
}

/// Reads the rows of the table at `path` into `found`.
pub(super) fn read(path: &str, text: &str, map: &[(String, String)], found: &mut Found, report: &mut Report) {
    let text = text.trim_start_matches('\u{feff}');
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter(text))
        .flexible(true)
        .has_headers(false)
        .from_reader(text.as_bytes());
    let mut rows = reader.records();
    let Some(Ok(header)) = rows.next() else { return };
    let names: Vec<String> = header.iter().map(|name| name.trim().to_owned()).collect();
    let roles: Vec<String> = names.iter().map(|name| column(name, map)).collect();
    let keys = [
        "title",
        "date",
        "summary",
        "actors",
        "locations",
        "tags",
        "authors",
        "published",
        "updated",
        "slug",
    ];
    for (name, role) in names.iter().zip(&roles) {
        let is_said = map.iter().any(|(old, _)| old.eq_ignore_ascii_case(name));
        if keys.contains(&role.as_str()) && !is_said {
            found.columns.push((name.clone(), role.clone()));
        }
    }
    for row in rows {
        let Ok(row) = row else {
            let why = row.err().map(|error| error.to_string()).unwrap_or_default();
            report.mended.push((path.to_owned(), why));
            continue;
        };
        if row.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        let line = row.position().map_or(1, csv::Position::line);
        let cells: Vec<(&str, &str, &str)> = row
            .iter()
            .enumerate()
            .map(|(at, cell)| {
                let name = names.get(at).map_or("", String::as_str);
                (
                    if name.is_empty() { "column" } else { name },
                    roles.get(at).map_or("", String::as_str),
                    cell.trim(),
                )
            })
            .filter(|(_, _, cell)| !cell.is_empty())
            .collect();
        let item = item(path, usize::try_from(line).unwrap_or(1), &cells, &mut found.places, report);
        found.items.push(item);
    }
}

/// What the column `name` is: one of ours, or its own name.
fn column(name: &str, map: &[(String, String)]) -> String {
    let lower = name.to_lowercase();
    if let Some((_, new)) = map.iter().find(|(old, _)| old.to_lowercase() == lower) {
        return new.clone();
    }
    let found = COLUMNS.iter().find(|(_, names)| names.contains(&lower.as_str()));
    found.map_or_else(|| name.to_owned(), |(role, _)| (*role).to_owned())
}

/// The mark between the cells of the first line: the one that stands there most often.
fn delimiter(text: &str) -> u8 {
    let first = text.lines().next().unwrap_or_default();
    let mut quoted = false;
    let bare: String = first
        .chars()
        .filter(|c| {
            quoted ^= *c == '"';
            !quoted
        })
        .collect();
    let count = |mark: u8| bare.matches(char::from(mark)).count();
    [b',', b';', b'\t', b'|'].into_iter().rev().max_by_key(|mark| count(*mark)).unwrap_or(b',')
}

fn item(
    path: &str,
    line: usize,
    cells: &[(&str, &str, &str)],
    places: &mut BTreeMap<String, (String, String, String)>,
    report: &mut Report,
) -> Item {
    let cell = |role: &str| cells.iter().find(|(_, of, _)| *of == role).map(|(_, _, cell)| *cell);
    let mut item = Item { path: path.to_owned(), line, ..Item::default() };
    item.body = cell("body").unwrap_or_default().replace("\r\n", "\n");
    let first_words = |text: &str| {
        let words: Vec<&str> = text.split_whitespace().take(12).collect();
        (!words.is_empty()).then(|| words.join(" "))
    };
    item.title = match cell("title") {
        Some(title) => title.split_whitespace().collect::<Vec<_>>().join(" "),
        None => {
            let title = cell("summary").or(cell("body")).and_then(first_words);
            let title = title.unwrap_or_else(|| format!("Row {line}"));
            report.guessed_titles.push((format!("{path}:{line}"), title.clone()));
            title
        }
    };
    let place = cell("locations").filter(|place| !place.contains([';', '|']));
    let located = place.zip(cell("latitude")).zip(cell("longitude")).and_then(|((place, lat), lon)| {
        let fits = |text: &str, most: f64| text.parse::<f64>().is_ok_and(|number| number.abs() <= most);
        (fits(lat, 90.0) && fits(lon, 180.0)).then(|| (place.to_owned(), lat.to_owned(), lon.to_owned()))
    });
    let is_placed = located.is_some_and(|found| {
        let known = places.entry(segment(&found.0)).or_insert_with(|| found.clone());
        *known == found
    });
    let url = cell("url").filter(|url| url.starts_with("http://") || url.starts_with("https://"));
    let mut put = |name: &str, node| {
        item.front.entries.push(Entry { key: name.to_owned(), node, comments: Vec::new() });
    };
    for (name, role, cell) in cells {
        match *role {
            "body" => report.key(name, "the text"),
            "latitude" | "longitude" if is_placed => report.key(name, "the place's profile"),
            "url" if url.is_some() => {
                let title = front::text_node(self::title(cells));
                let mut source =
                    vec![("title".to_owned(), title), ("url".to_owned(), front::text_node(*cell))];
                if let Some((_, _, publisher)) = cells.iter().find(|(_, of, _)| *of == "source") {
                    source.insert(1, ("publisher".into(), front::text_node(*publisher)));
                }
                put("sources", front::map_node([("s1".to_owned(), front::map_node(source))]));
                report.key(name, "sources.s1");
            }
            "source" if url.is_some() => report.key(name, "sources.s1"),
            "date" => match dates::parse(cell) {
                Some(date) => {
                    if let Some(guess) = &date.guess {
                        let day = date.day.to_string();
                        report.guessed_dates.push((format!("{path}:{line}"), day, guess.clone()));
                    }
                    item.date = Some(date);
                    item.date_key = Some((*name).to_owned());
                    put(name, front::text_node(*cell));
                }
                None => {
                    report.bad_dates.push((format!("{path}:{line}"), (*cell).to_owned()));
                    put(&format!("{name} as written"), front::text_node(*cell));
                }
            },
            _ => put(name, front::text_node(*cell)),
        }
    }
    let slug = slugify(&item.title);
    let short: String = slug.chars().take(80).collect();
    let words = short.trim_matches('-');
    item.stem = match &item.date {
        Some(date) => format!("{}-{words}", date.day),
        None => words.to_owned(),
    };
    item
}

fn title(cells: &[(&str, &str, &str)]) -> String {
    let title = cells.iter().find(|(_, of, _)| *of == "title").map(|(_, _, cell)| *cell);
    title.unwrap_or("Source").to_owned()
}

/// Profiles of the places whose coordinates the rows give, where the desk has none.
pub(super) fn profiles(found: &Found, desk: &Desk) -> Vec<NewFile> {
    let places = found.places.iter().map(|(slug, (name, lat, lon))| {
        let mut text = String::from("---\n");
        yaml::entry(&mut text, "name", &front::text_node(name.as_str()));
        let _ = write!(text, "coordinates: [{lat}, {lon}]\n---\n");
        NewFile { path: format!("content/locations/{slug}.md"), content: NewContent::Text(text) }
    });
    // A profile of the desk's own knows better, whatever it says.
    let is_theirs = |file: &NewFile| desk.files.contains(&file.path);
    places.filter(|file| !is_theirs(file) || desk.settings.is_some()).collect()
}
