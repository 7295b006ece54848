//! Law 1 on a large archive: 2,000 briefings, of which an edition keeps back files and parts of every kind.

use std::collections::BTreeMap;

use brief::release::Withheld;
use proptest::{
    prelude::*,
    strategy::ValueTree,
    test_runner::{RngAlgorithm, TestRng, TestRunner},
};

use crate::{
    building::{build, difference, lay_out, public, sources_in},
    world::{Block, Briefing, Mark, Page, World, blocks, briefing, profile, source},
    write::{Without, files},
};

const BRIEFINGS: usize = 2000;

/// How many files of each kind are kept back.
const FILES: [(Kind, usize); 5] = [
    (Kind::Briefing, 190),
    (Kind::Translation, 40),
    (Kind::Profile, 40),
    (Kind::Page, 10),
    (Kind::Picture, 20),
];

/// How many parts of each kind are kept back in files that are shown.
const PARTS: [(Kind, usize); 13] = [
    (Kind::Event, 50),
    (Kind::EventInProse, 40),
    (Kind::Figure, 40),
    (Kind::Claim, 50),
    (Kind::ClaimInProse, 40),
    (Kind::Response, 40),
    (Kind::ResponseElsewhere, 40),
    (Kind::Finding, 40),
    (Kind::FindingElsewhere, 40),
    (Kind::Correction, 40),
    (Kind::Source, 40),
    (Kind::Prose, 30),
    (Kind::SharedSource, 10),
];

/// So many more are fields of profiles.
const FIELDS: usize = 20;

/// The folders of files, as they lie below `content/`.
const FOLDERS: [&str; 5] = ["briefings", "actors", "locations", "topics", "pages"];

/// What parts are called where the program tells of them.
const TOLD: [&str; 12] = [
    "event",
    "figure",
    "claim",
    "response",
    "response on a claim",
    "finding",
    "finding on a claim",
    "correction",
    "source",
    "marked",
    "field",
    "image",
];

/// What can be marked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Briefing,
    Translation,
    Profile,
    Page,
    Picture,
    Event,
    EventInProse,
    Figure,
    Claim,
    ClaimInProse,
    Response,
    ResponseElsewhere,
    Finding,
    FindingElsewhere,
    Correction,
    Source,
    SharedSource,
    Prose,
}

/// Where a marking is written.
enum Slot<'w> {
    Mark(&'w mut Mark),
    Label(&'w mut Option<&'static str>),
}

impl Slot<'_> {
    fn open(&mut self) {
        match self {
            Self::Mark(mark) => **mark = Mark::Open,
            Self::Label(label) => **label = None,
        }
    }

    fn is_open(&self) -> bool {
        match self {
            Self::Mark(mark) => **mark == Mark::Open,
            Self::Label(label) => label.is_none(),
        }
    }

    /// Holds it back, for one of all reasons there are.
    fn hold(&mut self, kind: Kind, number: usize) {
        const LABELS: [&str; 4] = ["green", "amber", "amber+strict", "red"];
        let label = LABELS[number % 4];
        match self {
            Self::Label(place) => **place = Some(label),
            Self::Mark(mark) => {
                **mark = match number % 6 {
                    0 => Mark::Draft,
                    1 => Mark::Embargo,
                    2 if kind == Kind::Briefing => Mark::Future,
                    3 if kind == Kind::Briefing => Mark::Expired,
                    _ => Mark::Label(label),
                }
            }
        }
    }
}

/// Calls `each` with every place for a marking that lies in nothing that is kept back.
fn slots(world: &mut World, each: &mut dyn FnMut(Kind, Slot<'_>)) {
    let texts = |kind: Kind, mark: &mut Mark, body: &mut [Block], each: &mut dyn FnMut(Kind, Slot<'_>)| {
        each(kind, Slot::Mark(mark));
        if *mark == Mark::Open {
            for block in body {
                each(Kind::Prose, Slot::Label(&mut block.label));
            }
        }
    };
    for briefing in &mut world.briefings {
        texts(Kind::Briefing, &mut briefing.mark, &mut briefing.body, each);
        if briefing.mark != Mark::Open {
            continue;
        }
        for translation in briefing.translations.iter_mut().flatten() {
            texts(Kind::Translation, &mut translation.mark, &mut translation.body, each);
        }
        if let Some(mark) = briefing.sidecar.as_mut().filter(|_| briefing.form.is_multiple_of(3)) {
            each(Kind::Picture, Slot::Mark(mark));
        }
        parts(briefing, each);
    }
    for profile in world.profiles.iter_mut().flatten() {
        texts(Kind::Profile, &mut profile.mark, &mut profile.body, each);
    }
    for page in &mut world.pages {
        texts(Kind::Page, &mut page.mark, &mut page.body, each);
    }
    world.shared.iter_mut().for_each(|source| each(Kind::SharedSource, Slot::Mark(&mut source.mark)));
}

fn parts(briefing: &mut Briefing, each: &mut dyn FnMut(Kind, Slot<'_>)) {
    for event in &mut briefing.events {
        let in_prose = event.in_body && event.figures.is_empty();
        each(if in_prose { Kind::EventInProse } else { Kind::Event }, Slot::Mark(&mut event.mark));
        if event.mark == Mark::Open {
            event.figures.iter_mut().for_each(|figure| each(Kind::Figure, Slot::Mark(&mut figure.mark)));
        }
    }
    for claim in &mut briefing.claims {
        let in_prose = claim.in_body && claim.findings.is_empty() && claim.responses.is_empty();
        each(if in_prose { Kind::ClaimInProse } else { Kind::Claim }, Slot::Mark(&mut claim.mark));
        if claim.mark == Mark::Open {
            claim.responses.iter_mut().for_each(|part| each(Kind::Response, Slot::Mark(&mut part.mark)));
            // Others have none.
            if claim.class < 3 {
                claim.findings.iter_mut().for_each(|part| each(Kind::Finding, Slot::Mark(&mut part.mark)));
            }
        }
    }
    for (_, part) in &mut briefing.responses {
        each(Kind::ResponseElsewhere, Slot::Mark(&mut part.mark));
    }
    for (_, part) in &mut briefing.findings {
        each(Kind::FindingElsewhere, Slot::Mark(&mut part.mark));
    }
    briefing.corrections.iter_mut().for_each(|part| each(Kind::Correction, Slot::Mark(&mut part.mark)));
    briefing.sources.iter_mut().for_each(|part| each(Kind::Source, Slot::Mark(&mut part.mark)));
}

/// Holds back `count` of a kind, evenly over all of it.
fn hold(world: &mut World, kind: Kind, count: usize) {
    let mut all = 0;
    slots(world, &mut |of, slot| all += usize::from(of == kind && slot.is_open()));
    assert!(all >= count, "there are only {all} of {kind:?}");
    let (mut place, mut held) = (0, 0);
    slots(world, &mut |of, mut slot| {
        if of == kind && slot.is_open() {
            if place * count / all != (place + 1) * count / all {
                slot.hold(kind, held);
                held += 1;
            }
            place += 1;
        }
    });
    assert_eq!(held, count, "{kind:?}");
}

/// Lets what a briefing refers to lie anywhere in the archive, and keeps it short.
fn spread(briefing: &mut Briefing, by: usize) {
    let far = |target: &mut usize| *target = *target * 31 + by;
    briefing.body.truncate(2);
    briefing.claims.truncate(2);
    briefing.events.truncate(2);
    briefing.corrections.truncate(1);
    briefing.corrections.retain(|correction| correction.kind != 2 || by.is_multiple_of(8));
    let translations = briefing.translations.iter_mut().flatten();
    for block in briefing.body.iter_mut().chain(translations.flat_map(|text| &mut text.body)) {
        block.refs.iter_mut().for_each(|reference| far(&mut reference.target));
    }
    briefing.responses.iter_mut().for_each(|((target, _), _)| far(target));
    briefing.findings.iter_mut().for_each(|((target, _), _)| far(target));
    briefing.events.iter_mut().filter_map(|event| event.tells.as_mut()).for_each(|(target, _)| far(target));
    briefing.corrections.iter_mut().filter_map(|part| part.of.as_mut()).for_each(|(target, _)| far(target));
}

/// Holds back one field of each of some profiles.
fn fields(world: &mut World) {
    let mut held = 0;
    for (place, profile) in world.profiles.iter_mut().flatten().enumerate() {
        profile.label = if place % 2 == 0 { "amber" } else { "green" };
        // Of the first 17 every profile may have each.
        let bit = 1 << (place % 17);
        let holds = profile.mark == Mark::Open && profile.fields & bit != 0 && held < FIELDS;
        profile.marked = if holds { bit } else { 0 };
        held += usize::from(holds);
    }
    assert_eq!(held, FIELDS);
}

/// Always the same archive.
fn large() -> World {
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &[7; 32]);
    let mut runner = TestRunner::new_with_rng(ProptestConfig::default(), rng);
    let mut briefings = Vec::new();
    for number in 0..BRIEFINGS {
        let mut one = briefing().new_tree(&mut runner).unwrap().current();
        spread(&mut one, number);
        briefings.push(one);
    }
    let mut some = |count: usize| {
        let one = |_| profile().new_tree(&mut runner).unwrap().current();
        (0..count).map(one).collect::<Vec<_>>()
    };
    let profiles = [some(80), some(60), some(60)];
    let mut page = |_| Page { mark: Mark::Open, body: blocks().new_tree(&mut runner).unwrap().current() };
    let pages = (0..20).map(&mut page).collect();
    let mut shared = |_| source().new_tree(&mut runner).unwrap().current();
    let shared = (0..20).map(&mut shared).collect();
    let mut world = World {
        default: Some("clear"),
        per_page: 100,
        together: 25,
        base: 1,
        briefings,
        profiles,
        pages,
        shared,
        grades: true,
        balance: true,
        people: false,
        portraits: vec![None; 3],
    };
    slots(&mut world, &mut |_, mut slot| slot.open());
    // What lay in something held back when that was opened.
    slots(&mut world, &mut |_, mut slot| slot.open());
    for (kind, count) in FILES.into_iter().chain(PARTS) {
        hold(&mut world, kind, count);
    }
    fields(&mut world);
    world
}

/// What an edition keeps back, counted by its kind as the program tells of it.
fn counted(withheld: &Withheld) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for held in withheld.iter().filter(|held| !held.is_left_out()) {
        let kind = match &held.part {
            None => held.path.as_str().split('/').nth(1).unwrap_or_default().to_owned(),
            Some(field) if field.starts_with('`') => "field".to_owned(),
            Some(part) => {
                let nested = if part.contains(" to ") || part.contains(" on ") { " on a claim" } else { "" };
                format!("{}{nested}", part.split(' ').next().unwrap_or_default())
            }
        };
        *counts.entry(kind).or_default() += 1;
    }
    counts
}

#[test]
fn an_archive_of_two_thousand_briefings_is_as_if_what_it_keeps_back_had_never_been() {
    let world = large();
    let built = |without: Without| {
        let folder = tempfile::tempdir().unwrap();
        lay_out(folder.path(), &files(&world, without));
        build(&sources_in(folder.path()).0, &public(), false)
    };
    let whole = built(Without::default());
    let counts = counted(&whole.withheld);
    let of_files = |kind: &str| FOLDERS.contains(&kind);
    // Translations that go with their originals are told of too, and the words for pictures.
    let files: usize = counts.iter().filter(|(kind, _)| of_files(kind)).map(|(_, count)| count).sum();
    let parts: usize = counts.iter().filter(|(kind, _)| !of_files(kind)).map(|(_, count)| count).sum();
    assert!(files >= 300 && parts >= 500, "{files} files, {parts} parts: {counts:#?}");
    for kind in FOLDERS.into_iter().chain(TOLD) {
        assert!(counts.get(kind).is_some_and(|count| *count >= 10), "{kind}: {counts:#?}");
    }
    let less = built(Without { files: true, parts: true });
    let counts = counted(&less.withheld);
    assert!(counts.is_empty(), "{counts:#?}");
    assert_eq!(difference(&whole.site, &less.site), None);
    assert!(whole.site.len() > BRIEFINGS);
}
