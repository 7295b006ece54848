//! Author's Markdown to an outline with unresolved names, and, once they are resolved, to HTML.
//!
//! Prose is kept as text and parsed twice: by [`outline`], which finds what must be checked and resolved, and by
//! [`render`], after release and resolution. Both read it through one walk, so the nth reference of the outline
//! is the nth that `render` meets; [`mentions`] counts stretches of text as `render` does. After [`Prose::without`] has cut something out, the outline is taken anew.
//!
//! This is the only code that makes HTML out of author text. It never runs templates: `{{ x }}` is plain text.

mod blocks;
mod escape;
mod footnotes;
mod forms;
mod headings;
mod inline;
mod links;
mod mentions;
mod outline;
mod plain;
mod prose;
mod regions;
mod render;
mod sanitise;
mod survey;
mod tags;
mod walk;
mod wiki;
mod writer;

#[cfg(test)]
mod tests;

pub use blocks::MarkedBlock;
pub(super) use blocks::line_end;
pub use forms::{FormBlock, FormSort};
pub use links::{Reference, Target};
pub use mentions::{Mention, Named, Names, mentions};
pub use outline::{Heading, Image, Outline, outline};
pub use plain::{plain_text, plain_text_with};
pub use prose::Prose;
pub use regions::{Region, regions};
pub use render::{
    CitationMark, Cut, Labels, MentionLink, RenderOptions, RenderedHeading, Rendering, Resolution, render,
};
