//! What is proposed, each part with its place in the article.

use std::ops::Range;

use super::{By, Published, registry::Known};
use crate::model::{ClaimClass, Stance};

/// A place in the article.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// Bytes of the file.
    pub range: Range<usize>,
    /// From 1.
    pub line: usize,
    /// In characters, from 1.
    pub column: usize,
    /// What stands there, white space as single spaces. It is for the eyes of the desk, and no part of a draft.
    pub text: String,
}

/// What the proposal is made of.
#[derive(Clone, Debug)]
pub struct Proposal {
    /// The name of the article's file.
    pub file: String,
    /// Its headline, and where it stands in the text, if it does.
    pub headline: Option<(String, Option<Span>)>,
    /// What stands under the headline.
    pub standfirst: Option<(String, Option<Span>)>,
    /// Who wrote it, as written.
    pub byline: Option<String>,
    /// Its language, where the page says it.
    pub language: Option<String>,
    /// Its day.
    pub published: Published,
    /// Who published it.
    pub publisher: Option<String>,
    /// Its address.
    pub url: Option<String>,
    /// The entities of the registry that it names, in the order of their first mention.
    pub entities: Vec<Entity>,
    /// Names that the registry does not know, or that several there bear.
    pub unresolved: Vec<Unresolved>,
    /// The dates in the text.
    pub dates: Vec<DateFound>,
    /// Who says what.
    pub claims: Vec<Claim>,
    /// What happened, or will.
    pub events: Vec<Event>,
    /// Its pictures.
    pub photos: Vec<Photo>,
}

/// An entity and every place that names it.
#[derive(Clone, Debug)]
pub struct Entity {
    /// It.
    pub known: Known,
    /// Where, and how it was recognised.
    pub at: Vec<(Span, By)>,
}

/// A name for somebody to judge.
#[derive(Clone, Debug)]
pub struct Unresolved {
    /// As the article writes it.
    pub name: String,
    /// Where.
    pub at: Vec<Span>,
    /// The ids of those who may be meant.
    pub may_mean: Vec<String>,
}

/// A date in the text.
#[derive(Clone, Debug)]
pub struct DateFound {
    /// As front matter writes it; nothing where the day of the article is needed for it and not known.
    pub when: Option<String>,
    /// How it was understood.
    pub how: String,
    /// Where.
    pub at: Span,
}

/// Who speaks, or takes part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Who {
    /// Actors of the registry, by name.
    Actors(Vec<String>),
    /// Somebody without a name, or with one that the registry does not know.
    Unnamed {
        /// The article's words for them.
        words: String,
        /// To whom they belong.
        of: Option<String>,
        /// The name, where there is one.
        unknown: Option<String>,
    },
}

/// A claim.
#[derive(Clone, Debug)]
pub struct Claim {
    /// Who says it.
    pub by: Who,
    /// Where the article names them.
    pub by_at: Span,
    /// What was guessed of that.
    pub note: Option<String>,
    /// When, as front matter writes it.
    pub date: Option<String>,
    /// The sort of statement that the verb suggests.
    pub class: ClaimClass,
    /// Of the registry, by name.
    pub about: Vec<String>,
    /// Of the registry, by name.
    pub locations: Vec<String>,
    /// To whom, in the article's words.
    pub told: Option<String>,
    /// Who passed it on.
    pub via: Vec<String>,
    /// How it answers, where it answers something that is not clear.
    pub stance: Option<Stance>,
    /// The sentence.
    pub at: Span,
    /// The answers that follow it.
    pub responses: Vec<Answer>,
}

/// An answer to a claim.
#[derive(Clone, Debug)]
pub struct Answer {
    /// Who answers.
    pub by: Who,
    /// Where the article names them.
    pub by_at: Span,
    /// How.
    pub stance: Stance,
    /// When, as front matter writes it.
    pub date: Option<String>,
    /// The sentence.
    pub at: Span,
}

/// An event.
#[derive(Clone, Debug)]
pub struct Event {
    /// When, as front matter writes it.
    pub date: String,
    /// Whether it is still to come.
    pub planned: bool,
    /// Of the registry, by name; what they do in it is for the desk to say.
    pub actors: Vec<String>,
    /// Of the registry, by name.
    pub locations: Vec<String>,
    /// Whose account it is, where it stands in somebody's claim.
    pub per: Option<Who>,
    /// The sentence.
    pub at: Span,
    /// The picture that shows it.
    pub photo: Option<usize>,
}

/// A picture.
#[derive(Clone, Debug)]
pub struct Photo {
    /// What stands under it.
    pub caption: Option<Span>,
    /// Who is credited.
    pub credit: Span,
    /// The day in the caption.
    pub date: Option<String>,
}
