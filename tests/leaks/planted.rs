use brief::{
    diagnostics::Diagnostics,
    leaks,
    model::OutputPath,
    output::{Sink, Staging},
    sources::Sources,
};
use proptest::prelude::*;

use super::{
    SETTINGS, Site,
    encodings::{ENCODINGS, base64, gzip},
    messages, public, said, said_of, settings_of,
};

const SHOWN: (&str, &str) = (
    "content/briefings/2025-05-15-talks.md",
    "---\ntitle: Talks in Doha\nactors: [Hamas]\nlocations: [Doha]\n---\n\nTalks go on in [[Doha]], and no more is known.\n",
);

const WITHHELD: (&str, &str) = (
    "content/briefings/2025-05-16-harbour-courier.md",
    "---\ntitle: The courier of the harbour\ntlp: amber\nactors: [Ormenda Vexil]\nclaims:\n  - id: night-boat\n    by: Quillon Brask\n    text: I saw nobody there.\n---\n\nBefore dawn the courier met the minister at the old café and left alone.\n",
);

/// What of it nobody may see, and what the message calls it.
const SECRETS: [(&str, &str); 4] = [
    ("Before dawn the courier met the minister at the old café", "words in a row"),
    ("The courier of the harbour (café)", "a title"),
    ("Ormenda Vexil (café)", "a name"),
    ("the night-boat (café)", "an id"),
];

/// What is said of a site of which each of `files` is the only one.
fn planted(files: Vec<(&str, Vec<u8>)>) -> Vec<Vec<String>> {
    said_of(&[SHOWN, WITHHELD], files.into_iter().map(|(path, bytes)| [(path.to_owned(), bytes)].into()))
}

#[test]
fn nothing_is_found_where_nothing_is_planted() {
    assert_eq!(said(&[SHOWN, WITHHELD], |_| ()), Vec::<String>::new());
    let open = "Talks go on in Doha, café, and no more is known.";
    let said = planted(ENCODINGS.iter().map(|(_, encode)| ("x.html", encode(open))).collect());
    for ((encoding, _), said) in ENCODINGS.iter().zip(said) {
        assert_eq!(said, Vec::<String>::new(), "{encoding}");
    }
}

#[test]
fn what_is_planted_is_found_in_every_encoding() {
    for (secret, kind) in SECRETS {
        let said = planted(ENCODINGS.iter().map(|(_, encode)| ("x.html", encode(secret))).collect());
        let expected =
            format!("`x.html` would hold {kind} that only withheld matter holds: `{}`", WITHHELD.0);
        for ((encoding, _), said) in ENCODINGS.iter().zip(said) {
            assert_eq!(said.len(), 1, "{encoding}: {secret}: {said:?}");
            assert!(said[0].starts_with(&expected), "{encoding}: {said:?}");
        }
    }
}

#[test]
fn a_secret_is_found_in_brotli() {
    // Packed by Node: "Before dawn the courier met the minister at the old harbour and left alone.\n"
    const PACKED: &str = "1b4b0050456ff87baeddef6a0e0525c529071228550b124fe828870d388871b36db179dc11fbe237e6a367c317e5476c053729b4a4947ad3a901";
    let byte = |at: usize| u8::from_str_radix(&PACKED[at..at + 2], 16).unwrap();
    let packed: Vec<u8> = (0..PACKED.len()).step_by(2).map(byte).collect();
    assert_eq!(planted(vec![("x.br", packed)])[0].len(), 1);
}

#[test]
fn a_name_is_found_in_the_host_of_an_address() {
    let withheld = ("content/actors/x.md", "---\nname: Bücher Zürich\ntlp: red\n---\n");
    let planted = |site: &mut Site| {
        drop(site.insert("x.txt".into(), b"https://xn--bcher-zrich-thbg.example/".to_vec()));
    };
    assert_eq!(said(&[SHOWN, withheld], planted).len(), 1);
}

#[test]
fn a_secret_is_found_in_the_name_of_a_file() {
    for path in [
        "ormenda-vexil/index.html",
        "a/Ormenda%20Vexil.txt",
        "briefings/2025/05/16/harbour-courier/index.html",
    ] {
        assert_eq!(planted(vec![(path, Vec::new())])[0].len(), 1, "{path}");
    }
}

#[test]
fn an_old_address_is_found() {
    let briefing = (
        "content/briefings/2025-05-16-kept.md",
        "---\ntitle: Kept\ntlp: amber\naliases: [/night-boat/]\n---\n\nText.\n",
    );
    let said =
        said(&[SHOWN, briefing], |site| drop(site.insert("_redirects".into(), "/night-boat/ /".into())));
    assert_eq!(said.len(), 1, "{said:?}");
}

#[test]
fn a_secret_is_found_below_three_encodings() {
    let inner = base64(&gzip(SECRETS[0].0), true);
    let bytes = base64(format!("{{\"page\": \"{inner}\"}}").as_bytes(), false);
    assert_eq!(planted(vec![("x.json", bytes.into())])[0].len(), 1);
}

#[test]
fn marked_parts_are_found_and_what_stands_around_them_is_not() {
    let briefing = (
        "content/briefings/2025-05-15-talks.md",
        "---\ntitle: Talks in Doha\nsources:\n  herald: {title: What the harbour master saw, tlp: amber}\n  post: {title: What everybody saw at noon}\nevents:\n  - {id: landing-at-night, date: 2025-05-14, text: A boat landed unseen by anybody, tlp: amber}\n  - {id: noon, date: 2025-05-14, text: A boat landed at noon for all to see}\n---\n\nTalks go on.\n\n::: tlp amber\nThe boat belongs to Ormenda, or so [[Quillon Brask]] would have us think.\n:::\n",
    );
    let boats = ("content/actors/quillon.md", "---\nname: Quillon Brask\ntlp: red\n---\n");
    let profile = (
        "content/actors/doha-desk.md",
        "---\nname: Doha desk\naliases: [Vexil Ormenda]\ndescription: They know of everything that happens at night\nmarked: {aliases: amber, description: red}\n---\n",
    );
    for secret in [
        "herald",
        "What the harbour master saw",
        "landing-at-night",
        "A boat landed unseen by anybody",
        "Quillon Brask",
        "belongs to Ormenda, or so Quillon Brask would have",
        "Vexil Ormenda",
        "They know of everything that happens at night",
    ] {
        let said = said(&[briefing, profile, boats], |site| drop(site.insert("x.txt".into(), secret.into())));
        assert!(!said.is_empty(), "{secret}");
    }
    let open = "post, noon, What everybody saw at noon, A boat landed at noon for all to see, Doha desk, Talks go on";
    assert_eq!(
        said(&[briefing, profile, boats], |site| drop(site.insert("x.txt".into(), open.into()))),
        Vec::<String>::new()
    );
}

#[test]
fn a_leak_is_told_by_its_files_and_line_and_none_of_its_words() {
    let sources = Sources::from_texts([SETTINGS, SHOWN, WITHHELD]);
    let (settings, edition) = (settings_of(&sources), public());
    let build = brief::plan(&sources, &settings, &edition, false, &mut Diagnostics::new());
    let site: Site = [("x.txt".to_owned(), SECRETS[0].0.into())].into();
    let leaks = leaks::check(&sources, &build, &site).unwrap();
    let mut text = Vec::new();
    brief::diagnostics::print(
        &leaks,
        &sources,
        brief::diagnostics::Format::Human { colour: false },
        &mut text,
    )
    .unwrap();
    assert_eq!(
        String::from_utf8(text).unwrap(),
        "error[leak]: `x.txt` would hold words in a row that only withheld matter holds: \
         `content/briefings/2025-05-16-harbour-courier.md`, line 11\n\
         --> content/briefings/2025-05-16-harbour-courier.md\n \
         = help: if a template, or brief itself, wrote it, that is to be mended; if it is chance and everybody may read these words, write them in a comment of `brief.toml`, since what stands there counts as released\n\n"
    );
}

#[test]
fn a_piece_that_stands_on_many_pages_is_told_of_each() {
    let page = |name: &str, card: &str| {
        let line = "So much stands on every page that it is worth a cut.";
        (
            name.to_owned(),
            format!("<!doctype html>\n<p>{name}: {line}</p>\n<p>{card}</p>\n<p>{line}</p>\n").into(),
        )
    };
    let site: Site = ["a.html", "b.html", "c.html", "d.html"].map(|name| page(name, SECRETS[0].0)).into();
    assert_eq!(said_of(&[SHOWN, WITHHELD], [site])[0].len(), 4);
    // Words go on over the end of a line, over an element in it, and not over the end of a block.
    for (between, found) in [("\n", 1), ("\n<b>", 1), ("\n<br>", 1), ("</p>\n<p>", 0)] {
        let words = SECRETS[0].0.replace(" the minister", &format!("{between}the minister"));
        let site: Site = [page("a.html", "clean"), page("b.html", &words)].into();
        assert_eq!(said_of(&[SHOWN, WITHHELD], [site])[0].len(), found, "{between:?}");
    }
}

#[test]
fn what_a_comment_of_the_settings_says_counts_as_released() {
    let site: Site = [("x.txt".to_owned(), b"Ormenda Vexil".to_vec())].into();
    let said = |settings: &str| {
        let sources = Sources::from_texts([("brief.toml", settings), SHOWN, WITHHELD]);
        let (settings, edition) = (settings_of(&sources), public());
        let build = brief::plan(&sources, &settings, &edition, false, &mut Diagnostics::new());
        messages(&sources, &build, &site).len()
    };
    assert_eq!(said(SETTINGS.1), 1);
    assert_eq!(said(&format!("# Ormenda Vexil\n{}", SETTINGS.1)), 0);
}

#[test]
fn a_file_that_holds_more_than_is_read_is_refused() {
    let zeros = vec![b' '; (64 << 20) + 1];
    let bomb = miniz_oxide::deflate::compress_to_vec_zlib(&zeros, 1);
    let said = planted(vec![("x.bin", bomb)]).remove(0);
    assert_eq!(said, ["`x.bin` holds more than is looked through for withheld matter"]);
}

#[test]
fn a_withheld_file_is_found_under_another_name_and_a_released_one_may_be_of_any_size() {
    let folder = tempfile::tempdir().unwrap();
    let put = |path: &str, bytes: &[u8]| {
        let file = folder.path().join(path);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(file, bytes).unwrap();
    };
    let noise: Vec<u8> =
        (0..4000_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13).to_le_bytes()[1]).collect();
    let large = [0x78, 0x9C, 9].repeat(300);
    put(SETTINGS.0, SETTINGS.1.as_bytes());
    put("content/briefings/2025-05-15-talks/index.md", SHOWN.1.as_bytes());
    put("content/briefings/2025-05-16-kept/index.md", format!("{}\n[Map](map.bin)\n", WITHHELD.1).as_bytes());
    put("content/briefings/2025-05-16-kept/map.bin", &noise);
    put("static/large.bin", &large);
    let mut mistakes = Diagnostics::new();
    let limits = brief::sources::Limits::default();
    let sources = brief::sources::read(folder.path(), None, &limits, &mut mistakes).unwrap();
    let (settings, edition) = (settings_of(&sources), public());
    let build = brief::plan(&sources, &settings, &edition, false, &mut mistakes);
    let said = |file: &[u8]| messages(&sources, &build, &Site::from([("x.bin".to_owned(), file.to_vec())]));
    let found = said(&[b"GIF", &noise[..3500]].concat());
    assert!(found.len() == 1 && found[0].contains("bytes in a row"), "{found:?}");
    assert_eq!(said(&large), Vec::<String>::new());
    // Parts of it may be left out, and hardly any may be added.
    assert_eq!(said(&[&large[..99], &large[150..]].concat()), Vec::<String>::new());
    assert_eq!(said(&[0x78, 0x9C, 8].repeat(300)).len(), 1);
}

#[test]
fn a_spoilt_site_is_read_back_from_the_disk_kept_files_too() {
    let folder = tempfile::tempdir().unwrap();
    let output = folder.path().join("public");
    let sources = Sources::from_texts([SETTINGS, SHOWN, WITHHELD]);
    let (settings, edition) = (settings_of(&sources), public());
    let build = brief::plan(&sources, &settings, &edition, false, &mut Diagnostics::new());
    let staging = Staging::open(&output, "public", &[]).unwrap();
    let path = |path: &str| OutputPath::new(path).unwrap();
    staging.put(&path("old.txt"), b"Ormenda Vexil").unwrap();
    staging.commit().unwrap();
    let staging = Staging::open(&output, "public", &[]).unwrap();
    staging.put(&path("old.txt"), b"Ormenda Vexil").unwrap();
    staging.put(&path("new.txt"), b"Quillon Brask").unwrap();
    let said = messages(&sources, &build, &staging);
    assert_eq!(said.len(), 2, "{said:?}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, rng_seed: proptest::test_runner::RngSeed::Fixed(7), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn eight_words_of_a_withheld_text_are_found_wherever_they_stand(
        words in proptest::collection::vec("[b-df-hj-np-tv-z][aeiou][b-df-hj-np-tv-z]{1,3}[aeioué]", 12..40),
        at in any::<prop::sample::Index>(),
        encoding in 0..ENCODINGS.len(),
    ) {
        let at = at.index(words.len() - 7);
        let withheld = format!("---\ntitle: X\ndate: 2025-05-16\ndraft: true\n---\n{}\n", words.join(" "));
        let files = [SHOWN, ("content/briefings/x.md", withheld.as_str())];
        let (name, encode) = ENCODINGS[encoding];
        let mut other = words[at..at + 8].to_vec();
        other[3] = "other".into();
        let sites = [&words[at..at + 8], &other].map(|run| [("x.html".to_owned(), encode(&run.join(" ")))].into());
        let said = said_of(&files, sites);
        prop_assert_eq!(said.iter().map(Vec::len).collect::<Vec<_>>(), [1, 0], "{}", name);
    }
}
