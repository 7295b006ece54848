use super::read_parts::{self, report};
use crate::{
    diagnostics::did_you_mean,
    model::{Coordinates, Fineness},
    settings::ACTOR,
    tree::{Cx, Decode, Fields, Node, Value},
};

/// Where a profile's place lies, and how fine that may be published.
pub(super) fn read(
    fields: &mut Fields<'_>,
    kind: usize,
    cx: &mut Cx<'_>,
) -> (Option<Coordinates>, Option<Fineness>) {
    let point = fields.take("coordinates").and_then(|node| coordinates(node, kind, cx));
    match fields.take("precision") {
        Some(node) => {
            let fineness = Fineness::decode(node, cx);
            // Until it can be read nobody knows how fine they may be.
            (point.filter(|_| fineness.is_some()), fineness)
        }
        None => (point, None),
    }
}

fn coordinates(node: &Node, kind: usize, cx: &mut Cx<'_>) -> Option<Coordinates> {
    let numbers = match &node.value {
        Value::List(nodes) if nodes.len() == 2 => {
            let (latitude, longitude) = (f64::decode(&nodes[0], cx), f64::decode(&nodes[1], cx));
            Some((latitude?, longitude?))
        }
        _ => None,
    };
    let numbers = numbers.filter(|(latitude, longitude)| latitude.abs() <= 90.0 && longitude.abs() <= 180.0);
    if numbers.is_none() {
        let help = "write latitude, then longitude, in degrees: `[31.35, 34.31]`";
        report(cx, "coordinates", &node.span, "these are no coordinates".into(), Some(help.into()));
    } else if kind == ACTOR {
        // They would say where somebody is to be found.
        cx.warn("actor-coordinates", &node.span, "an actor's coordinates are not published")
            .help("write them in the profile of a place");
        return None;
    }
    numbers.map(|(latitude, longitude)| Coordinates { latitude, longitude })
}

impl Decode for Fineness {
    fn decode(node: &Node, cx: &mut Cx<'_>) -> Option<Self> {
        read_parts::text(node, cx, "precision", |written| {
            Self::parse(written).ok_or_else(|| {
                let words = Self::WORDS.map(|(word, _)| word);
                let listed = words.map(|word| format!("`{word}`")).join(", ");
                let help = did_you_mean(written, words)
                    .unwrap_or_else(|| format!("write {listed}, or a distance such as `10 km`"));
                (format!("`{written}` is no precision"), Some(help))
            })
        })
    }
}
