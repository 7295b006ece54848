//! Who speaks: the words beside a verb as an actor of the registry, or as somebody without a name.

use std::ops::Range;

use super::{
    claims::Context,
    dates,
    names::{self, By, Mention},
    registry::Registry,
    verbs,
    words::{Sentence, Word},
};
use crate::settings::ACTOR;

/// Who speaks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Speaker {
    /// Bytes of the text.
    pub(super) span: Range<usize>,
    /// The actors of the registry that speak by name.
    pub(super) actors: Vec<u32>,
    /// Otherwise the words for them.
    pub(super) words: String,
    /// To whom somebody without a name belongs.
    pub(super) of: Option<u32>,
    /// A name that the registry does not know.
    pub(super) unknown: Option<String>,
    /// `he`, before it is known who that is.
    pub(super) pronoun: Option<String>,
    /// What was guessed.
    pub(super) note: Option<String>,
}

impl Speaker {
    fn new(span: Range<usize>) -> Self {
        Self {
            span,
            actors: Vec::new(),
            words: String::new(),
            of: None,
            unknown: None,
            pronoun: None,
            note: None,
        }
    }

    /// Somebody of whom the article says nothing.
    pub(super) fn nobody(span: Range<usize>, words: &str) -> Self {
        let words = if words.ends_with("ly") { "whom the article does not name" } else { words };
        Self { words: format!("somebody {words}"), ..Self::new(span) }
    }

    /// An actor of the registry.
    pub(super) fn actor(span: Range<usize>, actor: u32) -> Self {
        Self { actors: vec![actor], ..Self::new(span) }
    }

    pub(super) fn same(&self, other: &Self) -> bool {
        self.actors == other.actors && self.words == other.words && self.of == other.of
    }

    pub(super) fn is_clear(&self) -> bool {
        self.pronoun.is_some() || !self.actors.is_empty() || !self.words.is_empty()
    }

    /// Whether it passes on what others say.
    pub(super) fn is_media(&self, registry: &Registry) -> bool {
        let words = self.words.to_lowercase();
        let named = self.actors.first().is_some_and(|actor| registry.known[*actor as usize].media);
        named
            || [
                "media",
                "newspaper",
                "news agency",
                "state television",
                "broadcaster",
                "outlet",
                "news",
                "radio",
                "times",
                "press",
            ]
            .iter()
            .any(|word| {
                words
                    .split(|c: char| !c.is_alphanumeric() && c != ' ')
                    .any(|part| part.trim().ends_with(word))
            })
    }

    pub(super) fn named(&self, registry: &Registry) -> bool {
        self.unknown.is_some() || self.is_media(registry)
    }

    /// Whether it stands right beside the verb.
    pub(super) fn touches(&self, verb: &Word, words: &[Word]) -> bool {
        let between = words
            .iter()
            .filter(|word| word.range.start >= self.span.end && word.range.end <= verb.range.start);
        between
            .filter(|word| word.is_word && !word.lower.ends_with("ly") && !word.is(&["also", "now", "still"]))
            .count()
            == 0
    }
}

const PRONOUNS: &str = "he she they it who";
const PREPOSITIONS: &str = "in of from at for with familiar close on who near inside to speaking involved representing as after \
    during whose into under briefed about";
const AUXILIARIES: &str = "has have had also later then earlier now still again would did does meanwhile however too previously \
    both all first separately himself could will";
const BOUNDARIES: &str = "that but while although though when because whereas after before if as since and or where which \
    despite until so yet than whether whom what how amid";

/// Who stands before the verb at `place`.
pub(super) fn before(cx: &Context<'_>, sentence: &Sentence, place: usize) -> Option<Speaker> {
    let words = &sentence.words;
    let mut end = trimmed(words, place);
    let mut start = boundary(words, end);
    if start == end && end > 0 && words[end - 1].is(&[",", "–", "—", ")"]) && !words[end - 1].quoted {
        // `Naim, a senior official, said`: the name stands before what describes it.
        let inner = end - 1;
        let opens = (0..inner).rev().find(|at| words[*at].is(&[",", "–", "—", "("]) && !words[*at].quoted)?;
        let described = party(cx, words, opens + 1..inner);
        end = trimmed(words, opens);
        start = boundary(words, end);
        let named = party(cx, words, start..end);
        return match (named, described) {
            (Some(named), _) if !named.actors.is_empty() => Some(named),
            (Some(mut named), described) if named.unknown.is_some() => {
                if let Some(described) = described {
                    named.of = named.of.or(described.of).or(described.actors.first().copied());
                }
                Some(named)
            }
            (named, described) => named.or(described),
        };
    }
    let mut range = start..end;
    if range.len() == 1 && words[range.start].is(&["who"]) {
        let end =
            range.start.saturating_sub(usize::from(range.start > 0 && words[range.start - 1].is(&[","])));
        range = boundary(words, end)..end;
    }
    // `Hamas and Israel said`: `and` parts clauses, unless both sides of it are short.
    if range.start > 1 && words[range.start - 1].is(&["and"]) {
        let wider = boundary(words, range.start - 1)..range.end;
        if wider.len() <= 9
            && let Some(both) = party(cx, words, wider).filter(|both| both.actors.len() > 1)
        {
            return Some(both);
        }
    }
    party(cx, words, range)
}

/// Who stands from `place` on.
pub(super) fn after(cx: &Context<'_>, sentence: &Sentence, place: usize) -> Option<Speaker> {
    let words = &sentence.words;
    let ends = |word: &Word| {
        !word.is_word && !matches!(&*word.lower, "." | "-")
            || word.quoted
            || (word.is_in(BOUNDARIES) && !word.is(&["and"]))
            || verbs::speech(&word.lower).is_some_and(|_| !word.is(&["report", "reports", "claims"]))
    };
    let length = words.get(place..)?.iter().position(ends).unwrap_or(words.len() - place);
    let length = length.min(16);
    party(cx, words, place..place + length)
}

/// Where the words before `end` begin that are no adverb, no auxiliary and no date.
fn trimmed(words: &[Word], mut end: usize) -> usize {
    let dates = dates::find(words);
    loop {
        let Some(last) = end.checked_sub(1) else { return 0 };
        let word = &words[last];
        if let Some(date) = dates.iter().find(|date| date.words.end == end) {
            end = date.words.start;
            if end > 0 && words[end - 1].is(&["on", "in"]) {
                end -= 1;
            }
        } else if word.is_in(AUXILIARIES) || (word.lower.ends_with("ly") && !word.capital) {
            end = last;
        } else {
            return end;
        }
    }
}

/// Where the clause begins that ends at `end`.
fn boundary(words: &[Word], end: usize) -> usize {
    let parts = |word: &Word| {
        (!word.is_word && word.lower != "." && word.lower != "-") || word.quoted || word.is_in(BOUNDARIES)
    };
    words[..end].iter().rposition(parts).map_or(0, |at| at + 1)
}

/// The party that these words name.
fn party(cx: &Context<'_>, words: &[Word], range: Range<usize>) -> Option<Speaker> {
    if range.is_empty() {
        return None;
    }
    let all = &words[range.clone()];
    let skip = all.iter().take_while(|word| word.is(&["on", "in", "at", "by", "for"])).count();
    let rest = &all[skip.min(all.len())..];
    let head_length =
        rest.iter().position(|word| word.is_in(PREPOSITIONS) && !word.capital).unwrap_or(rest.len());
    // `one of the mediators`.
    let of = rest.get(head_length).is_some_and(|word| word.is(&["of"]))
        && !rest[..head_length].iter().any(|word| word.capital || verbs::is_role(&word.lower));
    let (head, tail) = rest.split_at(if of { rest.len() } else { head_length });
    if head.first().is_some_and(|word| word.is(&["no", "neither", "nobody", "none", "nothing"])) {
        return None;
    }
    if let [word] = head
        && word.is_in(PRONOUNS)
    {
        let mut speaker = Speaker::new(word.range.clone());
        speaker.pronoun = Some(word.lower.clone());
        return (!word.is(&["it", "who"])).then_some(speaker);
    }
    let head = if skip > 0 && head.iter().all(|word| !verbs::is_role(&word.lower)) && skip < all.len() {
        &all[skip..]
    } else {
        head
    };
    let (first, last) = (head.first()?, head.last()?);
    let span = first.range.start..last.range.end;
    let within = |mention: &&Mention| {
        mention.range.start >= span.start
            && mention.range.end <= span.end + 2
            && cx.registry.known[mention.entity as usize].kind == ACTOR
    };
    let actors: Vec<&Mention> = cx.mentions.iter().filter(within).collect();
    let role = head.iter().rposition(|word| verbs::is_role(&word.lower));
    let mut speaker = Speaker::new(span.clone());
    let by_name: Vec<&Mention> =
        actors.iter().copied().filter(|mention| mention.by != By::Adjective).collect();
    // `Zorin's office` is not Zorin.
    let owns = |mention: &Mention| {
        let role = head.iter().rfind(|word| verbs::is_role(&word.lower));
        cx.text[mention.range.end..].starts_with(['\'', '’'])
            && role.is_some_and(|role| role.range.start >= mention.range.end)
    };
    let by_name: Vec<&Mention> = by_name.into_iter().filter(|mention| !owns(mention)).collect();
    let person = by_name.iter().rfind(|mention| cx.registry.known[mention.entity as usize].person);
    if let Some(person) = person {
        let people = by_name.iter().filter(|mention| cx.registry.known[mention.entity as usize].person);
        let several = head.iter().any(|word| word.is(&["and"]));
        speaker.actors =
            if several { people.map(|mention| mention.entity).collect() } else { vec![person.entity] };
        speaker.actors.dedup();
        return Some(speaker);
    }
    // Whose is a possessive: `Hamas's spokesman`; otherwise whatever stands before the word for the speaker.
    let affiliation = actors.iter().rev().map(|mention| mention.entity).next().or_else(|| of_tail(cx, tail));
    let role_end = role.map(|at| head[at].range.end);
    let unknown = head.iter().enumerate().rev().find_map(|(at, _)| {
        let at = head.len() - 1 - at;
        unknown_name(cx, head, at, &actors)
    });
    if let Some((name, place)) = unknown.filter(|(_, place)| role_end.is_none_or(|end| place.start >= end)) {
        speaker.words.clone_from(&name);
        speaker.unknown = Some(name);
        speaker.of = affiliation;
        speaker.span = place;
        return Some(speaker);
    }
    if by_name.last().is_some_and(|mention| role_end.is_none_or(|end| mention.range.end >= end)) {
        speaker.actors = by_name.iter().map(|mention| mention.entity).collect();
        speaker.actors.dedup();
        let several = head.iter().any(|word| word.is(&["and"]));
        if !several && let Some(last) = speaker.actors.last().copied() {
            speaker.actors = vec![last];
        }
        return Some(speaker);
    }
    role?;
    let role_is_last = role.is_some_and(|at| at + 1 == head.len());
    let end = if !role_is_last {
        role_end.unwrap_or(span.end)
    } else if tail.len() <= 6
        && tail.first().is_some_and(|word| {
            word.is(&["of", "for", "from", "familiar", "close", "in", "at", "involved", "briefed", "with"])
        })
    {
        tail.last().map_or(span.end, |word| word.range.end)
    } else {
        span.end
    };
    let words = cx.text[span.start..end].to_owned();
    let words =
        ["On", "In", "But", "And", "The"].iter().fold(words, |words, lead| match words.strip_prefix(*lead) {
            Some(rest) if rest.starts_with(' ') && *lead == "The" => format!("the{rest}"),
            Some(rest) if rest.starts_with(' ') => rest.trim_start().to_owned(),
            _ => words,
        });
    speaker.span = span.start..end;
    speaker.words = lowered(&words, &actors, span.start);
    speaker.of = affiliation;
    Some(speaker)
}

/// Words from the beginning of a sentence as they stand within one.
fn lowered(words: &str, actors: &[&Mention], start: usize) -> String {
    let first = words.split_whitespace().next().unwrap_or_default();
    let is_name = actors.iter().any(|mention| mention.range.start == start);
    let plain = first.chars().skip(1).all(char::is_lowercase);
    if is_name
        || !plain
        || !(matches!(
            first,
            "A" | "An"
                | "One"
                | "Two"
                | "Three"
                | "Four"
                | "Five"
                | "Several"
                | "Some"
                | "Many"
                | "Local"
                | "Senior"
        ) || verbs::is_role(&first.to_lowercase()))
    {
        return words.to_owned();
    }
    let mut chars = words.chars();
    chars.next().map(|c| c.to_lowercase().chain(chars).collect()).unwrap_or_default()
}

/// `of the United States`, `for Hamas`, behind the word for the speaker.
fn of_tail(cx: &Context<'_>, tail: &[Word]) -> Option<u32> {
    let first = tail.first().filter(|word| word.is(&["of", "for", "from", "with", "representing", "in"]))?;
    let last = tail.get(3.min(tail.len() - 1))?;
    let within = |mention: &&Mention| {
        mention.range.start > first.range.start && mention.range.end <= last.range.end + 2
    };
    let found = cx.mentions.iter().find(within)?;
    let known = &cx.registry.known[found.entity as usize];
    (known.kind == ACTOR && !(first.is(&["in"]))).then_some(found.entity)
}

/// A capitalised name that no actor here bears, at word `at` of the head.
fn unknown_name(
    cx: &Context<'_>,
    head: &[Word],
    at: usize,
    actors: &[&Mention],
) -> Option<(String, Range<usize>)> {
    let sentence = Sentence { range: 0..0, words: head.to_vec(), block: 0 };
    let run = names::name_at(&sentence, at)?;
    if at > 0 && names::name_at(&sentence, at - 1).is_some_and(|before| before.end > at) {
        return None;
    }
    let from = (run.start..run.end).find(|at| {
        let word = &head[*at];
        !names::is_no_name(word)
            && !actors.iter().any(|m| m.range.start <= word.range.start && word.range.end <= m.range.end + 2)
    })?;
    let range = head[from].range.start..head[run.end - 1].range.end;
    let covered = cx.mentions.iter().any(|m| {
        m.range.start <= range.start
            && range.end <= m.range.end + 2
            && cx.registry.known[m.entity as usize].kind == ACTOR
    });
    let name = cx.text[range.clone()].trim_end_matches("'s").trim_end_matches("’s").to_owned();
    (!covered && name.chars().count() > 2).then_some((name, range))
}

/// To whom: `told Sky News in Arabic that`, `citing an interview with Sky News`.
pub(super) fn told(words: &[Word], verb: usize) -> Option<Range<usize>> {
    let direct = words[verb].is(&["told", "tells", "tell", "informed", "assured"]).then_some(verb + 1);
    let interview = || {
        let at = words.iter().position(|word| {
            word.is(&["interview", "interviews", "statement", "letter", "speech", "briefing", "remarks"])
                && !word.quoted
        })?;
        words.get(at + 1).filter(|word| word.is(&["with", "to", "on", "for"]))?;
        Some(at + 2)
    };
    let start = direct.or_else(interview)?;
    let dates = dates::find(words);
    let ends = |at: usize| {
        let word = &words[at];
        let date = dates
            .iter()
            .any(|date| date.words.start == at || (date.words.start == at + 1 && word.is(&["on", "in"])));
        (!word.is_word && word.lower != "-")
            || word.quoted
            || date
            || word.is(&[
                "that", "it", "he", "she", "they", "there", "how", "what", "why", "to", "about", "after",
                "before", "when", "during", "as",
            ])
    };
    let end = (start..words.len()).find(|at| ends(*at)).unwrap_or(words.len());
    let end = (start..end).find(|at| at - start >= 7).unwrap_or(end);
    (end > start
        && words[start..end].iter().any(|word| {
            word.capital
                || verbs::is_role(&word.lower)
                || word.lower.ends_with("reporters")
                || word.is(&["journalists", "parliament"])
        }))
    .then(|| words[start].range.start..words[end - 1].range.end)
}
