use std::ops::Range;

use super::line::{quote, with_prefix};
use crate::tree::{Cx, Scalar, schema};

/// Warns where text without quotation marks ends before a `#`, which begins a comment.
///
/// Numbers, dates and the like are left alone, and so is a comment behind a key that has no value, unless it looks
/// like a `#word`.
pub(super) fn warn_of_comment(place: &Range<usize>, cx: &mut Cx<'_>) {
    let text = cx.text;
    let Some(rest) = text.get(place.end..) else { return };
    let after = if place.is_empty() { rest.strip_prefix(':').unwrap_or(rest) } else { rest };
    let comment = after.trim_start_matches([' ', '\t']);
    if !comment.starts_with('#') || comment.len() == after.len() {
        return;
    }
    let at = text.len() - comment.len();
    let comment = comment.split(['\n', '\r']).next().unwrap_or_default().trim_end();
    let comment_place = at..at + comment.len();
    let written = text.get(place.clone()).unwrap_or_default();
    if place.is_empty() {
        if comment.len() > 1 && !comment[1..].starts_with([' ', '\t', '#']) {
            let help = format!("if it is text, quote it: `{}`", with_prefix(text, at, &quote(comment)));
            cx.warn("comment-after-text", &comment_place, "no text stands before `#`: the rest is a comment")
                .help(help);
        }
        return;
    }
    if is_data(written) {
        return;
    }
    let help = if written.contains('\n') {
        "if it belongs to the text, put the whole in quotation marks; if not, put it on a line of its own"
            .to_owned()
    } else {
        let whole = text[place.start..comment_place.end].trim_end();
        let whole = with_prefix(text, place.start, &quote(whole));
        format!("if it belongs to the text, quote it: `{whole}`; if not, put it on a line of its own")
    };
    cx.warn("comment-after-text", &comment_place, "the text ends before `#`: the rest is a comment")
        .help(help);
}

/// Whether unquoted text is a number, a boolean or a date.
fn is_data(written: &str) -> bool {
    let scalar = Scalar { text: written.into(), plain: true };
    if schema::is_null(written) || schema::type_of(&scalar) != schema::Type::Text {
        return true;
    }
    let date = written.split('[').next().unwrap_or_default();
    date.starts_with(|first: char| first.is_ascii_digit())
        && date.bytes().all(|byte| byte.is_ascii_digit() || b"-:.+/TZtz ~?%X".contains(&byte))
}
