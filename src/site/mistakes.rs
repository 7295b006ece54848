//! What the template engine says is wrong, turned into diagnostics at the place in the file that the template is
//! written in. It never draws anything.

use tera::{ErrorKind, Tera};

use super::theme::Layer;
use crate::{
    diagnostics::{Diagnostic, Span, did_you_mean, nearest, one_of},
    model::SourcePath,
};

/// Stands between a message of ours that the engine passes on and what can be done.
const HELP: &str = "\u{1}";

/// Everything that is wrong with `templates`, of which `error` is what the engine met first.
pub(super) fn of_loading(error: &tera::Error, templates: &Layer) -> Vec<Diagnostic> {
    let mut found = match error.kind() {
        // The engine reports names that there are not in one text, with the places as it shows them.
        ErrorKind::Msg(text) if text.starts_with("error: ") => reports(text, templates),
        _ => vec![of_drawing(error, templates)],
    };
    if matches!(error.kind(), ErrorKind::SyntaxError(_)) {
        // It stops at the first that it cannot read; the others are read alone.
        for (name, written) in templates {
            if let Err(error) = Tera::new().add_raw_template(name, &written.text)
                && matches!(error.kind(), ErrorKind::SyntaxError(_))
            {
                found.push(of_drawing(&error, templates));
            }
        }
    }
    // One file is a template by several names.
    let mut once: Vec<Diagnostic> = Vec::new();
    for mistake in found {
        if !once.contains(&mistake) {
            once.push(mistake);
        }
    }
    once
}

/// What `error` says.
pub(super) fn of_drawing(error: &tera::Error, templates: &Layer) -> Diagnostic {
    match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => {
            let range = report.span().range.clone();
            let written = templates.get(report.filename());
            let path = written.map_or_else(|| SourcePath::new(report.filename()), |w| w.path.clone());
            let word = written.and_then(|written| written.text.get(range.clone())).unwrap_or_default();
            said(report.message(), word, templates).at(Span::new(&path, range))
        }
        ErrorKind::MissingParent { current, parent } => {
            let diagnostic = missing(parent, templates);
            at_quoted(diagnostic, current, parent, templates)
        }
        ErrorKind::CircularExtend { tpl, inheritance_chain } => {
            let diagnostic = circle("extend", tpl, inheritance_chain);
            at_quoted(diagnostic, tpl, inheritance_chain.last().unwrap_or(tpl), templates)
        }
        ErrorKind::CircularInclude { tpl, include_chain } => {
            let next = include_chain.get(1).unwrap_or(tpl);
            at_quoted(circle("include", tpl, include_chain), tpl, next, templates)
        }
        ErrorKind::TemplateNotFound(name) => missing(name, templates),
        _ => said(error.to_string().lines().next().unwrap_or_default(), "", templates),
    }
}

/// What the theme's function `asset` says of a file that there is not.
pub(super) fn no_asset<'a>(name: &str, known: impl IntoIterator<Item = &'a str>) -> String {
    let help = did_you_mean(name, known)
        .unwrap_or_else(|| format!("put it below `static/` of the theme: `themes/NAME/static/{name}`"));
    format!("the theme has no file `{name}`{HELP}{help}")
}

/// Says that there is no template called `name`.
pub(super) fn missing(name: &str, templates: &Layer) -> Diagnostic {
    // The ending is no part of what makes two names alike.
    let stem = name.strip_suffix(".html").unwrap_or(name);
    let near = nearest(stem, templates.keys().map(|known| known.strip_suffix(".html").unwrap_or(known)));
    let near =
        near.map(|near| if templates.contains_key(near) { near.into() } else { format!("{near}.html") });
    let help = near.map_or_else(
        || format!("write `templates/{name}`, or name a template that there is"),
        |near| format!("did you mean `{near}`?"),
    );
    Diagnostic::error("template", format!("there is no template `{name}`")).help(help)
}

fn circle(verb: &str, name: &str, chain: &[String]) -> Diagnostic {
    let one = chain.first().filter(|first| chain.iter().all(|link| link == *first));
    if let Some(one) = one {
        let help = match (verb, one.strip_prefix("theme/")) {
            ("extend", None) => format!("extend the one beneath it: `{{% extends \"theme/{name}\" %}}`"),
            ("extend", Some(own)) => {
                format!("a theme extends the one beneath it by `{{% extends \"builtin/{own}\" %}}`")
            }
            _ => "take the `include` out".to_owned(),
        };
        return Diagnostic::error("template", format!("the template `{one}` {verb}s itself")).help(help);
    }
    let names: Vec<String> = chain.iter().map(|link| format!("`{link}`")).collect();
    Diagnostic::error("template", format!("templates {verb} each other in a circle: {}", names.join(", ")))
        .help("take one of them out of the circle")
}

/// Places `diagnostic` where the template called `name` writes `quoted`.
fn at_quoted(diagnostic: Diagnostic, name: &str, quoted: &str, templates: &Layer) -> Diagnostic {
    let Some(written) = templates.get(name) else { return diagnostic };
    let quoted = ['"', '\''].map(|mark| format!("{mark}{quoted}{mark}"));
    let place = quoted.iter().find_map(|quoted| Some((written.text.find(quoted)?, quoted.len())));
    match place {
        Some((start, len)) => diagnostic.at(Span::new(&written.path, start..start + len)),
        None => diagnostic.at(Span::file(&written.path)),
    }
}

/// The engine's reports: `error: MESSAGE`, ` --> NAME:LINE:COLUMN`, and the line with `^` beneath it.
fn reports(text: &str, templates: &Layer) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let mut message = "";
    let mut place: Option<(&str, usize, usize)> = None;
    for line in text.lines() {
        if let Some(rest) = line.strip_prefix("error: ") {
            message = rest;
        } else if let Some((before, rest)) = line.split_once("--> ")
            && before.trim().is_empty()
        {
            place = locus(rest);
        } else if let Some((name, line_number, column)) = place
            && line.trim_start().trim_start_matches('|').trim_start().starts_with('^')
        {
            let width = line.matches('^').count();
            let range = templates.get(name).and_then(|w| range_of(&w.text, line_number, column, width));
            let path = templates.get(name).map_or_else(|| SourcePath::new(name), |w| w.path.clone());
            let word = templates.get(name).zip(range.clone());
            let word = word.and_then(|(written, range)| written.text.get(range)).unwrap_or_default();
            let span = range.map_or_else(|| Span::file(&path), |range| Span::new(&path, range));
            found.push(said(message, word, templates).at(span));
            place = None;
        }
    }
    found
}

fn locus(written: &str) -> Option<(&str, usize, usize)> {
    let (rest, column) = written.rsplit_once(':')?;
    let (name, line) = rest.rsplit_once(':')?;
    Some((name, line.parse().ok()?, column.parse().ok()?))
}

/// The bytes of `width` characters from `column` of `line`, both from 1.
fn range_of(text: &str, line: usize, column: usize, width: usize) -> Option<std::ops::Range<usize>> {
    let start_of_line: usize = text.split_inclusive('\n').take(line.checked_sub(1)?).map(str::len).sum();
    let letters = text.get(start_of_line..)?.char_indices().map(|(at, _)| start_of_line + at);
    let mut ends = letters.chain([text.len()]).skip(column.checked_sub(1)?);
    let start = ends.next()?;
    let end = ends.nth(width.checked_sub(1)?).unwrap_or(text.len());
    Some(start..end)
}

/// The engine's message in our form. Of fields and variables it appends those that there are.
fn said(message: &str, word: &str, templates: &Layer) -> Diagnostic {
    let lists = [(" Available fields: ", "the fields there are: "), (" Available variables: ", "there are ")];
    for (mark, words) in lists {
        if let Some((message, names)) = message.split_once(mark) {
            let names: Vec<&str> = names.trim_end_matches('.').split(", ").collect();
            let all = names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
            let near = did_you_mean(word, names).map(|near| format!("{near} ")).unwrap_or_default();
            return Diagnostic::error("template", ours(message)).help(format!("{near}{words}{all}"));
        }
    }
    if let Some((message, help)) = message.split_once(HELP) {
        return Diagnostic::error("template", ours(message)).help(help);
    }
    if let Some(name) = quoted_after(message, "Unknown template ") {
        return missing(name, templates);
    }
    Diagnostic::error("template", ours(message)).help_if(help(message, word))
}

fn ours(message: &str) -> String {
    let message = message.replace("expected }}", "expected `}}`").replace("expected %}", "expected `%}`");
    let mut letters = message.trim_end_matches('.').chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}

fn quoted_after<'m>(message: &'m str, start: &str) -> Option<&'m str> {
    message.strip_prefix(start)?.strip_prefix('`')?.strip_suffix('`')
}

fn help(message: &str, word: &str) -> Option<String> {
    const TAGS: [&str; 15] = [
        "if",
        "elif",
        "else",
        "endif",
        "for",
        "endfor",
        "block",
        "endblock",
        "extends",
        "include",
        "set",
        "set_global",
        "filter",
        "raw",
        "endraw",
    ];
    const TESTS: [&str; 17] = [
        "array",
        "bool",
        "containing",
        "defined",
        "divisible_by",
        "ending_with",
        "even",
        "float",
        "integer",
        "iterable",
        "map",
        "none",
        "number",
        "odd",
        "starting_with",
        "string",
        "undefined",
    ];
    const FUNCTIONS: [&str; 4] = ["asset", "range", "super", "throw"];
    const FILTERS: [&str; 37] = [
        "abs",
        "capitalize",
        "default",
        "escape",
        "escape_html",
        "escape_xml",
        "first",
        "float",
        "get",
        "group_by",
        "indent",
        "int",
        "join",
        "keys",
        "last",
        "length",
        "lower",
        "newlines_to_br",
        "nth",
        "pairs",
        "pluralize",
        "replace",
        "reverse",
        "round",
        "safe",
        "sort",
        "split",
        "str",
        "title",
        "trim",
        "trim_end",
        "trim_start",
        "truncate",
        "unique",
        "upper",
        "values",
        "wordcount",
    ];
    let near = |name: &str, known: &[&str]| {
        did_you_mean(name, known.iter().copied()).unwrap_or_else(|| {
            format!("there are {}", one_of(known.iter().copied()).replace(" or ", " and "))
        })
    };
    if message == "Unexpected end of input" {
        return Some("close every `if`, `for` and `block` with its `endif`, `endfor` or `endblock`".into());
    }
    if message == "Unknown tag" {
        return Some(near(word, &TAGS));
    }
    if let Some(name) = quoted_after(message, "Unknown filter ") {
        return Some(near(name, &FILTERS));
    }
    if let Some(name) = quoted_after(message, "Unknown test ") {
        return Some(near(name, &TESTS));
    }
    if let Some(name) = quoted_after(message, "Unknown function ") {
        return Some(near(name, &FUNCTIONS));
    }
    message
        .ends_with("is not defined in any parent template")
        .then(|| "name a block of the template that this one extends, or take the block out".into())
}
