//! What the laws make the program say, word for word.

use std::path::Path;

use brief::{
    diagnostics::{self, Format},
    sources::Sources,
};

use crate::building::{brief, build, public, put, run};

fn told(files: &[(&str, &str)]) -> String {
    let sources = Sources::from_texts([("brief.toml", "title = \"A\"\n")].iter().chain(files).copied());
    let built = build(&sources, &public(), false);
    let mut text = Vec::new();
    diagnostics::print(&built.diagnostics, &sources, Format::Human { colour: false }, &mut text).unwrap();
    String::from_utf8(text).unwrap()
}

const BRIEFING: (&str, &str) = ("content/briefings/b.md", "---\ntitle: B\ndate: 2025-05-15\n---\n");

#[test]
fn two_translations_into_one_language_are_told_of() {
    let translation = "---\ntitle: T\n---\n";
    let files = [
        BRIEFING,
        ("content/briefings/b.ar.markdown", translation),
        ("content/briefings/b.ar.md", translation),
    ];
    assert_eq!(
        told(&files),
        "error[duplicate-translation]: two files translate `content/briefings/b.md` into `ar`\n\
         --> content/briefings/b.ar.md\n\
         \x20= note: the other one: `content/briefings/b.ar.markdown`\n = help: delete one of them\n\n"
    );
}

#[test]
fn the_translation_of_what_cannot_be_read_is_told_of() {
    let files =
        [("content/briefings/b.md", "nothing"), ("content/briefings/b.ar.md", "---\ntitle: T\n---\n")];
    let said = told(&files);
    assert!(
        said.starts_with(
            "warning[no-original]: this is the translation of `content/briefings/b.md`, which cannot be read\n\
             --> content/briefings/b.ar.md\n = help: mend the original\n\n"
        ),
        "{said}"
    );
}

#[test]
fn a_key_that_holds_a_profile_back_bears_no_label_of_its_own() {
    let profile = "---\nname: A\npage: false\nmarked:\n  page: amber\ntlp: clear\n---\n";
    assert_eq!(
        told(&[("content/actors/a.md", profile)]),
        "error[label]: `page` cannot bear a label of its own\n --> content/actors/a.md:5:3\n  |\n\
         5 |   page: amber\n  |   ^^^^\n  |\n  = help: mark the whole profile with `tlp`\n\n"
    );
}

/// What `brief build` says to people about the archive in `root`, without its last line.
fn said(root: &Path) -> String {
    let (code, output) = run(brief(root, &[]));
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(code, 0, "{said}");
    said.lines()
        .filter(|line| line.starts_with("left out") || line.starts_with("withheld"))
        .flat_map(|line| [line, "\n"])
        .collect()
}

#[test]
fn what_has_no_page_is_told_of_with_the_reason() {
    let folder = tempfile::tempdir().unwrap();
    let files = [
        ("brief.toml", "title = \"A\"\n[marking]\ndefault = \"clear\"\n"),
        ("content/actors/a.md", "---\nname: A\npage: false\n---\n"),
        (
            "content/briefings/b.md",
            "---\ntitle: B\ndate: 2025-05-15\ncorrections: [{date: 2025-05-16, kind: retraction, text: Wrong.}]\n---\n",
        ),
        ("content/briefings/b.ar.md", "---\ntitle: T\n---\n"),
        ("content/briefings/c.md", "---\ntitle: C\ndate: 2025-05-15\ntlp: amber\n---\n"),
        ("content/briefings/c.ar.md", "---\ntitle: T\ntlp: clear\n---\n"),
        ("content/sources.toml", "[sources.s]\nurl = \"https://news.example/\"\n"),
    ];
    for (path, text) in files {
        put(folder.path(), path, text.as_bytes());
    }
    let lines = [
        "withheld: content/briefings/c.md: TLP:AMBER\n",
        "withheld: content/briefings/c.ar.md: TLP:AMBER\n",
        "left out: content/briefings/b.ar.md: retracted\n",
        "left out: content/actors/a.md: `page: false`\n",
        "left out: content/sources.toml: no released text uses it\n",
    ];
    assert_eq!(said(folder.path()), lines.concat());
}

#[test]
fn the_picture_of_somebody_without_a_page_is_told_of() {
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), "brief.toml", b"title = \"A\"\n");
    put(folder.path(), "content/actors/a.md", b"---\nname: A\npage: false\n---\n![A face](a.png)\n");
    put(folder.path(), "content/actors/a.png", b"face");
    let lines = [
        "left out: content/actors/a.md: `page: false`\n",
        "left out: content/actors/a.png: no released text uses it\n",
    ];
    assert_eq!(said(folder.path()), lines.concat());
}

#[test]
fn a_file_that_a_page_writes_in_two_ways_stands_there_once() {
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), "brief.toml", b"title = \"A\"\n");
    put(folder.path(), "content/pages/a.md", b"---\ntitle: A\n---\n![One](a.svg) ![The same](./a.svg)\n");
    put(folder.path(), "content/pages/a.svg", b"map");
    put(folder.path(), "content/actors/b.md", b"---\nname: B\n---\n![One](b.svg) ![The same](./b.svg)\n");
    put(folder.path(), "content/actors/b.svg", b"face");
    assert_eq!(said(folder.path()), "");
    for file in ["public/a/a.svg", "public/actors/b/b.svg"] {
        assert!(folder.path().join(file).is_file(), "{file}");
    }
}

#[test]
fn a_label_on_the_words_of_an_image_asks_for_a_rule_too() {
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), "brief.toml", b"title = \"A\"\n");
    put(folder.path(), "content/briefings/b.md", b"---\ntitle: B\ndate: 2025-05-15\n---\n![A map](b.png)\n");
    put(folder.path(), "content/briefings/b.png", b"map");
    put(folder.path(), "content/briefings/b.png.toml", b"tlp = \"amber\"\n");
    let (code, output) = run(brief(folder.path(), &["--format", "json"]));
    let said = String::from_utf8(output.stdout).unwrap();
    assert_eq!(code, 1, "{said}");
    assert!(said.contains("\"unmarked\""), "{said}");
}

#[test]
fn one_file_that_is_not_utf_8_hides_no_other_mistake() {
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), "brief.toml", b"title = \"A\"\n");
    put(folder.path(), "content/actors/latin.md", b"---\nname: Jos\xe9\n---\n");
    put(folder.path(), "content/actors/plain.md", b"no front matter\n");
    let text = "---\ntitle: B\ndate: 2025-05-15\n---\n[[latin]], [it](../actors/latin.md) and [[Plain]]\n";
    put(folder.path(), "content/briefings/b.md", text.as_bytes());
    let (code, output) = run(brief(folder.path(), &["--format", "json"]));
    let said = String::from_utf8(output.stdout).unwrap();
    assert_eq!(code, 1);
    assert!(said.contains("not-utf-8") && said.contains("no-front-matter"), "{said}");
    assert!(!said.contains("missing-document") && !said.contains("broken-link"), "what is there: {said}");
}

#[test]
fn two_files_of_one_name_beside_one_briefing_collide() {
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), "brief.toml", b"title = \"A\"\n");
    let text = "---\ntitle: B\ndate: 2025-05-15\n---\n![one](../one/map.png) ![other](../other/map.png)\n";
    put(folder.path(), "content/briefings/b/index.md", text.as_bytes());
    put(folder.path(), "content/briefings/one/map.png", b"one");
    put(folder.path(), "content/briefings/other/map.png", b"other");
    let (code, output) = run(brief(folder.path(), &["--format", "json"]));
    let said = String::from_utf8(output.stdout).unwrap();
    assert_eq!(code, 1, "{said}");
    assert!(said.contains("\"collision\""), "{said}");
}
