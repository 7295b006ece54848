//! The scripts whose words are told apart in a way of their own.

/// How words of a script are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Script {
    /// Han, Hiragana, Thai, Lao, Khmer, Myanmar: nothing stands between words.
    Flowing,
    /// Katakana: a run of it is a word.
    Katakana,
    /// Hangul: particles follow a word directly.
    Hangul,
    /// Arabic: particles stand before a word directly.
    Arabic,
    /// Hebrew: so too.
    Hebrew,
    /// Anything else: a word ends where its letters end.
    Other,
}

impl Script {
    /// The script of `c`, by the blocks of Unicode 16.
    pub(super) fn of(c: char) -> Self {
        match c {
            '\u{590}'..='\u{5FF}' | '\u{FB1D}'..='\u{FB4F}' => Self::Hebrew,
            '\u{600}'..='\u{6FF}'
            | '\u{750}'..='\u{77F}'
            | '\u{870}'..='\u{8FF}'
            | '\u{FB50}'..='\u{FDFF}'
            | '\u{FE70}'..='\u{FEFC}' => Self::Arabic,
            '\u{E00}'..='\u{EFF}'
            | '\u{1000}'..='\u{109F}'
            | '\u{1780}'..='\u{17FF}'
            | '\u{A9E0}'..='\u{A9FF}'
            | '\u{AA60}'..='\u{AA7F}'
            | '\u{3005}'..='\u{3007}'
            | '\u{3041}'..='\u{309F}'
            | '\u{3400}'..='\u{4DBF}'
            | '\u{4E00}'..='\u{9FFF}'
            | '\u{F900}'..='\u{FAFF}'
            | '\u{20000}'..='\u{3FFFF}' => Self::Flowing,
            // The dot between two words of Katakana, U+30FB, is none of it.
            '\u{30A1}'..='\u{30FA}'
            | '\u{30FC}'..='\u{30FF}'
            | '\u{31F0}'..='\u{31FF}'
            | '\u{FF66}'..='\u{FF9F}' => Self::Katakana,
            '\u{1100}'..='\u{11FF}'
            | '\u{3131}'..='\u{318F}'
            | '\u{A960}'..='\u{A97F}'
            | '\u{AC00}'..='\u{D7FF}' => Self::Hangul,
            _ => Self::Other,
        }
    }

    /// Whether a word of it may stand beside words of other scripts with nothing between.
    pub(super) fn is_open(self) -> bool {
        matches!(self, Self::Flowing | Self::Katakana)
    }
}
