//! Who says what: sentences in which somebody speaks, and what answers them.

use std::ops::Range;

use super::{
    names::Mention,
    registry::Registry,
    speakers::{self, Speaker},
    verbs::{self, Speech},
    words::{Sentence, Word},
};
use crate::model::{ClaimClass, Stance};

/// Somebody says something, or answers.
#[derive(Clone, Debug)]
pub(super) struct Statement {
    /// The place of its sentence.
    pub(super) sentence: usize,
    /// Words of the sentence: the verb.
    pub(super) verb: usize,
    pub(super) speaker: Speaker,
    pub(super) told: Option<Range<usize>>,
    pub(super) via: Vec<Speaker>,
    pub(super) class: ClaimClass,
    /// How it answers, where it is an answer.
    pub(super) stance: Option<Stance>,
    /// Whether it names what it answers: `denied the claim`.
    pub(super) answers: bool,
}

/// What is known of the text around a sentence.
pub(super) struct Context<'a> {
    pub(super) text: &'a str,
    pub(super) sentences: &'a [Sentence],
    pub(super) mentions: &'a [Mention],
    pub(super) registry: &'a Registry,
}

/// The statements in the sentences that `of` takes.
pub(super) fn statements(cx: &Context<'_>, of: impl Fn(&Sentence) -> bool) -> Vec<Statement> {
    let mut found: Vec<Statement> = Vec::new();
    let mut last: Option<Speaker> = None;
    for (at, sentence) in cx.sentences.iter().enumerate().filter(|(_, sentence)| of(sentence)) {
        let before = found.len();
        in_sentence(cx, at, last.as_ref(), &mut found);
        if found.len() == before
            && is_quotation(sentence)
            && found.last().is_some_and(|s| near(cx, s.sentence, at))
        {
            // A quotation that goes on without naming its speaker again.
            let speaker = found[before - 1].speaker.clone();
            let speaker = Speaker { note: Some("goes on from the sentence before".into()), ..speaker };
            found.push(Statement {
                sentence: at,
                verb: 0,
                speaker,
                told: None,
                via: Vec::new(),
                class: ClaimClass::Fact,
                stance: None,
                answers: false,
            });
        }
        if let Some(statement) = found[before..].iter().find(|s| !s.speaker.is_media(cx.registry)) {
            last = Some(statement.speaker.clone());
        }
    }
    found
}

fn near(cx: &Context<'_>, one: usize, other: usize) -> bool {
    cx.sentences[other].block - cx.sentences[one].block <= 1
}

fn is_quotation(sentence: &Sentence) -> bool {
    let words = sentence.words.iter().filter(|word| word.is_word);
    let (quoted, all) =
        words.fold((0, 0), |(quoted, all), word| (quoted + usize::from(word.quoted), all + 1));
    all >= 4 && quoted * 10 >= all * 9
}

fn in_sentence(cx: &Context<'_>, at: usize, last: Option<&Speaker>, found: &mut Vec<Statement>) {
    let sentence = &cx.sentences[at];
    let words = &sentence.words;
    let begun = found.len();
    for (place, word) in words.iter().enumerate() {
        if word.quoted || !word.is_word {
            continue;
        }
        let Some((speech, mut speaker)) = spoken(cx, sentence, place) else { continue };
        if let Some(pronoun) = speaker.pronoun.take() {
            let earlier = || last_person(cx, speaker.span.start);
            let Some(meant) = last.cloned().or_else(earlier) else { continue };
            speaker = Speaker {
                note: Some(format!("`{pronoun}` is taken to be the last who spoke")),
                span: speaker.span,
                ..meant
            };
        }
        let answers = words[place + 1..].iter().take(6).any(|word| verbs::is_statement(&word.lower));
        let statement = Statement {
            sentence: at,
            verb: place,
            told: speakers::told(words, place),
            class: verbs::class(&word.lower),
            // Who confirms that something is so may be the first to say it.
            stance: verbs::stance(speech, &word.lower).filter(|_| speech != Speech::Confirms || answers),
            answers,
            speaker,
            via: Vec::new(),
        };
        join(cx, statement, begun, found);
    }
}

/// The person whom the text names last before byte `before`.
fn last_person(cx: &Context<'_>, before: usize) -> Option<Speaker> {
    let mut people = cx.mentions.iter().filter(|mention| cx.registry.known[mention.entity as usize].person);
    let last = people.rfind(|mention| mention.range.end <= before)?;
    Some(Speaker::actor(last.range.clone(), last.entity))
}

/// Puts a statement beside those of its sentence: one that says who passed another on belongs to that one.
fn join(cx: &Context<'_>, statement: Statement, begun: usize, found: &mut Vec<Statement>) {
    let words = &cx.sentences[statement.sentence].words;
    let own = &mut found[begun..];
    if own.iter().any(|known| known.speaker.same(&statement.speaker) && known.stance == statement.stance) {
        return;
    }
    if let Some(main) = own.last_mut() {
        if statement.speaker.is_media(cx.registry) && statement.stance.is_none() {
            main.via.push(statement.speaker);
            return;
        }
        let between = &words[main.verb..statement.verb.max(main.verb)];
        let apart = between.iter().any(|word| {
            word.is(&[";", "but", "while", "whereas", "although", "though", "however", ",", "—", "–"])
                || word.is_quotation_mark()
        });
        // `X warned of it and Y accused Z`.
        let and = words
            .iter()
            .rfind(|word| word.range.end <= statement.speaker.span.start)
            .is_some_and(|word| word.is(&["and"]));
        let apart = apart || and;
        if !apart && statement.stance.is_none() {
            return;
        }
        if main.speaker.is_media(cx.registry)
            && main.stance.is_none()
            && main.speaker.named(cx.registry)
            && !apart
        {
            let mut statement = statement;
            statement.via.push(main.speaker.clone());
            *main = statement;
            return;
        }
    }
    found.push(statement);
}

/// Whether somebody speaks with the word at `place`, and who.
fn spoken(cx: &Context<'_>, sentence: &Sentence, place: usize) -> Option<(Speech, Speaker)> {
    let words = &sentence.words;
    let word = &words[place];
    let before = place.checked_sub(1).map(|at| &words[at]);
    let next = words.get(place + 1);
    let inside =
        cx.mentions.iter().any(|m| m.range.start <= word.range.start && word.range.end <= m.range.end);
    if inside || (word.capital && place > 0) {
        return None;
    }
    if word.is(&["according"]) && next.is_some_and(|next| next.is(&["to"])) {
        return Some((Speech::Says, speakers::after(cx, sentence, place + 2)?));
    }
    if word.is(&["denial", "denials"]) {
        if next.is_some_and(|next| next.is(&["from", "by"])) {
            return Some((Speech::Denies, speakers::after(cx, sentence, place + 2)?));
        }
        let owner = before.filter(|before| before.possessive)?;
        return Some((Speech::Denies, speakers::before(cx, sentence, place).filter(|_| owner.is_word)?));
    }
    if word.is(&["reportedly", "allegedly"]) {
        return Some((Speech::Says, Speaker::nobody(word.range.clone(), &word.lower)));
    }
    let speech = verbs::speech(&word.lower)?;
    if let Some(passive) = passive(cx, sentence, place) {
        return passive.map(|speaker| (speech, speaker));
    }
    let determined = before.is_some_and(|before| {
        before.is(&[
            "the", "a", "an", "this", "these", "those", "their", "his", "her", "its", "our", "any", "some",
            "no", "of", "such",
        ]) || before.possessive
    });
    if determined
        || before.is_some_and(|before| before.is(&["to", "not", "never", "neither", "nor", "cannot"]))
    {
        return None;
    }
    let quoted_before = before.is_some_and(|b| {
        b.is_quotation_mark() || (b.is(&[","]) && place > 1 && words[place - 2].is_quotation_mark())
    });
    let supported = || {
        quoted_before
            || words[place + 1..]
                .iter()
                .take(14)
                .any(|word| word.is(&["that", ":", "for", "on"]) || word.is_quotation_mark())
            || before.is_some_and(|before| before.is(&[","]))
    };
    if verbs::is_weak(&word.lower) && !supported() {
        return None;
    }
    let inverted = || speakers::after(cx, sentence, place + 1).filter(Speaker::is_clear);
    let subject = || speakers::before(cx, sentence, place);
    let led_in =
        |speaker: &Speaker| next.is_some_and(|next| speaker.span.start <= next.range.end || is_led_in(next));
    let speaker = if quoted_before {
        inverted().filter(led_in).or_else(subject)
    } else {
        subject().or_else(|| inverted().filter(|_| before.is_none_or(|before| !before.is_word)))
    }?;
    if verbs::may_be_noun(&word.lower) && !speaker.touches(word, words) {
        return None;
    }
    Some((speech, speaker))
}

/// Words with which the name of a speaker begins after the verb.
fn is_led_in(word: &Word) -> bool {
    word.capital
        || word.is(&["the", "a", "an", "one", "two", "three", "his", "her", "their", "senior"])
        || verbs::is_role(&word.lower)
}

/// `it was reported`, `he was accused by X`: who speaks then. Nothing where it is no passive, and nobody where the
/// passive says who is spoken to.
#[allow(
    clippy::option_option,
    reason = "no passive, a passive of nobody, and a passive of somebody are three things"
)]
fn passive(cx: &Context<'_>, sentence: &Sentence, place: usize) -> Option<Option<Speaker>> {
    const BE: [&str; 10] = ["is", "are", "was", "were", "been", "being", "be", "gets", "got", "isn't"];
    let words = &sentence.words;
    let word = &words[place];
    if !(word.lower.ends_with("ed") || word.is(&["said", "told", "found"])) {
        return None;
    }
    let back = words[..place].iter().rev().take(3).position(|word| word.is(&BE))?;
    let adverbs = words[place - back..place]
        .iter()
        .all(|word| word.lower.ends_with("ly") || word.is(&["also", "later", "first", "earlier", "not"]));
    if !adverbs {
        return None;
    }
    let by = words[place + 1..].iter().take(12).position(|word| word.is(&["by"]) && !word.quoted);
    if let Some(speaker) =
        by.and_then(|by| speakers::after(cx, sentence, place + by + 2)).filter(Speaker::is_clear)
    {
        return Some(Some(speaker));
    }
    if word.is(&["quoted", "cited"]) {
        return Some(speakers::before(cx, sentence, place - back - 1));
    }
    let reported = word.is(&[
        "said",
        "reported",
        "claimed",
        "alleged",
        "believed",
        "announced",
        "confirmed",
        "estimated",
        "stated",
        "denied",
        "accused",
        "suggested",
        "expected",
    ]);
    let nobody = Speaker::nobody(word.range.clone(), "whom the article does not name");
    Some(reported.then_some(nobody))
}
