use std::ops::Range;

use super::{
    Cx, Node, Value,
    schema::{Type, type_of},
};
use crate::{
    diagnostics::{did_you_mean, one_of},
    model::Word,
};

/// How a value of the tree becomes a value of the model.
pub trait Decode: Sized {
    /// The value that `node` stands for; reports and gives `None` where it stands for none.
    fn decode(node: &Node, cx: &mut Cx<'_>) -> Option<Self>;
}

/// A value and where it is written, in bytes of the whole file.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// Where it is written.
    pub span: Range<usize>,
}

impl<T: Decode> Decode for Spanned<T> {
    fn decode(node: &Node, cx: &mut Cx<'_>) -> Option<Self> {
        Some(Self { value: T::decode(node, cx)?, span: node.span.clone() })
    }
}

/// Text that `read` makes into a value; what `read` says is wrong, and what to do, is reported under `code`.
pub fn text_as<T>(
    node: &Node,
    cx: &mut Cx<'_>,
    code: &'static str,
    read: impl FnOnce(&str) -> Result<T, (String, Option<String>)>,
) -> Option<T> {
    let written = String::decode(node, cx)?;
    match read(&written) {
        Ok(value) => Some(value),
        Err((message, help)) => {
            cx.error(code, &node.span, message).help_if(help);
            None
        }
    }
}

/// Any scalar's text: `title: 2024` is the text `2024`.
impl Decode for String {
    fn decode(node: &Node, cx: &mut Cx<'_>) -> Option<Self> {
        let text = text(node, cx)?;
        Some(text.to_owned())
    }
}

/// `true` or `false` without quotation marks; the `yes` and `on` of older YAML are errors.
impl Decode for bool {
    fn decode(node: &Node, cx: &mut Cx<'_>) -> Option<Self> {
        let found = match &node.value {
            Value::Scalar(scalar) => match type_of(scalar) {
                Type::Bool(value) => return Some(value),
                _ => found_text(node),
            },
            _ => node.what().to_owned(),
        };
        let meant = node.text().map(str::to_ascii_lowercase).and_then(|text| match text.as_str() {
            "true" | "yes" | "on" | "y" | "1" => Some("write `true`"),
            "false" | "no" | "off" | "n" | "0" => Some("write `false`"),
            _ => None,
        });
        let help = meant.unwrap_or("write `true` or `false`");
        let unquoted = if matches!(&node.value, Value::Scalar(scalar) if !scalar.plain) {
            " without quotation marks"
        } else {
            ""
        };
        cx.error("wrong-type", &node.span, format!("expected `true` or `false`, found {found}"))
            .help(format!("{help}{unquoted}"));
        None
    }
}

/// A whole number without quotation marks.
impl Decode for i64 {
    fn decode(node: &Node, cx: &mut Cx<'_>) -> Option<Self> {
        let found = match &node.value {
            Value::Scalar(scalar) => match type_of(scalar) {
                Type::Int(Some(value)) => return Some(value),
                Type::Int(None) => {
                    cx.error("wrong-type", &node.span, format!("{} is too large", quoted(&scalar.text)))
                        .help(format!("write a whole number between {} and {}", i64::MIN, i64::MAX));
                    return None;
                }
                Type::Float(_) | Type::Bool(_) | Type::Text => found_text(node),
            },
            _ => node.what().to_owned(),
        };
        let help = number_help(node, "write digits alone, such as `28`");
        cx.error("wrong-type", &node.span, format!("expected a whole number, found {found}")).help(help);
        None
    }
}

/// A finite number without quotation marks.
impl Decode for f64 {
    fn decode(node: &Node, cx: &mut Cx<'_>) -> Option<Self> {
        if let Value::Scalar(scalar) = &node.value {
            let number = match type_of(scalar) {
                Type::Float(value) => Some(value),
                Type::Int(_) => scalar.text.parse().ok(),
                Type::Bool(_) | Type::Text => None,
            };
            // Hexadecimal and octal numbers are whole, and small enough to be exact.
            #[allow(clippy::cast_precision_loss)]
            let number = number.or(match type_of(scalar) {
                Type::Int(Some(value)) => Some(value as f64),
                _ => None,
            });
            if let Some(number) = number.filter(|number| number.is_finite()) {
                return Some(number);
            }
        }
        let found = found_text(node);
        let help = number_help(node, "write digits and a point, such as `31.34`");
        cx.error("wrong-type", &node.span, format!("expected a number, found {found}")).help(help);
        None
    }
}

/// A list, or one value alone as a list of one; nothing is no value. Every bad element is reported and left out.
impl<T: Decode> Decode for Vec<T> {
    fn decode(node: &Node, cx: &mut Cx<'_>) -> Option<Self> {
        Some(match &node.value {
            Value::Null => Vec::new(),
            Value::List(items) => items.iter().filter_map(|item| T::decode(item, cx)).collect(),
            Value::Scalar(_) | Value::Map(_) => T::decode(node, cx).into_iter().collect(),
        })
    }
}

/// One of the words of `T`, in any case.
pub fn word<T: Word>(node: &Node, cx: &mut Cx<'_>) -> Option<T> {
    let written = text(node, cx)?;
    let found = T::parse(written);
    if found.is_none() {
        let words = || T::WORDS.iter().map(|(word, _)| *word);
        let near = did_you_mean(written, words()).or_else(|| same_stem(written, words()));
        let help = near.unwrap_or_else(|| format!("write one of {}", one_of(words())));
        cx.error("unknown-word", &node.span, format!("unknown {} {}", name_of::<T>(), quoted(written)))
            .help(help);
    }
    found
}

fn text<'n>(node: &'n Node, cx: &mut Cx<'_>) -> Option<&'n str> {
    let text = node.text();
    if text.is_none() {
        let help = match &node.value {
            Value::List(_) => "write one text; if it begins with `[`, put it in quotation marks",
            Value::Map(_) => "write one text; if it holds a colon, put it in quotation marks",
            _ => "write a text, or leave the line out",
        };
        cx.error("wrong-type", &node.span, format!("expected text, found {}", node.what())).help(help);
    }
    // Neither XML nor HTML can hold them, and no reader sees them (XML 1.0, 2.2).
    let refused =
        |c: char| (c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{85}')) || is_noncharacter(c);
    // Most texts are plain ASCII, which is seen at once.
    let plain = |text: &&str| text.bytes().all(|byte| matches!(byte, b' '..=b'~'));
    let unsure = text.filter(|text| !plain(text));
    if let Some(character) = unsure.and_then(|text| text.chars().find(|c| refused(*c))) {
        let message =
            format!("the text holds the character U+{:04X}, which no page can show", u32::from(character));
        cx.error("control-character", &node.span, message).help("take it out");
        return None;
    }
    text
}

/// Whether Unicode will never give `c` a meaning (Unicode, 23.7).
fn is_noncharacter(c: char) -> bool {
    u32::from(c) & 0xFFFE == 0xFFFE || ('\u{FDD0}'..='\u{FDEF}').contains(&c)
}

/// A `did you mean` for the only word that begins as `written` does and is two changes away: `denys` for `denies`.
fn same_stem<'a>(written: &str, words: impl Iterator<Item = &'a str>) -> Option<String> {
    let stem = written.get(..3)?;
    let mut near =
        words.filter(|word| word.starts_with(stem) && strsim::damerau_levenshtein(written, word) <= 2);
    let only = near.next()?;
    near.next().is_none().then(|| format!("did you mean `{only}`?"))
}

/// The type's name in words: `ClaimClass` is a "claim class".
fn name_of<T>() -> String {
    let path = std::any::type_name::<T>();
    let name = path.rsplit("::").next().unwrap_or(path);
    let mut words = String::with_capacity(name.len() + 2);
    for letter in name.chars() {
        if letter.is_uppercase() && !words.is_empty() {
            words.push(' ');
        }
        words.extend(letter.to_lowercase());
    }
    words
}

fn found_text(node: &Node) -> String {
    match &node.value {
        // What stands in quotation marks is text, however it looks.
        Value::Scalar(scalar) if !scalar.plain => format!("the text {}", quoted(&scalar.text)),
        Value::Scalar(scalar) => quoted(&scalar.text),
        _ => node.what().to_owned(),
    }
}

/// Text as a message shows it, in backticks, cut where it is long.
pub(crate) fn quoted(text: &str) -> String {
    const SHOWN: usize = 40;
    let line = text.lines().next().unwrap_or_default();
    let shown: String = line.chars().take(SHOWN).collect();
    if shown.len() < text.len() { format!("`{shown}…`") } else { format!("`{shown}`") }
}

fn number_help(node: &Node, otherwise: &str) -> String {
    match &node.value {
        Value::Scalar(scalar) if !scalar.plain && scalar.text.parse::<f64>().is_ok_and(f64::is_finite) => {
            format!("write {} without quotation marks", quoted(&scalar.text))
        }
        _ => otherwise.to_owned(),
    }
}
