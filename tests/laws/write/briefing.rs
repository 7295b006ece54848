use serde_json::{Map, Value, json};

use super::{Files, Writer, document, file_label, form, mark, parts::Scope, picture};
use crate::world::{Briefing, Correction, Mark, Source, Translation};

impl Writer<'_> {
    pub(super) fn briefing(&self, number: usize, files: &mut Files) {
        let briefing = &self.world.briefings[number];
        let is_held = self.briefing_is_held(number);
        // What is retracted or over is shown to nobody.
        let shows = briefing.mark != Mark::Expired && !self.is_retracted(number);
        let path = self.briefing_path(number, "");
        if !(is_held && self.without.files) {
            let (front, forms) = self.front(number, briefing, is_held, shows);
            let body = self.body(&briefing.body, &format!("b{number}"), is_held, shows, Some(number), &path);
            let body = format!("{}{body}{}", forms[0], forms[1]);
            files.texts.insert(path.clone(), document(&front, &body, briefing.form % 4 == 1));
            if briefing.form.is_multiple_of(3) {
                let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
                self.image(number, is_held, &format!("{folder}/{}", self.picture(number)), files);
            }
        }
        for (place, language) in ["ar", "he"].into_iter().enumerate() {
            let Some(translation) = &briefing.translations[place] else { continue };
            let held_alone = self.is_held(translation.mark, file_label(briefing.mark));
            if (is_held || held_alone) && self.without.files {
                continue;
            }
            let path = self.briefing_path(number, &format!(".{language}"));
            let text = self.translation(
                number,
                translation,
                language,
                is_held || held_alone,
                shows && translation.mark != Mark::Expired,
                &path,
            );
            files.texts.insert(path, text);
        }
    }

    /// A picture at `path`, and the words for it.
    fn image(&self, number: usize, is_held: bool, path: &str, files: &mut Files) {
        let held_alone = self.picture_is_held(number);
        if held_alone && self.without.files {
            return;
        }
        files
            .assets
            .insert(path.to_owned(), picture::png(&self.word(true, &format!("b{number}exif"), false)));
        if let Some(sidecar) = self.world.briefings[number].sidecar {
            let word = |what: &str| self.word(is_held || held_alone, &format!("b{number}i{what}"), false);
            let mut words = Map::new();
            for key in ["alt", "caption", "credit", "license"] {
                words.insert(key.into(), format!("Image {}", word(key)).into());
            }
            words.insert("date".into(), "2025-05-11".into());
            words.insert("location".into(), self.alias(1, number).into());
            mark(sidecar, &mut words);
            files.texts.insert(format!("{path}.toml"), toml::to_string(&words).unwrap());
        }
    }

    fn is_retracted(&self, number: usize) -> bool {
        let retracts = |own: usize, correction: &Correction| {
            correction.kind == 2
                && correction.part.is_none()
                && correction.of.map_or(own, |(of, _)| self.other(of)) == number
        };
        let mut briefings = self.world.briefings.iter().enumerate();
        briefings.any(|(own, other)| other.corrections.iter().any(|c| retracts(own, c)))
    }

    fn translation(
        &self,
        number: usize,
        translation: &Translation,
        language: &str,
        is_held: bool,
        shows: bool,
        path: &str,
    ) -> String {
        let briefing = &self.world.briefings[number];
        let mut front = Map::new();
        let key = format!("b{number}{language}");
        front.insert(
            "title".into(),
            format!("عنوان {}", self.word(is_held, &format!("{key}t"), shows)).into(),
        );
        let mut texts = Map::new();
        for (place, claim) in briefing.claims.iter().enumerate().filter(|(_, claim)| claim.id) {
            let claim_is_held = self.is_held(claim.mark, file_label(briefing.mark));
            if !self.skips(claim_is_held) {
                let word = self.word(is_held || claim_is_held, &format!("{key}c{place}"), shows);
                texts.insert(self.claim_id(number, place), format!("نص {word}").into());
            }
        }
        if !texts.is_empty() {
            front.insert("claims".into(), texts.into());
        }
        mark(translation.mark, &mut front);
        let body = self.body(&translation.body, &key, is_held, shows, Some(number), path);
        document(&front, &body, false)
    }

    /// The front matter, and the claims and events that are written before and after the prose.
    fn front(
        &self,
        number: usize,
        briefing: &Briefing,
        is_held: bool,
        shows: bool,
    ) -> (Map<String, Value>, [String; 2]) {
        let mut front = Map::new();
        let key = format!("b{number}");
        let own = |what: &str, shows: bool| self.word(is_held, &format!("{key}{what}"), shows);
        front.insert("title".into(), format!("Title {}", own("title", shows)).into());
        front.insert("id".into(), key.clone().into());
        if briefing.form.is_multiple_of(2) {
            front.insert("summary".into(), format!("Summary {}", own("sum", shows)).into());
            front.insert("authors".into(), json!([own("author", false)]));
            front.insert("date".into(), format!("2025-05-{:02}", self.day(number)).into());
        }
        if briefing.form.is_multiple_of(5) {
            front.insert("aliases".into(), json!([format!("/old/{}/", own("old", false))]));
            front.insert("extra".into(), json!({"note": own("extra", false)}));
        }
        if briefing.form.is_multiple_of(7) {
            front.insert("image".into(), self.picture(number).into());
            front.insert("slug".into(), own("slug", false).into());
        }
        if briefing.form % 32 == 5 {
            // What a second one of that day may ask for.
            front.insert("slug".into(), "taken".into());
            front.insert("aliases".into(), json!(["/old/taken/"]));
        }
        if briefing.form.is_multiple_of(11) {
            front.insert("lang".into(), ["fr", "fa", "en-GB"][usize::from(briefing.day % 3)].into());
            front.insert("license".into(), own("license", false).into());
            front.insert("generated".into(), own("machine", false).into());
            front.insert("reviewed_by".into(), own("reviewer", false).into());
            front.insert("updated".into(), "2025-05-28".into());
        }
        for (place, folder) in ["actors", "locations", "topics", "tags"].into_iter().enumerate() {
            let names: Vec<String> = briefing
                .tags
                .iter()
                .filter(|(kind, _)| usize::from((*kind).min(3)) == place)
                .map(|(kind, target)| match kind {
                    3 => own(&format!("tag{}", target % 2), shows),
                    4 => format!("Key {}", target % 3),
                    kind => self.alias(usize::from(*kind), *target),
                })
                .collect();
            if !names.is_empty() {
                front.insert(folder.into(), names.into());
            }
        }
        let forms = self.accounts(number, briefing, is_held, shows, &mut front);
        mark(briefing.mark, &mut front);
        (front, forms)
    }

    fn accounts(
        &self,
        number: usize,
        briefing: &Briefing,
        is_held: bool,
        shows: bool,
        front: &mut Map<String, Value>,
    ) -> [String; 2] {
        let label = file_label(briefing.mark);
        let held = |mark: Mark| self.is_held(mark, label);
        let scope = |key: String, mark: Mark, shows: bool| Scope {
            writer: self,
            number,
            label,
            is_held: is_held || held(mark),
            shows,
            key,
        };
        // Whether an event or a claim of its own is retracted here, and so shown to nobody.
        let takes_back = |sort: u8, at: usize| {
            briefing.corrections.iter().filter(|correction| correction.kind == 2).any(|correction| match sort
            {
                0 => correction.part == Some((0, at)),
                _ => correction.of.is_some_and(|(of, claim)| self.other(of) == number && claim == Some(at)),
            })
        };
        let mut list = |name: &str, values: Vec<Value>| {
            if !values.is_empty() {
                front.insert(name.into(), values.into());
            }
        };
        let mut forms = [String::new(), String::new()];
        let (mut events, mut claims) = (Vec::new(), Vec::new());
        for (at, e) in briefing.events.iter().enumerate().filter(|(_, event)| !self.skips(held(event.mark))) {
            let event = scope(format!("b{number}e{at}"), e.mark, shows && !takes_back(0, at)).event(at, e);
            if form::fits_event(e) {
                forms[at % 2].push_str(&form::block("event", &event));
            } else {
                events.push(event);
            }
        }
        for (at, c) in briefing.claims.iter().enumerate().filter(|(_, claim)| !self.skips(held(claim.mark))) {
            let claim = scope(format!("b{number}c{at}"), c.mark, shows && !takes_back(1, at)).claim(at, c);
            if form::fits_claim(c) {
                forms[at % 2].push_str(&form::block("claim", &claim));
            } else {
                claims.push(claim);
            }
        }
        list("events", events);
        list("claims", claims);
        let responses = briefing
            .responses
            .iter()
            .enumerate()
            .filter(|(_, (_, response))| !self.skips(held(response.mark)));
        let with_claim = |mut value: Value, (briefing, claim): (usize, usize)| {
            let other = self.other(briefing);
            value["claim"] = format!("b{other}#{}", self.claim_id(other, claim)).into();
            value
        };
        list(
            "responses",
            responses
                .map(|(at, (to, r))| {
                    with_claim(scope(format!("b{number}r{at}"), r.mark, shows).response(r), *to)
                })
                .collect(),
        );
        let findings =
            briefing.findings.iter().enumerate().filter(|(_, (_, finding))| !self.skips(held(finding.mark)));
        list(
            "findings",
            findings
                .map(|(at, (to, f))| {
                    with_claim(scope(format!("b{number}f{at}"), f.mark, shows).finding(f), *to)
                })
                .collect(),
        );
        let corrections = briefing.corrections.iter().enumerate().filter(|(_, c)| !self.skips(held(c.mark)));
        list(
            "corrections",
            corrections
                .map(|(at, c)| scope(format!("b{number}k{at}"), c.mark, shows).correction(c))
                .collect(),
        );
        let sources: Map<String, Value> = briefing
            .sources
            .iter()
            .enumerate()
            .filter(|(_, source)| !self.skips(held(source.mark)))
            .map(|(at, s)| {
                let (id, key) = (self.source_id(number, at), format!("b{number}s{at}"));
                (id, self.source(s, is_held || held(s.mark), &key, shows))
            })
            .collect();
        if !sources.is_empty() {
            front.insert("sources".into(), sources.into());
        }
        forms
    }

    pub(super) fn source(&self, source: &Source, is_held: bool, key: &str, shows: bool) -> Value {
        let word = |what: &str, shows: bool| self.word(is_held, &format!("{key}{what}"), shows);
        // The desk knows the publishers of these hosts.
        let host = if source.form & 16 == 16 { "paper1.example" } else { "news.example" };
        let url = format!("https://{host}/{}", word("url", shows));
        if source.form == 0 && source.mark == Mark::Open {
            return url.into();
        }
        let mut map = Map::new();
        map.insert("title".into(), format!("Source {}", word("title", shows)).into());
        map.insert("url".into(), url.into());
        if source.form & 1 == 1 {
            map.insert("publisher".into(), word("pub", shows).into());
            map.insert("published".into(), "2025-05-09".into());
            map.insert("via".into(), json!([word("via", shows)]));
        }
        if source.form & 2 == 2 {
            map.insert("archived".into(), format!("https://web.example/{}", word("copy", shows)).into());
            map.insert("kind".into(), "photo".into());
            map.insert("credit".into(), word("credit", shows).into());
            map.insert("accessed".into(), "2025-05-10".into());
            map.insert("language".into(), "he".into());
        }
        if source.form & 9 == 8 {
            map.insert("publisher".into(), format!("Paper {}", source.form / 16).into());
        }
        mark(source.mark, &mut map);
        map.into()
    }
}
