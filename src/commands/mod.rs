//! What users run: arguments in, stages called, talk out, exit code.
//!
//! Besides `sources` and `output`, only this module touches the clock, the environment or the terminal.

mod build;
mod check;
mod edition;
mod fresh;
mod git;
mod import;
mod init;
mod inputs;
mod list;
mod new;
mod nowhere;
mod progress;
mod redact;
mod report;
mod schema;
mod serve;
mod shell;
mod timings;
mod withheld;

use std::{
    io::{self, Write},
    path::PathBuf,
    process::ExitCode,
};

use clap::{Args, Parser, Subcommand, ValueEnum};

/// The archive has errors (warnings too, under `--strict`).
const MISTAKES: u8 = 1;
/// `brief` could not run.
const COULD_NOT_RUN: u8 = 2;

/// Turn a folder of briefings into a static, cross-linked archive.
#[derive(Debug, Parser)]
#[command(name = "brief", version, propagate_version = true, disable_help_subcommand = true, after_help = EXAMPLES)]
struct Cli {
    #[command(subcommand)]
    command: Command,
    #[command(flatten)]
    shared: Shared,
}

/// What every command takes, before or after its name.
#[derive(Clone, Debug, Args)]
struct Shared {
    /// The archive's folder
    #[arg(long, global = true, value_name = "DIR", default_value = ".")]
    root: PathBuf,
    /// Another settings file than ROOT/brief.toml
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    /// How mistakes and results are written: for people, or one JSON object a line on standard output; `check` knows
    /// `sarif` and `github` too, `list` knows `csv` and `paths`
    #[arg(long = "format", global = true, value_name = "FORMAT", default_value = "human")]
    written: Written,
    /// The one of the two formats that talk is written in.
    #[arg(skip)]
    format: OutputFormat,
    /// Say nothing but mistakes
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    quiet: bool,
    /// Say also which files changed, and how long each stage took
    #[arg(short, long, global = true)]
    verbose: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum OutputFormat {
    #[default]
    Human,
    Json,
}

/// A format that some command knows. Beside all but `json` talk is for people.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Written {
    Human,
    Json,
    Sarif,
    Github,
    Csv,
    Paths,
}

impl Shared {
    /// Settles the format that talk is written in; an error where `command` does not know what is asked for.
    fn settle(&mut self, command: &Command) -> Result<(), Broken> {
        let knows = match self.written {
            Written::Human => true,
            Written::Json => {
                self.format = OutputFormat::Json;
                true
            }
            Written::Sarif | Written::Github => matches!(command, Command::Check(_)),
            Written::Csv | Written::Paths => matches!(command, Command::List(_)),
        };
        let known = match command {
            Command::Check(_) => "`human`, `json`, `sarif` or `github`",
            Command::List(_) => "`human`, `json`, `csv` or `paths`",
            _ => "`human` or `json`",
        };
        let refused = || Broken::new("this command does not know that format").help(format!("write {known}"));
        if knows { Ok(()) } else { Err(refused()) }
    }
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Make a new archive
    #[command(after_help = init::EXAMPLES)]
    Init(init::Options),
    /// Begin a briefing or a profile
    #[command(after_help = new::EXAMPLES)]
    New(new::Options),
    /// Build the site
    #[command(after_help = BUILD_EXAMPLES)]
    Build(build::Options),
    /// Look for mistakes, and for what an editor should see; write nothing
    #[command(after_help = check::EXAMPLES)]
    Check(check::Options),
    /// List briefings, actors, locations or claims
    #[command(after_help = list::EXAMPLES)]
    List(list::Options),
    /// Show the site in a browser, which follows every change
    #[command(after_help = SERVE_EXAMPLES)]
    Serve(serve::Options),
    /// List what an edition keeps back, and what turns public next
    #[command(after_help = withheld::EXAMPLES)]
    Withheld(withheld::Options),
    /// Import an archive of another generator, a table, or an article as a draft
    #[command(after_help = IMPORT_EXAMPLES)]
    Import(import::Options),
    /// Take a name out of the archive, for good
    #[command(after_help = REDACT_EXAMPLES)]
    Redact(redact::Options),
    /// Print a JSON Schema of front matter or settings, for editors
    #[command(after_help = schema::EXAMPLES)]
    Schema(schema::Options),
    /// Print completions for a shell
    #[command(after_help = shell::COMPLETIONS_EXAMPLES)]
    Completions(shell::CompletionsOptions),
    /// Print the manual page, or write those of all commands
    #[command(after_help = shell::MAN_EXAMPLES)]
    Man(shell::ManOptions),
}

const EXAMPLES: &str = "\
Examples:
  brief init desk           make an archive in the folder desk
  brief new 'Talks go on'   begin a briefing
  brief build               build the archive in this folder into public/
  brief build --root desk   build the archive in the folder desk
  brief serve --open        show it in the browser, and follow every change
  brief check               everything that a build checks, and more; nothing is written
  brief list --actor Hamas  what names an actor
  brief withheld            what is kept back, and what turns public next
  brief build --help        all that a build can do

An archive is a folder with brief.toml (one line, title = \"...\", is enough) and Markdown files below
content/briefings/.";

const BUILD_EXAMPLES: &str = "\
Examples:
  brief build                              build the archive in this folder into public/
  brief build --root desk --output /srv/x  build another folder, elsewhere
  brief build --drafts --future            preview what is not published yet, into preview/
  brief build --as-of 2025-05-16T06:00Z    build as of that instant
  brief build --strict --format json      for CI: warnings count, one JSON object a line

Exit codes: 0 done, 1 the archive has errors, 2 brief could not run.";

const REDACT_EXAMPLES: &str = "\
Examples:
  brief redact 'John Doe' --dry-run              show what would change
  brief redact 'John Doe'                        put `Name withheld` in its place
  brief redact 'John Doe' --as 'Witness A'       put `Witness A` in its place
  brief redact 'John Doe' --also 'Johnny D. Doe' look for this spelling too

What was published before, the history of git, backups and caches are not changed.

Exit codes: 0 done, 1 the archive would have errors, 2 brief could not do it; nothing is written then.";

const SERVE_EXAMPLES: &str = "\
Examples:
  brief serve                        show this folder's archive on http://127.0.0.1:1111/
  brief serve --open --drafts        with drafts, in a browser window of its own
  brief serve --port 8080            on another port; where it is taken, on the next free one
  brief serve --edition partners     what partners will see
  brief serve --host 0.0.0.0 --allow-host desk.local   for the local network too

The browser follows every change of content, templates, themes, static files and brief.toml. Where there are
mistakes it lists them, over the last good site. Nothing is written: public/ is for `brief build`. Ctrl-C ends it.";

const IMPORT_EXAMPLES: &str = "\
Examples:
  brief import ../old-site --dry-run                  show what would become of it
  brief import ../old-site --into desk                import it into the folder desk
  brief import ../old-site --map authors=actors       say what an old key is here
  brief import ../vault --from obsidian               say what it is written for
  brief import events.csv --map org=actors            a table: a row a briefing
  brief import article.txt --dry-run                  an article: what a draft would propose, with its places
  brief import article.html --date 2025-05-15         the draft, for an article without a date of its own

What is there already is never overwritten. Run twice, the second changes nothing.";

/// Why `brief` could not run, and what can be done.
#[derive(Debug)]
struct Broken {
    message: String,
    help: Option<String>,
}

impl Broken {
    fn new(message: impl Into<String>) -> Self {
        Self { message: message.into(), help: None }
    }

    fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// Says it where mistakes are said.
    fn tell(&self, format: OutputFormat) {
        let Self { message, help } = self;
        if format == OutputFormat::Json {
            let line = serde_json::json!({"severity": "error", "code": "could-not-run", "message": message, "help": help});
            let _ = writeln!(io::stdout(), "{line}");
            return;
        }
        let mut stderr = anstream::stderr();
        let _ = writeln!(stderr, "error: {message}");
        if let Some(help) = help {
            let _ = writeln!(stderr, "help: {help}");
        }
    }
}

/// Runs the command line.
pub fn main() -> ExitCode {
    let mut cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            // Help and version are no mistakes; where not even they can be written nobody listens.
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() { COULD_NOT_RUN } else { 0 });
        }
    };
    if let Err(broken) = cli.shared.settle(&cli.command) {
        broken.tell(OutputFormat::Human);
        return ExitCode::from(COULD_NOT_RUN);
    }
    let outcome = match &cli.command {
        Command::Init(options) => init::run(&cli.shared, options),
        Command::New(options) => new::run(&cli.shared, options),
        Command::Build(options) => build::run(&cli.shared, options),
        Command::Check(options) => check::run(&cli.shared, options),
        Command::List(options) => list::run(&cli.shared, options),
        Command::Serve(options) => serve::run(&cli.shared, options),
        Command::Withheld(options) => withheld::run(&cli.shared, options),
        Command::Import(options) => import::run(&cli.shared, options),
        Command::Redact(options) => redact::run(&cli.shared, options),
        Command::Schema(options) => schema::run(&cli.shared, options),
        Command::Completions(options) => shell::completions(options),
        Command::Man(options) => shell::man(options),
    };
    match outcome {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(MISTAKES),
        Err(broken) => {
            broken.tell(cli.shared.format);
            ExitCode::from(COULD_NOT_RUN)
        }
    }
}

/// Whether styles may be written to standard error: on a terminal, unless `NO_COLOR` says otherwise; elsewhere where
/// `CLICOLOR_FORCE` does.
fn colour() -> bool {
    !matches!(anstream::AutoStream::choice(&io::stderr()), anstream::ColorChoice::Never)
}
