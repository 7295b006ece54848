use std::collections::BTreeMap;

use super::*;
use crate::model::Instant;

const SETTINGS: (&str, &str) = ("brief.toml", "title = \"Test\"\n[marking]\ndefault = \"clear\"\n");

/// The texts of an archive after mending, looked at twice: the second time nothing is left to do.
fn mended(files: &[(&str, &str)]) -> BTreeMap<String, String> {
    let sources = Sources::from_texts([SETTINGS].into_iter().chain(files.iter().copied()));
    let settings = crate::settings::parse(&sources, &mut Diagnostics::new());
    let public = Edition::public(Instant::parse_as_of("2026-01-01T00:00Z").unwrap());
    let first = plan(&sources, &settings, &public);
    let texts: BTreeMap<SourcePath, String> =
        first.files.into_iter().map(|file| (file.from, file.text.unwrap())).collect();
    let after = with(&sources, &texts);
    let again = plan(&after, &settings, &public);
    assert!(again.files.is_empty() && again.done.is_empty(), "{again:?}");
    texts.into_iter().map(|(path, text)| (path.to_string(), text)).collect()
}

/// The text of a briefing after mending, beside Hamas and two that share an alias.
fn briefing(text: &str) -> String {
    const PATH: &str = "content/briefings/2025-05-15-a.md";
    let files = [
        (PATH, text),
        (
            "content/actors/hamas.md",
            "---\nname: Hamas\naliases: [HAMAS movement]\nhidden_aliases: [Hamass]\n---\n",
        ),
        ("content/actors/one.md", "---\nname: One\naliases: [Both, 'First, one']\n---\n"),
        ("content/actors/two.md", "---\nname: Two\naliases: [Both]\n---\n"),
        ("content/actors/red.md", "---\nname: John Doe\naliases: [Witness A]\ntlp: red\n---\n"),
    ];
    mended(&files).remove(PATH).unwrap_or_else(|| text.to_owned())
}

#[test]
fn an_alias_among_tags_becomes_the_name_and_all_else_stays() {
    let text =
        "---\n# who\ntitle: A\nactors:   [ 'HAMAS movement',Two ]   # both\n---\nHAMAS movement, Hamass.\n";
    assert_eq!(briefing(text), text.replace("'HAMAS movement',", "'Hamas',"));
    let block = "---\r\ntitle: A\r\nactors:\r\n- HAMAS movement # x\r\n- Two\r\n---\r\n";
    assert_eq!(briefing(block), block.replace("HAMAS movement", "Hamas"));
    let toml = "+++\ntitle = \"A\"\nactors = [\"First, one\"] # x\n+++\n";
    assert_eq!(briefing(toml), toml.replace("First, one", "One"));
    let hidden = "---\ntitle: A\nactors: [Hamass]\n---\n";
    assert_eq!(briefing(hidden), hidden.replace("Hamass", "Hamas"));
}

#[test]
fn a_name_that_two_bear_or_that_is_there_already_stays() {
    for text in [
        "---\ntitle: A\nactors: [Both]\n---\n",
        "---\ntitle: A\nactors: [Hamas, HAMAS movement]\n---\n",
        "---\ntitle: A\nactors: [hamas]\n---\n",
        "---\ntitle: A\nactors: [&x HAMAS movement]\nextra: {y: *x}\n---\n",
    ] {
        assert_eq!(briefing(text), text);
    }
}

#[test]
fn a_name_that_is_kept_back_takes_the_place_of_no_alias() {
    let text = "---\ntitle: A\nactors: [Witness A]\n---\n";
    assert_eq!(briefing(text), text);
}

#[test]
fn a_day_in_another_form_is_written_as_iso_does_where_it_can_be_one_day_alone() {
    let date = |written: &str| briefing(&format!("---\ntitle: A\ndate: {written} # day\n---\n"));
    assert_eq!(date("2025-5-3"), "---\ntitle: A\ndate: 2025-05-03 # day\n---\n");
    assert_eq!(date("'15/05/2025'"), "---\ntitle: A\ndate: '2025-05-15' # day\n---\n");
    assert_eq!(date("May 15 2025"), "---\ntitle: A\ndate: 2025-05-15 # day\n---\n");
    for unclear in ["03/04/2025", "May 2025", "soon"] {
        assert!(date(unclear).contains(unclear));
    }
    let embargo = "---\ntitle: A\nembargo: 15/05/2025\n---\n";
    assert_eq!(briefing(embargo), embargo);
    let prose = "---\ntitle: A\n---\n\n::: event {on=2025-5-3}\nIt rained.\n:::\n";
    assert_eq!(briefing(prose), prose.replace("2025-5-3", "2025-05-03"));
}

#[test]
fn other_words_for_a_key_become_the_key() {
    let text = "---\ntitle: A\ndescription: B\nlastmod:  2025-05-16\n\"language\": en\n---\n";
    let meant =
        text.replace("description", "summary").replace("lastmod", "updated").replace("\"language\"", "lang");
    assert_eq!(briefing(text), meant);
    let both = "---\ntitle: A\nextra: {description: x}\nmodified: 2025-05-16\nlastmod: 2025-05-17\n---\n";
    assert_eq!(briefing(both), both, "two of them are for the editor");
}

#[test]
fn claims_and_events_get_ids_in_the_form_that_they_are_written_in() {
    let text = "---\ntitle: A\nclaims:\n  - by: Two # who\n    text: We talk to them now, he said.\n  \
        - {by: Two, text: 'We talk to them now, he said.'}\n  - {id: x, by: Two, text: X}\nevents:\n- text: شيء\n  date: 2025-05-14\n---\n";
    let meant = text
        .replace("- by: Two", "- id: we-talk-to-them-now\n    by: Two")
        .replace("{by: Two, text: 'We", "{id: we-talk-to-them-now-2, by: Two, text: 'We");
    let found = briefing(text);
    assert_eq!(found.split("events:").next(), meant.split("events:").next());
    assert!(found.contains("events:\n- id: "), "{found}");
    let toml = "+++\ntitle = \"A\"\n\n[[claims]]\n# who\nby = \"Two\"\ntext = \"We talk.\"\n+++\n";
    assert_eq!(briefing(toml), toml.replace("by = ", "id = \"we-talk\"\nby = "));
    let inline = "+++\ntitle = \"A\"\nclaims = [{ by = \"Two\", text = \"We talk.\" }]\n+++\n";
    assert_eq!(briefing(inline), inline.replace("{ by", "{ id = \"we-talk\", by"));
}
