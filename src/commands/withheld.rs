use clap::Args;

use super::{Broken, Shared};

/// The options of `brief withheld`.
#[derive(Clone, Debug, Args)]
pub(super) struct Options {
    #[command(flatten)]
    edition: super::edition::Options,
}

/// To come.
pub(super) fn run(_: &Shared, _: &Options) -> Result<bool, Broken> {
    Err(Broken::new("`brief withheld` is not there yet"))
}
