//! Asks the network, through a program that is made for it: it keeps to its hosts' limits, tries again, and follows a
//! `lychee.toml`. A library of its kind would bring a hundred crates into every build of `brief` for what few builds
//! ask for; this way `brief` itself never opens a connection.

use std::{
    collections::{BTreeMap, BTreeSet},
    io::{self, Write},
    path::Path,
    process::{Command, Output, Stdio},
};

use serde_json::Value;

use super::super::Broken;
use crate::{
    archive::{Archive, BriefingIx},
    diagnostics::{Diagnostic, Diagnostics, Span, Tally},
    documents::{Body, SHARED_SOURCES},
    model::SourcePath,
};

/// Where each address stands.
type Places = BTreeMap<String, BTreeSet<Span>>;

/// Warns of each address in `archive` that cannot be reached, at the first place where it stands.
pub(super) fn ask(root: &Path, archive: &Archive, diagnostics: &mut Diagnostics) -> Result<(), Broken> {
    let places = addresses(archive);
    if places.is_empty() {
        return Ok(());
    }
    let output = run(root, places.keys()).map_err(|error| not_run(&error))?;
    let Some(dead) = dead(&output) else { return Err(refused(&output)) };
    let mut tally = Tally::new("dead-link", "addresses that cannot be reached");
    for (url, why) in dead {
        let found = places.iter().find(|(known, _)| is_same(known, &url)).map(|(_, spans)| spans);
        let mut diagnostic = Diagnostic::warning("dead-link", format!("`{url}` cannot be reached: {why}"))
            .help("correct the address, or give the source an `archived` copy and link to that");
        diagnostic.span = found.and_then(|spans| spans.first().cloned());
        for span in found.into_iter().flatten().skip(1).take(4) {
            diagnostic = diagnostic.related(span.clone(), "here too");
        }
        tally.push(diagnostic, diagnostics);
    }
    tally.finish(diagnostics);
    Ok(())
}

/// The addresses of sources, of profiles and in texts, with their places.
fn addresses(archive: &Archive) -> Places {
    let mut places = Places::new();
    let shared = SourcePath::new(SHARED_SOURCES);
    for (place, briefing) in archive.briefings.iter().enumerate() {
        for (number, (_, source)) in briefing.sources.iter().enumerate() {
            let path = if number < briefing.own_sources { briefing.path() } else { &shared };
            for url in [&source.url, &source.archived].into_iter().flatten() {
                places.entry(url.clone()).or_default().insert(source.key.span(path));
            }
        }
        let document = &briefing.released.document;
        in_text(archive.body(BriefingIx::new(place)), &document.path, &mut places);
        for translation in document.translations.values() {
            in_text(&translation.body, &translation.path, &mut places);
        }
    }
    for profile in archive.entities.iter().filter_map(|entity| entity.profile.as_ref()) {
        let profile = &profile.document;
        for (url, _) in profile.links.iter().filter(|(url, _)| url.starts_with("http")) {
            places.entry(url.clone()).or_default().insert(Span::file(&profile.path));
        }
        in_text(&profile.body, &profile.path, &mut places);
    }
    for page in &archive.pages {
        in_text(&page.released.document.body, &page.released.document.path, &mut places);
    }
    places
}

/// Every `http` address of a text, up to what ends one in Markdown.
fn in_text(body: &Body, path: &SourcePath, places: &mut Places) {
    let text = body.prose.text();
    for scheme in ["https://", "http://"] {
        for (start, _) in text.match_indices(scheme) {
            let ends =
                |c: char| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | '"' | '`' | ']');
            let rest = &text[start..];
            let mut url = &rest[..rest.find(ends).unwrap_or(rest.len())];
            // A bracket that was not opened in the address closes what stands around it.
            while let Some(shorter) = url.strip_suffix([')', '.', ',', ';', ':', '!', '?', '*', '_', '\'']) {
                if url.ends_with(')') && url.matches('(').count() >= url.matches(')').count() {
                    break;
                }
                url = shorter;
            }
            if let Some(end) = url.find("](").or_else(|| unopened(url)) {
                url = &url[..end];
            }
            if url.len() > scheme.len() {
                let span = body.prose.span(path, start..start + url.len());
                places.entry(url.to_owned()).or_default().insert(span);
            }
        }
    }
}

/// The first closing bracket that nothing in the address opens.
fn unopened(url: &str) -> Option<usize> {
    let mut open = 0_usize;
    for (at, c) in url.char_indices() {
        match c {
            '(' => open += 1,
            ')' if open == 0 => return Some(at),
            ')' => open -= 1,
            _ => {}
        }
    }
    None
}

fn run<'a>(root: &Path, urls: impl Iterator<Item = &'a String>) -> io::Result<Output> {
    let agent = concat!("brief/", env!("CARGO_PKG_VERSION"), " (link check)");
    let mut child = Command::new("lychee")
        .args(["--format", "json", "--no-progress", "--max-concurrency", "8", "--timeout", "20"])
        .args(["--max-retries", "2", "--user-agent", agent, "-"])
        .current_dir(root)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()?;
    let list: String = urls.flat_map(|url| [url.as_str(), "\n"]).collect();
    let stdin = child.stdin.take();
    // It reads all before it asks; where it has ended already, its words tell why.
    if let Some(mut stdin) = stdin {
        let _ = stdin.write_all(list.as_bytes());
    }
    child.wait_with_output()
}

/// The addresses that could not be reached, each with the reason; `None` where that cannot be told.
fn dead(output: &Output) -> Option<BTreeMap<String, String>> {
    let report: Value = serde_json::from_slice(&output.stdout).ok()?;
    // What is called `error_map` now was `fail_map` before 0.16.
    let maps =
        ["error_map", "fail_map", "timeout_map"].into_iter().filter_map(|key| report.get(key)?.as_object());
    let mut maps = maps.peekable();
    maps.peek()?;
    let entries = maps.flat_map(|map| map.values()).filter_map(Value::as_array).flatten();
    let entry = |entry: &Value| {
        let status = entry.get("status");
        let text = |key: &str| status.and_then(|status| status.get(key)).and_then(Value::as_str);
        let why = text("text").or_else(|| text("details")).unwrap_or("no reason is given");
        Some((entry.get("url")?.as_str()?.to_owned(), why.to_owned()))
    };
    Some(entries.filter_map(entry).collect())
}

/// Whether two spellings are of one address: a URL is written back with a `/` after its host.
fn is_same(one: &str, other: &str) -> bool {
    let bare = |url: &str| {
        let decoded = percent_encoding::percent_decode_str(url).decode_utf8_lossy().into_owned();
        decoded.trim_end_matches('/').to_lowercase()
    };
    bare(one) == bare(other)
}

fn not_run(error: &io::Error) -> Broken {
    let why = match error.kind() {
        io::ErrorKind::NotFound => "it is not installed here".to_owned(),
        _ => error.to_string(),
    };
    Broken::new(format!("`lychee`, which asks for addresses elsewhere, cannot be run: {why}"))
        .help("install it (https://lychee.cli.rs), or leave out `--external`")
}

fn refused(output: &Output) -> Broken {
    let said = String::from_utf8_lossy(&output.stderr);
    let line = said.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or("it said nothing");
    Broken::new(format!("`lychee` could not look for addresses elsewhere: {line}"))
        .help("see that `lychee --version` is 0.15 or later, and what stands in `lychee.toml`")
}
