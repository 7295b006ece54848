use std::collections::{BTreeMap, BTreeSet};

use super::{Done, with};
use crate::{
    diagnostics::{Diagnostics, Span},
    documents,
    model::{SourcePath, day_meant},
    settings::Settings,
    sources::Sources,
};

/// Of a file with more mistakes not all are told at once.
const ROUNDS: usize = 40;

/// Writes days as ISO 8601 does, wherever a date cannot be read and can only be meant as one day. An embargo is left
/// to the editor. Gives the inputs as they are then.
pub(super) fn mend(
    sources: &Sources,
    settings: &Settings,
    texts: &mut BTreeMap<SourcePath, String>,
    done: &mut Vec<Done>,
) -> Sources {
    let mut now = with(sources, texts);
    for _ in 0..ROUNDS {
        let mut found = Diagnostics::new();
        let _ = documents::parse(&now, settings, &mut found);
        let unread: BTreeSet<Span> =
            found.iter().filter(|d| d.code == "date").filter_map(|d| d.span.clone()).collect();
        let mut is_changed = false;
        // From the last to the first, so that places stay what they are.
        for span in unread.into_iter().rev() {
            let Some(text) = now.text_at(&span.path) else { continue };
            let range = span.start as usize..span.end as usize;
            let Some(written) = text.get(range.clone()) else { continue };
            let marks: &[char] = &['"', '\''];
            let inside = written.trim_matches(marks);
            let Some(day) = day_meant(inside.trim()).map(|day| day.to_string()).filter(|day| day != inside)
            else {
                continue;
            };
            let line = text[..range.start].matches('\n').count() + 1;
            done.push(Done { path: span.path.clone(), line, old: inside.to_owned(), new: day.clone() });
            let new = texts.entry(span.path.clone()).or_insert_with(|| text.to_string());
            new.replace_range(range, &written.replacen(inside, &day, 1));
            is_changed = true;
        }
        if !is_changed {
            break;
        }
        now = with(sources, texts);
    }
    now
}
