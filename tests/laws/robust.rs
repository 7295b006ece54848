//! No input makes the stages panic, and what is reported about it stands where the report says.

use brief::{
    diagnostics::{Diagnostics, Format, Span, Texts},
    settings,
    sources::Sources,
};
use proptest::{prelude::*, sample::Index, test_runner::TestCaseError};

use crate::{
    building::{cases, public},
    world::world,
    write::{Files, Without, files},
};

/// A slip of the hand, or of a program.
#[derive(Clone, Debug)]
enum Slip {
    /// A character is replaced by another.
    Replace(Index, char),
    Insert(Index, &'static str),
    /// What stands between two places goes.
    Cut(Index, Index),
    DropLine(Index),
    DoubleLine(Index),
    SwapLines(Index, Index),
    /// The end is missing.
    Truncate(Index),
    Indent(Index, u8),
}

/// Pieces that mean something somewhere in a file.
const PIECES: [&str; 40] = [
    ":",
    "- ",
    "\n",
    "\n---\n",
    "+++\n",
    "\"",
    "'",
    "{",
    "}",
    "[",
    "]",
    "[[",
    "]]",
    "[@",
    "#",
    "|",
    "::: tlp amber\n",
    ":::\n",
    "```\n",
    "<b>",
    "</div>",
    "<!--",
    "&",
    "*",
    "!",
    "\t",
    "\r",
    "\r\n",
    "\u{feff}",
    "\u{2028}",
    "é",
    "שלום",
    "\u{202e}",
    "🕊",
    "\0",
    "tlp: ambre\n",
    "date: 2025-02-30\n",
    "%",
    "\\",
    "> ",
];

fn slip() -> impl Strategy<Value = Slip> {
    let index = any::<Index>;
    prop_oneof![
        2 => (index(), any::<char>()).prop_map(|(at, c)| Slip::Replace(at, c)),
        4 => (index(), proptest::sample::select(&PIECES[..])).prop_map(|(at, piece)| Slip::Insert(at, piece)),
        2 => (index(), index()).prop_map(|(from, to)| Slip::Cut(from, to)),
        1 => index().prop_map(Slip::DropLine),
        1 => index().prop_map(Slip::DoubleLine),
        1 => (index(), index()).prop_map(|(one, other)| Slip::SwapLines(one, other)),
        1 => index().prop_map(Slip::Truncate),
        1 => (index(), 1_u8..5).prop_map(|(at, by)| Slip::Indent(at, by)),
    ]
}

/// The nearest byte at or before one of `text` at which a character begins.
fn place(text: &str, at: Index) -> usize {
    let byte = at.index(text.len() + 1);
    (0..=byte).rev().find(|byte| text.is_char_boundary(*byte)).unwrap()
}

fn slipped(text: &str, slip: &Slip) -> String {
    let mut lines: Vec<String> = text.split_inclusive('\n').map(str::to_owned).collect();
    lines.push(String::new());
    let count = lines.len();
    match slip {
        Slip::Replace(at, c) => {
            let start = place(text, *at);
            let rest = &text[start..];
            let after = rest.chars().next().map_or("", |first| &rest[first.len_utf8()..]);
            return format!("{}{c}{after}", &text[..start]);
        }
        Slip::Insert(at, piece) => {
            let (before, after) = text.split_at(place(text, *at));
            return format!("{before}{piece}{after}");
        }
        Slip::Cut(from, to) => {
            let (one, other) = (place(text, *from), place(text, *to));
            return format!("{}{}", &text[..one.min(other)], &text[one.max(other)..]);
        }
        Slip::Truncate(at) => return text[..place(text, *at)].to_owned(),
        Slip::DropLine(at) => drop(lines.remove(at.index(count))),
        Slip::DoubleLine(at) => {
            let line = lines[at.index(count)].clone();
            lines.insert(at.index(count), line);
        }
        Slip::SwapLines(one, other) => lines.swap(one.index(count), other.index(count)),
        Slip::Indent(at, by) => lines[at.index(count)].insert_str(0, &" ".repeat(usize::from(*by))),
    }
    lines.concat()
}

/// Everything that a build of `files` reports, printed in both forms on the way.
fn reported(files: &Files) -> Diagnostics {
    let sources = Sources::from_texts(files.pairs());
    let mut diagnostics = Diagnostics::new();
    let settings = settings::parse(&sources, &mut diagnostics);
    let edition = public();
    let build = brief::plan(&sources, &settings, &edition, false, &mut diagnostics);
    diagnostics.extend(build.render(&Nowhere, &|_| ()).unwrap());
    diagnostics.sort();
    for format in [Format::Human { colour: true }, Format::Json] {
        brief::diagnostics::print(&diagnostics, &All(&sources, build.theme()), format, &mut std::io::sink())
            .unwrap();
    }
    diagnostics
}

struct Nowhere;

impl brief::output::Sink for Nowhere {
    fn put(&self, _: &brief::model::OutputPath, _: &[u8]) -> std::io::Result<()> {
        Ok(())
    }

    fn copy(
        &self,
        _: &brief::model::OutputPath,
        _: &std::path::Path,
        _: &blake3::Hash,
        _: u64,
    ) -> std::io::Result<()> {
        Ok(())
    }
}

struct All<'a>(&'a Sources, &'a brief::site::Theme);

impl Texts for All<'_> {
    fn text(&self, path: &str) -> Option<&str> {
        self.0.text(path).or_else(|| self.1.text(path))
    }
}

fn stands(span: &Span, files: &Files, message: &str) -> Result<(), TestCaseError> {
    let Some(text) = files.texts.get(span.path.as_str()) else {
        return Ok(());
    };
    let (start, end) = (span.start as usize, span.end as usize);
    prop_assert!(
        start <= end && text.get(start..end).is_some(),
        "`{}` of `{}`, {}..{} of {} bytes",
        message,
        span.path,
        start,
        end,
        text.len()
    );
    Ok(())
}

proptest! {
    #![proptest_config(cases(256))]

    #[test]
    fn no_slip_makes_a_build_panic_and_every_report_stands_in_its_file(
        world in world(),
        slips in proptest::collection::vec((any::<Index>(), slip()), 1..6),
    ) {
        let mut files = files(&world, Without::default());
        for (file, slip) in slips {
            let count = files.texts.len();
            let text = files.texts.values_mut().nth(file.index(count)).unwrap();
            *text = slipped(text, &slip);
        }
        for diagnostic in &reported(&files) {
            let places = diagnostic.span.iter().chain(diagnostic.related.iter().map(|(span, _)| span));
            for span in places {
                stands(span, &files, &diagnostic.message)?;
            }
            prop_assert!(!diagnostic.message.is_empty() && !diagnostic.message.ends_with('.'));
        }
    }
}
