use std::{
    env,
    io::{self, BufRead, IsTerminal as _, Write},
    path::{Path, PathBuf},
};

use chrono_tz::Tz;
use clap::{Args, ValueEnum};

use super::{
    Broken, OutputFormat, Shared, edition, fresh,
    report::{Report, said},
};
use crate::{
    diagnostics::did_you_mean,
    model::is_language,
    settings::BaseUrl,
    sources::SETTINGS,
    start::{self, Answers, Ci, Origin},
};

pub(super) const EXAMPLES: &str = "\
Examples:
  brief init desk                            ask four questions, and make an archive in the folder desk
  brief init desk --yes --title 'Gulf desk'  ask nothing
  brief init --yes --ci github               in this folder, with a workflow that publishes it
  brief init tour --from-example             the archive that comes with brief, to look at

Nothing that is there is overwritten: a folder with brief.toml is refused, and any other file that is there stays.

Exit codes: 0 done, 2 brief could not do it; nothing is written then.";

/// The options of `brief init`.
#[derive(Clone, Debug, Args)]
pub(super) struct Options {
    /// The archive's folder, made if it is not there; that of `--root`
    dir: Option<PathBuf>,
    /// The archive's title; its folder's name if nobody is asked
    #[arg(long)]
    title: Option<String>,
    /// Where the site will stand, `https://desk.example/`; empty if that is not known yet
    #[arg(long, value_name = "URL")]
    base_url: Option<String>,
    /// The archive's language, a BCP 47 tag; `en` if nobody is asked
    #[arg(long, value_name = "TAG")]
    language: Option<String>,
    /// The desk's time zone, an IANA name; this machine's if nobody is asked
    #[arg(long, value_name = "ZONE")]
    timezone: Option<String>,
    /// Ask nothing
    #[arg(short, long)]
    yes: bool,
    /// Unpack the archive that comes with brief
    #[arg(long, conflicts_with_all = ["title", "base_url", "language", "timezone"])]
    from_example: bool,
    /// Write a workflow too, which checks, builds and publishes
    #[arg(long, value_name = "SERVICE")]
    ci: Option<Service>,
    /// Where the workflow gets brief from: the address of its git repository
    #[arg(long, value_name = "URL", requires = "ci")]
    brief_git: Option<String>,
    /// Which commit or tag of it
    #[arg(long, value_name = "REV", requires = "brief_git")]
    brief_rev: Option<String>,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Service {
    Github,
    Gitlab,
    Netlify,
    Cloudflare,
}

/// Makes an archive that builds.
pub(super) fn run(shared: &Shared, options: &Options) -> Result<bool, Broken> {
    if shared.config.is_some() {
        return Err(Broken::new("`brief init` writes `brief.toml` and no other settings")
            .help("leave out `--config`"));
    }
    let root = options.dir.as_ref().unwrap_or(&shared.root);
    if root.join(SETTINGS).symlink_metadata().is_ok() {
        let message = format!("`{}` is there already: this is an archive", root.join(SETTINGS).display());
        return Err(Broken::new(message).help("name another folder: `brief init DIR`"));
    }
    let mut files = if options.from_example {
        start::example()
    } else {
        let answers = answers(options, root)?;
        let zone = zone(&answers.timezone).unwrap_or(Tz::UTC);
        start::archive(&answers, edition::as_of(None)?.day_in(zone))
    };
    let mut unsaid = None;
    if let Some(service) = options.ci {
        let origin = Origin {
            git: options.brief_git.clone().unwrap_or_default(),
            rev: options.brief_rev.clone().unwrap_or_default(),
        };
        let workflow = start::workflow(service.into(), &origin);
        if origin.git.is_empty() || origin.rev.is_empty() {
            unsaid = Some(workflow.path.clone());
        }
        // The settings stay last.
        files.insert(files.len() - 1, workflow);
    }
    let written = fresh::write(root, &files)?;
    said(tell(shared, root, &written, unsaid.as_deref()))?;
    Ok(true)
}

/// So many files are listed by their names.
const LISTED: usize = 10;

fn tell(shared: &Shared, root: &Path, written: &fresh::Written, unsaid: Option<&str>) -> io::Result<()> {
    let report = Report::new(shared);
    for path in &written.kept {
        report.note(&format!("`{path}` was there and stays as it is"))?;
    }
    if let Some(path) = unsaid {
        report
            .note(&format!("say in `{path}` where the workflow gets brief from: `BRIEF_GIT`, `BRIEF_REV`"))?;
    }
    // Of many files their number says more.
    if !shared.quiet && shared.format == OutputFormat::Human && written.new.len() <= LISTED {
        let mut stderr = io::stderr().lock();
        for path in &written.new {
            writeln!(stderr, "wrote {path}")?;
        }
    }
    let here = root.as_os_str().is_empty() || root == Path::new(".");
    let root = if here { String::new() } else { format!(" --root {}", shell(&root.display().to_string())) };
    let words = format!("{} files written; see it with `brief serve --open{root}`", written.new.len());
    report.summary(&words, &serde_json::json!({"written": written.new, "kept": written.kept}))
}

/// A word as a shell takes it.
fn shell(word: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || "/._-".contains(c);
    if word.chars().all(is_plain) { word.into() } else { format!("'{}'", word.replace('\'', "'\\''")) }
}

impl From<Service> for Ci {
    fn from(service: Service) -> Self {
        match service {
            Service::Github => Self::Github,
            Service::Gitlab => Self::Gitlab,
            Service::Netlify => Self::Netlify,
            Service::Cloudflare => Self::Cloudflare,
        }
    }
}

/// A question, with what stands for an empty answer.
struct Question {
    flag: &'static str,
    words: &'static str,
    default: String,
    /// What is to be written, or what is wrong and what can be done.
    check: fn(&str) -> Result<String, (String, String)>,
}

fn questions(root: &Path) -> [Question; 4] {
    [
        Question { flag: "--title", words: "Title", default: titled(root), check: title },
        Question {
            flag: "--base-url",
            words: "Where the site will stand, as https://desk.example/ (may be empty)",
            default: String::new(),
            check: base_url,
        },
        Question {
            flag: "--language",
            words: "Language (BCP 47)",
            default: "en".into(),
            check: |written| {
                let wrong =
                    || (format!("`{written}` is no language tag"), "write `en`, `ar` or `pt-BR`".into());
                if is_language(written) { Ok(written.into()) } else { Err(wrong()) }
            },
        },
        Question {
            flag: "--timezone",
            words: "Time zone",
            default: machine_zone(),
            check: |written| {
                zone(written).map(|zone| zone.name().to_owned()).ok_or_else(|| {
                    let near = did_you_mean(written, chrono_tz::TZ_VARIANTS.iter().map(|zone| zone.name()));
                    let help = near.unwrap_or_else(|| "write an IANA name such as `Asia/Jerusalem`".into());
                    (format!("`{written}` is no time zone"), help)
                })
            },
        },
    ]
}

fn title(written: &str) -> Result<String, (String, String)> {
    if written.chars().any(char::is_control) {
        return Err(("a title has no line breaks or other controls".into(), "write it on one line".into()));
    }
    if written.is_empty() {
        Err(("the title is empty".into(), "write one".into()))
    } else {
        Ok(written.into())
    }
}

fn base_url(written: &str) -> Result<String, (String, String)> {
    if written.is_empty() {
        return Ok(String::new());
    }
    BaseUrl::parse(written).map(|url| url.as_str().to_owned()).map_err(|why| {
        let help = "write it like `https://desk.example/archive/`, or leave it empty";
        (format!("`{written}` is no base address: {why}"), help.into())
    })
}

fn zone(name: &str) -> Option<Tz> {
    name.parse().ok()
}

/// What is answered by flags, by the terminal, or by nobody.
fn answers(options: &Options, root: &Path) -> Result<Answers, Broken> {
    let given = [&options.title, &options.base_url, &options.language, &options.timezone];
    let asks = !options.yes && given.iter().any(|flag| flag.is_none());
    if asks && !(io::stdin().is_terminal() && io::stderr().is_terminal()) {
        let help = "add `--yes`, and of `--title`, `--base-url`, `--language` and `--timezone` what is not to \
                    be guessed";
        return Err(Broken::new("`brief init` asks its questions on a terminal, and this is none").help(help));
    }
    let mut answers = Vec::new();
    for (question, flag) in questions(root).iter().zip(given) {
        answers.push(match flag {
            Some(written) => (question.check)(written.trim()).map_err(|(message, help)| {
                Broken::new(format!("`{}`: {message}", question.flag)).help(help)
            })?,
            None if options.yes => question.default.clone(),
            None => ask(question, &mut io::stdin().lock(), &mut io::stderr().lock())?,
        });
    }
    let mut answers = answers.into_iter();
    let mut next = || answers.next().unwrap_or_default();
    Ok(Answers {
        title: next(),
        base_url: Some(next()).filter(|url| !url.is_empty()),
        language: next(),
        timezone: next(),
    })
}

/// Asks until the answer can be used. Where the terminal ends, so does the command, before anything is written.
fn ask(question: &Question, input: &mut impl BufRead, output: &mut impl Write) -> Result<String, Broken> {
    let gone = || Broken::new("nobody answers, so nothing was written").help("add `--yes` to ask nothing");
    loop {
        let shown =
            if question.default.is_empty() { String::new() } else { format!(" [{}]", question.default) };
        write!(output, "{}{shown}: ", question.words).and_then(|()| output.flush()).map_err(|_| gone())?;
        let mut line = String::new();
        match input.read_line(&mut line) {
            Ok(0) | Err(_) => return Err(gone()),
            Ok(_) => {}
        }
        let written = line.trim();
        match (question.check)(if written.is_empty() { &question.default } else { written }) {
            Ok(answer) => return Ok(answer),
            Err((message, help)) => writeln!(output, "{message}; {help}").map_err(|_| gone())?,
        }
    }
}

/// The folder's name with blanks, its first letter large.
fn titled(root: &Path) -> String {
    let whole = std::path::absolute(root).unwrap_or_default();
    let name =
        whole.file_name().map(|name| name.to_string_lossy().replace(['-', '_'], " ")).unwrap_or_default();
    let name: String = name.chars().filter(|c| !c.is_control()).collect();
    let mut letters = name.trim().chars();
    letters.next().map_or_else(|| "Archive".into(), |first| first.to_uppercase().chain(letters).collect())
}

/// The zone that this machine is set to: `TZ`, else what the system says; UTC if neither is an IANA name.
fn machine_zone() -> String {
    let set = env::var("TZ").ok().and_then(|name| zone(name.trim_start_matches(':')));
    let system = || iana_time_zone::get_timezone().ok().and_then(|name| zone(&name));
    set.or_else(system).unwrap_or(Tz::UTC).name().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(place: usize, typed: &str) -> (Result<String, Broken>, String) {
        let mut output = Vec::new();
        let question = &questions(Path::new("gulf-desk"))[place];
        let answer = ask(question, &mut typed.as_bytes(), &mut output);
        (answer, String::from_utf8(output).unwrap())
    }

    #[test]
    fn an_empty_answer_takes_what_is_shown() {
        let (answer, shown) = asked(0, "\n");
        assert_eq!((answer.unwrap().as_str(), shown.as_str()), ("Gulf desk", "Title [Gulf desk]: "));
        assert_eq!(asked(1, "\n").0.unwrap(), "");
        assert_eq!(asked(2, "  ar \r\n").0.unwrap(), "ar");
    }

    #[test]
    fn an_answer_that_cannot_be_used_is_asked_for_again() {
        let (answer, shown) = asked(1, "desk.example\nhttps://desk.example\n");
        assert_eq!(answer.unwrap(), "https://desk.example/");
        assert!(shown.contains("an absolute address starts with"), "{shown}");
        let (answer, shown) = asked(3, "Asia/Jerusalme\nAsia/Jerusalem\n");
        assert_eq!(answer.unwrap(), "Asia/Jerusalem");
        assert!(shown.contains("did you mean `Asia/Jerusalem`?"), "{shown}");
    }

    #[test]
    fn a_terminal_that_ends_ends_the_questions() {
        assert_eq!(asked(0, "").0.unwrap_err().message, "nobody answers, so nothing was written");
    }

    #[test]
    fn a_shell_takes_a_folder_for_one_word() {
        assert_eq!(shell("a/b-1"), "a/b-1");
        assert_eq!(shell("it's here"), "'it'\\''s here'");
    }
}
