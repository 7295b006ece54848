use serde_json::{Map, Value, json};

/// The schema of a map with keys of its own, as `tree::Fields` reads it.
pub(super) struct Object {
    /// What messages call it. The test that holds schemas and reader together knows it by this.
    title: String,
    properties: Map<String, Value>,
    required: Vec<&'static str>,
    rules: Vec<Value>,
}

impl Object {
    pub(super) fn new(title: &str) -> Self {
        Self { title: title.into(), properties: Map::new(), required: Vec::new(), rules: Vec::new() }
    }

    /// A key that must be there, with a value.
    pub(super) fn needs(mut self, key: &'static str, about: &str, schema: Value) -> Self {
        self.required.push(key);
        self.property(key, about, schema)
    }

    /// A key that may be there, and may have nothing after it.
    pub(super) fn takes(self, key: &str, about: &str, schema: Value) -> Self {
        self.property(key, about, super::values::or_nothing(schema))
    }

    /// A key that may be there, and then has a value.
    pub(super) fn property(mut self, key: &str, about: &str, schema: Value) -> Self {
        // Beside `$ref` nothing else counts in draft 7.
        let mut value = if schema.get("$ref").is_some() { json!({"allOf": [schema]}) } else { schema };
        value["description"] = about.into();
        self.properties.insert(key.into(), value);
        self
    }

    /// Keys that are names of one thing: at most one of them has a value.
    pub(super) fn aliases(mut self, keys: &[&str], about: &str, schema: &Value) -> Self {
        for (place, key) in keys.iter().enumerate() {
            let other = format!("{about} The same as `{}`.", keys[0]);
            self = self.takes(key, if place == 0 { about } else { &other }, schema.clone());
            for second in &keys[place + 1..] {
                self.rules.push(json!({"not": {"allOf": [with_value(key), with_value(second)]}}));
            }
        }
        self
    }

    /// What must hold of the keys together.
    pub(super) fn rule(mut self, rule: Value) -> Self {
        self.rules.push(rule);
        self
    }

    pub(super) fn keys(&self) -> impl Iterator<Item = &str> {
        self.properties.keys().map(String::as_str)
    }

    pub(super) fn schema(self) -> Value {
        let mut schema = json!({"title": self.title, "type": "object", "properties": self.properties});
        if !self.required.is_empty() {
            schema["required"] = json!(self.required);
        }
        if !self.rules.is_empty() {
            schema["allOf"] = Value::Array(self.rules);
        }
        schema["additionalProperties"] = false.into();
        schema
    }
}

/// That `key` is there and has a value.
pub(super) fn with_value(key: &str) -> Value {
    json!({"required": [key], "properties": {key: {"not": {"type": "null"}}}})
}

/// That `key` is not there, or has nothing after it.
pub(super) fn without_value(key: &str) -> Value {
    json!({"not": with_value(key)})
}

/// The definition called `name`.
pub(super) fn by_name(name: &str) -> Value {
    json!({"$ref": format!("#/definitions/{name}")})
}
