use rustc_hash::FxHashMap;

use super::{Briefing, BriefingIx, Facts, Link, Reading};

/// Lists for each briefing those that lead to it: in their prose or its translations, with an answer to a claim of
/// it or a finding on one, or by telling an event of it again.
pub(super) fn lists<'r>(readings: impl ExactSizeIterator<Item = &'r Reading>) -> Vec<Vec<BriefingIx>> {
    let mut lists: Vec<Vec<BriefingIx>> = vec![Vec::new(); readings.len()];
    for (place, reading) in readings.enumerate() {
        let from = BriefingIx::new(place);
        for to in reading.leads_to.iter().filter(|to| **to != from) {
            let list = &mut lists[to.get()];
            // Briefings come in their order, so that one which has been listed is the last of the list.
            if list.last() != Some(&from) {
                list.push(from);
            }
        }
    }
    lists
}

/// The briefings to which one leads that has these links, as often as it does.
pub(super) fn led_to(
    briefing: &Briefing,
    links: &[Link],
    translations: impl Iterator<Item = impl AsRef<[Link]>>,
    archive: &Facts,
    pages: &Pages,
) -> Vec<BriefingIx> {
    let mut led_to = Vec::new();
    let mut link = |link: &Link| {
        led_to.extend(match link {
            Link::Claim(claim, _) => Some(archive[*claim].briefing),
            _ => pages.led_to(link),
        });
    };
    links.iter().for_each(&mut link);
    for links in translations {
        links.as_ref().iter().for_each(&mut link);
    }
    let answered = briefing.responses.iter().filter_map(|(claim, _)| *claim);
    let judged = briefing.findings.iter().filter_map(|(claim, _)| *claim);
    let told = briefing.events.iter().filter_map(|event| archive[*event].tells);
    led_to.extend(answered.chain(judged).map(|claim| archive[claim].briefing));
    led_to.extend(told.map(|event| archive[event].briefing));
    led_to
}

/// The briefings by the addresses of their pages, those of translations among them.
#[derive(Debug)]
pub(super) struct Pages(FxHashMap<String, BriefingIx>);

impl Pages {
    pub(super) fn of(archive: &Facts) -> Self {
        let mut pages = FxHashMap::default();
        let briefings = || archive.briefings.iter().enumerate();
        for (place, briefing) in briefings() {
            pages.entry(briefing.address.clone()).or_insert(BriefingIx::new(place));
        }
        for (place, briefing) in briefings() {
            for language in briefing.released.document.translations.keys() {
                pages.entry(format!("{}{language}/", briefing.address)).or_insert(BriefingIx::new(place));
            }
        }
        Self(pages)
    }

    fn led_to(&self, link: &Link) -> Option<BriefingIx> {
        let Link::Page { address, .. } = link else { return None };
        let page = address.split_once('#').map_or(address.as_str(), |(page, _)| page);
        self.0.get(page).copied()
    }
}

#[cfg(test)]
mod tests {
    use crate::archive::cross_tests::archive_of;

    const FIRST: &str = "\
---
title: Aid
claims:
  - {id: convoys, by: Israel, text: Convoys pass.}
events:
  - {id: strike, text: A strike.}
---
## Later {#later}

See [[2025-05-10-aid]] and [[#convoys]].
";

    /// The briefings that lead to the first, where another has this front matter and this prose.
    fn leading(front: &str, prose: &str) -> Vec<String> {
        let other = format!("---\ntitle: T\n{front}\n---\n{prose}\n");
        let (archive, _) = archive_of([
            ("brief.toml", "title = \"Test\"\n[languages]\nar = { name = \"Arabic\" }\n"),
            ("content/briefings/2025-05-10-aid.md", FIRST),
            ("content/briefings/2025-05-10-aid.ar.md", "---\ntitle: Aid\n---\n"),
            ("content/briefings/2025-05-12-other.md", &other),
            ("content/briefings/2025-05-12-other.ar.md", "---\ntitle: T\n---\n"),
        ]);
        assert_eq!(archive.ids(archive.leading_to("2025-05-12-other")), [] as [&str; 0]);
        let ids = archive.ids(archive.leading_to("2025-05-10-aid"));
        ids.into_iter().map(str::to_owned).collect()
    }

    #[test]
    fn every_way_to_lead_to_a_briefing_counts_once() {
        assert_eq!(leading("", "Nothing."), [] as [&str; 0], "a link to itself is none");
        for prose in [
            "[[2025-05-10-aid]]",
            "[[2025-05-10-aid#convoys]]",
            "[aid](2025-05-10-aid.md)",
            "[later](2025-05-10-aid.md#later)",
            "[aid](2025-05-10-aid.ar.md)",
            "[[2025-05-10-aid]] and again [[2025-05-10-aid]]",
        ] {
            assert_eq!(leading("", prose), ["2025-05-12-other"], "{prose}");
        }
        for front in [
            "responses: [{claim: 2025-05-10-aid#convoys, by: Hamas, stance: denies}]",
            "findings: [{claim: 2025-05-10-aid#convoys, status: refuted, note: why}]",
            "events: [{event: 2025-05-10-aid#strike, text: The strike.}]",
        ] {
            assert_eq!(leading(front, "Nothing."), ["2025-05-12-other"], "{front}");
            assert_eq!(leading(front, "[[2025-05-10-aid]]"), ["2025-05-12-other"], "{front} and a link");
        }
    }

    #[test]
    fn a_translation_leads_for_its_briefing_and_the_oldest_stands_first() {
        let link = "---\ntitle: T\n---\n[[2025-05-10-aid]]\n";
        let (archive, _) = archive_of([
            ("brief.toml", "title = \"Test\"\n[languages]\nar = { name = \"Arabic\" }\n"),
            ("content/briefings/2025-05-10-aid.md", FIRST),
            ("content/briefings/2025-05-12-other.md", link),
            ("content/briefings/2025-05-11-told.md", "---\ntitle: T\n---\n"),
            ("content/briefings/2025-05-11-told.ar.md", link),
        ]);
        let ids = archive.ids(archive.leading_to("2025-05-10-aid"));
        assert_eq!(ids, ["2025-05-11-told", "2025-05-12-other"]);
    }
}
