//! Small archives that use every feature of the format, as values that proptest can shrink.
//!
//! A world is written to files by [`super::write`], whole or without what an edition keeps back.

use proptest::{collection::vec, option, prelude::*};

/// What may hold matter back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mark {
    Open,
    Label(&'static str),
    Draft,
    /// Under embargo until long after every build.
    Embargo,
    /// An embargo that is over.
    Lifted,
    /// Of files: published long after every build.
    Future,
    /// Of files: no longer shown.
    Expired,
    /// Of files: to be shown for a long time yet.
    Valid,
}

/// A reference in prose; what it leads to is chosen among what there is.
#[derive(Clone, Debug)]
pub(crate) struct Ref {
    pub(crate) form: u8,
    pub(crate) target: usize,
    pub(crate) part: usize,
}

/// A piece of prose; marked prose where there is a label.
#[derive(Clone, Debug)]
pub(crate) struct Block {
    pub(crate) form: u8,
    pub(crate) refs: Vec<Ref>,
    pub(crate) label: Option<&'static str>,
    /// Whether no blank lines stand around it.
    pub(crate) tight: bool,
}

#[derive(Clone, Debug)]
pub(crate) struct Source {
    pub(crate) mark: Mark,
    pub(crate) form: u8,
}

/// Who speaks or acts.
#[derive(Clone, Debug)]
pub(crate) struct Party {
    pub(crate) form: u8,
    pub(crate) actor: usize,
}

#[derive(Clone, Debug)]
pub(crate) struct Figure {
    pub(crate) mark: Mark,
    pub(crate) form: u8,
    pub(crate) per: Option<Party>,
    pub(crate) sources: Vec<usize>,
}

#[derive(Clone, Debug)]
pub(crate) struct Event {
    pub(crate) mark: Mark,
    pub(crate) id: bool,
    pub(crate) date: u8,
    pub(crate) status: u8,
    /// Whose account it is.
    pub(crate) per: Option<Party>,
    pub(crate) actors: Vec<Party>,
    pub(crate) place: Option<usize>,
    pub(crate) figures: Vec<Figure>,
    pub(crate) tells: Option<(usize, usize)>,
    pub(crate) sources: Vec<usize>,
    /// Whether it is written in the body, if it can be.
    pub(crate) in_body: bool,
}

#[derive(Clone, Debug)]
pub(crate) struct Response {
    pub(crate) mark: Mark,
    pub(crate) by: Party,
    pub(crate) on_behalf_of: Option<Party>,
    pub(crate) stance: u8,
    pub(crate) date: Option<u8>,
    pub(crate) text: bool,
    pub(crate) sources: Vec<usize>,
}

#[derive(Clone, Debug)]
pub(crate) struct Finding {
    pub(crate) mark: Mark,
    pub(crate) status: u8,
    pub(crate) sources: Vec<usize>,
}

#[derive(Clone, Debug)]
pub(crate) struct Claim {
    pub(crate) mark: Mark,
    pub(crate) id: bool,
    pub(crate) by: Vec<Party>,
    pub(crate) on_behalf_of: Option<Party>,
    pub(crate) about: Vec<Party>,
    pub(crate) date: Option<u8>,
    pub(crate) class: u8,
    pub(crate) place: Option<usize>,
    pub(crate) responses: Vec<Response>,
    pub(crate) findings: Vec<Finding>,
    pub(crate) sources: Vec<usize>,
    /// Whether it is written in the body, if it can be.
    pub(crate) in_body: bool,
}

#[derive(Clone, Debug)]
pub(crate) struct Correction {
    pub(crate) mark: Mark,
    pub(crate) kind: u8,
    /// The briefing, and the claim of it, that is corrected; the own briefing where there is none.
    pub(crate) of: Option<(usize, Option<usize>)>,
    /// Where no briefing is named: an event, a source or the image of the own one.
    pub(crate) part: Option<(u8, usize)>,
}

#[derive(Clone, Debug)]
pub(crate) struct Translation {
    pub(crate) mark: Mark,
    pub(crate) body: Vec<Block>,
}

#[derive(Clone, Debug)]
pub(crate) struct Briefing {
    pub(crate) mark: Mark,
    pub(crate) form: u8,
    pub(crate) day: u8,
    pub(crate) tags: Vec<(u8, usize)>,
    pub(crate) events: Vec<Event>,
    pub(crate) claims: Vec<Claim>,
    pub(crate) responses: Vec<((usize, usize), Response)>,
    pub(crate) findings: Vec<((usize, usize), Finding)>,
    pub(crate) sources: Vec<Source>,
    pub(crate) corrections: Vec<Correction>,
    pub(crate) body: Vec<Block>,
    /// What the words for its image bear, if there are any.
    pub(crate) sidecar: Option<Mark>,
    /// In Arabic and Hebrew.
    pub(crate) translations: [Option<Translation>; 2],
}

#[derive(Clone, Debug)]
pub(crate) struct Profile {
    pub(crate) mark: Mark,
    /// Which fields it has, by bit.
    pub(crate) fields: u32,
    /// Which of them bear a label.
    pub(crate) marked: u32,
    pub(crate) label: &'static str,
    pub(crate) other: usize,
    pub(crate) page: bool,
    pub(crate) body: Vec<Block>,
}

#[derive(Clone, Debug)]
pub(crate) struct Page {
    pub(crate) mark: Mark,
    pub(crate) body: Vec<Block>,
}

/// An archive.
#[derive(Clone, Debug)]
pub(crate) struct World {
    /// What the settings say unmarked matter is.
    pub(crate) default: Option<&'static str>,
    pub(crate) per_page: usize,
    /// How many briefings make two of them named together.
    pub(crate) together: usize,
    pub(crate) base: u8,
    pub(crate) briefings: Vec<Briefing>,
    /// Actors, locations and topics.
    pub(crate) profiles: [Vec<Profile>; 3],
    pub(crate) pages: Vec<Page>,
    pub(crate) shared: Vec<Source>,
    /// Whether the desk tells how it grades publishers, and has a page of its balance.
    pub(crate) grades: bool,
    pub(crate) balance: bool,
    /// Whether people need a profile to have a page.
    pub(crate) people: bool,
    /// What the words for the pictures of profiles and pages bear.
    pub(crate) portraits: Vec<Option<Mark>>,
}

const SHOWN: [&str; 1] = ["clear"];
const HELD: [&str; 4] = ["green", "amber", "amber+strict", "red"];

fn part() -> impl Strategy<Value = Mark> {
    prop_oneof![
        9 => Just(Mark::Open),
        2 => proptest::sample::select(&SHOWN[..]).prop_map(Mark::Label),
        1 => Just(Mark::Lifted),
        4 => proptest::sample::select(&HELD[..]).prop_map(Mark::Label),
        1 => Just(Mark::Draft),
        1 => Just(Mark::Embargo),
    ]
}

fn file() -> impl Strategy<Value = Mark> {
    prop_oneof![
        12 => Just(Mark::Open),
        2 => Just(Mark::Label("clear")),
        1 => Just(Mark::Lifted),
        4 => proptest::sample::select(&HELD[..]).prop_map(Mark::Label),
        1 => Just(Mark::Draft),
        1 => Just(Mark::Embargo),
    ]
}

fn briefing_file() -> impl Strategy<Value = Mark> {
    prop_oneof![10 => file(), 1 => Just(Mark::Future), 1 => Just(Mark::Expired), 1 => Just(Mark::Valid)]
}

const ANY: std::ops::Range<usize> = 0..64;

pub(crate) fn blocks() -> impl Strategy<Value = Vec<Block>> {
    let reference = (0_u8..30, ANY, 0..4_usize).prop_map(|(form, target, part)| Ref { form, target, part });
    let label = prop_oneof![
        4 => Just(None),
        1 => Just(Some("clear")),
        3 => proptest::sample::select(&HELD[..]).prop_map(Some),
    ];
    let block = (0_u8..8, vec(reference, 0..3), label, any::<bool>())
        .prop_map(|(form, refs, label, tight)| Block { form, refs, label, tight });
    vec(block, 0..5)
}

fn cited() -> impl Strategy<Value = Vec<usize>> {
    vec(ANY, 0..3)
}

pub(crate) fn source() -> impl Strategy<Value = Source> {
    (part(), 0_u8..32).prop_map(|(mark, form)| Source { mark, form })
}

fn party() -> impl Strategy<Value = Party> {
    (0_u8..6, ANY).prop_map(|(form, actor)| Party { form, actor })
}

fn figure() -> impl Strategy<Value = Figure> {
    (part(), 0_u8..3, option::of(party()), cited()).prop_map(|(mark, form, per, sources)| Figure {
        mark,
        form,
        per,
        sources,
    })
}

fn event() -> impl Strategy<Value = Event> {
    let tells = option::weighted(0.2, (ANY, 0..3_usize));
    let parts = (vec(party(), 0..3), option::of(ANY), vec(figure(), 0..3), tells, cited(), any::<bool>());
    let account = (0_u8..4, option::weighted(0.3, party()));
    (part(), any::<bool>(), 0_u8..12, account, parts).prop_map(
        |(mark, id, date, (status, per), (actors, place, figures, tells, sources, in_body))| Event {
            mark,
            id,
            date,
            status,
            per,
            actors,
            place,
            figures,
            tells,
            sources,
            in_body,
        },
    )
}

fn response() -> impl Strategy<Value = Response> {
    let who = (party(), option::weighted(0.2, party()));
    (part(), who, 0_u8..7, option::of(0_u8..12), any::<bool>(), cited()).prop_map(
        |(mark, (by, on_behalf_of), stance, date, text, sources)| Response {
            mark,
            by,
            on_behalf_of,
            stance,
            date,
            text,
            sources,
        },
    )
}

fn finding() -> impl Strategy<Value = Finding> {
    (part(), 0_u8..4, cited()).prop_map(|(mark, status, sources)| Finding { mark, status, sources })
}

fn claim() -> impl Strategy<Value = Claim> {
    let by = (vec(party(), 1..3), option::weighted(0.2, party()));
    let who = (by, vec(party(), 0..2), option::of(0_u8..12), 0_u8..7, option::of(ANY));
    let parts = (vec(response(), 0..3), vec(finding(), 0..2), cited(), any::<bool>());
    (part(), proptest::bool::weighted(0.8), who, parts).prop_map(
        |(
            mark,
            id,
            ((by, on_behalf_of), about, date, class, place),
            (responses, findings, sources, in_body),
        )| Claim {
            mark,
            id,
            by,
            on_behalf_of,
            about,
            date,
            class,
            place,
            responses,
            findings,
            sources,
            in_body,
        },
    )
}

fn correction() -> impl Strategy<Value = Correction> {
    let kind = prop_oneof![6 => 0_u8..2, 1 => Just(2_u8), 1 => Just(3_u8)];
    let of = prop_oneof![
        1 => Just((None, None)),
        2 => (ANY, option::of(0..3_usize)).prop_map(|of| (Some(of), None)),
        2 => (0_u8..3, 0..3_usize).prop_map(|part| (None, Some(part))),
    ];
    (part(), kind, of).prop_map(|(mark, kind, (of, part))| Correction { mark, kind, of, part })
}

fn translation() -> impl Strategy<Value = Option<Translation>> {
    option::weighted(0.25, (file(), blocks()).prop_map(|(mark, body)| Translation { mark, body }))
}

pub(crate) fn briefing() -> impl Strategy<Value = Briefing> {
    let place = (ANY, 0..3_usize);
    let accounts = (
        vec(event(), 0..3),
        vec(claim(), 0..4),
        vec((place.clone(), response()), 0..2),
        vec((place, finding()), 0..2),
    );
    let body = (blocks(), option::of(part()));
    let rest = (vec(source(), 0..3), vec(correction(), 0..3), body, [translation(), translation()]);
    (briefing_file(), any::<u8>(), 0_u8..12, vec((0_u8..5, ANY), 0..4), accounts, rest).prop_map(
        |(mark, form, day, tags, accounts, rest)| {
            let (events, claims, responses, findings) = accounts;
            let (sources, corrections, (body, sidecar), translations) = rest;
            Briefing {
                mark,
                form,
                day,
                tags,
                events,
                claims,
                responses,
                findings,
                sources,
                corrections,
                body,
                sidecar,
                translations,
            }
        },
    )
}

pub(crate) fn profile() -> impl Strategy<Value = Profile> {
    let label = prop_oneof![1 => Just("clear"), 4 => proptest::sample::select(&HELD[..])];
    let page = proptest::bool::weighted(0.85);
    (file(), any::<u32>(), any::<u32>(), label, ANY, page, blocks()).prop_map(
        |(mark, fields, marked, label, other, page, body)| Profile {
            mark,
            fields,
            marked: fields & marked,
            label,
            other,
            page,
            body,
        },
    )
}

/// An archive of 3 to 15 files and its settings.
pub(crate) fn world() -> impl Strategy<Value = World> {
    let default = prop_oneof![2 => Just(None), 6 => Just(Some("clear")), 1 => Just(Some("amber"))];
    let page = (file(), blocks()).prop_map(|(mark, body)| Page { mark, body });
    let profiles = (vec(profile(), 1..4), vec(profile(), 1..4), vec(profile(), 0..2));
    let files = (
        vec(briefing(), 1..6),
        profiles,
        vec(page, 0..3),
        vec(source(), 0..4),
        vec(option::of(part()), 0..3),
    );
    let desk = (any::<bool>(), proptest::bool::weighted(0.8), proptest::bool::weighted(0.2));
    let sizes = (1..4_usize, 1..3_usize);
    (default, sizes, desk, 0_u8..3, files).prop_map(
        |(
            default,
            (per_page, together),
            (grades, balance, people),
            base,
            (briefings, (actors, places, topics), pages, shared, portraits),
        )| World {
            grades,
            balance,
            people,
            portraits,
            default,
            per_page,
            together,
            base,
            briefings,
            profiles: [actors, places, topics],
            pages,
            shared,
        },
    )
}
