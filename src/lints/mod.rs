//! What an editor should look at once more before it is published. Nothing here stops a build, and only `brief check`
//! tells it.

mod dates;
mod names;
mod records;

use crate::{
    archive::Archive,
    diagnostics::{Diagnostic, Diagnostics},
    model::Day,
    settings::Settings,
};

/// The codes of this module, each with what it is about.
pub const LINTS: [(&str, &str); 6] = [
    ("future-date", "A date of something that has happened lies ahead."),
    ("no-archive", "A source on the web has no archived copy."),
    ("no-coordinates", "A place has a profile without coordinates."),
    ("no-response", "For long no other side has answered a claim, and nobody was asked."),
    ("unused-profile", "Nothing leads to a profile."),
    ("used-once", "A name stands in one briefing alone and has no profile: it may be another spelling."),
];

/// Looks through an archive, in which nothing that may be published is kept back, as of `today`.
pub fn check(archive: &Archive, settings: &Settings, today: Day, diagnostics: &mut Diagnostics) {
    // Where an error stands nothing else is to be said of it.
    let mut found = Diagnostics::new();
    names::check(archive, settings, &mut found);
    records::check(archive, settings.check.days, today, diagnostics, &mut found);
    dates::check(archive, settings, today, &mut found);
    diagnostics.extend_where_nothing_is_told(found);
}

/// Whether one of `code` stands at the place of `diagnostic` already.
fn is_told(code: &str, diagnostic: &Diagnostic, diagnostics: &Diagnostics) -> bool {
    diagnostics.iter().any(|told| told.code == code && told.span == diagnostic.span)
}
