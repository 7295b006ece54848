use super::Instant;

/// A label of the Traffic Light Protocol 2.0 (FIRST, 2022): how far matter may travel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tlp {
    /// No limit on disclosure.
    Clear,
    /// The recipients' community, not by public channels.
    Green,
    /// The recipients' organisation and its clients, need to know.
    Amber,
    /// The recipients' organisation only.
    AmberStrict,
    /// The recipients in person only.
    Red,
}

impl Tlp {
    /// Every label, from the widest to the narrowest.
    pub const ALL: [Tlp; 5] = [Self::Clear, Self::Green, Self::Amber, Self::AmberStrict, Self::Red];

    /// The label as FIRST writes it; it is never translated.
    pub fn written(self) -> &'static str {
        match self {
            Self::Clear => "TLP:CLEAR",
            Self::Green => "TLP:GREEN",
            Self::Amber => "TLP:AMBER",
            Self::AmberStrict => "TLP:AMBER+STRICT",
            Self::Red => "TLP:RED",
        }
    }

    /// The same without `TLP:`.
    pub fn label(self) -> &'static str {
        &self.written()["TLP:".len()..]
    }

    /// The label written in any case, with or without `TLP:`.
    pub fn parse(written: &str) -> Option<Self> {
        let label = written.trim();
        let label = match label.get(..4) {
            Some(prefix) if prefix.eq_ignore_ascii_case("tlp:") => &label[4..],
            _ => label,
        };
        Self::ALL.into_iter().find(|tlp| tlp.label().eq_ignore_ascii_case(label))
    }
}

/// What may hold a file or a part of one back from an edition.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Marking {
    /// Its label. Unmarked is not CLEAR.
    pub tlp: Option<Tlp>,
    /// The instant until which it is held back.
    pub embargo: Option<Instant>,
    /// Whether it is unfinished.
    pub draft: bool,
}

impl Marking {
    /// Its label, to be shown. Whoever decides by it is the release.
    pub fn label(&self) -> Option<Tlp> {
        self.tlp
    }
}
