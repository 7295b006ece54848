use std::collections::BTreeMap;

use super::{
    Failed, Filled, Renderer,
    context::{AccountView, BalanceView, ShareView},
    json_ld, named,
};
use crate::{
    archive::{Account, Work},
    pages::Page,
};

/// How many publishers it names.
const PUBLISHERS: usize = 50;

/// What is counted of a side.
#[derive(Default)]
struct Count {
    all: usize,
    answered: usize,
}

impl Renderer<'_> {
    /// How the archive treats the sides of what it tells, in counts.
    pub(super) fn balance(&self, page: &Page) -> Result<Filled, Failed> {
        let title = self.word("balance").to_owned();
        let mut view = self.view(page, "balance", &title, None);
        view.crumbs = vec![self.home_crumb()];
        view.description = self
            .views
            .words
            .fill("describe_balance", &[("title", &title), ("site", &self.studio.settings.title)]);
        view.json_ld = json_ld::plain(&view, self.studio);
        self.fill("balance.html", page, &view, vec![named("balance", &self.counted_balance())])
    }

    fn counted_balance(&self) -> BalanceView {
        let archive = self.studio.archive;
        let mut told: BTreeMap<Account, Count> = BTreeMap::new();
        let (mut events, mut own, mut shared) = (0, 0, 0);
        for event in archive.heads() {
            events += 1;
            match archive.told_by(&archive[event])[..] {
                [] => own += 1,
                [side] => told.entry(side).or_default().all += 1,
                _ => shared += 1,
            }
        }
        let mut said: BTreeMap<Account, Count> = BTreeMap::new();
        for claim in &archive.claims {
            let answered = archive.is_answered(claim);
            for side in archive.claimants(claim) {
                let count = said.entry(side).or_default();
                count.all += 1;
                count.answered += usize::from(answered);
            }
        }
        let publishers = archive.most_cited();
        let filed: usize = archive.publishers.iter().map(|publisher| publisher.works.len()).sum();
        BalanceView {
            events,
            own,
            shared,
            one_sided: self.account_rows(told),
            claims: archive.claims.len(),
            by_side: self.account_rows(said),
            sources: filed + archive.unfiled.len(),
            languages: self.languages(),
            publishers: publishers.iter().take(PUBLISHERS).map(|place| self.views.share(*place)).collect(),
            more_publishers: publishers.len().saturating_sub(PUBLISHERS),
            unfiled: archive.unfiled.len(),
        }
    }

    /// Sides by name, those of whom nobody knows whose they are at the end: an order by numbers would be a ranking.
    fn account_rows(&self, counted: BTreeMap<Account, Count>) -> Vec<AccountView> {
        let mut accounts: Vec<(bool, String, AccountView)> = counted
            .into_iter()
            .map(|(account, Count { all, answered })| {
                let side = match account {
                    Account::Of(top) => Some(top),
                    Account::Unknown => None,
                };
                let view = AccountView {
                    side: side.map(|top| self.views.entity(top)),
                    count: all,
                    answered,
                    unanswered: all - answered,
                };
                (
                    side.is_none(),
                    side.map_or_else(String::new, |top| self.studio.archive[top].sort_key()),
                    view,
                )
            })
            .collect();
        accounts.sort_by(|one, other| (one.0, &one.1).cmp(&(other.0, &other.1)));
        accounts.into_iter().map(|(.., view)| view).collect()
    }

    /// The sources of each language, the most first; those that name none at the end.
    fn languages(&self) -> Vec<ShareView> {
        let archive = self.studio.archive;
        let works = archive.publishers.iter().flat_map(|publisher| &publisher.works).chain(&archive.unfiled);
        let mut counts: BTreeMap<Option<&str>, usize> = BTreeMap::new();
        let language = |work: &Work| work.source(archive).1.language.as_deref();
        works.for_each(|work| *counts.entry(language(work)).or_default() += 1);
        let mut languages: Vec<(Option<&str>, usize)> = counts.into_iter().collect();
        languages.sort_by_key(|(tag, count)| (tag.is_none(), std::cmp::Reverse(*count)));
        let share = |(tag, count): (Option<&str>, usize)| ShareView {
            title: tag.map_or_else(|| self.word("no_language").to_owned(), |tag| self.language_name(tag)),
            url: None,
            count,
        };
        languages.into_iter().map(share).collect()
    }

    /// A language as the settings call it, else its tag.
    fn language_name(&self, tag: &str) -> String {
        let name = self.studio.settings.languages.get(tag).and_then(Option::as_ref);
        name.map_or_else(|| tag.to_owned(), |name| format!("{name} ({tag})"))
    }
}
