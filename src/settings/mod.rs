//! `brief.toml`, turned into what the stages need to know; it decides nothing that content decides.

mod distinct;
mod editions;
mod read;

use std::collections::BTreeMap;

use chrono_tz::Tz;

use crate::{
    model::Tlp,
    tree::{Extra, Spanned},
};

pub use read::parse;

/// Everything that a desk may set, with the defaults filled in.
#[derive(Clone, Debug, PartialEq, Hash)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own in brief.toml")]
pub struct Settings {
    /// The archive's title.
    pub title: String,
    /// What it is, in a sentence.
    pub description: Option<String>,
    /// Where the edition at hand will be published. Without it there are no feeds, no sitemap and no canonical links.
    pub base_url: Option<BaseUrl>,
    /// The authority of its tag URIs (RFC 4151), such as `desk.example,2025`. Without it there are no feeds.
    pub authority: Option<String>,
    /// Its language (BCP 47), where a file names no other.
    pub language: String,
    /// Where a publication time without a zone is meant.
    pub timezone: Tz,
    /// The desk; the byline of a briefing without authors.
    pub publisher: String,
    /// The licence of its text, an SPDX expression or words.
    pub license: Option<String>,
    /// The theme below `themes/`; without it the built-in one.
    pub theme: Option<Spanned<String>>,
    /// The output folder of the edition `public`.
    pub output: String,
    /// The label of what bears none.
    pub default_label: Option<Tlp>,
    /// The declared editions, by name.
    pub editions: BTreeMap<String, EditionSettings>,
    /// The kinds that group briefings: `actor`, `location`, `date`, `keyword`, then the declared ones by name.
    pub kinds: Vec<Kind>,
    /// Whether a name without a profile is an error.
    pub unknown_entities_are_errors: bool,
    /// Names that look alike and are known to be of different entities: each list is of such names.
    pub distinct: Vec<Vec<String>>,
    /// Which optional outputs are made.
    pub outputs: Outputs,
    /// How long lists and feeds are.
    pub lists: Lists,
    /// Which pages entities named together have.
    pub together: Together,
    /// Whether only actors with a profile have a page.
    pub pages_for_profiled_people_only: bool,
    /// Whether the grades of sources are published.
    pub public_grades: bool,
    /// Whether raw HTML in Markdown is let through as it is.
    pub unsafe_html: bool,
    /// Whether revision dates come from git.
    pub git_dates: bool,
    /// The other languages of the archive: tag to name.
    pub languages: BTreeMap<String, Option<String>>,
    /// The search's settings.
    pub search: Search,
    /// What `brief check` looks for.
    pub check: Check,
    /// The desk's own values, for templates.
    pub extra: Extra,
}

/// An absolute `http` or `https` address that ends in `/`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct BaseUrl(String);

impl BaseUrl {
    /// The address, a `/` added where it lacks one; or what is wrong with it.
    ///
    /// # Errors
    /// Where it is no absolute `http` or `https` address, or has a query or a fragment.
    pub fn parse(written: &str) -> Result<Self, &'static str> {
        let rest = written.strip_prefix("https://").or_else(|| written.strip_prefix("http://"));
        let Some(rest) = rest else {
            return Err("an absolute address starts with `https://` or `http://`");
        };
        let host = rest.split('/').next().unwrap_or_default();
        if host.is_empty() || host.contains('@') {
            return Err("the address names no host");
        }
        if written.contains(['?', '#', '\\', '"', '<', '>']) || written.contains(char::is_whitespace) {
            return Err("a base address has no query, fragment or white space");
        }
        Ok(Self(format!("{}/", written.trim_end_matches('/'))))
    }

    /// The whole address, with its last `/`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Its path: `/` or `/archive/`.
    pub fn path(&self) -> &str {
        let host = self.0.find("://").map_or(0, |scheme| scheme + 3);
        self.0[host..].find('/').map_or("/", |slash| &self.0[host + slash..])
    }
}

/// A declared edition.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct EditionSettings {
    /// The labels that it admits.
    pub admits: Vec<Tlp>,
    /// Where it will be published.
    pub base_url: Option<BaseUrl>,
    /// Its output folder, which is no other's: its name, unless the settings say another.
    pub output: String,
    /// The name shown on its pages.
    pub name: Option<String>,
}

/// A way to group briefings.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Kind {
    /// Its name: `actor`.
    pub name: String,
    /// The key in front matter, and the folder of its profiles below `content/`: `actors`.
    pub key: String,
    /// The first segment of its pages' addresses: `actors`.
    pub path: String,
    /// What its list is called: `Actors`.
    pub plural: String,
}

/// The place of a built-in kind in [`Settings::kinds`].
pub const ACTOR: usize = 0;
/// The place of the kind `location`.
pub const LOCATION: usize = 1;
/// The place of the kind `date`.
pub const DATE: usize = 2;
/// The place of the kind `keyword`.
pub const KEYWORD: usize = 3;

/// The switches of `[outputs]`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch of its own in brief.toml")]
pub struct Outputs {
    /// Atom and JSON feeds beside lists.
    pub feeds: bool,
    /// Data beside pages.
    pub data: bool,
    /// Citations beside briefings.
    pub cite: bool,
    /// The search.
    pub search: bool,
    /// Links from the names in prose, and the lists of who names whom.
    pub mentions: bool,
    /// Related briefings.
    pub related: bool,
    /// Pages of entities named together.
    pub together: bool,
    /// Maps and other figures.
    pub figures: bool,
    /// The page that counts how the archive treats the sides of what it tells.
    pub balance: bool,
}

/// The settings of `[together]`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Together {
    /// The least number of briefings in which two entities must be named to have a page together.
    pub minimum: usize,
    /// Whether these pages have feeds.
    pub feeds: bool,
}

/// The bounds of `[lists]`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Lists {
    /// How many items a page of a list has.
    pub per_page: usize,
    /// How many items a feed has.
    pub feed: usize,
}

/// The first segments of addresses that belong to the archive itself, whatever its kinds and pages are.
pub const OWN_ADDRESSES: [&str; 10] =
    ["briefings", "claims", "sources", "search", "data", "map", "network", "corrections", "page", "assets"];

/// The fields that `[search] fields` can list.
pub const SEARCH_FIELDS: [&str; 4] = ["title", "entities", "summary", "body"];

/// The settings of `[search]`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Search {
    /// The fields that are searched; empty for all.
    pub fields: Vec<String>,
    /// The languages that are searched; empty for all.
    pub languages: Vec<Spanned<String>>,
    /// Whether phrases can be looked for: the places of words are kept.
    pub phrases: bool,
}

/// The settings of `[check]`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Check {
    /// The codes of warnings that are not told.
    pub allow: Vec<Spanned<String>>,
    /// For how many days a claim may stand without an answer.
    pub days: usize,
}

/// What the preview of the edition called `edition` is called, and the folder that it goes to.
pub fn preview_of(edition: &str) -> String {
    if edition == "public" { "preview".into() } else { format!("{edition}-preview") }
}

impl Settings {
    /// The kind whose profiles lie in `content/FOLDER/`.
    pub fn kind_of_folder(&self, folder: &str) -> Option<usize> {
        self.kinds.iter().position(|kind| kind.key == folder || kind.name == folder)
    }

    /// The kind called `name`.
    pub fn kind_named(&self, name: &str) -> Option<usize> {
        self.kinds.iter().position(|kind| kind.name == name)
    }
}
