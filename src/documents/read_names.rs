use super::{
    parts::{At, Citation, Name, Party, Unnamed},
    read_parts::report,
};
use crate::{
    model::{ActorRole, fold_name},
    tree::{Cx, Decode, Fields, Node, Spanned, Value},
};

impl Decode for Name {
    fn decode(node: &Node, cx: &mut Cx<'_>) -> Option<Self> {
        let text = match &node.value {
            Value::Map(_) => {
                let mut fields = Fields::of(node, "a name", cx)?;
                let id = fields.required::<String>("id", cx);
                fields.finish(cx);
                id?
            }
            _ => String::decode(node, cx)?,
        };
        named(&text, node, cx)
    }
}

fn named(text: &str, node: &Node, cx: &mut Cx<'_>) -> Option<Name> {
    let text = text.trim();
    // What cannot be seen names nobody. A letter is seen, which spares nearly all names the folding.
    if !text.contains(char::is_alphanumeric) && fold_name(text).is_empty() {
        report(
            cx,
            "empty-name",
            &node.span,
            "the name is empty".into(),
            Some("write a name, or delete the entry".into()),
        );
        return None;
    }
    Some(Name { text: text.into(), at: At::new(&node.span) })
}

impl Decode for Party {
    fn decode(node: &Node, cx: &mut Cx<'_>) -> Option<Self> {
        let Value::Map(_) = &node.value else {
            let written = String::decode(node, cx)?;
            return match unnamed_words(&written) {
                Some((words, of)) => {
                    let of = of.map(|of| Name { text: of.into(), at: at_the_end(of, &written, node, cx) });
                    unnamed(words, of, node, cx)
                }
                None => named(&written, node, cx).map(Party::Actor),
            };
        };
        let mut fields = Fields::of(node, "a speaker", cx)?;
        let party = party_of(&mut fields, node, cx);
        fields.finish(cx);
        party
    }
}

/// The party that the keys `id`, or `unnamed` and `of`, tell.
fn party_of(fields: &mut Fields<'_>, node: &Node, cx: &mut Cx<'_>) -> Option<Party> {
    let words: Option<String> = fields.get("unnamed", cx);
    let of: Option<Name> = fields.get("of", cx);
    let id: Option<Spanned<String>> = fields.get("id", cx);
    match (words, id) {
        (Some(words), None) => unnamed(&words, of, node, cx),
        (None, Some(id)) if of.is_none() => {
            let text: Box<str> = id.value.trim().into();
            if text.is_empty() {
                named("", node, cx).map(Party::Actor)
            } else {
                Some(Party::Actor(Name { text, at: At::new(&id.span) }))
            }
        }
        (words, id) => {
            let what = match (words, id) {
                (Some(_), Some(_)) => "this names an actor and an unnamed speaker",
                (None, Some(_)) => "`of` belongs to an unnamed speaker, and this names an actor",
                _ => "this names neither an actor nor an unnamed speaker",
            };
            let help =
                "write `id: NAME` for an actor, or `unnamed: WORDS` and `of: ACTOR` for somebody not named";
            report(cx, "speaker", &node.span, what.into(), Some(help.into()));
            None
        }
    }
}

fn unnamed(words: &str, of: Option<Name>, node: &Node, cx: &mut Cx<'_>) -> Option<Party> {
    let words = words.trim();
    if words.is_empty() {
        let help = "write what the source calls them: `unnamed: three officials`";
        report(cx, "speaker", &node.span, "the unnamed speaker has no words".into(), Some(help.into()));
        return None;
    }
    Some(Party::Unnamed(Unnamed { words: words.into(), of }))
}

/// Where `part`, with which `written` ends, stands; where the file does not hold it as it is, the whole of `node`.
fn at_the_end(part: &str, written: &str, node: &Node, cx: &Cx<'_>) -> At {
    if cx.text.get(node.span.clone()) != Some(written) {
        return At::new(&node.span);
    }
    let end = node.span.start + written.trim_end().len();
    At::new(&(end - part.len()..end))
}

/// The short form `unnamed WORDS of ENTITY`: its words, and the entity where one is given. Words with an "of" of
/// their own stand in quotation marks: `unnamed "families of hostages"`.
pub(super) fn unnamed_words(written: &str) -> Option<(&str, Option<&str>)> {
    let written = written.trim();
    let head = written.get(..7)?;
    let rest = &written[7..];
    if !head.eq_ignore_ascii_case("unnamed") || !(rest.is_empty() || rest.starts_with([' ', ':'])) {
        return None;
    }
    let rest = rest.trim_start_matches([' ', ':']);
    if let Some((words, after)) = rest.strip_prefix('"').and_then(|rest| rest.split_once('"')) {
        match after.trim_start().strip_prefix("of ").map(str::trim) {
            Some(of) if !of.is_empty() => return Some((words.trim(), Some(of))),
            _ if after.trim().is_empty() => return Some((words.trim(), None)),
            _ => {}
        }
    }
    match rest.rfind(" of ") {
        Some(cut) if !rest[..cut].trim().is_empty() && !rest[cut + 4..].trim().is_empty() => {
            Some((rest[..cut].trim(), Some(rest[cut + 4..].trim())))
        }
        _ => Some((rest.trim_end(), None)),
    }
}

/// An event's actor: a party, and `role` beside it.
pub(super) struct Participant(pub(super) Party, pub(super) Option<ActorRole>);

impl Decode for Participant {
    fn decode(node: &Node, cx: &mut Cx<'_>) -> Option<Self> {
        let Value::Map(_) = &node.value else {
            return Party::decode(node, cx).map(|party| Self(party, None));
        };
        let mut fields = Fields::of(node, "an event's actor", cx)?;
        let role = fields.get("role", cx);
        let party = party_of(&mut fields, node, cx);
        fields.finish(cx);
        party.map(|party| Self(party, role))
    }
}

impl Decode for Citation {
    fn decode(node: &Node, cx: &mut Cx<'_>) -> Option<Self> {
        let Value::Map(_) = &node.value else {
            return Name::decode(node, cx).map(|id| Self { id, item: None });
        };
        let mut fields = Fields::of(node, "a use of a source", cx)?;
        let id = fields.required::<Name>("id", cx);
        let item = fields.get::<Spanned<i64>>("item", cx);
        fields.finish(cx);
        let item = match item {
            None => None,
            Some(item) => match u8::try_from(item.value) {
                Ok(grade @ 1..=6) => Some(grade),
                _ => {
                    let message = format!("`item` is {}, which is no credibility", item.value);
                    report(
                        cx,
                        "out-of-range",
                        &item.span,
                        message,
                        Some("write a whole number from 1 to 6".into()),
                    );
                    None
                }
            },
        };
        Some(Self { id: id?, item })
    }
}
