//! The same archive for Hugo: its front matter, its settings, and layouts whose pages hold what `brief`'s hold.

use std::fmt::Write as _;

use crate::generate::{Archive, Briefing, Source, list, quoted};

const LAYOUTS: [(&str, &str); 6] = [
    ("baseof.html", include_str!("layouts/baseof.html")),
    ("home.html", include_str!("layouts/home.html")),
    ("section.html", include_str!("layouts/list.html")),
    ("term.html", include_str!("layouts/list.html")),
    ("taxonomy.html", include_str!("layouts/taxonomy.html")),
    ("page.html", include_str!("layouts/page.html")),
];

/// Every file of the site: its path with `/`, and its text.
pub(crate) fn files(archive: &Archive, feeds: bool) -> impl Iterator<Item = (String, String)> {
    let layouts = LAYOUTS.into_iter().map(|(name, text)| (format!("layouts/{name}"), text.to_owned()));
    let briefings = archive.briefings().map(|briefing| {
        let text = markdown(&briefing, archive);
        (format!("content/briefings/{}", briefing.path()), text)
    });
    std::iter::once(("hugo.toml".to_owned(), settings(feeds))).chain(layouts).chain(briefings)
}

/// Hugo's defaults are left alone where they do not change what the pages hold or which there are.
///
/// For the same reason the layouts link terms by `urlize`, which is quicker in Hugo than its `.GetTerms`.
fn settings(feeds: bool) -> String {
    let off = if feeds { "" } else { "disableKinds = [\"RSS\"]\n" };
    format!(
        "\
title = \"Generated desk\"
baseURL = \"https://desk.example/\"
locale = \"en\"
{off}
[pagination]
pagerSize = 50
disableAliases = true

[markup.goldmark.extensions.typographer]
disable = true

[permalinks.page]
briefings = \"/briefings/:year/:month/:day/:slug/\"

[taxonomies]
actor = \"actors\"
location = \"locations\"
date = \"dates\"

[services.rss]
limit = 50
"
    )
}

/// Years, months and days are terms of one taxonomy, which is what Hugo has for date pages.
fn markdown(briefing: &Briefing, archive: &Archive) -> String {
    let mut text = String::with_capacity(briefing.body.len() + 1_500);
    let actors = list(briefing.actors.iter().map(|rank| archive.actors[*rank].as_str()));
    let locations = list(briefing.locations.iter().map(|rank| archive.locations[*rank].as_str()));
    let (title, summary, slug) = (quoted(&briefing.title), quoted(&briefing.summary), quoted(&briefing.slug));
    let date = briefing.date.to_string();
    let dates = list([&date[..4], &date[..7], &date].into_iter());
    let _ = writeln!(text, "---\ntitle: {title}\ndate: {date}\nslug: {slug}\nsummary: {summary}");
    let _ = writeln!(text, "actors: {actors}\nlocations: {locations}\ndates: {dates}");
    if !briefing.sources.is_empty() {
        text += "params:\n  sources:\n";
    }
    for source in &briefing.sources {
        let Source { id, title, publisher, published, url } = source;
        let (title, publisher, url) = (quoted(title), quoted(publisher), quoted(url));
        let _ = writeln!(
            text,
            "    - {{id: {id}, title: {title}, publisher: {publisher}, published: {published}, url: {url}}}"
        );
    }
    text += "---\n\n";
    text += &briefing.body;
    text
}
