//! What a shell and `man` need to know of the command line; both read it from the arguments themselves.

use std::{fs, io, io::Write, path::PathBuf};

use clap::{Args, CommandFactory};
use clap_complete::Shell;

use super::{Broken, Cli, report::said, schema::unwritten};

pub(super) const COMPLETIONS_EXAMPLES: &str = "\
Examples:
  brief completions bash > ~/.local/share/bash-completion/completions/brief
  brief completions zsh > ~/.zfunc/_brief       with ~/.zfunc in fpath, before compinit
  brief completions fish > ~/.config/fish/completions/brief.fish
  brief completions powershell >> $PROFILE
  brief completions elvish >> ~/.config/elvish/rc.elv";

pub(super) const MAN_EXAMPLES: &str = "\
Examples:
  brief man | man -l -                            read the page of brief itself
  brief man --dir ~/.local/share/man/man1         install brief.1 and one page for each command

Pages that are there are written again.";

/// The options of `brief completions`.
#[derive(Clone, Debug, Args)]
pub(super) struct CompletionsOptions {
    /// The shell
    shell: Shell,
}

/// The options of `brief man`.
#[derive(Clone, Debug, Args)]
pub(super) struct ManOptions {
    /// Write every page into this folder: brief.1, brief-build.1 and so on
    #[arg(long, value_name = "DIR")]
    dir: Option<PathBuf>,
}

/// Prints the completions of a shell.
pub(super) fn completions(options: &CompletionsOptions) -> Result<bool, Broken> {
    let mut script = Vec::new();
    clap_complete::generate(options.shell, &mut Cli::command(), "brief", &mut script);
    said(io::stdout().write_all(&script))?;
    Ok(true)
}

/// Prints the page of `brief`, or writes all pages.
pub(super) fn man(options: &ManOptions) -> Result<bool, Broken> {
    let mut command = Cli::command();
    command.build();
    let Some(folder) = &options.dir else {
        said(io::stdout().write_all(&page(&command)?))?;
        return Ok(true);
    };
    fs::create_dir_all(folder).map_err(|error| unwritten(folder, &error))?;
    let commands = std::iter::once(&command).chain(command.get_subcommands());
    for command in commands.filter(|command| !command.is_hide_set()) {
        let name = command.get_display_name().unwrap_or_else(|| command.get_name());
        let path = folder.join(format!("{name}.1"));
        fs::write(&path, page(command)?).map_err(|error| unwritten(&path, &error))?;
    }
    Ok(true)
}

fn page(command: &clap::Command) -> Result<Vec<u8>, Broken> {
    let mut page = Vec::new();
    let written = clap_mangen::Man::new(command.clone()).render(&mut page);
    said(written)?;
    Ok(page)
}
