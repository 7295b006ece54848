//! Claims and events written in the body are those of front matter.

use std::{fs, path::Path};

use brief::{
    diagnostics::{self, Format, Severity},
    sources::Sources,
};

use proptest::prelude::*;

use crate::{
    building::{Built, Site, build, cases, difference, everything, public, sources_of},
    world::world,
    write::{Without, files},
};

const SEED: &str = "content/briefings/2025/2025-05-15-direct-talks.md";
const PAGE: &str = "briefings/2025/05/15/direct-talks/index.html";

/// The claims and events of the seed, each written in its body after the paragraph that tells of it.
const FORMS: [(&str, &str); 4] = [
    (
        "makes no finding.\n",
        r#"
::: claim {#direct-talks by="Bassem Naim" about="United States" on=2025-05-15 told="Sky News in Arabic"
  via="Israeli media" source=jpost}
Hamas is in direct talks with the United States.

- denies: unnamed US officials of United States, by 2025-05-15: They deny that there are direct talks. @jpost
:::
"#,
    ),
    (
        "aid enters the [[Gaza Strip]].\n",
        r#"
::: claim {#trump-region class=opinion by="Bassem Naim" about="Donald Trump" on=2025-05-15 told="Sky News in Arabic" via="Israeli media" source=jpost}
President Trump works to lower tension in the region. That moves Hamas to keep in contact with his administration,
whichever team it sends.
:::

::: claim {#all-hostages class=offer by="Bassem Naim" about="United States" on=2025-05-15
  at="Gaza Strip" told="Sky News in Arabic" via="Israeli media" source=jpost}
Hamas has told the mediators and the United States that it would return all hostages at once against a promise that
the war ends and aid enters Gaza.
:::
"#,
    ),
    (
        "is the same person as another.\n",
        r#"
::: claim {#doha-no-progress by="unnamed sources familiar with the details" on=2025-05-15 at=Doha
  told="The Jerusalem Post" source=jpost}
The renewed negotiations over the hostages are in difficulty; there is no progress.
:::

::: claim {#qatar-no-sign class=opinion by="unnamed: three Israeli officials of Israel" about=Hamas at=Qatar on=2025-05-14 told="The Jerusalem Post" source=jpost}
The talks in Qatar give no sign that Hamas is moving, and no ground for optimism.
:::

::: claim {#playing-for-time class=opinion by="unnamed Israeli officials of Israel" about="Hamas; Mohammad Sinwar" on="by 2025-05-15" told="The Jerusalem Post" source=jpost}
Hamas leaders abroad may be playing for time until they know what became of Mohammad Sinwar.
:::

::: claim {#witkoff-framework class=position by="unnamed a senior Israeli official of Israel" at=Doha on='by 2025-05-15' told="The Jerusalem Post" source=jpost}
Only the Witkoff framework can lead to a deal. It provides that 10 hostages are released, that a ceasefire holds for
40 to 50 days, that Palestinian prisoners are released, and that fighting resumes if no further deal is reached by its
end.
:::
"#,
    ),
    (
        "until they have an answer.\n",
        r#"
::: event {#rafah-handover on=2025-02-22 at=Rafah by=Hamas source=photo-rafah}
Hamas hands over hostages in Rafah, in the south of the Gaza Strip.
:::

::: event {#sinwar-strike on=2025-05-13 at="Khan Younis" by=Israel target="Mohammad Sinwar" per=Israel source=jpost}
Israel tries to kill Mohammad Sinwar, who leads Hamas in Gaza. As of 15 May 2025 his fate is not known.
:::

::: event {#tel-aviv-protest on=2025-05-13 at="Tel Aviv" by='unnamed "families of hostages and supporters"'
  source=photo-tel-aviv}
Families of hostages and their supporters protest for the hostages' release outside the US Embassy Branch Office in
Tel Aviv.
:::

::: event {#security-cabinet on=2025-05-18 status=planned by="Israeli security cabinet" source=jpost}
The Israeli security cabinet is not to meet before 16:00 on this Sunday.
:::
"#,
    ),
];

/// The bundled archive's texts, the seed among them.
fn bundled() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let entries =
        walkdir::WalkDir::new(root.join("content")).sort_by_file_name().into_iter().map(Result::unwrap);
    let text =
        |path: &Path| path.extension().is_some_and(|extension| extension == "md" || extension == "toml");
    let paths = entries.map(walkdir::DirEntry::into_path).filter(|path| path.is_file() && text(path));
    let name = |path: &Path| path.strip_prefix(root).unwrap().to_str().unwrap().to_owned();
    let settings = root.join("brief.toml");
    paths.chain([settings]).map(|path| (name(&path), fs::read_to_string(path).unwrap())).collect()
}

/// The seed without the keys `events` and `claims`, which stand one after the other, and with its forms.
fn short(seed: &str) -> String {
    let events = seed.find("\nevents:\n").unwrap() + 1;
    let sources = seed.find("\nsources:\n").unwrap() + 1;
    let mut text = format!("{}{}", &seed[..events], &seed[sources..]);
    for (after, forms) in FORMS {
        assert_eq!(text.matches(after).count(), 1, "{after}");
        text = text.replace(after, &format!("{after}{forms}"));
    }
    text
}

fn built(texts: &[(String, String)], edition: &brief::release::Edition) -> Built {
    let sources = Sources::from_texts(texts.iter().map(|(path, text)| (path.as_str(), text.as_str())));
    let built = build(&sources, edition, false);
    let mut said = Vec::new();
    diagnostics::print(&built.diagnostics, &sources, Format::Human { colour: false }, &mut said).unwrap();
    assert_eq!(built.diagnostics.count(Severity::Error), 0, "{}", String::from_utf8_lossy(&said));
    built
}

fn page(site: &Site, path: &str) -> String {
    String::from_utf8(site[path][0].clone()).unwrap()
}

/// The cards of a page: each claim and event with all that stands in it, in the order of the alphabet.
fn cards(html: &str) -> Vec<String> {
    let mut cards = Vec::new();
    for open in ["<div class=\"claim\"", "<div class=\"event\""] {
        for (start, _) in html.match_indices(open) {
            let mut depth = 0;
            let tags = html[start..].match_indices('<').map(|(at, _)| start + at);
            let end = tags.clone().find(|at| {
                depth +=
                    i32::from(html[*at..].starts_with("<div")) - i32::from(html[*at..].starts_with("</div>"));
                depth == 0
            });
            cards.push(html[start..end.unwrap()].to_owned());
        }
    }
    cards.sort();
    cards
}

#[test]
fn the_seed_in_short_forms_makes_the_same_pages() {
    let front = bundled();
    let mut forms = front.clone();
    let seed = forms.iter_mut().find(|(path, _)| path == SEED).unwrap();
    seed.1 = short(&seed.1);
    let (front, forms) = (built(&front, &everything()), built(&forms, &everything()));
    let (one, other) = (page(&front.site, PAGE), page(&forms.site, PAGE));
    assert_eq!(cards(&one), cards(&other));
    assert_eq!(cards(&one).len(), 11);
    // They stand in the text, each under the heading that it is written under, and nowhere else.
    assert!(one.contains("<h2 id=\"claims\">") && !other.contains("<h2 id=\"claims\">"));
    assert!(!other.contains("<h2 id=\"events\">") && !other.contains(":::"));
    let place = |what: &str| other.find(what).unwrap();
    assert!(place("id=\"direct-talks\"") < place(">The talks in Doha</h2>"));
    assert!(place("id=\"sinwar-strike\"") < place(">In two photographs</h2>"));
    // What machines read of the page is the same too.
    let head = |html: &str| html[..html.find("</head>").unwrap()].to_owned();
    assert_eq!(head(&one), head(&other));
    let (mut one, mut other) = (front.site, forms.site);
    one.remove(PAGE);
    other.remove(PAGE);
    assert_eq!(difference(&one, &other), None);
}

const SETTINGS: &str = "title = \"A\"\nbase_url = \"https://desk.example/\"\nauthority = \"desk.example,2025\"\n\
    [marking]\ndefault = \"clear\"\n";

fn one_briefing(body: &str) -> Vec<(String, String)> {
    let text = format!("---\ntitle: A\ndate: 2025-05-15\n---\n{body}");
    let translation = "---\ntitle: T\n---\nA translation.\n";
    [
        ("brief.toml", SETTINGS),
        ("content/briefings/a.md", &text),
        ("content/briefings/a.ar.md", translation),
        ("content/briefings/b.md", "---\ntitle: B\ndate: 2025-05-16\n---\n[[a#seen]] [[a#kept|words]]\n"),
    ]
    .map(|(path, text)| (path.to_owned(), text.to_owned()))
    .into()
}

/// Where withheld claims and events may be written, and the text as if they had never been.
#[test]
fn a_withheld_form_leaves_no_trace_wherever_it_is_written() {
    let held = [
        "::: claim {#held by=\"Only here\" at=Nowhere on=2025-01-01 tlp=red}\nHidden.\n\n- denies: Nobody\n:::\n",
        "::: claim {by=Hamas draft=true}\nThe same words.\n:::\n",
        "::: event {on=2025-05-15 embargo=2099-01-01T00:00Z}\nHidden.\n\n- figure killed: 3\n:::\n",
        "::: tlp amber\n## One\n\n::: claim {#held by=Hamas tlp=clear}\nThe same words.\n:::\n\nMore[^1].\n\n[^1]: A note.\n:::\n",
        "::: tlp clear\n::: tlp green\n::: event {#kept on=2025-05-15}\nHidden.\n:::\n:::\n:::\n",
    ];
    let seen = "::: claim {#seen by=Hamas}\nThe same words.\n:::\n\n## One\n\nA note[^2].\n\n[^2]: Seen.\n";
    for held in held {
        // What stands around the part that is held back is written in either case.
        let rest = if held.starts_with("::: tlp clear") { "::: tlp clear\n:::\n" } else { "" };
        for (with, without) in [
            (format!("{held}\n{seen}"), format!("{rest}\n{seen}")),
            (format!("{seen}{held}\n## One\n"), format!("{seen}{rest}\n## One\n")),
            (format!("- a\n{held}- b\n\n{seen}"), format!("- a\n{rest}- b\n\n{seen}")),
            (
                format!("{seen}\n::: tlp clear\nOne.\n\n{held}\n:::\n"),
                format!("{seen}\n::: tlp clear\nOne.\n\n{rest}\n:::\n"),
            ),
        ] {
            let [one, other] = [&with, &without].map(|body| {
                let texts = one_briefing(body);
                let texts = texts.iter().map(|(path, text)| (path.as_str(), text.as_str()));
                build(&Sources::from_texts(texts), &public(), false)
            });
            // A reference to what is nowhere is an error.
            assert!(one.diagnostics.iter().all(|d| d.code != "short-form" && d.code != "unclosed-block"));
            assert_eq!(difference(&one.site, &other.site), None, "{with}");
        }
    }
}

proptest! {
    #![proptest_config(cases(30))]

    /// What the other laws are held against: their archives have claims and events in bodies, and these are read.
    #[test]
    fn generated_claims_and_events_are_read_in_bodies(world in world()) {
        let built = build(&sources_of(&files(&world, Without::default())), &everything(), false);
        let wrong = built.diagnostics.iter().find(|found| {
            ["short-form", "unknown-key", "unknown-word", "missing-key", "date", "speaker", "plain-text"]
                .contains(&found.code)
        });
        prop_assert_eq!(wrong, None);
    }
}

#[test]
fn a_retracted_form_goes_from_the_text() {
    let form = "::: claim {#gone by=Hamas}\nNot so.\n:::\n";
    let retracted = |fields: &str, body: &str| {
        let front = "title: A\ndate: 2025-05-15\ncorrections: [{date: 2025-05-16, kind: retraction, of: '#gone', text: Wrong.}]";
        let text = format!("---\n{front}\n{fields}---\n{body}");
        let texts = [("brief.toml", SETTINGS), ("content/briefings/a.md", &text)];
        build(&Sources::from_texts(texts), &public(), false).site
    };
    let seen = "::: claim {#seen by=Hamas}\nSo.\n:::\n";
    // What is left is what is left of one of front matter.
    let other = retracted("claims: [{id: gone, by: Hamas, text: Not so.}]\n", &format!("\n{seen}"));
    assert_eq!(difference(&retracted("", &format!("{form}\n{seen}")), &other), None);
}

#[test]
fn a_translation_shows_what_the_original_holds_in_its_text() {
    let texts =
        one_briefing("::: claim {#seen by=Hamas}\nSo.\n:::\n\n::: event {#kept on=2025-05-15}\nThen.\n:::\n");
    let site = built(&texts, &everything()).site;
    let (own, other) = (
        page(&site, "briefings/2025/05/15/a/index.html"),
        page(&site, "briefings/2025/05/15/a/ar/index.html"),
    );
    assert_eq!(cards(&own), cards(&other));
    assert!(other.contains("<h2 id=\"claims\">") && other.contains("<h2 id=\"events\">"));
}
