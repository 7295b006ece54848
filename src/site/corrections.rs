use tera::Value;

use super::{
    Failed, Filled, Renderer,
    context::{CorrectionItem, CorrectionView, GroupView, NotedView, value},
    json_ld, named,
    sources::source_anchor,
    views::Views,
};
use crate::{
    archive::{NoteIx, NotedOf, NotedOn},
    model::{CorrectionKind, Period},
    pages::{Page, Part},
    release::Gone,
};

/// The address of the list of corrections.
pub(super) const ADDRESS: &str = "corrections/";

impl<'a> Views<'a> {
    /// Notes on what was changed, newest first.
    pub(super) fn notes(&self, notes: &[NoteIx]) -> Vec<CorrectionView<'a>> {
        notes.iter().map(|note| self.note(*note)).collect()
    }

    pub(super) fn note(&self, place: NoteIx) -> CorrectionView<'a> {
        let archive = self.archive;
        let note = &archive[place];
        CorrectionView {
            date: self.date(note.correction.date),
            kind: note.correction.kind.word(),
            text: &note.correction.text,
            of: self.noted(place),
            label: self.label(note.correction.marking.label()),
        }
    }

    /// What a note is of, where that is not all of its briefing. A claim is never shown without its responses, so its
    /// words do not stand here.
    fn noted(&self, place: NoteIx) -> Option<NotedView> {
        let archive = self.archive;
        let note = &archive[place];
        let (what, url) = match (&note.of, note.on) {
            (NotedOf::Claim(claim), _) => {
                let claim = &archive[*claim];
                ("claim", Some(self.part_url(claim.briefing, &claim.anchor)))
            }
            (NotedOf::Event(event), _) => {
                let event = &archive[*event];
                ("event", Some(self.part_url(event.briefing, &event.anchor)))
            }
            (NotedOf::Source(number), NotedOn::Briefing(briefing)) => {
                let (id, _) = archive[briefing].sources.get(number - 1)?;
                ("source", Some(self.part_url(briefing, &source_anchor(id))))
            }
            (NotedOf::Image(address), _) => ("image", Some(self.addresses.rest(address))),
            (NotedOf::Gone(gone), _) => (word(*gone), None),
            (NotedOf::Briefing | NotedOf::Source(_), _) => return None,
        };
        Some(NotedView { what, url, retracted: matches!(note.of, NotedOf::Gone(_)) })
    }

    /// A note in the list of all.
    fn correction_item(&self, place: NoteIx) -> CorrectionItem<'a> {
        let archive = self.archive;
        let note = self.note(place);
        let (title, address, language, retracted) = self.noted_on(archive[place].on);
        CorrectionItem {
            date: note.date,
            kind: note.kind,
            text: note.text,
            of: note.of,
            title,
            url: self.addresses.rest(&address),
            language,
            retracted,
            label: note.label.or_else(|| match archive[place].on {
                NotedOn::Briefing(briefing) => {
                    self.label(archive[briefing].released.document.marking.label())
                }
                NotedOn::Tombstone(_) => None,
            }),
        }
    }

    /// The title and the address of what a note stands on, its language where it is not the site's, and whether it was
    /// retracted: then its day stands for its title.
    pub(super) fn noted_on(&self, on: NotedOn) -> (String, String, Option<&'a str>, bool) {
        let archive = self.archive;
        match on {
            NotedOn::Briefing(place) => {
                let briefing = &archive[place];
                let document = &briefing.released.document;
                let address = format!("{}#corrections", briefing.address);
                (document.title.clone(), address, document.language.as_deref(), false)
            }
            NotedOn::Tombstone(place) => {
                let page = &archive.tombstones[place];
                let day = self.words.day(page.tombstone.date.day());
                (self.words.fill("retracted_of", &[("date", &day)]), page.address.clone(), None, true)
            }
        }
    }
}

/// What a retracted thing is called in templates and in the keys of a theme's words.
pub(super) fn word(gone: Gone) -> &'static str {
    match gone {
        Gone::Briefing => "briefing",
        Gone::Claim => "claim",
        Gone::Event => "event",
        Gone::Image => "image",
    }
}

impl Renderer<'_> {
    /// A part of the list of what was corrected, clarified and retracted.
    pub(super) fn corrections(&self, page: &Page, part: &Part) -> Result<Filled, Failed> {
        let archive = self.studio.archive;
        let mut years: Vec<(i32, Vec<Value>)> = Vec::new();
        for place in archive.corrections[part.items.clone()].iter().rev() {
            let year = archive[*place].when.day().year();
            let item = value(&self.views.correction_item(*place));
            match years.last_mut() {
                Some((last, items)) if *last == year => items.push(item),
                _ => years.push((year, vec![item])),
            }
        }
        let groups: Vec<GroupView> =
            years.into_iter().map(|(year, items)| self.group(Period::Year(year), items)).collect();
        let title = self.part_title(self.word("corrections"), part);
        let mut view = self.view(page, "list", &title, None);
        view.feeds = self.feeds_of(ADDRESS, &title);
        view.crumbs = vec![self.home_crumb()];
        view.description = self.views.words.fill(
            "describe_corrections",
            &[
                ("title", &title),
                ("site", &self.studio.settings.title),
                ("count", &part.items.len().to_string()),
            ],
        );
        view.json_ld = json_ld::list(&view, self.studio);
        let values = vec![
            named("groups", &groups),
            named("pager", &self.pager(ADDRESS, part)),
            ("total", Value::from(archive.corrections.len())),
        ];
        self.fill("corrections.html", page, &view, values)
    }

    /// What a correction is called: `Correction`.
    pub(super) fn kind_of_correction(&self, kind: CorrectionKind) -> &str {
        self.word(&format!("correction_{}", kind.word()))
    }
}
