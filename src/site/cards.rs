use std::{
    collections::BTreeMap,
    sync::{
        Arc, Mutex, OnceLock, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
};

use serde::Serialize;
use tera::Value;

use super::{
    Failed, Renderer,
    context::{BriefingCard, value},
    filling::Given,
    views::Shown,
};
use crate::{
    archive::{BriefingIx, ClaimIx, EventIx, What},
    memo::Key,
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
    briefings: Vec<Slot>,
    claims: Vec<Slot>,
    events: Vec<Slot>,
}

/// A card once it is drawn, and what stands for it where it need not be.
#[derive(Default)]
struct Slot {
    drawn: OnceLock<Value>,
    spared: OnceLock<Value>,
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
    pub(super) fn failed(&self) -> Vec<Failed> {
        let mut failed = self.failed.lock().unwrap_or_else(PoisonError::into_inner).clone();
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
            let none = |count| (0..count).map(|_| Slot::default()).collect();
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

    /// What [`Renderer::item`] shows, as HTML for pages from which `root` leads to the root. It is not kept, since nobody
    /// else is likely to ask for it.
    pub(super) fn html_of(&self, what: What, root: &str) -> String {
        let (card, of) = match what {
            What::Briefing(place) => ("briefing", self.views.card(place)),
            What::Event(place) => ("event", value(&self.views.event(place, Shown::Listed))),
            What::Claim(place) | What::Response(place, _) => {
                ("claim", value(&self.views.claim(place, Shown::Listed)))
            }
        };
        self.draw_part(card, &self.given_to(card, root, of)).unwrap_or_default()
    }

    /// A briefing in a list, as `card` says it.
    pub(super) fn html_of_briefing(&self, card: &BriefingCard<'_>, root: &str) -> String {
        self.draw_part("briefing", &self.given_to("briefing", root, value(card))).unwrap_or_default()
    }

    /// What the template of a card is given.
    fn given_to(&self, card: &'static str, root: &str, of: Value) -> Given {
        let mut given = self.shared.clone();
        given.insert("root", Value::from(root));
        given.insert("own", Value::from(false));
        given.insert(card, of);
        given
    }

    /// A claim in a list, with its answers.
    pub(super) fn claim_card(&self, place: ClaimIx, lists: &Lists) -> Value {
        self.card(&lists.sheet.claims[place.get()], "claim", lists, || {
            value(&self.views.claim(place, Shown::Listed))
        })
    }

    fn briefing_card(&self, place: BriefingIx, lists: &Lists) -> Value {
        self.card(&lists.sheet.briefings[place.get()], "briefing", lists, || self.views.card(place))
    }

    fn event_card(&self, place: EventIx, lists: &Lists) -> Value {
        self.card(&lists.sheet.events[place.get()], "event", lists, || {
            value(&self.views.event(place, Shown::Listed))
        })
    }

    /// What stands at `slot`, or `of` drawn with the template of its sort.
    fn card(&self, slot: &Slot, card: &'static str, lists: &Lists, of: impl FnOnce() -> Value) -> Value {
        let made = if self.sparing { slot.spared.get().or(slot.drawn.get()) } else { slot.drawn.get() };
        if let Some(made) = made {
            return made.clone();
        }
        let mut given = self.given_to(card, &lists.root, of());
        let key = given.key(["card", card]);
        let view = |html: Value| value(&CardView { html, card });
        if let Some(known) = self.spared(key) {
            return slot.spared.get_or_init(|| view(known)).clone();
        }
        let html = self.draw_part(card, &given);
        let of_html = Key::of(html.as_deref().unwrap_or_default().as_bytes());
        if html.is_some() {
            self.remember(key, of_html);
        }
        let html = html.unwrap_or_default();
        let safe = Value::safe_string(&html);
        if self.cards.kept.fetch_add(html.len(), Ordering::Relaxed) < ROOM {
            let keep = || {
                self.shared.shelve(&safe, of_html);
                view(safe)
            };
            return slot.drawn.get_or_init(keep).clone();
        }
        view(safe)
    }

    /// The part of pages called `name`, drawn with what is `given`; nothing where that goes wrong, which is kept.
    pub(super) fn draw_part(&self, name: &str, given: &Given) -> Option<String> {
        let rendered = self.studio.theme.tera.render(&format!("parts/{name}.html"), given.context());
        rendered
            .map_err(|error| {
                let problem = Box::new(self.studio.theme.diagnostic(&error));
                self.cards.failed.lock().unwrap_or_else(PoisonError::into_inner).push(problem);
            })
            .ok()
    }
}
