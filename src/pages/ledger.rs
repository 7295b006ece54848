use super::{Content, LedgerOf, plan::Planner};
use crate::{
    archive::{ClaimIx, EntityIx, Linked, Status},
    model::{FindingStatus, Word},
    settings::ACTOR,
};

/// How many claims of a sort an actor's own page shows; more have a list of their own.
pub const VOICE_SHOWN: usize = 10;

/// The claims of a list of the ledger, in order of date.
pub fn ledger_list(archive: &Linked, of: LedgerOf) -> &[ClaimIx] {
    let ledger = &archive.ledger;
    match of {
        LedgerOf::All => &ledger.all,
        LedgerOf::Status(status) => ledger.by_status.get(&status).map_or(&[], Vec::as_slice),
        LedgerOf::Finding(status) => ledger.by_finding.get(&status).map_or(&[], Vec::as_slice),
        LedgerOf::Says(actor) => &archive.voice(actor).says,
        LedgerOf::About(actor) => &archive.voice(actor).about,
        LedgerOf::Answers(actor) => &archive.voice(actor).answers,
    }
}

/// The address of a list of the ledger below the root.
pub fn ledger_address(archive: &Linked, of: LedgerOf) -> String {
    let below = |actor: EntityIx, what: &str| format!("{}{what}/", archive[actor].address);
    match of {
        LedgerOf::All => "claims/".to_owned(),
        LedgerOf::Status(status) => format!("claims/status/{}/", status.word()),
        LedgerOf::Finding(status) => format!("claims/finding/{}/", status.word()),
        LedgerOf::Says(actor) => below(actor, "says"),
        LedgerOf::About(actor) => below(actor, "about"),
        LedgerOf::Answers(actor) => below(actor, "answers"),
    }
}

/// The lists of what an actor has to do with, whether they have pages or not.
pub fn voices_of(actor: EntityIx) -> [LedgerOf; 3] {
    [LedgerOf::Says(actor), LedgerOf::About(actor), LedgerOf::Answers(actor)]
}

/// The lists of all claims by status and by finding that hold any.
pub fn ledger_lists(archive: &Linked) -> Vec<LedgerOf> {
    let statuses = Status::ALL.into_iter().map(LedgerOf::Status);
    let findings = FindingStatus::WORDS.iter().map(|(_, status)| LedgerOf::Finding(*status));
    statuses.chain(findings).filter(|of| !ledger_list(archive, *of).is_empty()).collect()
}

impl Planner<'_> {
    /// A page for each claim that has an id, and the lists of the ledger.
    pub(super) fn claims(&mut self) {
        let archive = self.archive;
        self.retracted_claims();
        for (place, claim) in archive.claims.iter().enumerate() {
            if let Some(address) = claim.address(archive) {
                let origin = archive[claim.briefing].path();
                self.page(&address, Content::Claim(ClaimIx::new(place)), Some(origin));
            }
        }
        if archive.claims.is_empty() {
            return;
        }
        let voices = archive.entities_of(ACTOR).flat_map(voices_of);
        let long = voices.filter(|of| ledger_list(archive, *of).len() > VOICE_SHOWN);
        for of in [LedgerOf::All].into_iter().chain(ledger_lists(archive)).chain(long) {
            let (address, len) = (ledger_address(archive, of), ledger_list(archive, of).len());
            let first = self.pages.len();
            self.list(&address, len, None, |part| Content::Ledger(of, part));
            if let LedgerOf::Says(actor) | LedgerOf::About(actor) | LedgerOf::Answers(actor) = of {
                self.former_ledger(actor, &address, first);
            }
        }
    }
}
