use super::{read, read_range, with_yaml};
use crate::{
    model::{ClaimClass, Stance},
    tree::{Decode, Fields, Node, Spanned, Value, json, toml, word, yaml},
};

/// Every scalar and key with the text that its span covers.
fn places(node: &Node, text: &str, found: &mut Vec<(String, String)>) {
    match &node.value {
        Value::Null => {}
        Value::Scalar(scalar) => found.push((scalar.text.to_string(), text[node.span.clone()].to_owned())),
        Value::List(items) => items.iter().for_each(|item| places(item, text, found)),
        Value::Map(entries) => {
            for (key, value) in entries {
                found.push((key.text.to_string(), text[key.span.clone()].to_owned()));
                places(value, text, found);
            }
        }
    }
}

fn assert_places(text: &str, node: &Node, count: usize) {
    let mut found = Vec::new();
    places(node, text, &mut found);
    assert_eq!(found.len(), count);
    for (value, slice) in found {
        assert_eq!(value, slice.trim_matches('"'));
    }
}

#[test]
fn spans_count_bytes_of_the_whole_file_in_any_script() {
    let front = "عنوان: سلام 🎉\r\nx: [é, \"ü 🎉\", ب]\r\nמפתח: ערך\r\n";
    let text = format!("\u{feff}---\r\n{front}---\r\nbody");
    let start = text.find("عنوان").unwrap();
    let (node, reports) = read_range(yaml, &text, start..start + front.len(), |node, _| node);
    assert_eq!(reports, [""; 0]);
    let node = node.unwrap();
    assert_places(&text, &node, 8);
    assert_eq!(&text[node.span], front.trim_end());

    let front = "\"عنوان\" = \"سلام 🎉\"\r\nx = [\"é\", 5, 2025-05-15]\r\n[\"מפתח\"]\r\nz = true\r\n";
    let text = format!("\u{feff}+++\r\n{front}+++\r\nbody");
    let start = text.find('"').unwrap();
    let (node, reports) = read_range(toml, &text, start..start + front.len(), |node, _| node);
    assert_eq!(reports, [""; 0]);
    assert_places(&text, &node.unwrap(), 9);
}

#[test]
fn a_byte_order_mark_is_no_part_of_the_first_key() {
    for (reader, text) in [(yaml as super::Reader, "\u{feff}a: b\n"), (toml, "\u{feff}a = \"b\"\n")] {
        let (node, reports) = read(reader, text);
        assert_eq!(reports, [""; 0]);
        assert_places(text, &node.unwrap(), 2);
    }
}

#[test]
fn lists_and_maps_end_with_their_last_part() {
    let text = "a:\n  b: c\n\n\nd:\n  - [e, f]  \n\n\n";
    let (node, _) = read(yaml, text);
    let node = node.unwrap();
    assert_eq!(&text[node.span.clone()], "a:\n  b: c\n\n\nd:\n  - [e, f]");
    let Value::Map(entries) = node.value else { unreachable!("a map") };
    assert_eq!(&text[entries[0].1.span.clone()], "b: c");
    assert_eq!(&text[entries[1].1.span.clone()], "- [e, f]");
}

#[test]
fn plain_scalars_are_typed_by_the_core_schema_of_yaml_1_2() {
    let text = "a: 0x1F\nb: .5\nc: 1e3\nd: 0o17\ne: .inf\nf: 2025-05-15\ng: yes\nh: TRUE\ni: ~\nj: \"5\"\nk: 99999999999999999999\nl: +5\nm: 08\nn: null\no:\np: !!str 5\nq: 1_000\ns: inf\nt: !!int \"7\"\n";
    let (node, reports) = read(yaml, text);
    assert_eq!(reports, [""; 0]);
    let expected = r#"{"a":31,"b":0.5,"c":1000.0,"d":15,"e":".inf","f":"2025-05-15","g":"yes","h":true,"i":null,"j":"5","k":"99999999999999999999","l":5,"m":8,"n":null,"o":null,"p":"5","q":"1_000","s":"inf","t":7}"#;
    assert_eq!(json(&node.unwrap()).to_string(), expected);
}

#[test]
fn toml_values_read_as_yaml_ones_do_and_keep_the_order_of_the_text() {
    let text = "z = 0x1f\ny = 1_000\nx = -inf\nw = 1979-05-27 07:32:00\nv = 'text'\nu = true\n[b.c]\nx = 1\n[a]\n[[l]]\nk = 1.5\n[[l]]\n";
    let (node, reports) = read(toml, text);
    assert_eq!(reports, [""; 0]);
    let expected = r#"{"z":31,"y":1000,"x":"-.inf","w":"1979-05-27 07:32:00","v":"text","u":true,"b":{"c":{"x":1}},"a":{},"l":[{"k":1.5},{}]}"#;
    assert_eq!(json(&node.unwrap()).to_string(), expected);
}

#[test]
fn an_alias_repeats_the_value_of_its_anchor() {
    let text = "a: &x [1, {b: c}]\nd: *x\ne: &y text\nf: [*y, *x]\n";
    let (node, reports) = read(yaml, text);
    assert_eq!(reports, [""; 0]);
    let expected = r#"{"a":[1,{"b":"c"}],"d":[1,{"b":"c"}],"e":"text","f":["text",[1,{"b":"c"}]]}"#;
    assert_eq!(json(&node.unwrap()).to_string(), expected);
}

#[test]
fn no_text_is_an_empty_map() {
    for text in ["", "\n", "# a comment\n", "\u{feff}"] {
        for reader in [yaml as super::Reader, toml] {
            let (node, reports) = read(reader, text);
            assert_eq!(reports, [""; 0]);
            assert_eq!(node.unwrap().value, Value::Map(Vec::new()), "{text:?}");
        }
    }
}

#[test]
fn text_is_any_scalar_and_nothing_else() {
    let (value, reports) = with_yaml("2024", String::decode);
    assert_eq!((value.as_deref(), reports.len()), (Some("2024"), 0));
    let (value, reports) = with_yaml("[draft]", String::decode);
    assert_eq!(value, None);
    let help = "write one text; if it begins with `[`, put it in quotation marks";
    assert_eq!(reports, [format!("wrong-type: expected text, found a list | [draft] | {help}")]);
    let (_, reports) = with_yaml("a: b", String::decode);
    let help = "write one text; if it holds a colon, put it in quotation marks";
    assert_eq!(reports, [format!("wrong-type: expected text, found a map | a: b | {help}")]);
}

#[test]
fn a_boolean_is_true_or_false_without_quotation_marks() {
    assert_eq!(with_yaml("true", bool::decode).0, Some(true));
    assert_eq!(with_yaml("False", bool::decode).0, Some(false));
    for (text, found, help) in [
        ("yes", "`yes`", "write `true`"),
        ("off", "`off`", "write `false`"),
        ("\"true\"", "the text `true`", "write `true` without quotation marks"),
        ("maybe", "`maybe`", "write `true` or `false`"),
    ] {
        let (value, reports) = with_yaml(text, bool::decode);
        assert_eq!(value, None);
        assert_eq!(
            reports,
            [format!("wrong-type: expected `true` or `false`, found {found} | {text} | {help}")]
        );
    }
}

#[test]
fn numbers_stand_without_quotation_marks_and_fit() {
    assert_eq!(with_yaml("-28", i64::decode).0, Some(-28));
    assert_eq!(with_yaml("31.34", f64::decode).0, Some(31.34));
    assert_eq!(with_yaml("31", f64::decode).0, Some(31.0));
    assert_eq!(with_yaml("0x10", f64::decode).0, Some(16.0));
    let (_, reports) = with_yaml("'28'", i64::decode);
    assert_eq!(
        reports,
        [
            "wrong-type: expected a whole number, found the text `28` | '28' | write `28` without quotation marks"
        ]
    );
    let (_, reports) = with_yaml("2.5", i64::decode);
    assert_eq!(
        reports,
        ["wrong-type: expected a whole number, found `2.5` | 2.5 | write digits alone, such as `28`"]
    );
    let (_, reports) = with_yaml("9223372036854775808", i64::decode);
    assert_eq!(
        reports,
        [
            "wrong-type: `9223372036854775808` is too large | 9223372036854775808 | write a whole number between -9223372036854775808 and 9223372036854775807"
        ]
    );
    let (_, reports) = with_yaml(".nan", f64::decode);
    assert_eq!(
        reports,
        ["wrong-type: expected a number, found `.nan` | .nan | write digits and a point, such as `31.34`"]
    );
}

#[test]
fn a_list_keeps_its_good_elements_and_one_value_alone_is_a_list() {
    assert_eq!(with_yaml("Hamas", Vec::<String>::decode).0, Some(vec!["Hamas".to_owned()]));
    assert_eq!(with_yaml("~", Vec::<String>::decode).0, Some(Vec::new()));
    let (value, reports) = with_yaml("[1, two, 3, []]", Vec::<i64>::decode);
    assert_eq!(value, Some(vec![1, 3]));
    assert_eq!(
        reports,
        [
            "wrong-type: expected a whole number, found `two` | two | write digits alone, such as `28`",
            "wrong-type: expected a whole number, found a list | [] | write digits alone, such as `28`",
        ]
    );
}

#[test]
fn a_word_of_a_closed_list_is_suggested_or_the_list_is_shown() {
    assert_eq!(with_yaml("Denies", word::<Stance>).0, Some(Stance::Denies));
    let (value, reports) = with_yaml("denys", word::<Stance>);
    assert_eq!(value, None);
    assert_eq!(reports, ["unknown-word: unknown stance `denys` | denys | did you mean `denies`?"]);
    let (_, reports) = with_yaml("rumour", word::<ClaimClass>);
    assert_eq!(
        reports,
        [
            "unknown-word: unknown claim class `rumour` | rumour | write one of `fact`, `forecast`, `offer`, `demand`, `threat`, `position` or `opinion`"
        ]
    );
}

#[test]
fn a_spanned_value_knows_its_place() {
    let text = "a: [ 5 ]";
    let (value, _) =
        with_yaml(text, |node, cx| Fields::of(node, "a thing", cx)?.get::<Vec<Spanned<i64>>>("a", cx));
    assert_eq!(value, Some(vec![Spanned { value: 5, span: 5..6 }]));
}

#[test]
fn keys_that_nobody_takes_are_unknown() {
    let text = "titel: x\ncolour: red\nsummary: y\nlang:\nowner: z\n";
    let (title, reports) = with_yaml(text, |node, cx| {
        let mut fields = Fields::of(node, "a briefing", cx)?;
        fields.hint("own keys stand under `extra`");
        let title: Option<String> = fields.required("title", cx);
        let _: Vec<String> = fields.list("summary", cx);
        assert_eq!(fields.take("lang"), None);
        assert!(fields.has("lang"));
        fields.known("owner");
        fields.finish(cx);
        title
    });
    assert_eq!(title, None);
    assert_eq!(
        reports,
        [
            "empty-value: nothing stands after `lang` | lang | write a value, or delete the key",
            "unknown-key: unknown key `titel` in a briefing | titel | did you mean `title`?",
            "unknown-key: unknown key `colour` in a briefing | colour | own keys stand under `extra`",
        ]
    );
}

#[test]
fn a_required_key_that_is_misspelt_is_told_as_that_alone() {
    let read = |text| {
        let (_, reports) = with_yaml(text, |node, cx| {
            let mut fields = Fields::of(node, "a profile", cx)?;
            let name: Option<String> = fields.required("name", cx);
            let _: Vec<String> = fields.list("names", cx);
            let _: Option<String> = fields.required("id", cx);
            fields.finish(cx);
            name
        });
        reports
    };
    let id = "missing-key: a profile needs `id` |";
    assert_eq!(read("nmae: x\n")[0], format!("{id} nmae: x | add `id`"), "another one is missing");
    assert!(read("nmae: x\n")[1].contains("did you mean `name`?"));
    assert!(read("names: x\n")[0].contains("needs `name`"), "`names` is a key of its own");
}

#[test]
fn a_required_key_without_a_value_is_missing_at_the_key() {
    let (_, reports) = with_yaml("a: b\ntext:\n", |node, cx| {
        Fields::of(node, "a claim", cx)?.required::<String>("text", cx)
    });
    assert_eq!(reports, ["missing-key: a claim needs `text` | text | write a value after `text`"]);
}

#[test]
fn synonyms_stand_once() {
    let text = "updated: 1\nx: 2\nmodified: 3\n";
    let (value, reports) = with_yaml(text, |node, cx| {
        let mut fields = Fields::of(node, "a briefing", cx)?;
        let value = fields.take_one_of(&["updated", "lastmod", "modified"], cx)?.text()?.to_owned();
        assert_eq!(fields.rest().len(), 1);
        Some(value)
    });
    assert_eq!(value.as_deref(), Some("1"));
    assert_eq!(
        reports,
        [
            "duplicate-key: `modified` and `updated` are one key, and a briefing has both | modified | keep `updated` or `modified` | updated@0"
        ]
    );
}

#[test]
fn a_map_is_expected_by_name() {
    let (_, reports) = with_yaml("just text", |node, cx| Fields::of(node, "a claim", cx).is_some());
    assert_eq!(
        reports,
        [
            "wrong-type: expected a claim as a map of keys, found text | just text | write `key: value` for each of its keys"
        ]
    );
}

#[test]
fn quoted_text_goes_on_over_lines_that_are_not_indented() {
    let text = "a: \"one\ntwo\r\n\nthree\"\nb: 'x\ny'\n";
    let (values, reports) = read_range(yaml, text, 0..text.len(), |node, _| {
        let Some(Node { value: Value::Map(entries), .. }) = node else { return Vec::new() };
        entries
            .iter()
            .map(|(key, value)| format!("{}={}", key.text, value.text().unwrap_or_default()))
            .collect()
    });
    assert_eq!(reports, [""; 0]);
    let folded: Vec<String> =
        values.iter().map(|value: &String| value.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
    assert_eq!(folded, ["a=one two three", "b=x y"]);
}

#[test]
fn a_quotation_mark_that_is_never_closed_is_told_where_it_opens() {
    let text = "a: \"one\nb: two\nc: three\n";
    let (_, reports) = read_range(yaml, text, 0..text.len(), |node, _| node);
    assert_eq!(reports.len(), 1, "{reports:?}");
    assert!(reports[0].contains("never closed"), "{reports:?}");
}
