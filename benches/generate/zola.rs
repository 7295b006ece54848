//! The briefings of the same archive for Zola: its front matter; all in one folder, which is one section.

use std::fmt::Write as _;

use crate::generate::{Archive, Briefing, Source, list, quoted};

/// Every briefing: its path with `/`, and its text.
pub(crate) fn files(archive: &Archive) -> impl Iterator<Item = (String, String)> {
    archive.briefings().map(|briefing| {
        let text = markdown(&briefing, archive);
        (format!("content/briefings/{}-{}.md", briefing.date, briefing.slug), text)
    })
}

/// As for Hugo, years, months and days are terms of one taxonomy.
fn markdown(briefing: &Briefing, archive: &Archive) -> String {
    let mut text = String::with_capacity(briefing.body.len() + 1_500);
    let actors = list(briefing.actors.iter().map(|rank| archive.actors[*rank].as_str()));
    let locations = list(briefing.locations.iter().map(|rank| archive.locations[*rank].as_str()));
    let (title, summary) = (quoted(&briefing.title), quoted(&briefing.summary));
    let date = briefing.date.to_string();
    let dates = list([&date[..4], &date[..7], &date].into_iter());
    let path = format!("briefings/{}/{}", date.replace('-', "/"), briefing.slug);
    let _ = writeln!(text, "+++\ntitle = {title}\ndescription = {summary}\ndate = {date}\npath = \"{path}\"");
    let _ = writeln!(text, "[taxonomies]\nactors = {actors}\nlocations = {locations}\ndates = {dates}");
    text += "[extra]\nsources = [\n";
    for Source { id, title, publisher, published, url } in &briefing.sources {
        let (title, publisher, url) = (quoted(title), quoted(publisher), quoted(url));
        let _ = writeln!(
            text,
            "    {{ id = \"{id}\", title = {title}, publisher = {publisher}, published = \"{published}\", url = {url} }},"
        );
    }
    text += "]\n+++\n\n";
    text += &briefing.body;
    text
}
