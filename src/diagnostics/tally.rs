use super::{Diagnostic, Diagnostics};

/// How many of a kind are told one by one.
const TOLD: usize = 20;

/// Warnings of one kind, of which a large archive may have thousands: the first are told, the rest are counted.
#[derive(Debug)]
pub struct Tally {
    code: &'static str,
    /// What they are, in a few words: "claims that cite no source".
    what: &'static str,
    met: usize,
}

impl Tally {
    /// None of `code` yet.
    pub fn new(code: &'static str, what: &'static str) -> Self {
        Self { code, what, met: 0 }
    }

    /// Tells `diagnostic`, or counts it.
    pub fn push(&mut self, diagnostic: Diagnostic, diagnostics: &mut Diagnostics) {
        self.met += 1;
        if self.met <= TOLD {
            diagnostics.push(diagnostic);
        }
    }

    /// Tells how many more there are.
    pub fn finish(self, diagnostics: &mut Diagnostics) {
        if let Some(more) = self.met.checked_sub(TOLD).filter(|more| *more > 0) {
            let message = format!("{more} more {}", self.what);
            diagnostics
                .push(Diagnostic::warning(self.code, message).help("mend those shown and build again"));
        }
    }
}
