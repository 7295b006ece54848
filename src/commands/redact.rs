use clap::Args;

use super::{Broken, Shared};

/// The options of `brief redact`.
#[derive(Clone, Debug, Args)]
pub(super) struct Options {
    /// The name, as it is written
    name: String,
    /// What stands in its place
    #[arg(long = "as", value_name = "PSEUDONYM")]
    pseudonym: Option<String>,
}

/// To come.
pub(super) fn run(_: &Shared, _: &Options) -> Result<bool, Broken> {
    Err(Broken::new("`brief redact` is not there yet"))
}
