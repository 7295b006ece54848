use std::hash::{Hash, Hasher};

use serde::Serialize;

use super::{Node, Scalar, Value};

/// What a scalar is by the core schema of YAML 1.2 (section 10.3.2 of the specification).
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Type {
    Bool(bool),
    /// A whole number; `None` where it does not fit.
    Int(Option<i64>),
    Float(f64),
    /// Text, and everything else that JSON does not know, such as dates.
    Text,
}

impl Type {
    /// How a message calls it.
    pub(super) fn name(self) -> &'static str {
        match self {
            Type::Bool(true) => "`true`",
            Type::Bool(false) => "`false`",
            Type::Int(_) | Type::Float(_) => "a number",
            Type::Text => "text",
        }
    }
}

/// What `scalar` is; in quotation marks everything is text.
pub(super) fn type_of(scalar: &Scalar) -> Type {
    if !scalar.plain {
        return Type::Text;
    }
    let text = &*scalar.text;
    match text {
        "true" | "True" | "TRUE" => Type::Bool(true),
        "false" | "False" | "FALSE" => Type::Bool(false),
        _ => number(text).unwrap_or(Type::Text),
    }
}

/// Whether an unquoted scalar of YAML stands for nothing.
pub(super) fn is_null(text: &str) -> bool {
    matches!(text, "" | "~" | "null" | "Null" | "NULL")
}

fn number(text: &str) -> Option<Type> {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    let first = *unsigned.as_bytes().first()?;
    if !first.is_ascii_digit() && first != b'.' {
        return None;
    }
    for (prefix, radix) in [("0x", 16), ("0o", 8)] {
        if let Some(digits) = text.strip_prefix(prefix)
            && !digits.is_empty()
            && digits.chars().all(|digit| digit.is_digit(radix))
        {
            return Some(Type::Int(i64::from_str_radix(digits, radix).ok()));
        }
    }
    if unsigned.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(Type::Int(text.parse().ok()));
    }
    match unsigned {
        ".inf" | ".Inf" | ".INF" if text.starts_with('-') => return Some(Type::Float(f64::NEG_INFINITY)),
        ".inf" | ".Inf" | ".INF" => return Some(Type::Float(f64::INFINITY)),
        ".nan" | ".NaN" | ".NAN" if unsigned == text => return Some(Type::Float(f64::NAN)),
        _ => {}
    }
    // Rust reads a few floats more than the schema (`1e`, `infinity`); the letters and the digits exclude them.
    let decimal = unsigned.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'.' | b'e' | b'E' | b'+' | b'-'));
    decimal.then(|| text.parse().ok().map(Type::Float)).flatten()
}

/// What authors keep for their templates under `extra`: plain scalars are typed by the core schema of YAML 1.2, dates
/// and numbers that JSON cannot hold are strings, and keys keep their order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct Extra(serde_json::Value);

impl Extra {
    /// That which `node` writes.
    pub fn of(node: &Node) -> Self {
        Self(json(node))
    }
}

/// Nothing, in which templates may look for keys.
impl Default for Extra {
    fn default() -> Self {
        Self(serde_json::Value::Object(serde_json::Map::new()))
    }
}

/// By the text: templates see in which order the keys stand, which the values themselves hash without.
impl Hash for Extra {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.0.to_string().hash(state);
    }
}

/// The value as JSON.
pub fn json(node: &Node) -> serde_json::Value {
    use serde_json::Value as Json;
    match &node.value {
        Value::Null => Json::Null,
        Value::List(items) => Json::Array(items.iter().map(json).collect()),
        Value::Map(entries) => {
            Json::Object(entries.iter().map(|(key, value)| (key.text.to_string(), json(value))).collect())
        }
        Value::Scalar(scalar) => {
            let number = match type_of(scalar) {
                Type::Bool(value) => return Json::Bool(value),
                Type::Int(Some(value)) => Some(value.into()),
                Type::Float(value) => serde_json::Number::from_f64(value),
                Type::Int(None) | Type::Text => None,
            };
            number.map_or_else(|| Json::String(scalar.text.to_string()), Json::Number)
        }
    }
}
