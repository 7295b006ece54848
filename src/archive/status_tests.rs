use proptest::prelude::*;

use super::*;
use crate::{
    archive::{BriefingIx, Entity, Related},
    documents::At,
    model::ClaimClass,
};

/// The actors of the tests: 0 lies in 1, 2 speaks for 1 until the end of 2024, 3 and 4 stand alone.
fn archive() -> Facts {
    let actor = |number: usize| Entity::new(0, format!("A{number}"), format!("a{number}"), "actors");
    let mut entities: Vec<Entity> = (0..5).map(actor).collect();
    entities[0].parent = Some(EntityIx::new(1));
    entities[2].relations.push(Related {
        key: "speaks_for",
        of_other: false,
        to: EntityIx::new(1),
        from: None,
        until: Some(When::parse("2024").unwrap()),
        date: None,
        sources: Vec::new(),
    });
    Facts { entities, ..Facts::default() }
}

fn actor(number: usize) -> Party {
    Party::Actor(EntityIx::new(number))
}

fn unnamed(of: Option<usize>) -> Party {
    Party::Unnamed { words: "officials".into(), of: of.map(EntityIx::new) }
}

fn answer(by: Vec<Party>, stance: Stance, date: &str) -> Response {
    Response {
        briefing: BriefingIx::new(0),
        by,
        on_behalf_of: Vec::new(),
        stance,
        date: When::parse(date).unwrap(),
        text: None,
        sources: Vec::new(),
        to_retracted: None,
        label: None,
        at: At::new(&(0..0)),
    }
}

/// A claim that `by` made on 15 May 2024, with these answers.
fn claim(by: Vec<Party>, responses: Vec<Response>) -> Claim {
    Claim {
        briefing: BriefingIx::new(0),
        id: None,
        anchor: String::new(),
        by,
        on_behalf_of: Vec::new(),
        about: Vec::new(),
        date: When::parse("2024-05-15").unwrap(),
        class: ClaimClass::Fact,
        text: String::new(),
        locations: Vec::new(),
        told: Vec::new(),
        via: Vec::new(),
        sources: Vec::new(),
        responses,
        findings: Vec::new(),
        notes: Vec::new(),
        label: None,
        at: At::new(&(0..0)),
        in_prose: false,
    }
}

/// The status of a claim by actor 1, and the places of the answers that count.
fn status(responses: Vec<Response>) -> (Status, Vec<usize>) {
    let standing = archive().standing(&claim(vec![actor(1)], responses)).unwrap();
    (standing.status, standing.counted.iter().map(|counted| counted.response).collect())
}

#[test]
fn what_the_claimants_side_answers_counts_for_no_status_but_withdrawn() {
    use Stance::{Confirms, Denies, Restates, Withdraws};
    for own in [actor(0), actor(1), actor(2), unnamed(Some(0))] {
        for stance in [Confirms, Denies, Restates] {
            assert_eq!(status(vec![answer(vec![own.clone()], stance, "2024-05-16")]), (Status::None, vec![]));
        }
        let withdrawn = status(vec![
            answer(vec![actor(3)], Confirms, "2024-05-20"),
            answer(vec![own], Withdraws, "2024-05-16"),
        ]);
        assert_eq!(withdrawn, (Status::Withdrawn, vec![1]), "over all others, whatever came later");
    }
    // Who spoke for a side no longer does.
    let later = answer(vec![actor(2)], Denies, "2025-05-16");
    assert_eq!(status(vec![later]), (Status::Denied, vec![0]));
    // Nobody knows whose these are; so they are not the claimant's.
    assert_eq!(status(vec![answer(vec![unnamed(None)], Denies, "2024-05-16")]).0, Status::Denied);
    assert_eq!(status(vec![answer(vec![unnamed(None)], Withdraws, "2024-05-16")]).0, Status::None);
}

#[test]
fn a_withdrawal_stands_whatever_the_claimants_side_says_before_or_after_it() {
    use Stance::{Confirms, Denies, Restates, Withdraws};
    let own = |stance, date| answer(vec![actor(1)], stance, date);
    let denied = || answer(vec![actor(3)], Denies, "2024-05-15");
    for again in [Restates, Confirms] {
        for date in ["2024-05-15", "2024-05-16", "2024-05-17"] {
            let answers = vec![own(Withdraws, "2024-05-16"), own(again, date), denied()];
            assert_eq!(status(answers), (Status::Withdrawn, vec![0]), "{again:?} {date}");
        }
    }
}

#[test]
fn of_one_side_the_latest_answers_count_by_the_last_day_they_can_be_of() {
    use Stance::{Confirms, Denies};
    let by = |stance, date| answer(vec![actor(3)], stance, date);
    assert_eq!(
        status(vec![by(Denies, "2024-05-16"), by(Confirms, "2024-05-28")]),
        (Status::Affirmed, vec![1])
    );
    assert_eq!(
        status(vec![by(Denies, "2024-05-16"), by(Confirms, "2024-05-16")]),
        (Status::Differ, vec![0, 1])
    );
    assert_eq!(status(vec![by(Denies, "2024-05"), by(Confirms, "2024-05-16")]), (Status::Denied, vec![0]));
    assert_eq!(
        status(vec![by(Denies, "by 2024-05-17"), by(Confirms, "2024-05-16")]),
        (Status::Denied, vec![0])
    );
    // What is said from a day on is still said.
    assert_eq!(
        status(vec![by(Denies, "2024-05-10/.."), by(Confirms, "2024-05-16")]),
        (Status::Denied, vec![0])
    );
    assert_eq!(
        status(vec![by(Denies, "../2024-05-10"), by(Confirms, "2024-05-16")]),
        (Status::Affirmed, vec![1])
    );
}

#[test]
fn any_answer_of_a_side_beats_its_silence() {
    use Stance::{Declines, Denies, Disputes, NoReply};
    let by = |stance, date| answer(vec![actor(3)], stance, date);
    assert_eq!(
        status(vec![by(Disputes, "2024-05-15"), by(Declines, "2024-05-20")]),
        (Status::Disputed, vec![0])
    );
    assert_eq!(status(vec![by(Denies, "2024-05-15"), by(NoReply, "2024-05-15")]), (Status::Denied, vec![0]));
    assert_eq!(
        status(vec![by(NoReply, "2024-05-15"), by(Declines, "2024-05-20")]),
        (Status::NoComment, vec![1])
    );
    let silent = answer(vec![actor(4)], NoReply, "2024-05-15");
    assert_eq!(status(vec![by(Denies, "2024-05-15"), silent]), (Status::Denied, vec![0, 1]));
}

#[test]
fn two_speakers_of_whom_nobody_knows_whose_they_are_are_two_sides() {
    use Stance::{Confirms, Denies};
    let answers = vec![
        answer(vec![unnamed(None)], Denies, "2024-05-15"),
        answer(vec![unnamed(None)], Confirms, "2024-05-20"),
    ];
    assert_eq!(status(answers), (Status::Differ, vec![0, 1]));
    let of_one = vec![
        answer(vec![unnamed(Some(3))], Denies, "2024-05-15"),
        answer(vec![actor(3)], Confirms, "2024-05-20"),
    ];
    assert_eq!(status(of_one), (Status::Affirmed, vec![1]));
}

#[test]
fn an_answer_counts_for_those_alone_who_have_not_answered_anew() {
    use Stance::{Confirms, Denies};
    let answers = vec![
        answer(vec![actor(3), actor(1), actor(4)], Denies, "2024-05-15"),
        answer(vec![actor(3)], Confirms, "2024-05-16"),
    ];
    let standing = archive().standing(&claim(vec![actor(1)], answers)).unwrap();
    let counted = |response, speakers: &[usize]| Counted { response, speakers: speakers.to_vec() };
    assert_eq!(standing.counted, [counted(0, &[2]), counted(1, &[0])]);
}

#[test]
fn for_whom_somebody_answers_goes_before_whose_he_is() {
    let mut said = answer(vec![actor(0)], Stance::Denies, "2024-05-16");
    said.on_behalf_of = vec![actor(3)];
    assert_eq!(status(vec![said]), (Status::Denied, vec![0]));
}

#[test]
fn who_speaks_for_each_other_in_a_circle_is_one_side() {
    let mut archive = archive();
    for (one, other) in [(3, 4), (4, 3)] {
        archive.entities[one].relations.push(Related {
            key: "speaks_for",
            of_other: false,
            to: EntityIx::new(other),
            from: None,
            until: None,
            date: None,
            sources: Vec::new(),
        });
    }
    let date = When::parse("2024").unwrap();
    let top = |number| archive.top_of(EntityIx::new(number), date);
    assert_eq!(top(3), top(4));
}

fn stance() -> impl Strategy<Value = Stance> {
    use Stance::{Confirms, Declines, Denies, Disputes, NoReply, Restates, Withdraws};
    prop::sample::select(vec![Confirms, Denies, Disputes, Declines, NoReply, Restates, Withdraws])
}

fn party() -> impl Strategy<Value = Party> {
    prop_oneof![(0_usize..5).prop_map(actor), prop::option::of(0_usize..5).prop_map(unnamed),]
}

fn responses() -> impl Strategy<Value = Vec<Response>> {
    let dates = ["2024-05-14", "2024-05-15", "2024-05", "by 2024-05-15", "2024-05-14/..", "2025-01-01"];
    let by = prop::collection::vec(party(), 1..3);
    let one = (by, stance(), prop::sample::select(dates.to_vec()), prop::option::of(party()));
    let one = one.prop_map(|(by, stance, date, for_whom)| Response {
        on_behalf_of: for_whom.into_iter().collect(),
        ..answer(by, stance, date)
    });
    prop::collection::vec(one, 0..7)
}

proptest! {
    #[test]
    fn a_status_does_not_depend_on_the_order_of_the_answers(
        (given, turned) in responses().prop_flat_map(|given| {
            let places: Vec<usize> = (0..given.len()).collect();
            (Just(given), Just(places).prop_shuffle())
        }),
        by in prop::collection::vec(party(), 1..3),
    ) {
        let archive = archive();
        let other = turned.iter().map(|place| given[*place].clone()).collect();
        let one = archive.standing(&claim(by.clone(), given)).unwrap();
        let two = archive.standing(&claim(by, other)).unwrap();
        prop_assert_eq!(one.status, two.status);
        let mut found: Vec<Counted> = two.counted;
        for counted in &mut found {
            counted.response = turned[counted.response];
        }
        found.sort_by_key(|counted| counted.response);
        prop_assert_eq!(one.counted, found);
    }

    #[test]
    fn a_status_says_no_more_than_the_answers_that_count(given in responses()) {
        let archive = archive();
        let claim = claim(vec![actor(1)], given);
        let standing = archive.standing(&claim).unwrap();
        let stances: BTreeSet<Stance> =
            standing.counted.iter().map(|counted| claim.responses[counted.response].stance).collect();
        let any = |stance| stances.contains(&stance);
        let against = any(Stance::Denies) || any(Stance::Disputes);
        let holds = match standing.status {
            Status::None => stances.is_empty(),
            Status::NoComment => !against && !any(Stance::Confirms) && !stances.is_empty(),
            Status::Denied => any(Stance::Denies) && !any(Stance::Confirms),
            Status::Disputed => any(Stance::Disputes) && !any(Stance::Denies) && !any(Stance::Confirms),
            Status::Affirmed => any(Stance::Confirms) && !against,
            Status::Differ => any(Stance::Confirms) && against,
            Status::Withdrawn => stances.iter().all(|stance| *stance == Stance::Withdraws) && !stances.is_empty(),
        };
        prop_assert!(holds, "{:?} of {stances:?}", standing.status);
    }
}
