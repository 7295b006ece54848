use std::ops::Range;

use super::{
    Name,
    parts::{At, Claim, Corrected, Correction, Event, Figure, Finding, Party, Reference, Response, Source},
    read_names::Participant,
};
use crate::{
    model::{
        ActorRole, ClaimClass, Confidence, CorrectionKind, EventStatus, FindingStatus, Instant, LocalId,
        Marking, PartId, Published, SourceKind, Stance, When, is_language,
    },
    tree::{self, Cx, Decode, Fields, Node, Value},
};

/// Text without white space at its ends, as [`tree::text_as`] reads it.
pub(super) fn text<T>(
    node: &Node,
    cx: &mut Cx<'_>,
    code: &'static str,
    read: impl FnOnce(&str) -> Result<T, (String, Option<String>)>,
) -> Option<T> {
    tree::text_as(node, cx, code, |written| read(written.trim()))
}

pub(super) fn report(
    cx: &mut Cx<'_>,
    code: &'static str,
    at: &Range<usize>,
    message: String,
    help: Option<String>,
) {
    cx.error(code, at, message).help_if(help);
}

/// The keys by which a file or a part may be held back.
pub(super) fn marking(fields: &mut Fields<'_>, cx: &mut Cx<'_>) -> Marking {
    // A label or an instant that cannot be read must not leave the matter unmarked. The error stops the build,
    // and until it is mended the matter counts as a draft.
    let unreadable = |present: bool, read: bool| present && !read;
    let empty = empty_markings(fields, cx);
    let tlp_node = fields.take("tlp");
    let tlp = tlp_node.and_then(|node| Decode::decode(node, cx));
    let embargo_node = fields.take("embargo");
    let embargo = embargo_node.and_then(|node| {
        let zone = cx.zone;
        text(node, cx, "embargo", |written| {
            Instant::parse_embargo(written, zone).map_err(|e| (e.message, e.help))
        })
    });
    let draft_node = fields.take("draft");
    let draft: Option<bool> = draft_node.and_then(|node| Decode::decode(node, cx));
    let failed = empty
        || unreadable(tlp_node.is_some(), tlp.is_some())
        || unreadable(embargo_node.is_some(), embargo.is_some())
        || unreadable(draft_node.is_some(), draft.is_some());
    Marking { tlp, embargo, draft: failed || draft.unwrap_or(false) }
}

/// Reports keys of a marking with nothing after them, and tells whether there are any. Of other keys that is as if
/// they were not there, and a warning; but whoever wrote `embargo:` meant to hold something back.
fn empty_markings(fields: &mut Fields<'_>, cx: &mut Cx<'_>) -> bool {
    let mut found = false;
    for (key, example) in [("tlp", "amber"), ("embargo", "2025-05-16T06:00Z"), ("draft", "true")] {
        if let Some(place) = fields.empty(key) {
            found = true;
            let message = format!("nothing stands after `{key}`");
            let help = format!("write a value, such as `{key}: {example}`, or delete the key");
            report(cx, "empty-marking", place, message, Some(help));
        }
    }
    found
}

macro_rules! decode_words {
    ($($name:ident),+) => {
        $(impl Decode for $name {
            fn decode(node: &Node, cx: &mut Cx<'_>) -> Option<Self> {
                tree::word(node, cx)
            }
        })+
    };
}

decode_words!(
    ActorRole,
    ClaimClass,
    Confidence,
    CorrectionKind,
    EventStatus,
    FindingStatus,
    SourceKind,
    Stance
);

impl Decode for When {
    fn decode(node: &Node, cx: &mut Cx<'_>) -> Option<Self> {
        text(node, cx, "date", |written| When::parse(written).map_err(|error| (error.message, error.help)))
    }
}

impl Decode for Published {
    fn decode(node: &Node, cx: &mut Cx<'_>) -> Option<Self> {
        let zone = cx.zone;
        text(node, cx, "date", |written| {
            Published::parse(written, zone).map_err(|error| (error.message, error.help))
        })
    }
}

impl Decode for LocalId {
    fn decode(node: &Node, cx: &mut Cx<'_>) -> Option<Self> {
        text(node, cx, "id", |written| {
            LocalId::new(written).ok_or_else(|| {
                let help = "write one word without white space, `#`, `/`, `|` or brackets: `direct-talks`";
                (format!("`{written}` cannot be an id"), Some(help.into()))
            })
        })
    }
}

impl Decode for Reference {
    fn decode(node: &Node, cx: &mut Cx<'_>) -> Option<Self> {
        let part = text(node, cx, "reference", |written| {
            PartId::parse(written).ok_or_else(|| {
                let help = "write `BRIEFING#part`, or `#part` for a part of this file";
                (format!("`{written}` names no part of a briefing"), Some(help.into()))
            })
        })?;
        Some(Self { part, at: At::new(&node.span) })
    }
}

impl Decode for Figure {
    fn decode(node: &Node, cx: &mut Cx<'_>) -> Option<Self> {
        let mut fields = Fields::of(node, "a figure", cx)?;
        let what = fields.required("what", cx);
        let figure = Self {
            what: String::new(),
            value: fields.get("value", cx),
            min: fields.get("min", cx),
            max: fields.get("max", cx),
            per: fields.list("per", cx),
            date: fields.get("date", cx),
            sources: fields.list("sources", cx),
            marking: marking(&mut fields, cx),
            at: At::new(&node.span),
        };
        let numbers = ["value", "min", "max"];
        let written = numbers.into_iter().any(|key| fields.holds(key));
        let nothing = numbers.into_iter().filter(|_| !written).filter_map(|key| fields.empty(key)).last();
        fields.finish(cx);
        if figure.value.is_none() && figure.min.is_none() && figure.max.is_none() {
            // A number that cannot be read has been reported.
            if !written {
                let help = "write `value: 28`, or `min:` and `max:` for a range";
                let place = nothing.unwrap_or(&node.span);
                report(cx, "figure", place, "a figure needs a number".into(), Some(help.into()));
            }
            return None;
        }
        if let (Some(min), Some(max)) = (figure.min, figure.max)
            && min > max
        {
            report(
                cx,
                "figure",
                &node.span,
                "`min` is larger than `max`".into(),
                Some("write the smaller number as `min`".into()),
            );
        }
        Some(Self { what: what?, ..figure })
    }
}

impl Decode for Event {
    fn decode(node: &Node, cx: &mut Cx<'_>) -> Option<Self> {
        let mut fields = Fields::of(node, "an event", cx)?;
        let text = fields.required("text", cx);
        let date = fields.get("date", cx);
        if !fields.holds("date") && !fields.holds("event") {
            let help =
                "write `date: 2025-05-13`; a month, a year, `by 2025-05-13` and `about 2025-05` do as well";
            let place = fields.empty("date").unwrap_or(fields.span());
            report(cx, "missing-key", place, "an event needs `date`".into(), Some(help.into()));
        }
        let participants: Vec<Participant> = fields.list("actors", cx);
        let event = Self {
            id: fields.get("id", cx),
            tells: fields.get("event", cx),
            date,
            text: String::new(),
            per: fields.list("per", cx),
            actors: participants.into_iter().map(|actor| (actor.0, actor.1)).collect(),
            locations: fields.list("locations", cx),
            figures: fields.list("figures", cx),
            status: fields.get("status", cx).unwrap_or(EventStatus::Happened),
            sources: fields.list("sources", cx),
            marking: marking(&mut fields, cx),
            at: At::new(&node.span),
            in_prose: false,
        };
        fields.finish(cx);
        Some(Self { text: text?, ..event })
    }
}

impl Decode for Claim {
    fn decode(node: &Node, cx: &mut Cx<'_>) -> Option<Self> {
        let mut fields = Fields::of(node, "a claim", cx)?;
        let text = fields.required("text", cx);
        let by: Option<Vec<Party>> = fields.required("by", cx);
        let claim = Self {
            id: fields.get("id", cx),
            by: by.unwrap_or_default(),
            on_behalf_of: fields.list("for", cx),
            about: fields.list("about", cx),
            date: fields.get("date", cx),
            class: fields.get("class", cx).unwrap_or(ClaimClass::Fact),
            text: String::new(),
            locations: fields.list("locations", cx),
            told: fields.list("told", cx),
            via: fields.list("via", cx),
            sources: fields.list("sources", cx),
            responses: fields.list("responses", cx),
            findings: fields.list("findings", cx),
            marking: marking(&mut fields, cx),
            at: At::new(&node.span),
            in_prose: false,
        };
        fields.finish(cx);
        Some(Self { text: text?, ..claim })
    }
}

impl Decode for Response {
    fn decode(node: &Node, cx: &mut Cx<'_>) -> Option<Self> {
        let mut fields = Fields::of(node, "a response", cx)?;
        let by: Option<Vec<Party>> = fields.required("by", cx);
        let stance = fields.required("stance", cx);
        let response = Self {
            claim: fields.get("claim", cx),
            by: by.unwrap_or_default(),
            on_behalf_of: fields.list("for", cx),
            stance: Stance::Denies,
            date: fields.get("date", cx),
            text: fields.get("text", cx),
            sources: fields.list("sources", cx),
            marking: marking(&mut fields, cx),
            at: At::new(&node.span),
        };
        let unread = fields.holds("claim") && response.claim.is_none();
        fields.finish(cx);
        // What it answers has been written, and cannot be read: that has been reported.
        if unread { None } else { Some(Self { stance: stance?, ..response }) }
    }
}

impl Decode for Finding {
    fn decode(node: &Node, cx: &mut Cx<'_>) -> Option<Self> {
        let mut fields = Fields::of(node, "a finding", cx)?;
        let status = fields.required("status", cx);
        let note = fields.required("note", cx);
        let finding = Self {
            claim: fields.get("claim", cx),
            status: FindingStatus::Unproven,
            confidence: fields.get("confidence", cx),
            date: fields.required("date", cx),
            sources: fields.list("sources", cx),
            note: String::new(),
            marking: marking(&mut fields, cx),
            at: At::new(&node.span),
        };
        let unread = fields.holds("claim") && finding.claim.is_none();
        fields.finish(cx);
        if unread { None } else { Some(Self { status: status?, note: note?, ..finding }) }
    }
}

impl Decode for Source {
    fn decode(node: &Node, cx: &mut Cx<'_>) -> Option<Self> {
        let at = At::new(&node.span);
        let Value::Map(_) = &node.value else {
            return url(node, cx).map(|url| Self { url: Some(url), at, ..Self::default() });
        };
        let mut fields = Fields::of(node, "a source", cx)?;
        let source = Self {
            title: fields.get("title", cx),
            publisher: fields.get("publisher", cx),
            url: fields.take("url").and_then(|node| url(node, cx)),
            archived: fields.take("archived").and_then(|node| url(node, cx)),
            sha256: fields.take("sha256").and_then(|node| {
                text(node, cx, "hash", |written| {
                    let hex = written.len() == 64 && written.bytes().all(|byte| byte.is_ascii_hexdigit());
                    let error =
                        || (format!("`{written}` is no SHA-256"), Some("write 64 hexadecimal digits".into()));
                    hex.then(|| written.to_ascii_lowercase()).ok_or_else(error)
                })
            }),
            published: fields.get("published", cx),
            accessed: fields.get("accessed", cx),
            language: fields.take("language").and_then(|node| language(node, cx)),
            kind: fields.get("kind", cx),
            credit: fields.get("credit", cx),
            via: fields.list("via", cx),
            marking: marking(&mut fields, cx),
            key: At::default(),
            at,
        };
        fields.finish(cx);
        Some(source)
    }
}

impl Decode for Corrected {
    /// `#id`, a briefing, or the path of an image, with or without a `#`: what holds a `/` or ends as images do.
    fn decode(node: &Node, cx: &mut Cx<'_>) -> Option<Self> {
        const IMAGES: [&str; 8] = ["jpg", "jpeg", "png", "webp", "gif", "avif", "svg", "heic"];
        let at = At::new(&node.span);
        text(node, cx, "reference", |written| {
            let path = written.strip_prefix('#').unwrap_or(written);
            let ending = path.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
            if path.contains('/') || ending.is_some_and(|ending| IMAGES.contains(&&*ending)) {
                return Ok(Self::Image(Name { text: path.into(), at }));
            }
            let part = PartId::parse(written).map(|part| Self::Part(Reference { part, at }));
            part.ok_or_else(|| {
                let help =
                    "write `#id` for a claim, an event or a source of this file, or the path of an image";
                (format!("`{written}` names nothing that can be corrected"), Some(help.into()))
            })
        })
    }
}

impl Decode for Correction {
    fn decode(node: &Node, cx: &mut Cx<'_>) -> Option<Self> {
        let mut fields = Fields::of(node, "a correction", cx)?;
        let date = fields.required("date", cx);
        let text = fields.required("text", cx);
        let kind = fields.get("kind", cx).unwrap_or(CorrectionKind::Correction);
        let of = fields.get("of", cx);
        let marking = marking(&mut fields, cx);
        fields.finish(cx);
        Some(Self { date: date?, kind, of, text: text?, marking, at: At::new(&node.span) })
    }
}

/// An absolute `http` or `https` address.
pub(super) fn url(node: &Node, cx: &mut Cx<'_>) -> Option<String> {
    text(node, cx, "url", |written| {
        let rest = written.strip_prefix("https://").or_else(|| written.strip_prefix("http://"));
        let fits = rest.is_some_and(|rest| !rest.is_empty() && !rest.starts_with('/'))
            && !written.contains(char::is_whitespace);
        let error = || {
            (
                format!("`{written}` is no web address"),
                Some("write one that starts with `https://` or `http://`".into()),
            )
        };
        fits.then(|| written.to_owned()).ok_or_else(error)
    })
}

/// A language tag.
pub(super) fn language(node: &Node, cx: &mut Cx<'_>) -> Option<String> {
    text(node, cx, "language", |written| {
        let error = || {
            (
                format!("`{written}` is no language tag"),
                Some("write a BCP 47 tag such as `en`, `ar` or `pt-BR`".into()),
            )
        };
        is_language(written).then(|| written.to_owned()).ok_or_else(error)
    })
}
