//! A build that is killed leaves the old site or the new one, whole.

#![allow(clippy::unwrap_used, clippy::panic, reason = "what a test cannot do fails it")]

use std::{
    cell::Cell,
    collections::BTreeMap,
    fs, io,
    path::Path,
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use brief::{
    model::OutputPath,
    output::{Sink, Staging},
};
use rayon::prelude::*;

/// Names the folder in which this test, run again as a process of its own, builds until it is killed.
const BUILD_IN: &str = "BRIEF_TEST_BUILD_IN";

type Site = BTreeMap<String, Vec<u8>>;

#[test]
fn a_build_killed_at_any_instant_leaves_one_whole_site() {
    if let Some(folder) = std::env::var_os(BUILD_IN) {
        build_for_ever(Path::new(&folder));
    }
    let folder = tempfile::tempdir().unwrap();
    let public = folder.path().join("public");
    let sites = [generation(0), generation(1)];
    let started = Instant::now();
    write(&public, &sites[0]).unwrap();
    write(&public, &sites[1]).unwrap();
    let longest = started.elapsed() * 2;

    let build = || {
        Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "a_build_killed_at_any_instant_leaves_one_whole_site"])
            .env(BUILD_IN, &public)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
    };
    let mut stood = [0, 0];
    let mut caught = 0;
    kill_at_random(60, build, longest, |round, was_running| {
        assert!(was_running, "round {round} ended by itself");
        let found = read(&public).unwrap();
        let stands = sites.iter().position(|site| *site == found);
        stood[stands.unwrap_or_else(|| panic!("{}", difference(&found, &sites)))] += 1;
        caught += usize::from(is_anything_beside(&public));
        // Half of the time the next build is the one that cleans up.
        if round % 2 == 0 {
            drop(Staging::open(&public, "public", &[]).unwrap());
            assert!(!is_anything_beside(&public), "cleaned up after round {round}");
            assert_eq!(read(&public).unwrap(), found, "cleaning up changes nothing in round {round}");
        }
    });
    assert!(stood[0] > 0 && stood[1] > 0 && caught > 0, "killed too early or too late: {stood:?}, {caught}");
    for site in &sites {
        write(&public, site).unwrap();
        assert_eq!(read(&public).unwrap(), *site);
        assert!(!is_anything_beside(&public));
    }
}

#[test]
fn the_program_killed_at_any_instant_leaves_one_whole_site_and_the_next_build_recovers() {
    let folder = tempfile::tempdir().unwrap();
    let public = folder.path().join("public");
    let brief = |version: usize| {
        let root = folder.path().join(format!("version-{version}"));
        let mut command = Command::new(env!("CARGO_BIN_EXE_brief"));
        command.args(["build", "--quiet", "--as-of", "2025-06-15", "--root"]).arg(root);
        command.arg("--output").arg(&public).stdout(Stdio::null()).stderr(Stdio::null());
        command
    };
    let mut longest = Duration::ZERO;
    let sites = [0, 1].map(|version| {
        write_archive(&folder.path().join(format!("version-{version}")), version);
        let started = Instant::now();
        assert!(brief(version).status().unwrap().success());
        longest = longest.max(started.elapsed());
        read(&public).unwrap()
    });
    assert!(sites[0].len() > 150 && sites[0] != sites[1]);
    assert!(sites[0].keys().ne(sites[1].keys()), "some pages are of one version alone");

    // Each build is of the version that does not stand.
    let stands = Cell::new(1);
    let (mut kept, mut switched, mut caught) = (0, 0, 0);
    kill_at_random(
        40,
        || brief(1 - stands.get()).spawn(),
        longest,
        |round, was_running| {
            let found = read(&public).unwrap();
            let now = sites.iter().position(|site| *site == found);
            let now = now.unwrap_or_else(|| panic!("round {round}: {}", difference(&found, &sites)));
            if was_running && now == stands.get() {
                kept += 1;
            } else {
                switched += 1;
            }
            caught += usize::from(is_anything_beside(&public));
            stands.set(now);
            // Every second time another killed build is to find what this one left.
            if round % 2 == 0 {
                let next = 1 - now;
                assert!(brief(next).status().unwrap().success(), "round {round}");
                assert_eq!(read(&public).unwrap(), sites[next], "round {round}");
                assert!(!is_anything_beside(&public), "round {round}");
                stands.set(next);
            }
        },
    );
    assert!(kept > 0 && caught > 0, "killed too late: {kept}, {switched}, {caught}");
    let last = 1 - stands.get();
    assert!(brief(last).status().unwrap().success());
    assert_eq!(read(&public).unwrap(), sites[last]);
    assert!(!is_anything_beside(&public));
}

#[test]
fn a_first_build_that_is_killed_leaves_no_site_or_the_whole_one() {
    let folder = tempfile::tempdir().unwrap();
    let public = folder.path().join("public");
    write_archive(folder.path(), 0);
    let brief = || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_brief"));
        command.args(["build", "--quiet", "--as-of", "2025-06-15", "--root"]).arg(folder.path());
        command.stdout(Stdio::null()).stderr(Stdio::null());
        command
    };
    let started = Instant::now();
    assert!(brief().status().unwrap().success());
    let longest = started.elapsed();
    let site = read(&public).unwrap();
    fs::remove_dir_all(&public).unwrap();
    let mut caught = 0;
    kill_at_random(
        16,
        || brief().spawn(),
        longest,
        |round, _| {
            if public.exists() {
                assert_eq!(read(&public).unwrap(), site, "round {round}");
                fs::remove_dir_all(&public).unwrap();
            } else {
                caught += 1;
            }
        },
    );
    assert!(caught > 0, "killed too late");
    assert!(brief().status().unwrap().success());
    assert_eq!(read(&public).unwrap(), site);
    assert!(!is_anything_beside(&public));
}

/// An archive of 40 briefings; the versions differ in words, in days, and in whom they name.
fn write_archive(root: &Path, version: usize) {
    fs::create_dir_all(root.join("content/briefings")).unwrap();
    fs::write(root.join("brief.toml"), "title = \"Killed\"\n").unwrap();
    for number in 0..40 {
        let day = 1 + (number + version) % 28;
        let text = format!(
            "---\ntitle: Briefing {number}\ndate: 2025-05-{day:02}\nactors: [Actor {}, Of {version} and {}]\n\
             locations: [Place {}]\ntags: [word {}]\n---\nWords of {}.\n",
            number % 17,
            number % 13,
            number % 19,
            number % 23,
            if number % 3 == 0 { version } else { 9 },
        );
        fs::write(root.join(format!("content/briefings/b{number}.md")), text).unwrap();
    }
}

/// Kills what `start` starts after a time of up to `longest`, and calls `check` with whether it was still running;
/// so many times.
fn kill_at_random(
    times: u32,
    start: impl Fn() -> io::Result<Child>,
    longest: Duration,
    mut check: impl FnMut(u32, bool),
) {
    let mut seed: u64 = 0x5eed;
    for round in 0..times {
        // The generator of Knuth's MMIX; its high bits are the better ones.
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let share = f64::from(u32::try_from(seed >> 33).unwrap()) / f64::from(1_u32 << 31);
        let mut child = start().unwrap();
        thread::sleep(longest.mul_f64(share));
        let was_running = child.try_wait().unwrap().is_none();
        child.kill().unwrap();
        child.wait().unwrap();
        check(round, was_running);
    }
}

fn build_for_ever(public: &Path) -> ! {
    loop {
        for number in 0..2 {
            write(public, &generation(number)).unwrap();
        }
    }
}

/// A site of 400 files: some the same in both generations, some changed, some in one alone.
fn generation(number: usize) -> Site {
    let file = |index: usize| {
        let (name, text) = match index % 4 {
            0 => (format!("same/{}/{index}.html", index % 7), format!("page {index}")),
            1 => (format!("only/{number}/{index}/index.html"), format!("page {index}")),
            _ => (format!("changed/{index}/index.html"), format!("page {index} of {number}")),
        };
        (name, text.into_bytes())
    };
    (0..400).map(file).collect()
}

fn write(public: &Path, site: &Site) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
    let staging = Staging::open(public, "public", &[])?;
    site.par_iter().try_for_each(|(path, bytes)| staging.put(&OutputPath::new(path).unwrap(), bytes))?;
    staging.commit()?;
    Ok(())
}

/// Every file of the site in `folder`, but for the list of them, which has to agree.
fn read(folder: &Path) -> io::Result<Site> {
    fn walk(root: &Path, folder: &Path, site: &mut Site) -> io::Result<()> {
        for entry in fs::read_dir(folder)? {
            let path = entry?.path();
            if path.is_dir() {
                walk(root, &path, site)?;
            } else {
                let name = path.strip_prefix(root).unwrap().to_str().unwrap().to_owned();
                site.insert(name, fs::read(&path)?);
            }
        }
        Ok(())
    }
    let mut site = Site::new();
    walk(folder, folder, &mut site)?;
    let list = site.remove(".brief.json").ok_or(io::ErrorKind::NotFound)?;
    let list: serde_json::Value = serde_json::from_slice(&list)?;
    let listed = list["files"].as_object().unwrap();
    assert!(listed.keys().eq(site.keys()), "the list names the files");
    for (path, bytes) in &site {
        let hash = blake3::hash(bytes).to_hex();
        assert_eq!(listed[path], hash[..32], "the list knows the bytes of {path}");
    }
    Ok(site)
}

/// Whether the folder of `public` holds a staging folder or an old site.
fn is_anything_beside(public: &Path) -> bool {
    ["staging", "old"].iter().any(|what| public.with_file_name(format!(".brief-public.{what}")).exists())
}

/// Some files that are not as in any of the sites.
fn difference(found: &Site, sites: &[Site]) -> String {
    let strange = |site: &Site| {
        let all = found.keys().chain(site.keys());
        all.filter(|path| found.get(*path) != site.get(*path)).take(5).cloned().collect::<Vec<_>>()
    };
    format!("neither site stands whole: {:?}", sites.iter().map(strange).collect::<Vec<_>>())
}
