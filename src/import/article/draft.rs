//! The draft: a proposal as the file of a briefing.
//!
//! Of the article it holds its headline and credits, for the citation, and the words for speakers without a name.
//! Neither its sentences nor its quotations: what somebody said is repeated by the desk in its own words or not at all.

use std::{collections::BTreeSet, fmt::Write as _};

use super::{
    super::yaml::quoted,
    proposal::{Answer, Claim, Event, Proposal, Span, Who},
    registry::source_id,
};
use crate::{
    documents::PLACEHOLDER as OPEN,
    model::{ClaimClass, Day, slugify},
    settings::{ACTOR, LOCATION},
};

/// A new file of the desk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// Its path below the desk's folder.
    pub path: String,
    /// What stands in it.
    pub text: String,
}

/// The draft of what is proposed, for the day `date`.
pub fn draft(proposal: &Proposal, date: Day, today: Day) -> Draft {
    let source = proposal.publisher.as_deref().map_or_else(|| "article".into(), source_id);
    let mut out = String::from("---\n");
    let whose = proposal.publisher.as_deref().unwrap_or("an article");
    entry(&mut out, "title", &format!("{OPEN} {whose}, {date}"));
    let _ = writeln!(out, "# {}", comment(&proposal.published.how));
    let _ = writeln!(out, "date: {date}");
    out.push_str("draft: true\n# A machine drafted it: no finding may stand in it before a person has reviewed it (`reviewed_by: NAME`).\ngenerated: brief import\n");
    tags(&mut out, proposal);
    events(&mut out, proposal, &source);
    claims(&mut out, proposal, &source);
    sources(&mut out, proposal, &source, date, today);
    unresolved(&mut out, proposal);
    out.push_str("---\n\n<!-- The text is for the editor to write. -->\n");
    Draft { path: format!("content/briefings/{:04}/{}.md", date.year(), stem(proposal, date)), text: out }
}

fn stem(proposal: &Proposal, date: Day) -> String {
    let headline = proposal.headline.as_ref().map(|(text, _)| slugify(text)).unwrap_or_default();
    let mut slug = String::new();
    for part in headline.split('-').filter(|part| !part.is_empty()) {
        if slug.len() + part.len() > 60 {
            break;
        }
        slug.push('-');
        slug.push_str(part);
    }
    if slug.is_empty() { format!("{date}-article") } else { format!("{date}{slug}") }
}

fn entry(out: &mut String, key: &str, value: &str) {
    let _ = writeln!(out, "{key}: {}", quoted(value));
}

/// Words in a comment: on one line.
fn comment(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn place(proposal: &Proposal, span: &Span) -> String {
    format!("{}:{}:{}", comment(&proposal.file), span.line, span.column)
}

/// What the article names: extras beside those of claims and events.
fn tags(out: &mut String, proposal: &Proposal) {
    let mut keys: Vec<&str> = Vec::new();
    for entity in &proposal.entities {
        if !keys.contains(&&*entity.known.key) {
            keys.push(&entity.known.key);
        }
    }
    keys.sort_by_key(|key| {
        proposal.entities.iter().find(|entity| entity.known.key == *key).map(|entity| entity.known.kind)
    });
    for key in keys {
        let _ = writeln!(out, "\n{key}:");
        for entity in proposal.entities.iter().filter(|entity| entity.known.key == key) {
            let Some((first, by)) = entity.at.first() else { continue };
            let _ =
                writeln!(out, "  # {}, by {}, {} in all", place(proposal, first), by.word(), entity.at.len());
            let _ = writeln!(out, "  - {}", quoted(&name(proposal, &entity.known)));
        }
    }
}

/// What to write for an entity: its id where its name is another's too.
fn name(proposal: &Proposal, known: &super::Known) -> String {
    let same = |other: &&super::Entity| other.known.kind == known.kind && other.known.name == known.name;
    if proposal.entities.iter().filter(same).count() > 1 { known.id.clone() } else { known.name.clone() }
}

fn list(names: &[String]) -> String {
    let names: Vec<String> = names.iter().map(|name| quoted(name)).collect();
    format!("[{}]", names.join(", "))
}

fn party(who: &Who) -> String {
    match who {
        Who::Actors(actors) => match &actors[..] {
            [one] => quoted(one),
            several => list(several),
        },
        Who::Unnamed { words, of, .. } => {
            let of = of.as_ref().map(|of| format!(", of: {}", quoted(of))).unwrap_or_default();
            format!("{{unnamed: {}{of}}}", quoted(words))
        }
    }
}

fn called(who: &Who) -> String {
    match who {
        Who::Actors(actors) => actors.join(" and "),
        Who::Unnamed { words, .. } => words.clone(),
    }
}

fn unknown_note(out: &mut String, indent: &str, who: &Who) {
    if let Who::Unnamed { unknown: Some(name), .. } = who {
        let _ = writeln!(
            out,
            "{indent}# `{}` has no profile here; as an actor: write the name alone",
            comment(name)
        );
    }
}

fn events(out: &mut String, proposal: &Proposal, source: &str) {
    if proposal.events.is_empty() {
        return;
    }
    out.push_str("\n# Proposed. What happened is for the desk to say, and so is what part each actor has in it (`role`).\nevents:\n");
    for event in &proposal.events {
        let _ = writeln!(out, "  # {}", place(proposal, &event.at));
        let _ = writeln!(out, "  - date: {}", quoted(&event.date));
        if event.planned {
            out.push_str("    status: planned\n");
        }
        let _ = writeln!(
            out,
            "    text: {}",
            quoted(&format!("{OPEN} what happened on that day (line {})", event.at.line))
        );
        if let Some(per) = event.per.as_ref().filter(|_| event.photo.is_none()) {
            let _ = writeln!(out, "    per: {}", party(per));
        }
        named(out, event);
        let own = event.photo.map_or_else(|| source.to_owned(), |photo| format!("photo-{}", photo + 1));
        let _ = writeln!(out, "    sources: [{own}]");
    }
}

fn named(out: &mut String, event: &Event) {
    for (key, names) in [("actors", &event.actors), ("locations", &event.locations)] {
        if !names.is_empty() {
            let _ = writeln!(out, "    {key}: {}", list(names));
        }
    }
}

fn claims(out: &mut String, proposal: &Proposal, source: &str) {
    if proposal.claims.is_empty() {
        return;
    }
    out.push_str("\n# Proposed. What is said is for the desk to write, in its own words; `class` is a guess by the verb.\nclaims:\n");
    let mut ids = BTreeSet::new();
    for claim in &proposal.claims {
        let _ = writeln!(out, "  # {}", place(proposal, &claim.at));
        if let Some(note) = &claim.note {
            let _ = writeln!(out, "  # {}", comment(note));
        }
        unknown_note(out, "  ", &claim.by);
        if let Some(stance) = claim.stance {
            let _ = writeln!(
                out,
                "  # `{}`: may be an answer to another claim, and then belongs below it",
                stance_word(stance)
            );
        }
        let _ = writeln!(out, "  - id: {}", id(claim, &mut ids));
        let _ = writeln!(out, "    by: {}", party(&claim.by));
        if let Some(date) = &claim.date {
            let _ = writeln!(out, "    date: {}", quoted(date));
        }
        if claim.class != ClaimClass::Fact {
            let _ = writeln!(out, "    class: {}", claim.class.word());
        }
        let text = format!("{OPEN} what {} said (line {})", called(&claim.by), claim.at.line);
        let _ = writeln!(out, "    text: {}", quoted(&text));
        for (key, names) in [("about", &claim.about), ("locations", &claim.locations), ("via", &claim.via)] {
            if !names.is_empty() {
                let _ = writeln!(out, "    {key}: {}", list(names));
            }
        }
        if let Some(told) = &claim.told {
            let _ = writeln!(out, "    told: {}", quoted(told));
        }
        let _ = writeln!(out, "    sources: [{source}]");
        if !claim.responses.is_empty() {
            out.push_str("    responses:\n");
            claim.responses.iter().for_each(|answer| response(out, proposal, answer, source));
        }
    }
}

fn stance_word(stance: crate::model::Stance) -> &'static str {
    stance.word()
}

fn response(out: &mut String, proposal: &Proposal, answer: &Answer, source: &str) {
    let _ = writeln!(out, "      # {}", place(proposal, &answer.by_at));
    unknown_note(out, "      ", &answer.by);
    let _ = writeln!(out, "      - by: {}", party(&answer.by));
    let _ = writeln!(out, "        stance: {}", stance_word(answer.stance));
    if let Some(date) = &answer.date {
        let _ = writeln!(out, "        date: {}", quoted(date));
    }
    let _ = writeln!(out, "        sources: [{source}]");
}

/// An id of its own for each claim: its speaker, and the line.
fn id(claim: &Claim, ids: &mut BTreeSet<String>) -> String {
    let words = slugify(&called(&claim.by));
    let words: Vec<&str> = words.split('-').filter(|part| !part.is_empty()).take(4).collect();
    let first = if words.is_empty() { "claim".to_owned() } else { words.join("-") };
    let id = std::iter::once(first.clone()).chain((2..).map(|count| format!("{first}-{count}")));
    let id = id.into_iter().find(|id| !ids.contains(id)).unwrap_or(first);
    ids.insert(id.clone());
    id
}

fn sources(out: &mut String, proposal: &Proposal, source: &str, date: Day, today: Day) {
    let _ = writeln!(out, "\nsources:\n  {source}:");
    let title = proposal.headline.as_ref().map_or("Untitled", |(title, _)| title);
    let published = if proposal.published.unsure { None } else { proposal.published.day }.unwrap_or(date);
    let published = published.to_string();
    let mut rows = vec![("title", title)];
    rows.extend(proposal.publisher.as_deref().map(|publisher| ("publisher", publisher)));
    rows.push(("published", &published));
    rows.extend(proposal.url.as_deref().map(|url| ("url", url)));
    let today = today.to_string();
    rows.push(("accessed", &today));
    rows.push(("kind", "article"));
    rows.extend(proposal.byline.as_deref().map(|byline| ("credit", byline)));
    let language = proposal.language.as_deref().filter(|language| crate::model::is_language(language));
    rows.extend(language.map(|language| ("language", language)));
    for (key, value) in rows {
        let _ = writeln!(out, "    {key}: {}", quoted(value));
    }
    for (number, photo) in proposal.photos.iter().enumerate() {
        if let Some(caption) = &photo.caption {
            let _ = writeln!(out, "  # {}", place(proposal, caption));
        }
        let _ = writeln!(out, "  photo-{}:", number + 1);
        let day = photo.date.as_ref().map(|date| format!(", {date}")).unwrap_or_default();
        let _ = writeln!(
            out,
            "    title: {}",
            quoted(&format!("Photograph credited to {}{day}", photo.credit.text))
        );
        let _ = writeln!(out, "    kind: photo\n    credit: {}", quoted(&photo.credit.text));
        if let Some(publisher) = &proposal.publisher {
            let _ = writeln!(out, "    publisher: {}", quoted(publisher));
        }
        let _ = writeln!(out, "    via: [{}]", quoted(&photo.credit.text));
        if let Some(url) = &proposal.url {
            let _ = writeln!(out, "    url: {}", quoted(url));
        }
    }
}

fn unresolved(out: &mut String, proposal: &Proposal) {
    if proposal.unresolved.is_empty() {
        return;
    }
    out.push_str(
        "\n# Names that the archive does not know, or that several in it bear. None of them is a tag.\n",
    );
    for unknown in &proposal.unresolved {
        let Some(first) = unknown.at.first() else { continue };
        let may = if unknown.may_mean.is_empty() {
            String::new()
        } else {
            format!(" (may mean {})", unknown.may_mean.join(", "))
        };
        let _ = writeln!(
            out,
            "#   {}{may}: {}, {} in all",
            comment(&unknown.name),
            place(proposal, first),
            unknown.at.len()
        );
    }
}

/// The entities of a kind by name, for whoever wants the lists alone.
impl Proposal {
    /// The actors by name.
    pub fn actors(&self) -> Vec<&str> {
        self.of_kind(ACTOR)
    }

    /// The locations by name.
    pub fn locations(&self) -> Vec<&str> {
        self.of_kind(LOCATION)
    }

    fn of_kind(&self, kind: usize) -> Vec<&str> {
        self.entities
            .iter()
            .filter(|entity| entity.known.kind == kind)
            .map(|entity| &*entity.known.name)
            .collect()
    }
}
