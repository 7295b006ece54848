//! Text with all that spells one name in several ways made one.
//!
//! Letters keep their case. What is folded: Unicode form NFC, apostrophes, quotation marks, hyphens, white space;
//! what cannot be seen and the vowel signs of Arabic and Hebrew are dropped.

use unicode_normalization::{
    IsNormalized, UnicodeNormalization, char::canonical_combining_class, is_nfc_quick,
};

/// A folded text that knows where each of its bytes comes from. It is made to be used again and again.
#[derive(Debug, Default)]
pub(super) struct Folded {
    text: String,
    /// By their beginning in `text`.
    pieces: Vec<Piece>,
}

/// From byte `folded` on the text comes from byte `raw` on.
#[derive(Clone, Copy, Debug)]
struct Piece {
    folded: usize,
    raw: usize,
    /// How many bytes the whole piece is made of; 0 where each byte stands for one.
    unit: usize,
}

/// What becomes of a character.
enum Fate {
    Kept,
    Became(char),
    Space,
    /// A mark on the letter before it goes.
    Unmarked,
    Dropped,
}

impl Folded {
    /// `raw` folded.
    pub(super) fn of(raw: &str) -> Self {
        let mut folded = Self::default();
        folded.fold(raw);
        folded
    }

    /// The folded text.
    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Where in the raw text the character begins that begins at byte `at`.
    pub(super) fn start(&self, at: usize) -> usize {
        let piece = self.piece(at);
        if piece.unit > 0 { piece.raw } else { piece.raw + at - piece.folded }
    }

    /// Where in the raw text the character ends that ends at byte `at`, which is not 0.
    pub(super) fn end(&self, at: usize) -> usize {
        let piece = self.piece(at.saturating_sub(1));
        if piece.unit > 0 { piece.raw + piece.unit } else { piece.raw + at - piece.folded }
    }

    fn piece(&self, at: usize) -> Piece {
        let after = self.pieces.partition_point(|piece| piece.folded <= at);
        self.pieces.get(after.saturating_sub(1)).copied().unwrap_or(Piece { folded: 0, raw: 0, unit: 0 })
    }

    /// Puts `raw` in the place of what was there.
    pub(super) fn fold(&mut self, raw: &str) {
        self.text.clear();
        self.pieces.clear();
        // Nothing before U+0300 is changed by NFC.
        let composed = raw.is_ascii()
            || raw.chars().all(|c| c < '\u{300}')
            || is_nfc_quick(raw.chars()) == IsNormalized::Yes;
        let mut at = 0;
        while at < raw.len() {
            let plain = plain(&raw.as_bytes()[at..]);
            // A mark may follow the last of them.
            let plain = if composed || at + plain == raw.len() { plain } else { plain.saturating_sub(1) };
            if plain > 0 {
                self.keep(at, &raw[at..at + plain]);
                at += plain;
                continue;
            }
            let Some(c) = raw[at..].chars().next() else { break };
            let end = if composed { at + c.len_utf8() } else { segment_end(raw, at) };
            if end == at + c.len_utf8() && (composed || begins_segment(c)) {
                self.push(at, c, end);
            } else {
                self.compose(at, &raw[at..end]);
            }
            at = end;
        }
    }

    /// Byte for byte.
    fn keep(&mut self, raw: usize, text: &str) {
        let folded = self.text.len();
        let follows =
            self.pieces.last().is_some_and(|last| last.unit == 0 && raw - last.raw == folded - last.folded);
        if !follows {
            self.pieces.push(Piece { folded, raw, unit: 0 });
        }
        self.text.push_str(text);
    }

    fn push(&mut self, raw: usize, c: char, end: usize) {
        match fate(c) {
            Fate::Kept => self.become_one(raw, c, end),
            Fate::Became(other) => self.become_one(raw, other, end),
            Fate::Space if self.text.ends_with(' ') => {}
            Fate::Space => self.become_one(raw, ' ', end),
            Fate::Unmarked => self.absorb(end),
            Fate::Dropped => {}
        }
    }

    fn become_one(&mut self, raw: usize, c: char, end: usize) {
        if c.len_utf8() == end - raw {
            return self.keep(raw, c.encode_utf8(&mut [0; 4]));
        }
        self.pieces.push(Piece { folded: self.text.len(), raw, unit: end - raw });
        self.text.push(c);
    }

    /// What spells one character in several.
    fn compose(&mut self, raw: usize, written: &str) {
        let folded = self.text.len();
        for c in written.nfc() {
            match fate(c) {
                Fate::Kept => self.text.push(c),
                Fate::Became(other) => self.text.push(other),
                Fate::Space => self.text.push(' '),
                Fate::Unmarked | Fate::Dropped => {}
            }
        }
        if self.text.len() > folded {
            self.pieces.push(Piece { folded, raw, unit: written.len() });
        } else {
            self.absorb(raw + written.len());
        }
    }

    /// The last character goes on to byte `end` of the raw text.
    fn absorb(&mut self, end: usize) {
        let (Some(last), Some(piece)) = (self.text.chars().next_back(), self.pieces.last_mut()) else {
            return;
        };
        let at = self.text.len() - last.len_utf8();
        let raw = if piece.unit > 0 { piece.raw } else { piece.raw + at - piece.folded };
        if piece.unit > 0 || piece.folded == at {
            piece.unit = end - raw;
        } else {
            self.pieces.push(Piece { folded: at, raw, unit: end - raw });
        }
    }
}

/// How many bytes at the beginning are ASCII that stays as it is.
fn plain(bytes: &[u8]) -> usize {
    let stays = |at: usize| match bytes[at] {
        b' ' => bytes.get(at + 1).is_some_and(u8::is_ascii_graphic),
        b'`' => false,
        byte => byte.is_ascii_graphic(),
    };
    // A space at the beginning may follow another one.
    if bytes.first() == Some(&b' ') {
        return 0;
    }
    (0..bytes.len()).find(|at| !stays(*at)).unwrap_or(bytes.len())
}

/// Whether NFC never joins `c` to what stands before it, nor changes it alone.
fn begins_segment(c: char) -> bool {
    c < '\u{300}'
        || (canonical_combining_class(c) == 0 && is_nfc_quick(std::iter::once(c)) == IsNormalized::Yes)
}

/// Where the characters end that NFC may make one of, from `at` on.
fn segment_end(raw: &str, at: usize) -> usize {
    let mut chars = raw[at..].char_indices();
    chars.next();
    chars.find(|(_, c)| begins_segment(*c)).map_or(raw.len(), |(length, _)| at + length)
}

fn fate(c: char) -> Fate {
    match c {
        '`' | '´' | 'ʹ' | 'ʻ'..='ʿ' | '‘' | '’' | '‛' | '′' | '‵' | '׳' | '＇' => {
            Fate::Became('\'')
        }
        '“' | '”' | '„' | '‟' | '″' | '״' | '＂' => Fate::Became('"'),
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{FE58}' | '\u{FE63}' | '\u{FF0D}' | '\u{5BE}' => {
            Fate::Became('-')
        }
        // Arabic and Hebrew vowel signs and marks of reading, and the bar that stretches Arabic letters.
        '\u{610}'..='\u{61A}'
        | '\u{640}'
        | '\u{64B}'..='\u{652}'
        | '\u{656}'..='\u{65F}'
        | '\u{670}'
        | '\u{6D6}'..='\u{6DC}'
        | '\u{6DF}'..='\u{6E4}'
        | '\u{6E7}'..='\u{6E8}'
        | '\u{6EA}'..='\u{6ED}'
        | '\u{591}'..='\u{5BD}'
        | '\u{5BF}'
        | '\u{5C1}'..='\u{5C2}'
        | '\u{5C4}'..='\u{5C5}'
        | '\u{5C7}' => Fate::Unmarked,
        // Soft hyphens, marks of direction, joiners, variation selectors.
        '\u{AD}'
        | '\u{34F}'
        | '\u{61C}'
        | '\u{180E}'
        | '\u{200B}'..='\u{200F}'
        | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{2064}'
        | '\u{2066}'..='\u{2069}'
        | '\u{FE00}'..='\u{FE0F}'
        | '\u{FEFF}' => Fate::Dropped,
        c if c.is_whitespace() => Fate::Space,
        _ => Fate::Kept,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn folds(raw: &str, expected: &str) {
        assert_eq!(Folded::of(raw).text(), expected, "{raw:?}");
    }

    /// The raw text of the first `found` in the folded one.
    fn raw_of<'a>(raw: &'a str, found: &str) -> &'a str {
        let folded = Folded::of(raw);
        let at = folded.text().find(found).unwrap();
        &raw[folded.start(at)..folded.end(at + found.len())]
    }

    #[test]
    fn apostrophes_hyphens_and_marks_of_quotation_are_of_one_kind() {
        folds("Sana’a Sanaʿa Sana`a Sana´a", "Sana'a Sana'a Sana'a Sana'a");
        folds("Al‑Shifa Al–Shifa תל־אביב", "Al-Shifa Al-Shifa תל-אביב");
        folds("צה״ל צה”ל ג׳", "צה\"ל צה\"ל ג'");
    }

    #[test]
    fn white_space_of_any_kind_and_length_is_one_space() {
        folds("a\u{A0}b\u{202F}c\nd \t\n e  f\u{3000}g", "a b c d e f g");
        folds(" a \n", " a ");
    }

    #[test]
    fn what_cannot_be_seen_and_vowel_signs_are_dropped() {
        folds("Ha\u{AD}m\u{200B}as\u{200F}", "Hamas");
        folds("حَمَاسُ حمـــاس", "حماس حماس");
        folds("יִשְׂרָאֵל \u{FB2A}", "ישראל ש");
    }

    #[test]
    fn letters_in_parts_are_put_together() {
        folds("Jose\u{301} a\u{316}\u{301}", "José á\u{316}");
        folds("\u{627}\u{654} \u{1112}\u{1161}", "أ 하");
        folds("e\u{301} a", "é a");
    }

    #[test]
    fn each_place_leads_back_to_what_was_written() {
        assert_eq!(raw_of("x Khan \n\u{A0} Younis’s", "Khan Younis"), "Khan \n\u{A0} Younis");
        assert_eq!(raw_of("a حَمَاسُ b", "حماس"), "حَمَاسُ");
        assert_eq!(raw_of("’’José’", "José"), "José");
        assert_eq!(raw_of("’’Jose\u{301}’", "José"), "Jose\u{301}");
        assert_eq!(raw_of("\u{200F}Hamas\u{200F}.", "Hamas"), "Hamas");
    }

    proptest! {
        #[test]
        fn folding_twice_is_folding_once(raw in "[a-c \n`’ʿ\u{301}\u{316}\u{64E}\u{200B}اאשׁ하\u{1112}\u{1161}가\u{AD}—e]{0,24}") {
            let folded = Folded::of(&raw);
            let again = Folded::of(folded.text());
            // What is dropped may have kept two spaces or two marks apart; then once more is enough.
            let thrice = Folded::of(again.text());
            prop_assert_eq!(thrice.text(), again.text());
            for (at, c) in folded.text().char_indices() {
                let range = folded.start(at)..folded.end(at + c.len_utf8());
                prop_assert!(raw.get(range.clone()).is_some_and(|raw| !raw.is_empty()), "{:?} {:?}", raw, range);
            }
        }
    }
}
