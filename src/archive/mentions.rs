use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashSet;

use super::{BriefingIx, Entity, EntityIx, Facts, Link, Mention, Reading, Words};
use crate::{
    diagnostics::{Diagnostic, Diagnostics, Span, one_of},
    documents::{
        Body,
        markdown::{self, Names},
    },
    memo::{Key, Memo, Scribe},
    model::{SourcePath, fold_name},
    settings::{ACTOR, DATE, KEYWORD, LOCATION, Settings},
};

/// The names that prose may mention.
#[derive(Debug)]
pub(super) struct Finder {
    names: Names,
    /// Whether an entity counts in every text, or only in those that it tags: those without a profile, since nobody
    /// has said that their names are theirs alone.
    everywhere: Vec<bool>,
    /// The key of both, where there is a memory.
    key: Option<Key>,
}

/// A name that may mean several entities: as it is written, where, and whose it is.
pub(super) type Unsaid = (String, Span, Box<[u32]>);

/// What one text names.
#[derive(Default)]
pub(super) struct Found {
    /// The first mention of each, where it may be linked.
    pub(super) linked: Vec<Mention>,
    /// All that are named, each once, in their order.
    pub(super) named: Vec<EntityIx>,
    /// The names that may mean several entities, each once.
    pub(super) unclear: Vec<Unsaid>,
}

/// A text and what is known of it.
pub(super) struct Text<'a> {
    pub(super) body: &'a Body,
    pub(super) links: &'a [Link],
    pub(super) path: &'a SourcePath,
    /// The entity that it describes.
    pub(super) of: Option<EntityIx>,
    pub(super) tags: &'a [EntityIx],
}

impl Finder {
    /// That of an archive; none where it has no names.
    pub(super) fn of(archive: &Facts, memo: Option<&Memo>) -> Option<Self> {
        let mut bearers: BTreeMap<String, Vec<(u8, EntityIx)>> = BTreeMap::new();
        for (place, entity) in archive.entities.iter().enumerate() {
            for (rank, name) in names_of(entity) {
                bearers.entry(fold_name(name)).or_default().push((rank, EntityIx::new(place)));
            }
        }
        for bearers in bearers.values_mut() {
            meant(bearers, archive);
        }
        let mut pairs: BTreeSet<(&str, u32)> = BTreeSet::new();
        for (_, name) in archive.entities.iter().flat_map(names_of) {
            let owners = bearers.get(&fold_name(name)).into_iter().flatten();
            pairs.extend(owners.map(|(_, place)| (name, place.0)));
        }
        let everywhere: Vec<bool> = archive.entities.iter().map(|entity| entity.profile.is_some()).collect();
        let key = memo.map(|_| key_of(&pairs, &everywhere));
        let names = Names::new(pairs);
        (!names.is_empty()).then_some(Self { names, everywhere, key })
    }

    /// The names that stand in `text`, of those that count there, as readers meet them: see [`that_matter`].
    fn mentions(&self, text: &Text<'_>, memo: Option<&Memo>) -> Vec<markdown::Mention> {
        let tagged = || text.tags.iter().filter(|tag| !self.everywhere[tag.get()]);
        let counts = |owner: u32| self.everywhere[owner as usize] || tagged().any(|tag| tag.0 == owner);
        let find = || that_matter(markdown::mentions(&text.body.prose, &self.names, &counts));
        let Some((memo, names)) = memo.zip(self.key) else { return find() };
        let prose = text.body.prose.text();
        let mut scribe = Scribe::of("mentions");
        scribe.reserve(prose.len());
        scribe.key(names);
        let mut tags: Vec<usize> = tagged().map(|tag| tag.get()).collect();
        tags.sort_unstable();
        scribe.number(tags.len());
        for tag in tags {
            scribe.number(tag);
        }
        scribe.text(prose);
        let key = scribe.done();
        if let Some(known) = memo.get(key).and_then(|bytes| markdown::Mention::of_bytes(&bytes)) {
            return known;
        }
        let mentions = find();
        memo.put(key, &markdown::Mention::to_bytes(&mentions));
        mentions
    }

    /// What a text names. What stands in `memo` need not be looked for.
    pub(super) fn find(&self, text: &Text<'_>, archive: &Facts, memo: Option<&Memo>) -> Found {
        let mentions = self.mentions(text, memo);
        let mut found = Found::default();
        if mentions.is_empty() {
            return found;
        }
        // Whom the author links himself is linked where he wants it; so is what is one thing as actor and as place.
        let of_author: FxHashSet<EntityIx> = text.links.iter().filter_map(Link::entity).collect();
        let explicit = |place: EntityIx| {
            of_author.contains(&place) || archive[place].same_as.is_some_and(|same| of_author.contains(&same))
        };
        let mut named: FxHashSet<EntityIx> = FxHashSet::default();
        let mut linked: FxHashSet<EntityIx> = FxHashSet::default();
        for mention in mentions {
            let [owner] = *mention.owners else {
                // Who links one of them himself has said who is meant.
                if mention.linkable && !mention.owners.iter().any(|owner| explicit(EntityIx(*owner))) {
                    found.add_unclear(text, mention);
                }
                continue;
            };
            let entity = EntityIx(owner);
            if named.insert(entity) {
                found.named.push(entity);
            }
            let own = text.of.is_some_and(|own| own == entity || archive[own].same_as == Some(entity));
            let may_link = mention.linkable && !own && archive[entity].has_page && !explicit(entity);
            if may_link && linked.insert(entity) {
                found.linked.push(Mention { stretch: mention.stretch, range: mention.range, entity });
            }
        }
        found.linked.sort_by_key(|mention| (mention.stretch, mention.range.start));
        found
    }

    /// `words` in pieces, those that are a name with the entity that is meant.
    fn words(&self, words: &Words, archive: &Facts) -> Words {
        let text: String = words.iter().map(|(piece, _)| &**piece).collect();
        let mut pieces: Words = Vec::new();
        let mut at = 0;
        for named in self.names.in_words(&text) {
            let [owner] = *named.owners else { continue };
            let entity = EntityIx(owner);
            if !self.everywhere[owner as usize] || !archive[entity].has_page {
                continue;
            }
            if named.range.start > at {
                pieces.push((text[at..named.range.start].into(), None));
            }
            at = named.range.end;
            pieces.push((text[named.range].into(), Some(entity)));
        }
        if at < text.len() {
            pieces.push((text[at..].into(), None));
        }
        pieces
    }
}

impl Found {
    fn add_unclear(&mut self, text: &Text<'_>, mention: markdown::Mention) {
        let name = text.body.prose.text().get(mention.source.clone()).unwrap_or_default();
        let folded = fold_name(name);
        if !self.unclear.iter().any(|(known, ..)| fold_name(known) == folded) {
            let span = text.body.prose.span(text.path, mention.source);
            self.unclear.push((name.to_owned(), span, mention.owners));
        }
    }
}

/// Of what stands in a text the first mention of each, the first that may be a link, and all that may be links and mean
/// several; in the order in which readers meet them.
fn that_matter(mut mentions: Vec<markdown::Mention>) -> Vec<markdown::Mention> {
    // Footnotes come after the text, wherever they are written.
    mentions.sort_by_key(|mention| mention.note);
    let mut named: FxHashSet<u32> = FxHashSet::default();
    let mut linkable: FxHashSet<u32> = FxHashSet::default();
    mentions.retain(|mention| match *mention.owners {
        [owner] => {
            let is_first_link = mention.linkable && linkable.insert(owner);
            named.insert(owner) || is_first_link
        }
        _ => mention.linkable,
    });
    mentions
}

/// The key of the names that prose may mention, whose they are, and which of these count in every text.
fn key_of(names: &BTreeSet<(&str, u32)>, everywhere: &[bool]) -> Key {
    let mut scribe = Scribe::of("names");
    scribe.number(everywhere.len());
    for everywhere in everywhere {
        scribe.tag(u8::from(*everywhere));
    }
    for (name, owner) in names {
        scribe.text(name);
        scribe.number(*owner as usize);
    }
    scribe.done()
}

/// The names of an entity that are linked by themselves, each with how well it fits: its name before its other names,
/// and both before the name of something that has no profile.
fn names_of(entity: &Entity) -> Vec<(u8, &str)> {
    if matches!(entity.kind, DATE | KEYWORD) {
        return Vec::new();
    }
    let Some(profile) = &entity.profile else { return vec![(3, &entity.name)] };
    let document = &profile.document;
    let rank = |name: &str| if name == document.name { 1 } else { 2 };
    document.linked_names().map(|name| (rank(name), name)).collect()
}

/// Leaves of those who bear a name the ones whom it fits best. What is one thing as actor and as place is meant as
/// actor.
fn meant(bearers: &mut Vec<(u8, EntityIx)>, archive: &Facts) {
    let best = bearers.iter().map(|(rank, _)| *rank).min();
    bearers.retain(|(rank, _)| Some(*rank) == best);
    bearers.dedup();
    if let [(_, one), (_, other)] = bearers[..]
        && archive[one].kind == ACTOR
        && archive[other].kind == LOCATION
        && (archive[one].same_as == Some(other) || archive[other].same_as == Some(one))
    {
        bearers.truncate(1);
    }
}

/// Those that a briefing's prose names, by itself or by a link, and that do not tag it.
pub(super) fn only_named(
    mut named: Vec<EntityIx>,
    links: &[Link],
    briefing: &super::Briefing,
    archive: &Facts,
) -> Vec<EntityIx> {
    let mut known: FxHashSet<EntityIx> = named.iter().copied().collect();
    named.extend(links.iter().filter_map(Link::entity).filter(|entity| known.insert(*entity)));
    let tags: FxHashSet<EntityIx> = briefing.tags.iter().copied().collect();
    // A day that prose leads to is not named by it as an actor or a place is.
    named.retain(|place| archive[*place].kind != DATE && !tags.contains(place));
    named
}

/// Finds the names in the words that say to whom something was said, and by what chain it came.
pub(super) fn chains(archive: &mut Facts, finder: &Finder) {
    let mut claims = std::mem::take(&mut archive.claims);
    for claim in &mut claims {
        for words in claim.told.iter_mut().chain(&mut claim.via) {
            *words = finder.words(words, archive);
        }
    }
    archive.claims = claims;
}

/// Lists for each entity the briefings that only name it, or one inside it.
pub(super) fn lists<'r>(
    archive: &Facts,
    readings: impl Iterator<Item = &'r Reading>,
) -> Vec<Vec<BriefingIx>> {
    let mut named_in = vec![Vec::new(); archive.entities.len()];
    let mut tagged: FxHashSet<EntityIx> = FxHashSet::default();
    let mut named: Vec<EntityIx> = Vec::new();
    for (place, reading) in readings.enumerate().filter(|(_, reading)| !reading.names.is_empty()) {
        let place = BriefingIx::new(place);
        tagged.clear();
        named.clear();
        tagged.extend(archive[place].tags.iter().flat_map(|tag| archive.with_those_above(*tag)));
        named.extend(reading.names.iter().flat_map(|name| archive.with_those_above(*name)));
        for entity in named.drain(..) {
            if archive[entity].kind != DATE && tagged.insert(entity) {
                named_in[entity.get()].push(place);
            }
        }
    }
    named_in
}

/// Names in prose that may mean several entities, told once each for the whole archive: however it is written, as
/// where it first stands.
#[derive(Default)]
pub(super) struct Unclear {
    names: BTreeMap<String, Told>,
}

struct Told {
    name: String,
    span: Span,
    owners: Box<[u32]>,
    /// In how many texts it stands.
    texts: usize,
}

impl Unclear {
    pub(super) fn add(&mut self, found: &[Unsaid]) {
        for (name, span, owners) in found {
            let told = || Told { name: name.clone(), span: span.clone(), owners: owners.clone(), texts: 0 };
            let told = self.names.entry(fold_name(name)).or_insert_with(told);
            told.texts += 1;
        }
    }

    pub(super) fn report(self, archive: &Facts, settings: &Settings, diagnostics: &mut Diagnostics) {
        for Told { name, span, owners, texts } in self.names.into_values() {
            let profiles = owners.iter().filter_map(|owner| archive[EntityIx(*owner)].profile.as_ref());
            let documents: Vec<_> = profiles.map(|profile| &profile.document).collect();
            let several_kinds = documents.iter().any(|document| document.kind != documents[0].kind);
            let ids = documents.iter().map(|document| {
                let kind = several_kinds.then(|| format!("{}:", settings.kinds[document.kind].name));
                kind.unwrap_or_default() + &document.id
            });
            let ids: Vec<String> = ids.collect();
            // Whose profile nobody has written may be anybody; that is told elsewhere.
            let [first, ..] = &ids[..] else { continue };
            let ids = one_of(ids.iter().map(String::as_str));
            let times = if texts == 1 { String::new() } else { format!(" in {texts} texts") };
            let message = format!("`{name}` is a name of {ids} and is not linked{times}");
            let help = format!("write `[[{first}|{name}]]`, or list the name under `weak_aliases`");
            let warning = Diagnostic::warning("ambiguous-mention", message).at(span).help(help);
            diagnostics.push(warning);
        }
    }
}
