//! What is proposed, for people and for machines.

use serde_json::{Value, json as value};

use super::proposal::{Answer, Claim, Proposal, Span, Who};

/// The proposal as lines, each part with its place.
pub fn lines(proposal: &Proposal) -> Vec<String> {
    let mut out = Vec::new();
    let text = |found: &Option<(String, Option<Span>)>| {
        found.as_ref().map(|(text, at)| match at {
            Some(at) => format!("{text} ({})", place(at)),
            None => text.clone(),
        })
    };
    let published = match proposal.published.day {
        Some(day) => format!(
            "{day} ({}{})",
            proposal.published.how,
            if proposal.published.unsure { "; to be checked" } else { "" }
        ),
        None => format!("unknown ({})", proposal.published.how),
    };
    out.push(format!("date: {published}"));
    for (key, found) in [
        ("headline", text(&proposal.headline)),
        ("standfirst", text(&proposal.standfirst)),
        ("by", proposal.byline.clone()),
        ("publisher", proposal.publisher.clone()),
        ("url", proposal.url.clone()),
    ] {
        out.extend(found.map(|found| format!("{key}: {found}")));
    }
    let mut kinds: Vec<&str> = Vec::new();
    for entity in &proposal.entities {
        if !kinds.contains(&&*entity.known.key) {
            kinds.push(&entity.known.key);
        }
    }
    for kind in kinds {
        out.push(format!("{kind}:"));
        for entity in proposal.entities.iter().filter(|entity| entity.known.key == kind) {
            let at: Vec<String> = entity
                .at
                .iter()
                .map(|(span, by)| format!("{} `{}` ({})", place(span), span.text, by.word()))
                .collect();
            out.push(format!("  {}: {}", entity.known.name, at.join(", ")));
        }
    }
    section(
        &mut out,
        "dates",
        proposal.dates.iter().map(|date| {
            format!(
                "  {}: {} `{}` ({})",
                date.when.as_deref().unwrap_or("unknown"),
                place(&date.at),
                date.at.text,
                date.how
            )
        }),
    );
    section(
        &mut out,
        "events",
        proposal.events.iter().map(|event| {
            let names: Vec<&str> = event.actors.iter().chain(&event.locations).map(String::as_str).collect();
            let planned = if event.planned { " planned" } else { "" };
            format!(
                "  {}{planned}: {} [{}] {}",
                event.date,
                place(&event.at),
                names.join(", "),
                event.at.text
            )
        }),
    );
    out.extend(claims(proposal));
    section(
        &mut out,
        "photographs",
        proposal
            .photos
            .iter()
            .map(|photo| format!("  {}: credited to {}", place(&photo.credit), photo.credit.text)),
    );
    section(
        &mut out,
        "names for review",
        proposal.unresolved.iter().map(|unknown| {
            let may = if unknown.may_mean.is_empty() {
                String::new()
            } else {
                format!(", may mean {}", unknown.may_mean.join(", "))
            };
            let at: Vec<String> = unknown.at.iter().map(place).collect();
            format!("  {}: {}{may}", unknown.name, at.join(", "))
        }),
    );
    out
}

fn section(out: &mut Vec<String>, title: &str, lines: impl Iterator<Item = String>) {
    let mut lines = lines.peekable();
    if lines.peek().is_some() {
        out.push(format!("{title}:"));
        out.extend(lines);
    }
}

fn claims(proposal: &Proposal) -> Vec<String> {
    let mut out = Vec::new();
    section(
        &mut out,
        "claims",
        proposal.claims.iter().flat_map(|claim| {
            let mut more = String::new();
            if let Some(told) = &claim.told {
                more = format!("{more}, told {told}");
            }
            if !claim.via.is_empty() {
                more = format!("{more}, via {}", claim.via.join(", "));
            }
            if let Some(stance) = claim.stance {
                more = format!("{more}, {}", stance.word());
            }
            let date = claim.date.as_deref().unwrap_or("no date");
            let own =
                format!("  {}: {} ({date}{more}) {}", place(&claim.at), called(&claim.by), claim.at.text);
            let answers = claim.responses.iter().map(|answer| {
                format!(
                    "    {}: {} {} ({})",
                    place(&answer.by_at),
                    answer.stance.word(),
                    called(&answer.by),
                    answer.date.as_deref().unwrap_or("no date")
                )
            });
            std::iter::once(own).chain(answers).collect::<Vec<_>>()
        }),
    );
    out
}

fn place(span: &Span) -> String {
    format!("{}:{}", span.line, span.column)
}

fn called(who: &Who) -> String {
    match who {
        Who::Actors(actors) => actors.join(" and "),
        Who::Unnamed { words, of: Some(of), .. } => format!("{words} [{of}]"),
        Who::Unnamed { words, .. } => words.clone(),
    }
}

/// The proposal as JSON. Places are bytes of the file, from `start` to before `end`.
pub fn json(proposal: &Proposal) -> Value {
    let text = |found: &Option<(String, Option<Span>)>| {
        found.as_ref().map(|(text, at)| value!({"text": text, "at": at.as_ref().map(span)}))
    };
    value!({
        "file": proposal.file,
        "date": proposal.published.day.map(|day| day.to_string()),
        "date_how": proposal.published.how,
        "date_unsure": proposal.published.unsure,
        "headline": text(&proposal.headline),
        "standfirst": text(&proposal.standfirst),
        "byline": proposal.byline,
        "publisher": proposal.publisher,
        "url": proposal.url,
        "entities": proposal.entities.iter().map(|entity| value!({
            "kind": entity.known.kind_name,
            "id": entity.known.id,
            "name": entity.known.name,
            "at": entity.at.iter().map(|(at, by)| { let mut at = span(at); at["by"] = by.word().into(); at }).collect::<Vec<_>>(),
        })).collect::<Vec<_>>(),
        "dates": proposal.dates.iter().map(|date| value!({"date": date.when, "how": date.how, "at": span(&date.at)})).collect::<Vec<_>>(),
        "events": proposal.events.iter().map(|event| value!({
            "date": event.date,
            "status": if event.planned { "planned" } else { "happened" },
            "actors": event.actors,
            "locations": event.locations,
            "per": event.per.as_ref().map(who),
            "at": span(&event.at),
        })).collect::<Vec<_>>(),
        "claims": proposal.claims.iter().map(claim).collect::<Vec<_>>(),
        "photos": proposal.photos.iter().map(|photo| value!({
            "credit": span(&photo.credit), "caption": photo.caption.as_ref().map(span), "date": photo.date,
        })).collect::<Vec<_>>(),
        "review": proposal.unresolved.iter().map(|unknown| value!({
            "name": unknown.name, "may_mean": unknown.may_mean, "at": unknown.at.iter().map(span).collect::<Vec<_>>(),
        })).collect::<Vec<_>>(),
    })
}

fn claim(claim: &Claim) -> Value {
    let answer = |answer: &Answer| {
        value!({
            "by": who(&answer.by), "by_at": span(&answer.by_at), "stance": answer.stance.word(), "date": answer.date, "at": span(&answer.at),
        })
    };
    value!({
        "by": who(&claim.by),
        "by_at": span(&claim.by_at),
        "note": claim.note,
        "date": claim.date,
        "class": claim.class.word(),
        "about": claim.about,
        "locations": claim.locations,
        "told": claim.told,
        "via": claim.via,
        "stance": claim.stance.map(crate::model::Stance::word),
        "at": span(&claim.at),
        "responses": claim.responses.iter().map(answer).collect::<Vec<_>>(),
    })
}

fn who(who: &Who) -> Value {
    match who {
        Who::Actors(actors) => value!(actors),
        Who::Unnamed { words, of, unknown } => {
            value!({"unnamed": words, "of": of, "not_in_registry": unknown})
        }
    }
}

fn span(span: &Span) -> Value {
    value!({"start": span.range.start, "end": span.range.end, "line": span.line, "column": span.column, "text": span.text})
}
