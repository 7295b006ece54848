use std::fmt::Write as _;

use super::{Draft, known::Known, known::known};
use crate::{
    archive::{Archive, Briefing, Claim, EntityIx, Party, Status},
    import::{quoted, scalar_text},
    model::Marking,
    settings::{ACTOR, DATE, Settings},
};

/// So many open claims are listed; older ones are counted.
const LISTED: usize = 20;

/// What a briefing begins with that goes on from another.
#[derive(Clone, Debug)]
pub struct After {
    /// The draft, without its title.
    pub draft: Draft,
    /// How many open claims stand in its notes.
    pub claims: usize,
    /// How many more there are.
    pub more: usize,
    /// Open claims that have no id, so that nothing can answer them elsewhere: their files.
    pub without_id: Vec<String>,
    /// The sources that were left out because something else than a label holds them back.
    pub held: Vec<String>,
    /// Whether something else than a label holds back the other briefing, so that this one begins as a draft.
    pub is_held: bool,
}

/// What goes on from `last`: whom it names, what it rests on, and the claims by or about its actors that nobody of
/// another side has answered.
pub fn after(archive: &Archive, last: &Briefing, settings: &Settings) -> After {
    let document = &last.released.document;
    let mut draft =
        Draft { language: document.language.clone(), label: document.marking.label(), ..Draft::default() };
    for (place, kind) in settings.kinds.iter().enumerate().filter(|(place, _)| *place != DATE) {
        let of_kind = last.tags.iter().filter(|tag| archive[**tag].kind == place);
        let names: Vec<String> = of_kind.map(|tag| written(archive, *tag)).collect();
        if !names.is_empty() || place <= crate::settings::LOCATION {
            draft.names.push((kind.key.clone(), names));
        }
    }
    let mut held = Vec::new();
    for (id, source) in &last.sources[..last.own_sources] {
        if is_held(&source.marking) {
            held.push(id.to_string());
        } else {
            draft.sources.push((id.clone(), source.clone()));
        }
    }
    let is_held = is_held(&document.marking);
    draft.unfinished = is_held;
    let (open, without_id) = open_claims(archive, last);
    let (claims, more) = (open.len().min(LISTED), open.len().saturating_sub(LISTED));
    draft.notes = skeleton(archive, &open[..claims], more);
    After { draft, claims, more, without_id, held, is_held }
}

/// Whether anything but a label holds something back.
fn is_held(marking: &Marking) -> bool {
    *marking != Marking { tlp: marking.label(), ..Marking::default() }
}

fn written(archive: &Archive, entity: EntityIx) -> String {
    let entity = &archive[entity];
    match known(archive, entity.kind, &entity.name) {
        Known::One { written, .. } => written,
        // Several bear the name.
        _ => entity.profile.as_ref().map_or_else(|| entity.name.clone(), |p| p.document.id.clone()),
    }
}

/// The claims by or about the actors of `last` that stand open, newest first, and the files of those without an id.
fn open_claims<'a>(archive: &'a Archive, last: &Briefing) -> (Vec<&'a Claim>, Vec<String>) {
    let actors: Vec<EntityIx> = last.tags.iter().copied().filter(|tag| archive[*tag].kind == ACTOR).collect();
    let concerns = |claim: &Claim| {
        let parties = claim.by.iter().chain(&claim.on_behalf_of).chain(&claim.about);
        parties.filter_map(Party::actor).any(|actor| actors.contains(&actor))
    };
    let is_open = |claim: &Claim| {
        let standing = archive.standing(claim).map(|standing| standing.status);
        matches!(standing, Some(Status::None | Status::NoComment))
    };
    let open = archive.claims.iter().filter(|claim| concerns(claim) && is_open(claim));
    let (mut named, unnamed): (Vec<&Claim>, Vec<&Claim>) = open.partition(|claim| claim.id.is_some());
    named.sort_by_key(|claim| std::cmp::Reverse(claim.day()));
    let mut files: Vec<String> =
        unnamed.iter().map(|claim| archive[claim.briefing].path().to_string()).collect();
    files.dedup();
    (named, files)
}

/// Answers to write, as comments: what stands behind each `# ` is YAML.
fn skeleton(archive: &Archive, open: &[&Claim], more: usize) -> String {
    if open.is_empty() {
        return String::new();
    }
    let mut text = "\
## Nobody of another side has answered these claims by or about the actors above. Where somebody has: take `# ` off
## `responses:` and off the lines of that claim, and say who answered, how and in what words.
## stance: confirms, denies, disputes, declines, no-reply; of the speaker's own side also restates, withdraws
# responses:
"
    .to_owned();
    for claim in open {
        let briefing = archive[claim.briefing].id();
        let id = claim.id.as_ref().map(ToString::to_string).unwrap_or_default();
        let by: Vec<String> = claim.by.iter().map(|party| called(archive, party)).collect();
        let words: Vec<&str> = claim.text.split_whitespace().collect();
        // Whom the claim is about is who answers, if anybody does.
        let about = claim.about.iter().filter_map(|party| match party {
            Party::Actor(actor) => Some(scalar_text(&written(archive, *actor), true)),
            Party::Unnamed { .. } => None,
        });
        let about: Vec<String> = about.collect();
        let answering = match &about[..] {
            [] => "{unnamed: somebody}".to_owned(),
            about => format!("[{}]", about.join(", ")),
        };
        let _ = write!(
            text,
            "#   # {}, {}: {}\n#   - claim: {}\n#     by: {answering}\n#     stance: no-reply\n#     text: \
             Replace this with what they say.\n",
            claim.day(),
            by.join(", "),
            words.join(" "),
            quoted(&format!("{briefing}#{id}")),
        );
    }
    if more > 0 {
        let _ = writeln!(text, "## and {more} older ones");
    }
    text
}

fn called(archive: &Archive, party: &Party) -> String {
    let words = match party {
        Party::Actor(actor) => archive[*actor].name.clone(),
        Party::Unnamed { words, .. } => words.to_string(),
    };
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}
