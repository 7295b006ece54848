//! What the paragraphs of an article are: headline, standfirst, byline, date line, captions, and the text itself.

use std::{collections::BTreeSet, ops::Range};

use super::{
    dates::{self, Form},
    text::{Tag, Text},
    words::{self, Sentence, Word},
};

/// What a paragraph is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Headline,
    Standfirst,
    Byline,
    DateLine,
    Address,
    Caption,
    Credit,
    Heading,
    Body,
    /// A paragraph that stands in the article twice: here for the second time.
    Again,
}

/// The parts of an article and its sentences.
pub(super) struct Layout {
    /// By paragraph.
    pub(super) parts: Vec<Part>,
    pub(super) sentences: Vec<Sentence>,
    /// Who is credited under a picture: the paragraph, and the bytes of the words.
    pub(super) credits: Vec<(usize, Range<usize>)>,
    /// The place from which the article reports, at its beginning: `DOHA, May 15 (Reuters) -`.
    pub(super) agency: Option<Range<usize>>,
}

const MAX_LABEL_WORDS: usize = 16;

/// Tells the paragraphs of `text` apart.
pub(super) fn layout(text: &Text) -> Layout {
    let blocks = &text.blocks;
    let mut parts: Vec<Part> = Vec::with_capacity(blocks.len());
    let mut credits = Vec::new();
    let mut seen: BTreeSet<String> = BTreeSet::new();
    let has_title = blocks.iter().any(|block| block.tag == Tag::Title);
    for (number, block) in blocks.iter().enumerate() {
        let written = &text.text[block.range.clone()];
        let sentences = words::sentences(&text.text, &block.range, number);
        let found: Vec<Word> = sentences.iter().flat_map(|sentence| sentence.words.clone()).collect();
        let credit = credit(&text.text, &block.range);
        let headline = parts.contains(&Part::Headline);
        let bare = credit.as_ref().map_or(written, |(from, _)| text.text[block.range.start..*from].trim());
        let body = parts.iter().filter(|part| matches!(part, Part::Body | Part::Caption)).count();
        let part = if block.tag == Tag::Title && !headline {
            Part::Headline
        } else if is_address(written) {
            Part::Address
        } else if credit.is_some() && bare.is_empty() {
            Part::Credit
        } else if block.tag == Tag::Caption || credit.is_some() {
            Part::Caption
        } else if is_byline(&found) {
            Part::Byline
        } else if is_date_line(&found) {
            Part::DateLine
        } else if !headline && !has_title && (number + 1 < blocks.len() || found.len() < 20) {
            Part::Headline
        } else if block.tag == Tag::Heading || (headline && body > 0 && is_heading(&found)) {
            Part::Heading
        } else if headline
            && body == 0
            && !parts.contains(&Part::Standfirst)
            && is_standfirst(text, number, &found)
        {
            Part::Standfirst
        } else {
            Part::Body
        };
        let part = match part {
            Part::Caption | Part::Body if !seen.insert(folded(bare)) => Part::Again,
            part => part,
        };
        if let Some((_, who)) = credit {
            // A credit on a line of its own is of the caption before it.
            let of = if part == Part::Credit { number.saturating_sub(1) } else { number };
            credits.push((of, who));
            if part == Part::Credit
                && let Some(caption @ (Part::Body | Part::Again | Part::Standfirst)) = parts.last_mut()
            {
                *caption = if *caption == Part::Again { Part::Again } else { Part::Caption };
            }
        }
        parts.push(part);
    }
    let sentences = blocks.iter().enumerate();
    let sentences: Vec<Sentence> =
        sentences.flat_map(|(number, block)| words::sentences(&text.text, &block.range, number)).collect();
    let agency = agency(&sentences, &parts);
    Layout { parts, sentences, credits, agency }
}

fn folded(text: &str) -> String {
    let words: Vec<&str> =
        text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    words.join(" ").to_lowercase()
}

fn is_address(written: &str) -> bool {
    let bare = written.trim().trim_start_matches("Source:").trim_start_matches("URL:").trim();
    (bare.starts_with("https://") || bare.starts_with("http://") || bare.starts_with("www."))
        && !bare.contains(' ')
}

/// Where a credit begins in a caption, and who is credited.
fn credit(text: &str, range: &Range<usize>) -> Option<(usize, Range<usize>)> {
    let block = &text[range.clone()];
    let lower = block.to_ascii_lowercase();
    let labels = [
        "photo credit:",
        "image credit:",
        "picture credit:",
        "photo by",
        "photograph by",
        "photographs by",
        "photograph:",
        "picture:",
        "photo:",
        "image:",
        "credit:",
        "photo/",
    ];
    let (at, label) = labels
        .iter()
        .filter_map(|label| lower.rfind(label).map(|at| (at, *label)))
        .min_by_key(|(at, label)| (*at, std::cmp::Reverse(label.len())))?;
    let before = block[..at].chars().next_back();
    let bracket = before == Some('(') || before == Some('[');
    // Within a sentence it is a word like any other.
    let ends = block[..at]
        .trim_end()
        .chars()
        .next_back()
        .is_none_or(|c| matches!(c, '.' | '(' | '[' | '|' | '–' | '—' | '"' | '”'));
    if !ends || block.len() > 900 {
        return None;
    }
    let from = range.start + at - usize::from(bracket);
    let rest = &block[at + label.len()..];
    let end = if bracket { rest.find([')', ']']).unwrap_or(rest.len()) } else { rest.len() };
    let who = rest[..end].trim().trim_end_matches('.');
    let start = range.start + at + label.len() + (rest.len() - rest.trim_start().len());
    (!who.is_empty() && who.len() < 120).then_some((from, start..start + who.len()))
}

fn is_byline(words: &[Word]) -> bool {
    let first = words.first().is_some_and(|word| word.is(&["by", "von", "par", "por"]) && word.capital);
    first
        && words.len() <= MAX_LABEL_WORDS
        && words.get(1).is_some_and(|word| word.capital)
        && !words.iter().any(|word| word.lower == ".")
        || (words.len() <= 3
            && words.iter().any(|word| word.is(&["staff", "reporter", "correspondent"]))
            && words.len() > 1)
}

/// A line with a date and nothing else to say.
fn is_date_line(words: &[Word]) -> bool {
    const LABELS: &[&str] = &[
        "published",
        "updated",
        "posted",
        "issued",
        "date",
        "released",
        "last",
        "first",
        "modified",
        "on",
        "at",
        "am",
        "pm",
        "a.m.",
        "p.m.",
        "gmt",
        "utc",
        "bst",
        "est",
        "edt",
        "pst",
        "cet",
        "by",
        "local",
        "time",
        "press",
        "release",
        "statement",
        "for",
        "immediate",
        "min",
        "read",
        "minutes",
        "edited",
        "hours",
        "ist",
        "le",
        "el",
        "the",
        "live",
    ];
    if words.len() > 24 {
        return false;
    }
    let dates = dates::find(words);
    if !dates.iter().any(|date| matches!(date.form, Form::Day(_) | Form::MonthDay(..))) {
        return false;
    }
    let labelled = words[0].is(&["posted", "published", "updated", "issued", "released", "modified"]);
    if labelled && words.len() <= 14 && words.last().is_some_and(|word| word.lower != ".") {
        return true;
    }
    let other = words.iter().enumerate().filter(|(at, word)| {
        word.is_word
            && !word.is(LABELS)
            && !dates.iter().any(|date| date.words.contains(at))
            && !word.lower.starts_with(|c: char| c.is_ascii_digit())
    });
    // A place, or the name of a desk, may stand beside it.
    let other: Vec<&Word> = other.map(|(_, word)| word).collect();
    other.len() <= 4
        && other.iter().all(|word| word.capital || word.lower.chars().count() <= 3)
        && !words.last().is_some_and(|word| word.lower == "." && words.len() > 6)
}

fn is_heading(words: &[Word]) -> bool {
    let ends =
        words.last().is_some_and(|word| word.is(&[".", "!", "…", ":", ","]) || word.is_quotation_mark());
    words.len() <= 12 && !ends && words.iter().filter(|word| word.is_word).count() > 0
}

/// A sentence or two between the headline and a date, a byline or a picture; or words that the article repeats.
fn is_standfirst(text: &Text, number: usize, words: &[Word]) -> bool {
    let written = &text.text[text.blocks[number].range.clone()];
    let rest = &text.text[text.blocks[number].range.end..];
    let begins: String = written.chars().take(60).collect();
    let next = text.blocks.get(number + 1);
    let next_words: Vec<Word> = next
        .map(|block| words::sentences(&text.text, &block.range, 0))
        .into_iter()
        .flatten()
        .flat_map(|s| s.words)
        .collect();
    let before_label = is_byline(&next_words) || is_date_line(&next_words);
    words.len() <= 70 && number > 0 && (rest.contains(&begins) || before_label)
}

/// `(Reuters)` at the beginning of the text.
fn agency(sentences: &[Sentence], parts: &[Part]) -> Option<Range<usize>> {
    let first = sentences.iter().find(|sentence| parts[sentence.block] == Part::Body)?;
    let words = &first.words;
    let open = words.iter().take(12).position(|word| word.lower == "(")?;
    let close = words.iter().skip(open).take(5).position(|word| word.lower == ")")? + open;
    let dash = words.get(close + 1).is_some_and(|word| word.is(&["-", "–", "—"]));
    (dash && close > open + 1).then(|| words[open + 1].range.start..words[close - 1].range.end)
}
