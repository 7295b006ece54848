use serde_json::{Map, Value, json};

use super::{Files, KINDS, Writer, document, mark};

impl Writer<'_> {
    pub(super) fn shared(&self, files: &mut Files) {
        if self.world.shared.is_empty() {
            return;
        }
        let mut sources = Map::new();
        for (number, source) in self.world.shared.iter().enumerate() {
            let is_held = self.is_held(source.mark, None);
            if !self.skips(is_held) {
                let value = self.source(source, is_held, &format!("shared{number}"), false);
                let value = if value.is_string() { json!({"url": value}) } else { value };
                sources.insert(self.shared_id(number), value);
            }
        }
        let publishers = json!({
            "paper0": {"name": "Paper 0", "grade": "b"},
            "paper1": {"name": "Paper 1", "host": "paper1.example", "grade": "e"},
        });
        let text = toml::to_string(&json!({"sources": sources, "publishers": publishers})).unwrap();
        files.texts.insert("content/sources.toml".into(), text);
    }

    pub(super) fn page(&self, number: usize, files: &mut Files) {
        let page = &self.world.pages[number];
        let is_held = self.is_held(page.mark, None);
        if is_held && self.without.files {
            return;
        }
        let path = self.page_path(number);
        let mut front = Map::new();
        let word = |what: &str, shows: bool| self.word(is_held, &format!("g{number}{what}"), shows);
        front.insert("title".into(), format!("Page {}", word("title", true)).into());
        front.insert("summary".into(), word("sum", true).into());
        front.insert("aliases".into(), json!([word("old", false)]));
        mark(page.mark, &mut front);
        let body = self.body(&page.body, &format!("g{number}"), is_held, true, None, &path);
        files.texts.insert(path, document(&front, &body, number == 1));
    }

    pub(super) fn profile(&self, kind: usize, number: usize, files: &mut Files) {
        let profile = &self.world.profiles[kind][number];
        let is_held = self.is_held(profile.mark, None);
        if is_held && self.without.files {
            return;
        }
        let path = self.profile_path(kind, number);
        let key = format!("f{kind}n{number}");
        let shows = profile.page;
        let mut front = Map::new();
        front.insert(
            "name".into(),
            format!("Name {}", self.word(is_held, &format!("{key}name"), shows)).into(),
        );
        if !profile.page {
            front.insert("page".into(), false.into());
        }
        let mut marked = Map::new();
        for bit in 0..32 {
            if profile.fields & (1 << bit) == 0 {
                continue;
            }
            let is_marked = profile.marked & (1 << bit) != 0;
            // Coordinates are kept back with their precision: without it nobody knows how fine they may be.
            let with_precision =
                bit == 17 && profile.fields & (1 << 18) != 0 && profile.marked & (1 << 18) != 0;
            let field_is_held = (is_marked || with_precision) && !self.reader.admits(profile.label);
            if self.skips(field_is_held) {
                continue;
            }
            let word = self.word(is_held || field_is_held, &format!("{key}x{bit}"), false);
            let Some((name, value)) = self.field(kind, number, bit, &word) else { continue };
            front.insert(name.into(), value);
            if is_marked {
                marked.insert(name.into(), profile.label.into());
            }
        }
        if !marked.is_empty() {
            front.insert("marked".into(), marked.into());
        }
        mark(profile.mark, &mut front);
        let body = self.body(&profile.body, &key, is_held, shows, None, &path);
        files.texts.insert(path, document(&front, &body, number == 2));
    }

    fn field(&self, kind: usize, number: usize, bit: u32, word: &str) -> Option<(&'static str, Value)> {
        let profile = &self.world.profiles[kind][number];
        let relation = |kind: usize| {
            json!([
                {"id": self.alias(kind, profile.other), "from": "2020", "to": "2030", "sources": [self.shared_id(0)]},
                format!("Rel {word}"),
            ])
        };
        let is_place = kind == 1;
        Some(match bit {
            0 => (
                "aliases",
                json!([
                    format!("Alias {}{number}", &KINDS[kind][..1]),
                    // What two of one kind bear, and what one of each kind bears.
                    format!("Shared {}{}", &KINDS[kind][..1], number % 2),
                    format!("Both {number}"),
                    format!("Also {word}"),
                ]),
            ),
            1 => ("wikidata", "Q42".into()),
            2 => ("description", format!("Described {word}").into()),
            3 => ("status_note", format!("Status {word}").into()),
            4 => ("previous_names", json!([{"name": format!("Former {word}"), "to": "2019"}])),
            5 => ("weak_aliases", json!([format!("Weak {word}")])),
            6 => ("hidden_aliases", json!([format!("Hidden {word}")])),
            7 => ("names", json!({"ar": format!("اسم {word}")})),
            8 => ("sort_name", word.into()),
            9 if profile.other.is_multiple_of(2) => ("parent", self.alias(kind, profile.other).into()),
            9 => ("parent", format!("Above {word}").into()),
            10 => ("speaks_for", relation(kind)),
            11 => ("member_of", relation(kind)),
            12 => ("split_from", relation(kind)),
            13 => ("controlled_by", relation(0)),
            14 => ("founded", json!({"date": "1987", "sources": [self.shared_id(1)]})),
            15 => {
                let other = self.other(profile.other);
                let claim = self.claim_id(other, profile.other % 3);
                ("died", json!({"date": "2025-05-13", "rests_on": format!("b{other}#{claim}")}))
            }
            16 => ("country", "QA".into()),
            17 if is_place => ("coordinates", json!([31.35 + f64::from(letters(word)) / 1e4, 34.31])),
            18 if is_place => {
                let finenesses = ["exact", "site", "250 m", "city", "50 km", "region", "country"];
                ("precision", finenesses[letters(word) as usize % finenesses.len()].into())
            }
            19 => ("links", json!({(format!("Link {word}")): format!("https://link.example/{word}")})),
            // What two of one kind were called, and whoever may be called so today.
            20 => {
                let other = if profile.other.is_multiple_of(3) {
                    format!("was-{}", number % 2)
                } else {
                    self.alias(kind, profile.other)
                };
                ("former_ids", json!([format!("former-{word}"), other]))
            }
            21 => ("extra", json!({"note": word})),
            22 => ("type", "other".into()),
            23 if kind == 0 => ("same_as", format!("location:{}", self.alias(1, profile.other)).into()),
            24 if is_place => ("claimed_by", relation(0)),
            25 => ("succeeds", relation(kind)),
            26 => ("affiliated", relation(kind)),
            27 => ("merged_into", json!([{"id": self.alias(kind, profile.other), "date": "2021-02"}])),
            28 => ("dissolved", json!({"date": "2021", "sources": ["shared0"]})),
            29 => ("born", json!("1960-02")),
            // An address that a second one of the kind may ask for.
            30 if profile.other.is_multiple_of(4) => ("slug", format!("slug-{}", number % 2).into()),
            _ => return None,
        })
    }
}

/// A number of its own for most words.
fn letters(word: &str) -> u32 {
    word.bytes().fold(0, |sum, byte| (sum * 31 + u32::from(byte)) % 9_973)
}
