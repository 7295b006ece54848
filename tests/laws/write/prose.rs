use super::{KINDS, Writer};
use crate::world::{Block, Ref};

impl Writer<'_> {
    pub(super) fn body(
        &self,
        blocks: &[Block],
        key: &str,
        is_held: bool,
        shows: bool,
        briefing: Option<usize>,
        path: &str,
    ) -> String {
        let mut text = String::new();
        for (at, block) in blocks.iter().enumerate() {
            // A table would take the lines below it for its own, and a bar in a link for the end of a cell.
            let below_table = at > 0 && blocks[at - 1].form > 6;
            let block_is_held = block.label.is_some_and(|label| !self.reader.admits(label));
            if !block.tight || below_table {
                text.push('\n');
            }
            if !self.skips(block_is_held) {
                let held = is_held || block_is_held;
                if let Some(label) = block.label {
                    text.extend(["::: tlp ", label, "\n"]);
                }
                text.push_str(&self.block(block, &format!("{key}p{at}"), held, shows, briefing, path));
                if block.label.is_some() {
                    text.push_str(":::\n");
                }
            }
            if !block.tight {
                text.push('\n');
            }
        }
        text
    }

    fn block(
        &self,
        block: &Block,
        key: &str,
        is_held: bool,
        shows: bool,
        briefing: Option<usize>,
        path: &str,
    ) -> String {
        // A second footnote of one label and a definition that nothing uses are not shown.
        let word = self.word(is_held, key, shows && !matches!(block.form, 5 | 6));
        let mut line = word.clone();
        for (at, reference) in block.refs.iter().enumerate() {
            let words = self.word(is_held, &format!("{key}w{at}"), false);
            line.push(' ');
            line.push_str(&self.reference(reference, &words, briefing, path));
        }
        match block.form {
            0 => format!("Words {line} here.\n"),
            1 => format!("## Section\n\nBelow it {line}.\n"),
            2 => format!("- one {word}\n- two {line}\n"),
            3 => format!("> A quotation {line}\n"),
            4 => format!("```\n[[not a link]] {word}\n```\n"),
            5 => format!("Noted[^n{}] {line}.\n\n[^n{}]: A note {word}.\n", key.len(), key.len()),
            6 => format!("[def{}]: https://def.example/{word}\n", key.len() % 3),
            _ => format!("| A | B |\n| --- | --- |\n| {word} | {} |\n", line.replace('|', "\\|")),
        }
    }

    /// A reference as written in the text at `path`. Only its `words` and names without needles may be seen.
    fn reference(&self, to: &Ref, words: &str, briefing: Option<usize>, path: &str) -> String {
        let other = self.other(to.target);
        let kind = to.part % 3;
        let beside = |target: String| relative(path, &target);
        let profile = || {
            let count = self.world.profiles[kind].len();
            (count > 0).then(|| self.profile_path(kind, to.target % count))
        };
        let page = || {
            let count = self.world.pages.len();
            (count > 0).then(|| self.page_path(to.target % count))
        };
        match to.form {
            0 => format!("[[b{other}|{words}]]"),
            1 => format!("[[b{other}]]"),
            2 => format!("[{words}]({})", beside(self.briefing_path(other, ""))),
            3 => format!("[{words}]({}#section)", beside(self.briefing_path(other, ""))),
            4 => format!("[[b{other}#{}|{words}]]", self.claim_id(other, to.part)),
            5 => format!("[[b{other}#{}|{words}]]", self.event_id(other, to.part)),
            6 => format!("[[{}]]", self.alias(kind, to.target)),
            7 => format!("[[{}|{words}]]", self.alias(kind, to.target)),
            8 => format!("[[{}:{}]]", KINDS[kind], self.alias(kind, to.target)),
            9 => format!("[[2025-05-{:02}]]", 10 + to.target % 14),
            10 | 11 => match briefing {
                Some(own) => format!("[@{}]", self.source_id(own, to.part)),
                None => format!("[@s{}]", to.part),
            },
            12 => format!("[@{}]", self.shared_id(to.part)),
            13 => match briefing {
                Some(own) => format!("![A picture {words}]({})", self.picture(own)),
                None => format!("![A picture {words}]({})", beside(self.portrait(to.target).0)),
            },
            14 => format!("[[!{}]]", self.alias(kind, to.target)),
            15 => match briefing {
                Some(own) => format!("[[#{}|{words}]]", self.claim_id(own, to.part)),
                None => format!("[{words}](/)"),
            },
            16 => format!("[{words}][def{}]", to.part % 3),
            17 => format!("[{words}](#section)"),
            18 => profile().map_or_else(String::new, |path| format!("[{words}]({})", beside(path))),
            19 => page().map_or_else(String::new, |path| format!("[{words}]({})", beside(path))),
            20 => format!("[{words}]({})", beside(self.briefing_path(other, ".ar"))),
            21 => "[[Nobody at all]]".into(),
            22 => format!("[[b{other}#c{}]]", to.part),
            23 | 24 => format!("{}'s words", self.alias(kind, to.target)),
            25 => self.mention(kind, to.target, to.part),
            26 => {
                format!("({}, and {})", self.mention(kind, to.target, to.part), self.alias(kind, to.target))
            }
            27 => format!("“{}” or **{}**", self.alias(kind, to.target), self.alias(kind, to.target + 1)),
            28 => {
                format!("`{}` <b>{}</b>", self.alias(kind, to.target), self.mention(kind, to.target, to.part))
            }
            _ => format!("[{words}](@/{})", &self.briefing_path(other, "")["content/".len()..]),
        }
    }
}

/// The link from the text at `from` to the one at `to`.
fn relative(from: &str, to: &str) -> String {
    let folders: Vec<&str> = from.split('/').collect();
    let target: Vec<&str> = to.split('/').collect();
    let same = folders.iter().zip(&target).take_while(|(one, other)| one == other).count();
    let same = same.min(folders.len() - 1);
    let up = "../".repeat(folders.len() - 1 - same);
    format!("{up}{}", target[same..].join("/"))
}
