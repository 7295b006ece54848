//! What an archive was spoilt by comes out again, byte for byte, and nothing else is touched.
//!
//! An archive that needs no mending is written twice: as it is, and with every word that can be mended in another form.
//! Mending the second must give the first.

use std::{collections::BTreeMap, fmt::Write as _};

use brief::{diagnostics::Diagnostics, mending, settings, sources::Sources};
use proptest::prelude::*;

use crate::building::{build, cases, public};

const PROFILES: [(&str, &str); 5] = [
    (
        "content/actors/hamas.md",
        "---\nname: Hamas\naliases: [HAMAS movement, \"Hamas, the movement\"]\n---\n",
    ),
    (
        "content/actors/israel.md",
        "---\nname: Israel\naliases: [State of Israel]\nweak_aliases: [Jerusalem]\n---\n",
    ),
    ("content/actors/naim.md", "---\nname: Bassem Naim\ntype: person\nhidden_aliases: [Basem Naim]\n---\n"),
    ("content/actors/red.md", "---\nname: John Doe\naliases: [Witness A]\ntlp: red\n---\n"),
    ("content/locations/doha.md", "---\nname: Doha\naliases: [Ad-Dawhah]\n---\n"),
];
const SETTINGS: (&str, &str) =
    ("brief.toml", "title = \"T\"\n# 15/05/2025 HAMAS movement\n[marking]\ndefault = \"clear\"\n");

/// Names, each with how else it may be written.
const NAMES: [(&str, &str); 5] = [
    ("Hamas", "HAMAS movement"),
    ("Hamas", "Hamas, the movement"),
    ("Israel", "state of israel"),
    ("Bassem Naim", "Basem Naim"),
    ("Witness A", "Witness A"),
];

/// How text is written.
#[derive(Clone, Copy, Debug)]
struct Form {
    toml: bool,
    newline: &'static str,
    bom: bool,
    /// Lists and maps on one line.
    flow: bool,
    /// What values stand in: nothing, `'` or `"`.
    mark: usize,
    /// What stands behind values.
    comment: &'static str,
}

#[derive(Clone, Debug)]
struct Text {
    form: Form,
    /// Which of its parts are spoilt.
    spoilt: [bool; 8],
    names: Vec<usize>,
    day: u32,
    /// How a spoilt day is written.
    spelling: usize,
    claims: usize,
    /// A mistake that nobody can mend, in the front matter.
    mistake: bool,
}

fn text() -> impl Strategy<Value = Text> {
    let newline = prop::sample::select(vec!["\n", "\r\n"]);
    let comment = prop::sample::select(vec!["", "  # 15/05/2025 lastmod: Basem Naim"]);
    let form = (any::<[bool; 3]>(), newline, comment, 0_usize..3).prop_map(
        |([toml, bom, flow], newline, comment, mark)| Form { toml, newline, bom, flow, mark, comment },
    );
    let names = prop::sample::subsequence(vec![0, 1, 2, 3, 4], 0..5);
    let rest = (13_u32..29, 0_usize..4, 0_usize..3, prop::bool::weighted(0.2));
    (form, any::<[bool; 8]>(), names, rest).prop_map(
        |(form, spoilt, mut names, (day, spelling, claims, mistake))| {
            // Two aliases of one name would become that name twice; so the second stays.
            names.retain(|name| *name != 1 || day % 2 == 0);
            if names.starts_with(&[0, 1]) {
                names.remove(0);
            }
            Text { form, spoilt, names, day, spelling, claims, mistake }
        },
    )
}

impl Text {
    /// The file as it should be, or `spoilt`.
    fn written(&self, number: usize, spoilt: bool) -> String {
        let is = |part: usize| spoilt && self.spoilt[part];
        let mut out = String::from(if self.form.toml { "+++\n" } else { "---\n" });
        self.entry(&mut out, "title", &format!("Day {number}: HAMAS movement on 15/05/2025"), true);
        let date = self.date(is(0));
        self.entry(&mut out, "date", &date, true);
        let summary = if is(1) { "description" } else { "summary" };
        self.entry(&mut out, summary, "Basem Naim, 2025-5-3 'quoted'", true);
        let updated = if is(2) { "lastmod" } else { "updated" };
        self.entry(&mut out, updated, "2025-06-01", self.form.toml);
        let lang = if is(3) { "language" } else { "lang" };
        self.entry(&mut out, lang, "en", true);
        if self.mistake {
            self.entry(&mut out, "colour", "red", true);
        }
        let names: Vec<String> = self.names.iter().map(|name| self.name(*name, is(4))).collect();
        self.list(&mut out, "actors", &names);
        self.list(&mut out, "locations", &[self.value(if is(5) { "ad-dawhah" } else { "Doha" }, false)]);
        if !self.form.toml {
            out.push_str("sources: {s: {url: \"https://a.example/15/05/2025\", published: 2025-05-01}}\n");
        }
        self.claims(&mut out, is(6));
        if self.form.toml {
            out.push_str("[sources.s]\nurl = \"https://a.example/15/05/2025\"\n");
        }
        out.push_str(if self.form.toml { "+++\n" } else { "---\n" });
        out.push_str("\nHAMAS movement, 15/05/2025, lastmod: x, description: y. Basem Naim\n\n");
        let on = if is(7) { "\"15 May 2025\"" } else { "\"2025-05-15\"" };
        let _ = write!(
            out,
            "::: event {{on={on} at=Ad-Dawhah}}\nOn 15 May 2025 it rained.\n:::\n\n`15/05/2025`\n"
        );
        let out = out.replace('\n', self.form.newline);
        if self.form.bom { format!("\u{feff}{out}") } else { out }
    }

    /// How many of its places are spoilt.
    fn places(&self) -> usize {
        let names = self.names.iter().filter(|name| NAMES[**name].0 != NAMES[**name].1).count();
        let parts = [1, 1, 1, 1, names, 1, self.claims, 1];
        parts.iter().zip(self.spoilt).filter(|(_, spoilt)| *spoilt).map(|(places, _)| places).sum()
    }

    fn with_right_days(mut self) -> Self {
        (self.spoilt[0], self.spoilt[7]) = (false, false);
        self
    }

    fn date(&self, spoilt: bool) -> String {
        let day = self.day;
        match self.spelling {
            _ if !spoilt => format!("2025-05-{day}"),
            0 => format!("2025-5-{day}"),
            1 => format!("{day}/05/2025"),
            2 => format!("May {day}, 2025"),
            _ => format!("{day} May 2025"),
        }
    }

    fn name(&self, name: usize, spoilt: bool) -> String {
        let (name, other) = NAMES[name];
        self.value(if spoilt { other } else { name }, other.contains(','))
    }

    fn value(&self, text: &str, marked: bool) -> String {
        match self.form.mark {
            1 => format!("'{}'", text.replace('\'', if self.form.toml { "’" } else { "''" })),
            0 if !marked && !self.form.toml => text.to_owned(),
            _ => format!("\"{text}\""),
        }
    }

    fn entry(&self, out: &mut String, key: &str, text: &str, marked: bool) {
        let value = match self.form.mark {
            // A day in YAML needs none, however it is written.
            0 if key == "date" && !self.form.toml => text.to_owned(),
            _ if !marked && !self.form.toml => text.to_owned(),
            _ => self.value(text, true),
        };
        let sign = if self.form.toml { " =" } else { ":" };
        let _ = writeln!(out, "{key}{sign}  {value}{}", self.form.comment);
    }

    fn list(&self, out: &mut String, key: &str, values: &[String]) {
        if self.form.toml {
            let _ = writeln!(out, "{key} = [ {} ]", values.join(" ,"));
        } else if self.form.flow || values.is_empty() {
            let _ = writeln!(out, "{key}: [ {} ]", values.join(",  "));
        } else {
            let _ = writeln!(out, "{key}:");
            for value in values {
                let _ = writeln!(out, "  - {value} # HAMAS movement");
            }
        }
    }

    fn claims(&self, out: &mut String, without_ids: bool) {
        const WORDS: [&str; 3] = ["one", "two", "three"];
        if self.claims == 0 {
            return;
        }
        let said = |claim: usize| format!("We talk {}, he said.", WORDS[claim]);
        let id = |claim: usize| format!("we-talk-{}-he-said", WORDS[claim]);
        if self.form.toml {
            for claim in 0..self.claims {
                out.push_str("\n[[claims]] # who\n");
                if !without_ids {
                    let _ = writeln!(out, "id = \"{}\"", id(claim));
                }
                let _ =
                    writeln!(out, "by = \"HAMAS movement\"\ntext = \"{}\"\nsources = [\"s\"]", said(claim));
            }
            return;
        }
        out.push_str("claims: # what is said\n");
        for claim in 0..self.claims {
            let said = said(claim);
            let sources = "sources: [s]";
            if self.form.flow {
                let id = if without_ids { String::new() } else { format!("id: {}, ", id(claim)) };
                let _ = writeln!(out, "- {{ {id}by: HAMAS movement, text: \"{said}\", {sources} }}");
            } else {
                let id = if without_ids { String::new() } else { format!("id: {}\n    ", id(claim)) };
                let _ = writeln!(out, "  - {id}by: HAMAS movement # he\n    text: \"{said}\"\n    {sources}");
            }
        }
    }
}

fn archive(texts: &[Text], spoilt: bool) -> BTreeMap<String, String> {
    let own = texts
        .iter()
        .enumerate()
        .map(|(number, text)| (format!("content/briefings/day-{number}.md"), text.written(number, spoilt)));
    let fixed =
        PROFILES.iter().chain([&SETTINGS]).map(|(path, text)| ((*path).to_owned(), (*text).to_owned()));
    fixed.chain(own).collect()
}

fn sources(files: &BTreeMap<String, String>) -> Sources {
    Sources::from_texts(files.iter().map(|(path, text)| (path.as_str(), text.as_str())))
}

/// `files` after mending, and how many places were named.
fn mended(files: &BTreeMap<String, String>) -> (BTreeMap<String, String>, usize) {
    let sources = sources(files);
    let settings = settings::parse(&sources, &mut Diagnostics::new());
    let plan = mending::plan(&sources, &settings, &public());
    let mut after = files.clone();
    for file in plan.files {
        assert_eq!(file.from, file.to, "no file moves");
        assert!(after.insert(file.to.to_string(), file.text.unwrap()).is_some(), "no file is added");
    }
    (after, plan.done.len())
}

/// How many mistakes of each sort a build tells.
fn told(files: &BTreeMap<String, String>) -> BTreeMap<(bool, &'static str), usize> {
    let mut counts = BTreeMap::new();
    for diagnostic in &build(&sources(files), &public(), false).diagnostics {
        let is_error = diagnostic.severity == brief::diagnostics::Severity::Error;
        *counts.entry((is_error, diagnostic.code)).or_default() += 1;
    }
    counts
}

proptest! {
    #![proptest_config(cases(32))]

    #[test]
    fn mending_takes_out_what_was_spoilt_and_touches_nothing_else(texts in prop::collection::vec(text(), 1..4)) {
        let (clean, spoilt) = (archive(&texts, false), archive(&texts, true));
        let (untouched, none) = mended(&clean);
        prop_assert_eq!(&untouched, &clean);
        prop_assert_eq!(none, 0);
        let (after, places) = mended(&spoilt);
        prop_assert_eq!(&after, &clean);
        prop_assert_eq!(places, texts.iter().map(Text::places).sum::<usize>(), "each place is named");
        // A day that cannot be read hides its briefing, and with it all other mistakes there.
        let dated: Vec<Text> = texts.into_iter().map(Text::with_right_days).collect();
        let (before, now) = (told(&archive(&dated, true)), told(&after));
        for (sort, count) in &now {
            prop_assert!(before.get(sort).is_some_and(|known| count <= known), "{sort:?}: {before:?} -> {now:?}");
        }
    }
}
