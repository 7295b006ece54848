use std::{collections::BTreeSet, fmt::Display, ops::Range};

use super::{
    Edition, Held, Reason, Secret, Withheld,
    assets::UsesAssets,
    secrets::{self, Marked},
};
use crate::{
    documents::{self, Briefing},
    model::{Marking, SourcePath, Tlp},
};

/// Decides, and writes down what is kept back.
pub(super) struct Gate<'a> {
    pub(super) edition: &'a Edition,
    default: Option<Tlp>,
    pub(super) withheld: Withheld,
    /// The assets that withheld matter uses.
    pub(super) used: BTreeSet<SourcePath>,
}

impl<'a> Gate<'a> {
    pub(super) fn new(edition: &'a Edition, default: Option<Tlp>) -> Self {
        Self { edition, default, withheld: Withheld::default(), used: BTreeSet::new() }
    }

    /// Why matter with this marking is kept back. A part counts as marked as its file is, where it bears no label.
    pub(super) fn reason(&self, marking: &Marking, file: &Marking) -> Option<Reason> {
        if marking.draft && !self.edition.drafts {
            return Some(Reason::Draft);
        }
        match marking.tlp.or(file.tlp).or(self.default) {
            Some(label) if !self.edition.admits.contains(&label) => return Some(Reason::Label(label)),
            _ => {}
        }
        marking.embargo.filter(|until| self.edition.as_of < *until).map(Reason::Embargo)
    }

    /// Whether a file is released; where it is not, `tell` says what gives it away.
    pub(super) fn file(
        &mut self,
        path: &SourcePath,
        marking: &Marking,
        tell: impl FnOnce(&mut Self),
    ) -> bool {
        let reason = self.reason(marking, &Marking::default());
        let shown = self.keep(path, None, reason);
        if !shown {
            tell(self);
        }
        shown
    }

    /// What gives away the document that was kept back last.
    pub(super) fn tell(&mut self, secrets: Vec<Secret>, document: &impl UsesAssets) {
        if self.withheld.iter().last().is_some_and(|held| !held.is_left_out()) {
            self.withheld.tell(secrets);
            self.uses(document.used());
        }
    }

    /// Withheld matter writes these of assets, each with the folder that it is relative to.
    pub(super) fn uses<'w>(&mut self, written: impl IntoIterator<Item = (&'w str, &'w str)>) {
        let paths =
            written.into_iter().filter_map(|(folder, written)| documents::resolve_path(folder, written));
        self.used.extend(paths);
    }

    /// Where the part is written that was kept back last, and what gives it away.
    pub(super) fn place(&mut self, bytes: Range<usize>, secrets: Vec<Secret>) {
        self.withheld.place(bytes);
        self.withheld.tell(secrets);
    }

    /// Whether a part is released that bears a marking of its own.
    pub(super) fn marked(
        &mut self,
        path: &SourcePath,
        part: &dyn Display,
        marked: &impl Marked,
        file: &Marking,
    ) -> bool {
        let shown = self.part(path, part, marked.marking(), file);
        if !shown {
            self.place(marked.bytes(), marked.secrets());
        }
        shown
    }

    /// Whether a part of a file is released. Of one that is not, say by [`Self::place`] where it is written: without
    /// that the whole file counts as withheld where the finished site is searched.
    pub(super) fn part(
        &mut self,
        path: &SourcePath,
        part: &dyn Display,
        marking: &Marking,
        file: &Marking,
    ) -> bool {
        let reason = self.reason(marking, file);
        self.keep(path, Some(part), reason)
    }

    /// Why a briefing is kept back as a whole; nothing where it is released.
    pub(super) fn briefing(&mut self, briefing: &Briefing) -> Option<Reason> {
        let as_of = self.edition.as_of;
        let begins = briefing.published.begins();
        let reason = self
            .reason(&briefing.marking, &Marking::default())
            .or_else(|| (begins > as_of && !self.edition.future).then_some(Reason::Future(begins)))
            .or_else(|| briefing.expires.filter(|expires| *expires <= as_of).map(Reason::Expired));
        if self.keep(&briefing.path, None, reason) {
            return None;
        }
        self.tell(secrets::briefing(briefing), briefing);
        reason
    }

    /// Writes down what is kept back for `reason`; `true` where there is none, so that it is released.
    pub(super) fn keep(
        &mut self,
        path: &SourcePath,
        part: Option<&dyn Display>,
        reason: Option<Reason>,
    ) -> bool {
        let Some(reason) = reason else { return true };
        let held = Held::new(path, part.map(ToString::to_string).as_deref(), reason);
        #[cfg(test)]
        if super::blind::overlooks(&held) {
            return true;
        }
        self.withheld.push(held);
        false
    }
}
