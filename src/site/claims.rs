use tera::Value;

use super::{
    Failed, Filled, Renderer,
    cards::Lists,
    context::{CrumbView, GroupView, LedgerView, VoiceView},
    json_ld, named,
    views::Shown,
};
use crate::{
    archive::{Claim, ClaimIx, EntityIx, Status},
    model::{Period, Tlp},
    pages::{LedgerOf, Page, Part, VOICE_SHOWN, ledger_address, ledger_list, ledger_lists, voices_of},
    settings::ACTOR,
};

/// How many claims on which accounts differ the first page shows.
const DIFFERING: usize = 10;

/// How many characters of a claim its title holds.
const IN_TITLE: usize = 100;

impl Renderer<'_> {
    /// A claim with everything that answers it.
    pub(super) fn claim(&self, page: &Page, place: ClaimIx) -> Result<Filled, Failed> {
        let archive = self.studio.archive;
        let claim = &archive[place];
        let shown = self.views.claim(place, Shown::Alone);
        let sentences = self.views.sentences();
        let (whom, date) = (sentences.claimants(claim), self.views.words.when(claim.date));
        let title = self.views.claim_words(place, &shortened(&claim.text, IN_TITLE));
        let briefing = &archive[claim.briefing];
        let mut view = self.view(page, "claim-page", &title, None);
        view.crumbs = vec![
            self.home_crumb(),
            self.claims_crumb(),
            CrumbView {
                name: briefing.released.document.title.clone(),
                url: self.studio.addresses.rest(&briefing.address),
            },
        ];
        view.label = self.labels.claim_page(place).map(Tlp::label);
        let answers = claim.responses.len().to_string();
        view.description = self.views.words.fill(
            if shown.status.is_some() { "describe_claim" } else { "describe_statement" },
            &[
                ("whom", &whom),
                ("date", &date),
                ("text", &claim.text),
                ("status", &shown.status_text),
                ("responses", &answers),
            ],
        );
        view.json_ld = json_ld::said(&view, &shown, claim, self.studio, &self.views);
        let values = vec![
            named("claim", &shown),
            ("heading", Value::from(sentences.says(claim).as_str())),
            ("briefing_url", Value::from(self.views.briefing_url(claim.briefing))),
            ("language", value_of(self.language_of(claim))),
        ];
        self.fill("claim.html", page, &view, values)
    }

    /// The language of a claim's words, where it is not the site's.
    fn language_of(&self, claim: &Claim) -> Option<&str> {
        self.studio.archive[claim.briefing].released.document.language.as_deref()
    }

    fn claims_crumb(&self) -> CrumbView {
        CrumbView { name: self.word("claims_list").to_owned(), url: self.studio.addresses.rest("claims/") }
    }

    /// A part of a list of the ledger.
    pub(super) fn ledger(&self, page: &Page, of: LedgerOf, part: &Part) -> Result<Filled, Failed> {
        let archive = self.studio.archive;
        let list = ledger_list(archive, of);
        let groups = self.claims_by_month(list[part.items.clone()].iter().rev().copied(), &self.lists(page));
        let own = self.ledger_title(of);
        let title = self.part_title(&own, part);
        let mut view = self.view(page, "ledger", &title, None);
        view.crumbs = vec![self.home_crumb()];
        match of {
            LedgerOf::All => {}
            LedgerOf::Status(_) | LedgerOf::Finding(_) => view.crumbs.push(self.claims_crumb()),
            LedgerOf::Says(actor) | LedgerOf::About(actor) | LedgerOf::Answers(actor) => {
                view.crumbs = self.crumbs(actor);
                let url = self.studio.addresses.rest(&archive[actor].address);
                view.crumbs.push(CrumbView { name: self.views.name(actor), url });
            }
        }
        view.description = self.views.words.fill(
            "describe_ledger",
            &[("title", &title), ("site", &self.studio.settings.title), ("claims", &list.len().to_string())],
        );
        view.json_ld = json_ld::list(&view, self.studio);
        let others = match of {
            LedgerOf::All | LedgerOf::Status(_) | LedgerOf::Finding(_) => self.ledgers(of),
            _ => Vec::new(),
        };
        let values = vec![
            named("groups", &groups),
            named("ledgers", &others),
            ("total", Value::from(list.len())),
            named("pager", &self.pager(&ledger_address(archive, of), part)),
        ];
        self.fill("ledger.html", page, &view, values)
    }

    /// Claims as they come, by months.
    fn claims_by_month(&self, claims: impl Iterator<Item = ClaimIx>, lists: &Lists) -> Vec<GroupView> {
        let mut groups: Vec<(Period, Vec<Value>)> = Vec::new();
        for place in claims {
            let day = self.studio.archive[place].day();
            let month = Period::Month(day.year(), day.month());
            let card = self.claim_card(place, lists);
            match groups.last_mut() {
                Some((last, items)) if *last == month => items.push(card),
                _ => groups.push((month, vec![card])),
            }
        }
        groups.into_iter().map(|(month, items)| self.group(month, items)).collect()
    }

    fn ledger_title(&self, of: LedgerOf) -> String {
        let words = self.views.words;
        let voice = |key: &str, actor: EntityIx| words.fill(key, &[("name", &self.views.name(actor))]);
        match of {
            LedgerOf::All => words.get("claims_list").to_owned(),
            LedgerOf::Status(status) => {
                words.fill("ledger_status", &[("status", words.get(&format!("status_{}", status.word())))])
            }
            LedgerOf::Finding(status) => {
                words.fill("ledger_finding", &[("finding", words.get(&format!("finding_{}", status.word())))])
            }
            LedgerOf::Says(actor) => voice("ledger_says", actor),
            LedgerOf::About(actor) => voice("ledger_about", actor),
            LedgerOf::Answers(actor) => voice("ledger_answers", actor),
        }
    }

    /// The lists of all claims, by status and by finding.
    fn ledgers(&self, here: LedgerOf) -> Vec<LedgerView> {
        let archive = self.studio.archive;
        let view = |of: LedgerOf| {
            let (key, word) = match of {
                LedgerOf::Status(status) => ("status", status.word()),
                LedgerOf::Finding(status) => ("finding", status.word()),
                _ => ("all", ""),
            };
            LedgerView {
                key,
                word,
                url: self.studio.addresses.rest(&ledger_address(archive, of)),
                count: ledger_list(archive, of).len(),
                is_here: of == here,
            }
        };
        [LedgerOf::All].into_iter().chain(ledger_lists(archive)).map(view).collect()
    }

    /// What an actor says, what is said about it and what it answers: the newest of each.
    pub(super) fn voices(&self, actor: EntityIx, lists: &Lists) -> Vec<VoiceView> {
        let archive = self.studio.archive;
        if archive[actor].kind != ACTOR {
            return Vec::new();
        }
        let view = |(key, of): (&'static str, LedgerOf)| {
            let list = ledger_list(archive, of);
            VoiceView {
                key,
                items: list.iter().rev().take(VOICE_SHOWN).map(|it| self.claim_card(*it, lists)).collect(),
                count: list.len(),
                url: (list.len() > VOICE_SHOWN)
                    .then(|| self.studio.addresses.rest(&ledger_address(archive, of))),
            }
        };
        let lists = ["says", "about", "answers"].into_iter().zip(voices_of(actor));
        lists.map(view).filter(|voice| voice.count > 0).collect()
    }

    /// The newest claims on which accounts differ, for the first page.
    pub(super) fn differing(&self, lists: &Lists) -> VoiceView {
        let of = LedgerOf::Status(Status::Differ);
        let list = ledger_list(self.studio.archive, of);
        VoiceView {
            key: "differ",
            items: list.iter().rev().take(DIFFERING).map(|it| self.claim_card(*it, lists)).collect(),
            count: list.len(),
            url: (!list.is_empty())
                .then(|| self.studio.addresses.rest(&ledger_address(self.studio.archive, of))),
        }
    }
}

fn value_of(text: Option<&str>) -> Value {
    super::context::value(&text)
}

/// The first `most` characters of a text, without a word cut in two.
pub(super) fn shortened(text: &str, most: usize) -> String {
    let Some((end, _)) = text.char_indices().nth(most) else { return text.to_owned() };
    let whole = text[..end].rfind(char::is_whitespace).filter(|space| *space > 0).unwrap_or(end);
    format!("{}…", text[..whole].trim_end_matches([' ', '.', ',', ';', ':']))
}
