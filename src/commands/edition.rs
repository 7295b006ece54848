use std::{
    env,
    time::{SystemTime, UNIX_EPOCH},
};

use clap::Args;

use super::Broken;
use crate::{diagnostics::did_you_mean, model::Instant, release::Edition, settings::Settings};

/// Which edition a command is about, and as of when.
#[derive(Clone, Debug, Args)]
#[group(skip)]
pub(super) struct Options {
    /// The edition: `public`, or one that the settings declare
    #[arg(short, long, value_name = "NAME", default_value = "public")]
    edition: String,
    /// Show drafts too; makes a preview of the edition, in a folder of its own
    #[arg(short = 'D', long)]
    drafts: bool,
    /// Show what is not published yet; makes a preview of the edition
    #[arg(short = 'F', long)]
    future: bool,
    /// Build as of this instant: a date-time with `Z` or an offset, or a day [default: `SOURCE_DATE_EPOCH`, else now]
    #[arg(long, value_name = "INSTANT")]
    as_of: Option<String>,
}

/// An edition, and where the settings put it.
pub(super) struct Selected {
    pub(super) edition: Edition,
    /// Its folder below the archive's.
    pub(super) output: String,
}

impl Options {
    /// The edition that these name. What `settings` declare for it alone takes its place in them: an edition that
    /// says no `base_url` has none, since the public one's would lead its readers elsewhere.
    pub(super) fn select(&self, settings: &mut Settings) -> Result<Selected, Broken> {
        let as_of = as_of(self.as_of.as_deref())?;
        let declared = settings.editions.get(&self.edition).cloned();
        let (mut edition, mut output) = match declared {
            Some(declared) => {
                if self.edition != "public" || declared.base_url.is_some() {
                    settings.base_url = declared.base_url;
                }
                let edition = Edition {
                    name: self.edition.clone(),
                    shown: declared.name,
                    admits: declared.admits.into_iter().collect(),
                    ..Edition::public(as_of)
                };
                (edition, declared.output)
            }
            None if self.edition == "public" => (Edition::public(as_of), settings.output.clone()),
            None => return Err(unknown(&self.edition, settings)),
        };
        if self.drafts || self.future {
            let name =
                if self.edition == "public" { "preview".into() } else { format!("{}-preview", self.edition) };
            output.clone_from(&name);
            edition = Edition { name, drafts: self.drafts, future: self.future, ..edition };
        }
        Ok(Selected { edition, output })
    }
}

fn unknown(name: &str, settings: &Settings) -> Broken {
    let known = settings.editions.keys().map(String::as_str).chain(["public"]);
    let help = did_you_mean(name, known)
        .unwrap_or_else(|| format!("declare `[editions.{name}]` with `admits = [...]` in `brief.toml`"));
    Broken::new(format!("there is no edition `{name}`")).help(help)
}

/// `--as-of`, else `SOURCE_DATE_EPOCH` (reproducible-builds.org), else now.
fn as_of(flag: Option<&str>) -> Result<Instant, Broken> {
    if let Some(written) = flag {
        return Instant::parse_as_of(written).map_err(|error| Broken {
            message: format!("`--as-of`: {}", error.message),
            // In files a time may stand without an offset; here nothing says in which zone it would be meant.
            help: error.help.map(|help| help.replace("T06:00`", "T06:00Z`")),
        });
    }
    if let Ok(written) = env::var("SOURCE_DATE_EPOCH") {
        return written.trim().parse().ok().and_then(Instant::from_unix).ok_or_else(|| {
            Broken::new(format!("`SOURCE_DATE_EPOCH` is `{written}`, which is no number of seconds"))
                .help("write seconds since 1970, or unset it")
        });
    }
    let now = SystemTime::now().duration_since(UNIX_EPOCH);
    // A clock that stands before 1970 was never set: as of then, the whole archive would lie ahead.
    now.ok().and_then(|since| i64::try_from(since.as_secs()).ok()).and_then(Instant::from_unix).ok_or_else(
        || Broken::new("the clock of this machine shows no usable time").help("set it, or give `--as-of`"),
    )
}
