use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::site::{ByPath, Places};
use crate::{
    Build,
    diagnostics::Diagnostics,
    memo::{Key, Memo},
    release::Edition,
    settings::Settings,
    sources::Sources,
};

/// What rounds leave to those after them: no more than the last one, or the last that drew all pages, asked for.
pub(super) struct Memory {
    planned: Mutex<Planned>,
    /// What is known of drawn pages.
    drawn: Mutex<Arc<Memo>>,
    /// Of the pages of the last site that was shown.
    order: Mutex<Option<Arc<ByPath>>>,
}

struct Planned {
    memory: crate::Memory,
    memo: Memo,
    /// Whether nobody has planned since the memo was tidied.
    is_tidy: bool,
}

impl Memory {
    /// Nothing yet.
    pub(super) fn new() -> Self {
        // It is of this process and of no program before it.
        let memo = || Memo::read(&[], Key([0; 16]));
        let planned = Planned { memory: crate::Memory::default(), memo: memo(), is_tidy: true };
        Self { planned: Mutex::new(planned), drawn: Mutex::new(Arc::new(memo())), order: Mutex::default() }
    }

    /// Runs the stages up to the list of pages.
    pub(super) fn plan<'a>(
        &self,
        sources: &Sources,
        settings: &'a Settings,
        edition: &'a Edition,
        diagnostics: &mut Diagnostics,
    ) -> Build<'a> {
        let mut planned = self.planned();
        planned.is_tidy = false;
        let Planned { memory, memo, .. } = &mut *planned;
        let along = crate::Along { memory: Some(memory), memo: Some(memo), observe: None };
        crate::plan_along(sources, settings, edition, false, along, diagnostics)
    }

    /// The pages of `build` by their paths.
    pub(super) fn places<'b>(&self, build: &'b Build<'_>) -> Places<'b> {
        Places::of(build, &mut self.order.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Forgets what the last plan did not ask for. Nobody waits for it then.
    pub(super) fn tidy(&self) {
        let mut planned = self.planned();
        // A newer round may have planned meanwhile, and another one tidied up after it.
        if !planned.is_tidy {
            planned.memo = planned.memo.next();
            planned.is_tidy = true;
        }
    }

    fn planned(&self) -> MutexGuard<'_, Planned> {
        self.planned.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What is known of drawn pages, for one who draws them all.
    pub(super) fn drawn(&self) -> Arc<Memo> {
        self.drawn.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// All pages were drawn with `memo`: what that did not take is forgotten.
    pub(super) fn all_are_drawn(&self, memo: &Arc<Memo>) {
        let mut drawn = self.drawn.lock().unwrap_or_else(PoisonError::into_inner);
        if Arc::ptr_eq(&drawn, memo) {
            *drawn = Arc::new(memo.next());
        }
    }
}
