//! What happened on a day, as the article tells it or shows it in a picture.

use super::{
    assemble::{Article, date_of, named, who},
    claims::{Context, Statement},
    layout::Part,
    proposal::{Event, Photo},
    verbs,
};
use crate::settings::{ACTOR, LOCATION};

/// Sentences with a date and a deed, and pictures with a date.
pub(super) fn find(article: &Article<'_>, cx: &Context<'_>, statements: &[Statement]) -> Vec<Event> {
    let pictures = pictures(article);
    let mut found: Vec<Event> = Vec::new();
    for (number, sentence) in cx.sentences.iter().enumerate() {
        let part = article.layout.parts[sentence.block];
        if !matches!(part, Part::Body | Part::Caption) {
            continue;
        }
        let spoken: Vec<&Statement> =
            statements.iter().filter(|statement| statement.sentence == number).collect();
        let of_speech: Vec<_> =
            spoken.iter().filter_map(|statement| date_of(article, sentence, statement.verb)).collect();
        let deed = sentence.words.iter().any(|word| verbs::is_deed(&word.lower) && !word.quoted);
        for (written, meant) in article.dates(sentence) {
            let Some(date) = meant.when else { continue };
            if of_speech.contains(&written.words) || !(deed || part == Part::Caption) {
                continue;
            }
            let same =
                |event: &Event| event.date == date && event.at.range == article.span(&sentence.range).range;
            if found.iter().any(same) {
                continue;
            }
            let planned =
                meant.day.zip(article.published.day).is_some_and(|(day, published)| day > published);
            found.push(Event {
                date,
                planned,
                actors: named(cx, &sentence.range, ACTOR, &[]),
                locations: named(cx, &sentence.range, LOCATION, &[]),
                per: spoken.first().map(|statement| who(cx, &statement.speaker)),
                at: article.span(&sentence.range),
                photo: pictures.iter().position(|(of, _)| *of == paragraph(article, sentence.block)),
            });
        }
    }
    found
}

/// The first paragraph with the same words, since pages bring captions twice.
fn paragraph(article: &Article<'_>, block: usize) -> usize {
    let begins = |block: usize| -> String {
        article.text.text[article.text.blocks[block].range.clone()].chars().take(80).collect()
    };
    (0..block).find(|other| begins(*other) == begins(block)).unwrap_or(block)
}

/// The pictures: each credit with its caption, once.
pub(super) fn photos(article: &Article<'_>) -> Vec<Photo> {
    pictures(article).into_iter().map(|(_, photo)| photo).collect()
}

/// The pictures, each with the paragraph of its caption.
fn pictures(article: &Article<'_>) -> Vec<(usize, Photo)> {
    let mut found: Vec<(usize, Photo)> = Vec::new();
    for (block, credit) in &article.layout.credits {
        let of = paragraph(article, *block);
        if found.iter().any(|(known, _)| *known == of) {
            continue;
        }
        let sentences = article.layout.sentences.iter().filter(|sentence| sentence.block == *block);
        let date = sentences.flat_map(|sentence| article.dates(sentence)).find_map(|(_, meant)| meant.when);
        let caption = Some(article.span(&article.text.blocks[*block].range));
        found.push((of, Photo { caption, credit: article.span(credit), date }));
    }
    found
}
