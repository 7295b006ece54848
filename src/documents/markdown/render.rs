use std::ops::Range;

use super::{blocks, forms::FormSort, prose::Prose, sanitise, survey::survey, walk::Walk, writer::Writer};

/// What a reference became.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Resolution {
    /// A link.
    Link {
        /// Where to; it is escaped here.
        href: String,
        /// What a `[[...]]` without words of its own shows instead of its name.
        words: Option<String>,
        /// The language of `words`.
        lang: Option<String>,
        /// What a reader sees beside it, where the author gave no title.
        title: Option<String>,
    },
    /// Words that lead nowhere: what it names is withheld or does not exist. A citation leaves nothing.
    Words,
    /// A source.
    Citation {
        /// Its number on the page.
        number: usize,
        /// Where it stands.
        href: String,
        /// What it is.
        title: Option<String>,
    },
    /// An image.
    Image {
        /// Its address, of this site.
        src: String,
        /// In pixels.
        width: Option<u32>,
        /// In pixels.
        height: Option<u32>,
        /// The words for it where the author gave none in the text.
        alt: Option<String>,
        /// What stands under it, if it stands alone; else the title that the author gave.
        caption: Option<String>,
        /// The label that it bears and that is shown with it, without `TLP:`.
        label: Option<&'static str>,
    },
}

/// How to render.
#[derive(Clone, Copy, Debug)]
pub struct RenderOptions<'a> {
    /// The level of the highest heading, 2 to 6. The title of the page is the only `h1`.
    pub top_heading: u8,
    /// What every id begins with, where several texts stand on one page.
    pub id_prefix: &'a str,
    /// Ids that the page has elsewhere.
    pub taken: &'a [String],
    /// Whether raw HTML stands as it is.
    pub unsafe_html: bool,
    /// The mentions to link, in order; made by [`super::mentions`] on the same prose.
    pub mentions: &'a [MentionLink],
    /// The words that are not the author's.
    pub labels: Labels<'a>,
}

/// A name in prose that becomes a link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MentionLink {
    /// In which stretch of text it stands, as [`super::Mention`] counts them.
    pub stretch: u32,
    /// The bytes of that stretch. Where they are none of it, nothing is linked.
    pub range: Range<u32>,
    /// Where to; it is escaped here.
    pub href: String,
}

/// Words that rendering adds, in the language of the page.
#[derive(Clone, Copy, Debug)]
pub struct Labels<'a> {
    /// What the section of footnotes is called.
    pub footnotes: &'a str,
    /// Where a footnote's way back leads.
    pub back: &'a str,
    /// What stands for a remote image without words.
    pub image: &'a str,
    /// A task that is done.
    pub done: &'a str,
    /// A task that is not.
    pub to_do: &'a str,
}

/// HTML and what stands in it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rendering {
    /// Flow content: whole blocks, balanced.
    pub html: String,
    /// Its headings, in order.
    pub headings: Vec<RenderedHeading>,
    /// Its citations, in order: the ways back from the list of sources.
    pub citations: Vec<CitationMark>,
    /// How many references were met.
    pub references: usize,
    /// Where claims and events stand in the text, in order. What lies between two of them is balanced by itself.
    pub cuts: Vec<Cut>,
}

/// A place of the HTML at which a claim or an event was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cut {
    /// The byte of the HTML that it stands before.
    pub at: usize,
    /// What was written there.
    pub sort: FormSort,
    /// The label of the marked prose that it stands in.
    pub label: Option<&'static str>,
}

impl Rendering {
    /// The HTML before the first cut, between each two, and after the last.
    pub fn pieces(&self) -> impl Iterator<Item = &str> {
        let starts = std::iter::once(0).chain(self.cuts.iter().map(|cut| cut.at));
        let ends = self.cuts.iter().map(|cut| cut.at).chain([self.html.len()]);
        starts.zip(ends).map(|(start, end)| &self.html[start..end])
    }
}

/// A heading as it stands on the page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RenderedHeading {
    /// 2 to 6.
    pub level: u8,
    /// Its id, with the prefix.
    pub id: String,
    /// Its words.
    pub text: String,
}

/// A place that cites a source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CitationMark {
    /// Which reference it is.
    pub reference: usize,
    /// The source's number.
    pub number: usize,
    /// The place's id, with the prefix.
    pub id: String,
}

impl Default for RenderOptions<'_> {
    fn default() -> Self {
        Self {
            top_heading: 2,
            id_prefix: "",
            taken: &[],
            unsafe_html: false,
            mentions: &[],
            labels: Labels::default(),
        }
    }
}

impl Default for Labels<'_> {
    fn default() -> Self {
        Self { footnotes: "Footnotes", back: "Back to text", image: "Image", done: "Done", to_do: "To do" }
    }
}

/// `prose` as HTML. `resolutions` are those of the references of its outline, in their order; one that is missing
/// counts as [`Resolution::Words`].
pub fn render(prose: &Prose, resolutions: &[Resolution], options: &RenderOptions<'_>) -> Rendering {
    let fences = blocks::fences(prose.text());
    let source = blocks::mask(prose.text(), &fences);
    let walk = || Walk::new(&source, &fences);
    let survey = survey(&source, walk);
    let cleaned = survey.raw_html && !options.unsafe_html;
    // No text holds its own hash, so authors cannot write the marker.
    let marker =
        if cleaned { format!("/{}/", blake3::hash(source.as_bytes()).to_hex()) } else { String::new() };
    let mut writer = Writer::new(resolutions, options, &fences, &marker, survey);
    for (item, _) in walk() {
        writer.item(item);
    }
    let (mut rendering, ids) = writer.finish();
    if cleaned {
        let pieces = sanitise::clean(rendering.pieces(), &marker, ids);
        let mut html = String::with_capacity(rendering.html.len());
        for (place, piece) in pieces.iter().enumerate() {
            html.push_str(piece);
            if let Some(cut) = rendering.cuts.get_mut(place) {
                cut.at = html.len();
            }
        }
        rendering.html = html;
    }
    rendering
}
