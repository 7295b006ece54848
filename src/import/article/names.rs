//! Whom the text names: entities of the registry, and capitalised names that it does not know.

use std::{collections::BTreeMap, ops::Range};

use super::{
    dates,
    registry::Registry,
    verbs,
    words::{Sentence, Word},
};
use crate::{
    documents::markdown::Names,
    model::{MONTHS, fold_name},
    settings::{ACTOR, LOCATION},
};

/// How a mention was recognised.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// A name or an alias.
    Name,
    /// A weak alias, which others may bear too.
    WeakAlias,
    /// The family name of somebody whom the text names in full.
    FamilyName,
    /// An adjective: `Israeli`.
    Adjective,
}

impl By {
    /// How the report calls it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::WeakAlias => "weak alias",
            Self::FamilyName => "family name",
            Self::Adjective => "adjective",
        }
    }
}

/// An entity of the registry where the text names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Mention {
    /// Bytes of the text.
    pub(super) range: Range<usize>,
    /// Its place in the registry.
    pub(super) entity: u32,
    pub(super) by: By,
}

/// A name that the registry does not know, or that several may bear.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Unknown {
    pub(super) name: String,
    /// Bytes of the text.
    pub(super) at: Vec<Range<usize>>,
    /// Who may be meant.
    pub(super) may_mean: Vec<u32>,
}

/// Words that stand before a name and are none of it.
const TITLES: &str = "president prime minister mr mrs ms dr prof professor sir lord lady king queen prince princess \
    general gen colonel col major maj lieutenant lt captain capt sergeant sgt admiral adm senator sen \
    rep representative congressman congresswoman governor gov mayor secretary ambassador foreign defence \
    defense chancellor premier chairman chief commander sheikh ayatollah imam rabbi pope judge justice \
    spokesman spokeswoman spokesperson envoy special attorney vice deputy interior finance";
/// Words in small letters within a name.
const JOINTS: [&str; 16] =
    ["of", "the", "de", "da", "del", "van", "von", "der", "bin", "ibn", "al", "el", "for", "and", "la", "du"];
const LOCATIVE: &str = "western eastern northern southern central in at near from to into inside outside across within throughout around towards toward over off \
    leaving entered visited left reached between";
/// Words that begin sentences and are no names.
const BEGINNINGS: &str = "the a an in on at by for from to of and but or if as it its he she they we i you his her their our \
    my this that these those there here when where while who what why how which after before since until \
    during despite although though however meanwhile also additionally earlier later then now still yet \
    both each every all some many most more no not only one two three four five several other another \
    with without under over according photo image editor update updated published";

/// The entities that `text` names, in order, and the names in it that several may bear.
pub(super) fn mentions(
    text: &str,
    sentences: &[Sentence],
    registry: &Registry,
) -> (Vec<Mention>, Vec<Unknown>) {
    let mut found: Vec<Mention> = Vec::new();
    let mut unclear: BTreeMap<String, Unknown> = BTreeMap::new();
    let hits = registry.strong.in_words(text);
    for hit in &hits {
        let may: Vec<u32> = hit.owners.to_vec();
        let places: Vec<u32> = choose(text, &hit.range, &may, registry);
        if places.is_empty() {
            note(&mut unclear, text, &hit.range, may);
        }
        found.extend(places.into_iter().map(|entity| Mention {
            range: hit.range.clone(),
            entity,
            by: By::Name,
        }));
    }
    let named: Vec<u32> = found.iter().map(|mention| mention.entity).collect();
    for hit in registry.weak.in_words(text) {
        if overlaps(&found, &hit.range) || part_of_longer(text, sentences, &hit.range) {
            continue;
        }
        let full: Vec<u32> = hit.owners.iter().copied().filter(|owner| named.contains(owner)).collect();
        let owners = if full.len() == 1 { full } else { hit.owners.to_vec() };
        let places = choose(text, &hit.range, &owners, registry);
        if places.is_empty() {
            note(&mut unclear, text, &hit.range, owners);
        }
        found.extend(places.into_iter().map(|entity| Mention {
            range: hit.range.clone(),
            entity,
            by: By::WeakAlias,
        }));
    }
    families(text, sentences, registry, &named, &mut found);
    for word in sentences.iter().flat_map(|sentence| &sentence.words) {
        if let Some(entity) =
            registry.adjectives.get(&word.lower).filter(|_| word.capital && !overlaps(&found, &word.range))
        {
            found.push(Mention { range: word.range.clone(), entity: *entity, by: By::Adjective });
        }
    }
    found.sort_by_key(|mention| (mention.range.start, mention.entity));
    (found, unclear.into_values().collect())
}

fn overlaps(found: &[Mention], range: &Range<usize>) -> bool {
    found.iter().any(|mention| mention.range.start < range.end && range.start < mention.range.end)
}

fn note(unclear: &mut BTreeMap<String, Unknown>, text: &str, range: &Range<usize>, may_mean: Vec<u32>) {
    let name = text[range.clone()].to_owned();
    let entry = unclear.entry(fold_name(&name)).or_insert(Unknown { name, at: Vec::new(), may_mean });
    entry.at.push(range.clone());
}

/// Who of `owners` is meant: one, or an actor and the place that is the same thing; none where it is unclear.
fn choose(text: &str, range: &Range<usize>, owners: &[u32], registry: &Registry) -> Vec<u32> {
    let kind = |owner: u32| registry.known[owner as usize].kind;
    let before =
        text[..range.start].trim_end().rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    let before = if before == "the" {
        let rest = text[..range.start].trim_end().trim_end_matches("the").trim_end();
        rest.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default()
    } else {
        before
    };
    let is_place = verbs::among(LOCATIVE, &before.to_lowercase());
    match owners {
        [only] => {
            // A place that only the actor's profile names: `in the US`.
            let twin = registry.same.get(only).copied().filter(|_| is_place && kind(*only) == ACTOR);
            std::iter::once(*only).chain(twin).collect()
        }
        [one, other] if kind(*one) == ACTOR && kind(*other) == LOCATION => {
            if registry.same.get(one) == Some(other) {
                if is_place { vec![*one, *other] } else { vec![*one] }
            } else if is_place {
                vec![*other]
            } else {
                vec![*one]
            }
        }
        _ => Vec::new(),
    }
}

/// Whether `range` is part of a longer name that nobody here bears: `Yahya Sinwar`, `Kennedy Airport`.
fn part_of_longer(text: &str, sentences: &[Sentence], range: &Range<usize>) -> bool {
    let Some(sentence) = sentences.iter().find(|s| s.range.start <= range.start && range.end <= s.range.end)
    else {
        return false;
    };
    let words = &sentence.words;
    let first = words.partition_point(|word| word.range.end <= range.start);
    let single = !text[range.clone()].contains(' ');
    let all_caps = text[range.clone()].chars().filter(|c| c.is_alphabetic()).all(char::is_uppercase);
    // Only a single word in small letters and a capital is like a family name.
    if !single || all_caps {
        return false;
    }
    let before = first.checked_sub(1).map(|at| &words[at]);
    before.is_some_and(|word| {
        word.capital
            && word.is_word
            && first > 1
            && !word.possessive
            && !is_title(word)
            && !word.is_in(BEGINNINGS)
            && dates::month(word).is_none()
            && !dates::WEEKDAYS.contains(&word.lower.as_str())
            && words[first - 1].range.end + 1 == range.start
            && text[word.range.clone()].chars().nth(1).is_some_and(char::is_lowercase)
    })
}

fn is_title(word: &Word) -> bool {
    word.is_in(TITLES) || word.lower.ends_with("man") || word.lower.ends_with("woman")
}

/// Family names of people whom the text names in full.
fn families(
    text: &str,
    sentences: &[Sentence],
    registry: &Registry,
    named: &[u32],
    found: &mut Vec<Mention>,
) {
    let mut bearers: BTreeMap<&str, Vec<u32>> = BTreeMap::new();
    for entity in named {
        if let Some(family) = &registry.known[*entity as usize].family {
            let bearers = bearers.entry(family).or_default();
            if !bearers.contains(entity) {
                bearers.push(*entity);
            }
        }
    }
    let names = bearers.iter().filter(|(_, who)| who.len() == 1).map(|(family, who)| (*family, who[0]));
    for hit in Names::new(names).in_words(text) {
        if !overlaps(found, &hit.range) && !part_of_longer(text, sentences, &hit.range) {
            found.push(Mention { range: hit.range.clone(), entity: hit.owners[0], by: By::FamilyName });
        }
    }
}

/// A run of words of a sentence that is a name.
pub(super) fn name_at(sentence: &Sentence, at: usize) -> Option<Range<usize>> {
    let words = &sentence.words;
    let is_part = |word: &Word| {
        word.is_word
            && word.capital
            && !dates::WEEKDAYS.contains(&word.lower.as_str())
            && !MONTHS.contains(&word.lower.as_str())
            && word.lower != "i"
            && !word.lower.starts_with("i'")
    };
    let first = words.get(at).filter(|word| is_part(word))?;
    let mut end = at + 1;
    if !first.possessive {
        while let Some(word) = words.get(end) {
            let joined = words[end - 1].range.end + 3 >= word.range.start;
            if is_part(word) && joined {
                end += 1;
                if word.possessive {
                    break;
                }
                continue;
            }
            // An initial's full stop, and small words between two capitals.
            let next = (end + 1..end + 3).find(|next| words.get(*next).is_some_and(is_part));
            let joint = word.is(&JOINTS) || (word.lower == "." && words[end - 1].range.len() == 1);
            let gap = next
                .filter(|next| joint && words[end..*next].iter().all(|w| w.is(&JOINTS) || w.lower == "."));
            match gap {
                // `Hamas and Israel` are two names.
                Some(next) if word.lower != "and" => end = next + 1,
                _ => break,
            }
        }
    }
    Some(at..end)
}

/// The names that the registry does not know: two words or more, or twice.
pub(super) fn unknown(
    text: &str,
    sentences: &[Sentence],
    mentions: &[Mention],
    unclear: Vec<Unknown>,
) -> Vec<Unknown> {
    let mut found: BTreeMap<String, (Unknown, bool)> = BTreeMap::new();
    for sentence in sentences {
        let mut at = 0;
        while at < sentence.words.len() {
            let Some(mut run) = name_at(sentence, at) else {
                at += 1;
                continue;
            };
            at = run.end;
            let begins = run.start == 0 || sentence.words[run.start - 1].is_quotation_mark();
            while run.start < run.end {
                let word = &sentence.words[run.start];
                let known = mentions
                    .iter()
                    .any(|m| m.range.start <= word.range.start && word.range.end <= m.range.end + 2);
                if is_title(word) || word.is_in(BEGINNINGS) || word.is(&JOINTS) || known || !word.is_word {
                    run.start += 1;
                } else {
                    break;
                }
            }
            if run.is_empty() {
                continue;
            }
            let range = sentence.words[run.start].range.start..sentence.words[run.end - 1].range.end;
            if overlaps(mentions, &range) && run.len() < 2 {
                continue;
            }
            let name = text[range.clone()].trim_end_matches("'s").trim_end_matches("’s");
            let range = range.start..range.start + name.len();
            // A word at the beginning of a sentence has a capital whatever it is.
            let sure = run.len() > 1 || !begins;
            if name.chars().count() < 3 && run.len() == 1 {
                continue;
            }
            let new = || (Unknown { name: name.to_owned(), at: Vec::new(), may_mean: Vec::new() }, false);
            let entry = found.entry(fold_name(name)).or_insert_with(new);
            entry.0.at.push(range);
            entry.1 |= sure;
        }
    }
    let keep = |unknown: &Unknown| unknown.name.contains(' ') || unknown.at.len() > 1;
    let mut kept: Vec<Unknown> = found
        .into_values()
        .filter(|(unknown, sure)| *sure && keep(unknown))
        .map(|(unknown, _)| unknown)
        .collect();
    kept.extend(unclear);
    kept.sort_by_key(|unknown| unknown.at.first().map(|at| at.start));
    kept
}

/// Whether a word is no part of a name although it has a capital: a title, or the first word of a sentence.
pub(super) fn is_no_name(word: &Word) -> bool {
    is_title(word) || word.is_in(BEGINNINGS) || word.is(&JOINTS)
}
