use std::sync::Arc;

use super::{
    Archive, Facts, Linked, Reading, backlinks,
    facts::{Heads, Ways, facts},
    mentions,
    reading::{Reader, Readings},
};
use crate::{
    diagnostics::Diagnostics, documents::Body, memo::Memo, model::Day, release::Release, settings::Settings,
};

/// What the index before left, with all that it was made from. What differs in any of it is made anew.
#[derive(Debug, Default)]
pub struct Memory {
    last: Option<Last>,
}

#[derive(Debug)]
struct Last {
    of: Of,
    known: Known,
    /// The texts of the briefings, by which their readings are known.
    bodies: Vec<Arc<Body>>,
    readings: Readings,
    linked: Arc<Linked>,
}

/// All that facts depend on.
#[derive(Debug)]
struct Of {
    heads: Heads,
    settings: Arc<Settings>,
    today: Day,
}

/// What comes of it.
#[derive(Debug)]
struct Known {
    facts: Arc<Facts>,
    ways: Ways,
    told: Diagnostics,
}

/// Resolves every name of a release, and orders what stands under each. What is dated holds as of `today`. What an
/// earlier run found and `memo` and `memory` keep makes it faster, and changes nothing.
pub fn index(
    release: Release,
    settings: &Settings,
    today: Day,
    memo: Option<&Memo>,
    memory: Option<&mut Memory>,
    diagnostics: &mut Diagnostics,
) -> Archive {
    let (heads, bodies) = Heads::of(release.into_parts());
    let mut unkept = Memory::default();
    let is_kept = memory.is_some();
    let memory = memory.unwrap_or(&mut unkept);
    let is_same =
        |last: &Last| last.of.today == today && *last.of.settings == *settings && last.of.heads == heads;
    let last = memory.last.take().filter(is_same);
    let (of, known, last) = match last {
        Some(Last { of, known, bodies, readings, linked }) => {
            (Some(of), known, Some((bodies, readings, linked)))
        }
        None => {
            let settings = Arc::new(settings.clone());
            let of = is_kept.then(|| Of { heads: heads.clone(), settings: settings.clone(), today });
            let mut told = Diagnostics::new();
            let (facts, ways) = facts(heads, &settings, today, memo, &mut told);
            (of, Known { facts: Arc::new(facts), ways, told }, None)
        }
    };
    diagnostics.extend(known.told.clone());
    let Known { facts, ways, .. } = &known;
    let reader = Reader { facts, ways, bodies: &bodies, memo };
    let before = last.as_ref().map(|(bodies, readings, _)| (&bodies[..], readings));
    let readings = reader.all(before);
    readings.tell(facts, &ways.places.settings, diagnostics);
    let linked = match last {
        Some((_, before, linked)) if lead_alike(&before, &readings) => linked,
        _ => Arc::new(linked(facts, &readings)),
    };
    if let Some(of) = of {
        let (bodies, readings, linked) = (bodies.clone(), readings.clone(), linked.clone());
        memory.last = Some(Last { of, known, bodies, readings, linked });
    }
    Archive { linked, readings, bodies }
}

/// Who leads to what, and who is named where.
fn linked(facts: &Arc<Facts>, readings: &Readings) -> Linked {
    let of_briefings = || readings.briefings.iter().map(|reading| &**reading);
    Linked {
        facts: facts.clone(),
        named_in: mentions::lists(facts, of_briefings()),
        leading_to: backlinks::lists(of_briefings()),
    }
}

/// Whether all that [`linked`] takes from the readings is the same in both.
fn lead_alike(before: &Readings, now: &Readings) -> bool {
    let alike = |(before, now): (&Arc<Reading>, &Arc<Reading>)| {
        Arc::ptr_eq(before, now) || (before.names == now.names && before.leads_to == now.leads_to)
    };
    before.briefings.len() == now.briefings.len() && before.briefings.iter().zip(&now.briefings).all(alike)
}
