use super::said;

/// Released matter, and withheld matter that has much in common with it and is found nowhere.
fn clean(shown: &str, withheld: &str) {
    let shown = ("content/briefings/2025-05-15-shown.md", shown);
    let withheld = ("content/briefings/2025-05-16-kept.md", withheld);
    let said = said(&[shown, withheld], |_| ());
    assert_eq!(said, Vec::<String>::new());
}

#[test]
fn what_released_matter_writes_in_other_ways_is_no_leak() {
    clean(
        "---\ntitle: Strike 2\nactors: [Hamas, Qatar]\n---\n\n## Strike\n\n## Strike\n\nThe **cease**fire of the [harbour](https://a.example/x) holds &mdash; so far.\n",
        "---\ntitle: The ceasefire of the harbour holds\ntlp: amber\nactors: [Hamas, Qatar]\nevents: [{id: strike-2, date: 2025-05-14, text: The ceasefire of the harbour holds so far}]\n---\n\nThe ceasefire of the harbour holds so far, says [[Hamas]].\n",
    );
}

#[test]
fn words_that_the_generator_writes_are_no_leak() {
    clean(
        "---\ntitle: Shown\n---\n\nText.\n",
        "---\ntitle: May 15 2025\ntlp: amber\nactors: [index, Organization, Person, ClaimReview, Monday]\nclaims: [{id: claim-1, by: sitemap, text: x}]\n---\n\nx\n",
    );
}

#[test]
fn coordinates_that_go_with_a_precision_that_is_kept_back_keep_nothing_else_back() {
    let profile = (
        "content/locations/camp.md",
        "---\nname: Camp of the river\ndescription: It stands where the old road meets the river at the bend\ncoordinates: [31.34691, 34.30618]\nprecision: site\nmarked: {precision: amber}\n---\n\nNobody has lived here since the flood of the year before last.\n",
    );
    assert_eq!(said(&[profile], |_| ()), Vec::<String>::new());
}

#[test]
fn a_word_and_a_name_of_a_script_without_spaces_are_no_run() {
    let shown =
        ("content/briefings/2025-05-15-shown.md", "---\ntitle: Shown\nactors: [ศรีใจดี]\n---\n\nText.\n");
    let kept = (
        "content/briefings/2025-05-16-kept.md",
        "---\ntitle: Kept\ntlp: amber\nactors: [ศรีใจดี]\n---\n\nNobody knows whom they met with: ศรีใจดี type\n",
    );
    let said = said(&[shown, kept], |site| {
        site.insert("x.html".into(), "<p>Named together with ศรีใจดี".into());
        site.insert("y.json".into(), r#"{"with": "ศรีใจดี", "type": "x"}"#.into());
    });
    assert_eq!(said, Vec::<String>::new());
}

const BASE: (&str, &str) = (
    "brief.toml",
    "title = \"Desk\"\nbase_url = \"https://desk.example/\"\nauthority = \"desk.example,2025\"\n[marking]\ndefault = \"clear\"\n[together]\nminimum = 1\n",
);

const SHOWN: &str = "---\ntitle: Talks go on\nactors: [Israel, Hamas]\nlocations: [Doha]\n---\n\nText.\n";

/// What is said of the site of a desk that has profiles and an address, where `withheld` is kept back.
fn said_of_a_desk(withheld: &str, spoil: impl FnOnce(&mut crate::Site)) -> Vec<String> {
    let files = [
        BASE,
        ("content/actors/hamas.md", "---\nname: Hamas\n---\n"),
        ("content/actors/israel.md", "---\nname: Israel\n---\n"),
        ("content/locations/doha.md", "---\nname: Doha\n---\n"),
        ("content/briefings/2025-05-15-shown.md", SHOWN),
        ("content/briefings/2025-05-16-kept.md", withheld),
    ];
    said(&files, spoil)
}

#[test]
fn what_the_generator_puts_together_is_no_leak() {
    for front in [
        "title: Israel and Hamas",
        "title: Hamas in Doha",
        "title: x\nslug: israel-in-doha",
        "title: x\nsources: {a: {title: y, url: https://desk.example/briefings/2025/05/15/shown/}}",
        "title: x\nslug: actors\nsources: {a: {title: y, url: https://desk.example/actors/hamas/}}",
        "title: x\nsources: {a: {title: Feed of Hamas, url: https://desk.example/actors/hamas/atom.xml}}",
    ] {
        let said = said_of_a_desk(&format!("---\n{front}\ntlp: amber\n---\n\nText.\n"), |_| ());
        assert_eq!(said, Vec::<String>::new(), "{front}");
    }
    let body = "## Israel and Hamas\n\nSee https://desk.example/briefings/2025/05/15/shown/ and <https://desk.example/actors/hamas/in/doha/>.";
    let said = said_of_a_desk(&format!("---\ntitle: x\ntlp: amber\n---\n\n{body}\n"), |_| ());
    assert_eq!(said, Vec::<String>::new());
}

#[test]
fn what_holds_a_name_that_is_withheld_is_put_together_from_nothing() {
    for (withheld, page) in [
        ("title: Israel and Zorban", "<h1>Israel and Zorban</h1>"),
        ("title: x\nactors: [Zorban]", "<h1>Hamas and Zorban</h1>"),
        ("title: x\nslug: israel-and-hamas", "<a href=\"briefings/2025/05/16/israel-and-hamas/\">x</a>"),
    ] {
        let said = said_of_a_desk(&format!("---\n{withheld}\ntlp: amber\n---\n\nText.\n"), |site| {
            site.insert("x.html".into(), page.into());
        });
        assert_eq!(said.len(), 1, "{withheld}: {said:?}");
    }
}

#[test]
fn the_address_of_a_name_with_an_apostrophe_is_no_leak_where_released_matter_bears_the_name() {
    for (name, id) in [("Conan O'Neill", "conan-oneill"), ("علی\u{200c}رضا", "علی-رضا")] {
        let profile = format!("---\nname: \"{name}\"\ntlp: amber\n---\n");
        let path = format!("content/actors/{id}.md");
        let shown = format!("---\ntitle: Shown\nactors: [\"{name}\"]\n---\n\nText.\n");
        let said = said(
            &[BASE, (path.as_str(), &profile), ("content/briefings/2025-05-15-shown.md", &shown)],
            |_| (),
        );
        assert_eq!(said, Vec::<String>::new(), "{name}");
    }
}
