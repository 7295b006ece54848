//! The status of a claim is a function of what is answered, wherever and in whatever order that is written.

use std::fmt::Write as _;

use brief::sources::Sources;
use proptest::{collection::vec, prelude::*};

use crate::building::{build, cases, difference, public};

/// An answer: who, how, on which day, and where it is written.
#[derive(Clone, Debug)]
struct Answer {
    by: &'static str,
    stance: &'static str,
    day: u8,
    place: Place,
}

#[derive(Clone, Copy, Debug)]
enum Place {
    /// In the claim.
    Inside,
    /// Below it, in its briefing.
    Beside,
    /// In a briefing of its own.
    Elsewhere,
}

const WHO: [&str; 7] =
    ["A", "Army", "B", "C", "Spokesman", "{unnamed: officials, of: A}", "{unnamed: officials, of: B}"];
const STANCES: [&str; 7] =
    ["denies", "confirms", "disputes", "declines", "no-reply", "restates", "withdraws"];

fn answers() -> impl Strategy<Value = Vec<Answer>> {
    let place = prop_oneof![Just(Place::Inside), Just(Place::Beside), Just(Place::Elsewhere)];
    let one = (proptest::sample::select(&WHO[..]), proptest::sample::select(&STANCES[..]), 10_u8..14, place);
    vec(one.prop_map(|(by, stance, day, place)| Answer { by, stance, day, place }), 0..7)
}

/// The archive of a claim of the army of A with these answers; their briefings have files that sort by `order`.
fn archive(answers: &[Answer], order: &[usize]) -> Vec<(String, String)> {
    let mut files = vec![
        (
            "brief.toml".to_owned(),
            "title = \"T\"\nbase_url = \"https://desk.example/\"\nauthority = \"desk.example,2025\"\n"
                .to_owned(),
        ),
        ("content/actors/a.md".to_owned(), "---\nname: A\n---\n".to_owned()),
        ("content/actors/army.md".to_owned(), "---\nname: Army\nparent: A\n---\n".to_owned()),
        ("content/actors/b.md".to_owned(), "---\nname: B\n---\n".to_owned()),
        ("content/actors/spokesman.md".to_owned(), "---\nname: Spokesman\nspeaks_for: B\n---\n".to_owned()),
    ];
    let (mut inside, mut beside) = (String::new(), String::new());
    for (number, answer) in answers.iter().enumerate() {
        let written = format!("by: {}, stance: {}, date: 2025-05-{}", answer.by, answer.stance, answer.day);
        match answer.place {
            Place::Inside => writeln!(inside, "      - {{{written}}}").unwrap(),
            Place::Beside => writeln!(beside, "  - {{claim: '#c', {written}}}").unwrap(),
            Place::Elsewhere => files.push((
                format!("content/briefings/{}-x.md", order[number]),
                format!(
                    "---\ntitle: Answer {number}\nid: x{number}\nslug: x{number}\ndate: 2025-05-20\n\
                     responses:\n  - {{claim: 'claim#c', {written}}}\n---\n"
                ),
            )),
        }
    }
    let list =
        |key: &str, items: &str| if items.is_empty() { String::new() } else { format!("{key}\n{items}") };
    files.push((
        format!("content/briefings/{}-claim.md", order[answers.len()]),
        format!(
            "---\ntitle: Claim\nid: claim\nslug: claim\ndate: 2025-05-10\nclaims:\n  - id: c\n    by: Army\n    \
             date: 2025-05-09\n    text: It is so.\n{}{}---\n",
            list("    responses:", &inside),
            list("responses:", &beside)
        ),
    ));
    files
}

fn site(files: &[(String, String)]) -> crate::building::Site {
    let texts = files.iter().map(|(path, text)| (path.as_str(), text.as_str()));
    let built = build(&Sources::from_texts(texts), &public(), false);
    assert!(!built.diagnostics.has_errors(), "{:?}", built.diagnostics);
    built.site
}

/// What the page of the claim says of it, answers of one day and stance in whatever order, unless it leaves some to the
/// reader; and on which list of the ledger it stands.
fn status(site: &crate::building::Site) -> (Vec<String>, Vec<&str>) {
    let page = String::from_utf8_lossy(&site["claims/claim/c/index.html"][0]).into_owned();
    let said =
        page.split("<p class=\"status\">").nth(1).unwrap().split("</p>").next().unwrap().to_lowercase();
    let said = said.trim_start_matches("accounts differ: ").trim_end_matches('.');
    let mut said: Vec<String> = said.split("; ").map(str::to_owned).collect();
    if said.iter().any(|part| part.contains("more answer")) {
        said.clear();
    }
    said.sort();
    (said, site.keys().filter_map(|path| path.strip_prefix("claims/status/")).collect())
}

proptest! {
    #![proptest_config(cases(64))]

    #[test]
    fn the_names_of_files_say_nothing_of_what_was_answered(
        answers in answers(),
        order in Just((0..8_usize).collect::<Vec<_>>()).prop_shuffle(),
    ) {
        let one = site(&archive(&answers, &[0, 1, 2, 3, 4, 5, 6, 7]));
        let other = site(&archive(&answers, &order));
        prop_assert_eq!(difference(&one, &other), None);
    }

    #[test]
    fn a_status_is_the_same_wherever_the_answers_are_written(
        answers in answers(),
        places in vec(prop_oneof![Just(Place::Inside), Just(Place::Beside), Just(Place::Elsewhere)], 7),
    ) {
        const ORDER: [usize; 8] = [0, 1, 2, 3, 4, 5, 6, 7];
        let mut moved = answers.clone();
        for (answer, place) in moved.iter_mut().zip(places) {
            answer.place = place;
        }
        let (one, other) = (site(&archive(&answers, &ORDER)), site(&archive(&moved, &ORDER)));
        prop_assert_eq!(status(&one), status(&other));
    }
}
