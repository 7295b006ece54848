//! Names in many scripts, none of them anybody's, and the words of a language that nobody speaks.

use std::collections::BTreeSet;

use super::rng::Rng;

/// The syllables of a script, and how its names are put together.
pub(super) struct Script {
    /// The tag of a language that is written in it.
    pub(super) language: &'static str,
    syllables: &'static [&'static str],
    /// Whether words stand apart, so that a person has two of them.
    pub(super) spaced: bool,
    /// Whether a name begins with a capital. Georgian has capitals in Unicode but no name is written with one.
    cased: bool,
}

pub(super) const LATIN: Script = Script {
    language: "en",
    syllables: &[
        "ka", "ri", "to", "mel", "san", "dor", "vi", "lo", "nar", "bel", "ta", "gru", "shi", "pan", "qué",
        "jö", "łu", "fe", "zan", "ye", "ba", "hri", "ço", "wen",
    ],
    spaced: true,
    cased: true,
};

/// Nine others. Where its rank alone settles a name's script, each is that of every eighteenth: half of all names are
/// Latin.
pub(super) const OTHERS: [Script; 9] = [
    Script {
        language: "ru",
        syllables: &[
            "ва", "ле", "ри", "ко", "нов", "ми", "ха", "ил", "са", "дор", "пе", "ян", "бо", "гал", "жу",
        ],
        spaced: true,
        cased: true,
    },
    Script {
        language: "ar",
        syllables: &[
            "سا", "مي", "را", "دي", "حم", "كر", "نا", "بي", "لو", "فر", "جا", "طا", "عم", "هو", "شر",
        ],
        spaced: true,
        cased: false,
    },
    Script {
        language: "he",
        syllables: &[
            "דו", "לי", "שר", "מי", "רו", "בנ", "גל", "תמ", "נו", "יא", "אב", "כר", "חי", "זו", "פא",
        ],
        spaced: true,
        cased: false,
    },
    Script {
        language: "el",
        syllables: &[
            "κα", "λο", "μα", "ρι", "νι", "κο", "πα", "δη", "θε", "σο", "τα", "λεν", "γι", "φω", "ζη",
        ],
        spaced: true,
        cased: true,
    },
    Script {
        language: "ka",
        syllables: &[
            "გი",
            "ორ",
            "ბა",
            "ლა",
            "ნი",
            "კო",
            "თა",
            "მა",
            "რი",
            "შვი",
            "ძე",
            "სა",
            "ჯა",
            "ვე",
            "ხო",
        ],
        spaced: true,
        cased: false,
    },
    Script {
        language: "zh",
        syllables: &[
            "王", "明", "安", "海", "林", "国", "东", "华", "志", "平", "山", "文", "光", "江", "城", "新",
            "长", "永", "和", "天",
        ],
        spaced: false,
        cased: false,
    },
    Script {
        language: "ja",
        syllables: &[
            "田", "中", "川", "村", "木", "藤", "佐", "美", "カ", "ナ", "ミ", "ロ", "ト", "サ", "ノ", "リ",
            "松", "島", "原", "本",
        ],
        spaced: false,
        cased: false,
    },
    Script {
        language: "th",
        syllables: &[
            "สม",
            "ชา",
            "ดี",
            "กา",
            "มา",
            "ริน",
            "ทอง",
            "พร",
            "วัน",
            "นา",
            "แก้ว",
            "ใจ",
            "บุญ",
            "ศรี",
            "ไทย",
        ],
        spaced: false,
        cased: false,
    },
    Script {
        language: "hi",
        syllables: &["रा", "म", "की", "सा", "नी", "दे", "वि", "का", "ल", "गो", "पा", "शा", "हे", "मू", "ता"],
        spaced: true,
        cased: false,
    },
];

/// In the names of a registry alone, so that an archive without one keeps its bytes.
pub(super) const ARMENIAN: Script = Script {
    language: "hy",
    syllables: &["ար", "մե", "նա", "վա", "հա", "կո", "սա", "րի", "գո", "տի", "լու", "շա", "պե", "դավ", "բա"],
    spaced: true,
    cased: true,
};

const FREQUENT: [&str; 24] = [
    "the", "of", "in", "and", "to", "a", "on", "for", "that", "by", "with", "from", "at", "as", "was",
    "were", "had", "said", "after", "its", "their", "which", "not", "over",
];

const SYLLABLES: [&str; 30] = [
    "ra", "mon", "ti", "sel", "da", "per", "lu", "con", "vi", "ne", "tor", "sa", "min", "po", "gre", "ul",
    "fa", "nis", "che", "bor", "ex", "ly", "sta", "re", "in", "ment", "ab", "cur", "dis", "ho",
];

/// Makes names of which no two have the same address.
#[derive(Default)]
pub(crate) struct Namer {
    taken: BTreeSet<String>,
}

impl Namer {
    /// A name of one word or two for the thing of the rank `rank`, which settles its script.
    pub(crate) fn name(&mut self, rank: usize, words: usize, rng: &mut Rng) -> String {
        let script = if rank.is_multiple_of(2) { &LATIN } else { &OTHERS[rank / 2 % OTHERS.len()] };
        loop {
            let name = script.name(words, 0, rng);
            if self.taken.insert(slug(&name)) {
                return name;
            }
        }
    }
}

impl Script {
    /// A name of so many words, or of one where words do not stand apart; each `longer` syllables longer than usual.
    pub(super) fn name(&self, words: usize, longer: usize, rng: &mut Rng) -> String {
        if !self.spaced {
            return self.word(3 + longer, 4 + longer, rng);
        }
        let (low, high) = if words == 1 { (3, 4) } else { (2, 3) };
        let (low, high) = (low + longer, high + longer);
        let mut name = self.word(low, high, rng);
        for _ in 1..words {
            // Hyphens and apostrophes are where names go wrong in addresses and in YAML.
            name += if self.cased && rng.one_in(10) { " al-" } else { " " };
            if self.cased && rng.one_in(16) {
                name += "O'";
            }
            name += &self.word(low, high, rng);
        }
        name
    }

    fn word(&self, low: usize, high: usize, rng: &mut Rng) -> String {
        let word: String = (0..rng.between(low, high)).map(|_| *rng.pick(self.syllables)).collect();
        if self.cased { capitalised(&word) } else { word }
    }
}

/// The words of a text by how often they stand in it: the small words of English, then `count` invented ones.
pub(crate) fn vocabulary(count: usize, rng: &mut Rng) -> Vec<String> {
    let mut words: Vec<String> = FREQUENT.map(str::to_owned).into();
    let mut taken: BTreeSet<String> = words.iter().cloned().collect();
    while words.len() < FREQUENT.len() + count {
        let word: String = (0..rng.between(2, 4)).map(|_| *rng.pick(&SYLLABLES)).collect();
        if taken.insert(word.clone()) {
            words.push(word);
        }
    }
    words
}

/// `word` with its first letter as a capital.
pub(crate) fn capitalised(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// The address segment of a generated name: lower case, `-` for what stands between words, no apostrophes.
pub(crate) fn slug(name: &str) -> String {
    name.to_lowercase().replace('\'', "").replace(' ', "-")
}
