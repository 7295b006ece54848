use std::fmt::Write as _;

use super::{Fresh, host, list_line};
use crate::{
    archive::Archive,
    documents::{Head, SharedSources, Source},
    import::scalar_text,
    model::{Day, LocalId, Tlp, segment, slugify},
};

/// What is known of a briefing when it is begun.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    /// Its title.
    pub title: String,
    /// Its language, if it is said.
    pub language: Option<String>,
    /// Whether it is marked as unfinished.
    pub unfinished: bool,
    /// The label that it bears.
    pub label: Option<Tlp>,
    /// Whom and what it names, by the key of each kind.
    pub names: Vec<(String, Vec<String>)>,
    /// What it rests on.
    pub sources: Vec<(LocalId, Source)>,
    /// Lines of the front matter that stand after all others, each beginning with `#`.
    pub notes: String,
}

/// The file of a new briefing in `folder`.
pub fn briefing(draft: &Draft, day: Day, folder: &str) -> Fresh {
    let mut text = format!("---\ntitle: {}\ndate: {day}\n", scalar_text(&draft.title, false));
    if let Some(language) = &draft.language {
        let _ = writeln!(text, "lang: {}", scalar_text(language, false));
    }
    if draft.unfinished {
        text.push_str("draft: true\n");
    }
    if let Some(label) = draft.label {
        let _ = writeln!(text, "tlp: {}", label.label().to_lowercase());
    }
    for (key, names) in &draft.names {
        text.push_str(&list_line(key, names));
    }
    if !draft.sources.is_empty() {
        text.push_str("sources:\n");
    }
    for (id, source) in &draft.sources {
        let _ = writeln!(text, "  {}:", scalar_text(id.as_str(), false));
        for (key, value) in fields(source) {
            let _ = writeln!(text, "    {key}: {value}");
        }
    }
    text.push_str(&draft.notes);
    text.push_str("---\n\n");
    Fresh::text(format!("{folder}/{}.md", file_name(&draft.title, day)), text)
}

/// The stem of the file of a briefing so called.
pub fn file_name(title: &str, day: Day) -> String {
    const LONGEST: usize = 100;
    let slug = slugify(title);
    let short = if slug.len() <= LONGEST {
        slug.as_str()
    } else {
        let mut end = LONGEST;
        while !slug.is_char_boundary(end) {
            end -= 1;
        }
        let end = slug[..end].rfind('-').unwrap_or(end);
        &slug[..end]
    };
    let words = if short.is_empty() { segment(title) } else { short.to_owned() };
    format!("{day}-{words}")
}

/// The folder of a briefing on `day`, where those before it lie as `last` does: below its year, its month and its day
/// where that has such folders. Other folders are those of a subject, and are kept where `keep` says so.
pub fn folder(last: Option<&Head>, day: Day, keep: bool) -> String {
    const ALL: &str = "content/briefings";
    let Some(last) = last else { return ALL.into() };
    let mut below = last.path.folder();
    if last.path.stem() == "index" {
        below = below.rsplit_once('/').map_or(ALL, |(above, _)| above);
    }
    let was = last.date.day();
    let mut path = ALL.to_owned();
    for part in below.strip_prefix(ALL).unwrap_or_default().split('/').filter(|part| !part.is_empty()) {
        let dated = [
            (format!("{:04}", was.year()), format!("{:04}", day.year())),
            (format!("{:02}", was.month()), format!("{:02}", day.month())),
            (format!("{:02}", was.day()), format!("{:02}", day.day())),
            (
                format!("{:04}-{:02}", was.year(), was.month()),
                format!("{:04}-{:02}", day.year(), day.month()),
            ),
        ];
        match dated.iter().find(|(old, _)| old == part) {
            Some((_, new)) => {
                path.push('/');
                path.push_str(new);
            }
            None if keep => {
                path.push('/');
                path.push_str(part);
            }
            None => return ALL.into(),
        }
    }
    path
}

/// An address, and what the archive knows of it.
#[derive(Clone, Debug)]
pub enum NewSource {
    /// It stands in `content/sources.toml` under this id, by which it can be cited already.
    Shared(LocalId),
    /// The source to write, with the publisher that others of its host have.
    Own(LocalId, Box<Source>),
}

/// The source at `url`; nothing where that is no absolute `http` or `https` address. Its id is none of `taken`.
pub fn source(url: &str, shared: &SharedSources, archive: &Archive, taken: &[LocalId]) -> Option<NewSource> {
    let host = host(url)?;
    let host = host.split(':').next().unwrap_or_default();
    if let Some((id, _)) = shared.sources.iter().find(|(_, source)| source.url.as_deref() == Some(url)) {
        return Some(NewSource::Shared(id.clone()));
    }
    // The one who has that host, else the nearest domain above it.
    let bears = |bearing: &str| host == bearing || host.ends_with(&format!(".{bearing}"));
    let registered = shared
        .publishers
        .iter()
        .flat_map(|(id, publisher)| publisher.host.iter().map(move |bearing| (bearing, id, publisher)))
        .filter(|(bearing, ..)| bears(&bearing.to_ascii_lowercase()))
        .max_by_key(|(bearing, ..)| bearing.len());
    let publisher = registered.map(|(_, _, publisher)| publisher.name.clone()).or_else(|| {
        let cited = archive.briefings.iter().rev().flat_map(|briefing| &briefing.sources);
        let mut named = cited.filter(|(_, source)| {
            let other = source.url.as_deref().and_then(super::host);
            other.is_some_and(|other| other.split(':').next() == Some(host))
        });
        named.find_map(|(_, source)| source.publisher.clone())
    });
    let name = registered.map_or_else(|| short(host), |(_, id, _)| slugify(id));
    let name = if name.is_empty() { "source".to_owned() } else { name };
    let ids = std::iter::once(name.clone()).chain((2..).map(|number: u32| format!("{name}-{number}")));
    let id = ids
        .filter_map(|id| LocalId::new(&id))
        .find(|id| !taken.contains(id) && !shared.sources.contains_key(id))?;
    let source = Source { url: Some(url.into()), publisher, ..Source::default() };
    Some(NewSource::Own(id, Box::new(source)))
}

/// What a host is called: `jpost` of `www.jpost.com`, `bbc` of `news.bbc.co.uk`.
fn short(host: &str) -> String {
    let labels: Vec<&str> = host.split('.').collect();
    let known = match &labels[..] {
        [.., name, second, top] if top.len() == 2 && second.len() <= 3 && *name != "www" => name,
        [.., name, _] => name,
        _ => host,
    };
    slugify(known)
}

/// What is written of a source, as keys and values of YAML.
fn fields(source: &Source) -> Vec<(&'static str, String)> {
    let text = |value: &Option<String>| value.as_ref().map(|value| scalar_text(value, false));
    let via: Vec<String> = source.via.iter().map(|via| scalar_text(via, true)).collect();
    let all = [
        ("title", text(&source.title)),
        ("publisher", text(&source.publisher)),
        ("url", text(&source.url)),
        ("archived", text(&source.archived)),
        ("sha256", text(&source.sha256)),
        ("published", source.published.map(|when| scalar_text(&when.edtf(), false))),
        ("accessed", source.accessed.map(|when| scalar_text(&when.edtf(), false))),
        ("language", text(&source.language)),
        ("kind", source.kind.map(|kind| kind.word().to_owned())),
        ("credit", text(&source.credit)),
        ("via", (!via.is_empty()).then(|| format!("[{}]", via.join(", ")))),
        ("tlp", source.marking.label().map(|label| label.label().to_lowercase())),
    ];
    all.into_iter().filter_map(|(key, value)| Some((key, value?))).collect()
}
