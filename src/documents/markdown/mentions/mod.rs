//! Names that stand in prose, and which of them may become links.
//!
//! Prose is walked as the writer walks it. The text of each block is folded, all names are found in one pass, and
//! those that are no words of their own are thrown away. Quotation marks are read over the whole block.

mod block;
mod edges;
mod elements;
mod fold;
mod kept;
mod marks;
mod names;
mod quotations;
mod scripts;

use std::ops::Range;

use pulldown_cmark::{Tag, TagEnd};

use self::{
    block::Block,
    elements::{Between, Elements},
    fold::Folded,
    marks::Kinds,
    quotations::{Quotations, quotations},
};
use super::{
    blocks::{self, Meaning},
    footnotes::Footnotes,
    prose::Prose,
    survey::{Survey, survey},
    walk::{Context, Item, Run, Walk, holds_blocks},
    wiki::{self, Token},
};

pub use names::{Named, Names};

/// A name in prose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// Which stretch of text it stands in, counted over the prose in the order of the walk, as the writer counts
    /// them.
    pub stretch: u32,
    /// The bytes of that stretch.
    pub range: Range<u32>,
    /// Its place in the prose (for messages).
    pub source: Range<usize>,
    /// The number of the footnote that it stands in. Readers meet the notes after the text, by their numbers.
    pub note: Option<usize>,
    /// Whose name it is, in ascending order, of those that count; several where it is ambiguous.
    pub owners: Box<[u32]>,
    /// Whether it stands where names are linked: never in a quotation, heading, link, caption.
    pub linkable: bool,
}

/// Every mention in order of the text; what readers do not see holds none. `counts` says whether an owner is to be
/// considered in this prose; where none of a name's owners is, a shorter name is tried there.
pub fn mentions(prose: &Prose, names: &Names, counts: &dyn Fn(u32) -> bool) -> Vec<Mention> {
    if names.is_empty() {
        return Vec::new();
    }
    let fences = blocks::fences(prose.text());
    let source = blocks::mask(prose.text(), &fences);
    let walk = || Walk::new(&source, &fences);
    let survey = if source.contains("[^") { survey(&source, walk) } else { Survey::default() };
    let mut finder = Finder {
        names,
        counts,
        survey,
        footnotes: Footnotes::default(),
        notes: Vec::new(),
        in_notes: Vec::new(),
        notes_left_open: false,
        forms: fences.iter().map(|fence| matches!(fence.meaning, Meaning::Form(_))).collect(),
        depth: 0,
        elements: Elements::default(),
        block: Block::default(),
        folded: Folded::default(),
        stretches: 0,
        unclosed: None,
        mentions: Vec::new(),
    };
    for (item, _) in walk() {
        finder.item(item);
    }
    finder.finish()
}

struct Finder<'a, 'n> {
    names: &'n Names,
    counts: &'n dyn Fn(u32) -> bool,
    survey: Survey,
    footnotes: Footnotes,
    /// The footnotes around.
    notes: Vec<Note>,
    /// Which mentions stand in footnotes, and whether raw HTML that opens in one is not closed there.
    in_notes: Vec<usize>,
    notes_left_open: bool,
    /// Which fences begin a claim or an event, and how many blocks that hold others are around.
    forms: Vec<bool>,
    depth: usize,
    elements: Elements,
    block: Block<'a>,
    folded: Folded,
    /// How many stretches there were.
    stretches: u32,
    unclosed: Option<Unclosed>,
    mentions: Vec<Mention>,
}

/// A footnote. Readers meet all of them after the text, so the text's raw HTML and theirs are apart.
struct Note {
    /// Its number, if the text leads to it.
    number: Option<usize>,
    /// Whether readers get to it.
    seen: bool,
    /// What is open where it is written.
    outside: Elements,
}

/// Quotations that a block left open.
struct Unclosed {
    kinds: Kinds,
    /// How many mentions stand before what follows the block.
    mentions: usize,
}

impl<'a> Finder<'a, '_> {
    fn item(&mut self, item: Item<'a>) {
        match &item {
            Item::End(TagEnd::Link | TagEnd::BlockQuote(_) | TagEnd::Heading(_)) => self.elements.end(),
            Item::Start(Tag::TableCell) => self.elements.enter_cell(),
            Item::End(TagEnd::TableCell) => self.elements.leave_cell(),
            _ => {}
        }
        match &item {
            Item::Start(tag) if holds_blocks(tag.to_end()) => self.depth += 1,
            Item::End(tag) if holds_blocks(*tag) => self.depth = self.depth.saturating_sub(1),
            _ => {}
        }
        match item {
            Item::Start(Tag::Emphasis | Tag::Strong | Tag::Strikethrough)
            | Item::End(TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link)
            | Item::Link { .. } => {}
            Item::Start(Tag::FootnoteDefinition(label)) => {
                self.end_block();
                let number = self.survey.footnotes.number(&label);
                let seen = number.is_some_and(|number| self.footnotes.begin(number));
                self.notes.push(Note { number, seen, outside: std::mem::take(&mut self.elements) });
            }
            Item::End(TagEnd::FootnoteDefinition) => {
                self.end_block();
                if let Some(Note { seen, outside, .. }) = self.notes.pop() {
                    let inside = std::mem::replace(&mut self.elements, outside);
                    self.notes_left_open |= seen && inside.are_open();
                }
            }
            Item::Fence(fence) => {
                self.end_block();
                // A claim or an event ends the piece of HTML before it, and all that is open there.
                if self.forms[fence] && self.depth == 0 {
                    self.elements = Elements::default();
                }
            }
            Item::Start(_) | Item::End(_) | Item::CodeText(_) | Item::Rule => self.end_block(),
            Item::Run(run) => self.run(run),
            Item::Code(code) => self.block.push_code(&code),
            Item::Html { html, block } => {
                if block {
                    self.end_block();
                }
                match self.elements.read(&html) {
                    Between::Nothing => {}
                    Between::Line => self.block.push_space(),
                    Between::Something => self.block.push_something(),
                }
            }
            Item::Image(_) | Item::Footnote(_) => self.block.push_something(),
            Item::HardBreak | Item::Task(_) => self.block.push_space(),
        }
    }

    fn run(&mut self, run: Run<'a>) {
        let seen = !self.elements.hide() && self.notes.iter().all(|note| note.seen);
        let linkable = self.is_linkable(run.context);
        for token in wiki::tokens(&run) {
            match token {
                Token::Text(range) | Token::Unread(range, ..) => {
                    if seen {
                        self.block.push_stretch(&run, range, self.stretches, linkable);
                    } else {
                        self.block.push_words(&run.text[range]);
                    }
                    self.stretches += 1;
                }
                Token::Wiki(reference) => {
                    self.block.push_words(reference.target.words());
                    self.stretches += 1;
                }
                Token::Citations(_) => self.block.push_something(),
            }
        }
        self.block.push_run(run);
    }

    fn is_linkable(&self, Context { quotes, heading, link }: Context) -> bool {
        quotes == 0 && !heading && !link && !self.elements.are_open()
    }

    fn end_block(&mut self) {
        if self.block.has_stretches() {
            let quotations = quotations(self.block.text());
            let quoted_to = self.close(&quotations);
            self.find(&quotations, quoted_to);
            if quotations.open != Kinds::NONE {
                self.unclosed = Some(Unclosed { kinds: quotations.open, mentions: self.mentions.len() });
            }
        }
        self.block.clear();
    }

    fn finish(mut self) -> Vec<Mention> {
        self.end_block();
        if self.notes_left_open || self.elements.are_open() {
            for place in self.in_notes {
                self.mentions[place].linkable = false;
            }
        }
        self.mentions
    }

    /// A quotation of several paragraphs is closed in the last of them. Returns where in this one it ends.
    fn close(&mut self, quotations: &Quotations) -> usize {
        let Some((kinds, end)) = quotations.first else {
            return 0;
        };
        match self.unclosed.take() {
            Some(unclosed) if unclosed.kinds.meets(kinds) => {
                for mention in &mut self.mentions[unclosed.mentions..] {
                    mention.linkable = false;
                }
                end
            }
            _ => 0,
        }
    }

    fn find(&mut self, quotations: &Quotations, quoted_to: usize) {
        self.folded.fold(self.block.text());
        let (block, counts) = (&self.block, self.counts);
        let fits = |owners: &[u32]| owners.iter().any(|owner| counts(*owner));
        for (range, owners) in self.names.find(&self.folded, fits) {
            // A name that markup cuts through cannot be one link, and a shorter one in it is not what is named.
            let Some(stretch) = block.stretch(&range) else { continue };
            if !self.notes.is_empty() {
                self.in_notes.push(self.mentions.len());
            }
            let quoted = range.start < quoted_to || quotations.hold(&range);
            self.mentions.push(Mention {
                stretch: stretch.number,
                range: Block::in_stretch(stretch, &range),
                source: block.source(stretch, &range),
                note: self.notes.last().and_then(|note| note.number),
                owners: owners.iter().copied().filter(|owner| counts(*owner)).collect(),
                linkable: stretch.linkable && !quoted,
            });
        }
    }
}
