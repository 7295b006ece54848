use std::fmt::Write as _;

use rustc_hash::FxHashMap;

use super::{Content, Page, SEARCH};
use crate::{
    archive::Linked,
    diagnostics::{Diagnostic, Diagnostics, Span},
};

/// Reports every two files that cannot both be written: the same path, paths that are the same where case and
/// Unicode form are ignored, and a file where another needs a folder.
pub(super) fn check(pages: &[Page], archive: &Linked, diagnostics: &mut Diagnostics) {
    let folded: Vec<String> = pages.iter().map(|page| page.path.folded()).collect();
    let mut files: FxHashMap<&str, usize> = FxHashMap::default();
    files.reserve(pages.len());
    for (place, page) in pages.iter().enumerate() {
        if let Some(first) = files.insert(&folded[place], place)
            && !lead_to_one_page(&pages[first], page)
        {
            report(&pages[first], page, archive, diagnostics);
        }
    }
    in_the_search(pages, &folded, archive, diagnostics);
    for (page, folded) in pages.iter().zip(&folded) {
        for (slash, _) in folded.match_indices('/') {
            if let Some(file) = files.get(&folded[..slash]) {
                report(&pages[*file], page, archive, diagnostics);
                break;
            }
        }
    }
}

/// Reports files that would stand among those of the search, whose names are known only once they are made.
fn in_the_search(pages: &[Page], folded: &[String], archive: &Linked, diagnostics: &mut Diagnostics) {
    let is_search = |page: &Page| matches!(page.content, Content::Search);
    let Some(search) = pages.iter().find(|page| is_search(page)) else { return };
    for (page, folded) in pages.iter().zip(folded) {
        // What would take the place of the page itself has been told.
        if folded.starts_with(SEARCH) && !is_search(page) && *folded != search.path.folded() {
            let words = origin(page, archive);
            let message =
                format!("`{}` would stand among the files of the search: {}", page.path, words.words);
            let mut diagnostic = Diagnostic::error("collision", message)
                .help("give it another name, or write `enabled = false` under `[search]` in `brief.toml`");
            diagnostic.span = words.span;
            diagnostics.push(diagnostic);
        }
    }
}

fn report(first: &Page, second: &Page, archive: &Linked, diagnostics: &mut Diagnostics) {
    let (one, other) = (origin(first, archive), origin(second, archive));
    let mut message = format!("two files would be written to `{}`", second.path);
    if first.path != second.path {
        let _ = write!(message, " and `{}`, which some file systems take for one", first.path);
    }
    let mut diagnostic =
        Diagnostic::error("collision", format!("{message}: {} and {}", one.words, other.words)).help(
            if [first, second].into_iter().all(is_publisher) {
                "write one name for both, or give each an entry `[publishers.ID]` with its `name` in `content/sources.toml`"
            } else if [first, second].into_iter().any(is_redirect) {
                "take the old address out of `aliases` or `former_ids`, or give the page another `slug`, name or date"
            } else {
                "give one of them another `slug`, name or date"
            },
        );
    diagnostic.span = other.span.clone().or_else(|| one.span.clone());
    if let (Some(first), Some(_)) = (&one.span, &other.span) {
        diagnostic = diagnostic.related(first.clone(), "the other one");
    }
    diagnostics.push(diagnostic);
}

/// Whether a page lists what somebody published.
fn is_publisher(page: &Page) -> bool {
    matches!(page.content, Content::Publisher(..))
}

/// Whether both stand at spellings of an old address in capitals and small letters and lead to one page: whichever of
/// the two a file system keeps, it holds the same bytes.
fn lead_to_one_page(first: &Page, second: &Page) -> bool {
    match (&first.content, &second.content) {
        (Content::Bytes(one), Content::Bytes(other)) => {
            first.path != second.path && first.origin.is_some() && one == other
        }
        _ => false,
    }
}

/// Whether a page stands at an old address and leads to the new one.
fn is_redirect(page: &Page) -> bool {
    matches!(page.content, Content::Bytes(_)) && page.origin.is_some()
}

struct Origin {
    words: String,
    span: Option<Span>,
}

fn origin(page: &Page, archive: &Linked) -> Origin {
    if let Some(path) = &page.origin {
        return Origin { words: format!("`{path}`"), span: Some(Span::file(path)) };
    }
    match &page.content {
        Content::Entity(entity, _) => {
            let entity = &archive[*entity];
            Origin { words: format!("what is tagged `{}`", entity.name), span: entity.origin.clone() }
        }
        Content::Publisher(publisher, _) => {
            let publisher = &archive[*publisher];
            let span = publisher.works.first().map(|work| work.written_at(archive));
            Origin { words: format!("the publisher `{}`", publisher.name), span }
        }
        _ => Origin { words: "a page of the archive itself".into(), span: None },
    }
}
