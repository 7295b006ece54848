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
