//! Sentences on claims: who answers, how and when. They describe the record, and never say what is true.
//!
//! Every word comes from the theme. A speaker is named as the source names him, a date is given as the source gives
//! it, and nothing is told apart by who says it.

use super::dates::Words;
use crate::{
    archive::{Archive, Claim, Counted, EntityIx, Party, Response, Standing, Status},
    model::{Form, Precision, Stance, When},
};

/// How many answers of one stance a sentence tells, and how many speakers of one answer it names.
const TOLD: usize = 3;

/// The order in which a sentence tells answers.
const ORDER: [Stance; 5] =
    [Stance::Confirms, Stance::Denies, Stance::Disputes, Stance::Declines, Stance::NoReply];

/// What sentences on claims are made of.
#[derive(Clone, Copy)]
pub(super) struct Sentences<'a> {
    pub(super) archive: &'a Archive,
    pub(super) words: Words<'a>,
}

/// Speakers in a sentence.
struct Named {
    words: String,
    /// Whether it ends with words set in commas: "Bassem Naim, for Hamas".
    is_set_off: bool,
    are_many: bool,
    /// Whether it begins with the words for somebody who is not named, which begin as a sentence does.
    begins_unnamed: bool,
}

impl Named {
    /// The words before a verb.
    fn before(&self) -> String {
        if self.is_set_off { format!("{},", self.words) } else { self.words.clone() }
    }
}

impl Sentences<'_> {
    /// What the record says of a claim; of one without truth value what it is, by whom and when.
    pub(super) fn status(self, claim: &Claim, standing: Option<&Standing>) -> String {
        let Some(standing) = standing else { return self.statement(claim) };
        let key = match standing.status {
            Status::None if claim.responses.is_empty() => {
                return self.words.get("status_text_none").to_owned();
            }
            Status::None => return self.words.get("status_text_none_others").to_owned(),
            Status::Differ => "status_text_differ",
            _ => "status_text",
        };
        let answers = match standing.status {
            Status::Withdrawn => self.withdrawals(claim, &standing.counted),
            _ => self.answers(claim, &standing.counted),
        };
        self.words.fill(key, &[("answers", &answers)])
    }

    /// "Offer by Bassem Naim, for Hamas, 15 May 2025."
    fn statement(self, claim: &Claim) -> String {
        let who = self.claimant(claim);
        let key = format!("statement_{}", claim.class.word());
        self.words.fill(&key, &[("whom", &who.words), ("date", &self.words.when(claim.date))])
    }

    /// Who makes a claim, and for whom.
    pub(super) fn claimants(self, claim: &Claim) -> String {
        self.claimant(claim).words
    }

    /// "Bassem Naim, for Hamas, says".
    pub(super) fn says(self, claim: &Claim) -> String {
        let who = self.claimant(claim);
        let said = self.words.fill(&form("says", who.are_many), &[("who", &who.before())]);
        if who.begins_unnamed { capitalised(&said) } else { said }
    }

    /// The words under `key` about a claim, which begin with who makes it.
    pub(super) fn titled(self, claim: &Claim, key: &str, values: &[(&str, &str)]) -> String {
        let title = self.words.fill(key, values);
        if self.claimant(claim).begins_unnamed { capitalised(&title) } else { title }
    }

    fn claimant(self, claim: &Claim) -> Named {
        let all = |parties: &[Party]| (0..parties.len()).collect::<Vec<_>>();
        self.named(&claim.by, &all(&claim.by), &claim.on_behalf_of, &all(&claim.on_behalf_of))
    }

    fn answers(self, claim: &Claim, counted: &[Counted]) -> String {
        let mut told = Vec::new();
        let mut more = 0;
        let mut starts_with_name = None;
        for stance in ORDER {
            let of_stance = counted.iter().filter(|it| claim.responses[it.response].stance == stance);
            for (number, answer) in of_stance.enumerate() {
                if number < TOLD {
                    let (clause, is_name) = self.answer(&claim.responses[answer.response], answer);
                    starts_with_name.get_or_insert(is_name);
                    told.push(clause);
                } else {
                    more += 1;
                }
            }
        }
        if more > 0 {
            told.push(self.words.fill(&form("more_answers", more > 1), &[("count", &more.to_string())]));
        }
        let text = told.join(self.words.get("between_answers"));
        if starts_with_name == Some(false) { capitalised(&text) } else { text }
    }

    /// "US officials, not named, deny it (by 15 May 2025)", and whether it begins with a name.
    fn answer(self, response: &Response, answer: &Counted) -> (String, bool) {
        let who = self.answering(response, answer);
        let key = format!("says_{}", response.stance.word());
        let pattern = form(&key, who.are_many);
        let said = self.words.fill(&pattern, &[("who", &who.before())]);
        let until = response.stance == Stance::NoReply && response.date.is_by();
        let dated = if until { "said_until" } else { "said_on" };
        let text = self.words.fill(dated, &[("said", &said), ("date", &self.words.when(response.date))]);
        (text, self.words.get(&pattern).starts_with("{who}") && !who.begins_unnamed)
    }

    /// "Withdrawn by Bassem Naim, for Hamas, on 16 May 2025".
    fn withdrawals(self, claim: &Claim, counted: &[Counted]) -> String {
        let clause = |answer: &Counted| {
            let response = &claim.responses[answer.response];
            let who = self.answering(response, answer);
            let key = if is_day(response.date) { "withdrawn_on" } else { "withdrawn" };
            let date = self.words.when(response.date);
            self.words.fill(key, &[("who", &who.before()), ("whom", &who.words), ("date", &date)])
        };
        let mut told: Vec<String> = counted.iter().take(TOLD).map(clause).collect();
        let more = counted.len().saturating_sub(TOLD);
        if more > 0 {
            told.push(self.words.fill(&form("more_answers", more > 1), &[("count", &more.to_string())]));
        }
        capitalised(&told.join(self.words.get("between_answers")))
    }

    /// Those who give an answer, as far as it counts for them.
    fn answering(self, response: &Response, answer: &Counted) -> Named {
        if response.on_behalf_of.is_empty() {
            return self.named(&response.by, &answer.speakers, &[], &[]);
        }
        let all: Vec<usize> = (0..response.by.len()).collect();
        self.named(&response.by, &all, &response.on_behalf_of, &answer.speakers)
    }

    fn named(self, by: &[Party], speakers: &[usize], for_whom: &[Party], sides: &[usize]) -> Named {
        let one = speakers.len() == 1;
        let (words, mut is_set_off) = self.list(by, speakers);
        let first = speakers.first().and_then(|place| by.get(*place));
        let mut named = Named {
            words,
            is_set_off: false,
            are_many: match first {
                Some(Party::Unnamed { words, .. }) if one => self.are_many(words),
                _ => !one,
            },
            begins_unnamed: matches!(first, Some(Party::Unnamed { .. })),
        };
        if !sides.is_empty() {
            let (whom, _) = self.list(for_whom, sides);
            named.words = self.words.fill("who_for", &[("who", &named.words), ("whom", &whom)]);
            is_set_off = true;
        }
        named.is_set_off = is_set_off;
        named
    }

    /// The names of parties in a row, and whether the row ends with words set in commas.
    fn list(self, parties: &[Party], places: &[usize]) -> (String, bool) {
        let parties: Vec<&Party> = places.iter().filter_map(|place| parties.get(*place)).collect();
        if let [only] = *parties {
            let is_unnamed = matches!(only, Party::Unnamed { .. });
            return (self.party(only, "unnamed_alone"), is_unnamed);
        }
        let mut names: Vec<String> =
            parties.iter().take(TOLD).map(|party| self.party(party, "unnamed_in_row")).collect();
        let more = parties.len().saturating_sub(TOLD);
        if more > 0 {
            names.push(self.words.fill(&form("more_speakers", more > 1), &[("count", &more.to_string())]));
        }
        let Some(last) = names.pop() else { return (String::new(), false) };
        let first = names.join(self.words.get("between_names"));
        (self.words.fill("names_and", &[("first", &first), ("last", &last)]), false)
    }

    fn party(self, party: &Party, unnamed: &str) -> String {
        match party {
            Party::Actor(actor) => self.archive[*actor].name.clone(),
            Party::Unnamed { words, of } => match of.filter(|of| !self.says_whose(words, *of)) {
                Some(of) => {
                    let whose =
                        self.words.fill("unnamed_of", &[("words", words), ("of", &self.archive[of].name)]);
                    self.words.fill(unnamed, &[("words", &whose)])
                }
                None => self.words.fill(unnamed, &[("words", words)]),
            },
        }
    }

    /// Whether the words for somebody unnamed say themselves to whom they belong: "Israeli officials", "US officials".
    fn says_whose(self, words: &str, of: EntityIx) -> bool {
        let entity = &self.archive[of];
        let folded = words.to_lowercase();
        let is_word = |name: &str| folded.split(|c: char| !c.is_alphanumeric()).any(|word| word == name);
        let aliases = entity.profile.iter().flat_map(|released| {
            released.document.aliases.iter().chain(&released.document.weak_aliases).map(|name| &*name.text)
        });
        folded.contains(&entity.name.to_lowercase())
            || aliases.into_iter().any(|it| is_word(&it.to_lowercase()))
    }

    /// Whether words for somebody unnamed mean several people. They do where what stands before the first
    /// preposition ends like a plural: "three officials of the ministry"; unless they begin with an article for one.
    fn are_many(self, words: &str) -> bool {
        let is_among = |key: &str, word: &str| self.words.get(key).split(' ').any(|known| known == word);
        let folded = words.to_lowercase();
        let mut head = "";
        for (place, word) in folded.split_whitespace().enumerate() {
            let word = word.trim_matches(|c: char| !c.is_alphanumeric());
            if place == 0 && is_among("unnamed_one", word) {
                return false;
            }
            if place > 0 && is_among("unnamed_head_before", word) {
                break;
            }
            head = word;
        }
        is_among("unnamed_many", head) || (head.ends_with('s') && !head.ends_with("ss"))
    }
}

/// The key of the form for one, or for many.
fn form(key: &str, many: bool) -> String {
    if many { format!("{key}_many") } else { key.to_owned() }
}

/// Whether a date is one day and no more is said of it.
fn is_day(date: When) -> bool {
    matches!(date.form(), Form::On(date) if matches!(date.precision(), Precision::Day(..))
        && date.qualifier() == crate::model::Qualifier::None)
}

fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
