//! Translations whose original is not there.

use super::roles;
use crate::{
    diagnostics::{Diagnostic, Diagnostics, Span, nearest},
    model::{Day, SourcePath},
    sources::Sources,
    tree::{Node, Value},
};

/// For so many of them a briefing with a name like that of the original is looked for.
const SUGGESTIONS: usize = 50;

/// Keys that stand in a single claim or event, which may be written without a list around it.
const OF_ONE: [&str; 4] = ["text", "by", "date", "id"];

/// Whether front matter is that of a translation: texts of claims or events by their ids. No briefing is written so.
pub(super) fn is_translation(front: &Node) -> bool {
    let Value::Map(entries) = &front.value else { return false };
    let mut texts =
        entries.iter().filter(|(key, _)| matches!(&*key.text, "claims" | "events")).map(|(_, node)| node);
    texts.any(|node| match &node.value {
        Value::Map(texts) => texts
            .iter()
            .all(|(id, text)| !OF_ONE.contains(&&*id.text) && matches!(text.value, Value::Scalar(_))),
        _ => false,
    })
}

/// Tells of translations without their originals, each with the path at which that would stand.
pub(super) fn tell(lost: &[(SourcePath, SourcePath)], sources: &Sources, diagnostics: &mut Diagnostics) {
    for (number, (path, original)) in lost.iter().enumerate() {
        let near = (number < SUGGESTIONS).then(|| renamed(path, original, sources)).flatten();
        let help = near.map_or_else(
            || "write the original, or take the language out of the file's name".to_owned(),
            |name| format!("did you mean `{name}`?"),
        );
        let message = format!("this is the translation of `{original}`, which is not there");
        diagnostics.push(Diagnostic::error("misplaced", message).at(Span::file(path)).help(help));
    }
}

/// What the file is to be called, where an untranslated briefing beside it is called almost like the original or is the
/// only one of that day.
fn renamed(path: &SourcePath, original: &SourcePath, sources: &Sources) -> Option<String> {
    let language = roles::split(path)?.1;
    let name = |stem: &str| format!("{stem}.{language}.{}", path.extension());
    let is_free =
        |stem: &str| !sources.has_text(&SourcePath::new(&format!("{}/{}", path.folder(), name(stem))));
    let beside = sources.texts_below(path.folder()).map(|(text, _)| text);
    let briefings = beside.filter(|text| text.folder() == path.folder() && roles::split(text).is_none());
    let stems: Vec<&str> = briefings.map(SourcePath::stem).filter(|stem| is_free(stem)).collect();
    let day = original.stem().get(..10).filter(|day| Day::parse(day).is_ok());
    let of_day = || {
        let mut of_day = stems.iter().copied().filter(|stem| day.is_some_and(|day| stem.starts_with(day)));
        of_day.next().filter(|_| of_day.next().is_none())
    };
    nearest(original.stem(), stems.iter().copied()).or_else(of_day).map(name)
}
