//! `[[...]]` and `[@...]` in a run of text.
//!
//! The run is what Markdown left as text, so none of it is code or a link. What an author escaped with a backslash
//! or wrote as an entity stays text.

use std::ops::Range;

use super::{
    links::{Reference, Target},
    walk::{Made, Part, Run},
};

/// How many bytes of a run a reference may take. It keeps a text of nothing but `[[` from taking quadratic time.
const LONGEST: usize = 2000;

/// A stretch of a run.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Token {
    /// Bytes of the run that are text.
    Text(Range<usize>),
    /// `[[...]]`.
    Wiki(Reference),
    /// `[@a; @b]`.
    Citations(Vec<Reference>),
    /// Bytes of the run that look like a reference and are none: text. With their place in the prose.
    Unread(Range<usize>, Range<usize>, Unread),
}

/// What a stretch looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unread {
    /// `[[` without `]]`, or with nothing in it.
    Wiki,
    /// `[@` and something that is no list of ids.
    Citation,
    /// `[^x]` where no footnote `x` is.
    Footnote,
}

/// The stretches of `run`, which cover it in order. In a link everything is text.
pub(super) fn tokens(run: &Run<'_>) -> Vec<Token> {
    let text = &*run.text;
    if run.context.link || !text.contains('[') {
        return vec![Token::Text(0..text.len())];
    }
    scan(text, &run.parts)
}

/// Appends `run` with its references as words.
pub(super) fn push_words(out: &mut String, run: &Run<'_>) {
    push_words_with(out, run, &mut |_| None);
}

/// The same, in which references have words of their own, those that `words` knows for the bytes where they stand, or
/// what they name.
pub(super) fn push_words_with(
    out: &mut String,
    run: &Run<'_>,
    words: &mut impl FnMut(&Range<usize>) -> Option<String>,
) {
    for token in tokens(run) {
        match token {
            Token::Text(range) | Token::Unread(range, ..) => out.push_str(&run.text[range]),
            Token::Wiki(Reference { target: Target::Wiki { words: None, .. }, range })
                if let Some(words) = words(&range) =>
            {
                out.push_str(&words);
            }
            Token::Wiki(reference) => out.push_str(reference.target.words()),
            Token::Citations(_) => {}
        }
    }
}

fn scan(text: &str, parts: &[Part]) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut from = 0;
    let mut at = 0;
    while let Some(found) = text[at..].find('[') {
        let open = at + found;
        let Some((token, end)) = token(text, parts, open) else {
            at = open + 1;
            continue;
        };
        if open > from {
            tokens.push(Token::Text(from..open));
        }
        tokens.push(token);
        from = end;
        at = end;
    }
    if from < text.len() {
        tokens.push(Token::Text(from..text.len()));
    }
    tokens
}

/// What begins with the bracket at `open`, and where in the run it ends.
fn token(text: &str, parts: &[Part], open: usize) -> Option<(Token, usize)> {
    let plain = |at: usize, what: u8| text.as_bytes().get(at) == Some(&what) && source(parts, at).is_some();
    if !plain(open, b'[') {
        return None;
    }
    let start = source(parts, open)?;
    let unread = |end: usize, kind| {
        let last = source(parts, end - 1).unwrap_or(start);
        Some((Token::Unread(open..end, start..last + 1, kind), end))
    };
    // `[[[Hamas]]]`: a name in brackets.
    if plain(open + 1, b'[') && plain(open + 2, b'[') {
        return None;
    }
    let longest = text.len().min(open + LONGEST);
    if plain(open + 1, b'[') {
        let close = (open + 2..longest).find(|at| plain(*at, b']') && plain(at + 1, b']'));
        let inner = close.map(|close| (close, &text[open + 2..close]));
        return match inner {
            // `[[a [[b]]`: the second one is the reference.
            Some((_, inner)) if inner.contains("[[") => unread(open + 2, Unread::Wiki),
            Some((close, inner)) => match wiki(inner) {
                Some(target) => {
                    let end = source(parts, close + 1).map_or(start, |last| last + 1);
                    Some((Token::Wiki(Reference { range: start..end, target }), close + 2))
                }
                None => unread(close + 2, Unread::Wiki),
            },
            None => unread(open + 2, Unread::Wiki),
        };
    }
    let kind = match text.as_bytes().get(open + 1) {
        Some(b'@') => Unread::Citation,
        Some(b'^') => Unread::Footnote,
        _ => return None,
    };
    let close = (open + 2..longest).find(|at| plain(*at, b']'))?;
    let inner = &text[open + 1..close];
    if inner.contains('[') || (kind == Unread::Footnote && inner.contains(char::is_whitespace)) {
        return None;
    }
    if kind == Unread::Citation
        && let Some(references) = citations(inner, |at| source(parts, open + 1 + at))
    {
        return Some((Token::Citations(references), close + 1));
    }
    unread(close + 1, kind)
}

fn wiki(inner: &str) -> Option<Target> {
    let (named, words) = match inner.split_once('|') {
        Some((named, words)) => (collapse(named), Some(collapse(words)).filter(|words| !words.is_empty())),
        None => (collapse(inner), None),
    };
    if let Some(forbidden) = named.strip_prefix('!') {
        let name = forbidden.trim();
        return (!name.is_empty()).then(|| Target::Forbid(name.into()));
    }
    let (named, local) = match named.split_once('#') {
        Some((named, local)) => (named.trim_end(), Some(local.trim())),
        None => (&*named, None),
    };
    let is_kind = |word: &str| {
        word.starts_with(|c: char| c.is_ascii_lowercase())
            && word.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '_'))
    };
    let (kind, name) = match named.split_once(':') {
        Some((kind, name)) if is_kind(kind) && !name.trim().is_empty() => (Some(kind), name.trim()),
        _ => (None, named),
    };
    let empty = name.is_empty() && local.is_none_or(str::is_empty);
    (!empty).then(|| Target::Wiki {
        kind: kind.map(Into::into),
        name: name.into(),
        local: local.filter(|local| !local.is_empty()).map(Into::into),
        words: words.map(Into::into),
    })
}

/// The ids of `@a; @b`, if it is nothing else. `place` tells where a byte of it stands in the prose.
fn citations(inner: &str, place: impl Fn(usize) -> Option<usize>) -> Option<Vec<Reference>> {
    let mut references = Vec::new();
    let mut at = 0;
    for piece in inner.split(';') {
        let id = piece.trim().strip_prefix('@')?;
        let bad =
            |c: char| c.is_whitespace() || c.is_control() || matches!(c, '#' | '/' | '\\' | '|' | '@' | ',');
        if id.is_empty() || id.contains(bad) {
            return None;
        }
        let start = at + piece.len() - piece.trim_start().len();
        let range = place(start)?..place(start + id.len()).map_or(place(start)?, |last| last + 1);
        references.push(Reference { range, target: Target::Citation { id: id.into() } });
        at += piece.len() + 1;
    }
    Some(references)
}

/// Where the byte at `at` of a run stands in the prose, if it stands there as written.
fn source(parts: &[Part], at: usize) -> Option<usize> {
    let part = &parts[parts.partition_point(|part| part.at <= at).checked_sub(1)?];
    let inside = at - part.at;
    let as_written = match part.made {
        Made::Plain | Made::Break => true,
        Made::Escaped => inside > 0,
        Made::Decoded => false,
    };
    as_written.then_some(part.source.start + inside)
}

fn collapse(words: &str) -> String {
    let mut collapsed = String::with_capacity(words.len());
    for word in words.split_whitespace() {
        if !collapsed.is_empty() {
            collapsed.push(' ');
        }
        collapsed.push_str(word);
    }
    collapsed
}
