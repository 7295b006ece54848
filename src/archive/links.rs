use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::{
    BriefingIx, ClaimIx, EntityIx, EventIx, Facts, reading::Others, registry::Registry, retracted::Retracted,
};
use crate::{
    diagnostics::{Diagnostic, Diagnostics},
    documents::{Body, ImageWords, markdown::Target, resolve_path},
    model::{BriefingId, DIRECTIVE, LocalId, PartId, Period, SourcePath, without_dots},
    release::{Attachment, Gone},
    settings::{ACTOR, DATE, LOCATION, Settings},
};

/// What a reference in prose leads to.
#[derive(Clone, Debug, PartialEq, Hash)]
pub enum Link {
    /// A page below the root.
    Page {
        /// Its address, with `#` and an anchor where one is meant.
        address: String,
        /// What a `[[...]]` without words of its own shows.
        words: Option<String>,
    },
    /// A path from the root of the site without `.` and `..`, and what follows it as written.
    Root(String, String),
    /// An entity's page.
    Entity(EntityIx),
    /// A claim: its page, or where it is one of the text's own briefing, its place there.
    Claim(ClaimIx, Owner),
    /// What was retracted: an address where that is said, and what sort of thing it was.
    Retracted(String, Gone),
    /// A file that stands with the page.
    Beside {
        /// Its path from the page.
        path: String,
        /// What follows the path, as written.
        suffix: String,
        /// The words for it, where it is an image that has some.
        words: Option<Box<ImageWords>>,
        /// Its width and height in pixels, where it is an image.
        size: Option<(u32, u32)>,
    },
    /// A source of the page, by its number from 1.
    Source(usize),
    /// An anchor of the same page.
    Anchor(String),
    /// A query of the same page, as written.
    Query(String),
    /// Nothing: the words stand alone.
    Words,
}

/// Whose claim a text leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Owner {
    /// Its own briefing's.
    Here,
    /// Another's.
    Elsewhere,
}

impl Link {
    /// The entity that it leads to.
    pub(super) fn entity(&self) -> Option<EntityIx> {
        match self {
            Self::Entity(entity) => Some(*entity),
            _ => None,
        }
    }
}

/// A released text with a page.
#[derive(Clone, Debug)]
pub(super) enum Text {
    Briefing(BriefingIx),
    Translation(BriefingIx, String),
    Profile(EntityIx),
    Page(usize),
    Tombstone,
}

/// A released briefing.
#[derive(Debug)]
pub(super) struct Found {
    pub(super) place: BriefingIx,
    pub(super) address: String,
    pub(super) title: String,
}

/// Where everything that prose can name has its page.
#[derive(Debug)]
pub(super) struct Places {
    pub(super) registry: Registry,
    pub(super) settings: Arc<Settings>,
    /// The address of each released text, and which text it is.
    pub(super) files: FxHashMap<SourcePath, (String, Text)>,
    pub(super) briefings: FxHashMap<BriefingId, Found>,
    pub(super) claims: FxHashMap<(BriefingId, LocalId), ClaimIx>,
    pub(super) events: FxHashMap<(BriefingId, LocalId), EventIx>,
    pub(super) dates: FxHashMap<Period, EntityIx>,
    pub(super) retracted: Retracted,
}

/// The text whose references are resolved.
pub(super) struct Here<'a> {
    pub(super) path: &'a SourcePath,
    /// The briefing that it is, where it is one.
    pub(super) briefing: Option<&'a BriefingId>,
    /// The numbers of the sources it can cite.
    pub(super) sources: &'a [(LocalId, crate::documents::Source)],
    /// The released file for what the prose writes, if there is one.
    pub(super) asset: &'a dyn Fn(&str) -> Option<&'a Attachment>,
    /// The folder of its page's assets, relative to its page, where it has one of its own.
    pub(super) assets: &'a str,
}

impl Places {
    /// What each reference of `body` leads to, in their order. A reference to withheld matter and one to nothing
    /// both become words; only the diagnostic differs.
    pub(super) fn resolve(
        &self,
        body: &Body,
        here: &Here<'_>,
        others: &Others<'_>,
        diagnostics: &mut Diagnostics,
    ) -> Vec<Link> {
        let archive = others.facts();
        let references = body.outline.references.iter();
        references
            .map(|reference| {
                let mut tell = |problem: Diagnostic| {
                    diagnostics.push(problem.at(body.prose.span(here.path, reference.range.clone())));
                };
                match &reference.target {
                    Target::Fragment(anchor) => self.anchor(anchor, body, here, archive, &mut tell),
                    Target::Document { path, fragment } => {
                        self.document(path, fragment.as_deref(), here, others, &mut tell)
                    }
                    target => self.one(target, here, archive).unwrap_or_else(|problem| {
                        if let Some(problem) = problem {
                            tell(*problem);
                        }
                        Link::Words
                    }),
                }
            })
            .collect()
    }

    fn one(
        &self,
        target: &Target,
        here: &Here<'_>,
        archive: &Facts,
    ) -> Result<Link, Option<Box<Diagnostic>>> {
        match target {
            // The first two are resolved with the text at hand.
            Target::Fragment(_) | Target::Document { .. } | Target::Forbid(_) => Ok(Link::Words),
            Target::Query(query) => Ok(Link::Query(query.to_string())),
            Target::Absolute { path, suffix } => {
                Ok(Link::Root(without_dots(path.trim_start_matches('/')), suffix.to_string()))
            }
            Target::Citation { id } => here
                .sources
                .iter()
                .position(|(source, _)| source.as_str() == &**id)
                .map(|place| Link::Source(place + 1))
                .ok_or_else(|| Some(withheld())),
            Target::Asset { path, suffix } => {
                // That a file is not there has been reported when the text was read.
                let attachment = (here.asset)(path).ok_or(None)?;
                Ok(Link::Beside {
                    path: format!("{}{}", here.assets, attachment.asset.path.beside(here.path)),
                    suffix: suffix.to_string(),
                    words: attachment.words.clone().map(Box::new),
                    size: attachment.asset.size,
                })
            }
            Target::Wiki { kind, name, local, .. } => {
                self.wiki(kind.as_deref(), name, local.as_deref(), here, archive)
            }
        }
    }

    /// A link within the page.
    fn anchor(
        &self,
        anchor: &str,
        body: &Body,
        here: &Here<'_>,
        archive: &Facts,
        tell: &mut dyn FnMut(Diagnostic),
    ) -> Link {
        let own = here.briefing.and_then(|id| self.briefings.get(id)).map(|found| found.place);
        let id = id_in(anchor);
        if has_anchor(body, id) || own.is_some_and(|place| has_part(archive, place, id)) {
            return Link::Anchor(anchor.to_owned());
        }
        if here.briefing.is_some_and(|briefing| self.retracted.part(briefing, id).is_some()) {
            return Link::Anchor("corrections".to_owned());
        }
        tell(missing_anchor(id, body));
        Link::Words
    }

    /// A link to another text.
    fn document(
        &self,
        written: &str,
        fragment: Option<&str>,
        here: &Here<'_>,
        others: &Others<'_>,
        tell: &mut dyn FnMut(Diagnostic),
    ) -> Link {
        let archive = others.facts();
        // That there is no such file has been reported when the text was read.
        let Some(path) = resolve_path(here.path.folder(), written) else { return Link::Words };
        let Some((address, of)) = self.files.get(&path) else {
            tell(*withheld());
            return Link::Words;
        };
        let Some(fragment) = fragment else {
            return match of {
                // To link the file is to link whom it describes, as `[[...]]` does.
                Text::Profile(entity) => Link::Entity(*entity),
                _ => Link::Page { address: address.clone(), words: None },
            };
        };
        let id = id_in(fragment);
        if let Text::Briefing(place) = of
            && let Some((_, address)) = self.retracted.part(archive[*place].id(), id)
        {
            return Link::Page { address: address.to_owned(), words: None };
        }
        let known = match others.body(of) {
            Some(body) if has_anchor(body, id) => true,
            Some(body) => {
                let part = matches!(of, Text::Briefing(place) if has_part(archive, *place, id));
                if !part {
                    tell(missing_anchor(id, body));
                }
                part
            }
            None => false,
        };
        let address = if known { format!("{address}#{fragment}") } else { address.clone() };
        Link::Page { address, words: None }
    }

    fn wiki(
        &self,
        kind: Option<&str>,
        name: &str,
        local: Option<&str>,
        here: &Here<'_>,
        archive: &Facts,
    ) -> Result<Link, Option<Box<Diagnostic>>> {
        if let Some(local) = local {
            let part = PartId::parse(&format!("{name}#{local}")).ok_or(None)?;
            return self.part(&part, here, archive);
        }
        let known = kind.map(|kind| (kind, self.settings.kind_named(kind)));
        let (kinds, name) = match known {
            Some((_, Some(kind))) => (kind..kind + 1, name.to_owned()),
            Some((word, None)) => (0..self.settings.kinds.len(), format!("{word}:{name}")),
            None => (0..self.settings.kinds.len(), name.to_owned()),
        };
        if kinds.contains(&DATE)
            && let Ok(period) = Period::parse(&name)
        {
            return match self.dates.get(&period) {
                Some(date) => Ok(Link::Entity(*date)),
                None => Err(Some(Box::new(empty_date(period)))),
            };
        }
        // Of several kinds' entities the ones are meant whom the name fits best: by id, then by name, then by alias.
        let ranked: Vec<(u8, &[EntityIx])> =
            kinds.clone().filter_map(|kind| self.registry.find_ranked(kind, &name)).collect();
        let best = ranked.iter().map(|(rank, _)| *rank).min();
        let found: Vec<EntityIx> = ranked
            .into_iter()
            .filter(|(rank, _)| Some(*rank) == best || (*rank <= 1 && best <= Some(1)))
            .flat_map(|(_, entities)| entities.iter().copied())
            .collect();
        match Self::meant(&found, archive) {
            Meant::One(entity) if archive.entities[entity.get()].has_page => Ok(Link::Entity(entity)),
            Meant::One(_) => Ok(Link::Words),
            Meant::None => {
                let id = BriefingId::new(&name);
                let left = |id| self.retracted.briefing(id);
                if let Some(found) = id.as_ref().and_then(|id| self.briefings.get(id)) {
                    Ok(Link::Page { address: found.address.clone(), words: Some(found.title.clone()) })
                } else if let Some(address) = id.as_ref().and_then(left) {
                    Ok(Link::Retracted(address.to_owned(), Gone::Briefing))
                } else {
                    let hidden = kinds.into_iter().find_map(|kind| self.registry.hidden_alias(kind, &name));
                    Err(Some(hidden.map_or_else(withheld, Box::new)))
                }
            }
            Meant::Several => {
                let kinds: Vec<String> = found
                    .iter()
                    .map(|entity| {
                        let entity = &archive.entities[entity.get()];
                        let of_kind =
                            found.iter().filter(|place| archive.entities[place.get()].kind == entity.kind);
                        match &entity.profile {
                            Some(profile) if of_kind.count() > 1 => {
                                format!("[[{}|{name}]]", profile.document.id)
                            }
                            _ => format!("[[{}:{name}]]", self.settings.kinds[entity.kind].name),
                        }
                    })
                    .collect();
                let help = crate::diagnostics::one_of(kinds.iter().map(String::as_str));
                let message = format!("`[[{name}]]` may mean more than one thing");
                let diagnostic = Diagnostic::error("ambiguous-name", message);
                Err(Some(Box::new(diagnostic.help(format!("write {help}")))))
            }
        }
    }

    /// The one entity that is meant. What is one thing as actor and as place is meant as actor.
    fn meant(found: &[EntityIx], archive: &Facts) -> Meant {
        match *found {
            [] => Meant::None,
            [only] => Meant::One(only),
            [first, second] => {
                let (one, other) = (&archive.entities[first.get()], &archive.entities[second.get()]);
                let same = one.same_as == Some(second) || other.same_as == Some(first);
                if same && one.kind == ACTOR && other.kind == LOCATION {
                    Meant::One(first)
                } else {
                    Meant::Several
                }
            }
            _ => Meant::Several,
        }
    }

    /// A claim or an event of a briefing.
    fn part(&self, part: &PartId, here: &Here<'_>, archive: &Facts) -> Result<Link, Option<Box<Diagnostic>>> {
        let briefing = part.briefing.as_ref().or(here.briefing).ok_or(None)?;
        let local = part.local.clone().ok_or(None)?;
        let key = (briefing.clone(), local);
        if let Some(claim) = self.claims.get(&key) {
            let owner = if here.briefing == Some(briefing) { Owner::Here } else { Owner::Elsewhere };
            return Ok(Link::Claim(*claim, owner));
        }
        let Some(event) = self.events.get(&key).map(|event| &archive[*event]) else {
            let (gone, address) =
                self.retracted.part(&key.0, key.1.as_str()).ok_or_else(|| Some(withheld()))?;
            return Ok(Link::Retracted(address.to_owned(), gone));
        };
        let address = &self.briefings.get(briefing).ok_or(None)?.address;
        Ok(Link::Page { address: format!("{address}#{}", event.anchor), words: Some(event.text.clone()) })
    }
}

/// The id that a fragment asks the page for.
fn id_in(fragment: &str) -> &str {
    fragment.split(DIRECTIVE).next().unwrap_or_default()
}

/// Whether a text has a heading with this id, a footnote, or raw HTML that gives it. The top of a page is always there
/// (WHATWG HTML, "scrolling to a fragment").
fn has_anchor(body: &Body, anchor: &str) -> bool {
    anchor.is_empty()
        || anchor.eq_ignore_ascii_case("top")
        || body.outline.headings.iter().any(|heading| heading.id == anchor)
        || body.outline.ids.contains(anchor)
}

/// Whether a claim, an event or a source of a briefing stands at this anchor.
fn has_part(archive: &Facts, place: BriefingIx, anchor: &str) -> bool {
    let briefing = &archive[place];
    briefing.claims.iter().any(|claim| archive[*claim].anchor == anchor)
        || briefing.events.iter().any(|event| archive[*event].anchor == anchor)
        || briefing.sources.iter().any(|(id, _)| anchor.strip_prefix("source-") == Some(id.as_str()))
}

/// What a link says to a day, month or year on which nothing stands.
fn empty_date(period: Period) -> Diagnostic {
    Diagnostic::warning("empty-date", format!("nothing stands on `{period}`, so that it has no page"))
        .help("readers see the date without a link")
}

fn missing_anchor(anchor: &str, body: &Body) -> Diagnostic {
    let known = body.outline.headings.iter().map(|heading| heading.id.as_str());
    let help = if anchor.starts_with("fn:") || anchor.starts_with("fnref:") {
        "`fn:1` is the first footnote that readers meet, and `fnref:1` its mark".into()
    } else {
        crate::diagnostics::did_you_mean(anchor, known)
            .unwrap_or_else(|| format!("give a heading this id: `## ... {{#{anchor}}}`"))
    };
    Diagnostic::warning("missing-anchor", format!("nothing there has the id `{anchor}`")).help(help)
}

enum Meant {
    None,
    One(EntityIx),
    Several,
}

/// What a link says that leads to something which this edition withholds; it names the linking file alone.
fn withheld() -> Box<Diagnostic> {
    let diagnostic =
        Diagnostic::warning("withheld-target", "this leads to something that this edition does not show");
    Box::new(diagnostic.help("readers see the words without a link; mark them too, if they tell too much"))
}
