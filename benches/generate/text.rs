//! Prose that says nothing: invented words, and the names of an archive among them.

use std::fmt::Write as _;

use super::{Archive, mentions::Mentions, names::capitalised, rng::Rng};

/// Writes for one briefing.
pub(super) struct Writer<'a> {
    pub(super) archive: &'a Archive,
    pub(super) rng: Rng,
    /// The ranks of the briefing's own actors and places, which its prose names more often than others.
    pub(super) actors: &'a [usize],
    pub(super) locations: &'a [usize],
    /// Whom else the body is to name, where there is a registry; `None` outside the bodies of briefings.
    pub(super) mentions: Option<Mentions>,
}

impl<'a> Writer<'a> {
    /// `count` words without a name.
    pub(super) fn phrase(&mut self, count: usize) -> String {
        let words: Vec<&str> = (0..count).map(|_| self.word()).collect();
        words.join(" ")
    }

    /// A sentence of about `count` words with a name or two.
    pub(super) fn sentence(&mut self, count: usize) -> String {
        let mut sentence = String::new();
        let mut quoting = false;
        for place in 0..count {
            if place > 0 {
                sentence += " ";
            }
            if self.rng.one_in(9) {
                sentence += &self.naming(quoting);
            } else if place == 0 {
                sentence += &capitalised(self.word());
            } else if quoting || !self.rng.one_in(60) || place + 4 > count {
                sentence += self.word();
            } else {
                // A quotation runs to the end of its sentence.
                sentence += "\"";
                sentence += self.word();
                quoting = true;
            }
        }
        sentence += if quoting { ".\"" } else { "." };
        sentence
    }

    /// A body in Markdown of about `words` words: paragraphs, two headings, a list, a link, names in bold.
    pub(super) fn body(&mut self, words: usize) -> String {
        let mut body = String::new();
        let mut left = words;
        let mut block = 0;
        while left > 0 {
            let size = self.rng.between(40, 60).min(left);
            left -= size;
            match block {
                2 => {
                    let heading = capitalised(&self.phrase(4));
                    let _ = write!(body, "## {heading}\n\n");
                }
                4 => {
                    let heading = capitalised(&self.phrase(3));
                    let _ = write!(body, "## {heading}\n\n");
                }
                _ => {}
            }
            match block {
                3 => self.list(size, &mut body),
                _ => self.paragraph(size, block == 1, &mut body),
            }
            block += 1;
        }
        body.truncate(body.trim_end().len());
        body += "\n";
        body
    }

    fn paragraph(&mut self, words: usize, linked: bool, body: &mut String) {
        let mut left = words;
        while left > 0 {
            let size = self.rng.between(9, 21).min(left);
            left -= size;
            let sentence = self.sentence(size);
            if self.rng.one_in(5) {
                let name = self.name();
                let _ = write!(body, "**{name}** {} ", self.phrase(2));
            }
            *body += &sentence;
            *body += if left > 0 { " " } else { "" };
        }
        if linked {
            let (words, segment) = (self.phrase(2), self.word());
            let _ = write!(body, " See [{words}](https://reference.example/{segment}).");
        }
        *body += "\n\n";
    }

    fn list(&mut self, words: usize, body: &mut String) {
        for _ in 0..4 {
            let item = self.sentence(words / 4 + 1);
            let _ = writeln!(body, "- {item}");
        }
        *body += "\n";
    }

    fn word(&mut self) -> &'a str {
        let rank = self.archive.word_law.rank(&mut self.rng);
        &self.archive.words[rank]
    }

    /// Four times in five a name that the briefing is tagged with; else any, as the archive's frequencies have it.
    /// Where there is a registry, always one that it is tagged with, since the others are counted.
    pub(super) fn name(&mut self) -> &'a str {
        let archive = self.archive;
        let (own, all, law) = if self.rng.below(5) < 3 {
            (self.actors, &archive.actors, &archive.actor_law)
        } else {
            (self.locations, &archive.locations, &archive.location_law)
        };
        if own.is_empty() || archive.registry.is_none() && self.rng.one_in(5) {
            &all[law.rank(&mut self.rng)]
        } else {
            &all[*self.rng.pick(own)]
        }
    }
}
