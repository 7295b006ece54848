use std::{
    collections::BTreeMap,
    sync::{
        Arc, Mutex, OnceLock, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
};

use serde::Serialize;
use tera::{Context, Value};

use super::{Failed, Renderer, context::value, views::Shown};
use crate::{
    archive::{BriefingIx, ClaimIx, EventIx, What},
    pages::Page,
};

/// So many bytes of cards are kept. What finds no room is drawn each time that a list shows it.
const ROOM: usize = 256 << 20;

/// Briefings, events and claims as timelines show them. Each stands on a dozen and more: on those of its actors, of its
/// place, of its day, its month and its year. It is drawn once for all pages that lie equally deep, since all else that it
/// shows is the same wherever it stands.
#[derive(Default)]
pub(super) struct Cards {
    sheets: Mutex<BTreeMap<String, Arc<Sheet>>>,
    kept: AtomicUsize,
    /// What went wrong with a template of a card.
    failed: Mutex<Vec<Failed>>,
}

/// The cards of pages that lie equally deep.
struct Sheet {
    briefings: Vec<OnceLock<Value>>,
    claims: Vec<OnceLock<Value>>,
    events: Vec<OnceLock<Value>>,
}

/// The lists of a page: what leads from it to the root, and the cards that such pages share.
pub(super) struct Lists {
    root: String,
    sheet: Arc<Sheet>,
}

/// An item of a list that is drawn already.
#[derive(Serialize)]
struct CardView {
    html: Value,
    /// `briefing`, `event` or `claim`.
    #[serde(rename = "type")]
    card: &'static str,
}

impl Cards {
    /// What went wrong first.
    pub(super) fn first_failed(&self) -> Option<Failed> {
        self.failed.lock().unwrap_or_else(PoisonError::into_inner).first().cloned()
    }

    /// What went wrong, each once.
    pub(super) fn into_failed(self) -> Vec<Failed> {
        let mut failed = self.failed.into_inner().unwrap_or_else(PoisonError::into_inner);
        failed.sort_by_key(|diagnostic| (diagnostic.span.clone(), diagnostic.message.clone()));
        failed.dedup();
        failed
    }
}

impl Renderer<'_> {
    /// The lists of `page`.
    pub(super) fn lists(&self, page: &Page) -> Lists {
        let root = self.studio.addresses.root(&page.path);
        let mut sheets = self.cards.sheets.lock().unwrap_or_else(PoisonError::into_inner);
        let sheet = sheets.entry(root.clone()).or_insert_with(|| {
            let none = |count| (0..count).map(|_| OnceLock::new()).collect();
            let archive = self.studio.archive;
            Arc::new(Sheet {
                briefings: none(archive.briefings.len()),
                claims: none(archive.claims.len()),
                events: none(archive.events.len()),
            })
        });
        Lists { sheet: sheet.clone(), root }
    }

    /// What stands on a timeline, as `lists` show it.
    pub(super) fn item(&self, what: What, lists: &Lists) -> Value {
        match what {
            What::Briefing(place) => self.briefing_card(place, lists),
            What::Event(place) => self.event_card(place, lists),
            What::Claim(place) | What::Response(place, _) => self.claim_card(place, lists),
        }
    }

    /// A claim in a list, with its answers.
    pub(super) fn claim_card(&self, place: ClaimIx, lists: &Lists) -> Value {
        self.card(&lists.sheet.claims[place.get()], "claim", lists, || {
            value(&self.views.claim(place, Shown::Listed))
        })
    }

    fn briefing_card(&self, place: BriefingIx, lists: &Lists) -> Value {
        self.card(&lists.sheet.briefings[place.get()], "briefing", lists, || self.views.own_card(place))
    }

    fn event_card(&self, place: EventIx, lists: &Lists) -> Value {
        self.card(&lists.sheet.events[place.get()], "event", lists, || {
            value(&self.views.event(place, Shown::Listed))
        })
    }

    /// What stands at `kept`, or `of` drawn with the template of its sort.
    fn card(
        &self,
        kept: &OnceLock<Value>,
        card: &'static str,
        lists: &Lists,
        of: impl FnOnce() -> Value,
    ) -> Value {
        if let Some(drawn) = kept.get() {
            return drawn.clone();
        }
        let html = self.draw_card(card, &lists.root, of());
        let bytes = html.len();
        let drawn = value(&CardView { html: Value::safe_string(&html), card });
        if self.cards.kept.fetch_add(bytes, Ordering::Relaxed) < ROOM {
            return kept.get_or_init(|| drawn).clone();
        }
        drawn
    }

    fn draw_card(&self, card: &'static str, root: &str, of: Value) -> String {
        let mut context: Context = self.shared.clone();
        context.insert("root", root);
        context.insert("own", &false);
        context.insert_value(card, of);
        self.draw_part(card, &context)
    }

    /// The part of pages called `name`, drawn with `context`. What goes wrong is kept.
    pub(super) fn draw_part(&self, name: &str, context: &Context) -> String {
        let rendered = self.studio.theme.tera.render(&format!("parts/{name}.html"), context);
        rendered.unwrap_or_else(|error| {
            let problem = Box::new(self.studio.theme.diagnostic(&error));
            self.cards.failed.lock().unwrap_or_else(PoisonError::into_inner).push(problem);
            String::new()
        })
    }
}
