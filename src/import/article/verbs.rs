//! The words by which articles say that somebody speaks, or that something happens.

use crate::model::{ClaimClass, Stance};

/// What a verb of speech makes of a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Speech {
    /// Says something.
    Says,
    /// Contradicts something.
    Denies,
    /// Agrees with something.
    Confirms,
}

const SAYS: &str = "said says say told tells tell claimed claims claim announced announces announce stated states added \
    adds insisted insists insist argued argues argue warned warns warn alleged alleges allege maintained \
    maintains maintain noted notes declared declares reported reports report acknowledged acknowledges \
    admitted admits conceded concedes demanded demands urged urges pledged pledges vowed vows promised \
    promises threatened threatens wrote writes tweeted posted testified testifies asserted asserts \
    assert affirmed affirms reiterated reiterates stressed stresses emphasised emphasized explained \
    explains replied replies responded condemned condemns criticised criticized estimated estimates \
    estimate predicted predicts accused accuses accuse believes believe believed recalled recalls \
    remarked disclosed revealed reveals proclaimed suggested suggests proposed proposes offered offers \
    expects expected hopes hoped blamed blames called calls complained commented concluded concludes \
    described describes informed indicated indicates contended contends signalled signaled underlined \
    continued ordered assured assures agreed agrees found quoted cited cautioned observed repeated \
    repeats boasted appealed ruled vouched welcomed hailed praised justified defended";
const DENIES: &str = "denied denies deny rejected rejects reject disputed disputes dispute dismissed dismisses refuted \
    refutes contradicted contradicts rebuffed rebutted challenged contested";
const CONFIRMS: &str = "confirmed confirms confirm verified corroborated verifies";

/// Verbs that are as often something else, and count only with `that`, a quotation or a comma beside them.
const WEAK: &str = "called calls described describes found ordered continued agreed agrees expected expects offered \
    offers posted blamed blames hoped hopes believed recalled recalls revealed reveals suggested \
    suggests informed indicated indicates quoted cited maintained maintains observed repeated repeats \
    ruled welcomed hailed praised justified defended challenged";

/// What the word says, where it is a verb of speech.
pub(super) fn speech(lower: &str) -> Option<Speech> {
    if among(SAYS, lower) {
        Some(Speech::Says)
    } else if among(DENIES, lower) {
        Some(Speech::Denies)
    } else {
        among(CONFIRMS, lower).then_some(Speech::Confirms)
    }
}

/// Whether the word is a verb of speech that may follow a quotation.
pub(super) fn says(lower: &str) -> bool {
    speech(lower).is_some() || matches!(lower, "asked" | "asks")
}

pub(super) fn is_weak(lower: &str) -> bool {
    among(WEAK, lower)
}

/// Forms in `-s` or without ending that are nouns too: `the claims`, `a report`.
pub(super) fn may_be_noun(lower: &str) -> bool {
    const WORDS: &str = "claims claim reports report states notes demands estimates estimate offers calls hopes promises \
         pledges vows disputes dispute challenged replies";
    among(WORDS, lower)
}

/// The class that a verb suggests.
pub(super) fn class(lower: &str) -> ClaimClass {
    match lower {
        "demanded" | "demands" | "urged" | "urges" | "called" | "calls" | "appealed" | "ordered" => {
            ClaimClass::Demand
        }
        "threatened" | "threatens" => ClaimClass::Threat,
        "offered" | "offers" | "proposed" | "proposes" => ClaimClass::Offer,
        "predicted" | "predicts" | "expects" | "expected" => ClaimClass::Forecast,
        "believes" | "believe" | "believed" | "hopes" | "hoped" | "criticised" | "criticized"
        | "condemned" | "condemns" | "praised" | "hailed" | "welcomed" | "described" | "describes" => {
            ClaimClass::Opinion
        }
        "pledged" | "pledges" | "vowed" | "vows" | "promised" | "promises" => ClaimClass::Position,
        _ => ClaimClass::Fact,
    }
}

/// The answer that a verb gives to a claim.
pub(super) fn stance(speech: Speech, lower: &str) -> Option<Stance> {
    match speech {
        Speech::Says => None,
        Speech::Denies => Some(match lower {
            "disputed" | "disputes" | "dispute" | "challenged" | "contested" => Stance::Disputes,
            _ => Stance::Denies,
        }),
        Speech::Confirms => Some(Stance::Confirms),
    }
}

/// What a denial or a confirmation is of, where it answers somebody.
pub(super) fn is_statement(lower: &str) -> bool {
    const WORDS: &str = "claim claims allegation allegations accusation accusations report reports charge charges \
         assertion assertions statement statements suggestion suggestions account accounts version it \
         this that them any having responsibility involvement wrongdoing rumours rumors figure figures \
         criticism findings";
    among(WORDS, lower)
}

/// Nouns of those who speak without a name.
pub(super) fn is_role(lower: &str) -> bool {
    const ROLES: &str = "mission official source spokesman spokeswoman spokesperson spokespeople diplomat minister army military \
        police ministry government media resident witness witnesses analyst aide commander negotiator \
        mediator family families relative doctor medic authorities authority leader group movement \
        organisation organization agency agencies officer president premier ambassador envoy lawyer \
        prosecutor judge court company union committee council commission office department embassy \
        opposition party lawmaker expert scientist researcher report statement newspaper broadcaster network \
        channel historian activist campaigner charity hospital mayor governor secretary general admiral navy \
        parliament chairman director chief survivor man woman teacher worker volunteer engineer militia \
        rebels administration cabinet delegation representative outlet villager bank";
    among(ROLES, lower) || lower.strip_suffix('s').is_some_and(|one| among(ROLES, one))
}

/// Whether the word speaks of what is to come.
pub(super) fn is_ahead(lower: &str) -> bool {
    const WORDS: &str = "will won't shall due scheduled planned plans upcoming next tomorrow deadline expected slated set \
         would";
    among(WORDS, lower)
}

/// Whether something happens by it.
pub(super) fn is_deed(lower: &str) -> bool {
    const DEEDS: &str = "killed struck strike strikes hit bombed shelled attacked attack raided raid fired launched shot \
        wounded injured died dead captured seized arrested detained released release freed handed handover \
        hand exchanged signed sign met meet meets meeting convene convened visited visit visits arrived \
        arrive arrives left departed landed flew sailed crossed entered began begin begins started opened \
        open opens closed ended collapsed protest protests protested demonstrated marched rallied gathered \
        assassinate assassinated abducted kidnapped exploded explosion blast destroyed damaged evacuated \
        displaced voted vote elected election resigned appointed dismissed approved adopted passed announced \
        declared imposed lifted suspended resumed resume delivered deployed withdrew withdrawn invaded \
        occupied ceasefire truce talks summit hearing trial sentenced convicted charged filed published \
        issued held hold holds hosted took place happened occurred erupted broke intercepted downed crashed \
        sank flooded earthquake launch test tested blocked besieged photographed stand walk wave carry \
        inspect inspected addressed spoke speak founded established ratified returned return agreed rejected \
        sent received moved";
    among(DEEDS, lower)
}

/// Whether `word` is one of the words of `list`.
pub(super) fn among(list: &str, word: &str) -> bool {
    list.split_ascii_whitespace().any(|known| known == word)
}
