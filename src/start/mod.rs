//! What `brief init` and `brief new` write: texts made of answers and of an archive. Nothing here touches a disk.

mod after;
mod briefing;
mod example;
mod known;
mod profile;

use toml::Value;

use crate::{
    import::{quoted, scalar_text},
    model::Day,
};

pub use after::{After, after};
pub use briefing::{Draft, NewSource, briefing, file_name, folder, source};
pub use example::example;
pub use known::{Known, known};
pub use profile::{Sketch, profile};

/// A file to write, by its path below the archive's folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fresh {
    /// Its path.
    pub path: String,
    /// What stands in it.
    pub bytes: Vec<u8>,
}

impl Fresh {
    fn text(path: impl Into<String>, text: String) -> Self {
        Self { path: path.into(), bytes: text.into_bytes() }
    }
}

/// What the settings of a new archive say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answers {
    /// Its title.
    pub title: String,
    /// Where it will stand, if that is known.
    pub base_url: Option<String>,
    /// Its language (BCP 47).
    pub language: String,
    /// Its time zone, an IANA name.
    pub timezone: String,
}

/// A new archive that builds: settings that explain themselves, one briefing to replace, two profiles, a page.
///
/// `brief.toml` is the last file, so that where it stands all others do.
pub fn archive(answers: &Answers, today: Day) -> Vec<Fresh> {
    let lang = match answers.language.split('-').next() {
        Some("en") => String::new(),
        _ => "lang: en\n".to_owned(),
    };
    let fill = |text: &str| text.replace("{{date}}", &today.to_string()).replace("{{lang}}", &lang);
    vec![
        ignored(),
        Fresh::text("content/actors/first-speaker.md", include_str!("archive/first-speaker.md").into()),
        Fresh::text(
            format!("content/briefings/{today}-first-briefing.md"),
            fill(include_str!("archive/first-briefing.md")),
        ),
        Fresh::text("content/locations/example-town.md", include_str!("archive/example-town.md").into()),
        Fresh::text("content/pages/about.md", fill(include_str!("archive/about.md"))),
        Fresh::text("brief.toml", settings(answers, today)),
    ]
}

/// What git is to leave out.
pub fn ignored() -> Fresh {
    Fresh::text(".gitignore", include_str!("archive/gitignore").into())
}

fn settings(answers: &Answers, today: Day) -> String {
    let toml = |text: &str| Value::String(text.into()).to_string();
    let (base_url, host) = match &answers.base_url {
        Some(url) => (format!("base_url = {}", toml(url)), host(url).unwrap_or_default()),
        None => ("#base_url = \"https://desk.example/\"".to_owned(), "desk.example".to_owned()),
    };
    let host = host.split(':').next().unwrap_or_default();
    let authority = toml(&format!("{},{}", host.strip_prefix("www.").unwrap_or(host), today.year()));
    // The title comes last: it alone may hold what looks like a place to fill.
    include_str!("archive/brief.toml")
        .replace("{{base_url}}", &base_url)
        .replace("{{authority}}", &authority)
        .replace("{{language}}", &toml(&answers.language))
        .replace("{{timezone}}", &toml(&answers.timezone))
        .replace("{{title}}", &toml(&answers.title))
}

/// The host of an absolute `http` or `https` address, with its port.
fn host(url: &str) -> Option<String> {
    let rest = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"))?;
    let host = rest.split(['/', '?', '#']).next()?;
    let fits = !host.is_empty() && !host.contains('@') && !url.contains(char::is_whitespace);
    fits.then(|| host.to_ascii_lowercase())
}

/// Who builds and publishes an archive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ci {
    /// GitHub Actions, to GitHub Pages.
    Github,
    /// GitLab CI, to GitLab Pages.
    Gitlab,
    /// Netlify.
    Netlify,
    /// GitHub Actions, to Cloudflare Pages.
    Cloudflare,
}

/// Where a workflow gets `brief` from: the address of its repository, and a commit or a tag. Empty ones are left for
/// the desk to fill in, and the workflow fails with words until that is done.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Origin {
    /// The repository.
    pub git: String,
    /// The commit or tag.
    pub rev: String,
}

/// The workflow that checks, builds and publishes.
pub fn workflow(ci: Ci, origin: &Origin) -> Fresh {
    let (path, text) = match ci {
        Ci::Github => (".github/workflows/site.yml", include_str!("workflows/github.yml")),
        Ci::Gitlab => (".gitlab-ci.yml", include_str!("workflows/gitlab.yml")),
        Ci::Netlify => ("netlify.toml", include_str!("workflows/netlify.toml")),
        Ci::Cloudflare => (".github/workflows/site.yml", include_str!("workflows/cloudflare.yml")),
    };
    let value = |text: &str| match ci {
        Ci::Netlify => Value::String(text.into()).to_string(),
        _ => quoted(text),
    };
    // The oldest version that builds it.
    let text = text
        .replace("{{rust}}", env!("CARGO_PKG_RUST_VERSION"))
        .replace("{{rev}}", &value(&origin.rev))
        .replace("{{git}}", &value(&origin.git));
    Fresh::text(path, text)
}

/// `key: [a, b]`, as YAML.
fn list_line(key: &str, names: &[String]) -> String {
    let names: Vec<String> = names.iter().map(|name| scalar_text(name, true)).collect();
    format!("{}: [{}]\n", scalar_text(key, false), names.join(", "))
}

#[cfg(test)]
mod tests;
