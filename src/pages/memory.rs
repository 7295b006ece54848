use std::sync::Arc;

use super::{Addresses, Extras, Page, plan};
use crate::{archive::Linked, diagnostics::Diagnostics, settings::Settings};

/// The list that was planned last, with all that it was made from.
#[derive(Debug, Default)]
pub struct Memory {
    last: Option<Last>,
}

#[derive(Debug)]
struct Last {
    /// By itself, not by what it is equal to: nobody changes what is kept here.
    archive: Arc<Linked>,
    settings: Settings,
    is_indexed: bool,
    addresses: Addresses,
    extras: Extras,
    pages: Arc<Vec<Page>>,
    told: Diagnostics,
}

/// The same as [`plan`], made fast by what `memory` keeps of a list that was made from the very same.
pub fn plan_again(
    archive: &Arc<Linked>,
    settings: &Settings,
    is_indexed: bool,
    addresses: &Addresses,
    extras: Extras,
    memory: Option<&mut Memory>,
    diagnostics: &mut Diagnostics,
) -> Arc<Vec<Page>> {
    let is_same = |last: &&Last| {
        Arc::ptr_eq(&last.archive, archive)
            && last.settings == *settings
            && last.is_indexed == is_indexed
            && last.addresses == *addresses
            && last.extras == extras
    };
    if let Some(last) = memory.as_ref().and_then(|memory| memory.last.as_ref()).filter(is_same) {
        diagnostics.extend(last.told.clone());
        return last.pages.clone();
    }
    let mut told = Diagnostics::new();
    let pages = Arc::new(plan(archive, settings, is_indexed, addresses, &extras, &mut told));
    diagnostics.extend(told.clone());
    if let Some(memory) = memory {
        memory.last = Some(Last {
            archive: archive.clone(),
            settings: settings.clone(),
            is_indexed,
            addresses: addresses.clone(),
            extras,
            pages: pages.clone(),
            told,
        });
    }
    pages
}
