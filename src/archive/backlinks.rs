use rustc_hash::FxHashMap;

use super::{Archive, Briefing, BriefingIx, Link};

/// Lists for each briefing those that lead to it: in their prose or its translations, with an answer to a claim of
/// it or a finding on one, or by telling an event of it again.
pub(super) fn fill(archive: &mut Archive) {
    let lists = lists(archive);
    for (briefing, list) in archive.briefings.iter_mut().zip(lists) {
        briefing.linked_from = list;
    }
}

fn lists(archive: &Archive) -> Vec<Vec<BriefingIx>> {
    let pages = Pages::of(archive);
    let mut lists: Vec<Vec<BriefingIx>> = vec![Vec::new(); archive.briefings.len()];
    for (place, briefing) in archive.briefings.iter().enumerate() {
        let from = BriefingIx::new(place);
        for to in led_to(briefing, archive, &pages).filter(|to| *to != from) {
            let list = &mut lists[to.get()];
            // Briefings come in their order, so that one which has been listed is the last of the list.
            if list.last() != Some(&from) {
                list.push(from);
            }
        }
    }
    lists
}

/// The briefings to which one leads, as often as it does.
fn led_to<'a>(
    briefing: &'a Briefing,
    archive: &'a Archive,
    pages: &'a Pages<'a>,
) -> impl Iterator<Item = BriefingIx> + 'a {
    let links = briefing.links.iter().chain(briefing.translation_links.values().flatten());
    let answered = briefing.responses.iter().filter_map(|(claim, _)| *claim);
    let judged = briefing.findings.iter().filter_map(|(claim, _)| *claim);
    let told = briefing.events.iter().filter_map(|event| archive[*event].tells);
    links
        .filter_map(|link| match link {
            Link::Claim(claim, _) => Some(archive[*claim].briefing),
            _ => pages.led_to(link),
        })
        .chain(answered.chain(judged).map(|claim| archive[claim].briefing))
        .chain(told.map(|event| archive[event].briefing))
}

/// The briefings by the addresses of their pages.
struct Pages<'a> {
    briefings: FxHashMap<&'a str, BriefingIx>,
    /// Those of translations.
    translations: FxHashMap<String, BriefingIx>,
}

impl<'a> Pages<'a> {
    fn of(archive: &'a Archive) -> Self {
        let mut pages = Self { briefings: FxHashMap::default(), translations: FxHashMap::default() };
        for (place, briefing) in archive.briefings.iter().enumerate() {
            let place = BriefingIx::new(place);
            pages.briefings.entry(briefing.address.as_str()).or_insert(place);
            for language in briefing.released.document.translations.keys() {
                pages.translations.entry(format!("{}{language}/", briefing.address)).or_insert(place);
            }
        }
        pages
    }

    fn led_to(&self, link: &Link) -> Option<BriefingIx> {
        let Link::Page { address, .. } = link else { return None };
        let page = address.split_once('#').map_or(address.as_str(), |(page, _)| page);
        self.briefings.get(page).or_else(|| self.translations.get(page)).copied()
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
        assert_eq!(archive.ids(&archive.briefing("2025-05-12-other").linked_from), [] as [&str; 0]);
        let ids = archive.ids(&archive.briefing("2025-05-10-aid").linked_from);
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
        let ids = archive.ids(&archive.briefing("2025-05-10-aid").linked_from);
        assert_eq!(ids, ["2025-05-11-told", "2025-05-12-other"]);
    }
}
