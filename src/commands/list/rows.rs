use super::{Listing, What};
use crate::{
    archive::{Archive, BriefingIx, ClaimIx, EntityIx, Party},
    model::{SourcePath, Tlp},
    release::{Held, Withheld},
    settings::{DATE, KEYWORD, LOCATION},
};

/// What is listed, as words: a cell for each column.
pub(super) struct Rows {
    pub(super) columns: Vec<&'static str>,
    pub(super) rows: Vec<Row>,
}

/// One thing. A cell holds several words where there are several actors.
pub(super) struct Row {
    pub(super) cells: Vec<Cell>,
    /// Its file, where it has one.
    pub(super) path: Option<SourcePath>,
}

/// What stands in a cell.
pub(super) enum Cell {
    Text(String),
    Number(usize),
    Names(Vec<String>),
    Nothing,
}

impl From<Option<String>> for Cell {
    fn from(text: Option<String>) -> Self {
        text.map_or(Self::Nothing, Self::Text)
    }
}

impl Rows {
    /// What `listing` lists: briefings and claims the newest first, entities by name. `withheld` is what the edition
    /// keeps back of it.
    pub(super) fn of(listing: &Listing<'_>, what: What, withheld: Option<&Withheld>) -> Self {
        let mut rows = match what {
            What::Briefings => listing.briefings(withheld),
            What::Claims => listing.claims(withheld),
            What::Kind(kind) => listing.entities(kind, withheld),
        };
        if withheld.is_none() {
            let column = rows.columns.iter().position(|column| *column == "withheld");
            if let Some(column) = column {
                rows.columns.remove(column);
                rows.rows.iter_mut().for_each(|row| drop(row.cells.remove(column)));
            }
        }
        rows
    }
}

impl Listing<'_> {
    fn briefings(&self, withheld: Option<&Withheld>) -> Rows {
        let columns = ["date", "id", "title", "actors", "locations", "label", "withheld", "path"].to_vec();
        let places = (0..self.archive.briefings.len()).rev().map(BriefingIx::new);
        let rows = places.filter_map(|place| {
            let briefing = &self.archive[place];
            let document = &briefing.released.document;
            let label = document.marking.label().or(self.settings.default_label);
            let fits = self.filter.admits_day(document.date.day())
                && self.filter.admits_briefing(place)
                && self.has(label);
            let tags = |kind: usize| {
                let of_kind = briefing.tags.iter().filter(|tag| self.archive[**tag].kind == kind);
                Cell::Names(of_kind.map(|tag| self.archive[*tag].name.clone()).collect())
            };
            let why = withheld.and_then(|withheld| self.why(withheld, &document.path, None));
            fits.then(|| Row {
                cells: vec![
                    Cell::Text(document.date.day().to_string()),
                    Cell::Text(document.id.as_str().to_owned()),
                    Cell::Text(document.title.clone()),
                    tags(crate::settings::ACTOR),
                    tags(LOCATION),
                    written(label),
                    why.into(),
                    Cell::Text(document.path.to_string()),
                ],
                path: Some(document.path.clone()),
            })
        });
        Rows { columns, rows: rows.collect() }
    }

    fn claims(&self, withheld: Option<&Withheld>) -> Rows {
        let columns =
            ["date", "id", "by", "text", "status", "finding", "label", "withheld", "path", "line"].to_vec();
        let mut places: Vec<ClaimIx> = (0..self.archive.claims.len()).map(ClaimIx::new).collect();
        places.sort_by_key(|place| std::cmp::Reverse((self.archive[*place].day(), *place)));
        let rows = places.into_iter().filter_map(|place| self.claim(place, withheld));
        Rows { columns, rows: rows.collect() }
    }

    fn claim(&self, place: ClaimIx, withheld: Option<&Withheld>) -> Option<Row> {
        let claim = &self.archive[place];
        let briefing = &self.archive[claim.briefing];
        let status = self.archive.standing(claim).map(|standing| standing.status);
        let finding = claim.findings.last().map(|finding| finding.status);
        let of_file = briefing.released.document.marking.label();
        let label = claim.label.max(of_file).or(self.settings.default_label);
        let fits = self.filter.admits_day(claim.day())
            && self.filter.admits_claim(place)
            && self.filter.status.is_none_or(|wanted| status == Some(wanted))
            && self.filter.finding.is_none_or(|wanted| finding == Some(wanted))
            && self.has(label);
        if !fits {
            return None;
        }
        let id = match &claim.id {
            Some(id) => format!("{}#{id}", briefing.id().as_str()),
            None => briefing.id().as_str().to_owned(),
        };
        let (path, start) = (briefing.path(), claim.at.range().start);
        let text = self.sources.text_at(path).and_then(|text| text.get(..start));
        let why = withheld.and_then(|withheld| self.why(withheld, path, Some(start)));
        let cells = vec![
            Cell::Text(claim.date.edtf()),
            Cell::Text(id),
            Cell::Names(claim.by.iter().map(|party| speaker(self.archive, party)).collect()),
            Cell::Text(claim.text.clone()),
            status.map(|status| status.word().to_owned()).into(),
            finding.map(|finding| finding.word().to_owned()).into(),
            written(label),
            why.into(),
            Cell::Text(path.to_string()),
            Cell::Number(text.map_or(1, |text| text.matches('\n').count() + 1)),
        ];
        Some(Row { cells, path: Some(path.clone()) })
    }

    fn entities(&self, kind: usize, withheld: Option<&Withheld>) -> Rows {
        let columns =
            ["name", "id", "type", "in", "briefings", "events", "claims", "label", "withheld", "path"]
                .to_vec();
        let places = self.archive.kinds.get(kind).into_iter().flatten().copied();
        let rows = places.filter_map(|place| self.entity(place, withheld));
        Rows { columns, rows: rows.collect() }
    }

    fn entity(&self, place: EntityIx, withheld: Option<&Withheld>) -> Option<Row> {
        let entity = &self.archive[place];
        let profile = entity.profile.as_ref().map(|released| &released.document);
        // What has no profile bears no label, and of days and tags nobody asks for one.
        let label = profile.map(|profile| profile.marking.label().or(self.settings.default_label));
        let label = label.filter(|_| !matches!(entity.kind, DATE | KEYWORD)).flatten();
        if !self.filter.admits_entity(place) || !self.has(label) {
            return None;
        }
        let counts = entity.counts();
        let path = profile.map(|profile| profile.path.clone());
        let why = withheld.zip(path.as_ref()).and_then(|(withheld, path)| self.why(withheld, path, None));
        let cells = vec![
            Cell::Text(entity.name.clone()),
            Cell::Text(profile.map_or_else(|| entity.slug.clone(), |profile| profile.id.clone())),
            profile.and_then(|profile| profile.entity_type).map(|sort| sort.word().to_owned()).into(),
            entity.parent.map(|parent| self.archive[parent].name.clone()).into(),
            Cell::Number(counts.briefings),
            Cell::Number(counts.events),
            Cell::Number(counts.claims),
            written(label),
            why.into(),
            path.as_ref().map(SourcePath::to_string).into(),
        ];
        Some(Row { cells, path })
    }

    fn has(&self, label: Option<Tlp>) -> bool {
        self.filter.label.is_none_or(|wanted| label == Some(wanted))
    }

    /// Why the file at `path`, or what stands at this byte of it, is kept back.
    fn why(&self, withheld: &Withheld, path: &SourcePath, byte: Option<usize>) -> Option<String> {
        let is_whole = |held: &&Held| held.part.is_none();
        let is_part =
            |held: &&Held| byte.is_some_and(|byte| held.bytes.iter().any(|bytes| bytes.contains(&byte)));
        let of_file = || withheld.iter().filter(|held| held.path == *path);
        let held = of_file().find(is_whole).or_else(|| of_file().find(is_part))?;
        Some(held.reason.words(self.settings.timezone))
    }
}

fn written(label: Option<Tlp>) -> Cell {
    label.map(|label| label.written().to_owned()).into()
}

fn speaker(archive: &Archive, party: &Party) -> String {
    match party {
        Party::Actor(actor) => archive[*actor].name.clone(),
        Party::Unnamed { words, of: Some(of) } => format!("{words} ({})", archive[*of].name),
        Party::Unnamed { words, of: None } => words.to_string(),
    }
}
