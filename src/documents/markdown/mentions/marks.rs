//! Quotation marks: which can open and which can close where they stand.

use super::{
    edges::{is_hebrew, is_hebrew_prefix, is_of_word},
    scripts::Script,
};

/// A set of kinds of quotations, each named for the mark that opens it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Kinds(u16);

impl Kinds {
    pub(super) const COUNT: usize = 13;
    pub(super) const NONE: Self = Self(0);
    /// `"`, `״`.
    const STRAIGHT: Self = Self(1);
    /// `“`, `‟`.
    const HIGH: Self = Self(1 << 1);
    /// `”`, in Swedish and Finnish.
    const LEVEL: Self = Self(1 << 2);
    /// `„`.
    const LOW: Self = Self(1 << 3);
    /// `«`.
    const GUILLEMET: Self = Self(1 << 4);
    /// `»`, in German, Danish and Swedish.
    const TURNED: Self = Self(1 << 5);
    /// `‹`.
    const SMALL: Self = Self(1 << 6);
    /// `›`.
    const SMALL_TURNED: Self = Self(1 << 7);
    /// `「`.
    const CORNER: Self = Self(1 << 8);
    /// `『`.
    const WHITE_CORNER: Self = Self(1 << 9);
    /// `《`.
    const DOUBLE_ANGLE: Self = Self(1 << 10);
    /// `〈`.
    const ANGLE: Self = Self(1 << 11);
    /// `〝`.
    const PRIME: Self = Self(1 << 12);

    /// Those that look alike at their end.
    const CURLY: Self = Self(0b1111 | 1 << 12);

    /// The place of its only member.
    pub(super) fn index(self) -> usize {
        self.0.trailing_zeros() as usize
    }

    /// Those of which there are any.
    pub(super) fn of_counts(counts: &[usize; Self::COUNT]) -> Self {
        let bits = counts.iter().enumerate().map(|(kind, count)| u16::from(*count > 0) << kind);
        Self(bits.fold(0, |all, bit| all | bit))
    }

    pub(super) fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether they have one in common.
    pub(super) fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

/// What a mark does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// It opens a quotation, which if `tentative` is one only if it is closed.
    Open { kind: Kinds, tentative: bool },
    /// It closes the last that is open of these kinds, if any is.
    Close(Kinds),
}

/// What stands on one side of a mark.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    /// The block begins or ends there.
    Edge,
    Space,
    /// A letter of a script with words apart from each other, or a digit.
    Word,
    /// A letter of a script in which marks may stand between letters.
    Flowing,
    /// What stands before a quotation: an opening bracket, a dash.
    Opening,
    /// What stands after one: a full stop, a closing bracket.
    Closing,
    Other,
}

impl Side {
    fn of(c: Option<char>) -> Self {
        let Some(c) = c else {
            return Self::Edge;
        };
        match c {
            '(' | '[' | '{' | '¿' | '¡' | '/' | '-' | '‐'..='―' | '=' | '\u{5BE}' | '（' | '［' | '【' => {
                Self::Opening
            }
            '.' | ',' | ';' | ':' | '!' | '?' | '…' | ')' | ']' | '}' | '،' | '؛' | '؟' | '。' | '、'
            | '，' | '！' | '？' | '）' | '］' | '】' | '；' | '：' => Self::Closing,
            c if c.is_whitespace() => Self::Space,
            c if is_of_word(c) => match Script::of(c) {
                Script::Flowing | Script::Katakana | Script::Hangul => Self::Flowing,
                _ => Self::Word,
            },
            _ => Self::Other,
        }
    }

    fn is_blank(self) -> bool {
        matches!(self, Self::Edge | Self::Space)
    }
}

/// Whether `c` may be a quotation mark.
pub(super) fn is_mark(c: char) -> bool {
    const DOUBLE: &str = "\"״＂“”„‟«»‹›「｢」｣『』《》〈〉〝〞〟";
    is_single(c) || DOUBLE.contains(c)
}

/// Whether `byte` begins a character that may be a quotation mark.
pub(super) fn may_begin(byte: u8) -> bool {
    matches!(byte, b'"' | b'\'' | 0xC2 | 0xD7 | 0xE2 | 0xE3 | 0xEF)
}

/// Whether `mark` may also be an apostrophe.
pub(super) fn is_single(mark: char) -> bool {
    matches!(mark, '\'' | '‘' | '’' | '‚' | '‛' | '＇' | '׳')
}

/// What `mark` at byte `at` of `text` does where quotations of the kinds `open` are open.
pub(super) fn read(text: &str, at: usize, mark: char, open: Kinds) -> Option<Step> {
    let around = Around::new(text, at, mark);
    let step = match mark {
        '"' | '״' | '＂' => return straight(&around, open),
        '“' | '”' | '„' if around.is_gershayim() => return None,
        '“' => high(&around, open),
        '”' => level(&around),
        '„' => opens(Kinds::LOW),
        '‟' => opens(Kinds::HIGH),
        '«' => left(&around, open, Kinds::GUILLEMET, Kinds::TURNED),
        '»' => right(&around, open, Kinds::GUILLEMET, Kinds::TURNED),
        '‹' => left(&around, open, Kinds::SMALL, Kinds::SMALL_TURNED),
        '›' => right(&around, open, Kinds::SMALL, Kinds::SMALL_TURNED),
        '「' | '｢' => opens(Kinds::CORNER),
        '」' | '｣' => Step::Close(Kinds::CORNER),
        '『' => opens(Kinds::WHITE_CORNER),
        '』' => Step::Close(Kinds::WHITE_CORNER),
        '《' => opens(Kinds::DOUBLE_ANGLE),
        '》' => Step::Close(Kinds::DOUBLE_ANGLE),
        '〈' => opens(Kinds::ANGLE),
        '〉' => Step::Close(Kinds::ANGLE),
        '〝' => opens(Kinds::PRIME),
        '〞' | '〟' => Step::Close(Kinds::PRIME),
        _ => return None,
    };
    Some(step)
}

/// Whether the single mark at byte `at` can open and whether it can close a quotation there.
pub(super) fn single(text: &str, at: usize, mark: char, open: bool) -> (bool, bool) {
    let Around { before, after, .. } = Around::new(text, at, mark);
    let flows = before == Side::Flowing || after == Side::Flowing;
    let can_close = !before.is_blank() && after != Side::Word && mark != '‚';
    let can_open = before != Side::Word && !after.is_blank();
    match mark {
        '‘' if flows => (true, false),
        '’' if flows => (false, true),
        '\'' | '＇' if flows => (!open && !after.is_blank(), !before.is_blank()),
        '‚' | '‛' => (!after.is_blank(), false),
        '‘' => (can_open, can_close),
        _ => (can_open && after != Side::Closing, can_close),
    }
}

/// A mark and what stands beside it.
struct Around<'t> {
    text: &'t str,
    at: usize,
    end: usize,
    before: Side,
    after: Side,
}

impl<'t> Around<'t> {
    fn new(text: &'t str, at: usize, mark: char) -> Self {
        let end = at + mark.len_utf8();
        let before = text[..at].chars().rev().find(|c| !is_invisible(*c));
        let after = text[end..].chars().find(|c| !is_invisible(*c));
        Self { text, at, end, before: Side::of(before), after: Side::of(after) }
    }

    fn last(&self) -> Option<char> {
        self.text[..self.at].chars().next_back()
    }

    fn next(&self) -> Option<char> {
        self.text[self.end..].chars().next()
    }

    /// Whether it stands between two letters of Hebrew, as in abbreviations.
    fn is_gershayim(&self) -> bool {
        self.last().is_some_and(is_hebrew) && self.next().is_some_and(is_hebrew)
    }

    /// Whether it follows a Hebrew prefix and begins a word longer than abbreviations have after their mark:
    /// `ב"הארץ"`.
    fn follows_prefix(&self) -> bool {
        let before = &self.text[..self.at];
        let length: usize =
            before.chars().rev().take(5).take_while(|c| is_of_word(*c)).map(char::len_utf8).sum();
        is_hebrew_prefix(&before[self.at - length..])
            && self.text[self.end..].chars().take(2).filter(|c| is_hebrew(*c)).count() == 2
    }

    /// Whether it can be nothing but the beginning of a quotation.
    fn begins(&self) -> bool {
        let before = self.before.is_blank() || self.before == Side::Opening;
        before && !self.after.is_blank() && self.after != Side::Closing
    }

    /// Whether it can be nothing but the end of one.
    fn ends(&self) -> bool {
        let after = self.after.is_blank() || self.after == Side::Closing;
        after && !self.before.is_blank() && self.before != Side::Opening
    }
}

fn opens(kind: Kinds) -> Step {
    Step::Open { kind, tentative: false }
}

fn straight(around: &Around<'_>, open: Kinds) -> Option<Step> {
    let opens = opens(Kinds::STRAIGHT);
    let closes = Step::Close(Kinds::CURLY);
    let either = if open.meets(Kinds::CURLY) { closes } else { opens };
    let step = match (around.before, around.after) {
        (Side::Word, Side::Word) if around.is_gershayim() && !around.follows_prefix() => return None,
        // Arabic and Hebrew prefixes stand before a quotation directly. A space may be missing, too.
        (Side::Word, Side::Word) => Step::Open { kind: Kinds::STRAIGHT, tentative: true },
        (Side::Edge, Side::Edge) => return None,
        (Side::Word, Side::Flowing) | (Side::Flowing, Side::Word | Side::Flowing) => either,
        // Inches.
        (Side::Word, _) if !open.meets(Kinds::CURLY) && around.last().is_some_and(char::is_numeric) => {
            return None;
        }
        (Side::Word, _) | (Side::Closing, Side::Closing) => closes,
        (Side::Space, Side::Edge) if !open.meets(Kinds::CURLY) => return None,
        (before, after) if before.is_blank() && after.is_blank() => either,
        (before, _) if before.is_blank() => opens,
        (_, after) if after.is_blank() => closes,
        (_, Side::Word) => opens,
        _ => either,
    };
    Some(step)
}

fn high(around: &Around<'_>, open: Kinds) -> Step {
    let german = open.meets(Kinds::LOW) && !around.before.is_blank() && around.before != Side::Opening;
    if german || around.ends() { Step::Close(Kinds::CURLY) } else { opens(Kinds::HIGH) }
}

fn level(around: &Around<'_>) -> Step {
    if around.begins() { opens(Kinds::LEVEL) } else { Step::Close(Kinds::CURLY) }
}

fn left(around: &Around<'_>, open: Kinds, kind: Kinds, turned: Kinds) -> Step {
    let closes = open.meets(turned) && !around.before.is_blank();
    // French has a space inside, and not always one outside.
    let ends = around.ends() && around.last() != Some(':');
    if closes || ends { Step::Close(turned) } else { opens(kind) }
}

fn right(around: &Around<'_>, open: Kinds, kind: Kinds, turned: Kinds) -> Step {
    if !open.meets(kind) && around.begins() { opens(turned) } else { Step::Close(kind.and(turned)) }
}

/// Marks of direction and other characters that readers do not see.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{61C}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}')
}
