//! Archives built in memory and by the program.

use std::{
    collections::BTreeMap,
    fs, io,
    path::Path,
    process::{Command, Output},
    sync::Mutex,
};

use brief::{
    diagnostics::Diagnostics,
    model::{Instant, OutputPath, Tlp},
    output::Sink,
    release::{Edition, Withheld},
    settings,
    sources::{self, Limits, Sources},
};
use proptest::{prelude::ProptestConfig, test_runner::RngSeed};

use crate::write::Files;

/// The instant as of which everything is built.
pub(crate) const AS_OF: &str = "2025-06-15T12:00Z";

/// `cases` of a law, always the same ones; `PROPTEST_CASES` and `PROPTEST_RNG_SEED` ask for others.
pub(crate) fn cases(cases: u32) -> ProptestConfig {
    let asked = ProptestConfig::default();
    ProptestConfig {
        cases: if std::env::var_os("PROPTEST_CASES").is_some() { asked.cases } else { cases },
        rng_seed: match asked.rng_seed {
            RngSeed::Random => RngSeed::Fixed(0x6c61_7773),
            fixed @ RngSeed::Fixed(_) => fixed,
        },
        failure_persistence: None,
        max_shrink_iters: 400,
        ..asked
    }
}

/// A site in memory. Where two files are written to one path it keeps both, as an archive with errors may ask for.
#[derive(Debug, Default)]
struct Kept(Mutex<Site>);

/// Files by path.
pub(crate) type Site = BTreeMap<String, Vec<Vec<u8>>>;

impl Sink for Kept {
    fn put(&self, path: &OutputPath, bytes: &[u8]) -> io::Result<()> {
        self.0.lock().unwrap().entry(path.to_string()).or_default().push(bytes.to_vec());
        Ok(())
    }

    fn copy(&self, path: &OutputPath, from: &Path, _: &blake3::Hash, _: u64) -> io::Result<()> {
        self.put(path, &fs::read(from)?)
    }
}

/// A build in memory: its files, and all that was reported.
pub(crate) struct Built {
    pub(crate) site: Site,
    pub(crate) diagnostics: Diagnostics,
    pub(crate) withheld: Withheld,
}

pub(crate) fn public() -> Edition {
    Edition::public(Instant::parse_as_of(AS_OF).unwrap())
}

/// The edition that shows everything but what has expired.
pub(crate) fn everything() -> Edition {
    Edition {
        name: "everything".into(),
        shown: None,
        admits: Tlp::ALL.into_iter().collect(),
        drafts: true,
        future: true,
        as_of: Instant::parse_as_of("2100-01-01T00:00Z").unwrap(),
    }
}

pub(crate) fn sources_of(files: &Files) -> Sources {
    Sources::from_texts(files.pairs())
}

/// The archive in the folder `root`.
pub(crate) fn sources_in(root: &Path) -> (Sources, Diagnostics) {
    let mut diagnostics = Diagnostics::new();
    let sources = sources::read(root, None, &Limits::default(), &mut diagnostics).unwrap();
    (sources, diagnostics)
}

/// Builds `sources`, whatever is wrong with them.
pub(crate) fn build(sources: &Sources, edition: &Edition, from_disk: bool) -> Built {
    let mut diagnostics = Diagnostics::new();
    let settings = settings::parse(sources, &mut diagnostics);
    let build = brief::plan(sources, &settings, edition, from_disk, &mut diagnostics);
    let kept = Kept::default();
    let drawn = build.render(&kept, &|_| ()).unwrap();
    diagnostics.extend(drawn);
    diagnostics.sort();
    let mut site = kept.0.into_inner().unwrap();
    if !diagnostics.has_errors() {
        let files: BTreeMap<String, Vec<u8>> =
            site.iter().map(|(path, files)| (path.clone(), files.concat())).collect();
        let leaks = brief::leaks::check(sources, &build, &files).unwrap();
        assert_eq!(leaks.iter().map(|leak| &leak.message).collect::<Vec<_>>(), Vec::<&String>::new());
    }
    // Which of two files at one path comes first is nobody's promise.
    for files in site.values_mut() {
        files.sort();
    }
    Built { site, diagnostics, withheld: build.withheld }
}

/// Writes an archive below `root`.
pub(crate) fn lay_out(root: &Path, files: &Files) {
    let texts = files.texts.iter().map(|(path, text)| (path, text.as_bytes()));
    for (path, bytes) in texts.chain(files.assets.iter().map(|(path, bytes)| (path, &bytes[..]))) {
        put(root, path, bytes);
    }
}

pub(crate) fn put(root: &Path, path: &str, bytes: &[u8]) {
    let file = root.join(path);
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    fs::write(file, bytes).unwrap();
}

/// `brief build --root ROOT` as of the usual instant, with `more` arguments.
pub(crate) fn brief(root: &Path, more: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_brief"));
    command.arg("build").arg("--root").arg(root).args(["--as-of", AS_OF]).args(more);
    command.env_remove("SOURCE_DATE_EPOCH");
    command
}

/// Runs it, and tells its exit code.
pub(crate) fn run(mut command: Command) -> (i32, Output) {
    let output = command.output().unwrap();
    (output.status.code().expect("nothing kills it"), output)
}

/// Every file below `folder` by its path, with its bytes.
pub(crate) fn tree(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let files = walkdir::WalkDir::new(folder).into_iter().map(Result::unwrap);
    files
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            let path = entry.path().strip_prefix(folder).unwrap().to_str().unwrap().to_owned();
            (path, fs::read(entry.path()).unwrap())
        })
        .collect()
}

/// What is different between two sites, for messages.
pub(crate) fn difference(one: &Site, other: &Site) -> Option<String> {
    let paths = one.keys().chain(other.keys());
    let path = paths.into_iter().find(|path| one.get(*path) != other.get(*path))?;
    let show = |site: &Site| match site.get(path) {
        None => "no such file".to_owned(),
        Some(files) => files.iter().map(|file| String::from_utf8_lossy(file).into_owned()).collect(),
    };
    let (one, other) = (show(one), show(other));
    let lines = one.lines().zip(other.lines()).filter(|(one, other)| one != other).take(4);
    let lines: String = lines.flat_map(|(one, other)| ["- ", one, "\n+ ", other, "\n"]).collect();
    Some(format!("`{path}` differs ({} and {} bytes):\n{lines}", one.len(), other.len()))
}
