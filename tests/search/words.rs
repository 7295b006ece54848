//! The tokeniser against `words.json`, which the script of the page is held to as well.

use std::{env, fmt::Write as _, fs};

use brief::search::words::{Cutter, From, forms};
use serde::{Deserialize, Serialize};

const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/search/words.json");

#[derive(Deserialize)]
struct Vectors {
    about: String,
    vectors: Vec<Vector>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct Vector {
    rule: String,
    text: String,
    /// Of each place the word and its further forms.
    words: Vec<Vec<String>>,
    /// The same as a query has it, where that differs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    query: Option<Vec<Vec<String>>>,
}

/// The words of `text`, each with its further forms.
pub(crate) fn cut(text: &str, from: From) -> Vec<Vec<String>> {
    let mut words = Vec::new();
    let with_forms = |word: &str| std::iter::once(word).chain(forms(word)).map(str::to_owned).collect();
    Cutter::default().words(text, from, |word| words.push(with_forms(word)));
    words
}

fn as_cut(vector: &Vector) -> Vector {
    let (words, query) = (cut(&vector.text, From::Text), cut(&vector.text, From::Query));
    Vector { query: (query != words).then_some(query), words, ..vector.clone() }
}

#[test]
fn every_text_has_the_words_that_the_specification_gives_it() {
    let Vectors { about, vectors } = serde_json::from_str(&fs::read_to_string(FILE).unwrap()).unwrap();
    if env::var_os("BRIEF_BLESS").is_some() {
        let mut written = format!("{{\"about\": {},\n\"vectors\": [", serde_json::to_string(&about).unwrap());
        for (place, vector) in vectors.iter().enumerate() {
            let comma = if place == 0 { "" } else { "," };
            let _ = write!(written, "{comma}\n  {}", serde_json::to_string(&as_cut(vector)).unwrap());
        }
        fs::write(FILE, written + "\n]}\n").unwrap();
        return;
    }
    assert!(vectors.len() > 150, "{}", vectors.len());
    for vector in &vectors {
        assert_eq!(&as_cut(vector), vector, "{}: {}", vector.rule, vector.text);
    }
}
