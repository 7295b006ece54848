use super::{briefing, profile, roles::Role};
use crate::{
    model::{BriefingId, SourcePath},
    settings::Settings,
    tree::{Node, Value},
};

/// A text that is there and cannot be read, with what could be made out of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused {
    /// Its file.
    pub path: SourcePath,
    /// The id of a briefing.
    pub id: Option<BriefingId>,
    /// The entities that it describes or is tagged with: the places of their kinds, and names.
    pub names: Vec<(usize, String)>,
}

/// The keys of a profile under which names stand.
const NAMES: [&str; 4] = ["name", "aliases", "weak_aliases", "hidden_aliases"];

impl Refused {
    /// A text that nobody can name but by its path.
    pub(super) fn text(path: &SourcePath) -> Self {
        Self { path: path.clone(), id: None, names: Vec::new() }
    }

    /// A text of which no more than `front` could be read, if that.
    pub(super) fn new(path: &SourcePath, role: &Role, front: Option<&Node>, settings: &Settings) -> Self {
        let mut refused = Self::text(path);
        let texts = |key| front.map(|front| texts(front, key)).unwrap_or_default();
        let names = &mut refused.names;
        match role {
            Role::Briefing | Role::Dotted { .. } => {
                let written = texts("id");
                refused.id = BriefingId::new(written.first().copied().unwrap_or(briefing::stem(path)));
                for (place, kind) in settings.kinds.iter().enumerate() {
                    names.extend(texts(&kind.key).into_iter().map(|name| (place, name.to_owned())));
                }
            }
            Role::Profile(kind) => {
                let stem = profile::stem(path);
                // Where the name is what is wrong, that of the file is mostly like it.
                names.extend([(*kind, stem.to_owned()), (*kind, stem.replace('-', " "))]);
                names.extend(NAMES.into_iter().flat_map(texts).map(|name| (*kind, name.to_owned())));
            }
            _ => {}
        }
        refused
    }
}

/// The texts under a key: one, or a list of them.
fn texts<'n>(front: &'n Node, key: &str) -> Vec<&'n str> {
    let Value::Map(entries) = &front.value else { return Vec::new() };
    let node = entries.iter().find(|(written, _)| &*written.text == key).map(|(_, node)| node);
    match node.map(|node| &node.value) {
        Some(Value::List(nodes)) => nodes.iter().filter_map(Node::text).collect(),
        _ => node.and_then(Node::text).into_iter().collect(),
    }
}
