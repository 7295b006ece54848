//! What taking a name out never writes over, and what it leaves as it was.

use snapbox::str;

use crate::{Desk, SETTINGS, redact::redact};

const BRIEFING: (&str, &str) = ("content/briefings/2025-05-15-a.md", "---\ntitle: John Doe\n---\n");

#[test]
fn records_that_would_be_looked_for_in_vain_stop_the_build_and_are_never_written_over() {
    const HASH: &str = "0123456789abcdef0123456789abcdef";
    let record = |date: &str, spelling: &str| {
        let spelling = spelling.replace("HASH", HASH);
        format!("salt = \"x\"\n[[redactions]]\ndate = {date}\npseudonym = \"A\"\nspellings = [{spelling}]\n")
    };
    let good = record("2025-06-01", "{ words = 2, hash = \"HASH\" }");
    for broken in [
        "salt = \"x\"\nredactions = \"none\"\n".to_owned(),
        "<<<<<<< ours\n".to_owned(),
        good.replace("pseudonym", "<<<<<<< ours\npseudonym"),
        record("2025-06-01", "\"HASH\""),
        record("2025-06-01", "{ words = -2, hash = \"HASH\" }"),
        record("2025-06-01", "{ words = 17, hash = \"HASH\" }"),
        record("2025-06-01", "{ words = 2, hash = \"HAS\" }"),
        record("\"a day\"", "{ words = 2, hash = \"HASH\" }"),
        good.replace("spellings = ", "spelling = "),
    ] {
        let desk = Desk::new([SETTINGS, BRIEFING]);
        desk.write("content/redactions.toml", &good);
        desk.build("");
        desk.write("content/redactions.toml", &broken);
        desk.brief("build").assert().code(1);
        redact(&desk, ["John Doe"]).code(2).stderr_eq(str![[r"
error: `content/redactions.toml` cannot be read: [..]
help: mend it first: `brief build` shows the place

"]]);
        assert_eq!(desk.read("content/redactions.toml"), broken);
    }
}

#[cfg(unix)]
#[test]
fn the_new_text_may_be_read_by_whoever_might_read_the_old_one() {
    use std::{fs, os::unix::fs::PermissionsExt};
    let desk = Desk::new([SETTINGS, BRIEFING]);
    let file = desk.path().join(BRIEFING.0);
    for mode in [0o600, 0o400] {
        desk.write(BRIEFING.0, BRIEFING.1);
        fs::set_permissions(&file, PermissionsExt::from_mode(mode)).unwrap();
        redact(&desk, ["John Doe"]).code(0);
        let found = fs::metadata(&file).unwrap().permissions().mode();
        assert_eq!(found & 0o777, mode);
        fs::set_permissions(&file, PermissionsExt::from_mode(0o600)).unwrap();
    }
}

#[test]
fn a_name_that_is_written_turned_around_is_taken_out_as_it_is_said_and_looked_for() {
    let said = "---\ntitle: Doe, John\n---\n\nJohn Doe says so.\n";
    let desk = Desk::new([SETTINGS, (BRIEFING.0, said)]);
    redact(&desk, ["Doe, John"]).code(0);
    let text = desk.read(BRIEFING.0);
    assert!(!text.contains("Doe"), "{text}");
    desk.build("");
    desk.write(BRIEFING.0, said);
    desk.brief("build").assert().code(1);
}
