use std::{
    env, fs,
    sync::atomic::{AtomicBool, AtomicUsize, Ordering},
    thread,
    time::Duration,
};

use super::{
    memory,
    server::{Server, untagged},
};
use crate::Desk;

/// Numbers by chance, the same in every run (Knuth's MMIX generator).
struct Chance(u64);

impl Chance {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % bound
    }
}

const SETTINGS: &str =
    "title = \"Desk\"\nbase_url = \"https://desk.example/\"\nauthority = \"desk.example,2025\"\n";
/// The pages that are there whatever is edited.
const ALWAYS: [&str; 6] =
    ["/", "/briefings/", "/actors/", "/actors/hamas/", "/briefings/2025/05/01/kept/", "/robots.txt"];

fn briefing(number: usize, word: usize) -> String {
    format!(
        "---\ntitle: Briefing {number}, {word}\nactors: [Hamas, Actor {word}]\nlocations: [Doha]\n\
         claims:\n  - {{id: said, by: Hamas, text: So {word}., date: 2025-05-0{}}}\n---\n\nWhat [[Hamas]] said of {word}.\n",
        number % 9 + 1
    )
}

fn edit(desk: &Desk, chance: &mut Chance) {
    let number = chance.below(12);
    let word = chance.below(7);
    let path = format!("content/briefings/2025-05-0{}-b{number}.md", number % 9 + 1);
    match chance.below(12) {
        0..=4 => drop(desk.write(&path, briefing(number, word))),
        5 => drop(fs::remove_file(desk.path().join(&path))),
        6 => drop(desk.write(&path, briefing(number, word).replace("title:", "titel:"))),
        7 => {
            let beside = desk.write(&format!("{path}.tmp"), briefing(number, word));
            fs::rename(beside, desk.path().join(&path)).unwrap();
        }
        8 => drop(desk.write("static/more.css", format!("p {{ margin: {word}px }}"))),
        9 => drop(desk.write("templates/404.html", format!("<!doctype html><title>{word}</title>"))),
        10 => drop(desk.write("templates/404.html", "<!doctype html>{{ page.nothing }}")),
        _ => drop(desk.write("brief.toml", format!("{SETTINGS}description = \"{word}\"\n"))),
    }
}

/// Takes back what is wrong.
fn mend(desk: &Desk) {
    for number in 0..12 {
        let path = format!("content/briefings/2025-05-0{}-b{number}.md", number % 9 + 1);
        if desk.has(&path) {
            desk.write(&path, briefing(number, 3));
        }
    }
    desk.write("templates/404.html", "<!doctype html><title>Gone</title>");
    desk.write("brief.toml", format!("{SETTINGS}description = \"settled\"\n"));
}

/// `BRIEF_SOAK` says how many edits; few are made where nothing is said.
#[test]
fn after_many_edits_under_load_it_shows_what_a_clean_build_writes() {
    let edits: usize = env::var("BRIEF_SOAK").ok().map_or(60, |written| written.parse().unwrap());
    let desk = Desk::new([
        ("brief.toml", SETTINGS),
        ("content/briefings/2025-05-01-kept.md", "---\ntitle: Kept\nactors: [Hamas]\n---\nKept.\n"),
    ]);
    let server = Server::of(&desk, "");
    let (ended, asked) = (AtomicBool::new(false), AtomicUsize::new(0));
    let mut chance = Chance(20_250_515);
    let mut resident = Vec::new();
    let _events = server.events();
    thread::scope(|scope| {
        for start in 0..2 {
            let (ended, asked, server) = (&ended, &asked, &server);
            scope.spawn(move || {
                for path in ALWAYS.iter().cycle().skip(start * 3) {
                    if ended.load(Ordering::Relaxed) {
                        return;
                    }
                    let answer = server.get(path);
                    assert_eq!(answer.status, 200, "{path}");
                    asked.fetch_add(1, Ordering::Relaxed);
                }
            });
        }
        for _ in 0..edits {
            edit(&desk, &mut chance);
            thread::sleep(Duration::from_millis(chance.below(120) as u64));
            resident.extend(memory(server.process()));
        }
        mend(&desk);
        server.until("/", "settled");
        ended.store(true, Ordering::Relaxed);
    });
    let asked = asked.into_inner();
    assert!(asked > edits, "requests ran all the while: {asked}");
    desk.brief("build -q --as-of 2026-12-01T00:00Z").assert().success();
    for file in desk.files("public").iter().filter(|file| *file != ".brief.json") {
        let (body, _) = untagged(&server.get(&format!("/{file}")).body);
        assert!(body == fs::read(desk.path().join("public").join(file)).unwrap(), "{file} differs");
    }
    if let [_, .., last] = *resident {
        let early = resident[resident.len() / 5..resident.len() / 2].iter().max().copied().unwrap_or(last);
        let late = resident[resident.len() / 2..].iter().max().copied().unwrap_or(last);
        println!(
            "{edits} edits, {asked} requests; at most {early} KiB in the first half, {late} KiB in the second"
        );
        assert!(late < early + early / 4 + 20_000, "memory grows: {early} KiB, then {late} KiB");
    }
}
