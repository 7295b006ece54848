//! A briefing, and the Markdown file that it is.

use std::fmt::Write as _;

use super::{Archive, calendar::Date, list, names::capitalised, quoted, text::Writer};

/// One briefing, before any generator's front matter is put on it.
pub(crate) struct Briefing {
    /// Its place in the archive, from 0, the oldest first.
    pub(crate) number: usize,
    /// The day it covers.
    pub(crate) date: Date,
    /// What its address ends with; unique within its day.
    pub(crate) slug: String,
    pub(crate) title: String,
    pub(crate) summary: String,
    /// Ranks of its actors.
    pub(crate) actors: Vec<usize>,
    /// Ranks of its places.
    pub(crate) locations: Vec<usize>,
    pub(crate) sources: Vec<Source>,
    /// Markdown.
    pub(crate) body: String,
}

/// Something that was read for a briefing.
pub(crate) struct Source {
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) publisher: String,
    pub(crate) published: Date,
    pub(crate) url: String,
}

impl Archive {
    /// The briefing of that number, which is less than the archive has.
    pub(crate) fn briefing(&self, number: usize) -> Briefing {
        let (date, _) = self.days[number];
        let actors = self.actors_of(number);
        let mut rng = self.rng(1, number);
        let locations = self.location_law.ranks(self.shape.locations, &mut rng);
        let mut writer =
            Writer { archive: self, rng, actors: &actors, locations: &locations, mentions: None };
        let title = title(&mut writer);
        let summary = format!("{} {}", writer.sentence(14), writer.sentence(12));
        let sources = (1..=self.shape.sources).map(|place| source(place, date, &mut writer)).collect();
        let body = match &self.registry {
            Some(registry) => writer.body_with_mentions(registry, number),
            None => writer.body(self.shape.words),
        };
        Briefing { number, date, slug: self.slug(number), title, summary, actors, locations, sources, body }
    }

    /// The id of the briefing of that number: the stem of its file.
    pub(super) fn id(&self, number: usize) -> String {
        format!("{}-{}", self.days[number].0, self.slug(number))
    }

    /// The ranks of the actors of the briefing of that number.
    pub(super) fn actors_of(&self, number: usize) -> Vec<usize> {
        self.actor_law.ranks(self.shape.actors, &mut self.rng(7, number))
    }

    /// From its own stream of chance, so that another briefing can name this one without making it.
    fn slug(&self, number: usize) -> String {
        let rng = self.rng(2, number);
        let mut writer = Writer { archive: self, rng, actors: &[], locations: &[], mentions: None };
        format!("{}-{}", writer.phrase(3).replace(' ', "-"), self.days[number].1)
    }
}

impl Briefing {
    /// Its file below the folder of briefings.
    pub(crate) fn path(&self) -> String {
        let (year, month, _) = self.date.parts();
        format!("{year:04}/{month:02}/{}-{}.md", self.date, self.slug)
    }

    /// The file, with the front matter that `brief` reads.
    pub(crate) fn to_markdown(&self, archive: &Archive) -> String {
        let mut text = String::with_capacity(self.body.len() + 1_500);
        let actors = list(self.actors.iter().map(|rank| archive.actors[*rank].as_str()));
        let locations = list(self.locations.iter().map(|rank| archive.locations[*rank].as_str()));
        let (title, summary) = (quoted(&self.title), quoted(&self.summary));
        let _ = writeln!(text, "---\ntitle: {title}\ndate: {}\nsummary: {summary}", self.date);
        let _ = writeln!(text, "actors: {actors}\nlocations: {locations}");
        self.write_claims(archive, &mut text);
        if !self.sources.is_empty() {
            text += "sources:\n";
        }
        for source in &self.sources {
            let Source { id, title, publisher, published, url } = source;
            let (title, publisher, url) = (quoted(title), quoted(publisher), quoted(url));
            let _ = writeln!(
                text,
                "  {id}: {{title: {title}, publisher: {publisher}, published: {published}, url: {url}}}"
            );
        }
        text += "---\n\n";
        text += &self.body;
        text
    }
}

fn title(writer: &mut Writer<'_>) -> String {
    let archive = writer.archive;
    let name =
        |ranks: &[usize], names: &[String], place: usize| ranks.get(place).map(|rank| names[*rank].clone());
    let mut title = name(writer.actors, &archive.actors, 0).unwrap_or_else(|| capitalised(&writer.phrase(1)));
    let _ = write!(title, " {}", writer.phrase(4));
    if let Some(place) = name(writer.locations, &archive.locations, 0) {
        let _ = write!(title, " in {place}");
    }
    if let Some(other) = name(writer.actors, &archive.actors, 1).filter(|_| writer.rng.one_in(3)) {
        let _ = write!(title, "; {other} {}", writer.phrase(3));
    }
    title
}

fn source(place: usize, date: Date, writer: &mut Writer<'_>) -> Source {
    let publisher = writer.rng.pick(&writer.archive.publishers).clone();
    let title = capitalised(&writer.phrase(7));
    let host = writer.rng.below(40);
    let path = writer.phrase(4).replace(' ', "-");
    let (year, month, _) = date.parts();
    Source {
        id: format!("s{place}"),
        title,
        publisher,
        published: date,
        url: format!("https://press{host}.example/{year}/{month:02}/{path}"),
    }
}
