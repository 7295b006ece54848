use std::collections::BTreeSet;

use crate::{
    model::{Instant, Tlp},
    settings::Settings,
};

/// Who a build is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edition {
    /// Its name: `public`.
    pub name: String,
    /// The name that its pages show, where that is another.
    pub shown: Option<String>,
    /// The labels that it admits.
    pub admits: BTreeSet<Tlp>,
    /// Whether it shows drafts.
    pub drafts: bool,
    /// Whether it shows what is not published yet.
    pub future: bool,
    /// The instant that it is built as of.
    pub as_of: Instant,
}

impl Edition {
    /// The edition for everybody: CLEAR only.
    pub fn public(as_of: Instant) -> Self {
        Self {
            name: "public".into(),
            shown: None,
            admits: [Tlp::Clear].into(),
            drafts: false,
            future: false,
            as_of,
        }
    }

    /// One that keeps nothing back but what no edition shows: for the desk, which mends what is not published yet. It
    /// is never written.
    pub fn of_everything(as_of: Instant) -> Self {
        let admits = Tlp::ALL.into_iter().collect();
        Self { name: "everything".into(), admits, drafts: true, future: true, ..Self::public(as_of) }
    }

    /// What tells a thing of this edition from the same in the public one: two feeds have two ids.
    pub fn specific(&self, id: String) -> String {
        if self.is_indexed() { id } else { format!("edition:{}:{id}", self.name) }
    }

    /// Whether search engines may list it.
    pub fn is_indexed(&self) -> bool {
        self.name == "public"
    }

    /// Whether its pages show how the desk grades its sources: the public edition's only by `[sources] public_grades`.
    pub fn shows_grades(&self, settings: &Settings) -> bool {
        !self.is_indexed() || settings.public_grades
    }

    /// Whether its pages show the labels of parts: where there is one alone for everybody, they would say nothing.
    pub fn shows_labels(&self) -> bool {
        !self.is_indexed()
    }

    /// The narrowest label that it admits: that of what may hold anything of it.
    pub fn narrowest(&self) -> Option<Tlp> {
        self.admits.last().copied()
    }

    /// What its pages call it.
    pub fn called(&self) -> &str {
        self.shown.as_deref().unwrap_or(&self.name)
    }
}
