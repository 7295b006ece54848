//! Made-up words in withheld matter of every kind, sought in every file of every edition.
//!
//! In the archive, what begins with `zq` is for neither edition, and what begins with `zg` for partners.

use std::{collections::BTreeSet, fs};

use img_parts::png::PngChunk;

use crate::Desk;

const ARCHIVE: &str = include_str!("secrets.txt");

/// So many words are planted.
const PLANTED: usize = 100;

/// What nobody is shown, whatever they may read: comments, metadata, what is over, retracted or used nowhere, and
/// names that only sort and resolve.
const NEVER_SHOWN: [&str; 23] = [
    "zqdefinition",
    "zqdraftslug",
    "zqexpiredprose",
    "zqexpiredslug",
    "zqexpiredtitle",
    "zqextra",
    "zqheldmetadata",
    "zqhiddenalias",
    "zqhtmlcomment",
    "zqlinecomment",
    "zqnote",
    "zqopenmetadata",
    "zqpictureplace",
    "zqretractedid",
    "zqretractedwords",
    "zqsettings",
    "zqsortname",
    "zqtomlcomment",
    "zqunusedlink",
    "zqunusedmetadata",
    "zqunusedname",
    "zqweakalias",
    "zqyamlcomment",
];

/// A picture of one point whose metadata hold `word`.
fn picture(word: &str) -> Vec<u8> {
    let chunk = |kind: &[u8; 4], data: Vec<u8>| PngChunk::new(*kind, data.into()).encoder().bytes().to_vec();
    [
        b"\x89PNG\r\n\x1a\n".to_vec(),
        chunk(b"IHDR", vec![0, 0, 0, 1, 0, 0, 0, 1, 8, 0, 0, 0, 0]),
        chunk(b"tEXt", format!("Author\0{word}").into_bytes()),
        chunk(b"IDAT", vec![0x78, 1, 1, 2, 0, 0xFD, 0xFF, 0, 0, 0, 2, 0, 1]),
        chunk(b"IEND", Vec::new()),
    ]
    .concat()
}

fn desk() -> Desk {
    let desk = Desk::new([]);
    let files = ARCHIVE.split("=== ").skip(1).filter_map(|file| file.split_once('\n'));
    for (path, text) in files {
        let bytes = if path.ends_with(".png") { picture(text.trim()) } else { text.into() };
        desk.write(path, bytes);
    }
    desk
}

/// The planted words in `text`.
fn planted(text: &str) -> BTreeSet<String> {
    let words = text.split(|c: char| !c.is_ascii_alphanumeric());
    words.filter(|word| word.starts_with("zq") || word.starts_with("zg")).map(str::to_owned).collect()
}

/// The planted words in the paths and the bytes of what `arguments` build, and the number of its files.
fn shown(desk: &Desk, arguments: &str) -> (BTreeSet<String>, usize) {
    let output = desk.path().join("out");
    let _ = fs::remove_dir_all(&output);
    desk.brief(&format!("build -o out {arguments}")).assert().success();
    let mut words = BTreeSet::new();
    let mut count = 0;
    for entry in walkdir::WalkDir::new(&output) {
        let entry = entry.unwrap();
        let path = entry.path().strip_prefix(&output).unwrap();
        words.append(&mut planted(path.to_str().unwrap()));
        if entry.file_type().is_file() {
            count += 1;
            words.append(&mut planted(&String::from_utf8_lossy(&fs::read(entry.path()).unwrap())));
        }
    }
    (words, count)
}

#[test]
fn no_edition_shows_a_word_of_what_it_keeps_back() {
    let desk = desk();
    let planted = planted(ARCHIVE);
    assert!(planted.len() >= PLANTED, "{}", planted.len());

    let (public, files) = shown(&desk, "--as-of 2025-06-15T12:00Z");
    assert!(files > 30, "{files}");
    assert_eq!(public, BTreeSet::new());

    let (partners, _) = shown(&desk, "--as-of 2025-06-15T12:00Z --edition partners");
    let theirs: BTreeSet<String> = planted.iter().filter(|word| word.starts_with("zg")).cloned().collect();
    assert_eq!(partners, theirs);

    // So nothing was missing for another reason.
    let (all, _) = shown(&desk, "--as-of 2099-01-01T00:00Z --edition all --drafts --future");
    let hidden: BTreeSet<&str> =
        planted.iter().filter(|word| !all.contains(*word)).map(String::as_str).collect();
    assert_eq!(hidden, NEVER_SHOWN.into());
}
