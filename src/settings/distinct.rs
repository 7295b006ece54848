use crate::{
    diagnostics::{Diagnostic, Span},
    tree::{Cx, Decode, Node, Value},
};

/// The lists of `[entities] distinct`: names that look alike and are of different entities, at least two in each.
/// A list that says nothing is reported and left out.
pub(super) fn read(node: &Node, cx: &mut Cx<'_>) -> Vec<Vec<String>> {
    let Value::List(lists) = &node.value else {
        refuse(node, "`distinct` is a list of lists of names", cx);
        return Vec::new();
    };
    if lists.iter().any(|list| !matches!(list.value, Value::List(_))) {
        refuse(node, "`distinct` is a list of lists of names", cx);
        return Vec::new();
    }
    let mut distinct = Vec::new();
    for list in lists {
        if list_len(list) < 2 {
            refuse(list, "a list of fewer than two names tells nothing apart", cx);
        } else {
            distinct.extend(Vec::<String>::decode(list, cx));
        }
    }
    distinct
}

fn list_len(node: &Node) -> usize {
    match &node.value {
        Value::List(names) => names.len(),
        _ => 0,
    }
}

fn refuse(node: &Node, message: &str, cx: &mut Cx<'_>) {
    cx.diagnostics.push(
        Diagnostic::error("distinct", message)
            .at(Span::new(cx.path, node.span.clone()))
            .help("list the names that are not one together: `distinct = [[\"Hamad\", \"Hamid\"]]`"),
    );
}
