//! `brief import ARTICLE`: a pasted article as the draft of a briefing.

use std::{
    fs,
    io::{self, IsTerminal, Write},
    path::{Path, PathBuf},
};

use super::{
    super::{Broken, OutputFormat, Shared, edition, inputs},
    Options,
};
use crate::{
    diagnostics::Diagnostics,
    documents,
    import::article::{self, About, Proposal, Registry},
    model::Day,
};

/// Whether `path` may be an article and no archive.
pub(super) fn is_one(path: &Path) -> bool {
    let table = path
        .extension()
        .is_some_and(|ending| ending.eq_ignore_ascii_case("csv") || ending.eq_ignore_ascii_case("tsv"));
    path.is_file() && !table
}

/// Imports an article.
pub(super) fn run(shared: &Shared, options: &Options) -> Result<bool, Broken> {
    let root = options.into.clone().unwrap_or_else(|| shared.root.clone());
    let unreadable =
        |error: io::Error| Broken::new(format!("cannot read `{}`: {error}", options.archive.display()));
    let bytes = fs::read(&options.archive).map_err(unreadable)?;
    if bytes.contains(&0) && !bytes.starts_with(&[0xff, 0xfe]) && !bytes.starts_with(&[0xfe, 0xff]) {
        let message = format!("`{}` is no text", options.archive.display());
        return Err(
            Broken::new(message).help("give a text or HTML file, the folder of an archive, or a `.csv` file")
        );
    }
    let registry = registry(&Shared { root: root.clone(), ..shared.clone() })?;
    let today = edition::as_of(None)?.day_in(chrono_tz::Tz::UTC);
    let file =
        options.archive.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let mut about = About { today, date: options.date, url: options.url.clone(), file };
    let text = article::decoded(&bytes);
    let mut proposal = article::propose(&text, &about, &registry);
    if proposal.published.unsure && about.date.is_none() && asks(shared) {
        about.date = ask(&proposal).map_err(|error| Broken::new(format!("the import failed: {error}")))?;
        if about.date.is_some() {
            proposal = article::propose(&text, &about, &registry);
        }
    }
    let Some(date) = proposal.published.day else {
        if !options.dry_run {
            let message = "nothing tells on which day this article appeared";
            return Err(Broken::new(message).help("say it: `--date 2025-05-15`"));
        }
        return tell(
            shared,
            options,
            &proposal,
            None,
            "nothing written: say the article's day with `--date`",
        )
        .map(|()| true);
    };
    let draft = article::draft(&proposal, date, today);
    if options.dry_run {
        let last = format!("nothing written: the draft would be {}", draft.path);
        return tell(shared, options, &proposal, Some(&draft.path), &last).map(|()| true);
    }
    let path = write(&root, &draft)?;
    tell(shared, options, &proposal, Some(&path), &format!("draft written: {path}")).map(|()| true)
}

fn registry(shared: &Shared) -> Result<Registry, Broken> {
    let mut diagnostics = Diagnostics::new();
    let inputs = inputs::read(shared, &mut diagnostics)?;
    let Some(settings) = inputs.settings else {
        let message = format!("`{}` holds no archive whose `brief.toml` can be read", shared.root.display());
        return Err(Broken::new(message)
            .help("name the archive's folder with `--root`, and see what `brief build` says"));
    };
    // What is wrong with single files is for `brief build` to say.
    let documents = documents::parse(&inputs.sources, &settings, &mut diagnostics);
    Ok(Registry::of(&documents, &settings))
}

/// Whether somebody can be asked.
fn asks(shared: &Shared) -> bool {
    shared.format == OutputFormat::Human
        && !shared.quiet
        && io::stdin().is_terminal()
        && io::stderr().is_terminal()
}

/// Asks for the article's day until the answer is one; an empty answer takes what is proposed.
fn ask(proposal: &Proposal) -> io::Result<Option<Day>> {
    let mut stderr = anstream::stderr();
    loop {
        writeln!(stderr, "On which day did this article appear? ({})", proposal.published.how)?;
        match proposal.published.day {
            Some(day) => write!(stderr, "[{day}] ")?,
            None => write!(stderr, "YYYY-MM-DD ")?,
        }
        stderr.flush()?;
        let mut answer = String::new();
        if io::stdin().read_line(&mut answer)? == 0 || answer.trim().is_empty() {
            return Ok(proposal.published.day);
        }
        match Day::parse(answer.trim()) {
            Ok(day) => return Ok(Some(day)),
            Err(error) => writeln!(stderr, "{}", error.message)?,
        }
    }
}

/// Writes the draft where nothing is yet, and says where that is.
fn write(root: &Path, draft: &article::Draft) -> Result<String, Broken> {
    let broken = |error: io::Error| Broken::new(format!("the import failed: {error}"));
    let target: PathBuf = root.join(&draft.path);
    if let Some(folder) = target.parent() {
        fs::create_dir_all(folder).map_err(broken)?;
    }
    let mut file = match fs::File::create_new(&target) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            let message = format!("`{}` is there already", draft.path);
            return Err(Broken::new(message).help("move it away, or look at the proposal with `--dry-run`"));
        }
        Err(error) => return Err(broken(error)),
    };
    file.write_all(draft.text.as_bytes()).map_err(broken)?;
    Ok(draft.path.clone())
}

fn tell(
    shared: &Shared,
    options: &Options,
    proposal: &Proposal,
    path: Option<&str>,
    last: &str,
) -> Result<(), Broken> {
    let broken = |error: io::Error| Broken::new(format!("the import failed: {error}"));
    let mut stdout = io::stdout().lock();
    if shared.format == OutputFormat::Json {
        let mut json = article::json(proposal);
        json["dry_run"] = options.dry_run.into();
        json["path"] = path.into();
        return writeln!(stdout, "{}", serde_json::json!({ "article": json })).map_err(broken);
    }
    if shared.quiet {
        return Ok(());
    }
    let mut lines = article::lines(proposal);
    if proposal.published.unsure && !options.dry_run {
        lines.push("the date is not sure: say another with `--date`".into());
    }
    lines.push(last.to_owned());
    writeln!(stdout, "{}", lines.join("\n")).map_err(broken)
}
