mod article;

use std::{
    collections::BTreeSet,
    fs,
    io::{self, Write},
    path::{Path, PathBuf},
};

use clap::{Args, ValueEnum};
use walkdir::{DirEntry, WalkDir};

use super::{Broken, OutputFormat, Shared, progress::Progress};
use crate::{
    import::{self, Desk, Dialect, Import, NewContent, NewFile, OldFile, is_read},
    model::{Day, Instant, SourcePath},
    sources::SETTINGS,
};

/// The options of `brief import`.
#[derive(Clone, Debug, Args)]
pub(super) struct Options {
    /// The old archive's folder, a table, or an article as text or HTML
    archive: PathBuf,
    /// What the old archive is written for; guessed if it is not said
    #[arg(long, value_name = "DIALECT")]
    from: Option<From>,
    /// The desk's folder, made if it is not there; that of `--root`
    #[arg(long, value_name = "DIR")]
    into: Option<PathBuf>,
    /// An old key, and ours that takes its values: `authors=actors`
    #[arg(long, value_name = "OLD=NEW", value_parser = pair)]
    map: Vec<(String, String)>,
    /// How the old posts' addresses were made, where no settings say it: `/:year/:month/:title/`
    #[arg(long, value_name = "PATTERN")]
    permalink: Option<String>,
    /// Where the old site stood, where no settings say it
    #[arg(long, value_name = "URL")]
    old_url: Option<String>,
    /// The day on which an article appeared, where it does not say it
    #[arg(long, value_name = "DAY", value_parser = day)]
    date: Option<Day>,
    /// Where an article stands
    #[arg(long, value_name = "URL")]
    url: Option<String>,
    /// Show what would be made of it, and write nothing
    #[arg(long)]
    dry_run: bool,
    /// Write the report into a file too
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum From {
    Jekyll,
    Hugo,
    Zola,
    Obsidian,
    Csv,
}

impl From {
    fn dialect(self) -> Dialect {
        match self {
            Self::Jekyll => Dialect::Jekyll,
            Self::Hugo => Dialect::Hugo,
            Self::Zola => Dialect::Zola,
            Self::Obsidian => Dialect::Obsidian,
            Self::Csv => Dialect::Csv,
        }
    }
}

fn day(text: &str) -> Result<Day, String> {
    Day::parse(text).map_err(|error| error.message)
}

fn pair(text: &str) -> Result<(String, String), String> {
    let (old, new) = text.split_once('=').ok_or("write OLD=NEW, such as `authors=actors`")?;
    let (old, new) = (old.trim(), new.trim());
    let is_key = |key: &str| !key.is_empty() && !key.contains(char::is_whitespace);
    if old.is_empty() || !is_key(new) {
        return Err("write OLD=NEW, such as `authors=actors`".into());
    }
    Ok((old.to_owned(), new.to_owned()))
}

/// What became of the files of an import on disk.
#[derive(Default)]
struct Written {
    new: usize,
    unchanged: usize,
    /// Files that are there and differ: somebody has edited them, or they are the desk's own.
    kept: Vec<String>,
}

/// Imports an old archive, or an article, into a desk.
pub(super) fn run(shared: &Shared, options: &Options) -> Result<bool, Broken> {
    if article::is_one(&options.archive) {
        return article::run(shared, options);
    }
    let broken = |error: &io::Error| Broken::new(format!("the import failed: {error}"));
    let into = options.into.clone().unwrap_or_else(|| shared.root.clone());
    let progress = Progress::begin(shared, "reading the old archive");
    let (files, mut links) = old_files(&options.archive, &into)?;
    let desk = desk(&into).map_err(|error| broken(&error))?;
    let name =
        options.archive.canonicalize().ok().and_then(|path| Some(path.file_stem()?.to_str()?.to_owned()));
    let said = import::Options {
        from: options.from.map(From::dialect),
        map: options.map.clone(),
        permalink: options.permalink.clone(),
        url: options.old_url.clone(),
        name: name.unwrap_or_else(|| "Archive".into()),
    };
    check(&said, &desk)?;
    progress.next("importing");
    let Some(mut import) = import::import(&files, &desk, &said) else {
        let help = "say it: `--from jekyll`, `hugo`, `zola`, `obsidian` or `csv`";
        return Err(Broken::new("nothing tells what this archive is written for").help(help));
    };
    if !links.is_empty() {
        import.report.files += links.len();
        import.report.left.entry("no file of the archive's own".into()).or_default().append(&mut links);
    }
    progress.next("comparing");
    let written = if options.dry_run {
        compared(&import, &options.archive, &into).map_err(|error| broken(&error))?.0
    } else {
        write(&import, &options.archive, &into, &progress).map_err(|error| broken(&error))?
    };
    progress.end();
    tell(shared, options, &import, &written).map_err(|error| broken(&error))?;
    Ok(true)
}

/// Refuses keys that nothing here is called.
fn check(options: &import::Options, desk: &Desk) -> Result<(), Broken> {
    for (old, new) in &options.map {
        if !import::is_key(new, desk) {
            let message = format!("`--map {old}={new}`: there is no key `{new}` here");
            let help =
                format!("declare a kind with the key `{new}` in `brief.toml`, or write `{old}=extra.{new}`");
            return Err(Broken::new(message).help(help));
        }
    }
    Ok(())
}

/// Every file of the old archive, and what is none.
fn old_files(archive: &Path, into: &Path) -> Result<(Vec<OldFile>, Vec<String>), Broken> {
    let missing = |error: io::Error| Broken::new(format!("cannot read `{}`: {error}", archive.display()));
    let root = archive.canonicalize().map_err(missing)?;
    if root.is_file() {
        let name = root.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        if !name.ends_with(".csv") && !name.ends_with(".tsv") {
            let help = "give the folder of an archive, or a `.csv` file";
            return Err(
                Broken::new(format!("`{}` is neither a folder nor a table", archive.display())).help(help)
            );
        }
        return Ok((vec![old_file(&root, name).map_err(missing)?], Vec::new()));
    }
    let desk = into.canonicalize().ok();
    if desk.as_deref() == Some(&root) {
        return Err(
            Broken::new("the old archive and the desk are one folder").help("name another with `--into`")
        );
    }
    let is_machine = |entry: &DirEntry| {
        let name = entry.file_name();
        entry.depth() > 0
            && (name == ".git"
                || name == "node_modules"
                || desk.as_deref().is_some_and(|desk| entry.path() == desk))
    };
    let (mut files, mut none) = (Vec::new(), Vec::new());
    for entry in WalkDir::new(&root).sort_by_file_name().into_iter().filter_entry(|entry| !is_machine(entry))
    {
        let entry = entry.map_err(|error| missing(error.into()))?;
        let below = entry.path().strip_prefix(&root).unwrap_or(entry.path());
        let path = SourcePath::new(&below.to_string_lossy().replace('\\', "/")).to_string();
        if entry.file_type().is_dir() {
            continue;
        }
        let inside = entry.path().canonicalize().is_ok_and(|file| file.starts_with(&root) && file.is_file());
        if !inside || below.to_str().is_none() {
            none.push(path);
            continue;
        }
        files.push(old_file(entry.path(), path).map_err(missing)?);
    }
    Ok((files, none))
}

fn old_file(file: &Path, path: String) -> io::Result<OldFile> {
    let bytes = if is_read(&path) { Some(fs::read(file)?) } else { None };
    let changed = fs::metadata(file)?.modified().ok();
    let changed = changed.and_then(|time| time.duration_since(std::time::UNIX_EPOCH).ok());
    let changed = changed.and_then(|time| Instant::from_unix(time.as_secs().try_into().ok()?));
    Ok(OldFile { path, bytes, changed: changed.map(|instant| instant.day_in(chrono_tz::Tz::UTC)) })
}

fn desk(into: &Path) -> io::Result<Desk> {
    let settings = match fs::read_to_string(into.join(SETTINGS)) {
        Ok(text) => Some(text),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => return Err(error),
    };
    let content = into.join("content");
    let mut files = BTreeSet::new();
    if content.is_dir() {
        for entry in WalkDir::new(&content) {
            let entry = entry.map_err(io::Error::from)?;
            if let (true, Ok(below)) = (entry.file_type().is_file(), entry.path().strip_prefix(into)) {
                files.insert(SourcePath::new(&below.to_string_lossy().replace('\\', "/")).to_string());
            }
        }
    }
    Ok(Desk { settings, files })
}

/// What is there already and what is to be written.
fn compared<'i>(import: &'i Import, archive: &Path, into: &Path) -> io::Result<(Written, Vec<&'i NewFile>)> {
    let mut written = Written::default();
    let mut new = Vec::new();
    for file in &import.files {
        let target = into.join(&file.path);
        let there = match fs::read(&target) {
            Ok(there) => there,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                written.new += 1;
                new.push(file);
                continue;
            }
            Err(error) => return Err(io::Error::new(error.kind(), format!("`{}`: {error}", file.path))),
        };
        let same = match &file.content {
            NewContent::Text(text) => there == text.as_bytes(),
            NewContent::Copy(old) => there == fs::read(archive.join(old))?,
        };
        if same {
            written.unchanged += 1;
        } else {
            written.kept.push(file.path.clone());
        }
    }
    Ok((written, new))
}

/// Writes all that is not there: first into a folder of its own, so that an import that fails leaves nothing.
fn write(import: &Import, archive: &Path, into: &Path, progress: &Progress) -> io::Result<Written> {
    let (written, new) = compared(import, archive, into)?;
    if new.is_empty() {
        return Ok(written);
    }
    progress.next_of("writing", new.len());
    fs::create_dir_all(into)?;
    let staging = into.join(format!(".brief-import-{}", std::process::id()));
    let done = stage(&new, archive, &staging, progress).and_then(|()| {
        for file in &new {
            let target = into.join(&file.path);
            if let Some(folder) = target.parent() {
                fs::create_dir_all(folder)?;
            }
            fs::rename(staging.join(&file.path), &target)?;
        }
        Ok(())
    });
    let removed = fs::remove_dir_all(&staging);
    done.and(removed).map(|()| written)
}

fn stage(files: &[&NewFile], archive: &Path, staging: &Path, progress: &Progress) -> io::Result<()> {
    fs::create_dir(staging)?;
    for file in files {
        let target = staging.join(&file.path);
        if let Some(folder) = target.parent() {
            fs::create_dir_all(folder)?;
        }
        match &file.content {
            NewContent::Text(text) => fs::write(&target, text)?,
            NewContent::Copy(old) => drop(fs::copy(archive.join(old), &target)?),
        }
        progress.step();
    }
    Ok(())
}

/// The report: the last thing that is said, and the only thing on standard output.
fn tell(shared: &Shared, options: &Options, import: &Import, written: &Written) -> io::Result<()> {
    let mut lines = import.report.lines();
    lines.extend(written.kept.iter().map(|path| format!("kept as it is, since it differs: {path}")));
    let Written { new, unchanged, kept } = written;
    lines.push(if options.dry_run {
        format!("nothing written: {new} files would be, {unchanged} are there")
    } else {
        format!("{new} files written, {unchanged} unchanged, {} kept", kept.len())
    });
    let mut text = lines.join("\n");
    text.push('\n');
    if let Some(file) = options.report.as_ref().filter(|_| !options.dry_run) {
        fs::write(file, &text)?;
    }
    let mut stdout = io::stdout().lock();
    match shared.format {
        OutputFormat::Json => {
            let mut report = import.report.json();
            report["dry_run"] = options.dry_run.into();
            report["written"] = written.new.into();
            report["unchanged"] = written.unchanged.into();
            report["kept"] = written.kept.clone().into();
            writeln!(stdout, "{}", serde_json::json!({ "import": report }))
        }
        OutputFormat::Human if shared.quiet => Ok(()),
        OutputFormat::Human => stdout.write_all(text.as_bytes()),
    }
}
