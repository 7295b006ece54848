use std::{borrow::Cow, hash::Hash, sync::Arc};

use super::{
    Made, Renderer, Studio, corrections,
    feeds::{self, Category, Deleted, Entry, Feed},
};
use crate::{
    archive::{Archive, BriefingIx, EntityIx, NoteIx, NotedOn, TombstonePage, What},
    memo::{Key, Scribe},
    model::{Published, Tlp, tag_uri},
    pages::{FeedFormat, FeedOf, ListOf},
    settings::LOCATION,
};

/// What names the labels of TLP 2.0 as categories.
const LABELS: &str = "https://www.first.org/tlp/";

/// How many entities an entry names. A briefing with thousands would otherwise stand in the feed of each with all.
const CATEGORIES: usize = 30;

/// What an entry is made of, held while the feed borrows it; and the key of that.
pub(super) struct Keyed<'a> {
    held: Held<'a>,
    key: Key,
}

impl<'a> From<Held<'a>> for Keyed<'a> {
    fn from(held: Held<'a>) -> Self {
        let mut scribe = Scribe::of("entry");
        held.hash(&mut scribe);
        Self { key: scribe.done(), held }
    }
}

#[derive(Hash)]
struct Held<'a> {
    id: String,
    url: String,
    title: Cow<'a, str>,
    language: Option<&'a str>,
    published: String,
    changed: Published,
    updated: String,
    authors: Vec<&'a str>,
    summary: Option<&'a str>,
    categories: Vec<(&'a str, &'a str, String)>,
}

impl Held<'_> {
    fn lists(&self) -> (Vec<&str>, Vec<Category<'_>>) {
        let categories = self.categories.iter();
        let categories = categories.map(|(term, label, scheme)| Category { term, label, scheme });
        (self.authors.clone(), categories.collect())
    }

    /// The entry; it borrows its `lists` too.
    fn entry<'e>(&'e self, authors: &'e [&'e str], categories: &'e [Category<'e>]) -> Entry<'e> {
        Entry {
            id: &self.id,
            url: &self.url,
            title: &self.title,
            language: self.language,
            published: &self.published,
            updated: &self.updated,
            authors,
            summary: self.summary,
            content_html: None,
            categories,
        }
    }
}

/// A retracted briefing as feeds tell of it.
struct Withdrawn {
    id: String,
    changed: Published,
    when: String,
}

impl<'a> Renderer<'a> {
    /// A feed of the newest briefings of a list.
    pub(super) fn feed(&self, of: FeedOf, format: FeedFormat) -> Made<'static> {
        let settings = self.studio.settings;
        let Studio { archive, .. } = self.studio;
        let limit = settings.lists.feed;
        let (address, title, specific, briefings) = self.told_in(of);
        let specific = self.studio.edition.specific(specific);
        let authority = settings.authority.as_deref().unwrap_or_default();
        let withdrawn = self.withdrawn(of, &briefings, limit, authority);
        let keyed: Vec<Arc<Keyed<'_>>> = if of == FeedOf::Corrections {
            let newest = archive.corrections.iter().rev().take(limit);
            newest.map(|place| Arc::new(self.held_correction(*place, authority).into())).collect()
        } else {
            briefings.into_iter().map(|place| self.held_briefing(place, authority)).collect()
        };
        let absolute = |address: &str| self.studio.addresses.absolute(address).unwrap_or_default();
        let changes = keyed.iter().map(|entry| (entry.held.changed, entry.held.updated.as_str()));
        let updated = changes
            .chain(withdrawn.iter().map(|gone| (gone.changed, gone.when.as_str())))
            .max_by_key(|(changed, _)| *changed)
            .map_or("1970-01-01T00:00:00Z", |(_, updated)| updated);
        let deleted: Vec<Deleted<'_>> =
            withdrawn.iter().map(|gone| Deleted { id: &gone.id, when: &gone.when }).collect();
        let feed = Feed {
            entries: &[],
            title: &labelled(&title, self.labels.gathered()),
            language: &settings.language,
            home_url: &absolute(&address),
            self_url: &absolute(&format!("{address}{}", format.file())),
            id: &tag_uri(authority, &specific),
            updated,
            author: &settings.publisher,
            rights: settings.license.as_deref(),
            deleted: &deleted,
        };
        let mut scribe = Scribe::of("feed");
        scribe.text(format.file());
        feed.hash(&mut scribe);
        for entry in &keyed {
            scribe.key(entry.key);
        }
        let key = scribe.done();
        if let Some(known) = self.known(key).filter(|_| self.sparing) {
            return Made::Known(known);
        }
        let held: Vec<&Held<'_>> = keyed.iter().map(|keyed| &keyed.held).collect();
        let lists: Vec<(Vec<&str>, Vec<Category<'_>>)> = held.iter().map(|held| held.lists()).collect();
        let entries =
            held.iter().zip(&lists).map(|(held, (authors, categories))| held.entry(authors, categories));
        let entries: Vec<Entry<'_>> = entries.collect();
        let feed = Feed { entries: &entries, ..feed };
        let bytes = match format {
            FeedFormat::Atom => feeds::atom(&feed),
            FeedFormat::Json => feeds::json(&feed),
        };
        Made::Keyed(bytes, key)
    }

    /// What a feed stands beside: its address and title; what makes the feed's id; and the newest briefings of it.
    fn told_in(&self, of: FeedOf) -> (String, String, String, Vec<BriefingIx>) {
        let Studio { archive, settings, .. } = self.studio;
        let limit = settings.lists.feed;
        let all = || newest(archive.briefings.len(), limit);
        let (address, title, id, briefings) = match of {
            FeedOf::Site => return (String::new(), settings.title.clone(), "feed".to_owned(), all()),
            FeedOf::Briefings => {
                let title = self.word("briefings").to_owned();
                ("briefings/".to_owned(), title, "briefings".to_owned(), all())
            }
            FeedOf::Entity(place) => {
                let entity = &archive[place];
                let id = format!("{}:{}", settings.kinds[entity.kind].name, entity.slug);
                (entity.address.clone(), entity.name.clone(), id, self.told_of(place, limit))
            }
            FeedOf::Corrections => {
                let title = self.word("corrections").to_owned();
                (corrections::ADDRESS.to_owned(), title, "corrections".to_owned(), Vec::new())
            }
            FeedOf::Pair(place) => {
                let (one, other) = (&archive[archive[place].one], &archive[archive[place].other]);
                // An actor and a place may share a slug.
                let between = if other.kind == LOCATION { ":in:" } else { ":" };
                let id = format!("together:{}{between}{}", one.slug, other.slug);
                let briefings = archive.briefings_of(place).into_iter().rev().take(limit).collect();
                (ListOf::Pair(place).address(archive), self.pair_title(place), id, briefings)
            }
        };
        (address, format!("{title} – {}", settings.title), format!("feed:{id}"), briefings)
    }

    /// The retracted briefings that would stand in a feed beside the newest `briefings` of its list, newest first.
    fn withdrawn(
        &self,
        of: FeedOf,
        briefings: &[BriefingIx],
        limit: usize,
        authority: &str,
    ) -> Vec<Withdrawn> {
        let archive = self.studio.archive;
        let stood_there = |page: &&TombstonePage| match of {
            FeedOf::Site | FeedOf::Briefings => true,
            FeedOf::Entity(entity) => page.entities.contains(&entity),
            FeedOf::Pair(pair) => {
                page.entities.contains(&archive[pair].one) && page.entities.contains(&archive[pair].other)
            }
            FeedOf::Corrections => false,
        };
        let mut pages: Vec<&TombstonePage> = archive.tombstones.iter().filter(stood_there).collect();
        let key = |page: &TombstonePage| (page.tombstone.published, page.tombstone.id.clone());
        pages.sort_by_key(|page| std::cmp::Reverse(key(page)));
        let newer_than = |page: &TombstonePage| {
            let document = |place: &BriefingIx| &archive[*place].released.document;
            let is_newer =
                |place: &&BriefingIx| (document(place).published, document(place).id.clone()) > key(page);
            briefings.iter().filter(is_newer).count()
        };
        pages
            .into_iter()
            .enumerate()
            .filter(|(before, page)| before + newer_than(page) < limit)
            .map(|(_, page)| Withdrawn {
                id: tag_uri(authority, &format!("briefing:{}", page.tombstone.id)),
                changed: page.when,
                when: page.when.rfc3339(self.studio.settings.timezone),
            })
            .collect()
    }

    /// A correction as an entry.
    fn held_correction(&self, place: NoteIx, authority: &str) -> Held<'_> {
        let note = &self.studio.archive[place];
        let (title, address, language, _) = self.views.noted_on(note.on);
        let (address, anchor) = address.split_at(address.find('#').unwrap_or(address.len()));
        let label = match note.on {
            NotedOn::Briefing(briefing) => self.labels.entry(briefing),
            NotedOn::Tombstone(_) => self.labels.gathered(),
        };
        let when = note.when.rfc3339(self.studio.settings.timezone);
        Held {
            id: tag_uri(authority, &format!("correction:{}", note.key)),
            url: format!("{}{anchor}", self.studio.addresses.absolute(address).unwrap_or_default()),
            title: labelled(&format!("{}: {title}", self.kind_of_correction(note.correction.kind)), label)
                .into_owned()
                .into(),
            language,
            published: when.clone(),
            changed: note.when,
            updated: when,
            authors: Vec::new(),
            summary: Some(&note.correction.text),
            categories: label.into_iter().map(label_category).collect(),
        }
    }

    /// The newest briefings that tell something on an entity's timeline.
    fn told_of(&self, place: EntityIx, limit: usize) -> Vec<BriefingIx> {
        let archive = self.studio.archive;
        let mut briefings: Vec<BriefingIx> = archive[place]
            .timeline
            .iter()
            .map(|entry| match entry.what {
                What::Briefing(briefing) => briefing,
                What::Event(event) => archive[event].briefing,
                What::Claim(claim) => archive[claim].briefing,
                What::Response(claim, number) => archive[claim].responses[number as usize].briefing,
            })
            .collect();
        briefings.sort_unstable();
        briefings.dedup();
        briefings.into_iter().rev().take(limit).collect()
    }

    /// A briefing as an entry, made once for all the feeds that it stands in.
    fn held_briefing(&self, place: BriefingIx, authority: &str) -> Arc<Keyed<'a>> {
        self.entries[place.get()].get_or_init(|| Arc::new(self.held(place, authority).into())).clone()
    }

    fn held(&self, place: BriefingIx, authority: &str) -> Held<'a> {
        let archive: &'a Archive = self.studio.archive;
        let briefing = &archive[place];
        let document = &briefing.released.document;
        let zone = self.studio.settings.timezone;
        let instant = |published: Published| published.rfc3339(zone);
        let kinds = &self.studio.settings.kinds;
        let category = |place: &EntityIx| {
            let entity = &archive[*place];
            let scheme = self.studio.addresses.absolute(&format!("{}/", kinds[entity.kind].path));
            (entity.slug.as_str(), entity.name.as_str(), scheme.unwrap_or_default())
        };
        let label = self.labels.entry(place);
        let tags = briefing.tags.iter().filter(|place| self.studio.archive[**place].has_page);
        Held {
            id: tag_uri(authority, &format!("briefing:{}", document.id)),
            url: self.studio.addresses.absolute(&briefing.address).unwrap_or_default(),
            title: labelled(&document.title, label),
            language: document.language.as_deref(),
            published: instant(document.published),
            changed: briefing.changed,
            updated: instant(briefing.changed),
            authors: document.authors.iter().map(String::as_str).collect(),
            summary: document.summary.as_deref(),
            categories: label
                .into_iter()
                .map(label_category)
                .chain(tags.take(CATEGORIES).map(category))
                .collect(),
        }
    }
}

/// A title after its label, as FIRST asks of the subjects of messages.
fn labelled(title: &str, label: Option<Tlp>) -> Cow<'_, str> {
    match label {
        Some(label) => format!("[{}] {title}", label.written()).into(),
        None => title.into(),
    }
}

fn label_category<'a>(label: Tlp) -> (&'a str, &'a str, String) {
    (label.written(), label.written(), LABELS.to_owned())
}

/// The last `limit` of `len` briefings, the newest first.
fn newest(len: usize, limit: usize) -> Vec<BriefingIx> {
    (len.saturating_sub(limit)..len).rev().map(BriefingIx::new).collect()
}
