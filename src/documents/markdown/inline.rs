//! What stands in a block: text, links, images, citations, the marks of footnotes.

use std::fmt::Write as _;

use super::{
    escape,
    links::{Destination, Reference, Target},
    render::{CitationMark, MentionLink, Resolution},
    walk::{Context, Picture, Run},
    wiki::{self, Token},
    writer::Writer,
};

impl<'a> Writer<'a> {
    pub(super) fn run(&mut self, run: Run<'_>) {
        for token in wiki::tokens(&run) {
            match token {
                Token::Text(range) | Token::Unread(range, ..) => self.text(&run.text[range], run.context),
                Token::Wiki(reference) => self.wiki(&reference),
                Token::Citations(references) => self.citations(&references),
            }
        }
        if let Some(heading) = &mut self.heading {
            wiki::push_words(&mut heading.text, &run);
            heading.id = run.id;
        }
    }

    /// All text of the author in which names may be linked comes through here, in stretches as long as nothing
    /// interrupts them. [`super::mentions`] counts them too, and the words of `[[...]]` with them.
    fn text(&mut self, text: &str, context: Context) {
        let mut written = 0;
        for mention in self.mentions_of_stretch() {
            let range = mention.range.start as usize..mention.range.end as usize;
            let (Some(before), Some(words)) = (text.get(written..range.start), text.get(range.clone()))
            else {
                continue;
            };
            if context.link || self.anchor || words.is_empty() {
                continue;
            }
            escape::text(&mut self.out, before);
            self.open_anchor(&mention.href, "", false);
            escape::text(&mut self.out, words);
            self.out.push_str("</a>");
            self.anchor = false;
            written = range.end;
        }
        escape::text(&mut self.out, &text[written..]);
    }

    /// Counts a stretch, and takes the mentions in it.
    fn mentions_of_stretch(&mut self) -> &'a [MentionLink] {
        let stretch = self.stretches;
        self.stretches += 1;
        let until = |last: u32| self.mentions.iter().take_while(|mention| mention.stretch <= last).count();
        let passed = stretch.checked_sub(1).map_or(0, until);
        let (here, after) = self.mentions.split_at(until(stretch));
        self.mentions = after;
        &here[passed..]
    }

    pub(super) fn code(&mut self, code: &str) {
        self.out.push_str("<code>");
        escape::text(&mut self.out, code);
        self.out.push_str("</code>");
        if let Some(heading) = &mut self.heading {
            heading.text.push_str(code);
        }
    }

    fn wiki(&mut self, reference: &Reference) {
        self.mentions_of_stretch();
        let resolution = self.next();
        let own = reference.target.words();
        match resolution {
            Some(Resolution::Link { href, words, lang, title }) if !self.anchor => {
                let has_words = matches!(reference.target, Target::Wiki { words: Some(_), .. });
                let other = words.as_deref().filter(|_| !has_words);
                self.open_anchor(href, title.as_deref().unwrap_or_default(), false);
                // The anchor is not closed yet: a language is one more attribute.
                if let (Some(_), Some(lang)) = (other, lang) {
                    self.out.pop();
                    self.out.push_str(" lang=\"");
                    escape::attribute(&mut self.out, lang);
                    self.out.push_str("\">");
                }
                escape::text(&mut self.out, other.unwrap_or(own));
                self.out.push_str("</a>");
                self.anchor = false;
            }
            _ => escape::text(&mut self.out, own),
        }
    }

    fn citations(&mut self, references: &[Reference]) {
        let mut html = String::new();
        for _ in references {
            let index = self.rendering.references;
            let Some(Resolution::Citation { number, href, title }) = self.next() else {
                continue;
            };
            let prefix = self.options.id_prefix;
            let id = format!("{prefix}cite:{}", self.rendering.citations.len() + 1);
            html.push_str(if html.is_empty() { "<sup class=\"citation\">[" } else { ", " });
            html.push_str("<a href=\"");
            escape::address(&mut html, href);
            html.push('"');
            self.push_id(&mut html, &id);
            if let Some(title) = title {
                html.push_str(" title=\"");
                escape::attribute(&mut html, title);
                html.push('"');
            }
            let _ = write!(html, ">{number}</a>");
            self.generated.insert(id.clone());
            self.rendering.citations.push(CitationMark { reference: index, number: *number, id });
        }
        if html.is_empty() {
            // Nothing is left of it, so the space before it goes too.
            self.out.truncate(self.out.trim_end_matches(' ').len());
        } else {
            self.out.push_str(&html);
            self.out.push_str("]</sup>");
        }
    }

    pub(super) fn footnote(&mut self, label: &str) {
        let Some(number) = self.survey.footnotes.number(label) else {
            return;
        };
        let prefix = self.options.id_prefix;
        let mut html = "<sup class=\"footnote\"><a href=\"#".to_owned();
        escape::address(&mut html, &format!("{prefix}fn:{number}"));
        html.push('"');
        // What stands in a footnote that nobody gets to is thrown away, and no way leads back to it.
        if self.notes.iter().all(|(number, _)| number.is_some()) {
            let id = self.footnotes.place(number, prefix);
            self.push_id(&mut html, &id);
            self.generated.insert(id);
        }
        let _ = write!(html, " role=\"doc-noteref\">{number}</a></sup>");
        self.out.push_str(&html);
    }

    pub(super) fn link(&mut self, to: Destination, title: &str) {
        match to {
            Destination::External(href) => self.open_anchor(&href, title, true),
            Destination::Refused | Destination::Empty => {}
            Destination::Local(_) => {
                if let Some(Resolution::Link { href, title: other, .. }) = self.next() {
                    let title = if title.is_empty() { other.as_deref().unwrap_or_default() } else { title };
                    self.open_anchor(href, title, false);
                }
            }
        }
    }

    pub(super) fn image(&mut self, picture: Picture<'_>) {
        let Picture { at, title, alt } = picture;
        match at {
            Destination::External(href) => self.remote_image(&href, &title, &alt),
            Destination::Refused | Destination::Empty => self.words_of_image(&alt),
            Destination::Local(_) => match self.next() {
                Some(Resolution::Image { src, width, height, alt: other, caption, label }) => {
                    let alt = if alt.trim().is_empty() { other.as_deref().unwrap_or_default() } else { &alt };
                    let size = (*width, *height);
                    self.local_image(src, alt, &title, size, caption.as_deref(), *label);
                }
                Some(Resolution::Link { href, .. }) => {
                    self.local_image(href, &alt, &title, (None, None), None, None);
                }
                _ => self.words_of_image(&alt),
            },
        }
    }

    fn local_image(
        &mut self,
        src: &str,
        alt: &str,
        title: &str,
        size: (Option<u32>, Option<u32>),
        caption: Option<&str>,
        label: Option<&'static str>,
    ) {
        let mut image = format!("<img src=\"{}", self.marker);
        escape::address(&mut image, src);
        image.push_str("\" alt=\"");
        escape::attribute(&mut image, alt);
        image.push('"');
        if let (Some(width), Some(height)) = size {
            let _ = write!(image, " width=\"{width}\" height=\"{height}\"");
        }
        image.push_str(" loading=\"lazy\"");
        if let Some(paragraph) = &mut self.paragraph {
            paragraph.more |= paragraph.figure.is_some();
            let mut figure = format!("<figure>{image}>");
            let caption = caption.unwrap_or(title);
            if !caption.is_empty() || label.is_some() {
                figure.push_str("<figcaption>");
                if let Some(label) = label {
                    escape::label(&mut figure, "span", label);
                    figure.push_str(if caption.is_empty() { "" } else { " " });
                }
                escape::text(&mut figure, caption);
                figure.push_str("</figcaption>");
            }
            figure.push_str("</figure>\n");
            paragraph.figure = Some(figure);
        }
        if !title.is_empty() {
            image.push_str(" title=\"");
            escape::attribute(&mut image, title);
            image.push('"');
        }
        image.push('>');
        if let Some(label) = label {
            escape::label(&mut self.out, "span", label);
            self.out.push(' ');
        }
        self.out.push_str(&image);
    }

    /// No page makes a reader's browser ask another site for anything.
    fn remote_image(&mut self, href: &str, title: &str, alt: &str) {
        if let Some(paragraph) = &mut self.paragraph {
            paragraph.more = true;
        }
        let words = if alt.trim().is_empty() { self.options.labels.image } else { alt };
        if self.anchor {
            escape::text(&mut self.out, words);
            return;
        }
        self.open_anchor(href, title, true);
        escape::text(&mut self.out, words);
        self.out.push_str("</a>");
        self.anchor = false;
    }

    fn words_of_image(&mut self, alt: &str) {
        if let Some(paragraph) = &mut self.paragraph {
            paragraph.more = true;
        }
        escape::text(&mut self.out, alt);
    }

    fn open_anchor(&mut self, href: &str, title: &str, external: bool) {
        self.out.push_str("<a href=\"");
        escape::address(&mut self.out, href);
        self.out.push('"');
        if external {
            self.out.push_str(" rel=\"external\"");
        }
        if !title.is_empty() {
            self.out.push_str(" title=\"");
            escape::attribute(&mut self.out, title);
            self.out.push('"');
        }
        self.out.push('>');
        self.anchor = true;
    }

    fn next(&mut self) -> Option<&'a Resolution> {
        let resolution = self.resolutions.get(self.rendering.references);
        self.rendering.references += 1;
        resolution
    }
}
