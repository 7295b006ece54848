//! All pages of a site, drawn, or those of them that no earlier build drew.

use std::{collections::BTreeMap, io};

use rayon::prelude::*;

use super::{Failed, Renderer, Studio, filling::Known, search::Made, whole::Whole};
use crate::{
    diagnostics::Diagnostics,
    memo::Memo,
    model::OutputPath,
    output::Sink,
    pages::{Content, Page},
};

/// How far the drawing is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// The index of the search is begun, of so many documents.
    Index(usize),
    /// So many pages are begun.
    Pages(usize),
    /// One of what was begun is done, or was there already.
    Done,
}

/// Draws every page and hands it to `sink` as soon as it is finished. `progress` is told of each step.
///
/// # Errors
/// Where `sink` cannot keep a page. What is wrong with a template is reported in the diagnostics; nothing is drawn
/// with templates that could not be read, which their loading has reported.
pub fn render(
    pages: &[Page],
    studio: Studio<'_>,
    sink: &impl Sink,
    progress: &(dyn Fn(Step) + Sync),
) -> io::Result<Diagnostics> {
    if !studio.theme.is_whole() {
        // What is wrong with its templates was reported when they were read.
        return Ok(Diagnostics::new());
    }
    let all: Vec<&Page> = pages.iter().collect();
    if studio.memo.is_some_and(Memo::is_empty) {
        // Nothing can be known, so that the key of the whole is needed only in the end.
        let (whole, drawn) = rayon::join(
            || Whole::new(pages, studio, sink),
            || draw(&all, BTreeMap::new(), None, studio, sink, progress),
        );
        let (drawn, diagnostics) = drawn?;
        if let (Some(whole), Some(drawn)) = (whole, drawn) {
            whole.remember(&drawn);
        }
        return Ok(diagnostics);
    }
    let whole = Whole::new(pages, studio, sink);
    if let Some(whole) = whole
        && let Some(memo) = studio.memo
        && let Some(known) = whole.known()
    {
        // All was drawn without a mistake, and what this memory holds besides was left by that build.
        memo.ask_for_all();
        let lost = whole.lost(&known, sink, progress)?;
        if lost.pages.is_empty() {
            return Ok(Diagnostics::new());
        }
        let pages: Vec<&Page> = lost.pages.into_iter().map(|place| &pages[place]).collect();
        let (drawn, diagnostics) = draw(&pages, lost.files, Some(whole), studio, sink, progress)?;
        if let Some(drawn) = drawn {
            whole.remember_texts(&pages, &drawn);
        }
        return Ok(diagnostics);
    }
    let (drawn, diagnostics) = draw(&all, BTreeMap::new(), whole, studio, sink, progress)?;
    if let (Some(whole), Some(drawn)) = (whole, drawn) {
        whole.remember(&drawn);
    }
    Ok(diagnostics)
}

/// What was drawn.
pub(super) struct Drawn {
    /// What each page is.
    pub(super) known: Vec<Known>,
    /// What was made for the search, where its page is among the pages.
    pub(super) made: Made,
}

/// Draws `pages`, and what belongs to them but for the files of the search that were `kept`; what an earlier build left of
/// the same site is known by `whole`. What they are, where nothing is wrong with any.
fn draw(
    pages: &[&Page],
    kept: BTreeMap<OutputPath, Known>,
    whole: Option<Whole<'_>>,
    studio: Studio<'_>,
    sink: &impl Sink,
    progress: &(dyn Fn(Step) + Sync),
) -> io::Result<(Option<Drawn>, Diagnostics)> {
    let renderer = Renderer::new(studio);
    renderer.views.make_ahead();
    let draw = |page: &Page| {
        let drawn = renderer.hand_over(page, sink)?;
        progress(Step::Done);
        Ok(drawn)
    };
    let search = pages.iter().position(|page| matches!(page.content, Content::Search));
    let others = pages.par_iter().enumerate().filter(|(place, _)| Some(*place) != search);
    // The page of the search names the files of its index, so they are made before it; and before all other pages, so
    // that what the index is made of and the cards that lists share are not in memory at once.
    let earlier = |texts| Some(whole?.piece(texts));
    let index = search.map(|_| renderer.index(sink, kept, &earlier, progress)).transpose()?;
    progress(Step::Pages(pages.len()));
    let mut drawn = others.map(|(_, page)| draw(page)).collect::<io::Result<Vec<_>>>()?;
    let mut made = Made::default();
    if let (Some(place), Some((index, with_it))) = (search, index) {
        made = with_it;
        // Nobody else makes it here.
        let _ = renderer.made_index.set(index);
        drawn.insert(place, draw(pages[place])?);
    }
    let mut known = Vec::with_capacity(drawn.len());
    // One mistake in a template shows on every page that it draws; it is told once.
    let mut told: Vec<Failed> = Vec::new();
    let mut tell = |problem: Failed| {
        if !told.contains(&problem) {
            told.push(problem);
        }
    };
    for page in drawn {
        match page {
            Ok(page) => known.push(page),
            Err(problem) => tell(problem),
        }
    }
    renderer.cards.failed().into_iter().for_each(tell);
    let known = told.is_empty().then_some(Drawn { known, made });
    let mut diagnostics = Diagnostics::new();
    for problem in told {
        diagnostics.push(*problem);
    }
    Ok((known, diagnostics))
}
