//! An archive as a site on this machine that follows every change: the stages of a build, run again and again, and a
//! server that draws a page when it is asked for.
//!
//! It writes nothing, and sends what a build would write, but for one script tag.

mod answer;
mod events;
mod hosts;
mod listen;
mod media;
mod memory;
mod policy;
mod rounds;
mod rules;
mod show;
mod site;
mod watch;

use std::{
    sync::{Arc, mpsc},
    thread,
};

use clap::Args;

use super::{
    Broken, Shared, edition,
    report::{Report, said},
};
use crate::model::encode_path;
use hosts::Hosts;
use rounds::Rounds;
use show::Show;

/// The options of `brief serve`.
#[derive(Clone, Debug, Args)]
pub(super) struct Options {
    /// The port; where it is taken, the next free one. 0 for any
    #[arg(short, long, value_name = "PORT", default_value_t = 1111)]
    port: u16,
    /// The address to serve on; `0.0.0.0` shows the site, drafts and mistakes too, to the whole network
    #[arg(long, value_name = "HOST", default_value = "127.0.0.1")]
    host: String,
    /// Answer to this name too; may be given several times
    #[arg(long, value_name = "NAME")]
    allow_host: Vec<String>,
    /// Open the site in the browser
    #[arg(long)]
    open: bool,
    #[command(flatten)]
    edition: edition::Options,
}

/// Serves the site until it is interrupted.
pub(super) fn run(shared: &Shared, options: &Options) -> Result<bool, Broken> {
    let report = Report::new(shared);
    let (listener, taken) = listen::bind(&options.host, options.port)?;
    let address = listener.local_addr().map_err(|error| listen::refused(&options.host, &error))?;
    let show = Arc::new(Show::new());
    let mut rounds = Rounds::new(shared, &options.edition, show.clone())?;
    // Watching begins before anything is built, so that no change is missed.
    let changes = watch::Changes::of(rounds.reader())?;
    rounds.first()?;
    if let Some(taken) = taken {
        said(report.note(&format!("port {taken} is taken; the next free one is {}", address.port())))?;
    }
    let home = format!("http://{}{}", listen::shown(address), encode_path(&show.base()));
    said(report.serving(&home))?;
    if options.open
        && let Err(error) = open::that_detached(&home)
    {
        said(report.note(&format!("no browser could be opened: {error}")))?;
    }
    let (broke, broken) = mpsc::channel();
    let hosts = Hosts::new(&options.host, &options.allow_host);
    let server = broke.clone();
    thread::spawn(move || server.send(listen::serve(listener, &Arc::new(hosts), &show)));
    thread::spawn(move || broke.send(rounds.follow(changes)));
    // Both go on until the process is interrupted, which ends it at once: there is nothing to clear away.
    match broken.recv() {
        Ok(Err(broken)) => Err(broken),
        _ => Err(Broken::new("the server ended")),
    }
}
