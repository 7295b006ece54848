use std::{fs, thread, time::Duration};

use super::server::Server;
use crate::{Desk, SETTINGS, TALKS};

const PAGE: &str = "/briefings/2025/05/15/talks/";

#[test]
fn an_edit_is_shown_and_told() {
    let desk = Desk::small();
    let server = Server::of(&desk, "");
    let mut events = server.events();
    let first = events.next();
    let name = first["site"].as_str().unwrap();
    assert!(
        server.get("/").text().contains(&format!("data-site=\"{name}\"")),
        "the page says which site it shows"
    );
    desk.write(TALKS.0, TALKS.1.replace("Talks go on", "Talks ended"));
    let event = events.next();
    assert_ne!(event["site"], first["site"]);
    assert_eq!(event["faults"]["errors"], 0);
    assert_eq!(event["styles"], serde_json::Value::Null);
    assert!(server.get(PAGE).text().contains("Talks ended"), "whoever is told can ask at once");
    server.wait(|| server.said().contains(&format!(" s: {}\n", TALKS.0)));
    assert!(server.said().contains("rebuilt in 0."), "{}", server.said());
}

#[test]
fn whatever_a_site_is_made_of_is_followed() {
    let desk = Desk::small();
    let server = Server::of(&desk, "");
    // None of these folders was there when it began.
    desk.write("content/actors/hamas.md", "---\nname: Hamas\ndescription: A movement.\n---\n");
    server.until("/actors/hamas/", "A movement.");
    desk.write("static/deep/er/note.txt", "noted");
    server.until("/deep/er/note.txt", "noted");
    desk.write("templates/404.html", "<!doctype html><title>Gone</title>");
    server.until("/nothing/", "<title>Gone");
    desk.write("themes/own/static/more.css", "p { color: red }");
    desk.write("brief.toml", "title = \"Other\"\ntheme = \"own\"\n");
    server.until("/", "Other");
    // An editor that writes a new file and gives it the old one's name.
    let beside = desk.write("content/briefings/.talks.md.swp", TALKS.1.replace("Talks go on", "Talks ended"));
    fs::rename(beside, desk.path().join(TALKS.0)).unwrap();
    server.until(PAGE, "Talks ended");
    fs::rename(desk.path().join("content/briefings"), desk.path().join("moved")).unwrap();
    server.wait(|| server.get(PAGE).status == 404);
    fs::rename(desk.path().join("moved"), desk.path().join("content/briefings")).unwrap();
    server.wait(|| server.get(PAGE).status == 200);
    fs::remove_file(desk.path().join(TALKS.0)).unwrap();
    server.wait(|| server.get(PAGE).status == 404);
}

#[test]
fn with_mistakes_the_last_good_site_stays_and_they_are_listed_until_they_are_mended() {
    let desk = Desk::small();
    let id = TALKS.0.rsplit('/').next().unwrap().trim_end_matches(".md");
    let leading = format!("---\ntitle: After\n---\nAfter [[{id}]].\n");
    desk.write("content/briefings/2025-05-16-after.md", &leading);
    let server = Server::of(&desk, "");
    let mut events = server.events();
    let first = events.next();
    desk.write(TALKS.0, TALKS.1.replace("title:", "titel:"));
    let event = events.next();
    assert_eq!(event["site"], first["site"], "no page need be loaded again");
    assert_eq!(event["faults"]["errors"], 1);
    let text = event["faults"]["list"][0]["text"].as_str().unwrap();
    assert!(text.contains("2 | titel: Talks in Doha\n  | ^^^^^"), "{text}");
    assert!(text.contains(&format!("{}:2:1", TALKS.0)), "{text}");
    assert!(text.contains("did you mean `title`?"), "{text}");
    assert!(server.get(PAGE).text().contains("Talks in Doha"));
    server.wait(|| server.said().contains("1 error; the last good site stays"));
    assert!(server.said().contains("error[unknown-key]"), "as a build prints it");
    desk.write(TALKS.0, TALKS.1);
    let event = events.next();
    assert_ne!(event["site"], first["site"]);
    assert_eq!(event["faults"]["errors"], 0);
}

#[test]
fn a_mistake_that_only_drawing_shows_brings_the_last_good_site_back() {
    let desk = Desk::small();
    let server = Server::of(&desk, "--verbose");
    server.wait(|| server.said().contains("every page can be drawn"));
    desk.write("templates/404.html", "<!doctype html>{{ page.titel }}");
    server.wait(|| server.said().contains("error[template"));
    server.until("/no/such/", "<html");
    assert_eq!(server.get("/no/such/").status, 404);
    let event = server.events().next();
    assert_eq!(event["faults"]["errors"], 1, "{event}");
    assert!(event["faults"]["list"][0]["text"].as_str().unwrap().contains("titel"), "{event}");
    desk.write("templates/404.html", "<!doctype html>{{ page.title }}: mended");
    server.until("/no/such/", ": mended");
    assert_eq!(server.events().next()["faults"]["errors"], 0);
}

#[test]
fn an_archive_that_begins_with_mistakes_is_shown_when_they_are_mended() {
    for (broken, whole) in [
        (("brief.toml", "titel = \"Desk\"\n"), SETTINGS),
        ((TALKS.0, "---\ntitle: [\n---\n"), TALKS),
        (("templates/404.html", "{% if %}"), ("templates/404.html", "<!doctype html>Gone")),
        (("templates/home.html", "{{ nothing }}"), ("templates/home.html", "<!doctype html>whole")),
    ] {
        let desk = Desk::small();
        desk.write(broken.0, broken.1);
        let server = Server::of(&desk, "");
        server.wait(|| server.get("/").status == 503);
        let page = server.get("/").text();
        assert!(page.contains("<pre dir=\"ltr\">error") && page.contains("data-round="), "{page}");
        assert!(page.contains(broken.0), "{page}");
        desk.write(whole.0, whole.1);
        server.wait(|| server.get("/").status == 200);
    }
}

#[test]
fn a_change_of_style_sheets_alone_says_so() {
    let desk = Desk::small();
    desk.write("static/more.css", "p { color: red }");
    desk.write("themes/own/static/style.css", "p { color: red }");
    desk.write("brief.toml", "title = \"Desk\"\ntheme = \"own\"\n");
    let server = Server::of(&desk, "");
    let mut events = server.events();
    let first = events.next();
    desk.write("static/more.css", "p { color: blue }");
    let second = events.next();
    assert_eq!(second["styles"]["from"], first["site"]);
    desk.write("themes/own/static/style.css", "p { color: blue }");
    let third = events.next();
    let changed = third["styles"]["changed"].as_array().unwrap();
    let style = changed.iter().find(|pair| pair[0].as_str().unwrap().starts_with("assets/style.")).unwrap();
    assert_ne!(style[0], style[1], "the theme's files have their hash in their names");
    assert_eq!(server.get(&format!("/{}", style[1].as_str().unwrap())).text(), "p { color: blue }");
    desk.write("static/more.txt", "more");
    assert_eq!(events.next()["styles"], serde_json::Value::Null);
}

#[test]
fn what_changes_no_input_makes_no_round() {
    let desk = Desk::small();
    let server = Server::of(&desk, "");
    desk.build("");
    desk.write("content/briefings/.hidden.swp", "x");
    desk.write("content/briefings/left-over.md~", "x");
    desk.write(TALKS.0, TALKS.1);
    desk.write("content/actors/hamas.md", "---\nname: Hamas\ndescription: A movement.\n---\n");
    server.until("/actors/hamas/", "A movement.");
    server.wait(|| server.said().contains("rebuilt"));
    assert_eq!(server.said().matches("rebuilt").count(), 1, "{}", server.said());
}

#[test]
fn a_folder_that_goes_and_comes_back_is_followed_again() {
    let desk = Desk::small();
    let server = Server::of(&desk, "");
    let texts = ["brief.toml", TALKS.0].map(|file| (file, fs::read(desk.path().join(file)).unwrap()));
    fs::remove_dir_all(desk.path()).unwrap();
    // As long as nothing is there nobody can say what comes.
    thread::sleep(Duration::from_millis(1200));
    for (file, text) in &texts {
        desk.write(file, text);
    }
    server.until(PAGE, "Talks go on");
    thread::sleep(Duration::from_millis(1200));
    desk.write(TALKS.0, TALKS.1.replace("Talks go on", "Talks ended"));
    server.until("/briefings/2025/05/15/talks/", "Talks ended");
}
