use super::*;

/// Keeps what it is shown.
#[derive(Default)]
struct Kept(Vec<String>);

impl Look for Kept {
    fn text(&mut self, text: &str, _: Sort) -> bool {
        self.0.push(text.replace(BREAK, "|"));
        true
    }

    fn bytes(&mut self, _: &[u8]) -> bool {
        false
    }
}

fn read(bytes: &[u8], budget: usize) -> Vec<String> {
    let mut kept = Kept::default();
    Reader { budget, ..Reader::new(&Met::new(1)) }.read(bytes, &mut kept);
    kept.0
}

fn plain(text: &str) -> String {
    markup::plain(text).unwrap().replace(BREAK, "|")
}

#[test]
fn lines_go_on_over_inline_elements_and_end_with_blocks() {
    assert_eq!(plain("<p>a<b>b</b> c<p>d<br>e"), "|ab c|d\ne|a b c|");
    assert_eq!(plain("<td class='x y'>a</td>b < c &amp; d"), "|a|b < c & d|x y|");
}

#[test]
fn comments_attributes_scripts_and_data_are_read_aside() {
    assert_eq!(plain("a<!-- b -->c<a href=d title=\"e > f\">g</a>"), "acg| b |d|e > f|ac g|");
    assert_eq!(plain("<script>{\"a\": \"b \\\" <i>\"}</script>c"), "||c|{|a|: |b \\\" <i>|}|");
    assert_eq!(plain("<x><![CDATA[a <b]]></x>"), "|a <b||");
}

#[test]
fn what_elements_may_divide_is_read_in_both_ways() {
    assert_eq!(plain("<p>a<b>b</b>c d"), "|abc d|a b c d|");
    assert_eq!(plain("<p>a<b> b</b>.<x-y z=1 dis>"), "|a b.||z|1|dis|x-y|");
}

#[test]
fn what_is_left_open_ends_with_the_text() {
    for text in ["<a", "<a href=\"b", "<!--", "&", "&#", "&#x110000;", "<script>", "<![CDATA["] {
        plain(text);
    }
}

#[test]
fn references_stand_for_characters() {
    assert_eq!(
        plain("&eacute;&Zcaron;&ntilde;&#233;&#xE9;&shy;&nbsp;&unknown;&oslash"),
        "e\u{301}Z\u{30C}n\u{303}éé &unknown;ø|"
    );
}

#[test]
fn escapes_stand_for_characters_and_what_is_none_for_itself() {
    let meant = |text: &str| escapes::meant(text).map(|meant| meant.replace(BREAK, "|"));
    assert_eq!(meant(r"a\u00e9\x62\u{63}\ud83d\ude00\n%C3%A9").unwrap(), "aébc😀 é|");
    assert_eq!(meant(r"100% of \q and \u12"), None);
    assert_eq!(meant("a\0b%20c\0d").unwrap(), "b c|");
}

#[test]
fn hosts_are_read_as_people_do() {
    let mut labels = Vec::new();
    puny::labels("https://xn--bcher-kva.example/ XN--FIQS8S xn-- xn--9999999999 a--b", |label| {
        labels.push(label.to_owned());
    });
    assert_eq!(labels, ["bücher", "中国", ""]);
}

#[test]
fn base64_is_read_from_any_of_its_letters_and_over_the_ends_of_lines() {
    // "nobody knows the harbour" and the like, encoded.
    for text in [
        "bm9ib2R5IGtub3dzIHRoZSBoYXJib3Vy",
        "xbm9ib2R5IGtub3dzIHRoZSBoYXJib3Vy",
        "xy/zbm9ib2R5IGtub3dzIHRoZSBoYXJib3Vy",
    ] {
        let read = read(text.as_bytes(), 0);
        assert!(read.iter().any(|text| text.ends_with("nobody knows the harbour")), "{read:?}");
    }
    let lines = "bm9ib2R5IGtub3dzIHRoZSBoYXJib3VyIG9yIHdoYXQgbGllcyBiZWhpbmQg\r\naXQgYXQgbmlnaHQ=";
    let read = read(lines.as_bytes(), 0);
    assert!(
        read.contains(&"nobody knows the harbour or what lies behind it at night".to_owned()),
        "{read:?}"
    );
}

#[test]
fn what_is_no_encoding_is_read_once() {
    let text = "briefings/2025/05/15/a-rather-long-slug-of-words and 0123456789abcdef0123456789abcdef";
    assert_eq!(read(text.as_bytes(), 0), [text]);
}

#[test]
fn no_more_is_unpacked_than_may_be() {
    let bomb = miniz_oxide::deflate::compress_to_vec_zlib(&vec![b'0'; 1 << 20], 9);
    let most = read(&bomb, 1 << 12).iter().map(String::len).max();
    assert!(most <= Some(1 << 12), "{most:?}");
}

proptest::proptest! {
    #[test]
    fn no_bytes_at_all_make_it_fail(bytes in proptest::collection::vec(proptest::prelude::any::<u8>(), 0..300)) {
        read(&bytes, 1 << 16);
        read(String::from_utf8_lossy(&bytes).as_bytes(), 1 << 16);
    }

    #[test]
    fn markup_is_read_to_its_last_word(text in r#"<[<>"'=/!? -]{0,3}([<>"'=/!? bpx-][1-9]?){0,30}"#) {
        let plain = markup::plain(&text).unwrap();
        for number in text.split(|c: char| !c.is_ascii_digit()).filter(|number| !number.is_empty()) {
            // Names of elements are left out.
            let is_name = |c: char| c.is_ascii_alphanumeric() || "\"'=!?".contains(c);
            let named = text.split('<').any(|tag| {
                let name = tag.strip_prefix('/').unwrap_or(tag);
                name.starts_with(['b', 'p', 'x']) && name[..name.find(|c| !is_name(c)).unwrap_or(name.len())].contains(number)
            });
            proptest::prop_assume!(!named);
            proptest::prop_assert!(plain.contains(number), "{:?}: {:?}", text, plain);
        }
    }

    #[test]
    fn no_text_full_of_marks_makes_it_fail(text in r#"[<>&;"'=%\\/#xu{}! a-cA-C0-9\x00é-]{0,80}"#) {
        read(text.as_bytes(), 1 << 16);
        markup::plain(&text);
        escapes::meant(&text);
        puny::labels(&text, |_| ());
    }
}
