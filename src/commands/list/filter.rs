use std::collections::BTreeSet;

use super::{Broken, Options, What};
use crate::{
    archive::{Archive, BriefingIx, ClaimIx, EntityIx, Status, What as Entry},
    diagnostics::{did_you_mean, one_of},
    model::{Day, FindingStatus, Period, Tlp, Word, fold_name},
    settings::{ACTOR, LOCATION, Settings},
};

/// What a row must have to do with.
pub(super) struct Filter<'a> {
    archive: &'a Archive,
    /// The briefings and claims of each entity that is asked for.
    groups: Vec<Group>,
    /// The places that are asked for.
    pub(super) places: Vec<EntityIx>,
    pub(super) since: Option<Day>,
    pub(super) until: Option<Day>,
    pub(super) status: Option<Status>,
    pub(super) finding: Option<FindingStatus>,
    pub(super) label: Option<Tlp>,
}

/// What stands on an entity and those inside it.
struct Group {
    briefings: BTreeSet<BriefingIx>,
    claims: BTreeSet<ClaimIx>,
}

impl<'a> Filter<'a> {
    /// The filter that the options ask for.
    pub(super) fn of(
        options: &Options,
        what: What,
        archive: &'a Archive,
        settings: &Settings,
    ) -> Result<Self, Broken> {
        if what != What::Claims && (options.status.is_some() || options.finding.is_some()) {
            return Err(
                Broken::new("`--status` and `--finding` are about claims").help("write `brief list claims`")
            );
        }
        let find = |kind: usize, names: &[String]| -> Result<Vec<EntityIx>, Broken> {
            names.iter().map(|name| called(archive, settings, kind, name)).collect()
        };
        let (actors, places) = (find(ACTOR, &options.actor)?, find(LOCATION, &options.place)?);
        let groups = actors.iter().chain(&places).map(|entity| Group::of(archive, *entity)).collect();
        Ok(Self {
            archive,
            groups,
            places,
            since: day("--since", options.since.as_deref(), Period::first)?,
            until: day("--until", options.until.as_deref(), Period::last)?,
            status: word("--status", options.status.as_deref(), &Status::ALL.map(|s| (s.word(), s)))?,
            finding: word("--finding", options.finding.as_deref(), FindingStatus::WORDS)?,
            label: label(options.label.as_deref())?,
        })
    }

    /// Whether a briefing has to do with all entities that are asked for.
    pub(super) fn admits_briefing(&self, place: BriefingIx) -> bool {
        self.groups.iter().all(|group| group.briefings.contains(&place))
    }

    /// Whether a claim has.
    pub(super) fn admits_claim(&self, place: ClaimIx) -> bool {
        self.groups.iter().all(|group| group.claims.contains(&place))
    }

    /// Whether a day lies between those that are asked for.
    pub(super) fn admits_day(&self, day: Day) -> bool {
        self.since.is_none_or(|since| since <= day) && self.until.is_none_or(|until| day <= until)
    }

    /// Whether an entity stands in a briefing that is asked for, or says or is said something that is; a place lies in
    /// all places that are asked for.
    pub(super) fn admits_entity(&self, place: EntityIx) -> bool {
        let entity = &self.archive[place];
        let lies_in = |above: &EntityIx| self.archive.with_those_above(place).any(|other| other == *above);
        let (groups, lies) = if entity.kind == LOCATION {
            (&self.groups[..self.groups.len() - self.places.len()], self.places.iter().all(lies_in))
        } else {
            (&self.groups[..], true)
        };
        let is_asked = groups.is_empty() && self.since.is_none() && self.until.is_none();
        lies && (is_asked
            || entity.timeline.iter().filter(|entry| self.admits_day(entry.day)).any(|entry| {
                match entry.what {
                    Entry::Briefing(briefing) => {
                        groups.iter().all(|group| group.briefings.contains(&briefing))
                    }
                    Entry::Claim(claim) | Entry::Response(claim, _) => {
                        groups.iter().all(|group| group.claims.contains(&claim))
                    }
                    Entry::Event(_) => groups.is_empty(),
                }
            }))
    }
}

impl Group {
    fn of(archive: &Archive, entity: EntityIx) -> Self {
        let mut group = Self { briefings: BTreeSet::new(), claims: BTreeSet::new() };
        for entry in &archive[entity].timeline {
            match entry.what {
                Entry::Briefing(place) => {
                    group.briefings.insert(place);
                }
                Entry::Claim(place) | Entry::Response(place, _) => {
                    group.claims.insert(place);
                }
                Entry::Event(_) => {}
            }
        }
        group.claims.extend(archive[entity].unnamed.iter().map(|(place, _)| *place));
        group
    }
}

/// The one entity of a kind that `name` means: by its id or its name, else by any of its names.
fn called(archive: &Archive, settings: &Settings, kind: usize, name: &str) -> Result<EntityIx, Broken> {
    let wanted = fold_name(name);
    let all = || archive.kinds.get(kind).into_iter().flatten().copied();
    let is = |other: &str| fold_name(other) == wanted;
    let best = |place: &EntityIx| {
        let entity = &archive[*place];
        is(&entity.name) || is(&entity.slug)
    };
    let any = |place: &EntityIx| {
        archive[*place].profile.as_ref().is_some_and(|released| released.document.all_names().any(is))
    };
    let mut found: Vec<EntityIx> = all().filter(best).collect();
    if found.is_empty() {
        found = all().filter(any).collect();
    }
    let word = &settings.kinds[kind].name;
    match found[..] {
        [only] => Ok(only),
        [] => {
            let names = all().flat_map(|place| {
                let entity = &archive[place];
                let others = entity.profile.iter().flat_map(|released| released.document.all_names());
                std::iter::once(entity.name.as_str()).chain(others)
            });
            let help = did_you_mean(name, names)
                .unwrap_or_else(|| format!("`brief list {}` has their names", settings.kinds[kind].key));
            Err(Broken::new(format!("no {word} is called `{name}`")).help(help))
        }
        _ => {
            let ids = found.iter().map(|place| archive[*place].slug.as_str());
            let help = format!("write the id that is meant: {}", one_of(ids));
            Err(Broken::new(format!("`{name}` is a name of more than one {word}")).help(help))
        }
    }
}

fn day(flag: &str, written: Option<&str>, of: fn(Period) -> Day) -> Result<Option<Day>, Broken> {
    let Some(written) = written else { return Ok(None) };
    match Period::parse(written) {
        Ok(period) => Ok(Some(of(period))),
        Err(error) => Err(Broken { message: format!("`{flag}`: {}", error.message), help: error.help }),
    }
}

fn word<T: Copy>(
    flag: &str,
    written: Option<&str>,
    known: &[(&'static str, T)],
) -> Result<Option<T>, Broken> {
    let Some(written) = written else { return Ok(None) };
    let wanted = written.to_lowercase().replace(' ', "-");
    if let Some((_, value)) = known.iter().find(|(word, _)| *word == wanted) {
        return Ok(Some(*value));
    }
    let words = || known.iter().map(|(word, _)| *word);
    let help = did_you_mean(written, words()).unwrap_or_else(|| format!("write {}", one_of(words())));
    Err(Broken::new(format!("`{flag} {written}`: there is no such word")).help(help))
}

fn label(written: Option<&str>) -> Result<Option<Tlp>, Broken> {
    let Some(written) = written else { return Ok(None) };
    let help = one_of(Tlp::ALL.map(Tlp::label));
    let refused =
        || Broken::new(format!("`--tlp {written}`: there is no such label")).help(format!("write {help}"));
    Tlp::parse(written).map(Some).ok_or_else(refused)
}
