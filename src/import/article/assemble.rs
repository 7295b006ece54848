//! The parts of an article put together: statements as claims with their answers, mentions as entities.

use std::ops::Range;

use super::{
    About, By, Published,
    claims::{Context, Statement},
    dates::{self, Resolved},
    events,
    layout::{Layout, Part},
    names::Unknown,
    page::Facts,
    proposal::{Answer, Claim, DateFound, Entity, Proposal, Span, Unresolved, Who},
    speakers::Speaker,
    text::Text,
    verbs,
    words::Sentence,
};
use crate::model::Stance;
use crate::settings::{ACTOR, LOCATION};

/// An article, read.
pub(super) struct Article<'a> {
    pub(super) file: &'a str,
    pub(super) text: &'a Text,
    pub(super) layout: &'a Layout,
    pub(super) facts: &'a Facts,
    pub(super) published: Published,
    pub(super) about: &'a About,
}

impl Article<'_> {
    /// The place of bytes `range` of the text.
    pub(super) fn span(&self, range: &Range<usize>) -> Span {
        let place = self.text.in_file(range);
        let before = &self.file[..place.start];
        let line_start = before.rfind('\n').map_or(0, |at| at + 1);
        Span {
            line: before.matches('\n').count() + 1,
            column: before[line_start..].chars().count() + 1,
            text: self.text.text[range.clone()].to_owned(),
            range: place,
        }
    }

    /// The dates of a sentence, with what they mean.
    pub(super) fn dates(&self, sentence: &Sentence) -> Vec<(dates::Written, Resolved)> {
        let ahead = |date: &dates::Written| {
            let from = date.words.start.saturating_sub(12);
            sentence.words[from..date.words.end]
                .iter()
                .any(|word| verbs::is_ahead(&word.lower) && !word.quoted)
        };
        let found = dates::find(&sentence.words).into_iter();
        found
            .map(|date| {
                let meant = dates::resolve(&date, self.published.day, ahead(&date));
                (date, meant)
            })
            .collect()
    }

    /// The words of a sentence as bytes of the text.
    pub(super) fn words(sentence: &Sentence, words: &Range<usize>) -> Range<usize> {
        sentence.words[words.start].range.start..sentence.words[words.end - 1].range.end
    }

    fn first(&self, part: Part) -> Option<(String, Option<Span>)> {
        let at = self.layout.parts.iter().position(|found| *found == part)?;
        let span = self.span(&self.text.blocks[at].range);
        Some((span.text.clone(), Some(span)))
    }
}

/// Puts the parts together.
pub(super) fn assemble(
    article: &Article<'_>,
    cx: &Context<'_>,
    statements: Vec<Statement>,
    unknown: Vec<Unknown>,
) -> Proposal {
    let mut entities: Vec<(u32, Entity)> = Vec::new();
    for mention in cx.mentions {
        let at = (article.span(&mention.range), mention.by);
        match entities.iter_mut().find(|(entity, _)| *entity == mention.entity) {
            Some((_, known)) => known.at.push(at),
            None => {
                let known = cx.registry.known[mention.entity as usize].clone();
                entities.push((mention.entity, Entity { known, at: vec![at] }));
            }
        }
    }
    let unresolved = unknown.into_iter().map(|unknown| Unresolved {
        at: unknown.at.iter().map(|at| article.span(at)).collect(),
        may_mean: unknown.may_mean.iter().map(|who| cx.registry.known[*who as usize].id.clone()).collect(),
        name: unknown.name,
    });
    let shown = |sentence: &&Sentence| {
        !matches!(
            article.layout.parts[sentence.block],
            Part::Again | Part::DateLine | Part::Byline | Part::Credit
        )
    };
    let mut dates = Vec::new();
    for sentence in article.layout.sentences.iter().filter(shown) {
        for (written, meant) in article.dates(sentence) {
            dates.push(DateFound {
                when: meant.when,
                how: meant.how,
                at: article.span(&Article::words(sentence, &written.words)),
            });
        }
    }
    let facts = article.facts;
    let fact = |text: &Option<String>| text.clone().map(|text| (text, None));
    let byline = article
        .first(Part::Byline)
        .map(|(text, _)| text.trim_start_matches("By ").trim_start_matches("BY ").to_owned());
    let url = article.about.url.clone().or_else(|| facts.url.clone()).or_else(|| {
        article
            .first(Part::Address)
            .map(|(url, _)| url.trim_start_matches("Source:").trim_start_matches("URL:").trim().to_owned())
    });
    let events = events::find(article, cx, &statements);
    let publisher = publisher(article, cx, url.as_deref());
    let mut claims = claims(article, cx, statements);
    in_full(&mut claims, publisher.as_deref());
    Proposal {
        file: article.about.file.clone(),
        headline: article.first(Part::Headline).or_else(|| fact(&facts.headline)),
        standfirst: article.first(Part::Standfirst).or_else(|| fact(&facts.standfirst)),
        byline: byline.or_else(|| facts.author.clone()),
        language: facts.language.clone(),
        published: article.published.clone(),
        publisher,
        url: url.filter(|url| url.starts_with("http://") || url.starts_with("https://")),
        entities: entities.into_iter().map(|(_, entity)| entity).collect(),
        unresolved: unresolved.collect(),
        dates,
        claims,
        photos: events::photos(article),
        events,
    }
}

/// Writes `the Post` as the one name of the article that it is short for.
fn in_full(claims: &mut [Claim], publisher: Option<&str>) {
    let mut names: Vec<String> = claims.iter().filter_map(|claim| claim.told.clone()).collect();
    names.extend(publisher.map(str::to_owned));
    names.retain(|name| name.contains(' '));
    names.sort();
    names.dedup();
    for told in claims.iter_mut().filter_map(|claim| claim.told.as_mut()) {
        let mut meant = names.iter().filter(|name| name.split(' ').next_back() == Some(told.as_str()));
        if let (Some(name), None) = (meant.next(), meant.next()) {
            told.clone_from(name);
        }
    }
}

/// Who published it: as the page says, by the host of its address, or whom speakers told.
fn publisher(article: &Article<'_>, cx: &Context<'_>, url: Option<&str>) -> Option<String> {
    let host =
        url.and_then(|url| url.split("://").nth(1)?.split(['/', '?', '#']).next()).map(str::to_lowercase);
    let hosts = |host: &str| {
        cx.registry.publishers.iter().find(|(_, hosts)| {
            hosts.iter().any(|known| known.trim_start_matches("www.") == host.trim_start_matches("www."))
        })
    };
    let by_host = host.as_deref().and_then(hosts).map(|(name, _)| name.clone());
    let told = || {
        let is_told = |name: &&(String, Vec<String>)| cx.text.contains(&format!("told {}", name.0));
        let mut found = cx.registry.publishers.iter().filter(is_told);
        found.next().filter(|_| found.next().is_none()).map(|(name, _)| name.clone())
    };
    let agency = || Some(cx.text[article.layout.agency.clone()?].to_owned());
    by_host
        .or_else(|| article.facts.publisher.clone())
        .or_else(told)
        .or_else(agency)
        .or_else(|| host.map(|host| host.trim_start_matches("www.").to_owned()))
}

pub(super) fn who(cx: &Context<'_>, speaker: &Speaker) -> Who {
    let name = |actor: u32| cx.registry.known[actor as usize].name.clone();
    if speaker.actors.is_empty() {
        let unknown = speaker.unknown.clone();
        return Who::Unnamed { words: speaker.words.clone(), of: speaker.of.map(name), unknown };
    }
    Who::Actors(speaker.actors.iter().map(|actor| name(*actor)).collect())
}

/// The names of the entities of `kind` that bytes `range` name, without `but`.
pub(super) fn named(cx: &Context<'_>, range: &Range<usize>, kind: usize, but: &[u32]) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for mention in cx.mentions.iter().filter(|m| range.start <= m.range.start && m.range.end <= range.end + 2)
    {
        let known = &cx.registry.known[mention.entity as usize];
        let twin =
            cx.registry.same.iter().any(|(actor, place)| *place == mention.entity && but.contains(actor));
        if known.kind == kind
            && !but.contains(&mention.entity)
            && !twin
            && mention.by != By::Adjective
            && !found.contains(&known.name)
        {
            found.push(known.name.clone());
        }
    }
    found
}

/// Statements as claims, and those that answer as answers of the claim before them.
fn claims(article: &Article<'_>, cx: &Context<'_>, statements: Vec<Statement>) -> Vec<Claim> {
    let mut found: Vec<(Statement, Claim)> = Vec::new();
    let by = article.published.day.map(|day| format!("by {day}"));
    // An answer may stand before its claim in one sentence: `Despite denials from X, Y says`.
    let (answers, claims): (Vec<_>, Vec<_>) = statements
        .into_iter()
        .partition(|statement| matches!(statement.stance, Some(Stance::Denies | Stance::Disputes)));
    for statement in claims {
        let sentence = &cx.sentences[statement.sentence];
        let date = spoken_on(article, sentence, &statement).or_else(|| by.clone());
        found.push((statement.clone(), claim(article, cx, &statement, date)));
    }
    let mut apart = Vec::new();
    for statement in answers {
        let sentence = &cx.sentences[statement.sentence];
        let date = spoken_on(article, sentence, &statement).or_else(|| by.clone());
        let fits = |(of, _): &&mut (Statement, Claim)| {
            let other =
                of.speaker.actors != statement.speaker.actors || of.speaker.words != statement.speaker.words;
            let side = of.speaker.of.is_none() || of.speaker.of != statement.speaker.of;
            let same = of.sentence == statement.sentence;
            let near =
                of.sentence < statement.sentence && sentence.block - cx.sentences[of.sentence].block <= 1;
            other && side && (same || (near && statement.answers))
        };
        if let Some((_, claim)) = found.iter_mut().rev().find(fits) {
            let at = article.span(&sentence.range);
            let stance = statement.stance.unwrap_or(Stance::Denies);
            let by_at = article.span(&statement.speaker.span);
            claim.responses.push(Answer { by: who(cx, &statement.speaker), by_at, stance, date, at });
        } else {
            apart.push((statement.clone(), claim(article, cx, &statement, date)));
        }
    }
    found.extend(apart);
    found.sort_by_key(|(statement, _)| (statement.sentence, statement.verb));
    found.into_iter().map(|(_, claim)| claim).collect()
}

fn claim(article: &Article<'_>, cx: &Context<'_>, statement: &Statement, date: Option<String>) -> Claim {
    let sentence = &cx.sentences[statement.sentence];
    let mut own = statement.speaker.actors.clone();
    own.extend(statement.speaker.of);
    Claim {
        by: who(cx, &statement.speaker),
        by_at: article.span(&statement.speaker.span),
        note: statement.speaker.note.clone(),
        date,
        class: statement.class,
        about: named(cx, &sentence.range, ACTOR, &own),
        locations: named(cx, &sentence.range, LOCATION, &own),
        told: statement.told.clone().map(|told| cx.text[told].trim_start_matches("the ").to_owned()),
        via: statement
            .via
            .iter()
            .map(|via| match who(cx, via) {
                Who::Actors(actors) => actors.join(", "),
                Who::Unnamed { words, .. } => words,
            })
            .collect(),
        stance: statement.stance,
        at: article.span(&sentence.range),
        responses: Vec::new(),
    }
}

/// The day on which somebody speaks: a date near the verb.
fn spoken_on(article: &Article<'_>, sentence: &Sentence, statement: &Statement) -> Option<String> {
    // When a denial was passed on is not when it was made.
    let date = date_of(article, sentence, statement.verb)?;
    let words = &sentence.words;
    if words[statement.verb].is(&["denial", "denials"])
        && words.get(date.end).is_none_or(|_| date.start > statement.verb + 8)
    {
        return None;
    }
    article.dates(sentence).into_iter().find(|(written, _)| written.words == date)?.1.when
}

/// Which words are the date of the verb at `verb`.
pub(super) fn date_of(article: &Article<'_>, sentence: &Sentence, verb: usize) -> Option<Range<usize>> {
    let words = &sentence.words;
    let dates = article.dates(sentence);
    let clear = |between: &[super::words::Word]| {
        !between.iter().any(|word| {
            word.quoted
                || word.is(&[",", ";", ":", "that", "whom", "who", "which", "after", "before", "when"])
        })
    };
    // `said on Tuesday`, `told the Post on Wednesday`; `On Tuesday, he said`.
    let after = dates.iter().find(|(date, _)| {
        date.words.start > verb && date.words.start - verb <= 10 && clear(&words[verb..date.words.start])
    });
    let before = || {
        dates.iter().rfind(|(date, _)| {
            date.words.end <= verb
                && (date.words.start <= 1
                    || (verb - date.words.end <= 2 && clear(&words[date.words.end..verb])))
        })
    };
    let trailing = || {
        dates.iter().find(|(date, _)| {
            // `Y confirms that ..., media reported Thursday`: the day on which it was passed on.
            date.words.start > 0
                && words[date.words.start - 1].is(&["reported", "said", "reports"])
                && date.words.start > verb
        })
    };
    after.or_else(before).or_else(trailing).map(|(date, _)| date.words.clone())
}
